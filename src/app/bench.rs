//! A rubric on the bench: its outline beside what it does to a cohort, and figures that can be moved and written back.
//!
//! What was moved is a text of its own until it is saved; the file is never written without being asked. Must not know
//! how a rubric is scored or a file is written.

use std::sync::Arc;

use super::browser::{Browser, Row};
use super::nudge::{Nudged, Refused, Target, nudged};
use crate::domain::cohort::Cohort;
use crate::domain::comparison::Comparison;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::Number;
use crate::domain::rubric::Rubric;
use crate::read::rubric::figure::{self, Figure};

/// A rubric file, the figures that were moved in it, and what that does to the cohort.
#[derive(Debug, Clone)]
pub struct Bench {
    /// The text as it stands on the bench: as saved, with what was moved.
    pub browser: Browser,
    /// The text of the file.
    pub saved: Arc<str>,
    /// Texts before each move, the last one last.
    undo: Vec<Arc<str>>,
    /// Which of the figures of the row is moved, where it has one for each kind or stage.
    pub class: usize,
    /// Criteria, indicators that keep their points when a sibling is moved.
    pub locked: Vec<String>,
    /// Steps are taken at one decimal place more than is written.
    pub finer: bool,
    /// The last move.
    pub moved: Option<(Number, Number, usize)>,
    /// What the text last asked about does; `None` until the first answer.
    pub impact: Option<Impact>,
    /// Questions are counted, so that an answer to an older one is known.
    pub turn_now: u64,
    pub turn_shown: u64,
}

/// What the text on the bench does to the cohort, against the file as it was when it came on the bench.
pub type Impact = Result<Arc<Compared>, Diagnostic>;

/// Two rubrics on one cohort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub comparison: Comparison,
    pub old: Arc<Rubric>,
    pub new: Arc<Rubric>,
    /// As the new rubric sees it.
    pub cohort: Arc<Cohort>,
}

impl Bench {
    pub fn new(browser: Browser) -> Self {
        let saved = Arc::clone(&browser.text);
        Self {
            browser,
            saved,
            undo: Vec::new(),
            class: 0,
            locked: Vec::new(),
            finer: false,
            moved: None,
            impact: None,
            turn_now: 0,
            turn_shown: 0,
        }
    }

    /// What is shown belongs to an older text; the answer to the last question is still to come.
    pub fn is_waiting(&self) -> bool {
        self.turn_now > self.turn_shown
    }

    /// Something was moved and is not in the file.
    pub fn is_unsaved(&self) -> bool {
        *self.saved != *self.browser.text
    }

    /// The file has another text now; moves that were not saved are put aside, where `u` finds them.
    pub fn file_changed(&mut self, text: Arc<str>) {
        if *text == *self.browser.text {
            self.saved = text;
            return;
        }
        if self.is_unsaved() {
            self.undo.push(Arc::clone(&self.browser.text));
        }
        self.saved = Arc::clone(&text);
        self.moved = None;
        self.browser.read(text);
    }

    /// The text on the bench is in the file.
    pub fn was_saved(&mut self, text: Arc<str>) {
        self.saved = text;
    }

    /// What the cursor is on can be moved as this.
    pub fn target(&self) -> Option<Target> {
        let (_, rubric) = self.browser.good.as_ref()?;
        match self.browser.chosen()? {
            Row::Node(node) => Some(Target::Weight(rubric.nodes[node.0].id.clone())),
            Row::Grade(grade) => Some(Target::Threshold(rubric.grades[grade.0].id.clone())),
            _ => None,
        }
    }

    /// The figures of the row the cursor is on, as they are written.
    pub fn figures(&self) -> Vec<Figure> {
        match self.target() {
            Some(Target::Weight(id)) => figure::points(&self.browser.text, &id),
            Some(Target::Threshold(id)) => figure::thresholds(&self.browser.text, &id),
            None => Vec::new(),
        }
    }

    /// Chooses another of the figures of the row.
    pub fn turn(&mut self, back: bool) {
        let count = self.figures().len().max(1);
        let at = self.class.min(count - 1);
        self.class = if back { (at + count - 1) % count } else { (at + 1) % count };
    }

