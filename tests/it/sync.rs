//! Saved means synced: the system calls of one edit, in their order, as `strace` sees them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{Folder, skipped};
use crate::pty::{Terminal, command, example};
use crate::small::{self, FILE};

/// What one edit did, in the order in which it was begun or, for what must reach the disk, ended.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Call {
    /// Bytes written into a file.
    Written(String),
    /// A file or folder forced to the disk.
    Synced(String),
    Removed(String),
    /// Text written to the terminal.
    Drawn(String),
}

/// The calls of a trace made with `-f -y`: each line begins with the thread, and a call that another thread
/// interrupted is in two lines.
fn calls(trace: &str) -> Vec<Call> {
    let mut begun: Vec<(&str, &str)> = Vec::new();
    let mut calls = Vec::new();
    for line in trace.lines() {
        let Some((thread, line)) = line.split_once(' ') else { continue };
        let line = line.trim_start();
        let begins = line.split_once('(').map_or("", |(name, _)| name);
        match begins {
            "write" if file(line).starts_with("/dev/") => calls.push(Call::Drawn(line.to_owned())),
            "pwrite64" => calls.push(Call::Written(file(line).to_owned())),
            "unlink" => calls.push(Call::Removed(line.split('"').nth(1).unwrap_or_default().to_owned())),
            "fsync" | "fdatasync" if line.ends_with("= 0") => calls.push(Call::Synced(file(line).to_owned())),
            "fsync" | "fdatasync" => begun.push((thread, file(line))),
            _ if line.contains("sync resumed") && line.ends_with("= 0") => {
                let at = begun.iter().position(|(by, _)| *by == thread).unwrap();
                calls.push(Call::Synced(begun.remove(at).1.to_owned()));
            }
            _ => {}
        }
    }
    calls
}

/// The path that `-y` puts behind the first descriptor: `fsync(5</folder/file>)`.
fn file(line: &str) -> &str {
    line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or("", |(path, _)| path)
}

/// Whether the frame that says saved was drawn after the file was written and forced to the disk, the rollback journal
/// was removed, and the folder forced to the disk with that.
fn synced_before_saved(calls: &[Call], path: &Path) -> Result<(), String> {
    let name = path.to_str().unwrap().to_owned();
    let folder = path.parent().unwrap().to_str().unwrap().to_owned();
    let written = calls.iter().rposition(|call| *call == Call::Written(name.clone())).ok_or("nothing was written")?;
    let mut from = written;
    for wanted in [Call::Synced(name.clone()), Call::Removed(format!("{name}-journal")), Call::Synced(folder)] {
        let found = calls[from..].iter().position(|call| *call == wanted);
        from += found.ok_or_else(|| format!("no {wanted:?} after the one before it"))?;
    }
    let saved = calls.iter().position(|call| matches!(call, Call::Drawn(text) if text.contains("saved")));
    match saved.ok_or("never shown as saved")? {
        saved if saved > from => Ok(()),
        saved => Err(format!("shown as saved by call {saved}, on the disk only with call {from}")),
    }
}

/// The system calls of a program while one value is typed and shown as saved.
fn traced(strace: &Path, program: &Path, folder: &Folder) -> Vec<Call> {
    let calls_traced = "trace=write,pwrite64,fsync,fdatasync,unlink";
    let trace = folder.path().join("trace");
    let arguments =
        ["-f", "-y", "-s", "65535", "-e", calls_traced, "-o", trace.to_str().unwrap(), program.to_str().unwrap(), FILE];
    let mut terminal = Terminal::start(command(strace, &arguments, folder.path()));
    terminal.wait_for("Second centre");
    terminal.send("\r");
    terminal.wait_for("income");
    terminal.send("71\r");
    terminal.wait_for("saved  papers@2023: blank -> 71");
    terminal.send("q");
    terminal.ended(0);
    calls(&std::fs::read_to_string(trace).unwrap())
}

/// The tracer, where there is one that may trace.
fn strace() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let strace = std::env::split_paths(&folders).map(|folder| folder.join("strace")).find(|path| path.exists())?;
    let tried = Command::new(&strace).args(["-o", "/dev/null", env!("CARGO_BIN_EXE_triennial"), "--version"]).output();
    tried.is_ok_and(|tried| tried.status.success()).then_some(strace)
}

#[test]
fn an_edit_is_on_the_disk_before_the_frame_that_says_saved() {
    let Some(strace) = strace() else {
        let test = "an_edit_is_on_the_disk_before_the_frame_that_says_saved";
        return skipped(test, "strace is not installed, or may not trace");
    };
    let folder = small::evaluation();
    let path = std::fs::canonicalize(small::path(&folder)).unwrap();
    let calls = traced(&strace, Path::new(env!("CARGO_BIN_EXE_triennial")), &folder);
    assert_eq!(synced_before_saved(&calls, &path), Ok(()), "{calls:#?}");
    // The same look at a program that appends after the frame.
    let folder = small::evaluation();
    let path = std::fs::canonicalize(small::path(&folder)).unwrap();
    let refused = synced_before_saved(&traced(&strace, &example("hasty"), &folder), &path).unwrap_err();
    assert!(refused.starts_with("shown as saved by call"), "{refused}");
}
