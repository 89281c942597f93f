//! Both ends of every chain of a journal, found without reading what lies between. Must not know what an event says.

use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OptionalExtension, Row, ffi};

/// An evaluator's chain.
pub struct Chain {
    pub evaluator: String,
    pub first: End,
    pub last: End,
}

/// The first or last event of a chain.
pub struct End {
    pub sequence: u64,
    pub step: u64,
    pub lamport: u64,
    pub hash: String,
}

/// A counter; none is ever negative.
pub fn unsigned(row: &Row, column: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    let negative = |_| rusqlite::Error::from(FromSqlError::OutOfRange(number));
    u64::try_from(number).map_err(negative)
}

/// Every evaluator with a chain. One seek each, however long the chains are.
pub fn evaluators(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT evaluator FROM event WHERE evaluator > ?1 ORDER BY evaluator LIMIT 1";
    let mut statement = connection.prepare(sql)?;
    let mut names: Vec<String> = Vec::new();
    loop {
        let last = names.last().map_or("", String::as_str);
        match statement.query_row([last], |row| row.get::<_, String>(0)).optional()? {
            Some(name) if name.as_str() > last => names.push(name),
            // Only a damaged index goes backwards, and it would do so for ever.
            Some(_) => return Err(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CORRUPT), None)),
            None => return Ok(names),
        }
    }
}

/// Every chain, by the evaluator's name.
pub fn chains(connection: &Connection) -> rusqlite::Result<Vec<Chain>> {
    let end = |evaluator: &str, order: &str| {
        let sql = format!(
            "SELECT sequence, step, lamport, hash FROM event WHERE evaluator = ?1 ORDER BY sequence {order} LIMIT 1"
        );
        connection.query_row(&sql, [evaluator], |row| {
            Ok(End {
                sequence: unsigned(row, 0)?,
                step: unsigned(row, 1)?,
                lamport: unsigned(row, 2)?,
                hash: row.get(3)?,
            })
        })
    };
    let chain =
        |evaluator: String| Ok(Chain { first: end(&evaluator, "ASC")?, last: end(&evaluator, "DESC")?, evaluator });
    evaluators(connection)?.into_iter().map(chain).collect()
}

/// The chain that opens the evaluation: the one that begins first in fold order.
pub fn opening(chains: &[Chain]) -> Option<&Chain> {
    chains.iter().min_by_key(|chain| (chain.first.lamport, &chain.evaluator))
}
