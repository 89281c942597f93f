//! One typed cell: the text somebody entered for a metric. Must not know which centre or year it is for.

use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::{MAX_DIGITS, Number, NumberFault};
use crate::domain::reading::Reading;
use crate::domain::rubric::{Metric, Values};
use crate::read::manner::{grouped, half_width};

const YES: [&str; 6] = ["1", "yes", "y", "true", "是", "有"];
const NO: [&str; 6] = ["0", "no", "n", "false", "否", "无"];

/// What a cell's text says: `None` for an empty one (blank), `NR` for not reported, `N/A` for not applicable, or a
/// value within the metric's bounds.
///
/// # Errors
/// `E-cell-…`: anything else, with the remedy. Nothing is guessed: `1,234.5`, `１２` and `12%` are refused, not read.
pub fn reading(text: &str, metric: &Metric) -> Result<Option<Reading>, Diagnostic> {
    let text = text.trim_matches([' ', '\t', '\u{3000}']);
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(reading) = unvalued(text) {
        return Ok(Some(reading));
    }
    let value = match &metric.values {
        Values::YesNo => yes_no(text, metric)?,
        Values::Letters(letters) => letter(text, letters, metric)?,
        Values::Number { minimum, maximum, whole } => {
            // A spreadsheet writes `1.23457E+12` for a number that it has cut: the digits are lost.
            let read = Number::parse(text).and_then(|value| match text.contains(['e', 'E', '_']) {
                true => Err(NumberFault::NotANumber),
                false => Ok(value),
            });
            let value = read.map_err(|fault| not_a_number(text, metric, fault))?;
            within(&value, metric, minimum.as_ref(), maximum.as_ref())?;
            if *whole && !value.is_whole() {
                return Err(Diagnostic::error(
                    "E-cell-whole",
                    format!("{} counts whole things; {text} is not whole", metric.title.en),
                    format!("“{}”应为整数，不能是 {text}", metric.title.zh),
                )
                .help("enter a number without decimals", "请填写不带小数的数"));
            }
            value
        }
    };
    Ok(Some(Reading::Value(value)))
}

/// Not reported and not applicable, as people write them.
pub(super) fn unvalued(text: &str) -> Option<Reading> {
    match text {
        "未报" => Some(Reading::NotReported),
        "不适用" => Some(Reading::NotApplicable),
        _ if text.eq_ignore_ascii_case(Reading::NOT_REPORTED) => Some(Reading::NotReported),
        _ if text.eq_ignore_ascii_case(Reading::NOT_APPLICABLE) => Some(Reading::NotApplicable),
        _ => None,
    }
}

fn yes_no(text: &str, metric: &Metric) -> Result<Number, Diagnostic> {
    let is = |words: &[&str]| words.iter().any(|w| text.eq_ignore_ascii_case(w));
    if is(&YES) {
        return Ok(Number::ONE);
    }
    if is(&NO) {
        return Ok(Number::ZERO);
    }
    let what = Diagnostic::error(
        "E-cell-yes-no",
        format!("{} takes yes or no, not “{}”", metric.title.en, shown(text)),
        format!("“{}”应填“是”或“否”，不能是“{}”", metric.title.zh, shown(text)),
    );
    Err(what.help("enter yes or no (1 or 0, 是 or 否)", "请填写 是 或 否（也可用 1 或 0）"))
}

/// The number that a letter stands for; the number itself is read back from a data file.
fn letter(text: &str, letters: &[(String, Number)], metric: &Metric) -> Result<Number, Diagnostic> {
    if let Some((_, number)) = letters.iter().find(|(letter, _)| letter == text) {
        return Ok(number.clone());
    }
    let number = Number::parse(text).ok().filter(|number| letters.iter().any(|(_, known)| known == number));
    number.ok_or_else(|| {
        let what = Diagnostic::error(
            "E-cell-letter",
            format!("{} is marked by letter, not “{}”", metric.title.en, shown(text)),
            format!("“{}”应填等级字母，不能是“{}”", metric.title.zh, shown(text)),
        );
        let known = letters.iter().map(|(letter, _)| letter.as_str()).collect::<Vec<_>>().join(", ");
        what.help(format!("enter one of {known}"), format!("请填写以下之一：{known}"))
    })
}

