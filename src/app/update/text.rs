//! Text on its way into a field, by key or by paste.

use super::{block, say, table};
use crate::app::command::{self, Command, Context};
use crate::app::finder::Finder;
use crate::app::form::Value;
use crate::app::list::List;
use crate::app::model::{Model, Overlay, Screen};
use crate::app::msg::Effect;
use crate::app::typing::{self, Typing};

pub(super) fn begin(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(row) = command::row(Command::EnterValue)
        && let Err(why) = (row.enabled)(model)
    {
        return say(model, why);
    }
    let Some(session) = &model.session else { return Vec::new() };
    let Some(Screen::Entry(entry)) = model.screens.last_mut() else { return Vec::new() };
    let Some(cell) = entry.cell(&session.evaluation) else { return Vec::new() };
    let metric = &session.evaluation.rubric.metrics[cell.metric.0];
    let was = entry.reading(&cell, &session.evaluation).map_or(String::new(), |reading| metric.written(reading));
    entry.typing = Some(Typing::instead_of(was, text));
    model.notice = None;
    Vec::new()
}

pub(super) fn edit(model: &mut Model, request: tui_input::InputRequest) {
    model.notice = None;
    match model.overlays.last_mut() {
        Some(Overlay::Finder(Finder { input, list, .. })) => {
            if typing::edit(input, request) {
                *list = List::default();
            }
            return;
        }
        Some(Overlay::Form(form)) => {
            form.fault = None;
            if let Some(Value::Line { input, fresh, .. }) = form.field_mut().map(|field| &mut field.value) {
                if std::mem::take(fresh) && matches!(request, tui_input::InputRequest::InsertChar(_)) {
                    *input = tui_input::Input::default();
                }
                typing::edit(input, request);
            }
            return;
        }
        _ => {}
    }
    match model.screens.last_mut() {
        Some(Screen::Entry(entry)) => match (&mut entry.naming, &mut entry.typing) {
            (Some((_, input)), _) => {
                typing::edit(input, request);
            }
            (None, Some(typing)) => typing.edit(request),
            (None, None) => {}
        },
        Some(Screen::Cohort(cohort)) if cohort.filtering => {
            let fresh = std::mem::take(&mut cohort.filter.fresh);
            if fresh && matches!(request, tui_input::InputRequest::InsertChar(_)) {
                cohort.filter.input = tui_input::Input::default();
            }
            let changed = typing::edit(&mut cohort.filter.input, request);
            table::filter_changed(model, changed);
        }
        _ => {}
    }
}

/// A single value begins an entry or goes into the field that has the cursor; a block of cells fills cells.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let single = text.trim_matches(['\r', '\n']);
    match model.context() {
        Context::Entry if single.contains(['\t', '\n', '\r']) => block::paste(model, text),
        Context::Entry => begin(model, single),
        context if context.is_text() => {
            for c in single.chars().map(|c| if c.is_control() { ' ' } else { c }) {
                edit(model, tui_input::InputRequest::InsertChar(c));
            }
            Vec::new()
        }
        _ => say(model, crate::wording::screen::PASTE_WHERE),
    }
}
