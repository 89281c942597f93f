//! A file as it stood in revisions of a git repository, by the git program. Must not know what the file says.

use std::io::ErrorKind;
use std::process::Command;

/// What starts a name that git is asked for: `git:REV:PATH`.
pub const PREFIX: &str = "git:";

/// How many revisions are looked through.
const MOST: &str = "--max-count=50";

/// Why a file of a revision could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RevisionFault {
    /// There is no program called `git`.
    NoGit,
    /// What git says: no such revision, no such file.
    Refused(String),
}

/// The bytes of `REV:PATH`, the path being one from the top of the repository, or with `./` from the current folder.
///
/// # Errors
/// See [`RevisionFault`].
pub fn read(named: &str) -> Result<Vec<u8>, RevisionFault> {
    // A name is never taken for an option, and nobody is asked for anything.
    let shown = Command::new("git").args(["show", "--end-of-options", named]).env("GIT_TERMINAL_PROMPT", "0").output();
    match shown {
        Ok(shown) if shown.status.success() => Ok(shown.stdout),
        Ok(shown) => Err(RevisionFault::Refused(String::from_utf8_lossy(&shown.stderr).trim().to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(RevisionFault::NoGit),
        Err(error) => Err(RevisionFault::Refused(error.to_string())),
    }
}

/// The names, for [`read`], of the latest revisions that changed a file, the last one first; none where git knows nothing
/// of it, or is not there.
pub fn of_file(path: &str) -> Vec<String> {
    let lines = |arguments: &[&str]| {
        let ran = Command::new("git").args(arguments).args(["--", path]).env("GIT_TERMINAL_PROMPT", "0").output();
        let said = ran.ok().filter(|ran| ran.status.success()).map(|ran| ran.stdout).unwrap_or_default();
        String::from_utf8_lossy(&said).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    // A folder has many files, and is no rubric.
    let known = lines(&["-c", "core.quotePath=false", "ls-files", "--full-name"]);
    let [from_top] = known.as_slice() else { return Vec::new() };
    lines(&["log", "--format=%h", MOST]).into_iter().map(|revision| format!("{PREFIX}{revision}:{from_top}")).collect()
}
