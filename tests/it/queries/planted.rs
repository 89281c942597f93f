//! Slips planted in the demo cohort, through the real binary: each is found, and nothing else is.

use triennial::domain::number::Number;

use crate::program::{Folder, rows, value};

const COHORT: &str = include_str!("../../../rubrics/cohorts/ncti.csv");

/// A cell of the demo cohort.
fn cell(centre: &str, column: &str) -> Number {
    let rows = rows(COHORT);
    let row = rows.iter().find(|row| value(row, "centre") == centre).unwrap();
    Number::parse(value(row, column)).unwrap()
}

fn times(centre: &str, metric: &str, year: i16, num: i64, den: i64) -> (String, String, i16, Number) {
    let factor = Number::fraction(num, den).unwrap();
    let value = &cell(centre, &format!("{metric}@{year}")) * &factor;
    (centre.to_owned(), metric.to_owned(), year, value)
}

/// One more than the whole that the part should be within.
fn beyond(centre: &str, part: &str, whole: &str, year: i16) -> (String, String, i16, Number) {
    let value = &cell(centre, &format!("{whole}@{year}")) + &Number::ONE;
    (centre.to_owned(), part.to_owned(), year, value)
}

fn planted() -> String {
    let same = cell("d01", "total_income@2023");
    let mut cells = vec![
        times("c01", "national_funds", 2024, 10_000, 1),
        times("c02", "total_income", 2025, 10_000, 1),
        times("c03", "tech_contracts", 2023, 1, 10_000),
        times("c04", "total_spending", 2024, 10, 1),
        times("c05", "rd_staff", 2024, 10, 1),
        times("c06", "total_spending", 2024, 50, 1),
        times("d06", "staff_trained", 2025, 7, 1),
        beyond("c07", "tasks_accepted_on_time", "tasks_due", 2025),
        beyond("c08", "smes_served", "firms_served", 2023),
        beyond("d02", "senior_researchers", "rd_staff", 2024),
        beyond("d04", "instrument_hours", "instrument_rated_hours", 2025),
    ];
    for year in 2023..=2025 {
        cells.push(("d01".to_owned(), "total_income".to_owned(), year, same.clone()));
        cells.push(beyond("d05", "firms_hightech", "firms_incubated", year));
        cells.push(times("d07", "transfer_income", year, 10_000, 1));
    }
    let line = |(centre, metric, year, value): (String, String, i16, Number)| {
        format!("{centre},{metric},{year},{}\n", value.plain())
    };
    let lines: String = cells.into_iter().map(line).collect();
    let plan = &cell("d03", "plan_tech_contracts") * &Number::from(10_000_i64);
    format!("centre,metric,year,value\n{lines}d03,plan_tech_contracts,,{}\n", plan.plain())
}

fn found(folder: &Folder) -> Vec<String> {
    let listed = rows(&folder.done(&["queries", "demo.triennial", "--format", "csv"]));
    let one = |row: &Vec<(String, String)>| {
        ["centre", "metric", "year", "check"].map(|column| value(row, column).to_owned()).join(" ")
    };
    listed.iter().map(one).collect()
}

#[test]
fn what_is_planted_in_the_demo_is_found_and_nothing_else() {
    let folder = Folder::new();
    folder.done(&["new", "demo.triennial", "--demo"]);
    assert_eq!(found(&folder), [""; 0], "the demo as it is raises no query");
    folder.write("planted.csv", planted());
    let preview = folder.run(&["import", "demo.triennial", "planted.csv"]);
    assert_eq!(preview.exit, 1, "{}", preview.err);
    let before = folder.done(&["score", "demo.triennial"]);
    assert!(!before.is_empty());
    folder.done(&["import", "demo.triennial", "planted.csv", "--yes"]);
    // What is beside the planted slip itself follows from it: 50 times as much and seven times as much are also far from
    // the others, and so are more senior researchers than staff,
    // and more recognised firms than incubated ones. Of d07, three years are in yuan: the fourth is apart from
    // them, and they are far from the others, so that of it and the next either may be off.
    let wanted = [
        "c01 national_funds 2024 unit-slip",
        "c02 total_income 2025 unit-slip",
        "c03 tech_contracts 2023 unit-slip",
        "c04 total_spending 2024 unit-slip",
        "c05 rd_staff 2024 unit-slip",
        "c06 total_spending 2024 jump",
        "c06 total_spending 2024 outlier",
        "c07 tasks_accepted_on_time 2025 tasks-within-due",
        "c08 smes_served 2023 smes-within-firms",
        "d01 total_income 2025 constant",
        "d02 senior_researchers 2024 outlier",
        "d02 senior_researchers 2024 seniors-within-staff",
        "d03 plan_tech_contracts  outlier",
        "d04 instrument_hours 2025 hours-within-rated",
        "d05 firms_hightech 2023 outlier",
        "d05 firms_hightech 2025 hightech-within-incubated",
        "d06 staff_trained 2025 jump",
        "d06 staff_trained 2025 outlier",
        "d07 transfer_income 2022 unit-slip",
        "d07 transfer_income 2024 outlier",
        "d07 transfer_income 2025 outlier",
    ];
    assert_eq!(found(&folder), wanted);
    assert!(preview.out.contains(&format!("{} queries would be raised", wanted.len())), "{}", preview.out);
    assert!(preview.out.contains("yuan for wan yuan?"), "{}", preview.out);
    // Whatever is asked, scoring and exporting end as they always do.
    folder.done(&["score", "demo.triennial"]);
    folder.done(&["export", "demo.triennial", "--format", "csv,json,markdown", "--out", "sheets"]);
    let ran = folder.run(&["queries", "demo.triennial", "--fail-on-open"]);
    assert_eq!(ran.exit, 1);
    assert!(ran.out.ends_with(&format!("Queries: {} open, 0 answered\n", wanted.len())), "{}", ran.out);
}
