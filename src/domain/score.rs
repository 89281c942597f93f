//! Scoring: from readings to points, in three pure steps.
//!
//! [`facts()`] gathers what rules relative to the cohort need; [`points`] scores one centre by them; `placing::place`
//! ranks and grades all. [`score`] composes the three. Must not know how grades are given or words are made.

mod carry;
mod choices;
mod facts;
mod own;
mod profile;

use std::sync::Arc;

use jiff::civil::Date;

use super::centre::Status;
use super::cohort::{CentreIx, Cohort};
use super::grade::{Scorecard, Standing, exempt, standing};
use super::ledger::{Absence, Applied, Line, Measured, Operation, Policy, Step, Subject, Working};
use super::measure::View;
use super::number::{Number, Points, Round};
use super::placing::place;
use super::rubric::{
    Body, ClassIx, Combine, Indicator, Missing, NodeIx, NotApplicable, Role, Rubric, Scoring, Undefined,
};
use super::rule::{Award, Band, Bound, MarkedBand, Rule};

pub use facts::{Facts, facts};
pub use own::{Own, own};
use profile::profile_mean;

/// How far a centre's score has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Every cell that counts is filled: the centre can be graded.
    Complete,
    /// Cells are still blank: a provisional total, no grade, no rank.
    Incomplete { blank: usize, needed: usize },
    /// These indicators are not reported and the rubric grades nobody without them.
    Blocked(Vec<NodeIx>),
    /// Its kind is not known, so that no points apply.
    WithoutKind,
    /// Not scored: absent, withdrawn, deferred and so on.
    NotScored(Status),
}

/// Points of one centre, without their working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub state: State,
    /// By node; `None` where the node does not exist for the centre's kind or is left out.
    pub nodes: Vec<Option<Points>>,
    /// Shares by level of every node that is a profile.
    pub profiles: Vec<(NodeIx, Vec<Number>)>,
    /// Whether some points depend on the other centres.
    pub relative: bool,
    /// Rounded as the rubric says.
    pub total: Points,
    /// What thresholds and ranks look at: the rounded or the exact total, as the rubric says.
    pub compared: Number,
    /// What the centre's own data say of gates and grades.
    pub standing: Standing,
}

/// Scores a whole cohort.
pub fn score(rubric: &Rubric, cohort: &Cohort, decided_on: Option<Date>) -> Vec<Scorecard> {
    let facts = facts(rubric, cohort);
    let tallies: Vec<_> = cohort.all().map(|ix| Arc::new(points(rubric, cohort, ix, &facts))).collect();
    place(rubric, cohort, &tallies, decided_on)
}

/// Scores one centre.
pub fn points(rubric: &Rubric, cohort: &Cohort, ix: CentreIx, facts: &Facts) -> Tally {
    let empty = |state| Tally {
        state,
        nodes: vec![None; rubric.nodes.len()],
        profiles: Vec::new(),
        relative: false,
        total: Points::ZERO,
        compared: Number::ZERO,
        standing: Standing::default(),
    };
    let centre = cohort.centre(ix);
    if centre.status != Status::Participating {
        return empty(State::NotScored(centre.status));
    }
    if let Some((status, gate)) = exempt(rubric, cohort, ix) {
        let standing = Standing { gates: vec![gate], ..Standing::default() };
        return Tally { standing, ..empty(State::NotScored(status)) };
    }
    let Some(class) = rubric.class(centre) else { return empty(State::WithoutKind) };
    let mut scorer = Scorer::new(rubric, cohort, ix, class, facts, false);
    let ledger = scorer.total();
    let mut nodes = vec![None; rubric.nodes.len()];
    let mut profiles = Vec::new();
    collect(&ledger, &mut nodes, &mut profiles);
    let blank = cohort.gaps(rubric, ix).len();
    // Whoever has nothing left to be scored on is not graded: a total of nothing is no zero.
    let tops: Vec<NodeIx> = rubric.tops(Role::Main).filter(|node| rubric.exists_for(*node, class)).collect();
    let nothing = profiles.is_empty() && tops.iter().all(|node| nodes[node.0].is_none());
    if nothing && scorer.blocked.is_empty() {
        scorer.blocked = tops;
    }
    let state = match scorer.blocked {
        _ if blank > 0 => State::Incomplete { blank, needed: cohort.needed(ix).len() },
        blocked if blocked.is_empty() => State::Complete,
        blocked => State::Blocked(blocked),
    };
    let compared = match (&ledger.operation, rubric.rounding.compare_rounded) {
        (Operation::Round(_), false) => ledger.children[0].points.0.clone(),
        _ => ledger.points.0.clone(),
    };
    // Without facts nothing can be relative, and nothing has to be looked for.
    let relative = *facts != Facts::default() && ledger.has_relative();
    let mut tally =
        Tally { state, nodes, profiles, relative, total: ledger.points, compared, standing: Standing::default() };
    tally.standing = standing(rubric, cohort, ix, &tally);
    tally
}

