//! Whether a centre's standing can go one way only while one of its readings grows: what lets a search leave values out
//! without stepping over a change.
//!
//! Looks at the structure of formulas, rules and conditions and says yes only where it is proven: which way things go
//! is then asked of the scorer. Must not work out any value.

use crate::domain::centre::Centre;
use crate::domain::condition::{Comparison, Condition};
use crate::domain::formula::{Aggregate, Expr, Function, Operator};
use crate::domain::needs::formulas;
use crate::domain::range::Bounds;
use crate::domain::rubric::{
    Choice, ClassIx, GateEffect, Grade, Indicator, MetricIx, NodeIx, Role, Rubric, Scoring, TieBreak, Ties, Values,
};
use crate::domain::rule::{Award, Rule};

/// What a formula is as a function of one reading, all others fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Constant,
    /// A straight line.
    Affine,
    /// Goes one way only, but for the ends of what the metric can hold.
    Monotone,
    Any,
}

/// How what a reading earns goes up while the reading goes one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turns {
    /// In steps, flat between them.
    Steps,
    /// In a straight line, perhaps with a step where it begins, and flat behind it.
    Ramp,
    Unknown,
}

/// One reading of one centre, as formulas see it.
pub(super) struct Sight<'a> {
    pub rubric: &'a Rubric,
    pub centre: &'a Centre,
    pub class: ClassIx,
    pub metric: MetricIx,
    /// The metric has one value for the whole cycle, which every year reads.
    pub whole_cycle: bool,
}

