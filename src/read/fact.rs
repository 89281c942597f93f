//! Typed facts: about a centre, from their text to the event that sets them, and the cycle and the reason of an act. Must
//! not know where they were typed.

use super::table::{bad_field, id_fault, since_fault};
use crate::domain::centre::{Centre, Field};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, CellRef, Evaluation};
use crate::domain::query::MAX_REASON;
use crate::domain::reading::Cycle;

/// The event that gives a centre a fact; `None` where it is what stands. An empty text takes a fact back.
///
/// # Errors
/// `E-centre-fact` or `E-since`: a text that cannot be that fact, with what would be right.
pub fn change(evaluation: &Evaluation, centre: &Centre, field: &Field, text: &str) -> Result<Option<Body>, Diagnostic> {
    let rubric = &evaluation.rubric;
    let mut changed = centre.clone();
    changed.set(field, text, rubric).map_err(|fault| bad_field(field, text, &fault))?;
    if let Some(fault) = since_fault(&changed, evaluation.cycle) {
        return Err(fault);
    }
    let (was, to) = (centre.get(field, rubric), changed.get(field, rubric));
    Ok((was != to).then(|| Body::CentreSet { centre: centre.id.clone(), field: field.clone(), was, to }))
}

/// A centre that is not on the roster yet, with nothing known about it.
///
/// # Errors
/// `E-centre-id` for what cannot be an id, `E-known-centre` for one that is taken.
pub fn new_centre(evaluation: &Evaluation, id: &str) -> Result<Centre, Diagnostic> {
    if let Some(fault) = id_fault(id) {
        return Err(fault);
    }
    if evaluation.cohort.find(id).is_some() {
        let what = Diagnostic::error(
            "E-known-centre",
            format!("`{id}` is already on the roster"),
            format!("`{id}` 已在参评单位中"),
        );
        return Err(what.help("take another id, or change the one that is there", "请换一个标识，或直接更改已有的单位"));
    }
    Ok(Centre::new(id, &evaluation.rubric))
}

/// The years of a cycle as people write them: `2023-2025`, or one year. `None` for anything else.
pub fn cycle(text: &str) -> Option<Cycle> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let year = |part: &str| part.trim().parse::<i16>().ok().filter(|year| (1900..=2999).contains(year));
    match (year(first), year(last)) {
        (Some(first), Some(last)) if first <= last => Some(Cycle { first, last }),
        _ => None,
    }
}

/// The reason of an answer, without blanks at its ends.
///
/// # Errors
/// As [`reason`], and `E-reason-long` for one of more than [`MAX_REASON`] characters.
pub fn answer(text: &str) -> Result<String, Diagnostic> {
    let answer = reason(text)?;
    if answer.chars().count() > MAX_REASON {
        let what = Diagnostic::error("E-reason-long", "the reason is too long", "理由过长");
        return Err(what.help(format!("at most {MAX_REASON} characters"), format!("最多 {MAX_REASON} 个字符")));
    }
    Ok(answer)
}

/// The cell of a name such as `metric@2024#judge`; whether there is such a cell, the rubric knows.
pub fn cell(name: &str) -> Option<CellRef> {
    let (rest, judge) = name.split_once('#').map_or((name, None), |(rest, judge)| (rest, Some(judge.to_owned())));
    let (metric, year) = match rest.split_once('@') {
        Some((metric, year)) => (metric, Some(year.parse().ok()?)),
        None => (rest, None),
    };
    Some(CellRef { metric: metric.to_owned(), year, judge })
}

/// The reason of an act, without blanks at its ends.
///
/// # Errors
/// `E-reason` for one that says nothing.
pub fn reason(text: &str) -> Result<String, Diagnostic> {
    let reason = text.trim();
    if reason.chars().any(char::is_alphanumeric) {
        return Ok(reason.to_owned());
    }
    let what = Diagnostic::error("E-reason", "the reason is empty", "理由为空");
    Err(what.help("say in a few words why; it is kept in the journal", "请简要说明理由，将记入日志"))
}
