//! Sheets as files in every format, with their plots, in a font that was read once. Must not decide which sheets.

use std::path::Path;

use super::args::SheetFormat;
use super::failure::Failure;
use super::font;
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;
use crate::store::file;
use crate::write::document::Document;
use crate::write::pdf::{self, Font};
use crate::write::plot::Plots;
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
    plots: Plots<'a>,
    /// Where PDF is asked for.
    font: Option<Font>,
}

impl<'a> Press<'a> {
    /// Reads the font, of a file or the embedded one, where a format needs it.
    pub fn new(source: Source<'a>, lang: Lang, formats: &[SheetFormat], font: Option<&Path>) -> Result<Self, Failure> {
        let font = if formats.contains(&SheetFormat::Pdf) { Some(font::load(font)?) } else { None };
        Ok(Self { source, lang, plots: Plots::new(source), font })
    }

    /// Every character of a sheet that no page could show, with its place.
    pub fn missing(&self, sheet: &GradeSheet, of: Of, whose: &str) -> Vec<Diagnostic> {
        self.font.as_ref().map_or(Vec::new(), |font| pdf::missing(&self.printed(sheet, of), whose, font))
    }

    /// Writes one sheet as one file.
    pub fn write(
        &self,
        folder: &Path,
        name: &str,
        (sheet, of): (&GradeSheet, Of),
        format: SheetFormat,
    ) -> Result<(), Failure> {
        let (extension, bytes) = match format {
            SheetFormat::Csv => ("csv", csv::sheet(sheet, &self.source.provenance.heads)),
            SheetFormat::Json => ("json", json::sheet(self.source, sheet)),
            SheetFormat::Markdown => ("md", markdown::sheet(sheet).into_bytes()),
            SheetFormat::Html => ("html", html::document(&self.printed(sheet, of)).into_bytes()),
            SheetFormat::Xlsx => {
                let bytes = xlsx::sheet(self.source, sheet).map_err(|fault| Failure::usage(name, fault))?;
                ("xlsx", bytes)
            }
            SheetFormat::Docx => ("docx", docx::document(&self.printed(sheet, of))),
            SheetFormat::Pdf => {
                let printed = self.printed(sheet, of);
                let bytes = self.font.as_ref().and_then(|font| pdf::document(&printed, font));
                ("pdf", bytes.ok_or_else(font::unusable)?)
            }
        };
        Ok(file::replace(&folder.join(format!("{name}.{extension}")), &bytes)?)
    }

    /// A sheet as it is read and printed.
    fn printed(&self, sheet: &GradeSheet, of: Of) -> Document {
        let drawings = match of {
            Of::Cohort => self.plots.distribution(self.lang),
            Of::Centre(ix) => {
                let mut drawings = self.plots.profile(ix, self.lang);
                drawings.extend(self.plots.trend(ix, self.lang));
                drawings
            }
            Of::Other => Vec::new(),
        };
        Document::of_sheet(sheet, drawings)
    }
}
