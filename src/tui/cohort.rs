//! The cohort table: the name stays, the other columns scroll; what the cursor is on is spelled out below.
//!
//! Only the rows on the screen are looked at. Must not know how a score comes about.

use ratatui::layout::Rect;

use super::fit::{fit, wrap};
use super::layout::Layout;
use super::pen::Pen;
use super::theme::Role;
use crate::app::cohort::{Cohort, Column, columns};
use crate::app::list::{List, window};
use crate::app::model::Model;
use crate::app::session::Session;
use crate::domain::centre::{Field, Status};
use crate::domain::cohort::CentreIx;
use crate::domain::evaluation::Evaluation;
use crate::domain::grade::{Flag, Scorecard};
use crate::domain::ledger::Subject;
use crate::domain::rubric::{GradeIx, NodeIx, Rubric};
use crate::domain::score::State;
use crate::domain::text::Lang;
use crate::wording::grade::About;
use crate::wording::number::{Level, exact, most, points, shares};
use crate::wording::{query, screen, terms};

/// Where everything is, in cells.
struct Frame {
    name: u16,
    /// Left edge, width, and which column.
    columns: Vec<(u16, u16, usize)>,
    first_column: usize,
    more: bool,
}

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, cohort: &Cohort, session: &Session, area: Rect, layout: &mut Layout) {
    let rubric = &session.evaluation.rubric;
    let all = columns(rubric, cohort.view);
    let note = u16::from(area.height >= 16 && !rubric.note.is_empty());
    if note > 0 {
        pen.text((area.x, area.y), area.width, rubric.note.get(model.lang), Role::Dim);
    }
    // The filter's line takes the lowest one where there is a filter.
    let filter = u16::from(cohort.filtering || !cohort.filter.is_empty());
    let detail = match area.height {
        0..14 => 2,
        14..20 => 4,
        _ => 6,
    } + filter;
    let rows_at = area.y + note + 2;
    let room = area.bottom().saturating_sub(rows_at + detail);
    let frame = frame(cohort.columns(), &all, area.width);
    heads(pen, model, cohort, rubric, &all, &frame, (area.y + note, area.width));
    filter_line(pen, model, cohort, session, area.bottom() - 1);
    if cohort.rows.is_empty() {
        let none = if session.evaluation.cohort.is_empty() { screen::NO_CENTRES } else { screen::NONE_SHOWN };
        for (line, y) in wrap(none.get(model.lang), usize::from(area.width)).iter().zip(rows_at..) {
            pen.text((0, y), area.width, line, Role::Attention);
        }
        return;
    }
    let height = |at: usize| 1 + usize::from(cohort.begins_kind(at, session));
    let shown = window(&cohort.list, cohort.rows.len(), usize::from(room), height);
    layout.columns.push((0, frame.name, 0));
    layout.columns.extend(frame.columns.iter().map(|(x, width, column)| (*x, x + width, *column)));
    layout.see(&shown, frame.first_column);
    let mut y = rows_at;
    for at in shown {
        if cohort.begins_kind(at, session) {
            kind_heading(pen, model, session, cohort.rows[at], (y, area.width));
            y += 1;
        }
        if y >= rows_at + room {
            break;
        }
        row(pen, model, session, &all, &frame, cohort.rows[at], y);
        if at == cohort.list.at {
            let (x, width, _) =
                frame.columns.iter().find(|(.., c)| *c == cohort.columns().at).copied().unwrap_or((0, frame.name, 0));
            pen.paint(Rect { x: 0, y, width: area.width, height: 1 }, Role::Row);
            pen.paint(Rect { x, y, width, height: 1 }, Role::Cursor);
        }
        layout.rows.push((y, y, at));
        y += 1;
    }
    let below = Rect { y: area.bottom() - detail, height: detail - filter, ..area };
    if let Some(ix) = cohort.chosen() {
        describe(pen, model, session, ix, &cohort.column(rubric), below);
    }
}

/// Which centres are shown: the line of words with the cursor in it, or what stands in force.
fn filter_line(pen: &mut Pen<'_, '_>, model: &Model, cohort: &Cohort, session: &Session, y: u16) {
    let lang = model.lang;
    let width = pen.frame.area().width;
    let count = screen::shown_of(lang, cohort.rows.len(), session.evaluation.cohort.len());
    if cohort.filtering {
        let used = pen.text((0, y), width, "/ ", Role::Key);
        let field = (width - used).min(36);
        pen.field((used, y), field, &cohort.filter.input);
        let rubric = &session.evaluation.rubric;
        let candidates = cohort.filter.offers(rubric, lang);
        let (said, role) = match () {
            () if cohort.filter.names_nothing() && candidates.is_empty() => {
                (screen::FILTER_UNKNOWN.get(lang).to_owned(), Role::Attention)
            }
            () if cohort.filter.input.value().is_empty() => (screen::FILTER_HOW.get(lang).to_owned(), Role::Dim),
            () => (format!("{count}   {}", candidates.join(" ")), Role::Dim),
        };
        let x = used + field + 1;
        pen.text((x, y), width.saturating_sub(x), &said, role);
    } else if !cohort.filter.is_empty() {
        let text = screen::labelled(lang, screen::FILTER.get(lang), cohort.filter.input.value());
        // A word that names nothing must not look like nobody.
        let none = if cohort.filter.names_nothing() { screen::FILTER_UNKNOWN.get(lang) } else { "" };
        pen.text((0, y), width, &format!("{text}   {count}   {none}"), Role::Attention);
    }
}

