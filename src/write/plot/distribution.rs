//! The distribution as columns, with a line wherever a grade begins. Must not know how totals came about.

use super::{Anchor, Drawing, Ink, Lang, Mark, SIZE, SMALL, Source, WIDTH, along, fitted, line, wide, words};
use crate::domain::distribution::{Distribution, distributions};
use crate::domain::number::Number;
use crate::wording::plot as says;

/// Room at both sides, in tenths of a point.
const SIDE: i32 = 150;
/// The height of the highest column.
const TALL: i32 = 1100;
/// From one line of text to the next.
const STEP: i32 = 120;

pub(super) fn drawings(source: Source<'_>, lang: Lang) -> Vec<Drawing> {
    let all = distributions(source.rubric, source.cohort, source.cards);
    all.iter().filter(|of| !of.bins.is_empty()).map(|of| drawing(source, of, lang)).collect()
}

fn drawing(source: Source<'_>, of: &Distribution, lang: Lang) -> Drawing {
    let (labels, rows) = labels(source, of, lang);
    let top = rows * STEP + STEP;
    let floor = top + TALL;
    let mut marks = columns(of, top);
    for (x, row, label) in labels {
        let y = row * STEP + SIZE;
        marks.push(line((x, y + SIZE / 4), (x, floor), Ink::Limit, true));
        let (at, anchor) = beside(x, &label);
        marks.push(words((at, y), anchor, SIZE, &label, Ink::Limit));
    }
    marks.push(line((SIDE, floor), (WIDTH - SIDE, floor), Ink::Pale, false));
    marks.extend(edges(of, floor + STEP));
    let caption = says::distribution(of, source.rubric, lang);
    Drawing { caption, width: WIDTH, height: floor + STEP + SIZE / 2, marks }
}

/// Where a value lies from left to right.
fn across(of: &Distribution, value: &Number) -> i32 {
    match (of.bins.first(), of.bins.last()) {
        (Some(first), Some(last)) => SIDE + along(value, (&first.from, &last.to), WIDTH - 2 * SIDE),
        _ => SIDE,
    }
}

fn columns(of: &Distribution, top: i32) -> Vec<Mark> {
    let highest = Number::from(of.highest());
    let mut marks = Vec::new();
    for bin in of.bins.iter().filter(|bin| bin.centres > 0) {
        let (left, right) = (across(of, &bin.from), across(of, &bin.to));
        let height = along(&Number::from(bin.centres), (&Number::ZERO, &highest), TALL).max(10);
        let y = top + TALL - height;
        marks.push(Mark::Box { x: left + 10, y, width: right - left - 20, height, ink: Ink::Pale });
        marks.push(words(((left + right) / 2, y - 25), Anchor::Middle, SIZE, &bin.centres.to_string(), Ink::Main));
    }
    marks
}

/// Where the text of a line stands: to its right, or to its left where the page ends.
fn beside(x: i32, label: &str) -> (i32, Anchor) {
    if x + 30 + wide(label, SIZE) > WIDTH { (x - 30, Anchor::End) } else { (x + 30, Anchor::Start) }
}

/// The place, row and text of every grade line, and how many rows they take: no two texts of a row touch, and no text
/// is crossed by the line of a row above.
fn labels(source: Source<'_>, of: &Distribution, lang: Lang) -> (Vec<(i32, i32, String)>, i32) {
    let mut lines: Vec<(i32, String)> = of
        .lines
        .iter()
        .map(|line| (across(of, &line.at), fitted(&says::line(line, source.rubric, lang), SIZE, WIDTH / 2)))
        .collect();
    lines.sort_by_key(|(x, _)| *x);
    // From the right: a line hangs below its own text, so that a text further left must be in a row below or end
    // before it.
    let mut placed: Vec<(i32, i32, String)> = Vec::new();
    for (x, label) in lines.into_iter().rev() {
        let span = |x: i32, label: &str| match beside(x, label) {
            (at, Anchor::End) => (at - wide(label, SIZE), at),
            (at, _) => (at, at + wide(label, SIZE)),
        };
        let (from, to) = span(x, &label);
        let clashes = |row: &i32| {
            placed.iter().any(|(other, taken, text)| {
                let (left, right) = span(*other, text);
                let crossed = *taken <= *row && (from - 30..to + 30).contains(other);
                crossed || *taken == *row && left < to + 30 && from < right + 30
            })
        };
        let last = i32::try_from(placed.len()).unwrap_or(i32::MAX);
        let row = (0..last).find(|row| !clashes(row)).unwrap_or(last);
        placed.push((x, row, label));
    }
    let rows = placed.iter().map(|(_, row, _)| row + 1).max().unwrap_or(0);
    (placed, rows)
}

/// The edges of the ranges, as many of them as have room.
fn edges(of: &Distribution, y: i32) -> Vec<Mark> {
    let edges = of.bins.iter().map(|bin| &bin.from).chain(of.bins.last().map(|bin| &bin.to));
    let edges: Vec<(i32, String)> = edges.map(|edge| (across(of, edge), says::shortened_plain(edge))).collect();
    let widest = edges.iter().map(|(_, text)| wide(text, SMALL)).max().unwrap_or(0) + SMALL;
    let apart = edges.windows(2).map(|pair| pair[1].0 - pair[0].0).min().unwrap_or(WIDTH).max(1);
    let every = usize::try_from((widest + apart - 1) / apart).unwrap_or(1).max(1);
    let shown = edges.iter().step_by(every);
    shown.map(|(x, text)| words((*x, y), Anchor::Middle, SMALL, text, Ink::Pale)).collect()
}
