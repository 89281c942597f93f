//! The words of the program in both languages, one pair each.
//!
//! Code, screens and documents use these and no others. Grade names, titles and units are not here: the rubric brings
//! them along.

use jiff::civil::Date;

use super::Phrase;
use crate::domain::centre::{Field, Status};
use crate::domain::diagnostic::Severity;
use crate::domain::number::Mode;
use crate::domain::outcome::Proposal;
use crate::domain::reading::Presence;
use crate::domain::rubric::{Act, Basis, Combine, Period, PeriodUnit, Role, Rubric};
use crate::domain::score::State;
use crate::domain::text::Lang;

macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident = $en:literal, $zh:literal;)*) => {
        $($(#[$doc])* pub const $name: Phrase = Phrase { en: $en, zh: $zh };)*

        #[cfg(test)]
        const ALL: &[(&str, Phrase)] = &[$((stringify!($name), $name)),*];
    };
}

phrases! {
    // The words of an evaluation.
    RUBRIC = "Rubric", "评价指标体系";
    EDITION = "Edition", "版本";
    CRITERION = "Criterion", "一级指标";
    INDICATOR = "Indicator", "二级指标";
    METRIC = "Metric", "数据项";
    READING = "Reading", "填报值";
    MEASURE = "Measure", "计算口径";
    RULE = "Rule", "计分规则";
    LEDGER = "Ledger", "计分明细";
    SCORECARD = "Scorecard", "评分表";
    GATE = "Gate", "否决项";
    COHORT = "Cohort", "参评单位";
    CYCLE = "Cycle", "评估周期";
    EVALUATION = "Evaluation", "评估";
    EVALUATOR = "Evaluator", "评估员";
    LEAD = "Lead evaluator", "负责人";
    GRADE_SHEET = "Grade sheet", "成绩单";
    NOTICE = "Notice", "通知书";
    EVIDENCE_DIGEST = "Digest of evidence (SHA-256)", "佐证材料摘要（SHA-256）";
    SIZE = "Bytes", "字节数";
    PATH = "Path", "路径";
    DETAIL = "Detail", "说明";
    COUNT = "Count", "数量";
    CENTRES = "Centres", "涉及单位数";
    CHECKED = "Found", "核查结果";
    DIGEST = "SHA-256", "摘要（SHA-256）";
    EVIDENCE = "Evidence", "佐证材料";
    KINDS = "Kind of centre", "创新中心类别";
    UNIT = "Unit", "单位";
    YEAR = "Year", "年度";
    JUDGE = "Judge", "评审专家";
    VALUE = "Value", "填报值";
    DEFINITION = "Definition", "口径说明";

    // A workbook that recalculates. The names of its pages stand in formulas: letters only.
    TAB_SHEET = "sheet", "成绩单";
    TAB_POINTS = "points", "得分";
    TAB_WORKING = "working", "计算过程";
    TAB_READINGS = "readings", "填报值";
    OURS = "Ours", "本程序";
    AGREES = "Same", "一致否";
    AGREE_YES = "yes", "一致";
    AGREE_NO = "NO", "不一致";

    // A workbook to be filled in.
    DEFINITIONS = "Definitions", "填报说明";
    CENTRE_ID = "Centre's id", "中心标识";
    HOW_TO_FILL = "Fill in the yellow cells: a number, NR where it is not reported, N/A where it does not apply. Empty is still to come; zero is 0.", "请填写黄色单元格：数值；未报填 NR，不适用填 N/A；留空表示尚待填报；零请填 0。";
    GAPS = "Still wanted", "待补数据与佐证";
    WANTED = "Wanted", "待补内容";
    WITHOUT_EVIDENCE = "Without evidence", "缺佐证材料";

    // Columns.
    CENTRE = "Centre", "创新中心";
    ID = "Id", "编号";
    NAME = "Name", "名称";
    KIND = "Kind", "类别";
    STAGE = "Stage", "阶段";
    STATUS = "Status", "参评状态";
    SINCE = "Counts from", "起评年度";
    FINDINGS = "Findings", "认定事项";
    PREVIOUS = "Earlier grades", "历次评估等级";
    TOTAL = "Total", "总分";
    GRADE = "Grade", "评估等级";
    RANK = "Rank", "排名";
    OUTCOME = "Outcome (proposed)", "处理建议";
    FLAGS = "Flags", "标识";
    DEADLINE = "Until", "期限";
    REASONS = "Reasons", "评定理由";
    REASON = "Reason", "理由";
    POINTS = "Points", "得分";
    OF = "Of", "满分";
    LINE = "Line", "项目";
    WORKING = "Working", "计算过程";
    BASIS = "Basis", "依据";
    FACT = "Fact", "事项";
    READINGS = "Readings", "填报数据";
    VALUE_OF_FACT = "Value", "内容";
    FACTS = "The centre", "基本情况";
    RESULT = "Result", "评估结果";
    CRITERIA = "Points by criterion", "各项指标得分";
    SCORES = "Scores", "评分汇总";
    PROVENANCE = "Provenance", "数据来源与校验";
    NOTES = "Notes", "说明";
    CONTENTS = "On this page", "本页内容";

    // For the public.
    PUBLIC_VERSION = "Public version", "公开版";
    NAMELESS = "(no name entered)", "（未填名称）";

    // A letter.
    DOCUMENT_NUMBER = "Document number", "文号";
    LAST_DAY = "Last day of the time limit", "整改截止日期";
    CONTACT = "Contact and telephone", "联系人及电话";
    ISSUER = "Issuer (seal)", "发文机关（盖章）";
    DATE_OF_ISSUE = "Date of issue", "印发日期";
    LOST = "Lost", "失分";
    LOSSES = "Losses of points by indicator", "指标失分情况";
    ITEM = "Item", "项";

    // States.
    PROVISIONAL = "provisional", "暂定";
    PARTIAL = "of the data that are there", "仅含已填数据";
    INCOMPLETE = "incomplete", "数据不全";
    OTHERS_INCOMPLETE = "others not graded", "同组有未评定单位";
    PROPOSED = "proposed", "建议";
    BLOCKED = "not gradable", "不能评定";
    WITHOUT_KIND = "kind not known", "类别未定";
    COMPLETE = "complete", "数据齐全";
    NONE = "none", "无";
    LEFT_OUT = "left out", "不计入";
    /// Of an indicator whose points one sibling carries.
    GIVEN = "given", "分值转出";
    UNDEFINED = "undefined", "无法计算";
    WHOLE_CYCLE = "whole cycle", "整个周期";
    SHORTENED_NOTE =
        "A figure that ends in ~ is shown with fewer digits than it has; the data files hold all of them.",
        "数字末尾带“~”的，表示显示位数少于实际位数，完整数值见数据文件。";
    RELATIVE = "relative", "相对计分";
    RELATIVE_NOTE =
        "Some points depend on the other centres of the cohort; they are marked in the ledger.",
        "部分得分与其他参评单位的数据有关，已在计分明细中注明。";
    DRAFT = "DRAFT", "草稿";
    DRAFT_NOTE =
        "DRAFT: the evaluation is not closed; figures may still change.",
        "草稿：本次评估尚未结束，各项数据可能变动。";
    PROPOSED_NOTE =
        "What follows is proposed by the evaluators until the authority decides.",
        "处理意见在主管部门作出决定之前均为评估方的建议。";

    // Provenance.
    RUBRIC_DIGEST = "Rubric text (SHA-256)", "指标体系文本摘要（SHA-256）";
    DATA_DIGEST = "Data (SHA-256)", "数据摘要（SHA-256）";
    CHAIN_HEAD = "Journal of", "操作日志";
    PROGRAM = "Program", "程序版本";
    DECIDED_ON = "Decided on", "决定日期";

    // Diagnostics.
    ERROR = "error", "错误";
    WARNING = "warning", "警告";
    HELP = "help", "建议";
}

/// Where a centre stands in this evaluation.
pub const fn status(status: Status) -> Phrase {
    let (en, zh) = match status {
        Status::Participating => ("participating", "参加评估"),
        Status::Absent => ("absent", "不参加评估"),
        Status::Withdrawn => ("withdrawn midway", "中途退出评估"),
        Status::Deferred => ("deferred", "暂缓评估"),
        Status::Deemed => ("deemed to pass", "视同通过评估"),
        Status::InspectionPassed => ("passed the inspection", "整改检查通过"),
        Status::InspectionFailed => ("failed the inspection", "整改检查未通过"),
    };
    Phrase { en, zh }
}

/// Blank, not reported, not applicable and zero are four different things.
pub const fn presence(presence: Presence) -> Phrase {
    let (en, zh) = match presence {
        Presence::Value => ("value", "有值"),
        Presence::Zero => ("zero", "零"),
        Presence::NotReported => ("not reported", "未报"),
        Presence::NotApplicable => ("not applicable", "不适用"),
        Presence::Blank => ("blank", "待填"),
    };
    Phrase { en, zh }
}

/// What follows: the law's own acts, and those of the rubric.
pub fn act(act: Act, rubric: &Rubric, lang: Lang) -> &str {
    let (en, zh) = match act {
        Act::NextCycle => ("enters the next cycle", "进入下一轮建设运行周期"),
        Act::Rectify => ("rectify within a time limit", "限期整改"),
        Act::Remove => ("removal from the list", "不再列入创新中心序列"),
        Act::Named(ix) => return rubric.acts.get(ix).map_or("", |act| act.title.get(lang)),
    };
    Phrase { en, zh }.get(lang)
}

/// An act in a table's narrow column.
pub fn act_in_short(proposal: &Proposal, rubric: &Rubric, lang: Lang) -> String {
    short(proposal.act, rubric, lang)
}

/// An act in one or two words.
pub fn short(this: Act, rubric: &Rubric, lang: Lang) -> String {
    let (en, zh) = match this {
        Act::NextCycle => ("next cycle", "进入下一轮"),
        Act::Rectify => ("rectify", "限期整改"),
        Act::Remove => ("remove", "不再列入序列"),
        Act::Named(_) => return act(this, rubric, lang).to_owned(),
    };
    Phrase { en, zh }.get(lang).to_owned()
}

/// How the children of a node become its points.
pub const fn combine(combine: Combine) -> Phrase {
    let (en, zh) = match combine {
        Combine::Sum => ("sum", "加总"),
        Combine::WeightedMean => ("weighted mean", "加权平均"),
        Combine::GeometricMean => ("weighted geometric mean", "加权几何平均"),
        Combine::BestOf => ("best of", "择优"),
        Combine::AllOf => ("least of", "从低"),
        Combine::Profile => ("mean of the profiles", "分档加权平均"),
    };
    Phrase { en, zh }
}

/// Which way a number between two printable ones goes.
pub const fn mode(mode: Mode) -> Phrase {
    let (en, zh) = match mode {
        Mode::HalfUp => ("half up", "四舍五入"),
        Mode::HalfEven => ("half to even", "四舍六入五成双"),
        Mode::Down => ("down", "舍去尾数"),
        Mode::Up => ("up", "进一法"),
    };
    Phrase { en, zh }
}

/// What a top-level node does to the total.
pub const fn role(role: Role) -> Phrase {
    let (en, zh) = match role {
        Role::Main => ("main", "基本分"),
        Role::Bonus => ("bonus", "加分"),
        Role::Deduction => ("deduction", "扣分"),
    };
    Phrase { en, zh }
}

/// What a citation claims, in a word.
pub const fn basis(basis: Basis) -> Phrase {
    let (en, zh) = match basis {
        Basis::Sets => ("set by", "依据"),
        Basis::Topic => ("on the subject of", "内容参见"),
        Basis::Example => ("example", "示例"),
    };
    Phrase { en, zh }
}

pub const fn severity(severity: Severity) -> Phrase {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
    }
}

