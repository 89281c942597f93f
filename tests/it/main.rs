//! The program from outside: published tables, the command line, the screens, the house itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod architecture;
mod command_line;
mod conformance;
mod demo;
mod diagnostics;
mod documents;
mod evaluation;
mod hand;
mod language;
mod placing;
mod program;
mod scoring;
mod screens;
mod terminal;
