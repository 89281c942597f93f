//! The sheet of one centre: result, facts, points by criterion, every ledger line, every reading.
//!
//! It is what a centre is sent and may dispute, so that each figure can be followed to its readings on the same sheet.
//! Must not know any format.

use super::cohort::{about_word, flags, grade, outcome, sentences, total};
use super::sheet::{
    Align, Carries, Cell, Column, Emphasis, GradeSheet, Row, Table, cycle_text, notes, provenance, subject_id,
};
use super::{Source, data, has_points, queries};
use crate::domain::centre::Field;
use crate::domain::cohort::CentreIx;
use crate::domain::evaluation::CellRef;
use crate::domain::grade::Scorecard;
use crate::domain::ledger::Subject;
use crate::domain::reading::{Presence, Reading, Slot};
use crate::domain::rubric::{Body, ClassIx, MetricIx, Node, NodeIx};
use crate::domain::text::Lang;
use crate::wording::number::{self, Level};
use crate::wording::{ledger, terms};

/// Everything about one centre; `None` where the cohort has no card for it.
pub fn centre_sheet(source: Source<'_>, centre: CentreIx, lang: Lang) -> Option<GradeSheet> {
    let card = source.card(centre)?;
    let cycle = source.cohort.layout.cycle;
    let name = source.cohort.centre(centre).label();
    let title = source.rubric.title.get(lang);
    let tables = vec![
        result(source, card, lang),
        reasons(source, card, lang),
        facts(source, centre, lang),
        criteria(source, card, lang),
        ledger_table(source, card, lang),
        readings(source, centre, lang),
        evidence(source, centre, lang),
        queries::of_centre(source, centre, lang),
    ];
    Some(GradeSheet {
        lang,
        title: format!("{name} - {title} {}", cycle_text(cycle.first, cycle.last)),
        draft: source.draft,
        notes: notes(source, lang),
        provenance: provenance(source, lang),
        tables: tables.into_iter().filter(|table| !table.rows.is_empty()).collect(),
        carries: Carries::Centre(centre),
    })
}

fn pairs(id: &'static str, title: &str, rows: Vec<(String, String, Cell)>, lang: Lang) -> Table {
    let columns = vec![
        Column::named("item", terms::FACT, lang, Align::Left),
        Column::named("value", terms::VALUE_OF_FACT, lang, Align::Left),
    ];
    let row = |(id, title, cell): (String, String, Cell)| Row::flat(vec![Cell::word(id, title), cell]);
    Table { id, title: title.to_owned(), columns, rows: rows.into_iter().map(row).collect() }
}

fn facts(source: Source<'_>, ix: CentreIx, lang: Lang) -> Table {
    let rubric = source.rubric;
    let centre = source.cohort.centre(ix);
    let mut rows = vec![("centre".to_owned(), terms::ID.get(lang).to_owned(), Cell::text(&centre.id))];
    let reserved = Field::RESERVED.iter().map(|(_, field)| field.clone());
    let declared = rubric.attributes.iter().map(|a| Field::Attribute(a.id.clone()));
    for field in reserved.chain(declared) {
        let Some(cell) = fact(source, ix, &field, lang) else { continue };
        rows.push((field.id().to_owned(), terms::field(&field, rubric, lang).to_owned(), cell));
    }
    pairs("facts", terms::FACTS.get(lang), rows, lang)
}

/// A fact of a centre; `None` where there is none.
pub(super) fn fact(source: Source<'_>, ix: CentreIx, field: &Field, lang: Lang) -> Option<Cell> {
    let rubric = source.rubric;
    let centre = source.cohort.centre(ix);
    let data = centre.get(field, rubric);
    if data.is_empty() {
        return None;
    }
    let joint = if lang == Lang::En { "; " } else { "；" };
    let shown = match field {
        Field::Kind if rubric.kinds.is_empty() => return None,
        Field::Kind => source.kind_title(ix, lang).to_owned(),
        Field::Status => terms::status(centre.status).get(lang).to_owned(),
        Field::Findings => {
            let titles: Vec<&str> = centre.findings.iter().map(|f| rubric.findings[f.0].title.get(lang)).collect();
            titles.join(joint)
        }
        Field::Previous => {
            let title =
                |id: &String| rubric.grade(id).map_or(id.as_str(), |ix| rubric.grades[ix.0].title.get(lang)).to_owned();
            centre.previous.iter().map(title).collect::<Vec<_>>().join(joint)
        }
        _ => data.clone(),
    };
    Some(Cell::word(data, shown))
}

