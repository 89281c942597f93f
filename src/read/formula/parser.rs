//! The grammar of formulas and conditions: `or`, `and`, `not`, comparison, sum, product, sign, in that order of binding.

mod aggregates;
mod calls;
mod predicates;

use std::ops::Range;

use super::lexer::{Spanned, Token, fault, joined, tokens};
use super::{Fault, MAX_DEPTH, Names};
use crate::domain::condition::{Comparison, Condition};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::formula::{Aggregate, Expr, Function, Operator};
use crate::domain::number::Number;
use crate::domain::rubric::{MetricIx, NodeIx, ReferenceIx};
use crate::read::nearest::nearest;

pub(super) fn expression(text: &str, names: &Names<'_>) -> Result<Expr, Fault> {
    let mut parser = Parser::new(text, names)?;
    let (parsed, span) = parser.any()?;
    parser.end()?;
    parsed.value(span)
}

pub(super) fn condition(text: &str, names: &Names<'_>) -> Result<Condition, Fault> {
    let mut parser = Parser::new(text, names)?;
    let (parsed, span) = parser.any()?;
    parser.end()?;
    parsed.condition(span)
}

pub(super) fn in_each_year(text: &str, names: &Names<'_>) -> Result<Condition, Fault> {
    let mut parser = Parser::new(text, names)?;
    parser.over = Some(false);
    let (parsed, span) = parser.any()?;
    parser.end()?;
    parsed.condition(span)
}

enum Parsed {
    Value(Expr, usize),
    Condition(Condition, usize),
}

impl Parsed {
    fn value(self, span: Range<usize>) -> Result<Expr, Fault> {
        match self {
            Self::Value(expr, _) => Ok(expr),
            Self::Condition(..) => Err(fault(span, "a condition where a number is wanted", "此处应为数值而不是条件")),
        }
    }

    fn condition(self, span: Range<usize>) -> Result<Condition, Fault> {
        match self {
            Self::Condition(condition, _) => Ok(condition),
            Self::Value(..) => Err(fault(
                span,
                "a number where a condition is wanted: compare it, as in … >= 60",
                "此处应为条件而不是数值，请加上比较，如 … >= 60",
            )),
        }
    }

    fn depth(&self) -> usize {
        match self {
            Self::Value(_, depth) | Self::Condition(_, depth) => *depth,
        }
    }
}

/// Calls besides aggregates and functions.
pub(super) const CALLS: [&str; 15] = [
    "growth",
    "growth_from_earlier",
    "change",
    "excess",
    "weighted",
    "highest",
    "years",
    "years_not_reported",
    "by_kind",
    "by_stage",
    "by_attribute",
    "times_before",
    "points",
    "share",
    "level",
];

/// Calls that hold or do not.
pub(super) const PREDICATES: [&str; 7] =
    ["finding", "status", "kind", "stage", "not_reported", "attribute", "previously"];

type Out = Result<(Parsed, Range<usize>), Fault>;
/// What a call comes to, and where it ends.
type Called = Result<(Parsed, usize), Fault>;

