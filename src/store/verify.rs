//! Whether a journal is as this program stored it: every chain computed again, every pinned rubric against its digest,
//! and the database against itself.
//!
//! Whoever rewrites a whole chain with new hashes, or cuts events off its end, cannot be seen from the file alone;
//! [`Report::against`] sees it with the heads that a sheet carries. Must not know what events add up to.

mod fault;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::digest::{self, Link};
use super::encoding::{decode, encode};
use super::error::StoreError;
use super::journal::{Access, Head, Journal, odd_objects, pin};
use crate::domain::evaluation::Body;

pub use fault::{At, Difference, Fault};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The head of every chain, by the evaluator's name, as stored.
    pub heads: Vec<Head>,
    /// Events of all chains.
    pub events: usize,
    /// Nothing here: the file is as this program stored it.
    pub faults: Vec<Fault>,
    hashes: BTreeMap<String, BTreeMap<u64, String>>,
}

impl Report {
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    /// Compares with the heads of a sheet that was made from this evaluation earlier; the chains may have grown since.
    pub fn against(&self, sheet: &[Head]) -> Vec<Fault> {
        sheet.iter().filter_map(|head| self.against_one(head)).collect()
    }

    fn against_one(&self, sheet: &Head) -> Option<Fault> {
        let hashes = self.hashes.get(&sheet.evaluator);
        let what = match hashes.and_then(|chain| chain.get(&sheet.length)) {
            Some(found) if *found == sheet.hash => return None,
            Some(found) => {
                Difference::Rewritten { length: sheet.length, sheet: sheet.hash.clone(), found: found.clone() }
            }
            None => {
                let found = hashes.and_then(|chain| chain.last_key_value()).map_or(0, |(last, _)| *last);
                Difference::Shorter { sheet: sheet.length, found }
            }
        };
        Some(Fault { at: At::Chain(sheet.evaluator.clone()), what })
    }
}

/// Verifies the evaluation in a file.
///
/// # Errors
/// A file that cannot be opened as an evaluation at all, or read to its end.
pub fn verify(path: &Path) -> Result<Report, StoreError> {
    verify_journal(&Journal::open(path, Access::Read)?)
}

/// Verifies an open journal, as of one moment.
///
/// # Errors
/// A file that cannot be read to its end.
pub fn verify_journal(journal: &Journal) -> Result<Report, StoreError> {
    let failed = |fault: rusqlite::Error| StoreError::from_sqlite(journal.path(), &fault);
    let moment = journal.connection().unchecked_transaction().map_err(failed)?;
    let mut faults = database(&moment).map_err(failed)?;
    let chains = chains(&moment, &mut faults).map_err(failed)?;
    let rubrics = rubrics(&moment, &mut faults).map_err(failed)?;
    let opening = opening(&chains);
    let (mut heads, mut hashes, mut pinned) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    for (evaluator, chain) in &chains {
        let genesis = opening.filter(|first| first.evaluator != *evaluator);
        let mut walk = Walk { faults: &mut faults, opening, rubrics: &rubrics, pinned: &mut pinned };
        walk.chain(genesis, chain);
        let numbered = |event: &Stored| Some((u64::try_from(event.sequence).ok()?, event.hash.clone()));
        let numbered: BTreeMap<u64, String> = chain.iter().filter_map(numbered).collect();
        if let Some((length, hash)) = numbered.last_key_value() {
            heads.push(Head { evaluator: evaluator.clone(), length: *length, hash: hash.clone() });
        }
        hashes.insert(evaluator.clone(), numbered);
    }
    if opening.is_none() {
        faults.push(Fault { at: At::File, what: Difference::Opening });
    }
    for digest in rubrics.iter().filter(|digest| !pinned.contains(*digest)) {
        faults.push(Fault { at: At::Rubric(digest.clone()), what: Difference::RubricUnpinned });
    }
    Ok(Report { heads, events: chains.values().map(Vec::len).sum(), faults, hashes })
}

/// An event as it stands in the file.
struct Stored {
    evaluator: String,
    sequence: i64,
    step: i64,
    lamport: i64,
    time: i64,
    body: String,
    previous: String,
    hash: String,
}

impl Stored {
    fn at(&self) -> At {
        At::Event { evaluator: self.evaluator.clone(), sequence: self.sequence }
    }

    fn computed(&self) -> String {
        // Negative numbers are nobody's; they hash like the large ones whose bits they share, and are reported
        // as the gap or the fall that they are.
        Link {
            previous: &self.previous,
            evaluator: &self.evaluator,
            sequence: self.sequence.cast_unsigned(),
            step: self.step.cast_unsigned(),
            lamport: self.lamport.cast_unsigned(),
            time: self.time,
            body: &self.body,
        }
        .hash()
    }
}

fn database(connection: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    connection.pragma_query(None, "integrity_check", |row| {
        let line: String = row.get(0)?;
        if line != "ok" {
            faults.push(Fault { at: At::File, what: Difference::Database(line) });
        }
        Ok(())
    })?;
    let odd = odd_objects(connection)?;
    faults.extend(odd.into_iter().map(|name| Fault { at: At::File, what: Difference::Guard(name) }));
    Ok(faults)
}

/// All events by evaluator and sequence. Read from the table and not through its index, which has its own copy of
/// both.
fn chains(connection: &Connection, faults: &mut Vec<Fault>) -> rusqlite::Result<BTreeMap<String, Vec<Stored>>> {
    let mut statement = connection
        .prepare("SELECT evaluator, sequence, step, lamport, time, body, previous, hash FROM event NOT INDEXED")?;
    let mut rows = statement.query([])?;
    let mut chains: BTreeMap<String, Vec<Stored>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let event = stored(row, faults)?;
        chains.entry(event.evaluator.clone()).or_default().push(event);
    }
    chains.values_mut().for_each(|chain| chain.sort_by_key(|event| event.sequence));
    Ok(chains)
}

