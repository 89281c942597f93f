//! The sentences of the ledger for every new rule, in both languages, read once and kept.

use std::fmt::Write as _;

use triennial::domain::rubric::Body;
use triennial::domain::score::{facts, ledger, left_out};
use triennial::domain::text::Lang;
use triennial::read;
use triennial::wording::ledger::rows;
use triennial::wording::rule::describe;
use triennial::wording::step::At;

use crate::hand::{one, rubric};

/// What an indicator's rule says in general and of each centre of a table, in both languages.
fn told(indicator: &str, data: &str) -> String {
    let rubric = one(indicator);
    let cohort = read::table::cohort(&read::table::table(data, &rubric, None).0.unwrap(), &rubric);
    let gathered = facts(&rubric, &cohort);
    let node = rubric.node("i").unwrap();
    let mut told = String::new();
    for lang in [Lang::En, Lang::Zh] {
        if let Body::Indicator(indicator) = &rubric.nodes[node.0].body {
            indicator.scoring.leaves(&mut |_, rule| {
                let class = triennial::domain::rubric::ClassIx(0);
                let of = rubric.nodes[node.0].points.get(class);
                let _ = writeln!(told, "{}", describe(rule, class, of, Some(&rubric), lang));
            });
        }
        for ix in cohort.all() {
            let at = At { rubric: &rubric, cohort: &cohort, centre: ix, lang };
            let line = ledger(&rubric, &cohort, ix, &gathered).unwrap();
            let gone = left_out(&rubric, &cohort, ix, &gathered);
            for row in rows(at, &line, &gone).into_iter().skip(2) {
                let _ = writeln!(told, "{} {} / {}: {}", row.label, row.points, row.of, row.working.join(" | "));
            }
        }
    }
    told
}

#[test]
fn every_rule_relative_to_the_cohort_says_what_it_compares() {
    let table = "centre,p\nx,10\ny,30\nz,50\n";
    let rules = [
        "kind = \"min-max\", at_worst = \"60%\", outliers = { leave_out = 2 }",
        "kind = \"ratio-to-best\", lower_is_better = true",
        "kind = \"ratio-to-mean\", lower_is_better = true",
        "kind = \"z-score\", then = { kind = \"linear\", from = -2, to = 2, at_from = \"zero\" }",
        "kind = \"percentile\", counts = \"middle\"",
        "kind = \"rank-points\", points = [10, 8], rest = 1, ties = \"mean\"",
    ];
    let all: String =
        rules.map(|rule| told(&format!("points = 10\nmeasure = \"p\"\nrule = {{ {rule} }}"), table) + "\n").concat();
    kept("relative", &all);
}

/// Inside a group it is the group's others that move one's points.
#[test]
fn a_rule_inside_a_group_names_it() {
    let rule = "points = 10\nmeasure = \"p\"\nrule = { kind = \"ratio-to-best\", per = \"kind\" }";
    let said = told(rule, "centre,p\nx,10\ny,20\n");
    let parts = ["depends on the other centres of its kind", "与其他同类参评单位有关"];
    assert!(parts.iter().all(|part| said.contains(part)), "{said}");
}

#[test]
fn marks_inside_bands_targets_downwards_and_checklists_say_how_they_came_about() {
    let table = "centre,p,q,a@2023,a@2024,a@2025\nx,0.9,75,1,-1,NR\n";
    let indicators = [
        "points = 70\nmeasure = \"p\"\nrule = { kind = \"bands\", mark = { measure = \"q\", from = 0, to = 100 }, bands = [ { at_least = \"80%\", lowest = 41, highest = 59 }, { points = 0 } ] }",
        "points = 70\nmeasure = \"p\"\nrule = { kind = \"bands\", mark = \"q\", bands = [ { at_least = \"80%\", lowest = 41, highest = 59 }, { points = 0 } ] }",
        "points = 10\nmeasure = \"q\"\nrule = { kind = \"target\", goal = 50, lower_is_better = true }",
        "points = 10\nmeasure = \"q\"\nrule = { kind = \"per-unit\", from = 100, base = 2, unit = 10, points = 1, whole_units = true, lower_is_better = true }",
        "points = 10\nmeasure = \"years_not_reported(a)\"\nrule = { kind = \"target\", goal = 3 }",
        "points = 5\nchecklist = [ { title = { en = \"laboratory\", zh = \"实验室\" }, points = 2, measure = \"p\", rule = { kind = \"yes-no\" } }, { title = { en = \"reports\", zh = \"报告\" }, points = 3, measure = \"sum(a)\", rule = { kind = \"linear\", from = 0, to = 30 } } ]",
        "points = 5\nmeasure = \"sum(a)\"\nmissing = \"group-mean\"\nrule = { kind = \"linear\", from = 0, to = 30 }",
    ];
    let all: String = indicators.map(|indicator| told(indicator, table) + "\n").concat();
    kept("marks", &all);
}

#[test]
fn grades_by_place_and_outcomes_across_cycles_say_why() {
    use triennial::domain::score::score;
    use triennial::wording::grade::About;
    let text = "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n[[attribute]]\nid = \"region\"\ntitle = { en = \"region\", zh = \"地区\" }\n\
                [[metric]]\nid = \"p\"\n[[metric]]\nid = \"q\"\ntitle = { en = \"staff\", zh = \"职工数\" }\n[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 100\nmeasure = \"p\"\n\
                rule = { kind = \"linear\", from = 0, to = 100 }\n\
                [[grade]]\nid = \"top\"\ntitle = { en = \"Top\", zh = \"优秀\" }\nquota = { places = 1, per = \"region\", ties = { by = [{ less = \"q\" }], then = \"all-out\" } }\n\
                [[grade]]\nid = \"mid\"\ntitle = { en = \"Mid\", zh = \"良好\" }\nfirst = { share = \"50%\", round = \"floor\" }\n\
                [[grade]]\nid = \"low\"\ntitle = { en = \"Low\", zh = \"较差\" }\nlast = { places = 1, ties = \"all-in\" }\n\
                [outcome]\ntop = { act = \"next-cycle\" }\nmid = { act = \"next-cycle\" }\n\
                low = { act = \"rectify\", within = \"12 months\", cases = [ { when = \"times_before(low, 2) >= 1\", act = \"remove\", bar = \"3 years\" } ] }\n";
    let rubric = rubric(text);
    let data = "centre,region,previous,p,q\na,north,,90,10\nb,north,,90,20\nc,south,,70,1\nd,south,,60,1\ne,south,low;top,50,1\n";
    let cohort = read::table::cohort(&read::table::table(data, &rubric, None).0.unwrap(), &rubric);
    let mut told = String::new();
    for lang in [Lang::En, Lang::Zh] {
        for card in &score(&rubric, &cohort, None) {
            let about =
                About { rubric: &rubric, cohort: &cohort, card, lang, closed: false, in_full: true, cited: false };
            let said: Vec<String> =
                card.reasons.iter().map(|reason| about.reason(reason)).chain(about.proposal()).collect();
            let _ = writeln!(told, "{}: {}", cohort.centre(card.centre).id, said.join(" "));
        }
    }
    kept("grades", &told);
}

fn kept(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/language");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
