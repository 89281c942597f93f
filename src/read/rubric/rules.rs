//! Rules of indicators: from one number to points. Every edge must say which side owns it, and awards must fit.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::{Scope, marks, relative};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::formula::Expr;
use crate::domain::number::{Number, Points};
use crate::domain::rubric::PerKind;
use crate::domain::rule::{Award, Band, Bound, Edge, PerUnit, Rule, Start};
use crate::read::toml::Table;

const KINDS: [(&str, Shape); 12] = [
    ("linear", Shape::Linear),
    ("target", Shape::Target),
    ("bands", Shape::Bands),
    ("per-unit", Shape::PerUnit),
    ("yes-no", Shape::YesNo),
    ("expert", Shape::Expert),
    ("min-max", Shape::MinMax),
    ("ratio-to-best", Shape::Best),
    ("ratio-to-mean", Shape::Mean),
    ("z-score", Shape::ZScore),
    ("percentile", Shape::Percentile),
    ("rank-points", Shape::Rank),
];

#[derive(Clone, Copy)]
pub(super) enum Shape {
    Linear,
    Target,
    Bands,
    PerUnit,
    YesNo,
    Expert,
    MinMax,
    Best,
    Mean,
    ZScore,
    Percentile,
    Rank,
}

impl Shape {
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Linear => &["kind", "from", "to", "at_from"],
            Self::Target => &["kind", "goal", "lower_is_better"],
            Self::Bands => &["kind", "bands", "mark"],
            Self::PerUnit => &["kind", "unit", "points", "share", "from", "base", "whole_units", "lower_is_better"],
            Self::YesNo => &["kind"],
            Self::Expert => &["kind", "from", "to"],
            Self::MinMax => &["kind", "at_worst", "per", "lower_is_better", "outliers", "then"],
            Self::Best | Self::Mean | Self::ZScore => &["kind", "per", "lower_is_better", "outliers", "then"],
            Self::Percentile => &["kind", "counts", "per", "lower_is_better", "then"],
            Self::Rank => &["kind", "points", "step", "rest", "ties", "per", "lower_is_better"],
        }
    }
}

/// Reads `rule = { kind = …, … }` for an indicator that can earn `of`; `only` where no other option could earn it.
pub(super) fn rule<'a>(
    scope: &Scope<'a>,
    value: &'a Spanned<DeValue<'a>>,
    of: &PerKind<Points>,
    only: bool,
) -> Option<Rule> {
    let every: Vec<&str> = KINDS.iter().flat_map(|(_, shape)| shape.keys()).copied().collect();
    // The kind decides which keys are known, so that a key of another kind is a fault too.
    let DeValue::Table(entries) = value.get_ref() else {
        return Table::of(scope.source, value, "rule", &every).and(None);
    };
    let shape = entries
        .get("kind")
        .and_then(|k| k.get_ref().as_str())
        .and_then(|word| KINDS.iter().find(|(known, _)| *known == word).map(|(_, shape)| *shape));
    let table = Table::of(scope.source, value, "rule", shape.map_or(&every, |shape| shape.keys()))?;
    if table.get("kind").is_none() {
        table.missing("kind", "kind = \"linear\"");
    }
    table.word("kind", &KINDS)?;
    match shape? {
        Shape::Linear => linear(scope, &table, of),
        Shape::Target => {
            let goal = bound(scope, &table, "goal", "goal = 500")?;
            if let Expr::Constant(value) = &goal.expr
                && !value.is_positive()
            {
                must_be_positive(&table, "goal");
            }
            Some(Rule::Target { goal, lower_is_better: table.boolean("lower_is_better").unwrap_or(false) })
        }
        Shape::Bands if table.get("mark").is_some() => marks::marked_bands(scope, &table, of),
        Shape::Bands => bands(scope, &table, of, only),
        Shape::PerUnit => per_unit(scope, &table, of),
        Shape::YesNo => Some(Rule::YesNo),
        Shape::Expert => expert(&table),
        relative => relative::relative(scope, &table, relative, of).map(|rule| Rule::Relative(Box::new(rule))),
    }
}

pub(super) fn must_be_positive(table: &Table<'_>, key: &str) {
    let what = Diagnostic::error("E-rule", format!("`{key}` must be above zero"), format!("`{key}` 必须大于零"));
    table.source().fault(what.help("write a number above zero", "请填写大于零的数").at(table.place(key)));
}

