//! The few events of a journal that an undo looks at, found from the ends of the chains. Must not know how a step is
//! taken back.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::Journal;
use super::chain::{evaluators, unsigned};
use crate::domain::evaluation::{Body, Event, fold_order};
use crate::store::error::StoreError;

impl Journal {
    /// An evaluator's last step that is not taken back, with the undos and acts that came since and with what others did
    /// after it, in the order they are folded in. [`undo`](crate::domain::evaluation::undo) comes to the same by these
    /// as by all events, and they are few however long the journal is.
    ///
    /// # Errors
    /// As [`Journal::read_all`].
    pub fn last_step(&self, evaluator: &str) -> Result<Vec<Event>, StoreError> {
        let moment = self.moment()?;
        let mut events = self.own(&moment, evaluator)?;
        // The step comes first, behind it the undos. Nobody takes the opening back, so that nothing clashes with it.
        let step = events.first().filter(|event| !matches!(event.body, Body::Opened { .. })).map(|event| event.step);
        if let Some(last) = events.iter().rfind(|event| Some(event.step) == step).cloned() {
            let names = evaluators(&moment).map_err(|fault| StoreError::from_sqlite(&self.path, &fault))?;
            for other in names.iter().filter(|name| *name != evaluator) {
                events.extend(self.after(&moment, other, &last)?);
            }
        }
        events.sort_by(fold_order);
        Ok(events)
    }

    /// The last live step, and the undos and acts behind it, which are passed over.
    fn own(&self, moment: &Connection, evaluator: &str) -> Result<Vec<Event>, StoreError> {
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(&self.path, &fault);
        let sql = "SELECT sequence, step FROM event WHERE evaluator = ?1 ORDER BY sequence DESC";
        let mut statement = moment.prepare(sql).map_err(failed)?;
        let mut rows = statement.query([evaluator]).map_err(failed)?;
        let (mut undos, mut dead) = (Vec::new(), BTreeSet::new());
        // The step that is being gone back through: its number, its first and its last sequence.
        let mut step: Option<(u64, i64, i64)> = None;
        loop {
            let row = rows.next().map_err(failed)?;
            let at = row.map(|row| Ok((unsigned(row, 1)?, row.get::<_, i64>(0)?))).transpose().map_err(failed)?;
            match (&mut step, at) {
                (Some((number, first, _)), Some((same, sequence))) if *number == same => *first = sequence,
                (before, at) => {
                    if let Some((number, first, last)) = *before
                        && !dead.contains(&number)
                    {
                        let begins = self.part(moment, evaluator, first..=first)?;
                        match begins.first().map(|event| &event.body) {
                            Some(Body::Undone { step }) => {
                                dead.insert(*step);
                                undos.extend(begins);
                            }
                            _ => {
                                let mut events = self.part(moment, evaluator, first..=last)?;
                                let acts = events.iter().any(|event| event.body.is_act());
                                if !acts {
                                    events.extend(undos);
                                    return Ok(events);
                                }
                                undos.append(&mut events);
                            }
                        }
                    }
                    let Some((number, sequence)) = at else { return Ok(undos) };
                    step = Some((number, sequence, sequence));
                }
            }
        }
    }

    /// What another evaluator did after an event.
    fn after(&self, moment: &Connection, evaluator: &str, event: &Event) -> Result<Vec<Event>, StoreError> {
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(&self.path, &fault);
        let sql = "SELECT sequence, lamport FROM event WHERE evaluator = ?1 ORDER BY sequence DESC";
        let mut statement = moment.prepare(sql).map_err(failed)?;
        let mut rows = statement.query(params![evaluator]).map_err(failed)?;
        let mut from = i64::MAX;
        while let Some(row) = rows.next().map_err(failed)? {
            if (unsigned(row, 1).map_err(failed)?, evaluator) < (event.lamport, event.evaluator.as_str()) {
                break;
            }
            from = row.get(0).map_err(failed)?;
        }
        self.part(moment, evaluator, from..=i64::MAX)
    }
}

#[cfg(test)]
mod tests;
