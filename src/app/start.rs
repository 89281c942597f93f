//! The first screen where no evaluation was named: what can be begun, and what was open before.
//!
//! Must not know how the demo comes about nor where the recent files are remembered.

use super::command::Command;
use super::list::List;
use crate::domain::text::Text;
use crate::wording::screen;

#[derive(Debug, Clone, Default)]
pub struct Start {
    pub list: List,
    /// Paths of evaluations that were open before, latest first.
    pub recent: Vec<String>,
    /// The rubrics that come with the program.
    pub rubrics: Vec<ShippedRubric>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedRubric {
    pub id: String,
    pub title: Text,
}

/// Something to choose on the first screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item<'a> {
    Run(Command, screen::Phrase),
    Recent(&'a str),
    Rubric(&'a ShippedRubric),
}

const FIRST: [(Command, screen::Phrase); 3] = [
    (Command::Demo, screen::START_DEMO),
    (Command::NewEvaluation, screen::START_NEW),
    (Command::OpenFile, screen::START_FILE),
];

const LAST: [(Command, screen::Phrase); 3] = [
    (Command::Help, screen::START_HELP),
    (Command::Language, screen::START_LANGUAGE),
    (Command::Quit, screen::START_QUIT),
];

impl Start {
    pub fn items(&self) -> Vec<Item<'_>> {
        let run = |(command, title): (Command, screen::Phrase)| Item::Run(command, title);
        FIRST
            .map(run)
            .into_iter()
            .chain(self.recent.iter().map(|path| Item::Recent(path)))
            .chain(self.rubrics.iter().map(Item::Rubric))
            .chain(LAST.map(run))
            .collect()
    }

    pub fn chosen(&self) -> Option<Item<'_>> {
        self.items().into_iter().nth(self.list.at)
    }

    /// The rubric the cursor is on.
    pub fn rubric(&self) -> Option<&ShippedRubric> {
        match self.chosen() {
            Some(Item::Rubric(rubric)) => Some(rubric),
            _ => None,
        }
    }
}
