//! The journal: the one file of an evaluation, to which events are only ever added.
//!
//! One hash chain per evaluator; the first event of every chain but the opening one is linked to the event that opened
//! the evaluation. Must not know what events add up to, nor how a rubric is written.

mod chain;
mod last_step;
mod schema;
mod stream;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use chain::{Chain, chains, opening};

use super::digest::{self, Link};
use super::encoding::{decode, encode};
use super::error::{Conflict, StoreError};
use super::file::{beside, place_new, refuse_existing, with_suffix};
use super::lock::{Holder, Lock};
use crate::domain::evaluation::{Body, Event, FoldFault, Pin};

pub(super) use chain::unsigned;
pub(super) use schema::odd_objects;
pub use schema::{APPLICATION_ID, FORMAT};

/// The most characters of an evaluator's name.
pub const MAX_EVALUATOR: usize = 100;

/// An open journal. Reading works for everybody at any time; writing for one at a time.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    // Before the lock, so that it is closed before somebody else may write.
    connection: Connection,
    writer: Option<Writer>,
}

#[derive(Debug)]
struct Writer {
    evaluator: String,
    _lock: Lock,
}

/// What a journal is opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    Read,
    Write {
        /// Who writes; `None` for whoever opened the evaluation first.
        evaluator: Option<String>,
        /// Now, in microseconds since 1970-01-01 UTC, to tell a second writer.
        time: i64,
    },
}

/// The end of an evaluator's chain: what a sheet carries, and `verify` compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub evaluator: String,
    /// Events of the chain.
    pub length: u64,
    /// Hash of the last one.
    pub hash: String,
}

/// How far a reader has read: the last sequence of each chain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Position(BTreeMap<String, u64>);

impl Position {
    /// Moves past these events.
    pub fn advance(&mut self, events: &[Event]) {
        for event in events {
            let at = self.0.entry(event.evaluator.clone()).or_default();
            *at = (*at).max(event.sequence);
        }
    }
}

impl Journal {
    /// Founds an evaluation with its opening event and the rubric that this pins, ready for writing. The file appears
    /// whole or not at all.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where anything of that name is there already; [`StoreError::Conflict`] where `opened`
    /// opens nothing; [`StoreError::WrongRubric`] where it pins another text; and whatever keeps a file from being
    /// written.
    pub fn create(
        path: &Path,
        evaluator: &str,
        opened: Body,
        rubric_text: &str,
        time: i64,
    ) -> Result<Self, StoreError> {
        let Body::Opened { pin, .. } = &opened else {
            return Err(StoreError::Conflict(Box::new(Conflict { event: None, fault: FoldFault::NotOpened })));
        };
        check_evaluator(evaluator)?;
        check_rubric(pin, rubric_text)?;
        refuse_taken(path)?;
        let lock = Lock::acquire(path, &Holder::here(evaluator, time))?;
        let file = beside(path)?;
        {
            let failed = |fault: rusqlite::Error| StoreError::from_sqlite(path, &fault);
            let mut connection = schema::connect(file.path())?;
            schema::found(&connection).map_err(failed)?;
            let transaction = connection.transaction().map_err(failed)?;
            insert_rubric(&transaction, rubric_text).map_err(failed)?;
            insert(&transaction, path, evaluator, vec![opened], time, &mut |_| true)?;
            transaction.commit().map_err(failed)?;
        }
        place_new(file, path)?;
        let mut journal = Self::open(path, Access::Read)?;
        schema::admit_writing(&journal.connection, &journal.path)?;
        journal.writer = Some(Writer { evaluator: evaluator.to_owned(), _lock: lock });
        Ok(journal)
    }

