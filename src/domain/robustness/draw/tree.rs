//! A rubric of sums, for one kind and stage: what shares of indicators add up to under drawn weights.
//!
//! It does what the scorer does (leave out, carry, cap, round, bonus, deduction) with numbers that may be off by a known
//! bound, and says so where the bound decides. Must not know where a share or a weight came from.

use std::cmp::Ordering;

use crate::domain::number::near::{Factor, Near, Share};
use crate::domain::number::{Points, Round};
use crate::domain::rubric::{Body, ClassIx, Combine, NodeIx, Role, Rubric};

/// What an indicator of a centre is worth, whatever the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// Left out, or none of this kind's.
    Absent,
    Share(Share),
    /// The penalty for what was not reported.
    Penalty,
}

/// What nodes can earn in one draw.
pub struct Weights {
    /// By node; `None` where the node is none of this kind's.
    pub points: Vec<Option<Factor>>,
    /// By node: what is taken off where it is not reported.
    pub penalties: Vec<Near>,
}

/// The bounds leave open what the exact numbers are.
pub struct Unsure;

/// What is added up for one kind and stage.
pub struct Tree {
    mains: Vec<Branch>,
    extras: Vec<(Branch, Role)>,
    combine: Combine,
    of: Near,
    at_least: Option<Near>,
    at_most: Option<Near>,
    indicator: Option<Round>,
    criterion: Option<Round>,
    total: Option<Round>,
}

enum Branch {
    Indicator(NodeIx),
    Criterion { node: NodeIx, combine: Combine, main: bool, children: Vec<Branch> },
}

/// What each grade asks of points.
pub struct Demand {
    /// The least total, and whether it must be passed.
    pub least: Option<(Near, bool)>,
    /// The share that each top-level criterion must reach.
    pub each: Option<Share>,
}

/// A centre's total in one draw, as grades compare it, and its top-level criteria.
pub struct Summed {
    pub total: Near,
    tops: Vec<(NodeIx, Near)>,
}

impl Branch {
    fn of(rubric: &Rubric, node: NodeIx, class: ClassIx) -> Option<Self> {
        let this = &rubric.nodes[node.0];
        let Body::Criterion { children, combine } = &this.body else { return Some(Self::Indicator(node)) };
        let counts = |child: &&NodeIx| rubric.nodes[child.0].points.get(class).0.is_positive();
        let children = children.iter().filter(counts).map(|child| Self::of(rubric, *child, class));
        let children = children.collect::<Option<_>>()?;
        is_linear(*combine).then_some(Self::Criterion {
            node,
            combine: *combine,
            main: this.role == Role::Main,
            children,
        })
    }

    fn node(&self) -> NodeIx {
        match self {
            Self::Indicator(node) | Self::Criterion { node, .. } => *node,
        }
    }
}

fn is_linear(combine: Combine) -> bool {
    match combine {
        Combine::Sum | Combine::BestOf | Combine::AllOf => true,
        Combine::WeightedMean | Combine::GeometricMean | Combine::Profile => false,
    }
}

impl Tree {
    /// `None` where something else than sums and choices makes the total.
    pub fn new(rubric: &Rubric, class: ClassIx) -> Option<Self> {
        let total = &rubric.total;
        is_linear(total.combine).then_some(())?;
        let tops = |role| rubric.tops(role).filter(|node| rubric.exists_for(*node, class));
        let mut extras = Vec::new();
        for role in [Role::Bonus, Role::Deduction] {
            for node in tops(role) {
                extras.push((Branch::of(rubric, node, class)?, role));
            }
        }
        let rounding = &rubric.rounding;
        Some(Self {
            mains: tops(Role::Main).map(|node| Branch::of(rubric, node, class)).collect::<Option<_>>()?,
            extras,
            combine: total.combine,
            of: Near::of(&total.points.get(class).0)?,
            at_least: limit(total.at_least.as_ref())?,
            at_most: limit(total.at_most.as_ref())?,
            indicator: rounding.indicator,
            criterion: rounding.criterion,
            total: rounding.total.filter(|_| rounding.compare_rounded),
        })
    }

