//! One small line per metric through the years, with the median of the kind dashed beside it. What is not a value is
//! written where it would stand, and breaks the line. Must not know what earns points.

use super::{
    Anchor, Drawing, Ink, Lang, Mark, Medians, SIZE, SMALL, Source, WIDTH, along, fitted, line, lines, titled_at, words,
};
use crate::domain::cohort::CentreIx;
use crate::domain::number::Number;
use crate::domain::reading::Reading;
use crate::domain::trend::{Trend, Year};
use crate::wording::plot as says;

/// Metrics in one drawing, so that it fits on a page.
const ROWS: usize = 16;
/// Where the lines begin and end, in tenths of a point.
const FROM: i32 = 2000;
const TO: i32 = 3500;
/// Where the latest reading and the median end.
const LATEST: i32 = 4250;
/// From one row to the next, and the height of a line in it.
const STEP: i32 = 200;
const TALL: i32 = 120;

pub(super) fn drawings(source: Source<'_>, medians: &Medians, centre: CentreIx, lang: Lang) -> Vec<Drawing> {
    let trends = medians.trends(source.rubric, source.cohort, centre);
    let name = source.cohort.centre(centre).label();
    // All of about the same length: a last one with one row looks like a mistake.
    let parts = trends.len().div_ceil(ROWS).max(1);
    let parts: Vec<&[Trend]> = trends.chunks(trends.len().div_ceil(parts).max(1)).collect();
    let counted = parts.iter().enumerate();
    counted.map(|(at, part)| drawing(source, part, says::trend(name, at + 1, parts.len(), lang), lang)).collect()
}

fn drawing(source: Source<'_>, trends: &[Trend], caption: String, lang: Lang) -> Drawing {
    let mut marks = Vec::new();
    if let Some(first) = trends.first() {
        for (at, year) in first.years.iter().enumerate() {
            let x = column(at, first.years.len());
            marks.push(words((x, SMALL), Anchor::Middle, SMALL, &year.year.to_string(), Ink::Pale));
        }
        let latest = first.years.last().map_or(String::new(), |year| year.year.to_string());
        marks.push(words((LATEST, SMALL), Anchor::End, SMALL, &latest, Ink::Pale));
        marks.push(words((WIDTH, SMALL), Anchor::End, SMALL, says::MEDIAN.get(lang), Ink::Pale));
    }
    let mut y = SMALL + STEP / 4;
    for trend in trends {
        marks.extend(row(source, trend, y, lang));
        y += STEP;
    }
    for text in lines(says::TREND_KEY.get(lang), SMALL, WIDTH) {
        y += SMALL * 3 / 2;
        marks.push(words((0, y), Anchor::Start, SMALL, &text, Ink::Pale));
    }
    Drawing { caption, width: WIDTH, height: y + SMALL / 2, marks }
}

/// Where a year stands.
fn column(at: usize, years: usize) -> i32 {
    let share = match years {
        0 | 1 => Number::fraction(1, 2).unwrap_or(Number::ZERO),
        _ => Number::from(at).divided_by(&Number::from(years - 1)).unwrap_or(Number::ZERO),
    };
    FROM + along(&share, (&Number::ZERO, &Number::ONE), TO - FROM)
}

fn row(source: Source<'_>, trend: &Trend, top: i32, lang: Lang) -> Vec<Mark> {
    let metric = &source.rubric.metrics[trend.metric.0];
    let (foot, base) = (top + STEP / 2 + TALL / 2, top + STEP / 2 + SIZE / 3);
    let years = trend.years.len();
    let mut marks = Vec::new();
    marks.extend(titled_at(&says::metric(metric, lang), (top + STEP / 2, FROM - 150)));
    let height = |value: &Number| match trend.range() {
        Some((least, most)) if least < most => foot - along(value, (least, most), TALL),
        _ => foot - TALL / 2,
    };
    let places = || trend.years.iter().enumerate().map(|(at, year)| (column(at, years), year));
    let medians = places().map(|(x, year)| year.median.as_ref().map(|median| (x, height(median))));
    marks.extend(pieces(medians, Ink::Pale, true));
    let own = places().map(|(x, year)| value(year).map(|value| (x, height(value))));
    marks.extend(pieces(own, Ink::Main, false));
    for (x, year) in places() {
        match value(year) {
            Some(value) => {
                let ink = if year.counts { Ink::Main } else { Ink::Pale };
                marks.push(Mark::Dot { x, y: height(value), ink });
            }
            // A blank cell that nothing waits for is no gap.
            None if year.seen.is_none() && !year.is_gap => {}
            None => {
                let text = says::reading(year.seen.as_ref(), metric, lang);
                let ink = if year.is_gap { Ink::Grave } else { Ink::Pale };
                marks.push(words((x, base), Anchor::Middle, SMALL, &text, ink));
            }
        }
    }
    if let Some(latest) = trend.years.last().filter(|year| year.seen.is_some() || year.is_gap) {
        let text = says::reading(latest.seen.as_ref(), metric, lang);
        marks.push(words((LATEST, base), Anchor::End, SIZE, &fitted(&text, SIZE, LATEST - TO - 100), Ink::Main));
    }
    if let Some(latest) = trend.years.last() {
        let median = latest.median.as_ref().map_or(String::new(), says::shortened_plain);
        marks.push(words((WIDTH, base), Anchor::End, SIZE, &fitted(&median, SIZE, WIDTH - LATEST - 50), Ink::Pale));
    }
    marks.push(line((0, top), (WIDTH, top), Ink::Pale, false));
    marks
}

const fn value(year: &Year) -> Option<&Number> {
    match &year.seen {
        Some(Reading::Value(value)) => Some(value),
        _ => None,
    }
}

/// The line through the points that stand beside each other.
fn pieces(points: impl Iterator<Item = Option<(i32, i32)>>, ink: Ink, dashed: bool) -> Vec<Mark> {
    let points: Vec<Option<(i32, i32)>> = points.collect();
    let runs = points.split(Option::is_none).map(|run| run.iter().copied().flatten().collect::<Vec<_>>());
    runs.filter(|run| run.len() > 1).map(|points| Mark::Line { points, ink, dashed }).collect()
}
