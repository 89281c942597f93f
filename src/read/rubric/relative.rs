//! Rules that set a value against the cohort. Must not know what a place among the others comes to.

use ::toml::de::DeValue;

use super::Scope;
use super::rules::{Shape, must_be_positive, rule};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::{Number, Points};
use crate::domain::relative::{By, Counting, Outliers, RankTies, Relative};
use crate::domain::rubric::PerKind;
use crate::domain::rule::{Award, Rule};
use crate::read::toml::Table;

/// The most places that points are listed for.
const MAX_PLACES: usize = 10_000;

/// A rule of one of the relative kinds.
pub(super) fn relative<'a>(
    scope: &Scope<'a>,
    table: &Table<'a>,
    shape: Shape,
    of: &PerKind<Points>,
) -> Option<Relative> {
    let by = match shape {
        Shape::MinMax => By::MinMax { at_worst: at_worst(table) },
        Shape::Best => By::Best,
        Shape::Mean => By::Mean,
        Shape::ZScore => By::ZScore,
        Shape::Percentile => By::Percentile(counting(table)?),
        _ => rank(scope, table, of)?,
    };
    let then = match table.get("then") {
        None if by == By::ZScore => {
            table.missing("then", "then = { kind = \"linear\", from = -2, to = 2, at_from = \"zero\" }");
            return None;
        }
        None => None,
        Some(value) => {
            let then = rule(scope, value, of, false)?;
            if matches!(then, Rule::Relative(_)) {
                let what = Diagnostic::error(
                    "E-rule",
                    "a place among the others is set against the others again",
                    "相对位置不能再次与其他单位比较",
                );
                let help =
                    what.help("use a rule such as linear or bands in `then`", "then 中请用 linear、bands 等规则");
                scope.source.fault(help.at(value.span()));
            }
            Some(then)
        }
    };
    let ix = scope.relatives.get();
    scope.relatives.set(ix + 1);
    Some(Relative {
        ix,
        by,
        per: scope.group(table, "per").unwrap_or_default(),
        lower_is_better: table.boolean("lower_is_better").unwrap_or(false),
        outliers: outliers(table),
        then,
    })
}

fn at_worst(table: &Table<'_>) -> Number {
    let share = table.number("at_worst").unwrap_or(Number::ZERO);
    if share.is_negative() || share >= Number::ONE {
        let what = Diagnostic::error(
            "E-rule",
            format!("`at_worst` is {share}; it is a share of the points below all of them"),
            format!("`at_worst` 为 {share}，应为小于全部得分的比例"),
        );
        let help = what.help("write a share such as \"60%\"", "请填写比例，如 \"60%\"");
        table.source().fault(help.at(table.place("at_worst")));
    }
    share
}

fn counting(table: &Table<'_>) -> Option<Counting> {
    let words = [("below", Counting::Below), ("at-or-below", Counting::AtOrBelow), ("middle", Counting::Middle)];
    if table.get("counts").is_none() {
        table.missing(
            "counts",
            "counts = \"below\" (worse ones of the others), \"at-or-below\" or \"middle\": sources differ, so the rubric must say",
        );
    }
    table.word("counts", &words)
}

fn rank<'a>(scope: &Scope<'a>, table: &Table<'a>, of: &PerKind<Points>) -> Option<By> {
    if table.list("points").is_empty() {
        table.missing("points", "points = [60, 57, 54]");
    }
    if table.get("ties").is_none() {
        table.missing("ties", "ties = \"best\", \"mean\" or \"worst\": no source says which, so the rubric must");
    }
    let classes = of.0.len();
    let award = |value: &'a ::toml::Spanned<DeValue<'a>>| -> Option<Award> {
        let points = Points(crate::read::toml::number(scope.source, value, "points")?);
        if of.0.iter().any(|most| points > *most) || points.0.is_negative() {
            let most = of.0.iter().min().map_or(String::new(), ToString::to_string);
            let what = Diagnostic::error(
                "E-award",
                format!("{points} points are given where the indicator has {most}"),
                format!("给分 {points}，而该指标满分为 {most}"),
            );
            let help = what.help(format!("give from 0 to {most} points"), format!("给分应在 0 到 {most} 之间"));
            scope.source.fault(help.at(value.span()));
        }
        Some(PerKind(vec![points; classes]))
    };
    let mut points: Vec<Award> = table.list("points").into_iter().filter_map(award).collect();
    let rest = table.get("rest").and_then(award).unwrap_or_else(|| PerKind(vec![Points::ZERO; classes]));
    if let Some(step) = table.number("step") {
        if !step.is_positive() {
            must_be_positive(table, "step");
            return None;
        }
        go_on(&mut points, &step, &rest);
    }
    let ties = table.word("ties", &[("best", RankTies::Best), ("mean", RankTies::Mean), ("worst", RankTies::Worst)])?;
    Some(By::Rank { points, rest, ties })
}

/// Goes on from the last place listed, each next one with `step` less, as long as that is more than `rest`.
fn go_on(points: &mut Vec<Award>, step: &Number, rest: &Award) {
    while points.len() < MAX_PLACES
        && let Some(last) = points.last()
    {
        let next: Vec<Points> = last.0.iter().map(|points| points.clone() - &Points(step.clone())).collect();
        if next.iter().zip(&rest.0).all(|(next, rest)| next <= rest) {
            break;
        }
        points.push(PerKind(next));
    }
}

fn outliers(table: &Table<'_>) -> Option<Outliers> {
    let value = table.get("outliers")?;
    let known = ["leave_out", "winsorise", "skewness", "kurtosis"];
    let outliers = Table::of(table.source(), value, "outliers", &known)?;
    match (outliers.get("leave_out"), outliers.get("winsorise")) {
        (Some(_), None) => {
            Some(Outliers::LeaveOut { beyond: outliers.number("leave_out").filter(Number::is_positive)? })
        }
        (None, Some(_)) => {
            for (key, example) in [("skewness", "skewness = 2"), ("kurtosis", "kurtosis = 3.5")] {
                if outliers.get(key).is_none() {
                    outliers.missing(key, example);
                }
            }
            let most = outliers.count("winsorise", 1000)?;
            Some(Outliers::Winsorise {
                most,
                skewness: outliers.number("skewness")?,
                kurtosis: outliers.number("kurtosis")?,
            })
        }
        _ => {
            outliers.missing(
                "leave_out",
                "leave_out = 2 (standard deviations from the mean), or winsorise = 5 (values at most), one of the two",
            );
            None
        }
    }
}
