//! Snapshots of what rubrics make of cohorts, as text that insta and version control read too; and how two of them
//! differ, as a table. Scores and compares nothing.

use super::Source;
use super::cohort::scores;
use super::csv::records;
use super::sheet::{Cell, Column, Row, Table, cycle_text};
use super::terminal;
use crate::domain::cohort::Cohort;
use crate::domain::comparison::{Change, Comparison, Side};
use crate::domain::number::{Number, Points};
use crate::domain::rubric::Rubric;
use crate::domain::snapshot::{Kept, Line, Snapshot};
use crate::domain::text::Lang;
use crate::wording::number::{Level, points};
use crate::wording::safe::visible;
use crate::wording::{Phrase, snapshot as said, terms};

/// Centres that are listed of a difference; the rest is counted.
const LISTED: usize = 20;

/// What a snapshot keeps of a scored cohort: the columns of `score --format csv` that say what becomes of a centre.
pub fn taken(source: Source<'_>, meaning: String, data: String) -> Snapshot {
    let table = scores(source, Lang::En);
    let column = |id: &str| table.columns.iter().position(|column| column.id == id);
    let cell = |row: &Row, at: Option<usize>| {
        at.and_then(|at| row.cells.get(at)).map_or(String::new(), |cell| visible(&cell.data).into_owned())
    };
    let levels: Vec<String> = source.rubric.levels.iter().map(|level| format!("overall_{}", level.id)).collect();
    let levels: Vec<String> = levels.into_iter().filter(|level| column(level).is_some()).collect();
    let line = |row: &Row| Line {
        centre: cell(row, column("centre")),
        kind: cell(row, column("kind")),
        total: cell(row, column("total")),
        shares: levels.iter().map(|level| cell(row, column(level))).collect(),
        grade: cell(row, column("grade")),
        rank: cell(row, column("rank")),
        outcome: cell(row, column("outcome")),
        flags: cell(row, column("flags")).split(';').filter(|f| !f.is_empty()).map(str::to_owned).collect(),
    };
    let mut lines: Vec<Line> = table.rows.iter().map(line).collect();
    lines.sort_by(|a, b| a.centre.cmp(&b.centre));
    let grades = source.rubric.grades.iter().map(|grade| grade.id.clone()).collect();
    Snapshot { meaning, data, grades, levels, lines }
}

/// A snapshot as it is kept.
pub fn text(kept: &Kept) -> String {
    let Kept { rubric, cohort, sheet, cycle, snapshot } = kept;
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut text = format!("---\nsource: {}\nexpression: {}\n", quoted(rubric), quoted(cohort));
    if let Some(sheet) = sheet {
        text += &format!("sheet: {}\n", quoted(sheet));
    }
    if let Some(cycle) = cycle {
        text += &format!("cycle: {}\n", cycle_text(cycle.first, cycle.last));
    }
    text += "---\n";
    text += &format!("meaning {}\ndata {}\n", snapshot.meaning, snapshot.data);
    text += &format!("{}\n", format!("grades {}", snapshot.grades.join(" ")).trim_end());
    let before = ["centre", "kind", "total"].map(str::to_owned).into_iter();
    let behind = ["grade", "rank", "outcome", "flags"].map(str::to_owned);
    let titles: Vec<String> = before.chain(snapshot.levels.iter().cloned()).chain(behind).collect();
    let line = |line: &Line| {
        let Line { centre, kind, total, shares, grade, rank, outcome, flags } = line.clone();
        let behind = [grade, rank, outcome, flags.join(";")];
        [centre, kind, total].into_iter().chain(shares).chain(behind).collect::<Vec<String>>()
    };
    let lines = records(std::iter::once(titles).chain(snapshot.lines.iter().map(line)));
    text + &String::from_utf8_lossy(&lines)
}

/// The centres that differ, worst first, by the ids that stand in the snapshots, with the names and titles that a cohort and
/// a rubric have for them.
pub fn difference(comparison: &Comparison, known: (&Rubric, &Cohort), lang: Lang) -> String {
    if comparison.is_empty() {
        return String::new();
    }
    let column = |id: &str, title: Phrase| Column::text(id, title.get(lang));
    let columns = vec![
        column("centre", terms::CENTRE),
        column("name", terms::NAME),
        column("grade", terms::GRADE),
        column("total", terms::TOTAL),
        column("rank", terms::RANK),
        column("outcome", terms::OUTCOME),
        column("flags", terms::FLAGS),
    ];
    let rows = comparison.changes.iter().take(LISTED).map(|change| row(change, known, lang)).collect();
    let table = terminal::table(&Table { id: "changes", title: String::new(), columns, rows });
    match comparison.changes.len().saturating_sub(LISTED) {
        0 => table,
        rest => format!("{table}{}\n", said::rest(rest, lang)),
    }
}

/// A total with the places of its rubric, and all that it has beyond them: one of an older rubric may have more.
fn printed(total: &Number, rubric: &Rubric) -> String {
    let rounded = points(&Points(total.clone()), &rubric.rounding, Level::Total);
    if Number::parse(&rounded).is_ok_and(|same| same == *total) { rounded } else { total.plain() }
}

fn row(change: &Change, (rubric, cohort): (&Rubric, &Cohort), lang: Lang) -> Row {
    let name = cohort.find(&change.centre).map_or(String::new(), |ix| cohort.centre(ix).name.clone());
    // An id that the rubric has no title for any more stands alone.
    let titled = |id: &String| match rubric.grade(id).map(|ix| rubric.grades[ix.0].title.get(lang)) {
        Some(title) if title != id => format!("{id} ({title})"),
        _ => id.clone(),
    };
    let both = |of: &dyn Fn(&Side) -> Option<String>| {
        let text = |side: &Option<Side>| side.as_ref().and_then(of).unwrap_or("-".to_owned());
        let (was, is) = (text(&change.old), text(&change.new));
        Cell::text(if was == is { is } else { format!("{was} -> {is}") })
    };
    let gained = change.gained().into_iter().map(|flag| format!("+{flag}"));
    let flags: Vec<String> = gained.chain(change.lost().into_iter().map(|flag| format!("-{flag}"))).collect();
    Row::flat(vec![
        Cell::text(change.centre.clone()),
        Cell::text(name),
        both(&|side| side.grade.as_ref().map(titled)),
        both(&|side| side.total.as_ref().map(|total| printed(total, rubric))),
        both(&|side| side.rank.map(|rank| rank.to_string())),
        both(&|side| side.outcome.clone()),
        Cell::text(flags.join(" ")),
    ])
}
