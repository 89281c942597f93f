//! An evaluation as the sum of its events: undo gives back exactly what was, and never over somebody else's work.

use proptest::prelude::*;

use triennial::domain::centre::Field;
use triennial::domain::evaluation::{
    Body, CellChange, Evaluation, Event, Pin, UndoRefused, fold_order, is_large, undo,
};
use triennial::domain::number::Number;
use triennial::domain::reading::{Cycle, Reading};
use triennial::domain::text::Lang;
use triennial::read;

const RUBRIC: &str = r#"
[rubric]
id = "r"
edition = "1"
cycle_years = 3
rounding = "none"
[[metric]]
id = "a"
[[metric]]
id = "b"
[[criterion]]
id = "k"
[[criterion.indicator]]
id = "i"
points = 10
measure = "sum(a) + sum(b)"
rule = { kind = "linear", from = 0, to = 100 }
"#;

/// Several evaluators at one evaluation, their events in the order in which they were made.
struct Desk {
    evaluation: Evaluation,
    events: Vec<Event>,
}

impl Desk {
    fn new() -> Self {
        let rubric = read::rubric::rubric(RUBRIC).0.unwrap();
        let pin = Pin { rubric: "r".into(), edition: "1".into(), digest: String::new() };
        let cycle = Cycle { first: 2023, last: 2025 };
        let body = Body::Opened { cycle, pin, decided_on: None, lang: Lang::En };
        let evaluation = Evaluation::open(&body, rubric).unwrap();
        let mut desk = Self { evaluation, events: Vec::new() };
        desk.record("li", vec![body], false);
        desk
    }

    fn record(&mut self, evaluator: &str, step: Vec<Body>, apply: bool) {
        let own = || self.events.iter().filter(|e| e.evaluator == evaluator);
        let (sequence, number) = (own().count() as u64, own().map(|e| e.step).max().unwrap_or(0) + 1);
        for (n, body) in (1..).zip(step) {
            if apply {
                self.evaluation.apply(&body).unwrap();
            }
            let lamport = self.events.len() as u64 + 1;
            let event =
                Event { evaluator: evaluator.into(), sequence: sequence + n, step: number, lamport, time: 0, body };
            self.events.push(event);
        }
    }

    fn step(&mut self, evaluator: &str, step: Vec<Body>) {
        self.record(evaluator, step, true);
    }

    fn cell(&self, centre: &str, metric: &str, year: i16, to: Option<&str>) -> Option<Body> {
        let ix = self.evaluation.cohort.find(centre)?;
        let metric = self.evaluation.rubric.metric(metric).unwrap();
        let to = to.map(|text| match text {
            "NR" => Reading::NotReported,
            "N/A" => Reading::NotApplicable,
            number => Reading::Value(Number::parse(number).unwrap()),
        });
        let change: CellChange = self.evaluation.cell_change(ix, (metric, Some(year)), None, to)?;
        Some(Body::Cells { centre: centre.into(), cells: vec![change] })
    }

    fn type_in(&mut self, evaluator: &str, centre: &str, metric: &str, year: i16, to: Option<&str>) {
        if let Some(body) = self.cell(centre, metric, year, to) {
            self.step(evaluator, vec![body]);
        }
    }

    fn undo(&mut self, evaluator: &str) -> Result<(), UndoRefused> {
        let step = undo(&self.events, evaluator)?;
        self.step(evaluator, step);
        Ok(())
    }
}

fn added(id: &str) -> Vec<Body> {
    let name = Body::CentreSet { centre: id.into(), field: Field::Name, was: String::new(), to: "甲".into() };
    vec![Body::CentreAdded { centre: id.into() }, name]
}

#[test]
fn undo_goes_back_step_by_step_and_past_what_it_undid() {
    let mut desk = Desk::new();
    let empty = desk.evaluation.clone();
    desk.step("li", added("c1"));
    let with_centre = desk.evaluation.clone();
    desk.type_in("li", "c1", "a", 2023, Some("5"));
    let five = desk.evaluation.clone();
    desk.type_in("li", "c1", "a", 2023, Some("7"));
    desk.undo("li").unwrap();
    assert_eq!(desk.evaluation, five);
    desk.type_in("li", "c1", "b", 2024, Some("NR"));
    desk.undo("li").unwrap();
    desk.undo("li").unwrap();
    assert_eq!(desk.evaluation.cohort, with_centre.cohort);
    desk.undo("li").unwrap();
    assert_eq!(desk.evaluation.cohort.len(), empty.cohort.len());
    assert_eq!(desk.undo("li"), Err(UndoRefused::Nothing), "the opening is no step to take back");
    assert_eq!(desk.undo("wang"), Err(UndoRefused::Nothing));
}

#[test]
fn undo_over_another_evaluators_later_change_is_refused_by_name() {
    let mut desk = Desk::new();
    desk.step("li", added("c1"));
    desk.type_in("li", "c1", "a", 2023, Some("5"));
    desk.type_in("wang", "c1", "b", 2023, Some("1"));
    let before = desk.evaluation.clone();
    desk.undo("li").unwrap();
    assert_ne!(desk.evaluation, before, "another cell is nobody's business");
    desk.type_in("li", "c1", "a", 2023, Some("6"));
    desk.type_in("wang", "c1", "a", 2023, Some("8"));
    let refused = desk.undo("li").unwrap_err();
    let UndoRefused::ChangedSince { evaluator, sequence, what, .. } = refused else { panic!("{refused:?}") };
    assert_eq!((evaluator.as_str(), sequence, what.as_str()), ("wang", 2, "c1 a@2023"));
    desk.undo("wang").unwrap();
    // Somebody was there since, even though the value is what it was.
    assert!(matches!(desk.undo("li"), Err(UndoRefused::ChangedSince { .. })));
}

