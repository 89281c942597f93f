//! A whole rubric in plain sentences, as Markdown, with a worked example for each indicator. Must not know how a rubric
//! is written down.

use crate::domain::example::{self, Example};
use crate::domain::needs::formulas;
use crate::domain::rubric::{
    Assertion, Body, Case, ClassIx, Combine, Gate, GateEffect, Grade, Indicator, Metric, MetricTolerance, Node, NodeIx,
    Outcome, OutcomeKey, Quota, QuotaSize, Role, Rubric, Scoring, Tolerance,
};
use crate::domain::text::Lang;
use crate::wording::formula::{Names, condition, expr};
use crate::wording::step::At;
use crate::wording::{citation, grade, ledger, measure, number, publication, rule, safe, terms};

/// The rubric explained.
pub fn markdown(rubric: &Rubric, lang: Lang) -> String {
    let teller = Teller { rubric, lang };
    let mut text = format!("# {} ({})\n", rubric.title.get(lang), rubric.edition);
    let note = rubric.note.get(lang);
    if !note.is_empty() {
        text.push_str(&format!("\n{note}\n"));
    }
    text.push_str(&format!("\n{}\n", teller.frame()));
    for (ix, node) in rubric.nodes.iter().enumerate() {
        text.push_str(&teller.node(NodeIx(ix), node));
    }
    text.push_str(&teller.list(
        "What should hold between figures",
        "数据勾稽关系",
        rubric.assertions.iter().map(|assertion| teller.assertion(assertion)),
    ));
    text.push_str(&teller.list(
        "How far figures may be off",
        "数据允许误差",
        rubric.metrics.iter().filter_map(|metric| teller.tolerance(metric)),
    ));
    text.push_str(&teller.list("Grades", "等级", rubric.grades.iter().map(|grade| teller.grade(grade))));
    text.push_str(&teller.list(
        "What beats the score",
        "否决项与限制",
        rubric.gates.iter().map(|gate| teller.gate(gate)),
    ));
    let outcomes = rubric.outcomes.iter().flat_map(|(key, outcome)| teller.outcome(*key, outcome));
    text.push_str(&teller.list("What follows", "结果运用", outcomes));
    let public = std::iter::once(publication::left_out(rubric, lang)).filter(|_| rubric.publication.is_declared());
    text.push_str(&teller.list("What is public", "公开内容", public));
    safe_lines(&text)
}

fn safe_lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", safe::visible(line))).collect()
}

#[derive(Clone, Copy)]
struct Teller<'a> {
    rubric: &'a Rubric,
    lang: Lang,
}

