//! The screen: opens an evaluation for it, or the start screen, and performs what it asks for.

use std::path::Path;

use super::args::Cli;
use super::evaluation::{Open, Undone};
use super::failure::{Ended, Failure};
use super::{Exit, evaluation, new};
use crate::app::msg::Opened;
use crate::app::{Effect, Model, Msg};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;
use crate::store::error::StoreError;
use crate::tui;

/// What the screen works on.
struct Desk<'a> {
    cli: &'a Cli,
    open: Option<Open>,
    /// The demo's file; gone when the program ends.
    demo: Option<tempfile::TempDir>,
    lang: Lang,
}

pub fn run(cli: &Cli, lang: Lang) -> Ended {
    let mut desk = Desk { cli, open: None, demo: None, lang };
    let model = match &cli.evaluation {
        None => Model::new(lang),
        Some(path) => {
            let opened = desk.open(path, name_of(path))?;
            Model::opened(lang, opened)
        }
    };
    let ran = tui::run(model, |effect| desk.perform(effect));
    let place = Path::new("terminal");
    ran.map(|_| Exit::Done).map_err(|error| StoreError::from_io(place, &error).into())
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned())
}

impl Desk<'_> {
    fn open(&mut self, path: &Path, name: String) -> Result<Opened, Failure> {
        let open = evaluation::write(path, self.cli)?;
        let evaluator = open.journal.evaluator().unwrap_or_default().to_owned();
        let opened = Opened { name, evaluator, evaluation: open.evaluation.clone() };
        self.open = Some(open);
        Ok(opened)
    }

    fn open_demo(&mut self) -> Result<Opened, Failure> {
        let folder = tempfile::tempdir().map_err(|error| StoreError::from_io(&std::env::temp_dir(), &error))?;
        let path = folder.path().join("demo.triennial");
        let evaluator = self.cli.evaluator.as_deref().unwrap_or("evaluator-1");
        new::demo(&path, evaluator, self.lang)?;
        let name = match self.lang {
            Lang::En => "demo (not kept)",
            Lang::Zh => "演示（不保留）",
        };
        let opened = self.open(&path, name.to_owned())?;
        self.demo = Some(folder);
        Ok(opened)
    }

    fn perform(&mut self, effect: Effect) -> Vec<Msg> {
        let msg = match effect {
            Effect::Append(step) => match &mut self.open {
                Some(open) => match open.append(step) {
                    Ok(events) => Msg::Appended(events),
                    Err(error) => Msg::AppendFailed(error.diagnostic()),
                },
                None => return Vec::new(),
            },
            Effect::Undo { confirmed } => match self.open.as_mut().map(|open| open.undo(confirmed)) {
                Some(Ok(Undone::Done(events))) => Msg::Appended(events),
                Some(Ok(Undone::Refused(refused))) => Msg::UndoRefused(refused),
                Some(Ok(Undone::Asks { changes, file })) => Msg::UndoAsks { changes, file },
                Some(Err(error)) => Msg::AppendFailed(error.diagnostic()),
                None => return Vec::new(),
            },
            Effect::OpenDemo => match self.open_demo() {
                Ok(opened) => Msg::Opened(Box::new(opened)),
                Err(failure) => Msg::OpenFailed(first(failure)),
            },
            Effect::Redraw => return Vec::new(),
        };
        vec![msg]
    }
}

fn first(failure: Failure) -> Diagnostic {
    match failure {
        Failure::Store(error) => error.diagnostic(),
        Failure::Input { faults, .. } => {
            let none = || Diagnostic::error("E-open", "it could not be opened", "无法打开");
            faults.into_iter().next().unwrap_or_else(none)
        }
    }
}
