//! The start screen. Must not know what its choices do.

use ratatui::layout::Rect;

use super::layout::Layout;
use super::pen::{Pen, cells};
use super::theme::Role;
use crate::app::command;
use crate::app::list::window;
use crate::app::model::Model;
use crate::app::start::{Item, Start};
use crate::wording::screen::{self, Phrase};

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, start: &Start, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    let left = area.x + 2;
    let room = area.width.saturating_sub(4);
    let top = area.y + u16::from(area.height > 12);
    pen.text((left, top), room, screen::TAGLINE.get(lang), Role::Head);
    let items = start.items();
    let headed = |at: usize| heading(&items, at).map_or(1, |_| 3);
    let list = Rect { x: left, y: top + 2, width: room, height: area.bottom().saturating_sub(top + 2) };
    let shown = window(&start.list, items.len(), usize::from(list.height), headed);
    layout.see(&shown, 0);
    // Ids of rubrics are typed elsewhere, so that none is cut where there is room.
    let ids = start.rubrics.iter().map(|rubric| cells(&rubric.id)).max().unwrap_or(0);
    let id_room = ids.clamp(7, room.max(14) / 2);
    let mut y = list.y;
    for at in shown {
        if let Some(title) = heading(&items, at) {
            y += 1;
            if !title.get(lang).is_empty() && y < list.bottom() {
                pen.text((left, y), room, title.get(lang), Role::Head);
            }
            y += u16::from(!title.get(lang).is_empty());
        }
        if y >= list.bottom() {
            break;
        }
        item(pen, model, &items[at], (left, y), (id_room, room));
        if at == start.list.at {
            pen.paint(Rect { x: left, y, width: room.min(76), height: 1 }, Role::Cursor);
        }
        layout.rows.push((y, y, at));
        y += 1;
    }
}

/// The heading over an item that begins a new part of the list.
fn heading(items: &[Item<'_>], at: usize) -> Option<Phrase> {
    let part = |item: &Item<'_>| match item {
        Item::Run(..) => screen::phrase("", ""),
        Item::Recent(_) => screen::START_RECENT,
        Item::Rubric(_) => screen::START_RUBRICS,
    };
    let this = part(&items[at]);
    (at > 0 && part(&items[at - 1]) != this).then_some(this)
}

fn item(pen: &mut Pen<'_, '_>, model: &Model, item: &Item<'_>, (x, y): (u16, u16), (id_room, room): (u16, u16)) {
    let lang = model.lang;
    let rest = room.saturating_sub(8);
    match item {
        Item::Run(run, title) => {
            let row = command::row(*run);
            let key = row.and_then(|row| row.keys.first()).map_or(String::new(), |press| press.text());
            pen.text((x, y), 7, &key, Role::Key);
            pen.text((x + 8, y), rest, title.get(lang), Role::Plain);
        }
        Item::Recent(path) => {
            // The end of a path tells it apart.
            let over = usize::from(cells(path).saturating_sub(rest));
            let end: String = if over == 0 { (*path).to_owned() } else { path.chars().skip(over + 2).collect() };
            let shown = if over == 0 { end } else { format!("..{end}") };
            pen.text((x + 8, y), rest, &shown, Role::Plain);
        }
        Item::Rubric(rubric) => {
            pen.text((x, y), id_room, &rubric.id, Role::Key);
            let rest = room.saturating_sub(id_room + 1);
            pen.text((x + id_room + 1, y), rest, rubric.title.get(lang), Role::Plain);
        }
    }
}
