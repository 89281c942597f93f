//! Panics where a test asks for it, under the program's own terminal guard: the terminal must be left sane.
//!
//! `guard draw` panics inside a frame, `guard update` while a message is handled; without either it waits for a key
//! or a signal.

#![allow(clippy::panic, reason = "panicking is what it is for")]

use triennial::app::Model;
use triennial::domain::text::Lang;
use triennial::tui;

fn main() -> std::io::Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("draw") => {
            let mut guard = tui::terminal::Guard::take()?;
            guard.terminal.draw(|_| panic!("a panic inside draw"))?;
            Ok(())
        }
        // The demo is one key away on the start screen; opening it ends here.
        Some("update") => tui::run(Model::new(Lang::En), None, |_, _| panic!("a panic inside update")).map(drop),
        _ => tui::run(Model::new(Lang::En), None, |_, _| Vec::new()).map(drop),
    }
}
