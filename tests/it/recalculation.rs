//! Workbooks whose points are formulas, recalculated by LibreOffice Calc: `tests/workbooks/recalculate.sh` says how.

use std::path::Path;
use std::process::Command;

use crate::program::{Folder, rows, skipped};

const FILE: &str = "f.triennial";

fn demo() -> Folder {
    let folder = Folder::new();
    folder.done(&["new", FILE, "--demo"]);
    folder.done(&["export", FILE, "--format", "xlsx", "--out", "sheets"]);
    folder
}

fn has_calc(test: &str) -> bool {
    let ran =
        |program: &str| Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    let has = ran("soffice") && ran("python3");
    if !has {
        skipped(test, "no LibreOffice Calc with python3");
    }
    has
}

/// Id and total of every centre, as the workbook itself arrives at it.
fn recalculated(folder: &Folder, book: &str) -> Vec<(String, String)> {
    let script = std::path::absolute("tests/workbooks/recalculate.sh").unwrap();
    let ran = Command::new("sh").arg(script).args(["out", book]).current_dir(folder.path()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let stem = Path::new(book).file_stem().unwrap().to_str().unwrap();
    let text = folder.read(&format!("out/{stem}-points.csv"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    records[1..].iter().map(|row| (row[0].to_owned(), row[4].to_owned())).collect()
}

/// The totals of `score`; a provisional one has none there, so the demo is closed before.
fn scored(folder: &Folder, file: &str) -> Vec<(String, String)> {
    let of = |row: &[(String, String)], name: &str| row.iter().find(|(title, _)| title == name).unwrap().1.clone();
    rows(&folder.done(&["score", file, "--format", "csv"]))
        .iter()
        .map(|row| (of(row, "centre"), of(row, "total")))
        .collect()
}

/// Numbers without what a program adds or leaves out at their ends: `85.00` and `85`.
fn plain(totals: Vec<(String, String)>) -> Vec<(String, String)> {
    let short = |text: String| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    };
    totals.into_iter().map(|(id, total)| (id, short(total))).collect()
}

#[test]
fn the_demo_cohort_recalculates_to_the_last_digit_whatever_results_are_stored() {
    if !has_calc("the_demo_cohort_recalculates_to_the_last_digit_whatever_results_are_stored") {
        return;
    }
    let folder = demo();
    let totals = plain(scored(&folder, FILE));
    assert_eq!(totals.len(), 24);
    let graded = |(_, total): &&(String, String)| !total.is_empty();
    let check = |live: &[(String, String)], wanted: &[(String, String)]| {
        let mut compared = 0;
        for want in wanted.iter().filter(graded) {
            assert!(live.contains(want), "{want:?} in {live:?}");
            compared += 1;
        }
        compared
    };
    let live = plain(recalculated(&folder, "sheets/cohort.xlsx"));
    assert!(check(&live, &totals) > 0);
    // Every stored result is 999, and one reading is another: nothing but recalculation gives the totals then.
    let script = std::path::absolute("tests/workbooks/spoil.py").unwrap();
    let spoilt = Command::new("python3")
        .arg(script)
        .args(["sheets/cohort.xlsx", "spoilt.xlsx", "national_funds@2024", "c04", "1234.5"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(spoilt.status.success(), "{}", String::from_utf8_lossy(&spoilt.stderr));
    folder.write("changed.csv", "centre,metric,year,value\nc04,national_funds,2024,1234.5\n");
    folder.done(&["import", FILE, "changed.csv", "--yes"]);
    let changed = plain(scored(&folder, FILE));
    assert_ne!(changed, totals);
    let live = plain(recalculated(&folder, "spoilt.xlsx"));
    assert!(check(&live, &changed) > 0);
}

#[test]
fn every_point_of_the_demo_is_a_formula_and_the_same_input_gives_the_same_bytes() {
    let folder = demo();
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    let first = [read("sheets/cohort.xlsx"), read("sheets/centres/c01.xlsx")];
    folder.done(&["export", FILE, "--format", "xlsx", "--out", "again"]);
    assert!(first == [read("again/cohort.xlsx"), read("again/centres/c01.xlsx")]);
    let any = |titles: &[String]| !titles.is_empty();
    let page = triennial::read::workbook::sheet(&first[0], Some("sheet"), any).unwrap();
    let said = page.rows.iter().flat_map(|row| &row.cells).find(|cell| cell.contains("totals are formulas")).unwrap();
    assert!(said.contains("726 of 726 points and 22 of 22 totals are formulas"), "{said}");
}

/// What was written comes back as it was: every reading and every fact.
#[test]
fn the_readings_of_a_workbook_are_imported_into_another_evaluation() {
    let folder = demo();
    folder.done(&["new", "g.triennial", "--rubric", "ncti", "--cycle", "2023-2025"]);
    folder.done(&["import", "g.triennial", "sheets/cohort.xlsx", "--sheet", "readings", "--yes"]);
    assert_eq!(scored(&folder, "g.triennial"), scored(&folder, FILE));
    folder.done(&["export", "g.triennial", "--format", "xlsx", "--out", "again"]);
    let page = |name: &str| {
        let bytes = std::fs::read(folder.path().join(name)).unwrap();
        triennial::read::workbook::sheet(&bytes, Some("readings"), |titles| titles.contains(&"centre".to_owned()))
            .unwrap()
    };
    let cells = |name: &str| page(name).rows.into_iter().map(|row| row.cells).collect::<Vec<_>>();
    assert_eq!(cells("again/cohort.xlsx"), cells("sheets/cohort.xlsx"));
}

#[test]
fn a_name_that_looks_like_a_formula_is_text_in_a_workbook_and_in_csv() {
    let folder = Folder::new();
    folder.done(&["new", FILE, "--rubric", "ncti", "--cycle", "2023-2025"]);
    let names = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)"];
    for (name, id) in names.iter().zip(["e1", "e2", "e3", "e4"]) {
        folder.done(&["centre", "add", FILE, id, "--kind", "domain", &format!("--name={name}")]);
    }
    folder.done(&["export", FILE, "--format", "csv,xlsx", "--out", "sheets"]);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_path(folder.path().join("sheets/cohort.csv"))
        .unwrap();
    for record in reader.records().map(Result::unwrap) {
        for field in &record {
            assert!(!names.contains(&field), "{field}");
        }
    }
    let bytes = std::fs::read(folder.path().join("sheets/cohort.xlsx")).unwrap();
    let any = |titles: &[String]| titles.contains(&"centre".to_owned());
    let page = triennial::read::workbook::sheet(&bytes, Some("readings"), any).unwrap();
    let found: Vec<&str> = page.rows[1..].iter().map(|row| row.cells[1].as_str()).collect();
    assert_eq!(found, names);
}
