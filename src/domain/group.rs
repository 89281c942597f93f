//! Groups of a cohort: those among whom a quota is counted, ranks are given or a value is set against the others'.
//!
//! Must not know what is compared inside a group.

use super::centre::Centre;
use super::rubric::AttributeIx;

/// Who belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Group {
    /// All centres of the cohort.
    #[default]
    All,
    /// Centres of the same kind.
    Kind,
    /// Centres of the same stage.
    Stage,
    /// Centres with the same value of an attribute, such as a region or field.
    Attribute(AttributeIx),
}

/// Which of the groups a centre belongs to. Who has no value forms a group of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Member {
    All,
    Kind(Option<usize>),
    Value(String),
}

impl Group {
    pub fn member(self, centre: &Centre) -> Member {
        match self {
            Self::All => Member::All,
            Self::Kind => Member::Kind(centre.kind.map(|kind| kind.0)),
            Self::Stage => Member::Value(centre.stage.clone()),
            Self::Attribute(ix) => Member::Value(centre.attributes.get(ix.0).cloned().unwrap_or_default()),
        }
    }
}
