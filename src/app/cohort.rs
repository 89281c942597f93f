//! The cohort table's state: which centres in which order, which columns, and where the cursor stands.
//!
//! Must not know how a column is written or how wide it is.

use super::list::List;
use super::session::Session;
use crate::domain::cohort::CentreIx;
use crate::domain::rubric::{NodeIx, Role, Rubric};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    Name,
    Total,
    Grade,
    Rank,
    Filled,
    Flags,
    /// A top-level criterion.
    Node(NodeIx),
}

#[derive(Debug, Clone, Default)]
pub struct Cohort {
    /// The centres shown, in the order shown: the place for sorting and filtering.
    pub rows: Vec<CentreIx>,
    pub list: List,
    pub columns: List,
}

impl Cohort {
    pub fn new(session: &Session) -> Self {
        Self { rows: session.evaluation.cohort.all().collect(), ..Self::default() }
    }

    /// After centres came or went.
    pub fn refresh(&mut self, session: &Session) {
        self.rows = session.evaluation.cohort.all().collect();
        self.list.within(self.rows.len());
    }

    pub fn chosen(&self) -> Option<CentreIx> {
        self.rows.get(self.list.at).copied()
    }

    pub fn column(&self, rubric: &Rubric) -> Column {
        columns(rubric).get(self.columns.at).copied().unwrap_or(Column::Name)
    }

    /// Puts the cursor on a centre, where it is shown.
    pub fn choose(&mut self, ix: CentreIx) {
        if let Some(row) = self.rows.iter().position(|r| *r == ix) {
            self.list.at = row;
        }
    }
}

/// All columns: what decides comes before its parts, so that a narrow screen shows it without scrolling.
pub fn columns(rubric: &Rubric) -> Vec<Column> {
    let tops = [Role::Main, Role::Bonus, Role::Deduction].into_iter().flat_map(|role| rubric.tops(role));
    let decided = [Column::Name, Column::Total, Column::Grade, Column::Rank, Column::Filled, Column::Flags];
    decided.into_iter().chain(tops.map(Column::Node)).collect()
}
