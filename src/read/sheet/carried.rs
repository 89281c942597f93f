//! The facts and readings that a sheet carries. Must not know its tables.

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use crate::domain::centre::{Centre, Field};
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::CellRef;
use crate::domain::evidence::{Attached, Attachment};
use crate::domain::number::Number;
use crate::domain::reading::{Cycle, Reading, Remark};
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::read::fact;

/// The form of sheets that this program writes.
const SCHEMA: &str = "triennial/sheet/1";

/// The form of what was taken out of sheets: flags, the public version.
const EXCERPT: &str = "triennial/excerpt/1";

/// The longest cycle that is laid out.
const MAX_YEARS: usize = 100;

/// What a sheet says of itself besides its tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The centre it is about; none for a cohort's.
    pub centre: Option<String>,
    pub lang: Lang,
    pub draft: bool,
    pub cycle: Cycle,
    pub decided_on: Option<Date>,
    pub rubric: String,
    pub rubric_digest: String,
    pub data_digest: String,
    /// The journal's chains: evaluator, length, hash.
    pub heads: Vec<(String, u64, String)>,
    /// The program that wrote it, with its version.
    pub program: String,
    /// Facts and readings; none on an excerpt, and on sheets of earlier programs.
    pub data: Option<Vec<Entry>>,
}

/// What is carried of one centre.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Entry {
    pub centre: String,
    /// As `id = text`.
    facts: Vec<String>,
    /// As `metric@year#judge = reading`.
    readings: Vec<String>,
    #[serde(default)]
    evidence: Vec<Evidence>,
}

/// What is named beside a cell, or a file beside a cell or the centre itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Evidence {
    Named { cell: String, text: String },
    File { cell: String, file: String, digest: String, size: String },
}

#[derive(Deserialize)]
struct Sheet {
    schema: String,
    provenance: Provenance,
    lang: String,
    draft: bool,
    cycle: Years,
    decided_on: Option<String>,
    #[serde(default)]
    centre: Option<String>,
    data: Option<Vec<Entry>>,
}

#[derive(Deserialize)]
struct Provenance {
    rubric: String,
    rubric_digest: String,
    data_digest: String,
    heads: Vec<super::Head>,
    program: String,
}

#[derive(Deserialize)]
struct Years {
    first: i16,
    last: i16,
}

/// Reads what a sheet carries.
///
/// # Errors
/// `E-sheet` where it is no sheet of this program.
pub fn carried(sheet: &Value) -> Result<Carried, Diagnostic> {
    if sheet.get("schema").and_then(Value::as_str) == Some(EXCERPT) {
        return Err(super::excerpt());
    }
    let sheet = Sheet::deserialize(sheet).map_err(|fault| no_sheet(&fault.to_string()))?;
    if sheet.schema != SCHEMA {
        return Err(no_sheet(&format!("{} is not {SCHEMA}", sheet.schema)));
    }
    let lang = [Lang::En, Lang::Zh].into_iter().find(|lang| lang.tag() == sheet.lang);
    let lang = lang.ok_or_else(|| no_sheet(&format!("`{}` is not a language", sheet.lang)))?;
    let date = |text: String| text.parse().map_err(|_| no_sheet(&format!("`{text}` is not a date")));
    let Provenance { rubric, rubric_digest, data_digest, heads, program } = sheet.provenance;
    Ok(Carried {
        centre: sheet.centre,
        lang,
        draft: sheet.draft,
        cycle: Cycle { first: sheet.cycle.first, last: sheet.cycle.last },
        decided_on: sheet.decided_on.map(date).transpose()?,
        rubric,
        rubric_digest,
        data_digest,
        heads: heads.into_iter().map(|head| (head.evaluator, head.length, head.hash)).collect(),
        program,
        data: sheet.data,
    })
}

/// The cohort of what a sheet carries.
///
/// # Errors
/// `E-sheet` where it does not fit the rubric.
pub fn cohort(carried: &Carried, data: &[Entry], rubric: &Rubric) -> Result<Cohort, Diagnostic> {
    // The layout has a cell for every metric and year.
    if !(1..=MAX_YEARS).contains(&carried.cycle.len()) {
        return Err(misfit(&format!("{}-{}", carried.cycle.first, carried.cycle.last)));
    }
    let mut cohort = Cohort::new(rubric, carried.cycle);
    for entry in data {
        if cohort.find(&entry.centre).is_some() {
            return Err(misfit(&entry.centre));
        }
        let ix = cohort.add(Centre::new(entry.centre.clone(), rubric));
        for fact in &entry.facts {
            let (id, text) = fact.split_once(" = ").ok_or_else(|| misfit(fact))?;
            let field = Field::from_id(id, rubric).ok_or_else(|| misfit(id))?;
            cohort.centre_mut(ix).set(&field, text, rubric).map_err(|_| misfit(fact))?;
        }
        let slot_of = |cohort: &Cohort, cell: &CellRef| {
            rubric.metric(&cell.metric).and_then(|metric| cohort.layout.slot(metric, cell.year))
        };
        for line in &entry.readings {
            // A judge may be called anything; what was read is a number or a word.
            let (name, text) = line.rsplit_once(" = ").ok_or_else(|| misfit(line))?;
            let cell = fact::cell(name).ok_or_else(|| misfit(line))?;
            let slot = slot_of(&cohort, &cell).ok_or_else(|| misfit(line))?;
            let reading = reading(text).ok_or_else(|| misfit(line))?;
            cohort.readings_mut(ix).put(slot, cell.judge.as_deref(), Some(reading));
        }
        for evidence in &entry.evidence {
            match evidence {
                Evidence::Named { cell: name, text } => {
                    let cell = fact::cell(name).ok_or_else(|| misfit(name))?;
                    let slot = slot_of(&cohort, &cell).ok_or_else(|| misfit(name))?;
                    let readings = cohort.readings_mut(ix);
                    readings.write_remark(slot, cell.judge.as_deref(), Remark::Evidence, text);
                }
                Evidence::File { cell, file, digest, size } => {
                    let cell = if cell.is_empty() { None } else { Some(fact::cell(cell).ok_or_else(|| misfit(cell))?) };
                    let size = size.parse().map_err(|_| misfit(size))?;
                    let file = Attachment { name: file.clone(), path: None, digest: digest.clone(), size };
                    cohort.readings_mut(ix).attach(Attached { cell, file });
                }
            }
        }
    }
    Ok(cohort)
}

fn reading(text: &str) -> Option<Reading> {
    match text {
        Reading::NOT_REPORTED => Some(Reading::NotReported),
        Reading::NOT_APPLICABLE => Some(Reading::NotApplicable),
        number => Number::parse(number).ok().map(Reading::Value),
    }
}

fn no_sheet(detail: &str) -> Diagnostic {
    let what = Diagnostic::error(
        "E-sheet",
        format!("not a grade sheet of this program: {detail}"),
        format!("不是本程序的成绩单：{detail}"),
    );
    what.help(
        "name a JSON sheet that `triennial export` wrote: cohort.json, or one of a centre",
        "请指定由 `triennial export` 写出的 JSON 成绩单：cohort.json 或某一单位的成绩单",
    )
}

fn misfit(what: &str) -> Diagnostic {
    let found = Diagnostic::error(
        "E-sheet",
        format!("the sheet carries what its rubric does not know: {what}"),
        format!("成绩单所载内容与评价指标体系不符：{what}"),
    );
    found.help(
        "the sheet was changed, or is of another rubric; compare it with the evaluation: --evaluation FILE",
        "成绩单已被改动，或属于其他评价指标体系；请用 --evaluation 与评估文件核对",
    )
}
