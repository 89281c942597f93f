//! G: the life of a centre across cycles.

use jiff::civil::date;

use triennial::domain::outcome::Proposal;
use triennial::domain::rubric::Rubric;
use triennial::domain::score::score;
use triennial::domain::text::Lang;
use triennial::read;

use crate::hand::rubric;

const HEAD: &str = r#"
[rubric]
id = "hand"
edition = "1"
cycle_years = 1
rounding = "none"
[[metric]]
id = "p"
[[criterion]]
id = "k"
[[criterion.indicator]]
id = "i"
points = 100
measure = "p"
rule = { kind = "linear", from = 0, to = 100 }
[[grade]]
id = "good"
at_least = 60
[[grade]]
id = "poor"
[outcome]
good = { act = "next-cycle" }
"#;

fn proposals(outcomes: &str, data: &str) -> (Rubric, Vec<Option<Proposal>>) {
    let rubric = rubric(&format!("{HEAD}{outcomes}"));
    let table = read::table::table(data, &rubric, None).0.unwrap();
    let cohort = read::table::cohort(&table, &rubric);
    let cards = score(&rubric, &cohort, Some(date(2026, 6, 30)));
    let found = cards.into_iter().map(|card| card.proposal).collect();
    (rubric, found)
}

fn acts(outcomes: &str, data: &str) -> Vec<String> {
    let (rubric, found) = proposals(outcomes, data);
    found.iter().map(|p| p.as_ref().map_or("-", |p| p.act.id(&rubric)).to_owned()).collect()
}

/// Two bad results running: the second one removes.
#[test]
fn two_bad_results_running_remove() {
    let rows = "poor = { act = \"rectify\", within = \"12 months\", cases = [ { when = \"previously(poor)\", act = \"remove\" } ] }\n";
    let data = "centre,previous,p\nfirst,good;good,10\nsecond,good;poor,10\nlong,poor;good,10\nfine,poor,90\n";
    assert_eq!(acts(rows, data), ["rectify", "remove", "rectify", "next-cycle"]);
}

/// Two in three: this one and any of the last two.
#[test]
fn two_bad_results_in_three_remove() {
    let rows =
        "poor = { act = \"rectify\", cases = [ { when = \"times_before(poor, 2) >= 1\", act = \"remove\" } ] }\n";
    let data = "centre,previous,p\na,poor;good,10\nb,poor;good;good,10\nc,good;poor,10\nd,,10\n";
    assert_eq!(acts(rows, data), ["remove", "rectify", "remove", "rectify"]);
}

/// A bar of three years after removal, counted from the decision of 2026-06-30.
#[test]
fn removal_bars_from_coming_back_for_a_time() {
    let rows = "poor = { act = \"rectify\", within = \"1 year\", bar = \"2 years\", then = { passed = \"next-cycle\", failed = \"remove\" } }\n\
                absent = { act = \"remove\", bar = \"3 years\" }\n";
    let data = "centre,status,p\ngone,absent,\nfailed,inspection-failed,\npassed,inspection-passed,\n";
    let (rubric, found) = proposals(rows, data);
    let of = |at: usize| found[at].as_ref().map(|p| (p.act.id(&rubric), p.barred_until, p.by)).unwrap();
    assert_eq!(of(0), ("remove", Some(date(2029, 6, 30)), None));
    assert_eq!(of(1), ("remove", Some(date(2028, 6, 30)), None));
    assert_eq!(of(2), ("next-cycle", None, None));
}

/// 7 days of public notice, or 5 working days from a Tuesday to the next.
#[test]
fn results_are_open_to_objections_for_a_stated_time() {
    let said = |within: &str| {
        let rubric = rubric(&format!("{HEAD}poor = {{ act = \"remove\" }}\n[public_notice]\nwithin = \"{within}\"\n"));
        let notice = rubric.notice.clone().unwrap();
        triennial::wording::outcome::public_notice(&notice, Some(date(2026, 6, 30)), &rubric, Lang::En)
    };
    assert_eq!(said("7 days"), "The results are open to objections for 7 days, until 2026-07-07.");
    assert_eq!(
        said("5 working days"),
        "The results are open to objections for 5 working days, until 2026-07-07 (public holidays not taken into account)."
    );
}

