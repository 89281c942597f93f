//! What a rubric asks of data before they are scored: relations between figures, and how far one figure may lie from
//! others before somebody is asked about it. Must not know which readings there are.

use super::{Citation, MetricIx};
use crate::domain::condition::Comparison;
use crate::domain::formula::Expr;
use crate::domain::number::Number;
use crate::domain::text::Text;

/// A relation between figures that should hold (勾稽关系): parts and their whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    pub id: String,
    pub title: Text,
    /// What to tell the centre where it does not hold; empty where the figures say enough.
    pub message: Text,
    /// As the author wrote it.
    pub source: String,
    pub left: Expr,
    pub comparison: Comparison,
    pub right: Expr,
    /// It is looked at for each year by itself; otherwise once for the cycle.
    pub yearly: bool,
    pub tolerance: Option<Tolerance>,
    pub cite: Option<Citation>,
}

/// How far both sides may miss each other, for figures that were rounded before they were added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tolerance {
    /// In the unit of both sides.
    Absolute(Number),
    /// Of the larger side.
    Share(Number),
}

impl Assertion {
    pub fn holds(&self, left: &Number, right: &Number) -> bool {
        let slack = match &self.tolerance {
            None => return self.comparison.holds(left, right),
            Some(Tolerance::Absolute(slack)) => slack.clone(),
            Some(Tolerance::Share(share)) => share * &left.abs().max(right.abs()),
        };
        match self.comparison {
            Comparison::Less | Comparison::AtMost => self.comparison.holds(left, &(right + &slack)),
            Comparison::Greater | Comparison::AtLeast => self.comparison.holds(left, &(right - &slack)),
            Comparison::Equal => (left - right).abs() <= slack,
            Comparison::NotEqual => (left - right).abs() > slack,
        }
    }

    /// The metrics it compares, in the order of its text, each once.
    pub fn metrics(&self) -> Vec<MetricIx> {
        let mut found: Vec<MetricIx> = Vec::new();
        for metric in self.left.metrics().into_iter().chain(self.right.metrics()) {
            if !found.contains(&metric) {
                found.push(metric);
            }
        }
        found
    }
}

/// From where on a metric's figures are asked about. Authorities differ, so every number is the rubric's; `None` and
/// `false` ask nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checks {
    /// More than so many times the year before, or less than that part of it.
    pub jump: Option<Number>,
    /// So many times as far from the median as the quartile on that side.
    pub outlier: Option<Number>,
    /// Of fewer centres of a kind nothing is an outlier.
    pub outlier_from: usize,
    /// The same in all years.
    pub constant: bool,
    /// A power of ten away from the other years, by the unit.
    pub unit_slip: bool,
    /// Figures that do not exceed this are small numbers that chance moves: never a jump, slip, outlier or constant.
    pub small: Number,
}

impl Checks {
    /// The ids of checks that are not assertions.
    pub const IDS: [&str; 6] = ["type", "range", "jump", "outlier", "constant", "unit-slip"];
    pub const DEFAULT_JUMP: i64 = 5;
    pub const DEFAULT_OUTLIER: i64 = 10;
    /// With five, one odd figure among them moves neither quartile.
    pub const DEFAULT_OUTLIER_FROM: usize = 5;
    pub const DEFAULT_SMALL_COUNT: i64 = 20;

    /// What is asked where the rubric says nothing; of whole things, small counts are left alone.
    pub fn standard(whole: bool) -> Self {
        Self {
            jump: Some(Number::from(Self::DEFAULT_JUMP)),
            outlier: Some(Number::from(Self::DEFAULT_OUTLIER)),
            outlier_from: Self::DEFAULT_OUTLIER_FROM,
            constant: true,
            unit_slip: true,
            small: if whole { Number::from(Self::DEFAULT_SMALL_COUNT) } else { Number::ZERO },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assertion(comparison: Comparison, tolerance: Option<Tolerance>) -> Assertion {
        let side = Expr::Constant(Number::ONE);
        Assertion {
            id: "a".to_owned(),
            title: Text::default(),
            message: Text::default(),
            source: String::new(),
            left: side.clone(),
            comparison,
            right: side,
            yearly: true,
            tolerance,
            cite: None,
        }
    }

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    /// 100 against 100, 100.5 and 100.51 with half a unit; 1 % of 200 is 2, of 198 it is 1.98.
    #[test]
    fn a_tolerance_lets_both_sides_miss_each_other_up_to_and_including_it() {
        let half = Some(Tolerance::Absolute(n("0.5")));
        let equal = assertion(Comparison::Equal, half.clone());
        assert!(equal.holds(&n("100"), &n("100.5")) && equal.holds(&n("100.5"), &n("100")));
        assert!(!equal.holds(&n("100"), &n("100.51")));
        let at_most = assertion(Comparison::AtMost, half.clone());
        assert!(at_most.holds(&n("100.5"), &n("100")) && !at_most.holds(&n("100.51"), &n("100")));
        let less = assertion(Comparison::Less, half.clone());
        assert!(less.holds(&n("100.49"), &n("100")) && !less.holds(&n("100.5"), &n("100")));
        let at_least = assertion(Comparison::AtLeast, half.clone());
        assert!(at_least.holds(&n("99.5"), &n("100")) && !at_least.holds(&n("99.49"), &n("100")));
        let greater = assertion(Comparison::Greater, half.clone());
        assert!(greater.holds(&n("99.51"), &n("100")) && !greater.holds(&n("99.5"), &n("100")));
        let other = assertion(Comparison::NotEqual, half);
        assert!(other.holds(&n("100.51"), &n("100")) && !other.holds(&n("100.5"), &n("100")));
        let share = assertion(Comparison::Equal, Some(Tolerance::Share(n("0.01"))));
        assert!(share.holds(&n("198"), &n("200")) && !share.holds(&n("197.99"), &n("200")));
        assert!(assertion(Comparison::Equal, None).holds(&n("1"), &n("1.0")));
        assert!(!assertion(Comparison::Equal, None).holds(&n("1"), &n("1.01")));
    }
}
