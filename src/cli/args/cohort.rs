//! Which centres a rubric is tried on. Must not know how they are read.

use clap::Args;
use jiff::civil::Date;

use super::value::cycle;
use crate::domain::reading::Cycle;

/// Centres to try rubrics on.
#[derive(Debug, Clone, Default, Args)]
pub struct Cohort {
    /// An evaluation, a table (CSV, XLSX, ODS or XLS), or the id of a shipped cohort; otherwise the rubric's own one, that
    /// of OLD where there are two.
    #[arg(long, value_name = "COHORT")]
    pub cohort: Option<String>,
    /// The sheet of a workbook to read, where something stands in more than one.
    #[arg(long, value_name = "NAME", requires = "cohort")]
    pub sheet: Option<String>,
    /// Years evaluated; otherwise the last ones the data name.
    #[arg(long, value_parser = cycle, value_name = "YEAR-YEAR")]
    pub cycle: Option<Cycle>,
    /// Day of the authority's decision, from which deadlines run; otherwise that of an evaluation.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub decided_on: Option<Date>,
}

impl Cohort {
    /// Something is said of it.
    pub fn is_named(&self) -> bool {
        self.cohort.is_some() || self.sheet.is_some() || self.cycle.is_some() || self.decided_on.is_some()
    }
}
