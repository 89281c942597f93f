//! What is written: the contract's columns, the same fields read back, nothing a terminal or spreadsheet would obey.

use super::fixture::{Fixture, demo};
use serde_json::Value;
use triennial::domain::text::Lang;
use triennial::wording::safe::is_hidden;
use triennial::wording::safe::visible;
use triennial::write::centre::centre_sheet;
use triennial::write::cohort::cohort_sheet;
use triennial::write::{csv, gaps, json, markdown, terminal};

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// By hand: alpha 0.88 + 5 + 4.8 = 10.68, 10, 2, together 22.68. Epsilon has the same points and is poor by its gate.
/// Beta is 51/7 - 2 = 37/7. Gamma: (1 × 3 + 2 × 2) × 0.5 = 3.5 and 80 / 100 × 4 = 3.2 make 6.7. Half of the three participating comprehensive centres (1.5, floor 1) may be excellent.
#[test]
fn scores_as_csv_are_the_contract() {
    let expected = "\
centre,name,kind,status,services,technology,extra,total,grade,rank,outcome,flags
alpha,海洋国家技术创新中心,comprehensive,participating,10.68,10,2,22.68,excellent,1,next-cycle,
beta,'-Beta Centre,comprehensive,participating,7.28571428571428571429,-2,0,5.28571428571428571429,poor,3,rectify,rectify
gamma,Gamma,domain,participating,6.7,15,0,,,,,incomplete
delta,Delta Centre,comprehensive,absent,,,,,,,remove,remove
epsilon,Epsilon \\u{1b}[2J|`x`,comprehensive,participating,10.68,10,2,22.68,poor,1,rectify,rectify;gate:integrity;name-form
";
    assert_eq!(text(csv::scores(demo(false).source())), expected);
}

fn every_sheet(fixture: &Fixture, lang: Lang) -> Vec<triennial::write::sheet::GradeSheet> {
    let centres = fixture.cohort.all().filter_map(|ix| centre_sheet(fixture.source(), ix, lang));
    std::iter::once(cohort_sheet(fixture.source(), lang)).chain(centres).collect()
}

#[test]
fn a_sheet_as_csv_reads_back_to_the_same_fields() {
    let fixture = demo(false);
    for sheet in every_sheet(&fixture, Lang::Zh) {
        for table in &sheet.tables {
            let written = csv::table(table);
            let mut reader = ::csv::ReaderBuilder::new().from_reader(written.as_slice());
            let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
            assert_eq!(header, table.columns.iter().map(|c| c.id.clone()).collect::<Vec<_>>());
            let read: Vec<_> = reader.records().map(Result::unwrap).collect();
            assert_eq!(read.len(), table.rows.len());
            for (record, row) in read.iter().zip(&table.rows) {
                for (field, cell) in record.iter().zip(&row.cells) {
                    // What a terminal would obey is written out.
                    assert_eq!(field.strip_prefix('\'').unwrap_or(field), visible(&cell.data));
                }
            }
        }
    }
}

#[test]
fn text_that_a_spreadsheet_would_run_gets_an_apostrophe_and_numbers_do_not() {
    for (text, safe) in [("=1+1", "'=1+1"), ("+x", "'+x"), ("-x", "'-x"), ("@x", "'@x"), ("\tx", "'\tx"), ("x", "x")] {
        assert_eq!(csv::safe(text), safe);
    }
    let shown = text(csv::scores(demo(false).source()));
    assert!(shown.contains(",-2,"), "{shown}");
}

#[test]
fn documents_and_terminal_tables_hold_no_control_characters() {
    let fixture = demo(false);
    let clean = |text: &str| text.chars().all(|c| c == '\n' || !is_hidden(c));
    for lang in [Lang::En, Lang::Zh] {
        for sheet in every_sheet(&fixture, lang) {
            assert!(clean(&markdown::sheet(&sheet)));
        }
        let source = fixture.source();
        assert!(clean(&terminal::scores(source, lang)));
        assert!(clean(&terminal::flags(source, lang)));
        assert!(clean(&terminal::gaps(source, gaps::Only::default(), lang)));
        for ix in fixture.cohort.all() {
            assert!(clean(&terminal::explain(source, ix, lang)));
        }
    }
}

#[test]
fn markdown_escapes_what_a_name_holds() {
    let sheet = markdown::sheet(&cohort_sheet(demo(false).source(), Lang::En));
    assert!(sheet.starts_with("# Demo \\| centres 2023-2025\n\n**DRAFT**\n"), "{sheet}");
    assert!(sheet.contains(r"| epsilon | Epsilon \u{1b}\[2J\|\`x\` |"), "{sheet}");
}

/// 0.88 + 5.00 + 4.80 = 10.68 as printed.
#[test]
fn a_printed_sheet_adds_up_by_hand() {
    let fixture = demo(false);
    let sheet = centre_sheet(fixture.source(), fixture.centre("alpha"), Lang::En).unwrap();
    let criteria = sheet.tables.iter().find(|table| table.id == "criteria").unwrap();
    let printed: Vec<(&str, &str)> =
        criteria.rows.iter().map(|row| (row.cells[0].shown.as_str(), row.cells[2].shown.as_str())).collect();
    assert_eq!(
        printed,
        [
            ("services", "10.68"),
            ("income-per-head", "0.88"),
            ("standards", "5.00"),
            ("influence", "4.80"),
            ("technology", "10.00"),
            ("patent-count", "10.00"),
            ("extra", "2.00"),
            ("national-prize", "2.00"),
            ("total", "22.68"),
        ]
    );
}

#[test]
fn blank_not_reported_not_applicable_and_zero_stay_apart_on_a_sheet() {
    let fixture = demo(false);
    let shown = |id: &str, metric: &str, column: &str| {
        let sheet = centre_sheet(fixture.source(), fixture.centre(id), Lang::En).unwrap();
        let table = sheet.tables.into_iter().find(|table| table.id == "readings").unwrap();
        let at = table.columns.iter().position(|c| c.id == column).unwrap();
        let row = table.rows.into_iter().find(|row| row.cells[0].data == metric).unwrap();
        (row.cells[at].shown.clone(), row.cells[at].data.clone())
    };
    let pair = |shown: &str, data: &str| (shown.to_owned(), data.to_owned());
    assert_eq!(shown("gamma", "staff", "2025"), pair("blank", ""));
    assert_eq!(shown("gamma", "intl", "2025"), pair("not applicable", "N/A"));
    assert_eq!(shown("gamma", "intl", "2024"), pair("0", "0"));
    assert_eq!(shown("beta", "patents", "cycle"), pair("not reported", "NR"));
}

#[test]
fn gaps_name_each_blank_cell_of_those_who_take_part() {
    let fixture = demo(false);
    let expected = "centre,name,metric,year,wanted,unit,value\ngamma,Gamma,staff,2025,value,人,\n";
    assert_eq!(text(csv::table(&gaps::table(fixture.source(), gaps::Only::default(), Lang::Zh))), expected);
}

#[test]
fn json_carries_provenance_decimals_as_strings_and_fractions() {
    let fixture = demo(true);
    let scores = || {
        let mut bytes = Vec::new();
        json::scores(fixture.source(), Lang::En, &mut bytes).unwrap();
        bytes
    };
    let bytes = scores();
    assert_eq!(bytes, scores());
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(value["provenance"]["heads"][0]["evaluator"], "evaluator-1");
    assert_eq!(value["provenance"]["heads"][0]["length"], 42);
    let beta = &value["centres"][1];
    assert_eq!(beta["centre"], "beta");
    assert_eq!(beta["total_fraction"], "37/7");
    assert_eq!(beta["outcome"]["by"], "2027-03-15");
    assert_eq!(beta["left_out"][0]["subject"], "income-per-head");
    assert_eq!(beta["left_out"][0]["why"], "undefined");
    let services = &beta["ledger"]["lines"][0];
    assert_eq!(services["operation"], "reweight");
    assert_eq!((&services["available"], &services["full"]), (&Value::from("14"), &Value::from("20")));
    let alpha = &value["centres"][0];
    assert_eq!(alpha["total"], "22.68");
    let leaf = &alpha["ledger"]["lines"][0]["lines"][0];
    assert_eq!(leaf["operation"], "round");
    assert_eq!(leaf["lines"][0]["value"], "4.38125");
    assert_eq!(leaf["lines"][0]["steps"][0]["inputs"][1]["value"], "120.5");
    let gamma = &value["centres"][2];
    assert_eq!(gamma["total"], Value::Null);
    assert_eq!(gamma["provisional_total"], "21.7");
}

#[test]
fn a_json_sheet_has_its_tables_by_id() {
    let fixture = demo(false);
    let sheet = centre_sheet(fixture.source(), fixture.centre("alpha"), Lang::Zh).unwrap();
    let value: Value = serde_json::from_slice(&json::sheet(fixture.source(), &sheet)).unwrap();
    assert_eq!(value["provenance"]["heads"][0]["hash"], "abc");
    assert_eq!(value["tables"]["criteria"][0]["points"], "10.68");
    assert_eq!(value["tables"]["result"][1]["value"], "excellent");
    assert_eq!(value["draft"], true);
}

#[test]
fn the_terminal_table_lines_up_under_han_names() {
    let shown = terminal::scores(demo(false).source(), Lang::Zh);
    let lines: Vec<&str> = shown.lines().skip(2).collect();
    let cells = |line: &str| unicode_width::UnicodeWidthStr::width(line);
    let upto = |line: &str, mark: &str| cells(&line[..line.find(mark).unwrap()]);
    assert_eq!(upto(lines[2], "综合类"), upto(lines[3], "综合类"), "{shown}");
    assert_eq!(upto(lines[2], "综合类"), upto(lines[0], "类别"), "{shown}");
}
