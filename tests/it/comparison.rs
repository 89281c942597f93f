//! Two scored cohorts beside each other: who moves, in which order they are told, and where in the ledger.

use proptest::prelude::*;
use triennial::domain::cohort::Cohort;
use triennial::domain::comparison::{Comparison, Extent, Harm, Part, Scored, Side, compare};
use triennial::domain::grade::Scorecard;
use triennial::domain::impact::{World, attributed};
use triennial::domain::number::{Number, Points};
use triennial::domain::rubric::Rubric;
use triennial::domain::score::score;
use triennial::read;
use triennial::read::meaning::Difference;
use triennial::read::overlay;
use triennial::store::catalogue;

/// Two indicators of 60 and 40 points that are their metrics, three grades, an end for whoever is absent.
const OLD: &str = r#"
[rubric]
id = "two"
edition = "1"
cycle_years = 1
rounding = "none"
[[metric]]
id = "p"
minimum = 0
[[metric]]
id = "q"
minimum = 0
[[criterion]]
id = "k"
[[criterion.indicator]]
id = "i"
points = 60
measure = "p"
rule = { kind = "linear", from = 0, to = 60 }
[[criterion.indicator]]
id = "j"
points = 40
measure = "q"
rule = { kind = "linear", from = 0, to = 40 }
[[grade]]
id = "excellent"
at_least = 85
[[grade]]
id = "good"
at_least = 60
[[grade]]
id = "poor"
[outcome]
excellent = { act = "next-cycle" }
good = { act = "next-cycle" }
poor = { act = "rectify", within = "12 months" }
absent = { act = "remove" }
"#;

const DATA: &str = "\
centre,status,p@2025,q@2025
top,,60,40
edge,,50,36
mid,,40,30
low,,35,26
last,,10,10
gone,absent,,
";

fn rubric(text: &str) -> Rubric {
    let (rubric, faults) = read::rubric::rubric(text);
    rubric.unwrap_or_else(|| panic!("{faults:?}"))
}

fn scored(rubric: &Rubric, data: &str) -> (Cohort, Vec<Scorecard>) {
    let (data, faults) = read::table::table(data, rubric, None);
    let cohort = read::table::cohort(&data.unwrap_or_else(|| panic!("{faults:?}")), rubric);
    let cards = score(rubric, &cohort, None);
    (cohort, cards)
}

fn compared(new: &str, data: &str) -> Comparison {
    let (old, new) = (rubric(OLD), rubric(new));
    let ((old_cohort, old_cards), (new_cohort, new_cards)) = (scored(&old, DATA), scored(&new, data));
    compare(
        Scored { rubric: &old, cohort: &old_cohort, cards: &old_cards },
        Scored { rubric: &new, cohort: &new_cohort, cards: &new_cards },
    )
}

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn listed(comparison: &Comparison) -> Vec<(&str, Extent, Harm)> {
    comparison.changes.iter().map(|change| (change.centre.as_str(), change.extent, change.harm)).collect()
}

/// By hand: 100, 86, 70, 61 and 20 points. With 87 for excellent `edge` falls to good, with 62 for good `low` falls to
/// poor and has to rectify; of the two `low` and `edge` each fall one grade and lose no points, so the roster decides.
#[test]
fn a_threshold_moves_only_those_between_the_old_and_the_new_line() {
    let comparison = compared(&OLD.replace("= 85", "= 87").replace("at_least = 60", "at_least = 62"), DATA);
    assert_eq!(listed(&comparison), [("edge", Extent::Grade, Harm::Lowered), ("low", Extent::Grade, Harm::Lowered)]);
    assert_eq!((comparison.count(Extent::Grade), comparison.count(Extent::Score), comparison.same), (2, 0, 4));
    let low = comparison.of("low").unwrap();
    let side = |side: &Side| (side.grade.clone().unwrap(), side.outcome.clone().unwrap());
    assert_eq!(low.old.as_ref().map(side), Some(("good".to_owned(), "next-cycle".to_owned())));
    assert_eq!(low.new.as_ref().map(side), Some(("poor".to_owned(), "rectify".to_owned())));
    assert_eq!((low.gained(), low.lost()), (vec!["rectify"], vec![]));
    assert_eq!(low.difference(), Some(Number::ZERO));
    assert_eq!(low.lines, []);
}

/// By hand: i earns 40/60 of its share, j 30/40; with 50 and 50 points `mid` has 33 1/3 + 37.5.
#[test]
fn a_line_of_the_ledger_says_what_was_earned_of_what_on_both_sides() {
    let comparison = compared(&OLD.replace("points = 60", "points = 50").replace("points = 40", "points = 50"), DATA);
    let mid = comparison.of("mid").unwrap();
    let earned = |points: Number, of: &str| Part::Earned { points: Points(points), of: Points(n(of)) };
    let lines: Vec<_> = mid.lines.iter().map(|line| (line.node.as_str(), line.depth, &line.old, &line.new)).collect();
    let third = Number::fraction(1, 3).unwrap();
    let whole = &n("70.5") + &third;
    assert_eq!(
        lines,
        [
            ("k", 0, &earned(n("70"), "100"), &earned(whole, "100")),
            ("i", 1, &earned(n("40"), "60"), &earned(&n("33") + &third, "50")),
            ("j", 1, &earned(n("30"), "40"), &earned(n("37.5"), "50")),
        ]
    );
    assert_eq!(mid.lines[1].difference(), &n("-6") - &Number::fraction(2, 3).unwrap());
}

