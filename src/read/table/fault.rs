//! What is wrong with a row of a table, or with a fact of a centre, in both languages. Must not know how a row is read.

use super::MAX_ID;
use crate::domain::centre::{Centre, Field, FieldFault};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::reading::Cycle;
use crate::read::cell;
use crate::read::total::is_sum;

pub(super) fn no_header(empty: bool) -> Diagnostic {
    let what = match empty {
        true => Diagnostic::error("E-table-empty", "the file is empty", "文件是空的"),
        false => Diagnostic::error("E-table-empty", "the table has no header row", "表格没有标题行"),
    };
    what.help("the first row names the columns: centre, then metrics", "第一行应为列名：centre，其后为数据项")
}

pub(super) fn row_length(found: usize, wanted: usize) -> Diagnostic {
    let cells = if found == 1 { "1 cell".to_owned() } else { format!("{found} cells") };
    let what = Diagnostic::error(
        "E-row-length",
        format!("the row has {cells}, the header {wanted}"),
        format!("该行有 {found} 格，标题行有 {wanted} 格"),
    );
    what.help(
        "write numbers without commas, put a text that holds one into quotes, and keep empty cells; the row was not read",
        "数字请勿使用逗号，含逗号的文字请加引号，空单元格请保留；该行尚未读取",
    )
}

pub(super) fn totals_row(id: &str) -> Diagnostic {
    let what = Diagnostic::error(
        "E-totals-row",
        format!("“{id}” is no centre, but a row made of the others"),
        format!("“{id}”不是单位，而是汇总行"),
    );
    let key = if is_sum(id) { "totals" } else { "skip" };
    what.help(
        format!("take the row out; or read the table by a mapping with {key} = [\"{id}\"]"),
        format!("请删去该行；或用映射文件读取，写明 {key} = [\"{id}\"]"),
    )
}

pub(super) fn duplicate_centre(id: &str, first: usize) -> Diagnostic {
    let what = Diagnostic::error(
        "E-duplicate-centre",
        format!("a second row for {id}, which already stands in row {first}"),
        format!("{id} 已在第 {first} 行，此处重复"),
    );
    what.help("keep one row for each centre", "每个中心只保留一行")
}

/// Why a text cannot be a centre's id: 1 to [`MAX_ID`] characters, no control characters, no spaces at the ends.
pub fn id_fault(id: &str) -> Option<Diagnostic> {
    let long = id.chars().count() > MAX_ID;
    if !id.is_empty() && !long && id.trim() == id && !id.chars().any(char::is_control) {
        return None;
    }
    let what = match id.is_empty() {
        true => Diagnostic::error("E-centre-id", "the centre has no id", "未填写中心标识"),
        false => {
            let id = cell::shown(id);
            Diagnostic::error(
                "E-centre-id",
                format!("“{id}” cannot be the id of a centre"),
                format!("“{id}”不能用作中心标识"),
            )
        }
    };
    Some(what.help(
        format!(
            "give each centre an id of 1 to {MAX_ID} characters, such as c01, without control characters or spaces at \
             its ends"
        ),
        format!("请为每个中心填写 1 到 {MAX_ID} 个字符的标识，如 c01，不含控制字符，首尾无空格"),
    ))
}

/// Why a centre cannot be of a cycle: it begins to count only after it.
pub fn since_fault(centre: &Centre, cycle: Cycle) -> Option<Diagnostic> {
    let since = centre.since.filter(|since| *since > cycle.last)?;
    let last = cycle.last;
    let what = Diagnostic::error(
        "E-since",
        format!("the centre counts from {since}, after the cycle's last year {last}"),
        format!("该中心自 {since} 年起计，晚于评估周期末年 {last}"),
    );
    Some(what.help("correct the year, or set its status to deferred", "请更正年份，或将参评状态设为 deferred（缓评）"))
}

/// A fact that cannot be, in words.
pub fn bad_field(field: &Field, text: &str, fault: &FieldFault) -> Diagnostic {
    let shown = cell::shown(text);
    let what = |en: &str, zh: &str| {
        Diagnostic::error(
            "E-centre-fact",
            format!("`{}`: “{shown}” {en}", field.id()),
            format!("`{}`：“{shown}”{zh}", field.id()),
        )
    };
    let known = |ids: &[String]| {
        let ids = ids.join(", ");
        (format!("known here: {ids}"), format!("可用：{ids}"))
    };
    let (what, (en, zh)) = match fault {
        FieldFault::UnknownKind { known: ids } => {
            (what("is not a kind of this rubric", "不是本体系的类别"), known(ids))
        }
        FieldFault::UnknownStatus { known: ids } => (what("is not a status", "不是参评状态"), known(ids)),
        FieldFault::UnknownFinding { known: ids, .. } => (what("names no finding", "不是认定事项"), known(ids)),
        FieldFault::UnknownGrade { known: ids, .. } => (what("names no grade", "不是等级"), known(ids)),
        FieldFault::UnknownValue { known: ids } => (what("is not one of its values", "不在可选值中"), known(ids)),
        FieldFault::NotAYear => {
            (what("is not a year", "不是年份"), ("write it as 2024".to_owned(), "请写成 2024 的形式".to_owned()))
        }
        FieldFault::TooLong { limit } => {
            let long = text.chars().count();
            let what = what(&format!("is too long: {long} characters"), &format!("过长：{long} 个字符"));
            (what, (format!("at most {limit} characters"), format!("最多 {limit} 个字符")))
        }
    };
    what.help(en, zh)
}

pub(super) fn given_twice(centre: &str) -> Diagnostic {
    Diagnostic::error(
        "E-sheets-clash",
        format!("two sheets say the same of {centre}, or not the same"),
        format!("两张工作表对 {centre} 的同一内容均有填写"),
    )
    .help("leave one of the sheets or columns out of the mapping", "请在映射文件中去掉其中一张工作表或相应的列")
}
