//! Notes of change: who accepted another result of a rubric on a cohort, when, why, by which article, and what was said of
//! single centres and causes. Must not know how a note is written down, nor what the results are.

use jiff::civil::Date;

use super::comparison::{Comparison, Extent};

/// What somebody says when accepting a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// Who accepts it.
    pub by: String,
    pub on: Date,
    pub reason: String,
    /// The document and article it rests on; `none` where it rests on none.
    pub article: String,
    /// In the order they were made.
    pub marks: Vec<Mark>,
    /// The edits of the rubric, where they are known.
    pub causes: Vec<Cause>,
    /// How many centres move, where more was looked at than the two snapshots say: points can move inside a total.
    pub moved: Option<Moved>,
}

/// An edit of the rubric, and how many centres it has a part in moving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// By ids, as the rubric's text has them.
    pub what: String,
    pub moves: usize,
}

/// What was said of one part of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub about: About,
    pub verdict: Verdict,
    /// May be empty.
    pub remark: String,
}

/// Which part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A centre, by id.
    Centre(String),
    /// An edit of the rubric, named as [`Cause::what`].
    Cause(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Accept,
    /// As long as this stands, the whole is not accepted.
    Reject,
    /// To be talked about; keeps nothing from being accepted.
    Discuss,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Accept, Self::Reject, Self::Discuss];

    /// As a note writes it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Discuss => "discuss",
        }
    }
}

/// How many centres an accepted result moved, each counted once by the gravest respect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    pub grade: usize,
    pub flags: usize,
    /// Score only.
    pub score: usize,
    pub same: usize,
}

impl From<&Comparison> for Moved {
    fn from(of: &Comparison) -> Self {
        let count = |extent| of.count(extent);
        Self { grade: count(Extent::Grade), flags: count(Extent::Flags), score: count(Extent::Score), same: of.same }
    }
}

/// What an accepted result says otherwise of a centre: old and new where they differ, nothing where they do not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    pub centre: String,
    pub grade: Option<(String, String)>,
    pub outcome: Option<(String, String)>,
    /// Flags that it gained, and that it lost.
    pub flags: (Vec<String>, Vec<String>),
}

/// One accepted result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub said: Acceptance,
    /// Digest of the snapshot that stood until then; `None` where there was none.
    pub old: Option<String>,
    /// Digest of the snapshot that was accepted.
    pub new: String,
    /// As it was said, or else by the two snapshots; `None` where no snapshot stood until then.
    pub moved: Option<Moved>,
    /// The centres whose grade, flags or outcome differ, worst first.
    pub told: Vec<Told>,
    /// Digest of all this and of the note before.
    pub digest: String,
}
