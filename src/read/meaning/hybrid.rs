//! A rubric with some of the edits that lead from one text to another: the old tables with these edits made, read as any
//! rubric is.
//!
//! Only that points add up is not asked of it, because one weight without its counterpart never does. Edits without which
//! another cannot be read are made one with it.

use std::ops::Range;

use super::edits::{self, Step, belong_together, grouped, joined, subject};
use super::{Items, Spot, Value, meaning, read};
use crate::domain::attribution::{MOST, MOST_BY_SUBSETS, Method, Subset};
use crate::domain::edit::{Alteration, Edit, Written};
use crate::domain::rubric::Rubric;
use crate::read::overlay::Whole;

/// Two rubrics and the edits that lead from one to the other.
pub struct Difference {
    old: Spot,
    /// The meaning of the two texts.
    pub meanings: (String, String),
    rubrics: (Rubric, Rubric),
    /// Edits that a score may depend on, in the order of the old text with what is new behind.
    pub edits: Vec<Edit>,
    /// Edits of what is cited.
    pub citations: Vec<Edit>,
    /// What each of `edits` changes.
    made: Vec<Vec<edits::Difference>>,
}

/// Edits that are one, with the paths they are about.
type Group = Vec<(Vec<Step>, Vec<edits::Difference>)>;

impl Difference {
    /// Works out the edits from one rubric to another; `None` where one of them cannot be read.
    pub fn between(old: &Whole, new: &Whole) -> Option<Self> {
        let rubrics = (old.rubric.clone()?, new.rubric.clone()?);
        let (before, after) = (read(&old.text), read(&new.text));
        let mut groups: Vec<Group> = Vec::new();
        for group in grouped(edits::differences(&before, &after)) {
            let (with, mut rest): (Vec<Group>, Vec<Group>) =
                groups.into_iter().partition(|known| known.iter().any(|(about, _)| belong_together(about, &group.0)));
            let mut one: Group = with.into_iter().flatten().collect();
            one.push(group);
            // A criterion before its parts.
            one.sort_by_key(|(about, _)| about.len());
            rest.push(one);
            groups = rest;
        }
        let told = |group: &Group| Edit { parts: group.iter().map(|part| alteration(part, old, new)).collect() };
        let (citations, groups): (Vec<Group>, Vec<Group>) =
            groups.into_iter().partition(|group| told(group).is_citation());
        let meanings = (meaning(&old.text), meaning(&new.text));
        let mut difference = Self {
            old: before,
            meanings,
            rubrics,
            edits: Vec::new(),
            citations: citations.iter().map(told).collect(),
            made: Vec::new(),
        };
        let groups = difference.settled(groups);
        difference.edits = groups.iter().map(told).collect();
        difference.made = groups.iter().map(made).collect();
        Some(difference)
    }

    /// How changes are shared out among the edits.
    pub fn method(&self) -> Method {
        Method::of(self.edits.len())
    }

    /// The rubric with just these edits made; without any the old one, with all of them the new one.
    pub fn rubric(&self, edits: Subset) -> Option<Rubric> {
        if edits.is_empty() {
            return Some(self.rubrics.0.clone());
        }
        if edits.len() == self.edits.len() {
            return Some(self.rubrics.1.clone());
        }
        self.hybrid(edits.edits().filter_map(|edit| self.made.get(edit)))
    }

    fn hybrid<'a>(&self, made: impl Iterator<Item = &'a Vec<edits::Difference>>) -> Option<Rubric> {
        let mut tree = self.old.clone();
        made.flatten().for_each(|difference| make(&mut tree, &difference.path, difference));
        crate::read::rubric::not_adding_up(&written(&tree))
    }

    /// Makes edits one that cannot stand alone, until every subset that will be asked for can be read.
    fn settled(&self, mut groups: Vec<Group>) -> Vec<Group> {
        if groups.len() > MOST {
            // More than can be told apart: the last ones are one.
            let rest = groups.split_off(MOST - 1);
            groups.push(rest.into_iter().flatten().collect());
        }
        while let Some(joined) = self.broken(&groups) {
            let (one, mut apart): (Vec<_>, Vec<_>) =
                groups.into_iter().enumerate().partition(|(at, _)| joined.has(*at));
            let first = one.first().map_or(0, |(at, _)| *at);
            apart.push((first, one.into_iter().flat_map(|(_, group)| group).collect()));
            apart.sort_by_key(|(at, _)| *at);
            groups = apart.into_iter().map(|(_, group)| group).collect();
        }
        groups
    }

    /// Edits to be made one: a smallest subset that cannot be read, with what it wants.
    fn broken(&self, groups: &[Group]) -> Option<Subset> {
        let count = groups.len();
        let all = Subset::first(count);
        let made: Vec<Vec<edits::Difference>> = groups.iter().map(made).collect();
        let reads = |subset: Subset| subset == all || self.hybrid(subset.edits().map(|at| &made[at])).is_some();
        let mut asked: Vec<Subset> = (0..count).map(|at| Subset::NONE.with(at)).collect();
        if count <= MOST_BY_SUBSETS {
            asked.extend(Subset::all(count));
        } else {
            asked.extend((0..=count).map(Subset::first));
        }
        asked.retain(|subset| !subset.is_empty());
        asked.sort_by_key(|subset| (subset.len(), *subset));
        let broken = asked.into_iter().find(|subset| !reads(*subset))?;
        let wanted = (0..count).filter(|at| !broken.has(*at)).map(|at| broken.with(at)).find(|subset| reads(*subset));
        Some(wanted.unwrap_or(all))
    }
}

