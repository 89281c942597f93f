//! A review: the counts, the centres worst first, then the edits, and in full what the cursor is on. Must not know how
//! any of it was worked out.

use ratatui::layout::Rect;

use super::fit::wrap;
use super::impact::{Sides, row};
use super::layout::Layout;
use super::listing;
use super::pen::{Pen, cells};
use super::theme::Role;
use crate::app::list::{List, window};
use crate::app::model::Model;
use crate::app::review::{Detail, Fate, Review, Row};
use crate::domain::note::Verdict;
use crate::domain::text::Lang;
use crate::wording::{review as said, screen};

/// Lines at the bottom that say in full what the cursor is on.
const FULL: u16 = 3;
/// With fewer lines than this only the list that the cursor is in is shown.
const BOTH: u16 = 8;
/// The sign of a mark, with a blank behind it.
const SIGN: u16 = 2;

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, review: &Review, area: Rect, layout: &mut Layout) {
    let lang = model.lang;
    head(pen, review, lang, area);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if let Some(detail) = &review.detail {
        return draw_detail(pen, review, detail, lang, body, layout);
    }
    let full = FULL.min(body.height / 5);
    let full = Rect { y: body.bottom().saturating_sub(full), height: full, ..body };
    let lists = Rect { height: body.height - full.height, ..body };
    if lists.height < BOTH {
        in_full(pen, review, lang, full);
        return match review.row(review.list.at) {
            Some(Row::Edit(_)) => draw_edits(pen, review, lang, lists, layout),
            _ => draw_centres(pen, review, lang, lists, layout),
        };
    }
    let edits = u16::try_from(review.of.edits.len().max(1)).unwrap_or(u16::MAX).min(lists.height / 3).max(1);
    // A short list of centres leaves its room to the edits.
    let most = lists.height.saturating_sub(edits + 3);
    let centres = Rect { height: u16::try_from(review.centres().max(1)).unwrap_or(most).min(most), ..lists };
    draw_centres(pen, review, lang, centres, layout);
    let heading = Rect { y: centres.bottom() + 1, height: 1, ..lists };
    pen.text((heading.x, heading.y), heading.width, &said::causes(review.of.edits.len(), lang), Role::Head);
    let below = Rect { y: heading.bottom(), height: lists.bottom().saturating_sub(heading.bottom() + 1), ..lists };
    draw_edits(pen, review, lang, below, layout);
    in_full(pen, review, lang, full);
}

/// What is compared and what became of it; the counts, and the marks.
fn head(pen: &mut Pen<'_, '_>, review: &Review, lang: Lang, area: Rect) {
    let used = pen.text((area.x, area.y), area.width, &said::title(&review.of, lang), Role::Plain);
    if let Some(file) = &review.accepted {
        let text = screen::labelled(lang, said::ACCEPTED.get(lang), file);
        pen.text((area.x + used + 2, area.y), area.width.saturating_sub(used + 2), &text, Role::Saved);
    }
    let marks = said::marks(&review.marks, lang);
    let room = cells(&marks).min(area.width / 2);
    let role = if review.marks.count(Verdict::Reject) > 0 { Role::Bad } else { Role::Attention };
    pen.right((area.x + area.width - room, area.y + 1), room, &marks, role);
    let left = area.width.saturating_sub(room + 1);
    let used = pen.text((area.x, area.y + 1), left, review.summary.get(lang), Role::Head);
    if let Fate::Repin { unplaced, .. } = review.fate
        && unplaced > 0
    {
        let text = screen::left_aside(lang, unplaced);
        pen.text((area.x + used + 2, area.y + 1), left.saturating_sub(used + 2), &text, Role::Attention);
    }
}

fn draw_centres(pen: &mut Pen<'_, '_>, review: &Review, lang: Lang, area: Rect, layout: &mut Layout) {
    let count = review.centres();
    if count == 0 {
        pen.text((area.x, area.y), area.width, said::NOBODY.get(lang), Role::Good);
    }
    // While the cursor is among the edits, the centres stay as they were.
    let at = if review.list.at < count { review.list.at } else { review.list.first };
    let list = List { at, ..review.list };
    let shown = window(&list, count, usize::from(area.height), |_| 1);
    layout.see(&shown, 0);
    let sides = Sides { old: &review.of.old, new: &review.of.new, cohort: &review.of.cohort };
    for (at, y) in shown.zip(area.y..) {
        let line = Rect { x: area.x + SIGN, y, width: area.width.saturating_sub(SIGN), height: 1 };
        sign(pen, review, at, (area.x, y));
        if let Some(change) = review.of.comparison.changes.get(at) {
            row(pen, sides, change, lang, line);
        }
        settle(pen, review, at, Rect { y, height: 1, ..area }, layout);
    }
}

