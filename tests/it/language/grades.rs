//! E: from totals to grades.

use crate::hand::graded;

const HEAD: &str = r#"
[rubric]
id = "hand"
edition = "1"
cycle_years = 1
rounding = "none"
[[attribute]]
id = "region"
[[metric]]
id = "p"
[[metric]]
id = "q"
[[criterion]]
id = "k"
[[criterion.indicator]]
id = "i"
points = 100
measure = "p"
rule = { kind = "linear", from = 0, to = 100 }
missing = "block"
[[criterion]]
id = "l"
[[criterion.indicator]]
id = "j"
points = 10
measure = "q"
rule = { kind = "linear", from = 0, to = 10 }
"#;

/// The grades alone, one per centre.
fn grades(text: &str, data: &str) -> Vec<String> {
    let rubric = format!(
        "{HEAD}{text}\n[outcome]\na = {{ act = \"next-cycle\" }}\nb = {{ act = \"next-cycle\" }}\nc = {{ act = \"next-cycle\" }}\nd = {{ act = \"next-cycle\" }}\n"
    );
    let used: String = rubric.lines().filter(|line| !unused(line, text)).map(|line| format!("{line}\n")).collect();
    graded(&used, data).iter().map(|row| row.split(' ').nth(1).unwrap().to_owned()).collect()
}

/// A row of the outcome table for a grade that the text does not have.
fn unused(line: &str, text: &str) -> bool {
    ["a", "b", "c", "d"]
        .iter()
        .any(|id| line.starts_with(&format!("{id} = ")) && !text.contains(&format!("id = \"{id}\"")))
}

fn cohort(totals: &[&str]) -> String {
    let rows: String = totals.iter().enumerate().map(|(n, p)| format!("c{n},{p},0\n")).collect();
    format!("centre,p,q\n{rows}")
}

/// E1: more than 70, not 70 itself.
#[test]
fn e1_a_strict_edge_leaves_itself_out() {
    let text = "[[grade]]\nid = \"a\"\nabove = 70\n[[grade]]\nid = \"b\"\n";
    assert_eq!(grades(text, &cohort(&["70.01", "70", "69"])), ["a", "b", "b"]);
}

/// The codes of the faults of grades after the head of these tests.
fn faults(grades: &str) -> Vec<&'static str> {
    triennial::read::rubric::rubric(&format!("{HEAD}{grades}[outcome]\na = {{ act = \"next-cycle\" }}\nb = {{ act = \"next-cycle\" }}\nc = {{ act = \"next-cycle\" }}\n"))
        .1
        .iter()
        .map(|fault| fault.code)
        .collect()
}

/// E1: 安徽 printed "60≥-≤90" beside "≥ 90": 90 in two grades. Gaps and overlaps are refused as well, and what nobody can
/// reach: there are 110 points in all.
#[test]
fn e1_an_edge_in_two_grades_a_gap_or_an_overlap_is_refused() {
    let grades = |top: &str, middle: &str| {
        format!("[[grade]]\nid = \"a\"\n{top}\n[[grade]]\nid = \"b\"\n{middle}\n[[grade]]\nid = \"c\"\n")
    };
    assert_eq!(faults(&grades("at_least = 90", "at_least = 60\nat_most = 90")), ["E-edges"]);
    assert_eq!(faults(&grades("above = 90", "at_least = 60\nbelow = 90")), ["E-edges"], "90 in none");
    assert_eq!(faults(&grades("at_least = 90", "at_least = 60\nbelow = 85")), ["E-edges"]);
    assert_eq!(faults(&grades("at_least = 90", "at_least = 60\nbelow = 95")), ["E-edges"]);
    assert_eq!(faults(&grades("at_least = 60", "at_least = 90")), ["E-edges"]);
    assert_eq!(faults(&grades("at_least = 110.01", "at_least = 60")), ["E-unreachable"]);
    assert_eq!(faults(&grades("above = 110", "at_least = 60")), ["E-unreachable"]);
    assert_eq!(faults(&grades("at_least = 110", "at_least = 60")), [""; 0]);
    assert_eq!(faults(&grades("at_least = 90", "at_least = 60\nbelow = 90")), [""; 0]);
    assert_eq!(faults(&grades("above = 90", "at_least = 60\nat_most = 90")), [""; 0]);
}

/// E2, E3: half of five is two, three or three; two places are two.
#[test]
fn e2_and_e3_a_quota_is_a_share_or_a_number_of_places() {
    let by = |quota: &str| {
        let text = format!("[[grade]]\nid = \"a\"\nquota = {{ {quota}, ties = \"all-out\" }}\n[[grade]]\nid = \"b\"\n");
        grades(&text, &cohort(&["90", "80", "70", "60", "50"])).iter().filter(|grade| *grade == "a").count()
    };
    let share = |round: &str| by(&format!("share = \"50%\", round = \"{round}\""));
    assert_eq!([share("floor"), share("round"), share("ceil"), by("places = 2")], [2, 3, 3, 2]);
}

/// E4: at least 80 and among the first 20 %: rank 1 with 79 is not enough, nor is 85 as second of five.
#[test]
fn e4_a_threshold_and_a_quota_must_both_hold() {
    let text = "[[grade]]\nid = \"a\"\nat_least = 80\nquota = { share = \"20%\", round = \"floor\", ties = \"all-out\" }\n[[grade]]\nid = \"b\"\n";
    assert_eq!(grades(text, &cohort(&["90", "85", "70", "60", "50"])), ["a", "b", "b", "b", "b"]);
    assert_eq!(grades(text, &cohort(&["79", "75", "70", "60", "50"])), ["b"; 5]);
}

