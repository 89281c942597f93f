//! `triennial export`: grade sheets as files.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::args::{Cli, Export, SheetFormat};
use super::failure::{Ended, Failure};
use super::session::Session;
use super::{Exit, output};
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;
use crate::store::file;
use crate::write::document::Document;
use crate::write::sheet::GradeSheet;
use crate::write::{Source, centre, cohort, csv, file_name, html, json, markdown};

pub fn run(args: &Export, cli: &Cli, screen: Lang) -> Ended {
    let session = Session::of_evaluation(&args.evaluation)?.digested();
    let lang = language(&args.evaluation, cli)?;
    let (Written::All(written) | Written::Stopped(written)) =
        sheets(&session, &args.format, &args.out, lang, &mut |_, _| true)?;
    let out = args.out.display().to_string();
    let out = crate::wording::safe::visible(&out);
    output::error(&match screen {
        Lang::En => format!("{written} sheets written to {out}"),
        Lang::Zh => format!("已写出 {written} 份成绩单，位于 {out}"),
    });
    Ok(Exit::Done)
}

/// The language of a document: the evaluation's, unless `--lang` says otherwise. LANG is for the screen.
pub fn language(evaluation: &Path, cli: &Cli) -> Result<Lang, Failure> {
    match cli.lang {
        Some(lang) => Ok(lang.into()),
        None => Ok(super::evaluation::read(evaluation)?.evaluation.lang),
    }
}

/// How many sheets were written, and whether that is all of them.
pub enum Written {
    All(usize),
    Stopped(usize),
}

/// Writes the sheets of a cohort and of each centre, and says how many. `watch` is told how many of how many are there;
/// where it says `false`, those that are there stay, whole.
pub fn sheets(
    session: &Session,
    formats: &[SheetFormat],
    out: &Path,
    lang: Lang,
    watch: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Written, Failure> {
    let names = names(&session.cohort)?;
    let centres = out.join("centres");
    refuse_strangers(&centres, &names)?;
    file::make_folder(&centres)?;
    let source = session.source();
    let of = formats.len() * (session.cohort.len() + 1);
    let mut written = 0;
    for (format, nth) in formats.iter().zip(0..) {
        write(out, "cohort", &cohort::cohort_sheet(source, lang), *format, source)?;
        written += 1;
        for ix in session.cohort.all() {
            if !watch(nth * (session.cohort.len() + 1) + ix.0 + 1, of) {
                return Ok(Written::Stopped(written));
            }
            if let Some(sheet) = centre::centre_sheet(source, ix, lang) {
                write(&centres, &names[ix.0], &sheet, *format, source)?;
                written += 1;
            }
        }
    }
    Ok(Written::All(written))
}

/// Sheets of other centres in the same folder would be taken for sheets of this evaluation.
fn refuse_strangers(centres: &Path, names: &[String]) -> Result<(), Failure> {
    let Some(shown) = stranger(centres, names)? else { return Ok(()) };
    let what = Diagnostic::error(
        "E-export-folder",
        format!("the folder holds sheets of others: {shown} belongs to no centre of this evaluation"),
        format!("该文件夹中已有其他成绩单：{shown} 不属于本评估的任何单位"),
    );
    let help = what.help("name another folder, or empty this one", "请另选文件夹，或先清空该文件夹");
    Err(Failure::usage(centres.display().to_string(), help))
}

/// A file of ours in a folder that has none of these names.
pub fn stranger(folder: &Path, names: &[String]) -> Result<Option<String>, Failure> {
    let ours: HashSet<&str> = names.iter().map(String::as_str).collect();
    let is_sheet = |path: &Path| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| EXTENSIONS.contains(&extension))
    };
    let stranger = file::files_in(folder)?.into_iter().filter(|path| is_sheet(path)).find(|path| {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        !ours.contains(stem)
    });
    Ok(stranger.and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned())))
}

/// Endings of the files of sheets.
const EXTENSIONS: [&str; 4] = ["csv", "json", "md", "html"];

/// A file name for each centre, made from its id; two ids that differ only in case must not share one.
pub fn names(cohort: &Cohort) -> Result<Vec<String>, Failure> {
    let mut taken: HashMap<String, &str> = HashMap::new();
    let mut names = Vec::new();
    for ix in cohort.all() {
        let id = &cohort.centre(ix).id;
        let name = file_name::of(id);
        if let Some(other) = taken.insert(name.to_lowercase(), id) {
            let what = Diagnostic::error(
                "E-file-name",
                format!("`{id}` and `{other}` would be written to the same file"),
                format!("`{id}` 与 `{other}` 会写入同一个文件"),
            );
            let help = what.help("ids must differ in more than upper and lower case", "标识不能仅以大小写相区别");
            return Err(Failure::usage("export", help));
        }
        names.push(name);
    }
    Ok(names)
}

fn write(
    folder: &Path,
    name: &str,
    sheet: &GradeSheet,
    format: SheetFormat,
    source: Source<'_>,
) -> Result<(), Failure> {
    let (extension, bytes) = match format {
        SheetFormat::Csv => ("csv", csv::sheet(sheet, &source.provenance.heads)),
        SheetFormat::Json => ("json", json::sheet(source, sheet)),
        SheetFormat::Markdown => ("md", markdown::sheet(sheet).into_bytes()),
        SheetFormat::Html => ("html", html::document(&Document::of_sheet(sheet, Vec::new())).into_bytes()),
    };
    Ok(file::replace(&folder.join(format!("{name}.{extension}")), &bytes)?)
}
