//! The rows of the table of commands. Must not hold anything but declarations.

use super::enabled::{
    always, can_accept, can_apply, can_ask_history, can_bench, can_change, can_complete, can_drop, can_fill,
    can_go_across, can_go_back, can_lock, can_mark, can_open, can_save_rubric, can_step, can_stop, can_undo, has_above,
    has_browser, has_centre, has_citation, has_cohort, has_fields, has_gap, has_kinds, has_last_year, has_next_centre,
    has_panel, has_panes, has_plot, has_previous_centre, has_query, has_rubric_text, is_filled, not_yet_not_applicable,
    not_yet_not_reported,
};
use super::{Command, Context, Group, Press, Row};
use crate::app::key::{Code, Key};
use crate::wording::screen::{Phrase, phrase};

/// In the order of [`Context::ALL`].
pub const CONTEXT_TITLES: [Phrase; 26] = [
    phrase("start", "开始"),
    phrase("cohort", "参评单位"),
    phrase("roster", "名册"),
    phrase("entry", "填报"),
    phrase("ledger", "计分明细"),
    phrase("history", "历史"),
    phrase("problems", "问题清单"),
    phrase("preview", "预览"),
    phrase("rubric text", "体系文本"),
    phrase("rubric browser", "体系浏览"),
    phrase("bench", "体系调试台"),
    phrase("waiting results", "待认可结果"),
    phrase("review", "更改审阅"),
    phrase("one change", "单项变化"),
    phrase("plot", "图表"),
    phrase("filter", "筛选"),
    phrase("typing", "输入中"),
    phrase("naming a judge", "填写专家"),
    phrase("help and palette", "帮助与命令面板"),
    phrase("form", "表单"),
    phrase("choice in a form", "表单选项"),
    phrase("act with a reason", "附理由的操作"),
    phrase("long work", "处理中"),
    phrase("message", "消息"),
    phrase("question", "确认"),
    phrase("large undo", "确认撤销"),
];

const fn key(code: Code) -> Press {
    Press::Key(Key::plain(code))
}

const fn c(c: char) -> Press {
    Press::Key(Key::char(c))
}

const fn ctrl(c: char) -> Press {
    Press::Key(Key::ctrl(c))
}

use Context::{
    Act, Bench, Browser, Change, Choice, Cohort, Discard, Entry, Filter, Finder, Form, History, Ledger, Message,
    Naming, Plot, Preview, Problems, Review, Roster, Source, Start, TakeBack, Typing, Waiting, Working,
};
const LISTS: &[Context] = &[
    Start, Cohort, Roster, Entry, Ledger, History, Problems, Preview, Source, Browser, Bench, Waiting, Review, Change,
    Plot, Finder,
];
const TABLES: &[Context] = &[Cohort, Roster, Entry];
const ACROSS: &[Context] = &[Cohort, Roster, Entry, Bench];
const COHORTS: &[Context] = &[Cohort, Roster];
pub const EVERY_SCREEN: Phrase = phrase("every screen", "各屏");
pub const EVERYWHERE_TITLE: Phrase = phrase("everywhere", "任何时候");

pub const SCREENS: &[Context] = &[
    Start, Cohort, Roster, Entry, Ledger, History, Problems, Preview, Source, Browser, Bench, Waiting, Review, Change,
    Plot,
];
const LISTS_AND_TYPING: &[Context] = &[
    Start, Cohort, Roster, Entry, Ledger, History, Problems, Preview, Source, Browser, Bench, Waiting, Review, Change,
    Plot, Finder, Typing,
];
const BACKABLE: &[Context] = &[
    Cohort, Roster, Entry, Ledger, History, Problems, Preview, Source, Browser, Bench, Waiting, Review, Change, Plot,
    Finder,
];
const HELPED: &[Context] = &[
    Start, Cohort, Roster, Entry, Ledger, History, Problems, Preview, Source, Browser, Bench, Waiting, Review, Change,
    Plot, Typing, Form, Choice, Act,
];
const FORMS: &[Context] = &[Form, Choice];
const FIELDS: &[Context] = &[Form, Choice, Act];
const EVERYWHERE: &[Context] = &Context::ALL;
/// Not over the question before text is lost: the key that asked must not answer. Nor while long work goes on, which is
/// stopped first.
const QUITTABLE: &[Context] = &[Filter, Typing, Naming, Finder, Form, Choice, Act, Message];

