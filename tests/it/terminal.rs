//! The real terminal: whatever ends the program, the terminal is as it was.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const PATIENCE: Duration = Duration::from_secs(20);

/// The example program with the guard, in a terminal of its own.
struct Session {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    writer: Box<dyn Write + Send>,
    parser: vt100::Parser,
    before: String,
}

fn guard() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let guard = tests.parent().unwrap().parent().unwrap().join("examples").join("guard");
    assert!(guard.exists(), "`cargo test` builds it; with `--test it` alone, run `cargo build --examples` first");
    guard
}

impl Session {
    fn start(argument: &str) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let before = format!("{:?}", pair.master.get_termios());
        let mut command = CommandBuilder::new(guard());
        command.arg(argument);
        command.env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "0");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let parser = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        Self { master: pair.master, child, output, writer, parser, before }
    }

    /// Reads until `done`, or fails when patience ends.
    fn until(&mut self, what: &str, done: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !done(self.parser.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => {
                    self.parser.process(&bytes);
                }
                Err(_) => panic!("no {what} in:\n{}", self.parser.screen().contents()),
            }
        }
    }

    fn wait_for(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    /// What stands on the screen is lost, as when another program has drawn over it.
    fn forget(&mut self) {
        self.parser = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
    }

    fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// The program has ended; everything it set is as it was.
    fn ended(mut self, code: u32) {
        assert_eq!(self.child.wait().unwrap().exit_code(), code);
        // With nobody left on the other side, what is still to be read comes to an end.
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.parser.process(&bytes);
        }
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(format!("{:?}", self.master.get_termios()), self.before);
    }
}

#[test]
fn quitting_by_key_gives_the_terminal_back() {
    let mut session = Session::start("wait");
    session.wait_for("triennial");
    session.send("q");
    session.ended(0);
}

#[test]
fn ctrl_c_gives_the_terminal_back() {
    let mut session = Session::start("wait");
    session.wait_for("triennial");
    session.send("\u{3}");
    session.ended(0);
}

#[test]
fn a_signal_gives_the_terminal_back() {
    let mut session = Session::start("wait");
    session.wait_for("triennial");
    let id = session.child.process_id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    session.ended(0);
}

#[test]
fn a_panic_inside_draw_gives_the_terminal_back_and_then_reports() {
    let mut session = Session::start("draw");
    session.until("report", |screen| !screen.alternate_screen() && screen.contents().contains("a panic inside draw"));
    session.ended(101);
}

#[test]
fn a_panic_inside_update_gives_the_terminal_back_and_then_reports() {
    let mut session = Session::start("update");
    session.wait_for("triennial");
    session.send("d");
    session.until("report", |screen| !screen.alternate_screen() && screen.contents().contains("a panic inside update"));
    session.ended(101);
}

#[test]
fn resizing_down_to_one_cell_and_back_shows_the_screen_again() {
    let mut session = Session::start("wait");
    session.wait_for("demo");
    // Each size is waited for: crossterm keeps a key that comes in with a resize until the next one.
    for (cols, rows, shown) in [(30, 8, "too small"), (1, 1, "w"), (80, 24, "demo")] {
        session.forget();
        session.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        session.wait_for(shown);
    }
    session.send("q");
    session.ended(0);
}

#[test]
fn ctrl_l_draws_every_cell_again() {
    let mut session = Session::start("wait");
    session.wait_for("demo");
    session.forget();
    session.send("\u{c}");
    session.wait_for("Three-year performance evaluation of technology innovation centres");
    session.wait_for("demo");
    session.send("q");
    session.ended(0);
}
