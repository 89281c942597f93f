//! Workbooks whose points are formulas, recalculated by LibreOffice Calc: `tests/workbooks/recalculate.sh` says how.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use triennial::domain::number::Number;
use triennial::store::catalogue::SHIPPED;

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

/// Recalculates workbooks into a CSV for each of their sheets.
fn recalculate(folder: &Folder, books: &[&str]) {
    let script = std::path::absolute("tests/workbooks/recalculate.sh").unwrap();
    let ran = Command::new("sh").arg(script).arg("out").args(books).current_dir(folder.path()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// The rows of a workbook's points, once it is recalculated; the first has the titles.
fn points(folder: &Folder, stem: &str) -> Vec<csv::StringRecord> {
    let text = folder.read(&format!("out/{stem}-points.csv"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

/// A copy in which every stored result is 999, and one reading is another.
fn spoilt(folder: &Folder, arguments: [&str; 5]) {
    let script = std::path::absolute("tests/workbooks/spoil.py").unwrap();
    let ran = Command::new("python3").arg(script).args(arguments).current_dir(folder.path()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// Id and total of every centre, as the workbook itself arrives at it.
fn recalculated(folder: &Folder, book: &str) -> Vec<(String, String)> {
    recalculate(folder, &[book]);
    let stem = Path::new(book).file_stem().unwrap().to_str().unwrap();
    points(folder, stem)[1..].iter().map(|row| (row[0].to_owned(), row[4].to_owned())).collect()
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
    spoilt(&folder, ["sheets/cohort.xlsx", "spoilt.xlsx", "national_funds@2024", "c04", "1234.5"]);
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
    let page = triennial::read::workbook::sheet(&first[0], Some("Notes"), any).unwrap();
    let said = page.rows.iter().flat_map(|row| &row.cells).find(|cell| cell.contains("totals are formulas")).unwrap();
    assert!(said.contains("726 of 726 points and 22 of 22 totals are formulas"), "{said}");
}

/// Pages of a Chinese workbook have Chinese names, and its formulas find them.
#[test]
fn a_chinese_workbook_recalculates_and_no_page_of_it_has_an_english_name() {
    let test = "a_chinese_workbook_recalculates_and_no_page_of_it_has_an_english_name";
    let folder = demo();
    folder.done(&["export", FILE, "--format", "xlsx", "--out", "zh", "--lang", "zh"]);
    let parts = crate::packed::parts(&std::fs::read(folder.path().join("zh/cohort.xlsx")).unwrap());
    let of = |part: &str| parts.iter().find(|(name, _)| name == part).unwrap().1.as_str();
    let book = of("xl/workbook.xml");
    let names: Vec<&str> = book.split("<sheet name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(names, ["评分汇总", "评定理由", "说明", "得分", "计算过程", "填报值"]);
    // Title and mark of a draft stand above the head; it and the first two columns stay in sight and on every paper.
    assert!(of("xl/worksheets/sheet1.xml").contains("<pane xSplit=\"2\" ySplit=\"3\" topLeftCell=\"C4\""));
    assert!(book.contains("评分汇总!$A:$B,评分汇总!$3:$3"), "{book}");
    assert!(of("xl/worksheets/sheet1.xml").contains("paperSize=\"9\" scale=\"65\" orientation=\"landscape\""));
    // Nor do its formulas come to English words; NR and N/A are what is typed in either language.
    for word in ["left out", "undefined", "given"] {
        let english: Vec<&str> =
            parts.iter().filter(|part| part.1.contains(word)).map(|part| part.0.as_str()).collect();
        assert!(english.is_empty(), "{word}: {english:?}");
    }
    assert!(of("xl/worksheets/sheet5.xml").contains("无法计算"));
    if !has_calc(test) {
        return;
    }
    recalculate(&folder, &["zh/cohort.xlsx"]);
    let text = folder.read("out/cohort-得分.csv");
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let live: Vec<(String, String)> =
        reader.records().map(Result::unwrap).map(|row| (row[0].to_owned(), row[4].to_owned())).collect();
    let (live, totals) = (plain(live), plain(scored(&folder, FILE)));
    assert_eq!(totals.iter().filter(|total| !total.1.is_empty() && live.contains(total)).count(), 20);
    assert!(!text.contains("不一致"), "{text}");
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

/// The total that a centre's own workbook arrives at.
fn own_total(folder: &Folder, stem: &str) -> String {
    let rows = points(folder, stem);
    let total = rows.iter().find(|row| &row[0] == "total").unwrap();
    plain(vec![(String::new(), total[2].to_owned())]).remove(0).1
}

/// What is not reported and what is not applicable is typed as text, and counts as it does in an import.
#[test]
fn the_workbook_of_one_centre_recalculates_also_where_a_reading_is_not_reported_or_not_applicable() {
    if !has_calc("the_workbook_of_one_centre_recalculates_also_where_a_reading_is_not_reported_or_not_applicable") {
        return;
    }
    let folder = demo();
    let (book, cell) = ("sheets/centres/c04.xlsx", "national_funds@2024");
    spoilt(&folder, [book, "reported.xlsx", cell, "c04", "1234.5"]);
    spoilt(&folder, [book, "missing.xlsx", cell, "c04", "NR"]);
    spoilt(&folder, [book, "apart.xlsx", cell, "c04", "N/A"]);
    recalculate(&folder, &[book, "reported.xlsx", "missing.xlsx", "apart.xlsx"]);
    let total = |folder: &Folder| {
        let totals = plain(scored(folder, FILE));
        totals.into_iter().find(|(id, _)| id == "c04").unwrap().1
    };
    let mut totals = vec![total(&folder)];
    assert_eq!(own_total(&folder, "c04"), totals[0]);
    for (stem, value) in [("reported", "1234.5"), ("missing", "NR"), ("apart", "N/A")] {
        folder.write("changed.csv", format!("centre,metric,year,value\nc04,national_funds,2024,{value}\n"));
        folder.done(&["import", FILE, "changed.csv", "--yes"]);
        totals.push(total(&folder));
        assert_eq!(&own_total(&folder, stem), totals.last().unwrap(), "{value}");
    }
    totals.sort();
    totals.dedup();
    assert_eq!(totals.len(), 4, "each of them is another total: {totals:?}");
}

/// Whether two figures are the same to nine places.
fn agree(live: &str, ours: &str) -> bool {
    let near = Number::parse("0.000000001").unwrap();
    match (Number::parse(live), Number::parse(ours)) {
        (Ok(live), Ok(ours)) => (&live - &ours).abs() < near,
        _ => false,
    }
}

/// Every point of a cohort's workbook beside that of `score`; how many were compared.
fn compared(id: &str) -> usize {
    let folder = Folder::new();
    folder.write("data.csv", std::fs::read(format!("rubrics/cohorts/{id}.csv")).unwrap());
    let json = folder.done(&["score", "--rubric", id, "--data", "data.csv", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let (first, last) = (json["cycle"]["first"].as_i64().unwrap(), json["cycle"]["last"].as_i64().unwrap());
    // Data that name no year are of any.
    let cycle = if last < 1900 { "2025".to_owned() } else { format!("{first}-{last}") };
    folder.done(&["new", FILE, "--rubric", id, "--cycle", &cycle]);
    folder.done(&["import", FILE, "data.csv", "--yes"]);
    folder.done(&["export", FILE, "--format", "xlsx", "--out", "sheets"]);
    recalculate(&folder, &["sheets/cohort.xlsx"]);
    let live = points(&folder, "cohort");
    let ours = rows(&folder.done(&["score", FILE, "--format", "csv"]));
    assert_eq!(live.len(), ours.len() + 1, "{id}");
    let mut count = 0;
    for (live_row, our_row) in live[1..].iter().zip(&ours) {
        for (title, at) in live[0].iter().zip(0..).skip(4).step_by(3) {
            let node = title.rsplit_once('(').unwrap().1.trim_end_matches(')');
            let Some((_, ours)) = our_row.iter().find(|(column, _)| column == node) else { continue };
            // What is taken off stands in the workbook as it is counted, and the formula of the total subtracts it.
            let ours = ours.trim_start_matches('-');
            if !ours.is_empty() {
                assert!(agree(&live_row[at], ours), "{id} {} {node}: {} and {ours}", &live_row[0], &live_row[at]);
                count += 1;
            }
        }
    }
    count
}

/// `RECALCULATE=all` takes every shipped rubric.
#[test]
fn the_workbooks_of_shipped_cohorts_recalculate_to_the_points_of_score() {
    if !has_calc("the_workbooks_of_shipped_cohorts_recalculate_to_the_points_of_score") {
        return;
    }
    let all = std::env::var("RECALCULATE").is_ok_and(|asked| asked == "all");
    let ids: Vec<&str> = SHIPPED.iter().map(|shipped| shipped.id).filter(|id| all || *id == "ncti").collect();
    for id in &ids {
        let count = compared(id);
        let _ = writeln!(std::io::stderr(), "{id}: {count} points the same");
        // A profile has levels and no points.
        assert!(count > 0 || *id == "ref2021", "{id}");
    }
    assert!(ids.len() == if all { SHIPPED.len() } else { 1 });
}
