//! The ledger: where the centre stands, then every line with its working. Must not compute a point.

use ratatui::layout::Rect;

use super::fit::wrap;
use super::layout::Layout;
use super::pen::{Pen, cells};
use super::theme::Role;
use crate::app::ledger::Ledger;
use crate::app::list::window;
use crate::app::model::Model;
use crate::app::session::Session;
use crate::domain::grade::Flag;
use crate::domain::text::Lang;
use crate::wording::grade::About;
use crate::wording::ledger::Row;
use crate::wording::{screen, terms};

/// A line as it is drawn: how far in, what it says, the figure at the right, and how it looks.
struct Line {
    indent: u16,
    text: String,
    figure: String,
    role: Role,
}

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, ledger: &Ledger, session: &Session, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    let Some(ix) = session.find(&ledger.centre) else { return };
    let centre = session.evaluation.cohort.centre(ix);
    let title = screen::labelled(lang, screen::LEDGER.get(lang), &format!("{}  ({})", centre.label(), centre.id));
    pen.text((0, area.y), area.width, &title, Role::Head);
    let list = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let room = list.width;
    let item = |at: usize| match ledger.row(at) {
        None => standing(session, ledger, lang, room),
        Some(row) => lines(row, room),
    };
    let skipped = |at: usize| if at == ledger.list.at { ledger.skip } else { 0 };
    let size = |at: usize| item(at).len().saturating_sub(skipped(at)).max(1);
    let shown = window(&ledger.list, ledger.count(), usize::from(list.height), size);
    layout.see(&shown, 0);
    let mut y = list.y;
    for at in shown {
        let first = y;
        let chosen = at == ledger.list.at;
        let lines = item(at);
        let skip = skipped(at).min(lines.len().saturating_sub(1));
        if chosen {
            let room = usize::from(list.bottom().saturating_sub(y));
            layout.see_below((lines.len() - skip).saturating_sub(room));
        }
        for (n, line) in lines.into_iter().skip(skip).enumerate() {
            if y >= list.bottom() {
                break;
            }
            let figure = cells(&line.figure).min(room);
            let gap = u16::from(figure > 0);
            let text = room.saturating_sub(line.indent + figure + gap);
            pen.text((line.indent, y), text, &line.text, line.role);
            pen.right((room - figure, y), figure, &line.figure, line.role);
            if chosen && n == 0 {
                pen.paint(Rect { x: 0, y, width: room, height: 1 }, Role::Cursor);
            }
            y += 1;
        }
        if y > first {
            layout.rows.push((first, y - 1, at));
        }
    }
}

/// A line of the ledger with its working below it.
fn lines(row: &Row, room: u16) -> Vec<Line> {
    let indent = u16::try_from(row.depth * 2).unwrap_or(u16::MAX).min(room / 3);
    let figure = if row.points.is_empty() { String::new() } else { format!("{} / {}", row.points, row.of) };
    let role = if row.is_final { Role::Head } else { Role::Plain };
    let mut lines = vec![Line { indent, text: row.label.clone(), figure, role }];
    let below = indent + 4;
    let said = row.working.iter().chain(row.citation.iter());
    lines.extend(said.flat_map(|text| wrap(text, usize::from(room.saturating_sub(below)))).map(|text| Line {
        indent: below,
        text,
        figure: String::new(),
        role: Role::Dim,
    }));
    lines
}

/// Grade, what is proposed, and every reason and flag.
fn standing(session: &Session, ledger: &Ledger, lang: Lang, room: u16) -> Vec<Line> {
    let evaluation = &session.evaluation;
    let rubric = &evaluation.rubric;
    let Some(ix) = session.find(&ledger.centre) else { return Vec::new() };
    let card = session.card(ix);
    let about = About {
        rubric,
        cohort: &evaluation.cohort,
        card,
        lang,
        closed: evaluation.closed.is_some(),
        in_full: true,
        cited: true,
    };
    // The sign of the table, and below it what it means.
    let sign = if about.provisional() { "?" } else { "" };
    let grade = card.grade.map(|grade| format!("{}{sign}", rubric.grades[grade.0].title.get(lang)));
    let grade = grade.unwrap_or_else(|| terms::state(&card.tally.state).get(lang).to_owned());
    let rank = card.rank.map_or(String::new(), |rank| format!("{} {rank}", screen::RANK.get(lang)));
    let text = screen::labelled(lang, screen::GRADE.get(lang), &grade);
    let mut lines = vec![Line { indent: 0, text, figure: rank, role: Role::Head }];
    let mut said: Vec<String> = Vec::new();
    said.extend(Some(about.state()).filter(|text| !text.is_empty()));
    // What decided it comes first, with what stands behind it; the same document need not be named with every reason.
    let decisive = about.decisive();
    said.extend(decisive.map(|reason| about.reason(reason)));
    said.extend(about.proposal());
    said.extend(card.provisional.then(|| about.flag(&Flag::Provisional)));
    let briefly = About { cited: false, ..about };
    let rest = card.reasons.iter().filter(|reason| Some(*reason) != decisive);
    said.extend(rest.map(|reason| briefly.reason(reason)));
    let others = card.flags.iter().filter(|flag| about.adds(flag));
    said.extend(others.map(|flag| about.flag(flag)));
    if ledger.rows.is_empty() {
        said.push(screen::NO_LEDGER.get(lang).to_owned());
    }
    said.dedup();
    let note = rubric.note.get(lang);
    let said = said.iter().map(|text| (text.as_str(), Role::Plain));
    for (text, role) in said.chain(Some((note, Role::Dim)).filter(|(note, _)| !note.is_empty())) {
        let wrapped = wrap(text, usize::from(room.saturating_sub(4)));
        lines.extend(wrapped.into_iter().map(|text| Line { indent: 4, text, figure: String::new(), role }));
    }
    lines
}
