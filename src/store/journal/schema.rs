//! The tables of a journal, and how a connection to one is made. Must not know what an event says.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::store::error::StoreError;

/// `TRIE` in the file's header: tells an evaluation from any other SQLite file.
pub const APPLICATION_ID: i64 = 0x5452_4945;

/// The version of the tables and of the encoding inside them. 2: evidence and notes beside cells, a reason for a drop.
/// 3: evidence files; the sheet and the mapping of an import. 4: answers of queries. A file of an older format is read as
/// it is, and brought up to date by whoever first writes to it.
pub const FORMAT: i64 = 4;

/// The oldest format that is still read.
const OLDEST: i64 = 1;

/// How long a reader and the writer wait for each other's moment alone with the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// Everything a journal's file consists of, exactly as SQLite keeps it.
pub const OBJECTS: [&str; 6] = [
    "CREATE TABLE event (
    evaluator TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    step INTEGER NOT NULL,
    lamport INTEGER NOT NULL,
    time INTEGER NOT NULL,
    body TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (evaluator, sequence)
) STRICT",
    "CREATE TABLE rubric (digest TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT",
    "CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END",
    "CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END",
    "CREATE TRIGGER rubric_is_never_changed BEFORE UPDATE ON rubric
BEGIN SELECT RAISE(ABORT, 'a pinned rubric is never changed'); END",
    "CREATE TRIGGER rubric_is_never_removed BEFORE DELETE ON rubric
BEGIN SELECT RAISE(ABORT, 'a pinned rubric is never removed'); END",
];

/// Makes the tables in an empty file.
pub fn found(connection: &Connection) -> rusqlite::Result<()> {
    careful(connection)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", FORMAT)?;
    OBJECTS.iter().try_for_each(|sql| connection.execute_batch(sql))
}

/// Opens an existing file without looking at it.
///
/// Readers too open it for writing where they may: a write that was cut off by `kill -9` is taken back by whoever
/// opens the file next.
pub fn connect(path: &Path) -> Result<Connection, StoreError> {
    let metadata = fs::metadata(path).map_err(|fault| StoreError::from_io(path, &fault))?;
    if metadata.is_dir() {
        return Err(StoreError::IsDirectory { path: path.to_owned() });
    }
    if !metadata.is_file() {
        return Err(StoreError::NotAFile { path: path.to_owned() });
    }
    // Neither created where it is missing, nor a name with a scheme and options in it.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(|fault| match fault.sqlite_error_code() {
        Some(rusqlite::ErrorCode::CannotOpen) => StoreError::Permission { path: path.to_owned() },
        _ => StoreError::from_sqlite(path, &fault),
    })
}

/// Looks at the header, and readies the connection for reading.
pub fn greet(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let failed = |fault: rusqlite::Error| StoreError::from_sqlite(path, &fault);
    careful(connection).map_err(failed)?;
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(failed);
    if number("application_id")? != APPLICATION_ID {
        return Err(StoreError::NotAnEvaluation { path: path.to_owned() });
    }
    match number("user_version")? {
        OLDEST..=FORMAT => {}
        newer if newer > FORMAT => {
            return Err(StoreError::NewerFormat { path: path.to_owned(), found: newer, known: FORMAT });
        }
        other => {
            return Err(StoreError::Damaged { path: path.to_owned(), detail: format!("there is no format {other}") });
        }
    }
    connection.pragma_update(None, "query_only", true).map_err(failed)
}

/// Readies the connection for writing.
pub fn admit_writing(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let failed = |fault: rusqlite::Error| StoreError::from_sqlite(path, &fault);
    if connection.is_readonly("main").map_err(failed)? {
        return Err(StoreError::ReadOnly { path: path.to_owned() });
    }
    // A guard that was taken off, or a trigger of somebody else's, would work on everything that is now written.
    if let Some(odd) = odd_objects(connection).map_err(failed)?.first() {
        let detail = format!("`{odd}` is not as this program made it");
        return Err(StoreError::Damaged { path: path.to_owned(), detail });
    }
    connection.pragma_update(None, "query_only", false).map_err(failed)?;
    // Somebody's tool may have switched it, and the other modes keep part of the evaluation in a second file.
    connection.pragma_update(None, "journal_mode", "DELETE").map_err(failed)
}

/// The format of a file, where it is an older one.
pub fn outdated(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(Some(found).filter(|found| *found < FORMAT))
}

/// Marks a file as being of this program's format. Every event of an older one is one of this format as well.
pub fn bring_up_to_date(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "user_version", FORMAT)
}

/// The tables and triggers that are missing, changed or not ours, by name or, where missing, by their first line.
pub fn odd_objects(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
    let found: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let foreign = found.iter().filter(|(_, sql)| !OBJECTS.contains(&sql.as_str())).map(|(name, _)| name.clone());
    let missing = OBJECTS.iter().filter(|ours| !found.iter().any(|(_, sql)| sql == *ours));
    let missing = missing.map(|sql| sql.lines().next().unwrap_or_default().to_owned());
    Ok(foreign.chain(missing).collect())
}

fn careful(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    // FULL, and besides that the removal of the rollback journal reaches the disk before a commit returns: a power
    // cut could otherwise bring the journal back, and with it the state before.
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    // On a Mac nothing less empties the disk's own cache.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)
}
