//! Figures of the centres of one kind beside each other, kept in order, so that a changed one is put in its new place
//! without looking at the rest. Must not know a centre's other figures.

use std::collections::HashMap;

use super::{Doubt, Fences, Query, is_compared, number};
use crate::domain::centre::Status;
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::number::Number;
use crate::domain::reading::Slot;
use crate::domain::rubric::{ClassIx, Metric, MetricIx, Rubric, Values};
use crate::domain::slip;

/// The figures of one cell over the centres of a kind and stage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Pool {
    sorted: Vec<Number>,
    /// Of as many centres as the rubric asks for.
    median: Option<Number>,
    fences: Option<Fences>,
}

impl Pool {
    /// After its figures have changed.
    fn measure(&mut self, metric: &Metric) {
        let enough = self.sorted.len() >= metric.checks.outlier_from.max(1);
        self.median = quartile(&self.sorted, 2).filter(|_| enough);
        self.fences = if enough { fences(&self.sorted, metric) } else { None };
    }
}

/// A centre's figures that stand in pools, with the metric of each.
type Pooled = Vec<(Slot, MetricIx, Number)>;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pools {
    pools: HashMap<(ClassIx, Slot), Pool>,
    /// By centre; the class is the one they were put in for.
    pooled: Vec<(ClassIx, Pooled)>,
}

impl Pools {
    pub fn new(rubric: &Rubric, cohort: &Cohort) -> Self {
        let pooled: Vec<(ClassIx, Pooled)> = cohort.all().map(|ix| figures(rubric, cohort, ix)).collect();
        let mut pools: HashMap<(ClassIx, Slot), Pool> = HashMap::new();
        for (class, own) in &pooled {
            for (slot, _, value) in own {
                pools.entry((*class, *slot)).or_default().sorted.push(value.clone());
            }
        }
        for ((_, slot), pool) in &mut pools {
            pool.sorted.sort_unstable();
            let (metric, _) = cohort.layout.cell(*slot);
            pool.measure(&rubric.metrics[metric.0]);
        }
        Self { pools, pooled }
    }

    /// Puts one centre's figures in their new places.
    pub fn again(&mut self, rubric: &Rubric, cohort: &Cohort, ix: CentreIx) {
        let Some(place) = self.pooled.get_mut(ix.0) else { return };
        let new = figures(rubric, cohort, ix);
        let (old_class, old) = std::mem::replace(place, new.clone());
        let (new_class, new) = new;
        let same = |a: &Pooled, cell: &(Slot, MetricIx, Number)| old_class == new_class && a.contains(cell);
        let gone = old.iter().filter(|cell| !same(&new, cell)).map(|cell| (old_class, cell, false));
        let come = new.iter().filter(|cell| !same(&old, cell)).map(|cell| (new_class, cell, true));
        for (class, (slot, metric, value), comes) in gone.chain(come) {
            let pool = self.pools.entry((class, *slot)).or_default();
            let at = pool.sorted.partition_point(|other| other < value);
            if comes {
                pool.sorted.insert(at, value.clone());
            } else if pool.sorted.get(at) == Some(value) {
                pool.sorted.remove(at);
            }
            pool.measure(&rubric.metrics[metric.0]);
        }
    }

    /// Lets the others have their say about which of two figures slipped. What they say and what the centre's other years
    /// say count the same: one that speaks decides, and where they contradict each other, nothing does.
    pub fn settle(&self, rubric: &Rubric, ix: CentreIx, query: &mut Query) {
        let Doubt::UnitSlip { value, other, there, slip, or } = &mut query.doubt else { return };
        let Some((class, own)) = self.pooled.get(ix.0) else { return };
        let Some((_, metric, _)) = own.iter().find(|(slot, ..)| *slot == query.slot) else { return };
        match (self.is_farther(*class, (query.slot, value), (*there, other), slip.factor), or.take()) {
            (None, undecided) => *or = undecided,
            (Some(true), _) => {}
            (Some(false), None) => *or = slip::between(&slip::of(&rubric.metrics[metric.0].unit), other, value),
            (Some(false), Some(other_slip)) => {
                *slip = other_slip;
                std::mem::swap(value, other);
                std::mem::swap(&mut query.slot, there);
            }
        }
    }

    /// Whether one figure lies farther from what the others have than another does: so many times as far that it is nearer
    /// to the whole factor than to nothing. Nobody knows where it is in between, or where there are too few others.
    fn is_farther(&self, class: ClassIx, one: (Slot, &Number), other: (Slot, &Number), factor: i64) -> Option<bool> {
        let off = |(slot, value): (Slot, &Number)| {
            let median = self.pools.get(&(class, slot))?.median.as_ref().filter(|median| median.is_positive())?;
            value.max(median).divided_by(value.min(median))
        };
        let (one, other) = (off(one)?, off(other)?);
        let (one, other) = (&one * &one, &other * &other);
        let factor = Number::from(factor);
        let (first, second) = (one >= &other * &factor, other >= &one * &factor);
        (first || second).then_some(first)
    }

