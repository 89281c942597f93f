//! Points of an indicator that does not apply, carried by a sibling that the rubric names.
//!
//! Must not know why an indicator does not apply.

use super::{Scored, Scorer, rounded, wrap};
use crate::domain::ledger::{Line, Operation, Policy};
use crate::domain::number::Points;
use crate::domain::rubric::{Body, Combine, NodeIx, NotApplicable};

impl Scorer<'_> {
    /// Where an indicator that does not apply gives its points to a sibling, the sibling's line carries them; also how
    /// many points are carried so.
    pub(super) fn give(&self, mut scored: Scored, combine: Combine) -> (Points, Scored) {
        let mut carried = Points::ZERO;
        if combine != Combine::Sum {
            return (carried, scored);
        }
        for at in 0..scored.len() {
            let (from, None) = &scored[at] else { continue };
            let Some(to) = self.given_to(*from) else { continue };
            let points = |node: NodeIx| self.rubric.nodes[node.0].points.get(self.class).clone();
            let given = points(*from);
            if let Some((_, slot)) = scored.iter_mut().find(|(node, line)| *node == to && line.is_some())
                && let Some(line) = slot.take()
            {
                // The sibling's own rounding comes after what it carries, so that nothing is rounded twice.
                let line = unrounded(line);
                let own = line.of.clone();
                let carry = Operation::Carry { own: own.clone(), given: given.clone() };
                let of = own + &given;
                let line = Line { of, ..wrap(line, carry) };
                let points = line.expected().unwrap_or_else(|| line.points.clone());
                let round = match self.rubric.nodes[to.0].body {
                    Body::Indicator(_) => self.rubric.rounding.indicator,
                    Body::Criterion { .. } => self.rubric.rounding.criterion,
                };
                *slot = Some(rounded(Line { points, ..line }, round));
                carried = carried + &given;
            }
        }
        (carried, scored)
    }

    /// The sibling that carries the points of an indicator that was left out because it does not apply.
    pub(super) fn given_to(&self, node: NodeIx) -> Option<NodeIx> {
        let (_, absence) = self.left_out.iter().rev().find(|(left_out, _)| *left_out == node)?;
        match absence.policy {
            Policy::NotApplicable(NotApplicable::GiveTo(to)) => Some(to),
            _ => None,
        }
    }
}

/// The line under its rounding.
pub(super) fn unrounded(mut line: Line) -> Line {
    match (&line.operation, line.children.len()) {
        (Operation::Round(_), 1) => line.children.remove(0),
        _ => line,
    }
}
