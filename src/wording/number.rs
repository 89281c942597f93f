//! How numbers are shown: the same digits in both languages, and a sign wherever digits are left out.
//!
//! Points go through [`points`] and nothing else, so that a figure on the screen, in a table and on a sheet is the same
//! text. Must not know what is being scored.

use crate::domain::ledger::Subject;
use crate::domain::number::{Number, Points, Round, Weight};
use crate::domain::rubric::{Body, ClassIx, NodeIx, Role, Rounding, Rubric};
use crate::domain::text::Lang;

/// Stands behind a number that is shown with fewer digits than it has.
pub const SHORTENED: char = '~';

/// Significant digits shown of a decimal that never ends; its fraction stands beside it.
const ENDLESS_DIGITS: u32 = 6;

/// Which of the rubric's three roundings applies to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    Indicator,
    Criterion,
    Total,
}

impl Level {
    /// The level of what a ledger line is about.
    pub fn of(subject: Subject, rubric: &Rubric) -> Self {
        match subject {
            Subject::Total => Self::Total,
            Subject::Choice(..) => Self::Indicator,
            Subject::Node(node) => match rubric.nodes[node.0].body {
                Body::Criterion { .. } => Self::Criterion,
                Body::Indicator(_) => Self::Indicator,
            },
        }
    }

    /// The level of a criterion or indicator.
    pub fn of_node(node: NodeIx, rubric: &Rubric) -> Self {
        Self::of(Subject::Node(node), rubric)
    }

    /// How the rubric rounds at this level; `None` where it does not.
    pub fn round(self, rounding: &Rounding) -> Option<Round> {
        match self {
            Self::Indicator => rounding.indicator,
            Self::Criterion => rounding.criterion,
            Self::Total => rounding.total,
        }
    }
}

/// Final points as a sheet prints them. Where the rubric rounds at this level, exactly those places. Otherwise the
/// rubric's display places, or those of a finer rounding below, with [`SHORTENED`] where that leaves digits out.
pub fn points(points: &Points, rounding: &Rounding, level: Level) -> String {
    match level.round(rounding) {
        Some(round) => points.0.fixed(round),
        None => {
            let below = match level {
                Level::Indicator => [None, None],
                Level::Criterion => [rounding.indicator, None],
                Level::Total => [rounding.indicator, rounding.criterion],
            };
            let finer = below.into_iter().flatten().map(|round| round.places).max().unwrap_or(0);
            shortened(&points.0, rounding.display_places.max(finer))
        }
    }
}

/// The most that a total can come to: `100`, or `100 + bonus 5` where bonus points are added beyond it.
pub fn most(rubric: &Rubric, class: ClassIx, lang: Lang) -> String {
    let of = exact(&rubric.total.points.get(class).0);
    let bonuses = rubric.nodes.iter().filter(|node| node.parent.is_none() && node.role == Role::Bonus);
    let bonus = bonuses.fold(Number::ZERO, |sum, node| &sum + &node.points.get(class).0);
    match (bonus.is_zero(), lang) {
        (true, _) => of,
        (false, Lang::En) => format!("{of} + bonus {}", exact(&bonus)),
        (false, Lang::Zh) => format!("{of} + 加分{}", exact(&bonus)),
    }
}

/// Points in a data file: as many places as the rubric rounds to at this level, else every digit
/// ([`Number::plain`]).
pub fn data(points: &Points, rounding: &Rounding, level: Level) -> String {
    level.round(rounding).map_or_else(|| points.0.plain(), |round| points.0.fixed(round))
}

/// Shares by level, from the top, with the rubric's display places: `15 / 62 / 23 / 0 / 0`.
pub fn shares(levels: &[Number], rounding: &Rounding) -> String {
    levels.iter().map(|share| brief(share, rounding.display_places)).collect::<Vec<_>>().join(" / ")
}

/// A number as it is where it has no more than this many places, else shortened to them.
pub fn brief(number: &Number, places: u32) -> String {
    match number.places() {
        Some(own) if own <= places => number.plain(),
        _ => shortened(number, places),
    }
}

/// A number with at most this many places, half up, and [`SHORTENED`] where that leaves digits out.
pub fn shortened(number: &Number, places: u32) -> String {
    let text = number.fixed(Round::half_up(places));
    if *number == number.rounded(Round::half_up(places)) { text } else { format!("{text}{SHORTENED}") }
}

