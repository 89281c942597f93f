//! The one function that changes the model, and how commands are run.
//!
//! Nothing here is shown as saved before the journal has it: an edit leaves as [`Effect::Append`], and only
//! [`Msg::Appended`] brings it into the evaluation. Must not know how effects are performed.

mod overlay;
mod saving;

use std::collections::VecDeque;

use super::command::{self, Command};
use super::entry::{Entry, Row};
use super::finder::{Finder, Scope};
use super::ledger::Ledger;
use super::list::Motion;
use super::model::{Message, Model, Notice, Overlay, Screen};
use super::msg::{Effect, Msg, Seen};
use super::typing::{self, Then, Typing};
use super::{cohort, list};
use crate::domain::cohort::CentreIx;
use crate::domain::reading::Reading;
use crate::domain::rubric::NodeIx;
use crate::wording::screen::{self, Phrase};

/// Handles a message and everything that comes of it.
pub fn dispatch(model: &mut Model, msg: Msg, perform: &mut impl FnMut(Effect) -> Vec<Msg>) {
    let mut waiting = VecDeque::from([msg]);
    while let Some(msg) = waiting.pop_front() {
        for effect in update(model, msg) {
            waiting.extend(perform(effect));
        }
    }
}

/// Handles one message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Run(command) => return run_if_enabled(model, command),
        Msg::Begin(c) => return begin(model, &c.to_string()),
        Msg::Paste(text) => return paste(model, &text),
        Msg::Edit(request) => edit(model, request),
        Msg::Point { row, column } => return point(model, row, column),
        Msg::Seen(seen) => saw(model, seen),
        Msg::Opened(opened) => model.open(*opened),
        Msg::OpenFailed(fault) => model.overlays.push(Overlay::Message(Message::Fault(fault))),
        Msg::Appended(events) => saving::appended(model, &events),
        Msg::AppendFailed(fault) => saving::failed(model, fault),
        Msg::UndoRefused(refused) => saving::refused(model, refused),
        Msg::UndoAsks { changes, file } => model.overlays.push(Overlay::TakeBack { changes, file }),
        Msg::Quit => model.quit = true,
    }
    Vec::new()
}

fn run_if_enabled(model: &mut Model, command: Command) -> Vec<Effect> {
    model.notice = None;
    if let Some(row) = command::row(command)
        && let Err(why) = (row.enabled)(model)
    {
        return say(model, why);
    }
    run(model, command)
}

fn say(model: &mut Model, phrase: Phrase) -> Vec<Effect> {
    model.notice = Some(Notice::Said(phrase));
    Vec::new()
}

fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Demo => return vec![Effect::OpenDemo],
        Command::Undo => return vec![Effect::Undo { confirmed: false }],
        Command::TakeBack => {
            model.overlays.pop();
            return vec![Effect::Undo { confirmed: true }];
        }
        Command::Redraw => return vec![Effect::Redraw],
        Command::Up => return go(model, Motion::Back(1), Then::Up),
        Command::Down => return go(model, Motion::On(1), Then::Down),
        Command::PageUp => return go(model, Motion::PageBack, Then::Up),
        Command::PageDown => return go(model, Motion::PageOn, Then::Down),
        Command::First => return go(model, Motion::First, Then::Up),
        Command::Last => return go(model, Motion::Last, Then::Down),
        Command::Left => go_across(model, Motion::Back(1)),
        Command::Right => go_across(model, Motion::On(1)),
        Command::Open => return open(model),
        Command::Why => why(model),
        Command::Back => back(model),
        Command::Save | Command::NextCell => return saving::save(model, Then::Next),
        Command::PreviousCell => return saving::save(model, Then::Previous),
        Command::NextGap => next_gap(model),
        Command::EnterValue => return begin(model, ""),
        Command::Unset => return saving::mark(model, None),
        Command::NotReported => return saving::mark(model, Some(Reading::NotReported)),
        Command::NotApplicable => return saving::mark(model, Some(Reading::NotApplicable)),
        Command::AddJudge => saving::name_judge(model),
        Command::NextCentre => go_to_centre(model, Motion::On(1)),
        Command::PreviousCentre => go_to_centre(model, Motion::Back(1)),
        Command::Cancel => overlay::cancel(model),
        Command::Dismiss | Command::Keep | Command::Leave => drop(model.overlays.pop()),
        Command::Discard => overlay::discard(model),
        Command::Help => overlay::open_finder(model, Scope::Here),
        Command::Palette => overlay::open_finder(model, Scope::Acts),
        Command::Language => switch_language(model),
        Command::Theme => model.theme = model.theme.next(),
        Command::Quit => overlay::quit(model),
    }
    Vec::new()
}

