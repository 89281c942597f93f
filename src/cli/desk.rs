//! The desk of the screen: performs what it asks for, and sends long work elsewhere.
//!
//! The journal is owned here, lent to one piece of work at a time, and comes back with its end, so that every append
//! passes through one place in order. Must not know how anything is drawn.

mod errand;
mod follow;
pub mod workbench;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use tempfile::TempDir;

use workbench::{Centres, Workbench};

use super::args::Cli;
use super::evaluation::{Undone, undo_of};
use super::failure::Failure;
use super::{input, now};
use crate::app::msg::{Accepted, Opened};
use crate::app::{Effect, Msg};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, CellRef};
use crate::domain::history::Asked;
use crate::domain::text::{Lang, Text};
use crate::read;
use crate::store::catalogue::shipped;
use crate::store::error::StoreError;
use crate::store::file;
use crate::store::journal::Journal;
use crate::store::recent;
use crate::store::snapshot::Place;
use crate::tui::Post;

/// Steps of at least this many events are written elsewhere.
const LONG: usize = 200;

/// The most steps of a history that are shown.
const STEPS: u32 = 5_000;

/// What the screen works on.
pub struct Desk<'a> {
    cli: &'a Cli,
    lang: Lang,
    journal: Option<Journal>,
    /// The demo's file; gone when the program ends.
    demo: Option<TempDir>,
    /// An evaluation that is ready to be shown.
    opened: Option<Opened>,
    /// Opened before the screen was there, to be read behind the first frame.
    held: Option<Journal>,
    ready: (Sender<Return>, Receiver<Return>),
    stop: Arc<AtomicBool>,
    /// Watches the rubric file that is looked through.
    follow: Option<follow::Follow>,
    /// What the bench tries rubrics on.
    bench: Option<Arc<Workbench>>,
    /// Centres that were named at the start, to be put on the bench.
    pub centres: Option<Centres>,
    /// What was named at the start, to be reviewed.
    pub review: Option<super::review::Asked>,
    /// The folder of the snapshots that are reviewed.
    pub snapshots: PathBuf,
    /// Why the file that was named could not be read after all.
    failure: Option<Failure>,
}

/// What comes back from work elsewhere.
enum Return {
    /// A lent journal, and nothing else.
    Journal(Box<Journal>),
    /// An evaluation that takes the place of the one that is open.
    Evaluation(Box<(Journal, Opened, Option<TempDir>)>),
    Failure(Box<Failure>),
}

impl<'a> Desk<'a> {
    pub fn new(cli: &'a Cli, lang: Lang) -> Self {
        Self {
            cli,
            lang,
            journal: None,
            demo: None,
            opened: None,
            held: None,
            ready: channel(),
            stop: Arc::default(),
            follow: None,
            bench: None,
            centres: None,
            review: None,
            snapshots: PathBuf::new(),
            failure: None,
        }
    }

    /// Keeps a journal to be read once the screen is there.
    pub fn hold(&mut self, journal: Journal) {
        self.held = Some(journal);
    }

    /// Why the screen had to end, where it had to.
    pub fn ended(mut self) -> Option<Failure> {
        self.collect();
        self.failure
    }

    /// Takes in what has come back meanwhile.
    fn collect(&mut self) {
        while let Ok(back) = self.ready.1.try_recv() {
            match back {
                Return::Journal(journal) => self.journal = Some(*journal),
                Return::Failure(failure) => self.failure = Some(*failure),
                Return::Evaluation(ready) => {
                    let (journal, this, demo) = *ready;
                    if demo.is_none() {
                        recent::remember(journal.path());
                    }
                    // The demo before is closed before its file goes.
                    self.journal = Some(journal);
                    self.demo = demo;
                    self.opened = Some(this);
                }
            }
        }
    }

