//! A small rubric and five centres whose points are worked out by hand in the tests.

use jiff::civil::{Date, date};
use triennial::domain::centre::{Centre, Field};
use triennial::domain::cohort::{CentreIx, Cohort};
use triennial::domain::grade::Scorecard;
use triennial::domain::number::Number;
use triennial::domain::reading::{Cycle, Reading};
use triennial::domain::rubric::Rubric;
use triennial::domain::score::{Facts, facts, score};
use triennial::read::rubric::rubric;
use triennial::write::{Head, Provenance, Source};

const RUBRIC: &str = r#"
[rubric]
id = "demo"
edition = "1"
title = { en = "Demo | centres", zh = "示例评估" }
note = { en = "All numbers are an example.", zh = "全部数值均为示例。" }
cycle_years = 3
rounding = { at = "indicator", places = 2, mode = "half-up" }

[[document]]
id = "law"
title = { en = "Measures for centres", zh = "创新中心管理办法" }
number = "〔2021〕17号"
checked_on = 2026-11-01

[[kind]]
id = "comprehensive"
title = { en = "Comprehensive", zh = "综合类" }
name_forms = ["*国家技术创新中心", "* Centre"]

[[kind]]
id = "domain"
title = { en = "Domain", zh = "领域类" }

[[finding]]
id = "falsified"
title = { en = "falsified data", zh = "数据弄虚作假" }

[[metric]]
id = "service_income"
title = { en = "Service income", zh = "技术服务收入" }
unit = "万元"

[[metric]]
id = "staff"
title = { en = "Staff", zh = "职工人数" }
unit = "人"

[[metric]]
id = "intl"
title = { en = "International standards", zh = "国际标准" }

[[metric]]
id = "nat"
title = { en = "National standards", zh = "国家标准" }

[[metric]]
id = "marks"
title = { en = "Experts' marks", zh = "专家评分" }
yearly = false
panel = { average = "mean", drop_highest = 1, drop_lowest = 1, from = 5, at_least = 3 }

[[metric]]
id = "patents"
title = { en = "Patents", zh = "发明专利" }
yearly = false

[[metric]]
id = "prize"
title = { en = "National prize", zh = "国家级奖励" }
type = "yes-no"
yearly = false

[[criterion]]
id = "services"
title = { en = "Services", zh = "技术创新服务" }
points = { comprehensive = 20, domain = 15 }
cite = { document = "law", article = "第二十八条", basis = "topic" }

[[criterion.indicator]]
id = "income-per-head"
title = { en = "Income per head", zh = "人均技术服务收入" }
points = { comprehensive = 6, domain = 5 }
measure = "sum(service_income) / mean(staff)"
unit = "万元/人"
rule = { kind = "linear", from = 0, to = 30, at_from = "zero" }
missing = "leave-out"

[[criterion.indicator]]
id = "standards"
title = { en = "Standards", zh = "标准制定" }
points = { comprehensive = 8, domain = 6 }
measure = "weighted(intl: 3, nat: 2)"
rule = { kind = "per-unit", points = 0.5, whole_units = true }

[[criterion.indicator]]
id = "influence"
title = { en = "Influence", zh = "行业影响力" }
points = { comprehensive = 6, domain = 4 }
measure = "marks"
rule = { kind = "expert", from = 0, to = 100 }

[[criterion]]
id = "technology"
title = { en = "Technology", zh = "关键技术攻关" }
points = { comprehensive = 10, domain = 15 }

[[criterion.indicator]]
id = "patent-count"
title = { en = "Patents", zh = "发明专利数" }
points = { comprehensive = 10, domain = 15 }
measure = "patents"
rule = { kind = "bands", bands = [
    { at_least = 10, share = "100%" },
    { at_least = 5, share = "60%" },
    { share = "0%" },
] }
missing = { penalty = 2 }

[[bonus]]
id = "extra"
title = { en = "Bonus", zh = "加分项" }
points = 2

[[bonus.indicator]]
id = "national-prize"
title = { en = "National prize", zh = "国家级奖励" }
points = 2
measure = "prize"
rule = { kind = "yes-no" }

[[grade]]
id = "excellent"
title = { en = "Excellent", zh = "优秀" }
at_least = 20
requires = ["share(technology) >= 50%"]
quota = { share = "50%", round = "floor", per = "kind", ties = "all-out" }

[[grade]]
id = "good"
title = { en = "Good", zh = "良好" }
at_least = 15

[[grade]]
id = "poor"
title = { en = "Poor", zh = "较差" }

[[gate]]
id = "integrity"
title = { en = "integrity", zh = "科研诚信" }
when = "finding(falsified)"
grade = "poor"
cite = { document = "law", article = "第三十一条", basis = "topic" }

[outcome]
excellent = { act = "next-cycle" }
good = { act = "next-cycle" }
absent = { act = "remove", cite = { document = "law", article = "第三十条", basis = "sets", quote = "不参加评估的不再列入创新中心序列" } }

[outcome.poor]
act = "rectify"
within = "12 months"
then = { passed = "next-cycle", failed = "remove" }
cite = { document = "law", article = "第三十条", basis = "sets", quote = "评估结果较差的创新中心应限期整改" }
"#;

