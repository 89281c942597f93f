//! Characters of a document that a font lacks, each with the place where it stands. Must not know the page.

use std::collections::BTreeSet;

use super::font::Font;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Text;
use crate::write::document::{Block, Document};
use crate::write::printed::said;
use crate::write::sheet::Table;

/// Every character that the font lacks, once for each place. `whose` names the document in the message: an id of a
/// centre.
pub fn missing(document: &Document, whose: &str, font: &Font) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut look = |text: &str, place: &dyn Fn() -> Text| {
        let lacking: BTreeSet<char> = said(text).chars().filter(|c| *c != '\n' && !font.has(*c)).collect();
        faults.extend(lacking.into_iter().map(|c| fault(whose, &place(), c)));
    };
    look(&document.title, &|| words("title", "标题"));
    for (block, nth) in document.blocks.iter().zip(1..) {
        match block {
            Block::Table(table) => self::table(table, &mut look),
            Block::Drawing(drawing) => {
                look(&drawing.caption, &|| paragraph(nth));
                for mark in &drawing.marks {
                    if let crate::write::drawing::Mark::Words { text, .. } = mark {
                        look(text, &|| paragraph(nth));
                    }
                }
            }
            Block::Heading(text)
            | Block::Paragraph(text)
            | Block::Note(text)
            | Block::Line(text, _)
            | Block::Blank(text) => look(text, &|| paragraph(nth)),
        }
    }
    for origin in &document.provenance {
        look(&format!("{}{}", origin.title, origin.value), &|| words(&origin.title, &origin.title));
    }
    faults
}

fn table(table: &Table, look: &mut impl FnMut(&str, &dyn Fn() -> Text)) {
    look(&table.title, &|| words(&table.title, &table.title));
    for column in &table.columns {
        look(&column.title, &|| words(&table.title, &table.title));
    }
    for (row, nth) in table.rows.iter().zip(1..) {
        for (cell, column) in row.cells.iter().zip(&table.columns) {
            let (table, column) = (&table.title, &column.title);
            look(&cell.shown, &|| Text {
                en: format!("table `{table}`, row {nth}, column `{column}`"),
                zh: format!("表“{table}”第{nth}行“{column}”列"),
            });
        }
    }
}

fn words(en: &str, zh: &str) -> Text {
    Text { en: en.to_owned(), zh: zh.to_owned() }
}

fn paragraph(nth: usize) -> Text {
    Text { en: format!("block {nth}"), zh: format!("第{nth}段") }
}

fn fault(whose: &str, place: &Text, c: char) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    let what = Diagnostic::error(
        "E-glyph",
        format!("{whose}, {}: the font has no glyph for `{c}` ({code})", place.en),
        format!("{whose}，{}：字体中没有字符“{c}”（{code}）", place.zh),
    );
    what.help("name a font that has it with --font FILE", "请用 --font FILE 指定包含该字符的字体")
}
