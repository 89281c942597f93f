//! One centre: its share of each criterion on a line of dots with the middle half of its kind, and its readings in
//! columns by year. Must not know how points came about.

use unicode_width::UnicodeWidthStr;

use super::{Figures, GAP, Row, Shares, Span, figure, left, right, span};
use crate::domain::cohort::CentreIx;
use crate::domain::number::Number;
use crate::domain::peers::{Peers, is_scored};
use crate::domain::reading::Reading;
use crate::domain::text::Lang;
use crate::domain::trend::{Medians, Trend, Year};
use crate::wording::plot as says;
use crate::write::drawing::Ink;
use crate::write::plot::along;

/// Cells of a reading, of a percentage and of points.
const READING: usize = 9;
const SHARE: usize = 7;
const POINTS: usize = 14;

/// Profile and trend of one centre.
pub fn centre(figures: Figures<'_>, peers: &Peers, medians: &Medians, ix: CentreIx, lang: Lang) -> Vec<Row> {
    let mut rows = profile(figures, peers, ix, lang);
    rows.push(Row::Blank);
    rows.extend(trend(figures, medians, ix, lang));
    rows
}

fn profile(figures: Figures<'_>, peers: &Peers, ix: CentreIx, lang: Lang) -> Vec<Row> {
    let mut rows = vec![Row::Head(says::PROFILE.get(lang).to_owned())];
    let card = figures.cards.get(ix.0).filter(|_| is_scored(figures.cards, ix));
    let beside = card.map(|card| (card, peers.beside(figures.rubric, figures.cohort, card)));
    let Some((card, beside)) = beside.filter(|(_, beside)| !beside.is_empty()) else {
        rows.push(Row::Said(says::NO_PROFILE.get(lang).to_owned()));
        return rows;
    };
    let of = beside.iter().filter_map(|row| row.peers.as_ref()).map(|peers| peers.of).max().unwrap_or(0);
    rows.push(Row::Said(says::peers(of, &card.tally.state, lang)));
    rows.push(Row::SharesHead(Shares {
        title: says::CRITERION.get(lang).to_owned(),
        shown: says::OWN.get(lang).to_owned(),
        median: says::MEDIAN.get(lang).to_owned(),
        points: crate::wording::terms::POINTS.get(lang).to_owned(),
        ..Shares::default()
    }));
    for row in beside {
        let points = says::points_of(card, row.part, figures.rubric, figures.cohort, lang);
        let median = row.peers.as_ref().map_or(String::new(), |peers| says::share(&peers.median));
        rows.push(Row::Shares(Shares {
            part: Some(row.part),
            title: says::part(row.part, figures.rubric, lang),
            shown: row.own.as_ref().map_or(String::new(), says::share),
            own: row.own,
            peers: row.peers.map(|peers| [peers.least, peers.lower, peers.median, peers.upper, peers.most]),
            median,
            points,
        }));
    }
    rows.push(Row::Said(says::SHARES_KEY.get(lang).to_owned()));
    rows
}

fn trend(figures: Figures<'_>, medians: &Medians, ix: CentreIx, lang: Lang) -> Vec<Row> {
    let mut rows = vec![Row::Head(says::TREND.get(lang).to_owned())];
    let trends = medians.trends(figures.rubric, figures.cohort, ix);
    let Some(first) = trends.first() else {
        rows.push(Row::Said(says::NO_TREND.get(lang).to_owned()));
        return rows;
    };
    let latest = first.years.last().map_or(String::new(), |year| year.year.to_string());
    rows.push(Row::Years {
        metric: None,
        title: says::METRIC.get(lang).to_owned(),
        course: " ".repeat(first.years.len()),
        cells: first.years.iter().map(|year| (year.year.to_string(), Ink::Main)).collect(),
        median: says::median_in(&latest, lang),
        is_head: true,
    });
    for trend in &trends {
        let metric = &figures.rubric.metrics[trend.metric.0];
        let cell = |year: &Year| match (&year.seen, year.is_gap) {
            (None, false) => (String::new(), Ink::Pale),
            (None, true) => (says::reading(None, metric, lang), Ink::Grave),
            (Some(seen), _) => {
                let counted = matches!(seen, Reading::Value(_)) && year.counts;
                (says::reading(Some(seen), metric, lang), if counted { Ink::Main } else { Ink::Pale })
            }
        };
        let median = trend.years.last().and_then(|year| year.median.as_ref());
        rows.push(Row::Years {
            metric: Some(trend.metric),
            title: says::metric(metric, lang),
            course: course(trend),
            cells: trend.years.iter().map(cell).collect(),
            median: median.map_or(String::new(), says::shortened_plain),
            is_head: false,
        });
    }
    rows.push(Row::Said(says::YEARS_KEY.get(lang).to_owned()));
    rows
}

