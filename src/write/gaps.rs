//! The table of gaps: cells that are still blank and that a score waits for, to send back to the centres. Must not know
//! any format.

use super::Source;
use super::sheet::{Align, Cell, Column, Row, Table};
use crate::domain::centre::Status;
use crate::domain::cohort::CentreIx;
use crate::domain::text::Lang;
use crate::wording::terms;

/// One row per blank cell, of one centre or of all that take part, in roster and file order.
pub fn table(source: Source<'_>, centre: Option<CentreIx>, lang: Lang) -> Table {
    let named = |id, title, align| Column::named(id, title, lang, align);
    let columns = vec![
        named("centre", terms::ID, Align::Left),
        named("name", terms::NAME, Align::Left),
        named("metric", terms::METRIC, Align::Left),
        named("year", terms::YEAR, Align::Left),
        named("unit", terms::UNIT, Align::Left),
        named("value", terms::VALUE, Align::Left),
    ];
    let cohort = source.cohort;
    let mut rows = Vec::new();
    for ix in cohort.all().filter(|ix| centre.is_none_or(|only| only == *ix)) {
        let record = cohort.centre(ix);
        if record.status != Status::Participating {
            continue;
        }
        for slot in cohort.gaps(source.rubric, ix) {
            let (metric, year) = cohort.layout.cell(slot);
            let metric = &source.rubric.metrics[metric.0];
            let year = year.map_or(Cell::word("", terms::WHOLE_CYCLE.get(lang)), |year| Cell::text(year.to_string()));
            rows.push(Row::flat(vec![
                Cell::text(&record.id),
                Cell::text(&record.name),
                Cell::word(&metric.id, metric.title.get(lang)),
                year,
                Cell::text(metric.unit.get(lang)),
                Cell::empty(),
            ]));
        }
    }
    Table { id: "gaps", title: terms::GAPS.get(lang).to_owned(), columns, rows }
}
