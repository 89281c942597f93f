//! Exact numbers: every value, weight and point is a fraction of whole numbers until a rubric rounds it.
//!
//! This file and those below it are the only ones of the program that do arithmetic on raw integers. It must not know what a number means:
//! no units, no rubrics, no languages. There are no floats anywhere; addition, subtraction, multiplication and
//! division are exact and cannot overflow; division by zero is `None`. Logarithms and roots live in
//! [`transcendental`] and are right to [`transcendental::PLACES`] decimal places.

pub mod moments;
pub mod near;
mod text;
pub mod transcendental;

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

pub use text::NumberFault;
use text::small_ten_to;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// The most digits (before and after the point together) that a typed or stored number may have.
pub const MAX_DIGITS: usize = 28;

/// Decimal places of a number that has no finite decimal form, where full precision is asked for.
pub const ENDLESS_PLACES: u32 = 20;

/// An exact rational number, always in lowest terms.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

/// Whatever fits two machine words stays there; the rest goes to the heap. The split is canonical, so equality is
/// equality of the parts.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small { num: i64, den: i64 },
    Big(Box<BigRational>),
}

/// Which way a number that lies between two printable ones goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// To the nearest; exactly half goes away from zero (四舍五入).
    HalfUp,
    /// To the nearest; exactly half goes to the even digit.
    HalfEven,
    /// Towards zero: digits are cut off.
    Down,
    /// Away from zero.
    Up,
}

/// Decimal places and the way to reach them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Round {
    pub places: u32,
    pub mode: Mode,
}

impl Round {
    /// What a sheet prints where the rubric names no rounding of its own.
    pub const fn half_up(places: u32) -> Self {
        Self { places, mode: Mode::HalfUp }
    }
}

impl Number {
    pub const ZERO: Self = Self(Repr::Small { num: 0, den: 1 });
    pub const ONE: Self = Self(Repr::Small { num: 1, den: 1 });

    /// The fraction `num / den`; `None` where `den` is 0.
    pub fn fraction(num: i64, den: i64) -> Option<Self> {
        (den != 0).then(|| Self::from_i128(i128::from(num), i128::from(den)))
    }

    fn from_i128(num: i128, den: i128) -> Self {
        let negative = (num < 0) != (den < 0);
        let (num, den) = (num.unsigned_abs(), den.unsigned_abs());
        // Division of single words is several times quicker.
        let (num, den) = match (u64::try_from(num), u64::try_from(den)) {
            (Ok(n), Ok(1)) => (u128::from(n), 1),
            (Ok(n), Ok(d)) => {
                let divisor = n.gcd(&d);
                (u128::from(n / divisor), u128::from(d / divisor))
            }
            _ => {
                let divisor = num.gcd(&den);
                (num / divisor, den / divisor)
            }
        };
        match (i64::try_from(num), i64::try_from(den)) {
            (Ok(num), Ok(den)) => Self(Repr::Small { num: if negative { -num } else { num }, den }),
            _ => {
                let num = BigInt::from(num);
                Self(Repr::Big(Box::new(BigRational::new_raw(if negative { -num } else { num }, BigInt::from(den)))))
            }
        }
    }

    fn from_big(num: BigInt, den: BigInt) -> Self {
        Self::from_ratio(BigRational::new(num, den))
    }

    fn from_ratio(ratio: BigRational) -> Self {
        match (ratio.numer().to_i64(), ratio.denom().to_i64()) {
            // i64::MIN has no positive twin, so negation would leave the small form.
            (Some(num), Some(den)) if num != i64::MIN => Self(Repr::Small { num, den }),
            _ => Self(Repr::Big(Box::new(ratio))),
        }
    }

    fn ratio(&self) -> BigRational {
        match &self.0 {
            Repr::Small { num, den } => BigRational::new_raw(BigInt::from(*num), BigInt::from(*den)),
            Repr::Big(ratio) => (**ratio).clone(),
        }
    }

