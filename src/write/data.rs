//! The data themselves: a cohort as one wide CSV that can be imported again, and the canonical text behind its digest.
//!
//! Must not know scores.

use std::collections::BTreeSet;

use super::csv::{records, told};
use crate::domain::centre::Field;
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::evaluation::CellRef;
use crate::domain::number::Number;
use crate::domain::reading::{Reading, Remark, Slot};
use crate::domain::rubric::Rubric;

/// Roster and readings in the wide form of the command line's contract: `centre`, the reserved columns, the declared
/// attributes, then `metric@year`, `metric@year#judge`, or the plain `metric` where it has one value. What a terminal
/// would obey is written out, and is the only thing that comes back otherwise than it was.
pub fn wide(cohort: &Cohort, rubric: &Rubric) -> Vec<u8> {
    let page = Page::new(cohort, rubric);
    let row = |ix: CentreIx| page.row(ix).into_iter().map(Fact::csv).collect();
    records(std::iter::once(page.header()).chain(cohort.all().map(row)))
}

/// A cell of the data: a figure, or text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    Text(String),
    Number(Number),
}

impl Fact {
    fn of(reading: Option<&Reading>) -> Self {
        match reading {
            Some(Reading::Value(value)) => Self::Number(value.clone()),
            other => Self::Text(other.map_or(String::new(), Reading::cell)),
        }
    }

    fn csv(self) -> String {
        match self {
            Self::Text(text) => told(&text),
            Self::Number(number) => number.plain(),
        }
    }
}

/// The data as a page, in either layout of the command line's contract.
pub struct Page<'a> {
    cohort: &'a Cohort,
    rubric: &'a Rubric,
    fields: Vec<Field>,
    columns: Vec<Column>,
}

/// One reading on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Long {
    pub centre: String,
    pub metric: String,
    pub year: String,
    pub judge: String,
    pub value: Fact,
    /// Position of its slot.
    pub slot: usize,
    /// No mark of a panel.
    pub is_plain: bool,
}

impl<'a> Page<'a> {
    pub fn new(cohort: &'a Cohort, rubric: &'a Rubric) -> Self {
        Self { cohort, rubric, fields: fields(rubric), columns: columns(cohort, rubric) }
    }

    /// The names of the columns of the wide layout.
    pub fn header(&self) -> Vec<String> {
        let fields = self.fields.iter().map(|field| field.id().to_owned());
        let columns = self.columns.iter().map(|column| column.header(self.cohort, self.rubric));
        std::iter::once("centre".to_owned()).chain(fields).chain(columns).collect()
    }

    /// A centre's line of the wide layout.
    pub fn row(&self, ix: CentreIx) -> Vec<Fact> {
        let centre = self.cohort.centre(ix);
        let mut row = vec![Fact::Text(centre.id.clone())];
        row.extend(self.fields.iter().map(|field| Fact::Text(centre.get(field, self.rubric))));
        let readings = self.cohort.readings(ix);
        row.extend(self.columns.iter().map(|column| Fact::of(readings.at(column.slot, column.judge.as_deref()))));
        row
    }

    /// In which column of the wide layout each slot stands; `None` for a panel's.
    pub fn slots(&self) -> Vec<Option<usize>> {
        let mut slots = vec![None; self.cohort.layout.slots()];
        for (column, at) in self.columns.iter().zip(1 + self.fields.len()..) {
            slots[column.slot.0] = column.judge.is_none().then_some(at);
        }
        slots
    }

    /// A centre's readings one below the other, blank ones too.
    pub fn long(&self, ix: CentreIx) -> Vec<Long> {
        let line = |column: &Column| {
            let (metric, year) = self.cohort.layout.cell(column.slot);
            Long {
                centre: self.cohort.centre(ix).id.clone(),
                metric: self.rubric.metrics[metric.0].id.clone(),
                year: year.map_or(String::new(), |year| year.to_string()),
                judge: column.judge.clone().unwrap_or_default(),
                value: Fact::of(self.cohort.readings(ix).at(column.slot, column.judge.as_deref())),
                slot: column.slot.0,
                is_plain: column.judge.is_none(),
            }
        };
        self.columns.iter().map(line).collect()
    }
}

/// The data of a cohort as lines in one fixed order: centres, metrics, years and findings by id, without names of
/// people, times or places. Equal data give equal text, whatever order they were entered in.
pub fn canonical(cohort: &Cohort, rubric: &Rubric) -> String {
    let cycle = cohort.layout.cycle;
    let mut text = String::new();
    line(&mut text, ["triennial data 1", &cycle.first.to_string(), &cycle.last.to_string()]);
    let mut centres: Vec<CentreIx> = cohort.all().collect();
    centres.sort_by_key(|ix| &cohort.centre(*ix).id);
    let fields: Vec<Field> = fields(rubric).into_iter().filter(|field| *field != Field::Name).collect();
    let mut slots: Vec<Slot> = (0..cohort.layout.slots()).map(Slot).collect();
    slots.sort_by_key(|slot| (&rubric.metrics[cohort.layout.cell(*slot).0.0].id, *slot));
    for ix in centres {
        line(&mut text, ["centre", &cohort.centre(ix).id]);
        let given = |field: &Field| (field.id().to_owned(), fact(cohort, rubric, ix, field));
        let mut facts: Vec<(String, String)> = fields.iter().map(given).filter(|(_, text)| !text.is_empty()).collect();
        facts.sort();
        facts.iter().for_each(|(id, fact)| line(&mut text, ["fact", id, fact]));
        slots.iter().for_each(|slot| cell_line(&mut text, cohort, rubric, ix, *slot));
    }
    text
}

