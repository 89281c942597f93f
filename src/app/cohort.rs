//! The cohort table's state: which centres in which order, as scores or as a roster, and where the cursor stands.
//!
//! Must not know how a column is written or how wide it is.

use std::cmp::Ordering;

use super::filter::Filter;
use super::list::List;
use super::session::Session;
use crate::domain::centre::Field;
use crate::domain::cohort::CentreIx;
use crate::domain::number::Number;
use crate::domain::rubric::{NodeIx, Role, Rubric};
use crate::domain::score::State;

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Column {
    Name,
    Total,
    Grade,
    Rank,
    Filled,
    Flags,
    /// A top-level criterion.
    Node(NodeIx),
    Id,
    /// A fact about the centre, to be looked at and changed.
    Fact(Field),
}

/// What the table shows of each centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    #[default]
    Scores,
    /// Who takes part, of which kind, since when.
    Roster,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    pub column: Column,
    pub backwards: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Cohort {
    /// The centres shown, in the order shown.
    pub rows: Vec<CentreIx>,
    pub list: List,
    pub view: View,
    /// The cursor among the columns, for each view.
    columns: [List; 2],
    pub sort: Option<Sort>,
    pub by_kind: bool,
    pub filter: Filter,
    /// The filter's line has the cursor.
    pub filtering: bool,
    /// Something was changed since the rows were put in order.
    pub stale: bool,
}

impl Cohort {
    pub fn new(session: &Session) -> Self {
        Self { rows: session.evaluation.cohort.all().collect(), ..Self::default() }
    }

    pub fn columns(&self) -> &List {
        &self.columns[self.view as usize]
    }

    pub fn columns_mut(&mut self) -> &mut List {
        &mut self.columns[self.view as usize]
    }

    pub fn chosen(&self) -> Option<CentreIx> {
        self.rows.get(self.list.at).copied()
    }

    pub fn column(&self, rubric: &Rubric) -> Column {
        columns(rubric, self.view).into_iter().nth(self.columns().at).unwrap_or(Column::Name)
    }

    /// Puts the cursor on a centre, where it is shown.
    pub fn choose(&mut self, ix: CentreIx) {
        if let Some(row) = self.rows.iter().position(|r| *r == ix) {
            self.list.at = row;
        }
    }

    /// Filters, sorts and groups anew; the cursor stays with its centre where that is still shown.
    pub fn arrange(&mut self, session: &Session, keep: Option<CentreIx>) {
        let keep = keep.or_else(|| self.chosen());
        let cohort = &session.evaluation.cohort;
        self.rows = cohort.all().filter(|ix| self.filter.is_empty() || self.filter.admits(session, *ix)).collect();
        if let Some(sort) = &self.sort {
            let mut keyed: Vec<(Key, CentreIx)> =
                self.rows.iter().map(|ix| (key(session, *ix, &sort.column), *ix)).collect();
            keyed.sort_by(|(a, x), (b, y)| a.order(b, sort.backwards).then(x.cmp(y)));
            self.rows = keyed.into_iter().map(|(_, ix)| ix).collect();
        }
        if self.by_kind {
            self.rows.sort_by_key(|ix| cohort.centre(*ix).kind.map_or(usize::MAX, |kind| kind.0));
        }
        self.stale = false;
        match keep {
            Some(ix) if self.rows.contains(&ix) => self.choose(ix),
            _ => self.list.within(self.rows.len()),
        }
    }

    /// Sorts by a column: first the way one looks for, then the other way round, then not at all.
    pub fn sort_by(&mut self, column: Column) {
        // The best first, and names from their beginning.
        let first = matches!(column, Column::Total | Column::Node(_) | Column::Filled);
        self.sort = match self.sort.take() {
            Some(sort) if sort.column == column && sort.backwards == first => Some(Sort { column, backwards: !first }),
            Some(sort) if sort.column == column => None,
            _ => Some(Sort { column, backwards: first }),
        };
    }

