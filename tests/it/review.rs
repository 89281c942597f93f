//! The review in the real program: the shipped rubric beside one with one threshold, two weights and one band changed, on
//! the demo cohort.

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

#[test]
fn accepting_a_change_writes_a_dated_note_beside_the_rubric_and_a_second_one_behind_it() {
    let folder = folder();
    let compared = folder.run(&["compare", "ncti", "stricter.toml"]);
    assert_eq!(compared.exit, 1);
    for (reason, notes) in [("a higher bar", 1), ("once more", 2)] {
        let mut screen = review(&folder, &["--as", "li"]);
        screen.wait_for(counts(&compared.out));
        // The worst one is alone at the top, with the edits that did it.
        screen.wait_for("Grade because of: points of Innovation services to society alone, or band 2");
        screen.send("d");
        screen.wait_for("?1 to discuss");
        screen.send(&format!("Y{reason}\r\tArticle 28\r"));
        screen.wait_for("Article 28");
        assert!(notes == 2 || !folder.path().join("stricter.notes.toml").exists(), "Enter is no confirmation");
        screen.send("\u{13}");
        screen.wait_for("ACCEPTED");
        let table: toml::Table = folder.read("stricter.notes.toml").parse().unwrap();
        let changes = table["change"].as_array().unwrap();
        assert_eq!(changes.len(), notes);
        let change = changes[notes - 1].as_table().unwrap();
        assert_eq!((change["who"].as_str(), change["reason"].as_str()), (Some("li"), Some(reason)));
        assert_eq!(change["article"].as_str(), Some("Article 28"));
        assert!(change["date"].is_datetime());
        assert_eq!(change["edit"].as_array().unwrap().len(), 4);
        assert_eq!(change["centre"][0]["mark"].as_str(), Some("discuss"));
        screen.send("q");
        screen.ended(0);
    }
    // A note that is no TOML is left alone.
    folder.write("broken.toml", "[[change]\n");
    let mut screen = review(&folder, &["--note", "broken.toml"]);
    screen.wait_for(counts(&compared.out));
    screen.send("Ywhy\tnone\u{13}");
    screen.wait_for("E-change-note");
    assert_eq!(folder.read("broken.toml"), "[[change]\n");
    screen.send("\r\u{1b}");
    screen.wait_for("not saved");
    screen.send("\u{1b}");
    screen.wait_for("Y accept all");
    screen.send("q");
    screen.ended(0);
}

#[test]
fn another_rubric_for_an_evaluation_shows_the_same_impact_and_records_the_reason() {
    let folder = folder();
    folder.done(&["new", "demo.triennial", "--demo"]);
    let compared = folder.run(&["compare", "demo.triennial", "stricter.toml", "--cohort", "demo.triennial"]);
    assert_eq!(compared.exit, 1, "{}", compared.err);
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
