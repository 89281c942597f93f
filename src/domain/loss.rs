//! Points that a centre did not earn, by indicator: what is to be looked at first where it must rectify. Must not know
//! grades.

use super::number::Points;
use super::rubric::{Body, ClassIx, NodeIx, Role, Rubric};
use super::score::Tally;

/// What one indicator cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    pub node: NodeIx,
    pub points: Points,
    /// The most it could have earned; nothing for a deduction.
    pub of: Points,
    /// In the indicator's own points, as it stands in the ledger.
    pub lost: Points,
}

/// Every indicator that earned less than it could or took points off, the largest loss first; equal ones in file order.
/// A bonus not earned is no loss, nor is what does not apply or is left out.
pub fn losses(rubric: &Rubric, tally: &Tally, class: ClassIx) -> Vec<Loss> {
    let mut losses: Vec<Loss> = Vec::new();
    for (at, node) in rubric.nodes.iter().enumerate() {
        let (Body::Indicator(_), Some(points)) = (&node.body, tally.nodes.get(at).and_then(Option::as_ref)) else {
            continue;
        };
        if rubric.is_profile(NodeIx(at)) {
            continue;
        }
        let (of, lost) = match node.role {
            Role::Main => (node.points.get(class).clone(), Points(&node.points.get(class).0 - &points.0)),
            Role::Deduction => (Points::ZERO, points.clone()),
            Role::Bonus => continue,
        };
        if lost.0.is_positive() {
            losses.push(Loss { node: NodeIx(at), points: points.clone(), of, lost });
        }
    }
    // A stable sort keeps file order between equal ones.
    losses.sort_by(|a, b| b.lost.cmp(&a.lost));
    losses
}
