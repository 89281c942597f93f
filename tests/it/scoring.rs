//! What each measure, rule and policy of the language earns, worked out by hand beside each case.

use triennial::domain::number::Number;
use triennial::domain::rubric::Rubric;
use triennial::domain::score::score;
use triennial::read;

use super::hand::{graded, one, rubric, ruled, totals};

/// RULES B2: "> 50 % → 7; < 10 % → 0; between, in proportion".
#[test]
fn the_three_readings_of_in_proportion() {
    let line = |start: &str| format!("kind = \"linear\", from = \"10%\", to = \"50%\", at_from = \"{start}\"");
    let values = ["0.0999", "0.1", "0.3", "0.5", "0.6"];
    assert_eq!(ruled("7", &line("zero"), &values), ["0", "0", "3.5", "7", "7"]);
    assert_eq!(ruled("7", &line("in-proportion"), &values), ["0", "1.4", "4.2", "7", "7"]);
    // 60 % at the floor: 4.2; half way 4.2 + half of 2.8.
    assert_eq!(ruled("7", &line("60%"), &values), ["0", "4.2", "5.6", "7", "7"]);
}

#[test]
fn a_falling_line_rewards_the_lower_value() {
    let line = "kind = \"linear\", from = 80, to = 40, at_from = \"zero\"";
    assert_eq!(ruled("10", line, &["80.01", "80", "60", "40", "39"]), ["0", "0", "5", "10", "10"]);
}

#[test]
fn bands_give_the_edge_to_the_side_that_says_so() {
    let bands = "kind = \"bands\", bands = [ { above = 90, points = 5 }, { at_least = 60, at_most = 90, share = \"60%\" }, { below = 60, points = 0 } ]";
    assert_eq!(ruled("5", bands, &["90.1", "90", "60", "59.9"]), ["5", "3", "3", "0"]);
}

#[test]
fn per_unit_counts_whole_units_or_parts_as_the_rubric_says() {
    // 1 point per full 30: 89 → 2, 90 → 3; with parts 45 → 1.5. From 10 on: 2 points, then 1 per 5.
    assert_eq!(
        ruled("4", "kind = \"per-unit\", unit = 30, points = 1, whole_units = true", &["89", "90", "500"]),
        ["2", "3", "4"]
    );
    assert_eq!(ruled("4", "kind = \"per-unit\", unit = 30, points = 1, whole_units = false", &["45"]), ["1.5"]);
    let steps = "kind = \"per-unit\", from = 10, base = 2, unit = 5, points = 1, whole_units = true";
    assert_eq!(ruled("4", steps, &["9", "10", "14", "15", "99"]), ["0", "2", "2", "3", "4"]);
}

#[test]
fn a_target_is_reached_in_proportion_and_never_exceeded() {
    assert_eq!(ruled("6", "kind = \"target\", goal = 500", &["0", "250", "500", "900"]), ["0", "3", "6", "6"]);
    let own = one("points = 6\nmeasure = \"sum(a)\"\nrule = { kind = \"target\", goal = \"q\" }");
    // 3 × 20 of a plan of 80 is three quarters; no plan at all is not reported.
    let table = "centre,a@2023,a@2024,a@2025,q\nx,20,20,20,80\ny,20,20,20,NR\nz,20,20,20,0\n";
    assert_eq!(totals(&own, table), ["4.5", "0", "0"]);
}

#[test]
fn growth_looks_back_and_averages_what_there_is() {
    let growth = |formula: &str| {
        one(&format!("points = 100\nmeasure = \"100 * {formula}\"\nrule = {{ kind = \"linear\", from = 0, to = 100 }}"))
    };
    let table = "centre,since,a@2021,a@2022,a@2023,a@2024,a@2025\nold,,10,20,30,40,50\nyoung,2024,,,,40,50\n";
    // (50 − 40) / 40 = 25 %; against the mean of 10, 20, 30, 40 = 25: 100 %, of the younger centre against 40: 25 %.
    assert_eq!(totals(&growth("growth(a)"), table), ["25", "25"]);
    assert_eq!(totals(&growth("growth_from_earlier(a)"), table), ["100", "25"]);
    assert_eq!(totals(&growth("change(a)"), table), ["100", "100"]);
    // Where the last year does not apply there is nothing to compare: left out, and with it the only indicator.
    let gone = "centre,a@2021,a@2022,a@2023,a@2024,a@2025\nx,10,20,30,40,N/A\n";
    assert_eq!(totals(&growth("growth(a)"), gone), ["0"]);
    assert_eq!(totals(&growth("growth_from_earlier(a)"), gone), ["0"]);
}

