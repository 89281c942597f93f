//! A synthetic cohort of any size, the same on every machine: a rubric of 33 nodes, two kinds of centre, three years,
//! and readings from a small seeded generator. Must not measure anything.

#![allow(dead_code, reason = "each bench uses its part of it")]

use triennial::domain::centre::Field;
use triennial::domain::evaluation::{Body, CellChange, Evaluation, Pin};
use triennial::domain::number::Number;
use triennial::domain::reading::{Cycle, Reading};
use triennial::domain::rubric::{Metric, Rubric, Values};
use triennial::domain::text::Lang;
use triennial::store::digest;

pub const CYCLE: Cycle = Cycle { first: 2023, last: 2025 };

/// Which rubric the cohort is scored by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// 3 criteria of 10 indicators, graded by thresholds alone.
    Plain,
    /// The same, and the best grade has a quota for each kind.
    Quota,
    /// The shipped rubric: 26 indicators, bonus and deductions, a panel, a quota for each kind.
    Ncti,
}

impl Scheme {
    pub const ALL: [Self; 3] = [Self::Plain, Self::Quota, Self::Ncti];

    pub fn text(self) -> String {
        match self {
            Self::Plain => thirty_indicators(""),
            Self::Quota => {
                thirty_indicators("quota = { share = \"30%\", round = \"floor\", per = \"kind\", ties = \"all-out\" }")
            }
            Self::Ncti => include_str!("../rubrics/ncti.toml").to_owned(),
        }
    }

    pub fn rubric(self) -> Rubric {
        let (rubric, faults) = triennial::read::rubric::rubric(&self.text());
        rubric.unwrap_or_else(|| panic!("{faults:#?}"))
    }
}

