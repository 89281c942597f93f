//! Which cells a centre's score waits for. Must not know what the cells are worth.

use std::collections::BTreeSet;

use super::centre::Centre;
use super::condition::Condition;
use super::formula::{Aggregate, Expr};
use super::reading::{Layout, Reading, Readings, Slot};
use super::rubric::{ClassIx, KindIx, MetricIx, Rubric, Scoring, Ties, class};
use super::rule::Rule;

/// For each kind and stage of centre: the cells that its indicators, the gates and the grades look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    classes: Vec<OfClass>,
    /// Ids of the rubric's stages, which a centre's class follows from.
    stages: Vec<String>,
}

/// The cells of one kind and stage.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OfClass {
    /// Cells that only the centre's first year can take away, in file order, with their years.
    fixed: Vec<(Slot, Option<i16>)>,
    /// Metrics of which the first or the last year that applies is looked at.
    ends: Vec<(MetricIx, Years)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Years {
    /// Every year of the cycle, or the one value of a metric that is not yearly.
    Cycle,
    First,
    Last,
    Final,
    Previous,
    Earlier,
    Between {
        far: u8,
        near: u8,
    },
}

impl Needs {
    pub fn new(rubric: &Rubric, layout: &Layout) -> Self {
        let classes = (0..rubric.classes()).map(|class| of_class(rubric, ClassIx(class)));
        Self {
            classes: classes.map(|needs| OfClass::new(&needs, layout)).collect(),
            stages: rubric.stages.iter().map(|stage| stage.id.clone()).collect(),
        }
    }

    /// The cells of one centre, in file order. Years before its `since` are not among them.
    pub fn slots(&self, layout: &Layout, centre: &Centre, readings: &Readings) -> Vec<Slot> {
        let class = class(centre, self.stages.iter().map(String::as_str));
        let Some(needs) = class.and_then(|class| self.classes.get(class.0)) else { return Vec::new() };
        let counts = |year: i16| centre.since.is_none_or(|since| year >= since);
        let fixed = needs.fixed.iter().filter(|(_, year)| year.is_none_or(counts));
        let mut slots: Vec<Slot> = fixed.map(|(slot, _)| *slot).collect();
        if needs.ends.is_empty() {
            return slots;
        }
        for (metric, end) in &needs.ends {
            let years: Vec<i16> = match end {
                Years::First => layout.cycle.years().filter(|year| counts(*year)).collect(),
                _ => layout.cycle.years().rev().filter(|year| counts(*year)).collect(),
            };
            for slot in years.into_iter().filter_map(|year| layout.slot(*metric, Some(year))) {
                slots.push(slot);
                // Where the last year does not apply, `last` looks at the one before it, and so on.
                if readings.get(slot) != Some(&Reading::NotApplicable) {
                    break;
                }
            }
        }
        slots.sort_unstable();
        slots.dedup();
        slots
    }
}

impl OfClass {
    fn new(needs: &BTreeSet<(MetricIx, Years)>, layout: &Layout) -> Self {
        let cycle = layout.cycle;
        let (mut fixed, mut ends) = (BTreeSet::new(), Vec::new());
        for (metric, years) in needs {
            if let Some(slot) = layout.slot(*metric, None) {
                fixed.insert((slot, None));
                continue;
            }
            let years: Vec<i16> = match years {
                Years::First | Years::Last => {
                    ends.push((*metric, *years));
                    continue;
                }
                Years::Cycle => cycle.years().collect(),
                Years::Final => vec![cycle.last],
                Years::Previous => vec![cycle.last - 1],
                Years::Earlier => (layout.first_year..cycle.last).collect(),
                Years::Between { far, near } => {
                    (cycle.last - i16::from(*far)..=cycle.last - i16::from(*near)).collect()
                }
            };
            fixed.extend(years.into_iter().filter_map(|year| Some((layout.slot(*metric, Some(year))?, Some(year)))));
        }
        Self { fixed: fixed.into_iter().collect(), ends }
    }
}

