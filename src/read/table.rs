//! Tables of readings, long or wide, into what they say about each centre.
//!
//! Long: `centre,metric,year,value` and perhaps `judge`, one reading a row. Wide: `centre`, then a column per
//! `metric@year`, `metric@year#judge` or plain `metric`. Both may have the reserved centre columns and the attributes
//! the rubric declares. Must not know what already stands in an evaluation.

mod fault;
mod header;
mod rows;

use std::collections::HashMap;

use crate::domain::centre::{Centre, Field};
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::reading::{Cycle, Layout, Reading};
use crate::domain::rubric::{MetricIx, Rubric};
use crate::read::cell;
use crate::read::manner::remedied;
use crate::read::total::is_total;
use crate::read::workbook::{Row as SheetRow, Sheet};

pub use fault::{bad_field, id_fault, since_fault};
use fault::{duplicate_centre, given_twice, no_header, row_length, totals_row};
use header::{Column, Header, Reads, Shape};
pub(in crate::read) use header::{contract, metric_named, unknown_metric};
use rows::Row;

/// What a table says, centre by centre in the order of their first rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    pub cycle: Cycle,
    pub centres: Vec<CentreData>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentreData {
    pub id: String,
    /// Facts that are given, with empty cells left out.
    pub fields: Vec<(Field, String)>,
    /// Cells that are given; `None` for an empty one.
    pub cells: Vec<CellData>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellData {
    pub metric: MetricIx,
    pub year: Option<i16>,
    pub judge: Option<String>,
    pub reading: Option<Reading>,
}

/// The longest id of a centre, in characters.
pub const MAX_ID: usize = 64;

/// Reads a table. The cycle is the given one, or follows from the years the table names. The diagnostics hold all
/// faults; there is data exactly where none of them is an error.
pub fn table(text: &str, rubric: &Rubric, cycle: Option<Cycle>) -> (Option<Data>, Vec<Diagnostic>) {
    let (data, faults) = survey(text, rubric, cycle);
    let clean = !faults.iter().any(Diagnostic::is_error);
    (data.filter(|_| clean), faults)
}

/// Reads what can be read of a table beside its faults, so that a person sees both: cells and rows at fault are left
/// out. There is no data where it is not even clear what the columns are.
pub fn survey(text: &str, rubric: &Rubric, cycle: Option<Cycle>) -> (Option<Data>, Vec<Diagnostic>) {
    let (rows, broken) = rows::rows(text);
    surveyed(&rows, broken.into_iter().collect(), text.is_empty(), rubric, cycle)
}

/// The same for a sheet of a workbook. Rows above the first one that [`is_header`] are its title.
pub fn survey_sheet(sheet: &Sheet, rubric: &Rubric, cycle: Option<Cycle>) -> (Option<Data>, Vec<Diagnostic>) {
    let (rows, faults) = rows::of_sheet(sheet, |titles| is_header(titles, rubric));
    surveyed(&rows, faults, false, rubric, cycle)
}

/// The columns that make a table a long one.
pub(in crate::read) const SHAPE: [&str; 4] = ["metric", "year", "value", "judge"];

/// The rows of a text as a sheet of a workbook has them; a fault where its quotes do not fit.
pub fn sheet(text: &str) -> (Sheet, Option<Diagnostic>) {
    let (rows, broken) = rows::rows(text);
    let cells = |row: &Row| row.cells.iter().map(str::to_owned).collect();
    let rows = rows.iter().map(|row| SheetRow { number: row.number, cells: cells(row), marks: Vec::new() });
    (Sheet { rows: rows.collect(), ..Sheet::default() }, broken)
}

/// Puts together what several sheets say; a cell that two of them give is a fault.
pub fn together(parts: Vec<Data>) -> Option<(Data, Vec<Diagnostic>)> {
    let mut whole: Option<Data> = None;
    let mut index: HashMap<String, usize> = HashMap::new();
    let mut faults = Vec::new();
    for part in parts {
        let Some(whole) = &mut whole else {
            index.extend(part.centres.iter().enumerate().map(|(at, centre)| (centre.id.clone(), at)));
            whole = Some(part);
            continue;
        };
        for given in part.centres {
            let Some(known) = index.get(&given.id).and_then(|at| whole.centres.get_mut(*at)) else {
                index.insert(given.id.clone(), whole.centres.len());
                whole.centres.push(given);
                continue;
            };
            for cell in given.cells {
                let is = |other: &CellData| {
                    (other.metric, other.year, &other.judge) == (cell.metric, cell.year, &cell.judge)
                };
                if known.cells.iter().any(is) {
                    faults.push(given_twice(&given.id));
                } else {
                    known.cells.push(cell);
                }
            }
            for (field, text) in given.fields {
                match known.fields.iter().find(|(other, _)| *other == field) {
                    None => known.fields.push((field, text)),
                    Some((_, before)) if *before == text => {}
                    Some(_) => faults.push(given_twice(&given.id)),
                }
            }
        }
    }
    faults.dedup();
    whole.map(|whole| (whole, faults))
}

/// Whether a row heads a table: it names the column of the centres' ids.
pub fn is_header(titles: &[String], rubric: &Rubric) -> bool {
    header::names_centre(titles, rubric)
}

fn surveyed(
    rows: &[Row],
    faults: Vec<Diagnostic>,
    empty: bool,
    rubric: &Rubric,
    cycle: Option<Cycle>,
) -> (Option<Data>, Vec<Diagnostic>) {
    let mut reader =
        Reader { rubric, long: false, faults, centres: Vec::new(), index: HashMap::new(), seen: HashMap::new() };
    let cycle = reader.whole(rows, empty, cycle);
    reader.faults.sort_by_key(Diagnostic::start);
    let mut centres = reader.centres;
    centres.retain(|centre| centre.id != REFUSED);
    (cycle.map(|cycle| Data { cycle, centres }), reader.faults)
}

/// The cohort that a table describes, where nothing is still to come: what is blank counts as not reported.
pub fn cohort(data: &Data, rubric: &Rubric) -> Cohort {
    closed(data, rubric).0
}

/// The same, and how many needed cells were blank.
pub fn closed(data: &Data, rubric: &Rubric) -> (Cohort, usize) {
    let mut cohort = Cohort::new(rubric, data.cycle);
    for given in &data.centres {
        let ix = cohort.add(Centre::new(given.id.clone(), rubric));
        for (field, text) in &given.fields {
            // Each text was checked when the table was read.
            let _ = cohort.centre_mut(ix).set(field, text, rubric);
        }
        for cell in &given.cells {
            if let Some(slot) = cohort.layout.slot(cell.metric, cell.year) {
                cohort.readings_mut(ix).put(slot, cell.judge.as_deref(), cell.reading.clone());
            }
        }
    }
    let blanks = cohort.close(rubric);
    (cohort, blanks)
}

/// Stands for the centre of a row that is refused and whose other cells are checked all the same; no centre has it.
const REFUSED: &str = "";

struct Reader<'a> {
    rubric: &'a Rubric,
    long: bool,
    faults: Vec<Diagnostic>,
    centres: Vec<CentreData>,
    /// Centres by id, each with the row that named it first.
    index: HashMap<String, (usize, usize)>,
    /// Row in which a cell was given, so that a second one can name it.
    seen: HashMap<(usize, MetricIx, Option<i16>, Option<String>), usize>,
}

