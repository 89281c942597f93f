//! However an evaluation was edited, its scorecards are those of the same evaluation opened anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use triennial::app::msg::Opened;
use triennial::app::session::Session;
use triennial::domain::centre::Field;
use triennial::domain::cohort::Cohort;
use triennial::domain::evaluation::{Body, CellChange, Evaluation, Event, Pin};
use triennial::domain::grade::Scorecard;
use triennial::domain::placing::others::Placed;
use triennial::domain::placing::{Placing, place};
use triennial::domain::query::Queries;
use triennial::domain::reading::{Cycle, Reading};
use triennial::domain::rubric::MetricIx;
use triennial::domain::score::{Facts, points};
use triennial::domain::text::Lang;
use triennial::read;

/// Two kinds, two quotas, gates of both effects; few different totals, so that many tie.
fn rubric(per: &str, ties: &str, missing: &str, more: bool) -> String {
    let (first, last, rule) = match more {
        // A band of the ranking, the last of all, and points that depend on the others.
        true => (
            "first = { places = 7 }",
            "last = { places = 2, ties = \"all-in\" }",
            "kind = \"percentile\", counts = \"at-or-below\", per = \"kind\"",
        ),
        false => ("", "", "kind = \"linear\", from = 0, to = 5"),
    };
    format!(
        r#"
[rubric]
id = "placing"
edition = "1"
cycle_years = 1
rounding = {{ at = "total", places = 0, mode = "half-up" }}
[[kind]]
id = "a"
name_forms = ["*centre"]
[[kind]]
id = "b"
[[finding]]
id = "falsified"
[[finding]]
id = "warned"
[[metric]]
id = "p"
[[metric]]
id = "q"
[[criterion]]
id = "k"
[[criterion.indicator]]
id = "i"
points = {{ a = 5, b = 4 }}
measure = "p"
rule = {{ kind = "linear", from = 0, to = 5 }}
missing = "{missing}"
[[criterion]]
id = "l"
[[criterion.indicator]]
id = "j"
points = {{ a = 5, b = 6 }}
measure = "q"
rule = {{ {rule} }}
missing = "block"
[[grade]]
id = "excellent"
at_least = 5
each_criterion_at_least = "20%"
quota = {{ share = "30%", round = "ceil", per = "{per}", ties = {ties} }}
[[grade]]
id = "good"
at_least = 4
quota = {{ places = 2, ties = {ties} }}
[[grade]]
id = "fair"
requires = "q >= 1"
{first}
[[grade]]
id = "poor"
{last}
[[gate]]
id = "integrity"
when = "finding(falsified)"
grade = "poor"
[[gate]]
id = "warning"
when = "finding(warned)"
at_most = "good"
[outcome]
excellent = {{ act = "next-cycle" }}
good = {{ act = "next-cycle" }}
fair = {{ act = "next-cycle" }}
poor = {{ act = "rectify", within = "12 months", then = {{ passed = "next-cycle", failed = "remove" }} }}
absent = {{ act = "remove" }}
"#
    )
}

fn evaluation(text: &str) -> Evaluation {
    let (rubric, faults) = read::rubric::rubric(text);
    assert!(faults.is_empty(), "{faults:#?}");
    let pin = Pin { rubric: String::new(), edition: String::new(), digest: String::new() };
    let cycle = Cycle { first: 2025, last: 2025 };
    Evaluation::open(&Body::Opened { cycle, pin, decided_on: None, lang: Lang::En }, rubric.unwrap()).unwrap()
}

fn session(evaluation: Evaluation) -> Session {
    Session::new(Opened {
        name: String::new(),
        folder: String::new(),
        evaluator: String::new(),
        rubric_text: "".into(),
        queries: Queries::new(&evaluation.rubric, &evaluation.cohort),
        evaluation,
    })
}

fn cards(session: &Session) -> Vec<Scorecard> {
    session.evaluation.cohort.all().map(|ix| session.card(ix).clone()).collect()
}

fn step(bodies: Vec<Body>) -> Vec<Event> {
    let event = |body| Event { evaluator: String::new(), sequence: 1, step: 1, lamport: 1, time: 0, body };
    bodies.into_iter().map(event).collect()
}

