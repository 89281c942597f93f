//! The header row of a table: what each column is. Must not know the rows.

use std::collections::HashSet;

use super::rows::Row;
use crate::domain::centre::Field;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::reading::Layout;
use crate::domain::rubric::{MetricIx, Rubric};
use crate::read::cell::shown;
use crate::read::nearest::nearest;

/// Years that a table may name.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

pub(super) struct Header {
    /// Of the header's row.
    pub number: usize,
    pub shape: Shape,
    pub width: usize,
    /// Column of the centre's id.
    pub centre: usize,
    pub fields: Vec<(usize, Field)>,
    /// One per column.
    pub columns: Vec<Column>,
}

#[derive(Clone, Copy)]
pub(super) enum Shape {
    Wide,
    /// Columns by position.
    Long {
        metric: usize,
        year: Option<usize>,
        value: usize,
        judge: Option<usize>,
    },
}

pub(super) enum Column {
    Cell {
        metric: MetricIx,
        year: Option<i16>,
        judge: Option<String>,
    },
    /// Without a title: nothing may stand below it.
    Untitled,
    Other,
}

/// What is read from a column.
#[derive(PartialEq, Eq)]
pub(super) enum Reads {
    Figures,
    Words,
    Nothing,
}

impl Column {
    pub(super) fn year(&self) -> Option<i16> {
        match self {
            Self::Cell { year, .. } => *year,
            Self::Untitled | Self::Other => None,
        }
    }
}

/// Chinese names of the columns that every table may have.
const ALIASES: [(&str, &str); 18] = [
    ("编号", "centre"),
    ("单位编号", "centre"),
    ("数据项", "metric"),
    ("指标", "metric"),
    ("年度", "year"),
    ("年份", "year"),
    ("数值", "value"),
    ("填报值", "value"),
    ("专家", "judge"),
    ("名称", "name"),
    ("单位名称", "name"),
    ("类别", "kind"),
    ("阶段", "stage"),
    ("参评状态", "status"),
    ("起评年度", "since"),
    ("认定事项", "findings"),
    ("历次评估等级", "previous"),
    ("往期等级", "previous"),
];

/// What the contract calls a column.
pub(in crate::read) fn contract(title: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == title).map_or(title, |(_, name)| name)
}

/// The metric of an id, or of a full title that only one metric has.
pub(in crate::read) fn metric_named(text: &str, rubric: &Rubric) -> Option<MetricIx> {
    let titled = || {
        let mut found = rubric.metrics.iter().enumerate().filter(|(_, m)| m.title.en == text || m.title.zh == text);
        let first = found.next().map(|(at, _)| MetricIx(at));
        first.filter(|_| found.next().is_none())
    };
    rubric.metric(text).or_else(titled)
}

/// Whether a row of titles names the column of the centres' ids.
pub(super) fn names_centre(titles: &[String], rubric: &Rubric) -> bool {
    let own = rubric.data.centre.as_deref();
    titles.iter().map(|title| contract(title.trim())).any(|title| title == "centre" || Some(title) == own)
}

impl Header {
    /// Whether a column is read: what stands in another one is nobody's business.
    pub(super) fn reads(&self, at: usize) -> Reads {
        let figures = match (self.shape, self.columns.get(at)) {
            (Shape::Wide, Some(Column::Cell { .. })) => true,
            (Shape::Long { value, .. }, _) => value == at,
            _ => false,
        };
        let named = match self.shape {
            Shape::Wide => false,
            Shape::Long { metric, year, judge, .. } => metric == at || year == Some(at) || judge == Some(at),
        };
        match () {
            () if figures => Reads::Figures,
            () if named || self.centre == at || self.fields.iter().any(|(field, _)| *field == at) => Reads::Words,
            () => Reads::Nothing,
        }
    }

