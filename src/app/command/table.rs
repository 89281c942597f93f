//! The rows of the table of commands. Must not hold anything but declarations and the tests of whether they apply.

use super::{Command, Context, Group, Press, Row};
use crate::app::entry;
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Screen};
use crate::domain::reading::Reading;
use crate::wording::screen::{self, Phrase, phrase};

/// In the order of [`Context::ALL`].
pub const CONTEXT_TITLES: [Phrase; 10] = [
    phrase("start", "开始"),
    phrase("cohort", "参评单位"),
    phrase("entry", "填报"),
    phrase("ledger", "计分明细"),
    phrase("typing", "输入中"),
    phrase("naming a judge", "填写专家"),
    phrase("help and palette", "帮助与命令面板"),
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

use Context::{Cohort, Discard, Entry, Finder, Ledger, Message, Naming, Start, TakeBack, Typing};
const LISTS: &[Context] = &[Start, Cohort, Entry, Ledger, Finder];
const TABLES: &[Context] = &[Cohort, Entry];
const SCREENS: &[Context] = &[Start, Cohort, Entry, Ledger];
const EVERYWHERE: &[Context] = &Context::ALL;
/// Not over the question before text is lost: the key that asked must not answer.
const QUITTABLE: &[Context] = &[Start, Cohort, Entry, Ledger, Typing, Naming, Finder, Message];

fn always(_: &Model) -> Result<(), Phrase> {
    Ok(())
}

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
    Open "open" [key(Code::Enter)] &[Start, Cohort, Entry, Ledger, Finder], Act, true, can_open,
        ("open", "打开"), ("open a centre, edit a cell, or show why points are what they are",
        "打开单位、修改单元格，或查看得分的由来");
    Demo "demo" [c('d')] &[Start], Act, true, always,
        ("demo", "演示"), ("open the demo cohort", "打开演示数据");
    EnterValue "enter-value" [Press::Number] &[Entry], Act, true, can_fill,
        ("type a value", "填写"), ("type a value; a digit, - or . begins it",
        "在单元格中填写数值；键入数字、- 或 . 即开始");
    Save "save" [key(Code::Enter)] &[Typing, Naming], Act, true, always,
        ("save", "保存"), ("save what is typed and go to the next cell", "保存输入并转到下一单元格");
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
    NotReported "not-reported" [c('R')] &[Entry], Act, true, not_yet_not_reported,
        ("not reported", "未报"), ("mark the cell as not reported (NR)", "将单元格标为未报（NR）");
    NotApplicable "not-applicable" [c('A')] &[Entry], Act, true, not_yet_not_applicable,
        ("not applicable", "不适用"), ("mark the cell as not applicable (N/A)", "将单元格标为不适用（N/A）");
    Unset "unset" [c('x'), key(Code::Delete)] &[Entry], Act, true, is_filled,
        ("unset", "清除"), ("take the value out: blank again, which is not 0", "清除填报值：恢复为空白（不是 0）");
    AddJudge "add-judge" [c('+')] &[Entry], Act, false, has_panel,
        ("add a judge", "添加专家"), ("add a judge to the panel of this metric", "为该数据项添加一位专家");
    NextCentre "next-centre" [c(']')] &[Entry, Ledger], Act, false, has_next_centre,
        ("next centre", "下一家"), ("the same screen for the next centre", "在同一屏查看下一家单位");
    PreviousCentre "previous-centre" [c('[')] &[Entry, Ledger], Act, false, has_previous_centre,
        ("previous centre", "上一家"), ("the same screen for the previous centre", "在同一屏查看上一家单位");
    Undo "undo" [c('u'), ctrl('z')] &[Cohort, Entry, Ledger], Act, true, can_change,
        ("undo", "撤销"), ("take back your last step", "撤销您的上一步操作");
    Up "up" [key(Code::Up), c('k')] &[Start, Cohort, Entry, Ledger, Finder, Typing], Move, false, always,
        ("up", "上移"), ("go up; what is typed is saved first", "上移；先保存输入");
    Down "down" [key(Code::Down), c('j')] &[Start, Cohort, Entry, Ledger, Finder, Typing], Move, false, always,
        ("down", "下移"), ("go down; what is typed is saved first", "下移；先保存输入");
    Left "left" [key(Code::Left), c('h')] TABLES, Move, false, always,
        ("left", "左移"), ("go left", "左移");
    Right "right" [key(Code::Right), c('l')] TABLES, Move, false, always,
        ("right", "右移"), ("go right", "右移");
    PageUp "page-up" [key(Code::PageUp)] LISTS, Move, false, always,
        ("page up", "上一页"), ("go up by a page", "上翻一页");
    PageDown "page-down" [key(Code::PageDown)] LISTS, Move, false, always,
        ("page down", "下一页"), ("go down by a page", "下翻一页");
    First "first" [c('g'), key(Code::Home)] SCREENS, Move, false, always,
        ("first", "首行"), ("go to the first row", "转到首行");
    Last "last" [c('G'), key(Code::End)] SCREENS, Move, false, always,
        ("last", "末行"), ("go to the last row", "转到末行");
    Back "back" [key(Code::Esc), key(Code::Backspace)] &[Cohort, Entry, Ledger, Finder], Act, true, can_go_back,
        ("back", "返回"), ("go back to where you came from", "返回上一屏");
    Cancel "cancel" [key(Code::Esc)] &[Typing, Naming], Act, true, always,
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
    Help "help" [c('?'), key(Code::F(1))] &[Start, Cohort, Entry, Ledger, Typing], Program, true, always,
        ("help", "帮助"), ("what works here, to search and to run", "此处可用的操作，可搜索、可执行");
    Palette "palette" [ctrl('p')] &[Start, Cohort, Entry, Ledger], Program, false, always,
        ("commands", "命令"), ("find a command by name and run it", "按名称查找并执行命令");
    Language "language" [c('L')] SCREENS, Program, true, always,
        ("中文", "English"), ("switch between English and Chinese", "切换中文和英文");
    Theme "theme" [c('T')] SCREENS, Program, false, always,
        ("colours", "配色"), ("dark, light or no colours", "深色、浅色或无色");
    Redraw "redraw" [ctrl('l')] EVERYWHERE, Program, false, always,
        ("redraw", "重绘"), ("draw the screen again", "重绘屏幕");
    Quit "quit" [c('q'), ctrl('c')] QUITTABLE, Program, true, always,
        ("quit", "退出"), ("quit; everything shown as saved is saved", "退出；显示为已保存的均已保存");
}

