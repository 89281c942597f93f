//! One centre against the others, who stand still: the grade it has with other points, without placing anybody again.
//!
//! Whoever does not get a grade leaves it to the others as if it were not there, so that the line which it has to pass
//! is drawn by them alone. Where it ties at that line its own points may decide who of the others is in, and nothing is
//! said. Must not know why its points are other ones.

use super::{Placing, candidates, give_grade, groups, set_by_gates};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::grade::{cap, places, sets};
use crate::domain::group::Group;
use crate::domain::number::Number;
use crate::domain::rubric::{GradeIx, Rubric, Ties};
use crate::domain::score::{State, Tally};

/// What the others leave of each grade to one centre, best grade first.
pub struct Others(Vec<Line>);

/// What a centre must have besides what the grade itself asks.
enum Line {
    Nothing,
    /// The grade has no place at all.
    Closed,
    /// More than this total; as much does where all who tie are in.
    Past {
        total: Number,
        all_in: bool,
    },
}

impl Placing {
    /// `None` where grades go to the first or the last of a ranking, whose places the centre itself may move.
    pub fn others(&self, rubric: &Rubric, cohort: &Cohort, ix: CentreIx) -> Option<Others> {
        let ranked = rubric.grades.iter().any(|grade| grade.first.is_some() || grade.last.is_some());
        if ranked {
            return None;
        }
        let mut given = set_by_gates(rubric, &self.cards);
        // As if it had a grade already: it takes no place.
        given[ix.0].grade = Some(GradeIx(0));
        let grades = rubric.grades.iter().enumerate().map(|(at, grade)| (GradeIx(at), grade));
        let mut lines = Vec::new();
        for (at, grade) in grades {
            let mut line = Line::Nothing;
            for group in
                groups(grade.quota.as_ref().map_or(Group::All, |quota| quota.per), cohort, &self.cards, &self.order)
            {
                if let Some(quota) = grade.quota.as_ref().filter(|_| group.complete.contains(&ix.0)) {
                    let places = places(&quota.size, group.of);
                    let before = candidates(rubric, &self.cards, &group, at, &given);
                    line = match (places.checked_sub(1), places.checked_sub(1).and_then(|last| before.get(last))) {
                        (None, _) => Line::Closed,
                        (Some(_), None) => Line::Nothing,
                        (Some(_), Some(last)) => Line::Past {
                            total: self.cards[*last].tally.compared.clone(),
                            all_in: matches!(quota.ties, Ties::AllIn),
                        },
                    };
                }
                give_grade((rubric, cohort, &self.cards), &group, (at, grade), &mut given);
            }
            lines.push(line);
        }
        Some(Others(lines))
    }
}

/// The grade of a centre, where it follows from what the others leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    At(Option<GradeIx>),
    /// It ties at a line.
    Ties,
}

impl Others {
    /// The grade of the centre with other points.
    pub fn place(&self, rubric: &Rubric, tally: &Tally) -> Placed {
        if tally.state != State::Complete {
            return Placed::At(None);
        }
        let standing = &tally.standing;
        if let Some((grade, _)) = sets(rubric, &standing.gates) {
            return Placed::At(Some(grade));
        }
        let best = cap(rubric, &standing.gates);
        let lines = self.0.iter().enumerate().map(|(at, line)| (GradeIx(at), line));
        for (at, line) in lines.filter(|(at, _)| best <= *at && standing.failings(*at).is_empty()) {
            let past = match line {
                Line::Nothing => true,
                Line::Closed => false,
                Line::Past { total, all_in } if tally.compared == *total => {
                    if !all_in {
                        return Placed::Ties;
                    }
                    true
                }
                Line::Past { total, .. } => tally.compared > *total,
            };
            if past {
                return Placed::At(Some(at));
            }
        }
        Placed::At(None)
    }
}
