//! `triennial robustness`: the smallest single change that gives a centre another grade; when asked, what one indicator
//! decides and how often grades stand in draws.

use std::convert::Infallible;
use std::io::{IsTerminal, stderr};
use std::num::NonZero;
use std::sync::{Mutex, PoisonError};

use super::args::{ReportFormat, Robustness as Args};
use super::failure::{Ended, Failure};
use super::progress::Progress;
use super::session::Session;
use super::workers::{each, each_taken, processors};
use super::{Exit, output};
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::robustness::draw::{Counts, Drawing, Plan};
use crate::domain::robustness::{Bench, leave_one_out};
use crate::domain::text::Lang;
use crate::wording::robustness::SEARCHED;
use crate::write::sheet::Table;
use crate::write::{csv, json, markdown, robustness, terminal};

/// Draws that a worker takes at a time.
const CHUNK: u64 = 16;

pub fn run(args: &Args, lang: Lang) -> Ended {
    if args.draws.is_some() && args.weights.is_none() && !args.tolerance {
        let what = Diagnostic::error("E-usage", "nothing is drawn", "没有可抽取的内容");
        let help = what.help(
            "say what: --weights 10%, --tolerance, or both",
            "请说明抽取对象：--weights 10%、--tolerance，或两者",
        );
        return Err(Failure::usage("triennial", help));
    }
    let session = Session::of(args.evaluation.as_deref(), &args.scored, lang)?;
    let centre = args.centre.as_deref().map(|id| session.centre(id)).transpose()?;
    let asked: Vec<CentreIx> = session.cohort.all().filter(|ix| centre.is_none_or(|only| only == *ix)).collect();
    let table = if args.leave_one_out {
        let changes = leave_one_out(&session.rubric, &session.cohort);
        robustness::left_out(session.source(), &changes, &asked, lang)
    } else if let Some(count) = args.draws {
        let plan = Plan { seed: args.seed, weights: args.weights.clone(), tolerance: args.tolerance };
        let counts = drawn(&session, &plan, count, number_of(args.workers), lang);
        robustness::draws(session.source(), &counts, &asked, lang)
    } else {
        let Some(found) = on_benches(&session, &asked, args.workers, lang, Bench::of)? else {
            return Ok(stopped(lang));
        };
        let found: Vec<_> = found.into_iter().flatten().collect();
        let table = robustness::table(session.source(), &found, centre.is_some(), lang);
        if args.format == ReportFormat::Table {
            return output::result(&format!("{}\n{}\n", terminal::table(&table), SEARCHED.get(lang)));
        }
        table
    };
    report(&table, args.format)
}

fn number_of(workers: Option<NonZero<usize>>) -> usize {
    workers.map_or_else(processors, NonZero::get)
}

/// Asks something about each centre, with a bench for each worker; the answers come in the order asked for, on any number
/// of workers. `None` where somebody stopped it.
pub fn on_benches<'s, T: Send>(
    session: &'s Session,
    asked: &[CentreIx],
    workers: Option<NonZero<usize>>,
    lang: Lang,
    ask: impl Fn(&mut Bench<'s>, CentreIx) -> T + Sync,
) -> Result<Option<Vec<T>>, Failure> {
    let first = Bench::new(&session.rubric, &session.cohort);
    let idle = Mutex::new(Vec::new());
    let idle = || idle.lock().unwrap_or_else(PoisonError::into_inner);
    let answer = |nth: usize, _: &_| {
        let taken = idle().pop();
        let mut bench = taken.unwrap_or_else(|| first.clone());
        let answer = ask(&mut bench, asked[nth]);
        idle().push(bench);
        Ok::<_, Infallible>(answer)
    };
    let (mut progress, mut done) = (Progress::begin(lang)?, 0);
    let worked = each(number_of(workers), asked.len(), answer, &mut |_| {
        done += 1;
        progress.tell(done, asked.len())
    });
    let Ok(worked) = worked;
    Ok(worked.all.then_some(worked.done))
}

/// Says that nothing is told because somebody stopped the work.
pub fn stopped(lang: Lang) -> Exit {
    output::error(match lang {
        Lang::En => "stopped; nothing was worked out",
        Lang::Zh => "已中止，未得出结果",
    });
    Exit::Attention
}

/// What the draws count adds up to the same in any order.
fn drawn(session: &Session, plan: &Plan, count: u64, workers: usize, lang: Lang) -> Counts {
    let shown = stderr().is_terminal();
    let drawing = Drawing::new(&session.rubric, &session.cohort, plan);
    let range = |nth: usize| {
        let from = u64::try_from(nth).unwrap_or(u64::MAX).saturating_mul(CHUNK);
        from..from.saturating_add(CHUNK).min(count)
    };
    let work = |nth: usize, _: &_| Ok::<_, Infallible>(drawing.draws(range(nth)));
    let (mut total, mut done) = (Counts::none(&session.rubric, &session.cohort), 0);
    let pieces = usize::try_from(count.div_ceil(CHUNK)).unwrap_or(usize::MAX);
    let Ok(_) = each_taken(workers, pieces, work, &mut |nth, counts| {
        let range = range(nth);
        done += range.end - range.start;
        if shown {
            progress(done, count, lang);
        }
        total.merge(&counts);
        true
    });
    if shown {
        output::over("");
    }
    total
}

/// One line that is written over and over; Ctrl-C ends the draws, and nothing was written.
fn progress(done: u64, of: u64, lang: Lang) {
    output::over(&match lang {
        Lang::En => format!("draw {done} of {of}; Ctrl-C stops"),
        Lang::Zh => format!("已抽取 {done}/{of} 次；Ctrl-C 中止"),
    });
}

/// Prints a table in the format asked for.
pub fn report(table: &Table, format: ReportFormat) -> Ended {
    match format {
        ReportFormat::Table => output::result(&terminal::table(table)),
        ReportFormat::Csv => output::bytes(&csv::table(table)),
        ReportFormat::Json => output::bytes(&json::table(table)),
        ReportFormat::Markdown => output::result(&markdown::table(table)),
    }
}
