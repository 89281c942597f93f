//! Plain text for a terminal: aligned tables and explanations, without colours.
//!
//! Widths are terminal cells, so that Han and Latin text line up; text from outside is made visible first. Must not
//! know how wide the terminal is.

use unicode_width::UnicodeWidthStr;

use super::centre::ledger_rows;
use super::sheet::{Align, Cell, Table, cycle_text};
use super::{Source, cohort, flags, gaps};
use crate::domain::cohort::CentreIx;
use crate::domain::text::Lang;
use crate::wording::gaps::{counted, how_to_list};
use crate::wording::safe::visible;
use crate::wording::terms;
use crate::wording::{grade, ledger};

/// Spaces between columns.
const GAP: &str = "  ";

/// The score table: one row per centre. Criteria are headed by their ids, which are short.
pub fn scores(source: Source<'_>, lang: Lang) -> String {
    let mut scores = cohort::scores(source, lang);
    let criteria: Vec<&str> = source.rubric.criteria().map(|ix| source.rubric.nodes[ix.0].id.as_str()).collect();
    for column in &mut scores.columns {
        if criteria.contains(&column.id.as_str()) {
            column.title.clone_from(&column.id);
        }
    }
    format!("{}{}", draft(source, lang), table(&scores))
}

/// Every flag with its reason.
pub fn flags(source: Source<'_>, lang: Lang) -> String {
    table(&flags::table(source, lang))
}

/// What is still wanted of the centres: how much, then every cell. Figures without evidence are many; of all centres at
/// once they are counted by centre, unless just they are asked for.
pub fn gaps(source: Source<'_>, only: gaps::Only, lang: Lang) -> String {
    let mut text = String::new();
    for wanted in gaps::Wanted::ALL.into_iter().filter(|wanted| only.wanted.is_none_or(|only| only == *wanted)) {
        let (cells, centres) = gaps::count(source, only, wanted);
        text.push_str(&format!("{}\n", counted(lang, wanted == gaps::Wanted::Value, cells, centres)));
    }
    let list = |listed: &Table| if listed.rows.is_empty() { String::new() } else { format!("\n{}", table(listed)) };
    if only != gaps::Only::default() {
        return text + &list(&gaps::table(source, only, lang));
    }
    let blank = gaps::Only { wanted: Some(gaps::Wanted::Value), ..only };
    text.push_str(&list(&gaps::table(source, blank, lang)));
    let by_centre = gaps::evidence_by_centre(source, lang);
    let how = if by_centre.rows.is_empty() { String::new() } else { format!("{}\n", how_to_list(lang)) };
    format!("{text}{}{how}", list(&by_centre))
}

fn draft(source: Source<'_>, lang: Lang) -> String {
    if source.draft { format!("{}\n\n", terms::DRAFT_NOTE.get(lang)) } else { String::new() }
}

/// The whole explanation of one centre's score; empty where the cohort has no card for it.
pub fn explain(source: Source<'_>, centre: CentreIx, lang: Lang) -> String {
    let Some(card) = source.card(centre) else { return String::new() };
    let record = source.cohort.centre(centre);
    let cycle = source.cohort.layout.cycle;
    let mut text = draft(source, lang);
    let years = cycle_text(cycle.first, cycle.last);
    let title = source.rubric.title.get(lang);
    text.push_str(&format!("{} ({})\n", visible(record.label()), visible(&record.id)));
    text.push_str(&format!("{} {}, {years}\n\n", visible(title), visible(&source.rubric.edition)));
    for (_, sentence) in cohort::sentences(source, card, lang) {
        text.push_str(&format!("{}\n", visible(&sentence)));
    }
    let rows = ledger_rows(source, centre, lang);
    if !rows.is_empty() {
        text.push_str(&format!("{}\n", grade::rounding(source.rubric, lang)));
        text.push_str(&format!("\n{}\n\n", terms::LEDGER.get(lang)));
    }
    let labels = rows.iter().map(|row| row.depth * 2 + row.label.width()).max().unwrap_or(0);
    let points = rows.iter().map(|row| row.points.width()).max().unwrap_or(0);
    for row in &rows {
        text.push_str(&explained(row, labels, points));
    }
    text
}

fn explained(row: &ledger::Row, labels: usize, points: usize) -> String {
    let indent = "  ".repeat(row.depth);
    let label = padded(&format!("{indent}{}", visible(&row.label)), labels, Align::Left);
    let mut text = format!("{label}{GAP}{} / {}\n", padded(&row.points, points, Align::Right), row.of);
    for sentence in row.working.iter().chain(&row.citation) {
        text.push_str(&format!("{indent}    {}\n", visible(sentence)));
    }
    text
}

/// Any table: titles, then rows, every column as wide as its widest cell.
pub fn table(table: &Table) -> String {
    let header: Vec<String> = table.columns.iter().map(|column| visible(&column.title).into_owned()).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.iter().map(shown).collect()).collect();
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).chain(header.get(at));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.columns.len()).map(width).collect();
    let line = |cells: &[String]| {
        let cells = cells.iter().zip(&table.columns).zip(&widths);
        let cells: Vec<String> = cells.map(|((cell, column), width)| padded(cell, *width, column.align)).collect();
        format!("{}\n", cells.join(GAP).trim_end())
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut text = format!("{}{}", line(&header), line(&rule));
    rows.iter().for_each(|row| text.push_str(&line(row)));
    text
}

fn shown(cell: &Cell) -> String {
    visible(&cell.shown).into_owned()
}

fn padded(text: &str, width: usize, align: Align) -> String {
    let space = " ".repeat(width.saturating_sub(text.width()));
    match align {
        Align::Left => format!("{text}{space}"),
        Align::Right => format!("{space}{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sheet::{Column, Row};

    fn row(cells: impl IntoIterator<Item = String>) -> Row {
        Row::flat(cells.into_iter().map(Cell::text).collect())
    }

    #[test]
    fn wide_characters_take_two_cells_and_numbers_stand_right() {
        let columns = vec![Column::text("a", "名称"), Column::number("b", "Total")];
        let rows = vec![row(["海洋中心".to_owned(), "9".to_owned()]), row(["Tides".to_owned(), "85.00".to_owned()])];
        let shown = table(&Table { id: "t", title: String::new(), columns, rows });
        let expected = "\
名称      Total
--------  -----
海洋中心      9
Tides     85.00
";
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        let columns = vec![Column::text("a", "A")];
        let shown =
            table(&Table { id: "t", title: String::new(), columns, rows: vec![row(["x\u{1b}[2J".to_owned()])] });
        assert!(shown.contains(r"x\u{1b}[2J"), "{shown}");
    }
}
