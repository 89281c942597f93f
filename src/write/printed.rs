//! What paper asks of a document, whatever prints it: where lines break, how wide columns are, what lies across.
//!
//! Lengths are whole tenths of a point. Must not know any format.

pub(super) mod columns;
pub(super) mod lines;

use self::columns::Texts;
use super::document::{Block, Document};
use super::sheet::{Row, Table};
use crate::wording::safe::visible;

/// How wide letters are.
pub(super) trait Measure {
    /// The width of a character in thousandths of the size.
    fn thousandths(&self, c: char) -> i32;

    /// The same of a bold character.
    fn strong(&self, c: char) -> i32 {
        self.thousandths(c)
    }

    /// Behind which signs inside a word the line may be broken by whoever breaks it.
    fn joints(&self) -> &'static str {
        "_/-"
    }

    /// The width of a text at a size, rounded up; both in tenths of a point.
    fn width(&self, text: &str, size: i32) -> i32 {
        let thousandths: i32 = text.chars().fold(0, |sum: i32, c| sum.saturating_add(self.thousandths(c)));
        let exact = i64::from(thousandths) * i64::from(size);
        i32::try_from((exact + 999) / 1000).unwrap_or(i32::MAX)
    }
}

/// Bold letters.
pub(super) struct Strong<'a>(pub(super) &'a dyn Measure);

impl Measure for Strong<'_> {
    fn thousandths(&self, c: char) -> i32 {
        self.0.strong(c)
    }

    fn joints(&self) -> &'static str {
        self.0.joints()
    }
}

/// The size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paper {
    pub(super) width: i32,
    pub(super) height: i32,
}

/// A4: 210 × 297 mm.
pub(super) const UPRIGHT: Paper = Paper { width: 5953, height: 8419 };
pub(super) const ACROSS: Paper = Paper { width: 8419, height: 5953 };
/// Left free at each side: 18 mm.
pub(super) const SIDE: i32 = 510;

impl Paper {
    /// Across where a table wants it.
    pub(super) fn of(document: &Document, measure: &dyn Measure) -> Self {
        let cramped = |block: &Block| match block {
            Block::Table(table) => !columns::is_comfortable(table, &texts(table), measure, UPRIGHT.room()),
            _ => false,
        };
        if document.blocks.iter().any(cramped) { ACROSS } else { UPRIGHT }
    }

    /// The width between the margins.
    pub(super) fn room(self) -> i32 {
        self.width - 2 * SIDE
    }
}

/// The texts of a table as they are printed.
pub(super) fn texts(table: &Table) -> Texts {
    let row = |row: &Row| row.cells.iter().map(|cell| said(&cell.shown)).collect();
    Texts {
        header: table.columns.iter().map(|column| said(&column.title)).collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

/// Text as it is printed: its lines kept, and what nobody would see or what reorders others written out.
pub(super) fn said(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// The title of a table, or of one part of it.
pub(super) fn part_title(table: &Table, nth: usize, of: usize) -> String {
    let title = said(&table.title);
    if of > 1 { format!("{title} ({nth}/{of})") } else { title }
}
