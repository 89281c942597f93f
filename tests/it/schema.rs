//! The schema for editors and the reader know the same keys, and every rubric that reads well fits the schema.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use triennial::write::schema::schema;

use crate::documents::known_keys;

fn parsed() -> Value {
    serde_json::from_slice(&schema()).unwrap()
}

/// Whether a value fits, by the keywords that the schema uses.
pub fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    if let Some(to) = schema["$ref"].as_str()
        && !fits(root, root.pointer(&to[1..]).unwrap(), value)
    {
        return false;
    }
    let is = |kind: &str| match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other}"),
    };
    let kind = match &schema["type"] {
        Value::String(kind) => is(kind),
        Value::Array(kinds) => kinds.iter().any(|kind| is(kind.as_str().unwrap())),
        _ => true,
    };
    let words = schema["enum"].as_array().is_none_or(|words| words.contains(value));
    let any = schema["anyOf"].as_array().is_none_or(|all| all.iter().any(|one| fits(root, one, value)));
    let items = match (value, schema.get("items")) {
        (Value::Array(items), Some(of)) => items.iter().all(|item| fits(root, of, item)),
        _ => true,
    };
    let entries = value.as_object().is_none_or(|entries| {
        let required = schema["required"]
            .as_array()
            .is_none_or(|keys| keys.iter().all(|key| entries.contains_key(key.as_str().unwrap())));
        required
            && entries.iter().all(|(key, value)| {
                match schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]) {
                    Value::Bool(allowed) => *allowed,
                    Value::Null => true,
                    of => fits(root, of, value),
                }
            })
    });
    kind && words && any && items && entries
}

fn json_of(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(yes) => json!(yes),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.iter().map(json_of).collect(),
        toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), json_of(value))).collect(),
    }
}

fn rubrics(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rubrics(&path, found);
        } else if path.extension().is_some_and(|e| e == "toml") {
            found.push(path);
        }
    }
}

#[test]
fn every_rubric_fits_the_schema_and_mistyped_keys_do_not() {
    let schema = parsed();
    let mut paths = Vec::new();
    rubrics(Path::new("rubrics"), &mut paths);
    rubrics(Path::new("tests/rubrics"), &mut paths);
    let mut fitting = 0;
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let Ok(tree) = text.parse::<toml::Table>() else { continue };
        let value = json_of(&toml::Value::Table(tree));
        let reads = triennial::read::rubric::rubric(&text).0.is_some() || path.ends_with("overlays/region.toml");
        let name = path.file_stem().unwrap().to_str().unwrap();
        if reads {
            assert!(fits(&schema, &schema, &value), "{}", path.display());
            fitting += 1;
        }
        if ["E-unknown-key", "E-unknown-word", "E-wrong-type"].contains(&name) && name != "E-unknown-word" {
            assert!(!fits(&schema, &schema, &value), "{}", path.display());
        }
    }
    assert!(fitting > 15, "{fitting}");
}

/// A place where the reader knows only the keys of one table, with `zzzz` among them.
fn places() -> Vec<(&'static str, String)> {
    let head = "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n";
    let indicator = |more: &str| {
        format!("{head}[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 1\n{more}\n")
    };
    let mut places = vec![
        ("rubric", format!("{head}zzzz = 1\n")),
        ("rounding", format!("{head}rounding = {{ zzzz = 1 }}\n").replace("rounding = \"none\"\n", "")),
        ("cite", format!("{head}[[kind]]\nid = \"g\"\ncite = {{ zzzz = 1 }}\n")),
        ("judging", format!("{head}[[metric]]\nid = \"m\"\npanel = {{ zzzz = 1 }}\n")),
        ("checks", format!("{head}[data_checks]\nzzzz = 1\n")),
        ("level", format!("{head}[profile]\n[[profile.level]]\nzzzz = 1\n")),
        ("indicator", indicator("zzzz = 1")),
        ("option", indicator("best_of = [ { zzzz = 1 } ]")),
        ("item", indicator("checklist = [ { zzzz = 1 } ]")),
        ("missing", indicator("missing = { zzzz = 1 }")),
        ("give_to", indicator("not_applicable = { zzzz = 1 }")),
        (
            "mark",
            indicator("measure = \"x\"\nrule = { kind = \"bands\", mark = { zzzz = 1 }, bands = [ { points = 1 } ] }"),
        ),
        ("band", indicator("measure = \"x\"\nrule = { kind = \"bands\", mark = \"x\", bands = [ { zzzz = 1 } ] }")),
        ("outliers", indicator("measure = \"x\"\nrule = { kind = \"min-max\", outliers = { zzzz = 1 } }")),
        ("quota", format!("{head}[[grade]]\nid = \"g\"\nquota = {{ zzzz = 1 }}\n")),
        ("first", format!("{head}[[grade]]\nid = \"g\"\nfirst = {{ zzzz = 1 }}\n")),
        ("ties", format!("{head}[[grade]]\nid = \"g\"\nquota = {{ ties = {{ zzzz = 1 }} }}\n")),
        ("outcome", format!("{head}[outcome]\nabsent = {{ zzzz = 1 }}\n")),
        ("case", format!("{head}[outcome]\nabsent = {{ act = \"remove\", cases = [ {{ zzzz = 1 }} ] }}\n")),
        ("then", format!("{head}[outcome]\nabsent = {{ act = \"remove\", then = {{ zzzz = 1 }} }}\n")),
        ("within", format!("{head}[outcome]\nabsent = {{ act = \"remove\", within = {{ zzzz = 1 }} }}\n")),
    ];
    for table in [
        "document",
        "kind",
        "stage",
        "attribute",
        "finding",
        "reference",
        "panel",
        "metric",
        "assertion",
        "criterion",
        "grade",
        "gate",
        "act",
    ] {
        places.push((table, format!("{head}[[{table}]]\nzzzz = 1\n")));
    }
    for table in ["data", "profile", "total", "public_notice", "publication"] {
        places.push((table, format!("{head}[{table}]\nzzzz = 1\n")));
    }
    for kind in [
        "linear",
        "target",
        "bands",
        "per-unit",
        "yes-no",
        "expert",
        "min-max",
        "ratio-to-best",
        "percentile",
        "rank-points",
    ] {
        places.push((kind, indicator(&format!("measure = \"x\"\nrule = {{ kind = \"{kind}\", zzzz = 1 }}"))));
    }
    places
}

#[test]
fn the_schema_knows_the_keys_that_the_reader_knows_and_no_others() {
    let schema = parsed();
    let mut seen: BTreeSet<&str> = ["file", "less", "majority"].into();
    let overlays: BTreeSet<String> = ["new", "remove"].map(str::to_owned).into();
    for (table, text) in places() {
        let read: BTreeSet<String> = known_keys(&text).into_iter().collect();
        let keys = schema["$defs"][table]["properties"].as_object().unwrap_or_else(|| panic!("{table}")).keys();
        let known: BTreeSet<String> = keys.filter(|key| !overlays.contains(*key)).cloned().collect();
        assert_eq!(known, read, "{table}");
        seen.insert(table);
    }
    let tables = schema["$defs"].as_object().unwrap().iter().filter(|(_, of)| of["type"] == "object");
    assert_eq!(seen, tables.map(|(name, _)| name.as_str()).collect(), "every table is compared");
}
