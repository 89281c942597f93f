//! The one canonical encoding of events: what is stored, hashed and verified.
//!
//! JSON with a fixed order of fields, no spaces, every field written. The domain knows no encoding, so private mirrors
//! of its types live here. Must not know where the text is kept.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::centre::Field;
use crate::domain::evaluation::{Body, CellChange, CellRef, Pin};
use crate::domain::evidence::Attachment;
use crate::domain::number::Number;
use crate::domain::query::Answer;
use crate::domain::reading::{Cycle, Reading, Remark};
use crate::domain::text::Lang;

/// Why a text is not the body of an event, in English; only a damaged journal ever shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecodable(pub String);

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Undecodable {}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
enum BodyText<'a> {
    Opened {
        first: i16,
        last: i16,
        pin: PinText<'a>,
        decided_on: Option<String>,
        lang: Cow<'a, str>,
    },
    CentreAdded {
        centre: Cow<'a, str>,
    },
    CentreSet {
        centre: Cow<'a, str>,
        field: Cow<'a, str>,
        was: Cow<'a, str>,
        to: Cow<'a, str>,
    },
    CentreDropped {
        centre: Cow<'a, str>,
        // Format 1 has none.
        #[serde(default, skip_serializing_if = "str::is_empty")]
        reason: Cow<'a, str>,
    },
    CentreRestored {
        centre: Cow<'a, str>,
    },
    Cells {
        centre: Cow<'a, str>,
        #[serde(borrow)]
        cells: Vec<CellText<'a>>,
    },
    Remarked {
        centre: Cow<'a, str>,
        metric: Cow<'a, str>,
        year: Option<i16>,
        judge: Option<Cow<'a, str>>,
        remark: Cow<'a, str>,
        was: Cow<'a, str>,
        to: Cow<'a, str>,
    },
    Answered {
        centre: Cow<'a, str>,
        metric: Cow<'a, str>,
        year: Option<i16>,
        judge: Option<Cow<'a, str>>,
        check: Cow<'a, str>,
        was: Option<AnswerText<'a>>,
        to: Option<AnswerText<'a>>,
    },
    Attached(AttachedText<'a>),
    Detached(AttachedText<'a>),
    Imported {
        file: Cow<'a, str>,
        digest: Cow<'a, str>,
        // Formats 1 and 2 have neither.
        #[serde(default, skip_serializing_if = "str::is_empty")]
        sheet: Cow<'a, str>,
        #[serde(default, skip_serializing_if = "str::is_empty")]
        mapping: Cow<'a, str>,
    },
    Undone {
        step: u64,
    },
    DecidedOn {
        was: Option<String>,
        to: Option<String>,
    },
    Closed {
        reason: Cow<'a, str>,
    },
    Reopened {
        reason: Cow<'a, str>,
    },
    Repinned {
        pin: PinText<'a>,
        reason: Cow<'a, str>,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PinText<'a> {
    rubric: Cow<'a, str>,
    edition: Cow<'a, str>,
    digest: Cow<'a, str>,
}

/// A file beside a cell; without a metric, beside the centre itself.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttachedText<'a> {
    centre: Cow<'a, str>,
    metric: Option<Cow<'a, str>>,
    year: Option<i16>,
    judge: Option<Cow<'a, str>>,
    name: Cow<'a, str>,
    path: Option<Cow<'a, str>>,
    digest: Cow<'a, str>,
    size: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerText<'a> {
    figures: Cow<'a, str>,
    reason: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CellText<'a> {
    #[serde(borrow)]
    metric: Cow<'a, str>,
    year: Option<i16>,
    judge: Option<Word<'a>>,
    was: Option<Word<'a>>,
    to: Option<Word<'a>>,
}

/// A text that stays where it was read from as long as it holds no escapes; serde copies what is optional otherwise.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Word<'a>(#[serde(borrow)] Cow<'a, str>);

/// Nearly all of a journal are readings, so they are read without the detour that a tag among the fields asks of serde.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CellsText<'a> {
    #[serde(borrow, rename = "type")]
    tag: Cow<'a, str>,
    #[serde(borrow)]
    centre: Cow<'a, str>,
    #[serde(borrow)]
    cells: Vec<CellText<'a>>,
}

/// A declared attribute may be called like a reserved field; this keeps them apart.
const ATTRIBUTE: &str = "attribute:";

/// The text of a body. Two equal bodies have the same text.
pub fn encode(body: &Body) -> String {
    // Only a map with keys that are not text, or an IO fault, makes serde_json fail; there is neither.
    serde_json::to_string(&BodyText::from(body)).unwrap_or_default()
}

/// The body a text stands for. A text that is not canonical (other spacing, `12.50`) is read as well; encoding the
/// result again tells.
///
/// # Errors
/// Anything that is not the body of an event: see [`Undecodable`].
pub fn decode(text: &str) -> Result<Body, Undecodable> {
    if text.starts_with(r#"{"type":"cells""#)
        && let Ok(CellsText { tag, centre, cells }) = serde_json::from_str(text)
        && tag == "cells"
    {
        return BodyText::Cells { centre, cells }.body();
    }
    let mirror: BodyText = serde_json::from_str(text).map_err(|fault| Undecodable(fault.to_string()))?;
    mirror.body()
}

/// Whether a text can be a body that pins a rubric, by how it begins. Only a text that [`encode`] did not make may be one
/// all the same.
pub fn may_pin(text: &[u8]) -> bool {
    text.starts_with(br#"{"type":"opened""#) || text.starts_with(br#"{"type":"repinned""#)
}

impl<'a> From<&'a Body> for BodyText<'a> {
    fn from(body: &'a Body) -> Self {
        let c = |text: &'a String| Cow::Borrowed(text.as_str());
        match body {
            Body::Opened { cycle, pin, decided_on, lang } => Self::Opened {
                first: cycle.first,
                last: cycle.last,
                pin: pin.into(),
                decided_on: decided_on.map(|d| d.to_string()),
                lang: lang.tag().into(),
            },
            Body::CentreAdded { centre } => Self::CentreAdded { centre: c(centre) },
            Body::CentreSet { centre, field, was, to } => {
                Self::CentreSet { centre: c(centre), field: field_text(field), was: c(was), to: c(to) }
            }
            Body::CentreDropped { centre, reason } => Self::CentreDropped { centre: c(centre), reason: c(reason) },
            Body::CentreRestored { centre } => Self::CentreRestored { centre: c(centre) },
            Body::Cells { centre, cells } => {
                Self::Cells { centre: c(centre), cells: cells.iter().map(CellText::from).collect() }
            }
            Body::Remarked { centre, cell, remark, was, to } => Self::Remarked {
                centre: c(centre),
                metric: c(&cell.metric),
                year: cell.year,
                judge: cell.judge.as_deref().map(Cow::Borrowed),
                remark: remark.id().into(),
                was: c(was),
                to: c(to),
            },
            Body::Answered { centre, cell, check, was, to } => Self::Answered {
                centre: c(centre),
                metric: c(&cell.metric),
                year: cell.year,
                judge: cell.judge.as_deref().map(Cow::Borrowed),
                check: c(check),
                was: was.as_ref().map(AnswerText::from),
                to: to.as_ref().map(AnswerText::from),
            },
            Body::Attached { centre, cell, file } => Self::Attached(AttachedText::of(centre, cell.as_ref(), file)),
            Body::Detached { centre, cell, file } => Self::Detached(AttachedText::of(centre, cell.as_ref(), file)),
            Body::Imported { file, digest, sheet, mapping } => {
                Self::Imported { file: c(file), digest: c(digest), sheet: c(sheet), mapping: c(mapping) }
            }
            Body::Undone { step } => Self::Undone { step: *step },
            Body::DecidedOn { was, to } => {
                Self::DecidedOn { was: was.map(|d| d.to_string()), to: to.map(|d| d.to_string()) }
            }
            Body::Closed { reason } => Self::Closed { reason: c(reason) },
            Body::Reopened { reason } => Self::Reopened { reason: c(reason) },
            Body::Repinned { pin, reason } => Self::Repinned { pin: pin.into(), reason: c(reason) },
        }
    }
}

impl BodyText<'_> {
    fn body(self) -> Result<Body, Undecodable> {
        Ok(match self {
            Self::Opened { first, last, pin, decided_on, lang } => Body::Opened {
                cycle: Cycle { first, last },
                pin: pin.into(),
                decided_on: date(decided_on)?,
                lang: match &*lang {
                    "en" => Lang::En,
                    "zh" => Lang::Zh,
                    other => return Err(Undecodable(format!("`{other}` is not a language"))),
                },
            },
            Self::CentreAdded { centre } => Body::CentreAdded { centre: centre.into() },
            Self::CentreSet { centre, field, was, to } => {
                Body::CentreSet { centre: centre.into(), field: field_of(&field)?, was: was.into(), to: to.into() }
            }
            Self::CentreDropped { centre, reason } => {
                Body::CentreDropped { centre: centre.into(), reason: reason.into() }
            }
            Self::CentreRestored { centre } => Body::CentreRestored { centre: centre.into() },
            Self::Cells { centre, cells } => Body::Cells {
                centre: centre.into(),
                cells: cells.into_iter().map(CellText::change).collect::<Result<_, _>>()?,
            },
            Self::Remarked { centre, metric, year, judge, remark, was, to } => Body::Remarked {
                centre: centre.into(),
                cell: CellRef { metric: metric.into(), year, judge: judge.map(Into::into) },
                remark: Remark::from_id(&remark)
                    .ok_or_else(|| Undecodable(format!("`{remark}` is not a kind of remark")))?,
                was: was.into(),
                to: to.into(),
            },
            Self::Answered { centre, metric, year, judge, check, was, to } => Body::Answered {
                centre: centre.into(),
                cell: CellRef { metric: metric.into(), year, judge: judge.map(Into::into) },
                check: check.into(),
                was: was.map(Answer::from),
                to: to.map(Answer::from),
            },
            Self::Attached(text) => {
                let (centre, cell, file) = text.parts()?;
                Body::Attached { centre, cell, file }
            }
            Self::Detached(text) => {
                let (centre, cell, file) = text.parts()?;
                Body::Detached { centre, cell, file }
            }
            Self::Imported { file, digest, sheet, mapping } => Body::Imported {
                file: file.into(),
                digest: digest.into(),
                sheet: sheet.into(),
                mapping: mapping.into(),
            },
            Self::Undone { step } => Body::Undone { step },
            Self::DecidedOn { was, to } => Body::DecidedOn { was: date(was)?, to: date(to)? },
            Self::Closed { reason } => Body::Closed { reason: reason.into() },
            Self::Reopened { reason } => Body::Reopened { reason: reason.into() },
            Self::Repinned { pin, reason } => Body::Repinned { pin: pin.into(), reason: reason.into() },
        })
    }
}

impl<'a> From<&'a Pin> for PinText<'a> {
    fn from(pin: &'a Pin) -> Self {
        Self {
            rubric: pin.rubric.as_str().into(),
            edition: pin.edition.as_str().into(),
            digest: pin.digest.as_str().into(),
        }
    }
}

