//! Outcomes (处理建议): what follows from a grade or a status, and by when.
//!
//! Always a proposal of the evaluators until the authority's decision is entered. Must not know how grades come about.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::centre::Status;
use super::cohort::{CentreIx, Cohort};
use super::condition::Condition;
use super::measure::{Scores, View};
use super::rubric::{Act, Citation, GradeIx, Outcome, OutcomeKey, Period, PeriodUnit, Rubric};
use super::score::{State, Tally};

/// What is proposed for one centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub act: Act,
    /// Which row of the rubric's outcome table says so.
    pub key: OutcomeKey,
    /// Which case of that row, where its condition holds.
    pub case: Option<usize>,
    pub within: Option<Period>,
    /// The last day of the limit; `None` until the day of the decision is known.
    pub by: Option<Date>,
    /// How long the centre may not come back, and until when.
    pub bar: Option<Period>,
    pub barred_until: Option<Date>,
}

/// What an outcome may depend on.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    pub rubric: &'a Rubric,
    pub cohort: &'a Cohort,
    pub centre: CentreIx,
    pub tally: &'a Tally,
    pub decided_on: Option<Date>,
}

impl Situation<'_> {
    /// Whether a condition holds; one that the data do not decide does not.
    fn holds(&self, condition: &Condition) -> bool {
        let tally = self.tally;
        let scores = Scores { nodes: &tally.nodes, profiles: &tally.profiles, total: &tally.compared };
        let view = View {
            rubric: self.rubric,
            layout: &self.cohort.layout,
            centre: self.cohort.centre(self.centre),
            readings: self.cohort.readings(self.centre),
            scores: (tally.state == State::Complete).then_some(scores),
            reported_years_only: false,
            trace: false,
        };
        view.holds(condition) == Some(true)
    }

    /// The row of the table, or the first of its cases that holds.
    fn propose(&self, key: OutcomeKey, outcome: &Outcome) -> Proposal {
        let case = outcome.cases.iter().position(|case| self.holds(&case.when.condition));
        let outcome = case.map_or(outcome, |at| &outcome.cases[at].outcome);
        self.proposal(key, case, outcome.act, outcome.within, outcome.bar)
    }

    fn proposal(
        &self,
        key: OutcomeKey,
        case: Option<usize>,
        act: Act,
        within: Option<Period>,
        bar: Option<Period>,
    ) -> Proposal {
        let after = |period: Option<Period>| self.decided_on.zip(period).and_then(|(day, period)| period.after(day));
        Proposal { act, key, case, within, by: after(within), bar, barred_until: after(bar) }
    }
}

impl Period {
    /// The last day of the limit that starts on `from`; a day the month lacks becomes the month's last.
    pub fn after(self, from: Date) -> Option<Date> {
        let count = i64::from(self.count);
        if self.unit == PeriodUnit::WorkingDays {
            return working_days_after(from, self.count);
        }
        let span = match self.unit {
            PeriodUnit::WorkingDays => return None,
            PeriodUnit::Days => Span::new().try_days(count),
            PeriodUnit::Months => Span::new().try_months(count),
            PeriodUnit::Years => Span::new().try_years(count),
        };
        from.checked_add(span.ok()?).ok()
    }
}

/// The last of so many Mondays to Fridays after a day. Public holidays are not known here.
fn working_days_after(from: Date, count: u32) -> Option<Date> {
    let (mut day, mut left) = (from, count);
    while left > 0 {
        day = day.tomorrow().ok()?;
        let rests = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        left -= u32::from(!rests);
    }
    Some(day)
}

/// The row of the outcome table for a grade or status.
pub fn row(rubric: &Rubric, key: OutcomeKey) -> Option<&Outcome> {
    rubric.outcomes.iter().find(|(k, _)| *k == key).map(|(_, outcome)| outcome)
}

/// The row or case that a proposal comes from.
pub fn behind<'a>(rubric: &'a Rubric, proposal: &Proposal) -> Option<&'a Outcome> {
    let row = row(rubric, proposal.key)?;
    let case = proposal.case.and_then(|at| row.cases.get(at));
    Some(case.map_or(row, |case| &case.outcome))
}

/// The citation behind the act that is proposed; a row that asks for something else first says nothing about it.
pub fn cited<'a>(rubric: &'a Rubric, proposal: &Proposal) -> Option<&'a Citation> {
    behind(rubric, proposal).filter(|outcome| outcome.act == proposal.act).and_then(|outcome| outcome.cite.as_ref())
}

/// What is proposed for a graded centre.
pub fn for_grade(of: &Situation<'_>, grade: GradeIx) -> Option<Proposal> {
    let key = OutcomeKey::Grade(grade);
    row(of.rubric, key).map(|outcome| of.propose(key, outcome))
}

/// What is proposed for a centre that is not scored. After an inspection, where the table has no row of its own, the
/// `then` of the row that asked for rectification says what follows.
pub fn for_status(of: &Situation<'_>, status: Status) -> Option<Proposal> {
    let key = OutcomeKey::Status(status);
    if let Some(outcome) = row(of.rubric, key) {
        return Some(of.propose(key, outcome));
    }
    of.rubric.outcomes.iter().find_map(|(key, outcome)| {
        let act = match status {
            Status::InspectionPassed => outcome.passed,
            Status::InspectionFailed => outcome.failed,
            _ => None,
        };
        act.map(|act| of.proposal(*key, None, act, None, outcome.bar.filter(|_| act == Act::Remove)))
    })
}

impl Act {
    /// The id used in data formats.
    pub fn id(self, rubric: &Rubric) -> &str {
        match self {
            Self::NextCycle => "next-cycle",
            Self::Rectify => "rectify",
            Self::Remove => "remove",
            Self::Named(ix) => rubric.acts.get(ix).map_or("", |a| &a.id),
        }
    }

    /// Whether it is shown as a flag.
    pub fn is_flag(self, rubric: &Rubric) -> bool {
        match self {
            Self::NextCycle => false,
            Self::Rectify | Self::Remove => true,
            Self::Named(ix) => rubric.acts.get(ix).is_some_and(|a| a.flag),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i16, m: i8, d: i8) -> Date {
        jiff::civil::date(y, m, d)
    }

    #[test]
    fn a_limit_in_months_ends_on_the_same_day_or_the_months_last() {
        let months = |count| Period { count, unit: PeriodUnit::Months };
        assert_eq!(months(12).after(day(2026, 3, 15)), Some(day(2027, 3, 15)));
        assert_eq!(months(1).after(day(2026, 1, 31)), Some(day(2026, 2, 28)));
        assert_eq!(months(12).after(day(2028, 2, 29)), Some(day(2029, 2, 28)));
        assert_eq!(Period { count: 30, unit: PeriodUnit::Days }.after(day(2026, 12, 15)), Some(day(2027, 1, 14)));
        assert_eq!(Period { count: 2, unit: PeriodUnit::Years }.after(day(2026, 3, 1)), Some(day(2028, 3, 1)));
    }

    #[test]
    fn working_days_pass_over_saturdays_and_sundays() {
        let five = Period { count: 5, unit: PeriodUnit::WorkingDays };
        // 2026-06-05 is a Friday: Monday to Friday of the week after.
        assert_eq!(five.after(day(2026, 6, 5)), Some(day(2026, 6, 12)));
        assert_eq!(five.after(day(2026, 6, 7)), Some(day(2026, 6, 12)));
        assert_eq!(Period { count: 1, ..five }.after(day(2026, 6, 4)), Some(day(2026, 6, 5)));
    }
}
