//! Titles as they stand in other people's tables: over several rows, with years and units in them. Must not know what
//! they mean.

use crate::read::nearest::plain;
use crate::read::workbook::Sheet;

/// The titles of each column over these rows, joined by ` / `. A merged title stands over each of its columns; where a
/// row above leaves cells empty, its title reaches to the next one, as people draw them in plain text.
pub(super) fn joined(sheet: &Sheet, headers: &[usize]) -> Vec<String> {
    let rows: Vec<&[String]> = headers
        .iter()
        .filter_map(|number| sheet.rows.iter().find(|row| row.number == *number))
        .map(|row| row.cells.as_slice())
        .collect();
    let width = rows.iter().map(|cells| cells.len()).max().unwrap_or(0);
    let text = |cells: &[String], at: usize| cells.get(at).map_or("", |cell| cell.trim()).to_owned();
    (0..width)
        .map(|at| {
            let mut parts: Vec<String> = Vec::new();
            for (nth, cells) in rows.iter().enumerate() {
                let mut part = text(cells, at);
                let below = rows[nth + 1..].iter().any(|cells| !text(cells, at).is_empty());
                if part.is_empty() && below {
                    part =
                        (0..at).rev().map(|left| text(cells, left)).find(|title| !title.is_empty()).unwrap_or_default();
                }
                if !part.is_empty() && parts.last() != Some(&part) {
                    parts.push(part);
                }
            }
            parts.join(" / ")
        })
        .collect()
}

/// A title without blanks, so that a line break in a cell makes no other title.
pub(super) fn squeezed(title: &str) -> String {
    title.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What a title is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// In lower case, without year, unit, blanks and punctuation.
    pub words: String,
    pub year: Option<i16>,
    /// What stands in its last brackets.
    pub unit: String,
}

impl Title {
    pub fn of(text: &str) -> Self {
        let (rest, mut unit) = unit(text);
        let (mut rest, year) = year(&rest);
        if unit.is_empty() {
            (rest, unit) = bare(&rest);
        }
        Self { words: plain(&rest), year, unit }
    }
}

/// Units of money, the longest first, each with its power of ten.
pub(super) const MONEY: [(&str, i32); 6] =
    [("百万元", 6), ("亿元", 8), ("万元", 4), ("千元", 3), ("百元", 2), ("元", 0)];

/// The unit of money that a line above a table gives for all of it: `单位：元`, `（金额单位：千元）`.
pub(super) fn caption(text: &str) -> Option<&'static str> {
    let (_, behind) = text.split_once("单位")?;
    let behind = behind.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
    // 元器件 is no unit.
    let ends =
        |unit: &str| behind.strip_prefix(unit).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    MONEY.iter().map(|(unit, _)| *unit).find(|unit| ends(unit))
}

/// A unit of money that stands in a title without brackets: `总收入 单位：元`, `总收入/亿元`.
fn bare(text: &str) -> (String, String) {
    if let Some((before, behind)) = text.split_once("单位")
        && let Some(unit) = caption(&format!("单位{behind}"))
    {
        let rest = behind.split_once(unit).map_or("", |(_, rest)| rest);
        return (format!("{} {rest}", before.trim_end_matches(['金', '额', '计', '量'])), unit.to_owned());
    }
    let parts: Vec<&str> = text.split(['/', '／']).map(str::trim).collect();
    let is_money = |part: &str| MONEY.iter().any(|(unit, _)| *unit == part);
    match parts.iter().skip(1).find(|part| is_money(part)) {
        Some(unit) => {
            let rest: Vec<&str> = parts.iter().copied().filter(|part| !is_money(part)).collect();
            (rest.join(" / "), (*unit).to_owned())
        }
        None => (text.to_owned(), String::new()),
    }
}

