//! A rubric's text as tables with their places, so that two texts can be put together without losing where anything
//! was written. Must not know what a table means, only which ones are lists of things with ids.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

/// Bytes of one of the files that are put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub file: usize,
    pub span: Range<usize>,
}

/// A table with its entries in the order of the text.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// Its header, or its braces.
    pub at: Place,
    pub entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub key: String,
    pub at: Place,
    pub value: Value,
}

#[derive(Debug, Clone)]
pub(super) enum Value {
    /// Copied as it stands.
    Plain(Place, Said),
    /// `[key]`.
    Table(Tree),
    /// One of several `[[key]]`.
    Item(Tree),
}

/// What a plain value says, as far as putting together asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Text(String),
    Texts(Vec<(String, Range<usize>)>),
    True,
    /// `{ before = "id" }`.
    Before(String),
    Other,
}

/// Lists whose tables have ids and are put together one by one.
pub(super) const LISTS: [&str; 15] = [
    "document",
    "kind",
    "stage",
    "attribute",
    "finding",
    "reference",
    "panel",
    "metric",
    "assertion",
    "criterion",
    "bonus",
    "deduction",
    "grade",
    "gate",
    "act",
];

/// The lists inside a table of a list, or inside `[profile]`.
const NESTED: [&str; 3] = ["criterion", "indicator", "level"];

pub(in crate::read) fn is_list(key: &str) -> bool {
    LISTS.contains(&key) || NESTED.contains(&key)
}

/// Reads the tables of a text.
pub(super) fn top(text: &str, file: usize, tree: &DeTable<'_>) -> Tree {
    Reader { text, file }.table(tree, 0..0, true)
}

struct Reader<'a> {
    text: &'a str,
    file: usize,
}

impl Reader<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        Place { file: self.file, span }
    }

    fn table(&self, table: &DeTable<'_>, span: Range<usize>, apart: bool) -> Tree {
        let mut entries: Vec<Entry> = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let entry = |value| Entry { key: name.to_owned(), at: self.place(key.span()), value };
            match value.get_ref() {
                DeValue::Table(inner) if apart || !self.starts(value, '{') => {
                    entries.push(entry(Value::Table(self.table(inner, value.span(), false))));
                }
                DeValue::Array(items) if self.is_apart(name, items, value) => {
                    for item in items {
                        if let DeValue::Table(inner) = item.get_ref() {
                            entries.push(entry(Value::Item(self.table(inner, item.span(), false))));
                        }
                    }
                }
                other => entries.push(entry(Value::Plain(self.place(value.span()), self.said(other)))),
            }
        }
        entries.sort_by_key(Entry::start);
        Tree { at: self.place(span), entries }
    }

    /// Whether an array is read table by table: it has headers of its own, or holds things with ids.
    fn is_apart(&self, name: &str, items: &[Spanned<DeValue<'_>>], value: &Spanned<DeValue<'_>>) -> bool {
        let tables = !items.is_empty() && items.iter().all(|item| matches!(item.get_ref(), DeValue::Table(_)));
        let headers = items.first().is_some_and(|item| !self.starts(item, '{')) || !self.starts(value, '[');
        tables && (is_list(name) || headers)
    }

    fn starts(&self, value: &Spanned<DeValue<'_>>, with: char) -> bool {
        self.text.get(value.span()).is_some_and(|text| text.starts_with(with))
    }

    fn said(&self, value: &DeValue<'_>) -> Said {
        match value {
            DeValue::String(text) => Said::Text(text.to_string()),
            DeValue::Boolean(true) => Said::True,
            DeValue::Array(items) => {
                let text = |item: &Spanned<DeValue<'_>>| Some((item.get_ref().as_str()?.to_owned(), item.span()));
                items.iter().map(text).collect::<Option<_>>().map_or(Said::Other, Said::Texts)
            }
            DeValue::Table(table) if table.len() == 1 => {
                let before = table.get("before").and_then(|id| id.get_ref().as_str());
                before.map_or(Said::Other, |id| Said::Before(id.to_owned()))
            }
            _ => Said::Other,
        }
    }
}

impl Entry {
    fn start(&self) -> usize {
        match &self.value {
            Value::Plain(..) => self.at.span.start,
            Value::Table(tree) | Value::Item(tree) => tree.at.span.start,
        }
    }

    /// The id of a table of a list.
    pub fn id(&self) -> Option<&str> {
        match &self.value {
            Value::Item(tree) => tree.text("id"),
            _ => None,
        }
    }
}

impl Tree {
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// A text of this table.
    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.value {
            Value::Plain(_, Said::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Takes an entry out.
    pub fn take(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }
}
