//! The bench in the real program: figures are moved with keys, the cohort answers, and the file keeps every byte that is
//! not one of their digits.

use crate::program::Folder;
use crate::pty::{self, Terminal};

const NCTI: &str = include_str!("../../rubrics/ncti.toml");

/// The shipped rubric and the demo cohort on the bench.
fn bench(folder: &Folder) -> Terminal {
    folder.done(&["new", "demo.triennial", "--demo"]);
    folder.write("own.toml", NCTI);
    let mut screen = pty::triennial(&["bench", "own.toml", "demo.triennial", "--lang", "en"], folder.path());
    screen.wait_for("grade 0, flags 0, score only 0, same 24");
    screen
}

#[test]
fn saving_a_moved_weight_changes_its_digits_and_those_that_make_up_for_it_and_no_other_byte() {
    let folder = Folder::new();
    let mut screen = bench(&folder);
    // Down to the first indicator, and two more points for it: its siblings of 7, 5 and 5 make up for them.
    screen.send("j++");
    screen.wait_for("Comprehensive: 10, in steps of 1; last move 9 -> 10");
    screen.wait_for("score only");
    assert!(screen.contents().contains("NOT SAVED"), "{}", screen.contents());
    assert_eq!(folder.read("own.toml"), NCTI);
    screen.send("\u{13}");
    screen.wait_for("as in the file");
    let written = folder.read("own.toml");
    let changed: Vec<(&str, &str)> = NCTI.lines().zip(written.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(NCTI.lines().count(), written.lines().count());
    assert_eq!(
        changed[0],
        ("points = { comprehensive = 8, domain = 6 }", "points = { comprehensive = 10, domain = 6 }")
    );
    assert!((2..=4).contains(&changed.len()), "{changed:?}");
    for (old, new) in &changed {
        let without = |line: &str| line.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        assert_eq!(without(old), without(new));
    }
    // The criterion still adds up, or the reader would refuse it.
    folder.done(&["check", "own.toml"]);
    screen.send("q");
    screen.ended(0);
}

#[test]
fn a_broken_file_leaves_the_last_good_answer_and_a_mended_one_is_answered_anew() {
    let folder = Folder::new();
    let mut screen = bench(&folder);
    folder.write("own.toml", NCTI.replacen("at_least = 60\n", "at_least = 70\n", 1));
    screen.wait_for("Good -> Poor");
    folder.write("own.toml", NCTI.replacen("at_least = 60\n", "at_leest = 70\n", 1));
    screen.wait_for("2 errors; below");
    assert!(screen.contents().contains("Good -> Poor"), "{}", screen.contents());
    folder.write("own.toml", NCTI);
    screen.wait_for("grade 0, flags 0, score only 0, same 24");
    screen.send("q");
    screen.ended(0);
}

#[test]
fn a_file_that_somebody_else_has_changed_is_not_written_over() {
    let folder = Folder::new();
    let mut screen = bench(&folder);
    screen.send("j+");
    screen.wait_for("NOT SAVED");
    // What is moved is asked about before it is lost.
    screen.send("\u{1b}");
    screen.wait_for("not saved");
    screen.send("\r");
    let theirs = NCTI.replacen("cycle_years = 3", "cycle_years = 3 # three", 1);
    folder.write("own.toml", &theirs);
    screen.wait_for("as in the file");
    screen.send("u");
    screen.wait_for("NOT SAVED");
    assert_eq!(folder.read("own.toml"), theirs);
    screen.send("\u{3}");
    screen.wait_for("not saved");
    screen.send("\u{1b}");
    screen.ended(0);
}
