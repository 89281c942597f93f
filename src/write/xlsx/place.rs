//! Where things stand in a workbook: readings, intermediate results and points, with centres one below the other or one
//! centre's figures one below the other. Must not know what stands there.

use std::collections::HashMap;

use rust_xlsxwriter::utility::row_col_to_cell;

use crate::domain::text::Lang;
use crate::wording::terms;

/// The names of a workbook's pages. None has a character for which a formula would quote it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tabs {
    pub sheet: &'static str,
    pub points: &'static str,
    pub working: &'static str,
    pub readings: &'static str,
}

impl Tabs {
    pub(super) const fn of(lang: Lang) -> Self {
        Self {
            sheet: terms::TAB_SHEET.get(lang),
            points: terms::TAB_POINTS.get(lang),
            working: terms::TAB_WORKING.get(lang),
            readings: terms::TAB_READINGS.get(lang),
        }
    }
}

/// Rows above the first centre or figure.
pub(super) const HEAD: u32 = 1;
/// Columns before the first intermediate result of a centre.
pub(super) const WORKING_FROM: usize = 1;
/// Columns before the first points of a centre.
pub(super) const POINTS_FROM: usize = 4;
/// Points, ours beside them, whether they agree.
pub(super) const POINTS_EACH: usize = 3;
/// The column of a figure where figures stand one below the other.
pub(super) const DOWN: u16 = 2;
/// The column of a reading where readings stand one below the other.
pub(super) const DOWN_READING: u16 = 4;

/// Which way a workbook is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A row for this centre.
    Across(u32),
    /// A row for each figure of one centre.
    Down,
}

/// A row and a column.
pub(super) type At = (u32, u16);

impl Shape {
    pub(super) fn working(self, index: usize) -> At {
        match self {
            Self::Across(row) => (row, narrow(index + WORKING_FROM)),
            Self::Down => (HEAD + wide(index), DOWN),
        }
    }

    pub(super) fn points(self, index: usize) -> At {
        match self {
            Self::Across(row) => (row, narrow(POINTS_FROM + POINTS_EACH * index)),
            Self::Down => (HEAD + wide(index), DOWN),
        }
    }

    pub(super) fn reading(self, index: usize) -> At {
        match self {
            Self::Across(row) => (row, narrow(index)),
            Self::Down => (HEAD + wide(index), DOWN_READING),
        }
    }
}

/// A cell of another sheet.
pub(super) fn cell(sheet: &str, (row, column): At) -> String {
    format!("{sheet}!{}", row_col_to_cell(row, column))
}

/// From one cell to another.
pub(super) fn range(sheet: &str, (row, column): At, (last_row, last_column): At) -> String {
    format!("{sheet}!{}:{}", row_col_to_cell(row, column), row_col_to_cell(last_row, last_column))
}

/// Too many columns become the last one, which a workbook refuses.
pub(super) fn narrow(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

pub(super) fn wide(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The intermediate results of a workbook: a place for each key, in the order in which they were first needed.
#[derive(Default)]
pub(super) struct Steps {
    places: HashMap<String, usize>,
    pub labels: Vec<String>,
}

impl Steps {
    /// The first of so many places side by side.
    pub(super) fn block(&mut self, key: &str, labels: &[String]) -> usize {
        if let Some(at) = self.places.get(key) {
            return *at;
        }
        let at = self.labels.len();
        self.labels.extend_from_slice(labels);
        self.places.insert(key.to_owned(), at);
        at
    }
}
