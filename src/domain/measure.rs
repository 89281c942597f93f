//! What a formula is worth for one centre, and whether a condition holds for it.
//!
//! The only interpreter of [`Expr`] and [`Condition`]. A value that is still to come, not reported or not applicable
//! stays that through every operation. Must not know points or rules.

use super::centre::Centre;
use super::cohort::seen;
use super::condition::{Comparison, Condition};
use super::formula::{Aggregate, Expr, Function, Operator};
use super::ledger::{Input, Measured, Step};
use super::number::{Number, Points, transcendental};
use super::reading::{Layout, Reading, Readings};
use super::rubric::{MetricIx, NodeIx, Rubric};

/// What a formula may look at.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub rubric: &'a Rubric,
    pub layout: &'a Layout,
    pub centre: &'a Centre,
    pub readings: &'a Readings,
    /// What the centre scored, for grades and gates; `None` while that is not settled.
    pub scores: Option<Scores<'a>>,
    /// Years that are not reported are left out as long as one is reported.
    pub reported_years_only: bool,
    /// Whether intermediate results are noted.
    pub trace: bool,
}

/// Points by node, and the total that grades compare.
#[derive(Clone, Copy)]
pub struct Scores<'a> {
    pub nodes: &'a [Option<Points>],
    /// Shares by level of the nodes that are profiles.
    pub profiles: &'a [(NodeIx, Vec<Number>)],
    pub total: &'a Number,
}

/// The first of these that occurs decides: one cell to come and all is to come.
fn obstacle<'a>(parts: impl IntoIterator<Item = &'a Measured>) -> Option<Measured> {
    let rank = |m: &Measured| match m {
        Measured::Blank => 0,
        Measured::NotReported => 1,
        Measured::NotApplicable => 2,
        Measured::Undefined => 3,
        Measured::Value(_) => 4,
    };
    parts.into_iter().min_by_key(|m| rank(m)).filter(|m| m.value().is_none()).cloned()
}

