//! Which cells a centre's score waits for. Must not know what the cells are worth.

use std::collections::BTreeSet;

use super::centre::Centre;
use super::condition::Condition;
use super::formula::{Aggregate, Expr};
use super::reading::{Layout, Reading, Readings, Slot};
use super::rubric::{KindIx, MetricIx, Rubric, Scoring};
use super::rule::Rule;

/// For each kind of centre: the metrics that its indicators, the gates and the grades look at, and in which years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs(Vec<BTreeSet<(MetricIx, Years)>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Years {
    /// Every year of the cycle, or the one value of a metric that is not yearly.
    Cycle,
    First,
    Last,
    Final,
    Previous,
    Earlier,
}

impl Needs {
    pub fn new(rubric: &Rubric) -> Self {
        Self((0..rubric.kinds.len().max(1)).map(|kind| of_kind(rubric, KindIx(kind))).collect())
    }

    /// The cells of one centre, in file order. Years before its `since` are not among them.
    pub fn slots(&self, layout: &Layout, centre: &Centre, readings: &Readings) -> Vec<Slot> {
        let Some(needs) = centre.kind.and_then(|kind| self.0.get(kind.0)) else { return Vec::new() };
        let cycle = layout.cycle;
        let counts = |year: &i16| centre.since.is_none_or(|since| *year >= since);
        let mut slots = BTreeSet::new();
        let mut take = |metric, year| slots.extend(layout.slot(metric, year));
        for (metric, years) in needs {
            let applies = |year: &i16| {
                let reading = layout.slot(*metric, Some(*year)).and_then(|slot| readings.get(slot));
                reading != Some(&Reading::NotApplicable)
            };
            // Where the last year does not apply, `last` looks at the one before it, and so on.
            let until_one_applies = |years: &mut dyn Iterator<Item = i16>| {
                let mut taken = Vec::new();
                for year in years {
                    taken.push(year);
                    if applies(&year) {
                        break;
                    }
                }
                taken
            };
            let years: Vec<i16> = match years {
                _ if layout.slot(*metric, None).is_some() => {
                    take(*metric, None);
                    continue;
                }
                Years::Cycle => cycle.years().filter(counts).collect(),
                Years::First => until_one_applies(&mut cycle.years().filter(counts)),
                Years::Last => until_one_applies(&mut cycle.years().rev().filter(counts)),
                Years::Final => [cycle.last].into_iter().filter(counts).collect(),
                Years::Previous => [cycle.last - 1].into_iter().filter(counts).collect(),
                Years::Earlier => (layout.first_year..cycle.last).filter(counts).collect(),
            };
            years.into_iter().for_each(|year| take(*metric, Some(year)));
        }
        slots.into_iter().collect()
    }
}

fn of_kind(rubric: &Rubric, kind: KindIx) -> BTreeSet<(MetricIx, Years)> {
    let mut needs = BTreeSet::new();
    let mut note = |expr: &Expr| of_formula(expr, Years::Cycle, kind, &mut needs);
    for (node, indicator) in rubric.indicators() {
        if rubric.exists_for(node, kind) {
            formulas(&indicator.scoring, &mut note);
        }
    }
    let conditions = || {
        let gates = rubric.gates.iter().map(|g| &g.when.condition);
        gates.chain(rubric.grades.iter().flat_map(|g| &g.requires).map(|r| &r.condition))
    };
    for condition in conditions() {
        condition.formulas(&mut note);
    }
    for condition in conditions() {
        condition.walk(&mut |part| {
            if let Condition::NotReported(metric) = part {
                needs.insert((*metric, Years::Cycle));
            }
        });
    }
    needs
}

fn of_formula(expr: &Expr, years: Years, kind: KindIx, needs: &mut BTreeSet<(MetricIx, Years)>) {
    match expr {
        Expr::Metric(metric) => {
            needs.insert((*metric, years));
        }
        Expr::Weighted(classes) | Expr::Highest(classes) => {
            needs.extend(classes.iter().map(|(metric, _)| (*metric, Years::Cycle)));
        }
        Expr::Over(aggregate, inner) => {
            let years = match aggregate {
                Aggregate::Sum | Aggregate::Mean | Aggregate::Max | Aggregate::Min => Years::Cycle,
                Aggregate::First => Years::First,
                Aggregate::Last => Years::Last,
                Aggregate::Final => Years::Final,
                Aggregate::Previous => Years::Previous,
                Aggregate::Earlier => Years::Earlier,
            };
            of_formula(inner, years, kind, needs);
        }
        Expr::Negate(inner) => of_formula(inner, years, kind, needs),
        Expr::Binary(_, left, right) => {
            of_formula(left, years, kind, needs);
            of_formula(right, years, kind, needs);
        }
        Expr::Function(_, parts) => parts.iter().for_each(|part| of_formula(part, years, kind, needs)),
        Expr::ByKind(parts) => {
            if let Some(part) = parts.get(kind.0) {
                of_formula(part, years, kind, needs);
            }
        }
        Expr::Constant(_) | Expr::PointsOf(_) | Expr::ShareOf(_) | Expr::Total => {}
    }
}

/// Calls `visit` on every formula of an indicator: measures, and goals or bounds of its rules.
pub fn formulas(scoring: &Scoring, visit: &mut impl FnMut(&Expr)) {
    match scoring {
        Scoring::Rule { measure, rule } => {
            visit(&measure.expr);
            match rule {
                Rule::Linear { from, to, .. } => {
                    visit(&from.expr);
                    visit(&to.expr);
                }
                Rule::Target { goal } => visit(&goal.expr),
                _ => {}
            }
        }
        Scoring::BestOf(choices) | Scoring::AllOf(choices) => choices.iter().for_each(|c| formulas(&c.scoring, visit)),
    }
}
