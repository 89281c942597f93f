//! The manner in which people write a figure, `1,234 件` or `１２`, and the plain number of one where somebody has said
//! that it is written so. Nothing is read by a guess. Must not know which metric a figure is of.

use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::Number;
use crate::domain::rubric::Metric;
use crate::domain::text::Text;
use crate::read::nearest::plain;

/// What stands in a figure beside its number. The default is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Manner {
    /// Between groups of three digits.
    pub thousands: Option<char>,
    pub prefix: Vec<String>,
    pub suffix: Vec<String>,
    pub full_width: bool,
}

/// What may stand between groups of digits.
pub(super) const SEPARATORS: [char; 3] = [',', ' ', '\''];

/// What people write before an amount.
const CURRENCIES: [&str; 5] = ["￥", "¥", "RMB", "CNY", "人民币"];
/// Behind a figure, these say that it is not exact.
const INEXACT: [&str; 12] = ["余", "多", "以上", "以下", "左右", "约", "近", "超", "+", "~", "～", "?"];
/// The longest unit, in characters.
const MAX_UNIT: usize = 8;

impl Manner {
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The plain number of a text that is written in this manner, or in less of it. `None` for any other.
    pub fn plain(&self, text: &str) -> Option<String> {
        let text = self.narrow(text);
        let text = stripped(text.trim(), self.prefix.iter(), |text, part| text.strip_prefix(&*self.narrow(part)));
        let text = stripped(text, self.suffix.iter(), |text, part| text.strip_suffix(&*self.narrow(part)));
        let digits = match self.thousands {
            Some(separator) if text.contains(|c| is_separator(c, separator)) => grouped(text, separator)?,
            _ => text.to_owned(),
        };
        is_number(&digits).then_some(digits)
    }

    /// What has to be said for a text to be a number; nothing where it is one already, or may be none.
    pub fn seen(text: &str) -> Option<Self> {
        let text = text.trim();
        let narrow = half_width(text);
        let mut manner = Self { full_width: narrow != text, ..Self::default() };
        let mut rest = narrow.trim();
        let before = CURRENCIES.iter().find(|sign| rest.starts_with(&half_width(sign)));
        if let Some(sign) = before {
            manner.prefix.push((*sign).to_owned());
            rest = rest.strip_prefix(&half_width(sign)).unwrap_or(rest).trim_start();
        }
        let end = rest.rfind(|c: char| c.is_ascii_digit()).map_or(0, |last| last + 1);
        let unit = rest[end..].trim();
        if !unit.is_empty() {
            let inexact = INEXACT.iter().any(|word| unit.contains(word));
            if inexact || unit.chars().count() > MAX_UNIT || unit.starts_with(['.', ',']) {
                return None;
            }
            manner.suffix.push(unit.to_owned());
        }
        let digits = rest[..end].trim_end();
        manner.thousands = SEPARATORS.into_iter().find(|separator| grouped(digits, *separator).is_some());
        (!manner.is_plain() && manner.plain(text).is_some()).then_some(manner)
    }

    /// Both together.
    pub fn and(&mut self, other: Self) {
        self.thousands = self.thousands.or(other.thousands);
        self.full_width |= other.full_width;
        for (parts, more) in [(&mut self.prefix, other.prefix), (&mut self.suffix, other.suffix)] {
            let new: Vec<String> = more.into_iter().filter(|part| !parts.contains(part)).collect();
            parts.extend(new);
        }
    }

    /// As a mapping says it: `thousands = ","`, `suffix = "件"`.
    pub fn keys(&self) -> Vec<String> {
        let text = |key: &str, text: &str| format!("{key} = {}", quoted(text));
        let mut keys = Vec::new();
        keys.extend(self.full_width.then(|| "full_width = true".to_owned()));
        keys.extend(self.thousands.map(|separator| text("thousands", &separator.to_string())));
        for (key, parts) in [("prefix", &self.prefix), ("suffix", &self.suffix)] {
            match parts.as_slice() {
                [] => {}
                [part] => keys.push(text(key, part)),
                parts => {
                    let parts: Vec<String> = parts.iter().map(|part| quoted(part)).collect();
                    keys.push(format!("{key} = [{}]", parts.join(", ")));
                }
            }
        }
        keys
    }

