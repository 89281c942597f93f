//! The table of what single changes give a centre another grade. Must not know any format.

use super::Source;
use super::sheet::{Align, Cell, Column, Emphasis, Row, Table};
use crate::domain::cohort::CentreIx;
use crate::domain::number::{Number, Round};
use crate::domain::robustness::draw::Counts;
use crate::domain::robustness::{Firm, Flip, LeftOut, Robustness, Sure};
use crate::domain::rubric::GradeIx;
use crate::domain::text::Lang;
use crate::wording::{Phrase, robustness as words, terms};

const TITLE: Phrase = Phrase { en: "Nearest changes of the grade", zh: "最近的等级变动点" };
const LEVER: Phrase = Phrase { en: "What is moved", zh: "变动项" };
const NOW: Phrase = Phrase { en: "Now", zh: "现值" };
const CHANGE: Phrase = Phrase { en: "Change", zh: "变动量" };
const SIDE: Phrase = Phrase { en: "", zh: "" };
const AT: Phrase = Phrase { en: "Boundary", zh: "临界值" };
const BECOMES: Phrase = Phrase { en: "Grade then", zh: "变动后等级" };
const SURE: Phrase = Phrase { en: "Search", zh: "依据" };
const MARK: Phrase = Phrase { en: "Mark", zh: "标记" };
const NOTHING: Phrase = Phrase { en: "no single change does it", zh: "任何单项变动均不改变等级" };
const NOTHING_FOUND: Phrase =
    Phrase { en: "no single change was found", zh: "未发现可改变等级的单项变动" };
const WITHOUT_INDICATOR: Phrase =
    Phrase { en: "Grades that change without one indicator", zh: "剔除单项指标后的等级变动" };
const WITHOUT: Phrase = Phrase { en: "Without", zh: "剔除指标" };
const STANDS: Phrase =
    Phrase { en: "How often each grade stands in draws", zh: "随机抽取下各等级的出现比例" };
const DRAWS: Phrase = Phrase { en: "Draws", zh: "抽取次数" };
const KEPT: Phrase = Phrase { en: "Grade kept", zh: "等级不变" };
const STAYS: Phrase = Phrase { en: "stays", zh: "不变" };

/// For each centre the nearest change of each family, or with `all` every change and everything that changes nothing.
pub fn table(source: Source<'_>, found: &[Robustness], all: bool, lang: Lang) -> Table {
    let named = |id, title, align| Column::named(id, title, lang, align);
    let columns = vec![
        named("centre", terms::ID, Align::Left),
        named("grade", terms::GRADE, Align::Left),
        named("lever", LEVER, Align::Left),
        named("unit", terms::UNIT, Align::Left),
        named("now", NOW, Align::Right),
        named("change", CHANGE, Align::Right),
        named("side", SIDE, Align::Left),
        named("at", AT, Align::Right),
        named("becomes", BECOMES, Align::Left),
        named("search", SURE, Align::Left),
        named("mark", MARK, Align::Left),
    ];
    let mut rows = Vec::new();
    for one in found {
        let flips = if all { one.flips.iter().collect() } else { one.nearest() };
        rows.extend(flips.into_iter().map(|flip| flip_row(source, one, flip, lang)));
        if all {
            rows.extend(one.firm.iter().map(|firm| firm_row(source, one, firm, lang)));
        } else if one.flips.is_empty() {
            rows.push(nothing_row(source, one, lang));
        }
    }
    Table { id: "robustness", title: TITLE.get(lang).to_owned(), columns, rows }
}

fn head(source: Source<'_>, one: &Robustness, lang: Lang) -> [Cell; 2] {
    let grade = &source.rubric.grades[one.grade.0];
    [Cell::text(&source.cohort.centre(one.centre).id), Cell::word(&grade.id, grade.title.get(lang))]
}

fn flip_row(source: Source<'_>, one: &Robustness, flip: &Flip, lang: Lang) -> Row {
    let (rubric, cohort) = (source.rubric, source.cohort);
    let becomes = flip.becomes.map_or("", |grade| rubric.grades[grade.0].id.as_str());
    let (sure, word) = words::sure(flip.sure);
    let [centre, grade] = head(source, one, lang);
    Row::flat(vec![
        centre,
        grade,
        Cell::word(words::lever_id(&flip.lever, rubric, cohort), words::lever(&flip.lever, rubric, cohort, lang)),
        Cell::text(words::unit(&flip.lever, rubric, cohort, lang)),
        Cell::number(&flip.now),
        Cell::number(&(&flip.at - &flip.now)),
        Cell::text(words::side(flip)),
        Cell::number(&flip.at),
        Cell::word(becomes, words::becomes(flip.becomes, rubric, lang)).emphasised(Emphasis::Strong),
        Cell::word(sure, word.get(lang)),
        mark(flip.fragile, lang),
    ])
}

/// Whether a change takes no more than what its metric may be off by.
pub(super) fn mark(fragile: bool, lang: Lang) -> Cell {
    words::mark(fragile, lang).map_or_else(Cell::empty, |(id, word)| Cell::word(id, word).emphasised(Emphasis::Grave))
}

