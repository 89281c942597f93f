//! A cohort on the bench: one thing is moved, everybody it concerns is scored again, and it is put back.
//!
//! Must not know how a boundary is looked for.

mod route;
mod threshold;
mod weight;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

pub use route::{Route, Routes};
use threshold::Walks;

use super::search::{Span, Sure, Way, nearest};
use super::shape::Sight;
use super::{Firm, Flip, Lever, Robustness};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::number::Number;
use crate::domain::placing::Placing;
use crate::domain::placing::others::{Others, Placed};
use crate::domain::reading::{Reading, Slot};
use crate::domain::rubric::{ClassIx, GradeIx, Metric, MetricTolerance, NodeIx, Role, Rubric, Values};
use crate::domain::score::{Facts, Tally, facts, points};

/// How many times the largest figure of the cohort an open end lies away.
const OPEN: i64 = 1000;

/// Steps of a metric of whole numbers that are all tried where nothing is known of what lies between.
const TRIED: usize = 128;

/// What was worked out for all, kept for whoever asks next.
type Known<K, V> = Arc<Mutex<HashMap<K, V>>>;

/// By centre in roster order.
type Grades = Arc<[Option<GradeIx>]>;

/// A scored cohort in which single things can be moved. A clone shares what was worked out for all.
#[derive(Clone)]
pub struct Bench<'a> {
    rubric: &'a Rubric,
    cohort: Cohort,
    facts: Facts,
    tallies: Vec<Arc<Tally>>,
    /// Nothing is moved in it, but where points depend on the other centres.
    placing: Placing,
    /// The centre that was moved last, with its points as it stands on the bench.
    moving: Option<(CentreIx, Arc<Tally>)>,
    /// What the others leave to the centre that was graded last.
    others: Option<(CentreIx, Option<Arc<Others>>)>,
    /// By node, kind and stage, and weight: the grades of all.
    reweighted: Known<(NodeIx, ClassIx, Number), Grades>,
    /// By node, and kind and stage: the rubric with the least weight.
    lightest: Known<(NodeIx, ClassIx), Arc<Rubric>>,
    thresholds: Walks,
    /// The largest figure that anybody has in a slot, in size.
    largest: Known<Slot, Number>,
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
            moving: None,
            others: None,
            reweighted: Known::default(),
            lightest: Known::default(),
            thresholds: Walks::default(),
            largest: Known::default(),
            moved: Vec::new(),
        }
    }

    pub fn cohort(&self) -> &Cohort {
        &self.cohort
    }

    pub fn rubric(&self) -> &'a Rubric {
        self.rubric
    }

    /// The grade of a centre as it stands on the bench.
    fn grade(&mut self, ix: CentreIx) -> Option<GradeIx> {
        let Some((_, tally)) = self.moving.as_ref().filter(|(moving, _)| *moving == ix) else {
            return self.placing.cards()[ix.0].grade;
        };
        let tally = Arc::clone(tally);
        match self.others(ix).map_or(Placed::Ties, |others| others.place(self.rubric, &tally)) {
            Placed::At(grade) => grade,
            Placed::Ties => {
                self.placing.again(self.rubric, &self.cohort, [(ix, Tally::clone(&tally))], None);
                let grade = self.placing.cards()[ix.0].grade;
                let before = Tally::clone(&self.tallies[ix.0]);
                self.placing.again(self.rubric, &self.cohort, [(ix, before)], None);
                grade
            }
        }
    }

    /// What the others leave to a centre.
    fn others(&mut self, ix: CentreIx) -> Option<Arc<Others>> {
        if let Some((_, others)) = self.others.as_ref().filter(|(of, _)| *of == ix) {
            return others.clone();
        }
        let others = self.placing.others(self.rubric, &self.cohort, ix).map(Arc::new);
        self.others = Some((ix, others.clone()));
        others
    }

    /// The points of a centre as it stands on the bench.
    fn tally(&self, ix: CentreIx) -> &Tally {
        let moving = self.moving.as_ref().filter(|(moving, _)| *moving == ix);
        moving.map_or(&self.placing.cards()[ix.0].tally, |(_, tally)| tally)
    }

    /// What single changes do to a centre's grade; `None` where it has none.
    pub fn of(&mut self, ix: CentreIx) -> Option<Robustness> {
        let class = self.rubric.class(self.cohort.centre(ix))?;
        let mut found = self.readings_of(ix)?;
        self.move_weights((ix, class), &mut found);
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
            self.moving = Some((ix, Arc::new(points(self.rubric, &self.cohort, ix, &self.facts))));
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

    /// The largest figure that anybody has in a slot, in size; the first time it is asked nothing may be moved.
    fn largest(&self, slot: Slot) -> Number {
        let mut known = self.largest.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(slot).or_insert_with(|| self.largest_of_all(slot)).clone()
    }

    fn largest_of_all(&self, slot: Slot) -> Number {
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
        let (here, there) = (&self.tallies[ix.0], self.tally(ix));
        let sign = |node: &NodeIx| {
            let order = there.nodes[node.0].as_ref()?.cmp(here.nodes[node.0].as_ref()?);
            Some(if self.rubric.nodes[node.0].role == Role::Deduction { order.reverse() } else { order })
        };
        let Some(mut signs) = looking.iter().map(sign).collect::<Option<Vec<_>>>() else { return false };
        signs.retain(|order| order.is_ne());
        signs.windows(2).all(|pair| pair[0] == pair[1])
    }
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
