//! Parts of a rubric in a few words, for looking it through. Must not know how they are laid out.

use super::number::exact;
use super::rule::describe;
use super::{Phrase, terms};
use crate::domain::rubric::{Body, ClassIx, Grade, NodeIx, OutcomeKey, Rubric, Scoring};
use crate::domain::text::Lang;

/// What can be earned at a node: one figure, or one for each kind and stage.
pub fn points(rubric: &Rubric, node: NodeIx) -> String {
    let all: Vec<String> = rubric.nodes[node.0].points.0.iter().map(|points| exact(&points.0)).collect();
    match all.as_slice() {
        [first, rest @ ..] if rest.iter().all(|other| other == first) => first.clone(),
        all => all.join(" / "),
    }
}

/// From how many points on a grade is given.
pub fn edge(grade: &Grade) -> String {
    grade.threshold.as_ref().map_or(String::new(), |threshold| {
        format!("{} {}", if threshold.strict { ">" } else { ">=" }, exact(&threshold.points.0))
    })
}

/// For whom an outcome is, and what follows.
pub fn outcome(rubric: &Rubric, at: usize, lang: Lang) -> String {
    let (key, outcome) = &rubric.outcomes[at];
    let whom = match key {
        OutcomeKey::Grade(grade) => rubric.grades[grade.0].title.get(lang).to_owned(),
        OutcomeKey::Status(status) => terms::status(*status).get(lang).to_owned(),
    };
    let within = outcome.within.map_or(String::new(), |period| match lang {
        Lang::En => format!(", within {}", terms::period(period, lang)),
        Lang::Zh => format!("，期限{}", terms::period(period, lang)),
    });
    format!("{whom} -> {}{within}", terms::act(outcome.act, rubric, lang))
}

/// What a criterion adds up, or how an indicator is measured and scored.
pub fn node(rubric: &Rubric, node: NodeIx, lang: Lang) -> Vec<String> {
    let Body::Indicator(indicator) = &rubric.nodes[node.0].body else { return Vec::new() };
    let mut lines = vec![indicator.definition.get(lang).to_owned()];
    scoring(rubric, node, &indicator.scoring, lang, &mut lines);
    lines.retain(|line| !line.is_empty());
    lines
}

fn scoring(rubric: &Rubric, node: NodeIx, how: &Scoring, lang: Lang, lines: &mut Vec<String>) {
    const FOR_FIRST: Phrase = Phrase { en: "for the first kind", zh: "以第一类为例" };
    match how {
        Scoring::Rule { measure, rule } => {
            let of = &rubric.nodes[node.0].points;
            let several = of.0.iter().any(|points| *points != of.0[0]);
            lines.push(measure.source.clone());
            let said = describe(rule, ClassIx(0), of.get(ClassIx(0)), None, lang);
            lines.push(if several { format!("{said} ({})", FOR_FIRST.get(lang)) } else { said });
        }
        Scoring::BestOf(choices) | Scoring::AllOf(choices) | Scoring::Checklist(choices) => {
            for choice in choices {
                lines.push(choice.title.get(lang).to_owned());
                scoring(rubric, node, &choice.scoring, lang, lines);
            }
        }
        Scoring::Profile(shares) => lines.extend(shares.iter().map(|measure| measure.source.clone())),
    }
}
