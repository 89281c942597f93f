//! The review in the real program: the shipped rubric beside one with one threshold, two weights and one band changed, on
//! the demo cohort.

use std::process::Command;

use crate::program::Folder;
use crate::pty::{self, Terminal};

const STRICTER: &str = include_str!("../compare/ncti-stricter.toml");

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("stricter.toml", STRICTER);
    folder
}

fn review(folder: &Folder, more: &[&str]) -> Terminal {
    let arguments = [&["review", "ncti", "stricter.toml", "--lang", "en"], more].concat();
    pty::triennial(&arguments, folder.path())
}

/// The counts of `triennial compare`: `grade 3, flags 1, score only 14, same 82`.
fn counts(text: &str) -> &str {
    text.lines().find(|line| line.starts_with("grade ") && line.contains("same")).unwrap()
}

fn notes(folder: &Folder, name: &str) -> Vec<toml::Value> {
    let table: toml::Table = folder.read(&format!("snapshots/rubrics/{name}.notes.toml")).parse().unwrap();
    table["note"].as_array().unwrap().clone()
}

fn text<'a>(note: &'a toml::Value, key: &str) -> Option<&'a str> {
    note.get(key).and_then(toml::Value::as_str)
}

/// Where no snapshot stands yet, the old rubric's result is where the note begins.
#[test]
fn accepting_a_change_of_two_rubrics_keeps_a_snapshot_with_a_note_as_every_acceptance_does() {
    let folder = folder();
    let compared = folder.run(&["compare", "ncti", "stricter.toml"]);
    assert_eq!(compared.exit, 1);
    let mut screen = review(&folder, &["--as", "li"]);
    screen.wait_for(counts(&compared.out));
    // The worst one is alone at the top, with the edits that did it.
    screen.wait_for("Grade because of: points of Innovation services to society alone, or band 2");
    screen.send("d");
    screen.wait_for("?1 to discuss");
    screen.send("Ya higher bar\r\tArticle 28\r");
    screen.wait_for("Article 28");
    let (snap, notes_file) = ("snapshots/rubrics/ncti-stricter@ncti.snap", "ncti-stricter@ncti");
    assert!(!folder.path().join(snap).exists(), "Enter is no confirmation");
    screen.send("\u{13}");
    screen.wait_for("ACCEPTED");
    screen.send("q");
    screen.ended(0);
    let note = &notes(&folder, notes_file)[0];
    assert_eq!((text(note, "who"), text(note, "reason")), (Some("li"), Some("a higher bar")));
    assert_eq!(text(note, "article"), Some("Article 28"));
    assert_eq!(note["mark"][0]["verdict"].as_str(), Some("discuss"));
    assert_eq!(note["edit"].as_array().unwrap().len(), 4);
    // The same counts as on the screen and from `compare`, from grades down.
    let moved = |key: &str| note["moved"][key].as_integer().unwrap();
    let said = format!(
        "grade {}, flags {}, score only {}, same {}",
        moved("grade"),
        moved("flags"),
        moved("score"),
        moved("same")
    );
    assert_eq!(said, counts(&compared.out));
    let told = note["centre"].as_array().unwrap();
    assert_eq!(i64::try_from(told.len()).unwrap(), moved("grade") + moved("flags"));
    // The old result is the one that the shipped rubric makes: its snapshot has the digest that the note begins with.
    folder.done(&["snapshot", "check"]);
    folder.run(&["snapshot", "--rubric", "ncti", "--cohort", "ncti", "--out", "other"]);
    folder.done(&["snapshot", "accept", "ncti@ncti", "--reason", "x", "--article", "none", "--out", "other"]);
    let first: toml::Table = folder.read("other/ncti@ncti.notes.toml").parse().unwrap();
    assert_eq!(text(note, "old"), first["note"][0]["new"].as_str());
    // What stands now is not what `ncti` makes of the cohort: a review from there is only looked at.
    let mut screen = review(&folder, &[]);
    screen.wait_for(counts(&compared.out));
    screen.send("Y");
    screen.wait_for("another result stands");
    screen.send("q");
    screen.ended(0);
}

