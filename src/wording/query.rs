//! Queries in one sentence each, with the figures in it. Must not know where a query is shown.

use super::Phrase;
use super::formula::{self, Names};
use super::measure;
use super::number::SHORTENED;
use crate::domain::number::{Number, Round};
use crate::domain::query::{Doubt, Fences, Gravity, Query};
use crate::domain::reading::{Layout, Reading};
use crate::domain::rubric::Rubric;
use crate::domain::slip::{Slip, TypedAs};
use crate::domain::text::Lang;

pub const QUERIES: Phrase = Phrase { en: "Queries", zh: "数据疑点" };
pub const QUERY: Phrase = Phrase { en: "query", zh: "疑点" };
pub const OPEN: Phrase = Phrase { en: "open", zh: "待答复" };
pub const ANSWERED: Phrase = Phrase { en: "answered", zh: "已答复" };
/// Beside a cell or a centre that a query is open about.
pub const MARK: &str = "?";

/// Everything a sentence about a query needs.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub rubric: &'a Rubric,
    pub layout: &'a Layout,
    pub lang: Lang,
}

impl Asked<'_> {
    fn either(self, en: impl Into<String>, zh: impl Into<String>) -> String {
        match self.lang {
            Lang::En => en.into(),
            Lang::Zh => zh.into(),
        }
    }

    /// What the check is called.
    pub fn check(self, query: &Query) -> String {
        let (en, zh) = match &query.doubt {
            Doubt::Type { .. } => ("not a value of the metric", "取值类型"),
            Doubt::Range { .. } => ("out of range", "超出范围"),
            Doubt::Assertion { at, .. } => {
                let title = self.rubric.assertions.get(*at).map(|assertion| assertion.title.get(self.lang));
                return title.unwrap_or_default().to_owned();
            }
            Doubt::Jump { .. } => ("jump", "年度突变"),
            Doubt::UnitSlip { .. } => ("slip of a unit", "单位差错"),
            Doubt::Constant { .. } => ("same in all years", "各年相同"),
            Doubt::Outlier { .. } => ("far from the others", "偏离同类"),
        };
        self.either(en, zh)
    }

    /// `4,200 in 2024 is 10,000 times 0.42 in 2023: yuan for wan yuan?`
    pub fn sentence(self, query: &Query) -> String {
        let (metric, year) = self.layout.cell(query.slot);
        let metric = &self.rubric.metrics[metric.0];
        let value = |value: &Number| match year {
            Some(year) => self.either(format!("{} in {year}", figure(value)), format!("{year} 年的 {}", figure(value))),
            None => figure(value),
        };
        match &query.doubt {
            Doubt::Type { value: typed } => {
                let shown = metric.written(&Reading::Value(typed.clone()));
                self.either(
                    format!("{shown} is no value that this metric takes"),
                    format!("{shown} 不是该数据项可取的值"),
                )
            }
            Doubt::Range { value: typed, bound } if typed < bound => self.either(
                format!("{} is below the minimum {}", value(typed), figure(bound)),
                format!("{} 低于下限 {}", value(typed), figure(bound)),
            ),
            Doubt::Range { value: typed, bound } => self.either(
                format!("{} is above the maximum {}", value(typed), figure(bound)),
                format!("{} 高于上限 {}", value(typed), figure(bound)),
            ),
            Doubt::Assertion { at, left, right, .. } => self.assertion(*at, left, right, year),
            Doubt::Jump { value: typed, other, year: before } => {
                let (here, there) = (value(typed), self.in_year(other, *before));
                if typed > other {
                    let times = times(typed, other);
                    self.either(format!("{here} is {times} times {there}"), format!("{here} 是 {there} 的 {times} 倍"))
                } else {
                    let times = times(other, typed);
                    self.either(
                        format!("{here} is one part in {times} of {there}"),
                        format!("{here} 只有 {there} 的 1/{times}"),
                    )
                }
            }
            Doubt::UnitSlip { value: typed, other, year: before, slip } => {
                let (here, there) = (value(typed), self.in_year(other, *before));
                let exact = slip.mended(typed) == *other;
                let factor = figure(&Number::from(slip.factor));
                let guess = self.guess(slip, metric.unit.get(self.lang));
                let (about, about_zh) = if exact { ("", "") } else { ("about ", "约") };
                if slip.up {
                    self.either(
                        format!("{here} is {about}{factor} times {there}: {guess}"),
                        format!("{here} {about_zh}为 {there} 的 {factor} 倍：{guess}"),
                    )
                } else {
                    self.either(
                        format!("{here} is {about}one part in {factor} of {there}: {guess}"),
                        format!("{here} {about_zh}为 {there} 的 1/{factor}：{guess}"),
                    )
                }
            }
            Doubt::Constant { value: typed, first } => {
                let last = year.unwrap_or(*first);
                self.either(
                    format!("{} is the same in every year from {first} to {last}", figure(typed)),
                    format!("{first} 年至 {last} 年每年都是 {}", figure(typed)),
                )
            }
            Doubt::Outlier { value: typed, fences, slip } => {
                let far = self.far(&value(typed), fences);
                match slip {
                    Some(slip) => {
                        let guess = self.guess(slip, metric.unit.get(self.lang));
                        self.either(format!("{far}: {guess}"), format!("{far}：{guess}"))
                    }
                    None => far,
                }
            }
        }
    }

    fn in_year(self, value: &Number, year: i16) -> String {
        self.either(format!("{} in {year}", figure(value)), format!("{year} 年的 {}", figure(value)))
    }

    fn far(self, value: &str, fences: &Fences) -> String {
        let Fences { low, high, median, count } = fences;
        let (low, high, median) = (figure(low), figure(high), figure(median));
        self.either(
            format!("{value} is far from the others: {count} centres, median {median}, expected from {low} to {high}"),
            format!("{value} 偏离同类：{count} 家，中位数 {median}，预期在 {low} 至 {high} 之间"),
        )
    }

    /// The figures, the relation, and what the rubric wants said.
    fn assertion(self, at: usize, left: &Number, right: &Number, year: Option<i16>) -> String {
        let Some(assertion) = self.rubric.assertions.get(at) else { return String::new() };
        let names = Names::Titles(self.lang);
        let (says, with) =
            (formula::expr(&assertion.left, self.rubric, names), formula::expr(&assertion.right, self.rubric, names));
        let sign = measure::compared(assertion.comparison);
        let (left, right) = (figure(left), figure(right));
        let when = match year.filter(|_| assertion.yearly) {
            Some(year) => self.either(format!(" in {year}"), format!("{year} 年")),
            None => String::new(),
        };
        let what = self.either(
            format!("{left} {sign} {right} does not hold{when} ({says} {sign} {with})"),
            format!("{when}{left} {sign} {right} 不成立（{says} {sign} {with}）"),
        );
        let message = assertion.message.get(self.lang);
        if message.is_empty() { what } else { self.either(format!("{what}: {message}"), format!("{what}：{message}")) }
    }

    /// What may have been typed instead.
    fn guess(self, slip: &Slip, unit: &str) -> String {
        let digits = |up: bool| match up {
            true => self.either("zeros too many, or a decimal point lost?", "是否多写了零或漏了小数点？"),
            false => self.either("digits lost?", "是否漏写了位数？"),
        };
        let typed = match slip.typed_as {
            TypedAs::Money(1) => self.either("yuan", "元"),
            TypedAs::Money(1_000) => self.either("thousand yuan", "千元"),
            TypedAs::Money(10_000) => self.either("wan yuan", "万元"),
            TypedAs::Money(1_000_000) => self.either("million yuan", "百万元"),
            TypedAs::Money(_) => self.either("hundred million yuan", "亿元"),
            TypedAs::Fraction => self.either("a fraction of 1", "小数"),
            TypedAs::TenThousands => self.either("ten thousands", "万"),
            TypedAs::OneByOne => self.either("single ones", "个"),
            TypedAs::Digits => return digits(slip.up),
        };
        self.either(format!("{typed} for {unit}?"), format!("是否以“{typed}”代“{unit}”填写？"))
    }

    /// Whom and what it is about, and what it says: `c01 Staff 2024: 85 in 2024 is ...`.
    pub fn in_full(self, centre: &str, query: &Query) -> String {
        let (place, sentence) = (self.place(query), self.sentence(query));
        self.either(format!("{centre} {place}: {sentence}"), format!("{centre} {place}：{sentence}"))
    }

    /// The metric and year that a query is about.
    pub fn place(self, query: &Query) -> String {
        let (metric, year) = self.layout.cell(query.slot);
        let title = formula::metric(metric, self.rubric, Names::Titles(self.lang));
        let judge = query.judge.as_deref().filter(|judge| !judge.is_empty());
        let judge = judge.map_or(String::new(), |judge| format!(" #{judge}"));
        match year {
            Some(year) => format!("{title} {year}{judge}"),
            None => format!("{title}{judge}"),
        }
    }
}

