//! XLSX: a grade sheet as a workbook that a sceptic can recalculate.
//!
//! Beside the sheet itself stand the readings, in the layout that `import` takes, and the points as live formulas over
//! them, each with our own figure beside it and whether both agree; how many are formulas is stated. Same input, same
//! bytes. Must not know how a score comes about: what it states is the ledger's.

mod figure;
mod formula;
mod place;
mod rule;
mod style;
mod text;
mod tree;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, Workbook, Worksheet, XlsxError};

use super::Source;
use super::data::{Fact, Page};
use super::sheet::{Carries, Cell, CellKind, GradeSheet, Table};
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::measure::View;
use crate::domain::number::Number;
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::wording::terms;

use formula::{Formulas, READINGS, Step, WORKING};
use place::{DOWN, HEAD, POINTS_FROM, Shape, Steps, WORKING_FROM, narrow, wide};
use style::Styles;
use tree::{POINTS, Scored, Share, Tree};

/// A sheet as a workbook.
///
/// # Errors
/// `E-workbook-size` where it does not fit: 16,384 columns, a million rows, 32,767 characters in a cell.
pub fn sheet(source: Source<'_>, sheet: &GradeSheet) -> Result<Vec<u8>, Diagnostic> {
    written(source, sheet).map_err(|fault| {
        Diagnostic::error(
            "E-workbook-size",
            format!("the sheet does not fit into a workbook: {fault}"),
            format!("成绩单超出工作簿的限制：{fault}"),
        )
        .help("write it as CSV or JSON", "请导出为 CSV 或 JSON")
    })
}

fn written(source: Source<'_>, sheet: &GradeSheet) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // No clock: the same input gives the same file.
    let properties = DocProperties::new().set_author("triennial");
    book.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(2021, 1, 1)?));
    let styles = Styles::new(&source.rubric.rounding);
    let lang = sheet.lang;
    let mut live = Live { source, lang, styles: &styles, places: Steps::default(), share: Share::default() };
    let (mut points, mut working, mut readings) = (page(POINTS)?, page(WORKING)?, page(READINGS)?);
    match sheet.carries {
        Carries::Nothing => {
            book.push_worksheet(front(sheet, &styles, None)?);
            return book.save_to_buffer();
        }
        Carries::Cohort => live.cohort(&mut points, &mut working, &mut readings)?,
        Carries::Centre(ix) => live.centre(ix, &mut points, &mut working, &mut readings)?,
    }
    let stated = live.stated();
    book.push_worksheet(front(sheet, &styles, Some(&stated))?);
    for page in [points, working, readings] {
        book.push_worksheet(page);
    }
    book.save_to_buffer()
}

/// A page that prints on A4, as many pages down as it takes.
fn page(name: &str) -> Result<Worksheet, XlsxError> {
    let mut page = Worksheet::new();
    page.set_name(name)?;
    page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    page.set_header_footer_align_with_page(true).set_footer("&C&P / &N");
    Ok(page)
}

/// The sheet itself: title, notes, every table, where it comes from.
fn front(sheet: &GradeSheet, styles: &Styles, stated: Option<&str>) -> Result<Worksheet, XlsxError> {
    let mut page = page("sheet")?;
    let mut row = 0;
    page.write_string_with_format(row, 0, clean(&sheet.title), &styles.title)?;
    row += 1;
    for note in sheet.notes.iter().map(String::as_str).chain(stated) {
        page.write_string_with_format(row, 0, clean(note), &styles.note)?;
        row += 1;
    }
    let widths = widths(sheet);
    for (at, width) in widths.iter().enumerate() {
        page.set_column_width(narrow(at), *width)?;
    }
    for table in &sheet.tables {
        row += 1;
        page.write_string_with_format(row, 0, clean(&table.title), &styles.title)?;
        row = self::table(&mut page, table, row + 1, (styles, &widths))?;
    }
    row += 1;
    for line in &sheet.provenance {
        page.write_string_with_format(row, 0, clean(&line.title), &styles.head)?;
        page.write_string_with_format(row, 1, clean(&line.value), &styles.note)?;
        row += 1;
    }
    let first = sheet.tables.first().filter(|_| sheet.tables.len() == 1 || sheet.carries == Carries::Cohort);
    if first.is_some() {
        let head = 3 + wide(sheet.notes.len()) + u32::from(stated.is_some());
        page.set_repeat_rows(head, head)?;
    }
    Ok(page)
}

