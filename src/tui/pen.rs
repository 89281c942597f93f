//! What every part of the screen is drawn with. All text goes through here, so that text from files is shown and never
//! obeyed. Must not know the model.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::fit::{figure, fit, head, width};
use super::theme::{Role, style};
use crate::app::model::Theme;
use crate::wording::safe::visible;

pub struct Pen<'a, 'b> {
    pub frame: &'a mut Frame<'b>,
    pub theme: Theme,
}

impl Pen<'_, '_> {
    pub fn style(&self, role: Role) -> Style {
        style(self.theme, role)
    }

    /// Writes from the left; gives back how many cells it took.
    pub fn text(&mut self, (x, y): (u16, u16), room: u16, text: &str, role: Role) -> u16 {
        let shown = fit(&visible(text), usize::from(room));
        self.put((x, y), &shown, role)
    }

    /// Writes a figure to the right edge of its room.
    pub fn right(&mut self, (x, y): (u16, u16), room: u16, text: &str, role: Role) {
        let shown = figure(&visible(text), usize::from(room));
        let indent = room.saturating_sub(cells(&shown));
        self.put((x + indent, y), &shown, role);
    }

    fn put(&mut self, (x, y): (u16, u16), text: &str, role: Role) -> u16 {
        let style = self.style(role);
        let area = self.frame.area();
        if x < area.right() && y < area.bottom() {
            self.frame.buffer_mut().set_stringn(x, y, text, usize::from(area.right() - x), style);
        }
        cells(text)
    }

    /// Gives an area the style of a role on top of what is drawn there.
    pub fn paint(&mut self, area: Rect, role: Role) {
        let style = self.style(role);
        let area = area.intersection(self.frame.area());
        self.frame.buffer_mut().set_style(area, style);
    }

    /// A text field with the real cursor in it, which input methods follow.
    pub fn field(&mut self, (x, y): (u16, u16), room: u16, input: &tui_input::Input) {
        if room == 0 {
            return;
        }
        let scroll = input.visual_scroll(usize::from(room.saturating_sub(1)));
        let shown = visible(input.value());
        let part = skip(&shown, scroll);
        self.text((x, y), room, &" ".repeat(usize::from(room)), Role::Field);
        self.put((x, y), &head(part, usize::from(room)), Role::Field);
        let at = input.visual_cursor().saturating_sub(scroll).min(usize::from(room) - 1);
        self.cursor(x + u16::try_from(at).unwrap_or(0), y);
    }

    pub fn cursor(&mut self, x: u16, y: u16) {
        let area = self.frame.area();
        if x < area.right() && y < area.bottom() {
            self.frame.set_cursor_position(Position { x, y });
        }
    }
}

/// The text without its first cells.
fn skip(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        if used >= cells {
            return &text[at..];
        }
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
    }
    ""
}

pub fn cells(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}
