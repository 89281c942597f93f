use std::fs;
use std::path::PathBuf;

use jiff::civil::Date;

use super::*;
use crate::domain::centre::Field;
use crate::domain::evaluation::{CellChange, Pin};
use crate::domain::number::Number;
use crate::domain::reading::{Cycle, Reading};
use crate::domain::text::Lang;
use crate::store::journal::Access;

const RUBRICS: [&str; 2] = ["[rubric]\nid = \"r\"\n", "[rubric]\nid = \"r\"\nedition = \"2\"\n"];

const COLUMNS: [&str; 8] = ["evaluator", "sequence", "step", "lamport", "time", "body", "previous", "hash"];

fn pin(text: &str) -> Pin {
    Pin { rubric: "r".to_owned(), edition: "1".to_owned(), digest: digest::text(text.as_bytes()) }
}

/// An evaluation of two evaluators with an event of every kind.
fn sample(folder: &Path) -> PathBuf {
    let path = folder.join("sample.triennial");
    let id = || "tides".to_owned();
    let reason = || "因数据更正\n".to_owned();
    let value = |text| Some(Reading::Value(Number::parse(text).unwrap()));
    let change = |judge, was, to| CellChange { metric: "income".to_owned(), year: Some(2024), judge, was, to };
    let cells =
        vec![change(None, None, value("12.5")), change(Some("李".to_owned()), value("0"), Some(Reading::NotReported))];
    let set = Body::CentreSet { centre: id(), field: Field::Name, was: String::new(), to: "潮汐中心".to_owned() };
    let opened = Body::Opened {
        cycle: Cycle { first: 2023, last: 2025 },
        pin: pin(RUBRICS[0]),
        decided_on: None,
        lang: Lang::Zh,
    };
    let mut ann = Journal::create(&path, "ann", opened, RUBRICS[0], 1_767_225_600_000_000).unwrap();
    ann.append(vec![Body::CentreAdded { centre: id() }, set], 2).unwrap();
    let imported = Body::Imported {
        file: "数据.csv".to_owned(),
        digest: digest::text(b"data"),
        sheet: String::new(),
        mapping: String::new(),
    };
    ann.append(vec![imported, Body::Cells { centre: id(), cells }], 3).unwrap();
    drop(ann);
    let mut bob = Journal::open(&path, Access::Write { evaluator: Some("bob".to_owned()), time: 4 }).unwrap();
    bob.append(vec![Body::CentreDropped { centre: id(), reason: String::new() }], 4).unwrap();
    bob.append(vec![Body::Undone { step: 1 }, Body::CentreRestored { centre: id() }], 5).unwrap();
    bob.append(vec![Body::DecidedOn { was: None, to: Some(Date::constant(2026, 3, 1)) }], 6).unwrap();
    drop(bob);
    let mut ann = Journal::open(&path, Access::Write { evaluator: None, time: 7 }).unwrap();
    ann.append(vec![Body::Closed { reason: reason() }], 7).unwrap();
    ann.append(vec![Body::Reopened { reason: reason() }], 8).unwrap();
    ann.append_pinned(vec![Body::Repinned { pin: pin(RUBRICS[1]), reason: reason() }], RUBRICS[1], 9).unwrap();
    path
}

/// Changes the file as somebody would who knows SQLite, and puts the guards back.
fn tamper(path: &Path, work: impl FnOnce(&Connection)) {
    let raw = Connection::open(path).unwrap();
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
    let guards: Vec<(String, String)> = {
        let mut statement = raw.prepare(sql).unwrap();
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    };
    raw.execute_batch("PRAGMA synchronous = OFF").unwrap();
    guards.iter().for_each(|(name, _)| raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
    work(&raw);
    guards.iter().for_each(|(_, sql)| raw.execute_batch(sql).unwrap());
}

fn event(evaluator: &str, sequence: i64) -> At {
    At::Event { evaluator: evaluator.to_owned(), sequence }
}

/// A tampered copy of the sample, verified.
fn tampered(work: impl FnOnce(&Connection)) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    tamper(&path, work);
    verify(&path).unwrap()
}

fn codes(report: &Report, at: &At) -> Vec<&'static str> {
    report.faults.iter().filter(|fault| fault.at == *at).map(|fault| fault.what.code()).collect()
}

