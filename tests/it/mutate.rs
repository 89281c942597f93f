//! Mutation and coverage of rubrics: against effects worked out by hand, and against the same edit made in the file.

use std::fs;

use serde_json::Value;
use triennial::domain::mutation::Ground;
use triennial::domain::rubric::Rubric;
use triennial::domain::score::score;
use triennial::read;

use crate::program::{Folder, Ran, rows, value};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// 60 points in a straight line to x = 10, and 40 in bands of y; a gate that nobody is near.
const RUBRIC: &str = r#"[rubric]
id = "own"
edition = "1"
cycle_years = 1
rounding = "none"

[[metric]]
id = "x"
yearly = false

[[metric]]
id = "y"
yearly = false

[[criterion]]
id = "c"

[[criterion.indicator]]
id = "i"
points = 60
measure = "x"
rule = { kind = "linear", from = 0, to = 10, at_from = "zero" }

[[criterion.indicator]]
id = "j"
points = 40
measure = "y"
rule = { kind = "bands", bands = [
    { at_least = 5, share = "100%" },
    { at_least = 2, below = 5, share = "50%" },
    { share = "0%" },
] }

[[grade]]
id = "good"
at_least = 60

[[grade]]
id = "poor"

[[gate]]
id = "far"
when = "y > 100"
grade = "poor"

[outcome]
good = { act = "next-cycle" }
poor = { act = "rectify", within = "12 months" }
absent = { act = "remove" }
withdrawn = { act = "remove" }
"#;

/// a 60 + 0 = 60, on the line; b 30 + 40 = 70; c 6 + 0 = 6.
const DATA: &str = "centre,x,y\na,10,0\nb,5,5\nc,1,1\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("own.toml", RUBRIC);
    folder.write("data.csv", DATA);
    folder.write(
        "case.toml",
        format!("rubric = \"own.toml\"\nsource = \"60 / 10\"\ndata = \"\"\"\n{DATA}\"\"\"\n[[expect]]\ncentre = \"c\"\ntotal = 6.0\n"),
    );
    folder
}

fn mutate(folder: &Folder, more: &[&str]) -> Ran {
    let mut arguments = vec!["mutate", "own.toml", "--cohort", "data.csv", "--lang", "en"];
    arguments.extend(more);
    folder.run(&arguments)
}

/// Each figure with its verdict, steps, and what each way moves: value, grades, flags, ranks, points, who, noticed.
fn told(row: &[(String, String)]) -> String {
    let of = |column: &str| value(row, column).to_owned();
    let way = |way: &str| {
        let part = |end: &str| of(&format!("{way}{end}"));
        if part("").is_empty() {
            return "-".to_owned();
        }
        let counts = ["_grades", "_flags", "_ranks", "_points"].map(part).join(" ");
        format!("{} [{counts}] {}{}", part(""), part("_who"), part("_noticed"))
    };
    format!("{} {} {}{} | {} | {}", of("line"), of("path"), of("verdict"), of("further"), way("up"), way("down"))
}

#[test]
fn each_figure_moves_whom_it_moves_by_hand() {
    let ran = mutate(&folder(), &["--fixtures", "case.toml", "--format", "csv"]);
    assert_eq!((ran.exit, ran.err.as_str()), (0, ""));
    let found: Vec<String> = rows(&ran.out).iter().map(|row| told(row)).collect();
    // By hand from DATA. The last digit says whether "c has 6.0" is broken.
    assert_eq!(
        found,
        [
            // 61/39: 61, 69.5, 6.1. 59/41: a has 59.
            "20 criterion[c].indicator[i].points hair-trigger | 61 [0 0 0 3] 1 | 59 [1 0 0 2] a good>poor1",
            // From 1: b 4/9 of 60, c nothing. From -1: b 6/11, c 2/11.
            "22 criterion[c].indicator[i].rule.from moves | 1 [0 0 0 2] 1 | -1 [0 0 0 2] 1",
            // To 11: a 54.5. To 9: b 33.3 + 40, c 6.7.
            "22 criterion[c].indicator[i].rule.to hair-trigger | 11 [1 0 0 2] a good>poor1 | 9 [0 0 0 2] 1",
            "26 criterion[c].indicator[j].points hair-trigger | 41 [1 0 0 2] a good>poor1 | 39 [0 0 0 3] 1",
            // b falls to 50, and a is first. The upper edge of the next band moves along.
            "29 criterion[c].indicator[j].rule.bands[1].at_least hair-trigger | 6 [1 0 1 0] b good>poor0 | 4 [0 0 0 0] 0",
            "29 criterion[c].indicator[j].rule.bands[1].share moves | - | 0.99 [0 0 0 1] 0",
            // c has 26.
            "30 criterion[c].indicator[j].rule.bands[2].at_least moves | 3 [0 0 0 0] 0 | 1 [0 0 0 1] 1",
            "30 criterion[c].indicator[j].rule.bands[2].share dead | 0.51 [0 0 0 0] 0 | 0.49 [0 0 0 0] 0",
            // 0.4 points for a and c.
            "31 criterion[c].indicator[j].rule.bands[3].share moves | 0.01 [0 0 0 2] 1 | -",
            "36 grade[good].at_least hair-trigger | 61 [1 0 0 0] a good>poor0 | 59 [0 0 0 0] 0",
            // Only at y > 0 does it close, 100 steps down.
            "43 gate[far].when quiet100 | 101 [0 0 0 0] 0 | 99 [0 0 0 0] 0",
        ]
    );
}

