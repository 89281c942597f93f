//! The cells of a sheet by the program that reads workbooks, each as a text. Must not know rows.

use calamine::{Data, Dimensions, Reader as _, Sheets};

use super::{Book, Grid, Mark, broken};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::Number;

/// Significant digits that a spreadsheet shows of a number at most, and that survive its binary form.
const DIGITS: usize = 15;

/// Puts every cell of a sheet into the grid; the areas that are merged.
pub(super) fn all(book: &mut Book<'_>, name: &str, grid: &mut Grid) -> Result<Vec<Dimensions>, Diagnostic> {
    match book {
        Sheets::Xlsx(xlsx) => {
            let percents = percents(xlsx, name).map_err(|fault| broken(name, &fault.to_string()))?;
            let mut reader = xlsx.worksheet_cells_reader(name).map_err(|fault| broken(name, &fault.to_string()))?;
            // Cell by cell: a stray one in the last corner of the sheet must not cost a table of that size.
            loop {
                let cell = reader.next_cell_with_formula().map_err(|fault| broken(name, &fault.to_string()))?;
                let Some(cell) = cell else { break };
                let value = Data::from(cell.value);
                let lost = cell.formula.is_some() && value == Data::Empty;
                put(grid, cell.pos, &value, lost, percents.contains(&cell.pos))?;
            }
            drop(reader);
            xlsx.merge_cells_by_sheet_name(name).map_err(|fault| broken(name, &fault.to_string()))
        }
        _ => {
            let range = book.worksheet_range(name).map_err(|fault| broken(name, &fault.to_string()))?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let at = |start: u32, offset: usize| start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
                put(grid, (at(top, row), at(left, column)), value, false, false)?;
            }
            match book {
                Sheets::Xls(xls) => {
                    xls.merge_cells_by_sheet_name(name).map_err(|fault| broken(name, &fault.to_string()))
                }
                _ => Ok(Vec::new()),
            }
        }
    }
}

type Percents = std::collections::HashSet<(u32, u32)>;

/// Cells that show a percentage: the number in one is a hundredth of what a person sees and means.
fn percents<RS: std::io::Read + std::io::Seek>(
    book: &mut calamine::Xlsx<RS>,
    name: &str,
) -> Result<Percents, calamine::XlsxError> {
    let mut found = Percents::new();
    let mut reader = book.worksheet_cells_reader(name)?;
    let shows = |style: &calamine::Style| style.number_format.as_ref().is_some_and(|f| f.format_code.contains('%'));
    let styles: Vec<bool> = reader.styles().iter().map(shows).collect();
    if !styles.contains(&true) {
        return Ok(found);
    }
    while let Some((row, column, style)) = reader.next_style_id()? {
        if styles.get(style) == Some(&true) {
            found.insert((row, column));
        }
    }
    Ok(found)
}

fn put(grid: &mut Grid, at: (u32, u32), value: &Data, lost: bool, percent: bool) -> Result<(), Diagnostic> {
    let (text, mark) = match value {
        _ if lost => (String::new(), Some(Mark::Uncalculated)),
        Data::Empty => (String::new(), None),
        Data::Int(whole) => (whole.to_string(), None),
        Data::Float(number) => {
            let whole = number.to_string();
            let text = match percent {
                false if is_short(&whole) => whole,
                _ => shown(&whole, &format!("{number:.*e}", DIGITS - 1), at, grid, percent),
            };
            (text, None)
        }
        Data::String(text) if is_error(text) => (text.clone(), Some(Mark::Failed)),
        Data::String(text) => (text.clone(), None),
        Data::Bool(true) => ("TRUE".to_owned(), None),
        Data::Bool(false) => ("FALSE".to_owned(), None),
        Data::DateTime(date) => (date_text(date), Some(Mark::Date)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => (text.clone(), Some(Mark::Date)),
        Data::Error(error) => (error.to_string(), Some(Mark::Failed)),
    };
    grid.put(at, text, mark)
}

/// Whether a number written out, with as few digits as tell it from all others, is what a spreadsheet shows of it: up to 15
/// digits come back from the binary form as they are. Nearly every cell is such a one.
fn is_short(whole: &str) -> bool {
    whole.bytes().filter(u8::is_ascii_digit).count() <= DIGITS && whole != "-0"
}

/// A number as a spreadsheet shows it at its longest; `whole` is all of it, `cut` has 15 digits.
fn shown(whole: &str, cut: &str, at: (u32, u32), grid: &mut Grid, percent: bool) -> String {
    // Beyond what is kept exactly, the reader of cells says so.
    let (Ok(whole_number), Ok(number)) = (Number::parse(whole), Number::parse(cut)) else { return whole.to_owned() };
    if whole_number != number {
        grid.longer += 1;
        grid.longest.get_or_insert(at);
    }
    match percent {
        true => format!("{}%", (number * Number::from(100_i64)).plain()),
        false => number.plain(),
    }
}

/// LibreOffice writes errors of its own as texts.
fn is_error(text: &str) -> bool {
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"].contains(&text)
        || text.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()))
}

fn date_text(date: &calamine::ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (date.is_duration(), (hour, minute, second)) {
        (true, _) => time,
        (false, (0, 0, 0)) => format!("{year:04}-{month:02}-{day:02}"),
        (false, _) => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

/// Whether a file is what a spreadsheet program makes of a workbook with a password: an old Office file around it.
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0")
}
