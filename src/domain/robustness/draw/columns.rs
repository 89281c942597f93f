//! A cohort as columns of shares, for draws of weights: the share that an indicator earns of its points is the same
//! under any weights, so that a draw is a sum of shares times what was drawn.
//!
//! Where the rubric is more than sums, gates on facts and quotas there are no columns; where a bound decides, or a
//! centre's points do not follow from its shares alone, the scorer is asked. Must not know what is drawn, nor count.

use super::super::reweight::redrawn;
use super::places::{Contender, Grades, Places};
use super::tree::{Demand, Leaf, Tree, Unsure, Weights};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::condition::Condition;
use crate::domain::formula::Expr;
use crate::domain::grade::{Reason, Scorecard, cap, sets};
use crate::domain::ledger::Policy;
use crate::domain::needs::formulas;
use crate::domain::number::near::{Factor, Near, Share};
use crate::domain::number::{Number, Points};
use crate::domain::rubric::{
    Body, ClassIx, Grade, GradeIx, Indicator, MetricIx, Missing, NodeIx, NotApplicable, Rubric, Scoring,
};
use crate::domain::score::{Facts, State, Tally, own, score};
use crate::domain::text::Text;

/// A cohort made ready for draws.
pub struct Columns {
    /// The rubric's weights and what they hang on, and nothing else: it is copied for every draw.
    skeleton: Rubric,
    /// By kind and stage.
    trees: Vec<Tree>,
    demands: Vec<Demand>,
    places: Places,
    /// `None`: it has no grade in any draw.
    centres: Vec<Option<Centre>>,
    /// By kind and stage: indicators that look at a figure that is drawn.
    touched: Vec<Vec<NodeIx>>,
}

/// A centre that can come to have a grade.
struct Centre {
    class: ClassIx,
    /// What gates and requirements come to, without any points.
    apart: Contender,
    /// By node; `None`: its points do not follow from shares alone.
    leaves: Option<Vec<Leaf>>,
}

/// One draw.
pub struct Asked<'a> {
    pub rubric: &'a Rubric,
    /// With its figures drawn.
    pub cohort: &'a Cohort,
    pub facts: &'a Facts,
    /// What the weight of a node is multiplied by; `None` where weights stay.
    pub factor: Option<&'a dyn Fn(NodeIx) -> Number>,
    /// Scores a centre whole.
    pub scored: &'a dyn Fn(CentreIx) -> Tally,
}

impl Columns {
    /// `None` where grades do not follow from sums of shares; `drawn`: figures are drawn too.
    pub fn new(rubric: &Rubric, cohort: &Cohort, facts: &Facts, drawn: bool) -> Option<Self> {
        let off = |metric: MetricIx| drawn && rubric.metrics[metric.0].tolerance.is_some();
        is_linear(rubric, &off).then_some(())?;
        let classes = || (0..rubric.classes()).map(ClassIx);
        let cards = score(rubric, cohort, None);
        let touched: Vec<_> = classes().map(|class| touched(rubric, class, &off)).collect();
        let moves = |class: ClassIx| !touched[class.0].is_empty();
        Some(Self {
            skeleton: skeleton(rubric),
            trees: classes().map(|class| Tree::new(rubric, class)).collect::<Option<_>>()?,
            demands: rubric.grades.iter().map(demand).collect::<Option<_>>()?,
            places: Places::new(rubric, cohort, &cards)?,
            centres: cards.iter().map(|card| centre(rubric, cohort, facts, card, &moves)).collect(),
            touched,
        })
    }