    /// What a centre's leaves add up to.
    pub fn sum(&self, leaves: &[Leaf], weights: &Weights) -> Result<Summed, Unsure> {
        let mut tops = Vec::with_capacity(self.mains.len());
        let mut mains = Vec::with_capacity(self.mains.len());
        for main in &self.mains {
            let (node, points) = (main.node(), self.branch(main, leaves, weights)?);
            tops.extend(points.map(|points| (node, points)));
            mains.push(Ok((weights.of(node)?, points)));
        }
        // Who has nothing to be scored on is not graded: that is the scorer's to say.
        let mut total = combined(self.combine, true, self.of, mains)?.ok_or(Unsure)?;
        for (extra, role) in &self.extras {
            if let Some(points) = self.branch(extra, leaves, weights)? {
                total =
                    if *role == Role::Deduction { total.minus(points) } else { total.plus(points) }.ok_or(Unsure)?;
            }
        }
        total = self.at_least.map_or(total, |limit| total.max(limit));
        total = self.at_most.map_or(total, |limit| total.min(limit));
        Ok(Summed { total: rounded(total, self.total)?, tops })
    }

    fn branch(&self, branch: &Branch, leaves: &[Leaf], weights: &Weights) -> Result<Option<Near>, Unsure> {
        match branch {
            Branch::Indicator(node) => match (&leaves[node.0], self.indicator) {
                (Leaf::Absent, _) => Ok(None),
                (Leaf::Share(share), None) => Ok(Some(share.of_all(weights.of(*node)?))),
                (Leaf::Share(share), Some(round)) => {
                    share.rounded_of_all(weights.of(*node)?, round).ok_or(Unsure).map(Some)
                }
                (Leaf::Penalty, round) => rounded(weights.penalties[node.0], round).map(Some),
            },
            Branch::Criterion { node, combine, main, children } => {
                let of = weights.of(*node)?.near();
                let parts =
                    children.iter().map(|child| Ok((weights.of(child.node())?, self.branch(child, leaves, weights)?)));
                let line = combined(*combine, *main, of, parts)?;
                line.map(|line| rounded(line, self.criterion)).transpose()
            }
        }
    }
}

/// A limit of the total, where there is one; `None` outside where it leaves a word.
fn limit(limit: Option<&Points>) -> Option<Option<Near>> {
    limit.map_or(Some(None), |limit| Near::of(&limit.0).map(Some))
}

/// What parts come to together, each with what it can earn; a sum of main parts carries what is left out.
fn combined(
    combine: Combine,
    main: bool,
    of: Near,
    parts: impl IntoIterator<Item = Result<(Factor, Option<Near>), Unsure>>,
) -> Result<Option<Near>, Unsure> {
    let (mut full, mut available, mut points): (Option<Factor>, Option<Factor>, Option<Near>) = (None, None, None);
    let add = |sum: Option<Factor>, own: Factor| sum.map_or(Some(own), |sum| sum.plus(own)).ok_or(Unsure).map(Some);
    for part in parts {
        let (own, line) = part?;
        full = add(full, own)?;
        let Some(line) = line else { continue };
        available = add(available, own)?;
        points = Some(match (points, combine) {
            (None, _) => line,
            (Some(points), Combine::BestOf) => points.max(line),
            (Some(points), Combine::AllOf) => points.min(line),
            (Some(points), _) => points.plus(line).ok_or(Unsure)?,
        });
    }
    let (Some(mut points), Some(full), Some(available)) = (points, full, available) else { return Ok(None) };
    if combine == Combine::Sum {
        if main && available != full {
            points = points.carried(full, available).ok_or(Unsure)?;
        }
        points = points.min(of);
    }
    Ok(Some(points))
}

fn rounded(near: Near, round: Option<Round>) -> Result<Near, Unsure> {
    round.map_or(Ok(near), |round| near.rounded(round).ok_or(Unsure))
}

impl Weights {
    fn of(&self, node: NodeIx) -> Result<Factor, Unsure> {
        self.points[node.0].ok_or(Unsure)
    }
}

impl Demand {
    /// Whether points keep a centre from the grade.
    pub fn bars(&self, summed: &Summed, weights: &Weights) -> Result<bool, Unsure> {
        let mut barred = false;
        if let Some((least, strict)) = self.least {
            let order = summed.total.against(least).ok_or(Unsure)?;
            barred |= order == Ordering::Less || strict && order == Ordering::Equal;
        }
        if let Some(share) = self.each {
            for (node, points) in &summed.tops {
                let needed = share.of_all(weights.of(*node)?);
                barred |= points.against(needed).ok_or(Unsure)? == Ordering::Less;
            }
        }
        Ok(barred)
    }
}
