//! DOCX: a document that Word, WPS and LibreOffice open and people go on writing in.
//!
//! WordprocessingML written out: the whole of it is a few kinds of element, every one of which is needed exactly as it
//! stands here (fonts for Han text, repeated headers, pictures with their words), and the same document gives the same
//! bytes. Must not know what a document is about.

mod body;
mod emf;
mod package;
mod xml;

use self::body::Body;
use super::document::Document;
use super::printed::{Measure, Paper};
use unicode_width::UnicodeWidthChar;

/// A whole file.
pub fn document(document: &Document) -> Vec<u8> {
    let paper = Paper::of(document, &Halves);
    let body = Body::of(document, paper);
    package::file(document, &body, paper)
}

/// Widths with some to spare: Han letters are square and others little more than half as wide in the fonts that are asked
/// for, but nobody knows which font the reader has instead.
struct Halves;

impl Measure for Halves {
    fn thousandths(&self, c: char) -> i32 {
        match c {
            // Figures must not break: bold ones of the broadest common font fit.
            '0'..='9' => 700,
            c if c.width().unwrap_or(0) > 1 => 1040,
            _ => 620,
        }
    }

    /// As in the broadest common font: a title whose last letter stands alone reads like a mistake.
    fn strong(&self, c: char) -> i32 {
        match c {
            c if c.is_ascii_uppercase() => 800,
            c if c.is_ascii_lowercase() => 680,
            c => self.thousandths(c),
        }
    }

    /// Word breaks no line behind any other.
    fn joints(&self) -> &'static str {
        "-"
    }
}

#[cfg(test)]
mod tests;
