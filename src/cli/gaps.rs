//! `triennial gaps`: what is still wanted of the centres.

use super::args::{Gaps, TableFormat, Wanted};
use super::failure::Ended;
use super::output;
use super::session::Session;
use crate::domain::text::Lang;
use crate::write::{csv, gaps, json, terminal};

pub fn run(args: &Gaps, lang: Lang) -> Ended {
    let session = Session::of_evaluation(&args.evaluation)?;
    let centre = args.centre.as_deref().map(|id| session.centre(id)).transpose()?;
    let wanted = args.wanted.map(|wanted| match wanted {
        Wanted::Value => gaps::Wanted::Value,
        Wanted::Evidence => gaps::Wanted::Evidence,
    });
    let only = gaps::Only { centre, wanted };
    let table = gaps::table(session.source(), only, lang);
    match args.format {
        TableFormat::Table => output::result(&terminal::gaps(session.source(), only, lang)),
        TableFormat::Csv => output::bytes(&csv::table(&table)),
        TableFormat::Json => output::bytes(&json::table(&table)),
    }
}
