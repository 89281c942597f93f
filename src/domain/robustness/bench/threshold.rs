//! What a grade asks for, moved from one total of the cohort to the next, with everybody graded at each.
//!
//! A walk goes as far as whoever asks needs and is kept for the next. Must not know who asks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Bench, flip};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::grade::standing;
use crate::domain::number::{Number, Points};
use crate::domain::placing::Placing;
use crate::domain::robustness::search::{Turn, Way, corners};
use crate::domain::robustness::{Lever, Robustness};
use crate::domain::rubric::{GradeIx, Rubric};
use crate::domain::score::{State, Tally};

/// Walks by grade and direction.
pub(super) type Walks = Arc<Mutex<HashMap<(GradeIx, Way), Walk>>>;

/// A threshold on its way.
pub(super) struct Walk {
    /// What is still ahead.
    ahead: std::vec::IntoIter<Turn>,
    rubric: Rubric,
    grade: GradeIx,
    placing: Placing,
    before: Vec<Option<GradeIx>>,
    /// By centre: where its grade changed first, and to what.
    turned: Vec<Option<(Turn, Option<GradeIx>)>>,
}

impl Walk {
    fn new(rubric: &Rubric, placing: &Placing, grade: GradeIx, (now, way): (&Number, Way)) -> Self {
        let totals: Vec<Number> = placing.cards().iter().map(|card| card.tally.compared.clone()).collect();
        let before: Vec<Option<GradeIx>> = placing.cards().iter().map(|card| card.grade).collect();
        Self {
            ahead: corners(&totals, now, way).into_iter(),
            rubric: rubric.clone(),
            grade,
            placing: placing.clone(),
            turned: vec![None; before.len()],
            before,
        }
    }

    /// Goes on until a centre has another grade, or to the end.
    fn turn_of(&mut self, cohort: &Cohort, ix: CentreIx) -> Option<(Turn, Option<GradeIx>)> {
        while self.turned[ix.0].is_none() {
            let next = self.ahead.next()?;
            self.ask_for(cohort, &next.witness);
            for ((turned, before), card) in self.turned.iter_mut().zip(&self.before).zip(self.placing.cards()) {
                if turned.is_none() && card.grade != *before {
                    *turned = Some((next.clone(), card.grade));
                }
            }
        }
        self.turned[ix.0].clone()
    }

    /// Only who was on one side of the threshold and is now on the other stands otherwise than before.
    fn ask_for(&mut self, cohort: &Cohort, points: &Number) {
        let Some(threshold) = &mut self.rubric.grades[self.grade.0].threshold else { return };
        let old = threshold.clone();
        threshold.points = Points(points.clone());
        let new = threshold.clone();
        let crossed = |tally: &Tally| {
            tally.state == State::Complete && old.admits(&tally.compared) != new.admits(&tally.compared)
        };
        let cards = self.placing.cards().iter().filter(|card| crossed(&card.tally));
        let tallies: Vec<(CentreIx, Tally)> = cards
            .map(|card| {
                let standing = standing(&self.rubric, cohort, card.centre, &card.tally);
                (card.centre, Tally { standing, ..Tally::clone(&card.tally) })
            })
            .collect();
        if !tallies.is_empty() {
            self.placing.again(&self.rubric, cohort, tallies, None);
        }
    }
}

impl Bench<'_> {
    pub(super) fn move_threshold(&self, ix: CentreIx, grade: GradeIx, found: &mut Robustness) {
        let Some(threshold) = &self.rubric.grades[grade.0].threshold else { return };
        let now = &threshold.points.0;
        let mut walks = self.thresholds.lock().unwrap_or_else(PoisonError::into_inner);
        for way in Way::BOTH {
            let begin = || Walk::new(self.rubric, &self.placing, grade, (now, way));
            let walk = walks.entry((grade, way)).or_insert_with(begin);
            if let Some((turn, becomes)) = walk.turn_of(&self.cohort, ix) {
                found.flips.push(flip(Lever::Threshold(grade), way, now, turn, becomes));
            }
        }
    }
}