fn centre() -> impl Strategy<Value = String> {
    (0..12).prop_map(|n| format!("c{n}"))
}

fn cell(centre: &str, metric: &str, to: Option<Reading>) -> Body {
    let cell = CellChange { metric: metric.to_owned(), year: Some(2025), judge: None, was: None, to };
    Body::Cells { centre: centre.to_owned(), cells: vec![cell] }
}

fn set(centre: String, field: Field, to: &str) -> Body {
    Body::CentreSet { centre, field, was: String::new(), to: to.to_owned() }
}

fn body() -> impl Strategy<Value = Body> {
    let reading = prop_oneof![
        6 => (0_i64..6).prop_map(|n| Some(Reading::Value(n.into()))),
        1 => Just(Some(Reading::NotReported)),
        1 => Just(Some(Reading::NotApplicable)),
        1 => Just(None),
    ];
    let fact = prop_oneof![
        prop_oneof![Just("absent"), Just("participating"), Just("inspection-failed")]
            .prop_map(|to| (Field::Status, to)),
        prop_oneof![Just("falsified"), Just("warned"), Just("warned;falsified"), Just("")]
            .prop_map(|to| (Field::Findings, to)),
        prop_oneof![Just("a"), Just("b"), Just("")].prop_map(|to| (Field::Kind, to)),
        prop_oneof![Just("a centre"), Just("else")].prop_map(|to| (Field::Name, to)),
    ];
    prop_oneof![
        8 => (centre(), prop_oneof![Just("p"), Just("q")], reading).prop_map(|(c, metric, to)| cell(&c, metric, to)),
        4 => (centre(), fact).prop_map(|(centre, (field, to))| set(centre, field, to)),
        1 => centre().prop_map(|centre| Body::CentreAdded { centre }),
        1 => centre().prop_map(|centre| Body::CentreDropped { centre, reason: String::new() }),
        1 => centre().prop_map(|centre| Body::CentreRestored { centre }),
        1 => Just(Body::DecidedOn { was: None, to: Some(jiff::civil::date(2026, 6, 30)) }),
    ]
}

/// Ten centres with 0 to 5 of each metric.
fn filled(evaluation: &mut Evaluation, values: &[(i64, i64)]) {
    for (n, (p, q)) in values.iter().enumerate() {
        let centre = format!("c{n}");
        let kind = if n % 3 == 0 { "a" } else { "b" };
        for body in [
            Body::CentreAdded { centre: centre.clone() },
            set(centre.clone(), Field::Kind, kind),
            cell(&centre, "p", Some(Reading::Value((*p).into()))),
            cell(&centre, "q", Some(Reading::Value((*q).into()))),
        ] {
            evaluation.apply(&body).unwrap();
        }
    }
}

proptest! {
    #[test]
    fn cards_after_any_edits_are_those_of_the_same_evaluation_opened_anew(
        per in prop_oneof![Just("kind"), Just("all")],
        ties in prop_oneof![
            Just("\"all-in\""),
            Just("\"all-out\""),
            Just("{ by = [\"points(l)\", { less = \"p\" }], then = \"all-out\" }"),
        ],
        more in any::<bool>(),
        missing in prop_oneof![Just("zero"), Just("group-mean")],
        values in prop::collection::vec((0_i64..6, 0_i64..6), 10),
        steps in prop::collection::vec(prop::collection::vec(body(), 1..4), 1..12),
    ) {
        let mut evaluation = evaluation(&rubric(per, ties, missing, more));
        filled(&mut evaluation, &values);
        let mut edited = session(evaluation);
        for bodies in steps {
            // A step that does not fit is refused half way; what stood before the fault stands.
            let _ = edited.apply(&step(bodies));
            prop_assert_eq!(cards(&edited), cards(&session(Evaluation::clone(&edited.evaluation))));
        }
    }
}