/// `{ comprehensive = 30, domain = 15 }`: a bound for each kind, or for each stage.
fn bound_by<'a>(scope: &Scope<'a>, value: &'a Spanned<DeValue<'a>>, by_stage: bool) -> Option<Bound> {
    let ids: Vec<&str> = match by_stage {
        true => scope.stages.iter().map(|stage| stage.id.as_str()).collect(),
        false => scope.kinds.iter().map(|kind| kind.id.as_str()).collect(),
    };
    let table = Table::of(scope.source, value, "a bound by kind or stage", &ids)?;
    let one = |id: &&str| {
        let example = format!("{id} = 100");
        bound(scope, &table, id, &example)
    };
    // All of them are read before one that is missing ends it, so that each is reported.
    let bounds: Vec<Option<Bound>> = ids.iter().map(one).collect();
    let bounds: Vec<Bound> = bounds.into_iter().collect::<Option<_>>()?;
    let source = ids.iter().zip(&bounds).map(|(id, b)| format!("{id} {}", b.source)).collect::<Vec<_>>().join(" / ");
    let parts = bounds.into_iter().map(|b| b.expr).collect();
    Some(Bound { source, expr: if by_stage { Expr::ByStage(parts) } else { Expr::ByKind(parts) } })
}

/// A number, a share in quotes, or a formula in quotes; or one for each kind.
pub(super) fn bound<'a>(scope: &Scope<'a>, table: &Table<'a>, key: &str, example: &str) -> Option<Bound> {
    let Some(value) = table.get(key) else {
        table.missing(key, example);
        return None;
    };
    if let DeValue::Table(entries) = value.get_ref() {
        let by_stage = entries.keys().any(|key| scope.stages.iter().any(|stage| stage.id == key.get_ref().as_ref()));
        return bound_by(scope, value, by_stage);
    }
    if let DeValue::String(text) = value.get_ref()
        && Number::parse_share(text.trim()).is_err()
    {
        let (source, expr) = scope.formula(value, key)?;
        return Some(Bound { source, expr });
    }
    let constant = table.number(key)?;
    let source = match value.get_ref() {
        DeValue::String(text) => text.trim().to_owned(),
        _ => constant.plain(),
    };
    Some(Bound { source, expr: Expr::Constant(constant) })
}

fn linear<'a>(scope: &Scope<'a>, table: &Table<'a>, of: &PerKind<Points>) -> Option<Rule> {
    let from = bound(scope, table, "from", "from = 0");
    let to = bound(scope, table, "to", "to = 100");
    let (from, to) = (from?, to?);
    let constants = match (&from.expr, &to.expr) {
        (Expr::Constant(from), Expr::Constant(to)) => Some((from, to)),
        _ => None,
    };
    if let Some((from, to)) = constants
        && from == to
    {
        let what =
            Diagnostic::error("E-rule", format!("the line goes from {from} to {to}"), format!("直线从 {from} 到 {to}"));
        table.source().fault(what.help("a line needs two different ends", "直线两端必须不同").at(table.place("to")));
    }
    let words = [("zero", Start::Zero), ("in-proportion", Start::InProportion)];
    let start = match table.get("at_from") {
        // From zero both readings of "in proportion" are the same.
        None if matches!(&from.expr, Expr::Constant(from) if from.is_zero()) => Start::Zero,
        None => {
            unchosen(table, constants, of);
            return None;
        }
        Some(value) => match value.get_ref() {
            DeValue::String(text) if Number::parse_share(text).is_err() => table.word("at_from", &words)?,
            _ => {
                let share = table.number("at_from")?;
                if share.is_negative() || share > Number::ONE {
                    let what = Diagnostic::error(
                        "E-rule",
                        format!("`at_from` is {share}; it is a share of the points"),
                        format!("`at_from` 为 {share}，应为得分的比例"),
                    );
                    let help = what.help("write a share from \"0%\" to \"100%\"", "请填写 \"0%\" 到 \"100%\" 的比例");
                    table.source().fault(help.at(value.span()));
                }
                Start::Share(share)
            }
        },
    };
    if let (Start::InProportion, Some((from, to))) = (&start, constants)
        && (from > to || !to.is_positive())
    {
        let what = Diagnostic::error(
            "E-rule",
            "in proportion to the value needs a rising line to a number above zero",
            "按值比例计分要求直线上升且终点大于零",
        );
        let help = what.help("use at_from = \"zero\" or a share", "请用 at_from = \"zero\" 或某一比例");
        table.source().fault(help.at(table.place("at_from")));
    }
    Some(Rule::Linear { from, to, start })
}

