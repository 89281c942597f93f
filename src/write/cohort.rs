//! The sheet of a whole cohort: one row per centre, then the reasons. Must not know any format.

use super::sheet::{
    Align, Carries, Cell, CellKind, Column, Emphasis, GradeSheet, Row, Table, cycle_text, notes, provenance,
};
use super::{Source, final_total, has_points};
use crate::domain::grade::{Flag, Scorecard};
use crate::domain::number::Points;
use crate::domain::rubric::NodeIx;
use crate::domain::score::State;
use crate::domain::text::Lang;
use crate::wording::number::{self, Level};
use crate::wording::{standing, terms};

/// Scores, grades and reasons of all centres.
pub fn cohort_sheet(source: Source<'_>, lang: Lang) -> GradeSheet {
    let cycle = source.cohort.layout.cycle;
    GradeSheet {
        lang,
        title: format!("{} {}", source.rubric.title.get(lang), cycle_text(cycle.first, cycle.last)),
        draft: source.draft,
        notes: notes(source, lang),
        provenance: provenance(source, lang),
        tables: vec![scores(source, lang), reasons(source, lang)],
        carries: Carries::Cohort,
    }
}

/// One row per centre in roster order: the columns of the command line's contract.
pub fn scores(source: Source<'_>, lang: Lang) -> Table {
    let named = |id, title, align| Column::named(id, title, lang, align);
    let mut columns = vec![
        named("centre", terms::ID, Align::Left),
        named("name", terms::NAME, Align::Left),
        named("kind", terms::KIND, Align::Left),
        named("status", terms::STATUS, Align::Left),
    ];
    let criteria: Vec<NodeIx> = source.rubric.criteria().collect();
    for ix in &criteria {
        let node = &source.rubric.nodes[ix.0];
        let title = node.title.get(lang);
        columns.push(Column::number(&node.id, title));
        if source.rubric.is_profile(*ix) {
            let levels = source.rubric.levels.iter();
            columns.extend(levels.map(|level| {
                Column::number(format!("{}_{}", node.id, level.id), format!("{title} {}", level.title.get(lang)))
            }));
        }
    }
    columns.extend([
        named("total", terms::TOTAL, Align::Right),
        named("grade", terms::GRADE, Align::Left),
        named("rank", terms::RANK, Align::Right),
        named("outcome", terms::OUTCOME, Align::Left),
        named("flags", terms::FLAGS, Align::Left),
    ]);
    let rows = source.cards.iter().map(|card| score_row(source, card, &criteria, lang)).collect();
    Table { id: "scores", title: terms::SCORES.get(lang).to_owned(), columns, rows }
}

fn score_row(source: Source<'_>, card: &Scorecard, criteria: &[NodeIx], lang: Lang) -> Row {
    let centre = source.cohort.centre(card.centre);
    let mut cells = vec![
        Cell::text(&centre.id),
        Cell::text(&centre.name),
        Cell::word(source.kind_id(card.centre), source.kind_title(card.centre, lang)),
        Cell::word(centre.status.id(), terms::status(centre.status).get(lang)),
    ];
    let figures = if card.tally.state == State::Complete { Emphasis::None } else { Emphasis::Weak };
    for ix in criteria {
        cells.push(match &card.tally.nodes[ix.0] {
            Some(points) if has_points(card) => Cell::points(points, source, Level::Criterion).emphasised(figures),
            _ => Cell::empty(),
        });
        if source.rubric.is_profile(*ix) {
            let shares = card.tally.profiles.iter().find(|(node, _)| node == ix).map(|(_, shares)| shares);
            let share = |at: usize| shares.and_then(|shares| shares.get(at)).map_or(Cell::empty(), Cell::number);
            cells.extend((0..source.rubric.levels.len()).map(|at| share(at).emphasised(figures)));
        }
    }
    cells.push(total(source, card, lang));
    cells.push(grade(source, card, lang));
    cells.push(card.rank.map_or(Cell::empty(), Cell::count));
    cells.push(outcome(source, card, lang));
    cells.push(flags(source, card, lang));
    Row::flat(cells)
}

/// The total; that of an incomplete centre is shown in brackets and empty in data.
pub(super) fn total(source: Source<'_>, card: &Scorecard, lang: Lang) -> Cell {
    if let Some(total) = final_total(source, card) {
        return Cell::points(total, source, Level::Total).emphasised(Emphasis::Strong);
    }
    match &card.tally.state {
        State::Incomplete { .. } | State::Blocked(_) if source.rubric.has_total() => Cell {
            kind: CellKind::Text,
            shown: provisional(&card.tally.total, source, lang),
            data: String::new(),
            emphasis: Emphasis::Weak,
        },
        _ => Cell::empty(),
    }
}

