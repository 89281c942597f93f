//! Grades: from all totals to ranks, grades, flags and what is proposed for each centre.
//!
//! Thresholds, quotas and gates are the rubric's; here they are only applied, and every grade not reached is given its
//! reason. A centre whose data are incomplete has no grade: it is never "poor". Must not know how points came about.

use std::sync::Arc;

use jiff::civil::Date;

use super::centre::{Status, name_has_form};
use super::cohort::{CentreIx, Cohort};
use super::measure::{Scores, View};
use super::number::{Number, Points, Round};
use super::outcome::{Proposal, for_grade, for_status};
use super::rubric::{Act, GateEffect, GateIx, Grade, GradeIx, KindIx, NodeIx, Quota, QuotaSize, Role, Rubric, Ties};
use super::rubric::{PerKind, WholePlaces};
use super::score::{State, Tally};

/// Everything that is settled about one centre, besides its working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    pub centre: CentreIx,
    pub tally: Arc<Tally>,
    pub grade: Option<GradeIx>,
    /// 1, 2, 2, 4 by total, within the kind where the rubric grades by kind.
    pub rank: Option<usize>,
    /// Why this grade: one entry per better grade that was not given, then what decided.
    pub reasons: Vec<Reason>,
    pub proposal: Option<Proposal>,
    pub flags: Vec<Flag>,
    /// Others in the same group are still incomplete, so that a quota may yet move this grade.
    pub provisional: bool,
}

/// Why a grade was given or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The total is short of the grade's threshold.
    Short { grade: GradeIx },
    /// A condition of the grade does not hold.
    Requirement { grade: GradeIx, index: usize },
    /// A criterion is short of the share that each must reach.
    CriterionShort { grade: GradeIx, node: NodeIx, points: Points, needed: Points },
    /// The grade's places went to centres with more points, or the places left did not do for all that tie.
    OutsideQuota { grade: GradeIx, places: usize, of: usize, place: usize },
    /// A gate allows at most this grade.
    Capped { gate: GateIx, at: GradeIx },
    /// A gate sets the grade.
    Gate { gate: GateIx },
    /// The grade's own demands are met.
    Reached { grade: GradeIx },
}

/// A mark shown for a centre, always with its reason beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flag {
    /// What follows has to be acted on: rectify, remove, or an act of the rubric's own.
    Act(Act),
    Gate(GateIx),
    /// Enough points for the grade, but outside its quota.
    OutsideQuota(GradeIx),
    Incomplete,
    /// Not reported, and the rubric grades nobody without it.
    Blocked,
    WithoutKind,
    /// Others of the group are still incomplete, so that a quota may yet move the grade.
    Provisional,
    /// The name has none of the forms that the rubric gives for the kind.
    NameForm,
}

impl Flag {
    /// The id used in data formats.
    pub fn id(&self, rubric: &Rubric) -> String {
        match self {
            Self::Act(act) => act.id(rubric).to_owned(),
            Self::Gate(gate) => format!("gate:{}", rubric.gates[gate.0].id),
            Self::OutsideQuota(grade) => format!("quota:{}", rubric.grades[grade.0].id),
            Self::Incomplete => "incomplete".to_owned(),
            Self::Blocked => "blocked".to_owned(),
            Self::WithoutKind => "without-kind".to_owned(),
            Self::Provisional => "provisional".to_owned(),
            Self::NameForm => "name-form".to_owned(),
        }
    }

    /// Whether somebody has to act on it: what `flags --fail-on-flag` counts.
    pub fn is_grave(&self) -> bool {
        !matches!(self, Self::Incomplete | Self::OutsideQuota(_) | Self::Provisional | Self::NameForm)
    }
}

/// Ranks and grades all centres; `tallies` has one entry per centre, in roster order.
pub fn place(rubric: &Rubric, cohort: &Cohort, tallies: &[Arc<Tally>], decided_on: Option<Date>) -> Vec<Scorecard> {
    let mut cards: Vec<Scorecard> = cohort
        .all()
        .zip(tallies)
        .map(|(centre, tally)| Scorecard {
            centre,
            tally: Arc::clone(tally),
            grade: None,
            rank: None,
            reasons: Vec::new(),
            proposal: None,
            flags: Vec::new(),
            provisional: false,
        })
        .collect();
    rank(rubric, cohort, &mut cards);
    give_grades(rubric, cohort, &mut cards);
    for card in &mut cards {
        finish(rubric, cohort, decided_on, card);
    }
    cards
}

