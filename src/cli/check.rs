//! `triennial check`: errors and doubts of rubrics.

use super::args::{Check, TextFormat};
use super::failure::{Ended, faults_text};
use super::{Exit, input, output};
use crate::domain::text::Lang;
use crate::read;
use crate::write::json;

pub fn run(args: &Check, lang: Lang) -> Ended {
    let (mut errors, mut warnings) = (0, 0);
    let mut reports = Vec::new();
    for named in &args.rubrics {
        let mut whole = input::whole(named)?;
        if let (Some(data), Some(rubric)) = (&args.data, &whole.rubric) {
            let roster = input::mapped::Roster::new();
            let source = input::Source { path: data, sheet: args.sheet.as_deref(), mapping: None, roster: &roster };
            let data = input::data(source, rubric, None, lang)?;
            let found = read::rubric::alone(&whole.text, rubric, &read::table::cohort(&data, rubric));
            whole.tell(found);
        }
        let bad = whole.faults().filter(|fault| fault.is_error()).count();
        let doubts = whole.faults().count() - bad;
        errors += bad;
        warnings += doubts;
        if args.format == TextFormat::Text {
            for (file, faults) in whole.reports.iter().filter(|(_, faults)| !faults.is_empty()) {
                output::error(&faults_text(&file.name, &file.text, faults, lang));
            }
            let name = whole.reports.first().map_or(named.as_str(), |(file, _)| file.name.as_str());
            output::error(&summary(name, bad, doubts, lang));
        } else {
            reports.extend(whole.reports.into_iter().map(|(file, faults)| (file.name, file.text, faults)));
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

fn summary(name: &str, errors: usize, warnings: usize, lang: Lang) -> String {
    let name = crate::wording::safe::visible(name);
    match (lang, errors + warnings == 0) {
        (Lang::En, true) => format!("{name}: no faults"),
        (Lang::Zh, true) => format!("{name}：没有问题"),
        (Lang::En, false) => format!("{name}: errors {errors}, warnings {warnings}"),
        (Lang::Zh, false) => format!("{name}：错误 {errors}，警告 {warnings}"),
    }
}