    pub(super) fn read(row: &Row, rubric: &Rubric, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let titles: Vec<&str> = row.cells.iter().map(|title| contract(title.trim())).collect();
        let column = |name: &str| titles.iter().position(|t| *t == name);
        let named = |own: &str, other: &Option<String>| column(own).or_else(|| column(other.as_deref()?));
        let name_column = named("name", &rubric.data.name);
        let Some(centre) = named("centre", &rubric.data.centre) else {
            let what =
                Diagnostic::error("E-no-centre-column", "no column is called `centre`", "没有名为 `centre` 的列");
            let lower: Vec<String> = titles.iter().map(|title| title.to_lowercase()).collect();
            let near = nearest("centre", lower.iter().map(String::as_str));
            let at = near.and_then(|near| lower.iter().position(|title| title == near));
            let what = match at.map(|at| titles[at]) {
                Some(title) => what.help(
                    format!(
                        "call the column `{title}` `centre`, if it holds the ids of the centres; a table in another \
                         layout is read by a mapping, which `import … --guess` drafts"
                    ),
                    format!(
                        "若 `{title}` 列为各中心的标识，请将列名改为 `centre`；其他版式的表格须用映射文件读取，可先用 \
                         `import … --guess` 生成初稿"
                    ),
                ),
                None => what
                    .help(
                        "add a column `centre` with an id for each centre; a table in another layout is read by a \
                         mapping, which `import … --guess` drafts",
                        "请加上 `centre` 列，填写各中心的标识；其他版式的表格须用映射文件读取，可先用 `import … --guess` 生成初稿",
                    ),
            };
            faults.push(what.in_cell(row.number, at.unwrap_or(0) + 1));
            return None;
        };
        let shape = match (column("metric"), column("value")) {
            (Some(metric), Some(value)) => Shape::Long { metric, year: column("year"), value, judge: column("judge") },
            _ => Shape::Wide,
        };
        let own: Vec<usize> = match shape {
            Shape::Wide => vec![centre],
            Shape::Long { metric, year, value, judge } => {
                [Some(centre), Some(metric), year, Some(value), judge].into_iter().flatten().collect()
            }
        };
        let mut header =
            Self { number: row.number, shape, width: titles.len(), centre, fields: Vec::new(), columns: Vec::new() };
        let mut seen = HashSet::new();
        for (at, title) in titles.iter().enumerate() {
            let mut kind = Column::Other;
            if own.contains(&at) {
                seen.insert(*title);
            } else if title.is_empty() {
                // A spreadsheet leaves empty columns behind; they matter only where something stands in them.
                kind = Column::Untitled;
            } else if rubric.data.ignore.iter().any(|known| known == title) {
                // Known to the rubric, and in no score.
                seen.insert(*title);
            } else if matches!(shape, Shape::Long { .. }) && ["title", "unit", "definition", "wanted"].contains(title) {
                // Columns of the list of gaps that say what is wanted, and mean nothing on the way back.
            } else if !seen.insert(title) && cell_column(title, rubric).is_err() {
                // Two columns for one cell are found later, however they are spelled.
                faults.push(second_column(title).in_cell(row.number, at + 1));
            } else if name_column == Some(at) {
                header.fields.push((at, Field::Name));
            } else if let Some(field) = Field::from_id(title, rubric) {
                header.fields.push((at, field));
            } else if matches!(shape, Shape::Wide) {
                match cell_column(title, rubric) {
                    Ok(column) => kind = column,
                    Err(fault) => faults.push(fault.in_cell(row.number, at + 1)),
                }
            } else {
                faults.push(unknown_metric(title, rubric).in_cell(row.number, at + 1));
            }
            header.columns.push(kind);
        }
        Some(header)
    }

    /// Refuses years outside the cycle, plain columns of metrics that have several yearly values, and two columns for
    /// one cell.
    pub(super) fn check_years(&self, rubric: &Rubric, layout: &Layout, faults: &mut Vec<Diagnostic>) {
        let mut seen = HashSet::new();
        for (at, column) in self.columns.iter().enumerate() {
            let Column::Cell { metric, year, judge } = column else { continue };
            let yearly = rubric.metrics[metric.0].yearly;
            match year {
                Some(year) if layout.slot(*metric, Some(*year)).is_none() => {
                    faults.push(outside(&year.to_string(), layout).in_cell(self.number, at + 1));
                }
                None if yearly && layout.only_year().is_none() => {
                    faults.push(year_missing(&rubric.metrics[metric.0].id).in_cell(self.number, at + 1));
                }
                _ if !seen.insert((metric, year.or_else(|| layout.only_year().filter(|_| yearly)), judge)) => {
                    faults.push(second_column(&rubric.metrics[metric.0].id).in_cell(self.number, at + 1));
                }
                _ => {}
            }
        }
    }
}

fn second_column(title: &str) -> Diagnostic {
    let what =
        Diagnostic::error("E-duplicate-column", format!("a second column `{title}`"), format!("`{title}` 列出现两次"));
    what.help("keep one of them", "请只保留一列")
}

