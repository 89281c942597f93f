//! What a rubric's text means, apart from how it is written: its tables by id, without comments, titles and layout.
//!
//! Two texts mean the same where only comments, titles, definitions, notes, the order of what has ids, the way a number or
//! a table is written, or the rubric's own id and edition differ. The order of grades, gates and levels means something,
//! and so does that of options and bands, which have no ids. A default that is written out counts as different from one
//! that is not. Opens no file; must not know what a rubric does to a centre.

mod edits;
mod hybrid;

use std::collections::BTreeMap;
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::overlay::is_list;
use crate::domain::digest;
use crate::domain::number::Number;

pub use hybrid::Difference;

/// SHA-256 of what a text means; the same for two texts that mean the same. A text that is no TOML means nothing.
pub fn meaning(text: &str) -> String {
    let mut canonical = String::new();
    read(text).value.spell(&mut canonical);
    digest::text(canonical.as_bytes())
}

/// A value with where it is written.
#[derive(Debug, Clone)]
struct Spot {
    value: Value,
    /// The value itself.
    span: Range<usize>,
}

#[derive(Debug, Clone)]
enum Value {
    Table(BTreeMap<String, Spot>),
    /// Tables with ids.
    Items(Items),
    /// Anything else in brackets.
    List(Vec<Spot>),
    /// A text, number, date or truth value: what it says, and the words that say it.
    Plain {
        says: String,
        words: String,
    },
}

#[derive(Debug, Clone)]
struct Items {
    /// In the order of the text.
    ids: Vec<String>,
    by_id: BTreeMap<String, Spot>,
    /// Whether the order means something.
    ordered: bool,
}

/// Lists with ids whose order means something: the best grade stands first, the first gate that holds takes a centre out.
const ORDERED: [&str; 3] = ["grade", "gate", "level"];
/// Keys whose texts are for people.
const FOR_PEOPLE: [&str; 3] = ["title", "definition", "note"];
/// What `[rubric]` calls itself.
const OWN_NAMES: [&str; 3] = ["id", "edition", "extends"];
/// Keys whose text is a formula, where spaces mean nothing.
const FORMULAS: [&str; 2] = ["measure", "when"];

/// Whether a key means something in a table of that name.
fn means(table: &str, key: &str) -> bool {
    !(FOR_PEOPLE.contains(&key) || table == "rubric" && OWN_NAMES.contains(&key))
}

fn read(text: &str) -> Spot {
    let (tree, _) = DeTable::parse_recoverable(text);
    Spot { value: table(text, tree.get_ref()), span: 0..text.len() }
}

fn table(text: &str, entries: &DeTable<'_>) -> Value {
    let entry = |(key, value): (&Spanned<std::borrow::Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
        let key = key.get_ref().to_string();
        let spot = Spot { value: read_value(text, &key, value), span: value.span() };
        (key, spot)
    };
    Value::Table(entries.iter().map(entry).collect())
}

fn read_value(text: &str, key: &str, value: &Spanned<DeValue<'_>>) -> Value {
    let words = || text.get(value.span()).unwrap_or_default().to_owned();
    match value.get_ref() {
        DeValue::Table(entries) => table(text, entries),
        DeValue::Array(items) => {
            let all = items.iter().map(|item| Spot { value: read_value(text, key, item), span: item.span() });
            list(key, all.collect())
        }
        DeValue::String(said) => Value::Plain { says: says(key, said), words: words() },
        DeValue::Integer(_) | DeValue::Float(_) => {
            let words = words();
            Value::Plain { says: says(key, &words.replace('_', "")), words }
        }
        DeValue::Boolean(_) | DeValue::Datetime(_) => Value::Plain { says: words(), words: words() },
    }
}

/// What a text or number says: numbers by their value, whether in quotes, as a percentage or with zeros behind.
fn says(key: &str, text: &str) -> String {
    if let Ok(number) = Number::parse_share(text.trim()) {
        return format!("number {}", number.as_fraction());
    }
    if FORMULAS.contains(&key) {
        return format!("formula {}", text.split_whitespace().collect::<String>());
    }
    format!("text {text}")
}

fn list(key: &str, items: Vec<Spot>) -> Value {
    let ids: Option<Vec<String>> = items.iter().map(Spot::id).collect();
    match ids {
        Some(ids) if is_list(key) && !ids.is_empty() => {
            let by_id: BTreeMap<String, Spot> = ids.iter().cloned().zip(items).collect();
            Value::Items(Items { ids, by_id, ordered: ORDERED.contains(&key) })
        }
        _ => Value::List(items),
    }
}

impl Spot {
    fn id(&self) -> Option<String> {
        let Value::Table(entries) = &self.value else { return None };
        match &entries.get("id")?.value {
            Value::Plain { words, .. } => Some(words.trim_matches(['"', '\'']).to_owned()),
            _ => None,
        }
    }
}

impl Value {
    /// Writes what it means, in an order of its own; two values mean the same where this is the same text.
    fn spell(&self, out: &mut String) {
        self.spell_in("", out);
    }

    fn spell_in(&self, name: &str, out: &mut String) {
        match self {
            Self::Table(entries) => {
                out.push('{');
                for (key, spot) in entries.iter().filter(|(key, _)| means(name, key)) {
                    out.push_str(&format!("{key:?}:"));
                    spot.value.spell_in(key, out);
                }
                out.push('}');
            }
            Self::Items(items) => {
                out.push('<');
                let sorted = items.by_id.keys();
                let order: Vec<&String> = if items.ordered { items.ids.iter().collect() } else { sorted.collect() };
                for id in order {
                    out.push_str(&format!("{id:?}:"));
                    items.by_id[id].value.spell_in("", out);
                }
                out.push('>');
            }
            Self::List(all) => {
                out.push('[');
                all.iter().for_each(|spot| spot.value.spell_in("", out));
                out.push(']');
            }
            Self::Plain { says, .. } => out.push_str(&format!("{says:?},")),
        }
    }

    fn spelt(&self, name: &str) -> String {
        let mut out = String::new();
        self.spell_in(name, &mut out);
        out
    }
}

#[cfg(test)]
mod tests;
