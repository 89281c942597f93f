//! JSON in which nothing is hidden: what a terminal would obey, what reorders text and what nobody sees stands as `\u009b`.
//! A reader of JSON gets the same text. Must not know what is written.

use std::io;

use serde::Serialize;

use crate::wording::safe::is_hidden;

/// A document with a line end behind it, as it is laid out for people.
pub(super) fn written(value: &impl Serialize, mut out: impl io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(Plain(&mut out), value)?;
    out.write_all(b"\n")
}

/// The same in memory. Maps, lists and strings have nothing that serialising could refuse.
pub(super) fn bytes(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    written(value, &mut bytes).unwrap_or_default();
    bytes
}

/// Writes what is hidden as its code. Outside of strings JSON is made of visible ASCII and white space; inside, the
/// other control characters of ASCII are written so already. Text comes in whole characters.
struct Plain<W>(W);

impl<W: io::Write> io::Write for Plain<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let is_plain = bytes.iter().all(|byte| byte.is_ascii() && *byte != 0x7f);
        match str::from_utf8(bytes) {
            Ok(text) if !is_plain => {
                let mut rest = text;
                while let Some((at, c)) = rest.char_indices().find(|(_, c)| *c > '~' && is_hidden(*c)) {
                    self.0.write_all(&rest.as_bytes()[..at])?;
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        write!(self.0, "\\u{unit:04x}")?;
                    }
                    rest = &rest[at + c.len_utf8()..];
                }
                self.0.write_all(rest.as_bytes())?;
            }
            _ => self.0.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_written_out_and_read_back_as_it_was() {
        let text = "a\u{9b}31m\u{80}\u{9f}\u{7f}\u{202e}\u{e0001}\n长é";
        let json = bytes(&serde_json::json!([text]));
        let expected = "[\n  \"a\\u009b31m\\u0080\\u009f\\u007f\\u202e\\udb40\\udc01\\n长é\"\n]\n";
        assert_eq!(str::from_utf8(&json), Ok(expected));
        let back: Vec<String> = serde_json::from_slice(&json).unwrap_or_default();
        assert_eq!(back, [text]);
    }
}
