//! JSON: whole scorecards with their ledgers, and sheets.
//!
//! Decimals are strings; where one never ends a sibling key `<key>_fraction` holds it exactly. Keys are sorted, so that
//! the same input gives the same bytes. Must not know where the bytes go.

pub mod carried;
mod faults;
mod ledger;
mod plain;

pub use faults::diagnostics;

use std::io;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::cohort::sentences;
use super::sheet::{Carries, CellKind, GradeSheet, Row, Table};
use super::{Source, final_total, has_points};
use crate::domain::cohort::CentreIx;
use crate::domain::grade::Scorecard;
use crate::domain::number::{Number, Points};
use crate::domain::rubric::PeriodUnit;
use crate::domain::score::State;
use crate::domain::text::Lang;

/// Where the scorecards stand.
const CENTRES: &str = "centres";

/// All scorecards with their ledgers, written as they are made: together they are far larger than the cohort.
///
/// # Errors
/// What keeps `out` from being written.
pub fn scores(source: Source<'_>, lang: Lang, out: impl io::Write) -> io::Result<()> {
    plain::written(&Scores { source, lang }, out)
}

/// The scorecards as a document whose keys are sorted, as in every other.
struct Scores<'a> {
    source: Source<'a>,
    lang: Lang,
}

/// What was not made before it is its turn.
struct Cards<'a>(&'a Scores<'a>);

impl Serialize for Scores<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut top = head("triennial/scores/1", self.source, self.lang);
        top.insert(CENTRES.to_owned(), Value::Null);
        let mut map = serializer.serialize_map(Some(top.len()))?;
        for (key, value) in &top {
            match key.as_str() {
                CENTRES => map.serialize_entry(key, &Cards(self))?,
                _ => map.serialize_entry(key, value)?,
            }
        }
        map.end()
    }
}

impl Serialize for Cards<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Scores { source, lang } = *self.0;
        serializer.collect_seq(source.cards.iter().map(|card| scorecard(source, card, lang)))
    }
}

/// One scorecard with its ledger; `None` where the cohort has no card for the centre.
pub fn explain(source: Source<'_>, centre: CentreIx, lang: Lang) -> Option<Vec<u8>> {
    let card = source.card(centre)?;
    let mut top = head("triennial/explain/1", source, lang);
    top.insert("scorecard".to_owned(), scorecard(source, card, lang));
    Some(bytes(top))
}

/// A sheet. Its keys `provenance` and `data` are what `verify` recomputes it from.
pub fn sheet(source: Source<'_>, sheet: &GradeSheet) -> Vec<u8> {
    bytes(sheet_object(source, sheet))
}

/// The same before it is laid out.
pub fn sheet_object(source: Source<'_>, sheet: &GradeSheet) -> Map<String, Value> {
    let mut top = match sheet.carries {
        Carries::Nothing => excerpt(source, sheet),
        Carries::Cohort | Carries::Centre(_) => head("triennial/sheet/1", source, sheet.lang),
    };
    top.insert("title".to_owned(), json!(sheet.title));
    top.insert("notes".to_owned(), json!(sheet.notes));
    let tables: Map<String, Value> =
        sheet.tables.iter().map(|table| (table.id.to_owned(), Value::Array(rows(table)))).collect();
    top.insert("tables".to_owned(), Value::Object(tables));
    carried::put(source, sheet.carries, &mut top);
    top
}

