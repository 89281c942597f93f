//! Which of two years slipped: what the other years say, what the other centres say, and that nobody says so otherwise.

use triennial::domain::cohort::{CentreIx, Cohort};
use triennial::domain::query::{Answer, Answers, Queries, Query};
use triennial::domain::rubric::Rubric;
use triennial::domain::text::Lang;

use super::{NONE, asked, cohort, of, sentences};

/// `a` with some figures in 2023, 2024 and 2025, beside as many others with one figure in all years.
fn beside(rubric: &Rubric, values: [&str; 3], others: usize, figure: i64) -> Cohort {
    let mut data = format!("centre,m@2023,m@2024,m@2025\na,{}\n", values.join(","));
    for at in 0..others {
        data.push_str(&format!("z{at},{figure},{figure},{figure}\n"));
    }
    cohort(rubric, &data)
}

/// The first query and the names of the cells that may have to change.
fn first(rubric: &Rubric, cohort: &Cohort) -> (Query, Vec<String>) {
    let query = Queries::new(rubric, cohort).of(rubric, CentreIx(0)).remove(0);
    let slots = query.slots(rubric, &cohort.layout);
    let years = slots.iter().map(|slot| cohort.layout.cell(*slot).1.unwrap().to_string()).collect();
    (query, years)
}

#[test]
fn of_two_years_nobody_can_tell_which_slipped_and_both_are_named() {
    let rubric = of("万元", "");
    let two = beside(&rubric, ["0.42", "4200", ""], 0, 0);
    assert_eq!(asked(&rubric, &two), ["a m@2024 unit-slip"]);
    assert_eq!(
        sentences(&rubric, &two, Lang::En),
        [
            "4,200 in 2024 is 10,000 times 0.42 in 2023, and either may be off: yuan for 万元, or in 2023 hundred million \
          yuan for 万元?"
        ]
    );
    assert_eq!(
        sentences(&rubric, &two, Lang::Zh),
        [
            "2024 年的 4,200 为 2023 年的 0.42 的 10,000 倍，两者均可能有误：误以“元”代“万元”填写，或 2023 年误以“亿元”代“万元”填写？"
        ]
    );
    assert_eq!(first(&rubric, &two).1, ["2024", "2023"]);
    // A third year decides, for either.
    for (third, wanted) in [("0.43", "2024"), ("4300", "2023")] {
        let three = beside(&rubric, ["0.42", "4200", third], 0, 0);
        assert_eq!(first(&rubric, &three).1, [wanted]);
        assert!(!sentences(&rubric, &three, Lang::En)[0].contains("either"));
    }
    let ten = beside(&rubric, ["420", "4200", ""], 0, 0);
    assert_eq!(
        sentences(&rubric, &ten, Lang::En),
        ["4,200 in 2024 is 10 times 420 in 2023, and either may be off: a digit or a decimal point?"]
    );
}

/// The median of 100 that five others have: of 10 and 100,000 the first is 10 times and the second 1,000 times away, which
/// is a hundred times as far, the root of the factor; of 9.9 and 99,000 it is 98 times as far.
#[test]
fn the_middle_of_the_others_decides_where_it_is_nearer_to_one_by_half_the_slip() {
    let rubric = of("万元", "checks = { outlier = false, jump = false }");
    for (values, others, wanted) in [
        (["10", "100000", ""], 5, vec!["2024"]),
        (["9.9", "99000", ""], 5, vec!["2024", "2023"]),
        (["0.1", "1000", ""], 5, vec!["2023"]),
        (["0.101", "1010", ""], 5, vec!["2024", "2023"]),
        // With itself there are four, of which the rubric has asked for five.
        (["10", "100000", ""], 3, vec!["2024", "2023"]),
    ] {
        assert_eq!(first(&rubric, &beside(&rubric, values, others, 100)).1, wanted, "{values:?} {others}");
    }
    // Somebody who is absent has no say.
    let mut without = beside(&rubric, ["10", "100000", ""], 4, 100);
    assert_eq!(first(&rubric, &without).1, ["2024"]);
    without.centre_mut(CentreIx(4)).set(&triennial::domain::centre::Field::Status, "absent", &rubric).unwrap();
    assert_eq!(first(&rubric, &without).1, ["2024", "2023"]);
}

/// Two years of three are like each other and unlike everybody else's: the centre may have typed both in the wrong unit.
#[test]
fn where_the_years_and_the_others_contradict_each_other_nothing_decides() {
    let rubric = of("万元", "checks = { outlier = false }");
    let values = ["0.42", "0.43", "4200"];
    assert_eq!(first(&rubric, &beside(&rubric, values, 0, 0)).1, ["2025"]);
    assert_eq!(first(&rubric, &beside(&rubric, values, 5, 4000)).1, ["2025", "2024"]);
    assert_eq!(first(&rubric, &beside(&rubric, values, 5, 1)).1, ["2025"]);
}

/// The others move; the two figures and what was said of them do not.
#[test]
fn an_answer_stands_whichever_year_is_thought_to_have_slipped() {
    let rubric = of("万元", "checks = { outlier = false }");
    let values = ["0.42", "4200", ""];
    let said = |figures: String| Answer { figures, reason: "a single licence".to_owned() };
    let cohorts = [(0, 0), (5, 4000), (5, 1)].map(|(others, figure)| beside(&rubric, values, others, figure));
    let queries = cohorts.clone().map(|cohort| first(&rubric, &cohort));
    let years = queries.each_ref().map(|(_, years)| years.join(" "));
    assert_eq!(years, ["2024 2023", "2023", "2024"]);
    for (query, _) in &queries {
        let mut answers = Answers::default();
        let layout = &cohorts[0].layout;
        answers.put("a", &query.cell(&rubric, layout), "unit-slip", Some(said(query.figures())));
        for (other, _) in &queries {
            assert!(answers.standing(&rubric, layout, "a", other).is_some(), "{years:?}");
        }
        let another = first(&rubric, &beside(&rubric, ["0.42", "4200.1", ""], 0, 0)).0;
        assert_eq!(answers.standing(&rubric, layout, "a", &another), None);
        assert!(answers.before(&rubric, layout, "a", &another).is_some());
    }
}

/// 1, 1, 10,000, 10,000 over four years: one slip between the second and the third, and no jump beside it.
#[test]
fn two_years_against_two_are_one_question() {
    let rubric = super::rubric("lookback_years = 1\n[[metric]]\nid = \"m\"\nunit = \"万元\"\n");
    let four = cohort(&rubric, "centre,m@2022,m@2023,m@2024,m@2025\na,1,1.1,10000,10100\n");
    assert_eq!(asked(&rubric, &four), ["a m@2024 unit-slip"]);
    assert_eq!(first(&rubric, &four).1, ["2024", "2023"]);
    assert_eq!(asked(&rubric, &beside(&rubric, ["1", "1.1", "1.2"], 0, 0)), NONE);
}