    /// The exact quotient; `None` where `by` is zero.
    pub fn divided_by(&self, by: &Self) -> Option<Self> {
        if by.is_zero() {
            return None;
        }
        Some(match (&self.0, &by.0) {
            (Repr::Small { num: a, den: b }, Repr::Small { num: c, den: d }) => {
                Self::from_i128(i128::from(*a) * i128::from(*d), i128::from(*b) * i128::from(*c))
            }
            _ => Self::from_ratio(self.ratio() / by.ratio()),
        })
    }

    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small { num: 0, .. })
    }

    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small { num, .. } => *num < 0,
            Repr::Big(ratio) => ratio.is_negative(),
        }
    }

    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }

    /// Whether numerator and denominator each fit a machine word.
    pub fn is_short(&self) -> bool {
        matches!(self.0, Repr::Small { .. })
    }

    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Repr::Small { den, .. } => *den == 1,
            Repr::Big(ratio) => ratio.is_integer(),
        }
    }

    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The largest whole number not above this one.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Repr::Small { num, den } => Self::from(num.div_euclid(*den)),
            Repr::Big(ratio) => Self::from_ratio(ratio.floor()),
        }
    }

    /// The smallest whole number not below this one.
    #[must_use]
    pub fn ceil(&self) -> Self {
        -(-self).floor()
    }

    /// This number as a machine count, where it is whole and fits.
    pub fn to_usize(&self) -> Option<usize> {
        match &self.0 {
            Repr::Small { num, den: 1 } => usize::try_from(*num).ok(),
            _ => None,
        }
    }

    /// The number with `round.places` decimals, gone the way `round.mode` says.
    #[must_use]
    pub fn rounded(&self, round: Round) -> Self {
        if let Some((scaled, scale)) = self.scaled_small(round) {
            return Self::from_i128(scaled, scale);
        }
        let scale = ten_to(round.places);
        Self::from_big(scaled(&self.ratio(), &scale, round.mode), scale)
    }

    /// The number with exactly `round.places` decimals as text: `85.00`.
    pub fn fixed(&self, round: Round) -> String {
        match self.scaled_small(round) {
            Some((scaled, _)) => decimal_text(scaled < 0, &scaled.unsigned_abs().to_string(), round.places),
            None => {
                let scaled = scaled(&self.ratio(), &ten_to(round.places), round.mode);
                decimal_text(scaled.sign() == Sign::Minus, &scaled.magnitude().to_string(), round.places)
            }
        }
    }

    /// The number times ten to the places, made whole the stated way, with that power of ten; `None` where that leaves
    /// two machine words.
    fn scaled_small(&self, round: Round) -> Option<(i128, i128)> {
        let Repr::Small { num, den } = &self.0 else { return None };
        let scale = i128::from(small_ten_to(i64::from(round.places))?);
        // Below 2^63 × 10^18, which fits an i128.
        let (magnitude, den) = ((i128::from(*num) * scale).unsigned_abs(), u128::from(den.unsigned_abs()));
        let (quotient, rest) = match (u64::try_from(magnitude), u64::try_from(den)) {
            (Ok(magnitude), Ok(den)) => (u128::from(magnitude / den), u128::from(magnitude % den)),
            _ => (magnitude / den, magnitude % den),
        };
        let up = match round.mode {
            Mode::Down => false,
            Mode::Up => rest != 0,
            Mode::HalfUp => rest * 2 >= den,
            Mode::HalfEven => rest * 2 > den || rest * 2 == den && quotient % 2 == 1,
        };
        let whole = i128::try_from(quotient + u128::from(up)).ok()?;
        Some((if *num < 0 { -whole } else { whole }, scale))
    }

    /// Decimal places this number needs to be written out; `None` where no finite number of them is enough.
    pub fn places(&self) -> Option<u32> {
        let strip = |rest: &mut BigInt, factor: u32| {
            let factor = BigInt::from(factor);
            let mut times = 0;
            while rest.is_multiple_of(&factor) {
                *rest /= &factor;
                times += 1;
            }
            times
        };
        match &self.0 {
            Repr::Small { den, .. } => {
                let (twos, mut rest) = (den.trailing_zeros(), den >> den.trailing_zeros());
                let mut fives = 0;
                while rest % 5 == 0 {
                    rest /= 5;
                    fives += 1;
                }
                (rest == 1).then(|| twos.max(fives))
            }
            Repr::Big(ratio) => {
                let mut rest = ratio.denom().clone();
                let places = strip(&mut rest, 2).max(strip(&mut rest, 5));
                rest.is_one().then_some(places)
            }
        }
    }

    /// Full precision for data files: the exact decimal, or [`ENDLESS_PLACES`] places, half to even, where the decimal
    /// never ends. No exponent, no grouping, no trailing zeros.
    pub fn plain(&self) -> String {
        match self.places() {
            Some(places) => self.fixed(Round { places, mode: Mode::Down }),
            None => {
                let text = self.fixed(Round { places: ENDLESS_PLACES, mode: Mode::HalfEven });
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
        }
    }

    /// `numerator/denominator` in lowest terms: exact where no decimal is.
    pub fn as_fraction(&self) -> String {
        let ratio = self.ratio();
        format!("{}/{}", ratio.numer(), ratio.denom())
    }
}

fn ten_to(places: u32) -> BigInt {
    BigInt::from(10u32).pow(places)
}

