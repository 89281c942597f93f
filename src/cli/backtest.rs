//! `triennial backtest`: earlier cycles graded by a rubric, beside what was graded then.

use super::args::{self, Backtest, TableFormat};
use super::failure::{Ended, Failure};
use super::taken::Taken;
use super::{Exit, input, output};
use crate::domain::backtest::{Past, Round, backtest};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;
use crate::write::sheet::cycle_text;
use crate::write::{backtest as tables, csv, json};

pub fn run(args: &Backtest, lang: Lang) -> Ended {
    let (_, rubric) = input::usable(&args.rubric)?;
    let mut pasts: Vec<Past> = Vec::new();
    for named in &args.cohorts {
        let asked = args::Cohort { cohort: Some(named.clone()), ..args::Cohort::default() };
        let taken = Taken::of(&asked, &[&rubric], Some(lang))?;
        let (mut cohort, graded) = (taken.under(&rubric), taken.graded());
        cohort.close(&rubric);
        let cycle = cohort.layout.cycle;
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

fn twice(named: &str, cycle: &str) -> Failure {
    let what =
        Diagnostic::error("E-cycle-twice", format!("the cycle {cycle} is named twice"), format!("周期 {cycle} 重复"));
    let help = what.help("name one cohort for each cycle", "每个周期请只指定一份参评单位数据");
    Failure::usage(named, help)
}
