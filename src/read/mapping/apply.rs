//! A sheet by a mapping: the same rows and columns under our own titles, so that every fault still names the cell in
//! which a person finds it. Must not know what the figures are for.

use std::collections::HashMap;

use super::title::{joined, squeezed};
use super::totals::Totals;
use super::{By, Column, IGNORE, Mapping, Part, is_figure, letters};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::Number;
use crate::domain::reading::Reading;
use crate::domain::rubric::Rubric;
use crate::read::nearest::nearest;
use crate::read::total::{is_sum, is_total};
use crate::read::workbook::{Row, Sheet};
use crate::read::{cell, fact};

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
    let (unread, nobody, totals) = (Vec::new(), HashMap::new(), Totals::default());
    let mut layer = Layer { mapping, columns, unread, roster, width, year, rubric, nobody, totals };
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
    for (at, rows) in layer.nobody.into_values().filter(|(_, rows)| *rows > 1) {
        applied.faults[at].what.en.push_str(&format!(" ({rows} rows)"));
        applied.faults[at].what.zh.push_str(&format!("（共 {rows} 行）"));
    }
    // Without the rows that are refused nothing adds up.
    if applied.faults.is_empty() {
        applied.sheet.notes.extend(layer.totals.differences());
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
    /// Names that are no centre's: where the fault of each is, and how many rows have it.
    nobody: HashMap<String, (usize, usize)>,
    totals: Totals,
}

/// What a cell for a figure holds.
enum Figure {
    NotReported,
    NotApplicable,
    Number(Number),
    /// What is no number is refused as it stands.
    Other,
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Centre,
    Totals,
    Skipped,
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

    fn standing(&self, row: &Row) -> Standing {
        let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.trim());
        let first = row.cells.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty()).unwrap_or_default();
        let centre = self.columns.iter().find(|(_, column)| column.is == "centre").map_or("", |(at, _)| cell(*at));
        let (centre, first) = (squeezed(centre), squeezed(first));
        let among = |words: &[String]| words.iter().map(|word| squeezed(word)).any(|w| w == centre || w == first);
        match () {
            () if among(&self.mapping.totals) => Standing::Totals,
            () if among(&self.mapping.skip) => Standing::Skipped,
            () => Standing::Centre,
        }
    }

    fn row(&mut self, row: &Row, applied: &mut Applied) {
        let standing = self.standing(row);
        if standing == Standing::Skipped {
            return;
        }
        let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.trim());
        let mut cells: Vec<String> = (0..self.width).map(|at| cell(at).to_owned()).collect();
        let mut marks = row.marks.clone();
        for at in &self.unread {
            cells[*at].clear();
            marks.retain(|(marked, _)| marked != at);
        }
        let mut figures = Vec::new();
        for (at, column) in &self.columns {
            if column.is == IGNORE {
                marks.retain(|(marked, _)| marked != at);
            }
            let Some(text) = cells.get_mut(*at).filter(|text| !text.is_empty()) else { continue };
            let figure = is_figure(&column.is, self.rubric).then(|| self.figure(column, text));
            let said = self.text(column, text, figure.as_ref());
            figures.extend(figure.map(|figure| (*at, *column, figure)));
            match said {
                Ok(changed) => *text = changed,
                Err(_) if standing == Standing::Totals => {}
                // Of a row that is nobody's there is nothing else to say.
                Err(fault) => return self.refuse(text, fault.in_cell(row.number, at + 1), applied),
            }
        }
        cells.extend(self.adds_year().map(|year| year.to_string()));
        for (at, column, figure) in figures {
            let named = self.named(column, &cells);
            match (figure, standing) {
                (Figure::Number(number), Standing::Totals) => self.totals.state(named, number, (row.number, at + 1)),
                (Figure::Number(number), _) => self.totals.add(named, Some(&number)),
                (Figure::Other, Standing::Centre) => self.totals.add(named, None),
                _ => {}
            }
        }
        if standing == Standing::Centre {
            applied.sheet.rows.push(Row { number: row.number, cells, marks });
        }
    }

    /// Refuses the rows of a name, once for all of them.
    fn refuse(&mut self, name: &str, fault: Diagnostic, applied: &mut Applied) {
        let known = self.nobody.entry(name.to_owned()).or_insert((applied.faults.len(), 0));
        known.1 += 1;
        if known.1 == 1 {
            applied.faults.push(fault);
        }
    }

    /// What our own tables would call the cell of a figure.
    fn named(&self, column: &Column, cells: &[String]) -> String {
        if column.is != "value" {
            return self.title(column);
        }
        let of =
            |word: &str| self.columns.iter().find(|(_, column)| column.is == word).map(|(at, _)| cells[*at].as_str());
        let year = self.adds_year().map(|year| year.to_string());
        let parts = [of("metric"), of("year").or(year.as_deref()), of("judge")];
        let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        parts.join("@")
    }

    fn figure(&self, column: &Column, text: &str) -> Figure {
        let among = |words: &[String]| words.iter().any(|word| word == text);
        let meant = column.values.get(text).map_or(text, String::as_str);
        match cell::unvalued(meant) {
            _ if among(&self.mapping.not_reported) => Figure::NotReported,
            _ if among(&self.mapping.not_applicable) => Figure::NotApplicable,
            Some(Reading::NotReported) => Figure::NotReported,
            Some(Reading::NotApplicable) => Figure::NotApplicable,
            _ => {
                let number = column.manner.plain(meant).and_then(|digits| Number::parse(&digits).ok());
                number.map_or(Figure::Other, Figure::Number)
            }
        }
    }

    /// What a cell says in our words.
    fn text(&self, column: &Column, text: &str, figure: Option<&Figure>) -> Result<String, Diagnostic> {
        if column.is == IGNORE {
            return Ok(String::new());
        }
        if let Some(meant) = column.values.get(text) {
            return Ok(meant.clone());
        }
        if column.is == "centre" && self.mapping.by_name {
            return self.id(text);
        }
        if column.is == "year" {
            return Ok(column.manner.plain(text).unwrap_or_else(|| text.to_owned()));
        }
        Ok(match (figure, &column.times) {
            (Some(Figure::NotReported), _) => "NR".to_owned(),
            (Some(Figure::NotApplicable), _) => "N/A".to_owned(),
            (Some(Figure::Number(number)), Some(times)) => (number * times).plain(),
            (Some(Figure::Number(number)), None) if !column.manner.is_plain() => number.plain(),
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
        None if is_sum(name) => what.help(
            format!("where it is a row of totals, write totals = [\"{name}\"] in the mapping: it is then compared"),
            format!("若为合计行，请在映射文件中写 totals = [\"{name}\"]，程序将与各行之和核对"),
        ),
        None if is_total(name) => what.help(
            format!("where it is no centre, write skip = [\"{name}\"] in the mapping"),
            format!("若并非单位，请在映射文件中写 skip = [\"{name}\"]"),
        ),
        None => what.help(
            format!(
                "add the centre first, or write \"{name}\" = \"its id\" under [centres] in the mapping; where it is no \
                 centre, skip = [\"{name}\"]"
            ),
            format!(
                "请先添加该单位，或在映射文件的 [centres] 中写 \"{name}\" = \"单位标识\"；若并非单位，请写 skip = [\"{name}\"]"
            ),
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
