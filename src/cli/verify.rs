//! `triennial verify`: whether what is stored is what was stored.

use std::path::Path;

use super::args::Verify;
use super::failure::{Ended, Failure, faults_text};
use super::{Exit, input, output};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;
use crate::read::sheet;
use crate::store::journal::Head;
use crate::store::verify;

/// The largest sheet that is read, in bytes.
const MAX_SHEET: u64 = 64 << 20;

pub fn run(args: &Verify, lang: Lang) -> Ended {
    let report = verify::verify(&args.evaluation)?;
    let mut faults = report.faults.clone();
    if let Some(path) = &args.against {
        faults.extend(report.against(&heads(path)?));
    }
    let mut text = String::new();
    for head in &report.heads {
        let name = crate::wording::safe::visible(&head.evaluator);
        text.push_str(&match lang {
            Lang::En => format!("chain {name}: {} events, head {}\n", head.length, head.hash),
            Lang::Zh => format!("{name} 的链：{} 条事件，末端 {}\n", head.length, head.hash),
        });
    }
    text.push_str(match (lang, faults.is_empty(), args.against.is_some()) {
        (Lang::En, true, true) => {
            "verified: nothing stored was changed, and the journal holds all events that the sheet knew (its figures are not compared)\n"
        }
        (Lang::En, true, false) => {
            "verified: nothing stored was changed (a shortened or rewritten journal shows only --against a sheet)\n"
        }
        (Lang::En, false, _) => "NOT verified\n",
        (Lang::Zh, true, true) => "核验通过：存储内容未被改动，且包含成绩单所载的全部记录（未比对成绩单上的数值）\n",
        (Lang::Zh, true, false) => {
            "核验通过：存储内容未被改动（日志被截短或重写，须用 --against 对照成绩单才能发现）\n"
        }
        (Lang::Zh, false, _) => "核验未通过\n",
    });
    output::result(&text)?;
    if faults.is_empty() {
        return Ok(Exit::Done);
    }
    let diagnostics: Vec<Diagnostic> = faults.iter().map(verify::Fault::diagnostic).collect();
    output::error(&faults_text(&args.evaluation.display().to_string(), "", &diagnostics, lang));
    Ok(Exit::Attention)
}

fn heads(path: &Path) -> Result<Vec<Head>, Failure> {
    let text = input::text(path, MAX_SHEET)?;
    let heads = sheet::heads(&text).map_err(|fault| Failure::usage(path.display().to_string(), fault))?;
    Ok(heads.into_iter().map(|(evaluator, length, hash)| Head { evaluator, length, hash }).collect())
}