impl View<'_> {
    /// What the formula is worth in one year, where each metric stands for its value of that year; `None` for the cycle.
    pub fn in_year(&self, expr: &Expr, year: Option<i16>) -> Measured {
        self.at(expr, year, &mut Vec::new())
    }

    /// What the formula is worth. Intermediate results go to `steps`, innermost first, where `trace` is set.
    pub fn measure(&self, expr: &Expr, steps: &mut Vec<Step>) -> Measured {
        self.at(expr, None, steps)
    }

    /// What a part of a formula is worth in one year, or over the cycle.
    pub fn measure_in(&self, expr: &Expr, year: Option<i16>) -> Measured {
        View { trace: false, ..*self }.at(expr, year, &mut Vec::new())
    }

    fn at(&self, expr: &Expr, year: Option<i16>, steps: &mut Vec<Step>) -> Measured {
        let (inputs, result) = match expr {
            Expr::Constant(value) => return Measured::Value(value.clone()),
            Expr::Metric(metric) => {
                let value = self.read(*metric, year.or_else(|| self.layout.only_year()));
                if year.is_some() {
                    return value;
                }
                (vec![Input { year, value: value.clone() }], value)
            }
            Expr::Over(aggregate, inner) => self.over(*aggregate, inner, steps),
            Expr::Binary(operator, left, right) => {
                let (left, right) = (self.at(left, year, steps), self.at(right, year, steps));
                let result = binary(*operator, &left, &right);
                (vec![Input { year, value: left }, Input { year, value: right }], result)
            }
            Expr::Negate(inner) => {
                let inner = self.at(inner, year, steps);
                let result = inner.value().map_or_else(|| inner.clone(), |v| Measured::Value(-v));
                (vec![Input { year, value: inner }], result)
            }
            Expr::Function(function, arguments) => {
                let arguments: Vec<_> = arguments.iter().map(|a| self.at(a, year, steps)).collect();
                let result = apply(*function, &arguments);
                (arguments.into_iter().map(|value| Input { year, value }).collect(), result)
            }
            Expr::Weighted(classes) => self.classes(classes, steps, |counted| {
                counted.iter().map(|(count, weight)| *count * *weight).sum::<Number>()
            }),
            Expr::Highest(classes) => self.classes(classes, steps, |counted| {
                let held = counted.iter().filter(|(count, _)| count.is_positive()).map(|(_, weight)| (*weight).clone());
                held.max().unwrap_or(Number::ZERO)
            }),
            Expr::ByKind(_) | Expr::ByStage(_) | Expr::ByAttribute(..) => {
                return self.part(expr).map_or_else(|without| without, |part| self.at(part, year, steps));
            }
            Expr::Reference(ix) => (Vec::new(), Measured::Value(self.rubric.references[ix.0].value.clone())),
            Expr::Years(left, comparison, right) => self.years(left, *comparison, right, steps),
            Expr::YearsNotReported(metric) => self.years_not_reported(*metric),
            Expr::TimesBefore { grade, cycles } => {
                let latest = self.centre.previous.iter().rev().take(*cycles);
                return Measured::Value(Number::from(latest.filter(|given| *given == grade).count()));
            }
            Expr::LevelOf(..) | Expr::PointsOf(_) | Expr::ShareOf(_) | Expr::Total => return self.scored(expr),
        };
        if self.trace {
            steps.push(Step { expr: expr.clone(), year, inputs, result: result.clone() });
        }
        result
    }

    /// The part of a choice that is the centre's own.
    ///
    /// # Errors
    /// What the choice is worth where there is none.
    pub fn part<'e>(&self, expr: &'e Expr) -> Result<&'e Expr, Measured> {
        match expr {
            Expr::ByKind(parts) => self.centre.kind.and_then(|kind| parts.get(kind.0)).ok_or(Measured::Blank),
            Expr::ByStage(parts) => {
                let stage = self.rubric.stages.iter().position(|stage| stage.id == self.centre.stage);
                stage.and_then(|at| parts.get(at)).ok_or(Measured::Blank)
            }
            Expr::ByAttribute(attribute, parts, other) => {
                let value = self.centre.attributes.get(attribute.0).map_or("", String::as_str);
                let part = parts.iter().find(|(known, _)| known == value).map(|(_, part)| part);
                part.or(other.as_deref()).ok_or(Measured::NotReported)
            }
            whole => Ok(whole),
        }
    }

    /// What the centre scored; blank while that is not settled.
    fn scored(&self, expr: &Expr) -> Measured {
        let Some(scores) = self.scores else { return Measured::Blank };
        let points = |node: &NodeIx| scores.nodes[node.0].as_ref();
        let found = match expr {
            Expr::PointsOf(node) => points(node).map(|points| points.0.clone()),
            Expr::ShareOf(node) => {
                let class = self.rubric.class(self.centre);
                let of = class.map(|class| &self.rubric.nodes[node.0].points.get(class).0);
                points(node).zip(of).and_then(|(points, of)| points.0.divided_by(of))
            }
            Expr::LevelOf(node, level) => {
                let profile = scores.profiles.iter().find(|(known, _)| known == node);
                profile.and_then(|(_, levels)| levels.get(*level)).cloned()
            }
            _ => Some(scores.total.clone()),
        };
        found.map_or(Measured::NotApplicable, Measured::Value)
    }

    fn years_not_reported(&self, metric: MetricIx) -> (Vec<Input>, Measured) {
        let years = self.layout.cycle.years().filter(|year| self.counts(*year));
        let inputs: Vec<Input> =
            years.map(|year| Input { year: Some(year), value: self.read(metric, Some(year)) }).collect();
        let missing = inputs.iter().filter(|input| input.value == Measured::NotReported).count();
        let blank = inputs.iter().any(|input| input.value == Measured::Blank);
        (inputs, if blank { Measured::Blank } else { Measured::Value(Number::from(missing)) })
    }

    fn read(&self, metric: MetricIx, year: Option<i16>) -> Measured {
        let Some(slot) = self.layout.slot(metric, year) else { return Measured::NotApplicable };
        match seen(self.rubric, self.layout, self.readings, slot) {
            None => Measured::Blank,
            Some(Reading::Value(value)) => Measured::Value(value),
            Some(Reading::NotReported) => Measured::NotReported,
            Some(Reading::NotApplicable) => Measured::NotApplicable,
        }
    }

    /// Whether a year is one of the centre's own.
    pub fn counts(&self, year: i16) -> bool {
        self.centre.since.is_none_or(|since| year >= since)
    }

    /// In how many years a comparison holds. Years that do not apply are passed over, as in a sum.
    fn years(
        &self,
        left: &Expr,
        comparison: Comparison,
        right: &Expr,
        steps: &mut Vec<Step>,
    ) -> (Vec<Input>, Measured) {
        let (mut inputs, mut held, mut applied) = (Vec::new(), 0_usize, false);
        for year in self.layout.cycle.years().filter(|year| self.counts(*year)) {
            let (left, right) = (self.at(left, Some(year), steps), self.at(right, Some(year), steps));
            let value = match (left.value(), right.value()) {
                (Some(left), Some(right)) => {
                    applied = true;
                    let holds = comparison.holds(left, right);
                    held += usize::from(holds);
                    Measured::Value(if holds { Number::ONE } else { Number::ZERO })
                }
                _ => obstacle([&left, &right]).unwrap_or(Measured::Undefined),
            };
            inputs.push(Input { year: Some(year), value });
        }
        let leaves_out = |value: &&Measured| {
            **value == Measured::NotApplicable || self.reported_years_only && **value == Measured::NotReported
        };
        let stops = obstacle(inputs.iter().map(|input| &input.value).filter(|value| !leaves_out(value)));
        let result = match stops {
            Some(why) => why,
            None if applied => Measured::Value(Number::from(held)),
            None => obstacle(inputs.iter().map(|input| &input.value)).unwrap_or(Measured::NotApplicable),
        };
        (inputs, result)
    }

    fn over(&self, aggregate: Aggregate, inner: &Expr, steps: &mut Vec<Step>) -> (Vec<Input>, Measured) {
        let cycle = self.layout.cycle;
        let years: Vec<i16> = match aggregate {
            Aggregate::Previous => vec![cycle.last - 1],
            Aggregate::Final => vec![cycle.last],
            Aggregate::Earlier => (self.layout.first_year..cycle.last).collect(),
            Aggregate::Between { far, near } => (cycle.last - i16::from(far)..=cycle.last - i16::from(near)).collect(),
            Aggregate::Last => cycle.years().rev().collect(),
            _ => cycle.years().collect(),
        };
        let (mut inputs, mut values, mut passed_over) = (Vec::new(), Vec::new(), false);
        for year in years.into_iter().filter(|year| self.counts(*year)) {
            let value = self.at(inner, Some(year), steps);
            inputs.push(Input { year: Some(year), value: value.clone() });
            match value {
                Measured::Value(value) => values.push(value),
                Measured::NotApplicable => continue,
                Measured::NotReported if self.reported_years_only => {
                    passed_over = true;
                    continue;
                }
                _ => {}
            }
            if matches!(aggregate, Aggregate::First | Aggregate::Last) {
                break;
            }
        }
        let leaves_out = |m: &Measured| match m {
            Measured::NotApplicable => true,
            Measured::NotReported => self.reported_years_only,
            _ => false,
        };
        if let Some(obstacle) = obstacle(inputs.iter().map(|i| &i.value).filter(|m| !leaves_out(m))) {
            return (inputs, obstacle);
        }
        let result = match aggregate {
            _ if values.is_empty() && passed_over => Measured::NotReported,
            _ if values.is_empty() => Measured::NotApplicable,
            Aggregate::Sum => Measured::Value(values.iter().sum()),
            Aggregate::Mean | Aggregate::Earlier | Aggregate::Between { .. } => {
                let mean = values.iter().sum::<Number>().divided_by(&Number::from(values.len()));
                mean.map_or(Measured::Undefined, Measured::Value)
            }
            Aggregate::Max => values.into_iter().max().map_or(Measured::Undefined, Measured::Value),
            Aggregate::Min => values.into_iter().min().map_or(Measured::Undefined, Measured::Value),
            Aggregate::Last | Aggregate::First | Aggregate::Final | Aggregate::Previous => {
                Measured::Value(values.remove(0))
            }
        };
        (inputs, result)
    }

    fn classes(
        &self,
        classes: &[(MetricIx, Number)],
        steps: &mut Vec<Step>,
        make: impl Fn(&[(&Number, &Number)]) -> Number,
    ) -> (Vec<Input>, Measured) {
        let mut count = |metric: &MetricIx| match self.layout.slot(*metric, None) {
            Some(_) => self.read(*metric, None),
            None => self.at(&Expr::Over(Aggregate::Sum, Box::new(Expr::Metric(*metric))), None, steps),
        };
        let inputs: Vec<Input> = classes.iter().map(|(m, _)| Input { year: None, value: count(m) }).collect();
        // A class that does not apply to a centre adds nothing, unless none applies.
        let applying = || inputs.iter().zip(classes).filter(|(i, _)| i.value != Measured::NotApplicable);
        let result = match obstacle(applying().map(|(i, _)| &i.value)) {
            Some(obstacle) => obstacle,
            None if applying().next().is_none() => Measured::NotApplicable,
            None => {
                let counted: Vec<_> = applying().filter_map(|(i, (_, w))| Some((i.value.value()?, w))).collect();
                Measured::Value(make(&counted))
            }
        };
        (inputs, result)
    }

    /// Whether a condition holds; `None` where the data do not say.
    pub fn holds(&self, condition: &Condition) -> Option<bool> {
        match condition {
            Condition::Compare(left, comparison, right) => {
                let silent = View { trace: false, ..*self };
                let (left, right) = (silent.at(left, None, &mut Vec::new()), silent.at(right, None, &mut Vec::new()));
                Some(comparison.holds(left.value()?, right.value()?))
            }
            Condition::Finding(finding) => Some(self.centre.findings.contains(finding)),
            Condition::Status(status) => Some(self.centre.status == *status),
            Condition::Kind(kind) => self.centre.kind.map(|k| k == *kind),
            Condition::Stage(stage) => Some(self.centre.stage == *stage),
            Condition::Attribute(attribute, value) => Some(self.centre.attributes.get(attribute.0) == Some(value)),
            Condition::NotReported(metric) => {
                let years: Vec<Option<i16>> = match self.layout.slot(*metric, None) {
                    Some(_) => vec![None],
                    None => self.layout.cycle.years().map(Some).collect(),
                };
                Some(years.into_iter().any(|year| self.read(*metric, year) == Measured::NotReported))
            }
            Condition::Previous { grade, cycles_ago } => {
                let previous = &self.centre.previous;
                Some(previous.len().checked_sub(*cycles_ago).and_then(|at| previous.get(at)) == Some(grade))
            }
            Condition::And(parts) => self.joined(parts, false),
            Condition::Or(parts) => self.joined(parts, true),
            Condition::Not(part) => self.holds(part).map(|holds| !holds),
        }
    }

    /// `and` (decided by the first `false`) or `or` (by the first `true`).
    fn joined(&self, parts: &[Condition], decisive: bool) -> Option<bool> {
        let mut unknown = false;
        for part in parts {
            match self.holds(part) {
                Some(holds) if holds == decisive => return Some(decisive),
                None => unknown = true,
                Some(_) => {}
            }
        }
        (!unknown).then_some(!decisive)
    }
}

