//! What the cells of a table show for a guess: rows that are no centre, words in place of figures, and how figures are
//! written. Must not know titles.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Guess, Look, Sure};
use crate::domain::rubric::{Metric, Values};
use crate::domain::text::Lang;
use crate::read::cell::unvalued;
use crate::read::manner::{Manner, factor, is_number, quoted};
use crate::read::nearest::plain;
use crate::read::total::{is_sum, is_total};
use crate::read::workbook::Row;

const NOT_REPORTED: [&str; 8] = ["-", "--", "—", "——", "/", "无", "暂无", "未填"];
const NOT_APPLICABLE: [&str; 3] = ["不涉及", "无此项", "n.a."];

/// Distinct texts of a column below the titles of all sheets, in the order in which they come; totals are left out.
pub(super) fn texts(look: &Look<'_>, headers: &[usize], at: usize) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let rows = below(look, headers).filter(|row| !first(row).is_some_and(is_total));
    let cells = rows.filter_map(|row| row.cells.get(at)).map(|cell| cell.trim().to_owned());
    cells.filter(|text| !text.is_empty() && !is_total(text) && seen.insert(text.clone())).collect()
}

fn below<'a>(look: &Look<'a>, headers: &[usize]) -> impl Iterator<Item = &'a Row> {
    let last = headers.last().copied().unwrap_or(0);
    look.sheets.iter().flat_map(|sheet| &sheet.rows).filter(move |row| row.number > last)
}

/// What stands first in a row.
fn first(row: &Row) -> Option<&str> {
    row.cells.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty())
}

/// The metric of a column of figures; `None` also for the column of values of a long table.
fn metric<'a>(look: &Look<'a>, column: &Guess) -> Option<&'a Metric> {
    let id = column.is.split(['@', '#']).next()?;
    look.rubric.metric(id).map(|ix| &look.rubric.metrics[ix.0])
}

/// Rows of totals, and words in figures that are not numbers.
pub(super) fn words(look: &Look<'_>, headers: &[usize], columns: &[Guess], text: &mut String) {
    let is_figure = |column: &&Guess| {
        // Where yes and no are asked, 无 is an answer.
        metric(look, column).is_some_and(|metric| metric.values != Values::YesNo) || column.is == "value"
    };
    let cells: Vec<String> =
        columns.iter().filter(is_figure).flat_map(|column| texts(look, headers, column.at)).collect();
    let among = |words: &[&str]| -> Vec<String> {
        words.iter().filter(|word| cells.iter().any(|cell| cell == *word)).map(|word| (*word).to_owned()).collect()
    };
    let (totals, skip) = totals(look, headers, columns);
    let said = |en: &str, zh: &str| if look.lang == Lang::En { en.to_owned() } else { zh.to_owned() };
    for (key, words, remark) in [
        ("totals", totals, said("held against the sums of the rows", "与各行之和核对")),
        ("skip", skip, said("rows of totals", "合计行")),
        ("not_reported", among(&NOT_REPORTED), said("likely: read as not reported", "可能：按“未报”读取")),
        ("not_applicable", among(&NOT_APPLICABLE), said("likely: read as not applicable", "可能：按“不适用”读取")),
    ] {
        if !words.is_empty() {
            let listed: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            let _ = writeln!(text, "{key} = [{}] # {remark}", listed.join(", "));
        }
    }
}

/// Words of rows that are sums of all others, and of other rows that are no centre. Of several sums at most one is of all
/// rows, and nobody knows which.
fn totals(look: &Look<'_>, headers: &[usize], columns: &[Guess]) -> (Vec<String>, Vec<String>) {
    let centre = columns.iter().find(|column| column.is == "centre").map(|column| column.at);
    let is_long = columns.iter().any(|column| column.is == "metric");
    let last = headers.last().copied().unwrap_or(0);
    let (mut sums, mut others, mut several) = (BTreeSet::new(), BTreeSet::new(), false);
    for sheet in look.sheets {
        let mut rows = 0;
        for row in sheet.rows.iter().filter(|row| row.number > last) {
            let named = centre.and_then(|at| row.cells.get(at)).map(|cell| cell.trim());
            let Some(word) = [named, first(row)].into_iter().flatten().find(|word| is_total(word)) else { continue };
            if is_sum(word) {
                rows += 1;
                sums.insert(word.to_owned());
            } else {
                others.insert(word.to_owned());
            }
        }
        several |= !is_long && rows > 1;
    }
    if several || is_long && sums.len() > 1 {
        others.append(&mut sums);
    }
    (sums.into_iter().collect(), others.into_iter().collect())
}

/// How the figures of each column are written.
pub(super) fn manners(look: &Look<'_>, headers: &[usize], columns: &mut [Guess]) {
    for column in columns {
        let metric = metric(look, column);
        let is_number_wanted = metric.is_some_and(|metric| matches!(metric.values, Values::Number { .. }));
        if !is_number_wanted && !["value", "year"].contains(&column.is.as_str()) {
            continue;
        }
        let (mut manner, mut example) = (Manner::default(), None);
        for text in texts(look, headers, column.at) {
            let is_word = unvalued(&text).is_some() || [&NOT_REPORTED[..], &NOT_APPLICABLE].concat().contains(&&*text);
            if is_word || is_number(&text) {
                continue;
            }
            if let Some(seen) = Manner::seen(&text) {
                manner.and(seen);
                example.get_or_insert(text);
            }
        }
        if let Some(example) = example {
            column.written(manner, &example, metric);
        }
    }
}

impl Guess {
    /// The column's figures are written in this manner, as this example is.
    fn written(&mut self, manner: Manner, example: &str, metric: Option<&Metric>) {
        self.sure = self.sure.min(Sure::Likely);
        self.manner = manner;
        self.remark = Some((format!("written as in “{example}”"), format!("写法如“{example}”")));
        let Some(unit) = self.manner.suffix.first().cloned().filter(|_| self.is != "year") else { return };
        let misfit = match metric {
            _ if self.manner.suffix.len() > 1 => {
                let units = self.manner.suffix.join(", ");
                Some((format!("the cells are in several units: {units}"), format!("单元格使用了多种单位：{units}")))
            }
            _ if !self.unit.is_empty() && plain(&self.unit) != plain(&unit) => Some((
                format!("the title says {}, cells say {unit}", self.unit),
                format!("标题单位为{}，单元格写作{unit}", self.unit),
            )),
            Some(metric) => match factor(&unit, metric) {
                Ok(times) => {
                    self.times = times;
                    None
                }
                Err(own) => Some((
                    format!("cells say {unit}, the metric is in {}", own.en),
                    format!("单元格写作{unit}，数据项单位为{}", own.zh),
                )),
            },
            None => None,
        };
        // Such cells are refused until a person says what they are.
        if misfit.is_some() {
            self.manner.suffix.clear();
            self.remark = misfit;
        }
    }
}
