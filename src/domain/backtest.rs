//! Earlier cycles graded by a rubric, beside what was graded then.
//!
//! Centres are matched by id from cycle to cycle, and grades by id. Where no evaluation says what was graded, a later
//! cycle's record of earlier grades does. Must not know where a cohort came from.

use std::collections::{BTreeMap, BTreeSet};

use super::cohort::Cohort;
use super::grade::Scorecard;
use super::number::Number;
use super::reading::Cycle;
use super::rubric::Rubric;
use super::score::{State, score};

/// One cycle to look back on: a cohort as the rubric sees it.
#[derive(Debug, Clone)]
pub struct Past {
    pub cohort: Cohort,
    /// By centre, what an evaluation graded; `None` where that is not known.
    pub graded: Option<Vec<(String, Option<String>)>>,
}

/// A centre in one cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub centre: String,
    /// `None` where the centre is not graded, or there is no total.
    pub total: Option<Number>,
    pub then: Then,
    /// By the rubric that is tried.
    pub now: Option<String>,
}

/// What was graded in its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Nobody says.
    Unknown,
    /// A grade, or that there was none.
    Graded(Option<String>),
}

/// All centres of one cycle, in roster order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    pub cycle: Cycle,
    pub lines: Vec<Line>,
}

impl Line {
    /// Whether it would have been graded otherwise; not where nobody says what it was.
    pub fn differs(&self) -> bool {
        matches!(&self.then, Then::Graded(then) if *then != self.now)
    }
}

impl Round {
    /// How many centres have each pair of grades, then and now; those of whom nobody says are left out.
    pub fn agreement(&self) -> BTreeMap<(Option<&str>, Option<&str>), usize> {
        let mut counts = BTreeMap::new();
        for line in &self.lines {
            if let Then::Graded(then) = &line.then {
                *counts.entry((then.as_deref(), line.now.as_deref())).or_default() += 1;
            }
        }
        counts
    }

    /// How many centres have a grade now and had it then.
    pub fn counts(&self, grade: Option<&str>) -> (usize, usize) {
        let then = |line: &&Line| matches!(&line.then, Then::Graded(then) if then.as_deref() == grade);
        let now = self.lines.iter().filter(|line| line.now.as_deref() == grade).count();
        (now, self.lines.iter().filter(then).count())
    }

    pub fn differing(&self) -> usize {
        self.lines.iter().filter(|line| line.differs()).count()
    }

    /// Grades that only the past knows, by id.
    pub fn foreign<'a>(&'a self, rubric: &Rubric) -> BTreeSet<&'a str> {
        let then = self.lines.iter().filter_map(|line| match &line.then {
            Then::Graded(grade) => grade.as_deref(),
            Then::Unknown => None,
        });
        then.filter(|id| rubric.grade(id).is_none()).collect()
    }
}

/// Grades every cycle by a rubric, the earliest first. Nothing is still to come in any.
pub fn backtest(rubric: &Rubric, mut pasts: Vec<Past>) -> Vec<Round> {
    pasts.sort_by_key(|past| past.cohort.layout.cycle.first);
    let round = |past: &Past| {
        let cycle = past.cohort.layout.cycle;
        let cards = score(rubric, &past.cohort, None);
        let lines = cards.iter().map(|card| line(rubric, past, card, &pasts)).collect();
        Round { cycle, lines }
    };
    pasts.iter().map(round).collect()
}

fn line(rubric: &Rubric, past: &Past, card: &Scorecard, pasts: &[Past]) -> Line {
    let centre = past.cohort.centre(card.centre).id.clone();
    let graded = |graded: &Vec<(String, Option<String>)>| {
        graded.iter().find(|(id, _)| *id == centre).map_or(Then::Unknown, |(_, grade)| Then::Graded(grade.clone()))
    };
    let then = past.graded.as_ref().map_or_else(|| remembered(rubric, past, &centre, pasts), graded);
    Line {
        total: (card.tally.state == State::Complete && rubric.has_total()).then(|| card.tally.total.0.clone()),
        then,
        now: card.grade.map(|grade| rubric.grades[grade.0].id.clone()),
        centre,
    }
}

/// What the nearest later cycle remembers of this one.
fn remembered(rubric: &Rubric, past: &Past, centre: &str, pasts: &[Past]) -> Then {
    let first = past.cohort.layout.cycle.first;
    let length = i16::try_from(rubric.cycle_years.max(1)).unwrap_or(i16::MAX);
    for later in pasts.iter().filter(|later| later.cohort.layout.cycle.first > first) {
        let years = later.cohort.layout.cycle.first - first;
        let Some(ix) = later.cohort.find(centre).filter(|_| years % length == 0) else { continue };
        let previous = &later.cohort.centre(ix).previous;
        let ago = usize::try_from(years / length).unwrap_or(usize::MAX);
        // The oldest grade stands first.
        if let Some(grade) = previous.len().checked_sub(ago).and_then(|at| previous.get(at)) {
            return Then::Graded(Some(grade.clone()));
        }
    }
    Then::Unknown
}
