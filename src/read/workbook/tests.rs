use rust_xlsxwriter::{Format, Formula, Workbook};

use super::{sheet as chosen, *};
use crate::domain::diagnostic::Place;

fn sheet(bytes: &[u8], asked: Option<&str>) -> Result<Sheet, Diagnostic> {
    chosen(bytes, asked, |titles| titles[0] == "centre")
}

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().unwrap()
}

fn only_sheet(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Sheet {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    sheet(&saved(book), None).unwrap()
}

/// IEEE 754 doubles, with the digits a spreadsheet shows for them: 0.1 + 0.2 is 0.30000000000000004 in binary.
#[test]
fn a_number_is_the_decimal_that_a_person_typed() {
    let numbers = [
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (1234567.89, "1234567.89"),
        (-2.5, "-2.5"),
        (1e-7, "0.0000001"),
        (123_456_789_012_345.0, "123456789012345"),
        (0.0, "0"),
        (-0.0, "0"),
        // 15 digits as they are, 16 and 17 cut: 2^53 is 9007199254740992.
        (0.000_012_345_678_901_234_5, "0.0000123456789012345"),
        (9_007_199_254_740_992.0, "9007199254740990"),
        (1e20, "100000000000000000000"),
    ];
    let read = only_sheet(|page| {
        for (row, (number, _)) in (0..).zip(numbers) {
            page.write_number(row, 0, number).unwrap();
        }
    });
    let texts: Vec<&str> = read.rows.iter().map(|row| row.cells[0].as_str()).collect();
    assert_eq!(texts, numbers.map(|(_, text)| text));
    // Only the sum and 2^53 have more digits; the first of them is told.
    let notes: Vec<_> = read.notes.iter().map(|note| (note.code, note.place.clone())).collect();
    assert!(read.notes[0].what.en.starts_with("2 numbers"), "{:?}", read.notes);
    assert_eq!(notes, [("W-digits", Place::Cell { row: 2, column: 1 })]);
}

#[test]
fn a_cell_in_the_last_corner_costs_no_more_than_a_cell() {
    let read = only_sheet(|page| {
        page.write_string(0, 0, "centre").unwrap();
        page.write_string(1_048_575, 16_383, "x").unwrap();
    });
    assert_eq!(
        read.rows.iter().map(|row| (row.number, row.cells.len())).collect::<Vec<_>>(),
        [(1, 1), (1_048_576, 16_384)]
    );
}

#[test]
fn what_is_no_plain_value_is_marked() {
    let read = only_sheet(|page| {
        let (date, percent) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("0.0%"));
        page.write_number_with_format(0, 0, 45_658, &date).unwrap();
        page.write_number_with_format(0, 1, 0.125, &percent).unwrap();
        page.write_formula(0, 2, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        page.write_boolean(0, 3, true).unwrap();
        page.merge_range(0, 4, 0, 5, "both", &Format::new()).unwrap();
    });
    // 45658 days after 1899-12-30 is 1 January 2025.
    assert_eq!(read.rows[0].cells, ["2025-01-01", "12.5%", "#DIV/0!", "TRUE", "both", "both"]);
    assert_eq!(read.rows[0].marks, [(0, Mark::Date), (2, Mark::Failed), (5, Mark::Covered)]);
}

#[test]
fn the_sheet_is_the_only_one_with_something_in_it_or_the_one_that_is_named() {
    let mut book = Workbook::new();
    for name in ["one", "empty", "two", "hidden"] {
        let page = book.add_worksheet().set_name(name).unwrap();
        if name != "empty" {
            page.write_string(0, 0, name).unwrap();
        }
        page.set_hidden(name == "hidden");
    }
    let bytes = saved(book);
    let fault = sheet(&bytes, None).unwrap_err();
    assert_eq!((fault.code, fault.help.en.as_str()), ("E-sheet", "name one, with --sheet: `one`, `two`"));
    for name in ["one", "two", "hidden"] {
        assert_eq!(sheet(&bytes, Some(name)).unwrap().rows[0].cells, [name]);
    }
    let fault = sheet(&bytes, Some("Two")).unwrap_err();
    assert_eq!((fault.code, fault.help.en.as_str()), ("E-sheet", "it has: `one`, `empty`, `two`, `hidden`"));
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "read me").unwrap();
    book.add_worksheet().write_string(3, 0, "centre").unwrap();
    assert_eq!(sheet(&saved(book), None).unwrap().rows[0].cells, ["centre"], "the other sheet holds no table");
    let mut book = Workbook::new();
    book.add_worksheet();
    book.add_worksheet().write_string(4, 1, "x").unwrap();
    let read = sheet(&saved(book), None).unwrap();
    assert_eq!((read.name.as_str(), read.rows[0].number), ("Sheet2", 5));
}

#[test]
fn a_damaged_workbook_is_refused_or_read_and_never_ends_the_program() {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "centre").unwrap().write_number(1, 0, 1).unwrap();
    let bytes = saved(book);
    for end in (0..bytes.len()).step_by(7) {
        assert_eq!(sheet(&bytes[..end], None).unwrap_err().code, "E-workbook", "{end}");
    }
    for at in (0..bytes.len()).step_by(3) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        if let Err(fault) = sheet(&damaged, None) {
            assert!(["E-workbook", "E-sheet"].contains(&fault.code), "{at}: {fault:?}");
        }
    }
}

/// Two parts of a byte each, whose entries in the archive's list say 2 GiB less a byte (at offset 24 of an entry, APPNOTE
/// 4.3.12).
#[test]
fn a_workbook_that_would_fill_the_memory_is_refused_before_it_is_unpacked() {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for part in ["a.xml", "b.xml"] {
        writer.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(b"x").unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    let entries: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
    assert_eq!(entries.len(), 2);
    for at in entries {
        bytes[at + 24..at + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    }
    let told = sheet(&bytes, None).unwrap_err();
    assert_eq!(told.code, "E-workbook");
    assert!(told.what.en.contains("4095 MiB unpacked"), "{told:?}");
    assert_eq!(filled(&bytes).unwrap_err().code, "E-workbook");
}