fn switch_language(model: &mut Model) {
    model.lang = model.lang.other();
    let Some(session) = &model.session else { return };
    for screen in &mut model.screens {
        if let Screen::Ledger(ledger) = screen {
            let centre = ledger.centre.clone();
            ledger.refresh(session, &centre, model.lang);
        }
    }
}

fn go(model: &mut Model, motion: Motion, then: Then) -> Vec<Effect> {
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

fn go_across(model: &mut Model, motion: Motion) {
    let Some(session) = &model.session else { return };
    match model.screens.last_mut() {
        Some(Screen::Entry(entry)) => entry.go_across(motion),
        Some(Screen::Cohort(cohort)) => {
            cohort.columns.go(motion, cohort::columns(&session.evaluation.rubric).len());
        }
        _ => {}
    }
}

fn open(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Finder(finder)) = model.overlays.last() {
        let chosen = finder.chosen(model.lang);
        return match chosen {
            Some(command) => {
                model.overlays.pop();
                run_if_enabled(model, command)
            }
            None => Vec::new(),
        };
    }
    let Some(screen) = model.screens.last_mut() else { return Vec::new() };
    match (screen, &model.session) {
        (Screen::Start(start), _) => {
            let chosen = start.chosen();
            return run_if_enabled(model, chosen);
        }
        (Screen::Cohort(cohort), Some(session)) => {
            let Some(ix) = cohort.chosen() else { return Vec::new() };
            match cohort.column(&session.evaluation.rubric) {
                cohort::Column::Name | cohort::Column::Filled => {
                    let entry = Entry::new(session, ix);
                    model.screens.push(Screen::Entry(Box::new(entry)));
                }
                cohort::Column::Node(node) => show_ledger(model, ix, Some(node)),
                _ => show_ledger(model, ix, None),
            }
        }
        (Screen::Entry(entry), Some(session)) => {
            if entry.on_points() {
                why(model);
            } else if let Some(Row::AddJudge(_)) = entry.rows.get(entry.list.at) {
                saving::name_judge(model);
            } else if let Some(cell) = entry.cell(&session.evaluation) {
                let was = entry.reading(&cell, &session.evaluation).map_or(String::new(), Reading::cell);
                entry.typing = Some(Typing::over(was));
            }
        }
        (Screen::Ledger(_), Some(_)) => show_cell(model),
        _ => {}
    }
    Vec::new()
}

fn show_ledger(model: &mut Model, ix: CentreIx, node: Option<NodeIx>) {
    let Some(session) = &model.session else { return };
    let centre = &session.evaluation.cohort.centre(ix).id;
    let ledger = Ledger::new(session, centre, node, model.lang);
    model.screens.push(Screen::Ledger(ledger));
}

/// The ledger behind what the cursor is on.
fn why(model: &mut Model) {
    let Some(session) = &model.session else { return };
    let asked = match model.screens.last() {
        Some(Screen::Cohort(cohort)) => cohort.chosen().map(|ix| match cohort.column(&session.evaluation.rubric) {
            cohort::Column::Node(node) => (ix, Some(node)),
            _ => (ix, None),
        }),
        Some(Screen::Entry(entry)) => session.find(&entry.centre).map(|ix| (ix, entry.node())),
        _ => None,
    };
    if let Some((ix, node)) = asked {
        show_ledger(model, ix, node);
    }
}

