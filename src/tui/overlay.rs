//! What lies over a screen: help and palette, messages, the question before text is lost. Must not know any command.

use ratatui::layout::Rect;

use super::fit::wrap;
use super::layout::Layout;
use super::pen::Pen;
use super::popup::popup;
use super::theme::Role;
use crate::app::finder::{Finder, Scope};
use crate::app::list::window;
use crate::app::model::{Message, Model, Overlay, Screen};
use crate::domain::text::Lang;
use crate::wording::{review, screen};

const KEYS: u16 = 13;

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    for overlay in &model.overlays {
        // The mouse must not reach what lies below.
        *layout = Layout::default();
        match overlay {
            Overlay::Form(form) => super::form::draw(pen, form, lang, area, layout),
            Overlay::Working(work) => {
                let mut lines = Vec::new();
                if let Some((done, of)) = work.progress {
                    lines.push((bar(done, of, 40), Role::Plain));
                    lines.push((screen::progress(lang, done, of), Role::Dim));
                }
                let how = match () {
                    () if work.stopping => screen::STOPPING,
                    () if work.can_stop && work.stays => screen::WORKING_STAYS,
                    () if work.can_stop => screen::WORKING_STOP,
                    () => screen::WORKING_WAIT,
                };
                lines.push((how.get(lang).to_owned(), Role::Key));
                draw_text(pen, area, work.title.get(lang), &lines);
            }
            Overlay::Message(Message::Told { title, lines }) => {
                let lines: Vec<_> = lines
                    .iter()
                    .map(|line| (line.get(lang).to_owned(), Role::Plain))
                    .chain([(screen::DISMISS.get(lang).to_owned(), Role::Key)])
                    .collect();
                draw_text(pen, area, title.get(lang), &lines);
            }
            Overlay::Finder(finder) => draw_finder(pen, finder, lang, area, layout),
            Overlay::Message(message) => draw_text(pen, area, screen::MESSAGE.get(lang), &said(message, lang)),
            Overlay::TakeBack { changes, file } => {
                let lines = [
                    (screen::take_back(lang, *changes, file.as_deref()), Role::Plain),
                    (screen::TAKE_BACK_HOW.get(lang).to_owned(), Role::Key),
                ];
                draw_text(pen, area, screen::TAKE_BACK.get(lang), &lines);
            }
            Overlay::Discard { quit } => {
                let moved = matches!(model.screen(), Some(Screen::Bench(_)));
                let marked = matches!(model.screen(), Some(Screen::Review(_))) && model.overlays.len() == 1;
                let how = match (*quit, moved) {
                    (true, _) => screen::DISCARD_QUIT_HOW,
                    (false, true) => screen::DISCARD_MOVED_HOW,
                    (false, false) => screen::DISCARD_HOW,
                };
                let how = if marked && !quit { screen::DISCARD_MOVED_HOW } else { how };
                let what = match () {
                    () if moved => screen::DISCARD_MOVED,
                    () if marked => review::MARKS_UNSAVED,
                    () => screen::DISCARD,
                };
                let lines = [(what.get(lang).to_owned(), Role::Plain), (how.get(lang).to_owned(), Role::Key)];
                draw_text(pen, area, screen::UNSAVED.get(lang), &lines);
            }
        }
    }
}

/// How far work is, as a bar of so many cells.
fn bar(done: usize, of: usize, width: usize) -> String {
    let full = (done.min(of) * width).checked_div(of).unwrap_or(0);
    format!("[{}{}]", "#".repeat(full), "-".repeat(width - full))
}

fn said(message: &Message, lang: Lang) -> Vec<(String, Role)> {
    let mut lines = match message {
        Message::Fault(fault) => vec![
            (screen::labelled(lang, fault.code, fault.what.get(lang)), Role::Bad),
            (format!("{}{}", screen::HELP_LABEL.get(lang), fault.help.get(lang)), Role::Plain),
        ],
        Message::ChangedSince { evaluator, what } => {
            vec![(screen::changed_since(lang, evaluator, what), Role::Plain)]
        }
        Message::Told { lines, .. } => lines.iter().map(|line| (line.get(lang).to_owned(), Role::Plain)).collect(),
        Message::Said(phrase) => vec![(phrase.get(lang).to_owned(), Role::Plain)],
    };
    lines.push((screen::DISMISS.get(lang).to_owned(), Role::Key));
    lines
}

fn draw_text(pen: &mut Pen<'_, '_>, area: Rect, title: &str, lines: &[(String, Role)]) {
    let width = area.width.saturating_sub(4).min(72);
    let room = usize::from(width.saturating_sub(4));
    let wrapped: Vec<(String, Role)> =
        lines.iter().flat_map(|(text, role)| wrap(text, room).into_iter().map(|line| (line, *role))).collect();
    let height = u16::try_from(wrapped.len()).unwrap_or(u16::MAX).saturating_add(2).min(area.height);
    let inside = popup(pen, area, (width, height), title);
    let shown = usize::from(inside.height);
    // How to go on stands last and is always seen, whatever has to be left out before it.
    let kept = wrapped.len().min(shown);
    let tail = wrapped.last().cloned();
    for (n, y) in (0..kept).zip(inside.y..) {
        let cut = wrapped.len() > shown && n + 1 == kept;
        let line = if cut { tail.as_ref() } else { wrapped.get(n) };
        if let Some((line, role)) = line {
            pen.text((inside.x, y), inside.width, line, *role);
        }
    }
}

fn draw_finder(pen: &mut Pen<'_, '_>, finder: &Finder, lang: Lang, area: Rect, layout: &mut Layout) {
    let title = match finder.scope {
        Scope::Here => screen::labelled(lang, screen::FINDER_HERE.get(lang), finder.over.title().get(lang)),
        Scope::Acts => screen::FINDER_ALL.get(lang).to_owned(),
    };
    let size = (area.width.min(100), area.height.saturating_sub(1).min(32));
    let inside = popup(pen, Rect { height: area.height - 1, ..area }, size, &title);
    if inside.height < 3 {
        return;
    }
    let how = screen::FINDER_HOW.get(lang);
    pen.text((inside.x, inside.y), 2, "> ", Role::Key);
    let field = (inside.width.saturating_sub(2)).min(24);
    if inside.width > field + 4 {
        pen.text((inside.x + field + 4, inside.y), inside.width - field - 4, how, Role::Dim);
    }
    pen.field((inside.x + 2, inside.y), field, &finder.input);
    let found = finder.found(lang);
    let list = Rect { y: inside.y + 1, height: inside.height - 1, ..inside };
    if found.is_empty() {
        pen.text((list.x, list.y), list.width, screen::FINDER_NONE.get(lang), Role::Attention);
    }
    let shown = window(&finder.list, found.len(), usize::from(list.height), |_| 1);
    layout.see(&shown, 0);
    for (at, y) in shown.zip(list.y..) {
        let entry = found[at];
        let keys = KEYS.min(list.width / 3);
        pen.text((list.x, y), keys, &entry.row.keys_text(), Role::Key);
        let room = list.width.saturating_sub(keys + 1);
        let (text, role) = match entry.why_not {
            None => (entry.row.doc.get(lang).to_owned(), Role::Plain),
            Some(why) => (format!("{} ({})", entry.row.label.get(lang), why.get(lang)), Role::Dim),
        };
        pen.text((list.x + keys + 1, y), room, &text, role);
        if at == finder.list.at {
            pen.paint(Rect { y, height: 1, ..list }, Role::Cursor);
        }
        layout.rows.push((y, y, at));
    }
}
