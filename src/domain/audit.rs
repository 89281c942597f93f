//! What a lead looks at before signing: who stands near a line, who ties, where a quota ends, and which grades hang on a
//! rounding, on a rule for missing data, on one judge or on one cell.
//!
//! Each question is a change of one thing, asked of the scorer. Must not know how the answers are told.

pub mod page;

use super::centre::Status;
use super::cohort::{CentreIx, Cohort};
use super::grade::{Reason, Scorecard};
use super::number::{Number, Round};
use super::reading::Slot;
use super::robustness::{Bench, Flip, Routes};
use super::rubric::{Body, GradeIx, Missing, Rubric};
use super::score::{State, score};

/// A total near what a grade asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    pub centre: CentreIx,
    pub grade: GradeIx,
    pub total: Number,
    pub line: Number,
}

/// What a grade hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Nothing rounded anywhere.
    Rounding,
    /// What is not reported earns nothing.
    MissingIsZero,
    /// What is not reported is left out, and siblings carry its points.
    MissingIsLeftOut,
    /// One judge's mark, left out.
    Judge(Slot, String),
    /// One reading or mark, changed by no more than was asked about or than its metric may be off by.
    Cell(Box<Flip>),
}

/// A grade that hangs on one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hang {
    pub centre: CentreIx,
    pub cause: Cause,
    pub grade: GradeIx,
    /// `None`: it could not be graded.
    pub becomes: Option<GradeIx>,
}

/// Who has just missed a place of a quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    pub centre: CentreIx,
    pub grade: GradeIx,
    pub places: usize,
    pub of: usize,
    pub place: usize,
}

/// Everything a lead looks at before signing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audit {
    /// Nearest first.
    pub near: Vec<Near>,
    /// Centres of equal totals that are ranked together, from the most points down.
    pub ties: Vec<Vec<CentreIx>>,
    pub outside: Vec<Outside>,
    pub hangs: Vec<Hang>,
    /// For each centre of the last grade: what gives it a better one.
    pub routes: Vec<(CentreIx, Routes)>,
}

/// What is asked of one centre, whoever the others are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alone {
    pub hangs: Vec<Hang>,
    pub routes: Option<(CentreIx, Routes)>,
}

/// How many routes are given for one centre.
const ROUTES: usize = 3;

/// The audit of a cohort: lines within so many points, cells within so much of themselves.
pub fn audit(rubric: &Rubric, cohort: &Cohort, within: &Number, cell: &Number) -> Audit {
    let mut audit = of_cohort(rubric, cohort, within);
    let mut bench = Bench::new(rubric, cohort);
    for ix in cohort.all() {
        audit.add(alone(&mut bench, ix, cell));
    }
    audit
}

/// What is asked of all centres together; each of them is still to be [added](Audit::add).
pub fn of_cohort(rubric: &Rubric, cohort: &Cohort, within: &Number) -> Audit {
    let cards = score(rubric, cohort, None);
    Audit {
        near: near(rubric, &cards, within),
        ties: ties(rubric, cohort, &cards),
        outside: outside(&cards),
        hangs: by_rubric(rubric, cohort, &cards),
        routes: Vec::new(),
    }
}

/// What is asked of one centre on a bench: cells within so much of themselves.
pub fn alone(bench: &mut Bench<'_>, ix: CentreIx, cell: &Number) -> Alone {
    let Some(found) = bench.readings_of(ix) else { return Alone { hangs: Vec::new(), routes: None } };
    let grade = found.grade;
    let mut hangs = by_judge(bench, ix, grade);
    let close = |flip: &&Flip| flip.fragile || flip.share().is_some_and(|share| share <= *cell);
    hangs.extend(found.flips.iter().filter(close).map(|flip| Hang {
        centre: ix,
        cause: Cause::Cell(Box::new(flip.clone())),
        grade,
        becomes: flip.becomes,
    }));
    let last = grade.0 > 0 && grade.0 + 1 == bench.rubric().grades.len();
    Alone { hangs, routes: last.then(|| (ix, bench.routes(&found, ROUTES))) }
}

impl Audit {
    /// Adds what was asked of one centre; in the order of the roster.
    pub fn add(&mut self, alone: Alone) {
        self.hangs.extend(alone.hangs);
        self.routes.extend(alone.routes);
    }
}

