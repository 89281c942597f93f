//! Steps of a formula in words: each intermediate result with the numbers it came from.
//!
//! One step is one sentence, `sum of service income = 2023: 100 + 2024: 120.5 = 220.5`. Numbers are never shortened.
//! Must not know rules or points.

use super::formula::{Names, expr, metric};
use super::measure;
use super::number::{exact, term};
use super::panel;
use super::terms;
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::formula::{Aggregate, Expr, Function};
use crate::domain::ledger::{Input, Measured, Step};
use crate::domain::number::Number;
use crate::domain::number::transcendental::PLACES;
use crate::domain::reading::Presence;
use crate::domain::rubric::{MetricIx, Rubric};
use crate::domain::text::Lang;

/// Where the steps were taken: the readings are looked at for the marks behind a panel's value.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub rubric: &'a Rubric,
    pub cohort: &'a Cohort,
    pub centre: CentreIx,
    pub lang: Lang,
}

impl At<'_> {
    /// All steps, innermost first; a panel's marks stand before the step that uses them.
    pub fn sentences(self, steps: &[Step]) -> Vec<String> {
        let mut said = Vec::new();
        for step in steps {
            for (metric, year) in self.panels(step) {
                let sentence = self.marks(metric, year);
                if !said.contains(&sentence) {
                    said.push(sentence);
                }
            }
            let sentence = self.sentence(step);
            if !said.contains(&sentence) {
                said.push(sentence);
            }
        }
        said
    }

    /// One step.
    pub fn sentence(self, step: &Step) -> String {
        let spelled = expr(&step.expr, self.rubric, Names::Titles(self.lang));
        let year = step.year.map_or(String::new(), |year| format!("{year}: "));
        let result = self.measured(&step.result);
        if step.result.value().is_none() {
            if matches!(step.expr, Expr::Metric(_)) {
                return format!("{year}{}", super::screen::labelled(self.lang, &spelled, &result));
            }
            let inputs: Vec<String> = step.inputs.iter().map(|input| self.input(input)).collect();
            let (colon, semicolon) = if self.lang == Lang::En { (": ", "; ") } else { ("：", "；") };
            let inputs = if inputs.is_empty() { String::new() } else { format!("{colon}{}", inputs.join(semicolon)) };
            return match self.lang {
                Lang::En => format!("{year}{spelled}{inputs}; so it is {result}"),
                Lang::Zh => format!("{year}{spelled}{inputs}；因此{result}"),
            };
        }
        if let Expr::Over(Aggregate::Last | Aggregate::First | Aggregate::Previous, _) = &step.expr {
            let at = step.inputs.iter().find(|input| input.value.value().is_some()).and_then(|input| input.year);
            let at = at.map_or(String::new(), |year| format!("{year}: "));
            return format!("{year}{spelled} = {at}{result}{}", self.remarks(step));
        }
        let working = self.calculation(step).filter(|working| *working != result);
        let working = working.map_or(String::new(), |working| format!(" = {working}"));
        format!("{year}{spelled}{working} = {result}{}", self.remarks(step))
    }

    /// The operation with its numbers; `None` where it is only a value read.
    fn calculation(self, step: &Step) -> Option<String> {
        let values: Vec<&Number> = step.inputs.iter().filter_map(|i| i.value.value()).collect();
        let joined = |sign: &str| values.iter().map(|v| term(v)).collect::<Vec<_>>().join(sign);
        let dated = || step.inputs.iter().filter_map(dated).collect::<Vec<_>>();
        Some(match &step.expr {
            Expr::Over(aggregate, _) => match aggregate {
                Aggregate::Sum => dated().join(" + "),
                Aggregate::Mean | Aggregate::Earlier | Aggregate::Between { .. } => {
                    format!("({}) / {}", dated().join(" + "), values.len())
                }
                Aggregate::Max => measure::extreme(true, &dated(), self.lang),
                Aggregate::Min => measure::extreme(false, &dated(), self.lang),
                Aggregate::Last | Aggregate::First | Aggregate::Final | Aggregate::Previous => return None,
            },
            Expr::Binary(operator, ..) => joined(&format!(" {} ", measure::sign(*operator))),
            Expr::Negate(_) => format!("-{}", joined("")),
            Expr::Function(function, _) => {
                let values: Vec<String> = values.iter().map(|value| exact(value)).collect();
                measure::function(*function, &values, self.lang)
            }
            Expr::Weighted(classes) => {
                let class = |(input, (_, weight)): (&Input, &(MetricIx, Number))| {
                    Some(format!("{} × {}", term(input.value.value()?), term(weight)))
                };
                step.inputs.iter().zip(classes).filter_map(class).collect::<Vec<_>>().join(" + ")
            }
            Expr::Years(..) | Expr::YearsNotReported(_) => {
                let counted = |input: &Input| {
                    let held = match &step.expr {
                        Expr::YearsNotReported(_) => input.value == Measured::NotReported,
                        _ => input.value.value().is_some_and(|value| !value.is_zero()),
                    };
                    held.then_some(input.year).flatten().map(|year| year.to_string())
                };
                let years: Vec<String> = step.inputs.iter().filter_map(counted).collect();
                if years.is_empty() {
                    return None;
                }
                super::listed(self.lang, &years)
            }
            Expr::Highest(classes) => {
                let class = |(input, (ix, _)): (&Input, &(MetricIx, Number))| {
                    let name = metric(*ix, self.rubric, Names::Titles(self.lang));
                    Some(format!("{name} {}", exact(input.value.value()?)))
                };
                super::listed(self.lang, &step.inputs.iter().zip(classes).filter_map(class).collect::<Vec<_>>())
            }
            _ => return None,
        })
    }

    /// What was left out of an aggregate, and how far a logarithm or root is right.
    fn remarks(self, step: &Step) -> String {
        let mut remarks = Vec::new();
        match &step.expr {
            Expr::Function(Function::Ln | Function::Log10 | Function::Sqrt, _) => remarks.push(right_to(self.lang)),
            Expr::Over(aggregate, _) => {
                let without = |input: &&Input| input.value.value().is_none();
                remarks.extend(step.inputs.iter().filter(without).map(|input| match self.lang {
                    Lang::En => format!("{}: left out", self.input(input)),
                    Lang::Zh => format!("{}，不计入", self.input(input)),
                }));
                remarks.extend(self.before_since(*aggregate));
            }
            Expr::Weighted(classes) | Expr::Highest(classes) => {
                let class = |(input, (ix, _)): (&Input, &(MetricIx, Number))| {
                    let name = metric(*ix, self.rubric, Names::Titles(self.lang));
                    input.value.value().is_none().then(|| match self.lang {
                        Lang::En => format!("{name} {}: left out", self.measured(&input.value)),
                        Lang::Zh => format!("{name}{}，不计入", self.measured(&input.value)),
                    })
                };
                remarks.extend(step.inputs.iter().zip(classes).filter_map(class));
            }
            _ => {}
        }
        match (remarks.is_empty(), self.lang) {
            (true, _) => String::new(),
            (false, Lang::En) => format!(" ({})", remarks.join("; ")),
            (false, Lang::Zh) => format!("（{}）", remarks.join("；")),
        }
    }

    /// Years of the cycle that do not count because the centre began later.
    fn before_since(self, aggregate: Aggregate) -> Option<String> {
        let since = self.cohort.centre(self.centre).since?;
        let layout = &self.cohort.layout;
        let first = if aggregate.looks_back() { layout.first_year } else { layout.cycle.first };
        (first < since && since <= layout.cycle.last).then(|| match self.lang {
            Lang::En => format!("the centre counts from {since}: earlier years are left out"),
            Lang::Zh => format!("该中心自{since}年起参评，以前年度不计入"),
        })
    }

    fn input(self, input: &Input) -> String {
        let value = self.measured(&input.value);
        match input.year {
            Some(year) => format!("{year}: {value}"),
            None => value,
        }
    }

    /// A value, or why there is none.
    pub fn measured(self, measured: &Measured) -> String {
        let presence = match measured {
            Measured::Value(value) => return exact(value),
            Measured::Undefined => {
                return match self.lang {
                    Lang::En => "not defined (division by zero, or a logarithm or root out of range)".to_owned(),
                    Lang::Zh => "无法计算（分母为零，或对数、开方超出定义域）".to_owned(),
                };
            }
            Measured::Blank => Presence::Blank,
            Measured::NotReported => Presence::NotReported,
            Measured::NotApplicable => Presence::NotApplicable,
        };
        terms::presence(presence).get(self.lang).to_owned()
    }

    /// Panel metrics that a step reads itself, with their years.
    fn panels(self, step: &Step) -> Vec<(MetricIx, Option<i16>)> {
        let of_panel = |ix: &MetricIx| self.rubric.metrics[ix.0].panel.is_some();
        let read: Vec<MetricIx> = match &step.expr {
            Expr::Metric(ix) => vec![*ix],
            Expr::Over(_, inner) => inner.metrics(),
            Expr::Weighted(classes) | Expr::Highest(classes) => classes.iter().map(|(ix, _)| *ix).collect(),
            _ => Vec::new(),
        };
        let layout = &self.cohort.layout;
        let years = |ix: MetricIx| -> Vec<Option<i16>> {
            if layout.slot(ix, None).is_some() {
                return vec![None];
            }
            let years: Vec<_> = step.inputs.iter().filter_map(|i| i.year).map(Some).collect();
            if years.is_empty() { layout.cycle.years().map(Some).collect() } else { years }
        };
        read.into_iter().filter(of_panel).flat_map(|ix| years(ix).into_iter().map(move |year| (ix, year))).collect()
    }

    fn marks(self, ix: MetricIx, year: Option<i16>) -> String {
        let layout = &self.cohort.layout;
        let name = metric(ix, self.rubric, Names::Titles(self.lang));
        let year = year.or_else(|| layout.only_year());
        let (Some(slot), Some(panel)) = (layout.slot(ix, year), &self.rubric.metrics[ix.0].panel) else {
            return name.to_owned();
        };
        let year = layout.cell(slot).1.map_or(String::new(), |year| format!(" {year}"));
        let marks = panel::marks(panel, self.cohort.readings(self.centre).marks(slot), self.lang);
        match self.lang {
            Lang::En => format!("{name}{year}: {marks}"),
            Lang::Zh => format!("{name}{year}：{marks}"),
        }
    }
}

fn dated(input: &Input) -> Option<String> {
    let value = term(input.value.value()?);
    Some(input.year.map_or_else(|| value.clone(), |year| format!("{year}: {value}")))
}

/// How far a logarithm, root or geometric mean is right.
pub fn right_to(lang: Lang) -> String {
    match lang {
        Lang::En => format!("right to {PLACES} places"),
        Lang::Zh => format!("精确到小数点后{PLACES}位"),
    }
}
