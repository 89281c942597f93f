//! Slips of a unit: a figure that is some power of ten away from where it would belong, and what may have been typed
//! instead (元 for 万元). Which powers are likely follows from the unit. Must not know where the figures come from.

use super::number::Number;
use super::text::Text;
use super::unit::Unit;

/// How a figure may have been typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TypedAs {
    /// Money in a unit of so many yuan.
    Money(i64),
    /// A share of 1 instead of per cent or per mille.
    Fraction,
    /// In ten thousands, or one by one, where the unit is the other.
    TenThousands,
    OneByOne,
    /// Zeros too many or too few, or a decimal point lost.
    Digits,
}

/// A figure that is `factor` times as large (`up`) as it should be, or as small.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slip {
    pub factor: i64,
    pub up: bool,
    pub typed_as: TypedAs,
}

/// Units in which money is typed, in yuan: 元, 千元, 万元, 百万元, 亿元.
const MONEY: [i64; 5] = [1, 1_000, 10_000, 1_000_000, 100_000_000];

/// The slips that a unit invites; none where nobody said what is counted.
pub fn of(unit: &Text) -> Vec<Slip> {
    let unit = Unit::read(unit);
    let slip = |factor, up, typed_as| Slip { factor, up, typed_as };
    let digits = |factors: &[i64]| {
        factors.iter().flat_map(|factor| [true, false].map(|up| slip(*factor, up, TypedAs::Digits))).collect()
    };
    if unit.is_share() {
        let hundredths = if unit.is_per_cent() { 100 } else { 1_000 };
        return vec![slip(hundredths, false, TypedAs::Fraction), slip(hundredths, true, TypedAs::Digits)];
    }
    let Some((thing, scale)) = unit.multiple() else {
        return if unit == Unit::Unknown { Vec::new() } else { digits(&[1_000, 10_000]) };
    };
    let Some(scale) = scale.to_usize().and_then(|scale| i64::try_from(scale).ok()) else { return Vec::new() };
    if thing == "yuan" {
        let others = MONEY.into_iter().filter(|typed| *typed != scale);
        let one = |typed: i64| slip((scale / typed).max(typed / scale), typed < scale, TypedAs::Money(typed));
        return others.map(one).collect();
    }
    let mut slips: Vec<Slip> = digits(&[10, 100, 1_000]);
    if scale == 10_000 {
        slips.push(slip(10_000, true, TypedAs::OneByOne));
        slips.push(slip(10_000, false, TypedAs::Digits));
    } else {
        slips.push(slip(10_000, false, TypedAs::TenThousands));
        slips.push(slip(10_000, true, TypedAs::Digits));
    }
    slips
}

impl Slip {
    /// The figure without the slip.
    pub fn mended(&self, value: &Number) -> Number {
        let factor = Number::from(self.factor);
        if self.up { value.divided_by(&factor).unwrap_or(Number::ZERO) } else { value * &factor }
    }

    /// How far a mended figure may still lie from another: growth explains twice of it, and of a slip of one digit less,
    /// because ten times is within reach of growth.
    fn reach(&self) -> (i64, i64) {
        if self.factor > 10 { (2, 1) } else { (5, 4) }
    }

    /// Whether `value` would be an ordinary neighbour of `other` without the slip. Both are above zero.
    fn explains(&self, value: &Number, other: &Number) -> bool {
        let (most, least) = self.reach();
        let (most, least) = (Number::from(most), Number::from(least));
        let mended = self.mended(value);
        &mended * &least <= other * &most && other * &least <= &mended * &most
    }
}

/// Whether two figures above zero are so far apart that any slip could explain it: ten times less a fifth.
pub fn is_far(value: &Number, other: &Number) -> bool {
    let least = Number::from(8_i64);
    *value >= other * &least || *other >= value * &least
}

/// The slip that best explains why `value` is so far from `other`; both are above zero.
pub fn between(slips: &[Slip], value: &Number, other: &Number) -> Option<Slip> {
    let explaining = slips.iter().filter(|slip| slip.explains(value, other));
    let off = |slip: &Slip| {
        let mended = slip.mended(value);
        let (low, high) = if mended < *other { (&mended, other) } else { (other, &mended) };
        high.divided_by(low).unwrap_or(Number::ONE)
    };
    explaining.min_by(|a, b| off(a).cmp(&off(b))).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(unit: &str, value: &str, other: &str) -> Option<(i64, bool, TypedAs)> {
        let number = |text| Number::parse(text).unwrap();
        let slips = of(&Text::both(unit));
        between(&slips, &number(value), &number(other)).map(|slip| (slip.factor, slip.up, slip.typed_as))
    }

    /// Twelve slips of a hand, each with the figure that was meant: what was typed is a unit or some zeros away.
    #[test]
    fn twelve_kinds_of_slips_are_told_apart_by_the_unit() {
        use TypedAs::{Digits, Fraction, Money, OneByOne, TenThousands};
        let cases = [
            ("万元", "4200", "0.42", (10_000, true, Money(1))),
            ("万元", "0.42", "4200", (10_000, false, Money(100_000_000))),
            ("万元", "42000", "4200", (10, true, Money(1_000))),
            ("万元", "42", "4200", (100, false, Money(1_000_000))),
            ("元", "0.42", "4200", (10_000, false, Money(10_000))),
            ("元", "4.2", "4200", (1_000, false, Money(1_000))),
            ("亿元", "42000", "4.2", (10_000, true, Money(10_000))),
            ("%", "0.42", "42", (100, false, Fraction)),
            ("%", "4200", "42", (100, true, Digits)),
            ("人", "4200", "420", (10, true, Digits)),
            ("人", "0.042", "420", (10_000, false, TenThousands)),
            ("万人次", "42000", "4.2", (10_000, true, OneByOne)),
        ];
        for (unit, value, other, wanted) in cases {
            assert_eq!(found(unit, value, other), Some(wanted), "{value} for {other} {unit}");
        }
        assert_eq!(found("", "42000", "4.2"), None, "nobody said what is counted");
        assert_eq!(found("万元", "4200", "4100"), None);
    }

    /// Of a slip of 10,000 the mended figure may be twice or half the other; of 10, five fourths or four fifths.
    #[test]
    fn growth_besides_a_slip_is_bounded_on_both_sides() {
        for (value, is_slip) in [("20000", true), ("20000.1", false), ("5000", true), ("4999.9", false)] {
            assert_eq!(found("万元", value, "1").is_some_and(|(factor, ..)| factor == 10_000), is_slip, "{value}");
        }
        for (value, is_slip) in [("12.5", true), ("12.51", false), ("8", true), ("7.99", false)] {
            assert_eq!(found("万元", value, "1").is_some(), is_slip, "{value}");
        }
    }
}
