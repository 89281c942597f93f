//! D: putting points together.

use crate::hand::{rubric, totals};

fn indicator(id: &str, metric: &str, points: &str, more: &str) -> String {
    format!(
        "[[criterion.indicator]]\nid = \"{id}\"\nmeasure = \"{metric}\"\npoints = {points}\nrule = {{ kind = \"linear\", from = 0, to = 10 }}\n{more}\n"
    )
}

fn metrics(ids: &[&str]) -> String {
    ids.iter().map(|id| format!("[[metric]]\nid = \"{id}\"\nyearly = false\n")).collect()
}

/// Three items of 10 under a cap of 20.
#[test]
fn a_node_may_keep_less_than_its_parts_earn() {
    let parts = indicator("i", "p", "10", "") + &indicator("j", "q", "10", "") + &indicator("l", "r", "10", "");
    let text = |points: &str| {
        format!("{}[[criterion]]\nid = \"k\"\npoints = {points}\ncapped = true\n{parts}", metrics(&["p", "q", "r"]))
    };
    let table = "centre,p,q,r\nx,10,10,10\ny,10,5,1\n";
    assert_eq!(totals(&rubric(&text("20")), table), ["20", "16"]);
    // A cap that nothing can reach is a sum that does not add up.
    let head = "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n";
    let faults = triennial::read::rubric::rubric(&format!("{head}{}", text("40"))).1;
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["E-points-sum"]);
}

/// 0.8 and 1.2 inside a node, normalised in it: (0.8 × 0.5 + 1.2 × 1) / 2 of 20.
#[test]
fn relative_weights_are_normalised_inside_the_node() {
    let parts = indicator("i", "p", "1", "weight = 0.8") + &indicator("j", "q", "1", "weight = 1.2");
    let text =
        format!("{}[[criterion]]\nid = \"k\"\npoints = 20\ncombine = \"weighted-mean\"\n{parts}", metrics(&["p", "q"]));
    assert_eq!(totals(&rubric(&text), "centre,p,q\nx,5,10\n"), ["16"]);
}

/// Weights by kind and by stage: 3 : 1 for seed, 1 : 1 for growth, and 1 : 3 for the other kind.
#[test]
fn weights_differ_by_kind_and_stage() {
    let stages = "[[kind]]\nid = \"a\"\n[[kind]]\nid = \"b\"\n[[stage]]\nid = \"seed\"\n[[stage]]\nid = \"growth\"\n";
    let parts = indicator("i", "p", "1", "weight = { a = { seed = 3, growth = 1 }, b = 1 }")
        + &indicator("j", "q", "1", "weight = { a = 1, b = 3 }");
    let text = format!(
        "{stages}{}[[criterion]]\nid = \"k\"\npoints = 20\ncombine = \"weighted-mean\"\n{parts}",
        metrics(&["p", "q"])
    );
    let table = "centre,kind,stage,p,q\nx,a,seed,10,0\ny,a,growth,10,0\nz,b,seed,10,0\nw,b,,10,0\n";
    // Without its stage nobody knows the points of w.
    assert_eq!(totals(&rubric(&text), table), ["15", "10", "5", "0"]);
}

/// What does not apply gives its 4 points to j: 6 points become 10, half of them earned.
#[test]
fn a_named_sibling_carries_the_points_of_what_does_not_apply() {
    let parts = indicator("i", "p", "4", "not_applicable = { give_to = \"j\" }")
        + &indicator("j", "q", "6", "")
        + &indicator("l", "r", "10", "");
    let text = format!("{}[[criterion]]\nid = \"k\"\n{parts}", metrics(&["p", "q", "r"]));
    let table = "centre,p,q,r\nx,N/A,5,8\ny,10,5,8\nboth,N/A,N/A,8\n";
    // 5 of 10 and 8 of 10; 4 + 3 + 8; where j does not apply either, l carries both in proportion: 8 × 20 / 10.
    assert_eq!(totals(&rubric(&text), table), ["13", "15", "16"]);
    let head = "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n";
    let faults = triennial::read::rubric::rubric(&format!("{head}{}", text.replace("\"j\" }", "\"x\" }"))).1;
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["E-unknown-word"]);
}

