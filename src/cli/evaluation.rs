//! Evaluation files: opened for reading or for one writer.

use std::path::Path;

use super::args::Cli;
use super::failure::Failure;
use super::{input, now};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, Evaluation, Event, UndoRefused, changes, imported, is_large, undo};
use crate::store::error::StoreError;
use crate::store::journal::{Access, Journal};

/// An evaluation as it stands, with the journal it came from.
pub struct Open {
    pub journal: Journal,
    pub evaluation: Evaluation,
}

/// What came of an undo.
pub enum Undone {
    /// The step that takes it back, to be appended.
    Step(Vec<Body>),
    Refused(UndoRefused),
    /// It would take back this many changes, of the import of a file.
    Asks {
        changes: usize,
        file: Option<String>,
    },
}

pub fn read(path: &Path) -> Result<Open, Failure> {
    with(Journal::open(path, Access::Read)?)
}

pub fn write(path: &Path, cli: &Cli) -> Result<Open, Failure> {
    with(journal(path, cli)?)
}

/// A journal open for writing, not read yet.
pub fn journal(path: &Path, cli: &Cli) -> Result<Journal, Failure> {
    Ok(Journal::open(path, writing(cli))?)
}

/// Writing as whoever the command line says.
pub fn writing(cli: &Cli) -> Access {
    Access::Write { evaluator: cli.evaluator.clone(), time: now() }
}

fn with(journal: Journal) -> Result<Open, Failure> {
    let evaluation = journal.evaluation(input::pinned)?;
    Ok(Open { journal, evaluation })
}

impl Open {
    /// Refuses to change what is closed.
    pub fn changeable(self, path: &Path) -> Result<Self, Failure> {
        let Some(reason) = &self.evaluation.closed else { return Ok(self) };
        let what = Diagnostic::error(
            "E-closed",
            format!("the evaluation is closed: {reason}"),
            format!("该评估已定稿：{reason}"),
        );
        let help = what.help("reopen it with a reason before changing it", "如需修改，请先说明理由并重新打开");
        Err(Failure::usage(path.display().to_string(), help))
    }

    /// Appends one step.
    pub fn append(&mut self, step: Vec<Body>) -> Result<Vec<Event>, StoreError> {
        self.journal.append(step, now())
    }

    /// Appends one long step; `watch` is told how many of its events are written. Where it says `false`, nothing is.
    pub fn append_watched(
        &mut self,
        step: Vec<Body>,
        watch: &mut dyn FnMut(usize) -> bool,
    ) -> Result<bool, StoreError> {
        Ok(self.journal.append_watched(step, now(), watch)?.is_some())
    }
}

/// What takes back the writer's last live step; one that changes several things only where that is confirmed.
pub fn undo_of(journal: &Journal, confirmed: bool) -> Result<Undone, StoreError> {
    let evaluator = journal.evaluator().unwrap_or_default();
    let events = journal.last_step(evaluator)?;
    let step = match undo(&events, evaluator) {
        Ok(step) => step,
        Err(refused) => return Ok(Undone::Refused(refused)),
    };
    if is_large(&step) && !confirmed {
        let file = step.iter().find_map(|body| match body {
            Body::Undone { step } => imported(&events, evaluator, *step),
            _ => None,
        });
        return Ok(Undone::Asks { changes: changes(&step), file: file.map(str::to_owned) });
    }
    Ok(Undone::Step(step))
}