    pub fn perform(&mut self, effect: Effect, post: &Post) -> Vec<Msg> {
        self.collect();
        let msg = match effect {
            Effect::Take => self.opened.take().map(|opened| Msg::Opened(Box::new(opened))),
            Effect::Append(step) => self.append(step, post),
            Effect::AppendAll(step) => self.append_elsewhere(step, post),
            Effect::Attach { centre, cell, path, copy, step } => {
                self.attach(centre, cell, PathBuf::from(path), copy, step, post)
            }
            Effect::Undo { confirmed } => self.undo(confirmed, post),
            Effect::OpenDemo => self.open_demo(post),
            Effect::Open(path) => self.open(PathBuf::from(path), post),
            Effect::Found(founding) => self.found(*founding, post),
            Effect::Plan { path, sheet, mapping, clear, evaluation } => self.elsewhere(post, move |stop| {
                let roster = input::mapped::roster(&evaluation.cohort);
                let (path, mapping) = (Path::new(&path), mapping.as_deref().map(Path::new));
                let source = input::Source { path, sheet: sheet.as_deref(), mapping, roster: &roster };
                errand::plan(source, clear, &evaluation, stop)
            }),
            Effect::Export(order) => self.export(order, post),
            Effect::History(asked) => Some(self.history(asked)),
            Effect::Weigh { rubric, pin } => self.weigh(rubric, pin, post),
            Effect::Move { centre, evaluation } => {
                self.elsewhere(post, move |stop| Ok(errand::moved(centre, &evaluation, stop)))
            }
            Effect::Review => self.review(post),
            Effect::ReviewWaiting(name) => {
                let place = Place::new(&self.snapshots, &name);
                self.elsewhere(post, move |_| super::review::one(&place).map(Some))
            }
            Effect::KeepMarks { of, marks } => {
                let kept = super::review::keep_marks(&of, &marks);
                Some(kept.map_or_else(|failure| Msg::Failed(first(failure)), |()| Msg::MarksKept))
            }
            Effect::Accept(accepted) => Some(self.accept(&accepted)),
            Effect::Repin { rubric, reason } => self.repin(rubric, reason, post),
            Effect::Browse(named) => Some(self.browse(&named, post)),
            Effect::Bench { path, evaluation } => Some(self.put_on_bench(&path, evaluation.as_deref(), post)),
            Effect::Try { turn, text } => {
                self.try_out(turn, text, post);
                None
            }
            Effect::SaveRubric { path, known, text } => Some(workbench::save(Path::new(&path), &known, text)),
            Effect::ShowRubric(id) => shipped(&id).map(|shipped| {
                let title = read::rubric::rubric(shipped.text).0.map_or_else(|| Text::both(id), |rubric| rubric.title);
                Msg::RubricText { title, text: shipped.text.into() }
            }),
            Effect::Stop => {
                self.stop.store(true, Ordering::SeqCst);
                None
            }
            Effect::Redraw => None,
        };
        msg.into_iter().collect()
    }

    fn append(&mut self, step: Vec<Body>, post: &Post) -> Option<Msg> {
        if step.len() >= LONG {
            return self.append_elsewhere(step, post);
        }
        let Some(journal) = self.journal.as_mut() else { return Some(Msg::AppendFailed(busy())) };
        Some(match journal.append(step, now()) {
            Ok(events) => Msg::Appended(events),
            Err(error) => Msg::AppendFailed(error.diagnostic()),
        })
    }

    fn append_elsewhere(&mut self, step: Vec<Body>, post: &Post) -> Option<Msg> {
        let Some(mut journal) = self.journal.take() else { return Some(Msg::AppendFailed(busy())) };
        let (back, away, stop) = (self.ready.0.clone(), post.clone(), self.start());
        thread::spawn(move || {
            let of = step.len();
            let mut tell = errand::every_so_often(of, away.clone());
            let written = journal.append_watched(step, now(), &mut |done| {
                tell(done);
                !stop.load(Ordering::SeqCst)
            });
            let _ = back.send(Return::Journal(Box::new(journal)));
            away.send(match written {
                Ok(Some(events)) => Msg::Appended(events),
                Ok(None) => Msg::Stopped,
                Err(error) => Msg::AppendFailed(error.diagnostic()),
            });
        });
        None
    }

    /// Reads a file elsewhere, however large it is, and appends what attaches it.
    fn attach(
        &mut self,
        centre: String,
        cell: CellRef,
        file: PathBuf,
        copy: bool,
        mut step: Vec<Body>,
        post: &Post,
    ) -> Option<Msg> {
        let Some(mut journal) = self.journal.take() else { return Some(Msg::AppendFailed(busy())) };
        let (back, away) = (self.ready.0.clone(), post.clone());
        thread::spawn(move || {
            let written = super::evidence::attachment(journal.path(), &file, copy).and_then(|file| {
                step.push(Body::Attached { centre, cell: Some(cell), file });
                Ok(journal.append(step, now())?)
            });
            let _ = back.send(Return::Journal(Box::new(journal)));
            away.send(written.map_or_else(|failure| Msg::Failed(first(failure)), Msg::Appended));
        });
        None
    }

