//! What a table would change in an evaluation, as a preview and as the events of one step.
//!
//! Empty cells leave what stands, unless they are asked to clear it. Must not apply anything.

use std::collections::HashMap;

use crate::domain::centre::{Centre, Field};
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, CellChange, Evaluation, cell_name, changes};
use crate::domain::origin::Origin;
use crate::domain::reading::Reading;
use crate::read::table::{CentreData, Data};

/// A preview and the step that carries it out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// One step, to be appended whole; empty where nothing would change.
    pub bodies: Vec<Body>,
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

    /// What would change, in the order of the table. Made as they are asked for: an import has up to a million.
    pub fn differences(&self) -> impl Iterator<Item = Difference> {
        let mut added = "";
        self.bodies.iter().flat_map(move |body| {
            if let Body::CentreAdded { centre } = body {
                added = centre;
            }
            differences(body, added)
        })
    }

    /// How many differences fill what was blank, and how many change or clear what stood.
    pub fn counts(&self) -> (usize, usize) {
        let mut added = "";
        let mut new = 0;
        for body in &self.bodies {
            match body {
                Body::CentreAdded { centre } => {
                    added = centre;
                    new += 1;
                }
                Body::CentreSet { centre, was, .. } => new += usize::from(was.is_empty() || centre == added),
                Body::Cells { cells, .. } => new += cells.iter().filter(|cell| cell.was.is_none()).count(),
                _ => {}
            }
        }
        (new, changes(&self.bodies) - new)
    }
}

/// The differences of one event; `added` is the centre that was added last, of which nothing stood before.
fn differences<'a>(body: &'a Body, added: &'a str) -> Box<dyn Iterator<Item = Difference> + 'a> {
    let text = |reading: &Option<Reading>| reading.as_ref().map_or(String::new(), Reading::cell);
    match body {
        Body::CentreAdded { centre } => Box::new(std::iter::once(Difference {
            centre: centre.clone(),
            what: String::new(),
            was: String::new(),
            to: centre.clone(),
        })),
        Body::CentreSet { centre, field, was, to } => Box::new(std::iter::once(Difference {
            centre: centre.clone(),
            what: field.id().to_owned(),
            was: if centre == added { String::new() } else { was.clone() },
            to: to.clone(),
        })),
        Body::Cells { centre, cells } => Box::new(cells.iter().map(move |cell| Difference {
            centre: centre.clone(),
            what: cell_name(cell),
            was: text(&cell.was),
            to: text(&cell.to),
        })),
        _ => Box::new(std::iter::empty()),
    }
}

/// Rows that would add a centre under the name that another one has: somebody wrote the name where its id belongs.
pub fn twins(evaluation: &Evaluation, data: &Data) -> Vec<Diagnostic> {
    let cohort = &evaluation.cohort;
    let names: HashMap<&str, &str> = cohort
        .all()
        .map(|ix| cohort.centre(ix))
        .filter(|centre| !centre.name.is_empty())
        .map(|centre| (centre.name.as_str(), centre.id.as_str()))
        .collect();
    let twin = |given: &CentreData| {
        if cohort.find(&given.id).is_some() {
            return None;
        }
        let named = given.fields.iter().find(|(field, _)| *field == Field::Name).map_or("", |(_, name)| name);
        let (name, id) = [given.id.as_str(), named].into_iter().find_map(|name| Some((name, *names.get(name)?)))?;
        let what = Diagnostic::error(
            "E-centre-twin",
            format!("`{}` would be a new centre, but “{name}” is the name of {id}", given.id),
            format!("`{}` 将成为新单位，但“{name}”是 {id} 的名称", given.id),
        );
        let (en, zh) = (format!("write {id} in the column `centre`"), format!("请在 `centre`（编号）列中填写 {id}"));
        Some(what.help(en, zh))
    };
    data.centres.iter().filter_map(twin).collect()
}

/// Compares a table with an evaluation. With `clear`, empty cells of the table erase what stands. The table goes centre by
/// centre while the plan grows: a million cells need not be there twice.
pub fn plan(evaluation: &Evaluation, data: Data, origin: Origin<'_>, clear: bool) -> Plan {
    let mut plan = Plan::default();
    for given in data.centres {
        match evaluation.cohort.find(&given.id) {
            Some(ix) => known(evaluation, ix, &given, clear, &mut plan),
            None => added(evaluation, &given, &mut plan),
        }
    }
    if !plan.bodies.is_empty() {
        let Origin { file, digest, sheet, mapping } = origin;
        let imported = Body::Imported {
            file: file.to_owned(),
            digest: digest.to_owned(),
            sheet: sheet.to_owned(),
            mapping: mapping.to_owned(),
        };
        plan.bodies.insert(0, imported);
    }
    plan
}

fn added(evaluation: &Evaluation, given: &CentreData, plan: &mut Plan) {
    let centre = given.id.clone();
    plan.bodies.push(Body::CentreAdded { centre });
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
        plan.bodies.push(Body::CentreSet { centre: given.id.clone(), field: field.clone(), was, to });
    }
}

fn push_cells(centre: &str, cells: Vec<CellChange>, plan: &mut Plan) {
    if !cells.is_empty() {
        plan.bodies.push(Body::Cells { centre: centre.to_owned(), cells });
    }
}