    /// Opens an evaluation.
    ///
    /// # Errors
    /// A file that is missing, something else, of a newer format, or damaged; for writing also one that is read-only
    /// or that somebody else is writing to.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        // The lock is beside the file itself, by whichever link it is reached.
        let path = std::fs::canonicalize(path).map_err(|fault| StoreError::from_io(path, &fault))?;
        let connection = schema::connect(&path)?;
        schema::greet(&connection, &path)?;
        let mut journal = Self { path, connection, writer: None };
        if let Access::Write { evaluator, time } = access {
            let evaluator = match evaluator {
                Some(name) => name,
                None => journal.default_evaluator()?,
            };
            check_evaluator(&evaluator)?;
            let lock = Lock::acquire(&journal.path, &Holder::here(&evaluator, time))?;
            schema::admit_writing(&journal.connection, &journal.path)?;
            journal.migrate()?;
            journal.writer = Some(Writer { evaluator, _lock: lock });
        }
        Ok(journal)
    }

    /// Brings a file of an older format up to date, after a copy of it was put beside it: an older program refuses the
    /// file from then on, and reads the copy.
    fn migrate(&self) -> Result<(), StoreError> {
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(&self.path, &fault);
        let Some(format) = schema::outdated(&self.connection).map_err(failed)? else { return Ok(()) };
        match self.backup(&with_suffix(&self.path, &format!(".format-{format}"))) {
            // A copy is there from an earlier attempt, which had not come to the next line.
            Ok(()) | Err(StoreError::Exists { .. }) => {}
            Err(fault) => return Err(fault),
        }
        schema::bring_up_to_date(&self.connection).map_err(failed)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Who writes; `None` where the journal is open for reading only.
    pub fn evaluator(&self) -> Option<&str> {
        self.writer.as_ref().map(|writer| writer.evaluator.as_str())
    }

    /// Adds one step of the writer's. It is on the disk when this returns; where it fails, nothing of it is.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] where the journal is open for reading only; [`StoreError::WrongRubric`] for a pin
    /// whose text is not in the journal; [`StoreError::Unstorable`] for an event that would not be read back as it is;
    /// [`StoreError::Conflict`] for a second opening; [`StoreError::Full`] and other faults of the disk.
    pub fn append(&mut self, step: Vec<Body>, time: i64) -> Result<Vec<Event>, StoreError> {
        self.append_with(step, None, time)
    }

    /// Adds one step together with the text of a rubric that it pins.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn append_pinned(&mut self, step: Vec<Body>, rubric_text: &str, time: i64) -> Result<Vec<Event>, StoreError> {
        self.append_with(step, Some(rubric_text), time)
    }

    fn append_with(&mut self, step: Vec<Body>, text: Option<&str>, time: i64) -> Result<Vec<Event>, StoreError> {
        self.append_whole(step, text, time, &mut |_| true).map(Option::unwrap_or_default)
    }

    /// Adds one long step as one transaction. `watch` is told how many events are written so far; where it says `false`
    /// nothing is written at all, and there are no events.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn append_watched(
        &mut self,
        step: Vec<Body>,
        time: i64,
        watch: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Option<Vec<Event>>, StoreError> {
        self.append_whole(step, None, time, watch)
    }

    fn append_whole(
        &mut self,
        step: Vec<Body>,
        text: Option<&str>,
        time: i64,
        watch: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Option<Vec<Event>>, StoreError> {
        let path = self.path.as_path();
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(path, &fault);
        let Some(writer) = &self.writer else { return Err(StoreError::ReadOnly { path: path.to_owned() }) };
        if step.is_empty() {
            return Ok(Some(Vec::new()));
        }
        if step.iter().any(|body| matches!(body, Body::Opened { .. })) {
            return Err(StoreError::Conflict(Box::new(Conflict { event: None, fault: FoldFault::NotOpened })));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        if let Some(text) = text {
            insert_rubric(&transaction, text).map_err(failed)?;
        }
        for pin in step.iter().filter_map(pin) {
            let known = rubric_text(&transaction, &pin.digest).map_err(failed)?;
            if known.is_none() {
                let found = text.map(|text| digest::text(text.as_bytes()));
                return Err(StoreError::WrongRubric { pinned: pin.digest.clone(), found });
            }
        }
        // Dropped without a commit, the transaction leaves the file as it was.
        let Some(events) = insert(&transaction, path, &writer.evaluator, step, time, watch)? else { return Ok(None) };
        transaction.commit().map_err(failed)?;
        Ok(Some(events))
    }

    /// All events in the order they are folded in.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for an event that cannot be read or is not the one that was stored, and faults of the
    /// disk. No figure is ever made from a changed event; `verify` says all that is wrong.
    pub fn read_all(&self) -> Result<Vec<Event>, StoreError> {
        self.read_since(&Position::default())
    }

    /// The events after a position, in the order they are folded in. Events that were merged in from another machine
    /// may belong before ones already read: whoever holds a later event folds again.
    ///
    /// # Errors
    /// As [`Journal::read_all`].
    pub fn read_since(&self, position: &Position) -> Result<Vec<Event>, StoreError> {
        let moment = self.moment()?;
        let mut events = Vec::new();
        self.each(&moment, position, |event| {
            events.push(event);
            Ok::<_, StoreError>(())
        })?;
        Ok(events)
    }

    /// A transaction for reading, so that everything is read as of one moment.
    pub(super) fn moment(&self) -> Result<Transaction<'_>, StoreError> {
        self.connection.unchecked_transaction().map_err(|fault| StoreError::from_sqlite(&self.path, &fault))
    }

    /// The text of a pinned rubric.
    ///
    /// # Errors
    /// [`StoreError::WrongRubric`] where there is none of that digest or its text has another one.
    pub fn rubric_text(&self, digest: &str) -> Result<String, StoreError> {
        let wrong = |found| StoreError::WrongRubric { pinned: digest.to_owned(), found };
        let text = rubric_text(&self.connection, digest).map_err(|f| StoreError::from_sqlite(&self.path, &f))?;
        let text = text.ok_or_else(|| wrong(None))?;
        let found = digest::text(text.as_bytes());
        if found == digest { Ok(text) } else { Err(wrong(Some(found))) }
    }

    /// Who writes where nobody is named: whoever opened the evaluation.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where nobody did, and faults of the disk.
    pub fn default_evaluator(&self) -> Result<String, StoreError> {
        let chains = self.chains()?;
        opening(&chains).map(|chain| chain.evaluator.clone()).ok_or_else(|| StoreError::Damaged {
            path: self.path.clone(),
            detail: "there is no event in it".to_owned(),
        })
    }

    /// The head of every chain, by the evaluator's name.
    ///
    /// # Errors
    /// Faults of the disk, and a damaged file.
    pub fn heads(&self) -> Result<Vec<Head>, StoreError> {
        let head =
            |chain: Chain| Head { evaluator: chain.evaluator, length: chain.last.sequence, hash: chain.last.hash };
        Ok(self.chains()?.into_iter().map(head).collect())
    }

    fn chains(&self) -> Result<Vec<Chain>, StoreError> {
        let failed = |fault: rusqlite::Error| StoreError::from_sqlite(&self.path, &fault);
        chains(&*self.moment()?).map_err(failed)
    }

    /// Copies the evaluation to a new file, as of one moment, also while somebody writes to it.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where anything of that name is there already, and whatever keeps a file from being
    /// written. Nothing is then left behind.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        refuse_taken(to)?;
        let file = beside(to)?;
        {
            let mut copy = schema::connect(file.path())?;
            let failed = |fault: rusqlite::Error| match StoreError::from_sqlite(to, &fault) {
                StoreError::Damaged { detail, .. } => StoreError::Damaged { path: self.path.clone(), detail },
                other => other,
            };
            let backup = Backup::new(&self.connection, &mut copy).map_err(failed)?;
            if backup.step(-1).map_err(failed)? != StepResult::Done {
                return Err(StoreError::Busy { path: self.path.clone() });
            }
        }
        place_new(file, to)
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }
}