/// From a ledger line to the cell it comes from.
fn show_cell(model: &mut Model) {
    let (Some(session), Some(Screen::Ledger(ledger))) = (&model.session, model.screens.last()) else { return };
    let (Some(node), Some(ix)) = (ledger.node(), session.find(&ledger.centre)) else { return };
    let centre = ledger.centre.clone();
    let below = model.screens.len().checked_sub(2).and_then(|at| model.screens.get(at));
    let came_from = matches!(below, Some(Screen::Entry(entry)) if entry.centre == centre);
    if came_from {
        model.screens.pop();
    } else {
        model.screens.push(Screen::Entry(Box::new(Entry::new(session, ix))));
    }
    if let Some(Screen::Entry(entry)) = model.screens.last_mut() {
        entry.go_to_node(node, &session.evaluation);
    }
}

fn back(model: &mut Model) {
    if model.overlays.pop().is_none() && model.screens.len() > 1 {
        model.screens.pop();
    }
}

fn next_gap(model: &mut Model) {
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

fn go_to_centre(model: &mut Model, motion: Motion) {
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
            Screen::Start(_) => {}
            Screen::Cohort(cohort) => cohort.list.at = row,
            Screen::Ledger(ledger) => ledger.refresh(session, id, model.lang),
            Screen::Entry(entry) => **entry = Entry::new(session, ix),
        }
    }
}

fn begin(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(row) = command::row(Command::EnterValue)
        && let Err(why) = (row.enabled)(model)
    {
        return say(model, why);
    }
    let Some(session) = &model.session else { return Vec::new() };
    let Some(Screen::Entry(entry)) = model.screens.last_mut() else { return Vec::new() };
    let Some(cell) = entry.cell(&session.evaluation) else { return Vec::new() };
    let was = entry.reading(&cell, &session.evaluation).map_or(String::new(), Reading::cell);
    entry.typing = Some(Typing::instead_of(was, text));
    model.notice = None;
    Vec::new()
}

fn edit(model: &mut Model, request: tui_input::InputRequest) {
    model.notice = None;
    if let Some(Overlay::Finder(Finder { input, list, .. })) = model.overlays.last_mut() {
        if typing::edit(input, request) {
            *list = list::List::default();
        }
        return;
    }
    let Some(Screen::Entry(entry)) = model.screens.last_mut() else { return };
    match (&mut entry.naming, &mut entry.typing) {
        (Some((_, input)), _) => {
            typing::edit(input, request);
        }
        (None, Some(typing)) => typing.edit(request),
        (None, None) => {}
    }
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let text = text.trim_matches(['\r', '\n']);
    if text.contains(['\t', '\n', '\r']) {
        return say(model, screen::ONE_VALUE_ONLY);
    }
    match model.context() {
        command::Context::Entry => return begin(model, text),
        context if context.is_text() => {
            for c in text.chars().filter(|c| !c.is_control()) {
                edit(model, tui_input::InputRequest::InsertChar(c));
            }
        }
        _ => {}
    }
    Vec::new()
}

/// The mouse: puts the cursor somewhere, and opens what it was on already.
fn point(model: &mut Model, row: usize, column: Option<usize>) -> Vec<Effect> {
    let typing = matches!(model.context(), command::Context::Typing | command::Context::Naming);
    if typing {
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
        same &= std::mem::replace(&mut cohort.columns.at, column) == column;
    }
    if same { run_if_enabled(model, Command::Open) } else { Vec::new() }
}

fn saw(model: &mut Model, seen: Seen) {
    if let Some((list, _)) = model.front_list() {
        list.first = seen.first;
        list.shown = seen.shown;
    }
    if model.overlays.is_empty() {
        match model.screens.last_mut() {
            Some(Screen::Cohort(cohort)) => cohort.columns.first = seen.first_column,
            Some(Screen::Entry(entry)) => entry.columns.first = seen.first_column,
            Some(Screen::Ledger(ledger)) => ledger.below = seen.below,
            _ => {}
        }
    }
}
