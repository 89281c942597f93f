//! What wants looking at, each in one line, the chosen one in full below. Must not know how a problem is found.

use ratatui::layout::Rect;

use super::fit::wrap;
use super::layout::Layout;
use super::listing;
use super::pen::Pen;
use super::theme::Role;
use crate::app::model::Model;
use crate::app::problems::{Problem, Problems};
use crate::app::session::Session;
use crate::domain::grade::Flag;
use crate::domain::text::Lang;
use crate::wording::grade::About;
use crate::wording::query::Asked;
use crate::wording::{diagnostic, screen};

const DETAIL: u16 = 7;

pub fn draw(
    pen: &mut Pen<'_, '_>,
    model: &Model,
    shown: &Problems,
    session: &Session,
    area: Rect,
    layout: &mut Layout,
) {
    let lang = model.lang;
    let count = shown.found.len().to_string();
    pen.text((0, area.y), area.width, &screen::labelled(lang, screen::PROBLEMS.get(lang), &count), Role::Head);
    let detail = DETAIL.min(area.height / 3);
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + detail), ..area };
    if shown.found.is_empty() {
        for (line, y) in wrap(screen::NO_PROBLEMS.get(lang), usize::from(area.width)).iter().zip(list.y..) {
            pen.text((0, y), area.width, line, Role::Good);
        }
        return;
    }
    listing::draw(pen, &shown.list, shown.found.len(), list, layout, |pen, at, y| {
        let (who, what) = said(&shown.found[at], session, lang);
        pen.text((0, y), 12, &who, Role::Plain);
        pen.text((13, y), area.width.saturating_sub(13), &what, Role::Plain);
    });
    let full = match shown.chosen() {
        Some(Problem::Rubric(fault)) => diagnostic::text(fault, "rubric", &session.rubric_text, lang),
        Some(problem) => {
            let (who, what) = said(problem, session, lang);
            let name = session.find(&who).map_or(String::new(), |ix| session.evaluation.cohort.centre(ix).name.clone());
            format!("{who}  {name}\n{what}")
        }
        None => String::new(),
    };
    let lines = full.lines().flat_map(|line| wrap(line, usize::from(area.width)));
    for (line, y) in lines.zip(list.bottom()..area.bottom()) {
        pen.text((0, y), area.width, &line, Role::Dim);
    }
}

/// Whom it is about, and what it is.
fn said(problem: &Problem, session: &Session, lang: Lang) -> (String, String) {
    let evaluation = &session.evaluation;
    let about = |centre: &str| {
        let ix = session.find(centre)?;
        let card = session.card(ix);
        Some(About {
            rubric: &evaluation.rubric,
            cohort: &evaluation.cohort,
            card,
            lang,
            closed: evaluation.closed.is_some(),
            in_full: true,
            cited: false,
        })
    };
    match problem {
        Problem::Rubric(fault) => {
            (screen::RUBRIC_TEXT.get(lang).to_owned(), screen::labelled(lang, fault.code, fault.what.get(lang)))
        }
        Problem::Evidence { cells, centres } => (String::new(), screen::without_evidence(lang, *cells, *centres)),
        Problem::Unplaced(count) => (String::new(), screen::unplaced(lang, *count)),
        Problem::Standing(centre) => (centre.clone(), about(centre).map_or(String::new(), About::state)),
        Problem::Query { centre, query } => {
            let asked = Asked { rubric: &evaluation.rubric, layout: &evaluation.cohort.layout, lang };
            (centre.clone(), screen::labelled(lang, &asked.place(query), &asked.sentence(query)))
        }
        Problem::NameForm(centre) => {
            (centre.clone(), about(centre).map_or(String::new(), |about| about.flag(&Flag::NameForm)))
        }
    }
}
