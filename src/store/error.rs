//! Why something could not be read or stored, as data. Must not know which language is being read, nor how a fault is
//! shown; the words of each are in `words`.

mod words;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::lock::Holder;
use crate::domain::diagnostic::{Diagnostic, Place, Severity};
use crate::domain::evaluation::FoldFault;

/// Why something could not be read or stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    NotFound {
        path: PathBuf,
    },
    /// A folder stands where a file is wanted.
    IsDirectory {
        path: PathBuf,
    },
    /// A file stands where a folder is wanted.
    NotAFolder {
        path: PathBuf,
    },
    /// A pipe, a device or a socket, from which nothing may ever come.
    NotAFile {
        path: PathBuf,
    },
    /// The file itself cannot be changed.
    ReadOnly {
        path: PathBuf,
    },
    /// Nothing can be written beside the file: no lock, no rollback journal, no new version.
    ReadOnlyFolder {
        path: PathBuf,
    },
    /// The disk, or the user's share of it.
    Full {
        path: PathBuf,
    },
    Permission {
        path: PathBuf,
    },
    /// Some other file, or no database at all.
    NotAnEvaluation {
        path: PathBuf,
    },
    NewerFormat {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    /// Somebody is writing to it; `holder` is `None` where the lock does not say who.
    Locked {
        path: PathBuf,
        holder: Option<Holder>,
    },
    /// Another program kept the file to itself for too long.
    Busy {
        path: PathBuf,
    },
    Exists {
        path: PathBuf,
    },
    /// What is stored cannot be what this program stored.
    Damaged {
        path: PathBuf,
        detail: String,
    },
    /// A write was cut off, and it cannot be taken back because the file or its folder is read-only.
    Interrupted {
        path: PathBuf,
    },
    /// An event does not fit the state it is folded into.
    Conflict(Box<Conflict>),
    /// The rubric text is not the one that is pinned.
    WrongRubric {
        pinned: String,
        found: Option<String>,
    },
    /// A name that nobody can be called in a journal.
    BadEvaluator {
        name: String,
    },
    /// An event that would not be read back as it is, such as an endless fraction for a reading.
    Unstorable {
        event: String,
    },
    TooLarge {
        path: PathBuf,
        limit: u64,
    },
    Io {
        path: PathBuf,
        detail: String,
    },
}

/// Which event does not fit, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Evaluator and sequence; `None` where there is no event at all.
    pub event: Option<(String, u64)>,
    pub fault: FoldFault,
}

/// `SQLITE_READONLY_ROLLBACK`: a cut-off write is to be taken back, and the file cannot be written.
const READONLY_ROLLBACK: i32 = 776;

impl StoreError {
    /// What went wrong with a file, from what the operating system said.
    pub fn from_io(path: &Path, fault: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        let path = path.to_owned();
        match fault.kind() {
            Kind::NotFound => Self::NotFound { path },
            Kind::NotADirectory => Self::NotAFolder { path },
            Kind::PermissionDenied => Self::Permission { path },
            Kind::ReadOnlyFilesystem => Self::ReadOnly { path },
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Self::Full { path },
            Kind::AlreadyExists => Self::Exists { path },
            Kind::IsADirectory => Self::IsDirectory { path },
            _ => Self::Io { path, detail: fault.to_string() },
        }
    }

    /// What went wrong with writing beside a file.
    pub(super) fn from_folder(folder: &Path, fault: &io::Error) -> Self {
        match Self::from_io(folder, fault) {
            Self::Permission { path } | Self::ReadOnly { path } => Self::ReadOnlyFolder { path },
            other => other,
        }
    }