#[test]
fn an_evaluation_nobody_touched_is_clean() {
    let report = tampered(|_| {});
    assert_eq!(report.faults, []);
    assert_eq!(report.events, 12);
    let lengths: Vec<_> = report.heads.iter().map(|head| (head.evaluator.as_str(), head.length)).collect();
    assert_eq!(lengths, [("ann", 8), ("bob", 4)]);
    assert!(report.against(&report.heads).is_empty());
}

#[test]
fn a_change_to_any_column_of_any_event_is_reported_by_the_event_s_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let clean = fs::read(&path).unwrap();
    for (evaluator, sequence) in (1..=8).map(|n| ("ann", n)).chain((1..=4).map(|n| ("bob", n))) {
        for column in COLUMNS {
            fs::write(&path, &clean).unwrap();
            // A hash is empty before the first event, so that there a letter is added and not changed.
            let changed = match column {
                "sequence" => "sequence + 100".to_owned(),
                "step" | "lamport" | "time" => format!("{column} + 1"),
                _ => format!("CASE WHEN {column} LIKE 'x%' THEN 'y' ELSE 'x' END || substr({column}, 2)"),
            };
            tamper(&path, |raw| {
                let sql = format!("UPDATE event SET {column} = {changed} WHERE evaluator = ?1 AND sequence = ?2");
                assert_eq!(raw.execute(&sql, rusqlite::params![evaluator, sequence]).unwrap(), 1);
            });
            let report = verify(&path).unwrap();
            let name = match column {
                "evaluator" => event(&format!("x{}", &evaluator[1..]), sequence),
                "sequence" => event(evaluator, sequence + 100),
                _ => event(evaluator, sequence),
            };
            assert!(codes(&report, &name).contains(&"E-verify-hash"), "{column} of {name:?}: {:?}", report.faults);
        }
    }
}

#[test]
fn a_flipped_bit_in_any_byte_of_a_body_or_rubric_is_never_clean() {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let mut texts: Vec<Vec<u8>> = RUBRICS.iter().map(|text| text.as_bytes().to_vec()).collect();
    let journal = Journal::open(&path, Access::Read).unwrap();
    texts.extend(journal.read_all().unwrap().iter().map(|event| encode(&event.body).into_bytes()));
    drop(journal);
    // Pages keep remains of what was moved out of them; those are nobody's.
    Connection::open(&path).unwrap().execute_batch("VACUUM").unwrap();
    let clean = fs::read(&path).unwrap();
    assert!(verify(&path).unwrap().is_clean());
    let mut tried = 0;
    for text in texts {
        let start = clean.windows(text.len()).position(|window| window == text).expect("the text in the file");
        for offset in start..start + text.len() {
            let mut bytes = clean.clone();
            bytes[offset] ^= 1 << (offset % 8);
            fs::write(&path, &bytes).unwrap();
            assert!(!verify(&path).is_ok_and(|report| report.is_clean()), "byte {offset}");
            tried += 1;
        }
    }
    assert!(tried > 1000, "{tried}");
}

#[test]
fn a_changed_event_is_the_only_one_that_is_reported() {
    let report = tampered(|raw| {
        raw.execute("UPDATE event SET body = replace(body, '12.5', '13.5') WHERE sequence = 5", []).unwrap();
    });
    assert_eq!(codes(&report, &event("ann", 5)), ["E-verify-hash"]);
    assert_eq!(report.faults.len(), 1);
    let report = tampered(|raw| {
        raw.execute("UPDATE event SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE sequence = 5", []).unwrap();
    });
    assert_eq!(codes(&report, &event("ann", 5)), ["E-verify-hash"]);
    assert_eq!(report.faults.len(), 1);
}