/// The ledger of one centre with every intermediate result; `None` for a centre that is not scored.
pub fn ledger(rubric: &Rubric, cohort: &Cohort, ix: CentreIx, facts: &Facts) -> Option<Line> {
    let centre = cohort.centre(ix);
    let class = rubric.class(centre).filter(|_| centre.status == Status::Participating)?;
    Some(Scorer::new(rubric, cohort, ix, class, facts, true).total())
}

/// Indicators of one centre that are left out, so that they have no line, and why; in the order of the ledger.
pub fn left_out(rubric: &Rubric, cohort: &Cohort, ix: CentreIx, facts: &Facts) -> Vec<(NodeIx, Absence)> {
    let centre = cohort.centre(ix);
    let class = rubric.class(centre).filter(|_| centre.status == Status::Participating);
    let Some(class) = class else { return Vec::new() };
    let mut scorer = Scorer::new(rubric, cohort, ix, class, facts, true);
    scorer.total();
    scorer.left_out
}

fn collect(line: &Line, nodes: &mut [Option<Points>], profiles: &mut Vec<(NodeIx, Vec<Number>)>) {
    if let Subject::Node(node) = line.subject {
        // The outermost line about a node carries its final points.
        match line.profile() {
            None => {
                nodes[node.0].get_or_insert_with(|| line.points.clone());
            }
            Some(profile) => {
                if !profile.worth.is_empty() {
                    nodes[node.0].get_or_insert_with(|| line.points.clone());
                }
                if !profiles.iter().any(|(known, _)| *known == node) {
                    profiles.push((node, profile.levels.clone()));
                }
            }
        }
    }
    line.children.iter().for_each(|child| collect(child, nodes, profiles));
}

/// Builds one centre's ledger from the leaves up.
struct Scorer<'a> {
    rubric: &'a Rubric,
    view: View<'a>,
    class: ClassIx,
    facts: &'a Facts,
    blocked: Vec<NodeIx>,
    left_out: Vec<(NodeIx, Absence)>,
}

/// The children of a node with their lines; `None` where one is left out.
type Scored = Vec<(NodeIx, Option<Line>)>;

/// A leaf that has no value: why, and how far the formula came.
struct NoValue {
    why: Measured,
    steps: Vec<Step>,
}

impl<'a> Scorer<'a> {
    fn new(
        rubric: &'a Rubric,
        cohort: &'a Cohort,
        ix: CentreIx,
        class: ClassIx,
        facts: &'a Facts,
        trace: bool,
    ) -> Self {
        let view = View {
            rubric,
            layout: &cohort.layout,
            centre: cohort.centre(ix),
            readings: cohort.readings(ix),
            scores: None,
            reported_years_only: false,
            trace,
        };
        Self { rubric, view, class, facts, blocked: Vec::new(), left_out: Vec::new() }
    }

