//! Rules that set a value against the others of the cohort: min–max, ratio to the best or mean, z-score, percentile,
//! rank.
//!
//! A [`Distribution`] holds what a group's values come to; [`Against`] is one centre's place in it, with every number
//! that was used, so that the ledger can be followed without the others' data. Exact, but for the root in a z-score, and
//! for means and variances whose fraction is long: those are right to [`transcendental::PLACES`] decimals, because the
//! fractions of ten thousand ratios have no common denominator that anybody could read. Must not know where the values
//! came from.

use super::group::Group;
use super::number::moments::power_sums;
use super::number::transcendental::{self, sqrt};
use super::number::{Mode, Number, Points, Round};
use super::rule::{Award, Rule};

/// A rule relative to the cohort. One centre's points then depend on the others'.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relative {
    /// Position among the rubric's relative rules, in file order.
    pub ix: usize,
    pub by: By,
    /// Among whom.
    pub per: Group,
    pub lower_is_better: bool,
    pub outliers: Option<Outliers>,
    /// What makes points of the place; `None`: the share it is, of all points.
    pub then: Option<Rule>,
}

/// What a value is set against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The way from the group's worst value to its best, from `at_worst` (a share) up to 1. Values outside are at the
    /// ends.
    MinMax { at_worst: Number },
    /// Value ÷ best; best ÷ value where lower is better.
    Best,
    /// Value ÷ mean; 2 − value ÷ mean where lower is better.
    Mean,
    /// (value − mean) ÷ sample standard deviation; the other way round where lower is better.
    ZScore,
    /// The share of the group that is worse.
    Percentile(Counting),
    /// Points for the first place, the second, and so on; `rest` from there on.
    Rank { points: Vec<Award>, rest: Award, ties: RankTies },
}

/// Who counts as worse in a percentile rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counting {
    /// The worse ones, of the others: from 0 for the worst to 1 for the best.
    Below,
    /// The worse ones and the equal ones with oneself, of all.
    AtOrBelow,
    /// The worse ones and half of the equal ones with oneself, of all.
    Middle,
}

/// What centres with the same value get for the places they share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RankTies {
    /// The points of the best of their places.
    Best,
    /// The mean of their places' points.
    Mean,
    /// The points of the worst of their places.
    Worst,
}

/// How values far from the others are kept from stretching the scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outliers {
    /// Values more than so many sample standard deviations from the mean are left out of what others are set against.
    LeaveOut { beyond: Number },
    /// While |skewness| and excess kurtosis (of the sample, as spreadsheets have them) are both above these, one value
    /// more at the long end is set to the next one, at most `most` of them.
    Winsorise { most: usize, skewness: Number, kurtosis: Number },
}

/// What the values of one group come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// As reported, from the lowest.
    sorted: Vec<Number>,
    /// After the treatment of outliers.
    treated: Vec<Number>,
    mean: Number,
    /// Sample standard deviation; `None` for fewer than two values.
    deviation: Option<Number>,
}

