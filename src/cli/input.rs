//! Rubrics and data as they are named on the command line.

pub mod mapped;

use std::path::{Component, Path, PathBuf};

use mapped::Roster;

use super::failure::{Failure, faults_text};
use super::output;
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::reading::Cycle;
use crate::domain::rubric::Rubric;
use crate::domain::text::{Lang, Text};
use crate::read;
use crate::read::nearest::nearest;
use crate::read::overlay::{self, File, Whole};
use crate::read::table::Data;
use crate::store::catalogue::{SHIPPED, shipped};
use crate::store::revision::{self, RevisionFault};
use crate::store::{digest, file};
use crate::wording::diagnostic::line_and_column;
use crate::wording::import;

/// The largest data file that is read, in bytes.
const MAX_DATA: u64 = 512 << 20;

/// A rubric that can be used, with its complete text: what an evaluation pins.
pub struct Named {
    pub name: String,
    pub text: String,
    pub rubric: Rubric,
}

/// A rubric named by its path or by the id of a shipped one, made whole with what it extends.
pub fn whole(named: &str) -> Result<Whole, Failure> {
    Ok(overlay::whole(file_named(named)?, &base))
}

/// The text of a rubric to look at: complete where it extends another and can be made whole, else as it is written.
pub fn rubric_text(named: &str) -> Result<String, Failure> {
    let Whole { text, rubric, mut reports, .. } = whole(named)?;
    Ok(if rubric.is_some() || reports.is_empty() { text } else { reports.swap_remove(0).0.text })
}

/// The text of a rubric named by its path or by the id of a shipped one. A file of that name goes first.
fn file_named(named: &str) -> Result<File, Failure> {
    if let Some(revision) = named.strip_prefix(revision::PREFIX) {
        let bytes = revision::read(revision).map_err(|fault| no_revision(named, &fault))?;
        let text = read::encoding::utf8(bytes).map_err(|fault| Failure::usage(named, fault))?;
        return Ok(File { name: named.to_owned(), text });
    }
    let path = Path::new(named);
    match shipped(named) {
        Some(shipped) if !path.exists() => {
            Ok(File { name: format!("{}.toml", shipped.id), text: shipped.text.to_owned() })
        }
        None if !path.exists() && !named.contains(['/', '\\', '.']) => Err(unknown(named)),
        _ => {
            let limit = u64::try_from(read::toml::MAX_BYTES).unwrap_or(u64::MAX) * 2;
            Ok(File { name: named.to_owned(), text: text(path, limit)? })
        }
    }
}

/// What a file extends: a path from where that file lies, or the id of a shipped rubric.
fn base(named: &str, from: &str) -> Result<File, Text> {
    // A file of a revision extends one of the same revision.
    if let Some((revision, path)) = from.strip_prefix(revision::PREFIX).and_then(|rest| rest.split_once(':'))
        && shipped(named).is_none()
    {
        let beside = Path::new(path).parent().unwrap_or(Path::new("")).join(named).display().to_string();
        let file = file_named(&format!("{}{revision}:{}", revision::PREFIX, plain_path(&beside)));
        return file.map_err(|failure| failure.reason());
    }
    let path = beside(named, from);
    let exists = Path::new(&path).exists();
    let file = match shipped(named) {
        Some(_) if !exists => file_named(named),
        _ if named.contains(['/', '\\', '.']) || exists => file_named(&path),
        _ => Err(unknown(named)),
    };
    file.map_err(|failure| failure.reason())
}

/// A path that is written in a file, from where that file lies.
pub fn beside(named: &str, from: &str) -> String {
    let path = Path::new(from).parent().unwrap_or(Path::new("")).join(named);
    plain_path(&path.display().to_string())
}

/// A path without `.` and without steps back, so that one file has one name.
fn plain_path(path: &str) -> String {
    let mut plain = PathBuf::new();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain.display().to_string()
}

/// A text whose very bytes count, and which is therefore UTF-8 or refused.
pub fn text(path: &Path, limit: u64) -> Result<String, Failure> {
    let bytes = file::read(path, limit)?;
    read::encoding::utf8(bytes).map_err(|fault| Failure::usage(path.display().to_string(), fault))
}

fn no_revision(named: &str, fault: &RevisionFault) -> Failure {
    Failure::usage(
        named,
        match fault {
            RevisionFault::NoGit => Diagnostic::error(
                "E-no-git",
                "there is no program `git` to ask for a revision",
                "没有 git 程序，无法取得历史版本",
            )
            .help("install git, or name a file", "请安装 git，或指定文件"),
            RevisionFault::Refused(why) => Diagnostic::error(
                "E-revision",
                format!("git cannot show it: {why}"),
                format!("git 无法取得该版本：{why}"),
            )
            .help(
                "write it as git:REVISION:PATH, the path being one from the top of the repository",
                "请写作 git:版本:路径，路径从仓库根目录算起",
            ),
        },
    )
}

fn unknown(named: &str) -> Failure {
    let what = Diagnostic::error(
        "E-unknown-rubric",
        format!("no rubric is called `{named}`, and no such file exists"),
        format!("没有名为 `{named}` 的评价指标体系，也没有这个文件"),
    );
    let listed = SHIPPED.iter().map(|s| s.id).collect::<Vec<_>>().join(", ");
    Failure::usage(
        "triennial",
        match nearest(named, SHIPPED.iter().map(|s| s.id)) {
            Some(near) => what.help(format!("did you mean `{near}`?"), format!("是否想写 `{near}`？")),
            None => what.help(
                format!("shipped: {listed}; or give the path of a file"),
                format!("内置：{listed}；或给出文件路径"),
            ),
        },
    )
}

