//! Phrases of the screen only, in both languages. Must not know the state of the screen.

pub use super::Phrase;
use super::safe::visible;
use crate::domain::text::Lang;

pub const fn phrase(en: &'static str, zh: &'static str) -> Phrase {
    Phrase { en, zh }
}

pub const TOO_SMALL: Phrase = phrase("window too small: 80x24 wanted", "窗口太小：请调到 80x24");
pub const TAGLINE: Phrase =
    phrase("Three-year performance evaluation of technology innovation centres", "技术创新中心三年期绩效评估");
pub const START_DEMO: Phrase =
    phrase("Open the demo: 24 invented centres, 2023-2025", "打开演示：24 家虚构单位，2023-2025 年");
pub const START_HELP: Phrase = phrase("What the keys do", "按键说明");
pub const START_QUIT: Phrase = phrase("Quit", "退出");
pub const START_LANGUAGE: Phrase = phrase("中文", "English");
pub const START_HINTS: Phrase = phrase("From the command line", "在命令行中");
pub const HINT_OPEN: Phrase = phrase("open an evaluation", "打开评估");
pub const HINT_NEW: Phrase = phrase("begin one", "新建评估");
pub const HINT_IMPORT: Phrase = phrase("bring data in", "导入数据");

pub const NAME: Phrase = phrase("Centre", "参评单位");
pub const TOTAL: Phrase = phrase("Total", "总分");
pub const GRADE: Phrase = phrase("Grade", "等级");
pub const RANK: Phrase = phrase("Rank", "名次");
pub const FILLED: Phrase = phrase("Filled", "已填");
pub const FLAGS: Phrase = phrase("Flags", "标识");
pub const POINTS: Phrase = phrase("Points", "得分");
pub const ITEM: Phrase = phrase("Indicator / metric", "指标 / 数据项");
pub const UNIT: Phrase = phrase("Unit", "单位");
pub const VALUE: Phrase = phrase("Value", "填报值");
pub const LEDGER: Phrase = phrase("Ledger", "计分明细");
pub const OTHER_METRICS: Phrase = phrase("Other metrics", "其他数据项");
pub const ADD_JUDGE: Phrase = phrase("+ add a judge", "+ 添加专家");
pub const JUDGE_NAME: Phrase = phrase("Name of the judge", "专家姓名或编号");
pub const NO_CENTRES: Phrase = phrase(
    "No centres yet. Add them with `triennial centre add`, or bring data in with `triennial import`.",
    "尚无参评单位。请用 triennial centre add 添加，或用 triennial import 导入数据。",
);
pub const NO_LEDGER: Phrase =
    phrase("This centre is not scored, so there is no ledger.", "该单位不计分，因此没有计分明细。");
pub const UNSAVED: Phrase = phrase("not saved", "未保存");
pub const CLOSED: Phrase = phrase("closed", "已封存");
pub const DRAFT: Phrase = phrase("draft", "草稿");
pub const WHOLE_CYCLE: Phrase = phrase("one value for the whole cycle", "整个评估周期填一个值");
pub const LOOKBACK: Phrase = phrase("before the cycle: for growth only", "评估周期之前的年份：只用于计算增长");
pub const NEEDS_EVIDENCE: Phrase = phrase("evidence required", "须附佐证材料");
pub const USED_BY: Phrase = phrase("used by", "用于");
pub const GAP: Phrase = phrase("blank: still to come", "空白：待填");
pub const NOT_NEEDED: Phrase = phrase("blank: not needed", "空白：无需填报");
pub const NOT_REPORTED: Phrase = phrase("not reported", "未报");
pub const NOT_APPLICABLE: Phrase = phrase("not applicable", "不适用");
pub const YES_NO: Phrase = phrase("1 yes, 0 no", "1 是，0 否");
pub const WHOLE_NUMBER: Phrase = phrase("whole number", "整数");
pub const LEFT_OUT: Phrase = phrase("left out", "不计");

pub const OPEN_LEDGER: Phrase = phrase("Enter shows how every point came about", "按 Enter 查看每一分的由来");
pub const FLAG_QUOTA: Phrase = phrase("outside quota", "名额之外");
pub const FLAG_RELATIVE: Phrase = phrase("relative", "相对");
pub const FLAG_NAME: Phrase = phrase("name", "名称");

pub const FINDER_HERE: Phrase = phrase("What works here", "此处可用的操作");
pub const FINDER_ALL: Phrase = phrase("Commands", "命令");
pub const FINDER_HOW: Phrase = phrase("type to search, Enter runs, Esc closes", "输入以搜索，Enter 执行，Esc 关闭");
pub const FINDER_NONE: Phrase = phrase("nothing of that name", "没有匹配的操作");
pub const MESSAGE: Phrase = phrase("Something went wrong", "出现问题");
pub const DISMISS: Phrase = phrase("Enter or Esc closes this", "按 Enter 或 Esc 关闭");
pub const HELP_LABEL: Phrase = phrase("help: ", "处理方法：");
pub const DISCARD: Phrase = phrase("The text you typed is not saved.", "您输入的内容尚未保存。");
pub const TAKE_BACK: Phrase = phrase("A large step", "较大的操作");
pub const TAKE_BACK_HOW: Phrase =
    phrase("y takes it back, Enter or Esc leaves it", "y 确认撤销，Enter 或 Esc 保持不变");
pub const DISCARD_HOW: Phrase = phrase("Enter keeps it, Esc throws it away", "Enter 保留，Esc 放弃");
pub const DISCARD_QUIT_HOW: Phrase =
    phrase("Enter keeps it and stays, Esc throws it away and quits", "Enter 保留并留在此处，Esc 放弃并退出");

