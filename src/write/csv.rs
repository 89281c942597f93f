//! CSV: the scores as the command line's contract has them, and any table of a sheet.
//!
//! Ids instead of titles, numbers in full unless the rubric rounds them, UTF-8 without a byte order mark unless it is put before. Must not know
//! where the bytes go.

use super::cohort;
use super::sheet::{Cell, CellKind, GradeSheet, Table};
use super::{Head, Source};
use crate::domain::text::Lang;
use crate::wording::safe::visible;

/// One row per centre in roster order:
/// `centre,name,kind,status,<criterion ids>,total,grade,rank,outcome,flags`.
pub fn scores(source: Source<'_>) -> Vec<u8> {
    table(&cohort::scores(source, Lang::En))
}

/// One table with its column ids as header.
pub fn table(table: &Table) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.table(table);
    writer.bytes()
}

/// A whole sheet: where it comes from, then every table under a row of its own, `[ledger]`.
pub fn sheet(sheet: &GradeSheet, heads: &[Head]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.record(["[provenance]".to_owned()]);
    writer.record(["item", "value"].map(str::to_owned));
    writer.record(["title".to_owned(), told(&sheet.title)]);
    writer.record(["draft".to_owned(), sheet.draft.to_string()]);
    for line in sheet.provenance.iter().filter(|line| line.id != "head") {
        writer.record([line.id.to_owned(), told(&line.value)]);
    }
    // An excerpt that does not speak of the journal has none of its chains.
    let heads = if sheet.provenance.iter().any(|line| line.id == "head") { heads } else { &[] };
    for head in heads {
        writer.record(["head".to_owned(), told(&head.evaluator), head.length.to_string(), head.hash.clone()]);
    }
    for note in &sheet.notes {
        writer.record(["note".to_owned(), told(note)]);
    }
    for table in &sheet.tables {
        writer.record([format!("[{}]", table.id)]);
        writer.table(table);
    }
    writer.bytes()
}

/// The same behind a byte order mark, by which Excel knows UTF-8; reading takes both.
pub fn marked(bytes: &[u8]) -> Vec<u8> {
    ["\u{feff}".as_bytes(), bytes].concat()
}

/// Text that a spreadsheet would run as a formula gets an apostrophe in front; one that has it already gets another, so
/// that reading takes back just one.
pub fn safe(text: &str) -> String {
    if text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// As [`safe`], and what a terminal would obey is written out: a table is read there too.
pub(super) fn told(text: &str) -> String {
    safe(&visible(text))
}

fn field(cell: &Cell) -> String {
    match cell.kind {
        CellKind::Number => cell.data.clone(),
        CellKind::Empty | CellKind::Text => told(&cell.data),
    }
}

/// Records in memory, where writing cannot fail; they may differ in length.
struct Writer(::csv::Writer<Vec<u8>>);

impl Writer {
    fn new() -> Self {
        Self(::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new()))
    }

    fn record(&mut self, fields: impl IntoIterator<Item = String>) {
        let written = self.0.write_record(fields.into_iter().collect::<Vec<_>>());
        debug_assert!(written.is_ok(), "{written:?}");
    }

    fn table(&mut self, table: &Table) {
        self.record(table.columns.iter().map(|column| safe(&column.id)));
        for row in &table.rows {
            self.record(row.cells.iter().map(field));
        }
    }

    fn bytes(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

/// Any records as CSV, already safe.
pub(super) fn records(records: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = Writer::new();
    records.into_iter().for_each(|record| writer.record(record));
    writer.bytes()
}
