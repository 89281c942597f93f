//! Which centres of the cohort are shown: a line of words, each of which a centre must satisfy.
//!
//! `kind:domain grade:poor total<60 tides` - ids, titles in either language, or any part of a name. Must not know how
//! the line is drawn.

use std::cmp::Ordering;

use tui_input::Input;

use super::session::Session;
use crate::domain::centre::Status;
use crate::domain::cohort::CentreIx;
use crate::domain::evaluation::Evaluation;
use crate::domain::grade::Flag;
use crate::domain::number::Number;
use crate::domain::rubric::{Act, Gate, Grade, GradeIx, KindIx, NodeIx, Rubric};
use crate::domain::score::State;
use crate::domain::text::Lang;
use crate::wording::{query, screen, terms};

/// The line and what it asks for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub input: Input,
    tests: Vec<Test>,
    /// The line was opened again and not touched yet: what is typed takes its place.
    pub fresh: bool,
}

#[derive(Debug, Clone)]
enum Test {
    /// Part of the id or name, in small letters, or a flag or grade whose title has it.
    Holds(String, Vec<String>, Vec<GradeIx>),
    Kind(Vec<KindIx>),
    Grade(Vec<GradeIx>),
    NoGrade,
    Status(Vec<Status>),
    /// A flag's id is one of these.
    Flag(Vec<String>),
    Is(Vec<Trait>),
    Figure(Option<NodeIx>, Compare, Number),
    /// A word that names nothing there is.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trait {
    Incomplete,
    Complete,
    Flagged,
    Provisional,
}

const TRAITS: [(&str, &str, Trait); 4] = [
    ("incomplete", "不完整", Trait::Incomplete),
    ("complete", "完整", Trait::Complete),
    ("flagged", "有标识", Trait::Flagged),
    ("provisional", "暂定", Trait::Provisional),
];

#[derive(Debug, Clone, Copy)]
enum Compare {
    Less,
    AtMost,
    More,
    AtLeast,
}

/// Longest signs first: `<=` begins with `<`.
const COMPARISONS: [(&str, Compare); 4] =
    [("<=", Compare::AtMost), (">=", Compare::AtLeast), ("<", Compare::Less), (">", Compare::More)];

/// The word for the total in comparisons.
const TOTAL: [&str; 2] = ["total", "总分"];
const KIND: [&str; 2] = ["kind:", "类别:"];
const GRADE: [&str; 2] = ["grade:", "等级:"];
const STATUS: [&str; 2] = ["status:", "状态:"];
const FLAG: [&str; 2] = ["flag:", "标识:"];
const IS: [&str; 2] = ["is:", "属于:"];

impl Filter {
    pub fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// A word stands in the line that names nothing: a value that the rubric does not have.
    pub fn names_nothing(&self) -> bool {
        self.tests.iter().any(|test| matches!(test, Test::Unknown))
    }

    /// Reads the line again after it was changed.
    pub fn read(&mut self, rubric: &Rubric) {
        self.tests = self.input.value().split_whitespace().map(|word| test(word, rubric)).collect();
    }

    pub fn admits(&self, session: &Session, ix: CentreIx) -> bool {
        self.tests.iter().all(|test| test.admits(session, ix))
    }

    /// What could stand where the last word is, complete words that begin like it.
    pub fn candidates(&self, rubric: &Rubric, lang: Lang) -> Vec<String> {
        let word = self.last_word();
        let begins = |candidate: &String| candidate.len() > word.len() && candidate.to_lowercase().starts_with(&word);
        vocabulary(rubric, &word, lang).into_iter().filter(begins).collect()
    }

    /// The candidates as they are offered: behind a key only what may stand there.
    pub fn offers(&self, rubric: &Rubric, lang: Lang) -> Vec<String> {
        let word = self.last_word();
        let key = word.split_inclusive(':').next().filter(|key| key.ends_with(':')).unwrap_or_default();
        let offer = |candidate: String| candidate.strip_prefix(key).map_or_else(|| candidate.clone(), str::to_owned);
        self.candidates(rubric, lang).into_iter().map(offer).collect()
    }

    fn last_word(&self) -> String {
        let value = self.input.value();
        if value.ends_with(char::is_whitespace) {
            return String::new();
        }
        value.split_whitespace().last().unwrap_or_default().to_lowercase()
    }

    /// Completes the last word as far as all candidates agree; whether that changed the line.
    pub fn complete(&mut self, rubric: &Rubric, lang: Lang) -> bool {
        let candidates = self.candidates(rubric, lang);
        let Some(first) = candidates.first() else { return false };
        let agreed = candidates.iter().skip(1).fold(first.as_str(), |agreed, other| common(agreed, other)).to_owned();
        let word = self.last_word();
        if agreed.chars().count() <= word.chars().count() {
            return false;
        }
        let value = self.input.value();
        let kept =
            value.len() - value.split_whitespace().last().map_or(0, |w| if word.is_empty() { 0 } else { w.len() });
        let whole = candidates.len() == 1 && !agreed.ends_with([':', '<', '>', '=']);
        let line = format!("{}{agreed}{}", &value[..kept], if whole { " " } else { "" });
        self.input = Input::new(line);
        self.read(rubric);
        true
    }
}

