//! A table of what moving each figure of a rubric showed. Must not know how a figure was moved.

use super::sheet::{Align, Cell, Column, Emphasis, Row, Table};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::mutation::{Mutation, Shift, Sort, Trial, Verdict};
use crate::domain::number::Number;
use crate::domain::rubric::{GradeIx, Rubric};
use crate::domain::text::Lang;
use crate::wording::mutation as said;
use crate::wording::{Phrase, terms};

/// A figure as it is written, and what moving it showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Its line; with the file, where that is another one than the rubric's own.
    pub line: String,
    pub path: String,
    /// The kind or stage it is for; empty where it is for all.
    pub class: String,
    pub sort: Sort,
    pub value: Number,
    pub mutation: Mutation,
}

/// Centres that a row names before it only counts.
const NAMED: usize = 3;

const FIGURE: Phrase = Phrase { en: "Figure", zh: "数值" };
const UP: Phrase = Phrase { en: "Moved up", zh: "上调" };
const DOWN: Phrase = Phrase { en: "Moved down", zh: "下调" };
const VERDICT: Phrase = Phrase { en: "Verdict", zh: "结论" };
const WHO: Phrase = Phrase { en: "Other grades", zh: "等级变化" };
const SURVIVES: Phrase = Phrase { en: "Survives", zh: "样例未发现" };
const FURTHER: Phrase = Phrase { en: "Steps", zh: "步数" };
const LINE: Phrase = Phrase { en: "Line", zh: "行" };
const SORT: Phrase = Phrase { en: "Sort", zh: "类型" };
const VALUE: Phrase = Phrase { en: "Value", zh: "现值" };

/// What the tables look at.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub rubric: &'a Rubric,
    pub cohort: &'a Cohort,
    /// Whether fixtures were tried.
    pub fixtures: bool,
    pub lang: Lang,
}

impl View<'_> {
    /// For people: one row per figure in the order of the file.
    pub fn shown(self, moved: &[Moved]) -> Table {
        let lang = self.lang;
        let mut columns = self.head();
        columns.extend([
            Column::named("up", UP, lang, Align::Left),
            Column::named("down", DOWN, lang, Align::Left),
            Column::named("grades", WHO, lang, Align::Left),
        ]);
        columns.extend(self.fixtures.then(|| Column::named("survives", SURVIVES, lang, Align::Left)));
        let row = |moved: &Moved| {
            let mutation = &moved.mutation;
            let mut cells = self.first(moved);
            cells.extend([trial(mutation.up.as_ref(), lang), trial(mutation.down.as_ref(), lang)]);
            cells.push(Cell::text(in_short(&self.grades(mutation.trials()))));
            cells.extend(self.fixtures.then(|| survives(mutation, lang)));
            Row::flat(cells)
        };
        Table { id: "mutations", title: String::new(), columns, rows: moved.iter().map(row).collect() }
    }

    /// For programs: every count in a column of its own, and every centre with another grade.
    pub fn data(self, moved: &[Moved]) -> Table {
        let mut columns = self.head();
        for way in ["up", "down"] {
            columns.extend(COUNTS.iter().map(|count| Column::number(format!("{way}{count}"), "")));
        }
        let row = |moved: &Moved| {
            let mut cells = self.first(moved);
            for trial in [&moved.mutation.up, &moved.mutation.down] {
                cells.extend(self.counts(trial.as_ref()));
            }
            Row::flat(cells)
        };
        Table { id: "mutations", title: String::new(), columns, rows: moved.iter().map(row).collect() }
    }

    fn head(self) -> Vec<Column> {
        let lang = self.lang;
        vec![
            Column::named("line", LINE, lang, Align::Right),
            Column::named("path", FIGURE, lang, Align::Left),
            Column::named("class", terms::KINDS, lang, Align::Left),
            Column::named("sort", SORT, lang, Align::Left),
            Column::named("value", VALUE, lang, Align::Right),
            Column::named("verdict", VERDICT, lang, Align::Left),
            Column::named("further", FURTHER, lang, Align::Right),
        ]
    }

    fn first(self, moved: &Moved) -> Vec<Cell> {
        let Moved { line, path, class, sort, value, mutation } = moved;
        let verdict = mutation.verdict();
        let ((sort, sort_word), (id, word)) = (said::sort(*sort), said::verdict(verdict));
        let emphasis = if verdict == Verdict::HairTrigger { Emphasis::Grave } else { Emphasis::None };
        vec![
            Cell::text(line),
            Cell::text(path),
            Cell::text(class),
            Cell::word(sort, sort_word.get(self.lang)),
            Cell::number(value),
            Cell::word(id, word.get(self.lang)).emphasised(emphasis),
            mutation.further.map_or_else(Cell::empty, |steps| Cell::number(&Number::from(steps))),
        ]
    }

    fn counts(self, trial: Option<&Trial>) -> Vec<Cell> {
        let Some(trial) = trial else { return vec![Cell::empty(); COUNTS.len()] };
        let Shift { grades, flags, ranks, scores } = &trial.shift;
        let noticed = |noticed: bool| Cell::count(usize::from(noticed));
        vec![
            Cell::number(&trial.to),
            Cell::count(grades.len()),
            Cell::count(*flags),
            Cell::count(*ranks),
            Cell::count(*scores),
            Cell::text(self.grades(std::iter::once(trial)).join(";")),
            trial.noticed.map_or_else(Cell::empty, noticed),
        ]
    }

    /// `c01 good>poor`.
    fn grades<'b>(self, trials: impl Iterator<Item = &'b Trial>) -> Vec<String> {
        let id = |grade: Option<GradeIx>| grade.map_or("", |grade| self.rubric.grades[grade.0].id.as_str());
        let one = |(centre, old, new): &(CentreIx, Option<GradeIx>, Option<GradeIx>)| {
            format!("{} {}>{}", self.cohort.centre(*centre).id, id(*old), id(*new))
        };
        trials.flat_map(|trial| &trial.shift.grades).map(one).collect()
    }
}

/// Endings of the columns of one way: the value, centres by what changes most, who gets another grade, and whether a
/// fixture notices.
const COUNTS: [&str; 7] = ["", "_grades", "_flags", "_ranks", "_points", "_who", "_noticed"];

fn trial(trial: Option<&Trial>, lang: Lang) -> Cell {
    let Some(Trial { to, shift, .. }) = trial else { return Cell::empty() };
    let colon = if lang == Lang::En { ": " } else { "：" };
    Cell::text(format!("{}{colon}{}", to.plain(), said::shift(shift, lang)))
}

fn in_short(all: &[String]) -> String {
    let more = all.len().saturating_sub(NAMED);
    let mut shown = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    if more > 0 {
        shown.push_str(&format!("; +{more}"));
    }
    shown
}

fn survives(mutation: &Mutation, lang: Lang) -> Cell {
    let survives = |trial: &Option<Trial>| trial.as_ref().is_some_and(|trial| trial.noticed == Some(false));
    let phrase = match (survives(&mutation.up), survives(&mutation.down)) {
        (true, true) => Phrase { en: "up, down", zh: "上调、下调" },
        (true, false) => Phrase { en: "up", zh: "上调" },
        (false, true) => Phrase { en: "down", zh: "下调" },
        (false, false) => return Cell::empty(),
    };
    Cell::text(phrase.get(lang))
}
