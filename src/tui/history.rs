//! The history: when, who and what, latest first; the chosen step in full below. Must not know where it is kept.

use ratatui::layout::Rect;

use super::fit::wrap;
use super::layout::Layout;
use super::listing;
use super::pen::Pen;
use super::theme::Role;
use crate::app::history::History;
use crate::app::model::Model;
use crate::app::session::Session;
use crate::domain::history::Asked;
use crate::wording::{history, screen};

const WHEN: u16 = 17;
const WHO: u16 = 14;
const DETAIL: u16 = 3;

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, shown: &History, session: &Session, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    let rubric = &session.evaluation.rubric;
    let of = match &shown.asked {
        Asked::Evaluation => screen::HISTORY_ALL.get(lang).to_owned(),
        Asked::Cell { centre, cell } => format!("{centre}  {}", cell.name()),
    };
    pen.text((0, area.y), area.width, &screen::labelled(lang, screen::HISTORY.get(lang), &of), Role::Head);
    let (who, what) = (WHEN + 1, WHEN + WHO + 2);
    pen.text((0, area.y + 1), WHEN, screen::HISTORY_WHEN.get(lang), Role::Head);
    pen.text((who, area.y + 1), WHO, screen::HISTORY_WHO.get(lang), Role::Head);
    pen.text((what, area.y + 1), area.width.saturating_sub(what), screen::HISTORY_WHAT.get(lang), Role::Head);
    let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + DETAIL), ..area };
    if shown.steps.is_empty() {
        pen.text((0, list.y), area.width, screen::HISTORY_EMPTY.get(lang), Role::Dim);
        return;
    }
    listing::draw(pen, &shown.list, shown.steps.len(), list, layout, |pen, at, y| {
        let past = &shown.steps[at];
        pen.text((0, y), WHEN, &history::moment(past.time, &model.zone), Role::Dim);
        pen.text((who, y), WHO, &past.evaluator, Role::Plain);
        let said = history::said(past, rubric, lang);
        pen.text((what, y), area.width.saturating_sub(what), &said, Role::Plain);
    });
    let full = shown.chosen().map_or(String::new(), |past| history::said(past, rubric, lang));
    for (line, y) in wrap(&full, usize::from(area.width)).iter().zip(list.bottom()..area.bottom()) {
        pen.text((0, y), area.width, line, Role::Plain);
    }
}
