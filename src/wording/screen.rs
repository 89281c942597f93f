//! Phrases of the screen only, in both languages. Must not know the state of the screen.

pub use super::Phrase;
use super::safe::visible;
use crate::domain::text::{Lang, Text};

pub const fn phrase(en: &'static str, zh: &'static str) -> Phrase {
    Phrase { en, zh }
}

pub const TOO_SMALL: Phrase =
    phrase("window too small: at least 40x10, better 80x24", "窗口太小：至少 40x10，宜 80x24");
pub const TAGLINE: Phrase =
    phrase("Three-year performance evaluation of technology innovation centres", "技术创新中心三年期绩效评估");
pub const START_DEMO: Phrase =
    phrase("Open the demo: 24 invented centres, 2023-2025", "打开演示：24 家虚构单位，2023-2025 年");
pub const START_NEW: Phrase = phrase("Begin a new evaluation", "新建评估");
pub const START_FILE: Phrase =
    phrase("Open an evaluation file, or look through a rubric file", "打开评估文件，或浏览体系文件");
pub const START_RECENT: Phrase = phrase("Opened before", "最近打开");
pub const START_RUBRICS: Phrase = phrase(
    "Begin with a rubric that comes with the program (o shows its text)",
    "用内置评价指标体系新建（o 查看文本）",
);
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
    "No centres yet. Press a to add one, or i to bring in a table.",
    "尚无参评单位。按 a 添加，或按 i 导入表格。",
);
pub const NONE_SHOWN: Phrase = phrase(
    "No centre is as the filter asks. / changes it, Esc shows all again.",
    "没有符合筛选条件的单位。按 / 修改，按 Esc 显示全部。",
);
pub const FILTER: Phrase = phrase("Filter", "筛选");
pub const FILTER_UNKNOWN: Phrase = phrase("a word here names nothing in this rubric", "有一个词在本体系中没有对应项");
pub const FILTER_HOW: Phrase = phrase(
    "part of a name, or kind: grade: flag: status: is: total<",
    "名称片段，或 kind: grade: flag: status: is: total<",
);
pub const ID: Phrase = phrase("Id", "编号");
pub const EVIDENCE: Phrase = phrase("Evidence", "佐证材料");
pub const FILE: Phrase = phrase("File", "文件");
pub const FILE_HINT: Phrase =
    phrase("path of a file; its SHA-256 goes into the journal", "文件路径；其 SHA-256 将写入日志");
pub const COPY: Phrase = phrase("Take a copy", "复制一份");
pub const COPY_HINT: Phrase = phrase(
    "into NAME.evidence beside the evaluation; otherwise it stays where it lies",
    "复制到评估文件旁的 NAME.evidence；否则留在原处",
);
pub const NOTE: Phrase = phrase("Note", "备注");
pub const HISTORY: Phrase = phrase("History", "历史");
pub const HISTORY_ALL: Phrase = phrase("of the evaluation, latest first", "整个评估，最近的在前");
pub const HISTORY_EMPTY: Phrase = phrase("Nothing was ever done here.", "此处没有任何记录。");
pub const HISTORY_WHEN: Phrase = phrase("When", "时间");
pub const HISTORY_WHO: Phrase = phrase("Who", "评估员");
pub const HISTORY_WHAT: Phrase = phrase("What", "内容");
pub const PROBLEMS: Phrase = phrase("Problems", "问题清单");
pub const NO_PROBLEMS: Phrase = phrase(
    "Nothing wants looking at: the rubric raises no doubts, and every centre that takes part is complete.",
    "没有需要查看的问题：体系无疑点，参评单位数据均完整。",
);
pub const EXPORTED: Phrase = phrase("Done", "完成");
pub const PASTED: Phrase = phrase("Pasted block", "粘贴的单元格");
pub const NOW_CLOSED: Phrase = phrase("saved: the evaluation is closed", "已保存：评估已定稿");
pub const NOW_OPEN: Phrase = phrase("saved: the evaluation is open again", "已保存：评估已重新开启");
pub const ARTICLE: Phrase = phrase("What it stands on", "所依据的文件与条款");
pub const NEAREST_WORK: Phrase = phrase("Looking for the nearest change of the grade", "正在查找最近的等级变动点");
pub const NEAREST_NONE: Phrase = phrase("it has no grade yet", "尚未评定等级");
pub const PASTE_HOW: Phrase = phrase(
    "use your terminal's own key (Ctrl-Shift-V, Cmd-V): a block of cells fills from here on",
    "请使用终端自身的粘贴键（Ctrl-Shift-V、Cmd-V）：单元格区域将从此处起填入",
);
pub const PASTE_WHERE: Phrase =
    phrase("open a centre and stand on a cell, then paste", "请先打开单位并停在单元格上，再粘贴");
