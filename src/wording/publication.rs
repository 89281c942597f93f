//! What is public and what is not, in words. Must not know how it is laid out.

use super::safe::visible;
use super::{listed, terms};
use crate::domain::centre::Field;
use crate::domain::rubric::{MetricIx, NodeIx, Rubric};
use crate::domain::text::Lang;

/// A public version was written.
pub fn written(left_out: &str, folder: &str, lang: Lang) -> String {
    let folder = visible(folder);
    match lang {
        Lang::En => format!("the public version was written to {folder}. {left_out}"),
        Lang::Zh => format!("公开版已写入 {folder}。{left_out}"),
    }
}

/// Everything that a public version leaves out, by its title; where nothing of a sort is public, the sort alone.
pub fn left_out(rubric: &Rubric, lang: Lang) -> String {
    let public = &rubric.publication;
    let mut out: Vec<String> = Vec::new();
    if !public.id {
        out.push(terms::ID.get(lang).to_owned());
    }
    let asked = |field: &Field| match field {
        Field::Name => false,
        Field::Kind => !rubric.kinds.is_empty(),
        Field::Stage => !rubric.stages.is_empty(),
        Field::Findings => !rubric.findings.is_empty(),
        _ => true,
    };
    let reserved = Field::RESERVED.into_iter().map(|(_, field)| field);
    let declared = rubric.attributes.iter().map(|attribute| Field::Attribute(attribute.id.clone()));
    let facts = reserved.chain(declared).filter(asked).filter(|field| !public.facts.contains(field));
    out.extend(facts.map(|field| terms::field(&field, rubric, lang).to_owned()));
    if rubric.has_total() && !public.total {
        out.push(terms::TOTAL.get(lang).to_owned());
    }
    if !public.rank {
        out.push(terms::RANK.get(lang).to_owned());
    }
    out.extend([terms::FLAGS, terms::REASONS, terms::LEDGER, terms::EVIDENCE].map(|word| word.get(lang).to_owned()));
    let hidden: Vec<NodeIx> = (0..rubric.nodes.len()).map(NodeIx).filter(|ix| !public.points.contains(ix)).collect();
    out.extend(some(
        &hidden.iter().map(|ix| rubric.nodes[ix.0].title.get(lang)).collect::<Vec<_>>(),
        public.points.is_empty(),
        ("points of all criteria and indicators", "points of"),
        ("各项指标得分", "以下指标得分"),
        lang,
    ));
    let hidden = (0..rubric.metrics.len()).map(MetricIx).filter(|ix| !public.readings.contains(ix));
    out.extend(some(
        &hidden.map(|ix| rubric.metrics[ix.0].title.get(lang)).collect::<Vec<_>>(),
        public.readings.is_empty(),
        ("all readings", "readings of"),
        ("全部填报数据", "以下填报数据"),
        lang,
    ));
    match lang {
        Lang::En => format!("Left out: {}.", out.join("; ")),
        Lang::Zh => format!("未公开：{}。", out.join("；")),
    }
}

/// All of a sort in a phrase, or those that are left out by name.
fn some(titles: &[&str], all: bool, en: (&str, &str), zh: (&str, &str), lang: Lang) -> Option<String> {
    let (whole, part) = if lang == Lang::En { en } else { zh };
    if titles.is_empty() {
        return None;
    }
    if all {
        return Some(whole.to_owned());
    }
    let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
    Some(match lang {
        Lang::En => format!("{part} {}", listed(lang, &titles)),
        Lang::Zh => format!("{part}（{}）", listed(lang, &titles)),
    })
}
