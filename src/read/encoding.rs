//! Text from bytes of unknown encoding. Says what it had to convert; never replaces a character it cannot read, and
//! names the files that are no text at all.

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::domain::diagnostic::Diagnostic;

/// Characters of three bytes that make a text UTF-8 even where a later byte is broken: read as GB18030 it would come
/// out as other characters, and nobody would be told.
const SURELY_UTF8: usize = 4;

/// The text of a table: UTF-8, with or without a byte order mark; UTF-16 with one; or GB18030 (GBK), which a note then
/// says.
///
/// # Errors
/// `E-encoding` where it is none of these, with line and number of the first byte that does not fit; `E-not-text` for
/// a workbook, an evaluation or any other file that is no text.
pub fn text(bytes: &[u8]) -> Result<(String, Option<Diagnostic>), Diagnostic> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let decoded = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
        let text = decoded.ok_or_else(|| undecodable(bytes, fit(&bytes[mark..], encoding) + mark))?.into_owned();
        return Ok((text, (encoding != UTF_8).then(|| converted(encoding.name()))));
    }
    if let Some(fault) = no_text(bytes, TABLE) {
        return Err(fault);
    }
    let fault = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), None)),
        Err(fault) => fault.valid_up_to(),
    };
    if is_surely_utf8(&bytes[..fault]) {
        return Err(broken(bytes, fault));
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((text.into_owned(), Some(converted("GB18030")))),
        None => Err(undecodable(bytes, fault.max(fit(bytes, GB18030)))),
    }
}

/// A text that must be UTF-8 as it stands, because its very bytes count: a rubric, a sheet. A byte order mark stays.
///
/// # Errors
/// As [`text`], and also for a text in another encoding.
pub fn utf8(bytes: Vec<u8>) -> Result<String, Diagnostic> {
    if let Some(fault) = no_text(&bytes, RUBRIC_OR_SHEET) {
        return Err(fault);
    }
    String::from_utf8(bytes).map_err(|fault| {
        let at = fault.utf8_error().valid_up_to();
        broken(fault.as_bytes(), at)
    })
}

type Remedy = (&'static str, &'static str);
const TABLE: Remedy = (
    "name a table as text; in a spreadsheet program: save as CSV (UTF-8), one sheet at a time",
    "请给出文本形式的表格；可在电子表格软件中将工作表逐张另存为 CSV（UTF-8）",
);
const RUBRIC_OR_SHEET: Remedy = ("name the right file, as text in UTF-8", "请指定正确的文件（UTF-8 文本）");

/// Files that are mistaken for a text, by how they begin.
const KNOWN: [(&[u8], &str, &str); 5] = [
    (b"PK\x03\x04", "a workbook (XLSX) or another ZIP archive", "工作簿（XLSX）或其他 ZIP 压缩文件"),
    (b"\xd0\xcf\x11\xe0", "a workbook (XLS) or another old Office file", "工作簿（XLS）或其他旧版 Office 文件"),
    (b"SQLite format 3\0", "an evaluation or another database", "评估文件或其他数据库"),
    (b"%PDF-", "a PDF document", "PDF 文档"),
    (b"\x1f\x8b", "a compressed file", "压缩文件"),
];

fn no_text(bytes: &[u8], remedy: Remedy) -> Option<Diagnostic> {
    let known = KNOWN.iter().find(|(begins, ..)| bytes.starts_with(begins));
    let (en, zh) = match (known, bytes.iter().position(|byte| *byte == 0)) {
        (Some((_, en, zh)), _) => (format!("the file is {en}, not text"), format!("文件是{zh}，不是文本")),
        (None, Some(at)) => {
            let (line, byte) = (line_of(bytes, at), at + 1);
            (
                format!("the file is not text: it holds a zero byte (line {line}, byte {byte})"),
                format!("文件不是文本：含有零字节（第 {line} 行，第 {byte} 字节）"),
            )
        }
        (None, None) => return None,
    };
    Some(Diagnostic::error("E-not-text", en, zh).help(remedy.0, remedy.1))
}

fn is_surely_utf8(sound: &[u8]) -> bool {
    let long = |text: &str| text.chars().filter(|c| c.len_utf8() >= 3).take(SURELY_UTF8).count() == SURELY_UTF8;
    std::str::from_utf8(sound).is_ok_and(long)
}

