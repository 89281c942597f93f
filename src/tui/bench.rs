//! The bench: the outline with its figures, and what the text does to the cohort. Must not know how either comes about.

use ratatui::layout::Rect;

use super::browser::line;
use super::layout::Layout;
use super::listing;
use super::pen::{Pen, cells};
use super::theme::Role;
use crate::app::bench::Bench;
use crate::app::browser::Row;
use crate::app::model::Model;
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::wording::{bench as said, screen};

/// From this width on the cohort stands beside the outline, below it otherwise.
const BESIDE: u16 = 110;
/// The head: the file, and what is being moved.
const HEAD: u16 = 2;

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, bench: &Bench, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    head(pen, bench, lang, area);
    let body = Rect { y: area.y + HEAD, height: area.height.saturating_sub(HEAD), ..area };
    let (list, impact) = if area.width >= BESIDE {
        let half = area.width / 2;
        (Rect { width: half, ..body }, Rect { x: half + 2, width: area.width - half - 2, ..body })
    } else {
        let above = body.height / 2;
        let list = Rect { height: above, ..body };
        (list, Rect { y: list.bottom() + 1, height: body.height.saturating_sub(above + 1), ..body })
    };
    outline(pen, bench, lang, list, layout);
    super::impact::draw(pen, bench, lang, impact);
}

fn head(pen: &mut Pen<'_, '_>, bench: &Bench, lang: Lang, area: Rect) {
    let state = if bench.is_unsaved() { screen::NOT_SAVED } else { screen::AS_IN_FILE };
    let role = if bench.is_unsaved() { Role::Attention } else { Role::Dim };
    let used = pen.text((0, area.y), area.width, &bench.browser.name, Role::Head);
    pen.text((used + 2, area.y), area.width.saturating_sub(used + 2), state.get(lang), role);
    let errors = bench.browser.faults.iter().filter(|fault| fault.is_error()).count();
    if errors > 0 {
        let text = screen::broken(lang, errors, bench.browser.good.is_some());
        pen.text((0, area.y + 1), area.width, &text, Role::Bad);
        return;
    }
    let figures = bench.figures();
    let Some(figure) = figures.get(bench.class).or_else(|| figures.last()) else {
        pen.text((0, area.y + 1), area.width, screen::WHY_NO_FIGURE.get(lang), Role::Dim);
        return;
    };
    let class =
        bench.browser.good.as_ref().map_or(String::new(), |(_, rubric)| said::class(rubric, &figure.class, lang));
    let step = figure.step(u32::from(bench.finer));
    let text = said::figure(&class, &figure.value, &step, bench.moved.as_ref(), lang);
    pen.text((0, area.y + 1), area.width, &text, Role::Plain);
}

fn outline(pen: &mut Pen<'_, '_>, bench: &Bench, lang: Lang, area: Rect, layout: &mut Layout) {
    let browser = &bench.browser;
    listing::draw(pen, &browser.list, browser.rows.len(), area, layout, |pen, at, y| {
        let (depth, row) = &browser.rows[at];
        let indent = u16::try_from(depth * 2).unwrap_or(0).min(area.width / 3);
        let (text, figure, role) = line(row, browser, lang);
        let locked = browser.good.as_ref().is_some_and(|(_, rubric)| is_locked(bench, rubric, row));
        let figure = if locked { format!("{figure} {}", screen::LOCKED.get(lang)) } else { figure };
        let room = area.width.saturating_sub(indent);
        let figure_room = cells(&figure).min(room / 2);
        pen.text((area.x + indent, y), room.saturating_sub(figure_room + 1), &text, role);
        pen.right((area.x + area.width - figure_room, y), figure_room, &figure, role);
    });
}

fn is_locked(bench: &Bench, rubric: &Rubric, row: &Row) -> bool {
    matches!(row, Row::Node(node) if bench.locked.contains(&rubric.nodes[node.0].id))
}
