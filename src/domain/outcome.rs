//! Outcomes (处理建议): what follows from a grade or a status, and by when.
//!
//! Always a proposal of the evaluators until the authority's decision is entered. Must not know how grades come about.

use jiff::Span;
use jiff::civil::Date;

use super::centre::Status;
use super::rubric::{Act, GradeIx, Outcome, OutcomeKey, Period, PeriodUnit, Rubric};

/// What is proposed for one centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub act: Act,
    /// Which row of the rubric's outcome table says so.
    pub key: OutcomeKey,
    pub within: Option<Period>,
    /// The last day of the limit; `None` until the day of the decision is known.
    pub by: Option<Date>,
}

impl Period {
    /// The last day of the limit that starts on `from`; a day the month lacks becomes the month's last.
    pub fn after(self, from: Date) -> Option<Date> {
        let count = i64::from(self.count);
        let span = match self.unit {
            PeriodUnit::Days => Span::new().try_days(count),
            PeriodUnit::Months => Span::new().try_months(count),
            PeriodUnit::Years => Span::new().try_years(count),
        };
        from.checked_add(span.ok()?).ok()
    }
}

/// The row of the outcome table for a grade or status.
pub fn row(rubric: &Rubric, key: OutcomeKey) -> Option<&Outcome> {
    rubric.outcomes.iter().find(|(k, _)| *k == key).map(|(_, outcome)| outcome)
}

/// What is proposed for a graded centre.
pub fn for_grade(rubric: &Rubric, grade: GradeIx, decided_on: Option<Date>) -> Option<Proposal> {
    let key = OutcomeKey::Grade(grade);
    row(rubric, key).map(|outcome| propose(key, outcome.act, outcome.within, decided_on))
}

/// What is proposed for a centre that is not scored. After an inspection, where the table has no row of its own, the
/// `then` of the row that asked for rectification says what follows.
pub fn for_status(rubric: &Rubric, status: Status, decided_on: Option<Date>) -> Option<Proposal> {
    let key = OutcomeKey::Status(status);
    if let Some(outcome) = row(rubric, key) {
        return Some(propose(key, outcome.act, outcome.within, decided_on));
    }
    rubric.outcomes.iter().find_map(|(key, outcome)| {
        let act = match status {
            Status::InspectionPassed => outcome.passed,
            Status::InspectionFailed => outcome.failed,
            _ => None,
        };
        act.map(|act| propose(*key, act, None, decided_on))
    })
}

fn propose(key: OutcomeKey, act: Act, within: Option<Period>, decided_on: Option<Date>) -> Proposal {
    let by = decided_on.zip(within).and_then(|(day, period)| period.after(day));
    Proposal { act, key, within, by }
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
}
