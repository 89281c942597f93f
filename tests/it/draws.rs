//! Draws told from columns are the scorer's, draw by draw.

use proptest::prelude::*;
use triennial::domain::cohort::Cohort;
use triennial::domain::number::Number;
use triennial::domain::robustness::draw::{Drawing, Plan};
use triennial::domain::rubric::Rubric;
use triennial::domain::score::score;
use triennial::read;
use triennial::store::catalogue::SHIPPED;

fn n(text: &str) -> Number {
    Number::parse_share(text).unwrap()
}

fn rubric(text: &str) -> Rubric {
    let (rubric, faults) = read::rubric::rubric(text);
    rubric.unwrap_or_else(|| panic!("{faults:#?}"))
}

fn cohort(rubric: &Rubric, data: &str) -> Cohort {
    let (table, faults) = read::table::table(data, rubric, None);
    read::table::cohort(&table.unwrap_or_else(|| panic!("{faults:#?}")), rubric)
}

fn plan(seed: u64, weights: Option<&str>, tolerance: bool) -> Plan {
    Plan { seed, weights: weights.map(n), tolerance }
}

/// Compares draw by draw; how often the scorer was asked for one centre of one draw, and how often it could have been.
fn compared(rubric: &Rubric, cohort: &Cohort, plan: &Plan, draws: u64) -> (u64, u64) {
    let (columns, whole) = (Drawing::new(rubric, cohort, plan), Drawing::whole(rubric, cohort, plan));
    let (mut scored, mut all) = (0, 0);
    for draw in 0..draws {
        let (told, expected) = (columns.draws(draw..draw + 1), whole.draws(draw..draw + 1));
        assert_eq!(told.centres, expected.centres, "{} {plan:?}: draw {draw}", rubric.id);
        scored += told.scored;
        all += expected.scored;
    }
    (scored, all)
}

/// A sum under everything that columns know: two kinds, thirds, what is left out, a penalty, a choice, a cap, bonus and
/// deduction, limits, a strict line, shares of criteria, a gate that sets and one that caps.
fn everything(rounding: &str, quota: &str) -> String {
    format!(
        r#"
[rubric]
id = "everything"
edition = "1"
cycle_years = 1
rounding = {rounding}
[[kind]]
id = "x"
[[kind]]
id = "y"
[[finding]]
id = "bad"
[[finding]]
id = "late"
[[metric]]
id = "a"
minimum = 0
tolerance = "20%"
[[metric]]
id = "b"
minimum = 0
tolerance = 1
[[metric]]
id = "c"
minimum = 0
[[metric]]
id = "d"
minimum = 0
[total]
at_most = 95
at_least = 5
[[criterion]]
id = "k"
points = {{ x = 60, y = 50 }}
capped = true
[[criterion.indicator]]
id = "ka"
points = {{ x = 40, y = 20 }}
measure = "a"
rule = {{ kind = "linear", from = 0, to = 3 }}
missing = "leave-out"
[[criterion.indicator]]
id = "kb"
points = {{ x = 30, y = 30 }}
measure = "a / b"
rule = {{ kind = "target", goal = 2 }}
zero_denominator = "zero"
missing = "leave-out"
[[criterion]]
id = "l"
points = {{ x = 40, y = 50 }}
[[criterion.indicator]]
id = "la"
points = {{ x = 25, y = 25 }}
measure = "c"
rule = {{ kind = "bands", bands = [ {{ at_least = 3, share = "100%" }}, {{ at_least = 1, share = "33%" }}, {{ share = "0%" }} ] }}
missing = {{ penalty = 1.5 }}
[[criterion.indicator]]
id = "lb"
points = {{ x = 15, y = 25 }}
measure = "d + b"
rule = {{ kind = "per-unit", unit = 1, points = 2.5, whole_units = false }}
[[bonus]]
id = "more"
points = {{ x = 4, y = 4 }}
[[bonus.indicator]]
id = "ma"
points = {{ x = 4, y = 4 }}
measure = "d"
rule = {{ kind = "linear", from = 0, to = 7 }}
[[deduction]]
id = "less"
points = {{ x = 6, y = 6 }}
[[deduction.indicator]]
id = "mb"
points = {{ x = 6, y = 6 }}
measure = "c"
rule = {{ kind = "linear", from = 3, to = 0, at_from = "zero" }}
[[grade]]
id = "high"
above = 70
each_criterion_at_least = "50%"
{quota}
[[grade]]
id = "middle"
at_least = 40
[[grade]]
id = "low"
[[gate]]
id = "bad"
when = "finding(bad)"
grade = "low"
[[gate]]
id = "late"
when = "finding(late)"
at_most = "middle"
[outcome]
high = {{ act = "next-cycle" }}
middle = {{ act = "next-cycle" }}
low = {{ act = "next-cycle" }}
"#
    )
}