pub const GATE: Phrase = phrase("Gate", "否决项");
pub const BY_CRITERION: Phrase = phrase("by criterion; v: by article", "按指标；按 v 改为按条款");
pub const BY_ARTICLE: Phrase = phrase("by article; v: by criterion", "按条款；按 v 改为按指标");
pub const FOLLOWED: Phrase = phrase("follows the file as it is saved", "文件保存后自动刷新");
pub const UNCITED: Phrase = phrase("Without a citation", "未引用文件");
pub const RUBRIC_TEXT: Phrase = phrase("Rubric text", "体系文本");
pub const APPLY_HOW: Phrase =
    phrase("y writes all of it in one step, Esc leaves everything as it is", "按 y 一步写入全部更改，按 Esc 保持不变");
pub const REFUSED_HOW: Phrase = phrase(
    "Nothing is written while cells are refused; mend them, Esc goes back",
    "有单元格被拒绝，不会写入；更正后重试，Esc 返回",
);
pub const NOTHING_NEW_HOW: Phrase =
    phrase("Everything already stands so. Esc goes back.", "内容均已一致。按 Esc 返回。");
pub const REFUSED: Phrase = phrase("refused", "拒绝");
pub const SAID: Phrase = phrase("note", "提示");
pub const NEW: Phrase = phrase("new", "新增");
pub const CHANGED: Phrase = phrase("changed", "更改");
pub const NEW_CENTRE: Phrase = phrase("new centre", "新增单位");
pub const WORKING_STOP: Phrase = phrase("Esc stops it; nothing is left half done", "按 Esc 停止；不会留下半成品");
pub const WORKING_WAIT: Phrase = phrase("this cannot be stopped half way", "此操作不能中途停止");
pub const STOPPING: Phrase = phrase("stopping ...", "正在停止……");
pub const STOPPED: Phrase = phrase("stopped; nothing was changed", "已停止，未作任何更改");
pub const WORKING_STAYS: Phrase =
    phrase("Esc stops it; sheets that are written by then stay", "按 Esc 停止；已写出的成绩单会保留");
pub const FORM_HOW: Phrase =
    phrase("Tab next field, Ctrl-S does it, Esc gives up", "Tab 下一项，Ctrl-S 执行，Esc 放弃");
pub const FIELD_HOW: Phrase = phrase("Enter or Ctrl-S does it, Esc gives up", "Enter 或 Ctrl-S 执行，Esc 放弃");
pub const ACT_HOW: Phrase =
    phrase("Ctrl-S does it, Esc gives up; Enter does neither", "Ctrl-S 执行，Esc 放弃；Enter 不执行");
pub const CHOICE_HOW: Phrase = phrase("Space or arrows change it", "空格或方向键更改");
pub const ON: Phrase = phrase("yes", "是");
pub const OFF: Phrase = phrase("no", "否");
pub const NO_LEDGER: Phrase =
    phrase("This centre is not scored, so there is no ledger.", "该单位不计分，因此没有计分明细。");
pub const UNSAVED: Phrase = phrase("not saved", "未保存");
pub const CLOSED: Phrase = phrase("closed", "已定稿");
pub const DRAFT: Phrase = phrase("draft", "草稿");
pub const CYCLE_VALUE: Phrase = phrase("cycle:", "周期：");
pub const LAST_GOOD: Phrase = phrase("The last version that could be read:", "最近一次可读的版本：");
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
pub const FLAG_QUOTA: Phrase = phrase("outside quota", "未进入名额");
pub const FLAG_RELATIVE: Phrase = phrase("relative", "相对");
pub const FLAG_EVIDENCE: Phrase = phrase("without evidence", "缺佐证材料");
pub const FLAG_NAME: Phrase = phrase("name", "名称不规范");

