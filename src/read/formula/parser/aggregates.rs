//! Aggregates over the years: over which years, and what is made of two of them.

use std::ops::Range;

use super::{Called, Fault, Parsed, Parser, fault};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::formula::{Aggregate, Expr, Operator};
use crate::read::formula::lexer::Token;

impl Parser<'_> {
    /// The argument of an aggregate, up to the closing parenthesis.
    pub(super) fn aggregate(&mut self, aggregate: Aggregate, span: Range<usize>) -> Result<(Expr, usize), Fault> {
        if self.over.is_some() {
            return Err(fault(span, "an aggregate inside an aggregate", "汇总函数不能嵌套"));
        }
        if aggregate.looks_back() && self.names.cycle_years + self.names.lookback_years < 2 {
            let what = Diagnostic::error(
                "E-formula-lookback",
                "the formula looks at earlier years, and the rubric admits none",
                "公式引用了以前年度，而本体系未设回溯年度",
            );
            let help = what.help(
                "add lookback_years = 1 (or more) to [rubric]",
                "请在 [rubric] 中加上 lookback_years = 1（或更多）",
            );
            return Err(Box::new((help, span)));
        }
        self.over = Some(false);
        let (inner, inner_span) = self.any()?;
        let yearly = self.over.take() == Some(true);
        if !yearly {
            return Err(fault(
                span,
                "an aggregate over something that is the same in every year",
                "汇总函数的内容不随年度变化",
            ));
        }
        let aggregate = match aggregate {
            Aggregate::Earlier if self.take(",") => self.between()?,
            aggregate => aggregate,
        };
        let depth = inner.depth() + 1;
        Ok((Expr::Over(aggregate, Box::new(inner.value(inner_span)?)), depth))
    }

    /// The `4, 2` of `earlier(x, 4, 2)`: from four to two years before the cycle's last.
    fn between(&mut self) -> Result<Aggregate, Fault> {
        let (far, start) = self.years_before()?;
        self.expect(",")?;
        let (near, end) = self.years_before()?;
        let span = start.start..end.end;
        if far < near {
            return Err(fault(span, "the nearer year first", "应先写较早的年份"));
        }
        let known = self.names.cycle_years + self.names.lookback_years - 1;
        if usize::from(far) > known {
            let what = Diagnostic::error(
                "E-formula-lookback",
                format!("the formula looks back {far} years, and the rubric admits {known}"),
                format!("公式回溯 {far} 年，而本体系只允许 {known} 年"),
            );
            let more = self.names.lookback_years + usize::from(far) - known;
            let help = what.help(
                format!("write lookback_years = {more} (or more) in [rubric]"),
                format!("请在 [rubric] 中写 lookback_years = {more}（或更多）"),
            );
            return Err(Box::new((help, span)));
        }
        Ok(Aggregate::Between { far, near })
    }

    fn years_before(&mut self) -> Result<(u8, Range<usize>), Fault> {
        let (token, span) = self.next();
        let count = match token {
            Token::Number(number) => {
                number.to_usize().and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=99).contains(n))
            }
            _ => None,
        };
        match count {
            Some(count) => Ok((count, span)),
            None => Err(fault(span, "no count of years from 1 to 99", "应为 1 到 99 的年数")),
        }
    }

    /// `growth(x)` is (final − previous) ÷ previous, `growth_from_earlier(x)` the same against the mean of all earlier
    /// years, `change(x)` the difference alone.
    pub(super) fn growth(&mut self, word: &str, span: Range<usize>) -> Called {
        let base = if word == "growth_from_earlier" { Aggregate::Earlier } else { Aggregate::Previous };
        let (before, depth) = self.aggregate(base, span)?;
        let end = self.expect(")")?.end;
        let Expr::Over(_, inner) = &before else { return Err(fault(0..end, "no metric", "缺少数据项")) };
        // The cycle's last year itself: an earlier one would be compared with itself.
        let last = Expr::Over(Aggregate::Final, inner.clone());
        let change = Expr::Binary(Operator::Subtract, Box::new(last), Box::new(before.clone()));
        let expr = match word {
            "change" => change,
            _ => Expr::Binary(Operator::Divide, Box::new(change), Box::new(before)),
        };
        Ok((Parsed::Value(expr, depth + 2), end))
    }
}