    /// The grades of one draw; `None` where the draw has to be scored whole.
    pub fn grades(&self, asked: &Asked<'_>) -> Option<Grades> {
        let drawn = asked.factor.map(|factor| redrawn(&self.skeleton, &factor));
        let drawn = drawn.as_ref().unwrap_or(&self.skeleton);
        let weights = (0..self.trees.len()).map(|class| self.weights(drawn, ClassIx(class)));
        let weights: Vec<Weights> = weights.collect::<Option<_>>()?;
        let mut leaves = Vec::new();
        let mut contenders = Vec::with_capacity(self.centres.len());
        for (at, centre) in self.centres.iter().enumerate() {
            let Some(centre) = centre else {
                contenders.push(None);
                continue;
            };
            let ix = CentreIx(at);
            contenders.push(match self.contender(asked, (ix, centre), &weights[centre.class.0], &mut leaves) {
                Ok(contender) => Some(contender),
                Err(Unsure) => {
                    let tally = (asked.scored)(ix);
                    let total = Near::of(&tally.compared)?;
                    (tally.state == State::Complete).then(|| contender(asked.rubric, &tally, total, |_| true))
                }
            });
        }
        self.places.give(&contenders)
    }

    fn weights(&self, drawn: &Rubric, class: ClassIx) -> Option<Weights> {
        let (mut points, mut penalties) = (Vec::new(), Vec::new());
        for (at, node) in drawn.nodes.iter().enumerate() {
            let exists = self.skeleton.exists_for(NodeIx(at), class);
            points.push(if exists { Some(Factor::of(&node.points.get(class).0)?) } else { None });
            penalties.push(match &node.body {
                Body::Indicator(indicator) => match &indicator.missing {
                    Missing::Penalty(penalty) => Near::of(&-&penalty.get(class).0)?,
                    _ => Near::ZERO,
                },
                Body::Criterion { .. } => Near::ZERO,
            });
        }
        Some(Weights { points, penalties })
    }

    fn contender(
        &self,
        asked: &Asked<'_>,
        (ix, centre): (CentreIx, &Centre),
        weights: &Weights,
        scratch: &mut Vec<Leaf>,
    ) -> Result<Contender, Unsure> {
        let mut leaves: &[Leaf] = centre.leaves.as_ref().ok_or(Unsure)?;
        let touched = &self.touched[centre.class.0];
        if !touched.is_empty() {
            scratch.clear();
            scratch.extend_from_slice(leaves);
            for node in touched {
                let who = (ix, centre.class);
                scratch[node.0] = leaf(asked.rubric, asked.cohort, who, asked.facts, *node).ok_or(Unsure)?;
            }
            leaves = scratch;
        }
        if centre.apart.set.is_some() {
            return Ok(centre.apart);
        }
        let summed = self.trees[centre.class.0].sum(leaves, weights)?;
        let mut barred = centre.apart.barred;
        for (grade, demand) in self.demands.iter().enumerate() {
            if barred >> grade & 1 == 0 {
                barred |= u64::from(demand.bars(&summed, weights)?) << grade;
            }
        }
        Ok(Contender { total: summed.total, barred, set: None })
    }
}

/// Whether grades follow from sums of shares, gates on facts and quotas.
fn is_linear(rubric: &Rubric, off: &impl Fn(MetricIx) -> bool) -> bool {
    let gates = rubric.gates.iter().map(|gate| &gate.when.condition);
    let mut conditions = gates.chain(rubric.grades.iter().flat_map(|g| &g.requires).map(|r| &r.condition));
    let apart = |condition: &Condition| !looks_at_points(condition) && !condition.metrics().into_iter().any(off);
    let own = |(_, indicator): (NodeIx, &Indicator)| {
        !matches!(indicator.missing, Missing::GroupMean(_)) && !matches!(indicator.scoring, Scoring::Profile(_))
    };
    let drawn = (0..rubric.metrics.len()).map(MetricIx).any(off);
    rubric.grades.len() <= 64
        && conditions.all(apart)
        && rubric.indicators().all(own)
        // A figure that is drawn for one centre would move the points of the others.
        && !(drawn && rubric.is_relative())
}

fn looks_at_points(condition: &Condition) -> bool {
    let mut found = false;
    condition.formulas(&mut |expr| {
        expr.walk(&mut |part| {
            found |= matches!(part, Expr::PointsOf(_) | Expr::ShareOf(_) | Expr::LevelOf(..) | Expr::Total);
        });
    });
    found
}

