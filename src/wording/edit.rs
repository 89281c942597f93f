//! Edits of a rubric in words: "points of Services: 20 -> 18". Must not know what an edit does to a centre.

use super::listed;
use crate::domain::attribution::Subset;
use crate::domain::edit::{Alteration, Edit, Subject, Value, Written};
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;

/// The two rubrics an edit leads from and to, which know the titles of ids.
#[derive(Clone, Copy)]
pub struct Between<'a> {
    pub old: &'a Rubric,
    pub new: &'a Rubric,
    pub lang: Lang,
}

/// An edit by ids and keys, as the rubric's text has them: the same in both languages, and when neither rubric is there.
pub fn by_id(edit: &Edit) -> String {
    let part = |part: &Alteration| {
        let Subject { list, id, key } = &part.subject;
        let subject: Vec<&str> =
            [list, id, key].into_iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        let text = |written: &Option<Written>| written.as_ref().map_or("-".to_owned(), |written| cut(&written.text));
        let value = |value: &Value| {
            let moved = format!("{} -> {}", text(&value.old), text(&value.new));
            if value.key.is_empty() { moved } else { format!("{} {moved}", value.key) }
        };
        format!("{}: {}", subject.join(" "), part.values.iter().map(value).collect::<Vec<_>>().join(", "))
    };
    edit.parts.iter().map(part).collect::<Vec<_>>().join("; ")
}

/// The most characters of a value that is told; a longer one is cut off with `...`.
const LONGEST: usize = 60;

impl<'a> Between<'a> {
    /// What an edit is about and what it changed; the parts of one edit are joined.
    pub fn edit(self, edit: &'a Edit) -> String {
        let parts: Vec<String> = edit.parts.iter().map(|part| self.alteration(part)).collect();
        parts.join(if self.lang == Lang::En { "; " } else { "；" })
    }

    /// What an edit is about, without its values: the first of its parts stands for all, and a criterion for its parts.
    pub fn short(self, edit: &Edit) -> String {
        let short = edit.parts.first().map_or(String::new(), |part| self.subject(&part.subject));
        let points = edit.parts.iter().all(|part| part.subject.key == "points");
        match (edit.parts.len(), self.lang) {
            (0 | 1, _) => short,
            _ if points => short,
            (n, Lang::En) => format!("{short} and {} more", n - 1),
            (n, Lang::Zh) => format!("{short}等 {n} 处"),
        }
    }

    /// Which edits bring something about: the smallest sets of them that do.
    pub fn causes(self, causes: &[Subset], edits: &[Edit]) -> String {
        let named = |subset: &Subset| -> Vec<String> {
            subset.edits().filter_map(|at| edits.get(at)).map(|edit| self.short(edit)).collect()
        };
        let set = |subset: &Subset| match (named(subset).as_slice(), self.lang) {
            ([one], Lang::En) => format!("{one} alone"),
            ([one], Lang::Zh) => format!("仅因{one}"),
            (all, Lang::En) => format!("{} together", all.join(" and ")),
            (all, Lang::Zh) => format!("{}共同作用", all.join("与")),
        };
        let sets: Vec<String> = causes.iter().map(set).collect();
        sets.join(if self.lang == Lang::En { ", or " } else { "，或" })
    }

    fn alteration(self, part: &'a Alteration) -> String {
        let subject = self.subject(&part.subject);
        let values: Vec<String> = part.values.iter().map(|value| self.value(value)).collect();
        let colon = if self.lang == Lang::En { ": " } else { "：" };
        format!("{subject}{colon}{}", listed(self.lang, &values))
    }

    fn value(self, value: &'a Value) -> String {
        let key = if value.key.is_empty() { String::new() } else { format!("{} ", self.key(&value.key)) };
        let text = |written: &Written| cut(&written.text);
        match (&value.old, &value.new, self.lang) {
            (Some(old), Some(new), _) => format!("{key}{} -> {}", text(old), text(new)),
            (None, Some(new), Lang::En) => format!("{key}added, {}", text(new)),
            (None, Some(new), Lang::Zh) => format!("{key}新增 {}", text(new)),
            (Some(old), None, Lang::En) => format!("{key}taken out, was {}", text(old)),
            (Some(old), None, Lang::Zh) => format!("{key}删去，原为 {}", text(old)),
            (None, None, _) => key,
        }
    }

