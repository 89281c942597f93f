//! The one place where a decimal becomes what a workbook holds: a binary fraction. No arithmetic is done on it. Must not
//! know what the number means.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::place::At;

/// A number as a workbook holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure(f64);

/// The nearest number that a workbook can hold; `None` where the text is no number.
pub(super) fn of(decimal: &str) -> Option<Figure> {
    decimal.parse().ok().filter(|held: &f64| held.is_finite()).map(Figure)
}

impl Figure {
    pub(super) fn write(self, page: &mut Worksheet, (row, column): At, format: &Format) -> Result<(), XlsxError> {
        page.write_number_with_format(row, column, self.0, format).map(|_| ())
    }

    /// As a file has it: its shortest decimal.
    pub(super) fn text(self) -> String {
        self.0.to_string()
    }
}
