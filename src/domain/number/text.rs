//! Numbers from their text: digits exactly as they are written, or a fault that says what they are instead.

use num_bigint::BigInt;
use num_traits::One;

use super::{MAX_DIGITS, Number, ten_to};

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// Nothing, or something other than digits, one point, a sign and an exponent.
    NotANumber,
    /// More than [`MAX_DIGITS`] digits, written out or by exponent.
    TooLong,
    /// Digits grouped with commas: `1,234.5`.
    Grouped,
    /// Full-width digits or signs: `１２`.
    FullWidth,
    /// A percent sign where a plain number is wanted.
    Percent,
}

impl Number {
    /// Reads digits with an optional sign, point and exponent, exactly. `1_000` and `1e3` are 1000.
    ///
    /// # Errors
    /// Anything else, and more than [`MAX_DIGITS`] digits: see [`NumberFault`].
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        Self::parse_short(text).map_or_else(|| Self::parse_any(text), Ok)
    }

    /// Nearly every number: a sign at most, 1 to 18 digits and a point at most.
    pub(super) fn parse_short(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            all => (false, all),
        };
        let (mut num, mut digits, mut places) = (0_i64, 0_u32, None);
        for byte in unsigned {
            match byte {
                b'0'..=b'9' => {
                    num = num.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                    digits += 1;
                    places = places.map(|places: i64| places + 1);
                }
                b'.' if places.is_none() => places = Some(0),
                _ => return None,
            }
        }
        let scale = small_ten_to(places.unwrap_or(0))?;
        (1..=18)
            .contains(&digits)
            .then(|| Self::from_i128(i128::from(if negative { -num } else { num }), i128::from(scale)))
    }

    pub(super) fn parse_any(text: &str) -> Result<Self, NumberFault> {
        let fault = || {
            if text.ends_with(['%', '％']) {
                NumberFault::Percent
            } else if text.chars().any(|c| ('\u{ff00}'..='\u{ff5e}').contains(&c)) {
                NumberFault::FullWidth
            } else if text.contains(',') && text.chars().all(|c| c.is_ascii_digit() || ",.+-".contains(c)) {
                NumberFault::Grouped
            } else {
                NumberFault::NotANumber
            }
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            None => (text, 0),
            Some((mantissa, exponent)) => {
                let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(fault());
                }
                (mantissa, exponent.parse::<i32>().map_err(|_| NumberFault::TooLong)?)
            }
        };
        let (negative, unsigned) = match mantissa.as_bytes().first() {
            Some(b'-') => (true, &mantissa[1..]),
            Some(b'+') => (false, &mantissa[1..]),
            _ => (false, mantissa),
        };
        let (whole, places) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let well_grouped = |s: &str| !s.starts_with('_') && !s.ends_with('_') && !s.contains("__");
        let digits = || whole.bytes().chain(places.bytes());
        if !digits().any(|b| b.is_ascii_digit())
            || !digits().all(|b| b.is_ascii_digit() || b == b'_')
            || !well_grouped(whole)
            || !well_grouped(places)
        {
            return Err(fault());
        }
        let kept: String = digits().filter(u8::is_ascii_digit).map(char::from).collect();
        let after_point = places.bytes().filter(u8::is_ascii_digit).count();
        let significant = kept.trim_start_matches('0').len();
        let scale = i64::try_from(after_point).map_err(|_| NumberFault::TooLong)? - i64::from(exponent);
        let limit = i64::try_from(MAX_DIGITS).unwrap_or(i64::MAX);
        let written = i64::try_from(significant).map_err(|_| NumberFault::TooLong)?;
        if written > limit || scale > limit || written - scale > limit {
            return Err(NumberFault::TooLong);
        }
        if let (Ok(num), Some(den)) = (kept.parse::<i64>(), small_ten_to(scale)) {
            return Ok(Self::from_i128(i128::from(if negative { -num } else { num }), i128::from(den)));
        }
        let Some(mut num) = BigInt::parse_bytes(kept.as_bytes(), 10) else { return Err(fault()) };
        if negative {
            num = -num;
        }
        let power = ten_to(u32::try_from(scale.unsigned_abs()).map_err(|_| NumberFault::TooLong)?);
        Ok(if scale >= 0 { Self::from_big(num, power) } else { Self::from_big(num * power, BigInt::one()) })
    }

    /// Reads a number, a percentage or a fraction: `0.3`, `30%` and `3/10` are the same.
    ///
    /// # Errors
    /// As [`Number::parse`].
    pub fn parse_share(text: &str) -> Result<Self, NumberFault> {
        match text.strip_suffix('%') {
            Some(percent) => Ok(Self::parse(percent.trim_end())? * Self::from_i128(1, 100)),
            None => match text.split_once('/') {
                Some((over, under)) => {
                    let (over, under) = (Self::parse(over.trim())?, Self::parse(under.trim())?);
                    over.divided_by(&under).ok_or(NumberFault::NotANumber)
                }
                None => Self::parse(text),
            },
        }
    }
}

/// Ten to a power that a machine word holds.
pub(super) fn small_ten_to(places: i64) -> Option<i64> {
    let places = u32::try_from(places).ok()?;
    (places <= 18).then(|| 10_i64.pow(places))
}
