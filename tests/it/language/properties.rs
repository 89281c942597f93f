//! What must hold whatever the numbers: more is never worse under a monotone rule, and nobody else's coming or going
//! changes points that are not relative.

use proptest::prelude::*;

use triennial::domain::number::Number;
use triennial::domain::rubric::Rubric;
use triennial::domain::score::{facts, ledger, points, score};
use triennial::read;

use crate::hand::one;

/// Rules under which a larger value never earns less; with `lower` those under which it never earns more.
fn rules(lower: bool) -> Vec<&'static str> {
    if lower {
        return vec![
            "kind = \"linear\", from = 80, to = 20, at_from = \"zero\"",
            "kind = \"linear\", from = 80, to = 20, at_from = \"60%\"",
            "kind = \"target\", goal = 30, lower_is_better = true",
            "kind = \"bands\", bands = [ { at_least = 60, points = 0 }, { at_least = 30, points = 4 }, { points = 10 } ]",
            "kind = \"per-unit\", from = 90, base = 1, unit = 7, points = 1, whole_units = true, lower_is_better = true",
            "kind = \"min-max\", lower_is_better = true",
            "kind = \"ratio-to-best\", lower_is_better = true",
            "kind = \"ratio-to-mean\", lower_is_better = true",
            "kind = \"percentile\", counts = \"middle\", lower_is_better = true",
            "kind = \"rank-points\", points = [10, 8, 7, 4], rest = 1, ties = \"mean\", lower_is_better = true",
        ];
    }
    vec![
        "kind = \"linear\", from = 0, to = 100",
        "kind = \"linear\", from = 20, to = 80, at_from = \"zero\"",
        "kind = \"linear\", from = 20, to = 80, at_from = \"60%\"",
        "kind = \"linear\", from = 20, to = 80, at_from = \"in-proportion\"",
        "kind = \"target\", goal = 70",
        "kind = \"bands\", bands = [ { above = 60, points = 10 }, { at_least = 30, at_most = 60, points = 4 }, { below = 30, points = 0 } ]",
        "kind = \"per-unit\", from = 10, base = 1, unit = 7, points = 1, whole_units = true",
        "kind = \"per-unit\", unit = 7, points = 1, whole_units = false",
        "kind = \"expert\", from = 0, to = 100",
        "kind = \"bands\", mark = \"50\", bands = [ { at_least = 50, lowest = 5, highest = 10 }, { points = 1 } ]",
        "kind = \"min-max\", at_worst = \"60%\"",
        "kind = \"min-max\", outliers = { leave_out = 1 }",
        "kind = \"min-max\", outliers = { winsorise = 3, skewness = 0.5, kurtosis = 0.5 }",
        "kind = \"ratio-to-best\"",
        "kind = \"ratio-to-mean\"",
        "kind = \"z-score\", then = { kind = \"linear\", from = -2, to = 2, at_from = \"zero\" }",
        "kind = \"percentile\", counts = \"below\"",
        "kind = \"percentile\", counts = \"at-or-below\"",
        "kind = \"rank-points\", points = [10, 8, 7, 4], rest = 1, ties = \"best\"",
        "kind = \"rank-points\", points = [10, 8, 7, 4], rest = 1, ties = \"worst\"",
    ]
}

fn scored(rule: &str, values: &[i64]) -> Vec<Number> {
    let rubric = one(&format!("points = 10\nmeasure = \"p\"\nrule = {{ {rule} }}"));
    let rows: String = values.iter().enumerate().map(|(n, v)| format!("c{n},{v}\n")).collect();
    let data = read::table::table(&format!("centre,p\n{rows}"), &rubric, None).0.unwrap();
    let cohort = read::table::cohort(&data, &rubric);
    let gathered = facts(&rubric, &cohort);
    let cards = score(&rubric, &cohort, None);
    let one = |card: &triennial::domain::grade::Scorecard| {
        let line = ledger(&rubric, &cohort, card.centre, &gathered).unwrap();
        assert!(line.follows(), "{rule}: {line:#?}");
        assert!(!line.points.0.is_negative() && line.points.0 <= Number::from(10_i64), "{rule}: {}", line.points);
        card.tally.total.0.clone()
    };
    cards.iter().map(one).collect()
}

