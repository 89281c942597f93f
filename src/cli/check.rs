//! `triennial check`: errors and doubts of rubrics.

use super::args::{Check, TextFormat};
use super::failure::{Ended, faults_text};
use super::{Exit, input, output};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;
use crate::read;
use crate::write::json;

pub fn run(args: &Check, lang: Lang) -> Ended {
    let (mut errors, mut warnings) = (0, 0);
    let mut reports = Vec::new();
    for named in &args.rubrics {
        let named = input::rubric_text(named)?;
        let (_, faults) = read::rubric::rubric(&named.text);
        let bad = faults.iter().filter(|fault| fault.is_error()).count();
        errors += bad;
        warnings += faults.len() - bad;
        if args.format == TextFormat::Text {
            if !faults.is_empty() {
                output::error(&faults_text(&named.name, &named.text, &faults, lang));
            }
            output::error(&summary(&named.name, &faults, lang));
        } else {
            reports.push((named.name, named.text, faults));
        }
    }
    if args.format == TextFormat::Json {
        output::bytes(&json::diagnostics(&reports, lang))?;
    }
    Ok(match (errors, warnings) {
        (0, 0) => Exit::Done,
        (0, _) if args.deny.is_some() => Exit::Attention,
        (0, _) => Exit::Done,
        _ => Exit::Input,
    })
}

fn summary(name: &str, faults: &[Diagnostic], lang: Lang) -> String {
    let name = crate::wording::safe::visible(name);
    let errors = faults.iter().filter(|fault| fault.is_error()).count();
    let warnings = faults.len() - errors;
    match (lang, faults.is_empty()) {
        (Lang::En, true) => format!("{name}: no faults"),
        (Lang::Zh, true) => format!("{name}：没有问题"),
        (Lang::En, false) => format!("{name}: errors {errors}, warnings {warnings}"),
        (Lang::Zh, false) => format!("{name}：错误 {errors}，警告 {warnings}"),
    }
}
