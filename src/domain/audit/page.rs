//! The audit by centre: each once, with everything that is to be said of it. Must not know how it is told.

use std::collections::BTreeSet;

use super::{Audit, Cause, Hang, Near, Outside};
use crate::domain::cohort::CentreIx;
use crate::domain::robustness::{Flip, Lever};
use crate::domain::rubric::GradeIx;

/// Everything about one centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look<'a> {
    pub centre: CentreIx,
    pub near: Vec<&'a Near>,
    /// Those it shares its total with, itself among them.
    pub tied: &'a [CentreIx],
    pub outside: Vec<&'a Outside>,
    /// Another rounding, or another rule for missing data.
    pub rules: Vec<&'a Hang>,
    pub judges: Vec<&'a Hang>,
    /// Readings and marks, the smallest share first.
    pub cells: Vec<&'a Hang>,
}

impl<'a> Look<'a> {
    fn of(audit: &'a Audit, centre: CentreIx) -> Self {
        let hangs = |kind: fn(&Cause) -> bool| {
            audit.hangs.iter().filter(|hang| hang.centre == centre && kind(&hang.cause)).collect()
        };
        Self {
            centre,
            near: audit.near.iter().filter(|near| near.centre == centre).collect(),
            tied: audit.ties.iter().find(|tied| tied.contains(&centre)).map_or(&[], Vec::as_slice),
            outside: audit.outside.iter().filter(|outside| outside.centre == centre).collect(),
            rules: hangs(|cause| matches!(cause, Cause::Rounding | Cause::MissingIsZero | Cause::MissingIsLeftOut)),
            judges: hangs(|cause| matches!(cause, Cause::Judge(..))),
            cells: hangs(|cause| matches!(cause, Cause::Cell(_))),
        }
    }

    /// The nearest reading for each other grade, how many readings lead to it, and how many of them within their tolerance.
    pub fn nearest_cells(&self) -> Vec<(&'a Flip, usize, usize)> {
        let mut nearest: Vec<(&Flip, BTreeSet<&Lever>, BTreeSet<&Lever>)> = Vec::new();
        for hang in &self.cells {
            let Cause::Cell(flip) = &hang.cause else { continue };
            let at = nearest.iter().position(|(known, ..)| known.becomes == flip.becomes).unwrap_or_else(|| {
                nearest.push((flip, BTreeSet::new(), BTreeSet::new()));
                nearest.len() - 1
            });
            let (_, levers, fragile) = &mut nearest[at];
            levers.insert(&flip.lever);
            fragile.extend(flip.fragile.then_some(&flip.lever));
        }
        nearest.into_iter().map(|(flip, levers, fragile)| (flip, levers.len(), fragile.len())).collect()
    }

    /// Whether a reading may be off by as much as the grade stands on.
    pub fn is_fragile(&self) -> bool {
        self.cells.iter().any(|hang| matches!(&hang.cause, Cause::Cell(flip) if flip.fragile))
    }

    /// How many kinds of things are to be said.
    pub fn kinds(&self) -> usize {
        let kinds = [
            self.near.is_empty(),
            self.tied.is_empty(),
            self.outside.is_empty(),
            self.rules.is_empty(),
            self.judges.is_empty(),
            self.cells.is_empty(),
        ];
        kinds.into_iter().filter(|none| !none).count()
    }

    /// Grades that one thing gives instead.
    pub fn otherwise(&self) -> BTreeSet<Option<GradeIx>> {
        [&self.rules, &self.judges, &self.cells].into_iter().flatten().map(|hang| hang.becomes).collect()
    }
}

impl Audit {
    /// Every centre of which there is something to say, those first whose grade may be an error of measurement, then those
    /// with the most kinds of reasons, then as on the roster.
    pub fn by_centre(&self) -> Vec<Look<'_>> {
        let named = self.near.iter().map(|near| near.centre);
        let named = named.chain(self.ties.iter().flatten().copied());
        let named = named.chain(self.outside.iter().map(|outside| outside.centre));
        let named: BTreeSet<CentreIx> = named.chain(self.hangs.iter().map(|hang| hang.centre)).collect();
        let mut looks: Vec<Look<'_>> = named.into_iter().map(|centre| Look::of(self, centre)).collect();
        looks.sort_by_key(|look| (!look.is_fragile(), std::cmp::Reverse(look.kinds()), look.centre));
        looks
    }
}
