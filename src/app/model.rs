//! Everything the program knows while it runs. Must not know how it is drawn.

use jiff::tz::TimeZone;

use super::bench::Bench;
use super::browser::Browser;
use super::cohort::{Cohort, View};
use super::command::Context;
use super::entry::Entry;
use super::finder::Finder;
use super::form::Form;
use super::history::History;
use super::ledger::Ledger;
use super::list::List;
use super::msg::Opened;
use super::plot::Plot;
use super::preview::Preview;
use super::problems::Problems;
use super::review::Review;
use super::session::Session;
use super::source::Source;
use super::start::{ShippedRubric, Start};
use super::waiting::Waiting;
use super::work::Work;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::Points;
use crate::domain::reading::Reading;
use crate::domain::text::{Lang, Text};
use crate::wording::screen::Phrase;

#[derive(Debug, Clone)]
pub struct Model {
    pub lang: Lang,
    pub theme: Theme,
    /// Where the clock on the wall is, for showing when something was done.
    pub zone: TimeZone,
    /// `None` on the start screen.
    pub session: Option<Session>,
    /// The way here; the last one is shown. Never empty.
    pub screens: Vec<Screen>,
    /// What lies over the screen; the last one is in front.
    pub overlays: Vec<Overlay>,
    /// What the last thing done came to, until the next.
    pub notice: Option<Notice>,
    pub quit: bool,
    /// The file that was imported or refused last, so that it can be tried again.
    pub(super) imported: String,
    /// The rubrics that come with the program.
    pub(super) shipped: Vec<ShippedRubric>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Dark,
    Light,
    /// No colours at all, as `NO_COLOR` asks.
    Plain,
}

impl Theme {
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Plain,
            Self::Plain => Self::Dark,
        }
    }
}

#[derive(Debug, Clone)]
pub enum Screen {
    Start(Start),
    Cohort(Cohort),
    Entry(Box<Entry>),
    Ledger(Ledger),
    History(History),
    Problems(Problems),
    Preview(Box<Preview>),
    Source(Source),
    Browser(Box<Browser>),
    Bench(Box<Bench>),
    /// Results that wait to be reviewed.
    Waiting(Waiting),
    Review(Box<Review>),
    Plot(Box<Plot>),
}

#[derive(Debug, Clone)]
pub enum Overlay {
    Finder(Finder),
    Form(Box<Form>),
    /// Nothing else can be done until it is over.
    Working(Work),
    /// Stays until it is dismissed.
    Message(Message),
    /// Asks before a step of many changes is taken back.
    TakeBack {
        changes: usize,
        file: Option<String>,
    },
    /// Asks before typed text is thrown away; whether the program then ends.
    Discard {
        quit: bool,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    Fault(Diagnostic),
    /// Somebody else has since changed what an undo would take back.
    ChangedSince {
        evaluator: String,
        what: String,
    },
    Said(Phrase),
    /// Something to read, line by line, under a title.
    Told {
        title: Text,
        lines: Vec<Text>,
    },
}

/// One line about what was just done.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    Saved(Saved),
    Said(Phrase),
}

/// What was written, and how it moved the centre's total.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    pub undone: bool,
    pub changes: usize,
    /// The cell, its old and its new reading, where there is just one.
    pub cell: Option<(String, Option<Reading>, Option<Reading>)>,
    pub total: Option<(Points, Points)>,
}

