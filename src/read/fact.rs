//! One typed fact about a centre: from its text to the event that sets it. Must not know where it was typed.

use super::table::{bad_field, id_fault, since_fault};
use crate::domain::centre::{Centre, Field};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, Evaluation};

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
