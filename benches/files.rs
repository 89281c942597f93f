//! Writes the synthetic rubric, its table as text and as workbook, and the evaluation that an import of the table makes,
//! to time the program on: `cargo bench --bench files -- FOLDER [CENTRES]`. The folder must be there, and must not have the files yet.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a bench is not part of the program")]

mod synthetic;

use std::path::PathBuf;

use rust_xlsxwriter::Workbook;
use synthetic::{Scheme, evaluation, filled, opened};
use triennial::store::journal::Journal;
use triennial::write::data;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|given| !given.starts_with("--")).collect();
    let Some(folder) = given.first().map(PathBuf::from) else {
        println!("cargo bench --bench files -- FOLDER [CENTRES]");
        return;
    };
    let centres = given.get(1).and_then(|given| given.parse().ok()).unwrap_or(10_000);
    let scheme = Scheme::Quota;
    let (text, rubric) = (scheme.text(), scheme.rubric());
    std::fs::write(folder.join("rubric.toml"), &text).unwrap();
    let table = data::wide(&evaluation(scheme, centres).cohort, &rubric);
    workbook(&table).save(folder.join("data.xlsx")).unwrap();
    std::fs::write(folder.join("data.csv"), table).unwrap();
    let path = folder.join("cohort.triennial");
    let mut journal = Journal::create(&path, "li", opened(&rubric, &text), &text, 0).unwrap();
    journal.append(filled(&rubric, centres), 0).unwrap();
}

/// The same table as a workbook, its figures as numbers.
fn workbook(table: &[u8]) -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(table);
    for (row, cells) in (0..).zip(rows.records().map(Result::unwrap)) {
        for (column, cell) in (0..).zip(&cells) {
            match cell.parse::<f64>() {
                Ok(figure) => sheet.write(row, column, figure).unwrap(),
                Err(_) => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    book
}