    /// A value that is one per kind or stage has its title; another key is called as the rubric's text has it.
    fn key(self, key: &'a str) -> &'a str {
        let of = |rubric: &'a Rubric| {
            let kinds = rubric.kinds.iter().map(|kind| (&kind.id, &kind.title));
            let all = kinds.chain(rubric.stages.iter().map(|stage| (&stage.id, &stage.title)));
            let mut titles = all.filter(|(id, _)| *id == key).map(|(_, title)| title.get(self.lang));
            titles.find(|title| !title.is_empty())
        };
        of(self.new).or_else(|| of(self.old)).unwrap_or(key)
    }

    /// What an alteration is about.
    pub fn subject(self, subject: &Subject) -> String {
        let thing = self.thing(subject);
        let (en, zh) = match (subject.list.as_str(), subject.key.as_str()) {
            (_, "points") => (format!("points of {thing}"), format!("“{thing}”的分值")),
            (_, "weight") => (format!("weight of {thing}"), format!("“{thing}”的权重")),
            ("grade", "at_least" | "above") => (format!("threshold of {thing}"), format!("“{thing}”的分数线")),
            ("grade", "quota") => (format!("quota of {thing}"), format!("“{thing}”的名额")),
            ("grade", "requires") => (format!("conditions of {thing}"), format!("“{thing}”的附加条件")),
            ("gate", "when") => (format!("condition of the gate {thing}"), format!("否决项“{thing}”的条件")),
            ("outcome", of) => {
                let grade = self.new.grade(of).map_or(of, |ix| self.new.grades[ix.0].title.get(self.lang));
                (format!("what follows {grade}"), format!("“{grade}”的处理建议"))
            }
            (_, "measure") => (format!("measure of {thing}"), format!("“{thing}”的计算口径")),
            (_, "missing") => (format!("missing data of {thing}"), format!("“{thing}”的缺报处理")),
            (_, "rule") => (format!("rule of {thing}"), format!("“{thing}”的计分规则")),
            ("rubric", "rounding") => ("rounding".to_owned(), "舍入方式".to_owned()),
            (_, key) if key.starts_with("rule.bands.") => {
                let nth = key.trim_start_matches("rule.bands.");
                (format!("band {nth} of {thing}"), format!("“{thing}”的第 {nth} 档"))
            }
            (list, "") if !subject.id.is_empty() => (format!("{list} {thing}"), format!("{list}“{thing}”")),
            (list, key) if subject.id.is_empty() => (format!("[{list}] {key}"), format!("[{list}] {key}")),
            (_, key) => (format!("{key} of {thing}"), format!("“{thing}”的 {key}")),
        };
        if self.lang == Lang::En { en } else { zh }
    }

    /// The title of what the subject's id stands for; the id itself where no rubric has a title for it.
    fn thing(self, subject: &Subject) -> String {
        let of = |rubric: &Rubric| {
            let id = &subject.id;
            let title = match subject.list.as_str() {
                "criterion" | "indicator" | "bonus" | "deduction" => {
                    rubric.node(id).map(|ix| rubric.nodes[ix.0].title.clone())
                }
                "grade" => rubric.grade(id).map(|ix| rubric.grades[ix.0].title.clone()),
                "metric" => rubric.metric(id).map(|ix| rubric.metrics[ix.0].title.clone()),
                "gate" => rubric.gates.iter().find(|gate| gate.id == *id).map(|gate| gate.title.clone()),
                _ => None,
            };
            title.map(|title| title.get(self.lang).to_owned()).filter(|title| !title.is_empty())
        };
        of(self.new).or_else(|| of(self.old)).unwrap_or_else(|| subject.id.clone())
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).collect::<String>() + "..."
}