fn firm_row(source: Source<'_>, one: &Robustness, firm: &Firm, lang: Lang) -> Row {
    let (rubric, cohort) = (source.rubric, source.cohort);
    let (sure, word) = words::sure(firm.sure);
    let [centre, grade] = head(source, one, lang);
    Row::flat(vec![
        centre,
        grade,
        Cell::word(words::lever_id(&firm.lever, rubric, cohort), words::lever(&firm.lever, rubric, cohort, lang)),
        Cell::text(words::unit(&firm.lever, rubric, cohort, lang)),
        Cell::number(&firm.now),
        Cell::number(&(&firm.until - &firm.now)),
        Cell::empty(),
        Cell::number(&firm.until),
        Cell::word("", STAYS.get(lang)).emphasised(Emphasis::Weak),
        Cell::word(sure, word.get(lang)),
        Cell::empty(),
    ])
}

fn nothing_row(source: Source<'_>, one: &Robustness, lang: Lang) -> Row {
    let proven = one.firm.iter().all(|firm| firm.sure == Sure::Exact);
    let said = if proven { NOTHING } else { NOTHING_FOUND };
    let (sure, word) = words::sure(if proven { Sure::Exact } else { Sure::Found });
    let [centre, grade] = head(source, one, lang);
    let mut cells = vec![centre, grade, Cell::word("", said.get(lang))];
    cells.extend(std::iter::repeat_n(Cell::empty(), 6));
    cells.extend([Cell::word(sure, word.get(lang)), Cell::empty()]);
    Row::flat(cells)
}

/// Whose grade changes without an indicator, by centre as asked for, then by indicator.
pub fn left_out(source: Source<'_>, changes: &[LeftOut], asked: &[CentreIx], lang: Lang) -> Table {
    let named = |id, title, align| Column::named(id, title, lang, align);
    let columns = vec![
        named("centre", terms::ID, Align::Left),
        named("grade", terms::GRADE, Align::Left),
        named("without", WITHOUT, Align::Left),
        named("becomes", BECOMES, Align::Left),
    ];
    let rubric = source.rubric;
    let row = |change: &LeftOut| {
        let (grade, node) = (&rubric.grades[change.grade.0], &rubric.nodes[change.node.0]);
        let becomes = change.becomes.map_or("", |grade| rubric.grades[grade.0].id.as_str());
        Row::flat(vec![
            Cell::text(&source.cohort.centre(change.centre).id),
            Cell::word(&grade.id, grade.title.get(lang)),
            Cell::word(&node.id, node.title.get(lang)),
            Cell::word(becomes, words::becomes(change.becomes, rubric, lang)).emphasised(Emphasis::Strong),
        ])
    };
    let of = |ix: &CentreIx| changes.iter().filter(|change| change.centre == *ix).map(row).collect::<Vec<_>>();
    let rows = asked.iter().flat_map(of).collect();
    Table { id: "leave-one-out", title: WITHOUT_INDICATOR.get(lang).to_owned(), columns, rows }
}

/// In what share of the draws each centre that has a grade kept it, and had each of the others.
pub fn draws(source: Source<'_>, counts: &Counts, asked: &[CentreIx], lang: Lang) -> Table {
    let rubric = source.rubric;
    let mut columns = vec![
        Column::named("centre", terms::ID, lang, Align::Left),
        Column::named("grade", terms::GRADE, lang, Align::Left),
        Column::named("draws", DRAWS, lang, Align::Right),
        Column::named("kept", KEPT, lang, Align::Right),
    ];
    columns.extend(rubric.grades.iter().map(|grade| Column::number(&grade.id, grade.title.get(lang))));
    columns.push(Column::number("none", terms::BLOCKED.get(lang)));
    let row = |ix: &CentreIx| {
        let grade = source.cards[ix.0].grade?;
        let share = |grade: Option<GradeIx>| counts.share(*ix, grade).map_or_else(Cell::empty, |share| percent(&share));
        let title = &rubric.grades[grade.0];
        let mut cells = vec![
            Cell::text(&source.cohort.centre(*ix).id),
            Cell::word(&title.id, title.title.get(lang)),
            Cell::count(usize::try_from(counts.draws).unwrap_or(usize::MAX)),
            share(Some(grade)).emphasised(Emphasis::Strong),
        ];
        cells.extend((0..rubric.grades.len()).map(|grade| share(Some(GradeIx(grade)))));
        cells.push(share(None));
        Some(Row::flat(cells))
    };
    let rows = asked.iter().filter_map(row).collect();
    Table { id: "draws", title: STANDS.get(lang).to_owned(), columns, rows }
}

/// A share of draws with two places of a per cent; in data as the share in full.
pub(super) fn percent(share: &Number) -> Cell {
    let hundredfold = share * &Number::from(100_i64);
    Cell::shown_as(format!("{}%", hundredfold.fixed(Round::half_up(2))), share)
}
