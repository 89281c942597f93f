//! Conditions of gates and grades: comparisons of formulas, findings and statuses, joined by and, or, not.
//!
//! A condition over data that are still blank or not reported is neither true nor false; a gate then does not close.
//! Must not know what follows from a condition.

use super::centre::Status;
use super::formula::Expr;
use super::rubric::{AttributeIx, FindingIx, KindIx, MetricIx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    Compare(Expr, Comparison, Expr),
    /// The finding was established.
    Finding(FindingIx),
    Status(Status),
    Kind(KindIx),
    /// The centre is at the stage of this id.
    Stage(String),
    Attribute(AttributeIx, String),
    /// Some year of the metric, within the cycle, is not reported.
    NotReported(MetricIx),
    /// The centre had this grade in the cycle `cycles_ago` cycles before (1 is the latest).
    Previous {
        grade: String,
        cycles_ago: usize,
    },
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    Less,
    AtMost,
    Equal,
    NotEqual,
    AtLeast,
    Greater,
}

impl Comparison {
    pub const ALL: [(&str, Self); 6] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("==", Self::Equal),
        ("!=", Self::NotEqual),
        ("<", Self::Less),
        (">", Self::Greater),
    ];

    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, c)| *c == self).map_or("", |(word, _)| word)
    }

    pub fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::AtLeast => left >= right,
            Self::Greater => left > right,
        }
    }
}

impl Condition {
    /// Calls `visit` on every formula inside.
    pub fn formulas(&self, visit: &mut impl FnMut(&Expr)) {
        match self {
            Self::Compare(left, _, right) => {
                visit(left);
                visit(right);
            }
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|p| p.formulas(visit)),
            Self::Not(part) => part.formulas(visit),
            _ => {}
        }
    }

    /// Metrics that decide it.
    pub fn metrics(&self) -> Vec<MetricIx> {
        let mut found = Vec::new();
        self.formulas(&mut |expr| found.extend(expr.metrics()));
        self.walk(&mut |part| {
            if let Self::NotReported(metric) = part {
                found.push(*metric);
            }
        });
        found
    }

    /// Calls `visit` on this condition and every condition inside.
    pub fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|p| p.walk(visit)),
            Self::Not(part) => part.walk(visit),
            _ => {}
        }
    }
}
