//! What happens to the program, and what it asks for: plain comparable data, so that a session is a list of them.

use std::sync::Arc;

use jiff::civil::Date;
use tui_input::InputRequest;

use super::bench::Impact;
use super::command::Command;
use super::review::{Fate, Proposal};
use super::waiting::Waits;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, CellRef, Evaluation, Event, UndoRefused};
use crate::domain::history::{Asked, Past};
use crate::domain::note::{Cause, Mark, Moved};
use crate::domain::query::Queries;
use crate::domain::reading::Cycle;
use crate::domain::review::Reviewed;
use crate::domain::robustness::Robustness;
use crate::domain::text::{Lang, Text};
use crate::wording::notice::Addressed;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Run(Command),
    /// A character that begins the entry of a value.
    Begin(char),
    /// A change to the text field that has the cursor.
    Edit(InputRequest),
    Paste(String),
    /// A row, or a row and column, was pointed at.
    Point {
        row: usize,
        column: Option<usize>,
    },
    /// What the last frame showed.
    Seen(Seen),
    /// How far long work has come.
    Progress {
        done: usize,
        of: usize,
    },
    /// Something opened elsewhere is ready to be taken over.
    Ready,
    Opened(Box<Opened>),
    OpenFailed(Diagnostic),
    /// The events are in the journal.
    Appended(Vec<Event>),
    /// Nothing was written.
    AppendFailed(Diagnostic),
    UndoRefused(UndoRefused),
    /// The step that would be taken back is large: nothing was written.
    UndoAsks {
        changes: usize,
        /// The file, where the step was an import.
        file: Option<String>,
    },
    History {
        asked: Asked,
        steps: Vec<Past>,
    },
    /// A file was read and compared with the evaluation.
    Planned(Box<Planned>),
    /// Two rubrics were compared, to be judged; and what accepting the new one comes to.
    Reviewed {
        reviewed: Arc<Reviewed>,
        fate: Fate,
    },
    /// Several results wait to be accepted.
    Waiting(Vec<Waits>),
    /// The marks lie beside the result they are of.
    MarksKept,
    /// What a change of one reading does to the grade of a centre; `None` where it has none.
    Moved {
        centre: String,
        found: Option<Box<Robustness>>,
    },
    /// The accepted change is in its note.
    ChangeNoted {
        file: String,
    },
    /// Something that was asked for could not be done; nothing was changed.
    Failed(Diagnostic),
    /// Files were written, into which folder.
    Exported {
        written: Written,
        folder: String,
    },
    /// Long work was stopped as asked.
    Stopped,
    /// The text of a rubric to look through; it comes again whenever its file is saved.
    Rubric {
        name: String,
        path: Option<String>,
        text: Arc<str>,
    },
    /// A rubric file is on the bench.
    OnBench {
        name: String,
        path: String,
        text: Arc<str>,
    },
    /// What a text on the bench does.
    Tried {
        turn: u64,
        impact: Impact,
    },
    /// The text is in the rubric file.
    RubricSaved {
        text: Arc<str>,
    },
    /// The text of a rubric that comes with the program.
    RubricText {
        title: Text,
        text: Arc<str>,
    },
    /// From outside, such as a signal: ends without asking.
    Quit,
}