#[test]
fn the_share_that_fixtures_notice_is_held_against_a_threshold() {
    let folder = folder();
    let ran = mutate(&folder, &["--fixtures", "case.toml", "--threshold", "50%"]);
    // 20 figures are moved, and the 10 above that end in 1 are noticed.
    assert!(ran.out.ends_with(
        "figures 11: hair-trigger 5, dead 1, quiet 1, cannot be moved 0\n\
         moved figures 20: the fixtures notice 10 (50.0%), 10 survive\n"
    ));
    assert_eq!(ran.exit, 0);
    assert_eq!(mutate(&folder, &["--fixtures", "case.toml", "--threshold", "51%"]).exit, 1);
    let broken = folder.read("case.toml").replace("6.0", "6.1");
    folder.write("broken.toml", broken);
    let ran = mutate(&folder, &["--fixtures", "broken.toml"]);
    assert!(ran.exit == 1 && ran.out.is_empty() && ran.err.contains("triennial test"), "{}{}", ran.out, ran.err);
}

#[test]
fn wrong_words_are_told_and_both_languages_say_the_same_numbers() {
    let folder = folder();
    for (arguments, exit) in [
        (vec!["mutate", "own.toml", "--cohort", "nowhere"], 2),
        (vec!["mutate", "own.toml", "--cohort", "nowhere.csv"], 3),
        (vec!["mutate", "own.toml"], 2),
        (vec!["mutate", "own.toml", "--cohort", "data.csv", "--threshold", "50%"], 2),
        (vec!["mutate", "own.toml", "--cohort", "data.csv", "--step", "0"], 2),
        (vec!["coverage", "own.toml", "--cohort", "data.csv", "--threshold", "101%"], 2),
        (vec!["coverage", "nowhere.toml", "--cohort", "data.csv"], 3),
    ] {
        let ran = folder.run(&arguments);
        assert_eq!((ran.exit, ran.out.as_str()), (exit, ""), "{arguments:?}: {}", ran.err);
    }
    let zh = folder.done(&["mutate", "own.toml", "--cohort", "data.csv", "--lang", "zh"]);
    assert!(zh.contains("61：得分3") && zh.contains("59：等级1，得分2") && zh.contains("一步即改变等级"), "{zh}");
    assert!(!zh.contains("hair-trigger"), "{zh}");
}

#[test]
fn any_number_of_workers_says_the_same() {
    let folder = Folder::new();
    let with = |workers: &str| folder.done(&["mutate", "henan-etrc", "--format", "json", "--workers", workers]);
    let one = with("1");
    assert!(serde_json::from_str::<Value>(&one).unwrap().as_array().unwrap().len() > 20);
    assert_eq!(one, with("3"));
}

#[test]
fn a_moved_figure_does_what_the_same_edit_in_the_file_does() {
    let folder = Folder::new();
    let text = fs::read_to_string(format!("{ROOT}/rubrics/ncti.toml")).unwrap();
    let data = format!("{ROOT}/rubrics/cohorts/ncti.csv");
    let grades = |rubric: &str| {
        let scored = rows(&folder.done(&["score", "--rubric", rubric, "--data", &data, "--format", "csv"]));
        scored.iter().map(|row| (value(row, "centre").to_owned(), value(row, "grade").to_owned())).collect::<Vec<_>>()
    };
    folder.write("old.toml", &text);
    let old = grades("old.toml");
    let moved = rows(&folder.done(&["mutate", "ncti", "--format", "csv"]));
    for (path, way, from, to) in [
        ("grade[good].at_least", "up", "\nat_least = 60\n", "\nat_least = 61\n"),
        (
            "grade[excellent].each_criterion_at_least",
            "down",
            "each_criterion_at_least = \"50%\"",
            "each_criterion_at_least = \"49%\"",
        ),
        ("grade[excellent].quota.share", "down", "share = \"30%\", round", "share = \"29%\", round"),
        ("gate[no-rd-spending].when", "up", "sum(rd_spending) = 0\"", "sum(rd_spending) = 1\""),
        (
            "criterion[services].indicator[instrument-use].rule.from",
            "up",
            "from = \"20%\", to = \"80%\"",
            "from = \"21%\", to = \"80%\"",
        ),
    ] {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        folder.write("new.toml", text.replace(from, to));
        let new = grades("new.toml");
        let differ = old.iter().zip(&new).filter(|(old, new)| old != new);
        let by_hand: Vec<String> = differ.map(|((centre, old), (_, new))| format!("{centre} {old}>{new}")).collect();
        let row = moved.iter().find(|row| value(row, "path") == path).unwrap();
        assert_eq!(value(row, &format!("{way}_who")), by_hand.join(";"), "{path}");
        assert_eq!(value(row, &format!("{way}_grades")), by_hand.len().to_string(), "{path}");
    }
}

