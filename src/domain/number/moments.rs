//! Sums of powers of many numbers, in whole numbers where their fractions are long.
//!
//! The common denominator of ten thousand ratios has tens of thousands of digits, and a fraction is brought to lowest
//! terms after every step. Must not know what the numbers are.

use num_bigint::BigInt;
use num_traits::Zero;

use super::transcendental::PLACES;
use super::{Mode, Number, scaled, ten_to};

/// Σx, Σx², … up to `N` powers: exact where the fractions add up to short ones, else of the values rounded half to even
/// to [`PLACES`] decimals.
pub fn power_sums<const N: usize>(values: &[Number]) -> [Number; N] {
    let mut sum = Number::ZERO;
    for value in values {
        sum = &sum + value;
        if !sum.is_short() {
            return in_whole_numbers(values);
        }
    }
    let mut sums = [const { Number::ZERO }; N];
    for value in values {
        let mut power = value.clone();
        for sum in &mut sums {
            *sum = &*sum + &power;
            power = &power * value;
        }
    }
    sums
}

fn in_whole_numbers<const N: usize>(values: &[Number]) -> [Number; N] {
    let scale = ten_to(PLACES);
    let mut sums = [const { BigInt::ZERO }; N];
    for value in values {
        let whole = scaled(&value.ratio(), &scale, Mode::HalfEven);
        let mut power = whole.clone();
        for sum in &mut sums {
            *sum += &power;
            power *= &whole;
        }
    }
    let mut unit = scale.clone();
    sums.map(|sum| {
        let of = std::mem::replace(&mut unit, BigInt::zero());
        unit = &of * &scale;
        Number::from_big(sum, of)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(num: i64, den: i64) -> Number {
        Number::fraction(num, den).unwrap()
    }

    #[test]
    fn short_fractions_are_summed_exactly() {
        let [one, two, three] = power_sums(&[fraction(1, 3), fraction(1, 3), fraction(1, 3)]);
        assert_eq!([one, two, three], [Number::ONE, fraction(1, 3), fraction(1, 9)]);
        assert_eq!(power_sums::<2>(&[]), [Number::ZERO, Number::ZERO]);
    }

    #[test]
    fn long_fractions_are_right_to_the_stated_places() {
        // Thirty primes: their product leaves a machine word.
        let primes = [
            2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103,
            107, 109, 113,
        ];
        let values: Vec<Number> = primes.iter().map(|p| fraction(1, *p)).collect();
        let exact: Number = values.iter().sum();
        let [sum, squares] = power_sums(&values);
        assert!(!exact.is_short());
        // Thirty values, each off by half of the last place at most.
        let near = |a: &Number, b: &Number| (a - b).abs() <= &fraction(15, 1) * &Number::parse("1e-24").unwrap();
        assert!(sum != exact && near(&sum, &exact), "{sum}");
        assert!(near(&squares, &values.iter().map(|v| v * v).sum()));
    }
}
