//! Moving the cursor, by key and by mouse, and what the last frame showed. Must not change the evaluation.

use super::run_if_enabled;
use crate::app::cohort;
use crate::app::command::{self, Command, Context};
use crate::app::entry::Entry;
use crate::app::list::Motion;
use crate::app::model::{Model, Overlay, Screen};
use crate::app::msg::{Effect, Seen};
use crate::app::typing::Then;
use crate::app::update::{saving, say};
use crate::wording::screen;

pub(super) fn go(model: &mut Model, motion: Motion, then: Then) -> Vec<Effect> {
    if model.overlays.is_empty()
        && let Some(Screen::Entry(entry)) = model.screens.last_mut()
    {
        if entry.typing.is_some() {
            return saving::save(model, then);
        }
        entry.go(motion);
    } else if model.overlays.is_empty()
        && let Some(Screen::Ledger(ledger)) = model.screens.last_mut()
    {
        ledger.go(motion);
    } else if let Some((list, count)) = model.front_list() {
        list.go(motion, count);
    }
    Vec::new()
}

pub(super) fn go_across(model: &mut Model, motion: Motion) {
    if matches!(model.screen(), Some(Screen::Bench(_))) {
        return super::bench::turn(model, matches!(motion, Motion::Back(_)));
    }
    let Some(session) = &model.session else { return };
    match model.screens.last_mut() {
        Some(Screen::Entry(entry)) => entry.go_across(motion),
        Some(Screen::Cohort(cohort)) => {
            let count = cohort::columns(&session.evaluation.rubric, cohort.view).len();
            cohort.columns_mut().go(motion, count);
        }
        _ => {}
    }
}

pub(super) fn back(model: &mut Model) {
    if model.overlays.pop().is_some() {
        return;
    }
    if let Some(Screen::Review(review)) = model.screens.last_mut()
        && review.detail.take().is_some()
    {
        return;
    }
    let unsaved = match model.screen() {
        Some(Screen::Bench(bench)) => bench.is_unsaved(),
        Some(Screen::Review(review)) => review.is_unsaved(),
        _ => false,
    };
    if unsaved {
        model.overlays.push(Overlay::Discard { quit: false });
        return;
    }
    if model.screens.len() > 1 {
        let left = model.screens.pop();
        // A file with faults is mended and tried again.
        if matches!(&left, Some(Screen::Preview(preview)) if preview.of_file && !preview.refused.is_empty()) {
            super::form::import(model);
        }
    } else {
        super::table::show_all(model);
    }
    super::table::settle(model);
}

pub(super) fn next_gap(model: &mut Model) {
    let Some(session) = &model.session else { return };
    if let Some(Screen::Entry(entry)) = model.screens.last_mut()
        && entry.go_to_gap(&session.evaluation)
    {
        return;
    }
    // This centre has none, or it is the cohort that asks: on to the next centre with one.
    let next = model.cohort().and_then(|cohort| {
        let count = cohort.rows.len();
        let mut after = (1..=count).map(|n| (cohort.list.at + n) % count);
        after.find(|row| session.is_incomplete(cohort.rows[*row]))
    });
    if let Some(row) = next {
        put_centre(model, row);
    }
}

pub(super) fn go_to_centre(model: &mut Model, motion: Motion) {
    let target = model.cohort().map(|cohort| cohort.list.target(motion, cohort.rows.len()));
    if let Some(row) = target {
        put_centre(model, row);
    }
}

/// Turns every screen on the way here to another row of the cohort; the cursor stays where it was in each.
fn put_centre(model: &mut Model, row: usize) {
    let Some(session) = &model.session else { return };
    let Some(ix) = model.cohort().and_then(|cohort| cohort.rows.get(row)).copied() else { return };
    let id = &session.evaluation.cohort.centre(ix).id;
    for screen in &mut model.screens {
        match screen {
            Screen::Cohort(cohort) => cohort.list.at = row,
            Screen::Ledger(ledger) => ledger.refresh(session, id, model.lang),
            Screen::Entry(entry) => **entry = Entry::new(session, ix),
            Screen::Plot(plot) => plot.turn_to(session, id, model.lang),
            Screen::Start(_)
            | Screen::History(_)
            | Screen::Problems(_)
            | Screen::Preview(_)
            | Screen::Source(_)
            | Screen::Browser(_)
            | Screen::Bench(_)
            | Screen::Waiting(_)
            | Screen::Review(_) => {}
        }
    }
}

/// Goes through the rubric in the other order.
pub(super) fn turn_over(model: &mut Model) {
    match model.screens.last_mut() {
        Some(Screen::Browser(browser)) => browser.turn(),
        Some(Screen::Bench(bench)) => bench.browser.turn(),
        _ => {}
    }
}

/// The mouse: puts the cursor somewhere, and opens what it was on already.
pub(super) fn point(model: &mut Model, row: usize, column: Option<usize>) -> Vec<Effect> {
    if matches!(model.context(), Context::Typing | Context::Naming | Context::Filter) {
        return say(model, screen::WHY_TYPING);
    }
    if model.overlays.is_empty()
        && let Some(Screen::Entry(entry)) = model.screens.last_mut()
    {
        let was = (entry.list.at, entry.columns.at);
        if let Some(column) = column {
            entry.columns.at = column.min(entry.years.len());
        }
        entry.settle(row.min(entry.rows.len().saturating_sub(1)), false);
        return if was == (entry.list.at, entry.columns.at) {
            run_if_enabled(model, Command::Open)
        } else {
            Vec::new()
        };
    }
    let Some((list, count)) = model.front_list() else { return Vec::new() };
    let was = std::mem::replace(&mut list.at, row.min(count.saturating_sub(1)));
    let mut same = was == list.at;
    if model.overlays.is_empty()
        && let (Some(column), Some(Screen::Cohort(cohort))) = (column, model.screens.last_mut())
    {
        same &= std::mem::replace(&mut cohort.columns_mut().at, column) == column;
    }
    let opens = command::row(Command::Open).is_some_and(|row| row.contexts.contains(&model.context()));
    match model.context() {
        Context::Choice if same => run_if_enabled(model, Command::Turn),
        _ if same && opens => run_if_enabled(model, Command::Open),
        _ => Vec::new(),
    }
}

pub(super) fn saw(model: &mut Model, seen: Seen) {
    if let Some((list, _)) = model.front_list() {
        list.first = seen.first;
        list.shown = seen.shown;
    }
    if model.overlays.is_empty() {
        match model.screens.last_mut() {
            Some(Screen::Cohort(cohort)) => cohort.columns_mut().first = seen.first_column,
            Some(Screen::Entry(entry)) => entry.columns.first = seen.first_column,
            Some(Screen::Ledger(ledger)) => ledger.below = seen.below,
            _ => {}
        }
    }
}
