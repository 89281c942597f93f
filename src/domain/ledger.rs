//! The ledger (计分明细): every point gained or lost as a line that names its inputs and its operation.
//!
//! A tree. Each line's points follow exactly from its children, or, at a leaf, from the measured value and the rule;
//! [`Line::follows`] says so. Lines hold indices and numbers, never words. Must not know grades.

use super::formula::Expr;
use super::number::transcendental::geometric_mean;
use super::number::{Number, Points, Round, Weight};
use super::profile::Profile;
use super::relative::Against;
use super::rubric::{Missing, NodeIx, NotApplicable};
use super::rule::Start;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub subject: Subject,
    pub operation: Operation,
    pub points: Points,
    /// The most this line can earn.
    pub of: Points,
    pub children: Vec<Line>,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    Total,
    Node(NodeIx),
    /// An option of an indicator, counted from 0.
    Choice(NodeIx, usize),
}

/// How a line's points follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// The children added up.
    Sum,
    /// `of` × Σ weight × share ÷ Σ weight, one weight per child; a child's share is its points ÷ its own `of`.
    WeightedMean(Vec<Weight>),
    /// `of` × the weighted geometric mean of the children's shares.
    GeometricMean(Vec<Weight>),
    /// The child with the most points.
    Best,
    /// The child with the fewest points.
    Least,
    /// The child, but never above `of`.
    Cap,
    /// The child, but never below this.
    AtLeast(Points),
    /// The child, but never above this.
    AtMost(Points),
    /// The child × `full` ÷ `available`: what is left out is carried by the rest.
    Reweight { available: Points, full: Points },
    /// The child × (`own` + `given`) ÷ `own`: it carries the points of a sibling that does not apply.
    Carry { own: Points, given: Points },
    /// The child rounded.
    Round(Round),
    /// The child taken off.
    Minus,
    /// A leaf: a share for each level. Where there is none, all of it stands at the lowest level, and the absence says
    /// why.
    Shares(Box<Shares>),
    /// Level by level the weighted mean of the children's profiles, one weight per child.
    ProfileMean { weights: Vec<Weight>, profile: Profile },
    /// The child's profile, its running totals from the top rounded.
    ProfileRound { round: Round, profile: Profile },
    /// A leaf: points from a measured value by a rule.
    Rule(Box<Working>),
    /// A leaf without a value.
    Without(Box<Absence>),
}

/// How a profile was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    pub profile: Profile,
    pub steps: Vec<Step>,
    pub absence: Option<Absence>,
}

/// How a leaf came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    pub value: Number,
    pub applied: Applied,
    /// The formula's intermediate results, innermost first; empty where nobody asked.
    pub steps: Vec<Step>,
}

/// A leaf whose measure has no value, and what the rubric makes of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    pub why: Measured,
    pub policy: Policy,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Policy {
    /// Still to come; counts nothing for now.
    Awaited,
    Missing(Missing<Points>),
    NotApplicable(NotApplicable),
}

/// The rule with the numbers it used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    Linear {
        from: Number,
        to: Number,
        start: Start,
    },
    Target {
        goal: Number,
        lower_is_better: bool,
    },
    /// Position of the band in the rule.
    Band {
        index: usize,
        award: Points,
    },
    /// The band that holds the value, and the expert's mark inside it.
    MarkedBand {
        index: usize,
        mark: Number,
        scale: Option<(Number, Number)>,
        lowest: Points,
        highest: Points,
    },
    PerUnit {
        from: Number,
        base: Points,
        unit: Number,
        units: Number,
        earns: Points,
        lower_is_better: bool,
    },
    YesNo,
    Expert {
        from: Number,
        to: Number,
    },
    /// The value's place among the cohort, and what makes points of it; `None`: the share that it is.
    Relative {
        against: Against,
        then: Option<Box<Applied>>,
    },
}

/// What a formula is worth for a centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measured {
    Value(Number),
    /// Some reading is still to come.
    Blank,
    NotReported,
    NotApplicable,
    /// A zero denominator, a logarithm of zero.
    Undefined,
}

impl Measured {
    pub fn value(&self) -> Option<&Number> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }
}

