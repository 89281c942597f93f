//! At least one total of every shipped rubric, worked out by hand from the cohort and the rubric's text, and all of those
//! that a script works out a second time.
//!
//! Each indicator is rounded half up to two places where the rubric says so, then added; "2/3 of 20 = 13.33". Those of
//! `ncti` stand in `docs/by-hand.md`.

use super::shipped_rows;
use crate::program::{rows, value};

/// Rubric, centre, total by hand.
const TOTALS: [(&str, &str, &str); 16] = [
    ("ncti", "c07", "45.94"),
    // A place on the way from the worst zone (60 %) to the best: 0.6 + 0.4 × (x − worst) ÷ (best − worst).
    // Innovation, weights 0.8, 1.2, 1, 1: institutions 35 in 10..60 → 0.8; 7000/100000 in 4..10 % → 0.8; 60/1500 in 2..5 %
    //   → 0.8667; SMEs 500 in 100..900 → 0.8. (0.64 + 0.96 + 0.8667 + 0.8) ÷ 4 × 20 = 16.33.
    // Quality: 400/4000, the worst → 0.6; 1050/1500 in 50..80 % → 0.8667; 150/600 in 20..30 % → 0.8; 1500 − 1400 in 50..400
    //   → 0.6571. (0.48 + 1.04 + 0.8 + 0.6571) ÷ 4 × 15 = 11.16.
    // Structure, weights 1.2, 0.8: 750/1500 in 30..60 % → 0.8667; 0.015 a head in 0.0125..0.02 → 0.7333. (1.04 + 0.5867) ÷ 2 ×
    //   25 = 20.33.
    // Green: 80/400 = 0.2 in 0.15..0.4, less is better → 0.92; × 20 = 18.40.
    // Openness, weights 0.8, 1.2: 225/1500, the best → 1; 10 per 10,000 in 5..20 → 0.7333. (0.8 + 0.88) ÷ 2 × 20 = 16.80.
    ("hightech-zone", "zone-b", "83.02"),
    // The same readings on the points of three stages. R&D 200 (160 before), revenue 1800 (1500 before), 16 of 40 staff, 5
    // patents, 1 PCT, contracts 400; high-tech income 1200, profit 90, net assets 900, 4 graduates; 1 platform, no award, 1
    // project, venture 600.
    // Start-up: 8 + 6.67 + 10 + 9.60 + 5 + 1.20 + 2.40 = 42.87; 4 + 4 + 3.33 + 1 + 1.33 + 3 + 1.60 = 18.26; 1.50 + 0 + 1.33 + 3 = 5.83.
    ("enterprise-points", "same-startup", "66.96"),
    // Growth: 1.40 + 5.83 + 8 + 6.40 + 4 + 1.20 + 2.40 = 29.23; 1.44 + 5.33 + 4.17 + 2 + 2.67 + 1.44 + 1.60 = 18.65; 2 + 0 + 1.33 +
    //   0.60 = 3.93.
    ("enterprise-points", "same-growth", "51.81"),
    // Stable: 0.40 + 4.17 + 8 + 4.80 + 4 + 1.20 + 2.40 = 24.97; 0.36 + 4 + 5 + 3 + 4 + 0.27 + 1.60 = 18.23; 2 + 0 + 1.33 + 0.36 =
    //   3.69.
    ("enterprise-points", "same-stable", "46.89"),
    // 27000/30000 × 20 = 18; 270/300 × 15 = 13.50; 8/10 × 15 = 12: 43.50. 40/50 × 10 = 8; 15/50 ÷ 50 % × 10 = 6: 14. 350/500 × 10 =
    // 7; 1000/2500 ÷ 60 % × 10 = 6.67: 13.67. Three marks, too few to drop any: (80 + 85 + 90) ÷ 3 = 85, 8.50.
    ("transfer-institution", "steady", "79.67"),
    // Without the highest and the lowest mark. 89 × 10 % = 8.90, 86 × 10 % = 8.60: 17.50. 80 × 25 % = 20, level 4: 3/8 × 15 = 5.63:
    // 25.63. 150/500 × 5 = 1.50, one of the market panel recused: 75 × 10 % = 7.50: 9. 75.67 × 15 % = 11.35. 63.33 × 10 % = 6.33.
    ("achievement-value", "same-applied", "69.81"),
    // (4.132 − 2.83) ÷ 2.17 = 0.6; (16 − 9) ÷ 11 = 0.6364; (14 − 11) ÷ 4 = 0.75; 48/80, 9/15 and 12000/20000 = 0.6. 3.7864 ÷ 6 × 100.
    ("factor-market", "midway", "63.11"),
    // 12 of 14 in time: 34.29; 13 of 14 at all: 18.57. 7 of 8 reports: 13.13. 5 policies for 3 items, of 2 each: 12.50; 2 of 5: 4.
    ("pilot-policies", "zone-c", "82.49"),
    // 10.50 + 10 × 28/70 ÷ 5 × 8 = 6.40 + 10/15 ÷ 80 % × 8 = 6.67 + 2.40 = 25.97. 8.75 + 8/70 ÷ 15 % × 10 = 7.62 + 8.33 + 40/70 ÷ 60 % × 10 =
    // 9.52 + 10/70 ÷ 20 % × 10 = 7.14 = 41.36. 8 + 15/20 × 5 = 3.75: 11.75.
    ("incubator", "solid", "79.08"),
    // 916.14/1000 × 15 = 13.74, 49.3/50 × 10 = 9.86: 23.60. 6917/8000 × 20 = 17.29, 8323/10000 × 10 = 8.32: 25.61. 70/300 × 5 = 1.17,
    // 162/200 × 5 = 4.05, on 10 of 15 points: 5.22 × 15/10 = 7.83. 57.04 on 70 of 100 points: 81.49.
    ("innovation-city", "jinan", "81.49"),
    // 0.17 + (0.60 + 0.83 + 0) + (1.20 + 0.20 + 0 + 0.20) + (0.20 + 0 + 0.25) + (0.10 + 0.07) + (0.11 + 0.12 + 0.08) + (0.10 + 0.13 + 0 + 0 +
    // 0.50 + 0.20) + (0 + 0.08 + 1.58 + 0.30 + 0) + 6 + 3.60.
    ("beijing-erc", "weak", "16.62"),
    // 700/1500 × 20 = 9.33, 700/24000 ÷ 5 % × 20 = 11.67: 21. 16/80 ÷ 30 % × 5 = 3.33, 5/16 ÷ 40 % × 5 = 3.91: 7.24. 3. (4 + 14/4) ÷ 12 × 12 =
    // 7.50, 2/3 × 6 = 4, 6000/24000 ÷ 40 % × 12 = 7.50: 19. 3 + 2.50 = 5.50.
    ("henan-etrc", "warned", "55.74"),
    // 33/120 = 27.5 %: 16. 210/4000 = 5.25 %: 40, better than 210/3600 of costs: 0. Three rights of class II: 18.
    ("sme", "by-sales", "74"),
    // As published.
    ("hdi", "CHN", "0.785"),
    ("hdi", "NER", "0.389"),
];