/// How wide each column is, for all tables that stand one below the other.
fn widths(sheet: &GradeSheet) -> Vec<u32> {
    let columns = sheet.tables.iter().map(|table| table.columns.len()).max().unwrap_or(0);
    let texts = |at: usize| {
        sheet.tables.iter().flat_map(move |table| {
            let title = table.columns.get(at).map(|column| column.title.as_str());
            let cells = table.rows.iter().filter_map(move |row| row.cells.get(at)).map(|cell| cell.shown.as_str());
            title.into_iter().chain(cells)
        })
    };
    (0..columns).map(|at| style::width(texts(at))).collect()
}

fn table(
    page: &mut Worksheet,
    table: &Table,
    from: u32,
    (styles, widths): (&Styles, &[u32]),
) -> Result<u32, XlsxError> {
    for (column, at) in table.columns.iter().zip(0..) {
        page.write_string_with_format(from, at, clean(&column.title), &styles.head)?;
    }
    let mut row = from + 1;
    for line in &table.rows {
        for (cell, at) in line.cells.iter().zip(0..) {
            write(page, (row, at), cell, styles, line.depth)?;
        }
        // Not every program makes room for lines that wrap.
        let lines = line.cells.iter().zip(widths).map(|(cell, width)| style::lines(&cell.shown, *width)).max();
        if let Some(lines @ 2..) = lines {
            page.set_row_height(row, style::height(lines))?;
        }
        row += 1;
    }
    Ok(row)
}

fn write(
    page: &mut Worksheet,
    (row, at): (u32, u16),
    cell: &Cell,
    styles: &Styles,
    depth: usize,
) -> Result<(), XlsxError> {
    match cell.kind {
        CellKind::Empty => {}
        CellKind::Number => {
            number(page, (row, at), &cell.data, &styles.shown(cell))?;
        }
        CellKind::Text => {
            let indent = if at == 0 { depth } else { 0 };
            page.write_string_with_format(row, at, clean(&cell.shown), &styles.text(cell.emphasis, indent))?;
        }
    }
    Ok(())
}

/// A decimal as a number; text where it is none.
fn number(
    page: &mut Worksheet,
    (row, at): (u32, u16),
    text: &str,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    match figure::of(text) {
        Some(number) => page.write_number_with_format(row, at, number, format)?,
        None => page.write_string_with_format(row, at, clean(text), format)?,
    };
    Ok(())
}

/// Text is text in a cell, never a formula; what cannot stand in a file of this kind is written out.
fn clean(text: &str) -> String {
    let shown = |c: char| if c == '\n' { c.to_string() } else { crate::wording::safe::shown(c) };
    text.chars().map(shown).collect()
}

/// The pages that recalculate.
struct Live<'a> {
    source: Source<'a>,
    lang: Lang,
    styles: &'a Styles,
    places: Steps,
    share: Share,
}

