//! Where a centre stands, in words: how far its score has come, why it has no grade, what is flagged and why.
//!
//! In a closed evaluation nothing is still to come, so that nothing is called provisional there. Must not know why one
//! grade was given and no other.

use super::grade::About;
use super::{Phrase, terms};
use crate::domain::grade::{Flag, Reason};
use crate::domain::rubric::{GateEffect, GateIx, Rubric};
use crate::domain::score::State;
use crate::domain::text::Lang;

const DATA_INCOMPLETE: Phrase = Phrase { en: "data incomplete", zh: "数据不全" };
const REQUIRED_MISSING: Phrase = Phrase { en: "required data not reported", zh: "必报数据未报" };
const NO_GRADE_FITS: Phrase = Phrase { en: "no grade's requirements are met", zh: "不符合任何等级的要求" };
const GAINED: Phrase = Phrase { en: "new", zh: "新增" };
const NO_LONGER: Phrase = Phrase { en: "no longer", zh: "不再" };

impl About<'_> {
    /// Whether a flag says something that no reason of the grade has said already.
    pub fn adds(self, flag: &Flag) -> bool {
        let said = |reason: &Reason| match (reason, flag) {
            (Reason::Gate { gate } | Reason::Capped { gate, .. }, Flag::Gate(flagged)) => gate == flagged,
            _ => false,
        };
        matches!(flag, Flag::Gate(_) | Flag::NameForm) && !self.card.reasons.iter().any(said)
    }

    /// A flag with its reason.
    pub fn flag(self, flag: &Flag) -> String {
        let lang = self.lang;
        match flag {
            Flag::Act(_) => self.proposal().unwrap_or_default(),
            Flag::Gate(ix) => self.gate(*ix),
            Flag::OutsideQuota(grade) => {
                let same = |r: &&Reason| matches!(r, Reason::OutsideQuota { grade: g, .. } if g == grade);
                self.card.reasons.iter().find(same).map_or(String::new(), |reason| self.reason(reason))
            }
            Flag::Incomplete | Flag::Blocked | Flag::WithoutKind => self.state(),
            Flag::Relative => terms::RELATIVE_NOTE.get(lang).to_owned(),
            Flag::Provisional => match (self.closed, lang) {
                (false, Lang::En) => "Provisional: others of the same group are still incomplete, and a quota may yet \
                                      move this grade."
                    .to_owned(),
                (false, Lang::Zh) => "暂定：同组尚有单位数据不完整，等级名额可能变动。".to_owned(),
                (true, Lang::En) => "Others of the same group are not graded (data incomplete); places of a quota are \
                                     counted from all that take part."
                    .to_owned(),
                (true, Lang::Zh) => "同组另有单位因数据不全未评定；等级名额按全部参评单位计算。".to_owned(),
            },
            Flag::NameForm => {
                let centre = self.cohort.centre(self.card.centre);
                let kind = centre.kind.and_then(|ix| self.rubric.kinds.get(ix.0));
                let forms: &[String] = kind.map_or(&[], |kind| &kind.name_forms);
                let forms = forms.join(if lang == Lang::En { " or " } else { "或" });
                let cite = self.behind(kind.and_then(|k| k.cite.as_ref()));
                match lang {
                    Lang::En => format!("The name {} has not the form {forms}{cite}; no points are lost.", centre.name),
                    Lang::Zh => format!("名称“{}”不符合“{forms}”的形式{cite}，不影响得分。", centre.name),
                }
            }
        }
    }

    fn gate(self, ix: GateIx) -> String {
        let decided = |r: &&Reason| matches!(r, Reason::Gate { gate } | Reason::Capped { gate, .. } if *gate == ix);
        if let Some(reason) = self.card.reasons.iter().find(decided) {
            return self.reason(reason);
        }
        self.effect(ix)
    }

    /// What a gate does by itself.
    pub(super) fn effect(self, ix: GateIx) -> String {
        let said = self.gate_words(ix);
        let effect = self.rubric.gates[ix.0].effect;
        match (effect, self.lang) {
            (GateEffect::Status(status), Lang::En) => {
                format!("Not scored, {}: {said}.", terms::status(status).en)
            }
            (GateEffect::Status(status), Lang::Zh) => format!("不计分，{}：{said}。", terms::status(status).zh),
            (GateEffect::Set(grade), Lang::En) => format!("Sets the grade {}: {said}.", self.title(grade)),
            (GateEffect::Set(grade), Lang::Zh) => format!("直接评为{}：{said}。", self.title(grade)),
            (GateEffect::Cap(grade), Lang::En) => format!("At most {}: {said}.", self.title(grade)),
            (GateEffect::Cap(grade), Lang::Zh) => format!("等级最高为{}：{said}。", self.title(grade)),
        }
    }

    fn incomplete(self, blank: usize, needed: usize, lang: Lang) -> String {
        match (self.closed, lang) {
            (false, Lang::En) => format!(
                "Incomplete: {blank} of {needed} cells are still blank, so the total is provisional and there is no \
                 grade and no rank."
            ),
            (false, Lang::Zh) => {
                format!("数据不全：{needed}个数据格中尚有{blank}个待填，总分为暂定，不评等级、不排名。")
            }
            (true, Lang::En) => format!(
                "Not graded (data incomplete): {blank} of {needed} cells were blank when the evaluation was closed. The \
                 points are those of the data that are there; there is no rank."
            ),
            (true, Lang::Zh) => format!(
                "未评定（数据不全）：评估定稿时{needed}个数据格中有{blank}个空缺，所列得分仅含已填数据，不评等级、不排名。"
            ),
        }
    }

    /// Why there is no grade, in a few words; empty where there is one, or the rubric gives none.
    pub fn ungraded(self) -> String {
        if self.card.grade.is_some() || self.rubric.grades.is_empty() {
            return String::new();
        }
        let why = match self.card.tally.state {
            State::Complete => NO_GRADE_FITS,
            State::Incomplete { .. } => DATA_INCOMPLETE,
            State::Blocked(_) => REQUIRED_MISSING,
            State::WithoutKind => terms::WITHOUT_KIND,
            State::NotScored(status) => terms::status(status),
        };
        match self.lang {
            Lang::En => format!("not graded ({})", why.en),
            Lang::Zh => format!("未评定（{}）", why.zh),
        }
    }

    /// Whether the grade may yet move, because others of its group are incomplete.
    pub const fn provisional(self) -> bool {
        self.card.provisional && !self.closed
    }

    /// How far the score has come; empty where it is complete.
    pub fn state(self) -> String {
        match (&self.card.tally.state, self.lang) {
            (State::Complete, _) => String::new(),
            (State::Incomplete { blank, needed }, lang) => self.incomplete(*blank, *needed, lang),
            // Whole criteria are named only where every one of them is left out.
            (State::Blocked(nodes), Lang::En) if nodes.iter().all(|node| self.is_criterion(*node)) => {
                "Not gradable: nothing is left to score, all criteria are left out.".to_owned()
            }
            (State::Blocked(nodes), Lang::Zh) if nodes.iter().all(|node| self.is_criterion(*node)) => {
                "不能评定：各项指标均不计分，没有可评分的内容。".to_owned()
            }
            (State::Blocked(nodes), lang) => {
                let titles: Vec<String> = nodes.iter().map(|node| self.node(*node).to_owned()).collect();
                let titles = super::listed(lang, &titles);
                match lang {
                    Lang::En => format!("Not gradable: not reported, and required: {titles}."),
                    Lang::Zh => format!("不能评定：以下必报指标未报：{titles}。"),
                }
            }
            (State::WithoutKind, Lang::En) if !self.rubric.stages.is_empty() => {
                "The kind or the stage of the centre is not known, so no points apply.".to_owned()
            }
            (State::WithoutKind, Lang::Zh) if !self.rubric.stages.is_empty() => {
                "创新中心类别或阶段未定，无法适用相应分值。".to_owned()
            }
            (State::WithoutKind, Lang::En) => "The kind of centre is not known, so no points apply.".to_owned(),
            (State::WithoutKind, Lang::Zh) => "创新中心类别未定，无法适用相应分值。".to_owned(),
            (State::NotScored(status), Lang::En) => {
                format!("Not scored: {}.", terms::status(*status).get(Lang::En))
            }
            (State::NotScored(status), Lang::Zh) => format!("不计分：{}。", terms::status(*status).get(Lang::Zh)),
        }
    }
}

