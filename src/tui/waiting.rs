//! Results that wait to be accepted: one line each, with how many centres they move. Must not know how a result came about.

use ratatui::layout::Rect;

use super::layout::Layout;
use super::listing;
use super::pen::{Pen, cells};
use super::theme::Role;
use crate::app::model::Model;
use crate::app::waiting::Waiting;
use crate::wording::review as said;

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, waiting: &Waiting, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    let left = waiting.all.iter().filter(|waits| !waits.accepted).count();
    pen.text((area.x, area.y), area.width, &said::waiting(left, lang), Role::Head);
    let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let longest = waiting.all.iter().map(|waits| cells(&waits.name)).max().unwrap_or(0).min(area.width / 2);
    listing::draw(pen, &waiting.list, waiting.all.len(), list, layout, |pen, at, y| {
        let waits = &waiting.all[at];
        pen.text((area.x, y), longest, &waits.name, Role::Plain);
        let (text, role) = match waits.accepted {
            true => (said::ACCEPTED.get(lang), Role::Saved),
            false => (waits.counts.get(lang), Role::Plain),
        };
        pen.text((area.x + longest + 2, y), area.width.saturating_sub(longest + 2), text, role);
    });
}