fn made(group: &Group) -> Vec<edits::Difference> {
    group.iter().flat_map(|(_, differences)| differences.iter().cloned()).collect()
}

fn alteration((about, differences): &(Vec<Step>, Vec<edits::Difference>), old: &Whole, new: &Whole) -> Alteration {
    let value = |difference: &edits::Difference| crate::domain::edit::Value {
        key: joined(&difference.path[about.len()..]),
        old: difference.old.as_ref().map(|spot| words(spot, old, &difference.path)),
        new: difference.new.as_ref().map(|spot| words(spot, new, &difference.path)),
    };
    Alteration { subject: subject(about), values: differences.iter().map(value).collect() }
}

fn words(spot: &Spot, whole: &Whole, path: &[Step]) -> Written {
    let text = match (&spot.value, path.last()) {
        (Value::Items(items), Some(Step::Order)) => items.ids.join(", "),
        (Value::Plain { words, .. }, _) => words.trim_matches(['"', '\'']).to_owned(),
        _ => one_line(&spelled(spot)),
    };
    let (file, line) = place(whole, &spot.span);
    Written { text, file, line }
}

fn place(whole: &Whole, span: &Range<usize>) -> (String, usize) {
    let (file, at) = whole.origin(span);
    let before = file.text.get(..at.start).unwrap_or_default();
    (file.name.clone(), before.matches('\n').count() + 1)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes one difference in a tree.
fn make(spot: &mut Spot, path: &[Step], difference: &edits::Difference) {
    let Some((step, rest)) = path.split_first() else {
        if let Some(new) = &difference.new {
            *spot = new.clone();
        }
        return;
    };
    match (step, &mut spot.value) {
        (Step::Key(key), Value::Table(entries)) => match (rest, &difference.old, &difference.new) {
            ([], _, None) => {
                entries.remove(key);
            }
            ([], None, Some(new)) => {
                entries.insert(key.clone(), new.clone());
            }
            _ => {
                if let Some(inner) = entries.get_mut(key) {
                    make(inner, rest, difference);
                }
            }
        },
        (Step::Id(id), Value::Items(items)) => match (rest, &difference.old, &difference.new) {
            ([], _, None) => {
                items.by_id.remove(id);
                items.ids.retain(|known| known != id);
            }
            ([], None, Some(new)) => items.add(id, new, &difference.among),
            _ => {
                if let Some(inner) = items.by_id.get_mut(id) {
                    make(inner, rest, difference);
                }
            }
        },
        (Step::Order, Value::Items(items)) => {
            if let Some(Spot { value: Value::Items(new), .. }) = &difference.new {
                items.order_by(&new.ids);
            }
        }
        (Step::Nth(at), Value::List(all)) => {
            if let Some(inner) = all.get_mut(*at) {
                make(inner, rest, difference);
            }
        }
        _ => {}
    }
}

impl Items {
    /// Adds an item behind the nearest of those that stand before it in `among`, the ids of the new list.
    fn add(&mut self, id: &str, new: &Spot, among: &[String]) {
        let before = among.iter().take_while(|known| *known != id);
        let behind = before.filter_map(|known| self.ids.iter().position(|own| own == known)).last();
        self.ids.insert(behind.map_or(0, |at| at + 1), id.to_owned());
        self.by_id.insert(id.to_owned(), new.clone());
    }

    fn order_by(&mut self, ids: &[String]) {
        let place = |id: &String| ids.iter().position(|known| known == id).unwrap_or(usize::MAX);
        self.ids.sort_by_key(place);
    }
}

/// A tree as TOML: everything inline, the header's table last so that nothing stands inside it by accident.
fn written(tree: &Spot) -> String {
    let Value::Table(entries) = &tree.value else { return String::new() };
    let mut text = String::new();
    for (key, spot) in entries.iter().filter(|(key, _)| *key != "rubric") {
        text.push_str(&format!("{} = {}\n", quoted(key), spelled(spot)));
    }
    if let Some(Spot { value: Value::Table(header), .. }) = entries.get("rubric") {
        text.push_str("[rubric]\n");
        for (key, spot) in header {
            text.push_str(&format!("{} = {}\n", quoted(key), spelled(spot)));
        }
    }
    text
}

fn spelled(spot: &Spot) -> String {
    match &spot.value {
        Value::Table(entries) => {
            let entry = |(key, spot): (&String, &Spot)| format!("{} = {}", quoted(key), spelled(spot));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Items(items) => {
            let all: Vec<String> = items.ids.iter().filter_map(|id| items.by_id.get(id)).map(spelled).collect();
            format!("[{}]", all.join(", "))
        }
        Value::List(all) => format!("[{}]", all.iter().map(spelled).collect::<Vec<_>>().join(", ")),
        Value::Plain { words, .. } => words.clone(),
    }
}

fn quoted(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { format!("{key:?}") }
}
