//! A fault as data: what is wrong, where, and what to do. Must not know how it will be shown or in which language.

use std::ops::Range;

/// How grave a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// One fault of an input. `code` is stable and never translated; `what` and `help` come in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// `E-unknown-key`, `W-uncited`: stable across versions.
    pub code: &'static str,
    pub what: super::text::Text,
    pub help: super::text::Text,
    pub place: Place,
}

/// Where a fault is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Bytes of the text that was read.
    Span(Range<usize>),
    /// A cell of a table: row and column count from 1, the header being row 1.
    Cell { row: usize, column: usize },
    /// The input as a whole.
    Whole,
}

impl Diagnostic {
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Byte position, for sorting by place in the source.
    pub fn start(&self) -> usize {
        match &self.place {
            Place::Span(span) => span.start,
            Place::Cell { row, column } => row * 1_000_000 + column,
            Place::Whole => 0,
        }
    }
}
