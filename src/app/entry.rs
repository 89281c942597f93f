//! The entry screen's state: one centre's cells in the order of the rubric, and where the cursor stands.
//!
//! Must not know how a reading is written down or how wide a column is.

use std::collections::BTreeSet;

use tui_input::Input;

use super::list::{List, Motion};
use super::session::Session;
use super::typing::Typing;
use crate::domain::cohort::CentreIx;
use crate::domain::evaluation::{CellRef, Evaluation};
use crate::domain::needs::formulas;
use crate::domain::reading::{Reading, Slot};
use crate::domain::rubric::{Body, MetricIx, NodeIx, Rubric};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Total,
    /// A criterion or indicator: its points.
    Node(NodeIx),
    /// Heading of the metrics that no indicator uses.
    Others,
    Metric(MetricIx),
    /// What a panel's marks come to; not a cell to fill in.
    Panel(MetricIx),
    Judge(MetricIx, String),
    AddJudge(MetricIx),
}

/// A place to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub metric: MetricIx,
    pub year: Option<i16>,
    pub slot: Slot,
    pub judge: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Entry {
    /// The centre's id: positions move when centres come and go.
    pub centre: String,
    pub rows: Vec<Row>,
    /// The years as columns; one column without a year where the rubric has no yearly metric.
    pub years: Vec<Option<i16>>,
    pub list: List,
    /// Years first; the one after the last is the points.
    pub columns: List,
    pub needed: BTreeSet<Slot>,
    pub gaps: BTreeSet<Slot>,
    pub typing: Option<Typing>,
    /// The name of a judge to add to a metric's panel.
    pub naming: Option<(MetricIx, Input)>,
    /// Judges without a mark yet.
    judges: Vec<(MetricIx, String)>,
}

impl Entry {
    /// A centre's cells, with the cursor on its first gap, or on its first cell.
    pub fn new(session: &Session, ix: CentreIx) -> Self {
        let evaluation = &session.evaluation;
        let layout = &evaluation.cohort.layout;
        let yearly = evaluation.rubric.metrics.iter().any(|m| m.yearly);
        let years = if yearly { (layout.first_year..=layout.cycle.last).map(Some).collect() } else { vec![None] };
        let mut entry = Self {
            centre: evaluation.cohort.centre(ix).id.clone(),
            rows: Vec::new(),
            years,
            list: List::default(),
            columns: List::default(),
            needed: BTreeSet::new(),
            gaps: BTreeSet::new(),
            typing: None,
            naming: None,
            judges: Vec::new(),
        };
        entry.refresh(evaluation);
        let first = entry.gap_from(0, 0, evaluation).or_else(|| entry.cell_from(0, 0, evaluation));
        entry.put(first.unwrap_or((0, entry.years.len())));
        entry.list.first = 0;
        entry
    }

    /// After something was changed.
    pub fn refresh(&mut self, evaluation: &Evaluation) {
        let Some(ix) = evaluation.cohort.find(&self.centre) else { return };
        self.needed = evaluation.cohort.needed(ix).into_iter().collect();
        self.gaps = evaluation.cohort.gaps(&evaluation.rubric, ix).into_iter().collect();
        let here = self.rows.get(self.list.at).cloned();
        self.rows = rows(evaluation, ix, &self.judges);
        if let Some(at) = here.and_then(|row| self.rows.iter().position(|r| *r == row)) {
            self.list.at = at;
        }
        self.list.within(self.rows.len());
    }

    pub fn points_column(&self) -> usize {
        self.years.len()
    }

    pub fn on_points(&self) -> bool {
        self.columns.at == self.points_column()
    }

    /// The cell at a row and column.
    pub fn cell_at(&self, row: usize, column: usize, evaluation: &Evaluation) -> Option<Cell> {
        let year = *self.years.get(column)?;
        let (metric, judge) = match self.rows.get(row)? {
            Row::Metric(metric) => (*metric, None),
            Row::Judge(metric, judge) => (*metric, Some(judge.clone())),
            _ => return None,
        };
        let year = year.filter(|_| evaluation.rubric.metrics[metric.0].yearly);
        let slot = evaluation.cohort.layout.slot(metric, year)?;
        Some(Cell { metric, year, slot, judge })
    }

