//! Disks and files that do not do what is asked of them: full, read-only, a pipe, of a newer program, with a wrong
//! clock. The evaluation is afterwards what it was.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{Folder, Ran, skipped};
use crate::pty::{Terminal, command};
use crate::small::{self, FILE, digest};
use triennial::domain::centre::Field;
use triennial::domain::evaluation::{Body, fold_order};
use triennial::store::journal::FORMAT;
use triennial::store::{Access, Journal};

/// Runs a script of `bash` in a folder, with the program as `$0`; its environment is empty but for what finds programs.
fn script(folder: &Folder, text: &str) -> Ran {
    let mut bash = Command::new("bash");
    bash.args(["-c", text, env!("CARGO_BIN_EXE_triennial")]).current_dir(folder.path()).env_clear();
    bash.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    Ran::from(bash.output().unwrap())
}

/// Runs a script in a user's own view of the file systems, where it may mount; `None` where the machine does not allow
/// that.
fn mounted(folder: &Folder, test: &str, mount: &str, text: &str) -> Option<Ran> {
    let allowed = |what: &str| script(folder, &format!("unshare -rm bash -c '{what}'")).exit == 0;
    if !allowed(mount) {
        skipped(test, "a file system cannot be mounted here without rights");
        return None;
    }
    Some(script(folder, &format!("unshare -rm bash -c '{mount} && {text}' $0")))
}

