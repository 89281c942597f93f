//! What of a cohort may be shown to the public. Must not know how it is shown.

use super::{Body, Citation, Combine, MetricIx, NodeIx, Rubric};
use crate::domain::centre::Field;
use crate::domain::needs::formulas;

/// What is public besides name, grade and outcome, which always are. Nothing where the rubric does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publication {
    /// The centre's id.
    pub id: bool,
    pub facts: Vec<Field>,
    pub total: bool,
    pub rank: bool,
    /// Criteria and indicators whose points are public.
    pub points: Vec<NodeIx>,
    pub readings: Vec<MetricIx>,
    pub cite: Option<Citation>,
}

/// What anybody can work out from what is public.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    pub nodes: Vec<NodeIx>,
    pub total: bool,
}

impl Publication {
    /// Whether the rubric says anything about it.
    pub fn is_declared(&self) -> bool {
        *self != Self::default()
    }

    /// Points that are not public and follow from what is: a sum from its parts, one part from the sum and the others,
    /// an indicator from its readings.
    pub fn tells(&self, rubric: &Rubric) -> Told {
        let mut known: Vec<bool> = (0..rubric.nodes.len()).map(|at| self.points.contains(&NodeIx(at))).collect();
        for (ix, indicator) in rubric.indicators() {
            let mut metrics = Vec::new();
            formulas(&indicator.scoring, &mut |expr| metrics.extend(expr.metrics()));
            known[ix.0] |= !metrics.is_empty() && metrics.iter().all(|metric| self.readings.contains(metric));
        }
        let mut total = self.total;
        let tops: Vec<NodeIx> =
            (0..rubric.nodes.len()).map(NodeIx).filter(|ix| rubric.nodes[ix.0].parent.is_none()).collect();
        loop {
            let before = (known.clone(), total);
            for (at, node) in rubric.nodes.iter().enumerate() {
                if let Body::Criterion { children, combine } = &node.body {
                    let mut whole = known[at];
                    follow(&mut whole, children, *combine, &mut known);
                    known[at] = whole;
                }
            }
            follow(&mut total, &tops, rubric.total.combine, &mut known);
            if before == (known.clone(), total) {
                break;
            }
        }
        let nodes = (0..known.len()).map(NodeIx).filter(|ix| known[ix.0] && !self.points.contains(ix)).collect();
        Told { nodes, total: total && !self.total && rubric.has_total() }
    }
}

/// Whoever knows all parts knows the whole; whoever knows the whole and all parts but one knows that one, unless only
/// the best or the worst part counts.
fn follow(whole: &mut bool, parts: &[NodeIx], combine: Combine, known: &mut [bool]) {
    let open: Vec<NodeIx> = parts.iter().copied().filter(|part| !known[part.0]).collect();
    match open.as_slice() {
        [] => *whole = true,
        [one] if *whole && !matches!(combine, Combine::BestOf | Combine::AllOf) => known[one.0] = true,
        _ => {}
    }
}
