//! Which parts of a rubric a cohort reaches: bands and pieces of rules, options, policies for missing figures, caps, gates,
//! grades with what they ask for, outcomes, findings, kinds and stages.
//!
//! A part is reached where at least one centre's scorecard came about by it. Must not know where a part is written.

use std::collections::{BTreeMap, BTreeSet};

use super::cohort::{CentreIx, Cohort};
use super::grade::{Reason, Scorecard};
use super::ledger::{Absence, Applied, Line, Measured, Operation, Policy, Subject};
use super::number::{Number, Points};
use super::relative::{Against, By};
use super::rubric::{Body, Combine, FindingIx, GateIx, GradeIx, KindIx, NodeIx, OutcomeKey, Rubric, Scoring};
use super::rule::{Rule, Start};
use super::score::{Facts, State, facts, ledger, left_out};

/// A part of a rubric that a centre can come by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    Kind(KindIx),
    /// Position in [`Rubric::stages`].
    Stage(usize),
    /// A piece of the rule of an indicator, or of the option or item that the path leads to.
    Piece(NodeIx, Vec<usize>, Piece),
    /// An option that decided.
    Chosen(NodeIx, Vec<usize>),
    /// The policy for what is not reported.
    Missing(NodeIx),
    /// The policy for what does not apply.
    NotApplicable(NodeIx),
    /// The policy for what has no value.
    Undefined(NodeIx),
    /// A criterion that holds back what its parts earn.
    Cap(NodeIx),
    TotalAtLeast,
    TotalAtMost,
    Gate(GateIx),
    Grade(GradeIx),
    /// A condition of a grade that keeps somebody from it.
    Requirement(GradeIx, usize),
    EachCriterion(GradeIx),
    Quota(GradeIx),
    First(GradeIx),
    Last(GradeIx),
    /// A row of the outcomes and its case, by position.
    Outcome(usize, Option<usize>),
    Finding(FindingIx),
}

/// A piece of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Piece {
    /// A band, a place of a ranking; from 0.
    Band(usize),
    /// Places behind those that are listed.
    Rest,
    /// No points: at or short of where they begin.
    Short,
    Between,
    /// All points.
    Reached,
    Yes,
    No,
    /// The rule has one piece only.
    Whole,
}

/// How many centres reach each part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage(pub BTreeMap<Item, usize>);

impl Coverage {
    /// Every part of a rubric, reached by nobody yet.
    pub fn of(rubric: &Rubric) -> Self {
        let mut items = Vec::new();
        items.extend((0..rubric.kinds.len()).map(|at| Item::Kind(KindIx(at))));
        items.extend((0..rubric.stages.len()).map(Item::Stage));
        for (at, node) in rubric.nodes.iter().enumerate() {
            match &node.body {
                Body::Indicator(indicator) => {
                    let node = NodeIx(at);
                    of_scoring(node, &mut Vec::new(), &indicator.scoring, &mut items);
                    items.extend([Item::Missing(node), Item::NotApplicable(node), Item::Undefined(node)]);
                }
                Body::Criterion { children, combine: Combine::Sum } => {
                    let sum = |class: usize| children.iter().map(|child| &rubric.nodes[child.0].points.0[class]).sum();
                    if (0..node.points.0.len()).any(|class| node.points.0[class] < sum(class)) {
                        items.push(Item::Cap(NodeIx(at)));
                    }
                }
                Body::Criterion { .. } => {}
            }
        }
        items.extend(rubric.total.at_least.is_some().then_some(Item::TotalAtLeast));
        items.extend(rubric.total.at_most.is_some().then_some(Item::TotalAtMost));
        items.extend((0..rubric.gates.len()).map(|at| Item::Gate(GateIx(at))));
        for (at, grade) in rubric.grades.iter().enumerate() {
            let ix = GradeIx(at);
            items.push(Item::Grade(ix));
            items.extend((0..grade.requires.len()).map(|index| Item::Requirement(ix, index)));
            items.extend(grade.each_criterion.is_some().then_some(Item::EachCriterion(ix)));
            items.extend(grade.quota.is_some().then_some(Item::Quota(ix)));
            items.extend(grade.first.is_some().then_some(Item::First(ix)));
            items.extend(grade.last.is_some().then_some(Item::Last(ix)));
        }
        for (at, (_, outcome)) in rubric.outcomes.iter().enumerate() {
            items.push(Item::Outcome(at, None));
            items.extend((0..outcome.cases.len()).map(|case| Item::Outcome(at, Some(case))));
        }
        items.extend((0..rubric.findings.len()).map(|at| Item::Finding(FindingIx(at))));
        Self(items.into_iter().map(|item| (item, 0)).collect())
    }

