//! Formulas of a rubric as formulas of a spreadsheet: one cell for every intermediate result.
//!
//! Whatever a centre's kind, stage, attributes and first year choose is chosen here; readings are looked at by the
//! spreadsheet alone, so that a changed one recalculates. Must not know points.

use super::place::{self, Shape, Steps, Tabs, cell, range};
use super::text::{self, NOT_APPLICABLE, NOT_REPORTED, above, cached, floor, literal, obstacle};
use crate::domain::condition::Comparison;
use crate::domain::formula::{Aggregate, Expr, Function, Operator};
use crate::domain::measure::View;
use crate::domain::number::Number;
use crate::domain::rubric::MetricIx;
use crate::domain::text::Lang;
use crate::wording::formula::{self, Names};
use crate::wording::terms;

/// A cell of the working: a formula, or a value that is stated.
pub(super) struct Step {
    pub index: usize,
    pub formula: Option<String>,
    pub value: String,
}

/// Translates the formulas of one centre.
pub(super) struct Formulas<'a, 'b> {
    pub view: View<'a>,
    pub tabs: Tabs,
    pub shape: Shape,
    pub lang: Lang,
    /// Where each slot's reading stands; `None` for a panel.
    pub readings: &'b [Option<usize>],
    pub places: &'b mut Steps,
    pub steps: Vec<Step>,
}

/// Cells side by side, one a year.
struct Years {
    first: place::At,
    last: place::At,
    sheet: &'static str,
}

impl Years {
    fn text(&self) -> String {
        range(self.sheet, self.first, self.last)
    }
}

impl Formulas<'_, '_> {
    /// The operand that stands for a formula: a number, or the address of a cell.
    pub(super) fn operand(&mut self, expr: &Expr, year: Option<i16>, key: &str) -> String {
        let part = |this: &mut Self, expr: &Expr, side: &str| this.operand(expr, year, &format!("{key}{side}"));
        let text = match expr {
            Expr::Constant(value) => return literal(value),
            Expr::Reference(ix) => return literal(&self.view.rubric.references[ix.0].value),
            Expr::Metric(metric) => match self.reading(*metric, year.or_else(|| self.view.layout.only_year())) {
                Some(address) => return address,
                None => quoted(NOT_APPLICABLE),
            },
            Expr::ByKind(_) | Expr::ByStage(_) | Expr::ByAttribute(..) => match self.view.part(expr) {
                Ok(part) => return self.operand(part, year, key),
                Err(why) => quoted(&cached(&why, self.lang)),
            },
            Expr::Binary(operator, left, right) => {
                let (left, right) = (part(self, left, "a"), part(self, right, "b"));
                binary(*operator, &left, &right, self.lang)
            }
            Expr::Negate(inner) => {
                let inner = part(self, inner, "a");
                text::guarded(&inner, &format!("-{inner}"))
            }
            Expr::Function(function, arguments) => {
                let arguments: Vec<String> =
                    arguments.iter().zip(0..).map(|(a, nth)| part(self, a, &format!("f{nth}"))).collect();
                self::function(*function, &arguments, self.lang)
            }
            Expr::Over(aggregate, inner) => self.over(*aggregate, inner, key),
            Expr::Weighted(classes) => self.classes(classes, key, |terms| {
                let terms: Vec<String> =
                    terms.iter().map(|(n, w)| format!("IF(ISNUMBER({n}),{n}*{},0)", literal(w))).collect();
                terms.join("+")
            }),
            Expr::Highest(classes) => self.classes(classes, key, |terms| {
                let term = |(n, w): &(String, Number)| format!("IF(ISNUMBER({n}),IF({n}>0,{},0),0)", literal(w));
                format!("MAX({})", terms.iter().map(term).collect::<Vec<_>>().join(","))
            }),
            Expr::Years(left, comparison, right) => self.years_that_hold(left, *comparison, right, key),
            Expr::YearsNotReported(metric) => {
                let years: Vec<i16> = self.view.layout.cycle.years().collect();
                match self.years(&Expr::Metric(*metric), &years, key) {
                    None => "0".to_owned(),
                    Some(years) => {
                        let years = years.text();
                        format!("IF(COUNTBLANK({years})>0,\"\",COUNTIF({years},\"{NOT_REPORTED}\"))")
                    }
                }
            }
            Expr::TimesBefore { .. } => cached(&self.view.measure_in(expr, year), self.lang),
            // Only grades and gates look at these.
            Expr::PointsOf(_) | Expr::ShareOf(_) | Expr::LevelOf(..) | Expr::Total => quoted(""),
        };
        let value = cached(&self.view.measure_in(expr, year), self.lang);
        let year = year.map_or(String::new(), |year| format!(" @{year}"));
        let label = format!("{}{year}", formula::expr(expr, self.view.rubric, Names::Titles(self.lang)));
        self.put(key, label, Some(text), value)
    }

