//! B: from one number to points, where nobody else's number matters.

use crate::hand::{one, rubric, ruled, totals};

/// B2: "> 50 % → 7; < 10 % → 0; between, in proportion" can be read two ways, and must say which.
#[test]
fn b2_in_proportion_without_a_choice_is_refused_with_both_numbers() {
    let rule = "points = 7\nmeasure = \"p\"\nrule = { kind = \"linear\", from = \"10%\", to = \"50%\" }";
    let text = format!(
        "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n[[metric]]\nid = \"p\"\n\
         [[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\n{rule}\n"
    );
    let (rubric, faults) = triennial::read::rubric::rubric(&text);
    assert!(rubric.is_none());
    assert_eq!((faults.len(), faults[0].code), (1, "E-linear-start"));
    for told in [&faults[0].what.en, &faults[0].what.zh] {
        assert!(told.contains("0.3") && told.contains("3.5") && told.contains("4.2"), "{told}");
    }
}

/// B1 with B14: 40 of at most 50; where lower is better 50 ÷ 80.
#[test]
fn b1_and_b14_a_target_may_be_one_to_stay_under() {
    assert_eq!(ruled("10", "kind = \"target\", goal = 50", &["40", "60"]), ["8", "10"]);
    let under = "kind = \"target\", goal = 50, lower_is_better = true";
    assert_eq!(ruled("10", under, &["80", "50", "20", "0"]), ["6.25", "10", "10", "10"]);
}

/// B4, B5 and B14: from 100 down, 2 points and 1 for every 10 less.
#[test]
fn b14_per_unit_counts_down_where_lower_is_better() {
    let rule =
        "kind = \"per-unit\", from = 100, base = 2, unit = 10, points = 1, whole_units = true, lower_is_better = true";
    assert_eq!(ruled("6", rule, &["101", "100", "91", "90", "30"]), ["0", "2", "2", "3", "6"]);
}

/// B10: against a city's average of 12.5 that the rubric fixes: full points at 1.2 times it, half of them at it.
#[test]
fn b10_a_reference_from_outside_is_a_number_with_a_name() {
    let text = |rule: &str| {
        format!(
            "[[reference]]\nid = \"city_average\"\nvalue = 12.5\nunit = \"%\"\n[[metric]]\nid = \"p\"\nyearly = false\n\
             [[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 10\nmeasure = \"p\"\nrule = {{ {rule} }}\n"
        )
    };
    let bands = "kind = \"bands\", bands = [ { at_least = \"1.2 * city_average\", points = 10 }, { at_least = \"city_average\", points = 5 }, { points = 0 } ]";
    let table = "centre,p\na,15\nb,14.99\nc,12.5\nd,12.49\n";
    assert_eq!(totals(&rubric(&text(bands)), table), ["10", "5", "5", "0"]);
    assert_eq!(totals(&rubric(&text("kind = \"target\", goal = \"city_average\"")), "centre,p\na,10\n"), ["8"]);
}

/// B11: a checklist with points each; what is not reported earns nothing.
#[test]
fn b11_the_items_of_a_checklist_add_up() {
    let items = "checklist = [ { title = \"laboratory\", points = 2, measure = \"p\", rule = { kind = \"yes-no\" } }, \
                 { title = \"staff\", points = 3, measure = \"q\", rule = { kind = \"linear\", from = 0, to = 30 } } ]";
    let rubric = one(&format!("points = 5\n{items}"));
    assert_eq!(totals(&rubric, "centre,p,q\nx,1,10\ny,0,30\nz,1,NR\nn,NR,NR\n"), ["3", "3", "2", "0"]);
    let short = one_faults(&format!("points = 6\n{items}"));
    assert_eq!(short, ["E-points-sum"]);
}

fn one_faults(indicator: &str) -> Vec<&'static str> {
    let text = format!(
        "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 3\nrounding = \"none\"\n[[metric]]\nid = \"p\"\nyearly = false\n\
         [[metric]]\nid = \"q\"\nyearly = false\n[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\n{indicator}\n"
    );
    triennial::read::rubric::rubric(&text).1.iter().map(|fault| fault.code).collect()
}

/// B11: any of two, all of two.
#[test]
fn b11_any_of_and_all_of_are_the_best_and_the_least_of_yes_and_no() {
    let options =
        "[ { measure = \"p\", rule = { kind = \"yes-no\" } }, { measure = \"q\", rule = { kind = \"yes-no\" } } ]";
    let table = "centre,p,q\nx,1,0\ny,1,1\nz,0,0\n";
    assert_eq!(totals(&one(&format!("points = 4\nbest_of = {options}")), table), ["4", "4", "0"]);
    assert_eq!(totals(&one(&format!("points = 4\nall_of = {options}")), table), ["0", "4", "0"]);
}

