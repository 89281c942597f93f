//! A rubric's text with one figure moved and the figures that make up for it: comments and layout stay.
//!
//! The result is a text to be read, scored and looked at before it is saved. Must not know a file.

use crate::domain::nudge::{self, Share, Stuck};
use crate::domain::number::Number;
use crate::read::rubric::figure::{self, Figure};
use crate::write::edited::{Replacement, edited};

/// What is to be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The points or the weight of a criterion or indicator; its siblings make up for it.
    Weight(String),
    /// The line of a grade; nothing makes up for it.
    Threshold(String),
}

/// Why nothing is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The text has no such figure for this class, or not as digits.
    NotWritten,
    Stuck(Stuck),
}

/// A text in which one figure was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nudged {
    pub text: String,
    /// Old and new value of the figure that was asked for.
    pub from: Number,
    pub to: Number,
    /// How many figures beside it moved.
    pub others: usize,
}

/// Moves a figure, for one kind or stage as the text writes it, by so many of the last decimal places that stand there.
/// What siblings share stays the same; those named in `locked` keep theirs.
///
/// # Errors
/// See [`Refused`].
pub fn nudged(
    text: &str,
    target: &Target,
    class: &str,
    steps: i64,
    extra_places: u32,
    locked: &[String],
) -> Result<Nudged, Refused> {
    let (before, after, figures) = match target {
        Target::Threshold(id) => {
            let found = figure::thresholds(text, id).into_iter().find(|figure| figure.class == class);
            let found = found.ok_or(Refused::NotWritten)?;
            let alone = |value| vec![Share { value, locked: false, parts: Vec::new() }];
            let to = &found.value + &(&found.step(extra_places) * &Number::from(steps));
            (alone(found.value.clone()), alone(to), vec![Some(found)])
        }
        Target::Weight(id) => {
            let found = figure::siblings(text, id, class, locked).ok_or(Refused::NotWritten)?;
            let all = || found.figures.iter().flatten();
            let asked = figure::points(text, id).into_iter().find(|figure| figure.class == class);
            let asked = asked.ok_or(Refused::NotWritten)?;
            let percent = if asked.percent { 2 } else { 0 };
            let places = all().map(|figure| figure.places).max().unwrap_or(0);
            let places = places.max(asked.places + extra_places) + percent;
            let after =
                nudge::moved(&found.shares, found.at, &(&asked.step(extra_places) * &Number::from(steps)), places);
            (found.shares, after.map_err(Refused::Stuck)?, found.figures)
        }
    };
    let mut changes = Vec::new();
    let mut figures = figures.into_iter();
    for (before, after) in before.iter().zip(&after) {
        gather(before, after, &mut figures, &mut changes);
    }
    let replacements: Vec<Replacement> = changes
        .iter()
        .map(|(figure, value)| Replacement { span: figure.span.clone(), text: figure.written(value) })
        .collect();
    let asked = match target {
        Target::Weight(id) => figure::points(text, id),
        Target::Threshold(id) => figure::thresholds(text, id),
    };
    let is_asked = |figure: &Figure| asked.iter().any(|a| a.class == class && a.span == figure.span);
    let (figure, to) = changes.iter().find(|(figure, _)| is_asked(figure)).ok_or(Refused::NotWritten)?;
    Ok(Nudged {
        text: edited(text, &replacements),
        from: figure.value.clone(),
        to: to.clone(),
        others: changes.len() - 1,
    })
}

