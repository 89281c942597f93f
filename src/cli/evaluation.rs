//! Evaluation files: opened for reading or for one writer.

use std::path::Path;

use super::args::Cli;
use super::failure::Failure;
use super::{input, now};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, Evaluation, Event, UndoRefused, undo};
use crate::store::error::StoreError;
use crate::store::journal::{Access, Journal};

/// An evaluation as it stands, with the journal it came from.
pub struct Open {
    pub journal: Journal,
    pub evaluation: Evaluation,
}

pub fn read(path: &Path) -> Result<Open, Failure> {
    with(Journal::open(path, Access::Read)?)
}

pub fn write(path: &Path, cli: &Cli) -> Result<Open, Failure> {
    with(Journal::open(path, Access::Write { evaluator: cli.evaluator.clone(), time: now() })?)
}

fn with(journal: Journal) -> Result<Open, Failure> {
    let (evaluation, _) = journal.evaluation(input::pinned)?;
    Ok(Open { journal, evaluation })
}

impl Open {
    /// Refuses to change what is closed.
    pub fn changeable(self, path: &Path) -> Result<Self, Failure> {
        let Some(reason) = &self.evaluation.closed else { return Ok(self) };
        let what = Diagnostic::error(
            "E-closed",
            format!("the evaluation is closed: {reason}"),
            format!("该评估已关闭：{reason}"),
        );
        let help = what.help("reopen it with a reason before changing it", "如需修改，请先说明理由并重新打开");
        Err(Failure::usage(path.display().to_string(), help))
    }

    /// Appends one step.
    pub fn append(&mut self, step: Vec<Body>) -> Result<Vec<Event>, StoreError> {
        self.journal.append(step, now())
    }

    /// Takes back the evaluator's last live step.
    pub fn undo(&mut self) -> Result<Result<Vec<Event>, UndoRefused>, StoreError> {
        let events = self.journal.read_all()?;
        let evaluator = self.journal.evaluator().unwrap_or_default().to_owned();
        match undo(&events, &evaluator) {
            Ok(step) => self.append(step).map(Ok),
            Err(refused) => Ok(Err(refused)),
        }
    }
}
