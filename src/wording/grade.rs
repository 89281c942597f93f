//! Grades in words: why this grade and no other, what is flagged, what is proposed and until when.
//!
//! Every sentence names the numbers and the article behind it. What follows is "proposed" until the authority decides.
//! Must not know points' working or how a sheet is laid out.

use super::citation::behind;
use super::formula::{Names, condition, expr};
use super::number::{self, Level, exact, percent};
use super::step::At;
use super::{measure, terms};
use crate::domain::cohort::Cohort;
use crate::domain::condition::Condition;
use crate::domain::grade::{Reason, Scorecard};
use crate::domain::group::Group;
use crate::domain::measure::{Scores, View};
use crate::domain::number::{Points, Round};
use crate::domain::rubric::{
    Body, Citation, GateEffect, GateIx, GradeIx, NodeIx, QuotaSize, Requirement, Rubric, TieBreak, Ties, WholePlaces,
};
use crate::domain::score::State;
use crate::domain::text::Lang;

/// What the sentences about one centre look at.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub rubric: &'a Rubric,
    pub cohort: &'a Cohort,
    pub card: &'a Scorecard,
    pub lang: Lang,
    /// Whether the evaluation is closed: nothing is still to come.
    pub closed: bool,
    /// Whether points stand in full; a letter shows them as the rubric shows points, unless the digits left out decide.
    pub in_full: bool,
    /// Whether sentences carry their citations; a line on the screen has no room for them.
    pub cited: bool,
}

