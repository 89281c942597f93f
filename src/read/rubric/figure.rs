//! The figures of a rubric as they are written: where the digits of a weight or a threshold stand, and what they share.
//!
//! What is found here can be put in the place of the old digits, so that comments and layout stay. Must not know why
//! anybody wants to change them.

mod setting;
mod spot;

pub use setting::{Setting, settings};
pub use spot::{Spot, Spots};

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use crate::domain::nudge::{self, Share};
use crate::domain::number::Number;

/// A number in a rubric's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub value: Number,
    /// Its digits, without quotes.
    pub span: Range<usize>,
    /// Written in quotes with a percent sign, which is part of the span.
    pub percent: bool,
    /// For whom it is: a kind, a stage, `kind.stage`, or nothing where it is for all.
    pub class: String,
    /// Decimal places as written.
    pub places: u32,
}

impl Figure {
    /// One unit of the last decimal place that is written, or of so many places more.
    pub fn step(&self, extra_places: u32) -> Number {
        nudge::grain(self.places + extra_places + if self.percent { 2 } else { 0 })
    }

    /// The digits of another value, written as this one is.
    pub fn written(&self, value: &Number) -> String {
        if self.percent { format!("{}%", (value * &Number::from(100_usize)).plain()) } else { value.plain() }
    }
}

/// Siblings that share something, as the text has them for one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Siblings {
    /// The ids of the siblings; the figure asked for is the one at `at`.
    pub ids: Vec<String>,
    pub at: usize,
    pub shares: Vec<Share>,
    /// The figures of the shares, siblings first and each followed by its parts; `None` where a share has none of its
    /// own for this class and therefore stays.
    pub figures: Vec<Option<Figure>>,
}

/// The points or weights of a criterion or indicator, for each class that has its own.
pub fn points(text: &str, id: &str) -> Vec<Figure> {
    let (tree, _) = DeTable::parse_recoverable(text);
    let found = node_level(tree.get_ref(), id);
    found.map_or_else(Vec::new, |(siblings, at)| own(text, siblings[at], &["points", "weight"]))
}

/// The thresholds of a grade, for each class that has its own.
pub fn thresholds(text: &str, id: &str) -> Vec<Figure> {
    let (tree, _) = DeTable::parse_recoverable(text);
    let found = level(tree.get_ref(), &["grade"], id);
    found.map_or_else(Vec::new, |(grades, at)| own(text, grades[at], &["at_least", "above"]))
}

/// Those who share points with a criterion or indicator, for one class. Those named in `locked` stay.
pub fn siblings(text: &str, id: &str, class: &str, locked: &[String]) -> Option<Siblings> {
    let (tree, _) = DeTable::parse_recoverable(text);
    let (tables, at) = node_level(tree.get_ref(), id)?;
    let mut found = Siblings { ids: Vec::new(), at, shares: Vec::new(), figures: Vec::new() };
    for table in tables {
        found.ids.push(string(table, "id").unwrap_or_default());
        found.shares.push(share(text, table, class, locked, &mut found.figures));
    }
    // What is asked for moves, whatever is locked.
    found.shares[at].locked = false;
    (!found.shares[at].value.is_zero()).then_some(found)
}

/// A bonus or a deduction, which shares its points with nobody, with what it is made of, for one class.
pub fn extra(text: &str, id: &str, class: &str) -> Option<Siblings> {
    let (tree, _) = DeTable::parse_recoverable(text);
    let mut extras = EXTRAS.iter().filter_map(|key| tree.get_ref().get(*key)).flat_map(tables);
    let table = extras.find(|table| string(table, "id").as_deref() == Some(id))?;
    let mut found = Siblings { ids: vec![id.to_owned()], at: 0, shares: Vec::new(), figures: Vec::new() };
    found.shares.push(share(text, table, class, &[], &mut found.figures));
    Some(found)
}

const NODES: &[&str] = &["criterion", "indicator"];
const EXTRAS: &[&str] = &["bonus", "deduction"];

/// The nodes among which the one with this id stands; bonus and deductions themselves stand among nobody.
fn node_level<'a>(tree: &'a DeTable<'a>, id: &str) -> Option<(Vec<&'a DeTable<'a>>, usize)> {
    let extras = || EXTRAS.iter().filter_map(|key| tree.get(*key)).flat_map(tables);
    level(tree, NODES, id).or_else(|| extras().find_map(|extra| level(extra, NODES, id)))
}

fn share<'a>(
    text: &str,
    table: &'a DeTable<'a>,
    class: &str,
    locked: &[String],
    figures: &mut Vec<Option<Figure>>,
) -> Share {
    let figure = own(text, table, &["points", "weight"]).into_iter().find(|figure| figure.class == class);
    let mine = figures.len();
    figures.push(figure);
    let adds_up = matches!(string(table, "combine").as_deref(), None | Some("sum"))
        && !matches!(table.get("capped").map(Spanned::get_ref), Some(DeValue::Boolean(true)))
        && table.get("weight").is_none();
    let parts: Vec<Share> = if adds_up {
        children(table).map(|child| share(text, child, class, locked, figures)).collect()
    } else {
        Vec::new()
    };
    let is_whole = children(table).next().is_none() || table.get("weight").is_some();
    let named = string(table, "id").is_some_and(|id| locked.contains(&id));
    let value = match &figures[mine] {
        Some(figure) => figure.value.clone(),
        None => parts.iter().map(|part| &part.value).sum(),
    };
    // A criterion without points of its own is the sum of its parts; one that does not add up stays as it is.
    let held = figures[mine].is_none() && (parts.is_empty() || table.get("points").is_some());
    Share { value, locked: named || held || !(adds_up || is_whole), parts }
}

