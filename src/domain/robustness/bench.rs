//! A cohort on the bench: one thing is moved, everybody it concerns is scored again, and it is put back.
//!
//! Must not know how a boundary is looked for.

mod route;

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use super::reweight::{Weighed, reweighted, weighed};
pub use route::{Route, Routes};

use super::search::{Span, Sure, Way, nearest};
use super::shape::Sight;
use super::{Firm, Flip, Lever, Robustness};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::grade::standing;
use crate::domain::number::{Number, Points};
use crate::domain::placing::{Placing, place};
use crate::domain::reading::{Reading, Slot};
use crate::domain::rubric::{ClassIx, Grade, GradeIx, Metric, MetricTolerance, Missing, NodeIx, Role, Rubric, Values};
use crate::domain::score::{Facts, Tally, facts, left_out, points, score};

/// How many times the largest figure of the cohort an open end lies away.
const OPEN: i64 = 1000;

/// Steps of a metric of whole numbers, and of a weight, that are all tried where nothing is known of what lies between.
const TRIED: usize = 128;
const TRIED_OF_WEIGHT: usize = 4;

/// Weights are moved by hundredths of a point, or of the weights' sum under a mean.
const WEIGHT_STEPS: i64 = 100;

/// The grades of all under what was moved for all, kept for whoever asks next.
type Known<K> = Arc<Mutex<HashMap<K, Arc<[Option<GradeIx>]>>>>;

/// A scored cohort in which single things can be moved. A clone shares what was worked out for all.
#[derive(Clone)]
pub struct Bench<'a> {
    rubric: &'a Rubric,
    cohort: Cohort,
    facts: Facts,
    tallies: Vec<Arc<Tally>>,
    placing: Placing,
    /// By node, kind and stage, and weight: the grades of all.
    reweighted: Known<(NodeIx, ClassIx, Number)>,
    thresholds: Known<(GradeIx, Number)>,
    /// Cells of the centre whose routes are looked for, with what they hold when they are put back.
    moved: Vec<(Slot, Number)>,
}

impl<'a> Bench<'a> {
    pub fn new(rubric: &'a Rubric, cohort: &Cohort) -> Self {
        let facts = facts(rubric, cohort);
        let tallies: Vec<_> = cohort.all().map(|ix| Arc::new(points(rubric, cohort, ix, &facts))).collect();
        let placing = Placing::new(rubric, cohort, tallies.iter().cloned(), None);
        Self {
            rubric,
            cohort: cohort.clone(),
            facts,
            tallies,
            placing,
            reweighted: Known::default(),
            thresholds: Known::default(),
            moved: Vec::new(),
        }
    }

    pub fn cohort(&self) -> &Cohort {
        &self.cohort
    }

