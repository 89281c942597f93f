//! `triennial new`: opens an evaluation.

use std::path::Path;

use jiff::civil::Date;

use super::args::{Cli, New};
use super::failure::{Ended, Failure};
use super::{Exit, input, now, output};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, Evaluation, Pin};
use crate::domain::origin::Origin;
use crate::domain::reading::Cycle;
use crate::domain::text::Lang;
use crate::read;
use crate::store::catalogue::SHIPPED;
use crate::store::digest;
use crate::store::journal::Journal;

/// Who types where nobody says.
pub const EVALUATOR: &str = "evaluator-1";

/// Cycle and day of decision of the demo cohort.
const DEMO_CYCLE: Cycle = Cycle { first: 2023, last: 2025 };
const DEMO_DECISION: Date = jiff::civil::date(2026, 6, 30);

pub fn run(args: &New, cli: &Cli, lang: Lang) -> Ended {
    let evaluator = cli.evaluator.as_deref().unwrap_or(EVALUATOR);
    if args.demo {
        demo(&args.evaluation, evaluator, lang)?;
        return Ok(opened(&args.evaluation, lang));
    }
    // clap asks for both where there is no --demo.
    let (Some(named), Some(cycle)) = (&args.rubric, args.cycle) else { return Ok(Exit::Input) };
    found(&args.evaluation, named, cycle, args.decided_on, evaluator, lang)?;
    Ok(opened(&args.evaluation, lang))
}

/// Founds an evaluation in a new file, open for writing.
pub fn found(
    path: &Path,
    rubric: &str,
    cycle: Cycle,
    decided_on: Option<Date>,
    evaluator: &str,
    lang: Lang,
) -> Result<Journal, Failure> {
    let input::Named { text, rubric, .. } = input::rubric(rubric)?;
    if cycle.len() != rubric.cycle_years {
        return Err(wrong_length(cycle, rubric.cycle_years));
    }
    let pin = pin(&rubric, &text);
    let body = Body::Opened { cycle, pin, decided_on, lang };
    Ok(Journal::create(path, evaluator, body, &text, now())?)
}

fn pin(rubric: &crate::domain::rubric::Rubric, text: &str) -> Pin {
    Pin { rubric: rubric.id.clone(), edition: rubric.edition.clone(), digest: digest::text(text.as_bytes()) }
}

fn wrong_length(cycle: Cycle, wanted: usize) -> Failure {
    let (first, last, found) = (cycle.first, cycle.last, cycle.len());
    let what = Diagnostic::error(
        "E-cycle-length",
        format!("{first}-{last} has {found} years; the rubric evaluates {wanted} together"),
        format!("{first}-{last} 为 {found} 年，本体系的评估周期为 {wanted} 年"),
    );
    let right = i32::from(last) - i32::try_from(wanted).unwrap_or(1) + 1;
    Failure::usage("--cycle", what.help(format!("such as {right}-{last}"), format!("例如 {right}-{last}")))
}

/// Opens the demo cohort in a new file.
pub fn demo(path: &Path, evaluator: &str, lang: Lang) -> Result<Journal, Failure> {
    let shipped = &SHIPPED[0];
    let cohort = shipped.cohort;
    let rubric = input::pinned(shipped.text)?;
    let (data, faults) = read::table::table(cohort, &rubric, Some(DEMO_CYCLE));
    let name = format!("{}.csv", shipped.id);
    let Some(data) = data else { return Err(Failure::Input { name, text: String::new(), faults }) };
    let pin = pin(&rubric, shipped.text);
    let body = Body::Opened { cycle: DEMO_CYCLE, pin, decided_on: Some(DEMO_DECISION), lang };
    let conflict = |fault| {
        let event = Some((evaluator.to_owned(), 1));
        crate::store::error::StoreError::Conflict(Box::new(crate::store::error::Conflict { event, fault }))
    };
    let evaluation = Evaluation::open(&body, rubric).map_err(conflict)?;
    let origin = Origin { file: &name, digest: &digest::text(cohort.as_bytes()), sheet: "", mapping: "" };
    let plan = read::import::plan(&evaluation, data, origin, false);
    let mut journal = Journal::create(path, evaluator, body, shipped.text, now())?;
    journal.append(plan.bodies, now())?;
    Ok(journal)
}

fn opened(path: &Path, lang: Lang) -> Exit {
    let path = path.display().to_string();
    let path = crate::wording::safe::visible(&path);
    output::error(&match lang {
        Lang::En => {
            format!("opened {path}; fill it with `triennial import {path} DATA` or on the screen: `triennial {path}`")
        }
        Lang::Zh => {
            format!("已新建 {path}；可用 `triennial import {path} 数据文件` 导入，或用 `triennial {path}` 打开界面")
        }
    });
    Exit::Done
}
