//! Where two texts differ in meaning, value by value, and which of these differences a person would call one edit.

use super::{Spot, Value, means};
use crate::domain::edit::Subject;

/// One step from a table to what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Id(String),
    Nth(usize),
    /// The order of a list, not what stands in it.
    Order,
}

/// A value that is different, new or gone.
#[derive(Debug, Clone)]
pub(super) struct Difference {
    pub path: Vec<Step>,
    pub old: Option<Spot>,
    pub new: Option<Spot>,
    /// The ids of the new list that something new with an id stands in, in their order.
    pub among: Vec<String>,
}

/// Every value that differs, in the order of the paths.
pub(super) fn differences(old: &Spot, new: &Spot) -> Vec<Difference> {
    let mut found = Vec::new();
    walk(old, new, &mut Vec::new(), "", &mut found);
    found
}

fn walk(old: &Spot, new: &Spot, path: &mut Vec<Step>, name: &str, found: &mut Vec<Difference>) {
    let here = |path: &[Step], old: Option<&Spot>, new: Option<&Spot>| Difference {
        path: path.to_vec(),
        old: old.cloned(),
        new: new.cloned(),
        among: Vec::new(),
    };
    match (&old.value, &new.value) {
        (Value::Table(before), Value::Table(after)) => {
            let keys = before.keys().chain(after.keys().filter(|key| !before.contains_key(*key)));
            for key in keys.filter(|key| means(name, key)) {
                path.push(Step::Key(key.clone()));
                both(before.get(key), after.get(key), path, key, &[], found);
                path.pop();
            }
        }
        (Value::Items(before), Value::Items(after)) => {
            let added = after.ids.iter().filter(|id| !before.by_id.contains_key(*id));
            for id in before.ids.iter().chain(added) {
                path.push(Step::Id(id.clone()));
                both(before.by_id.get(id), after.by_id.get(id), path, "", &after.ids, found);
                path.pop();
            }
            let common = |ids: &[String], other: &super::Items| -> Vec<String> {
                ids.iter().filter(|id| other.by_id.contains_key(*id)).cloned().collect()
            };
            if after.ordered && common(&before.ids, after) != common(&after.ids, before) {
                path.push(Step::Order);
                found.push(here(path, Some(old), Some(new)));
                path.pop();
            }
        }
        (Value::List(before), Value::List(after)) if before.len() == after.len() => {
            for (at, (before, after)) in before.iter().zip(after).enumerate() {
                path.push(Step::Nth(at));
                walk(before, after, path, "", found);
                path.pop();
            }
        }
        _ if old.value.spelt(name) != new.value.spelt(name) => found.push(here(path, Some(old), Some(new))),
        _ => {}
    }
}

fn both(
    old: Option<&Spot>,
    new: Option<&Spot>,
    path: &mut Vec<Step>,
    name: &str,
    among: &[String],
    found: &mut Vec<Difference>,
) {
    match (old, new) {
        (Some(old), Some(new)) => walk(old, new, path, name, found),
        (old, new) => {
            found.push(Difference { path: path.clone(), old: old.cloned(), new: new.cloned(), among: among.to_vec() });
        }
    }
}

/// How much of a path names what the edit is about; what lies below belongs to the same edit.
fn reach(path: &[Step], whole_rules: &[Vec<Step>]) -> usize {
    let behind = path.iter().rposition(|step| matches!(step, Step::Id(_))).map_or(1, |at| at + 1);
    let rest = &path[behind.min(path.len())..];
    let whole = |path: &[Step]| whole_rules.iter().any(|rule| rule == path);
    let key = |at: usize| match rest.get(at) {
        Some(Step::Key(key)) => Some(key.as_str()),
        _ => None,
    };
    let deep = match (key(0), key(1), rest.get(2)) {
        (None, ..) => rest.len().min(1),
        (Some("rule"), ..) if whole(&path[..behind + 1]) => 1,
        (Some("rule"), Some("bands"), Some(Step::Nth(_))) => 3,
        (Some("rule"), Some(_), _) => 2,
        (Some(_), None, _) if matches!(rest.get(1), Some(Step::Nth(_))) => 2,
        _ => 1,
    };
    behind + deep
}

/// The differences that make one edit each, with the path that the edit is about.
pub(super) fn grouped(differences: Vec<Difference>) -> Vec<(Vec<Step>, Vec<Difference>)> {
    let is_kind =
        |path: &[Step]| matches!(path, [.., Step::Key(rule), Step::Key(kind)] if rule == "rule" && kind == "kind");
    // Another kind of rule is another rule: none of its numbers can be compared.
    let whole_rules: Vec<Vec<Step>> =
        differences.iter().filter(|d| is_kind(&d.path)).map(|d| d.path[..d.path.len() - 1].to_vec()).collect();
    let mut groups: Vec<(Vec<Step>, Vec<Difference>)> = Vec::new();
    for difference in differences {
        let about = difference.path[..reach(&difference.path, &whole_rules).min(difference.path.len())].to_vec();
        match groups.iter_mut().find(|(known, _)| *known == about) {
            Some((_, group)) => group.push(difference),
            None => groups.push((about, vec![difference])),
        }
    }
    groups
}

/// Whether two edits are one because the points of a criterion are those of its parts, or an indicator's those of its
/// checklist.
pub(super) fn belong_together(a: &[Step], b: &[Step]) -> bool {
    let points = Step::Key("points".to_owned());
    let own = |path: &[Step]| path.last() == Some(&points);
    let inside = |outer: &[Step], inner: &[Step]| {
        let Some((last, table)) = outer.split_last() else { return false };
        let part = own(inner) || inner.contains(&Step::Key("checklist".to_owned()));
        *last == points && part && inner.len() > outer.len() && inner.starts_with(table)
    };
    inside(a, b) || inside(b, a)
}

/// What an edit with this path is about.
pub(super) fn subject(path: &[Step]) -> Subject {
    let behind = path.iter().rposition(|step| matches!(step, Step::Id(_)));
    let list = match behind {
        Some(at) => path[..at].iter().rev().find_map(key),
        None => path.first().and_then(key),
    };
    let id = match behind.map(|at| &path[at]) {
        Some(Step::Id(id)) => id.clone(),
        _ => String::new(),
    };
    Subject {
        list: list.unwrap_or_default().to_owned(),
        id,
        key: joined(&path[behind.map_or(1, |at| at + 1).min(path.len())..]),
    }
}

/// Steps as a person reads them: `rule.bands.2`, positions counted from 1.
pub(super) fn joined(path: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Key(key) => key.clone(),
        Step::Id(id) => id.clone(),
        Step::Nth(at) => (at + 1).to_string(),
        Step::Order => "order".to_owned(),
    };
    path.iter().map(step).collect::<Vec<_>>().join(".")
}

fn key(step: &Step) -> Option<&str> {
    match step {
        Step::Key(key) => Some(key),
        _ => None,
    }
}