    /// Counts every centre of a cohort, once for each part that it reaches.
    pub fn add(&mut self, rubric: &Rubric, cohort: &Cohort, cards: &[Scorecard]) {
        let facts = facts(rubric, cohort);
        for card in cards {
            for item in reached(rubric, cohort, card, &facts) {
                if let Some(count) = self.0.get_mut(&item) {
                    *count += 1;
                }
            }
        }
    }
}

fn of_scoring(node: NodeIx, path: &mut Vec<usize>, scoring: &Scoring, items: &mut Vec<Item>) {
    let (choices, decides) = match scoring {
        Scoring::Rule { rule, .. } => {
            items.extend(pieces(rule).into_iter().map(|piece| Item::Piece(node, path.clone(), piece)));
            return;
        }
        Scoring::BestOf(choices) | Scoring::AllOf(choices) => (choices, true),
        Scoring::Checklist(choices) => (choices, false),
        Scoring::Profile(_) => return,
    };
    for (at, choice) in choices.iter().enumerate() {
        path.push(at);
        items.extend(decides.then(|| Item::Chosen(node, path.clone())));
        of_scoring(node, path, &choice.scoring, items);
        path.pop();
    }
}

fn pieces(rule: &Rule) -> Vec<Piece> {
    match rule {
        Rule::Linear { .. } | Rule::PerUnit(_) => vec![Piece::Short, Piece::Between, Piece::Reached],
        Rule::Target { .. } => vec![Piece::Between, Piece::Reached],
        Rule::Bands(bands) => (0..bands.len()).map(Piece::Band).collect(),
        Rule::MarkedBands(rule) => (0..rule.bands.len()).map(Piece::Band).collect(),
        Rule::YesNo => vec![Piece::Yes, Piece::No],
        Rule::Expert { .. } => vec![Piece::Whole],
        Rule::Relative(rule) => match (&rule.then, &rule.by) {
            (Some(then), _) => pieces(then),
            (None, By::Rank { points, .. }) => (0..points.len()).map(Piece::Band).chain([Piece::Rest]).collect(),
            (None, _) => vec![Piece::Whole],
        },
    }
}

/// The piece of a rule that a value came by.
fn piece(applied: &Applied, value: &Number, of: &Points, rule: &Rule) -> Piece {
    let earned = applied.points(value, of);
    match applied {
        Applied::Linear { from, to, start } => {
            let rising = from <= to;
            let short = if rising { value < from } else { value > from };
            let reached = if rising { value >= to } else { value <= to };
            match reached {
                true => Piece::Reached,
                false if short || *start == Start::Zero && value == from => Piece::Short,
                false => Piece::Between,
            }
        }
        Applied::PerUnit { .. } if earned.as_ref().is_some_and(|points| points.0.is_zero()) => Piece::Short,
        Applied::PerUnit { .. } | Applied::Target { .. } if earned.as_ref() == Some(of) => Piece::Reached,
        Applied::PerUnit { .. } | Applied::Target { .. } => Piece::Between,
        Applied::Band { index, .. } | Applied::MarkedBand { index, .. } => Piece::Band(*index),
        Applied::YesNo if value.is_zero() => Piece::No,
        Applied::YesNo => Piece::Yes,
        Applied::Expert { .. } => Piece::Whole,
        Applied::Relative { against, then } => {
            let Rule::Relative(rule) = rule else { return Piece::Whole };
            match (then, &rule.then, against, &rule.by) {
                (Some(applied), Some(then), _, _) => {
                    against.place(value).map_or(Piece::Whole, |place| piece(applied, &place, of, then))
                }
                (_, _, Against::Rank { place, .. }, By::Rank { points, .. }) if *place <= points.len() => {
                    Piece::Band(place - 1)
                }
                (_, _, Against::Rank { .. }, _) => Piece::Rest,
                _ => Piece::Whole,
            }
        }
    }
}