    fn undo(&mut self, confirmed: bool, post: &Post) -> Option<Msg> {
        let Some(journal) = self.journal.as_ref() else { return Some(Msg::AppendFailed(busy())) };
        match undo_of(journal, confirmed) {
            Ok(Undone::Step(step)) => self.append(step, post),
            Ok(Undone::Refused(refused)) => Some(Msg::UndoRefused(refused)),
            Ok(Undone::Asks { changes, file }) => Some(Msg::UndoAsks { changes, file }),
            Err(error) => Some(Msg::AppendFailed(error.diagnostic())),
        }
    }

    /// The sign by which work that begins now is stopped.
    fn start(&mut self) -> Arc<AtomicBool> {
        // A new one each time: what was stopped before may still be looking at its own.
        self.stop = Arc::default();
        Arc::clone(&self.stop)
    }

    /// Sends work elsewhere that does not need the journal.
    fn elsewhere(
        &mut self,
        post: &Post,
        work: impl FnOnce(&AtomicBool) -> Result<Option<Msg>, Failure> + Send + 'static,
    ) -> Option<Msg> {
        let (away, stop) = (post.clone(), self.start());
        thread::spawn(move || {
            away.send(match work(&stop) {
                Ok(Some(msg)) => msg,
                Ok(None) => Msg::Stopped,
                Err(failure) => Msg::Failed(first(failure)),
            });
        });
        None
    }

    /// Opens an evaluation elsewhere; what is open stays until the other is ready.
    fn ready(
        &mut self,
        post: &Post,
        open: impl FnOnce() -> Result<(Journal, Option<TempDir>), Failure> + Send + 'static,
        named: bool,
    ) -> Option<Msg> {
        let (back, away) = (self.ready.0.clone(), post.clone());
        thread::spawn(move || {
            let opened = open().and_then(|(journal, demo)| {
                let opened = errand::opened(&journal, demo.is_some())?;
                Ok((journal, opened, demo))
            });
            match opened {
                Ok(ready) => {
                    let _ = back.send(Return::Evaluation(Box::new(ready)));
                    away.send(Msg::Ready);
                }
                // Without the file that was named there is nothing to show.
                Err(failure) if named => {
                    let _ = back.send(Return::Failure(Box::new(failure)));
                    away.send(Msg::Quit);
                }
                Err(failure) => away.send(Msg::OpenFailed(first(failure))),
            }
        });
        None
    }

    fn open(&mut self, path: PathBuf, post: &Post) -> Option<Msg> {
        if let Some(journal) = self.held.take() {
            return self.ready(post, || Ok((journal, None)), true);
        }
        if self.journal.as_ref().is_some_and(|journal| file::is_same(journal.path(), &path)) {
            let what = Diagnostic::error("E-open-here", "this evaluation is open here already", "该评估已在此处打开");
            return Some(Msg::OpenFailed(what.help("close this form and go on", "关闭此表单即可继续")));
        }
        let access = super::evaluation::writing(self.cli);
        self.ready(post, move || Ok((Journal::open(&path, access)?, None)), false)
    }

    fn open_demo(&mut self, post: &Post) -> Option<Msg> {
        let evaluator = self.cli.evaluator.clone().unwrap_or_else(|| super::new::EVALUATOR.to_owned());
        let lang = self.lang;
        let open = move || {
            let folder = tempfile::tempdir().map_err(|error| StoreError::from_io(&std::env::temp_dir(), &error))?;
            let journal = super::new::demo(&folder.path().join("demo.triennial"), &evaluator, lang)?;
            Ok((journal, Some(folder)))
        };
        self.ready(post, open, false)
    }

    fn found(&mut self, founding: crate::app::msg::Founding, post: &Post) -> Option<Msg> {
        let named = Some(founding.evaluator.clone()).filter(|name| !name.is_empty());
        let evaluator = named.or_else(|| self.cli.evaluator.clone());
        let evaluator = evaluator.unwrap_or_else(|| super::new::EVALUATOR.to_owned());
        let lang = self.lang;
        let open = move || {
            let path = Path::new(&founding.path);
            let crate::app::msg::Founding { rubric, cycle, decided_on, .. } = &founding;
            Ok((super::new::found(path, rubric, *cycle, *decided_on, &evaluator, lang)?, None))
        };
        self.ready(post, open, false)
    }