fn common<'a>(a: &'a str, b: &str) -> &'a str {
    let same = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map(|((at, _), _)| at);
    let shorter = a.char_indices().nth(b.chars().count()).map_or(a.len(), |(at, _)| at);
    &a[..same.unwrap_or(shorter)]
}

/// Words that could stand in the line, in a language; the values of a key only once the key is there.
fn vocabulary(rubric: &Rubric, word: &str, lang: Lang) -> Vec<String> {
    let at = lang as usize;
    let mut keys: Vec<String> = Vec::new();
    let mut values: Vec<String> = Vec::new();
    let mut offer = |names: [&str; 2], found: Vec<String>| {
        if found.is_empty() {
            return;
        }
        keys.push(names[at].to_owned());
        for name in names.into_iter().filter(|name| word.starts_with(name)) {
            // A word of the line has no blanks in it.
            let single = found.iter().filter(|value| !value.contains(char::is_whitespace));
            values.extend(single.map(|value| format!("{name}{value}")));
        }
    };
    // Ids are what an English title would be, in one word.
    let title = |id: &str, zh: &str| if lang == Lang::En || zh.is_empty() { id.to_owned() } else { zh.to_owned() };
    let kinds: Vec<String> = rubric.kinds.iter().map(|kind| title(&kind.id, &kind.title.zh)).collect();
    offer(KIND, if kinds.len() > 1 { kinds } else { Vec::new() });
    let grades = rubric.grades.iter().map(|grade| title(&grade.id, &grade.title.zh));
    offer(GRADE, grades.chain([title("none", "无")]).collect());
    offer(STATUS, Status::ALL.iter().map(|(id, status)| title(id, terms::status(*status).zh)).collect());
    offer(FLAG, flags(rubric).iter().map(|(id, titles)| title(id, &titles[1])).collect());
    offer(IS, TRAITS.iter().map(|(id, zh, _)| title(id, zh)).collect());
    keys.extend(["<", ">"].map(|sign| format!("{}{sign}", TOTAL[at])));
    if values.is_empty() { keys } else { values }
}

/// What is no flag of a score, and looked for like one.
const OPEN_QUERY: &str = "query";
const NO_EVIDENCE: &str = "evidence";

/// Whether a centre has one of these flags, a query that waits for an answer, or a figure without the evidence it needs.
fn has_flag(session: &Session, ix: CentreIx, ids: &[String]) -> bool {
    let Evaluation { rubric, cohort, .. } = &*session.evaluation;
    ids.iter().any(|id| match id.as_str() {
        OPEN_QUERY => session.open_queries(ix) > 0,
        NO_EVIDENCE => !cohort.without_evidence(rubric, ix).is_empty(),
        id => session.card(ix).flags.iter().any(|flag| flag.id(rubric) == id),
    })
}

/// Every flag that can be shown: its id, and what it is called in either language.
fn flags(rubric: &Rubric) -> Vec<(String, Vec<String>)> {
    let said = |phrase: screen::Phrase| vec![phrase.en.to_owned(), phrase.zh.to_owned()];
    let acts = rubric.outcomes.iter().map(|(_, outcome)| outcome.act).filter(|act| act.is_flag(rubric));
    let act = |act: Act| {
        let [en, zh] = [Lang::En, Lang::Zh].map(|lang| terms::short(act, rubric, lang));
        let long = [Lang::En, Lang::Zh].map(|lang| terms::act(act, rubric, lang).to_owned());
        (act.id(rubric).to_owned(), [en, zh].into_iter().chain(long).collect())
    };
    let mut found: Vec<(String, Vec<String>)> = acts.map(act).collect();
    let gate = |gate: &Gate| (format!("gate:{}", gate.id), vec![gate.title.en.clone(), gate.title.zh.clone()]);
    found.extend(rubric.gates.iter().map(gate));
    let quotas = rubric.grades.iter().filter(|grade| grade.quota.is_some());
    found.extend(quotas.map(|grade| (format!("quota:{}", grade.id), said(screen::FLAG_QUOTA))));
    found.push(("incomplete".to_owned(), said(terms::INCOMPLETE)));
    found.push(("blocked".to_owned(), said(terms::BLOCKED)));
    found.push(("provisional".to_owned(), vec!["provisional".to_owned(), "暂定".to_owned()]));
    found.push(("name-form".to_owned(), said(screen::FLAG_NAME)));
    found.push((OPEN_QUERY.to_owned(), said(query::QUERIES).into_iter().chain(said(query::QUERY)).collect()));
    if rubric.metrics.iter().any(|metric| metric.evidence) {
        found.push((NO_EVIDENCE.to_owned(), said(screen::FLAG_EVIDENCE)));
    }
    found.sort();
    found.dedup();
    found
}

