//! Grades, gates, acts and outcomes: what the points lead to.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::declared::Ids;
use super::rules::{edge, edges_meet};
use super::{Scope, citation, title};
use crate::domain::centre::Status;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::{Number, Points};
use crate::domain::rubric::{
    Act, Document, Gate, GateEffect, Grade, GradeIx, NamedAct, Outcome, OutcomeKey, Period, PeriodUnit, Quota,
    QuotaSize, Requirement, Threshold, Ties, WholePlaces,
};
use crate::domain::rule::Edge;
use crate::read::toml::{Table, as_string};

const GRADE: [&str; 10] =
    ["id", "title", "at_least", "above", "at_most", "below", "requires", "each_criterion_at_least", "quota", "cite"];

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
            cite: citation(table, documents),
        }
    };
    top.tables("grade", "[[grade]]", &GRADE).iter().map(one).collect()
}

pub(super) fn grades<'a>(top: &Table<'a>, scope: &Scope<'a>, drafts: &[Grade]) -> Vec<Grade> {
    let tables = reopened(top, "grade", "[[grade]]");
    let mut above: Option<Edge> = None;
    let last = tables.len().saturating_sub(1);
    let mut grades = Vec::new();
    for (at, (table, draft)) in tables.iter().zip(drafts).enumerate() {
        let lower = edge(table, "at_least", "above").map(|(edge, _)| edge);
        let upper = edge(table, "at_most", "below");
        edges_meet(table, above.as_ref(), lower.as_ref(), upper);
        let grade = Grade {
            threshold: lower.as_ref().map(|e| Threshold { points: Points(e.value.clone()), strict: e.strict }),
            requires: requirements(scope, table),
            each_criterion: table.number("each_criterion_at_least"),
            quota: quota(scope, table),
            ..draft.clone()
        };
        let takes_all = grade.threshold.is_none()
            && grade.requires.is_empty()
            && grade.each_criterion.is_none()
            && grade.quota.is_none();
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

fn quota<'a>(scope: &Scope<'a>, table: &Table<'a>) -> Option<Quota> {
    let value = table.get("quota")?;
    let table = Table::of(scope.source, value, "quota", &["share", "places", "round", "per", "ties"])?;
    let ties = [("all-in", Ties::AllIn), ("all-out", Ties::AllOut)];
    if table.get("ties").is_none() {
        table.missing("ties", "ties = \"all-out\", or \"all-in\": no source says which, so the rubric must");
    }
    let ties = table.word("ties", &ties);
    let per_kind = table.word("per", &[("kind", true), ("all", false)]).unwrap_or(false);
    let wholes = [("floor", WholePlaces::Floor), ("round", WholePlaces::Round), ("ceil", WholePlaces::Ceil)];
    let size = match (table.get("share"), table.get("places")) {
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
            QuotaSize::Share { share, whole: table.word("round", &wholes)? }
        }
        (None, Some(_)) => QuotaSize::Places(table.count("places", 1_000_000)?),
        _ => {
            table.missing("share", "share = \"30%\", or places = 50 (one of the two)");
            return None;
        }
    };
    Some(Quota { size, per_kind, ties: ties? })
}

pub(super) fn gates<'a>(top: &Table<'a>, scope: &Scope<'a>, grades: &[Grade]) -> Vec<Gate> {
    let mut ids = Ids::new(scope.source, "gate", "否决项");
    let words: Vec<(&str, GradeIx)> = grades.iter().enumerate().map(|(ix, g)| (g.id.as_str(), GradeIx(ix))).collect();
    let tables = top.tables("gate", "[[gate]]", &["id", "title", "when", "grade", "at_most", "cite"]);
    let mut gates = Vec::new();
    for table in &tables {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        let when = table.required("when", "when = \"finding(falsified)\"");
        let when = when.and_then(|text| scope.condition(text, &table.place("when")));
        let effect = match (table.get("grade"), table.get("at_most")) {
            (Some(_), None) => table.word("grade", &words).map(GateEffect::Set),
            (None, Some(_)) => table.word("at_most", &words).map(GateEffect::Cap),
            _ => {
                table.missing("grade", "grade = \"poor\" (sets it), or at_most = \"good\" (caps it), one of the two");
                None
            }
        };
        if let (Some(when), Some(effect)) = (when, effect) {
            gates.push(Gate { id, title: title(table), when, effect, cite: citation(table, scope.documents) });
        }
    }
    gates
}

pub(super) fn acts(top: &Table<'_>) -> Vec<NamedAct> {
    let mut ids = Ids::new(top.source(), "act", "处理措施");
    let one = |table: &Table<'_>| {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        NamedAct { id, title: title(table), flag: table.boolean("flag").unwrap_or(true) }
    };
    top.tables("act", "[[act]]", &["id", "title", "flag"]).iter().map(one).collect()
}

