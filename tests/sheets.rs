//! Words and sheets over a small rubric, from the reading of its text to the bytes that are exported.

#[path = "sheets/data.rs"]
mod data;
#[path = "sheets/fixture.rs"]
mod fixture;
#[path = "sheets/formats.rs"]
mod formats;
#[path = "sheets/words.rs"]
mod words;
