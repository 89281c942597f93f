//! `triennial gaps`: what is still blank.

use super::args::{Gaps, TableFormat};
use super::failure::Ended;
use super::output;
use super::session::Session;
use crate::domain::text::Lang;
use crate::write::{csv, gaps, json, terminal};

pub fn run(args: &Gaps, lang: Lang) -> Ended {
    let session = Session::of_evaluation(&args.evaluation)?;
    let centre = args.centre.as_deref().map(|id| session.centre(id)).transpose()?;
    let table = gaps::table(session.source(), centre, lang);
    match args.format {
        TableFormat::Table => output::result(&terminal::gaps(session.source(), centre, lang)),
        TableFormat::Csv => output::bytes(&csv::table(&table)),
        TableFormat::Json => output::bytes(&json::table(&table)),
    }
}