#[test]
fn each_kind_may_have_its_own_goal() {
    let rubric = rubric(
        "[[kind]]\nid = \"big\"\n[[kind]]\nid = \"small\"\n[[metric]]\nid = \"p\"\nyearly = false\n\
         [[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = { big = 8, small = 6 }\nmeasure = \"p\"\n\
         rule = { kind = \"linear\", from = 0, to = { big = 30, small = 15 } }\n",
    );
    // 12 of 30 of 8 points; 12 of 15 of 6.
    assert_eq!(totals(&rubric, "centre,kind,p\nx,big,12\ny,small,12\n"), ["3.2", "4.8"]);
}

#[test]
fn years_that_do_not_count_are_left_out_of_means_and_add_nothing_to_sums() {
    let of = |formula: &str, more: &str| {
        one(&format!(
            "points = 100\nmeasure = \"{formula}\"\n{more}\nrule = {{ kind = \"linear\", from = 0, to = 100 }}"
        ))
    };
    let table = "centre,since,a@2023,a@2024,a@2025\nfull,,10,20,30\nyoung,2024,99,20,30\nna,,N/A,20,30\nnr,,NR,20,30\nnone,,N/A,N/A,N/A\n";
    assert_eq!(totals(&of("mean(a)", ""), table), ["20", "25", "25", "0", "0"]);
    assert_eq!(totals(&of("sum(a)", ""), table), ["60", "50", "50", "0", "0"]);
    assert_eq!(totals(&of("min(a)", ""), table), ["10", "20", "20", "0", "0"]);
    assert_eq!(totals(&of("first(a)", ""), table), ["10", "20", "20", "0", "0"]);
    assert_eq!(totals(&of("last(a)", ""), table), ["30", "30", "30", "30", "0"]);
    assert_eq!(totals(&of("mean(a)", "partial = \"reported-years\""), table), ["20", "25", "25", "25", "0"]);
}

#[test]
fn classes_are_weighted_or_only_the_highest_counts() {
    let of = |formula: &str| {
        one(&format!("points = 100\nmeasure = \"{formula}\"\nrule = {{ kind = \"linear\", from = 0, to = 100 }}"))
    };
    let table =
        "centre,a@2023,a@2024,a@2025,b@2023,b@2024,b@2025,p\nx,0,1,1,2,0,0,5\ny,0,0,0,0,0,1,0\nz,0,0,0,0,0,0,0\n";
    // 3 × 2 + 2 × 2 + 1 × 5 = 15.
    assert_eq!(totals(&of("weighted(a: 3, b: 2, p: 1)"), table), ["15", "2", "0"]);
    assert_eq!(totals(&of("highest(a: 10, b: 6, p: 3)"), table), ["10", "6", "0"]);
}

#[test]
fn a_zero_denominator_is_a_stated_case() {
    let of = |more: &str| {
        one(&format!("points = 4\nmeasure = \"p / q\"\n{more}\nrule = {{ kind = \"linear\", from = 0, to = 1 }}"))
    };
    let table = "centre,p,q\nx,1,0\n";
    assert_eq!(totals(&of(""), table), ["0"]);
    assert_eq!(totals(&of("missing = { penalty = 3 }"), table), ["-3"]);
    assert_eq!(totals(&of("zero_denominator = \"full\""), table), ["4"]);
    assert_eq!(totals(&of("zero_denominator = \"zero\"\nmissing = { penalty = 3 }"), table), ["0"]);
}

