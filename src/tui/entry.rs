//! The entry table: a centre's cells by metric and year, with the points they earn beside them.
//!
//! Only the rows on the screen are looked at. Must not know how a cell's text becomes a reading.

mod detail;

use ratatui::layout::Rect;

use super::layout::Layout;
use super::pen::Pen;
use super::theme::Role;
use crate::app::entry::{Cell, Entry, Row, metrics_of};
use crate::app::list::{List, window};
use crate::app::model::Model;
use crate::app::session::{Doubted, Session};
use crate::domain::cohort::CentreIx;
use crate::domain::grade::Scorecard;
use crate::domain::ledger::Subject;
use crate::domain::reading::{Presence, Reading};
use crate::domain::rubric::{Body, MetricIx, NodeIx};
use crate::domain::score::State;
use crate::wording::number::{Level, exact, points, shares};
use crate::wording::{query, screen, terms};

const POINTS: u16 = 11;

/// Where everything is, in cells.
struct Frame {
    title: u16,
    unit: u16,
    /// Left edge, width, and which year.
    years: Vec<(u16, u16, usize)>,
    first_year: usize,
    points: u16,
}

/// What the rows are drawn from.
struct Scene<'a> {
    model: &'a Model,
    entry: &'a Entry,
    session: &'a Session,
    ix: CentreIx,
    /// What the checks of the data ask about the centre.
    doubted: Vec<Doubted>,
}

impl Scene<'_> {
    /// What is asked about a cell.
    fn doubted_at<'a>(&'a self, cell: &'a Cell) -> impl Iterator<Item = &'a Doubted> {
        let evaluation = &self.session.evaluation;
        let (rubric, layout) = (&evaluation.rubric, &evaluation.cohort.layout);
        self.doubted.iter().filter(|doubted| doubted.query.is_about(rubric, layout, cell.slot, cell.judge.as_deref()))
    }
}

pub fn draw(pen: &mut Pen<'_, '_>, model: &Model, entry: &Entry, session: &Session, area: Rect, layout: &mut Layout) {
    let Some(ix) = session.find(&entry.centre) else { return };
    let scene = Scene { model, entry, session, ix, doubted: session.doubted(ix) };
    let detail = match area.height {
        0..14 => 1,
        14..20 => 3,
        20..30 => 5,
        _ => 8,
    };
    let frame = frame(entry, area.width);
    standing(pen, &scene, area);
    heads(pen, &scene, &frame, area.y + 1);
    let rows_at = area.y + 2;
    let room = area.bottom().saturating_sub(rows_at + detail);
    let shown = window(&entry.list, entry.rows.len(), usize::from(room), |_| 1);
    layout.columns.extend(frame.years.iter().map(|(x, width, at)| (*x, x + width, *at)));
    layout.columns.push((frame.points, area.width, entry.points_column()));
    layout.see(&shown, frame.first_year);
    for (at, y) in shown.zip(rows_at..) {
        row(pen, &scene, &frame, at, y);
        layout.rows.push((y, y, at));
    }
    detail::draw(pen, &scene, Rect { y: area.bottom() - detail, height: detail, ..area });
}

fn frame(entry: &Entry, width: u16) -> Frame {
    let unit = if width >= 100 { 10 } else { 0 };
    let points = width.saturating_sub(POINTS);
    let years = u16::try_from(entry.years.len()).unwrap_or(u16::MAX).max(1);
    // Titles give way until all years are shown, down to what is still a title; the years share what is left.
    let free = points.saturating_sub(unit + 2);
    let title = free.saturating_sub(years.saturating_mul(9)).clamp(16, (width * 2 / 5).max(16)).min(free);
    let room = free - title;
    let wide = (room / years).saturating_sub(1).clamp(8, 14);
    let at = entry.columns.at.min(entry.years.len().saturating_sub(1));
    let list = List { at, ..entry.columns };
    let shown = window(&list, entry.years.len(), usize::from(room), |_| usize::from(wide) + 1);
    let count = u16::try_from(shown.len()).unwrap_or(0).min(room / (wide + 1));
    let first = points.saturating_sub(count * (wide + 1));
    let lefts = (0..count).map(|n| first + n * (wide + 1));
    let years = shown.clone().zip(lefts).map(|(at, x)| (x, wide, at)).collect();
    Frame { title: first.saturating_sub(unit + 2), unit, years, first_year: shown.start, points }
}

