//! A review: marks, what stands behind a row, and accepting the whole. Must not know how it is drawn.

use std::sync::Arc;

use super::{form, overlay};
use crate::app::model::{Model, Notice, Screen};
use crate::app::msg::{Accepted, Effect};
use crate::app::review::{Fate, Review};
use crate::domain::review::{Reviewed, Verdict};
use crate::wording::screen;

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

pub(super) fn mark(model: &mut Model, verdict: Verdict) {
    if let Some(review) = front(model) {
        review.mark(verdict);
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
    let was = review.marks.of(&about).map_or(String::new(), |mark| mark.note.clone());
    let title = review.title(review.list.at);
    form::mark_note(model, about, title, was);
}

/// Asks for the reason of accepting the whole.
pub(super) fn accept(model: &mut Model) {
    let Some(review) = front(model) else { return };
    let (summary, fate) = (review.summary.clone(), review.fate.clone());
    match fate {
        Fate::Note { file } => form::accept_change(model, file, summary),
        Fate::Repin { rubric, unplaced } => {
            let marked = !review.marks.is_empty();
            form::repin(model, rubric, summary, unplaced, marked);
        }
    }
}

/// The change as it is handed over.
pub(super) fn accepted(model: &mut Model, file: &str, reason: String, article: String) -> Vec<Effect> {
    let Some(review) = front(model) else { return Vec::new() };
    let (reviewed, marks) = (Arc::clone(&review.of), review.marks.clone());
    vec![Effect::Accept(Box::new(Accepted { reviewed, marks, reason, article, file: file.to_owned() }))]
}

/// The change is in its note.
pub(super) fn noted(model: &mut Model, file: String) {
    overlay::work_is_over(model, true);
    if let Some(review) = front(model) {
        review.accepted = Some(file);
        model.notice = Some(Notice::Said(screen::CHANGE_NOTED));
    }
}
