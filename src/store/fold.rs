//! From the events of a journal to the evaluation they add up to. Must not know where the events came from, nor how a
//! rubric is written: whoever folds brings the rubric.

use std::collections::HashMap;

use super::error::{Conflict, StoreError};
use super::journal::{Journal, pin};
use crate::domain::centre::Field;
use crate::domain::evaluation::{Body, Evaluation, Event, FoldFault, Pin, fold_order};
use crate::domain::rubric::Rubric;

/// Folds all events, in fold order, under the rubric that is pinned last; `rubric` is asked for that one only.
///
/// A new pin is as if the evaluation had been opened with it: cells that only the new rubric has are then in their
/// place. A fact that only an earlier rubric knows stands in nobody's way where the same fact was set again since.
///
/// # Errors
/// [`StoreError::Conflict`] for an event that does not fit, and whatever `rubric` gives.
pub fn fold<E: From<StoreError>>(
    events: &[Event],
    rubric: impl FnOnce(&Pin) -> Result<Rubric, E>,
) -> Result<Evaluation, E> {
    let conflict = |event: Option<&Event>, fault| {
        let event = event.map(|event| (event.evaluator.clone(), event.sequence));
        StoreError::Conflict(Box::new(Conflict { event, fault }))
    };
    let Some((first, rest)) = events.split_first() else { return Err(conflict(None, FoldFault::NotOpened).into()) };
    if !matches!(first.body, Body::Opened { .. }) {
        return Err(conflict(Some(first), FoldFault::NotOpened).into());
    }
    let pinned = events.iter().rposition(|event| pin(&event.body).is_some()).unwrap_or(0);
    let Some(last_pin) = pin(&events[pinned].body) else {
        return Err(conflict(Some(first), FoldFault::NotOpened).into());
    };
    let mut evaluation =
        Evaluation::open(&first.body, rubric(last_pin)?).map_err(|fault| conflict(Some(first), fault))?;
    let mut outdated = Outdated::default();
    for (event, at) in rest.iter().zip(1..) {
        match evaluation.apply(&event.body) {
            Ok(_) => outdated.settle(&event.body),
            Err(fault @ FoldFault::BadField { .. }) if at < pinned => outdated.note(event, fault),
            Err(fault) => return Err(conflict(Some(event), fault).into()),
        }
    }
    match outdated.first(&evaluation) {
        Some((event, fault)) => Err(conflict(Some(event), fault).into()),
        None => Ok(evaluation),
    }
}

/// Facts set under an earlier rubric that the last one does not know, until they are set again.
#[derive(Default)]
struct Outdated<'a>(HashMap<(&'a str, &'a Field), (&'a Event, FoldFault)>);

impl<'a> Outdated<'a> {
    fn note(&mut self, event: &'a Event, fault: FoldFault) {
        if let Body::CentreSet { centre, field, .. } = &event.body {
            self.0.insert((centre, field), (event, fault));
        }
    }

    fn settle(&mut self, body: &'a Body) {
        if let Body::CentreSet { centre, field, .. } = body {
            self.0.remove(&(centre.as_str(), field));
        }
    }

    /// The first one of a centre that is still there.
    fn first(self, evaluation: &Evaluation) -> Option<(&'a Event, FoldFault)> {
        let there = self.0.into_iter().filter(|((centre, _), _)| evaluation.cohort.find(centre).is_some());
        there.map(|(_, noted)| noted).min_by(|(a, _), (b, _)| fold_order(a, b))
    }
}

impl Journal {
    /// The evaluation as it stands, with all its events in fold order; `parse` reads the pinned rubric's text.
    ///
    /// # Errors
    /// As [`Journal::read_all`], [`Journal::rubric_text`] and [`fold`].
    pub fn evaluation<E: From<StoreError>>(
        &self,
        parse: impl FnOnce(&str) -> Result<Rubric, E>,
    ) -> Result<(Evaluation, Vec<Event>), E> {
        let events = self.read_all()?;
        let evaluation = fold(&events, |pin| parse(&self.rubric_text(&pin.digest)?))?;
        Ok((evaluation, events))
    }
}

#[cfg(test)]
mod tests;