/// A rubric that can be used; its warnings are not repeated here, `check` shows them.
pub fn rubric(named: &str) -> Result<Named, Failure> {
    let Whole { text, rubric, reports, .. } = whole(named)?;
    let name = reports.first().map(|(file, _)| file.name.clone()).unwrap_or_default();
    match rubric {
        Some(rubric) => Ok(Named { name, text, rubric }),
        None => Err(Failure::Rubric(reports)),
    }
}

/// A rubric that can be used, with where its text comes from.
pub fn usable(named: &str) -> Result<(Whole, Rubric), Failure> {
    let whole = whole(named)?;
    match whole.rubric.clone() {
        Some(rubric) => Ok((whole, rubric)),
        None => Err(Failure::Rubric(whole.reports)),
    }
}

/// The line on which bytes of a rubric are written; with the file, where that is another one than the rubric's own.
pub fn line(whole: &Whole, span: &std::ops::Range<usize>) -> String {
    let (file, at) = whole.origin(span);
    let (line, _) = line_and_column(&file.text, at.start);
    let is_own = whole.reports.first().is_none_or(|(own, _)| own.name == file.name);
    if is_own { line.to_string() } else { format!("{}:{line}", file.name) }
}

/// The rubric behind a pinned text.
pub fn pinned(text: &str) -> Result<Rubric, Failure> {
    let (rubric, faults) = read::rubric::rubric(text);
    rubric.ok_or_else(|| Failure::Input { name: "pinned rubric".to_owned(), text: text.to_owned(), faults })
}

/// A data file as it is named: a workbook may have several sheets.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub path: &'a Path,
    pub sheet: Option<&'a str>,
    /// How it is laid out, where that is not our own way.
    pub mapping: Option<&'a Path>,
    /// The ids of each name, for tables that have no ids.
    pub roster: &'a Roster,
}

/// A data file as far as it can be read.
pub struct Surveyed {
    /// The file, and the sheet that was read.
    pub name: String,
    /// What stands beside the faults; nothing where it is not even clear what the columns are.
    pub data: Option<Data>,
    /// What a person should know of it, such as a conversion.
    pub notes: Vec<Diagnostic>,
    pub faults: Vec<Diagnostic>,
    /// SHA-256 of the file.
    pub digest: String,
    /// The sheet of a workbook that was read; empty for a text.
    pub sheet: String,
    /// SHA-256 of the mapping that it was read by; empty where there was none.
    pub mapping: String,
}

/// Reads a data file with all its faults.
pub fn survey(source: Source<'_>, rubric: &Rubric, cycle: Option<Cycle>) -> Result<Surveyed, Failure> {
    let bytes = file::read(source.path, MAX_DATA)?;
    if let Some(mapping) = source.mapping {
        return mapped::survey(source, mapping, &bytes, rubric, cycle);
    }
    let mut name = source.path.display().to_string();
    let mut named = String::new();
    let (notes, (data, found)) = if read::workbook::is_workbook(&bytes) {
        let is_header = |titles: &[String]| read::table::is_header(titles, rubric);
        let sheet = read::workbook::sheet(&bytes, source.sheet, is_header);
        let sheet = sheet.map_err(|fault| Failure::usage(&name, fault))?;
        if !sheet.name.is_empty() {
            name = format!("{name} [{}]", sheet.name);
            named.clone_from(&sheet.name);
        }
        let read = read::table::survey_sheet(&sheet, rubric, cycle);
        (sheet.notes, read)
    } else {
        let (text, note) = read::encoding::text(&bytes).map_err(|fault| Failure::usage(&name, fault))?;
        if source.sheet.is_some() {
            return Err(Failure::usage(&name, no_sheets()));
        }
        (note.into_iter().collect(), read::table::survey(&text, rubric, cycle))
    };
    let (faults, warnings): (_, Vec<Diagnostic>) = found.into_iter().partition(Diagnostic::is_error);
    let notes = notes.into_iter().chain(warnings).collect();
    Ok(Surveyed { name, data, notes, faults, digest: digest::text(&bytes), sheet: named, mapping: String::new() })
}

fn no_sheets() -> Diagnostic {
    Diagnostic::error("E-sheet", "the file is a text and has no sheets", "该文件是文本，没有工作表")
        .help("leave the sheet out", "请勿指定工作表")
}

impl Surveyed {
    /// Its notes and faults, as they are shown above whatever comes of it.
    pub fn told(&self, lang: Lang) -> String {
        let all: Vec<Diagnostic> = self.notes.iter().chain(&self.faults).cloned().collect();
        faults_text(&self.name, "", &all, lang)
    }
}

/// The cohort of a table that is scored as it stands; how many blanks then count as not reported goes to standard error.
pub fn cohort(data: &Data, rubric: &Rubric, lang: Lang) -> Cohort {
    let (cohort, blanks) = read::table::closed(data, rubric);
    tell_blanks(blanks, lang);
    cohort
}

/// Says how many blanks were counted as not reported, where there are any.
fn tell_blanks(blanks: usize, lang: Lang) {
    if blanks > 0 {
        output::error(&import::blanks(lang, blanks));
    }
}

/// A data file without faults. Notes go to standard error.
pub fn data(source: Source<'_>, rubric: &Rubric, cycle: Option<Cycle>, lang: Lang) -> Result<Data, Failure> {
    let read = survey(source, rubric, cycle)?;
    match read.data {
        Some(data) if read.faults.is_empty() => {
            if !read.notes.is_empty() {
                output::error(&faults_text(&read.name, "", &read.notes, lang));
            }
            Ok(data)
        }
        _ => {
            let faults = read.notes.into_iter().chain(read.faults).collect();
            Err(Failure::Input { name: read.name, text: String::new(), faults })
        }
    }
}
