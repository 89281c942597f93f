//! The table of queries: what checks of the data ask about, what was answered, and how many of both. Must not know any
//! format.

use super::Source;
use super::sheet::{Align, Cell, Column, Row, Table};
use crate::domain::cohort::CentreIx;
use crate::domain::query::{Answer, Answers, Queries, Query};
use crate::domain::text::Lang;
use crate::wording::query::{self, Asked};
use crate::wording::terms;

/// The queries of a cohort and what was said of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    pub queries: Queries,
    pub answers: Answers,
}

/// Which queries are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Of one centre only.
    pub centre: Option<CentreIx>,
    /// Without those that are answered.
    pub open_only: bool,
}

/// How many queries of a cohort or one centre are open, and how many answered.
pub fn counts(source: Source<'_>, centre: Option<CentreIx>) -> (usize, usize) {
    let all = listed(source, Wanted { centre, open_only: false });
    let answered = all.iter().filter(|(.., answer)| answer.is_some()).count();
    (all.len() - answered, answered)
}

/// The queries with their standing answers, in roster and file order.
fn listed<'a>(source: Source<'a>, wanted: Wanted) -> Vec<(CentreIx, Query, Option<&'a Answer>)> {
    let Some(checked) = source.checked else { return Vec::new() };
    let found = match wanted.centre {
        Some(ix) => checked.queries.of(source.rubric, ix).into_iter().map(|query| (ix, query)).collect(),
        None => checked.queries.all(source.rubric),
    };
    let with_answer = |(ix, query): (CentreIx, Query)| {
        let centre = &source.cohort.centre(ix).id;
        let answer = checked.answers.standing(source.rubric, &source.cohort.layout, centre, &query);
        (ix, query, answer)
    };
    found.into_iter().map(with_answer).filter(|(.., answer)| !wanted.open_only || answer.is_none()).collect()
}

/// What was said of the query before the figures changed.
fn before<'a>(source: Source<'a>, ix: CentreIx, query: &Query) -> Option<&'a Answer> {
    let centre = &source.cohort.centre(ix).id;
    let last = source.checked?.answers.before(source.rubric, &source.cohort.layout, centre, query)?;
    (last.figures != query.figures()).then_some(last)
}

/// One row per query, in roster and file order.
pub fn table(source: Source<'_>, wanted: Wanted, lang: Lang) -> Table {
    let column = |id: &str, en: &str, zh: &str| {
        let title = if lang == Lang::En { en } else { zh };
        Column { id: id.to_owned(), title: title.to_owned(), align: Align::Left }
    };
    let columns = vec![
        Column::named("centre", terms::ID, lang, Align::Left),
        Column::named("metric", terms::METRIC, lang, Align::Left),
        Column::named("year", terms::YEAR, lang, Align::Left),
        column("judge", "judge", "专家"),
        column("check", "check", "审核项"),
        column("gravity", "gravity", "性质"),
        column("state", "state", "状态"),
        column("query", "query", "疑点"),
        column("figures", "figures", "所涉数据"),
        column("reason", "answer", "答复"),
        column("before", "answer to other figures", "数据变动前的答复"),
    ];
    let asked = Asked { rubric: source.rubric, layout: &source.cohort.layout, lang };
    let row = |(ix, query, answer): (CentreIx, Query, Option<&Answer>)| {
        let cell = query.cell(source.rubric, &source.cohort.layout);
        let title = source.rubric.metric(&cell.metric).map(|at| source.rubric.metrics[at.0].title.get(lang));
        let year = cell.year.map_or(Cell::word("", terms::WHOLE_CYCLE.get(lang)), |year| Cell::text(year.to_string()));
        let state = if answer.is_some() { "answered" } else { "open" };
        Row::flat(vec![
            Cell::text(&source.cohort.centre(ix).id),
            Cell::word(&cell.metric, title.unwrap_or_default()),
            year,
            Cell::text(cell.judge.unwrap_or_default()),
            Cell::word(query.check(source.rubric), asked.check(&query)),
            Cell::word(query.gravity().id(), query::gravity(query.gravity()).get(lang)),
            Cell::word(state, query::state(answer.is_some()).get(lang)),
            Cell::text(asked.sentence(&query)),
            Cell::text(query.figures()),
            answer.map_or(Cell::empty(), |answer| Cell::text(&answer.reason)),
            before(source, ix, &query).map_or(Cell::empty(), |before| Cell::text(&before.reason)),
        ])
    };
    let rows = listed(source, wanted).into_iter().map(row).collect();
    Table { id: "queries", title: query::QUERIES.get(lang).to_owned(), columns, rows }
}

/// How many queries about a centre are open and how many answered; no rows where nothing was ever asked.
pub fn of_centre(source: Source<'_>, centre: CentreIx, lang: Lang) -> Table {
    let (open, answered) = counts(source, Some(centre));
    let columns = vec![
        Column::named("item", terms::FACT, lang, Align::Left),
        Column::named("value", terms::VALUE_OF_FACT, lang, Align::Left),
    ];
    let row = |id: &str, title: &str, count: usize| Row::flat(vec![Cell::word(id, title), Cell::count(count)]);
    let rows = match open + answered {
        0 => Vec::new(),
        _ => vec![row("open", query::OPEN.get(lang), open), row("answered", query::ANSWERED.get(lang), answered)],
    };
    Table { id: "queries", title: query::QUERIES.get(lang).to_owned(), columns, rows }
}
