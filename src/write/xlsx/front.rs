//! The sheet itself in a workbook: its tables as people read and print them, with its notes and where it comes from.
//! Must not know the pages that recalculate.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{Cells as _, Held, Page, clean};
use super::place::{Tabs, narrow};
use super::style::{self, Look, Styles};
use crate::domain::text::Lang;
use crate::wording::terms;
use crate::write::sheet::{Cell, CellKind, GradeSheet, Table};

pub(super) struct Front<'a> {
    pub sheet: &'a GradeSheet,
    pub styles: &'a Styles,
}

/// A table wider than this, in characters, has a page of its own.
const WIDE: u32 = 130;
/// A table of more columns than this goes on beside itself on paper, in smaller print, so that it can be read.
const MANY: usize = 8;
const SMALLER: u16 = 65;
/// Titles of where figures come from, and what they are, in characters.
const ORIGINS: [u32; 2] = [30, 80];

impl<'a> Front<'a> {
    /// A page for each table, and one for notes and provenance.
    pub(super) fn apart(&self, stated: &str) -> Result<Vec<Worksheet>, XlsxError> {
        let sheet = self.sheet;
        let mut pages: Vec<Worksheet> = sheet.tables.iter().map(|table| self.alone(table)).collect::<Result<_, _>>()?;
        let mut page = self.page(terms::NOTES.get(sheet.lang))?;
        self.widen(&mut page, &ORIGINS)?;
        page.sheet.set_print_fit_to_pages(1, 0);
        let row = self.title(&mut page)?;
        let row = self.notes(&mut page, row, &ORIGINS, Some(stated))?;
        self.provenance(&mut page, row + 1)?;
        pages.push(page.sheet);
        Ok(pages)
    }

    /// Title, notes, tables and where they come from on one page, and the tables that are too wide for it on others.
    pub(super) fn together(&self, stated: Option<&str>) -> Result<Vec<Worksheet>, XlsxError> {
        let tables = self.sheet.tables.iter();
        let (wide, narrow): (Vec<&Table>, Vec<&Table>) =
            tables.partition(|table| style::widths(table).iter().sum::<u32>() > WIDE);
        let mut page = self.page(Tabs::of(self.sheet.lang).sheet)?;
        let mut widths = ORIGINS.to_vec();
        for own in narrow.iter().map(|table| style::widths(table)) {
            widths.resize(widths.len().max(own.len()), 0);
            widths.iter_mut().zip(own).for_each(|(all, width)| *all = (*all).max(width));
        }
        self.widen(&mut page, &widths)?;
        page.sheet.set_print_fit_to_pages(1, 0);
        let row = self.title(&mut page)?;
        let mut row = self.notes(&mut page, row, &widths, stated)?;
        for table in narrow {
            page.sheet.write_string_with_format(row + 1, 0, clean(&table.title), &self.styles.title)?;
            row = self.table(&mut page, table, row + 2, &widths)?;
        }
        self.provenance(&mut page, row + 1)?;
        let mut pages = vec![page.sheet];
        for table in wide {
            pages.push(self.alone(table)?);
        }
        Ok(pages)
    }

    /// A page with one table, whose head and first two columns stay in sight.
    fn alone(&self, table: &Table) -> Result<Worksheet, XlsxError> {
        let mut page = self.page(&tab(table, self.sheet.lang))?;
        let head = self.title(&mut page)?;
        let widths = style::widths(table);
        self.widen(&mut page, &widths)?;
        match table.columns.len() > MANY {
            true => page.sheet.set_print_scale(SMALLER),
            false => page.sheet.set_print_fit_to_pages(1, 0),
        };
        page.keep(head + 1, narrow(table.columns.len().min(2)))?;
        let row = self.table(&mut page, table, head, &widths)?;
        if let Some(last) = table.columns.len().checked_sub(1) {
            page.sheet.autofilter(head, 0, row - 1, narrow(last))?;
            // What stands above is printed at the head of every sheet of paper.
            page.sheet.set_print_area(head, 0, row - 1, narrow(last))?;
        }
        Ok(page.sheet)
    }