    /// The cell under the cursor.
    pub fn cell(&self, evaluation: &Evaluation) -> Option<Cell> {
        self.cell_at(self.list.at, self.columns.at, evaluation)
    }

    /// How events name the cell under the cursor.
    pub fn cell_ref(&self, evaluation: &Evaluation) -> Option<CellRef> {
        let cell = self.cell(evaluation)?;
        let metric = evaluation.rubric.metrics[cell.metric.0].id.clone();
        Some(CellRef { metric, year: cell.year, judge: cell.judge })
    }

    /// What the year before has in the row of the cursor.
    pub fn last_year(&self, evaluation: &Evaluation) -> Option<Reading> {
        let year = self.cell(evaluation)?.year?;
        let column = self.years.iter().position(|y| *y == year.checked_sub(1))?;
        let cell = self.cell_at(self.list.at, column, evaluation)?;
        self.reading(&cell, evaluation).cloned()
    }

    /// What the nearest cell above has in the column of the cursor.
    pub fn above(&self, evaluation: &Evaluation) -> Option<Reading> {
        let cell = (0..self.list.at).rev().find_map(|row| self.cell_at(row, self.columns.at, evaluation))?;
        self.reading(&cell, evaluation).cloned()
    }

    /// Rows that have cells, from the cursor's on: where the rows of a pasted block go.
    pub fn rows_from_cursor(&self) -> impl Iterator<Item = usize> + '_ {
        let fillable = |row: &usize| matches!(self.rows[*row], Row::Metric(_) | Row::Judge(..));
        (self.list.at..self.rows.len()).filter(fillable)
    }

    pub fn reading<'a>(&self, cell: &Cell, evaluation: &'a Evaluation) -> Option<&'a Reading> {
        let ix = evaluation.cohort.find(&self.centre)?;
        evaluation.cohort.readings(ix).at(cell.slot, cell.judge.as_deref())
    }

    /// The metric of a row.
    pub fn metric(&self, row: usize) -> Option<MetricIx> {
        match self.rows.get(row)? {
            Row::Metric(m) | Row::Panel(m) | Row::Judge(m, _) | Row::AddJudge(m) => Some(*m),
            Row::Total | Row::Node(_) | Row::Others => None,
        }
    }

    /// The row of the indicator, or the total, that the cursor's row belongs to.
    pub fn owner(&self) -> usize {
        let heading = |row: &usize| matches!(self.rows.get(*row), Some(Row::Total | Row::Node(_)));
        (0..=self.list.at).rev().find(heading).unwrap_or(0)
    }

    pub fn node(&self) -> Option<NodeIx> {
        match self.rows.get(self.owner())? {
            Row::Node(node) => Some(*node),
            _ => None,
        }
    }

    fn can_stand(&self, row: usize) -> bool {
        match self.rows[row] {
            Row::Total | Row::Node(_) => self.on_points(),
            Row::Metric(_) | Row::Judge(..) | Row::AddJudge(_) => !self.on_points(),
            Row::Panel(_) | Row::Others => false,
        }
    }

    /// Goes up or down to a row where the cursor can stand.
    pub fn go(&mut self, motion: Motion) {
        let target = self.list.target(motion, self.rows.len());
        let back = target < self.list.at || matches!(motion, Motion::Last);
        self.settle(target, back);
    }

    /// Stands on a row, or on the nearest one in a direction where the cursor can stand.
    pub fn settle(&mut self, target: usize, back: bool) {
        let before = (0..=target).rev().find(|row| self.can_stand(*row));
        let after = (target..self.rows.len()).find(|row| self.can_stand(*row));
        let found = if back { before.or(after) } else { after.or(before) };
        self.list.at = found.unwrap_or(self.list.at);
    }

    /// Goes left or right; the points belong to the heading above the cells.
    pub fn go_across(&mut self, motion: Motion) {
        let before = self.on_points();
        self.columns.go(motion, self.years.len() + 1);
        match (before, self.on_points()) {
            (false, true) => self.list.at = self.owner(),
            (true, false) => self.settle(self.list.at, false),
            _ => {}
        }
    }

    fn put(&mut self, (row, column): (usize, usize)) {
        self.list.at = row;
        self.columns.at = column;
    }

    fn positions(&self) -> impl DoubleEndedIterator<Item = (usize, usize)> + use<> {
        let columns = self.years.len();
        (0..self.rows.len()).flat_map(move |row| (0..columns).map(move |column| (row, column)))
    }

    /// Where entry goes by itself: cells that are needed or filled, each once.
    fn is_stop(&self, (row, column): (usize, usize), evaluation: &Evaluation) -> bool {
        let Some(cell) = self.cell_at(row, column, evaluation) else { return false };
        let whole_cycle = cell.year.is_none() && column > 0;
        !whole_cycle && (self.needed.contains(&cell.slot) || self.reading(&cell, evaluation).is_some())
    }

    fn is_gap(&self, (row, column): (usize, usize), evaluation: &Evaluation) -> bool {
        match &self.rows[row] {
            // Where every judge has marked and it is still too few, the gap is a judge.
            Row::AddJudge(metric) => {
                let year = self.years[column].filter(|_| evaluation.rubric.metrics[metric.0].yearly);
                let slot = evaluation.cohort.layout.slot(*metric, year);
                let marked = |other: usize| {
                    self.cell_at(other, column, evaluation).is_none_or(|c| self.reading(&c, evaluation).is_some())
                };
                let judges = (0..row).rev().take_while(|r| matches!(&self.rows[*r], Row::Judge(m, _) if m == metric));
                slot.is_some_and(|slot| self.gaps.contains(&slot)) && judges.into_iter().all(marked)
            }
            _ => self
                .cell_at(row, column, evaluation)
                .is_some_and(|cell| self.gaps.contains(&cell.slot) && self.reading(&cell, evaluation).is_none()),
        }
    }

    fn gap_from(&self, row: usize, column: usize, evaluation: &Evaluation) -> Option<(usize, usize)> {
        self.positions().find(|at| *at >= (row, column) && self.is_gap(*at, evaluation))
    }

    fn cell_from(&self, row: usize, column: usize, evaluation: &Evaluation) -> Option<(usize, usize)> {
        self.positions().find(|at| *at >= (row, column) && self.is_stop(*at, evaluation))
    }

    /// The position behind the cursor's: a row about the whole cycle is one stop, whichever column the cursor came by.
    fn after(&self, evaluation: &Evaluation) -> (usize, usize) {
        let single = self.metric(self.list.at).is_some_and(|metric| !evaluation.rubric.metrics[metric.0].yearly);
        if single { (self.list.at + 1, 0) } else { (self.list.at, self.columns.at + 1) }
    }

    /// Goes to the next gap, from the start again after the last; whether there is one.
    pub fn go_to_gap(&mut self, evaluation: &Evaluation) -> bool {
        let (row, column) = self.after(evaluation);
        let next = self.gap_from(row, column, evaluation);
        let gap = next.or_else(|| self.gap_from(0, 0, evaluation));
        if let Some(gap) = gap {
            self.put(gap);
        }
        gap.is_some()
    }

    /// Goes to the next or previous cell of the entry order; stays at the ends.
    pub fn go_to_cell(&mut self, back: bool, evaluation: &Evaluation) {
        let here = (self.list.at, self.columns.at);
        let stop = |at: &(usize, usize)| self.is_stop(*at, evaluation);
        let found = if back {
            self.positions().rev().find(|at| *at < here && stop(at))
        } else {
            let from = self.after(evaluation);
            self.positions().find(|at| *at >= from && stop(at))
        };
        if let Some(found) = found {
            self.put(found);
        }
    }

    /// Puts the cursor on an indicator's first gap, or else on its first cell; whether it has a cell.
    pub fn go_to_node(&mut self, node: NodeIx, evaluation: &Evaluation) -> bool {
        let used = metrics_of(&evaluation.rubric, node);
        let of_node = |at: &(usize, usize)| self.metric(at.0).is_some_and(|m| used.contains(&m));
        let gap = self.positions().find(|at| of_node(at) && self.is_gap(*at, evaluation));
        let stop = || self.positions().find(|at| of_node(at) && self.is_stop(*at, evaluation));
        let cell = || self.positions().find(|at| of_node(at) && self.cell_at(at.0, at.1, evaluation).is_some());
        let found = gap.or_else(stop).or_else(cell);
        if let Some(found) = found {
            self.put(found);
        }
        found.is_some()
    }

    /// Puts the cursor on a cell; whether it is in the table.
    pub fn go_to_slot(&mut self, slot: Slot, judge: Option<&str>, evaluation: &Evaluation) -> bool {
        let is_it = |at: &(usize, usize)| {
            self.cell_at(at.0, at.1, evaluation).is_some_and(|cell| cell.slot == slot && cell.judge.as_deref() == judge)
        };
        let found = self.positions().find(is_it);
        if let Some(found) = found {
            self.put(found);
        }
        found.is_some()
    }

    /// Adds a row for a judge and goes there; `false` where the panel has one of that name.
    pub fn add_judge(&mut self, metric: MetricIx, judge: &str, evaluation: &Evaluation) -> bool {
        let row = Row::Judge(metric, judge.to_owned());
        if self.rows.contains(&row) {
            return false;
        }
        self.judges.push((metric, judge.to_owned()));
        self.refresh(evaluation);
        let at = self.rows.iter().position(|r| *r == row).unwrap_or(self.list.at);
        let column = (0..self.years.len()).find(|c| self.is_gap((at, *c), evaluation));
        self.put((at, column.unwrap_or(0)));
        true
    }
}

