//! One neutral sheet: tables of typed cells, with everything that says where they come from.
//!
//! Built once, written by every format. A cell knows what it is, and its text for people and for data; no format makes
//! words or rounds a number. Must not know any format.

use super::{Head, Source};
use crate::domain::cohort::CentreIx;
use crate::domain::ledger::Subject;
use crate::domain::number::{Number, Points};
use crate::domain::text::Lang;
use crate::wording::number::{self, Level};
use crate::wording::{Phrase, grade, outcome, terms};

/// A sheet for a cohort or one centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeSheet {
    pub lang: Lang,
    pub title: String,
    pub draft: bool,
    /// Sentences under the title: DRAFT, the rubric's own note, how figures are rounded and compared.
    pub notes: Vec<String>,
    pub provenance: Vec<Origin>,
    pub tables: Vec<Table>,
    pub carries: Carries,
}

/// Whose facts and readings a sheet carries in JSON beside its tables, so that `verify` can recompute it from itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carries {
    /// An excerpt, such as one for the public: nothing but what its tables show.
    Nothing,
    Cohort,
    Centre(CentreIx),
}

/// One line of where the figures come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Key in data formats.
    pub id: &'static str,
    pub title: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Key in data formats; never translated.
    pub id: &'static str,
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Header in data formats.
    pub id: String,
    /// Header for people.
    pub title: String,
    pub align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How deep the row stands in a tree; 0 in a flat table.
    pub depth: usize,
    pub cells: Vec<Cell>,
}

/// One cell: for people and for data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub kind: CellKind,
    /// As people read it.
    pub shown: String,
    /// As a program reads it: an id, a number in full, or the same text.
    pub data: String,
    pub emphasis: Emphasis,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    Empty,
    /// Text from outside or made of words: neutralised where a spreadsheet might run it.
    Text,
    /// A number; `data` is its decimal.
    Number,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    None,
    /// Totals and grades.
    Strong,
    /// Provisional figures, and parts of a total.
    Weak,
    /// Something has to be acted on.
    Grave,
}

impl Cell {
    pub const fn empty() -> Self {
        Self { kind: CellKind::Empty, shown: String::new(), data: String::new(), emphasis: Emphasis::None }
    }

    pub fn text(text: impl Into<String>) -> Self {
        let shown: String = text.into();
        Self { kind: CellKind::Text, data: shown.clone(), shown, emphasis: Emphasis::None }
    }

    /// A thing with an id for programs and a word for people.
    pub fn word(id: impl Into<String>, shown: impl Into<String>) -> Self {
        Self { kind: CellKind::Text, shown: shown.into(), data: id.into(), emphasis: Emphasis::None }
    }

    /// A number that is shown in full.
    pub fn number(number: &Number) -> Self {
        let (shown, data) = (number::exact(number), number.plain());
        Self { kind: CellKind::Number, shown, data, emphasis: Emphasis::None }
    }

    /// A number whose text for people is already made.
    pub fn shown_as(shown: String, number: &Number) -> Self {
        Self { kind: CellKind::Number, shown, data: number.plain(), emphasis: Emphasis::None }
    }

    /// A count.
    pub fn count(count: usize) -> Self {
        Self::number(&Number::from(count))
    }

    /// Final points of something at this level of the rubric.
    pub fn points(points: &Points, source: Source<'_>, level: Level) -> Self {
        let rounding = &source.rubric.rounding;
        Self {
            kind: CellKind::Number,
            shown: number::points(points, rounding, level),
            data: number::data(points, rounding, level),
            emphasis: Emphasis::None,
        }
    }

    #[must_use]
    pub fn emphasised(self, emphasis: Emphasis) -> Self {
        Self { emphasis, ..self }
    }
}

impl Column {
    pub fn text(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), align: Align::Left }
    }

    pub fn number(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), align: Align::Right }
    }

    /// A column whose title is one of the program's own words.
    pub fn named(id: &str, title: Phrase, lang: Lang, align: Align) -> Self {
        Self { id: id.to_owned(), title: title.get(lang).to_owned(), align }
    }
}

