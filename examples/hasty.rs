//! The screen on an evaluation, with the one mistake that the real program must not make: an edit is shown as saved
//! before it is appended. The tests that watch for this must catch it here.
//!
//! `hasty FILE`: what the screen asks to append goes to a copy in a folder of its own, from which the answer comes; the
//! evaluation itself gets it only when the next step comes, or at the end.

use std::path::PathBuf;

use triennial::app::msg::Opened;
use triennial::app::{Effect, Model, Msg};
use triennial::domain::evaluation::Body;
use triennial::domain::query::Queries;
use triennial::domain::text::Lang;
use triennial::read;
use triennial::store::{Access, Journal, StoreError};
use triennial::tui;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = PathBuf::from(std::env::args().nth(1).ok_or("which evaluation?")?);
    let mut real = Journal::open(&path, Access::Write { evaluator: None, time: 0 })?;
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("copy.triennial");
    real.backup(&copy)?;
    let mut copy = Journal::open(&copy, Access::Write { evaluator: None, time: 0 })?;
    let wrong = || StoreError::WrongRubric { pinned: String::new(), found: None };
    let evaluation = real.evaluation(|text| read::rubric::rubric(text).0.ok_or_else(wrong))?;
    let evaluator = real.evaluator().unwrap_or_default().to_owned();
    let mut late: Vec<Vec<Body>> = Vec::new();
    let opened = Opened {
        name: "hasty".to_owned(),
        folder: String::new(),
        evaluator,
        rubric_text: "".into(),
        queries: Queries::new(&evaluation.rubric, &evaluation.cohort),
        evaluation,
    };
    tui::run(Model::opened(Lang::En, opened), None, |effect, _| {
        let Effect::Append(step) = effect else { return Vec::new() };
        for step in late.drain(..) {
            let _ = real.append(step, 0);
        }
        late.push(step.clone());
        copy.append(step, 0).map(Msg::Appended).into_iter().collect()
    })?;
    for step in late {
        real.append(step, 0)?;
    }
    Ok(())
}
