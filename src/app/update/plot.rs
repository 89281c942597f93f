//! Opening plots, turning between them, and from a row of one to what is behind it. Must not know how they are drawn.

use crate::app::cohort::Cohort;
use crate::app::entry::Entry;
use crate::app::model::{Model, Screen};
use crate::app::plot::{Plot, Shown};
use crate::domain::peers::Part;
use crate::domain::rubric::MetricIx;
use crate::write::plot::text::Row;

/// From a table the distribution, from a centre its own plots; from either the other one.
pub(super) fn show(model: &mut Model) {
    let Some(session) = &model.session else { return };
    if let Some(Screen::Plot(plot)) = model.screens.last_mut() {
        plot.turn(session, model.lang);
        return;
    }
    let (shown, centre) = match model.screens.last() {
        Some(Screen::Entry(entry)) => (Shown::Centre, session.find(&entry.centre)),
        Some(Screen::Ledger(ledger)) => (Shown::Centre, session.find(&ledger.centre)),
        _ => (Shown::Distribution, model.cohort().and_then(Cohort::chosen)),
    };
    let plot = Plot::new(session, shown, centre, model.lang);
    model.screens.push(Screen::Plot(Box::new(plot)));
}

/// What is behind the chosen row: the ledger, or the cells of a metric.
pub(super) fn open(model: &mut Model) {
    let (Some(session), Some(Screen::Plot(plot))) = (&model.session, model.screens.last()) else { return };
    let Some(ix) = plot.find(session) else { return };
    match plot.chosen() {
        Some(Row::Years { metric: Some(metric), .. }) => {
            let metric = *metric;
            let mut entry = Entry::new(session, ix);
            go_to_metric(&mut entry, metric);
            model.screens.push(Screen::Entry(Box::new(entry)));
        }
        Some(Row::Shares(shares)) => {
            let node = shares.part.map(|part| match part {
                Part::Node(node) | Part::Level(node, _) => node,
            });
            super::opening::show_ledger(model, ix, node);
        }
        Some(Row::Bin { is_marked: true, .. }) => super::opening::show_ledger(model, ix, None),
        _ => {}
    }
}

fn go_to_metric(entry: &mut Entry, metric: MetricIx) {
    let row = (0..entry.rows.len()).find(|row| entry.metric(*row) == Some(metric));
    if let Some(row) = row {
        entry.settle(row, false);
    }
}