/// How many queries are open and answered, for the line of a count.
pub fn counted(lang: Lang, open: usize, answered: usize) -> String {
    match lang {
        Lang::En => format!("Queries: {open} open, {answered} answered"),
        Lang::Zh => format!("数据疑点：待答复 {open} 项，已答复 {answered} 项"),
    }
}

/// A factor for reading: whole above ten, else to one place.
fn times(large: &Number, small: &Number) -> String {
    let ratio = large.divided_by(small).unwrap_or(Number::ONE);
    let places = if ratio >= Number::from(10_i64) { 0 } else { 1 };
    grouped(&ratio.rounded(Round::half_up(places)).plain())
}

/// A figure for reading: groups of three digits, at most four decimals and a sign where that leaves digits out.
fn figure(value: &Number) -> String {
    let rounded = value.rounded(Round::half_up(4));
    let text = grouped(&rounded.plain());
    if rounded == *value { text } else { format!("{text}{SHORTENED}") }
}

fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, rest) = digits.split_at(digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len()));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{sign}{text}{rest}")
}

/// How many queries about a centre wait for an answer.
pub fn waiting(lang: Lang, open: usize) -> String {
    match lang {
        Lang::En if open == 1 => "1 figure is hard to believe and waits for an answer (! lists it)".to_owned(),
        Lang::En => format!("{open} figures are hard to believe and wait for an answer (! lists them)"),
        Lang::Zh => format!("有 {open} 项数据存疑，待答复（按 ! 查看）"),
    }
}

/// How many queries an import would raise.
pub fn would_raise(lang: Lang, count: usize) -> String {
    match lang {
        Lang::En if count == 1 => "1 query would be raised".to_owned(),
        Lang::En => format!("{count} queries would be raised"),
        Lang::Zh => format!("将产生 {count} 项数据疑点"),
    }
}

/// Whether figures contradict each other, or are only hard to believe.
pub fn gravity(gravity: Gravity) -> Phrase {
    match gravity {
        Gravity::Hard => Phrase { en: "hard: cannot all be right", zh: "硬性：不可能都对" },
        Gravity::Soft => Phrase { en: "soft: look again", zh: "软性：请核实" },
    }
}

/// The state of a query in a table.
pub fn state(answered: bool) -> Phrase {
    if answered { ANSWERED } else { OPEN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_by_three_digits() {
        for (plain, shown) in
            [("0.42", "0.42"), ("999", "999"), ("4200", "4,200"), ("-1234567.5", "-1,234,567.5"), ("100000", "100,000")]
        {
            assert_eq!(figure(&Number::parse(plain).unwrap()), shown);
        }
    }
}
