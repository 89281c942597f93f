//! `triennial queries` and `answer`: what the checks of data ask about, and why it may stand. Neither changes how
//! `score` or `export` end.

use super::args::{Answer as Arguments, Cli, Queries as Listing, TableFormat};
use super::failure::{Ended, Failure};
use super::session::{self, Session};
use super::{Exit, evaluation, output};
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, Evaluation};
use crate::domain::query::{Answer, Queries, Query};
use crate::domain::reading::Layout;
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::read::nearest::nearest;
use crate::read::{fact, named};
use crate::wording::query::{Asked, counted};
use crate::write::queries::{self, Wanted};
use crate::write::{csv, json, terminal};

pub fn list(args: &Listing, lang: Lang) -> Ended {
    let session = Session::of(args.evaluation.as_deref(), &args.scored, lang)?.checked();
    let centre = args.centre.as_deref().map(|word| session.centre(word)).transpose()?;
    let source = session.source();
    let table = queries::table(source, Wanted { centre, open_only: args.open }, lang);
    let (open, answered) = queries::counts(source, centre);
    match args.format {
        TableFormat::Table => {
            let rows = if table.rows.is_empty() { String::new() } else { terminal::table(&table) + "\n" };
            output::result(&format!("{rows}{}\n", counted(lang, open, answered)))
        }
        TableFormat::Csv => output::bytes(&csv::table(&table)),
        TableFormat::Json => output::bytes(&json::table(&table)),
    }?;
    Ok(if args.fail_on_open && open > 0 { Exit::Attention } else { Exit::Done })
}

pub fn answer(args: &Arguments, cli: &Cli, lang: Lang) -> Ended {
    let path = &args.evaluation;
    let mut open = evaluation::write(path, cli)?.changeable(path)?;
    let body = answered(&open.evaluation, args)?;
    let Some(body) = body else {
        output::error(match lang {
            Lang::En => "nothing to change",
            Lang::Zh => "没有需要更改的内容",
        });
        return Ok(Exit::Done);
    };
    open.append(vec![body])?;
    Ok(Exit::Done)
}

/// The event that answers a query; `None` where just that is its answer.
fn answered(evaluation: &Evaluation, args: &Arguments) -> Result<Option<Body>, Failure> {
    let Evaluation { rubric, cohort, answers, .. } = evaluation;
    let ix = session::centre(cohort, &args.centre)?;
    let query = meant(evaluation, ix, args)?;
    let reason = fact::answer(&args.reason).map_err(|fault| Failure::usage("--reason", fault))?;
    let (centre, cell) = (cohort.centre(ix).id.clone(), query.cell(rubric, &cohort.layout));
    let check = query.check(rubric).to_owned();
    let was = answers.last(&centre, &cell, &check).cloned();
    let to = Some(Answer { figures: query.figures(), reason });
    Ok((was != to).then_some(Body::Answered { centre, cell, check, was, to }))
}

/// The query that the command line names by one of its cells and its check.
fn meant(evaluation: &Evaluation, ix: CentreIx, args: &Arguments) -> Result<Query, Failure> {
    let Evaluation { rubric, cohort, .. } = evaluation;
    let cell = named::cell(rubric, &cohort.layout, &args.cell).map_err(|fault| Failure::usage(&args.cell, fault))?;
    let slot = rubric.metric(&cell.metric).and_then(|metric| cohort.layout.slot(metric, cell.year));
    let all = Queries::new(rubric, cohort).of(rubric, ix);
    let is_here =
        |query: &&Query| slot.is_some_and(|slot| query.is_about(rubric, &cohort.layout, slot, cell.judge.as_deref()));
    let here: Vec<&Query> = all.iter().filter(is_here).collect();
    let asked =
        |query: &&&Query| args.check.as_ref().is_none_or(|check| is_called(query, check, rubric, &cohort.layout));
    let mut found = here.iter().filter(asked);
    if let (Some(query), None) = (found.next(), found.next()) {
        return Ok((**query).clone());
    }
    let id = &cohort.centre(ix).id;
    let named = |query: &Query| {
        let cell = query.cell(rubric, &cohort.layout).name();
        format!("{cell} --check {}", query.check(rubric))
    };
    let known: Vec<String> = all.iter().map(named).collect();
    let what = Diagnostic::error(
        "E-no-query",
        format!("{id} has no such query about `{}`", args.cell),
        format!("{id} 的 `{}` 没有这样的疑点", args.cell),
    );
    let what = if here.len() > 1 && args.check.is_none() {
        Diagnostic::error(
            "E-which-query",
            format!("there are {} queries about `{}`", here.len(), args.cell),
            format!("`{}` 有 {} 项疑点", args.cell, here.len()),
        )
    } else {
        what
    };
    let wanted = format!("{} --check {}", cell.name(), args.check.as_deref().unwrap_or_default());
    let help = match nearest(&wanted, known.iter().map(String::as_str)) {
        _ if known.is_empty() => what.help("nothing is asked about this centre", "该单位没有疑点"),
        Some(near) if here.len() < 2 => what.help(format!("did you mean {near}?"), format!("是否想写 {near}？")),
        _ => what.help(format!("there are: {}", known.join("; ")), format!("现有：{}", known.join("；"))),
    };
    Err(Failure::usage("triennial answer", help))
}

/// By its id, or by the title that the list of queries shows.
fn is_called(query: &Query, check: &str, rubric: &Rubric, layout: &Layout) -> bool {
    let title = |lang| Asked { rubric, layout, lang }.check(query);
    query.check(rubric) == check || [Lang::En, Lang::Zh].into_iter().any(|lang| title(lang) == check)
}
