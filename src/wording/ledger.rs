//! The ledger in words: each line with what it is about, what was done, and what came of it.
//!
//! The working is meant to be followed with pencil and paper, so that its numbers are never shortened; where a decimal
//! never ends its fraction is given. Must not know tables, screens or files.

use super::citation::citation;
use super::number::{self, Level, exact, term};
use super::step::{At, right_to};
use super::{relative, rule, terms};
use crate::domain::ledger::{Absence, Line, Operation, Policy, Shares, Subject, Working};
use crate::domain::number::{Number, Points, Round, Weight};
use crate::domain::profile::Profile;
use crate::domain::rubric::{self, Body, ClassIx, Combine, Measure, Missing, NodeIx, NotApplicable, Rubric, Scoring};
use crate::domain::rule::Rule;
use crate::domain::text::Lang;

/// One line of a ledger as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// 0 for the total.
    pub depth: usize,
    pub subject: Subject,
    /// What the line is about: a title, or which stage before the final points it is.
    pub label: String,
    /// What was done, one sentence per step.
    pub working: Vec<String>,
    /// As they are shown: final ones with the places the rubric rounds to, others in full; empty where the indicator
    /// is left out.
    pub points: String,
    pub of: String,
    /// The same as numbers.
    pub value: Option<Points>,
    pub most: Points,
    pub citation: Option<String>,
    /// The first line about its subject: its final points, and the place to jump to.
    pub is_final: bool,
    /// The points depend on the other centres.
    pub relative: bool,
}

/// All lines of a centre's ledger, parents first. Indicators that are left out stand where they would have been.
pub fn rows(at: At<'_>, ledger: &Line, left_out: &[(NodeIx, Absence)]) -> Vec<Row> {
    let mut teller = Teller { at, ledger, left_out, rows: Vec::new() };
    teller.line(ledger, 0, None, None);
    teller.rows
}

/// The sentences of one line, without those below it.
pub fn working(at: At<'_>, line: &Line, scoring: Option<&Scoring>) -> Vec<String> {
    match &line.operation {
        Operation::Rule(working) => at.leaf(working, line, scoring),
        Operation::Without(absence) => at.absence(absence, line),
        Operation::Shares(shares) => at.shares(shares),
        _ => vec![at.combined(line)],
    }
}

/// What a line is about.
pub fn label(subject: Subject, rubric: &Rubric, scoring: Option<&Scoring>, lang: Lang) -> String {
    match subject {
        Subject::Total => terms::TOTAL.get(lang).to_owned(),
        Subject::Node(ix) => {
            let node = &rubric.nodes[ix.0];
            let title = node.title.get(lang);
            if title.is_empty() { node.id.clone() } else { title.to_owned() }
        }
        Subject::Choice(_, at) => {
            let title = match scoring {
                Some(Scoring::BestOf(choices) | Scoring::AllOf(choices) | Scoring::Checklist(choices)) => {
                    choices.get(at).map(|c| c.title.get(lang))
                }
                _ => None,
            };
            title.filter(|title| !title.is_empty()).map_or_else(
                || match lang {
                    Lang::En => format!("option {}", at + 1),
                    Lang::Zh => format!("选项{}", at + 1),
                },
                str::to_owned,
            )
        }
    }
}

struct Teller<'a> {
    at: At<'a>,
    ledger: &'a Line,
    left_out: &'a [(NodeIx, Absence)],
    rows: Vec<Row>,
}

