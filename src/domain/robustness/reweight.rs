//! A rubric with one weight moved and its siblings moved pro rata, so that what they share stays the same.
//!
//! An indicator keeps what it gives for what: awards in points scale with its points. Must not know why a weight is
//! moved.

use crate::domain::formula::{Expr, Operator};
use crate::domain::number::{Number, Points, Round, Weight};
use crate::domain::relative::By;
use crate::domain::rubric::{Body, Choice, ClassIx, Combine, Missing, NodeIx, Role, Rubric, Scoring};
use crate::domain::rule::{Award, Rule};

/// A weight that can be moved: it stands beside others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    pub node: NodeIx,
    /// What it is now: its points under a sum, its weight under a mean.
    pub now: Number,
    /// What it shares with its siblings.
    pub shared: Number,
    siblings: Vec<NodeIx>,
    mean: bool,
}

impl Weighed {
    /// Whether it counts inside a mean, rather than being points of a sum.
    pub fn is_mean(&self) -> bool {
        self.mean
    }
}

/// The weight of a node for a kind and stage; `None` where it has no sibling, or its points do not decide.
pub fn weighed(rubric: &Rubric, node: NodeIx, class: ClassIx) -> Option<Weighed> {
    let this = &rubric.nodes[node.0];
    let combine = match this.parent.map(|parent| &rubric.nodes[parent.0].body) {
        Some(Body::Criterion { combine, .. }) => *combine,
        Some(Body::Indicator(_)) => return None,
        None => rubric.total.combine,
    };
    let mean = match combine {
        Combine::Sum => false,
        Combine::WeightedMean | Combine::GeometricMean | Combine::Profile => true,
        Combine::BestOf | Combine::AllOf => return None,
    };
    if this.role != Role::Main || !rubric.exists_for(node, class) {
        return None;
    }
    let beside = |other: &NodeIx| {
        let sibling = &rubric.nodes[other.0];
        sibling.parent == this.parent && sibling.role == this.role && rubric.exists_for(*other, class)
    };
    let all: Vec<NodeIx> = (0..rubric.nodes.len()).map(NodeIx).filter(beside).collect();
    let value = |ix: &NodeIx| {
        let node = &rubric.nodes[ix.0];
        if mean { node.weight.get(class).0.clone() } else { node.points.get(class).0.clone() }
    };
    let (now, shared) = (value(&node), all.iter().map(value).sum::<Number>());
    let siblings: Vec<NodeIx> = all.into_iter().filter(|other| *other != node).collect();
    (!siblings.is_empty() && now < shared).then_some(Weighed { node, now, shared, siblings, mean })
}

/// The rubric with that weight set for a kind and stage; `None` where nothing would be left for it or for its siblings.
pub fn reweighted(rubric: &Rubric, weighed: &Weighed, class: ClassIx, to: &Number) -> Option<Rubric> {
    let left = &weighed.shared - to;
    if !to.is_positive() || !left.is_positive() {
        return None;
    }
    let others = left.divided_by(&(&weighed.shared - &weighed.now))?;
    let own = to.divided_by(&weighed.now)?;
    let mut rubric = rubric.clone();
    scale_one(&mut rubric, weighed, weighed.node, class, &own);
    for sibling in &weighed.siblings {
        scale_one(&mut rubric, weighed, *sibling, class, &others);
    }
    Some(rubric)
}

fn scale_one(rubric: &mut Rubric, weighed: &Weighed, node: NodeIx, class: ClassIx, factor: &Number) {
    if weighed.mean {
        let weight = &mut rubric.nodes[node.0].weight.0[class.0];
        *weight = Weight(&weight.0 * factor);
    } else {
        scale(rubric, node, class, factor);
    }
}

/// Everything that a node can earn for a kind and stage times a factor.
pub fn scale(rubric: &mut Rubric, node: NodeIx, class: ClassIx, factor: &Number) {
    let this = &mut rubric.nodes[node.0];
    let points = &mut this.points.0[class.0];
    *points = points.times(factor);
    match &mut this.body {
        Body::Criterion { children, .. } => {
            for child in children.clone() {
                scale(rubric, child, class, factor);
            }
        }
        Body::Indicator(indicator) => {
            scale_scoring(&mut indicator.scoring, class, factor);
            // A penalty is as heavy as its indicator.
            if let Missing::Penalty(penalty) = &mut indicator.missing {
                scale_award(penalty, class, factor);
            }
        }
    }
}

fn scale_award(award: &mut Award, class: ClassIx, factor: &Number) {
    let points: &mut Points = &mut award.0[class.0];
    *points = points.times(factor);
}

fn scale_scoring(scoring: &mut Scoring, class: ClassIx, factor: &Number) {
    match scoring {
        Scoring::Rule { rule, .. } => scale_rule(rule, class, factor),
        Scoring::BestOf(choices) | Scoring::AllOf(choices) | Scoring::Checklist(choices) => {
            for Choice { points, scoring, .. } in choices {
                if let Some(points) = points {
                    scale_award(points, class, factor);
                }
                scale_scoring(scoring, class, factor);
            }
        }
        Scoring::Profile(_) => {}
    }
}

