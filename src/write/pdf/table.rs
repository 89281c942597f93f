//! A table over pages: its header on each of them, a row on one page wherever a page can hold it. Must not know what the
//! table means.

use super::flow::{Flow, base_line, line_height, rule};
use super::piece::{BAND, BLACK, GRAVE, PALE, Part, Piece, RULE, Style};
use crate::write::printed::columns::{self, PAD, Plan, Texts, indent};
use crate::write::printed::{Measure, SIDE, lines, part_title, texts};
use crate::write::sheet::{Align, Emphasis, Row, Table};

/// Free room above and below the lines of a row.
const ABOVE: i32 = 22;
/// At least so many lines of a row that is broken stand on either page.
const WORTH: usize = 3;
/// A row higher than this part of a page is broken where it does not fit: whole, it would leave as much of the page
/// before it empty.
const PART: i32 = 6;

/// A row of lines, ready to be placed.
struct Set<'a> {
    cells: Vec<CellLines>,
    row: Option<&'a Row>,
    parts: Vec<Option<usize>>,
    height: i32,
}

struct CellLines {
    lines: Vec<String>,
    style: Style,
    inset: i32,
    align: Align,
}

/// Places a table with its title; `number` is its own in the document.
pub(super) fn place(flow: &mut Flow<'_>, table: &Table, number: &mut usize) {
    let texts = texts(table);
    let plans = columns::plans(table, &texts, flow.font, flow.width());
    let count = plans.len();
    for (plan, nth) in plans.iter().zip(1..) {
        *number += 1;
        one(flow, table, &texts, plan, (*number, &part_title(table, nth, count)));
    }
}

fn one(flow: &mut Flow<'_>, table: &Table, texts: &Texts, plan: &Plan, (number, title): (usize, &str)) {
    let mut header = set(flow, table, &texts.header, None, plan);
    // A header that would fill the page is printed once, like any row.
    let repeats = header.height <= flow.whole() / 3;
    let first = texts.rows.first().zip(table.rows.first());
    let first = first.map_or(0, |(text, row)| set(flow, table, text, Some(row), plan).height);
    flow.heading(title, (header.height + first).min(flow.whole() / 2));
    header.parts = parts(flow, plan, (number, 0), true);
    place_row(flow, &header, plan, None);
    // Where it is repeated it adorns the page.
    header.parts = vec![None; plan.columns.len()];
    for ((text, row), at) in texts.rows.iter().zip(&table.rows).zip(1..) {
        let mut set = set(flow, table, text, Some(row), plan);
        set.parts = parts(flow, plan, (number, at), false);
        place_row(flow, &set, plan, repeats.then_some(&header));
    }
    flow.gap(40);
}

fn parts(flow: &mut Flow<'_>, plan: &Plan, (table, row): (usize, usize), header: bool) -> Vec<Option<usize>> {
    plan.columns.iter().map(|_| Some(flow.part(Part::Cell { table, row, header }))).collect()
}

fn set<'a>(flow: &Flow<'_>, table: &Table, texts: &[String], row: Option<&'a Row>, plan: &Plan) -> Set<'a> {
    let size = plan.size;
    let cell = |(column, width): &(usize, i32)| {
        let inset = row.map_or(0, |row| indent(row.depth, *column, size));
        let text = texts.get(*column).map_or("", String::as_str);
        let cell = row.and_then(|row| row.cells.get(*column));
        let style = match (row, cell.map_or(Emphasis::None, |cell| cell.emphasis)) {
            (None, _) | (_, Emphasis::Strong) => Style { size, strong: true, colour: BLACK },
            (_, Emphasis::None) => Style { size, strong: false, colour: BLACK },
            (_, Emphasis::Weak) => Style { size, strong: false, colour: PALE },
            (_, Emphasis::Grave) => Style { size, strong: true, colour: GRAVE },
        };
        CellLines {
            lines: lines::of(text, flow.font, size, width - 2 * PAD - inset),
            style,
            inset,
            align: table.columns.get(*column).map_or(Align::Left, |column| column.align),
        }
    };
    let cells: Vec<CellLines> = plan.columns.iter().map(cell).collect();
    let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let height = height(most, size);
    Set { cells, row, parts: Vec::new(), height }
}

fn height(lines: usize, size: i32) -> i32 {
    let lines = i32::try_from(lines).unwrap_or(i32::MAX / 1000);
    lines.saturating_mul(line_height(size)).saturating_add(2 * ABOVE)
}

/// Places a row; where it does not fit it is broken if it is long, else the page is turned before it.
fn place_row(flow: &mut Flow<'_>, set: &Set<'_>, plan: &Plan, header: Option<&Set<'_>>) {
    let above = header.map_or(0, |header| header.height);
    let most = set.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let is_whole = set.height <= (flow.whole() - above) / PART;
    let mut from = 0;
    while from < most {
        let rest = most - from;
        let worth = if is_whole || rest < 2 * WORTH { rest } else { WORTH };
        let needed = height(worth, plan.size);
        if flow.room() < needed {
            flow.turn();
            if let Some(header) = header {
                place_row(flow, header, plan, None);
            }
        }
        let lines = (flow.room() - 2 * ABOVE) / line_height(plan.size);
        let lines = usize::try_from(lines).unwrap_or(0).max(1);
        // As many as there is room for, but so that enough are left for the next page to be worth it.
        let to = match most.min(from.saturating_add(lines)) {
            to if to < most && to > from + WORTH => to.min(most.saturating_sub(WORTH)).max(from + WORTH),
            to => to,
        };
        slice(flow, set, plan, from..to);
        from = to;
    }
}

/// Some lines of a row.
fn slice(flow: &mut Flow<'_>, set: &Set<'_>, plan: &Plan, lines: std::ops::Range<usize>) {
    let width: i32 = plan.columns.iter().map(|(_, width)| width).sum();
    let height = height(lines.len(), plan.size);
    if set.row.is_none() {
        flow.put(None, Piece::Box { x: SIDE, y: flow.y, width, height, colour: BAND });
    }
    let mut x = SIDE;
    for ((cell, (_, width)), part) in set.cells.iter().zip(&plan.columns).zip(&set.parts) {
        let mut y = flow.y + ABOVE + base_line(plan.size);
        // What is read aloud counts cells: an empty one is one as well.
        for line in cell.lines.iter().take(lines.end).skip(lines.start) {
            let left = match cell.align {
                Align::Left => x + PAD + cell.inset,
                Align::Right => x + width - PAD - flow.font.width(line, plan.size),
            };
            flow.put(*part, Piece::Text { x: left, y, style: cell.style, text: line.clone() });
            y += line_height(plan.size);
        }
        x += width;
    }
    flow.y += height;
    let (thick, colour) = if set.row.is_none() { (8, BLACK) } else { (4, RULE) };
    flow.put(None, rule(SIDE, flow.y, width, thick, colour));
}
