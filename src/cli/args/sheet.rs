//! What is said of flags, grade sheets and letters. Must not know what stands on them.

use std::path::PathBuf;

use clap::Args;

use super::format::{LetterFormat, SheetFormat};

#[derive(Debug, Args)]
pub struct Flags {
    pub evaluation: PathBuf,
    /// Exit with 1 where somebody must rectify, be removed or be looked at.
    #[arg(long)]
    pub fail_on_flag: bool,
}

#[derive(Debug, Args)]
pub struct Export {
    pub evaluation: PathBuf,
    /// csv, json, markdown, html, xlsx, docx, pdf; several joined by commas.
    #[arg(long, value_delimiter = ',', required = true)]
    pub format: Vec<SheetFormat>,
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// A font for PDF instead of the embedded one: OpenType or TrueType.
    #[arg(long, value_name = "FILE")]
    pub font: Option<PathBuf>,
    /// Begin CSV files with the byte order mark by which Excel knows UTF-8.
    #[arg(long)]
    pub bom: bool,
    /// Write only DIR/public.EXT: what the rubric makes public, and what that leaves out.
    #[arg(long)]
    pub public: bool,
}

#[derive(Debug, Args)]
pub struct Notices {
    pub evaluation: PathBuf,
    /// html, markdown, docx, pdf; several joined by commas.
    #[arg(long, value_delimiter = ',', default_value = "html")]
    pub format: Vec<LetterFormat>,
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// A font for PDF instead of the embedded one: OpenType or TrueType.
    #[arg(long, value_name = "FILE")]
    pub font: Option<PathBuf>,
}
