//! A change of a rubric before it is accepted: whom it moves and why, and what a maintainer says of each centre and edit.
//!
//! Must not know how a comparison came about, nor where what is said is kept.

use std::collections::BTreeMap;

use super::attribution::{Method, Subset};
use super::cohort::Cohort;
use super::comparison::Comparison;
use super::edit::Edit;
use super::impact::Attributed;
use super::rubric::Rubric;

/// Two rubrics on one cohort, with everything there is to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// What the old rubric, the new one and the cohort are called.
    pub names: (String, String, String),
    /// The meaning digests of the two rubrics.
    pub meanings: (String, String),
    pub old: Rubric,
    pub new: Rubric,
    /// As the new rubric sees it.
    pub cohort: Cohort,
    pub comparison: Comparison,
    /// Edits that a score may depend on.
    pub edits: Vec<Edit>,
    /// Edits of what is cited.
    pub citations: Vec<Edit>,
    pub method: Method,
    /// One per change of the comparison.
    pub attributed: Vec<Attributed>,
}

/// Whom an edit has a part in moving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// Centres whose points, grade or flags go back to it, alone or with others.
    pub centres: usize,
    /// Those among them whose grade does.
    pub grades: usize,
}

impl Attributed {
    /// Whether an edit has a part in the change: of points, of the grade or of the flags.
    pub fn is_by(&self, edit: usize) -> bool {
        let among = |sets: &[Subset]| sets.iter().any(|set| set.has(edit));
        self.shares.get(edit).is_some_and(|share| !share.is_zero()) || among(&self.grade) || among(&self.flags)
    }
}

impl Reviewed {
    /// Nothing differs, not even what is cited.
    pub fn is_empty(&self) -> bool {
        self.comparison.is_empty() && self.edits.is_empty() && self.citations.is_empty()
    }

    /// Edit by edit.
    pub fn moved(&self) -> Vec<Moved> {
        let mut moved = vec![Moved::default(); self.edits.len()];
        for attributed in &self.attributed {
            for (edit, moved) in moved.iter_mut().enumerate() {
                moved.centres += usize::from(attributed.is_by(edit));
                moved.grades += usize::from(attributed.grade.iter().any(|set| set.has(edit)));
            }
        }
        moved
    }
}

/// What a maintainer says of a part of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    Accept,
    /// The change as a whole cannot be accepted as long as this stands.
    Reject,
    /// To be talked about; keeps nothing from being accepted.
    Discuss,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Accept, Self::Reject, Self::Discuss];

    /// As a change note writes it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Discuss => "discuss",
        }
    }
}

/// What a mark is on: centres by id, edits by position.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum About {
    Centre(String),
    Edit(usize),
}

/// A verdict, and what somebody wrote beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub verdict: Verdict,
    pub note: String,
}

/// The marks of a review.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks(BTreeMap<About, Mark>);

impl Marks {
    pub fn of(&self, about: &About) -> Option<&Mark> {
        self.0.get(about)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn count(&self, verdict: Verdict) -> usize {
        self.0.values().filter(|mark| mark.verdict == verdict).count()
    }

    /// Puts a verdict, or takes the mark off where it says so already; a note stays with a verdict that changes.
    pub fn turn(&mut self, about: About, verdict: Verdict) {
        match self.0.get_mut(&about) {
            Some(mark) if mark.verdict == verdict => drop(self.0.remove(&about)),
            Some(mark) => mark.verdict = verdict,
            None => drop(self.0.insert(about, Mark { verdict, note: String::new() })),
        }
    }

    /// Writes beside a mark; what has none yet is to be talked about.
    pub fn write(&mut self, about: About, note: String) {
        self.0.entry(about).or_insert(Mark { verdict: Verdict::Discuss, note: String::new() }).note = note;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_given_twice_is_taken_back_and_its_note_stays_with_another() {
        let mut marks = Marks::default();
        let centre = About::Centre("c01".to_owned());
        marks.write(centre.clone(), "ask them".to_owned());
        assert_eq!(marks.of(&centre).map(|mark| mark.verdict), Some(Verdict::Discuss));
        marks.turn(centre.clone(), Verdict::Reject);
        assert_eq!((marks.count(Verdict::Reject), marks.count(Verdict::Discuss)), (1, 0));
        assert_eq!(marks.of(&centre).map(|mark| mark.note.as_str()), Some("ask them"));
        marks.turn(About::Edit(0), Verdict::Reject);
        assert_eq!(marks.count(Verdict::Reject), 2);
        marks.turn(centre.clone(), Verdict::Reject);
        assert_eq!((marks.of(&centre), marks.is_empty()), (None, false));
    }
}