fn not_a_number(text: &str, metric: &Metric, fault: NumberFault) -> Diagnostic {
    let (unit, shown) = (&metric.unit, shown(text));
    let [unit_en, unit_zh] = match unit.en.is_empty() {
        true => [String::new(), String::new()],
        false => [format!(" (unit: {})", unit.en), format!("（单位：{}）", unit.zh)],
    };
    let of = |en: &str, zh: &str| {
        let en = format!("“{shown}” for {} {en}", metric.title.en);
        (en, format!("“{}”填写的“{shown}”{zh}", metric.title.zh))
    };
    let (code, (en, zh), help_en, help_zh) = match fault {
        NumberFault::NotANumber => (
            "E-cell-number",
            of("is not a number", "不是数值"),
            format!("enter all digits{unit_en}, NR for not reported, N/A for not applicable, or nothing"),
            format!("请填写完整数字{unit_zh}；未报填 NR，不适用填 N/A，暂缺留空"),
        ),
        NumberFault::TooLong => (
            "E-cell-long",
            of("has too many digits", "位数过多"),
            format!("at most {MAX_DIGITS} digits are kept exactly; check the value{unit_en}"),
            format!("最多精确保存 {MAX_DIGITS} 位数字；请核对数值{unit_zh}"),
        ),
        NumberFault::Grouped => {
            ("E-cell-grouped", of("has commas", "含有千分位逗号"), without_commas(text).0, without_commas(text).1)
        }
        NumberFault::FullWidth => (
            "E-cell-full-width",
            of("is in full-width characters", "使用了全角字符"),
            format!("enter half-width digits: {}", half_width(text).replace(',', "")),
            format!("请使用半角数字：{}", half_width(text).replace(',', "")),
        ),
        NumberFault::Percent => (
            "E-cell-percent",
            of("has a percent sign", "带有百分号"),
            if unit.en.is_empty() {
                "enter a plain ratio: 12% is 0.12".to_owned()
            } else {
                format!("enter the number alone, in the unit {}", unit.en)
            },
            if unit.zh.is_empty() {
                "请填写比值：12% 即 0.12".to_owned()
            } else {
                format!("请只填数字，单位：{}", unit.zh)
            },
        ),
    };
    Diagnostic::error(code, en, zh).help(help_en, help_zh)
}

/// What to enter for a number with commas. `1,234.5` is 1234.5; in `12,00` the comma may as well be a decimal point.
fn without_commas(text: &str) -> (String, String) {
    match grouped(text, ',') {
        Some(plain) => (format!("leave the commas out: {plain}"), format!("请去掉逗号：{plain}")),
        None => ("write a point before decimals, and no commas".to_owned(), "小数点请用“.”，且不要使用逗号".to_owned()),
    }
}

fn within(
    value: &Number,
    metric: &Metric,
    minimum: Option<&Number>,
    maximum: Option<&Number>,
) -> Result<(), Diagnostic> {
    let (en, zh, limit) = match (minimum, maximum) {
        (Some(limit), _) if value < limit => ("below the minimum", "小于下限", limit),
        (_, Some(limit)) if value > limit => ("above the maximum", "大于上限", limit),
        _ => return Ok(()),
    };
    let what = Diagnostic::error(
        "E-cell-range",
        format!("{value} for {} is {en} {limit} {}", metric.title.en, metric.unit.en),
        format!("“{}”填写的 {value} {zh} {limit} {}", metric.title.zh, metric.unit.zh),
    );
    Err(what.help("check the value and its unit", "请核对数值及单位"))
}

