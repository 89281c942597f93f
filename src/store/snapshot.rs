//! Snapshots in their folder: `<rubric>@<cohort>.snap`, beside it the result that waits to be accepted (`.snap.new`) with
//! the marks that were made of it (`.marks.toml`), and the notes of what was accepted (`.notes.toml`). The only place where
//! a snapshot is accepted.
//!
//! Must not know how a score comes about, nor what day it is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::{file, note};
use crate::domain::comparison::{Change, Comparison, Extent};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::note::{Acceptance, Mark, Moved, Note, Told, Verdict};
use crate::domain::snapshot::Kept;
use crate::read;

/// The largest snapshot, and the longest notes, that are read, in bytes.
const LIMIT: u64 = 64 << 20;

const SNAP: &str = ".snap";
const PENDING: &str = ".snap.new";
const NOTES: &str = ".notes.toml";
const MARKS: &str = ".marks.toml";

/// Why a snapshot, or what lies beside it, could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SnapshotFault {
    Store(StoreError),
    /// What a file says, or what was asked of it.
    Said {
        path: PathBuf,
        fault: Diagnostic,
    },
}

impl From<StoreError> for SnapshotFault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

type Result<T> = std::result::Result<T, SnapshotFault>;

/// Where the snapshot of a rubric on a cohort is kept, whether or not there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    folder: PathBuf,
    name: String,
}

/// A snapshot out of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub kept: Kept,
    /// Digest of what was kept, without the header.
    pub digest: String,
    bytes: Vec<u8>,
}

impl Place {
    /// `name` is `<rubric>@<cohort>`.
    pub fn new(folder: &Path, name: &str) -> Self {
        Self { folder: folder.to_owned(), name: name.to_owned() }
    }

    /// Every place of a folder where something lies, by name; none where the folder is not there.
    ///
    /// # Errors
    /// As the operating system says.
    pub fn all(folder: &Path) -> std::result::Result<Vec<Self>, StoreError> {
        let names: BTreeSet<String> = file::files_in(folder)?.iter().filter_map(|path| name_of(path)).collect();
        Ok(names.iter().map(|name| Self::new(folder, name)).collect())
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn snapshot(&self) -> PathBuf {
        self.file(SNAP)
    }

    pub fn pending(&self) -> PathBuf {
        self.file(PENDING)
    }

    pub fn notes_file(&self) -> PathBuf {
        self.file(NOTES)
    }

    pub fn marks_file(&self) -> PathBuf {
        self.file(MARKS)
    }

    fn file(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}{ending}", self.name))
    }

    /// The snapshot that stands; `None` where there is none.
    ///
    /// # Errors
    /// `E-snapshot` for a file that is none, and what keeps it from being read.
    pub fn standing(&self) -> Result<Option<Stored>> {
        stored(self.snapshot())
    }

    /// The result that waits to be accepted.
    ///
    /// # Errors
    /// As [`Place::standing`].
    pub fn waiting(&self) -> Result<Option<Stored>> {
        stored(self.pending())
    }

    /// What was accepted so far, the oldest first.
    ///
    /// # Errors
    /// `E-note` where a note was touched or does not follow from the one before, and what keeps them from being read.
    pub fn notes(&self) -> Result<Vec<Note>> {
        let path = self.notes_file();
        let Some(text) = text(&path)? else { return Ok(Vec::new()) };
        note::notes(&text).map_err(|fault| SnapshotFault::Said { path, fault })
    }

    /// Whether the snapshot that stands is not the one last accepted. Where accepting was cut off behind the note, the
    /// result that the note is of still waits.
    ///
    /// # Errors
    /// As [`Place::notes`] and [`Place::standing`].
    pub fn is_touched(&self) -> Result<bool> {
        let Some(note) = self.notes()?.pop() else { return Ok(false) };
        let known = [self.standing()?, self.waiting()?];
        Ok(known.into_iter().flatten().all(|stored| stored.digest != note.new))
    }

