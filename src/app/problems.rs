//! Everything that wants looking at before the evaluation is closed: doubts about the rubric, and centres that are
//! incomplete, cannot be scored, are named in another form or have figures that are hard to believe. Must not know how it is put into words.

use super::list::List;
use super::session::Session;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::grade::Flag;
use crate::domain::query::{Gravity, Query};
use crate::domain::score::State;
use crate::domain::unsettled::unproven;
use crate::read;

#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// Of the pinned rubric.
    Rubric(Diagnostic),
    /// Changes of readings that the pinned rubric has no place for.
    Unplaced(usize),
    /// Cells of the cohort that ask for evidence and have none, and how many centres they are of.
    Evidence {
        cells: usize,
        centres: usize,
    },
    /// How the centre stands, by id.
    Standing(String),
    NameForm(String),
    /// A figure of the centre that nobody has answered for.
    Query {
        centre: String,
        query: Query,
    },
}

impl Problem {
    /// The centre it is about.
    pub fn centre(&self) -> Option<&str> {
        match self {
            Self::Standing(centre) | Self::NameForm(centre) | Self::Query { centre, .. } => Some(centre),
            Self::Rubric(_) | Self::Unplaced(_) | Self::Evidence { .. } => None,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Problems {
    pub found: Vec<Problem>,
    pub list: List,
}

impl Problems {
    pub fn new(session: &Session) -> Self {
        let mut problems = Self { found: Vec::new(), list: List::default() };
        problems.refresh(session);
        problems
    }

    /// After something was changed.
    pub fn refresh(&mut self, session: &Session) {
        let evaluation = &session.evaluation;
        let faults = read::rubric::rubric(&session.rubric_text).1;
        self.found = faults.into_iter().map(Problem::Rubric).collect();
        if evaluation.unplaced > 0 {
            self.found.push(Problem::Unplaced(evaluation.unplaced));
        }
        let (wrong, doubtful) = queries(session);
        self.found.extend(wrong);
        let (cells, centres) = unproven(&evaluation.rubric, &evaluation.cohort);
        if cells > 0 {
            self.found.push(Problem::Evidence { cells, centres });
        }
        for ix in evaluation.cohort.all() {
            let card = session.card(ix);
            let id = &evaluation.cohort.centre(ix).id;
            if !matches!(card.tally.state, State::Complete | State::NotScored(_)) {
                self.found.push(Problem::Standing(id.clone()));
            }
            if card.flags.contains(&Flag::NameForm) {
                self.found.push(Problem::NameForm(id.clone()));
            }
        }
        self.found.extend(doubtful);
        self.list.within(self.found.len());
    }

    pub fn chosen(&self) -> Option<&Problem> {
        self.found.get(self.list.at)
    }
}

/// Queries without an answer: those about figures that cannot all be right, and the others.
fn queries(session: &Session) -> (Vec<Problem>, Vec<Problem>) {
    let cohort = &session.evaluation.cohort;
    let open = cohort.all().flat_map(|ix| {
        let open = session.doubted(ix).into_iter().filter(|doubted| doubted.answer.is_none());
        open.map(move |doubted| Problem::Query { centre: cohort.centre(ix).id.clone(), query: doubted.query })
    });
    open.partition(|problem| matches!(problem, Problem::Query { query, .. } if query.gravity() == Gravity::Hard))
}
