//! The one page that a lead reads before signing: how many of each kind, each centre once with its reasons, and for the
//! last grade the cheapest way out. Must not know any format.

use super::Sheets;
use crate::domain::audit::Audit;
use crate::domain::audit::page::Look;
use crate::domain::robustness::{Routes, Sure};
use crate::domain::text::Lang;
use crate::wording::audit::percent;
use crate::wording::{Phrase, audit as words, robustness, terms};
use crate::write::sheet::{Align, Cell, Emphasis, Row, Table};

const COUNTS: Phrase = Phrase { en: "What to look at", zh: "审阅要点" };
const WHAT: Phrase = Phrase { en: "Centres", zh: "情形" };
const COUNT: Phrase = Phrase { en: "Count", zh: "单位数" };
const WHO: Phrase = Phrase { en: "Who", zh: "单位" };
const CENTRES: Phrase = Phrase { en: "Centres to look at twice", zh: "需复核的单位" };
const WHY: Phrase = Phrase { en: "Why", zh: "原因" };
const OTHERWISE: Phrase = Phrase { en: "Otherwise", zh: "否则" };
const WAYS: Phrase = Phrase { en: "Cheapest way to a better grade", zh: "提升等级代价最小的途径" };
const WAY: Phrase = Phrase { en: "What is needed", zh: "所需变动" };
const PRICE: Phrase = Phrase { en: "Cost", zh: "代价" };

const FRAGILE: Phrase = Phrase {
    en: "whose grade a reading within its tolerance changes",
    zh: "填报值在误差范围内变动即改变等级",
};
const NEAR: Phrase = Phrase { en: "near a line", zh: "临近分数线" };
const TIED: Phrase = Phrase { en: "with equal totals", zh: "总分相同" };
const OUTSIDE: Phrase = Phrase { en: "outside a quota", zh: "超出名额" };
const RULES: Phrase = Phrase {
    en: "whose grade hangs on rounding or on a rule for missing data",
    zh: "等级取决于数值修约或未报数据规则",
};
const JUDGED: Phrase = Phrase { en: "whose grade hangs on one expert", zh: "等级取决于一名专家" };
const CELLS: Phrase = Phrase { en: "whose grade hangs on one reading", zh: "等级取决于一个填报值" };
const POOR: Phrase = Phrase { en: "of the last grade", zh: "末等单位" };
const STUCK: Phrase = Phrase {
    en: "of the last grade without a way out by one or two changes",
    zh: "末等且一项或两项变动不能提升等级",
};

/// Centres that are named in a row of counts, or listed with their reasons, before the rest are counted.
const NAMED: usize = 8;
const LISTED: usize = 12;

