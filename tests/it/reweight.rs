//! One weight moved with its siblings pro rata, by hand: what a kind's weight does to its own centres, and to no others.

use triennial::domain::cohort::Cohort;
use triennial::domain::number::Number;
use triennial::domain::robustness::reweight::{redrawn, reweighted, weighed};
use triennial::domain::rubric::{ClassIx, NodeIx, Rubric};
use triennial::domain::score::score;
use triennial::read;

/// 60 points for income and 40 for patents; whoever does not report income is fined 3.
const FINED: &str = r#"
[rubric]
id = "fined"
edition = "1"
cycle_years = 1
rounding = "none"
[[kind]]
id = "a"
[[kind]]
id = "b"
[[metric]]
id = "income"
minimum = 0
[[metric]]
id = "patents"
minimum = 0
[[criterion]]
id = "k"
points = 100
[[criterion.indicator]]
id = "i"
points = 60
measure = "income"
rule = { kind = "linear", from = 0, to = 100 }
missing = { penalty = 3 }
[[criterion.indicator]]
id = "p"
points = 40
measure = "patents"
rule = { kind = "linear", from = 0, to = 10 }
[[grade]]
id = "good"
at_least = 60
[[grade]]
id = "poor"
[outcome]
good = { act = "next-cycle" }
poor = { act = "rectify", within = "12 months" }
"#;

fn income(rubric: &Rubric) -> NodeIx {
    NodeIx(rubric.nodes.iter().position(|node| node.id == "i").unwrap())
}

fn totals(rubric: &Rubric, cohort: &Cohort) -> Vec<String> {
    score(rubric, cohort, None).iter().map(|card| card.tally.total.to_string()).collect()
}

fn fined() -> (Rubric, Cohort) {
    let rubric = read::rubric::rubric(FINED).0.unwrap();
    let table = read::table::table("centre,kind,income,patents\nx,a,NR,10\ny,b,NR,10\n", &rubric, None).0.unwrap();
    let cohort = read::table::cohort(&table, &rubric);
    assert_eq!(totals(&rubric, &cohort), ["37", "37"]);
    (rubric, cohort)
}

/// By hand: 80 of the 100 points for income leave 20 for patents, and the fine is 3 × 80 ÷ 60 = 4: 20 − 4 = 16. Kind b has
/// 40 − 3 as before.
#[test]
fn a_weight_of_one_kind_moves_the_penalty_of_that_kind_alone() {
    let (rubric, cohort) = fined();
    let weighed = weighed(&rubric, income(&rubric), ClassIx(0)).unwrap();
    let moved = reweighted(&rubric, &weighed, ClassIx(0), &Number::from(80_i64)).unwrap();
    assert_eq!(totals(&moved, &cohort), ["16", "37"]);
}

/// By hand: twice 60 beside 40 is brought back to 100 as 75 and 25; the fine is 3 × 75 ÷ 60 = 3.75, once for each kind:
/// 25 − 3.75 = 21.25.
#[test]
fn a_drawn_weight_moves_the_penalty_of_each_kind_once() {
    let (rubric, cohort) = fined();
    let moved = income(&rubric);
    let twice = |node: NodeIx| Number::from(if node == moved { 2_i64 } else { 1 });
    assert_eq!(totals(&redrawn(&rubric, &twice), &cohort), ["21.25", "21.25"]);
}
