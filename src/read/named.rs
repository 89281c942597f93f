//! What people call a centre or a cell: by its id, or by the name or title that a screen shows, in either language, where
//! just one is called so. Must not know where it was typed.

use super::fact;
use super::nearest::nearest;
use super::table::metric_named;
use crate::domain::centre::Centre;
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::CellRef;
use crate::domain::reading::Layout;
use crate::domain::rubric::{MetricIx, Rubric};

/// The most that are listed for somebody to choose from.
const MOST: usize = 8;

/// # Errors
/// `E-which-centre` where several have the name, `E-unknown-centre` where none has it; both say which there are.
pub fn centre(cohort: &Cohort, word: &str) -> Result<CentreIx, Diagnostic> {
    if let Some(ix) = cohort.find(word) {
        return Ok(ix);
    }
    let called: Vec<CentreIx> = cohort.all().filter(|ix| cohort.centre(*ix).name == word.trim()).collect();
    match called.as_slice() {
        [one] => Ok(*one),
        [] => Err(unknown_centre(cohort, word)),
        _ => {
            let ids = called.iter().map(|ix| cohort.centre(*ix).id.as_str());
            Err(choose(several("E-which-centre", "centres", "家单位", called.len(), word), ids))
        }
    }
}

/// A centre that there is none of, with those that may have been meant.
pub fn unknown_centre(cohort: &Cohort, word: &str) -> Diagnostic {
    let what = Diagnostic::error(
        "E-unknown-centre",
        format!("no centre is called `{word}`"),
        format!("没有标识或名称为 `{word}` 的中心"),
    );
    let known: Vec<&Centre> = cohort.all().map(|ix| cohort.centre(ix)).collect();
    let names = known.iter().flat_map(|centre| [centre.id.as_str(), centre.name.as_str()]);
    if let Some(near) = nearest(word, names) {
        return what.help(format!("did you mean `{near}`?"), format!("是否想写 `{near}`？"));
    }
    let holding = known.iter().filter(|centre| !word.is_empty() && centre.name.contains(word));
    let holding: Vec<String> = holding.map(|centre| format!("{} ({})", centre.id, centre.name)).collect();
    match holding.is_empty() {
        true => what.help("`triennial score` lists ids and names", "`triennial score` 会列出所有标识与名称"),
        false => choose(what, holding.iter().map(String::as_str)),
    }
}

/// The cell of `metric@2024#judge`, with the metric's id or title.
///
/// # Errors
/// `E-which-metric` where several have the title, `E-unknown-metric` where none has it, `E-no-cell` where it has no such
/// year; each says what there is.
pub fn cell(rubric: &Rubric, layout: &Layout, name: &str) -> Result<CellRef, Diagnostic> {
    let no_cell = || {
        let what = Diagnostic::error(
            "E-no-cell",
            format!("the evaluation has no reading `{name}`"),
            format!("该评估没有填报项 `{name}`"),
        );
        let (first, last) = (layout.first_year, layout.cycle.last);
        what.help(
            format!("write the metric's id or title and a year from {first} to {last}, as in income@{last}"),
            format!("请写数据项的标识或名称，并注明 {first} 至 {last} 之间的年度，如 income@{last}"),
        )
    };
    let CellRef { metric, year, judge } = fact::cell(name).ok_or_else(no_cell)?;
    let ix = metric_called(rubric, metric.trim())?;
    let metric = &rubric.metrics[ix.0];
    let fits = year.is_some() == metric.yearly && layout.slot(ix, year).is_some();
    fits.then(|| CellRef { metric: metric.id.clone(), year, judge }).ok_or_else(no_cell)
}

fn metric_called(rubric: &Rubric, word: &str) -> Result<MetricIx, Diagnostic> {
    if let Some(ix) = metric_named(word, rubric) {
        return Ok(ix);
    }
    let ids = |fits: &dyn Fn(&str) -> bool| -> Vec<String> {
        let fitting = rubric.metrics.iter().filter(|metric| fits(&metric.title.en) || fits(&metric.title.zh));
        fitting.map(|metric| format!("{} ({}, {})", metric.id, metric.title.en, metric.title.zh)).collect()
    };
    let called = ids(&|title| title == word);
    if !called.is_empty() {
        let what = several("E-which-metric", "metrics", "个数据项", called.len(), word);
        return Err(choose(what, called.iter().map(String::as_str)));
    }
    let what = super::table::unknown_metric(word, rubric);
    let titles = rubric.metrics.iter().flat_map(|metric| [metric.title.en.as_str(), metric.title.zh.as_str()]);
    let known = rubric.metrics.iter().map(|metric| metric.id.as_str()).chain(titles);
    if let Some(near) = nearest(word, known) {
        return Err(what.help(format!("did you mean `{near}`?"), format!("是否想写 `{near}`？")));
    }
    let small = word.to_lowercase();
    let holding = ids(&|title| title.to_lowercase().contains(&small));
    Err(if word.is_empty() || holding.is_empty() { what } else { choose(what, holding.iter().map(String::as_str)) })
}

fn several(code: &'static str, en: &str, zh: &str, count: usize, word: &str) -> Diagnostic {
    Diagnostic::error(code, format!("{count} {en} are called `{word}`"), format!("有 {count} {zh}名为 `{word}`"))
}

fn choose<'a>(what: Diagnostic, of: impl Iterator<Item = &'a str>) -> Diagnostic {
    let all: Vec<&str> = of.collect();
    let more = if all.len() > MOST { "; .." } else { "" };
    let listed = &all[..all.len().min(MOST)];
    what.help(format!("write an id: {}{more}", listed.join("; ")), format!("请写标识：{}{more}", listed.join("；")))
}