fn of_class(rubric: &Rubric, class: ClassIx) -> BTreeSet<(MetricIx, Years)> {
    let mut needs = BTreeSet::new();
    let parts = rubric.parts(class);
    let mut note = |expr: &Expr| of_formula(expr, Years::Cycle, parts, &mut needs);
    for (node, indicator) in rubric.indicators() {
        if rubric.exists_for(node, class) {
            formulas(&indicator.scoring, &mut note);
        }
    }
    let conditions = || {
        let gates = rubric.gates.iter().map(|g| &g.when.condition);
        let cases = rubric.outcomes.iter().flat_map(|(_, outcome)| &outcome.cases).map(|case| &case.when.condition);
        gates.chain(rubric.grades.iter().flat_map(|g| &g.requires).map(|r| &r.condition)).chain(cases)
    };
    for condition in conditions() {
        condition.formulas(&mut note);
    }
    let quotas = rubric.grades.iter().flat_map(|grade| [&grade.quota, &grade.last]).flatten();
    for quota in quotas {
        if let Ties::Break { by, .. } = &quota.ties {
            by.iter().for_each(|tie| note(&tie.expr));
        }
    }
    for condition in conditions() {
        condition.walk(&mut |part| {
            if let Condition::NotReported(metric) = part {
                needs.insert((*metric, Years::Cycle));
            }
        });
    }
    needs
}

fn of_formula(expr: &Expr, years: Years, of: (KindIx, usize), needs: &mut BTreeSet<(MetricIx, Years)>) {
    match expr {
        Expr::YearsNotReported(metric) => {
            needs.insert((*metric, Years::Cycle));
        }
        Expr::Years(left, _, right) => {
            of_formula(left, Years::Cycle, of, needs);
            of_formula(right, Years::Cycle, of, needs);
        }
        Expr::Metric(metric) => {
            needs.insert((*metric, years));
        }
        Expr::Weighted(classes) | Expr::Highest(classes) => {
            needs.extend(classes.iter().map(|(metric, _)| (*metric, Years::Cycle)));
        }
        Expr::Over(aggregate, inner) => {
            let years = match aggregate {
                Aggregate::Sum | Aggregate::Mean | Aggregate::Max | Aggregate::Min => Years::Cycle,
                Aggregate::First => Years::First,
                Aggregate::Last => Years::Last,
                Aggregate::Final => Years::Final,
                Aggregate::Previous => Years::Previous,
                Aggregate::Earlier => Years::Earlier,
                Aggregate::Between { far, near } => Years::Between { far: *far, near: *near },
            };
            of_formula(inner, years, of, needs);
        }
        Expr::Negate(inner) => of_formula(inner, years, of, needs),
        Expr::Binary(_, left, right) => {
            of_formula(left, years, of, needs);
            of_formula(right, years, of, needs);
        }
        Expr::Function(_, parts) => parts.iter().for_each(|part| of_formula(part, years, of, needs)),
        Expr::ByKind(parts) => {
            if let Some(part) = parts.get(of.0.0) {
                of_formula(part, years, of, needs);
            }
        }
        Expr::ByStage(parts) => {
            if let Some(part) = parts.get(of.1) {
                of_formula(part, years, of, needs);
            }
        }
        // Which part counts is the centre's, not the class's: all may be asked for.
        Expr::ByAttribute(_, parts, other) => {
            parts
                .iter()
                .map(|(_, part)| part)
                .chain(other.as_deref())
                .for_each(|part| of_formula(part, years, of, needs));
        }
        Expr::Constant(_)
        | Expr::Reference(_)
        | Expr::TimesBefore { .. }
        | Expr::PointsOf(_)
        | Expr::ShareOf(_)
        | Expr::LevelOf(..)
        | Expr::Total => {}
    }
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
                Rule::Target { goal, .. } => visit(&goal.expr),
                Rule::MarkedBands(rule) => visit(&rule.mark.expr),
                _ => {}
            }
        }
        Scoring::Profile(measures) => measures.iter().for_each(|measure| visit(&measure.expr)),
        Scoring::BestOf(choices) | Scoring::AllOf(choices) | Scoring::Checklist(choices) => {
            choices.iter().for_each(|c| formulas(&c.scoring, visit));
        }
    }
}
