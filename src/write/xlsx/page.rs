//! A page of a workbook, and what its cells hold. Must not know what they mean.

use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::figure::{self, Figure};
use super::place::At;
use super::style::{Look, Styles};

/// What stands in a cell.
pub(super) enum Held {
    Number(Figure),
    Text(String),
    /// What a program works out, and what we worked out.
    Formula {
        text: String,
        result: String,
    },
}

impl Held {
    /// A decimal as a number; text where it is none.
    pub(super) fn decimal(text: &str) -> Self {
        figure::of(text).map_or_else(|| Self::text(text), Self::Number)
    }

    pub(super) fn text(text: &str) -> Self {
        Self::Text(clean(text))
    }
}

/// Where cells are put: a page that is held whole, or a row that is packed at once.
pub(super) trait Cells {
    fn put(&mut self, at: At, look: Look, held: Held) -> Result<(), XlsxError>;

    fn words(&mut self, at: At, look: Look, text: &str) -> Result<(), XlsxError> {
        self.put(at, look, Held::text(text))
    }
}

/// A page that is held whole.
pub(super) struct Page<'a> {
    pub sheet: Worksheet,
    styles: &'a Styles,
}

impl<'a> Page<'a> {
    /// A page that prints on A4 across, with a number at the foot of each sheet of paper.
    pub(super) fn new(name: &str, styles: &'a Styles) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_paper_size(9).set_landscape();
        sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
        sheet.set_header_footer_align_with_page(true).set_footer("&C&P / &N");
        Ok(Self { sheet, styles })
    }

    /// The same with what stands at the head of each sheet of paper: the title, and the mark of a draft.
    pub(super) fn headed(name: &str, styles: &'a Styles, title: &str, draft: Option<&str>) -> Result<Self, XlsxError> {
        let mut page = Self::new(name, styles)?;
        page.sheet.set_header(head(title, draft));
        Ok(page)
    }

    /// Columns and rows that stay in sight and are printed on every sheet of paper: all above `row`, and so many columns.
    pub(super) fn keep(&mut self, row: u32, columns: u16) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(row, columns)?;
        self.sheet.set_repeat_rows(row.saturating_sub(1), row.saturating_sub(1))?;
        if let Some(last) = columns.checked_sub(1) {
            self.sheet.set_repeat_columns(0, last)?;
        }
        Ok(())
    }

    /// A cell of each look in a row that is yet to come, so that the file says which is which.
    pub(super) fn sample(&mut self, row: u32) -> Result<(), XlsxError> {
        for (look, at) in Look::ALL.into_iter().zip(0..) {
            self.sheet.write_blank(row, at, self.styles.of(look))?;
        }
        Ok(())
    }
}

impl Cells for Page<'_> {
    fn put(&mut self, (row, at): At, look: Look, held: Held) -> Result<(), XlsxError> {
        let format = self.styles.of(look);
        match held {
            Held::Number(number) => number.write(&mut self.sheet, (row, at), format)?,
            Held::Text(text) => {
                self.sheet.write_string_with_format(row, at, text, format)?;
            }
            Held::Formula { text, result } => {
                let formula = Formula::new(text).set_result(result);
                self.sheet.write_formula_with_format(row, at, formula, format)?;
            }
        }
        Ok(())
    }
}

/// The head of a printed sheet: no more than the 255 characters that one may have, `&` being a command there.
fn head(title: &str, draft: Option<&str>) -> String {
    let title: String = clean(title).chars().take(160).collect();
    let draft = draft.map_or(String::new(), |draft| format!("&R&\"-,Bold\"{draft}"));
    format!("&L{}{draft}", title.replace('&', "&&"))
}

/// Text is text in a cell, never a formula; what cannot stand in a file of this kind is written out.
pub(super) fn clean(text: &str) -> String {
    let shown = |c: char| if c == '\n' { c.to_string() } else { crate::wording::safe::shown(c) };
    text.chars().map(shown).collect()
}
