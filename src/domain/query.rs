//! Queries (数据疑点): what the checks of data ask about before anything is scored.
//!
//! A query says that a figure is hard to believe, or that figures contradict each other; it changes no points, grade or
//! flag. Somebody answers it with a reason, and the answer stands as long as the figures do. ([`finding`] is another
//! thing: what was established about a centre's integrity.) Must not know how a query is put into words.
//!
//! [`finding`]: super::rubric::Finding

mod cohort;
mod own;
mod raised;

pub use raised::{Raised, raised};

use std::collections::{BTreeMap, HashSet};

use self::cohort::Pools;
use super::cohort::{CentreIx, Cohort};
use super::evaluation::CellRef;
use super::number::Number;
use super::reading::{Layout, Readings, Slot};
use super::rubric::Rubric;
use super::slip::Slip;

/// A figure that wants an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The cell that is asked about; of an assertion, the first it names.
    pub slot: Slot,
    pub judge: Option<String>,
    pub doubt: Doubt,
}

/// What is doubted, with the figures of the doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The metric takes no such value: half a patent, a letter that is not on its list.
    Type { value: Number },
    /// Below the minimum or above the maximum, which is `bound`.
    Range { value: Number, bound: Number },
    /// The assertion at this position of the rubric does not hold: `figures` are those it names, as they stand.
    Assertion { at: usize, left: Number, right: Number, figures: Vec<Number> },
    /// More than the rubric's times the figure of the other year, or less than that part of it.
    Jump { value: Number, other: Number, year: i16 },
    /// A power of ten away from the figure of another year, which is in the cell `there`. Where nothing tells which of
    /// the two slipped, `or` is how the other may have.
    UnitSlip { value: Number, other: Number, there: Slot, slip: Slip, or: Option<Slip> },
    /// The same in all years from the first on.
    Constant { value: Number, first: i16 },
    /// Outside the fences of the cohort; `slip` would bring it inside.
    Outlier { value: Number, fences: Fences, slip: Option<Slip> },
}

/// How far the figures of the others go, by the quartile method: median − k·(median − lower quartile) and median +
/// k·(upper quartile − median), each distance at least a twentieth of the median (Hidiroglou & Berthelot, Statistical
/// editing and imputation for periodic business surveys, Survey Methodology 12(1), 1986, 73–83). Two distances, because
/// figures of centres are skewed; quartiles, because one wild figure among five does not move them.
///
/// Where a metric takes nothing below zero, the distances are taken of the authors' score, 1 − median/figure below the
/// median and figure/median − 1 above it, so that a figure may be too small as well as too large: the upper fence is the
/// same, and the lower one is median ÷ (1 + k·(upper quartile of median/figure − 1)), but never above the k-th part of the
/// median: a centre may be small. Fences end at the metric's own bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fences {
    pub low: Number,
    pub high: Number,
    pub median: Number,
    /// How many centres they are made of.
    pub count: usize,
}

/// How grave a query is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gravity {
    /// The figures cannot all be right.
    Hard,
    /// They may be right, and somebody should look.
    Soft,
}

impl Gravity {
    /// The id used in data formats; statistical editing calls them hard and soft edits.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Hard => "hard",
            Self::Soft => "soft",
        }
    }
}

impl Query {
    /// The check that raised it: one of [`super::rubric::Checks::IDS`], or the id of an assertion.
    pub fn check<'a>(&self, rubric: &'a Rubric) -> &'a str {
        match &self.doubt {
            Doubt::Type { .. } => "type",
            Doubt::Range { .. } => "range",
            Doubt::Assertion { at, .. } => rubric.assertions.get(*at).map_or("", |assertion| &assertion.id),
            Doubt::Jump { .. } => "jump",
            Doubt::UnitSlip { .. } => "unit-slip",
            Doubt::Constant { .. } => "constant",
            Doubt::Outlier { .. } => "outlier",
        }
    }

    pub fn gravity(&self) -> Gravity {
        match self.doubt {
            Doubt::Type { .. } | Doubt::Range { .. } | Doubt::Assertion { .. } => Gravity::Hard,
            _ => Gravity::Soft,
        }
    }

    /// The centre's own figures that an answer is about, joined by `;`. Another figure opens the query again; what the
    /// rest of the cohort does, does not.
    pub fn figures(&self) -> String {
        match &self.doubt {
            Doubt::Type { value }
            | Doubt::Range { value, .. }
            | Doubt::Constant { value, .. }
            | Doubt::Outlier { value, .. } => value.plain(),
            Doubt::Jump { value, other, .. } => format!("{};{}", value.plain(), other.plain()),
            // By year, for the answer stands whichever of the two is thought to have slipped.
            Doubt::UnitSlip { value, other, there, .. } => {
                let (first, last) = if self.slot < *there { (value, other) } else { (other, value) };
                format!("{};{}", first.plain(), last.plain())
            }
            Doubt::Assertion { figures, .. } => figures.iter().map(Number::plain).collect::<Vec<_>>().join(";"),
        }
    }

    /// The cell by ids.
    pub fn cell(&self, rubric: &Rubric, layout: &Layout) -> CellRef {
        self.at(self.slot, rubric, layout)
    }

    fn at(&self, slot: Slot, rubric: &Rubric, layout: &Layout) -> CellRef {
        let (metric, year) = layout.cell(slot);
        CellRef { metric: rubric.metrics[metric.0].id.clone(), year, judge: self.judge.clone() }
    }

    /// Every cell that may have to change: all that an assertion names, and both of a slip where either may be it.
    pub fn slots(&self, rubric: &Rubric, layout: &Layout) -> Vec<Slot> {
        let mut slots = vec![self.slot];
        match &self.doubt {
            Doubt::UnitSlip { there, or: Some(_), .. } => slots.push(*there),
            Doubt::Assertion { at, .. } => {
                let Some(assertion) = rubric.assertions.get(*at) else { return slots };
                let year = layout.cell(self.slot).1.filter(|_| assertion.yearly);
                let counts =
                    |slot: &Slot| year.is_some() || layout.cell(*slot).1.is_none_or(|y| layout.cycle.contains(y));
                let of = |metric| layout.slots_of(metric, year).into_iter().filter(counts);
                slots.extend(assertion.metrics().into_iter().flat_map(of));
            }
            _ => {}
        }
        let mut seen = HashSet::new();
        slots.retain(|slot| seen.insert(*slot));
        slots
    }

    /// Whether a cell is one of those that may have to change.
    pub fn is_about(&self, rubric: &Rubric, layout: &Layout, slot: Slot, judge: Option<&str>) -> bool {
        self.judge.as_deref() == judge && self.slots(rubric, layout).contains(&slot)
    }

    fn order(&self) -> (Slot, Option<&str>, usize) {
        let check = match &self.doubt {
            Doubt::Type { .. } => 0,
            Doubt::Range { .. } => 1,
            Doubt::UnitSlip { .. } => 2,
            Doubt::Jump { .. } => 3,
            Doubt::Outlier { .. } => 4,
            Doubt::Constant { .. } => 5,
            Doubt::Assertion { at, .. } => 6 + at,
        };
        (self.slot, self.judge.as_deref(), check)
    }
}