/// A sign a year: low, middle or high among the centre's own values; a blank where there is none.
fn course(trend: &Trend) -> String {
    let value = |year: &Year| match &year.seen {
        Some(Reading::Value(value)) => Some(value.clone()),
        _ => None,
    };
    let own: Vec<Option<Number>> = trend.years.iter().map(value).collect();
    let values = || own.iter().flatten();
    let (Some(least), Some(most)) = (values().min(), values().max()) else { return " ".repeat(own.len()) };
    let sign = |value: &Option<Number>| match value {
        None => ' ',
        Some(_) if least == most => '-',
        Some(value) => match along(value, (least, most), 2) {
            0 => '_',
            1 => '-',
            _ => '^',
        },
    };
    own.iter().map(sign).collect()
}

/// What a row of shares has room for: title, line, and which figures.
fn room(width: usize) -> (usize, usize, bool) {
    let points = width >= 72;
    let figures = 2 * (GAP + SHARE) + if points { GAP + POINTS } else { 0 };
    let rest = width.saturating_sub(figures + GAP);
    let title = rest / 2;
    (title, rest - title, points)
}

fn figures(shares: &Shares, points: bool, ink: Ink) -> Vec<Span> {
    let gap = || span(" ".repeat(GAP), Ink::Pale);
    let mut spans =
        vec![gap(), span(figure(&shares.shown, SHARE), ink), gap(), span(figure(&shares.median, SHARE), Ink::Pale)];
    if points {
        spans.extend([gap(), span(right(&shares.points, POINTS), ink)]);
    }
    spans
}

pub(super) fn shares_head(head: &Shares, width: usize) -> Vec<Span> {
    let (title, line, points) = room(width);
    let scale = match line {
        0..12 => " ".repeat(line),
        _ => format!("0%{}100%", " ".repeat(line - 6)),
    };
    let mut spans = vec![span(left(&head.title, title), Ink::Pale), span(" ".repeat(GAP), Ink::Pale)];
    spans.push(span(scale, Ink::Pale));
    spans.extend(figures(head, points, Ink::Pale));
    spans
}

/// `...====|==o..`: from least to most of the kind, the middle half of it, its median, and the centre itself.
pub(super) fn shares(row: &Shares, width: usize) -> Vec<Span> {
    let (title, line, points) = room(width);
    let cells = line.max(1);
    let last = i32::try_from(cells - 1).unwrap_or(0);
    let at = |share: &Number| usize::try_from(along(&share.abs(), (&Number::ZERO, &Number::ONE), last)).unwrap_or(0);
    let mut signs: Vec<(char, Ink)> = vec![(' ', Ink::Pale); cells];
    if let Some([least, lower, median, upper, most]) = &row.peers {
        for (from, to, sign) in [(least, most, '.'), (lower, upper, '=')] {
            let (from, to) = (at(from).min(at(to)), at(from).max(at(to)));
            signs[from..=to].fill((sign, Ink::Pale));
        }
        signs[at(median)] = ('|', Ink::Limit);
    }
    if let Some(own) = &row.own {
        signs[at(own)] = ('O', Ink::Main);
    }
    let mut spans = vec![span(left(&row.title, title), Ink::Main), span(" ".repeat(GAP), Ink::Pale)];
    for (sign, ink) in signs {
        match spans.last_mut() {
            Some(last) if last.ink == ink => last.text.push(sign),
            _ => spans.push(span(sign, ink)),
        }
    }
    spans.extend(figures(row, points, Ink::Main));
    spans
}

pub(super) fn years(
    (title, course, median): (&str, &str, &str),
    cells: &[(String, Ink)],
    is_head: bool,
    width: usize,
) -> Vec<Span> {
    let wide = |count: usize| count * (READING + 1);
    // The latest years are what a narrow screen keeps.
    let fixed = course.width() + GAP + GAP + READING;
    let mut first = 0;
    while first + 1 < cells.len() && width < 14 + fixed + wide(cells.len() - first) {
        first += 1;
    }
    let title_room = width.saturating_sub(fixed + wide(cells.len() - first)).max(4);
    let ink = if is_head { Ink::Pale } else { Ink::Main };
    let mut spans = vec![span(left(title, title_room), ink), span(" ".repeat(GAP), ink), span(course, Ink::Limit)];
    for (text, ink) in &cells[first..] {
        spans.push(span(" ", Ink::Pale));
        spans.push(span(figure(text, READING), if is_head { Ink::Pale } else { *ink }));
    }
    spans.extend([span(" ".repeat(GAP), Ink::Pale), span(figure(median, READING), Ink::Pale)]);
    spans
}
