//! Grades: from all totals to ranks, grades, flags and what is proposed for each centre.
//!
//! Thresholds, quotas and gates are the rubric's; here they are only applied, and every grade not reached is given its
//! reason. A centre whose data are incomplete has no grade: it is never "poor". Must not know how points came about.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::centre::{Status, name_has_form};
use super::cohort::{CentreIx, Cohort};
use super::group::{Group, Member};
use super::measure::{Scores, View};
use super::number::{Number, Points, Round};
use super::outcome::{Proposal, Situation, for_grade, for_status};
use super::rubric::{
    Act, GateEffect, GateIx, Grade, GradeIx, NodeIx, PerKind, QuotaSize, Role, Rubric, TieBreak, Ties, WholePlaces,
};
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
    /// Only the first of the ranking may have the grade.
    NotFirst { grade: GradeIx, places: usize, of: usize, place: usize },
    /// The last of the ranking have the grade, whatever their points.
    Last { grade: GradeIx, places: usize, of: usize },
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
    /// Some points depend on the other centres of the cohort.
    Relative,
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
            Self::Relative => "relative".to_owned(),
        }
    }

    /// Whether somebody has to act on it: what `flags --fail-on-flag` counts.
    pub fn is_grave(&self) -> bool {
        !matches!(self, Self::Incomplete | Self::OutsideQuota(_) | Self::Provisional | Self::NameForm | Self::Relative)
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
fn groups(per: Group, cohort: &Cohort, cards: &[Scorecard]) -> Vec<Vec<usize>> {
    let participating =
        |at: &usize| matches!(cards[*at].tally.state, State::Complete | State::Incomplete { .. } | State::Blocked(_));
    let all = (0..cards.len()).filter(participating);
    if per == Group::All {
        return vec![all.collect()];
    }
    let mut groups: BTreeMap<Member, Vec<usize>> = BTreeMap::new();
    for at in all {
        groups.entry(per.member(cohort.centre(cards[at].centre))).or_default().push(at);
    }
    groups.into_values().collect()
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
    for mut group in groups(rubric.ranked_per(), cohort, cards) {
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
    pub(super) failings: Vec<Vec<Reason>>,
}

/// Applies gates and the demands of every grade to one centre.
pub fn standing(rubric: &Rubric, cohort: &Cohort, centre: CentreIx, tally: &Tally) -> Standing {
    let complete = tally.state == State::Complete;
    let view = View {
        rubric,
        layout: &cohort.layout,
        centre: cohort.centre(centre),
        readings: cohort.readings(centre),
        scores: complete.then_some(Scores { nodes: &tally.nodes, profiles: &tally.profiles, total: &tally.compared }),
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

/// The gate that takes a centre out of the scoring, and the status it then has; such a gate looks at facts alone.
pub fn exempt(rubric: &Rubric, cohort: &Cohort, centre: CentreIx) -> Option<(Status, GateIx)> {
    rubric.gates.iter().enumerate().find_map(|(ix, gate)| {
        let GateEffect::Status(status) = gate.effect else { return None };
        let view = View {
            rubric,
            layout: &cohort.layout,
            centre: cohort.centre(centre),
            readings: cohort.readings(centre),
            scores: None,
            reported_years_only: false,
            trace: false,
        };
        (view.holds(&gate.when.condition) == Some(true)).then_some((status, GateIx(ix)))
    })
}

fn give_grades(rubric: &Rubric, cohort: &Cohort, cards: &mut [Scorecard]) {
    let mut cap = vec![GradeIx(0); cards.len()];
    for (at, card) in cards.iter_mut().enumerate() {
        cap[at] = gated(rubric, card);
    }
    give_last(rubric, cohort, cards);
    for (ix, grade) in rubric.grades.iter().enumerate().map(|(ix, grade)| (GradeIx(ix), grade)) {
        let per = grade.quota.as_ref().map_or(Group::All, |quota| quota.per);
        let outside = not_first(rubric, cohort, cards, ix);
        for group in groups(per, cohort, cards) {
            let mut candidates = Vec::new();
            for &at in &group {
                if complete(&cards[at]) && cards[at].grade.is_none() && cap[at] <= ix {
                    let mut failed = cards[at].tally.standing.failings[ix.0].clone();
                    failed.extend(outside.get(&at).cloned());
                    if failed.is_empty() {
                        candidates.push(at);
                    }
                    cards[at].reasons.extend(failed);
                }
            }
            by_total(cards, &mut candidates);
            let of = group.len();
            let places = grade.quota.as_ref().map_or(candidates.len(), |quota| places(&quota.size, of));
            let line = QuotaLine { rubric, cohort, cards, ties: grade.quota.as_ref().map(|quota| &quota.ties) };
            let taken = line.taken(&mut candidates, places);
            let open =
                (grade.quota.is_some() || grade.first.is_some()) && group.iter().any(|at| !complete(&cards[*at]));
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

/// Notes the gates of one centre and gives the grade that one of them sets; the best grade that the others leave.
fn gated(rubric: &Rubric, card: &mut Scorecard) -> GradeIx {
    let mut cap = GradeIx(0);
    let gates = card.tally.standing.gates.clone();
    card.flags.extend(gates.iter().map(|gate| Flag::Gate(*gate)));
    if !complete(card) {
        return cap;
    }
    // Where several gates set a grade, the worst one stands.
    let sets = |gate: &GateIx| match rubric.gates[gate.0].effect {
        GateEffect::Set(grade) => Some((grade, *gate)),
        GateEffect::Cap(_) | GateEffect::Status(_) => None,
    };
    if let Some((grade, gate)) = gates.iter().filter_map(sets).max_by_key(|(grade, _)| *grade) {
        card.grade = Some(grade);
        card.reasons.push(Reason::Gate { gate });
        return cap;
    }
    for gate in gates {
        if let GateEffect::Cap(limit) = rubric.gates[gate.0].effect {
            cap = cap.max(limit);
            card.reasons.push(Reason::Capped { gate, at: limit });
        }
    }
    cap
}

/// Grades that the last of a ranking have whatever their points, before any other is given.
fn give_last(rubric: &Rubric, cohort: &Cohort, cards: &mut [Scorecard]) {
    for (ix, grade) in rubric.grades.iter().enumerate().map(|(ix, grade)| (GradeIx(ix), grade)) {
        let Some(last) = &grade.last else { continue };
        for group in groups(last.per, cohort, cards) {
            let (of, open) = (group.len(), group.iter().any(|at| !complete(&cards[*at])));
            let mut ranked: Vec<usize> =
                group.into_iter().filter(|at| complete(&cards[*at]) && cards[*at].grade.is_none()).collect();
            by_total(cards, &mut ranked);
            let places = places(&last.size, of);
            let keep = ranked.len().saturating_sub(places);
            // The line lies between those who stay and those who go: whoever ties at it goes where all are in.
            let ties = match &last.ties {
                Ties::AllIn => Ties::AllOut,
                Ties::AllOut => Ties::AllIn,
                Ties::Break { by, all_in } => Ties::Break { by: by.clone(), all_in: !all_in },
            };
            let line = QuotaLine { rubric, cohort, cards, ties: Some(&ties) };
            let stay = line.taken(&mut ranked, keep);
            for at in ranked.split_off(stay.min(ranked.len())) {
                cards[at].grade = Some(ix);
                cards[at].reasons.push(Reason::Last { grade: ix, places, of });
                cards[at].provisional |= open;
            }
        }
    }
}

/// For each centre outside the first of its ranking, who alone may have a grade: why.
fn not_first(rubric: &Rubric, cohort: &Cohort, cards: &[Scorecard], ix: GradeIx) -> BTreeMap<usize, Reason> {
    let mut outside = BTreeMap::new();
    let Some(first) = &rubric.grades[ix.0].first else { return outside };
    for group in groups(first.per, cohort, cards) {
        let of = group.len();
        let places = places(&first.size, of);
        let mut ranked: Vec<usize> = group.into_iter().filter(|at| complete(&cards[*at])).collect();
        by_total(cards, &mut ranked);
        let mut shared: Option<(&Number, usize)> = None;
        for (position, at) in ranked.into_iter().enumerate() {
            let total = &cards[at].tally.compared;
            let place = shared.filter(|(same, _)| *same == total).map_or(position + 1, |(_, place)| place);
            shared = Some((total, place));
            if place > places {
                outside.insert(at, Reason::NotFirst { grade: ix, places, of, place });
            }
        }
    }
    outside
}

/// The line of a quota: who is on which side where totals are equal.
struct QuotaLine<'a> {
    rubric: &'a Rubric,
    cohort: &'a Cohort,
    cards: &'a [Scorecard],
    ties: Option<&'a Ties>,
}

impl QuotaLine<'_> {
    /// How many of the candidates get a place; they are sorted by total, and where a rubric breaks ties those at the
    /// line are sorted by that.
    fn taken(&self, candidates: &mut [usize], places: usize) -> usize {
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

/// Places of a quota among `of` centres.
pub fn places(size: &QuotaSize, of: usize) -> usize {
    match size {
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
    if let (Some(share), Some(class)) = (&grade.each_criterion, view.rubric.class(view.centre)) {
        for node in view.rubric.tops(Role::Main) {
            let of: &PerKind<Points> = &view.rubric.nodes[node.0].points;
            let needed = of.get(class).times(share);
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
    let facts = Situation { rubric, cohort, centre: card.centre, tally: &card.tally, decided_on };
    card.proposal = match &card.tally.state {
        State::NotScored(status) => for_status(&facts, *status),
        _ => card.grade.and_then(|grade| for_grade(&facts, grade)),
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
    if card.tally.relative {
        card.flags.push(Flag::Relative);
    }
    let forms = centre.kind.and_then(|k| rubric.kinds.get(k.0)).map_or(&[][..], |k| &k.name_forms);
    if !centre.name.is_empty() && centre.status == Status::Participating && !name_has_form(&centre.name, forms) {
        card.flags.push(Flag::NameForm);
    }
}