    fn page(&self, name: &str) -> Result<Page<'a>, XlsxError> {
        let draft = self.sheet.draft.then(|| terms::DRAFT.get(self.sheet.lang));
        Page::headed(name, self.styles, &self.sheet.title, draft)
    }

    /// Title and mark of a draft; the next row.
    fn title(&self, page: &mut Page<'_>) -> Result<u32, XlsxError> {
        page.sheet.write_string_with_format(0, 0, clean(&self.sheet.title), &self.styles.title)?;
        if self.sheet.draft {
            let note = terms::DRAFT_NOTE.get(self.sheet.lang);
            page.sheet.write_string_with_format(1, 0, note, &self.styles.draft)?;
        }
        Ok(1 + u32::from(self.sheet.draft))
    }

    fn widen(&self, page: &mut Page<'_>, widths: &[u32]) -> Result<(), XlsxError> {
        let mut widths = widths.iter().enumerate();
        widths.try_for_each(|(at, width)| page.sheet.set_column_width(narrow(at), *width).map(|_| ()))
    }

    /// Each note in a row of its own over all columns, with room for its lines.
    fn notes(&self, page: &mut Page<'_>, mut row: u32, widths: &[u32], stated: Option<&str>) -> Result<u32, XlsxError> {
        let said = self.sheet.notes.iter().map(String::as_str).chain(stated);
        let draft = self.sheet.draft.then(|| terms::DRAFT_NOTE.get(self.sheet.lang));
        for note in said.filter(|note| Some(*note) != draft) {
            let note = clean(note);
            match widths.len().checked_sub(1) {
                Some(last @ 1..) => {
                    page.sheet.merge_range(row, 0, row, narrow(last), &note, &self.styles.note)?;
                    let lines = style::lines(&note, widths.iter().sum());
                    page.sheet.set_row_height(row, style::height(lines))?;
                }
                _ => {
                    page.sheet.write_string_with_format(row, 0, note, &self.styles.note)?;
                }
            }
            row += 1;
        }
        Ok(row)
    }

    fn provenance(&self, page: &mut Page<'_>, mut row: u32) -> Result<(), XlsxError> {
        for line in &self.sheet.provenance {
            page.sheet.write_string_with_format(row, 0, clean(&line.title), &self.styles.head)?;
            page.sheet.write_string_with_format(row, 1, clean(&line.value), &self.styles.origin)?;
            row += 1;
        }
        Ok(())
    }

    /// A table with its head in this row; the next row.
    fn table(&self, page: &mut Page<'_>, table: &Table, from: u32, widths: &[u32]) -> Result<u32, XlsxError> {
        for (column, at) in table.columns.iter().zip(0..) {
            page.words((from, at), Look::Head, &column.title)?;
        }
        let titles = table.columns.iter().map(|column| column.title.as_str());
        room(page, from, titles, widths)?;
        let mut row = from + 1;
        for line in &table.rows {
            for (cell, at) in line.cells.iter().zip(0..) {
                self.cell(page, (row, at), cell, line.depth)?;
            }
            room(page, row, line.cells.iter().map(|cell| cell.shown.as_str()), widths)?;
            row += 1;
        }
        Ok(row)
    }

    fn cell(&self, page: &mut Page<'_>, (row, at): (u32, u16), cell: &Cell, depth: usize) -> Result<(), XlsxError> {
        match (cell.kind, Held::decimal(&cell.data)) {
            (CellKind::Empty, _) => {}
            (CellKind::Number, Held::Number(number)) => {
                number.write(&mut page.sheet, (row, at), &self.styles.shown(cell))?;
            }
            (CellKind::Number | CellKind::Text, _) => {
                let indent = if at == 0 { depth } else { 0 };
                let format = self.styles.text(cell.emphasis, indent);
                page.sheet.write_string_with_format(row, at, clean(&cell.shown), &format)?;
            }
        }
        Ok(())
    }
}

/// Room for the lines of a row: not every program makes it for itself.
fn room<'a>(
    page: &mut Page<'_>,
    row: u32,
    texts: impl Iterator<Item = &'a str>,
    widths: &[u32],
) -> Result<(), XlsxError> {
    let lines = texts.zip(widths).map(|(text, width)| style::lines(text, *width)).max();
    if let Some(lines @ 2..) = lines {
        page.sheet.set_row_height(row, style::height(lines))?;
    }
    Ok(())
}

/// The name of a table's page; no two pages of a workbook have one name, whatever its case.
fn tab(table: &Table, lang: Lang) -> String {
    let Tabs { sheet, points, working, readings } = Tabs::of(lang);
    let taken = [sheet, points, working, readings].iter().any(|tab| tab.to_lowercase() == table.title.to_lowercase());
    if taken { format!("{} 1", table.title) } else { table.title.clone() }
}
