//! A sheet by a mapping: the same rows and columns under our own titles, so that every fault still names the cell in
//! which a person finds it. Must not know what the figures are for.

use std::collections::HashMap;

use super::title::{joined, squeezed};
use super::{By, Column, IGNORE, Mapping, Part, letters};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::Number;
use crate::domain::rubric::Rubric;
use crate::read::fact;
use crate::read::nearest::nearest;
use crate::read::workbook::{Row, Sheet};

/// What a mapping makes of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// Its first row has our titles.
    pub sheet: Sheet,
    /// Faults of cells of the sheet.
    pub faults: Vec<Diagnostic>,
    /// Faults of the mapping, with their places in its text.
    pub unfit: Vec<Diagnostic>,
}

/// Lays a sheet out anew. `roster` has the ids of each name.
pub fn apply(
    mapping: &Mapping,
    sheet: &Sheet,
    part: Option<&Part>,
    roster: &HashMap<String, Vec<String>>,
    rubric: &Rubric,
) -> Applied {
    let mut applied = Applied { sheet: Sheet { name: sheet.name.clone(), ..Sheet::default() }, ..Applied::default() };
    applied.sheet.notes.clone_from(&sheet.notes);
    let titles = joined(sheet, &mapping.headers);
    let columns = resolved(mapping, &titles, &mut applied);
    if !applied.unfit.is_empty() {
        return applied;
    }
    let last = mapping.headers.last().copied().unwrap_or(1);
    let width = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(titles.len());
    let year = part.and_then(|part| part.year);
    let mut layer = Layer { mapping, columns, unread: Vec::new(), roster, width, year, rubric };
    let is_unspoken = |(at, title): &(usize, &String)| !title.is_empty() && layer.at(*at).is_none();
    let unknown: Vec<(usize, &String)> = titles.iter().enumerate().filter(is_unspoken).collect();
    applied.faults.extend(unknown.iter().map(|(at, title)| unspoken(title, *at).in_cell(last, at + 1)));
    layer.unread = unknown.into_iter().map(|(at, _)| at).collect();
    applied.sheet.notes.extend(layer.notes(last));
    let header = layer.header(last);
    applied.sheet.rows.push(header);
    for row in sheet.rows.iter().filter(|row| row.number > last) {
        layer.row(row, &mut applied);
    }
    applied
}

/// The column of each position; faults of the mapping where a title is not there or there twice.
fn resolved<'a>(mapping: &'a Mapping, titles: &[String], applied: &mut Applied) -> Vec<(usize, &'a Column)> {
    let mut columns: Vec<(usize, &Column)> = Vec::new();
    for column in &mapping.columns {
        let at = match &column.by {
            By::Place(at) => *at,
            By::Title(title) => {
                let wanted = squeezed(title);
                let mut found = titles.iter().enumerate().filter(|(_, title)| squeezed(title) == wanted);
                match (found.next(), found.next()) {
                    (Some((at, _)), None) => at,
                    (Some((one, _)), Some((two, _))) => {
                        applied.unfit.push(twice(title, one, two).at(column.span.clone()));
                        continue;
                    }
                    _ => {
                        applied.unfit.push(not_there(title, titles).at(column.span.clone()));
                        continue;
                    }
                }
            }
        };
        if columns.iter().any(|(known, _)| *known == at) {
            applied.unfit.push(again(at).at(column.span.clone()));
            continue;
        }
        columns.push((at, column));
    }
    columns
}

struct Layer<'a> {
    mapping: &'a Mapping,
    columns: Vec<(usize, &'a Column)>,
    /// Columns that nothing is said of: told once, and not cell by cell.
    unread: Vec<usize>,
    roster: &'a HashMap<String, Vec<String>>,
    width: usize,
    year: Option<i16>,
    rubric: &'a Rubric,
}