/// Why a query may stand, and the figures it was said of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub figures: String,
    pub reason: String,
}

/// What was answered, by cell and check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers(BTreeMap<(String, String, String), Answer>);

impl Answers {
    /// Writes an answer down, or takes it back.
    pub fn put(&mut self, centre: &str, cell: &CellRef, check: &str, answer: Option<Answer>) {
        let key = (centre.to_owned(), cell.name(), check.to_owned());
        match answer {
            Some(answer) => self.0.insert(key, answer),
            None => self.0.remove(&key),
        };
    }

    /// What was answered last of a query, also where the figures have changed since. Of a slip it may have been said of the
    /// other cell, before something told which of the two it was.
    pub fn before(&self, rubric: &Rubric, layout: &Layout, centre: &str, query: &Query) -> Option<&Answer> {
        if self.0.is_empty() {
            return None;
        }
        let figures = query.figures();
        let there = if let Doubt::UnitSlip { there, .. } = query.doubt { Some(there) } else { None };
        let said = |slot: Slot| self.last(centre, &query.at(slot, rubric, layout), query.check(rubric));
        let mut all = [Some(query.slot), there].into_iter().flatten().filter_map(said);
        let first = all.next()?;
        Some([first].into_iter().chain(all).find(|answer| answer.figures == figures).unwrap_or(first))
    }

    /// What was answered last of a cell and a check.
    pub fn last(&self, centre: &str, cell: &CellRef, check: &str) -> Option<&Answer> {
        self.0.get(&(centre.to_owned(), cell.name(), check.to_owned()))
    }

    /// The answer of a query, where it still stands.
    pub fn standing(&self, rubric: &Rubric, layout: &Layout, centre: &str, query: &Query) -> Option<&Answer> {
        let answer = self.before(rubric, layout, centre, query)?;
        (answer.figures == query.figures()).then_some(answer)
    }
}

/// The longest reason of an answer, in characters.
pub const MAX_REASON: usize = 500;

/// The queries of a cohort, kept up to date centre by centre.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queries {
    /// What a centre's own figures say, by centre.
    own: Vec<Vec<Query>>,
    pools: Pools,
}

impl Queries {
    pub fn new(rubric: &Rubric, cohort: &Cohort) -> Self {
        let own = cohort.all().map(|ix| own::queries(rubric, cohort, ix)).collect();
        Self { own, pools: Pools::new(rubric, cohort) }
    }

    /// After readings of one centre, or facts about it, have changed.
    pub fn again(&mut self, rubric: &Rubric, cohort: &Cohort, ix: CentreIx) {
        if let Some(own) = self.own.get_mut(ix.0) {
            *own = own::queries(rubric, cohort, ix);
        }
        self.pools.again(rubric, cohort, ix);
    }

    /// The queries of one centre: by cell in file order, then by check.
    pub fn of(&self, rubric: &Rubric, ix: CentreIx) -> Vec<Query> {
        let mut found = self.own.get(ix.0).cloned().unwrap_or_default();
        found.iter_mut().for_each(|query| self.pools.settle(rubric, ix, query));
        self.pools.outliers(rubric, ix, &mut found);
        found.sort_by(|a, b| a.order().cmp(&b.order()));
        found
    }

    /// All queries, in roster order.
    pub fn all(&self, rubric: &Rubric) -> Vec<(CentreIx, Query)> {
        let of = |ix| self.of(rubric, CentreIx(ix)).into_iter().map(move |query| (CentreIx(ix), query));
        (0..self.own.len()).flat_map(of).collect()
    }
}

/// Whether a slot's figures are set against others: numbers of a metric that nobody marks.
fn is_compared(rubric: &Rubric, layout: &Layout, slot: Slot) -> bool {
    let metric = &rubric.metrics[layout.cell(slot).0.0];
    metric.panel.is_none() && matches!(metric.values, super::rubric::Values::Number { .. })
}

/// A number of a slot, where one stands there.
fn number(readings: &Readings, slot: Slot) -> Option<&Number> {
    match readings.get(slot) {
        Some(super::reading::Reading::Value(value)) => Some(value),
        _ => None,
    }
}
