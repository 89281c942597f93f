//! `triennial audit`: what a lead reads before signing.

use super::args::{Audit as Args, AuditFormat};
use super::failure::Ended;
use super::output;
use super::session::Session;
use crate::domain::audit;
use crate::domain::text::Lang;
use crate::write::{audit as sheets, json, markdown, terminal};

pub fn run(args: &Args, lang: Lang) -> Ended {
    let session = Session::of(args.evaluation.as_deref(), &args.scored, lang)?.digested();
    let found = audit::audit(&session.rubric, &session.cohort, &args.within, &args.cell);
    let source = session.source();
    match args.format {
        AuditFormat::Table => {
            let tables = sheets::tables(source, &found, lang);
            let text = tables.iter().filter(|table| !table.rows.is_empty());
            let text: Vec<String> = text.map(|each| format!("{}\n\n{}", each.title, terminal::table(each))).collect();
            output::result(&text.join("\n"))
        }
        AuditFormat::Markdown => output::result(&markdown::sheet(&sheets::sheet(source, &found, lang))),
        AuditFormat::Json => {
            let tables = sheets::tables(source, &found, lang);
            let parts: Vec<String> = tables.iter().map(|each| json_part(each.id, &json::table(each))).collect();
            output::result(&format!("{{\n{}\n}}\n", parts.join(",\n")))
        }
    }
}

/// One table under its key.
fn json_part(id: &str, table: &[u8]) -> String {
    format!("\"{id}\": {}", String::from_utf8_lossy(table).trim_end())
}