/// How far a centre's score has come, in a word; a status where it is not scored.
pub const fn state(state: &State) -> Phrase {
    match state {
        State::Complete => COMPLETE,
        State::Incomplete { .. } => INCOMPLETE,
        State::Blocked(_) => BLOCKED,
        State::WithoutKind => WITHOUT_KIND,
        State::NotScored(of) => status(*of),
    }
}

/// The title of a fact's column.
pub fn field<'a>(field: &Field, rubric: &'a Rubric, lang: Lang) -> &'a str {
    let phrase = match field {
        Field::Name => NAME,
        Field::Kind => KIND,
        Field::Stage => STAGE,
        Field::Status => STATUS,
        Field::Since => SINCE,
        Field::Findings => FINDINGS,
        Field::Previous => PREVIOUS,
        Field::Attribute(id) => {
            return rubric.attribute(id).map_or("", |ix| rubric.attributes[ix.0].title.get(lang));
        }
    };
    phrase.get(lang)
}

/// A day in running text: `2027-06-30`, `2027年6月30日`.
pub fn day(date: Date, lang: Lang) -> String {
    match lang {
        Lang::En => date.to_string(),
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
    }
}

/// The last day on which something may be done, that day included.
pub fn by(date: Date, lang: Lang) -> String {
    match lang {
        Lang::En => format!("by {date}"),
        Lang::Zh => format!("{}前（含当日）", day(date, lang)),
    }
}

