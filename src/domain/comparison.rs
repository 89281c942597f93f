//! Two scored cohorts beside each other: whom another rubric moves, by how much, and where in the ledger.
//!
//! Centres, criteria, grades and flags are matched by id, because the two sides may be scored by rubrics whose positions
//! have nothing to do with each other. Compares scorecards and works out no score. Must not know what was changed in the
//! rubric, nor how a change is told.

mod line;

use std::cmp::Ordering;

use super::cohort::{CentreIx, Cohort};
use super::grade::{Flag, Scorecard};
use super::number::Number;
use super::rubric::{Act, Period, Rubric};
use super::score::State;

pub use line::{LineChange, Part};

/// A cohort with its scorecards, in roster order.
#[derive(Clone, Copy)]
pub struct Scored<'a> {
    pub rubric: &'a Rubric,
    pub cohort: &'a Cohort,
    pub cards: &'a [Scorecard],
}

/// What is different between two scored cohorts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// Centres that differ: grades, flags and outcomes before points alone, worst first: see [`Harm`]; among equals in the roster order of the new side.
    pub changes: Vec<Change>,
    /// How many centres are the same in every respect.
    pub same: usize,
}

/// What is different about one centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub centre: String,
    /// `None` where the centre is not in the old cohort.
    pub old: Option<Side>,
    /// `None` where the centre is not in the new cohort.
    pub new: Option<Side>,
    pub extent: Extent,
    pub harm: Harm,
    /// Criteria and indicators whose points differ, or the most that can be earned there: depth first in the order of
    /// the new rubric.
    pub lines: Vec<LineChange>,
}

/// What a scorecard says, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    pub centre: CentreIx,
    /// `None` where the centre is not scored, or the rubric has no total.
    pub total: Option<Number>,
    /// Data are missing, so that the total is not the last word.
    pub provisional: bool,
    pub grade: Option<String>,
    pub rank: Option<usize>,
    /// The act that is proposed: `next-cycle`, `rectify`, `remove`, or one of the rubric's own.
    pub outcome: Option<String>,
    /// Within which time the act is to be done, and how long the centre may not come back.
    pub limits: (Option<Period>, Option<Period>),
    /// Whether it is to be removed from the list.
    pub removed: bool,
    pub flags: Vec<String>,
    /// The flags that somebody has to act on.
    pub(super) grave: Vec<String>,
    /// How far the grade stands from the best one.
    pub(super) place: Option<usize>,
}

/// The gravest respect in which a centre differs; each centre is counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Extent {
    /// Total, rank, or points inside the total.
    Score,
    /// A flag or what follows; the grade is the same.
    Flags,
    /// The grade, or that there is one.
    Grade,
}

/// What a change does to a centre, worst first.
///
/// A comparison lists centres whose grade, flags or outcome differ in this order, and behind them, in the same order, those
/// whose points alone do. Inside a class whoever falls more grades goes first, then whoever loses more points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Harm {
    /// Is now to be removed from the list.
    Removed,
    /// Falls to a lower grade, or has none any more.
    Lowered,
    /// Has to do something that it had not, such as rectify, or gains another flag that somebody must act on.
    Flagged,
    /// Loses points, or places where the points are the same.
    Worse,
    /// Different, but neither better nor worse.
    Neither,
    /// Gains points, or places where the points are the same.
    Better,
    /// Is rid of a flag that somebody had to act on.
    Unflagged,
    /// Rises to a better grade, or has one for the first time.
    Raised,
    /// Was to be removed from the list and is no longer.
    Spared,
}

/// Compares two cohorts centre by centre. Comparing a cohort with itself finds nothing.
pub fn compare(old: Scored<'_>, new: Scored<'_>) -> Comparison {
    let news = new.cohort.all().map(|ix| (old.cohort.find(&new.cohort.centre(ix).id), Some(ix)));
    let gone = old.cohort.all().filter(|ix| new.cohort.find(&old.cohort.centre(*ix).id).is_none());
    let pairs = news.chain(gone.map(|ix| (Some(ix), None)));
    Comparison::worst_first(pairs.map(|(was, is)| change(old, new, was, is)))
}

