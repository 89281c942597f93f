//! What the rubric of each system must say of a centre, and what it must not.

use triennial::domain::score::score;
use triennial::store::catalogue::shipped;

use super::{cohort, rubric, scored, shipped_rows};
use crate::program::{Folder, value};

type Row = Vec<(String, String)>;

fn row<'a>(rows: &'a [Row], centre: &str) -> &'a Row {
    rows.iter().find(|row| value(row, "centre") == centre).unwrap()
}

/// Total, grade, outcome and flags.
fn shown<'a>(rows: &'a [Row], centre: &str) -> [&'a str; 4] {
    ["total", "grade", "outcome", "flags"].map(|column| value(row(rows, centre), column))
}

/// The line of a centre in a shipped cohort, with its head.
fn alone(id: &str, centre: &str) -> String {
    let cohort = shipped(id).unwrap().cohort;
    let (head, rest) = cohort.split_once('\n').unwrap();
    let line = rest.lines().find(|line| line.starts_with(&format!("{centre},"))).unwrap();
    format!("{head}\n{line}\n")
}

/// System 2: a good zone is commended, a worse one warned; whoever rectified stays, whoever did not is revoked.
#[test]
fn a_zone_that_fails_rectification_is_revoked() {
    let rows = shipped_rows("hightech-zone");
    let outcomes = ["zone-a", "zone-b", "zone-c", "zone-e", "zone-f"].map(|zone| value(row(&rows, zone), "outcome"));
    assert_eq!(outcomes, ["commend", "none", "warn", "none", "revoke"]);
    // The zone that is warned now, and what its inspection comes to.
    let warned = shipped("hightech-zone").unwrap().cohort;
    let line = "zone-c,示例高新区丙（合成）,";
    for (status, outcome, flags) in [("inspection-failed", "revoke", "revoke"), ("inspection-passed", "none", "")] {
        assert!(warned.contains(&format!("{line},")));
        let rows = scored("hightech-zone", &warned.replace(&format!("{line},"), &format!("{line}{status},")));
        assert_eq!(shown(&rows, "zone-c"), ["", "", outcome, flags]);
    }
}

/// System 3: three first-level indicators, eighteen second-level ones, and weights of each stage.
#[test]
fn the_same_readings_earn_other_points_at_another_stage() {
    let points = rubric(shipped("enterprise-points").unwrap());
    assert_eq!((points.criteria().count(), points.indicators().count(), points.stages.len()), (3, 18, 3));
    let lines = ["same-startup", "same-growth", "same-stable"].map(|centre| alone("enterprise-points", centre));
    let readings = lines.each_ref().map(|text| text.lines().nth(1).unwrap().splitn(4, ',').nth(3).unwrap().to_owned());
    assert!(readings.iter().all(|line| *line == readings[0]));
    let rows = shipped_rows("enterprise-points");
    let totals = ["same-startup", "same-growth", "same-stable"].map(|centre| value(row(&rows, centre), "total"));
    assert_eq!(totals, ["66.96", "51.81", "46.89"]);
    // A stage that is not known is no stage: nobody is scored on the points of another.
    let unknown = alone("enterprise-points", "same-growth").replace(",growth,", ",,");
    assert_eq!(shown(&scored("enterprise-points", &unknown), "same-growth")[..2], ["", ""]);
}

/// System 4: 70 % of a pilot institution's staff must be trained; 699 and 700 of 1000.
#[test]
fn just_below_seventy_percent_trained_staff_fails_the_gate_and_seventy_passes() {
    let rows = shipped_rows("transfer-institution");
    let failed = ["78.66", "unqualified", "rectify", "rectify;gate:trained-staff"];
    assert_eq!(shown(&rows, "not-trained"), failed);
    assert_eq!(shown(&rows, "just-trained"), ["78.67", "qualified", "next-cycle", ""]);
    assert_eq!(shown(&rows, "no-pilot"), ["78.66", "qualified", "next-cycle", ""]);
    // The exit: a second bad result, and whoever does not take part.
    assert_eq!(shown(&rows, "twice"), ["14.97", "unqualified", "remove", "remove"]);
    assert_eq!(shown(&rows, "away"), ["", "", "remove", "remove"]);
    let first = alone("transfer-institution", "twice").replace(",no,unqualified,", ",no,,");
    assert_eq!(shown(&scored("transfer-institution", &first), "twice")[2], "rectify");
}

/// System 5: one result, evaluated as three types; basic research has no economic value to lack.
#[test]
fn the_same_marks_weigh_differently_by_type_of_research() {
    let rows = shipped_rows("achievement-value");
    let values = |centre| ["scientific", "technical", "economic"].map(|column| value(row(&rows, centre), column));
    assert_eq!(values("same-basic"), ["52.80", "8.00", ""]);
    assert_eq!(values("same-applied"), ["17.50", "25.63", "9.00"]);
    assert_eq!(values("same-development"), ["4.39", "13.63", "13.75"]);
    assert_eq!(shown(&rows, "integrity"), ["90.13", "insufficient", "report", "gate:integrity"]);
    // One mark of three is no quorum of the market panel: no grade, instead of a bad one.
    assert_eq!(shown(&rows, "no-quorum"), ["", "", "", "blocked"]);
}

