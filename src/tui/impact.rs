//! Whom a text on the bench moves: the counts, then the centres, worst first. Must not know how that was worked out.

use ratatui::layout::Rect;

use super::pen::{Pen, cells};
use super::theme::Role;
use crate::app::bench::Bench;
use crate::domain::cohort::Cohort;
use crate::domain::comparison::{Change, Harm};
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::wording::review::total;
use crate::wording::standing::flag_called;
use crate::wording::{bench as said, screen};

pub fn draw(pen: &mut Pen<'_, '_>, bench: &Bench, lang: Lang, area: Rect) {
    if area.height == 0 {
        return;
    }
    let mut used = 0;
    if bench.is_waiting() {
        used = pen.text((area.x, area.y), area.width, screen::COMPUTING.get(lang), Role::Dim) + 2;
    }
    let (x, room) = (area.x + used, area.width.saturating_sub(used));
    match &bench.impact {
        None => {}
        Some(Err(fault)) => {
            let text = screen::labelled(lang, fault.code, fault.what.get(lang));
            pen.text((x, area.y), room, &text, Role::Bad);
        }
        Some(Ok(compared)) => {
            pen.text((x, area.y), room, &said::counts(&compared.comparison, lang), Role::Head);
            let rows = Rect { y: area.y + 1, height: area.height - 1, ..area };
            let sides = Sides { old: &compared.old, new: &compared.new, cohort: &compared.cohort };
            for (change, y) in compared.comparison.changes.iter().zip(rows.y..rows.bottom()) {
                row(pen, sides, change, lang, Rect { y, height: 1, ..rows });
            }
        }
    }
}

/// Two rubrics, and the centres as the new one sees them.
#[derive(Clone, Copy)]
pub struct Sides<'a> {
    pub old: &'a Rubric,
    pub new: &'a Rubric,
    pub cohort: &'a Cohort,
}

/// Name, grade and total, old and new.
pub fn row(pen: &mut Pen<'_, '_>, sides: Sides<'_>, change: &Change, lang: Lang, area: Rect) {
    let role = role(change.harm);
    let name = sides.cohort.find(&change.centre).map_or("", |ix| sides.cohort.centre(ix).label());
    let figures = said::moved(&total(sides.old, change.old.as_ref()), &total(sides.new, change.new.as_ref()));
    let grades = said::moved(
        &said::grade(sides.old, change.old.as_ref(), lang),
        &said::grade(sides.new, change.new.as_ref(), lang),
    );
    let gained = change.gained().into_iter().map(|id| format!(" +{}", flag_called(id, sides.new, lang)));
    let lost = change.lost().into_iter().map(|id| format!(" -{}", flag_called(id, sides.old, lang)));
    let grades = grades + &gained.chain(lost).collect::<String>();
    let right = cells(&figures).min(area.width / 2);
    pen.right((area.x + area.width - right, area.y), right, &figures, role);
    let middle = cells(&grades).min(area.width / 3);
    let at = area.x + area.width.saturating_sub(right + middle + 2);
    pen.text((at, area.y), middle, &grades, role);
    pen.text((area.x, area.y), at.saturating_sub(area.x + 1), name, role);
}

fn role(harm: Harm) -> Role {
    match harm {
        Harm::Removed | Harm::Lowered => Role::Bad,
        Harm::Flagged => Role::Attention,
        Harm::Raised | Harm::Spared | Harm::Unflagged => Role::Good,
        Harm::Worse | Harm::Neither | Harm::Better => Role::Plain,
    }
}