impl Layer<'_> {
    fn at(&self, at: usize) -> Option<&Column> {
        self.columns.iter().find(|(known, _)| *known == at).map(|(_, column)| *column)
    }

    /// A long table whose sheet says the year has a column for it behind the others.
    fn adds_year(&self) -> Option<i16> {
        let is = |word: &str| self.columns.iter().any(|(_, column)| column.is == word);
        self.year.filter(|_| is("metric") && !is("year"))
    }

    fn header(&mut self, number: usize) -> Row {
        let mut cells = vec![String::new(); self.width];
        for (at, column) in &self.columns {
            if column.is != IGNORE && *at < cells.len() {
                cells[*at] = self.title(column);
            }
        }
        cells.extend(self.adds_year().map(|_| "year".to_owned()));
        Row { number, cells, marks: Vec::new() }
    }

    /// A yearly metric without a year is of the sheet's.
    fn title(&self, column: &Column) -> String {
        let cell = fact::cell(&column.is).filter(|cell| cell.year.is_none());
        let metric = cell.as_ref().and_then(|cell| self.rubric.metric(&cell.metric));
        match (cell, metric, self.year) {
            (Some(mut cell), Some(metric), Some(year)) if self.rubric.metrics[metric.0].yearly => {
                cell.year = Some(year);
                cell.name()
            }
            _ => column.is.clone(),
        }
    }

    /// What is done to figures, so that a person sees it.
    fn notes(&self, row: usize) -> Vec<Diagnostic> {
        let note = |(at, column): &(usize, &Column)| {
            let times = column.times.as_ref()?.plain();
            let title = self.title(column);
            let what = Diagnostic::warning(
                "W-mapping-times",
                format!("`{title}`: every figure is multiplied by {times}, as the mapping says"),
                format!("`{title}`：按映射文件，每个数值乘以 {times}"),
            );
            Some(what.help("look at one figure below", "请核对下列其中一个数值").in_cell(row, at + 1))
        };
        self.columns.iter().filter_map(note).collect()
    }

    fn row(&mut self, row: &Row, applied: &mut Applied) {
        let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.trim());
        let first = row.cells.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty()).unwrap_or_default();
        let centre = self.columns.iter().find(|(_, column)| column.is == "centre").map_or("", |(at, _)| cell(*at));
        let (centre, first) = (squeezed(centre), squeezed(first));
        if self.mapping.skip.iter().map(|word| squeezed(word)).any(|word| word == centre || word == first) {
            return;
        }
        let mut cells: Vec<String> = (0..self.width).map(|at| cell(at).to_owned()).collect();
        let mut marks = row.marks.clone();
        for at in &self.unread {
            cells[*at].clear();
            marks.retain(|(marked, _)| marked != at);
        }
        for (at, column) in &self.columns {
            if column.is == IGNORE {
                marks.retain(|(marked, _)| marked != at);
            }
            let Some(text) = cells.get_mut(*at).filter(|text| !text.is_empty()) else { continue };
            match self.text(column, text) {
                Ok(changed) => *text = changed,
                Err(fault) => applied.faults.push(fault.in_cell(row.number, at + 1)),
            }
        }
        cells.extend(self.adds_year().map(|year| year.to_string()));
        applied.sheet.rows.push(Row { number: row.number, cells, marks });
    }

    /// What a cell says in our words.
    fn text(&self, column: &Column, text: &str) -> Result<String, Diagnostic> {
        if column.is == IGNORE {
            return Ok(String::new());
        }
        if let Some(meant) = column.values.get(text) {
            return Ok(meant.clone());
        }
        if column.is == "centre" && self.mapping.by_name {
            return self.id(text);
        }
        let is_figure =
            column.is == "value" || fact::cell(&column.is).is_some_and(|c| self.rubric.metric(&c.metric).is_some());
        if !is_figure {
            return Ok(text.to_owned());
        }
        let among = |words: &[String]| words.iter().any(|word| word == text);
        Ok(match &column.times {
            _ if among(&self.mapping.not_reported) => "NR".to_owned(),
            _ if among(&self.mapping.not_applicable) => "N/A".to_owned(),
            // What is no plain number is refused as it stands.
            Some(times) if !text.contains(['e', 'E', '_']) => {
                Number::parse(text).map_or_else(|_| text.to_owned(), |number| (&number * times).plain())
            }
            _ => text.to_owned(),
        })
    }

    fn id(&self, name: &str) -> Result<String, Diagnostic> {
        if let Some(id) = self.mapping.centres.get(name) {
            return Ok(id.clone());
        }
        match self.roster.get(name).map(Vec::as_slice) {
            Some([id]) => Ok(id.clone()),
            Some([_, _, ..]) => Err(Diagnostic::error(
                "E-mapping-name",
                format!("several centres are called “{name}”"),
                format!("有多个单位名为“{name}”"),
            )
            .help("say which is meant under [centres] in the mapping", "请在映射文件的 [centres] 中指明是哪一个")),
            _ => Err(unknown_name(name, self.roster)),
        }
    }
}