fn kind_heading(pen: &mut Pen<'_, '_>, model: &Model, session: &Session, ix: CentreIx, (y, width): (u16, u16)) {
    let evaluation = &session.evaluation;
    let kind = evaluation.cohort.centre(ix).kind.and_then(|kind| evaluation.rubric.kinds.get(kind.0));
    let title = kind.map_or(terms::state(&State::WithoutKind).get(model.lang), |kind| kind.title.get(model.lang));
    pen.text((0, y), width, title, Role::Head);
}

fn width_of(column: &Column) -> u16 {
    match column {
        Column::Rank => 4,
        Column::Filled => 7,
        Column::Grade | Column::Node(_) | Column::Id => 10,
        Column::Fact(Field::Status | Field::Kind) => 17,
        Column::Name | Column::Total | Column::Fact(Field::Since) => 8,
        Column::Flags | Column::Fact(_) => 14,
    }
}

/// Lays the columns out; the list of columns is scrolled without the name, which stays.
fn frame(list: &List, all: &[Column], width: u16) -> Frame {
    let name = (width * 28 / 100).clamp(24.min(width / 2), 40);
    let at = if list.at == 0 { list.first } else { list.at - 1 };
    let others = List { at, ..*list };
    let size = |at: usize| usize::from(width_of(&all[at + 1])) + 1;
    let room = usize::from(width.saturating_sub(name + 1));
    let shown = window(&others, all.len() - 1, room, size);
    let mut x = name + 1;
    let mut columns = Vec::new();
    for at in shown.clone() {
        let wide = width_of(&all[at + 1]);
        // A column that does not fit whole is not shown at all: half a figure is a wrong figure.
        if x + wide > width {
            break;
        }
        columns.push((x, wide, at + 1));
        x += wide + 1;
    }
    let last = columns.last().map_or(0, |(.., column)| *column);
    Frame { name, columns, first_column: shown.start, more: last + 1 < all.len() }
}

fn title<'a>(column: &Column, rubric: &'a Rubric, lang: Lang) -> &'a str {
    match column {
        Column::Name => screen::NAME.get(lang),
        Column::Total => screen::TOTAL.get(lang),
        Column::Grade => screen::GRADE.get(lang),
        Column::Rank => screen::RANK.get(lang),
        Column::Filled => screen::FILLED.get(lang),
        Column::Flags => screen::FLAGS.get(lang),
        Column::Node(node) => rubric.nodes[node.0].title.get(lang),
        Column::Id => screen::ID.get(lang),
        Column::Fact(field) => terms::field(field, rubric, lang),
    }
}

fn heads(
    pen: &mut Pen<'_, '_>,
    model: &Model,
    cohort: &Cohort,
    rubric: &Rubric,
    all: &[Column],
    frame: &Frame,
    (y, width): (u16, u16),
) {
    let lang = model.lang;
    // Which way the table is sorted stands at its column.
    let title = |column: &Column| {
        let sign = cohort.sort.as_ref().filter(|sort| sort.column == *column).map(|sort| sort.backwards);
        let sign = sign.map_or("", |backwards| if backwards { " v" } else { " ^" });
        format!("{}{sign}", title(column, rubric, lang))
    };
    pen.text((0, y + 1), frame.name, &title(&Column::Name), Role::Head);
    if frame.first_column > 0 {
        pen.text((frame.name, y), 1, "<", Role::Attention);
    }
    for (x, width, at) in &frame.columns {
        let lines = wrap(&title(&all[*at]), usize::from(*width));
        let (above, below) = match lines.as_slice() {
            [] => (String::new(), String::new()),
            [one] => (String::new(), one.clone()),
            [first, rest @ ..] => (first.clone(), rest.join(" ")),
        };
        for (line, y) in [(above, y), (below, y + 1)] {
            let line = fit(&line, usize::from(*width));
            if is_text(&all[*at]) {
                pen.text((*x, y), *width, &line, Role::Head);
            } else {
                pen.right((*x, y), *width, &line, Role::Head);
            }
        }
    }
    if frame.more {
        let edge = frame.columns.last().map_or(frame.name, |(x, width, _)| x + width);
        pen.text(((edge + 1).min(width - 1), y), 1, ">", Role::Attention);
    }
}