impl Row {
    pub const fn flat(cells: Vec<Cell>) -> Self {
        Self { depth: 0, cells }
    }
}

/// An id that says what a ledger line is about: `total`, a node's id, or `node#2` for its second option.
pub fn subject_id(subject: Subject, source: Source<'_>) -> String {
    match subject {
        Subject::Total => "total".to_owned(),
        Subject::Node(ix) => source.rubric.nodes[ix.0].id.clone(),
        Subject::Choice(ix, at) => format!("{}#{}", source.rubric.nodes[ix.0].id, at + 1),
    }
}

/// Sentences that every sheet carries.
pub fn notes(source: Source<'_>, lang: Lang) -> Vec<String> {
    notes_but(source, true, true, lang)
}

/// The same, without what only matters where points or ranks are shown.
pub fn notes_but(source: Source<'_>, points: bool, ranks: bool, lang: Lang) -> Vec<String> {
    let rubric = source.rubric;
    let mut notes = Vec::new();
    if source.draft {
        notes.push(terms::DRAFT_NOTE.get(lang).to_owned());
    }
    let note = rubric.note.get(lang);
    if !note.is_empty() {
        notes.push(note.to_owned());
    }
    if points {
        notes.push(grade::rounding(rubric, lang));
    }
    if points || ranks {
        notes.push(grade::comparison(rubric, lang));
    }
    if points {
        notes.push(terms::SHORTENED_NOTE.get(lang).to_owned());
    }
    if points && rubric.is_relative() {
        notes.push(terms::RELATIVE_NOTE.get(lang).to_owned());
    }
    notes.extend(rubric.notice.as_ref().map(|notice| outcome::public_notice(notice, source.decided_on, rubric, lang)));
    notes.push(terms::PROPOSED_NOTE.get(lang).to_owned());
    notes
}

/// Where the figures come from, line by line.
pub fn provenance(source: Source<'_>, lang: Lang) -> Vec<Origin> {
    let cycle = source.cohort.layout.cycle;
    let line = |id, title: Phrase, value: String| Origin { id, title: title.get(lang).to_owned(), value };
    let mut lines = vec![
        line("rubric", terms::RUBRIC, format!("{} ({})", source.rubric.title.get(lang), source.rubric.id)),
        line("edition", terms::EDITION, source.rubric.edition.clone()),
        line("cycle", terms::CYCLE, cycle_text(cycle.first, cycle.last)),
    ];
    lines.extend(source.decided_on.map(|day| line("decided_on", terms::DECIDED_ON, day.to_string())));
    lines.push(line("rubric_digest", terms::RUBRIC_DIGEST, source.provenance.rubric_digest.clone()));
    lines.push(line("data_digest", terms::DATA_DIGEST, source.provenance.data_digest.clone()));
    if !source.provenance.evidence_digest.is_empty() {
        lines.push(line("evidence_digest", terms::EVIDENCE_DIGEST, source.provenance.evidence_digest.clone()));
    }
    lines.extend(source.provenance.heads.iter().map(|head| head_line(head, lang)));
    lines.push(line("program", terms::PROGRAM, format!("triennial {}", source.provenance.version)));
    lines
}

fn head_line(head: &Head, lang: Lang) -> Origin {
    let Head { evaluator, length, hash } = head;
    let (title, value) = match lang {
        Lang::En => (format!("{} {evaluator}", terms::CHAIN_HEAD.en), format!("{length} events, head {hash}")),
        Lang::Zh => (format!("{}（{evaluator}）", terms::CHAIN_HEAD.zh), format!("共{length}条记录，末条哈希{hash}")),
    };
    Origin { id: "head", title, value }
}

/// `2023-2025`, or one year.
pub fn cycle_text(first: i16, last: i16) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}
