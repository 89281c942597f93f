//! Evidence files on the disk: attaching one, copied or where it lies, and looking later whether all are still there as
//! they were.
//!
//! Files are read in pieces, whatever their size. Copies lie in a folder beside the evaluation, `NAME.evidence`, each
//! under its digest. Nothing outside the evaluation's own folder is ever referred to, so that the folder can be moved as
//! a whole. Must not know which figure a file belongs to.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::error::StoreError;
use super::file::{beside, folder, make_folder, place_new};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::digest::hex;
use crate::domain::evidence::Attachment;
use crate::write::file_name;

/// The most files that are looked through for one that was moved.
const MOST: usize = 20_000;

/// The deepest folder that is looked through.
const DEEPEST: usize = 16;

/// The longest ending that a copy keeps of its name.
const ENDING: usize = 8;

/// Why a file cannot be attached.
#[derive(Debug)]
pub enum Refused {
    /// The disk says no.
    Store(StoreError),
    /// Its name or place will not do.
    Name(Diagnostic),
}

impl From<StoreError> for Refused {
    fn from(fault: StoreError) -> Self {
        Self::Store(fault)
    }
}

/// How a file was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Same,
    /// Not where it was; the same bytes lie here, from the evaluation's folder.
    Moved(String),
    /// Other bytes, with this digest.
    Changed(String),
    Missing,
    /// It leads out of the evaluation's folder.
    Outside,
    /// In the words of the operating system.
    Unreadable(StoreError),
}

/// The folder of an evaluation's copies.
pub fn copies(evaluation: &Path) -> PathBuf {
    let stem = evaluation.file_stem().unwrap_or_default().to_owned();
    let mut name = stem;
    name.push(".evidence");
    folder(evaluation).join(name)
}

/// Takes a file in where it lies, somewhere below the evaluation's folder.
///
/// # Errors
/// A folder, a device, a file that is not there or cannot be read; `E-evidence-…` for one outside the evaluation's
/// folder and for a name that some systems do not allow.
pub fn refer(evaluation: &Path, file: &Path) -> Result<Attachment, Refused> {
    let name = name_of(file)?;
    let (digest, size) = digest_of(file)?;
    let failed = |fault: io::Error| StoreError::from_io(file, &fault);
    let home = fs::canonicalize(folder(evaluation)).map_err(failed)?;
    // Links are followed, so that one cannot lead out of the folder.
    let whole = fs::canonicalize(file).map_err(failed)?;
    let inside = whole.strip_prefix(&home).map_err(|_| Refused::Name(outside(file)))?;
    let mut parts = Vec::new();
    for part in inside.components() {
        let Component::Normal(part) = part else { return Err(Refused::Name(outside(file))) };
        let part = part.to_str().ok_or_else(|| Refused::Name(odd_name(&part.to_string_lossy())))?;
        if !is_portable(part) {
            return Err(Refused::Name(odd_name(part)));
        }
        parts.push(part);
    }
    Ok(Attachment { name, path: Some(parts.join("/")), digest, size })
}

/// Takes a copy of a file into the evaluation's own folder of evidence; one that is there already is not copied again.
///
/// # Errors
/// As [`refer`], but for the place; what keeps a file from being written; [`StoreError::Exists`] where other bytes lie
/// under its digest.
pub fn copy(evaluation: &Path, file: &Path) -> Result<Attachment, Refused> {
    let name = name_of(file)?;
    let failed = |fault: io::Error| StoreError::from_io(file, &fault);
    refuse_odd(file)?;
    let into = copies(evaluation);
    make_folder(&into)?;
    let mut copied = beside(&into.join("copy"))?;
    let mut from = File::open(file).map_err(failed)?;
    let mut hashed = Hashing::default();
    pump(&mut from, |bytes| {
        hashed.take(bytes);
        copied.write_all(bytes)
    })
    .map_err(|fault| StoreError::from_io(&into, &fault))?;
    let (digest, size) = hashed.end();
    let attachment = Attachment { name, path: None, digest, size };
    let to = place(evaluation, &attachment);
    if fs::symlink_metadata(&to).is_err() {
        place_new(copied, &to)?;
    } else if digest_of(&to)?.0 != attachment.digest {
        return Err(StoreError::Exists { path: to }.into());
    }
    Ok(attachment)
}

/// Where a file is expected.
pub fn place(evaluation: &Path, file: &Attachment) -> PathBuf {
    match &file.path {
        Some(path) => folder(evaluation).join(path),
        None => copies(evaluation).join(format!("{}{}", file.digest, ending(&file.name))),
    }
}

/// Looks for each of some files; `elsewhere` is made for the first that is not in its place.
pub fn look(evaluation: &Path, files: &[Attachment]) -> Vec<Found> {
    let mut elsewhere = None;
    files.iter().map(|file| found(evaluation, file, &mut elsewhere)).collect()
}

/// Names in the folder of copies that are none of these files.
///
/// # Errors
/// As the operating system says.
pub fn unused(evaluation: &Path, files: &[Attachment]) -> Result<Vec<String>, StoreError> {
    let known: Vec<PathBuf> = files.iter().map(|file| place(evaluation, file)).collect();
    let there = super::file::files_in(&copies(evaluation))?;
    let name = |path: &PathBuf| path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    Ok(there.iter().filter(|path| !known.contains(path)).map(name).collect())
}

