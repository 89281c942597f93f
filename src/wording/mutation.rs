//! What moving a figure of a rubric showed, in words. Must not know files.

use super::Phrase;
use crate::domain::mutation::{Shift, Sort, Verdict};
use crate::domain::number::Number;
use crate::domain::text::Lang;

pub const MOVING: Phrase = Phrase { en: "moving each figure", zh: "正在逐项试改数值" };

/// What a figure is there for; the id of data formats first.
pub fn sort(sort: Sort) -> (&'static str, Phrase) {
    match sort {
        Sort::Weight => ("weight", Phrase { en: "weight", zh: "权重" }),
        Sort::Threshold => ("threshold", Phrase { en: "threshold", zh: "分数线" }),
        Sort::Constant => ("constant", Phrase { en: "number in a measure", zh: "计算公式中的数" }),
        Sort::Edge => ("edge", Phrase { en: "edge", zh: "界点" }),
        Sort::Goal => ("goal", Phrase { en: "goal", zh: "目标值" }),
        Sort::Award => ("award", Phrase { en: "award", zh: "给分" }),
        Sort::Gate => ("gate", Phrase { en: "limit of a condition", zh: "条件限值" }),
        Sort::Cap => ("cap", Phrase { en: "cap", zh: "上下限" }),
        Sort::Quota => ("quota", Phrase { en: "quota", zh: "名额" }),
        Sort::Penalty => ("penalty", Phrase { en: "penalty", zh: "缺报扣分" }),
        Sort::Reference => ("reference", Phrase { en: "reference", zh: "参照值" }),
    }
}

/// What a figure's verdict is called; the id of data formats first.
pub fn verdict(verdict: Verdict) -> (&'static str, Phrase) {
    match verdict {
        Verdict::Fixed => ("fixed", Phrase { en: "cannot be moved", zh: "无法变动" }),
        Verdict::Moves => ("moves", Phrase { en: "moves points", zh: "影响得分" }),
        Verdict::Quiet => ("quiet", Phrase { en: "quiet", zh: "一步无影响" }),
        Verdict::Dead => ("dead", Phrase { en: "dead", zh: "无影响" }),
        Verdict::HairTrigger => ("hair-trigger", Phrase { en: "hair-trigger", zh: "一步即改变等级" }),
    }
}

/// Whom a step moves: `grades 2, flags 1, ranks 4, points 9`.
pub fn shift(shift: &Shift, lang: Lang) -> String {
    let counts = [
        (shift.grades.len(), "grades", "等级"),
        (shift.flags, "flags", "标识"),
        (shift.ranks, "ranks", "名次"),
        (shift.scores, "points", "得分"),
    ];
    let one = |(count, en, zh): &(usize, &str, &str)| match lang {
        Lang::En => format!("{en} {count}"),
        Lang::Zh => format!("{zh}{count}"),
    };
    let said: Vec<String> = counts.iter().filter(|(count, ..)| *count > 0).map(one).collect();
    match (said.is_empty(), lang) {
        (true, Lang::En) => "nobody".to_owned(),
        (true, Lang::Zh) => "无".to_owned(),
        (false, Lang::En) => said.join(", "),
        (false, Lang::Zh) => said.join("，"),
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub figures: usize,
    pub hair_triggers: usize,
    pub dead: usize,
    pub quiet: usize,
    pub fixed: usize,
    /// Rubrics with one figure moved one way.
    pub mutants: usize,
    pub survived: usize,
}

pub fn summary(tally: Tally, lang: Lang) -> String {
    let Tally { figures, hair_triggers, dead, quiet, fixed, .. } = tally;
    match lang {
        Lang::En => format!(
            "figures {figures}: hair-trigger {hair_triggers}, dead {dead}, quiet {quiet}, cannot be moved {fixed}"
        ),
        Lang::Zh => format!(
            "共 {figures} 个数值：一步即改变等级 {hair_triggers}，无影响 {dead}，一步无影响 {quiet}，无法变动 {fixed}"
        ),
    }
}

/// What the fixtures make of it.
pub fn noticed(tally: Tally, lang: Lang) -> String {
    let Tally { mutants, survived, .. } = tally;
    let found = mutants - survived;
    let share = share(found, mutants);
    match lang {
        Lang::En => format!("moved figures {mutants}: the fixtures notice {found} ({share}), {survived} survive"),
        Lang::Zh => format!("变动 {mutants} 处：样例发现 {found} 处（{share}），未发现 {survived} 处"),
    }
}

/// A share as percent with one decimal place, rounded down, so that only all is 100 %.
pub fn share(part: usize, of: usize) -> String {
    let permille = (part * 1000).checked_div(of).unwrap_or(1000);
    format!("{}.{}%", permille / 10, permille % 10)
}

/// Whether a share is at least this one.
pub fn reaches(part: usize, of: usize, share: &Number) -> bool {
    Number::from(part) >= share * &Number::from(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_all_only_where_it_is() {
        assert_eq!(
            (share(999_999, 1_000_000), share(3, 3), share(2, 3)),
            ("99.9%".into(), "100.0%".into(), "66.6%".into())
        );
        let half = Number::fraction(1, 2).unwrap();
        assert!(reaches(1, 2, &half) && !reaches(1, 3, &half) && reaches(0, 0, &half));
    }
}
