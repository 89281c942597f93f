//! The first screen where no evaluation was named. Must not know how the demo comes about.

use super::command::Command;
use super::list::List;
use crate::wording::screen::{self, Phrase};

#[derive(Debug, Clone, Default)]
pub struct Start {
    pub list: List,
}

impl Start {
    /// What can be chosen: a command and how it is called here.
    pub const CHOICES: [(Command, Phrase); 4] = [
        (Command::Demo, screen::START_DEMO),
        (Command::Help, screen::START_HELP),
        (Command::Language, screen::START_LANGUAGE),
        (Command::Quit, screen::START_QUIT),
    ];

    pub fn chosen(&self) -> Command {
        Self::CHOICES[self.list.at.min(Self::CHOICES.len() - 1)].0
    }
}