impl<'a> About<'a> {
    pub(super) fn title(self, grade: GradeIx) -> &'a str {
        self.rubric.grades[grade.0].title.get(self.lang)
    }

    pub(super) fn is_criterion(self, node: NodeIx) -> bool {
        matches!(self.rubric.nodes[node.0].body, Body::Criterion { .. })
    }

    pub(super) fn node(self, node: NodeIx) -> &'a str {
        self.rubric.nodes[node.0].title.get(self.lang)
    }

    /// Points beside the edge that they are compared with: shown as a letter shows them only where the digits left out
    /// do not decide.
    fn earned(self, points: &Points, edge: &Points, level: Level) -> String {
        let round = Round::half_up(self.rubric.rounding.display_places);
        let decides = points.0.rounded(round).cmp(&edge.0) != points.0.cmp(&edge.0);
        if self.in_full || decides { exact(&points.0) } else { number::points(points, &self.rubric.rounding, level) }
    }

    /// The total as grades compare it with an edge.
    fn compared(self, edge: &Points) -> String {
        let rounding = &self.rubric.rounding;
        let total = Points(self.card.tally.compared.clone());
        if rounding.total.is_none() {
            return self.earned(&total, edge, Level::Total);
        }
        if rounding.compare_rounded {
            return number::points(&total, rounding, Level::Total);
        }
        match self.lang {
            Lang::En => format!("{} (not rounded)", self.earned(&total, edge, Level::Total)),
            Lang::Zh => format!("{}（修约前）", self.earned(&total, edge, Level::Total)),
        }
    }

    pub(super) fn behind(self, cite: Option<&Citation>) -> String {
        if self.cited { behind(cite, self.rubric, self.lang) } else { String::new() }
    }

    /// What decided the grade: a gate, a cap or a quota; else what kept the centre from the next better grade; else
    /// what it reached.
    pub fn decisive(self) -> Option<&'a Reason> {
        let reasons = || self.card.reasons.iter().rev();
        let beats = |r: &&Reason| {
            matches!(r, Reason::Gate { .. } | Reason::Last { .. } | Reason::Capped { .. } | Reason::OutsideQuota { .. })
        };
        let failed = |r: &&Reason| !matches!(r, Reason::Reached { .. });
        reasons().find(beats).or_else(|| reasons().find(failed)).or_else(|| reasons().next())
    }

    /// Why a grade was given or not.
    pub fn reason(self, reason: &Reason) -> String {
        let rubric = self.rubric;
        match reason {
            Reason::Short { grade } => self.short(*grade),
            Reason::Requirement { grade, index } => {
                let title = self.title(*grade);
                let said = rubric.grades[grade.0].requires.get(*index).map_or(String::new(), |r| self.unmet(r));
                let cite = self.behind(rubric.grades[grade.0].cite.as_ref());
                match self.lang {
                    Lang::En => format!("Not {title}: {said}{cite}."),
                    Lang::Zh => format!("未评为{title}：{said}{cite}。"),
                }
            }
            Reason::CriterionShort { grade, node, points, needed } => {
                let (title, node) = (self.title(*grade), self.node(*node));
                let (points, needed) =
                    (self.earned(points, needed, Level::Criterion), self.earned(needed, points, Level::Criterion));
                let share = rubric.grades[grade.0].each_criterion.as_ref().map_or(String::new(), percent);
                let cite = self.behind(rubric.grades[grade.0].cite.as_ref());
                match self.lang {
                    Lang::En => format!(
                        "Not {title}: {node} earned {points} points; each criterion needs {share} of its points, here \
                         {needed}{cite}."
                    ),
                    Lang::Zh => {
                        format!("未评为{title}：“{node}”得{points}分，低于该项满分的{share}（{needed}分）{cite}。")
                    }
                }
            }
            Reason::OutsideQuota { grade, places, of, place } => self.outside_quota(*grade, *places, *of, *place),
            Reason::NotFirst { .. } | Reason::Last { .. } => self.in_ranking(reason),
            Reason::Capped { gate, at } => {
                let (said, title) = (self.gate_words(*gate), self.title(*at));
                match self.lang {
                    Lang::En => format!("At most {title}, whatever the score: {said}."),
                    Lang::Zh => format!("无论得分多少，等级最高为{title}：{said}。"),
                }
            }
            Reason::Gate { gate } if matches!(rubric.gates[gate.0].effect, GateEffect::Status(_)) => self.effect(*gate),
            Reason::Gate { gate } => {
                let said = self.gate_words(*gate);
                let title = match rubric.gates[gate.0].effect {
                    GateEffect::Set(grade) | GateEffect::Cap(grade) => self.title(grade),
                    GateEffect::Status(status) => terms::status(status).get(self.lang),
                };
                match self.lang {
                    Lang::En => format!("{title}, whatever the score: {said}."),
                    Lang::Zh => format!("无论得分多少，直接评为{title}：{said}。"),
                }
            }
            Reason::Reached { grade } => self.reached(*grade),
        }
    }

    /// A grade that goes by the place alone.
    fn in_ranking(self, reason: &Reason) -> String {
        let (Reason::NotFirst { grade: ix, places, of, .. } | Reason::Last { grade: ix, places, of }) = reason else {
            return String::new();
        };
        let (title, grade) = (self.title(*ix), &self.rubric.grades[ix.0]);
        let cite = self.behind(grade.cite.as_ref());
        let sized = |share: &QuotaSize, per: Group| size(share, *of, per, self.rubric, self.lang);
        let first = grade.first.as_ref().map(|first| sized(&first.size, first.per)).unwrap_or_default();
        let last = grade.last.as_ref().map(|last| sized(&last.size, last.per)).unwrap_or_default();
        match (reason, self.lang) {
            (Reason::NotFirst { place, .. }, Lang::En) => {
                format!("Not {title}: only for the first {places}{first}, and this centre is number {place}{cite}.")
            }
            (Reason::NotFirst { place, .. }, Lang::Zh) => {
                format!("未评为{title}：仅限前{places}位{first}，该中心列第{place}位{cite}。")
            }
            (_, Lang::En) => format!("{title}, whatever the score: among the last {places}{last}{cite}."),
            (_, Lang::Zh) => format!("无论得分多少，评为{title}：列末{places}位{last}{cite}。"),
        }
    }

    fn short(self, ix: GradeIx) -> String {
        let grade = &self.rubric.grades[ix.0];
        let Some(threshold) = &grade.threshold else { return String::new() };
        let (title, total, strict) = (self.title(ix), self.compared(&threshold.points), threshold.strict);
        let edge = exact(&threshold.points.0);
        let cite = self.behind(grade.cite.as_ref());
        match (self.lang, strict) {
            (Lang::En, false) => format!("Not {title}: the total of {total} is below {edge}{cite}."),
            (Lang::En, true) => format!("Not {title}: the total of {total} is not above {edge}{cite}."),
            (Lang::Zh, false) => format!("未评为{title}：总分{total}，低于{edge}分{cite}。"),
            (Lang::Zh, true) => format!("未评为{title}：总分{total}，未超过{edge}分{cite}。"),
        }
    }

    fn reached(self, ix: GradeIx) -> String {
        let grade = &self.rubric.grades[ix.0];
        let title = self.title(ix);
        let cite = self.behind(grade.cite.as_ref());
        let Some(threshold) = &grade.threshold else {
            return match (self.lang, grade.requires.is_empty()) {
                (Lang::En, true) => format!("{title}: no better grade was given{cite}."),
                (Lang::En, false) => format!("{title}: its requirements are met{cite}."),
                (Lang::Zh, true) => format!("评为{title}：未达到更高等级的要求{cite}。"),
                (Lang::Zh, false) => format!("评为{title}：符合该等级的各项要求{cite}。"),
            };
        };
        let (total, edge) = (self.compared(&threshold.points), exact(&threshold.points.0));
        let more = grade.requires.len() + usize::from(grade.each_criterion.is_some());
        let more = match (more, self.lang) {
            (0, _) => "",
            (_, Lang::En) => ", and its other requirements are met",
            (_, Lang::Zh) => "，且符合其他要求",
        };
        match (self.lang, threshold.strict) {
            (Lang::En, false) => format!("{title}: the total of {total} reaches {edge}{more}{cite}."),
            (Lang::En, true) => format!("{title}: the total of {total} is above {edge}{more}{cite}."),
            (Lang::Zh, false) => format!("评为{title}：总分{total}，达到{edge}分{more}{cite}。"),
            (Lang::Zh, true) => format!("评为{title}：总分{total}，超过{edge}分{more}{cite}。"),
        }
    }

    fn outside_quota(self, ix: GradeIx, places: usize, of: usize, place: usize) -> String {
        let grade = &self.rubric.grades[ix.0];
        let title = self.title(ix);
        let cite = self.behind(grade.cite.as_ref());
        let Some(quota) = &grade.quota else { return String::new() };
        let size = size(&quota.size, of, quota.per, self.rubric, self.lang);
        let ties = ties(&quota.ties, self.rubric, self.lang);
        match self.lang {
            Lang::En => format!(
                "Not {title}: enough points, but there are {places} places{size}{ties}, and this centre comes as \
                 number {place}{cite}."
            ),
            Lang::Zh => {
                format!("未评为{title}：分数已达到要求，但名额为{places}个{size}{ties}，该中心列第{place}位{cite}。")
            }
        }
    }

    /// A gate's title, its condition and its citation.
    pub(super) fn gate_words(self, ix: GateIx) -> String {
        let gate = &self.rubric.gates[ix.0];
        let title = gate.title.get(self.lang);
        let when = condition(&gate.when.condition, self.rubric, Names::Titles(self.lang));
        let cite = self.behind(gate.cite.as_ref());
        match self.lang {
            Lang::En => format!("gate \"{title}\", {when}{cite}"),
            Lang::Zh => format!("触发否决项“{title}”，{when}{cite}"),
        }
    }

    /// A requirement that does not hold, with what its sides are worth.
    fn unmet(self, requirement: &Requirement) -> String {
        let spelled = condition(&requirement.condition, self.rubric, Names::Titles(self.lang));
        let sides = self.sides(&requirement.condition);
        match self.lang {
            Lang::En => format!("{spelled} does not hold{sides}"),
            Lang::Zh => format!("不符合“{spelled}”的要求{sides}"),
        }
    }

    fn sides(self, condition: &Condition) -> String {
        let Condition::Compare(left, comparison, right) = condition else { return String::new() };
        let tally = &self.card.tally;
        let complete = tally.state == State::Complete;
        let view = View {
            rubric: self.rubric,
            layout: &self.cohort.layout,
            centre: self.cohort.centre(self.card.centre),
            readings: self.cohort.readings(self.card.centre),
            scores: complete.then_some(Scores {
                nodes: &tally.nodes,
                profiles: &tally.profiles,
                total: &tally.compared,
            }),
            reported_years_only: false,
            trace: false,
        };
        let at = At { rubric: self.rubric, cohort: self.cohort, centre: self.card.centre, lang: self.lang };
        let worth = |expr| at.measured(&view.measure(expr, &mut Vec::new()));
        let sides = format!("{} {} {}", worth(left), measure::compared(*comparison), worth(right));
        match self.lang {
            Lang::En => format!(" (here {sides})"),
            Lang::Zh => format!("（实际：{sides}）"),
        }
    }
}

