//! A table of which parts of a rubric are reached. Must not know where a part is written.

use super::sheet::{Align, Cell, Column, Row, Table};
use crate::domain::coverage::Item;
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::wording::{Phrase, coverage as said};

/// A part with its line and how many centres reach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    pub line: String,
    pub item: Item,
    pub centres: usize,
}

/// One row per part, in the order given.
pub fn table<'a>(parts: impl Iterator<Item = &'a Reached>, rubric: &Rubric, lang: Lang) -> Table {
    let columns = vec![
        Column::named("line", Phrase { en: "Line", zh: "行" }, lang, Align::Right),
        Column::named("sort", Phrase { en: "Sort", zh: "类型" }, lang, Align::Left),
        Column::named("part", Phrase { en: "Part", zh: "部分" }, lang, Align::Left),
        Column::named("centres", Phrase { en: "Centres", zh: "中心数" }, lang, Align::Right),
        Column::named("note", Phrase { en: "Note", zh: "说明" }, lang, Align::Left),
    ];
    let row = |Reached { line, item, centres }: &Reached| {
        let (sort, word) = said::sort(item);
        let note = if *centres == 0 { said::nobody(item, lang) } else { "" };
        Row::flat(vec![
            Cell::text(line),
            Cell::word(sort, word.get(lang)),
            Cell::text(said::id(item, rubric)),
            Cell::count(*centres),
            Cell::text(note),
        ])
    };
    Table { id: "coverage", title: String::new(), columns, rows: parts.map(row).collect() }
}
