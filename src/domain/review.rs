//! A change of a rubric before it is accepted: whom it moves and why, and what a maintainer says of each centre and edit.
//!
//! Must not know how a comparison came about, nor where what is said is kept.

use super::attribution::{Method, Subset};
use super::cohort::Cohort;
use super::comparison::Comparison;
use super::edit::Edit;
use super::impact::Attributed;
use super::note::{About, Mark, Verdict};
use super::rubric::Rubric;

/// Two rubrics on one cohort, with everything there is to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// What the old rubric, the new one and the cohort are called.
    pub names: (String, String, String),
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
    /// One per change of the comparison; none where nothing is known of the edits.
    pub attributed: Vec<Attributed>,
    /// Why nothing is known of the edits, where that is so; the old rubric is then as good as the new.
    pub untold: Option<Untold>,
}

/// Why it is not known which edits of a rubric moved a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untold {
    /// The rubric that the snapshot was taken of is nowhere to be found.
    NoRubric,
    /// That rubric makes of the cohort now something else than the snapshot says: the data are others, or the program.
    OtherData,
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
        self.untold.is_none() && self.comparison.is_empty() && self.edits.is_empty() && self.citations.is_empty()
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

/// The marks of a review, in the order they were made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks(Vec<Mark>);

impl Marks {
    pub const fn new(marks: Vec<Mark>) -> Self {
        Self(marks)
    }

    pub fn all(&self) -> &[Mark] {
        &self.0
    }

    pub fn of(&self, about: &About) -> Option<&Mark> {
        self.0.iter().find(|mark| mark.about == *about)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn count(&self, verdict: Verdict) -> usize {
        self.0.iter().filter(|mark| mark.verdict == verdict).count()
    }

    /// Puts a verdict, or takes the mark off where it says so already; a remark stays with a verdict that changes.
    pub fn turn(&mut self, about: About, verdict: Verdict) {
        match self.0.iter().position(|mark| mark.about == about) {
            Some(at) if self.0[at].verdict == verdict => drop(self.0.remove(at)),
            Some(at) => self.0[at].verdict = verdict,
            None => self.0.push(Mark { about, verdict, remark: String::new() }),
        }
    }

    /// Writes beside a mark; what has none yet is to be talked about.
    pub fn write(&mut self, about: About, remark: String) {
        match self.0.iter_mut().find(|mark| mark.about == about) {
            Some(mark) => mark.remark = remark,
            None => self.0.push(Mark { about, verdict: Verdict::Discuss, remark }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_given_twice_is_taken_back_and_its_remark_stays_with_another() {
        let mut marks = Marks::default();
        let centre = About::Centre("c01".to_owned());
        marks.write(centre.clone(), "ask them".to_owned());
        assert_eq!(marks.of(&centre).map(|mark| mark.verdict), Some(Verdict::Discuss));
        marks.turn(centre.clone(), Verdict::Reject);
        assert_eq!((marks.count(Verdict::Reject), marks.count(Verdict::Discuss)), (1, 0));
        assert_eq!(marks.of(&centre).map(|mark| mark.remark.as_str()), Some("ask them"));
        marks.turn(About::Cause("grade".to_owned()), Verdict::Reject);
        assert_eq!(marks.count(Verdict::Reject), 2);
        marks.turn(centre.clone(), Verdict::Reject);
        assert_eq!((marks.of(&centre), marks.is_empty()), (None, false));
    }
}