    /// What went wrong with a journal, from what SQLite said.
    pub(super) fn from_sqlite(path: &Path, fault: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        let Some(code) = fault.sqlite_error() else {
            return Self::Damaged { path, detail: fault.to_string() };
        };
        match code.code {
            _ if code.extended_code == READONLY_ROLLBACK => Self::Interrupted { path },
            ErrorCode::DiskFull => Self::Full { path },
            ErrorCode::ReadOnly => Self::ReadOnly { path },
            ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied => Self::Permission { path },
            ErrorCode::NotADatabase => Self::NotAnEvaluation { path },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy { path },
            // A missing table or column is the same to SQLite as a wrong statement, and the statements are right.
            ErrorCode::DatabaseCorrupt
            | ErrorCode::ConstraintViolation
            | ErrorCode::TypeMismatch
            | ErrorCode::Unknown => Self::Damaged { path, detail: fault.to_string() },
            _ => Self::Io { path, detail: fault.to_string() },
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "E-store-not-found",
            Self::IsDirectory { .. } => "E-store-is-directory",
            Self::NotAFolder { .. } => "E-store-not-a-folder",
            Self::NotAFile { .. } => "E-store-not-a-file",
            Self::ReadOnly { .. } => "E-store-read-only",
            Self::ReadOnlyFolder { .. } => "E-store-read-only-folder",
            Self::Full { .. } => "E-store-full",
            Self::Permission { .. } => "E-store-permission",
            Self::NotAnEvaluation { .. } => "E-store-not-an-evaluation",
            Self::NewerFormat { .. } => "E-store-newer-format",
            Self::Locked { .. } => "E-store-locked",
            Self::Busy { .. } => "E-store-busy",
            Self::Exists { .. } => "E-store-exists",
            Self::Damaged { .. } => "E-store-damaged",
            Self::Interrupted { .. } => "E-store-interrupted",
            Self::Conflict(_) => "E-store-conflict",
            Self::WrongRubric { .. } => "E-store-wrong-rubric",
            Self::BadEvaluator { .. } => "E-store-evaluator",
            Self::Unstorable { .. } => "E-store-unstorable",
            Self::TooLarge { .. } => "E-store-too-large",
            Self::Io { .. } => "E-store-io",
        }
    }

    /// The file or folder at fault, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::NotFound { path }
            | Self::IsDirectory { path }
            | Self::NotAFolder { path }
            | Self::NotAFile { path }
            | Self::ReadOnly { path }
            | Self::ReadOnlyFolder { path }
            | Self::Full { path }
            | Self::Permission { path }
            | Self::NotAnEvaluation { path }
            | Self::NewerFormat { path, .. }
            | Self::Locked { path, .. }
            | Self::Busy { path }
            | Self::Exists { path }
            | Self::Damaged { path, .. }
            | Self::Interrupted { path }
            | Self::TooLarge { path, .. }
            | Self::Io { path, .. } => Some(path),
            Self::Conflict(_) | Self::WrongRubric { .. } | Self::BadEvaluator { .. } | Self::Unstorable { .. } => None,
        }
    }

    /// The fault with its words in both languages, and what to do about it.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code: self.code(),
            what: words::what(self),
            help: words::help(self),
            place: Place::Whole,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::what(self).en)
    }
}

impl std::error::Error for StoreError {}

