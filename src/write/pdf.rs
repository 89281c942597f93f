//! PDF: a document on A4 with its font embedded, its pages numbered and its structure told to those who hear it.
//!
//! The same document and font give the same bytes. Lengths are whole tenths of a point until they are drawn. Must not
//! know what a document is about, and not where the font comes from.

mod canvas;
mod figure;
mod flow;
mod font;
mod glyphs;
mod piece;
mod table;

pub use font::Font;
pub use glyphs::missing;

use self::flow::{BODY, Flow, NOTE};
use self::piece::Layout;
use super::document::{Block, Document};
use super::printed::{Paper, said};
use super::sheet::Align;
use crate::domain::text::Lang;
use crate::wording::terms;

/// A whole document; `None` where the font cannot be embedded. What the font lacks, which [`missing`] tells, is printed
/// as an empty box.
pub fn document(document: &Document, font: &Font) -> Option<Vec<u8>> {
    let lang = match document.lang {
        Lang::En => "en",
        Lang::Zh => "zh-Hans",
    };
    let title = said(&document.title);
    canvas::draw(&layout(document, font), font, &canvas::About { title: &title, lang })
}

/// Where everything stands.
fn layout(document: &Document, font: &Font) -> Layout {
    let title = said(&document.title);
    let mut flow = Flow::new(Paper::of(document, font), font);
    flow.title(&title);
    let mut tables = 0;
    for block in &document.blocks {
        match block {
            Block::Heading(text) => flow.heading(&said(text), 3 * BODY.size),
            Block::Paragraph(text) => flow.paragraph(&said(text), BODY),
            Block::Note(text) => flow.paragraph(&said(text), NOTE),
            Block::Table(table) => table::place(&mut flow, table, &mut tables),
            Block::Drawing(drawing) => flow.drawing(drawing, &said(&drawing.caption)),
            Block::Line(text, align) => flow.line(&said(text), *align == Align::Left),
            Block::Blank(text) => flow.blank(&said(text)),
        }
    }
    if !document.provenance.is_empty() {
        flow.heading(terms::PROVENANCE.get(document.lang), 3 * NOTE.size);
    }
    let colon = if document.lang == Lang::En { ": " } else { "：" };
    for origin in &document.provenance {
        flow.paragraph(&format!("{}{colon}{}", said(&origin.title), said(&origin.value)), NOTE);
    }
    let draft = document.draft.then(|| terms::DRAFT.get(document.lang));
    flow.finish(&title, draft)
}

#[cfg(test)]
mod tests;