impl Model {
    /// The start screen.
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            theme: Theme::default(),
            zone: TimeZone::UTC,
            session: None,
            screens: vec![Screen::Start(Start::default())],
            overlays: Vec::new(),
            notice: None,
            quit: false,
            imported: String::new(),
            shipped: Vec::new(),
        }
    }

    /// An open evaluation.
    pub fn opened(lang: Lang, opened: Opened) -> Self {
        let mut model = Self::new(lang);
        model.open(opened);
        model
    }

    /// What the start screen offers besides the demo.
    pub fn set_start(&mut self, recent: &[String], rubrics: &[ShippedRubric]) {
        self.shipped = rubrics.to_vec();
        for screen in &mut self.screens {
            if let Screen::Start(start) = screen {
                (start.recent, start.rubrics) = (recent.to_vec(), rubrics.to_vec());
            }
        }
    }

    pub(super) fn open(&mut self, opened: Opened) {
        let session = Session::new(opened);
        self.screens = vec![Screen::Cohort(Cohort::new(&session))];
        self.overlays.clear();
        self.session = Some(session);
    }

    pub fn screen(&self) -> Option<&Screen> {
        self.screens.last()
    }

    /// What is in front decides which keys mean what.
    pub fn context(&self) -> Context {
        match (self.overlays.last(), self.screen()) {
            (Some(Overlay::Finder(_)), _) => Context::Finder,
            (Some(Overlay::Form(form)), _) if form.purpose.is_act() => Context::Act,
            (Some(Overlay::Form(form)), _) if form.in_line() => Context::Form,
            (Some(Overlay::Form(_)), _) => Context::Choice,
            (Some(Overlay::Working(_)), _) => Context::Working,
            (Some(Overlay::Message(_)), _) => Context::Message,
            (Some(Overlay::Discard { .. }), _) => Context::Discard,
            (Some(Overlay::TakeBack { .. }), _) => Context::TakeBack,
            (None, Some(Screen::Cohort(cohort))) if cohort.filtering => Context::Filter,
            (None, Some(Screen::Cohort(cohort))) if cohort.view == View::Roster => Context::Roster,
            (None, Some(Screen::Cohort(_))) => Context::Cohort,
            (None, Some(Screen::Entry(entry))) if entry.naming.is_some() => Context::Naming,
            (None, Some(Screen::Entry(entry))) if entry.typing.is_some() => Context::Typing,
            (None, Some(Screen::Entry(_))) => Context::Entry,
            (None, Some(Screen::Ledger(_))) => Context::Ledger,
            (None, Some(Screen::History(_))) => Context::History,
            (None, Some(Screen::Problems(_))) => Context::Problems,
            (None, Some(Screen::Preview(_))) => Context::Preview,
            (None, Some(Screen::Source(_))) => Context::Source,
            (None, Some(Screen::Browser(_))) => Context::Browser,
            (None, Some(Screen::Bench(_))) => Context::Bench,
            (None, Some(Screen::Waiting(_))) => Context::Waiting,
            (None, Some(Screen::Review(review))) if review.detail.is_some() => Context::Change,
            (None, Some(Screen::Review(_))) => Context::Review,
            (None, Some(Screen::Plot(_))) => Context::Plot,
            (None, Some(Screen::Start(_)) | None) => Context::Start,
        }
    }

    /// The rubric that is looked through, on the bench or not.
    pub fn browser(&self) -> Option<&Browser> {
        match self.screen()? {
            Screen::Browser(browser) => Some(browser),
            Screen::Bench(bench) => Some(&bench.browser),
            _ => None,
        }
    }

    pub(super) fn cohort_mut(&mut self) -> Option<&mut Cohort> {
        self.screens.iter_mut().find_map(|screen| match screen {
            Screen::Cohort(cohort) => Some(cohort),
            _ => None,
        })
    }

    pub fn cohort(&self) -> Option<&Cohort> {
        self.screens.iter().find_map(|screen| match screen {
            Screen::Cohort(cohort) => Some(cohort),
            _ => None,
        })
    }

    pub fn entry(&self) -> Option<&Entry> {
        match self.screen() {
            Some(Screen::Entry(entry)) => Some(entry),
            _ => None,
        }
    }

    /// Text was typed that is nowhere else.
    pub fn holds_unsaved_text(&self) -> bool {
        let in_form = self.overlays.iter().any(|over| matches!(over, Overlay::Form(form) if form.holds_text()));
        in_form
            || self.screens.iter().any(|screen| match screen {
                Screen::Entry(entry) => {
                    let named = entry.naming.as_ref().is_some_and(|(_, input)| !input.value().is_empty());
                    named || entry.typing.as_ref().is_some_and(|typing| typing.is_changed() || typing.unsaved)
                }
                Screen::Bench(bench) => bench.is_unsaved(),
                Screen::Review(review) => review.is_unsaved(),
                _ => false,
            })
    }

    /// The list that moves move, and how many items it has.
    pub(super) fn front_list(&mut self) -> Option<(&mut List, usize)> {
        let lang = self.lang;
        if let Some(overlay) = self.overlays.last_mut() {
            return match overlay {
                Overlay::Finder(finder) => {
                    let count = finder.found(lang).len();
                    Some((&mut finder.list, count))
                }
                Overlay::Form(form) => {
                    let count = form.fields.len();
                    Some((&mut form.list, count))
                }
                _ => None,
            };
        }
        match self.screens.last_mut()? {
            Screen::Start(start) => {
                let count = start.items().len();
                Some((&mut start.list, count))
            }
            Screen::History(history) => Some((&mut history.list, history.steps.len())),
            Screen::Problems(problems) => Some((&mut problems.list, problems.found.len())),
            Screen::Preview(preview) => {
                let count = preview.len();
                Some((&mut preview.list, count))
            }
            Screen::Browser(browser) => {
                let count = browser.rows.len();
                Some((&mut browser.list, count))
            }
            Screen::Bench(bench) => {
                let count = bench.browser.rows.len();
                Some((&mut bench.browser.list, count))
            }
            Screen::Waiting(waiting) => Some((&mut waiting.list, waiting.all.len())),
            Screen::Review(review) => Some(review.front_list()),
            Screen::Plot(plot) => Some((&mut plot.list, plot.rows.len())),
            Screen::Source(source) => {
                let count = source.len();
                Some((&mut source.list, count))
            }
            Screen::Cohort(cohort) => Some((&mut cohort.list, cohort.rows.len())),
            Screen::Ledger(ledger) => {
                let count = ledger.count();
                Some((&mut ledger.list, count))
            }
            Screen::Entry(entry) => Some((&mut entry.list, entry.rows.len())),
        }
    }
}
