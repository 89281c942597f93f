//! A fault as data: what is wrong, where, and what to do. Must not know how it will be shown or in which language.

use std::ops::Range;

use super::text::Text;

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
    pub what: Text,
    pub help: Text,
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
    /// An error without a place or remedy yet; the texts are English and Chinese.
    pub fn error(code: &'static str, en: impl Into<String>, zh: impl Into<String>) -> Self {
        let what = Text { en: en.into(), zh: zh.into() };
        Self { severity: Severity::Error, code, what, help: Text::default(), place: Place::Whole }
    }

    /// The same as a warning.
    pub fn warning(code: &'static str, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, en, zh) }
    }

    #[must_use]
    pub fn help(self, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { help: Text { en: en.into(), zh: zh.into() }, ..self }
    }

    #[must_use]
    pub fn at(self, span: Range<usize>) -> Self {
        Self { place: Place::Span(span), ..self }
    }

    #[must_use]
    pub fn in_cell(self, row: usize, column: usize) -> Self {
        Self { place: Place::Cell { row, column }, ..self }
    }

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
