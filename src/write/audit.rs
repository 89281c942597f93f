//! The sheet that a lead reads before signing. Must not know any format.

use super::Source;
use super::sheet::{Align, Carries, Cell, Column, Emphasis, GradeSheet, Row, Table, cycle_text, notes, provenance};
use crate::domain::audit::{Audit, Cause, Hang};
use crate::domain::cohort::CentreIx;
use crate::domain::number::Number;
use crate::domain::rubric::GradeIx;
use crate::domain::text::Lang;
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
const PERCENT: Phrase = Phrase { en: "Of the reading", zh: "占填报值" };
const THEN: Phrase = Phrase { en: "Grade then", zh: "变动后等级" };
const NO_ROUTE: Phrase = Phrase { en: "no single change was found", zh: "未发现可行的单项变动" };
const ROUNDING: Phrase = Phrase { en: "rounding", zh: "数值修约" };
const AS_ZERO: Phrase = Phrase { en: "missing data, were they zero", zh: "未报数据（若按零计）" };
const AS_LEFT_OUT: Phrase = Phrase { en: "missing data, were they left out", zh: "未报数据（若不计入）" };

/// The whole sheet.
pub fn sheet(source: Source<'_>, audit: &Audit, lang: Lang) -> GradeSheet {
    let cycle = source.cohort.layout.cycle;
    let years = cycle_text(cycle.first, cycle.last);
    GradeSheet {
        lang,
        title: format!("{}: {} {years}", TITLE.get(lang), source.rubric.title.get(lang)),
        draft: source.draft,
        notes: notes(source, lang),
        provenance: provenance(source, lang),
        tables: tables(source, audit, lang),
        carries: Carries::Nothing,
    }
}

/// Its tables, each of which may be empty.
pub fn tables(source: Source<'_>, audit: &Audit, lang: Lang) -> Vec<Table> {
    let page = Page { source, lang };
    vec![page.near(audit), page.ties(audit), page.outside(audit), page.hangs(audit), page.routes(audit)]
}

struct Page<'a> {
    source: Source<'a>,
    lang: Lang,
}

impl Page<'_> {
    fn table(&self, id: &'static str, title: Phrase, columns: &[(&str, Phrase, Align)], rows: Vec<Row>) -> Table {
        let named = |(id, title, align): &(&str, Phrase, Align)| Column::named(id, *title, self.lang, *align);
        Table { id, title: title.get(self.lang).to_owned(), columns: columns.iter().map(named).collect(), rows }
    }

    fn centre(&self, ix: CentreIx) -> Cell {
        Cell::text(&self.source.cohort.centre(ix).id)
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
            ("becomes", BECOMES, Align::Left),
        ];
        let rows = audit.hangs.iter().map(|hang| {
            let change = match &hang.cause {
                Cause::Cell(flip) => Cell::number(&(&flip.at - &flip.now)),
                _ => Cell::empty(),
            };
            Row::flat(vec![
                self.centre(hang.centre),
                self.grade(Some(hang.grade)),
                self.cause(hang),
                change,
                self.grade(hang.becomes).emphasised(Emphasis::Strong),
            ])
        });
        self.table("hangs", HANGS, &columns, rows.collect())
    }

    fn cause(&self, hang: &Hang) -> Cell {
        let (rubric, cohort, lang) = (self.source.rubric, self.source.cohort, self.lang);
        match &hang.cause {
            Cause::Rounding => Cell::word("rounding", ROUNDING.get(lang)),
            Cause::MissingIsZero => Cell::word("missing:zero", AS_ZERO.get(lang)),
            Cause::MissingIsLeftOut => Cell::word("missing:leave-out", AS_LEFT_OUT.get(lang)),
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

    fn routes(&self, audit: &Audit) -> Table {
        let columns = [
            ("centre", terms::ID, Align::Left),
            ("metric", terms::METRIC, Align::Left),
            ("unit", terms::UNIT, Align::Left),
            ("change", CHANGE, Align::Right),
            ("to", TO, Align::Right),
            ("share", PERCENT, Align::Right),
            ("becomes", THEN, Align::Left),
        ];
        let (rubric, cohort) = (self.source.rubric, self.source.cohort);
        let mut rows = Vec::new();
        for (ix, flips) in &audit.routes {
            if flips.is_empty() {
                let mut cells = vec![self.centre(*ix), Cell::word("", NO_ROUTE.get(self.lang))];
                cells.extend(std::iter::repeat_n(Cell::empty(), 5));
                rows.push(Row::flat(cells));
            }
            rows.extend(flips.iter().map(|flip| {
                let lever = &flip.lever;
                Row::flat(vec![
                    self.centre(*ix),
                    Cell::word(words::lever_id(lever, rubric, cohort), words::lever(lever, rubric, cohort, self.lang)),
                    Cell::text(words::unit(lever, rubric, cohort, self.lang)),
                    Cell::number(&(&flip.at - &flip.now)),
                    Cell::number(&flip.at),
                    flip.share().map_or_else(Cell::empty, |share: Number| super::robustness::percent(&share)),
                    self.grade(flip.becomes),
                ])
            }));
        }
        self.table("routes", ROUTES, &columns, rows)
    }
}