/// How many places a quota or a rank band has, of how many.
fn size(size: &QuotaSize, of: usize, per: Group, rubric: &Rubric, lang: Lang) -> String {
    let QuotaSize::Share { share, whole } = size else { return String::new() };
    let share = percent(share);
    let attribute = |ix: crate::domain::rubric::AttributeIx| rubric.attributes[ix.0].title.get(lang);
    match lang {
        Lang::En => {
            let whole = match whole {
                WholePlaces::Floor => "rounded down",
                WholePlaces::Round => "rounded half up",
                WholePlaces::Ceil => "rounded up",
            };
            let group = match per {
                Group::All => String::new(),
                Group::Kind => " of its kind".to_owned(),
                Group::Stage => " of its stage".to_owned(),
                Group::Attribute(ix) => format!(" with the same {}", attribute(ix)),
            };
            format!(" ({share} of {of} participating centres{group}, {whole})")
        }
        Lang::Zh => {
            let whole = match whole {
                WholePlaces::Floor => "向下取整",
                WholePlaces::Round => "四舍五入取整",
                WholePlaces::Ceil => "向上取整",
            };
            let group = match per {
                Group::All => String::new(),
                Group::Kind => "同类".to_owned(),
                Group::Stage => "同阶段".to_owned(),
                Group::Attribute(ix) => format!("“{}”相同的", attribute(ix)),
            };
            format!("（{group}参评单位{of}家的{share}，{whole}）")
        }
    }
}

