use super::*;
use crate::domain::rule::Edge;

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn p(text: &str) -> Points {
    Points(n(text))
}

fn said_by(applied: Applied, value: &str, of: &str, rule: Option<&Rule>, lang: Lang) -> String {
    let points = applied.points(&n(value), &p(of)).unwrap();
    working(&Working { value: n(value), applied, steps: Vec::new() }, &points, &p(of), rule, lang)
}

fn linear(from: &str, to: &str, start: Start) -> Applied {
    Applied::Linear { from: n(from), to: n(to), start }
}

#[test]
fn a_linear_rule_shows_its_way() {
    let zero = || linear("0", "30", Start::Zero);
    assert_eq!(
        said_by(zero(), "12", "6", None, Lang::En),
        "linear from 0 (0 points) to 30 (6 points): (12 - 0) / (30 - 0) × 6 = 2.4"
    );
    assert_eq!(
        said_by(zero(), "30", "6", None, Lang::En),
        "linear from 0 (0 points) to 30 (6 points): 30 reaches 30, so all 6 points"
    );
    assert_eq!(said_by(zero(), "-1", "6", None, Lang::Zh), "线性计分，0得0分，30得6分：-1未达到0，得0分");
    // (0.6 + (80 - 60) / (100 - 60) × 0.4) × 10 = (0.6 + 0.2) × 10 = 8.
    assert_eq!(
        said_by(linear("60", "100", Start::Share(n("0.6"))), "80", "10", None, Lang::En),
        "linear from 60 (6 points) to 100 (10 points): (0.6 + (80 - 60) / (100 - 60) × (1 - 0.6)) × 10 = 8"
    );
    assert_eq!(
        said_by(linear("60", "100", Start::InProportion), "80", "10", None, Lang::En),
        "in proportion to 100 (10 points), from 60 on: 80 / 100 × 10 = 8"
    );
}

#[test]
fn a_target_passed_is_kept_at_all_points() {
    let goal = || Applied::Target { goal: n("100"), lower_is_better: false };
    assert_eq!(said_by(goal(), "50", "8", None, Lang::En), "target 100 (8 points at most): 50 / 100 × 8 = 4");
    assert_eq!(
        said_by(goal(), "150", "8", None, Lang::En),
        "target 100 (8 points at most): 150 / 100 × 8 = 12, kept between 0 and 8: 8"
    );
}

#[test]
fn a_band_names_both_its_edges_and_which_side_they_belong_to() {
    let band = |edge: Option<(&str, bool)>, award: &str| Band {
        lower: edge.map(|(value, strict)| Edge { value: n(value), strict }),
        award: crate::domain::rubric::PerKind(vec![p(award)]),
    };
    let bands = Rule::Bands(vec![band(Some(("30", false)), "20"), band(Some(("10", true)), "12"), band(None, "0")]);
    let said = |index, award: &str, value, lang| {
        said_by(Applied::Band { index, award: p(award) }, value, "20", Some(&bands), lang)
    };
    assert_eq!(said(0, "20", "33.3", Lang::En), "band \"at least 30: 20 points\" holds 33.3");
    assert_eq!(said(1, "12", "29", Lang::En), "band \"above 10 and below 30: 12 points\" holds 29");
    assert_eq!(said(2, "0", "10", Lang::En), "band \"at most 10: 0 points\" holds 10");
    assert_eq!(said(1, "12", "29", Lang::Zh), "29落入“10以上（不含）、30以下（不含），得12分”一档");
    assert_eq!(
        describe(&bands, ClassIx(0), &p("20"), None, Lang::En),
        "at least 30: 20 points; above 10 and below 30: 12 points; at most 10: 0 points"
    );
}

#[test]
fn points_per_unit_show_how_many_units_count_and_where_they_end() {
    let per = |units: &str| Applied::PerUnit {
        from: n("5"),
        base: p("1"),
        unit: n("10"),
        units: n(units),
        earns: p("2"),
        lower_is_better: false,
    };
    // (40 - 5) / 10 = 3.5 units, 3 whole: 1 + 3 × 2 = 7.
    assert_eq!(
        said_by(per("3"), "40", "8", None, Lang::En),
        "1 points at 5, then 2 for every 10, at most 8: (40 - 5) / 10 = 3.5, 3 whole; 1 + 3 × 2 = 7"
    );
    assert_eq!(
        said_by(per("3.5"), "40", "6", None, Lang::En),
        "1 points at 5, then 2 for every 10, at most 6: (40 - 5) / 10 = 3.5; 1 + 3.5 × 2 = 8, kept between 0 and 6: 6"
    );
    assert_eq!(
        said_by(per("0"), "4", "6", None, Lang::En),
        "1 points at 5, then 2 for every 10, at most 6: 4 is below 5, so 0 points"
    );
}

#[test]
fn yes_no_and_experts() {
    assert_eq!(said_by(Applied::YesNo, "1", "6", None, Lang::En), "yes: all 6 points");
    assert_eq!(said_by(Applied::YesNo, "0", "6", None, Lang::Zh), "否：得0分");
    assert_eq!(
        said_by(Applied::Expert { from: n("0"), to: n("100") }, "80", "3", None, Lang::En),
        "mark 80 on a scale from 0 to 100: (80 - 0) / (100 - 0) × 3 = 2.4"
    );
}
