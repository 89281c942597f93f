//! A scored cohort with everything a sheet says about where it came from: of an evaluation, or of a rubric and data.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::args::Scored;
use super::failure::Failure;
use super::{evaluation, input};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::Pin;
use crate::domain::grade::Scorecard;
use crate::domain::mutation::Ground;
use crate::domain::placing::place;
use crate::domain::query::{Answers, Queries};
use crate::domain::rubric::Rubric;
use crate::domain::score::{self, Facts};
use crate::domain::text::Lang;
use crate::read::named;
use crate::store::digest;
use crate::store::fold::fold;
use crate::store::journal::{Access, Journal};
use crate::write::queries::Checked;
use crate::write::{Head, Provenance, Source, data};

pub struct Session {
    pub rubric: Rubric,
    pub cohort: Cohort,
    pub cards: Vec<Scorecard>,
    facts: Facts,
    answers: Answers,
    checked: Option<Checked>,
    decided_on: Option<Date>,
    draft: bool,
    provenance: Provenance,
}

impl Session {
    pub fn of_evaluation(path: &Path) -> Result<Self, Failure> {
        let open = evaluation::read(path)?;
        let heads = open.journal.heads()?;
        let heads =
            heads.into_iter().map(|h| Head { evaluator: h.evaluator, length: h.length, hash: h.hash }).collect();
        let evaluation = open.evaluation;
        let draft = evaluation.closed.is_none();
        let digest = evaluation.pin.digest.clone();
        let session = Self::new(evaluation.rubric, evaluation.cohort, evaluation.decided_on, draft, digest, heads);
        Ok(Self { answers: evaluation.answers, ..session })
    }

    /// The evaluation as it stood when its chains had these heads.
    pub fn as_of(path: &Path, heads: &[Head]) -> Result<Self, Failure> {
        let journal = Journal::open(path, Access::Read)?;
        let known = |evaluator: &str| heads.iter().find(|head| head.evaluator == evaluator);
        let mut events = journal.read_all()?;
        events.retain(|event| known(&event.evaluator).is_some_and(|head| event.sequence <= head.length));
        let evaluation = fold(&events, |pin: &Pin| input::pinned(&journal.rubric_text(&pin.digest)?))?;
        // In the order in which every sheet lists them.
        let heads = journal.heads()?.iter().filter_map(|head| known(&head.evaluator).cloned()).collect();
        let (draft, digest) = (evaluation.closed.is_none(), evaluation.pin.digest);
        let session = Self::new(evaluation.rubric, evaluation.cohort, evaluation.decided_on, draft, digest, heads);
        Ok(Self { answers: evaluation.answers, ..session })
    }

    pub fn of_data(rubric: &str, path: &Path, scored: &Scored, lang: Lang) -> Result<Self, Failure> {
        let input::Named { text, rubric, .. } = input::rubric(rubric)?;
        let roster = input::mapped::Roster::new();
        let (sheet, mapping) = (scored.sheet.as_deref(), scored.mapping.as_deref());
        let source = input::Source { path, sheet, mapping, roster: &roster };
        let data = input::data(source, &rubric, scored.cycle, lang)?;
        let cohort = input::cohort(&data, &rubric, lang);
        Ok(Self::new(rubric, cohort, scored.decided_on, true, digest::text(text.as_bytes()), Vec::new()))
    }

    /// Whichever of the two was given.
    pub fn of(evaluation: Option<&Path>, scored: &Scored, lang: Lang) -> Result<Self, Failure> {
        match (evaluation, &scored.rubric, &scored.data) {
            (Some(path), ..) => Self::of_evaluation(path),
            (None, Some(rubric), Some(data)) => Self::of_data(rubric, data, scored, lang),
            _ => Err(Failure::usage(
                "triennial",
                Diagnostic::error("E-usage", "nothing to score", "没有可评分的内容")
                    .help("name an evaluation, or --rubric and --data", "请给出评估文件，或 --rubric 与 --data"),
            )),
        }
    }

    pub fn new(
        rubric: Rubric,
        cohort: Cohort,
        decided_on: Option<Date>,
        draft: bool,
        rubric_digest: String,
        heads: Vec<Head>,
    ) -> Self {
        let facts = score::facts(&rubric, &cohort);
        let tallies: Vec<_> = cohort.all().map(|ix| Arc::new(score::points(&rubric, &cohort, ix, &facts))).collect();
        let cards = place(&rubric, &cohort, &tallies, decided_on);
        let provenance = Provenance {
            rubric_digest,
            data_digest: String::new(),
            evidence_digest: String::new(),
            heads,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        Self { rubric, cohort, cards, facts, answers: Answers::default(), checked: None, decided_on, draft, provenance }
    }

    /// With the digest of the data and its queries, for what carries where it came from. Tables on the terminal do not, and
    /// working it out takes longer than scoring.
    #[must_use]
    pub fn digested(mut self) -> Self {
        self.provenance.data_digest = digest::text(data::canonical(&self.cohort, &self.rubric).as_bytes());
        let evidence = data::evidence(&self.cohort, &self.rubric);
        if !evidence.is_empty() {
            self.provenance.evidence_digest = digest::text(evidence.as_bytes());
        }
        self.checked()
    }

    /// As another version of the program would have signed it.
    #[must_use]
    pub fn written_by(mut self, version: &str) -> Self {
        version.clone_into(&mut self.provenance.version);
        self
    }

    /// With what the checks of the data ask about.
    #[must_use]
    pub fn checked(mut self) -> Self {
        let queries = Queries::new(&self.rubric, &self.cohort);
        self.checked = Some(Checked { queries, answers: self.answers.clone() });
        self
    }

    pub fn source(&self) -> Source<'_> {
        Source {
            rubric: &self.rubric,
            cohort: &self.cohort,
            cards: &self.cards,
            facts: &self.facts,
            decided_on: self.decided_on,
            draft: self.draft,
            provenance: &self.provenance,
            checked: self.checked.as_ref(),
        }
    }

    /// What other rubrics of the same cells are tried on; nothing is still to come there.
    pub fn ground(&self) -> Ground<'_> {
        let Self { rubric, cohort, cards, decided_on, .. } = self;
        Ground { rubric, cohort, cards, closed: true, decided_on: *decided_on }
    }

    /// The centre of an id or a name, or a fault that knows the nearest one.
    pub fn centre(&self, word: &str) -> Result<CentreIx, Failure> {
        centre(&self.cohort, word)
    }
}

/// The centre of an id or a name, or a fault that knows the nearest one.
pub fn centre(cohort: &Cohort, word: &str) -> Result<CentreIx, Failure> {
    named::centre(cohort, word).map_err(|fault| Failure::usage("triennial", fault))
}

pub fn unknown_centre(cohort: &Cohort, id: &str) -> Failure {
    Failure::usage("triennial", named::unknown_centre(cohort, id))
}
