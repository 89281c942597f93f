//! Plots as drawings: the distribution of totals with its grade lines, a centre's profile beside its kind, and its
//! readings through the years.
//!
//! Every figure comes from the domain and is exact until its place on the page, which is a whole tenth of a point. Text
//! is as wide as its terminal cells say, because no font is at hand. Must not know any format.

mod distribution;
mod profile;
pub mod text;
mod trend;

use unicode_width::UnicodeWidthChar;

use super::Source;
use super::drawing::{Anchor, Drawing, Ink, Mark};
use crate::domain::cohort::CentreIx;
use crate::domain::number::{Number, Round};
use crate::domain::peers::Peers;
use crate::domain::text::Lang;
use crate::domain::trend::Medians;
use crate::wording::plot as says;
use crate::wording::safe::visible;

/// The width of an A4 page between its margins, in tenths of a point.
const WIDTH: i32 = 4800;
/// Sizes of text, in tenths of a point.
const SIZE: i32 = 85;
const SMALL: i32 = 75;

/// What the plots of a cohort are drawn from: worked out once, for any number of centres.
pub struct Plots<'a> {
    source: Source<'a>,
    peers: Peers,
    medians: Medians,
}

impl<'a> Plots<'a> {
    pub fn new(source: Source<'a>) -> Self {
        Self {
            source,
            peers: Peers::new(source.rubric, source.cohort, source.cards),
            medians: Medians::new(source.rubric, source.cohort),
        }
    }

    /// The totals of each kind, a drawing each; none where the rubric gives no totals or nobody is complete.
    pub fn distribution(&self, lang: Lang) -> Vec<Drawing> {
        distribution(self.source, lang)
    }

    /// A centre's share of each criterion beside those of its kind; none for a centre that is not scored.
    pub fn profile(&self, centre: CentreIx, lang: Lang) -> Vec<Drawing> {
        profile::drawing(self.source, &self.peers, centre, lang).into_iter().collect()
    }

    /// A centre's readings through the years beside the median of its kind, so many metrics to a drawing; none where
    /// nothing is reported by year.
    pub fn trend(&self, centre: CentreIx, lang: Lang) -> Vec<Drawing> {
        trend::drawings(self.source, &self.medians, centre, lang)
    }
}

/// The totals of each kind, a drawing each; none where the rubric gives no totals or nobody is complete.
pub fn distribution(source: Source<'_>, lang: Lang) -> Vec<Drawing> {
    distribution::drawings(source, lang)
}

/// A centre's share of each criterion beside those of its kind. For many centres [`Plots`] is quicker.
pub fn profile(source: Source<'_>, centre: CentreIx, lang: Lang) -> Vec<Drawing> {
    Plots::new(source).profile(centre, lang)
}

/// A centre's readings through the years beside the median of its kind. For many centres [`Plots`] is quicker.
pub fn trend(source: Source<'_>, centre: CentreIx, lang: Lang) -> Vec<Drawing> {
    Plots::new(source).trend(centre, lang)
}

/// Several drawings below each other with their captions, where only one can be written; of none, the words given. The
/// caption of the whole is that of the first.
pub fn stacked(drawings: Vec<Drawing>, none: &str) -> Drawing {
    let caption = drawings.first().map_or_else(|| none.to_owned(), |first| first.caption.clone());
    let (mut marks, mut height) = (Vec::new(), 0);
    let write = |marks: &mut Vec<Mark>, text: &str, mut height: i32| {
        for text in lines(text, SIZE, WIDTH) {
            height += SIZE * 3 / 2;
            marks.push(words((0, height), Anchor::Start, SIZE, &text, Ink::Main));
        }
        height + SIZE
    };
    if drawings.is_empty() {
        height = write(&mut marks, none, height);
    }
    for drawing in drawings {
        height = write(&mut marks, &drawing.caption, height);
        marks.extend(drawing.marks.into_iter().map(|mark| lowered(mark, height)));
        height += drawing.height + SIZE;
    }
    Drawing { caption, width: WIDTH, height, marks }
}