fn test(word: &str, rubric: &Rubric) -> Test {
    let small = word.to_lowercase().replace('：', ":");
    let value = |names: [&str; 2]| names.into_iter().find_map(|name| small.strip_prefix(name));
    if let Some(kind) = value(KIND) {
        return named(kind, rubric.kinds.iter().map(|k| [&*k.id, &k.title.en, &k.title.zh]), KindIx, Test::Kind);
    }
    if matches!(value(GRADE), Some("none" | "无")) {
        return Test::NoGrade;
    }
    if let Some(grade) = value(GRADE) {
        return named(grade, rubric.grades.iter().map(|g| [&*g.id, &g.title.en, &g.title.zh]), GradeIx, Test::Grade);
    }
    if let Some(status) = value(STATUS) {
        let names = Status::ALL.iter().map(|(id, status)| {
            let title = terms::status(*status);
            [*id, title.en, title.zh]
        });
        return named(status, names, |at| Status::ALL[at].1, Test::Status);
    }
    if let Some(flag) = value(FLAG) {
        let meant = |(id, titles): &(String, Vec<String>)| {
            id.starts_with(flag) || titles.iter().any(|title| title.to_lowercase().contains(flag))
        };
        let ids: Vec<String> = flags(rubric).into_iter().filter(meant).map(|(id, _)| id).collect();
        return if flag.is_empty() || ids.is_empty() { Test::Unknown } else { Test::Flag(ids) };
    }
    if let Some(is) = value(IS) {
        return named(is, TRAITS.iter().map(|(en, zh, _)| [*en, *en, *zh]), |at| TRAITS[at].2, Test::Is);
    }
    for (sign, compare) in COMPARISONS {
        let Some((what, figure)) = small.split_once(sign) else { continue };
        let node = rubric.node(what);
        if node.is_none() && !TOTAL.contains(&what) {
            continue;
        }
        return Number::parse(figure).map_or(Test::Unknown, |figure| Test::Figure(node, compare, figure));
    }
    // A key that there is none of.
    if small.split_once(':').is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_alphabetic())) {
        return Test::Unknown;
    }
    let shown = |(id, titles): (String, Vec<String>)| {
        titles.iter().any(|title| title.to_lowercase().contains(&small)).then_some(id)
    };
    let flags = flags(rubric).into_iter().filter_map(shown).collect();
    let graded = |(at, grade): (usize, &Grade)| {
        let titles = [&grade.title.en, &grade.title.zh];
        titles.into_iter().any(|title| title.to_lowercase().contains(&small)).then_some(GradeIx(at))
    };
    let grades = rubric.grades.iter().enumerate().filter_map(graded).collect();
    Test::Holds(small, flags, grades)
}

/// What is called so, or else what begins so, by its id or its title in either language.
fn named<'a, T>(
    word: &str,
    names: impl IntoIterator<Item = [&'a str; 3]>,
    of: impl Fn(usize) -> T,
    test: impl Fn(Vec<T>) -> Test,
) -> Test {
    let names: Vec<[&str; 3]> = names.into_iter().collect();
    let found = |fits: &dyn Fn(&str) -> bool| -> Vec<T> {
        let any = |names: [&str; 3]| names.into_iter().any(|name| fits(&name.to_lowercase()));
        names.iter().enumerate().filter(|(_, names)| any(**names)).map(|(at, _)| of(at)).collect()
    };
    let whole = found(&|name| name == word);
    let begun = if whole.is_empty() { found(&|name| name.starts_with(word)) } else { whole };
    if begun.is_empty() { Test::Unknown } else { test(begun) }
}

impl Test {
    fn admits(&self, session: &Session, ix: CentreIx) -> bool {
        let centre = session.evaluation.cohort.centre(ix);
        let card = session.card(ix);
        match self {
            Self::Holds(text, flags, grades) => {
                let named = [&centre.id, &centre.name].into_iter().any(|name| name.to_lowercase().contains(text));
                named || card.grade.is_some_and(|grade| grades.contains(&grade)) || has_flag(session, ix, flags)
            }
            Self::Kind(kinds) => centre.kind.is_some_and(|kind| kinds.contains(&kind)),
            Self::Grade(grades) => card.grade.is_some_and(|grade| grades.contains(&grade)),
            Self::NoGrade => card.grade.is_none(),
            Self::Status(statuses) => statuses.contains(&centre.status),
            Self::Flag(ids) => has_flag(session, ix, ids),
            Self::Is(traits) => traits.iter().any(|is| match is {
                Trait::Incomplete => matches!(card.tally.state, State::Incomplete { .. }),
                Trait::Complete => card.tally.state == State::Complete,
                Trait::Flagged => card.flags.iter().any(Flag::is_grave),
                Trait::Provisional => card.provisional,
            }),
            Self::Figure(node, compare, figure) => {
                let scored = !matches!(card.tally.state, State::NotScored(_) | State::WithoutKind);
                let found = match node {
                    Some(node) => card.tally.nodes[node.0].as_ref().map(|points| &points.0),
                    None => Some(&card.tally.total.0),
                };
                found.filter(|_| scored).is_some_and(|found| compare.holds(found.cmp(figure)))
            }
            Self::Unknown => false,
        }
    }
}

impl Compare {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}
