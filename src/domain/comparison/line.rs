//! Where in the ledger two scorecards differ: criterion by criterion, indicator by indicator, matched by id. Must not
//! know totals and grades.

use crate::domain::cohort::CentreIx;
use crate::domain::comparison::Scored;
use crate::domain::number::{Number, Points};
use crate::domain::rubric::{Body, NodeIx, Role, Rubric};

/// A criterion or indicator that differs for a centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineChange {
    pub node: String,
    /// How deep it stands in the new rubric, or in the old one where the new one has it not.
    pub depth: usize,
    pub is_indicator: bool,
    /// Whether its points are taken off the total.
    pub takes_off: bool,
    pub old: Part,
    pub new: Part,
}

/// What a ledger says of one criterion or indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The rubric has no such criterion or indicator for this kind of centre.
    Absent,
    /// It is left out for this centre.
    LeftOut,
    Earned {
        points: Points,
        /// The most that can be earned.
        of: Points,
    },
    /// Shares by level, from the top, where the points are not what counts.
    Levels(Vec<Number>),
}

impl Part {
    fn of(scored: Scored<'_>, centre: CentreIx, node: NodeIx) -> Self {
        let class = scored.rubric.class(scored.cohort.centre(centre));
        let Some(class) = class.filter(|class| scored.rubric.exists_for(node, *class)) else { return Self::Absent };
        let Some(card) = scored.cards.get(centre.0) else { return Self::Absent };
        if let Some((_, levels)) = card.tally.profiles.iter().find(|(known, _)| *known == node) {
            return Self::Levels(levels.clone());
        }
        match &card.tally.nodes[node.0] {
            Some(points) => {
                Self::Earned { points: points.clone(), of: scored.rubric.nodes[node.0].points.get(class).clone() }
            }
            None => Self::LeftOut,
        }
    }

    fn earned(&self) -> Option<&Points> {
        match self {
            Self::Earned { points, .. } => Some(points),
            Self::Absent | Self::LeftOut | Self::Levels(_) => None,
        }
    }
}

impl LineChange {
    /// What it adds to the total on the new side, less what it added on the old; what is not there adds nothing.
    pub fn difference(&self) -> Number {
        let earned = |part: &Part| part.earned().map_or(Number::ZERO, |points| points.0.clone());
        let more = &earned(&self.new) - &earned(&self.old);
        if self.takes_off { -more } else { more }
    }
}

/// Criteria and indicators that differ for a centre, in the order of the new rubric; those that only the old one has
/// stand behind what stood before them there.
pub(super) fn changes(old: Scored<'_>, was: CentreIx, new: Scored<'_>, is: CentreIx) -> Vec<LineChange> {
    let part = |scored: Scored<'_>, centre, node: Option<NodeIx>| match node {
        Some(node) => Part::of(scored, centre, node),
        None => Part::Absent,
    };
    let change = |(before, after): (Option<NodeIx>, Option<NodeIx>)| {
        let rubric = if after.is_some() { new.rubric } else { old.rubric };
        let node = &rubric.nodes[after.or(before)?.0];
        let (before, after) = (part(old, was, before), part(new, is, after));
        (before != after).then(|| LineChange {
            node: node.id.clone(),
            depth: node.depth,
            is_indicator: matches!(node.body, Body::Indicator(_)),
            takes_off: node.role == Role::Deduction,
            old: before,
            new: after,
        })
    };
    matched(old.rubric, new.rubric).into_iter().filter_map(change).collect()
}

/// The nodes of two rubrics by id.
fn matched(old: &Rubric, new: &Rubric) -> Vec<(Option<NodeIx>, Option<NodeIx>)> {
    let mut all: Vec<_> =
        (0..new.nodes.len()).map(NodeIx).map(|ix| (old.node(&new.nodes[ix.0].id), Some(ix))).collect();
    for ix in (0..old.nodes.len()).map(NodeIx) {
        if new.node(&old.nodes[ix.0].id).is_none() {
            let before = ix.0.checked_sub(1).map(NodeIx);
            let behind = all.iter().position(|(known, _)| known.is_some() && *known == before);
            all.insert(behind.map_or(0, |at| at + 1), (Some(ix), None));
        }
    }
    all
}
