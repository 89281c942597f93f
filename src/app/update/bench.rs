//! The bench: figures are moved, what that does is asked for, and the file is written when that is wanted.

use std::sync::Arc;

use super::say;
use crate::app::bench::{Bench, Impact};
use crate::app::browser::Browser;
use crate::app::model::{Model, Notice, Screen};
use crate::app::msg::Effect;
use crate::app::nudge::Refused;
use crate::domain::nudge::Stuck;
use crate::wording::screen::{self, Phrase};

/// Puts the file that is looked through on the bench.
pub(super) fn open(model: &Model) -> Vec<Effect> {
    match model.screens.last() {
        Some(Screen::Browser(browser)) => {
            let evaluation = model.session.as_ref().map(|session| Arc::clone(&session.evaluation));
            browser.path.clone().map(|path| Effect::Bench { path, evaluation }).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// A rubric file and a cohort are there to be worked on.
pub(super) fn came(model: &mut Model, name: String, path: String, text: Arc<str>) -> Vec<Effect> {
    super::overlay::work_is_over(model, true);
    let mut bench = Bench::new(Browser::new(name, Some(path), text));
    if let Some(Screen::Browser(browser)) = model.screens.last() {
        bench.browser.list.at = browser.list.at;
    }
    let effects = ask(&mut bench);
    model.screens.push(Screen::Bench(Box::new(bench)));
    effects
}

/// The file was saved by somebody.
pub(super) fn file_changed(bench: &mut Bench, text: Arc<str>) -> Vec<Effect> {
    if *text == *bench.saved {
        return Vec::new();
    }
    bench.file_changed(text);
    ask(bench)
}

fn bench(model: &mut Model) -> Option<&mut Bench> {
    match model.screens.last_mut() {
        Some(Screen::Bench(bench)) => Some(bench),
        _ => None,
    }
}

/// Asks what the text on the bench does; one that cannot be read leaves the last good answer.
fn ask(bench: &mut Bench) -> Vec<Effect> {
    if bench.browser.is_stale() {
        return Vec::new();
    }
    bench.turn_now += 1;
    vec![Effect::Try { turn: bench.turn_now, text: Arc::clone(&bench.browser.text) }]
}

pub(super) fn step(model: &mut Model, steps: i64) -> Vec<Effect> {
    let Some(bench) = bench(model) else { return Vec::new() };
    match bench.step(steps) {
        Ok(()) => ask(bench),
        Err(refused) => say(model, why(refused)),
    }
}

fn why(refused: Refused) -> Phrase {
    match refused {
        Refused::NotWritten => screen::WHY_NO_FIGURE,
        Refused::Stuck(Stuck::Nothing) => screen::WHY_NO_POINTS_LEFT,
        Refused::Stuck(Stuck::Siblings) => screen::WHY_SIBLINGS_STAY,
        Refused::Stuck(Stuck::Parts) => screen::WHY_PARTS_STAY,
    }
}

pub(super) fn undo(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = bench(model) else { return Vec::new() };
    if bench.undo() { ask(bench) } else { Vec::new() }
}

pub(super) fn finer(model: &mut Model) {
    if let Some(bench) = bench(model) {
        bench.finer = !bench.finer;
    }
}

pub(super) fn lock(model: &mut Model) {
    if let Some(bench) = bench(model) {
        bench.lock();
    }
}

pub(super) fn turn(model: &mut Model, back: bool) {
    if let Some(bench) = bench(model) {
        bench.turn(back);
    }
}

pub(super) fn save(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = bench(model) else { return Vec::new() };
    let Some(path) = bench.browser.path.clone() else { return Vec::new() };
    vec![Effect::SaveRubric { path, known: Arc::clone(&bench.saved), text: Arc::clone(&bench.browser.text) }]
}

pub(super) fn saved(model: &mut Model, text: Arc<str>) {
    if let Some(bench) = bench(model) {
        bench.was_saved(text);
        model.notice = Some(Notice::Said(screen::RUBRIC_SAVED));
    }
}

/// What a text on the bench does; an answer to an older question is of no use any more.
pub(super) fn tried(model: &mut Model, turn: u64, impact: Impact) {
    let found = model.screens.iter_mut().find_map(|screen| match screen {
        Screen::Bench(bench) => Some(bench),
        _ => None,
    });
    if let Some(bench) = found
        && turn > bench.turn_shown
    {
        bench.turn_shown = turn;
        bench.impact = Some(impact);
    }
}
