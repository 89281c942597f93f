//! Outcomes in words: what is proposed for a centre, why, until when, and what follows after that.
//!
//! Always "proposed": the authority decides. Must not know why a grade was given.

use jiff::civil::Date;

use super::citation::{behind, citation};
use super::formula::{Names, condition};
use super::grade::About;
use super::terms;
use crate::domain::outcome::{Proposal, row};
use crate::domain::rubric::{Act, Case, OutcomeKey, PeriodUnit, PublicNotice, Rubric};
use crate::domain::score::State;
use crate::domain::text::Lang;

impl About<'_> {
    /// What is proposed, until when, what follows after that, and by which article; `None` where nothing is.
    pub fn proposal(self) -> Option<String> {
        let proposal = self.card.proposal.as_ref()?;
        let when = deadline(proposal, self.lang);
        // "within a time limit" is said by the limit itself where there is one.
        let act = match (proposal.act, self.lang, when.is_empty()) {
            (Act::Rectify, Lang::En, false) => "rectify",
            (act, lang, _) => terms::act(act, self.rubric, lang),
        };
        let row = row(self.rubric, proposal.key);
        let case = row.and_then(|row| row.cases.get(proposal.case?));
        let outcome = case.map(|case| &case.outcome).or(row);
        let cite = self.behind(outcome.and_then(|o| o.cite.as_ref()));
        let then = match outcome {
            Some(outcome) if proposal.act == outcome.act => self.then(outcome.passed, outcome.failed),
            _ => String::new(),
        };
        let why = self.because(proposal.key);
        let why = case.map_or_else(String::new, |case| self.case(case)) + &why;
        let bar = barred(proposal, self.lang);
        let limit = outcome.and_then(|o| o.within_cite.as_ref()).filter(|_| !when.is_empty() && self.cited);
        let limit = limit.map(|cite| match self.lang {
            Lang::En => format!("; length of the limit: {}", citation(cite, self.rubric, self.lang)),
            Lang::Zh => format!("；期限长度：{}", citation(cite, self.rubric, self.lang)),
        });
        let limit = limit.unwrap_or_default();
        Some(match self.lang {
            Lang::En => format!("Proposed: {act}{when}{bar}{why}{then}{cite}{limit}."),
            Lang::Zh => format!("处理建议：{act}{when}{bar}{why}{then}{cite}{limit}。"),
        })
    }

    fn because(self, key: OutcomeKey) -> String {
        match (key, &self.card.tally.state, self.lang) {
            (_, State::NotScored(status), Lang::En) => format!(", because: {}", terms::status(*status).en),
            (_, State::NotScored(status), Lang::Zh) => format!("（{}）", terms::status(*status).zh),
            (OutcomeKey::Grade(grade), _, Lang::En) => format!(", because the grade is {}", self.title(grade)),
            (OutcomeKey::Grade(grade), _, Lang::Zh) => format!("（评估结果为{}）", self.title(grade)),
            (OutcomeKey::Status(_), ..) => String::new(),
        }
    }

    fn then(self, passed: Option<Act>, failed: Option<Act>) -> String {
        let name = |act| terms::act(act, self.rubric, self.lang);
        let passed = passed.map(|act| match self.lang {
            Lang::En => format!("; then, if the inspection is passed: {}", name(act)),
            Lang::Zh => format!("；整改检查通过的，{}", name(act)),
        });
        let failed = failed.map(|act| match self.lang {
            Lang::En => format!("; if it is failed: {}", name(act)),
            Lang::Zh => format!("；整改检查未通过的，{}", name(act)),
        });
        format!("{}{}", passed.unwrap_or_default(), failed.unwrap_or_default())
    }

    /// The condition that makes it a case of its own.
    fn case(self, case: &Case) -> String {
        let when = condition(&case.when.condition, self.rubric, Names::Titles(self.lang));
        match self.lang {
            Lang::En => format!(", because {when}"),
            Lang::Zh => format!("（{when}）"),
        }
    }
}

/// ` by 2027-03-15` once the day of the decision is known, ` within 12 months from the decision` before.
pub fn deadline(proposal: &Proposal, lang: Lang) -> String {
    match (proposal.by, proposal.within, lang) {
        (Some(day), _, Lang::En) => format!(" {}", terms::by(day, lang)),
        (Some(day), _, Lang::Zh) => format!("，{}完成", terms::by(day, lang)),
        (None, Some(within), Lang::En) => format!(" within {} from the decision", terms::period(within, lang)),
        (None, Some(within), Lang::Zh) => format!("，期限为自决定之日起{}", terms::period(within, lang)),
        (None, None, _) => String::new(),
    }
}

/// How long whoever is removed may not come back: until a day once the day of the decision is known.
pub fn barred(proposal: &Proposal, lang: Lang) -> String {
    match (proposal.barred_until, proposal.bar, lang) {
        (Some(day), _, Lang::En) => format!(", barred until {day}"),
        (Some(day), _, Lang::Zh) => format!("，{}前不得再次申报", terms::day(day, lang)),
        (None, Some(bar), Lang::En) => format!(", barred for {} from the decision", terms::period(bar, lang)),
        (None, Some(bar), Lang::Zh) => format!("，自决定之日起{}内不得再次申报", terms::period(bar, lang)),
        (None, None, _) => String::new(),
    }
}

/// How long the results are open to objections; until which day once the day of the decision is known.
pub fn public_notice(notice: &PublicNotice, decided_on: Option<Date>, rubric: &Rubric, lang: Lang) -> String {
    let period = terms::period(notice.within, lang);
    let until = decided_on.and_then(|day| notice.within.after(day));
    let until = match (until, lang) {
        (None, _) => String::new(),
        (Some(day), Lang::En) => format!(", until {day}"),
        (Some(day), Lang::Zh) => format!("，{}", terms::by(day, lang)),
    };
    // Which days are public holidays the program does not know.
    let holidays = match (notice.within.unit == PeriodUnit::WorkingDays, lang) {
        (false, _) => "",
        (true, Lang::En) => " (public holidays not taken into account)",
        (true, Lang::Zh) => "（未计入法定节假日）",
    };
    let cite = behind(notice.cite.as_ref(), rubric, lang);
    match lang {
        Lang::En => format!("The results are open to objections for {period}{until}{holidays}{cite}."),
        Lang::Zh => {
            let within = if until.is_empty() { "，公示期内" } else { &until };
            format!("评估结果公示{period}{within}可提出异议{holidays}{cite}。")
        }
    }
}
