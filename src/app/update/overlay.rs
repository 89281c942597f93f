//! What lies over a screen: help, palette, long work, and the question before typed text is lost.

use crate::app::finder::{Finder, Scope};
use crate::app::model::{Message, Model, Overlay, Screen};
use crate::domain::diagnostic::Diagnostic;

pub(super) fn open_finder(model: &mut Model, scope: Scope) {
    let finder = Finder::new(scope, model);
    model.overlays.push(Overlay::Finder(finder));
}

/// Gives up typing; asks first where text would be lost.
pub(super) fn cancel(model: &mut Model) {
    let loses = match model.overlays.last() {
        Some(Overlay::Form(form)) => form.holds_text(),
        _ => model.holds_unsaved_text(),
    };
    if loses {
        model.overlays.push(Overlay::Discard { quit: false });
    } else {
        drop_text(model);
    }
}

pub(super) fn quit(model: &mut Model) {
    if !model.holds_unsaved_text() {
        model.quit = true;
    } else if !matches!(model.overlays.last(), Some(Overlay::Discard { .. })) {
        // The key that asked is never the one that confirms.
        model.overlays.push(Overlay::Discard { quit: true });
    }
}

pub(super) fn discard(model: &mut Model) {
    if let Some(Overlay::Discard { quit }) = model.overlays.pop() {
        model.quit |= quit;
        drop_text(model);
    }
}

fn drop_text(model: &mut Model) {
    if let Some(Overlay::Form(_)) = model.overlays.last() {
        model.overlays.pop();
        return;
    }
    let unsaved = match model.screens.last() {
        Some(Screen::Bench(bench)) => bench.is_unsaved(),
        Some(Screen::Review(review)) => review.is_unsaved(),
        _ => false,
    };
    if unsaved {
        model.screens.pop();
        return;
    }
    for screen in &mut model.screens {
        if let Screen::Entry(entry) = screen {
            entry.typing = None;
            entry.naming = None;
        }
    }
}

pub(super) fn switch_language(model: &mut Model) {
    model.lang = model.lang.other();
    let Some(session) = &model.session else { return };
    for screen in &mut model.screens {
        match screen {
            Screen::Ledger(ledger) => {
                let centre = ledger.centre.clone();
                ledger.refresh(session, &centre, model.lang);
            }
            Screen::Plot(plot) => plot.lay_out(session, model.lang),
            _ => {}
        }
    }
}

/// How far long work has come.
pub(super) fn progress(model: &mut Model, done: usize, of: usize) {
    for overlay in &mut model.overlays {
        if let Overlay::Working(work) = overlay {
            work.progress = Some((done, of));
        }
    }
}

/// What was handed over is over. Where it worked, the form that led to it goes; where not, it stays with its text.
pub(super) fn work_is_over(model: &mut Model, worked: bool) {
    let goes = |overlay: &Overlay| match overlay {
        Overlay::Working(_) => true,
        Overlay::Form(form) => worked && form.waiting,
        _ => false,
    };
    model.overlays.retain(|overlay| !goes(overlay));
    for overlay in &mut model.overlays {
        if let Overlay::Form(form) = overlay {
            form.waiting = false;
        }
    }
}

pub(super) fn failed(model: &mut Model, fault: Diagnostic) {
    work_is_over(model, false);
    model.overlays.push(Overlay::Message(Message::Fault(fault)));
}
