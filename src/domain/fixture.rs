//! What somebody worked out for a centre by hand or found published, held against its scorecard.
//!
//! Only what is named is compared. Must not know where the expectation is written.

use super::cohort::CentreIx;
use super::grade::Scorecard;
use super::number::{Number, Round};
use super::rubric::{NodeIx, Rubric};
use super::score::State;

/// One thing of a scorecard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    Points(NodeIx),
    Total,
    Grade,
    Rank,
    Outcome,
    Flags,
}

/// What is expected of it, or found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// There is none: left out, incomplete, not graded.
    None,
    Number(Number),
    /// An id.
    Id(String),
    /// Ids, sorted.
    Ids(Vec<String>),
}

/// What a centre should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub centre: CentreIx,
    pub item: Item,
    pub value: Value,
    /// A number is compared at as many decimal places as are written, rounded half up.
    pub places: u32,
}

/// What a scorecard has instead of what was expected; `None` where it has just that.
pub fn instead(expected: &Expected, rubric: &Rubric, card: &Scorecard) -> Option<Value> {
    let found = found(expected.item, rubric, card);
    let same = match (&expected.value, &found) {
        (Value::Number(wanted), Value::Number(found)) => found.rounded(Round::half_up(expected.places)) == *wanted,
        (wanted, found) => wanted == found,
    };
    (!same).then_some(found)
}

fn found(item: Item, rubric: &Rubric, card: &Scorecard) -> Value {
    let number = |number: Option<Number>| number.map_or(Value::None, Value::Number);
    let id = |id: Option<&str>| id.map_or(Value::None, |id| Value::Id(id.to_owned()));
    match item {
        Item::Points(node) => number(card.tally.nodes[node.0].as_ref().map(|points| points.0.clone())),
        Item::Total => {
            let is_final = card.tally.state == State::Complete && rubric.has_total();
            number(is_final.then(|| card.tally.total.0.clone()))
        }
        Item::Grade => id(card.grade.map(|grade| rubric.grades[grade.0].id.as_str())),
        Item::Rank => number(card.rank.map(Number::from)),
        Item::Outcome => id(card.proposal.as_ref().map(|proposal| proposal.act.id(rubric))),
        Item::Flags => {
            let mut ids: Vec<String> = card.flags.iter().map(|flag| flag.id(rubric)).collect();
            ids.sort();
            Value::Ids(ids)
        }
    }
}
