//! Formulas and conditions in the spelling of a rubric.
//!
//! With [`Names::Ids`] the text can be read back and gives the same tree; with titles it is for people, in the words of
//! `measure`. Must not know what a formula is worth.

use crate::domain::condition::{Comparison, Condition};
use crate::domain::formula::{Aggregate, Expr, Operator};
use crate::domain::number::Number;
use crate::domain::rubric::{Kind, MetricIx, NodeIx, Rubric, Stage};
use crate::domain::text::Lang;

use super::number::exact;
use super::{measure, terms};

/// How metrics, nodes and findings are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// By id, as the rubric is written.
    Ids,
    /// By title.
    Titles(Lang),
}

/// How tightly a part binds: a part is put in parentheses inside one that binds more tightly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
    Sum,
    Product,
    Atom,
}

/// A formula.
pub fn expr(expr: &Expr, rubric: &Rubric, names: Names) -> String {
    Speller { rubric, names }.expr(expr)
}

/// A condition of a gate or a grade.
pub fn condition(condition: &Condition, rubric: &Rubric, names: Names) -> String {
    Speller { rubric, names }.condition(condition)
}

/// What a metric is called.
pub fn metric(metric: MetricIx, rubric: &Rubric, names: Names) -> &str {
    Speller { rubric, names }.metric(metric)
}

/// The sign of an operator as a rubric writes it.
const fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
    }
}

#[derive(Clone, Copy)]
struct Speller<'a> {
    rubric: &'a Rubric,
    names: Names,
}

