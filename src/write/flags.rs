//! The table of flags: who has to act on what, and why. Must not know any format.

use super::Source;
use super::cohort::flag_word;
use super::sheet::{Align, Cell, Column, Emphasis, Row, Table};
use crate::domain::text::Lang;
use crate::wording::terms;

/// One row per flag, in roster order.
pub fn table(source: Source<'_>, lang: Lang) -> Table {
    let named = |id, title| Column::named(id, title, lang, Align::Left);
    let columns = vec![
        named("centre", terms::ID),
        named("name", terms::NAME),
        named("flag", terms::FLAGS),
        named("reason", terms::REASON),
    ];
    let mut rows = Vec::new();
    for card in source.cards {
        let centre = source.cohort.centre(card.centre);
        for flag in &card.flags {
            let emphasis = if flag.is_grave() { Emphasis::Grave } else { Emphasis::None };
            rows.push(Row::flat(vec![
                Cell::text(&centre.id),
                Cell::text(&centre.name),
                Cell::word(flag.id(source.rubric), flag_word(source, flag, lang)).emphasised(emphasis),
                Cell::text(source.about(card, lang).flag(flag)),
            ]));
        }
    }
    Table { id: "flags", title: terms::FLAGS.get(lang).to_owned(), columns, rows }
}
