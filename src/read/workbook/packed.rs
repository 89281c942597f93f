//! How large a workbook is once it is unpacked, as it says itself, before any of it is. Must not know what is in it.

use std::io::Cursor;

use crate::domain::diagnostic::Diagnostic;

/// The most bytes that the parts of a workbook may have together, unpacked.
const MOST: u64 = 1 << 30;

/// The most parts of a workbook.
const PARTS: usize = 10_000;

/// Refuses a workbook that would fill the memory: a few kilobytes can be made to unpack to terabytes.
///
/// # Errors
/// `E-workbook-size`. What is no archive is left to whoever reads it.
pub(super) fn guard(bytes: &[u8]) -> Result<(), Diagnostic> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    if archive.len() > PARTS {
        return Err(too_large(&format!("{} parts", archive.len()), &format!("{} 个部分", archive.len())));
    }
    let mut sum: u64 = 0;
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index_raw(at) else { continue };
        sum = sum.saturating_add(part.size());
    }
    if sum > MOST {
        let mebibytes = sum >> 20;
        return Err(too_large(&format!("{mebibytes} MiB unpacked"), &format!("解压后 {mebibytes} MiB")));
    }
    Ok(())
}

fn too_large(en: &str, zh: &str) -> Diagnostic {
    let most = MOST >> 20;
    Diagnostic::error("E-workbook-size", format!("the workbook says that it has {en}"), format!("该工作簿自述{zh}"))
        .help(
            format!("at most {most} MiB and {PARTS} parts are read: save the table alone, or as CSV (UTF-8)"),
            format!("最多读取 {most} MiB、{PARTS} 个部分：请只保存表格，或另存为 CSV（UTF-8）"),
        )
}
