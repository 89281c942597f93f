//! Earlier cycles graded by a rubric: against what later data remember, and against what an evaluation graded.

use std::fs;

use crate::program::{Folder, rows, value};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A point for each unit of the year, and a line at 60.
const RUBRIC: &str = r#"[rubric]
id = "own"
edition = "1"
cycle_years = 1
rounding = "none"

[[metric]]
id = "x"

[[criterion]]
id = "c"

[[criterion.indicator]]
id = "i"
points = 100
measure = "sum(x)"
rule = { kind = "linear", from = 0, to = 100 }

[[grade]]
id = "good"
title = { en = "Good", zh = "良好" }
at_least = 60

[[grade]]
id = "poor"
title = { en = "Poor", zh = "较差" }

[outcome]
good = { act = "next-cycle" }
poor = { act = "rectify", within = "12 months" }
absent = { act = "remove" }
withdrawn = { act = "remove" }
"#;

#[test]
fn the_past_is_what_later_cycles_remember_of_it() {
    let folder = Folder::new();
    folder.write("own.toml", RUBRIC);
    folder.write("2021.csv", "centre,x@2021\na,60\nb,59\nc,10\nd,90\n");
    // Two cycles later; the oldest grade stands first: b had good in 2021 and poor in 2022, c only one grade, of 2022.
    folder.write("2023.csv", "centre,previous,x@2023\na,good;good,70\nb,good;poor,50\nc,good,20\ne,,80\n");
    let run = |cohorts: &[&str], more: &[&str]| {
        let mut arguments = vec!["backtest", "own.toml", "--lang", "en"];
        cohorts.iter().for_each(|cohort| arguments.extend(["--cohort", cohort]));
        arguments.extend(more);
        folder.run(&arguments)
    };
    let ran = run(&["2023.csv", "2021.csv"], &["--format", "csv"]);
    assert_eq!(ran.exit, 1);
    let columns = ["cycle", "centre", "total", "then", "now", "differs"];
    let found: Vec<String> =
        rows(&ran.out).iter().map(|row| columns.map(|column| value(row, column)).join(" ")).collect();
    assert_eq!(
        found,
        [
            "2021 a 60 good good 0",
            "2021 b 59 good poor 1",
            // Nobody says what c and d had in 2021, and what anybody had in 2023.
            "2021 c 10  poor ",
            "2021 d 90  good ",
            "2023 a 70  good ",
            "2023 b 50  poor ",
            "2023 c 20  poor ",
            "2023 e 80  good ",
        ]
    );
    let text = run(&["2021.csv", "2023.csv"], &[]).out;
    assert!(text.starts_with("2021: centres 4, graded then 2, graded otherwise 1\n\n"), "{text}");
    assert!(text.contains("2023: centres 4, graded then 0, graded otherwise 0\n\n"), "{text}");
    // Two of four are good by this rubric, and both of the two that are known had been.
    let shares = "Good                   2  50.0%            2  100.0%\n";
    assert!(text.contains(shares), "{text}");
    assert_eq!(run(&["2023.csv"], &[]).exit, 0);
    let twice = run(&["2021.csv", "2021.csv"], &[]);
    assert!(twice.exit == 2 && twice.err.contains("error[E-cycle-twice]"), "{}", twice.err);
}

/// By hand: a point for each unit of the year, a line at 60; the oldest grade of b, which is that of 2021, is good.
#[test]
fn each_cohort_is_graded_by_the_cycle_said_for_it() {
    let folder = Folder::new();
    folder.write("own.toml", RUBRIC);
    folder.write("earlier.csv", "centre,x\na,60\nb,20\n");
    folder.write("later.csv", "centre,previous,x\na,,30\nb,good,40\n");
    let cohorts = ["backtest", "own.toml", "--lang", "en", "--cohort", "later.csv", "--cohort", "earlier.csv"];
    let run = |more: &[&str]| folder.run(&[&cohorts[..], &["--format", "csv"], more].concat());
    let told = run(&["--cycle", "2022", "--cycle", "2021"]);
    let columns = ["cycle", "centre", "total", "then", "now"];
    let found: Vec<String> =
        rows(&told.out).iter().map(|row| columns.map(|column| value(row, column)).join(" ")).collect();
    assert_eq!(found, ["2021 a 60  good", "2021 b 20 good poor", "2022 a 30  poor", "2022 b 40  poor"], "{}", told.err);
    let short = run(&["--cycle", "2022"]);
    assert!(short.exit == 2 && short.err.contains("--cohort is said 2 times and --cycle 1"), "{}", short.err);
    folder.run(&["new", "e.triennial", "--rubric", "own.toml", "--cycle", "2022"]);
    let other = folder.run(&["backtest", "own.toml", "--lang", "en", "--cohort", "e.triennial", "--cycle", "2021"]);
    assert!(other.exit == 2 && other.err.contains("this evaluation is of the cycle 2022"), "{}", other.err);
}

#[test]
fn an_evaluation_says_itself_what_it_graded() {
    let folder = Folder::new();
    folder.done(&["new", "demo.triennial", "--demo"]);
    let same = folder.run(&["backtest", "ncti", "--cohort", "demo.triennial", "--format", "csv"]);
    assert_eq!(same.exit, 0, "{}", same.out);
    // 4 of 24 are 16.67 %, and 4 of 23 are 17.39 %.
    let text = folder.run(&["backtest", "ncti", "--cohort", "demo.triennial", "--lang", "en"]).out;
    assert!(text.contains("  4  16.7%            4  17.4%\n"), "{text}");
    for row in rows(&same.out) {
        // c08 still waits for a figure: it has no grade yet, and is not held against what it would have without.
        let is_open = value(&row, "centre") == "c08";
        assert_eq!(value(&row, "differs"), if is_open { "" } else { "0" });
        assert!(is_open || value(&row, "now") == value(&row, "then"));
    }
    // With a line at 70, those who were good with less are otherwise graded, and nobody else.
    let text = fs::read_to_string(format!("{ROOT}/rubrics/ncti.toml")).unwrap();
    folder.write("changed.toml", text.replacen("\nat_least = 60\n", "\nat_least = 70\n", 1));
    let scored = rows(&folder.done(&["score", "demo.triennial", "--format", "csv"]));
    let below = |row: &&Vec<(String, String)>| value(row, "grade") == "good" && value(row, "total") < "70";
    let expected: Vec<&str> = scored.iter().filter(below).map(|row| value(row, "centre")).collect();
    let changed = folder.run(&["backtest", "changed.toml", "--cohort", "demo.triennial", "--format", "csv"]);
    let found = rows(&changed.out);
    let differ: Vec<&str> =
        found.iter().filter(|row| value(row, "differs") == "1").map(|row| value(row, "centre")).collect();
    assert_eq!((changed.exit, differ.as_slice()), (1, expected.as_slice()));
    assert!(!expected.is_empty());
}
