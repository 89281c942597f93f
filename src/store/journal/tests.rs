use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::*;
use crate::domain::evaluation::CellChange;
use crate::domain::number::Number;
use crate::domain::reading::{Cycle, Reading};
use crate::domain::text::Lang;
use crate::store::verify::{Report, verify};

const RUBRIC: &str = "[rubric]\nid = \"r\"\n";

fn pin_of(text: &str) -> Pin {
    Pin { rubric: "r".to_owned(), edition: "1".to_owned(), digest: digest::text(text.as_bytes()) }
}

fn opened() -> Body {
    let cycle = Cycle { first: 2023, last: 2025 };
    Body::Opened { cycle, pin: pin_of(RUBRIC), decided_on: None, lang: Lang::En }
}

fn added(centre: &str) -> Body {
    Body::CentreAdded { centre: centre.to_owned() }
}

fn writing(evaluator: Option<&str>) -> Access {
    Access::Write { evaluator: evaluator.map(str::to_owned), time: 0 }
}

struct Scene {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Scene {
    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { path: folder.path().join("评估.triennial"), folder }
    }

    /// With an evaluation that ann opened.
    fn opened() -> Self {
        let scene = Self::empty();
        Journal::create(&scene.path, "ann", opened(), RUBRIC, 5).unwrap();
        scene
    }

    fn names(&self) -> Vec<String> {
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        let mut names: Vec<String> =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| name(entry.unwrap())).collect();
        names.sort();
        names
    }

    fn open(&self, access: Access) -> Result<Journal, StoreError> {
        Journal::open(&self.path, access)
    }

    fn verify(&self) -> Report {
        verify(&self.path).unwrap()
    }
}

fn counters(events: &[Event]) -> Vec<(&str, u64, u64, u64)> {
    events.iter().map(|e| (e.evaluator.as_str(), e.sequence, e.step, e.lamport)).collect()
}

#[test]
fn what_was_appended_is_read_in_the_order_it_happened() {
    let scene = Scene::empty();
    let mut ann = Journal::create(&scene.path, "ann", opened(), RUBRIC, 5).unwrap();
    let mut all = ann.read_all().unwrap();
    assert_eq!(all[0].body, opened());
    assert_eq!(all[0].time, 5);
    all.extend(ann.append(vec![added("a"), added("b")], 6).unwrap());
    drop(ann);
    let mut bob = scene.open(writing(Some("bob"))).unwrap();
    assert_eq!(bob.evaluator(), Some("bob"));
    all.extend(bob.append(vec![added("c")], 7).unwrap());
    drop(bob);
    // Nobody named: whoever opened it.
    let mut again = scene.open(writing(None)).unwrap();
    all.extend(again.append(vec![added("d")], -1).unwrap());
    assert_eq!(
        counters(&all),
        [("ann", 1, 1, 1), ("ann", 2, 2, 2), ("ann", 3, 2, 3), ("bob", 1, 1, 4), ("ann", 4, 3, 5)]
    );
    assert_eq!(again.read_all().unwrap(), all);
    let heads = again.heads().unwrap();
    assert_eq!(heads.iter().map(|h| (h.evaluator.as_str(), h.length)).collect::<Vec<_>>(), [("ann", 4), ("bob", 1)]);
    assert!(again.append(Vec::new(), 0).unwrap().is_empty());
    drop(again);
    assert_eq!(scene.names(), ["评估.triennial"]);
    let report = scene.verify();
    assert!(report.is_clean(), "{:?}", report.faults);
    assert_eq!(report.heads, heads);
    assert_eq!(report.events, 5);
}

#[test]
fn a_reader_sees_each_step_as_soon_as_it_is_appended() {
    let scene = Scene::empty();
    let mut writer = Journal::create(&scene.path, "ann", opened(), RUBRIC, 0).unwrap();
    let reader = scene.open(Access::Read).unwrap();
    let mut position = Position::default();
    position.advance(&reader.read_since(&position).unwrap());
    assert_eq!(reader.read_since(&position).unwrap(), []);
    let step = writer.append(vec![added("a"), added("b")], 0).unwrap();
    let news = reader.read_since(&position).unwrap();
    assert_eq!(news, step);
    position.advance(&news);
    assert_eq!(reader.read_since(&position).unwrap(), []);
}

