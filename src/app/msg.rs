//! What happens to the program, and what it asks for: plain comparable data, so that a session is a list of them.

use tui_input::InputRequest;

use super::command::Command;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, Evaluation, Event, UndoRefused};

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
    /// From outside, such as a signal: ends without asking.
    Quit,
}

/// Something to be done outside; what comes of it returns as messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// One step to append to the journal: answered by `Appended` or `AppendFailed`.
    Append(Vec<Body>),
    /// Take back the evaluator's last live step: answered by `Appended`, `AppendFailed` or `UndoRefused`, or by
    /// `UndoAsks` where it changes more than one thing and was not confirmed.
    Undo { confirmed: bool },
    /// Open the demo cohort: answered by `Opened` or `OpenFailed`.
    OpenDemo,
    /// Draw every cell again.
    Redraw,
}

/// An evaluation that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What the title bar calls it: the name of its file.
    pub name: String,
    /// Who types.
    pub evaluator: String,
    pub evaluation: Evaluation,
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