/// Groups within which ranks are given and quotas counted.
fn groups(by_kind: bool, cohort: &Cohort, cards: &[Scorecard]) -> Vec<Vec<usize>> {
    let participating =
        |at: &usize| matches!(cards[*at].tally.state, State::Complete | State::Incomplete { .. } | State::Blocked(_));
    let all: Vec<usize> = (0..cards.len()).filter(participating).collect();
    if !by_kind {
        return vec![all];
    }
    let kinds = all.iter().filter_map(|at| cohort.centre(cards[*at].centre).kind).max().map_or(0, |k| k.0 + 1);
    let kind_of = |at: usize| cohort.centre(cards[at].centre).kind;
    (0..kinds).map(|kind| all.iter().copied().filter(|at| kind_of(*at) == Some(KindIx(kind))).collect()).collect()
}

fn complete(card: &Scorecard) -> bool {
    card.tally.state == State::Complete
}

fn by_total(cards: &[Scorecard], positions: &mut [usize]) {
    // Equal totals stay in roster order, so that the order never depends on the sort.
    positions.sort_by(|a, b| cards[*b].tally.compared.cmp(&cards[*a].tally.compared).then(a.cmp(b)));
}

fn rank(rubric: &Rubric, cohort: &Cohort, cards: &mut [Scorecard]) {
    if !rubric.has_total() {
        return;
    }
    for mut group in groups(rubric.grades_by_kind(), cohort, cards) {
        group.retain(|at| complete(&cards[*at]));
        by_total(cards, &mut group);
        let mut last: Option<(Number, usize)> = None;
        for (at, place) in group.into_iter().zip(1..) {
            let total = cards[at].tally.compared.clone();
            let rank = match &last {
                Some((same, rank)) if *same == total => *rank,
                _ => place,
            };
            cards[at].rank = Some(rank);
            last = Some((total, rank));
        }
    }
}

/// What one centre's own data say of gates and grades, before anybody else is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Gates that are closed, whether or not the data are complete.
    pub gates: Vec<GateIx>,
    /// For each grade, what keeps the centre from it, quota aside; empty where its data are not complete.
    failings: Vec<Vec<Reason>>,
}

/// Applies gates and the demands of every grade to one centre.
pub fn standing(rubric: &Rubric, cohort: &Cohort, centre: CentreIx, tally: &Tally) -> Standing {
    let complete = tally.state == State::Complete;
    let view = View {
        rubric,
        layout: &cohort.layout,
        centre: cohort.centre(centre),
        readings: cohort.readings(centre),
        scores: complete.then_some(Scores { nodes: &tally.nodes, total: &tally.compared }),
        reported_years_only: false,
        trace: false,
    };
    let closed = |at: &usize| view.holds(&rubric.gates[*at].when.condition) == Some(true);
    let gates = (0..rubric.gates.len()).filter(closed).map(GateIx).collect();
    let grades = rubric.grades.iter().enumerate();
    let failings = match complete {
        true => grades.map(|(ix, grade)| failings(&view, tally, GradeIx(ix), grade)).collect(),
        false => Vec::new(),
    };
    Standing { gates, failings }
}

fn give_grades(rubric: &Rubric, cohort: &Cohort, cards: &mut [Scorecard]) {
    let mut cap = vec![GradeIx(0); cards.len()];
    for (at, card) in cards.iter_mut().enumerate() {
        if matches!(card.tally.state, State::NotScored(_) | State::WithoutKind) {
            continue;
        }
        let gates = card.tally.standing.gates.clone();
        card.flags.extend(gates.iter().map(|gate| Flag::Gate(*gate)));
        if !complete(card) {
            continue;
        }
        // Where several gates set a grade, the worst one stands.
        let sets = |gate: &GateIx| match rubric.gates[gate.0].effect {
            GateEffect::Set(grade) => Some((grade, *gate)),
            GateEffect::Cap(_) => None,
        };
        if let Some((grade, gate)) = gates.iter().filter_map(sets).max_by_key(|(grade, _)| *grade) {
            card.grade = Some(grade);
            card.reasons.push(Reason::Gate { gate });
            continue;
        }
        for gate in gates {
            if let GateEffect::Cap(limit) = rubric.gates[gate.0].effect {
                cap[at] = cap[at].max(limit);
                card.reasons.push(Reason::Capped { gate, at: limit });
            }
        }
    }
    for (ix, grade) in rubric.grades.iter().enumerate().map(|(ix, grade)| (GradeIx(ix), grade)) {
        let by_kind = grade.quota.as_ref().is_some_and(|q| q.per_kind);
        for group in groups(by_kind, cohort, cards) {
            let mut candidates = Vec::new();
            for &at in &group {
                if complete(&cards[at]) && cards[at].grade.is_none() && cap[at] <= ix {
                    let failed = cards[at].tally.standing.failings[ix.0].clone();
                    if failed.is_empty() {
                        candidates.push(at);
                    }
                    cards[at].reasons.extend(failed);
                }
            }
            by_total(cards, &mut candidates);
            let (places, of) = match &grade.quota {
                None => (candidates.len(), group.len()),
                Some(quota) => (places(quota, group.len()), group.len()),
            };
            let ties = grade.quota.as_ref().map_or(Ties::AllIn, |q| q.ties);
            let taken = taken(cards, &candidates, places, ties);
            let open = grade.quota.is_some() && group.iter().any(|at| !complete(&cards[*at]));
            let mut shared: Option<(Number, usize)> = None;
            for (position, at) in candidates.into_iter().enumerate() {
                let total = cards[at].tally.compared.clone();
                // Equal totals share the better place, as they share a rank.
                let place = shared.filter(|(same, _)| *same == total).map_or(position + 1, |(_, place)| place);
                shared = Some((total, place));
                if position < taken {
                    cards[at].grade = Some(ix);
                    cards[at].reasons.push(Reason::Reached { grade: ix });
                } else {
                    cards[at].reasons.push(Reason::OutsideQuota { grade: ix, places, of, place });
                    cards[at].flags.push(Flag::OutsideQuota(ix));
                }
                cards[at].provisional |= open;
            }
        }
    }
}