/// E5: bands of the ranking at 25, 70 and 95 %: of twenty the first 5, up to 14, up to 19, and the last.
#[test]
fn e5_bands_of_rank_count_from_the_top() {
    let first = |id: &str, share: &str| {
        format!("[[grade]]\nid = \"{id}\"\nfirst = {{ share = \"{share}\", round = \"floor\" }}\n")
    };
    let text = first("a", "25%") + &first("b", "70%") + &first("c", "95%") + "[[grade]]\nid = \"d\"\n";
    let totals: Vec<String> = (0..20).map(|n| (90 - n).to_string()).collect();
    let found = grades(&text, &cohort(&totals.iter().map(String::as_str).collect::<Vec<_>>()));
    let count = |grade: &str| found.iter().filter(|found| *found == grade).count();
    assert_eq!([count("a"), count("b"), count("c"), count("d")], [5, 9, 5, 1]);
    // Who shares the second place has it too.
    let half = first("a", "50%") + "[[grade]]\nid = \"b\"\n";
    assert_eq!(grades(&half, &cohort(&["90", "80", "80", "70"])), ["a", "a", "a", "b"]);
}

/// E5: the last two are poor whatever they scored, within each region.
#[test]
fn e5_the_last_n_are_graded_so_in_each_region() {
    let text = "[[grade]]\nid = \"a\"\nat_least = 60\n[[grade]]\nid = \"b\"\nlast = { places = 1, per = \"region\", ties = \"all-in\" }\n";
    let data = "centre,region,p,q\nn1,north,90,0\nn2,north,80,0\ns1,south,70,0\ns2,south,65,0\ns3,south,65,0\n";
    // s2 and s3 tie for the last place, and all are in.
    assert_eq!(grades(text, data), ["a", "b", "a", "b", "b"]);
    assert_eq!(grades(&text.replace("all-in", "all-out"), data), ["a", "b", "a", "a", "a"]);
}

/// E5: a quota of one in each region.
#[test]
fn e5_a_quota_is_counted_in_each_group() {
    let text =
        "[[grade]]\nid = \"a\"\nquota = { places = 1, per = \"region\", ties = \"all-out\" }\n[[grade]]\nid = \"b\"\n";
    let data = "centre,region,p,q\nn1,north,90,0\nn2,north,80,0\ns1,south,70,0\ns2,south,60,0\n";
    assert_eq!(grades(text, data), ["a", "b", "a", "b"]);
    let rows = graded_rows(text, data);
    assert_eq!(rows, ["1", "2", "1", "2"], "ranks are within the region as well");
}

fn graded_rows(text: &str, data: &str) -> Vec<String> {
    let rubric = format!("{HEAD}{text}\n[outcome]\na = {{ act = \"next-cycle\" }}\nb = {{ act = \"next-cycle\" }}\n");
    graded(&rubric, data).iter().map(|row| row.split(' ').nth(2).unwrap().to_owned()).collect()
}

/// E6: at least half of every criterion, and one of them not 0.
#[test]
fn e6_sub_floors_hold_beside_the_total() {
    let text = "[[grade]]\nid = \"a\"\nat_least = 60\neach_criterion_at_least = \"50%\"\nrequires = \"points(l) > 5\"\n[[grade]]\nid = \"b\"\n";
    assert_eq!(grades(text, "centre,p,q\nx,60,6\ny,60,5\nz,90,4\n"), ["a", "b", "b"]);
}

/// E7: 125 and 100 % of a benchmark of 60: 75 and 60.
#[test]
fn e7_thresholds_are_ratios_to_a_benchmark() {
    let text = "[[reference]]\nid = \"eu_average\"\nvalue = 60\n[[grade]]\nid = \"a\"\nat_least = \"125% * eu_average\"\n\
                [[grade]]\nid = \"b\"\nat_least = \"eu_average\"\nbelow = \"125% * eu_average\"\n[[grade]]\nid = \"c\"\n";
    assert_eq!(grades(text, &cohort(&["75", "74.99", "60", "59.99"])), ["a", "b", "b", "c"]);
}

/// E8: two places, three share 80: all in, all out, by the second criterion, or by less of something.
#[test]
fn e8_ties_are_settled_by_the_rubrics_word() {
    let by = |ties: &str| {
        let text = format!("[[grade]]\nid = \"a\"\nquota = {{ places = 2, ties = {ties} }}\n[[grade]]\nid = \"b\"\n");
        grades(&text, "centre,p,q\nw,90,0\nx,78,2\ny,76,4\nz,79,1\n").concat()
    };
    assert_eq!(by("\"all-in\""), "aaaa");
    assert_eq!(by("\"all-out\""), "abbb");
    assert_eq!(by("{ by = [\"points(l)\"], then = \"all-out\" }"), "abab");
    assert_eq!(by("{ by = [{ less = \"points(l)\" }], then = \"all-out\" }"), "abba");
    // What does not tell them apart leaves the last word.
    assert_eq!(by("{ by = [\"total\"], then = \"all-out\" }"), "abbb");
    assert_eq!(by("{ by = [\"total\"], then = \"all-in\" }"), "aaaa");
    assert_eq!(by("{ by = [\"total\", \"q\"], then = \"all-in\" }"), "abab");
}

/// E9: 1, 2, 2, 4.
#[test]
fn e9_ranks_are_shared() {
    let text = "[[grade]]\nid = \"a\"\nat_least = 0\n[[grade]]\nid = \"b\"\n";
    assert_eq!(graded_rows(text, &cohort(&["90", "80", "80", "70"])), ["1", "2", "2", "4"]);
}