pub const FINDER_HERE: Phrase = phrase("What works here", "此处可用的操作");
pub const FINDER_ALL: Phrase = phrase("Commands", "命令");
pub const FINDER_HOW: Phrase = phrase("type to search, Enter runs, Esc closes", "输入以搜索，Enter 执行，Esc 关闭");
pub const FINDER_NONE: Phrase = phrase("nothing of that name", "没有匹配的操作");
pub const MESSAGE: Phrase = phrase("Something went wrong", "出现问题");
pub const DISMISS: Phrase = phrase("Enter or Esc closes this", "按 Enter 或 Esc 关闭");
pub const HELP_LABEL: Phrase = phrase("help: ", "处理方法：");
pub const DISCARD_MOVED: Phrase = phrase("What you moved is not saved to the file.", "调整尚未保存到文件。");
pub const DISCARD_MOVED_HOW: Phrase = phrase("Enter: go on. Esc: throw it away.", "Enter：继续；Esc：放弃调整");
pub const DISCARD: Phrase = phrase("The text you typed is not saved.", "您输入的内容尚未保存。");
pub const TAKE_BACK: Phrase = phrase("A large step", "较大的操作");
pub const TAKE_BACK_HOW: Phrase =
    phrase("y takes it back, Enter or Esc leaves it", "y 确认撤销，Enter 或 Esc 保持不变");
pub const DISCARD_HOW: Phrase = phrase("Enter: go on typing. Esc: throw it away.", "Enter：继续输入；Esc：放弃输入");
pub const DISCARD_QUIT_HOW: Phrase =
    phrase("Enter: go on typing. Esc: throw it away and quit.", "Enter：继续输入；Esc：放弃输入并退出");

pub const WHY_CLOSED: Phrase = phrase("the evaluation is closed; C opens it again", "评估已定稿；按 C 可重新开启");
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
pub const WHY_ID_STAYS: Phrase = phrase("an id never changes; the name may", "标识不可更改；名称可以更改");
pub const WHY_NO_KINDS: Phrase = phrase("this rubric knows only one kind of centre", "本体系只有一类单位");
pub const WHY_NO_QUERY: Phrase = phrase("nothing is asked about this", "此处没有疑点");
pub const WHY_NO_PROBLEM: Phrase = phrase("nothing is listed here", "此处没有条目");
pub const WHY_NOTHING_BEHIND: Phrase = phrase("there is nothing behind this row", "此行没有可打开的内容");
pub const WHY_NOTHING_TO_COMPLETE: Phrase = phrase("nothing begins like this word", "没有以此开头的词");
pub const WHY_REFUSED: Phrase = phrase("cells are refused: mend them first", "有被拒绝的单元格，请先更正");
pub const WHY_NOTHING_NEW: Phrase = phrase("nothing would change", "没有可写入的更改");
pub const WHY_NO_LAST_YEAR: Phrase = phrase("the year before has no value to copy", "上一年没有可复制的值");
pub const WHY_NOTHING_ABOVE: Phrase = phrase("the cell above has no value to copy", "上方单元格没有可复制的值");
pub const WHY_NO_RUBRIC: Phrase = phrase("no line of a rubric stands behind this", "此处没有对应的体系文本");
pub const WHY_NO_CITATION: Phrase = phrase("nothing is cited here", "此处未引用文件");
pub const WHY_NO_FILE: Phrase = phrase(
    "this rubric is not a file of yours; open one with Ctrl-O, in an evaluation with centres",
    "此体系不是您的文件；请在有参评单位的评估中用 Ctrl-O 打开文件",
);
pub const WHY_NO_FIGURE: Phrase = phrase("no number is written here that could be moved", "此处没有可调整的数值");
pub const WHY_ONE_FIGURE: Phrase = phrase("this row has one figure for all kinds", "此行各类别共用一个数值");
pub const WHY_NO_POINTS_LEFT: Phrase =
    phrase("nothing would be left of it; take it out of the file instead", "将减至零；如需取消请在文件中删除");