#[test]
fn taking_back_a_centre_that_somebody_filled_is_refused() {
    let mut desk = Desk::new();
    desk.step("li", added("c1"));
    desk.type_in("wang", "c1", "a", 2023, Some("5"));
    assert!(matches!(desk.undo("li"), Err(UndoRefused::ChangedSince { .. })));
}

#[test]
fn a_dropped_centre_comes_back_where_it_stood_with_all_it_had() {
    let mut desk = Desk::new();
    for id in ["c1", "c2", "c3"] {
        desk.step("li", added(id));
    }
    desk.type_in("li", "c2", "a", 2023, Some("5"));
    let before = desk.evaluation.clone();
    desk.step("li", vec![Body::CentreDropped { centre: "c2".into(), reason: String::new() }]);
    assert_eq!(desk.evaluation.cohort.len(), 2);
    desk.undo("li").unwrap();
    assert_eq!(desk.evaluation.cohort, before.cohort);
}

#[test]
fn several_changes_or_a_whole_centre_are_a_large_step_and_one_cell_is_not() {
    let mut desk = Desk::new();
    desk.step("li", added("c1"));
    let cell = |year| desk.cell("c1", "a", year, Some("5")).unwrap();
    assert!(!is_large(&[Body::Undone { step: 2 }, cell(2023)]));
    assert!(is_large(&[Body::Undone { step: 2 }, cell(2023), cell(2024)]));
    assert!(is_large(&[Body::Undone { step: 2 }, Body::CentreDropped { centre: "c1".into(), reason: String::new() }]));
    let imported =
        Body::Imported { file: "x.csv".into(), digest: String::new(), sheet: String::new(), mapping: String::new() };
    desk.step("li", vec![imported, cell(2025)]);
    let step = desk.events.last().unwrap().step;
    assert_eq!(triennial::domain::evaluation::imported(&desk.events, "li", step), Some("x.csv"));
    assert_eq!(triennial::domain::evaluation::imported(&desk.events, "li", step - 1), None);
}

#[derive(Debug, Clone)]
enum Action {
    Cell { who: bool, centre: usize, metric: bool, year: i16, to: usize },
    Drop { who: bool, centre: usize },
    Undo { who: bool },
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => (any::<bool>(), 0..3usize, any::<bool>(), 2023..=2025i16, 0..5usize)
            .prop_map(|(who, centre, metric, year, to)| Action::Cell { who, centre, metric, year, to }),
        1 => (any::<bool>(), 0..3usize).prop_map(|(who, centre)| Action::Drop { who, centre }),
        2 => any::<bool>().prop_map(|who| Action::Undo { who }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// A step and its undo leave what was there; the fold gives the same state in whatever order the events come in.
    #[test]
    fn undo_is_identity_and_the_fold_has_one_result(actions in prop::collection::vec(action(), 1..40)) {
        let mut desk = Desk::new();
        let ids = ["c1", "c2", "c3"];
        for id in ids {
            desk.step("li", added(id));
        }
        let name = |who: bool| if who { "li" } else { "wang" };
        for action in actions {
            let before = desk.evaluation.cohort.clone();
            match action {
                Action::Cell { who, centre, metric, year, to } => {
                    let to = [None, Some("0"), Some("12.5"), Some("NR"), Some("N/A")][to];
                    let body = desk.cell(ids[centre], if metric { "a" } else { "b" }, year, to);
                    let Some(body) = body else { continue };
                    desk.step(name(who), vec![body]);
                    desk.undo(name(who)).unwrap();
                    prop_assert_eq!(&desk.evaluation.cohort, &before);
                    desk.type_in(name(who), ids[centre], if metric { "a" } else { "b" }, year, to);
                }
                Action::Drop { who, centre } => {
                    if desk.evaluation.cohort.find(ids[centre]).is_some() {
                        desk.step(name(who), vec![Body::CentreDropped { centre: ids[centre].into(), reason: String::new() }]);
                        desk.undo(name(who)).unwrap();
                        prop_assert_eq!(&desk.evaluation.cohort, &before);
                    }
                }
                Action::Undo { who } => {
                    let _ = desk.undo(name(who));
                }
            }
        }
        let mut events = desk.events.clone();
        events.reverse();
        events.sort_by(fold_order);
        prop_assert_eq!(&events, &desk.events);
        let mut again = Evaluation::open(&events[0].body, desk.evaluation.rubric.clone()).unwrap();
        for event in &events[1..] {
            again.apply(&event.body).unwrap();
        }
        prop_assert_eq!(again, desk.evaluation);
    }
}

#[test]
fn acts_stand_and_what_was_done_before_them_can_still_be_taken_back() {
    let mut desk = Desk::new();
    desk.step("li", added("c1"));
    desk.type_in("li", "c1", "a", 2023, Some("5"));
    desk.step("li", vec![Body::Closed { reason: "signed".into() }]);
    desk.step("li", vec![Body::Reopened { reason: "an objection".into() }]);
    let before = desk.evaluation.clone();
    desk.undo("li").unwrap();
    let ix = desk.evaluation.cohort.find("c1").unwrap();
    assert_ne!(desk.evaluation.cohort.readings(ix), before.cohort.readings(ix));
    assert_eq!(desk.evaluation.closed, None);
    desk.undo("li").unwrap();
    assert_eq!(desk.undo("li"), Err(UndoRefused::Act));
}
