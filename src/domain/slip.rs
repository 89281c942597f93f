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
    /// Per cent instead of a share of 1.
    PerCent,
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

/// Units in which accounts are kept, in yuan: 元, 千元, 万元, 亿元.
const MONEY: [i64; 4] = [1, 1_000, 10_000, 100_000_000];

/// The slips that a unit invites; none where nobody said what is counted. A factor is named as a unit only where there is
/// such a unit: between 千元 and 万元, ten times is far sooner a digit than thousands of yuan.
pub fn of(unit: &Text) -> Vec<Slip> {
    let unit = Unit::read(unit);
    let slip = |factor, up, typed_as| Slip { factor, up, typed_as };
    if let Some(whole) = unit.whole() {
        let fraction = whole > 1;
        let hundredths = if fraction { whole } else { 100 };
        let (down, up) =
            if fraction { (TypedAs::Fraction, TypedAs::Digits) } else { (TypedAs::Digits, TypedAs::PerCent) };
        return vec![slip(hundredths, false, down), slip(hundredths, true, up)];
    }
    let Some((thing, scale)) = unit.multiple() else {
        return if unit == Unit::Unknown { Vec::new() } else { and_digits(Vec::new(), &[1_000, 10_000]) };
    };
    let Some(scale) = scale.to_usize().and_then(|scale| i64::try_from(scale).ok()) else { return Vec::new() };
    let named = if thing == "yuan" {
        let others = MONEY.into_iter().filter(|typed| *typed != scale);
        let one = |typed: i64| slip((scale / typed).max(typed / scale), typed < scale, TypedAs::Money(typed));
        others.map(one).filter(|slip| slip.factor > 10).collect()
    } else if scale == 10_000 {
        vec![slip(10_000, true, TypedAs::OneByOne)]
    } else {
        vec![slip(10_000, false, TypedAs::TenThousands)]
    };
    and_digits(named, &[10, 100, 1_000, 10_000])
}

/// Beside the units, a decimal point out of place and zeros too many or too few, where no unit explains the same.
fn and_digits(mut slips: Vec<Slip>, factors: &[i64]) -> Vec<Slip> {
    let all = factors.iter().flat_map(|factor| [true, false].map(|up| (*factor, up)));
    for (factor, up) in all {
        if slips.iter().all(|slip| (slip.factor, slip.up) != (factor, up)) {
            slips.push(Slip { factor, up, typed_as: TypedAs::Digits });
        }
    }
    slips
}

impl Slip {
    /// The figure without the slip.
    pub fn mended(&self, value: &Number) -> Number {
        let factor = Number::from(self.factor);
        if self.up { value.divided_by(&factor).unwrap_or(Number::ZERO) } else { value * &factor }
    }

    /// How far a mended figure may still lie from another: growth explains twice of it, and where there is no unit that was
    /// taken for another less, because digits are soon blamed for what grew.
    fn reach(&self) -> (i64, i64) {
        if self.typed_as == TypedAs::Digits { (5, 4) } else { (2, 1) }
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

    /// Slips of a hand, each with the figure that was meant: what was typed is a unit or some zeros away, and a factor is
    /// called a unit only where people keep accounts in that unit.
    #[test]
    fn slips_are_told_apart_by_the_unit() {
        use TypedAs::{Digits, Fraction, Money, OneByOne, PerCent, TenThousands};
        let cases = [
            ("万元", "4200", "0.42", (10_000, true, Money(1))),
            ("万元", "0.42", "4200", (10_000, false, Money(100_000_000))),
            ("万元", "42000", "4200", (10, true, Digits)),
            ("万元", "420", "4200", (10, false, Digits)),
            ("万元", "42", "4200", (100, false, Digits)),
            ("万元", "4200000", "4200", (1_000, true, Digits)),
            ("千元", "420", "4200", (10, false, Digits)),
            ("千元", "4200000", "4200", (1_000, true, Money(1))),
            ("百万元", "4200", "42", (100, true, Money(10_000))),
            ("百万元", "0.42", "42", (100, false, Money(100_000_000))),
            ("元", "0.42", "4200", (10_000, false, Money(10_000))),
            ("元", "4.2", "4200", (1_000, false, Money(1_000))),
            ("亿元", "42000", "4.2", (10_000, true, Money(10_000))),
            ("%", "0.42", "42", (100, false, Fraction)),
            ("%", "4200", "42", (100, true, Digits)),
            ("‰", "0.0042", "4.2", (1_000, false, Fraction)),
            ("万元/万元", "42", "0.42", (100, true, PerCent)),
            ("万元/万元", "0.0042", "0.42", (100, false, Digits)),
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

    /// Of a slip between units the mended figure may be twice or half the other; of digits, five fourths or four fifths.
    #[test]
    fn growth_besides_a_slip_is_bounded_on_both_sides() {
        for (value, is_slip) in [("20000", true), ("20000.1", false), ("5000", true), ("4999.9", false)] {
            assert_eq!(found("万元", value, "1").is_some_and(|(factor, ..)| factor == 10_000), is_slip, "{value}");
        }
        for (value, is_slip) in [("12.5", true), ("12.51", false), ("8", true), ("7.99", false)] {
            assert_eq!(found("万元", value, "1").is_some(), is_slip, "{value}");
        }
        for (value, is_slip) in [("125", true), ("126", false), ("80", true), ("79", false)] {
            assert_eq!(found("人", value, "1").is_some(), is_slip, "{value}");
        }
    }
}
