//! Whether a command can be run now, and if not why. Must not run anything.

use crate::app::bench::Bench;
use crate::app::browser::{self, Browser, Row};
use crate::app::cohort::{Column, View};
use crate::app::entry;
use crate::app::model::{Model, Overlay, Screen};
use crate::app::nudge::Target;
use crate::app::problems::Problem;
use crate::app::review::{Fate, Review};
use crate::app::session::Doubted;
use crate::app::start::Item;
use crate::domain::evaluation::Evaluation;
use crate::domain::note::Verdict;
use crate::domain::reading::Reading;
use crate::domain::rubric::{Citation, NodeIx, Rubric};
use crate::wording::review as said;
use crate::wording::screen::{self, Phrase};

pub fn always(_: &Model) -> Result<(), Phrase> {
    Ok(())
}

pub fn has_centre(model: &Model) -> Result<(), Phrase> {
    let somewhere = match model.screen() {
        Some(Screen::Cohort(cohort)) => cohort.chosen().is_some(),
        Some(Screen::Entry(_) | Screen::Ledger(_)) => true,
        _ => false,
    };
    if somewhere { Ok(()) } else { Err(screen::WHY_NO_CENTRE) }
}

pub fn can_open(model: &Model) -> Result<(), Phrase> {
    if !model.overlays.is_empty() {
        return Ok(());
    }
    match model.screen() {
        Some(Screen::Entry(entry)) => match entry.rows.get(entry.list.at) {
            _ if entry.on_points() => Ok(()),
            Some(entry::Row::AddJudge(_)) => can_change(model),
            _ => can_fill(model),
        },
        Some(Screen::Ledger(ledger)) => {
            let node = ledger.node().ok_or(screen::WHY_NO_INPUT)?;
            let rubric = &model.session.as_ref().ok_or(screen::WHY_NO_EVALUATION)?.evaluation.rubric;
            if entry::metrics_of(rubric, node).is_empty() { Err(screen::WHY_NO_INPUT) } else { Ok(()) }
        }
        Some(Screen::Cohort(cohort)) => {
            has_centre(model)?;
            let session = model.session.as_ref().ok_or(screen::WHY_NO_EVALUATION)?;
            match cohort.column(&session.evaluation.rubric) {
                Column::Id => Err(screen::WHY_ID_STAYS),
                Column::Name if cohort.view == View::Roster => can_change(model),
                Column::Fact(_) => can_change(model),
                _ => Ok(()),
            }
        }
        Some(Screen::Review(review)) => {
            if review.is_empty() {
                Err(screen::WHY_NOTHING_BEHIND)
            } else {
                Ok(())
            }
        }
        Some(Screen::Waiting(waiting)) => match waiting.chosen() {
            Some(waits) if waits.accepted => Err(said::WHY_ACCEPTED),
            Some(_) => Ok(()),
            None => Err(screen::WHY_NOTHING_BEHIND),
        },
        Some(Screen::Plot(plot)) => match plot.chosen() {
            Some(row) if row.leads_on() => Ok(()),
            _ => Err(screen::WHY_NOTHING_BEHIND),
        },
        Some(Screen::Problems(problems)) => match problems.chosen() {
            Some(problem) if problem.centre().is_some() => Ok(()),
            Some(_) => Err(screen::WHY_NO_CENTRE),
            None => Err(screen::WHY_NO_PROBLEM),
        },
        _ => Ok(()),
    }
}

pub fn can_change(model: &Model) -> Result<(), Phrase> {
    let session = model.session.as_ref().ok_or(screen::WHY_NO_EVALUATION)?;
    if session.evaluation.closed.is_some() { Err(screen::WHY_CLOSED) } else { Ok(()) }
}

pub fn can_fill(model: &Model) -> Result<(), Phrase> {
    can_change(model)?;
    let (Some(entry), Some(session)) = (model.entry(), &model.session) else { return Err(screen::WHY_NO_CELL) };
    entry.cell(&session.evaluation).map(|_| ()).ok_or(screen::WHY_NO_CELL)
}

/// What stands in the cell under the cursor, as data cells write it.
fn standing(model: &Model) -> Result<String, Phrase> {
    can_fill(model)?;
    let (Some(entry), Some(session)) = (model.entry(), &model.session) else { return Err(screen::WHY_NO_CELL) };
    let cell = entry.cell(&session.evaluation).ok_or(screen::WHY_NO_CELL)?;
    Ok(entry.reading(&cell, &session.evaluation).map_or(String::new(), Reading::cell))
}

