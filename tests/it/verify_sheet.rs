//! `verify` of a sheet in JSON: recomputed from itself, from the cohort's sheet or from its evaluation. That every digit
//! of a sheet is told with its line is tested beside the code.

use crate::program::{Folder, Ran};
use crate::small::{self, FILE, RUBRIC};

/// The evaluation with its sheets and its rubric's file.
fn exported() -> Folder {
    let folder = small::evaluation();
    folder.write("small.toml", RUBRIC);
    folder.done(&["import", FILE, &more(&folder), "--yes"]);
    folder.done(&["export", FILE, "--format", "json", "--out", "sheets"]);
    folder
}

fn more(folder: &Folder) -> String {
    folder.write("more.csv", "centre,papers@2023,papers@2024,papers@2025\nc1,1,2,3\nc2,4,5,6\n");
    "more.csv".to_owned()
}

/// Changes a text of a sheet once; the line it stands in.
fn change(folder: &Folder, sheet: &str, from: &str, to: &str) -> usize {
    let text = folder.read(sheet);
    let at = text.find(from).unwrap();
    folder.write("changed.json", text.replacen(from, to, 1));
    text[..at].matches('\n').count() + 1
}

fn told(ran: &Ran, line: usize) {
    assert_eq!(ran.exit, 1, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains(&format!("differs at line {line}\n")), "{line}: {}", ran.out);
}

#[test]
fn a_sheet_is_told_from_an_evaluation_by_what_it_holds_and_recomputed() {
    let folder = exported();
    let out = folder.done(&["verify", "sheets/cohort.json", "--rubric", "small.toml"]);
    assert!(out.starts_with("same: all ") && out.contains("--evaluation"), "{out}");
    let out = folder.done(&["verify", "sheets/centres/c1.json", "--rubric", "small.toml"]);
    assert!(out.contains("not checked without the other centres") && out.contains("the rank"), "{out}");
    let out =
        folder.done(&["verify", "sheets/centres/c1.json", "--rubric", "small.toml", "--cohort", "sheets/cohort.json"]);
    assert!(out.starts_with("same") && !out.contains("the rank"), "{out}");
    let out = folder.done(&["--lang", "zh", "verify", "sheets/centres/c2.json", "--evaluation", FILE]);
    assert!(out.contains("一致") && !out.contains("未核验"), "{out}");
    // By a shipped rubric nothing has to be named.
    folder.done(&["new", "demo.triennial", "--demo"]);
    folder.done(&["export", "demo.triennial", "--format", "json", "--out", "demo"]);
    folder.done(&["verify", "demo/cohort.json"]);
    folder.done(&["verify", "demo/centres/c01.json", "--cohort", "demo/cohort.json"]);
}

/// The 20 of c1 in 2024 stands in the data it carries and in the table of its readings.
#[test]
fn one_changed_digit_is_named_with_what_stands_and_what_should() {
    let folder = exported();
    let line = change(&folder, "sheets/centres/c1.json", "income@2024 = 20", "income@2024 = 29");
    let ran = folder.run(&["verify", "changed.json", "--rubric", "small.toml"]);
    told(&ran, line);
    assert!(ran.out.contains("stands:    \"income@2024 = 29\"") && ran.out.contains("should be: \"income@2024 = 20\""));
    for more in [&["--evaluation", FILE][..], &["--rubric", "small.toml", "--cohort", "sheets/cohort.json"]] {
        told(&folder.run(&[&["verify", "changed.json"], more].concat()), line);
    }
    let line = change(&folder, "sheets/cohort.json", "\"edition\": \"1\"", "\"edition\": \"2\"");
    told(&folder.run(&["verify", "changed.json", "--rubric", "small.toml"]), line);
    told(&folder.run(&["verify", FILE, "--against", "changed.json"]), line);
    let line = change(&folder, "sheets/cohort.json", "\"total\": \"", "\"total\": \"1");
    told(&folder.run(&["verify", FILE, "--against", "changed.json"]), line);
    assert_eq!(folder.run(&["verify", FILE, "--against", "sheets/cohort.json"]).exit, 0);
}

