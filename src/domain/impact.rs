//! What an edit of a rubric did to each centre that moved: its share of the points, and whether the grade or the flags
//! hang on it.
//!
//! Works on scorecards of the rubrics with some of the edits made; who makes and scores those may do so on as many workers
//! as there are. Must not know how a rubric is edited.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::attribution::{Method, Subset, causes, shares};
use super::cohort::Cohort;
use super::comparison::{Change, Comparison, Scored, Side};
use super::number::Number;
use super::rubric::Rubric;
use super::score::score;

/// What the scorecards say under a rubric with some of the edits made, by centre.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct World(BTreeMap<String, Side>);

/// To which edits the change of one centre goes back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributed {
    /// Edit by edit; they add up to the change of the total exactly. Empty where a side has no total.
    pub shares: Vec<Number>,
    /// The smallest sets of edits that bring the new grade; empty where it is the old one.
    pub grade: Vec<Subset>,
    /// The smallest sets of edits that bring the new flags and what follows; empty where they are the old ones.
    pub flags: Vec<Subset>,
}

impl World {
    /// Scores a cohort.
    pub fn new(rubric: &Rubric, cohort: &Cohort, decided_on: Option<Date>) -> Self {
        let cards = score(rubric, cohort, decided_on);
        let scored = Scored { rubric, cohort, cards: &cards };
        let side = |card| (cohort.centre(Side::of(scored, card).centre).id.clone(), Side::of(scored, card));
        Self(cards.iter().map(side).collect())
    }

    fn of(&self, centre: &str) -> Option<&Side> {
        self.0.get(centre)
    }
}

/// Shares out every change of a comparison among edits; `worlds` stand in the order of [`Method::subsets`].
pub fn attributed(comparison: &Comparison, method: Method, edits: usize, worlds: &[World]) -> Vec<Attributed> {
    comparison.changes.iter().map(|change| of_centre(change, method, edits, worlds)).collect()
}

fn of_centre(change: &Change, method: Method, edits: usize, worlds: &[World]) -> Attributed {
    let (Some(old), Some(new)) = (&change.old, &change.new) else { return Attributed::default() };
    let sides: Vec<Option<&Side>> = worlds.iter().map(|world| world.of(&change.centre)).collect();
    let brought_by = |differs: bool, holds: &dyn Fn(&Side) -> bool| {
        let holds: Vec<bool> = sides.iter().map(|side| side.is_some_and(holds)).collect();
        if differs { causes(method, edits, &holds) } else { Vec::new() }
    };
    // Between two rubrics with a total one without any counts as nothing, so that the shares still add up.
    let total = |side: &Option<&Side>| side.and_then(|side| side.total.clone()).unwrap_or(Number::ZERO);
    let totals: Vec<Number> = sides.iter().map(total).collect();
    Attributed {
        shares: if change.difference().is_some() { shares(method, edits, &totals) } else { Vec::new() },
        grade: brought_by(old.grade != new.grade, &|side| side.grade == new.grade),
        flags: brought_by(!old.follows_as(new), &|side| side.follows_as(new)),
    }
}
