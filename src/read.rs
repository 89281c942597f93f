//! Bytes and text into the domain: rubrics, tables of readings, one typed cell.
//!
//! Opens no file and knows no clock; what a text refers to comes through arguments. Every fault is a
//! [`Diagnostic`](crate::domain::diagnostic::Diagnostic) with a place and a remedy, and all faults of a text are
//! reported together.

pub mod block;
pub mod cell;
pub mod encoding;
pub mod fact;
pub mod fixture;
pub mod formula;
pub mod import;
mod manner;
pub mod mapping;
pub mod meaning;
pub mod named;
pub mod nearest;
pub mod overlay;
pub mod rubric;
pub mod sheet;
pub mod snapshot;
pub mod table;
pub mod toml;
mod total;
pub mod workbook;
