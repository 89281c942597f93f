//! Diagnostics for editors and scripts.

use serde_json::{Value, json};

use super::plain;
use crate::domain::diagnostic::{Diagnostic, Place, Severity};
use crate::domain::text::Lang;
use crate::wording::diagnostic::line_and_column;

/// Diagnostics by file: code, severity, message, help, and lines and columns counted from 1 in characters.
pub fn diagnostics(reports: &[(String, String, Vec<Diagnostic>)], lang: Lang) -> Vec<u8> {
    let one = |(name, text, faults): &(String, String, Vec<Diagnostic>)| {
        let faults: Vec<Value> = faults.iter().map(|fault| diagnostic(fault, text, lang)).collect();
        json!({ "file": name, "diagnostics": faults })
    };
    let files: Vec<Value> = reports.iter().map(one).collect();
    plain::bytes(&json!({ "format": "triennial/check/1", "files": files }))
}

fn diagnostic(fault: &Diagnostic, text: &str, lang: Lang) -> Value {
    let severity = match fault.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = match &fault.place {
        Place::Whole => Value::Null,
        Place::Cell { row, column } => json!({ "line": row, "column": column }),
        Place::Span(span) => {
            let (line, column) = line_and_column(text, span.start);
            let (end_line, end_column) = line_and_column(text, span.end);
            json!({ "line": line, "column": column, "end_line": end_line, "end_column": end_column })
        }
    };
    json!({
        "code": fault.code,
        "severity": severity,
        "message": fault.what.get(lang),
        "help": fault.help.get(lang),
        "place": place,
    })
}
