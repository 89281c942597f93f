//! `triennial repin`: another rubric for an evaluation. Shows whom it moves; only with a reason it is done.

use super::args::{Cli, Repin};
use super::evaluation::Open;
use super::failure::{Ended, Failure};
use super::state::written;
use super::{Exit, evaluation, input, now, output};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, Evaluation, Event, Pin};
use crate::domain::grade::Scorecard;
use crate::domain::number::Number;
use crate::domain::rubric::Rubric;
use crate::domain::score::score;
use crate::domain::text::Lang;
use crate::store::digest;
use crate::store::fold::fold;
use crate::store::journal::Journal;
use crate::wording::{listed, standing, terms};
use crate::write::sheet::{Align, Cell, Column, Row, Table};
use crate::write::terminal;

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
    output::result(&impact(&open.evaluation, &weighed.after, lang))?;
    let Some(reason) = reason else {
        output::error(match lang {
            Lang::En => "nothing was written: add --reason TEXT to repin",
            Lang::Zh => "尚未写入：加 --reason 理由 后执行",
        });
        return Ok(Exit::Attention);
    };
    let mut journal = open.journal;
    weighed.pin(&mut journal, reason)?;
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

/// Whom the new rubric moves, those whose grade or flags change first.
pub fn impact(before: &Evaluation, after: &Evaluation, lang: Lang) -> String {
    let old = score(&before.rubric, &before.cohort, before.decided_on);
    let new = score(&after.rubric, &after.cohort, after.decided_on);
    let mut rows: Vec<(bool, Row)> = Vec::new();
    let mut same = 0;
    for (old, new) in old.iter().zip(&new) {
        let (was, is) = (shown(&before.rubric, old, lang), shown(&after.rubric, new, lang));
        if was == is {
            same += 1;
            continue;
        }
        let centre = after.cohort.centre(new.centre);
        let cells = [
            Cell::text(centre.id.clone()),
            Cell::text(centre.name.clone()),
            moved(&was.0, &is.0),
            moved(&was.1, &is.1),
            moved(&was.2, &is.2),
        ];
        rows.push((was.1 == is.1 && was.2 == is.2, Row { depth: 0, cells: cells.into() }));
    }
    rows.sort_by_key(|(only_points, _)| *only_points);
    let graver = rows.iter().filter(|(only_points, _)| !only_points).count();
    let points = rows.len() - graver;
    let column = |id: &str, title: &str| Column { id: id.to_owned(), title: title.to_owned(), align: Align::Left };
    let table = Table {
        id: "impact",
        title: String::new(),
        columns: vec![
            column("centre", terms::CENTRE.get(lang)),
            column("name", terms::NAME.get(lang)),
            column("total", terms::TOTAL.get(lang)),
            column("grade", terms::GRADE.get(lang)),
            column("flags", terms::FLAGS.get(lang)),
        ],
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    };
    let listed = if table.rows.is_empty() { String::new() } else { terminal::table(&table) + "\n" };
    let lost = after.unplaced.saturating_sub(before.unplaced);
    let lost = match (lang, lost) {
        (_, 0) => String::new(),
        (Lang::En, n) => format!("; {n} changes of readings have no place in the new rubric and are kept aside"),
        (Lang::Zh, n) => format!("；有 {n} 处填报记录在新体系中没有对应项，将保留备查"),
    };
    listed
        + &match lang {
            Lang::En => format!("grade or flags {graver}, points only {points}, same {same}{lost}\n"),
            Lang::Zh => format!("等级或标识变化 {graver}，仅得分变化 {points}，不变 {same}{lost}\n"),
        }
}

fn moved(was: &str, is: &str) -> Cell {
    let shown = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    Cell::text(if was == is { shown(is) } else { format!("{} -> {}", shown(was), shown(is)) })
}

/// Total, grade and flags of a centre, to be compared.
fn shown(rubric: &Rubric, card: &Scorecard, lang: Lang) -> (String, String, String) {
    let total: &Number = &card.tally.total.0;
    let grade = card.grade.map_or("-".to_owned(), |g| rubric.grades[g.0].title.get(lang).to_owned());
    let flags: Vec<String> = card.flags.iter().map(|flag| standing::flag(flag, rubric, false, lang)).collect();
    let scored = card.tally.nodes.iter().any(Option::is_some);
    (if scored { total.plain() } else { "-".to_owned() }, grade, listed(lang, &flags))
}