/// Two kinds and stages, a panel, a checklist, a band with a mark, a sibling that carries, a cap, a bonus.
const MANY: &str = r#"
[rubric]
id = "many"
edition = "1"
cycle_years = 1
rounding = { at = "indicator", places = 2, mode = "half-up" }
[[kind]]
id = "a"
[[kind]]
id = "b"
[[metric]]
id = "p"
[[metric]]
id = "q"
[[metric]]
id = "m"
panel = { average = "median" }
[[criterion]]
id = "k"
points = 12
capped = true
[[criterion.indicator]]
id = "i"
points = { a = 8, b = 6 }
measure = "p / q"
rule = { kind = "linear", from = 0, to = 1 }
not_applicable = { give_to = "j" }
[[criterion.indicator]]
id = "j"
points = { a = 6, b = 8 }
checklist = [
    { points = { a = 2, b = 4 }, measure = "p", rule = { kind = "target", goal = 50 } },
    { points = 4, measure = "q", rule = { kind = "bands", mark = { measure = "m", from = 0, to = 100 }, bands = [ { at_least = 50, lowest = 2, highest = 4 }, { points = 1 } ] } },
]
missing = "leave-out"
[[criterion]]
id = "l"
points = 10
combine = "weighted-mean"
[[criterion.indicator]]
id = "n"
points = 1
weight = { a = 3, b = 1 }
measure = "m"
rule = { kind = "expert", from = 0, to = 100 }
not_applicable = "full"
[[criterion.indicator]]
id = "o"
points = 1
measure = "years(p > q)"
rule = { kind = "yes-no" }
[[bonus]]
id = "plus"
points = 2
[[bonus.indicator]]
id = "r"
points = 2
measure = "floor(q / 30)"
rule = { kind = "per-unit", unit = 1, points = 1, whole_units = true }
"#;

fn many() -> Rubric {
    let (rubric, faults) = read::rubric::rubric(MANY);
    assert!(rubric.is_some(), "{faults:#?}");
    rubric.unwrap()
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![8 => (0_u32..100).prop_map(|n| n.to_string()), 1 => Just("NR".to_owned()), 1 => Just("N/A".to_owned())]
}

fn row() -> impl Strategy<Value = String> {
    (prop_oneof![Just("a"), Just("b")], cell(), cell(), cell(), cell())
        .prop_map(|(kind, p, q, one, two)| format!("{kind},{p},{q},{one},{two}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn more_is_never_worse_under_a_monotone_rule(values in prop::collection::vec(0_i64..120, 2..14)) {
        let mut sorted = values;
        sorted.sort_unstable();
        for rule in rules(false) {
            let earned = scored(rule, &sorted);
            prop_assert!(earned.windows(2).all(|pair| pair[0] <= pair[1]), "{}: {:?} of {:?}", rule, earned, sorted);
        }
        for rule in rules(true) {
            let earned = scored(rule, &sorted);
            prop_assert!(earned.windows(2).all(|pair| pair[0] >= pair[1]), "{}: {:?} of {:?}", rule, earned, sorted);
        }
    }

    /// Without relative rules a centre's points are its own, whoever else comes or goes; every line follows.
    #[test]
    fn nobody_elses_coming_or_going_changes_ones_points(rows in prop::collection::vec(row(), 1..8)) {
        let rubric = many();
        prop_assert!(!rubric.is_relative());
        let head = "centre,kind,p,q,m#x,m#y\n";
        let table: String = rows.iter().enumerate().map(|(n, row)| format!("c{n},{row}\n")).collect();
        let data = read::table::table(&format!("{head}{table}"), &rubric, None).0.unwrap();
        let cohort = read::table::cohort(&data, &rubric);
        let gathered = facts(&rubric, &cohort);
        for (n, row) in rows.iter().enumerate() {
            let alone = read::table::table(&format!("{head}c{n},{row}\n"), &rubric, None).0.unwrap();
            let alone = read::table::cohort(&alone, &rubric);
            let (here, there) = (cohort.find(&format!("c{n}")).unwrap(), alone.find(&format!("c{n}")).unwrap());
            let own = points(&rubric, &alone, there, &facts(&rubric, &alone));
            prop_assert_eq!(&points(&rubric, &cohort, here, &gathered), &own);
            let line = ledger(&rubric, &cohort, here, &gathered).unwrap();
            prop_assert!(line.follows(), "{:#?}", line);
            prop_assert_eq!(line.points, own.total);
        }
    }
}