#[test]
fn experts_are_trimmed_and_mapped_to_points() {
    let rubric = rubric(
        "[[metric]]\nid = \"m\"\nyearly = false\npanel = { average = \"mean\", drop_highest = 1, drop_lowest = 1, from = 5, at_least = 3 }\n\
         [[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 4\nmeasure = \"m\"\nrule = { kind = \"expert\", from = 0, to = 100 }\n",
    );
    // 50 and 100 go, (80 + 90 + 70) / 3 = 80 → 3.2; of four marks none goes: 80 → 3.2; two are too few.
    let table = "centre,m#a,m#b,m#c,m#d,m#e\nx,50,80,90,70,100\ny,50,80,90,100,\nz,50,80,,,\n";
    assert_eq!(totals(&rubric, table), ["3.2", "3.2", "0"]);
}

#[test]
fn best_of_takes_the_better_and_all_of_the_lesser() {
    let options = "{ measure = \"p\", rule = { kind = \"linear\", from = 0, to = 10 } }, { measure = \"q\", rule = { kind = \"bands\", bands = [ { at_least = 5, points = 8 }, { points = 2 } ] } }";
    let table = "centre,p,q\nx,6,5\ny,9,5\nz,NR,5\nn,NR,NR\n";
    assert_eq!(totals(&one(&format!("points = 10\nbest_of = [ {options} ]")), table), ["8", "9", "8", "0"]);
    assert_eq!(totals(&one(&format!("points = 10\nall_of = [ {options} ]")), table), ["6", "8", "0", "0"]);
}

fn two(first: &str, combine: &str) -> Rubric {
    let indicator = |id: &str, metric: &str, more: &str| {
        format!(
            "[[criterion.indicator]]\nid = \"{id}\"\nmeasure = \"{metric}\"\nrule = {{ kind = \"linear\", from = 0, to = 10 }}\n{more}\n"
        )
    };
    rubric(&format!(
        "[[metric]]\nid = \"p\"\nyearly = false\n[[metric]]\nid = \"q\"\nyearly = false\n[[criterion]]\nid = \"k\"\n{combine}\n{}{}",
        indicator("i", "p", &format!("points = 4\n{first}")),
        indicator("j", "q", "points = 6"),
    ))
}

#[test]
fn each_policy_for_what_is_not_reported() {
    let table = "centre,p,q\nx,NR,5\ny,5,5\nz,10,5\n";
    // q alone: 3 of 6. p at 5 gives 2 of 4, at 10 all 4.
    assert_eq!(totals(&two("missing = \"zero\"", ""), table), ["3", "5", "7"]);
    assert_eq!(totals(&two("missing = { penalty = 3 }", ""), table), ["0", "5", "7"]);
    // The mean of 2 and 4 is 3.
    assert_eq!(totals(&two("missing = \"group-mean\"", ""), table), ["6", "5", "7"]);
    // 3 × 10 / 6 = 5.
    assert_eq!(totals(&two("missing = \"leave-out\"", ""), table), ["5", "5", "7"]);
    let rubric = two("missing = \"block\"", "");
    let (data, _) = read::table::table(table, &rubric, None);
    let cohort = read::table::cohort(&data.unwrap(), &rubric);
    let states: Vec<_> = score(&rubric, &cohort, None).into_iter().map(|c| c.tally.state.clone()).collect();
    use triennial::domain::score::State;
    assert_eq!(states, [State::Blocked(vec![rubric.node("i").unwrap()]), State::Complete, State::Complete]);
}

#[test]
fn what_does_not_apply_is_left_out_unless_the_rubric_says_otherwise() {
    let table = "centre,p,q\nx,N/A,5\nn,N/A,N/A\n";
    assert_eq!(totals(&two("", ""), table), ["5", "0"]);
    assert_eq!(totals(&two("not_applicable = \"zero\"", ""), table), ["3", "0"]);
    assert_eq!(totals(&two("not_applicable = \"full\"", ""), table), ["7", "10"]);
}

