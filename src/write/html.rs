//! HTML: a document as one file that a browser shows, reads aloud and prints on A4, without script and without asking
//! any network for anything.
//!
//! The page's own policy forbids it everything but its own style, so that not even a slip in escaping could load or run
//! something. Colours follow the reader's light or dark setting and are never the only sign. Must not know what a
//! document is about.

use unicode_width::UnicodeWidthStr;

use super::document::{Block, Document};
use super::sheet::{Align, Cell, Column, Emphasis, Row, Table};
use super::svg::svg;
use crate::domain::text::Lang;
use crate::wording::safe::shown;
use crate::wording::terms;

const STYLE: &str = include_str!("html/style.css");
/// Nothing is loaded, nothing runs, nothing is sent.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";
/// A page with a table of more columns than this is printed across.
const UPRIGHT_COLUMNS: usize = 8;
/// A column whose lines are no wider than this, in cells of a terminal, is never broken.
const SHORT: usize = 14;
/// A column with a line wider than this may be as wide as the page allows.
const LONG: usize = 60;
/// A heading no wider than this is never broken.
const SHORT_HEADING: usize = 8;
/// A row with a cell of more than this is printed over two pages where it does not fit on one.
const TALL: usize = 400;
/// Deeper rows of a tree stand as far in as these.
const DEEPEST: usize = 6;

/// A whole page.
pub fn document(document: &Document) -> String {
    let lang = match document.lang {
        Lang::En => "en",
        Lang::Zh => "zh-Hans",
    };
    let title = text(&document.title);
    let wide = |block: &Block| matches!(block, Block::Table(table) if table.columns.len() > UPRIGHT_COLUMNS);
    let class = class(&[(document.is_letter(), "letter"), (document.blocks.iter().any(wide), "wide")]);
    let draft = text(terms::DRAFT.get(document.lang));
    // Said in the margin of every printed page, besides the stamp behind its text.
    let margin = match document.draft {
        true => format!("@page {{ @top-right {{ content: \"{draft}\"; font-weight: 700; }} }}\n"),
        false => String::new(),
    };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}{margin}</style>\n</head>\n<body{class}>\n"
    );
    if document.draft {
        page.push_str(&format!("<div class=\"stamp\" aria-hidden=\"true\">{draft}</div>\n"));
        page.push_str(&format!("<p class=\"draft\">{draft}</p>\n"));
    }
    page.push_str(&format!("<h1>{title}</h1>\n"));
    page.push_str(&contents(document));
    for (at, block) in document.blocks.iter().enumerate() {
        page.push_str(&self::block(block, at));
    }
    page.push_str(&provenance(document));
    page.push_str("</body>\n</html>\n");
    page
}

/// Links to the tables of a page that has several.
fn contents(document: &Document) -> String {
    let tables: Vec<String> = document
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| match block {
            Block::Table(table) => Some(format!("<li><a href=\"#t{at}\">{}</a></li>\n", text(&table.title))),
            _ => None,
        })
        .collect();
    if tables.len() < 2 {
        return String::new();
    }
    let label = text(terms::CONTENTS.get(document.lang));
    format!("<nav aria-label=\"{label}\">\n<ul>\n{}</ul>\n</nav>\n", tables.concat())
}

fn block(block: &Block, at: usize) -> String {
    match block {
        Block::Heading(heading) => format!("<h2>{}</h2>\n", text(heading)),
        Block::Paragraph(paragraph) => format!("<p>{}</p>\n", lines(paragraph)),
        Block::Note(note) => format!("<p class=\"note\">{}</p>\n", lines(note)),
        Block::Table(table) => self::table(table, at),
        Block::Drawing(drawing) => {
            format!("<figure>\n{}<figcaption>{}</figcaption>\n</figure>\n", svg(drawing), text(&drawing.caption))
        }
        Block::Line(line, Align::Left) => format!("<p class=\"line\">{}</p>\n", lines(line)),
        Block::Line(line, Align::Right) => format!("<p class=\"line end\">{}</p>\n", lines(line)),
        Block::Blank(label) => format!("<div class=\"blank\"><span>{}</span><i></i></div>\n", text(label)),
    }
}

