//! How an indicator is scored: a measure with its rule, options, a checklist, or a profile. Must not know the tree of
//! nodes around it.

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::nodes::{Tree, points_do_not_add_up};
use super::{fits, rules};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::Points;
use crate::domain::rubric::{Choice, Measure, PerKind, Scoring};
use crate::read::toml::Table;

const CHOICE: [&str; 7] = ["title", "measure", "unit", "rule", "best_of", "all_of", "checklist"];
const ITEM: [&str; 8] = ["title", "points", "measure", "unit", "rule", "best_of", "all_of", "checklist"];

impl<'a> Tree<'a> {
    /// A measure with its rule, or the options of `best_of` or `all_of`.
    pub(super) fn scoring(&self, table: &Table<'a>, of: &PerKind<Points>, only: bool) -> Option<Scoring> {
        let ways: Vec<&str> = ["measure", "best_of", "all_of", "checklist", "profile"]
            .into_iter()
            .filter(|key| table.get(key).is_some())
            .collect();
        let way = match ways.as_slice() {
            [way] => *way,
            [] => {
                self.without_measure(table);
                return None;
            }
            [_, second, ..] => {
                let what = Diagnostic::error(
                    "E-two-measures",
                    format!("{} stand side by side", ways.join(", ")),
                    format!("{} 同时出现", ways.join("、")),
                );
                self.scope.source.fault(what.help("keep one of them", "请只保留一个").at(table.place(second)));
                return None;
            }
        };
        if way == "measure" {
            return self.measured(table, of, only);
        }
        if way == "profile" {
            return self.shares(table);
        }
        for key in ["rule", "unit"] {
            if table.get(key).is_some() {
                let what = Diagnostic::error(
                    "E-key-does-not-fit",
                    format!("`{key}` belongs to each option of `{way}`"),
                    format!("`{key}` 应写在 `{way}` 的每个选项里"),
                );
                self.scope.source.fault(what.help("move it into the options", "请移到各选项中").at(table.place(key)));
            }
        }
        if way == "checklist" {
            return self.checklist(table, of);
        }
        let options = table.tables(way, "an option", &CHOICE);
        let choices: Vec<Choice> = options
            .iter()
            .filter_map(|option| {
                let title = option.text("title").unwrap_or_default();
                Some(Choice { title, points: None, scoring: self.scoring(option, of, way == "all_of")? })
            })
            .collect();
        if options.len() < 2 {
            let what = Diagnostic::error(
                "E-choice",
                format!("`{way}` has fewer than two options"),
                format!("`{way}` 的选项少于两个"),
            );
            self.scope.source.fault(
                what.help("add an option, or write measure and rule directly", "请增加选项，或直接写 measure 与 rule")
                    .at(table.place(way)),
            );
        }
        Some(if way == "best_of" { Scoring::BestOf(choices) } else { Scoring::AllOf(choices) })
    }

    /// Items with points of their own, which must add up to the indicator's.
    fn checklist(&self, table: &Table<'a>, of: &PerKind<Points>) -> Option<Scoring> {
        let one = |item: &Table<'a>| {
            self.items.set(self.items.get() + 1);
            if item.get("points").is_none() {
                item.missing("points", "points = 2");
            }
            let points = self.scope.per_kind(item, "points")?;
            let title = item.text("title").unwrap_or_default();
            Some(Choice { title, scoring: self.scoring(item, &points, true)?, points: Some(points) })
        };
        let items: Vec<Option<Choice>> = table.tables("checklist", "an item", &ITEM).iter().map(one).collect();
        let items = items.into_iter().collect::<Option<Vec<Choice>>>()?;
        let of_class = |class: usize| items.iter().filter_map(|item| Some(&item.points.as_ref()?.0[class])).sum();
        let sums = PerKind((0..of.0.len()).map(of_class).collect());
        if sums != *of {
            let id = table.string("id").unwrap_or("checklist");
            let at = table.place("checklist");
            points_do_not_add_up(&self.scope, &at, &format!("`{id}`"), &format!("`{id}`"), of, &sums);
        }
        Some(Scoring::Checklist(items))
    }

    /// A formula for each level, from the top.
    fn shares(&self, table: &Table<'a>) -> Option<Scoring> {
        let given = table.list("profile");
        let (found, wanted) = (given.len(), self.scope.levels.len());
        if found != wanted {
            let what = Diagnostic::error(
                "E-profile",
                format!("{found} shares are given, and [profile] has {wanted} levels"),
                format!("给出了 {found} 个比例，而 [profile] 有 {wanted} 档"),
            );
            let help = what.help("give a measure for each level, from the top", "请自上而下为每一档写一个计算口径");
            self.scope.source.fault(help.at(table.place("profile")));
        }
        let one = |value: &&'a Spanned<DeValue<'a>>| {
            let (source, expr) = self.scope.formula(value, "profile")?;
            Some(Measure { source, expr, unit: table.text("unit").unwrap_or_default() })
        };
        let measures: Vec<Option<Measure>> = given.iter().map(one).collect();
        measures.into_iter().collect::<Option<_>>().map(Scoring::Profile)
    }

    fn without_measure(&self, table: &Table<'a>) {
        let what = Diagnostic::error(
            "E-no-measure",
            "the indicator has no measure: no metric feeds it",
            "该指标没有计算口径，没有数据来源",
        );
        let help = what.help("add measure = \"sum(a_metric)\" and a rule", "请加上 measure = \"sum(数据项)\" 和 rule");
        self.scope.source.fault(help.at(table.span.clone()));
    }

    fn measured(&self, table: &Table<'a>, of: &PerKind<Points>, only: bool) -> Option<Scoring> {
        let value: &'a Spanned<DeValue<'a>> = table.get("measure")?;
        let formula = self.scope.formula(value, "measure");
        if let Some((_, expr)) = &formula
            && expr.metrics().is_empty()
        {
            self.without_measure(table);
        }
        let Some(rule) = table.get("rule") else {
            table.missing("rule", "rule = { kind = \"linear\", from = 0, to = 100 }");
            return None;
        };
        let given = rule;
        let rule = rules::rule(&self.scope, given, of, only);
        let (source, expr) = formula?;
        if let Some(rule) = &rule {
            fits::rule_fits(&self.scope, given, &expr, rule);
        }
        let measure = Measure { source, expr, unit: table.text("unit").unwrap_or_default() };
        Some(Scoring::Rule { measure, rule: rule? })
    }
}
