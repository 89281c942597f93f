//! Notices in words: the letter to a centre that must rectify or is to leave the list.
//!
//! Always a draft for the issuer: the evaluators propose, the authority decides, and removal is the authority's act. A
//! length of time that no article fixes is said to be the rubric's. Must not know how a letter is laid out.

use jiff::civil::Date;

use super::citation::{citation, place};
use super::formula::Names;
use super::grade::About;
use super::number::{self, Level};
use super::safe::visible;
use super::step::At;
use super::{formula, ledger, outcome, rule, terms};
use crate::domain::centre::Status;
use crate::domain::grade::Reason;
use crate::domain::ledger::{Line, Operation};
use crate::domain::outcome::{Proposal, behind, cited};
use crate::domain::rubric::{Act, Basis, Citation, GradeIx, Outcome, Scoring};
use crate::domain::score::State;
use crate::domain::text::Lang;

/// The sentences of one letter.
#[derive(Clone, Copy)]
pub struct Letter<'a> {
    pub about: About<'a>,
    pub proposal: &'a Proposal,
    pub decided_on: Option<Date>,
    /// `2023-2025`.
    pub years: &'a str,
}

impl<'a> Letter<'a> {
    fn lang(self) -> Lang {
        self.about.lang
    }

    fn either(self, en: impl Into<String>, zh: impl Into<String>) -> String {
        match self.lang() {
            Lang::En => en.into(),
            Lang::Zh => zh.into(),
        }
    }

    fn removes(self) -> bool {
        self.proposal.act == Act::Remove
    }