#[test]
fn an_event_rewritten_with_a_right_hash_breaks_the_link_after_it() {
    let report = tampered(|raw| {
        let read = "SELECT previous, step, lamport, time, body FROM event WHERE evaluator = 'ann' AND sequence = 5";
        let (body, hash): (String, String) = raw
            .query_row(read, [], |row| {
                let number = |column| row.get::<_, i64>(column).map(i64::cast_unsigned);
                let previous: String = row.get(0)?;
                let body = row.get::<_, String>(4)?.replace("12.5", "13.5");
                let link = Link {
                    previous: &previous,
                    evaluator: "ann",
                    sequence: 5,
                    step: number(1)?,
                    lamport: number(2)?,
                    time: row.get(3)?,
                    body: &body,
                };
                let hash = link.hash();
                Ok((body, hash))
            })
            .unwrap();
        let write = "UPDATE event SET body = ?1, hash = ?2 WHERE evaluator = 'ann' AND sequence = 5";
        raw.execute(write, [body, hash]).unwrap();
    });
    assert_eq!(codes(&report, &event("ann", 6)), ["E-verify-previous"]);
    assert_eq!(report.faults.len(), 1);
}

/// Hashed over rightly, so that nothing but the rule itself can object.
fn rehashed(sql: &str) -> Report {
    tampered(|raw| {
        raw.execute(sql, []).unwrap();
        for evaluator in ["ann", "bob"] {
            let read = "SELECT * FROM event WHERE evaluator = ?1 ORDER BY sequence";
            let mut statement = raw.prepare(read).unwrap();
            let mut rows = statement.query([evaluator]).unwrap();
            let mut previous: Option<String> = None;
            let mut writes = Vec::new();
            while let Some(row) = rows.next().unwrap() {
                let mut stored = stored(row, &mut Vec::new()).unwrap();
                stored.previous = previous.take().unwrap_or(stored.previous);
                stored.hash = stored.computed();
                previous = Some(stored.hash.clone());
                writes.push(stored);
            }
            for stored in writes {
                let write = "UPDATE event SET previous = ?1, hash = ?2 WHERE evaluator = ?3 AND sequence = ?4";
                let Stored { previous, hash, sequence, .. } = stored;
                raw.execute(write, rusqlite::params![previous, hash, evaluator, sequence]).unwrap();
            }
        }
    })
}

#[test]
fn rules_hold_even_where_the_hashes_were_made_to_fit() {
    let of = |sql: &str, sequence| codes(&rehashed(sql), &event("bob", sequence));
    let at = "WHERE evaluator = 'bob' AND sequence =";
    assert!(of(&format!("UPDATE event SET time = time {at} 3"), 3).is_empty());
    assert_eq!(of(&format!("UPDATE event SET lamport = 6 {at} 2"), 2), ["E-verify-lamport"]);
    assert_eq!(of(&format!("UPDATE event SET lamport = -1 {at} 1"), 1), ["E-verify-lamport"]);
    assert_eq!(of(&format!("UPDATE event SET step = 1 {at} 4"), 4), ["E-verify-step"]);
    assert_eq!(of(&format!("UPDATE event SET step = 0 {at} 1"), 1), ["E-verify-step"]);
    assert_eq!(
        of(&format!("UPDATE event SET body = '{{\"type\": \"undone\",\"step\":1}}' {at} 2"), 2),
        ["E-verify-not-canonical"]
    );
    assert_eq!(of(&format!("UPDATE event SET body = '{{\"type\":\"melted\"}}' {at} 2"), 2), ["E-verify-body"]);
    let again = format!("UPDATE event SET body = (SELECT body FROM event WHERE lamport = 1) {at} 2");
    assert_eq!(of(&again, 2), ["E-verify-opening"]);
    let strange = format!(
        "UPDATE event SET body = (SELECT replace(body, '\"digest\":\"', '\"digest\":\"x') FROM event WHERE lamport = 12) {at} 4"
    );
    assert_eq!(of(&strange, 4), ["E-verify-rubric-missing"]);
    // The first event of a chain is linked to the one that opens the evaluation.
    assert_eq!(of(&format!("UPDATE event SET previous = '' {at} 1"), 1), ["E-verify-previous"]);
}

#[test]
fn a_missing_event_is_named() {
    let report = tampered(|raw| {
        raw.execute("DELETE FROM event WHERE evaluator = 'ann' AND sequence = 3", []).unwrap();
    });
    assert_eq!(codes(&report, &event("ann", 3)), ["E-verify-missing"]);
    let report = tampered(|raw| {
        raw.execute("DELETE FROM event WHERE evaluator = 'ann' AND sequence = 1", []).unwrap();
    });
    assert_eq!(codes(&report, &event("ann", 1)), ["E-verify-missing"]);
    assert_eq!(codes(&report, &At::File), ["E-verify-opening"]);
    let report = tampered(|raw| {
        raw.execute("DELETE FROM event", []).unwrap();
    });
    assert!(codes(&report, &At::File).contains(&"E-verify-opening"));
}