/// B12: 80–99 % of the target give 41–59 points, and the expert chooses inside; outside, the band holds.
#[test]
fn b12_an_experts_mark_counts_inside_the_band_that_the_data_chose() {
    let bands = "bands = [ { at_least = \"100%\", lowest = 60, highest = 70 }, { at_least = \"80%\", lowest = 41, highest = 59 }, { points = 0 } ]";
    let points = format!("kind = \"bands\", mark = \"q\", {bands}");
    let rubric = one(&format!("points = 70\nmeasure = \"p\"\nrule = {{ {points} }}"));
    let table = "centre,p,q\na,0.9,50\nb,0.9,65\nc,0.9,10\nd,1.1,65\ne,0.5,70\nf,0.9,NR\n";
    assert_eq!(totals(&rubric, table), ["50", "59", "41", "65", "0", "0"]);
    // A mark of 75 on a scale to 100: 41 + 0.75 × 18 = 54.5.
    let scaled = format!("kind = \"bands\", mark = {{ measure = \"q\", from = 0, to = 100 }}, {bands}");
    let rubric = one(&format!("points = 70\nmeasure = \"p\"\nrule = {{ {scaled} }}"));
    assert_eq!(totals(&rubric, "centre,p,q\na,0.9,75\nb,1,0\n"), ["54.5", "60"]);
}

/// B12: a letter stands for a ratio of the points: B is 80 % of 15; the mean of an A and a C is 80 %.
#[test]
fn b12_letters_are_ratios_and_a_panel_averages_them() {
    let text = |panel: &str| {
        format!(
            "[[metric]]\nid = \"m\"\nyearly = false\ntype = \"letter\"\nletters = {{ A = \"100%\", B = \"80%\", C = \"60%\" }}\n{panel}\n\
             [[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 15\nmeasure = \"m\"\nrule = {{ kind = \"linear\", from = 0, to = 1 }}\n"
        )
    };
    assert_eq!(totals(&rubric(&text("")), "centre,m\nx,B\ny,A\n"), ["12", "15"]);
    let panel = rubric(&text("panel = { average = \"mean\" }"));
    assert_eq!(totals(&panel, "centre,m#a,m#b\nx,A,C\n"), ["12"]);
    let (_, faults) = triennial::read::table::table("centre,m\nx,D\n", &rubric(&text("")), None);
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["E-cell-letter"]);
}

/// B13: the better of two alternatives, of which one is itself the lesser of two and one a checklist.
#[test]
fn b13_alternatives_may_be_any_rule() {
    let rubric = one(
        "points = 10\nbest_of = [ { all_of = [ { measure = \"p\", rule = { kind = \"linear\", from = 0, to = 10 } }, \
         { measure = \"q\", rule = { kind = \"yes-no\" } } ] }, { checklist = [ { points = 4, measure = \"sum(a)\", rule = { kind = \"target\", goal = 10 } }, \
         { points = 6, measure = \"sum(b)\", rule = { kind = \"yes-no\" } } ] } ]",
    );
    let head = "centre,p,q,a@2023,a@2024,a@2025,b@2023,b@2024,b@2025\n";
    // min(9, 10) = 9 against 4 + 0; min(9, 0) = 0 against 2 + 6.
    let rows = "x,9,1,10,0,0,0,0,0\ny,9,0,5,0,0,1,0,0\n";
    assert_eq!(totals(&rubric, &format!("{head}{rows}")), ["9", "8"]);
}

/// Goals and points by stage, and by kind and stage together.
#[test]
fn goals_and_points_differ_by_stage_as_by_kind() {
    let text = "[[stage]]\nid = \"seed\"\n[[stage]]\nid = \"growth\"\n[[kind]]\nid = \"big\"\n[[kind]]\nid = \"small\"\n\
                [[metric]]\nid = \"p\"\nyearly = false\n[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\n\
                points = { big = { seed = 8, growth = 6 }, small = 4 }\nmeasure = \"p\"\n\
                rule = { kind = \"linear\", from = 0, to = { seed = 10, growth = 20 } }\n";
    let table = "centre,kind,stage,p\na,big,seed,5\nb,big,growth,5\nc,small,seed,5\nd,small,growth,5\n";
    // 5 of 10 of 8; 5 of 20 of 6; 5 of 10 of 4; 5 of 20 of 4.
    assert_eq!(totals(&rubric(text), table), ["4", "1.5", "2", "1"]);
    let (_, faults) = triennial::read::table::table("centre,kind,stage,p\na,big,sapling,5\n", &rubric(text), None);
    assert_eq!(faults.len(), 1, "an unknown stage is refused");
}