/// A length of time: `12 months`, `12个月`.
pub fn period(period: Period, lang: Lang) -> String {
    let count = period.count;
    let (one, more, zh) = match period.unit {
        PeriodUnit::Days => ("day", "days", "日"),
        PeriodUnit::WorkingDays => ("working day", "working days", "个工作日"),
        PeriodUnit::Months => ("month", "months", "个月"),
        PeriodUnit::Years => ("year", "years", "年"),
    };
    match lang {
        Lang::En => format!("{count} {}", if count == 1 { one } else { more }),
        Lang::Zh => format!("{count}{zh}"),
    }
}

/// `row 3, column 5 (E3)`.
pub fn cell_place(row: usize, column: usize, letters: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("row {row}, column {column} ({letters}{row})"),
        Lang::Zh => format!("第{row}行第{column}列（{letters}{row}）"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_has_both_languages() {
        for (name, phrase) in ALL {
            assert!(!phrase.en.is_empty() && !phrase.zh.is_empty(), "{name}");
            assert!(!phrase.zh.is_ascii(), "{name} has no Chinese");
        }
        for (_, each) in Status::ALL {
            assert_ne!(status(each).en, status(each).zh);
        }
    }

    #[test]
    fn a_period_counts_in_its_unit() {
        let of = |count, unit| Period { count, unit };
        assert_eq!(period(of(12, PeriodUnit::Months), Lang::En), "12 months");
        assert_eq!(period(of(1, PeriodUnit::Years), Lang::En), "1 year");
        assert_eq!(period(of(12, PeriodUnit::Months), Lang::Zh), "12个月");
        assert_eq!(period(of(30, PeriodUnit::Days), Lang::Zh), "30日");
    }
}
