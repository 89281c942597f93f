//! Formulas and conditions from their text, with every fault at its place. Must not know who uses the formula.

mod lexer;
mod parser;
pub mod units;

use std::ops::Range;

use crate::domain::condition::Condition;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::formula::{Aggregate, Expr, Function};
use crate::domain::rubric::{Attribute, Finding, Grade, Kind, Level, Metric, Node, Reference, Stage};

/// The deepest a formula may nest; `a + b + c` is two deep.
pub const MAX_DEPTH: usize = 64;

/// The names a formula may use and the years it may look at.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub cycle_years: usize,
    pub lookback_years: usize,
    pub metrics: &'a [Metric],
    pub kinds: &'a [Kind],
    pub stages: &'a [Stage],
    pub references: &'a [Reference],
    /// Levels of a profile.
    pub levels: &'a [Level],
    pub findings: &'a [Finding],
    pub attributes: &'a [Attribute],
    /// Nodes whose points may be used; empty where points are not known yet.
    pub nodes: &'a [Node],
    /// Grades that an earlier cycle may have given.
    pub grades: &'a [Grade],
}

/// Every word that a formula or condition may call.
pub fn words() -> Vec<&'static str> {
    let aggregates = Aggregate::ALL.iter().map(|(word, _)| *word);
    let functions = Function::ALL.iter().map(|(word, _)| *word);
    aggregates.chain(functions).chain(parser::CALLS).chain(parser::PREDICATES).collect()
}

/// A fault with its place inside the formula's text; boxed, because the parser hands it up through many levels.
pub type Fault = Box<(Diagnostic, Range<usize>)>;

/// Reads a formula that has a value.
///
/// # Errors
/// The first fault of the formula.
pub fn expression(text: &str, names: &Names<'_>) -> Result<Expr, Fault> {
    parser::expression(text, names)
}

/// Reads a condition that holds or does not.
///
/// # Errors
/// The first fault of the condition.
pub fn condition(text: &str, names: &Names<'_>) -> Result<Condition, Fault> {
    parser::condition(text, names)
}

/// Reads a condition that is looked at in each year: a yearly metric stands for its value of the year.
///
/// # Errors
/// The first fault of the condition.
pub fn in_each_year(text: &str, names: &Names<'_>) -> Result<Condition, Fault> {
    parser::in_each_year(text, names)
}

#[cfg(test)]
mod tests;
