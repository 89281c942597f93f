//! The demo cohort: every state an evaluator meets, every ledger followed, every printed sheet added up.

use triennial::domain::grade::Flag;
use triennial::domain::ledger::{Line, Operation};
use triennial::domain::loss::losses;
use triennial::domain::number::{Number, Round};
use triennial::domain::reading::{Cycle, Presence, Slot};
use triennial::domain::rubric::{NodeIx, Role, Rubric};
use triennial::domain::score::{State, facts, ledger, score};
use triennial::domain::{centre::Status, cohort::Cohort};
use triennial::read;

use crate::program::Folder;

fn demo() -> (Rubric, Cohort) {
    let rubric = read::rubric::rubric(include_str!("../../rubrics/ncti.toml")).0.unwrap();
    let cycle = Cycle { first: 2023, last: 2025 };
    let text = include_str!("../../rubrics/cohorts/ncti.csv");
    let (data, faults) = read::table::table(text, &rubric, Some(cycle));
    assert_eq!(faults, []);
    let mut cohort = Cohort::new(&rubric, cycle);
    for given in data.unwrap().centres {
        let ix = cohort.add(triennial::domain::centre::Centre::new(given.id, &rubric));
        for (field, text) in given.fields {
            cohort.centre_mut(ix).set(&field, &text, &rubric).unwrap();
        }
        for cell in given.cells {
            let slot = cohort.layout.slot(cell.metric, cell.year).unwrap();
            cohort.readings_mut(ix).put(slot, cell.judge.as_deref(), cell.reading);
        }
    }
    (rubric, cohort)
}

fn lines<'a>(line: &'a Line, found: &mut Vec<&'a Line>) {
    found.push(line);
    line.children.iter().for_each(|child| lines(child, found));
}

#[test]
fn every_ledger_line_follows_exactly_from_its_children() {
    let (rubric, cohort) = demo();
    let facts = facts(&rubric, &cohort);
    let (mut count, mut rounded) = (0, 0);
    for card in score(&rubric, &cohort, None) {
        let Some(line) = ledger(&rubric, &cohort, card.centre, &facts) else { continue };
        assert!(line.follows(), "{}", cohort.centre(card.centre).id);
        assert_eq!(line.points, card.tally.total);
        let mut all = Vec::new();
        lines(&line, &mut all);
        count += all.len();
        rounded += all.iter().filter(|l| matches!(l.operation, Operation::Round(_))).count();
        // A line that is off by a hundredth anywhere no longer follows.
        let mut broken = line.clone();
        broken.children[0].points.0 = &broken.children[0].points.0 + &Number::fraction(1, 100).unwrap();
        assert!(!broken.follows());
    }
    assert!(count > 22 * 33 && rounded > 100, "{count} lines, {rounded} roundings");
}

#[test]
fn a_printed_sheet_adds_up_by_hand() {
    let folder = Folder::new();
    folder.done(&["new", "demo.triennial", "--demo"]);
    folder.done(&["export", "demo.triennial", "--format", "markdown", "--out", "out"]);
    let (rubric, cohort) = demo();
    let (mut sheets, mut carried_over) = (0, 0);
    for ix in cohort.all().filter(|ix| cohort.centre(*ix).status == Status::Participating) {
        let id = &cohort.centre(ix).id;
        let sheet = folder.read(&format!("out/centres/{id}.md"));
        let table = sheet.split("## Points by criterion").nth(1).unwrap().split("\n## ").next().unwrap();
        // What a person sees: id and points of each row, emphasis and remarks taken off.
        let printed = |node: &str| -> Option<Number> {
            let row = table.lines().find(|line| line.starts_with(&format!("| {node} |")))?;
            let cell = row.split('|').nth(3)?.replace(['*', '(', ')'], "");
            Number::parse(cell.split_whitespace().next()?).ok()
        };
        let mut total = Number::ZERO;
        for node in rubric.criteria() {
            let criterion = &rubric.nodes[node.0];
            let class = rubric.class(cohort.centre(ix)).unwrap();
            let children: Vec<&str> =
                rubric.nodes.iter().filter(|n| n.parent == Some(node)).map(|child| child.id.as_str()).collect();
            let sum: Number = children.iter().filter_map(|child| printed(child)).sum();
            let Some(own) = printed(&criterion.id) else { continue };
            // What is left out is carried by the others in proportion, rounded, and the ledger below says so.
            let of = |id: &str| rubric.nodes[rubric.node(id).unwrap().0].points.get(class).0.clone();
            let left_out = children.iter().any(|child| printed(child).is_none());
            let available: Number =
                children.iter().filter(|child| printed(child).is_some()).map(|child| of(child)).sum();
            let carried = (&sum * &of(&criterion.id)).divided_by(&available).unwrap().rounded(Round::half_up(2));
            let wanted = match criterion.role {
                Role::Deduction => -sum,
                _ if left_out => carried,
                _ => sum,
            };
            carried_over += usize::from(left_out);
            assert_eq!(own, wanted, "{id}: {}", criterion.id);
            total = total + own;
        }
        assert_eq!(printed("total"), Some(total), "{id}");
        sheets += 1;
    }
    assert!(sheets == 22 && carried_over > 0, "{sheets} sheets, {carried_over} carried");
}