/// Text from outside as it may be shown: whatever would move a cursor, turn the reading direction or hide is written
/// as `\u{…}`.
pub fn escaped(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().flat_map(|c| if hidden(c) { c.escape_default().collect() } else { vec![c] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_of_each() -> Vec<StoreError> {
        let path = PathBuf::from("a.triennial");
        let holder = Holder {
            evaluator: "ann".to_owned(),
            host: "desk".to_owned(),
            pid: 7,
            since: "2026-01-01T00:00:00Z".to_owned(),
        };
        let conflict = |event, fault| StoreError::Conflict(Box::new(Conflict { event, fault }));
        vec![
            StoreError::NotFound { path: path.clone() },
            StoreError::IsDirectory { path: path.clone() },
            StoreError::NotAFolder { path: path.clone() },
            StoreError::NotAFile { path: path.clone() },
            StoreError::ReadOnly { path: path.clone() },
            StoreError::ReadOnlyFolder { path: path.clone() },
            StoreError::Full { path: path.clone() },
            StoreError::Permission { path: path.clone() },
            StoreError::NotAnEvaluation { path: path.clone() },
            StoreError::NewerFormat { path: path.clone(), found: 2, known: 1 },
            StoreError::Locked { path: path.clone(), holder: Some(holder) },
            StoreError::Locked { path: path.clone(), holder: None },
            StoreError::Busy { path: path.clone() },
            StoreError::Exists { path: path.clone() },
            StoreError::Damaged { path: path.clone(), detail: "d".to_owned() },
            StoreError::Interrupted { path: path.clone() },
            conflict(None, FoldFault::NotOpened),
            conflict(Some(("ann".to_owned(), 3)), FoldFault::UnknownCentre("x".to_owned())),
            StoreError::WrongRubric { pinned: "aa".to_owned(), found: Some("bb".to_owned()) },
            StoreError::WrongRubric { pinned: "aa".to_owned(), found: None },
            StoreError::BadEvaluator { name: String::new() },
            StoreError::Unstorable { event: "e".to_owned() },
            StoreError::TooLarge { path: path.clone(), limit: 5 },
            StoreError::Io { path, detail: "d".to_owned() },
        ]
    }

    #[test]
    fn every_error_says_in_both_languages_what_is_wrong_and_what_to_do() {
        for error in one_of_each() {
            let shown = error.diagnostic();
            assert!(shown.code.starts_with("E-store-"), "{error:?}");
            for text in [&shown.what, &shown.help] {
                assert!(text.en.is_ascii() && text.en.len() > 10, "{text:?}");
                assert!(text.zh.chars().any(|c| ('一'..='龥').contains(&c)), "{text:?}");
            }
        }
    }

    #[test]
    fn a_lock_says_who_where_and_since_when() {
        let text = one_of_each()[10].to_string();
        for part in ["ann", "desk", "7", "2026-01-01T00:00:00Z", "a.triennial"] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn control_characters_of_a_path_are_shown_and_not_obeyed() {
        let error = StoreError::NotFound { path: PathBuf::from("a\u{1b}[2J\n\u{202e}评估.triennial") };
        let shown = error.diagnostic().what;
        for text in [shown.en, shown.zh] {
            assert!(text.contains("a\\u{1b}[2J\\n\\u{202e}评估.triennial"), "{text}");
        }
    }

    #[test]
    fn what_the_system_says_keeps_its_kind() {
        let of = |kind| StoreError::from_io(Path::new("a"), &io::Error::from(kind)).code();
        assert_eq!(of(io::ErrorKind::StorageFull), "E-store-full");
        assert_eq!(of(io::ErrorKind::QuotaExceeded), "E-store-full");
        assert_eq!(of(io::ErrorKind::ReadOnlyFilesystem), "E-store-read-only");
        assert_eq!(of(io::ErrorKind::PermissionDenied), "E-store-permission");
        assert_eq!(of(io::ErrorKind::TimedOut), "E-store-io");
        let folder = StoreError::from_folder(Path::new("a"), &io::Error::from(io::ErrorKind::PermissionDenied));
        assert_eq!(folder.code(), "E-store-read-only-folder");
        let sqlite = |code| {
            let fault = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            StoreError::from_sqlite(Path::new("a"), &fault).code()
        };
        assert_eq!(sqlite(rusqlite::ffi::SQLITE_FULL), "E-store-full");
        assert_eq!(sqlite(rusqlite::ffi::SQLITE_CORRUPT), "E-store-damaged");
        assert_eq!(sqlite(rusqlite::ffi::SQLITE_NOTADB), "E-store-not-an-evaluation");
        assert_eq!(sqlite(rusqlite::ffi::SQLITE_READONLY_ROLLBACK), "E-store-interrupted");
    }
}