impl Distribution {
    /// `None` where there are no values.
    pub fn new(mut values: Vec<Number>, outliers: Option<&Outliers>) -> Option<Self> {
        values.sort();
        let treated = match outliers {
            None => values.clone(),
            Some(Outliers::LeaveOut { beyond }) => without_far(&values, beyond),
            Some(Outliers::Winsorise { most, skewness, kurtosis }) => winsorised(&values, *most, skewness, kurtosis),
        };
        let mean = mean(&treated)?;
        let deviation = variance(&treated).as_ref().and_then(sqrt);
        Some(Self { sorted: values, treated, mean, deviation })
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The values after the treatment of outliers, from the lowest.
    pub fn treated(&self) -> &[Number] {
        &self.treated
    }

    /// Where a value stands, with the numbers that say so; `kind_points` picks a rank's points for the centre's kind.
    pub fn against(&self, rule: &Relative, value: &Number, award: impl Fn(&Award) -> Points) -> Option<Against> {
        let (lowest, highest) = (self.treated.first()?.clone(), self.treated.last()?.clone());
        let lower = rule.lower_is_better;
        let (worst, best) = if lower { (highest, lowest) } else { (lowest, highest) };
        let below = self.sorted.partition_point(|other| other < value);
        let above = self.sorted.len() - self.sorted.partition_point(|other| other <= value);
        let equal = self.sorted.len() - below - above;
        let (worse, better) = if lower { (above, below) } else { (below, above) };
        let of = self.sorted.len();
        Some(match &rule.by {
            By::MinMax { at_worst } => Against::MinMax { worst, best, at_worst: at_worst.clone() },
            By::Best => Against::Best { best, lower },
            By::Mean => Against::Mean { mean: self.mean.clone(), lower },
            By::ZScore => Against::ZScore { mean: self.mean.clone(), deviation: self.deviation.clone()?, lower },
            By::Percentile(counting) => Against::Percentile { worse, equal, of, counting: *counting },
            By::Rank { points, rest, ties } => {
                let at = |place: usize| award(points.get(place).unwrap_or(rest));
                let shared: Vec<Points> = (better..better + equal.max(1)).map(at).collect();
                let earned = match ties {
                    RankTies::Best => shared.first().cloned(),
                    RankTies::Worst => shared.last().cloned(),
                    RankTies::Mean => {
                        shared.iter().sum::<Points>().0.divided_by(&Number::from(shared.len())).map(Points)
                    }
                };
                Against::Rank { place: better + 1, equal, of, earned: earned? }
            }
        })
    }
}

/// The mean; `None` of nothing.
pub(super) fn mean(values: &[Number]) -> Option<Number> {
    let [sum] = power_sums(values);
    sum.divided_by(&Number::from(values.len())).map(|mean| settled(&mean))
}

/// Σ (x − mean)² ÷ (n − 1).
fn variance(values: &[Number]) -> Option<Number> {
    let rest = values.len().checked_sub(1)?;
    let [s1, s2] = power_sums(values);
    let two = &s2 - &(&s1 * &s1).divided_by(&Number::from(values.len()))?;
    two.divided_by(&Number::from(rest)).map(|variance| settled(&variance))
}

/// A number as it is where its fraction is short, else with so many decimals.
fn settled(number: &Number) -> Number {
    let round = Round { places: transcendental::PLACES, mode: Mode::HalfEven };
    if number.is_short() { number.clone() } else { number.rounded(round) }
}

/// Σ (x − mean)², ³ and ⁴, from the sums of powers.
fn central(values: &[Number]) -> Option<[Number; 3]> {
    let n = Number::from(values.len());
    let [s1, s2, s3, s4] = power_sums(values);
    let m = s1.divided_by(&n)?;
    let times = |count: i64, number: &Number| &Number::from(count) * number;
    let m2 = &m * &m;
    let two = &s2 - &(&n * &m2);
    let three = &(&s3 - &times(3, &(&m * &s2))) + &times(2, &(&n * &(&m2 * &m)));
    let four = &(&(&s4 - &times(4, &(&m * &s3))) + &times(6, &(&m2 * &s2))) - &times(3, &(&n * &(&m2 * &m2)));
    Some([two, three, four])
}

/// Values within so many standard deviations of the mean: compared as squares, so that no root is taken.
fn without_far(values: &[Number], beyond: &Number) -> Vec<Number> {
    let Some((mean, variance)) = mean(values).zip(variance(values)) else {
        return values.to_vec();
    };
    let limit = &(beyond * beyond) * &variance;
    let near = |value: &&Number| {
        let away = *value - &mean;
        &away * &away <= limit
    };
    values.iter().filter(near).cloned().collect()
}

fn winsorised(values: &[Number], most: usize, skewness: &Number, kurtosis: &Number) -> Vec<Number> {
    let mut treated = values.to_vec();
    let Some(upwards) = skew_and_kurtosis(values).map(|(skew, _)| skew.1) else { return treated };
    let last = values.len() - 1;
    for step in 1..=most.min(last) {
        let Some(((square, _), excess)) = skew_and_kurtosis(&treated) else { break };
        if square <= skewness * skewness || excess <= *kurtosis {
            break;
        }
        // The `step` values at the long end become the next one.
        for at in 0..step {
            let (end, next) = if upwards { (last - at, last - step) } else { (at, step) };
            treated[end] = values[next].clone();
        }
    }
    treated
}

/// The square of the sample skewness with whether it is positive, and the sample's excess kurtosis: spreadsheets' SKEW
/// and KURT. `None` for fewer than four values or equal ones.
fn skew_and_kurtosis(values: &[Number]) -> Option<((Number, bool), Number)> {
    let count = i64::try_from(values.len()).ok().filter(|count| *count >= 4)?;
    let n = Number::from(count);
    let less = |by: i64| Number::from(count - by);
    let [two, three, four] = central(values)?;
    let variance = two.divided_by(&less(1))?;
    // n ÷ ((n − 1)(n − 2)) × Σ((x − mean) ÷ s)³, squared so that no root is taken.
    let factor = n.divided_by(&(&less(1) * &less(2)))?;
    let cube = &(&variance * &variance) * &variance;
    let square = (&(&factor * &factor) * &(&three * &three)).divided_by(&cube)?;
    let first = &(&n * &(&n + &Number::ONE)) * &four;
    let first = first.divided_by(&(&(&(&less(1) * &less(2)) * &less(3)) * &(&variance * &variance)))?;
    let second = (&Number::from(3_i64) * &(&less(1) * &less(1))).divided_by(&(&less(2) * &less(3)))?;
    Some(((square, three.is_positive()), &first - &second))
}

/// One value's place among the others, with the numbers used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    MinMax { worst: Number, best: Number, at_worst: Number },
    Best { best: Number, lower: bool },
    Mean { mean: Number, lower: bool },
    ZScore { mean: Number, deviation: Number, lower: bool },
    Percentile { worse: usize, equal: usize, of: usize, counting: Counting },
    Rank { place: usize, equal: usize, of: usize, earned: Points },
}