/// A yearly check passes over whoever is evaluated in the same year.
#[test]
fn no_yearly_check_in_a_year_of_evaluation() {
    let text = format!(
        "{}poor = {{ act = \"rectify\" }}\ndeemed = {{ act = \"none\" }}\n[[act]]\nid = \"none\"\nflag = false\n\
         [[gate]]\nid = \"evaluated\"\nwhen = 'attribute(evaluated_this_year, \"yes\")'\nstatus = \"deemed\"\n",
        HEAD.replace(
            "[[metric]]",
            "[[attribute]]\nid = \"evaluated_this_year\"\nvalues = [\"yes\", \"no\"]\n[[metric]]"
        )
    );
    let rubric = rubric(&text);
    let table = read::table::table("centre,evaluated_this_year,p\nx,yes,\ny,no,10\n", &rubric, None).0.unwrap();
    let cards = score(&rubric, &read::table::cohort(&table, &rubric), None);
    let acts: Vec<_> = cards.iter().map(|card| card.proposal.as_ref().map(|p| p.act.id(&rubric))).collect();
    assert_eq!(acts, [Some("none"), Some("rectify")]);
}

/// 石家庄 2021: 38 centres = 18 excellent + 11 qualified + 2 failed + 5 removed (1 failed rectification, 4 absent) + 1
/// deemed + 1 deferred, each with its reason.
#[test]
fn shijiazhuang_2021_comes_out_as_published() {
    use triennial::domain::centre::Status;
    use triennial::wording::grade::About;
    let rubric = rubric(include_str!("../../rubrics/shijiazhuang/rubric.toml"));
    let data = include_str!("../../rubrics/shijiazhuang/cohort.csv");
    let (table, faults) = read::table::table(data, &rubric, None);
    assert_eq!(faults, []);
    let cohort = read::table::cohort(&table.unwrap(), &rubric);
    let cards = score(&rubric, &cohort, Some(date(2021, 12, 31)));
    assert_eq!(cards.len(), 38);
    let graded = |id: &str| cards.iter().filter(|card| card.grade == rubric.grade(id)).count();
    assert_eq!((graded("excellent"), graded("qualified"), graded("failed")), (18, 11, 2));
    let act = |card: &triennial::domain::grade::Scorecard| card.proposal.as_ref().map(|p| p.act.id(&rubric).to_owned());
    let removed: Vec<Status> = cards
        .iter()
        .filter(|card| act(card).as_deref() == Some("remove"))
        .map(|card| cohort.centre(card.centre).status)
        .collect();
    let mut wanted = vec![Status::InspectionFailed];
    wanted.extend([Status::Absent; 4]);
    assert_eq!(removed, wanted);
    let count = |wanted: &str| cards.iter().filter(|card| act(card).as_deref() == Some(wanted)).count();
    assert_eq!((count("qualified-without-scoring"), count("next-year"), count("rectify")), (1, 1, 2));
    for card in &cards {
        let about =
            About { rubric: &rubric, cohort: &cohort, card, lang: Lang::Zh, closed: false, in_full: true, cited: true };
        let said: Vec<String> =
            card.reasons.iter().map(|reason| about.reason(reason)).chain(about.proposal()).collect();
        assert!(!said.is_empty() && said.iter().all(|text| !text.is_empty()), "{}", cohort.centre(card.centre).id);
    }
    let said = |at: usize| {
        let about = About {
            rubric: &rubric,
            cohort: &cohort,
            card: &cards[at],
            lang: Lang::En,
            closed: false,
            in_full: true,
            cited: false,
        };
        cards[at]
            .reasons
            .iter()
            .map(|reason| about.reason(reason))
            .chain(about.proposal())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        said(36),
        "Not scored, deemed to pass: gate \"Covered by another evaluation of the year\", \
         Evaluated otherwise in the year is yes. Proposed: deemed qualified, because: deemed to pass."
    );
    assert_eq!(said(31), "Proposed: removal from the list, because: failed the inspection.");
    assert_eq!(said(32), "Proposed: removal from the list, because: absent.");
}

/// A second bad result of a centre of 石家庄 would remove it, with a bar.
#[test]
fn a_second_failure_says_why_it_removes() {
    use triennial::wording::grade::About;
    let rubric = rubric(include_str!("../../rubrics/shijiazhuang/rubric.toml"));
    let table = read::table::table("centre,previous,mark\nx,failed,30\n", &rubric, None).0.unwrap();
    let cohort = read::table::cohort(&table, &rubric);
    let cards = score(&rubric, &cohort, Some(date(2024, 12, 31)));
    let about = |lang| {
        About { rubric: &rubric, cohort: &cohort, card: &cards[0], lang, closed: false, in_full: true, cited: false }
            .proposal()
            .unwrap()
    };
    assert_eq!(
        about(Lang::En),
        "Proposed: removal from the list, barred until 2026-12-31, because the grade of the previous cycle is Failed, \
         because the grade is Failed."
    );
    assert_eq!(
        about(Lang::Zh),
        "处理建议：不再列入创新中心序列，2026年12月31日前不得再次申报（上一周期评估等级为“不合格”）（评估结果为不合格）。"
    );
}
