//! What values a formula can take at all, from the bounds of its metrics: so that an edge which nothing can reach is
//! seen before anybody is scored.
//!
//! Never narrower than the truth: where it cannot tell, a side is open. Must not know any centre.

use super::condition::{Comparison, Condition};
use super::formula::{Aggregate, Expr, Function, Operator};
use super::number::Number;
use super::rubric::{Body, Indicator, Metric, Missing, Node, NodeIx, Reference, Role, Values};

/// From the least to the greatest value, both included; `None` where a side is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Range {
    pub low: Option<Number>,
    pub high: Option<Number>,
}

/// Whether a condition can hold, as far as bounds tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    Never,
    /// Whenever the data say anything at all.
    Always,
    Sometimes,
}

/// What the bounds of a formula follow from.
#[derive(Clone, Copy)]
pub struct Bounds<'a> {
    pub cycle_years: usize,
    pub metrics: &'a [Metric],
    pub references: &'a [Reference],
    pub nodes: &'a [Node],
    /// The most points of the total; `None` while it is not known.
    pub most: Option<&'a Number>,
}

impl Range {
    fn exactly(value: Number) -> Self {
        Self { low: Some(value.clone()), high: Some(value) }
    }

    fn between(low: Number, high: Number) -> Self {
        Self { low: Some(low), high: Some(high) }
    }

    fn count(most: usize) -> Self {
        Self::between(Number::ZERO, Number::from(most))
    }

    /// Whether nothing in it is below zero.
    fn counts_up(&self) -> bool {
        self.low.as_ref().is_some_and(|low| !low.is_negative())
    }

    /// The least range that holds both.
    fn with(self, other: Self) -> Self {
        let both = |a: Option<Number>, b: Option<Number>| Some((a?, b?));
        Self {
            low: both(self.low, other.low).map(|(a, b)| a.min(b)),
            high: both(self.high, other.high).map(|(a, b)| a.max(b)),
        }
    }

    fn negated(self) -> Self {
        Self { low: self.high.map(|high| -&high), high: self.low.map(|low| -&low) }
    }
}

impl Bounds<'_> {
    /// What a formula can be worth.
    pub fn of(&self, expr: &Expr) -> Range {
        match expr {
            Expr::Constant(value) => Range::exactly(value.clone()),
            Expr::Reference(ix) => self
                .references
                .get(ix.0)
                .map_or_else(Range::default, |reference| Range::exactly(reference.value.clone())),
            Expr::Metric(ix) => self.metrics.get(ix.0).map_or_else(Range::default, |metric| values(&metric.values)),
            Expr::Over(aggregate, inner) => self.over(*aggregate, inner),
            Expr::Negate(inner) => self.of(inner).negated(),
            Expr::Binary(operator, left, right) => binary(*operator, self.of(left), self.of(right)),
            Expr::Function(function, parts) => self.function(*function, parts),
            Expr::ByKind(parts) | Expr::ByStage(parts) => self.any(parts.iter()),
            Expr::ByAttribute(_, parts, other) => self.any(parts.iter().map(|(_, part)| part).chain(other.as_deref())),
            Expr::Highest(classes) => {
                let most = classes.iter().map(|(_, weight)| weight.clone()).max().unwrap_or(Number::ZERO);
                let least = classes.iter().map(|(_, weight)| weight.clone()).min().unwrap_or(Number::ZERO);
                Range::between(least.min(Number::ZERO), most.max(Number::ZERO))
            }
            Expr::Years(..) | Expr::YearsNotReported(_) => Range::count(self.cycle_years),
            Expr::TimesBefore { cycles, .. } => Range::count(*cycles),
            Expr::PointsOf(node) => self.points(*node),
            Expr::ShareOf(node) => match self.points(*node).low {
                Some(_) => Range::between(Number::ZERO, Number::ONE),
                None => Range::default(),
            },
            Expr::Total => Range { low: None, high: self.most.cloned() },
            Expr::Weighted(_) | Expr::LevelOf(..) => Range::default(),
        }
    }

    fn over(&self, aggregate: Aggregate, inner: &Expr) -> Range {
        let one = self.of(inner);
        if aggregate != Aggregate::Sum {
            return one;
        }
        // Fewer years count for a younger centre, and none where nothing applies.
        let years = Number::from(self.cycle_years);
        Range {
            low: one.low.map(|low| (&low * &years).min(low.max(Number::ZERO))),
            high: one.high.map(|high| (&high * &years).max(high)),
        }
    }

    fn function(&self, function: Function, parts: &[Expr]) -> Range {
        let ranges: Vec<Range> = parts.iter().map(|part| self.of(part)).collect();
        let first = || ranges.first().cloned().unwrap_or_default();
        let (lows, highs) = (ranges.iter().map(|r| r.low.clone()), ranges.iter().map(|r| r.high.clone()));
        match function {
            Function::Least => Range {
                low: lows.collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().min()),
                high: highs.flatten().min(),
            },
            Function::Greatest => Range {
                low: lows.flatten().max(),
                high: highs.collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().max()),
            },
            Function::Abs | Function::Sqrt => Range { low: Some(Number::ZERO), high: None },
            Function::Floor => Range { low: first().low.map(|low| &low - &Number::ONE), high: first().high },
            Function::Ln | Function::Log10 => Range::default(),
        }
    }

    fn any<'e>(&self, parts: impl Iterator<Item = &'e Expr>) -> Range {
        parts.map(|part| self.of(part)).reduce(Range::with).unwrap_or_default()
    }

    /// What a node can earn. A deduction, and what a penalty may take points off, is left open.
    fn points(&self, ix: NodeIx) -> Range {
        let Some(node) = self.nodes.get(ix.0) else { return Range::default() };
        let penalty = |node: &Node| matches!(&node.body, Body::Indicator(i) if penalises(i));
        if node.role == Role::Deduction || self.nodes.iter().any(penalty) {
            return Range::default();
        }
        let most = node.points.0.iter().max().map_or(Number::ZERO, |points| points.0.clone());
        Range::between(Number::ZERO, most)
    }

    /// Whether a condition can hold.
    pub fn hold(&self, condition: &Condition) -> Hold {
        match condition {
            Condition::Compare(left, comparison, right) => compare(*comparison, &self.of(left), &self.of(right)),
            Condition::And(parts) => all(parts.iter().map(|part| self.hold(part)), Hold::Always, Hold::Never),
            Condition::Or(parts) => all(parts.iter().map(|part| self.hold(part)), Hold::Never, Hold::Always),
            Condition::Not(part) => match self.hold(part) {
                Hold::Never => Hold::Always,
                Hold::Always => Hold::Never,
                Hold::Sometimes => Hold::Sometimes,
            },
            _ => Hold::Sometimes,
        }
    }
}

