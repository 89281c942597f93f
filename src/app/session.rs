//! The open evaluation and its scores, which always belong together. Must not know which screen shows them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::msg::Opened;
use crate::domain::cohort::CentreIx;
use crate::domain::evaluation::{Evaluation, Event, FoldFault, Touched};
use crate::domain::grade::Scorecard;
use crate::domain::ledger::{Absence, Line};
use crate::domain::placing::Placing;
use crate::domain::query::{Answer, Queries, Query};
use crate::domain::rubric::NodeIx;
use crate::domain::score::{self, Facts, State};
use crate::domain::unsettled::Unsettled;

#[derive(Debug, Clone)]
pub struct Session {
    pub name: String,
    pub folder: String,
    pub evaluator: String,
    /// Shared with long work that reads it; nothing changes it meanwhile.
    pub evaluation: Arc<Evaluation>,
    pub rubric_text: Arc<str>,
    facts: Facts,
    placing: Placing,
    queries: Queries,
}

/// A query about a centre, the answer that stands, and one that was given to other figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubted {
    pub query: Query,
    pub answer: Option<Answer>,
    pub before: Option<Answer>,
}

impl Session {
    pub fn new(opened: Opened) -> Self {
        let Opened { name, folder, evaluator, rubric_text, evaluation, queries } = opened;
        let mut session = Self {
            name,
            folder,
            evaluator,
            evaluation: Arc::new(evaluation),
            rubric_text,
            facts: Facts::default(),
            placing: Placing::default(),
            queries,
        };
        session.score_all();
        session
    }

    /// What the checks of the data ask about one centre.
    pub fn doubted(&self, ix: CentreIx) -> Vec<Doubted> {
        let Evaluation { rubric, cohort, answers, .. } = &*self.evaluation;
        let centre = &cohort.centre(ix).id;
        let with_answer = |query: Query| {
            let figures = query.figures();
            let last = answers.before(rubric, &cohort.layout, centre, &query).cloned();
            let (answer, before) = match last {
                Some(last) if last.figures == figures => (Some(last), None),
                last => (None, last),
            };
            Doubted { query, answer, before }
        };
        self.queries.of(rubric, ix).into_iter().map(with_answer).collect()
    }

    /// How many queries about a centre wait for an answer.
    pub fn open_queries(&self, ix: CentreIx) -> usize {
        self.doubted(ix).iter().filter(|doubted| doubted.answer.is_none()).count()
    }

    pub fn unsettled(&self) -> Unsettled {
        let Evaluation { rubric, cohort, answers, .. } = &*self.evaluation;
        Unsettled::of(rubric, cohort, self.cards(), (&self.queries, answers))
    }

    pub fn card(&self, ix: CentreIx) -> &Scorecard {
        &self.placing.cards()[ix.0]
    }

    /// One per centre, in roster order.
    pub fn cards(&self) -> &[Scorecard] {
        self.placing.cards()
    }

    pub fn find(&self, centre: &str) -> Option<CentreIx> {
        self.evaluation.cohort.find(centre)
    }

    pub fn ledger(&self, ix: CentreIx) -> Option<Line> {
        score::ledger(&self.evaluation.rubric, &self.evaluation.cohort, ix, &self.facts)
    }

    /// Indicators that the ledger leaves out, and why.
    pub fn left_out(&self, ix: CentreIx) -> Vec<(NodeIx, Absence)> {
        score::left_out(&self.evaluation.rubric, &self.evaluation.cohort, ix, &self.facts)
    }

    pub fn is_incomplete(&self, ix: CentreIx) -> bool {
        matches!(self.card(ix).tally.state, State::Incomplete { .. })
    }

    /// Adds events to the state and scores what they touched.
    ///
    /// # Errors
    /// The first event that does not fit; those before it stand.
    pub fn apply(&mut self, events: &[Event]) -> Result<(), FoldFault> {
        let mut touched = BTreeSet::new();
        let mut all = false;
        let mut fault = None;
        for event in events {
            match Arc::make_mut(&mut self.evaluation).apply(&event.body) {
                Ok(Touched::Nothing) => {}
                Ok(Touched::Centre(ix)) => {
                    touched.insert(ix);
                }
                Ok(Touched::Cohort) => all = true,
                Err(found) => {
                    fault = Some(found);
                    break;
                }
            }
        }
        let Evaluation { rubric, cohort, decided_on, .. } = &*self.evaluation;
        if all {
            self.queries = Queries::new(rubric, cohort);
        } else {
            touched.iter().for_each(|ix| self.queries.again(rubric, cohort, *ix));
        }
        if all || (rubric.is_relative() && !touched.is_empty()) {
            self.score_all();
        } else if !touched.is_empty() {
            let tallies = touched.into_iter().map(|ix| (ix, score::points(rubric, cohort, ix, &self.facts)));
            self.placing.again(rubric, cohort, tallies, *decided_on);
        }
        fault.map_or(Ok(()), Err)
    }

    fn score_all(&mut self) {
        let Evaluation { rubric, cohort, decided_on, .. } = &*self.evaluation;
        self.facts = score::facts(rubric, cohort);
        let tallies = cohort.all().map(|ix| Arc::new(score::points(rubric, cohort, ix, &self.facts)));
        self.placing = Placing::new(rubric, cohort, tallies, *decided_on);
    }
}
