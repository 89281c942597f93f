//! What a step would ask about that nobody is asked about yet. Must not know where the step comes from.

use std::collections::HashSet;

use super::{Queries, Query};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::evaluation::{Body, Evaluation};

/// New queries, with the cohort that they are about: as it would be after the step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    pub cohort: Cohort,
    pub queries: Vec<(CentreIx, Query)>,
}

/// The queries that a step would raise, before it is done. One about other figures of the same cell is a new one. What of
/// the step does not fit is left out.
pub fn raised(evaluation: &Evaluation, step: &[Body]) -> Raised {
    let mut after = evaluation.clone();
    for body in step {
        // Whoever does the step is told what does not fit.
        let _ = after.apply(body);
    }
    let rubric = &after.rubric;
    let layout = &after.cohort.layout;
    let named = |cohort: &Cohort, ix: CentreIx, query: &Query| {
        let cell = query.cell(rubric, layout).name();
        (cohort.centre(ix).id.clone(), cell, query.check(rubric).to_owned(), query.figures())
    };
    let before = Queries::new(rubric, &evaluation.cohort).all(rubric);
    let known: HashSet<_> = before.iter().map(|(ix, query)| named(&evaluation.cohort, *ix, query)).collect();
    let mut queries = Queries::new(rubric, &after.cohort).all(rubric);
    queries.retain(|(ix, query)| !known.contains(&named(&after.cohort, *ix, query)));
    Raised { cohort: after.cohort, queries }
}
