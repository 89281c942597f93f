//! Standard output and standard error. Results go to one, messages to the other; a reader that has gone away is no
//! failure.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use super::Exit;
use super::failure::Ended;
use crate::store::error::StoreError;

/// Prints a result.
pub fn result(text: &str) -> Ended {
    bytes(text.as_bytes())
}

/// Prints a result byte by byte.
pub fn bytes(bytes: &[u8]) -> Ended {
    stream(|out| out.write_all(bytes))
}

/// Prints a result while it is made.
pub fn stream(make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Ended {
    let mut out = BufWriter::new(io::stdout().lock());
    match make(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(StoreError::from_io(Path::new("standard output"), &error).into())
        }
        _ => Ok(Exit::Done),
    }
}

/// Prints a message. Nobody is left to tell where that fails.
pub fn error(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", text.trim_end());
}

/// Writes a line of progress over the one before; an empty one takes it away.
pub fn over(text: &str) {
    let mut err = io::stderr().lock();
    let _ = write!(err, "\r\u{1b}[K{text}");
    let _ = err.flush();
}