impl From<PinText<'_>> for Pin {
    fn from(pin: PinText<'_>) -> Self {
        Self { rubric: pin.rubric.into(), edition: pin.edition.into(), digest: pin.digest.into() }
    }
}

impl<'a> From<&'a Answer> for AnswerText<'a> {
    fn from(answer: &'a Answer) -> Self {
        Self { figures: answer.figures.as_str().into(), reason: answer.reason.as_str().into() }
    }
}

impl From<AnswerText<'_>> for Answer {
    fn from(answer: AnswerText<'_>) -> Self {
        Self { figures: answer.figures.into(), reason: answer.reason.into() }
    }
}

impl<'a> AttachedText<'a> {
    fn of(centre: &'a str, cell: Option<&'a CellRef>, file: &'a Attachment) -> Self {
        Self {
            centre: centre.into(),
            metric: cell.map(|cell| cell.metric.as_str().into()),
            year: cell.and_then(|cell| cell.year),
            judge: cell.and_then(|cell| cell.judge.as_deref()).map(Cow::Borrowed),
            name: file.name.as_str().into(),
            path: file.path.as_deref().map(Cow::Borrowed),
            digest: file.digest.as_str().into(),
            size: file.size,
        }
    }

    fn parts(self) -> Result<(String, Option<CellRef>, Attachment), Undecodable> {
        if self.metric.is_none() && (self.year.is_some() || self.judge.is_some()) {
            return Err(Undecodable("a year or judge without a metric".to_owned()));
        }
        let (year, judge) = (self.year, self.judge.map(Into::into));
        let cell = self.metric.map(|metric| CellRef { metric: metric.into(), year, judge });
        let (name, path) = (self.name.into(), self.path.map(Into::into));
        Ok((self.centre.into(), cell, Attachment { name, path, digest: self.digest.into(), size: self.size }))
    }
}

