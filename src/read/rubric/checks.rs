//! Checks of data: `[[assertion]]`, `[data_checks]` and `checks` of a metric. Must not know what they find.

use super::declared::Ids;
use super::{Scope, citation, title};
use crate::domain::condition::Condition;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::Number;
use crate::domain::rubric::{Assertion, Checks, Metric, Tolerance, Values};
use crate::read::formula;
use crate::read::toml::{Table, as_string};

pub(super) const CHECKS: [&str; 6] = ["jump", "outlier", "outlier_from", "constant", "unit_slip", "small"];
const ASSERTION: [&str; 7] = ["id", "title", "holds", "over", "tolerance", "message", "cite"];

/// Gives each metric its thresholds: its own, else the rubric's, else the standard ones.
pub(super) fn thresholds(top: &Table<'_>, metrics: &mut [Metric]) {
    let whole = top.get("data_checks").and_then(|value| Table::of(top.source(), value, "[data_checks]", &CHECKS));
    let tables = top.list("metric").into_iter().filter_map(|v| Table::reopen(top.source(), v, "[[metric]]"));
    for (metric, table) in metrics.iter_mut().zip(tables) {
        let counts = matches!(metric.values, Values::Number { whole: true, .. });
        let mut checks = Checks::standard(counts);
        if let Some(whole) = &whole {
            change(whole, &mut checks);
        }
        let own = table.get("checks").and_then(|value| Table::of(top.source(), value, "checks", &CHECKS));
        if let Some(own) = own {
            change(&own, &mut checks);
        }
        metric.checks = checks;
    }
    // Without metrics a slip in it is one all the same.
    if let Some(whole) = whole.filter(|_| metrics.is_empty()) {
        change(&whole, &mut Checks::standard(false));
    }
}

fn change(table: &Table<'_>, checks: &mut Checks) {
    if table.get("jump").is_some() {
        checks.jump = times(table, "jump", ("more than 1", "大于 1"), |number| *number > Number::ONE);
    }
    if table.get("outlier").is_some() {
        checks.outlier = times(table, "outlier", ("above 0", "大于 0"), Number::is_positive);
    }
    if let Some(count) = table.count("outlier_from", 1_000_000) {
        if count < 5 {
            refuse(
                table,
                "outlier_from",
                ("5 or more: of fewer, one odd figure moves a quartile", "5 或更大：更少时一个异常值就会移动四分位数"),
            );
        }
        checks.outlier_from = count;
    }
    checks.constant = table.boolean("constant").unwrap_or(checks.constant);
    checks.unit_slip = table.boolean("unit_slip").unwrap_or(checks.unit_slip);
    if let Some(small) = table.number("small") {
        if small.is_negative() {
            refuse(table, "small", ("0 or more", "0 或更大"));
        }
        checks.small = small;
    }
}

/// A factor, or `false` for none.
fn times(table: &Table<'_>, key: &str, wanted: (&str, &str), fits: impl Fn(&Number) -> bool) -> Option<Number> {
    use ::toml::de::DeValue;
    let value = table.get(key)?;
    if matches!(value.get_ref(), DeValue::Boolean(false)) {
        return None;
    }
    if matches!(value.get_ref(), DeValue::Boolean(true)) {
        refuse(table, key, wanted);
        return None;
    }
    let number = table.number(key)?;
    if !fits(&number) {
        refuse(table, key, wanted);
    }
    Some(number)
}

fn refuse(table: &Table<'_>, key: &str, (en, zh): (&str, &str)) {
    let what = Diagnostic::error(
        "E-data-check",
        format!("`{key}` is not a threshold of a check"),
        format!("`{key}` 不能作为审核阈值"),
    );
    let off = matches!(key, "jump" | "outlier");
    let (or_en, or_zh) =
        if off { (", or false for no such check", "；不作此项审核请写 false") } else { ("", "") };
    table.source().fault(what.help(format!("write {en}{or_en}"), format!("请写{zh}{or_zh}")).at(table.place(key)));
}

pub(super) fn assertions<'a>(top: &Table<'a>, scope: &Scope<'a>) -> Vec<Assertion> {
    let mut ids = Ids::new(scope.source, "assertion", "勾稽关系");
    let mut found = Vec::new();
    for table in &top.tables("assertion", "[[assertion]]", &ASSERTION) {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        if Checks::IDS.contains(&id.as_str()) {
            let what = Diagnostic::error(
                "E-assertion",
                format!("`{id}` is the name of a check that every rubric has"),
                format!("`{id}` 是每个体系都有的审核项的名称"),
            );
            let help = what.help("choose another id", "请换一个标识");
            scope.source.fault(help.at(table.place("id")));
        }
        table.required("holds", "holds = \"accepted <= due\"");
        let yearly = table.word("over", &[("year", true), ("cycle", false)]).unwrap_or(true);
        let tolerance = tolerance(table);
        let compared = compared(table, scope, yearly);
        let (title, cite) = (title(table), citation(table, scope.documents));
        let message = table.text("message").unwrap_or_default();
        let Some((source, Condition::Compare(left, comparison, right))) = compared else { continue };
        found.push(Assertion { id, title, message, source, left, comparison, right, yearly, tolerance, cite });
    }
    found
}

/// The comparison of `holds`.
fn compared<'a>(table: &Table<'a>, scope: &Scope<'a>, yearly: bool) -> Option<(String, Condition)> {
    let value = table.get("holds")?;
    let text = as_string(scope.source, value, "holds")?;
    let read = if yearly { formula::in_each_year(text, &scope.names) } else { formula::condition(text, &scope.names) };
    let condition = match read {
        Ok(condition) => condition,
        Err(fault) => {
            let (diagnostic, part) = *fault;
            scope.source.fault(diagnostic.at(scope.source.inside(&value.span(), text, part)));
            return None;
        }
    };
    if !matches!(condition, Condition::Compare(..)) || condition.metrics().is_empty() {
        let what = Diagnostic::error(
            "E-assertion",
            "`holds` is not one comparison of metrics",
            "`holds` 不是一个数据项之间的比较",
        );
        let help = what.help(
            "write one comparison, such as holds = \"a + b == whole\"; write an assertion for each",
            "请写一个比较，如 holds = \"a + b == whole\"；多个关系请分别写",
        );
        scope.source.fault(help.at(value.span()));
        return None;
    }
    if let Err(fault) = formula::units::of_condition(&condition, &scope.names) {
        scope.source.fault(fault.at(value.span()));
        return None;
    }
    Some((text.to_owned(), condition))
}

/// `tolerance = 0.5`, in the unit of the figures, or `tolerance = "1%"` of the larger side.
fn tolerance(table: &Table<'_>) -> Option<Tolerance> {
    let number = table.number("tolerance")?;
    if number.is_negative() {
        let what = Diagnostic::error("E-assertion", "a tolerance below zero", "容差小于零");
        let help = what.help(
            "write 0.5, in the unit of the figures, or a share of the larger side: \"1%\"",
            "请写 0.5（以数据的单位计），或占较大一侧的比例：\"1%\"",
        );
        table.source().fault(help.at(table.place("tolerance")));
    }
    let is_share = table.get("tolerance").and_then(|value| value.get_ref().as_str()).is_some_and(|s| s.contains('%'));
    Some(if is_share { Tolerance::Share(number) } else { Tolerance::Absolute(number) })
}