pub fn is_filled(model: &Model) -> Result<(), Phrase> {
    if standing(model)?.is_empty() { Err(screen::WHY_BLANK_ALREADY) } else { Ok(()) }
}

pub fn not_yet_not_reported(model: &Model) -> Result<(), Phrase> {
    if standing(model)? == Reading::NOT_REPORTED {
        return Err(screen::WHY_SAME_ALREADY);
    }
    Ok(())
}

pub fn not_yet_not_applicable(model: &Model) -> Result<(), Phrase> {
    if standing(model)? == Reading::NOT_APPLICABLE {
        return Err(screen::WHY_SAME_ALREADY);
    }
    Ok(())
}

/// The query that the cursor is on: of the list, or of the cell, where those that wait for an answer go first.
pub fn query(model: &Model) -> Option<(String, Doubted)> {
    let session = model.session.as_ref()?;
    let of = |centre: &str| session.find(centre).map_or(Vec::new(), |ix| session.doubted(ix));
    match model.screen()? {
        Screen::Problems(problems) => {
            let Problem::Query { centre, query } = problems.chosen()? else { return None };
            let found = of(centre).into_iter().find(|doubted| doubted.query == *query)?;
            Some((centre.clone(), found))
        }
        Screen::Entry(entry) => {
            let cell = entry.cell(&session.evaluation)?;
            let (rubric, layout) = (&session.evaluation.rubric, &session.evaluation.cohort.layout);
            let judge = cell.judge.as_deref();
            let here = |doubted: &Doubted| doubted.query.is_about(rubric, layout, cell.slot, judge);
            let found = of(&entry.centre).into_iter().filter(here).min_by_key(|doubted| doubted.answer.is_some())?;
            Some((entry.centre.clone(), found))
        }
        _ => None,
    }
}

pub fn has_query(model: &Model) -> Result<(), Phrase> {
    can_change(model)?;
    query(model).map(|_| ()).ok_or(screen::WHY_NO_QUERY)
}

pub fn has_panel(model: &Model) -> Result<(), Phrase> {
    can_change(model)?;
    let (Some(entry), Some(session)) = (model.entry(), &model.session) else { return Err(screen::WHY_NO_PANEL) };
    let metric = entry.metric(entry.list.at).ok_or(screen::WHY_NO_PANEL)?;
    session.evaluation.rubric.metrics[metric.0].panel.as_ref().map(|_| ()).ok_or(screen::WHY_NO_PANEL)
}

pub fn has_gap(model: &Model) -> Result<(), Phrase> {
    let session = model.session.as_ref().ok_or(screen::WHY_NO_EVALUATION)?;
    let any = session.evaluation.cohort.all().any(|ix| session.is_incomplete(ix));
    if any { Ok(()) } else { Err(screen::WHY_ALL_FILLED) }
}

pub fn has_next_centre(model: &Model) -> Result<(), Phrase> {
    let cohort = model.cohort().ok_or(screen::WHY_NO_CENTRE)?;
    if cohort.list.at + 1 < cohort.rows.len() { Ok(()) } else { Err(screen::WHY_ONE_CENTRE) }
}

pub fn has_previous_centre(model: &Model) -> Result<(), Phrase> {
    let cohort = model.cohort().ok_or(screen::WHY_NO_CENTRE)?;
    if cohort.list.at > 0 { Ok(()) } else { Err(screen::WHY_ONE_CENTRE) }
}

pub fn can_go_back(model: &Model) -> Result<(), Phrase> {
    let filtered = matches!(model.screen(), Some(Screen::Cohort(cohort)) if !cohort.filter.is_empty());
    let somewhere = !model.overlays.is_empty() || model.screens.len() > 1 || filtered;
    if somewhere { Ok(()) } else { Err(screen::WHY_ROOT) }
}

fn evaluation(model: &Model) -> Result<&Evaluation, Phrase> {
    model.session.as_ref().map(|session| &*session.evaluation).ok_or(screen::WHY_NO_EVALUATION)
}

pub fn has_cohort(model: &Model) -> Result<(), Phrase> {
    if evaluation(model)?.cohort.is_empty() { Err(screen::WHY_NO_CENTRE) } else { Ok(()) }
}

/// A plot of the centre needs a centre.
pub fn has_plot(model: &Model) -> Result<(), Phrase> {
    match model.screen() {
        Some(Screen::Plot(plot)) if plot.centre.is_none() => Err(screen::WHY_NO_CENTRE),
        _ => evaluation(model).map(|_| ()),
    }
}

