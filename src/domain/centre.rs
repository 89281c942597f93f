//! A centre of the cohort and what is known about it besides its readings.
//!
//! Must not know readings or scores. Every fact can be set from the text a table or a form holds, through
//! [`Centre::set`], which is the only way in.

use super::rubric::{FindingIx, KindIx, Rubric};

/// Where a centre stands in this evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Status {
    #[default]
    Participating,
    /// Did not take part (不参加评估).
    Absent,
    /// Withdrew midway (中途退出).
    Withdrawn,
    /// Evaluated later (缓评).
    Deferred,
    /// Covered by another evaluation (视为合格).
    Deemed,
    /// Passed the inspection after rectifying (整改检查通过).
    InspectionPassed,
    /// Failed the inspection after rectifying (整改检查未通过).
    InspectionFailed,
}

impl Status {
    pub const ALL: [(&str, Self); 7] = [
        ("participating", Self::Participating),
        ("absent", Self::Absent),
        ("withdrawn", Self::Withdrawn),
        ("deferred", Self::Deferred),
        ("deemed", Self::Deemed),
        ("inspection-passed", Self::InspectionPassed),
        ("inspection-failed", Self::InspectionFailed),
    ];

    /// The id used in data files.
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(_, s)| *s == self).map_or("", |(id, _)| id)
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == id).map(|(_, s)| *s)
    }
}

/// A fact about a centre: a reserved column of a data file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Name,
    Kind,
    Stage,
    Status,
    Since,
    Findings,
    Previous,
    /// An attribute the rubric declares, by id.
    Attribute(String),
}

impl Field {
    pub const RESERVED: [(&str, Self); 7] = [
        ("name", Self::Name),
        ("kind", Self::Kind),
        ("stage", Self::Stage),
        ("status", Self::Status),
        ("since", Self::Since),
        ("findings", Self::Findings),
        ("previous", Self::Previous),
    ];

    /// The column header.
    pub fn id(&self) -> &str {
        match self {
            Self::Attribute(id) => id,
            reserved => Self::RESERVED.iter().find(|(_, f)| f == reserved).map_or("", |(id, _)| id),
        }
    }

    /// The field a column header names: reserved ones, and the attributes the rubric declares.
    pub fn from_id(id: &str, rubric: &Rubric) -> Option<Self> {
        let reserved = Self::RESERVED.iter().find(|(known, _)| *known == id).map(|(_, f)| f.clone());
        reserved.or_else(|| rubric.attribute(id).map(|_| Self::Attribute(id.to_owned())))
    }
}

/// A centre (创新中心). Its id never changes; its name may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Centre {
    pub id: String,
    pub name: String,
    /// 0 where the rubric has no kinds; `None` while the kind is not known, so that it cannot be scored.
    pub kind: Option<KindIx>,
    pub stage: String,
    pub status: Status,
    /// First year in which the centre counts; earlier years are left out.
    pub since: Option<i16>,
    pub findings: Vec<FindingIx>,
    /// Grade ids of earlier cycles, oldest first.
    pub previous: Vec<String>,
    /// One per attribute of the rubric; empty where not given.
    pub attributes: Vec<String>,
}

/// Why a text is not the fact it should be. Each carries what would have been right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldFault {
    UnknownKind { known: Vec<String> },
    UnknownStatus { known: Vec<String> },
    UnknownFinding { id: String, known: Vec<String> },
    UnknownGrade { id: String, known: Vec<String> },
    UnknownValue { known: Vec<String> },
    NotAYear,
    TooLong { limit: usize },
}

/// The most characters of a name or attribute.
pub const MAX_NAME: usize = 200;

