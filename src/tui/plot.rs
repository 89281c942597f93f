//! Plots in rows of text: only those on the screen are laid out. Must not know how a figure came about.

use ratatui::layout::Rect;

use super::layout::Layout;
use super::pen::{Pen, cells};
use super::theme::Role;
use crate::app::list::window;
use crate::app::model::Model;
use crate::app::plot::{Plot, Shown};
use crate::app::session::Session;
use crate::wording::plot as says;
use crate::wording::screen;
use crate::write::drawing::Ink;
use crate::write::plot::text::{Row, Span};

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, plot: &Plot, session: &Session, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    let centre = plot.find(session).map(|ix| session.evaluation.cohort.centre(ix));
    let named = centre.map_or(String::new(), |centre| format!("{}  ({})", centre.label(), centre.id));
    let (title, other) = match plot.shown {
        Shown::Distribution => (says::DISTRIBUTION.get(lang).to_owned(), says::TO_CENTRE),
        Shown::Centre => (screen::labelled(lang, says::OF_CENTRE.get(lang), &named), says::TO_DISTRIBUTION),
    };
    // What the key does here has no room in every footer.
    let other = if centre.is_some() { other.get(lang) } else { "" };
    let list = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let width = usize::from(area.width);
    let rows = &plot.rows;
    let shown = window(&plot.list, rows.len(), usize::from(list.height), |at| rows[at].lines(width).len());
    layout.see(&shown, 0);
    let scroll = says::scroll(shown.start + 1, shown.end, rows.len(), lang);
    let scroll = if shown.len() < rows.len() { scroll } else { String::new() };
    let right = [scroll.as_str(), other].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
    let room = area.width.saturating_sub(cells(&right) + 1);
    pen.text((0, area.y), room, &title, Role::Head);
    pen.right((area.width.saturating_sub(cells(&right)), area.y), cells(&right), &right, Role::Dim);
    let mut y = list.y;
    for at in shown {
        let first = y;
        for line in rows[at].lines(width) {
            if y >= list.bottom() {
                break;
            }
            spans(pen, &rows[at], &line, (area.x, y), area.width);
            if at == plot.list.at {
                pen.paint(Rect { x: area.x, y, width: area.width, height: 1 }, Role::Cursor);
            }
            y += 1;
        }
        if y > first {
            layout.rows.push((first, y - 1, at));
        }
    }
}

fn spans(pen: &mut Pen<'_, '_>, row: &Row, line: &[Span], (x, y): (u16, u16), width: u16) {
    let mut used = 0;
    for span in line {
        let room = width.saturating_sub(used);
        pen.text((x + used, y), room, &span.text, role(row, span.ink));
        used = used.saturating_add(cells(&span.text)).min(width);
    }
}

const fn role(row: &Row, ink: Ink) -> Role {
    match (row, ink) {
        (Row::Head(_), _) => Role::Head,
        (_, Ink::Main) => Role::Plain,
        (_, Ink::Pale) => Role::Dim,
        (_, Ink::Limit) => Role::Good,
        (_, Ink::Grave) => Role::Attention,
    }
}
