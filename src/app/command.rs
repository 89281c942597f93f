//! The one table of commands and what is generated from it.
//!
//! Key map, footer, help, palette, `triennial keys` and the README's key table are all made here, so that none of them
//! can say something the keys do not do. Must not know how a command does its work.

mod enabled;
mod table;

use std::fmt::Write;

use tui_input::InputRequest;

pub(super) use enabled::{citation, query};
pub use table::TABLE;

use super::key::{Code, Key};
use super::model::Model;
use super::msg::Msg;
use crate::domain::text::Lang;
use crate::wording::screen::Phrase;

/// What a key or a line of the palette stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    Demo,
    NewEvaluation,
    OpenFile,
    RubricText,
    Browse,
    Bench,
    StepUp,
    StepDown,
    Finer,
    Lock,
    SaveRubric,
    MarkAccepted,
    MarkRejected,
    MarkDiscuss,
    MarkNote,
    AcceptChange,
    OtherPane,
    Turnover,
    Article,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    First,
    Last,
    Open,
    Why,
    Back,
    Save,
    NextCell,
    PreviousCell,
    NextGap,
    EnterValue,
    Unset,
    NotReported,
    NotApplicable,
    AddJudge,
    NextCentre,
    PreviousCentre,
    FillDown,
    LastYear,
    Evidence,
    Note,
    AnswerQuery,
    Filter,
    LeaveFilter,
    ClearFilter,
    Complete,
    Sort,
    ByKind,
    Roster,
    AddCentre,
    DropCentre,
    Import,
    Export,
    History,
    Problems,
    Plot,
    CloseOrReopen,
    Repin,
    Compare,
    NearestChange,
    Apply,
    Enter,
    NextField,
    PreviousField,
    Turn,
    TurnBack,
    Submit,
    StopWork,
    Undo,
    Cancel,
    Dismiss,
    Keep,
    Discard,
    Leave,
    TakeBack,
    Help,
    Palette,
    Language,
    Theme,
    Redraw,
    Quit,
    QuitAnyway,
    PasteHow,
}

/// What is in front of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    Start,
    /// The cohort table as scores.
    Cohort,
    /// The cohort table as facts about the centres.
    Roster,
    Entry,
    Ledger,
    History,
    Problems,
    /// What an import or a paste would change.
    Preview,
    /// The rubric's own text.
    Source,
    /// A rubric to look through.
    Browser,
    /// A rubric whose figures are moved.
    Bench,
    /// Results of rubrics that wait to be accepted.
    Waiting,
    /// Whom a change of a rubric moves, and which edits do.
    Review,
    /// What stands behind one row of a review.
    Change,
    /// The distribution, or one centre beside its kind and through the years.
    Plot,
    /// The line of words that says which centres are shown.
    Filter,
    /// A text is being typed into a cell.
    Typing,
    /// A judge's name is being typed.
    Naming,
    /// Help or palette.
    Finder,
    /// A line of text in a form.
    Form,
    /// Something to choose in a form.
    Choice,
    /// The reason of a legal act.
    Act,
    /// Long work goes on.
    Working,
    Message,
    /// The question whether typed text is thrown away.
    Discard,
    /// The question whether a large step is taken back.
    TakeBack,
}

impl Context {
    pub const ALL: [Self; 26] = [
        Self::Start,
        Self::Cohort,
        Self::Roster,
        Self::Entry,
        Self::Ledger,
        Self::History,
        Self::Problems,
        Self::Preview,
        Self::Source,
        Self::Browser,
        Self::Bench,
        Self::Waiting,
        Self::Review,
        Self::Change,
        Self::Plot,
        Self::Filter,
        Self::Typing,
        Self::Naming,
        Self::Finder,
        Self::Form,
        Self::Choice,
        Self::Act,
        Self::Working,
        Self::Message,
        Self::Discard,
        Self::TakeBack,
    ];

    /// A text field has the cursor: characters are text.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Typing | Self::Naming | Self::Finder | Self::Filter | Self::Form | Self::Act)
    }

    pub fn title(self) -> Phrase {
        table::CONTEXT_TITLES[self as usize]
    }
}

/// A key, or the keys that begin a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Press {
    Key(Key),
    /// `0` to `9`, `-` and `.`.
    Number,
}

impl Press {
    pub fn matches(self, key: Key) -> bool {
        match self {
            Self::Key(own) => own == key,
            // Full-width digits begin as well, so that they are refused with a remedy and not just ignored.
            Self::Number => key.types().is_some_and(|c| matches!(c, '0'..='9' | '０'..='９' | '-' | '.')),
        }
    }

    pub fn text(self) -> String {
        match self {
            Self::Key(key) => key.to_string(),
            Self::Number => "0-9".to_owned(),
        }
    }
}

