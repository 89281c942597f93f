//! The ledger screen's state: one centre's lines and which one is chosen. Must not know how wide the screen is.

use super::list::{List, Motion};
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
    /// Screen lines of the chosen item that are scrolled past: an item may be taller than the screen.
    pub skip: usize,
    /// Screen lines of the chosen item that the last frame had no room for.
    pub below: usize,
}

impl Ledger {
    /// Goes there; inside an item that is taller than the screen first through its lines.
    pub fn go(&mut self, motion: Motion) {
        let page = |ledger: &Self| ledger.list.shown.max(6);
        match motion {
            Motion::On(n) if self.below > 0 => self.skip += n.min(self.below),
            Motion::PageOn if self.below > 0 => self.skip += page(self).min(self.below),
            Motion::Back(n) if self.skip > 0 => self.skip = self.skip.saturating_sub(n),
            Motion::PageBack if self.skip > 0 => self.skip = self.skip.saturating_sub(page(self)),
            _ => {
                let count = self.count();
                // Items differ in height, so that a page ends with the last one seen and not a number of them on.
                let last_seen = (self.list.first + self.list.shown).saturating_sub(1);
                let motion = match motion {
                    Motion::PageOn => Motion::On(last_seen.saturating_sub(self.list.at).max(1)),
                    motion => motion,
                };
                let paged = matches!(motion, Motion::On(n) if n > 1);
                if self.list.go(motion, count) {
                    self.skip = 0;
                    self.below = 0;
                    // A page on begins with the last line of the page before.
                    if paged {
                        self.list.first = self.list.at;
                    }
                }
            }
        }
    }

    /// The ledger of a centre, at the line of a node or at the top.
    pub fn new(session: &Session, centre: &str, node: Option<NodeIx>, lang: Lang) -> Self {
        let mut ledger = Self { centre: String::new(), rows: Vec::new(), list: List::default(), skip: 0, below: 0 };
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
        self.skip = 0;
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