fn git(folder: &Folder, arguments: &[&str]) {
    let plain = ["-c", "user.name=li", "-c", "user.email=li@example.org", "-c", "commit.gpgsign=false"];
    let ran = Command::new("git").current_dir(folder.path()).args(plain).args(arguments).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// A rubric of one's own with its accepted snapshot, then the stricter one in its place.
fn waiting() -> Folder {
    let folder = folder();
    folder.write("own.toml", std::fs::read("rubrics/ncti.toml").unwrap());
    folder.run(&["snapshot", "--rubric", "own.toml", "--cohort", "ncti"]);
    folder.done(&["snapshot", "accept", "ncti@ncti", "--reason", "first", "--article", "none"]);
    let stricter = STRICTER.replacen("id = \"ncti-stricter\"", "id = \"ncti\"", 1);
    folder.write("own.toml", stricter);
    folder
}

const PENDING: &str = "snapshots/rubrics/ncti@ncti.snap.new";
const MARKS: &str = "snapshots/rubrics/ncti@ncti.marks.toml";

/// The shipped rubric means what the snapshot's did, so that the edits are known without git.
#[test]
fn a_result_that_waits_is_marked_left_and_accepted_later() {
    let folder = waiting();
    let nothing = folder.run(&["review", "--lang", "en"]);
    assert_eq!((nothing.exit, nothing.out.as_str()), (2, ""), "{}", nothing.err);
    assert!(nothing.err.contains("E-nothing-to-accept"), "{}", nothing.err);
    assert_eq!(folder.run(&["snapshot"]).exit, 1);
    let compared = folder.run(&["compare", "ncti", "own.toml"]);
    let open = || pty::triennial(&["review", "--lang", "en", "--as", "li"], folder.path());
    let mut screen = open();
    screen.wait_for(counts(&compared.out));
    screen.wait_for("Grade because of: points of Innovation services to society alone, or band 2");
    screen.send("rNask them\r");
    screen.wait_for("rejected: ask them");
    screen.send("q");
    screen.ended(0);
    assert!(folder.read(MARKS).contains("ask them"));
    // The command line does not accept over a rejection either, and the result keeps waiting.
    let accept = ["snapshot", "accept", "ncti@ncti", "--reason", "stricter", "--article", "none"];
    let refused = folder.run(&accept);
    assert!(refused.exit == 2 && refused.err.contains("E-rejected"), "{}", refused.err);
    assert!(folder.path().join(PENDING).exists());
    let mut screen = open();
    screen.wait_for("rejected: ask them");
    screen.send("Y");
    screen.wait_for("something is rejected");
    screen.send("aYthey agreed\tArticle 28\u{13}");
    screen.wait_for("ACCEPTED");
    screen.send("q");
    screen.ended(0);
    let notes = notes(&folder, "ncti@ncti");
    assert_eq!(notes.len(), 2);
    assert_eq!(text(&notes[1], "old"), text(&notes[0], "new"));
    assert_eq!(notes[1]["mark"][0]["remark"].as_str(), Some("ask them"));
    assert!(!folder.path().join(PENDING).exists() && !folder.path().join(MARKS).exists());
    folder.done(&["snapshot", "check"]);
}

/// Of another result an acceptance is to be talked about again, and a rejection stands.
#[test]
fn marks_outlive_another_change_of_the_rubric_but_do_not_accept_it() {
    let folder = waiting();
    assert_eq!(folder.run(&["snapshot"]).exit, 1);
    let mut screen = pty::triennial(&["review", "ncti@ncti", "--lang", "en"], folder.path());
    screen.wait_for("Grade because of");
    screen.send("ajr");
    screen.wait_for("+1 accepted, x1 rejected, ?0 to discuss");
    screen.send("q");
    screen.ended(0);
    folder.write("own.toml", folder.read("own.toml").replace("at_least = 90", "at_least = 91"));
    assert_eq!(folder.run(&["snapshot"]).exit, 1);
    let mut screen = pty::triennial(&["review", "--lang", "en"], folder.path());
    screen.wait_for("+0 accepted, x1 rejected, ?1 to discuss");
    screen.send("q");
    screen.ended(0);
    // With the rubric as it was there is nothing to say any more.
    folder.write("own.toml", std::fs::read("rubrics/ncti.toml").unwrap());
    folder.done(&["snapshot"]);
    assert!(!folder.path().join(MARKS).exists());
}

/// The rubric before is looked for by what it means, in whichever revision it stands.
#[test]
fn the_rubric_before_is_found_in_git_and_where_it_is_not_the_screen_says_so() {
    let folder = Folder::new();
    let threshold = |at_least: &str| {
        let text = std::fs::read_to_string("rubrics/ncti.toml").unwrap();
        text.replace("at_least = 85", &format!("at_least = {at_least}"))
    };
    folder.write("own.toml", threshold("86"));
    folder.run(&["snapshot", "--rubric", "own.toml", "--cohort", "ncti"]);
    folder.done(&["snapshot", "accept", "ncti@ncti", "--reason", "first", "--article", "none"]);
    let open = || pty::triennial(&["review", "ncti@ncti", "--lang", "en"], folder.path());
    let known = "threshold of Excellent: 86 -> 90";
    let changes = |committed: bool| {
        folder.write("own.toml", threshold("90"));
        let mut screen = open();
        if committed {
            screen.wait_for(known);
        } else {
            screen.wait_for("Not known: no revision has the rubric");
        }
        // Who moves is known either way: c02 has 89.14 and d03 89.83, and two others have their places of the quota.
        screen.wait_for("grade 2, flags 2, score only 0, same 20");
        screen.send("q");
        screen.ended(0);
    };
    changes(false);
    git(&folder, &["init", "-q"]);
    folder.write("own.toml", threshold("86"));
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-q", "-m", "first"]);
    changes(true);
    // Also when the change is in a revision already, and another one on top of it.
    git(&folder, &["commit", "-qam", "stricter"]);
    folder.write("own.toml", threshold("90") + "\n# as printed\n");
    git(&folder, &["commit", "-qam", "a comment"]);
    let mut screen = open();
    screen.wait_for(known);
    screen.send("q");
    screen.ended(0);
}

#[test]
fn several_results_that_wait_are_listed() {
    let folder = waiting();
    folder.write("two.toml", std::fs::read("rubrics/sme.toml").unwrap());
    folder.run(&["snapshot", "--rubric", "two.toml", "--cohort", "sme"]);
    folder.done(&["snapshot", "accept", "sme@sme", "--reason", "first", "--article", "none"]);
    let text = folder.read("two.toml");
    assert!(text.contains("at_least = 60"), "{text}");
    folder.write("two.toml", text.replace("at_least = 60", "at_least = 99"));
    let taken = folder.run(&["snapshot", "--lang", "en"]);
    assert_eq!(taken.exit, 1);
    let mut screen = pty::triennial(&["review", "--lang", "en"], folder.path());
    screen.wait_for("Results that wait to be accepted: 2");
    // A snapshot has no points inside a total, so that fewer move than under review.
    let said = taken.out.lines().find_map(|line| line.strip_prefix("ncti@ncti: ")).unwrap();
    screen.wait_for(said);
    screen.send("\r");
    screen.wait_for("Grade because of");
    screen.send("q");
    screen.ended(0);
}

#[test]
fn another_rubric_for_an_evaluation_shows_the_same_impact_and_records_the_reason() {
    let folder = folder();
    folder.done(&["new", "demo.triennial", "--demo"]);
    let compared = folder.run(&["compare", "demo.triennial", "stricter.toml", "--cohort", "demo.triennial"]);
    assert_eq!(compared.exit, 1, "{}", compared.err);
    // The command says the same as `compare`, but for what the three are called; without a reason nothing is written.
    let repin = |more: &[&str]| folder.run(&[&["repin", "demo.triennial", "stricter.toml"], more].concat());
    let shown = repin(&[]);
    assert_eq!(shown.exit, 1, "{}", shown.err);
    let shares = |text: &str| text.split_once("Points by edit").map(|(_, shares)| shares.to_owned());
    assert_eq!(counts(&shown.out), counts(&compared.out));
    assert_eq!(shares(&shown.out), shares(&compared.out));
    assert!(shares(&shown.out).is_some(), "{}", shown.out);
    assert_eq!(repin(&["--reason", " "]).exit, 2);
    let mut screen = pty::triennial(&["demo.triennial", "--lang", "en"], folder.path());
    screen.wait_for("108/108");
    screen.send("Pstricter.toml\r");
    screen.wait_for(counts(&compared.out));
    screen.send("Y");
    screen.wait_for("Score by stricter.toml?");
    screen.send("notice 12 of 2026\u{13}");
    screen.wait_for("ncti-stricter 2023-2025");
    screen.send("H");
    screen.wait_for("notice 12 of 2026");
    screen.send("q");
    screen.ended(0);
    // Nothing is left to compare, and every grade is the one that was shown.
    assert!(folder.done(&["repin", "demo.triennial", "stricter.toml"]).contains("already"));
    let again = folder.run(&["compare", "demo.triennial", "stricter.toml", "--cohort", "demo.triennial"]);
    assert_eq!(again.exit, 0, "{}", again.out);
}
