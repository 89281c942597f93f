//! One writer: a lock that ends with the process that holds it, and a note of who holds it.
//!
//! The lock is on a file of its own beside the evaluation, because closing any handle to the evaluation itself would
//! drop SQLite's locks on it. Must not know what is being written.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::file::{folder, with_suffix};

/// Who writes to an evaluation, where and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub evaluator: String,
    pub host: String,
    pub pid: u32,
    /// ISO 8601, UTC.
    pub since: String,
}

impl Holder {
    /// This process, writing for an evaluator since `time` (microseconds since 1970-01-01 UTC).
    pub fn here(evaluator: &str, time: i64) -> Self {
        let since = jiff::Timestamp::from_microsecond(time).map_or(String::new(), |at| format!("{at:.0}"));
        Self { evaluator: evaluator.to_owned(), host: host(), pid: std::process::id(), since }
    }
}

/// The right to write to an evaluation, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Holds the lock by being open.
    _file: File,
}

/// The lock's file beside an evaluation.
pub fn path_of(evaluation: &Path) -> PathBuf {
    with_suffix(evaluation, ".lock")
}

impl Lock {
    /// Takes the lock of an evaluation. A file left by a process that has ended does not count.
    ///
    /// # Errors
    /// [`StoreError::Locked`] where somebody has it, [`StoreError::ReadOnlyFolder`] where none can be made.
    pub fn acquire(evaluation: &Path, holder: &Holder) -> Result<Self, StoreError> {
        let path = path_of(evaluation);
        loop {
            let mut file = match OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path) {
                Ok(file) => file,
                Err(fault) if fault.kind() == io::ErrorKind::PermissionDenied && path.exists() => {
                    clear_foreign(evaluation, &path)?;
                    continue;
                }
                Err(fault) => return Err(StoreError::from_folder(folder(&path), &fault)),
            };
            if !claim(&mut file, evaluation, &path)? {
                continue;
            }
            note(&mut file, holder).map_err(|fault| StoreError::from_io(&path, &fault))?;
            return Ok(Self { path, _file: file });
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still held, so that nobody else's is removed. Where an open file cannot be removed it stays,
        // and does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

/// Locks an opened lock file. Not so (`false`) where whoever had it has removed it between our opening and our locking
/// it: the next one will make another.
fn claim(file: &mut File, evaluation: &Path, path: &Path) -> Result<bool, StoreError> {
    match file.try_lock() {
        Ok(()) => Ok(is_at(file, path)),
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            let read = file.read_to_string(&mut text).ok();
            let holder = read.and_then(|_| serde_json::from_str(&text).ok());
            Err(StoreError::Locked { path: evaluation.to_owned(), holder })
        }
        Err(TryLockError::Error(fault)) => Err(StoreError::from_io(path, &fault)),
    }
}

/// Removes a lock file that another user left behind and that we may not write to; locking needs only reading.
fn clear_foreign(evaluation: &Path, path: &Path) -> Result<(), StoreError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(fault) => return Err(StoreError::from_io(path, &fault)),
    };
    if claim(&mut file, evaluation, path)? {
        fs::remove_file(path).map_err(|fault| StoreError::from_folder(folder(path), &fault))?;
    }
    Ok(())
}

fn note(file: &mut File, holder: &Holder) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(serde_json::to_string(holder)?.as_bytes())
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Elsewhere an open file cannot be removed.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// The name of this machine, as far as it can be read without asking a library of the system.
fn host() -> String {
    let from_file = |path| fs::read_to_string(path).ok();
    let name = from_file("/proc/sys/kernel/hostname")
        .or_else(|| from_file("/etc/hostname"))
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .or_else(|| std::env::var("HOSTNAME").ok());
    name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| "localhost".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_told_who_where_and_since_when() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.triennial");
        let ann = Holder::here("ann\n", 1_767_225_600_500_000);
        assert_eq!(ann.since, "2026-01-01T00:00:00Z");
        let lock = Lock::acquire(&path, &ann).unwrap();
        let refused = Lock::acquire(&path, &Holder::here("bob", 0)).unwrap_err();
        assert_eq!(refused, StoreError::Locked { path: path.clone(), holder: Some(ann) });
        drop(lock);
        assert!(!path_of(&path).exists());
        Lock::acquire(&path, &Holder::here("bob", 0)).unwrap();
    }

    #[test]
    fn a_file_that_a_killed_process_left_behind_does_not_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.triennial");
        fs::write(path_of(&path), r#"{"evaluator":"a much longer name than the next","host":"h","pid":1,"since":""}"#)
            .unwrap();
        let bob = Holder::here("bob", 0);
        let _lock = Lock::acquire(&path, &bob).unwrap();
        let refused = Lock::acquire(&path, &Holder::here("ann", 0)).unwrap_err();
        assert_eq!(refused, StoreError::Locked { path, holder: Some(bob) });
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_on_a_file_that_was_removed_meanwhile_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let claims = |file: &mut File| claim(file, Path::new("a"), &path).unwrap();
        let open = || File::create(&path).unwrap();
        let mut old = open();
        assert!(claims(&mut old));
        fs::remove_file(&path).unwrap();
        assert!(!claims(&mut old));
        let mut new = open();
        assert!(!claims(&mut old));
        assert!(claims(&mut new));
    }

    #[test]
    fn only_one_of_many_writers_at_once_gets_in() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.triennial");
        let inside = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for name in ["ann", "bob", "cy", "di"] {
                let (path, inside) = (&path, &inside);
                scope.spawn(move || {
                    for _ in 0..200 {
                        let Ok(_lock) = Lock::acquire(path, &Holder::here(name, 0)) else { continue };
                        assert_eq!(inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                        (0..5).for_each(|_| std::thread::yield_now());
                        inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                    }
                });
            }
        });
    }
}
