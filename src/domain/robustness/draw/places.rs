//! Grades of a draw, from what bars each centre from each and where totals lie: gates, thresholds and quotas.
//!
//! It gives what placing gives, or nothing where totals may be off by as much as lies between the last who has a place
//! and the first who has none. Must not know how points came about.

use std::cmp::Ordering;

use crate::domain::cohort::Cohort;
use crate::domain::grade::{Scorecard, places};
use crate::domain::number::near::Near;
use crate::domain::placing::{Ranked, groups};
use crate::domain::rubric::{GradeIx, Rubric, Ties};

/// What a centre brings to the placing in one draw.
#[derive(Debug, Clone, Copy)]
pub struct Contender {
    pub total: Near,
    /// By grade, as bits: something other than a quota keeps the centre from it.
    pub barred: u64,
    /// The grade that gates set.
    pub set: Option<GradeIx>,
}

/// Who is placed against whom.
pub struct Places {
    /// Best first.
    grades: Vec<Option<OfGrade>>,
    everybody: usize,
}

/// The places of one grade.
struct OfGrade {
    /// Who takes part, and how many places there are.
    groups: Vec<(Vec<usize>, usize)>,
    /// Who ties at the line is in, or out; `None`: a formula tells them apart.
    all_in: Option<bool>,
}

/// Grades by centre in roster order; `None` for a centre without one.
pub type Grades = Vec<Option<GradeIx>>;

impl Places {
    /// `None` where grades go to the first or the last of a ranking.
    pub fn new(rubric: &Rubric, cohort: &Cohort, cards: &[Scorecard]) -> Option<Self> {
        let order: Vec<usize> = (0..cards.len()).collect();
        let mut grades = Vec::new();
        for grade in &rubric.grades {
            (grade.first.is_none() && grade.last.is_none()).then_some(())?;
            let Some(quota) = &grade.quota else {
                grades.push(None);
                continue;
            };
            let all_in = match quota.ties {
                Ties::AllIn => Some(true),
                Ties::AllOut => Some(false),
                Ties::Break { .. } => None,
            };
            let group = |group: Ranked| {
                let places = places(&quota.size, group.of);
                // A blocked centre may come to be complete where figures are drawn.
                (group.complete.into_iter().chain(group.waiting).collect(), places)
            };
            let groups = groups(quota.per, cohort, cards, &order).into_iter().map(group).collect();
            grades.push(Some(OfGrade { groups, all_in }));
        }
        Some(Self { grades, everybody: cards.len() })
    }

    /// `None` where the bounds leave open who has a place.
    pub fn give(&self, contenders: &[Option<Contender>]) -> Option<Grades> {
        let mut given: Grades = contenders.iter().map(|one| one.as_ref().and_then(|one| one.set)).collect();
        let mut candidates: Vec<(usize, Near)> = Vec::new();
        for (ix, of_grade) in self.grades.iter().enumerate() {
            let wants = |at: usize, given: &Grades| {
                let one = contenders[at].as_ref().filter(|one| given[at].is_none() && one.barred >> ix & 1 == 0);
                one.map(|one| (at, one.total))
            };
            let Some(of_grade) = of_grade else {
                for at in 0..self.everybody {
                    if wants(at, &given).is_some() {
                        given[at] = Some(GradeIx(ix));
                    }
                }
                continue;
            };
            for (members, places) in &of_grade.groups {
                candidates.clear();
                candidates.extend(members.iter().filter_map(|at| wants(*at, &given)));
                let last = taken(&mut candidates, *places, of_grade.all_in)?;
                candidates[..last].iter().for_each(|(at, _)| given[*at] = Some(GradeIx(ix)));
            }
        }
        Some(given)
    }
}

/// Puts those who have a place first and says how many they are.
fn taken(candidates: &mut [(usize, Near)], places: usize, all_in: Option<bool>) -> Option<usize> {
    if places == 0 || places >= candidates.len() {
        return Some(places.min(candidates.len()));
    }
    candidates.sort_unstable_by(|(_, a), (_, b)| b.roughly(*a));
    let unsure = candidates.iter().map(|(_, total)| *total).reduce(Near::as_unsure_as)?;
    // As far apart as the least sure of all may be off: so are all above the line from all below it.
    let apart = |a: Near, b: Near| a.as_unsure_as(unsure).against(b.as_unsure_as(unsure));
    let line = candidates[places].1;
    match apart(candidates[places - 1].1, line)? {
        Ordering::Equal => {
            // Equal for certain, so nobody is off by anything.
            let above = candidates.iter().take_while(|(_, total)| total.roughly(line).is_gt()).count();
            let with = candidates.iter().take_while(|(_, total)| total.roughly(line).is_ge()).count();
            all_in.map(|all_in| if all_in { with } else { above })
        }
        _ => Some(places),
    }
}
