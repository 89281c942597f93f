//! From typed text to an event in the journal, and back.

use super::{overlay, table};
use crate::app::entry::{Cell, Entry};
use crate::app::model::{Message, Model, Notice, Overlay, Saved, Screen};
use crate::app::msg::Effect;
use crate::app::session::Session;
use crate::app::typing::{Then, Typing};
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::{Diagnostic, Place, Severity};
use crate::domain::evaluation::{Body, CellChange, Event, UndoRefused, cell_name};
use crate::domain::reading::Reading;
use crate::domain::text::Text;
use crate::read;
use crate::wording::screen;

/// Hands over what is typed, then goes on; only goes on where nothing is typed or nothing has changed.
pub(super) fn save(model: &mut Model, then: Then) -> Vec<Effect> {
    let Some(session) = &model.session else { return Vec::new() };
    let Some(Screen::Entry(entry)) = model.screens.last_mut() else { return Vec::new() };
    if entry.naming.is_some() {
        return add_judge(model);
    }
    let Some(typing) = &mut entry.typing else {
        leave(entry, session, then);
        return Vec::new();
    };
    if !typing.is_changed() && !typing.unsaved {
        leave(entry, session, then);
        return Vec::new();
    }
    let text = typing.input.value().to_owned();
    let Some(cell) = entry.cell(&session.evaluation) else { return Vec::new() };
    let metric = &session.evaluation.rubric.metrics[cell.metric.0];
    let reading = match read::cell::reading(&text, metric) {
        Ok(reading) => reading,
        Err(fault) => {
            if let Some(typing) = &mut entry.typing {
                typing.fault = Some(fault);
            }
            return Vec::new();
        }
    };
    match change(session, entry, &cell, reading) {
        None => {
            leave(entry, session, then);
            Vec::new()
        }
        Some(body) => {
            if let Some(typing) = &mut entry.typing {
                typing.saving = Some(then);
            }
            vec![Effect::Append(vec![body])]
        }
    }
}

/// Puts a reading that needs no typing into the cell.
pub(super) fn mark(model: &mut Model, reading: Option<Reading>) -> Vec<Effect> {
    let (Some(session), Some(entry)) = (&model.session, model.entry()) else { return Vec::new() };
    let Some(cell) = entry.cell(&session.evaluation) else { return Vec::new() };
    change(session, entry, &cell, reading).map(|body| Effect::Append(vec![body])).into_iter().collect()
}

/// Copies what last year has, or what the cell above has, into the cell.
pub(super) fn copy(model: &mut Model, last_year: bool) -> Vec<Effect> {
    let (Some(session), Some(entry)) = (&model.session, model.entry()) else { return Vec::new() };
    let evaluation = &session.evaluation;
    let found = if last_year { entry.last_year(evaluation) } else { entry.above(evaluation) };
    let Some(cell) = entry.cell(evaluation) else { return Vec::new() };
    // It may be what this metric does not take: a share of 250, half a patent.
    let text = found.as_ref().map_or(String::new(), Reading::cell);
    if let Err(fault) = read::cell::reading(&text, &evaluation.rubric.metrics[cell.metric.0]) {
        model.overlays.push(Overlay::Message(Message::Fault(fault)));
        return Vec::new();
    }
    change(session, entry, &cell, found).map(|body| Effect::Append(vec![body])).into_iter().collect()
}

fn change(session: &Session, entry: &Entry, cell: &Cell, to: Option<Reading>) -> Option<Body> {
    let ix = session.find(&entry.centre)?;
    let place = (cell.metric, cell.year);
    let change = session.evaluation.cell_change(ix, place, cell.judge.as_deref(), to)?;
    Some(Body::Cells { centre: entry.centre.clone(), cells: vec![change] })
}

fn leave(entry: &mut Entry, session: &Session, then: Then) {
    entry.typing = None;
    match then {
        Then::Next => entry.go_to_cell(false, &session.evaluation),
        Then::Previous => entry.go_to_cell(true, &session.evaluation),
        Then::Up => entry.go(crate::app::list::Motion::Back(1)),
        Then::Down => entry.go(crate::app::list::Motion::On(1)),
    }
}