/// `ratio × scale` as a whole number, gone the way `mode` says.
fn scaled(ratio: &BigRational, scale: &BigInt, mode: Mode) -> BigInt {
    let negative = ratio.is_negative();
    let (quotient, rest) = (ratio.numer().abs() * scale).div_rem(ratio.denom());
    let up = match mode {
        Mode::Down => false,
        Mode::Up => !rest.is_zero(),
        Mode::HalfUp => rest * 2 >= *ratio.denom(),
        Mode::HalfEven => match (rest * 2u8).cmp(ratio.denom()) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => quotient.is_odd(),
        },
    };
    let magnitude = if up { quotient + 1 } else { quotient };
    if negative { -magnitude } else { magnitude }
}

fn decimal_text(negative: bool, digits: &str, places: u32) -> String {
    let places = places as usize;
    let sign = if negative { "-" } else { "" };
    if places == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    format!("{sign}{whole}.{fraction}")
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self::from_i128(i128::from(value), 1)
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Self {
        Self::from_i128(value as i128, 1)
    }
}

impl Add<&Number> for &Number {
    type Output = Number;
    fn add(self, other: &Number) -> Number {
        match (&self.0, &other.0) {
            // Both products stay below 2^126, so their sum fits an i128.
            (Repr::Small { num: a, den: b }, Repr::Small { num: c, den: d }) => {
                let (a, b, c, d) = (i128::from(*a), i128::from(*b), i128::from(*c), i128::from(*d));
                if b == d { Number::from_i128(a + c, b) } else { Number::from_i128(a * d + c * b, b * d) }
            }
            _ => Number::from_ratio(self.ratio() + other.ratio()),
        }
    }
}

impl Mul<&Number> for &Number {
    type Output = Number;
    fn mul(self, other: &Number) -> Number {
        match (&self.0, &other.0) {
            (Repr::Small { num: a, den: b }, Repr::Small { num: c, den: d }) => {
                Number::from_i128(i128::from(*a) * i128::from(*c), i128::from(*b) * i128::from(*d))
            }
            _ => Number::from_ratio(self.ratio() * other.ratio()),
        }
    }
}

impl Sub<&Number> for &Number {
    type Output = Number;
    fn sub(self, other: &Number) -> Number {
        self + &-other
    }
}

impl Neg for &Number {
    type Output = Number;
    fn neg(self) -> Number {
        match &self.0 {
            Repr::Small { num, den } => Number(Repr::Small { num: -num, den: *den }),
            Repr::Big(ratio) => Number::from_ratio(-(**ratio).clone()),
        }
    }
}

impl Neg for Number {
    type Output = Number;
    fn neg(self) -> Number {
        -&self
    }
}

macro_rules! by_value {
    ($($operator:ident $method:ident),*) => {$(
        impl $operator for Number {
            type Output = Number;
            fn $method(self, other: Number) -> Number { (&self).$method(&other) }
        }
        impl $operator<&Number> for Number {
            type Output = Number;
            fn $method(self, other: &Number) -> Number { (&self).$method(other) }
        }
    )*};
}
by_value!(Add add, Sub sub, Mul mul);

impl Sum for Number {
    fn sum<I: Iterator<Item = Number>>(terms: I) -> Number {
        terms.fold(Number::ZERO, |total, term| total + term)
    }
}

impl<'a> Sum<&'a Number> for Number {
    fn sum<I: Iterator<Item = &'a Number>>(terms: I) -> Number {
        terms.fold(Number::ZERO, |total, term| total + term)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small { num: a, den: b }, Repr::Small { num: c, den: d }) if b == d => a.cmp(c),
            (Repr::Small { num: a, den: b }, Repr::Small { num: c, den: d }) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => self.ratio().cmp(&other.ratio()),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.places() {
            Some(_) => f.write_str(&self.plain()),
            None => f.write_str(&self.as_fraction()),
        }
    }
}

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Number);
        impl $name {
            pub const ZERO: Self = Self(Number::ZERO);
        }
        impl Add<&$name> for $name {
            type Output = $name;
            fn add(self, other: &$name) -> $name { $name(self.0 + &other.0) }
        }
        impl Sub<&$name> for $name {
            type Output = $name;
            fn sub(self, other: &$name) -> $name { $name(self.0 - &other.0) }
        }
        impl<'a> Sum<&'a $name> for $name {
            fn sum<I: Iterator<Item = &'a $name>>(terms: I) -> $name { $name(terms.map(|t| &t.0).sum()) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
    };
}

quantity!(
    /// Points of a score (分). Adding points to anything but points does not compile.
    Points
);
quantity!(
    /// A relative weight inside one node (权重).
    Weight
);

impl Points {
    /// This many points times a plain share, exactly.
    #[must_use]
    pub fn times(&self, share: &Number) -> Self {
        Self(&self.0 * share)
    }
}

#[cfg(test)]
mod tests;
