//! A document to be read and printed: headings, paragraphs, tables and drawings in order.
//!
//! HTML, DOCX and PDF are written from it, and from nothing else. Made of a sheet, or of sentences (a notice). Must not
//! know any format.

use super::drawing::Drawing;
use super::sheet::{Align, GradeSheet, Origin, Table};
use crate::domain::text::Lang;

/// One document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub lang: Lang,
    pub title: String,
    /// Says DRAFT on every page.
    pub draft: bool,
    pub blocks: Vec<Block>,
    /// Where the figures come from; printed at the end.
    pub provenance: Vec<Origin>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Paragraph(String),
    /// A remark in smaller type.
    Note(String),
    /// Its title is its heading.
    Table(Table),
    Drawing(Drawing),
    /// A line of its own in a letter: to whom it goes (left), who signs it (right).
    Line(String, Align),
    /// A line to be filled in by hand or by the issuer, with what belongs there.
    Blank(String),
}

impl Document {
    /// Whether it is a letter: it goes to somebody.
    pub fn is_letter(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Line(..)))
    }

    /// A sheet to read: its notes, its drawings, then its tables.
    pub fn of_sheet(sheet: &GradeSheet, drawings: Vec<Drawing>) -> Self {
        let mut blocks: Vec<Block> = sheet.notes.iter().cloned().map(Block::Note).collect();
        blocks.extend(drawings.into_iter().map(Block::Drawing));
        blocks.extend(sheet.tables.iter().cloned().map(Block::Table));
        Self {
            lang: sheet.lang,
            title: sheet.title.clone(),
            draft: sheet.draft,
            blocks,
            provenance: sheet.provenance.clone(),
        }
    }
}