/// `metric`, `metric@2024`, `metric@2024#judge`, `metric#judge`.
fn cell_column(title: &str, rubric: &Rubric) -> Result<Column, Diagnostic> {
    let (rest, judge) = match title.split_once('#') {
        Some((rest, judge)) => (rest, Some(judge.trim().to_owned())),
        None => (title, None),
    };
    let (id, year) = match rest.split_once('@') {
        Some((id, year)) => (id, Some(plausible_year(year).ok_or_else(|| bad_year(year, id))?)),
        None => (rest, None),
    };
    let metric = metric_named(id, rubric).ok_or_else(|| unknown_metric(id, rubric))?;
    if let Some(fault) = judge_fits(rubric, metric, judge.as_deref()) {
        return Err(fault);
    }
    let year = year.filter(|_| rubric.metrics[metric.0].yearly);
    Ok(Column::Cell { metric, year, judge: judge_of(rubric, metric, judge) })
}

fn plausible_year(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| YEARS.contains(year))
}

/// Marks of a panel always belong to somebody: a mark without a name is the panel's own.
pub(super) fn judge_of(rubric: &Rubric, metric: MetricIx, judge: Option<String>) -> Option<String> {
    rubric.metrics[metric.0].panel.as_ref().map(|_| judge.unwrap_or_default())
}

pub(super) fn judge_fits(rubric: &Rubric, metric: MetricIx, judge: Option<&str>) -> Option<Diagnostic> {
    let metric = &rubric.metrics[metric.0];
    if let (Some(judge), Some(panel)) = (judge, &metric.panel)
        && !panel.admits(judge)
    {
        let shown: String = judge.chars().take(40).collect();
        let what = Diagnostic::error(
            "E-judge",
            format!("`{shown}` is not on the panel that marks `{}`", metric.id),
            format!("`{shown}` 不在评 `{}` 的专家组中", metric.id),
        );
        let listed = panel.judges.join(", ");
        return Some(what.help(format!("on it: {listed}"), format!("该组专家：{listed}")));
    }
    (judge.is_some() && metric.panel.is_none()).then(|| {
        let id = &metric.id;
        let what =
            Diagnostic::error("E-judge", format!("`{id}` is not marked by experts"), format!("`{id}` 不是专家评分项"));
        what.help("leave the judge out", "请去掉专家标识")
    })
}

pub(in crate::read) fn unknown_metric(id: &str, rubric: &Rubric) -> Diagnostic {
    let shown: String = id.chars().take(40).collect();
    let what = Diagnostic::error(
        "E-unknown-metric",
        format!("the rubric {} has no metric `{shown}`", rubric.id),
        format!("评价指标体系 {} 没有数据项 `{shown}`", rubric.id),
    );
    match nearest(id, rubric.metrics.iter().map(|m| m.id.as_str())) {
        Some(near) => what.help(format!("did you mean `{near}`?"), format!("是否想写 `{near}`？")),
        None => what.help(
            "take the column or row out, or use the rubric it belongs to",
            "请删去该列或该行，或改用相应的评价指标体系",
        ),
    }
}

pub(super) fn bad_year(year: &str, id: &str) -> Diagnostic {
    let year = shown(year);
    let what = Diagnostic::error("E-year", format!("“{year}” is not a year"), format!("“{year}”不是年份"));
    what.help(format!("write it as in {id}@2024"), format!("请写成 {id}@2024 的形式"))
}

pub(super) fn year_missing(id: &str) -> Diagnostic {
    let what = Diagnostic::error(
        "E-year-missing",
        format!("`{id}` is yearly, and no year is given"),
        format!("`{id}` 为年度数据项，但未给出年度"),
    );
    what.help(
        format!("write {id}@2024, or in a long table put 2024 into the column `year`"),
        format!("请写成 {id}@2024；长表请在 `year` 列填写 2024"),
    )
}

pub(super) fn outside(year: &str, layout: &Layout) -> Diagnostic {
    let (first, last, shown) = (layout.first_year, layout.cycle.last, year.chars().take(20).collect::<String>());
    let what = Diagnostic::error(
        "E-year-outside",
        format!("{shown} lies outside {first} to {last}"),
        format!("{shown} 不在 {first} 至 {last} 之内"),
    );
    what.help(
        "correct the year; the evaluation (or --cycle) says which years count",
        "请更正年份；可用年度由评估（或 --cycle）确定",
    )
}
