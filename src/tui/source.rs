//! The rubric's own text with its line numbers; the lines that were asked about stand out. Must not know TOML beyond
//! what a comment and a header look like.

use ratatui::layout::Rect;

use super::fit::wrap;
use super::layout::Layout;
use super::listing;
use super::pen::Pen;
use super::theme::Role;
use crate::app::model::Model;
use crate::app::source::Source;
use crate::wording::screen;

const NUMBER: u16 = 5;
/// Lines below the text, for the chosen one in full.
const DETAIL: u16 = 3;

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, source: &Source, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    let title = screen::labelled(lang, screen::RUBRIC_TEXT.get(lang), source.title.get(lang));
    pen.text((0, area.y), area.width, &title, Role::Head);
    let detail = DETAIL.min(area.height / 4);
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + detail), ..area };
    listing::draw(pen, &source.list, source.len(), list, layout, |pen, at, y| {
        let line = source.line(at);
        let marked = source.marked.contains(&at);
        pen.right((0, y), NUMBER, &(at + 1).to_string(), Role::Dim);
        pen.text((NUMBER + 1, y), 1, if marked { ">" } else { " " }, Role::Key);
        let role = match line.trim_start().chars().next() {
            Some('#') => Role::Dim,
            Some('[') => Role::Head,
            _ if marked => Role::Row,
            _ => Role::Plain,
        };
        // A tab has no width of its own on a screen.
        pen.text((NUMBER + 3, y), area.width.saturating_sub(NUMBER + 3), &line.replace('\t', "    "), role);
    });
    let full = source.line(source.list.at).trim().replace('\t', "    ");
    for (line, y) in wrap(&full, usize::from(area.width)).iter().zip(list.bottom()..area.bottom()) {
        pen.text((0, y), area.width, line, Role::Plain);
    }
}