fn unknown_name(name: &str, roster: &HashMap<String, Vec<String>>) -> Diagnostic {
    let what = Diagnostic::error(
        "E-mapping-name",
        format!("no centre on the roster is called “{name}”"),
        format!("名册中没有名为“{name}”的单位"),
    );
    let mut names: Vec<&str> = roster.keys().map(String::as_str).collect();
    names.sort_unstable();
    match nearest(name, names) {
        Some(near) => {
            let id = roster[near].join(", ");
            what.help(
                format!("did you mean “{near}” ({id})? write \"{name}\" = \"{id}\" under [centres] in the mapping"),
                format!("是否为“{near}”（{id}）？请在映射文件的 [centres] 中写 \"{name}\" = \"{id}\""),
            )
        }
        None => what.help(
            format!("add the centre first, or write \"{name}\" = \"its id\" under [centres] in the mapping"),
            format!("请先添加该单位，或在映射文件的 [centres] 中写 \"{name}\" = \"单位标识\""),
        ),
    }
}

fn unspoken(title: &str, at: usize) -> Diagnostic {
    let place = letters(at);
    Diagnostic::error(
        "E-mapping-unspoken",
        format!("the mapping does not say what column {place} is: “{title}”"),
        format!("映射文件没有说明 {place} 列是什么：“{title}”"),
    )
    .help(
        format!("add [[column]] with title = \"{title}\" and is = \"…\", or is = \"ignore\""),
        format!("请添加 [[column]]，写 title = \"{title}\" 与 is = \"…\"；不需要则写 is = \"ignore\""),
    )
}

fn not_there(title: &str, titles: &[String]) -> Diagnostic {
    let what = Diagnostic::error(
        "E-mapping-title",
        format!("the sheet has no column with the title “{title}”"),
        format!("工作表中没有标题为“{title}”的列"),
    );
    match nearest(title, titles.iter().map(String::as_str).filter(|title| !title.is_empty())) {
        Some(near) => what.help(format!("did you mean “{near}”?"), format!("是否为“{near}”？")),
        None => what.help(
            "say in `header` in which rows the titles stand; those of several rows are joined by ` / `",
            "请在 `header` 中写明标题所在的行；多行标题以“ / ”相连",
        ),
    }
}

fn twice(title: &str, one: usize, two: usize) -> Diagnostic {
    let (one, two) = (letters(one), letters(two));
    Diagnostic::error(
        "E-mapping-title",
        format!("columns {one} and {two} both have the title “{title}”"),
        format!("{one} 列与 {two} 列的标题均为“{title}”"),
    )
    .help(format!("name them by their places: at = \"{one}\""), format!("请用列号指明：at = \"{one}\""))
}

fn again(at: usize) -> Diagnostic {
    let place = letters(at);
    Diagnostic::error(
        "E-mapping-column",
        format!("column {place} is spoken of twice"),
        format!("{place} 列被说明了两次"),
    )
    .help("keep one of them", "请只保留一处")
}
