//! Acts and outcomes: what follows from a grade or a status, also across cycles. Must not know how grades are given.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::declared::Ids;
use super::{Scope, citation, title};
use crate::domain::centre::Status;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::rubric::{
    Act, Case, Grade, GradeIx, NamedAct, Outcome, OutcomeKey, Period, PeriodUnit, PublicNotice,
};
use crate::read::toml::{Table, as_string};

pub(super) fn acts(top: &Table<'_>) -> Vec<NamedAct> {
    let mut ids = Ids::new(top.source(), "act", "处理措施");
    let one = |table: &Table<'_>| {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        NamedAct { id, title: title(table), flag: table.boolean("flag").unwrap_or(true) }
    };
    top.tables("act", "[[act]]", &["id", "title", "flag"]).iter().map(one).collect()
}

const OUTCOME: [&str; 6] = ["act", "within", "then", "bar", "cases", "cite"];
const CASE: [&str; 6] = ["when", "act", "within", "then", "bar", "cite"];

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
    let cases = table.tables("cases", "a case", &CASE);
    // Every case is read before one with a fault ends it.
    let cases: Vec<Option<Case>> = cases.iter().map(|case| self::case(scope, case, acts)).collect();
    Some(Outcome { cases: cases.into_iter().flatten().collect(), ..follows(scope, &table, acts)? })
}

/// What follows instead where a condition holds.
fn case<'a>(scope: &Scope<'a>, table: &Table<'a>, acts: &[NamedAct]) -> Option<Case> {
    let when = table.required("when", "when = \"previously(poor)\"");
    let when = when.and_then(|text| scope.condition(text, &table.place("when")));
    Some(Case { outcome: follows(scope, table, acts)?, when: when? })
}

/// Act, limit, inspection, bar and citation of a row or a case.
fn follows<'a>(scope: &Scope<'a>, table: &Table<'a>, acts: &[NamedAct]) -> Option<Outcome> {
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
        act: act(table, "act")?,
        within: limit.as_ref().unwrap_or(table).get(limit_key).and_then(|value| period(table, value)),
        within_cite: limit.as_ref().and_then(|limit| citation(limit, scope.documents)),
        passed: then.as_ref().and_then(|t| act(t, "passed")),
        failed: then.as_ref().and_then(|t| act(t, "failed")),
        bar: table.get("bar").and_then(|value| period(table, value)),
        cases: Vec::new(),
        cite: citation(table, scope.documents),
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
        "working day" => Some(PeriodUnit::WorkingDays),
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
        "write a count and days, working days, months or years: \"12 months\"",
        "请写数目加 days、working days、months 或 years，如 \"12 months\"",
    );
    table.source().fault(help.at(span));
}

/// `[public_notice]`: how long results are open to objections.
pub(super) fn public_notice<'a>(top: &Table<'a>, scope: &Scope<'a>) -> Option<PublicNotice> {
    let table = Table::of(scope.source, top.get("public_notice")?, "[public_notice]", &["within", "cite"])?;
    if table.get("within").is_none() {
        table.missing("within", "within = \"7 days\"");
    }
    let within = period(&table, table.get("within")?)?;
    Some(PublicNotice { within, cite: citation(&table, scope.documents) })
}
