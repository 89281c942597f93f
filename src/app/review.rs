//! A change of a rubric under review: whom it moves, worst first, then the edits that do; each can be marked, and the
//! whole is accepted with a reason or not at all. Must not know how a comparison is made or a note is written.

use std::sync::Arc;

use super::list::List;
use crate::domain::note::{About, Cause, Mark, Verdict};
use crate::domain::review::{Marks, Moved, Reviewed};
use crate::domain::snapshot::Kept;
use crate::domain::text::{Lang, Text};
use crate::wording::bench::counts;
use crate::wording::review::{self, Line};
use crate::wording::{Phrase, edit};

/// What accepting the change comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The result stands as a snapshot, with a note.
    Snapshot(Arc<Proposal>),
    /// Nothing: it is only looked at, and why.
    Look(Phrase),
    /// The evaluation is scored by this rubric from then on; so many changes of readings have no place in it.
    Repin { rubric: String, unplaced: usize },
}

/// A result of a rubric that can take the place of the one that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The folder of the snapshots.
    pub folder: String,
    /// `<rubric>@<cohort>`.
    pub name: String,
    /// The result before, where no snapshot stands yet.
    pub old: Option<Kept>,
    /// Digest of the snapshot that stands, or of `old`.
    pub standing: String,
    pub new: Kept,
    /// What was said of it so far.
    pub marks: Vec<Mark>,
}

#[derive(Debug, Clone)]
pub struct Review {
    pub of: Arc<Reviewed>,
    pub fate: Fate,
    /// How many centres differ, and how far.
    pub summary: Text,
    /// Whom each edit moves.
    pub moved: Vec<Moved>,
    /// What each edit is called in marks and notes.
    causes: Vec<String>,
    pub marks: Marks,
    /// The centres that move, then the edits.
    pub list: List,
    /// Where the cursor was among the others.
    other: usize,
    /// What stands behind the row the cursor is on, where it is open.
    pub detail: Option<Detail>,
    /// The notes that the whole was accepted in.
    pub accepted: Option<String>,
}

/// What stands behind a centre or an edit.
#[derive(Debug, Clone)]
pub struct Detail {
    pub title: Text,
    pub lines: Vec<Line>,
    pub list: List,
}

/// A row of a review, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    Centre(usize),
    Edit(usize),
}

impl Review {
    pub fn new(of: Arc<Reviewed>, fate: Fate) -> Self {
        let said = |lang| counts(&of.comparison, lang);
        let summary = Text { en: said(Lang::En), zh: said(Lang::Zh) };
        let (moved, other) = (of.moved(), of.comparison.changes.len());
        let causes = of.edits.iter().map(edit::by_id).collect();
        let marks = match &fate {
            Fate::Snapshot(proposal) => Marks::new(proposal.marks.clone()),
            Fate::Repin { .. } | Fate::Look(_) => Marks::default(),
        };
        let list = List::default();
        Self { of, fate, summary, moved, causes, marks, list, other, detail: None, accepted: None }
    }

    pub fn centres(&self) -> usize {
        self.of.comparison.changes.len()
    }

    pub fn len(&self) -> usize {
        self.centres() + self.of.edits.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn row(&self, at: usize) -> Option<Row> {
        match at.checked_sub(self.centres()) {
            None => Some(Row::Centre(at)),
            Some(edit) => (edit < self.of.edits.len()).then_some(Row::Edit(edit)),
        }
    }

    pub fn about(&self, at: usize) -> Option<About> {
        Some(match self.row(at)? {
            Row::Centre(at) => About::Centre(self.of.comparison.changes.get(at)?.centre.clone()),
            Row::Edit(at) => About::Cause(self.causes.get(at)?.clone()),
        })
    }

    /// The edits as a note names them.
    pub fn causes(&self) -> Vec<Cause> {
        let cause = |(what, moved): (&String, &Moved)| Cause { what: what.clone(), moves: moved.centres };
        self.causes.iter().zip(&self.moved).map(cause).collect()
    }

    /// What a row is called.
    pub fn title(&self, at: usize) -> Text {
        match self.row(at) {
            Some(Row::Centre(at)) => {
                let label = self.of.comparison.changes.get(at).map(|change| review::label(&self.of, change));
                Text::both(label.unwrap_or_default())
            }
            Some(Row::Edit(at)) => self.of.edits.get(at).map_or_else(Text::default, |edit| {
                let said = |lang| format!("#{} {}", at + 1, review::edit(&self.of, edit, lang));
                Text { en: said(Lang::En), zh: said(Lang::Zh) }
            }),
            None => Text::default(),
        }
    }

    /// Something was marked and is kept nowhere.
    pub fn is_unsaved(&self) -> bool {
        !self.marks.is_empty() && !matches!(self.fate, Fate::Snapshot(_))
    }

    pub fn mark(&mut self, verdict: Verdict) {
        if let Some(about) = self.about(self.list.at) {
            self.marks.turn(about, verdict);
        }
    }

    /// From the centres to the edits and back, each to where the cursor was.
    pub fn turn(&mut self) {
        let here = std::mem::replace(&mut self.list.at, self.other);
        self.other = here;
        self.list.within(self.len());
    }

    pub fn open(&mut self) {
        let lines = match self.row(self.list.at) {
            Some(Row::Centre(at)) => match self.of.comparison.changes.get(at) {
                Some(change) => review::of_centre(&self.of, change, self.of.attributed.get(at)),
                None => return,
            },
            Some(Row::Edit(at)) => review::of_edit(&self.of, at),
            None => return,
        };
        self.detail = Some(Detail { title: self.title(self.list.at), lines, list: List::default() });
    }

    pub(super) fn front_list(&mut self) -> (&mut List, usize) {
        let count = self.len();
        match &mut self.detail {
            Some(detail) => (&mut detail.list, detail.lines.len()),
            None => (&mut self.list, count),
        }
    }
}