fn result(source: Source<'_>, card: &Scorecard, lang: Lang) -> Table {
    let mut rows = Vec::new();
    let mut add = |id: &str, title: crate::wording::Phrase, cell: Cell| {
        if !cell.shown.is_empty() {
            rows.push((id.to_owned(), title.get(lang).to_owned(), cell));
        }
    };
    add("total", terms::TOTAL, total(source, card, lang));
    add("grade", terms::GRADE, grade(source, card, lang));
    add("rank", terms::RANK, card.rank.map_or(Cell::empty(), Cell::count));
    add("outcome", terms::OUTCOME, outcome(source, card, lang));
    add("flags", terms::FLAGS, flags(source, card, lang));
    pairs("result", terms::RESULT.get(lang), rows, lang)
}

fn reasons(source: Source<'_>, card: &Scorecard, lang: Lang) -> Table {
    let rows = sentences(source, card, lang)
        .into_iter()
        .map(|(about, sentence)| Row::flat(vec![Cell::word(&about, about_word(&about, lang)), Cell::text(sentence)]));
    Table {
        id: "reasons",
        title: terms::REASONS.get(lang).to_owned(),
        columns: vec![
            Column::named("about", terms::ITEM, lang, Align::Left),
            Column::named("reason", terms::REASON, lang, Align::Left),
        ],
        rows: rows.collect(),
    }
}

/// Criteria and indicators with their points; under a plain sum the indicators as printed add up to the criterion as
/// printed wherever the rubric rounds them.
fn criteria(source: Source<'_>, card: &Scorecard, lang: Lang) -> Table {
    let columns = vec![
        Column::named("id", terms::ID, lang, Align::Left),
        Column::named("title", terms::LINE, lang, Align::Left),
        Column::named("points", terms::POINTS, lang, Align::Right),
        Column::named("of", terms::OF, lang, Align::Right),
    ];
    let mut rows = Vec::new();
    let class = source.rubric.class(source.cohort.centre(card.centre));
    if let (true, Some(class)) = (has_points(card), class) {
        let nodes = source.rubric.nodes.iter().enumerate().map(|(ix, node)| (NodeIx(ix), node));
        rows.extend(
            nodes
                .filter(|(ix, _)| source.rubric.exists_for(*ix, class))
                .map(|(ix, node)| criterion_row(source, card, (ix, node), class, lang)),
        );
        let of = &source.rubric.total.points.get(class).0;
        let most = number::most(source.rubric, class, lang);
        rows.push(Row::flat(vec![
            Cell::text("total"),
            Cell::text(terms::TOTAL.get(lang)).emphasised(Emphasis::Strong),
            total(source, card, lang),
            Cell::shown_as(most, of),
        ]));
    }
    Table { id: "criteria", title: terms::CRITERIA.get(lang).to_owned(), columns, rows }
}

fn criterion_row(source: Source<'_>, card: &Scorecard, (ix, node): (NodeIx, &Node), class: ClassIx, lang: Lang) -> Row {
    let (level, emphasis) = match node.body {
        Body::Criterion { .. } => (Level::Criterion, Emphasis::Strong),
        Body::Indicator(_) => (Level::Indicator, Emphasis::None),
    };
    let points = match &card.tally.nodes[ix.0] {
        Some(points) => Cell::points(points, source, level),
        None => Cell::word("", terms::LEFT_OUT.get(lang)),
    };
    let cells = vec![
        Cell::text(&node.id),
        Cell::text(node.title.get(lang)).emphasised(emphasis),
        points.emphasised(emphasis),
        Cell::number(&node.points.get(class).0),
    ];
    Row { depth: node.depth, cells }
}

fn ledger_table(source: Source<'_>, card: &Scorecard, lang: Lang) -> Table {
    let columns = vec![
        Column::named("subject", terms::ID, lang, Align::Left),
        Column::named("line", terms::LINE, lang, Align::Left),
        Column::named("working", terms::WORKING, lang, Align::Left),
        Column::named("points", terms::POINTS, lang, Align::Right),
        Column::named("of", terms::OF, lang, Align::Right),
        Column::named("basis", terms::BASIS, lang, Align::Left),
    ];
    let rows = ledger_rows(source, card.centre, lang).into_iter().map(|row| {
        let emphasis = if row.is_final { Emphasis::None } else { Emphasis::Weak };
        let cells = vec![
            Cell::text(subject_id(row.subject, source)),
            Cell::text(row.label).emphasised(if row.subject == Subject::Total { Emphasis::Strong } else { emphasis }),
            Cell::text(row.working.join("\n")),
            row.value.map_or(Cell::empty(), |value| Cell::shown_as(row.points, &value.0)).emphasised(emphasis),
            Cell::number(&row.most.0),
            row.citation.map_or(Cell::empty(), Cell::text),
        ];
        Row { depth: row.depth, cells }
    });
    Table { id: "ledger", title: terms::LEDGER.get(lang).to_owned(), columns, rows: rows.collect() }
}