/// Removal before falling, falling before rising; behind them, whatever they lose, those whose points alone differ.
#[test]
fn the_worst_comes_first() {
    let data = "\
centre,status,p@2025,q@2025
top,,60,30
edge,,40,36
mid,,40,31
low,withdrawn,35,26
last,,60,40
gone,,60,40
";
    let withdrawn = OLD.replace("absent =", "withdrawn =");
    let comparison = compared(&withdrawn, data);
    assert_eq!(
        listed(&comparison),
        [
            ("low", Extent::Grade, Harm::Removed),
            ("edge", Extent::Grade, Harm::Lowered),
            ("last", Extent::Grade, Harm::Raised),
            ("gone", Extent::Grade, Harm::Spared),
            ("top", Extent::Score, Harm::Worse),
            ("mid", Extent::Score, Harm::Better),
        ]
    );
}

#[test]
fn a_grade_that_is_added_on_top_lowers_nobody() {
    let more = OLD.replacen("[[grade]]", "[[grade]]\nid = \"outstanding\"\nat_least = 99\n[[grade]]", 1);
    let more = more.replace("[outcome]", "[outcome]\noutstanding = { act = \"next-cycle\" }");
    assert_eq!(listed(&compared(&more, DATA)), [("top", Extent::Grade, Harm::Raised)]);
}

#[test]
fn what_only_one_side_has_is_told() {
    let without = DATA.replace("mid,,40,30\n", "new,,40,30\n");
    let comparison = compared(OLD, &without);
    let told: Vec<_> = comparison.changes.iter().map(|change| (change.centre.as_str(), change.old.is_some())).collect();
    assert_eq!(told, [("mid", true), ("new", false)]);
    // Whoever is gone has no grade any more, and whoever is new has one for the first time.
    assert_eq!(listed(&comparison), [("mid", Extent::Grade, Harm::Lowered), ("new", Extent::Grade, Harm::Raised)]);
}

#[test]
fn another_deadline_alone_is_told() {
    let comparison = compared(&OLD.replace("12 months", "6 months"), DATA);
    assert_eq!(listed(&comparison), [("last", Extent::Flags, Harm::Neither)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_cohort_compared_with_itself_is_the_same(all in prop::collection::vec((0..61_u8, 0..41_u8), 0..20)) {
        let rows = all.iter().enumerate().map(|(at, (p, q))| format!("c{at},{p},{q}\n")).collect::<String>();
        let rubric = rubric(OLD);
        let (cohort, cards) = scored(&rubric, &format!("centre,p@2025,q@2025\n{rows}"));
        let side = Scored { rubric: &rubric, cohort: &cohort, cards: &cards };
        let comparison = compare(side, side);
        prop_assert!(comparison.is_empty());
        prop_assert_eq!(comparison.same, all.len());
    }
}

/// The shipped rubric, and the same with one threshold, two weights and one band changed.
fn stricter() -> (overlay::Whole, overlay::Whole) {
    let shipped = |named: &str, _: &str| {
        let text = catalogue::shipped(named).unwrap().text.to_owned();
        Ok(overlay::File { name: format!("{named}.toml"), text })
    };
    let text = std::fs::read_to_string("tests/compare/ncti-stricter.toml").unwrap();
    let file = overlay::File { name: "tests/compare/ncti-stricter.toml".to_owned(), text };
    (overlay::whole(shipped("ncti", "").unwrap(), &shipped), overlay::whole(file, &shipped))
}

/// Every centre of the demo cohort that moves: its shares add up to its change, by fractions.
#[test]
fn shares_of_the_edits_add_up_to_the_change_of_every_centre_of_the_demo_cohort() {
    let (old, new) = stricter();
    let difference = Difference::between(&old, &new).unwrap();
    assert_eq!(difference.edits.len(), 4);
    let (old, new) = (old.rubric.unwrap(), new.rubric.unwrap());
    let (cohort, old_cards) = scored(&old, catalogue::shipped("ncti").unwrap().cohort);
    let moved = cohort.under(&old, &new, true);
    let new_cards = score(&new, &moved, None);
    let comparison = compare(
        Scored { rubric: &old, cohort: &cohort, cards: &old_cards },
        Scored { rubric: &new, cohort: &moved, cards: &new_cards },
    );
    let world = |subset| {
        let rubric = difference.rubric(subset).unwrap();
        World::new(&rubric, &cohort.under(&old, &rubric, true), None)
    };
    let worlds: Vec<World> = difference.method().subsets(4).into_iter().map(world).collect();
    let attributed = attributed(&comparison, difference.method(), 4, &worlds);
    assert!(comparison.count(Extent::Grade) > 0 && comparison.count(Extent::Score) > 3);
    for (change, attributed) in comparison.changes.iter().zip(&attributed) {
        let Some(more) = change.difference() else { continue };
        assert_eq!(attributed.shares.iter().sum::<Number>(), more, "{}", change.centre);
        // Nothing but the threshold can move a grade without moving a point.
        let grade = |side: &Option<Side>| side.as_ref().and_then(|side| side.grade.clone());
        assert_eq!(attributed.grade.is_empty(), grade(&change.old) == grade(&change.new), "{}", change.centre);
    }
}

/// Every shipped cohort is the same cohort under its own rubric.
#[test]
fn a_cohort_under_its_own_rubric_is_the_same() {
    for shipped in catalogue::SHIPPED {
        let rubric = rubric(shipped.text);
        let (cohort, _) = scored(&rubric, shipped.cohort);
        assert_eq!(cohort.under(&rubric, &rubric, true), cohort, "{}", shipped.id);
    }
}
