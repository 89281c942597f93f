//! Grades and gates: what the points lead to.

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::declared::Ids;
use super::rules::{edge, edges_meet};
use super::{Scope, citation, title};
use crate::domain::centre::Status;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::formula::Expr;
use crate::domain::number::{Number, Points};
use crate::domain::rubric::{
    Document, Gate, GateEffect, Grade, GradeIx, Places, Quota, QuotaSize, Requirement, Threshold, TieBreak, Ties,
    WholePlaces,
};
use crate::domain::rule::Edge;
use crate::read::toml::Table;

const GRADE: [&str; 12] = [
    "id",
    "title",
    "at_least",
    "above",
    "at_most",
    "below",
    "requires",
    "each_criterion_at_least",
    "quota",
    "first",
    "last",
    "cite",
];

/// Grades by name, so that conditions can speak of them before their own conditions are read.
pub(super) fn drafts(top: &Table<'_>, documents: &[Document]) -> Vec<Grade> {
    let mut ids = Ids::new(top.source(), "grade", "等级");
    let one = |table: &Table<'_>| {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        Grade {
            id,
            title: title(table),
            threshold: None,
            requires: Vec::new(),
            each_criterion: None,
            quota: None,
            first: None,
            last: None,
            cite: citation(table, documents),
        }
    };
    top.tables("grade", "[[grade]]", &GRADE).iter().map(one).collect()
}

pub(super) fn grades<'a>(top: &Table<'a>, scope: &Scope<'a>, drafts: &[Grade], most: &Points) -> Vec<Grade> {
    let tables = reopened(top, "grade", "[[grade]]");
    let mut above: Option<Edge> = None;
    let last = tables.len().saturating_sub(1);
    let mut grades = Vec::new();
    for (at, (table, draft)) in tables.iter().zip(drafts).enumerate() {
        let lower = edge(scope, table, "at_least", "above").map(|(edge, _)| edge);
        let upper = edge(scope, table, "at_most", "below");
        if let Some(lower) = &lower
            && (lower.value > most.0 || lower.strict && lower.value == most.0)
        {
            let what = Diagnostic::error(
                "E-unreachable",
                format!("nobody can reach {}: there are {most} points in all", lower.value),
                format!("没有人能达到 {}：满分（含加分）为 {most}", lower.value),
            );
            let help = what.help(
                format!("lower the threshold to {most} or less, or give more points"),
                format!("请将分数线降到 {most} 以内，或增加分值"),
            );
            scope.source.fault(help.at(table.place(if lower.strict { "above" } else { "at_least" })));
        }
        edges_meet(table, above.as_ref(), lower.as_ref(), upper);
        let grade = Grade {
            threshold: lower.as_ref().map(|e| Threshold { points: Points(e.value.clone()), strict: e.strict }),
            requires: requirements(scope, table),
            each_criterion: table.number("each_criterion_at_least"),
            quota: table.get("quota").and_then(|value| quota(scope, value, "quota")),
            first: first(scope, table),
            last: table.get("last").and_then(|value| quota(scope, value, "last")),
            ..draft.clone()
        };
        // A threshold with a fault is one all the same.
        let takes_all = table.get("at_least").or_else(|| table.get("above")).is_none()
            && grade.requires.is_empty()
            && grade.each_criterion.is_none()
            && grade.quota.is_none()
            && grade.first.is_none();
        if at == last && !takes_all {
            let what = Diagnostic::error(
                "E-grade-gap",
                "nothing is said about centres that do not reach the last grade",
                "没有说明达不到最后一个等级的中心如何处理",
            );
            let help = what.help(
                "let the last [[grade]] ask for nothing: it takes whoever is left",
                "最后一个 [[grade]] 不应设条件，由其余中心归入",
            );
            scope.source.fault(help.at(table.span.clone()));
        }
        if at < last && takes_all {
            let what = Diagnostic::error(
                "E-unreachable",
                "nobody can reach the grades behind this one: it takes everybody",
                "其后的等级无法达到：该等级已包括所有中心",
            );
            let help = what.help("give it a threshold such as at_least = 85", "请设置分数线，如 at_least = 85");
            scope.source.fault(help.at(table.span.clone()));
        }
        above = lower.or(above);
        grades.push(grade);
    }
    grades
}

fn reopened<'a>(top: &Table<'a>, key: &str, name: &'a str) -> Vec<Table<'a>> {
    top.list(key).into_iter().filter_map(|value| Table::reopen(top.source(), value, name)).collect()
}

fn requirements<'a>(scope: &Scope<'a>, table: &Table<'a>) -> Vec<Requirement> {
    let texts = table.strings("requires").into_iter();
    texts.filter_map(|(text, span)| scope.condition(text, &span)).collect()
}

fn quota<'a>(scope: &Scope<'a>, value: &'a Spanned<DeValue<'a>>, name: &'static str) -> Option<Quota> {
    let table = Table::of(scope.source, value, name, &["share", "places", "round", "per", "ties"])?;
    if table.get("ties").is_none() {
        table.missing("ties", "ties = \"all-out\", or \"all-in\": no source says which, so the rubric must");
    }
    let ties = ties(scope, &table);
    let per = scope.group(&table, "per").unwrap_or_default();
    Some(Quota { size: size(scope, &table)?, per, ties: ties? })
}

