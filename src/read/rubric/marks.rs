//! Bands inside which an expert's mark decides. Must not know other rules.

use ::toml::de::DeValue;

use super::Scope;
use super::rules::{award, bound, edges};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::{Number, Points};
use crate::domain::rubric::PerKind;
use crate::domain::rule::{Bound, Edge, MarkedBand, MarkedBands, Rule};
use crate::read::toml::Table;

const BAND: [&str; 8] = ["at_least", "above", "at_most", "below", "points", "share", "lowest", "highest"];

/// `{ kind = "bands", mark = …, bands = [ { at_least = "80%", lowest = 41, highest = 59 }, … ] }`.
pub(super) fn marked_bands<'a>(scope: &Scope<'a>, table: &Table<'a>, of: &PerKind<Points>) -> Option<Rule> {
    let tables = table.tables("bands", "a band", &BAND);
    if tables.is_empty() {
        table.missing("bands", "bands = [ { at_least = 80, lowest = 41, highest = 59 }, { points = 0 } ]");
        return None;
    }
    let (mark, scale) = mark(scope, table)?;
    let one = |(lower, band): (Option<Edge>, &Table<'a>)| {
        let (lowest, highest) = ends(scope, band, of);
        MarkedBand { lower, lowest, highest }
    };
    let bands = edges(scope, &tables).into_iter().zip(&tables).map(one).collect();
    Some(Rule::MarkedBands(Box::new(MarkedBands { bands, mark, scale })))
}

/// The mark's formula; with a scale of its own where it is not the points themselves.
fn mark<'a>(scope: &Scope<'a>, table: &Table<'a>) -> Option<(Bound, Option<(Number, Number)>)> {
    let value = table.get("mark")?;
    let DeValue::Table(_) = value.get_ref() else { return Some((bound(scope, table, "mark", "")?, None)) };
    let scaled = Table::of(scope.source, value, "mark", &["measure", "from", "to"])?;
    let mark = bound(scope, &scaled, "measure", "measure = \"expert_mark\"");
    for (key, example) in [("from", "from = 0"), ("to", "to = 100")] {
        if scaled.get(key).is_none() {
            scaled.missing(key, example);
        }
    }
    let (from, to) = (scaled.number("from")?, scaled.number("to")?);
    if from >= to {
        let what =
            Diagnostic::error("E-rule", format!("marks go from {from} to {to}"), format!("分数范围为 {from} 到 {to}"));
        scaled.source().fault(what.help("`to` must be above `from`", "`to` 必须大于 `from`").at(scaled.place("to")));
    }
    Some((mark?, Some((from, to))))
}

/// The fewest and the most points of a band; the same where it names one number.
fn ends<'a>(scope: &Scope<'a>, band: &Table<'a>, of: &PerKind<Points>) -> (PerKind<Points>, PerKind<Points>) {
    if band.get("lowest").is_none() && band.get("highest").is_none() {
        let fixed = award(scope, band, of, true).unwrap_or_else(|| of.clone());
        return (fixed.clone(), fixed);
    }
    for key in ["points", "share"] {
        if band.get(key).is_some() {
            let what = Diagnostic::error(
                "E-key-does-not-fit",
                format!("`{key}` stands beside `lowest` and `highest`"),
                format!("`{key}` 与 `lowest`、`highest` 同时出现"),
            );
            band.source().fault(what.help("keep one or the other", "请只保留一种写法").at(band.place(key)));
        }
    }
    let end = |key: &str| {
        if band.get(key).is_none() {
            band.missing(key, "lowest = 41, highest = 59");
        }
        scope.per_kind(band, key).unwrap_or_else(|| of.clone())
    };
    let (lowest, highest) = (end("lowest"), end("highest"));
    let wrong = |(low, high, most): (&Points, &Points, &Points)| low > high || high > most || low.0.is_negative();
    if let Some((low, high, most)) = lowest
        .0
        .iter()
        .zip(&highest.0)
        .zip(&of.0)
        .map(|((low, high), most)| (low, high, most))
        .find(|ends| wrong(*ends))
    {
        let what = Diagnostic::error(
            "E-award",
            format!("an expert may give {low} to {high} points where the indicator has {most}"),
            format!("档内给分为 {low} 至 {high}，而该指标满分为 {most}"),
        );
        let help = what.help(
            format!("let them lie between 0 and {most}, the lowest first"),
            format!("应在 0 到 {most} 之间，且 lowest 不大于 highest"),
        );
        band.source().fault(help.at(band.place("highest")));
    }
    (lowest, highest)
}
