//! B6–B9, B14, B15: rules that set a value against the cohort.

use triennial::domain::cohort::CentreIx;
use triennial::domain::score::{facts, points, score};
use triennial::read;

use crate::hand::{one, rubric, ruled, totals};

/// B6: 10 to 50, to 0–100 and to 60–100: a half way is 50, or 80.
#[test]
fn b6_min_max_spreads_the_cohort_over_any_range() {
    let values = ["10", "30", "50"];
    assert_eq!(ruled("100", "kind = \"min-max\"", &values), ["0", "50", "100"]);
    assert_eq!(ruled("100", "kind = \"min-max\", at_worst = \"60%\"", &values), ["60", "80", "100"]);
    assert_eq!(ruled("100", "kind = \"min-max\", lower_is_better = true", &values), ["100", "50", "0"]);
    // Nobody differs from anybody: no place, which is the stated case of a zero denominator.
    assert_eq!(ruled("100", "kind = \"min-max\"", &["7", "7"]), ["0", "0"]);
    assert_eq!(ruled("100", "kind = \"min-max\"", &["7"]), ["0"]);
}

/// B6: a value far out does not stretch the scale; it is itself at the end.
#[test]
fn b6_outliers_are_left_out_of_the_ends_and_clipped() {
    // Mean of 1, 2, 2, 3, 3, 3, 4, 4, 5, 30 is 5.7, sample sd 8.62: 30 lies beyond 2 of them; the ends are 1 and 5.
    let values = ["1", "2", "2", "3", "3", "3", "4", "4", "5", "30"];
    let left = ruled("100", "kind = \"min-max\", outliers = { leave_out = 2 }", &values);
    assert_eq!(left, ["0", "25", "25", "50", "50", "50", "75", "75", "100", "100"]);
    let drawn = "kind = \"min-max\", outliers = { winsorise = 5, skewness = 2, kurtosis = 3.5 }";
    assert_eq!(ruled("100", drawn, &values), left);
    // Without treatment 5 stands at 4 / 29.
    assert_eq!(ruled("29", "kind = \"min-max\"", &values)[8], "4");
}

/// B7: against the best of 50, and against the mean of 30; inverse 2 − x ÷ mean.
#[test]
fn b7_ratios_to_the_best_and_to_the_mean() {
    let values = ["10", "30", "50"];
    assert_eq!(ruled("10", "kind = \"ratio-to-best\"", &values), ["2", "6", "10"]);
    assert_eq!(
        ruled("10", "kind = \"ratio-to-best\", lower_is_better = true", &values),
        ["10", "3.33333333333333333333", "2"]
    );
    assert_eq!(ruled("9", "kind = \"ratio-to-mean\"", &values), ["3", "9", "9"]);
    // 2 − 1/3 is above 1; 2 − 1; 2 − 5/3 = 1/3 of 9.
    assert_eq!(ruled("9", "kind = \"ratio-to-mean\", lower_is_better = true", &values), ["9", "9", "3"]);
    let then = "kind = \"ratio-to-mean\", then = { kind = \"bands\", bands = [ { at_least = 1.5, points = 9 }, { at_least = 1, points = 6 }, { points = 1 } ] }";
    assert_eq!(ruled("9", then, &values), ["1", "6", "9"]);
}

/// B8: 1, 2, 3 have mean 2 and sample sd 1; −2 to 2 in a straight line.
#[test]
fn b8_a_z_score_takes_the_samples_deviation() {
    let rule = "kind = \"z-score\", then = { kind = \"linear\", from = -2, to = 2, at_from = \"zero\" }";
    assert_eq!(ruled("8", rule, &["1", "2", "3"]), ["2", "4", "6"]);
    let lower = rule.replace("then", "lower_is_better = true, then");
    assert_eq!(ruled("8", &lower, &["1", "2", "3"]), ["6", "4", "2"]);
}

/// B8: of 1, 2, 2, 4 the 2s have one below, two equal, of four.
#[test]
fn b8_a_percentile_counts_as_the_rubric_says() {
    let values = ["1", "2", "2", "4"];
    let by = |counts: &str| ruled("24", &format!("kind = \"percentile\", counts = \"{counts}\""), &values);
    assert_eq!(by("below"), ["0", "8", "8", "24"]);
    assert_eq!(by("at-or-below"), ["6", "18", "18", "24"]);
    assert_eq!(by("middle"), ["3", "12", "12", "21"]);
    let categories = "kind = \"percentile\", counts = \"at-or-below\", then = { kind = \"bands\", bands = [ { at_least = \"75%\", points = 24 }, { points = 5 } ] }";
    assert_eq!(ruled("24", categories, &values), ["5", "24", "24", "24"]);
}

/// B9: 60, 57, 54, then 50; two share the second and third place.
#[test]
fn b9_rank_points_share_as_the_rubric_says() {
    let by = |ties: &str| {
        ruled(
            "60",
            &format!("kind = \"rank-points\", points = [60, 57, 54], rest = 50, ties = \"{ties}\""),
            &["9", "7", "7", "3", "1"],
        )
    };
    assert_eq!(by("best"), ["60", "57", "57", "50", "50"]);
    assert_eq!(by("mean"), ["60", "55.5", "55.5", "50", "50"]);
    assert_eq!(by("worst"), ["60", "54", "54", "50", "50"]);
}