fn provisional(total: &Points, source: Source<'_>, lang: Lang) -> String {
    let shown = number::points(total, &source.rubric.rounding, Level::Total);
    let word = if source.draft { terms::PROVISIONAL } else { terms::PARTIAL };
    match lang {
        Lang::En => format!("({shown}) {}", word.en),
        Lang::Zh => format!("（{shown}）{}", word.zh),
    }
}

/// The grade, marked where others of its group are still incomplete; or why there is none, which is empty in data.
pub(super) fn grade(source: Source<'_>, card: &Scorecard, lang: Lang) -> Cell {
    let about = source.about(card, lang);
    let Some(ix) = card.grade else {
        let why = about.ungraded();
        return if why.is_empty() { Cell::empty() } else { Cell::word("", why).emphasised(Emphasis::Weak) };
    };
    let grade = &source.rubric.grades[ix.0];
    let title = grade.title.get(lang);
    let shown = match (about.provisional(), lang) {
        (false, _) => title.to_owned(),
        (true, Lang::En) => format!("{title} ({})", terms::PROVISIONAL.en),
        (true, Lang::Zh) => format!("{title}（{}）", terms::PROVISIONAL.zh),
    };
    Cell::word(&grade.id, shown).emphasised(Emphasis::Strong)
}

pub(super) fn outcome(source: Source<'_>, card: &Scorecard, lang: Lang) -> Cell {
    let Some(proposal) = &card.proposal else { return Cell::empty() };
    let act = terms::act_in_short(proposal, source.rubric, lang);
    let until = match (proposal.by, proposal.within, lang) {
        (Some(day), _, Lang::En) => format!(" {}", terms::by(day, lang)),
        (Some(day), _, Lang::Zh) => format!("，{}", terms::by(day, lang)),
        (None, Some(within), Lang::En) => format!(" within {}", terms::period(within, lang)),
        (None, Some(within), Lang::Zh) => format!("（{}内）", terms::period(within, lang)),
        (None, None, _) => String::new(),
    };
    let emphasis = if proposal.act.is_flag(source.rubric) { Emphasis::Grave } else { Emphasis::None };
    Cell::word(proposal.act.id(source.rubric), format!("{act}{until}")).emphasised(emphasis)
}

pub(super) fn flags(source: Source<'_>, card: &Scorecard, lang: Lang) -> Cell {
    if card.flags.is_empty() {
        return Cell::empty();
    }
    let ids: Vec<String> = card.flags.iter().map(|flag| flag.id(source.rubric)).collect();
    let shown: Vec<String> =
        card.flags.iter().map(|flag| standing::flag(flag, source.rubric, !source.draft, lang)).collect();
    let grave = card.flags.iter().any(Flag::is_grave);
    let emphasis = if grave { Emphasis::Grave } else { Emphasis::None };
    Cell::word(ids.join(";"), shown.join(if lang == Lang::En { "; " } else { "；" })).emphasised(emphasis)
}

/// Every reason, flag and proposal of a centre as sentences, each with an id for programs.
pub fn sentences(source: Source<'_>, card: &Scorecard, lang: Lang) -> Vec<(String, String)> {
    let about = source.about(card, lang);
    let mut said: Vec<(String, String)> = Vec::new();
    let state = about.state();
    if !state.is_empty() {
        said.push(("state".to_owned(), state));
    }
    said.extend(card.reasons.iter().map(|reason| ("grade".to_owned(), about.reason(reason))));
    said.extend(about.proposal().map(|sentence| ("outcome".to_owned(), sentence)));
    for flag in &card.flags {
        let sentence = about.flag(flag);
        if !sentence.is_empty() && !said.iter().any(|(_, known)| *known == sentence) {
            said.push((format!("flag:{}", flag.id(source.rubric)), sentence));
        }
    }
    said
}

fn reasons(source: Source<'_>, lang: Lang) -> Table {
    let columns = vec![
        Column::named("centre", terms::ID, lang, Align::Left),
        Column::named("name", terms::NAME, lang, Align::Left),
        Column::named("about", terms::ITEM, lang, Align::Left),
        Column::named("reason", terms::REASON, lang, Align::Left),
    ];
    let mut rows = Vec::new();
    for card in source.cards {
        let centre = source.cohort.centre(card.centre);
        for (about, sentence) in sentences(source, card, lang) {
            let cells = vec![
                Cell::text(&centre.id),
                Cell::text(&centre.name),
                Cell::word(&about, about_word(&about, lang)),
                Cell::text(sentence),
            ];
            rows.push(Row::flat(cells));
        }
    }
    Table { id: "reasons", title: terms::REASONS.get(lang).to_owned(), columns, rows }
}

/// The word for what a sentence of [`sentences`] is about.
pub(super) fn about_word(about: &str, lang: Lang) -> &'static str {
    match about {
        "state" => terms::STATUS,
        "grade" => terms::GRADE,
        "outcome" => terms::OUTCOME,
        _ => terms::FLAGS,
    }
    .get(lang)
}