/// One intermediate result of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub expr: Expr,
    /// The year at hand inside an aggregate.
    pub year: Option<i16>,
    pub inputs: Vec<Input>,
    pub result: Measured,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    pub year: Option<i16>,
    pub value: Measured,
}

impl Line {
    /// Whether the line's points are exactly what its operation makes of its children, all the way down.
    pub fn follows(&self) -> bool {
        self.expected().is_some_and(|points| points == self.points)
            && self.profile_follows()
            && self.children.iter().all(Self::follows)
    }

    /// The shares by level, where the line is a profile.
    pub fn profile(&self) -> Option<&Profile> {
        match &self.operation {
            Operation::Shares(shares) => Some(&shares.profile),
            Operation::ProfileMean { profile, .. } | Operation::ProfileRound { profile, .. } => Some(profile),
            _ => None,
        }
    }

    fn profile_follows(&self) -> bool {
        let below: Option<Vec<&Profile>> = self.children.iter().map(Self::profile).collect();
        match (&self.operation, below) {
            (Operation::ProfileMean { weights, profile }, Some(below)) if below.len() == weights.len() => {
                let parts: Vec<_> = below.into_iter().zip(weights.iter().map(|weight| &weight.0)).collect();
                Profile::mean(&parts).as_ref() == Some(profile)
            }
            (Operation::ProfileRound { round, profile }, Some(below)) => {
                matches!(below.as_slice(), [child] if child.rounded(*round) == *profile)
            }
            (Operation::ProfileMean { .. } | Operation::ProfileRound { .. }, _) => false,
            _ => true,
        }
    }

    /// What the points must be, worked out from the children and the numbers the line itself states.
    pub(super) fn expected(&self) -> Option<Points> {
        let only = || match self.children.as_slice() {
            [child] => Some(&child.points),
            _ => None,
        };
        let shares = |weights: &[Weight]| -> Option<Vec<(Number, Weight)>> {
            let share = |c: &Self| c.points.0.divided_by(&c.of.0);
            (weights.len() == self.children.len()).then_some(())?;
            self.children.iter().zip(weights).map(|(c, w)| Some((share(c)?, w.clone()))).collect()
        };
        match &self.operation {
            Operation::Sum => Some(self.children.iter().map(|c| &c.points).sum()),
            Operation::WeightedMean(weights) => {
                let total: Number = shares(weights)?.iter().map(|(share, w)| share * &w.0).sum();
                let weight: Number = weights.iter().map(|w| &w.0).sum();
                Some(self.of.times(&total.divided_by(&weight)?))
            }
            Operation::GeometricMean(weights) => Some(self.of.times(&geometric_mean(&shares(weights)?)?)),
            Operation::Best => self.children.iter().map(|c| c.points.clone()).max(),
            Operation::Least => self.children.iter().map(|c| c.points.clone()).min(),
            Operation::Cap => only().map(|p| p.min(&self.of).clone()),
            Operation::AtLeast(limit) => only().map(|p| p.max(limit).clone()),
            Operation::AtMost(limit) => only().map(|p| p.min(limit).clone()),
            Operation::Reweight { available, full } => Some(only()?.times(&full.0.divided_by(&available.0)?)),
            Operation::Carry { own, given } => Some(only()?.times(&(&own.0 + &given.0).divided_by(&own.0)?)),
            Operation::Round(round) => only().map(|p| Points(p.0.rounded(*round))),
            Operation::Minus => only().map(|p| Points(-&p.0)),
            Operation::Shares(shares) => Some(shares.profile.points(&self.of)),
            Operation::ProfileMean { profile, .. } | Operation::ProfileRound { profile, .. } => {
                Some(profile.points(&self.of))
            }
            Operation::Rule(working) => working.applied.points(&working.value, &self.of),
            Operation::Without(absence) => absence.points(&self.of).or_else(|| Some(self.points.clone())),
        }
    }

    /// The line of a node: the outermost one about it.
    pub fn of_node(&self, node: NodeIx) -> Option<&Self> {
        if self.subject == Subject::Node(node) {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.of_node(node))
    }

    /// Whether the line's own points depend on the other centres.
    pub fn is_relative(&self) -> bool {
        match &self.operation {
            Operation::Rule(working) => matches!(working.applied, Applied::Relative { .. }),
            Operation::Without(absence) => matches!(absence.policy, Policy::Missing(Missing::GroupMean(_))),
            _ => false,
        }
    }

