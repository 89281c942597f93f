//! A rubric with one of its settings moved by a step, as its reader understands it. Must not know what that does.

use super::nudge::{Target, gather, nudged};
use crate::domain::nudge::resized;
use crate::domain::number::Number;
use crate::domain::rubric::Rubric;
use crate::read;
use crate::read::rubric::figure::{self, Figure, Setting, settings};
use crate::write::edited::{Replacement, edited};

/// What a setting became, and the rubric that then stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    pub to: Number,
    pub rubric: Rubric,
}

/// Moves a setting by so many of the last decimal places that are written. Siblings make up for a weight where they can;
/// an only child takes along what it stands in, and a bonus its parts; all else moves alone. `None` where the reader
/// refuses every such text.
pub fn mutant(text: &str, setting: &Setting, steps: i64) -> Option<Mutant> {
    let to = &setting.figure.value + &(&setting.figure.step(0) * &Number::from(steps));
    let class = &setting.figure.class;
    let read = |text: String| read::rubric::rubric(&text).0;
    let shared = setting.nodes.iter().rev().find_map(|id| {
        let moved = nudged(text, &Target::Weight(id.clone()), class, steps, 0, &[]).ok().map(|moved| moved.text);
        moved.or_else(|| grown(text, id, class, steps)).filter(|text| stands(text, setting, &to)).and_then(read)
    });
    let alone = || read(replaced(text, &[(&setting.figure, &to)], &setting.with));
    let rubric = shared.or_else(alone).or_else(|| read(started(text, setting, &to)?))?;
    Some(Mutant { to, rubric })
}

/// Whether a setting has this value in a text that was made by moving figures.
fn stands(text: &str, setting: &Setting, value: &Number) -> bool {
    let same = |other: &Setting| other.path == setting.path && other.figure.class == setting.figure.class;
    settings(text).iter().any(|other| same(other) && other.figure.value == *value)
}

/// A line from zero need not say what it earns there, any other has to.
fn started(text: &str, setting: &Setting, to: &Number) -> Option<String> {
    let figure = &setting.figure;
    let is_zero = setting.path.ends_with(".rule.from") && figure.value.is_zero() && figure.class.is_empty();
    is_zero.then(|| {
        let text_of = format!("{}, at_from = \"zero\"", figure.written(to));
        edited(text, &[Replacement { span: figure.span.clone(), text: text_of }])
    })
}

/// A bonus or a deduction with its parts.
fn grown(text: &str, id: &str, class: &str, steps: i64) -> Option<String> {
    let found = figure::extra(text, id, class)?;
    let own = found.figures.first()?.clone()?;
    let places = found.figures.iter().flatten().map(|figure| figure.places).max().unwrap_or(0);
    let places = places + if own.percent { 2 } else { 0 };
    let after = resized(&found.shares[0], &(&own.step(0) * &Number::from(steps)), places).ok()?;
    let mut changes = Vec::new();
    gather(&found.shares[0], &after, &mut found.figures.into_iter(), &mut changes);
    let changes: Vec<(&Figure, &Number)> = changes.iter().map(|(figure, value)| (figure, value)).collect();
    Some(replaced(text, &changes, &[]))
}

fn replaced(text: &str, changes: &[(&Figure, &Number)], with: &[Figure]) -> String {
    let together = changes.first().into_iter().flat_map(|(_, to)| with.iter().map(move |figure| (figure, *to)));
    let all = changes.iter().copied().chain(together);
    let replacement =
        |(figure, value): (&Figure, &Number)| Replacement { span: figure.span.clone(), text: figure.written(value) };
    edited(text, &all.map(replacement).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rubric::Role;

    const NCTI: &str = include_str!("../../rubrics/ncti.toml");

    fn at(path: &str) -> Setting {
        settings(NCTI).into_iter().find(|setting| setting.path == path).unwrap_or_else(|| panic!("{path}"))
    }

    #[test]
    fn a_bonus_takes_its_only_indicator_along() {
        // The reader refuses a bonus of 6 whose parts give 5.
        let moved = mutant(NCTI, &at("bonus[bonus].points"), 1).unwrap();
        let extra = moved.rubric.nodes.iter().filter(|node| node.role == Role::Bonus);
        assert!(extra.map(|node| node.points.0[0].0.clone()).all(|points| points == Number::from(6_usize)));
        assert_eq!(moved.to, Number::from(6_usize));
    }

    #[test]
    fn a_line_from_zero_can_start_elsewhere() {
        // `from = 0` says nothing of what is earned there; `from = 1` has to.
        let from = "criterion[strategic-tasks].indicator[national-projects].rule.from";
        assert_eq!(mutant(NCTI, &at(from), 1).unwrap().to, Number::ONE);
    }

    #[test]
    fn an_only_child_takes_its_criterion_along() {
        let text = include_str!("../../rubrics/innovation-city.toml");
        let path = "criterion[investment].indicator[intensity].points";
        let setting = settings(text).into_iter().find(|setting| setting.path == path).unwrap();
        // 20 of 100, alone in its criterion.
        let rubric = mutant(text, &setting, 1).unwrap().rubric;
        let points = |id: &str| rubric.nodes[rubric.node(id).unwrap().0].points.0[0].0.clone();
        assert_eq!((points("intensity"), points("investment")), (Number::from(21_usize), Number::from(21_usize)));
        assert_eq!(rubric.total.points.0[0].0, Number::from(100_usize));
    }

    #[test]
    fn what_the_reader_refuses_is_no_mutant() {
        // A band that gives more than the indicator has.
        let share = "criterion[services].indicator[firms-served].all_of[1].rule.bands[1].share";
        assert_eq!(mutant(NCTI, &at(share), 1), None);
        assert_eq!(mutant(NCTI, &at(share), -1).unwrap().to, Number::fraction(99, 100).unwrap());
    }
}
