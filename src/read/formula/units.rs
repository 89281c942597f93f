//! Whether the parts of a formula go together: money in one unit, shares with shares, counts with counts.
//!
//! Must not know who uses the formula.

use super::Names;
use crate::domain::condition::Condition;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::formula::{Expr, Function, Operator};
use crate::domain::number::Number;
use crate::domain::rubric::Values;
use crate::domain::text::Text;
use crate::domain::unit::{Mismatch, Unit};

/// What a formula counts.
///
/// # Errors
/// `E-unit` where two of its parts do not go together.
pub fn of(expr: &Expr, names: &Names<'_>) -> Result<Unit, Box<Diagnostic>> {
    match expr {
        Expr::Metric(ix) => {
            let metric = &names.metrics[ix.0];
            Ok(match metric.values {
                Values::Number { .. } => Unit::read(&metric.unit),
                Values::YesNo | Values::Letters(_) => Unit::Unknown,
            })
        }
        Expr::Reference(ix) => {
            let unit = &names.references[ix.0].unit;
            Ok(if unit.is_empty() { Unit::Plain } else { Unit::read(unit) })
        }
        Expr::Over(_, inner) | Expr::Negate(inner) => of(inner, names),
        Expr::Binary(operator, left, right) => {
            let (one, two) = (of(left, names)?, of(right, names)?);
            let unit = match operator {
                Operator::Add | Operator::Subtract => one.with(&two),
                // Times one or minus one nothing is converted.
                Operator::Multiply if is_one(left) => Ok(two.clone()),
                Operator::Multiply if is_one(right) => Ok(one.clone()),
                Operator::Multiply => Ok(one.times(&two)),
                Operator::Divide => one.over(&two),
            };
            unit.map_err(|why| mismatch(left, right, &why, names))
        }
        Expr::Function(Function::Ln | Function::Log10, parts) => {
            parts.iter().try_for_each(|part| of(part, names).map(drop))?;
            Ok(Unit::Plain)
        }
        Expr::Function(Function::Sqrt, parts) => {
            parts.iter().try_for_each(|part| of(part, names).map(drop))?;
            Ok(Unit::Unknown)
        }
        Expr::Function(_, parts) | Expr::ByKind(parts) | Expr::ByStage(parts) => {
            together(&parts.iter().collect::<Vec<_>>(), names)
        }
        Expr::ByAttribute(_, parts, other) => {
            let parts: Vec<&Expr> = parts.iter().map(|(_, part)| part).chain(other.as_deref()).collect();
            together(&parts, names)
        }
        Expr::Years(left, _, right) => {
            fit(left, right, names)?;
            Ok(Unit::Plain)
        }
        // Weights make one number of different things: that is what they are for.
        Expr::Weighted(_) | Expr::Highest(_) => Ok(Unit::Unknown),
        Expr::Constant(_)
        | Expr::YearsNotReported(_)
        | Expr::TimesBefore { .. }
        | Expr::PointsOf(_)
        | Expr::ShareOf(_)
        | Expr::LevelOf(..)
        | Expr::Total => Ok(Unit::Plain),
    }
}

/// Whether both sides of every comparison of a condition go together.
///
/// # Errors
/// `E-unit` at the first that do not.
pub fn of_condition(condition: &Condition, names: &Names<'_>) -> Result<(), Box<Diagnostic>> {
    match condition {
        Condition::Compare(left, _, right) => fit(left, right, names).map(drop),
        Condition::And(parts) | Condition::Or(parts) => parts.iter().try_for_each(|part| of_condition(part, names)),
        Condition::Not(part) => of_condition(part, names),
        _ => Ok(()),
    }
}

/// Whether two formulas can be added, compared or chosen between.
///
/// # Errors
/// `E-unit` where they cannot.
pub fn fit(left: &Expr, right: &Expr, names: &Names<'_>) -> Result<Unit, Box<Diagnostic>> {
    of(left, names)?.with(&of(right, names)?).map_err(|why| mismatch(left, right, &why, names))
}

fn together(parts: &[&Expr], names: &Names<'_>) -> Result<Unit, Box<Diagnostic>> {
    let Some((first, rest)) = parts.split_first() else { return Ok(Unit::Plain) };
    let mut unit = of(first, names)?;
    for part in rest {
        unit = unit.with(&of(part, names)?).map_err(|why| mismatch(first, part, &why, names))?;
    }
    Ok(unit)
}

fn is_one(expr: &Expr) -> bool {
    matches!(expr, Expr::Constant(value) if value.abs() == Number::ONE)
}

fn mismatch(left: &Expr, right: &Expr, why: &Mismatch, names: &Names<'_>) -> Box<Diagnostic> {
    let (one, two) = (named(left, names), named(right, names));
    let what = Diagnostic::error(
        "E-unit",
        format!("{} and {} do not go together", one.en, two.en),
        format!("{}与{}单位不一致，不能直接合并或比较", one.zh, two.zh),
    );
    Box::new(match why {
        Mismatch::Scale(factor) if *factor > Number::ONE => what.help(
            format!("convert one of them: {factor} * the first"),
            format!("请换算其中之一：{factor} * 前者"),
        ),
        Mismatch::Scale(factor) => {
            let factor = Number::ONE.divided_by(factor).unwrap_or(Number::ONE);
            what.help(format!("convert one of them: the first / {factor}"), format!("请换算其中之一：前者 / {factor}"))
        }
        Mismatch::Kind => what.help(
            "they count different things: divide to get a ratio of each, or use weighted(a: 3, b: 1) for classes with weights",
            "二者计量的对象不同：请先各自求比值，或用 weighted(a: 3, b: 1) 按权重合并不同类别",
        ),
    })
}

/// The side of a mismatch: its metrics with their units, or what it is otherwise.
fn named(expr: &Expr, names: &Names<'_>) -> Text {
    let metrics = expr.metrics();
    let one = |unit: &Text, id: &str| {
        let unit_en = if unit.en.is_empty() { "no unit" } else { &unit.en };
        let unit_zh = if unit.zh.is_empty() { "无单位" } else { &unit.zh };
        (format!("`{id}` ({unit_en})"), format!("`{id}`（{unit_zh}）"))
    };
    let parts: Vec<(String, String)> = metrics
        .iter()
        .take(3)
        .map(|ix| {
            let metric = &names.metrics[ix.0];
            one(&metric.unit, &metric.id)
        })
        .collect();
    if let (true, Expr::Reference(ix)) = (parts.is_empty(), expr) {
        let (en, zh) = one(&names.references[ix.0].unit, &names.references[ix.0].id);
        return Text { en, zh };
    }
    let quotient = matches!(expr, Expr::Binary(Operator::Divide, ..));
    let join = |pick: fn(&(String, String)) -> &str, sign: &str| {
        parts.iter().map(|part| pick(part).to_owned()).collect::<Vec<_>>().join(sign)
    };
    match quotient {
        true => Text {
            en: format!("the ratio of {}", join(|p| &p.0, " and ")),
            zh: format!("{}之比", join(|p| &p.1, "与")),
        },
        false => Text { en: join(|p| &p.0, ", "), zh: join(|p| &p.1, "、") },
    }
}