pub struct Fixture {
    pub rubric: Rubric,
    pub cohort: Cohort,
    pub facts: Facts,
    pub cards: Vec<Scorecard>,
    pub provenance: Provenance,
    pub decided_on: Option<Date>,
}

impl Fixture {
    pub fn source(&self) -> Source<'_> {
        Source {
            rubric: &self.rubric,
            cohort: &self.cohort,
            cards: &self.cards,
            facts: &self.facts,
            decided_on: self.decided_on,
            draft: true,
            provenance: &self.provenance,
            checked: None,
        }
    }

    pub fn centre(&self, id: &str) -> CentreIx {
        self.cohort.find(id).unwrap()
    }
}

fn reading(text: &str) -> Option<Reading> {
    match text {
        "" => None,
        "NR" => Some(Reading::NotReported),
        "N/A" => Some(Reading::NotApplicable),
        text => Some(Reading::Value(Number::parse(text).unwrap())),
    }
}

/// `facts` are field and text; `cells` are `metric`, `metric@year` or `metric#judge` and text.
pub fn add(cohort: &mut Cohort, rubric: &Rubric, id: &str, facts: &[(&str, &str)], cells: &[(&str, &str)]) {
    let mut centre = Centre::new(id, rubric);
    for (field, text) in facts {
        centre.set(&Field::from_id(field, rubric).unwrap(), text, rubric).unwrap();
    }
    let ix = cohort.add(centre);
    for (cell, text) in cells {
        let (name, judge) = cell.split_once('#').map_or((*cell, None), |(name, judge)| (name, Some(judge)));
        let (metric, year) = name.split_once('@').map_or((name, None), |(m, y)| (m, Some(y.parse().unwrap())));
        let slot = cohort.layout.slot(rubric.metric(metric).unwrap(), year).unwrap();
        cohort.readings_mut(ix).put(slot, judge, reading(text));
    }
}

pub fn demo_rubric() -> Rubric {
    let (read, faults) = rubric(RUBRIC);
    assert!(faults.iter().all(|fault| !fault.is_error()), "{faults:#?}");
    read.unwrap()
}

fn yearly(metric: &str, values: [&str; 3]) -> Vec<(String, String)> {
    (2023..).zip(values).map(|(year, value)| (format!("{metric}@{year}"), value.to_owned())).collect()
}

fn all_cells(
    [income, staff, intl, nat]: [[&str; 3]; 4],
    marks: &[(&str, &str)],
    patents: &str,
    prize: &str,
) -> Vec<(String, String)> {
    let mut cells =
        [yearly("service_income", income), yearly("staff", staff), yearly("intl", intl), yearly("nat", nat)].concat();
    cells.extend(marks.iter().map(|(judge, mark)| (format!("marks#{judge}"), (*mark).to_owned())));
    cells.push(("patents".to_owned(), patents.to_owned()));
    cells.push(("prize".to_owned(), prize.to_owned()));
    cells
}

/// Five centres: one excellent, one poor by its points, one incomplete, one absent, one poor by a gate.
pub fn demo(decided: bool) -> Fixture {
    let rubric = demo_rubric();
    let mut cohort = Cohort::new(&rubric, Cycle { first: 2023, last: 2025 });
    let five = [("A", "50"), ("B", "80"), ("C", "90"), ("D", "70"), ("E", "100")];
    let three = [("A", "60"), ("B", "60"), ("C", "60")];
    let full = [["100", "120.5", "130"], ["80", "80", "80"], ["1", "0", "1"], ["1", "1", "0"]];
    let low = [["100", "120.5", "130"], ["0", "0", "0"], ["1", "0", "0"], ["0", "0", "0"]];
    let open = [["100", "120.5", "130"], ["80", "80", ""], ["1", "0", "N/A"], ["1", "1", "0"]];
    let mut put = |id: &str, facts: &[(&str, &str)], cells: Vec<(String, String)>| {
        let cells: Vec<(&str, &str)> = cells.iter().map(|(c, t)| (c.as_str(), t.as_str())).collect();
        add(&mut cohort, &rubric, id, facts, &cells);
    };
    put("alpha", &[("name", "海洋国家技术创新中心"), ("kind", "comprehensive")], all_cells(full, &five, "12", "1"));
    put("beta", &[("name", "-Beta Centre"), ("kind", "comprehensive")], all_cells(low, &three, "NR", "0"));
    put("gamma", &[("name", "Gamma"), ("kind", "domain")], all_cells(open, &five, "12", "0"));
    put("delta", &[("name", "Delta Centre"), ("kind", "comprehensive"), ("status", "absent")], Vec::new());
    put(
        "epsilon",
        &[("name", "Epsilon \u{1b}[2J|`x`"), ("kind", "comprehensive"), ("findings", "falsified")],
        all_cells(full, &five, "12", "1"),
    );
    let decided_on = decided.then(|| date(2026, 3, 15));
    let heads = vec![Head { evaluator: "evaluator-1".to_owned(), length: 42, hash: "abc".to_owned() }];
    Fixture {
        facts: facts(&rubric, &cohort),
        cards: score(&rubric, &cohort, decided_on),
        provenance: Provenance {
            rubric_digest: "d1".to_owned(),
            data_digest: "d2".to_owned(),
            evidence_digest: String::new(),
            heads,
            version: "0.1.0".to_owned(),
        },
        rubric,
        cohort,
        decided_on,
    }
}
