//! The program from outside: published tables, the command line, the screens, the house itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod architecture;
mod bad_disk;
mod bad_input;
mod bench;
mod browser;
mod command_line;
mod compare;
mod comparison;
mod conformance;
mod crash;
mod demo;
mod diagnostics;
mod documents;
mod draws;
mod evaluation;
mod evidence;
mod export;
mod fixtures;
mod follow;
mod fuzz;
mod hand;
mod import;
mod language;
mod library;
mod maintainer;
mod mapping;
mod notices;
mod overlays;
mod paper;
mod placing;
mod plots;
mod program;
mod properties;

mod pty;
mod public;
mod queries;
mod recalculation;
mod robustness;
mod schema;
mod scoring;
mod screens;
mod sheet_schema;
mod small;
mod sync;
mod template;
mod terminal;
mod two_writers;
mod typos;
mod undo;
mod verify_sheet;
mod workbook;