/// Takes whatever stands in a row; what cannot stand there is reported, and does not keep the rest from being read.
fn stored(row: &Row, faults: &mut Vec<Fault>) -> rusqlite::Result<Stored> {
    let mut odd = Vec::new();
    let mut text = |column, name| {
        Ok::<_, rusqlite::Error>(match row.get_ref(column)? {
            ValueRef::Text(bytes) => String::from_utf8(bytes.to_vec()).unwrap_or_else(|fault| {
                odd.push(name);
                String::from_utf8_lossy(fault.as_bytes()).into_owned()
            }),
            _ => {
                odd.push(name);
                String::new()
            }
        })
    };
    let evaluator = text(0, "evaluator")?;
    let (body, previous, hash) = (text(5, "body")?, text(6, "previous")?, text(7, "hash")?);
    let mut number = |column, name| {
        Ok::<_, rusqlite::Error>(if let ValueRef::Integer(number) = row.get_ref(column)? {
            number
        } else {
            odd.push(name);
            0
        })
    };
    let (sequence, step) = (number(1, "sequence")?, number(2, "step")?);
    let (lamport, time) = (number(3, "lamport")?, number(4, "time")?);
    let event = Stored { evaluator, sequence, step, lamport, time, body, previous, hash };
    faults.extend(odd.into_iter().map(|name| Fault { at: event.at(), what: Difference::Column(name) }));
    Ok(event)
}

/// The digests under which rubrics are stored; each text is compared with its own.
fn rubrics(connection: &Connection, faults: &mut Vec<Fault>) -> rusqlite::Result<BTreeSet<String>> {
    let mut statement = connection.prepare("SELECT digest, text FROM rubric NOT INDEXED")?;
    let mut rows = statement.query([])?;
    let mut digests = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let digest = match row.get_ref(0)? {
            ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        };
        let computed = match row.get_ref(1)? {
            ValueRef::Text(bytes) => digest::text(bytes),
            _ => String::new(),
        };
        if computed != digest {
            faults.push(Fault { at: At::Rubric(digest.clone()), what: Difference::RubricText { computed } });
        }
        digests.insert(digest);
    }
    Ok(digests)
}

/// The event that opens the evaluation: the first of its chain, and of all chains in fold order.
fn opening(chains: &BTreeMap<String, Vec<Stored>>) -> Option<&Stored> {
    let firsts = chains.values().filter_map(|chain| chain.first());
    let opens = |event: &&Stored| matches!(decode(&event.body), Ok(Body::Opened { .. }));
    firsts.filter(opens).min_by_key(|event| (event.lamport, &event.evaluator))
}

/// Goes along a chain from its first event.
struct Walk<'a> {
    faults: &'a mut Vec<Fault>,
    opening: Option<&'a Stored>,
    rubrics: &'a BTreeSet<String>,
    pinned: &'a mut BTreeSet<String>,
}

impl Walk<'_> {
    /// `genesis` is the event that the first one follows, where it is in another chain.
    fn chain(&mut self, genesis: Option<&Stored>, chain: &[Stored]) {
        let (mut sequence, mut step) = (0, 0);
        let mut lamport = genesis.map_or(0, |event| event.lamport);
        // Both what the event before says its hash is and what it really is: a wrong hash is that event's fault only.
        let mut links = genesis.map_or([String::new(), String::new()], |event| [event.hash.clone(), event.computed()]);
        for event in chain {
            let computed = event.computed();
            if event.sequence == sequence {
                self.report(event, Difference::Repeated);
            } else if event.sequence != sequence + 1 {
                let at = At::Event { evaluator: event.evaluator.clone(), sequence: sequence + 1 };
                self.faults.push(Fault { at, what: Difference::Missing });
            }
            if computed != event.hash {
                self.report(event, Difference::Hash { stored: event.hash.clone(), computed: computed.clone() });
            }
            if !links.contains(&event.previous) {
                let [expected, _] = links;
                self.report(event, Difference::Previous { stored: event.previous.clone(), expected });
            }
            if event.lamport <= lamport {
                self.report(event, Difference::Lamport { stored: event.lamport, before: lamport });
            }
            if event.step != step && event.step != step + 1 || event.step < 1 {
                self.report(event, Difference::Step { stored: event.step, before: step });
            }
            self.body(event);
            (sequence, step, lamport) = (event.sequence, event.step, event.lamport);
            links = [event.hash.clone(), computed];
        }
    }

    fn body(&mut self, event: &Stored) {
        let body = match decode(&event.body) {
            Ok(body) => body,
            Err(fault) => return self.report(event, Difference::Undecodable(fault.0)),
        };
        if encode(&body) != event.body {
            self.report(event, Difference::NotCanonical);
        }
        if matches!(body, Body::Opened { .. }) && !self.opening.is_some_and(|first| std::ptr::eq(first, event)) {
            self.report(event, Difference::Opening);
        }
        if let Some(pin) = pin(&body) {
            self.pinned.insert(pin.digest.clone());
            if !self.rubrics.contains(&pin.digest) {
                self.report(event, Difference::RubricMissing(pin.digest.clone()));
            }
        }
    }

    fn report(&mut self, event: &Stored, what: Difference) {
        self.faults.push(Fault { at: event.at(), what });
    }
}

#[cfg(test)]
mod tests;