#[test]
fn what_is_carried_is_rounded_once() {
    let text = format!(
        "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 1\nrounding = {{ at = \"indicator\", places = 1, mode = \"half-up\" }}\n\
         {}[[criterion]]\nid = \"k\"\n{}{}",
        metrics(&["p", "q"]),
        indicator("i", "p", "3", "not_applicable = { give_to = \"j\" }"),
        indicator("j", "q", "7", ""),
    );
    // 1.43 of 10 of 7 points is 1.001, rounded 1.0; carried 1.43, rounded 1.4. 1.5 of 10: 1.05 × 10 / 7 = 1.5, and not
    // 1.1 × 10 / 7 = 1.57, rounded 1.6.
    assert_eq!(totals(&rubric(&text), "centre,p,q\nx,N/A,1.43\ny,N/A,1.5\n"), ["1.4", "1.5"]);
}

#[test]
fn points_are_not_given_to_a_sibling_inside_a_mean() {
    let text = format!(
        "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n{}[[criterion]]\nid = \"k\"\npoints = 10\ncombine = \"weighted-mean\"\n{}{}",
        metrics(&["p", "q"]),
        indicator("i", "p", "1", "not_applicable = { give_to = \"j\" }"),
        indicator("j", "q", "1", ""),
    );
    let faults = triennial::read::rubric::rubric(&text).1;
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["E-key-does-not-fit"]);
}

/// One loss year takes 5 off, two or more 20; the total of 85 + 15 may pass 100 by a bonus with its own cap.
#[test]
fn deductions_by_band_and_a_bonus_beyond_the_whole() {
    let text = format!(
        "{}[[metric]]\nid = \"profit\"\n[[criterion]]\nid = \"quantitative\"\n{}[[criterion]]\nid = \"qualitative\"\n{}\
         [[bonus]]\nid = \"plus\"\npoints = 3\n[[bonus.indicator]]\nid = \"b\"\npoints = 3\nmeasure = \"r\"\nrule = {{ kind = \"per-unit\", unit = 1, points = 2, whole_units = true }}\n\
         [[deduction]]\nid = \"minus\"\npoints = 20\n[[deduction.indicator]]\nid = \"d\"\npoints = 20\nmeasure = \"years(profit < 0)\"\n\
         rule = {{ kind = \"bands\", bands = [ {{ at_least = 2, points = 20 }}, {{ at_least = 1, points = 5 }}, {{ points = 0 }} ] }}\n",
        metrics(&["p", "q", "r"]),
        indicator("i", "p", "85", ""),
        indicator("j", "q", "15", ""),
    );
    let table =
        "centre,p,q,r,profit@2023,profit@2024,profit@2025\nx,10,10,2,1,1,1\ny,10,10,0,-1,1,0\nz,10,10,0,-1,1,-2\n";
    assert_eq!(totals(&rubric(&text), table), ["103", "95", "80"]);
}

/// A total of nothing is no zero: neither graded nor ranked, and it does not stand among those who have points.
#[test]
fn whoever_has_nothing_left_to_be_scored_on_is_not_graded() {
    let parts = indicator("i", "p", "10", "missing = \"leave-out\"");
    let grades = "[[grade]]\nid = \"good\"\nat_least = 5\n[[grade]]\nid = \"poor\"\n[outcome]\ngood = { act = \"next-cycle\" }\npoor = { act = \"remove\" }\n";
    let text = format!("{}[[criterion]]\nid = \"k\"\n{parts}{grades}", metrics(&["p"]));
    let folder = crate::program::Folder::new();
    let head = "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n";
    folder.write("r.toml", format!("{head}{text}"));
    folder.write("d.csv", "centre,p\nx,NR\ny,1\nz,N/A\n");
    let rows = folder.done(&["score", "--rubric", "r.toml", "--data", "d.csv", "--format", "csv"]);
    let rows: Vec<&str> = rows.lines().skip(1).collect();
    assert_eq!(
        rows,
        [
            "x,,,participating,,,,,,blocked",
            "y,,,participating,1,1,poor,1,remove,remove",
            "z,,,participating,,,,,,blocked"
        ]
    );
    let told = folder.done(&["explain", "--rubric", "r.toml", "--data", "d.csv", "--centre", "x", "--lang", "en"]);
    assert!(told.contains("nothing is left to score"), "{told}");
}