fn has_centre(model: &Model) -> Result<(), Phrase> {
    let somewhere = match model.screen() {
        Some(Screen::Cohort(cohort)) => cohort.chosen().is_some(),
        Some(Screen::Entry(_) | Screen::Ledger(_)) => true,
        _ => false,
    };
    if somewhere { Ok(()) } else { Err(screen::WHY_NO_CENTRE) }
}

fn can_open(model: &Model) -> Result<(), Phrase> {
    if !model.overlays.is_empty() {
        return Ok(());
    }
    match model.screen() {
        Some(Screen::Entry(entry)) => match entry.rows.get(entry.list.at) {
            _ if entry.on_points() => Ok(()),
            Some(entry::Row::AddJudge(_)) => can_change(model),
            _ => can_fill(model),
        },
        Some(Screen::Ledger(ledger)) => {
            let node = ledger.node().ok_or(screen::WHY_NO_INPUT)?;
            let rubric = &model.session.as_ref().ok_or(screen::WHY_NO_EVALUATION)?.evaluation.rubric;
            if entry::metrics_of(rubric, node).is_empty() { Err(screen::WHY_NO_INPUT) } else { Ok(()) }
        }
        Some(Screen::Cohort(_)) => has_centre(model),
        _ => Ok(()),
    }
}

fn can_change(model: &Model) -> Result<(), Phrase> {
    let session = model.session.as_ref().ok_or(screen::WHY_NO_EVALUATION)?;
    if session.evaluation.closed.is_some() { Err(screen::WHY_CLOSED) } else { Ok(()) }
}

fn can_fill(model: &Model) -> Result<(), Phrase> {
    can_change(model)?;
    let (Some(entry), Some(session)) = (model.entry(), &model.session) else { return Err(screen::WHY_NO_CELL) };
    entry.cell(&session.evaluation).map(|_| ()).ok_or(screen::WHY_NO_CELL)
}

/// What stands in the cell under the cursor, as data cells write it.
fn standing(model: &Model) -> Result<String, Phrase> {
    can_fill(model)?;
    let (Some(entry), Some(session)) = (model.entry(), &model.session) else { return Err(screen::WHY_NO_CELL) };
    let cell = entry.cell(&session.evaluation).ok_or(screen::WHY_NO_CELL)?;
    Ok(entry.reading(&cell, &session.evaluation).map_or(String::new(), Reading::cell))
}

fn is_filled(model: &Model) -> Result<(), Phrase> {
    if standing(model)?.is_empty() { Err(screen::WHY_BLANK_ALREADY) } else { Ok(()) }
}

fn not_yet_not_reported(model: &Model) -> Result<(), Phrase> {
    if standing(model)? == Reading::NOT_REPORTED {
        return Err(screen::WHY_SAME_ALREADY);
    }
    Ok(())
}

fn not_yet_not_applicable(model: &Model) -> Result<(), Phrase> {
    if standing(model)? == Reading::NOT_APPLICABLE {
        return Err(screen::WHY_SAME_ALREADY);
    }
    Ok(())
}

fn has_panel(model: &Model) -> Result<(), Phrase> {
    can_change(model)?;
    let (Some(entry), Some(session)) = (model.entry(), &model.session) else { return Err(screen::WHY_NO_PANEL) };
    let metric = entry.metric(entry.list.at).ok_or(screen::WHY_NO_PANEL)?;
    session.evaluation.rubric.metrics[metric.0].panel.as_ref().map(|_| ()).ok_or(screen::WHY_NO_PANEL)
}

fn has_gap(model: &Model) -> Result<(), Phrase> {
    let session = model.session.as_ref().ok_or(screen::WHY_NO_EVALUATION)?;
    let any = session.evaluation.cohort.all().any(|ix| session.is_incomplete(ix));
    if any { Ok(()) } else { Err(screen::WHY_ALL_FILLED) }
}

fn has_next_centre(model: &Model) -> Result<(), Phrase> {
    let cohort = model.cohort().ok_or(screen::WHY_NO_CENTRE)?;
    if cohort.list.at + 1 < cohort.rows.len() { Ok(()) } else { Err(screen::WHY_ONE_CENTRE) }
}

fn has_previous_centre(model: &Model) -> Result<(), Phrase> {
    let cohort = model.cohort().ok_or(screen::WHY_NO_CENTRE)?;
    if cohort.list.at > 0 { Ok(()) } else { Err(screen::WHY_ONE_CENTRE) }
}

fn can_go_back(model: &Model) -> Result<(), Phrase> {
    let somewhere = !model.overlays.is_empty() || model.screens.len() > 1;
    if somewhere { Ok(()) } else { Err(screen::WHY_ROOT) }
}
