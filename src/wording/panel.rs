//! A panel's marks in words: who gave which, which were dropped, and what the rest come to.
//!
//! Must not know what the panel marked.

use super::number::{exact, term};
use super::safe::visible;
use super::terms;
use crate::domain::number::Number;
use crate::domain::reading::{Presence, Reading, panel_counts, panel_least, panel_value};
use crate::domain::rubric::{Panel, PanelAverage};
use crate::domain::text::Lang;

/// The marks of one cell as a sentence; `marks` by judge.
pub fn marks<'a>(panel: &Panel, marks: impl IntoIterator<Item = (&'a str, &'a Reading)>, lang: Lang) -> String {
    let all: Vec<(&str, &Reading)> = marks.into_iter().collect();
    let (marks, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(judge, _)| panel.admits(judge));
    if marks.is_empty() {
        return match lang {
            Lang::En => "no marks yet".to_owned(),
            Lang::Zh => "尚无专家评分".to_owned(),
        };
    }
    let mut sorted: Vec<(&str, &Number)> = marks
        .iter()
        .filter_map(|(judge, mark)| match mark {
            Reading::Value(value) => Some((*judge, value)),
            _ => None,
        })
        .collect();
    // Equal marks stay in the judges' order, so that the sentence is the same on every machine.
    sorted.sort_by(|a, b| a.1.cmp(b.1));
    let counted = panel_counts(panel, sorted.len());
    let given: Vec<String> = marks.iter().map(|(judge, mark)| one(judge, mark, lang)).collect();
    let dropped: Vec<String> = sorted
        .iter()
        .enumerate()
        .filter(|(at, _)| !counted.contains(at))
        .map(|(_, (judge, value))| format!("{} {}", visible(judge), exact(value)))
        .collect();
    let given = super::listed(lang, &given);
    let dropped = match (dropped.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::En) => format!("; dropped: {} ({})", super::listed(lang, &dropped), trimming(panel, lang)),
        (false, Lang::Zh) => format!("；去掉：{}（{}）", super::listed(lang, &dropped), trimming(panel, lang)),
    };
    let values: Vec<&Number> = sorted[counted].iter().map(|(_, value)| *value).collect();
    let least = panel_least(panel, &marks);
    let comes_to = comes_to(panel, &values, least, panel_value(panel, &marks).as_ref(), lang);
    let strangers: Vec<String> = others.iter().map(|(judge, _)| visible(judge).into_owned()).collect();
    let strangers = match (strangers.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::En) => format!("; not on this panel, not counted: {}", super::listed(lang, &strangers)),
        (false, Lang::Zh) => format!("；非本组专家，不计入：{}", super::listed(lang, &strangers)),
    };
    match lang {
        Lang::En => format!("marks: {given}{dropped}{strangers}; {comes_to}"),
        Lang::Zh => format!("专家评分：{given}{dropped}{strangers}；{comes_to}"),
    }
}

/// How many of the highest and lowest marks are left out, and from how many marks on.
fn trimming(panel: &Panel, lang: Lang) -> String {
    let Panel { drop_highest, drop_lowest, trim_from, .. } = panel;
    let side = |count: usize, en: &str, zh: &str| {
        (count > 0).then(|| if lang == Lang::En { format!("{count} {en}") } else { format!("{count}个{zh}") })
    };
    let sides: Vec<String> = [side(*drop_highest, "highest", "最高分"), side(*drop_lowest, "lowest", "最低分")]
        .into_iter()
        .flatten()
        .collect();
    match lang {
        Lang::En => format!("rule: the {} left out from {trim_from} marks on", sides.join(" and ")),
        Lang::Zh => format!("规则：满{trim_from}个评分时去掉{}", sides.join("、")),
    }
}

fn majority((agreed, of): (usize, usize), (share, strict): (&Number, bool), carried: bool, lang: Lang) -> String {
    let share = exact(share);
    match lang {
        Lang::En => {
            let (bound, verdict) = (if strict { "more than" } else { "at least" }, if carried { "yes" } else { "no" });
            format!("{agreed} of {of} say yes, {bound} {share} of them are needed: {verdict}")
        }
        Lang::Zh => {
            let (bound, verdict) = (if strict { "超过" } else { "不少于" }, if carried { "是" } else { "否" });
            format!("{of}名专家中{agreed}名同意，须{bound}{share}：{verdict}")
        }
    }
}

