//! Which file a table came from, as the journal keeps it. Must not know how a file is read.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'a> {
    pub file: &'a str,
    /// SHA-256 of its bytes.
    pub digest: &'a str,
    /// The sheet of a workbook that was read; empty for a text.
    pub sheet: &'a str,
    /// SHA-256 of the mapping it was read by; empty where it needed none.
    pub mapping: &'a str,
}
