//! A mapping: how a table that is laid out in a way of its own becomes a table of ours.
//!
//! A small TOML file says in which rows the titles stand and what each column is. Strict as a rubric is: an unknown key,
//! a column that is not there or not spoken of is a fault. Must not know what already stands in an evaluation.

mod apply;
mod guess;
mod title;
mod totals;

use std::collections::HashMap;
use std::ops::Range;

use ::toml::Spanned;

use super::fact;
use super::manner::{Manner, SEPARATORS};
use super::table::{SHAPE, unknown_metric};
use super::toml::{Source, Table, as_string, parse};
use crate::domain::centre::Field;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::Number;
use crate::domain::rubric::Rubric;

pub use apply::{Applied, apply};
pub use guess::{Look, guess};

/// What a column is where nothing of it is read.
pub const IGNORE: &str = "ignore";

/// The last row in which a title may stand.
const MAX_HEADER: usize = 1000;

/// How a table is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Rows in which the titles stand, counted from 1; the titles of several are joined.
    headers: Vec<usize>,
    /// A row that has one of these as its centre or in its first cell is no centre.
    skip: Vec<String>,
    /// Nor is one of these: its figures are the sums of the others.
    totals: Vec<String>,
    /// The column of centres holds their names.
    by_name: bool,
    not_reported: Vec<String>,
    not_applicable: Vec<String>,
    columns: Vec<Column>,
    /// The sheets of a workbook, each perhaps of one year; none where the command line or the workbook itself says.
    pub parts: Vec<Part>,
    /// Ids by name, for names that are not on the roster.
    centres: HashMap<String, String>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    /// Whose figures they are, where the columns do not say.
    pub year: Option<i16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    by: By,
    /// `centre`, `income@2024`, …, as our own tables call it.
    is: String,
    /// How figures are written.
    manner: Manner,
    /// Every figure is multiplied by it.
    times: Option<Number>,
    /// Texts that stand for others, such as titles of metrics for their ids.
    values: HashMap<String, String>,
    /// Of its `title` or `at`, in the mapping's text.
    span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum By {
    Title(String),
    /// From 0.
    Place(usize),
}

const TOP: [&str; 9] =
    ["header", "skip", "totals", "by", "not_reported", "not_applicable", "column", "sheet", "centres"];
const COLUMN: [&str; 9] = ["title", "at", "is", "thousands", "prefix", "suffix", "full_width", "times", "values"];
const SHEET: [&str; 2] = ["name", "year"];

impl Mapping {
    /// Whether a row of a sheet holds one of the titles that it knows.
    pub fn heads(&self, titles: &[String]) -> bool {
        let known = |title: &String| {
            let title = title::squeezed(title);
            !title.is_empty()
                && self.columns.iter().any(|column| match &column.by {
                    By::Title(known) => title::squeezed(known).split('/').any(|part| part == title),
                    By::Place(_) => false,
                })
        };
        titles.iter().any(known)
    }
}

/// Reads a mapping. There is one exactly where no diagnostic is an error.
pub fn mapping(text: &str, rubric: &Rubric) -> (Option<Mapping>, Vec<Diagnostic>) {
    let source = Source::new(text);
    let Some(tree) = parse(&source) else { return (None, source.faults()) };
    let top = Table::open(&source, tree.get_ref(), 0..0, "the mapping", &TOP);
    let headers = headers(&top);
    let columns = top.tables("column", "[[column]]", &COLUMN);
    if columns.is_empty() {
        top.missing("column", "[[column]] with title = \"…\" and is = \"centre\"");
    }
    let columns: Vec<Column> = columns.iter().filter_map(|table| column(table, rubric)).collect();
    if !columns.is_empty() && !columns.iter().any(|column| column.is == "centre") {
        source.fault(no_centre());
    }
    let strings = |key| top.strings(key).into_iter().map(|(text, _)| text.trim().to_owned()).collect();
    let mapping = Mapping {
        headers,
        skip: strings("skip"),
        totals: strings("totals"),
        by_name: top.word("by", &[("id", false), ("name", true)]).unwrap_or(false),
        not_reported: strings("not_reported"),
        not_applicable: strings("not_applicable"),
        columns,
        parts: top.tables("sheet", "[[sheet]]", &SHEET).iter().filter_map(part).collect(),
        centres: top.get("centres").map_or_else(HashMap::new, |value| words(&source, value, "centres")),
    };
    let clean = !source.has_errors();
    (clean.then_some(mapping), source.faults())
}