impl Teller<'_> {
    fn either(self, en: impl Into<String>, zh: impl Into<String>) -> String {
        match self.lang {
            Lang::En => en.into(),
            Lang::Zh => zh.into(),
        }
    }

    fn frame(self) -> String {
        let years = self.rubric.cycle_years;
        let cycle = self.either(format!("{years} years are evaluated together."), format!("评估周期为 {years} 年。"));
        let gap = self.either(" ", "");
        format!(
            "{cycle}{gap}{}{gap}{}",
            grade::rounding(self.rubric, self.lang),
            grade::comparison(self.rubric, self.lang)
        )
    }

    fn list(self, en: &str, zh: &str, lines: impl Iterator<Item = String>) -> String {
        let lines: String = lines.map(|line| format!("- {line}\n")).collect();
        if lines.is_empty() { lines } else { format!("\n## {}\n\n{lines}", self.either(en, zh)) }
    }

    /// Points for each kind and stage; once where they are the same.
    fn points(self, node: &Node) -> String {
        let all = &node.points.0;
        let same = all.iter().all(|points| *points == all[0]);
        if same || all.len() == 1 {
            let points = &all[0];
            return self.either(format!("{points} points"), format!("{points}分"));
        }
        let one = |class: usize| format!("{} {}", self.class(ClassIx(class)), all[class]);
        let listed: Vec<String> = (0..all.len()).map(one).collect();
        self.either(format!("points: {}", listed.join(", ")), format!("分值：{}", listed.join("，")))
    }

    fn class(self, class: ClassIx) -> String {
        let (kind, stage) = self.rubric.parts(class);
        let kind = self.rubric.kinds.get(kind.0).map(|kind| kind.title.get(self.lang));
        let stage = self.rubric.stages.get(stage).map(|stage| stage.title.get(self.lang));
        kind.into_iter().chain(stage).collect::<Vec<_>>().join(" / ")
    }

    fn node(self, ix: NodeIx, node: &Node) -> String {
        let hashes = "#".repeat((node.depth + 2).min(6));
        let title = node.title.get(self.lang);
        let role = match node.role {
            Role::Main => String::new(),
            Role::Bonus => self.either(" (bonus)", "（加分）"),
            Role::Deduction => self.either(" (deduction)", "（扣分）"),
        };
        let mut text = format!("\n{hashes} {title}{role}: {}\n\n", self.points(node));
        match &node.body {
            Body::Criterion { combine: Combine::Sum, .. } => {}
            Body::Criterion { combine, .. } => {
                let how = terms::combine(*combine).get(self.lang);
                text.push_str(&self.either(
                    format!("Its parts are put together by: {how}.\n"),
                    format!("其下各项的合成方式：{how}。\n"),
                ));
            }
            Body::Indicator(indicator) => text.push_str(&self.indicator(ix, node, indicator)),
        }
        if let Some(cite) = &node.cite {
            text.push_str(&format!("{}\n", citation::citation(cite, self.rubric, self.lang)));
        }
        text
    }

    fn indicator(self, ix: NodeIx, node: &Node, indicator: &Indicator) -> String {
        let definition = indicator.definition.get(self.lang);
        let mut text = if definition.is_empty() { String::new() } else { format!("{definition}\n") };
        let class = (0..self.rubric.classes()).map(ClassIx).find(|class| self.rubric.exists_for(ix, *class));
        text.push_str(&self.scoring(&indicator.scoring, node, class.unwrap_or(ClassIx(0))));
        if let Some(example) = example::of(self.rubric, ix, indicator) {
            text.push_str(&self.example(&example, indicator));
        }
        text
    }

    fn scoring(self, scoring: &Scoring, node: &Node, class: ClassIx) -> String {
        match scoring {
            Scoring::Rule { measure, rule } => {
                let counted = expr(&measure.expr, self.rubric, Names::Titles(self.lang));
                let earns = rule::describe(rule, class, node.points.get(class), Some(self.rubric), self.lang);
                self.either(
                    format!("- Measured: {counted}.\n- Earns: {earns}.\n"),
                    format!("- 计算口径：{counted}。\n- 计分规则：{earns}。\n"),
                )
            }
            Scoring::Profile(measures) => {
                let one = |(level, measure): (&crate::domain::rubric::Level, &crate::domain::rubric::Measure)| {
                    let share = expr(&measure.expr, self.rubric, Names::Titles(self.lang));
                    self.either(
                        format!("- {}: {share}\n", level.title.get(self.lang)),
                        format!("- {}：{share}\n", level.title.get(self.lang)),
                    )
                };
                self.rubric.levels.iter().zip(measures).map(one).collect()
            }
            Scoring::BestOf(choices) | Scoring::AllOf(choices) | Scoring::Checklist(choices) => {
                let head = match scoring {
                    Scoring::BestOf(_) => self.either("The best of these counts:\n", "以下各项择优计分：\n"),
                    Scoring::AllOf(_) => self.either("The least of these counts:\n", "以下各项取最低：\n"),
                    _ => self.either("These are added up:\n", "以下各项合计：\n"),
                };
                let one = |choice: &crate::domain::rubric::Choice| {
                    let own =
                        Node { points: choice.points.clone().unwrap_or_else(|| node.points.clone()), ..node.clone() };
                    let points = self.points(&own);
                    format!(
                        "\n{}: {points}\n\n{}",
                        choice.title.get(self.lang),
                        self.scoring(&choice.scoring, &own, class)
                    )
                };
                head + &choices.iter().map(one).collect::<String>()
            }
        }
    }

    /// Readings, then the very lines of the ledger that the scorer gives for them.
    fn example(self, example: &Example, indicator: &Indicator) -> String {
        let mut readings: Vec<String> = Vec::new();
        formulas(&indicator.scoring, &mut |expr| {
            for metric in expr.metrics() {
                let values: Vec<String> = (example.cohort.layout.first_year..=example.cohort.layout.cycle.last)
                    .filter_map(|year| example.cohort.layout.slot(metric, Some(year)))
                    .filter_map(|slot| example.cohort.seen(self.rubric, example.centre, slot))
                    .map(|reading| reading.cell())
                    .collect();
                let metric = &self.rubric.metrics[metric.0];
                let once = if metric.yearly { values.join(", ") } else { values.first().cloned().unwrap_or_default() };
                let told = format!("{} {once} {}", metric.title.get(self.lang), metric.unit.get(self.lang))
                    .trim_end()
                    .to_owned();
                if !readings.contains(&told) {
                    readings.push(told);
                }
            }
        });
        let at = At { rubric: self.rubric, cohort: &example.cohort, centre: example.centre, lang: self.lang };
        let mut text = self
            .either(format!("\n> Example: {}\n", readings.join("; ")), format!("\n> 算例：{}\n", readings.join("；")));
        for row in ledger::rows(at, &example.line, &[]) {
            let working = row.working.join(self.either("; ", "；").as_str());
            let depth = "  ".repeat(row.depth);
            text.push_str(&format!("> {depth}- {}: {} / {}: {working}\n", row.label, row.points, row.of));
        }
        text + "\n"
    }

    fn grade(self, grade: &Grade) -> String {
        let mut asks: Vec<String> = Vec::new();
        if let Some(threshold) = &grade.threshold {
            let (points, strict) = (&threshold.points, threshold.strict);
            asks.push(match strict {
                true => self.either(format!("more than {points} points"), format!("高于{points}分")),
                false => self.either(format!("at least {points} points"), format!("不低于{points}分")),
            });
        }
        if let Some(share) = &grade.each_criterion {
            let share = number::percent(share);
            asks.push(self.either(
                format!("each criterion at least {share} of its points"),
                format!("各一级指标得分率不低于{share}"),
            ));
        }
        let names = Names::Titles(self.lang);
        asks.extend(grade.requires.iter().map(|requirement| condition(&requirement.condition, self.rubric, names)));
        asks.extend(grade.quota.as_ref().map(|quota| self.quota(quota)));
        asks.extend(grade.first.as_ref().map(|first| {
            self.either(
                format!("among the first {}", self.size(&first.size)),
                format!("排名前{}", self.size(&first.size)),
            )
        }));
        asks.extend(grade.last.as_ref().map(|last| {
            self.either(
                format!("also the last {}", self.size(&last.size)),
                format!("另含排名最后{}", self.size(&last.size)),
            )
        }));
        if asks.is_empty() {
            asks.push(self.either("whoever is left", "其余"));
        }
        let joint = self.either("; ", "；");
        format!(
            "**{}**: {}{}",
            grade.title.get(self.lang),
            asks.join(&joint),
            citation::behind(grade.cite.as_ref(), self.rubric, self.lang)
        )
    }

    fn quota(self, quota: &Quota) -> String {
        let size = self.size(&quota.size);
        let among = crate::wording::relative::among(quota.per, self.rubric, self.lang);
        self.either(format!("at most {size}, {among}"), format!("至多{size}（{among}）"))
    }

    fn size(self, size: &QuotaSize) -> String {
        match size {
            QuotaSize::Places(places) => self.either(format!("{places} places"), format!("{places}名")),
            QuotaSize::Share { share, .. } => number::percent(share),
        }
    }

    fn assertion(self, assertion: &Assertion) -> String {
        let formula = |side| expr(side, self.rubric, Names::Titles(self.lang));
        let (left, right) = (formula(&assertion.left), formula(&assertion.right));
        let title = assertion.title.get(self.lang);
        let says = format!("{left} {} {right}", measure::compared(assertion.comparison));
        let when = if assertion.yearly {
            self.either("each year", "每年")
        } else {
            self.either("over the cycle", "全周期")
        };
        let slack = match &assertion.tolerance {
            None => String::new(),
            Some(Tolerance::Absolute(slack)) => self.either(format!(", to within {slack}"), format!("，容差 {slack}")),
            Some(Tolerance::Share(share)) => {
                let share = number::percent(share);
                self.either(format!(", to within {share} of the larger side"), format!("，容差为较大一侧的 {share}"))
            }
        };
        self.either(
            format!("{title}: {says}, {when}{slack}. Otherwise the centre is asked."),
            format!("{title}：{says}（{when}{slack}）；不符时向单位核实。"),
        )
    }

    /// How far a metric's figures may be off; `None` where the rubric does not say.
    fn tolerance(self, metric: &Metric) -> Option<String> {
        let (title, unit) = (metric.title.get(self.lang), metric.unit.get(self.lang));
        let off = match metric.tolerance.as_ref()? {
            MetricTolerance::Amount(amount) => format!("{amount} {unit}").trim_end().to_owned(),
            MetricTolerance::Share(share) => {
                let share = number::percent(share);
                self.either(format!("{share} of the figure"), format!("数值的 {share}"))
            }
        };
        Some(self.either(format!("{title}: by {off}"), format!("{title}：{off}")))
    }

    fn gate(self, gate: &Gate) -> String {
        let when = condition(&gate.when.condition, self.rubric, Names::Titles(self.lang));
        let then = match gate.effect {
            GateEffect::Set(grade) => {
                self.either("the grade is ", "等级为") + self.rubric.grades[grade.0].title.get(self.lang)
            }
            GateEffect::Cap(grade) => {
                self.either("the grade is at most ", "等级不高于") + self.rubric.grades[grade.0].title.get(self.lang)
            }
            GateEffect::Status(_) => self.either("the centre is not scored", "该中心不计分"),
        };
        let cite = citation::behind(gate.cite.as_ref(), self.rubric, self.lang);
        let title = gate.title.get(self.lang);
        self.either(format!("**{title}**: where {when}, {then}{cite}"), format!("**{title}**：{when}时，{then}{cite}"))
    }

    fn outcome(self, key: OutcomeKey, outcome: &Outcome) -> Vec<String> {
        let of = match key {
            OutcomeKey::Grade(grade) => self.rubric.grades[grade.0].title.get(self.lang).to_owned(),
            OutcomeKey::Status(status) => terms::status(status).get(self.lang).to_owned(),
        };
        let mut lines = vec![format!("**{of}**: {}", self.follows(outcome))];
        let case = |case: &Case| {
            let when = condition(&case.when.condition, self.rubric, Names::Titles(self.lang));
            let follows = self.follows(&case.outcome);
            self.either(format!("**{of}**, where {when}: {follows}"), format!("**{of}**，且{when}：{follows}"))
        };
        lines.extend(outcome.cases.iter().map(case));
        lines
    }

    fn follows(self, outcome: &Outcome) -> String {
        let act = |act| terms::act(act, self.rubric, self.lang);
        let mut parts = vec![act(outcome.act).to_owned()];
        parts.extend(outcome.within.map(|limit| {
            let limit = terms::period(limit, self.lang);
            self.either(format!("within {limit}"), format!("期限{limit}"))
        }));
        parts.extend(outcome.passed.map(|passed| self.either("inspection passed: ", "验收通过：") + act(passed)));
        parts.extend(outcome.failed.map(|failed| self.either("inspection failed: ", "验收未通过：") + act(failed)));
        parts.extend(outcome.bar.map(|bar| {
            let bar = terms::period(bar, self.lang);
            self.either(format!("not again for {bar}"), format!("{bar}内不得重新申请"))
        }));
        parts.join(&self.either("; ", "；")) + &citation::behind(outcome.cite.as_ref(), self.rubric, self.lang)
    }
}
