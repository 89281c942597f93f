//! Templates: what they hold, and that what comes back filled in is read as if it had been typed.

use std::process::Command;

use triennial::read::workbook::{Sheet, sheet};

use crate::program::{Folder, skipped};
use crate::small::{self, FILE, digest};

fn page(folder: &Folder, name: &str, asked: Option<&str>) -> Sheet {
    let bytes = std::fs::read(folder.path().join(name)).unwrap();
    sheet(&bytes, asked, |titles| titles.iter().any(|title| title == "centre")).unwrap()
}

/// The row of a sheet with this number, as far as it goes.
fn row(page: &Sheet, number: usize) -> Vec<&str> {
    let row = page.rows.iter().find(|row| row.number == number).unwrap();
    row.cells.iter().map(String::as_str).collect()
}

#[test]
fn a_template_names_its_columns_by_id_and_its_titles_in_either_language() {
    let folder = small::evaluation();
    for (lang, title, unit, year) in [("en", "Income", "万元", "2024"), ("zh", "收入", "万元", "2024")] {
        let wide = format!("wide-{lang}.xlsx");
        folder.done(&["template", FILE, "--out", &wide, "--lang", lang]);
        let page = page(&folder, &wide, None);
        let ids = row(&page, 7);
        // The small rubric has neither kinds nor attributes: three facts, three yearly metrics, two of the whole cycle.
        assert_eq!(ids[..5], ["centre", "name", "status", "since", "income@2023"], "{ids:?}");
        assert_eq!(ids[13..], ["share", "open"], "{ids:?}");
        assert_eq!([4, 5, 6].map(|number| row(&page, number)[5]), [title, unit, year]);
        assert_eq!(row(&page, 8)[..3], ["c1", "甲中心", "participating"]);
        let long = format!("long-{lang}.xlsx");
        folder.done(&["template", FILE, "--centre", "c2", "--out", &long, "--lang", lang]);
        let page = self::page(&folder, &long, None);
        assert_eq!(row(&page, 5), ["centre", "metric", "title", "definition", "unit", "year", "judge", "value"]);
        assert_eq!(row(&page, 7)[..6], ["c2", "income", title, "", unit, year]);
        // Nine yearly figures and two of the whole cycle.
        assert_eq!(page.rows.last().unwrap().number, 5 + 11);
    }
    let definitions = page(&folder, "wide-zh.xlsx", Some("填报说明"));
    assert_eq!(row(&definitions, 5), ["收入", "万元", "数值，不小于 0；或 NR、N/A。"]);
}

#[test]
fn a_template_as_it_is_changes_nothing() {
    let folder = small::evaluation();
    let before = digest(&folder);
    folder.done(&["template", FILE, "--out", "wide.xlsx"]);
    folder.done(&["template", FILE, "--each", "--out", "each", "--lang", "zh"]);
    for (name, unchanged) in [("wide.xlsx", 4), ("each/c1.xlsx", 0), ("each/c2.xlsx", 0)] {
        let told = folder.done(&["import", FILE, name]);
        // Name and status of two centres stand in the wide one.
        assert_eq!(told, format!("nothing to import: {unchanged} unchanged\n"), "{name}");
    }
    assert_eq!(digest(&folder), before);
}

#[test]
fn the_same_template_has_the_same_bytes_and_is_never_overwritten() {
    let folder = Folder::new();
    let template = |out: &str| folder.run(&["template", "--rubric", "ncti", "--cycle", "2023-2025", "--out", out]);
    assert_eq!([template("a.xlsx").exit, template("b.xlsx").exit], [0, 0]);
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    let first = read("a.xlsx");
    assert!(first == read("b.xlsx"));
    let again = template("a.xlsx");
    assert!(again.exit == 2 && again.err.contains("E-store-exists"), "{}", again.err);
    assert!(first == read("a.xlsx"));
}

/// The columns of a table that a template asks a centre for, or those that others bring: findings, earlier grades, marks.
fn columns(cohort: &str, asked: bool) -> String {
    let mut reader = csv::Reader::from_reader(cohort.as_bytes());
    let titles = reader.headers().unwrap().clone();
    let is_kept =
        |title: &str| title == "centre" || asked != (["findings", "previous"].contains(&title) || title.contains('#'));
    let kept = |row: &csv::StringRecord| -> csv::StringRecord {
        let kept = titles.iter().zip(row).filter(|(title, _)| is_kept(title));
        kept.map(|(_, text)| text.to_owned()).collect()
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&kept(&titles)).unwrap();
    reader.records().for_each(|row| writer.write_record(&kept(&row.unwrap())).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn a_template_that_was_filled_in_with_libreoffice_scores_as_if_typed_by_hand() {
    let name = "a_template_that_was_filled_in_with_libreoffice_scores_as_if_typed_by_hand";
    let has = |program: &str, arguments: &[&str]| {
        Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
    };
    if !has("soffice", &["--version"]) || !has("/usr/bin/python3", &["-c", "import uno"]) {
        return skipped(name, "no LibreOffice Calc with python3-uno");
    }
    let folder = Folder::new();
    let cohort = include_str!("../../rubrics/cohorts/ncti.csv");
    folder.write("typed.csv", columns(cohort, true));
    folder.write("others.csv", columns(cohort, false));
    folder.done(&["template", "--rubric", "ncti", "--cycle", "2023-2025", "--out", "template.xlsx", "--lang", "zh"]);
    let filled = Command::new("/usr/bin/python3")
        .arg(std::path::absolute("tests/workbooks/fill.py").unwrap())
        .args(["template.xlsx", "typed.csv", "filled.xlsx", "filled.ods"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
    let score = |data: &str| {
        folder.done(&["new", &format!("{data}.triennial"), "--rubric", "ncti", "--cycle", "2023-2025"]);
        folder.done(&["import", &format!("{data}.triennial"), data, "--yes"]);
        folder.done(&["import", &format!("{data}.triennial"), "others.csv", "--yes"]);
        folder.done(&["score", &format!("{data}.triennial"), "--format", "csv"])
    };
    let by_hand = score("typed.csv");
    assert!(by_hand.lines().count() == 25 && by_hand.contains("excellent"), "{by_hand}");
    assert_eq!(score("filled.xlsx"), by_hand);
    assert_eq!(score("filled.ods"), by_hand);
}
