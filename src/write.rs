//! From the domain to bytes: score tables, explanations, grade sheets and data files in every format.
//!
//! Opens no file and computes no score: everything printed comes from a scorecard or a ledger, through `wording`.
//! One neutral [`sheet::GradeSheet`] is built per cohort or centre and then written by CSV, JSON or Markdown; a format
//! never looks past it. Same input, same bytes.

pub mod articles;
pub mod audit;
pub mod backtest;
pub mod centre;
pub mod cohort;
pub mod comparison;
pub mod coverage;
pub mod csv;
pub mod data;
pub mod document;
pub mod docx;
pub mod drawing;
pub mod edited;
pub mod file_name;
pub mod flags;
pub mod gaps;
pub mod html;
pub mod json;
pub mod markdown;
pub mod mutation;
pub mod notice;
pub mod pdf;
pub mod plot;
mod printed;
pub mod public;
pub mod queries;
pub mod robustness;
pub mod schema;
pub mod scheme;
pub mod sheet;
pub mod snapshot;
pub mod svg;
pub mod template;
pub mod terminal;
pub mod xlsx;

use jiff::civil::Date;

use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::grade::Scorecard;
use crate::domain::ledger::{Absence, Line};
use crate::domain::number::Points;
use crate::domain::rubric::{NodeIx, Rubric};
use crate::domain::score::{self, Facts, State};
use crate::domain::text::Lang;
use crate::wording::grade::About;
use crate::wording::step::At;

/// What is written: a scored cohort with everything that says where it came from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub rubric: &'a Rubric,
    pub cohort: &'a Cohort,
    /// One per centre, in roster order.
    pub cards: &'a [Scorecard],
    /// What the cards were scored with, so that a ledger can be laid out again.
    pub facts: &'a Facts,
    pub decided_on: Option<Date>,
    /// The evaluation is still open: every sheet says DRAFT.
    pub draft: bool,
    pub provenance: &'a Provenance,
    /// What the checks of the data ask about; `None` where nobody looked.
    pub checked: Option<&'a queries::Checked>,
}

/// Where the figures come from; printed on every sheet and compared by `verify --against`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// SHA-256 of the rubric's text, in hexadecimal.
    pub rubric_digest: String,
    /// SHA-256 of [`data::canonical`], in hexadecimal.
    pub data_digest: String,
    /// SHA-256 of [`data::evidence`], in hexadecimal; empty where there is no evidence.
    pub evidence_digest: String,
    /// The journal's chains; none where there is no journal.
    pub heads: Vec<Head>,
    /// The program's version.
    pub version: String,
}

/// The end of one evaluator's chain of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub evaluator: String,
    pub length: u64,
    pub hash: String,
}

impl<'a> Source<'a> {
    fn at(self, centre: CentreIx, lang: Lang) -> At<'a> {
        At { rubric: self.rubric, cohort: self.cohort, centre, lang }
    }

    fn about(self, card: &'a Scorecard, lang: Lang) -> About<'a> {
        About { rubric: self.rubric, cohort: self.cohort, card, lang, closed: !self.draft, in_full: true, cited: true }
    }

    fn card(self, centre: CentreIx) -> Option<&'a Scorecard> {
        self.cards.get(centre.0).filter(|card| card.centre == centre)
    }

    fn ledger(self, centre: CentreIx) -> Option<Line> {
        score::ledger(self.rubric, self.cohort, centre, self.facts)
    }

    fn left_out(self, centre: CentreIx) -> Vec<(NodeIx, Absence)> {
        score::left_out(self.rubric, self.cohort, centre, self.facts)
    }

    /// The kind's id, empty where the rubric has no kinds or the centre's is not known.
    fn kind_id(self, centre: CentreIx) -> &'a str {
        let kind = self.cohort.centre(centre).kind.and_then(|ix| self.rubric.kinds.get(ix.0));
        kind.map_or("", |kind| &kind.id)
    }

    fn kind_title(self, centre: CentreIx, lang: Lang) -> &'a str {
        let kind = self.cohort.centre(centre).kind.and_then(|ix| self.rubric.kinds.get(ix.0));
        kind.map_or("", |kind| kind.title.get(lang))
    }
}

/// The total of a card, where the rubric has one and the data are complete enough for it.
fn final_total<'a>(source: Source<'_>, card: &'a Scorecard) -> Option<&'a Points> {
    (card.tally.state == State::Complete && source.rubric.has_total()).then_some(&card.tally.total)
}

/// Whether a card has points at all, final or provisional.
fn has_points(card: &Scorecard) -> bool {
    matches!(card.tally.state, State::Complete | State::Incomplete { .. } | State::Blocked(_))
}
