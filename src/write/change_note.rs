//! An accepted change of a rubric as a note that is kept beside it: who, when, why and by which article, what was edited,
//! whom that moves, and what was said of it. TOML, one `[[change]]` after the other, so that a later one is put behind.
//! Must not know where the note is kept.

use jiff::civil::Date;
use toml::Value;

use crate::domain::comparison::{Change, Extent, Side};
use crate::domain::review::{About, Marks, Reviewed};
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::wording::{bench, review};

/// Who accepted a change, when and why.
#[derive(Debug, Clone, Copy)]
pub struct Acceptance<'a> {
    pub date: Date,
    pub who: &'a str,
    pub reason: &'a str,
    /// The document and article that it rests on.
    pub article: &'a str,
}

/// One change, as it is put behind those before it.
pub fn change_note(reviewed: &Reviewed, marks: &Marks, accepted: Acceptance<'_>) -> String {
    let Acceptance { date, who, reason, article } = accepted;
    let (old, new, cohort) = &reviewed.names;
    let count = |extent| reviewed.comparison.count(extent);
    let mut text = format!("[[change]]\ndate = {date}\n");
    for (key, value) in [("who", who), ("reason", reason), ("article", article), ("cohort", cohort)] {
        text += &format!("{key} = {}\n", quoted(value));
    }
    text += &format!("old = {}\n", side(old, &reviewed.old, &reviewed.meanings.0));
    text += &format!("new = {}\n", side(new, &reviewed.new, &reviewed.meanings.1));
    text += &format!(
        "moved = {{ grade = {}, flags = {}, score = {}, same = {} }}\n",
        count(Extent::Grade),
        count(Extent::Flags),
        count(Extent::Score),
        reviewed.comparison.same
    );
    let moved = reviewed.moved();
    for (at, edit) in reviewed.edits.iter().enumerate() {
        let words = |lang| quoted(&review::edit(reviewed, edit, lang));
        text += &format!("\n[[change.edit]]\nwhat = {{ en = {}, zh = {} }}\n", words(Lang::En), words(Lang::Zh));
        text += &format!("moves = {}\n", moved[at].centres);
        text += &mark(marks, &About::Edit(at));
    }
    for edit in &reviewed.citations {
        let words = |lang| quoted(&review::edit(reviewed, edit, lang));
        text += &format!("\n[[change.edit]]\nwhat = {{ en = {}, zh = {} }}\n", words(Lang::En), words(Lang::Zh));
        text += "moves = 0\n";
    }
    // Who only gains or loses points is counted above, and listed where something was said of it.
    let told =
        |change: &&Change| change.extent != Extent::Score || marks.of(&About::Centre(change.centre.clone())).is_some();
    for change in reviewed.comparison.changes.iter().filter(told) {
        text += &centre(reviewed, change);
        text += &mark(marks, &About::Centre(change.centre.clone()));
    }
    text
}

fn centre(reviewed: &Reviewed, change: &Change) -> String {
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    let grade = |side: Option<&Side>| side.and_then(|side| side.grade.clone()).unwrap_or("-".to_owned());
    let mut text = format!("\n[[change.centre]]\nid = {}\n", quoted(&change.centre));
    text += &format!("grade = {}\n", quoted(&bench::moved(&grade(old), &grade(new))));
    let total = bench::moved(&review::total(&reviewed.old, old), &review::total(&reviewed.new, new));
    text += &format!("total = {}\n", quoted(&total));
    let flags = change.gained().into_iter().map(|flag| format!("+{flag}"));
    let flags: Vec<String> = flags.chain(change.lost().into_iter().map(|flag| format!("-{flag}"))).collect();
    if !flags.is_empty() {
        text += &format!("flags = {}\n", quoted(&flags.join(" ")));
    }
    text
}

fn mark(marks: &Marks, about: &About) -> String {
    let Some(mark) = marks.of(about) else { return String::new() };
    let verdict = format!("mark = {}\n", quoted(mark.verdict.id()));
    if mark.note.is_empty() { verdict } else { format!("{verdict}note = {}\n", quoted(&mark.note)) }
}

fn side(name: &str, rubric: &Rubric, meaning: &str) -> String {
    let [name, id, edition, meaning] = [name, &rubric.id, &rubric.edition, meaning].map(quoted);
    format!("{{ name = {name}, rubric = {id}, edition = {edition}, meaning = {meaning} }}")
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