/// Metrics that an indicator's formulas name, in the order of the text.
pub fn metrics_of(rubric: &Rubric, node: NodeIx) -> Vec<MetricIx> {
    let mut found: Vec<MetricIx> = Vec::new();
    if let Body::Indicator(indicator) = &rubric.nodes[node.0].body {
        formulas(&indicator.scoring, &mut |expr| {
            for metric in expr.metrics() {
                if !found.contains(&metric) {
                    found.push(metric);
                }
            }
        });
    }
    found
}

fn rows(evaluation: &Evaluation, ix: CentreIx, judges: &[(MetricIx, String)]) -> Vec<Row> {
    let rubric = &evaluation.rubric;
    let class = rubric.class(evaluation.cohort.centre(ix));
    let mut rows = vec![Row::Total];
    let mut done = BTreeSet::new();
    for node in (0..rubric.nodes.len()).map(NodeIx) {
        if class.is_some_and(|class| !rubric.exists_for(node, class)) {
            continue;
        }
        rows.push(Row::Node(node));
        for metric in metrics_of(rubric, node) {
            if done.insert(metric) {
                metric_rows(evaluation, ix, metric, judges, &mut rows);
            }
        }
    }
    let others: Vec<MetricIx> = (0..rubric.metrics.len()).map(MetricIx).filter(|m| !done.contains(m)).collect();
    if !others.is_empty() {
        rows.push(Row::Others);
        others.into_iter().for_each(|metric| metric_rows(evaluation, ix, metric, judges, &mut rows));
    }
    rows
}

fn metric_rows(
    evaluation: &Evaluation,
    ix: CentreIx,
    metric: MetricIx,
    judges: &[(MetricIx, String)],
    rows: &mut Vec<Row>,
) {
    if evaluation.rubric.metrics[metric.0].panel.is_none() {
        rows.push(Row::Metric(metric));
        return;
    }
    let layout = &evaluation.cohort.layout;
    let readings = evaluation.cohort.readings(ix);
    let slots = (0..layout.slots()).map(Slot).filter(|slot| layout.cell(*slot).0 == metric);
    let mut names: BTreeSet<String> =
        slots.flat_map(|slot| readings.marks(slot)).map(|(judge, _)| judge.to_owned()).collect();
    names.extend(judges.iter().filter(|(m, _)| *m == metric).map(|(_, judge)| judge.clone()));
    rows.push(Row::Panel(metric));
    rows.extend(names.into_iter().map(|judge| Row::Judge(metric, judge)));
    rows.push(Row::AddJudge(metric));
}
