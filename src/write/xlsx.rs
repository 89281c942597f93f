//! XLSX: a grade sheet as a workbook that a sceptic can recalculate.
//!
//! Beside the sheet itself stand the readings, in the layout that `import` takes, and the points as live formulas over
//! them, each with our own figure beside it and whether both agree; how many are formulas is stated. Same input, same
//! bytes. Must not know how a score comes about: what it states is the ledger's.

mod figure;
mod formula;
mod front;
mod live;
mod page;
mod place;
mod rows;
mod rule;
mod style;
mod text;
mod tree;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::Source;
use super::sheet::{Carries, GradeSheet};
use crate::domain::diagnostic::Diagnostic;

use front::Front;
use live::Live;
use style::Styles;

/// A sheet as a workbook.
///
/// # Errors
/// `E-workbook-size` where it does not fit: 16,384 columns, a million rows, 32,767 characters in a cell, 4 GiB in a page
/// before it is packed.
pub fn sheet(source: Source<'_>, sheet: &GradeSheet) -> Result<Vec<u8>, Diagnostic> {
    written(source, sheet).map_err(|fault| {
        Diagnostic::error(
            "E-workbook-size",
            format!("the sheet does not fit into a workbook: {fault}"),
            format!("成绩单超出工作簿的限制：{fault}"),
        )
        .help("write it as CSV or JSON", "请导出为 CSV 或 JSON")
    })
}

fn written(source: Source<'_>, sheet: &GradeSheet) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new(&source.rubric.rounding);
    let front = Front { sheet, styles: &styles };
    let mut live = Live::new(source, sheet.lang, &styles);
    match sheet.carries {
        Carries::Nothing => saved(front.together(None)?),
        Carries::Cohort => live.cohort(|stated| front.apart(stated)),
        Carries::Centre(ix) => live.centre(ix, |stated| front.together(Some(stated))),
    }
}

/// These pages as a file. No clock: the same input gives the same one.
fn saved(pages: Vec<Worksheet>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let properties = DocProperties::new().set_author("triennial");
    book.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(2021, 1, 1)?));
    for page in pages {
        book.push_worksheet(page);
    }
    book.save_to_buffer()
}