#[test]
fn means_work_on_shares_with_weights() {
    let table = "centre,p,q\nx,5,10\ny,0,10\nz,N/A,10\n";
    // Shares 0.5 and 1; weights 1 and 1 → 0.75 × 20 = 15, 0.5 × 20 = 10; what does not apply has no weight.
    assert_eq!(totals(&two("", "points = 20\ncombine = \"weighted-mean\""), table), ["15", "10", "20"]);
    // Weight 3 and 1: (1.5 + 1) / 4 = 0.625 → 12.5; 0.25 → 5.
    assert_eq!(totals(&two("weight = 3", "points = 20\ncombine = \"weighted-mean\""), table), ["12.5", "5", "20"]);
    // Weights 0.1 three times are exactly 0.3: 1 and 1 of 0.1 and 0.2 are one.
    assert_eq!(totals(&two("weight = 0.1", "points = 3\ncombine = \"weighted-mean\""), "centre,p,q\nx,10,10\n"), ["3"]);
    // √(0.25 × 1) = 0.5.
    assert_eq!(
        totals(&two("", "points = 20\ncombine = \"geometric-mean\""), "centre,p,q\nx,2.5,10\ny,0,10\n"),
        ["10", "0"]
    );
}

#[test]
fn a_tenth_three_times_is_exactly_three_tenths_in_a_rubric() {
    let indicator = |id: &str| {
        format!(
            "[[criterion.indicator]]\nid = \"{id}\"\npoints = 0.1\nmeasure = \"p\"\nrule = {{ kind = \"linear\", from = 0, to = 1 }}\n"
        )
    };
    let text = format!(
        "[[metric]]\nid = \"p\"\nyearly = false\n[[criterion]]\nid = \"k\"\npoints = 0.3\n{}",
        ["x", "y", "z"].map(indicator).concat()
    );
    assert_eq!(totals(&rubric(&text), "centre,p\nc,1\n"), ["0.3"]);
}

#[test]
fn bonus_is_capped_and_deductions_stop_at_zero() {
    let item = |list: &str, id: &str, points: &str, metric: &str| {
        format!(
            "[[{list}]]\nid = \"{id}\"\npoints = {points}\n[[{list}.indicator]]\nid = \"{id}-i\"\npoints = {points}\nmeasure = \"{metric}\"\nrule = {{ kind = \"per-unit\", unit = 1, points = 2, whole_units = true }}\n"
        )
    };
    let metric = |id: &str| format!("[[metric]]\nid = \"{id}\"\nyearly = false\n");
    let text = format!(
        "{}[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 10\nmeasure = \"a\"\nrule = {{ kind = \"linear\", from = 0, to = 10 }}\n{}{}[total]\nat_least = 0\n",
        ["a", "b", "d"].map(metric).concat(),
        item("bonus", "plus", "5", "b"),
        item("deduction", "minus", "6", "d"),
    );
    // 10 + min(5, 6) = 15; 8 − 4 = 4; 1 − min(6, 18) stops at 0.
    assert_eq!(totals(&rubric(&text), "centre,a,b,d\nx,10,3,0\ny,8,0,2\nz,1,0,9\n"), ["15", "4", "0"]);
}

const GRADES: &str = r#"
[rubric]
id = "hand"
edition = "1"
cycle_years = 3
rounding = { at = "total", places = 2, mode = "half-up" }
[[finding]]
id = "falsified"
[[metric]]
id = "p"
yearly = false
[[metric]]
id = "q"
yearly = false
[[criterion]]
id = "k"
[[criterion.indicator]]
id = "i"
points = 80
measure = "p"
rule = { kind = "linear", from = 0, to = 80 }
[[criterion]]
id = "l"
[[criterion.indicator]]
id = "j"
points = 20
measure = "q"
rule = { kind = "linear", from = 0, to = 20 }
[[grade]]
id = "excellent"
at_least = 85
each_criterion_at_least = "50%"
quota = { share = "30%", round = "floor", ties = "all-out" }
[[grade]]
id = "good"
at_least = 60
[[grade]]
id = "poor"
[[gate]]
id = "integrity"
when = "finding(falsified)"
grade = "poor"
[[gate]]
id = "capped"
when = "q == 19"
at_most = "good"
[outcome]
excellent = { act = "next-cycle" }
good = { act = "next-cycle" }
poor = { act = "rectify", within = "12 months", then = { passed = "next-cycle", failed = "remove" } }
absent = { act = "remove" }
"#;

