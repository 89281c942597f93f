//! The events of a journal one by one, in the order they are folded in, so that nobody has to hold them all. Must not
//! know what events add up to.

use rusqlite::{Connection, Row, Rows, params};

use super::chain::{evaluators, unsigned};
use super::{Journal, Position};
use crate::domain::evaluation::{Event, fold_order};
use crate::store::digest::Link;
use crate::store::encoding::{decode, may_pin};
use crate::store::error::StoreError;

/// What [`Journal::event`] reads.
pub const COLUMNS: &str = "sequence, step, lamport, time, body, previous, hash";

/// One evaluator's events, of which the next is already read.
struct Chain<'a> {
    evaluator: &'a str,
    rows: Rows<'a>,
    next: Option<Event>,
}

impl Journal {
    /// Hands the events after a position to `visit`, in the order they are folded in.
    ///
    /// # Errors
    /// As [`Journal::read_all`], and whatever `visit` gives.
    pub(in crate::store) fn each<E: From<StoreError>>(
        &self,
        moment: &Connection,
        position: &Position,
        mut visit: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(&self.path, &fault);
        let sql = format!("SELECT {COLUMNS} FROM event WHERE evaluator = ?1 AND sequence > ?2 ORDER BY sequence");
        let names = evaluators(moment).map_err(failed)?;
        let prepared: Result<Vec<_>, _> = names.iter().map(|_| moment.prepare(&sql)).collect();
        let mut statements = prepared.map_err(failed)?;
        let mut chains = Vec::new();
        for (evaluator, statement) in names.iter().zip(&mut statements) {
            let after = position.0.get(evaluator).copied().unwrap_or(0);
            let after = i64::try_from(after).unwrap_or(i64::MAX);
            let rows = statement.query(params![evaluator, after]).map_err(failed)?;
            let mut chain = Chain { evaluator, rows, next: None };
            chain.next = self.next(&mut chain)?;
            chains.push(chain);
        }
        // There are few evaluators, so looking at the next event of each is quicker than keeping them sorted.
        while let Some(event) = self.first(&mut chains)? {
            visit(event)?;
        }
        Ok(())
    }

    /// Takes the event that comes first among the next ones.
    fn first(&self, chains: &mut [Chain<'_>]) -> Result<Option<Event>, StoreError> {
        let waiting = chains.iter_mut().filter_map(|chain| Some((chain.next.take()?, chain)));
        let mut waiting: Vec<(Event, &mut Chain<'_>)> = waiting.collect();
        let Some(at) = (0..waiting.len()).min_by(|a, b| fold_order(&waiting[*a].0, &waiting[*b].0)) else {
            return Ok(None);
        };
        let (event, chain) = waiting.swap_remove(at);
        for (event, chain) in waiting {
            chain.next = Some(event);
        }
        chain.next = self.next(chain)?;
        if chain.next.as_ref().is_some_and(|next| next.lamport <= event.lamport) {
            let detail = format!("event {} of {}: the one after it is from before", event.sequence, event.evaluator);
            return Err(StoreError::Damaged { path: self.path.clone(), detail });
        }
        Ok(Some(event))
    }

    fn next(&self, chain: &mut Chain<'_>) -> Result<Option<Event>, StoreError> {
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(&self.path, &fault);
        chain.rows.next().map_err(failed)?.map(|row| self.event(chain.evaluator, row)).transpose()
    }

    /// The event in a row of [`COLUMNS`], if it is the one that was stored.
    pub(super) fn event(&self, evaluator: &str, row: &Row) -> Result<Event, StoreError> {
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(&self.path, &fault);
        let sequence = unsigned(row, 0).map_err(failed)?;
        let damaged = |what: &str| StoreError::Damaged {
            path: self.path.clone(),
            detail: format!("event {sequence} of {evaluator}: {what}"),
        };
        let text = |at: usize| {
            let found = row.get_ref(at).map_err(failed)?;
            found.as_str().map_err(|fault| damaged(&fault.to_string()))
        };
        let (step, lamport) = (unsigned(row, 1).map_err(failed)?, unsigned(row, 2).map_err(failed)?);
        let (time, body, previous) = (row.get(3).map_err(failed)?, text(4)?, text(5)?);
        let link = Link { previous, evaluator, sequence, step, lamport, time, body };
        if link.hash() != text(6)? {
            return Err(damaged("it is not the event that was stored"));
        }
        let body = decode(body).map_err(|fault| damaged(&fault.to_string()))?;
        Ok(Event { evaluator: evaluator.to_owned(), sequence, step, lamport, time, body })
    }

    /// The last event that pins a rubric, in the order events are folded in; found without decoding the others.
    pub(in crate::store) fn last_pin(&self, moment: &Connection) -> Result<Option<Event>, StoreError> {
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(&self.path, &fault);
        let mut all = moment.prepare("SELECT body, lamport, evaluator, sequence FROM event").map_err(failed)?;
        let mut rows = all.query([]).map_err(failed)?;
        let mut last: Option<(u64, String, u64)> = None;
        while let Some(row) = rows.next().map_err(failed)? {
            if row.get_ref(0).map_err(failed)?.as_bytes().is_ok_and(may_pin) {
                let lamport = unsigned(row, 1).map_err(failed)?;
                let this = (lamport, row.get(2).map_err(failed)?, unsigned(row, 3).map_err(failed)?);
                last = last.max(Some(this));
            }
        }
        let Some((_, evaluator, sequence)) = last else { return Ok(None) };
        let sequence = i64::try_from(sequence).unwrap_or(i64::MAX);
        Ok(self.part(moment, &evaluator, sequence..=sequence)?.pop())
    }

    /// A part of one evaluator's chain.
    pub(in crate::store) fn part(
        &self,
        moment: &Connection,
        evaluator: &str,
        sequences: std::ops::RangeInclusive<i64>,
    ) -> Result<Vec<Event>, StoreError> {
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(&self.path, &fault);
        let sql = format!(
            "SELECT {COLUMNS} FROM event WHERE evaluator = ?1 AND sequence BETWEEN ?2 AND ?3 ORDER BY sequence"
        );
        let mut statement = moment.prepare(&sql).map_err(failed)?;
        let mut rows = statement.query(params![evaluator, sequences.start(), sequences.end()]).map_err(failed)?;
        let mut events = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            events.push(self.event(evaluator, row)?);
        }
        Ok(events)
    }
}
