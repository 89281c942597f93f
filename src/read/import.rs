//! What a table would change in an evaluation, as a preview and as the events of one step.
//!
//! Empty cells leave what stands, unless they are asked to clear it. Must not apply anything.

use crate::domain::centre::{Centre, Field};
use crate::domain::cohort::CentreIx;
use crate::domain::evaluation::{Body, CellChange, Evaluation, cell_name};
use crate::domain::reading::Reading;
use crate::read::table::{CentreData, Data};

/// A preview and the step that carries it out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// One step, to be appended whole; empty where nothing would change.
    pub bodies: Vec<Body>,
    pub differences: Vec<Difference>,
    pub unchanged: usize,
}

/// One cell or fact that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub centre: String,
    /// `metric@year#judge`, a column such as `status`, or empty for the centre itself.
    pub what: String,
    /// The text of the cell as it stands; empty for blank.
    pub was: String,
    pub to: String,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.bodies.is_empty()
    }

    /// Differences that fill what was blank.
    pub fn new_cells(&self) -> usize {
        self.differences.iter().filter(|d| d.was.is_empty()).count()
    }

    /// Differences that change or clear what stood.
    pub fn changed_cells(&self) -> usize {
        self.differences.len() - self.new_cells()
    }
}

/// Which file a table came from, for the journal.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    pub file: &'a str,
    /// SHA-256 of its bytes.
    pub digest: &'a str,
}

/// Compares a table with an evaluation. With `clear`, empty cells of the table erase what stands.
pub fn plan(evaluation: &Evaluation, data: &Data, origin: Origin<'_>, clear: bool) -> Plan {
    let mut plan = Plan::default();
    for given in &data.centres {
        match evaluation.cohort.find(&given.id) {
            Some(ix) => known(evaluation, ix, given, clear, &mut plan),
            None => added(evaluation, given, &mut plan),
        }
    }
    if !plan.bodies.is_empty() {
        let imported = Body::Imported { file: origin.file.to_owned(), digest: origin.digest.to_owned() };
        plan.bodies.insert(0, imported);
    }
    plan
}

fn added(evaluation: &Evaluation, given: &CentreData, plan: &mut Plan) {
    let centre = given.id.clone();
    plan.bodies.push(Body::CentreAdded { centre: centre.clone() });
    plan.differences.push(Difference { centre, what: String::new(), was: String::new(), to: given.id.clone() });
    let blank = Centre::new(given.id.clone(), &evaluation.rubric);
    facts(evaluation, &blank, given, plan);
    let rubric = &evaluation.rubric;
    let cells = given.cells.iter().filter(|cell| cell.reading.is_some()).map(|cell| CellChange {
        metric: rubric.metrics[cell.metric.0].id.clone(),
        year: cell.year,
        judge: cell.judge.clone(),
        was: None,
        to: cell.reading.clone(),
    });
    push_cells(&given.id, cells.collect(), plan);
}

fn known(evaluation: &Evaluation, ix: CentreIx, given: &CentreData, clear: bool, plan: &mut Plan) {
    facts(evaluation, evaluation.cohort.centre(ix), given, plan);
    let mut changes = Vec::new();
    for cell in given.cells.iter().filter(|cell| clear || cell.reading.is_some()) {
        let place = (cell.metric, cell.year);
        match evaluation.cell_change(ix, place, cell.judge.as_deref(), cell.reading.clone()) {
            Some(change) => changes.push(change),
            None => plan.unchanged += 1,
        }
    }
    push_cells(&given.id, changes, plan);
}

fn facts(evaluation: &Evaluation, centre: &Centre, given: &CentreData, plan: &mut Plan) {
    let rubric = &evaluation.rubric;
    for (field, text) in &given.fields {
        let mut changed = centre.clone();
        // The text was checked when the table was read; written back it is in its canonical form.
        let _ = changed.set(field, text, rubric);
        let (was, to) = (centre.get(field, rubric), changed.get(field, rubric));
        if was == to {
            plan.unchanged += 1;
            continue;
        }
        plan.differences.push(Difference {
            centre: given.id.clone(),
            what: field.id().to_owned(),
            was: if matches!(field, Field::Status) && evaluation.cohort.find(&given.id).is_none() {
                String::new()
            } else {
                was.clone()
            },
            to: to.clone(),
        });
        plan.bodies.push(Body::CentreSet { centre: given.id.clone(), field: field.clone(), was, to });
    }
}

fn push_cells(centre: &str, cells: Vec<CellChange>, plan: &mut Plan) {
    if cells.is_empty() {
        return;
    }
    let text = |reading: &Option<Reading>| reading.as_ref().map_or(String::new(), Reading::cell);
    plan.differences.extend(cells.iter().map(|cell| Difference {
        centre: centre.to_owned(),
        what: cell_name(cell),
        was: text(&cell.was),
        to: text(&cell.to),
    }));
    plan.bodies.push(Body::Cells { centre: centre.to_owned(), cells });
}
