//! Small rubrics and tables for cases worked out by hand, and what the program makes of them.

use triennial::domain::grade::Scorecard;
use triennial::domain::rubric::Rubric;
use triennial::domain::score::{facts, ledger, score};
use triennial::read;

const HEAD: &str = r#"
[rubric]
id = "hand"
edition = "1"
cycle_years = 3
lookback_years = 2
rounding = "none"
"#;

pub fn rubric(body: &str) -> Rubric {
    let text = if body.contains("[rubric]") { body.to_owned() } else { format!("{HEAD}{body}") };
    let (rubric, faults) = read::rubric::rubric(&text);
    assert!(rubric.is_some(), "{faults:#?}");
    rubric.unwrap()
}

/// Metrics named in a formula as `a`, `b`, `c`: yearly; `p`, `q`: one value.
pub fn one(indicator: &str) -> Rubric {
    let metric = |id: &str, more: &str| format!("[[metric]]\nid = \"{id}\"\n{more}\n");
    let metrics: String =
        ["a", "b", "c"].map(|id| metric(id, "")).concat() + &["p", "q"].map(|id| metric(id, "yearly = false")).concat();
    rubric(&format!("{metrics}[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\n{indicator}\n"))
}

/// Totals, as full-precision text, of the centres of a table; every ledger must follow.
pub fn totals(rubric: &Rubric, data: &str) -> Vec<String> {
    let (data, faults) = read::table::table(data, rubric, None);
    assert!(data.is_some(), "{faults:#?}");
    let cohort = read::table::cohort(&data.unwrap(), rubric);
    let facts = facts(rubric, &cohort);
    let cards = score(rubric, &cohort, None);
    for card in &cards {
        if let Some(line) = ledger(rubric, &cohort, card.centre, &facts) {
            assert!(line.follows(), "{line:#?}");
            assert_eq!(line.points, card.tally.total);
        }
    }
    cards.iter().map(|card| card.tally.total.to_string()).collect()
}

/// Totals under a rule for one plain value each.
pub fn ruled(points: &str, rule: &str, values: &[&str]) -> Vec<String> {
    let rubric = one(&format!("points = {points}\nmeasure = \"p\"\nrule = {{ {rule} }}"));
    let rows: String = values.iter().enumerate().map(|(n, v)| format!("c{n},{v}\n")).collect();
    totals(&rubric, &format!("centre,p\n{rows}"))
}

/// Grade, rank and flags of each centre.
pub fn graded(text: &str, data: &str) -> Vec<String> {
    let rubric = rubric(text);
    let (data, faults) = read::table::table(data, &rubric, None);
    assert!(data.is_some(), "{faults:#?}");
    let cohort = read::table::cohort(&data.unwrap(), &rubric);
    let show = |card: &Scorecard| {
        let grade = card.grade.map_or("-", |g| rubric.grades[g.0].id.as_str());
        let rank = card.rank.map_or("-".to_owned(), |r| r.to_string());
        let flags: Vec<String> = card.flags.iter().map(|f| f.id(&rubric)).collect();
        format!("{} {grade} {rank} {}", card.tally.total, flags.join(";"))
    };
    score(&rubric, &cohort, None).iter().map(show).collect()
}
