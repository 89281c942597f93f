//! From the events of a journal to the evaluation they add up to. Must not know where the events came from, nor how a
//! rubric is written: whoever folds brings the rubric.

use std::collections::HashMap;

use super::error::{Conflict, StoreError};
use super::journal::{Journal, Position, pin};
use crate::domain::centre::Field;
use crate::domain::evaluation::{Body, Evaluation, Event, FoldFault, Pin};
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
    let Some(first) = events.first() else { return Err(conflict(None, FoldFault::NotOpened).into()) };
    let pinned = events.iter().rfind(|event| pin(&event.body).is_some()).unwrap_or(first);
    let mut folding = Folding::open(first, pinned, rubric)?;
    for event in &events[1..] {
        folding.add(event)?;
    }
    Ok(folding.end()?)
}

fn conflict(event: Option<&Moment>, fault: FoldFault) -> StoreError {
    let event = event.map(|at| (at.evaluator.clone(), at.sequence));
    StoreError::Conflict(Box::new(Conflict { event, fault }))
}

/// Where an event stands in the order that events are folded in.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Moment {
    lamport: u64,
    evaluator: String,
    sequence: u64,
}

impl Moment {
    fn of(event: &Event) -> Self {
        Self { lamport: event.lamport, evaluator: event.evaluator.clone(), sequence: event.sequence }
    }
}

/// An evaluation while events are still added to it.
struct Folding {
    evaluation: Evaluation,
    /// The event that pins the rubric.
    pinned: Moment,
    outdated: Outdated,
}

impl Folding {
    fn open<E: From<StoreError>>(
        first: &Event,
        pinned: &Event,
        rubric: impl FnOnce(&Pin) -> Result<Rubric, E>,
    ) -> Result<Self, E> {
        let not_opened = |fault| conflict(Some(&Moment::of(first)), fault);
        let (Body::Opened { .. }, Some(last_pin)) = (&first.body, pin(&pinned.body)) else {
            return Err(not_opened(FoldFault::NotOpened).into());
        };
        let evaluation = Evaluation::open(&first.body, rubric(last_pin)?).map_err(not_opened)?;
        Ok(Self { evaluation, pinned: Moment::of(pinned), outdated: Outdated::default() })
    }

    fn add(&mut self, event: &Event) -> Result<(), StoreError> {
        match self.evaluation.apply(&event.body) {
            Ok(_) => self.outdated.settle(&event.body),
            Err(fault) => {
                let at = Moment::of(event);
                if !matches!(fault, FoldFault::BadField { .. }) || at >= self.pinned {
                    return Err(conflict(Some(&at), fault));
                }
                self.outdated.note(&event.body, at, fault);
            }
        }
        Ok(())
    }

    fn end(self) -> Result<Evaluation, StoreError> {
        match self.outdated.first(&self.evaluation) {
            Some((at, fault)) => Err(conflict(Some(&at), fault)),
            None => Ok(self.evaluation),
        }
    }
}

/// Facts set under an earlier rubric that the last one does not know, by centre and field, until they are set again.
#[derive(Default)]
struct Outdated(HashMap<(String, Field), (Moment, FoldFault)>);

impl Outdated {
    fn note(&mut self, body: &Body, at: Moment, fault: FoldFault) {
        if let Body::CentreSet { centre, field, .. } = body {
            self.0.insert((centre.clone(), field.clone()), (at, fault));
        }
    }

    fn settle(&mut self, body: &Body) {
        if let Body::CentreSet { centre, field, .. } = body
            && !self.0.is_empty()
        {
            self.0.remove(&(centre.clone(), field.clone()));
        }
    }

    /// The first one of a centre that is still there.
    fn first(self, evaluation: &Evaluation) -> Option<(Moment, FoldFault)> {
        let there = self.0.into_iter().filter(|((centre, _), _)| evaluation.cohort.find(centre).is_some());
        there.map(|(_, noted)| noted).min_by(|(a, _), (b, _)| a.cmp(b))
    }
}

impl Journal {
    /// The evaluation as it stands; `parse` reads the pinned rubric's text. Events are folded as they are read, so that
    /// the journal is never in memory as a whole.
    ///
    /// # Errors
    /// As [`Journal::read_all`], [`Journal::rubric_text`] and [`fold`].
    pub fn evaluation<E: From<StoreError>>(
        &self,
        parse: impl FnOnce(&str) -> Result<Rubric, E>,
    ) -> Result<Evaluation, E> {
        let moment = self.moment()?;
        let Some(pinned) = self.last_pin(&moment)? else { return Err(conflict(None, FoldFault::NotOpened).into()) };
        let mut parse = Some(parse);
        let mut folding: Option<Folding> = None;
        self.each(&moment, &Position::default(), |event| {
            match (&mut folding, parse.take()) {
                (None, Some(parse)) => {
                    let rubric = |pin: &Pin| parse(&self.rubric_text(&pin.digest)?);
                    folding = Some(Folding::open(&event, &pinned, rubric)?);
                }
                // Only a text that this program does not write hides a pin from `last_pin`.
                (Some(folding), _) if pin(&event.body).is_some() && Moment::of(&event) > folding.pinned => {
                    let detail =
                        format!("event {} of {}: not as this program writes it", event.sequence, event.evaluator);
                    return Err(StoreError::Damaged { path: self.path().to_owned(), detail }.into());
                }
                (Some(folding), _) => folding.add(&event)?,
                (None, None) => {}
            }
            Ok::<(), E>(())
        })?;
        match folding {
            Some(folding) => Ok(folding.end()?),
            None => Err(conflict(None, FoldFault::NotOpened).into()),
        }
    }
}

#[cfg(test)]
mod tests;
