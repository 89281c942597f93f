//! What lies over a screen: help, palette, and the question before typed text is lost.

use crate::app::finder::{Finder, Scope};
use crate::app::model::{Model, Overlay, Screen};

pub(super) fn open_finder(model: &mut Model, scope: Scope) {
    let finder = Finder::new(scope, model);
    model.overlays.push(Overlay::Finder(finder));
}

/// Gives up typing; asks first where text would be lost.
pub(super) fn cancel(model: &mut Model) {
    if model.holds_unsaved_text() {
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
    for screen in &mut model.screens {
        if let Screen::Entry(entry) = screen {
            entry.typing = None;
            entry.naming = None;
        }
    }
}