fn children<'a>(table: &'a DeTable<'a>) -> impl Iterator<Item = &'a DeTable<'a>> {
    NODES.iter().filter_map(|key| table.get(*key)).flat_map(tables)
}

fn tables<'a>(value: &'a Spanned<DeValue<'a>>) -> impl Iterator<Item = &'a DeTable<'a>> {
    value.get_ref().as_array().into_iter().flatten().filter_map(|item| item.get_ref().as_table())
}

/// The tables among which the one with this id stands, and where.
fn level<'a>(table: &'a DeTable<'a>, keys: &[&str], id: &str) -> Option<(Vec<&'a DeTable<'a>>, usize)> {
    let here: Vec<&DeTable<'_>> = keys.iter().filter_map(|key| table.get(*key)).flat_map(tables).collect();
    match here.iter().position(|table| string(table, "id").as_deref() == Some(id)) {
        Some(at) => Some((here, at)),
        None => here.into_iter().find_map(|inner| level(inner, keys, id)),
    }
}

fn string(table: &DeTable<'_>, key: &str) -> Option<String> {
    match table.get(key)?.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    }
}

/// The figures under the first of these keys that the table has.
fn own(text: &str, table: &DeTable<'_>, keys: &[&str]) -> Vec<Figure> {
    let mut found = Vec::new();
    if let Some(value) = keys.iter().find_map(|key| table.get(*key)) {
        gather(text, value, "", &mut found);
    }
    found
}

fn gather(text: &str, value: &Spanned<DeValue<'_>>, class: &str, found: &mut Vec<Figure>) {
    if let DeValue::Table(entries) = value.get_ref() {
        for (key, inner) in entries {
            let key = key.get_ref();
            let class = if class.is_empty() { key.to_string() } else { format!("{class}.{key}") };
            gather(text, inner, &class, found);
        }
        return;
    }
    found.extend(figure(text, value.span(), class));
}

/// A number that stands as digits, in quotes or not; a fraction or an exponent is left alone.
fn figure(text: &str, span: Range<usize>, class: &str) -> Option<Figure> {
    let written = text.get(span.clone())?;
    let digits = written.trim_matches(['"', '\'']);
    let start = span.start + (written.len() - digits.len()) / 2;
    let plain = digits.strip_suffix('%').unwrap_or(digits);
    if plain.is_empty() || !plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'_'))
    {
        return None;
    }
    Some(Figure {
        value: Number::parse_share(digits).ok()?,
        span: start..start + digits.len(),
        percent: digits.ends_with('%'),
        class: class.to_owned(),
        places: plain.split_once('.').map_or(0, |(_, after)| u32::try_from(after.len()).unwrap_or(0)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NCTI: &str = include_str!("../../../rubrics/ncti.toml");

    fn shown(figures: &[Figure]) -> Vec<String> {
        figures.iter().map(|figure| format!("{}={}", figure.class, &NCTI[figure.span.clone()])).collect()
    }

    #[test]
    fn a_figure_is_found_where_its_digits_stand() {
        // The figures are those of the file's own lines.
        let at = NCTI.find("points = { comprehensive = 8, domain = 6 }").unwrap();
        let figures = points(NCTI, &named_before(at));
        assert_eq!(shown(&figures), ["comprehensive=8", "domain=6"]);
        assert_eq!(figures[0].span.start, at + "points = { comprehensive = ".len());
    }

    fn named_before(at: usize) -> String {
        let from = NCTI[..at].rfind("\nid = \"").unwrap() + "\nid = \"".len();
        NCTI[from..].split('"').next().unwrap().to_owned()
    }

    #[test]
    fn quotes_and_percent_stay() {
        let text = "[[grade]]\nid = \"a\"\nat_least = \"60%\"\n\n[[grade]]\nid = \"b\"\nabove = '0.50'\n";
        let a = &thresholds(text, "a")[0];
        assert_eq!((&text[a.span.clone()], a.percent), ("60%", true));
        assert_eq!(a.written(&Number::fraction(61, 100).unwrap()), "61%");
        let b = &thresholds(text, "b")[0];
        assert_eq!((&text[b.span.clone()], b.places, b.percent), ("0.50", 2, false));
        assert!(thresholds(text, "c").is_empty());
    }

    #[test]
    fn who_is_written_for_others_too_stays() {
        let text = "[[criterion]]\nid = \"a\"\npoints = { x = 4, y = 5 }\n\n[[criterion]]\nid = \"b\"\npoints = 6\n\n\
                    [[criterion]]\nid = \"c\"\npoints = { x = 7, y = 6 }\n";
        let found = siblings(text, "a", "x", &[]).unwrap();
        assert_eq!(found.ids, ["a", "b", "c"]);
        assert_eq!(found.shares.iter().map(|share| share.locked).collect::<Vec<_>>(), [false, true, false]);
        let locked = siblings(text, "a", "x", &["c".to_owned()]).unwrap();
        assert!(locked.shares[2].locked);
        assert_eq!(siblings(text, "a", "z", &[]), None);
    }

    #[test]
    fn the_siblings_of_a_shipped_rubric_have_the_points_that_its_reader_reads() {
        let rubric = crate::read::rubric::rubric(NCTI).0.unwrap();
        for node in rubric.nodes.iter().filter(|node| node.role == crate::domain::rubric::Role::Main) {
            for (class, kind) in ["comprehensive", "domain"].iter().enumerate() {
                if node.points.0[class].0.is_zero() {
                    continue;
                }
                let found = siblings(NCTI, &node.id, kind, &[]).unwrap_or_else(|| panic!("{} {kind}", node.id));
                assert_eq!(found.shares[found.at].value, node.points.0[class].0, "{} {kind}", node.id);
            }
        }
    }
}