    /// A heading stands over this row: it is the first of its kind.
    pub fn begins_kind(&self, row: usize, session: &Session) -> bool {
        let kind = |row: usize| self.rows.get(row).map(|ix| session.evaluation.cohort.centre(*ix).kind);
        self.by_kind && (row == 0 || kind(row) != kind(row - 1))
    }
}

/// What a centre is sorted by; what is not there comes last either way.
enum Key {
    Figure(Option<Number>),
    Place(Option<usize>),
    Words(String),
}

impl Key {
    fn order(&self, other: &Self, backwards: bool) -> Ordering {
        let turned = |order: Ordering| if backwards { order.reverse() } else { order };
        fn both<T: Ord>(a: Option<&T>, b: Option<&T>, turned: impl Fn(Ordering) -> Ordering) -> Ordering {
            match (a, b) {
                (Some(a), Some(b)) => turned(a.cmp(b)),
                (a, b) => b.is_some().cmp(&a.is_some()),
            }
        }
        match (self, other) {
            (Self::Figure(a), Self::Figure(b)) => both(a.as_ref(), b.as_ref(), turned),
            (Self::Place(a), Self::Place(b)) => both(a.as_ref(), b.as_ref(), turned),
            (Self::Words(a), Self::Words(b)) => {
                let some = |text: &'_ String| Some(text.clone()).filter(|text| !text.is_empty());
                both(some(a).as_ref(), some(b).as_ref(), turned)
            }
            _ => Ordering::Equal,
        }
    }
}

fn key(session: &Session, ix: CentreIx, column: &Column) -> Key {
    let evaluation = &session.evaluation;
    let centre = evaluation.cohort.centre(ix);
    let card = session.card(ix);
    let scored = !matches!(card.tally.state, State::NotScored(_) | State::WithoutKind);
    match column {
        Column::Name => Key::Words(centre.label().to_lowercase()),
        Column::Id => Key::Words(centre.id.clone()),
        Column::Total => Key::Figure(scored.then(|| card.tally.compared.clone())),
        Column::Node(node) => Key::Figure(card.tally.nodes[node.0].as_ref().map(|points| points.0.clone())),
        Column::Grade => Key::Place(card.grade.map(|grade| grade.0)),
        Column::Rank => Key::Place(card.rank),
        Column::Filled => Key::Figure(scored.then(|| match card.tally.state {
            State::Incomplete { blank, needed } => {
                let done = Number::from(needed.saturating_sub(blank));
                done.divided_by(&Number::from(needed)).unwrap_or(Number::ONE)
            }
            _ => Number::ONE,
        })),
        // Whoever has to be acted on comes first.
        Column::Flags => Key::Place((!card.flags.is_empty()).then(|| {
            let grave = card.flags.iter().any(crate::domain::grade::Flag::is_grave);
            if grave { 0 } else { 1 }
        })),
        Column::Fact(field) => Key::Words(centre.get(field, &evaluation.rubric).to_lowercase()),
    }
}

/// All columns of a view: what decides comes before its parts, so that a narrow screen shows it without scrolling.
pub fn columns(rubric: &Rubric, view: View) -> Vec<Column> {
    match view {
        View::Scores => {
            let tops = [Role::Main, Role::Bonus, Role::Deduction].into_iter().flat_map(|role| rubric.tops(role));
            let decided = [Column::Name, Column::Total, Column::Grade, Column::Rank, Column::Filled, Column::Flags];
            decided.into_iter().chain(tops.map(Column::Node)).collect()
        }
        View::Roster => {
            let kinds = (rubric.kinds.len() > 1).then_some(Field::Kind);
            let stages = (!rubric.stages.is_empty()).then_some(Field::Stage);
            let findings = (!rubric.findings.is_empty()).then_some(Field::Findings);
            let attributes = rubric.attributes.iter().map(|a| Field::Attribute(a.id.clone()));
            let facts = kinds
                .into_iter()
                .chain(stages)
                .chain([Field::Status, Field::Since])
                .chain(findings)
                .chain([Field::Previous])
                .chain(attributes);
            [Column::Name, Column::Id].into_iter().chain(facts.map(Column::Fact)).collect()
        }
    }
}