impl Centre {
    pub fn new(id: impl Into<String>, rubric: &Rubric) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            kind: (rubric.kinds.len() < 2).then_some(KindIx(0)),
            stage: String::new(),
            status: Status::Participating,
            since: None,
            findings: Vec::new(),
            previous: Vec::new(),
            attributes: vec![String::new(); rubric.attributes.len()],
        }
    }

    /// What to call it: its name, or its id where it has none.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }

    /// Sets a fact from its text; an empty text takes it back to what a new centre has.
    ///
    /// # Errors
    /// A value the rubric does not know: see [`FieldFault`]. The centre is then unchanged.
    pub fn set(&mut self, field: &Field, text: &str, rubric: &Rubric) -> Result<(), FieldFault> {
        let text = text.trim();
        let short = |text: &str| {
            let within = text.chars().count() <= MAX_NAME;
            if within { Ok(text.to_owned()) } else { Err(FieldFault::TooLong { limit: MAX_NAME }) }
        };
        match field {
            Field::Name => self.name = short(text)?,
            Field::Stage => {
                let known = || rubric.stages.iter().map(|stage| stage.id.clone()).collect::<Vec<_>>();
                if !text.is_empty() && !rubric.stages.is_empty() && !known().iter().any(|id| id == text) {
                    return Err(FieldFault::UnknownValue { known: known() });
                }
                self.stage = short(text)?;
            }
            Field::Kind if text.is_empty() => self.kind = (rubric.kinds.len() < 2).then_some(KindIx(0)),
            Field::Kind => {
                let known = || rubric.kinds.iter().map(|k| k.id.clone()).collect();
                self.kind = Some(rubric.kind(text).ok_or_else(|| FieldFault::UnknownKind { known: known() })?);
            }
            Field::Status if text.is_empty() => self.status = Status::Participating,
            Field::Status => {
                let known = || Status::ALL.iter().map(|(id, _)| (*id).to_owned()).collect();
                self.status = Status::from_id(text).ok_or_else(|| FieldFault::UnknownStatus { known: known() })?;
            }
            Field::Since if text.is_empty() => self.since = None,
            Field::Since => {
                let year = text.parse().ok().filter(|y| (1900..=2999).contains(y));
                self.since = Some(year.ok_or(FieldFault::NotAYear)?);
            }
            Field::Findings => {
                let known = || rubric.findings.iter().map(|f| f.id.clone()).collect();
                let one = |id: &str| {
                    let unknown = || FieldFault::UnknownFinding { id: id.to_owned(), known: known() };
                    rubric.finding(id).ok_or_else(unknown)
                };
                self.findings = listed(text).map(one).collect::<Result<_, _>>()?;
            }
            Field::Previous => {
                let known = || rubric.grades.iter().map(|g| g.id.clone()).collect();
                let one = |id: &str| {
                    let unknown = || FieldFault::UnknownGrade { id: id.to_owned(), known: known() };
                    rubric.grade(id).map(|_| id.to_owned()).ok_or_else(unknown)
                };
                self.previous = listed(text).map(one).collect::<Result<_, _>>()?;
            }
            Field::Attribute(id) => {
                let Some(attribute) = rubric.attribute(id) else { return Ok(()) };
                let known = &rubric.attributes[attribute.0].values;
                if !text.is_empty() && !known.is_empty() && !known.iter().any(|v| v == text) {
                    return Err(FieldFault::UnknownValue { known: known.clone() });
                }
                self.attributes[attribute.0] = short(text)?;
            }
        }
        Ok(())
    }

    /// The text of a fact, as a data file holds it; setting it again changes nothing.
    pub fn get(&self, field: &Field, rubric: &Rubric) -> String {
        match field {
            Field::Name => self.name.clone(),
            Field::Kind => self.kind.and_then(|k| rubric.kinds.get(k.0)).map_or(String::new(), |k| k.id.clone()),
            Field::Stage => self.stage.clone(),
            Field::Status => self.status.id().to_owned(),
            Field::Since => self.since.map_or(String::new(), |y| y.to_string()),
            Field::Findings => {
                self.findings.iter().map(|f| rubric.findings[f.0].id.as_str()).collect::<Vec<_>>().join(";")
            }
            Field::Previous => self.previous.join(";"),
            Field::Attribute(id) => rubric.attribute(id).map_or(String::new(), |a| self.attributes[a.0].clone()),
        }
    }
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty())
}

/// Whether a name has one of a kind's forms; `*` stands for one or more characters. No forms: every name has.
pub fn name_has_form(name: &str, forms: &[String]) -> bool {
    forms.is_empty() || forms.iter().any(|form| has_form(name, form))
}

fn has_form(name: &str, form: &str) -> bool {
    match form.split_once('*') {
        None => name == form,
        Some((before, after)) => {
            name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).is_some_and(|middle| !middle.is_empty())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_form_only_with_something_in_the_gap() {
        let forms = ["国家*技术创新中心".to_owned(), "National Center of Technology Innovation for *".to_owned()];
        assert!(name_has_form("国家合成生物技术创新中心", &forms));
        assert!(name_has_form("National Center of Technology Innovation for Tides", &forms));
        assert!(!name_has_form("国家技术创新中心", &forms));
        assert!(!name_has_form("合成生物技术创新中心", &forms));
        assert!(name_has_form("anything", &[]));
    }
}