/// The figures whose value moved; figures and shares stand in the same order.
pub(super) fn gather(
    before: &Share,
    after: &Share,
    figures: &mut impl Iterator<Item = Option<Figure>>,
    changes: &mut Vec<(Figure, Number)>,
) {
    if let Some(Some(figure)) = figures.next()
        && before.value != after.value
    {
        changes.push((figure, after.value.clone()));
    }
    for (before, after) in before.parts.iter().zip(&after.parts) {
        gather(before, after, figures, changes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::number::Points;
    use crate::domain::rubric::{Node, Role, Rubric};

    const NCTI: &str = include_str!("../../rubrics/ncti.toml");

    fn read(text: &str) -> Rubric {
        let (rubric, faults) = crate::read::rubric::rubric(text);
        rubric.unwrap_or_else(|| panic!("{faults:?}"))
    }

    /// Those at the top that share the total.
    fn criteria(rubric: &Rubric) -> impl Iterator<Item = &Node> {
        rubric.nodes.iter().filter(|node| node.parent.is_none() && node.role == Role::Main)
    }

    fn changed_lines(text: &str) -> Vec<(&str, &str)> {
        assert_eq!(NCTI.lines().count(), text.lines().count());
        NCTI.lines().zip(text.lines()).filter(|(old, new)| old != new).collect()
    }

    #[test]
    fn a_moved_threshold_changes_its_digits_and_nothing_else() {
        let excellent = read(NCTI).grades[0].clone();
        let line = excellent.threshold.unwrap().points.0;
        let nudged = nudged(NCTI, &Target::Threshold(excellent.id), "", 2, 0, &[]).unwrap();
        assert_eq!((&nudged.from, &nudged.to, nudged.others), (&line, &(&line + &Number::from(2_i64)), 0));
        let old = format!("at_least = {line}");
        let new = format!("at_least = {}", nudged.to);
        assert_eq!(changed_lines(&nudged.text), [(old.as_str(), new.as_str())]);
    }

    #[test]
    fn a_moved_criterion_keeps_every_sum_of_a_shipped_rubric() {
        let rubric = read(NCTI);
        for node in criteria(&rubric) {
            for class in ["comprehensive", "domain"] {
                let nudged = nudged(NCTI, &Target::Weight(node.id.clone()), class, 1, 0, &[]).unwrap();
                // The reader refuses points that do not add up.
                let after = read(&nudged.text);
                let at = usize::from(class == "domain");
                let moved = after.nodes.iter().find(|other| other.id == node.id).unwrap();
                assert_eq!(moved.points.0[at], Points(&node.points.0[at].0 + &Number::ONE), "{}", node.id);
                assert_eq!(after.total.points.0[at], rubric.total.points.0[at], "{}", node.id);
                let other = 1 - at;
                for (old, new) in rubric.nodes.iter().zip(&after.nodes) {
                    assert_eq!(old.points.0[other], new.points.0[other], "{} for the other kind", old.id);
                }
                assert!(nudged.others > 0);
            }
        }
    }

    #[test]
    fn what_is_locked_stays_and_where_all_are_nothing_moves() {
        let rubric = read(NCTI);
        let tops: Vec<&str> = criteria(&rubric).map(|node| node.id.as_str()).collect();
        let target = Target::Weight(tops[0].to_owned());
        let all: Vec<String> = tops.iter().map(|id| (*id).to_owned()).collect();
        let stuck = nudged(NCTI, &target, "domain", 1, 0, &all);
        assert_eq!(stuck, Err(Refused::Stuck(Stuck::Siblings)));
        let but_one = nudged(NCTI, &target, "domain", 1, 0, &all[..all.len() - 1]).unwrap();
        let after = read(&but_one.text);
        for id in &tops[1..tops.len() - 1] {
            let of = |rubric: &Rubric| rubric.nodes.iter().find(|node| node.id == *id).unwrap().points.0[1].clone();
            assert_eq!(of(&after), of(&rubric), "{id}");
        }
    }

    #[test]
    fn a_finer_step_is_written_with_its_place() {
        let text = "[[grade]]\nid = \"a\"\nat_least = 60 # the line\n";
        let nudged = nudged(text, &Target::Threshold("a".to_owned()), "", -1, 1, &[]).unwrap();
        assert_eq!(nudged.text, "[[grade]]\nid = \"a\"\nat_least = 59.9 # the line\n");
        let text = "[[grade]]\nid = \"a\"\nat_least = 60\n";
        assert_eq!(super::nudged(text, &Target::Weight("a".to_owned()), "", 1, 0, &[]), Err(Refused::NotWritten));
    }
}
