//! Safe reading and writing of whole files. A file is whole or not there: bytes are written beside the target, forced
//! to the disk and then moved onto it. Must not know what is in a file.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::error::StoreError;

/// Reads a whole file of at most `limit` bytes.
///
/// # Errors
/// A file that is missing, a folder, a named pipe, unreadable or larger than `limit`.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    let failed = |fault: io::Error| StoreError::from_io(path, &fault);
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(StoreError::IsDirectory { path: path.to_owned() });
    }
    if waits_for_a_writer(path, &metadata) {
        return Err(StoreError::NotAFile { path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    // One byte more than allowed, rather than the length in the directory: a pipe has none.
    File::open(path).map_err(failed)?.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(StoreError::TooLarge { path: path.to_owned(), limit });
    }
    Ok(bytes)
}

/// How a file begins: its first `most` bytes, or all of a shorter one.
///
/// # Errors
/// As [`read`].
pub fn beginning(path: &Path, most: u64) -> Result<Vec<u8>, StoreError> {
    let failed = |fault: io::Error| StoreError::from_io(path, &fault);
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(StoreError::IsDirectory { path: path.to_owned() });
    }
    if !metadata.is_file() {
        return Err(StoreError::NotAFile { path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(most).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Whether opening it may wait for ever. A pipe with a name does, where nobody writes to it; one without, such as
/// standard input, has its writer already.
#[cfg(unix)]
fn waits_for_a_writer(path: &Path, metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    metadata.file_type().is_fifo() && fs::canonicalize(path).is_ok()
}

#[cfg(not(unix))]
fn waits_for_a_writer(_path: &Path, _metadata: &fs::Metadata) -> bool {
    false
}

/// Writes a file that is not there yet.
///
/// # Errors
/// [`StoreError::Exists`] where something of that name is there, and whatever keeps a file from being written. Nothing
/// is then left behind.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    refuse_existing(path)?;
    let mut beside = beside(path)?;
    beside.write_all(bytes).map_err(|fault| StoreError::from_io(path, &fault))?;
    place_new(beside, path)
}

/// Writes a file, in place of one of that name where there is one; its permissions stay, and a symbolic link goes on
/// pointing to it.
///
/// # Errors
/// Whatever keeps a file from being written, a read-only file included. The old file is then as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    sync_folder(&put(path, bytes)?)
}

/// As [`replace`], but that the file has its name is not forced to the disk yet: [`settle`] does that once for any number
/// of files. Where the file went.
///
/// # Errors
/// As [`replace`].
pub fn put(path: &Path, bytes: &[u8]) -> Result<PathBuf, StoreError> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let failed = |fault: io::Error| StoreError::from_io(path, &fault);
    let old = fs::metadata(path).ok();
    match &old {
        Some(old) if old.is_dir() => return Err(StoreError::IsDirectory { path: path.clone() }),
        // Moving a file over it would work, and is not what somebody who made it read-only wants.
        Some(old) if old.permissions().readonly() => return Err(StoreError::ReadOnly { path: path.clone() }),
        _ => {}
    }
    let mut beside = beside(path)?;
    beside.write_all(bytes).map_err(failed)?;
    if let Some(old) = old {
        beside.as_file().set_permissions(old.permissions()).map_err(failed)?;
    }
    beside.as_file().sync_all().map_err(failed)?;
    beside.persist(path).map_err(|fault| failed(fault.error))?;
    Ok(path.clone())
}

/// Forces the names of the files in a folder to the disk.
///
/// # Errors
/// As the operating system says.
pub fn settle(folder: &Path) -> Result<(), StoreError> {
    sync_folder(&folder.join("."))
}

/// The folder a file is in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// `path` with something appended to its last part.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Refuses a name that is taken, be it by a link that points nowhere.
pub(super) fn refuse_existing(path: &Path) -> Result<(), StoreError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(StoreError::Exists { path: path.to_owned() }),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(fault) => Err(StoreError::from_io(path, &fault)),
    }
}

/// An empty file in the folder of `path`, gone again unless it is placed.
pub(super) fn beside(path: &Path) -> Result<NamedTempFile, StoreError> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".triennial-");
    // What the umask leaves of these is what any new file gets; the default would keep everybody else out.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder(path)).map_err(|fault| StoreError::from_folder(folder(path), &fault))
}