/// Published tables that say "in proportion" can be read two ways; the author must choose.
fn unchosen(table: &Table<'_>, constants: Option<(&Number, &Number)>, of: &PerKind<Points>) {
    let (mut en, mut zh) = (String::new(), String::new());
    let most = of.0.iter().max();
    if let (Some((from, to)), Some(most)) = (constants, most)
        && let Some(middle) = (from + to).divided_by(&Number::from(2_i64))
        && let Some(value_over_to) = middle.divided_by(to)
        && let Some(half) = Number::fraction(1, 2)
    {
        let (a, b) = (most.times(&half), most.times(&value_over_to));
        en = format!(": at {middle} one reading gives {a} of {most} points, another {b}");
        zh = format!("：值为 {middle} 时，满分 {most} 分，一种读法得 {a} 分，另一种得 {b} 分");
    }
    let what = Diagnostic::error(
        "E-linear-start",
        format!("the line does not say what `from` itself earns{en}"),
        format!("直线没有说明起点处得多少分{zh}"),
    );
    let help = what.help(
        "add at_from = \"zero\" (nothing at from), \"in-proportion\" (value / to), or a share such as \"60%\"",
        "请加上 at_from = \"zero\"（起点不得分）、\"in-proportion\"（值 ÷ to）或某一比例（如 \"60%\"）",
    );
    table.source().fault(help.at(table.span.clone()));
}

/// Points, written out or as a share of what the indicator can earn.
pub(super) fn award<'a>(scope: &Scope<'a>, table: &Table<'a>, of: &PerKind<Points>, capped: bool) -> Option<Award> {
    let points = match (table.get("points"), table.get("share")) {
        (Some(_), None) => scope.per_kind(table, "points")?,
        (None, Some(_)) => {
            let share = table.number("share")?;
            PerKind(of.0.iter().map(|points| points.times(&share)).collect())
        }
        _ => {
            table.missing("points", "points = 4, or share = \"80%\" (one of the two)");
            return None;
        }
    };
    for (given, most) in points.0.iter().zip(&of.0) {
        if capped && given > most || given.0.is_negative() {
            let key = if table.get("points").is_some() { "points" } else { "share" };
            let what = Diagnostic::error(
                "E-award",
                format!("{given} points are given where the indicator has {most}"),
                format!("给分 {given}，而该指标满分为 {most}"),
            );
            let help = what.help(format!("give from 0 to {most} points"), format!("给分应在 0 到 {most} 之间"));
            table.source().fault(help.at(table.place(key)));
            break;
        }
    }
    Some(points)
}

/// One side of a band or grade: the value, and whether the edge itself is outside.
pub(super) fn edge<'a>(
    scope: &Scope<'a>,
    table: &Table<'a>,
    inside: &str,
    outside: &str,
) -> Option<(Edge, Range<usize>)> {
    let (key, strict) = match (table.get(inside), table.get(outside)) {
        (Some(_), Some(_)) => {
            let what = Diagnostic::error(
                "E-two-edges",
                format!("`{inside}` and `{outside}` stand side by side"),
                format!("`{inside}` 与 `{outside}` 同时出现"),
            );
            table.source().fault(what.help("keep one of them", "请只保留一个").at(table.place(outside)));
            return None;
        }
        (Some(_), None) => (inside, false),
        (None, Some(_)) => (outside, true),
        (None, None) => return None,
    };
    Some((Edge { value: scope.constant(table, key)?, strict }, table.place(key)))
}

/// Checks that each lower edge lies below the one before it and that stated upper edges meet it exactly.
pub(super) fn edges_meet(
    table: &Table<'_>,
    above: Option<&Edge>,
    lower: Option<&Edge>,
    upper: Option<(Edge, Range<usize>)>,
) {
    let report = |en: String, zh: String, span: Range<usize>| {
        let what = Diagnostic::error("E-edges", en, zh).help(
            "let each edge belong to exactly one side: at_least above, below beneath it (or above, and at_most)",
            "每个界点只能归属一侧：上段用 at_least，下段用 below（或上段 above，下段 at_most）",
        );
        table.source().fault(what.at(span));
    };
    if let (Some(above), Some(lower)) = (above, lower) {
        let falls = lower.value < above.value || lower.value == above.value && above.strict && !lower.strict;
        if !falls {
            report(
                format!("{} does not lie below {} of the one before", lower.value, above.value),
                format!("{} 没有低于前一段的 {}", lower.value, above.value),
                table.place(if lower.strict { "above" } else { "at_least" }),
            );
        }
    }
    let Some((upper, span)) = upper else { return };
    match above {
        None => report(
            format!("nothing is said about values above {}", upper.value),
            format!("没有说明 {} 以上如何处理", upper.value),
            span,
        ),
        // Below this band's top begins the band above: the edge must belong to exactly one of them.
        Some(above) if above.value == upper.value && above.strict != upper.strict => {}
        Some(above) if above.value == upper.value && !above.strict => {
            report(format!("{} belongs to two at once", upper.value), format!("{} 同时属于两段", upper.value), span);
        }
        Some(above) if above.value == upper.value => {
            report(format!("{} belongs to none", upper.value), format!("{} 不属于任何一段", upper.value), span);
        }
        Some(above) if upper.value > above.value => report(
            format!("from {} to {} two overlap", above.value, upper.value),
            format!("{} 到 {} 之间两段重叠", above.value, upper.value),
            span,
        ),
        Some(above) => report(
            format!("from {} to {} there is a gap", upper.value, above.value),
            format!("{} 到 {} 之间有空缺", upper.value, above.value),
            span,
        ),
    }
}

