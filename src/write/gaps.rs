//! The table of gaps, to send back to the centres: cells that are still blank and that a score waits for, and figures whose
//! evidence is still to come. Must not know any format.

use super::Source;
use super::sheet::{Align, Cell, Column, Row, Table};
use crate::domain::centre::Status;
use crate::domain::cohort::CentreIx;
use crate::domain::reading::Slot;
use crate::domain::text::Lang;
use crate::wording::{gaps, terms};

/// What is wanted of a centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A figure.
    Value,
    /// What shows where a figure comes from.
    Evidence,
}

impl Wanted {
    pub const ALL: [Self; 2] = [Self::Value, Self::Evidence];

    /// The id used in data formats.
    const fn id(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Evidence => "evidence",
        }
    }

    /// The cells of a centre that want it, in file order.
    fn slots(self, source: Source<'_>, ix: CentreIx) -> Vec<Slot> {
        match self {
            _ if source.cohort.centre(ix).status != Status::Participating => Vec::new(),
            Self::Value => source.cohort.gaps(source.rubric, ix),
            Self::Evidence => source.cohort.without_evidence(source.rubric, ix),
        }
    }
}

/// Of which centre, and what; `None` is all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Only {
    pub centre: Option<CentreIx>,
    pub wanted: Option<Wanted>,
}

impl Only {
    fn centres(self, source: Source<'_>) -> impl Iterator<Item = CentreIx> {
        source.cohort.all().filter(move |ix| self.centre.is_none_or(|only| only == *ix))
    }

    fn wanted(self) -> impl Iterator<Item = Wanted> {
        Wanted::ALL.into_iter().filter(move |wanted| self.wanted.is_none_or(|only| only == *wanted))
    }
}

/// One row per cell, of one centre or of all that take part, in roster order: what is blank, then what wants evidence, each
/// in file order. A figure that wants evidence stands in its row, so that the table can be imported again.
pub fn table(source: Source<'_>, only: Only, lang: Lang) -> Table {
    let named = |id, title, align| Column::named(id, title, lang, align);
    let columns = vec![
        named("centre", terms::ID, Align::Left),
        named("name", terms::NAME, Align::Left),
        named("metric", terms::METRIC, Align::Left),
        named("year", terms::YEAR, Align::Left),
        named("wanted", terms::WANTED, Align::Left),
        named("unit", terms::UNIT, Align::Left),
        named("value", terms::VALUE, Align::Left),
    ];
    let cohort = source.cohort;
    let mut rows = Vec::new();
    for ix in only.centres(source) {
        let record = cohort.centre(ix);
        for (wanted, slot) in
            only.wanted().flat_map(|wanted| wanted.slots(source, ix).into_iter().map(move |s| (wanted, s)))
        {
            let (metric, year) = cohort.layout.cell(slot);
            let metric = &source.rubric.metrics[metric.0];
            let year = year.map_or(Cell::word("", terms::WHOLE_CYCLE.get(lang)), |year| Cell::text(year.to_string()));
            let value = cohort.readings(ix).get(slot);
            rows.push(Row::flat(vec![
                Cell::text(&record.id),
                Cell::text(&record.name),
                Cell::word(&metric.id, metric.title.get(lang)),
                year,
                Cell::word(wanted.id(), gaps::wanted(wanted == Wanted::Value).get(lang)),
                Cell::text(metric.unit.get(lang)),
                value.map_or(Cell::empty(), |value| Cell::text(metric.written(value))),
            ]));
        }
    }
    Table { id: "gaps", title: terms::GAPS.get(lang).to_owned(), columns, rows }
}

/// How many cells of how many centres want it.
pub fn count(source: Source<'_>, only: Only, wanted: Wanted) -> (usize, usize) {
    let counts = only.centres(source).map(|ix| wanted.slots(source, ix).len()).filter(|count| *count > 0);
    counts.fold((0, 0), |(cells, centres), count| (cells + count, centres + 1))
}

/// How many figures of each centre want evidence; centres of which none does are left out.
pub fn evidence_by_centre(source: Source<'_>, lang: Lang) -> Table {
    let columns = vec![
        Column::named("centre", terms::ID, lang, Align::Left),
        Column::named("name", terms::NAME, lang, Align::Left),
        Column::named("evidence", terms::WITHOUT_EVIDENCE, lang, Align::Right),
    ];
    let row = |ix: CentreIx| {
        let (record, count) = (source.cohort.centre(ix), Wanted::Evidence.slots(source, ix).len());
        (count > 0).then(|| Row::flat(vec![Cell::text(&record.id), Cell::text(&record.name), Cell::count(count)]))
    };
    let rows = source.cohort.all().filter_map(row).collect();
    Table { id: "evidence", title: terms::WITHOUT_EVIDENCE.get(lang).to_owned(), columns, rows }
}