fn unit(text: &str) -> (String, String) {
    let open = text.rfind(['(', '（', '[']);
    let close = open.and_then(|open| text[open..].find([')', '）', ']']).map(|close| open + close));
    let (Some(open), Some(close)) = (open, close) else { return (text.to_owned(), String::new()) };
    let inside = text[open..close].chars().skip(1).collect::<String>();
    let inside = inside.trim();
    // A year in brackets is no unit.
    if year(inside).1.is_some() {
        return (text.to_owned(), String::new());
    }
    let inside = inside.strip_prefix("单位").map_or(inside, |rest| rest.trim_start_matches(['：', ':', ' ']));
    let behind: String = text[close..].chars().skip(1).collect();
    (format!("{} {behind}", &text[..open]), inside.to_owned())
}

/// The only number of four digits that can be a year, taken out together with 年 or 年度 behind it.
fn year(text: &str) -> (String, Option<i16>) {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let found = text.char_indices().find_map(|(at, _)| {
        let digits = text.get(at..at + 4)?;
        let alone = !is_digit(text[..at].chars().next_back()) && !is_digit(text[at + 4..].chars().next());
        let year: i16 = digits.parse().ok().filter(|year| (1990..=2100).contains(year))?;
        alone.then_some((at, year))
    });
    let Some((at, year)) = found else { return (text.to_owned(), None) };
    let behind = &text[at + 4..];
    let behind = behind.strip_prefix("年度").or_else(|| behind.strip_prefix("年")).unwrap_or(behind);
    (format!("{}{behind}", &text[..at]), Some(year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::workbook::Row;

    #[test]
    fn year_and_unit_are_told_from_the_words() {
        let of = |text: &str| {
            let Title { words, year, unit } = Title::of(text);
            (words, year, unit)
        };
        let title = |words: &str, year, unit: &str| (words.to_owned(), year, unit.to_owned());
        assert_eq!(of("2023年技术服务收入（万元）"), title("技术服务收入", Some(2023), "万元"));
        assert_eq!(of("技术服务收入（单位：元） / 2024年度"), title("技术服务收入", Some(2024), "元"));
        assert_eq!(of("Service income [CNY10k] 2025"), title("serviceincome", Some(2025), "CNY10k"));
        assert_eq!(of("职工总数(2023)"), title("职工总数", Some(2023), ""));
        assert_eq!(of("单位名称"), title("单位名称", None, ""));
        assert_eq!(of("总收入 单位：元"), title("总收入", None, "元"));
        assert_eq!(of("总收入/亿元"), title("总收入", None, "亿元"));
        assert_eq!(of("总收入 / 2024年 / 千元"), title("总收入", Some(2024), "千元"));
        assert_eq!(of("工号20231"), title("工号20231", None, ""));
    }

    #[test]
    fn a_line_above_a_table_gives_the_unit_of_all_of_it() {
        assert_eq!(caption("单位：元"), Some("元"));
        assert_eq!(caption("（计量单位： 千元）"), Some("千元"));
        assert_eq!(caption("金额单位:百万元 填报日期 2025-12-31"), Some("百万元"));
        assert_eq!(caption("填报单位：元器件中心"), None);
        assert_eq!(caption("单位名称"), None);
        assert_eq!(caption("2024年"), None);
    }

    #[test]
    fn titles_over_two_rows_are_joined_merged_or_not() {
        let row = |number, cells: &[&str]| Row {
            number,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            marks: Vec::new(),
        };
        let plain = [row(2, &["单位", "收入", "", "人员", ""]), row(3, &["", "2023", "2024", "2023", "2024"])];
        let merged =
            [row(2, &["单位", "收入", "收入", "人员", "人员"]), row(3, &["单位", "2023", "2024", "2023", "2024"])];
        for rows in [plain, merged] {
            let sheet = Sheet { rows: rows.to_vec(), ..Sheet::default() };
            assert_eq!(joined(&sheet, &[2, 3]), ["单位", "收入 / 2023", "收入 / 2024", "人员 / 2023", "人员 / 2024"]);
        }
    }
}
