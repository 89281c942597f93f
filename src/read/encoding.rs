//! Text from bytes of unknown encoding. Says what it had to convert; never replaces a character it cannot read.

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::domain::diagnostic::Diagnostic;

/// The text of a file: UTF-8, with or without a byte order mark; UTF-16 with one; or GB18030 (GBK), which a note then
/// says.
///
/// # Errors
/// `E-encoding` where it is none of these, with the first byte that is not UTF-8.
pub fn text(bytes: &[u8]) -> Result<(String, Option<Diagnostic>), Diagnostic> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let decoded = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
        let text = decoded.ok_or_else(|| undecodable(mark))?.into_owned();
        return Ok((text, (encoding != UTF_8).then(|| converted(encoding.name()))));
    }
    let fault = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), None)),
        Err(fault) => fault,
    };
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((text.into_owned(), Some(converted("GB18030")))),
        None => Err(undecodable(fault.valid_up_to())),
    }
}

fn converted(name: &str) -> Diagnostic {
    Diagnostic::warning(
        "W-encoding",
        format!("the file is not UTF-8; it was read as {name}"),
        format!("文件不是 UTF-8，已按 {name} 读取"),
    )
    .help("look at the names; to be sure, save the file as UTF-8", "请核对名称；为稳妥起见，请另存为 UTF-8")
}

fn undecodable(at: usize) -> Diagnostic {
    Diagnostic::error(
        "E-encoding",
        format!("the file is neither UTF-8 nor GB18030 (byte {})", at + 1),
        format!("文件既不是 UTF-8 也不是 GB18030（第 {} 字节）", at + 1),
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
    fn what_is_neither_is_refused_with_the_byte() {
        let fault = text(b"abc\xff\xff").unwrap_err();
        assert_eq!((fault.code, fault.what.en.contains("byte 4")), ("E-encoding", true));
    }
}
