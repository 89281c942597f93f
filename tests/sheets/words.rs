//! The ledger and the grades in words, held against sums done by hand.

use super::fixture::{Fixture, demo, demo_rubric};
use triennial::domain::condition::Condition;
use triennial::domain::text::Lang;
use triennial::read::formula as read;
use triennial::wording::formula::{Names, condition, expr};
use triennial::wording::grade::About;
use triennial::wording::ledger::Row;
use triennial::write::centre::ledger_rows;

fn rows(fixture: &Fixture, centre: &str, lang: Lang) -> Vec<Row> {
    ledger_rows(fixture.source(), fixture.centre(centre), lang)
}

fn row<'a>(rows: &'a [Row], label: &str) -> &'a Row {
    rows.iter().find(|row| row.label == label).unwrap_or_else(|| panic!("no {label} in {rows:#?}"))
}

/// 100 + 120.5 + 130 = 350.5; 350.5 / 80 = 4.38125; 4.38125 / 30 × 6 = 0.87625, half up 0.88.
#[test]
fn a_leaf_shows_every_step_from_readings_to_points() {
    let fixture = demo(false);
    let rows = rows(&fixture, "alpha", Lang::En);
    let rounded = row(&rows, "Income per head");
    assert_eq!(rounded.working, ["0.87625 rounded half up to 2 places: 0.88"]);
    assert_eq!((rounded.points.as_str(), rounded.of.as_str()), ("0.88", "6"));
    let before = row(&rows, "before rounding");
    assert_eq!(
        before.working,
        [
            "sum of Service income = 2023: 100 + 2024: 120.5 + 2025: 130 = 350.5",
            "mean of Staff = (2023: 80 + 2024: 80 + 2025: 80) / 3 = 80",
            "sum of Service income ÷ mean of Staff = 350.5 ÷ 80 = 4.38125",
            "measure: 4.38125 万元/人",
            "linear from 0 (0 points) to 30 (6 points): (4.38125 - 0) / (30 - 0) × 6 = 0.87625",
        ]
    );
    assert_eq!(before.points, "0.87625");
    assert_eq!(before.depth, rounded.depth + 1);
}

/// International 1 + 0 + 1 = 2, national 1 + 1 + 0 = 2: 2 × 3 + 2 × 2 = 10 units of half a point.
#[test]
fn weighted_counts_and_experts_marks_are_shown_in_full() {
    let fixture = demo(false);
    let rows = rows(&fixture, "alpha", Lang::En);
    assert_eq!(
        row(&rows, "Standards").working,
        [
            "sum of International standards = 2023: 1 + 2024: 0 + 2025: 1 = 2",
            "sum of National standards = 2023: 1 + 2024: 1 + 2025: 0 = 2",
            "weighted sum (International standards × 3 + National standards × 2) = 2 × 3 + 2 × 2 = 10",
            "0.5 points for every 1, at most 8: 10 × 0.5 = 5",
        ]
    );
    assert_eq!(
        row(&rows, "Influence").working,
        [
            "Experts' marks: marks: A 50, B 80, C 90, D 70, E 100; dropped: A 50, E 100 (rule: the 1 highest and 1 lowest left out from 5 marks on); mean (70 + 80 + 90) / 3 = 80",
            "Experts' marks = 80",
            "mark 80 on a scale from 0 to 100: (80 - 0) / (100 - 0) × 6 = 4.8",
        ]
    );
    assert_eq!(row(&rows, "Services").working, ["sum of the lines below: 0.88 + 5 + 4.8 = 10.68"]);
    assert_eq!(row(&rows, "Total").working, ["sum of the lines below: 10.68 + 10 + 2 = 22.68"]);
    assert_eq!(
        row(&rows, "Services").citation.as_deref(),
        Some("on the subject of Measures for centres (〔2021〕17号), 第二十八条")
    );
}

/// Standards 3 × 0.5 = 1.5 and influence 3.6 make 5.1 of 14 points; 5.1 × 20 / 14 = 51/7 = 7.285714….
#[test]
fn what_is_left_out_has_its_place_its_reason_and_its_carriers() {
    let fixture = demo(false);
    let rows = rows(&fixture, "beta", Lang::En);
    assert_eq!(
        row(&rows, "Services").working,
        ["what is left out is carried by the rest: 5.1 × 20 / 14 = 7.285714~ (51/7)"]
    );
    let left_out = row(&rows, "Income per head");
    assert_eq!(left_out.points, "");
    assert_eq!(left_out.of, "6");
    assert_eq!(
        left_out.working.last().unwrap(),
        "not defined (division by zero, or a logarithm or root out of range): left out; the rest carry its points \
         in proportion"
    );
    assert_eq!(row(&rows, "Patents").working, ["Patents: not reported", "not reported: 2 points are taken off"]);
    // 51/7 - 2 = 37/7.
    assert_eq!(row(&rows, "Total").working, ["sum of the lines below: (51/7) + (-2) + 0 = 5.285714~ (37/7)"]);
}

