//! `triennial evidence`: files that show where figures come from.

mod check;

use std::path::Path;

use super::args::{Cli, Evidence, TableFormat};
use super::failure::{Ended, Failure};
use super::session::unknown_centre;
use super::{Exit, evaluation, output};
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, CellRef, Evaluation};
use crate::domain::evidence::{Attached, Attachment};
use crate::domain::text::Lang;
use crate::read::fact;
use crate::store::evidence::{self, Refused};
use crate::wording::terms;
use crate::write::sheet::{Align, Cell, Column, Row, Table};
use crate::write::{csv, data, json, terminal};

/// The fewest characters of a digest that name a file.
const FEWEST: usize = 8;

pub fn run(args: &Evidence, cli: &Cli, lang: Lang) -> Ended {
    match args {
        Evidence::Add { evaluation: path, centre, what, copy } => {
            let mut open = evaluation::write(path, cli)?.changeable(path)?;
            let ix = find(&open.evaluation, centre)?;
            let (cell, file) = split(&open.evaluation, what)?;
            let file = attachment(path, Path::new(file), *copy)?;
            if let Some(body) = attaching(&open.evaluation, ix, cell, file.clone()) {
                open.append(vec![body])?;
            }
            let (name, size, digest) = (crate::wording::safe::visible(&file.name), file.size, &file.digest);
            output::result(&match lang {
                Lang::En => format!("attached: {name}, {size} bytes, SHA-256 {digest}\n"),
                Lang::Zh => format!("已附上：{name}，{size} 字节，SHA-256 {digest}\n"),
            })
        }
        Evidence::Drop { evaluation: path, centre, what } => {
            let mut open = evaluation::write(path, cli)?.changeable(path)?;
            let ix = find(&open.evaluation, centre)?;
            let (cell, named) = split(&open.evaluation, what)?;
            let files = open.evaluation.cohort.readings(ix).files();
            let is = |at: &&Attached| {
                at.cell == cell && (at.file.name == named || named.len() >= FEWEST && at.file.digest.starts_with(named))
            };
            let Some(found) = files.iter().find(is) else { return Err(Failure::usage(named, not_attached(named))) };
            let body = Body::Detached { centre: centre.clone(), cell, file: found.file.clone() };
            open.append(vec![body])?;
            Ok(Exit::Done)
        }
        Evidence::List { evaluation: path, centre, format } => {
            let open = evaluation::read(path)?;
            let only = centre.as_deref().map(|id| find(&open.evaluation, id)).transpose()?;
            print(&list(&open.evaluation, only, lang), *format)
        }
        Evidence::Check { evaluation: path, format } => {
            let open = evaluation::read(path)?;
            check::run(path, &open.evaluation, *format, lang)
        }
    }
}

/// A file as it is now, copied or referred to.
pub fn attachment(evaluation: &Path, file: &Path, copy: bool) -> Result<Attachment, Failure> {
    let taken = if copy { evidence::copy(evaluation, file) } else { evidence::refer(evaluation, file) };
    taken.map_err(|refused| match refused {
        Refused::Store(fault) => fault.into(),
        Refused::Name(fault) => Failure::usage(file.display().to_string(), fault),
    })
}

/// The event that attaches a file; nothing where it is attached there already.
pub fn attaching(evaluation: &Evaluation, ix: CentreIx, cell: Option<CellRef>, file: Attachment) -> Option<Body> {
    let attached = Attached { cell, file };
    let known = evaluation.cohort.readings(ix).files().contains(&attached);
    let Attached { cell, file } = attached;
    (!known).then(|| Body::Attached { centre: evaluation.cohort.centre(ix).id.clone(), cell, file })
}

fn find(evaluation: &Evaluation, centre: &str) -> Result<CentreIx, Failure> {
    evaluation.cohort.find(centre).ok_or_else(|| unknown_centre(&evaluation.cohort, centre))
}

/// The cell, where one is named, and what follows it.
fn split<'a>(evaluation: &Evaluation, what: &'a [String]) -> Result<(Option<CellRef>, &'a str), Failure> {
    match what {
        [name, file] => Ok((Some(cell(evaluation, name)?), file)),
        [file, ..] => Ok((None, file)),
        [] => Ok((None, "")),
    }
}

fn cell(evaluation: &Evaluation, name: &str) -> Result<CellRef, Failure> {
    let slot = |cell: &CellRef| {
        let metric = evaluation.rubric.metric(&cell.metric)?;
        let fits = cell.year.is_some() == evaluation.rubric.metrics[metric.0].yearly;
        evaluation.cohort.layout.slot(metric, cell.year).filter(|_| fits)
    };
    let found = fact::cell(name).filter(|cell| slot(cell).is_some());
    found.ok_or_else(|| {
        let what = Diagnostic::error(
            "E-evidence-cell",
            format!("the evaluation has no reading `{name}`"),
            format!("该评估没有填报项 `{name}`"),
        );
        let (first, last) = (evaluation.cohort.layout.first_year, evaluation.cycle.last);
        Failure::usage(
            name,
            what.help(
                format!("write the metric's id and a year from {first} to {last}, as in income@{last}"),
                format!("请写数据项标识与 {first} 至 {last} 之间的年度，如 income@{last}"),
            ),
        )
    })
}

fn not_attached(named: &str) -> Diagnostic {
    Diagnostic::error(
        "E-evidence-file",
        format!("no file `{named}` is attached there"),
        format!("该处没有附上文件 `{named}`"),
    )
    .help("`triennial evidence list` lists all of them", "`triennial evidence list` 会列出所有佐证材料")
}

fn list(evaluation: &Evaluation, only: Option<CentreIx>, lang: Lang) -> Table {
    let (cohort, rubric) = (&evaluation.cohort, &evaluation.rubric);
    let mut rows = Vec::new();
    for ix in cohort.all().filter(|ix| only.is_none_or(|only| only == *ix)) {
        let id = &cohort.centre(ix).id;
        for (cell, text) in data::named_evidence(cohort, rubric, ix) {
            rows.push(row([id, &cell.name(), text, "", "", ""]));
        }
        for at in cohort.readings(ix).files() {
            let (file, size) = (&at.file, at.file.size.to_string());
            rows.push(row([id, &at.at(), &file.name, file.path.as_deref().unwrap_or(""), &size, &file.digest]));
        }
    }
    let named = |id, title| Column::named(id, title, lang, Align::Left);
    let columns = vec![
        named("centre", terms::CENTRE),
        named("cell", terms::ITEM),
        named("evidence", terms::EVIDENCE),
        named("path", terms::PATH),
        Column::named("size", terms::SIZE, lang, Align::Right),
        named("digest", terms::DIGEST),
    ];
    Table { id: "evidence", title: terms::EVIDENCE.get(lang).to_owned(), columns, rows }
}

fn row<const N: usize>(cells: [&str; N]) -> Row {
    Row::flat(cells.into_iter().map(Cell::text).collect())
}

fn print(table: &Table, format: TableFormat) -> Ended {
    match format {
        TableFormat::Table => output::result(&terminal::table(table)),
        TableFormat::Csv => output::bytes(&csv::table(table)),
        TableFormat::Json => output::bytes(&json::table(table)),
    }
}
