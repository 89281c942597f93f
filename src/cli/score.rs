//! `triennial score`: one row per centre.

use super::args::{Score, TableFormat};
use super::failure::Ended;
use super::output;
use super::session::Session;
use crate::domain::text::Lang;
use crate::write::{csv, json, terminal};

pub fn run(args: &Score, lang: Lang) -> Ended {
    let session = Session::of(args.evaluation.as_deref(), &args.scored, lang)?;
    match args.format {
        TableFormat::Table => output::result(&terminal::scores(session.source(), lang)),
        TableFormat::Csv => output::bytes(&csv::scores(session.source())),
        TableFormat::Json => output::stream(|out| json::scores(session.digested().source(), lang, out)),
    }
}