#[test]
fn the_chinese_ledger_has_the_same_numbers() {
    let fixture = demo(false);
    let rows = rows(&fixture, "alpha", Lang::Zh);
    assert_eq!(row(&rows, "人均技术服务收入").working, ["0.87625按四舍五入保留2位小数：0.88"]);
    assert_eq!(
        row(&rows, "修约前").working.last().unwrap(),
        "线性计分，0得0分，30得6分：(4.38125 - 0) / (30 - 0) × 6 = 0.87625"
    );
    assert_eq!(row(&rows, "总分").working, ["下列各项之和：10.68 + 10 + 2 = 22.68"]);
}

#[test]
fn a_blank_or_inapplicable_year_is_said_to_be_that() {
    let fixture = demo(false);
    let rows = rows(&fixture, "gamma", Lang::En);
    let blank = row(&rows, "Income per head");
    assert!(
        blank.working.contains(&"mean of Staff: 2023: 80; 2024: 80; 2025: blank; so it is blank".to_owned()),
        "{blank:#?}"
    );
    assert_eq!(blank.working.last().unwrap(), "blank: still to come, counts 0 for now");
    assert_eq!(
        row(&rows, "Standards").working[0],
        "sum of International standards = 2023: 1 + 2024: 0 = 1 (2025: not applicable: left out)"
    );
}

fn said(fixture: &Fixture, id: &str, lang: Lang) -> Vec<String> {
    let ix = fixture.centre(id);
    let card = fixture.cards.iter().find(|card| card.centre == ix).unwrap();
    let about = About {
        rubric: &fixture.rubric,
        cohort: &fixture.cohort,
        card,
        lang,
        closed: false,
        in_full: true,
        cited: true,
    };
    let mut said: Vec<String> = card.reasons.iter().map(|reason| about.reason(reason)).collect();
    said.extend(about.proposal());
    said
}

#[test]
fn a_grade_has_its_reasons_and_what_is_proposed_its_article() {
    let open = demo(false);
    assert_eq!(
        said(&open, "alpha", Lang::En),
        [
            "Excellent: the total of 22.68 reaches 20, and its other requirements are met.",
            "Proposed: enters the next cycle, because the grade is Excellent.",
        ]
    );
    assert_eq!(
        said(&open, "beta", Lang::En),
        [
            "Not Excellent: the total of 5.285714~ (37/7) is below 20.",
            "Not Excellent: share of points of \"Technology\" ≥ 0.5 does not hold (here -0.2 ≥ 0.5).",
            "Not Good: the total of 5.285714~ (37/7) is below 15.",
            "Poor: no better grade was given.",
            "Proposed: rectify within 12 months from the decision, because the grade is Poor; then, \
             if the inspection is passed: enters the next cycle; if it is failed: removal from the list (set by Measures \
             for centres (〔2021〕17号), 第三十条: \"评估结果较差的创新中心应限期整改\").",
        ]
    );
    let decided = demo(true);
    assert_eq!(
        said(&decided, "beta", Lang::Zh).last().unwrap(),
        "处理建议：限期整改，2027年3月15日前（含当日）完成（评估结果为较差）；整改检查通过的，进入下一轮建设运行周期；整改检查未通过的，\
         不再列入创新中心序列（依据《创新中心管理办法》（〔2021〕17号）第三十条：“评估结果较差的创新中心应限期整改”）。"
    );
    assert_eq!(
        said(&open, "epsilon", Lang::En)[0],
        "Poor, whatever the score: gate \"integrity\", falsified data was found (on the subject of Measures for centres \
         (〔2021〕17号), 第三十一条)."
    );
}

