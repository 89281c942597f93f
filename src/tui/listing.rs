//! A list of one-line items with a cursor: only the rows on the screen are asked for. Must not know what is listed.

use ratatui::layout::Rect;

use super::layout::Layout;
use super::pen::Pen;
use super::theme::Role;
use crate::app::list::{List, window};

/// Draws the part of a list that fits; `row` writes one item at a line.
pub fn draw(
    pen: &mut Pen<'_, '_>,
    list: &List,
    count: usize,
    area: Rect,
    layout: &mut Layout,
    mut row: impl FnMut(&mut Pen<'_, '_>, usize, u16),
) {
    let shown = window(list, count, usize::from(area.height), |_| 1);
    layout.see(&shown, 0);
    for (at, y) in shown.zip(area.y..) {
        row(pen, at, y);
        if at == list.at {
            pen.paint(Rect { y, height: 1, ..area }, Role::Cursor);
        }
        layout.rows.push((y, y, at));
    }
}