fn one(judge: &str, mark: &Reading, lang: Lang) -> String {
    let mark = match mark {
        Reading::Value(value) => exact(value),
        other => terms::presence(Presence::of(Some(other))).get(lang).to_owned(),
    };
    if judge.is_empty() { mark } else { format!("{} {mark}", visible(judge)) }
}

fn comes_to(panel: &Panel, counted: &[&Number], least: usize, value: Option<&Reading>, lang: Lang) -> String {
    match value {
        Some(Reading::Value(value)) => {
            let terms: Vec<String> = counted.iter().map(|v| term(v)).collect();
            let value = exact(value);
            match (&panel.average, lang) {
                (PanelAverage::Mean, Lang::En) => {
                    format!("mean ({}) / {} = {value}", terms.join(" + "), counted.len())
                }
                (PanelAverage::Mean, Lang::Zh) => {
                    format!("平均分 ({}) / {} = {value}", terms.join(" + "), counted.len())
                }
                (PanelAverage::Majority { share, strict }, lang) => {
                    let agreed = counted.iter().filter(|mark| !mark.is_zero()).count();
                    majority((agreed, counted.len()), (share, *strict), value != "0", lang)
                }
                (PanelAverage::Median, Lang::En) => format!("median of {}: {value}", terms.join(", ")),
                (PanelAverage::Median, Lang::Zh) => format!("中位数（{}）为{value}", terms.join("、")),
            }
        }
        None => match lang {
            Lang::En => format!("at least {least} marks are needed: still to come"),
            Lang::Zh => format!("至少需要{least}名专家评分，尚待补齐"),
        },
        Some(other) => {
            let word = terms::presence(Presence::of(Some(other))).get(lang);
            match lang {
                Lang::En => format!("fewer than {least} marks: {word}"),
                Lang::Zh => format!("不足{least}名专家评分，按{word}处理"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(average: PanelAverage) -> Panel {
        Panel { average, drop_highest: 1, drop_lowest: 1, trim_from: 5, at_least: 3, judges: Vec::new(), quorum: None }
    }

    fn said(average: PanelAverage, given: &[(&str, &str)], lang: Lang) -> String {
        let reading = |text: &str| match text {
            "NR" => Reading::NotReported,
            text => Reading::Value(Number::parse(text).unwrap()),
        };
        let held: Vec<(&str, Reading)> = given.iter().map(|(judge, text)| (*judge, reading(text))).collect();
        marks(&panel(average), held.iter().map(|(judge, mark)| (*judge, mark)), lang)
    }

    #[test]
    fn the_marks_that_were_dropped_are_named_with_their_judges() {
        let given = [("A", "50"), ("B", "80"), ("C", "90"), ("D", "70"), ("E", "100")];
        assert_eq!(
            said(PanelAverage::Mean, &given, Lang::En),
            "marks: A 50, B 80, C 90, D 70, E 100; dropped: A 50, E 100 (rule: the 1 highest and 1 lowest left out from 5 marks on); mean (70 + 80 + 90) / 3 = 80"
        );
        assert_eq!(
            said(PanelAverage::Median, &given, Lang::Zh),
            "专家评分：A 50、B 80、C 90、D 70、E 100；去掉：A 50、E 100（规则：满5个评分时去掉1个最高分、1个最低分）；中位数（70、80、90）为80"
        );
    }

    #[test]
    fn too_few_marks_are_said_to_be_too_few() {
        assert_eq!(
            said(PanelAverage::Mean, &[("A", "50")], Lang::En),
            "marks: A 50; at least 3 marks are needed: still to come"
        );
        assert_eq!(
            said(PanelAverage::Mean, &[("A", "50"), ("B", "NR")], Lang::En),
            "marks: A 50, B not reported; at least 3 marks are needed: still to come"
        );
        assert_eq!(
            said(PanelAverage::Mean, &[("A", "50"), ("B", "NR"), ("C", "70")], Lang::En),
            "marks: A 50, B not reported, C 70; fewer than 3 marks: not reported"
        );
        assert_eq!(said(PanelAverage::Mean, &[], Lang::En), "no marks yet");
    }
}
