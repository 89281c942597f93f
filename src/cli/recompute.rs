//! A sheet in JSON made anew, from what it carries or from its evaluation, and compared line by line with what stands.
//!
//! One changed digit of what is carried is first put right by its digest, so that its own line is named and not the lines
//! that follow from it. Must not know where the sheet came from, nor how the result is told.

mod lines;
mod others;
mod slip;

use serde_json::{Map, Value};

use super::session::Session;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::rubric::Rubric;
use crate::domain::text::Text;
use crate::read::sheet::{self, Carried};
use crate::write::json::carried::seal;
use crate::write::{Head, centre, cohort, json};

pub use lines::Line;
use others::Others;

/// A sheet as it stands, and as it stood before one digit was changed.
pub struct Given {
    text: String,
    sheet: Map<String, Value>,
    pub carried: Carried,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Of the sheet.
    pub lines: usize,
    /// The first line that differs, and how many more do.
    pub differs: Option<(Line, usize)>,
    /// What could not be compared without the other centres, by name.
    pub unchecked: Vec<Text>,
}

impl Given {
    /// Reads a sheet.
    ///
    /// # Errors
    /// `E-sheet` where it is none.
    pub fn read(text: String) -> Result<Self, Diagnostic> {
        let value: Value = serde_json::from_str(&text).map_err(|fault| sheet::unreadable(&fault))?;
        let Value::Object(stands) = value else { return Err(sheet::unreadable_whole()) };
        let sheet = slip::corrected(&stands);
        let carried = sheet::carried(&Value::Object(sheet.clone()))?;
        Ok(Self { text, sheet, carried })
    }

    /// The journal's chains as the sheet knew them.
    pub fn heads(&self) -> Vec<Head> {
        let head = |(evaluator, length, hash): &(String, u64, String)| Head {
            evaluator: evaluator.clone(),
            length: *length,
            hash: hash.clone(),
        };
        self.carried.heads.iter().map(head).collect()
    }

    /// Whether two sheets were made from the same evaluation at the same moment.
    pub fn is_of_one_moment(&self, other: &Self) -> bool {
        let of = |given: &Self| {
            let Carried { rubric_digest, cycle, data_digest, .. } = given.carried.clone();
            (rubric_digest, cycle, data_digest, given.carried.heads.clone())
        };
        of(self) == of(other)
    }

    /// Whether what it carries has the digests that it says.
    pub fn is_sealed(&self) -> bool {
        let mut sealed = self.sheet.clone();
        seal(&mut sealed);
        sealed == self.sheet
    }

    /// Whether it carries the readings that it was made from.
    pub fn carries_data(&self) -> bool {
        self.carried.data.is_some()
    }

    /// A scored cohort of what this sheet carries, as the sheet would have been made from it.
    ///
    /// # Errors
    /// `E-sheet` where it carries nothing, or what does not fit the rubric.
    pub fn session(&self, rubric: Rubric) -> Result<Session, Diagnostic> {
        let Some(data) = &self.carried.data else { return Err(sheet::bare()) };
        let cohort = sheet::cohort(&self.carried, data, &rubric)?;
        let Carried { decided_on, draft, rubric_digest, .. } = self.carried.clone();
        Ok(Session::new(rubric, cohort, decided_on, draft, rubric_digest, self.heads()).digested())
    }

    /// The sheet against a cohort in which everybody is whom its figures hang on.
    ///
    /// # Errors
    /// `E-sheet` where the cohort does not have its centre.
    pub fn against(&self, session: Session) -> Result<Verdict, Diagnostic> {
        let session = session.written_by(self.version());
        let mut expected = self.expected(&session)?;
        if !self.carries_data() {
            expected.remove("data");
            expected.remove("centre");
            if let Some(Value::Object(provenance)) = expected.get_mut("provenance") {
                provenance.remove("sheet_digest");
            }
        }
        Ok(self.compared(expected, Vec::new()))
    }

    /// The sheet against itself: a cohort's whole, a centre's without what hangs on others.
    ///
    /// # Errors
    /// As [`Given::session`].
    pub fn against_itself(&self, rubric: Rubric) -> Result<Verdict, Diagnostic> {
        let session = self.session(rubric)?;
        if self.carried.centre.is_none() {
            return self.against(session);
        }
        let session = session.written_by(self.version());
        let mut expected = self.expected(&session)?;
        let unchecked = Others::of(&session.rubric).take_over(&self.sheet, &mut expected);
        seal(&mut expected);
        Ok(self.compared(expected, unchecked))
    }

    fn version(&self) -> &str {
        let program = &self.carried.program;
        program.strip_prefix("triennial ").unwrap_or(program)
    }

    /// The version that wrote it, where it is another one than this.
    pub fn other_version(&self) -> Option<&str> {
        Some(self.version()).filter(|version| *version != env!("CARGO_PKG_VERSION"))
    }

    fn expected(&self, session: &Session) -> Result<Map<String, Value>, Diagnostic> {
        let (source, lang) = (session.source(), self.carried.lang);
        let sheet = match &self.carried.centre {
            None => Some(cohort::cohort_sheet(source, lang)),
            Some(id) => session.cohort.find(id).and_then(|ix| centre::centre_sheet(source, ix, lang)),
        };
        let sheet = sheet.ok_or_else(|| sheet::stranger(self.carried.centre.as_deref().unwrap_or_default()))?;
        Ok(json::sheet_object(source, &sheet))
    }

    fn compared(&self, expected: Map<String, Value>, unchecked: Vec<Text>) -> Verdict {
        let expected = String::from_utf8(json::bytes(expected)).unwrap_or_default();
        let differs = lines::compare(&self.text, &expected);
        Verdict { lines: self.text.lines().count(), differs, unchecked }
    }
}

#[cfg(test)]
mod tests;