pub const WHY_SIBLINGS_STAY: Phrase = phrase(
    "no sibling can make up for it: all are locked, written for other kinds too, or used up",
    "同级各项均已锁定、与其他类别共用或已无余量，无法相应调整",
);
pub const WHY_PARTS_STAY: Phrase = phrase(
    "the indicators inside cannot follow: locked, written for other kinds too, or used up",
    "下级指标均已锁定、与其他类别共用或已无余量，无法随之调整",
);
pub const WHY_NO_SIBLINGS: Phrase = phrase("only points can be locked", "只有分值可以锁定");
pub const WHY_SAVED_ALREADY: Phrase = phrase("nothing was moved; the file says the same", "没有调整，与文件一致");
pub const WHY_NOTHING_MOVED: Phrase = phrase("nothing was moved", "没有可撤销的调整");
pub const NOT_SAVED: Phrase = phrase("NOT SAVED: Ctrl-S writes the file", "未保存：Ctrl-S 写入文件");
pub const AS_IN_FILE: Phrase = phrase("as in the file, which is followed", "与文件一致，随文件更改刷新");
pub const LOCKED: Phrase = phrase("locked", "锁定");
pub const COMPUTING: Phrase = phrase("computing", "计算中");
pub const CHANGE_NOTED: Phrase = phrase("accepted; the change note is written", "已接受；更改记录已写入");
pub const RUBRIC_SAVED: Phrase = phrase("saved: only the digits of the file changed", "已保存：仅改动了文件中的数字");
pub const WHY_ONE_FIELD: Phrase = phrase("there is only this field", "只有这一项");
pub const WHY_CANNOT_STOP: Phrase = phrase("this cannot be stopped now", "现在无法停止");
pub const WHY_NO_REASON: Phrase =
    phrase("say in a few words why; it is kept in the journal", "请简要说明理由，将记入日志");
pub const WHY_NOT_ON_PANEL: Phrase = phrase(
    "the rubric names the judges of this panel, and this is none of them",
    "评价指标体系已列明该专家组成员，不包括此人",
);
pub const WHY_TAKEN: Phrase = phrase("there is a judge of that name", "已有同名专家");
pub const NOTHING_TO_UNDO: Phrase = phrase("nothing of yours is left to take back", "没有可撤销的操作");
pub const UNDO_IS_ACT: Phrase = phrase(
    "nothing is left to take back but closing, reopening or a new rubric: C and P do those anew",
    "可撤销的只剩定稿、重开或更换体系：请用 C、P 重新操作",
);

/// `Total: 93.00`.
pub fn labelled(lang: Lang, label: &str, value: &str) -> String {
    match lang {
        Lang::En => format!("{label}: {value}"),
        Lang::Zh => format!("{label}：{value}"),
    }
}

