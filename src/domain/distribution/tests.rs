use super::*;
use proptest::prelude::*;

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn lines(at: &[&str]) -> Vec<GradeLine> {
    at.iter().map(|at| GradeLine { grade: GradeIx(0), at: n(at), strict: false }).collect()
}

/// `from-to:centres` of each range.
fn drawn(totals: &[&str], at: &[&str], most: &str) -> String {
    let totals: Vec<Number> = totals.iter().map(|t| n(t)).collect();
    let bins = bins(&totals, &lines(at), &n(most));
    bins.iter().map(|b| format!("{}-{}:{}", b.from.plain(), b.to.plain(), b.centres)).collect::<Vec<_>>().join(" ")
}

/// From 60 to 100: at most 15 ranges; ranges of 4 are no such width, and both lines lie at edges of 5.
#[test]
fn every_grade_line_lies_at_an_edge_and_the_edge_belongs_to_the_range_above() {
    let eight = "60-65:1 65-70:0 70-75:0 75-80:0 80-85:1 85-90:2 90-95:0 95-100:1";
    assert_eq!(drawn(&["60", "84.99", "85", "85.01", "100"], &["85", "60"], "100"), eight);
    assert_eq!(
        drawn(&["59.99"], &["85", "60"], "100"),
        "55-60:1 60-65:0 65-70:0 70-75:0 75-80:0 80-85:0 85-90:0 90-95:0 95-100:0"
    );
}

#[test]
fn the_highest_range_has_both_its_ends_and_a_bonus_makes_one_more() {
    assert_eq!(
        drawn(&["90", "100"], &["90", "92"], "100"),
        "90-91:1 91-92:0 92-93:0 93-94:0 94-95:0 95-96:0 96-97:0 97-98:0 98-99:0 99-100:1"
    );
    assert_eq!(
        drawn(&["100", "104"], &["80"], "100"),
        "80-82:0 82-84:0 84-86:0 86-88:0 88-90:0 90-92:0 92-94:0 94-96:0 96-98:0 98-100:0 100-102:1 102-104:1"
    );
}

#[test]
fn without_grades_or_points_one_value_has_a_range_of_its_own() {
    assert_eq!(drawn(&[], &["85"], "100"), "");
    assert_eq!(drawn(&["0", "0", "0"], &[], "0"), "0-1:3");
    assert_eq!(drawn(&["0", "100"], &[], "100").split(' ').count(), 10);
    assert_eq!(drawn(&["-12", "-0.5"], &[], "10").split(' ').next().unwrap(), "-12--10:1");
}

/// The Human Development Index: totals below 1, lines at 0.8, 0.7 and 0.55.
#[test]
fn totals_below_one_have_ranges_of_hundredths() {
    let shown = drawn(&["0.394", "0.962"], &["0.8", "0.7", "0.55"], "1");
    assert!(shown.starts_with("0.35-0.4:1 0.4-0.45:0"), "{shown}");
    assert!(shown.ends_with("0.95-1:1"), "{shown}");
}

proptest! {
    /// Whatever totals and grade lines there are, in hundredths: the ranges have no hole, are of one width, are few, and
    /// each total is in exactly one, which is the one that counts it.
    #[test]
    fn every_total_is_in_exactly_one_range(
        totals in prop::collection::vec(-2_000_i64..13_000, 1..60),
        at in prop::collection::vec(0_i64..11_000, 0..5),
        most in 0_i64..20_000,
    ) {
        let hundredths = |value: &i64| Number::fraction(*value, 100).unwrap();
        let totals: Vec<Number> = totals.iter().map(hundredths).collect();
        let line = |at: &i64| GradeLine { grade: GradeIx(0), at: hundredths(at), strict: false };
        let lines: Vec<GradeLine> = at.iter().map(line).collect();
        let bins = bins(&totals, &lines, &hundredths(&most));
        prop_assert!((1..=MOST_ALIGNED).contains(&bins.len()));
        prop_assert!(bins.windows(2).all(|pair| pair[0].to == pair[1].from));
        prop_assert!(bins.iter().all(|bin| &bin.to - &bin.from == &bins[0].to - &bins[0].from));
        let distribution =
            Distribution { kind: None, bins, lines, spread: Spread::new(totals.clone()), apart: Apart::default() };
        let mut counted = vec![0; distribution.bins.len()];
        for total in &totals {
            let inside = distribution.bins.iter().filter(|bin| bin.from <= *total && *total < bin.to).count();
            let at_the_end = usize::from(*total == distribution.bins[distribution.bins.len() - 1].to);
            prop_assert_eq!(inside + at_the_end, 1);
            counted[distribution.bin_of(total).unwrap()] += 1;
        }
        let held: Vec<usize> = distribution.bins.iter().map(|bin| bin.centres).collect();
        prop_assert_eq!(counted, held);
    }
}
