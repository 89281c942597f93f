//! What one indicator earns by itself. Must not know what it adds up to.

use super::carry::unrounded;
use super::{Facts, Scorer};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::ledger::{Operation, Policy};
use crate::domain::number::Points;
use crate::domain::rubric::{Body, ClassIx, NodeIx, Rubric};

/// An indicator's points before they are rounded; `None` where it is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    pub points: Option<Points>,
    /// What stands in for a value where there is none.
    pub policy: Option<Policy>,
}

/// What an indicator earns for a centre of this kind and stage; `None` for a criterion.
pub fn own(
    rubric: &Rubric,
    cohort: &Cohort,
    (ix, class): (CentreIx, ClassIx),
    facts: &Facts,
    node: NodeIx,
) -> Option<Own> {
    let Body::Indicator(indicator) = &rubric.nodes[node.0].body else { return None };
    let mut scorer = Scorer::new(rubric, cohort, ix, class, facts, false);
    let Some(line) = scorer.indicator(node, indicator) else {
        let policy = scorer.left_out.pop().map(|(_, absence)| absence.policy);
        return Some(Own { points: None, policy });
    };
    let line = unrounded(line);
    let policy = match line.operation {
        Operation::Without(absence) => Some(absence.policy),
        _ => None,
    };
    Some(Own { points: Some(line.points), policy })
}
