//! The flags: who has to act on what, by when, and why. Must not know any format.

use super::Source;
use super::sheet::{Align, Carries, Cell, Column, Emphasis, GradeSheet, Row, Table, cycle_text, notes, provenance};
use crate::domain::grade::{Flag, Scorecard};
use crate::domain::outcome;
use crate::domain::rubric::Citation;
use crate::domain::text::Lang;
use crate::wording::citation::citation;
use crate::wording::{standing, terms};

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
        rows.extend(card.flags.iter().map(|flag| Row::flat(said(source, card, flag, lang))));
    }
    Table { id: "flags", title: terms::FLAGS.get(lang).to_owned(), columns, rows }
}

/// The flags as a file: also by which day something has to be done, and the article behind it.
pub fn sheet(source: Source<'_>, lang: Lang) -> GradeSheet {
    let cycle = source.cohort.layout.cycle;
    let mut table = table(source, lang);
    table.columns.push(Column::named("deadline", terms::DEADLINE, lang, Align::Left));
    table.columns.push(Column::named("basis", terms::BASIS, lang, Align::Left));
    let flags = source.cards.iter().flat_map(|card| card.flags.iter().map(move |flag| (card, flag)));
    for (row, (card, flag)) in table.rows.iter_mut().zip(flags) {
        row.cells.push(deadline(card, flag, lang));
        let cite = cited(source, card, flag);
        row.cells.push(cite.map_or(Cell::empty(), |cite| Cell::text(citation(cite, source.rubric, lang))));
    }
    let title = source.rubric.title.get(lang);
    GradeSheet {
        lang,
        title: format!("{} - {title} {}", terms::FLAGS.get(lang), cycle_text(cycle.first, cycle.last)),
        draft: source.draft,
        notes: notes(source, lang),
        provenance: provenance(source, lang),
        tables: vec![table],
        carries: Carries::Nothing,
    }
}

fn said(source: Source<'_>, card: &Scorecard, flag: &Flag, lang: Lang) -> Vec<Cell> {
    let centre = source.cohort.centre(card.centre);
    let emphasis = if flag.is_grave() { Emphasis::Grave } else { Emphasis::None };
    vec![
        Cell::text(&centre.id),
        Cell::text(&centre.name),
        Cell::word(flag.id(source.rubric), standing::flag(flag, source.rubric, !source.draft, lang))
            .emphasised(emphasis),
        Cell::text(source.about(card, lang).flag(flag)),
    ]
}

/// The last day, or how long from the decision while its day is not known.
fn deadline(card: &Scorecard, flag: &Flag, lang: Lang) -> Cell {
    let proposal = card.proposal.as_ref().filter(|proposal| *flag == Flag::Act(proposal.act));
    match proposal.map(|proposal| (proposal.by, proposal.within)) {
        Some((Some(by), _)) => Cell::text(by.to_string()),
        Some((None, Some(within))) => {
            let data = terms::period(within, Lang::En);
            let period = terms::period(within, lang);
            Cell::word(
                data,
                match lang {
                    Lang::En => format!("{period} from the decision"),
                    Lang::Zh => format!("自决定之日起{period}"),
                },
            )
        }
        _ => Cell::empty(),
    }
}

/// What is cited for a flag: for the act, the gate, the grade, or the form of the name.
fn cited<'a>(source: Source<'a>, card: &Scorecard, flag: &Flag) -> Option<&'a Citation> {
    let rubric = source.rubric;
    match flag {
        Flag::Act(_) => outcome::cited(rubric, card.proposal.as_ref()?),
        Flag::Gate(ix) => rubric.gates[ix.0].cite.as_ref(),
        Flag::OutsideQuota(ix) => rubric.grades[ix.0].cite.as_ref(),
        Flag::NameForm => rubric.kinds.get(source.cohort.centre(card.centre).kind?.0)?.cite.as_ref(),
        Flag::Incomplete | Flag::Blocked | Flag::WithoutKind | Flag::Provisional | Flag::Relative => None,
    }
}