    fn total(&mut self) -> Line {
        let total = &self.rubric.total;
        let of = total.points.get(self.class).clone();
        let mains = self.tops(Role::Main);
        let combined = self.combine(Subject::Total, total.combine, &mains, &of, Role::Main);
        let mut line = combined.unwrap_or_else(|| Line {
            subject: Subject::Total,
            operation: Operation::Sum,
            points: Points::ZERO,
            of: of.clone(),
            children: Vec::new(),
        });
        let mut extras = Vec::new();
        for node in self.tops(Role::Bonus) {
            extras.extend(self.node(node));
        }
        for node in self.tops(Role::Deduction) {
            extras.extend(self.node(node).map(|child| Line {
                points: Points(-&child.points.0),
                of: child.of.clone(),
                ..wrap(child, Operation::Minus)
            }));
        }
        if !extras.is_empty() {
            // A plain sum takes bonus and deductions among its own lines; anything else stays a line below them.
            let mut children = match line.operation {
                Operation::Sum => line.children,
                _ => vec![line],
            };
            children.extend(extras);
            line = sum(Subject::Total, children, of);
        }
        if let Some(limit) = &total.at_least
            && line.points < *limit
        {
            line = Line { points: limit.clone(), ..wrap(line, Operation::AtLeast(limit.clone())) };
        }
        if let Some(limit) = &total.at_most
            && line.points > *limit
        {
            line = Line { points: limit.clone(), ..wrap(line, Operation::AtMost(limit.clone())) };
        }
        rounded(line, self.rubric.rounding.total)
    }

    fn tops(&self, role: Role) -> Vec<NodeIx> {
        self.rubric.tops(role).filter(|node| self.rubric.exists_for(*node, self.class)).collect()
    }

    /// A node's line; `None` where it is left out.
    fn node(&mut self, ix: NodeIx) -> Option<Line> {
        let rubric = self.rubric;
        let node = &rubric.nodes[ix.0];
        match &node.body {
            Body::Indicator(indicator) => self.indicator(ix, indicator),
            Body::Criterion { children, combine } => {
                let children: Vec<_> = children
                    .iter()
                    .copied()
                    .filter(|c| rubric.nodes[c.0].points.get(self.class).0.is_positive())
                    .collect();
                let of = node.points.get(self.class);
                let line = self.combine(Subject::Node(ix), *combine, &children, of, node.role)?;
                Some(if *combine == Combine::Profile {
                    self.rounded_profile(ix, line)
                } else {
                    rounded(line, rubric.rounding.criterion)
                })
            }
        }
    }

    fn combine(
        &mut self,
        subject: Subject,
        combine: Combine,
        children: &[NodeIx],
        of: &Points,
        role: Role,
    ) -> Option<Line> {
        let scored: Scored = children.iter().map(|c| (*c, self.node(*c))).collect();
        let full: Points = children.iter().map(|c| self.rubric.nodes[c.0].points.get(self.class)).sum();
        let (given, scored) = self.give(scored, combine);
        let (kept, lines): (Vec<NodeIx>, Vec<Line>) =
            scored.into_iter().filter_map(|(c, line)| Some((c, line?))).unzip();
        if lines.is_empty() {
            return None;
        }
        let weights = || {
            let weight = |c: &NodeIx| self.rubric.nodes[c.0].weight.get(self.class).clone();
            kept.iter().map(weight).collect::<Vec<_>>()
        };
        let available: Points = kept.iter().map(|c| self.rubric.nodes[c.0].points.get(self.class)).sum();
        let available = available + &given;
        let line = match combine {
            Combine::Sum => {
                let mut line = sum(subject, lines, of.clone());
                if role == Role::Main && available != full && !available.0.is_zero() {
                    let carried = full.0.divided_by(&available.0)?;
                    let points = line.points.times(&carried);
                    line = Line { points, ..wrap(line, Operation::Reweight { available, full }) };
                }
                if line.points > *of {
                    line = Line { points: of.clone(), ..wrap(line, Operation::Cap) };
                }
                line
            }
            Combine::WeightedMean => mean(subject, Operation::WeightedMean(weights()), lines, of),
            Combine::GeometricMean => mean(subject, Operation::GeometricMean(weights()), lines, of),
            Combine::BestOf => chosen(subject, Operation::Best, lines, of),
            Combine::AllOf => chosen(subject, Operation::Least, lines, of),
            Combine::Profile => profile_mean(subject, weights(), lines, of)?,
        };
        Some(line)
    }