proptest! {
    #[test]
    fn a_centre_placed_against_others_who_stand_still_has_the_grade_of_all_placed_anew(
        per in prop_oneof![Just("kind"), Just("all")],
        ties in prop_oneof![
            Just("\"all-in\""),
            Just("\"all-out\""),
            Just("{ by = [\"points(l)\", { less = \"p\" }], then = \"all-out\" }"),
        ],
        values in prop::collection::vec((0_i64..6, 0_i64..6), 10),
        facts in prop::collection::vec(body(), 0..6),
    ) {
        let mut evaluation = evaluation(&rubric(per, ties, "zero", false));
        filled(&mut evaluation, &values);
        for body in facts {
            let _ = evaluation.apply(&body);
        }
        let Evaluation { rubric, cohort, .. } = &evaluation;
        let none = Facts::default();
        let tallies: Vec<_> = cohort.all().map(|ix| Arc::new(points(rubric, cohort, ix, &none))).collect();
        let placing = Placing::new(rubric, cohort, tallies.iter().cloned(), None);
        let (mut placed, mut tied) = (0, 0);
        for ix in cohort.all().filter(|ix| placing.cards()[ix.0].grade.is_some()) {
            let others = placing.others(rubric, cohort, ix).unwrap();
            for (p, q) in (0_i64..6).flat_map(|p| (0_i64..6).map(move |q| (p, q))) {
                let mut cohort = Cohort::clone(cohort);
                for (metric, value) in [(0, p), (1, q)] {
                    let slot = cohort.layout.slot(MetricIx(metric), Some(2025)).unwrap();
                    cohort.readings_mut(ix).put(slot, None, Some(Reading::Value(value.into())));
                }
                let mut tallies = tallies.clone();
                tallies[ix.0] = Arc::new(points(rubric, &cohort, ix, &none));
                let anew = place(rubric, &cohort, &tallies, None)[ix.0].grade;
                match others.place(rubric, &tallies[ix.0]) {
                    Placed::At(grade) => {
                        placed += 1;
                        prop_assert_eq!(grade, anew);
                    }
                    Placed::Ties => tied += 1,
                }
            }
        }
        prop_assert!(tied <= placed, "{} ties, {} placed", tied, placed);
    }
}

/// By hand, so that the first property above is known to speak of something: ten centres of two kinds in which one reading
/// moves other centres' ranks, grades and reasons.
#[test]
fn one_reading_moves_the_places_of_others() {
    let mut evaluation = evaluation(&rubric("kind", "\"all-out\"", "zero", false));
    // c0, c3, c6 and c9 are of kind `a`: 10, 8, 8 and 2 points; places for the best grade: 30 % of 4, up to 2.
    let values = [(5, 5), (0, 0), (0, 0), (4, 4), (0, 0), (0, 0), (4, 4), (0, 0), (0, 0), (1, 1)];
    filled(&mut evaluation, &values);
    let mut session = session(evaluation);
    let of = |session: &Session, centre: &str| {
        let card = session.card(session.find(centre).unwrap());
        (card.rank.unwrap(), session.evaluation.rubric.grades[card.grade.unwrap().0].id.clone(), card.reasons.len())
    };
    let good = || "good".to_owned();
    // Two of 8 tie for the one place left: neither gets it, and both say so before they say "good".
    assert_eq!(of(&session, "c3"), (2, good(), 2));
    assert_eq!(of(&session, "c6"), (2, good(), 2));
    session.apply(&step(vec![cell("c6", "p", Some(Reading::Value(5_i64.into())))])).unwrap();
    assert_eq!(of(&session, "c6"), (2, "excellent".to_owned(), 1));
    assert_eq!(of(&session, "c3"), (3, good(), 2));
    session.apply(&step(vec![set("c0".to_owned(), Field::Status, "absent")])).unwrap();
    // Three participate: 30 % are 1 place, which c6 takes.
    assert_eq!(of(&session, "c6"), (1, "excellent".to_owned(), 1));
    assert_eq!(of(&session, "c3"), (2, good(), 2));
    let ranks: BTreeSet<usize> = cards(&session).iter().filter_map(|card| card.rank).collect();
    assert_eq!(ranks, BTreeSet::from([1, 2, 3]));
}
