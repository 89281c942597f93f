//! Data that are laid out in a way of their own, read by a mapping, and the first guess of one.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::{MAX_DATA, Source, Surveyed, text};
use crate::cli::failure::Failure;
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::Evaluation;
use crate::domain::reading::Cycle;
use crate::domain::rubric::Rubric;
use crate::domain::text::{Lang, Text};
use crate::read;
use crate::read::mapping::{self, Applied, Mapping, Part};
use crate::read::table::Data;
use crate::read::workbook::Sheet;
use crate::store::{digest, file};

/// The ids that each name has on the roster.
pub type Roster = HashMap<String, Vec<String>>;

/// The largest mapping that is read, in bytes.
const MAX_MAPPING: u64 = 1 << 20;

pub fn roster(cohort: &Cohort) -> Roster {
    let mut roster = Roster::new();
    for centre in cohort.all().map(|ix| cohort.centre(ix)).filter(|centre| !centre.name.is_empty()) {
        roster.entry(centre.name.clone()).or_default().push(centre.id.clone());
    }
    roster
}

/// Reads a data file by a mapping, with all faults of its cells.
///
/// Faults of the mapping itself, also those that only show on the data, are told with their places in it.
pub(super) fn survey(
    source: Source<'_>,
    mapping_file: &Path,
    bytes: &[u8],
    rubric: &Rubric,
    cycle: Option<Cycle>,
) -> Result<Surveyed, Failure> {
    let mapping_text = text(mapping_file, MAX_MAPPING)?;
    let unfit = |faults: Vec<Diagnostic>| Failure::Input {
        name: mapping_file.display().to_string(),
        text: mapping_text.clone(),
        faults,
    };
    let (found, faults) = mapping::mapping(&mapping_text, rubric);
    let Some(mapping) = found else { return Err(unfit(faults)) };
    let sheets = sheets(source, &mapping, bytes)?;
    let several = sheets.len() > 1;
    let (mut notes, mut faults, mut applied) = (Vec::new(), Vec::new(), Vec::new());
    for (sheet, part) in &sheets {
        let Applied { sheet, faults: cells, unfit: misfits } =
            mapping::apply(&mapping, sheet, *part, source.roster, rubric);
        if !misfits.is_empty() {
            return Err(unfit(misfits));
        }
        let told = |fault: Diagnostic| if several { named(fault, &sheet.name) } else { fault };
        notes.extend(sheet.notes.iter().cloned().map(told));
        faults.extend(cells.into_iter().map(told));
        applied.push(sheet);
    }
    let cycle = cycle.or_else(|| inferred(&applied, rubric));
    let mut read_parts = Vec::new();
    for sheet in &applied {
        let (data, found) = read::table::survey_sheet(sheet, rubric, cycle);
        let told = |fault: Diagnostic| if several { named(fault, &sheet.name) } else { fault };
        let (errors, warnings): (Vec<Diagnostic>, Vec<Diagnostic>) = found.into_iter().partition(Diagnostic::is_error);
        faults.extend(errors.into_iter().map(told));
        notes.extend(warnings.into_iter().map(told));
        read_parts.extend(data);
    }
    // Half of a year is no year.
    let whole = read_parts.len() == applied.len();
    let together = read::table::together(read_parts).filter(|_| whole);
    let data: Option<Data> = together.map(|(data, clashes)| {
        faults.extend(clashes);
        data
    });
    let names: Vec<&str> = applied.iter().map(|sheet| sheet.name.as_str()).filter(|name| !name.is_empty()).collect();
    let sheet = names.join(", ");
    let path = source.path.display();
    Ok(Surveyed {
        name: if sheet.is_empty() { path.to_string() } else { format!("{path} [{sheet}]") },
        data,
        notes,
        faults,
        digest: digest::text(bytes),
        sheet,
        mapping: digest::text(mapping_text.as_bytes()),
    })
}

/// The last year that any sheet names ends the cycle of all.
fn inferred(sheets: &[Sheet], rubric: &Rubric) -> Option<Cycle> {
    let cycles = sheets.iter().filter_map(|sheet| read::table::survey_sheet(sheet, rubric, None).0);
    cycles.map(|data| data.cycle).max_by_key(|cycle| cycle.last)
}

fn named(mut fault: Diagnostic, sheet: &str) -> Diagnostic {
    let Text { en, zh } = &fault.what;
    fault.what = Text { en: format!("sheet {sheet}: {en}"), zh: format!("工作表 {sheet}：{zh}") };
    fault
}

fn sheets<'a>(
    source: Source<'_>,
    mapping: &'a Mapping,
    bytes: &[u8],
) -> Result<Vec<(Sheet, Option<&'a Part>)>, Failure> {
    let name = source.path.display().to_string();
    let failed = |fault| Failure::usage(&name, fault);
    if !read::workbook::is_workbook(bytes) {
        if source.sheet.is_some() || !mapping.parts.is_empty() {
            return Err(failed(super::no_sheets()));
        }
        let (text, note) = read::encoding::text(bytes).map_err(failed)?;
        let (mut sheet, broken) = read::table::sheet(&text);
        if let Some(broken) = broken {
            return Err(failed(broken));
        }
        sheet.notes.extend(note);
        return Ok(vec![(sheet, None)]);
    }
    let read =
        |asked: Option<&str>| read::workbook::sheet(bytes, asked, |titles| mapping.heads(titles)).map_err(failed);
    match source.sheet {
        Some(asked) => {
            let part = mapping.parts.iter().find(|part| part.name == asked);
            Ok(vec![(read(Some(asked))?, part)])
        }
        None if mapping.parts.is_empty() => Ok(vec![(read(None)?, None)]),
        None => mapping.parts.iter().map(|part| Ok((read(Some(&part.name))?, Some(part)))).collect(),
    }
}

/// A first guess of a mapping for a data file.
pub fn guess(path: &Path, sheet: Option<&str>, evaluation: &Evaluation, lang: Lang) -> Result<String, Failure> {
    let bytes = file::read(path, MAX_DATA)?;
    let name = path.display().to_string();
    let failed = |fault| Failure::usage(&name, fault);
    let sheets = if read::workbook::is_workbook(&bytes) {
        match sheet {
            Some(asked) => vec![read::workbook::sheet(&bytes, Some(asked), |_| true).map_err(failed)?],
            None => read::workbook::filled(&bytes).map_err(failed)?,
        }
    } else {
        let (text, _) = read::encoding::text(&bytes).map_err(failed)?;
        vec![read::table::sheet(&text).0]
    };
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        let what = Diagnostic::error("E-table-empty", "the file is empty", "文件是空的");
        return Err(failed(what.help("name a file with a table", "请指定含有表格的文件")));
    }
    let cohort = &evaluation.cohort;
    let ids: BTreeSet<String> = cohort.all().map(|ix| cohort.centre(ix).id.clone()).collect();
    let names = roster(cohort);
    let (rubric, cycle) = (&evaluation.rubric, evaluation.cycle);
    Ok(mapping::guess(&mapping::Look { sheets: &sheets, rubric, cycle, ids: &ids, names: &names, lang }))
}