const ROUNDINGS: [&str; 4] = [
    r#""none""#,
    r#"{ at = ["indicator", "criterion", "total"], places = 2, mode = "half-up" }"#,
    r#"{ at = ["total"], places = 0, mode = "half-even" }"#,
    r#"{ at = ["indicator"], places = 1, mode = "down" }"#,
];

const QUOTAS: [&str; 5] = [
    "",
    r#"quota = { share = "40%", round = "ceil", per = "kind", ties = "all-out" }"#,
    r#"quota = { share = "40%", round = "floor", ties = "all-in" }"#,
    r#"quota = { places = 2, ties = "all-out" }"#,
    r#"quota = { places = 3, ties = { by = ["a"], then = "all-in" } }"#,
];

fn cell() -> impl Strategy<Value = String> {
    // Few values, so that totals tie; a seventh and a third, so that shares are cut off.
    prop_oneof![6 => (0_u32..8).prop_map(|v| v.to_string()), 1 => Just("NR".to_owned()), 1 => Just("0.7".to_owned())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn columns_tell_what_the_scorer_says(
        rows in prop::collection::vec((any::<bool>(), cell(), cell(), cell(), cell(), 0_u32..8), 1..9),
        rounding in prop::sample::select(ROUNDINGS.to_vec()),
        quota in prop::sample::select(QUOTAS.to_vec()),
        seed in any::<u64>(),
        weights in prop::sample::select(vec![None, Some("0%"), Some("10%"), Some("90%")]),
        tolerance in any::<bool>(),
    ) {
        let rubric = rubric(&everything(rounding, quota));
        let mut data = "centre,kind,findings,a,b,c,d\n".to_owned();
        for (at, (x, a, b, c, d, finding)) in rows.iter().enumerate() {
            let (kind, finding) = (if *x { "x" } else { "y" }, ["bad", "late"].get(*finding as usize).unwrap_or(&""));
            data += &format!("c{at},{kind},{finding},{a},{b},{c},{d}\n");
            // Its twin ties with it in every draw of weights.
            data += &format!("t{at},{kind},{finding},{a},{b},{c},{d}\n");
        }
        let cohort = cohort(&rubric, &data);
        let plan = plan(seed, weights, tolerance);
        prop_assert!(Drawing::new(&rubric, &cohort, &plan).has_columns());
        let (scored, all) = compared(&rubric, &cohort, &plan, 12);
        // Every part of the total is rounded, so that hardly a bound is left to decide.
        if rounding == ROUNDINGS[1] && quota != QUOTAS[4] && weights.is_some_and(|spread| spread != "0%") && !tolerance {
            prop_assert!(scored * 4 <= all, "{scored} of {all}");
        }
    }
}

#[test]
fn every_shipped_rubric_is_drawn_as_it_is_scored_and_some_from_columns() {
    let mut from_columns = Vec::new();
    for shipped in SHIPPED {
        let rubric = rubric(shipped.text);
        let data = std::fs::read_to_string(format!("rubrics/cohorts/{}.csv", shipped.id)).unwrap();
        let cohort = cohort(&rubric, &data);
        for plan in [plan(1, Some("10%"), false), plan(2, Some("10%"), true), plan(3, None, true)] {
            let (scored, all) = compared(&rubric, &cohort, &plan, 10);
            if Drawing::new(&rubric, &cohort, &plan).has_columns() {
                // Next to nothing is left to the scorer where nothing is missing that only it can settle.
                assert!(scored * 20 <= all, "{}: {scored} of {all}", rubric.id);
                from_columns.push(shipped.id);
            }
        }
    }
    from_columns.dedup();
    let expected = [
        "ncti",
        "enterprise-points",
        "transfer-institution",
        "achievement-value",
        "pilot-policies",
        "incubator",
        "innovation-city",
        "beijing-erc",
        "henan-etrc",
    ];
    assert_eq!(from_columns, expected);
}

/// Weights that are multiplied by 1 are the rubric's own: every draw gives the grades that the scorer gives.
#[test]
fn a_spread_of_nothing_changes_nothing() {
    let ncti = SHIPPED.iter().find(|shipped| shipped.id == "ncti").unwrap();
    let rubric = rubric(ncti.text);
    let cohort = cohort(&rubric, &std::fs::read_to_string("rubrics/cohorts/ncti.csv").unwrap());
    let plan = plan(5, Some("0%"), false);
    let counts = Drawing::new(&rubric, &cohort, &plan).draws(0..3);
    for card in score(&rubric, &cohort, None) {
        assert_eq!(counts.share(card.centre, card.grade), Some(Number::ONE));
    }
    assert_eq!(counts.scored, 0);
}
