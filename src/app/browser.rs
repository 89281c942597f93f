//! A rubric to look through, by criterion or by article; of a file it follows what is saved, and a file that cannot be
//! read leaves the last good one standing beside what is wrong. Must not know how a rubric is put into words.

use std::sync::Arc;

use super::list::List;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::rubric::{Citation, DocumentIx, GateIx, GradeIx, NodeIx, Rubric};
use crate::read;

/// In which order the rubric is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    #[default]
    Criterion,
    Article,
}

/// One line of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// What is wrong with the text as it stands now.
    Fault(usize),
    Node(NodeIx),
    Grade(GradeIx),
    Gate(GateIx),
    /// Position in the rubric's outcomes.
    Outcome(usize),
    Document(DocumentIx),
    Article(String),
    /// Heading of what no article stands behind.
    Uncited,
}

#[derive(Debug, Clone)]
pub struct Browser {
    /// The file's name, or the id of a shipped rubric.
    pub name: String,
    /// The file that is followed; `None` for a rubric that does not change.
    pub path: Option<String>,
    /// The last text that could be read, and what it says; `None` where there was none yet.
    pub good: Option<(Arc<str>, Rubric)>,
    /// The text as it stands.
    pub text: Arc<str>,
    /// Of the text as it stands, errors and warnings.
    pub faults: Vec<Diagnostic>,
    pub order: Order,
    /// With how far each is indented.
    pub rows: Vec<(usize, Row)>,
    pub list: List,
}

impl Browser {
    pub fn new(name: String, path: Option<String>, text: Arc<str>) -> Self {
        let mut browser = Self {
            name,
            path,
            good: None,
            text: Arc::from(""),
            faults: Vec::new(),
            order: Order::default(),
            rows: Vec::new(),
            list: List::default(),
        };
        browser.read(text);
        browser
    }

    /// The file has another text now.
    pub fn read(&mut self, text: Arc<str>) {
        let (rubric, faults) = read::rubric::rubric(&text);
        self.faults = faults;
        if let Some(rubric) = rubric {
            self.good = Some((Arc::clone(&text), rubric));
        }
        self.text = text;
        self.outline();
    }

    /// Whether what is shown is older than the text.
    pub fn is_stale(&self) -> bool {
        self.good.as_ref().is_none_or(|(text, _)| *text != self.text)
    }

    pub fn turn(&mut self) {
        self.order = match self.order {
            Order::Criterion => Order::Article,
            Order::Article => Order::Criterion,
        };
        self.outline();
    }

    fn outline(&mut self) {
        let here = self.rows.get(self.list.at).map(|(_, row)| row.clone());
        self.rows = (0..self.faults.len()).map(|fault| (0, Row::Fault(fault))).collect();
        if let Some((_, rubric)) = &self.good {
            self.rows.extend(match self.order {
                Order::Criterion => by_criterion(rubric),
                Order::Article => by_article(rubric),
            });
        }
        match here.and_then(|row| self.rows.iter().position(|(_, other)| *other == row)) {
            Some(at) => self.list.at = at,
            None => self.list.within(self.rows.len()),
        }
    }

    pub fn chosen(&self) -> Option<&Row> {
        self.rows.get(self.list.at).map(|(_, row)| row)
    }
}

fn parts(rubric: &Rubric) -> impl Iterator<Item = Row> {
    let nodes = (0..rubric.nodes.len()).map(|at| Row::Node(NodeIx(at)));
    let grades = (0..rubric.grades.len()).map(|at| Row::Grade(GradeIx(at)));
    let gates = (0..rubric.gates.len()).map(|at| Row::Gate(GateIx(at)));
    nodes.chain(grades).chain(gates).chain((0..rubric.outcomes.len()).map(Row::Outcome))
}

fn by_criterion(rubric: &Rubric) -> Vec<(usize, Row)> {
    let depth = |row: &Row| match row {
        Row::Node(node) => rubric.nodes[node.0].depth,
        _ => 0,
    };
    parts(rubric).map(|row| (depth(&row), row)).collect()
}

/// What a part of a rubric cites itself.
pub fn citation<'a>(rubric: &'a Rubric, row: &Row) -> Option<&'a Citation> {
    match row {
        Row::Node(node) => rubric.nodes[node.0].cite.as_ref(),
        Row::Grade(grade) => rubric.grades[grade.0].cite.as_ref(),
        Row::Gate(gate) => rubric.gates[gate.0].cite.as_ref(),
        Row::Outcome(at) => rubric.outcomes[*at].1.cite.as_ref(),
        Row::Fault(_) | Row::Document(_) | Row::Article(_) | Row::Uncited => None,
    }
}

/// Documents and their articles in the order in which they are first cited; last what nothing stands behind.
fn by_article(rubric: &Rubric) -> Vec<(usize, Row)> {
    let mut rows = Vec::new();
    let all: Vec<Row> = parts(rubric).collect();
    for document in (0..rubric.documents.len()).map(DocumentIx) {
        rows.push((0, Row::Document(document)));
        let cited = |row: &&Row| citation(rubric, row).is_some_and(|cite| cite.document == document);
        let mut articles: Vec<&str> = Vec::new();
        for cite in all.iter().filter(cited).filter_map(|row| citation(rubric, row)) {
            if !articles.contains(&cite.article.as_str()) {
                articles.push(&cite.article);
            }
        }
        for article in articles {
            rows.push((1, Row::Article(article.to_owned())));
            let here = |row: &&Row| citation(rubric, row).is_some_and(|cite| cite.article == article);
            rows.extend(all.iter().filter(cited).filter(here).map(|row| (2, row.clone())));
        }
    }
    // An indicator stands under what its criterion cites.
    let covered = |row: &Row| match row {
        Row::Node(node) => std::iter::successors(Some(*node), |node| rubric.nodes[node.0].parent)
            .any(|node| rubric.nodes[node.0].cite.is_some()),
        row => citation(rubric, row).is_some(),
    };
    let uncited: Vec<Row> = all.into_iter().filter(|row| !covered(row)).collect();
    if !uncited.is_empty() {
        rows.push((0, Row::Uncited));
        rows.extend(uncited.into_iter().map(|row| (1, row)));
    }
    rows
}
