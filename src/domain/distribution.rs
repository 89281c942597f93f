//! Distribution: how many centres of a kind have totals in which range, and where the grades begin.
//!
//! It counts what thresholds look at: the rounded or the exact total, as the rubric says. Only complete centres are in
//! it; the others are counted apart, because a provisional total is no total. Must not know how it is drawn.

use std::collections::BTreeMap;

use super::cohort::Cohort;
use super::grade::Scorecard;
use super::number::Number;
use super::rubric::{ClassIx, Grade, GradeIx, KindIx, Rubric};
use super::score::State;
use super::spread::Spread;

/// As many ranges as a small screen has lines for, with the grade lines between them.
const MOST_BINS: usize = 15;
/// As many as may be where that puts all grade lines at edges: fives from 0 to 120.
const MOST_ALIGNED: usize = 24;
/// Fewer than this say nothing.
const FEWEST_BINS: usize = 4;

/// The totals of the centres of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// `None` for centres whose kind is not known; they have no totals.
    pub kind: Option<KindIx>,
    /// From the lowest up, all of the same width and without a hole between them; empty where nobody is complete.
    pub bins: Vec<Bin>,
    /// Where grades begin, best first.
    pub lines: Vec<GradeLine>,
    /// `None` where nobody is complete.
    pub spread: Option<Spread>,
    pub apart: Apart,
}

/// A range of totals: `from` belongs to it and `to` does not, except that the highest range has both its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bin {
    pub from: Number,
    pub to: Number,
    pub centres: usize,
}

/// The lowest total that a grade takes; the line itself belongs to the grade unless it is `strict`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeLine {
    pub grade: GradeIx,
    pub at: Number,
    pub strict: bool,
}

/// Centres without a final total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Apart {
    pub incomplete: usize,
    /// Not reported, and the rubric grades nobody without it.
    pub blocked: usize,
    pub without_kind: usize,
    pub not_scored: usize,
}

impl Apart {
    pub const fn all(self) -> usize {
        self.incomplete + self.blocked + self.without_kind + self.not_scored
    }

    fn count(&mut self, state: &State) {
        match state {
            State::Complete => {}
            State::Incomplete { .. } => self.incomplete += 1,
            State::Blocked(_) => self.blocked += 1,
            State::WithoutKind => self.without_kind += 1,
            State::NotScored(_) => self.not_scored += 1,
        }
    }
}

impl Distribution {
    /// The range that a total is in; `None` where it is outside of all.
    pub fn bin_of(&self, total: &Number) -> Option<usize> {
        let last = self.bins.last()?;
        if *total == last.to {
            return Some(self.bins.len() - 1);
        }
        self.bins.iter().position(|bin| bin.from <= *total && *total < bin.to)
    }

    /// How many centres have a final total.
    pub fn complete(&self) -> usize {
        self.spread.as_ref().map_or(0, |spread| spread.of)
    }

    /// The most centres in one range.
    pub fn highest(&self) -> usize {
        self.bins.iter().map(|bin| bin.centres).max().unwrap_or(0)
    }
}

/// One distribution per kind that has centres, in the rubric's order; none where the rubric gives no totals.
pub fn distributions(rubric: &Rubric, cohort: &Cohort, cards: &[Scorecard]) -> Vec<Distribution> {
    if !rubric.has_total() {
        return Vec::new();
    }
    let mut kinds: BTreeMap<usize, (Vec<Number>, Apart)> = BTreeMap::new();
    for card in cards {
        // Whose kind is not known comes last.
        let kind = cohort.centre(card.centre).kind.map_or(usize::MAX, |kind| kind.0);
        let (totals, apart) = kinds.entry(kind).or_default();
        if card.tally.state == State::Complete {
            totals.push(card.tally.compared.clone());
        }
        apart.count(&card.tally.state);
    }
    let line = |(ix, grade): (usize, &Grade)| {
        let threshold = grade.threshold.as_ref()?;
        Some(GradeLine { grade: GradeIx(ix), at: threshold.points.0.clone(), strict: threshold.strict })
    };
    let lines: Vec<GradeLine> = rubric.grades.iter().enumerate().filter_map(line).collect();
    let of_kind = |(kind, (totals, apart)): (usize, (Vec<Number>, Apart))| {
        let kind = (kind != usize::MAX).then_some(KindIx(kind));
        let bins = bins(&totals, &lines, &most_points(rubric, kind));
        Distribution { kind, bins, lines: lines.clone(), spread: Spread::new(totals), apart }
    };
    kinds.into_iter().map(of_kind).collect()
}

