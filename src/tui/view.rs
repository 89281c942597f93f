//! One frame: the bar at the top, the screen in front, what was just done, the keys at the bottom, and what lies over
//! it all. Must not change the model.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::layout::Layout;
use super::pen::{Pen, cells};
use super::theme::Role;
use super::{
    bench, browser, cohort, entry, fit, history, ledger, overlay, plot, preview, problems, review, source, start,
    waiting,
};
use crate::app::command;
use crate::app::model::{Model, Notice, Saved, Screen};
use crate::app::session::Session;
use crate::domain::reading::Reading;
use crate::domain::text::Lang;
use crate::wording::number::{Level, points};
use crate::wording::screen::{self, blank};

/// Below this the screen only says how large it should be.
const SMALLEST: (u16, u16) = (40, 10);

/// Draws the model and says where things are.
pub fn view(model: &Model, frame: &mut Frame<'_>) -> Layout {
    let area = frame.area();
    let mut layout = Layout::default();
    let mut pen = Pen { frame, theme: model.theme };
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(&mut pen, area, model.lang);
        return layout;
    }
    let body = Rect { y: 1, height: area.height - 3, ..area };
    bar(&mut pen, model, area.width);
    match (model.screen(), &model.session) {
        (Some(Screen::Cohort(screen)), Some(session)) => {
            cohort::draw(&mut pen, model, screen, session, body, &mut layout);
        }
        (Some(Screen::Entry(screen)), Some(session)) => {
            entry::draw(&mut pen, model, screen, session, body, &mut layout);
        }
        (Some(Screen::Ledger(screen)), Some(session)) => {
            ledger::draw(&mut pen, model, screen, session, body, &mut layout);
        }
        (Some(Screen::History(screen)), Some(session)) => {
            history::draw(&mut pen, model, screen, session, body, &mut layout);
        }
        (Some(Screen::Problems(screen)), Some(session)) => {
            problems::draw(&mut pen, model, screen, session, body, &mut layout);
        }
        (Some(Screen::Plot(screen)), Some(session)) => {
            plot::draw(&mut pen, model, screen, session, body, &mut layout);
        }
        (Some(Screen::Preview(screen)), Some(_)) => preview::draw(&mut pen, model, screen, body, &mut layout),
        (Some(Screen::Source(screen)), _) => source::draw(&mut pen, model, screen, body, &mut layout),
        (Some(Screen::Browser(screen)), _) => browser::draw(&mut pen, model, screen, body, &mut layout),
        (Some(Screen::Bench(screen)), _) => bench::draw(&mut pen, model, screen, body, &mut layout),
        (Some(Screen::Waiting(screen)), _) => waiting::draw(&mut pen, model, screen, body, &mut layout),
        (Some(Screen::Review(screen)), _) => review::draw(&mut pen, model, screen, body, &mut layout),
        (Some(Screen::Start(screen)), _) => start::draw(&mut pen, model, screen, body, &mut layout),
        _ => {}
    }
    notice(&mut pen, model, area.height - 2, area.width);
    footer(&mut pen, model, area.height - 1, area.width);
    overlay::draw(&mut pen, model, area, &mut layout);
    layout
}

fn too_small(pen: &mut Pen<'_, '_>, area: Rect, lang: Lang) {
    let lines = fit::wrap(screen::TOO_SMALL.get(lang), usize::from(area.width));
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        pen.text((area.x, y), area.width, line, Role::Plain);
    }
}

fn bar(pen: &mut Pen<'_, '_>, model: &Model, width: u16) {
    let lang = model.lang;
    let right = model.session.as_ref().map_or(String::new(), |session| {
        let evaluation = &session.evaluation;
        let cycle = evaluation.cycle;
        let state = if evaluation.closed.is_some() { screen::CLOSED } else { screen::DRAFT };
        format!("{} {}-{} {}", evaluation.pin.rubric, cycle.first, cycle.last, state.get(lang))
    });
    let left = model.session.as_ref().map_or_else(
        || "triennial".to_owned(),
        |session| format!("triennial  {}  ({})", session.name, session.evaluator),
    );
    let right_room = cells(&right).min(width / 2);
    pen.text((0, 0), width.saturating_sub(right_room + 1), &left, Role::Title);
    pen.text((width - right_room, 0), right_room, &right, Role::Dim);
}

fn notice(pen: &mut Pen<'_, '_>, model: &Model, y: u16, width: u16) {
    let lang = model.lang;
    match (&model.notice, &model.session) {
        (Some(Notice::Said(phrase)), _) => {
            pen.text((0, y), width, phrase.get(lang), Role::Attention);
        }
        (Some(Notice::Saved(saved)), Some(session)) => {
            pen.text((0, y), width, &saved_text(saved, session, lang), Role::Saved);
        }
        _ => {}
    }
}

fn saved_text(saved: &Saved, session: &Session, lang: Lang) -> String {
    let reading = |r: &Option<Reading>| r.as_ref().map_or_else(|| blank(lang).to_owned(), Reading::cell);
    let said = match &saved.cell {
        Some((name, was, to)) => screen::change(lang, name, &reading(was), &reading(to)),
        None => screen::changes(lang, saved.changes),
    };
    let said = if saved.undone { screen::undone(lang, &said) } else { screen::saved(lang, &said) };
    let rounding = &session.evaluation.rubric.rounding;
    let total = |p| points(p, rounding, Level::Total);
    match &saved.total {
        Some((from, to)) => format!("{said}   {}", screen::moved(lang, &total(from), &total(to))),
        None => said,
    }
}

/// Keys and what they do, as many as there is room for.
fn footer(pen: &mut Pen<'_, '_>, model: &Model, y: u16, width: u16) {
    let mut x = 0;
    for (key, label) in command::footer(model) {
        let label = label.get(model.lang);
        let needed = cells(&key) + 1 + cells(label);
        if x + needed > width {
            continue;
        }
        x += pen.text((x, y), width - x, &key, Role::Key) + 1;
        x += pen.text((x, y), width - x, label, Role::Dim) + 2;
    }
}
