#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;
use crate::domain::reading::Cycle;
use crate::domain::text::Lang;
use crate::read;
use crate::store::digest;

/// With a quota, a rule that is relative, a panel and a gate, so that every kind of figure is on the sheets.
const RUBRIC: &str = r#"
[rubric]
id = "r"
edition = "1"
title = { en = "Sample", zh = "示例" }
cycle_years = 2
rounding = { at = "indicator", places = 2, mode = "half-up" }
[[finding]]
id = "falsified"
[[metric]]
id = "income"
[[metric]]
id = "marks"
yearly = false
panel = { average = "mean", at_least = 2 }
[[criterion]]
id = "k"
[[criterion.indicator]]
id = "own"
points = 60
measure = "sum(income)"
rule = { kind = "linear", from = 0, to = 70 }
[[criterion.indicator]]
id = "place"
points = 20
measure = "mean(income)"
rule = { kind = "min-max" }
zero_denominator = "full"
[[criterion.indicator]]
id = "panel"
points = 20
measure = "marks"
rule = { kind = "expert", from = 0, to = 100 }
[[grade]]
id = "excellent"
at_least = 50
quota = { share = "50%", round = "floor", ties = "all-out" }
[[grade]]
id = "poor"
[[gate]]
id = "integrity"
when = "finding(falsified)"
grade = "poor"
[outcome]
excellent = { act = "next-cycle" }
poor = { act = "rectify", within = "12 months", then = { passed = "next-cycle", failed = "remove" } }
"#;

const DATA: &str = "\
centre,name,findings,income@2024,income@2025,marks#li,marks#wu
c1,Centre 1,,13,29.5,81,90
c2,Centre 2,,21.5,40,75.5,NR
c3,中心3,falsified,35,35,60,62
";

fn rubric() -> Rubric {
    let (rubric, faults) = read::rubric::rubric(RUBRIC);
    rubric.unwrap_or_else(|| panic!("{faults:#?}"))
}

fn session() -> Session {
    let rubric = rubric();
    let (data, faults) = read::table::table(DATA, &rubric, Some(Cycle { first: 2024, last: 2025 }));
    let cohort = read::table::cohort(&data.unwrap_or_else(|| panic!("{faults:#?}")), &rubric);
    let heads = vec![Head { evaluator: "li".to_owned(), length: 17, hash: digest::text(b"head") }];
    let decided = "2026-03-15".parse().ok();
    Session::new(rubric, cohort, decided, true, digest::text(RUBRIC.as_bytes()), heads).digested()
}

fn cohort_sheet(lang: Lang) -> String {
    let session = session();
    String::from_utf8(json::sheet(session.source(), &cohort::cohort_sheet(session.source(), lang))).unwrap()
}

fn centre_sheet(id: &str) -> String {
    let session = session();
    let ix = session.cohort.find(id).unwrap();
    let sheet = centre::centre_sheet(session.source(), ix, Lang::En).unwrap();
    String::from_utf8(json::sheet(session.source(), &sheet)).unwrap()
}

fn given(text: &str) -> Given {
    Given::read(text.to_owned()).unwrap()
}

/// Changes every digit, one at a time; those of lines that are not told, by line.
fn untold(text: &str, verify: impl Fn(&Given) -> Verdict) -> Vec<usize> {
    let mut untold = Vec::new();
    let (mut line, mut tried) = (1, 0);
    for (at, byte) in text.bytes().enumerate() {
        line += usize::from(byte == b'\n');
        if !byte.is_ascii_digit() {
            continue;
        }
        tried += 1;
        let digit = char::from(b'0' + (byte - b'0' + 1) % 10).to_string();
        let changed = [&text[..at], &digit, &text[at + 1..]].concat();
        match Given::read(changed) {
            // `08` is no number: the line is told with the fault.
            Err(fault) => assert!(fault.what.en.contains(&format!("(line {line},")), "{line}: {fault:?}"),
            Ok(given) => match verify(&given).differs {
                Some((found, _)) => assert_eq!(found.number, line, "{found:?}"),
                None => untold.push(line),
            },
        }
    }
    assert!(tried > 300, "{tried}");
    untold.dedup();
    untold
}