impl Against {
    /// The place as a number: a share, a ratio or a score. `None` where it has none: all values are the same, or the
    /// best or the mean is zero.
    pub fn place(&self, value: &Number) -> Option<Number> {
        Some(match self {
            Self::MinMax { worst, best, at_worst } => {
                let way = (value - worst).divided_by(&(best - worst))?.max(Number::ZERO).min(Number::ONE);
                at_worst + &(&way * &(&Number::ONE - at_worst))
            }
            Self::Best { best, lower: false } => value.divided_by(best)?,
            Self::Best { best, lower: true } => best.divided_by(value)?,
            Self::Mean { mean, lower: false } => value.divided_by(mean)?,
            Self::Mean { mean, lower: true } => &Number::from(2_i64) - &value.divided_by(mean)?,
            Self::ZScore { mean, deviation, lower } => {
                let away = if *lower { mean - value } else { value - mean };
                away.divided_by(deviation)?
            }
            Self::Percentile { worse, equal, of, counting } => {
                let (worse, equal, of) = (Number::from(*worse), Number::from(*equal), Number::from(*of));
                match counting {
                    Counting::Below => worse.divided_by(&(&of - &Number::ONE))?,
                    Counting::AtOrBelow => (&worse + &equal).divided_by(&of)?,
                    Counting::Middle => (&worse + &equal.divided_by(&Number::from(2_i64))?).divided_by(&of)?,
                }
            }
            Self::Rank { place, .. } => Number::from(*place),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(texts: &[&str]) -> Vec<Number> {
        texts.iter().map(|text| Number::parse(text).unwrap()).collect()
    }

    fn n(text: &str) -> Number {
        Number::parse_share(text).unwrap()
    }

    /// Worked out apart with the textbook formulas behind a spreadsheet's SKEW and KURT, of 1, 2, 2, 3, 3, 3, 4, 4, 5, 30: 3.0564…, 9.5117….
    #[test]
    fn skewness_and_kurtosis_are_those_of_a_spreadsheet() {
        let values = numbers(&["1", "2", "2", "3", "3", "3", "4", "4", "5", "30"]);
        let ((square, up), excess) = skew_and_kurtosis(&values).unwrap();
        assert!(up);
        let three = Round::half_up(3);
        assert_eq!((square.fixed(three), excess.fixed(three)), ("9.341".to_owned(), "9.512".to_owned()));
        assert_eq!(skew_and_kurtosis(&numbers(&["1", "2", "3"])), None);
        assert_eq!(skew_and_kurtosis(&numbers(&["2", "2", "2", "2"])), None);
    }

    #[test]
    fn winsorising_takes_one_value_more_while_both_bounds_are_passed() {
        let values = numbers(&["1", "2", "2", "3", "3", "3", "4", "4", "5", "30"]);
        // 30 becomes 5, and the rest is nearly even.
        assert_eq!(winsorised(&values, 5, &n("2"), &n("3.5")).last(), Some(&n("5")));
        assert_eq!(winsorised(&values, 0, &n("2"), &n("3.5")), values);
        assert_eq!(winsorised(&values, 5, &n("2"), &n("100")), values, "one bound alone does nothing");
        let two = numbers(&["-30", "-28", "1", "1", "1", "2", "2", "2", "2", "3", "3", "3"]);
        let treated = winsorised(&two, 5, &n("1"), &n("1"));
        assert_eq!((&treated[..3], treated.len()), (&numbers(&["1", "1", "1"])[..], 12));
    }

    /// Ten thousand ratios have a common denominator of tens of thousands of digits.
    #[test]
    fn a_long_row_of_ratios_has_a_mean_of_so_many_decimals() {
        let ratios: Vec<Number> = (1..=10_000).map(|n| Number::fraction(n % 97, n).unwrap()).collect();
        let all = Distribution::new(ratios, None).unwrap();
        assert_eq!(all.mean.places().map(|places| places <= transcendental::PLACES), Some(true));
        assert_eq!(all.deviation.as_ref().and_then(Number::places).map(|p| p <= transcendental::PLACES), Some(true));
        // Short ones stay exact.
        let thirds = Distribution::new(vec![Number::fraction(1, 3).unwrap(); 3], None).unwrap();
        assert_eq!((thirds.mean, thirds.deviation), (Number::fraction(1, 3).unwrap(), Some(Number::ZERO)));
    }

    #[test]
    fn what_lies_far_from_the_mean_is_left_out_once() {
        // Mean 5.7, sample sd 8.62…; 30 lies 2.82 of them away, nothing else even one.
        let values = numbers(&["1", "2", "2", "3", "3", "3", "4", "4", "5", "30"]);
        assert_eq!(without_far(&values, &n("2")), values[..9]);
        assert_eq!(without_far(&values, &n("3")), values);
    }
}
