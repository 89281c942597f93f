//! Where the parts of a rubric stand in its text. Must not know why anybody wants to go there.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::{EXTRAS, node_level, string, tables};

/// A rubric's text, ready to be asked.
pub struct Spots<'a>(Spanned<DeTable<'a>>);

/// A part of a rubric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot<'a> {
    /// A criterion or indicator.
    Node(&'a str),
    /// What a criterion or indicator says under a key; nowhere where it does not.
    NodeKey(&'a str, &'a str),
    /// The rule of an indicator, of the option or item that the path leads to; the band at a position, where it has bands.
    Rule {
        node: &'a str,
        path: &'a [usize],
        band: Option<usize>,
    },
    /// An option of an indicator.
    Choice {
        node: &'a str,
        path: &'a [usize],
    },
    /// A row of a list with ids, such as a grade; at one of its keys where it has that.
    Row {
        list: &'a str,
        id: &'a str,
        key: &'a str,
    },
    Outcome {
        key: &'a str,
        case: Option<usize>,
    },
    Total(&'a str),
}

impl<'a> Spots<'a> {
    pub fn new(text: &'a str) -> Self {
        Self(DeTable::parse_recoverable(text).0)
    }

    /// The bytes of a part; nothing where it is not written.
    pub fn find(&self, spot: Spot<'_>) -> Option<Range<usize>> {
        let top = self.0.get_ref();
        match spot {
            Spot::Node(id) => Some(node(top, id)?.get("id")?.span()),
            Spot::NodeKey(id, key) => Some(node(top, id)?.get(key)?.span()),
            Spot::Choice { node: id, path } => Some(start(choice(node(top, id)?, path)?)?),
            Spot::Rule { node: id, path, band } => {
                let rule = choice(node(top, id)?, path)?.get("rule")?;
                let inner = rule.get_ref().as_table()?;
                let inner = inner.get("then").and_then(|then| then.get_ref().as_table()).unwrap_or(inner);
                let band = band.and_then(|at| inner.get("bands")?.get_ref().as_array()?.get(at).map(Spanned::span));
                Some(band.unwrap_or_else(|| rule.span()))
            }
            Spot::Row { list, id, key } => {
                let row = tables(top.get(list)?).find(|row| string(row, "id").as_deref() == Some(id))?;
                Some(row.get(key).or_else(|| row.get("id"))?.span())
            }
            Spot::Outcome { key, case } => {
                let row = top.get("outcome")?.get_ref().as_table()?.get(key)?;
                let cases = row.get_ref().as_table()?.get("cases");
                let case = case.and_then(|at| cases?.get_ref().as_array()?.get(at).map(Spanned::span));
                Some(case.unwrap_or_else(|| row.span()))
            }
            Spot::Total(key) => Some(top.get("total")?.get_ref().as_table()?.get(key)?.span()),
        }
    }
}

fn node<'a>(top: &'a DeTable<'a>, id: &str) -> Option<&'a DeTable<'a>> {
    let mut extras = EXTRAS.iter().filter_map(|key| top.get(*key)).flat_map(tables);
    let inside = node_level(top, id).map(|(level, at)| level[at]);
    inside.or_else(|| extras.find(|table| string(table, "id").as_deref() == Some(id)))
}

/// The option or item that a path of positions leads to.
fn choice<'a>(table: &'a DeTable<'a>, path: &[usize]) -> Option<&'a DeTable<'a>> {
    let Some((first, rest)) = path.split_first() else { return Some(table) };
    let list = ["best_of", "all_of", "checklist"].iter().find_map(|key| table.get(*key))?;
    choice(tables(list).nth(*first)?, rest)
}

/// Where a table without an id begins: its first key that has a place.
fn start(table: &DeTable<'_>) -> Option<Range<usize>> {
    let place = |value: &Spanned<DeValue<'_>>| value.span();
    table.iter().map(|(_, value)| place(value)).min_by_key(|span| span.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NCTI: &str = include_str!("../../../../rubrics/ncti.toml");

    fn line(spot: Spot<'_>) -> Option<String> {
        let span = Spots::new(NCTI).find(spot)?;
        let from = NCTI[..span.start].rfind('\n').map_or(0, |at| at + 1);
        Some(NCTI[from..].lines().next().unwrap_or_default().trim().to_owned())
    }

    #[test]
    fn parts_are_found_on_their_lines() {
        let said = |spot| line(spot).unwrap_or_default();
        assert_eq!(said(Spot::Node("deductions")), "id = \"deductions\"");
        assert_eq!(said(Spot::NodeKey("firms-served", "zero_denominator")), "zero_denominator = \"zero\"");
        assert_eq!(line(Spot::NodeKey("firms-served", "missing")), None);
        let band = Spot::Rule { node: "firms-served", path: &[1], band: Some(2) };
        assert_eq!(said(band), "{ at_least = \"30%\", share = \"50%\" },");
        assert!(
            said(Spot::Row { list: "gate", id: "reports-missing", key: "when" }).contains("sum(report_missing) >= 2")
        );
        assert!(said(Spot::Outcome { key: "withdrawn", case: None }).starts_with("withdrawn = "));
        assert_eq!(said(Spot::Total("at_least")), "at_least = 0");
    }
}
