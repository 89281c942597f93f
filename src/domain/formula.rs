//! Formulas over the readings of one centre, as trees.
//!
//! What a formula is; `measure` says what it is worth and `read` how it is spelled. Must not know how a tree came about.

use super::condition::Comparison;
use super::number::Number;
use super::rubric::{AttributeIx, MetricIx, NodeIx, ReferenceIx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    Constant(Number),
    /// The metric's one value; inside an aggregate, its value in the year at hand.
    Metric(MetricIx),
    /// A year-by-year expression taken together over years of the cycle.
    Over(Aggregate, Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    Negate(Box<Expr>),
    Function(Function, Vec<Expr>),
    /// Count of each class over the cycle times the class's weight, added up.
    Weighted(Vec<(MetricIx, Number)>),
    /// The weight of the highest class of which there is at least one in the cycle, 0 where there is none.
    Highest(Vec<(MetricIx, Number)>),
    /// One expression for each kind of centre, in the order of the rubric's kinds.
    ByKind(Vec<Expr>),
    /// One expression for each stage, in the order of the rubric's stages.
    ByStage(Vec<Expr>),
    /// An expression for some values of an attribute, and one for all others; without that, others are not reported.
    ByAttribute(AttributeIx, Vec<(String, Expr)>, Option<Box<Expr>>),
    /// A number from outside the cohort that the rubric fixes.
    Reference(ReferenceIx),
    /// In how many years of the cycle a comparison holds.
    Years(Box<Expr>, Comparison, Box<Expr>),
    /// In how many years of the cycle a metric is not reported.
    YearsNotReported(MetricIx),
    /// How often an earlier cycle gave this grade, among so many latest ones.
    TimesBefore {
        grade: String,
        cycles: usize,
    },
    /// Points that a node earned; only in grades and gates.
    PointsOf(NodeIx),
    /// The share of its points that a node earned; only in grades and gates.
    ShareOf(NodeIx),
    /// The share at a level of a profile; only in grades and gates.
    LevelOf(NodeIx, usize),
    /// The total that grades compare; only in grades and gates.
    Total,
}

/// Which years an aggregate looks at and what it makes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    Sum,
    Mean,
    Max,
    Min,
    /// The last year of the cycle that applies to the centre.
    Last,
    /// The first year of the cycle that applies to the centre.
    First,
    /// The cycle's last year itself: where it does not apply to the centre, neither does this.
    Final,
    /// The year before the cycle's last; may lie in the look-back.
    Previous,
    /// The mean of all years before the cycle's last, look-back included.
    Earlier,
    /// The mean of the years from `far` to `near` years before the cycle's last; may lie in the look-back.
    Between {
        far: u8,
        near: u8,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    Ln,
    Log10,
    Sqrt,
    Abs,
    /// Down to a whole number.
    Floor,
    /// The least of the arguments: caps a term.
    Least,
    /// The greatest of the arguments.
    Greatest,
}

impl Aggregate {
    pub const ALL: [(&str, Self); 9] = [
        ("sum", Self::Sum),
        ("mean", Self::Mean),
        ("max", Self::Max),
        ("min", Self::Min),
        ("last", Self::Last),
        ("first", Self::First),
        ("final", Self::Final),
        ("previous", Self::Previous),
        ("earlier", Self::Earlier),
    ];

    /// The word a rubric writes.
    pub fn word(self) -> &'static str {
        let named = if matches!(self, Self::Between { .. }) { Self::Earlier } else { self };
        Self::ALL.iter().find(|(_, a)| *a == named).map_or("", |(word, _)| word)
    }

    /// Whether it looks before the cycle's last year, so that look-back years count.
    pub fn looks_back(self) -> bool {
        matches!(self, Self::Previous | Self::Earlier | Self::Between { .. })
    }
}

impl Function {
    pub const ALL: [(&str, Self); 7] = [
        ("ln", Self::Ln),
        ("log10", Self::Log10),
        ("sqrt", Self::Sqrt),
        ("abs", Self::Abs),
        ("floor", Self::Floor),
        ("least", Self::Least),
        ("greatest", Self::Greatest),
    ];

    /// The word a rubric writes.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, f)| *f == self).map_or("", |(word, _)| word)
    }

    /// How many arguments it takes: `None` for two or more.
    pub fn arity(self) -> Option<usize> {
        match self {
            Self::Least | Self::Greatest => None,
            _ => Some(1),
        }
    }
}

impl Expr {
    /// What it is worth where it is the same for every centre: made of numbers and references alone.
    pub fn constant(&self, reference: &impl Fn(ReferenceIx) -> Option<Number>) -> Option<Number> {
        match self {
            Self::Constant(value) => Some(value.clone()),
            Self::Reference(ix) => reference(*ix),
            Self::Negate(inner) => inner.constant(reference).map(|value| -value),
            Self::Binary(operator, left, right) => {
                let (left, right) = (left.constant(reference)?, right.constant(reference)?);
                match operator {
                    Operator::Add => Some(&left + &right),
                    Operator::Subtract => Some(&left - &right),
                    Operator::Multiply => Some(&left * &right),
                    Operator::Divide => left.divided_by(&right),
                }
            }
            _ => None,
        }
    }

    /// Calls `visit` on this expression and everything inside it.
    pub fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match self {
            Self::Over(_, inner) | Self::Negate(inner) => inner.walk(visit),
            Self::Binary(_, left, right) | Self::Years(left, _, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Self::Function(_, parts) | Self::ByKind(parts) | Self::ByStage(parts) => {
                parts.iter().for_each(|part| part.walk(visit));
            }
            Self::ByAttribute(_, parts, other) => {
                parts.iter().map(|(_, part)| part).chain(other.as_deref()).for_each(|part| part.walk(visit));
            }
            _ => {}
        }
    }

    /// Metrics named anywhere inside, in the order of the text, with repeats.
    pub fn metrics(&self) -> Vec<MetricIx> {
        let mut found = Vec::new();
        self.walk(&mut |expr| match expr {
            Self::Metric(metric) | Self::YearsNotReported(metric) => found.push(*metric),
            Self::Weighted(classes) | Self::Highest(classes) => found.extend(classes.iter().map(|(m, _)| *m)),
            _ => {}
        });
        found
    }
}