    /// Adds the outliers of one centre to what was found about it; a cell that a slip or a bound explains is
    /// asked about once.
    pub fn outliers(&self, rubric: &Rubric, ix: CentreIx, found: &mut Vec<Query>) {
        let Some((class, own)) = self.pooled.get(ix.0) else { return };
        for (slot, metric, value) in own {
            let Some(fences) = self.pools.get(&(*class, *slot)).and_then(|pool| pool.fences.as_ref()) else { continue };
            let metric = &rubric.metrics[metric.0];
            // Zero says that there was none of it, and is not a small figure.
            let low = *value < fences.low && !(takes_no_less_than_zero(metric) && value.is_zero());
            let is_known = |query: &Query| match &query.doubt {
                Doubt::UnitSlip { there, or, .. } => query.slot == *slot || or.is_some() && there == slot,
                Doubt::Range { .. } => query.slot == *slot,
                _ => false,
            };
            let far = low || *value > fences.high;
            if !far || value.abs() <= metric.checks.small || found.iter().any(is_known) {
                continue;
            }
            let slips = if metric.checks.unit_slip { slip::of(&metric.unit) } else { Vec::new() };
            let slip = Some(&fences.median).filter(|median| median.is_positive() && value.is_positive());
            let slip = slip.and_then(|median| slip::between(&slips, value, median));
            let doubt = Doubt::Outlier { value: value.clone(), fences: fences.clone(), slip };
            found.push(Query { slot: *slot, judge: None, doubt });
        }
    }
}

/// The figures of one centre that are set against others: those of years that are its own, where it takes part.
fn figures(rubric: &Rubric, cohort: &Cohort, ix: CentreIx) -> (ClassIx, Pooled) {
    let centre = cohort.centre(ix);
    let class = rubric.class(centre).filter(|_| centre.status == Status::Participating);
    let Some(class) = class else { return (ClassIx(0), Vec::new()) };
    let (layout, readings) = (&cohort.layout, cohort.readings(ix));
    let own = |slot: Slot| {
        let (metric, year) = layout.cell(slot);
        let counts = year.is_none_or(|year| centre.since.is_none_or(|since| year >= since));
        let compared = counts && is_compared(rubric, layout, slot);
        let checks = &rubric.metrics[metric.0].checks;
        let wanted = compared && (checks.outlier.is_some() || checks.unit_slip);
        Some((slot, metric, number(readings, slot).filter(|_| wanted)?.clone()))
    };
    (class, (0..layout.slots()).map(Slot).filter_map(own).collect())
}

fn takes_no_less_than_zero(metric: &Metric) -> bool {
    matches!(&metric.values, Values::Number { minimum: Some(minimum), .. } if !minimum.is_negative())
}

/// See [`Fences`]. Where more than half are the same, so that there is no distance to measure by, there are none.
fn fences(sorted: &[Number], metric: &Metric) -> Option<Fences> {
    let times = metric.checks.outlier.as_ref()?;
    let (lower, median, upper) = (quartile(sorted, 1)?, quartile(sorted, 2)?, quartile(sorted, 3)?);
    let twentieth = Number::fraction(1, 20)?;
    let least = &median.abs() * &twentieth;
    let (down, up) = ((&median - &lower).max(least.clone()), (&upper - &median).max(least));
    if down.is_zero() || up.is_zero() {
        return None;
    }
    let (mut low, mut high) = (&median - &(times * &down), &median + &(times * &up));
    if takes_no_less_than_zero(metric) {
        let score = |value: &Number| Some(median.divided_by(value)? - Number::ONE);
        let furthest = quartile_of(sorted, 1, score).map(|score| Number::ONE + times * &score.max(twentieth));
        low = furthest
            .map(|parts| parts.max(times.clone()))
            .and_then(|parts| median.divided_by(&parts))
            .unwrap_or(Number::ZERO);
    }
    if let Values::Number { minimum, maximum, .. } = &metric.values {
        low = minimum.iter().fold(low, |low, bound| low.max(bound.clone()));
        high = maximum.iter().fold(high, |high, bound| high.min(bound.clone()));
    }
    Some(Fences { low, high, median, count: sorted.len() })
}

/// A quartile by linear interpolation between the figures on both sides: type 7 of Hyndman & Fan (1996), `QUARTILE.INC`
/// of spreadsheets.
fn quartile(sorted: &[Number], quarter: usize) -> Option<Number> {
    quartile_of(sorted, quarter, |value| Some(value.clone()))
}

/// The same of something that is worked out of each figure and keeps their order, or turns it round.
fn quartile_of(sorted: &[Number], quarter: usize, of: impl Fn(&Number) -> Option<Number>) -> Option<Number> {
    let steps = quarter * (sorted.len().checked_sub(1)?);
    let (at, part) = (steps / 4, steps % 4);
    let low = of(sorted.get(at)?)?;
    let Some(high) = sorted.get(at + 1).filter(|_| part > 0) else { return Some(low) };
    let share = (of(high)? - low.clone()).divided_by(&Number::from(4_i64))?;
    Some(low + share * Number::from(part))
}
