//! The screen: what it starts with, and the desk that performs what it asks for.

use std::path::Path;

use super::args::{Bench, Cli};
use super::desk::Desk;
use super::desk::workbench::Centres;
use super::failure::{Ended, Failure};
use super::{Exit, evaluation, input};
use crate::app::model::Overlay;
use crate::app::start::ShippedRubric;
use crate::app::work::Work;
use crate::app::{Effect, Model};
use crate::domain::evaluation::Evaluation;
use crate::domain::text::{Lang, Text};
use crate::read;
use crate::store::catalogue::SHIPPED;
use crate::store::error::StoreError;
use crate::store::recent;
use crate::tui;
use crate::wording::safe::visible;

pub fn run(cli: &Cli, lang: Lang) -> Ended {
    let mut desk = Desk::new(cli, lang);
    let mut model = Model::new(lang);
    model.zone = jiff::tz::TimeZone::system();
    // Titles are for the start screen, which is not shown where a file was named.
    let begins = cli.evaluation.is_none();
    model.set_start(&if begins { recent::list() } else { Vec::new() }, &shipped(begins));
    let mut first = None;
    if let Some(path) = &cli.evaluation {
        // What keeps the file from being opened at all is said where the command was typed; reading it takes its time
        // and goes on behind the first frame.
        desk.hold(evaluation::journal(path, cli)?);
        let named = path.display().to_string();
        let shown = visible(&named);
        let title = Text { en: format!("Opening {shown}"), zh: format!("正在打开 {shown}") };
        model.overlays.push(Overlay::Working(Work::new(title, false)));
        first = Some(Effect::Open(named.clone()));
    }
    let ran = tui::run(model, first, |effect, post| desk.perform(effect, post));
    ran.map_err(|error| Failure::from(StoreError::from_io(Path::new("terminal"), &error)))?;
    desk.ended().map_or(Ok(Exit::Done), Err)
}

/// The screen on a rubric file and centres that are only looked at.
pub fn bench(args: &Bench, cli: &Cli, lang: Lang) -> Ended {
    let path = args.rubric.display().to_string();
    let centres = match (&args.evaluation, &args.data) {
        (Some(path), _) => {
            let evaluation::Open { evaluation, .. } = evaluation::read(path)?;
            let Evaluation { rubric, cohort, decided_on, .. } = evaluation;
            Centres { rubric, cohort, decided_on, closed: false }
        }
        (None, data) => {
            let input::Named { rubric, .. } = input::rubric(&path)?;
            let source = input::Source {
                path: data.as_deref().unwrap_or(Path::new("")),
                sheet: None,
                mapping: None,
                roster: &input::mapped::Roster::new(),
            };
            let data = input::data(source, &rubric, args.cycle, lang)?;
            let cohort = read::table::cohort(&data, &rubric);
            Centres { rubric, cohort, decided_on: None, closed: true }
        }
    };
    let title = Text { en: "Scoring the cohort".to_owned(), zh: "正在为参评单位计分".to_owned() };
    on(cli, lang, Effect::Bench { path, evaluation: None }, title, |desk| desk.centres = Some(centres))
}

/// The screen on something that is not an evaluation: what is asked for first, what is said meanwhile, and what the desk
/// is given for it.
pub fn on(cli: &Cli, lang: Lang, first: Effect, meanwhile: Text, give: impl FnOnce(&mut Desk<'_>)) -> Ended {
    let mut desk = Desk::new(cli, lang);
    give(&mut desk);
    let mut model = Model::new(lang);
    model.zone = jiff::tz::TimeZone::system();
    model.set_start(&recent::list(), &shipped(true));
    model.overlays.push(Overlay::Working(Work::new(meanwhile, false)));
    let ran = tui::run(model, Some(first), |effect, post| desk.perform(effect, post));
    ran.map_err(|error| Failure::from(StoreError::from_io(Path::new("terminal"), &error)))?;
    desk.ended().map_or(Ok(Exit::Done), Err)
}

fn shipped(titled: bool) -> Vec<ShippedRubric> {
    let rubric = |shipped: &crate::store::catalogue::Shipped| {
        let read = titled.then(|| read::rubric::rubric(shipped.text).0).flatten();
        let title = read.map(|rubric| rubric.title).unwrap_or_default();
        ShippedRubric { id: shipped.id.to_owned(), title }
    };
    SHIPPED.iter().map(rubric).collect()
}