fn refused(ran: &Ran, exit: i32, says: &[&str]) {
    assert_eq!(ran.exit, exit, "{}{}", ran.out, ran.err);
    for part in says {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert!(!ran.out.contains("imported"), "{}", ran.out);
}

/// More than fits into what is left on the small disks below.
fn many() -> String {
    let row = |n: usize| format!("z{n},名称{n},{n},{n},0.5\n");
    format!("centre,name,income@2023,income@2024,share\n{}", (0..3000).map(row).collect::<String>())
}

#[test]
fn a_full_disk_saves_nothing_says_so_and_keeps_what_was_there() {
    let folder = small::evaluation();
    folder.write("many.csv", many());
    let data = digest(&folder);
    let before = fs::read(small::path(&folder)).unwrap();
    fs::create_dir(folder.path().join("disk")).unwrap();
    let run = |text: &str| {
        let mount = "mount -t tmpfs -o size=128k tmpfs disk";
        let text = format!(
            "cp {FILE} disk && cd disk && {text}; ended=$?; \"$0\" verify {FILE} >&2 || exit 9; cp {FILE} ../after; ls -A >&2; exit $ended"
        );
        mounted(&folder, "a_full_disk_saves_nothing_says_so_and_keeps_what_was_there", mount, &text)
    };
    let Some(ran) = run(&format!("\"$0\" import {FILE} ../many.csv --yes")) else { return };
    refused(&ran, 3, &["E-store-full", "the disk is full", "free some space", "verified"]);
    assert!(ran.err.ends_with(&format!("\n{FILE}\n")), "something was left behind: {}", ran.err);
    assert!(fs::read(folder.path().join("after")).unwrap() == before);
    // One edit more, with no room at all.
    let ran = run(&format!("dd if=/dev/zero of=rest 2>/dev/null; \"$0\" centre set {FILE} c1 --name other")).unwrap();
    refused(&ran, 3, &["E-store-full", "verified"]);
    assert!(fs::read(folder.path().join("after")).unwrap() == before);
    let copies =
        format!("for n in 1 2 3 4 5 6 7 8 9; do \"$0\" backup {FILE} copy-$n || break; done; ! \"$0\" verify copy-$n");
    let ran = run(&copies).unwrap();
    assert_eq!(ran.exit, 0, "a copy that did not fit was left there: {}{}", ran.out, ran.err);
    assert!(ran.err.contains("E-store-full") && !ran.err.contains(".triennial-"), "{}", ran.err);
    assert_eq!(digest(&folder), data);
}

/// Works everywhere: a file may only grow so far.
#[test]
fn a_write_that_is_cut_off_saves_nothing_and_keeps_what_was_there() {
    let folder = small::evaluation();
    folder.write("many.csv", many());
    let data = digest(&folder);
    let before = fs::read(small::path(&folder)).unwrap();
    let ran = script(&folder, &format!("trap '' XFSZ; ulimit -f 64; \"$0\" import {FILE} many.csv --yes"));
    refused(&ran, 3, &["E-store-io", FILE, "check the disk"]);
    // Whoever opens it next takes back what was cut off.
    folder.done(&["verify", FILE]);
    assert!(fs::read(small::path(&folder)).unwrap() == before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "the evaluation and the table");
    assert_eq!(digest(&folder), data);
    folder.done(&["import", FILE, "many.csv", "--yes"]);
}

/// No file may have more than one kilobyte: enough for the lock, not for the journal.
#[test]
fn an_edit_that_cannot_be_saved_is_not_shown_as_saved_and_stays_typed() {
    let folder = small::evaluation();
    let data = digest(&folder);
    let text = format!("trap '' XFSZ; ulimit -f 1; exec \"$0\" {FILE}");
    let bash = command("/bin/bash", &["-c", &text, env!("CARGO_BIN_EXE_triennial")], folder.path());
    let mut terminal = Terminal::start(bash);
    terminal.wait_for("Second centre");
    terminal.send("\r");
    terminal.wait_for("income");
    terminal.send("71\r");
    terminal.wait_for("E-store-io");
    terminal.send("\r");
    terminal.until("message that has gone", |screen| !screen.contents().contains("E-store-io"));
    let shown = terminal.contents();
    let said = shown.lines().any(|line| line.starts_with("saved"));
    assert!(shown.contains("71") && shown.contains("not saved") && !said, "{shown}");
    drop(terminal.killed());
    assert_eq!(digest(&folder), data);
    folder.done(&["verify", FILE]);
}

#[test]
fn an_output_that_takes_nothing_is_said_and_is_not_taken_for_done() {
    let folder = small::evaluation();
    for arguments in ["score", "explain", "gaps", "verify"] {
        let centre = if arguments == "explain" { "c1" } else { "" };
        let ran = script(&folder, &format!("\"$0\" {arguments} {FILE} {centre} > /dev/full"));
        refused(&ran, 3, &["E-store-full", "standard output", "this was not written"]);
    }
}

#[test]
fn a_read_only_file_or_folder_is_named_and_everything_can_still_be_read() {
    let folder = small::evaluation();
    folder.write("given.csv", "centre,income@2024\nc1,7\n");
    fs::create_dir(folder.path().join("there")).unwrap();
    fs::rename(small::path(&folder), folder.path().join("there").join(FILE)).unwrap();
    let test = "a_read_only_file_or_folder_is_named_and_everything_can_still_be_read";
    let only = |what: &str| format!("mount --bind {what} {what} && mount -o remount,bind,ro {what}");
    let file = format!("there/{FILE}");
    let changes = [
        "import FILE given.csv --yes",
        "centre add FILE c9",
        "close FILE --reason signed",
        "repin FILE sme --reason notice",
    ];
    for (mount, says) in [(only("there"), "E-store-read-only-folder"), (only(&file), "E-store-read-only")] {
        for change in changes {
            let change = change.replace("FILE", &file);
            let Some(ran) = mounted(&folder, test, &mount, &format!("\"$0\" {change}")) else { return };
            refused(&ran, 3, &[says, "writable"]);
        }
        for reading in [
            "score FILE",
            "explain FILE c1",
            "gaps FILE",
            "flags FILE",
            "verify FILE",
            "backup FILE copy",
            "export FILE --format csv --out out",
        ] {
            let reading = reading.replace("FILE", &file);
            let ran = mounted(&folder, test, &mount, &format!("\"$0\" {reading} && rm -f copy")).unwrap();
            assert_eq!(ran.exit, 0, "{reading}: {}", ran.err);
        }
    }
    let mount = only("there");
    for writing in ["new there/b --demo", "export FILE --format csv --out there/out", "backup FILE there/copy"] {
        let writing = writing.replace("FILE", &file);
        let ran = mounted(&folder, test, &mount, &format!("\"$0\" {writing}")).unwrap();
        refused(&ran, 3, &["E-store-read-only-folder", "make the folder writable"]);
    }
    assert_eq!(fs::read_dir(folder.path().join("there")).unwrap().count(), 1);
}

#[test]
fn a_file_of_a_newer_program_is_left_alone() {
    let folder = small::evaluation();
    let mut bytes = fs::read(small::path(&folder)).unwrap();
    // The user version: four bytes at 60 of the header, https://www.sqlite.org/fileformat.html#the_database_header
    let known = u32::try_from(FORMAT).unwrap();
    assert_eq!(bytes[60..64], known.to_be_bytes());
    bytes[60..64].copy_from_slice(&(known + 1).to_be_bytes());
    let newer = known + 1;
    let [has, knows] = [format!("format {newer}"), format!("formats up to {known}")];
    let has_zh = format!("文件格式版本为 {newer}");
    folder.write(FILE, &bytes);
    folder.write("given.csv", "centre,income@2024\nc1,7\n");
    let runs: [&[&str]; 6] = [
        &["score", FILE],
        &["verify", FILE],
        &["import", FILE, "given.csv", "--yes"],
        &["centre", "add", FILE, "c9"],
        &["backup", FILE, "copy.triennial"],
        &[FILE],
    ];
    for arguments in runs {
        let ran = folder.run(arguments);
        refused(&ran, 2, &["E-store-newer-format", &has, &knows, "use a newer triennial"]);
        let ran = folder.run(&[&["--lang", "zh"], arguments].concat());
        refused(&ran, 2, &[&has_zh, "请使用更新版本"]);
    }
    assert!(fs::read(small::path(&folder)).unwrap() == bytes);
    assert!(!folder.path().join("copy.triennial").exists());
}

#[test]
fn a_clock_that_was_set_back_changes_no_order_and_verifies() {
    let folder = small::evaluation();
    let named = |to: &str, was: &str| {
        vec![Body::CentreSet { centre: "c1".into(), field: Field::Name, was: was.into(), to: to.into() }]
    };
    // The year 2000, long before the evaluation was opened; then before 1970.
    for (evaluator, time, was, to) in
        [("li", 946_684_800_000_000, "甲中心", "one"), ("wang", -1, "one", "two"), ("li", 0, "two", "three")]
    {
        let access = Access::Write { evaluator: Some(evaluator.into()), time };
        let mut journal = Journal::open(&small::path(&folder), access).unwrap();
        journal.append(named(to, was), time).unwrap();
    }
    let events = Journal::open(&small::path(&folder), Access::Read).unwrap().read_all().unwrap();
    let last: Vec<i64> = events.iter().rev().take(3).map(|event| event.time).collect();
    assert_eq!(last, [0, -1, 946_684_800_000_000], "in the order they were made, whatever the clock said");
    assert!(events.is_sorted_by(|a, b| fold_order(a, b).is_lt()));
    assert!(folder.done(&["score", FILE, "--format", "csv"]).contains("c1,three,"));
    assert!(folder.done(&["verify", FILE]).contains("verified"));
}

#[cfg(unix)]
#[test]
fn a_pipe_with_a_name_is_refused_and_one_without_is_read_to_its_end() {
    let folder = small::evaluation();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let runs: [&[&str]; 6] = [
        &["import", FILE, "pipe", "--yes"],
        &["score", "--rubric", "pipe", "--data", "pipe"],
        &["check", "pipe"],
        &["score", "pipe"],
        &["verify", FILE, "--against", "pipe"],
        &["pipe"],
    ];
    for arguments in runs {
        // Nobody writes to it: whoever opened it would wait until the time is out.
        let ran = script(&folder, &format!("timeout 20 \"$0\" {}", arguments.join(" ")));
        refused(&ran, 2, &["E-store-not-a-file", "this is a pipe or a device, not a file"]);
    }
    let shown = script(&folder, &format!("printf 'centre,income@2024\\nc1,7\\n' | \"$0\" import {FILE} /dev/stdin"));
    assert!(shown.exit == 1 && shown.out.contains("0 new, 1 changed"), "{}{}", shown.out, shown.err);
    assert!(Path::new(&pipe).exists());
}