/// Asks for the name of a judge.
pub(super) fn name_judge(model: &mut Model) {
    if let Some(Screen::Entry(entry)) = model.screens.last_mut() {
        entry.naming = entry.metric(entry.list.at).map(|metric| (metric, tui_input::Input::default()));
    }
}

fn add_judge(model: &mut Model) -> Vec<Effect> {
    let (Some(session), Some(Screen::Entry(entry))) = (&model.session, model.screens.last_mut()) else {
        return Vec::new();
    };
    let Some((metric, input)) = entry.naming.take() else { return Vec::new() };
    let name = input.value().trim().to_owned();
    let panel = session.evaluation.rubric.metrics[metric.0].panel.as_ref();
    if !name.is_empty() && panel.is_some_and(|panel| !panel.admits(&name)) {
        entry.naming = Some((metric, input));
        model.notice = Some(Notice::Said(screen::WHY_NOT_ON_PANEL));
        return Vec::new();
    }
    if !name.is_empty() && !entry.add_judge(metric, &name, &session.evaluation) {
        entry.naming = Some((metric, input));
        model.notice = Some(Notice::Said(screen::WHY_TAKEN));
    }
    Vec::new()
}

/// The journal has the events: they become part of the evaluation, and what was typed is done with.
pub(super) fn appended(model: &mut Model, events: &[Event]) {
    overlay::work_is_over(model, true);
    // What was shown beforehand is done.
    if matches!(model.screens.last(), Some(Screen::Preview(preview)) if preview.applying) {
        model.screens.pop();
    }
    let Some(session) = &mut model.session else { return };
    let centre = one_centre(events).and_then(|centre| session.find(centre));
    let total = |session: &Session, ix: CentreIx| session.card(ix).tally.total.clone();
    let before = centre.map(|ix| total(session, ix));
    let rows = session.evaluation.cohort.len();
    let applied = session.apply(events);
    let after = centre.filter(|ix| ix.0 < session.evaluation.cohort.len()).map(|ix| total(session, ix));
    let same_roster = rows == session.evaluation.cohort.len();
    let moved = before.zip(after).filter(|(before, after)| same_roster && before != after);
    model.notice = Some(match events {
        [Event { body: Body::Closed { .. }, .. }] => Notice::Said(screen::NOW_CLOSED),
        [Event { body: Body::Reopened { .. }, .. }] => Notice::Said(screen::NOW_OPEN),
        events => Notice::Saved(said(events, moved)),
    });
    // The cursor goes to a centre that came, not to one of many.
    let mut came = events.iter().filter_map(|event| match &event.body {
        Body::CentreAdded { centre } | Body::CentreRestored { centre } => Some(centre.as_str()),
        _ => None,
    });
    let added = came.next().filter(|_| came.next().is_none());
    let keep = added.and_then(|centre| model.session.as_ref().and_then(|session| session.find(centre)));
    refresh(model, rows, keep);
    if let Err(fault) = applied {
        let what = format!("{fault:?}");
        model.overlays.push(Overlay::Message(Message::Fault(Diagnostic {
            severity: Severity::Error,
            code: "E-journal-fold",
            what: Text {
                en: format!("the journal holds an event that does not fit: {what}"),
                zh: format!("日志中有一条与当前状态不符的记录：{what}"),
            },
            help: Text {
                en: "open the evaluation again; `triennial verify` says whether the file is whole".to_owned(),
                zh: "请重新打开评估；triennial verify 可检查文件是否完整".to_owned(),
            },
            place: Place::Whole,
        })));
    }
}

fn one_centre(events: &[Event]) -> Option<&str> {
    let centres = |event: &'_ Event| match &event.body {
        Body::Cells { centre, .. } | Body::CentreSet { centre, .. } => Some(centre.clone()),
        _ => None,
    };
    let first = events.iter().find_map(centres)?;
    let others = events.iter().filter_map(centres).any(|centre| centre != first);
    events.iter().find_map(|event| match &event.body {
        Body::Cells { centre, .. } | Body::CentreSet { centre, .. } if !others => Some(centre.as_str()),
        _ => None,
    })
}

