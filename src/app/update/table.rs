//! The cohort table: which centres it shows, in which order, as scores or as a roster. Must not change the evaluation.

use crate::app::cohort::View;
use crate::app::model::{Model, Screen};
use crate::domain::cohort::CentreIx;

/// Puts the rows in order again; the cursor stays with its centre, or goes to `keep`.
fn arrange(model: &mut Model, keep: Option<CentreIx>) {
    let Some(session) = &model.session else { return };
    let cohort = model.screens.iter_mut().find_map(|screen| match screen {
        Screen::Cohort(cohort) => Some(cohort),
        _ => None,
    });
    if let Some(cohort) = cohort {
        cohort.arrange(session, keep);
    }
}

pub(super) fn filter(model: &mut Model) {
    if let Some(cohort) = model.cohort_mut() {
        cohort.filtering = true;
        cohort.filter.fresh = true;
    }
}

pub(super) fn leave_filter(model: &mut Model) {
    if let Some(cohort) = model.cohort_mut() {
        cohort.filtering = false;
    }
}

/// Takes the filter off.
pub(super) fn show_all(model: &mut Model) {
    if let Some(cohort) = model.cohort_mut() {
        cohort.filtering = false;
        cohort.filter = Default::default();
    }
    arrange(model, None);
}

/// The line was edited; only another text asks for other rows.
pub(super) fn filter_changed(model: &mut Model, changed: bool) {
    if !changed {
        return;
    }
    let Some(session) = &model.session else { return };
    let rubric = &session.evaluation.rubric;
    if let Some(Screen::Cohort(cohort)) = model.screens.last_mut() {
        cohort.filter.read(rubric);
    }
    arrange(model, None);
}

pub(super) fn complete(model: &mut Model) {
    let lang = model.lang;
    let Some(session) = &model.session else { return };
    let rubric = &session.evaluation.rubric;
    if let Some(Screen::Cohort(cohort)) = model.screens.last_mut() {
        cohort.filter.complete(rubric, lang);
    }
    arrange(model, None);
}

pub(super) fn sort(model: &mut Model) {
    let Some(session) = &model.session else { return };
    let rubric = &session.evaluation.rubric;
    if let Some(Screen::Cohort(cohort)) = model.screens.last_mut() {
        let column = cohort.column(rubric);
        cohort.sort_by(column);
    }
    arrange(model, None);
    // What one sorts for stands at the top.
    if let Some(cohort) = model.cohort_mut() {
        cohort.list.at = 0;
    }
}

pub(super) fn by_kind(model: &mut Model) {
    if let Some(cohort) = model.cohort_mut() {
        cohort.by_kind = !cohort.by_kind;
    }
    arrange(model, None);
}

pub(super) fn roster(model: &mut Model) {
    if let Some(cohort) = model.cohort_mut() {
        cohort.view = match cohort.view {
            View::Scores => View::Roster,
            View::Roster => View::Scores,
        };
    }
}

/// Coming back to the table: what was changed meanwhile may have another place now.
pub(super) fn settle(model: &mut Model) {
    if matches!(model.screens.last(), Some(Screen::Cohort(cohort)) if cohort.stale) {
        arrange(model, None);
    }
}

/// Centres came or went: positions mean other centres now.
pub(super) fn roster_changed(model: &mut Model, keep: Option<CentreIx>) {
    arrange(model, keep);
}