/// A table that a keyboard can scroll where it is wider than the page.
fn table(table: &Table, at: usize) -> String {
    let widths: Vec<&str> = (0..table.columns.len()).map(|column| width(table, column)).collect();
    let mut said = format!(
        "<div class=\"table\" id=\"t{at}\" role=\"region\" aria-labelledby=\"c{at}\" \
         tabindex=\"0\">\n<table>\n<caption id=\"c{at}\">{}</caption>\n<thead>\n<tr>",
        text(&table.title)
    );
    for column in &table.columns {
        let class = class(&[(column.align == Align::Right, "n"), (column.title.width() <= SHORT_HEADING, "short")]);
        said.push_str(&format!("<th scope=\"col\"{class}>{}</th>", text(&column.title)));
    }
    said.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        said.push_str(&self::row(row, &table.columns, &widths));
    }
    said.push_str("</tbody>\n</table>\n</div>\n");
    said
}

/// How much room a column's text wants.
fn width(table: &Table, column: usize) -> &'static str {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let widest = cells.flat_map(|cell| cell.shown.lines()).map(UnicodeWidthStr::width).max().unwrap_or(0);
    match widest {
        0..=SHORT => "short",
        width if width > LONG => "long",
        _ => "",
    }
}

/// The first column names the row.
fn row(row: &Row, columns: &[Column], widths: &[&str]) -> String {
    let tall = row.cells.iter().any(|cell| cell.shown.len() > TALL);
    let mut said = format!("<tr{}>", class(&[(tall, "tall")]));
    for (at, cell) in row.cells.iter().enumerate() {
        let right = columns.get(at).is_some_and(|column| column.align == Align::Right);
        let deep = format!("d{}", row.depth.min(DEEPEST));
        let width = widths.get(at).copied().unwrap_or_default();
        // The second column of a tree holds its titles.
        let class = class(&[(right, "n"), (!width.is_empty(), width), (at == 1 && row.depth > 0, &deep)]);
        let inner = self::cell(cell);
        said.push_str(&match at {
            0 => format!("<th scope=\"row\"{class}>{inner}</th>"),
            _ => format!("<td{class}>{inner}</td>"),
        });
    }
    said.push_str("</tr>\n");
    said
}

fn cell(cell: &Cell) -> String {
    let shown = lines(&cell.shown);
    match cell.emphasis {
        _ if shown.is_empty() => shown,
        Emphasis::None => shown,
        Emphasis::Strong => format!("<strong>{shown}</strong>"),
        Emphasis::Weak => format!("<span class=\"weak\">{shown}</span>"),
        Emphasis::Grave => format!("<strong class=\"grave\">{shown}</strong>"),
    }
}

fn class(named: &[(bool, &str)]) -> String {
    let names: Vec<&str> = named.iter().filter(|(holds, _)| *holds).map(|(_, name)| *name).collect();
    if names.is_empty() { String::new() } else { format!(" class=\"{}\"", names.join(" ")) }
}

fn provenance(document: &Document) -> String {
    if document.provenance.is_empty() {
        return String::new();
    }
    let mut said = format!("<footer>\n<h2>{}</h2>\n<dl>\n", text(terms::PROVENANCE.get(document.lang)));
    for line in &document.provenance {
        said.push_str(&format!("<dt>{}</dt><dd>{}</dd>\n", text(&line.title), text(&line.value)));
    }
    said.push_str("</dl>\n</footer>\n");
    said
}

/// Text between tags, its lines kept.
fn lines(raw: &str) -> String {
    raw.split('\n').map(text).collect::<Vec<_>>().join("<br>")
}

/// Text as text, also in an attribute: nothing in it is markup, and what would reorder or hide what stands around it is
/// written out.
fn text(raw: &str) -> String {
    let mut said = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '&' => said.push_str("&amp;"),
            '<' => said.push_str("&lt;"),
            '>' => said.push_str("&gt;"),
            '"' => said.push_str("&quot;"),
            '\'' => said.push_str("&#39;"),
            '\n' => said.push(' '),
            c => said.push_str(&shown(c)),
        }
    }
    said
}

#[cfg(test)]
mod tests;