fn binary(operator: Operator, left: &Measured, right: &Measured) -> Measured {
    let (Some(a), Some(b)) = (left.value(), right.value()) else {
        return obstacle([left, right]).unwrap_or(Measured::Undefined);
    };
    match operator {
        Operator::Add => Measured::Value(a + b),
        Operator::Subtract => Measured::Value(a - b),
        Operator::Multiply => Measured::Value(a * b),
        Operator::Divide => a.divided_by(b).map_or(Measured::Undefined, Measured::Value),
    }
}

fn apply(function: Function, arguments: &[Measured]) -> Measured {
    let values: Option<Vec<&Number>> = arguments.iter().map(Measured::value).collect();
    let Some(values) = values else { return obstacle(arguments).unwrap_or(Measured::Undefined) };
    let Some(first) = values.first().copied() else { return Measured::Undefined };
    let result = match function {
        Function::Ln => transcendental::ln(first),
        Function::Log10 => transcendental::log10(first),
        Function::Sqrt => transcendental::sqrt(first),
        Function::Abs => Some(first.abs()),
        Function::Floor => Some(first.floor()),
        Function::Least => values.into_iter().min().cloned(),
        Function::Greatest => values.into_iter().max().cloned(),
    };
    result.map_or(Measured::Undefined, Measured::Value)
}
