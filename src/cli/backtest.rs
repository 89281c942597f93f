//! `triennial backtest`: earlier cycles graded by a rubric, beside what was graded then.

use super::args::{self, Backtest, TableFormat};
use super::failure::{Ended, Failure};
use super::taken::Taken;
use super::{Exit, input, output};
use crate::domain::backtest::{Past, Round, backtest};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::reading::Cycle;
use crate::domain::text::Lang;
use crate::write::sheet::cycle_text;
use crate::write::{backtest as tables, csv, json};

pub fn run(args: &Backtest, lang: Lang) -> Ended {
    let (_, rubric) = input::usable(&args.rubric)?;
    let mut pasts: Vec<Past> = Vec::new();
    for (named, asked) in named(args)? {
        let cohort = args::Cohort { cohort: Some(named.to_owned()), cycle: asked, ..args::Cohort::default() };
        let taken = Taken::of(&cohort, &[&rubric], Some(lang))?;
        let (mut cohort, graded) = (taken.under(&rubric), taken.graded());
        cohort.close(&rubric);
        let cycle = cohort.layout.cycle;
        if asked.is_some_and(|asked| asked != cycle) {
            return Err(other_cycle(named, &cycle_text(cycle.first, cycle.last)));
        }
        if pasts.iter().any(|past| past.cohort.layout.cycle == cycle) {
            return Err(twice(named, &cycle_text(cycle.first, cycle.last)));
        }
        pasts.push(Past { cohort, graded });
    }
    let rounds = backtest(&rubric, pasts);
    let all = || rounds.iter().flat_map(|round| round.lines.iter().map(move |line| (round, line)));
    match args.format {
        TableFormat::Table => output::result(&tables::text(&rounds, &rubric, lang))?,
        TableFormat::Csv => output::bytes(&csv::table(&tables::table(all(), &rubric, lang)))?,
        TableFormat::Json => output::bytes(&json::table(&tables::table(all(), &rubric, lang)))?,
    };
    let differs = rounds.iter().map(Round::differing).any(|count| count > 0);
    Ok(if differs { Exit::Attention } else { Exit::Done })
}

/// Each cohort with the cycle that is asked of it.
fn named(args: &Backtest) -> Result<Vec<(&str, Option<Cycle>)>, Failure> {
    let (cohorts, cycles) = (&args.cohorts, &args.cycles);
    if !cycles.is_empty() && cycles.len() != cohorts.len() {
        let what = Diagnostic::error(
            "E-usage",
            format!("--cohort is said {} times and --cycle {}", cohorts.len(), cycles.len()),
            format!("--cohort 有 {} 个，--cycle 有 {} 个", cohorts.len(), cycles.len()),
        );
        let help = what.help(
            "say --cycle once for each --cohort, in the same order",
            "请按相同顺序为每个 --cohort 各指定一次 --cycle",
        );
        return Err(Failure::usage("triennial", help));
    }
    let cycles = cycles.iter().copied().map(Some).chain(std::iter::repeat(None));
    Ok(cohorts.iter().map(String::as_str).zip(cycles).collect())
}

fn other_cycle(named: &str, cycle: &str) -> Failure {
    let what = Diagnostic::error(
        "E-cycle-other",
        format!("this evaluation is of the cycle {cycle}"),
        format!("该评估文件的周期为 {cycle}"),
    );
    Failure::usage(named, what.help("name that cycle", "请指定该周期"))
}

fn twice(named: &str, cycle: &str) -> Failure {
    let what =
        Diagnostic::error("E-cycle-twice", format!("the cycle {cycle} is named twice"), format!("周期 {cycle} 重复"));
    let help = what.help("name one cohort for each cycle", "每个周期请只指定一份参评单位数据");
    Failure::usage(named, help)
}