fn row(pen: &mut Pen<'_, '_>, model: &Model, session: &Session, all: &[Column], frame: &Frame, ix: CentreIx, y: u16) {
    let evaluation = &session.evaluation;
    let card = session.card(ix);
    let open = session.open_queries(ix);
    let mark = if open > 0 { format!("{}{open}", query::MARK) } else { String::new() };
    let room = super::pen::cells(&mark);
    let name = frame.name.saturating_sub(if room > 0 { room + 1 } else { 0 });
    pen.text((0, y), name, evaluation.cohort.centre(ix).label(), Role::Plain);
    pen.right((0, y), frame.name, &mark, Role::Attention);
    for (x, width, at) in &frame.columns {
        let (text, role) = cell(model.lang, session, card, &all[*at]);
        if is_text(&all[*at]) {
            pen.text((*x, y), *width, &text, role);
        } else {
            pen.right((*x, y), *width, &text, role);
        }
    }
}

/// Words stand at the left of their column, figures at the right.
fn is_text(column: &Column) -> bool {
    matches!(column, Column::Name | Column::Grade | Column::Flags | Column::Id | Column::Fact(_))
}

fn cell(lang: Lang, session: &Session, card: &Scorecard, column: &Column) -> (String, Role) {
    let rubric = &session.evaluation.rubric;
    let tally = &card.tally;
    let unscored = matches!(tally.state, State::NotScored(_) | State::WithoutKind);
    // Before it is complete a figure is only for now.
    let role = if tally.state == State::Complete { Role::Plain } else { Role::Dim };
    match column {
        Column::Name => (String::new(), Role::Plain),
        Column::Id => (session.evaluation.cohort.centre(card.centre).id.clone(), Role::Plain),
        Column::Fact(field) => fact(session, card.centre, field, lang),
        _ if unscored && !matches!(column, Column::Grade | Column::Flags) => ("-".to_owned(), Role::Dim),
        Column::Total if !rubric.has_total() => ("-".to_owned(), Role::Dim),
        Column::Total => (points(&tally.total, &rubric.rounding, Level::Total), role),
        Column::Grade => grade(lang, session, card),
        Column::Rank => (card.rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string()), role),
        Column::Filled => filled(session, card),
        Column::Flags => flags(lang, rubric, card),
        Column::Node(node) => (node_points(rubric, card, *node, lang), role),
    }
}

/// A fact in words where the rubric has words for it; who does not take part as usual stands out.
fn fact(session: &Session, ix: CentreIx, field: &Field, lang: Lang) -> (String, Role) {
    let rubric = &session.evaluation.rubric;
    let centre = session.evaluation.cohort.centre(ix);
    match field {
        Field::Status => {
            let role = if centre.status == Status::Participating { Role::Plain } else { Role::Attention };
            (terms::status(centre.status).get(lang).to_owned(), role)
        }
        Field::Kind => match centre.kind.and_then(|kind| rubric.kinds.get(kind.0)) {
            Some(kind) => (kind.title.get(lang).to_owned(), Role::Plain),
            None => ("?".to_owned(), Role::Attention),
        },
        Field::Stage => {
            let stage = rubric.stages.iter().find(|stage| stage.id == centre.stage);
            match stage {
                Some(stage) => (stage.title.get(lang).to_owned(), Role::Plain),
                None => ("?".to_owned(), Role::Attention),
            }
        }
        Field::Findings => {
            let titles = centre.findings.iter().map(|f| rubric.findings[f.0].title.get(lang).to_owned());
            (titles.collect::<Vec<_>>().join("; "), Role::Bad)
        }
        field => (centre.get(field, rubric), Role::Plain),
    }
}

fn grade(lang: Lang, session: &Session, card: &Scorecard) -> (String, Role) {
    let Evaluation { rubric, closed, .. } = &*session.evaluation;
    let Some(GradeIx(at)) = card.grade else {
        return (terms::state(&card.tally.state).get(lang).to_owned(), Role::Dim);
    };
    // A quota may yet move it.
    let sign = if card.provisional && closed.is_none() { "?" } else { "" };
    let role = match at {
        0 => Role::Good,
        _ if at + 1 == rubric.grades.len() => Role::Bad,
        _ => Role::Plain,
    };
    (format!("{}{sign}", rubric.grades[at].title.get(lang)), role)
}

fn filled(session: &Session, card: &Scorecard) -> (String, Role) {
    let (done, needed) = match card.tally.state {
        State::Incomplete { blank, needed } => (needed.saturating_sub(blank), needed),
        _ => {
            let needed = session.evaluation.cohort.needed(card.centre).len();
            (needed, needed)
        }
    };
    (format!("{done}/{needed}"), if done == needed { Role::Plain } else { Role::Attention })
}

