//! What an overlay does to its base: keys are replaced, tables are found by id, added, or taken out. Nothing is guessed:
//! an id that is not there, or is there already, is a fault at its line in the overlay.

use std::ops::Range;

use super::tree::{Entry, Said, Tree, Value, is_list};
use crate::domain::diagnostic::Diagnostic;
use crate::read::nearest::nearest;

/// An id that an overlay takes out, and where it says so.
#[derive(Debug, Clone)]
pub(super) struct Removed {
    pub file: usize,
    pub id: String,
    pub span: Range<usize>,
}

/// Faults and removals of a chain of overlays.
#[derive(Debug, Default)]
pub(super) struct Merge {
    /// By file.
    pub faults: Vec<(usize, Diagnostic)>,
    pub removed: Vec<Removed>,
}

impl Merge {
    /// Puts an overlay over its base.
    pub fn over(&mut self, base: &mut Tree, mut overlay: Tree) {
        // First what goes, so that something else may come under the same id.
        if let Some(Entry { value: Value::Table(remove), .. }) = overlay.take("remove") {
            remove.entries.iter().for_each(|entry| self.remove(base, entry));
        }
        if let Some(Entry { value: Value::Table(header), at, .. }) = overlay.entries.iter().find(|e| e.key == "rubric")
        {
            let place = if header.at.span.is_empty() { at } else { &header.at };
            for key in ["id", "edition"] {
                if header.get(key).is_none() {
                    let what = Diagnostic::error(
                        "E-overlay-header",
                        format!("the overlay has no `{key}` of its own"),
                        format!("该覆盖文件没有自己的 `{key}`"),
                    );
                    let help = what.help(
                        format!("write `{key}` in [rubric]: what it makes is another rubric than its base"),
                        format!("请在 [rubric] 中写明 `{key}`：结果是另一套体系，不再是原体系"),
                    );
                    self.faults.push((place.file, help.at(place.span.clone())));
                }
            }
        }
        self.entries(base, overlay, true);
    }

    /// Keys and tables of an overlay's table, over those of its base.
    fn entries(&mut self, base: &mut Tree, overlay: Tree, top: bool) {
        let mut replaced: Vec<String> = Vec::new();
        for entry in overlay.entries {
            match &entry.value {
                Value::Item(_) if is_list(&entry.key) => self.item(base, entry),
                Value::Table(_) if top => match base.entries.iter_mut().find(|known| known.key == entry.key) {
                    Some(Entry { value: Value::Table(under), .. }) => {
                        if let Value::Table(over) = entry.value {
                            self.entries(under, over, false);
                        }
                    }
                    _ => base.entries.push(entry),
                },
                Value::Plain(..) if entry.key == "remove" => self.remove_keys(base, &entry),
                Value::Plain(..) if top && base.get(&entry.key).is_some_and(|known| is_list(&known.key)) => {
                    base.entries.push(entry);
                }
                _ => replace(base, entry, &mut replaced),
            }
        }
    }

    /// A table with an id: changes the one of its base, or is new where it says so.
    fn item(&mut self, base: &mut Tree, mut entry: Entry) {
        let Value::Item(tree) = &mut entry.value else { return };
        let new = tree.take("new");
        let Some(id) = tree.text("id").map(str::to_owned) else {
            // The reader says that its id is missing.
            base.entries.push(entry);
            return;
        };
        let at = tree.get("id").map_or(tree.at.clone(), |entry| match &entry.value {
            Value::Plain(place, _) => place.clone(),
            _ => entry.at.clone(),
        });
        let known = |other: &Entry| other.key == entry.key && other.id() == Some(&id);
        let found = base.entries.iter().position(known);
        match (new, found) {
            (None, Some(found)) => {
                if let (Value::Item(under), Value::Item(over)) = (&mut base.entries[found].value, entry.value) {
                    self.entries(under, over, false);
                }
            }
            (None, None) => self.faults.push((at.file, unknown(base, &entry.key, &id).at(at.span))),
            (Some(_), Some(_)) => {
                let what = Diagnostic::error(
                    "E-overlay-known",
                    format!("`{id}` is new here, and the base has one already"),
                    format!("此处声明 `{id}` 为新增，而原体系中已有"),
                );
                let help = what.help(
                    "take `new` out to change it, or take the other out by [remove]",
                    "如需修改请删去 new；如需替换请先在 [remove] 中移除",
                );
                self.faults.push((at.file, help.at(at.span)));
            }
            (Some(new), None) => self.add(base, entry, &new),
        }
    }

    /// Behind the last of its list, or before the one it names.
    fn add(&mut self, base: &mut Tree, entry: Entry, new: &Entry) {
        let last = base.entries.iter().rposition(|other| other.key == entry.key).map(|at| at + 1);
        let (place, said) = match &new.value {
            Value::Plain(place, said) => (place, said),
            Value::Table(tree) | Value::Item(tree) => (&tree.at, &Said::Other),
        };
        let at = match said {
            Said::True => last,
            Said::Before(id) => {
                let found = base.entries.iter().position(|o| o.key == entry.key && o.id() == Some(id));
                if found.is_none() {
                    self.faults.push((place.file, unknown(base, &entry.key, id).at(place.span.clone())));
                }
                found
            }
            _ => {
                let what = Diagnostic::error("E-overlay-new", "`new` is not understood", "`new` 的写法不对");
                let help = what.help(
                    "write new = true, or new = { before = \"an-id\" }",
                    "请写 new = true，或 new = { before = \"某标识\" }",
                );
                self.faults.push((place.file, help.at(place.span.clone())));
                last
            }
        };
        base.entries.insert(at.unwrap_or(base.entries.len()), entry);
    }