/// The title of the nearest changes of a centre's grade.
pub fn nearest(lang: Lang, centre: &str, grade: Option<&str>) -> String {
    let grade = grade.map_or(String::new(), |grade| match lang {
        Lang::En => format!(" ({grade})"),
        Lang::Zh => format!("（{grade}）"),
    });
    match lang {
        Lang::En => format!("{centre}{grade}: nearest change of one reading"),
        Lang::Zh => format!("{centre}{grade}：单个填报值的最近变动"),
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

/// How many centres are shown of how many: `12 of 24 shown`.
pub fn shown_of(lang: Lang, shown: usize, of: usize) -> String {
    match lang {
        Lang::En => format!("{shown} of {of} shown"),
        Lang::Zh => format!("显示 {shown} / {of}"),
    }
}

/// What an import or a paste comes to.
pub fn counted(lang: Lang, refused: usize, changed: usize, new: usize, unchanged: usize) -> String {
    match lang {
        Lang::En => format!("{new} new, {changed} changed, {unchanged} unchanged, {refused} refused"),
        Lang::Zh => format!("新增 {new}，更改 {changed}，未变 {unchanged}，拒绝 {refused}"),
    }
}

pub fn exported(lang: Lang, files: usize, folder: &str) -> String {
    let folder = visible(folder);
    match lang {
        Lang::En => format!("{files} sheets written to {folder}"),
        Lang::Zh => format!("已写出 {files} 份成绩单，位于 {folder}"),
    }
}

/// A rubric whose text cannot be read.
pub fn broken(lang: Lang, errors: usize, stale: bool) -> String {
    match (lang, stale) {
        (Lang::En, true) => format!("{errors} errors; below them is the last version that could be read"),
        (Lang::En, false) => format!("{errors} errors"),
        (Lang::Zh, true) => format!("{errors} 处错误；其下为最近一次可读的版本"),
        (Lang::Zh, false) => format!("{errors} 处错误"),
    }
}

/// How far long work is: `120 of 10000`.
pub fn progress(lang: Lang, done: usize, of: usize) -> String {
    match lang {
        Lang::En => format!("{done} of {of}"),
        Lang::Zh => format!("{done} / {of}"),
    }
}

/// What is being done, how far it is where that is known, and how to stop it.
pub fn doing(lang: Lang, what: Phrase, far: &str) -> String {
    let what = what.get(lang);
    match (lang, far.is_empty()) {
        (Lang::En, true) => format!("{what}; Ctrl-C stops"),
        (Lang::En, false) => format!("{what}: {far}; Ctrl-C stops"),
        (Lang::Zh, true) => format!("{what}；Ctrl-C 中止"),
        (Lang::Zh, false) => format!("{what}：{far}；Ctrl-C 中止"),
    }
}

/// Another rubric is pinned, with the reason.
pub fn pinned(lang: Lang, rubric: &str) -> String {
    match lang {
        Lang::En => format!("{rubric} is pinned now; the reason is in the journal"),
        Lang::Zh => format!("已改用 {rubric}，理由已记入日志"),
    }
}

/// What a repin leaves aside.
pub fn left_aside(lang: Lang, count: usize) -> String {
    match lang {
        Lang::En => format!("{count} changes of readings have no place in the new rubric and are kept aside"),
        Lang::Zh => format!("有 {count} 处填报记录在新体系中没有对应项，将保留备查"),
    }
}

pub fn unplaced(lang: Lang, count: usize) -> String {
    match lang {
        Lang::En => {
            format!("{count} changes of readings have no place in the pinned rubric; they are kept and in no score")
        }
        Lang::Zh => format!("有 {count} 处填报记录在当前体系中没有对应项；予以保留，不计分"),
    }
}

impl Phrase {
    /// The phrase where a text of both languages is wanted.
    pub fn text(self) -> Text {
        Text { en: self.en.to_owned(), zh: self.zh.to_owned() }
    }
}

/// A stopped export: what was written stays.
pub fn stopped_after(lang: Lang, files: usize, folder: &str) -> String {
    let folder = visible(folder);
    match lang {
        Lang::En if files == 0 => "stopped before the first sheet was written".to_owned(),
        Lang::Zh if files == 0 => "已停止，尚未写出任何成绩单".to_owned(),
        Lang::En => format!("stopped: {files} sheets were written to {folder} and stay there; the others are missing"),
        Lang::Zh => format!("已停止：已写入 {folder} 的 {files} 份成绩单予以保留，其余未写出"),
    }
}

/// Evidence that the rubric asks for and nobody has named.
pub fn without_evidence(lang: Lang, cells: usize, centres: usize) -> String {
    match lang {
        Lang::En => {
            format!("{cells} values of {centres} centres ask for evidence and name none (E on a cell names it)")
        }
        Lang::Zh => format!("{centres} 家单位的 {cells} 个填报值须附佐证材料但未填写（在单元格上按 E 填写）"),
    }
}

/// Centres that an import adds to the roster.
pub fn new_centres(lang: Lang, count: usize) -> String {
    match lang {
        Lang::En if count == 1 => "1 centre is not on the roster yet".to_owned(),
        Lang::En => format!("{count} centres are not on the roster yet"),
        Lang::Zh => format!("其中 {count} 家单位不在名册中"),
    }
}