    /// Puts a result into its cell of the working and gives its address.
    pub(super) fn put(&mut self, key: &str, label: String, formula: Option<String>, value: String) -> String {
        let index = self.places.block(key, &[label]);
        self.steps.push(Step { index, formula, value });
        cell(self.tabs.working, self.shape.working(index))
    }

    /// Where a reading stands. A panel's value is stated in the working.
    fn reading(&mut self, metric: MetricIx, year: Option<i16>) -> Option<String> {
        let slot = self.view.layout.slot(metric, year)?;
        match self.readings.get(slot.0).copied().flatten() {
            Some(index) => Some(cell(self.tabs.readings, self.shape.reading(index))),
            None => Some(cell(self.tabs.working, self.panel(metric, year))),
        }
    }

    fn panel(&mut self, metric: MetricIx, year: Option<i16>) -> place::At {
        let layout = self.view.layout;
        let years: Vec<Option<i16>> = match layout.slot(metric, None) {
            Some(_) => vec![None],
            None => (layout.first_year..=layout.cycle.last).map(Some).collect(),
        };
        let id = &self.view.rubric.metrics[metric.0].id;
        let name = formula::metric(metric, self.view.rubric, Names::Titles(self.lang));
        let label = |year: &Option<i16>| year.map_or(name.to_owned(), |year| format!("{name} @{year}"));
        let labels: Vec<String> = years.iter().map(label).collect();
        let first = self.places.block(&format!("panel {id}"), &labels);
        for (index, year) in (first..).zip(&years) {
            if !self.steps.iter().any(|step| step.index == index) {
                let value = cached(&self.view.measure_in(&Expr::Metric(metric), *year), self.lang);
                self.steps.push(Step { index, formula: None, value });
            }
        }
        let nth = years.iter().position(|known| *known == year || known.is_none()).unwrap_or(0);
        self.shape.working(first + nth)
    }

    /// The cells of an expression in years that count for the centre; `None` where none does.
    fn years(&mut self, inner: &Expr, years: &[i16], key: &str) -> Option<Years> {
        let own: Vec<i16> = years.iter().copied().filter(|year| self.view.counts(*year)).collect();
        let (first, last) = (*own.first()?, *own.last()?);
        if let Expr::Metric(metric) = inner {
            let slots = (self.view.layout.slot(*metric, Some(first))?, self.view.layout.slot(*metric, Some(last))?);
            return Some(match (self.readings[slots.0.0], self.readings[slots.1.0]) {
                (Some(first), Some(last)) => {
                    let (first, last) = (self.shape.reading(first), self.shape.reading(last));
                    Years { first, last, sheet: self.tabs.readings }
                }
                _ => {
                    let (first, last) = (self.panel(*metric, Some(first)), self.panel(*metric, Some(last)));
                    Years { first, last, sheet: self.tabs.working }
                }
            });
        }
        let words = formula::expr(inner, self.view.rubric, Names::Titles(self.lang));
        let labels: Vec<String> = years.iter().map(|year| format!("{words} @{year}")).collect();
        let block = self.places.block(&format!("{key}y"), &labels);
        let index = |year: i16| block + years.iter().position(|known| *known == year).unwrap_or(0);
        for year in &own {
            let operand = self.operand(inner, Some(*year), &format!("{key}{year}"));
            let value = cached(&self.view.measure_in(inner, Some(*year)), self.lang);
            let formula = Some(format!("IF({operand}=\"\",\"\",{operand})"));
            self.steps.push(Step { index: index(*year), formula, value });
        }
        let (first, last) = (self.shape.working(index(first)), self.shape.working(index(last)));
        Some(Years { first, last, sheet: self.tabs.working })
    }