/// Sums, means, quotients, growths and last values in turn, under lines, bands, targets and points per unit.
fn thirty_indicators(quota: &str) -> String {
    let mut text = "[rubric]\nid = \"synthetic\"\nedition = \"1\"\ncycle_years = 3\n\
        rounding = { at = [\"indicator\", \"criterion\", \"total\"], places = 2, mode = \"half-up\" }\n\
        [[kind]]\nid = \"comprehensive\"\n[[kind]]\nid = \"domain\"\n[[finding]]\nid = \"falsified\"\n"
        .to_owned();
    for m in 1..=30 {
        text += &format!(
            "[[metric]]\nid = \"m{m:02}\"\ntitle = {{ en = \"Metric {m}\", zh = \"数据项{m}\" }}\nminimum = 0\n"
        );
    }
    for indicator in 1..=30 {
        if indicator % 10 == 1 {
            let criterion = indicator / 10 + 1;
            text += &format!(
                "[[criterion]]\nid = \"c{criterion}\"\ntitle = {{ en = \"Criterion {criterion}\", zh = \"一级指标{criterion}\" }}\n"
            );
        }
        let (own, next) = (format!("m{indicator:02}"), format!("m{:02}", indicator % 30 + 1));
        let (measure, rule) = match indicator % 5 {
            0 => (format!("sum({own})"), "kind = \"linear\", from = 0, to = 2000"),
            1 => (format!("mean({own})"), "kind = \"target\", goal = 700"),
            2 => (
                format!("sum({own}) / sum({next})"),
                "kind = \"linear\", from = \"20%\", to = \"110%\", at_from = \"zero\"",
            ),
            3 => (
                format!("growth({own})"),
                "kind = \"bands\", bands = [ { at_least = \"20%\", share = \"100%\" }, { at_least = \"-10%\", share = \"80%\" }, { share = \"40%\" } ]",
            ),
            _ => (format!("last({own})"), "kind = \"per-unit\", unit = 100, points = 0.5, whole_units = true"),
        };
        let points = if indicator % 3 == 0 {
            "{ comprehensive = 4, domain = 3 }"
        } else {
            "{ comprehensive = 3, domain = 3.5 }"
        };
        text += &format!(
            "[[criterion.indicator]]\nid = \"i{indicator:02}\"\ntitle = {{ en = \"Indicator {indicator}\", zh = \"二级指标{indicator}\" }}\n\
             points = {points}\nmeasure = \"{measure}\"\nrule = {{ {rule} }}\nzero_denominator = \"zero\"\n"
        );
    }
    text + &format!(
        "[[grade]]\nid = \"excellent\"\nat_least = 75\neach_criterion_at_least = \"50%\"\n{quota}\n\
         [[grade]]\nid = \"good\"\nat_least = 60\n[[grade]]\nid = \"poor\"\n\
         [[gate]]\nid = \"integrity\"\nwhen = \"finding(falsified)\"\ngrade = \"poor\"\n\
         [outcome]\nexcellent = {{ act = \"next-cycle\" }}\ngood = {{ act = \"next-cycle\" }}\n\
         poor = {{ act = \"rectify\", within = \"12 months\", then = {{ passed = \"next-cycle\", failed = \"remove\" }} }}\n\
         absent = {{ act = \"remove\" }}\n"
    )
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed everywhere.
pub struct Seeded(pub u64);

impl Seeded {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `below`, without it.
    pub fn below(&mut self, below: usize) -> usize {
        usize::try_from(self.next() % below as u64).unwrap()
    }
}

/// Something a metric can hold: mostly values, some with decimals; 1 % not reported, 1 in 200 not applicable.
pub fn reading(metric: &Metric, random: &mut Seeded) -> Reading {
    match random.below(200) {
        0 | 1 => return Reading::NotReported,
        2 => return Reading::NotApplicable,
        _ => {}
    }
    let (tenths, scale) = match &metric.values {
        Values::Letters(letters) => {
            let at = random.below(1000) % letters.len();
            return Reading::Value(letters[at].1.clone());
        }
        Values::YesNo => (if random.below(20) == 0 { 10 } else { 0 }, 10),
        Values::Number { whole: true, .. } => (i64::try_from(random.below(1000)).unwrap() / 10 * 10 + 10, 10),
        Values::Number { maximum: Some(_), .. } => (i64::try_from(random.below(1000)).unwrap(), 10),
        Values::Number { .. } => (2000 + i64::try_from(random.below(8000)).unwrap(), 10),
    };
    Reading::Value(Number::fraction(tenths, scale).unwrap())
}

/// The opening of an evaluation under a scheme.
pub fn opened(rubric: &Rubric, text: &str) -> Body {
    let digest = digest::text(text.as_bytes());
    let pin = Pin { rubric: rubric.id.clone(), edition: rubric.edition.clone(), digest };
    Body::Opened { cycle: CYCLE, pin, decided_on: None, lang: Lang::En }
}

/// One step that fills a cohort, as an import would: per centre its name, kind and all its readings. One centre in 50
/// still has a blank, one in 100 is absent, one in 100 has a finding.
pub fn filled(rubric: &Rubric, centres: usize) -> Vec<Body> {
    let mut random = Seeded(2026);
    let mut bodies = Vec::new();
    for n in 1..=centres {
        let centre = format!("c{n:05}");
        let domain = random.below(3) > 0;
        let (kind, name) = match domain {
            true => ("domain", format!("国家样本{n}技术创新中心")),
            false => ("comprehensive", format!("样本{n}国家技术创新中心")),
        };
        let set =
            |field, to: &str| Body::CentreSet { centre: centre.clone(), field, was: String::new(), to: to.to_owned() };
        bodies.push(Body::CentreAdded { centre: centre.clone() });
        bodies.extend([set(Field::Name, &name), set(Field::Kind, kind)]);
        match random.below(100) {
            0 => bodies.push(set(Field::Status, "absent")),
            1 => bodies.push(set(Field::Findings, "falsified")),
            _ => {}
        }
        let mut cells = cells(rubric, &mut random);
        if random.below(50) == 0 {
            cells.remove(random.below(cells.len()));
        }
        bodies.push(Body::Cells { centre, cells });
    }
    bodies
}

fn cells(rubric: &Rubric, random: &mut Seeded) -> Vec<CellChange> {
    let mut cells = Vec::new();
    let lookback = i16::try_from(rubric.lookback_years).unwrap();
    for metric in &rubric.metrics {
        let years = (CYCLE.first - lookback..=CYCLE.last).map(Some);
        let years: Vec<_> = if metric.yearly { years.collect() } else { vec![None] };
        let judges: Vec<_> =
            if metric.panel.is_some() { ["a", "b", "c"].map(|j| Some(j.to_owned())).to_vec() } else { vec![None] };
        for year in years {
            cells.extend(judges.iter().map(|judge| CellChange {
                metric: metric.id.clone(),
                year,
                judge: judge.clone(),
                was: None,
                to: Some(reading(metric, random)),
            }));
        }
    }
    cells
}

/// The evaluation that a scheme and a number of centres add up to.
pub fn evaluation(scheme: Scheme, centres: usize) -> Evaluation {
    let rubric = scheme.rubric();
    let bodies = filled(&rubric, centres);
    let mut evaluation = Evaluation::open(&opened(&rubric, &scheme.text()), rubric).unwrap();
    for body in &bodies {
        evaluation.apply(body).unwrap();
    }
    evaluation
}
