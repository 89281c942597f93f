//! Results of rubrics that wait to be accepted, each to be looked through. Must not know where they lie.

use super::list::List;
use crate::domain::text::Text;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// `<rubric>@<cohort>`.
    pub name: String,
    /// How many centres differ, and how far.
    pub counts: Text,
    pub accepted: bool,
}

#[derive(Debug, Clone)]
pub struct Waiting {
    pub all: Vec<Waits>,
    pub list: List,
}

impl Waiting {
    pub fn new(all: Vec<Waits>) -> Self {
        Self { all, list: List::default() }
    }

    pub fn chosen(&self) -> Option<&Waits> {
        self.all.get(self.list.at)
    }

    /// A result stands as the snapshot from now on.
    pub fn accept(&mut self, name: &str) {
        for waits in self.all.iter_mut().filter(|waits| waits.name == name) {
            waits.accepted = true;
        }
    }
}
