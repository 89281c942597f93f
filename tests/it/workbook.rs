//! Workbooks that other programs wrote, wherever a table is taken; `tests/workbooks/make.py` says how.

use crate::program::{Folder, Ran};
use crate::small::{self, FILE, digest};

fn copied(folder: &Folder, name: &str) {
    folder.write(name, std::fs::read(format!("tests/workbooks/{name}")).unwrap());
}

/// What stands in `readings`, typed by hand: 0.1 + 0.2 is 0.3, and an eighth 0.125.
const TYPED: &str = "\
centre,name,status,income@2023,income@2024,income@2025,staff@2023,papers@2023,share
c1,甲中心,,0.1,0.3,1234567.89,3,NR,0.125
c2,Second centre,participating,40,N/A,,4,0,0.0000001
c3,\"Third, Ltd\",absent,,,,,,
";

#[test]
fn a_workbook_says_the_same_as_the_text_of_it() {
    let typed = small::evaluation();
    typed.write("typed.csv", TYPED);
    typed.done(&["import", FILE, "typed.csv", "--yes"]);
    for name in ["readings.xlsx", "readings.ods", "readings.xls"] {
        let folder = small::evaluation();
        copied(&folder, name);
        let ran = folder.run(&["import", FILE, name, "--sheet", "填写", "--yes"]);
        assert_eq!(ran.exit, 2, "{}", ran.out);
        assert!(ran.err.contains("error[E-sheet]") && ran.err.contains("`填报`, `说明`, `lists`"), "{}", ran.err);
        // The other sheet that can be seen holds no table.
        let ran = folder.run(&["import", FILE, name, "--yes"]);
        // LibreOffice keeps 0.1 + 0.2 with all its digits in XLS and XLSX.
        assert_eq!(ran.exit, 0, "{name}: {}{}", ran.out, ran.err);
        assert_eq!(digest(&folder), digest(&typed), "{name}: {}", ran.out);
    }
}

#[test]
fn a_workbook_is_scored_without_an_evaluation_too() {
    let folder = Folder::new();
    folder.write("small.toml", small::RUBRIC);
    folder.write("typed.csv", TYPED);
    let score = |data: &[&str]| {
        folder.done(
            &[&["score", "--rubric", "small.toml", "--format", "csv", "--cycle", "2023-2025", "--data"], data].concat(),
        )
    };
    let typed = score(&["typed.csv"]);
    for name in ["readings.xlsx", "readings.ods", "readings.xls"] {
        copied(&folder, name);
        assert_eq!(score(&[name, "--sheet", "填报"]), typed, "{name}");
    }
}

#[test]
fn every_planted_fault_is_reported_with_its_cell() {
    let folder = small::evaluation();
    let before = digest(&folder);
    copied(&folder, "faults.xlsx");
    let ran: Ran = folder.run(&["import", FILE, "faults.xlsx", "--yes"]);
    assert_eq!(ran.exit, 2);
    let planted = [
        ("D4", "E-cell-number"),
        ("E4", "E-cell-date"),
        ("F4", "E-cell-formula"),
        ("C5", "E-centre-fact"),
        ("D5", "E-cell-grouped"),
        ("E5", "E-cell-full-width"),
        ("G5", "E-cell-range"),
        ("I5", "E-cell-formula"),
        ("A6", "E-duplicate-centre"),
        ("A7", "E-centre-id"),
        ("E8", "E-cell-merged"),
        ("I8", "E-cell-percent"),
    ];
    let mut told = Vec::new();
    let mut code = "";
    for line in ran.err.lines() {
        if let Some((_, rest)) = line.split_once("error[") {
            code = rest.split(']').next().unwrap();
        } else if let Some((_, cell)) = line.rsplit_once('(').filter(|_| line.contains("-->")) {
            assert!(line.contains("faults.xlsx [填报]: row "), "{line}");
            told.push((cell.trim_end_matches(')'), code));
        }
    }
    assert_eq!(told, planted, "{}", ran.err);
    assert!(ran.out.lines().last().unwrap().contains("12 refused; nothing was written"), "{}", ran.out);
    assert_eq!(digest(&folder), before);
}

#[test]
fn what_only_begins_like_a_workbook_is_refused_with_a_remedy() {
    let folder = small::evaluation();
    for (name, bytes) in [("broken.xlsx", &b"PK\x03\x04broken"[..]), ("locked.xlsx", b"\xd0\xcf\x11\xe0locked")] {
        folder.write(name, bytes);
        let ran = folder.run(&["import", FILE, name]);
        assert!(
            ran.exit == 2 && ran.err.contains("error[E-workbook]") && ran.err.contains("save it as XLSX"),
            "{}",
            ran.err
        );
    }
    folder.write("text.csv", "centre,share\nc1,1\n");
    let ran = folder.run(&["import", FILE, "text.csv", "--sheet", "x"]);
    assert!(ran.exit == 2 && ran.err.contains("has no sheets"), "{}", ran.err);
}

#[test]
fn a_rubric_is_checked_against_the_sheet_that_is_named() {
    let folder = Folder::new();
    folder.write("small.toml", small::RUBRIC);
    copied(&folder, "readings.xlsx");
    let check = |more: &[&str]| folder.run(&[&["check", "small.toml", "--data", "readings.xlsx"], more].concat());
    assert_eq!(check(&["--sheet", "填报"]).exit, 0);
    let ran = check(&["--sheet", "填写"]);
    assert!(ran.exit == 2 && ran.err.contains("`填报`"), "{}", ran.err);
}
