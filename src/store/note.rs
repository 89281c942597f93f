//! Notes of change as they are kept: TOML, one `[[note]]` behind the other, each sealed with a digest of itself and of the
//! note before, so that a note that is edited, taken out or put in between is found.
//!
//! Whoever works the digests out again can write other notes; version control sees that. Must not know where notes lie.

use serde::{Deserialize, Serialize};

use crate::domain::diagnostic::Diagnostic;
use crate::domain::digest;
use crate::domain::note::{About, Acceptance, Mark, Moved, Note, Verdict};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NotesText {
    #[serde(default)]
    note: Vec<NoteText>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteText {
    date: String,
    who: String,
    reason: String,
    article: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<String>,
    new: String,
    digest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<MovedText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mark: Vec<MarkText>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MovedText {
    grade: usize,
    flags: usize,
    score: usize,
    same: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkText {
    #[serde(skip_serializing_if = "Option::is_none")]
    centre: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    verdict: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    remark: String,
}

/// The notes of a text, the oldest first.
///
/// # Errors
/// `E-note` for a text that holds something else, for a note that is not as it was written, and for one that does not
/// begin where the one before ends.
pub fn notes(text: &str) -> Result<Vec<Note>, Diagnostic> {
    let read: NotesText = toml::from_str(text).map_err(|fault| broken(fault.message(), fault.message()))?;
    let mut notes: Vec<Note> = Vec::new();
    for (text, at) in read.note.into_iter().zip(1_usize..) {
        let unlike = || broken(format!("note {at} is not as it was written"), format!("第 {at} 条记录已被改动"));
        let note = note(text).ok_or_else(unlike)?;
        if seal(&note, notes.last()) != note.digest {
            return Err(unlike());
        }
        if note.old.as_deref() != notes.last().map(|before| before.new.as_str()) {
            return Err(broken(
                format!("note {at} does not begin where the one before it ends"),
                format!("第 {at} 条记录与前一条不衔接"),
            ));
        }
        notes.push(note);
    }
    Ok(notes)
}

fn broken(en: impl Into<String>, zh: impl Into<String>) -> Diagnostic {
    Diagnostic::error("E-note", en, zh)
        .help("take the notes back from version control and accept again", "请从版本库恢复该记录文件，再重新认可")
}

/// A note that follows another, sealed.
pub fn next(said: Acceptance, new: String, moved: Option<Moved>, before: Option<&Note>) -> Note {
    let old = before.map(|before| before.new.clone());
    let mut note = Note { said, old, new, moved, digest: String::new() };
    note.digest = seal(&note, before);
    note
}

/// A note as it is put behind those that are there.
///
/// # Errors
/// `E-note` where it cannot be written down, which no note of ours is.
pub fn text(note: &Note) -> Result<String, Diagnostic> {
    let text = toml::to_string(&NotesText { note: vec![mirror(note)] });
    text.map_err(|fault| broken(fault.to_string(), fault.to_string()))
}

fn seal(note: &Note, before: Option<&Note>) -> String {
    let before = before.map(|before| before.digest.as_str());
    let unsealed = NoteText { digest: String::new(), ..mirror(note) };
    // Only a map with keys that are not text makes serde_json fail; there is none.
    digest::text(&serde_json::to_vec(&("triennial note 1", before, unsealed)).unwrap_or_default())
}

fn mirror(note: &Note) -> NoteText {
    let Note { said, old, new, moved, digest } = note.clone();
    let mark = |mark: Mark| {
        let (centre, cause) = match mark.about {
            About::Centre(id) => (Some(id), None),
            About::Cause(words) => (None, Some(words)),
        };
        MarkText { centre, cause, verdict: mark.verdict.id().to_owned(), remark: mark.remark }
    };
    let moved = moved.map(|Moved { grade, flags, score, same }| MovedText { grade, flags, score, same });
    NoteText {
        date: said.on.to_string(),
        who: said.by,
        reason: said.reason,
        article: said.article,
        old,
        new,
        digest,
        moved,
        mark: said.marks.into_iter().map(mark).collect(),
    }
}

fn note(text: NoteText) -> Option<Note> {
    let mark = |mark: MarkText| {
        let about = match (mark.centre, mark.cause) {
            (Some(id), None) => About::Centre(id),
            (None, Some(words)) => About::Cause(words),
            _ => return None,
        };
        let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.id() == mark.verdict)?;
        Some(Mark { about, verdict, remark: mark.remark })
    };
    let moved = text.moved.map(|MovedText { grade, flags, score, same }| Moved { grade, flags, score, same });
    let said = Acceptance {
        by: text.who,
        on: text.date.parse().ok()?,
        reason: text.reason,
        article: text.article,
        marks: text.mark.into_iter().map(mark).collect::<Option<_>>()?,
    };
    Some(Note { said, old: text.old, new: text.new, moved, digest: text.digest })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn said(reason: &str) -> Acceptance {
        let mark = |about, verdict| Mark { about, verdict, remark: "see minutes".to_owned() };
        Acceptance {
            by: "李雷".to_owned(),
            on: date(2026, 11, 25),
            reason: reason.to_owned(),
            article: "ncti-2021 第二十八条".to_owned(),
            marks: vec![
                mark(About::Centre("c01".to_owned()), Verdict::Discuss),
                mark(About::Cause("threshold of \"Excellent\"\n85 -> 87".to_owned()), Verdict::Accept),
            ],
        }
    }

    fn two() -> String {
        let first = next(said("first"), "aa".to_owned(), None, None);
        let moved = Moved { grade: 3, flags: 1, score: 14, same: 82 };
        let second = next(said("stricter"), "bb".to_owned(), Some(moved), Some(&first));
        format!("{}\n{}", text(&first).unwrap(), text(&second).unwrap())
    }

    #[test]
    fn notes_are_read_as_they_were_written() {
        let notes = notes(&two()).unwrap();
        assert_eq!(notes.len(), 2);
        assert_eq!((notes[1].old.as_deref(), notes[1].new.as_str()), (Some("aa"), "bb"));
        assert_eq!((&notes[0].said, &notes[1].said), (&said("first"), &said("stricter")));
        assert_eq!(notes[1].moved.unwrap().same, 82);
    }

    /// Words, counts, marks, dates and digests; a note taken out, turned round or added.
    #[test]
    fn a_note_that_was_touched_is_found() {
        let whole = two();
        let again = |from: &str, to: &str| whole.replacen(from, to, 1);
        let cut = whole.rfind("[[note]]\n").unwrap();
        let second = &whole[cut..];
        let touched = [
            again("stricter", "laxer"),
            again("李雷", "韩梅梅"),
            again("2026-11-25", "2026-11-24"),
            again("same = 82", "same = 83"),
            again("\"discuss\"", "\"accept\""),
            again("\"aa\"", "\"ab\""),
            again("see minutes", ""),
            again("digest = \"", "digest = \"0"),
            second.to_owned(),
            format!("{second}\n{}", &whole[..cut]),
            format!("{whole}\n{second}"),
            again("reason", "because"),
            "[[note]]".to_owned(),
            "snapshot".to_owned(),
        ];
        for text in touched {
            assert_ne!(text, whole);
            assert_eq!(notes(&text).unwrap_err().code, "E-note", "{text}");
        }
        assert_eq!(notes("").unwrap(), []);
    }
}