fn draw_edits(pen: &mut Pen<'_, '_>, review: &Review, lang: Lang, area: Rect, layout: &mut Layout) {
    let (before, count) = (review.centres(), review.of.edits.len());
    if count == 0 {
        pen.text((area.x, area.y), area.width, said::no_edits(review.of.untold).get(lang), Role::Dim);
    }
    let list = List::at(review.list.at.saturating_sub(before));
    for (at, y) in window(&list, count, usize::from(area.height), |_| 1).zip(area.y..) {
        sign(pen, review, before + at, (area.x, y));
        let moves = review.moved.get(at).map_or(String::new(), |moved| said::moves(*moved, lang));
        let right = cells(&moves).min(area.width / 3);
        let room = area.width.saturating_sub(SIGN + right + 1);
        pen.text((area.x + SIGN, y), room, review.title(before + at).get(lang), Role::Plain);
        pen.right((area.x + area.width - right, y), right, &moves, Role::Plain);
        settle(pen, review, before + at, Rect { y, height: 1, ..area }, layout);
    }
}

fn sign(pen: &mut Pen<'_, '_>, review: &Review, at: usize, place: (u16, u16)) {
    let mark = review.about(at).and_then(|about| review.marks.of(&about).cloned());
    if let Some(mark) = mark {
        pen.text(place, 1, said::sign(mark.verdict), role(mark.verdict));
    }
}

fn role(verdict: Verdict) -> Role {
    match verdict {
        Verdict::Accept => Role::Good,
        Verdict::Reject => Role::Bad,
        Verdict::Discuss => Role::Attention,
    }
}

fn settle(pen: &mut Pen<'_, '_>, review: &Review, at: usize, line: Rect, layout: &mut Layout) {
    if at == review.list.at {
        pen.paint(line, Role::Cursor);
    }
    layout.rows.push((line.y, line.y, at));
}

/// The mark of the row with its note, then what brought the change of a centre, or what an edit says.
fn in_full(pen: &mut Pen<'_, '_>, review: &Review, lang: Lang, area: Rect) {
    let mut lines = Vec::new();
    let at = review.list.at;
    let mark = review.about(at).and_then(|about| review.marks.of(&about).cloned());
    let room = usize::from(area.width);
    let text = match review.row(at) {
        Some(Row::Centre(at)) => {
            review.of.attributed.get(at).map_or(String::new(), |by| said::because(&review.of, by, lang))
        }
        Some(Row::Edit(_)) => review.title(at).get(lang).to_owned(),
        None => String::new(),
    };
    lines.extend(wrap(&text, room).into_iter().map(|line| (line, Role::Plain)));
    if let Some(mark) = mark {
        let verdict = said::verdict(mark.verdict).get(lang);
        let text =
            if mark.remark.is_empty() { verdict.to_owned() } else { screen::labelled(lang, verdict, &mark.remark) };
        // What was said of it is never pushed out by a long working.
        lines.truncate(usize::from(area.height.saturating_sub(1)));
        lines.push((text, role(mark.verdict)));
    }
    for ((line, role), y) in lines.iter().zip(area.y..area.bottom()) {
        pen.text((area.x, y), area.width, line, *role);
    }
}

fn draw_detail(pen: &mut Pen<'_, '_>, review: &Review, detail: &Detail, lang: Lang, area: Rect, layout: &mut Layout) {
    sign(pen, review, review.list.at, (area.x, area.y));
    pen.text((area.x + SIGN, area.y), area.width.saturating_sub(SIGN), detail.title.get(lang), Role::Head);
    let full = Rect { y: area.bottom().saturating_sub(FULL), height: FULL.min(area.height), ..area };
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + full.height), ..area };
    listing::draw(pen, &detail.list, detail.lines.len(), rows, layout, |pen, at, y| {
        let line = &detail.lines[at];
        let indent = u16::try_from(line.depth * 2).unwrap_or(0).min(rows.width / 3);
        let figure = line.figure.get(lang);
        let right = cells(figure).min(rows.width * 2 / 3);
        let room = rows.width.saturating_sub(indent + right + 1);
        let role = if line.is_heading { Role::Head } else { Role::Plain };
        pen.text((rows.x + indent, y), room, line.text.get(lang), role);
        pen.right((rows.x + rows.width - right, y), right, figure, role);
    });
    let Some(line) = detail.lines.get(detail.list.at) else { return };
    let text = line.text.get(lang);
    // What is seen whole in its row need not be said again.
    if usize::from(cells(text) + cells(line.figure.get(lang))) + line.depth * 2 < usize::from(full.width) {
        return;
    }
    for (line, y) in wrap(text, usize::from(full.width)).iter().zip(full.y..full.bottom()) {
        pen.text((full.x, y), full.width, line, Role::Dim);
    }
}