/// Who it is and where it stands: the figures that move while one types.
fn standing(pen: &mut Pen<'_, '_>, scene: &Scene<'_>, area: Rect) {
    let Scene { model, session, ix, .. } = scene;
    let lang = model.lang;
    let rubric = &session.evaluation.rubric;
    let card = session.card(*ix);
    let total = match card.tally.state {
        State::NotScored(_) | State::WithoutKind => String::new(),
        _ if !rubric.has_total() => String::new(),
        _ => format!("{} {}", screen::TOTAL.get(lang), points(&card.tally.total, &rubric.rounding, Level::Total)),
    };
    let grade = match card.grade {
        // A quota may yet move it.
        Some(grade) if card.provisional && session.evaluation.closed.is_none() => {
            format!("{}?", rubric.grades[grade.0].title.get(lang))
        }
        Some(grade) => rubric.grades[grade.0].title.get(lang).to_owned(),
        None => terms::state(&card.tally.state).get(lang).to_owned(),
    };
    let filled = match card.tally.state {
        State::Incomplete { blank, needed } => format!("{}/{needed}", needed.saturating_sub(blank)),
        _ => String::new(),
    };
    let parts = [filled, total, grade];
    let right = parts.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join("  ");
    let centre = session.evaluation.cohort.centre(*ix);
    let place = model
        .cohort()
        .map_or(String::new(), |cohort| format!("  {}", screen::place_of(lang, cohort.list.at + 1, cohort.rows.len())));
    let room = super::pen::cells(&right).min(area.width * 2 / 3);
    let left = format!("{}  ({}){place}", centre.label(), centre.id);
    pen.text((0, area.y), area.width.saturating_sub(room + 2), &left, Role::Head);
    let complete = card.tally.state == State::Complete;
    pen.text((area.width - room, area.y), room, &right, if complete { Role::Head } else { Role::Attention });
}

fn heads(pen: &mut Pen<'_, '_>, scene: &Scene<'_>, frame: &Frame, y: u16) {
    let lang = scene.model.lang;
    let cycle = scene.session.evaluation.cycle;
    pen.text((0, y), frame.title, screen::ITEM.get(lang), Role::Head);
    if frame.unit > 0 {
        pen.text((frame.title + 1, y), frame.unit, screen::UNIT.get(lang), Role::Head);
    }
    for (x, width, at) in &frame.years {
        let title = match scene.entry.years[*at] {
            None => screen::VALUE.get(lang).to_owned(),
            Some(year) if cycle.contains(year) => year.to_string(),
            Some(year) => format!("({year})"),
        };
        pen.right((*x, y), *width, &title, Role::Head);
    }
    pen.right((frame.points, y), POINTS, screen::POINTS.get(lang), Role::Head);
}

fn row(pen: &mut Pen<'_, '_>, scene: &Scene<'_>, frame: &Frame, at: usize, y: u16) {
    let Scene { model, entry, session, ix, .. } = scene;
    let lang = model.lang;
    let rubric = &session.evaluation.rubric;
    let here = at == entry.list.at;
    let heading = |pen: &mut Pen<'_, '_>, indent: u16, title: &str, role: Role| {
        pen.text((indent, y), frame.points.saturating_sub(indent + 1), title, role);
    };
    match &entry.rows[at] {
        Row::Total => {
            heading(pen, 0, screen::TOTAL.get(lang), Role::Head);
            pen.right((frame.points, y), POINTS, &total_text(session, session.card(*ix)), Role::Head);
        }
        Row::Node(node) => {
            let depth = u16::try_from(rubric.nodes[node.0].depth).unwrap_or(0);
            let title = rubric.nodes[node.0].title.get(lang);
            let criterion = matches!(rubric.nodes[node.0].body, Body::Criterion { .. });
            let role = if criterion { Role::Head } else { Role::Row };
            heading(pen, depth.min(8), title, role);
            let after = depth.min(8) + super::pen::cells(title) + 2;
            pen.text((after, y), frame.points.saturating_sub(after + 1), &elsewhere(scene, *node, at), Role::Dim);
            pen.right((frame.points, y), POINTS, &node_text(scene, *node), role);
        }
        Row::Others => heading(pen, 0, screen::OTHER_METRICS.get(lang), Role::Head),
        Row::Metric(metric) | Row::Panel(metric) => {
            let metric = &rubric.metrics[metric.0];
            metric_title(pen, frame, metric.title.get(lang), metric.unit.get(lang), y);
        }
        Row::Judge(_, judge) => {
            pen.text((6, y), frame.title.saturating_sub(6), judge, Role::Plain);
        }
        Row::AddJudge(_) => add_judge(pen, scene, frame, here, y),
    }
    if here && !entry.on_points() {
        pen.paint(Rect { x: 0, y, width: frame.points, height: 1 }, Role::Row);
    }
    for (x, width, column) in &frame.years {
        cell(pen, scene, frame, (at, *column), (*x, y), *width);
    }
    if here && entry.on_points() {
        pen.paint(Rect { x: frame.points, y, width: POINTS, height: 1 }, Role::Cursor);
    }
}

