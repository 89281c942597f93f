//! Taking back: what a step touched and changed, and the events that undo it.
//!
//! Only the evaluator's own last live step is ever taken back, and not where another has since changed the same. Must
//! not know how events are stored, nor what was asked before.

use std::collections::BTreeSet;

use super::{Body, CellChange, CellRef, Event, cell_name};

/// Why an undo is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UndoRefused {
    /// The evaluator has no step left to take back.
    Nothing,
    /// Somebody else has since changed what the step changed.
    ChangedSince { evaluator: String, sequence: u64, time: i64, what: String },
    /// All that is left closed, reopened or repinned the evaluation: acts with a reason, taken back by another such act.
    Act,
}

/// What a step touches, for finding who changed it later.
fn touches(body: &Body) -> Vec<(String, String)> {
    let whole = |centre: &String| vec![(centre.clone(), String::new())];
    match body {
        Body::CentreAdded { centre } | Body::CentreDropped { centre, .. } | Body::CentreRestored { centre } => {
            whole(centre)
        }
        Body::CentreSet { centre, field, .. } => vec![(centre.clone(), field.id().to_owned())],
        Body::Cells { centre, cells } => cells.iter().map(|c| (centre.clone(), cell_name(c))).collect(),
        Body::Remarked { centre, cell, remark, .. } => {
            vec![(centre.clone(), format!("{} {}", remark.id(), cell.name()))]
        }
        Body::Answered { centre, cell, check, .. } => vec![(centre.clone(), format!("query {check} {}", cell.name()))],
        Body::Attached { centre, cell, file } | Body::Detached { centre, cell, file } => {
            let at = cell.as_ref().map_or(String::new(), CellRef::name);
            vec![(centre.clone(), format!("{} {at} {}", file.digest, file.name))]
        }
        Body::DecidedOn { .. } => vec![(String::new(), "decided_on".to_owned())],
        _ => Vec::new(),
    }
}

fn inverse(body: &Body) -> Result<Option<Body>, UndoRefused> {
    Ok(Some(match body {
        Body::Imported { .. } | Body::Undone { .. } => return Ok(None),
        Body::Opened { .. } | Body::Closed { .. } | Body::Reopened { .. } | Body::Repinned { .. } => {
            return Err(UndoRefused::Act);
        }
        Body::CentreAdded { centre } | Body::CentreRestored { centre } => {
            Body::CentreDropped { centre: centre.clone(), reason: String::new() }
        }
        Body::CentreDropped { centre, .. } => Body::CentreRestored { centre: centre.clone() },
        Body::CentreSet { centre, field, was, to } => {
            Body::CentreSet { centre: centre.clone(), field: field.clone(), was: to.clone(), to: was.clone() }
        }
        Body::DecidedOn { was, to } => Body::DecidedOn { was: *to, to: *was },
        Body::Remarked { centre, cell, remark, was, to } => Body::Remarked {
            centre: centre.clone(),
            cell: cell.clone(),
            remark: *remark,
            was: to.clone(),
            to: was.clone(),
        },
        Body::Answered { centre, cell, check, was, to } => Body::Answered {
            centre: centre.clone(),
            cell: cell.clone(),
            check: check.clone(),
            was: to.clone(),
            to: was.clone(),
        },
        Body::Attached { centre, cell, file } => {
            Body::Detached { centre: centre.clone(), cell: cell.clone(), file: file.clone() }
        }
        Body::Detached { centre, cell, file } => {
            Body::Attached { centre: centre.clone(), cell: cell.clone(), file: file.clone() }
        }
        Body::Cells { centre, cells } => {
            let back = |c: &CellChange| CellChange { was: c.to.clone(), to: c.was.clone(), ..c.clone() };
            Body::Cells { centre: centre.clone(), cells: cells.iter().rev().map(back).collect() }
        }
    }))
}

/// How many cells and facts a step changes.
pub fn changes(step: &[Body]) -> usize {
    let of = |body: &Body| match body {
        Body::Cells { cells, .. } => cells.len(),
        Body::Imported { .. } | Body::Undone { .. } => 0,
        _ => 1,
    };
    step.iter().map(of).sum()
}

/// Whether taking this step back wants a question first: it changes several things, or a whole centre comes or goes.
pub fn is_large(step: &[Body]) -> bool {
    let whole = |body: &Body| {
        matches!(body, Body::CentreAdded { .. } | Body::CentreDropped { .. } | Body::CentreRestored { .. })
    };
    changes(step) > 1 || step.iter().any(whole)
}

/// The file that an evaluator's step imported, where it was an import.
pub fn imported<'a>(events: &'a [Event], evaluator: &str, step: u64) -> Option<&'a str> {
    let part = events.iter().filter(|e| e.evaluator == evaluator && e.step == step);
    part.into_iter().find_map(|event| match &event.body {
        Body::Imported { file, .. } => Some(file.as_str()),
        _ => None,
    })
}

/// The events that take back an evaluator's last live step, from all events in fold order.
///
/// # Errors
/// Where there is nothing to take back, or somebody else has since changed the same cell, fact or centre: see
/// [`UndoRefused`].
pub fn undo(events: &[Event], evaluator: &str) -> Result<Vec<Body>, UndoRefused> {
    let own = || events.iter().filter(|e| e.evaluator == evaluator);
    let mut dead = BTreeSet::new();
    for event in own() {
        if let Body::Undone { step } = event.body {
            dead.insert(step);
            dead.insert(event.step);
        }
    }
    let opening = own().find(|e| matches!(e.body, Body::Opened { .. })).map(|e| e.step);
    // An act stands until another such act; what was done before it can still be taken back.
    let acts: BTreeSet<u64> = own().filter(|e| e.body.is_act()).map(|e| e.step).collect();
    let live =
        own().map(|e| e.step).filter(|step| !dead.contains(step) && !acts.contains(step) && Some(*step) != opening);
    let none = if acts.is_empty() { UndoRefused::Nothing } else { UndoRefused::Act };
    let step = live.max().ok_or(none)?;
    let at = events.iter().rposition(|e| e.evaluator == evaluator && e.step == step).unwrap_or(0);
    let part: Vec<&Event> = own().filter(|e| e.step == step).collect();
    let mine: BTreeSet<_> = part.iter().flat_map(|e| touches(&e.body)).collect();
    let (whole, single): (Vec<_>, Vec<_>) = mine.into_iter().partition(|(_, cell)| cell.is_empty());
    for later in events[at + 1..].iter().filter(|e| e.evaluator != evaluator) {
        let clash = touches(&later.body).into_iter().find(|(centre, cell)| {
            let whole_clash = whole.iter().any(|(c, _)| c == centre);
            let later_whole = cell.is_empty() && single.iter().any(|(c, _)| c == centre);
            whole_clash || later_whole || single.iter().any(|(c, mine)| c == centre && mine == cell)
        });
        if let Some((centre, cell)) = clash {
            return Err(UndoRefused::ChangedSince {
                evaluator: later.evaluator.clone(),
                sequence: later.sequence,
                time: later.time,
                what: format!("{centre} {cell}").trim().to_owned(),
            });
        }
    }
    let mut bodies = vec![Body::Undone { step }];
    for event in part.iter().rev() {
        bodies.extend(inverse(&event.body)?);
    }
    Ok(bodies)
}
