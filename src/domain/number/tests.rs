use proptest::prelude::*;

use super::*;

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

#[test]
fn a_tenth_three_times_is_exactly_three_tenths() {
    assert_eq!(n("0.1") + n("0.1") + n("0.1"), n("0.3"));
}

#[test]
fn a_third_times_three_is_one() {
    let third = Number::fraction(1, 3).unwrap();
    assert_eq!(third.clone() * n("3"), Number::ONE);
    assert_eq!(third.plain(), "0.33333333333333333333");
    assert_eq!(third.as_fraction(), "1/3");
    assert_eq!(third.places(), None);
}

#[test]
fn each_mode_goes_its_way_just_below_at_and_above_the_half() {
    let table = [
        ("84.9949", "84.99", "84.99", "84.99", "85.00"),
        ("84.995", "85.00", "85.00", "84.99", "85.00"),
        ("84.985", "84.99", "84.98", "84.98", "84.99"),
        ("84.9951", "85.00", "85.00", "84.99", "85.00"),
        ("-84.985", "-84.99", "-84.98", "-84.98", "-84.99"),
        ("84.99", "84.99", "84.99", "84.99", "84.99"),
    ];
    for (value, half_up, half_even, down, up) in table {
        let at = |mode| n(value).fixed(Round { places: 2, mode });
        assert_eq!(
            [at(Mode::HalfUp), at(Mode::HalfEven), at(Mode::Down), at(Mode::Up)],
            [half_up, half_even, down, up]
        );
    }
}

#[test]
fn what_is_printed_is_what_rounding_gives() {
    let round = Round::half_up(2);
    assert_eq!(n("84.995").rounded(round), n("85"));
    assert_eq!(n("85").fixed(round), "85.00");
    assert_eq!(n("0.004").fixed(round), "0.00");
    assert_eq!(n("-0.004").fixed(round), "0.00");
}

#[test]
fn what_is_not_plain_digits_is_refused_by_name() {
    for (text, fault) in [
        ("", NumberFault::NotANumber),
        (".", NumberFault::NotANumber),
        ("-", NumberFault::NotANumber),
        ("nan", NumberFault::NotANumber),
        ("inf", NumberFault::NotANumber),
        ("1e", NumberFault::NotANumber),
        ("1..2", NumberFault::NotANumber),
        ("1_", NumberFault::NotANumber),
        ("0x10", NumberFault::NotANumber),
        ("1,234.5", NumberFault::Grouped),
        ("１２", NumberFault::FullWidth),
        ("12%", NumberFault::Percent),
        ("1e30", NumberFault::TooLong),
        ("1e-30", NumberFault::TooLong),
        ("1e99999999999", NumberFault::TooLong),
        ("12345678901234567890123456789", NumberFault::TooLong),
        ("0.12345678901234567890123456789", NumberFault::TooLong),
    ] {
        assert_eq!(Number::parse(text), Err(fault), "{text:?}");
    }
}

#[test]
fn the_longest_number_is_kept_to_its_last_digit() {
    let text = "1234567890.123456789012345678";
    assert_eq!(n(text).plain(), text);
    assert_eq!(n("1e3"), n("1_000"));
    assert_eq!(n("-.5"), n("-0.5"));
    assert_eq!(Number::parse_share("12.5%"), Ok(n("0.125")));
}

#[test]
fn dividing_by_zero_is_none() {
    assert_eq!(n("1").divided_by(&Number::ZERO), None);
    assert_eq!(n("1").divided_by(&n("8")), Some(n("0.125")));
}

#[test]
fn floor_and_ceil_go_the_right_way_below_zero() {
    assert_eq!((n("-1.5").floor(), n("-1.5").ceil()), (n("-2"), n("-1")));
    assert_eq!((n("1.5").floor(), n("1.5").ceil()), (n("1"), n("2")));
    assert_eq!(n("257.4").ceil().to_usize(), Some(258));
}

fn any_number() -> impl Strategy<Value = Number> {
    (any::<i64>(), 1..=i64::MAX).prop_map(|(num, den)| Number::fraction(num, den).unwrap())
}

proptest! {
    /// The small form must agree with big rationals, also where it overflows into them.
    #[test]
    fn arithmetic_agrees_with_big_rationals(a in any_number(), b in any_number()) {
        prop_assert_eq!((&a + &b).ratio(), a.ratio() + b.ratio());
        prop_assert_eq!((&a - &b).ratio(), a.ratio() - b.ratio());
        prop_assert_eq!((&a * &b).ratio(), a.ratio() * b.ratio());
        if !b.is_zero() {
            prop_assert_eq!(a.divided_by(&b).unwrap().ratio(), a.ratio() / b.ratio());
        }
        prop_assert_eq!(a.cmp(&b), a.ratio().cmp(&b.ratio()));
        prop_assert_eq!(&(&a + &b) - &b, a);
    }

    /// Rounding of what fits a machine word must agree with rounding of big numbers.
    #[test]
    fn rounding_agrees_with_big_rationals(a in any_number(), places in 0u32..12, mode in 0..4usize) {
        let mode = [Mode::HalfUp, Mode::HalfEven, Mode::Down, Mode::Up][mode];
        let round = Round { places, mode };
        let big = Number::from_big(scaled(&a.ratio(), &ten_to(places), mode), ten_to(places));
        prop_assert_eq!(a.rounded(round), big.clone());
        prop_assert_eq!(a.fixed(round), big.fixed(Round { places, mode: Mode::Down }));
        prop_assert_eq!(a.floor().ratio(), a.ratio().floor());
        prop_assert_eq!(a.ceil().ratio(), a.ratio().ceil());
        let halves = Number::from_big(BigInt::from(a.floor().to_usize().unwrap_or(0)) * 2 + 1, BigInt::from(2) * ten_to(places));
        let exact = Number::from_big(scaled(&halves.ratio(), &ten_to(places), mode), ten_to(places));
        prop_assert_eq!(halves.rounded(round), exact);
    }

    #[test]
    fn a_short_number_is_read_as_any_number_is(text in "[+-]?[0-9]{0,12}[.]?[0-9]{0,12}") {
        if let Some(short) = Number::parse_short(&text) {
            prop_assert_eq!(Number::parse_any(&text), Ok(short), "{}", text);
        }
    }

    #[test]
    fn a_decimal_survives_writing_and_reading(digits in any::<i64>(), places in 0u32..9) {
        let number = Number::from_big(BigInt::from(digits), ten_to(places));
        prop_assert_eq!(Number::parse(&number.plain()), Ok(number));
    }
}
