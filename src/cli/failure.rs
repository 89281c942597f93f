//! Why a command could not do what it was asked. Must not decide what to do about it.

use super::Exit;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::{Lang, Text};
use crate::read::overlay::Report;
use crate::store::error::StoreError;
use crate::wording::diagnostic;

/// How a command ended.
pub type Ended = Result<Exit, Failure>;

#[derive(Debug)]
pub enum Failure {
    Store(StoreError),
    /// Faults of an input, with its name and text.
    Input {
        name: String,
        text: String,
        faults: Vec<Diagnostic>,
    },
    /// Faults of a rubric, by the files it is made of.
    Rubric(Vec<Report>),
}

/// Faults of one input that are printed; the rest is counted.
const SHOWN: usize = 100;

impl Failure {
    /// A fault of what was asked, without a text to point into.
    pub fn usage(name: impl Into<String>, fault: Diagnostic) -> Self {
        Self::Input { name: name.into(), text: String::new(), faults: vec![fault] }
    }

    pub fn exit(&self) -> Exit {
        match self {
            Self::Store(error) if is_input(error) => Exit::Input,
            Self::Store(_) => Exit::Io,
            Self::Input { .. } | Self::Rubric(_) => Exit::Input,
        }
    }

    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Store(error) => {
                let option = if matches!(error, StoreError::BadEvaluator { .. }) { "--as" } else { "triennial" };
                let name = error.path().map_or(option.to_owned(), |path| path.display().to_string());
                diagnostic::text(&error.diagnostic(), &name, "", lang)
            }
            Self::Input { name, text, faults } => faults_text(name, text, faults, lang),
            Self::Rubric(reports) => {
                reports.iter().map(|(file, faults)| faults_text(&file.name, &file.text, faults, lang)).collect()
            }
        }
    }

    /// What is wrong, for a message that has a place of its own.
    pub fn reason(&self) -> Text {
        match self {
            Self::Store(error) => error.diagnostic().what,
            Self::Input { faults, .. } => faults.first().map(|fault| fault.what.clone()).unwrap_or_default(),
            Self::Rubric(reports) => {
                reports.iter().flat_map(|(_, faults)| faults).map(|fault| fault.what.clone()).next().unwrap_or_default()
            }
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Faults of one input as text, the first hundred of them.
pub fn faults_text(name: &str, text: &str, faults: &[Diagnostic], lang: Lang) -> String {
    let mut shown: String =
        faults.iter().take(SHOWN).map(|fault| diagnostic::text(fault, name, text, lang) + "\n").collect();
    if faults.len() > SHOWN {
        let rest = faults.len() - SHOWN;
        shown.push_str(&match lang {
            Lang::En => format!("... and {rest} more\n"),
            Lang::Zh => format!("……另有 {rest} 处\n"),
        });
    }
    shown
}

/// Whether the fault lies in what was given rather than in reading or writing it.
fn is_input(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::NotAnEvaluation { .. }
            | StoreError::NewerFormat { .. }
            | StoreError::Exists { .. }
            | StoreError::WrongRubric { .. }
            | StoreError::Conflict(_)
            | StoreError::TooLarge { .. }
            | StoreError::NotAFile { .. }
            | StoreError::BadEvaluator { .. }
            | StoreError::Unstorable { .. }
    )
}