/// A number in full: the decimal, or where it never ends the first digits and the fraction, `0.333333~ (1/3)`.
pub fn exact(number: &Number) -> String {
    if number.places().is_some() {
        return number.plain();
    }
    format!("{}{SHORTENED} ({})", number.fixed(Round::half_up(places_of_endless(number))), number.as_fraction())
}

/// A number as it stands inside a calculation: the decimal, or `(1/3)` where it never ends; negative in parentheses.
pub fn term(number: &Number) -> String {
    match number.places() {
        Some(_) if number.is_negative() => format!("({})", number.plain()),
        Some(_) => number.plain(),
        None => format!("({})", number.as_fraction()),
    }
}

/// The most a line can earn, or a weight: as the rubric writes it.
pub fn weight(weight: &Weight) -> String {
    exact(&weight.0)
}

/// A share as a percentage in full: `30%`.
pub fn percent(share: &Number) -> String {
    let hundredfold = share * &Number::from(100_i64);
    match hundredfold.places() {
        Some(_) => format!("{}%", hundredfold.plain()),
        None => format!("{}{SHORTENED}% ({})", hundredfold.fixed(Round::half_up(2)), share.as_fraction()),
    }
}

fn places_of_endless(number: &Number) -> u32 {
    let ten = Number::from(10_i64);
    let mut size = number.abs();
    let mut places = ENDLESS_DIGITS;
    let tenth = Number::fraction(1, 10).unwrap_or(Number::ONE);
    while size < tenth && places < 60 {
        size = size * &ten;
        places += 1;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::number::Mode;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn third() -> Number {
        Number::fraction(1, 3).unwrap()
    }

    fn rounding(indicator: Option<u32>, total: Option<u32>, display_places: u32) -> Rounding {
        let round = |places: Option<u32>| places.map(Round::half_up);
        Rounding {
            indicator: round(indicator),
            criterion: None,
            profile: None,
            total: round(total),
            display_places,
            compare_rounded: true,
        }
    }

    #[test]
    fn where_the_rubric_rounds_exactly_its_places_are_shown() {
        let two = rounding(Some(2), Some(2), 1);
        assert_eq!(points(&Points(n("84.995")), &two, Level::Total), "85.00");
        assert_eq!(points(&Points(n("2.4")), &two, Level::Indicator), "2.40");
    }

    #[test]
    fn where_it_does_not_what_is_cut_off_is_marked() {
        let none = rounding(None, None, 2);
        assert_eq!(points(&Points(n("2.4")), &none, Level::Indicator), "2.40");
        assert_eq!(points(&Points(n("2.404")), &none, Level::Indicator), "2.40~");
        assert_eq!(points(&Points(third()), &none, Level::Total), "0.33~");
    }

    #[test]
    fn a_criterion_over_rounded_indicators_shows_their_places_so_that_it_adds_up() {
        let two = rounding(Some(2), None, 0);
        assert_eq!(points(&Points(n("6.25")), &two, Level::Criterion), "6.25");
        assert_eq!(points(&Points(third()), &two, Level::Criterion), "0.33~");
    }

    #[test]
    fn data_files_keep_every_digit_unless_the_rubric_rounds() {
        let total = rounding(None, Some(2), 2);
        assert_eq!(data(&Points(n("84.995")), &total, Level::Total), "85.00");
        assert_eq!(data(&Points(n("2.125")), &total, Level::Criterion), "2.125");
        let cut = Rounding { total: Some(Round { places: 1, mode: Mode::Down }), ..total };
        assert_eq!(data(&Points(n("84.99")), &cut, Level::Total), "84.9");
    }

    #[test]
    fn a_decimal_that_never_ends_stands_beside_its_fraction() {
        assert_eq!(exact(&third()), "0.333333~ (1/3)");
        assert_eq!(exact(&Number::fraction(2, 3).unwrap()), "0.666667~ (2/3)");
        assert_eq!(exact(&Number::fraction(1, 3000).unwrap()), "0.000333333~ (1/3000)");
        assert_eq!(exact(&n("4.38125")), "4.38125");
        assert_eq!(exact(&n("-2")), "-2");
    }

    #[test]
    fn inside_a_calculation_negative_and_endless_numbers_stand_in_parentheses() {
        assert_eq!(term(&n("-3.5")), "(-3.5)");
        assert_eq!(term(&third()), "(1/3)");
        assert_eq!(term(&n("80")), "80");
    }

    #[test]
    fn a_share_is_shown_as_a_percentage() {
        assert_eq!(percent(&n("0.3")), "30%");
        assert_eq!(percent(&n("0.125")), "12.5%");
        assert_eq!(percent(&third()), "33.33~% (1/3)");
    }
}
