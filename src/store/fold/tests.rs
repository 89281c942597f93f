use super::*;
use crate::domain::centre::FieldFault;
use crate::domain::evaluation::CellChange;
use crate::domain::number::Number;
use crate::domain::reading::{Cycle, Reading};
use crate::domain::rubric::MetricIx;
use crate::domain::text::Lang;

/// A rubric with nothing but kinds and metrics; the indicator is there because a rubric has at least one.
fn rubric(edition: &str, kinds: &[&str], metrics: &[&str]) -> Rubric {
    let declared = |table: &str, ids: &[&str]| -> String {
        ids.iter().map(|id| format!("[[{table}]]\nid = \"{id}\"\n")).collect()
    };
    let text = format!(
        "[rubric]\nid = \"r\"\nedition = \"{edition}\"\ncycle_years = 3\nrounding = \"none\"\n{}{}[[criterion]]\nid = \"k\"\n\
         [[criterion.indicator]]\nid = \"i\"\npoints = 1\nmeasure = \"sum(income)\"\n\
         rule = {{ kind = \"linear\", from = 0, to = 1 }}\n",
        declared("kind", kinds),
        declared("metric", metrics),
    );
    crate::read::rubric::rubric(&text).0.unwrap()
}

/// The two editions: the second has no kind `a`, and a metric more.
fn edition(pin: &Pin) -> Result<Rubric, StoreError> {
    Ok(match pin.edition.as_str() {
        "1" => rubric("1", &["a", "b"], &["income"]),
        _ => rubric("2", &["b", "c"], &["staff", "income"]),
    })
}

fn pin_of(edition: &str) -> Pin {
    Pin { rubric: "r".to_owned(), edition: edition.to_owned(), digest: edition.to_owned() }
}

fn repinned() -> Body {
    Body::Repinned { pin: pin_of("2"), reason: "corrected".to_owned() }
}

fn kind(to: &str) -> Body {
    Body::CentreSet { centre: "x".to_owned(), field: Field::Kind, was: String::new(), to: to.to_owned() }
}

fn cell(metric: &str) -> Body {
    let to = Some(Reading::Value(Number::from(7_i64)));
    let cell = CellChange { metric: metric.to_owned(), year: Some(2024), judge: None, was: None, to };
    Body::Cells { centre: "x".to_owned(), cells: vec![cell] }
}

/// Opened, centre `x` added, and then these.
fn events(bodies: Vec<Body>) -> Vec<Event> {
    let cycle = Cycle { first: 2023, last: 2025 };
    let opened = Body::Opened { cycle, pin: pin_of("1"), decided_on: None, lang: Lang::En };
    let added = Body::CentreAdded { centre: "x".to_owned() };
    let event = |(body, n)| Event { evaluator: "ann".to_owned(), sequence: n, step: n, lamport: n, time: 0, body };
    [opened, added].into_iter().chain(bodies).zip(1..).map(event).collect()
}