impl Reader<'_> {
    fn whole(&mut self, rows: &[Row], empty: bool, cycle: Option<Cycle>) -> Option<Cycle> {
        let unread = !self.faults.is_empty();
        let Some((titles, body)) = rows.split_first() else {
            if !unread {
                self.faults.push(no_header(empty));
            }
            return None;
        };
        let header = Header::read(titles, self.rubric, &mut self.faults)?;
        let cycle = cycle.or_else(|| self.infer(&header, body))?;
        let layout = Layout::new(self.rubric, cycle);
        header.check_years(self.rubric, &layout, &mut self.faults);
        self.long = matches!(header.shape, Shape::Long { .. });
        for row in body {
            self.row(&header, &layout, row);
        }
        Some(cycle)
    }

    /// The cycle that ends with the last year named; a table that names none is of one unnamed cycle.
    fn infer(&mut self, header: &Header, body: &[Row]) -> Option<Cycle> {
        let length = i16::try_from(self.rubric.cycle_years).unwrap_or(1);
        let named = match header.shape {
            Shape::Wide => header.columns.iter().filter_map(Column::year).max(),
            Shape::Long { year: Some(at), .. } => {
                body.iter().filter_map(|row| row.cells.get(at)?.trim().parse::<i16>().ok()).max()
            }
            Shape::Long { year: None, .. } => None,
        };
        match named {
            Some(last) if header::YEARS.contains(&last) => Some(Cycle { first: last - length + 1, last }),
            Some(year) => {
                self.faults.push(header::bad_year(&year.to_string(), "metric").in_cell(header.number, 1));
                None
            }
            None => Some(Cycle { first: 1, last: length }),
        }
    }

    fn row(&mut self, header: &Header, layout: &Layout, row: &Row) {
        let (line, cells) = (row.number, &row.cells);
        if cells.len() != header.width {
            // At the first cell that is missing, or one too many.
            let place = cells.len().min(header.width) + 1;
            self.faults.push(row_length(cells.len(), header.width).in_cell(line, place));
            return;
        }
        let refused = self.marked(header, row);
        let refused = |at: &usize| refused.contains(at);
        let cell = |at: usize| cells.get(at).unwrap_or_default().trim();
        if is_total(cell(header.centre)) {
            self.faults.push(totals_row(cell(header.centre)).in_cell(line, header.centre + 1));
            return;
        }
        let centre = match refused(&header.centre) {
            true => self.stand_in(),
            false => self.centre(header, line, cell(header.centre)),
        };
        for (at, field) in header.fields.iter().filter(|(at, _)| !refused(at)) {
            self.field(centre, field, cell(*at), layout.cycle, (line, *at));
        }
        for (at, _) in header.columns.iter().enumerate().filter(|(_, column)| matches!(column, Column::Untitled)) {
            if !cell(at).is_empty() {
                self.faults.push(rows::untitled().in_cell(line, at + 1));
            }
        }
        match header.shape {
            Shape::Wide => {
                for (at, column) in header.columns.iter().enumerate().filter(|(at, _)| !refused(at)) {
                    if let Column::Cell { metric, year, judge } = column {
                        let yearly = self.rubric.metrics[metric.0].yearly;
                        let year = year.or_else(|| layout.only_year().filter(|_| yearly));
                        self.cell(centre, layout, (*metric, year, judge.clone()), cell(at), (line, at));
                    }
                }
            }
            Shape::Long { metric, year, value, judge } => {
                let named = [Some(metric), year, Some(value), judge];
                if cell(metric).is_empty() && cell(value).is_empty() || named.iter().flatten().any(refused) {
                    return;
                }
                let Some(found) = metric_named(cell(metric), self.rubric) else {
                    self.faults.push(unknown_metric(cell(metric), self.rubric).in_cell(line, metric + 1));
                    return;
                };
                let judge = judge.map(&cell).filter(|j| !j.is_empty()).map(|j| unguarded(j).to_owned());
                let Some(year) = self.long_year(found, year.map(|at| (cell(at), at)), layout, line) else { return };
                if let Some(fault) = header::judge_fits(self.rubric, found, judge.as_deref()) {
                    self.faults.push(fault.in_cell(line, metric + 1));
                    return;
                }
                let judge = header::judge_of(self.rubric, found, judge);
                self.cell(centre, layout, (found, year, judge), cell(value), (line, value));
            }
        }
    }

    /// Refuses cells of a workbook that are not what they seem; their positions.
    fn marked(&mut self, header: &Header, row: &Row) -> Vec<usize> {
        let mut refused = Vec::new();
        for (at, mark) in &row.marks {
            let reads = header.reads(*at);
            if reads == Reads::Nothing || reads == Reads::Words && mark.is_harmless_in_words() {
                continue;
            }
            refused.push(*at);
            self.faults.push(mark.fault(row.cells.get(*at).unwrap_or_default()).in_cell(row.number, at + 1));
        }
        refused
    }

    fn long_year(
        &mut self,
        metric: MetricIx,
        given: Option<(&str, usize)>,
        layout: &Layout,
        line: usize,
    ) -> Option<Option<i16>> {
        if !self.rubric.metrics[metric.0].yearly {
            return Some(None);
        }
        match given.filter(|(text, _)| !text.is_empty()) {
            None if layout.only_year().is_some() => Some(layout.only_year()),
            None => {
                let at = given.map_or(0, |(_, at)| at);
                self.faults.push(header::year_missing(&self.rubric.metrics[metric.0].id).in_cell(line, at + 1));
                None
            }
            Some((text, at)) => {
                let year = text.parse::<i16>().ok().filter(|year| layout.slot(metric, Some(*year)).is_some());
                if year.is_none() {
                    self.faults.push(header::outside(text, layout).in_cell(line, at + 1));
                }
                year.map(Some)
            }
        }
    }

    /// Which centre a row is about; one of its own where that cannot be, so that the other cells are checked too.
    fn centre(&mut self, header: &Header, line: usize, id: &str) -> usize {
        let id = unguarded(id);
        let known = self.index.get(id).copied();
        let fault = id_fault(id).or_else(|| {
            known.filter(|_| matches!(header.shape, Shape::Wide)).map(|(_, first)| duplicate_centre(id, first))
        });
        if let Some(fault) = fault {
            self.faults.push(fault.in_cell(line, header.centre + 1));
            return self.stand_in();
        } else if let Some((known, _)) = known {
            return known;
        } else {
            self.index.insert(id.to_owned(), (self.centres.len(), line));
        }
        self.named(id)
    }

    /// A centre for a row that is refused.
    fn stand_in(&mut self) -> usize {
        self.named(REFUSED)
    }

    fn named(&mut self, id: &str) -> usize {
        self.centres.push(CentreData { id: id.to_owned(), fields: Vec::new(), cells: Vec::new() });
        self.centres.len() - 1
    }

    fn field(&mut self, centre: usize, field: &Field, text: &str, cycle: Cycle, (line, at): (usize, usize)) {
        let text = unguarded(text);
        if text.is_empty() {
            return;
        }
        let mut probe = Centre::new("", self.rubric);
        if let Err(fault) = probe.set(field, text, self.rubric) {
            self.faults.push(bad_field(field, text, &fault).in_cell(line, at + 1));
            return;
        }
        if let Some(fault) = since_fault(&probe, cycle) {
            self.faults.push(fault.in_cell(line, at + 1));
            return;
        }
        let fields = &mut self.centres[centre].fields;
        match fields.iter_mut().find(|(known, _)| known == field) {
            None => fields.push((field.clone(), text.to_owned())),
            Some((_, before)) if before == text => {}
            Some((_, before)) => {
                let what = Diagnostic::error(
                    "E-two-values",
                    format!("`{}` was given as “{before}” in an earlier row", field.id()),
                    format!("`{}` 在前面的行中为“{before}”", field.id()),
                );
                self.faults.push(
                    what.help("give it once, or the same each time", "请只填一次，或每次相同").in_cell(line, at + 1),
                );
            }
        }
    }

    fn cell(
        &mut self,
        centre: usize,
        layout: &Layout,
        (metric, year, judge): (MetricIx, Option<i16>, Option<String>),
        text: &str,
        (line, at): (usize, usize),
    ) {
        if layout.slot(metric, year).is_none() {
            return;
        }
        let reading = match cell::reading(text, &self.rubric.metrics[metric.0]) {
            Ok(reading) => reading,
            Err(fault) => {
                self.faults.push(remedied(fault, text, &self.rubric.metrics[metric.0]).in_cell(line, at + 1));
                return;
            }
        };
        // Columns of a wide table are told apart once, by its header.
        let first = if self.long { self.seen.insert((centre, metric, year, judge.clone()), line) } else { None };
        if let Some(first) = first {
            let id = &self.rubric.metrics[metric.0].id;
            let what = Diagnostic::error(
                "E-duplicate-cell",
                format!("`{id}` of this centre and year already stands in row {first}"),
                format!("该中心该年度的 `{id}` 已在第 {first} 行"),
            );
            self.faults.push(what.help("keep one of them", "请只保留一个").in_cell(line, at + 1));
            return;
        }
        self.centres[centre].cells.push(CellData { metric, year, judge, reading });
    }
}

/// A text without the apostrophe by which a sheet guards what a spreadsheet would obey: `'=1` is `=1`, and `''=1` is
/// `'=1`.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests;
