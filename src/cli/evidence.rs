//! `triennial evidence`: files that show where figures come from.

mod check;

use std::path::Path;

use super::args::{Cli, Evidence, TableFormat};
use super::failure::{Ended, Failure};
use super::{Exit, evaluation, output, session};
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, CellRef, Evaluation};
use crate::domain::evidence::{Attached, Attachment};
use crate::domain::text::Lang;
use crate::read::named;
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
            let centre = open.evaluation.cohort.centre(ix).id.clone();
            let body = Body::Detached { centre, cell, file: found.file.clone() };
            open.append(vec![body])?;
            Ok(Exit::Done)
        }
        Evidence::List { evaluation: path, centre, format } => {
            let open = evaluation::read(path)?;
            let only = centre.as_deref().map(|id| find(&open.evaluation, id)).transpose()?;
            print(&list(&open.evaluation, only, lang), *format)
        }
        Evidence::Check { evaluation: path, centre, finding, format } => {
            let open = evaluation::read(path)?;
            let centre = centre.as_deref().map(|word| find(&open.evaluation, word)).transpose()?;
            let centre = centre.map(|ix| open.evaluation.cohort.centre(ix).id.as_str());
            check::run(path, &open.evaluation, &check::Only { centre, what: *finding }, *format, lang)
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

fn find(evaluation: &Evaluation, word: &str) -> Result<CentreIx, Failure> {
    session::centre(&evaluation.cohort, word)
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
    let found = named::cell(&evaluation.rubric, &evaluation.cohort.layout, name);
    found.map_err(|fault| Failure::usage(name, fault))
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
