//! The pages that recalculate: points as formulas, their working, and the readings below them. Those of a cohort are
//! packed row by row, since all of them together are far larger than the cohort. Must not know the sheet beside them.

use rust_xlsxwriter::{Worksheet, XlsxError, utility};

use super::figure;
use super::formula::{Formulas, Step};
use super::page::{Cells, Held, Page};
use super::place::{self, DOWN, HEAD, Shape, Steps, Tabs, WORKING_FROM, narrow, wide};
use super::rows::Filling;
use super::saved;
use super::style::{Look, Styles};
use super::tree::{Scored, Share, Tree};
use crate::domain::cohort::CentreIx;
use crate::domain::measure::View;
use crate::domain::number::Number;
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::wording::terms;
use crate::write::Source;
use crate::write::data::{self, Fact};

pub(super) struct Live<'a> {
    source: Source<'a>,
    lang: Lang,
    tabs: Tabs,
    styles: &'a Styles,
    places: Steps,
    share: Share,
}

impl<'a> Live<'a> {
    pub(super) fn new(source: Source<'a>, lang: Lang, styles: &'a Styles) -> Self {
        Self { source, lang, tabs: Tabs::of(lang), styles, places: Steps::default(), share: Share::default() }
    }

    fn rubric(&self) -> &'a Rubric {
        self.source.rubric
    }

    /// What is formula and what is stated, in a sentence.
    fn stated(&self) -> String {
        let Share { formulas, of, totals, of_totals } = self.share;
        let Tabs { points, readings, .. } = self.tabs;
        match self.lang {
            Lang::En => format!(
                "Sheet `{points}`: {formulas} of {of} points and {totals} of {of_totals} totals are formulas over the sheet \
                 `{readings}`, with our figure beside each; the others (experts' marks, profiles, places among the cohort), \
                 grades and ranks are stated. A centre's kind, stage, attributes, status and first year are taken as they stand."
            ),
            Lang::Zh => format!(
                "“{points}”表：{of} 项得分中 {formulas} 项、{of_totals} 个总分中 {totals} 个为“{readings}”表上的公式，旁列本程序结果；\
                 其余（专家评分、分档占比、同组比较）以及等级、名次为给定值。单位的类别、阶段、属性、状态和起始年度按现值采用。"
            ),
        }
    }

    /// The workbook of a cohort, a row for each centre; `front` makes the pages before.
    pub(super) fn cohort(
        &mut self,
        front: impl FnOnce(&str) -> Result<Vec<Worksheet>, XlsxError>,
    ) -> Result<Vec<u8>, XlsxError> {
        let source = self.source;
        let data = data::Page::new(source.cohort, source.rubric);
        let columns = data.slots();
        // Which intermediate results there are, and how many points are formulas, stands above what follows from it.
        for ix in source.cohort.all() {
            self.translated(ix, Shape::Across(HEAD), &columns);
        }
        let mut pages = front(&self.stated())?;
        let first = pages.len() + 1;
        pages.extend(self.empty(&data)?);
        let mut filling = Filling::of(saved(pages)?, first..=first + 2)?;
        for ix in source.cohort.all() {
            let row = HEAD + wide(ix.0);
            let shape = Shape::Across(row);
            let (scored, steps) = self.translated(ix, shape, &columns);
            filling.row(0, row, |cells| {
                self.about(cells, row, ix)?;
                self.points(cells, shape, scored)
            })?;
            filling.row(1, row, |cells| {
                cells.words((row, 0), Look::Plain, &source.cohort.centre(ix).id)?;
                self::steps(cells, shape, steps)
            })?;
            filling.row(2, row, |cells| {
                let facts = data.row(ix);
                facts.iter().zip(0..).try_for_each(|(fact, at)| reading(cells, (row, at), fact))
            })?;
        }
        filling.finish()
    }

    /// Points, working and readings with their heads and nothing below but a sample of each look.
    fn empty(&self, data: &data::Page<'_>) -> Result<[Worksheet; 3], XlsxError> {
        let (styles, tabs) = (self.styles, self.tabs);
        let page = |name| Page::new(name, styles);
        let (mut points, mut working, mut readings) = (page(tabs.points)?, page(tabs.working)?, page(tabs.readings)?);
        self.across_head(&mut points)?;
        working.words((0, 0), Look::Head, terms::CENTRE_ID.get(self.lang))?;
        for (label, index) in self.places.labels.iter().zip(WORKING_FROM..) {
            working.words((0, narrow(index)), Look::Head, label)?;
            working.sheet.set_column_width(narrow(index), 14)?;
        }
        for (title, at) in data.header().iter().zip(0..) {
            readings.words((0, at), Look::Head, title)?;
            readings.sheet.set_column_width(at, if at == 1 { 34 } else { 16 })?;
        }
        let last = HEAD + wide(self.source.cohort.len().saturating_sub(1));
        for (page, columns) in [(&mut points, 2), (&mut working, 1), (&mut readings, 2)] {
            page.keep(HEAD, columns)?;
            page.sheet.set_print_scale(65);
            page.sample(last)?;
        }
        Ok([points.sheet, working.sheet, readings.sheet])
    }

    fn across_head(&self, points: &mut Page<'_>) -> Result<(), XlsxError> {
        let lang = self.lang;
        let about = [terms::CENTRE_ID, terms::NAME, terms::KINDS, terms::STATUS].map(|word| word.get(lang));
        for (title, at) in about.into_iter().zip(0..) {
            points.words((0, at), Look::Head, title)?;
            points.sheet.set_column_width(at, if at == 1 { 34 } else { 16 })?;
        }
        let titles = std::iter::once((terms::TOTAL.get(lang), "total"))
            .chain(self.rubric().nodes.iter().map(|node| (node.title.get(lang), node.id.as_str())));
        for ((title, id), index) in titles.zip(0..) {
            let (row, at) = Shape::Across(0).points(index);
            points.words((row, at), Look::Head, &format!("{title} ({id})"))?;
            for (word, at) in [terms::OURS, terms::AGREES].into_iter().zip(at + 1..) {
                points.words((row, at), Look::Head, word.get(lang))?;
            }
            points.sheet.set_column_width(at, 16)?.set_column_width(at + 1, 10)?.set_column_width(at + 2, 8)?;
        }
        Ok(())
    }

    fn about(&self, cells: &mut dyn Cells, row: u32, ix: CentreIx) -> Result<(), XlsxError> {
        let centre = self.source.cohort.centre(ix);
        let status = terms::status(centre.status).get(self.lang);
        let about = [centre.id.as_str(), &centre.name, self.source.kind_title(ix, self.lang), status];
        about.into_iter().zip(0..).try_for_each(|(text, at)| cells.words((row, at), Look::Plain, text))
    }

    /// The workbook of one centre, a row for each figure; `front` makes the pages before.
    pub(super) fn centre(
        &mut self,
        ix: CentreIx,
        front: impl FnOnce(&str) -> Result<Vec<Worksheet>, XlsxError>,
    ) -> Result<Vec<u8>, XlsxError> {
        let (lang, tabs) = (self.lang, self.tabs);
        let words = |title: &'static str| (title, 16);
        let ids = [("centre", 14), ("metric", 30), ("year", 8), ("judge", 12), ("value", 18)];
        let mut readings = self.down(tabs.readings, &ids)?;
        let names = [
            ("id", 30),
            (terms::INDICATOR.get(lang), 44),
            words(terms::POINTS.get(lang)),
            words(terms::OURS.get(lang)),
            words(terms::AGREES.get(lang)),
        ];
        let mut points = self.down(tabs.points, &names)?;
        let names = [("#", 6), (terms::MEASURE.get(lang), 70), words(terms::VALUE.get(lang))];
        let mut working = self.down(tabs.working, &names)?;
        let slots = self.long(&mut readings, ix)?;
        let (scored, steps) = self.translated(ix, Shape::Down, &slots);
        for one in &scored {
            let (row, _) = Shape::Down.points(one.index);
            let node = one.index.checked_sub(1).map(|at| &self.rubric().nodes[at]);
            let (id, title) = node.map_or(("total", terms::TOTAL.get(lang)), |node| (&node.id, node.title.get(lang)));
            points.words((row, 0), Look::Plain, id)?;
            points.words((row, 1), Look::Plain, title)?;
        }
        for (label, nth) in self.places.labels.iter().zip(0..) {
            working.put((HEAD + nth, 0), Look::Plain, Held::decimal(&(nth + 1).to_string()))?;
            working.words((HEAD + nth, DOWN - 1), Look::Plain, label)?;
        }
        self::steps(&mut working, Shape::Down, steps)?;
        self.points(&mut points, Shape::Down, scored)?;
        let mut pages = front(&self.stated())?;
        pages.extend([points.sheet, working.sheet, readings.sheet]);
        saved(pages)
    }

    /// A page of one centre with the titles and widths of its columns.
    fn down(&self, name: &str, titles: &[(&str, u32)]) -> Result<Page<'a>, XlsxError> {
        let mut page = Page::new(name, self.styles)?;
        for ((title, width), at) in titles.iter().zip(0..) {
            page.words((0, at), Look::Head, title)?;
            page.sheet.set_column_width(at, *width)?;
        }
        page.keep(HEAD, 0)?;
        page.sheet.set_print_fit_to_pages(1, 0);
        Ok(page)
    }

    /// One centre's readings, one a row, and the row of each slot.
    fn long(&self, page: &mut Page<'_>, ix: CentreIx) -> Result<Vec<Option<usize>>, XlsxError> {
        let source = self.source;
        let mut slots = vec![None; source.cohort.layout.slots()];
        for (row, nth) in data::Page::new(source.cohort, source.rubric).long(ix).iter().zip(0..) {
            if row.judge.is_empty() {
                slots[row.slot] = row.is_plain.then_some(nth);
            }
            let texts = [row.centre.as_str(), &row.metric, &row.year, &row.judge];
            for (text, at) in texts.into_iter().zip(0..) {
                page.words((HEAD + wide(nth), at), Look::Plain, text)?;
            }
            reading(page, (HEAD + wide(nth), place::DOWN_READING), &row.value)?;
        }
        Ok(slots)
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
        let formulas = Formulas {
            view,
            tabs: self.tabs,
            shape,
            lang: self.lang,
            readings,
            places: &mut self.places,
            steps: Vec::new(),
        };
        let mut tree = Tree { formulas, class, ledger: &ledger, left_out: &left_out, scored: Vec::new() };
        tree.total();
        let (scored, steps) = (tree.scored, tree.formulas.steps);
        self.share.count(&scored);
        (scored, steps)
    }

    fn points(&self, cells: &mut dyn Cells, shape: Shape, scored: Vec<Scored>) -> Result<(), XlsxError> {
        let [yes, no] = [terms::AGREE_YES, terms::AGREE_NO].map(|word| word.get(self.lang));
        for Scored { index, formula, ours } in scored {
            let (row, at) = shape.points(index);
            let look = Look::points(index, self.rubric());
            cells.put((row, at + 1), look, Held::decimal(&ours))?;
            let points = match formula {
                None => Held::decimal(&ours),
                Some(text) => Held::Formula { text, result: ours },
            };
            cells.put((row, at), look, points)?;
            let [live, told] = [at, at + 1].map(|at| utility::row_col_to_cell(row, at));
            let same = format!(
                "IF(IF(COUNT({live},{told})=2,ABS({live}-{told})<0.000000001,{live}={told}),\"{yes}\",\"{no}\")"
            );
            cells.put((row, at + 2), Look::Figure, Held::Formula { text: same, result: yes.to_owned() })?;
        }
        Ok(())
    }
}

fn steps(cells: &mut dyn Cells, shape: Shape, steps: Vec<Step>) -> Result<(), XlsxError> {
    for Step { index, formula, value } in steps {
        let held = match formula {
            Some(text) => Held::Formula { text, result: value },
            None => Held::decimal(&value),
        };
        cells.put(shape.working(index), Look::Figure, held)?;
    }
    Ok(())
}

fn reading(cells: &mut dyn Cells, at: place::At, fact: &Fact) -> Result<(), XlsxError> {
    match fact {
        Fact::Text(text) if text.is_empty() => Ok(()),
        Fact::Text(text) => cells.words(at, Look::Plain, text),
        Fact::Number(value) => cells.put(at, Look::Figure, exact(value)),
    }
}

/// A reading as a number where a spreadsheet holds all its digits, else as text.
fn exact(value: &Number) -> Held {
    let text = value.plain();
    match figure::of(&text).filter(|held| held.text() == text) {
        Some(held) => Held::Number(held),
        None => Held::Text(text),
    }
}
