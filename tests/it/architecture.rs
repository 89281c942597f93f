//! The house holds: arrows between the rooms point down only, and each room keeps to its own tools.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms it may know. `cli` knows all.
const ROOMS: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("wording", &["domain"]),
    ("read", &["domain", "wording"]),
    ("write", &["domain", "wording"]),
    ("app", &["domain", "wording", "read", "write"]),
    ("store", &["domain", "wording", "read", "write"]),
    ("tui", &["app", "domain", "wording", "read", "write"]),
    ("cli", &["app", "domain", "wording", "read", "write", "store", "tui"]),
];

/// What may stand only in the rooms named; tests of other rooms keep to it as well.
const ONLY_IN: [(&str, &[&str]); 27] = [
    ("std::fs", &["store"]),
    ("std::env", &["store", "tui", "cli"]),
    ("std::net", &[]),
    ("std::process", &["store", "cli"]),
    ("std::thread", &["store", "tui", "cli"]),
    ("SystemTime", &["cli"]),
    ("Instant::", &[]),
    ("Timestamp::now", &[]),
    ("Zoned::now", &[]),
    ("rusqlite", &["store"]),
    ("tempfile", &["store", "cli"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("tui_input", &["app", "tui"]),
    ("clap", &["cli"]),
    ("toml::de", &["read"]),
    ("csv::", &["read", "write", "cli"]),
    ("calamine", &["read"]),
    ("rust_xlsxwriter", &["write"]),
    ("annotate_snippets", &["wording"]),
    ("println!", &[]),
    ("eprintln!", &[]),
    ("f64", &[]),
    ("f32", &[]),
    ("krilla", &["write"]),
    ("skrifa", &["write"]),
    ("zip::", &["read", "write"]),
];

/// The one file that may use binary fractions: the numbers of a PDF are such, and none of them is a score.
const FLOATS_IN: &str = "src/write/pdf/canvas.rs";

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn rooms() -> Vec<(String, PathBuf, String)> {
    let mut paths = Vec::new();
    sources(Path::new("src"), &mut paths);
    let room = |path: &Path| {
        let first = path.strip_prefix("src").unwrap().components().next().unwrap();
        first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
    };
    let read = |path: PathBuf| (room(&path), fs::read_to_string(&path).unwrap(), path);
    let rooms = paths.into_iter().map(read).filter(|(room, ..)| room != "lib" && room != "main");
    rooms.map(|(room, text, path)| (room, path, text)).collect()
}

/// The code of a file, without comments and without its unit tests at the bottom.
fn code(text: &str) -> String {
    let body = text.split("#[cfg(test)]").next().unwrap_or_default();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn arrows_point_down_only() {
    for (room, path, text) in rooms() {
        let (_, may) =
            ROOMS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("no room: {}", path.display()));
        for (other, _) in ROOMS {
            let named = text.contains(&format!("crate::{other}::")) || text.contains(&format!("crate::{{{other}"));
            assert!(!named || other == room || may.contains(&other), "{} names {other}", path.display());
        }
        assert!(!text.contains("use crate::*"), "{}", path.display());
    }
}

#[test]
fn each_room_keeps_to_its_tools() {
    for (room, path, text) in rooms() {
        let code = code(&text);
        if path.ends_with("tests.rs") {
            continue;
        }
        for (name, only) in ONLY_IN {
            if name == "f32" && path == Path::new(FLOATS_IN) {
                continue;
            }
            // A workbook holds binary fractions; one file makes them, and does nothing else.
            if name == "f64" && path.ends_with("write/xlsx/figure.rs") {
                continue;
            }
            assert!(!code.contains(name) || only.contains(&room.as_str()), "{} uses {name}", path.display());
        }
        if room == "domain" {
            assert!(!code.contains("serde"), "{} knows an encoding", path.display());
        }
    }
}

#[test]
fn files_are_named_after_a_noun_and_open_with_their_purpose() {
    for (_, path, text) in rooms() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        for vague in ["util", "utils", "helper", "helpers", "common", "manager", "misc"] {
            assert_ne!(name, vague, "{}", path.display());
        }
        assert!(name == "tests" || text.starts_with("//!"), "{} does not say what it is for", path.display());
        assert_ne!(name, "mod", "{}: foo.rs and foo/, not mod.rs", path.display());
    }
}
