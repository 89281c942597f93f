//! The start screen. Must not know what its choices do.

use ratatui::layout::Rect;

use super::layout::Layout;
use super::pen::{Pen, cells};
use super::theme::Role;
use crate::app::command;
use crate::app::model::Model;
use crate::app::start::Start;
use crate::wording::screen;

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, start: &Start, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    let left = area.x + 2;
    let room = area.width.saturating_sub(4);
    let mut y = area.y + u16::from(area.height > 12);
    pen.text((left, y), room, screen::TAGLINE.get(lang), Role::Head);
    y += 2;
    for (at, (choice, title)) in Start::CHOICES.iter().enumerate() {
        let row = command::row(*choice);
        let key = row.and_then(|row| row.keys.first()).map_or(String::new(), |press| press.text());
        pen.text((left, y), 6, &key, Role::Key);
        pen.text((left + 6, y), room.saturating_sub(6), title.get(lang), Role::Plain);
        if at == start.list.at {
            pen.paint(Rect { x: left, y, width: room.min(62), height: 1 }, Role::Cursor);
        }
        layout.rows.push((y, y, at));
        y += 1;
    }
    layout.see(&(0..Start::CHOICES.len()), 0);
    y += 1;
    let hints = [
        ("triennial EVALUATION", screen::HINT_OPEN),
        ("triennial new EVALUATION --rubric R --cycle 2023-2025", screen::HINT_NEW),
        ("triennial import EVALUATION DATA", screen::HINT_IMPORT),
    ];
    if y + 4 > area.bottom() {
        return;
    }
    pen.text((left, y), room, screen::START_HINTS.get(lang), Role::Head);
    for (command, does) in hints {
        y += 1;
        let used = pen.text((left, y), room, command, Role::Plain) + 2;
        let does = does.get(lang);
        if used + cells(does) <= room {
            pen.text((left + used, y), room - used, does, Role::Dim);
        }
    }
}