/// Refuses a name that is taken, also by the rollback journal of a file that is gone: it would be played back into
/// the new one.
fn refuse_taken(path: &Path) -> Result<(), StoreError> {
    refuse_existing(path)?;
    refuse_existing(&with_suffix(path, "-journal"))?;
    refuse_existing(&with_suffix(path, "-wal"))
}

fn check_evaluator(name: &str) -> Result<(), StoreError> {
    let fits = !name.is_empty()
        && name.trim() == name
        && !name.chars().any(char::is_control)
        && name.chars().count() <= MAX_EVALUATOR;
    if fits { Ok(()) } else { Err(StoreError::BadEvaluator { name: name.to_owned() }) }
}

fn check_rubric(pin: &Pin, text: &str) -> Result<(), StoreError> {
    let found = digest::text(text.as_bytes());
    if found == pin.digest {
        return Ok(());
    }
    Err(StoreError::WrongRubric { pinned: pin.digest.clone(), found: Some(found) })
}

/// The rubric that an event pins.
pub(super) fn pin(body: &Body) -> Option<&Pin> {
    match body {
        Body::Opened { pin, .. } | Body::Repinned { pin, .. } => Some(pin),
        _ => None,
    }
}

fn insert_rubric(connection: &Connection, text: &str) -> rusqlite::Result<usize> {
    let digest = digest::text(text.as_bytes());
    connection.execute("INSERT INTO rubric VALUES (?1, ?2) ON CONFLICT DO NOTHING", params![digest, text])
}