#[test]
fn the_quota_takes_whole_places_and_leaves_a_tie_at_its_line_out() {
    // Ten take part (the absent one does not count): 30 % of 10 is 3 places.
    let rows = "a,,72,18\nb,,71,18\nc,,70,18\nd,,70,18\ne,,80,9\nf,,60,0\ng,,59.99,0\nh,,40,0\ni,,75,19\nj,,75,18\nk,absent,,\n";
    let found = graded(GRADES, &format!("centre,status,p,q\n{rows}"));
    let wanted = [
        // j 93, a 90, b 89 take the three places; i has 94 but is capped; c and d tie outside anyway.
        "90 excellent 3 ",
        "89 excellent 4 ",
        "88 good 6 quota:excellent",
        "88 good 6 quota:excellent",
        // 9 of 20 is short of half the criterion.
        "89 good 4 ",
        "60 good 8 ",
        "59.99 poor 9 rectify",
        "40 poor 10 rectify",
        "94 good 1 gate:capped",
        "93 excellent 2 ",
        "0 - - remove",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_tie_on_the_quota_line_is_all_out_or_all_in_as_the_rubric_says() {
    // Seven take part: 2.1, so 2 places; 90 is first, three share 88.
    let data = "centre,p,q\na,72,18\nb,70,18\nc,70,18\nd,70,18\ne,1,0\nf,2,0\ng,3,0\n";
    let grades = |text: &str| -> Vec<String> {
        graded(text, data).iter().map(|row| row.split(' ').nth(1).unwrap().to_owned()).collect()
    };
    assert_eq!(grades(GRADES), ["excellent", "good", "good", "good", "poor", "poor", "poor"]);
    let all_in = GRADES.replace("all-out", "all-in");
    assert_eq!(grades(&all_in), ["excellent", "excellent", "excellent", "excellent", "poor", "poor", "poor"]);
    let ceil = GRADES.replace("\"floor\"", "\"ceil\"");
    assert_eq!(grades(&ceil), ["excellent", "good", "good", "good", "poor", "poor", "poor"]);
}

/// RULES E2, with the numbers of a real notice: 1,287 centres.
#[test]
fn a_share_of_1287_becomes_places_by_floor_round_and_ceil() {
    use triennial::domain::grade::places;
    use triennial::domain::rubric::{QuotaSize, WholePlaces};
    let of = |share: &str, whole| {
        let share = Number::parse_share(share).unwrap();
        places(&QuotaSize::Share { share, whole }, 1287)
    };
    // 257.4 and 514.8.
    assert_eq!([WholePlaces::Floor, WholePlaces::Round, WholePlaces::Ceil].map(|w| of("20%", w)), [257, 257, 258]);
    assert_eq!([WholePlaces::Floor, WholePlaces::Round, WholePlaces::Ceil].map(|w| of("40%", w)), [514, 515, 515]);
}

#[test]
fn the_rounded_or_the_exact_total_is_compared_as_the_rubric_says() {
    let exact = GRADES.replace("rounding =", "compare = \"exact\"\nrounding =");
    // 84.995 rounds to 85.00; 84.9949 does not.
    let data = "centre,p,q\na,66.995,18\nb,66.9949,18\nc,0,0\nd,0,0\n";
    let first = |text: &str| graded(text, data)[..2].to_vec();
    assert_eq!(first(GRADES), ["85 excellent 1 ", "84.99 good 2 "]);
    assert_eq!(first(&exact), ["85 good 1 ", "84.99 good 2 "]);
}

#[test]
fn falsified_data_beat_the_score_and_what_follows_is_the_rubrics() {
    let data = "centre,status,findings,p,q\na,,falsified,80,20\nb,inspection-passed,,,\nc,inspection-failed,,,\nd,deferred,,,\n";
    let rubric = rubric(GRADES);
    let (data, _) = read::table::table(data, &rubric, None);
    let cohort = read::table::cohort(&data.unwrap(), &rubric);
    let day = jiff::civil::date(2026, 1, 31);
    let cards = score(&rubric, &cohort, Some(day));
    let follows: Vec<_> = cards.iter().map(|c| c.proposal.as_ref().map(|p| (p.act.id(&rubric), p.by))).collect();
    let by = jiff::civil::date(2027, 1, 31);
    assert_eq!(follows, [Some(("rectify", Some(by))), Some(("next-cycle", None)), Some(("remove", None)), None]);
    assert_eq!(rubric.grades[cards[0].grade.unwrap().0].id, "poor");
}