fn headers(top: &Table<'_>) -> Vec<usize> {
    let mut rows: Vec<usize> = Vec::new();
    for value in top.list("header") {
        let number = super::toml::number(top.source(), value, "header");
        match number.and_then(|number| number.to_usize()).filter(|row| (1..=MAX_HEADER).contains(row)) {
            Some(row) => rows.push(row),
            None => top.source().fault(
                Diagnostic::error(
                    "E-mapping-header",
                    format!("a row of titles is a number from 1 to {MAX_HEADER}"),
                    format!("标题行应为 1 至 {MAX_HEADER} 的行号"),
                )
                .help(
                    "count rows as the spreadsheet does: header = 3, or header = [3, 4]",
                    "行号与电子表格一致，如 header = 3 或 header = [3, 4]",
                )
                .at(value.span()),
            ),
        }
    }
    rows.sort_unstable();
    rows.dedup();
    if rows.is_empty() {
        rows.push(1);
    }
    rows
}

fn column(table: &Table<'_>, rubric: &Rubric) -> Option<Column> {
    let by = match (table.string("title"), table.string("at")) {
        (Some(title), None) => By::Title(title.to_owned()),
        (None, Some(at)) => match place(at) {
            Some(at) => By::Place(at),
            None => {
                let what =
                    Diagnostic::error("E-mapping-at", format!("`{at}` is not a column"), format!("`{at}` 不是列号"));
                table.source().fault(
                    what.help("write it as the spreadsheet does: at = \"C\"", "请按电子表格的列号填写，如 at = \"C\"")
                        .at(table.place("at")),
                );
                return None;
            }
        },
        _ => {
            let what = Diagnostic::error(
                "E-mapping-column",
                "a column is named by its `title` or by its place `at`, and by one of them",
                "每列须且只能用 `title`（列标题）或 `at`（列号）之一指明",
            );
            let help = what.help("write title = \"单位名称\" or at = \"C\"", "请写 title = \"单位名称\" 或 at = \"C\"");
            table.source().fault(help.at(table.span.clone()));
            return None;
        }
    };
    let span = table.place(if matches!(by, By::Title(_)) { "title" } else { "at" });
    let is = table.required("is", "is = \"income@2024\", or is = \"ignore\"")?;
    if let Some(fault) = not_ours(is, rubric) {
        table.source().fault(fault.at(table.place("is")));
    }
    let values = table.get("values").map_or_else(HashMap::new, |value| words(table.source(), value, "values"));
    let (manner, times) = (manner(table), table.number("times"));
    if !(manner.is_plain() && times.is_none()) && !is_figure(is, rubric) && is != "year" {
        table.source().fault(no_figures(is).at(table.place("is")));
    }
    Some(Column { by, is: is.to_owned(), manner, times, values, span })
}

/// How the figures of a column are written.
fn manner(table: &Table<'_>) -> Manner {
    let separators = SEPARATORS.map(|separator| separator.to_string());
    let words: Vec<(&str, char)> = separators.iter().map(String::as_str).zip(SEPARATORS).collect();
    let parts = |key: &str| {
        let given = table.strings(key).into_iter();
        let fits = given.filter(|(part, place)| {
            let fits = !part.trim().is_empty() && !part.contains(|c: char| c.is_numeric());
            if !fits {
                table.source().fault(no_part(key, part).at(place.clone()));
            }
            fits
        });
        fits.map(|(part, _)| part.trim().to_owned()).collect()
    };
    Manner {
        thousands: table.word("thousands", &words),
        prefix: parts("prefix"),
        suffix: parts("suffix"),
        full_width: table.boolean("full_width").unwrap_or(false),
    }
}

