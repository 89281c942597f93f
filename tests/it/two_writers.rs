//! Two processes at one evaluation, and two evaluators at one cell: one writes, the other is told; everybody reads.

use crate::pty::triennial;
use crate::small::{self, FILE, digest};

#[test]
fn a_second_writer_is_told_who_where_and_since_when_and_readers_always_work() {
    let folder = small::evaluation();
    folder.write("more.csv", "centre,papers@2024\nc1,9\n");
    let mut first = triennial(&[FILE, "--as", "li"], folder.path());
    first.wait_for("Second centre");
    let process = format!("(process {})", first.process_id());
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let lock = folder.read(&format!("{FILE}.lock"));
    let held: serde_json::Value = serde_json::from_str(&lock).unwrap();
    let since = held["since"].as_str().unwrap().to_owned();
    assert!(since.parse::<jiff::Timestamp>().is_ok(), "{since}");
    let writers: [&[&str]; 7] = [
        &[FILE, "--as", "wang"],
        &["centre", "add", FILE, "c9"],
        &["centre", "drop", FILE, "c1"],
        &["import", FILE, "more.csv", "--yes"],
        &["close", FILE, "--reason", "signed"],
        &["reopen", FILE, "--reason", "again"],
        &["repin", FILE, "sme", "--reason", "notice"],
    ];
    for arguments in writers {
        let ran = folder.run(arguments);
        assert_eq!((ran.exit, ran.out.as_str()), (3, ""), "{arguments:?}: {}", ran.err);
        for part in ["E-store-locked", "li is writing to it", host.trim(), &process, &since, "wait until they close it"]
        {
            assert!(ran.err.contains(part), "{arguments:?}: {part}: {}", ran.err);
        }
        let ran = folder.run(&[&["--lang", "zh"], arguments].concat());
        assert!(ran.err.contains("li 自") && ran.err.contains("进程"), "{}", ran.err);
    }
    let before = digest(&folder);
    let readers: [&[&str]; 8] = [
        &["score", FILE],
        &["verify", FILE],
        &["explain", FILE, "c1"],
        &["gaps", FILE],
        &["flags", FILE],
        &["export", FILE, "--format", "csv,json,markdown", "--out", "out"],
        &["backup", FILE, "copy.triennial"],
        &["verify", "copy.triennial"],
    ];
    for arguments in readers {
        folder.done(arguments);
    }
    assert_eq!(folder.run(&["import", FILE, "more.csv"]).exit, 1, "a preview writes nothing and works too");
    first.send("q");
    first.ended(0);
    assert_eq!(digest(&folder), before);
    assert!(!folder.path().join(format!("{FILE}.lock")).exists());
    folder.done(&["import", FILE, "more.csv", "--yes"]);
}

/// A reader in the middle of somebody's typing sees what was saved before it began, whole.
#[test]
fn a_reader_sees_each_step_of_the_writer_once_it_is_saved() {
    let folder = small::evaluation();
    let mut writer = triennial(&[FILE], folder.path());
    writer.wait_for("Second centre");
    writer.send("\r");
    writer.wait_for("income");
    for value in ["71", "72"] {
        writer.send(value);
        writer.send("\r");
        writer.wait_for(&format!("-> {value}"));
        let told = folder.done(&["explain", FILE, "c1"]);
        assert!(told.contains(value), "{told}");
    }
    writer.send("q");
    writer.ended(0);
}
