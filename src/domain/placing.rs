//! Placing: from everybody's points to ranks, grades and scorecards, and again after some of them changed.
//!
//! The others decide only a centre's `Place`; its card follows from that and its own tally. So all places are worked
//! out anew each time, which is a walk along one sorted list, and only the cards that differ are made again. Must not
//! know how points came about.

pub mod others;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::centre::{Status, name_has_form};
use super::cohort::{CentreIx, Cohort};
use super::grade::{Flag, Reason, Scorecard, cap, places, sets};
use super::group::{Group, Member};
use super::outcome::{Situation, for_grade, for_status};
use super::rubric::{GateEffect, GateIx, Grade, GradeIx, Rubric, Ties};
use super::score::{State, Tally};
use super::tie::QuotaLine;

/// All scorecards of a cohort, and what it takes to keep them up to date.
#[derive(Debug, Clone, Default)]
pub struct Placing {
    cards: Vec<Scorecard>,
    places: Vec<Place>,
    /// All centres from the most points down; equal totals stay in roster order, so that the order never depends on the
    /// sort.
    order: Vec<usize>,
}

/// What the others make of a centre's points.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Place {
    rank: Option<usize>,
    grade: Option<GradeIx>,
    /// Grades that it missed only for want of a place, or because others come before it.
    outside: Vec<Reason>,
    /// It is among the last, who have their grade whatever their points.
    last: Option<Reason>,
    provisional: bool,
}

/// Centres that are ranked together and share the places of a quota.
#[derive(Default)]
pub(super) struct Ranked {
    /// The complete ones, from the most points down.
    pub(super) complete: Vec<usize>,
    /// Those who take part and are not complete.
    pub(super) waiting: Vec<usize>,
    /// How many participate, also the incomplete ones.
    pub(super) of: usize,
}

/// Ranks and grades all centres; `tallies` has one entry per centre, in roster order.
pub fn place(rubric: &Rubric, cohort: &Cohort, tallies: &[Arc<Tally>], decided_on: Option<Date>) -> Vec<Scorecard> {
    Placing::new(rubric, cohort, tallies.iter().cloned(), decided_on).cards
}

impl Placing {
    /// Ranks and grades all centres; `tallies` has one entry per centre, in roster order.
    pub fn new(
        rubric: &Rubric,
        cohort: &Cohort,
        tallies: impl IntoIterator<Item = Arc<Tally>>,
        decided_on: Option<Date>,
    ) -> Self {
        let mut placing = Self::default();
        let card = |(centre, tally)| card(rubric, cohort, decided_on, centre, tally, &Place::default());
        placing.cards = cohort.all().zip(tallies).map(card).collect();
        placing.places = vec![Place::default(); placing.cards.len()];
        placing.order = (0..placing.cards.len()).collect();
        placing.settle(rubric, cohort, decided_on);
        placing
    }

    /// One per centre, in roster order.
    pub fn cards(&self) -> &[Scorecard] {
        &self.cards
    }

    /// Places everybody again after these centres were scored again. Any change of a centre's record or readings counts
    /// as that; after a change of the roster or of the day of the decision all are placed anew, by [`Placing::new`].
    pub fn again(
        &mut self,
        rubric: &Rubric,
        cohort: &Cohort,
        tallies: impl IntoIterator<Item = (CentreIx, Tally)>,
        decided_on: Option<Date>,
    ) {
        for (ix, tally) in tallies {
            self.cards[ix.0] = card(rubric, cohort, decided_on, ix, Arc::new(tally), &self.places[ix.0]);
        }
        self.settle(rubric, cohort, decided_on);
    }

    fn settle(&mut self, rubric: &Rubric, cohort: &Cohort, decided_on: Option<Date>) {
        let cards = &self.cards;
        // Next to nothing where hardly anybody moved: the sort merges what is in order already.
        self.order.sort_by(|a, b| cards[*b].tally.compared.cmp(&cards[*a].tally.compared).then(a.cmp(b)));
        let places = give_places(rubric, cohort, cards, &self.order);
        for (at, place) in places.iter().enumerate().filter(|(at, place)| self.places[*at] != **place) {
            let tally = Arc::clone(&self.cards[at].tally);
            self.cards[at] = card(rubric, cohort, decided_on, CentreIx(at), tally, place);
        }
        self.places = places;
    }
}

/// The groups within which a quota is counted; `order` is that of all centres.
pub(super) fn groups(per: Group, cohort: &Cohort, cards: &[Scorecard], order: &[usize]) -> Vec<Ranked> {
    // Kinds are few and numbered, so that they are told apart without a search.
    let mut numbered: Vec<Ranked> = vec![Ranked::default()];
    let mut named: BTreeMap<Member, Ranked> = BTreeMap::new();
    for at in order {
        let complete = match cards[*at].tally.state {
            State::Complete => true,
            State::Incomplete { .. } | State::Blocked(_) => false,
            State::WithoutKind | State::NotScored(_) => continue,
        };
        let centre = cohort.centre(cards[*at].centre);
        let group = match per {
            Group::All => &mut numbered[0],
            Group::Kind => {
                let kind = centre.kind.map_or(0, |kind| kind.0);
                if kind >= numbered.len() {
                    numbered.resize_with(kind + 1, Ranked::default);
                }
                &mut numbered[kind]
            }
            per => named.entry(per.member(centre)).or_default(),
        };
        group.of += 1;
        let whose = if complete { &mut group.complete } else { &mut group.waiting };
        whose.push(*at);
    }
    numbered.into_iter().chain(named.into_values()).collect()
}