fn found(evaluation: &Path, file: &Attachment, elsewhere: &mut Option<Elsewhere>) -> Found {
    let place = place(evaluation, file);
    if is_outside(evaluation, &place, file) {
        return Found::Outside;
    }
    let looked = match digest_of(&place) {
        Ok((digest, _)) if digest == file.digest => return Found::Same,
        Ok((digest, _)) => Found::Changed(digest),
        Err(StoreError::NotFound { .. } | StoreError::NotAFolder { .. }) => Found::Missing,
        Err(fault) => return Found::Unreadable(fault),
    };
    let elsewhere = elsewhere.get_or_insert_with(|| Elsewhere::of(folder(evaluation)));
    elsewhere.with(file).map_or(looked, Found::Moved)
}

/// A path that a journal from elsewhere brought, or a link, may lead anywhere.
fn is_outside(evaluation: &Path, place: &Path, file: &Attachment) -> bool {
    let odd = |path: &String| Path::new(path).components().any(|part| !matches!(part, Component::Normal(_)));
    if file.path.as_ref().is_some_and(odd) {
        return true;
    }
    match (fs::canonicalize(folder(evaluation)), fs::canonicalize(place)) {
        (Ok(home), Ok(place)) => !place.starts_with(home),
        _ => false,
    }
}

/// Files below a folder, by size, to be looked through for one that was moved.
struct Elsewhere(BTreeMap<u64, Vec<(String, PathBuf)>>);

impl Elsewhere {
    fn of(home: &Path) -> Self {
        let mut found = Self(BTreeMap::new());
        let mut left = MOST;
        found.add(home, "", DEEPEST, &mut left);
        found
    }

    fn add(&mut self, folder: &Path, prefix: &str, deep: usize, left: &mut usize) {
        // What cannot be looked into holds nothing that could be found.
        let Ok(paths) = super::file::files_in(folder) else { return };
        for path in paths {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
            let inside = format!("{prefix}{name}");
            if metadata.is_dir() && deep > 0 {
                self.add(&path, &format!("{inside}/"), deep - 1, left);
            } else if metadata.is_file() && *left > 0 {
                *left -= 1;
                self.0.entry(metadata.len()).or_default().push((inside, path));
            }
        }
    }

    fn with(&self, file: &Attachment) -> Option<String> {
        let alike = self.0.get(&file.size)?;
        let same = |(_, path): &&(String, PathBuf)| digest_of(path).is_ok_and(|(digest, _)| digest == file.digest);
        alike.iter().find(same).map(|(inside, _)| inside.clone())
    }
}

#[derive(Default)]
struct Hashing {
    hasher: Sha256,
    size: u64,
}

impl Hashing {
    fn take(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
    }

    fn end(self) -> (String, u64) {
        (hex(&self.hasher.finalize()), self.size)
    }
}

/// The SHA-256 and the size of a file, read in pieces.
///
/// # Errors
/// A folder, a pipe or a device, and whatever keeps it from being read.
pub fn digest_of(path: &Path) -> Result<(String, u64), StoreError> {
    refuse_odd(path)?;
    let failed = |fault: io::Error| StoreError::from_io(path, &fault);
    let mut hashed = Hashing::default();
    let mut file = File::open(path).map_err(failed)?;
    pump(&mut file, |bytes| {
        hashed.take(bytes);
        Ok(())
    })
    .map_err(failed)?;
    Ok(hashed.end())
}

fn pump(from: &mut File, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut piece = vec![0; 1 << 16];
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(read) => take(&piece[..read])?,
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
        }
    }
}

fn refuse_odd(path: &Path) -> Result<(), StoreError> {
    let metadata = fs::metadata(path).map_err(|fault| StoreError::from_io(path, &fault))?;
    match () {
        () if metadata.is_dir() => Err(StoreError::IsDirectory { path: path.to_owned() }),
        () if !metadata.is_file() => Err(StoreError::NotAFile { path: path.to_owned() }),
        () => Ok(()),
    }
}

fn name_of(file: &Path) -> Result<String, Refused> {
    let name = file.file_name().unwrap_or_default();
    match name.to_str() {
        Some(name) if !name.chars().any(char::is_control) => Ok(name.to_owned()),
        _ => Err(Refused::Name(odd_name(&name.to_string_lossy()))),
    }
}

/// `.pdf` of `annual report.PDF`; nothing of an ending that is long or odd.
fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let plain = (1..=ENDING).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { format!(".{}", ending.to_ascii_lowercase()) } else { String::new() }
}

/// Whether every system takes a name.
fn is_portable(name: &str) -> bool {
    let odd = |c: char| c.is_control() || "<>:\"|?*\\".contains(c);
    let device = file_name::is_device(name);
    !name.chars().any(odd) && !name.ends_with(['.', ' ']) && !device
}

fn outside(file: &Path) -> Diagnostic {
    let shown = file.display();
    let what = Diagnostic::error(
        "E-evidence-outside",
        format!("{shown} does not lie in the evaluation's folder"),
        format!("{shown} 不在评估文件所在的文件夹中"),
    );
    what.help(
        "take a copy with --copy, or put the file beside the evaluation",
        "请用 --copy 复制，或把文件放到评估文件所在的文件夹",
    )
}

fn odd_name(name: &str) -> Diagnostic {
    let what = Diagnostic::error(
        "E-evidence-name",
        format!("not every system takes the name “{name}”"),
        format!("文件名“{name}”并非在所有系统上都可用"),
    );
    what.help(
        "rename it without control characters, <>:\"|?*\\, a dot or blank at its end, and names such as CON",
        "请改名：不含控制字符和 <>:\"|?*\\，不以句点或空格结尾，也不用 CON 之类的名称",
    )
}

#[cfg(test)]
mod tests;
