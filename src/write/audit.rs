//! The sheet that a lead reads before signing: one page, and behind it the full lists. Must not know any format.

mod page;

use super::Source;
use super::sheet::{Align, Carries, Cell, Column, Emphasis, GradeSheet, Row, Table, cycle_text, notes_but, provenance};
use crate::domain::audit::{Audit, Cause, Hang};
use crate::domain::cohort::CentreIx;
use crate::domain::robustness::{Flip, Route};
use crate::domain::rubric::GradeIx;
use crate::domain::text::Lang;
use crate::wording::audit::{self as said, percent};
use crate::wording::{Phrase, robustness as words, terms};

const TITLE: Phrase = Phrase { en: "Boundary audit", zh: "临界情况审阅" };
const NEAR: Phrase = Phrase { en: "Near a line", zh: "临近分数线" };
const LINE: Phrase = Phrase { en: "Line", zh: "分数线" };
const LINE_OF: Phrase = Phrase { en: "Line of", zh: "所属等级" };
const OVER: Phrase = Phrase { en: "Above (+) or short (-)", zh: "高出（+）或不足（-）" };
const TIES: Phrase = Phrase { en: "Equal totals", zh: "总分相同" };
const WITH: Phrase = Phrase { en: "Equal with", zh: "与其同分" };
const OUTSIDE: Phrase = Phrase { en: "Outside a quota", zh: "未进入名额" };
const PLACES: Phrase = Phrase { en: "Places", zh: "名额" };
const AMONG: Phrase = Phrase { en: "Among", zh: "参评数" };
const PLACE: Phrase = Phrase { en: "Place", zh: "位次" };
const HANGS: Phrase = Phrase { en: "Grades that hang on one thing", zh: "取决于单一因素的等级" };
const CAUSE: Phrase = Phrase { en: "It hangs on", zh: "取决于" };
const BECOMES: Phrase = Phrase { en: "Otherwise", zh: "否则" };
const ROUTES: Phrase = Phrase { en: "Shortest ways to a better grade", zh: "提升等级的最短途径" };
const CHANGE: Phrase = Phrase { en: "Change", zh: "变动量" };
const TO: Phrase = Phrase { en: "To", zh: "达到" };
const THEN: Phrase = Phrase { en: "Grade then", zh: "变动后等级" };
const SEARCH: Phrase = Phrase { en: "Search", zh: "依据" };
const ROUTE: Phrase = Phrase { en: "Way", zh: "途径" };
const NOW: Phrase = Phrase { en: "Now", zh: "现值" };
const SIDE: Phrase = Phrase { en: "", zh: "" };
const COST: Phrase = Phrase { en: "Cost of the way", zh: "途径代价" };
const MARK: Phrase = Phrase { en: "Mark", zh: "标记" };

/// The page, with `full` everything behind it too.
pub fn sheet(source: Source<'_>, audit: &Audit, full: bool, lang: Lang) -> GradeSheet {
    let cycle = source.cohort.layout.cycle;
    let years = cycle_text(cycle.first, cycle.last);
    let mut notes = notes_but(source, false, false, lang);
    if !audit.routes.is_empty() {
        notes.push(said::COST.get(lang).to_owned());
    }
    let tables = if full { tables(source, audit, lang) } else { page(source, audit, lang) };
    GradeSheet {
        lang,
        title: format!("{}: {} {years}", TITLE.get(lang), source.rubric.title.get(lang)),
        draft: source.draft,
        notes,
        provenance: provenance(source, lang),
        tables: tables.into_iter().filter(|table| !table.rows.is_empty()).collect(),
        carries: Carries::Nothing,
    }
}

/// The page alone: counts, the first centres with their reasons, and the cheapest way of the first of the last grade.
pub fn page(source: Source<'_>, audit: &Audit, lang: Lang) -> Vec<Table> {
    Sheets { source, lang }.page(audit, false)
}

