//! A cohort to try rubrics on: how a text does beside the one that the bench began with. Must not know the screen.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use jiff::civil::Date;

use super::{Desk, busy, errand, first, follow};
use crate::app::Msg;
use crate::app::bench::{Compared, Impact};
use crate::cli::failure::Failure;
use crate::domain::cohort::Cohort;
use crate::domain::comparison::{Scored, compare};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::Evaluation;
use crate::domain::grade::Scorecard;
use crate::domain::rubric::Rubric;
use crate::domain::score::score;
use crate::read;
use crate::store::file;
use crate::tui::Post;

/// The cohort, and what the first text makes of it.
pub struct Workbench {
    rubric: Arc<Rubric>,
    cohort: Cohort,
    cards: Vec<Scorecard>,
    decided_on: Option<Date>,
    /// Nothing is still to come for centres that were read from a data file.
    closed: bool,
    /// The newest question; older ones are not worth answering any more.
    newest: AtomicU64,
    /// One text is scored at a time.
    turn: Mutex<()>,
}

impl Workbench {
    /// A cohort of rubric `from`, to be tried on `rubric` and whatever becomes of it.
    pub fn new(from: &Rubric, cohort: &Cohort, rubric: Rubric, decided_on: Option<Date>, closed: bool) -> Self {
        let cohort = cohort.under(from, &rubric, closed);
        let cards = score(&rubric, &cohort, decided_on);
        let (newest, turn) = (AtomicU64::new(0), Mutex::new(()));
        Self { rubric: Arc::new(rubric), cohort, cards, decided_on, closed, newest, turn }
    }

    /// A question was asked; those before it need no answer.
    pub fn asked(&self, turn: u64) {
        self.newest.fetch_max(turn, Ordering::SeqCst);
    }

    fn is_old(&self, turn: u64) -> bool {
        self.newest.load(Ordering::SeqCst) > turn
    }

    /// What a text does; `None` where a later question came meanwhile.
    pub fn try_out(&self, turn: u64, text: &str) -> Option<Impact> {
        let _one = self.turn.lock().ok()?;
        if self.is_old(turn) {
            return None;
        }
        Some(self.impact(text).map(Arc::new))
    }

    fn impact(&self, text: &str) -> Result<Compared, Diagnostic> {
        let (rubric, faults) = read::rubric::rubric(text);
        let Some(rubric) = rubric else {
            let none = || Diagnostic::error("E-open", "it could not be read", "无法读取");
            return Err(faults.into_iter().find(Diagnostic::is_error).unwrap_or_else(none));
        };
        if rubric.cycle_years != self.rubric.cycle_years {
            let what = Diagnostic::error(
                "E-cycle-length",
                format!("the cohort is over {} years, the rubric over {}", self.rubric.cycle_years, rubric.cycle_years),
                format!("评估周期为 {} 年，而该体系为 {} 年", self.rubric.cycle_years, rubric.cycle_years),
            );
            return Err(what.help("keep cycle_years as it was", "请保持 cycle_years 不变"));
        }
        let cohort = self.cohort.under(&self.rubric, &rubric, self.closed);
        let cards = score(&rubric, &cohort, self.decided_on);
        let old = Scored { rubric: &self.rubric, cohort: &self.cohort, cards: &self.cards };
        let comparison = compare(old, Scored { rubric: &rubric, cohort: &cohort, cards: &cards });
        Ok(Compared { comparison, old: Arc::clone(&self.rubric), new: Arc::new(rubric), cohort: Arc::new(cohort) })
    }
}

/// Centres of an evaluation or of a data file.
pub struct Centres {
    pub rubric: Rubric,
    pub cohort: Cohort,
    pub decided_on: Option<Date>,
    /// Nothing is still to come for them.
    pub closed: bool,
}

impl Desk<'_> {
    pub(super) fn put_on_bench(&mut self, named: &str, evaluation: Option<&Evaluation>, post: &Post) -> Msg {
        let text = match errand::own_text(named) {
            Ok(text) => text,
            Err(failure) => return Msg::Failed(first(failure)),
        };
        let (rubric, faults) = read::rubric::rubric(&text);
        let Some(rubric) = rubric else {
            return Msg::Failed(first(Failure::Input { name: named.to_owned(), text: text.to_string(), faults }));
        };
        let bench = match (evaluation, &self.centres) {
            (Some(open), _) => Workbench::new(&open.rubric, &open.cohort, rubric, open.decided_on, false),
            (None, Some(given)) => Workbench::new(&given.rubric, &given.cohort, rubric, given.decided_on, given.closed),
            (None, None) => return Msg::Failed(busy()),
        };
        self.bench = Some(Arc::new(bench));
        let path = Path::new(named);
        self.follow = follow::Follow::file(path, Arc::clone(&text), post.clone());
        let name = path.file_name().map_or(named.to_owned(), |name| name.to_string_lossy().into_owned());
        Msg::OnBench { name, path: named.to_owned(), text }
    }

    pub(super) fn try_out(&self, turn: u64, text: Arc<str>, post: &Post) {
        let Some(bench) = self.bench.clone() else { return };
        bench.asked(turn);
        let away = post.clone();
        thread::spawn(move || {
            if let Some(impact) = bench.try_out(turn, &text) {
                away.send(Msg::Tried { turn, impact });
            }
        });
    }
}

/// Writes a rubric file, unless somebody else has written it meanwhile.
pub(super) fn save(path: &Path, known: &str, text: Arc<str>) -> Msg {
    let standing = match errand::own_text(&path.display().to_string()) {
        Ok(standing) => standing,
        Err(failure) => return Msg::Failed(first(failure)),
    };
    if *standing != *known {
        let what = Diagnostic::error(
            "E-rubric-changed",
            "the file was changed by somebody else, and was not written",
            "该文件已被他人更改，未写入",
        );
        return Msg::Failed(what.help(
            "look at what it says now; u brings back what you had moved",
            "请查看其现有内容；按 u 可找回您的调整",
        ));
    }
    match file::replace(path, text.as_bytes()) {
        Ok(()) => Msg::RubricSaved { text },
        Err(error) => Msg::Failed(error.diagnostic()),
    }
}
