//! Ties at the line of a quota: who of those with equal totals still has a place. Must not know what a place is for.

use std::cmp::Ordering;

use super::cohort::Cohort;
use super::grade::Scorecard;
use super::measure::{Scores, View};
use super::number::Number;
use super::rubric::{Rubric, TieBreak, Ties};

/// The line of a quota: who is on which side where totals are equal.
pub(super) struct QuotaLine<'a> {
    pub rubric: &'a Rubric,
    pub cohort: &'a Cohort,
    pub cards: &'a [Scorecard],
    pub ties: Option<&'a Ties>,
}

impl QuotaLine<'_> {
    /// How many of the candidates get a place; they are sorted by total, and where a rubric breaks ties those at the
    /// line are sorted by that.
    pub fn taken(&self, candidates: &mut [usize], places: usize) -> usize {
        let count = candidates.len();
        let total = |candidates: &[usize], place: usize| self.cards[candidates[place]].tally.compared.clone();
        if places >= count {
            return count;
        }
        if places == 0 || total(candidates, places - 1) != total(candidates, places) {
            return places;
        }
        let line = total(candidates, places);
        let from = (0..count).take_while(|place| total(candidates, *place) > line).count();
        let to = (0..count).take_while(|place| total(candidates, *place) >= line).count();
        match self.ties {
            None | Some(Ties::AllIn) => to,
            Some(Ties::AllOut) => from,
            Some(Ties::Break { by, all_in }) => {
                let tied = &mut candidates[from..to];
                let mut keyed: Vec<(Vec<Option<Number>>, usize)> =
                    tied.iter().map(|at| (self.key(by, *at), *at)).collect();
                let order = |a: &[Option<Number>], b: &[Option<Number>]| -> Ordering {
                    let each = by.iter().zip(a.iter().zip(b)).map(|(tie, (a, b))| match (a, b) {
                        (Some(a), Some(b)) if tie.less_first => a.cmp(b),
                        // Who has no value comes after all who have.
                        _ => b.cmp(a),
                    });
                    each.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
                };
                keyed.sort_by(|(a, left), (b, right)| order(a, b).then(left.cmp(right)));
                tied.iter_mut().zip(&keyed).for_each(|(slot, (_, at))| *slot = *at);
                let at_line = &keyed[places - from - 1].0;
                if order(at_line, &keyed[places - from].0).is_ne() {
                    return places;
                }
                let before = keyed.iter().take_while(|(key, _)| order(key, at_line).is_lt()).count();
                let with = keyed.iter().take_while(|(key, _)| order(key, at_line).is_le()).count();
                from + if *all_in { with } else { before }
            }
        }
    }

    fn key(&self, by: &[TieBreak], at: usize) -> Vec<Option<Number>> {
        let card = &self.cards[at];
        let tally = &card.tally;
        let view = View {
            rubric: self.rubric,
            layout: &self.cohort.layout,
            centre: self.cohort.centre(card.centre),
            readings: self.cohort.readings(card.centre),
            scores: Some(Scores { nodes: &tally.nodes, profiles: &tally.profiles, total: &tally.compared }),
            reported_years_only: false,
            trace: false,
        };
        by.iter().map(|tie| view.measure(&tie.expr, &mut Vec::new()).value().cloned()).collect()
    }
}