    fn export(&mut self, order: crate::app::msg::Order, post: &Post) -> Option<Msg> {
        let path = self.journal.as_ref()?.path().to_owned();
        let away = post.clone();
        self.elsewhere(post, move |stop| errand::export(&path, &order, &away, stop))
    }

    fn history(&self, asked: Asked) -> Msg {
        let Some(journal) = &self.journal else {
            return Msg::Failed(busy());
        };
        let steps = match &asked {
            Asked::Evaluation => journal.latest_steps(STEPS),
            Asked::Cell { centre, cell } => journal.history_of(centre, cell),
        };
        match steps {
            Ok(steps) => Msg::History { asked, steps },
            Err(error) => Msg::Failed(error.diagnostic()),
        }
    }

    fn browse(&mut self, named: &str, post: &Post) -> Msg {
        self.follow = None;
        let read = input::rubric_text(named);
        let text: Arc<str> = match read {
            Ok(text) => text.into(),
            Err(failure) => return Msg::Failed(first(failure)),
        };
        let path = Path::new(named);
        if shipped(named).is_some() && !path.exists() {
            return Msg::Rubric { name: named.to_owned(), path: None, text };
        }
        self.follow = follow::Follow::file(path, Arc::clone(&text), post.clone());
        let name = path.file_name().map_or(named.to_owned(), |name| name.to_string_lossy().into_owned());
        Msg::Rubric { name, path: Some(named.to_owned()), text }
    }

    fn weigh(&mut self, rubric: String, pin: bool, post: &Post) -> Option<Msg> {
        let path = self.journal.as_ref()?.path().to_owned();
        self.elsewhere(post, move |_| errand::weigh(&path, rubric, pin).map(Some))
    }

    /// Compares what was named at the start.
    fn review(&mut self, post: &Post) -> Option<Msg> {
        let asked = self.review.take()?;
        self.elsewhere(post, move |_| asked.reviewed().map(Some))
    }

    fn accept(&self, accepted: &Accepted) -> Msg {
        let named = self.journal.as_ref().and_then(|journal| journal.evaluator().map(str::to_owned));
        let who = named.or_else(|| self.cli.evaluator.clone()).unwrap_or_else(|| super::new::EVALUATOR.to_owned());
        match super::review::accepted(accepted, &who) {
            Ok(file) => Msg::ChangeNoted { file },
            Err(failure) => Msg::Failed(first(failure)),
        }
    }

    fn repin(&mut self, rubric: String, reason: String, post: &Post) -> Option<Msg> {
        let journal = self.journal.take()?;
        let demo = self.demo.take();
        let (back, away) = (self.ready.0.clone(), post.clone());
        thread::spawn(move || {
            let (journal, done) = errand::repin(journal, &rubric, reason);
            match done.and_then(|()| errand::opened(&journal, demo.is_some())) {
                Ok(opened) => {
                    let _ = back.send(Return::Evaluation(Box::new((journal, opened, demo))));
                    away.send(Msg::Ready);
                }
                Err(failure) => {
                    let _ = back.send(Return::Journal(Box::new(journal)));
                    away.send(Msg::Failed(first(failure)));
                }
            }
        });
        None
    }
}

/// The journal is lent to long work, or there is none.
fn busy() -> Diagnostic {
    let what = Diagnostic::error("E-busy", "the journal is being written to elsewhere", "日志正在由另一操作写入");
    what.help("wait until that is done, then try again", "请待其完成后重试")
}

/// The first fault of a failure: one at a time is shown over the screen.
fn first(failure: Failure) -> Diagnostic {
    match failure {
        Failure::Store(error) => error.diagnostic(),
        Failure::Input { name, text, faults } => {
            let none = || Diagnostic::error("E-open", "it could not be opened", "无法打开");
            let count = faults.len();
            let mut fault = faults.into_iter().next().unwrap_or_else(none);
            errand::say_where(&mut fault, &name, &text, count);
            fault
        }
        Failure::Rubric(reports) => {
            let broken = reports.into_iter().find(|(_, faults)| faults.iter().any(Diagnostic::is_error));
            let (name, text, faults) =
                broken.map_or_else(Default::default, |(file, faults)| (file.name, file.text, faults));
            first(Failure::Input { name, text, faults })
        }
    }
}
