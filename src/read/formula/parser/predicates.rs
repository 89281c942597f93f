//! Conditions that name an id: a finding, a status, a kind, a stage, an attribute's value, an earlier grade.

use super::{Fault, Parsed, Parser, fault, joined, unknown};
use crate::domain::centre::Status;
use crate::domain::condition::Condition;
use crate::domain::rubric::{AttributeIx, FindingIx, KindIx, MetricIx};
use crate::read::formula::Names;
use crate::read::formula::lexer::Token;

impl<'a> Parser<'a> {
    /// An id up to the closing parenthesis: its position among the known ones.
    pub(super) fn id_argument(
        &mut self,
        en: &str,
        zh: &str,
        known: impl Fn(&Names<'a>) -> Vec<&'a str>,
    ) -> Result<(usize, usize), Fault> {
        let (found, _) = self.id_part(en, zh, known)?;
        Ok((found, self.expect(")")?.end))
    }

    pub(super) fn id_part(
        &mut self,
        en: &str,
        zh: &str,
        known: impl Fn(&Names<'a>) -> Vec<&'a str>,
    ) -> Result<(usize, String), Fault> {
        let start = self.at;
        let (id, to) = joined(self.text, &self.tokens, start);
        let span = self.tokens[start].1.start..self.tokens[to.max(start + 1) - 1].1.end;
        self.at = to;
        let known = known(self.names);
        let found = known.iter().position(|k| *k == id);
        found.map(|at| (at, id.clone())).ok_or_else(|| unknown(en, zh, &id, known.into_iter(), &span))
    }

    pub(super) fn predicate(&mut self, word: &str) -> Result<(Parsed, usize), Fault> {
        let (condition, end) = match word {
            "finding" => {
                let (at, end) = self
                    .id_argument("finding", "认定事项", |n| n.findings.iter().map(|f| f.id.as_str()).collect())?;
                (Condition::Finding(FindingIx(at)), end)
            }
            "status" => {
                let (at, end) =
                    self.id_argument("status", "状态", |_| Status::ALL.iter().map(|(w, _)| *w).collect())?;
                (Condition::Status(Status::ALL[at].1), end)
            }
            "stage" => {
                let (at, end) =
                    self.id_argument("stage", "阶段", |n| n.stages.iter().map(|s| s.id.as_str()).collect())?;
                (Condition::Stage(self.names.stages[at].id.clone()), end)
            }
            "kind" => {
                let (at, end) =
                    self.id_argument("kind", "类别", |n| n.kinds.iter().map(|k| k.id.as_str()).collect())?;
                (Condition::Kind(KindIx(at)), end)
            }
            "not_reported" => {
                let (at, end) =
                    self.id_argument("metric", "数据项", |n| n.metrics.iter().map(|m| m.id.as_str()).collect())?;
                (Condition::NotReported(MetricIx(at)), end)
            }
            "attribute" => {
                let (at, _) =
                    self.id_part("attribute", "属性", |n| n.attributes.iter().map(|a| a.id.as_str()).collect())?;
                self.expect(",")?;
                let (token, span) = self.next();
                let Token::Quoted(value) = token else {
                    return Err(fault(span, "no value in quotes", "此处应为加引号的值"));
                };
                let known = &self.names.attributes[at].values;
                if !known.is_empty() && !known.contains(&value) {
                    return Err(unknown("value", "取值", &value, known.iter().map(String::as_str), &span));
                }
                (Condition::Attribute(AttributeIx(at), value), self.expect(")")?.end)
            }
            _ => {
                let (_, grade) =
                    self.id_part("grade", "等级", |n| n.grades.iter().map(|g| g.id.as_str()).collect())?;
                let mut cycles_ago = 1;
                if self.take(",") {
                    let (token, span) = self.next();
                    let count = match token {
                        Token::Number(number) => number.to_usize().filter(|n| (1..=20).contains(n)),
                        _ => None,
                    };
                    cycles_ago =
                        count.ok_or_else(|| fault(span, "no count of cycles from 1 to 20", "应为 1 到 20 的周期数"))?;
                }
                (Condition::Previous { grade, cycles_ago }, self.expect(")")?.end)
            }
        };
        Ok((Parsed::Condition(condition, 1), end))
    }
}