fn said(events: &[Event], total: Option<(crate::domain::number::Points, crate::domain::number::Points)>) -> Saved {
    let undone = events.iter().any(|event| matches!(event.body, Body::Undone { .. }));
    let cells: Vec<&CellChange> = events
        .iter()
        .flat_map(|event| match &event.body {
            Body::Cells { cells, .. } => cells.as_slice(),
            _ => &[],
        })
        .collect();
    let others = events
        .iter()
        .filter(|event| !matches!(event.body, Body::Cells { .. } | Body::Undone { .. } | Body::Imported { .. }));
    let changes = cells.len() + others.count();
    let cell = match cells.as_slice() {
        [one] if changes == 1 => Some((cell_name(one), one.was.clone(), one.to.clone())),
        _ => None,
    };
    Saved { undone, changes, cell, total }
}

/// Brings every screen in line with the evaluation, and lets what was being saved go on.
fn refresh(model: &mut Model, rows: usize, keep: Option<CentreIx>) {
    let Some(session) = &model.session else { return };
    let roster_changed = rows != session.evaluation.cohort.len() || keep.is_some();
    let gone = |screen: &Screen| match screen {
        Screen::Entry(entry) => session.find(&entry.centre).is_none(),
        Screen::Ledger(ledger) => session.find(&ledger.centre).is_none(),
        _ => false,
    };
    model.screens.retain(|screen| !gone(screen));
    for screen in &mut model.screens {
        match screen {
            Screen::Start(_)
            | Screen::History(_)
            | Screen::Preview(_)
            | Screen::Source(_)
            | Screen::Browser(_)
            | Screen::Bench(_)
            | Screen::Waiting(_)
            | Screen::Review(_) => {}
            Screen::Cohort(cohort) => cohort.stale = true,
            Screen::Problems(problems) => problems.refresh(session),
            Screen::Plot(plot) => plot.refresh(session, model.lang),
            Screen::Ledger(ledger) => {
                let centre = ledger.centre.clone();
                ledger.refresh(session, &centre, model.lang);
            }
            Screen::Entry(entry) => {
                entry.refresh(&session.evaluation);
                if let Some(then) = entry.typing.as_ref().and_then(|typing| typing.saving) {
                    leave(entry, session, then);
                }
            }
        }
    }
    if roster_changed {
        table::roster_changed(model, keep);
    }
    table::settle(model);
}

/// What was to be applied was not: it can be tried again.
pub(super) fn nothing_applied(model: &mut Model) {
    if let Some(Screen::Preview(preview)) = model.screens.last_mut() {
        preview.applying = false;
    }
}

/// Nothing was written: what was typed stays, marked, and the reason is shown until dismissed.
pub(super) fn failed(model: &mut Model, fault: Diagnostic) {
    overlay::work_is_over(model, false);
    nothing_applied(model);
    for screen in &mut model.screens {
        if let Screen::Entry(entry) = screen
            && let Some(typing @ Typing { saving: Some(_), .. }) = &mut entry.typing
        {
            typing.saving = None;
            typing.unsaved = true;
        }
    }
    model.overlays.push(Overlay::Message(Message::Fault(fault)));
}

pub(super) fn refused(model: &mut Model, refused: UndoRefused) {
    overlay::work_is_over(model, false);
    let message = match refused {
        UndoRefused::Nothing => {
            model.notice = Some(Notice::Said(screen::NOTHING_TO_UNDO));
            return;
        }
        UndoRefused::ChangedSince { evaluator, what, .. } => Message::ChangedSince { evaluator, what },
        UndoRefused::Act => {
            model.notice = Some(Notice::Said(screen::UNDO_IS_ACT));
            return;
        }
    };
    model.overlays.push(Overlay::Message(message));
}
