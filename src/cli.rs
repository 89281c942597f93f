//! The command line: arguments, exit codes, and the effects that the other rooms ask for.
//!
//! The only room that knows everybody, and the only one with a clock. It must not hold meaning of its own: each command
//! reads, calls the domain, writes, and says how it ended.

mod args;
mod audit;
mod backtest;
mod batch;
mod centre;
mod check;
mod compare;
mod coverage;
mod desk;
mod evaluation;
mod evidence;
mod explain;
mod export;
mod failure;
mod flags;
mod font;
mod gaps;
mod import;
mod input;
mod intake;
mod mutate;
mod new;
mod notices;
mod output;
mod plot;
mod press;
mod progress;
mod queries;
mod recompute;
mod repin;
mod review;
mod robustness;
mod rubric;
mod score;
mod screen;
mod session;
mod snapshot;
mod state;
mod taken;
mod template;
mod test;
mod verify;
mod workers;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};
use failure::{Ended, Failure};

use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    Done = 0,
    /// Done, and something needs attention: flags, differences, a failed verify.
    Attention = 1,
    /// Bad input or usage.
    Input = 2,
    /// Something could not be read or written.
    Io = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the program with the process's own arguments.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(asked) => {
            // Help and version go to standard output and are no failure.
            let exit = if asked.use_stderr() { Exit::Input } else { Exit::Done };
            let _ = asked.print();
            return exit.into();
        }
    };
    let lang = cli.lang.map_or_else(lang_of_environment, Into::into);
    match perform(&cli, lang) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::error(&failure.text(lang));
            failure.exit().into()
        }
    }
}

fn perform(cli: &Cli, lang: Lang) -> Ended {
    if let (Some(file), Some(_)) = (&cli.evaluation, &cli.command) {
        let file = file.display();
        let what = Diagnostic::error(
            "E-usage",
            format!("`{file}` stands before a command"),
            format!("`{file}` 写在了命令之前"),
        );
        let help = what.help(
            "name the file behind the command: triennial score FILE",
            "请把文件写在命令之后：triennial score 文件",
        );
        return Err(Failure::usage("triennial", help));
    }
    match &cli.command {
        None => screen::run(cli, lang),
        Some(Command::New(args)) => new::run(args, cli, lang),
        Some(Command::Centre(args)) => centre::run(args, cli, lang),
        Some(Command::Import(args)) => import::run(args, cli, lang),
        Some(Command::Template(args)) => template::run(args, cli, lang),
        Some(Command::Evidence(args)) => evidence::run(args, cli, lang),
        Some(Command::Gaps(args)) => gaps::run(args, lang),
        Some(Command::Score(args)) => score::run(args, lang),
        Some(Command::Explain(args)) => explain::run(args, lang),
        Some(Command::Plot(args)) => plot::run(args, lang),
        Some(Command::Flags(args)) => flags::run(args, lang),
        Some(Command::Audit(args)) => audit::run(args, lang),
        Some(Command::Robustness(args)) => robustness::run(args, lang),
        Some(Command::Queries(args)) => queries::list(args, lang),
        Some(Command::Answer(args)) => queries::answer(args, cli, lang),
        Some(Command::Export(args)) => export::run(args, cli, lang),
        Some(Command::Notices(args)) => notices::run(args, cli, lang),
        Some(Command::Check(args)) => check::run(args, lang),
        Some(Command::Compare(args)) => compare::run(args, lang),
        Some(Command::Snapshot(args)) => snapshot::run(args, cli, lang),
        Some(Command::Bench(args)) => screen::bench(args, cli, lang),
        Some(Command::Test(args)) => test::run(args, lang),
        Some(Command::Mutate(args)) => mutate::run(args, lang),
        Some(Command::Coverage(args)) => coverage::run(args, lang),
        Some(Command::Backtest(args)) => backtest::run(args, lang),
        Some(Command::Review(args)) => review::run(args, cli, lang),
        Some(Command::Rubric(tool)) => rubric::run(tool, lang),
        Some(Command::Verify(args)) => verify::run(args, lang),
        Some(Command::Close(args)) => state::close(args, cli, lang),
        Some(Command::Reopen(args)) => state::reopen(args, cli, lang),
        Some(Command::Repin(args)) => repin::run(args, cli, lang),
        Some(Command::Backup(args)) => state::backup(args, lang),
        Some(Command::Keys) => output::result(&crate::app::command::key_table_markdown(lang)),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "triennial", &mut script);
            output::bytes(&script)
        }
    }
}

/// The language that the environment asks for; English where it asks for none of ours.
fn lang_of_environment() -> Lang {
    let asked = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.is_empty()).then_some(value)
    });
    if asked.is_some_and(|value| value.starts_with("zh")) { Lang::Zh } else { Lang::En }
}

/// Now, in microseconds since 1970-01-01 UTC; the only clock of the program.
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|passed| i64::try_from(passed.as_micros()).ok()).unwrap_or(0)
}
