//! Machine words that stand for exact numbers, each with the most it may be off by: sums of very many draws.
//!
//! A [`Near`] counts in units of 10^-14. Where nothing had to be cut off it is off by nothing and is the number itself;
//! otherwise every operation carries the bound along, and whatever the bound leaves open is answered with `None`, never
//! with a guess. Must not know what is drawn.

use std::cmp::Ordering;

use num_traits::ToPrimitive;

use super::{Mode, Number, Repr, Round, scaled, ten_to};

/// Decimals of a unit.
const PLACES: u32 = 14;
/// Decimals that a share is cut to, and decimals that a factor may have: together those of a unit.
const SHARE_PLACES: u32 = 10;
const FACTOR_PLACES: u32 = 4;
const SHARE_UNITS: i64 = 10_i64.pow(SHARE_PLACES);
const FACTOR_UNITS: i64 = 10_i64.pow(FACTOR_PLACES);
/// 40,000, so that a factor times a share stays well inside a word.
const LARGEST: i64 = 40_000 * FACTOR_UNITS;

/// A number known to within a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near {
    units: i64,
    off: i64,
}

/// A number above 0 of at most four decimals, up to 40,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Factor(i64);

/// A share from 0 to 1: cut to ten decimals, and as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    units: i64,
    whole: bool,
    num: i64,
    den: i64,
}

impl Near {
    pub const ZERO: Self = Self { units: 0, off: 0 };

    /// `None` where the number leaves a word.
    pub fn of(number: &Number) -> Option<Self> {
        match &number.0 {
            Repr::Small { num, den } => {
                let (wide, den) = (i128::from(*num).checked_mul(10_i128.pow(PLACES))?, i128::from(*den));
                let units = i64::try_from(wide.div_euclid(den)).ok()?;
                Some(Self { units, off: i64::from(wide.rem_euclid(den) != 0) })
            }
            Repr::Big(ratio) => {
                let units = scaled(ratio, &ten_to(PLACES), Mode::Down).to_i64()?;
                Some(Self { units, off: 1 })
            }
        }
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { units: self.units.checked_add(other.units)?, off: self.off.checked_add(other.off)? })
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { units: other.units.checked_neg()?, off: other.off })
    }

    /// The smaller of the two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        match self.against(other) {
            Some(Ordering::Greater) => other,
            Some(_) => self,
            // Neither is off by more, so neither is whichever is smaller.
            None => Self { units: self.units.min(other.units), off: self.off.max(other.off) },
        }
    }

    /// The larger of the two.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        match self.against(other) {
            Some(Ordering::Less) => other,
            Some(_) => self,
            None => Self { units: self.units.max(other.units), off: self.off.max(other.off) },
        }
    }

    /// This times `full` and divided by `part`.
    pub fn carried(self, full: Factor, part: Factor) -> Option<Self> {
        let (full, part) = (i128::from(full.0), i128::from(part.0));
        let wide = i128::from(self.units) * full;
        let units = i64::try_from(wide.div_euclid(part)).ok()?;
        let cut = i128::from(wide.rem_euclid(part) != 0);
        let off = i64::try_from((i128::from(self.off) * full + part - 1).div_euclid(part) + cut).ok()?;
        Some(Self { units, off })
    }

    /// Rounded, off by nothing; `None` where what it may be off by decides, or the places are finer than a unit.
    pub fn rounded(self, round: Round) -> Option<Self> {
        let low = rounded_units(self.units.checked_sub(self.off)?, round)?;
        let sure = self.off == 0 || rounded_units(self.units.checked_add(self.off)?, round)? == low;
        sure.then_some(Self { units: low, off: 0 })
    }

    /// How it compares with another; `None` where what the two may be off by decides.
    pub fn against(self, other: Self) -> Option<Ordering> {
        let off = i128::from(self.off) + i128::from(other.off);
        let apart = i128::from(self.units) - i128::from(other.units);
        match apart.cmp(&0) {
            order if off == 0 || apart.abs() > off => Some(order),
            _ => None,
        }
    }

    /// The order by which numbers are sorted before it is asked how they compare.
    pub fn roughly(self, other: Self) -> Ordering {
        self.units.cmp(&other.units)
    }

    /// What both may be off by together at most, whichever of them is meant.
    #[must_use]
    pub fn as_unsure_as(self, other: Self) -> Self {
        Self { units: self.units, off: self.off.max(other.off) }
    }
}

impl Factor {
    /// `None` where it is not above 0, needs more than four decimals, or is larger than 40,000.
    pub fn of(number: &Number) -> Option<Self> {
        let Repr::Small { num, den } = &number.0 else { return None };
        let wide = i128::from(*num) * i128::from(FACTOR_UNITS);
        let units = i64::try_from(wide / i128::from(*den)).ok()?;
        let whole = wide % i128::from(*den) == 0;
        (whole && units > 0 && units <= LARGEST).then_some(Self(units))
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).filter(|sum| *sum <= LARGEST).map(Self)
    }

    pub fn near(self) -> Near {
        Near { units: self.0 * SHARE_UNITS, off: 0 }
    }
}

impl Share {
    /// `None` where it is not from 0 to 1 or its fraction leaves a word.
    pub fn of(number: &Number) -> Option<Self> {
        let Repr::Small { num, den } = &number.0 else { return None };
        if *num < 0 || num > den {
            return None;
        }
        let wide = i128::from(*num) * i128::from(SHARE_UNITS);
        let units = i64::try_from(wide / i128::from(*den)).ok()?;
        Some(Self { units, whole: wide % i128::from(*den) == 0, num: *num, den: *den })
    }