fn rubric_text(connection: &Connection, digest: &str) -> rusqlite::Result<Option<String>> {
    connection.query_row("SELECT text FROM rubric WHERE digest = ?1", [digest], |row| row.get(0)).optional()
}

/// Adds a step to a chain, inside the caller's transaction; nothing comes back where `watch` stops it.
fn insert(
    connection: &Connection,
    path: &Path,
    evaluator: &str,
    step: Vec<Body>,
    time: i64,
    watch: &mut dyn FnMut(usize) -> bool,
) -> Result<Option<Vec<Event>>, StoreError> {
    let failed = |fault: rusqlite::Error| StoreError::from_sqlite(path, &fault);
    let chains = chains(connection).map_err(failed)?;
    let lamport = chains.iter().map(|chain| chain.last.lamport).max().unwrap_or(0);
    let own = chains.iter().find(|chain| chain.evaluator == evaluator).map(|chain| &chain.last);
    let (sequence, number) = own.map_or((0, 0), |last| (last.sequence, last.step));
    let mut previous = match own {
        Some(last) => last.hash.clone(),
        None => opening(&chains).map_or(String::new(), |chain| chain.first.hash.clone()),
    };
    let mut statement =
        connection.prepare("INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)").map_err(failed)?;
    let mut events = Vec::with_capacity(step.len());
    for (body, nth) in step.into_iter().zip(1..) {
        let text = encode(&body);
        if decode(&text).as_ref() != Ok(&body) {
            return Err(StoreError::Unstorable { event: text });
        }
        let event = Event {
            evaluator: evaluator.to_owned(),
            sequence: sequence + nth,
            step: number + 1,
            lamport: lamport + nth,
            time,
            body,
        };
        let hash = link(&event, &previous, &text).hash();
        let [sequence, step, lamport] = [event.sequence, event.step, event.lamport].map(i64::try_from);
        let (Ok(sequence), Ok(step), Ok(lamport)) = (sequence, step, lamport) else {
            let detail = "a counter is at its end".to_owned();
            return Err(StoreError::Damaged { path: path.to_owned(), detail });
        };
        statement.execute(params![evaluator, sequence, step, lamport, time, text, previous, hash]).map_err(failed)?;
        previous = hash;
        events.push(event);
        if !watch(events.len()) {
            return Ok(None);
        }
    }
    Ok(Some(events))
}

fn link<'a>(event: &'a Event, previous: &'a str, body: &'a str) -> Link<'a> {
    let Event { evaluator, sequence, step, lamport, time, .. } = event;
    Link { previous, evaluator, sequence: *sequence, step: *step, lamport: *lamport, time: *time, body }
}

#[cfg(test)]
mod tests;