fn change(old: Scored<'_>, new: Scored<'_>, was: Option<CentreIx>, is: Option<CentreIx>) -> Option<Change> {
    let lines = match (was, is) {
        (Some(was), Some(is)) => line::changes(old, was, new, is),
        _ => Vec::new(),
    };
    let side =
        |scored: Scored<'_>, ix: Option<CentreIx>| ix.and_then(|ix| Some(Side::of(scored, scored.cards.get(ix.0)?)));
    let (mut before, after) = (side(old, was), side(new, is));
    // A grade that both rubrics have stands where the new one puts it, so that an added grade lowers nobody.
    if let Some(before) = &mut before
        && let Some(known) = before.grade.as_deref().and_then(|id| new.rubric.grade(id))
    {
        before.place = Some(known.0);
    }
    let centre = is.map(|ix| new.cohort.centre(ix)).or_else(|| was.map(|ix| old.cohort.centre(ix)))?.id.clone();
    let inside = !lines.is_empty();
    Change::between(centre, (before, after), lines, inside)
}

impl Comparison {
    /// Puts changes in order; `None` is a centre that is the same.
    pub(super) fn worst_first(changes: impl Iterator<Item = Option<Change>>) -> Self {
        let mut comparison = Self::default();
        for change in changes {
            match change {
                Some(change) => comparison.changes.push(change),
                None => comparison.same += 1,
            }
        }
        comparison.changes.sort_by(Change::worse_first);
        comparison
    }

    /// How many centres differ to this extent and no further.
    pub fn count(&self, extent: Extent) -> usize {
        self.changes.iter().filter(|change| change.extent == extent).count()
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pub fn of(&self, centre: &str) -> Option<&Change> {
        self.changes.iter().find(|change| change.centre == centre)
    }
}

impl Side {
    /// What one of a cohort's scorecards says.
    pub fn of(scored: Scored<'_>, card: &Scorecard) -> Self {
        let rubric = scored.rubric;
        let ids = |flags: &mut dyn Iterator<Item = &Flag>| flags.map(|flag| flag.id(rubric)).collect::<Vec<_>>();
        let state = &card.tally.state;
        let scored = matches!(state, State::Complete | State::Incomplete { .. } | State::Blocked(_));
        let proposal = card.proposal.as_ref();
        Self {
            centre: card.centre,
            total: (scored && rubric.has_total()).then(|| card.tally.total.0.clone()),
            provisional: *state != State::Complete,
            grade: card.grade.map(|grade| rubric.grades[grade.0].id.clone()),
            rank: card.rank,
            outcome: proposal.map(|proposal| proposal.act.id(rubric).to_owned()),
            limits: (proposal.and_then(|proposal| proposal.within), proposal.and_then(|proposal| proposal.bar)),
            removed: proposal.is_some_and(|proposal| proposal.act == Act::Remove),
            flags: ids(&mut card.flags.iter()),
            grave: ids(&mut card.flags.iter().filter(|flag| flag.is_grave())),
            place: card.grade.map(|grade| grade.0),
        }
    }

    /// Whether flags and what follows are the same.
    pub fn follows_as(&self, other: &Self) -> bool {
        self.flags == other.flags && self.outcome == other.outcome && self.limits == other.limits
    }
}

impl Change {
    /// Nothing where both sides say the same, and nothing `inside` them differs.
    pub(super) fn between(
        centre: String,
        (old, new): (Option<Side>, Option<Side>),
        lines: Vec<LineChange>,
        inside: bool,
    ) -> Option<Self> {
        let extent = extent(old.as_ref(), new.as_ref(), inside)?;
        let harm = harm(old.as_ref(), new.as_ref());
        Some(Self { centre, old, new, extent, harm, lines })
    }

