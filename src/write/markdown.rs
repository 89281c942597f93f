//! Markdown: sheets as headed tables that read well as they are and when rendered.
//!
//! Text is escaped, never interpreted; a cell of several lines keeps them as `<br>`. Must not know what a table means.

use super::document::{Block, Document};
use super::sheet::{Align, Cell, CellKind, Emphasis, GradeSheet, Origin, Row, Table};
use crate::domain::text::Lang;
use crate::wording::safe::shown;
use crate::wording::terms;

/// A whole sheet.
pub fn sheet(sheet: &GradeSheet) -> String {
    let mut text = format!("# {}\n\n", escaped(&sheet.title));
    if sheet.draft {
        text.push_str(&format!("**{}**\n\n", terms::DRAFT.get(sheet.lang)));
    }
    let notes: Vec<String> = sheet.notes.iter().map(|note| format!("> {}\n", escaped(note))).collect();
    text.push_str(&format!("{}\n", notes.join(">\n")));
    for each in &sheet.tables {
        text.push_str(&format!("## {}\n\n{}\n", escaped(&each.title), table(each)));
    }
    text.push_str(&provenance(&sheet.provenance, sheet.lang));
    text
}

/// A document; what is to be filled in by hand stands as a line.
pub fn document(document: &Document) -> String {
    let mut text = format!("# {}\n\n", escaped(&document.title));
    if document.draft {
        text.push_str(&format!("**{}**\n\n", terms::DRAFT.get(document.lang)));
    }
    for block in &document.blocks {
        text.push_str(&match block {
            Block::Heading(heading) => format!("## {}\n\n", escaped(heading)),
            Block::Paragraph(line) | Block::Line(line, _) => format!("{}\n\n", escaped(line)),
            Block::Note(note) => format!("> {}\n\n", escaped(note)),
            Block::Table(each) => format!("**{}**\n\n{}\n", escaped(&each.title), table(each)),
            Block::Drawing(drawing) => format!("> {}\n\n", escaped(&drawing.caption)),
            Block::Blank(label) => format!("{}{}\\_\\_\\_\\_\\_\\_\\_\\_\n\n", escaped(label), colon(document.lang)),
        });
    }
    text.push_str(&provenance(&document.provenance, document.lang));
    text
}

fn provenance(lines: &[Origin], lang: Lang) -> String {
    let mut text = format!("## {}\n\n", terms::PROVENANCE.get(lang));
    for line in lines {
        text.push_str(&format!("- {}{}{}\n", escaped(&line.title), colon(lang), escaped(&line.value)));
    }
    text
}

const fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::En => ": ",
        Lang::Zh => "：",
    }
}

/// One table.
pub fn table(table: &Table) -> String {
    let header: Vec<String> = table.columns.iter().map(|column| escaped(&column.title)).collect();
    let rule: Vec<&str> = table
        .columns
        .iter()
        .map(|column| match column.align {
            Align::Left => "---",
            Align::Right => "---:",
        })
        .collect();
    let mut text = format!("| {} |\n| {} |\n", header.join(" | "), rule.join(" | "));
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().enumerate().map(|(at, cell)| field(row, at, cell)).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

fn field(row: &Row, at: usize, cell: &Cell) -> String {
    if cell.shown.is_empty() {
        return String::new();
    }
    let text = match cell.kind {
        CellKind::Number => marked(&cell.shown),
        CellKind::Empty | CellKind::Text => escaped(&cell.shown),
    };
    let text = match cell.emphasis {
        Emphasis::Strong | Emphasis::Grave => format!("**{text}**"),
        Emphasis::None | Emphasis::Weak => text,
    };
    // The second column of a tree holds its titles; an ordinary space would be cut off.
    if at == 1 && row.depth > 0 { format!("{}{text}", "&emsp;".repeat(row.depth)) } else { text }
}

/// Text whose first character would begin a heading, list or quotation is escaped there as well.
pub fn escaped(text: &str) -> String {
    let text = marked(text);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if text.starts_with(['#', '>', '-', '+', '=']) {
        format!("\\{text}")
    } else if digits > 0 && text[digits..].starts_with(['.', ')']) && text[digits + 1..].starts_with(' ') {
        format!("{}\\{}", &text[..digits], &text[digits..])
    } else {
        text
    }
}

fn marked(text: &str) -> String {
    let mut out = String::new();
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' => out.push_str("<br>"),
            '\\' | '|' | '<' | '`' | '*' | '[' | ']' | '~' | '&' => {
                out.push('\\');
                out.push(c);
            }
            // Inside a word an underscore is only an underscore.
            '_' if before.is_some_and(char::is_alphanumeric) && rest.peek().is_some_and(|c| c.is_alphanumeric()) => {
                out.push('_');
            }
            '_' => out.push_str("\\_"),
            c => out.push_str(&shown(c)),
        }
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_text_stays_text() {
        assert_eq!(escaped("a|b<br>`x` *y* _z_"), "a\\|b\\<br>\\`x\\` \\*y\\* \\_z\\_");
        assert_eq!(escaped("# not a heading"), "\\# not a heading");
        assert_eq!(escaped("- no list"), "\\- no list");
        assert_eq!(escaped("1. no list"), "1\\. no list");
        assert_eq!(escaped("12.5"), "12.5");
        assert_eq!(escaped("sum(service_income)"), "sum(service_income)");
        assert_eq!(escaped("0.33~ and 0.67~"), "0.33\\~ and 0.67\\~");
        assert_eq!(escaped("one\ntwo\u{1b}"), r"one<br>two\u{1b}");
    }

    #[test]
    fn a_negative_number_is_no_list() {
        let cell = Cell { kind: CellKind::Number, shown: "-2".into(), data: "-2".into(), emphasis: Emphasis::None };
        assert_eq!(field(&Row::flat(Vec::new()), 0, &cell), "-2");
    }
}
