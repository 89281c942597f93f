//! Notes of change: who accepted another result of a rubric on a cohort, when, why, by which article, and what was said of
//! single centres and causes. Must not know how a note is written down, nor what the results are.

use jiff::civil::Date;

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
    /// An edit of the rubric, in words.
    Cause(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Accept,
    /// As long as this stands, the whole is not accepted.
    Reject,
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

/// One accepted result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub said: Acceptance,
    /// Digest of the snapshot that stood until then; `None` in the first note.
    pub old: Option<String>,
    /// Digest of the snapshot that was accepted.
    pub new: String,
    /// `None` in the first note.
    pub moved: Option<Moved>,
    /// Digest of all this and of the note before.
    pub digest: String,
}
