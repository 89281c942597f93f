//! The centres evaluated together, with their readings. Must not know where they came from or what they score.

use std::collections::{BTreeSet, HashMap};

use super::centre::Centre;
use super::formula::Expr;
use super::reading::{Cycle, Layout, Reading, Readings, Slot, panel_value};
use super::rubric::{MetricIx, Rubric, Scoring};
use super::rule::Rule;

/// Position of a centre in a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CentreIx(pub usize);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    pub layout: Layout,
    centres: Vec<Centre>,
    readings: Vec<Readings>,
    index: HashMap<String, usize>,
}

impl Cohort {
    pub fn new(rubric: &Rubric, cycle: Cycle) -> Self {
        Self { layout: Layout::new(rubric, cycle), centres: Vec::new(), readings: Vec::new(), index: HashMap::new() }
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

    /// The cells that this centre's score waits for, in file order: those of every metric that an indicator of its
    /// kind, a gate or a grade looks at, in the years that count for it.
    pub fn needed(&self, rubric: &Rubric, ix: CentreIx) -> Vec<Slot> {
        needed(rubric, &self.layout, self.centre(ix))
    }

    /// Cells of [`Cohort::needed`] that are still blank.
    pub fn gaps(&self, rubric: &Rubric, ix: CentreIx) -> Vec<Slot> {
        let blank = |slot: &Slot| self.seen(rubric, ix, *slot).is_none();
        self.needed(rubric, ix).into_iter().filter(blank).collect()
    }

    /// Nothing is still to come: every needed cell that is blank becomes not reported.
    pub fn close(&mut self, rubric: &Rubric) {
        for ix in self.all() {
            for slot in self.gaps(rubric, ix) {
                let (metric, _) = self.layout.cell(slot);
                let judge = rubric.metrics[metric.0].panel.is_some().then_some("");
                self.readings_mut(ix).put(slot, judge, Some(Reading::NotReported));
            }
        }
    }
}

/// What a formula sees in a slot of one centre.
pub fn seen(rubric: &Rubric, layout: &Layout, readings: &Readings, slot: Slot) -> Option<Reading> {
    let (metric, _) = layout.cell(slot);
    match &rubric.metrics[metric.0].panel {
        None => readings.get(slot).cloned(),
        Some(panel) => panel_value(panel, &readings.marks(slot).map(|(_, mark)| mark).collect::<Vec<_>>()),
    }
}

/// Which metrics a rubric uses for a kind, and whether any formula looks before the cycle's last year for them.
fn used(rubric: &Rubric, centre: &Centre) -> (BTreeSet<MetricIx>, BTreeSet<MetricIx>) {
    let (mut plain, mut back) = (BTreeSet::new(), BTreeSet::new());
    let mut note = |expr: &Expr| {
        plain.extend(expr.metrics());
        expr.walk(&mut |part| {
            if let Expr::Over(aggregate, inner) = part
                && aggregate.looks_back()
            {
                back.extend(inner.metrics());
            }
        });
    };
    let Some(kind) = centre.kind else { return (plain, back) };
    for (node, indicator) in rubric.indicators() {
        if rubric.nodes[node.0].points.get(kind).0.is_positive() {
            formulas(&indicator.scoring, &mut note);
        }
    }
    for gate in &rubric.gates {
        gate.when.condition.formulas(&mut note);
    }
    for requirement in rubric.grades.iter().flat_map(|g| &g.requires) {
        requirement.condition.formulas(&mut note);
    }
    (plain, back)
}

fn needed(rubric: &Rubric, layout: &Layout, centre: &Centre) -> Vec<Slot> {
    let (plain, back) = used(rubric, centre);
    let counts = |year: i16| centre.since.is_none_or(|since| year >= since);
    (0..layout.slots())
        .map(Slot)
        .filter(|slot| match layout.cell(*slot) {
            (metric, None) => plain.contains(&metric),
            (metric, Some(year)) if layout.cycle.contains(year) => plain.contains(&metric) && counts(year),
            (metric, Some(year)) => back.contains(&metric) && counts(year),
        })
        .collect()
}

/// Calls `visit` on every formula of an indicator: measures, and goals or bounds of its rules.
pub fn formulas(scoring: &Scoring, visit: &mut impl FnMut(&Expr)) {
    match scoring {
        Scoring::Rule { measure, rule } => {
            visit(&measure.expr);
            match rule {
                Rule::Linear { from, to, .. } => {
                    visit(&from.expr);
                    visit(&to.expr);
                }
                Rule::Target { goal } => visit(&goal.expr),
                _ => {}
            }
        }
        Scoring::BestOf(choices) | Scoring::AllOf(choices) => choices.iter().for_each(|c| formulas(&c.scoring, visit)),
    }
}