/// Forces a finished file to the disk and gives it its name, which nothing else may have.
pub(super) fn place_new(beside: NamedTempFile, path: &Path) -> Result<(), StoreError> {
    let failed = |fault: &io::Error| StoreError::from_io(path, fault);
    beside.as_file().sync_all().map_err(|fault| failed(&fault))?;
    match beside.persist_noclobber(path) {
        Ok(_) => {}
        Err(fault) if fault.error.kind() == io::ErrorKind::AlreadyExists => return Err(failed(&fault.error)),
        // A memory stick may know neither hard links nor a move that spares its target: take the name first.
        Err(fault) => {
            File::create_new(path).map_err(|fault| failed(&fault))?;
            if let Err(fault) = fault.file.persist(path) {
                let _ = fs::remove_file(path);
                return Err(failed(&fault.error));
            }
        }
    }
    sync_folder(path)
}

/// Forces the name of a file to the disk: without this a power cut may forget that it is there.
pub(super) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    if !cfg!(unix) {
        return Ok(());
    }
    let folder = folder(path);
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    match synced {
        // Some network and memory-stick file systems have nothing to force.
        Err(fault) if matches!(fault.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        synced => synced.map_err(|fault| StoreError::from_io(folder, &fault)),
    }
}

/// Whether two paths lead to the same file that is there.
pub fn is_same(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// The files in a folder, in the order of their names; none where the folder is not there yet.
///
/// # Errors
/// As the operating system says.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = |fault: &io::Error| StoreError::from_io(folder, fault);
    let entries = match fs::read_dir(folder) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|fault| failed(&fault))?,
    };
    let paths: Result<Vec<PathBuf>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.map_err(|fault| failed(&fault))?;
    paths.sort();
    Ok(paths)
}

/// Makes a folder with all those above it; one that is there already stays as it is.
///
/// # Errors
/// As the operating system says: no right to write, a file of that name, a full disk.
pub fn make_folder(path: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(path).map_err(|fault| match StoreError::from_folder(path, &fault) {
        StoreError::Exists { path } => StoreError::NotAFolder { path },
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_is_written_and_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("成绩单.csv");
        write_new(&path, b"one").unwrap();
        assert_eq!(write_new(&path, b"two"), Err(StoreError::Exists { path: path.clone() }));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(names(folder.path()), ["成绩单.csv"]);
    }

    #[test]
    fn a_name_that_is_taken_between_the_look_and_the_move_is_spared() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let beside = beside(&path).unwrap();
        fs::write(&path, "theirs").unwrap();
        assert_eq!(place_new(beside, &path), Err(StoreError::Exists { path: path.clone() }));
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_has_the_rights_of_any_new_file_and_a_replaced_one_keeps_its_own() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = tempfile::tempdir().unwrap();
        let (plain, new, path) = (folder.path().join("p"), folder.path().join("n"), folder.path().join("a"));
        fs::write(&plain, "").unwrap();
        write_new(&new, b"").unwrap();
        assert_eq!(mode(&new), mode(&plain));
        replace(&path, b"one").unwrap();
        assert_eq!(mode(&path), mode(&plain));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o660)).unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(mode(&path), 0o660);
        assert_eq!(fs::read(&path).unwrap(), b"two");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        assert_eq!(replace(&path, b"three"), Err(StoreError::ReadOnly { path: path.canonicalize().unwrap() }));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_still_points_to_the_file_that_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&path, "one").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        replace(&link, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(write_new(&link, b"").unwrap_err().code(), "E-store-exists");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none");
        assert_eq!(write_new(&missing.join("a"), b""), Err(StoreError::NotFound { path: missing }));
    }

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        assert_eq!(read(&path, 9), Err(StoreError::NotFound { path: path.clone() }));
        assert_eq!(read(folder.path(), 9), Err(StoreError::IsDirectory { path: folder.path().to_owned() }));
        fs::write(&path, "评估").unwrap();
        assert_eq!(read(&path, 7), Ok("评估".into()));
        assert_eq!(read(&path, 6), Ok("评估".into()));
        assert_eq!(read(&path, 5), Err(StoreError::TooLarge { path: path.clone(), limit: 5 }));
    }

    #[test]
    fn a_file_where_a_folder_is_wanted_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "").unwrap();
        assert_eq!(make_folder(&path), Err(StoreError::NotAFolder { path: path.clone() }));
        assert_eq!(make_folder(&path.join("b")), Err(StoreError::NotAFolder { path: path.join("b") }));
        assert_eq!(read(&path.join("b"), 9), Err(StoreError::NotAFolder { path: path.join("b") }));
    }
}