pub const WHY_CLOSED: Phrase = phrase("the evaluation is closed; reopen it first", "评估已封存，请先重新开启");
pub const WHY_NO_CENTRE: Phrase = phrase("there is no centre here", "此处没有参评单位");
pub const WHY_ALL_FILLED: Phrase = phrase("nothing is blank any more", "已无待填项");
pub const WHY_NO_CELL: Phrase = phrase("this is not a cell to fill in", "此处不是填报单元格");
pub const WHY_BLANK_ALREADY: Phrase = phrase("this cell is blank already", "该单元格本来就是空白");
pub const WHY_SAME_ALREADY: Phrase = phrase("this cell says so already", "该单元格已是此状态");
pub const WHY_ROOT: Phrase = phrase("this is the first screen; q quits", "已是第一屏；按 q 退出");
pub const WHY_NO_PANEL: Phrase = phrase("no panel of judges marks this metric", "该数据项不由专家打分");
pub const WHY_NO_INPUT: Phrase = phrase("no single cell stands behind this line", "该行没有对应的填报单元格");
pub const WHY_ONE_CENTRE: Phrase = phrase("there is no other centre in that direction", "该方向没有其他单位");
pub const WHY_TYPING: Phrase = phrase("finish or give up what you are typing first", "请先完成或放弃当前输入");
pub const WHY_NO_EVALUATION: Phrase = phrase("no evaluation is open", "尚未打开评估");
pub const WHY_TAKEN: Phrase = phrase("there is a judge of that name", "已有同名专家");
pub const ONE_VALUE_ONLY: Phrase = phrase("only a single value can be pasted into a cell", "单元格只能粘贴一个值");
pub const NOTHING_TO_UNDO: Phrase = phrase("nothing of yours is left to take back", "没有可撤销的操作");
pub const UNDO_IS_ACT: Phrase = phrase(
    "the last step was an act with a reason; take it back with another such act",
    "上一步是附有理由的操作，只能用另一项同类操作来撤回",
);

/// `Total: 93.00`.
pub fn labelled(lang: Lang, label: &str, value: &str) -> String {
    match lang {
        Lang::En => format!("{label}: {value}"),
        Lang::Zh => format!("{label}：{value}"),
    }
}

/// Facts side by side.
pub fn facts(lang: Lang, facts: &[String]) -> String {
    facts.join(match lang {
        Lang::En => "; ",
        Lang::Zh => "；",
    })
}

/// One cell's change: `staff@2024: blank -> 85`.
pub fn change(lang: Lang, cell: &str, was: &str, to: &str) -> String {
    labelled(lang, cell, &format!("{was} -> {to}"))
}

pub fn changes(lang: Lang, count: usize) -> String {
    match lang {
        Lang::En if count == 1 => "1 change".to_owned(),
        Lang::En => format!("{count} changes"),
        Lang::Zh => format!("{count} 处更改"),
    }
}

/// What was written down.
pub fn saved(lang: Lang, what: &str) -> String {
    match lang {
        Lang::En => format!("saved  {what}"),
        Lang::Zh => format!("已保存  {what}"),
    }
}

/// What an undo has put back.
pub fn undone(lang: Lang, what: &str) -> String {
    match lang {
        Lang::En => format!("taken back  {what}"),
        Lang::Zh => format!("已撤销  {what}"),
    }
}

/// How the total moved by what was saved.
pub fn moved(lang: Lang, from: &str, to: &str) -> String {
    match lang {
        Lang::En => format!("total {from} -> {to}"),
        Lang::Zh => format!("总分 {from} -> {to}"),
    }
}

pub fn blank(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "blank",
        Lang::Zh => "空白",
    }
}

pub fn changed_since(lang: Lang, evaluator: &str, what: &str) -> String {
    match lang {
        Lang::En => format!("{evaluator} has since changed {what}; undoing your step would undo theirs"),
        Lang::Zh => format!("{evaluator} 此后更改了 {what}；撤销您的操作会一并撤销对方的更改"),
    }
}

/// Which centre of how many: `3 of 24`.
pub fn place_of(lang: Lang, at: usize, of: usize) -> String {
    match lang {
        Lang::En => format!("{at} of {of}"),
        Lang::Zh => format!("第 {at} 家，共 {of} 家"),
    }
}

pub fn between(lang: Lang, minimum: Option<&str>, maximum: Option<&str>) -> String {
    match (lang, minimum, maximum) {
        (_, None, None) => String::new(),
        (Lang::En, Some(from), Some(to)) => format!("{from} to {to}"),
        (Lang::Zh, Some(from), Some(to)) => format!("{from} 至 {to}"),
        (Lang::En, Some(from), None) => format!("{from} or more"),
        (Lang::Zh, Some(from), None) => format!("不小于 {from}"),
        (Lang::En, None, Some(to)) => format!("{to} or less"),
        (Lang::Zh, None, Some(to)) => format!("不大于 {to}"),
    }
}

/// What would be taken back: how many changes, and of which import.
pub fn take_back(lang: Lang, changes: usize, file: Option<&str>) -> String {
    match (lang, file.map(visible)) {
        (Lang::En, Some(file)) => format!("Take back the import of {file}, {changes} changes in all?"),
        (Lang::En, None) => format!("Take back your last step, {changes} changes in all?"),
        (Lang::Zh, Some(file)) => format!("是否撤销对 {file} 的导入（共 {changes} 处更改）？"),
        (Lang::Zh, None) => format!("是否撤销上一步操作（共 {changes} 处更改）？"),
    }
}
