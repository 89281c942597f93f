//! Evidence files (佐证材料): which file shows where a figure comes from. Must not know the disk.

use super::evaluation::CellRef;

/// A file that was attached, as it was then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file's own name.
    pub name: String,
    /// Where it lies, from the evaluation's folder and with `/` between folders; none where it was copied into the
    /// evaluation's own folder of evidence, under its digest.
    pub path: Option<String>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
    /// In bytes.
    pub size: u64,
}

/// A file beside a cell, or beside the centre itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    pub cell: Option<CellRef>,
    pub file: Attachment,
}

impl Attached {
    /// `metric@year#judge`; empty for the centre itself.
    pub fn at(&self) -> String {
        self.cell.as_ref().map_or(String::new(), CellRef::name)
    }
}