    /// # Errors
    /// `E-snapshot-touched` where it is, and as [`Place::is_touched`].
    pub fn untouched(&self) -> Result<()> {
        match self.is_touched()? {
            true => Err(SnapshotFault::Said { path: self.snapshot(), fault: touched() }),
            false => Ok(()),
        }
    }

    /// The marks that were made of a result with this digest. Of another result a rejection stands, and what was accepted
    /// is to be discussed again.
    ///
    /// # Errors
    /// `E-marks` for a file that holds none, and what keeps it from being read.
    pub fn marks(&self, of: &str) -> Result<Vec<Mark>> {
        let path = self.marks_file();
        let Some(text) = text(&path)? else { return Ok(Vec::new()) };
        let (mut marks, known) = note::marks(&text).map_err(|fault| SnapshotFault::Said { path, fault })?;
        for mark in marks.iter_mut().filter(|mark| known != of && mark.verdict == Verdict::Accept) {
            mark.verdict = Verdict::Discuss;
        }
        Ok(marks)
    }

    /// Keeps marks of a result with this digest until it is accepted or taken away.
    ///
    /// # Errors
    /// What keeps them from being written.
    pub fn keep_marks(&self, marks: &[Mark], of: &str) -> Result<()> {
        let path = self.marks_file();
        if marks.is_empty() {
            return Ok(gone(&path)?);
        }
        let text = note::marks_text(marks, of).map_err(|fault| SnapshotFault::Said { path: path.clone(), fault })?;
        file::make_folder(&self.folder)?;
        Ok(file::replace(&path, text.as_bytes())?)
    }

    /// Keeps the first snapshot of this name.
    ///
    /// # Errors
    /// Where one is there already, and what keeps it from being written.
    pub fn begin(&self, text: &str) -> std::result::Result<(), StoreError> {
        file::make_folder(&self.folder)?;
        file::write_new(&self.snapshot(), text.as_bytes())
    }

    /// Puts another result beside the snapshot, to be accepted.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn propose(&self, text: &str) -> std::result::Result<(), StoreError> {
        file::replace(&self.pending(), text.as_bytes())
    }

    /// Takes away what waits to be accepted, and the marks that were made of it.
    ///
    /// # Errors
    /// As the operating system says; none where nothing waits.
    pub fn settle(&self) -> std::result::Result<(), StoreError> {
        gone(&self.pending())?;
        gone(&self.marks_file())
    }
}

fn gone(path: &Path) -> std::result::Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => Err(StoreError::from_io(path, &fault)),
        _ => Ok(()),
    }
}

fn name_of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let stem = [PENDING, SNAP, NOTES].iter().find_map(|ending| name.strip_suffix(ending))?;
    stem.contains('@').then(|| stem.to_owned())
}

fn text(path: &Path) -> Result<Option<String>> {
    let bytes = match file::read(path, LIMIT) {
        Err(StoreError::NotFound { .. }) => return Ok(None),
        bytes => bytes?,
    };
    let text = read::encoding::utf8(bytes);
    text.map(Some).map_err(|fault| SnapshotFault::Said { path: path.to_owned(), fault })
}

fn stored(path: PathBuf) -> Result<Option<Stored>> {
    let Some(text) = text(&path)? else { return Ok(None) };
    match read::snapshot::snapshot(&text) {
        Ok((kept, digest)) => Ok(Some(Stored { kept, digest, bytes: text.into_bytes() })),
        Err(fault) => Err(SnapshotFault::Said { path, fault }),
    }
}

