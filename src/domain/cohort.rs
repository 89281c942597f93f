//! The centres evaluated together, with their readings. Must not know where they came from or what they score.

mod under;

use std::collections::HashMap;

use super::centre::{Centre, Status};
use super::evaluation::CellRef;
use super::needs::Needs;
use super::reading::{Cycle, Layout, Reading, Readings, Remark, Slot, panel_value};
use super::rubric::Rubric;

/// Position of a centre in a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CentreIx(pub usize);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    pub layout: Layout,
    needs: Needs,
    centres: Vec<Centre>,
    readings: Vec<Readings>,
    index: HashMap<String, usize>,
}

impl Cohort {
    pub fn new(rubric: &Rubric, cycle: Cycle) -> Self {
        let layout = Layout::new(rubric, cycle);
        Self {
            needs: Needs::new(rubric, &layout),
            layout,
            centres: Vec::new(),
            readings: Vec::new(),
            index: HashMap::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.centres.len()
    }

    pub fn is_empty(&self) -> bool {
        self.centres.is_empty()
    }

    /// Every position, in roster order.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = CentreIx> + ExactSizeIterator + use<> {
        (0..self.centres.len()).map(CentreIx)
    }

    pub fn find(&self, id: &str) -> Option<CentreIx> {
        self.index.get(id).copied().map(CentreIx)
    }

    pub fn centre(&self, ix: CentreIx) -> &Centre {
        &self.centres[ix.0]
    }

    pub fn centre_mut(&mut self, ix: CentreIx) -> &mut Centre {
        &mut self.centres[ix.0]
    }

    pub fn readings(&self, ix: CentreIx) -> &Readings {
        &self.readings[ix.0]
    }

    pub fn readings_mut(&mut self, ix: CentreIx) -> &mut Readings {
        &mut self.readings[ix.0]
    }

    /// Adds a centre at the end; a centre of that id that is already there stays as it is.
    pub fn add(&mut self, centre: Centre) -> CentreIx {
        if let Some(ix) = self.find(&centre.id) {
            return ix;
        }
        let readings = Readings::blank(&self.layout);
        self.insert(self.len(), centre, readings)
    }

    /// Puts a centre back where it stood.
    pub fn insert(&mut self, at: usize, centre: Centre, readings: Readings) -> CentreIx {
        let at = at.min(self.len());
        let appended = at == self.len();
        self.index.insert(centre.id.clone(), at);
        self.centres.insert(at, centre);
        self.readings.insert(at, readings);
        if !appended {
            self.reindex();
        }
        CentreIx(at)
    }

    /// Takes a centre out with all its readings.
    pub fn remove(&mut self, ix: CentreIx) -> (Centre, Readings) {
        let taken = (self.centres.remove(ix.0), self.readings.remove(ix.0));
        self.reindex();
        taken
    }

    fn reindex(&mut self) {
        self.index = self.centres.iter().enumerate().map(|(ix, c)| (c.id.clone(), ix)).collect();
    }

    /// What a formula sees in a slot: the reading, or the value of a panel's marks. `None` is blank.
    pub fn seen(&self, rubric: &Rubric, ix: CentreIx, slot: Slot) -> Option<Reading> {
        seen(rubric, &self.layout, self.readings(ix), slot)
    }

    /// Cells that this centre's score waits for, in file order.
    pub fn needed(&self, ix: CentreIx) -> Vec<Slot> {
        self.needs.slots(&self.layout, self.centre(ix), self.readings(ix))
    }

    /// Cells of [`Cohort::needed`] that are still blank.
    pub fn gaps(&self, rubric: &Rubric, ix: CentreIx) -> Vec<Slot> {
        let blank = |slot: &Slot| seen(rubric, &self.layout, self.readings(ix), *slot).is_none();
        self.needed(ix).into_iter().filter(blank).collect()
    }

    /// Cells of a centre that have a value, whose metric asks for evidence, and that have none; none where the centre does
    /// not take part, because nobody looks at its figures.
    pub fn without_evidence(&self, rubric: &Rubric, ix: CentreIx) -> Vec<Slot> {
        if self.centre(ix).status != Status::Participating {
            return Vec::new();
        }
        let readings = self.readings(ix);
        let wanting = |slot: &Slot| {
            let (metric, year) = self.layout.cell(*slot);
            let metric = &rubric.metrics[metric.0];
            let is_here = |cell: &CellRef| cell.metric == metric.id && cell.year == year && cell.judge.is_none();
            let has_file = || readings.files().iter().any(|file| file.cell.as_ref().is_some_and(is_here));
            let has_value = || matches!(readings.get(*slot), Some(Reading::Value(_)));
            metric.evidence && has_value() && readings.remark(*slot, None, Remark::Evidence).is_empty() && !has_file()
        };
        (0..self.layout.slots()).map(Slot).filter(wanting).collect()
    }

    /// Nothing is still to come: every needed cell that is blank becomes not reported. How many there were of
    /// those who take part.
    pub fn close(&mut self, rubric: &Rubric) -> usize {
        let mut closed = 0;
        for ix in self.all() {
            // A closed cell may make the year before it needed ("last" looks past what does not apply), so go on until
            // nothing is open.
            loop {
                let gaps = self.gaps(rubric, ix);
                if gaps.is_empty() {
                    break;
                }
                closed += if self.centre(ix).status == Status::Participating { gaps.len() } else { 0 };
                for slot in gaps {
                    let (metric, _) = self.layout.cell(slot);
                    let judge = rubric.metrics[metric.0].panel.is_some().then_some("");
                    self.readings_mut(ix).put(slot, judge, Some(Reading::NotReported));
                }
            }
        }
        closed
    }
}

/// What a formula sees in a slot of one centre.
pub fn seen(rubric: &Rubric, layout: &Layout, readings: &Readings, slot: Slot) -> Option<Reading> {
    let (metric, _) = layout.cell(slot);
    match &rubric.metrics[metric.0].panel {
        None => readings.get(slot).cloned(),
        Some(panel) => panel_value(panel, &readings.marks(slot).collect::<Vec<_>>()),
    }
}