#[test]
fn placing_anew_where_points_stay_is_scoring_anew() {
    let text = fs::read_to_string(format!("{ROOT}/rubrics/ncti.toml")).unwrap();
    let read = |text: &str| -> Rubric { read::rubric::rubric(text).0.unwrap() };
    let rubric = read(&text);
    let data = fs::read_to_string(format!("{ROOT}/rubrics/cohorts/ncti.csv")).unwrap();
    let cohort = read::table::cohort(&read::table::table(&data, &rubric, None).0.unwrap(), &rubric);
    let cards = score(&rubric, &cohort, None);
    let ground = Ground { rubric: &rubric, cohort: &cohort, cards: &cards, closed: true, decided_on: None };
    for (from, to) in [
        ("\nat_least = 60\n", "\nat_least = 75\n"),
        ("each_criterion_at_least = \"50%\"", "each_criterion_at_least = \"80%\""),
        ("share = \"30%\", round", "share = \"10%\", round"),
        ("sum(report_missing) >= 2", "sum(report_missing) >= 3"),
        ("\"12 months\"", "\"6 months\""),
        ("points = { comprehensive = 5, domain = 4 }\nmeasure", "points = { comprehensive = 5, domain = 4 }\nmeasure"),
    ] {
        assert!(text.contains(from), "{from}");
        let other = read(&text.replacen(from, to, 1));
        let again = ground.under(&other);
        assert_eq!(again, score(&other, &cohort, None), "{from}");
        assert_eq!(again == cards, from == to, "{from}");
    }
}

#[test]
fn coverage_lists_what_nobody_reaches_with_its_line() {
    let folder = folder();
    let covered = ["coverage", "own.toml", "--cohort", "data.csv", "--lang", "en"];
    let run = |more: &[&str]| folder.run(&[&covered[..], more].concat());
    let ran = run(&["--format", "csv"]);
    let found: Vec<String> = rows(&ran.out)
        .iter()
        .map(|row| ["line", "sort", "part", "centres"].map(|column| value(row, column)).join(" "))
        .collect();
    assert_eq!(
        found,
        [
            // x is 10, 5 and 1; nobody has 0.
            "22 piece i short 0",
            "22 piece i between 2",
            "22 piece i reached 1",
            // y is 0, 5 and 1.
            "29 band j band 1 1",
            "30 band j band 2 0",
            "31 band j band 3 2",
            "35 grade good 2",
            "39 grade poor 1",
            "43 gate far 0",
            "47 outcome good 2",
            "48 outcome poor 1",
            "49 outcome absent 0",
            "50 outcome withdrawn 0",
        ]
    );
    let ran = run(&["--threshold", "61%"]);
    // 8 of 13.
    assert!(ran.exit == 0 && ran.out.ends_with("reached 8 of 13 parts (61.5%)\n"), "{}", ran.out);
    assert!(ran.out.contains("no value falls into this band") && !ran.out.contains("band 1"), "{}", ran.out);
    assert_eq!(run(&["--threshold", "62%"]).exit, 1);
    // A fixture reaches two parts more: exactly at `from` nothing is earned.
    let table = "centre,x,y\nf,0,3\n";
    let text = format!("rubric = \"own.toml\"\nsource = \"by hand\"\ndata = \"\"\"\n{table}\"\"\"\n");
    folder.write("more.toml", text + "[[expect]]\ncentre = \"f\"\ntotal = 20\n");
    let ran = run(&["--threshold", "62%", "--fixtures", "more.toml"]);
    assert!(ran.exit == 0 && ran.out.ends_with("reached 10 of 13 parts (76.9%)\n"), "{}", ran.out);
}
