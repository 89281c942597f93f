//! The real terminal: whatever ends the program, the terminal is as it was.

use std::path::Path;

use crate::pty::{Terminal, command, example};

/// The example program with the guard, in a terminal of its own.
fn guard(argument: &str) -> Terminal {
    Terminal::start(command(example("guard"), &[argument], Path::new(".")))
}

#[test]
fn quitting_by_key_gives_the_terminal_back() {
    let mut session = guard("wait");
    session.wait_for("triennial");
    session.send("q");
    session.ended(0);
}

#[test]
fn ctrl_c_gives_the_terminal_back() {
    let mut session = guard("wait");
    session.wait_for("triennial");
    session.send("\u{3}");
    session.ended(0);
}

#[test]
fn a_signal_gives_the_terminal_back() {
    let mut session = guard("wait");
    session.wait_for("triennial");
    session.signal("-TERM");
    session.ended(0);
}

#[test]
fn a_panic_inside_draw_gives_the_terminal_back_and_then_reports() {
    let mut session = guard("draw");
    session.until("report", |screen| !screen.alternate_screen() && screen.contents().contains("a panic inside draw"));
    session.ended(101);
}

#[test]
fn a_panic_inside_update_gives_the_terminal_back_and_then_reports() {
    let mut session = guard("update");
    session.wait_for("triennial");
    session.send("d");
    session.until("report", |screen| !screen.alternate_screen() && screen.contents().contains("a panic inside update"));
    session.ended(101);
}

#[test]
fn resizing_down_to_one_cell_and_back_shows_the_screen_again() {
    let mut session = guard("wait");
    session.wait_for("demo");
    // Each size is waited for: crossterm keeps a key that comes in with a resize until the next one.
    for (cols, rows, shown) in [(30, 8, "too small"), (1, 1, "w"), (80, 24, "demo")] {
        session.resize(cols, rows);
        session.wait_for(shown);
    }
    session.send("q");
    session.ended(0);
}

#[test]
fn ctrl_l_draws_every_cell_again() {
    let mut session = guard("wait");
    session.wait_for("demo");
    session.forget();
    session.send("\u{c}");
    session.wait_for("Three-year performance evaluation of technology innovation centres");
    session.wait_for("demo");
    session.send("q");
    session.ended(0);
}