impl<'a> Speller<'a> {
    fn pick(self, id: &'a str, title: &'a crate::domain::text::Text) -> &'a str {
        match self.names {
            Names::Titles(lang) if !title.get(lang).is_empty() => title.get(lang),
            _ => id,
        }
    }

    fn metric(self, metric: MetricIx) -> &'a str {
        let metric = &self.rubric.metrics[metric.0];
        self.pick(&metric.id, &metric.title)
    }

    fn node(self, node: NodeIx) -> &'a str {
        let node = &self.rubric.nodes[node.0];
        self.pick(&node.id, &node.title)
    }

    fn expr(self, expr: &Expr) -> String {
        match expr {
            Expr::Constant(value) => exact(value),
            Expr::Metric(metric) => self.metric(*metric).to_owned(),
            Expr::Over(aggregate, inner) => self.over(*aggregate, inner),
            Expr::Binary(operator, left, right) => {
                let own = binding(expr);
                // On the right even `a + (b + c)` keeps its parentheses, so that reading it back gives the same tree.
                format!("{} {} {}", self.part(left, own, true), self.sign(*operator), self.part(right, own, false))
            }
            Expr::Negate(inner) => match binding(inner) {
                Binding::Atom if !is_signed(inner) => format!("-{}", self.expr(inner)),
                _ => format!("-({})", self.expr(inner)),
            },
            Expr::Function(function, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(|a| self.expr(a)).collect();
                match self.names {
                    Names::Ids => format!("{}({})", function.word(), arguments.join(", ")),
                    Names::Titles(lang) => measure::function(*function, &arguments, lang),
                }
            }
            Expr::Weighted(classes) | Expr::Highest(classes) => self.classes(expr, classes),
            Expr::ByKind(_) | Expr::ByStage(_) | Expr::ByAttribute(..) => self.choice(expr),
            Expr::Reference(ix) => {
                let reference = &self.rubric.references[ix.0];
                self.pick(&reference.id, &reference.title).to_owned()
            }
            Expr::Years(..) | Expr::YearsNotReported(_) | Expr::TimesBefore { .. } => self.count(expr),
            Expr::LevelOf(node, level) => {
                let level = self.rubric.levels.get(*level);
                let level = level.map_or("", |level| self.pick(&level.id, &level.title));
                let node = self.node(*node);
                self.said(
                    format!("level({node}, \"{level}\")"),
                    || format!("share of \"{node}\" at {level}"),
                    || format!("“{node}”中{level}的占比"),
                )
            }
            Expr::PointsOf(node) => self.earned("points", ("points", "得分"), *node),
            Expr::ShareOf(node) => self.earned("share", ("share of points", "得分率"), *node),
            Expr::Total => self.said("total".to_owned(), || "the total".to_owned(), || terms::TOTAL.zh.to_owned()),
        }
    }

    fn over(self, aggregate: Aggregate, inner: &Expr) -> String {
        let of = self.expr(inner);
        match (self.names, aggregate) {
            (Names::Ids, Aggregate::Between { far, near }) => format!("earlier({of}, {far}, {near})"),
            (Names::Ids, _) => format!("{}({of})", aggregate.word()),
            (Names::Titles(lang), _) if binding(inner) == Binding::Atom => measure::over(aggregate, &of, lang),
            (Names::Titles(lang), _) => measure::over(aggregate, &format!("({of})"), lang),
        }
    }

    fn sign(self, operator: Operator) -> &'static str {
        if self.names == Names::Ids { sign(operator) } else { measure::sign(operator) }
    }

    fn compared(self, left: &Expr, comparison: Comparison, right: &Expr) -> String {
        let sign = if self.names == Names::Ids { comparison.word() } else { measure::compared(comparison) };
        format!("{} {sign} {}", self.expr(left), self.expr(right))
    }

    /// A formula for each kind, stage or value of an attribute.
    fn choice(self, expr: &Expr) -> String {
        if let Names::Titles(lang) = self.names {
            return self.choice_in_words(expr, lang);
        }
        match expr {
            Expr::ByKind(parts) => {
                let kinds = self.rubric.kinds.iter();
                let part = |(kind, part): (&Kind, &Expr)| format!("{}: {}", kind.id, self.expr(part));
                format!("by_kind({})", kinds.zip(parts).map(part).collect::<Vec<_>>().join(", "))
            }
            Expr::ByStage(parts) => {
                let part = |(stage, part): (&Stage, &Expr)| format!("{}: {}", stage.id, self.expr(part));
                format!("by_stage({})", self.rubric.stages.iter().zip(parts).map(part).collect::<Vec<_>>().join(", "))
            }
            Expr::ByAttribute(ix, parts, other) => {
                let attribute = &self.rubric.attributes[ix.0];
                let part = |(value, part): &(String, Expr)| format!("{}: {}", quoted(value), self.expr(part));
                let other = other.as_ref().map(|other| format!("other: {}", self.expr(other)));
                let parts: Vec<String> = parts.iter().map(part).chain(other).collect();
                format!("by_attribute({}, {})", attribute.id, parts.join(", "))
            }
            other => self.expr(other),
        }
    }

    fn choice_in_words(self, expr: &Expr, lang: Lang) -> String {
        let rubric = self.rubric;
        match expr {
            Expr::ByKind(parts) => {
                let part =
                    |(kind, part): (&Kind, &Expr)| (self.pick(&kind.id, &kind.title).to_owned(), self.expr(part));
                let parts: Vec<_> = rubric.kinds.iter().zip(parts).map(part).collect();
                measure::choice(&terms::KIND.get(lang).to_lowercase(), &parts, lang)
            }
            Expr::ByStage(parts) => {
                let part =
                    |(stage, part): (&Stage, &Expr)| (self.pick(&stage.id, &stage.title).to_owned(), self.expr(part));
                let parts: Vec<_> = rubric.stages.iter().zip(parts).map(part).collect();
                measure::choice(&terms::STAGE.get(lang).to_lowercase(), &parts, lang)
            }
            Expr::ByAttribute(ix, parts, other) => {
                let attribute = &rubric.attributes[ix.0];
                let others = if lang == Lang::En { "others" } else { "其他" };
                let part = |(value, part): &(String, Expr)| (value.clone(), self.expr(part));
                let other = other.as_ref().map(|other| (others.to_owned(), self.expr(other)));
                let parts: Vec<_> = parts.iter().map(part).chain(other).collect();
                measure::choice(self.pick(&attribute.id, &attribute.title), &parts, lang)
            }
            other => self.expr(other),
        }
    }

    /// How many years or earlier cycles.
    fn count(self, expr: &Expr) -> String {
        match expr {
            Expr::Years(left, comparison, right) => {
                let compared = self.compared(left, *comparison, right);
                self.said(
                    format!("years({compared})"),
                    || format!("years with {compared}"),
                    || format!("{compared}的年数"),
                )
            }
            Expr::YearsNotReported(metric) => {
                let metric = self.metric(*metric);
                self.said(
                    format!("years_not_reported({metric})"),
                    || format!("years in which {metric} is not reported"),
                    || format!("“{metric}”未报的年数"),
                )
            }
            Expr::TimesBefore { grade, cycles } => {
                let known = self.rubric.grade(grade).map(|ix| &self.rubric.grades[ix.0]);
                let grade = known.map_or(grade.as_str(), |grade| self.pick(&grade.id, &grade.title));
                self.said(
                    format!("times_before({grade}, {cycles})"),
                    || format!("times graded {grade} in the {cycles} cycles before"),
                    || format!("前{cycles}个周期中评为“{grade}”的次数"),
                )
            }
            other => self.expr(other),
        }
    }

    /// As a rubric writes it, or in the words of people.
    fn said(self, ids: String, en: impl Fn() -> String, zh: impl Fn() -> String) -> String {
        match self.names {
            Names::Ids => ids,
            Names::Titles(Lang::En) => en(),
            Names::Titles(Lang::Zh) => zh(),
        }
    }

    fn earned(self, word: &str, (en, zh): (&str, &str), node: NodeIx) -> String {
        let title = self.node(node);
        self.said(format!("{word}({title})"), || format!("{en} of \"{title}\""), || format!("“{title}”{zh}"))
    }

    fn part(self, part: &Expr, around: Binding, on_the_left: bool) -> String {
        let loose = binding(part) < around || (binding(part) == around && !on_the_left) || is_signed(part);
        if loose { format!("({})", self.expr(part)) } else { self.expr(part) }
    }

    fn classes(self, of: &Expr, classes: &[(MetricIx, Number)]) -> String {
        let each = |way: &dyn Fn(&str, &str) -> String| -> Vec<String> {
            classes.iter().map(|(metric, weight)| way(self.metric(*metric), &exact(weight))).collect()
        };
        match (self.names, of) {
            (Names::Ids, of) => {
                let word = if matches!(of, Expr::Weighted(_)) { "weighted" } else { "highest" };
                format!("{word}({})", each(&|name, weight| format!("{name}: {weight}")).join(", "))
            }
            (Names::Titles(lang), Expr::Weighted(_)) => {
                measure::weighted(&each(&|name, weight| format!("{name} × {weight}")), lang)
            }
            (Names::Titles(lang), _) => {
                measure::highest(&each(&|name, weight| measure::class(name, weight, lang)), lang)
            }
        }
    }

    fn condition(self, condition: &Condition) -> String {
        match condition {
            Condition::Compare(left, comparison, right) => self.compared(left, *comparison, right),
            Condition::And(parts) => self.joined(parts, Binding::And),
            Condition::Or(parts) => self.joined(parts, Binding::Or),
            Condition::Not(part) => {
                let inner = match **part {
                    Condition::Compare(..) => format!("({})", self.condition(part)),
                    _ => self.within(part, Binding::Not),
                };
                if self.names == Names::Titles(Lang::Zh) { format!("非{inner}") } else { format!("not {inner}") }
            }
            predicate => match self.names {
                Names::Ids => self.predicate_by_id(predicate),
                Names::Titles(lang) => self.predicate_in_words(predicate, lang),
            },
        }
    }

    fn predicate_by_id(self, condition: &Condition) -> String {
        let rubric = self.rubric;
        match condition {
            Condition::Finding(ix) => format!("finding({})", rubric.findings[ix.0].id),
            Condition::Status(status) => format!("status({})", status.id()),
            Condition::Kind(ix) => format!("kind({})", rubric.kinds.get(ix.0).map_or("", |kind| &kind.id)),
            Condition::Stage(stage) => format!("stage({stage})"),
            Condition::Attribute(ix, value) => {
                format!("attribute({}, {})", rubric.attributes[ix.0].id, quoted(value))
            }
            Condition::NotReported(metric) => format!("not_reported({})", self.metric(*metric)),
            Condition::Previous { grade, cycles_ago } => format!("previously({grade}, {cycles_ago})"),
            other => self.condition(other),
        }
    }

    fn predicate_in_words(self, condition: &Condition, lang: Lang) -> String {
        let rubric = self.rubric;
        let (subject, value) = match condition {
            Condition::Finding(ix) => {
                let finding = &rubric.findings[ix.0];
                let title = self.pick(&finding.id, &finding.title);
                return match lang {
                    Lang::En => format!("{title} was found"),
                    Lang::Zh => format!("认定存在“{title}”"),
                };
            }
            Condition::NotReported(metric) => {
                let title = self.metric(*metric);
                return match lang {
                    Lang::En => format!("{title} is not reported"),
                    Lang::Zh => format!("“{title}”未报"),
                };
            }
            Condition::Status(status) => (terms::STATUS.get(lang).to_owned(), terms::status(*status).get(lang)),
            Condition::Kind(ix) => {
                let title = rubric.kinds.get(ix.0).map_or("", |kind| self.pick(&kind.id, &kind.title));
                (terms::KIND.get(lang).to_owned(), title)
            }
            Condition::Stage(id) => {
                let title = rubric.stages.iter().find(|stage| stage.id == *id);
                (
                    terms::STAGE.get(lang).to_owned(),
                    title.map_or(id.as_str(), |stage| self.pick(&stage.id, &stage.title)),
                )
            }
            Condition::Attribute(ix, value) => {
                let attribute = &rubric.attributes[ix.0];
                (self.pick(&attribute.id, &attribute.title).to_owned(), value.as_str())
            }
            Condition::Previous { grade, cycles_ago } => {
                let known = rubric.grade(grade).map(|ix| &rubric.grades[ix.0]);
                (cycles_back(*cycles_ago, lang), known.map_or(grade.as_str(), |g| self.pick(&g.id, &g.title)))
            }
            other => return self.condition(other),
        };
        match lang {
            Lang::En => format!("{subject} is {value}"),
            Lang::Zh => format!("{subject}为“{value}”"),
        }
    }

    fn joined(self, parts: &[Condition], own: Binding) -> String {
        let chinese = self.names == Names::Titles(Lang::Zh);
        let word = match (own == Binding::And, chinese) {
            (true, false) => " and ",
            (true, true) => "，且",
            (false, false) => " or ",
            (false, true) => "，或",
        };
        parts.iter().map(|part| self.within(part, own)).collect::<Vec<_>>().join(word)
    }

    fn within(self, part: &Condition, around: Binding) -> String {
        let own = match part {
            Condition::Or(_) => Binding::Or,
            Condition::And(_) => Binding::And,
            Condition::Not(_) => Binding::Not,
            _ => Binding::Atom,
        };
        let same = own == around && own != Binding::Not;
        if own < around || same { format!("({})", self.condition(part)) } else { self.condition(part) }
    }
}

/// A value in the quotes that it does not hold itself: a formula has no escapes.
fn quoted(value: &str) -> String {
    if value.contains('"') { format!("'{value}'") } else { format!("\"{value}\"") }
}

fn cycles_back(cycles: usize, lang: Lang) -> String {
    match (cycles, lang) {
        (1, Lang::En) => "the grade of the previous cycle".to_owned(),
        (_, Lang::En) => format!("the grade {cycles} cycles ago"),
        (1, Lang::Zh) => "上一周期评估等级".to_owned(),
        (_, Lang::Zh) => format!("前{cycles}个周期的评估等级"),
    }
}

fn binding(expr: &Expr) -> Binding {
    match expr {
        Expr::Binary(Operator::Add | Operator::Subtract, ..) => Binding::Sum,
        Expr::Binary(Operator::Multiply | Operator::Divide, ..) => Binding::Product,
        _ => Binding::Atom,
    }
}

/// Whether the text starts with a minus sign of its own.
fn is_signed(expr: &Expr) -> bool {
    match expr {
        Expr::Negate(_) => true,
        Expr::Constant(value) => value.is_negative(),
        _ => false,
    }
}