    pub fn rubric(&self) -> &'a Rubric {
        self.rubric
    }

    fn grade(&self, ix: CentreIx) -> Option<GradeIx> {
        self.placing.cards()[ix.0].grade
    }

    /// What single changes do to a centre's grade; `None` where it has none.
    pub fn of(&mut self, ix: CentreIx) -> Option<Robustness> {
        let class = self.rubric.class(self.cohort.centre(ix))?;
        let mut found = self.readings_of(ix)?;
        for node in (0..self.rubric.nodes.len()).map(NodeIx) {
            if let Some(weighed) = weighed(self.rubric, node, class) {
                self.move_weight((ix, class), &weighed, &mut found);
            }
        }
        for grade in (0..self.rubric.grades.len()).map(GradeIx) {
            self.move_threshold(ix, grade, &mut found);
        }
        found.flips.sort_by_cached_key(Flip::order);
        Some(found)
    }

    /// What a change of one reading does to a centre's grade; `None` where it has none.
    pub fn readings_of(&mut self, ix: CentreIx) -> Option<Robustness> {
        self.readings_while(ix, &mut || true)
    }

    /// The same, as long as `going` says so before each reading; `None` where it does not.
    pub fn readings_while(&mut self, ix: CentreIx, going: &mut dyn FnMut() -> bool) -> Option<Robustness> {
        let grade = self.grade(ix)?;
        let class = self.rubric.class(self.cohort.centre(ix))?;
        let mut found = Robustness { centre: ix, grade, flips: Vec::new(), firm: Vec::new() };
        for (slot, judge) in self.cells(ix) {
            if !going() {
                return None;
            }
            self.move_reading((ix, class), slot, judge.as_deref(), &mut found);
        }
        found.flips.sort_by_cached_key(Flip::order);
        Some(found)
    }

    /// Cells with a value that the score looks at, with the judges of a panel.
    fn cells(&self, ix: CentreIx) -> Vec<(Slot, Option<String>)> {
        let readings = self.cohort.readings(ix);
        let mut cells = Vec::new();
        for slot in self.cohort.needed(ix) {
            let (metric, _) = self.cohort.layout.cell(slot);
            if self.rubric.metrics[metric.0].panel.is_none() {
                cells.push((slot, None));
            } else {
                cells.extend(readings.marks(slot).map(|(judge, _)| (slot, Some(judge.to_owned()))));
            }
        }
        let has_value = |(slot, judge): &(Slot, Option<String>)| {
            matches!(readings.at(*slot, judge.as_deref()), Some(Reading::Value(_)))
        };
        cells.into_iter().filter(has_value).collect()
    }

    /// Puts a value into a cell and scores again whom it concerns.
    fn put(&mut self, ix: CentreIx, slot: Slot, judge: Option<&str>, value: &Number) {
        self.set(ix, slot, judge, Some(Reading::Value(value.clone())));
    }

    fn set(&mut self, ix: CentreIx, slot: Slot, judge: Option<&str>, reading: Option<Reading>) {
        self.cohort.readings_mut(ix).put(slot, judge, reading);
        if self.rubric.is_relative() {
            let facts = facts(self.rubric, &self.cohort);
            let tallies = self.cohort.all().map(|at| (at, points(self.rubric, &self.cohort, at, &facts)));
            self.placing.again(self.rubric, &self.cohort, tallies, None);
        } else {
            let tally = points(self.rubric, &self.cohort, ix, &self.facts);
            self.placing.again(self.rubric, &self.cohort, [(ix, tally)], None);
        }
    }

    /// The grade that a centre has without one judge's mark; everything is left as it was.
    pub fn without_judge(&mut self, ix: CentreIx, slot: Slot, judge: &str) -> Option<GradeIx> {
        let now = self.cohort.readings(ix).at(slot, Some(judge)).cloned();
        self.set(ix, slot, Some(judge), None);
        let grade = self.grade(ix);
        self.set(ix, slot, Some(judge), now);
        grade
    }

    fn move_reading(
        &mut self,
        (ix, class): (CentreIx, ClassIx),
        slot: Slot,
        judge: Option<&str>,
        found: &mut Robustness,
    ) {
        let Some(Reading::Value(now)) = self.cohort.readings(ix).at(slot, judge).cloned() else { return };
        let (metric, _) = self.cohort.layout.cell(slot);
        let metric = &self.rubric.metrics[metric.0];
        let span = span(metric, &now, &self.largest(slot));
        let lever = Lever::Reading { slot, judge: judge.map(str::to_owned) };
        let looking = self.one_way_indicators((ix, class), slot);
        for way in Way::BOTH {
            let inner = span.ends(&now, way).map(|(inner, _)| {
                self.put(ix, slot, judge, &inner);
                (inner, self.grade(ix) != Some(found.grade))
            });
            let monotone = looking.as_ref().is_some_and(|looking| inner.is_none() || self.goes_one_way(ix, looking));
            let mut differs = |value: &Number| {
                if let Some((_, known)) = inner.as_ref().filter(|(inner, _)| inner == value) {
                    return *known;
                }
                self.put(ix, slot, judge, value);
                self.grade(ix) != Some(found.grade)
            };
            let turn = nearest(&span, &now, way, monotone, &mut differs);
            let becomes = turn.as_ref().and_then(|turn| {
                self.put(ix, slot, judge, &turn.witness);
                self.grade(ix)
            });
            match turn {
                Some(turn) => {
                    let mut flip = flip(lever.clone(), way, &now, turn, becomes);
                    flip.fragile = metric.tolerance.as_ref().is_some_and(|tolerance| within(tolerance, &flip));
                    found.flips.push(flip);
                }
                None => {
                    let whole = matches!(span, Span::Listed(_)) || monotone;
                    found.firm.extend(firm(lever.clone(), way, &now, &span, whole));
                }
            }
        }
        self.put(ix, slot, judge, &now);
    }

    /// The largest figure that anybody has in a slot, in size.
    fn largest(&self, slot: Slot) -> Number {
        let values = self.cohort.all().filter_map(|ix| self.cohort.seen(self.rubric, ix, slot));
        let sizes = values.filter_map(|reading| match reading {
            Reading::Value(value) => Some(value.abs()),
            _ => None,
        });
        sizes.max().unwrap_or(Number::ONE).max(Number::ONE)
    }

    fn sight(&self, (ix, class): (CentreIx, ClassIx), slot: Slot) -> Sight<'_> {
        let (metric, year) = self.cohort.layout.cell(slot);
        let centre = self.cohort.centre(ix);
        Sight { rubric: self.rubric, centre, class, metric, whole_cycle: year.is_none() }
    }

    /// Indicators that look at a cell; `None` where one of them, a gate or a demand may go both ways.
    fn one_way_indicators(&self, (ix, class): (CentreIx, ClassIx), slot: Slot) -> Option<Vec<NodeIx>> {
        let sight = self.sight((ix, class), slot);
        if self.rubric.is_relative() || !sight.more_is_better() {
            return None;
        }
        sight.indicators().into_iter().map(|(node, one_way)| one_way.then_some(node)).collect()
    }

    /// Whether all indicators that look at a cell are better off where it now stands on the bench, or all worse.
    fn goes_one_way(&self, ix: CentreIx, looking: &[NodeIx]) -> bool {
        let (here, there) = (&self.tallies[ix.0], &self.placing.cards()[ix.0].tally);
        let sign = |node: &NodeIx| {
            let order = there.nodes[node.0].as_ref()?.cmp(here.nodes[node.0].as_ref()?);
            Some(if self.rubric.nodes[node.0].role == Role::Deduction { order.reverse() } else { order })
        };
        let Some(mut signs) = looking.iter().map(sign).collect::<Option<Vec<_>>>() else { return false };
        signs.retain(|order| order.is_ne());
        signs.windows(2).all(|pair| pair[0] == pair[1])
    }

    fn move_weight(&mut self, (ix, class): (CentreIx, ClassIx), weighed: &Weighed, found: &mut Robustness) {
        let Some(step) = step_of_weight(weighed) else { return };
        let span = Span::Grid { low: step.clone(), high: &weighed.shared - &step, step, tried: TRIED_OF_WEIGHT };
        let straight = self.weights_are_straight(ix);
        let lever = Lever::Weight(weighed.node);
        for way in Way::BOTH {
            let grade = |value: &Number| self.with_weight(ix, class, weighed, value);
            let turn = nearest(&span, &weighed.now, way, straight, &mut |value| grade(value) != Some(found.grade));
            match turn {
                Some(turn) => {
                    let becomes = grade(&turn.witness);
                    found.flips.push(flip(lever.clone(), way, &weighed.now, turn, becomes));
                }
                None => found.firm.extend(firm(lever.clone(), way, &weighed.now, &span, straight)),
            }
        }
    }

    /// The grade that a centre has with this weight for its kind.
    fn with_weight(&self, ix: CentreIx, class: ClassIx, weighed: &Weighed, to: &Number) -> Option<GradeIx> {
        let grades = known(&self.reweighted, (weighed.node, class, to.clone()), || {
            let rubric = reweighted(self.rubric, weighed, class, to);
            let cards = rubric.map_or_else(Vec::new, |rubric| score(&rubric, &self.cohort, None));
            cards.iter().map(|card| card.grade).collect()
        });
        grades.get(ix.0).copied().flatten()
    }

    /// Whether a total is a straight line of every weight, and nobody else decides the grade.
    fn weights_are_straight(&self, ix: CentreIx) -> bool {
        let rounding = &self.rubric.rounding;
        let alone = |grade: &Grade| {
            grade.quota.is_none()
                && grade.first.is_none()
                && grade.last.is_none()
                && grade.requires.is_empty()
                && grade.each_criterion.is_none()
        };
        let averaged = |(_, indicator): (NodeIx, &crate::domain::rubric::Indicator)| {
            matches!(indicator.missing, Missing::GroupMean(_) | Missing::LeaveOut)
        };
        let sums = |node: &crate::domain::rubric::Node| {
            use crate::domain::rubric::{Body, Combine};
            !matches!(&node.body, Body::Criterion { combine, .. } if *combine != Combine::Sum)
        };
        rounding.indicator.is_none()
            && rounding.criterion.is_none()
            && self.rubric.total.combine == crate::domain::rubric::Combine::Sum
            && self.rubric.gates.is_empty()
            && self.rubric.nodes.iter().all(sums)
            && self.rubric.grades.iter().all(alone)
            && !self.rubric.indicators().any(averaged)
            && left_out(self.rubric, &self.cohort, ix, &self.facts).is_empty()
    }

    fn move_threshold(&mut self, ix: CentreIx, grade: GradeIx, found: &mut Robustness) {
        let Some(threshold) = &self.rubric.grades[grade.0].threshold else { return };
        let now = threshold.points.0.clone();
        let span = Span::Corners(self.tallies.iter().map(|tally| tally.compared.clone()).collect());
        for way in Way::BOTH {
            let becomes = |value: &Number| self.with_threshold(ix, grade, value);
            let turn = nearest(&span, &now, way, true, &mut |value| becomes(value) != Some(found.grade));
            if let Some(turn) = turn {
                let becomes = becomes(&turn.witness);
                found.flips.push(flip(Lever::Threshold(grade), way, &now, turn, becomes));
            }
        }
    }

    /// The grade that a centre has where a grade asks for this total.
    fn with_threshold(&self, ix: CentreIx, grade: GradeIx, to: &Number) -> Option<GradeIx> {
        let grades = known(&self.thresholds, (grade, to.clone()), || {
            let mut rubric = self.rubric.clone();
            if let Some(threshold) = &mut rubric.grades[grade.0].threshold {
                threshold.points = Points(to.clone());
            }
            let cohort = &self.cohort;
            let again = |(at, tally): (CentreIx, &Arc<Tally>)| {
                let standing = standing(&rubric, cohort, at, tally);
                Arc::new(Tally { standing, ..Tally::clone(tally) })
            };
            let tallies: Vec<_> = cohort.all().zip(&self.tallies).map(again).collect();
            place(&rubric, cohort, &tallies, None).iter().map(|card| card.grade).collect()
        });
        grades.get(ix.0).copied().flatten()
    }
}