impl<'a> Teller<'a> {
    /// `scoring` is what `parent` was scored by.
    fn line(&mut self, line: &'a Line, depth: usize, parent: Option<&Line>, scoring: Option<&'a Scoring>) {
        let At { rubric, lang, .. } = self.at;
        let is_final = parent.is_none_or(|parent| parent.subject != line.subject);
        let own = match line.subject {
            Subject::Total => None,
            _ if !is_final => scoring,
            Subject::Node(ix) => match &rubric.nodes[ix.0].body {
                Body::Indicator(indicator) => Some(&indicator.scoring),
                Body::Criterion { .. } => None,
            },
            Subject::Choice(_, at) => match scoring {
                Some(Scoring::BestOf(choices) | Scoring::AllOf(choices) | Scoring::Checklist(choices)) => {
                    choices.get(at).map(|c| &c.scoring)
                }
                _ => None,
            },
        };
        let label = match parent {
            Some(parent) if !is_final => stage(&parent.operation, lang).to_owned(),
            _ => label(line.subject, rubric, scoring, lang),
        };
        // Rounding and the like are lines around the one that looked at the others.
        let relative = line.own().is_relative();
        let label = if relative && is_final { marked(&label, lang) } else { label };
        let no_total = line.subject == Subject::Total && !rubric.has_total();
        let cite = match line.subject {
            Subject::Node(ix) if is_final => rubric.nodes[ix.0].cite.as_ref(),
            _ => None,
        };
        self.rows.push(Row {
            depth,
            subject: line.subject,
            label,
            working: if no_total { vec![without_total(lang)] } else { working(self.at, line, own) },
            points: if no_total { String::new() } else { shown(line, is_final, rubric) },
            of: match (line.profile(), line.subject, self.at.class()) {
                (Some(_), ..) => exact(&rubric.whole),
                (None, Subject::Total, Some(class)) => number::most(rubric, class, lang),
                _ => exact(&line.of.0),
            },
            value: (!no_total).then(|| line.points.clone()),
            most: line.of.clone(),
            citation: cite.map(|cite| citation(cite, rubric, lang)),
            is_final,
            relative,
        });
        for child in &line.children {
            self.line(child, depth + 1, Some(line), own);
        }
        if !line.children.iter().any(|child| child.subject == line.subject) {
            self.left_out_under(line.subject, depth + 1);
        }
    }

    fn left_out_under(&mut self, subject: Subject, depth: usize) {
        let At { rubric, lang, .. } = self.at;
        let Some(class) = self.at.class() else { return };
        let left_out = self.left_out;
        for (ix, absence) in left_out {
            if self.stands_under(*ix) != subject {
                continue;
            }
            let node = &rubric.nodes[ix.0];
            let mut working = self.at.sentences(&absence.steps);
            working.push(self.at.left_out(absence));
            self.rows.push(Row {
                depth,
                subject: Subject::Node(*ix),
                label: label(Subject::Node(*ix), rubric, None, lang),
                working,
                points: String::new(),
                of: exact(&node.points.get(class).0),
                value: None,
                most: node.points.get(class).clone(),
                citation: node.cite.as_ref().map(|cite| citation(cite, rubric, lang)),
                is_final: true,
                relative: false,
            });
        }
    }

    /// The nearest node above that has a line: a criterion of which everything is left out has none.
    fn stands_under(&self, ix: NodeIx) -> Subject {
        let mut parent = self.at.rubric.nodes[ix.0].parent;
        while let Some(above) = parent {
            if self.ledger.of_node(above).is_some() {
                return Subject::Node(above);
            }
            parent = self.at.rubric.nodes[above.0].parent;
        }
        Subject::Total
    }
}

/// The label of a line whose points depend on the other centres.
fn marked(label: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{label} ({})", terms::RELATIVE.en),
        Lang::Zh => format!("{label}（{}）", terms::RELATIVE.zh),
    }
}

fn without_total(lang: Lang) -> String {
    let (en, zh) = ("shares by level have no total", "分档结果没有总分");
    super::Phrase { en, zh }.get(lang).to_owned()
}

/// Final points with the places the rubric rounds to, anything before that in full.
fn shown(line: &Line, is_final: bool, rubric: &Rubric) -> String {
    if let Some(profile) = line.profile() {
        let shares: Vec<String> = profile.levels.iter().map(exact).collect();
        return shares.join(" / ");
    }
    let level = Level::of(line.subject, rubric);
    let rounds = !matches!(line.subject, Subject::Choice(..)) && level.round(&rubric.rounding).is_some();
    if is_final && rounds { number::points(&line.points, &rubric.rounding, level) } else { exact(&line.points.0) }
}

/// What a line is, whose parent is about the same thing.
const fn stage(of_parent: &Operation, lang: Lang) -> &'static str {
    let (en, zh) = match of_parent {
        Operation::Round(_) | Operation::ProfileRound { .. } => ("before rounding", "修约前"),
        Operation::Cap | Operation::AtLeast(_) | Operation::AtMost(_) => ("before the limit", "限定前"),
        Operation::Carry { .. } => ("before it carries a sibling's points", "承担同级指标分值前"),
        Operation::Reweight { .. } => ("before the rest carry what is left out", "折算前"),
        Operation::Minus => ("points to take off", "应扣分值"),
        _ => ("score proper", "基本分"),
    };
    super::Phrase { en, zh }.get(lang)
}