/// How many bytes at the beginning are of an encoding.
fn fit(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0);
    let mut decoded = vec![0; room];
    let (result, read, _) = decoder.decode_to_utf8_without_replacement(bytes, &mut decoded, true);
    match result {
        encoding_rs::DecoderResult::Malformed(bad, after) => read.saturating_sub(usize::from(bad) + usize::from(after)),
        _ => read,
    }
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}

fn converted(name: &str) -> Diagnostic {
    Diagnostic::warning(
        "W-encoding",
        format!("the file is not UTF-8; it was read as {name}"),
        format!("文件不是 UTF-8，已按 {name} 读取"),
    )
    .help("look at the names; to be sure, save the file as UTF-8", "请核对名称；为稳妥起见，请另存为 UTF-8")
}

fn broken(bytes: &[u8], at: usize) -> Diagnostic {
    let (line, byte) = (line_of(bytes, at), at + 1);
    Diagnostic::error(
        "E-encoding",
        format!("the text is not UTF-8 (line {line}, byte {byte})"),
        format!("文本不是 UTF-8 编码（第 {line} 行，第 {byte} 字节）"),
    )
    .help("look at that line, and save the file as UTF-8", "请检查该行，并将文件另存为 UTF-8 编码")
}

fn undecodable(bytes: &[u8], at: usize) -> Diagnostic {
    let (line, byte) = (line_of(bytes, at), at + 1);
    Diagnostic::error(
        "E-encoding",
        format!("the file is neither UTF-8 nor GB18030 (line {line}, byte {byte})"),
        format!("文件既不是 UTF-8 也不是 GB18030（第 {line} 行，第 {byte} 字节）"),
    )
    .help("save it as CSV in UTF-8 and try again", "请另存为 UTF-8 编码的 CSV 后重试")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gb18030_is_converted_and_said() {
        let (bytes, ..) = GB18030.encode("名称,中心甲");
        let (read, note) = text(&bytes).unwrap();
        assert_eq!(read, "名称,中心甲");
        assert_eq!(note.unwrap().code, "W-encoding");
    }

    #[test]
    fn utf8_with_or_without_a_mark_is_read_silently() {
        assert_eq!(text("\u{feff}a,甲".as_bytes()), Ok(("a,甲".to_owned(), None)));
        assert_eq!(text("a,甲".as_bytes()), Ok(("a,甲".to_owned(), None)));
    }

    #[test]
    fn what_is_neither_is_refused_with_line_and_byte() {
        let fault = text(b"abc\nd\xff\xff").unwrap_err();
        assert_eq!((fault.code, fault.what.en.contains("(line 2, byte 6)")), ("E-encoding", true), "{fault:?}");
        // The farther of the two readings: up to there it is GB18030.
        let mut bytes = GB18030.encode("名称\n甲").0.into_owned();
        bytes.push(0xff);
        let fault = text(&bytes).unwrap_err();
        assert!(fault.what.en.contains("(line 2, byte 8)"), "{fault:?}");
    }

    /// `甲中心乙` and then a first byte of three without the other two: GB18030 has other characters for all of it.
    #[test]
    fn a_broken_utf8_text_is_not_read_as_other_characters() {
        let mut bytes = "c1,甲中心乙,".as_bytes().to_vec();
        bytes.extend(b"\xe4\xb8");
        assert!(GB18030.decode_without_bom_handling_and_without_replacement(&bytes).is_some());
        let fault = text(&bytes).unwrap_err();
        assert!(fault.code == "E-encoding" && fault.what.en.contains("byte 17"), "{fault:?}");
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, says) in [
            (&b"PK\x03\x04\x14"[..], "XLSX"),
            (b"\xd0\xcf\x11\xe0\xa1", "XLS"),
            (b"SQLite format 3\0\x10", "an evaluation"),
            (b"%PDF-1.7", "PDF"),
            (b"\x1f\x8b\x08", "compressed"),
            (b"a\nb\0", "zero byte (line 2, byte 4)"),
        ] {
            for fault in [text(bytes).unwrap_err(), utf8(bytes.to_vec()).unwrap_err()] {
                assert!(fault.code == "E-not-text" && fault.what.en.contains(says), "{fault:?}");
            }
        }
    }

    #[test]
    fn where_the_bytes_themselves_count_nothing_is_converted() {
        let (bytes, ..) = GB18030.encode("a\n名称");
        let fault = utf8(bytes.into_owned()).unwrap_err();
        assert!(fault.code == "E-encoding" && fault.what.en.contains("(line 2, byte 3)"), "{fault:?}");
        assert_eq!(utf8("\u{feff}甲".as_bytes().to_vec()), Ok("\u{feff}甲".to_owned()));
    }
}