    /// `[remove] metric = ["staff"]`.
    fn remove(&mut self, base: &mut Tree, entry: &Entry) {
        let Value::Plain(place, said) = &entry.value else {
            self.bad_remove(&entry.at.clone(), "[remove]");
            return;
        };
        if !is_list(&entry.key) && entry.key != "outcome" {
            self.bad_remove(&entry.at.clone(), &entry.key);
            return;
        }
        for (id, span) in said.texts(&place.span) {
            if !take_out(base, &entry.key, &id) {
                self.faults.push((place.file, unknown_anywhere(base, &entry.key, &id).at(span)));
                continue;
            }
            self.removed.push(Removed { file: place.file, id, span });
        }
        if *said == Said::Other || *said == Said::True {
            self.bad_remove(place, &entry.key);
        }
    }

    fn bad_remove(&mut self, place: &super::tree::Place, key: &str) {
        let what = Diagnostic::error(
            "E-overlay-remove",
            format!("`{key}` says nothing that could be taken out"),
            format!("`{key}` 没有说明要移除什么"),
        );
        let help = what.help(
            "write lists of ids by table: [remove] metric = [\"an-id\"]; inside a table, keys: remove = [\"quota\"]",
            "请按表列出标识：[remove] metric = [\"某标识\"]；在某个表内则列出键：remove = [\"quota\"]",
        );
        self.faults.push((place.file, help.at(place.span.clone())));
    }

    /// `remove = ["quota"]` inside a table: keys that its base has.
    fn remove_keys(&mut self, base: &mut Tree, entry: &Entry) {
        let Value::Plain(place, said) = &entry.value else { return };
        for (key, span) in said.texts(&place.span) {
            let before = base.entries.len();
            base.entries.retain(|known| known.key != key || key == "id");
            if base.entries.len() == before {
                let known = base.entries.iter().map(|known| known.key.as_str());
                let what = Diagnostic::error(
                    "E-overlay-remove",
                    format!("the base has no `{key}` here that could be taken out"),
                    format!("原体系此处没有可移除的 `{key}`"),
                );
                self.faults.push((place.file, suggest(what, nearest(&key, known)).at(span)));
            }
        }
        if *said == Said::Other || *said == Said::True {
            self.bad_remove(place, "remove");
        }
    }
}

impl Said {
    /// One text or several, each with its place.
    fn texts(&self, whole: &Range<usize>) -> Vec<(String, Range<usize>)> {
        match self {
            Self::Text(text) => vec![(text.clone(), whole.clone())],
            Self::Texts(texts) => texts.clone(),
            _ => Vec::new(),
        }
    }
}

/// A value is replaced whole: all tables of that key go, and the new ones stand where the first stood.
fn replace(base: &mut Tree, entry: Entry, replaced: &mut Vec<String>) {
    if replaced.contains(&entry.key) {
        let last =
            base.entries.iter().rposition(|known| known.key == entry.key).map_or(base.entries.len(), |at| at + 1);
        base.entries.insert(last, entry);
        return;
    }
    replaced.push(entry.key.clone());
    let first = base.entries.iter().position(|known| known.key == entry.key).unwrap_or(base.entries.len());
    base.entries.retain(|known| known.key != entry.key);
    base.entries.insert(first.min(base.entries.len()), entry);
}

/// Takes a table out wherever it stands.
fn take_out(tree: &mut Tree, key: &str, id: &str) -> bool {
    let before = tree.entries.len();
    if key == "outcome" {
        let rows = tree.entries.iter_mut().find(|entry| entry.key == key);
        let Some(Entry { value: Value::Table(rows), .. }) = rows else { return false };
        return rows.take(id).is_some();
    }
    tree.entries.retain(|entry| entry.key != key || entry.id() != Some(id));
    tree.entries.len() < before
        || tree.entries.iter_mut().any(|entry| match &mut entry.value {
            Value::Item(inner) | Value::Table(inner) => take_out(inner, key, id),
            Value::Plain(..) => false,
        })
}

fn unknown(base: &Tree, key: &str, id: &str) -> Diagnostic {
    let known = base.entries.iter().filter(|entry| entry.key == key).filter_map(Entry::id);
    let near = nearest(id, known);
    let what = Diagnostic::error(
        "E-overlay-unknown",
        format!("the base has no {key} `{id}` at this place"),
        format!("原体系此处没有 {key} `{id}`"),
    );
    match near {
        Some(_) => suggest(what, near),
        None => what.help(
            "name one that the base has, under the same criterion; what is new says new = true",
            "请写原体系中已有的标识（须在同一上级之下）；新增的请写 new = true",
        ),
    }
}

fn unknown_anywhere(base: &Tree, key: &str, id: &str) -> Diagnostic {
    let mut ids = Vec::new();
    gather(base, key, &mut ids);
    let what = Diagnostic::error(
        "E-overlay-remove",
        format!("the base has no {key} `{id}` that could be taken out"),
        format!("原体系没有可移除的 {key} `{id}`"),
    );
    suggest(what, nearest(id, ids))
}

fn gather<'a>(tree: &'a Tree, key: &str, ids: &mut Vec<&'a str>) {
    for entry in &tree.entries {
        match &entry.value {
            Value::Table(inner) if key == "outcome" && entry.key == key => {
                ids.extend(inner.entries.iter().map(|row| row.key.as_str()));
            }
            Value::Item(inner) | Value::Table(inner) => {
                ids.extend(entry.id().filter(|_| entry.key == key));
                gather(inner, key, ids);
            }
            Value::Plain(..) => {}
        }
    }
}

fn suggest(what: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => what.help(format!("did you mean `{near}`?"), format!("是否想写 `{near}`？")),
        None => what.help("take it out here, or correct it", "请在此处删去或更正"),
    }
}