/// Where there is no room for a column of units, a unit stands behind its title as long as both fit.
fn metric_title(pen: &mut Pen<'_, '_>, frame: &Frame, title: &str, unit: &str, y: u16) {
    let room = frame.title.saturating_sub(4);
    let used = pen.text((4, y), room, title, Role::Plain);
    if frame.unit > 0 {
        pen.text((frame.title + 1, y), frame.unit, unit, Role::Dim);
    } else if used + super::pen::cells(unit) < room {
        pen.right((4, y), room, unit, Role::Dim);
    }
}

/// Metrics of an indicator that stand under an earlier one.
fn elsewhere(scene: &Scene<'_>, node: NodeIx, at: usize) -> String {
    let rubric = &scene.session.evaluation.rubric;
    let below = |metric: &MetricIx| {
        let rows = scene.entry.rows[at + 1..].iter().take_while(|row| !matches!(row, Row::Node(_) | Row::Others));
        rows.into_iter().any(|row| matches!(row, Row::Metric(m) | Row::Panel(m) if m == metric))
    };
    let named = metrics_of(rubric, node).into_iter().filter(|metric| !below(metric));
    let titles: Vec<String> = named.map(|m| format!("+ {}", rubric.metrics[m.0].title.get(scene.model.lang))).collect();
    titles.join(" ")
}

fn add_judge(pen: &mut Pen<'_, '_>, scene: &Scene<'_>, frame: &Frame, here: bool, y: u16) {
    let room = frame.title.saturating_sub(6);
    match &scene.entry.naming {
        Some((_, input)) if here => pen.field((6, y), room, input),
        _ => {
            pen.text((6, y), room, screen::ADD_JUDGE.get(scene.model.lang), Role::Dim);
        }
    }
}

fn cell(
    pen: &mut Pen<'_, '_>,
    scene: &Scene<'_>,
    frame: &Frame,
    (row, column): (usize, usize),
    (x, y): (u16, u16),
    width: u16,
) {
    let Scene { entry, session, .. } = scene;
    let evaluation = &session.evaluation;
    let here = (row, column) == (entry.list.at, entry.columns.at);
    let first_x = frame.years.first().map(|(x, ..)| *x);
    if let Row::Panel(metric) = &entry.rows[row] {
        return panel(pen, scene, *metric, column, (x, y), (width, Some(x) == first_x));
    }
    let whole_row = matches!(entry.rows[row], Row::AddJudge(_));
    let Some(cell) = entry.cell_at(row, column, evaluation) else {
        if here && whole_row {
            pen.paint(Rect { x: 6, y, width: x.saturating_sub(7).min(24), height: 1 }, Role::Cursor);
        }
        return;
    };
    // A value of the whole cycle is one cell; it stands in the first column that is shown.
    let single = cell.year.is_none() && entry.years.len() > 1;
    let here = if single { row == entry.list.at && !entry.on_points() } else { here };
    if single && Some(x) != first_x {
        return;
    }
    // It is of no year, so it says so and reaches over two columns.
    let width = match frame.years.get(1) {
        Some((next, wide, _)) if single => next + wide - x,
        _ => width,
    };
    if here && let Some(typing) = &entry.typing {
        pen.field((x, y), width, &typing.input);
        return;
    }
    let (text, role) = shown(scene, &cell);
    let text = if single { format!("{} {text}", screen::CYCLE_VALUE.get(scene.model.lang)) } else { text };
    pen.right((x, y), width, &text, role);
    // Something is written beside the figure; what it is stands below the table.
    let remarks = session.evaluation.cohort.readings(scene.ix).remarks(cell.slot);
    let has = remarks.into_iter().any(|(judge, ..)| judge == cell.judge.as_deref().unwrap_or_default())
        || detail::files_beside(scene, &cell).next().is_some();
    let asked = scene.doubted_at(&cell).any(|doubted| doubted.answer.is_none());
    // A figure that fills its column gives way: that it is asked about must be seen.
    if asked {
        pen.text((x, y), 1, query::MARK, Role::Attention);
    } else if has && usize::from(super::pen::cells(&text)) + 1 < usize::from(width) {
        pen.text((x, y), 1, "*", Role::Key);
    }
    if here {
        pen.paint(Rect { x, y, width, height: 1 }, Role::Cursor);
    }
}

