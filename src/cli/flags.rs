//! `triennial flags`: who must rectify, be removed, or needs a look, each with the reason.

use super::args::Flags;
use super::failure::Ended;
use super::session::Session;
use super::{Exit, output};
use crate::domain::grade::Flag;
use crate::domain::text::Lang;
use crate::write::terminal;

pub fn run(args: &Flags, lang: Lang) -> Ended {
    let session = Session::of_evaluation(&args.evaluation)?;
    output::result(&terminal::flags(session.source(), lang))?;
    let flagged = session.cards.iter().any(|card| card.flags.iter().any(Flag::is_grave));
    Ok(if args.fail_on_flag && flagged { Exit::Attention } else { Exit::Done })
}