    /// New total less old; `None` where one side has no total.
    pub fn difference(&self) -> Option<Number> {
        let total = |side: &Option<Side>| side.as_ref()?.total.clone();
        Some(&total(&self.new)? - &total(&self.old)?)
    }

    /// Flags that the new side has and the old had not.
    pub fn gained(&self) -> Vec<&str> {
        only(self.new.as_ref(), self.old.as_ref())
    }

    /// Flags that the old side had and the new has not.
    pub fn lost(&self) -> Vec<&str> {
        only(self.old.as_ref(), self.new.as_ref())
    }

    fn worse_first(a: &Self, b: &Self) -> Ordering {
        let points = |change: &Self| change.difference().unwrap_or(Number::ZERO);
        // A grade that rises is more than a point that is lost: no list that is cut short may hide it.
        let only_points = |change: &Change| change.extent == Extent::Score;
        let harm = only_points(a).cmp(&only_points(b)).then_with(|| a.harm.cmp(&b.harm));
        harm.then_with(|| b.fall().cmp(&a.fall())).then_with(|| points(a).cmp(&points(b)))
    }

    /// How many grades lower; no grade at all counts as one below the last.
    fn fall(&self) -> i64 {
        fall(self.old.as_ref(), self.new.as_ref())
    }
}

/// Flags that one side has and the other has not.
fn only<'a>(side: Option<&'a Side>, other: Option<&Side>) -> Vec<&'a str> {
    let known = |flag: &String| other.is_some_and(|other| other.flags.contains(flag));
    let flags = side.iter().flat_map(|side| &side.flags);
    flags.filter(|flag| !known(flag)).map(String::as_str).collect()
}

fn fall(old: Option<&Side>, new: Option<&Side>) -> i64 {
    let place = |side: Option<&Side>| side.and_then(|side| side.place).and_then(|place| i64::try_from(place).ok());
    match (place(old), place(new)) {
        (Some(old), Some(new)) => new - old,
        (Some(_), None) => i64::from(i32::MAX),
        (None, Some(_)) => -i64::from(i32::MAX),
        (None, None) => 0,
    }
}

fn extent(old: Option<&Side>, new: Option<&Side>, lines: bool) -> Option<Extent> {
    let (Some(old), Some(new)) = (old, new) else { return Some(Extent::Grade) };
    if old.grade != new.grade {
        return Some(Extent::Grade);
    }
    if !old.follows_as(new) {
        return Some(Extent::Flags);
    }
    let score = old.total != new.total || old.rank != new.rank || old.provisional != new.provisional || lines;
    score.then_some(Extent::Score)
}

fn harm(old: Option<&Side>, new: Option<&Side>) -> Harm {
    let removed = |side: Option<&Side>| side.is_some_and(|side| side.removed);
    let grave = |side: Option<&Side>| side.map_or(Vec::new(), |side| side.grave.clone());
    let (had, has) = (grave(old), grave(new));
    let difference = points(old, new);
    match fall(old, new) {
        _ if removed(new) && !removed(old) => Harm::Removed,
        _ if removed(old) && !removed(new) => Harm::Spared,
        fall if fall > 0 => Harm::Lowered,
        fall if fall < 0 => Harm::Raised,
        _ if has.iter().any(|flag| !had.contains(flag)) => Harm::Flagged,
        _ if had.iter().any(|flag| !has.contains(flag)) => Harm::Unflagged,
        _ => match difference {
            Ordering::Less => Harm::Worse,
            Ordering::Greater => Harm::Better,
            Ordering::Equal => Harm::Neither,
        },
    }
}

/// Whether points, or where they are the same places, were gained.
fn points(old: Option<&Side>, new: Option<&Side>) -> Ordering {
    let (Some(old), Some(new)) = (old, new) else { return Ordering::Equal };
    let rank = match (old.rank, new.rank) {
        (Some(old), Some(new)) => old.cmp(&new),
        _ => Ordering::Equal,
    };
    match (&old.total, &new.total) {
        (Some(old), Some(new)) => new.cmp(old).then(rank),
        _ => rank,
    }
}
