//! What was done, in one sentence each, and when. Must not know how a history is laid out.

use jiff::tz::TimeZone;

use super::query::check_named;
use super::{Phrase, terms};
use crate::domain::evaluation::{Body, cell_name};
use crate::domain::history::Past;
use crate::domain::reading::{Reading, Remark};
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;

/// A moment on the clock of a place: `2026-11-25 11:20`.
pub fn moment(time: i64, zone: &TimeZone) -> String {
    jiff::Timestamp::from_microsecond(time)
        .map_or(String::new(), |at| zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string())
}

/// What a step did.
pub fn said(past: &Past, rubric: &Rubric, lang: Lang) -> String {
    let first = body(&past.body, rubric, lang);
    match (lang, past.more) {
        (_, 0) => first,
        (Lang::En, more) => format!("{first} and {more} more in the same step"),
        (Lang::Zh, more) => format!("{first}，同一步另有 {more} 项"),
    }
}

fn body(body: &Body, rubric: &Rubric, lang: Lang) -> String {
    let pair = |en: String, zh: String| if lang == Lang::En { en } else { zh };
    match body {
        Body::Opened { cycle, pin, .. } => pair(
            format!("opened for {}-{} by rubric {} {}", cycle.first, cycle.last, pin.rubric, pin.edition),
            format!("新建评估：{}-{}，体系 {} {}", cycle.first, cycle.last, pin.rubric, pin.edition),
        ),
        Body::CentreAdded { centre } => pair(format!("added {centre} to the roster"), format!("名册添加 {centre}")),
        Body::CentreSet { centre, field, was, to } => {
            let field = terms::field(field, rubric, lang);
            let (was, to) = (or_blank(was, lang), or_blank(to, lang));
            pair(format!("{centre}: {field}: {was} -> {to}"), format!("{centre}：{field}：{was} -> {to}"))
        }
        Body::CentreDropped { centre, reason } => {
            let why = because(reason, lang);
            pair(format!("took {centre} off the roster{why}"), format!("将 {centre} 移出名册{why}"))
        }
        Body::CentreRestored { centre } => {
            pair(format!("put {centre} back on the roster"), format!("将 {centre} 恢复到名册"))
        }
        Body::Cells { centre, cells } => {
            let text = |reading: &Option<Reading>| reading.as_ref().map_or(String::new(), Reading::cell);
            let one = |cell: &crate::domain::evaluation::CellChange| {
                format!(
                    "{} {} -> {}",
                    cell_name(cell),
                    or_blank(&text(&cell.was), lang),
                    or_blank(&text(&cell.to), lang)
                )
            };
            match cells.as_slice() {
                [] => centre.clone(),
                [cell] => pair(format!("{centre}: {}", one(cell)), format!("{centre}：{}", one(cell))),
                [first, rest @ ..] => pair(
                    format!("{centre}: {} and {} more cells", one(first), rest.len()),
                    format!("{centre}：{}，另有 {} 个单元格", one(first), rest.len()),
                ),
            }
        }
        Body::Remarked { centre, cell, remark, to, .. } => {
            let kind = match remark {
                Remark::Evidence => super::screen::EVIDENCE,
                Remark::Note => super::screen::NOTE,
            };
            let (kind, cell, to) = (kind.get(lang), cell.name(), or_blank(to, lang));
            pair(format!("{centre}: {cell}: {kind}: {to}"), format!("{centre}：{cell}：{kind}：{to}"))
        }
        Body::Answered { centre, cell, check, to, .. } => {
            let (cell, to) = (cell.name(), to.as_ref().map_or("", |answer| answer.reason.as_str()));
            let (to, check) = (or_blank(to, lang), check_named(rubric, check, lang));
            pair(
                format!("{centre}: {cell}: query “{check}”: {to}"),
                format!("{centre}：{cell}：疑点“{check}”答复：{to}"),
            )
        }
        Body::Attached { centre, cell, file } | Body::Detached { centre, cell, file } => {
            let taken = matches!(body, Body::Detached { .. });
            let at = cell.as_ref().map_or(String::new(), |cell| format!(": {}", cell.name()));
            let (en, zh) = if taken { ("took away", "移除") } else { ("attached", "附上") };
            let (name, short) = (&file.name, short(&file.digest));
            pair(
                format!("{centre}{at}: {en} {name} (SHA-256 {short}..)"),
                format!("{centre}{at}：{zh} {name}（SHA-256 {short}..）"),
            )
        }
        Body::Imported { file, digest, sheet, mapping } => {
            let sheet = if sheet.is_empty() { String::new() } else { format!(" [{sheet}]") };
            let by = |word: &str| match mapping.is_empty() {
                true => String::new(),
                false => format!("{word} {}..", short(mapping)),
            };
            let digest = short(digest);
            let (en, zh) = (by(", mapping"), by("，映射文件"));
            pair(
                format!("imported {file}{sheet} (SHA-256 {digest}..{en})"),
                format!("导入 {file}{sheet}（SHA-256 {digest}..{zh}）"),
            )
        }
        Body::Undone { step } => pair(format!("took back step {step}"), format!("撤销第 {step} 步")),
        Body::DecidedOn { was, to } => {
            let day = |day: &Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.to_string());
            let (was, to) = (day(was), day(to));
            let (was, to) = (or_blank(&was, lang), or_blank(&to, lang));
            pair(format!("decided on: {was} -> {to}"), format!("批复日期：{was} -> {to}"))
        }
        Body::Closed { reason } => {
            pair(format!("closed{}", because(reason, lang)), format!("定稿{}", because(reason, lang)))
        }
        Body::Reopened { reason } => {
            pair(format!("reopened{}", because(reason, lang)), format!("重新开启{}", because(reason, lang)))
        }
        Body::Repinned { pin, reason } => pair(
            format!("pinned rubric {} {}{}", pin.rubric, pin.edition, because(reason, lang)),
            format!("改用体系 {} {}{}", pin.rubric, pin.edition, because(reason, lang)),
        ),
    }
}

fn short(digest: &str) -> String {
    digest.chars().take(12).collect()
}

fn or_blank(text: &str, lang: Lang) -> &str {
    const BLANK: Phrase = Phrase { en: "blank", zh: "空白" };
    if text.is_empty() { BLANK.get(lang) } else { text }
}

fn because(reason: &str, lang: Lang) -> String {
    match (lang, reason.is_empty()) {
        (_, true) => String::new(),
        (Lang::En, false) => format!(": {reason}"),
        (Lang::Zh, false) => format!("：{reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 767 225 600 s after 1970 is 2026-01-01 00:00 UTC, 08:00 in Shanghai (`date -d @1767225600`).
    #[test]
    fn a_moment_is_told_by_the_clock_of_the_place() {
        let shanghai = TimeZone::fixed(jiff::tz::offset(8));
        assert_eq!(moment(1_767_225_600_000_000, &TimeZone::UTC), "2026-01-01 00:00");
        assert_eq!(moment(1_767_225_600_000_000, &shanghai), "2026-01-01 08:00");
    }
}