#[test]
fn a_sheet_as_written_is_the_same() {
    for lang in [Lang::En, Lang::Zh] {
        let verdict = given(&cohort_sheet(lang)).against_itself(rubric()).unwrap();
        assert_eq!((verdict.differs, verdict.unchecked), (None, Vec::new()));
    }
    for id in ["c1", "c2", "c3"] {
        let sheet = given(&centre_sheet(id));
        let verdict = sheet.against_itself(rubric()).unwrap();
        assert_eq!(verdict.differs, None);
        let named: Vec<&str> = verdict.unchecked.iter().map(|name| name.en.as_str()).collect();
        assert_eq!(
            named,
            [
                "the digests of all centres' data and evidence",
                "the rank",
                "the grade and what follows from it",
                "the points of place, and all that they are part of"
            ]
        );
        assert_eq!(sheet.against(session()).unwrap().differs, None);
        let whole = given(&cohort_sheet(Lang::Zh));
        assert!(whole.is_of_one_moment(&sheet) && whole.is_sealed());
        assert_eq!(sheet.against(whole.session(rubric()).unwrap()).unwrap().differs, None);
    }
}

#[test]
fn every_digit_of_a_cohorts_sheet_is_told_with_its_line() {
    let untold = untold(&cohort_sheet(Lang::En), |given| given.against_itself(rubric()).unwrap());
    assert_eq!(untold, Vec::<usize>::new());
}

#[test]
fn every_digit_of_a_centres_sheet_is_told_with_its_line() {
    let text = centre_sheet("c1");
    assert_eq!(untold(&text, |given| given.against(session()).unwrap()), Vec::<usize>::new());
    // By itself all is told but what hangs on the others: rank, total and relative points.
    let alone = untold(&text, |given| given.against_itself(rubric()).unwrap());
    let lines: Vec<&str> = text.lines().collect();
    let hanging = |number: &usize| {
        let start = (0..*number).rev().find(|at| lines[*at].trim() == "{").unwrap();
        let row: Vec<&str> = lines[start..].iter().take_while(|line| !line.trim().starts_with('}')).copied().collect();
        let is = |part: &&str| row.iter().any(|line| line.contains(*part));
        [
            "\"item\": \"rank\"",
            "\"item\": \"total\"",
            "\"item\": \"grade\"",
            "\"item\": \"outcome\"",
            "\"id\": \"total\"",
            "\"id\": \"k\"",
            "\"id\": \"place\"",
            "\"subject\": \"total\"",
            "\"subject\": \"k\"",
            "\"subject\": \"place\"",
            "\"about\": \"grade\"",
            "\"about\": \"outcome\"",
            "\"about\": \"flag:",
        ]
        .iter()
        .any(is)
    };
    for number in &alone {
        assert!(hanging(number), "line {number}: {}", lines[number - 1]);
    }
    assert!(!alone.is_empty());
}

#[test]
fn a_changed_word_of_what_is_carried_fails_at_the_digest_that_covers_it() {
    let text = cohort_sheet(Lang::En);
    let changed = text.replacen("name = Centre 2", "name = Center 2", 1);
    assert_ne!(text, changed);
    let (line, _) = given(&changed).against_itself(rubric()).unwrap().differs.unwrap();
    assert!(line.stands.unwrap().contains("\"digest\""));
    let changed = text.replacen("\"draft\": true", "\"draft\": false", 1);
    let (line, more) = given(&changed).against_itself(rubric()).unwrap().differs.unwrap();
    // What is not a draft has no such note, and the digest of the head is another one.
    assert!(line.stands.unwrap().contains("DRAFT") && more > 0);
}

#[test]
fn another_layout_and_another_program_are_told() {
    let text = cohort_sheet(Lang::En);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(given(&value.to_string()).against_itself(rubric()).unwrap().differs.unwrap().0.number, 1);
    let mut older = value.as_object().unwrap().clone();
    older["provenance"]["program"] = "triennial 0.0.9".into();
    seal(&mut older);
    let older = given(&String::from_utf8(json::bytes(older)).unwrap());
    assert_eq!(older.other_version(), Some("0.0.9"));
    assert_eq!(older.against_itself(rubric()).unwrap().differs, None);
}

#[test]
fn a_sheet_without_readings_needs_its_evaluation() {
    let text = cohort_sheet(Lang::En);
    let mut bare: Map<String, Value> = serde_json::from_str(&text).unwrap();
    bare.remove("data");
    bare.remove("centre");
    bare["provenance"].as_object_mut().unwrap().remove("sheet_digest");
    let bare = given(&String::from_utf8(json::bytes(bare)).unwrap());
    assert_eq!(bare.against_itself(rubric()).unwrap_err().code, "E-sheet-bare");
    assert_eq!(bare.against(session()).unwrap().differs, None);
}