/// Something to be done outside; what comes of it returns as messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// One step to append to the journal: answered by `Appended` or `AppendFailed`.
    Append(Vec<Body>),
    /// A step of many events, appended as one transaction while the screen shows how far it is: answered by
    /// `Progress`, then `Appended`, `AppendFailed` or `Stopped`.
    AppendAll(Vec<Body>),
    /// Attach a file to a cell, copied or where it lies, in one step with what stands in `step`: answered by `Appended`
    /// or `Failed`.
    Attach { centre: String, cell: CellRef, path: String, copy: bool, step: Vec<Body> },
    /// Take back the evaluator's last live step: answered by `Appended`, `AppendFailed` or `UndoRefused`, or by
    /// `UndoAsks` where it changes more than one thing and was not confirmed.
    Undo { confirmed: bool },
    /// Open the demo cohort: answered by `Ready` or `OpenFailed`.
    OpenDemo,
    /// Open an evaluation file: answered by `Ready` or `OpenFailed`.
    Open(String),
    /// Found a new evaluation and open it: answered by `Ready` or `OpenFailed`.
    Found(Box<Founding>),
    /// Take over what is ready: answered by `Opened`.
    Take,
    /// Read a file and compare it: answered by `Planned`, `Failed` or `Stopped`.
    Plan {
        path: String,
        sheet: Option<String>,
        /// A file that says how the table is laid out.
        mapping: Option<String>,
        clear: bool,
        evaluation: Arc<Evaluation>,
    },
    /// Write files: answered by `Progress`, then `Exported`, `Failed` or `Stopped`.
    Export(Order),
    /// Answered by `History` or `Failed`.
    History(Asked),
    /// What another rubric would do to the evaluation, in order to be pinned or not: answered by `Reviewed` or `Failed`.
    Weigh { rubric: String, pin: bool },
    /// Which change of one reading gives a centre another grade: answered by `Moved` or `Stopped`.
    Move { centre: String, evaluation: Arc<Evaluation> },
    /// Compare what was named at the start: answered by `Reviewed`, `Waiting` or `Failed`.
    Review,
    /// Compare a result that waits, by its name, with the one that stands: answered by `Reviewed` or `Failed`.
    ReviewWaiting(String),
    /// Keep marks beside the result they are of, in the place of those that are there: answered by `MarksKept` or `Failed`.
    KeepMarks { of: Arc<Proposal>, marks: Vec<Mark> },
    /// Accept a result: answered by `ChangeNoted` or `Failed`.
    Accept(Box<Accepted>),
    /// Pin another rubric: answered by `Ready` or `Failed`.
    Repin { rubric: String, reason: String },
    /// Look through a rubric, a file or a shipped one: answered by `Rubric`, again whenever the file changes, or by
    /// `Failed`.
    Browse(String),
    /// Put a rubric file on the bench, with the centres of an evaluation, or with those that were named at the start:
    /// answered by `OnBench` or `Failed`, and then by `Rubric` whenever the file changes.
    Bench { path: String, evaluation: Option<Arc<Evaluation>> },
    /// What a text on the bench does: answered by `Tried`, unless a later question came.
    Try { turn: u64, text: Arc<str> },
    /// Write a rubric file, if it still says what is known of it: answered by `RubricSaved` or `Failed`.
    SaveRubric { path: String, known: Arc<str>, text: Arc<str> },
    /// The text of a shipped rubric: answered by `RubricText` or `Failed`.
    ShowRubric(String),
    /// Stop the long work that is going on.
    Stop,
    /// Draw every cell again.
    Redraw,
}

/// An evaluation that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What the title bar calls it: the name of its file.
    pub name: String,
    /// The folder it is in: where an export goes unless another is named.
    pub folder: String,
    /// Who types.
    pub evaluator: String,
    /// The text of the pinned rubric.
    pub rubric_text: Arc<str>,
    pub evaluation: Evaluation,
    /// What the checks ask about its data; worked out where the evaluation is read, because it takes as long as scoring.
    pub queries: Queries,
}

/// What a new evaluation is founded with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    pub path: String,
    /// A path, or the id of a shipped rubric.
    pub rubric: String,
    pub cycle: Cycle,
    pub decided_on: Option<Date>,
    /// Who types; empty for the usual name.
    pub evaluator: String,
}

/// A file that was read for an import.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    pub file: String,
    /// Its sheet, its digest and that of the mapping; empty for a text in our own layout.
    pub origin: Text,
    pub bodies: Vec<Body>,
    pub unchanged: usize,
    pub refused: Vec<Diagnostic>,
    pub notes: Vec<Diagnostic>,
    /// The queries that the import would raise, as sentences.
    pub queries: Vec<Text>,
}

/// A change of a rubric that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    pub of: Arc<Proposal>,
    pub marks: Vec<Mark>,
    pub causes: Vec<Cause>,
    pub moved: Moved,
    pub reason: String,
    pub article: String,
}

/// What can be written as files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    Sheets,
    /// Letters to those who must rectify or are to leave the list.
    Notices,
    /// What the rubric makes public.
    Public,
}

impl Product {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Sheets => "sheets",
            Self::Notices => "notices",
            Self::Public => "public",
        }
    }
}

/// What was written, and whether that is all that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    Sheets { files: usize, all: bool },
    Notices { sent: Addressed, all: bool },
    Public { left_out: Text },
}

impl Written {
    /// Not so where it was stopped.
    pub const fn is_all(&self) -> bool {
        match self {
            Self::Sheets { all, .. } | Self::Notices { all, .. } => *all,
            Self::Public { .. } => true,
        }
    }
}

/// What to write, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub product: Product,
    /// Ids as the command line has them: `csv`, `json`, `markdown`.
    pub formats: Vec<String>,
    pub folder: String,
    pub lang: Lang,
}

/// Which part of the front list a frame showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    pub first: usize,
    pub shown: usize,
    pub first_column: usize,
    /// Screen lines of the chosen item that had no room below the last one drawn.
    pub below: usize,
}