/// Whether a column of our own tables holds figures.
fn is_figure(is: &str, rubric: &Rubric) -> bool {
    is == "value" || fact::cell(is).is_some_and(|cell| rubric.metric(&cell.metric).is_some())
}

/// Why a word is not what a column can be.
fn not_ours(is: &str, rubric: &Rubric) -> Option<Diagnostic> {
    let known = is == IGNORE || is == "centre" || SHAPE.contains(&is) || Field::from_id(is, rubric).is_some();
    if known {
        return None;
    }
    match fact::cell(is) {
        Some(cell) if rubric.metric(&cell.metric).is_some() => None,
        Some(cell) => Some(unknown_metric(&cell.metric, rubric)),
        None => Some(unknown_metric(is, rubric)),
    }
}

fn part(table: &Table<'_>) -> Option<Part> {
    let name = table.required("name", "name = \"2024年\"")?.to_owned();
    let year = table.count("year", 2999).and_then(|year| i16::try_from(year).ok());
    Some(Part { name, year })
}

fn words(source: &Source<'_>, value: &Spanned<::toml::de::DeValue<'_>>, name: &str) -> HashMap<String, String> {
    let ::toml::de::DeValue::Table(entries) = value.get_ref() else {
        let what = Diagnostic::error("E-type", format!("`{name}` is not a table"), format!("`{name}` 应为表"));
        source
            .fault(what.help("write \"text\" = \"what it stands for\"", "请写成 \"原文\" = \"含义\"").at(value.span()));
        return HashMap::new();
    };
    let pair = |(key, value): (&Spanned<_>, &Spanned<_>)| {
        let key: &std::borrow::Cow<'_, str> = key.get_ref();
        Some((key.trim().to_owned(), as_string(source, value, key)?.to_owned()))
    };
    entries.iter().filter_map(pair).collect()
}

/// The position of `A`, `B`, …, `AA`.
fn place(letters: &str) -> Option<usize> {
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let digits = letters.bytes().map(|byte| usize::from(byte - b'A') + 1);
    digits.fold(0, |number, digit| number * 26 + digit).checked_sub(1)
}

/// `A`, `B`, …, `AA` of a position.
fn letters(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(at % 26).unwrap_or(0)));
        if at < 26 {
            break;
        }
        at = at / 26 - 1;
    }
    letters.iter().rev().collect()
}

fn no_figures(is: &str) -> Diagnostic {
    Diagnostic::error(
        "E-mapping-figures",
        format!("`{is}` holds no figures: how they are written, or times, is nothing to say of it"),
        format!("`{is}` 不是数值列，不能写明数值的写法或 times"),
    )
    .help("leave the key out", "请删去该键")
}

fn no_part(key: &str, part: &str) -> Diagnostic {
    Diagnostic::error(
        "E-mapping-part",
        format!("“{part}” cannot stand beside a number as its {key}"),
        format!("“{part}”不能作为数值的 {key}"),
    )
    .help(
        "write the unit or the sign alone, without digits: suffix = \"件\"",
        "请只写单位或符号，不含数字，如 suffix = \"件\"",
    )
}

fn no_centre() -> Diagnostic {
    Diagnostic::error("E-mapping-centre", "no column is the centre", "没有指明哪一列为参评单位").help(
        "say of one column: is = \"centre\"; where it holds names, add by = \"name\" at the top",
        "请为其中一列写 is = \"centre\"；若该列为单位名称，请在文件开头写 by = \"name\"",
    )
}

#[cfg(test)]
mod tests;