fn bands<'a>(scope: &Scope<'a>, table: &Table<'a>, of: &PerKind<Points>, only: bool) -> Option<Rule> {
    let tables = table.tables("bands", "a band", &["at_least", "above", "at_most", "below", "points", "share"]);
    if tables.is_empty() {
        table.missing("bands", "bands = [ { at_least = 30, points = 20 }, { points = 0 } ]");
        return None;
    }
    let edges = edges(scope, &tables);
    let one = |(lower, band): (Option<Edge>, &Table<'a>)| Band {
        lower,
        award: award(scope, band, of, true).unwrap_or_else(|| of.clone()),
    };
    let bands: Vec<Band> = edges.into_iter().zip(&tables).map(one).collect();
    for (kind, most) in of.0.iter().enumerate() {
        let best = bands.iter().map(|b| &b.award.0[kind]).max();
        if only && best.is_some_and(|best| best < most) {
            let best = best.map_or(String::new(), ToString::to_string);
            let what = Diagnostic::warning(
                "W-points-out-of-reach",
                format!("the best band gives {best} of {most} points"),
                format!("最高一段只给 {best} 分，而满分为 {most}"),
            );
            let help =
                what.help("raise the best band, or lower the indicator's points", "请提高最高一段，或降低该指标满分");
            scope.source.fault(help.at(table.span.clone()));
            break;
        }
    }
    Some(Rule::Bands(bands))
}

/// The lower edges of bands from the highest down, checked to leave no gap and no overlap.
pub(super) fn edges<'a>(scope: &Scope<'a>, tables: &[Table<'a>]) -> Vec<Option<Edge>> {
    let mut edges: Vec<Option<Edge>> = Vec::new();
    for (at, band) in tables.iter().enumerate() {
        let lower = edge(scope, band, "at_least", "above").map(|(edge, _)| edge);
        let upper = edge(scope, band, "at_most", "below");
        if edges.last().is_some_and(Option::is_none) {
            let what = Diagnostic::error(
                "E-unreachable",
                "nothing can reach this band: the one before takes all the rest",
                "任何值都到不了这一段：前一段已包括其余所有值",
            );
            let help = what.help("put the band without a lower edge last", "请把没有下界的一段放在最后");
            scope.source.fault(help.at(band.span.clone()));
        }
        edges_meet(band, edges.last().and_then(Option::as_ref), lower.as_ref(), upper);
        if at + 1 == tables.len()
            && let Some(lower) = &lower
        {
            let what = Diagnostic::error(
                "E-band-gap",
                format!("nothing is said about values below {}", lower.value),
                format!("没有说明 {} 以下如何计分", lower.value),
            );
            let help = what.help("add a last band such as { points = 0 }", "请在最后加一段，例如 { points = 0 }");
            scope.source.fault(help.at(band.span.clone()));
        }
        edges.push(lower);
    }
    edges
}

fn per_unit<'a>(scope: &Scope<'a>, table: &Table<'a>, of: &PerKind<Points>) -> Option<Rule> {
    let unit = table.number("unit").unwrap_or(Number::ONE);
    if !unit.is_positive() {
        must_be_positive(table, "unit");
    }
    let earns = award(scope, table, of, false);
    if table.get("whole_units").is_none() {
        table
            .missing("whole_units", "whole_units = true (a part of a unit earns nothing) or false (it earns its part)");
    }
    let whole = table.boolean("whole_units");
    let base = match table.get("base") {
        Some(_) => scope.per_kind(table, "base")?,
        None => PerKind(vec![Points::ZERO; of.0.len()]),
    };
    let from = table.number("from").unwrap_or(Number::ZERO);
    let lower_is_better = table.boolean("lower_is_better").unwrap_or(false);
    if lower_is_better && table.get("from").is_none() {
        table.missing("from", "from = 80");
    }
    Some(Rule::PerUnit(PerUnit { unit, earns: earns?, from, base, whole: whole?, lower_is_better }))
}

fn expert(table: &Table<'_>) -> Option<Rule> {
    for (key, example) in [("from", "from = 0"), ("to", "to = 100")] {
        if table.get(key).is_none() {
            table.missing(key, example);
        }
    }
    let (from, to) = (table.number("from")?, table.number("to")?);
    if from >= to {
        let what =
            Diagnostic::error("E-rule", format!("marks go from {from} to {to}"), format!("分数范围为 {from} 到 {to}"));
        table.source().fault(what.help("`to` must be above `from`", "`to` 必须大于 `from`").at(table.place("to")));
    }
    Some(Rule::Expert { from, to })
}