#[test]
fn a_second_writer_is_refused_by_whichever_name_it_comes_and_readers_are_not() {
    let scene = Scene::opened();
    let writer = scene.open(writing(Some("ann"))).unwrap();
    let who = |result: Result<Journal, StoreError>| match result.unwrap_err() {
        StoreError::Locked { holder: Some(holder), .. } => holder.evaluator,
        other => panic!("{other:?}"),
    };
    assert_eq!(who(scene.open(writing(Some("bob")))), "ann");
    #[cfg(unix)]
    {
        let link = scene.folder.path().join("link");
        std::os::unix::fs::symlink(&scene.path, &link).unwrap();
        assert_eq!(who(Journal::open(&link, writing(Some("bob")))), "ann");
    }
    assert_eq!(scene.open(Access::Read).unwrap().read_all().unwrap().len(), 1);
    drop(writer);
    scene.open(writing(Some("bob"))).unwrap();
}

#[test]
fn a_reader_cannot_append() {
    let scene = Scene::opened();
    let refused = scene.open(Access::Read).unwrap().append(vec![added("a")], 0).unwrap_err();
    assert_eq!(refused.code(), "E-store-read-only");
}

#[test]
fn founding_never_overwrites_and_a_failed_one_leaves_nothing_behind() {
    let scene = Scene::empty();
    let create = |name, text| Journal::create(&scene.path, name, opened(), text, 0).map(|_| ()).unwrap_err().code();
    assert_eq!(create("ann", "another text"), "E-store-wrong-rubric");
    assert_eq!(create(" ann", RUBRIC), "E-store-evaluator");
    assert_eq!(create("", RUBRIC), "E-store-evaluator");
    let other = Journal::create(&scene.path, "ann", added("a"), RUBRIC, 0).map(|_| ()).unwrap_err();
    assert_eq!(other.code(), "E-store-conflict");
    assert!(scene.names().is_empty());
    fs::write(&scene.path, "mine").unwrap();
    assert_eq!(create("ann", RUBRIC), "E-store-exists");
    assert_eq!(fs::read(&scene.path).unwrap(), b"mine");
    fs::remove_file(&scene.path).unwrap();
    // Of an evaluation that is gone: SQLite would play it back into the new one.
    fs::write(with_suffix(&scene.path, "-journal"), "").unwrap();
    assert_eq!(create("ann", RUBRIC), "E-store-exists");
    assert_eq!(scene.names(), ["评估.triennial-journal"]);
}

#[test]
fn of_many_founders_at_once_one_succeeds() {
    let scene = Scene::empty();
    let founded = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for name in ["ann", "bob", "cy", "di"] {
            let (scene, founded) = (&scene, &founded);
            scope.spawn(move || match Journal::create(&scene.path, name, opened(), RUBRIC, 0) {
                Ok(_) => drop(founded.fetch_add(1, std::sync::atomic::Ordering::SeqCst)),
                Err(StoreError::Exists { .. } | StoreError::Locked { .. }) => {}
                Err(other) => panic!("{other:?}"),
            });
        }
    });
    assert_eq!(founded.into_inner(), 1);
    assert_eq!(scene.names(), ["评估.triennial"]);
    assert!(scene.verify().is_clean());
}

#[test]
fn what_is_not_an_evaluation_is_refused_by_its_kind() {
    let scene = Scene::empty();
    let code = |access| scene.open(access).map(|_| ()).unwrap_err().code();
    assert_eq!(code(Access::Read), "E-store-not-found");
    assert!(scene.names().is_empty());
    fs::create_dir(&scene.path).unwrap();
    assert_eq!(code(writing(None)), "E-store-is-directory");
    fs::remove_dir(&scene.path).unwrap();
    for bytes in [&b""[..], b"short", &[b'x'; 5000]] {
        fs::write(&scene.path, bytes).unwrap();
        assert_eq!(code(writing(None)), "E-store-not-an-evaluation");
        assert_eq!(fs::read(&scene.path).unwrap(), bytes);
    }
    fs::remove_file(&scene.path).unwrap();
    Connection::open(&scene.path).unwrap().execute_batch("CREATE TABLE event (a)").unwrap();
    assert_eq!(code(Access::Read), "E-store-not-an-evaluation");
}

#[test]
fn a_newer_format_is_refused_with_both_numbers() {
    let scene = Scene::opened();
    Connection::open(&scene.path).unwrap().pragma_update(None, "user_version", 7).unwrap();
    let refused = scene.open(Access::Read).unwrap_err();
    assert!(matches!(refused, StoreError::NewerFormat { found: 7, known: FORMAT, .. }), "{refused:?}");
}

