//! `triennial audit`: what a lead reads before signing.

use super::args::{Audit as Args, AuditFormat};
use super::failure::{Ended, Failure};
use super::robustness::{on_benches, stopped};
use super::session::Session;
use super::{font, output};
use crate::domain::audit::{Audit, alone, of_cohort};
use crate::domain::cohort::CentreIx;
use crate::domain::text::Lang;
use crate::wording::audit::COST;
use crate::write::document::Document;
use crate::write::{audit as sheets, docx, html, json, markdown, pdf, terminal};

pub fn run(args: &Args, lang: Lang) -> Ended {
    let session = Session::of(args.evaluation.as_deref(), &args.scored, lang)?.digested();
    let Some(found) = found(&session, args, lang)? else { return Ok(stopped(lang)) };
    let source = session.source();
    let sheet = || sheets::sheet(source, &found, args.full, lang);
    let document = || Document::of_sheet(&sheet(), Vec::new());
    match args.format {
        AuditFormat::Table => {
            let tables =
                if args.full { sheets::tables(source, &found, lang) } else { sheets::page(source, &found, lang) };
            let text = tables.iter().filter(|table| !table.rows.is_empty());
            let mut text: Vec<String> =
                text.map(|each| format!("{}\n\n{}", each.title, terminal::table(each))).collect();
            if !found.routes.is_empty() {
                text.push(format!("{}\n", COST.get(lang)));
            }
            output::result(&text.join("\n"))
        }
        AuditFormat::Markdown => output::result(&markdown::sheet(&sheet())),
        AuditFormat::Html => output::result(&html::document(&document())),
        AuditFormat::Docx => output::bytes(&docx::document(&document())),
        AuditFormat::Pdf => {
            let font = font::load(None)?;
            output::bytes(&pdf::document(&document(), &font).ok_or_else(font::unusable)?)
        }
        AuditFormat::Json => {
            let tables = sheets::tables(source, &found, lang);
            let parts: Vec<String> = tables.iter().map(|each| json_part(each.id, &json::table(each))).collect();
            output::result(&format!("{{\n{}\n}}\n", parts.join(",\n")))
        }
    }
}

/// `None` where somebody stopped it.
fn found(session: &Session, args: &Args, lang: Lang) -> Result<Option<Audit>, Failure> {
    let mut audit = of_cohort(&session.rubric, &session.cohort, &args.within);
    let all: Vec<CentreIx> = session.cohort.all().collect();
    let Some(found) = on_benches(session, &all, None, lang, |bench, ix| alone(bench, ix, &args.cell))? else {
        return Ok(None);
    };
    found.into_iter().for_each(|alone| audit.add(alone));
    Ok(Some(audit))
}

/// One table under its key.
fn json_part(id: &str, table: &[u8]) -> String {
    format!("\"{id}\": {}", String::from_utf8_lossy(table).trim_end())
}
