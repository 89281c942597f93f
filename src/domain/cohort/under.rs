//! The same centres and readings under another rubric, matched by id: what a rubric has no place for is left behind. Must
//! not know why anybody asks.

use super::Cohort;
use crate::domain::centre::{Centre, Field};
use crate::domain::needs::Needs;
use crate::domain::reading::{Layout, Slot};
use crate::domain::rubric::{MetricIx, Rubric};

impl Cohort {
    /// Whether a rubric of the same metrics waits for the same cells, so that the cohort can be scored by it as it is.
    pub fn fits(&self, rubric: &Rubric) -> bool {
        let layout = Layout::new(rubric, self.layout.cycle);
        layout == self.layout && Needs::new(rubric, &layout) == self.needs
    }

    /// This cohort of rubric `from` as rubric `to` sees it. With `closed` nothing is still to come: what `to` needs and
    /// was never given is not reported.
    #[must_use]
    pub fn under(&self, from: &Rubric, to: &Rubric, closed: bool) -> Self {
        let mut cohort = Self::new(to, self.layout.cycle);
        let metrics: Vec<Option<MetricIx>> = from.metrics.iter().map(|metric| to.metric(&metric.id)).collect();
        for at in self.all() {
            let ix = cohort.add(centre(self.centre(at), from, to));
            for slot in (0..self.layout.slots()).map(Slot) {
                let (metric, year) = self.layout.cell(slot);
                let there = metrics[metric.0].and_then(|metric| cohort.layout.slot(metric, year));
                let Some(there) = there else { continue };
                let (given, readings) = (self.readings(at), cohort.readings_mut(ix));
                if let Some(reading) = given.get(slot) {
                    readings.put(there, None, Some(reading.clone()));
                }
                for (judge, mark) in given.marks(slot) {
                    readings.put(there, Some(judge), Some(mark.clone()));
                }
                for (judge, remark, text) in given.remarks(slot) {
                    readings.write_remark(there, (!judge.is_empty()).then_some(judge), remark, text);
                }
            }
        }
        if closed {
            cohort.close(to);
        }
        cohort
    }
}

fn centre(centre: &Centre, from: &Rubric, to: &Rubric) -> Centre {
    let mut moved = Centre::new(centre.id.clone(), to);
    let attributes = to.attributes.iter().map(|attribute| Field::Attribute(attribute.id.clone()));
    for field in Field::RESERVED.into_iter().map(|(_, field)| field).chain(attributes) {
        let text = centre.get(&field, from);
        let known = |id: &&str| match field {
            Field::Findings => to.finding(id).is_some(),
            Field::Previous => to.grade(id).is_some(),
            _ => true,
        };
        let text = match field {
            Field::Findings | Field::Previous => text.split(';').filter(known).collect::<Vec<_>>().join(";"),
            _ => text,
        };
        // A value that the other rubric does not know is left behind.
        let _ = moved.set(&field, &text, to);
    }
    moved
}