macro_rules! commands {
    ($($command:ident $id:literal [$($press:expr),*] $contexts:expr, $group:ident, $footer:literal, $enabled:expr,
        ($en:literal, $zh:literal), ($doc_en:literal, $doc_zh:literal);)*) => {
        pub static TABLE: &[Row] = &[$(Row {
            command: Command::$command,
            id: $id,
            keys: &[$($press),*],
            contexts: $contexts,
            group: Group::$group,
            label: phrase($en, $zh),
            doc: phrase($doc_en, $doc_zh),
            footer: $footer,
            enabled: $enabled,
        }),*];
    };
}

commands! {
    Open "open" [key(Code::Enter)] &[Start, Cohort, Roster, Entry, Ledger, Problems, Browser, Waiting, Review, Plot, Finder], Act, true, can_open,
        ("open", "打开"), ("open what the cursor is on: a file, a centre, a cell, a fact, or why points are what they are",
        "打开光标所在项：文件、单位、单元格、基本信息，或得分的由来");
    Demo "demo" [c('d')] &[Start], Act, true, always,
        ("demo", "演示"), ("open the demo cohort", "打开演示数据");
    NewEvaluation "new-evaluation" [ctrl('n')] &[Start, Cohort, Browser], Act, true, always,
        ("new", "新建"), ("begin a new evaluation", "新建评估");
    OpenFile "open-file" [ctrl('o')] &[Start, Cohort], Act, false, always,
        ("open file", "打开文件"), ("open an evaluation by its path, or look through a rubric and follow its changes",
        "按路径打开评估；或浏览体系文件并随其更改刷新");
    EnterValue "enter-value" [Press::Number] &[Entry], Act, true, can_fill,
        ("type a value", "填写"), ("type a value; a digit, - or . begins it",
        "在单元格中填写数值；键入数字、- 或 . 即开始");
    Save "save" [key(Code::Enter)] &[Typing, Naming], Act, true, always,
        ("save", "保存"), ("save what is typed and go to the next cell", "保存输入并转到下一单元格");
    Apply "apply" [c('y')] &[Preview], Act, true, can_apply,
        ("yes, apply", "确认写入"), ("write all changes shown, as one step that can be undone",
        "将所列更改作为一步写入，可撤销");
    Complete "complete" [key(Code::Tab)] &[Filter], Act, true, can_complete,
        ("complete", "补全"), ("complete the word as far as it is clear", "补全当前词");
    LeaveFilter "leave-filter" [key(Code::Enter)] &[Filter], Act, true, always,
        ("to the table", "回到表格"), ("keep the filter and go to the table", "保留筛选并回到表格");
    ClearFilter "clear-filter" [key(Code::Esc)] &[Filter], Act, true, always,
        ("show all", "显示全部"), ("show all centres again", "重新显示全部单位");
    NextCell "next-cell" [key(Code::Tab)] &[Entry, Typing], Move, false, always,
        ("next cell", "下一格"), ("go to the next cell; what is typed is saved first", "转到下一单元格，先保存输入");
    PreviousCell "previous-cell" [key(Code::BackTab)] &[Entry, Typing], Move, false, always,
        ("previous cell", "上一格"), ("go to the previous cell; what is typed is saved first",
        "转到上一单元格，先保存输入");
    NextGap "next-gap" [c('n')] TABLES, Act, true, has_gap,
        ("next gap", "下一待填"), ("go to the next blank cell, here or in the next centre",
        "转到下一个待填单元格，或下一家有待填项的单位");
    Why "why" [c('w')] TABLES, Act, true, has_centre,
        ("why", "明细"), ("show the ledger behind the points here", "查看此处得分的计分明细");
    Undo "undo" [c('u'), ctrl('z')] &[Cohort, Roster, Entry, Ledger, Bench], Act, true, can_undo,
        ("undo", "撤销"), ("take back your last step", "撤销您的上一步操作");
    Filter "filter" [c('/')] COHORTS, Act, true, has_cohort,
        ("filter", "筛选"), ("show only some centres: part of a name, kind:, grade:, flag:, flag:query, total<60",
        "只显示部分单位：名称片段、kind:、grade:、flag:、total<60");
    Sort "sort" [c('s')] COHORTS, Act, true, has_cohort,
        ("sort", "排序"), ("sort by this column; again: the other way round; again: as on the roster",
        "按此列排序；再按反序；第三次恢复名册顺序");
    ByKind "by-kind" [c('K')] COHORTS, Act, true, has_kinds,
        ("by kind", "按类别"), ("group the centres by kind, or no longer", "按类别分组，或取消分组");
    Roster "roster" [c('t')] COHORTS, Act, true, always,
        ("roster/scores", "名册/得分"), ("switch between scores and roster: status, kind, since, findings",
        "在得分与名册（状态、类别、起计年份、认定事项）之间切换");
    AddCentre "add-centre" [c('a')] COHORTS, Act, false, can_change,
        ("add", "添加"), ("add a centre to the roster", "向名册添加单位");
    DropCentre "drop-centre" [c('D')] &[Roster], Act, true, can_drop,
        ("drop", "移出"), ("take the centre off the roster, with a reason; undo brings it back",
        "将单位移出名册，须写明理由；可撤销");
    Import "import" [c('i')] COHORTS, Act, true, can_change,
        ("import", "导入"), ("bring in a table or a workbook; shows what would change before anything does",
        "导入表格或工作簿；写入前先预览更改");
    Export "export" [c('e')] COHORTS, Act, true, has_cohort,
        ("export", "导出"), ("write sheets, letters or the public version", "导出成绩单、通知书或公开版");
    Problems "problems" [c('!')] COHORTS, Act, false, always,
        ("problems", "问题"), ("what wants looking at: doubts about the rubric, incomplete centres",
        "需要查看的问题：体系疑点、数据不完整的单位");
    History "history" [c('H')] TABLES, Act, false, can_ask_history,
        ("history", "历史"), ("who did what and when: to the evaluation, or to this cell",
        "何人何时做了什么：整个评估，或此单元格");
    Plot "plot" [c('p')] &[Cohort, Roster, Entry, Ledger, Plot], Act, false, has_plot,
        ("plot", "图表"), ("draw how the totals are distributed, or a centre beside its kind and through the years",
        "绘制总分分布，或某单位与同类的对比和年度趋势");
    NearestChange "nearest-change" [c('f')] &[Cohort, Entry, Ledger], Act, false, has_centre,
        ("nearest change", "最近变动"), ("the nearest change of one reading that gives this centre another grade",
        "会使该单位等级改变的最近的单个填报值变动");
    CloseOrReopen "close-or-reopen" [c('C')] &[Cohort], Act, false, always,
        ("close/reopen", "定稿/重开"), ("freeze the evaluation, or open it again; needs a reason",
        "将评估定稿，或重新开启；须写明理由");
    Repin "repin" [c('P')] &[Cohort], Act, false, can_change,
        ("other rubric", "更换体系"), ("score by another rubric: first whom it moves, then the reason",
        "改用另一评价指标体系：先看影响，再写理由");
    Compare "compare" [c('c')] &[Cohort], Act, false, has_cohort,
        ("compare", "比较体系"), ("compare with another rubric: whom it moves, and which edit does",
        "与另一体系比较：影响哪些单位，因何项修改");
    NotReported "not-reported" [c('R')] &[Entry], Act, true, not_yet_not_reported,
        ("not reported", "未报"), ("mark the cell as not reported (NR)", "将单元格标为未报（NR）");
    NotApplicable "not-applicable" [c('A')] &[Entry], Act, true, not_yet_not_applicable,
        ("not applicable", "不适用"), ("mark the cell as not applicable (N/A)", "将单元格标为不适用（N/A）");
    Unset "unset" [c('x'), key(Code::Delete)] &[Entry], Act, true, is_filled,
        ("unset", "清除"), ("take the value out: blank again, which is not 0", "清除填报值：恢复为空白（不是 0）");
    LastYear "last-year" [c('=')] &[Entry], Act, false, has_last_year,
        ("as last year", "同上年"), ("copy the value of the year before into this cell", "将上一年的值复制到此单元格");
    FillDown "fill-down" [c('"'), ctrl('d')] &[Entry], Act, false, has_above,
        ("as above", "同上格"), ("copy the value of the cell above into this cell", "将上方单元格的值复制到此单元格");
    Evidence "evidence" [c('E')] &[Entry], Act, false, can_fill,
        ("evidence", "佐证"), ("write where the figure can be checked: a file, a page", "填写佐证材料：文件、页码");
    Note "note" [c('N')] &[Entry], Act, false, can_fill,
        ("note", "备注"), ("write a note beside the cell", "为单元格添加备注");
    AnswerQuery "answer-query" [c('Q')] &[Entry, Problems], Act, true, has_query,
        ("answer query", "答复疑点"), ("say why a figure that is asked about may stand; needs a reason",
        "说明存疑数据为何属实，须填写理由");
    AddJudge "add-judge" [c('+')] &[Entry], Act, false, has_panel,
        ("add a judge", "添加专家"), ("add a judge to the panel of this metric", "为该数据项添加一位专家");
    RubricText "rubric-text" [c('o')] &[Start, Entry, Ledger, Problems, Browser, Bench], Act, false, has_rubric_text,
        ("rubric text", "体系文本"), ("show the lines of the rubric behind this", "查看此项在体系文本中的原文");
    Browse "browse" [c('B')] &[Start, Cohort, Roster], Act, false, has_browser,
        ("rubric", "体系"), ("look through the rubric, by criterion or by article", "按指标或按条款浏览评价指标体系");
    Bench "bench" [c('b')] &[Browser], Act, true, can_bench,
        ("bench", "调试"), ("move figures of this file and see what each does to the cohort",
        "调整此文件中的数值，即时查看对参评单位的影响");
    StepUp "step-up" [c('+'), c('=')] &[Bench], Act, true, can_step,
        ("more", "增加"), ("one step more; siblings make up for it", "增加一步；同级各项相应调整");
    StepDown "step-down" [c('-')] &[Bench], Act, true, can_step,
        ("less", "减少"), ("one step less; siblings make up for it", "减少一步；同级各项相应调整");
    Finer "finer" [c('.')] &[Bench], Act, true, always,
        ("finer", "细调"), ("steps of one decimal place more, or as written", "步长多一位小数，或恢复原有位数");
    Lock "lock" [c(' ')] &[Bench], Act, true, can_lock,
        ("lock", "锁定"), ("keep these points when a sibling is moved, or no longer", "同级调整时此项分值不变，或解除");
    SaveRubric "save-rubric" [ctrl('s')] &[Bench], Act, true, can_save_rubric,
        ("save", "保存"), ("write what was moved into the file; only its digits change", "将调整写入文件，仅改动数字");
    MarkAccepted "mark-accepted" [c('a')] &[Review, Change], Act, true, can_mark,
        ("accept", "接受"), ("accept what this does, or take that back", "接受此项变化，或取消");
    MarkRejected "mark-rejected" [c('r')] &[Review, Change], Act, true, can_mark,
        ("reject", "否决"), ("reject what this does, or take that back; the whole waits for it",
        "否决此项变化，或取消；未取消前不能接受整体");
    MarkDiscuss "mark-discuss" [c('d')] &[Review, Change], Act, true, can_mark,
        ("discuss", "待议"), ("mark this to be talked about, or take that back", "标为待议，或取消");
    OtherPane "other-pane" [key(Code::Tab)] &[Review], Move, true, has_panes,
        ("edits", "修改"), ("go from the centres to the edits, or back", "在受影响单位与体系修改之间切换");
    AcceptChange "accept-change" [c('Y')] &[Review], Act, true, can_accept,
        ("accept all", "接受整体"), ("accept the change as a whole; needs a reason", "接受整体更改；须写明理由");
    MarkNote "mark-note" [c('N')] &[Review, Change], Act, true, can_mark,
        ("note", "备注"), ("write a note beside the mark", "为标记添加备注");
    Turnover "by-article" [c('v')] &[Browser, Bench], Act, true, always,
        ("criteria/articles", "指标/条款"), ("go through the rubric by criterion, or by article", "按指标或按条款浏览");
    Article "article" [c('c')] &[Entry, Ledger, Browser, Bench], Act, false, has_citation,
        ("article", "条款"), ("show the document and article behind this", "查看此项所依据的文件与条款");
    NextCentre "next-centre" [c(']')] &[Entry, Ledger, Plot], Act, false, has_next_centre,
        ("next centre", "下一家"), ("the same screen for the next centre", "在同一屏查看下一家单位");
    PreviousCentre "previous-centre" [c('[')] &[Entry, Ledger, Plot], Act, false, has_previous_centre,
        ("previous centre", "上一家"), ("the same screen for the previous centre", "在同一屏查看上一家单位");
    Up "up" [key(Code::Up), c('k')] LISTS_AND_TYPING, Move, false, always,
        ("up", "上移"), ("go up; what is typed is saved first", "上移；先保存输入");
    Down "down" [key(Code::Down), c('j')] LISTS_AND_TYPING, Move, false, always,
        ("down", "下移"), ("go down; what is typed is saved first", "下移；先保存输入");
    Left "left" [key(Code::Left), c('h')] ACROSS, Move, false, can_go_across,
        ("left", "左移"), ("go left; on the bench to the figure of another kind", "左移；调试台上转到其他类别的数值");
    Right "right" [key(Code::Right), c('l')] ACROSS, Move, false, can_go_across,
        ("right", "右移"), ("go right; on the bench to the figure of another kind", "右移；调试台上转到其他类别的数值");
    PageUp "page-up" [key(Code::PageUp)] LISTS, Move, false, always,
        ("page up", "上一页"), ("go up by a page", "上翻一页");
    PageDown "page-down" [key(Code::PageDown)] LISTS, Move, false, always,
        ("page down", "下一页"), ("go down by a page", "下翻一页");
    First "first" [c('g'), key(Code::Home)] SCREENS, Move, false, always,
        ("first", "首行"), ("go to the first row", "转到首行");
    Last "last" [c('G'), key(Code::End)] SCREENS, Move, false, always,
        ("last", "末行"), ("go to the last row", "转到末行");
    Enter "enter" [key(Code::Enter)] FORMS, Act, true, always,
        ("next, then do it", "下一项/完成"), ("go to the next field; behind the last one, do it",
        "转到下一项；最后一项之后执行");
    NextField "next-field" [key(Code::Tab), key(Code::Down)] FIELDS, Move, false, has_fields,
        ("next field", "下一项"), ("go to the next field", "转到下一项");
    PreviousField "previous-field" [key(Code::BackTab), key(Code::Up)] FIELDS, Move, false, has_fields,
        ("previous field", "上一项"), ("go to the previous field", "转到上一项");
    Turn "turn" [key(Code::Right), c(' ')] &[Choice], Act, true, always,
        ("change", "更改"), ("choose the next option", "选择下一个选项");
    TurnBack "turn-back" [key(Code::Left)] &[Choice], Act, false, always,
        ("change back", "反向更改"), ("choose the option before", "选择上一个选项");
    Submit "submit" [ctrl('s')] &[Form, Choice, Act], Act, true, always,
        ("do it", "执行"), ("do what the form is for", "执行此表单的操作");
    StopWork "stop" [key(Code::Esc)] &[Working], Act, true, can_stop,
        ("stop", "停止"), ("stop the work that is going on", "停止正在进行的处理");
    Back "back" [key(Code::Esc), key(Code::Backspace)] BACKABLE, Act, true, can_go_back,
        ("back", "返回"), ("go back to where you came from", "返回上一屏");
    Cancel "cancel" [key(Code::Esc)] &[Typing, Naming, Form, Choice, Act], Act, true, always,
        ("give up", "放弃"), ("give up what is typed; asks before anything is lost", "放弃输入；丢弃前会先确认");
    Dismiss "dismiss" [key(Code::Enter), key(Code::Esc)] &[Message], Act, true, always,
        ("close", "关闭"), ("close the message", "关闭消息");
    Keep "keep" [key(Code::Enter)] &[Discard], Act, true, always,
        ("keep", "保留"), ("keep what is typed", "保留输入");
    Discard "discard" [key(Code::Esc)] &[Discard], Act, true, always,
        ("throw away", "放弃"), ("throw away what is typed", "放弃输入");
    Leave "leave" [key(Code::Enter), key(Code::Esc)] &[TakeBack], Act, true, always,
        ("leave", "保持不变"), ("leave everything as it is", "保持不变，不撤销");
    TakeBack "take-back" [c('y')] &[TakeBack], Act, true, always,
        ("take back", "确认撤销"), ("take the whole step back", "撤销整步操作");
    Help "help" [c('?'), key(Code::F(1))] HELPED, Program, true, always,
        ("help", "帮助"), ("what works here, to search and to run", "此处可用的操作，可搜索、可执行");
    Palette "palette" [ctrl('p')] SCREENS, Program, false, always,
        ("commands", "命令"), ("find a command by name and run it", "按名称查找并执行命令");
    Language "language" [c('L')] SCREENS, Program, true, always,
        ("中文", "English"), ("switch between English and Chinese", "切换中文和英文");
    Theme "theme" [c('T')] SCREENS, Program, false, always,
        ("colours", "配色"), ("dark, light or no colours", "深色、浅色或无色");
    Redraw "redraw" [ctrl('l')] EVERYWHERE, Program, false, always,
        ("redraw", "重绘"), ("draw the screen again", "重绘屏幕");
    Quit "quit" [c('q'), ctrl('c')] SCREENS, Program, true, always,
        ("quit", "退出"), ("quit; everything shown as saved is saved", "退出；显示为已保存的均已保存");
    QuitAnyway "quit-from-here" [ctrl('c')] QUITTABLE, Program, false, always,
        ("quit", "退出"), ("quit from here; typed text is asked about first", "从此处退出；如有输入会先确认");
    PasteHow "paste" [ctrl('v')] &[Entry], Act, false, can_fill,
        ("paste", "粘贴"), ("paste a block of cells copied from a spreadsheet, with the terminal's own key",
        "粘贴从电子表格复制的单元格区域（使用终端的粘贴键）");
}
