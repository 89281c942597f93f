//! What is said of rubrics: checked, compared, reviewed, kept as snapshots, tried. Must not know the rubric language.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::cohort::Cohort;
use super::format::{Deny, DocumentFormat, TextFormat};
use super::value::cycle;
use crate::domain::reading::Cycle;

/// The folder of the snapshots, where no other is named.
pub const SNAPSHOTS: &str = "snapshots/rubrics";

#[derive(Debug, Args)]
pub struct Check {
    /// Rubric files, or ids of shipped ones.
    #[arg(required = true)]
    pub rubrics: Vec<String>,
    /// A table (CSV, XLSX, ODS or XLS): also check whether its centres are enough for rules that compare them.
    #[arg(long, value_name = "DATA")]
    pub data: Option<PathBuf>,
    /// The sheet of a workbook to read, where something stands in more than one.
    #[arg(long, value_name = "NAME", requires = "data")]
    pub sheet: Option<String>,
    /// Exit with 1 where there are warnings.
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<Deny>,
    #[arg(long, default_value = "text")]
    pub format: TextFormat,
}

#[derive(Debug, Args)]
pub struct Compare {
    /// A rubric file, the id of a shipped one (alone or as ID@EDITION), git:REV:PATH, an evaluation for what it has pinned,
    /// or the name of a snapshot for what it was taken of.
    pub old: String,
    /// The same.
    pub new: String,
    #[command(flatten)]
    pub cohort: Cohort,
    /// Only this centre, with its ledger line by line.
    #[arg(long, value_name = "ID")]
    pub centre: Option<String>,
    #[arg(long, default_value = "text")]
    pub format: DocumentFormat,
}

#[derive(Debug, Args)]
pub struct Review {
    /// The rubric before, as `compare` names it; or, alone, the name of a snapshot, RUBRIC@COHORT. Without any: all
    /// results that wait.
    pub old: Option<String>,
    /// The rubric after.
    pub new: Option<String>,
    #[command(flatten)]
    pub cohort: Cohort,
    /// The folder of the snapshots: an accepted result stands there, with its note.
    #[arg(long, value_name = "FOLDER", default_value = SNAPSHOTS)]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Bench {
    /// A rubric file that is complete in itself.
    pub rubric: PathBuf,
    /// The centres to try it on: an evaluation. Without one, --data names a data file.
    #[arg(required_unless_present = "data")]
    pub evaluation: Option<PathBuf>,
    /// The centres to try it on: a data file.
    #[arg(long, value_name = "DATA", conflicts_with = "evaluation")]
    pub data: Option<PathBuf>,
    /// Years evaluated, where the data do not say.
    #[arg(long, value_parser = cycle, value_name = "YEAR-YEAR")]
    pub cycle: Option<Cycle>,
}

#[derive(Debug, Args)]
pub struct Test {
    /// Fixtures (TOML), or folders with fixtures.
    #[arg(required = true)]
    pub fixtures: Vec<PathBuf>,
    /// Try this rubric in the place of the one that each fixture names.
    #[arg(long, value_name = "RUBRIC")]
    pub rubric: Option<String>,
    #[arg(long, default_value = "text")]
    pub format: TextFormat,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Snapshot {
    #[command(subcommand)]
    pub act: Option<SnapshotAct>,
    #[command(flatten)]
    pub which: Snapshots,
}

#[derive(Debug, Subcommand)]
pub enum SnapshotAct {
    /// Say which snapshots differ, are obsolete or are accepted by no note; writes nothing.
    Check(Snapshots),
    /// Accept a result with a reason: the note of it lies beside the snapshot.
    Accept(AcceptSnapshot),
}

/// Which snapshots; all of the folder where none is named.
#[derive(Debug, Args)]
pub struct Snapshots {
    /// A rubric file, or the id of a shipped one.
    #[arg(long, value_name = "RUBRIC")]
    pub rubric: Vec<String>,
    /// An evaluation, a table (CSV, XLSX, ODS or XLS), or the id of a shipped cohort.
    #[arg(long, value_name = "COHORT")]
    pub cohort: Vec<String>,
    /// The sheet of a workbook, for a first snapshot; kept with it.
    #[arg(long, value_name = "NAME", requires_all = ["rubric", "cohort"])]
    pub sheet: Option<String>,
    /// Years evaluated, for a first snapshot, where not the last ones that the data name; kept with it.
    #[arg(long, value_parser = cycle, value_name = "YEAR-YEAR", requires_all = ["rubric", "cohort"])]
    pub cycle: Option<Cycle>,
    /// The folder they are kept in.
    #[arg(long, value_name = "FOLDER", default_value = SNAPSHOTS)]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct AcceptSnapshot {
    /// RUBRIC@COHORT, as the snapshot is called.
    pub name: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// The document and article that it rests on; `none` where it rests on none.
    #[arg(long, value_name = "TEXT")]
    pub article: String,
    /// The folder it is kept in.
    #[arg(long, value_name = "FOLDER", default_value = SNAPSHOTS)]
    pub out: PathBuf,
}

#[derive(Debug, Subcommand)]
pub enum RubricTool {
    /// Print a commented rubric to start from; it passes `check`.
    New {
        /// What the command line will call it.
        #[arg(long, value_name = "ID", default_value = "my-rubric")]
        id: String,
    },
    /// Print the complete rubric of a file that extends another.
    Flatten {
        /// A rubric file, or the id of a shipped one.
        rubric: String,
    },
    /// Print a whole rubric in plain sentences, as Markdown, with a worked example for each indicator.
    Explain {
        /// A rubric file, or the id of a shipped one.
        rubric: String,
    },
    /// Print the language as JSON Schema, for editors that complete and check TOML by one.
    Schema,
    /// Print by article what it sets, what nothing is cited for, and documents to be checked again.
    Cite {
        /// A rubric file, or the id of a shipped one.
        rubric: String,
        /// List documents that were not checked since that day.
        #[arg(long, value_name = "YYYY-MM-DD")]
        since: Option<Date>,
    },
}