/// The evidence of a cohort as lines in one fixed order: what is named beside each cell, and every file's name, digest
/// and size. Empty where there is none.
pub fn evidence(cohort: &Cohort, rubric: &Rubric) -> String {
    let mut text = String::new();
    let mut centres: Vec<CentreIx> = cohort.all().collect();
    centres.sort_by_key(|ix| &cohort.centre(*ix).id);
    for ix in centres {
        let id = &cohort.centre(ix).id;
        let mut lines: Vec<[String; 4]> = named_evidence(cohort, rubric, ix)
            .map(|(cell, text)| [cell.name(), text.to_owned(), String::new(), String::new()])
            .collect();
        let files = cohort.readings(ix).files().iter();
        lines.extend(files.map(|at| [at.at(), at.file.name.clone(), at.file.digest.clone(), at.file.size.to_string()]));
        lines.sort();
        lines.iter().for_each(|[cell, name, digest, size]| line(&mut text, ["evidence", id, cell, name, digest, size]));
    }
    text
}

/// What somebody named beside the cells of a centre, in file order.
pub fn named_evidence<'a>(
    cohort: &'a Cohort,
    rubric: &'a Rubric,
    ix: CentreIx,
) -> impl Iterator<Item = (CellRef, &'a str)> {
    (0..cohort.layout.slots()).map(Slot).flat_map(move |slot| {
        let (metric, year) = cohort.layout.cell(slot);
        let remarks = cohort.readings(ix).remarks(slot).filter(|(_, remark, _)| *remark == Remark::Evidence);
        remarks.map(move |(judge, _, text)| {
            let judge = Some(judge.to_owned()).filter(|judge| !judge.is_empty());
            (CellRef { metric: rubric.metrics[metric.0].id.clone(), year, judge }, text)
        })
    })
}

fn cell_line(text: &mut String, cohort: &Cohort, rubric: &Rubric, ix: CentreIx, slot: Slot) {
    let (metric, year) = cohort.layout.cell(slot);
    let metric = &rubric.metrics[metric.0];
    let readings = cohort.readings(ix);
    let mut texts: Vec<String> = match &metric.panel {
        Some(_) => readings.marks(slot).map(|(_, mark)| mark.cell()).collect(),
        None => readings.get(slot).map(Reading::cell).into_iter().collect(),
    };
    // Who gave which mark is no part of the data; how many gave it is.
    texts.sort();
    let year = year.map_or(String::new(), |year| year.to_string());
    if !texts.is_empty() {
        line(text, ["reading", &metric.id, &year, &texts.join(";")]);
    }
}

fn fact(cohort: &Cohort, rubric: &Rubric, ix: CentreIx, field: &Field) -> String {
    let text = cohort.centre(ix).get(field, rubric);
    if *field != Field::Findings {
        return text;
    }
    let ids: BTreeSet<&str> = text.split(';').collect();
    ids.into_iter().collect::<Vec<_>>().join(";")
}

/// Adds a line of fields that cannot run into each other, whatever they hold.
fn line<'a>(text: &mut String, fields: impl IntoIterator<Item = &'a str>) {
    for (nth, field) in fields.into_iter().enumerate() {
        if nth > 0 {
            text.push('\t');
        }
        for c in field.chars() {
            match c {
                '\\' => text.push_str("\\\\"),
                '\t' => text.push_str("\\t"),
                '\n' => text.push_str("\\n"),
                c => text.push(c),
            }
        }
    }
    text.push('\n');
}

fn fields(rubric: &Rubric) -> Vec<Field> {
    let reserved = Field::RESERVED.into_iter().map(|(_, field)| field);
    reserved.chain(rubric.attributes.iter().map(|a| Field::Attribute(a.id.clone()))).collect()
}

struct Column {
    slot: Slot,
    judge: Option<String>,
}

impl Column {
    fn header(&self, cohort: &Cohort, rubric: &Rubric) -> String {
        let (metric, year) = cohort.layout.cell(self.slot);
        let year = year.map_or(String::new(), |year| format!("@{year}"));
        let judge = self.judge.as_ref().filter(|judge| !judge.is_empty());
        format!("{}{year}{}", rubric.metrics[metric.0].id, judge.map_or(String::new(), |judge| format!("#{judge}")))
    }
}

/// Every cell of the layout; for a panel one column per judge who marked anybody.
fn columns(cohort: &Cohort, rubric: &Rubric) -> Vec<Column> {
    let mut columns = Vec::new();
    for slot in (0..cohort.layout.slots()).map(Slot) {
        let (metric, _) = cohort.layout.cell(slot);
        if rubric.metrics[metric.0].panel.is_none() {
            columns.push(Column { slot, judge: None });
            continue;
        }
        let judges: BTreeSet<String> =
            cohort.all().flat_map(|ix| cohort.readings(ix).marks(slot).map(|(judge, _)| judge.to_owned())).collect();
        columns.extend(judges.into_iter().map(|judge| Column { slot, judge: Some(judge) }));
    }
    columns
}
