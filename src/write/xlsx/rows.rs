//! Rows of a large workbook, packed as they are made: written out they are a hundred times what they are packed, and more
//! than a machine should hold.
//!
//! Everything else of the file (names, columns, looks, printing) is written by the library with a single row at the end
//! of each page, in which a cell of each look stands; our rows take its place. Must not know what stands in them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::utility::row_col_to_cell;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::figure;
use super::page::{Cells, Held};
use super::place::At;
use super::style::Look;

/// Most characters of a cell.
const MOST: usize = 32_767;

/// A workbook of which some pages are still being filled.
pub(super) struct Filling {
    shell: ZipArchive<Cursor<Vec<u8>>>,
    pages: Vec<Open>,
}

/// A page that is being filled.
struct Open {
    name: String,
    zip: ZipWriter<Cursor<Vec<u8>>>,
    /// What stands behind the rows.
    rest: String,
    looks: Looks,
}

/// The number that each look has in the file, in the order of [`Look::ALL`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Looks(Vec<u32>);

/// One row, its cells in whatever order they come.
pub(super) struct Row<'a> {
    number: u32,
    looks: &'a Looks,
    cells: BTreeMap<u16, String>,
}

impl Filling {
    /// Opens these pages (1 is the first) of a workbook, whose last row is the sample of looks.
    pub(super) fn of(shell: Vec<u8>, pages: std::ops::RangeInclusive<usize>) -> Result<Self, XlsxError> {
        let mut shell = ZipArchive::new(Cursor::new(shell))?;
        let mut open = Vec::new();
        for number in pages {
            let name = format!("xl/worksheets/sheet{number}.xml");
            let mut xml = String::new();
            shell.by_name(&name)?.read_to_string(&mut xml)?;
            let (head, rest) = xml.split_once("</sheetData>").ok_or_else(unknown)?;
            let (head, sample) = head.rsplit_once("<row ").ok_or_else(unknown)?;
            let looks = sample.split("s=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok());
            let looks = Looks(looks.collect());
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            zip.start_file(name.as_str(), options())?;
            zip.write_all(head.as_bytes())?;
            open.push(Open { name, zip, rest: format!("</sheetData>{rest}"), looks });
        }
        Ok(Self { shell, pages: open })
    }

    /// A row of one of the open pages, in the order in which they were opened; rows come one below the other.
    pub(super) fn row(
        &mut self,
        page: usize,
        row: u32,
        fill: impl FnOnce(&mut Row<'_>) -> Result<(), XlsxError>,
    ) -> Result<(), XlsxError> {
        let open = self.pages.get_mut(page).ok_or_else(unknown)?;
        let mut cells = Row { number: row, looks: &open.looks, cells: BTreeMap::new() };
        fill(&mut cells)?;
        let inner: String = cells.cells.into_values().collect();
        Ok(write!(open.zip, "<row r=\"{}\">{inner}</row>", row + 1)?)
    }

    /// The whole file.
    pub(super) fn finish(self) -> Result<Vec<u8>, XlsxError> {
        let Self { mut shell, pages } = self;
        let mut filled = BTreeMap::new();
        for mut open in pages {
            open.zip.write_all(open.rest.as_bytes())?;
            filled.insert(open.name, open.zip.finish()?.into_inner());
        }
        let room = filled.values().map(Vec::len).sum::<usize>();
        let mut whole = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
        for at in 0..shell.len() {
            let part = shell.by_index_raw(at)?;
            let name = part.name()?.into_owned();
            match filled.remove(&name) {
                None => whole.raw_copy_file(part)?,
                Some(bytes) => whole.raw_copy_file(ZipArchive::new(Cursor::new(bytes))?.by_index_raw(0)?)?,
            }
        }
        Ok(whole.finish()?.into_inner())
    }
}

impl Cells for Row<'_> {
    fn put(&mut self, (_, column): At, look: Look, held: Held) -> Result<(), XlsxError> {
        let at = row_col_to_cell(self.number, column);
        let style = self.looks.0.get(look as usize).copied().unwrap_or(0);
        let cell = match held {
            Held::Number(number) => format!("<c r=\"{at}\" s=\"{style}\"><v>{}</v></c>", number.text()),
            Held::Text(text) if text.chars().count() > MOST => return Err(XlsxError::MaxStringLengthExceeded),
            Held::Text(text) => format!(
                "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                escaped(&kept(&text))
            ),
            Held::Formula { text, result } => {
                let kind = if figure::of(&result).is_some() { "" } else { " t=\"str\"" };
                let (text, result) = (escaped(&text), escaped(&result));
                format!("<c r=\"{at}\" s=\"{style}\"{kind}><f>{text}</f><v>{result}</v></c>")
            }
        };
        self.cells.insert(column, cell);
        Ok(())
    }
}

/// No clock, and nothing of whose file it is.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600)
}

/// A file of the library's that does not look as it should: no input leads here.
fn unknown() -> XlsxError {
    XlsxError::ParameterError("a page of the workbook has no rows".to_owned())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// `_x0041_` is read as `A` by spreadsheets; as itself where its first character is written that way.
fn kept(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        said.push_str(before);
        let code = from.as_bytes().get(2..7);
        let is_code = code.is_some_and(|code| code[..4].iter().all(u8::is_ascii_hexdigit) && code[4] == b'_');
        said.push_str(if is_code { "_x005F_x" } else { "_x" });
        rest = &from[2..];
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the office's own reading: ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
    #[test]
    fn what_looks_like_the_code_of_a_character_stays_itself() {
        assert_eq!(kept("a_x0041_b_xzz_x00"), "a_x005F_x0041_b_xzz_x00");
        assert_eq!(kept("tax_x长_x12345_"), "tax_x长_x12345_");
    }

    #[test]
    fn cells_stand_in_the_order_of_columns_whatever_order_they_came_in() {
        let looks = Looks(vec![2, 3, 4, 5, 6, 7]);
        let mut row = Row { number: 1, looks: &looks, cells: BTreeMap::new() };
        let formula = Held::Formula { text: "IF(A2<1,\"NR\",1)".to_owned(), result: "NR".to_owned() };
        assert!(row.put((1, 27), Look::Total, formula).is_ok());
        assert!(row.put((1, 0), Look::Plain, Held::text(" a & b")).is_ok());
        assert!(row.put((1, 1), Look::Figure, Held::decimal("0.0000001")).is_ok());
        let cells: Vec<String> = row.cells.into_values().collect();
        assert_eq!(
            cells,
            [
                "<c r=\"A2\" s=\"3\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> a &amp; b</t></is></c>",
                "<c r=\"B2\" s=\"4\"><v>0.0000001</v></c>",
                "<c r=\"AB2\" s=\"7\" t=\"str\"><f>IF(A2&lt;1,\"NR\",1)</f><v>NR</v></c>",
            ]
        );
        let mut row = Row { number: 1, looks: &looks, cells: BTreeMap::new() };
        assert!(row.put((1, 0), Look::Plain, Held::Text("长".repeat(MOST))).is_ok());
        assert!(row.put((1, 0), Look::Plain, Held::Text("长".repeat(MOST + 1))).is_err());
    }
}