/// System 6: the figures of 2020 are the start and the targets of 2025 the end, whatever they are.
#[test]
fn progress_is_counted_from_the_base_of_2020_to_the_target_of_2025() {
    let rows = shipped_rows("factor-market");
    assert_eq!(shown(&rows, "base-2020")[..2], ["0.00", "behind"]);
    assert_eq!(shown(&rows, "target-2025")[..2], ["100.00", "reached"]);
    assert_eq!(shown(&rows, "midway")[..2], ["63.11", "on-course"]);
    // The figures themselves: base and target of every reference, as published.
    let market = rubric(shipped("factor-market").unwrap());
    let values: Vec<String> = market.references.iter().map(|reference| reference.value.to_string()).collect();
    let published = ["2.83", "5", "9", "20", "11", "15", "420", "500", "45", "60", "10000", "30000"];
    assert_eq!(values, published);
    // Short of one target, in a step that rounding to two places still shows.
    let short = "centre,contracts,zones,regional_centres,institutions,international,managers\nc,5,20,15,500,60,29000\n";
    // (5 + 19000/20000) ÷ 6
    assert_eq!(shown(&scored("factor-market", short), "c")[..2], ["99.17", "on-course"]);
    // Below the base is no progress, and no debt either: (5 + 0) ÷ 6.
    let below = short.replace(",60,29000", ",40,30000");
    assert_eq!(shown(&scored("factor-market", &below), "c")[..2], ["83.33", "on-course"]);
}

#[test]
fn a_figure_that_is_missing_stays_missing() {
    let market = rubric(shipped("factor-market").unwrap());
    let data = alone("factor-market", "one-missing");
    let given = cohort(&market, &data);
    let card = &score(&market, &given, None)[0];
    let at = |id: &str| market.node(id).unwrap().0;
    assert_eq!(card.tally.nodes[at("regional-centres-progress")], None, "left out, not zero");
    assert!(card.tally.nodes[at("zones-progress")].is_some());
    // Reported as the base it is zero, and the total knows the difference: 5 of 6.
    let rows = [&data, &data.replace(",NR,", ",11,")].map(|data| scored("factor-market", data));
    assert_eq!(shown(&rows[0], "one-missing"), ["100.00", "on-course", "go-on", "gate:not-all-reported"]);
    assert_eq!(shown(&rows[1], "one-missing"), ["83.33", "on-course", "go-on", ""]);
    let rows = shipped_rows("factor-market");
    assert_eq!(shown(&rows, "two-reported")[1..3], ["not-assessed", "ask"]);
}

/// System 7: deadlines that passed without the node cap the grade; late is better than never.
#[test]
fn a_node_past_its_deadline_caps_the_grade() {
    let rows = shipped_rows("pilot-policies");
    assert_eq!(shown(&rows, "zone-c"), ["82.49", "slow", "supervise", "supervise;gate:overdue"]);
    // The one node of 2024 that was never reached is reached late: 14 of 14 at all, 20 instead of 18.57.
    let late = alone("pilot-policies", "zone-c").replace(",6,8,5,7,0,1,", ",6,8,5,7,1,1,");
    assert_eq!(shown(&scored("pilot-policies", &late), "zone-c"), ["83.92", "on-course", "go-on", ""]);
    // How many items a zone took is not known: what hangs on it is left out. 4 of 10 points stand for all 25.
    assert_eq!(value(row(&rows, "zone-g"), "results"), "10.00");
}

/// System 8: the second year in a row without passing ends it; a firm that went public adds a point.
#[test]
fn an_incubator_that_fails_twice_is_removed() {
    let rows = shipped_rows("incubator");
    assert_eq!(shown(&rows, "failing"), ["27.44", "unqualified", "rectify", "rectify"]);
    assert_eq!(shown(&rows, "failing-again"), ["27.44", "unqualified", "remove", "remove"]);
    assert_eq!(value(row(&rows, "leading"), "bonus"), "1.00");
    // The same readings count for more where the goal is that of a specialised incubator.
    let performance = ["solid", "solid-specialised"].map(|centre| value(row(&rows, centre), "performance"));
    assert_eq!(performance, ["41.36", "42.61"]);
}

/// System 9: 21 of 36 figures were not published.
#[test]
fn what_a_city_did_not_report_is_not_zero() {
    let rows = shipped_rows("innovation-city");
    let grades = ["jinan", "zhengzhou", "changzhou", "jinjiang"].map(|city| value(row(&rows, city), "grade"));
    assert_eq!(grades, ["leading", "advancing", "not-comparable", "not-comparable"]);
    assert_eq!(shipped("innovation-city").unwrap().cohort.matches("NR").count(), 21);
    // With zeros in their place: 23.60 + 25.61 + 0 + (1.17 + 0 + 4.05) + 0.
    let jinan = alone("innovation-city", "jinan");
    assert_eq!(shown(&scored("innovation-city", &jinan), "jinan")[0], "81.49");
    assert_eq!(shown(&scored("innovation-city", &jinan.replace("NR", "0")), "jinan")[..2], ["54.43", "following"]);
    let folder = Folder::new();
    folder.write("jinan.csv", &jinan);
    let told = folder.done(&["explain", "--rubric", "innovation-city", "--data", "jinan.csv", "--centre", "jinan"]);
    assert!(told.contains("not reported"), "{told}");
    let told = folder.done(&[
        "explain",
        "--rubric",
        "innovation-city",
        "--data",
        "jinan.csv",
        "--centre",
        "jinan",
        "--lang",
        "zh",
    ]);
    assert!(told.contains("未报"), "{told}");
}