#[test]
fn an_older_format_is_read_as_it_is_and_brought_up_to_date_by_the_first_writer_with_a_copy_beside_it() {
    let scene = Scene::opened();
    let format = |path: &Path| -> i64 {
        Connection::open(path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    };
    Connection::open(&scene.path).unwrap().pragma_update(None, "user_version", 1).unwrap();
    let before = scene.open(Access::Read).unwrap().read_all().unwrap();
    assert_eq!((format(&scene.path), scene.names().len()), (1, 1));
    drop(scene.open(writing(None)).unwrap());
    assert_eq!(scene.names(), ["评估.triennial", "评估.triennial.format-1"]);
    assert_eq!(format(&scene.path), FORMAT);
    let copy = with_suffix(&scene.path, ".format-1");
    assert_eq!(format(&copy), 1);
    assert_eq!(scene.open(Access::Read).unwrap().read_all().unwrap(), before);
    assert_eq!(Journal::open(&copy, Access::Read).unwrap().read_all().unwrap(), before);
}

/// The text is what format 1 stored.
#[test]
fn a_drop_of_format_1_has_no_reason_and_keeps_its_text() {
    let text = r#"{"type":"centre-dropped","centre":"c1"}"#;
    let body = decode(text).unwrap();
    assert_eq!(body, Body::CentreDropped { centre: "c1".to_owned(), reason: String::new() });
    assert_eq!(encode(&body), text);
}

#[test]
fn events_and_rubrics_are_guarded_against_any_other_program() {
    let scene = Scene::opened();
    let raw = Connection::open(&scene.path).unwrap();
    for sql in [
        "UPDATE event SET time = 9",
        "DELETE FROM event",
        "UPDATE rubric SET text = ''",
        "DELETE FROM rubric",
        "INSERT INTO event SELECT * FROM event",
    ] {
        assert!(raw.execute(sql, []).is_err(), "{sql}");
    }
    assert!(scene.verify().is_clean());
}

#[test]
fn an_evaluation_whose_guards_were_taken_off_is_not_written_to() {
    let scene = Scene::opened();
    let raw = Connection::open(&scene.path).unwrap();
    raw.execute_batch("CREATE TRIGGER sly AFTER INSERT ON event BEGIN INSERT INTO rubric VALUES ('a', 'b'); END")
        .unwrap();
    assert_eq!(scene.open(writing(None)).unwrap_err().code(), "E-store-damaged");
    raw.execute_batch("DROP TRIGGER sly; DROP TRIGGER event_is_never_changed").unwrap();
    assert_eq!(scene.open(writing(None)).unwrap_err().code(), "E-store-damaged");
    assert_eq!(scene.open(Access::Read).unwrap().read_all().unwrap().len(), 1);
    assert!(!scene.verify().is_clean());
}

#[test]
fn a_step_that_cannot_be_stored_as_it_is_leaves_nothing() {
    let scene = Scene::opened();
    let mut journal = scene.open(writing(None)).unwrap();
    let before = journal.heads().unwrap();
    let third = Number::fraction(1, 3).map(Reading::Value);
    let cell = CellChange { metric: "m".to_owned(), year: None, judge: None, was: None, to: third };
    let cells = Body::Cells { centre: "a".to_owned(), cells: vec![cell] };
    let refused = journal.append(vec![added("a"), cells], 0).unwrap_err();
    assert_eq!(refused.code(), "E-store-unstorable");
    assert_eq!(journal.append(vec![added("a"), opened()], 0).unwrap_err().code(), "E-store-conflict");
    assert_eq!(journal.heads().unwrap(), before);
    journal.append(vec![added("a")], 0).unwrap();
}

#[test]
fn a_new_pin_comes_with_its_text_or_not_at_all() {
    let scene = Scene::opened();
    let mut journal = scene.open(writing(None)).unwrap();
    let text = "another edition";
    let repinned = || vec![Body::Repinned { pin: pin_of(text), reason: "corrected".to_owned() }];
    assert_eq!(journal.append(repinned(), 0).unwrap_err().code(), "E-store-wrong-rubric");
    assert_eq!(journal.append_pinned(repinned(), "no such", 0).unwrap_err().code(), "E-store-wrong-rubric");
    assert_eq!(journal.rubric_text(&pin_of("no such").digest).unwrap_err().code(), "E-store-wrong-rubric");
    journal.append_pinned(repinned(), text, 0).unwrap();
    assert_eq!(journal.rubric_text(&pin_of(text).digest).unwrap(), text);
    assert_eq!(journal.rubric_text(&pin_of(RUBRIC).digest).unwrap(), RUBRIC);
    // Back again: the text is there already.
    let back = vec![Body::Repinned { pin: pin_of(RUBRIC), reason: "withdrawn".to_owned() }];
    journal.append_pinned(back, RUBRIC, 0).unwrap();
    assert!(scene.verify().is_clean());
}

#[test]
fn a_backup_of_an_open_evaluation_is_whole_and_never_overwrites() {
    let scene = Scene::opened();
    let mut journal = scene.open(writing(None)).unwrap();
    journal.append((0..500).map(|n| added(&format!("c{n}"))).collect(), 0).unwrap();
    let to = scene.folder.path().join("copy");
    journal.backup(&to).unwrap();
    assert_eq!(journal.backup(&to).unwrap_err().code(), "E-store-exists");
    journal.append(vec![added("later")], 0).unwrap();
    let report = verify(&to).unwrap();
    assert!(report.is_clean());
    assert_eq!(report.events, 501);
    assert_eq!(scene.open(Access::Read).unwrap().read_all().unwrap().len(), 502);
    drop(journal);
    assert_eq!(scene.names(), ["copy", "评估.triennial"]);
    Journal::open(&to, writing(None)).unwrap().append(vec![added("mine")], 0).unwrap();
}

#[test]
fn a_write_that_was_cut_off_is_taken_back_by_the_next_reader() {
    let scene = Scene::opened();
    let mut journal = scene.open(writing(None)).unwrap();
    journal.append((0..200).map(|n| added(&format!("c{n}"))).collect(), 0).unwrap();
    let cut = scene.folder.path().join("cut");
    {
        // A transaction too large for the cache has written part of itself to the file; copied now, that is what a
        // power cut leaves.
        let raw = Connection::open(&scene.path).unwrap();
        raw.execute_batch(
            "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE; DROP TRIGGER event_is_never_changed",
        )
        .unwrap();
        raw.execute("UPDATE event SET body = hex(randomblob(2000))", []).unwrap();
        fs::copy(&scene.path, &cut).unwrap();
        fs::copy(with_suffix(&scene.path, "-journal"), with_suffix(&cut, "-journal")).unwrap();
    }
    assert_ne!(fs::read(&cut).unwrap(), fs::read(&scene.path).unwrap());
    let report = verify(&cut).unwrap();
    assert!(report.is_clean(), "{:?}", report.faults);
    assert_eq!(report.events, 201);
    assert!(!with_suffix(&cut, "-journal").exists());
}

const VICTIM: &str = "TRIENNIAL_TEST_JOURNAL_TO_WRITE";

/// Not a test of its own: the process that the next one kills.
#[test]
#[expect(clippy::print_stdout, reason = "the next test reads what was saved from here")]
fn a_writer_that_goes_on_until_it_is_killed() {
    let Some(path) = std::env::var_os(VICTIM) else { return };
    let mut journal = Journal::open(Path::new(&path), writing(None)).unwrap();
    for n in 0..1_000_000 {
        journal.append(vec![added(&format!("c{n}")), added(&format!("d{n}"))], 0).unwrap();
        println!("saved {n}");
    }
}

#[test]
fn what_was_saved_before_kill_9_is_there_and_its_lock_is_not() {
    let scene = Scene::opened();
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::journal::tests::a_writer_that_goes_on_until_it_is_killed", "--nocapture"])
        .env(VICTIM, &scene.path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // Read to the end of the test: a writer whose output is closed would end by itself.
    let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines().map(Result::unwrap);
    let saved = lines.by_ref().filter(|line| line.starts_with("saved ")).take(20).count();
    let refused = scene.open(writing(Some("bob"))).unwrap_err();
    victim.kill().unwrap();
    victim.wait().unwrap();
    assert!(matches!(refused, StoreError::Locked { holder: Some(Holder { pid, .. }), .. } if pid == victim.id()));
    assert_eq!(saved, 20);
    assert!(scene.names().contains(&"评估.triennial.lock".to_owned()));
    let mut journal = scene.open(writing(Some("bob"))).unwrap();
    let events = journal.read_all().unwrap();
    assert!(events.len() > 2 * saved, "{}", events.len());
    assert_eq!(events.len() % 2, 1, "a step is whole or not there");
    journal.append(vec![added("after")], 0).unwrap();
    let report = scene.verify();
    assert!(report.is_clean(), "{:?}", report.faults);
}

#[test]
fn a_commit_waits_for_the_disk_and_keeps_to_one_file() {
    let scene = Scene::opened();
    Connection::open(&scene.path).unwrap().pragma_update(None, "journal_mode", "WAL").unwrap();
    let journal = scene.open(writing(None)).unwrap();
    let synchronous: i64 = journal.connection.pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap();
    let mode: String = journal.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!((synchronous, mode.as_str()), (3, "delete"));
}
