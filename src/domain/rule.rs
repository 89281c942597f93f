//! Rules: from one number to points.
//!
//! Every rule says what each side of each edge earns. Must not know where the number came from.

use super::formula::Expr;
use super::number::{Number, Points};
use super::relative::Relative;
use super::rubric::PerKind;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Between two values in a straight line; all points from `to` on, none short of `from`. `from` above `to` means
    /// that lower is better.
    Linear {
        from: Bound,
        to: Bound,
        start: Start,
    },
    /// Value ÷ goal × points, at most all points; goal ÷ value where lower is better.
    Target {
        goal: Bound,
        lower_is_better: bool,
    },
    /// The first band that holds the value, from the highest edge down.
    Bands(Vec<Band>),
    /// The band that holds the value says between which points an expert may choose.
    MarkedBands(Box<MarkedBands>),
    PerUnit(PerUnit),
    /// All points for yes, none for no.
    YesNo,
    /// A mark between two values, in a straight line.
    Expert {
        from: Number,
        to: Number,
    },
    /// The value's place among the cohort.
    Relative(Box<Relative>),
}

/// A number, or a formula over the centre's own readings such as its plan target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    pub source: String,
    pub expr: Expr,
}

impl Bound {
    pub fn constant(value: Number) -> Self {
        Self { source: value.plain(), expr: Expr::Constant(value) }
    }
}

/// What a linear rule earns exactly at `from`. Published tables that say "in proportion" leave this open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// Nothing at `from`, everything at `to`.
    Zero,
    /// This share of the points at `from`, everything at `to`.
    Share(Number),
    /// Value ÷ `to` from `from` on.
    InProportion,
}

/// One band: everything from its lower edge up to the next band's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// `None`: everything below the band above.
    pub lower: Option<Edge>,
    pub award: Award,
}

/// Bands inside which an expert's mark decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedBands {
    pub bands: Vec<MarkedBand>,
    pub mark: Bound,
    /// The mark's own scale, laid over the band; `None` where the mark is the points themselves, kept inside the band.
    pub scale: Option<(Number, Number)>,
}

/// One band: the fewest and the most points that an expert may give in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedBand {
    pub lower: Option<Edge>,
    pub lowest: Award,
    pub highest: Award,
}

/// A lower edge: the edge itself is inside unless it is `strict`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    pub value: Number,
    pub strict: bool,
}

impl Edge {
    pub fn admits(&self, value: &Number) -> bool {
        if self.strict { *value > self.value } else { *value >= self.value }
    }
}

/// Points for each kind of centre; where the rubric gives a share of the indicator's points, the share is worked out
/// once, when it is read.
pub type Award = PerKind<Points>;

/// `base` points at `from`, then `earns` for every `unit` above it (below it where lower is better), at most all
/// points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerUnit {
    pub unit: Number,
    pub earns: Award,
    pub from: Number,
    pub base: Award,
    /// Only whole units count; otherwise a part of a unit earns its part.
    pub whole: bool,
    pub lower_is_better: bool,
}