    /// An indicator's line; `None` where it is left out.
    fn indicator(&mut self, ix: NodeIx, indicator: &Indicator) -> Option<Line> {
        let of = self.rubric.nodes[ix.0].points.get(self.class).clone();
        self.view.reported_years_only = indicator.reported_years_only;
        if let Scoring::Profile(measures) = &indicator.scoring {
            return self.profile(ix, indicator, measures);
        }
        let line = match self.scoring(Subject::Node(ix), &indicator.scoring, &of) {
            Ok(line) => line,
            Err(NoValue { why, steps }) => {
                let policy = policy(indicator, self.class, &why);
                match &policy {
                    Policy::Missing(Missing::LeaveOut)
                    | Policy::NotApplicable(NotApplicable::LeaveOut | NotApplicable::GiveTo(_)) => {
                        self.left_out.push((ix, Absence { why, policy, steps }));
                        return None;
                    }
                    Policy::Missing(Missing::Block) => self.blocked.push(ix),
                    _ => {}
                }
                let absence = Absence { why, policy, steps };
                let group_mean = || match indicator.missing {
                    Missing::GroupMean(group) => {
                        self.facts.group_means.get(&(ix, group.member(self.view.centre))).cloned()
                    }
                    _ => None,
                };
                let points = absence.points(&of).or_else(group_mean).unwrap_or(Points::ZERO);
                let operation = Operation::Without(Box::new(absence));
                Line { subject: Subject::Node(ix), operation, points, of, children: Vec::new() }
            }
        };
        Some(rounded(line, self.rubric.rounding.indicator))
    }

    fn scoring(&self, subject: Subject, scoring: &Scoring, of: &Points) -> Result<Line, NoValue> {
        match scoring {
            Scoring::Rule { measure, rule } => {
                let mut steps = Vec::new();
                let value = match self.view.measure(&measure.expr, &mut steps) {
                    Measured::Value(value) => value,
                    why => return Err(NoValue { why, steps }),
                };
                let applied = match self.apply(rule, &value, &mut steps) {
                    Ok(applied) => applied,
                    Err(why) => return Err(NoValue { why, steps }),
                };
                let Some(points) = applied.points(&value, of) else {
                    return Err(NoValue { why: Measured::Undefined, steps });
                };
                let operation = Operation::Rule(Box::new(Working { value, applied, steps }));
                Ok(Line { subject, operation, points, of: of.clone(), children: Vec::new() })
            }
            Scoring::BestOf(choices) => self.choices(subject, choices, of, true),
            Scoring::AllOf(choices) => self.choices(subject, choices, of, false),
            Scoring::Checklist(items) => self.checklist(subject, items, of),
            // An indicator's own, never an option: it is scored before this.
            Scoring::Profile(_) => Err(NoValue { why: Measured::Undefined, steps: Vec::new() }),
        }
    }

    fn bound(&self, bound: &Bound, steps: &mut Vec<Step>) -> Result<Number, Measured> {
        match self.view.measure(&bound.expr, steps) {
            Measured::Value(value) => Ok(value),
            why => Err(why),
        }
    }

