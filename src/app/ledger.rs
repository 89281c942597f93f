//! The ledger screen's state: one centre's lines and which one is chosen. Must not know how wide the screen is.

use super::list::List;
use super::session::Session;
use crate::domain::ledger::Subject;
use crate::domain::rubric::NodeIx;
use crate::domain::text::Lang;
use crate::wording::ledger::{self, Row};
use crate::wording::step::At;

#[derive(Debug, Clone)]
pub struct Ledger {
    /// The centre's id: positions move when centres come and go.
    pub centre: String,
    /// The lines in words; empty for a centre that is not scored.
    pub rows: Vec<Row>,
    /// Item 0 is where the centre stands (grade, reasons, what is proposed); the rows follow.
    pub list: List,
}

impl Ledger {
    /// The ledger of a centre, at the line of a node or at the top.
    pub fn new(session: &Session, centre: &str, node: Option<NodeIx>, lang: Lang) -> Self {
        let mut ledger = Self { centre: String::new(), rows: Vec::new(), list: List::default() };
        ledger.refresh(session, centre, lang);
        if let Some(node) = node {
            let at = ledger.rows.iter().position(|row| row.subject == Subject::Node(node));
            ledger.list.at = at.map_or(0, |at| at + 1);
            // The line asked for stands near the top, with what it is part of above it.
            ledger.list.first = ledger.list.at.saturating_sub(1);
        }
        ledger
    }

    /// After something was changed, or for another centre or language.
    pub fn refresh(&mut self, session: &Session, centre: &str, lang: Lang) {
        centre.clone_into(&mut self.centre);
        let rubric = &session.evaluation.rubric;
        let cohort = &session.evaluation.cohort;
        self.rows = session.find(centre).map_or_else(Vec::new, |ix| {
            let at = At { rubric, cohort, centre: ix, lang };
            session.ledger(ix).map_or_else(Vec::new, |line| ledger::rows(at, &line, &session.left_out(ix)))
        });
        self.list.within(self.count());
    }

    pub fn count(&self) -> usize {
        self.rows.len() + 1
    }

    /// The row an item shows; `None` for where the centre stands.
    pub fn row(&self, item: usize) -> Option<&Row> {
        self.rows.get(item.checked_sub(1)?)
    }

    /// The node the chosen line is about.
    pub fn node(&self) -> Option<NodeIx> {
        match self.row(self.list.at)?.subject {
            Subject::Node(node) | Subject::Choice(node, _) => Some(node),
            Subject::Total => None,
        }
    }
}
