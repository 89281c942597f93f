//! `triennial robustness`: the smallest single change that gives a centre another grade; when asked, what one indicator
//! decides and how often grades stand in draws.

use std::num::NonZero;

use super::args::{ReportFormat, Robustness as Args};
use super::crew::{Crew, stopped};
use super::failure::{Ended, Failure};
use super::output;
use super::session::Session;
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::robustness::draw::{Counts, Drawing, Plan};
use crate::domain::robustness::{Bench, LeftOut, leave_out};
use crate::domain::rubric::NodeIx;
use crate::domain::score::score;
use crate::domain::text::Lang;
use crate::wording::robustness::{DRAWING, LEAVING_OUT, SEARCHED, TRYING};
use crate::write::sheet::Table;
use crate::write::{csv, json, markdown, robustness, terminal};

/// Draws that a worker takes at a time.
const CHUNK: usize = 16;

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
        let Some(changes) = left_out(&session, args.workers, lang)? else { return Ok(stopped(lang)) };
        robustness::left_out(session.source(), &changes, &asked, lang)
    } else if let Some(count) = args.draws {
        let plan = Plan { seed: args.seed, weights: args.weights.clone(), tolerance: args.tolerance };
        let Some(counts) = drawn(&session, &plan, count, args.workers, lang)? else { return Ok(stopped(lang)) };
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
    let crew = Crew { workers, what: TRYING, lang, of: asked.len(), size: 1 };
    let done = crew.work(|| first.clone(), |bench, at| ask(bench, asked[at.start]))?;
    Ok(done.map(|done| done.pieces))
}

/// `None` where somebody stopped it.
fn left_out(session: &Session, workers: Option<NonZero<usize>>, lang: Lang) -> Result<Option<Vec<LeftOut>>, Failure> {
    let (rubric, cohort) = (&session.rubric, &session.cohort);
    let before = score(rubric, cohort, None);
    let indicators: Vec<NodeIx> = rubric.indicators().map(|(node, _)| node).collect();
    let crew = Crew { workers, what: LEAVING_OUT, lang, of: indicators.len(), size: 1 };
    let done = crew.work(|| (), |(), at| leave_out(rubric, cohort, &before, indicators[at.start]))?;
    Ok(done.map(|done| done.pieces.into_iter().flatten().collect()))
}

/// What the workers count adds up to the same in any order. `None` where somebody stopped it.
fn drawn(
    session: &Session,
    plan: &Plan,
    count: u64,
    workers: Option<NonZero<usize>>,
    lang: Lang,
) -> Result<Option<Counts>, Failure> {
    let (rubric, cohort) = (&session.rubric, &session.cohort);
    let drawing = Drawing::new(rubric, cohort, plan);
    let crew = Crew { workers, what: DRAWING, lang, of: usize::try_from(count).unwrap_or(usize::MAX), size: CHUNK };
    let none = || Counts::none(rubric, cohort);
    let done = crew.work(none, |counts, at| counts.merge(&drawing.draws(at.start as u64..at.end as u64)))?;
    Ok(done.map(|done| {
        let mut total = none();
        done.tools.iter().for_each(|counts| total.merge(counts));
        total
    }))
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