/// `same` where all are; `one` as soon as one is.
fn all(mut parts: impl Iterator<Item = Hold>, same: Hold, one: Hold) -> Hold {
    let mut whole = same;
    loop {
        match parts.next() {
            None => return whole,
            Some(part) if part == one => return one,
            Some(part) if part == same => {}
            Some(_) => whole = Hold::Sometimes,
        }
    }
}

fn penalises(indicator: &Indicator) -> bool {
    matches!(indicator.missing, Missing::Penalty(_))
}

fn values(values: &Values) -> Range {
    match values {
        Values::Number { minimum, maximum, .. } => Range { low: minimum.clone(), high: maximum.clone() },
        Values::YesNo => Range::count(1),
        Values::Letters(letters) => Range {
            low: letters.iter().map(|(_, worth)| worth.clone()).min(),
            high: letters.iter().map(|(_, worth)| worth.clone()).max(),
        },
    }
}

fn binary(operator: Operator, left: Range, right: Range) -> Range {
    let both = |a: Option<Number>, b: Option<Number>| Some((a?, b?));
    match operator {
        Operator::Add => Range {
            low: both(left.low, right.low).map(|(a, b)| &a + &b),
            high: both(left.high, right.high).map(|(a, b)| &a + &b),
        },
        Operator::Subtract => binary(Operator::Add, left, right.negated()),
        Operator::Multiply => {
            let ends = [&left.low, &left.high].map(Clone::clone);
            let others = [&right.low, &right.high].map(Clone::clone);
            let products: Option<Vec<Number>> =
                ends.iter().flat_map(|a| others.iter().map(move |b| Some(a.as_ref()? * b.as_ref()?))).collect();
            match products {
                Some(products) => Range { low: products.iter().min().cloned(), high: products.into_iter().max() },
                None if left.counts_up() && right.counts_up() => Range { low: Some(Number::ZERO), high: None },
                None => Range::default(),
            }
        }
        Operator::Divide => {
            let above = right.low.as_ref().is_some_and(Number::is_positive);
            let constant = (right.low.is_some() && right.low == right.high).then(|| right.low.clone()).flatten();
            if let Some(by) = constant.filter(|_| above) {
                let divided = |end: Option<Number>| end.and_then(|end| end.divided_by(&by));
                return Range { low: divided(left.low), high: divided(left.high) };
            }
            match left.counts_up() && right.counts_up() {
                true => Range { low: Some(Number::ZERO), high: None },
                false => Range::default(),
            }
        }
    }
}