/// The page with all centres, and behind it every list; each table may be empty.
pub fn tables(source: Source<'_>, audit: &Audit, lang: Lang) -> Vec<Table> {
    let sheets = Sheets { source, lang };
    let mut tables = sheets.page(audit, true);
    tables.extend([
        sheets.near(audit),
        sheets.ties(audit),
        sheets.outside(audit),
        sheets.hangs(audit),
        sheets.routes(audit),
    ]);
    tables
}

struct Sheets<'a> {
    source: Source<'a>,
    lang: Lang,
}

impl<'a> Sheets<'a> {
    fn page(&self, audit: &Audit, all: bool) -> Vec<Table> {
        let looks = audit.by_centre();
        vec![self.counts(audit, &looks), self.centres(&looks, all), self.ways(audit, all)]
    }

    fn id(&self, ix: CentreIx) -> &'a str {
        &self.source.cohort.centre(ix).id
    }

    fn table(&self, id: &'static str, title: Phrase, columns: &[(&str, Phrase, Align)], rows: Vec<Row>) -> Table {
        let named = |(id, title, align): &(&str, Phrase, Align)| Column::named(id, *title, self.lang, *align);
        Table { id, title: title.get(self.lang).to_owned(), columns: columns.iter().map(named).collect(), rows }
    }

    fn centre(&self, ix: CentreIx) -> Cell {
        Cell::text(self.id(ix))
    }

    fn grade(&self, grade: Option<GradeIx>) -> Cell {
        let rubric = self.source.rubric;
        let id = grade.map_or("", |grade| rubric.grades[grade.0].id.as_str());
        Cell::word(id, words::becomes(grade, rubric, self.lang))
    }

    fn given(&self, ix: CentreIx) -> Cell {
        self.source.cards[ix.0].grade.map_or_else(Cell::empty, |grade| self.grade(Some(grade)))
    }

    fn near(&self, audit: &Audit) -> Table {
        let columns = [
            ("centre", terms::ID, Align::Left),
            ("grade", terms::GRADE, Align::Left),
            ("total", terms::TOTAL, Align::Right),
            ("line_of", LINE_OF, Align::Left),
            ("line", LINE, Align::Right),
            ("over", OVER, Align::Right),
        ];
        let rows = audit.near.iter().map(|near| {
            Row::flat(vec![
                self.centre(near.centre),
                self.given(near.centre),
                Cell::number(&near.total),
                self.grade(Some(near.grade)),
                Cell::number(&near.line),
                Cell::number(&(&near.total - &near.line)).emphasised(Emphasis::Strong),
            ])
        });
        self.table("near", NEAR, &columns, rows.collect())
    }

    fn ties(&self, audit: &Audit) -> Table {
        let columns = [
            ("centre", terms::ID, Align::Left),
            ("grade", terms::GRADE, Align::Left),
            ("total", terms::TOTAL, Align::Right),
            ("with", WITH, Align::Left),
        ];
        let one = |ix: &CentreIx, tied: &[CentreIx]| {
            let others = tied.iter().filter(|other| *other != ix);
            let ids: Vec<&str> = others.map(|other| self.source.cohort.centre(*other).id.as_str()).collect();
            let total = Cell::number(&self.source.cards[ix.0].tally.compared);
            Row::flat(vec![self.centre(*ix), self.given(*ix), total, Cell::text(ids.join(";"))])
        };
        let rows = audit.ties.iter().flat_map(|tied| tied.iter().map(|ix| one(ix, tied)).collect::<Vec<_>>());
        self.table("ties", TIES, &columns, rows.collect())
    }

    fn outside(&self, audit: &Audit) -> Table {
        let columns = [
            ("centre", terms::ID, Align::Left),
            ("quota_of", terms::GRADE, Align::Left),
            ("places", PLACES, Align::Right),
            ("among", AMONG, Align::Right),
            ("place", PLACE, Align::Right),
        ];
        let rows = audit.outside.iter().map(|outside| {
            Row::flat(vec![
                self.centre(outside.centre),
                self.grade(Some(outside.grade)),
                Cell::count(outside.places),
                Cell::count(outside.of),
                Cell::count(outside.place),
            ])
        });
        self.table("outside", OUTSIDE, &columns, rows.collect())
    }

    fn hangs(&self, audit: &Audit) -> Table {
        let columns = [
            ("centre", terms::ID, Align::Left),
            ("grade", terms::GRADE, Align::Left),
            ("cause", CAUSE, Align::Left),
            ("change", CHANGE, Align::Right),
            ("side", SIDE, Align::Left),
            ("at", TO, Align::Right),
            ("becomes", BECOMES, Align::Left),
            ("mark", MARK, Align::Left),
        ];
        let rows = audit.hangs.iter().map(|hang| {
            let flip = match &hang.cause {
                Cause::Cell(flip) => Some(flip.as_ref()),
                _ => None,
            };
            let [change, side, at] = flip.map_or_else(|| [const { Cell::empty() }; 3], |flip| self.to(flip));
            Row::flat(vec![
                self.centre(hang.centre),
                self.grade(Some(hang.grade)),
                self.cause(hang),
                change,
                side,
                at,
                self.grade(hang.becomes).emphasised(Emphasis::Strong),
                super::robustness::mark(flip.is_some_and(|flip| flip.fragile), self.lang),
            ])
        });
        self.table("hangs", HANGS, &columns, rows.collect())
    }

    fn cause(&self, hang: &Hang) -> Cell {
        let (rubric, cohort, lang) = (self.source.rubric, self.source.cohort, self.lang);
        match &hang.cause {
            Cause::Rounding => Cell::word("rounding", said::ROUNDING.get(lang)),
            Cause::MissingIsZero => Cell::word("missing:zero", said::AS_ZERO.get(lang)),
            Cause::MissingIsLeftOut => Cell::word("missing:leave-out", said::AS_LEFT_OUT.get(lang)),
            Cause::Judge(slot, judge) => Cell::word(
                format!("judge:{}", words::cell_id(*slot, Some(judge), rubric, cohort)),
                words::cell(*slot, Some(judge), rubric, cohort, lang),
            ),
            Cause::Cell(flip) => Cell::word(
                words::lever_id(&flip.lever, rubric, cohort),
                words::lever(&flip.lever, rubric, cohort, lang),
            ),
        }
    }

    /// How far, to which side of what.
    fn to(&self, flip: &Flip) -> [Cell; 3] {
        let side = Cell::word(words::side(flip), said::side(flip).get(self.lang));
        [Cell::number(&(&flip.at - &flip.now)), side, Cell::number(&flip.at)]
    }

    /// Every way that was kept, a row for each change of it.
    fn routes(&self, audit: &Audit) -> Table {
        let columns = [
            ("centre", terms::ID, Align::Left),
            ("route", ROUTE, Align::Right),
            ("metric", terms::METRIC, Align::Left),
            ("unit", terms::UNIT, Align::Left),
            ("now", NOW, Align::Right),
            ("change", CHANGE, Align::Right),
            ("side", SIDE, Align::Left),
            ("to", TO, Align::Right),
            ("cost", COST, Align::Right),
            ("becomes", THEN, Align::Left),
            ("search", SEARCH, Align::Left),
        ];
        let mut rows = Vec::new();
        for (ix, routes) in &audit.routes {
            for (nth, route) in routes.routes.iter().enumerate() {
                rows.extend(route.moves.iter().map(|flip| self.step(*ix, nth + 1, route, flip)));
            }
        }
        self.table("routes", ROUTES, &columns, rows)
    }

    fn step(&self, ix: CentreIx, nth: usize, route: &Route, flip: &Flip) -> Row {
        let (rubric, cohort, lever) = (self.source.rubric, self.source.cohort, &flip.lever);
        let [change, side, to] = self.to(flip);
        let (sure, word) = words::sure(route.sure);
        Row::flat(vec![
            self.centre(ix),
            Cell::count(nth),
            Cell::word(words::lever_id(lever, rubric, cohort), words::lever(lever, rubric, cohort, self.lang)),
            Cell::text(words::unit(lever, rubric, cohort, self.lang)),
            Cell::number(&flip.now),
            change,
            side,
            to,
            Cell::shown_as(percent(&route.cost), &route.cost),
            self.grade(flip.becomes),
            Cell::word(sure, word.get(self.lang)),
        ])
    }
}
