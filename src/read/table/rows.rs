//! The rows of a table's text, numbered as a spreadsheet numbers them, up to the first quote that is never closed: from
//! there on nobody can say where a cell ends. Must not know what a row means.

use std::cmp::Ordering;

use crate::domain::diagnostic::Diagnostic;
use crate::read::workbook::{Mark, Sheet};

/// A row that is not blank.
pub(super) struct Row {
    /// Counts from 1, blank rows included, and a row whose cells hold line breaks once.
    pub number: usize,
    pub cells: csv::StringRecord,
    /// Cells of a workbook that want a word, by their position.
    pub marks: Vec<(usize, Mark)>,
}

/// The rows of a text; a fault where its quotes do not fit.
pub(super) fn rows(text: &str) -> (Vec<Row>, Option<Diagnostic>) {
    let delimiter = delimiter(text);
    let scan = Scan::of(text.as_bytes(), delimiter);
    let sound = &text[..scan.sound];
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).has_headers(false).from_reader(sound.as_bytes());
    let mut rows = Vec::new();
    // Reading from memory what is UTF-8, with rows of any length, cannot fail.
    for cells in reader.records().map_while(Result::ok) {
        let at = cells.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(Row { number: scan.number(sound.as_bytes(), at), cells, marks: Vec::new() });
        }
    }
    (rows, scan.broken)
}

/// The rows of a workbook's sheet from the header on, each as wide as the header, which is the first row that
/// `is_header` knows, or else the first of all; above it a sheet may have a title. Faults where something stands beside
/// the header's last column.
pub(super) fn of_sheet(sheet: &Sheet, is_header: impl Fn(&[String]) -> bool) -> (Vec<Row>, Vec<Diagnostic>) {
    let start = sheet.rows.iter().position(|row| is_header(&row.cells)).unwrap_or(0);
    let given = sheet.rows.get(start..).unwrap_or_default();
    let filled = |cell: &String| !cell.trim().is_empty();
    let width = given.first().and_then(|header| header.cells.iter().rposition(filled)).map_or(0, |last| last + 1);
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for row in given {
        let beside = row.cells.iter().enumerate().skip(width).find(|(_, cell)| filled(cell));
        faults.extend(beside.map(|(at, _)| untitled().in_cell(row.number, at + 1)));
        let cells: csv::StringRecord = (0..width).map(|at| row.cells.get(at).map_or("", String::as_str)).collect();
        let marks: Vec<_> = row.marks.iter().filter(|(at, _)| *at < width).cloned().collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) || !marks.is_empty() {
            rows.push(Row { number: row.number, cells, marks });
        }
    }
    (rows, faults)
}

/// Something under no title.
pub(super) fn untitled() -> Diagnostic {
    Diagnostic::error("E-untitled-column", "something stands in a column without a title", "无标题的列中有内容")
        .help("give the column a title, or empty it", "请为该列加上标题，或清空")
}

/// A block that was copied from a spreadsheet has tabs.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' }
}

/// Where rows begin, and how far their quotes fit.
struct Scan {
    /// Byte at which each row begins, blank ones included.
    starts: Vec<usize>,
    /// Bytes up to the row whose quotes do not fit.
    sound: usize,
    broken: Option<Diagnostic>,
}

/// Where in a cell a byte stands.
enum At {
    Start,
    Plain,
    Quoted,
    /// Behind a quote inside a quoted cell: its end, or the first of two.
    Quote,
}

impl Scan {
    fn of(text: &[u8], delimiter: u8) -> Self {
        let mut scan = Self { starts: vec![0], sound: text.len(), broken: None };
        let (mut at, mut column) = (At::Start, 1);
        for (index, byte) in text.iter().copied().enumerate() {
            at = match (at, byte) {
                (At::Quoted, b'"') => At::Quote,
                (At::Quoted, _) | (At::Start | At::Quote, b'"') => At::Quoted,
                (At::Start | At::Plain | At::Quote, byte) if byte == delimiter => {
                    column += 1;
                    At::Start
                }
                (At::Start | At::Plain | At::Quote, b'\r') if text.get(index + 1) == Some(&b'\n') => At::Start,
                (At::Start | At::Plain | At::Quote, b'\n' | b'\r') => {
                    scan.starts.push(index + 1);
                    column = 1;
                    At::Start
                }
                (At::Quote, _) => {
                    scan.breaks(
                        column,
                        "something follows the quote that ends this cell",
                        "单元格的引号结束后仍有内容",
                    );
                    return scan;
                }
                (At::Start | At::Plain, _) => At::Plain,
            };
        }
        if matches!(at, At::Quoted) {
            scan.breaks(column, "a quote is opened here and never closed", "此处的引号没有结束");
        }
        scan
    }

    fn breaks(&mut self, column: usize, en: &str, zh: &str) {
        let what = Diagnostic::error("E-quote", en, zh).help(
            "take the quote out, or put the whole cell into quotes and write a quote inside it twice; rows from here on \
             were not read",
            "请删去该引号，或将整个单元格用引号括起，其中的引号写两次；此行及以后各行尚未读取",
        );
        self.sound = self.starts.last().copied().unwrap_or(0);
        self.broken = Some(what.in_cell(self.starts.len(), column));
    }

    /// The number of the row that begins at a byte, or behind the line breaks there.
    fn number(&self, text: &[u8], at: usize) -> usize {
        let start = at + text[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let before = |row: &usize| if *row <= start { Ordering::Less } else { Ordering::Greater };
        self.starts.binary_search_by(before).unwrap_or_else(|rows| rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::diagnostic::Place;

    fn numbered(text: &str) -> Vec<(usize, Vec<String>)> {
        let (rows, broken) = rows(text);
        assert_eq!(broken, None, "{text:?}");
        rows.into_iter().map(|row| (row.number, row.cells.iter().map(str::to_owned).collect())).collect()
    }

    #[test]
    fn rows_have_the_numbers_of_a_spreadsheet_whatever_ends_a_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "1,\"x\ny\"", " , ", "2,\"\"\"z\"", ""].join(end);
            let found: Vec<(usize, String)> =
                numbered(&text).into_iter().map(|(number, cells)| (number, cells.join("|"))).collect();
            let wanted = [(1, "a|b"), (3, "1|x\ny"), (5, "2|\"z")];
            assert_eq!(found, wanted.map(|(number, cells)| (number, cells.to_owned())), "{end:?}");
        }
    }

    #[test]
    fn a_quote_that_does_not_fit_is_found_in_its_cell_and_ends_the_reading() {
        for (text, place) in [
            ("a,b\n1,2\n3,\"4\n5,6\n", (3, 2)),
            ("a,b\r\n1,2\r\n\"3\" x,4\r\n", (3, 1)),
            ("a\tb\n1\t2\n\n5\t\"6\"7\n", (4, 2)),
        ] {
            let (rows, broken) = rows(text);
            let broken = broken.unwrap();
            let (row, column) = place;
            assert_eq!((broken.code, broken.place), ("E-quote", Place::Cell { row, column }), "{text:?}");
            assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2], "{text:?}");
        }
        assert_eq!(numbered("a,5\" pipe\n").len(), 1, "a quote inside a plain cell is a character like any other");
    }
}
