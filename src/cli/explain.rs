//! `triennial explain`: every point of one centre.

use super::args::{Explain, TextFormat};
use super::failure::Ended;
use super::output;
use super::session::Session;
use crate::domain::text::Lang;
use crate::write::{json, terminal};

pub fn run(args: &Explain, lang: Lang) -> Ended {
    let session = Session::of(args.evaluation.as_deref(), &args.scored, lang)?.digested();
    let id = args.id.as_deref().or(args.centre.as_deref()).unwrap_or_default();
    let centre = session.centre(id)?;
    match args.format {
        TextFormat::Text => output::result(&terminal::explain(session.source(), centre, lang)),
        TextFormat::Json => output::bytes(&json::explain(session.source(), centre, lang).unwrap_or_default()),
    }
}
