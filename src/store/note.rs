//! Notes of change as they are kept: TOML, one `[[note]]` behind the other, each sealed with a digest of itself and of the
//! note before, so that a note that is edited, taken out or put in between is found. And marks that no note has yet, in the same words.
//!
//! Whoever works the digests out again can write other notes; version control sees that. Must not know where notes lie.

use serde::{Deserialize, Serialize};

use crate::domain::diagnostic::Diagnostic;
use crate::domain::digest;
use crate::domain::note::{About, Acceptance, Cause, Mark, Moved, Note, Told, Verdict};

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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    edit: Vec<CauseText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    centre: Vec<ToldText>,
}

/// Marks of a result that waits.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MarksText {
    /// Digest of that result.
    of: String,
    #[serde(default)]
    mark: Vec<MarkText>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CauseText {
    what: String,
    moves: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldText {
    id: String,
    /// Old and new.
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    gained: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lost: Vec<String>,
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
        // What stood before the first note was accepted by none.
        if notes.last().is_some_and(|before| note.old.as_ref() != Some(&before.new)) {
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
pub fn sealed(note: Note, before: Option<&Note>) -> Note {
    Note { digest: seal(&note, before), ..note }
}

/// Marks of a result that waits, and its digest.
///
/// # Errors
/// `E-marks` for a text that holds something else.
pub fn marks(text: &str) -> Result<(Vec<Mark>, String), Diagnostic> {
    let unlike = |en: &str, zh: &str| {
        Diagnostic::error(
            "E-marks",
            format!("these are no marks of a review: {en}"),
            format!("该文件不是审阅标记：{zh}"),
        )
        .help("mend the file, or take it away and mark again", "请更正该文件，或移走后重新标记")
    };
    let read: MarksText = toml::from_str(text).map_err(|fault| unlike(fault.message(), fault.message()))?;
    let all = read.mark.into_iter().map(mark).collect::<Option<_>>();
    all.map(|marks| (marks, read.of)).ok_or_else(|| unlike("a mark without a verdict", "有标记未注明结论"))
}

/// Marks as they are kept until the result they are of is accepted.
///
/// # Errors
/// `E-marks` where they cannot be written down, which none of ours are.
pub fn marks_text(marks: &[Mark], of: &str) -> Result<String, Diagnostic> {
    let text = MarksText { of: of.to_owned(), mark: marks.iter().cloned().map(mark_text).collect() };
    toml::to_string(&text).map_err(|fault| Diagnostic::error("E-marks", fault.to_string(), fault.to_string()))
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
    let Note { said, old, new, moved, told, digest } = note.clone();
    let moved = moved.map(|Moved { grade, flags, score, same }| MovedText { grade, flags, score, same });
    let centre =
        |Told { centre: id, grade, outcome, flags: (gained, lost) }| ToldText { id, grade, outcome, gained, lost };
    NoteText {
        date: said.on.to_string(),
        who: said.by,
        reason: said.reason,
        article: said.article,
        old,
        new,
        digest,
        moved,
        mark: said.marks.into_iter().map(mark_text).collect(),
        edit: said.causes.into_iter().map(|Cause { what, moves }| CauseText { what, moves }).collect(),
        centre: told.into_iter().map(centre).collect(),
    }
}

fn mark_text(mark: Mark) -> MarkText {
    let (centre, cause) = match mark.about {
        About::Centre(id) => (Some(id), None),
        About::Cause(words) => (None, Some(words)),
    };
    MarkText { centre, cause, verdict: mark.verdict.id().to_owned(), remark: mark.remark }
}

fn mark(text: MarkText) -> Option<Mark> {
    let about = match (text.centre, text.cause) {
        (Some(id), None) => About::Centre(id),
        (None, Some(words)) => About::Cause(words),
        _ => return None,
    };
    let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.id() == text.verdict)?;
    Some(Mark { about, verdict, remark: text.remark })
}

fn note(text: NoteText) -> Option<Note> {
    let moved = text.moved.map(|MovedText { grade, flags, score, same }| Moved { grade, flags, score, same });
    let told =
        |ToldText { id: centre, grade, outcome, gained, lost }| Told { centre, grade, outcome, flags: (gained, lost) };
    let said = Acceptance {
        by: text.who,
        on: text.date.parse().ok()?,
        reason: text.reason,
        article: text.article,
        marks: text.mark.into_iter().map(mark).collect::<Option<_>>()?,
        moved: None,
        causes: text.edit.into_iter().map(|CauseText { what, moves }| Cause { what, moves }).collect(),
    };
    let told = text.centre.into_iter().map(told).collect();
    Some(Note { said, old: text.old, new: text.new, moved, told, digest: text.digest })
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
            moved: None,
            causes: vec![Cause { what: "grade excellent at_least: 85 -> 87".to_owned(), moves: 4 }],
        }
    }

    fn two() -> String {
        let note = |reason: &str, new: &str| Note {
            said: said(reason),
            old: None,
            new: new.to_owned(),
            moved: None,
            told: Vec::new(),
            digest: String::new(),
        };
        let first = sealed(note("first", "aa"), None);
        let moved = Some(Moved { grade: 3, flags: 1, score: 14, same: 82 });
        let both = |was: &str, is: &str| Some((was.to_owned(), is.to_owned()));
        let told = Told {
            centre: "c01".to_owned(),
            grade: both("good", "poor"),
            outcome: both("next-cycle", "rectify"),
            flags: (vec!["rectify".to_owned()], vec![]),
        };
        let second = Note { old: Some("aa".to_owned()), moved, told: vec![told], ..note("stricter", "bb") };
        let second = sealed(second, Some(&first));
        format!("{}\n{}", text(&first).unwrap(), text(&second).unwrap())
    }

    #[test]
    fn notes_are_read_as_they_were_written() {
        let notes = notes(&two()).unwrap();
        assert_eq!(notes.len(), 2);
        assert_eq!((notes[1].old.as_deref(), notes[1].new.as_str()), (Some("aa"), "bb"));
        assert_eq!((&notes[0].said, &notes[1].said), (&said("first"), &said("stricter")));
        assert_eq!(notes[1].moved.unwrap().same, 82);
        assert_eq!(notes[1].told[0].grade, Some(("good".to_owned(), "poor".to_owned())));
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
            again("moves = 4", "moves = 3"),
            again("\"rectify\"]", "\"notice\"]"),
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

    #[test]
    fn marks_without_a_note_are_read_as_they_were_written() {
        let text = marks_text(&said("none").marks, "aa").unwrap();
        assert_eq!(marks(&text).unwrap(), (said("none").marks, "aa".to_owned()));
        for other in ["", "[[mark]]", &text.replace("\"discuss\"", "\"perhaps\""), &text.replace("of =", "on =")] {
            assert_eq!(marks(other).unwrap_err().code, "E-marks", "{other}");
        }
    }
}
