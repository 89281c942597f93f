//! How far a figure may lie from the others of its cohort, worked out by hand from the published method.

use triennial::domain::text::Lang;

use super::{NONE, asked, cohort, of, sentences};

fn data(fifth: &str) -> String {
    format!("centre,m\na,10\nb,12\nc,14\nd,16\ne,{fifth}\n")
}

/// The score of Hidiroglou & Berthelot (1986), 1 − median/x below the median and x/median − 1 above it, as in `HBmethod` of
/// the R package univOutl with U = 0, A = 0.05 and C = 10. With a small fifth: quartiles 10 and 14 around 12; the score of
/// the lower quartile is 1 − 12/10 = −0.2, so that the lower fence has the score −2, which is 12 ÷ 3 = 4; that is above the
/// tenth part of 12, and 1.2 it is. With a large fifth: quartiles 12 and 16 around 14, the upper fence at 14 + 10 · 2 = 34.
#[test]
fn of_what_is_never_below_zero_a_figure_may_be_too_small() {
    let rubric = of("米", "yearly = false\nminimum = 0\nchecks = { unit_slip = false }");
    let found = |fifth: &str| asked(&rubric, &cohort(&rubric, &data(fifth)));
    assert_eq!(found("1.2"), NONE);
    assert_eq!(found("1.19"), ["e m outlier"]);
    assert_eq!(found("34"), NONE);
    assert_eq!(found("34.01"), ["e m outlier"]);
    assert_eq!(found("0"), NONE, "zero says that there was none of it");
    assert_eq!(
        sentences(&rubric, &cohort(&rubric, &data("1")), Lang::En),
        ["1 is far from the others: 5 centres, median 12, expected from 1.2 to 32"]
    );
    // Without a bound at zero the distances are taken as they are: 12 − 10 · 2 = −8.
    let open = of("米", "yearly = false");
    assert_eq!(asked(&open, &cohort(&open, &data("-8"))), NONE);
    assert_eq!(asked(&open, &cohort(&open, &data("-8.01"))), ["e m outlier"]);
}

/// Skewed figures, by `statistics.quantiles(..., method="inclusive")` of Python over the scores: of seven figures the lower
/// quartile lies halfway between the second and the third, whose scores are 1 − 600/100 = −5 and 1 − 600/150 = −3, at −4; the
/// lower fence is 600 ÷ (1 + 10 · 4) = 14.634. The upper quartile is 1,200, the upper fence 600 + 10 · 600 = 6,600.
#[test]
fn fences_of_skewed_figures_lie_at_the_scores_of_the_method() {
    let rubric = of("米", "yearly = false\nminimum = 0\nchecks = { unit_slip = false }");
    let of_seven = |first: &str, last: &str| {
        let values = [first, "100", "150", "600", "900", "1500", last];
        let rows = values.iter().enumerate().map(|(at, value)| format!("c{at},{value}\n"));
        cohort(&rubric, &format!("centre,m\n{}", rows.collect::<String>()))
    };
    assert_eq!(asked(&rubric, &of_seven("14.635", "6600")), NONE);
    assert_eq!(asked(&rubric, &of_seven("14.634", "6600.01")), ["c0 m outlier", "c6 m outlier"]);
}

/// A metric's own bounds are the last fence, and a figure beyond them is asked about once.
#[test]
fn fences_end_where_the_metric_does() {
    let told = |keys: &str, fifth: &str| {
        let (wide, strict) = (
            of("米", "yearly = false"),
            of("米", &format!("yearly = false\n{keys}\nchecks = {{ unit_slip = false }}")),
        );
        let cohort = cohort(&wide, &data(fifth));
        (asked(&strict, &cohort), sentences(&strict, &cohort, Lang::En).concat())
    };
    let (found, said) = told("minimum = 1\nmaximum = 30", "1.1");
    assert!(found == ["e m outlier"] && said.ends_with("expected from 1.2 to 30"), "{found:?} {said}");
    let (found, said) = told("minimum = -5\nmaximum = 100", "40");
    assert!(found == ["e m outlier"] && said.ends_with("expected from -5 to 34"), "{found:?} {said}");
    assert_eq!(told("minimum = 0\nmaximum = 30", "40").0, ["e m range"]);
    assert_eq!(told("minimum = 0\nmaximum = 30", "-1").0, ["e m range"]);
}

/// A centre that types every year in 亿元 is told by the others, of which the distances themselves end below zero:
/// quartiles 1,000 and 5,000 around 3,000, the lower fence at 3,000 ÷ (1 + 10 · 2) = 142.86.
#[test]
fn a_centre_whose_unit_is_too_large_in_all_years_is_told_by_the_others() {
    let rubric = of("万元", "minimum = 0");
    let mut data = "centre,m@2023,m@2024,m@2025\n".to_owned();
    for (centre, base) in [("a", 1000), ("b", 3000), ("c", 5000), ("d", 7000)] {
        data.push_str(&format!("{centre},{base},{},{}\n", base + 1, base + 2));
    }
    data.push_str("e,0.42,0.43,0.44\n");
    let cohort = cohort(&rubric, &data);
    assert_eq!(asked(&rubric, &cohort), ["e m@2023 outlier", "e m@2024 outlier", "e m@2025 outlier"]);
    let told = sentences(&rubric, &cohort, Lang::En);
    assert!(told.iter().all(|told| told.ends_with(": hundred million yuan for 万元?")), "{told:?}");
}
