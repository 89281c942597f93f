//! What a sheet in JSON carries so that it can be recomputed from itself: facts and readings, each centre's with a
//! digest, and one digest over everything that is carried and not computed.
//!
//! The digests find what was changed by mistake or by an idle hand. They are no signature: whoever makes them anew,
//! with every figure, is seen only by the evaluation. Must not know how a sheet is read.

use serde_json::{Map, Value, json};

use crate::domain::centre::Field;
use crate::domain::cohort::CentreIx;
use crate::domain::digest;
use crate::domain::evaluation::CellRef;
use crate::domain::reading::Slot;
use crate::write::sheet::Carries;
use crate::write::{Source, data};

/// Keys of what is computed: everything else is carried.
const COMPUTED: [&str; 3] = ["notes", "tables", "title"];

/// Puts what a sheet carries beside its tables. The head, with its provenance, is there already.
pub(super) fn put(source: Source<'_>, carries: Carries, top: &mut Map<String, Value>) {
    let (subject, data): (_, Vec<Value>) = match carries {
        Carries::Nothing => return,
        Carries::Cohort => (Value::Null, source.cohort.all().map(|ix| centre(source, ix)).collect()),
        Carries::Centre(ix) => (json!(source.cohort.centre(ix).id), vec![centre(source, ix)]),
    };
    top.insert("centre".to_owned(), subject);
    top.insert("data".to_owned(), Value::Array(data));
    seal(top);
}

/// Writes every digest anew.
pub fn seal(top: &mut Map<String, Value>) {
    if let Some(Value::Array(data)) = top.get_mut("data") {
        for entry in data.iter_mut() {
            let digest = digest::text(entry_text(entry).as_bytes());
            entry["digest"] = json!(digest);
        }
    }
    let digest = digest::text(head_text(top).as_bytes());
    if let Some(Value::Object(provenance)) = top.get_mut("provenance") {
        provenance.insert("sheet_digest".to_owned(), json!(digest));
    }
}

/// What the digest of one centre's data covers.
pub fn entry_text(entry: &Value) -> String {
    let mut entry = entry.clone();
    if let Value::Object(entry) = &mut entry {
        entry.remove("digest");
    }
    entry.to_string()
}

/// What the digest of a sheet covers: all that is carried, the data by their digests.
pub fn head_text(top: &Map<String, Value>) -> String {
    let carried = top.iter().filter(|(key, _)| !COMPUTED.contains(&key.as_str()) && *key != "data");
    let mut head: Map<String, Value> = carried.map(|(key, value)| (key.clone(), value.clone())).collect();
    if let Some(Value::Object(provenance)) = head.get_mut("provenance") {
        provenance.remove("sheet_digest");
    }
    if let Some(Value::Array(data)) = top.get("data") {
        head.insert("data".to_owned(), data.iter().map(|entry| entry["digest"].clone()).collect());
    }
    Value::Object(head).to_string()
}

fn centre(source: Source<'_>, ix: CentreIx) -> Value {
    let centre = source.cohort.centre(ix);
    let reserved = Field::RESERVED.into_iter().map(|(_, field)| field);
    let declared = source.rubric.attributes.iter().map(|a| Field::Attribute(a.id.clone()));
    let facts: Vec<Value> = reserved
        .chain(declared)
        .map(|field| (field.id().to_owned(), centre.get(&field, source.rubric)))
        .filter(|(_, text)| !text.is_empty())
        .map(|(id, text)| pair(&id, &text))
        .collect();
    let mut entry = json!({ "centre": centre.id, "facts": facts, "readings": readings(source, ix) });
    let evidence = evidence(source, ix);
    if !evidence.is_empty() {
        entry["evidence"] = Value::Array(evidence);
    }
    entry
}

/// What is named beside cells, then files: beside which cell, with which digest.
fn evidence(source: Source<'_>, ix: CentreIx) -> Vec<Value> {
    let named = data::named_evidence(source.cohort, source.rubric, ix);
    let mut lines: Vec<Value> = named.map(|(cell, text)| json!({ "cell": cell.name(), "text": text })).collect();
    lines.extend(source.cohort.readings(ix).files().iter().map(|attached| {
        let file = &attached.file;
        json!({ "cell": attached.at(), "file": file.name, "digest": file.digest, "size": file.size.to_string() })
    }));
    lines
}

/// One line of text, so that a line of the sheet is one thing, in the order of the rubric whatever stands in it.
fn pair(id: &str, text: &str) -> Value {
    json!(format!("{id} = {text}"))
}

/// Everything that was entered, by `metric@year#judge`.
fn readings(source: Source<'_>, ix: CentreIx) -> Vec<Value> {
    let (layout, readings) = (&source.cohort.layout, source.cohort.readings(ix));
    let mut lines = Vec::new();
    for slot in (0..layout.slots()).map(Slot) {
        let (metric, year) = layout.cell(slot);
        let name = |judge: Option<&str>| {
            let metric = source.rubric.metrics[metric.0].id.clone();
            CellRef { metric, year, judge: judge.map(str::to_owned) }.name()
        };
        lines.extend(readings.get(slot).map(|reading| pair(&name(None), &reading.cell())));
        lines.extend(readings.marks(slot).map(|(judge, mark)| pair(&name(Some(judge)), &mark.cell())));
    }
    lines
}
