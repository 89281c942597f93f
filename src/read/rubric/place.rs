//! Where a part of a rubric stands in its text: from an id to the lines that declare it.
//!
//! Must not know what the part means.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

/// A part of a rubric that has an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// A criterion or indicator, also of bonus and deductions.
    Node(&'a str),
    Metric(&'a str),
    Grade(&'a str),
    Gate(&'a str),
}

/// The lines, counted from 0, of the table that declares a part; `None` where the text has none.
pub fn lines(text: &str, part: Part<'_>) -> Option<Range<usize>> {
    let span = span(text, part)?;
    let line = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count());
    let first = line(span.start);
    // The table goes on to the next header, less the blank lines and comments before that.
    let rest: Vec<&str> = text.lines().skip(first + 1).collect();
    let end = rest.iter().position(|line| line.trim_start().starts_with('[')).unwrap_or(rest.len());
    let kept = rest[..end].iter().rposition(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#')
    });
    Some(first..first + 2 + kept.map_or(0, |kept| kept))
}

/// The header of the table that declares a part.
pub fn span(text: &str, part: Part<'_>) -> Option<Range<usize>> {
    let (tree, _) = DeTable::parse_recoverable(text);
    let (id, keys): (&str, &[&str]) = match part {
        Part::Node(id) => (id, &["criterion", "indicator", "bonus", "deduction"]),
        Part::Metric(id) => (id, &["metric"]),
        Part::Grade(id) => (id, &["grade"]),
        Part::Gate(id) => (id, &["gate"]),
    };
    find(tree.get_ref(), keys, id)
}

fn find(table: &DeTable<'_>, keys: &[&str], id: &str) -> Option<Range<usize>> {
    for (key, value) in table {
        let DeValue::Array(items) = value.get_ref() else { continue };
        if !keys.contains(&key.get_ref().as_ref()) {
            continue;
        }
        for item in items {
            let DeValue::Table(inner) = item.get_ref() else { continue };
            if is_called(inner, id) {
                return Some(item.span());
            }
            if let Some(found) = find(inner, keys, id) {
                return Some(found);
            }
        }
    }
    None
}

fn is_called(table: &DeTable<'_>, id: &str) -> bool {
    let value: Option<&Spanned<DeValue<'_>>> = table.get("id");
    matches!(value.map(Spanned::get_ref), Some(DeValue::String(found)) if found == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[rubric]\nid = \"r\"\n\n[[criterion]]\nid = \"a\"\n\n[[criterion.indicator]]\nid = \"a1\"\n\
                        # said of it\nmeasure = \"x\"\n\n# the next\n[[metric]]\nid = \"a\"\n";

    #[test]
    fn a_part_is_found_at_its_header_and_ends_before_the_next() {
        let shown = |part| lines(TEXT, part).map(|found| TEXT.lines().collect::<Vec<_>>()[found].join("|"));
        assert_eq!(shown(Part::Node("a")).as_deref(), Some("[[criterion]]|id = \"a\""));
        let indicator = "[[criterion.indicator]]|id = \"a1\"|# said of it|measure = \"x\"";
        assert_eq!(shown(Part::Node("a1")).as_deref(), Some(indicator));
        assert_eq!(shown(Part::Metric("a")).as_deref(), Some("[[metric]]|id = \"a\""));
        assert_eq!(shown(Part::Gate("a")), None);
    }

    #[test]
    fn every_part_of_a_shipped_rubric_is_found() {
        let text = include_str!("../../../rubrics/ncti.toml");
        let rubric = crate::read::rubric::rubric(text).0.unwrap();
        let named = |part: Part<'_>, id: &str| {
            let found = lines(text, part).unwrap_or_else(|| panic!("{id} is not found"));
            let part: Vec<&str> = text.lines().skip(found.start).take(found.len()).collect();
            assert!(part[0].starts_with("[[") && part.iter().any(|l| *l == format!("id = \"{id}\"")), "{part:?}");
        };
        rubric.nodes.iter().for_each(|n| named(Part::Node(&n.id), &n.id));
        rubric.metrics.iter().for_each(|m| named(Part::Metric(&m.id), &m.id));
        rubric.grades.iter().for_each(|g| named(Part::Grade(&g.id), &g.id));
        rubric.gates.iter().for_each(|g| named(Part::Gate(&g.id), &g.id));
    }
}