/// Moves are left out of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    Move,
    Act,
    Program,
}

/// One command.
#[derive(Debug)]
pub struct Row {
    pub command: Command,
    pub id: &'static str,
    pub keys: &'static [Press],
    pub contexts: &'static [Context],
    pub group: Group,
    /// One or two words, for the footer.
    pub label: Phrase,
    /// One line, for help and key table.
    pub doc: Phrase,
    /// Whether the footer names it where there is room.
    pub footer: bool,
    /// Why it cannot be run now.
    pub enabled: fn(&Model) -> Result<(), Phrase>,
}

impl Row {
    /// Its keys as people are told of them.
    pub fn keys_text(&self) -> String {
        self.keys.iter().map(|press| press.text()).collect::<Vec<_>>().join(" ")
    }
}

/// The row of a command.
pub fn row(command: Command) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.command == command)
}

/// What a key means now; `None` where it means nothing.
pub fn message(model: &Model, key: Key) -> Option<Msg> {
    let context = model.context();
    if context.is_text() {
        if let Some(c) = key.types() {
            return Some(Msg::Edit(InputRequest::InsertChar(c)));
        }
        if let Some(request) = editing(key) {
            return Some(Msg::Edit(request));
        }
    }
    let row = TABLE.iter().find(|row| row.contexts.contains(&context) && row.keys.iter().any(|p| p.matches(key)))?;
    match (row.command, key.types()) {
        (Command::EnterValue, Some(c)) => Some(Msg::Begin(c)),
        (command, _) => Some(Msg::Run(command)),
    }
}

/// Keys that every text field has; they edit the text and so are no commands.
fn editing(key: Key) -> Option<InputRequest> {
    match (key.code, key.ctrl) {
        (Code::Left, false) => Some(InputRequest::GoToPrevChar),
        (Code::Right, false) => Some(InputRequest::GoToNextChar),
        (Code::Left, true) => Some(InputRequest::GoToPrevWord),
        (Code::Right, true) => Some(InputRequest::GoToNextWord),
        (Code::Home, _) => Some(InputRequest::GoToStart),
        (Code::End, _) => Some(InputRequest::GoToEnd),
        (Code::Backspace, false) => Some(InputRequest::DeletePrevChar),
        (Code::Delete, _) => Some(InputRequest::DeleteNextChar),
        (Code::Char('u'), true) => Some(InputRequest::DeleteLine),
        (Code::Char('w'), true) | (Code::Backspace, true) => Some(InputRequest::DeletePrevWord),
        _ => None,
    }
}

/// What the footer names: keys and labels of what can be run here, help first.
pub fn footer(model: &Model) -> Vec<(String, Phrase)> {
    let context = model.context();
    let shown = |row: &&Row| row.footer && row.contexts.contains(&context) && (row.enabled)(model).is_ok();
    let named = |row: &Row| {
        // In a text field a plain character is text, so the key shown is one that works there.
        let works = |p: &&Press| !context.is_text() || !matches!(p, Press::Key(key) if key.types().is_some());
        row.keys.iter().find(works).map(|press| (press.text(), row.label))
    };
    let rows = || TABLE.iter().filter(shown);
    let (help, rest): (Vec<_>, Vec<_>) = rows().partition(|row| row.command == Command::Help);
    help.into_iter().chain(rest).filter_map(named).collect()
}

/// Where a command applies, in words; a long list in one.
fn places(contexts: &[Context], lang: Lang) -> String {
    let everywhere = contexts.len() == Context::ALL.len();
    let screens = table::SCREENS.iter().all(|screen| contexts.contains(screen));
    let rest = contexts.iter().filter(|context| !screens || !table::SCREENS.contains(context));
    let mut titles: Vec<&str> = rest.map(|context| context.title().get(lang)).collect();
    if screens {
        titles.insert(0, table::EVERY_SCREEN.get(lang));
    }
    if everywhere {
        titles = vec![table::EVERYWHERE_TITLE.get(lang)];
    }
    titles.join(if lang == Lang::Zh { "、" } else { ", " })
}

/// Every key and what it does, as the README prints it.
pub fn key_table_markdown(lang: Lang) -> String {
    let heads = match lang {
        Lang::En => "| Key | Command | Where | What it does |\n| --- | --- | --- | --- |\n",
        Lang::Zh => "| 按键 | 命令 | 适用处 | 作用 |\n| --- | --- | --- | --- |\n",
    };
    let mut table = heads.to_owned();
    for row in TABLE {
        let keys: Vec<String> = row.keys.iter().map(|p| format!("`{}`", p.text())).collect();
        let places = places(row.contexts, lang);
        // Writing to a String cannot fail.
        let _ = writeln!(table, "| {} | {} | {places} | {} |", keys.join(" "), row.id, row.doc.get(lang));
    }
    table
}
