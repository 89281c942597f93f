//! What `verify` finds, as data with its words. Must not know how it was found.

use crate::domain::diagnostic::{Diagnostic, Place, Severity};
use crate::domain::text::Text;
use crate::store::error::escaped;

/// One thing that is not as this program stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub at: At,
    pub what: Difference,
}

/// Where a fault is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    File,
    /// A stored rubric, by the digest it is stored under.
    Rubric(String),
    /// All of an evaluator's events.
    Chain(String),
    Event {
        evaluator: String,
        sequence: i64,
    },
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The database contradicts itself, in SQLite's words.
    Database(String),
    /// A table or guard is missing, changed or not ours.
    Guard(String),
    /// A column holds something that nobody stored there.
    Column(&'static str),
    /// No event of that number, though there are later ones.
    Missing,
    Repeated,
    /// The event does not have the hash that is stored with it.
    Hash {
        stored: String,
        computed: String,
    },
    /// The event is not linked to the one before.
    Previous {
        stored: String,
        expected: String,
    },
    /// The Lamport counter does not rise.
    Lamport {
        stored: i64,
        before: i64,
    },
    /// The step is neither the one before nor the next.
    Step {
        stored: i64,
        before: i64,
    },
    Undecodable(String),
    /// Readable, and not the one text that this program writes for it.
    NotCanonical,
    /// Nothing opens the evaluation, or this event opens it once more.
    Opening,
    /// The rubric's text has another digest than the one it is stored under.
    RubricText {
        computed: String,
    },
    /// An event pins a rubric that is not stored.
    RubricMissing(String),
    /// No event pins it.
    RubricUnpinned,
    /// The sheet has more events of this evaluator.
    Shorter {
        sheet: u64,
        found: u64,
    },
    /// At the length the sheet saw, the chain has another hash.
    Rewritten {
        length: u64,
        sheet: String,
        found: String,
    },
}

impl Difference {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Database(_) => "E-verify-database",
            Self::Guard(_) => "E-verify-guard",
            Self::Column(_) => "E-verify-column",
            Self::Missing => "E-verify-missing",
            Self::Repeated => "E-verify-repeated",
            Self::Hash { .. } => "E-verify-hash",
            Self::Previous { .. } => "E-verify-previous",
            Self::Lamport { .. } => "E-verify-lamport",
            Self::Step { .. } => "E-verify-step",
            Self::Undecodable(_) => "E-verify-body",
            Self::NotCanonical => "E-verify-not-canonical",
            Self::Opening => "E-verify-opening",
            Self::RubricText { .. } => "E-verify-rubric-text",
            Self::RubricMissing(_) => "E-verify-rubric-missing",
            Self::RubricUnpinned => "E-verify-rubric-unpinned",
            Self::Shorter { .. } => "E-verify-shorter",
            Self::Rewritten { .. } => "E-verify-rewritten",
        }
    }

    fn words(&self) -> (String, String) {
        let same = |en: &str, zh: &str| (en.to_owned(), zh.to_owned());
        match self {
            Self::Database(detail) => {
                let detail = escaped(detail);
                (format!("the database contradicts itself: {detail}"), format!("数据库自相矛盾：{detail}"))
            }
            Self::Guard(name) => {
                let name = escaped(name);
                (format!("`{name}` is not as this program made it"), format!("“{name}”与本程序建立的不同"))
            }
            Self::Column(name) => (format!("`{name}` holds no such value"), format!("“{name}”列的值无效")),
            Self::Missing => same("the event is missing", "缺少该事件"),
            Self::Repeated => same("the event is there more than once", "该事件重复"),
            Self::Hash { stored, computed } => (
                format!("the event was changed: its hash is {computed}, and {} is stored", escaped(stored)),
                format!("事件已被改动：其哈希为 {computed}，而存储的是 {}", escaped(stored)),
            ),
            Self::Previous { stored, expected } => (
                format!("the chain is broken: it links to `{}`, not to `{}`", escaped(stored), escaped(expected)),
                format!("链条断开：前链为“{}”，应为“{}”", escaped(stored), escaped(expected)),
            ),
            Self::Lamport { stored, before } => (
                format!("its counter {stored} does not rise above {before}"),
                format!("计数 {stored} 未大于前一条的 {before}"),
            ),
            Self::Step { stored, before } => (
                format!("step {stored} cannot follow step {before}"),
                format!("步骤 {stored} 不能接在步骤 {before} 之后"),
            ),
            Self::Undecodable(detail) => {
                let detail = escaped(detail);
                (format!("the event cannot be read: {detail}"), format!("事件无法读取：{detail}"))
            }
            Self::NotCanonical => {
                same("the event is not written the way this program writes it", "事件的写法与本程序不同")
            }
            Self::Opening => same(
                "an evaluation begins with one opening event, and only with that",
                "评估应以且仅以一条开启事件开始",
            ),
            Self::RubricText { computed } => (
                format!("the text was changed: its digest is {computed}"),
                format!("文本已被改动：其摘要为 {computed}"),
            ),
            Self::RubricMissing(digest) => {
                let digest = escaped(digest);
                (
                    format!("it pins rubric {digest}, which is not stored"),
                    format!("所固定的评价指标体系 {digest} 不在文件中"),
                )
            }
            Self::RubricUnpinned => same("no event pins this rubric", "没有事件固定此评价指标体系"),
            Self::Shorter { sheet, found } => (
                format!("the sheet was made from {sheet} events; there are {found}"),
                format!("成绩单依据 {sheet} 条事件，现有 {found} 条"),
            ),
            Self::Rewritten { length, sheet, found } => (
                format!(
                    "the first {length} events are not those of the sheet: hash {}, not {}",
                    escaped(found),
                    escaped(sheet)
                ),
                format!("前 {length} 条事件与成绩单不同：哈希为 {}，应为 {}", escaped(found), escaped(sheet)),
            ),
        }
    }
}

impl Fault {
    /// The fault with its words in both languages, and what to do about it.
    pub fn diagnostic(&self) -> Diagnostic {
        let (en, zh) = match &self.at {
            At::File => ("the file".to_owned(), "文件".to_owned()),
            At::Rubric(digest) => {
                let digest = escaped(digest);
                (format!("rubric {digest}"), format!("评价指标体系 {digest}"))
            }
            At::Chain(evaluator) => {
                let who = escaped(evaluator);
                (format!("events of {who}"), format!("{who} 的事件"))
            }
            At::Event { evaluator, sequence } => {
                let who = escaped(evaluator);
                (format!("event {sequence} of {who}"), format!("{who} 的第 {sequence} 条事件"))
            }
        };
        let (what_en, what_zh) = self.what.words();
        Diagnostic {
            severity: Severity::Error,
            code: self.what.code(),
            what: Text { en: format!("{en}: {what_en}"), zh: format!("{zh}：{what_zh}") },
            help: Text {
                en: "the file was changed outside this program: keep it as evidence, and go back to a backup that \
                     verifies against the same sheet"
                    .to_owned(),
                zh: "文件在本程序之外被改动：请留存备查，并恢复能与同一成绩单核对一致的备份".to_owned(),
            },
            place: Place::Whole,
        }
    }
}