/// B9: 60, 57, 54, … down to the rest of 50.
#[test]
fn b9_rank_points_go_on_by_a_step() {
    let rule = "kind = \"rank-points\", points = [60, 57], step = 3, rest = 50, ties = \"best\"";
    assert_eq!(ruled("60", rule, &["9", "8", "7", "6", "5", "4"]), ["60", "57", "54", "51", "50", "50"]);
}

/// B6: inside groups nobody is compared with another group.
#[test]
fn b6_groups_are_compared_within_themselves() {
    let text = "[[attribute]]\nid = \"region\"\n[[metric]]\nid = \"p\"\nyearly = false\n[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\n\
                points = 10\nmeasure = \"p\"\nrule = { kind = \"min-max\", per = \"region\" }\n";
    let table = "centre,region,p\na,north,1\nb,north,3\nc,south,100\nd,south,50\n";
    assert_eq!(totals(&rubric(text), table), ["0", "10", "10", "0"]);
}

/// B6: and so are kinds and stages.
#[test]
fn b6_kinds_and_stages_are_compared_within_themselves() {
    let text = |per: &str| {
        format!(
            "[[kind]]\nid = \"a\"\n[[kind]]\nid = \"b\"\n[[stage]]\nid = \"seed\"\n[[stage]]\nid = \"growth\"\n[[metric]]\nid = \"p\"\nyearly = false\n\
             [[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 10\nmeasure = \"p\"\nrule = {{ kind = \"min-max\", per = \"{per}\" }}\n"
        )
    };
    let table = "centre,kind,stage,p\nw,a,seed,0\nx,a,growth,10\ny,b,seed,20\nz,b,growth,40\n";
    assert_eq!(totals(&rubric(&text("all")), table), ["0", "2.5", "5", "10"]);
    assert_eq!(totals(&rubric(&text("kind")), table), ["0", "10", "0", "10"]);
    assert_eq!(totals(&rubric(&text("stage")), table), ["0", "0", "10", "10"]);
}

/// B15: the mean points of the same region: 2 and 4 of 10 are 3.
#[test]
fn b15_what_is_missing_gets_the_groups_mean() {
    let text = "[[attribute]]\nid = \"region\"\n[[metric]]\nid = \"p\"\nyearly = false\n[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\n\
                points = 10\nmeasure = \"p\"\nrule = { kind = \"linear\", from = 0, to = 10 }\nmissing = { group_mean = \"region\" }\n";
    let table = "centre,region,p\na,north,2\nb,north,4\nc,north,NR\nd,south,10\ne,south,NR\n";
    assert_eq!(totals(&rubric(text), table), ["2", "4", "3", "10", "10"]);
}

/// Whoever is compared is marked: on the card, and on the line.
#[test]
fn relative_points_are_marked_and_others_are_not() {
    let marked = |rule: &str| {
        let rubric = one(&format!("points = 10\nmeasure = \"p\"\nrule = {{ {rule} }}"));
        let data = read::table::table("centre,p\nx,1\ny,3\n", &rubric, None).0.unwrap();
        let cards = score(&rubric, &read::table::cohort(&data, &rubric), None);
        cards[0].flags.iter().map(|flag| flag.id(&rubric)).collect::<Vec<_>>()
    };
    assert_eq!(marked("kind = \"min-max\""), ["relative"]);
    assert_eq!(marked("kind = \"linear\", from = 0, to = 10"), [""; 0]);
}

/// Whoever does not take part does not count, and absent centres have no place.
#[test]
fn only_those_that_take_part_are_compared() {
    let rubric = one("points = 10\nmeasure = \"p\"\nrule = { kind = \"ratio-to-best\" }");
    let table = "centre,status,p\na,,5\nb,,10\nc,absent,1000\n";
    assert_eq!(totals(&rubric, table), ["5", "10", "0"]);
}

/// Scoring everybody and scoring one by one with the same facts give the same.
#[test]
fn points_follow_from_the_facts_and_the_centre_alone() {
    let rubric = one("points = 10\nmeasure = \"p\"\nrule = { kind = \"percentile\", counts = \"middle\" }");
    let rows: String = (0..20).map(|n| format!("c{n},{}\n", n * 7 % 11)).collect();
    let data = read::table::table(&format!("centre,p\n{rows}"), &rubric, None).0.unwrap();
    let cohort = read::table::cohort(&data, &rubric);
    let gathered = facts(&rubric, &cohort);
    for card in score(&rubric, &cohort, None) {
        assert_eq!(*card.tally, points(&rubric, &cohort, card.centre, &gathered));
    }
    assert_ne!(
        points(&rubric, &cohort, CentreIx(1), &gathered).total,
        points(&rubric, &cohort, CentreIx(0), &gathered).total
    );
}