    /// Whether any line below, or this one, depends on the other centres.
    pub fn has_relative(&self) -> bool {
        self.is_relative() || self.children.iter().any(Self::has_relative)
    }

    /// The line under any rounding, capping or carrying of the same thing: where the points come from.
    pub fn own(&self) -> &Self {
        let wraps = matches!(
            self.operation,
            Operation::Cap
                | Operation::AtLeast(_)
                | Operation::AtMost(_)
                | Operation::Reweight { .. }
                | Operation::Carry { .. }
                | Operation::Round(_)
                | Operation::ProfileRound { .. }
                | Operation::Minus
        );
        match self.children.as_slice() {
            [child] if wraps => child.own(),
            _ => self,
        }
    }

    /// Every line with its depth, parents first.
    pub fn flatten(&self) -> Vec<(usize, &Self)> {
        let mut lines = Vec::new();
        self.flatten_into(0, &mut lines);
        lines
    }

    fn flatten_into<'a>(&'a self, depth: usize, lines: &mut Vec<(usize, &'a Self)>) {
        lines.push((depth, self));
        for child in &self.children {
            child.flatten_into(depth + 1, lines);
        }
    }
}

impl Absence {
    /// The points it stands for; `None` where only the cohort says (group mean).
    pub fn points(&self, of: &Points) -> Option<Points> {
        Some(match &self.policy {
            Policy::Missing(Missing::GroupMean(_)) => return None,
            Policy::Missing(Missing::Penalty(points)) => Points(-&points.0),
            Policy::NotApplicable(NotApplicable::Full) => of.clone(),
            _ => Points::ZERO,
        })
    }
}

impl Applied {
    /// The points for a value where `of` can be earned: never below 0 and never above `of`. `None` where a rule's own
    /// numbers leave it undefined (a goal of zero, a line of no length).
    pub fn points(&self, value: &Number, of: &Points) -> Option<Points> {
        let within = |share: Number| of.times(&share.max(Number::ZERO).min(Number::ONE));
        Some(match self {
            Self::Linear { from, to, start } => {
                let rising = from <= to;
                let short = if rising { value < from } else { value > from };
                let reached = if rising { value >= to } else { value <= to };
                if reached {
                    return Some(of.clone());
                }
                if short {
                    return Some(Points::ZERO);
                }
                let way = (value - from).divided_by(&(to - from))?;
                within(match start {
                    Start::Zero => way,
                    Start::Share(share) => share + &(&way * &(&Number::ONE - share)),
                    Start::InProportion => value.divided_by(to)?,
                })
            }
            Self::Target { goal, lower_is_better } => {
                if !goal.is_positive() {
                    return None;
                }
                match lower_is_better {
                    false => within(value.divided_by(goal)?),
                    // Nothing at all is as low as it can be.
                    true if !value.is_positive() => of.clone(),
                    true => within(goal.divided_by(value)?),
                }
            }
            Self::Band { award, .. } => award.clone(),
            Self::MarkedBand { mark, scale, lowest, highest, .. } => match scale {
                None => Points(mark.clone()).max(lowest.clone()).min(highest.clone()),
                Some((from, to)) => {
                    let way = (mark - from).divided_by(&(to - from))?.max(Number::ZERO).min(Number::ONE);
                    lowest.clone() + &Points(&highest.0 - &lowest.0).times(&way)
                }
            },
            Self::Relative { against, then } => {
                let place = against.place(value)?;
                match (against, then) {
                    (Against::Rank { earned, .. }, _) => earned.clone(),
                    (_, Some(then)) => then.points(&place, of)?,
                    (_, None) => within(place),
                }
            }
            Self::PerUnit { from, base, units, earns, lower_is_better, .. } => {
                if if *lower_is_better { value > from } else { value < from } {
                    Points::ZERO
                } else {
                    (base.clone() + &earns.times(units)).max(Points::ZERO).min(of.clone())
                }
            }
            Self::YesNo => {
                if value.is_zero() {
                    Points::ZERO
                } else {
                    of.clone()
                }
            }
            Self::Expert { from, to } => within((value - from).divided_by(&(to - from))?),
        })
    }
}
