//! Which grades hang on one indicator: each is left out in turn, and its siblings carry its points pro rata. Must not
//! know why anybody would.

use super::reweight::without;
use crate::domain::cohort::{CentreIx, Cohort};
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

/// Whose grade changes where an indicator is left out, by indicator in file order. An indicator without a sibling stays:
/// nothing could carry its points.
pub fn leave_one_out(rubric: &Rubric, cohort: &Cohort) -> Vec<LeftOut> {
    let before = score(rubric, cohort, None);
    let mut changes = Vec::new();
    for (node, _) in rubric.indicators() {
        let Some(without) = without(rubric, node) else { continue };
        for (card, after) in before.iter().zip(score(&without, cohort, None)) {
            let Some(grade) = card.grade.filter(|grade| after.grade != Some(*grade)) else { continue };
            changes.push(LeftOut { node, centre: card.centre, grade, becomes: after.grade });
        }
    }
    changes
}
