//! The real program in a terminal of its own, as a person sees it: keys go in, a screen comes out.
//!
//! Every wait ends with what it waits for or fails at a deadline; nothing sleeps.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

pub const PATIENCE: Duration = Duration::from_secs(20);

/// A program that runs in a terminal of 80x24.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    writer: Box<dyn Write + Send>,
    parser: vt100::Parser,
    before: String,
}

/// A program to be started in a folder, away from anybody's own settings.
pub fn command(program: impl AsRef<Path>, arguments: &[&str], folder: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program.as_ref());
    command.args(arguments);
    command.cwd(folder);
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("RUST_BACKTRACE", "0");
    // What a program remembers of its user is none of a test's business.
    command.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command
}

/// The binary on its screen.
pub fn triennial(arguments: &[&str], folder: &Path) -> Terminal {
    Terminal::start(command(env!("CARGO_BIN_EXE_triennial"), arguments, folder))
}

/// An example program of this package.
pub fn example(name: &str) -> std::path::PathBuf {
    let tests = std::env::current_exe().unwrap();
    let example = tests.parent().unwrap().parent().unwrap().join("examples").join(name);
    assert!(example.exists(), "`cargo test` builds it; with `--test it` alone, run `cargo build --examples` first");
    example
}

impl Terminal {
    pub fn start(command: CommandBuilder) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let before = format!("{:?}", pair.master.get_termios());
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
    pub fn until(&mut self, what: &str, done: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !done(self.parser.screen()) {
            assert!(self.read_before(deadline), "no {what} in:\n{}", self.parser.screen().contents());
        }
    }

    /// Takes in what the program writes next; not so (`false`) where the deadline or the program's end comes first.
    pub fn read_before(&mut self, deadline: Instant) -> bool {
        let left = deadline.saturating_duration_since(Instant::now());
        self.output.recv_timeout(left).is_ok_and(|bytes| {
            self.parser.process(&bytes);
            true
        })
    }

    pub fn wait_for(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    /// What stands on the screen, row by row.
    pub fn contents(&self) -> String {
        self.parser.screen().contents()
    }

    /// What stands on the screen is lost, as when another program has drawn over it.
    pub fn forget(&mut self) {
        let (rows, cols) = self.parser.screen().size();
        self.parser = vt100::Parser::new(rows, cols, 0);
    }

    /// Gives the window another size; what stood in it is lost.
    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.parser = vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0);
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    pub fn process_id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub fn signal(&self, name: &str) {
        let id = self.process_id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Ends the program without a word to it, and gives the screen as it had drawn it until then.
    pub fn killed(mut self) -> String {
        self.signal("-KILL");
        self.child.wait().unwrap();
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.parser.process(&bytes);
        }
        self.parser.screen().contents()
    }

    /// The program has ended; everything it set is as it was.
    pub fn ended(mut self, code: u32) {
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
