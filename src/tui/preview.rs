//! What an import or a paste would change: the counts, then every cell. Must not know where it came from.

use ratatui::layout::Rect;

use super::fit::wrap;
use super::layout::Layout;
use super::listing;
use super::pen::Pen;
use super::theme::Role;
use crate::app::model::Model;
use crate::app::preview::{Preview, Row};
use crate::domain::diagnostic::{Diagnostic, Place};
use crate::domain::text::Lang;
use crate::wording::{diagnostic, query, screen, terms};

const DETAIL: u16 = 3;

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, preview: &Preview, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    pen.text((0, area.y), area.width, preview.title.get(lang), Role::Head);
    let counts = screen::counted(lang, preview.refused.len(), preview.changed, preview.new, preview.unchanged);
    let role = if preview.refused.is_empty() { Role::Plain } else { Role::Bad };
    let used = pen.text((0, area.y + 1), area.width, &counts, role);
    if preview.centres > 0 {
        let said = screen::new_centres(lang, preview.centres);
        pen.text((used + 2, area.y + 1), area.width.saturating_sub(used + 2), &said, Role::Attention);
    }
    let (how, role) = match () {
        () if !preview.refused.is_empty() => (screen::REFUSED_HOW, Role::Attention),
        () if preview.bodies.is_empty() => (screen::NOTHING_NEW_HOW, Role::Good),
        () => (screen::APPLY_HOW, Role::Key),
    };
    pen.text((0, area.y + 2), area.width, how.get(lang), role);
    let mut y = area.y + 3;
    let origin = preview.origin.get(lang);
    for line in wrap(origin, usize::from(area.width)).iter().filter(|_| !origin.is_empty()) {
        pen.text((0, y), area.width, line, Role::Dim);
        y += 1;
    }
    if !preview.queries.is_empty() {
        pen.text((0, y), area.width, &query::would_raise(lang, preview.queries.len()), Role::Attention);
        y += 1;
    }
    let detail = DETAIL.min(area.height / 4);
    let list = Rect { y, height: area.bottom().saturating_sub(y + detail), ..area };
    listing::draw(pen, &preview.list, preview.len(), list, layout, |pen, at, y| {
        if let Some(shown) = preview.row(at) {
            row(pen, &shown, lang, y, area.width);
        }
    });
    let full = preview.row(preview.list.at).map_or(String::new(), |row| in_full(&row, lang));
    for (line, y) in wrap(&full, usize::from(area.width)).iter().zip(list.bottom()..area.bottom()) {
        pen.text((0, y), area.width, line, Role::Plain);
    }
}

fn row(pen: &mut Pen<'_, '_>, row: &Row<'_>, lang: Lang, y: u16, width: u16) {
    let kind = 8;
    let centre = (width / 6).clamp(8, 16);
    let (sign, role) = match row {
        Row::Refused(_) => (screen::REFUSED, Role::Bad),
        Row::Note(_) => (screen::SAID, Role::Attention),
        Row::Query(_) => (query::QUERY, Role::Attention),
        Row::Centre(_) => (screen::NEW, Role::Attention),
        Row::Change { was, .. } if was.is_empty() => (screen::NEW, Role::Plain),
        Row::Change { .. } => (screen::CHANGED, Role::Attention),
    };
    pen.text((0, y), kind, sign.get(lang), role);
    let rest = width.saturating_sub(kind + 1);
    match row {
        Row::Refused(fault) | Row::Note(fault) => {
            let place = placed(fault, lang);
            let said = screen::labelled(lang, &place, fault.what.get(lang));
            pen.text((kind + 1, y), rest, &said, role);
        }
        Row::Query(said) => {
            pen.text((kind + 1, y), rest, said.get(lang), role);
        }
        Row::Centre(id) => {
            pen.text((kind + 1, y), centre, id, role);
            pen.text((kind + centre + 2, y), rest.saturating_sub(centre + 1), screen::NEW_CENTRE.get(lang), role);
        }
        Row::Change { centre: id, what, was, to } => {
            pen.text((kind + 1, y), centre, id, role);
            let x = kind + centre + 2;
            let what_room = rest.saturating_sub(centre + 1) * 2 / 5;
            pen.text((x, y), what_room, what, role);
            let change = format!("{} -> {}", or_blank(was, lang), or_blank(to, lang));
            pen.text((x + what_room + 1, y), width.saturating_sub(x + what_room + 1), &change, role);
        }
    }
}

fn in_full(row: &Row<'_>, lang: Lang) -> String {
    match row {
        Row::Refused(fault) | Row::Note(fault) => {
            let said = screen::labelled(lang, fault.code, fault.what.get(lang));
            format!("{}  {said}  {}{}", placed(fault, lang), screen::HELP_LABEL.get(lang), fault.help.get(lang))
        }
        Row::Query(said) => said.get(lang).to_owned(),
        Row::Centre(id) => screen::labelled(lang, screen::NEW_CENTRE.get(lang), id),
        Row::Change { centre, what, was, to } => {
            format!("{centre}  {what}: {} -> {}", or_blank(was, lang), or_blank(to, lang))
        }
    }
}

/// Row and column, as a spreadsheet names them.
fn placed(fault: &Diagnostic, lang: Lang) -> String {
    match &fault.place {
        Place::Cell { row, column } => terms::cell_place(*row, *column, &diagnostic::column_letters(*column), lang),
        Place::Span(_) | Place::Whole => String::new(),
    }
}

fn or_blank(text: &str, lang: Lang) -> &str {
    if text.is_empty() { screen::blank(lang) } else { text }
}