#[test]
fn what_is_not_scored_or_incomplete_says_so() {
    let fixture = demo(false);
    let state = |id: &str, lang| {
        let ix = fixture.centre(id);
        let card = fixture.cards.iter().find(|card| card.centre == ix).unwrap();
        About {
            rubric: &fixture.rubric,
            cohort: &fixture.cohort,
            card,
            lang,
            closed: false,
            in_full: true,
            cited: true,
        }
        .state()
    };
    assert_eq!(state("delta", Lang::En), "Not scored: absent.");
    assert_eq!(state("gamma", Lang::Zh), "数据不全：15个数据格中尚有1个待填，总分为暂定，不评等级、不排名。");
    assert_eq!(
        said(&fixture, "delta", Lang::Zh),
        ["处理建议：不再列入创新中心序列（不参加评估）（依据《创新中心管理办法》（〔2021〕17号）第三十条：\
          “不参加评估的不再列入创新中心序列”）。"]
    );
}

#[test]
fn formulas_and_conditions_read_back_to_the_same_tree() {
    let rubric = demo_rubric();
    let names = read::Names {
        cycle_years: 3,
        lookback_years: 0,
        metrics: &rubric.metrics,
        kinds: &rubric.kinds,
        stages: &rubric.stages,
        references: &rubric.references,
        levels: &rubric.levels,
        findings: &rubric.findings,
        attributes: &rubric.attributes,
        nodes: &rubric.nodes,
        grades: &rubric.grades,
    };
    for text in [
        "sum(service_income) / mean(staff)",
        "patents - (prize - marks) - -2",
        "patents * (prize + 1) / (2 * marks)",
        "-(patents + prize) * -patents",
        "sum(intl / (nat + 1))",
        "least(patents, 5, greatest(prize, ln(marks)))",
        "weighted(intl: 3, nat: 0.5) + highest(intl: 10, nat: 5)",
        "points(services) + share(technology) * total",
        "floor(abs(-(patents)))",
    ] {
        let tree = read::expression(text, &names).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let spelled = expr(&tree, &rubric, Names::Ids);
        assert_eq!(read::expression(&spelled, &names).as_ref(), Ok(&tree), "{text} became {spelled}");
    }
    for text in [
        "finding(falsified) or status(absent) and not kind(domain)",
        "(total >= 60 or patents == 0) and not (not_reported(staff) or patents != 1)",
        "not not finding(falsified)",
        "not (total <= 2)",
    ] {
        let tree = read::condition(text, &names).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let spelled = condition(&tree, &rubric, Names::Ids);
        assert_eq!(read::condition(&spelled, &names).as_ref(), Ok(&tree), "{text} became {spelled}");
    }
    let earlier = Condition::Previous { grade: "poor".to_owned(), cycles_ago: 1 };
    assert_eq!(condition(&earlier, &rubric, Names::Ids), "previously(poor, 1)");
    assert_eq!(condition(&earlier, &rubric, Names::Titles(Lang::Zh)), "上一周期评估等级为“较差”");
    let both = read::condition("(finding(falsified) or not_reported(staff)) and not share(services) < 0.5", &names);
    let both = both.unwrap();
    assert_eq!(
        condition(&both, &rubric, Names::Titles(Lang::Zh)),
        "(认定存在“数据弄虚作假”，或“职工人数”未报)，且非(“技术创新服务”得分率 < 0.5)"
    );
    assert_eq!(
        condition(&both, &rubric, Names::Titles(Lang::En)),
        "(falsified data was found or Staff is not reported) and not (share of points of \"Services\" < 0.5)"
    );
    // People read titles and words, and never an id.
    let said = |text: &str, lang| expr(&read::expression(text, &names).unwrap(), &rubric, Names::Titles(lang));
    for (text, en, zh) in [
        ("sum(intl + nat)", "sum of (International standards + National standards)", "(国际标准 + 国家标准)合计"),
        (
            "highest(intl: 10, nat: 5)",
            "the highest class held (International standards: 10, National standards: 5)",
            "最高一类（国际标准计10，国家标准计5）",
        ),
        (
            "least(1, last(staff))",
            "the least of (1, Staff (last year that applies))",
            "（1、职工人数（最后适用年度））中的最小值",
        ),
        (
            "by_kind(comprehensive: 1, domain: 2 * 3)",
            "by kind (Comprehensive: 1; Domain: 2 × 3)",
            "按类别（综合类：1；领域类：2 × 3）",
        ),
    ] {
        assert_eq!(said(text, Lang::En), en);
        assert_eq!(said(text, Lang::Zh), zh);
    }
    let tree = read::expression("sum(service_income) / mean(staff)", &names).unwrap();
    assert_eq!(expr(&tree, &rubric, Names::Titles(Lang::Zh)), "技术服务收入合计 ÷ 职工人数均值");
}
