//! The font of PDF files: the embedded one, or one from a file. Must not know what is printed in it.

use std::borrow::Cow;
use std::path::Path;

use super::failure::Failure;
use crate::domain::diagnostic::Diagnostic;
use crate::store::file;
use crate::write::pdf::Font;

/// Simplified Chinese, Latin, Greek and what else sheets print; `fonts/README.md` says how it is made.
const EMBEDDED: &[u8] = include_bytes!("../../fonts/TriennialSansSC-Regular.otf");
/// Larger files are no fonts.
const LIMIT: u64 = 256 * 1024 * 1024;

/// The font of a file, or the embedded one.
pub fn load(file: Option<&Path>) -> Result<Font, Failure> {
    let bytes = match file {
        Some(path) => Cow::Owned(file::read(path, LIMIT)?),
        None => Cow::Borrowed(EMBEDDED),
    };
    Font::of(bytes).ok_or_else(|| refused(file.map_or("--font".to_owned(), |path| path.display().to_string())))
}

/// A font that was read and then could not be embedded.
pub fn unusable() -> Failure {
    refused("--font".to_owned())
}

fn refused(name: String) -> Failure {
    let what = Diagnostic::error("E-font", "this is no font that can be embedded", "该文件不是可嵌入的字体");
    let help = what.help("name an OpenType or TrueType file: .otf, .ttf, .ttc", "请指定 .otf、.ttf 或 .ttc 字体文件");
    Failure::usage(name, help)
}