    fn apply(&self, rule: &Rule, value: &Number, steps: &mut Vec<Step>) -> Result<Applied, Measured> {
        let class = self.class;
        Ok(match rule {
            Rule::Linear { from, to, start } => {
                Applied::Linear { from: self.bound(from, steps)?, to: self.bound(to, steps)?, start: start.clone() }
            }
            Rule::Target { goal, lower_is_better } => {
                Applied::Target { goal: self.bound(goal, steps)?, lower_is_better: *lower_is_better }
            }
            Rule::Bands(bands) => {
                let holds = |band: &Band| band.lower.as_ref().is_none_or(|edge| edge.admits(value));
                let index = bands.iter().position(holds).ok_or(Measured::Undefined)?;
                Applied::Band { index, award: bands[index].award.get(class).clone() }
            }
            Rule::PerUnit(rule) => {
                let over = if rule.lower_is_better { &rule.from - value } else { value - &rule.from };
                let over = over.max(Number::ZERO).divided_by(&rule.unit).ok_or(Measured::Undefined)?;
                Applied::PerUnit {
                    from: rule.from.clone(),
                    base: rule.base.get(class).clone(),
                    unit: rule.unit.clone(),
                    units: if rule.whole { over.floor() } else { over },
                    earns: rule.earns.get(class).clone(),
                    lower_is_better: rule.lower_is_better,
                }
            }
            Rule::YesNo => Applied::YesNo,
            Rule::Expert { from, to } => Applied::Expert { from: from.clone(), to: to.clone() },
            Rule::MarkedBands(rule) => {
                let holds = |band: &MarkedBand| band.lower.as_ref().is_none_or(|edge| edge.admits(value));
                let index = rule.bands.iter().position(holds).ok_or(Measured::Undefined)?;
                let band = &rule.bands[index];
                Applied::MarkedBand {
                    index,
                    mark: self.bound(&rule.mark, steps)?,
                    scale: rule.scale.clone(),
                    lowest: band.lowest.get(class).clone(),
                    highest: band.highest.get(class).clone(),
                }
            }
            Rule::Relative(rule) => {
                let key = (rule.ix, rule.per.member(self.view.centre));
                let others = self.facts.distributions.get(&key).ok_or(Measured::Undefined)?;
                let award = |award: &Award| award.get(class).clone();
                let against = others.against(rule, value, award).ok_or(Measured::Undefined)?;
                let place = against.place(value).ok_or(Measured::Undefined)?;
                let then = match &rule.then {
                    Some(then) => Some(Box::new(self.apply(then, &place, steps)?)),
                    None => None,
                };
                Applied::Relative { against, then }
            }
        })
    }
}

fn policy(indicator: &Indicator, class: ClassIx, why: &Measured) -> Policy {
    match (why, indicator.undefined) {
        (Measured::Blank, _) => Policy::Awaited,
        (Measured::NotApplicable, _) | (Measured::Undefined, Undefined::NotApplicable) => {
            Policy::NotApplicable(indicator.not_applicable)
        }
        (Measured::Undefined, Undefined::Zero) => Policy::NotApplicable(NotApplicable::Zero),
        (Measured::Undefined, Undefined::Full) => Policy::NotApplicable(NotApplicable::Full),
        _ => Policy::Missing(indicator.missing.of(class)),
    }
}

/// A line around a line, about the same thing; its points are still the child's.
fn wrap(child: Line, operation: Operation) -> Line {
    Line {
        subject: child.subject,
        operation,
        points: child.points.clone(),
        of: child.of.clone(),
        children: vec![child],
    }
}

/// The line as it is, or rounded where that changes it.
fn rounded(line: Line, round: Option<Round>) -> Line {
    let Some(round) = round else { return line };
    let points = Points(line.points.0.rounded(round));
    if points == line.points { line } else { Line { points, ..wrap(line, Operation::Round(round)) } }
}

fn sum(subject: Subject, children: Vec<Line>, of: Points) -> Line {
    let points = children.iter().map(|c| &c.points).sum();
    Line { subject, operation: Operation::Sum, points, of, children }
}

fn chosen(subject: Subject, operation: Operation, children: Vec<Line>, of: &Points) -> Line {
    let points = || children.iter().map(|c| c.points.clone());
    let points = if operation == Operation::Best { points().max() } else { points().min() };
    Line { subject, operation, points: points.unwrap_or(Points::ZERO), of: of.clone(), children }
}

fn mean(subject: Subject, operation: Operation, children: Vec<Line>, of: &Points) -> Line {
    let line = Line { subject, operation, points: Points::ZERO, of: of.clone(), children };
    let points = line.expected().unwrap_or(Points::ZERO);
    Line { points, ..line }
}