/// `first = { share = "25%", round = "floor", per = "region" }`: a band of the ranking.
fn first<'a>(scope: &Scope<'a>, table: &Table<'a>) -> Option<Places> {
    let table = Table::of(scope.source, table.get("first")?, "first", &["share", "places", "round", "per"])?;
    let per = scope.group(&table, "per").unwrap_or_default();
    Some(Places { size: size(scope, &table)?, per })
}

fn size<'a>(scope: &Scope<'a>, table: &Table<'a>) -> Option<QuotaSize> {
    let wholes = [("floor", WholePlaces::Floor), ("round", WholePlaces::Round), ("ceil", WholePlaces::Ceil)];
    match (table.get("share"), table.get("places")) {
        (Some(value), None) => {
            if table.get("round").is_none() {
                table.missing("round", "round = \"floor\" (or \"ceil\", \"round\")");
            }
            let share = table.number("share")?;
            if share.is_negative() || share > Number::ONE {
                let what = Diagnostic::error("E-share", format!("the share is {share}"), format!("比例为 {share}"));
                scope
                    .source
                    .fault(what.help("write a share such as \"30%\"", "请填写比例，如 \"30%\"").at(value.span()));
            }
            Some(QuotaSize::Share { share, whole: table.word("round", &wholes)? })
        }
        (None, Some(_)) => table.count("places", 1_000_000).map(QuotaSize::Places),
        _ => {
            table.missing("share", "share = \"30%\", or places = 50 (one of the two)");
            None
        }
    }
}

/// `all-in`, `all-out`, or `{ by = ["points(rd)", { less = "sum(staff)" }], then = "all-out" }`.
fn ties<'a>(scope: &Scope<'a>, table: &Table<'a>) -> Option<Ties> {
    let value = table.get("ties")?;
    let words = [("all-in", true), ("all-out", false)];
    let DeValue::Table(_) = value.get_ref() else {
        return table.word("ties", &words).map(|all_in| if all_in { Ties::AllIn } else { Ties::AllOut });
    };
    let ties = Table::of(scope.source, value, "ties", &["by", "then"])?;
    for (key, example) in [("by", "by = [\"points(research)\"]"), ("then", "then = \"all-out\"")] {
        if ties.get(key).is_none() {
            ties.missing(key, example);
        }
    }
    let one = |value: &'a Spanned<DeValue<'a>>| match value.get_ref() {
        DeValue::Table(_) => {
            let less = Table::of(scope.source, value, "a tie-break", &["less"])?;
            if less.get("less").is_none() {
                less.missing("less", "less = \"sum(staff)\"");
            }
            let (source, expr) = scope.formula(less.get("less")?, "less")?;
            Some(TieBreak { source, expr, less_first: true })
        }
        _ => {
            let (source, expr) = scope.formula(value, "by")?;
            Some(TieBreak { source, expr, less_first: false })
        }
    };
    let by: Vec<Option<TieBreak>> = ties.list("by").into_iter().map(one).collect();
    Some(Ties::Break { by: by.into_iter().collect::<Option<_>>()?, all_in: ties.word("then", &words)? })
}

pub(super) fn gates<'a>(top: &Table<'a>, scope: &Scope<'a>, grades: &[Grade]) -> Vec<Gate> {
    let mut ids = Ids::new(scope.source, "gate", "否决项");
    let words: Vec<(&str, GradeIx)> = grades.iter().enumerate().map(|(ix, g)| (g.id.as_str(), GradeIx(ix))).collect();
    let tables = top.tables("gate", "[[gate]]", &["id", "title", "when", "grade", "at_most", "status", "cite"]);
    let mut gates = Vec::new();
    for table in &tables {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        let when = table.required("when", "when = \"finding(falsified)\"");
        let when = when.and_then(|text| scope.condition(text, &table.place("when")));
        let effect = match (table.get("grade"), table.get("at_most"), table.get("status")) {
            (Some(_), None, None) => table.word("grade", &words).map(GateEffect::Set),
            (None, Some(_), None) => table.word("at_most", &words).map(GateEffect::Cap),
            (None, None, Some(_)) => {
                if let Some(when) = &when {
                    facts_only(table, when);
                }
                table
                    .word("status", &[("deemed", Status::Deemed), ("deferred", Status::Deferred)])
                    .map(GateEffect::Status)
            }
            _ => {
                table.missing(
                    "grade",
                    "grade = \"poor\" (sets it), at_most = \"good\" (caps it) or status = \"deemed\" (not scored), one of them",
                );
                None
            }
        };
        if let (Some(when), Some(effect)) = (when, effect) {
            gates.push(Gate { id, title: title(table), when, effect, cite: citation(table, scope.documents) });
        }
    }
    gates
}

/// Whoever is not scored sends no data, so that the condition can only be about facts.
fn facts_only(table: &Table<'_>, when: &Requirement) {
    let mut scored = false;
    when.condition.formulas(&mut |expr| {
        expr.walk(&mut |part| {
            scored |= matches!(part, Expr::Total | Expr::PointsOf(_) | Expr::ShareOf(_) | Expr::LevelOf(..));
        });
    });
    if scored || !when.condition.metrics().is_empty() {
        let what = Diagnostic::error(
            "E-gate-facts",
            "a centre that is not scored sends no data, and the condition asks for some",
            "不计分的中心不报送数据，而该条件需要数据",
        );
        let help = what.help(
            "use finding(…), attribute(…), kind(…), status(…) or previously(…)",
            "请使用 finding(…)、attribute(…)、kind(…)、status(…) 或 previously(…)",
        );
        table.source().fault(help.at(table.place("when")));
    }
}
