//! F: conditions that beat the score.

use triennial::domain::score::{State, score};
use triennial::read;

use crate::hand::rubric;

const HEAD: &str = r#"
[rubric]
id = "hand"
edition = "1"
cycle_years = 3
rounding = "none"
[[attribute]]
id = "covered"
values = ["yes", "no"]
[[attribute]]
id = "host"
[[finding]]
id = "accident"
[[metric]]
id = "p"
yearly = false
[[metric]]
id = "report"
type = "yes-no"
[[criterion]]
id = "k"
[[criterion.indicator]]
id = "i"
points = 100
measure = "p"
rule = { kind = "linear", from = 0, to = 100 }
[[grade]]
id = "excellent"
at_least = 85
[[grade]]
id = "good"
at_least = 60
[[grade]]
id = "poor"
[outcome]
excellent = { act = "next-cycle" }
good = { act = "next-cycle" }
poor = { act = "rectify", within = "12 months" }
deemed = { act = "next-cycle" }
"#;

/// Grade, state, flags and act of a centre.
type Shown = (String, State, String, Option<String>);

fn cards(gates: &str, data: &str) -> Vec<Shown> {
    let rubric = rubric(&format!("{HEAD}{gates}"));
    let (table, faults) = read::table::table(data, &rubric, None);
    assert!(table.is_some(), "{faults:#?}");
    let cohort = read::table::cohort(&table.unwrap(), &rubric);
    let found = score(&rubric, &cohort, None);
    let shown = found.iter().map(|card| {
        let grade = card.grade.map_or("-", |ix| &rubric.grades[ix.0].id).to_owned();
        let flags = card.flags.iter().map(|flag| flag.id(&rubric)).collect::<Vec<_>>().join(";");
        let act = card.proposal.as_ref().map(|proposal| proposal.act.id(&rubric).to_owned());
        (grade, card.tally.state.clone(), flags, act)
    });
    shown.collect()
}

fn grades(gates: &str, data: &str) -> Vec<String> {
    cards(gates, data).into_iter().map(|(grade, ..)| grade).collect()
}

/// A veto, a cap, a direct top; where several set a grade the worst stands.
#[test]
fn a_veto_a_cap_and_a_direct_top_beat_the_score() {
    let gates = "[[gate]]\nid = \"accident\"\nwhen = \"finding(accident)\"\ngrade = \"poor\"\n\
                 [[gate]]\nid = \"minimum\"\nwhen = \"p < 10\"\ngrade = \"poor\"\n\
                 [[gate]]\nid = \"national\"\nwhen = 'attribute(host, \"national\")'\ngrade = \"excellent\"\n\
                 [[gate]]\nid = \"local\"\nwhen = 'attribute(host, \"local\")'\nat_most = \"good\"\n";
    let data = "centre,host,findings,p\nveto,,accident,90\nraw,,,9\ntop,national,,61\nboth,national,accident,99\ncap,local,,95\nplain,,,95\n";
    assert_eq!(grades(gates, data), ["poor", "poor", "excellent", "poor", "good", "excellent"]);
}

/// Two of three yearly reports missing: fail; one is not enough, and no data at all are never poor for that reason.
#[test]
fn missing_yearly_reports_are_counted() {
    let gates = "[[gate]]\nid = \"reports\"\nwhen = \"years_not_reported(report) >= 2\"\ngrade = \"poor\"\n";
    let data = "centre,p,report@2023,report@2024,report@2025\none,90,NR,1,1\ntwo,90,NR,1,NR\n";
    assert_eq!(grades(gates, data), ["excellent", "poor"]);
}

/// Another evaluation of the year covers it: deemed to pass, not scored, and its data are not asked for.
#[test]
fn another_evaluation_may_stand_for_this_one() {
    let gates = "[[gate]]\nid = \"covered\"\nwhen = 'attribute(covered, \"yes\")'\nstatus = \"deemed\"\n";
    let found = cards(gates, "centre,covered,p\nx,yes,\ny,no,90\n");
    use triennial::domain::centre::Status;
    assert_eq!(found[0].1, State::NotScored(Status::Deemed));
    assert_eq!((found[0].0.as_str(), found[0].2.as_str(), found[0].3.as_deref()), ("-", "", Some("next-cycle")));
    assert_eq!((found[1].0.as_str(), found[1].2.as_str()), ("excellent", ""));
}

/// The metric itself not reported fails, whatever the score.
#[test]
fn not_reported_may_fail_by_a_gate() {
    let gates = "[[gate]]\nid = \"silent\"\nwhen = \"not_reported(p)\"\ngrade = \"poor\"\n";
    assert_eq!(grades(gates, "centre,p\nx,NR\ny,90\n"), ["poor", "excellent"]);
}