struct Parser<'a> {
    text: &'a str,
    names: &'a Names<'a>,
    tokens: Vec<Spanned>,
    at: usize,
    nesting: usize,
    /// Inside the minimum of an excess, which is written out twice.
    in_minimum: bool,
    /// Inside an aggregate: whether a yearly metric was seen there.
    over: Option<bool>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, names: &'a Names<'a>) -> Result<Self, Fault> {
        let tokens = tokens(text)?;
        if tokens.len() == 1 {
            return Err(fault(0..text.len(), "nothing in it", "内容为空"));
        }
        Ok(Self { text, names, tokens, at: 0, nesting: 0, in_minimum: false, over: None })
    }

    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn span(&self) -> Range<usize> {
        self.tokens[self.at].1.clone()
    }

    fn is(&self, sign: &str) -> bool {
        matches!(self.peek(), Token::Sign(s) if *s == sign)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Word(w) if w == word)
    }

    fn next(&mut self) -> Spanned {
        let token = self.tokens[self.at].clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = self.is(sign);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, sign: &str) -> Result<Range<usize>, Fault> {
        let span = self.span();
        if self.take(sign) {
            return Ok(span);
        }
        Err(fault(span, &format!("no `{sign}` where one is wanted"), &format!("此处缺少 `{sign}`")))
    }

    fn end(&self) -> Result<(), Fault> {
        match self.peek() {
            Token::End => Ok(()),
            _ => Err(fault(self.span(), "something behind its end", "结尾之后还有内容")),
        }
    }

    /// Refuses what nests too deep, so that no later walk can run out of stack.
    fn made(parsed: Parsed, span: Range<usize>) -> Out {
        if parsed.depth() > MAX_DEPTH {
            return Err(too_deep(span));
        }
        Ok((parsed, span))
    }

    fn any(&mut self) -> Out {
        self.nesting += 1;
        if self.nesting > MAX_DEPTH {
            return Err(too_deep(self.span()));
        }
        let out = self.joined("or");
        self.nesting -= 1;
        out
    }

    fn joined(&mut self, word: &str) -> Out {
        let operand = |parser: &mut Self| if word == "or" { parser.joined("and") } else { parser.not() };
        let (first, mut span) = operand(self)?;
        if !self.is_word(word) {
            return Ok((first, span));
        }
        let mut depth = first.depth();
        let mut parts = vec![first.condition(span.clone())?];
        while self.is_word(word) {
            self.next();
            let (part, part_span) = operand(self)?;
            depth = depth.max(part.depth());
            span.end = part_span.end;
            parts.push(part.condition(part_span)?);
        }
        let condition = if word == "or" { Condition::Or(parts) } else { Condition::And(parts) };
        Self::made(Parsed::Condition(condition, depth + 1), span)
    }

    fn not(&mut self) -> Out {
        if !self.is_word("not") {
            return self.comparison();
        }
        let start = self.next().1.start;
        self.nesting += 1;
        if self.nesting > MAX_DEPTH {
            return Err(too_deep(self.span()));
        }
        let (part, span) = self.not()?;
        self.nesting -= 1;
        let depth = part.depth() + 1;
        let condition = Condition::Not(Box::new(part.condition(span.clone())?));
        Self::made(Parsed::Condition(condition, depth), start..span.end)
    }

    fn comparison(&mut self) -> Out {
        let (left, left_span) = self.sum()?;
        let Token::Sign(sign) = self.peek() else { return Ok((left, left_span)) };
        let sign = if *sign == "=" { "==" } else { sign };
        let Some((_, comparison)) = Comparison::ALL.into_iter().find(|(word, _)| *word == sign) else {
            return Ok((left, left_span));
        };
        self.next();
        let (right, right_span) = self.sum()?;
        let depth = left.depth().max(right.depth()) + 1;
        let span = left_span.start..right_span.end;
        let compare = Condition::Compare(left.value(left_span)?, comparison, right.value(right_span)?);
        Self::made(Parsed::Condition(compare, depth), span)
    }

    fn sum(&mut self) -> Out {
        self.chain(&[("+", Operator::Add), ("-", Operator::Subtract)], Self::product)
    }

    fn product(&mut self) -> Out {
        self.chain(&[("*", Operator::Multiply), ("/", Operator::Divide)], Self::signed)
    }

    fn chain(&mut self, operators: &[(&str, Operator)], operand: fn(&mut Self) -> Out) -> Out {
        let (mut left, mut span) = operand(self)?;
        while let Some((_, operator)) = operators.iter().find(|(sign, _)| self.is(sign)) {
            self.next();
            let (right, right_span) = operand(self)?;
            let depth = left.depth().max(right.depth()) + 1;
            let whole = span.start..right_span.end;
            let (left_value, right_value) = (left.value(span)?, right.value(right_span)?);
            let expr = Expr::Binary(*operator, Box::new(left_value), Box::new(right_value));
            (left, span) = Self::made(Parsed::Value(expr, depth), whole)?;
        }
        Ok((left, span))
    }

    fn signed(&mut self) -> Out {
        let start = self.span().start;
        if !self.take("-") {
            return self.primary();
        }
        self.nesting += 1;
        if self.nesting > MAX_DEPTH {
            return Err(too_deep(self.span()));
        }
        let (inner, span) = self.signed()?;
        self.nesting -= 1;
        let depth = inner.depth() + 1;
        let whole = start..span.end;
        let expr = match inner.value(span)? {
            Expr::Constant(value) => Expr::Constant(-value),
            inner => Expr::Negate(Box::new(inner)),
        };
        Self::made(Parsed::Value(expr, depth), whole)
    }

    fn primary(&mut self) -> Out {
        let (token, span) = self.next();
        match token {
            Token::Number(number) => Ok((Parsed::Value(Expr::Constant(number), 1), span)),
            Token::Sign("(") => {
                let (inner, _) = self.any()?;
                let end = self.expect(")")?.end;
                Ok((inner, span.start..end))
            }
            Token::Word(word) if self.is("(") => {
                self.next();
                let (parsed, end) = self.call(&word, span.clone())?;
                Self::made(parsed, span.start..end)
            }
            Token::Word(word) if word == "total" && !self.names.nodes.is_empty() => {
                Ok((Parsed::Value(Expr::Total, 1), span))
            }
            Token::Word(word) => {
                if let Some(at) = self.names.references.iter().position(|reference| reference.id == word) {
                    return Ok((Parsed::Value(Expr::Reference(ReferenceIx(at)), 1), span));
                }
                let metric = self.metric(&word, &span)?;
                Ok((Parsed::Value(Expr::Metric(metric), 1), span))
            }
            Token::End => Err(fault(span, "its end too early", "过早结束")),
            Token::Quoted(_) | Token::Sign(_) => {
                Err(fault(span, "a sign where a metric or number is wanted", "此处应为数据项或数字"))
            }
        }
    }

    fn metric(&mut self, word: &str, span: &Range<usize>) -> Result<MetricIx, Fault> {
        let metric = self.metric_named(word, span)?;
        let yearly = self.names.metrics[metric.0].yearly;
        match &mut self.over {
            Some(seen) => *seen |= yearly,
            None if yearly && self.names.cycle_years > 1 => {
                let years = self.names.cycle_years;
                let what = Diagnostic::error(
                    "E-formula-years",
                    format!("`{word}` has {years} yearly values; the formula does not say what to make of them"),
                    format!("`{word}` 有 {years} 个年度值，公式没有说明如何取值"),
                );
                let help = what.help(
                    format!("write sum({word}), mean({word}), max({word}) or last({word})"),
                    format!("请写 sum({word})、mean({word})、max({word}) 或 last({word})"),
                );
                return Err(Box::new((help, span.clone())));
            }
            None => {}
        }
        Ok(metric)
    }

    fn metric_named(&self, word: &str, span: &Range<usize>) -> Result<MetricIx, Fault> {
        let found = self.names.metrics.iter().position(|m| m.id == word).map(MetricIx);
        found.ok_or_else(|| {
            let ids = self.names.metrics.iter().map(|m| m.id.as_str());
            let functions = Aggregate::ALL.iter().map(|(w, _)| *w).chain(Function::ALL.iter().map(|(w, _)| *w));
            unknown("metric", "数据项", word, ids.chain(functions), span)
        })
    }

    fn call(&mut self, word: &str, span: Range<usize>) -> Called {
        if let Some((_, aggregate)) = Aggregate::ALL.into_iter().find(|(w, _)| *w == word) {
            let (expr, depth) = self.aggregate(aggregate, span.clone())?;
            let end = self.expect(")")?.end;
            return Ok((Parsed::Value(expr, depth), end));
        }
        if let Some((_, function)) = Function::ALL.into_iter().find(|(w, _)| *w == word) {
            return self.function(function, span);
        }
        match word {
            "growth" | "growth_from_earlier" | "change" => self.growth(word, span),
            "weighted" | "highest" => self.classes(word),
            "by_kind" => self.by_kind(span),
            "by_stage" => self.by_stage(span),
            "by_attribute" => self.by_attribute(span),
            "years" => self.years(span),
            "years_not_reported" => self.years_not_reported(),
            "times_before" => self.times_before(),
            "level" => self.level(),
            "excess" => self.excess(span),
            "points" | "share" => {
                let (node, end) = self.id_argument("criterion or indicator", "指标", |n| {
                    n.nodes.iter().map(|n| n.id.as_str()).collect()
                })?;
                let node = NodeIx(node);
                let expr = if word == "points" { Expr::PointsOf(node) } else { Expr::ShareOf(node) };
                Ok((Parsed::Value(expr, 1), end))
            }
            _ if PREDICATES.contains(&word) => self.predicate(word),
            _ => {
                let aggregates = Aggregate::ALL.iter().map(|(w, _)| *w);
                let functions = Function::ALL.iter().map(|(w, _)| *w);
                let known = aggregates.chain(functions).chain(CALLS).chain(PREDICATES);
                Err(unknown("function", "函数", word, known, &span))
            }
        }
    }

    fn function(&mut self, function: Function, span: Range<usize>) -> Called {
        let mut arguments = Vec::new();
        let mut depth = 0;
        loop {
            let (argument, argument_span) = self.any()?;
            depth = depth.max(argument.depth());
            arguments.push(argument.value(argument_span)?);
            if !self.take(",") {
                break;
            }
        }
        let end = self.expect(")")?.end;
        let fits = function.arity().map_or(arguments.len() >= 2, |arity| arguments.len() == arity);
        if !fits {
            let wanted = function.arity().map_or("two or more".to_owned(), |n| n.to_string());
            let (word, found) = (function.word(), arguments.len());
            return Err(fault(
                span.start..end,
                &format!("{found} arguments for {word}, which takes {wanted}"),
                &format!("{word} 的参数个数不对：给了 {found} 个，应为 {wanted}"),
            ));
        }
        Ok((Parsed::Value(Expr::Function(function, arguments), depth + 1), end))
    }

    /// `weighted(a: 3, b: 1)` and `highest(a: 10, b: 6)`.
    fn classes(&mut self, word: &str) -> Called {
        let mut classes: Vec<(MetricIx, Number)> = Vec::new();
        loop {
            let (token, span) = self.next();
            let Token::Word(name) = token else {
                return Err(fault(span, "no metric where one is wanted", "此处应为数据项"));
            };
            let metric = self.metric_named(&name, &span)?;
            if classes.iter().any(|(m, _)| *m == metric) {
                return Err(fault(span, "the same class twice", "同一类别出现两次"));
            }
            self.expect(":")?;
            let negative = self.take("-");
            let (token, span) = self.next();
            let Token::Number(weight) = token else {
                return Err(fault(span, "no weight where one is wanted, as in a: 3", "此处应为权重，如 a: 3"));
            };
            classes.push((metric, if negative { -weight } else { weight }));
            if !self.take(",") {
                break;
            }
        }
        let end = self.expect(")")?.end;
        let expr = if word == "weighted" { Expr::Weighted(classes) } else { Expr::Highest(classes) };
        Ok((Parsed::Value(expr, 1), end))
    }

    /// `by_kind(one: a, other: b)`: an expression for each kind of centre.
    fn by_kind(&mut self, span: Range<usize>) -> Called {
        let mut parts: Vec<Option<Expr>> = vec![None; self.names.kinds.len()];
        let mut depth = 0;
        loop {
            let (kind, _) = self.id_part("kind", "类别", |n| n.kinds.iter().map(|k| k.id.as_str()).collect())?;
            self.expect(":")?;
            let (part, part_span) = self.any()?;
            depth = depth.max(part.depth());
            parts[kind] = Some(part.value(part_span)?);
            if !self.take(",") {
                break;
            }
        }
        let end = self.expect(")")?.end;
        match parts.into_iter().collect::<Option<Vec<_>>>() {
            Some(parts) => Ok((Parsed::Value(Expr::ByKind(parts), depth + 1), end)),
            None => Err(fault(span.start..end, "a kind without a value", "有类别没有给出值")),
        }
    }
}

