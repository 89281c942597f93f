//! How firmly a grade stands: for every centre the smallest single change that gives it another one.
//!
//! One thing is moved at a time (a reading, a weight, a threshold) and everything is asked of the scorer, so that gates,
//! quotas, roundings and missing data count as they always do. Where it is proven that a grade goes one way only, the
//! nearest change is exact; elsewhere it is the nearest that was found. Must not know how an answer is told.

mod bench;
pub mod draw;
mod leave_out;
pub mod reweight;
pub mod search;
mod shape;

use std::collections::BTreeMap;

use super::cohort::CentreIx;
use super::number::Number;
use super::reading::Slot;
use super::rubric::{GradeIx, NodeIx};

pub use bench::{Bench, Route, Routes};
pub use leave_out::{LeftOut, leave_one_out};
pub use search::{Sure, Way};

/// What can be moved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lever {
    /// One reading of the centre, or one judge's mark.
    Reading { slot: Slot, judge: Option<String> },
    /// The points (under a mean: the weight) of a criterion or indicator for the centre's kind, its siblings pro rata.
    Weight(NodeIx),
    /// The least total that a grade asks for.
    Threshold(GradeIx),
}

/// One change of one thing that gives the centre another grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    pub lever: Lever,
    pub way: Way,
    pub now: Number,
    /// Where the grade changes.
    pub at: Number,
    /// Whether the grade is already another one there; otherwise it still stands there, and anything past it differs.
    pub included: bool,
    /// A value that gives the other grade: `at`, or one just past it.
    pub witness: Number,
    /// The other grade; `None`: the centre could not be graded.
    pub becomes: Option<GradeIx>,
    pub sure: Sure,
    /// It takes no more than what the metric may be off by.
    pub fragile: bool,
}

/// How far something was moved without another grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firm {
    pub lever: Lever,
    pub way: Way,
    pub now: Number,
    /// The last value asked about.
    pub until: Number,
    /// Nothing on the way gives another grade; otherwise none was found.
    pub sure: Sure,
}

/// What single changes do to one centre's grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robustness {
    pub centre: CentreIx,
    pub grade: GradeIx,
    /// Nearest first: readings by their share of what stands, then weights and thresholds by points.
    pub flips: Vec<Flip>,
    pub firm: Vec<Firm>,
}

impl Flip {
    /// How far it is to the boundary, in the lever's own unit.
    pub fn distance(&self) -> Number {
        (&self.at - &self.now).abs()
    }

    /// The distance as a share of what stands; `None` from zero.
    pub fn share(&self) -> Option<Number> {
        self.distance().divided_by(&self.now.abs())
    }

    /// What is compared: a reading by its share, with one that starts from zero behind all others; anything else by
    /// points.
    fn order(&self) -> (u8, Number, Number) {
        let family = match self.lever {
            Lever::Reading { .. } if self.now.is_zero() => 1,
            Lever::Reading { .. } => 0,
            Lever::Weight(_) => 2,
            Lever::Threshold(_) => 3,
        };
        let near = if family == 0 { self.share() } else { None };
        (family, near.unwrap_or_else(|| self.distance()), self.distance())
    }
}

impl Robustness {
    /// Whether a metric may be off by as much as the grade stands on.
    pub fn is_fragile(&self) -> bool {
        self.flips.iter().any(|flip| flip.fragile)
    }

    /// The nearest change of each family: a reading, a weight, a threshold.
    pub fn nearest(&self) -> Vec<&Flip> {
        let family = |flip: &Flip| match flip.lever {
            Lever::Reading { .. } => 0,
            Lever::Weight(_) => 1,
            Lever::Threshold(_) => 2,
        };
        let mut nearest: BTreeMap<u8, &Flip> = BTreeMap::new();
        for flip in &self.flips {
            nearest.entry(family(flip)).or_insert(flip);
        }
        nearest.into_values().collect()
    }

    /// Whether every lever of a family was moved as far as it goes and nothing gave another grade.
    pub fn stands(&self) -> bool {
        self.flips.is_empty()
    }
}