#[test]
fn totals_are_the_ones_worked_out_by_hand() {
    for (id, centre, total) in TOTALS {
        let rows = shipped_rows(id);
        let row = rows.iter().find(|row| value(row, "centre") == centre).unwrap();
        assert_eq!(value(row, "total"), total, "{id} {centre}");
    }
    let mut ids: Vec<&str> = TOTALS.iter().map(|(id, ..)| *id).collect();
    ids.dedup();
    assert_eq!(ids.len(), triennial::store::catalogue::SHIPPED.len() - 1, "all but ref2021, which has no total");
}

/// Expected values: `tests/oracle/systems.py`, worked out from the rubrics' texts in exact fractions.
#[test]
fn totals_and_grades_are_those_of_a_second_working_out() {
    let expected = rows(&std::fs::read_to_string("tests/oracle/systems_expected.csv").unwrap());
    let mut ids: Vec<&str> = expected.iter().map(|row| value(row, "rubric")).collect();
    ids.dedup();
    assert_eq!((ids.len(), expected.len()), (8, 46));
    for id in ids {
        let ours = shipped_rows(id);
        for wanted in expected.iter().filter(|row| value(row, "rubric") == id) {
            let centre = value(wanted, "centre");
            let row = ours.iter().find(|row| value(row, "centre") == centre).unwrap();
            for column in ["total", "grade"] {
                assert_eq!(value(row, column), value(wanted, column), "{id} {centre}");
            }
        }
    }
}

/// The published file is the cohort: its own results stand in columns that the rubric passes over.
#[test]
fn the_profiles_of_the_cohort_are_the_published_ones() {
    let cohort = triennial::store::catalogue::shipped("ref2021").unwrap().cohort;
    let (ours, published) = (shipped_rows("ref2021"), rows(cohort));
    assert_eq!((ours.len(), published.len()), (8, 8));
    for (row, wanted) in ours.iter().zip(&published) {
        for column in ["overall_4", "overall_3", "overall_2", "overall_1", "overall_u"] {
            assert_eq!(value(row, column), value(wanted, column), "{} {column}", value(row, "centre"));
        }
    }
}
