//! Every sheet in JSON is as docs/sheet.schema.json says, by our own reader of schemas and by another one.

use std::fs;
use std::process::Command;

use serde_json::Value;
use triennial::store::catalogue::SHIPPED;

use crate::program::{Folder, skipped};
use crate::schema::fits;

const SCHEMA: &str = "docs/sheet.schema.json";

/// Sheets of the demo and of every shipped cohort, under their names.
fn sheets() -> (Folder, Vec<String>) {
    let folder = Folder::new();
    let mut files = Vec::new();
    for shipped in SHIPPED {
        let id = shipped.id;
        let data = fs::read(format!("rubrics/cohorts/{id}.csv")).unwrap();
        folder.write("data.csv", data);
        let scored = folder.done(&["score", "--rubric", id, "--data", "data.csv", "--format", "json"]);
        let scored: Value = serde_json::from_str(&scored).unwrap();
        let (first, last) = (scored["cycle"]["first"].as_i64().unwrap(), scored["cycle"]["last"].as_i64().unwrap());
        // Data that name no year are of any.
        let cycle = if last < 1900 { "2025".to_owned() } else { format!("{first}-{last}") };
        let file = format!("{id}.triennial");
        folder.done(&["new", &file, "--rubric", id, "--cycle", &cycle, "--decided-on", "2026-06-30"]);
        folder.done(&["import", &file, "data.csv", "--yes"]);
        folder.done(&["export", &file, "--format", "json", "--out", id]);
        folder.done(&["export", &file, "--format", "json", "--public", "--out", &format!("{id}-public")]);
        files.extend(["cohort", "flags"].map(|name| format!("{id}/{name}.json")));
        files.push(format!("{id}-public/public.json"));
        let mut centres: Vec<String> = fs::read_dir(folder.path().join(id).join("centres"))
            .unwrap()
            .map(|entry| format!("{id}/centres/{}", entry.unwrap().file_name().to_str().unwrap()))
            .collect();
        centres.sort();
        // Large cohorts have hundreds of sheets of one form.
        files.extend(centres.into_iter().take(30));
    }
    (folder, files)
}

#[test]
fn every_sheet_is_as_the_published_schema_says() {
    let schema: Value = serde_json::from_str(&fs::read_to_string(SCHEMA).unwrap()).unwrap();
    let (folder, files) = sheets();
    assert!(files.len() > 100, "{}", files.len());
    for file in &files {
        let sheet: Value = serde_json::from_str(&folder.read(file)).unwrap();
        assert!(fits(&schema, &schema, &sheet), "{file}");
    }
    // What is not as it says does not fit: a decimal as a number, a key that is not there, one that nobody knows.
    let sheet: Value = serde_json::from_str(&folder.read("ncti/cohort.json")).unwrap();
    let mut changed = sheet.clone();
    changed["tables"]["scores"][0]["total"] = serde_json::json!(91.21);
    assert!(!fits(&schema, &schema, &changed));
    for key in ["provenance", "tables", "draft"] {
        let mut changed = sheet.clone();
        changed.as_object_mut().unwrap().remove(key);
        assert!(!fits(&schema, &schema, &changed), "{key}");
    }
    let mut changed = sheet.clone();
    changed["unknown"] = serde_json::json!("x");
    assert!(!fits(&schema, &schema, &changed));
    another_reader(&folder, &files);
}

/// The same by the reader of schemas that Python has, which also knows patterns.
fn another_reader(folder: &Folder, files: &[String]) {
    const SCRIPT: &str = "import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
reader = jsonschema.Draft202012Validator(schema)
for name in sys.argv[2:]:
    sheet = json.load(open(name))
    faults = [f for e in reader.iter_errors(sheet) for f in (e.context or [e])]
    assert not faults, (name, [f.message[:200] for f in faults][:3])
sheet['tables']['public'] = [{'name': 'x', 'grade': None, 'outcome': None, 'total': '1e3'}]
assert not reader.is_valid(sheet)
print(len(sys.argv) - 2)
";
    let schema = fs::canonicalize(SCHEMA).unwrap();
    let has_reader = |python: &&str| {
        Command::new(python).args(["-c", "import jsonschema"]).output().is_ok_and(|ran| ran.status.success())
    };
    let Some(python) = ["python3", "/usr/bin/python3"].into_iter().find(has_reader) else {
        skipped("sheet_schema::another_reader", "no python3 with jsonschema");
        return;
    };
    // The last one is of the public, into which a slip is put.
    let (public, others): (Vec<_>, Vec<_>) = files.iter().partition(|file| file.contains("public"));
    let ran = Command::new(python)
        .args(["-c", SCRIPT])
        .arg(schema)
        .args(others)
        .args(public)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(String::from_utf8_lossy(&ran.stdout).trim(), files.len().to_string());
}
