//! What can be said of a rubric on trial: coverage, mutation, back-test.

use std::num::NonZero;
use std::path::PathBuf;

use clap::Args;

use super::cohort::Cohort;
use super::format::TableFormat;
use super::value::cycle;
use crate::domain::number::Number;
use crate::domain::reading::Cycle;

#[derive(Debug, Args)]
pub struct Mutate {
    /// A rubric file, or the id of a shipped one.
    pub rubric: String,
    #[command(flatten)]
    pub cohort: Cohort,
    /// How many of its last written decimal place each figure is moved by.
    #[arg(long, value_name = "COUNT", default_value = "1", value_parser = clap::value_parser!(i64).range(1..=1_000_000))]
    pub step: i64,
    /// Fixtures of the rubric, or folders with fixtures: also say which moved figures they would notice.
    #[arg(long, value_name = "PATH")]
    pub fixtures: Vec<PathBuf>,
    /// Exit with 1 where the fixtures notice a smaller share of the moved figures.
    #[arg(long, value_name = "SHARE", value_parser = share, requires = "fixtures")]
    pub threshold: Option<Number>,
    /// How many threads work; otherwise as many as the machine has processors.
    #[arg(long, value_name = "COUNT")]
    pub workers: Option<NonZero<usize>>,
    #[arg(long, default_value = "table")]
    pub format: TableFormat,
}

#[derive(Debug, Args)]
pub struct Coverage {
    /// A rubric file, or the id of a shipped one.
    pub rubric: String,
    #[command(flatten)]
    pub cohort: Cohort,
    /// Fixtures of the rubric, or folders with fixtures: what their centres reach counts too.
    #[arg(long, value_name = "PATH")]
    pub fixtures: Vec<PathBuf>,
    /// Exit with 1 where a smaller share of the rubric is reached.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub threshold: Option<Number>,
    #[arg(long, default_value = "table")]
    pub format: TableFormat,
}

#[derive(Debug, Args)]
pub struct Backtest {
    /// A rubric file, or the id of a shipped one.
    pub rubric: String,
    /// An evaluation, or a table whose `previous` columns or later cycles say what was graded; once per cycle.
    #[arg(long = "cohort", value_name = "COHORT", required = true)]
    pub cohorts: Vec<String>,
    /// The years graded of each --cohort, in their order; otherwise the last ones the data name.
    #[arg(long = "cycle", value_parser = cycle, value_name = "YEAR-YEAR")]
    pub cycles: Vec<Cycle>,
    #[arg(long, default_value = "table")]
    pub format: TableFormat,
}

/// `80%` or `0.8`.
fn share(text: &str) -> Result<Number, String> {
    let share = Number::parse_share(text).ok().filter(|share| !share.is_negative() && *share <= Number::ONE);
    share.ok_or_else(|| "write a share from 0% to 100%".to_owned())
}
