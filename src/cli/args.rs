//! What can be said on the command line. Must not know what it does.

mod cohort;
mod data;
mod evaluation;
mod format;
mod rubric;
mod scored;
mod sheet;
mod trial;
mod value;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::domain::text::Lang;

pub use cohort::Cohort;
pub use data::{Answer, Evidence, Finding, Gaps, Import, Queries, Template, Wanted};
pub use evaluation::{Backup, Centre, CentreFacts, New, Reasoned, Repin, Verify};
pub use format::{
    AuditFormat, DocumentFormat, LetterFormat, PlotFormat, ReportFormat, SheetFormat, TableFormat, TextFormat,
};
pub use rubric::{
    AcceptSnapshot, Bench, Check, Compare, Review, RubricTool, SNAPSHOTS, Snapshot, SnapshotAct, Snapshots, Test,
};
pub use scored::{Audit, Explain, Plot, Robustness, Score, Scored};
pub use sheet::{Export, Flags, Notices};
pub use trial::{Backtest, Coverage, Mutate};

/// Score the three-year performance evaluation of technology innovation centres.
///
/// Without a command, opens the screen: on EVALUATION, or on the start screen.
///
/// Exit status: 0 done; 1 done, and something needs attention; 2 bad input or usage; 3 could not read or write.
#[derive(Debug, Parser)]
#[command(name = "triennial", version, max_term_width = 100)]
pub struct Cli {
    /// An evaluation file (*.triennial).
    pub evaluation: Option<PathBuf>,

    /// Language of screen and messages; otherwise LC_ALL, LC_MESSAGES or LANG say.
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<LangArg>,

    /// Who types. Otherwise TRIENNIAL_EVALUATOR, or the name the evaluation was opened with.
    #[arg(long = "as", global = true, value_name = "NAME", env = "TRIENNIAL_EVALUATOR", hide_env_values = true)]
    pub evaluator: Option<String>,

    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LangArg {
    En,
    Zh,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::En => Self::En,
            LangArg::Zh => Self::Zh,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open a new evaluation; never overwrites.
    New(New),
    /// Add, set or drop a centre of the roster.
    #[command(subcommand)]
    Centre(Centre),
    /// Show what a table of readings would change; with --yes, change it in one step.
    Import(Import),
    /// Write workbooks to be filled in and imported again: for the cohort, or for each centre.
    Template(Template),
    /// Attach files that show where figures come from, and check that they are still there, unchanged.
    #[command(subcommand)]
    Evidence(Evidence),
    /// List what is still blank, to send back to a centre.
    Gaps(Gaps),
    /// Score every centre: one row each.
    Score(Score),
    /// Show every point of one centre with its working.
    Explain(Explain),
    /// Draw the distribution of totals, or one centre's profile and trend.
    Plot(Plot),
    /// List who must rectify, be removed, or needs a look, each with its reason.
    Flags(Flags),
    /// For every centre, show the smallest single change that gives it another grade.
    Robustness(Robustness),
    /// One page to read before signing: lines, ties, quotas, grades that hang on one thing, ways to a better grade.
    Audit(Audit),
    /// List what checks of the data ask about: slips of a unit, jumps, outliers, sums that do not add up.
    Queries(Queries),
    /// Say why a query may stand; the answer holds as long as the figures do.
    Answer(Answer),
    /// Write grade sheets: DIR/cohort.EXT, DIR/flags.EXT and DIR/centres/ID.EXT.
    Export(Export),
    /// Write a draft letter to each centre that must rectify or is to be removed: DIR/notices/ID.EXT.
    Notices(Notices),
    /// Check rubrics for errors and doubts.
    Check(Check),
    /// Show whom the edits between two rubrics move, worst first, and which edit did it.
    Compare(Compare),
    /// Look through a change of a rubric on the screen, and accept it with a reason, which writes a change note.
    Review(Review),
    /// Keep what rubrics make of cohorts, to see whom a changed rubric moves; `check` changes nothing.
    Snapshot(Snapshot),
    /// Put a rubric file on the bench: move its figures and see whom that moves.
    Bench(Bench),
    /// Run fixtures: readings, and what a rubric should make of them.
    Test(Test),
    /// Move each figure of a rubric a step up and down: whom it moves, figures that move nobody, and those on a knife's edge.
    Mutate(Mutate),
    /// List the parts of a rubric that no centre reaches: bands, policies, gates, grades, outcomes.
    Coverage(Coverage),
    /// Grade earlier cycles by a rubric, beside what was graded then.
    Backtest(Backtest),
    /// Write, complete, explain and cite rubrics.
    #[command(subcommand)]
    Rubric(RubricTool),
    /// Check that nothing stored in an evaluation was changed, or that a sheet follows from what it carries.
    Verify(Verify),
    /// Freeze an evaluation, with a reason; sheets before that say DRAFT.
    Close(Reasoned),
    /// Take a close back, with a reason.
    Reopen(Reasoned),
    /// Show what another rubric does to an evaluation; with --reason, pin it.
    Repin(Repin),
    /// Copy an evaluation whole, also while it is open.
    Backup(Backup),
    /// Print the key table.
    Keys,
    /// Print a completion script.
    Completions { shell: clap_complete::Shell },
}
