//! Weights moved by hundredths, their siblings pro rata; a step that was tried for one centre is known for all.
//!
//! Where a total is proven to be a straight line of a weight, and thresholds alone decide, two of its points are asked of
//! the scorer and the others follow from them. Must not know where a boundary is looked for.

use std::sync::{Arc, PoisonError};

use super::{Bench, Grades, firm, flip};
use crate::domain::cohort::CentreIx;
use crate::domain::number::{Number, Points};
use crate::domain::robustness::reweight::{Weighed, reweighted, weighed};
use crate::domain::robustness::search::{Span, Way, nearest};
use crate::domain::robustness::{Lever, Robustness};
use crate::domain::rubric::{Body, ClassIx, Combine, Grade, GradeIx, Indicator, Missing, Node, NodeIx, Role};
use crate::domain::score::{left_out, points, score};

/// Steps of a weight that are all tried where nothing is known of what lies between.
const TRIED: usize = 4;

/// Weights are moved by hundredths of a point, or of the weights' sum under a mean.
const STEPS: i64 = 100;

impl Bench<'_> {
    pub(super) fn move_weights(&self, (ix, class): (CentreIx, ClassIx), found: &mut Robustness) {
        let straight = self.weights_are_straight(ix);
        let line = straight && self.nothing_bends(ix, class);
        for node in (0..self.rubric.nodes.len()).map(NodeIx) {
            if let Some(weighed) = weighed(self.rubric, node, class) {
                let line = if line { self.line(ix, class, &weighed) } else { None };
                self.move_weight((ix, class), (&weighed, straight, line), found);
            }
        }
    }

    fn move_weight(
        &self,
        (ix, class): (CentreIx, ClassIx),
        (weighed, straight, line): (&Weighed, bool, Option<Line>),
        found: &mut Robustness,
    ) {
        let Some(step) = step(weighed) else { return };
        let span = Span::Grid { low: step.clone(), high: &weighed.shared - &step, step, tried: TRIED };
        let lever = Lever::Weight(weighed.node);
        for way in Way::BOTH {
            let grade = |value: &Number| match &line {
                Some(line) => self.graded(&line.at(value)),
                None => self.with_weight(ix, class, weighed, value),
            };
            let turn = nearest(&span, &weighed.now, way, straight, &mut |value| grade(value) != Some(found.grade));
            match turn {
                Some(turn) => {
                    let becomes = grade(&turn.witness);
                    found.flips.push(flip(lever.clone(), way, &weighed.now, turn, becomes));
                }
                None => found.firm.extend(firm(lever.clone(), way, &weighed.now, &span, straight)),
            }
        }
    }

    /// The grade that a centre has with this weight for its kind.
    fn with_weight(&self, ix: CentreIx, class: ClassIx, weighed: &Weighed, to: &Number) -> Option<GradeIx> {
        let kept = || self.reweighted.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (weighed.node, class, to.clone());
        let known = kept().get(&key).map(Arc::clone);
        // Two that ask at once may both work it out.
        let grades = known.unwrap_or_else(|| {
            let grades = self.reweigh(class, weighed, to);
            kept().insert(key, Arc::clone(&grades));
            grades
        });
        grades.get(ix.0).copied().flatten()
    }

    /// Everybody's grade with this weight.
    fn reweigh(&self, class: ClassIx, weighed: &Weighed, to: &Number) -> Grades {
        let Some(rubric) = reweighted(self.rubric, weighed, class, to) else { return Arc::default() };
        score(&rubric, &self.cohort, None).iter().map(|card| card.grade).collect()
    }

    /// The total of a centre as a line of a weight.
    fn line(&self, ix: CentreIx, class: ClassIx, weighed: &Weighed) -> Option<Line> {
        let far = step(weighed)?;
        let kept = || self.lightest.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (weighed.node, class);
        let known = kept().get(&key).map(Arc::clone);
        let rubric = match known {
            Some(rubric) => rubric,
            None => {
                let rubric = Arc::new(reweighted(self.rubric, weighed, class, &far)?);
                kept().insert(key, Arc::clone(&rubric));
                rubric
            }
        };
        let total = self.tallies[ix.0].compared.clone();
        let there = points(&rubric, &self.cohort, ix, &self.facts).compared;
        let slope = (&there - &total).divided_by(&(&far - &weighed.now))?;
        Some(Line { now: weighed.now.clone(), total, slope })
    }

    /// The grade of a total where thresholds alone decide.
    fn graded(&self, total: &Number) -> Option<GradeIx> {
        let admits = |grade: &Grade| grade.threshold.as_ref().is_none_or(|threshold| threshold.admits(total));
        self.rubric.grades.iter().position(admits).map(GradeIx)
    }

    /// Whether nothing holds a total off the line: no rounding, no limit, and no cap, since what stands in a node adds up
    /// to its points and no indicator earns more than it can.
    fn nothing_bends(&self, ix: CentreIx, class: ClassIx) -> bool {
        let (rubric, total) = (self.rubric, &self.rubric.total);
        let of = |node: &NodeIx| rubric.nodes[node.0].points.get(class);
        let earned = &self.tallies[ix.0].nodes;
        let adds_up = |parts: Vec<NodeIx>, whole: &Points| parts.iter().map(of).sum::<Points>() == *whole;
        let straight = |at: usize| match &rubric.nodes[at].body {
            _ if !rubric.exists_for(NodeIx(at), class) || rubric.nodes[at].role != Role::Main => true,
            Body::Criterion { children, .. } => adds_up(children.clone(), of(&NodeIx(at))),
            Body::Indicator(_) => earned[at].as_ref().is_some_and(|points| points <= of(&NodeIx(at))),
        };
        rubric.rounding.total.is_none()
            && total.at_least.is_none()
            && total.at_most.is_none()
            && adds_up(rubric.tops(Role::Main).collect(), total.points.get(class))
            && (0..rubric.nodes.len()).all(straight)
    }

    /// Whether a total is a straight line of every weight, and nobody else decides the grade.
    pub(super) fn weights_are_straight(&self, ix: CentreIx) -> bool {
        let rounding = &self.rubric.rounding;
        let alone = |grade: &Grade| {
            grade.quota.is_none()
                && grade.first.is_none()
                && grade.last.is_none()
                && grade.requires.is_empty()
                && grade.each_criterion.is_none()
        };
        let averaged = |(_, indicator): (NodeIx, &Indicator)| {
            matches!(indicator.missing, Missing::GroupMean(_) | Missing::LeaveOut)
        };
        let sums = |node: &Node| !matches!(&node.body, Body::Criterion { combine, .. } if *combine != Combine::Sum);
        rounding.indicator.is_none()
            && rounding.criterion.is_none()
            && self.rubric.total.combine == Combine::Sum
            && self.rubric.gates.is_empty()
            && self.rubric.nodes.iter().all(sums)
            && self.rubric.grades.iter().all(alone)
            && !self.rubric.indicators().any(averaged)
            && left_out(self.rubric, &self.cohort, ix, &self.facts).is_empty()
    }
}

/// A total as a straight line of a weight.
struct Line {
    now: Number,
    total: Number,
    slope: Number,
}

impl Line {
    fn at(&self, weight: &Number) -> Number {
        &self.total + &(&(weight - &self.now) * &self.slope)
    }
}

/// A hundredth of a point, or of the sum under a mean.
fn step(weighed: &Weighed) -> Option<Number> {
    let hundredth = Number::fraction(1, STEPS)?;
    Some(if weighed.is_mean() { &weighed.shared * &hundredth } else { hundredth })
}
