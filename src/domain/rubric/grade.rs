//! Grades, gates and outcomes as a rubric fixes them: what points lead to. Must not know how they are applied.

use super::{Citation, GradeIx};
use crate::domain::centre::Status;
use crate::domain::condition::Condition;
use crate::domain::formula::Expr;
use crate::domain::group::Group;
use crate::domain::number::{Number, Points};
use crate::domain::text::Text;

/// A grade (等级) and what it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    pub id: String,
    pub title: Text,
    pub threshold: Option<Threshold>,
    /// Every one must hold.
    pub requires: Vec<Requirement>,
    /// Each top-level criterion must reach this share of its points.
    pub each_criterion: Option<Number>,
    pub quota: Option<Quota>,
    /// Only the first of the ranking may have it, better grades counted in.
    pub first: Option<Places>,
    /// The last of the ranking have it, whatever their points.
    pub last: Option<Quota>,
    pub cite: Option<Citation>,
}

/// A lower edge; the edge itself belongs to the grade unless it is `strict`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    pub points: Points,
    pub strict: bool,
}

impl Threshold {
    pub fn admits(&self, total: &Number) -> bool {
        if self.strict { *total > self.points.0 } else { *total >= self.points.0 }
    }
}

/// A condition with the words the author wrote it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    pub source: String,
    pub condition: Condition,
}

/// The most centres a grade may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    pub size: QuotaSize,
    /// Among whom they are counted.
    pub per: Group,
    pub ties: Ties,
}

/// A number of places from the top of a ranking. Who shares the rank of the last place has one too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    pub size: QuotaSize,
    pub per: Group,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotaSize {
    /// A share of the participating centres (of the kind), made whole the stated way.
    Share {
        share: Number,
        whole: WholePlaces,
    },
    Places(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WholePlaces {
    Floor,
    Round,
    Ceil,
}

/// What happens to centres that share the total at a quota's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ties {
    AllIn,
    AllOut,
    /// The one with more by the first of these that tells them apart; those that none tells apart are all in or all
    /// out.
    Break {
        by: Vec<TieBreak>,
        all_in: bool,
    },
}

/// A formula that decides between equal totals: more goes first, or less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieBreak {
    pub source: String,
    pub expr: Expr,
    pub less_first: bool,
}

/// A condition that beats the score (否决项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    pub id: String,
    pub title: Text,
    pub when: Requirement,
    pub effect: GateEffect,
    pub cite: Option<Citation>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GateEffect {
    /// The grade is this one, whatever the score.
    Set(GradeIx),
    /// The grade is at most this one.
    Cap(GradeIx),
    /// The centre is not scored, as if its status were this one: another evaluation covers it.
    Status(Status),
}

/// For whom an outcome is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutcomeKey {
    Grade(GradeIx),
    Status(Status),
}

/// What follows (处理建议). Proposed by the evaluators until the authority decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub act: Act,
    pub within: Option<Period>,
    /// What is behind the limit, where that is not what is behind the act.
    pub within_cite: Option<Citation>,
    pub passed: Option<Act>,
    pub failed: Option<Act>,
    /// How long whoever is removed may not come back.
    pub bar: Option<Period>,
    /// The first of these whose condition holds stands instead.
    pub cases: Vec<Case>,
    pub cite: Option<Citation>,
}

/// What follows instead where a condition holds: two bad results running.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub when: Requirement,
    /// Without cases of its own.
    pub outcome: Outcome,
}

/// How long results are open to objections before they stand (公示).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicNotice {
    pub within: Period,
    pub cite: Option<Citation>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    NextCycle,
    Rectify,
    Remove,
    /// Position in [`Rubric::acts`](super::Rubric::acts).
    Named(usize),
}

/// An act that only this scheme knows, such as a public commendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAct {
    pub id: String,
    pub title: Text,
    /// Whether it is shown as a flag.
    pub flag: bool,
}

/// A time limit, counted from the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    pub count: u32,
    pub unit: PeriodUnit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodUnit {
    Days,
    /// Mondays to Fridays; public holidays are not known and have to be looked at by hand.
    WorkingDays,
    Months,
    Years,
}
