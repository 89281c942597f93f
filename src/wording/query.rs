//! Queries in one sentence each, with the figures in it. Must not know where a query is shown.

use super::Phrase;
use super::formula::{self, Names};
use super::measure;
use super::number::SHORTENED;
use crate::domain::number::{Number, Round};
use crate::domain::query::{Answer, Doubt, Fences, Gravity, Query};
use crate::domain::reading::{Layout, Reading, Slot};
use crate::domain::rubric::Rubric;
use crate::domain::slip::{Slip, TypedAs};
use crate::domain::text::{Lang, Text};

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
            Doubt::UnitSlip { slip: Slip { typed_as: TypedAs::Digits, .. }, .. } => ("slip of digits", "位数差错"),
            Doubt::UnitSlip { .. } => ("slip of a unit", "单位差错"),
            _ => return check_named(self.rubric, query.check(self.rubric), self.lang),
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
            Doubt::UnitSlip { value: typed, other, there, slip, or } => {
                self.slipped(&value(typed), (typed, other), *there, (slip, or.as_ref()))
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
                        let guess = self.guess(slip, &metric.unit);
                        self.either(format!("{far}: {guess}?"), format!("{far}：{guess}？"))
                    }
                    None => far,
                }
            }
        }
    }

    /// One figure beside that of another year, and what was typed instead; of both years, where it may be either.
    fn slipped(
        self,
        here: &str,
        (typed, other): (&Number, &Number),
        there: Slot,
        (slip, or): (&Slip, Option<&Slip>),
    ) -> String {
        let (metric, before) = self.layout.cell(there);
        let unit = &self.rubric.metrics[metric.0].unit;
        let before = before.map_or(String::new(), |year| year.to_string());
        let there = self.either(format!("{} in {before}", figure(other)), format!("{before} 年的 {}", figure(other)));
        let said = if slip.up {
            let times = times(typed, other);
            self.either(format!("{here} is {times} times {there}"), format!("{here} 为 {there} 的 {times} 倍"))
        } else {
            let times = times(other, typed);
            self.either(format!("{here} is one part in {times} of {there}"), format!("{here} 为 {there} 的 1/{times}"))
        };
        let guess = self.guess(slip, unit);
        let both_digits = or.is_some_and(|or| [or.typed_as, slip.typed_as] == [TypedAs::Digits; 2]);
        match or.map(|or| self.guess(or, unit)) {
            _ if both_digits => self.either(
                format!("{said}, and either may be off: a digit or a decimal point?"),
                format!("{said}，两者均可能有误：位数或小数点有误？"),
            ),
            None => self.either(format!("{said}: {guess}?"), format!("{said}：{guess}？")),
            Some(or) => self.either(
                format!("{said}, and either may be off: {guess}, or in {before} {or}?"),
                format!("{said}，两者均可能有误：{guess}，或 {before} 年{or}？"),
            ),
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
            format!("{value} 偏离同类单位：共 {count} 家，中位数 {median}，一般在 {low} 至 {high} 之间"),
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
            Some(year) => self.either(format!(" in {year}"), format!("{year} 年 ")),
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
    fn guess(self, slip: &Slip, unit: &Text) -> String {
        let typed = match slip.typed_as {
            TypedAs::Money(1) => ("yuan", "元".to_owned()),
            TypedAs::Money(1_000) => ("thousand yuan", "千元".to_owned()),
            TypedAs::Money(10_000) => ("wan yuan", "万元".to_owned()),
            TypedAs::Money(_) => ("hundred million yuan", "亿元".to_owned()),
            TypedAs::Fraction => ("a fraction of 1", "小数".to_owned()),
            TypedAs::PerCent => ("per cent", "百分数".to_owned()),
            TypedAs::TenThousands => ("ten thousands", format!("万{}", unit.zh)),
            TypedAs::OneByOne => ("single ones", unit.zh.trim_start_matches('万').to_owned()),
            TypedAs::Digits => return self.digits(slip),
        };
        self.either(
            format!("{} for {}", typed.0, unit.get(Lang::En)),
            format!("误以“{}”代“{}”填写", typed.1, unit.get(Lang::Zh)),
        )
    }

    /// One digit is as soon a decimal point out of place as a zero typed twice.
    fn digits(self, slip: &Slip) -> String {
        let (en, zh) = match (slip.factor, slip.up) {
            (10, true) => ("a digit too many, or a decimal point out of place", "多写一位或小数点错位"),
            (10, false) => ("a digit lost, or a decimal point out of place", "少写一位或小数点错位"),
            (_, true) => ("digits too many, or a decimal point lost", "多写了位数或漏写小数点"),
            (_, false) => ("digits lost, or a decimal point out of place", "漏写了位数或小数点错位"),
        };
        self.either(en, zh)
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

/// What a check is called, also one whose query has gone.
pub fn check_named(rubric: &Rubric, id: &str, lang: Lang) -> String {
    let phrase = |en, zh| Phrase { en, zh }.get(lang).to_owned();
    match id {
        "type" => phrase("not a value of the metric", "取值不符"),
        "range" => phrase("out of range", "超出取值范围"),
        "jump" => phrase("jump", "年度突变"),
        "unit-slip" => phrase("slip of a unit or digits", "单位或位数差错"),
        "constant" => phrase("same in all years", "各年数值相同"),
        "outlier" => phrase("far from the others", "偏离同类单位"),
        _ => {
            let assertion = rubric.assertions.iter().find(|assertion| assertion.id == id);
            assertion.map_or(id, |assertion| assertion.title.get(lang)).to_owned()
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

/// What was answered before the figures changed, with the figures that it was said of.
pub fn before(lang: Lang, answer: &Answer) -> String {
    let Answer { figures, reason } = answer;
    let figures = figures.replace(';', if lang == Lang::En { "; " } else { "；" });
    match lang {
        Lang::En => format!("answered of {figures}: {reason}"),
        Lang::Zh => format!("此前对 {figures} 的答复：{reason}"),
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
        Gravity::Hard => Phrase { en: "hard: cannot all be right", zh: "强制性：数据矛盾" },
        Gravity::Soft => Phrase { en: "soft: look again", zh: "核实性：请核实" },
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
