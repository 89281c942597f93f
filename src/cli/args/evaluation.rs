//! What is said of an evaluation as a whole: its opening, its roster, its end. Must not know what is done about it.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::value::cycle;
use crate::domain::reading::Cycle;

#[derive(Debug, Args)]
pub struct New {
    pub evaluation: PathBuf,
    /// A rubric file, or the id of a shipped one.
    #[arg(long, value_name = "RUBRIC", required_unless_present = "demo")]
    pub rubric: Option<String>,
    /// Years evaluated, such as 2023-2025.
    #[arg(long, value_parser = cycle, value_name = "YEAR-YEAR", required_unless_present = "demo")]
    pub cycle: Option<Cycle>,
    /// Day of the authority's decision, from which deadlines run.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub decided_on: Option<Date>,
    /// The synthetic demo cohort under the shipped rubric.
    #[arg(long, conflicts_with_all = ["rubric", "cycle", "decided_on"])]
    pub demo: bool,
}

#[derive(Debug, Subcommand)]
pub enum Centre {
    /// Add a centre.
    Add(CentreFacts),
    /// Change facts about a centre; an empty text takes a fact back.
    Set(CentreFacts),
    /// Take a centre off the roster with its readings; undo brings it back.
    Drop {
        evaluation: PathBuf,
        id: String,
        /// Why; kept in the journal.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct CentreFacts {
    pub evaluation: PathBuf,
    pub id: String,
    #[arg(long)]
    pub name: Option<String>,
    #[arg(long)]
    pub kind: Option<String>,
    #[arg(long)]
    pub stage: Option<String>,
    /// participating, absent, withdrawn, deferred, deemed, inspection-passed or inspection-failed
    #[arg(long)]
    pub status: Option<String>,
    /// First year that counts for the centre.
    #[arg(long, value_name = "YEAR")]
    pub since: Option<String>,
    /// Ids of findings, joined by `;`.
    #[arg(long)]
    pub findings: Option<String>,
    /// Grade ids of earlier cycles, oldest first, joined by `;`.
    #[arg(long)]
    pub previous: Option<String>,
    /// An attribute that the rubric declares.
    #[arg(long = "attribute", value_name = "ID=VALUE")]
    pub attributes: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Reasoned {
    pub evaluation: PathBuf,
    /// Why; kept in the journal.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct Repin {
    pub evaluation: PathBuf,
    /// A rubric file, or the id of a shipped one.
    pub rubric: String,
    /// Why; without it nothing is written.
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

#[derive(Debug, Args)]
pub struct Backup {
    pub evaluation: PathBuf,
    /// The copy; never overwritten.
    pub to: PathBuf,
}

#[derive(Debug, Args)]
pub struct Verify {
    /// An evaluation, or a JSON sheet of a cohort or a centre that is recomputed line by line.
    pub file: PathBuf,
    /// A sheet of the evaluation, as JSON: also compare its figures, and see a journal shortened or rewritten since.
    #[arg(long, value_name = "SHEET")]
    pub against: Option<PathBuf>,
    /// Recompute the sheet by this rubric, where it is no shipped one: a file with the digest that the sheet names.
    #[arg(long, value_name = "RUBRIC", conflicts_with_all = ["against", "evaluation"])]
    pub rubric: Option<String>,
    /// Recompute the sheet from the evaluation it was made from, as that stood then.
    #[arg(long, value_name = "FILE", conflicts_with = "against")]
    pub evaluation: Option<PathBuf>,
    /// Take the other centres from the cohort's sheet: ranks, quotas and relative points of a centre's sheet.
    #[arg(long, value_name = "SHEET", conflicts_with_all = ["against", "evaluation"])]
    pub cohort: Option<PathBuf>,
}
