//! `triennial repin`: another rubric for an evaluation. Shows whom it moves; only with a reason it is done.

use std::path::Path;

use super::args::{Cli, Repin};
use super::evaluation::Open;
use super::failure::{Ended, Failure};
use super::state::written;
use super::taken::Taken;
use super::{Exit, compare, evaluation, input, now, output};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, Evaluation, Event, Pin};
use crate::domain::text::Lang;
use crate::store::digest;
use crate::store::fold::fold;
use crate::store::journal::Journal;
use crate::wording::safe::visible;
use crate::wording::screen;
use crate::write::comparison;

pub fn run(args: &Repin, cli: &Cli, lang: Lang) -> Ended {
    let path = &args.evaluation;
    let open = match args.reason {
        Some(_) => evaluation::write(path, cli)?.changeable(path)?,
        None => evaluation::read(path)?.changeable(path)?,
    };
    let Some(weighed) = weigh(&open, &args.rubric)? else {
        output::result(match lang {
            Lang::En => "this text is already the pinned rubric; nothing changes\n",
            Lang::Zh => "该文本即为当前锁定的评价指标体系，无变化\n",
        })?;
        return Ok(Exit::Done);
    };
    let reason = args.reason.as_deref().map(written).transpose()?;
    let (impact, (was, is, cohort)) = beside(&open, path, &args.rubric)?;
    let mut told = comparison::text(&impact.compared((&was, &is, &cohort), lang).document(None));
    let lost = weighed.after.unplaced.saturating_sub(open.evaluation.unplaced);
    if lost > 0 {
        told += &format!("\n{}\n", screen::left_aside(lang, lost));
    }
    output::result(&told)?;
    let Some(reason) = reason else {
        output::error(match lang {
            Lang::En => "nothing was written: add --reason TEXT to repin",
            Lang::Zh => "尚未写入：加 --reason 理由 后执行",
        });
        return Ok(if impact.comparison.is_empty() { Exit::Done } else { Exit::Attention });
    };
    let mut journal = open.journal;
    weighed.pin(&mut journal, reason)?;
    output::error(&screen::pinned(lang, &visible(&is)));
    Ok(Exit::Done)
}

/// Another rubric, and the evaluation as it would be under it.
pub struct Weighed {
    pin: Pin,
    text: String,
    pub after: Evaluation,
}

impl Weighed {
    /// Pins the rubric.
    pub fn pin(self, journal: &mut Journal, reason: String) -> Result<(), Failure> {
        let body = Body::Repinned { pin: self.pin, reason };
        journal.append_pinned(vec![body], &self.text, now())?;
        Ok(())
    }
}

/// What another rubric would do to an evaluation; nothing where it is the pinned one already.
pub fn weigh(open: &Open, rubric: &str) -> Result<Option<Weighed>, Failure> {
    let input::Named { name, text, rubric } = input::rubric(rubric)?;
    let pin = Pin { rubric: rubric.id.clone(), edition: rubric.edition.clone(), digest: digest::text(text.as_bytes()) };
    if pin.digest == open.evaluation.pin.digest {
        return Ok(None);
    }
    if rubric.cycle_years != open.evaluation.cycle.len() {
        let (wanted, found) = (open.evaluation.cycle.len(), rubric.cycle_years);
        let what = Diagnostic::error(
            "E-cycle-length",
            format!("the evaluation is over {wanted} years, the rubric over {found}"),
            format!("评估周期为 {wanted} 年，而该体系为 {found} 年"),
        );
        return Err(Failure::usage(
            &name,
            what.help("open a new evaluation with `triennial new`", "请用 `triennial new` 新建评估"),
        ));
    }
    // The journal as it would be: a fact or cell that the new rubric does not know shows before anything is written.
    let mut events = open.journal.read_all()?;
    let body = Body::Repinned { pin: pin.clone(), reason: String::new() };
    events.push(following(&events, body));
    let after: Evaluation = fold::<Failure>(&events, |_| Ok(rubric))?;
    Ok(Some(Weighed { pin, text, after }))
}

/// An event behind all others, for folding only.
fn following(events: &[Event], body: Body) -> Event {
    let lamport = events.iter().map(|e| e.lamport).max().unwrap_or(0) + 1;
    Event { evaluator: String::new(), sequence: 0, step: 0, lamport, time: 0, body }
}

/// The pinned rubric and another one on the evaluation as it stands, with what the three are called.
pub fn beside(open: &Open, path: &Path, rubric: &str) -> Result<(compare::Weighed, (String, String, String)), Failure> {
    let pinned = &open.evaluation.pin;
    let old = compare::pinned(&pinned.rubric, open.journal.rubric_text(&pinned.digest)?);
    let new = compare::usable(rubric)?;
    let file = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    let names = (format!("{} {}", pinned.rubric, pinned.edition), rubric.to_owned(), file.clone());
    let taken = Taken::of_evaluation(file, open.evaluation.clone());
    Ok((compare::Weighed::of(&old, &new, &taken)?, names))
}