impl At<'_> {
    fn class(self) -> Option<ClassIx> {
        self.rubric.class(self.cohort.centre(self.centre))
    }

    fn leaf(self, working: &Working, line: &Line, scoring: Option<&Scoring>) -> Vec<String> {
        let (measure, own): (Option<&Measure>, Option<&Rule>) = match scoring {
            Some(Scoring::Rule { measure, rule }) => (Some(measure), Some(rule)),
            _ => (None, None),
        };
        let mut said = self.sentences(&working.steps);
        let unit = measure.map_or("", |m| m.unit.get(self.lang));
        if !unit.is_empty() || said.is_empty() {
            let value = exact(&working.value);
            said.push(match self.lang {
                Lang::En => format!("{}: {value} {unit}", terms::MEASURE.en.to_lowercase()).trim_end().to_owned(),
                Lang::Zh => format!("计算值：{value}{unit}"),
            });
        }
        let scale = self.class().zip(own).and_then(|(class, own)| rule::scale(&working.applied, own, class, self.lang));
        said.extend(scale);
        said.push(rule::working(working, &line.points, &line.of, own, self.lang));
        said
    }

    fn absence(self, absence: &Absence, line: &Line) -> Vec<String> {
        let mut said = self.sentences(&absence.steps);
        said.push(self.policy(absence, line));
        said
    }

    fn policy(self, absence: &Absence, line: &Line) -> String {
        let why = self.measured(&absence.why);
        let (points, of) = (exact(&line.points.0), exact(&line.of.0));
        match (&absence.policy, self.lang) {
            (Policy::Awaited, Lang::En) => format!("{why}: still to come, counts 0 for now"),
            (Policy::Awaited, Lang::Zh) => format!("{why}：数据尚未填报，暂计0分"),
            (Policy::Missing(Missing::Penalty(off)), Lang::En) => {
                format!("{why}: {} points are taken off", exact(&off.0))
            }
            (Policy::Missing(Missing::Penalty(off)), Lang::Zh) => format!("{why}：按规则扣{}分", exact(&off.0)),
            (Policy::Missing(Missing::GroupMean(group)), Lang::En) => {
                let among = relative::among(*group, self.rubric, self.lang);
                format!(
                    "{why}: the mean points of those that report among {among}, {points} (depends on the other centres)"
                )
            }
            (Policy::Missing(Missing::GroupMean(group)), Lang::Zh) => {
                let among = relative::among(*group, self.rubric, self.lang);
                format!("{why}：按{among}中已填报单位的平均得分计{points}分（与其他参评单位有关）")
            }
            (Policy::Missing(Missing::Block), Lang::En) => {
                format!("{why}: 0 points, and the centre cannot be graded until it is reported")
            }
            (Policy::Missing(Missing::Block), Lang::Zh) => format!("{why}：计0分，补报之前不能评定等级"),
            (Policy::NotApplicable(NotApplicable::Full), Lang::En) => format!("{why}: all {of} points"),
            (Policy::NotApplicable(NotApplicable::Full), Lang::Zh) => format!("{why}：按满分{of}分计"),
            (_, Lang::En) => format!("{why}: {points} points"),
            (_, Lang::Zh) => format!("{why}：计{points}分"),
        }
    }

    fn left_out(self, absence: &Absence) -> String {
        let why = self.measured(&absence.why);
        if let Policy::NotApplicable(NotApplicable::GiveTo(to)) = absence.policy {
            let to = self.rubric.nodes[to.0].title.get(self.lang);
            return match self.lang {
                Lang::En => format!("{why}: left out; {to} carries its points"),
                Lang::Zh => format!("{why}：不计入，其分值由“{to}”承担"),
            };
        }
        match self.lang {
            Lang::En => format!("{why}: left out; the rest carry its points in proportion"),
            Lang::Zh => format!("{why}：不计入，其分值由同级其他指标按比例承担"),
        }
    }

    /// A line made of the lines below it.
    fn combined(self, line: &Line) -> String {
        let points = exact(&line.points.0);
        let child = line.children.first().map_or_else(|| "0".to_owned(), |child| exact(&child.points.0));
        match (&line.operation, self.lang) {
            (Operation::Sum, _) => self.sum(line),
            (Operation::WeightedMean(weights), lang) => {
                let (head, text) = (terms::combine(Combine::WeightedMean), mean(line, weights));
                format!("{}{}{text} = {points}", head.get(lang), colon(lang))
            }
            (Operation::GeometricMean(weights), lang) => {
                let head = terms::combine(Combine::GeometricMean);
                let text = geometric(line, weights);
                let (open, close) = if lang == Lang::En { (" (", ")") } else { ("（", "）") };
                format!("{}{}{text} = {points}{open}{}{close}", head.get(lang), colon(lang), right_to(lang))
            }
            (Operation::Best, Lang::En) => format!("the best of {} counts: {points}", parts(line, ", ")),
            (Operation::Best, Lang::Zh) => format!("择优计分，取{}中最高者：{points}", parts(line, "、")),
            (Operation::Least, Lang::En) => format!("the least of {} counts: {points}", parts(line, ", ")),
            (Operation::Least, Lang::Zh) => format!("从低计分，取{}中最低者：{points}", parts(line, "、")),
            (Operation::Cap, Lang::En) => format!("{child}, but at most {points}: {points}"),
            (Operation::Cap, Lang::Zh) => format!("{child}超过满分，按{points}分计"),
            (Operation::AtLeast(limit), Lang::En) => format!("{child}, but at least {}: {points}", exact(&limit.0)),
            (Operation::AtLeast(limit), Lang::Zh) => format!("{child}低于下限{}，按{points}分计", exact(&limit.0)),
            (Operation::AtMost(limit), Lang::En) => format!("{child}, but at most {}: {points}", exact(&limit.0)),
            (Operation::AtMost(limit), Lang::Zh) => format!("{child}超过上限{}，按{points}分计", exact(&limit.0)),
            (Operation::Reweight { available, full }, lang) => self.reweight(line, available, full, lang),
            (Operation::Carry { own, given }, lang) => {
                let child = line.children.first().map_or_else(|| "0".to_owned(), |child| term(&child.points.0));
                let text = format!("{child} × ({0} + {1}) / {0} = {points}", term(&own.0), term(&given.0));
                match lang {
                    Lang::En => format!("carries the {} points of what does not apply: {text}", exact(&given.0)),
                    Lang::Zh => format!("承担不适用指标的{}分：{text}", exact(&given.0)),
                }
            }
            (Operation::Round(round), lang) => {
                let (mode, fixed) = (terms::mode(round.mode).get(lang), line.points.0.fixed(*round));
                match lang {
                    Lang::En => format!("{child} rounded {mode} to {} places: {fixed}", round.places),
                    Lang::Zh => format!("{child}按{mode}保留{}位小数：{fixed}", round.places),
                }
            }
            (Operation::Minus, Lang::En) => format!("taken off: {points}"),
            (Operation::Minus, Lang::Zh) => format!("扣分：{points}"),
            (Operation::ProfileMean { weights, profile }, _) => self.profile_mean(line, weights, profile),
            (Operation::ProfileRound { round, profile }, _) => self.profile_round(line, *round, profile),
            (Operation::Rule(_) | Operation::Without(_) | Operation::Shares(_), _) => points,
        }
    }

    /// A share for each level, and where the points of a profile come from.
    fn shares(self, shares: &Shares) -> Vec<String> {
        let mut said = self.sentences(&shares.steps);
        let levels = self.levels(&shares.profile, &shares.profile.levels.iter().map(exact).collect::<Vec<_>>());
        said.push(match (&shares.absence, self.lang) {
            (None, _) => levels,
            (Some(absence), Lang::En) => {
                format!("{}: all of it at the lowest level: {levels}", self.measured(&absence.why))
            }
            (Some(absence), Lang::Zh) => format!("{}：全部计入最低档：{levels}", self.measured(&absence.why)),
        });
        said
    }

    /// `4*: 25.85, 3*: 61.285`; what they earn together where they are worth something.
    fn levels(self, profile: &Profile, said: &[String]) -> String {
        let colon = colon(self.lang);
        let one = |(level, said): (&rubric::Level, &String)| format!("{}{colon}{said}", level.title.get(self.lang));
        let all = super::listed(self.lang, &self.rubric.levels.iter().zip(said).map(one).collect::<Vec<_>>());
        if profile.worth.is_empty() {
            return all;
        }
        let worth: Vec<String> = profile.worth.iter().map(number::percent).collect();
        match self.lang {
            Lang::En => format!("{all}; worth {}", super::listed(self.lang, &worth)),
            Lang::Zh => format!("{all}；各档折算比例{}", super::listed(self.lang, &worth)),
        }
    }

    fn profile_mean(self, line: &Line, weights: &[Weight], profile: &Profile) -> String {
        let level = |(at, share): (usize, &Number)| {
            let parts = line.children.iter().zip(weights).filter_map(|(child, weight)| {
                Some(format!("{} × {}", term(&weight.0), term(child.profile()?.levels.get(at)?)))
            });
            let parts = parts.collect::<Vec<_>>().join(" + ");
            format!("({parts}) / ({}) = {}", weights_added(weights), exact(share))
        };
        let said: Vec<String> = profile.levels.iter().enumerate().map(level).collect();
        format!(
            "{}{}{}",
            terms::combine(Combine::Profile).get(self.lang),
            colon(self.lang),
            self.levels(profile, &said)
        )
    }

    fn profile_round(self, line: &Line, round: Round, profile: &Profile) -> String {
        let mode = terms::mode(round.mode).get(self.lang);
        let raw = line.children.first().and_then(Line::profile).map_or(&[][..], |raw| &raw.levels);
        let (mut total, mut before) = (Number::ZERO, Number::ZERO);
        let level = |share: &Number| {
            total = &total + share;
            let now = total.rounded(round);
            let said = match before.is_zero() {
                true => format!("{} → {}", exact(&total), exact(&now)),
                false => {
                    format!("{} → {}, - {} = {}", exact(&total), exact(&now), exact(&before), exact(&(&now - &before)))
                }
            };
            before = now;
            said
        };
        let said: Vec<String> = raw.iter().map(level).collect();
        let levels = self.levels(profile, &said);
        match self.lang {
            Lang::En => format!(
                "running totals from the top rounded {mode} to {} places, then their differences: {levels}",
                round.places
            ),
            Lang::Zh => format!("自高档起累计，累计值按{mode}保留{}位小数后逐档相减：{levels}", round.places),
        }
    }

    fn sum(self, line: &Line) -> String {
        let points = exact(&line.points.0);
        match (line.children.len(), self.lang) {
            (0, Lang::En) => "nothing to add: 0".to_owned(),
            (0, Lang::Zh) => "无可计项目：0".to_owned(),
            (1, Lang::En) => format!("only the line below: {points}"),
            (1, Lang::Zh) => format!("仅含下列一项：{points}"),
            (_, Lang::En) => format!("sum of the lines below: {} = {points}", parts(line, " + ")),
            (_, Lang::Zh) => format!("下列各项之和：{} = {points}", parts(line, " + ")),
        }
    }

    fn reweight(self, line: &Line, available: &Points, full: &Points, lang: Lang) -> String {
        let child = line.children.first().map_or_else(|| "0".to_owned(), |child| term(&child.points.0));
        let (full, available, points) = (term(&full.0), term(&available.0), exact(&line.points.0));
        match lang {
            Lang::En => format!("what is left out is carried by the rest: {child} × {full} / {available} = {points}"),
            Lang::Zh => format!("不计入指标的分值由其余指标承担：{child} × {full} / {available} = {points}"),
        }
    }
}

