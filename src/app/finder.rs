//! The list of commands that help and palette show: what works here, searchable and runnable.
//!
//! Must not know any command by name: everything comes from the table.

use tui_input::Input;

use super::command::{self, Command, Context, Group, Row};
use super::list::List;
use super::model::Model;
use crate::domain::text::Lang;
use crate::wording::screen::Phrase;

/// Which commands are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// `?`: every key that works on this screen.
    Here,
    /// `Ctrl-P`: what can be done, without the moves.
    Acts,
}

#[derive(Debug, Clone)]
pub struct Finder {
    pub scope: Scope,
    /// The screen it was opened over.
    pub over: Context,
    pub input: Input,
    pub list: List,
    entries: Vec<Entry>,
}

/// A command, and why it cannot be run now.
#[derive(Debug, Clone)]
pub struct Entry {
    pub row: &'static Row,
    pub why_not: Option<Phrase>,
}

impl Finder {
    pub fn new(scope: Scope, model: &Model) -> Self {
        let over = model.context();
        let listed = |row: &&Row| row.contexts.contains(&over) && (scope == Scope::Here || row.group != Group::Move);
        let entry = |row: &'static Row| Entry { row, why_not: (row.enabled)(model).err() };
        let entries = command::TABLE.iter().filter(listed).map(entry).collect();
        Self { scope, over, input: Input::default(), list: List::default(), entries }
    }

    /// The entries whose name, key or description holds every word typed, in either language.
    pub fn found(&self, lang: Lang) -> Vec<&Entry> {
        let words: Vec<String> = self.input.value().split_whitespace().map(str::to_lowercase).collect();
        let text = |row: &Row| {
            let keys = row.keys_text();
            let (other, doc) = (row.doc.get(lang.other()), row.doc.get(lang));
            format!("{} {} {} {keys} {doc} {other}", row.id, row.label.en, row.label.zh).to_lowercase()
        };
        let holds = |entry: &&Entry| {
            let text = text(entry.row);
            words.iter().all(|word| text.contains(word))
        };
        self.entries.iter().filter(holds).collect()
    }

    pub fn chosen(&self, lang: Lang) -> Option<Command> {
        self.found(lang).get(self.list.at).map(|entry| entry.row.command)
    }
}