fn conflict(bodies: Vec<Body>) -> (u64, FoldFault) {
    match fold(&events(bodies), edition) {
        Err(StoreError::Conflict(conflict)) => (conflict.event.unwrap().1, conflict.fault),
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_events_add_up_to_the_evaluation() {
    let evaluation = fold(&events(vec![kind("a"), cell("income"), cell("staff")]), edition).unwrap();
    assert_eq!(evaluation.rubric.edition, "1");
    assert_eq!(evaluation.unplaced, 1);
    let x = evaluation.cohort.find("x").unwrap();
    let slot = evaluation.cohort.layout.slot(MetricIx(0), Some(2024)).unwrap();
    assert_eq!(evaluation.cohort.readings(x).get(slot), Some(&Reading::Value(Number::from(7_i64))));
}

#[test]
fn a_new_pin_puts_earlier_cells_in_their_place() {
    let bodies = vec![kind("b"), cell("income"), cell("staff"), repinned()];
    let evaluation = fold(&events(bodies), edition).unwrap();
    assert_eq!((evaluation.rubric.edition.as_str(), &evaluation.pin), ("2", &pin_of("2")));
    assert_eq!(evaluation.unplaced, 0);
    let x = evaluation.cohort.find("x").unwrap();
    for metric in [MetricIx(0), MetricIx(1)] {
        let slot = evaluation.cohort.layout.slot(metric, Some(2024)).unwrap();
        assert!(evaluation.cohort.readings(x).get(slot).is_some());
    }
}

#[test]
fn a_fact_that_the_new_rubric_does_not_know_stops_the_fold_unless_it_was_set_again() {
    let (sequence, fault) = conflict(vec![kind("a"), repinned()]);
    assert_eq!(sequence, 3);
    assert!(matches!(fault, FoldFault::BadField { fault: FieldFault::UnknownKind { .. }, .. }));
    let again = fold(&events(vec![kind("a"), kind("b"), repinned()]), edition).unwrap();
    let x = again.cohort.find("x").unwrap();
    assert_eq!(again.cohort.centre(x).get(&Field::Kind, &again.rubric), "b");
    let dropped = vec![kind("a"), Body::CentreDropped { centre: "x".to_owned(), reason: String::new() }, repinned()];
    assert!(fold(&events(dropped), edition).unwrap().cohort.is_empty());
    // After the pin there is no excuse.
    assert_eq!(conflict(vec![repinned(), kind("a"), kind("b")]).0, 4);
}

#[test]
fn an_event_that_does_not_fit_is_named() {
    let unknown = Body::CentreDropped { centre: "y".to_owned(), reason: String::new() };
    assert_eq!(conflict(vec![unknown]), (3, FoldFault::UnknownCentre("y".to_owned())));
    let again = events(Vec::new()).swap_remove(0).body;
    assert_eq!(conflict(vec![again]), (3, FoldFault::NotOpened));
    for wrong in [Vec::new(), events(Vec::new()).split_off(1)] {
        let fault = fold(&wrong, edition).unwrap_err();
        assert!(matches!(fault, StoreError::Conflict(c) if c.fault == FoldFault::NotOpened));
    }
}

#[test]
fn a_journal_gives_its_evaluation_by_the_text_that_is_pinned() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.triennial");
    let digest = crate::store::digest::text(b"1");
    let pin = Pin { digest, ..pin_of("1") };
    let opened = Body::Opened { cycle: Cycle { first: 2023, last: 2025 }, pin, decided_on: None, lang: Lang::En };
    let mut journal = Journal::create(&path, "ann", opened, "1", 0).unwrap();
    journal.append(vec![Body::CentreAdded { centre: "x".to_owned() }], 0).unwrap();
    let parse = |text: &str| edition(&pin_of(text));
    let evaluation = journal.evaluation(parse).unwrap();
    assert_eq!((evaluation.cohort.len(), evaluation.rubric.edition.as_str()), (1, "1"));
}

#[test]
fn a_journal_is_folded_under_the_rubric_that_is_pinned_last() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.triennial");
    let pin = |edition: &str| Pin { digest: crate::store::digest::text(edition.as_bytes()), ..pin_of(edition) };
    let opened =
        Body::Opened { cycle: Cycle { first: 2023, last: 2025 }, pin: pin("1"), decided_on: None, lang: Lang::En };
    let mut journal = Journal::create(&path, "ann", opened, "1", 0).unwrap();
    let added = Body::CentreAdded { centre: "x".to_owned() };
    journal.append(vec![added, kind("a"), cell("staff")], 0).unwrap();
    journal.append_pinned(vec![Body::Repinned { pin: pin("2"), reason: "corrected".to_owned() }], "2", 0).unwrap();
    let parse = |text: &str| edition(&pin_of(text));
    // Kind `a` is of the first edition only.
    assert!(
        matches!(journal.evaluation(parse), Err(StoreError::Conflict(c)) if c.event == Some(("ann".to_owned(), 3)))
    );
    journal.append(vec![kind("b")], 0).unwrap();
    let evaluation = journal.evaluation(parse).unwrap();
    assert_eq!((evaluation.rubric.edition.as_str(), evaluation.unplaced), ("2", 0));
    assert_eq!(fold(&journal.read_all().unwrap(), edition).unwrap(), evaluation);
}

/// Stores an event whose hash is right, behind the one that opens the evaluation.
fn forged(body: &str, lamport: u64) -> Result<Evaluation, StoreError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.triennial");
    let pin = Pin { digest: crate::store::digest::text(b"1"), ..pin_of("1") };
    let opened = Body::Opened { cycle: Cycle { first: 2023, last: 2025 }, pin, decided_on: None, lang: Lang::En };
    let journal = Journal::create(&path, "ann", opened, "1", 0).unwrap();
    let previous = journal.heads().unwrap().remove(0).hash;
    let link = crate::store::digest::Link {
        previous: &previous,
        evaluator: "ann",
        sequence: 2,
        step: 2,
        lamport,
        time: 0,
        body,
    };
    let stored = rusqlite::Connection::open(&path).unwrap();
    let row = rusqlite::params!["ann", 2, 2, i64::try_from(lamport).unwrap(), 0, body, previous, link.hash()];
    stored.execute("INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", row).unwrap();
    journal.evaluation(|text| edition(&pin_of(text)))
}

#[test]
fn no_figure_is_made_from_events_that_this_program_would_not_write() {
    let added = r#"{"type":"centre-added","centre":"x"}"#;
    assert_eq!(forged(added, 2).unwrap().cohort.len(), 1);
    // From before the event that it follows.
    assert!(matches!(forged(added, 1), Err(StoreError::Damaged { .. })));
    // A pin that is not recognised by how it begins.
    let repinned = r#"{"reason":"r","type":"repinned","pin":{"rubric":"r","edition":"2","digest":"2"}}"#;
    assert!(matches!(forged(repinned, 2), Err(StoreError::Damaged { .. })));
}
