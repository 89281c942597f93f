//! What one moved figure of a rubric does to a cohort, and what that says of the figure.
//!
//! Both sides have the same centres, grades, gates and nodes in the same order: only numbers of the rubric differ. Must
//! not know which figure was moved, or how.

use std::sync::Arc;

use jiff::civil::Date;

use super::cohort::{CentreIx, Cohort};
use super::grade::{Scorecard, standing};
use super::number::Number;
use super::placing::place;
use super::rubric::{GateEffect, GradeIx, Rubric};
use super::score::{State, Tally, score};

/// What a figure is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Points or weight of a criterion or an indicator.
    Weight,
    /// The line of a grade, or the share that each criterion must reach.
    Threshold,
    /// A number inside the formula of a measure.
    Constant,
    /// Where a band begins, a line starts, or what counts as one unit.
    Edge,
    /// What earns all points.
    Goal,
    /// What a band, a place, an item or a unit earns.
    Award,
    /// A number in the condition of a gate, a grade or an outcome.
    Gate,
    /// The most or the least that a criterion or the total may come to.
    Cap,
    Quota,
    /// What is taken off where a figure is not reported.
    Penalty,
    /// A number from outside the cohort.
    Reference,
}

/// Who is moved; each centre counts once, where it is moved most.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shift {
    /// Centres with another grade, with the old and the new one.
    pub grades: Vec<(CentreIx, Option<GradeIx>, Option<GradeIx>)>,
    /// Centres with other flags, or for whom something else follows.
    pub flags: usize,
    /// Centres with another rank.
    pub ranks: usize,
    /// Centres with other points, somewhere in the ledger.
    pub scores: usize,
}

impl Shift {
    /// How two rounds of scorecards of the same centres differ.
    pub fn between(old: &[Scorecard], new: &[Scorecard]) -> Self {
        let mut shift = Self::default();
        for (old, new) in old.iter().zip(new) {
            if old.grade != new.grade {
                shift.grades.push((old.centre, old.grade, new.grade));
            } else if old.flags != new.flags || old.proposal != new.proposal {
                shift.flags += 1;
            } else if old.rank != new.rank {
                shift.ranks += 1;
            } else if !same_points(&old.tally, &new.tally) {
                shift.scores += 1;
            }
        }
        shift
    }

    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

fn same_points(old: &Tally, new: &Tally) -> bool {
    old.total == new.total && old.state == new.state && old.nodes == new.nodes && old.profiles == new.profiles
}

/// A figure moved one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    pub to: Number,
    pub shift: Shift,
    /// Whether a fixture then expects something else than is found; `None` where there are none.
    pub noticed: Option<bool>,
}

/// A figure moved up and down; `None` where the rubric would not stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mutation {
    pub up: Option<Trial>,
    pub down: Option<Trial>,
    /// Where one step moves nobody: how many steps at once do.
    pub further: Option<i64>,
}

/// What that says of the figure, gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// It cannot be moved either way.
    Fixed,
    /// Points, ranks or flags move, no grade.
    Moves,
    /// One step moves nobody, more do.
    Quiet,
    /// Nobody is moved at all.
    Dead,
    /// The smallest step gives a centre another grade.
    HairTrigger,
}

impl Mutation {
    pub fn trials(&self) -> impl Iterator<Item = &Trial> {
        self.up.iter().chain(&self.down)
    }

    pub fn verdict(&self) -> Verdict {
        match self.further {
            _ if self.trials().next().is_none() => Verdict::Fixed,
            _ if self.trials().any(|trial| !trial.shift.grades.is_empty()) => Verdict::HairTrigger,
            _ if self.trials().any(|trial| !trial.shift.is_nothing()) => Verdict::Moves,
            Some(_) => Verdict::Quiet,
            None => Verdict::Dead,
        }
    }

    /// How many of the two rubrics no fixture tells from the one that stands.
    pub fn survived(&self) -> usize {
        self.trials().filter(|trial| trial.noticed == Some(false)).count()
    }
}

/// A cohort scored by a rubric, ready to be scored again by others that differ in figures.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    pub rubric: &'a Rubric,
    pub cohort: &'a Cohort,
    pub cards: &'a [Scorecard],
    /// Nothing is still to come.
    pub closed: bool,
    pub decided_on: Option<Date>,
}

impl Ground<'_> {
    /// The scorecards under another rubric.
    pub fn under(&self, rubric: &Rubric) -> Vec<Scorecard> {
        if self.has_same_points(rubric) {
            return self.placed_again(rubric);
        }
        if self.cohort.fits(rubric) {
            return score(rubric, self.cohort, self.decided_on);
        }
        score(rubric, &self.cohort.under(self.rubric, rubric, self.closed), self.decided_on)
    }

    /// Only grades, gates and outcomes differ, and no gate decides who is scored at all.
    fn has_same_points(&self, rubric: &Rubric) -> bool {
        let exempts = |rubric: &Rubric| rubric.gates.iter().any(|gate| matches!(gate.effect, GateEffect::Status(_)));
        let Rubric { grades, gates, outcomes, .. } = self.rubric.clone();
        !exempts(self.rubric)
            && self.cohort.fits(rubric)
            && Rubric { grades, gates, outcomes, ..rubric.clone() } == *self.rubric
    }

    fn placed_again(&self, rubric: &Rubric) -> Vec<Scorecard> {
        let again = |card: &Scorecard| {
            let mut tally = Tally::clone(&card.tally);
            if !matches!(tally.state, State::NotScored(_) | State::WithoutKind) {
                tally.standing = standing(rubric, self.cohort, card.centre, &tally);
            }
            Arc::new(tally)
        };
        let tallies: Vec<Arc<Tally>> = self.cards.iter().map(again).collect();
        place(rubric, self.cohort, &tallies, self.decided_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(shift: Shift) -> Trial {
        Trial { to: Number::ONE, shift, noticed: None }
    }

    #[test]
    fn the_gravest_of_both_ways_counts() {
        let grades = Shift { grades: vec![(CentreIx(0), None, Some(GradeIx(0)))], ..Shift::default() };
        let ranks = Shift { ranks: 2, ..Shift::default() };
        let of = |up: Option<Shift>, down: Option<Shift>, further| {
            Mutation { up: up.map(trial), down: down.map(trial), further }.verdict()
        };
        assert_eq!(of(Some(ranks.clone()), Some(grades), None), Verdict::HairTrigger);
        assert_eq!(of(Some(Shift::default()), Some(ranks), None), Verdict::Moves);
        assert_eq!(of(Some(Shift::default()), None, Some(10)), Verdict::Quiet);
        assert_eq!(of(Some(Shift::default()), None, None), Verdict::Dead);
        assert_eq!(of(None, None, None), Verdict::Fixed);
    }
}
