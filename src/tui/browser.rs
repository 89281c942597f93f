//! A rubric to look through: the outline, and the chosen part in words and as it is written. Must not know where the
//! text came from.

use ratatui::layout::Rect;

use super::fit::wrap;
use super::layout::Layout;
use super::listing;
use super::pen::Pen;
use super::theme::Role;
use crate::app::browser::{Browser, Order, Row, citation};
use crate::app::model::Model;
use crate::domain::diagnostic::{Diagnostic, Place};
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::read::rubric::place::{self, Part};
use crate::wording::{citation as cited, diagnostic, outline, screen};

/// From this width on the chosen part stands beside the outline, below it otherwise.
const BESIDE: u16 = 110;

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, browser: &Browser, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    head(pen, browser, lang, area);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let beside = area.width >= BESIDE;
    let (list, detail) = if beside {
        let half = area.width / 2;
        let detail = Rect { x: half + 1, width: area.width - half - 1, ..body };
        (Rect { width: half, ..body }, detail)
    } else {
        let below = (body.height / 2).min(12);
        let list = Rect { height: body.height - below, ..body };
        (list, Rect { y: list.bottom(), height: below, ..body })
    };
    listing::draw(pen, &browser.list, browser.rows.len(), list, layout, |pen, at, y| {
        let (depth, row) = &browser.rows[at];
        let indent = u16::try_from(depth * 2).unwrap_or(0).min(list.width / 3);
        let (text, figure, role) = line(row, browser, lang);
        let room = list.width.saturating_sub(indent);
        let figure_room = super::pen::cells(&figure).min(room / 2);
        pen.text((list.x + indent, y), room.saturating_sub(figure_room + 1), &text, role);
        pen.right((list.x + list.width - figure_room, y), figure_room, &figure, role);
    });
    let Some(row) = browser.chosen() else { return };
    let lines = told(row, browser, lang);
    let lines = lines
        .iter()
        .flat_map(|(text, role)| wrap(text, usize::from(detail.width)).into_iter().map(move |line| (line, *role)));
    for ((text, role), y) in lines.zip(detail.y..detail.bottom()) {
        pen.text((detail.x, y), detail.width, &text, role);
    }
}

fn head(pen: &mut Pen<'_, '_>, browser: &Browser, lang: Lang, area: Rect) {
    let title = browser.good.as_ref().map_or("", |(_, rubric)| rubric.title.get(lang));
    let edition = browser.good.as_ref().map_or("", |(_, rubric)| rubric.edition.as_str());
    pen.text((0, area.y), area.width, &format!("{}  {title}  {edition}", browser.name), Role::Head);
    let errors = browser.faults.iter().filter(|fault| fault.is_error()).count();
    let order = match browser.order {
        Order::Criterion => screen::BY_CRITERION,
        Order::Article => screen::BY_ARTICLE,
    };
    let (text, role) = match (errors, browser.is_stale() && browser.good.is_some()) {
        (0, _) if browser.path.is_some() => (format!("{}; {}", order.get(lang), screen::FOLLOWED.get(lang)), Role::Dim),
        (0, _) => (order.get(lang).to_owned(), Role::Dim),
        (errors, stale) => (screen::broken(lang, errors, stale), Role::Bad),
    };
    let used = pen.text((0, area.y + 1), area.width, &text, role);
    // What the figures at the right are, where there are several.
    let kinds = browser.good.as_ref().map_or(&[][..], |(_, rubric)| &rubric.kinds);
    if kinds.len() > 1 {
        let titles: Vec<&str> = kinds.iter().map(|kind| kind.title.get(lang)).collect();
        let room = area.width.saturating_sub(used + 2);
        pen.right((used + 2, area.y + 1), room, &titles.join(" / "), Role::Dim);
    }
}

