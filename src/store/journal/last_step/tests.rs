use std::path::Path;

use proptest::prelude::*;

use crate::domain::centre::Field;
use crate::domain::evaluation::{Body, CellChange, Pin, UndoRefused, undo};
use crate::domain::reading::{Cycle, Reading};
use crate::domain::text::Lang;
use crate::store::digest;
use crate::store::journal::{Access, Journal};

const WHO: [&str; 3] = ["ann", "bob", "cy"];

fn founded(path: &Path) -> Journal {
    let pin = Pin { rubric: "r".to_owned(), edition: "1".to_owned(), digest: digest::text(b"r") };
    let cycle = Cycle { first: 2023, last: 2025 };
    Journal::create(path, "ann", Body::Opened { cycle, pin, decided_on: None, lang: Lang::En }, "r", 0).unwrap()
}

fn writing(path: &Path, who: &str) -> Journal {
    Journal::open(path, Access::Write { evaluator: Some(who.to_owned()), time: 0 }).unwrap()
}

fn cell(centre: &str, metric: &str) -> Body {
    let to = Some(Reading::NotReported);
    let cell = CellChange { metric: metric.to_owned(), year: Some(2024), judge: None, was: None, to };
    Body::Cells { centre: centre.to_owned(), cells: vec![cell] }
}

fn body() -> impl Strategy<Value = Body> {
    let centre = || prop_oneof![Just("x".to_owned()), Just("y".to_owned())];
    prop_oneof![
        4 => (centre(), prop_oneof![Just("p"), Just("q")]).prop_map(|(centre, metric)| cell(&centre, metric)),
        1 => centre().prop_map(|centre| Body::CentreAdded { centre }),
        1 => centre().prop_map(|centre| {
            Body::CentreSet { centre, field: Field::Name, was: String::new(), to: "n".to_owned() }
        }),
        1 => Just(Body::Imported { file: "f".to_owned(), digest: "d".to_owned(), sheet: String::new(), mapping: String::new() }),
        1 => Just(Body::Closed { reason: "r".to_owned() }),
    ]
}

/// A step of one of the three, or an undo where there are no bodies.
fn acts() -> impl Strategy<Value = Vec<(usize, Vec<Body>)>> {
    let bodies = prop_oneof![3 => prop::collection::vec(body(), 1..4), 2 => Just(Vec::new())];
    prop::collection::vec((0_usize..3, bodies), 1..14)
}

proptest! {
    // Each case writes a file and waits for the disk.
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_last_step_alone_undoes_to_the_same_as_the_whole_journal(acts in acts()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.triennial");
        drop(founded(&path));
        for (who, bodies) in acts {
            let mut journal = writing(&path, WHO[who]);
            let all = journal.read_all().unwrap();
            let step = if bodies.is_empty() { undo(&all, WHO[who]).unwrap_or_default() } else { bodies };
            journal.append(step, 0).unwrap();
            let all = journal.read_all().unwrap();
            for who in WHO {
                prop_assert_eq!(undo(&journal.last_step(who).unwrap(), who), undo(&all, who), "{}", who);
            }
        }
    }
}

#[test]
fn a_long_journal_is_not_read_for_a_small_step() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.triennial");
    let mut ann = founded(&path);
    ann.append((0..500).map(|n| cell(&format!("c{n}"), "p")).collect(), 0).unwrap();
    ann.append(vec![cell("x", "p")], 0).unwrap();
    drop(ann);
    let mut bob = writing(&path, "bob");
    bob.append(vec![cell("x", "p"), cell("x", "q")], 0).unwrap();
    let count = |who| bob.last_step(who).unwrap().len();
    // Ann's one event and bob's two behind it; bob's own two; nothing of who never wrote.
    assert_eq!([count("ann"), count("bob"), count("cy")], [3, 2, 0]);
    let refused = undo(&bob.last_step("ann").unwrap(), "ann");
    assert!(matches!(refused, Err(UndoRefused::ChangedSince { sequence: 1, .. })));
}