/// Figures are those of the moment at which the sheet was made.
#[test]
fn an_evaluation_that_has_grown_still_gives_the_sheet() {
    let folder = exported();
    folder.write("later.csv", "centre,income@2023\nc1,11\nc3,5\n");
    folder.done(&["import", FILE, "later.csv", "--yes", "--as", "wu"]);
    assert_eq!(folder.run(&["close", FILE, "--reason", "signed"]).exit, 1, "not all of it is settled");
    let out = folder.done(&["verify", FILE, "--against", "sheets/cohort.json"]);
    assert!(out.contains("same: all "), "{out}");
    folder.done(&["verify", "sheets/centres/c1.json", "--evaluation", FILE]);
    // A sheet from before is not one of the moment after.
    folder.done(&["export", FILE, "--format", "json", "--out", "after"]);
    let arguments = ["verify", "sheets/centres/c1.json", "--rubric", "small.toml", "--cohort", "after/cohort.json"];
    let ran = folder.run(&arguments);
    assert!(ran.exit == 2 && ran.err.contains("E-sheet-cohort"), "{}", ran.err);
    // Another evaluation is not the one it was made from.
    folder.done(&["new", "other.triennial", "--rubric", "small.toml", "--cycle", "2023-2025", "--as", "li"]);
    let ran = folder.run(&["verify", "sheets/centres/c1.json", "--evaluation", "other.triennial"]);
    assert!(ran.exit == 1 && ran.err.contains("E-verify-shorter"), "{}", ran.err);
}

#[test]
fn what_is_no_sheet_and_what_cannot_be_read_are_told_apart() {
    let folder = exported();
    folder.write("list.json", "[1]");
    folder.write("empty.json", "{}");
    folder.write("cut.json", &folder.read("sheets/cohort.json")[..900]);
    folder.write("small2.toml", RUBRIC.replace("edition = \"1\"", "edition = \"2\""));
    let scores = folder.done(&["score", FILE, "--format", "json"]);
    folder.write("scores.json", scores);
    let ended: [(&[&str], i32, &str); 10] = [
        (&["verify", "list.json"], 2, "E-store-not-an-evaluation"),
        (&["verify", "empty.json"], 2, "E-sheet"),
        (&["verify", "cut.json"], 2, "E-sheet"),
        (&["verify", "scores.json"], 2, "E-sheet"),
        (&["verify", "sheets/flags.json"], 2, "E-sheet-excerpt"),
        (&["verify", "missing.json"], 3, "E-store-not-found"),
        (&["verify", "sheets/cohort.json"], 2, "E-sheet-rubric"),
        (&["verify", "sheets/cohort.json", "--rubric", "small2.toml"], 2, "E-sheet-rubric"),
        (&["verify", "sheets/cohort.json", "--against", "sheets/cohort.json"], 2, "E-usage"),
        (&["verify", FILE, "--rubric", "small.toml"], 2, "E-usage"),
    ];
    for (arguments, exit, code) in ended {
        let ran = folder.run(arguments);
        assert_eq!((ran.exit, ran.out.as_str()), (exit, ""), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(code), "{arguments:?}: {}", ran.err);
    }
    // Scores have the chains, so that a shortened journal shows; their figures are not compared, which is said.
    let out = folder.done(&["verify", FILE, "--against", "scores.json"]);
    assert!(out.contains("figures were not compared"), "{out}");
}

#[test]
fn a_sheet_in_another_format_says_that_only_json_can_be_verified_and_how_to_get_it() {
    let folder = exported();
    let endings = ["csv", "md", "html", "xlsx", "docx", "pdf"];
    folder.done(&["export", FILE, "--format", "csv,markdown,html,xlsx,docx,pdf", "--out", "shown"]);
    for ending in endings {
        for lang in ["en", "zh"] {
            let ran = folder.run(&["verify", &format!("shown/cohort.{ending}"), "--lang", lang]);
            assert_eq!((ran.exit, ran.out.as_str()), (2, ""), "{ending}: {}", ran.err);
            assert!(ran.err.contains("E-sheet-format") && ran.err.contains("--format json"), "{ending}: {}", ran.err);
        }
    }
    // An evaluation is one by what it holds, whatever it is called.
    std::fs::rename(folder.path().join(FILE), folder.path().join("small.csv")).unwrap();
    assert_eq!(folder.run(&["verify", "small.csv"]).exit, 0);
}