fn complete(cards: &[Scorecard]) -> impl Iterator<Item = &Scorecard> {
    cards.iter().filter(|card| card.tally.state == State::Complete)
}

fn near(rubric: &Rubric, cards: &[Scorecard], within: &Number) -> Vec<Near> {
    let lines = || rubric.grades.iter().enumerate().filter_map(|(ix, grade)| Some((ix, grade.threshold.as_ref()?)));
    let of = |card: &Scorecard| -> Vec<Near> {
        let total = card.tally.compared.clone();
        let near = lines().map(|(ix, line)| Near {
            centre: card.centre,
            grade: GradeIx(ix),
            total: total.clone(),
            line: line.points.0.clone(),
        });
        near.filter(|near| (&near.total - &near.line).abs() <= *within).collect()
    };
    let mut near: Vec<Near> = complete(cards).flat_map(of).collect();
    near.sort_by_cached_key(|near| (&near.total - &near.line).abs());
    near
}

fn ties(rubric: &Rubric, cohort: &Cohort, cards: &[Scorecard]) -> Vec<Vec<CentreIx>> {
    let per = rubric.ranked_per();
    let mut keyed: Vec<_> = complete(cards)
        .filter(|card| card.rank.is_some())
        .map(|card| (per.member(cohort.centre(card.centre)), -&card.tally.compared, card.centre))
        .collect();
    keyed.sort();
    let tied = keyed.chunk_by(|a, b| a.0 == b.0 && a.1 == b.1).filter(|tied| tied.len() > 1);
    tied.map(|tied| tied.iter().map(|(.., centre)| *centre).collect()).collect()
}

fn outside(cards: &[Scorecard]) -> Vec<Outside> {
    let of = |card: &Scorecard| {
        let one = |reason: &Reason| match *reason {
            Reason::OutsideQuota { grade, places, of, place } => {
                Some(Outside { centre: card.centre, grade, places, of, place })
            }
            _ => None,
        };
        card.reasons.iter().filter_map(one).collect::<Vec<_>>()
    };
    cards.iter().flat_map(of).collect()
}

/// Grades that another rounding, or another rule for what is not reported, would change.
fn by_rubric(rubric: &Rubric, cohort: &Cohort, cards: &[Scorecard]) -> Vec<Hang> {
    let unrounded = {
        let mut rubric = rubric.clone();
        let none: Option<Round> = None;
        rubric.rounding.indicator = none;
        rubric.rounding.criterion = none;
        rubric.rounding.profile = none;
        rubric.rounding.total = none;
        rubric
    };
    let missing = |policy: &Missing| {
        let mut rubric = rubric.clone();
        for node in &mut rubric.nodes {
            if let Body::Indicator(indicator) = &mut node.body {
                indicator.missing = policy.clone();
            }
        }
        rubric
    };
    let changed = [
        (Cause::Rounding, unrounded),
        (Cause::MissingIsZero, missing(&Missing::Zero)),
        (Cause::MissingIsLeftOut, missing(&Missing::LeaveOut)),
    ];
    let mut hangs = Vec::new();
    for (cause, rubric) in changed {
        for (card, after) in cards.iter().zip(score(&rubric, cohort, None)) {
            let Some(grade) = card.grade.filter(|grade| after.grade != Some(*grade)) else { continue };
            hangs.push(Hang { centre: card.centre, cause: cause.clone(), grade, becomes: after.grade });
        }
    }
    hangs
}

/// Grades that change where one judge's mark is left out and the others still make a value.
fn by_judge(bench: &mut Bench<'_>, ix: CentreIx, grade: GradeIx) -> Vec<Hang> {
    let mut hangs = Vec::new();
    let cohort = bench.cohort();
    if cohort.centre(ix).status != Status::Participating {
        return hangs;
    }
    let marks = |slot| cohort.readings(ix).marks(slot).map(move |(judge, _)| (slot, judge.to_owned()));
    let marks: Vec<(Slot, String)> = cohort.needed(ix).into_iter().flat_map(marks).collect();
    for (slot, judge) in marks {
        if let Some(becomes) = bench.without_judge(ix, slot, &judge).filter(|after| *after != grade) {
            hangs.push(Hang { centre: ix, cause: Cause::Judge(slot, judge), grade, becomes: Some(becomes) });
        }
    }
    hangs
}