/// The ledger's lines in words; none for a centre that is not scored.
pub fn ledger_rows(source: Source<'_>, centre: CentreIx, lang: Lang) -> Vec<ledger::Row> {
    let Some(line) = source.ledger(centre) else { return Vec::new() };
    ledger::rows(source.at(centre, lang), &line, &source.left_out(centre))
}

/// One row per metric, one column per year; blank, not reported, not applicable and zero stay apart.
fn readings(source: Source<'_>, ix: CentreIx, lang: Lang) -> Table {
    let layout = &source.cohort.layout;
    let years: Vec<i16> = (layout.first_year..=layout.cycle.last).collect();
    let mut columns = vec![
        Column::named("metric", terms::ID, lang, Align::Left),
        Column::named("title", terms::METRIC, lang, Align::Left),
        Column::named("unit", terms::UNIT, lang, Align::Left),
    ];
    let yearly = source.rubric.metrics.iter().any(|m| m.yearly);
    let once = source.rubric.metrics.iter().any(|m| !m.yearly);
    if yearly {
        columns.extend(years.iter().map(|year| Column::number(year.to_string(), year.to_string())));
    }
    if once {
        columns.push(Column::named("cycle", terms::WHOLE_CYCLE, lang, Align::Right));
    }
    let gaps = source.cohort.gaps(source.rubric, ix);
    let metrics = source.rubric.metrics.iter().enumerate().map(|(at, metric)| (MetricIx(at), metric));
    let rows = metrics.map(|(metric_ix, metric)| {
        let mut cells =
            vec![Cell::text(&metric.id), Cell::text(metric.title.get(lang)), Cell::text(metric.unit.get(lang))];
        let cell = |year: Option<i16>| reading(source, (ix, metric_ix, year), &gaps, lang);
        if yearly {
            cells.extend(years.iter().map(|year| if metric.yearly { cell(Some(*year)) } else { Cell::empty() }));
        }
        if once {
            cells.push(if metric.yearly { Cell::empty() } else { cell(None) });
        }
        Row::flat(cells)
    });
    Table { id: "readings", title: terms::READINGS.get(lang).to_owned(), rows: rows.collect(), columns }
}

/// What is named beside each figure and which files show it, each with its digest.
fn evidence(source: Source<'_>, ix: CentreIx, lang: Lang) -> Table {
    let title = |cell: Option<&CellRef>| match cell {
        None => terms::CENTRE.get(lang).to_owned(),
        Some(cell) => {
            let metric =
                source.rubric.metric(&cell.metric).map(|metric| source.rubric.metrics[metric.0].title.get(lang));
            let year = cell.year.map_or(String::new(), |year| format!(" {year}"));
            format!("{}{year}", metric.unwrap_or(&cell.metric))
        }
    };
    let named = data::named_evidence(source.cohort, source.rubric, ix).map(|(cell, text)| {
        Row::flat(vec![Cell::word(cell.name(), title(Some(&cell))), Cell::text(text), Cell::empty(), Cell::empty()])
    });
    let files = source.cohort.readings(ix).files().iter().map(|attached| {
        let file = &attached.file;
        Row::flat(vec![
            Cell::word(attached.at(), title(attached.cell.as_ref())),
            Cell::text(&file.name),
            Cell::text(file.size.to_string()),
            Cell::text(&file.digest),
        ])
    });
    Table {
        id: "evidence",
        title: terms::EVIDENCE.get(lang).to_owned(),
        columns: vec![
            Column::named("cell", terms::ITEM, lang, Align::Left),
            Column::named("evidence", terms::EVIDENCE, lang, Align::Left),
            Column::named("size", terms::SIZE, lang, Align::Right),
            Column::named("digest", terms::DIGEST, lang, Align::Left),
        ],
        rows: named.chain(files).collect(),
    }
}

pub(super) fn reading(
    source: Source<'_>,
    (ix, metric, year): (CentreIx, MetricIx, Option<i16>),
    gaps: &[Slot],
    lang: Lang,
) -> Cell {
    let Some(slot) = source.cohort.layout.slot(metric, year) else { return Cell::empty() };
    match source.cohort.seen(source.rubric, ix, slot) {
        Some(Reading::Value(value)) => Cell::number(&value),
        None => {
            let word = terms::presence(Presence::Blank).get(lang);
            // A blank cell that nothing waits for is no gap.
            if gaps.contains(&slot) { Cell::word("", word).emphasised(Emphasis::Grave) } else { Cell::empty() }
        }
        Some(other) => {
            let word = terms::presence(Presence::of(Some(&other))).get(lang);
            Cell::word(other.cell(), word).emphasised(Emphasis::Weak)
        }
    }
}
