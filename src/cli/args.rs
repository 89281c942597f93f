//! What can be said on the command line. Must not know what it does.

mod trial;

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::domain::number::Number;
use crate::domain::reading::Cycle;
use crate::domain::text::Lang;
use crate::read::fact;

pub use trial::{Backtest, Coverage, Mutate, Taken};

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

#[derive(Debug, Subcommand)]
pub enum Evidence {
    /// Attach a file to a reading, or to a centre as a whole; its SHA-256 is kept in the journal.
    Add {
        evaluation: PathBuf,
        centre: String,
        /// The reading (such as income@2024; left out for the centre as a whole), then the file.
        #[arg(required = true, num_args = 1..=2, value_name = "METRIC@YEAR FILE")]
        what: Vec<String>,
        /// Take a copy into the folder NAME.evidence beside the evaluation; otherwise the file stays where it lies.
        #[arg(long)]
        copy: bool,
    },
    /// Take a file away from where it was attached; the file itself stays.
    Drop {
        evaluation: PathBuf,
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
        #[arg(long, default_value = "table")]
        format: TableFormat,
    },
}

#[derive(Debug, Args)]
pub struct Gaps {
    pub evaluation: PathBuf,
    #[arg(long, value_name = "ID")]
    pub centre: Option<String>,
    #[arg(long, default_value = "table")]
    pub format: TableFormat,
}

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
pub struct Flags {
    pub evaluation: PathBuf,
    /// Exit with 1 where somebody must rectify, be removed or be looked at.
    #[arg(long)]
    pub fail_on_flag: bool,
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
    #[arg(long, default_value = "table")]
    pub format: AuditFormat,
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
    pub centre: String,
    /// The cell, as `triennial queries` lists it: a metric, or metric@2024.
    #[arg(value_name = "METRIC[@YEAR]")]
    pub cell: String,
    /// Which query, where there are several about the cell.
    #[arg(long, value_name = "ID")]
    pub check: Option<String>,
    /// Why the figures may stand; kept in the journal.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct Export {
    pub evaluation: PathBuf,
    /// csv, json, markdown, html, xlsx, docx, pdf; several joined by commas.
    #[arg(long, value_delimiter = ',', required = true)]
    pub format: Vec<SheetFormat>,
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// A font for PDF instead of the embedded one: OpenType or TrueType.
    #[arg(long, value_name = "FILE")]
    pub font: Option<PathBuf>,
    /// Write only DIR/public.EXT: what the rubric makes public, and what that leaves out.
    #[arg(long)]
    pub public: bool,
}

#[derive(Debug, Args)]
pub struct Notices {
    pub evaluation: PathBuf,
    /// html, markdown, docx, pdf; several joined by commas.
    #[arg(long, value_delimiter = ',', default_value = "html")]
    pub format: Vec<LetterFormat>,
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// A font for PDF instead of the embedded one: OpenType or TrueType.
    #[arg(long, value_name = "FILE")]
    pub font: Option<PathBuf>,
}

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
    /// A rubric file, the id of a shipped one, git:REV:PATH, or an evaluation for what it has pinned.
    pub old: String,
    /// The same.
    pub new: String,
    /// An evaluation, a table (CSV, XLSX, ODS or XLS), or the id of a shipped cohort; otherwise that of OLD.
    #[arg(long, value_name = "COHORT")]
    pub cohort: Option<String>,
    /// The sheet of a workbook to read, where something stands in more than one.
    #[arg(long, value_name = "NAME", requires = "cohort")]
    pub sheet: Option<String>,
    /// Years evaluated; otherwise the last ones the data name.
    #[arg(long, value_parser = cycle, value_name = "YEAR-YEAR")]
    pub cycle: Option<Cycle>,
    /// Day of the authority's decision, from which deadlines run.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub decided_on: Option<Date>,
    /// Only this centre, with its ledger line by line.
    #[arg(long, value_name = "ID")]
    pub centre: Option<String>,
    #[arg(long, default_value = "text")]
    pub format: DocumentFormat,
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
pub struct Review {
    /// A rubric file, the id of a shipped one, git:REV:PATH, or an evaluation for what it has pinned.
    pub old: String,
    /// The same.
    pub new: String,
    /// An evaluation, a table (CSV, XLSX, ODS or XLS), or the id of a shipped cohort; otherwise that of OLD.
    #[arg(long, value_name = "COHORT")]
    pub cohort: Option<String>,
    /// The sheet of a workbook to read, where something stands in more than one.
    #[arg(long, value_name = "NAME", requires = "cohort")]
    pub sheet: Option<String>,
    /// Years evaluated; otherwise the last ones the data name.
    #[arg(long, value_parser = cycle, value_name = "YEAR-YEAR")]
    pub cycle: Option<Cycle>,
    /// Day of the authority's decision, from which deadlines run.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub decided_on: Option<Date>,
    /// The change note; otherwise it lies beside NEW and is called after it, with the ending .notes.toml.
    #[arg(long, value_name = "FILE")]
    pub note: Option<PathBuf>,
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
    /// The folder they are kept in.
    #[arg(long, value_name = "FOLDER", default_value = "snapshots/rubrics")]
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
    #[arg(long, value_name = "FOLDER", default_value = "snapshots/rubrics")]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Table,
    Csv,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Table,
    Csv,
    Json,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    Table,
    Json,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    Text,
    Markdown,
    Json,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlotFormat {
    Text,
    Svg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SheetFormat {
    Csv,
    Json,
    Markdown,
    Html,
    Docx,
    Pdf,
    Xlsx,
}

impl SheetFormat {
    /// The format of an id, as `--format` takes it.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::from_str(id, false).ok()
    }
}

/// Formats of what consists of sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LetterFormat {
    Html,
    Markdown,
    Docx,
    Pdf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    Warnings,
}

/// No less than nothing.
fn points(text: &str) -> Result<Number, String> {
    let points = Number::parse(text).ok().filter(|points| !points.is_negative());
    points.ok_or_else(|| "write points, such as 0.5".to_owned())
}

/// `10%` or `0.1`: more than nothing, less than all.
fn spread(text: &str) -> Result<Number, String> {
    let share = Number::parse_share(text).ok().filter(|share| share.is_positive() && *share < Number::ONE);
    share.ok_or_else(|| "write a share between 0 and 1, such as 10%".to_owned())
}

/// `2023-2025`, or one year.
fn cycle(text: &str) -> Result<Cycle, String> {
    fact::cycle(text).ok_or_else(|| "write it as 2023-2025".to_owned())
}
