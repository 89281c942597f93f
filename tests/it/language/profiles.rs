//! Shares by level: B16, and the cumulative rounding of D.

use triennial::domain::rubric::Rubric;
use triennial::domain::score::{State, facts, ledger, score};
use triennial::read;

use crate::hand::{rubric, totals};

const HEAD: &str = r#"
[rubric]
id = "hand"
edition = "1"
cycle_years = 1
rounding = { at = "profile", places = 0, mode = "half-up" }
[profile]
whole = 100
"#;

fn levels(worth: Option<[&str; 3]>) -> String {
    let level = |at: usize| {
        let worth = worth.map_or(String::new(), |worth| format!("worth = \"{}\"\n", worth[at]));
        format!("[[profile.level]]\nid = \"{}\"\n{worth}", ["top", "mid", "low"][at])
    };
    (0..3).map(level).collect()
}

fn indicator(id: &str, more: &str) -> String {
    format!(
        "[[criterion.indicator]]\nid = \"{id}\"\nprofile = [\"{id}_t\", \"{id}_m\", \"{id}_l\"]\nmissing = \"block\"\n{more}\n"
    )
}

fn metrics(ids: &[&str]) -> String {
    let one = |id: &&str| ["t", "m", "l"].map(|level| format!("[[metric]]\nid = \"{id}_{level}\"\n")).concat();
    ids.iter().map(one).collect()
}

/// The shares of the criterion `overall` of each centre.
fn shares(rubric: &Rubric, data: &str) -> Vec<Vec<String>> {
    let (data, faults) = read::table::table(data, rubric, None);
    assert_eq!(faults, []);
    let cohort = read::table::cohort(&data.unwrap(), rubric);
    let facts = facts(rubric, &cohort);
    let overall = rubric.node("overall").unwrap();
    let shares = |card: &triennial::domain::grade::Scorecard| {
        assert!(ledger(rubric, &cohort, card.centre, &facts).unwrap().follows());
        assert_eq!((card.rank, card.grade), (None, None), "shares have no total to rank by");
        let (_, levels) = card.tally.profiles.iter().find(|(node, _)| *node == overall).unwrap();
        levels.iter().map(ToString::to_string).collect()
    };
    score(rubric, &cohort, None).iter().map(shares).collect()
}

#[test]
fn profiles_are_put_together_by_weight_and_rounded_from_the_top() {
    let text = format!(
        "{HEAD}{}{}[[criterion]]\nid = \"overall\"\ncombine = \"profile\"\n{}{}",
        levels(None),
        metrics(&["a", "b"]),
        indicator("a", "weight = 3"),
        indicator("b", "weight = 1")
    );
    // (3 × 25.5 + 1 × 10) / 4 = 21.625 → 22; 21.625 + (3 × 33 + 60) / 4 = 39.75 → 61.375 → 61, so 39; the rest 39.
    // Plain rounding would give 22 + 40 + 39 = 101.
    let data = "centre,a_t,a_m,a_l,b_t,b_m,b_l\nx,25.5,33,41.5,10,60,30\n";
    assert_eq!(shares(&rubric(&text), data), [["22", "39", "39"]]);
}

#[test]
fn a_profile_inside_a_profile_is_rounded_once() {
    let text = format!(
        "{HEAD}{}{}[[criterion]]\nid = \"overall\"\ncombine = \"profile\"\n{}[[criterion.criterion]]\nid = \"inner\"\ncombine = \"profile\"\n{}{}",
        levels(None),
        metrics(&["a", "b", "c"]),
        indicator("a", ""),
        indicator("b", "").replace("[[criterion.", "[[criterion.criterion."),
        indicator("c", "").replace("[[criterion.", "[[criterion.criterion."),
    );
    // Inner: 0.5 / 99.5; with a: 0.25 / 99.75 → 0 / 100. Rounded twice it would be 1 and then 0.5 → 1.
    let data = "centre,a_t,a_m,a_l,b_t,b_m,b_l,c_t,c_m,c_l\nx,0,100,0,0,100,0,1,99,0\n";
    assert_eq!(shares(&rubric(&text), data), [["0", "100", "0"]]);
}

#[test]
fn what_is_not_reported_is_all_at_the_lowest_level_or_left_out() {
    let text = |missing: &str| {
        format!(
            "{HEAD}{}{}[[criterion]]\nid = \"overall\"\ncombine = \"profile\"\n{}{}",
            levels(None),
            metrics(&["a", "b"]),
            indicator("a", "").replace("\"block\"", missing),
            indicator("b", ""),
        )
    };
    let data = "centre,a_t,a_m,a_l,b_t,b_m,b_l\nx,NR,NR,NR,40,40,20\n";
    // (0 + 40) / 2, (0 + 40) / 2, (100 + 20) / 2; b alone.
    assert_eq!(shares(&rubric(&text("\"zero\"")), data), [["20", "20", "60"]]);
    assert_eq!(shares(&rubric(&text("\"leave-out\"")), data), [["40", "40", "20"]]);
    let blocked = rubric(&text("\"block\""));
    let table = read::table::table(data, &blocked, None).0.unwrap();
    let cards = score(&blocked, &read::table::cohort(&table, &blocked), None);
    assert_eq!(cards[0].tally.state, State::Blocked(vec![blocked.node("a").unwrap()]));
}

#[test]
fn levels_that_are_worth_something_make_points_that_add_up_with_others() {
    let text = format!(
        "{HEAD}{}{}[[metric]]\nid = \"p\"\n[[criterion]]\nid = \"overall\"\ncombine = \"profile\"\npoints = 20\n{}\
         [[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 5\nmeasure = \"p\"\nrule = {{ kind = \"linear\", from = 0, to = 10 }}\n",
        levels(Some(["100%", "50%", "0%"])),
        metrics(&["a"]),
        indicator("a", "points = 20"),
    );
    // 40 % at all, 40 % at half of 20 points is 12; 10 of 10 is 5.
    let data = "centre,a_t,a_m,a_l,p\nx,40,40,20,10\n";
    assert_eq!(totals(&rubric(&text), data), ["17"]);
}

/// There is no total to grade by; a share at a level can be asked for.
#[test]
fn a_profile_is_graded_by_its_levels_and_not_by_a_total() {
    let text = |grade: &str| {
        format!(
            "{HEAD}{}{}[[criterion]]\nid = \"overall\"\ncombine = \"profile\"\n{}[[grade]]\nid = \"high\"\n{grade}\n[[grade]]\nid = \"other\"\n\
             [outcome]\nhigh = {{ act = \"next-cycle\" }}\nother = {{ act = \"next-cycle\" }}\n",
            levels(None),
            metrics(&["a"]),
            indicator("a", ""),
        )
    };
    let faults = read::rubric::rubric(&text("at_least = 60")).1;
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["E-profile"]);
    let rubric = rubric(&text("requires = \"level(overall, 'top') >= 30\""));
    let table = read::table::table("centre,a_t,a_m,a_l\nx,30,30,40\ny,29,31,40\n", &rubric, None).0.unwrap();
    let cards = score(&rubric, &read::table::cohort(&table, &rubric), None);
    let grades: Vec<_> = cards.iter().map(|card| rubric.grades[card.grade.unwrap().0].id.as_str()).collect();
    assert_eq!(grades, ["high", "other"]);
}