/// What happens to equal totals at a quota's line.
fn ties(ties: &Ties, rubric: &Rubric, lang: Lang) -> String {
    let rest = |all_in: bool| match (all_in, lang) {
        (false, Lang::En) => "all left outside",
        (true, Lang::En) => "all let in",
        (false, Lang::Zh) => "均不列入",
        (true, Lang::Zh) => "均列入",
    };
    match (ties, lang) {
        (Ties::AllOut, Lang::En) => format!(", equal totals at the line {}", rest(false)),
        (Ties::AllIn, Lang::En) => format!(", equal totals at the line {}", rest(true)),
        (Ties::AllOut, Lang::Zh) => format!("，名额线上同分的{}", rest(false)),
        (Ties::AllIn, Lang::Zh) => format!("，名额线上同分的{}", rest(true)),
        (Ties::Break { by, all_in }, _) => {
            let one = |tie: &TieBreak| {
                let said = expr(&tie.expr, rubric, Names::Titles(lang));
                match (tie.less_first, lang) {
                    (false, _) => said,
                    (true, Lang::En) => format!("{said} (less first)"),
                    (true, Lang::Zh) => format!("{said}（少者在前）"),
                }
            };
            let by: Vec<String> = by.iter().map(one).collect();
            match lang {
                Lang::En => format!(
                    ", equal totals at the line ordered by {}, still equal ones {}",
                    super::listed(lang, &by),
                    rest(*all_in)
                ),
                Lang::Zh => {
                    format!("，名额线上同分的依次比较{}，仍相同的{}", super::listed(lang, &by), rest(*all_in))
                }
            }
        }
    }
}

