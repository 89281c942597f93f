//! What rules relative to the cohort need to know of the others: gathered once, before anybody is scored.
//!
//! Must not know what a place among the others earns.

use std::collections::HashMap;

use super::Scorer;
use crate::domain::centre::Status;
use crate::domain::cohort::Cohort;
use crate::domain::group::Member;
use crate::domain::ledger::{Measured, Operation};
use crate::domain::measure::View;
use crate::domain::number::{Number, Points};
use crate::domain::relative::{self, Distribution, Relative};
use crate::domain::rubric::{Indicator, Measure, Missing, NodeIx, Rubric};
use crate::domain::rule::Rule;

/// What one centre's points may depend on besides its own readings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    pub(super) group_means: HashMap<(NodeIx, Member), Points>,
    /// By relative rule.
    pub(super) distributions: HashMap<(usize, Member), Distribution>,
}

/// Gathers what rules relative to the cohort need; empty for a rubric without any.
pub fn facts(rubric: &Rubric, cohort: &Cohort) -> Facts {
    let mut facts = Facts { distributions: distributions(rubric, cohort), ..Facts::default() };
    let mut reported: HashMap<(NodeIx, Member), Vec<Points>> = HashMap::new();
    let averaged: Vec<_> = rubric
        .indicators()
        .filter_map(|(node, indicator)| match indicator.missing {
            Missing::GroupMean(group) => Some((node, indicator, group)),
            _ => None,
        })
        .collect();
    if averaged.is_empty() {
        return facts;
    }
    for ix in cohort.all().filter(|ix| cohort.centre(*ix).status == Status::Participating) {
        let Some(class) = rubric.class(cohort.centre(ix)) else { continue };
        let mut scorer = Scorer::new(rubric, cohort, ix, class, &facts, false);
        for (node, indicator, group) in &averaged {
            if let Some(line) = scorer.indicator(*node, indicator)
                && !matches!(line.own().operation, Operation::Without(_))
            {
                reported.entry((*node, group.member(cohort.centre(ix)))).or_default().push(line.points);
            }
        }
    }
    let mean = |points: Vec<Points>| {
        let points: Vec<Number> = points.into_iter().map(|points| points.0).collect();
        relative::mean(&points).map_or(Points::ZERO, Points)
    };
    facts.group_means = reported.into_iter().map(|(key, points)| (key, mean(points))).collect();
    facts
}

/// What the values under each relative rule come to in each of its groups, of all centres that take part and have one.
fn distributions(rubric: &Rubric, cohort: &Cohort) -> HashMap<(usize, Member), Distribution> {
    let mut relative: Vec<(NodeIx, &Indicator, &Measure, &Relative)> = Vec::new();
    for (node, indicator) in rubric.indicators() {
        indicator.scoring.leaves(&mut |measure, rule| {
            if let Rule::Relative(rule) = rule {
                relative.push((node, indicator, measure, rule));
            }
        });
    }
    let mut values: HashMap<(usize, Member), Vec<Number>> = HashMap::new();
    let nothing = Facts::default();
    for ix in cohort.all().filter(|ix| cohort.centre(*ix).status == Status::Participating) {
        let centre = cohort.centre(ix);
        let Some(class) = rubric.class(centre) else { continue };
        for (_, indicator, measure, rule) in relative.iter().filter(|(node, ..)| rubric.exists_for(*node, class)) {
            let view = View {
                reported_years_only: indicator.reported_years_only,
                ..Scorer::new(rubric, cohort, ix, class, &nothing, false).view
            };
            if let Measured::Value(value) = view.measure(&measure.expr, &mut Vec::new()) {
                values.entry((rule.ix, rule.per.member(centre))).or_default().push(value);
            }
        }
    }
    let outliers: HashMap<usize, _> = relative.iter().map(|(.., rule)| (rule.ix, rule.outliers.as_ref())).collect();
    let one = |(key, values): ((usize, Member), Vec<Number>)| {
        let outliers = outliers.get(&key.0).copied().flatten();
        Some((key, Distribution::new(values, outliers)?))
    };
    values.into_iter().filter_map(one).collect()
}
