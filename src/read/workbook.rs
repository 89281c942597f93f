//! One sheet of a workbook (XLSX, XLSB, XLS, ODS) as rows of text, with a mark on every cell that is not what it seems.
//!
//! A workbook stores every number in binary. It comes back as the decimal a spreadsheet program shows and lets a person
//! type: 15 digits, so that a tenth is `0.1` again. Must not know what a row means.

mod cells;
mod mark;
mod packed;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Dimensions, Reader as _, SheetType, SheetVisible, Sheets};

use crate::domain::diagnostic::Diagnostic;

pub use mark::Mark;

/// The most cells of a sheet that are read.
const MAX_CELLS: usize = 20_000_000;

type Book<'a> = Sheets<Cursor<&'a [u8]>>;

/// A sheet, as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    pub name: String,
    /// Rows in which something stands, hidden ones too.
    pub rows: Vec<Row>,
    /// What a person should know of it.
    pub notes: Vec<Diagnostic>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Counts from 1, as the spreadsheet does.
    pub number: usize,
    /// From column A to the last one in which something stands.
    pub cells: Vec<String>,
    /// Cells that want a word, by their position in `cells`.
    pub marks: Vec<(usize, Mark)>,
}

/// Whether a file is a workbook by how it begins; other archives and old Office files begin alike.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Reads the sheet that is asked for; without a name the only one in which anything stands, or the only one with a row
/// that heads a table. Hidden sheets are read only by their name.
///
/// # Errors
/// `E-workbook` where it cannot be read, is locked by a password or is too large; `E-sheet` where there is no sheet of
/// that name, or more than one to choose from.
pub fn sheet(bytes: &[u8], asked: Option<&str>, is_header: impl Fn(&[String]) -> bool) -> Result<Sheet, Diagnostic> {
    let mut book = open(bytes)?;
    let sheets = || book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let all: Vec<String> = sheets().map(|sheet| sheet.name.clone()).collect();
    let visible: Vec<String> =
        sheets().filter(|sheet| sheet.visible == SheetVisible::Visible).map(|sheet| sheet.name.clone()).collect();
    if let Some(asked) = asked {
        let name = all.iter().find(|name| *name == asked).ok_or_else(|| no_such_sheet(asked, &all))?;
        return read(&mut book, name);
    }
    if let [only] = visible.as_slice() {
        return read(&mut book, only);
    }
    let mut filled = all_filled(&mut book, &visible)?;
    let is_table = |sheet: &Sheet| sheet.rows.iter().any(|row| is_header(&row.cells));
    if filled.iter().filter(|sheet| is_table(sheet)).count() == 1 {
        filled.retain(is_table);
    }
    if filled.len() > 1 {
        return Err(which_sheet(&filled.into_iter().map(|sheet| sheet.name).collect::<Vec<_>>()));
    }
    Ok(filled.pop().unwrap_or_default())
}

/// Every sheet that can be seen and in which something stands.
///
/// # Errors
/// `E-workbook`, as for one sheet.
pub fn filled(bytes: &[u8]) -> Result<Vec<Sheet>, Diagnostic> {
    let mut book = open(bytes)?;
    let sheets = book.sheets_metadata().iter();
    let visible = sheets.filter(|s| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible);
    let visible: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    all_filled(&mut book, &visible)
}

fn all_filled(book: &mut Book<'_>, names: &[String]) -> Result<Vec<Sheet>, Diagnostic> {
    let mut filled = Vec::new();
    for name in names {
        let sheet = read(book, name)?;
        if !sheet.rows.is_empty() {
            filled.push(sheet);
        }
    }
    Ok(filled)
}

fn open(bytes: &[u8]) -> Result<Book<'_>, Diagnostic> {
    packed::guard(bytes)?;
    calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| unreadable(bytes))
}

/// Cells in which something stands, by row and column from 0.
#[derive(Default)]
struct Grid {
    rows: BTreeMap<u32, BTreeMap<u32, (String, Option<Mark>)>>,
    cells: usize,
    /// Numbers that hold more digits than a spreadsheet shows, and the first of them.
    longer: usize,
    longest: Option<(u32, u32)>,
}

fn read(book: &mut Book<'_>, name: &str) -> Result<Sheet, Diagnostic> {
    let mut grid = Grid::default();
    let merged = cells::all(book, name, &mut grid)?;
    for area in merged {
        grid.cover(area);
    }
    let notes = grid.longest.map(|(row, column)| longer(grid.longer).in_cell(index(row) + 1, index(column) + 1));
    let rows = grid.rows.into_iter().map(|(number, cells)| row(number, cells));
    let rows = rows.filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()) || !row.marks.is_empty());
    Ok(Sheet { name: name.to_owned(), rows: rows.collect(), notes: notes.into_iter().collect() })
}

