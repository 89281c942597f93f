//! `[publication]`: what of a cohort may be shown to the public. Must not know how it is shown.

use super::citation;
use crate::domain::centre::Field;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::rubric::{Attribute, Document, Metric, MetricIx, Node, NodeIx, Publication, Rubric};
use crate::read::toml::{Table, unknown_word};

const KEYS: [&str; 5] = ["facts", "results", "points", "readings", "cite"];

/// What it may name.
pub(super) struct Declared<'a> {
    pub documents: &'a [Document],
    pub attributes: &'a [Attribute],
    pub nodes: &'a [Node],
    pub metrics: &'a [Metric],
}

pub(super) fn publication(top: &Table<'_>, declared: &Declared<'_>) -> Publication {
    let none = Publication::default;
    let Some(value) = top.get("publication") else { return none() };
    let Some(table) = Table::of(top.source(), value, "[publication]", &KEYS) else { return none() };
    let reserved = Field::RESERVED.into_iter().filter(|(_, field)| *field != Field::Name);
    let facts = reserved.map(|(id, field)| (id, Some(field)));
    let attributes = declared.attributes.iter().map(|a| (a.id.as_str(), Some(Field::Attribute(a.id.clone()))));
    let facts =
        words(&table, "facts", &[("centre", None)].into_iter().chain(facts).chain(attributes).collect::<Vec<_>>());
    let results = words(&table, "results", &[("total", true), ("rank", false)]);
    let nodes: Vec<_> = declared.nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), NodeIx(at))).collect();
    let metrics: Vec<_> = declared.metrics.iter().enumerate().map(|(at, m)| (m.id.as_str(), MetricIx(at))).collect();
    Publication {
        id: facts.contains(&None),
        facts: facts.into_iter().flatten().collect(),
        total: results.contains(&true),
        rank: results.contains(&false),
        points: words(&table, "points", &nodes),
        readings: words(&table, "readings", &metrics),
        cite: citation(&table, declared.documents),
    }
}

/// What the words of a list stand for; a word that stands for nothing is a fault at its place.
fn words<T: Clone>(table: &Table<'_>, key: &str, known: &[(&str, T)]) -> Vec<T> {
    let mut found = Vec::new();
    for (word, span) in table.strings(key) {
        match known.iter().find(|(id, _)| *id == word) {
            Some((_, meant)) => found.push(meant.clone()),
            None => {
                let ids: Vec<&str> = known.iter().map(|(id, _)| *id).collect();
                unknown_word(table.source(), span, word, key, &ids);
            }
        }
    }
    found
}

/// Doubts whether what is left out stays unknown.
pub(super) fn doubts(top: &Table<'_>, rubric: &Rubric) {
    let told = rubric.publication.tells(rubric);
    let mut ids: Vec<&str> = told.nodes.iter().map(|ix| rubric.nodes[ix.0].id.as_str()).collect();
    ids.extend(told.total.then_some("total"));
    if ids.is_empty() {
        return;
    }
    let (en, zh) = (ids.join("`, `"), ids.join("`、`"));
    let what = Diagnostic::warning(
        "W-publication-tells",
        format!("anybody can work out `{en}` from what is public"),
        format!("由公开内容可以推算出未公开的 `{zh}`"),
    );
    let help = what.help(
        "make them public too, or leave out another part of the same sum, or a reading behind them",
        "请一并公开，或再隐去同一合计中的另一项，或隐去其所依据的某个数据项",
    );
    top.source().fault(help.at(top.place("publication")));
}