/// What is kept under a key, or else worked out; two that ask at once may both do so.
fn known<K: Eq + Hash>(
    kept: &Known<K>,
    key: K,
    work: impl FnOnce() -> Arc<[Option<GradeIx>]>,
) -> Arc<[Option<GradeIx>]> {
    let kept = || kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(grades) = kept().get(&key) {
        return Arc::clone(grades);
    }
    let grades = work();
    kept().insert(key, Arc::clone(&grades));
    grades
}

/// A hundredth of a point, or of the sum under a mean.
fn step_of_weight(weighed: &Weighed) -> Option<Number> {
    let hundredth = Number::fraction(1, WEIGHT_STEPS)?;
    Some(if weighed.is_mean() { &weighed.shared * &hundredth } else { hundredth })
}

fn flip(lever: Lever, way: Way, now: &Number, turn: super::search::Turn, becomes: Option<GradeIx>) -> Flip {
    let super::search::Turn { at, included, witness, sure } = turn;
    Flip { lever, way, now: now.clone(), at, included, witness, becomes, sure, fragile: false }
}

fn firm(lever: Lever, way: Way, now: &Number, span: &Span, proven: bool) -> Option<Firm> {
    let until = match (span, span.ends(now, way)) {
        (_, Some((_, end))) => end,
        (Span::Listed(values), None) => match way {
            Way::Down => values.iter().min().filter(|least| *least < now)?.clone(),
            Way::Up => values.iter().max().filter(|most| *most > now)?.clone(),
        },
        _ => return None,
    };
    Some(Firm { lever, way, now: now.clone(), until, sure: if proven { Sure::Exact } else { Sure::Found } })
}

/// What a metric may be set to; where it has no bound, so many times the largest figure away.
fn span(metric: &Metric, now: &Number, largest: &Number) -> Span {
    match &metric.values {
        Values::YesNo => Span::Listed(vec![Number::ZERO, Number::ONE]),
        Values::Letters(letters) => Span::Listed(letters.iter().map(|(_, worth)| worth.clone()).collect()),
        Values::Number { minimum, maximum, whole } => {
            let far = (largest * &Number::from(OPEN)).ceil();
            let low = minimum.clone().unwrap_or_else(|| -&far).min(now.clone());
            let high = maximum.clone().unwrap_or(far).max(now.clone());
            if *whole { Span::Grid { low, high, step: Number::ONE, tried: TRIED } } else { Span::Line { low, high } }
        }
    }
}

/// Whether a change takes no more than what the metric may be off by.
fn within(tolerance: &MetricTolerance, flip: &Flip) -> bool {
    let allowed = tolerance.of(&flip.now);
    let distance = flip.distance();
    if flip.included { distance <= allowed } else { distance < allowed }
}