impl Sheets<'_> {
    /// How many centres there are of each kind, and the first of them.
    pub(super) fn counts(&self, audit: &Audit, looks: &[Look<'_>]) -> Table {
        let columns = [("what", WHAT, Align::Left), ("count", COUNT, Align::Right), ("centres", WHO, Align::Left)];
        let kinds: [(&str, Phrase, fn(&Look<'_>) -> bool); 7] = [
            ("fragile", FRAGILE, |look| look.is_fragile()),
            ("near", NEAR, |look| !look.near.is_empty()),
            ("ties", TIED, |look| !look.tied.is_empty()),
            ("outside", OUTSIDE, |look| !look.outside.is_empty()),
            ("rules", RULES, |look| !look.rules.is_empty()),
            ("judge", JUDGED, |look| !look.judges.is_empty()),
            ("cell", CELLS, |look| !look.cells.is_empty()),
        ];
        let mut rows = Vec::new();
        for (id, title, is) in kinds {
            let ids = looks.iter().filter(|look| is(look)).map(|look| self.id(look.centre)).collect();
            rows.push(self.count(id, title, ids));
        }
        let poor = |stuck: bool| {
            let of = audit.routes.iter().filter(|(_, routes)| !stuck || routes.routes.is_empty());
            of.map(|(ix, _)| self.id(*ix)).collect()
        };
        rows.push(self.count("last", POOR, poor(false)));
        rows.push(self.count("stuck", STUCK, poor(true)));
        self.table("counts", COUNTS, &columns, rows)
    }

    fn count(&self, id: &str, title: Phrase, ids: Vec<&str>) -> Row {
        let more = ids.len().saturating_sub(NAMED);
        let named = ids[..ids.len() - more].join(", ");
        let shown = match (more, self.lang) {
            (0, _) => named,
            (more, Lang::En) => format!("{named} and {more} more"),
            (more, Lang::Zh) => format!("{named} 等，另有 {more} 个"),
        };
        Row::flat(vec![Cell::word(id, title.get(self.lang)), Cell::count(ids.len()), Cell::word(ids.join(";"), shown)])
    }

    /// Each centre once with every reason; at most a page of them, unless all are wanted.
    pub(super) fn centres(&self, looks: &[Look<'_>], all: bool) -> Table {
        let columns = [
            ("centre", terms::ID, Align::Left),
            ("grade", terms::GRADE, Align::Left),
            ("total", terms::TOTAL, Align::Right),
            ("why", WHY, Align::Left),
            ("otherwise", OTHERWISE, Align::Left),
        ];
        let said = self.said();
        let listed = if all { looks.len() } else { looks.len().min(LISTED) };
        let mut rows = Vec::new();
        for look in &looks[..listed] {
            let total = &self.source.cards[look.centre.0].tally.compared;
            for (nth, (why, otherwise)) in said.reasons(look).into_iter().enumerate() {
                let again = |cell: Cell| if nth == 0 { cell } else { Cell { shown: String::new(), ..cell } };
                let mut others: Vec<String> = otherwise.iter().map(|grade| self.grade(*grade).shown).collect();
                others.dedup();
                rows.push(Row::flat(vec![
                    again(self.centre(look.centre).emphasised(Emphasis::Strong)),
                    again(self.given(look.centre)),
                    again(Cell::number(total)),
                    Cell::text(why),
                    Cell::text(others.join(", ")),
                ]));
            }
        }
        if listed < looks.len() {
            let more = looks.len() - listed;
            let rest = match self.lang {
                Lang::En => format!("and {more} more centres: --full"),
                Lang::Zh => format!("另有 {more} 个单位：使用 --full"),
            };
            let blank = Cell::empty;
            rows.push(Row::flat(vec![blank(), blank(), blank(), Cell::text(rest), blank()]));
        }
        self.table("centres", CENTRES, &columns, rows)
    }

    /// For each centre of the last grade its cheapest way, or that there is none.
    pub(super) fn ways(&self, audit: &Audit, all: bool) -> Table {
        let columns = [
            ("centre", terms::ID, Align::Left),
            ("way", WAY, Align::Left),
            ("cost", PRICE, Align::Right),
            ("becomes", super::THEN, Align::Left),
            ("search", super::SEARCH, Align::Left),
        ];
        let mut cheapest: Vec<_> = audit.routes.iter().collect();
        cheapest.sort_by_cached_key(|(ix, routes)| {
            let cost = routes.routes.first().map(|route| route.cost.clone());
            (cost.is_none(), cost, *ix)
        });
        let listed = if all { cheapest.len() } else { cheapest.len().min(LISTED) };
        let mut rows: Vec<Row> = cheapest[..listed].iter().map(|(ix, routes)| self.way(*ix, routes)).collect();
        if listed < cheapest.len() {
            let more = cheapest.len() - listed;
            let rest = match self.lang {
                Lang::En => format!("and {more} more centres: --full"),
                Lang::Zh => format!("另有 {more} 个单位：使用 --full"),
            };
            let blank = Cell::empty;
            rows.push(Row::flat(vec![blank(), Cell::text(rest), blank(), blank(), blank()]));
        }
        self.table("ways", WAYS, &columns, rows)
    }

    fn way(&self, ix: crate::domain::cohort::CentreIx, routes: &Routes) -> Row {
        let said = self.said();
        let search = |sure: Sure| {
            let (id, word) = robustness::sure(sure);
            Cell::word(id, word.get(self.lang))
        };
        let cells = match routes.routes.first() {
            Some(route) => vec![
                Cell::text(said.route(route)),
                Cell::shown_as(percent(&route.cost), &route.cost),
                self.grade(route.moves.first().and_then(|flip| flip.becomes)),
                search(route.sure),
            ],
            None => {
                vec![Cell::word("", said.no_route(routes.sure)), Cell::empty(), Cell::empty(), search(routes.sure)]
            }
        };
        Row::flat([vec![self.centre(ix)], cells].concat())
    }

    fn said(&self) -> words::Said<'_> {
        words::Said { rubric: self.source.rubric, cohort: self.source.cohort, lang: self.lang }
    }
}
