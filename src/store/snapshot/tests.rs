use jiff::civil::date;

use super::*;
use crate::domain::note::{About, Mark};

fn kept(total: &str) -> String {
    format!(
        "---\nsource: a.toml\nexpression: b.csv\n---\nmeaning 1\ndata 2\ngrades good\n\
         centre,kind,total,grade,rank,outcome,flags\na,,{total},good,1,,\nb,,50,good,2,,\n"
    )
}

fn said(reason: &str) -> Acceptance {
    let (by, reason, article) = ("li".to_owned(), reason.to_owned(), "none".to_owned());
    Acceptance { by, on: date(2026, 11, 25), reason, article, marks: Vec::new(), causes: Vec::new(), moved: None }
}

fn place() -> (tempfile::TempDir, Place) {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::new(&folder.path().join("snapshots"), "a@b");
    place.begin(&kept("80")).unwrap();
    (folder, place)
}

fn code(result: Result<Note>) -> &'static str {
    match result {
        Err(SnapshotFault::Said { fault, .. }) => fault.code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_first_snapshot_and_then_another_are_accepted_with_notes_that_follow_each_other() {
    let (_folder, place) = place();
    let first = accept(&place, said("first")).unwrap();
    assert_eq!((first.old.as_deref(), first.moved), (None, None));
    assert_eq!(code(accept(&place, said("again"))), "E-nothing-to-accept");
    place.propose(&kept("81")).unwrap();
    let second = accept(&place, said("stricter")).unwrap();
    assert_eq!(second.old.as_deref(), Some(first.new.as_str()));
    assert_eq!(second.moved, Some(Moved { grade: 0, flags: 0, score: 1, same: 1 }));
    assert_eq!(place.standing().unwrap().unwrap().digest, second.new);
    assert_eq!(place.waiting().unwrap(), None);
    assert_eq!(place.notes().unwrap(), [first, second]);
}

#[test]
fn a_rejected_part_keeps_the_whole_from_being_accepted() {
    let (_folder, place) = place();
    let mark = |verdict| Mark { about: About::Centre("a".to_owned()), verdict, remark: String::new() };
    let marked = |verdict| Acceptance { marks: vec![mark(Verdict::Accept), mark(verdict)], ..said("first") };
    assert_eq!(code(accept(&place, marked(Verdict::Reject))), "E-rejected");
    assert_eq!(place.notes().unwrap(), []);
    let note = accept(&place, marked(Verdict::Discuss)).unwrap();
    assert_eq!(place.notes().unwrap()[0].said.marks, note.said.marks);
}

#[test]
fn a_snapshot_that_nobody_accepted_is_not_built_upon() {
    let (_folder, place) = place();
    accept(&place, said("first")).unwrap();
    file::replace(&place.snapshot(), kept("99").as_bytes()).unwrap();
    place.propose(&kept("81")).unwrap();
    assert_eq!(code(accept(&place, said("second"))), "E-snapshot-touched");
    assert_eq!(place.notes().unwrap().len(), 1);
}

/// Cut off between the note and the move: the note says so already, and nothing is noted twice.
#[test]
fn accepting_again_after_a_cut_only_moves_the_result() {
    let (_folder, place) = place();
    accept(&place, said("first")).unwrap();
    place.propose(&kept("81")).unwrap();
    let second = accept(&place, said("second")).unwrap();
    file::replace(&place.snapshot(), kept("80").as_bytes()).unwrap();
    place.propose(&kept("81")).unwrap();
    assert_eq!(accept(&place, said("once more")).unwrap(), second);
    assert_eq!((place.notes().unwrap().len(), place.waiting().unwrap()), (2, None));
    assert_eq!(place.standing().unwrap().unwrap().digest, second.new);
}

#[test]
fn a_folder_names_each_place_once() {
    let (folder, place) = place();
    place.propose(&kept("81")).unwrap();
    accept(&place, said("first")).unwrap();
    file::write_new(&folder.path().join("snapshots/readme.md"), b"").unwrap();
    file::write_new(&folder.path().join("snapshots/c@d.notes.toml"), b"").unwrap();
    let names = Place::all(&folder.path().join("snapshots")).unwrap();
    assert_eq!(names.iter().map(Place::name).collect::<Vec<_>>(), ["a@b", "c@d"]);
    assert_eq!(Place::all(&folder.path().join("none")).unwrap(), []);
}

/// What stands unaccepted is what the first note begins with, where another result waits beside it.
#[test]
fn a_first_note_tells_what_it_changes_of_a_snapshot_that_nobody_accepted() {
    let (_folder, place) = place();
    place.propose(&kept("40").replace("a,,40,good,1", "a,,40,poor,1")).unwrap();
    let before = place.standing().unwrap().unwrap().digest;
    let note = accept(&place, said("stricter")).unwrap();
    assert_eq!(note.old, Some(before));
    assert_eq!(note.moved, Some(Moved { grade: 1, flags: 0, score: 0, same: 1 }));
    assert_eq!(note.told.len(), 1);
    assert_eq!(note.told[0].grade, Some(("good".to_owned(), "poor".to_owned())));
    assert_eq!(place.notes().unwrap(), [note]);
}

#[test]
fn marks_are_kept_until_what_they_are_of_is_accepted_or_taken_away() {
    let (_folder, place) = place();
    let mark = |centre: &str, verdict| Mark {
        about: About::Centre(centre.to_owned()),
        verdict,
        remark: "see minutes".to_owned(),
    };
    let marks = [mark("a", Verdict::Accept), mark("b", Verdict::Reject)];
    place.keep_marks(&marks, "aa").unwrap();
    assert_eq!(place.marks("aa").unwrap(), marks);
    // Of another result nothing is accepted, and what was rejected is.
    assert_eq!(place.marks("bb").unwrap(), [mark("a", Verdict::Discuss), mark("b", Verdict::Reject)]);
    place.keep_marks(&[], "aa").unwrap();
    assert_eq!(place.marks("aa").unwrap(), []);
    place.keep_marks(&marks, "aa").unwrap();
    place.settle().unwrap();
    assert_eq!(place.marks("aa").unwrap(), []);
}
