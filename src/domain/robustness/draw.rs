//! How often a grade stands when weights, and figures within what they may be off by, are drawn by lot.
//!
//! Every number drawn follows from the seed, the number of the draw and what it is drawn for, and from nothing else: so
//! draws can be made in any order, by any number of workers, and counted together. The grades of a draw are those that
//! the scorer gives; where they follow from sums of shares they are told from columns, and the scorer is asked for the
//! rest. Must not know who draws, nor how many at once.

mod columns;
mod places;
mod tree;

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use columns::{Asked, Columns};
use places::Grades;

use super::reweight::redrawn;
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::number::{Number, Round};
use crate::domain::reading::{Reading, Slot};
use crate::domain::rubric::{GradeIx, Metric, NodeIx, Rubric, Values};
use crate::domain::score::{Facts, facts, points, score};

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub seed: u64,
    /// Each weight is multiplied by a number evenly drawn from 1 less this to 1 more; then siblings are brought back to
    /// what they share, pro rata. `None`: weights stay.
    pub weights: Option<Number>,
    /// Each figure whose metric has a tolerance is evenly drawn within it.
    pub tolerance: bool,
}

/// How often each centre had each grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// By centre in roster order, then by grade, best first; the last one counts draws without a grade.
    pub centres: Vec<Vec<u64>>,
    pub draws: u64,
    /// How often the scorer was asked for a centre.
    pub scored: u64,
}

/// A cohort made ready for draws of a plan.
pub struct Drawing<'a> {
    rubric: &'a Rubric,
    cohort: &'a Cohort,
    plan: &'a Plan,
    facts: Facts,
    columns: Option<Columns>,
}

/// Steps from the middle of what is drawn to either end.
const STEPS: i64 = 1000;

impl Counts {
    pub fn none(rubric: &Rubric, cohort: &Cohort) -> Self {
        Self { centres: vec![vec![0; rubric.grades.len() + 1]; cohort.len()], draws: 0, scored: 0 }
    }

    /// Adds what another range of draws came to.
    pub fn merge(&mut self, other: &Self) {
        self.draws += other.draws;
        self.scored += other.scored;
        for (mine, theirs) in self.centres.iter_mut().zip(&other.centres) {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        }
    }

    /// The share of the draws in which a centre had a grade; `None` without draws.
    pub fn share(&self, centre: CentreIx, grade: Option<GradeIx>) -> Option<Number> {
        let counts = &self.centres[centre.0];
        let count = counts[grade.map_or(counts.len() - 1, |grade| grade.0)];
        let number = |count: u64| i64::try_from(count).ok();
        Number::fraction(number(count)?, number(self.draws)?)
    }
}

impl<'a> Drawing<'a> {
    pub fn new(rubric: &'a Rubric, cohort: &'a Cohort, plan: &'a Plan) -> Self {
        let mut drawing = Self::whole(rubric, cohort, plan);
        drawing.columns = Columns::new(rubric, cohort, &drawing.facts, plan.tolerance);
        drawing
    }

    /// The same draws, with nothing told from columns: slower, and what the columns are tried by.
    pub fn whole(rubric: &'a Rubric, cohort: &'a Cohort, plan: &'a Plan) -> Self {
        Self { rubric, cohort, plan, facts: facts(rubric, cohort), columns: None }
    }

    /// Whether grades are told from columns: the rubric's total is a sum, its gates and requirements look at no points,
    /// nothing depends on the other centres but places, and those are quotas.
    pub fn has_columns(&self) -> bool {
        self.columns.is_some()
    }

    /// Makes the draws of a range; ranges that make up a whole may be merged in any order.
    pub fn draws(&self, range: Range<u64>) -> Counts {
        let mut counts = Counts::none(self.rubric, self.cohort);
        let mut figures = self.plan.tolerance.then(|| self.cohort.clone());
        for draw in range {
            if let Some(figures) = &mut figures {
                put_off(self.rubric, self.cohort, figures, self.plan.seed, draw);
            }
            let (grades, scored) = self.grades(draw, figures.as_ref().unwrap_or(self.cohort));
            for (counts, grade) in counts.centres.iter_mut().zip(grades) {
                let at = grade.map_or(counts.len() - 1, |grade| grade.0);
                counts[at] += 1;
            }
            counts.draws += 1;
            counts.scored += scored;
        }
        counts
    }

    /// Everybody's grade in one draw, and how often the scorer was asked.
    fn grades(&self, draw: u64, cohort: &Cohort) -> (Grades, u64) {
        let factor = self
            .plan
            .weights
            .as_ref()
            .map(|spread| move |node| &Number::ONE + &(spread * &lot(self.plan.seed, draw, Item::Node(node))));
        let factor = factor.as_ref().map(|factor| factor as &dyn Fn(NodeIx) -> Number);
        let drawn = OnceCell::new();
        let rubric = || {
            let redraw = || factor.map_or_else(|| self.rubric.clone(), |factor| redrawn(self.rubric, &factor));
            drawn.get_or_init(redraw)
        };
        let scored = Cell::new(0);
        let one = |ix| {
            scored.set(scored.get() + 1);
            points(rubric(), cohort, ix, &self.facts)
        };
        let asked = Asked { rubric: self.rubric, cohort, facts: &self.facts, factor, scored: &one };
        if let Some(grades) = self.columns.as_ref().and_then(|columns| columns.grades(&asked)) {
            return (grades, scored.get());
        }
        let grades: Grades = score(rubric(), cohort, None).into_iter().map(|card| card.grade).collect();
        let all = grades.len() as u64;
        (grades, scored.get() + all)
    }
}

