//! The history of an evaluation and of its cells, read from the journal without folding it.
//!
//! Must not know how a history is shown.

use rusqlite::params;

use super::error::StoreError;
use super::journal::{Journal, unsigned};
use crate::domain::evaluation::{CellRef, Event, fold_order};
use crate::domain::history::{Past, of_cell};

impl Journal {
    /// The latest steps of all evaluators, latest first, at most `limit` of them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for an event that is not the one that was stored, and faults of the disk.
    pub fn latest_steps(&self, limit: u32) -> Result<Vec<Past>, StoreError> {
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(self.path(), &fault);
        let moment = self.moment()?;
        let mut steps = moment
            .prepare(
                "SELECT evaluator, min(sequence), count(*), max(lamport) AS latest FROM event
                 GROUP BY evaluator, step ORDER BY latest DESC, evaluator LIMIT ?1",
            )
            .map_err(failed)?;
        let mut rows = steps.query([limit]).map_err(failed)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let evaluator: String = row.get(0).map_err(failed)?;
            let sequence: i64 = row.get(1).map_err(failed)?;
            let more = unsigned(row, 2).map_err(failed)?.saturating_sub(1);
            let first = self.part(&moment, &evaluator, sequence..=sequence)?.pop();
            found.extend(first.map(|Event { evaluator, step, time, body, .. }| Past {
                evaluator,
                step,
                time,
                body,
                more,
            }));
        }
        Ok(found)
    }

    /// Everything that was ever done to one cell, latest first.
    ///
    /// # Errors
    /// As [`Journal::latest_steps`].
    pub fn history_of(&self, centre: &str, cell: &CellRef) -> Result<Vec<Past>, StoreError> {
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(self.path(), &fault);
        // Events name their centre first; the rest of a body is decoded only where this one is named.
        let named = format!("\"centre\":{}", serde_json::to_string(centre).unwrap_or_default());
        let moment = self.moment()?;
        let mut statement = moment
            .prepare("SELECT evaluator, sequence FROM event WHERE instr(substr(body, 1, 600), ?1) > 0")
            .map_err(failed)?;
        let mut rows = statement.query(params![named]).map_err(failed)?;
        let mut events = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let evaluator: String = row.get(0).map_err(failed)?;
            let sequence: i64 = row.get(1).map_err(failed)?;
            events.extend(self.part(&moment, &evaluator, sequence..=sequence)?);
        }
        events.sort_by(|a, b| fold_order(b, a));
        Ok(events.iter().filter_map(|event| of_cell(event, centre, cell)).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::domain::evaluation::{Body, CellChange, Pin};
    use crate::domain::number::Number;
    use crate::domain::reading::{Cycle, Reading, Remark};
    use crate::domain::text::Lang;
    use crate::store::digest;
    use crate::store::journal::Access;

    const RUBRIC: &str = "[rubric]\nid = \"r\"\n";

    fn value(text: &str) -> Option<Reading> {
        Some(Reading::Value(Number::parse(text).unwrap()))
    }

    fn staff(was: Option<Reading>, to: Option<Reading>) -> Body {
        let change = CellChange { metric: "staff".to_owned(), year: Some(2024), judge: None, was, to };
        let other = CellChange { metric: "income".to_owned(), ..change.clone() };
        Body::Cells { centre: "c\"1".to_owned(), cells: vec![other, change] }
    }

    fn journal(folder: &tempfile::TempDir) -> (PathBuf, Journal) {
        let path = folder.path().join("a.triennial");
        let pin = Pin { rubric: "r".into(), edition: "1".into(), digest: digest::text(RUBRIC.as_bytes()) };
        let cycle = Cycle { first: 2023, last: 2025 };
        let opened = Body::Opened { cycle, pin, decided_on: None, lang: Lang::En };
        let journal = Journal::create(&path, "ann", opened, RUBRIC, 1).unwrap();
        (path, journal)
    }

    #[test]
    fn steps_are_listed_latest_first_and_a_cell_s_changes_among_many() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut ann) = journal(&folder);
        let added = |centre: &str| Body::CentreAdded { centre: centre.to_owned() };
        ann.append(vec![added("c\"1"), added("c2"), staff(None, value("4"))], 2).unwrap();
        drop(ann);
        let write = |who: &str| Access::Write { evaluator: Some(who.to_owned()), time: 3 };
        let mut bob = Journal::open(&path, write("bob")).unwrap();
        let cell = CellRef { metric: "staff".to_owned(), year: Some(2024), judge: None };
        let remark = |to: &str| Body::Remarked {
            centre: "c\"1".to_owned(),
            cell: cell.clone(),
            remark: Remark::Note,
            was: String::new(),
            to: to.to_owned(),
        };
        bob.append(vec![staff(value("4"), value("5"))], 4).unwrap();
        bob.append(vec![remark("by phone")], 5).unwrap();
        let steps = bob.latest_steps(10).unwrap();
        let who: Vec<_> = steps.iter().map(|past| (past.evaluator.as_str(), past.step, past.time, past.more)).collect();
        assert_eq!(who, [("bob", 2, 5, 0), ("bob", 1, 4, 0), ("ann", 2, 2, 2), ("ann", 1, 1, 0)]);
        assert_eq!(bob.latest_steps(1).unwrap().len(), 1);
        let past = bob.history_of("c\"1", &cell).unwrap();
        assert_eq!(past.len(), 4);
        assert_eq!(past[0].body, remark("by phone"));
        assert!(matches!(&past[1].body, Body::Cells { cells, .. } if cells.len() == 1 && cells[0].to == value("5")));
        assert!(matches!(&past[3].body, Body::CentreAdded { .. }));
        assert!(bob.history_of("c2", &cell).unwrap().iter().all(|past| matches!(past.body, Body::CentreAdded { .. })));
    }
}
