//! A block of cells pasted from a spreadsheet into the entry table: from the cursor down and to the right.
//!
//! Fills blanks at once, in one step; where something that stood would change, or a cell cannot be taken, it is shown
//! first. Must not know how a clipboard is read.

use crate::app::entry::{Cell, Entry};
use crate::app::model::{Model, Screen};
use crate::app::msg::Effect;
use crate::app::preview::Preview;
use crate::app::session::Session;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, CellChange};
use crate::domain::text::Text;
use crate::read::{block, cell};
use crate::wording::screen;

pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let (Some(session), Some(entry)) = (&model.session, model.entry()) else { return Vec::new() };
    if session.evaluation.closed.is_some() {
        return super::say(model, screen::WHY_CLOSED);
    }
    let mut pasted = Pasted { session, entry, cells: Vec::new(), unchanged: 0, refused: Vec::new() };
    pasted.place(&block::rows(text));
    let Pasted { cells, unchanged, refused, .. } = pasted;
    let centre = entry.centre.clone();
    let overwrites = cells.iter().any(|cell| cell.was.is_some());
    let bodies = if cells.is_empty() { Vec::new() } else { vec![Body::Cells { centre, cells }] };
    if refused.is_empty() && !overwrites && !bodies.is_empty() {
        return vec![Effect::Append(bodies)];
    }
    let title = screen::PASTED.text();
    let preview = Preview::new(title, bodies, unchanged, refused);
    model.screens.push(Screen::Preview(Box::new(preview)));
    Vec::new()
}

struct Pasted<'a> {
    session: &'a Session,
    entry: &'a Entry,
    cells: Vec<CellChange>,
    unchanged: usize,
    refused: Vec<Diagnostic>,
}

impl Pasted<'_> {
    fn place(&mut self, rows: &[Vec<String>]) {
        let wide = rows.iter().map(Vec::len).max().unwrap_or(0);
        if rows.len() > block::MAX_ROWS || wide > block::MAX_COLUMNS {
            let (en, zh) = (
                format!("the block is too large: {} rows, {wide} columns", rows.len()),
                format!("粘贴内容过大：{} 行，{wide} 列", rows.len()),
            );
            let help = ("save it as a file and import that", "请另存为文件后导入");
            self.refused.push(Diagnostic::error("E-paste-size", en, zh).help(help.0, help.1));
            return;
        }
        let mut targets = self.entry.rows_from_cursor();
        for (cells, n) in rows.iter().zip(1..) {
            let Some(row) = targets.next() else {
                if cells.iter().any(|text| !text.trim().is_empty()) {
                    self.refused.push(beside(
                        n,
                        1,
                        ("the table has no row left for this one", "表格下方已没有对应的行"),
                    ));
                }
                continue;
            };
            self.row(row, cells, n);
        }
    }

    fn row(&mut self, row: usize, cells: &[String], n: usize) {
        let evaluation = &self.session.evaluation;
        let from = self.entry.columns.at;
        // A value of the whole cycle is one cell, whichever column the block begins in.
        let single = self.entry.metric(row).is_some_and(|metric| !evaluation.rubric.metrics[metric.0].yearly);
        let mut taken = false;
        for (text, at) in cells.iter().zip(0..) {
            if text.trim().is_empty() {
                continue;
            }
            let target = if single { Some(0).filter(|_| !taken) } else { Some(from + at) };
            let cell = target.and_then(|column| self.entry.cell_at(row, column, evaluation));
            let Some(cell) = cell else {
                let why = match single {
                    true => ("this metric has one value for the whole cycle", "该数据项整个周期只填一个值"),
                    false => ("there is no year in this column", "该列没有对应的年份"),
                };
                self.refused.push(beside(n, at + 1, why));
                continue;
            };
            taken = true;
            self.cell(&cell, text, (n, at + 1));
        }
    }

    fn cell(&mut self, cell: &Cell, text: &str, (n, column): (usize, usize)) {
        let evaluation = &self.session.evaluation;
        let metric = &evaluation.rubric.metrics[cell.metric.0];
        let reading = match cell::reading(text, metric) {
            Ok(reading) => reading,
            Err(fault) => {
                self.refused.push(fault.in_cell(n, column));
                return;
            }
        };
        let Some(ix) = self.session.find(&self.entry.centre) else { return };
        match evaluation.cell_change(ix, (cell.metric, cell.year), cell.judge.as_deref(), reading) {
            Some(change) => self.cells.push(change),
            None => self.unchanged += 1,
        }
    }
}

fn beside(row: usize, column: usize, (en, zh): (&str, &str)) -> Diagnostic {
    let help = Text {
        en: "put the cursor where the first cell belongs, and copy only the cells themselves".to_owned(),
        zh: "请将光标停在首个单元格处，并只复制单元格本身".to_owned(),
    };
    Diagnostic::error("E-paste-place", en, zh).help(help.en, help.zh).in_cell(row, column)
}
