//! Undo on the screen across a restart: the very state of before comes back, and nobody else's work is taken back.

use crate::program::Folder;
use crate::pty::{Terminal, triennial};
use crate::small::{self, FILE, digest};

/// Opens the evaluation on its first centre's readings, at the first gap: papers of 2023.
fn entry(folder: &Folder, evaluator: &str) -> Terminal {
    let mut terminal = triennial(&[FILE, "--as", evaluator], folder.path());
    terminal.wait_for("Second centre");
    terminal.send("\r");
    terminal.wait_for("income");
    terminal
}

fn quit(mut terminal: Terminal) {
    terminal.send("q");
    terminal.ended(0);
}

/// Everything that is scored and shown, without the journal's length.
fn state(folder: &Folder) -> (serde_json::Value, String) {
    let mut json: serde_json::Value = serde_json::from_str(&folder.done(&["score", FILE, "--format", "json"])).unwrap();
    let heads = json["provenance"].as_object_mut().unwrap().remove("heads");
    assert!(heads.is_some(), "{json}");
    (json, digest(folder))
}

#[test]
fn undo_after_a_restart_gives_back_the_very_state_of_before() {
    let folder = small::evaluation();
    let start = state(&folder);
    let mut terminal = entry(&folder, "li");
    terminal.send("71\r");
    terminal.wait_for("saved  papers@2023: blank -> 71");
    quit(terminal);
    let one = state(&folder);
    let mut terminal = entry(&folder, "li");
    terminal.send("72\r");
    terminal.wait_for("saved  papers@2024: blank -> 72");
    quit(terminal);
    let two = state(&folder);
    assert!(start != one && one != two && start.1 != one.1 && one.1 != two.1);
    for (was, wanted) in [("72", &one), ("71", &start)] {
        let mut terminal = entry(&folder, "li");
        terminal.send("u");
        terminal.wait_for(&format!("{was} -> blank"));
        quit(terminal);
        assert_eq!(&state(&folder), wanted);
    }
    // The step before those is the import, of both centres: it asks first, and leaves everything where it is refused.
    let mut terminal = entry(&folder, "li");
    terminal.send("u");
    terminal.wait_for("data.csv");
    terminal.send("\u{1b}");
    terminal.until("question that has gone", |screen| !screen.contents().contains("data.csv"));
    quit(terminal);
    assert_eq!(state(&folder), start);
    folder.done(&["verify", FILE]);
}

#[test]
fn undo_over_another_evaluators_later_change_is_refused_and_names_it() {
    let folder = small::evaluation();
    let mut terminal = entry(&folder, "li");
    terminal.send("71\r");
    terminal.wait_for("saved  papers@2023: blank -> 71");
    quit(terminal);
    folder.write("wang.csv", "centre,papers@2023\nc1,99\n");
    folder.done(&["import", FILE, "wang.csv", "--yes", "--as", "wang"]);
    let before = state(&folder);
    let mut terminal = entry(&folder, "li");
    terminal.send("u");
    terminal.wait_for("wang");
    let told = terminal.contents();
    assert!(told.contains("papers@2023"), "{told}");
    terminal.send("\r");
    terminal.until("message that has gone", |screen| !screen.contents().contains("wang"));
    quit(terminal);
    assert_eq!(state(&folder), before);
    // Whose change it is may take it back.
    let mut terminal = entry(&folder, "wang");
    terminal.send("u");
    terminal.wait_for("99 -> 71");
    quit(terminal);
    folder.done(&["verify", FILE]);
}