impl Live<'_> {
    fn rubric(&self) -> &Rubric {
        self.source.rubric
    }

    /// What is formula and what is stated, in a sentence.
    fn stated(&self) -> String {
        let Share { formulas, of, totals, of_totals } = self.share;
        match self.lang {
            Lang::En => format!(
                "Sheet `points`: {formulas} of {of} points and {totals} of {of_totals} totals are formulas over the sheet \
                 `readings`, with our figure beside each; the others (experts' marks, profiles, places among the cohort), \
                 grades and ranks are stated. A centre's kind, stage, attributes, status and first year are taken as they stand."
            ),
            Lang::Zh => format!(
                "“points”表：{of} 项得分中 {formulas} 项、{of_totals} 个总分中 {totals} 个为“readings”表上的公式，旁列本程序结果；其余（专家评分、\
                 分档占比、同组比较）以及等级、名次为给定值。单位的类别、阶段、属性、状态和起始年度按现值采用。"
            ),
        }
    }

    fn cohort(
        &mut self,
        points: &mut Worksheet,
        working: &mut Worksheet,
        readings: &mut Worksheet,
    ) -> Result<(), XlsxError> {
        let source = self.source;
        let data = Page::new(source.cohort, source.rubric);
        self.across_head(points)?;
        let columns = data.slots();
        for (title, at) in data.header().iter().zip(0..) {
            readings.write_string_with_format(0, at, clean(title), &self.styles.head)?;
        }
        for ix in source.cohort.all() {
            let row = HEAD + wide(ix.0);
            for (fact, at) in data.row(ix).iter().zip(0..) {
                self.reading(readings, (row, at), fact)?;
            }
            let centre = source.cohort.centre(ix);
            let status = terms::status(centre.status).get(self.lang);
            let about = [centre.id.as_str(), &centre.name, source.kind_title(ix, self.lang), status];
            for (text, at) in about.into_iter().zip(0..) {
                points.write_string_with_format(row, at, clean(text), &self.styles.plain)?;
            }
            working.write_string_with_format(row, 0, clean(&centre.id), &self.styles.plain)?;
            let (scored, steps) = self.translated(ix, Shape::Across(row), &columns);
            self.steps(working, Shape::Across(row), steps)?;
            self.points(points, Shape::Across(row), scored)?;
        }
        working.write_string_with_format(0, 0, terms::CENTRE_ID.get(self.lang), &self.styles.head)?;
        for (label, index) in self.places.labels.iter().zip(WORKING_FROM..) {
            working.write_string_with_format(0, narrow(index), clean(label), &self.styles.head)?;
            working.set_column_width(narrow(index), 14)?;
        }
        for (page, left) in [(points, POINTS_FROM), (working, 1), (readings, 1)] {
            page.set_freeze_panes(1, narrow(left))?;
            page.set_repeat_rows(0, 0)?;
            // Hundreds of columns on one page could not be read.
            page.set_print_fit_to_pages(0, 0).set_repeat_columns(0, 0)?;
        }
        Ok(())
    }

    fn across_head(&self, points: &mut Worksheet) -> Result<(), XlsxError> {
        let lang = self.lang;
        let about = [terms::CENTRE_ID, terms::NAME, terms::KINDS, terms::STATUS].map(|word| word.get(lang));
        for (title, at) in about.into_iter().zip(0..) {
            points.write_string_with_format(0, at, title, &self.styles.head)?;
            points.set_column_width(at, if at == 1 { 34 } else { 16 })?;
        }
        let titles = std::iter::once((terms::TOTAL.get(lang), "total"))
            .chain(self.rubric().nodes.iter().map(|node| (node.title.get(lang), node.id.as_str())));
        for ((title, id), index) in titles.zip(0..) {
            let (row, at) = Shape::Across(0).points(index);
            points.write_string_with_format(row, at, clean(&format!("{title} ({id})")), &self.styles.head)?;
            let beside = [terms::OURS, terms::AGREES].map(|word| word.get(lang));
            for (title, at) in beside.into_iter().zip(at + 1..) {
                points.write_string_with_format(row, at, title, &self.styles.head)?;
            }
            points.set_column_width(at, 16)?.set_column_width(at + 1, 10)?.set_column_width(at + 2, 8)?;
        }
        Ok(())
    }

    fn centre(
        &mut self,
        ix: CentreIx,
        points: &mut Worksheet,
        working: &mut Worksheet,
        readings: &mut Worksheet,
    ) -> Result<(), XlsxError> {
        let (source, lang) = (self.source, self.lang);
        let data = Page::new(source.cohort, source.rubric);
        let head = |page: &mut Worksheet, titles: &[(&str, u32)], styles: &Styles| {
            for ((title, width), at) in titles.iter().zip(0..) {
                page.write_string_with_format(0, at, *title, &styles.head)?;
                page.set_column_width(at, *width)?;
            }
            page.set_freeze_panes(1, 0)?;
            page.set_repeat_rows(0, 0)?;
            Ok::<(), XlsxError>(())
        };
        let ids = [("centre", 14), ("metric", 30), ("year", 8), ("judge", 12), ("value", 18)];
        head(readings, &ids, self.styles)?;
        let mut slots = vec![None; source.cohort.layout.slots()];
        for (row, nth) in data.long(ix).iter().zip(0..) {
            if row.judge.is_empty() {
                slots[row.slot] = row.is_plain.then_some(nth);
            }
            let texts = [row.centre.as_str(), &row.metric, &row.year, &row.judge];
            for (text, at) in texts.into_iter().zip(0..) {
                readings.write_string_with_format(HEAD + wide(nth), at, clean(text), &self.styles.plain)?;
            }
            self.reading(readings, (HEAD + wide(nth), place::DOWN_READING), &row.value)?;
        }
        let words = |title: &'static str| (title, 16);
        let names = [
            ("id", 30),
            (terms::INDICATOR.get(lang), 44),
            words(terms::POINTS.get(lang)),
            words(terms::OURS.get(lang)),
            words(terms::AGREES.get(lang)),
        ];
        head(points, &names, self.styles)?;
        head(working, &[("#", 6), (terms::MEASURE.get(lang), 70), words(terms::VALUE.get(lang))], self.styles)?;
        let (scored, steps) = self.translated(ix, Shape::Down, &slots);
        for one in &scored {
            let (row, _) = Shape::Down.points(one.index);
            let node = one.index.checked_sub(1).map(|at| &self.rubric().nodes[at]);
            let (id, title) = node.map_or(("total", terms::TOTAL.get(lang)), |node| (&node.id, node.title.get(lang)));
            points.write_string_with_format(row, 0, clean(id), &self.styles.plain)?;
            points.write_string_with_format(row, 1, clean(title), &self.styles.plain)?;
        }
        for (label, nth) in self.places.labels.iter().zip(0..) {
            working.write_number_with_format(HEAD + nth, 0, nth + 1, &self.styles.plain)?;
            working.write_string_with_format(HEAD + nth, DOWN - 1, clean(label), &self.styles.plain)?;
        }
        self.steps(working, Shape::Down, steps)?;
        self.points(points, Shape::Down, scored)
    }

    /// The points of one centre and their working; none for a centre that is not scored.
    fn translated(&mut self, ix: CentreIx, shape: Shape, readings: &[Option<usize>]) -> (Vec<Scored>, Vec<Step>) {
        let source = self.source;
        let (centre, cohort) = (source.cohort.centre(ix), source.cohort);
        let Some((ledger, class)) = source.ledger(ix).zip(source.rubric.class(centre)) else {
            return (Vec::new(), Vec::new());
        };
        let view = View {
            rubric: source.rubric,
            layout: &cohort.layout,
            centre,
            readings: cohort.readings(ix),
            scores: None,
            reported_years_only: false,
            trace: false,
        };
        let left_out = source.left_out(ix);
        let formulas = Formulas { view, shape, lang: self.lang, readings, places: &mut self.places, steps: Vec::new() };
        let mut tree = Tree { formulas, class, ledger: &ledger, left_out: &left_out, scored: Vec::new() };
        tree.total();
        let (scored, steps) = (tree.scored, tree.formulas.steps);
        self.share.count(&scored);
        (scored, steps)
    }

    fn reading(&self, page: &mut Worksheet, (row, at): (u32, u16), fact: &Fact) -> Result<(), XlsxError> {
        match fact {
            Fact::Text(text) if text.is_empty() => {}
            Fact::Text(text) => {
                page.write_string_with_format(row, at, clean(text), &self.styles.plain)?;
            }
            Fact::Number(value) => {
                exact(page, (row, at), value, &self.styles.figure)?;
            }
        }
        Ok(())
    }

    fn steps(&self, page: &mut Worksheet, shape: Shape, steps: Vec<Step>) -> Result<(), XlsxError> {
        for Step { index, formula, value } in steps {
            let at = shape.working(index);
            match formula {
                Some(text) => {
                    let formula = Formula::new(text).set_result(value);
                    page.write_formula_with_format(at.0, at.1, formula, &self.styles.figure)?;
                }
                None => number(page, at, &value, &self.styles.figure)?,
            }
        }
        Ok(())
    }

    fn points(&self, page: &mut Worksheet, shape: Shape, scored: Vec<Scored>) -> Result<(), XlsxError> {
        let [yes, no] = [terms::AGREE_YES, terms::AGREE_NO].map(|word| word.get(self.lang));
        for Scored { index, formula, ours } in scored {
            let (row, at) = shape.points(index);
            let format = self.styles.points(index, self.rubric());
            number(page, (row, at + 1), &ours, format)?;
            match formula {
                None => number(page, (row, at), &ours, format)?,
                Some(text) => {
                    page.write_formula_with_format(row, at, Formula::new(text).set_result(ours), format)?;
                }
            }
            let [live, told] = [at, at + 1].map(|at| rust_xlsxwriter::utility::row_col_to_cell(row, at));
            let same = format!(
                "IF(IF(COUNT({live},{told})=2,ABS({live}-{told})<0.000000001,{live}={told}),\"{yes}\",\"{no}\")"
            );
            let same = Formula::new(same).set_result(yes);
            page.write_formula_with_format(row, at + 2, same, &self.styles.plain)?;
        }
        Ok(())
    }
}

/// A reading as a number where a spreadsheet holds all its digits, else as text.
fn exact(
    page: &mut Worksheet,
    (row, at): (u32, u16),
    value: &Number,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    let text = value.plain();
    let held = figure::of(&text).filter(|held| held.to_string() == text);
    match held {
        Some(held) => page.write_number_with_format(row, at, held, format)?,
        None => page.write_string_with_format(row, at, text, format)?,
    };
    Ok(())
}