/// What to say where there is nothing to draw: of the cohort, or of one centre.
pub fn nothing(source: Source<'_>, centre: Option<CentreIx>, lang: Lang) -> &'static str {
    let none = match centre {
        Some(_) => says::NO_PROFILE,
        None if !source.rubric.has_total() => says::NO_TOTALS,
        None if source.cohort.is_empty() => says::NO_CENTRES,
        None => says::NOBODY_COMPLETE,
    };
    none.get(lang)
}

fn lowered(mark: Mark, by: i32) -> Mark {
    match mark {
        Mark::Box { x, y, width, height, ink } => Mark::Box { x, y: y + by, width, height, ink },
        Mark::Line { points, ink, dashed } => {
            Mark::Line { points: points.into_iter().map(|(x, y)| (x, y + by)).collect(), ink, dashed }
        }
        Mark::Dot { x, y, ink } => Mark::Dot { x, y: y + by, ink },
        Mark::Words { x, y, anchor, size, text, ink } => Mark::Words { x, y: y + by, anchor, size, text, ink },
    }
}

fn words((x, y): (i32, i32), anchor: Anchor, size: i32, text: &str, ink: Ink) -> Mark {
    Mark::Words { x, y, anchor, size, text: visible(text).into_owned(), ink }
}

fn line(from: (i32, i32), to: (i32, i32), ink: Ink, dashed: bool) -> Mark {
    Mark::Line { points: vec![from, to], ink, dashed }
}

/// How far along `length` a value lies between two others, in whole steps; an end where it is outside of them.
fn along(value: &Number, (from, to): (&Number, &Number), length: i32) -> i32 {
    let length = usize::try_from(length).unwrap_or(0);
    let share = (value - from).divided_by(&(to - from)).unwrap_or(Number::ZERO);
    let steps = (&share * &Number::from(length)).rounded(Round::half_up(0));
    let steps = if steps.is_negative() { 0 } else { steps.to_usize().unwrap_or(length).min(length) };
    i32::try_from(steps).unwrap_or(0)
}

/// How wide a character is likely to be: a Han character is as wide as it is high, a Latin one on average a little more
/// than half of that.
fn glyph(c: char, size: i32) -> i32 {
    match c.width() {
        Some(2) => size,
        Some(1) | None => size * 56 / 100,
        _ => 0,
    }
}

fn wide(text: &str, size: i32) -> i32 {
    visible(text).chars().map(|c| glyph(c, size)).sum()
}

/// The text, or as much of it as is likely to fit, with two points behind it.
fn fitted(text: &str, size: i32, width: i32) -> String {
    let text = visible(text);
    if wide(&text, size) <= width {
        return text.into_owned();
    }
    let (mut kept, mut room) = (String::new(), width - wide("..", size));
    for c in text.chars() {
        room -= glyph(c, size);
        if room < 0 {
            break;
        }
        kept.push(c);
    }
    format!("{}..", kept.trim_end())
}

/// A title around the middle of its row, in one line, or in two smaller ones where it is long.
fn titled_at(title: &str, (middle, width): (i32, i32)) -> Vec<Mark> {
    let at = |y: i32, size: i32, text: &str| words((0, y + size / 3), Anchor::Start, size, text, Ink::Main);
    if wide(title, SIZE) <= width {
        return vec![at(middle, SIZE, title)];
    }
    match lines(title, SMALL, width).as_slice() {
        [first, rest @ ..] if !rest.is_empty() => {
            let rest = fitted(title.strip_prefix(first.as_str()).unwrap_or(&rest[0]).trim_start(), SMALL, width);
            vec![
                at(middle - SMALL * 5 / 9, SMALL, &fitted(first, SMALL, width)),
                at(middle + SMALL * 5 / 9, SMALL, &rest),
            ]
        }
        _ => vec![at(middle, SMALL, &fitted(title, SMALL, width))],
    }
}

/// The text in lines that are likely to fit, broken between words or Han characters.
fn lines(text: &str, size: i32, width: i32) -> Vec<String> {
    let (mut lines, mut current) = (Vec::new(), String::new());
    for piece in pieces(&visible(text)) {
        if !current.is_empty() && wide(&format!("{current}{}", piece.trim_end()), size) > width {
            lines.push(std::mem::take(&mut current).trim_end().to_owned());
        }
        current.push_str(&piece);
    }
    if !current.trim().is_empty() {
        lines.push(current.trim_end().to_owned());
    }
    lines
}

/// Words with the space behind them, Han characters one by one.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        let han = c.width() == Some(2);
        match pieces.last_mut() {
            Some(last) if open && !han => last.push(c),
            _ => pieces.push(c.to_string()),
        }
        open = !han && c != ' ';
    }
    pieces
}
