//! Profiles: shares of a whole by level (4*, 3*, 2*, 1*, u), and what becomes of them.
//!
//! A profile is combined level by level and rounded from the top down, so that its levels still add up to the whole.
//! Must not know rubrics or where shares come from.

use super::number::{Number, Points, Round};

/// Shares by level, from the top, and what each level is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub levels: Vec<Number>,
    /// The share of the points that each level earns; empty where a profile earns none.
    pub worth: Vec<Number>,
}

impl Profile {
    /// What it earns where `of` can be earned: the mean worth of its shares.
    pub fn points(&self, of: &Points) -> Points {
        let whole: Number = self.levels.iter().sum();
        let earned: Number = self.levels.iter().zip(&self.worth).map(|(share, worth)| share * worth).sum();
        earned.divided_by(&whole).map_or(Points::ZERO, |share| of.times(&share))
    }

    /// Level by level the weighted mean of several; `None` where their weights add up to nothing or they differ in
    /// length.
    pub fn mean(parts: &[(&Self, &Number)]) -> Option<Self> {
        let (first, _) = parts.first()?;
        let weight: Number = parts.iter().map(|(_, weight)| *weight).sum();
        let level = |at: usize| {
            let shares = parts.iter().map(|(part, weight)| Some(part.levels.get(at)? * *weight));
            shares.collect::<Option<Vec<Number>>>()?.iter().sum::<Number>().divided_by(&weight)
        };
        let levels = (0..first.levels.len()).map(level).collect::<Option<Vec<Number>>>()?;
        Some(Self { levels, worth: first.worth.clone() })
    }

    /// Each running total from the top is rounded; the levels are their differences, so that nothing is lost or won.
    #[must_use]
    pub fn rounded(&self, round: Round) -> Self {
        let (mut total, mut before) = (Number::ZERO, Number::ZERO);
        let level = |share: &Number| {
            total = &total + share;
            let now = total.rounded(round);
            let level = &now - &before;
            before = now;
            level
        };
        Self { levels: self.levels.iter().map(level).collect(), worth: self.worth.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(levels: &[&str], worth: &[&str]) -> Profile {
        let numbers = |texts: &[&str]| texts.iter().map(|t| Number::parse_share(t).unwrap()).collect();
        Profile { levels: numbers(levels), worth: numbers(worth) }
    }

    #[test]
    fn running_totals_are_rounded_and_their_differences_taken() {
        let raw = profile(&["12.5", "36.25", "31.25", "15", "5"], &[]);
        // 12.5 → 13; 48.75 → 49; 80; 95; 100.
        assert_eq!(raw.rounded(Round::half_up(0)), profile(&["13", "36", "31", "15", "5"], &[]));
    }

    #[test]
    fn levels_that_are_worth_something_earn_their_mean() {
        let half = profile(&["50", "50", "0"], &["100%", "50%", "0"]);
        assert_eq!(half.points(&Points(Number::from(20_i64))), Points(Number::from(15_i64)));
        assert_eq!(profile(&["0", "0"], &["1", "0"]).points(&Points(Number::ONE)), Points::ZERO);
        assert_eq!(profile(&["50", "50"], &[]).points(&Points(Number::ONE)), Points::ZERO);
    }
}
