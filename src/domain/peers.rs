//! Peers: the complete centres of a kind, and how one centre's share of each criterion lies among theirs.
//!
//! A share is points against the most that the centre's own kind and stage can earn; a profile, which need not earn
//! any, has the share at each of its levels instead. Must not know how it is drawn.

use std::collections::BTreeMap;

use super::cohort::{CentreIx, Cohort};
use super::grade::Scorecard;
use super::number::Number;
use super::rubric::{ClassIx, KindIx, NodeIx, Rubric};
use super::score::{State, Tally};
use super::spread::Spread;

/// What is set side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// A top-level criterion or indicator.
    Node(NodeIx),
    /// The share at one level of a top-level profile.
    Level(NodeIx, usize),
}

/// One part of a centre beside its peers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    pub part: Part,
    /// The centre's own share of 1; negative for a deduction. `None` where the part is left out or not scored.
    pub own: Option<Number>,
    /// That of the complete centres of its kind, itself among them; `None` where there are none.
    pub peers: Option<Spread>,
}

/// The spread of every part over the complete centres of each kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Peers {
    spreads: BTreeMap<(KindIx, Part), Spread>,
}

impl Peers {
    /// Worked out once for a cohort; `cards` are in roster order.
    pub fn new(rubric: &Rubric, cohort: &Cohort, cards: &[Scorecard]) -> Self {
        let mut shares: BTreeMap<(KindIx, Part), Vec<Number>> = BTreeMap::new();
        for card in cards.iter().filter(|card| card.tally.state == State::Complete) {
            let Some(class) = rubric.class(cohort.centre(card.centre)) else { continue };
            let (kind, _) = rubric.parts(class);
            for part in parts(rubric, class) {
                if let Some(share) = share(rubric, &card.tally, class, part) {
                    shares.entry((kind, part)).or_default().push(share);
                }
            }
        }
        let spreads = shares.into_iter().filter_map(|(of, values)| Some((of, Spread::new(values)?)));
        Self { spreads: spreads.collect() }
    }

    /// One centre beside its peers, part by part in file order; nothing for a centre without a known kind and stage.
    pub fn beside(&self, rubric: &Rubric, cohort: &Cohort, card: &Scorecard) -> Vec<Beside> {
        let Some(class) = rubric.class(cohort.centre(card.centre)) else { return Vec::new() };
        let (kind, _) = rubric.parts(class);
        let beside = |part| Beside {
            part,
            own: share(rubric, &card.tally, class, part),
            peers: self.spreads.get(&(kind, part)).cloned(),
        };
        parts(rubric, class).into_iter().map(beside).collect()
    }
}

/// Whether a centre's figures may be set beside others' at all.
pub fn is_scored(cards: &[Scorecard], centre: CentreIx) -> bool {
    let state = cards.get(centre.0).map(|card| &card.tally.state);
    !matches!(state, None | Some(State::NotScored(_) | State::WithoutKind))
}

/// Top-level nodes that a kind and stage has, in file order, profiles level by level.
fn parts(rubric: &Rubric, class: ClassIx) -> Vec<Part> {
    let tops = (0..rubric.nodes.len()).map(NodeIx).filter(|node| rubric.nodes[node.0].parent.is_none());
    let parts = tops.filter(|node| rubric.exists_for(*node, class)).flat_map(|node| {
        if rubric.is_profile(node) {
            (0..rubric.levels.len()).map(|level| Part::Level(node, level)).collect()
        } else {
            vec![Part::Node(node)]
        }
    });
    parts.collect()
}

fn share(rubric: &Rubric, tally: &Tally, class: ClassIx, part: Part) -> Option<Number> {
    match part {
        Part::Node(node) => tally.nodes[node.0].as_ref()?.0.divided_by(&rubric.nodes[node.0].points.get(class).0),
        Part::Level(node, level) => {
            let (_, levels) = tally.profiles.iter().find(|(known, _)| *known == node)?;
            levels.get(level)?.divided_by(&rubric.whole)
        }
    }
}
