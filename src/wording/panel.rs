//! A panel's marks in words: who gave which, which were dropped, and what the rest come to.
//!
//! Must not know what the panel marked.

use super::number::{exact, term};
use super::safe::visible;
use super::terms;
use crate::domain::number::Number;
use crate::domain::reading::{Presence, Reading, panel_counts, panel_value};
use crate::domain::rubric::{Panel, PanelAverage};
use crate::domain::text::Lang;

/// The marks of one cell as a sentence; `marks` by judge.
pub fn marks<'a>(panel: &Panel, marks: impl IntoIterator<Item = (&'a str, &'a Reading)>, lang: Lang) -> String {
    let marks: Vec<(&str, &Reading)> = marks.into_iter().collect();
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
        (false, Lang::En) => format!("; dropped: {}", super::listed(lang, &dropped)),
        (false, Lang::Zh) => format!("；去掉：{}", super::listed(lang, &dropped)),
    };
    let values: Vec<&Number> = sorted[counted].iter().map(|(_, value)| *value).collect();
    let comes_to = comes_to(panel, &values, panel_value(panel, &marks).as_ref(), lang);
    match lang {
        Lang::En => format!("marks: {given}{dropped}; {comes_to}"),
        Lang::Zh => format!("专家评分：{given}{dropped}；{comes_to}"),
    }
}

fn one(judge: &str, mark: &Reading, lang: Lang) -> String {
    let mark = match mark {
        Reading::Value(value) => exact(value),
        other => terms::presence(Presence::of(Some(other))).get(lang).to_owned(),
    };
    if judge.is_empty() { mark } else { format!("{} {mark}", visible(judge)) }
}

fn comes_to(panel: &Panel, counted: &[&Number], value: Option<&Reading>, lang: Lang) -> String {
    match value {
        Some(Reading::Value(value)) => {
            let terms: Vec<String> = counted.iter().map(|v| term(v)).collect();
            let value = exact(value);
            match (panel.average, lang) {
                (PanelAverage::Mean, Lang::En) => {
                    format!("mean ({}) / {} = {value}", terms.join(" + "), counted.len())
                }
                (PanelAverage::Mean, Lang::Zh) => {
                    format!("平均分 ({}) / {} = {value}", terms.join(" + "), counted.len())
                }
                (PanelAverage::Median, Lang::En) => format!("median of {}: {value}", terms.join(", ")),
                (PanelAverage::Median, Lang::Zh) => format!("中位数（{}）为{value}", terms.join("、")),
            }
        }
        None => match lang {
            Lang::En => format!("at least {} marks are needed: still to come", panel.at_least.max(1)),
            Lang::Zh => format!("至少需要{}名专家评分，尚待补齐", panel.at_least.max(1)),
        },
        Some(other) => {
            let word = terms::presence(Presence::of(Some(other))).get(lang);
            match lang {
                Lang::En => format!("fewer than {} marks: {word}", panel.at_least.max(1)),
                Lang::Zh => format!("不足{}名专家评分，按{word}处理", panel.at_least.max(1)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(average: PanelAverage) -> Panel {
        Panel { average, drop_highest: 1, drop_lowest: 1, trim_from: 5, at_least: 3 }
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
            "marks: A 50, B 80, C 90, D 70, E 100; dropped: A 50, E 100; mean (70 + 80 + 90) / 3 = 80"
        );
        assert_eq!(
            said(PanelAverage::Median, &given, Lang::Zh),
            "专家评分：A 50、B 80、C 90、D 70、E 100；去掉：A 50、E 100；中位数（70、80、90）为80"
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
