//! How the cells of a workbook look and how wide they are. Must not know what stands in them.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use unicode_width::UnicodeWidthStr as _;

use crate::domain::rubric::{Body, Rounding, Rubric};
use crate::write::sheet::{Cell, Column, Emphasis, Table};

/// What cells of the pages look like that recalculate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Head,
    Plain,
    /// A figure in full.
    Figure,
    Indicator,
    Criterion,
    Total,
}

impl Look {
    pub(super) const ALL: [Self; 6] =
        [Self::Head, Self::Plain, Self::Figure, Self::Indicator, Self::Criterion, Self::Total];

    /// Points with the places that the rubric rounds them to; in full where it does not.
    pub(super) fn points(index: usize, rubric: &Rubric) -> Self {
        match index.checked_sub(1).map(|at| &rubric.nodes[at].body) {
            None => Self::Total,
            Some(Body::Criterion { .. }) => Self::Criterion,
            Some(Body::Indicator(_)) => Self::Indicator,
        }
    }
}

pub(super) struct Styles {
    pub title: Format,
    /// The mark of a draft.
    pub draft: Format,
    /// A note over several columns.
    pub note: Format,
    /// Where figures come from.
    pub origin: Format,
    pub head: Format,
    plain: Format,
    figure: Format,
    indicator: Format,
    criterion: Format,
    total: Format,
}

impl Styles {
    pub(super) fn new(rounding: &Rounding) -> Self {
        let boxed = || {
            Format::new()
                .set_align(FormatAlign::Top)
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00BF_BFBF))
        };
        let note = || Format::new().set_font_color(Color::RGB(0x0040_4040));
        let places = |places: Option<u32>| match places {
            Some(places) => boxed().set_num_format(decimals(places)),
            None => boxed(),
        };
        let places_of = |round: Option<crate::domain::number::Round>| places(round.map(|round| round.places));
        Self {
            title: Format::new().set_bold().set_font_size(14),
            draft: Format::new().set_bold().set_font_color(GRAVE),
            note: note().set_text_wrap().set_align(FormatAlign::Top),
            origin: note(),
            head: boxed().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00E7_ECF3)),
            plain: boxed().set_num_format("@"),
            figure: boxed(),
            indicator: places_of(rounding.indicator),
            criterion: places_of(rounding.criterion),
            total: places_of(rounding.total).set_bold(),
        }
    }

    pub(super) const fn of(&self, look: Look) -> &Format {
        match look {
            Look::Head => &self.head,
            Look::Plain => &self.plain,
            Look::Figure => &self.figure,
            Look::Indicator => &self.indicator,
            Look::Criterion => &self.criterion,
            Look::Total => &self.total,
        }
    }

    /// A number of a sheet with the places that its text shows.
    pub(super) fn shown(&self, cell: &Cell) -> Format {
        let digits: String =
            cell.shown.chars().skip_while(|c| *c != '.').skip(1).take_while(char::is_ascii_digit).collect();
        let format = self.figure.clone().set_num_format(decimals(u32::try_from(digits.len()).unwrap_or(0)));
        emphasised(format, cell.emphasis)
    }

    pub(super) fn text(&self, emphasis: Emphasis, indent: usize) -> Format {
        let indent = u8::try_from(indent.min(15)).unwrap_or(0);
        let format = self.plain.clone().set_text_wrap();
        emphasised(if indent > 0 { format.set_indent(indent) } else { format }, emphasis)
    }
}

fn emphasised(format: Format, emphasis: Emphasis) -> Format {
    match emphasis {
        Emphasis::None => format,
        Emphasis::Strong => format.set_bold(),
        Emphasis::Weak => format.set_font_color(Color::RGB(0x0059_5959)),
        Emphasis::Grave => format.set_bold().set_font_color(GRAVE),
    }
}

fn decimals(places: u32) -> String {
    let zeros = "0".repeat(places as usize);
    if places == 0 { "0".to_owned() } else { format!("0.{zeros}") }
}

/// How wide the columns of a table are, in characters: each holds every line of its cells up to a bound that depends on
/// how many stand beside each other, and the words of its title. Longer ones are wrapped.
pub(super) fn widths(table: &Table) -> Vec<u32> {
    let most = if table.columns.len() > MANY { WIDEST / 2 } else { WIDEST };
    let column = |(at, column): (usize, &Column)| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.shown.as_str());
        width(cells, most).max(width(column.title.split(' '), TITLE))
    };
    table.columns.iter().enumerate().map(column).collect()
}

/// A width that holds every line of these texts, Han letters counting twice.
fn width<'a>(texts: impl Iterator<Item = &'a str>, most: u32) -> u32 {
    let widest = texts.flat_map(str::lines).map(|line| line.width() + 2).max().unwrap_or(0);
    u32::try_from(widest).unwrap_or(most).clamp(NARROWEST, most)
}

/// The widest column of a table, half of it where there are more columns than [`MANY`].
const WIDEST: u32 = 56;
const MANY: usize = 8;
const NARROWEST: u32 = 8;
/// A title makes a column no wider than this.
const TITLE: u32 = 14;

const GRAVE: Color = Color::RGB(0x009C_0006);

/// How many lines a text takes in a column of this width; a little is kept back for letters that are wider than most.
pub(super) fn lines(text: &str, width: u32) -> u32 {
    let room = (width.saturating_sub(2) * 9 / 10).max(1);
    let wrapped = |line: &str| match u32::try_from(line.width()).unwrap_or(0) {
        cells if cells + 2 <= width => 1,
        cells => cells.div_ceil(room).max(1),
    };
    text.lines().map(wrapped).sum::<u32>().max(1)
}

/// The height of a row of so many lines, in points; a row can be no higher than 409.
pub(super) fn height(lines: u32) -> u32 {
    (lines * 15).min(409)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_room_for_the_lines_of_its_longest_cell() {
        assert_eq!(width(["a", "中文字\nlonger than that"].into_iter(), WIDEST), 18);
        assert_eq!(lines("", 20), 1);
        assert_eq!(lines("one\ntwo", 20), 2);
        assert_eq!(lines("一二三四五六七八九", 20), 1);
        assert_eq!(lines("一二三四五六七八九十", 20), 2);
        // Wrapped, a line of 20 holds 16 cells.
        assert_eq!(lines(&"字".repeat(16), 20), 2);
        assert_eq!(lines(&"字".repeat(17), 20), 3);
        assert_eq!((height(2), height(100)), (30, 409));
    }
}
