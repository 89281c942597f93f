//! What is said where a cohort is scored, from an evaluation or from a rubric with a data file. Must not know scores.

use std::num::NonZero;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::format::{AuditFormat, PlotFormat, ReportFormat, TableFormat, TextFormat};
use super::value::{cycle, points, spread};
use crate::domain::number::Number;
use crate::domain::reading::Cycle;

/// An evaluation, or a rubric with a data file.
#[derive(Debug, Args)]
pub struct Scored {
    /// A rubric file, or the id of a shipped one.
    #[arg(long, value_name = "RUBRIC", requires = "data")]
    pub rubric: Option<String>,
    /// A table (CSV, XLSX, ODS or XLS); what is blank counts as not reported.
    #[arg(long, value_name = "DATA", requires = "rubric")]
    pub data: Option<PathBuf>,
    /// The sheet of a workbook to read, where something stands in more than one.
    #[arg(long, value_name = "NAME", requires = "data")]
    pub sheet: Option<String>,
    /// A file that says how the table is laid out, where it is not one of ours.
    #[arg(long, value_name = "FILE", requires = "data")]
    pub mapping: Option<PathBuf>,
    /// Years evaluated; otherwise the last ones the data name.
    #[arg(long, value_parser = cycle, value_name = "YEAR-YEAR", requires = "data")]
    pub cycle: Option<Cycle>,
    /// Day of the authority's decision, from which deadlines run.
    #[arg(long, value_name = "YYYY-MM-DD", requires = "data")]
    pub decided_on: Option<Date>,
}

#[derive(Debug, Args)]
pub struct Score {
    #[arg(required_unless_present = "rubric", conflicts_with = "rubric")]
    pub evaluation: Option<PathBuf>,
    #[command(flatten)]
    pub scored: Scored,
    #[arg(long, default_value = "table")]
    pub format: TableFormat,
}

#[derive(Debug, Args)]
pub struct Explain {
    #[arg(required_unless_present = "rubric", conflicts_with = "rubric", requires = "id")]
    pub evaluation: Option<PathBuf>,
    #[arg(conflicts_with = "rubric", value_name = "CENTRE")]
    pub id: Option<String>,
    #[command(flatten)]
    pub scored: Scored,
    #[arg(long = "centre", value_name = "ID", requires = "rubric", required_unless_present = "evaluation")]
    pub centre: Option<String>,
    #[arg(long, default_value = "text")]
    pub format: TextFormat,
}

#[derive(Debug, Args)]
pub struct Plot {
    #[arg(required_unless_present = "rubric", conflicts_with = "rubric")]
    pub evaluation: Option<PathBuf>,
    #[command(flatten)]
    pub scored: Scored,
    /// Draw this centre: its share of each criterion beside its kind, and its readings through the years.
    #[arg(long, value_name = "ID")]
    pub centre: Option<String>,
    #[arg(long, default_value = "text")]
    pub format: PlotFormat,
}

#[derive(Debug, Args)]
pub struct Robustness {
    #[arg(required_unless_present = "rubric", conflicts_with = "rubric")]
    pub evaluation: Option<PathBuf>,
    #[command(flatten)]
    pub scored: Scored,
    /// One centre alone, with every change and with what changes nothing.
    #[arg(long, value_name = "ID")]
    pub centre: Option<String>,
    /// Instead: whose grade changes where one indicator is left out and its siblings carry its points.
    #[arg(long, conflicts_with = "draws")]
    pub leave_one_out: bool,
    /// Instead: how often each grade stands in so many draws.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub draws: Option<u64>,
    /// What the draws follow from: the same seed gives the same result on any machine.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "draws")]
    pub seed: u64,
    /// Draw each weight evenly within so much of itself, then bring siblings back to what they share.
    #[arg(long, value_name = "SHARE", value_parser = spread, requires = "draws")]
    pub weights: Option<Number>,
    /// Draw each figure evenly within the tolerance of its metric.
    #[arg(long, requires = "draws")]
    pub tolerance: bool,
    /// So many workers; otherwise as many as the machine has cores.
    #[arg(long, value_name = "N")]
    pub workers: Option<NonZero<usize>>,
    #[arg(long, default_value = "table")]
    pub format: ReportFormat,
}

#[derive(Debug, Args)]
pub struct Audit {
    #[arg(required_unless_present = "rubric", conflicts_with = "rubric")]
    pub evaluation: Option<PathBuf>,
    #[command(flatten)]
    pub scored: Scored,
    /// Points from a line that still count as near it.
    #[arg(long, value_name = "POINTS", value_parser = points, default_value = "1")]
    pub within: Number,
    /// A grade hangs on a cell where so much of the reading, or less, changes it.
    #[arg(long, value_name = "SHARE", value_parser = spread, default_value = "1%")]
    pub cell: Number,
    /// All centres, and behind the page every list; JSON always has everything.
    #[arg(long)]
    pub full: bool,
    #[arg(long, default_value = "table")]
    pub format: AuditFormat,
}
