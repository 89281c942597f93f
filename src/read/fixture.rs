//! Fixtures of a rubric: readings, and what they should come to, in one TOML file.
//!
//! Strict as rubrics are: an unknown key, node, grade or centre is a fault at its place, and all faults are told. Opens
//! no file: where the readings stand in a file of their own, its name is handed out. Must not score.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};
use jiff::civil::Date;

use super::fact;
use super::toml::{self, Source, Table, parse, unknown_word};
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::fixture::{Expected, Item, Value};
use crate::domain::reading::Cycle;
use crate::domain::rubric::Rubric;

/// A fixture before its rubric is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixture {
    /// A path from where the fixture lies, or the id of a shipped rubric.
    pub rubric: String,
    pub cycle: Option<Cycle>,
    pub decided_on: Option<Date>,
    /// Where the expected values come from.
    pub source: String,
    pub readings: Readings,
}

/// The readings of a fixture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readings {
    /// A table in the fixture itself.
    Table(String),
    /// A path from where the fixture lies.
    File(String),
}

const KEYS: &[&str] = &["rubric", "cycle", "decided_on", "source", "data", "file", "expect"];
const EXPECT: &[&str] = &["centre", "points", "total", "grade", "rank", "outcome", "flags"];
const NAME: &str = "a fixture";

/// What a fixture says before anything is looked up; nothing where it has errors.
pub fn fixture(text: &str) -> (Option<Fixture>, Vec<Diagnostic>) {
    let source = Source::new(text);
    let fixture = parse(&source).and_then(|tree| read(&source, tree.get_ref()));
    let fixture = fixture.filter(|_| !source.has_errors());
    (fixture, source.faults())
}

fn read(source: &Source<'_>, tree: &DeTable<'_>) -> Option<Fixture> {
    let table = Table::open(source, tree, 0..0, NAME, KEYS);
    let rubric = table.required("rubric", "rubric = \"ncti\"");
    let from = table.required("source", "source = \"worked out by hand from article 28\"");
    let cycle = table.string("cycle").map(|text| (text, fact::cycle(text)));
    if let Some((text, None)) = cycle {
        bad(source, table.place("cycle"), text, ("years such as 2023-2025", "年份，如 2023-2025"));
    }
    let decided_on = table.string("decided_on").map(|text| (text, text.parse::<Date>().ok()));
    if let Some((text, None)) = decided_on {
        bad(source, table.place("decided_on"), text, ("a day such as 2026-06-30", "日期，如 2026-06-30"));
    }
    let readings = match (table.string("data"), table.string("file")) {
        (Some(data), None) => Some(Readings::Table(data.to_owned())),
        (None, Some(file)) => Some(Readings::File(file.to_owned())),
        (Some(_), Some(_)) => {
            let what = Diagnostic::error("E-fixture-data", "both `data` and `file`", "同时给出了 `data` 和 `file`");
            source.fault(what.help("keep one of them", "请只保留一个").at(table.place("file")));
            None
        }
        (None, None) => {
            table.missing("data", "data = \"\"\"centre,metric,year,value…\"\"\"");
            None
        }
    };
    if table.get("expect").is_none() {
        table.missing("expect", "[[expect]] with centre = \"c01\" and total = 81.5");
    }
    table.tables("expect", "[[expect]]", EXPECT);
    Some(Fixture {
        rubric: rubric?.to_owned(),
        cycle: cycle.and_then(|(_, cycle)| cycle),
        decided_on: decided_on.and_then(|(_, day)| day),
        source: from?.to_owned(),
        readings: readings?,
    })
}

fn bad(source: &Source<'_>, at: Range<usize>, found: &str, wanted: (&str, &str)) {
    let what = Diagnostic::error(
        "E-fixture-value",
        format!("`{found}` is not {}", wanted.0),
        format!("`{found}` 不是{}", wanted.1),
    );
    source.fault(what.help(format!("write {}", wanted.0), format!("请填写{}", wanted.1)).at(at));
}

