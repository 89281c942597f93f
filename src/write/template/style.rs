//! How the cells of a template look, how wide and how high they are. Must not know what stands in them.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr as _;

pub(super) struct Styles {
    pub title: Format,
    pub about: Format,
    pub head: Format,
    /// The names of the contract, in the hidden row.
    pub id: Format,
    pub text: Format,
    /// To be filled in; everything else is locked.
    pub value: Format,
    open_text: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let boxed = || Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00BF_BFBF));
        let wrapped = || boxed().set_text_wrap().set_align(FormatAlign::Top);
        let open = || boxed().set_unlocked().set_background_color(Color::RGB(0x00FF_F9DB));
        Self {
            title: Format::new().set_bold().set_font_size(14),
            about: Format::new().set_font_color(Color::RGB(0x0059_5959)),
            head: wrapped().set_bold().set_background_color(Color::RGB(0x00E7_ECF3)),
            id: Format::new().set_font_color(Color::RGB(0x0080_8080)),
            text: wrapped(),
            value: open(),
            // Kept as it is typed: an id such as 1-2 is no date.
            open_text: open().set_num_format("@"),
        }
    }

    /// A fact about a centre: as it stands, or to be filled in.
    pub(super) fn fact(
        &self,
        page: &mut Worksheet,
        (row, at): (u32, u16),
        text: Option<&str>,
    ) -> Result<(), XlsxError> {
        match text {
            Some(text) => page.write_string_with_format(row, at, text, &self.text)?,
            None => page.write_blank(row, at, &self.open_text)?,
        };
        Ok(())
    }
}

/// A width in characters that holds a text, Han ones counting twice, and at least `least`.
pub(super) fn width(text: &str, least: u32) -> u32 {
    u32::try_from(text.width() + 2).unwrap_or(least).clamp(least, 60)
}

/// The height in points of a cell of a width in which a text is wrapped: spreadsheet programs do not all fit it themselves.
pub(super) fn height(text: &str, width: usize) -> u32 {
    // Words leave room at the ends of lines.
    let lines = text.width().div_ceil((width * 9 / 10).max(1)).max(1);
    u32::try_from(lines).unwrap_or(1).saturating_mul(15).clamp(16, 400)
}