fn compare(comparison: Comparison, left: &Range, right: &Range) -> Hold {
    // Whether all of one side lies before (or at) all of the other.
    let before = |a: &Range, b: &Range| matches!((&a.high, &b.low), (Some(a), Some(b)) if a < b);
    let up_to = |a: &Range, b: &Range| matches!((&a.high, &b.low), (Some(a), Some(b)) if a <= b);
    let (always, never) = match comparison {
        Comparison::Less => (before(left, right), up_to(right, left)),
        Comparison::AtMost => (up_to(left, right), before(right, left)),
        Comparison::Greater => (before(right, left), up_to(left, right)),
        Comparison::AtLeast => (up_to(right, left), before(left, right)),
        Comparison::Equal => (false, before(left, right) || before(right, left)),
        Comparison::NotEqual => (before(left, right) || before(right, left), false),
    };
    match (always, never) {
        (_, true) => Hold::Never,
        (true, _) => Hold::Always,
        _ => Hold::Sometimes,
    }
}

#[cfg(test)]
mod tests {
    use super::super::rubric::Checks;
    use super::*;

    fn metric(minimum: Option<i64>, maximum: Option<i64>) -> Metric {
        let values =
            Values::Number { minimum: minimum.map(Number::from), maximum: maximum.map(Number::from), whole: false };
        let text = super::super::text::Text::default;
        let id = String::new();
        Metric {
            id,
            title: text(),
            unit: text(),
            definition: text(),
            yearly: true,
            values,
            panel: None,
            evidence: false,
            tolerance: None,
            checks: Checks::standard(false),
            cite: None,
        }
    }

    fn n(value: i64) -> Number {
        Number::from(value)
    }

    #[test]
    fn a_sum_over_three_years_reaches_three_times_the_maximum_and_may_miss_years() {
        let metrics = [metric(Some(2), Some(10)), metric(Some(-4), None)];
        let bounds = Bounds { cycle_years: 3, metrics: &metrics, references: &[], nodes: &[], most: None };
        let of = |aggregate, ix| {
            bounds.of(&Expr::Over(aggregate, Box::new(Expr::Metric(super::super::rubric::MetricIx(ix)))))
        };
        assert_eq!(of(Aggregate::Sum, 0), Range::between(n(2), n(30)));
        assert_eq!(of(Aggregate::Mean, 0), Range::between(n(2), n(10)));
        assert_eq!(of(Aggregate::Sum, 1), Range { low: Some(n(-12)), high: None });
    }

    #[test]
    fn products_and_quotients_keep_to_what_their_signs_tell() {
        let r = Range::between;
        assert_eq!(binary(Operator::Multiply, r(n(-2), n(3)), r(n(-5), n(4))), r(n(-15), n(12)));
        assert_eq!(binary(Operator::Subtract, r(n(1), n(3)), r(n(0), n(4))), r(n(-3), n(3)));
        assert_eq!(binary(Operator::Divide, r(n(1), n(3)), r(n(2), n(2))).high, Number::fraction(3, 2));
        let up = Range { low: Some(n(0)), high: None };
        assert_eq!(binary(Operator::Divide, up.clone(), up.clone()), up);
        assert_eq!(binary(Operator::Divide, r(n(-1), n(3)), up), Range::default());
    }

    #[test]
    fn a_comparison_never_or_always_holds_only_where_the_bounds_say_so() {
        let (low, high) = (Range::between(n(0), n(5)), Range::between(n(5), n(9)));
        assert_eq!(compare(Comparison::Greater, &low, &high), Hold::Never);
        assert_eq!(compare(Comparison::AtLeast, &low, &high), Hold::Sometimes);
        assert_eq!(compare(Comparison::AtMost, &low, &high), Hold::Always);
        assert_eq!(compare(Comparison::Less, &low, &high), Hold::Sometimes);
        assert_eq!(compare(Comparison::Equal, &low, &high), Hold::Sometimes);
        assert_eq!(compare(Comparison::Less, &Range::default(), &high), Hold::Sometimes);
    }
}
