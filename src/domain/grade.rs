//! Grades: what a scorecard says besides points, and what a centre's own data say of each grade.
//!
//! Thresholds, quotas and gates are the rubric's; here they are only applied, and every grade not reached is given its
//! reason. A centre whose data are incomplete has no grade: it is never "poor". Must not know how points came about, nor
//! what other centres have.

use std::sync::Arc;

use super::centre::Status;
use super::cohort::{CentreIx, Cohort};
use super::measure::{Scores, View};
use super::number::{Number, Points, Round};
use super::outcome::Proposal;
use super::rubric::{Act, GateEffect, GateIx, Grade, GradeIx, NodeIx, PerKind, QuotaSize, Role, Rubric, WholePlaces};
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

    /// The flag that has this id in data formats.
    pub fn called(id: &str, rubric: &Rubric) -> Option<Self> {
        let acts = [Act::NextCycle, Act::Rectify, Act::Remove].into_iter();
        let acts = acts.chain((0..rubric.acts.len()).map(Act::Named)).map(Self::Act);
        let gates = (0..rubric.gates.len()).map(|ix| Self::Gate(GateIx(ix)));
        let quotas = (0..rubric.grades.len()).map(|ix| Self::OutsideQuota(GradeIx(ix)));
        let own =
            [Self::Incomplete, Self::Blocked, Self::WithoutKind, Self::Provisional, Self::NameForm, Self::Relative];
        acts.chain(gates).chain(quotas).chain(own).find(|flag| flag.id(rubric) == id)
    }

    /// Whether somebody has to act on it: what `flags --fail-on-flag` counts.
    pub fn is_grave(&self) -> bool {
        !matches!(self, Self::Incomplete | Self::OutsideQuota(_) | Self::Provisional | Self::NameForm | Self::Relative)
    }

    /// The same of a flag of which only the id is known.
    pub fn is_grave_id(id: &str) -> bool {
        !id.starts_with("quota:") && !["incomplete", "provisional", "name-form", "relative"].contains(&id)
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

impl Standing {
    /// What keeps the centre from a grade, quota aside.
    pub(super) fn failings(&self, grade: GradeIx) -> &[Reason] {
        self.failings.get(grade.0).map_or(&[], Vec::as_slice)
    }
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

/// The grade that gates set, and by which one. Where several do, the worst one stands.
pub(super) fn sets(rubric: &Rubric, gates: &[GateIx]) -> Option<(GradeIx, GateIx)> {
    let set = |gate: &GateIx| match rubric.gates[gate.0].effect {
        GateEffect::Set(grade) => Some((grade, *gate)),
        GateEffect::Cap(_) | GateEffect::Status(_) => None,
    };
    gates.iter().filter_map(set).max_by_key(|(grade, _)| *grade)
}

/// The best grade that gates leave open.
pub(super) fn cap(rubric: &Rubric, gates: &[GateIx]) -> GradeIx {
    let limit = |gate: &GateIx| match rubric.gates[gate.0].effect {
        GateEffect::Cap(limit) => Some(limit),
        GateEffect::Set(_) | GateEffect::Status(_) => None,
    };
    gates.iter().filter_map(limit).max().unwrap_or(GradeIx(0))
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
