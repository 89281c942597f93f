//! A review: marks, what stands behind a row, and accepting the whole. Must not know how it is drawn.

use std::sync::Arc;

use super::{form, overlay};
use crate::app::model::{Model, Notice, Screen};
use crate::app::msg::{Accepted, Effect};
use crate::app::review::{Fate, Review};
use crate::app::waiting::{Waiting, Waits};
use crate::domain::note::{About, Moved, Verdict};
use crate::domain::review::Reviewed;
use crate::wording::{review as said, screen};

pub(super) fn came(model: &mut Model, reviewed: Arc<Reviewed>, fate: Fate) {
    overlay::work_is_over(model, true);
    model.screens.push(Screen::Review(Box::new(Review::new(reviewed, fate))));
}

pub(super) fn front(model: &mut Model) -> Option<&mut Review> {
    match model.screens.last_mut() {
        Some(Screen::Review(review)) => Some(review),
        _ => None,
    }
}

pub(super) fn mark(model: &mut Model, verdict: Verdict) -> Vec<Effect> {
    let Some(review) = front(model) else { return Vec::new() };
    let before = review.marks.count(Verdict::Reject);
    review.mark(verdict);
    let rejected = review.marks.count(Verdict::Reject) > before;
    let effects = keep(review);
    if rejected && !effects.is_empty() {
        model.notice = Some(Notice::Said(said::REJECTED_HOW));
    }
    effects
}

/// What is written beside a mark.
pub(super) fn remark(model: &mut Model, about: About, remark: String) -> Vec<Effect> {
    let Some(review) = front(model) else { return Vec::new() };
    review.marks.write(about, remark);
    keep(review)
}

/// Marks of a result that waits are kept beside it at once.
fn keep(review: &Review) -> Vec<Effect> {
    match &review.fate {
        Fate::Snapshot(of) => vec![Effect::KeepMarks { of: Arc::clone(of), marks: review.marks.all().to_vec() }],
        Fate::Repin { .. } | Fate::Look(_) => Vec::new(),
    }
}

pub(super) fn turn(model: &mut Model) {
    if let Some(review) = front(model) {
        review.turn();
    }
}

pub(super) fn open(model: &mut Model) {
    if let Some(review) = front(model) {
        review.open();
    }
}

/// Asks for what is written beside the mark of the row.
pub(super) fn note(model: &mut Model) {
    let Some(review) = front(model) else { return };
    let Some(about) = review.about(review.list.at) else { return };
    let was = review.marks.of(&about).map_or(String::new(), |mark| mark.remark.clone());
    let title = review.title(review.list.at);
    form::mark_note(model, about, title, was);
}

/// Asks for the reason of accepting the whole.
pub(super) fn accept(model: &mut Model) {
    let Some(review) = front(model) else { return };
    let (summary, fate) = (review.summary.clone(), review.fate.clone());
    match fate {
        Fate::Snapshot(proposal) => form::accept_change(model, &proposal.name, summary),
        Fate::Repin { rubric, unplaced } => {
            let marked = !review.marks.is_empty();
            form::repin(model, rubric, summary, unplaced, marked);
        }
        Fate::Look(_) => {}
    }
}

/// The change as it is handed over.
pub(super) fn accepted(model: &mut Model, reason: String, article: String) -> Vec<Effect> {
    let Some(review) = front(model) else { return Vec::new() };
    let Fate::Snapshot(of) = &review.fate else { return Vec::new() };
    let (marks, causes) = (review.marks.all().to_vec(), review.causes());
    let moved = Moved::from(&review.of.comparison);
    vec![Effect::Accept(Box::new(Accepted { of: Arc::clone(of), marks, causes, moved, reason, article }))]
}

/// The change is in its note.
pub(super) fn noted(model: &mut Model, file: String) {
    overlay::work_is_over(model, true);
    let Some(review) = front(model) else { return };
    review.accepted = Some(file);
    let fate = review.fate.clone();
    model.notice = Some(Notice::Said(screen::CHANGE_NOTED));
    for screen in &mut model.screens {
        if let (Screen::Waiting(waiting), Fate::Snapshot(of)) = (screen, &fate) {
            waiting.accept(&of.name);
        }
    }
}

/// Several results wait.
pub(super) fn wait(model: &mut Model, all: Vec<Waits>) {
    overlay::work_is_over(model, true);
    model.screens.push(Screen::Waiting(Waiting::new(all)));
}
