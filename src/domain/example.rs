//! A made-up cohort that shows how one indicator comes to its points. The numbers are nobody's; the scoring is the real
//! one. Must not know how the example is told.

use super::centre::Centre;
use super::cohort::{CentreIx, Cohort};
use super::ledger::Line;
use super::needs::formulas;
use super::number::Number;
use super::reading::{Cycle, Reading};
use super::rubric::{ClassIx, Indicator, Metric, MetricIx, NodeIx, Panel, Rubric, Scoring, Values};
use super::score::{facts, ledger};

/// One indicator worked out for one of five made-up centres.
#[derive(Debug, Clone)]
pub struct Example {
    pub cohort: Cohort,
    pub centre: CentreIx,
    pub class: ClassIx,
    /// The indicator's own line of the ledger.
    pub line: Line,
}

/// The last year of made-up cycles.
const LAST_YEAR: i16 = 2025;

/// What the first metric of a measure is tried with while the others stand at 100, until some of the points are earned.
const TRIED: [i64; 11] = [3, 80, 60, 1, 10, 30, 100, 300, 1000, 5000, 20_000];

/// An example in which some but not all points are earned, where one is found; `None` for an indicator that nobody has.
pub fn of(rubric: &Rubric, node: NodeIx, indicator: &Indicator) -> Option<Example> {
    let class = (0..rubric.classes()).map(ClassIx).find(|class| rubric.exists_for(node, *class))?;
    let mut metrics: Vec<MetricIx> = Vec::new();
    formulas(&indicator.scoring, &mut |expr| {
        expr.metrics().into_iter().for_each(|metric| {
            if !metrics.contains(&metric) {
                metrics.push(metric);
            }
        });
    });
    // The shares of a profile make a whole.
    let rest = match indicator.scoring {
        Scoring::Profile(_) => 100 / i64::try_from(metrics.len().max(1)).unwrap_or(1),
        _ => 100,
    };
    let tried = TRIED
        .iter()
        .filter_map(|first| worked(rubric, node, class, &metrics, (if rest < 100 { rest } else { *first }, rest)));
    let mut best: Option<Example> = None;
    for example in tried {
        let some = example.line.points.0.is_positive();
        if some && example.line.points < example.line.of {
            return Some(example);
        }
        if best.is_none() || some {
            best = Some(example);
        }
    }
    best
}

fn worked(
    rubric: &Rubric,
    node: NodeIx,
    class: ClassIx,
    metrics: &[MetricIx],
    (first, rest): (i64, i64),
) -> Option<Example> {
    let years = i16::try_from(rubric.cycle_years).ok()?;
    let mut cohort = Cohort::new(rubric, Cycle { first: LAST_YEAR - years + 1, last: LAST_YEAR });
    let (kind, stage) = rubric.parts(class);
    for number in 1..=5_i64 {
        let mut centre = Centre::new(format!("c{number}"), rubric);
        centre.kind = Some(kind);
        centre.stage = rubric.stages.get(stage).map(|stage| stage.id.clone()).unwrap_or_default();
        for (value, attribute) in centre.attributes.iter_mut().zip(&rubric.attributes) {
            *value = attribute.values.first().cloned().unwrap_or_default();
        }
        let ix = cohort.add(centre);
        for (place, metric) in metrics.iter().enumerate() {
            let base = if place == 0 { first * number / 3 } else { rest };
            fill(rubric, &mut cohort, ix, *metric, base);
        }
    }
    let centre = cohort.find("c3")?;
    let line = ledger(rubric, &cohort, centre, &facts(rubric, &cohort))?.of_node(node)?.clone();
    Some(Example { cohort, centre, class, line })
}

/// A reading a year, a little more each.
fn fill(rubric: &Rubric, cohort: &mut Cohort, ix: CentreIx, metric: MetricIx, base: i64) {
    let layout = cohort.layout.clone();
    let years = (layout.first_year..=layout.cycle.last).enumerate();
    for (step, year) in years {
        let Some(slot) = layout.slot(metric, Some(year)) else { continue };
        let more = i64::try_from(step).unwrap_or(0) * (base / 20);
        let metric = &rubric.metrics[metric.0];
        let value = Reading::Value(within(metric, base + more));
        match &metric.panel {
            None => drop(cohort.readings_mut(ix).put(slot, None, Some(value))),
            Some(panel) => judges(panel).iter().for_each(|judge| {
                cohort.readings_mut(ix).put(slot, Some(judge.as_str()), Some(value.clone()));
            }),
        }
    }
}

/// Everybody on a panel, as many as its value takes.
fn judges(panel: &Panel) -> Vec<String> {
    if !panel.judges.is_empty() {
        return panel.judges.clone();
    }
    let members = panel.quorum.as_ref().map_or(1, |quorum| quorum.members);
    (1..=members.max(panel.at_least).max(panel.trim_from)).map(|judge| format!("e{judge}")).collect()
}

/// The value as the metric may hold it.
fn within(metric: &Metric, value: i64) -> Number {
    match &metric.values {
        Values::YesNo => Number::ONE,
        Values::Letters(letters) => letters.first().map_or(Number::ONE, |(_, worth)| worth.clone()),
        Values::Number { minimum, maximum, .. } => {
            let value = Number::from(value);
            let value = minimum.clone().map_or(value.clone(), |minimum| value.max(minimum));
            maximum.clone().map_or(value.clone(), |maximum| value.min(maximum))
        }
    }
}