impl<'a> From<&'a CellChange> for CellText<'a> {
    fn from(cell: &'a CellChange) -> Self {
        Self {
            metric: cell.metric.as_str().into(),
            year: cell.year,
            judge: cell.judge.as_deref().map(|judge| Word(judge.into())),
            was: cell.was.as_ref().map(|was| Word(was.cell().into())),
            to: cell.to.as_ref().map(|to| Word(to.cell().into())),
        }
    }
}

impl CellText<'_> {
    fn change(self) -> Result<CellChange, Undecodable> {
        Ok(CellChange {
            metric: self.metric.into(),
            year: self.year,
            judge: self.judge.map(|judge| judge.0.into()),
            was: self.was.map(|was| reading(&was.0)).transpose()?,
            to: self.to.map(|to| reading(&to.0)).transpose()?,
        })
    }
}

fn reading(text: &str) -> Result<Reading, Undecodable> {
    match text {
        Reading::NOT_REPORTED => Ok(Reading::NotReported),
        Reading::NOT_APPLICABLE => Ok(Reading::NotApplicable),
        number => match Number::parse(number) {
            Ok(value) => Ok(Reading::Value(value)),
            Err(_) => Err(Undecodable(format!("`{text}` is not a reading"))),
        },
    }
}

fn date(text: Option<String>) -> Result<Option<Date>, Undecodable> {
    let read = |text: String| text.parse().map_err(|_| Undecodable(format!("`{text}` is not a date")));
    text.map(read).transpose()
}

fn field_text(field: &Field) -> Cow<'_, str> {
    match field {
        Field::Attribute(id) => format!("{ATTRIBUTE}{id}").into(),
        reserved => reserved.id().into(),
    }
}

fn field_of(text: &str) -> Result<Field, Undecodable> {
    if let Some(id) = text.strip_prefix(ATTRIBUTE) {
        return Ok(Field::Attribute(id.to_owned()));
    }
    let known = Field::RESERVED.iter().find(|(id, _)| *id == text);
    known.map(|(_, field)| field.clone()).ok_or_else(|| Undecodable(format!("`{text}` is not a field")))
}

#[cfg(test)]
mod tests;
