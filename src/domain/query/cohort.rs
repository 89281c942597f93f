//! Figures of the centres of one kind beside each other, kept in order, so that a changed one is put in its new place
//! without looking at the rest. Must not know a centre's other figures.

use std::collections::HashMap;

use super::{Doubt, Fences, Query, is_compared, number};
use crate::domain::centre::Status;
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::number::Number;
use crate::domain::reading::Slot;
use crate::domain::rubric::{Checks, ClassIx, MetricIx, Rubric};
use crate::domain::slip;

/// The figures of one cell over the centres of a kind and stage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Pool {
    sorted: Vec<Number>,
    fences: Option<Fences>,
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
            pool.fences = fences(&pool.sorted, &rubric.metrics[metric.0].checks);
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
            pool.fences = fences(&pool.sorted, &rubric.metrics[metric.0].checks);
        }
    }

    /// Adds the outliers of one centre to what was found about it; a cell that a slip explains is asked about once.
    pub fn outliers(&self, rubric: &Rubric, ix: CentreIx, found: &mut Vec<Query>) {
        let Some((class, own)) = self.pooled.get(ix.0) else { return };
        for (slot, metric, value) in own {
            let Some(fences) = self.pools.get(&(*class, *slot)).and_then(|pool| pool.fences.as_ref()) else { continue };
            let metric = &rubric.metrics[metric.0];
            let inside = |value: &Number| *value >= fences.low && *value <= fences.high;
            let is_slip = |query: &Query| query.slot == *slot && matches!(query.doubt, Doubt::UnitSlip { .. });
            if inside(value) || value.abs() <= metric.checks.small || found.iter().any(is_slip) {
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
        let wanted = compared && rubric.metrics[metric.0].checks.outlier.is_some();
        Some((slot, metric, number(readings, slot).filter(|_| wanted)?.clone()))
    };
    (class, (0..layout.slots()).map(Slot).filter_map(own).collect())
}

/// See [`Fences`]. Where more than half are the same, so that there is no distance to measure by, there are none.
fn fences(sorted: &[Number], checks: &Checks) -> Option<Fences> {
    let times = checks.outlier.as_ref()?;
    if sorted.len() < checks.outlier_from.max(1) {
        return None;
    }
    let (lower, median, upper) = (quartile(sorted, 1)?, quartile(sorted, 2)?, quartile(sorted, 3)?);
    let least = median.abs().divided_by(&Number::from(20_i64))?;
    let (down, up) = ((&median - &lower).max(least.clone()), (&upper - &median).max(least));
    if down.is_zero() || up.is_zero() {
        return None;
    }
    Some(Fences { low: &median - &(times * &down), high: &median + &(times * &up), median, count: sorted.len() })
}

/// A quartile by linear interpolation between the figures on both sides: type 7 of Hyndman & Fan (1996), `QUARTILE.INC`
/// of spreadsheets.
fn quartile(sorted: &[Number], quarter: usize) -> Option<Number> {
    let steps = quarter * (sorted.len().checked_sub(1)?);
    let (at, part) = (steps / 4, steps % 4);
    let low = sorted.get(at)?;
    let Some(high) = sorted.get(at + 1) else { return Some(low.clone()) };
    let share = (high - low).divided_by(&Number::from(4_i64))?;
    Some(low + &(&share * &Number::from(part)))
}
