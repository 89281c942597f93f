//! Measures in the words of people: what a formula makes of its parts. Must not know how a rubric spells it.

use crate::domain::condition::Comparison;
use crate::domain::formula::{Aggregate, Function, Operator};
use crate::domain::text::Lang;

/// The sign of an operator as people write it.
pub const fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "×",
        Operator::Divide => "÷",
    }
}

/// The sign of a comparison as people write it.
pub const fn compared(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "≤",
        Comparison::Equal => "=",
        Comparison::NotEqual => "≠",
        Comparison::AtLeast => "≥",
        Comparison::Greater => ">",
    }
}

/// Over the years of the cycle: `sum of technical service income`.
pub fn over(aggregate: Aggregate, of: &str, lang: Lang) -> String {
    match (aggregate, lang) {
        (Aggregate::Sum, Lang::En) => format!("sum of {of}"),
        (Aggregate::Sum, Lang::Zh) => format!("{of}合计"),
        (Aggregate::Mean, Lang::En) => format!("mean of {of}"),
        (Aggregate::Mean, Lang::Zh) => format!("{of}均值"),
        (Aggregate::Max, Lang::En) => format!("maximum of {of}"),
        (Aggregate::Max, Lang::Zh) => format!("{of}最大值"),
        (Aggregate::Min, Lang::En) => format!("minimum of {of}"),
        (Aggregate::Min, Lang::Zh) => format!("{of}最小值"),
        (Aggregate::Last, Lang::En) => format!("{of} (last year that applies)"),
        (Aggregate::Last, Lang::Zh) => format!("{of}（最后适用年度）"),
        (Aggregate::First, Lang::En) => format!("{of} (first year that applies)"),
        (Aggregate::First, Lang::Zh) => format!("{of}（最早适用年度）"),
        (Aggregate::Final, Lang::En) => format!("{of} (last year of the cycle)"),
        (Aggregate::Final, Lang::Zh) => format!("{of}（周期末年）"),
        (Aggregate::Previous, Lang::En) => format!("{of} (year before the last)"),
        (Aggregate::Previous, Lang::Zh) => format!("{of}（周期末年的上一年）"),
        (Aggregate::Earlier, Lang::En) => format!("mean of {of} (years before the last)"),
        (Aggregate::Earlier, Lang::Zh) => format!("{of}均值（周期末年以前各年）"),
        (Aggregate::Between { far, near }, Lang::En) if far == near => format!("{of} ({far} years before the last)"),
        (Aggregate::Between { far, near }, Lang::Zh) if far == near => format!("{of}（周期末年前{far}年）"),
        (Aggregate::Between { far, near }, Lang::En) => format!("mean of {of} ({far} to {near} years before the last)"),
        (Aggregate::Between { far, near }, Lang::Zh) => format!("{of}均值（周期末年前{far}年至前{near}年）"),
    }
}

/// The largest or smallest of several, however they are named.
pub fn extreme(largest: bool, of: &[String], lang: Lang) -> String {
    match (largest, lang) {
        (true, Lang::En) => format!("the greatest of ({})", of.join(", ")),
        (true, Lang::Zh) => format!("（{}）中的最大值", of.join("、")),
        (false, Lang::En) => format!("the least of ({})", of.join(", ")),
        (false, Lang::Zh) => format!("（{}）中的最小值", of.join("、")),
    }
}

/// A function of its arguments.
pub fn function(function: Function, of: &[String], lang: Lang) -> String {
    let all = of.join(if lang == Lang::En { ", " } else { "、" });
    match (function, lang) {
        (Function::Least, _) => extreme(false, of, lang),
        (Function::Greatest, _) => extreme(true, of, lang),
        (Function::Ln, _) => format!("ln({all})"),
        (Function::Log10, _) => format!("lg({all})"),
        (Function::Sqrt, Lang::En) => format!("square root of ({all})"),
        (Function::Sqrt, Lang::Zh) => format!("（{all}）的平方根"),
        (Function::Abs, Lang::En) => format!("absolute value of ({all})"),
        (Function::Abs, Lang::Zh) => format!("（{all}）的绝对值"),
        (Function::Floor, Lang::En) => format!("({all}, rounded down to a whole number)"),
        (Function::Floor, Lang::Zh) => format!("（{all}，向下取整）"),
    }
}

/// Counts of classes times what each counts for: `weighted sum (A × 3 + B × 2)`. `classes` are `A × 3`.
pub fn weighted(classes: &[String], lang: Lang) -> String {
    let all = classes.join(" + ");
    match lang {
        Lang::En => format!("weighted sum ({all})"),
        Lang::Zh => format!("加权合计（{all}）"),
    }
}

/// The highest class of which there is one: `the highest class held (A: 3, B: 2)`. `classes` are `A: 3`.
pub fn highest(classes: &[String], lang: Lang) -> String {
    match lang {
        Lang::En => format!("the highest class held ({})", classes.join(", ")),
        Lang::Zh => format!("最高一类（{}）", classes.join("，")),
    }
}

/// What each class counts for.
pub fn class(name: &str, weight: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{name}: {weight}"),
        Lang::Zh => format!("{name}计{weight}"),
    }
}

/// A part for each kind, stage or value of an attribute, which is called `by`.
pub fn choice(by: &str, parts: &[(String, String)], lang: Lang) -> String {
    let colon = if lang == Lang::En { ": " } else { "：" };
    let parts: Vec<String> = parts.iter().map(|(name, part)| format!("{name}{colon}{part}")).collect();
    match lang {
        Lang::En => format!("by {by} ({})", parts.join("; ")),
        Lang::Zh => format!("按{by}（{}）", parts.join("；")),
    }
}
