//! Plots in rows of text, for a terminal: bars of `#`, a centre on a line of dots, its readings in columns.
//!
//! A row is put into words once and laid out at whatever width there is, so that a screen lays out only the rows that it
//! shows. No glyph is used whose width terminals disagree on. Must not know how wide the terminal is, nor colours.

mod centre;
mod distribution;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::domain::cohort::Cohort;
use crate::domain::grade::Scorecard;
use crate::domain::number::Number;
use crate::domain::peers::Part;
use crate::domain::rubric::{MetricIx, Rubric};
use crate::wording::safe::visible;
use crate::write::Source;
use crate::write::drawing::Ink;

pub use centre::centre;
pub use distribution::{distribution, starts_at};

/// What plots are made of: a scored cohort.
#[derive(Clone, Copy)]
pub struct Figures<'a> {
    pub rubric: &'a Rubric,
    pub cohort: &'a Cohort,
    /// One per centre, in roster order.
    pub cards: &'a [Scorecard],
}

impl<'a> From<Source<'a>> for Figures<'a> {
    fn from(source: Source<'a>) -> Self {
        Self { rubric: source.rubric, cohort: source.cohort, cards: source.cards }
    }
}

/// One row, in words; its width is still open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Blank,
    Head(String),
    /// Prose, broken where the line ends.
    Said(String),
    /// A range of totals: how many of the most in any range, and who is marked in it.
    Bin {
        label: String,
        centres: usize,
        most: usize,
        mark: String,
        is_marked: bool,
    },
    /// Where a grade begins.
    Line(String),
    /// Heads the rows below it.
    SharesHead(Shares),
    /// A part of a profile.
    Shares(Shares),
    /// A metric, or the years above them: what stands in each column.
    Years {
        metric: Option<MetricIx>,
        title: String,
        course: String,
        cells: Vec<(String, Ink)>,
        median: String,
        is_head: bool,
    },
}

/// A centre's share beside its kind's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shares {
    /// `None` in the head.
    pub part: Option<Part>,
    pub title: String,
    pub own: Option<Number>,
    /// Least, lower quartile, median, upper quartile and most.
    pub peers: Option<[Number; 5]>,
    pub shown: String,
    pub median: String,
    pub points: String,
}

/// Text in one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub ink: Ink,
}

/// Cells between columns.
const GAP: usize = 2;

impl Row {
    /// Whether it is about a figure that has something behind it: a ledger or cells.
    pub const fn leads_on(&self) -> bool {
        match self {
            Self::Bin { is_marked, .. } => *is_marked,
            Self::Shares(_) => true,
            Self::Years { metric, .. } => metric.is_some(),
            Self::Blank | Self::Head(_) | Self::Said(_) | Self::Line(_) | Self::SharesHead(_) => false,
        }
    }

    /// The row laid out at a width in terminal cells: one line, or several of prose.
    pub fn lines(&self, width: usize) -> Vec<Vec<Span>> {
        match self {
            Self::Blank => vec![Vec::new()],
            Self::Head(text) => vec![vec![span(cut(text, width), Ink::Main)]],
            Self::Said(text) => wrapped(text, width).into_iter().map(|line| vec![span(line, Ink::Pale)]).collect(),
            Self::Line(text) => vec![vec![span(ruled(text, width), Ink::Limit)]],
            Self::Bin { .. } | Self::SharesHead(_) | Self::Shares(_) | Self::Years { .. } => {
                vec![self.columns(width)]
            }
        }
    }

    fn columns(&self, width: usize) -> Vec<Span> {
        match self {
            Self::Bin { label, centres, most, mark, is_marked } => {
                distribution::bin((label, *centres, *most), (mark, *is_marked), width)
            }
            Self::SharesHead(shares) => centre::shares_head(shares, width),
            Self::Shares(shares) => centre::shares(shares, width),
            Self::Years { title, course, cells, median, is_head, .. } => {
                centre::years((title, course, median), cells, *is_head, width)
            }
            Self::Blank | Self::Head(_) | Self::Said(_) | Self::Line(_) => Vec::new(),
        }
    }
}

/// All rows below each other, as the command line prints them.
pub fn page(rows: &[Row], width: usize) -> String {
    let mut text = String::new();
    for line in rows.iter().flat_map(|row| row.lines(width)) {
        let line: String = line.iter().map(|span| span.text.as_str()).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn span(text: impl Into<String>, ink: Ink) -> Span {
    Span { text: text.into(), ink }
}

/// The text made visible, as much of it as fits, with a sign where some does not.
fn cut(text: &str, room: usize) -> String {
    let text = visible(text);
    if text.width() <= room {
        return text.into_owned();
    }
    let sign = if room > 3 { ".." } else { "" };
    let (mut kept, mut used) = (String::new(), sign.len());
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        kept.push(c);
    }
    kept + sign
}

/// A figure that does not fit loses its end, and says so: it must never look like a smaller one.
fn figure(text: &str, room: usize) -> String {
    let text = visible(text);
    if text.width() <= room {
        return right(&text, room);
    }
    let kept: String = text.chars().take(room.saturating_sub(1)).collect();
    if kept.width() < room { format!("{kept}>") } else { cut(&text, room) }
}

fn left(text: &str, room: usize) -> String {
    let text = cut(text, room);
    let space = room.saturating_sub(text.width());
    text + &" ".repeat(space)
}

fn right(text: &str, room: usize) -> String {
    let text = cut(text, room);
    " ".repeat(room.saturating_sub(text.width())) + &text
}

/// `-- Good from 60 -------`: across the whole width.
fn ruled(text: &str, width: usize) -> String {
    let text = cut(text, width.saturating_sub(6));
    let used = 4 + text.width();
    cut(&format!("-- {text} {}", "-".repeat(width.saturating_sub(used))), width)
}

/// Lines that fit, broken between words or Han characters.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut current) = (Vec::new(), String::new());
    for piece in super::pieces(&visible(text)) {
        if !current.is_empty() && current.width() + piece.trim_end().width() > width {
            lines.push(std::mem::take(&mut current).trim_end().to_owned());
        }
        current.push_str(&piece);
    }
    lines.push(cut(current.trim_end(), width));
    lines
}
