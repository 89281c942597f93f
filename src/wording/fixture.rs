//! What was expected of a centre and what it has, in words. Must not know files.

use super::{Phrase, terms};
use crate::domain::fixture::{Item, Value};
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;

const NONE: Phrase = Phrase { en: "none", zh: "无" };

/// What is compared: a criterion's or indicator's title, or the total, grade, rank, outcome or flags.
pub fn item(item: Item, rubric: &Rubric, lang: Lang) -> String {
    let phrase = match item {
        Item::Points(node) => return rubric.nodes[node.0].title.get(lang).to_owned(),
        Item::Total => terms::TOTAL,
        Item::Grade => terms::GRADE,
        Item::Rank => terms::RANK,
        Item::Outcome => terms::OUTCOME,
        Item::Flags => terms::FLAGS,
    };
    phrase.get(lang).to_owned()
}

/// A value as a fixture writes it.
pub fn value(value: &Value, lang: Lang) -> String {
    match value {
        Value::None => NONE.get(lang).to_owned(),
        Value::Number(number) => super::number::exact(number),
        Value::Id(id) => id.clone(),
        Value::Ids(ids) if ids.is_empty() => NONE.get(lang).to_owned(),
        Value::Ids(ids) => ids.join("; "),
    }
}

/// One difference in a sentence.
pub fn miss(centre: &str, what: &str, wanted: &str, found: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{centre}, {what}: expected {wanted}, found {found}"),
        Lang::Zh => format!("{centre}，{what}：应为 {wanted}，实为 {found}"),
    }
}

/// How a run ended.
pub fn summary(fixtures: usize, compared: usize, differ: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("fixtures {fixtures}, values compared {compared}, differing {differ}"),
        Lang::Zh => format!("样例 {fixtures} 个，比对 {compared} 项，不符 {differ} 项"),
    }
}
