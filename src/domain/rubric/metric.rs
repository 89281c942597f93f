//! Metrics (数据项): what is entered, within which bounds, and how a panel's marks become one value. Must not know
//! which readings there are.

use super::{Checks, Citation};
use crate::domain::number::Number;
use crate::domain::reading::Reading;
use crate::domain::text::Text;

/// A raw item that is entered per centre and year (数据项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    pub id: String,
    pub title: Text,
    pub unit: Text,
    pub definition: Text,
    /// `false`: one value for the whole cycle.
    pub yearly: bool,
    pub values: Values,
    /// Where several experts mark: how their marks become one value.
    pub panel: Option<Panel>,
    pub evidence: bool,
    /// How far a figure may be off and still count as right; `None` where the rubric does not say.
    pub tolerance: Option<MetricTolerance>,
    pub checks: Checks,
    pub cite: Option<Citation>,
}

/// How far a figure may be off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetricTolerance {
    /// In the metric's own unit.
    Amount(Number),
    /// As a share of the figure.
    Share(Number),
}

impl MetricTolerance {
    /// How far this figure may be off, in its own unit.
    pub fn of(&self, value: &Number) -> Number {
        match self {
            Self::Amount(amount) => amount.clone(),
            Self::Share(share) => share * &value.abs(),
        }
    }
}

impl Metric {
    /// A reading as people write it for this metric: a letter where it takes letters, else as a data cell has it.
    pub fn written(&self, reading: &Reading) -> String {
        match (&self.values, reading) {
            (Values::Letters(letters), Reading::Value(value)) => {
                let letter = letters.iter().find(|(_, known)| known == value).map(|(letter, _)| letter.clone());
                letter.unwrap_or_else(|| reading.cell())
            }
            _ => reading.cell(),
        }
    }
}

/// Which values a metric takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// Any number within the bounds, both included.
    Number { minimum: Option<Number>, maximum: Option<Number>, whole: bool },
    /// Stored as 1 and 0.
    YesNo,
    /// Stored as the number that each letter stands for.
    Letters(Vec<(String, Number)>),
}

/// How the marks of several experts become one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    pub average: PanelAverage,
    /// Highest marks left out, where there are at least `trim_from` marks.
    pub drop_highest: usize,
    /// Lowest marks left out, where there are at least `trim_from` marks.
    pub drop_lowest: usize,
    pub trim_from: usize,
    /// Fewer marks than this are not yet a value: blank.
    pub at_least: usize,
    /// Who may mark; empty where anybody may. Marks of others do not count.
    pub judges: Vec<String>,
    /// The share of the members, without those who recuse themselves, whose marks make a value.
    pub quorum: Option<Quorum>,
}

impl Panel {
    /// Whether a judge may mark. A mark without a name is the panel's own.
    pub fn admits(&self, judge: &str) -> bool {
        judge.is_empty() || self.judges.is_empty() || self.judges.iter().any(|known| known == judge)
    }
}

/// How many of a panel must mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quorum {
    pub members: usize,
    pub share: Number,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PanelAverage {
    Mean,
    Median,
    /// Yes where at least this share of the marks, or more than it, says yes.
    Majority {
        share: Number,
        strict: bool,
    },
}
