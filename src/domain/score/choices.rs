//! Indicators of several parts: the best or the least of options, and checklists whose items add up.
//!
//! Must not know how one measure is turned into points.

use super::{NoValue, Scorer, chosen, sum};
use crate::domain::ledger::{Absence, Line, Measured, Operation, Policy, Subject};
use crate::domain::number::Points;
use crate::domain::rubric::{Choice, Missing};

impl Scorer<'_> {
    /// The best of the options that have a value, or the least of all, which must all have one.
    pub(super) fn choices(
        &self,
        subject: Subject,
        choices: &[Choice],
        of: &Points,
        best: bool,
    ) -> Result<Line, NoValue> {
        let about = |at| option_of(subject, at);
        let mut lines = Vec::new();
        let mut absent = Vec::new();
        for (at, choice) in choices.iter().enumerate() {
            match self.scoring(about(at), &choice.scoring, of) {
                Ok(line) => lines.push(line),
                // A cell still to come may yet make this the best one.
                Err(no_value) if !best || no_value.why == Measured::Blank => return Err(no_value),
                Err(no_value) => absent.push((about(at), no_value)),
            }
        }
        if lines.is_empty() {
            return Err(absent.into_iter().next().map_or_else(
                || NoValue { why: Measured::NotApplicable, steps: Vec::new() },
                |(_, no_value)| no_value,
            ));
        }
        lines.extend(absent.into_iter().map(|(subject, no_value)| without(subject, no_value, of)));
        lines.sort_by_key(|line| match line.subject {
            Subject::Choice(_, at) => at,
            _ => 0,
        });
        Ok(chosen(subject, if best { Operation::Best } else { Operation::Least }, lines, of))
    }

    /// The items' points added up; an item that is not reported or does not apply earns nothing.
    pub(super) fn checklist(&self, subject: Subject, items: &[Choice], of: &Points) -> Result<Line, NoValue> {
        let (mut lines, mut absent, mut valued) = (Vec::new(), None, false);
        for (at, item) in items.iter().enumerate() {
            let points = item.points.as_ref().map_or(Points::ZERO, |points| points.get(self.class).clone());
            match self.scoring(option_of(subject, at), &item.scoring, &points) {
                Ok(line) => {
                    valued = true;
                    lines.push(line);
                }
                Err(no_value) if no_value.why == Measured::Blank => return Err(no_value),
                Err(no_value) => {
                    let NoValue { why, steps } = &no_value;
                    absent = absent.or(Some(NoValue { why: why.clone(), steps: steps.clone() }));
                    lines.push(without(option_of(subject, at), no_value, &points));
                }
            }
        }
        match absent {
            Some(no_value) if !valued => Err(no_value),
            _ => Ok(sum(subject, lines, of.clone())),
        }
    }
}

/// What an option or item of a line is about.
fn option_of(subject: Subject, at: usize) -> Subject {
    match subject {
        Subject::Node(node) | Subject::Choice(node, _) => Subject::Choice(node, at),
        Subject::Total => Subject::Total,
    }
}

/// The line of an option or item that has no value.
fn without(subject: Subject, NoValue { why, steps }: NoValue, of: &Points) -> Line {
    let absence = Absence { why, policy: Policy::Missing(Missing::Zero), steps };
    let operation = Operation::Without(Box::new(absence));
    Line { subject, operation, points: Points::ZERO, of: of.clone(), children: Vec::new() }
}