fn reached(rubric: &Rubric, cohort: &Cohort, card: &Scorecard, facts: &Facts) -> BTreeSet<Item> {
    let centre = cohort.centre(card.centre);
    let mut found = BTreeSet::new();
    found.extend(centre.kind.filter(|_| !rubric.kinds.is_empty()).map(Item::Kind));
    found.extend(rubric.stages.iter().position(|stage| stage.id == centre.stage).map(Item::Stage));
    found.extend(centre.findings.iter().map(|finding| Item::Finding(*finding)));
    found.extend(card.tally.standing.gates.iter().map(|gate| Item::Gate(*gate)));
    found.extend(card.grade.map(Item::Grade));
    for grade in (0..rubric.grades.len()).map(GradeIx) {
        found.extend(card.tally.standing.failings(grade).iter().chain(&card.reasons).filter_map(of_reason));
    }
    if let Some(proposal) = &card.proposal {
        let row = rubric.outcomes.iter().position(|(key, _): &(OutcomeKey, _)| *key == proposal.key);
        found.extend(row.map(|row| Item::Outcome(row, proposal.case)));
    }
    if !matches!(card.tally.state, State::NotScored(_) | State::WithoutKind) {
        of_ledger(rubric, cohort, card.centre, facts, &mut found);
    }
    found
}

fn of_reason(reason: &Reason) -> Option<Item> {
    Some(match reason {
        Reason::Requirement { grade, index } => Item::Requirement(*grade, *index),
        Reason::CriterionShort { grade, .. } => Item::EachCriterion(*grade),
        Reason::NotFirst { grade, .. } => Item::First(*grade),
        Reason::Last { grade, .. } => Item::Last(*grade),
        Reason::OutsideQuota { grade, .. } => Item::Quota(*grade),
        Reason::Short { .. } | Reason::Capped { .. } | Reason::Gate { .. } | Reason::Reached { .. } => return None,
    })
}

fn of_ledger(rubric: &Rubric, cohort: &Cohort, centre: CentreIx, facts: &Facts, found: &mut BTreeSet<Item>) {
    let Some(total) = ledger(rubric, cohort, centre, facts) else { return };
    for (_, line) in total.flatten() {
        match (&line.operation, line.subject) {
            (Operation::Cap, Subject::Node(node)) => drop(found.insert(Item::Cap(node))),
            (Operation::AtLeast(_), _) => drop(found.insert(Item::TotalAtLeast)),
            (Operation::AtMost(_), _) => drop(found.insert(Item::TotalAtMost)),
            _ => {}
        }
    }
    for (node, indicator) in rubric.indicators() {
        if let Some(line) = total.of_node(node) {
            of_line(node, &mut Vec::new(), &indicator.scoring, line.own(), found);
        }
    }
    for (node, absence) in left_out(rubric, cohort, centre, facts) {
        found.extend(of_absence(node, &absence));
    }
}

fn of_absence(node: NodeIx, absence: &Absence) -> Option<Item> {
    match (&absence.policy, &absence.why) {
        (Policy::Awaited, _) => None,
        (_, Measured::Undefined) => Some(Item::Undefined(node)),
        (Policy::Missing(_), _) => Some(Item::Missing(node)),
        (Policy::NotApplicable(_), _) => Some(Item::NotApplicable(node)),
    }
}

fn of_line(node: NodeIx, path: &mut Vec<usize>, scoring: &Scoring, line: &Line, found: &mut BTreeSet<Item>) {
    let (choices, decides) = match (scoring, &line.operation) {
        (_, Operation::Without(absence)) => {
            // An option without a value has no policy of its own.
            found.extend(of_absence(node, absence).filter(|_| path.is_empty()));
            return;
        }
        (Scoring::Rule { rule, .. }, Operation::Rule(working)) => {
            let piece = piece(&working.applied, &working.value, &line.of, rule);
            found.insert(Item::Piece(node, path.clone(), piece));
            return;
        }
        (_, Operation::Shares(shares)) => {
            found.extend(shares.absence.as_ref().and_then(|absence| of_absence(node, absence)));
            return;
        }
        (Scoring::BestOf(choices) | Scoring::AllOf(choices), _) => (choices, true),
        (Scoring::Checklist(choices), _) => (choices, false),
        _ => return,
    };
    for child in &line.children {
        let Subject::Choice(_, at) = child.subject else { continue };
        path.push(at);
        if decides && child.points == line.points {
            found.insert(Item::Chosen(node, path.clone()));
        }
        of_line(node, path, &choices[at].scoring, child, found);
        path.pop();
    }
}
