//! Calls whose arguments are not plain formulas: choices by stage or attribute, counts of years and of earlier grades.

use std::ops::Range;

use super::{Called, Parsed, Parser, fault, unknown};
use crate::domain::condition::Condition;
use crate::domain::formula::{Expr, Operator};
use crate::domain::rubric::{AttributeIx, NodeIx};
use crate::read::formula::lexer::Token;

impl Parser<'_> {
    /// `by_stage(seed: a, growth: b)`: an expression for each stage.
    pub(super) fn by_stage(&mut self, span: Range<usize>) -> Called {
        let mut parts: Vec<Option<Expr>> = vec![None; self.names.stages.len()];
        let mut depth = 0;
        loop {
            let (stage, _) = self.id_part("stage", "阶段", |n| n.stages.iter().map(|s| s.id.as_str()).collect())?;
            self.expect(":")?;
            let (part, part_span) = self.any()?;
            depth = depth.max(part.depth());
            parts[stage] = Some(part.value(part_span)?);
            if !self.take(",") {
                break;
            }
        }
        let end = self.expect(")")?.end;
        match parts.into_iter().collect::<Option<Vec<_>>>() {
            Some(parts) => Ok((Parsed::Value(Expr::ByStage(parts), depth + 1), end)),
            None => Err(fault(span.start..end, "a stage without a value", "有阶段没有给出值")),
        }
    }

    /// `by_attribute(industry, "software": 1.2, other: 1)`: an expression for some values, and one for all others.
    pub(super) fn by_attribute(&mut self, span: Range<usize>) -> Called {
        let (at, _) = self.id_part("attribute", "属性", |n| n.attributes.iter().map(|a| a.id.as_str()).collect())?;
        let (mut parts, mut other, mut depth): (Vec<(String, Expr)>, Option<Expr>, usize) = (Vec::new(), None, 0);
        while self.take(",") {
            let (token, value_span) = self.next();
            let value = match token {
                Token::Quoted(value) => Some(value),
                Token::Word(word) if word == "other" => None,
                _ => {
                    return Err(fault(value_span, "no value in quotes, and not `other`", "此处应为加引号的值或 other"));
                }
            };
            let known = &self.names.attributes[at].values;
            if let Some(value) = value.as_ref().filter(|value| !known.is_empty() && !known.contains(value)) {
                return Err(unknown("value", "取值", value, known.iter().map(String::as_str), &value_span));
            }
            let again = value.as_ref().map_or(other.is_some(), |value| parts.iter().any(|(v, _)| v == value));
            if again {
                return Err(fault(value_span, "the same value twice", "同一取值出现两次"));
            }
            self.expect(":")?;
            let (part, part_span) = self.any()?;
            depth = depth.max(part.depth());
            let part = part.value(part_span)?;
            match value {
                Some(value) => parts.push((value, part)),
                None => other = Some(part),
            }
        }
        let end = self.expect(")")?.end;
        let known = &self.names.attributes[at].values;
        let all = !known.is_empty() && known.iter().all(|value| parts.iter().any(|(v, _)| v == value));
        if parts.is_empty() || (other.is_none() && !all) {
            return Err(fault(
                span.start..end,
                "values that nothing is said about: add other: …",
                "有取值没有说明，请加上 other: …",
            ));
        }
        Ok((Parsed::Value(Expr::ByAttribute(AttributeIx(at), parts, other.map(Box::new)), depth + 1), end))
    }

    /// `years(profit < 0)`: in how many years of the cycle a comparison holds.
    pub(super) fn years(&mut self, span: Range<usize>) -> Called {
        if self.over.is_some() {
            return Err(fault(span, "an aggregate inside an aggregate", "汇总函数不能嵌套"));
        }
        self.over = Some(false);
        let (inner, inner_span) = self.any()?;
        let yearly = self.over.take() == Some(true);
        let end = self.expect(")")?.end;
        let depth = inner.depth() + 1;
        let Condition::Compare(left, comparison, right) = inner.condition(inner_span.clone())? else {
            return Err(fault(
                inner_span,
                "no comparison, as in years(profit < 0)",
                "此处应为比较，如 years(profit < 0)",
            ));
        };
        if !yearly {
            return Err(fault(
                span,
                "an aggregate over something that is the same in every year",
                "汇总函数的内容不随年度变化",
            ));
        }
        Ok((Parsed::Value(Expr::Years(Box::new(left), comparison, Box::new(right)), depth), end))
    }

    /// `years_not_reported(report)`: in how many years of the cycle a metric is not reported.
    pub(super) fn years_not_reported(&mut self) -> Called {
        let (token, span) = self.next();
        let Token::Word(word) = token else {
            return Err(fault(span, "no metric where one is wanted", "此处应为数据项"));
        };
        let metric = self.metric_named(&word, &span)?;
        if !self.names.metrics[metric.0].yearly {
            return Err(fault(span, "a metric that is not yearly", "该数据项不是年度数据"));
        }
        Ok((Parsed::Value(Expr::YearsNotReported(metric), 1), self.expect(")")?.end))
    }

    /// `times_before(poor, 2)`: how often the last two cycles gave a grade.
    pub(super) fn times_before(&mut self) -> Called {
        let (_, grade) = self.id_part("grade", "等级", |n| n.grades.iter().map(|g| g.id.as_str()).collect())?;
        self.expect(",")?;
        let (token, span) = self.next();
        let cycles = match token {
            Token::Number(number) => number.to_usize().filter(|n| (1..=20).contains(n)),
            _ => None,
        };
        let cycles = cycles.ok_or_else(|| fault(span, "no count of cycles from 1 to 20", "应为 1 到 20 的周期数"))?;
        Ok((Parsed::Value(Expr::TimesBefore { grade, cycles }, 1), self.expect(")")?.end))
    }

    /// `level(overall, "4")`: the share at a level of a profile.
    pub(super) fn level(&mut self) -> Called {
        let (node, _) =
            self.id_part("criterion or indicator", "指标", |n| n.nodes.iter().map(|n| n.id.as_str()).collect())?;
        self.expect(",")?;
        let (token, span) = self.next();
        let Token::Quoted(level) = token else {
            return Err(fault(span, "no level in quotes", "此处应为加引号的档次"));
        };
        let known = || self.names.levels.iter().map(|level| level.id.as_str());
        let at = known().position(|id| id == level).ok_or_else(|| unknown("level", "档次", &level, known(), &span))?;
        Ok((Parsed::Value(Expr::LevelOf(NodeIx(node), at), 1), self.expect(")")?.end))
    }

    /// `excess(x, minimum)`: how far x lies above a required minimum, as a share of the minimum.
    pub(super) fn excess(&mut self, span: Range<usize>) -> Called {
        if self.in_minimum {
            return Err(fault(span, "an excess over an excess", "excess 的下限中不能再用 excess"));
        }
        let (value, value_span) = self.any()?;
        self.expect(",")?;
        self.in_minimum = true;
        let (minimum, minimum_span) = self.any()?;
        self.in_minimum = false;
        let end = self.expect(")")?.end;
        let depth = value.depth().max(minimum.depth()) + 2;
        let (value, minimum) = (value.value(value_span)?, minimum.value(minimum_span)?);
        let over = Expr::Binary(Operator::Subtract, Box::new(value), Box::new(minimum.clone()));
        Ok((Parsed::Value(Expr::Binary(Operator::Divide, Box::new(over), Box::new(minimum)), depth), end))
    }
}
