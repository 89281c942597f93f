//! What stands in a file that is packed: the parts of DOCX and XLSX, and the text of a PDF.

use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::Command;

use crate::program::skipped;

/// Name and text of every part of a container.
pub fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut text = Vec::new();
            part.read_to_end(&mut text).unwrap();
            (part.name().unwrap().into_owned(), String::from_utf8_lossy(&text).into_owned())
        })
        .collect()
}

/// All text of a sheet in whatever format, also without the tags and line ends between its pieces, so that nothing hides
/// by being split; `None` for a PDF where poppler is not installed, which `test` says.
pub fn text_of(path: &Path, test: &str) -> Option<String> {
    let bytes = std::fs::read(path).unwrap();
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let text = match ending {
        "docx" | "xlsx" => {
            parts(&bytes).into_iter().map(|(name, xml)| format!("{name}\n{xml}\n{}\n", untagged(&xml))).collect()
        }
        "pdf" => {
            let Ok(ran) = Command::new("pdftotext").args(["-raw"]).arg(path).arg("-").output() else {
                skipped(test, "no pdftotext");
                return None;
            };
            String::from_utf8(ran.stdout).unwrap()
        }
        _ => return Some(String::from_utf8(bytes).unwrap()),
    };
    Some(format!("{text}\n{}\n{}", text.replace('\n', " "), text.replace('\n', "")))
}

fn untagged(xml: &str) -> String {
    let pieces = xml.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect::<String>().replace("&apos;", "'").replace("&quot;", "\"").replace("&amp;", "&")
}