/// A flag in a word or two; its reason is [`About::flag`].
pub fn flag(flag: &Flag, rubric: &Rubric, closed: bool, lang: Lang) -> String {
    match (flag, lang) {
        (Flag::Act(act), _) => terms::act(*act, rubric, lang).to_owned(),
        (Flag::Gate(ix), _) => rubric.gates[ix.0].title.get(lang).to_owned(),
        (Flag::OutsideQuota(ix), Lang::En) => format!("outside the quota for {}", rubric.grades[ix.0].title.en),
        (Flag::OutsideQuota(ix), Lang::Zh) => format!("未进入{}名额", rubric.grades[ix.0].title.zh),
        (Flag::Incomplete, _) => terms::INCOMPLETE.get(lang).to_owned(),
        (Flag::Blocked, _) => terms::BLOCKED.get(lang).to_owned(),
        (Flag::WithoutKind, _) => terms::WITHOUT_KIND.get(lang).to_owned(),
        (Flag::Provisional, _) if closed => terms::OTHERS_INCOMPLETE.get(lang).to_owned(),
        (Flag::Provisional, _) => terms::PROVISIONAL.get(lang).to_owned(),
        (Flag::Relative, _) => terms::RELATIVE.get(lang).to_owned(),
        (Flag::NameForm, Lang::En) => "form of the name".to_owned(),
        (Flag::NameForm, Lang::Zh) => "名称不规范".to_owned(),
    }
}

/// What a centre gains and loses in flags, of which only ids are known: `new: relative; no longer: provisional`.
pub fn flags_moved(gained: (&[&str], &Rubric), lost: (&[&str], &Rubric), lang: Lang) -> String {
    let said = |(ids, rubric): (&[&str], &Rubric), label: Phrase| {
        let words: Vec<String> = ids.iter().map(|id| flag_called(id, rubric, lang)).collect();
        (!words.is_empty()).then(|| super::screen::labelled(lang, label.get(lang), &super::listed(lang, &words)))
    };
    let parts: Vec<String> = [said(gained, GAINED), said(lost, NO_LONGER)].into_iter().flatten().collect();
    parts.join(if lang == Lang::En { "; " } else { "；" })
}

/// A flag of which only the id is known, shortly; the id where the rubric has no such flag.
pub fn flag_called(id: &str, rubric: &Rubric, lang: Lang) -> String {
    match Flag::called(id, rubric) {
        Some(Flag::Act(act)) => terms::short(act, rubric, lang),
        Some(found) => flag(&found, rubric, false, lang),
        None => id.to_owned(),
    }
}