/// Places with the grades that gates set, and nothing else yet.
fn set_by_gates(rubric: &Rubric, cards: &[Scorecard]) -> Vec<Place> {
    let set = |card: &Scorecard| {
        let graded = card.tally.state == State::Complete;
        let grade = sets(rubric, &card.tally.standing.gates).map(|(grade, _)| grade);
        Place { grade: grade.filter(|_| graded), ..Place::default() }
    };
    cards.iter().map(set).collect()
}

fn give_places(rubric: &Rubric, cohort: &Cohort, cards: &[Scorecard], order: &[usize]) -> Vec<Place> {
    let mut given = set_by_gates(rubric, cards);
    let groups = |per| groups(per, cohort, cards, order);
    let ranked = if rubric.has_total() { groups(rubric.ranked_per()) } else { Vec::new() };
    for group in ranked {
        for (at, rank) in shared(cards, &group.complete) {
            given[at].rank = Some(rank);
        }
    }
    let grades = || rubric.grades.iter().enumerate().map(|(ix, grade)| (GradeIx(ix), grade));
    for (ix, last) in grades().filter_map(|(ix, grade)| Some((ix, grade.last.as_ref()?))) {
        for group in groups(last.per) {
            let places = places(&last.size, group.of);
            give_last((rubric, cohort, cards), &group, (ix, places, &last.ties), &mut given);
        }
    }
    for (ix, grade) in grades() {
        for group in grade.first.iter().flat_map(|first| groups(first.per)) {
            not_first(cards, &group, (ix, grade), &mut given);
        }
        for group in groups(grade.quota.as_ref().map_or(Group::All, |quota| quota.per)) {
            give_grade((rubric, cohort, cards), &group, (ix, grade), &mut given);
        }
    }
    given
}

/// What placing looks at besides a group.
type Everybody<'a> = (&'a Rubric, &'a Cohort, &'a [Scorecard]);

/// Gives the last of a group their grade, whatever their points. Whose grade a gate sets is not among them.
fn give_last(
    (rubric, cohort, cards): Everybody<'_>,
    group: &Ranked,
    (ix, places, ties): (GradeIx, usize, &Ties),
    given: &mut [Place],
) {
    let mut ranked: Vec<usize> = group.complete.iter().copied().filter(|at| given[*at].grade.is_none()).collect();
    // The line lies between those who stay and those who go: whoever ties at it goes where all are in.
    let ties = match ties {
        Ties::AllIn => Ties::AllOut,
        Ties::AllOut => Ties::AllIn,
        Ties::Break { by, all_in } => Ties::Break { by: by.clone(), all_in: !all_in },
    };
    let line = QuotaLine { rubric, cohort, cards, ties: Some(&ties) };
    let keep = ranked.len().saturating_sub(places);
    let stay = line.taken(&mut ranked, keep);
    for at in ranked.split_off(stay.min(ranked.len())) {
        given[at].grade = Some(ix);
        given[at].last = Some(Reason::Last { grade: ix, places, of: group.of });
        given[at].provisional |= group.complete.len() < group.of;
    }
}

/// Notes who is not among the first of a group, who alone may have a grade.
fn not_first(cards: &[Scorecard], group: &Ranked, (ix, grade): (GradeIx, &Grade), given: &mut [Place]) {
    let Some(first) = &grade.first else { return };
    let places = places(&first.size, group.of);
    for (at, place) in shared(cards, &group.complete) {
        if given[at].grade.is_some() {
            continue;
        }
        given[at].provisional |= group.complete.len() < group.of;
        if place > places {
            given[at].outside.push(Reason::NotFirst { grade: ix, places, of: group.of, place });
        }
    }
}

/// Those of a group who meet what a grade demands and have none yet, from the most points down.
fn candidates(rubric: &Rubric, cards: &[Scorecard], group: &Ranked, ix: GradeIx, given: &[Place]) -> Vec<usize> {
    let wants = |at: &usize| {
        let standing = &cards[*at].tally.standing;
        let behind = |reason: &Reason| matches!(reason, Reason::NotFirst { grade, .. } if *grade == ix);
        given[*at].grade.is_none()
            && standing.failings(ix).is_empty()
            && cap(rubric, &standing.gates) <= ix
            && !given[*at].outside.iter().any(behind)
    };
    group.complete.iter().copied().filter(wants).collect()
}