/// The beginning of a text that may be anything, for an error message.
pub(super) fn shown(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    if start.len() < text.len() { format!("{start}...") } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rubric::Checks;
    use crate::domain::text::Text;

    fn metric(values: Values) -> Metric {
        Metric {
            id: "income".into(),
            title: Text { en: "Income".into(), zh: "收入".into() },
            unit: Text::both("万元"),
            definition: Text::default(),
            yearly: true,
            values,
            panel: None,
            evidence: false,
            tolerance: None,
            checks: Checks::standard(false),
            cite: None,
        }
    }

    fn number(whole: bool) -> Metric {
        metric(Values::Number { minimum: Some(Number::ZERO), maximum: Some(Number::from(1000_i64)), whole })
    }

    fn code(text: &str, metric: &Metric) -> &'static str {
        reading(text, metric).unwrap_err().code
    }

    #[test]
    fn blank_zero_not_reported_and_not_applicable_stay_apart() {
        let metric = number(false);
        assert_eq!(reading("  ", &metric), Ok(None));
        assert_eq!(reading("0", &metric), Ok(Some(Reading::Value(Number::ZERO))));
        assert_eq!(reading("nr", &metric), Ok(Some(Reading::NotReported)));
        assert_eq!(reading("未报", &metric), Ok(Some(Reading::NotReported)));
        assert_eq!(reading("不适用", &metric), Ok(Some(Reading::NotApplicable)));
        assert_eq!(reading("N/A", &metric), Ok(Some(Reading::NotApplicable)));
    }

    #[test]
    fn what_looks_like_a_number_but_is_not_one_is_refused_by_name() {
        let metric = number(false);
        assert_eq!(code("1,234.5", &metric), "E-cell-grouped");
        assert_eq!(code("１２", &metric), "E-cell-full-width");
        assert_eq!(code("12%", &metric), "E-cell-percent");
        assert_eq!(code("1e40", &metric), "E-cell-long");
        assert_eq!(code("many", &metric), "E-cell-number");
        assert_eq!(code("1.23457E+2", &metric), "E-cell-number");
        assert_eq!(code("1_000", &metric), "E-cell-number");
        let help = |text| reading(text, &metric).unwrap_err().help.en;
        assert_eq!(help("１２"), "enter half-width digits: 12");
        assert_eq!(help("１，２３４"), "enter half-width digits: 1234");
        assert_eq!(help("-1,234.5"), "leave the commas out: -1234.5");
        for decimal in ["12,00", "1234,567", "1,23"] {
            assert!(!help(decimal).contains("leave"), "{decimal} may have a decimal comma: {}", help(decimal));
        }
    }

    #[test]
    fn the_bounds_themselves_are_inside() {
        let metric = number(false);
        assert!(reading("1000", &metric).is_ok());
        assert_eq!(code("1000.0001", &metric), "E-cell-range");
        assert_eq!(code("-0.1", &metric), "E-cell-range");
        assert_eq!(code("1.5", &number(true)), "E-cell-whole");
    }

    #[test]
    fn a_letter_is_the_number_it_stands_for_and_reads_back_from_that() {
        let number = |text: &str| Number::parse(text).unwrap();
        let metric = metric(Values::Letters(vec![("A".into(), number("1")), ("B".into(), number("0.8"))]));
        assert_eq!(reading("B", &metric), Ok(Some(Reading::Value(number("0.8")))));
        assert_eq!(reading("0.8", &metric), Ok(Some(Reading::Value(number("0.8")))));
        assert_eq!(code("C", &metric), "E-cell-letter");
        assert_eq!(code("0.7", &metric), "E-cell-letter");
    }

    #[test]
    fn yes_and_no_are_read_in_both_languages() {
        let metric = metric(Values::YesNo);
        assert_eq!(reading("是", &metric), Ok(Some(Reading::Value(Number::ONE))));
        assert_eq!(reading("No", &metric), Ok(Some(Reading::Value(Number::ZERO))));
        assert_eq!(code("2", &metric), "E-cell-yes-no");
    }
}