fn row(number: u32, given: BTreeMap<u32, (String, Option<Mark>)>) -> Row {
    let width = given.last_key_value().map_or(0, |(last, _)| index(*last) + 1);
    let mut row = Row { number: index(number) + 1, cells: vec![String::new(); width], marks: Vec::new() };
    for (column, (text, mark)) in given {
        let at = index(column);
        row.cells[at] = text;
        row.marks.extend(mark.map(|mark| (at, mark)));
    }
    row
}

impl Grid {
    fn put(&mut self, at: (u32, u32), text: String, mark: Option<Mark>) -> Result<(), Diagnostic> {
        if text.is_empty() && mark.is_none() {
            return Ok(());
        }
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Err(too_large());
        }
        self.rows.entry(at.0).or_default().insert(at.1, (text, mark));
        Ok(())
    }

    /// What stands in a merged area stands in each of its cells, as a person sees it; a figure among them says so. Rows
    /// in which nothing else stands stay out: an area may run to the end of the sheet.
    fn cover(&mut self, area: Dimensions) {
        let Some((text, _)) = self.rows.get(&area.start.0).and_then(|row| row.get(&area.start.1)).cloned() else {
            return;
        };
        for (row, cells) in self.rows.range_mut(area.start.0..=area.end.0) {
            for column in area.start.1..=area.end.1 {
                if (*row, column) != area.start && self.cells < MAX_CELLS {
                    self.cells += 1;
                    cells.insert(column, (text.clone(), Some(Mark::Covered)));
                }
            }
        }
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn unreadable(bytes: &[u8]) -> Diagnostic {
    let what = match cells::is_locked(bytes) {
        true => Diagnostic::error(
            "E-workbook",
            "the workbook is locked by a password, or is no workbook",
            "工作簿已用密码加密，或不是工作簿",
        ),
        false => Diagnostic::error(
            "E-workbook",
            "the file begins like a workbook and cannot be read as one",
            "文件开头像工作簿，但无法按工作簿读取",
        ),
    };
    what.help(
        "open it in a spreadsheet program and save it as XLSX without a password, or as CSV (UTF-8)",
        "请用电子表格软件打开，另存为不加密的 XLSX 或 CSV（UTF-8）",
    )
}

fn broken(name: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(
        "E-workbook",
        format!("the sheet `{name}` cannot be read: {reason}"),
        format!("无法读取工作表 `{name}`：{reason}"),
    )
    .help(
        "open it in a spreadsheet program and save it again, or as CSV (UTF-8)",
        "请用电子表格软件打开后重新保存，或另存为 CSV（UTF-8）",
    )
}

fn too_large() -> Diagnostic {
    Diagnostic::error(
        "E-workbook",
        format!("the sheet has more than {MAX_CELLS} cells"),
        format!("工作表超过 {MAX_CELLS} 个单元格"),
    )
    .help("take out what is not needed, or import it in parts", "请删去不需要的内容，或分次导入")
}

fn no_such_sheet(asked: &str, all: &[String]) -> Diagnostic {
    let listed = listed(all);
    Diagnostic::error(
        "E-sheet",
        format!("the workbook has no sheet `{asked}`"),
        format!("工作簿中没有工作表 `{asked}`"),
    )
    .help(format!("it has: {listed}"), format!("现有：{listed}"))
}

fn which_sheet(filled: &[String]) -> Diagnostic {
    let (count, listed) = (filled.len(), listed(filled));
    Diagnostic::error(
        "E-sheet",
        format!("something stands in {count} sheets, and it is not said which one to read"),
        format!("有 {count} 张工作表含有内容，未指明读取哪一张"),
    )
    .help(format!("name one, with --sheet: {listed}"), format!("请用 --sheet 指定其一：{listed}"))
}

fn longer(count: usize) -> Diagnostic {
    let (en, zh) = match count {
        1 => ("a number holds".to_owned(), "有 1 个数".to_owned()),
        _ => (format!("{count} numbers hold"), format!("有 {count} 个数")),
    };
    Diagnostic::warning(
        "W-digits",
        format!("{en} more than the 15 digits that a spreadsheet shows, as formulas leave them; the 15 were read"),
        format!("{zh}超过电子表格所显示的 15 位有效数字（公式常如此）；已按 15 位读取"),
    )
    .help(
        "the first is here; round in the spreadsheet where other digits are meant",
        "首个在此处；如需其他精度，请在表格中取整",
    )
}

#[cfg(test)]
mod tests;
