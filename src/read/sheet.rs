//! What a grade sheet in JSON says about the journal it was made from, and what it carries to be recomputed from. Must
//! not know what any of it scores.

mod carried;

pub use carried::{Carried, carried, cohort};

use serde::Deserialize;

use crate::domain::diagnostic::Diagnostic;

#[derive(Deserialize)]
struct Sheet {
    provenance: Provenance,
}

#[derive(Deserialize)]
struct Provenance {
    heads: Vec<Head>,
}

#[derive(Deserialize)]
struct Head {
    evaluator: String,
    length: u64,
    hash: String,
}

/// The journal's chains as the sheet knew them: evaluator, length and hash.
///
/// # Errors
/// `E-sheet` where the text is not a sheet of this program, or one without chains.
pub fn heads(text: &str) -> Result<Vec<(String, u64, String)>, Diagnostic> {
    let sheet: Sheet = serde_json::from_str(text).map_err(|fault| unreadable(&fault))?;
    if sheet.provenance.heads.is_empty() {
        return Err(helped("the sheet was not made from a journal", "该成绩单不是由评估日志生成的"));
    }
    Ok(sheet.provenance.heads.into_iter().map(|h| (h.evaluator, h.length, h.hash)).collect())
}

/// A text that is not JSON, or not what is asked for.
pub fn unreadable(fault: &serde_json::Error) -> Diagnostic {
    let (line, column) = (fault.line(), fault.column());
    helped(
        &format!("not a grade sheet of this program (line {line}, column {column})"),
        &format!("不是本程序的成绩单（第 {line} 行，第 {column} 列）"),
    )
}

/// JSON, and no object.
pub fn unreadable_whole() -> Diagnostic {
    helped("not a grade sheet of this program", "不是本程序的成绩单")
}

/// Flags, or the public version: sheets that say less than they were made from.
fn excerpt() -> Diagnostic {
    Diagnostic::error(
        "E-sheet-excerpt",
        "this is an excerpt (flags, or the public version) and carries no readings to recompute it from",
        "这是摘录（标识清单或公开版），不含可供复算的填报值",
    )
    .help(
        "verify the sheet of the cohort or of a centre: cohort.json, centres/ID.json",
        "请核验参评单位总表或单家成绩单：cohort.json、centres/标识.json",
    )
}

/// A sheet without the readings it was made from.
pub fn bare() -> Diagnostic {
    Diagnostic::error(
        "E-sheet-bare",
        "the sheet does not carry the readings that it was made from",
        "该成绩单未载入其所依据的填报值",
    )
    .help(
        "it is an excerpt, or of an earlier program: compare it with the evaluation, --evaluation FILE",
        "它是摘录，或由较早版本写出：请用 --evaluation 与评估文件核对",
    )
}

/// A sheet of a centre that is not there.
pub fn stranger(centre: &str) -> Diagnostic {
    Diagnostic::error(
        "E-sheet-centre",
        format!("the sheet is of `{centre}`, which is not among the centres"),
        format!("该成绩单属于 `{centre}`，而参评单位中没有它"),
    )
    .help("name the evaluation or the cohort's sheet that it belongs to", "请指定它所属的评估文件或汇总成绩单")
}

fn helped(en: &str, zh: &str) -> Diagnostic {
    Diagnostic::error("E-sheet", en, zh).help(
        "name a JSON sheet that `triennial export` or `score --format json` wrote",
        "请指定由 `triennial export` 或 `score --format json` 写出的 JSON 成绩单",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_found_and_anything_else_is_refused() {
        let text = r#"{"provenance":{"heads":[{"evaluator":"li","length":3,"hash":"ab"}],"x":1},"tables":[]}"#;
        assert_eq!(heads(text), Ok(vec![("li".to_owned(), 3, "ab".to_owned())]));
        assert_eq!(heads("{}").unwrap_err().code, "E-sheet");
        assert_eq!(heads(r#"{"provenance":{"heads":[]}}"#).unwrap_err().code, "E-sheet");
    }
}