const OUTCOME: [&str; 4] = ["act", "within", "then", "cite"];

pub(super) fn outcomes<'a>(
    top: &Table<'a>,
    scope: &Scope<'a>,
    grades: &[Grade],
    acts: &[NamedAct],
) -> Vec<(OutcomeKey, Outcome)> {
    let Some(value) = top.get("outcome") else {
        if !grades.is_empty() {
            top.missing("outcome", "[outcome] with a line for each grade");
        }
        return Vec::new();
    };
    let of_grades = grades.iter().enumerate().map(|(ix, g)| (g.id.as_str(), OutcomeKey::Grade(GradeIx(ix))));
    let of_statuses = Status::ALL.iter().skip(1).map(|(id, status)| (*id, OutcomeKey::Status(*status)));
    let keys: Vec<(&str, OutcomeKey)> = of_grades.chain(of_statuses).collect();
    let known: Vec<&str> = keys.iter().map(|(id, _)| *id).collect();
    let Some(table) = Table::of(scope.source, value, "[outcome]", &known) else { return Vec::new() };
    for grade in grades {
        if table.get(&grade.id).is_none() {
            let example = format!("{} = {{ act = \"next-cycle\" }}", grade.id);
            table.missing(&grade.id, &example);
        }
    }
    let rows = table.entries().into_iter();
    rows.filter_map(|(id, _, value)| {
        let key = keys.iter().find(|(known, _)| *known == id)?.1;
        Some((key, outcome(scope, value, acts)?))
    })
    .collect()
}

fn outcome<'a>(scope: &Scope<'a>, value: &'a Spanned<DeValue<'a>>, acts: &[NamedAct]) -> Option<Outcome> {
    let table = Table::of(scope.source, value, "an outcome", &OUTCOME)?;
    if table.get("act").is_none() {
        table.missing("act", "act = \"next-cycle\"");
    }
    let then = table.get("then").and_then(|v| Table::of(scope.source, v, "then", &["passed", "failed"]));
    let act = |table: &Table<'a>, key: &str| table.word(key, &act_words(acts));
    // The limit alone, or with a citation of its own: the law may set the act and leave the length open.
    let limit = match table.get("within") {
        Some(value) if matches!(value.get_ref(), DeValue::Table(_)) => {
            let limit = Table::of(scope.source, value, "within", &["limit", "cite"])?;
            if limit.get("limit").is_none() {
                limit.missing("limit", "limit = \"12 months\"");
            }
            Some(limit)
        }
        _ => None,
    };
    let limit_key = if limit.is_some() { "limit" } else { "within" };
    Some(Outcome {
        act: act(&table, "act")?,
        within: limit.as_ref().unwrap_or(&table).get(limit_key).and_then(|value| period(&table, value)),
        within_cite: limit.as_ref().and_then(|limit| citation(limit, scope.documents)),
        passed: then.as_ref().and_then(|t| act(t, "passed")),
        failed: then.as_ref().and_then(|t| act(t, "failed")),
        cite: citation(&table, scope.documents),
    })
}

fn act_words(acts: &[NamedAct]) -> Vec<(&str, Act)> {
    let known = [("next-cycle", Act::NextCycle), ("rectify", Act::Rectify), ("remove", Act::Remove)];
    known.into_iter().chain(acts.iter().enumerate().map(|(ix, a)| (a.id.as_str(), Act::Named(ix)))).collect()
}

/// `12 months`, `30 days`, `1 year`.
fn period(table: &Table<'_>, value: &Spanned<DeValue<'_>>) -> Option<Period> {
    let text = as_string(table.source(), value, "within")?;
    let (count, unit) = text.trim().split_once(' ').unwrap_or((text, ""));
    let unit = match unit.trim().trim_end_matches('s') {
        "day" => Some(PeriodUnit::Days),
        "month" => Some(PeriodUnit::Months),
        "year" => Some(PeriodUnit::Years),
        _ => None,
    };
    let count = count.parse::<u32>().ok().filter(|count| (1..=1000).contains(count));
    if let (Some(count), Some(unit)) = (count, unit) {
        return Some(Period { count, unit });
    }
    bad_period(table, value.span());
    None
}

fn bad_period(table: &Table<'_>, span: Range<usize>) {
    let what = Diagnostic::error("E-period", "not a time limit", "不是期限");
    let help = what.help(
        "write a count and days, months or years: \"12 months\"",
        "请写数目加 days、months 或 years，如 \"12 months\"",
    );
    table.source().fault(help.at(span));
}
