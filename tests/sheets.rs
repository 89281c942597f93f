//! Words and sheets over a small rubric, from the reading of its text to the bytes that are exported.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test that cannot go on fails")]

#[path = "sheets/data.rs"]
mod data;
#[path = "sheets/fixture.rs"]
mod fixture;
#[path = "sheets/formats.rs"]
mod formats;
#[path = "sheets/words.rs"]
mod words;
