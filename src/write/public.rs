//! What of a cohort the rubric makes public, as one sheet, with a list of what it leaves out.
//!
//! Name, grade and outcome are always public, anything else only where the rubric names it. A sheet holds nothing that it
//! does not show: no reasons (they name figures), no digest of the data (a figure could be guessed by it), no chains
//! (they name evaluators). Must not know any format.

use super::Source;
use super::centre::{fact, reading};
use super::cohort::{grade, outcome, total};
use super::sheet::{
    Align, Carries, Cell, Column, Emphasis, GradeSheet, Origin, Row, Table, cycle_text, notes_but, provenance,
};
use crate::domain::cohort::CentreIx;
use crate::domain::grade::Scorecard;
use crate::domain::rubric::{MetricIx, Publication};
use crate::domain::score::State;
use crate::domain::text::Lang;
use crate::wording::citation::citation;
use crate::wording::number::Level;
use crate::wording::publication::left_out;
use crate::wording::terms;

/// Lines of where figures come from that say nothing about them.
const ORIGINS: [&str; 6] = ["rubric", "edition", "cycle", "decided_on", "rubric_digest", "program"];

/// The sheet.
pub fn sheet(source: Source<'_>, lang: Lang) -> GradeSheet {
    let rubric = source.rubric;
    let public = &rubric.publication;
    let cycle = source.cohort.layout.cycle;
    let figures = public.total || !public.points.is_empty();
    let mut notes = notes_but(source, figures, public.rank, lang);
    notes.extend(public.cite.as_ref().map(|cite| match lang {
        Lang::En => format!("What is public: {}.", citation(cite, rubric, lang)),
        Lang::Zh => format!("公开范围：{}。", citation(cite, rubric, lang)),
    }));
    notes.push(left_out(rubric, lang));
    let title = rubric.title.get(lang);
    let provenance: Vec<Origin> =
        provenance(source, lang).into_iter().filter(|line| ORIGINS.contains(&line.id)).collect();
    let tables = [results(source, lang), readings(source, lang)];
    GradeSheet {
        lang,
        title: format!("{} - {title} {}", terms::PUBLIC_VERSION.get(lang), cycle_text(cycle.first, cycle.last)),
        draft: source.draft,
        notes,
        provenance,
        tables: tables.into_iter().filter(|table| !table.columns.is_empty()).collect(),
        carries: Carries::Nothing,
    }
}

/// One row per centre in roster order.
fn results(source: Source<'_>, lang: Lang) -> Table {
    let rubric = source.rubric;
    let public = &rubric.publication;
    let named = |id, title, align| Column::named(id, title, lang, align);
    let mut columns: Vec<Column> = public.id.then(|| named("centre", terms::ID, Align::Left)).into_iter().collect();
    columns.push(named("name", terms::NAME, Align::Left));
    columns.extend(public.facts.iter().map(|field| Column::text(field.id(), terms::field(field, rubric, lang))));
    columns.extend(public.points.iter().map(|ix| {
        let node = &rubric.nodes[ix.0];
        Column::number(&node.id, node.title.get(lang))
    }));
    columns.extend(public.total.then(|| named("total", terms::TOTAL, Align::Right)));
    columns.push(named("grade", terms::GRADE, Align::Left));
    columns.extend(public.rank.then(|| named("rank", terms::RANK, Align::Right)));
    columns.push(named("outcome", terms::OUTCOME, Align::Left));
    let rows = source.cards.iter().map(|card| Row::flat(row(source, card, public, lang))).collect();
    Table { id: "public", title: terms::RESULT.get(lang).to_owned(), columns, rows }
}

fn row(source: Source<'_>, card: &Scorecard, public: &Publication, lang: Lang) -> Vec<Cell> {
    let mut cells = who(source, card.centre, public, lang);
    cells.extend(public.facts.iter().map(|field| fact(source, card.centre, field, lang).unwrap_or(Cell::empty())));
    // What is not complete is no result: the grade says why.
    let complete = card.tally.state == State::Complete;
    cells.extend(public.points.iter().map(|ix| match &card.tally.nodes[ix.0] {
        Some(points) if complete => Cell::points(points, source, Level::of_node(*ix, source.rubric)),
        _ => Cell::empty(),
    }));
    cells.extend(public.total.then(|| if complete { total(source, card, lang) } else { Cell::empty() }));
    cells.push(grade(source, card, lang));
    cells.extend(public.rank.then(|| card.rank.map_or(Cell::empty(), Cell::count)));
    cells.push(outcome(source, card, lang));
    cells
}

/// A centre without a name is not called by its id, which may be no one's business.
fn who(source: Source<'_>, ix: CentreIx, public: &Publication, lang: Lang) -> Vec<Cell> {
    let centre = source.cohort.centre(ix);
    let name = if centre.name.is_empty() {
        Cell::word("", terms::NAMELESS.get(lang)).emphasised(Emphasis::Weak)
    } else {
        Cell::text(&centre.name)
    };
    public.id.then(|| Cell::text(&centre.id)).into_iter().chain([name]).collect()
}

/// Readings of public metrics: a row per centre and metric.
fn readings(source: Source<'_>, lang: Lang) -> Table {
    let rubric = source.rubric;
    let public = &rubric.publication;
    let layout = &source.cohort.layout;
    let mut table =
        Table { id: "readings", title: terms::READINGS.get(lang).to_owned(), columns: Vec::new(), rows: Vec::new() };
    if public.readings.is_empty() {
        return table;
    }
    let named = |id, title, align| Column::named(id, title, lang, align);
    table.columns.extend(public.id.then(|| named("centre", terms::ID, Align::Left)));
    table.columns.extend([
        named("name", terms::NAME, Align::Left),
        named("metric", terms::METRIC, Align::Left),
        named("unit", terms::UNIT, Align::Left),
        named("year", terms::YEAR, Align::Left),
        named("value", terms::VALUE, Align::Right),
    ]);
    for ix in source.cohort.all() {
        for metric_ix in &public.readings {
            let metric = &rubric.metrics[metric_ix.0];
            let years: Vec<Option<i16>> = match metric.yearly {
                true => (layout.cycle.first..=layout.cycle.last).map(Some).collect(),
                false => vec![None],
            };
            for year in years {
                let mut cells = who(source, ix, public, lang);
                cells.push(Cell::word(&metric.id, metric.title.get(lang)));
                cells.push(Cell::text(metric.unit.get(lang)));
                cells.push(when(year, lang));
                cells.push(value(source, ix, *metric_ix, year, lang));
                table.rows.push(Row::flat(cells));
            }
        }
    }
    table
}

fn when(year: Option<i16>, lang: Lang) -> Cell {
    year.map_or_else(|| Cell::word("", terms::WHOLE_CYCLE.get(lang)), |year| Cell::text(year.to_string()))
}

fn value(source: Source<'_>, ix: CentreIx, metric: MetricIx, year: Option<i16>, lang: Lang) -> Cell {
    reading(source, (ix, metric, year), &[], lang)
}
