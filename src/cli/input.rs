//! Rubrics and data as they are named on the command line.

use std::path::Path;

use super::failure::{Failure, faults_text};
use super::output;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::reading::Cycle;
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::read;
use crate::read::nearest::nearest;
use crate::read::table::Data;
use crate::store::catalogue::{SHIPPED, shipped};
use crate::store::{digest, file};

/// The largest data file that is read, in bytes.
const MAX_DATA: u64 = 512 << 20;

/// A rubric's text with the name it is known by.
pub struct Named {
    pub name: String,
    pub text: String,
}

/// The text of a rubric named by its path or by the id of a shipped one. A file of that name goes first.
pub fn rubric_text(named: &str) -> Result<Named, Failure> {
    let path = Path::new(named);
    match shipped(named) {
        Some(shipped) if !path.exists() => {
            Ok(Named { name: format!("{}.toml", shipped.id), text: shipped.text.to_owned() })
        }
        None if !path.exists() && !named.contains(['/', '\\', '.']) => Err(unknown(named)),
        _ => {
            let limit = u64::try_from(read::toml::MAX_BYTES).unwrap_or(u64::MAX) * 2;
            Ok(Named { name: named.to_owned(), text: file::read_text(path, limit)? })
        }
    }
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
pub fn rubric(named: &Named) -> Result<Rubric, Failure> {
    let (rubric, faults) = read::rubric::rubric(&named.text);
    rubric.ok_or_else(|| Failure::Input { name: named.name.clone(), text: named.text.clone(), faults })
}

/// The rubric behind a pinned text.
pub fn pinned(text: &str) -> Result<Rubric, Failure> {
    rubric(&Named { name: "pinned rubric".to_owned(), text: text.to_owned() })
}

/// What a data file says, with everything that has to be said about it.
pub struct Table {
    /// There is data exactly where no fault is an error.
    pub data: Option<Data>,
    pub faults: Vec<Diagnostic>,
    /// Such as a conversion.
    pub notes: Vec<Diagnostic>,
    /// SHA-256 of its bytes.
    pub digest: String,
}

/// Reads a data file; what is wrong inside it is no failure.
pub fn table(path: &Path, rubric: &Rubric, cycle: Option<Cycle>) -> Result<Table, Failure> {
    let bytes = file::read(path, MAX_DATA)?;
    let digest = digest::text(&bytes);
    Ok(match read::encoding::text(&bytes) {
        Err(fault) => Table { data: None, faults: vec![fault], notes: Vec::new(), digest },
        Ok((text, note)) => {
            let (data, faults) = read::table::table(&text, rubric, cycle);
            Table { data, faults, notes: note.into_iter().collect(), digest }
        }
    })
}

/// A data file: what it says and its SHA-256. Notes, such as a conversion, go to standard error.
pub fn data(path: &Path, rubric: &Rubric, cycle: Option<Cycle>, lang: Lang) -> Result<(Data, String), Failure> {
    let name = path.display().to_string();
    let Table { data, faults, notes, digest } = table(path, rubric, cycle)?;
    if !notes.is_empty() {
        output::error(&faults_text(&name, "", &notes, lang));
    }
    match data {
        Some(data) => {
            if !faults.is_empty() {
                output::error(&faults_text(&name, "", &faults, lang));
            }
            Ok((data, digest))
        }
        None => Err(Failure::Input { name, text: String::new(), faults }),
    }
}