    /// Moves the chosen figure by so many steps of its last place.
    ///
    /// # Errors
    /// See [`Refused`]; then nothing moves.
    pub fn step(&mut self, steps: i64) -> Result<(), Refused> {
        let target = self.target().ok_or(Refused::NotWritten)?;
        // What cannot be read now has nothing that can be moved.
        if self.browser.is_stale() {
            return Err(Refused::NotWritten);
        }
        let figures = self.figures();
        let figure = figures.get(self.class).or_else(|| figures.last()).ok_or(Refused::NotWritten)?;
        let before = Arc::clone(&self.browser.text);
        let Nudged { text, from, to, others } =
            nudged(&before, &target, &figure.class, steps, u32::from(self.finer), &self.locked)?;
        self.undo.push(before);
        self.browser.read(text.into());
        self.moved = Some((from, to, others));
        Ok(())
    }

    /// The siblings of the row keep their points, or no longer.
    pub fn lock(&mut self) {
        if let Some(Target::Weight(id)) = self.target() {
            match self.locked.iter().position(|locked| *locked == id) {
                Some(at) => drop(self.locked.remove(at)),
                None => self.locked.push(id),
            }
        }
    }

    /// Takes the last move back.
    pub fn undo(&mut self) -> bool {
        let Some(text) = self.undo.pop() else { return false };
        self.browser.read(text);
        self.moved = None;
        true
    }

    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NCTI: &str = include_str!("../../rubrics/ncti.toml");

    fn bench() -> Bench {
        Bench::new(Browser::new("ncti.toml".to_owned(), Some("ncti.toml".to_owned()), NCTI.into()))
    }

    fn at(bench: &mut Bench, wanted: impl Fn(&Row) -> bool) {
        bench.browser.list.at = bench.browser.rows.iter().position(|(_, row)| wanted(row)).unwrap();
    }

    #[test]
    fn what_was_moved_is_unsaved_until_it_is_taken_back_or_saved() {
        let mut bench = bench();
        at(&mut bench, |row| matches!(row, Row::Grade(_)));
        bench.step(1).unwrap();
        assert!(bench.is_unsaved() && bench.can_undo());
        bench.step(-1).unwrap();
        assert!(!bench.is_unsaved(), "there and back again is the same text");
        bench.step(3).unwrap();
        assert!(bench.undo() && bench.undo() && bench.undo() && !bench.undo());
        assert_eq!(&*bench.browser.text, NCTI);
        bench.step(1).unwrap();
        bench.was_saved(Arc::clone(&bench.browser.text));
        assert!(!bench.is_unsaved());
    }

    #[test]
    fn a_file_that_is_saved_elsewhere_wins_and_what_was_moved_is_not_lost() {
        let mut bench = bench();
        at(&mut bench, |row| matches!(row, Row::Grade(_)));
        bench.step(1).unwrap();
        let mine = Arc::clone(&bench.browser.text);
        let theirs: Arc<str> = NCTI.replace("cycle_years = 3", "cycle_years = 3 # three").into();
        bench.file_changed(Arc::clone(&theirs));
        assert_eq!((&bench.browser.text, bench.is_unsaved()), (&theirs, false));
        assert!(bench.undo());
        assert_eq!(bench.browser.text, mine);
        // What the program itself wrote comes back as the file's text: nothing to put aside.
        bench.file_changed(Arc::clone(&mine));
        assert!(!bench.is_unsaved());
    }

    #[test]
    fn a_kind_has_a_figure_of_its_own() {
        let mut bench = bench();
        at(&mut bench, |row| matches!(row, Row::Node(_)));
        assert_eq!(
            bench.figures().iter().map(|figure| figure.class.as_str()).collect::<Vec<_>>(),
            ["comprehensive", "domain"]
        );
        let values = |bench: &Bench| bench.figures().iter().map(|figure| figure.value.plain()).collect::<Vec<_>>();
        let before = values(&bench);
        bench.turn(false);
        bench.step(1).unwrap();
        let after = values(&bench);
        assert_eq!(after[0], before[0]);
        assert_ne!(after[1], before[1]);
        bench.turn(false);
        assert_eq!(bench.class, 0);
    }
}