#[test]
fn a_changed_missing_or_foreign_rubric_is_reported() {
    let digest = digest::text(RUBRICS[0].as_bytes());
    let report = tampered(|raw| {
        raw.execute("UPDATE rubric SET text = text || ' ' WHERE digest = ?1", [&digest]).unwrap();
    });
    assert_eq!(codes(&report, &At::Rubric(digest.clone())), ["E-verify-rubric-text"]);
    assert_eq!(report.faults.len(), 1);
    let report = tampered(|raw| {
        raw.execute("DELETE FROM rubric WHERE digest = ?1", [&digest]).unwrap();
    });
    assert_eq!(codes(&report, &event("ann", 1)), ["E-verify-rubric-missing"]);
    let report = tampered(|raw| {
        raw.execute("UPDATE rubric SET digest = 'x' || substr(digest, 2) WHERE digest = ?1", [&digest]).unwrap();
    });
    assert!(!report.is_clean());
    let other = digest::text(b"other");
    let report = tampered(|raw| {
        raw.execute("INSERT INTO rubric VALUES (?1, 'other')", [&other]).unwrap();
    });
    assert_eq!(codes(&report, &At::Rubric(other)), ["E-verify-rubric-unpinned"]);
}

#[test]
fn a_shortened_or_rewritten_chain_is_seen_by_the_heads_of_a_sheet_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let sheet = verify(&path).unwrap().heads;
    let against =
        |report: &Report| report.against(&sheet).iter().map(|f| (f.at.clone(), f.what.code())).collect::<Vec<_>>();
    let ann = || At::Chain("ann".to_owned());
    let mut journal = Journal::open(&path, Access::Write { evaluator: None, time: 0 }).unwrap();
    journal.append(vec![Body::Closed { reason: "grown since".to_owned() }], 10).unwrap();
    drop(journal);
    assert_eq!(against(&verify(&path).unwrap()), []);
    tamper(&path, |raw| {
        raw.execute("DELETE FROM event WHERE evaluator = 'ann' AND sequence > 6", []).unwrap();
        raw.execute("DELETE FROM rubric WHERE digest = ?1", [digest::text(RUBRICS[1].as_bytes())]).unwrap();
    });
    let report = verify(&path).unwrap();
    assert_eq!(report.faults, []);
    assert_eq!(against(&report), [(ann(), "E-verify-shorter")]);
    let mut journal = Journal::open(&path, Access::Write { evaluator: None, time: 0 }).unwrap();
    let reasons = ["another", "history"].map(|reason| Body::Reopened { reason: reason.to_owned() });
    journal.append(reasons.to_vec(), 10).unwrap();
    drop(journal);
    let report = verify(&path).unwrap();
    assert_eq!(report.faults, []);
    assert_eq!(against(&report), [(ann(), "E-verify-rewritten")]);
    tamper(&path, |raw| {
        raw.execute("DELETE FROM event WHERE evaluator = 'bob'", []).unwrap();
    });
    let missing = (At::Chain("bob".to_owned()), "E-verify-shorter");
    assert_eq!(against(&verify(&path).unwrap()), [(ann(), "E-verify-rewritten"), missing]);
}

#[test]
fn every_fault_says_in_both_languages_where_and_what() {
    let report = rehashed("UPDATE event SET body = 'x' || char(27), step = 9 WHERE evaluator = 'bob'");
    assert!(report.faults.len() > 4);
    for fault in &report.faults {
        let shown = fault.diagnostic();
        assert!(shown.code.starts_with("E-verify-"));
        assert!(shown.what.en.starts_with("event") && shown.what.en.contains("of bob"), "{}", shown.what.en);
        assert!(shown.what.zh.contains("bob 的第"), "{}", shown.what.zh);
        assert!(!shown.what.en.chars().any(char::is_control));
    }
}