/// How the total was compared and ranks were given; printed on every cohort sheet.
pub fn comparison(rubric: &Rubric, lang: Lang) -> String {
    let group = within(rubric.ranked_per(), rubric, lang);
    match (rubric.rounding.compare_rounded && rubric.rounding.total.is_some(), lang) {
        (true, Lang::En) => format!("Grades and ranks compare the rounded total{group}."),
        (false, Lang::En) => format!("Grades and ranks compare the total without rounding it{group}."),
        (true, Lang::Zh) => format!("等级与排名按修约后的总分比较{group}。"),
        (false, Lang::Zh) => format!("等级与排名按未修约的总分比较{group}。"),
    }
}

fn within(per: Group, rubric: &Rubric, lang: Lang) -> String {
    match (per, lang) {
        (Group::All, _) => String::new(),
        (Group::Kind, Lang::En) => ", within each kind".to_owned(),
        (Group::Kind, Lang::Zh) => "，在同类中心内进行".to_owned(),
        (Group::Stage, Lang::En) => ", within each stage".to_owned(),
        (Group::Stage, Lang::Zh) => "，在同阶段中心内进行".to_owned(),
        (Group::Attribute(ix), Lang::En) => format!(", within each {}", rubric.attributes[ix.0].title.get(lang)),
        (Group::Attribute(ix), Lang::Zh) => {
            format!("，在“{}”相同的中心内进行", rubric.attributes[ix.0].title.get(lang))
        }
    }
}

/// Places, modes and levels of the rubric's rounding in a sentence.
pub fn rounding(rubric: &Rubric, lang: Lang) -> String {
    let levels =
        [(Level::Indicator, terms::INDICATOR), (Level::Criterion, terms::CRITERION), (Level::Total, terms::TOTAL)];
    let said: Vec<String> = levels
        .into_iter()
        .filter_map(|(level, name)| {
            let round = level.round(&rubric.rounding)?;
            let mode = terms::mode(round.mode).get(lang);
            Some(match lang {
                Lang::En => format!("{}: {} places, {mode}", name.en.to_lowercase(), round.places),
                Lang::Zh => format!("{}保留{}位小数（{mode}）", name.zh, round.places),
            })
        })
        .collect();
    let profile = rubric.rounding.profile.map(|round| {
        let mode = terms::mode(round.mode).get(lang);
        match lang {
            Lang::En => format!("running totals of a profile: {} places, {mode}", round.places),
            Lang::Zh => format!("分档累计值保留{}位小数（{mode}）", round.places),
        }
    });
    let steps = said.len();
    let said = super::listed(lang, &said.into_iter().chain(profile).collect::<Vec<_>>());
    match (said.is_empty(), steps > 1, lang) {
        (true, _, Lang::En) => "Points are not rounded.".to_owned(),
        (true, _, Lang::Zh) => "得分不作修约。".to_owned(),
        (false, false, Lang::En) => format!("Rounding: {said}; nothing else is rounded."),
        (false, false, Lang::Zh) => format!("修约规则：{said}；其余不修约。"),
        (false, true, Lang::En) => {
            format!("Rounding, in this order, each from what was rounded before it: {said}; nothing else is rounded.")
        }
        (false, true, Lang::Zh) => format!("修约规则（按此顺序，后者以前者修约后的得分计算）：{said}；其余不修约。"),
    }
}