    fn narrow<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        if self.full_width { half_width(text).into() } else { text.into() }
    }
}

/// The fault of a figure in a table, with what a mapping would have to say for it to be read.
pub(super) fn remedied(mut fault: Diagnostic, text: &str, metric: &Metric) -> Diagnostic {
    let refused = ["E-cell-number", "E-cell-grouped", "E-cell-full-width", "E-cell-percent"].contains(&fault.code);
    let Some(seen) = Manner::seen(text).filter(|_| refused) else { return fault };
    let unit = seen.suffix.first().map_or("", String::as_str);
    // A unit that is not the metric's is nothing to be left out.
    let Ok(times) = factor(unit, metric) else { return fault };
    let mut keys = seen.keys();
    keys.extend(times.map(|times| format!("times = \"{times}\"")));
    let (en, zh) = (keys.join(" and "), keys.join(" 和 "));
    fault.help.en.push_str(&format!("; or say in a mapping how the column is written: {en}"));
    fault.help.zh.push_str(&format!("；或在映射文件中为该列写明：{zh}"));
    fault
}

/// What a figure in a unit is multiplied by to be in the metric's; the metric's unit where that cannot be told.
pub(super) fn factor<'a>(unit: &str, metric: &'a Metric) -> Result<Option<Number>, &'a Text> {
    let own = &metric.unit;
    let is_same = |own: &str| own == unit || !plain(unit).is_empty() && plain(own) == plain(unit);
    if unit.is_empty() || [&own.en, &own.zh].into_iter().any(|own| is_same(own)) {
        return Ok(None);
    }
    let power = match (unit, own.zh.as_str()) {
        ("%", "") => -2,
        (unit, own_unit) => {
            let ((theirs, base), (ours, own_base)) = (scaled(unit), scaled(own_unit));
            // What has no unit is counted in pieces, whatever a piece is called.
            if base != own_base && (!own_unit.is_empty() || base == "元") {
                return Err(own);
            }
            theirs - ours
        }
    };
    let ten = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let text = match power {
        0 => return Ok(None),
        up @ 1.. => format!("1{}", ten(up)),
        down => format!("0.{}1", ten(-down - 1)),
    };
    Ok(Number::parse(&text).ok())
}

/// A unit as a power of ten and what it is of: `万元` is 10⁴ of 元.
fn scaled(unit: &str) -> (i32, &str) {
    const SCALES: [(&str, i32); 6] = [("百万", 6), ("千万", 7), ("亿", 8), ("万", 4), ("千", 3), ("百", 2)];
    let found = SCALES.iter().find_map(|(scale, power)| Some((*power, unit.strip_prefix(scale)?)));
    found.unwrap_or((0, unit))
}

/// The digits of a number whose groups of three have a separator between them: `1,234.5`, but neither `1,5` nor `0,123`.
pub(super) fn grouped(text: &str, separator: char) -> Option<String> {
    let (sign, digits) = text.split_at(usize::from(text.starts_with(['-', '+'])));
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = whole.split(|c| is_separator(c, separator)).collect();
    let [first, rest @ ..] = groups.as_slice() else { return None };
    let fits = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3)
        && groups.iter().chain(&decimals).all(|group| is_digits(group))
        && decimals != Some("");
    let decimals = decimals.map_or(String::new(), |decimals| format!(".{decimals}"));
    fits.then(|| format!("{sign}{}{decimals}", groups.concat()))
}

/// Spreadsheets put unbreakable blanks between groups.
fn is_separator(c: char, separator: char) -> bool {
    c == separator || separator == ' ' && matches!(c, '\u{a0}' | '\u{202f}')
}

/// Digits, and neither an exponent nor something that a spreadsheet has cut.
pub(super) fn is_number(text: &str) -> bool {
    !text.contains(['e', 'E', '_']) && Number::parse(text).is_ok()
}

fn stripped<'a, 'b>(
    text: &'a str,
    parts: impl Iterator<Item = &'b String>,
    strip: impl Fn(&'a str, &str) -> Option<&'a str>,
) -> &'a str {
    // The one that takes most: 万元 before 元.
    parts.filter_map(|part| strip(text, part)).min_by_key(|rest| rest.len()).unwrap_or(text).trim()
}

