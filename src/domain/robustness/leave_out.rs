//! Which grades hang on one indicator: each is left out in turn, and its siblings carry its points pro rata. Must not
//! know why anybody would.

use super::reweight::without;
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::grade::Scorecard;
use crate::domain::rubric::{GradeIx, NodeIx, Rubric};
use crate::domain::score::score;

/// A centre that has another grade without an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub node: NodeIx,
    pub centre: CentreIx,
    pub grade: GradeIx,
    /// `None`: it could not be graded.
    pub becomes: Option<GradeIx>,
}

/// Whose grade changes where an indicator is left out; `before` has everybody's grade with it. An indicator without a
/// sibling stays: nothing could carry its points.
pub fn leave_out(rubric: &Rubric, cohort: &Cohort, before: &[Scorecard], node: NodeIx) -> Vec<LeftOut> {
    let Some(without) = without(rubric, node) else { return Vec::new() };
    let mut changes = Vec::new();
    for (card, after) in before.iter().zip(score(&without, cohort, None)) {
        let Some(grade) = card.grade.filter(|grade| after.grade != Some(*grade)) else { continue };
        changes.push(LeftOut { node, centre: card.centre, grade, becomes: after.grade });
    }
    changes
}
