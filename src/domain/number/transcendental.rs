//! Logarithms, roots and geometric means, the same to the last digit on every machine.
//!
//! Whole-number arithmetic on fixed-point values with `GUARD` places; every result is rounded, half to even, to
//! [`PLACES`] places. So a geometric mean that is a short decimal comes out as that decimal.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use super::{Mode, Number, Round, Weight, ten_to};

/// Decimal places that every result of this file is right to.
pub const PLACES: u32 = 24;
/// Decimal places carried inside, so that the errors of all steps stay below half a unit of [`PLACES`].
const GUARD: u32 = 48;

fn fixed(number: &Number) -> BigInt {
    let ratio = number.ratio();
    (ratio.numer() * ten_to(GUARD)).div_floor(ratio.denom())
}

fn finished(value: BigInt) -> Number {
    Number::from_ratio(BigRational::new(value, ten_to(GUARD))).rounded(Round { places: PLACES, mode: Mode::HalfEven })
}

/// `2 · atanh(num / den)` in fixed point, for `|num| < den`.
fn twice_atanh(num: &BigInt, den: &BigInt) -> BigInt {
    let one = ten_to(GUARD);
    let z = num * &one / den;
    let square = &z * &z / &one;
    let (mut power, mut total, mut odd) = (z.clone(), z, 1u32);
    while !power.is_zero() {
        power = &power * &square / &one;
        odd += 2;
        total += &power / odd;
    }
    total * 2
}

fn ln_of_two() -> BigInt {
    twice_atanh(&BigInt::one(), &BigInt::from(3))
}

/// The natural logarithm in fixed point; the argument is a positive ratio.
fn ln_fixed(ratio: &BigRational) -> BigInt {
    let bits = |n: &BigInt| i64::try_from(n.bits()).unwrap_or(i64::MAX);
    // x = m · 2^k with m between 1/2 and 2, so that the series below converges fast.
    let k: i64 = bits(ratio.numer()) - bits(ratio.denom());
    let (mut num, mut den) = (ratio.numer().clone(), ratio.denom().clone());
    if k >= 0 {
        den <<= k;
    } else {
        num <<= -k;
    }
    ln_of_two() * k + twice_atanh(&(&num - &den), &(&num + &den))
}

fn exp_fixed(value: &BigInt) -> BigInt {
    let one = ten_to(GUARD);
    let ln2 = ln_of_two();
    let doubled: BigInt = value * 2 + &ln2;
    let k = doubled.div_floor(&(&ln2 * 2));
    let rest = value - &ln2 * &k;
    let (mut term, mut total, mut n) = (one.clone(), one.clone(), 0u32);
    while !term.is_zero() {
        n += 1;
        term = term * &rest / (&one * n);
        total += &term;
    }
    let shift = k.to_i64().unwrap_or(0);
    if shift >= 0 { total << shift } else { total >> -shift }
}

/// The natural logarithm; `None` for zero and below.
pub fn ln(x: &Number) -> Option<Number> {
    x.is_positive().then(|| finished(ln_fixed(&x.ratio())))
}

/// The logarithm to base ten; `None` for zero and below.
pub fn log10(x: &Number) -> Option<Number> {
    x.is_positive().then(|| {
        let ten = ln_fixed(&BigRational::from_integer(BigInt::from(10)));
        finished(ln_fixed(&x.ratio()) * ten_to(GUARD) / ten)
    })
}

/// The square root; `None` below zero.
pub fn sqrt(x: &Number) -> Option<Number> {
    (!x.is_negative()).then(|| finished((fixed(x) * ten_to(GUARD)).sqrt()))
}

/// The weighted geometric mean of values that are not negative: zero where any value with a weight is zero, `None`
/// where a value is negative or all weights are zero.
pub fn geometric_mean(terms: &[(Number, Weight)]) -> Option<Number> {
    let weights: Number = terms.iter().map(|(_, w)| &w.0).sum();
    if !weights.is_positive() || terms.iter().any(|(x, w)| x.is_negative() || w.0.is_negative()) {
        return None;
    }
    let counted = || terms.iter().filter(|(_, w)| w.0.is_positive());
    if counted().any(|(x, _)| x.is_zero()) {
        return Some(Number::ZERO);
    }
    let mut exponent = BigInt::zero();
    for (x, weight) in counted() {
        let share = weight.0.divided_by(&weights)?.ratio();
        exponent += ln_fixed(&x.ratio()) * share.numer() / share.denom();
    }
    Some(finished(exp_fixed(&exponent)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    /// Digits from the published decimal expansions (OEIS A002162, A002392, A002193).
    #[test]
    fn logarithms_and_roots_match_the_published_expansions() {
        assert_eq!(ln(&n("2")).unwrap().plain(), "0.693147180559945309417232");
        assert_eq!(ln(&n("10")).unwrap().plain(), "2.302585092994045684017991");
        assert_eq!(sqrt(&n("2")).unwrap().plain(), "1.414213562373095048801689");
        assert_eq!(log10(&n("1000")).unwrap(), n("3"));
        assert_eq!(log10(&n("0.001")).unwrap(), n("-3"));
        assert_eq!(ln(&n("1")).unwrap(), Number::ZERO);
        assert_eq!(sqrt(&n("6.25")).unwrap(), n("2.5"));
    }

    #[test]
    fn where_there_is_no_logarithm_or_root_there_is_none() {
        assert_eq!(ln(&Number::ZERO), None);
        assert_eq!(ln(&n("-1")), None);
        assert_eq!(sqrt(&n("-0.01")), None);
    }

    #[test]
    fn a_geometric_mean_that_is_a_short_decimal_is_exactly_that() {
        let one = || Weight(Number::ONE);
        assert_eq!(geometric_mean(&[(n("8"), one()), (n("1"), one()), (n("1"), one())]), Some(n("2")));
        assert_eq!(geometric_mean(&[(n("0.9"), one()), (n("0.9"), Weight(n("2")))]), Some(n("0.9")));
        assert_eq!(geometric_mean(&[(n("4"), Weight(n("0.5"))), (n("9"), Weight(n("0.5")))]), Some(n("6")));
        assert_eq!(geometric_mean(&[(n("4"), one()), (Number::ZERO, one())]), Some(Number::ZERO));
        assert_eq!(geometric_mean(&[(n("-4"), one())]), None);
        assert_eq!(geometric_mean(&[]), None);
    }
}