    fn name(self) -> &'a str {
        self.about.cohort.centre(self.about.card.centre).label()
    }

    fn outcome(self) -> Option<&'a Outcome> {
        behind(self.about.rubric, self.proposal)
    }

    fn cite(self) -> Option<&'a Citation> {
        cited(self.about.rubric, self.proposal)
    }

    pub fn title(self) -> String {
        let name = self.name();
        match (self.removes(), self.lang()) {
            (false, Lang::En) => format!("Notice to {name} to rectify within a time limit (draft for the issuer)"),
            (false, Lang::Zh) => format!("关于{name}限期整改的通知（代拟稿）"),
            (true, Lang::En) => {
                format!("Notice to {name} of its proposed removal from the list (draft for the issuer)")
            }
            (true, Lang::Zh) => format!("关于拟将{name}不再列入创新中心序列的告知书（代拟稿）"),
        }
    }

    /// What this paper is not.
    pub fn draft(self) -> String {
        match (self.removes(), self.lang()) {
            (false, Lang::En) => "Draft for the issuer, made from what the evaluators propose. It has no effect until \
                                  the authority has decided and issues it."
                .to_owned(),
            (false, Lang::Zh) => {
                "本件为代拟稿，根据评估方的处理建议拟定，经主管部门决定并正式印发后方可生效。".to_owned()
            }
            (true, Lang::En) => {
                "Draft for the issuer, made from what the evaluators propose. Removal from the list is \
                                 the authority's act: this paper has no effect until the authority has decided and \
                                 issues it."
                    .to_owned()
            }
            (true, Lang::Zh) => "本件为代拟稿，根据评估方的处理建议拟定。是否不再列入创新中心序列由主管部门决定，\
                                 本件经主管部门决定并正式印发后方可生效。"
                .to_owned(),
        }
    }

    pub fn addressee(self) -> String {
        self.either(format!("To {}:", self.name()), format!("{}：", self.name()))
    }

    /// What happened, in a sentence.
    pub fn opening(self) -> String {
        let About { rubric, card, .. } = self.about;
        let (title, years) = (rubric.title.get(self.lang()), self.years);
        let result = match (&card.tally.state, card.grade) {
            (State::NotScored(status), _) => self.status(*status),
            (_, Some(grade)) => self.graded(grade),
            _ => self.about.state(),
        };
        match self.lang() {
            Lang::En => format!("On \"{title}\", edition {}, for the years {years}: {result}", rubric.edition),
            Lang::Zh => {
                format!("根据“{title}”（版本：{}），对你单位{years}年度的评估情况如下：{result}", rubric.edition)
            }
        }
    }

    fn status(self, status: Status) -> String {
        let (en, zh) = match status {
            Status::Absent => ("your centre did not take part in the evaluation.", "你单位未参加本次评估。"),
            Status::Withdrawn => ("your centre withdrew midway from the evaluation.", "你单位中途退出本次评估。"),
            Status::InspectionFailed => (
                "your centre failed the inspection that followed its rectification.",
                "你单位整改后的检查结果为未通过。",
            ),
            other => {
                let said = terms::status(other);
                return self.either(format!("your centre: {}.", said.en), format!("你单位：{}。", said.zh));
            }
        };
        self.either(en, zh)
    }

    fn graded(self, grade: GradeIx) -> String {
        let About { rubric, card, cohort, lang, .. } = self.about;
        let title = self.about.title(grade);
        if !rubric.has_total() || !self.is_by_score() {
            return self.either(
                format!("the grade proposed for your centre is {title}."),
                format!("建议评估等级为“{title}”。"),
            );
        }
        let total = number::points(&card.tally.total, &rubric.rounding, Level::Total);
        let most = rubric.class(cohort.centre(card.centre)).map(|class| number::most(rubric, class, lang));
        let most = most.map_or(String::new(), |most| match lang {
            Lang::En => format!(" of {most}"),
            Lang::Zh => format!("（满分{most}分）"),
        });
        self.either(
            format!("your centre's total is {total}{most} points, and the grade proposed for it is {title}."),
            format!("总分{total}分{most}，建议评估等级为“{title}”。"),
        )
    }

    /// Whether points are the ground of the grade: they are not where a gate sets it or allows no better one.
    pub fn is_by_score(self) -> bool {
        let card = self.about.card;
        let beats = |reason: &Reason| match reason {
            Reason::Gate { .. } => true,
            Reason::Capped { at, .. } => Some(*at) == card.grade,
            _ => false,
        };
        card.tally.state == State::Complete && !card.reasons.iter().any(beats)
    }

    /// Why, one sentence each: gates, and what kept the centre from the next better grade.
    pub fn grounds(self) -> Vec<String> {
        let card = self.about.card;
        let next = card.grade.and_then(|GradeIx(at)| at.checked_sub(1)).map(GradeIx);
        let counts = |reason: &&Reason| match reason {
            Reason::Short { grade }
            | Reason::Requirement { grade, .. }
            | Reason::CriterionShort { grade, .. }
            | Reason::NotFirst { grade, .. }
            | Reason::OutsideQuota { grade, .. } => Some(*grade) == next,
            // A gate that allows no better grade is the ground only where the points would have earned one.
            Reason::Capped { at, .. } => Some(*at) == card.grade,
            Reason::Gate { .. } | Reason::Last { .. } => true,
            Reason::Reached { .. } => false,
        };
        let mut said: Vec<String> =
            card.reasons.iter().filter(counts).map(|reason| self.about.reason(reason)).collect();
        for flag in card.flags.iter().filter(|flag| self.about.adds(flag)) {
            let sentence = self.about.flag(flag);
            if matches!(flag, crate::domain::grade::Flag::Gate(_)) && !said.contains(&sentence) {
                said.push(sentence);
            }
        }
        said
    }

    /// What is proposed, by which article.
    pub fn demand(self) -> String {
        let by = match self.cite() {
            Some(cite) => citation(cite, self.about.rubric, self.lang()),
            None => self.either("no article is cited for it", "评价指标体系未注明依据条款"),
        };
        let act = match (self.removes(), self.lang()) {
            (false, Lang::En) => "It is proposed that your centre rectify within a time limit",
            (false, Lang::Zh) => "拟责令你单位限期整改",
            (true, Lang::En) => "It is proposed that your centre be removed from the list",
            (true, Lang::Zh) => "拟不再将你单位列入创新中心序列",
        };
        let bar = outcome::barred(self.proposal, self.lang());
        self.either(format!("{act}{bar} ({by})."), format!("{act}{bar}（{by}）。"))
    }

    /// Until when, and who fixed how long; `None` where there is nothing to do in time.
    pub fn limit(self) -> Option<String> {
        if self.removes() {
            return None;
        }
        let Some(within) = self.proposal.within else {
            return Some(self.either(
                "Neither an article nor the rubric fixes a time limit; the issuer sets it.",
                "所引文件及评价指标体系均未规定整改期限，由发文机关确定。",
            ));
        };
        let period = terms::period(within, self.lang());
        let said = match (self.proposal.by.zip(self.decided_on), self.lang()) {
            (Some((by, from)), Lang::En) => {
                format!("Please rectify what is listed here by {by}, {period} from the decision of {from}.")
            }
            (Some((by, from)), Lang::Zh) => {
                let (by, from) = (terms::by(by, Lang::Zh), terms::day(from, Lang::Zh));
                format!("请你单位于{by}完成整改（自{from}决定之日起{period}）。")
            }
            (None, Lang::En) => format!("Please rectify what is listed here within {period} from the decision."),
            (None, Lang::Zh) => format!("整改期限为自决定之日起{period}，请你单位按期完成整改。"),
        };
        Some(format!("{said}{}", self.length(&period)))
    }

    /// Who fixes the length of the limit.
    fn length(self, period: &str) -> String {
        let rubric = self.about.rubric;
        let own = self.outcome().and_then(|outcome| outcome.within_cite.as_ref());
        // A row that an article sets is set whole, unless its limit is cited for itself.
        let cite = own.or_else(|| self.cite().filter(|cite| cite.basis == Basis::Sets));
        match (cite, self.lang()) {
            (Some(cite), Lang::En) if cite.basis == Basis::Sets => {
                format!(" The length is {}.", citation(cite, rubric, Lang::En))
            }
            (Some(cite), Lang::Zh) if cite.basis == Basis::Sets => {
                format!("期限长度{}。", citation(cite, rubric, Lang::Zh))
            }
            (cite, Lang::En) => {
                let see = cite.map_or(String::new(), |cite| format!("; compare {}", place(cite, rubric, Lang::En)));
                format!(" No article fixes this length of time: the {period} are the rubric's{see}.")
            }
            (cite, Lang::Zh) => {
                let see = cite.map_or(String::new(), |cite| format!("，参见{}", place(cite, rubric, Lang::Zh)));
                format!("整改期限的长度无条文规定，{period}系评价指标体系所定{see}。")
            }
        }
    }

    /// What an inspection then leads to; empty where the rubric says nothing about one.
    pub fn after(self) -> String {
        let Some(outcome) = self.outcome().filter(|outcome| outcome.act == self.proposal.act) else {
            return String::new();
        };
        let name = |act| terms::act(act, self.about.rubric, self.lang());
        let passed = outcome
            .passed
            .map(|act| self.either(format!("if passed: {}", name(act)), format!("检查通过的，{}", name(act))));
        let failed = outcome
            .failed
            .map(|act| self.either(format!("if failed: {}", name(act)), format!("检查未通过的，{}", name(act))));
        let said: Vec<String> = passed.into_iter().chain(failed).collect();
        match (said.is_empty(), self.lang()) {
            (true, _) => String::new(),
            (_, Lang::En) => format!("An inspection follows: {}.", said.join("; ")),
            (_, Lang::Zh) => format!("期满后进行整改检查：{}。", said.join("；")),
        }
    }

    /// The right to object, where the rubric opens results to objections.
    pub fn objection(self) -> Option<String> {
        let notice = self.about.rubric.notice.as_ref()?;
        let open = outcome::public_notice(notice, self.decided_on, self.about.rubric, self.lang());
        Some(self.either(
            format!("{open} If you object, tell the issuer within that time."),
            format!("{open}你单位如有异议，请在公示期内向发文机关提出。"),
        ))
    }

    /// How many of the losses are listed.
    pub fn losses(self, listed: usize, of: usize) -> String {
        match listed == of {
            true => {
                self.either("These indicators lost points, the largest losses first:", "失分指标如下，按失分多少排列：")
            }
            false => self.either(
                format!(
                    "Of {of} indicators that lost points, these {listed} lost most; the others stand in the centre's \
                     grade sheet:"
                ),
                format!("失分指标共{of}项，失分最多的{listed}项如下，其余见该中心成绩单："),
            ),
        }
    }

    /// How an indicator came by its points, without the steps of the sheet: what was measured and what that earns.
    pub fn earned(self, line: &Line, scoring: &Scoring) -> Vec<String> {
        let About { rubric, cohort, card, lang, .. } = self.about;
        let own = line.own();
        let class = rubric.class(cohort.centre(card.centre));
        match (&own.operation, scoring, class) {
            (Operation::Rule(working), Scoring::Rule { measure, rule }, Some(class)) => {
                let measured = formula::expr(&measure.expr, rubric, Names::Titles(lang));
                let value = number::brief(&working.value, rubric.rounding.display_places);
                let value = format!("{value} {}", measure.unit.get(lang));
                vec![
                    super::screen::labelled(lang, &measured, value.trim_end()),
                    super::screen::labelled(
                        lang,
                        terms::RULE.get(lang),
                        &rule::describe_applied(working, rule, class, &own.of, lang),
                    ),
                ]
            }
            (Operation::Without(absence), ..) => {
                vec![At { rubric, cohort, centre: card.centre, lang }.measured(&absence.why)]
            }
            _ => own.children.iter().map(|part| self.part(part, scoring)).collect(),
        }
    }

    fn part(self, line: &Line, scoring: &Scoring) -> String {
        let About { rubric, lang, .. } = self.about;
        let label = ledger::label(line.subject, rubric, Some(scoring), lang);
        super::screen::labelled(lang, &label, &number::points(&line.points, &rubric.rounding, Level::Indicator))
    }

    /// What is to be rectified where points are not the ground.
    pub fn what_closed_the_gate(self) -> String {
        self.either(
            "What closed the gate named above. The grade does not rest on points, so that none are listed here.",
            "整改上述否决项所涉问题。本次评估等级并非依据得分评定，故不列失分指标。",
        )
    }

    /// A part's heading with its number.
    pub fn heading(self, number: usize, en: &str, zh: &str) -> String {
        const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let numeral = number.checked_sub(1).and_then(|at| NUMERALS.get(at)).copied().unwrap_or_default();
        self.either(format!("{number}. {en}"), format!("{numeral}、{zh}"))
    }
}

/// To how many centres letters go, and to how many none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addressed {
    pub rectify: usize,
    pub remove: usize,
    pub none: usize,
}

/// Letters were written; not `all` of them where it was stopped.
pub fn written(to: Addressed, all: bool, folder: &str, lang: Lang) -> String {
    let folder = visible(folder);
    let Addressed { rectify, remove, none } = to;
    match (lang, all) {
        (Lang::En, true) => format!(
            "drafts in {folder}: {rectify} to rectify, {remove} of proposed removal; {none} centres are to get none"
        ),
        (Lang::Zh, true) => {
            format!("代拟稿位于 {folder}：限期整改 {rectify} 份，拟不再列入序列 {remove} 份；其余 {none} 家无需发文")
        }
        (Lang::En, false) => {
            format!("stopped: the drafts that are in {folder} are whole and stay there; the others are missing")
        }
        (Lang::Zh, false) => format!("已停止：{folder} 中已写出的代拟稿均完整并予以保留，其余未写出"),
    }
}
