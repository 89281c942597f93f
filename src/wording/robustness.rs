//! What single changes do to a grade, in words. Must not know how they were found.

use super::{Phrase, terms};
use crate::domain::cohort::Cohort;
use crate::domain::reading::Slot;
use crate::domain::robustness::{Flip, Lever, Sure, Way};
use crate::domain::rubric::{GradeIx, Rubric};
use crate::domain::text::Lang;

/// The id of what is moved: `metric@2024#judge`, `weight:node`, `threshold:grade`.
pub fn lever_id(lever: &Lever, rubric: &Rubric, cohort: &Cohort) -> String {
    match lever {
        Lever::Reading { slot, judge } => cell_id(*slot, judge.as_deref(), rubric, cohort),
        Lever::Weight(node) => format!("weight:{}", rubric.nodes[node.0].id),
        Lever::Threshold(grade) => format!("threshold:{}", rubric.grades[grade.0].id),
    }
}

/// The id of a cell as the columns of a data file have it.
pub fn cell_id(slot: Slot, judge: Option<&str>, rubric: &Rubric, cohort: &Cohort) -> String {
    let (metric, year) = cohort.layout.cell(slot);
    let year = year.map_or(String::new(), |year| format!("@{year}"));
    let judge = judge.filter(|judge| !judge.is_empty()).map_or(String::new(), |judge| format!("#{judge}"));
    format!("{}{year}{judge}", rubric.metrics[metric.0].id)
}

/// What is moved, as people call it.
pub fn lever(lever: &Lever, rubric: &Rubric, cohort: &Cohort, lang: Lang) -> String {
    match lever {
        Lever::Reading { slot, judge } => cell(*slot, judge.as_deref(), rubric, cohort, lang),
        Lever::Weight(node) => {
            let title = rubric.nodes[node.0].title.get(lang);
            match lang {
                Lang::En => format!("weight of {title}"),
                Lang::Zh => format!("“{title}”的权重"),
            }
        }
        Lever::Threshold(grade) => {
            let title = rubric.grades[grade.0].title.get(lang);
            match lang {
                Lang::En => format!("threshold of {title}"),
                Lang::Zh => format!("“{title}”的分数线"),
            }
        }
    }
}

/// A cell, as people call it.
pub fn cell(slot: Slot, judge: Option<&str>, rubric: &Rubric, cohort: &Cohort, lang: Lang) -> String {
    let (metric, year) = cohort.layout.cell(slot);
    let title = rubric.metrics[metric.0].title.get(lang);
    let year = year.map_or(String::new(), |year| format!(" {year}"));
    let judge = judge.filter(|judge| !judge.is_empty());
    match (judge, lang) {
        (None, _) => format!("{title}{year}"),
        (Some(judge), Lang::En) => format!("{title}{year} ({judge})"),
        (Some(judge), Lang::Zh) => format!("{title}{year}（{judge}）"),
    }
}

/// What a lever is counted in.
pub fn unit<'a>(lever: &Lever, rubric: &'a Rubric, cohort: &Cohort, lang: Lang) -> &'a str {
    match lever {
        Lever::Reading { slot, .. } => rubric.metrics[cohort.layout.cell(*slot).0.0].unit.get(lang),
        Lever::Weight(_) | Lever::Threshold(_) => POINTS.get(lang),
    }
}

const POINTS: Phrase = Phrase { en: "points", zh: "分" };

/// Which side of the boundary has the other grade, as a comparison.
pub fn side(flip: &Flip) -> &'static str {
    match (flip.way, flip.included) {
        (Way::Up, true) => ">=",
        (Way::Up, false) => ">",
        (Way::Down, true) => "<=",
        (Way::Down, false) => "<",
    }
}

/// The grade that comes of it.
pub fn becomes(grade: Option<GradeIx>, rubric: &Rubric, lang: Lang) -> String {
    grade.map_or(terms::BLOCKED.get(lang).to_owned(), |grade| rubric.grades[grade.0].title.get(lang).to_owned())
}

/// The mark of a change that takes no more than what its metric may be off by, with its word.
pub const fn mark(fragile: bool, lang: Lang) -> Option<(&'static str, &'static str)> {
    const FRAGILE: Phrase = Phrase { en: "fragile", zh: "误差范围内" };
    if fragile { Some(("fragile", FRAGILE.get(lang))) } else { None }
}

/// What the search looked at, in a sentence below the table.
pub const SEARCHED: Phrase = Phrase {
    en: "Weights move in steps of 0.01 points (under a mean 1% of the weights' sum), siblings pro rata. \"exact\": nothing \
         nearer does it, of a weight: no fewer steps. \"found\": values were tried, and something nearer may have been stepped \
         over. An open end of a metric is searched up to 1000 times the largest figure of the cohort.",
    zh: "权重按 0.01 分（加权平均时为权重合计的 1%）逐步变动，同级按比例调整。“精确”：没有更近的变动（权重：没有更少的步数）；\
         “搜索所得”：按取值试算，可能越过更近的变动。数据项无上下限时，搜索至全体单位最大值的 1000 倍。",
};

/// How sure it is that nothing nearer does it.
pub const fn sure(sure: Sure) -> (&'static str, Phrase) {
    match sure {
        Sure::Exact => ("exact", Phrase { en: "exact", zh: "精确" }),
        Sure::Found => ("found", Phrase { en: "found", zh: "搜索所得" }),
    }
}