fn too_deep(span: Range<usize>) -> Fault {
    let what = Diagnostic::error(
        "E-limit-formula",
        format!("the formula nests more than {MAX_DEPTH} deep"),
        format!("公式嵌套超过 {MAX_DEPTH} 层"),
    );
    let help = what.help(
        "split it, or use weighted(a: 1, b: 1, …) for a long sum",
        "请拆分公式，或用 weighted(a: 1, b: 1, …) 表示长的求和",
    );
    Box::new((help, span))
}

fn unknown<'k>(en: &str, zh: &str, word: &str, known: impl Iterator<Item = &'k str>, span: &Range<usize>) -> Fault {
    let known: Vec<&str> = known.collect();
    let what = Diagnostic::error("E-formula-name", format!("there is no {en} `{word}`"), format!("没有{zh} `{word}`"));
    let help = match nearest(word, known.iter().copied()) {
        Some(near) => what.help(format!("did you mean `{near}`?"), format!("是否想写 `{near}`？")),
        None if known.is_empty() => what.help(
            format!("declare a {en} first; points and totals are known only in grades and gates"),
            format!("请先声明{zh}；得分与总分只能用于等级和否决项"),
        ),
        None => {
            let listed = known.iter().take(24).map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
            what.help(format!("known here: {listed}"), format!("此处可用：{listed}"))
        }
    };
    Box::new((help, span.clone()))
}