    /// At most 4 × 10^18 units: inside a word.
    pub fn of_all(self, all: Factor) -> Near {
        // What is cut off a share is less than one of its units.
        Near { units: self.units * all.0, off: if self.whole { 0 } else { all.0 } }
    }

    /// The same, rounded; from the fraction itself where what was cut off decides.
    pub fn rounded_of_all(self, all: Factor, round: Round) -> Option<Near> {
        self.of_all(all).rounded(round).or_else(|| {
            let part = Number::from_i128(i128::from(self.num) * i128::from(all.0), i128::from(self.den));
            let points = part.divided_by(&Number::from(FACTOR_UNITS))?.rounded(round);
            Near::of(&points).filter(|near| near.off == 0)
        })
    }
}

fn rounded_units(units: i64, round: Round) -> Option<i64> {
    let magnitude = units.unsigned_abs();
    // A divisor that is known beforehand is several times quicker.
    let (step, quotient) = match round.places {
        2 => (10_u64.pow(PLACES - 2), magnitude / 10_u64.pow(PLACES - 2)),
        places => {
            let step = 10_u64.pow(PLACES.checked_sub(places)?);
            (step, magnitude / step)
        }
    };
    let rest = magnitude - quotient * step;
    let up = match round.mode {
        Mode::Down => false,
        Mode::Up => rest != 0,
        Mode::HalfUp => rest * 2 >= step,
        Mode::HalfEven => rest * 2 > step || rest * 2 == step && quotient % 2 == 1,
    };
    let whole = i64::try_from((quotient + u64::from(up)).checked_mul(step)?).ok()?;
    Some(if units < 0 { -whole } else { whole })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn number(near: Near) -> Number {
        Number::from_i128(i128::from(near.units), 10_i128.pow(PLACES))
    }

    /// By hand: a third of 1.0050 is 0.335 and goes up to 0.34, which ten decimals of a third alone do not tell.
    #[test]
    fn a_tie_that_was_cut_off_is_settled_by_the_fraction() {
        let (third, all) = (Share::of(&Number::fraction(1, 3).unwrap()).unwrap(), Factor::of(&n("1.005")).unwrap());
        assert_eq!(third.of_all(all).rounded(Round::half_up(2)), None);
        assert_eq!(third.rounded_of_all(all, Round::half_up(2)).map(number), Some(n("0.34")));
        let down = Round { places: 2, mode: Mode::HalfEven };
        assert_eq!(
            Share::of(&Number::ONE).unwrap().rounded_of_all(Factor::of(&n("0.325")).unwrap(), down).map(number),
            Some(n("0.32"))
        );
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(Factor::of(&n("0.00005")), None);
        assert_eq!(Factor::of(&n("40000.0001")), None);
        assert_eq!(Factor::of(&Number::ZERO), None);
        assert_eq!(Share::of(&n("1.0001")), None);
        assert_eq!(Share::of(&n("-0.1")), None);
        assert_eq!(Near::of(&n("92234")), None);
        assert_eq!(Near::ZERO.rounded(Round::half_up(15)), None);
    }

    proptest! {
        /// The exact numbers beside it say what each operation must hold.
        #[test]
        fn bounds_hold_and_what_is_said_is_so(
            (a, b) in (1_i64..5000, 1_i64..5000),
            (p, q) in (1_i64..2_000_000, 1_i64..2_000_000),
            places in 0_u32..6,
            mode in prop::sample::select(vec![Mode::HalfUp, Mode::HalfEven, Mode::Down, Mode::Up]),
        ) {
            let share = Number::fraction(a.min(b), a.max(b)).unwrap();
            let (x, y) = (Number::fraction(p, FACTOR_UNITS).unwrap(), Number::fraction(q, FACTOR_UNITS).unwrap());
            let (fx, fy) = (Factor::of(&x).unwrap(), Factor::of(&y).unwrap());
            let near = Share::of(&share).unwrap().of_all(fx);
            let exact = &share * &x;
            let holds = |near: Near, exact: &Number| {
                let bound = Number::from_i128(i128::from(near.off), 10_i128.pow(PLACES));
                (number(near) - exact).abs() <= bound
            };
            prop_assert!(holds(near, &exact));
            prop_assert!(holds(near.plus(fy.near()).unwrap(), &(&exact + &y)));
            prop_assert!(holds(near.minus(fy.near()).unwrap(), &(&exact - &y)));
            prop_assert!(holds(near.min(fy.near()), &exact.clone().min(y.clone())));
            prop_assert!(holds(near.max(fy.near()), &exact.clone().max(y.clone())));
            if let Some(carried) = near.carried(fy, fx) {
                prop_assert!(holds(carried, &(&exact * &y).divided_by(&x).unwrap()));
            }
            prop_assert!(holds(Near::of(&exact).unwrap(), &exact));
            let round = Round { places, mode };
            prop_assert_eq!(Share::of(&share).unwrap().rounded_of_all(fx, round).map(number), Some(exact.rounded(round)));
            let below = near.minus(fy.near()).unwrap();
            if let Some(rounded) = below.rounded(round) {
                prop_assert_eq!(number(rounded), (&exact - &y).rounded(round));
            }
            if let Some(order) = near.against(fy.near()) {
                prop_assert_eq!(order, exact.cmp(&y));
            }
        }
    }
}