/// Accepts what waits: puts a note behind those that are there, then the result in the place of the snapshot. A first
/// snapshot is accepted where it lies.
///
/// The note is written first: where the program is cut off between the two, accepting again only moves the result.
///
/// # Errors
/// `E-rejected` where a mark rejects a part, `E-nothing-to-accept` where nothing waits, `E-snapshot-touched` where the
/// snapshot is not the one last accepted, `E-note` and `E-snapshot` where a file is not what it was, and what keeps a file
/// from being written. Nothing is then accepted.
pub fn accept(place: &Place, said: Acceptance) -> Result<Note> {
    let refused = |path: PathBuf, fault| Err(SnapshotFault::Said { path, fault });
    if said.marks.iter().any(|mark| mark.verdict == Verdict::Reject) {
        return refused(place.notes_file(), rejected());
    }
    let notes = place.notes()?;
    let (standing, waiting) = (place.standing()?, place.waiting()?);
    let accepted = notes.last().map(|note| note.new.as_str());
    let result = match (&standing, &waiting) {
        (_, Some(waiting)) => waiting,
        (Some(standing), None) if accepted.is_none() => standing,
        _ => return refused(place.pending(), nothing()),
    };
    if let (Some(last), true) = (notes.last(), accepted == Some(result.digest.as_str())) {
        put(place, result)?;
        return Ok(last.clone());
    }
    let old = match (&standing, accepted) {
        (Some(standing), Some(accepted)) if standing.digest == accepted => Some(standing),
        (_, Some(_)) => return refused(place.snapshot(), touched()),
        // What stood before the first note, where another result waits beside it.
        (standing, None) => standing.as_ref().filter(|standing| standing.digest != result.digest),
    };
    let compared = old.map(|old| old.kept.snapshot.compared_with(&result.kept.snapshot));
    let note = Note {
        old: old.map(|old| old.digest.clone()),
        new: result.digest.clone(),
        moved: said.moved.or(compared.as_ref().map(Moved::from)),
        told: compared.as_ref().map_or(Vec::new(), told),
        said,
        digest: String::new(),
    };
    let note = note::sealed(note, notes.last());
    let path = place.notes_file();
    let written = note::text(&note).map_err(|fault| SnapshotFault::Said { path: path.clone(), fault })?;
    let before = text(&path)?.map_or(String::new(), |before| before.trim_end().to_owned() + "\n\n");
    file::replace(&path, (before + &written).as_bytes())?;
    put(place, result)?;
    Ok(note)
}

/// Makes a result the snapshot that stands.
fn put(place: &Place, result: &Stored) -> Result<()> {
    file::replace(&place.snapshot(), &result.bytes)?;
    Ok(place.settle()?)
}

/// Who only gains or loses points is counted.
fn told(compared: &Comparison) -> Vec<Told> {
    let other = |was: Option<&String>, is: Option<&String>| {
        let id = |id: Option<&String>| id.cloned().unwrap_or_default();
        (was != is).then(|| (id(was), id(is)))
    };
    let owned = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
    let one = |change: &Change| {
        let (was, is) = (change.old.as_ref(), change.new.as_ref());
        Told {
            centre: change.centre.clone(),
            grade: other(was.and_then(|side| side.grade.as_ref()), is.and_then(|side| side.grade.as_ref())),
            outcome: other(was.and_then(|side| side.outcome.as_ref()), is.and_then(|side| side.outcome.as_ref())),
            flags: (owned(change.gained()), owned(change.lost())),
        }
    };
    compared.changes.iter().filter(|change| change.extent != Extent::Score).map(one).collect()
}

fn rejected() -> Diagnostic {
    Diagnostic::error("E-rejected", "a part of this change is rejected", "该变更有部分被否决")
        .help("change the rubric, or take the rejection back, and accept then", "请修改体系，或撤回否决，然后再认可")
}

fn nothing() -> Diagnostic {
    Diagnostic::error("E-nothing-to-accept", "nothing waits to be accepted here", "此处没有待认可的结果").help(
        "`triennial snapshot` writes what has changed beside the snapshot",
        "运行 `triennial snapshot`，会把有变化的结果写在快照旁",
    )
}

fn touched() -> Diagnostic {
    Diagnostic::error(
        "E-snapshot-touched",
        "the snapshot is not the one that the last note accepts",
        "快照不是最后一条记录所认可的那一份",
    )
    .help("take it back from version control and accept then", "请先从版本库恢复该文件，再认可")
}

#[cfg(test)]
mod tests;