pub fn has_kinds(model: &Model) -> Result<(), Phrase> {
    if evaluation(model)?.rubric.kinds.len() > 1 { Ok(()) } else { Err(screen::WHY_NO_KINDS) }
}

pub fn can_drop(model: &Model) -> Result<(), Phrase> {
    can_change(model)?;
    has_centre(model)
}

pub fn can_complete(model: &Model) -> Result<(), Phrase> {
    let rubric = &evaluation(model)?.rubric;
    let found = model.cohort().is_some_and(|cohort| !cohort.filter.candidates(rubric, model.lang).is_empty());
    if found { Ok(()) } else { Err(screen::WHY_NOTHING_TO_COMPLETE) }
}

pub fn can_apply(model: &Model) -> Result<(), Phrase> {
    can_change(model)?;
    match model.screen() {
        Some(Screen::Preview(preview)) if !preview.refused.is_empty() => Err(screen::WHY_REFUSED),
        Some(Screen::Preview(preview)) if preview.bodies.is_empty() => Err(screen::WHY_NOTHING_NEW),
        _ => Ok(()),
    }
}

/// A history is of the evaluation, or of a cell.
pub fn can_ask_history(model: &Model) -> Result<(), Phrase> {
    let (Some(entry), Some(session)) = (model.entry(), &model.session) else { return Ok(()) };
    entry.cell(&session.evaluation).map(|_| ()).ok_or(screen::WHY_NO_CELL)
}

pub fn has_last_year(model: &Model) -> Result<(), Phrase> {
    can_fill(model)?;
    let (Some(entry), Some(session)) = (model.entry(), &model.session) else { return Err(screen::WHY_NO_CELL) };
    let found = entry.last_year(&session.evaluation).ok_or(screen::WHY_NO_LAST_YEAR)?;
    if found.cell() == standing(model)? { Err(screen::WHY_SAME_ALREADY) } else { Ok(()) }
}

pub fn has_above(model: &Model) -> Result<(), Phrase> {
    can_fill(model)?;
    let (Some(entry), Some(session)) = (model.entry(), &model.session) else { return Err(screen::WHY_NO_CELL) };
    let found = entry.above(&session.evaluation).ok_or(screen::WHY_NOTHING_ABOVE)?;
    if found.cell() == standing(model)? { Err(screen::WHY_SAME_ALREADY) } else { Ok(()) }
}

pub fn has_browser(model: &Model) -> Result<(), Phrase> {
    match model.screen() {
        Some(Screen::Start(start)) => start.rubric().map(|_| ()).ok_or(screen::WHY_NO_RUBRIC),
        _ => model.session.as_ref().map(|_| ()).ok_or(screen::WHY_NO_EVALUATION),
    }
}

pub fn has_rubric_text(model: &Model) -> Result<(), Phrase> {
    match model.screen() {
        Some(Screen::Start(start)) => match start.chosen() {
            Some(Item::Rubric(_)) => Ok(()),
            _ => Err(screen::WHY_NO_RUBRIC),
        },
        Some(Screen::Browser(_) | Screen::Bench(_)) => {
            model.browser().and_then(Browser::chosen).map(|_| ()).ok_or(screen::WHY_NO_RUBRIC)
        }
        Some(Screen::Problems(problems)) => match problems.chosen() {
            Some(Problem::Rubric(_)) => Ok(()),
            _ => Err(screen::WHY_NO_RUBRIC),
        },
        _ => model.session.as_ref().map(|_| ()).ok_or(screen::WHY_NO_EVALUATION),
    }
}

/// The citation behind the ledger line, or the indicator or metric, that the cursor is on.
pub fn citation(model: &Model) -> Option<(&Citation, &Rubric)> {
    if let Some(browser) = model.browser() {
        let (_, rubric) = browser.good.as_ref()?;
        let row = browser.chosen()?;
        let found = match row {
            Row::Node(node) => inherited(rubric, *node),
            row => browser::citation(rubric, row),
        };
        return found.map(|cite| (cite, rubric));
    }
    let rubric = &model.session.as_ref()?.evaluation.rubric;
    let node = match model.screen()? {
        Screen::Entry(entry) => {
            let metric = entry.metric(entry.list.at).and_then(|metric| rubric.metrics[metric.0].cite.as_ref());
            if metric.is_some() {
                return metric.map(|cite| (cite, rubric));
            }
            entry.node()?
        }
        Screen::Ledger(ledger) => ledger.node()?,
        _ => return None,
    };
    inherited(rubric, node).map(|cite| (cite, rubric))
}