/// The rubric without anything that its weights do not hang on.
fn skeleton(rubric: &Rubric) -> Rubric {
    let mut bare = rubric.clone();
    for node in &mut bare.nodes {
        node.id.clear();
        node.title = Text::default();
        node.cite = None;
        if let Body::Indicator(indicator) = &mut node.body {
            indicator.scoring = Scoring::Checklist(Vec::new());
            indicator.definition = Text::default();
        }
    }
    bare.metrics.clear();
    bare.assertions.clear();
    bare.documents.clear();
    bare.references.clear();
    bare.attributes.clear();
    bare.findings.clear();
    bare.grades.clear();
    bare.gates.clear();
    bare.outcomes.clear();
    bare.acts.clear();
    bare
}

fn demand(grade: &Grade) -> Option<Demand> {
    let least = match &grade.threshold {
        Some(threshold) => Some((Near::of(&threshold.points.0)?, threshold.strict)),
        None => None,
    };
    let each = match &grade.each_criterion {
        Some(share) => Some(Share::of(share)?),
        None => None,
    };
    Some(Demand { least, each })
}

fn touched(rubric: &Rubric, class: ClassIx, off: &impl Fn(MetricIx) -> bool) -> Vec<NodeIx> {
    let mut nodes = Vec::new();
    for (node, indicator) in rubric.indicators().filter(|(node, _)| rubric.exists_for(*node, class)) {
        let mut found = false;
        formulas(&indicator.scoring, &mut |expr| found |= expr.metrics().into_iter().any(off));
        nodes.extend(found.then_some(node));
    }
    nodes
}

fn centre(
    rubric: &Rubric,
    cohort: &Cohort,
    facts: &Facts,
    card: &Scorecard,
    moves: &impl Fn(ClassIx) -> bool,
) -> Option<Centre> {
    let ix = card.centre;
    let class = rubric.class(cohort.centre(ix))?;
    let complete = card.tally.state == State::Complete;
    // What blocks it may be what is drawn.
    (complete || moves(class) && matches!(card.tally.state, State::Blocked(_))).then_some(())?;
    let leaf = |at: usize| match &rubric.nodes[at].body {
        Body::Indicator(_) if rubric.exists_for(NodeIx(at), class) => {
            leaf(rubric, cohort, (ix, class), facts, NodeIx(at))
        }
        _ => Some(Leaf::Absent),
    };
    let leaves = if complete { (0..rubric.nodes.len()).map(leaf).collect() } else { None };
    let of_facts = |reason: &Reason| matches!(reason, Reason::Requirement { .. });
    Some(Centre { class, apart: contender(rubric, &card.tally, Near::ZERO, of_facts), leaves })
}

/// What an indicator is worth; `None` where that is no share of its points.
fn leaf(rubric: &Rubric, cohort: &Cohort, who: (CentreIx, ClassIx), facts: &Facts, node: NodeIx) -> Option<Leaf> {
    let own = own(rubric, cohort, who, facts, node)?;
    match own.policy {
        // It blocks, is still to come, or a sibling carries it.
        Some(Policy::Missing(Missing::Block) | Policy::Awaited | Policy::NotApplicable(NotApplicable::GiveTo(_))) => {
            return None;
        }
        Some(Policy::Missing(Missing::Penalty(_))) => return Some(Leaf::Penalty),
        _ => {}
    }
    let Some(Points(points)) = own.points else { return Some(Leaf::Absent) };
    let of = &rubric.nodes[node.0].points.get(who.1).0;
    Share::of(&points.divided_by(of)?).map(Leaf::Share)
}

fn contender(rubric: &Rubric, tally: &Tally, total: Near, counts: impl Fn(&Reason) -> bool) -> Contender {
    let standing = &tally.standing;
    let best = cap(rubric, &standing.gates);
    let bars = |grade: &usize| {
        let ix = GradeIx(*grade);
        ix < best || standing.failings(ix).iter().any(&counts)
    };
    let barred = (0..rubric.grades.len()).filter(bars).fold(0, |barred, grade| barred | 1 << grade);
    Contender { total, barred, set: sets(rubric, &standing.gates).map(|(grade, _)| grade) }
}
