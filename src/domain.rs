//! The meaning of an evaluation: rubric, measure, rule, ledger, grade, outcome and the events that build an evaluation.
//!
//! The lowest room of the house. It must not know files, encodings, terminals, clocks, the environment, floats,
//! randomness or any human language beyond the texts a rubric brings along. Everything here is a value or a pure
//! function from values to values, so that a score can be repeated anywhere and comes out the same.

pub mod attribution;
pub mod audit;
pub mod backtest;
pub mod centre;
pub mod cohort;
pub mod comparison;
pub mod condition;
pub mod coverage;
pub mod diagnostic;
pub mod digest;
pub mod distribution;
pub mod edit;
pub mod evaluation;
pub mod evidence;
pub mod example;
pub mod fixture;
pub mod formula;
pub mod grade;
pub mod group;
pub mod history;
pub mod impact;
pub mod ledger;
pub mod loss;
pub mod measure;
pub mod mutation;
pub mod needs;
pub mod note;
pub mod nudge;
pub mod number;
pub mod origin;
pub mod outcome;
pub mod peers;
pub mod placing;
pub mod profile;
pub mod query;
pub mod range;
pub mod reading;
pub mod relative;
pub mod review;
pub mod robustness;
pub mod rubric;
pub mod rule;
pub mod score;
pub mod slip;
pub mod snapshot;
pub mod spread;
pub mod text;
pub mod tie;
pub mod trend;
pub mod unit;
pub mod unsettled;