fn flags(lang: Lang, rubric: &Rubric, card: &Scorecard) -> (String, Role) {
    let grave = card.flags.iter().any(Flag::is_grave);
    let short = |flag: &Flag| match flag {
        Flag::Act(act) => card
            .proposal
            .as_ref()
            .map_or_else(|| terms::act(*act, rubric, lang).to_owned(), |p| terms::act_in_short(p, rubric, lang)),
        Flag::Gate(gate) => rubric.gates[gate.0].title.get(lang).to_owned(),
        Flag::OutsideQuota(_) => screen::FLAG_QUOTA.get(lang).to_owned(),
        Flag::NameForm => screen::FLAG_NAME.get(lang).to_owned(),
        Flag::Incomplete | Flag::Blocked | Flag::WithoutKind => terms::state(&card.tally.state).get(lang).to_owned(),
        Flag::Relative => screen::FLAG_RELATIVE.get(lang).to_owned(),
        // The mark behind the grade says it.
        Flag::Provisional => String::new(),
    };
    let flags: Vec<&Flag> = card.flags.iter().filter(|flag| **flag != Flag::Provisional).collect();
    let text = match flags.as_slice() {
        [] => String::new(),
        [one] => short(one),
        [first, rest @ ..] => format!("{} +{}", short(first), rest.len()),
    };
    (text, if grave { Role::Bad } else { Role::Dim })
}

fn node_points(rubric: &Rubric, card: &Scorecard, node: NodeIx, lang: Lang) -> String {
    if let Some((_, levels)) = card.tally.profiles.iter().find(|(profile, _)| *profile == node) {
        return shares(levels, &rubric.rounding);
    }
    let earned = card.tally.nodes[node.0].as_ref();
    earned.map_or_else(
        || screen::LEFT_OUT.get(lang).to_owned(),
        |earned| points(earned, &rubric.rounding, Level::of(Subject::Node(node), rubric)),
    )
}

/// What the cursor is on, in full.
fn describe(pen: &mut Pen<'_, '_>, model: &Model, session: &Session, ix: CentreIx, column: &Column, area: Rect) {
    let lang = model.lang;
    let evaluation = &session.evaluation;
    let rubric = &evaluation.rubric;
    let centre = evaluation.cohort.centre(ix);
    let card = session.card(ix);
    let kind = centre.kind.and_then(|k| rubric.kinds.get(k.0)).map_or("", |k| k.title.get(lang));
    let name = [centre.label(), &format!("({})", centre.id), kind].join("  ");
    let figure = match column {
        Column::Fact(field) => screen::labelled(lang, title(column, rubric, lang), &fact(session, ix, field, lang).0),
        Column::Node(node) if !rubric.is_profile(*node) => {
            let of = rubric
                .class(centre)
                .map_or(String::new(), |c| format!(" / {}", exact(&rubric.nodes[node.0].points.get(c).0)));
            screen::labelled(lang, title(column, rubric, lang), &format!("{}{of}", cell(lang, session, card, column).0))
        }
        Column::Total if rubric.has_total() => {
            let of = rubric.class(centre).map_or(String::new(), |c| format!(" / {}", most(rubric, c, lang)));
            screen::labelled(lang, title(column, rubric, lang), &format!("{}{of}", cell(lang, session, card, column).0))
        }
        _ => String::new(),
    };
    // The ledger has the citations.
    let about = About {
        rubric,
        cohort: &evaluation.cohort,
        card,
        lang,
        closed: evaluation.closed.is_some(),
        in_full: true,
        cited: false,
    };
    let mut lines = vec![(name, Role::Head)];
    if !figure.is_empty() {
        lines.push((figure, Role::Plain));
    }
    // What follows and what decided it come first; the rest as far as there is room.
    let decisive = about.decisive();
    let mut said: Vec<String> = Vec::new();
    said.extend(Some(about.state()).filter(|s| !s.is_empty()));
    said.extend(decisive.map(|reason| about.reason(reason)));
    said.extend(card.provisional.then(|| about.flag(&Flag::Provisional)));
    said.extend(about.proposal());
    said.extend(
        card.reasons.iter().rev().filter(|reason| Some(*reason) != decisive).map(|reason| about.reason(reason)),
    );
    let others = card.flags.iter().filter(|flag| about.adds(flag));
    said.extend(others.map(|flag| about.flag(flag)));
    let open = session.open_queries(ix);
    said.extend((open > 0).then(|| query::waiting(lang, open)));
    for line in said.iter().flat_map(|s| wrap(s, usize::from(area.width))) {
        lines.push((line, Role::Plain));
    }
    for ((line, role), y) in lines.iter().zip(area.y..area.bottom()) {
        pen.text((0, y), area.width, line, *role);
    }
}
