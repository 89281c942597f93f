//! Workbooks to be filled in: for a cohort one row a centre, for one centre one row a figure.
//!
//! A hidden row holds the names of the command line's contract, so that what comes back is read as it is, whatever the
//! language of the titles. Everything but the cells to fill in is locked, without a password. Same input, same bytes.
//! Must not know scores; nothing that was entered already is written.

mod rule;
mod style;

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use crate::domain::centre::{Centre, Field, Status};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::reading::Slot;
use crate::domain::rubric::{Metric, Rubric};
use crate::domain::text::Lang;
use crate::wording::terms;

use style::Styles;

/// Rows for centres where the roster is empty.
pub const SPARE: u32 = 50;

/// What a template is made from.
#[derive(Clone, Copy)]
pub struct Template<'a> {
    pub rubric: &'a Rubric,
    /// The roster; its readings are not looked at but for which of them a score waits for.
    pub cohort: &'a Cohort,
    pub lang: Lang,
}

/// A cell to fill in: a metric's value in one year, or of one judge.
struct Wanted<'a> {
    metric: &'a Metric,
    year: Option<i16>,
    judge: Option<&'a str>,
}

impl<'a> Template<'a> {
    /// One sheet for the whole cohort, a row a centre, and one with the definitions. Without a roster there are
    /// [`SPARE`] rows to enter centres in.
    ///
    /// # Errors
    /// `E-template` where it does not fit into a workbook: 16,384 columns, a million rows.
    pub fn whole_cohort(self) -> Result<Vec<u8>, Diagnostic> {
        saved(|book, styles| {
            self.wide(book.add_worksheet(), styles)?;
            self.definitions(book.add_worksheet(), styles)
        })
    }

    /// One sheet for a centre, a row a figure: those that its score needs, or all while its kind is not known.
    ///
    /// # Errors
    /// As [`Template::whole_cohort`].
    pub fn one_centre(self, ix: CentreIx) -> Result<Vec<u8>, Diagnostic> {
        saved(|book, styles| self.long(book.add_worksheet(), styles, ix))
    }