/// `１，２３４` as `1,234`.
pub(super) fn half_width(text: &str) -> String {
    let half = |c: char| match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(half).collect()
}

/// A text as TOML has it, whatever stands in it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manner(full_width: bool, thousands: Option<char>, prefix: &[&str], suffix: &[&str]) -> Manner {
        let texts = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
        Manner { thousands, prefix: texts(prefix), suffix: texts(suffix), full_width }
    }

    #[test]
    fn a_figure_is_read_as_it_is_said_to_be_written_and_in_no_other_way() {
        let comma = manner(false, Some(','), &[], &[]);
        for (text, plain) in [("164,000,000", "164000000"), ("-1,234.50", "-1234.50"), ("999", "999"), ("0.5", "0.5")] {
            assert_eq!(comma.plain(text).as_deref(), Some(plain));
        }
        for text in
            ["1,5", "1,23", "0,123", "1234,567", "12,34,567", "1,234.", "1,234,", "1,234.5,6", "1,2345", "1.234,5"]
        {
            assert_eq!(comma.plain(text), None, "{text}");
        }
        let blank = manner(false, Some(' '), &[], &[]);
        assert_eq!(blank.plain("1\u{a0}234\u{202f}567").as_deref(), Some("1234567"));
        let unit = manner(false, None, &["￥"], &["元", "万元"]);
        for text in ["3", "3元", "3 元", "3　元", "￥3", "3 万元"] {
            assert_eq!(unit.plain(text).as_deref(), Some("3"), "{text}");
        }
        for text in ["1,234元", "约3元", "3元以上", "元", "３", "3e2元", "3 4元"] {
            assert_eq!(unit.plain(text), None, "{text}");
        }
        let wide = manner(true, Some(','), &[], &["％"]);
        for text in ["－１，２３４．５％", "-1,234.5%", "-1234.5"] {
            assert_eq!(wide.plain(text).map(|digits| Number::parse(&digits)), Some(Number::parse("-1234.5")), "{text}");
        }
    }

    /// 1 亿元 is 10⁴ 万元, 1 元 is 10⁻⁴ 万元, 1 % is 10⁻².
    #[test]
    fn a_unit_is_so_many_of_the_metrics_or_cannot_be_told() {
        let metric = |unit: &str| Metric {
            id: String::new(),
            title: Text::default(),
            unit: Text::both(unit),
            definition: Text::default(),
            yearly: true,
            values: crate::domain::rubric::Values::YesNo,
            panel: None,
            evidence: false,
            tolerance: None,
            checks: crate::domain::rubric::Checks::standard(false),
            cite: None,
        };
        for (unit, own, wanted) in [
            ("亿元", "万元", Ok(Some("10000"))),
            ("元", "万元", Ok(Some("0.0001"))),
            ("万元", "万元", Ok(None)),
            ("%", "", Ok(Some("0.01"))),
            ("%", "%", Ok(None)),
            ("万人", "人", Ok(Some("10000"))),
            ("件", "", Ok(None)),
            ("万件", "", Ok(Some("10000"))),
            ("", "人", Ok(None)),
            ("%", "万元", Err(())),
            ("元", "", Err(())),
            ("项", "件", Err(())),
        ] {
            let metric = metric(own);
            let found = factor(unit, &metric).map(|times| times.map(|times| times.plain())).map_err(|_| ());
            assert_eq!(found.as_ref().map(Option::as_deref), wanted.as_ref().map(|w| *w), "{unit} {own}");
        }
    }

    #[test]
    fn what_is_seen_in_a_figure_is_what_has_to_be_said_for_it_to_be_read() {
        for (text, wanted) in [
            ("164,000,000", manner(false, Some(','), &[], &[])),
            ("3 件", manner(false, None, &[], &["件"])),
            ("12%", manner(false, None, &[], &["%"])),
            ("１２", manner(true, None, &[], &[])),
            ("￥1,200 元", manner(false, Some(','), &["￥"], &["元"])),
        ] {
            assert_eq!(Manner::seen(text), Some(wanted), "{text}");
        }
        for text in ["12", "1,5", "many", "约100", "100余件", "3+", "1.2.3", "2024-01-01", "", "=1"] {
            assert_eq!(Manner::seen(text), None, "{text}");
        }
    }
}