    fn over(&mut self, aggregate: Aggregate, inner: &Expr, key: &str) -> String {
        let (cycle, first_year) = (self.view.layout.cycle, self.view.layout.first_year);
        let years: Vec<i16> = match aggregate {
            Aggregate::Previous => vec![cycle.last - 1],
            Aggregate::Final => vec![cycle.last],
            Aggregate::Earlier => (first_year..cycle.last).collect(),
            Aggregate::Between { far, near } => (cycle.last - i16::from(far)..=cycle.last - i16::from(near)).collect(),
            _ => cycle.years().collect(),
        };
        let Some(found) = self.years(inner, &years, key) else { return quoted(NOT_APPLICABLE) };
        let whole = found.text();
        match aggregate {
            Aggregate::First => self.first_of(&found, false),
            Aggregate::Last => self.first_of(&found, true),
            // Of one year the sum is that year.
            Aggregate::Sum | Aggregate::Final | Aggregate::Previous => {
                self.taken_together(&whole, &format!("SUM({whole})"))
            }
            Aggregate::Max => self.taken_together(&whole, &format!("MAX({whole})")),
            Aggregate::Min => self.taken_together(&whole, &format!("MIN({whole})")),
            Aggregate::Mean | Aggregate::Earlier | Aggregate::Between { .. } => {
                self.taken_together(&whole, &format!("AVERAGE({whole})"))
            }
        }
    }

    /// A value made of the years that apply, or what stands against it.
    fn taken_together(&self, years: &str, value: &str) -> String {
        let none = format!("IF(COUNTIF({years},\"{NOT_REPORTED}\")>0,\"{NOT_REPORTED}\",\"{NOT_APPLICABLE}\")");
        let stopped = |rest: String| {
            if self.view.reported_years_only {
                rest
            } else {
                format!("IF(COUNTIF({years},\"{NOT_REPORTED}\")>0,\"{NOT_REPORTED}\",{rest})")
            }
        };
        let undefined = terms::UNDEFINED.get(self.lang);
        let rest =
            format!("IF(COUNTIF({years},\"{undefined}\")>0,\"{undefined}\",IF(COUNT({years})=0,{none},{value}))");
        format!("IF(COUNTBLANK({years})>0,\"\",{})", stopped(rest))
    }

    /// The first year that applies, from one end.
    fn first_of(&self, years: &Years, from_the_end: bool) -> String {
        let (first, last) = (years.first, years.last);
        let mut cells: Vec<String> = (first.0..=last.0)
            .flat_map(|row| (first.1..=last.1).map(move |column| (row, column)))
            .map(|at| cell(years.sheet, at))
            .collect();
        if from_the_end {
            cells.reverse();
        }
        let whole = years.text();
        let skips_unreported = self.view.reported_years_only;
        let none = match skips_unreported {
            true => format!("IF(COUNTIF({whole},\"{NOT_REPORTED}\")>0,\"{NOT_REPORTED}\",\"{NOT_APPLICABLE}\")"),
            false => quoted(NOT_APPLICABLE),
        };
        cells.iter().rev().fold(none, |rest, cell| {
            let skipped = match skips_unreported {
                true => format!("OR({cell}=\"{NOT_APPLICABLE}\",{cell}=\"{NOT_REPORTED}\")"),
                false => format!("{cell}=\"{NOT_APPLICABLE}\""),
            };
            format!("IF({skipped},{rest},IF({cell}=\"\",\"\",{cell}))")
        })
    }

