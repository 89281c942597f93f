//! From meaning to words, in English and Chinese.
//!
//! Every phrase stands once, as a pair; the compiler holds that there is one for each thing of the domain. Numbers are
//! the same in both languages. Must know `domain` only: no files, terminals, colours or layout, and no scoring: it
//! says what a ledger holds and works nothing out anew.

pub mod audit;
pub mod bench;
pub mod citation;
pub mod coverage;
pub mod diagnostic;
pub mod edit;
pub mod fixture;
pub mod formula;
pub mod gaps;
pub mod grade;
pub mod history;
pub mod import;
pub mod ledger;
pub mod measure;
pub mod mutation;
pub mod notice;
pub mod number;
pub mod outcome;
pub mod outline;
pub mod panel;
pub mod plot;
pub mod publication;
pub mod query;
pub mod relative;
pub mod review;
pub mod robustness;
pub mod rule;
pub mod safe;
pub mod screen;
pub mod snapshot;
pub mod standing;
pub mod step;
pub mod terms;
pub mod unsettled;

use crate::domain::text::Lang;

/// A phrase of the program itself in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    pub en: &'static str,
    pub zh: &'static str,
}

impl Phrase {
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

/// Joins the parts of an enumeration: `a, b` and `a、b`.
pub fn listed(lang: Lang, parts: &[String]) -> String {
    parts.join(match lang {
        Lang::En => ", ",
        Lang::Zh => "、",
    })
}
