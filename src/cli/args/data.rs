//! What is said of readings: where they come from, what is missing, what is asked about them. Must not know the readings.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::format::TableFormat;
use super::scored::Scored;
use super::value::cycle;
use crate::domain::reading::Cycle;

#[derive(Debug, Args)]
pub struct Import {
    pub evaluation: PathBuf,
    /// A table, long (centre,metric,year,value) or wide (centre, metric@year …): CSV, XLSX, ODS or XLS.
    pub data: PathBuf,
    /// The sheet of a workbook to read, where something stands in more than one.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// A file that says how the table is laid out, where it is not one of ours.
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Write a first guess of a mapping from the titles of the table, and import nothing.
    #[arg(long, conflicts_with_all = ["yes", "clear", "mapping"])]
    pub guess: bool,
    /// Write the guess to a new file instead.
    #[arg(long, value_name = "FILE", requires = "guess")]
    pub out: Option<PathBuf>,
    /// Apply it: all or nothing, in one step.
    #[arg(long)]
    pub yes: bool,
    /// Let empty cells erase what stands.
    #[arg(long)]
    pub clear: bool,
}

#[derive(Debug, Args)]
pub struct Template {
    #[arg(required_unless_present = "rubric", conflicts_with = "rubric")]
    pub evaluation: Option<PathBuf>,
    /// A rubric file, or the id of a shipped one.
    #[arg(long, value_name = "RUBRIC", requires = "cycle")]
    pub rubric: Option<String>,
    /// Years evaluated, such as 2023-2025.
    #[arg(long, value_parser = cycle, value_name = "YEAR-YEAR", requires = "rubric")]
    pub cycle: Option<Cycle>,
    /// For one centre, a row a figure; otherwise for the cohort, a row a centre.
    #[arg(long, value_name = "ID", conflicts_with = "each")]
    pub centre: Option<String>,
    /// One for each centre of the roster, into a folder.
    #[arg(long, requires = "evaluation")]
    pub each: bool,
    /// The workbook (XLSX), or with --each the folder; never overwritten.
    #[arg(long, value_name = "PATH")]
    pub out: PathBuf,
}

/// What a check of evidence finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Finding {
    Moved,
    Changed,
    Missing,
    /// It leads out of the evaluation's folder.
    Outside,
    Unreadable,
    /// One file for several centres.
    Shared,
    /// One file for several figures of one centre, as an annual report is.
    Reused,
    Unused,
    /// The rubric asks for evidence, and none is there.
    Wanting,
}

#[derive(Debug, Subcommand)]
pub enum Evidence {
    /// Attach a file to a reading, or to a centre as a whole; its SHA-256 is kept in the journal.
    Add {
        evaluation: PathBuf,
        /// By its id or name.
        centre: String,
        /// The reading, by the metric's id or title (such as income@2024; left out for the centre as a whole), then the
        /// file.
        #[arg(required = true, num_args = 1..=2, value_name = "METRIC@YEAR FILE")]
        what: Vec<String>,
        /// Take a copy into the folder NAME.evidence beside the evaluation; otherwise the file stays where it lies.
        #[arg(long)]
        copy: bool,
    },
    /// Take a file away from where it was attached; the file itself stays.
    Drop {
        evaluation: PathBuf,
        /// By its id or name.
        centre: String,
        /// The reading (left out for the centre as a whole), then the file's name or the beginning of its SHA-256.
        #[arg(required = true, num_args = 1..=2, value_name = "METRIC@YEAR FILE")]
        what: Vec<String>,
    },
    /// List all evidence.
    List {
        evaluation: PathBuf,
        #[arg(long, value_name = "ID")]
        centre: Option<String>,
        #[arg(long, default_value = "table")]
        format: TableFormat,
    },
    /// Find files that were moved, changed, lost or used more than once, and figures without the evidence they need.
    Check {
        evaluation: PathBuf,
        /// Of one centre only, by its id or name.
        #[arg(long, value_name = "CENTRE")]
        centre: Option<String>,
        /// Only what is of this kind.
        #[arg(long, value_name = "KIND")]
        finding: Option<Finding>,
        #[arg(long, default_value = "table")]
        format: TableFormat,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Wanted {
    Value,
    Evidence,
}

#[derive(Debug, Args)]
pub struct Gaps {
    pub evaluation: PathBuf,
    /// Of one centre only, by its id or name.
    #[arg(long, value_name = "CENTRE")]
    pub centre: Option<String>,
    /// Only figures that are blank, or only those without the evidence they need.
    #[arg(long)]
    pub wanted: Option<Wanted>,
    #[arg(long, default_value = "table")]
    pub format: TableFormat,
}

#[derive(Debug, Args)]
pub struct Queries {
    #[arg(required_unless_present = "rubric", conflicts_with = "rubric")]
    pub evaluation: Option<PathBuf>,
    #[command(flatten)]
    pub scored: Scored,
    /// Of one centre only.
    #[arg(long, value_name = "ID")]
    pub centre: Option<String>,
    /// Without those that are answered.
    #[arg(long)]
    pub open: bool,
    /// Exit with 1 where a query is not answered.
    #[arg(long)]
    pub fail_on_open: bool,
    #[arg(long, default_value = "table")]
    pub format: TableFormat,
}

#[derive(Debug, Args)]
pub struct Answer {
    pub evaluation: PathBuf,
    /// By its id or name.
    pub centre: String,
    /// One of the cells it is about: a metric, or metric@2024, by the metric's id or title.
    #[arg(value_name = "METRIC[@YEAR]")]
    pub cell: String,
    /// Which query, where there are several about the cell: its id or title, as `triennial queries` lists it.
    #[arg(long, value_name = "CHECK")]
    pub check: Option<String>,
    /// Why the figures may stand; kept in the journal.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}