/// Who shows what; the cohort is invented to hold every state.
#[test]
fn the_cohort_holds_every_state() {
    let (rubric, cohort) = demo();
    let cards = score(&rubric, &cohort, Some(jiff::civil::date(2026, 6, 30)));
    let card = |id: &str| &cards[cohort.find(id).unwrap().0];
    let grade = |id: &str| card(id).grade.map(|g| rubric.grades[g.0].id.as_str());
    let flags = |id: &str| card(id).flags.iter().map(|f| f.id(&rubric)).collect::<Vec<_>>();
    let total = |id: &str| card(id).tally.total.to_string();
    assert_eq!(cards.len(), 24);
    assert_eq!([grade("c01"), grade("c04")], [Some("excellent"), Some("good")]);
    let proposal = card("c07").proposal.clone().unwrap();
    assert_eq!((grade("c07"), proposal.by), (Some("poor"), Some(jiff::civil::date(2027, 6, 30))));
    assert_eq!(
        (grade("c03"), total("c03"), flags("c03")),
        (Some("good"), "85".into(), vec!["quota:excellent".to_owned(), "provisional".into()])
    );
    assert_eq!((total("d04"), total("d05")), ("86.25".into(), "86.25".into()));
    assert_eq!([grade("d04"), grade("d05")], [Some("good"); 2], "a tie on the quota line is out");
    assert_eq!(card("d09").tally.state, State::NotScored(Status::Absent));
    assert_eq!(card("d10").tally.state, State::NotScored(Status::Withdrawn));
    assert_eq!([flags("d09"), flags("d10")], [["remove"], ["remove"]]);
    assert_eq!(card("c08").tally.state, State::Incomplete { blank: 3, needed: 108 });
    assert_eq!((grade("c08"), card("c08").rank), (None, None), "incomplete, never poor");
    assert_eq!((grade("d11"), flags("d11")), (Some("poor"), vec!["rectify".to_owned(), "gate:falsified-data".into()]));
    assert_eq!(cohort.centre(cohort.find("d12").unwrap()).since, Some(2024));
    assert_eq!(
        (total("d07"), grade("d07"), total("d08"), grade("d08")),
        ("60".into(), Some("good"), "59.99".into(), Some("poor"))
    );
    assert_eq!((grade("d13"), grade("c05")), (Some("poor"), Some("good")));
    assert!(matches!(card("d15").tally.state, State::Blocked(_)));
    assert!(card("d14").flags.contains(&Flag::NameForm));
    let mut seen = std::collections::BTreeSet::new();
    for ix in cohort.all() {
        seen.extend((0..cohort.layout.slots()).map(|s| Presence::of(cohort.seen(&rubric, ix, Slot(s)).as_ref()).id()));
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["blank", "not-applicable", "not-reported", "value", "zero"]);
}

/// Under plain sums the losses are all that lies between a full score and the total.
#[test]
fn the_losses_of_a_centre_and_its_bonus_add_up_to_its_total() {
    let (rubric, cohort) = demo();
    let (mut checked, mut deducted) = (0, 0);
    for card in score(&rubric, &cohort, None).iter().filter(|card| card.tally.state == State::Complete) {
        let class = rubric.class(cohort.centre(card.centre)).unwrap();
        let lost = losses(&rubric, &card.tally, class);
        assert!(lost.is_sorted_by(|a, b| a.lost >= b.lost));
        assert!(lost.iter().all(|loss| rubric.nodes[loss.node.0].role != Role::Bonus));
        for loss in lost.iter().filter(|loss| rubric.nodes[loss.node.0].role == Role::Deduction) {
            assert_eq!((&loss.of.0, &loss.points), (&Number::ZERO, &loss.lost));
            deducted += 1;
        }
        let exists = |ix: NodeIx| rubric.exists_for(ix, class);
        if rubric.indicators().any(|(ix, _)| exists(ix) && card.tally.nodes[ix.0].is_none()) {
            // What is left out is carried by the rest, so that nothing adds up by itself.
            continue;
        }
        let bonus: Number =
            rubric.tops(Role::Bonus).filter_map(|ix| card.tally.nodes[ix.0].as_ref()).map(|p| &p.0).sum();
        let sum: Number = lost.iter().map(|loss| &loss.lost.0).sum();
        let full = &rubric.total.points.get(class).0;
        assert_eq!(&(full - &sum) + &bonus, card.tally.total.0, "{}", cohort.centre(card.centre).id);
        checked += 1;
    }
    assert!(checked > 10 && deducted > 0, "{checked} centres, {deducted} deductions");
}
