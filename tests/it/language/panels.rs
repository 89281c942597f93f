//! C: panels of experts.

use crate::hand::{rubric, totals};

fn marked(metric: &str, panels: &str, measure: &str) -> triennial::domain::rubric::Rubric {
    rubric(&format!(
        "{panels}[[metric]]\nid = \"m\"\nyearly = false\n{metric}\n[[metric]]\nid = \"n\"\nyearly = false\n{metric}\n\
         [[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 100\nmeasure = \"{measure}\"\n\
         rule = {{ kind = \"linear\", from = 0, to = 100 }}\n"
    ))
}

/// Two highest and two lowest go from seven judges up: of 10 … 70 the middle three are left; of six none goes.
#[test]
fn k_highest_and_lowest_are_dropped_from_n_judges_up() {
    let panel = "panel = { average = \"mean\", drop_highest = 2, drop_lowest = 2, from = 7 }";
    let rubric = marked(panel, "", "m");
    let table = "centre,m#a,m#b,m#c,m#d,m#e,m#f,m#g\nx,10,20,30,40,50,60,99\ny,10,20,30,40,50,60,\n";
    assert_eq!(totals(&rubric, table), ["40", "35"]);
    let median = marked("panel = { average = \"median\" }", "", "m");
    assert_eq!(totals(&median, "centre,m#a,m#b,m#c,m#d\nx,10,20,40,99\n"), ["30"]);
}

/// The first stage counts 40 %, the second 60 %: 0.4 × 80 + 0.6 × 60.
#[test]
fn stages_of_a_panel_are_weighted() {
    let rubric = marked("panel = { average = \"mean\" }", "", "40% * m + 60% * n");
    assert_eq!(totals(&rubric, "centre,m#a,m#b,n#a,n#b\nx,70,90,50,70\n"), ["68"]);
}

const FINANCE: &str = "[[panel]]\nid = \"finance\"\njudges = [\"f1\", \"f2\", \"f3\"]\n";

/// Only the finance panel marks finance: a column of somebody else is refused.
#[test]
fn a_panel_marks_only_what_is_its_own() {
    let rubric = marked("panel = { average = \"mean\", of = \"finance\" }", FINANCE, "m");
    assert_eq!(totals(&rubric, "centre,m#f1,m#f2\nx,60,80\n"), ["70"]);
    let (data, faults) = triennial::read::table::table("centre,m#f1,m#t1\nx,60,80\n", &rubric, None);
    assert!(data.is_none());
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["E-judge"]);
}

/// Two thirds of three are two; of four, three. Whoever recuses (N/A) is not counted among the members.
#[test]
fn a_quorum_is_a_share_of_the_members_who_do_not_recuse() {
    let rubric = marked("panel = { average = \"mean\", of = \"finance\", quorum = \"2/3\" }", FINANCE, "m");
    let table = "centre,m#f1,m#f2,m#f3\ntwo,60,80,NR\none,60,NR,NR\nrecused,60,80,N/A\nalone,60,NR,N/A\n";
    // Of two members two thirds is again two marks: one of them alone is not enough.
    assert_eq!(totals(&rubric, table), ["70", "0", "70", "0"]);
    // Two thirds of six are four; of the four who do not recuse, three.
    let six = marked("panel = { average = \"mean\", members = 6, quorum = \"2/3\" }", "", "m");
    let table = "centre,m#a,m#b,m#c,m#d,m#e,m#f\nx,60,80,100,N/A,N/A,NR\ny,60,80,100,NR,NR,NR\nz,60,80,NR,N/A,N/A,NR\n";
    assert_eq!(totals(&six, table), ["80", "0", "0"]);
    let nine = marked("panel = { average = \"mean\", members = 4, quorum = \"2/3\" }", "", "m");
    assert_eq!(totals(&nine, "centre,m#a,m#b,m#c\nx,60,80,100\ny,60,80,\n"), ["80", "0"]);
}

/// Two thirds of those present: four of six is enough, three of five is not; more than half of four is three.
#[test]
fn a_majority_is_a_share_of_the_marks() {
    let majority = |share: &str| {
        marked(&format!("type = \"yes-no\"\npanel = {{ average = \"majority\", majority = {share} }}"), "", "100 * m")
    };
    let table = "centre,m#a,m#b,m#c,m#d,m#e,m#f\nfour,1,1,1,1,0,0\nthree,1,1,1,0,0,\ntie,1,1,0,0,,\n";
    assert_eq!(totals(&majority("\"2/3\""), table), ["100", "0", "0"]);
    assert_eq!(totals(&majority("{ above = \"50%\" }"), table), ["100", "100", "0"]);
    assert_eq!(totals(&majority("{ at_least = \"50%\" }"), table), ["100", "100", "100"]);
}
