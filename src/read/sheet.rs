//! What a grade sheet in JSON says about the journal it was made from. Must not know anything else of a sheet.

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
    let help = (
        "name a JSON sheet that `triennial export` or `score --format json` wrote",
        "请指定由 `triennial export` 或 `score --format json` 写出的 JSON 成绩单",
    );
    let sheet: Sheet = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let what = Diagnostic::error(
            "E-sheet",
            format!("not a grade sheet of this program (line {line}, column {column})"),
            format!("不是本程序的成绩单（第 {line} 行，第 {column} 列）"),
        );
        what.help(help.0, help.1)
    })?;
    if sheet.provenance.heads.is_empty() {
        let what =
            Diagnostic::error("E-sheet", "the sheet was not made from a journal", "该成绩单不是由评估日志生成的");
        return Err(what.help(help.0, help.1));
    }
    Ok(sheet.provenance.heads.into_iter().map(|h| (h.evaluator, h.length, h.hash)).collect())
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