/// A line of the outline: what it is, a figure, and how it looks.
pub(super) fn line(row: &Row, browser: &Browser, lang: Lang) -> (String, String, Role) {
    if let Row::Fault(at) = row {
        let fault = &browser.faults[*at];
        let role = if fault.is_error() { Role::Bad } else { Role::Attention };
        let at = match &fault.place {
            Place::Span(span) => diagnostic::line_and_column(&browser.text, span.start).0.to_string(),
            _ => String::new(),
        };
        return (screen::labelled(lang, fault.code, fault.what.get(lang)), at, role);
    }
    let Some((_, rubric)) = &browser.good else { return (String::new(), String::new(), Role::Plain) };
    match row {
        Row::Node(node) => {
            let role = if rubric.nodes[node.0].depth == 0 { Role::Head } else { Role::Plain };
            (rubric.nodes[node.0].title.get(lang).to_owned(), outline::points(rubric, *node), role)
        }
        Row::Grade(grade) => {
            let grade = &rubric.grades[grade.0];
            (screen::labelled(lang, screen::GRADE.get(lang), grade.title.get(lang)), outline::edge(grade), Role::Plain)
        }
        Row::Gate(gate) => {
            let title = rubric.gates[gate.0].title.get(lang);
            (screen::labelled(lang, screen::GATE.get(lang), title), String::new(), Role::Plain)
        }
        Row::Outcome(at) => (outline::outcome(rubric, *at, lang), String::new(), Role::Plain),
        Row::Document(document) => (rubric.documents[document.0].title.get(lang).to_owned(), String::new(), Role::Head),
        Row::Article(article) => (article.clone(), String::new(), Role::Key),
        Row::Uncited => (screen::UNCITED.get(lang).to_owned(), String::new(), Role::Attention),
        Row::Fault(_) => (String::new(), String::new(), Role::Plain),
    }
}

/// The chosen part in words, and then as it is written.
fn told(row: &Row, browser: &Browser, lang: Lang) -> Vec<(String, Role)> {
    if let Row::Fault(at) = row {
        return excerpt(&browser.faults[*at], browser, lang);
    }
    let Some((text, rubric)) = &browser.good else { return Vec::new() };
    let stale = browser.is_stale().then(|| (screen::LAST_GOOD.get(lang).to_owned(), Role::Attention));
    let mut lines: Vec<(String, Role)> = said(row, rubric, lang).into_iter().map(|line| (line, Role::Plain)).collect();
    lines.splice(0..0, stale);
    if let Some(cite) = citation(rubric, row) {
        lines.push((cited::citation(cite, rubric, lang), Role::Dim));
    }
    let part = match row {
        Row::Node(node) => Some(Part::Node(&rubric.nodes[node.0].id)),
        Row::Grade(grade) => Some(Part::Grade(&rubric.grades[grade.0].id)),
        Row::Gate(gate) => Some(Part::Gate(&rubric.gates[gate.0].id)),
        _ => None,
    };
    if let Some(found) = part.and_then(|part| place::lines(text, part)) {
        lines.push((String::new(), Role::Plain));
        let written = text.lines().skip(found.start).take(found.len());
        lines.extend(written.map(|line| (line.replace('\t', "    "), Role::Dim)));
    }
    lines
}

fn said(row: &Row, rubric: &Rubric, lang: Lang) -> Vec<String> {
    match row {
        Row::Node(node) => outline::node(rubric, *node, lang),
        Row::Gate(gate) => vec![rubric.gates[gate.0].when.source.clone()],
        Row::Document(document) => {
            let document = &rubric.documents[document.0];
            vec![document.number.clone(), document.checked_on.clone()]
        }
        _ => Vec::new(),
    }
}

fn excerpt(fault: &Diagnostic, browser: &Browser, lang: Lang) -> Vec<(String, Role)> {
    let text = diagnostic::text(fault, &browser.name, &browser.text, lang);
    text.lines().map(|line| (line.to_owned(), Role::Plain)).collect()
}