/// Gives a grade to those of a group who meet its demands and for whom it has a place.
fn give_grade(
    (rubric, cohort, cards): Everybody<'_>,
    group: &Ranked,
    (ix, grade): (GradeIx, &Grade),
    given: &mut [Place],
) {
    let mut candidates = candidates(rubric, cards, group, ix, given);
    let Some(quota) = &grade.quota else {
        candidates.into_iter().for_each(|at| given[at].grade = Some(ix));
        return;
    };
    let places = places(&quota.size, group.of);
    let line = QuotaLine { rubric, cohort, cards, ties: Some(&quota.ties) };
    let taken = line.taken(&mut candidates, places);
    for (position, (at, place)) in shared(cards, &candidates).enumerate() {
        if position < taken {
            given[at].grade = Some(ix);
        } else {
            given[at].outside.push(Reason::OutsideQuota { grade: ix, places, of: group.of, place });
        }
        given[at].provisional |= group.complete.len() < group.of;
    }
}

/// Sorted centres with their places, 1, 2, 2, 4: equal totals share the better one.
fn shared(cards: &[Scorecard], sorted: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let total = |at: usize| &cards[at].tally.compared;
    let mut place = 0;
    sorted.iter().enumerate().map(move |(position, at)| {
        if position == 0 || total(sorted[position - 1]) != total(*at) {
            place = position + 1;
        }
        (*at, place)
    })
}

/// The scorecard that follows from a centre's own tally and its place among the others.
fn card(
    rubric: &Rubric,
    cohort: &Cohort,
    decided_on: Option<Date>,
    centre: CentreIx,
    tally: Arc<Tally>,
    place: &Place,
) -> Scorecard {
    let situation = Situation { rubric, cohort, centre, tally: &tally, decided_on };
    let proposal = match &tally.state {
        State::NotScored(status) => for_status(&situation, *status),
        _ => place.grade.and_then(|grade| for_grade(&situation, grade)),
    };
    let act = proposal.as_ref().map(|p| p.act).filter(|act| act.is_flag(rubric));
    let mut flags: Vec<Flag> = act.map(Flag::Act).into_iter().collect();
    let beats = |gate: &&GateIx| !matches!(rubric.gates[gate.0].effect, GateEffect::Status(_));
    flags.extend(tally.standing.gates.iter().filter(beats).map(|gate| Flag::Gate(*gate)));
    flags.extend(place.outside.iter().filter_map(|reason| match reason {
        Reason::OutsideQuota { grade, .. } => Some(Flag::OutsideQuota(*grade)),
        _ => None,
    }));
    flags.extend(match &tally.state {
        State::Incomplete { .. } => Some(Flag::Incomplete),
        State::Blocked(_) => Some(Flag::Blocked),
        State::WithoutKind => Some(Flag::WithoutKind),
        State::Complete | State::NotScored(_) => None,
    });
    flags.extend(place.provisional.then_some(Flag::Provisional));
    flags.extend(tally.relative.then_some(Flag::Relative));
    let record = cohort.centre(centre);
    let forms = record.kind.and_then(|k| rubric.kinds.get(k.0)).map_or(&[][..], |k| &k.name_forms);
    if !record.name.is_empty() && record.status == Status::Participating && !name_has_form(&record.name, forms) {
        flags.push(Flag::NameForm);
    }
    let reasons = reasons(rubric, &tally, place);
    let Place { rank, grade, provisional, .. } = *place;
    Scorecard { centre, tally, grade, rank, reasons, proposal, flags, provisional }
}

/// Why the grade, from the best one down, or why there is no scoring; nothing where the data are not complete.
fn reasons(rubric: &Rubric, tally: &Tally, place: &Place) -> Vec<Reason> {
    let standing = &tally.standing;
    if matches!(tally.state, State::NotScored(_)) {
        return standing.gates.iter().map(|gate| Reason::Gate { gate: *gate }).collect();
    }
    if tally.state != State::Complete {
        return Vec::new();
    }
    if let Some((_, gate)) = sets(rubric, &standing.gates) {
        return vec![Reason::Gate { gate }];
    }
    if let Some(last) = &place.last {
        return vec![last.clone()];
    }
    let capped = standing.gates.iter().filter_map(|gate| match rubric.gates[gate.0].effect {
        GateEffect::Cap(at) => Some(Reason::Capped { gate: *gate, at }),
        GateEffect::Set(_) | GateEffect::Status(_) => None,
    });
    let mut reasons: Vec<Reason> = capped.collect();
    let best = cap(rubric, &standing.gates).0;
    for ix in (best..rubric.grades.len()).map(GradeIx) {
        if place.grade == Some(ix) {
            reasons.push(Reason::Reached { grade: ix });
            break;
        }
        reasons.extend(standing.failings(ix).iter().cloned());
        let outside = |reason: &&Reason| matches!(reason, Reason::OutsideQuota { grade, .. } | Reason::NotFirst { grade, .. } if *grade == ix);
        reasons.extend(place.outside.iter().filter(outside).cloned());
    }
    reasons
}