fn colon(lang: Lang) -> &'static str {
    if lang == Lang::En { ": " } else { "：" }
}

fn parts(line: &Line, sign: &str) -> String {
    line.children.iter().map(|child| term(&child.points.0)).collect::<Vec<_>>().join(sign)
}

fn share(child: &Line) -> String {
    format!("{} / {}", term(&child.points.0), term(&child.of.0))
}

fn weights_added(weights: &[Weight]) -> String {
    weights.iter().map(|w| term(&w.0)).collect::<Vec<_>>().join(" + ")
}

fn mean(line: &Line, weights: &[Weight]) -> String {
    let one = |(child, weight): (&Line, &Weight)| format!("{} × {}", term(&weight.0), share(child));
    let shares: Vec<String> = line.children.iter().zip(weights).map(one).collect();
    format!("{} × ({}) / ({})", term(&line.of.0), shares.join(" + "), weights_added(weights))
}

fn geometric(line: &Line, weights: &[Weight]) -> String {
    let one = |(child, weight): (&Line, &Weight)| format!("({})^{}", share(child), term(&weight.0));
    let shares: Vec<String> = line.children.iter().zip(weights).map(one).collect();
    format!("{} × ({})^(1 / ({}))", term(&line.of.0), shares.join(" × "), weights_added(weights))
}
