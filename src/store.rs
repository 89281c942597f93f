//! The only disk and database: the journal of an evaluation with its one canonical encoding, its single writer, its
//! verification and its backup; and safe reading and writing of any other file.
//!
//! Must not know arguments, screens or scores, nor how a rubric is written down (a parser comes in as a closure), nor
//! what time it is: every time is passed in, in microseconds since 1970-01-01 UTC. Whatever a function here reports
//! as written survives `kill -9` and a power cut.

pub mod catalogue;
pub mod digest;
pub mod encoding;
pub mod error;
pub mod evidence;
pub mod file;
pub mod fold;
pub mod history;
pub mod journal;
pub mod lock;
pub mod note;
pub mod recent;
pub mod revision;
pub mod snapshot;
pub mod verify;

pub use error::StoreError;
pub use journal::{Access, Head, Journal, Position};
