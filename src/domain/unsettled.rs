//! What of an evaluation is not settled yet: what somebody should know after an import, and before it is closed. Must not
//! know who is told.

use super::cohort::Cohort;
use super::grade::Scorecard;
use super::query::{Answers, Gravity, Queries};
use super::rubric::Rubric;
use super::score::State;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unsettled {
    /// Centres that take part and have no grade, because cells are blank or their kind is not known, or because the rubric
    /// grades nobody without what they did not report.
    pub ungraded: usize,
    /// Grades that a quota may yet move, because others are incomplete.
    pub provisional: usize,
    /// Queries without an answer about figures that cannot all be right.
    pub wrong: usize,
    /// Values that ask for evidence and name none, and of how many centres they are.
    pub unproven: (usize, usize),
}

impl Unsettled {
    pub fn of(rubric: &Rubric, cohort: &Cohort, cards: &[Scorecard], (queries, answers): (&Queries, &Answers)) -> Self {
        let waits = |card: &&Scorecard| !matches!(card.tally.state, State::Complete | State::NotScored(_));
        let is_wrong = |ix, query| {
            let centre = &cohort.centre(ix).id;
            answers.standing(rubric, &cohort.layout, centre, query).is_none() && query.gravity() == Gravity::Hard
        };
        Self {
            ungraded: cards.iter().filter(waits).count(),
            provisional: cards.iter().filter(|card| card.provisional).count(),
            wrong: queries.all(rubric).iter().filter(|(ix, query)| is_wrong(*ix, query)).count(),
            unproven: unproven(rubric, cohort),
        }
    }

    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Cells of those who take part that ask for evidence and have none, and how many centres they are of.
pub fn unproven(rubric: &Rubric, cohort: &Cohort) -> (usize, usize) {
    let counts = cohort.all().map(|ix| cohort.without_evidence(rubric, ix).len()).filter(|count| *count > 0);
    counts.fold((0, 0), |(cells, centres), count| (cells + count, centres + 1))
}