/// The head of an excerpt: of where it comes from no more than the excerpt itself says.
fn excerpt(source: Source<'_>, sheet: &GradeSheet) -> Map<String, Value> {
    let cycle = source.cohort.layout.cycle;
    let said = sheet.provenance.iter().filter(|line| line.id != "head" && line.id != "cycle");
    let provenance: Map<String, Value> = said.map(|line| (line.id.to_owned(), json!(line.value))).collect();
    let top = [
        ("schema", json!("triennial/excerpt/1")),
        ("provenance", Value::Object(provenance)),
        ("lang", json!(sheet.lang.tag())),
        ("draft", json!(sheet.draft)),
        ("cycle", json!({ "first": cycle.first, "last": cycle.last })),
    ];
    top.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// One table as an array of objects by column id.
pub fn table(table: &Table) -> Vec<u8> {
    plain::bytes(&rows(table))
}

fn rows(table: &Table) -> Vec<Value> {
    table.rows.iter().map(|row| object(table, row)).collect()
}

fn object(table: &Table, row: &Row) -> Value {
    let mut object = Map::new();
    for (column, cell) in table.columns.iter().zip(&row.cells) {
        let value = if cell.kind == CellKind::Empty { Value::Null } else { json!(cell.data) };
        if cell.shown != cell.data {
            object.insert(format!("{}_shown", column.id), json!(cell.shown));
        }
        object.insert(column.id.clone(), value);
    }
    if row.depth > 0 {
        object.insert("depth".to_owned(), json!(row.depth));
    }
    Value::Object(object)
}

/// A document of this program as its bytes.
pub fn bytes(top: Map<String, Value>) -> Vec<u8> {
    plain::bytes(&Value::Object(top))
}

fn head(schema: &str, source: Source<'_>, lang: Lang) -> Map<String, Value> {
    let rubric = source.rubric;
    let cycle = source.cohort.layout.cycle;
    let heads: Vec<Value> = source
        .provenance
        .heads
        .iter()
        .map(|head| json!({ "evaluator": head.evaluator, "length": head.length, "hash": head.hash }))
        .collect();
    let mut provenance = json!({
        "rubric": rubric.id,
        "edition": rubric.edition,
        "rubric_digest": source.provenance.rubric_digest,
        "data_digest": source.provenance.data_digest,
        "heads": heads,
        "program": format!("triennial {}", source.provenance.version),
    });
    if !source.provenance.evidence_digest.is_empty() {
        provenance["evidence_digest"] = json!(source.provenance.evidence_digest);
    }
    let mut top = Map::new();
    top.insert("schema".to_owned(), json!(schema));
    top.insert("provenance".to_owned(), provenance);
    top.insert("lang".to_owned(), json!(lang.tag()));
    top.insert("draft".to_owned(), json!(source.draft));
    top.insert("cycle".to_owned(), json!({ "first": cycle.first, "last": cycle.last }));
    top.insert("decided_on".to_owned(), json!(source.decided_on.map(|day| day.to_string())));
    top
}

fn scorecard(source: Source<'_>, card: &Scorecard, lang: Lang) -> Value {
    let rubric = source.rubric;
    let centre = source.cohort.centre(card.centre);
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        object.insert(key.to_owned(), value);
    };
    put("centre", json!(centre.id));
    put("name", json!(centre.name));
    put("kind", json!(source.kind_id(card.centre)));
    put("status", json!(centre.status.id()));
    put("state", state(source, &card.tally.state));
    put("grade", json!(card.grade.map(|ix| rubric.grades[ix.0].id.as_str())));
    put("grade_provisional", json!(card.provisional));
    put("rank", json!(card.rank));
    put("flags", json!(card.flags.iter().map(|flag| flag.id(rubric)).collect::<Vec<_>>()));
    put("outcome", outcome(source, card));
    let said = sentences(source, card, lang);
    put("reasons", said.iter().map(|(about, text)| json!({ "about": about, "text": text })).collect());
    put("nodes", if has_points(card) { nodes(source, card) } else { Value::Null });
    if !rubric.levels.is_empty() {
        put("profiles", profiles(source, card));
    }
    let left_out = source.left_out(card.centre);
    put("left_out", left_out.iter().map(|(ix, absence)| ledger::left_out(source, *ix, absence)).collect());
    put("ledger", source.ledger(card.centre).map_or(Value::Null, |line| ledger::line(source, &line)));
    put_number(&mut object, "total", final_total(source, card).map(|total| &total.0));
    let compared = final_total(source, card).map(|_| &card.tally.compared);
    put_number(&mut object, "compared", compared);
    let provisional =
        (has_points(card) && card.tally.state != State::Complete && rubric.has_total()).then_some(&card.tally.total.0);
    put_number(&mut object, "provisional_total", provisional);
    Value::Object(object)
}

fn nodes(source: Source<'_>, card: &Scorecard) -> Value {
    let mut object = Map::new();
    for (node, points) in source.rubric.nodes.iter().zip(&card.tally.nodes) {
        put_number(&mut object, &node.id, points.as_ref().map(|points| &points.0));
    }
    Value::Object(object)
}

/// Shares by level of every node that is a profile.
fn profiles(source: Source<'_>, card: &Scorecard) -> Value {
    let mut object = Map::new();
    for (node, shares) in &card.tally.profiles {
        let mut levels = Map::new();
        for (level, share) in source.rubric.levels.iter().zip(shares) {
            put_number(&mut levels, &level.id, Some(share));
        }
        object.insert(source.rubric.nodes[node.0].id.clone(), Value::Object(levels));
    }
    Value::Object(object)
}

fn state(source: Source<'_>, state: &State) -> Value {
    match state {
        State::Complete => json!({ "is": "complete" }),
        State::Incomplete { blank, needed } => json!({ "is": "incomplete", "blank": blank, "needed": needed }),
        State::Blocked(nodes) => {
            let ids: Vec<&str> = nodes.iter().map(|ix| source.rubric.nodes[ix.0].id.as_str()).collect();
            json!({ "is": "blocked", "indicators": ids })
        }
        State::WithoutKind => json!({ "is": "without-kind" }),
        State::NotScored(status) => json!({ "is": "not-scored", "status": status.id() }),
    }
}

fn outcome(source: Source<'_>, card: &Scorecard) -> Value {
    let Some(proposal) = &card.proposal else { return Value::Null };
    let within = proposal.within.map(|period| {
        let unit = match period.unit {
            PeriodUnit::Days => "days",
            PeriodUnit::WorkingDays => "working-days",
            PeriodUnit::Months => "months",
            PeriodUnit::Years => "years",
        };
        json!({ "count": period.count, "unit": unit })
    });
    json!({
        "act": proposal.act.id(source.rubric),
        "proposed": true,
        "within": within,
        "by": proposal.by.map(|day| day.to_string()),
    })
}

/// Puts a number as a decimal string, with its fraction beside it where the decimal never ends.
fn put_number(object: &mut Map<String, Value>, key: &str, number: Option<&Number>) {
    if let Some(number) = number
        && number.places().is_none()
    {
        object.insert(format!("{key}_fraction"), json!(number.as_fraction()));
    }
    object.insert(key.to_owned(), json!(number.map(Number::plain)));
}

fn put_points(object: &mut Map<String, Value>, key: &str, points: &Points) {
    put_number(object, key, Some(&points.0));
}
