//! A document to be read and printed: headings, paragraphs, tables and drawings in order.
//!
//! HTML, DOCX and PDF are written from it, and from nothing else. Made of a sheet, or of sentences (a notice). Must not
//! know any format.

use super::drawing::Drawing;
use super::sheet::{Align, Carries, GradeSheet, Origin, Table};
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

    /// A sheet to read: what came of it, how that is to be read, the points, the drawings, then how it came about.
    pub fn of_sheet(sheet: &GradeSheet, drawings: Vec<Drawing>) -> Self {
        let behind = |ids: &[&str]| {
            let last = sheet.tables.iter().rposition(|table| ids.contains(&table.id));
            last.map_or(0, |last| last + 1)
        };
        let outcome = match sheet.carries {
            Carries::Centre(_) => behind(&["result", "reasons"]),
            Carries::Cohort | Carries::Nothing => 0,
        };
        let points = behind(&["facts", "criteria", "scores"]).max(outcome);
        // That it is a draft is said before all.
        let (before, notes) = sheet.notes.split_at(usize::from(sheet.draft).min(sheet.notes.len()));
        let note = |note: &String| Block::Note(note.clone());
        let table = |table: &Table| Block::Table(table.clone());
        let mut blocks: Vec<Block> = before.iter().map(note).collect();
        blocks.extend(sheet.tables[..outcome].iter().map(table));
        blocks.extend(notes.iter().map(note));
        blocks.extend(sheet.tables[outcome..points].iter().map(table));
        blocks.extend(drawings.into_iter().map(Block::Drawing));
        blocks.extend(sheet.tables[points..].iter().map(table));
        Self {
            lang: sheet.lang,
            title: sheet.title.clone(),
            draft: sheet.draft,
            blocks,
            provenance: sheet.provenance.clone(),
        }
    }
}
