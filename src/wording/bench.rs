//! What is being moved on the bench, in words. Must not know the screen.

use super::number::exact;
use crate::domain::comparison::{Comparison, Extent, Side};
use crate::domain::number::Number;
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;

/// For whom a figure is: the titles of a kind and a stage; nothing where it is for all.
pub fn class(rubric: &Rubric, class: &str, lang: Lang) -> String {
    let title = |id: &str| {
        let kind = rubric.kinds.iter().find(|kind| kind.id == id).map(|kind| kind.title.get(lang));
        let stage = || rubric.stages.iter().find(|stage| stage.id == id).map(|stage| stage.title.get(lang));
        kind.or_else(stage).unwrap_or(id).to_owned()
    };
    class.split('.').filter(|id| !id.is_empty()).map(title).collect::<Vec<_>>().join(if lang == Lang::En {
        ", "
    } else {
        "、"
    })
}

/// The value that a step changes, how large a step is, and what the last one did.
pub fn figure(
    class: &str,
    value: &Number,
    step: &Number,
    moved: Option<&(Number, Number, usize)>,
    lang: Lang,
) -> String {
    let (value, step) = (exact(value), exact(step));
    let whose = match (lang, class.is_empty()) {
        (_, true) => String::new(),
        (Lang::En, false) => format!("{class}: "),
        (Lang::Zh, false) => format!("{class}："),
    };
    let last = moved.map_or(String::new(), |(from, to, others)| {
        let (from, to) = (exact(from), exact(to));
        match lang {
            Lang::En if *others == 0 => format!("; last move {from} -> {to}"),
            Lang::En if *others == 1 => format!("; last move {from} -> {to}, and one other figure"),
            Lang::En => format!("; last move {from} -> {to}, and {others} other figures"),
            Lang::Zh if *others == 0 => format!("；上次 {from} -> {to}"),
            Lang::Zh => format!("；上次 {from} -> {to}，另有 {others} 个数值随之调整"),
        }
    });
    match lang {
        Lang::En => format!("{whose}{value}, in steps of {step}{last}"),
        Lang::Zh => format!("{whose}{value}，步长 {step}{last}"),
    }
}

/// How many centres differ, and how far: `grade 3, flags 1, score only 14, same 82`.
pub fn counts(comparison: &Comparison, lang: Lang) -> String {
    let count = |extent| comparison.count(extent);
    let (grade, flags, score) = (count(Extent::Grade), count(Extent::Flags), count(Extent::Score));
    let same = comparison.same;
    match lang {
        Lang::En => format!("grade {grade}, flags {flags}, score only {score}, same {same}"),
        Lang::Zh => format!("等级变化 {grade}，标识变化 {flags}，仅得分变化 {score}，不变 {same}"),
    }
}

/// What was and what is; only once where they are the same.
pub fn moved(was: &str, is: &str) -> String {
    if was == is { was.to_owned() } else { format!("{was} -> {is}") }
}

/// The title of a side's grade.
pub fn grade(rubric: &Rubric, side: Option<&Side>, lang: Lang) -> String {
    let id = side.and_then(|side| side.grade.as_deref());
    let title = id.and_then(|id| rubric.grade(id)).map(|ix| rubric.grades[ix.0].title.get(lang));
    title.or(id).unwrap_or("-").to_owned()
}
