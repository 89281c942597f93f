//! What happened to an evaluation or to one of its cells, step by step, for people to read.
//!
//! Must not know where the events are kept nor how a moment is written down.

use super::evaluation::{Body, CellChange, CellRef, Event};

/// A step of somebody's, or what it did to the cell that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub evaluator: String,
    pub step: u64,
    /// Microseconds since 1970-01-01 UTC by the evaluator's clock.
    pub time: i64,
    /// What was done first in the step.
    pub body: Body,
    /// How many events followed in the same step.
    pub more: u64,
}

/// Whose history is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    Evaluation,
    Cell { centre: String, cell: CellRef },
}

/// What an event did to one cell of a centre, or to the centre as a whole; `None` where it did nothing to it.
pub fn of_cell(event: &Event, centre: &str, cell: &CellRef) -> Option<Past> {
    let body = match &event.body {
        Body::Cells { centre: c, cells } if c == centre => {
            let same = |c: &&CellChange| (&c.metric, &c.year, &c.judge) == (&cell.metric, &cell.year, &cell.judge);
            let change = cells.iter().find(same)?;
            Body::Cells { centre: c.clone(), cells: vec![change.clone()] }
        }
        Body::Remarked { centre: c, cell: remarked, .. } if c == centre && remarked == cell => event.body.clone(),
        Body::Answered { centre: c, cell: answered, .. } if c == centre && answered == cell => event.body.clone(),
        Body::Attached { centre: c, cell: Some(beside), .. } | Body::Detached { centre: c, cell: Some(beside), .. }
            if c == centre && beside == cell =>
        {
            event.body.clone()
        }
        Body::CentreAdded { centre: c }
        | Body::CentreDropped { centre: c, .. }
        | Body::CentreRestored { centre: c }
            if c == centre =>
        {
            event.body.clone()
        }
        _ => return None,
    };
    Some(Past { evaluator: event.evaluator.clone(), step: event.step, time: event.time, body, more: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_s_history_is_its_own_changes_and_its_centre_s_comings_and_goings() {
        let change =
            |metric: &str, year| CellChange { metric: metric.to_owned(), year, judge: None, was: None, to: None };
        let event = |body| Event { evaluator: "li".to_owned(), sequence: 1, step: 1, lamport: 1, time: 7, body };
        let cells = vec![change("staff", Some(2023)), change("staff", Some(2024))];
        let changed = event(Body::Cells { centre: "c1".to_owned(), cells });
        let staff = |year| CellRef { metric: "staff".to_owned(), year: Some(year), judge: None };
        let found = of_cell(&changed, "c1", &staff(2024)).map(|past| past.body);
        let only = Body::Cells { centre: "c1".to_owned(), cells: vec![change("staff", Some(2024))] };
        assert_eq!(found, Some(only));
        assert_eq!(of_cell(&changed, "c1", &staff(2022)), None);
        assert_eq!(of_cell(&changed, "c2", &staff(2024)), None);
        let added = event(Body::CentreAdded { centre: "c1".to_owned() });
        assert!(of_cell(&added, "c1", &staff(2024)).is_some() && of_cell(&added, "c2", &staff(2024)).is_none());
    }
}
