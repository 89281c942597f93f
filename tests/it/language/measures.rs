//! A: from the readings of the cycle to one number.

use crate::hand::{one, rubric, totals};

/// An indicator whose points are 100 × the measure, so that totals show the measure itself.
fn measured(formula: &str) -> triennial::domain::rubric::Rubric {
    one(&format!("points = 10000\nmeasure = \"{formula}\"\nrule = {{ kind = \"linear\", from = 0, to = 10000 }}"))
}

/// A1: a yearly average over the period, over fewer years for a younger body.
#[test]
fn a1_a_younger_body_is_averaged_over_the_years_it_existed() {
    let table = "centre,since,a@2023,a@2024,a@2025\nold,,400,500,600\nyoung,2025,,,600\n";
    assert_eq!(totals(&measured("mean(a)"), table), ["500", "600"]);
    assert_eq!(totals(&measured("max(a) - min(a)"), table), ["200", "0"]);
    assert_eq!(totals(&measured("first(a) + last(a)"), table), ["1000", "1200"]);
}

/// A2, A3: a ratio; per 100 staff; per million people. 12 patents of a mean staff of 40 are 30 per 100.
#[test]
fn a3_per_head_measures_divide_by_the_mean_of_the_years() {
    let table = "centre,a@2023,a@2024,a@2025,b@2023,b@2024,b@2025\nx,3,4,5,30,40,50\n";
    assert_eq!(totals(&measured("sum(a) / mean(b)"), table), ["0.3"]);
    assert_eq!(totals(&measured("100 * sum(a) / mean(b)"), table), ["30"]);
    assert_eq!(totals(&measured("last(a) / last(b)"), table), ["0.1"]);
}

/// A4: growth in percentage points: 20 % to 21 % is one point, five steps of 0.2 points, 5 points each.
#[test]
fn a4_growth_in_percentage_points_earns_by_its_steps() {
    let rubric = one("points = 100\nmeasure = \"change(a / b)\"\n\
                      rule = { kind = \"per-unit\", unit = \"0.2%\", points = 5, whole_units = true }");
    let table = "centre,a@2023,a@2024,a@2025,b@2023,b@2024,b@2025\nx,0,20,21,100,100,100\ny,0,20,20.3,100,100,100\n";
    assert_eq!(totals(&rubric, table), ["25", "5"]);
}

/// A4: as the European Innovation Scoreboard has it, t against the mean of t − 4 to t − 2: 60 against (10 + 20 + 30) / 3.
#[test]
fn a4_growth_may_leave_out_the_years_next_to_it() {
    let table = "centre,since,a@2021,a@2022,a@2023,a@2024,a@2025\nold,,10,20,30,999,60\nyoung,2023,,,30,999,60\n";
    assert_eq!(totals(&measured("100 * growth_from_earlier(a, 4, 2)"), table), ["200", "100"]);
    assert_eq!(totals(&measured("earlier(a, 3, 3)"), table), ["20", "0"]);
    // 高企: half of (second ÷ first + third ÷ second) − 1, here (2 + 1.5) / 2 − 1.
    let growing = "centre,a@2023,a@2024,a@2025\nx,100,200,300\n";
    assert_eq!(totals(&measured("100 * ((previous(a) / first(a) + final(a) / previous(a)) / 2 - 1)"), growing), ["75"]);
}

/// A5: 650 against a required 500 is 30 % above it; at the minimum nothing is.
#[test]
fn a5_excess_is_the_share_above_a_required_minimum() {
    let rubric = one("points = 60\nmeasure = \"excess(p, 500)\"\nrule = { kind = \"linear\", from = 0, to = \"60%\" }");
    assert_eq!(totals(&rubric, "centre,p\nx,650\ny,500\nz,400\n"), ["30", "0", "0"]);
}

/// A6: four utility models are worth one invention patent.
#[test]
fn a6_classes_are_weighted_or_equivalent() {
    let table = "centre,p,q\nx,2,8\ny,0,3\n";
    assert_eq!(totals(&measured("weighted(p: 1, q: 0.25)"), table), ["4", "0.75"]);
    assert_eq!(totals(&measured("p + floor(q / 4)"), table), ["4", "0"]);
}

/// A7: the industry's coefficient on a ratio, inside a band: 1.2 × 9 % is above 10 %, 0.8 × 12 % is not.
#[test]
fn a7_a_coefficient_by_attribute_works_on_a_ratio_inside_a_band() {
    let text = |measure: &str| {
        format!(
            "[[attribute]]\nid = \"industry\"\nvalues = [\"software\", \"steel\", \"other\"]\n\
             [[metric]]\nid = \"p\"\nyearly = false\n[[metric]]\nid = \"q\"\nyearly = false\n[[criterion]]\nid = \"k\"\n\
             [[criterion.indicator]]\nid = \"i\"\npoints = 10\nmeasure = '{measure}'\n\
             rule = {{ kind = \"bands\", bands = [ {{ at_least = \"10%\", points = 10 }}, {{ at_least = \"9%\", points = 4 }}, {{ points = 0 }} ] }}\n"
        )
    };
    let by = "by_attribute(industry, \"software\": 1.2, \"steel\": 0.8, other: 1) * p / q";
    let table = "centre,industry,p,q\nsoft,software,9,100\nsteel,steel,12,100\nelse,other,9,100\nnone,,10,100\n";
    assert_eq!(totals(&rubric(&text(by)), table), ["10", "4", "4", "10"]);
    let head = "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n";
    let open = text("by_attribute(industry, \"software\": 1.2) * p / q");
    let faults = triennial::read::rubric::rubric(&format!("{head}{open}")).1;
    assert!(faults.iter().any(|f| f.code == "E-formula"), "values without a coefficient are refused: {faults:?}");
}

/// A8: ln e² … the square root of 2.25 is 1.5, the common logarithm of 1000 is 3.
#[test]
fn a8_transforms_come_before_the_rule() {
    assert_eq!(totals(&measured("sqrt(p)"), "centre,p\nx,2.25\n"), ["1.5"]);
    assert_eq!(totals(&measured("log10(p)"), "centre,p\nx,1000\n"), ["3"]);
}

/// A9: 120 % and 50 % of two targets: each counts at most whole, (1 + 0.5) / 2.
#[test]
fn a9_each_target_is_reached_at_most_once() {
    let rubric = one("points = 100\nmeasure = \"(least(1, sum(a) / p) + least(1, sum(b) / q)) / 2\"\n\
                      rule = { kind = \"linear\", from = 0, to = 1 }");
    let table = "centre,a@2023,a@2024,a@2025,b@2023,b@2024,b@2025,p,q\nx,40,40,40,10,20,20,100,100\n";
    assert_eq!(totals(&rubric, table), ["75"]);
}

/// Loss years are counted; years that do not apply are not among them.
#[test]
fn years_in_which_something_holds_are_counted() {
    let table = "centre,a@2023,a@2024,a@2025\none,-5,3,0\ntwo,-5,-1,N/A\nnr,-5,NR,1\n";
    assert_eq!(totals(&measured("years(a < 0)"), table), ["1", "2", "0"]);
    assert_eq!(totals(&measured("years_not_reported(a)"), table), ["0", "0", "1"]);
}