    fn wanted(self, slots: impl IntoIterator<Item = Slot>) -> Vec<Wanted<'a>> {
        let mut wanted = Vec::new();
        for slot in slots {
            let (metric, year) = self.cohort.layout.cell(slot);
            let metric = &self.rubric.metrics[metric.0];
            match metric.panel.as_ref().filter(|panel| !panel.judges.is_empty()) {
                None => wanted.push(Wanted { metric, year, judge: None }),
                Some(panel) => {
                    wanted.extend(panel.judges.iter().map(|judge| Wanted { metric, year, judge: Some(judge) }));
                }
            }
        }
        wanted
    }

    fn every_slot(self) -> impl Iterator<Item = Slot> {
        (0..self.cohort.layout.slots()).map(Slot)
    }

    fn fields(self) -> Vec<Field> {
        let rubric = self.rubric;
        let mut fields = vec![Field::Name];
        fields.extend((!rubric.kinds.is_empty()).then_some(Field::Kind));
        fields.extend((!rubric.stages.is_empty()).then_some(Field::Stage));
        fields.extend([Field::Status, Field::Since]);
        fields.extend(rubric.attributes.iter().map(|attribute| Field::Attribute(attribute.id.clone())));
        fields
    }

    /// What stands above the table, from its first column that can be seen.
    fn head(self, page: &mut Worksheet, styles: &Styles, at: u16, about: &str) -> Result<(), XlsxError> {
        let cycle = self.cohort.layout.cycle;
        let title = format!("{}  {}-{}", self.rubric.title.get(self.lang), cycle.first, cycle.last);
        page.write_string_with_format(0, at, &title, &styles.title)?;
        page.write_string_with_format(1, at, about, &styles.about)?;
        page.write_string_with_format(2, at, terms::HOW_TO_FILL.get(self.lang), &styles.about)?;
        page.set_landscape();
        // Columns may be made wider: what is written in them must be read.
        page.protect_with_options(&ProtectionOptions { format_columns: true, format_rows: true, ..Default::default() });
        Ok(())
    }

    fn wide(self, page: &mut Worksheet, styles: &Styles) -> Result<(), XlsxError> {
        const HEADER: u32 = 6;
        let (lang, fields, wanted) = (self.lang, self.fields(), self.wanted(self.every_slot()));
        page.set_name(terms::READINGS.get(lang))?;
        self.head(page, styles, 0, &format!("{} {}", self.rubric.edition, self.rubric.id))?;
        let roster: Vec<&Centre> = self.cohort.all().map(|ix| self.cohort.centre(ix)).collect();
        let rows = if roster.is_empty() { SPARE } else { u32::try_from(roster.len()).unwrap_or(u32::MAX) };
        let last = HEADER.saturating_add(rows);
        let mut column = 0;
        let mut head = |page: &mut Worksheet, titles: [&str; 3], id: &str, width: u32| {
            for (row, title) in (3..).zip(titles) {
                page.write_string_with_format(row, column, title, &styles.head)?;
            }
            page.write_string_with_format(HEADER, column, id, &styles.id)?;
            page.set_column_width(column, width)?;
            column += 1;
            Ok::<u16, XlsxError>(column - 1)
        };
        let at = head(page, [terms::CENTRE_ID.get(lang), "", ""], "centre", 12)?;
        for (row, centre) in (HEADER + 1..=last).zip(padded(&roster)) {
            styles.fact(page, (row, at), centre.map(|centre| centre.id.as_str()))?;
        }
        for field in &fields {
            let title = terms::field(field, self.rubric, lang);
            let least = if *field == Field::Name { 28 } else { 16 };
            let width = roster.iter().map(|centre| style::width(&centre.get(field, self.rubric), least)).max();
            let width = width.unwrap_or(least).max(style::width(title, least));
            let at = head(page, [title, "", ""], field.id(), width)?;
            for (row, centre) in (HEADER + 1..=last).zip(padded(&roster)) {
                let given = centre.map(|centre| centre.get(field, self.rubric));
                styles.fact(page, (row, at), given.as_deref())?;
            }
            if let (true, Some(rule)) = (roster.is_empty(), self.fact_rule(field)?) {
                page.add_data_validation(HEADER + 1, at, last, at, &rule)?;
            }
        }
        for cell in &wanted {
            let (unit, year) = (cell.metric.unit.get(lang), cell.year_and_judge(lang));
            let at = head(page, [cell.metric.title.get(lang), unit, &year], &cell.column(), 16)?;
            for row in HEADER + 1..=last {
                page.write_blank(row, at, &styles.value)?;
            }
            let rule = rule::of(cell.metric, &year, (HEADER + 1, at), lang)?;
            page.add_data_validation(HEADER + 1, at, last, at, &rule)?;
        }
        let titles = wanted.iter().map(|cell| style::height(cell.metric.title.get(lang), 16)).max();
        let units = wanted.iter().map(|cell| style::height(cell.metric.unit.get(lang), 16)).max();
        page.set_row_height(3, titles.unwrap_or(16))?.set_row_height(4, units.unwrap_or(16))?;
        page.set_row_hidden(HEADER)?.set_freeze_panes(HEADER + 1, 2)?.set_repeat_rows(0, HEADER)?;
        Ok(())
    }

    /// Which texts a fact takes, where they are known.
    fn fact_rule(self, field: &Field) -> Result<Option<DataValidation>, XlsxError> {
        let ids: Vec<&str> = match field {
            Field::Kind => self.rubric.kinds.iter().map(|kind| kind.id.as_str()).collect(),
            Field::Stage => self.rubric.stages.iter().map(|stage| stage.id.as_str()).collect(),
            Field::Status => Status::ALL.iter().map(|(id, _)| *id).collect(),
            _ => return Ok(None),
        };
        // A list that is too long for a workbook is checked when it comes back.
        match DataValidation::new().allow_list_strings(&ids) {
            Ok(rule) => Ok(Some(rule)),
            Err(XlsxError::DataValidationError(_)) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    fn definitions(self, page: &mut Worksheet, styles: &Styles) -> Result<(), XlsxError> {
        let lang = self.lang;
        page.set_name(terms::DEFINITIONS.get(lang))?;
        self.head(page, styles, 0, terms::DEFINITIONS.get(lang))?;
        let titles = [terms::METRIC, terms::UNIT, terms::DEFINITION].map(|title| title.get(lang));
        for ((at, title), width) in (0..).zip(titles).zip([44, 12, 90]) {
            page.write_string_with_format(3, at, title, &styles.head)?;
            page.set_column_width(at, width)?;
        }
        for (row, metric) in (4..).zip(&self.rubric.metrics) {
            let said = rule::said(metric, lang);
            let definition = [metric.definition.get(lang), &said].join(if lang == Lang::En { " " } else { "" });
            page.write_string_with_format(row, 0, metric.title.get(lang), &styles.text)?;
            page.write_string_with_format(row, 1, metric.unit.get(lang), &styles.text)?;
            page.write_string_with_format(row, 2, definition.trim(), &styles.text)?;
            page.set_row_height(row, style::height(&definition, 90))?;
        }
        page.set_print_fit_to_pages(1, 0).set_freeze_panes(4, 1)?;
        Ok(())
    }

    fn long(self, page: &mut Worksheet, styles: &Styles, ix: CentreIx) -> Result<(), XlsxError> {
        const HEADER: u32 = 4;
        const COLUMNS: [(&str, u32); 8] = [
            ("centre", 10),
            ("metric", 10),
            ("title", 40),
            ("definition", 60),
            ("unit", 10),
            ("year", 12),
            ("judge", 12),
            ("value", 18),
        ];
        let (lang, centre) = (self.lang, self.cohort.centre(ix));
        page.set_name(terms::READINGS.get(lang))?;
        let needed = self.cohort.needed(ix);
        let wanted = if needed.is_empty() { self.wanted(self.every_slot()) } else { self.wanted(needed) };
        self.head(page, styles, 2, &format!("{}  {}", centre.id, centre.name))?;
        let titles = [terms::CENTRE_ID, terms::METRIC, terms::METRIC, terms::DEFINITION, terms::UNIT]
            .into_iter()
            .chain([terms::YEAR, terms::JUDGE, terms::VALUE]);
        for ((at, (id, width)), title) in (0..).zip(COLUMNS).zip(titles) {
            page.write_string_with_format(HEADER - 1, at, title.get(lang), &styles.head)?;
            page.write_string_with_format(HEADER, at, id, &styles.id)?;
            page.set_column_width(at, width)?;
        }
        let mut before = "";
        for (row, cell) in (HEADER + 1..).zip(&wanted) {
            // The first row of a metric says what it is.
            let first = before != cell.metric.id;
            before = &cell.metric.id;
            let definition = if first { cell.metric.definition.get(lang) } else { "" };
            let year = cell.year.map_or(String::new(), |year| year.to_string());
            let texts = [&centre.id, &cell.metric.id, cell.metric.title.get(lang), definition].into_iter().chain([
                cell.metric.unit.get(lang),
                &year,
                cell.judge.unwrap_or_default(),
            ]);
            for (at, text) in (0..).zip(texts) {
                page.write_string_with_format(row, at, text, &styles.text)?;
            }
            page.write_blank(row, 7, &styles.value)?;
            let rule = rule::of(cell.metric, &cell.year_and_judge(lang), (row, 7), lang)?;
            page.add_data_validation(row, 7, row, 7, &rule)?;
            page.set_row_height(
                row,
                style::height(definition, 60).max(style::height(cell.metric.title.get(lang), 40)),
            )?;
        }
        if wanted.iter().all(|cell| cell.judge.is_none()) {
            page.set_column_hidden(6)?;
        }
        page.set_print_fit_to_pages(1, 0).set_column_hidden(0)?.set_column_hidden(1)?;
        page.set_row_hidden(HEADER)?.set_freeze_panes(HEADER + 1, 0)?.set_repeat_rows(0, HEADER)?;
        Ok(())
    }
}

impl Wanted<'_> {
    /// The title of its column in the command line's contract.
    fn column(&self) -> String {
        let year = self.year.map_or(String::new(), |year| format!("@{year}"));
        let judge = self.judge.map_or(String::new(), |judge| format!("#{judge}"));
        format!("{}{year}{judge}", self.metric.id)
    }

    fn year_and_judge(&self, lang: Lang) -> String {
        let year = self.year.map_or(terms::WHOLE_CYCLE.get(lang).to_owned(), |year| year.to_string());
        self.judge.map_or(year.clone(), |judge| format!("{year} {judge}"))
    }
}

/// The roster, or as many rows without a centre.
fn padded<'a>(roster: &'a [&'a Centre]) -> impl Iterator<Item = Option<&'a Centre>> {
    roster.iter().map(|centre| Some(*centre)).chain(std::iter::repeat(None))
}

fn saved(fill: impl FnOnce(&mut Workbook, &Styles) -> Result<(), XlsxError>) -> Result<Vec<u8>, Diagnostic> {
    let written = || {
        let mut book = Workbook::new();
        // No clock: the same rubric gives the same file.
        let properties = DocProperties::new().set_author("triennial");
        book.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(2021, 1, 1)?));
        fill(&mut book, &Styles::new())?;
        book.save_to_buffer()
    };
    written().map_err(|fault| {
        Diagnostic::error(
            "E-template",
            format!("the template does not fit into a workbook: {fault}"),
            format!("模板超出工作簿的限制：{fault}"),
        )
        .help("write one for each centre instead, with --each", "请改用 --each 为每个中心各写一份")
    })
}