/// Blank, not reported, not applicable and zero never look alike.
fn shown(scene: &Scene<'_>, cell: &Cell) -> (String, Role) {
    let reading = scene.entry.reading(cell, &scene.session.evaluation);
    match reading {
        None if scene.entry.gaps.contains(&cell.slot) => ("....".to_owned(), Role::Attention),
        None => (".".to_owned(), Role::Dim),
        Some(reading) => {
            let metric = &scene.session.evaluation.rubric.metrics[cell.metric.0];
            (metric.written(reading), role_of(reading))
        }
    }
}

fn role_of(reading: &Reading) -> Role {
    match Presence::of(Some(reading)) {
        Presence::NotReported => Role::Bad,
        Presence::NotApplicable => Role::Dim,
        _ => Role::Plain,
    }
}

/// What the marks come to: worked out, not entered.
fn panel(
    pen: &mut Pen<'_, '_>,
    scene: &Scene<'_>,
    metric: MetricIx,
    column: usize,
    (x, y): (u16, u16),
    (width, first): (u16, bool),
) {
    let evaluation = &scene.session.evaluation;
    let rubric = &evaluation.rubric;
    let yearly = rubric.metrics[metric.0].yearly;
    if !yearly && !first {
        return;
    }
    let year = scene.entry.years[column].filter(|_| yearly);
    let Some(slot) = evaluation.cohort.layout.slot(metric, year) else { return };
    let text = match evaluation.cohort.seen(rubric, scene.ix, slot) {
        None => String::new(),
        Some(Reading::Value(value)) => format!("={}", exact(&value)),
        Some(other) => other.cell(),
    };
    pen.right((x, y), width, &text, Role::Dim);
}

fn total_text(session: &Session, card: &Scorecard) -> String {
    let rubric = &session.evaluation.rubric;
    let class = rubric.class(session.evaluation.cohort.centre(card.centre));
    match (&card.tally.state, class) {
        (State::NotScored(_) | State::WithoutKind, _) | (_, None) => "-".to_owned(),
        _ if !rubric.has_total() => "-".to_owned(),
        (_, Some(class)) => {
            let total = points(&card.tally.total, &rubric.rounding, Level::Total);
            format!("{total}/{}", exact(&rubric.total.points.get(class).0))
        }
    }
}

fn node_text(scene: &Scene<'_>, node: NodeIx) -> String {
    let evaluation = &scene.session.evaluation;
    let rubric = &evaluation.rubric;
    let card = scene.session.card(scene.ix);
    let Some(class) = rubric.class(evaluation.cohort.centre(scene.ix)) else { return "-".to_owned() };
    if matches!(card.tally.state, State::NotScored(_)) {
        return "-".to_owned();
    }
    if let Some((_, levels)) = card.tally.profiles.iter().find(|(profile, _)| *profile == node) {
        return shares(levels, &rubric.rounding);
    }
    let of = exact(&rubric.nodes[node.0].points.get(class).0);
    match &card.tally.nodes[node.0] {
        None => screen::LEFT_OUT.get(scene.model.lang).to_owned(),
        Some(earned) => format!("{}/{of}", points(earned, &rubric.rounding, Level::of(Subject::Node(node), rubric))),
    }
}
