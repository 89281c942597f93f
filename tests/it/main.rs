//! The program from outside: published tables, the command line, the screens, the house itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod architecture;
mod bad_disk;
mod bad_input;
mod command_line;
mod compare;
mod comparison;
mod conformance;
mod crash;
mod demo;
mod diagnostics;
mod documents;
mod evaluation;
mod export;
mod follow;
mod fuzz;
mod hand;
mod import;
mod language;
mod library;
mod maintainer;
mod overlays;
mod placing;
mod program;
mod properties;
mod pty;
mod schema;
mod scoring;
mod screens;
mod small;
mod sync;
mod template;
mod terminal;
mod two_writers;
mod typos;
mod undo;
mod verify_sheet;
mod workbook;