impl Sight<'_> {
    /// Indicators that look at the reading, and whether the points of each go one way only while it grows.
    pub fn indicators(&self) -> Vec<(NodeIx, bool)> {
        let exists = |node: &NodeIx| self.rubric.exists_for(*node, self.class);
        let looking = self.rubric.indicators().filter(|(node, _)| exists(node)).filter(|(_, i)| self.is_in(&i.scoring));
        looking.map(|(node, indicator)| (node, self.indicator(indicator))).collect()
    }

    /// Whether more points never do harm: no gate, demand or breaking of ties is better off with fewer.
    pub fn more_is_better(&self) -> bool {
        let gate = |gate: &crate::domain::rubric::Gate| {
            let lowers = match gate.effect {
                GateEffect::Set(grade) => grade.0 + 1 == self.rubric.grades.len(),
                GateEffect::Cap(_) | GateEffect::Status(_) => true,
            };
            self.agrees(&gate.when.condition, false) && (lowers || self.is_apart(&gate.when.condition))
        };
        let tie = |tie: &TieBreak| !self.touches(&tie.expr) || self.is_points(&tie.expr) && !tie.less_first;
        let ties = |ties: &Ties| match ties {
            Ties::Break { by, .. } => by.iter().all(tie),
            Ties::AllIn | Ties::AllOut => true,
        };
        let grade = |grade: &Grade| {
            let quotas = [&grade.quota, &grade.last];
            grade.requires.iter().all(|demand| self.agrees(&demand.condition, true))
                && quotas.into_iter().flatten().all(|quota| ties(&quota.ties))
        };
        self.rubric.gates.iter().all(gate) && self.rubric.grades.iter().all(grade)
    }

    fn indicator(&self, indicator: &Indicator) -> bool {
        self.scoring(&indicator.scoring)
    }

    /// How the points of the one indicator that looks at the reading go up.
    pub fn turns(&self) -> Turns {
        let looking = self.rubric.indicators().filter(|(node, _)| self.rubric.exists_for(*node, self.class));
        let mut looking = looking.filter(|(_, indicator)| self.is_in(&indicator.scoring));
        let (Some((_, only)), None) = (looking.next(), looking.next()) else { return Turns::Unknown };
        let Scoring::Rule { measure, rule } = &only.scoring else { return Turns::Unknown };
        let value = self.shape(&measure.expr, false);
        if !self.rule(value, rule) {
            return Turns::Unknown;
        }
        let whole = matches!(self.rubric.metrics[self.metric.0].values, Values::Number { whole: true, .. });
        match rule {
            Rule::Bands(_) | Rule::YesNo => Turns::Steps,
            Rule::PerUnit(rule) if rule.whole => Turns::Steps,
            Rule::Linear { .. } | Rule::Target { lower_is_better: false, .. } | Rule::Expert { .. }
                if value == Shape::Affine && !whole =>
            {
                Turns::Ramp
            }
            _ => Turns::Unknown,
        }
    }

    fn scoring(&self, scoring: &Scoring) -> bool {
        match scoring {
            Scoring::Rule { measure, rule } => self.rule(self.shape(&measure.expr, false), rule),
            Scoring::BestOf(choices) | Scoring::AllOf(choices) | Scoring::Checklist(choices) => {
                let mut looking = choices.iter().filter(|choice: &&Choice| self.is_in(&choice.scoring));
                // Of two that look at the reading one might rise while the other falls.
                match (looking.next(), looking.next()) {
                    (Some(only), None) => self.scoring(&only.scoring),
                    (None, _) => true,
                    _ => false,
                }
            }
            Scoring::Profile(_) => false,
        }
    }

    fn rule(&self, value: Shape, rule: &Rule) -> bool {
        let fixed = |expr: &Expr| self.shape(expr, false) == Shape::Constant;
        let one_way = value != Shape::Any;
        match rule {
            Rule::Linear { from, to, .. } => one_way && fixed(&from.expr) && fixed(&to.expr),
            Rule::Target { goal, .. } => one_way && fixed(&goal.expr),
            Rule::Bands(bands) => one_way && self.sorted(bands.iter().map(|band| &band.award)),
            Rule::MarkedBands(rule) => {
                let mark = self.shape(&rule.mark.expr, false);
                let sorted = self.sorted(rule.bands.iter().map(|band| &band.lowest))
                    && self.sorted(rule.bands.iter().map(|band| &band.highest));
                one_way && mark != Shape::Any && sorted && (value == Shape::Constant || mark == Shape::Constant)
            }
            Rule::PerUnit(rule) => one_way && !rule.earns.get(self.class).0.is_negative(),
            Rule::YesNo | Rule::Expert { .. } => one_way,
            Rule::Relative(_) => false,
        }
    }

    fn sorted<'a>(&self, awards: impl Iterator<Item = &'a Award>) -> bool {
        let points: Vec<_> = awards.map(|award| award.get(self.class)).collect();
        points.is_sorted() || points.iter().rev().is_sorted()
    }

    fn is_in(&self, scoring: &Scoring) -> bool {
        let mut found = false;
        formulas(scoring, &mut |expr| found |= expr.metrics().contains(&self.metric));
        found
    }

    /// The shape of a formula; `yearly`: inside an aggregate, once for each year.
    fn shape(&self, expr: &Expr, yearly: bool) -> Shape {
        if !expr.metrics().contains(&self.metric) {
            return Shape::Constant;
        }
        let of = |expr: &Expr| self.shape(expr, yearly);
        match expr {
            Expr::Metric(_) if self.rubric.metrics[self.metric.0].panel.is_some() => Shape::Monotone,
            Expr::Metric(_) | Expr::Weighted(_) => Shape::Affine,
            Expr::Highest(_) => Shape::Monotone,
            Expr::Over(aggregate, inner) => self.over(*aggregate, inner),
            Expr::Negate(inner) => of(inner),
            Expr::Binary(operator, left, right) => self.binary(*operator, left, right, yearly),
            Expr::Function(function, parts) => self.function(*function, parts, yearly),
            Expr::ByKind(parts) => self.centre.kind.and_then(|kind| parts.get(kind.0)).map_or(Shape::Any, of),
            Expr::ByStage(parts) => {
                let at = self.rubric.stages.iter().position(|stage| stage.id == self.centre.stage);
                at.and_then(|at| parts.get(at)).map_or(Shape::Any, of)
            }
            Expr::ByAttribute(attribute, parts, other) => {
                let value = self.centre.attributes.get(attribute.0).map_or("", String::as_str);
                let part = parts.iter().find(|(known, _)| known == value).map(|(_, part)| part);
                part.or(other.as_deref()).map_or(Shape::Any, of)
            }
            Expr::Years(left, comparison, right) => {
                let one_way = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
                match (self.shape(left, true), self.shape(right, true)) {
                    (side, Shape::Constant) | (Shape::Constant, side) if one_way && !self.whole_cycle => {
                        side.max(Shape::Monotone)
                    }
                    _ => Shape::Any,
                }
            }
            _ => Shape::Any,
        }
    }

    fn over(&self, aggregate: Aggregate, inner: &Expr) -> Shape {
        let inner = self.shape(inner, true);
        match aggregate {
            // A value of the whole cycle is read in every year, perhaps once for better and once for worse.
            _ if self.whole_cycle && inner != Shape::Affine => Shape::Any,
            Aggregate::Max | Aggregate::Min if self.whole_cycle => Shape::Any,
            Aggregate::Max | Aggregate::Min => inner.max(Shape::Monotone),
            _ => inner,
        }
    }

    fn binary(&self, operator: Operator, left: &Expr, right: &Expr, yearly: bool) -> Shape {
        let (a, b) = (self.shape(left, yearly), self.shape(right, yearly));
        match (operator, a, b) {
            (Operator::Divide, a, Shape::Constant) => a,
            // A quotient of two straight lines goes one way wherever what is below the line keeps its sign.
            (Operator::Divide, Shape::Constant, b) if b <= Shape::Monotone && self.keeps_sign(right) => Shape::Monotone,
            (Operator::Divide, Shape::Affine, Shape::Affine) if self.keeps_sign(right) => Shape::Monotone,
            (Operator::Divide, ..) => Shape::Any,
            (_, a, Shape::Constant) => a,
            (_, Shape::Constant, b) => b,
            (Operator::Add | Operator::Subtract, Shape::Affine, Shape::Affine) => Shape::Affine,
            _ => Shape::Any,
        }
    }

    fn function(&self, function: Function, parts: &[Expr], yearly: bool) -> Shape {
        let mut shapes = parts.iter().map(|part| self.shape(part, yearly)).filter(|shape| *shape != Shape::Constant);
        let (Some(only), None) = (shapes.next(), shapes.next()) else { return Shape::Any };
        let counts_up = || parts.iter().all(|part| self.keeps_sign(part));
        match function {
            Function::Floor | Function::Least | Function::Greatest => only.max(Shape::Monotone),
            Function::Abs | Function::Ln | Function::Log10 | Function::Sqrt if counts_up() => only.max(Shape::Monotone),
            _ => Shape::Any,
        }
    }

    /// Whether a formula is never below zero, whatever its metrics hold.
    fn keeps_sign(&self, expr: &Expr) -> bool {
        let bounds = Bounds {
            cycle_years: self.rubric.cycle_years,
            metrics: &self.rubric.metrics,
            references: &self.rubric.references,
            nodes: &self.rubric.nodes,
            most: None,
        };
        bounds.of(expr).low.is_some_and(|low| !low.is_negative())
    }

    /// Whether a formula changes with the reading or with what it earns.
    fn touches(&self, expr: &Expr) -> bool {
        let mut earned = false;
        expr.walk(&mut |part| {
            earned |= matches!(part, Expr::PointsOf(_) | Expr::ShareOf(_) | Expr::LevelOf(..) | Expr::Total);
        });
        earned || expr.metrics().contains(&self.metric)
    }

    /// Plainly what was earned, and more of it is more of the total.
    fn is_points(&self, expr: &Expr) -> bool {
        match expr {
            Expr::PointsOf(node) | Expr::ShareOf(node) => self.rubric.nodes[node.0].role != Role::Deduction,
            Expr::Total => true,
            _ => false,
        }
    }

    /// Whether nothing in a condition changes with the reading or with what it earns.
    fn is_apart(&self, condition: &Condition) -> bool {
        let mut touched = false;
        condition.formulas(&mut |expr| touched |= self.touches(expr));
        !touched
    }

    /// Whether a condition can only come to hold (`up`), or only cease to, while points grow.
    fn agrees(&self, condition: &Condition, up: bool) -> bool {
        match condition {
            Condition::Compare(left, comparison, right) => {
                let rises = matches!(comparison, Comparison::AtLeast | Comparison::Greater);
                let falls = matches!(comparison, Comparison::AtMost | Comparison::Less);
                let fits = self.is_points(left) && !self.touches(right) && if up { rises } else { falls };
                fits || !self.touches(left) && !self.touches(right)
            }
            Condition::And(parts) | Condition::Or(parts) => parts.iter().all(|part| self.agrees(part, up)),
            Condition::Not(part) => self.agrees(part, !up),
            _ => true,
        }
    }
}
