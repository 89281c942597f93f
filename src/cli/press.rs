//! Sheets as files in every format, with their plots, in a font that was read once. Must not decide which sheets.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::OnceLock;

use super::args::SheetFormat;
use super::batch::Order;
use super::failure::Failure;
use super::font;
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;
use crate::store::file;
use crate::write::document::Document;
use crate::write::pdf::{self, Font};
use crate::write::plot::{self, Plots};
use crate::write::sheet::GradeSheet;
use crate::write::{Source, csv, docx, html, json, markdown, xlsx};

/// Endings of the files of sheets.
pub const EXTENSIONS: [&str; 7] = ["csv", "json", "md", "html", "xlsx", "docx", "pdf"];

/// What a sheet is of, and so which plots belong to it.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    Cohort,
    Centre(CentreIx),
    /// Without plots: flags, the public version.
    Other,
}

pub struct Press<'a> {
    source: Source<'a>,
    lang: Lang,
    /// Worked out at the first sheet that is printed.
    plots: OnceLock<Plots<'a>>,
    /// Where PDF is asked for.
    font: Option<Font>,
    bom: bool,
}

impl<'a> Press<'a> {
    /// Reads the font, of a file or the embedded one, where a format needs it.
    pub fn new(source: Source<'a>, order: &Order<'_>) -> Result<Self, Failure> {
        let font = if order.formats.contains(&SheetFormat::Pdf) { Some(font::load(order.font)?) } else { None };
        Ok(Self { source, lang: order.lang, plots: OnceLock::new(), font, bom: order.bom })
    }

    /// CSV with its mark, where that is asked for.
    pub fn csv(&self, bytes: Vec<u8>) -> Vec<u8> {
        if self.bom { csv::marked(&bytes) } else { bytes }
    }

    /// Every character of a sheet that no page could show, with its place.
    pub fn missing(&self, sheet: &GradeSheet, of: Of, whose: &str) -> Vec<Diagnostic> {
        self.font.as_ref().map_or(Vec::new(), |font| pdf::missing(&self.printed(sheet, of), whose, font))
    }

    /// Writes one sheet as a file of each format, as long as `going` says so, and says how many that were. Their names
    /// are not forced to the disk yet.
    pub fn write(
        &self,
        (folder, name): (&Path, &str),
        (sheet, of): (&GradeSheet, Of),
        formats: &[SheetFormat],
        going: &dyn Fn() -> bool,
    ) -> Result<usize, Failure> {
        let page = OnceCell::new();
        let page = || page.get_or_init(|| self.printed(sheet, of));
        let mut written = 0;
        for format in formats {
            if !going() {
                break;
            }
            let (extension, bytes) = match format {
                SheetFormat::Csv => ("csv", self.csv(csv::sheet(sheet, &self.source.provenance.heads))),
                SheetFormat::Json => ("json", json::sheet(self.source, sheet)),
                SheetFormat::Markdown => ("md", markdown::sheet(sheet).into_bytes()),
                SheetFormat::Html => ("html", html::document(page()).into_bytes()),
                SheetFormat::Xlsx => {
                    let bytes = xlsx::sheet(self.source, sheet).map_err(|fault| Failure::usage(name, fault))?;
                    ("xlsx", bytes)
                }
                SheetFormat::Docx => ("docx", docx::document(page())),
                SheetFormat::Pdf => {
                    let bytes = self.font.as_ref().and_then(|font| pdf::document(page(), font));
                    ("pdf", bytes.ok_or_else(font::unusable)?)
                }
            };
            file::put(&folder.join(format!("{name}.{extension}")), &bytes)?;
            written += 1;
        }
        Ok(written)
    }

    /// A sheet as it is read and printed.
    fn printed(&self, sheet: &GradeSheet, of: Of) -> Document {
        let drawings = match of {
            Of::Cohort => plot::distribution(self.source, self.lang),
            Of::Centre(ix) => {
                let plots = self.plots.get_or_init(|| Plots::new(self.source));
                let mut drawings = plots.profile(ix, self.lang);
                drawings.extend(plots.trend(ix, self.lang));
                drawings
            }
            Of::Other => Vec::new(),
        };
        Document::of_sheet(sheet, drawings)
    }
}
