//! A form over the screen: what it is about, its fields, and how to go on. Must not know what it is for.

use ratatui::layout::Rect;

use super::fit::wrap;
use super::layout::Layout;
use super::pen::{Pen, cells};
use super::popup::popup;
use super::theme::Role;
use crate::app::form::{Form, Value};
use crate::app::list::window;
use crate::domain::text::Lang;
use crate::wording::screen;

/// The widest label.
const LABEL: u16 = 24;

pub fn draw(pen: &mut Pen<'_, '_>, form: &Form, lang: Lang, area: Rect, layout: &mut Layout) {
    let width = area.width.saturating_sub(2).min(96);
    let room = usize::from(width.saturating_sub(4));
    let said = |texts: Vec<(String, Role)>| -> Vec<(String, Role)> {
        let lines = texts
            .into_iter()
            .flat_map(|(text, role)| wrap(&text, room).into_iter().map(|line| (line, role)).collect::<Vec<_>>());
        lines.collect()
    };
    let mut above = said(form.about.iter().map(|text| (text.get(lang).to_owned(), Role::Plain)).collect());
    let below = said(below(form, lang));
    let fields = u16::try_from(form.fields.len()).unwrap_or(u16::MAX);
    let most = area.height.saturating_sub(2);
    let fixed = u16::try_from(below.len()).unwrap_or(u16::MAX).saturating_add(fields.min(6)).saturating_add(2);
    // What the form is about gives way before its fields and what is wrong with them.
    let kept = usize::from(most.saturating_sub(fixed)).min(above.len());
    if kept < above.len() {
        above.truncate(kept);
        if let Some((last, _)) = above.last_mut() {
            "..".clone_into(last);
        }
    }
    let lines = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let gap = u16::from(!above.is_empty());
    let wanted = lines(above.len() + below.len()).saturating_add(fields + 3 + gap);
    let inside = popup(pen, area, (width, wanted.min(area.height)), form.title.get(lang));
    let mut y = inside.y;
    for (line, role) in &above {
        pen.text((inside.x, y), inside.width, line, *role);
        y += 1;
    }
    y += gap;
    let bottom = inside.bottom().saturating_sub(lines(below.len()));
    let height = bottom.saturating_sub(y + 1).min(fields);
    let list = Rect { y, height, ..inside };
    let shown = window(&form.list, form.fields.len(), usize::from(height), |_| 1);
    layout.see(&shown, 0);
    let label = form.fields.iter().map(|f| cells(f.label.get(lang))).max().unwrap_or(0).min(LABEL);
    let label = label.min(list.width / 3);
    for (at, y) in shown.zip(list.y..) {
        field(pen, form, at, lang, (list.x, y), (label, list.width));
        layout.rows.push((y, y, at));
    }
    for ((line, role), y) in below.iter().zip(bottom..inside.bottom()) {
        pen.text((inside.x, y), inside.width, line, *role);
    }
}

/// What is wrong, or what may stand in the field; and how to go on.
fn below(form: &Form, lang: Lang) -> Vec<(String, Role)> {
    let mut lines = match &form.fault {
        Some((_, fault)) => vec![
            (screen::labelled(lang, fault.code, fault.what.get(lang)), Role::Bad),
            (format!("{}{}", screen::HELP_LABEL.get(lang), fault.help.get(lang)), Role::Plain),
        ],
        None => vec![(form.field().map_or("", |field| field.hint.get(lang)).to_owned(), Role::Dim)],
    };
    let how = match () {
        () if form.purpose.is_act() => screen::ACT_HOW,
        () if form.fields.len() == 1 => screen::FIELD_HOW,
        () => screen::FORM_HOW,
    };
    lines.push((how.get(lang).to_owned(), Role::Key));
    lines
}

fn field(pen: &mut Pen<'_, '_>, form: &Form, at: usize, lang: Lang, (x, y): (u16, u16), (label, width): (u16, u16)) {
    let here = at == form.list.at;
    let field = &form.fields[at];
    let faulty = form.fault.as_ref().is_some_and(|(found, _)| *found == at);
    let role = match () {
        () if faulty => Role::Bad,
        () if here => Role::Row,
        () => Role::Plain,
    };
    pen.text((x, y), label, field.label.get(lang), role);
    let (value_x, room) = (x + label + 2, width.saturating_sub(label + 2));
    match &field.value {
        Value::Line { input, .. } if here => pen.field((value_x, y), room, input),
        Value::Line { input, .. } => {
            pen.text((value_x, y), room, input.value(), Role::Plain);
        }
        Value::Choice { options, at } => {
            let title = options.get(*at).map_or("", |option| option.title.get(lang));
            let used = pen.text((value_x, y), room, &format!("< {title} >"), Role::Plain);
            if here {
                pen.paint(Rect { x: value_x, y, width: used, height: 1 }, Role::Cursor);
            }
        }
        Value::Toggle(on) => {
            let sign = if *on { "[x]" } else { "[ ]" };
            let used = pen.text((value_x, y), room, sign, Role::Plain);
            if here {
                pen.paint(Rect { x: value_x, y, width: used, height: 1 }, Role::Cursor);
            }
            pen.text((value_x + used + 1, y), room.saturating_sub(used + 1), field.hint.get(lang), Role::Dim);
        }
    }
}
