//! Trend: the readings of one centre year by year, beside the median of its kind.
//!
//! Points belong to the cycle as a whole, so that what goes through the years is what was reported for each of them.
//! Must not know how it is drawn.

use std::collections::BTreeMap;

use super::centre::Status;
use super::cohort::{CentreIx, Cohort};
use super::number::Number;
use super::reading::{Reading, Slot};
use super::rubric::{KindIx, MetricIx, Rubric};
use super::spread::Spread;

/// One metric of one centre through the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    pub metric: MetricIx,
    /// Oldest first, years before the cycle included where the rubric looks back.
    pub years: Vec<Year>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    pub year: i16,
    /// `None` is blank.
    pub seen: Option<Reading>,
    /// Blank, and the centre's score waits for it.
    pub is_gap: bool,
    /// Whether the year counts for this centre: not before it came to the list.
    pub counts: bool,
    /// Of the values that the centres of its kind have in this year; `None` where nobody has one.
    pub median: Option<Number>,
}

/// The median of each kind in each metric and year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Medians {
    of: BTreeMap<(Option<KindIx>, Slot), Number>,
}

impl Medians {
    /// Worked out once for a cohort. Who is not evaluated does not count, nor do years before a centre's own.
    pub fn new(rubric: &Rubric, cohort: &Cohort) -> Self {
        let mut values: BTreeMap<(Option<KindIx>, Slot), Vec<Number>> = BTreeMap::new();
        for ix in cohort.all() {
            let centre = cohort.centre(ix);
            if centre.status != Status::Participating {
                continue;
            }
            for slot in (0..cohort.layout.slots()).map(Slot) {
                let (_, Some(year)) = cohort.layout.cell(slot) else { continue };
                if centre.since.is_some_and(|since| year < since) {
                    continue;
                }
                if let Some(Reading::Value(value)) = cohort.seen(rubric, ix, slot) {
                    values.entry((centre.kind, slot)).or_default().push(value);
                }
            }
        }
        let medians = values.into_iter().filter_map(|(of, values)| Some((of, Spread::new(values)?.median)));
        Self { of: medians.collect() }
    }

    /// The yearly metrics of a centre, in file order; a metric that it has nothing in and that nothing waits for is
    /// left out.
    pub fn trends(&self, rubric: &Rubric, cohort: &Cohort, ix: CentreIx) -> Vec<Trend> {
        let centre = cohort.centre(ix);
        // Nothing waits for a cell of whoever is not scored.
        let waits = centre.status == Status::Participating;
        let needed = if waits { cohort.needed(ix) } else { Vec::new() };
        let metrics = rubric.metrics.iter().enumerate().filter(|(_, metric)| metric.yearly);
        let trends = metrics.map(|(at, _)| MetricIx(at)).filter_map(|metric| {
            let mut wanted = false;
            let years = (cohort.layout.first_year..=cohort.layout.cycle.last).filter_map(|year| {
                let slot = cohort.layout.slot(metric, Some(year))?;
                let seen = cohort.seen(rubric, ix, slot);
                let is_gap = seen.is_none() && needed.contains(&slot);
                wanted |= seen.is_some() || is_gap;
                let counts = centre.since.is_none_or(|since| year >= since);
                Some(Year { year, seen, is_gap, counts, median: self.of.get(&(centre.kind, slot)).cloned() })
            });
            let years: Vec<Year> = years.collect();
            wanted.then_some(Trend { metric, years })
        });
        trends.collect()
    }
}

impl Trend {
    /// The least and the most of the values and medians; `None` where there is neither.
    pub fn range(&self) -> Option<(&Number, &Number)> {
        let own = self.years.iter().filter_map(|year| match &year.seen {
            Some(Reading::Value(value)) => Some(value),
            _ => None,
        });
        let all = || own.clone().chain(self.years.iter().filter_map(|year| year.median.as_ref()));
        Some((all().min()?, all().max()?))
    }
}