/// Places of a quota among `of` centres.
pub fn places(quota: &Quota, of: usize) -> usize {
    match &quota.size {
        QuotaSize::Places(places) => *places,
        QuotaSize::Share { share, whole } => {
            let exact = share * &Number::from(of);
            let made_whole = match whole {
                WholePlaces::Floor => exact.floor(),
                WholePlaces::Ceil => exact.ceil(),
                WholePlaces::Round => exact.rounded(Round::half_up(0)),
            };
            made_whole.to_usize().unwrap_or(0)
        }
    }
}

/// How many of the sorted candidates get a place, ties at the line taken as the rubric says.
fn taken(cards: &[Scorecard], candidates: &[usize], places: usize, ties: Ties) -> usize {
    if places >= candidates.len() {
        return candidates.len();
    }
    let total = |place: usize| &cards[candidates[place]].tally.compared;
    if places == 0 || total(places - 1) != total(places) {
        return places;
    }
    let line = total(places);
    match ties {
        Ties::AllIn => (0..candidates.len()).take_while(|p| total(*p) >= line).count(),
        Ties::AllOut => (0..candidates.len()).take_while(|p| total(*p) > line).count(),
    }
}

/// What keeps a centre from a grade, quota aside.
fn failings(view: &View<'_>, tally: &Tally, ix: GradeIx, grade: &Grade) -> Vec<Reason> {
    let mut failed = Vec::new();
    if grade.threshold.as_ref().is_some_and(|t| !t.admits(&tally.compared)) {
        failed.push(Reason::Short { grade: ix });
    }
    for (index, requirement) in grade.requires.iter().enumerate() {
        if view.holds(&requirement.condition) != Some(true) {
            failed.push(Reason::Requirement { grade: ix, index });
        }
    }
    if let (Some(share), Some(kind)) = (&grade.each_criterion, view.centre.kind) {
        for node in view.rubric.tops(Role::Main) {
            let of: &PerKind<Points> = &view.rubric.nodes[node.0].points;
            let needed = of.get(kind).times(share);
            if let Some(points) = &tally.nodes[node.0]
                && *points < needed
            {
                failed.push(Reason::CriterionShort { grade: ix, node, points: points.clone(), needed });
            }
        }
    }
    failed
}

fn finish(rubric: &Rubric, cohort: &Cohort, decided_on: Option<Date>, card: &mut Scorecard) {
    let centre = cohort.centre(card.centre);
    card.proposal = match &card.tally.state {
        State::NotScored(status) => for_status(rubric, *status, decided_on),
        _ => card.grade.and_then(|grade| for_grade(rubric, grade, decided_on)),
    };
    let act = card.proposal.as_ref().map(|p| p.act).filter(|act| act.is_flag(rubric));
    card.flags.splice(0..0, act.map(Flag::Act));
    match &card.tally.state {
        State::Incomplete { .. } => card.flags.push(Flag::Incomplete),
        State::Blocked(_) => card.flags.push(Flag::Blocked),
        State::WithoutKind => card.flags.push(Flag::WithoutKind),
        State::Complete | State::NotScored(_) => {}
    }
    if card.provisional {
        card.flags.push(Flag::Provisional);
    }
    let forms = centre.kind.and_then(|k| rubric.kinds.get(k.0)).map_or(&[][..], |k| &k.name_forms);
    if !centre.name.is_empty() && centre.status == Status::Participating && !name_has_form(&centre.name, forms) {
        card.flags.push(Flag::NameForm);
    }
}