fn scale_rule(rule: &mut Rule, class: ClassIx, factor: &Number) {
    match rule {
        Rule::Bands(bands) => bands.iter_mut().for_each(|band| scale_award(&mut band.award, class, factor)),
        Rule::MarkedBands(rule) => {
            for band in &mut rule.bands {
                scale_award(&mut band.lowest, class, factor);
                scale_award(&mut band.highest, class, factor);
            }
            // A mark that is the points themselves is worth as much more.
            if rule.scale.is_none() {
                let mark = Box::new(rule.mark.expr.clone());
                rule.mark.expr = Expr::Binary(Operator::Multiply, mark, Box::new(Expr::Constant(factor.clone())));
            }
        }
        Rule::PerUnit(rule) => {
            scale_award(&mut rule.earns, class, factor);
            scale_award(&mut rule.base, class, factor);
        }
        Rule::Relative(rule) => {
            if let By::Rank { points, rest, .. } = &mut rule.by {
                points.iter_mut().for_each(|award| scale_award(award, class, factor));
                scale_award(rest, class, factor);
            }
            if let Some(then) = &mut rule.then {
                scale_rule(then, class, factor);
            }
        }
        Rule::Linear { .. } | Rule::Target { .. } | Rule::YesNo | Rule::Expert { .. } => {}
    }
}

/// The rubric without a node, whose siblings carry its points or weight pro rata; `None` where it has no sibling.
pub fn without(rubric: &Rubric, node: NodeIx) -> Option<Rubric> {
    let (mut left, mut any) = (rubric.clone(), false);
    for class in (0..rubric.classes()).map(ClassIx) {
        let Some(weighed) = weighed(rubric, node, class) else { continue };
        any = true;
        let factor = weighed.shared.divided_by(&(&weighed.shared - &weighed.now))?;
        for sibling in &weighed.siblings {
            scale_one(&mut left, &weighed, *sibling, class, &factor);
        }
        left.nodes[node.0].points.0[class.0] = Points::ZERO;
    }
    any.then_some(left)
}

/// Gives every node that stands beside others a weight of its own, made of what it has; what siblings share stays the
/// same, to four decimals of which the largest sibling takes what is left over.
pub fn redrawn(rubric: &Rubric, factor: &impl Fn(NodeIx) -> Number) -> Rubric {
    let mut drawn = rubric.clone();
    for class in (0..rubric.classes()).map(ClassIx) {
        let mut done = vec![false; rubric.nodes.len()];
        // Depth first: what a criterion hands down is there before its children are redrawn.
        for node in (0..rubric.nodes.len()).map(NodeIx) {
            if done[node.0] {
                continue;
            }
            let Some(weighed) = weighed(&drawn, node, class) else { continue };
            let mut group: Vec<NodeIx> = weighed.siblings.clone();
            group.push(node);
            group.sort();
            group.iter().for_each(|member| done[member.0] = true);
            for (member, own) in shares(&drawn, &weighed, &group, class, factor) {
                scale_one(&mut drawn, &weighed, member, class, &own);
            }
        }
    }
    drawn
}

/// Decimals of a drawn weight.
const PLACES: u32 = 4;

/// The factor by which each member of a group grows.
fn shares(
    rubric: &Rubric,
    weighed: &Weighed,
    group: &[NodeIx],
    class: ClassIx,
    factor: &impl Fn(NodeIx) -> Number,
) -> Vec<(NodeIx, Number)> {
    let value = |ix: &NodeIx| {
        let node = &rubric.nodes[ix.0];
        if weighed.mean { node.weight.get(class).0.clone() } else { node.points.get(class).0.clone() }
    };
    let now: Vec<Number> = group.iter().map(value).collect();
    let drawn: Vec<Number> = group.iter().zip(&now).map(|(ix, now)| now * &factor(*ix)).collect();
    let round = Round::half_up(PLACES);
    // Parts that may add up to more than their node keeps share a multiple of what was drawn for it.
    let shared = weighed.shared.rounded(round);
    let Some(fit) = shared.divided_by(&drawn.iter().sum::<Number>()) else { return Vec::new() };
    let mut fitted: Vec<Number> = drawn.iter().map(|drawn| (drawn * &fit).rounded(round)).collect();
    let over = &shared - &fitted.iter().sum::<Number>();
    if let Some(largest) = (0..fitted.len()).max_by(|a, b| fitted[*a].cmp(&fitted[*b]).then(b.cmp(a))) {
        fitted[largest] = &fitted[largest] + &over;
    }
    let own = |((ix, now), fitted): ((&NodeIx, &Number), &Number)| Some((*ix, fitted.divided_by(now)?));
    group.iter().zip(&now).zip(&fitted).filter_map(own).collect()
}