/// What has no citation of its own stands under what its criterion cites.
fn inherited(rubric: &Rubric, node: NodeIx) -> Option<&Citation> {
    let up = std::iter::successors(Some(node), |node| rubric.nodes[node.0].parent);
    up.into_iter().find_map(|node| rubric.nodes[node.0].cite.as_ref())
}

pub fn has_citation(model: &Model) -> Result<(), Phrase> {
    citation(model).map(|_| ()).ok_or(screen::WHY_NO_CITATION)
}

pub fn has_fields(model: &Model) -> Result<(), Phrase> {
    let several = matches!(model.overlays.last(), Some(Overlay::Form(form)) if form.fields.len() > 1);
    if several { Ok(()) } else { Err(screen::WHY_ONE_FIELD) }
}

pub fn can_stop(model: &Model) -> Result<(), Phrase> {
    match model.overlays.last() {
        Some(Overlay::Working(work)) if work.can_stop && !work.stopping => Ok(()),
        _ => Err(screen::WHY_CANNOT_STOP),
    }
}

/// A file can be put on the bench, with the cohort of the open evaluation.
pub fn can_bench(model: &Model) -> Result<(), Phrase> {
    match model.screen() {
        Some(Screen::Browser(browser)) if browser.path.is_some() => has_cohort(model),
        _ => Err(screen::WHY_NO_FILE),
    }
}

fn bench(model: &Model) -> Result<&Bench, Phrase> {
    match model.screen() {
        Some(Screen::Bench(bench)) => Ok(bench),
        _ => Err(screen::WHY_NO_FIGURE),
    }
}

pub fn can_step(model: &Model) -> Result<(), Phrase> {
    if bench(model)?.figures().is_empty() { Err(screen::WHY_NO_FIGURE) } else { Ok(()) }
}

pub fn can_lock(model: &Model) -> Result<(), Phrase> {
    match bench(model)?.target() {
        Some(Target::Weight(_)) => Ok(()),
        _ => Err(screen::WHY_NO_SIBLINGS),
    }
}

pub fn can_save_rubric(model: &Model) -> Result<(), Phrase> {
    if bench(model)?.is_unsaved() { Ok(()) } else { Err(screen::WHY_SAVED_ALREADY) }
}

/// A step of the evaluation, or a move on the bench.
pub fn can_undo(model: &Model) -> Result<(), Phrase> {
    match bench(model) {
        Ok(bench) if bench.can_undo() => Ok(()),
        Ok(_) => Err(screen::WHY_NOTHING_MOVED),
        Err(_) => can_change(model),
    }
}

/// On the bench only where the row has figures for several kinds.
pub fn can_go_across(model: &Model) -> Result<(), Phrase> {
    match bench(model) {
        Ok(bench) if bench.figures().len() < 2 => Err(screen::WHY_ONE_FIGURE),
        _ => Ok(()),
    }
}

fn review(model: &Model) -> Result<&Review, Phrase> {
    match model.screen() {
        Some(Screen::Review(review)) => Ok(review),
        _ => Err(said::WHY_NOTHING_MARKED),
    }
}

/// A change that is still open, and not only looked at.
fn is_open(review: &Review) -> Result<(), Phrase> {
    match review.fate {
        _ if review.accepted.is_some() => Err(said::WHY_ACCEPTED),
        Fate::Look(why) => Err(why),
        Fate::Snapshot(_) | Fate::Repin { .. } => Ok(()),
    }
}

/// A row that can be marked.
pub fn can_mark(model: &Model) -> Result<(), Phrase> {
    let review = review(model)?;
    is_open(review)?;
    if review.is_empty() { Err(said::WHY_NOTHING_MARKED) } else { Ok(()) }
}

/// Nothing of it is rejected.
pub fn can_accept(model: &Model) -> Result<(), Phrase> {
    let review = review(model)?;
    is_open(review)?;
    match () {
        () if review.marks.count(Verdict::Reject) > 0 => Err(said::WHY_REJECTED),
        () if review.of.is_empty() => Err(said::WHY_NO_CHANGE),
        () => Ok(()),
    }
}

/// Both centres and edits are listed.
pub fn has_panes(model: &Model) -> Result<(), Phrase> {
    match review(model)? {
        review if review.centres() == 0 || review.of.edits.is_empty() => Err(screen::WHY_NOTHING_BEHIND),
        _ => Ok(()),
    }
}