/// What a fixture expects of a cohort under a rubric, each with the place where it is written.
pub fn expected(text: &str, rubric: &Rubric, cohort: &Cohort) -> (Vec<(Expected, Range<usize>)>, Vec<Diagnostic>) {
    let source = Source::new(text);
    let mut found = Vec::new();
    if let Some(tree) = parse(&source) {
        let top = Table::reopen_top(&source, tree.get_ref());
        for table in top.tables("expect", "[[expect]]", EXPECT) {
            one(&source, &table, rubric, cohort, &mut found);
        }
    }
    found.sort_by_key(|(_, at)| at.start);
    (found, source.faults())
}

fn one<'a>(
    source: &'a Source<'a>,
    table: &Table<'a>,
    rubric: &Rubric,
    cohort: &Cohort,
    found: &mut Vec<(Expected, Range<usize>)>,
) {
    let Some(id) = table.required("centre", "centre = \"c01\"") else { return };
    let Some(centre) = cohort.find(id) else {
        let known: Vec<&str> = cohort.all().map(|ix| cohort.centre(ix).id.as_str()).collect();
        return unknown_word(source, table.place("centre"), id, "centre", &known);
    };
    let mut add = |item, (value, places), at| found.push((Expected { centre, item, value, places }, at));
    if let Some(points) = table.get("points") {
        let entries = Table::of(source, points, "points", &ids(rubric));
        for (id, at, value) in entries.iter().flat_map(Table::entries) {
            if let (Some(node), Some(wanted)) = (rubric.node(id), number(source, value, id)) {
                add(Item::Points(node), wanted, at);
            }
        }
    }
    for (key, item) in [("total", Item::Total), ("rank", Item::Rank)] {
        if let Some(wanted) = table.get(key).and_then(|value| number(source, value, key)) {
            add(item, wanted, table.place(key));
        }
    }
    let grades: Vec<&str> = rubric.grades.iter().map(|grade| grade.id.as_str()).collect();
    if let Some(wanted) = known(source, table, "grade", Some(&grades)) {
        add(Item::Grade, (wanted, 0), table.place("grade"));
    }
    if let Some(wanted) = known(source, table, "outcome", None) {
        add(Item::Outcome, (wanted, 0), table.place("outcome"));
    }
    if table.get("flags").is_some() {
        let mut ids: Vec<String> = table.strings("flags").into_iter().map(|(id, _)| id.to_owned()).collect();
        ids.sort();
        add(Item::Flags, (Value::Ids(ids), 0), table.place("flags"));
    }
}

fn ids(rubric: &Rubric) -> Vec<&str> {
    rubric.nodes.iter().map(|node| node.id.as_str()).collect()
}

/// A number with the decimal places it is written with; an empty text stands for none.
fn number(source: &Source<'_>, value: &Spanned<DeValue<'_>>, key: &str) -> Option<(Value, u32)> {
    if matches!(value.get_ref(), DeValue::String(text) if text.is_empty()) {
        return Some((Value::None, 0));
    }
    let number = toml::number(source, value, key)?;
    let written = source.text.get(value.span()).unwrap_or_default().trim_matches(['"', '\'']);
    let places = written.split_once('.').map_or(0, |(_, after)| after.len());
    Some((Value::Number(number), u32::try_from(places).unwrap_or(0)))
}

/// An id, one of `known` where these can be told; an empty text stands for none.
fn known(source: &Source<'_>, table: &Table<'_>, key: &str, known: Option<&[&str]>) -> Option<Value> {
    let id = table.string(key)?;
    if id.is_empty() {
        return Some(Value::None);
    }
    if let Some(known) = known.filter(|known| !known.contains(&id)) {
        unknown_word(source, table.place(key), id, key, known);
        return None;
    }
    Some(Value::Id(id.to_owned()))
}