    fn years_that_hold(&mut self, left: &Expr, comparison: Comparison, right: &Expr, key: &str) -> String {
        let years: Vec<i16> = self.view.layout.cycle.years().collect();
        let own: Vec<i16> = years.iter().copied().filter(|year| self.view.counts(*year)).collect();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return quoted(NOT_APPLICABLE) };
        let word = if comparison == Comparison::NotEqual { "<>" } else { comparison.word() };
        let word = if comparison == Comparison::Equal { "=" } else { word };
        let words = formula::expr(left, self.view.rubric, Names::Titles(self.lang));
        let labels: Vec<String> = years.iter().map(|year| format!("{words} {word} @{year}")).collect();
        let block = self.places.block(&format!("{key}y"), &labels);
        let index = |year: i16| block + years.iter().position(|known| *known == year).unwrap_or(0);
        for year in &own {
            let a = self.operand(left, Some(*year), &format!("{key}{year}a"));
            let b = self.operand(right, Some(*year), &format!("{key}{year}b"));
            let holds = format!("IF({}{word}0,1,0)", above(&a, &b, None));
            let formula = Some(format!("IF(COUNT({a},{b})=2,{holds},{})", obstacle(&[&a, &b], self.lang)));
            let (l, r) = (self.view.measure_in(left, Some(*year)), self.view.measure_in(right, Some(*year)));
            let value = match (l.value(), r.value()) {
                (Some(l), Some(r)) => if comparison.holds(l, r) { "1" } else { "0" }.to_owned(),
                _ => String::new(),
            };
            self.steps.push(Step { index: index(*year), formula, value });
        }
        let whole = range(self.tabs.working, self.shape.working(index(*first)), self.shape.working(index(*last)));
        self.taken_together(&whole, &format!("SUM({whole})"))
    }

    fn classes(
        &mut self,
        classes: &[(MetricIx, Number)],
        key: &str,
        make: impl Fn(&[(String, Number)]) -> String,
    ) -> String {
        let mut terms = Vec::new();
        for ((metric, weight), nth) in classes.iter().zip(0..) {
            let counted = match self.view.layout.slot(*metric, None) {
                Some(_) => Expr::Metric(*metric),
                None => Expr::Over(Aggregate::Sum, Box::new(Expr::Metric(*metric))),
            };
            terms.push((self.operand(&counted, None, &format!("{key}c{nth}")), weight.clone()));
        }
        let any = |status: &str| {
            let tests: Vec<String> = terms.iter().map(|(cell, _)| format!("{cell}=\"{status}\"")).collect();
            format!("OR({})", tests.join(","))
        };
        let cells: Vec<&str> = terms.iter().map(|(cell, _)| cell.as_str()).collect();
        format!(
            "IF({},\"\",IF({},\"{NOT_REPORTED}\",IF(COUNT({})=0,\"{NOT_APPLICABLE}\",{})))",
            any(""),
            any(NOT_REPORTED),
            cells.join(","),
            make(&terms)
        )
    }
}

fn quoted(status: &str) -> String {
    format!("\"{status}\"")
}

fn binary(operator: Operator, left: &str, right: &str, lang: Lang) -> String {
    let undefined = terms::UNDEFINED.get(lang);
    let value = match operator {
        Operator::Add => format!("{left}+{right}"),
        Operator::Subtract => format!("{left}-{right}"),
        Operator::Multiply => format!("{left}*{right}"),
        Operator::Divide => format!("IF({right}=0,\"{undefined}\",{left}/{right})"),
    };
    format!("IF(COUNT({left},{right})=2,{value},{})", obstacle(&[left, right], lang))
}

fn function(function: Function, arguments: &[String], lang: Lang) -> String {
    let undefined = terms::UNDEFINED.get(lang);
    let all: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (first, joined) = (all.first().copied().unwrap_or("0"), all.join(","));
    let value = match function {
        Function::Ln => format!("IF({first}<=0,\"{undefined}\",LN({first}))"),
        Function::Log10 => format!("IF({first}<=0,\"{undefined}\",LOG10({first}))"),
        Function::Sqrt => format!("IF({first}<0,\"{undefined}\",SQRT({first}))"),
        Function::Abs => format!("ABS({first})"),
        Function::Floor => floor(first),
        Function::Least => format!("MIN({joined})"),
        Function::Greatest => format!("MAX({joined})"),
    };
    format!("IF(COUNT({joined})={},{value},{})", all.len(), obstacle(&all, lang))
}
