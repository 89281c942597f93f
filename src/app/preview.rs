//! What an import or a pasted block would change, before it is done. Must not know where the cells came from.

use super::list::List;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, cell_name};
use crate::domain::reading::Reading;
use crate::domain::text::Text;

/// The changes of one step, and what stands in their way.
#[derive(Debug, Clone)]
pub struct Preview {
    pub title: Text,
    /// Which sheet of which file, and by which mapping; empty where there is nothing to say of that.
    pub origin: Text,
    /// One step, to be appended whole.
    pub bodies: Vec<Body>,
    pub unchanged: usize,
    /// Cells that cannot be taken, each with its place and remedy. While there is one, nothing can be applied.
    pub refused: Vec<Diagnostic>,
    /// Said of the file: that it had to be converted, or that its totals do not add up.
    pub notes: Vec<Diagnostic>,
    /// What would be asked about once it is done; it keeps nothing from being applied.
    pub queries: Vec<Text>,
    pub new: usize,
    pub changed: usize,
    /// Centres that are not on the roster yet, among what is new.
    pub centres: usize,
    /// Which body and which cell of it each row shows: changes of what stood there first.
    rows: Vec<(u32, u32)>,
    pub list: List,
    /// It is being written.
    pub applying: bool,
    /// Of an imported file, and not of a pasted block.
    pub of_file: bool,
}

/// One row of the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row<'a> {
    Refused(&'a Diagnostic),
    Note(&'a Diagnostic),
    Query(&'a Text),
    /// A centre that is not on the roster yet.
    Centre(&'a str),
    Change {
        centre: &'a str,
        what: String,
        was: String,
        to: String,
    },
}

impl Preview {
    pub fn new(title: Text, bodies: Vec<Body>, unchanged: usize, refused: Vec<Diagnostic>) -> Self {
        let mut changes = Vec::new();
        let mut news = Vec::new();
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut added = "";
        for (body_at, body) in bodies.iter().enumerate() {
            let mut row = |cell_at: usize, is_new: bool| {
                let rows = if is_new { &mut news } else { &mut changes };
                rows.push((index(body_at), index(cell_at)));
            };
            match body {
                Body::Cells { cells, .. } => {
                    cells.iter().enumerate().for_each(|(at, cell)| row(at, cell.was.is_none()));
                }
                // Of a centre that is new nothing stood before.
                Body::CentreSet { centre, was, .. } => row(0, was.is_empty() || centre == added),
                Body::CentreAdded { centre } => {
                    added = centre;
                    row(0, true);
                }
                _ => {}
            }
        }
        let (new, changed) = (news.len(), changes.len());
        let centres = bodies.iter().filter(|body| matches!(body, Body::CentreAdded { .. })).count();
        changes.extend(news);
        Self {
            title,
            origin: Text::default(),
            bodies,
            unchanged,
            refused,
            notes: Vec::new(),
            queries: Vec::new(),
            new,
            changed,
            centres,
            rows: changes,
            list: List::default(),
            applying: false,
            of_file: false,
        }
    }

    pub fn len(&self) -> usize {
        self.refused.len() + self.notes.len() + self.queries.len() + self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at a position: what is refused comes first, then what is said of the file, then what would be asked about.
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        if let Some(refused) = self.refused.get(at) {
            return Some(Row::Refused(refused));
        }
        let at = at - self.refused.len();
        if let Some(note) = self.notes.get(at) {
            return Some(Row::Note(note));
        }
        let at = at - self.notes.len();
        if let Some(query) = self.queries.get(at) {
            return Some(Row::Query(query));
        }
        let (body, cell) = *self.rows.get(at - self.queries.len())?;
        let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let text = |reading: &Option<Reading>| reading.as_ref().map_or(String::new(), Reading::cell);
        match self.bodies.get(at(body))? {
            Body::Cells { centre, cells } => {
                let change = cells.get(at(cell))?;
                Some(Row::Change { centre, what: cell_name(change), was: text(&change.was), to: text(&change.to) })
            }
            Body::CentreSet { centre, field, was, to } => {
                Some(Row::Change { centre, what: field.id().to_owned(), was: was.clone(), to: to.clone() })
            }
            Body::CentreAdded { centre } => Some(Row::Centre(centre)),
            _ => None,
        }
    }
}
