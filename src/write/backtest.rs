//! Tables of earlier cycles graded by a rubric. Must not know where they came from.

use super::sheet::{Align, Cell, Column, Row, Table, cycle_text};
use super::terminal;
use crate::domain::backtest::{Line, Round, Then};
use crate::domain::number::{self, Number};
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::wording::{Phrase, terms};

const THEN: Phrase = Phrase { en: "Graded then", zh: "当时等级" };
const NOW: Phrase = Phrase { en: "By this rubric", zh: "按本体系" };
const UNKNOWN: Phrase = Phrase { en: "not known", zh: "不详" };
const NONE: Phrase = Phrase { en: "no grade", zh: "无等级" };

/// One row per centre and cycle; `differs` is 1, 0, or empty where nobody says what was graded.
pub fn table<'a>(rows: impl Iterator<Item = (&'a Round, &'a Line)>, rubric: &Rubric, lang: Lang) -> Table {
    let columns = vec![
        Column::named("cycle", terms::CYCLE, lang, Align::Left),
        Column::named("centre", Phrase { en: "Centre", zh: "中心" }, lang, Align::Left),
        Column::named("total", terms::TOTAL, lang, Align::Right),
        Column::named("then", THEN, lang, Align::Left),
        Column::named("now", NOW, lang, Align::Left),
        Column::named("differs", Phrase { en: "Otherwise", zh: "不同" }, lang, Align::Right),
    ];
    let row = |(round, line): (&Round, &Line)| {
        let then = match &line.then {
            Then::Unknown => Cell::word("", UNKNOWN.get(lang)),
            Then::Graded(id) => grade(id.as_deref(), rubric, lang),
        };
        let differs = match line.then {
            Then::Unknown => Cell::empty(),
            Then::Graded(_) => Cell::count(usize::from(line.differs())),
        };
        Row::flat(vec![
            Cell::text(cycle_text(round.cycle.first, round.cycle.last)),
            Cell::text(&line.centre),
            line.total.as_ref().map_or_else(Cell::empty, Cell::number),
            then,
            grade(line.now.as_deref(), rubric, lang),
            differs,
        ])
    };
    Table { id: "backtest", title: String::new(), columns, rows: rows.map(row).collect() }
}

fn grade(id: Option<&str>, rubric: &Rubric, lang: Lang) -> Cell {
    match id {
        None => Cell::word("", NONE.get(lang)),
        Some(id) => Cell::word(id, title(id, rubric, lang)),
    }
}

/// The grade's own title, or its id where the rubric has no such grade.
fn title(id: &str, rubric: &Rubric, lang: Lang) -> String {
    rubric.grade(id).map_or_else(|| id.to_owned(), |ix| rubric.grades[ix.0].title.get(lang).to_owned())
}

/// For a terminal: per cycle the shares of grades and who has which pair of them, then everybody graded otherwise.
pub fn text(rounds: &[Round], rubric: &Rubric, lang: Lang) -> String {
    let mut text = String::new();
    for round in rounds {
        let years = cycle_text(round.cycle.first, round.cycle.last);
        let (known, of) = (known(round), round.lines.len());
        text.push_str(&match lang {
            Lang::En => {
                format!("{years}: centres {of}, graded then {known}, graded otherwise {}\n\n", round.differing())
            }
            Lang::Zh => format!("{years}：中心 {of} 家，有当时等级 {known} 家，等级不同 {} 家\n\n", round.differing()),
        });
        text.push_str(&format!("{}\n", terminal::table(&shares(round, rubric, lang))));
        if known > 0 {
            text.push_str(&format!("{}\n", terminal::table(&agreement(round, rubric, lang))));
        }
    }
    let differing = || rounds.iter().flat_map(|round| round.lines.iter().map(move |line| (round, line)));
    let otherwise: Vec<(&Round, &Line)> = differing().filter(|(_, line)| line.differs()).collect();
    if !otherwise.is_empty() {
        text.push_str(&format!("{}\n", terminal::table(&table(otherwise.into_iter(), rubric, lang))));
    }
    text
}

fn known(round: &Round) -> usize {
    round.lines.iter().filter(|line| line.then != Then::Unknown).count()
}

/// Every grade of the rubric, those that only the past knows, and none.
fn grades<'a>(round: &'a Round, rubric: &'a Rubric) -> Vec<Option<&'a str>> {
    let own = rubric.grades.iter().map(|grade| grade.id.as_str());
    own.chain(round.foreign(rubric)).map(Some).chain([None]).collect()
}

/// A share as percent with one decimal place, rounded half up; nothing of nobody.
fn share(part: usize, of: usize) -> String {
    let share = (&Number::from(part) * &Number::from(100_usize)).divided_by(&Number::from(of));
    share.map_or(String::new(), |share| format!("{}%", share.fixed(number::Round::half_up(1))))
}

/// How many have each grade now and had it then, with the share of all, or of those of whom it is known.
fn shares(round: &Round, rubric: &Rubric, lang: Lang) -> Table {
    let columns = vec![
        Column::named("grade", terms::GRADE, lang, Align::Left),
        Column::named("now", NOW, lang, Align::Right),
        Column::named("now_share", Phrase { en: "Share", zh: "占比" }, lang, Align::Right),
        Column::named("then", THEN, lang, Align::Right),
        Column::named("then_share", Phrase { en: "Share", zh: "占比" }, lang, Align::Right),
    ];
    let row = |id: Option<&str>| {
        let (now, then) = round.counts(id);
        let known = known(round);
        let then_share = Cell::text(share(then, known));
        Row::flat(vec![
            grade(id, rubric, lang),
            Cell::count(now),
            Cell::text(share(now, round.lines.len())),
            if known == 0 { Cell::empty() } else { Cell::count(then) },
            then_share,
        ])
    };
    let rows = grades(round, rubric).into_iter().map(row).collect();
    Table { id: "shares", title: String::new(), columns, rows }
}

/// Grades then, by line, against grades by this rubric, by column.
fn agreement(round: &Round, rubric: &Rubric, lang: Lang) -> Table {
    let grades = grades(round, rubric);
    let counts = round.agreement();
    let name = |id: Option<&str>| id.map_or_else(|| NONE.get(lang).to_owned(), |id| title(id, rubric, lang));
    let head = format!("{} \\ {}", THEN.get(lang), NOW.get(lang));
    let mut columns = vec![Column::text("then", head)];
    columns.extend(grades.iter().map(|id| Column::number(id.unwrap_or_default(), name(*id))));
    let row = |then: &Option<&str>| {
        let count = |now: &Option<&str>| counts.get(&(*then, *now)).copied().unwrap_or(0);
        let mut cells = vec![grade(*then, rubric, lang)];
        cells.extend(grades.iter().map(|now| Cell::count(count(now))));
        Row::flat(cells)
    };
    Table { id: "agreement", title: String::new(), columns, rows: grades.iter().map(row).collect() }
}