/// Draws every figure within its tolerance; `drawn` has the same centres and cells, and in the others the same readings.
fn put_off(rubric: &Rubric, cohort: &Cohort, drawn: &mut Cohort, seed: u64, draw: u64) {
    let slots = (0..cohort.layout.slots()).map(Slot);
    let metric = |slot: &Slot| &rubric.metrics[cohort.layout.cell(*slot).0.0];
    let drawable: Vec<_> =
        slots.filter_map(|slot| Some((slot, metric(&slot), metric(&slot).tolerance.as_ref()?))).collect();
    for ix in cohort.all() {
        let readings = cohort.readings(ix);
        for (slot, metric, tolerance) in &drawable {
            let marks = readings.marks(*slot).map(|(judge, mark)| (Some(judge), mark));
            let cells = readings.get(*slot).map(|reading| (None, reading)).into_iter().chain(marks);
            for (nth, (judge, reading)) in cells.enumerate() {
                let Reading::Value(value) = reading else { continue };
                let by = &tolerance.of(value) * &lot(seed, draw, Item::Cell(ix, *slot, nth));
                let value = Reading::Value(held(metric, value + &by));
                drawn.readings_mut(ix).put(*slot, judge, Some(value));
            }
        }
    }
}

/// A value that the metric can hold.
fn held(metric: &Metric, value: Number) -> Number {
    let Values::Number { minimum, maximum, whole } = &metric.values else { return value };
    let value = if *whole { value.rounded(Round::half_up(0)) } else { value };
    let value = minimum.clone().map_or(value.clone(), |minimum| value.max(minimum));
    maximum.clone().map_or(value.clone(), |maximum| value.min(maximum))
}

/// What a number is drawn for.
#[derive(Clone, Copy)]
enum Item {
    Node(NodeIx),
    Cell(CentreIx, Slot, usize),
}

/// One of 2001 evenly spaced numbers from −1 to 1.
fn lot(seed: u64, draw: u64, item: Item) -> Number {
    let mut state = mixed(mixed(seed) ^ draw);
    let parts = match item {
        Item::Node(node) => [1, node.0, 0, 0],
        Item::Cell(centre, slot, nth) => [2, centre.0, slot.0, nth],
    };
    for part in parts {
        state = mixed(state ^ part as u64);
    }
    // The high half of the product is even to 2001 parts in 2^64.
    let wide = u128::from(state) * u128::from(STEPS.unsigned_abs() * 2 + 1);
    let step = i64::try_from(wide >> 64).unwrap_or(STEPS) - STEPS;
    Number::fraction(step, STEPS).unwrap_or(Number::ZERO)
}

/// SplitMix64's step and finish (Steele, Lea, Flood 2014): every bit of the result depends on every bit given.
fn mixed(value: u64) -> u64 {
    let z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first outputs of SplitMix64 from the seed 1234567, as its reference implementation prints them.
    #[test]
    fn the_mixing_is_that_of_splitmix64() {
        let golden = 0x9e37_79b9_7f4a_7c15_u64;
        let nth = |nth: u64| mixed(1_234_567_u64.wrapping_add(golden.wrapping_mul(nth)));
        assert_eq!([nth(0), nth(1), nth(2)], [6457827717110365317, 3203168211198807973, 9817491932198370423]);
    }

    /// 100,000 lots: by hand, the mean of an even spread from −1 to 1 is 0 and that of its squares 0.3337 (2001 steps);
    /// four standard errors are 0.0074 and 0.0038.
    #[test]
    fn lots_are_spread_evenly() {
        let lots: Vec<Number> = (0..100_000).map(|draw| lot(7, draw, Item::Node(NodeIx(3)))).collect();
        let mean =
            |numbers: &[Number]| numbers.iter().sum::<Number>().divided_by(&Number::from(numbers.len())).unwrap();
        let squares: Vec<Number> = lots.iter().map(|lot| lot * lot).collect();
        let near = |value: &Number, to: &str, by: &str| {
            (value - &Number::parse(to).unwrap()).abs() < Number::parse(by).unwrap()
        };
        assert!(near(&mean(&lots), "0", "0.0074"), "{:?}", mean(&lots));
        assert!(near(&mean(&squares), "0.3337", "0.0038"), "{:?}", mean(&squares));
        assert_eq!(lots.iter().max().unwrap(), &Number::ONE);
        assert_eq!(lots.iter().min().unwrap(), &-Number::ONE);
    }
}