/// The most points that anybody of a kind can earn.
fn most_points(rubric: &Rubric, kind: Option<KindIx>) -> Number {
    let classes = (0..rubric.classes()).map(ClassIx).filter(|class| Some(rubric.parts(*class).0) == kind);
    let most = classes.map(|class| rubric.total.points.get(class).0.clone()).max();
    most.unwrap_or(Number::ZERO)
}

/// Ranges that hold all totals, all grade lines and all points that can be had.
fn bins(totals: &[Number], lines: &[GradeLine], most: &Number) -> Vec<Bin> {
    let ends = || totals.iter().chain(lines.iter().map(|line| &line.at));
    let (Some(low), Some(high), false) = (ends().min(), ends().chain([most]).max(), totals.is_empty()) else {
        return Vec::new();
    };
    let Some((width, first, count)) = width(low, high, lines) else { return Vec::new() };
    let edge = |at: usize| &width * &(&first + &Number::from(at));
    let mut bins: Vec<Bin> = (0..count).map(|at| Bin { from: edge(at), to: edge(at + 1), centres: 0 }).collect();
    for total in totals {
        let at = total.divided_by(&width).and_then(|steps| (&steps.floor() - &first).to_usize());
        if let Some(bin) = at.and_then(|at| bins.get_mut(at.min(count - 1))) {
            bin.centres += 1;
        }
    }
    bins
}

/// A width of 1, 2 or 5 times a power of ten, the first edge in steps of it, and how many ranges it takes. The narrowest
/// one at whose edges all grade lines lie, so that no range holds two grades; where there is none, the narrowest one.
fn width(low: &Number, high: &Number, lines: &[GradeLine]) -> Option<(Number, Number, usize)> {
    if low == high {
        return Some((Number::ONE, low.floor(), 1));
    }
    let steps = |width: &Number| {
        let first = low.divided_by(width)?.floor();
        let count = (&high.divided_by(width)?.ceil() - &first).to_usize()?;
        Some((width.clone(), first, count))
    };
    let few: Vec<_> = widths().filter_map(|width| steps(&width)).filter(|(.., count)| *count <= MOST_ALIGNED).collect();
    let divides =
        |width: &Number| lines.iter().all(|line| line.at.divided_by(width).is_some_and(|steps| steps.is_whole()));
    // Narrow enough to tell centres apart, and no narrower than a screen has lines for.
    let aligned = || few.iter().filter(|(width, _, count)| divides(width) && *count >= FEWEST_BINS);
    let on_a_screen = |(.., count): &&(Number, Number, usize)| *count <= MOST_BINS;
    let fitting = aligned().find(on_a_screen).or_else(|| aligned().next_back());
    fitting.or_else(|| few.iter().find(on_a_screen)).cloned()
}

/// 10⁻⁹, 2 × 10⁻⁹, 5 × 10⁻⁹ and so on, up to 5 × 10³⁰.
fn widths() -> impl Iterator<Item = Number> {
    let ten = Number::from(10_i64);
    let smallest = Number::fraction(1, 1_000_000_000);
    let powers = std::iter::successors(smallest, move |power| Some(power * &ten)).take(40);
    powers.flat_map(|power| [1_i64, 2, 5].map(|times| &power * &Number::from(times)))
}

#[cfg(test)]
mod tests;
