//! An evaluation (评估): one cohort, one cycle, one pinned rubric edition, as the fold of its events.
//!
//! Everything that ever happens to an evaluation is an [`Event`]; its state is what they add up to, in the order of
//! (Lamport counter, evaluator, sequence), never of the clock. Must not know how events are stored or hashed, nor what
//! a centre scores.

mod undo;

use std::collections::HashMap;

use jiff::civil::Date;

use super::centre::{Centre, Field, FieldFault};
use super::cohort::{CentreIx, Cohort};
use super::evidence::{Attached, Attachment};
use super::query::{Answer, Answers};
use super::reading::{Cycle, Reading, Readings, Remark};
use super::rubric::{MetricIx, Rubric};
use super::text::Lang;

pub use undo::{UndoRefused, changes, imported, is_large, undo};

/// One thing that one evaluator did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub evaluator: String,
    /// Counts this evaluator's events from 1.
    pub sequence: u64,
    /// Counts this evaluator's steps from 1; events of one step are undone together.
    pub step: u64,
    /// One more than the highest counter seen when the event was made.
    pub lamport: u64,
    /// Microseconds since 1970-01-01 UTC by the evaluator's clock; for reading only, nothing is ordered by it.
    pub time: i64,
    pub body: Body,
}

/// What was done. Ids, not positions, so that events outlive a change of rubric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Always the first event of an evaluation.
    Opened {
        cycle: Cycle,
        pin: Pin,
        decided_on: Option<Date>,
        lang: Lang,
    },
    CentreAdded {
        centre: String,
    },
    CentreSet {
        centre: String,
        field: Field,
        was: String,
        to: String,
    },
    CentreDropped {
        centre: String,
        /// Why; empty where it only takes an addition back.
        reason: String,
    },
    /// Undoes a drop: the centre stands where it stood, with its readings.
    CentreRestored {
        centre: String,
    },
    /// Readings of one centre; an import is one such event per centre, all in one step.
    Cells {
        centre: String,
        cells: Vec<CellChange>,
    },
    /// Evidence or a note beside one cell.
    Remarked {
        centre: String,
        cell: CellRef,
        remark: Remark,
        was: String,
        to: String,
    },
    /// Why a query of a check may stand; `to` is nothing where an answer is taken back.
    Answered {
        centre: String,
        cell: CellRef,
        check: String,
        was: Option<Answer>,
        to: Option<Answer>,
    },
    /// A file that shows where a figure comes from, beside a cell or the centre itself.
    Attached {
        centre: String,
        cell: Option<CellRef>,
        file: Attachment,
    },
    /// Takes a file away from where it was attached; the file itself stays.
    Detached {
        centre: String,
        cell: Option<CellRef>,
        file: Attachment,
    },
    /// First event of an import's step: which file, with its SHA-256.
    Imported {
        file: String,
        digest: String,
        /// The sheet of a workbook that was read; empty for a text.
        sheet: String,
        /// SHA-256 of the mapping it was read by; empty where it needed none.
        mapping: String,
    },
    /// First event of an undo's step: which step of the same evaluator it takes back.
    Undone {
        step: u64,
    },
    /// The day from which deadlines run.
    DecidedOn {
        was: Option<Date>,
        to: Option<Date>,
    },
    Closed {
        reason: String,
    },
    Reopened {
        reason: String,
    },
    Repinned {
        pin: Pin,
        reason: String,
    },
}

/// The rubric an evaluation is scored by; `digest` is the SHA-256 of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    pub rubric: String,
    pub edition: String,
    pub digest: String,
}

/// Which cell of a centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRef {
    pub metric: String,
    pub year: Option<i16>,
    pub judge: Option<String>,
}

impl Body {
    /// Closing, reopening, another rubric: done with a reason, and taken back only by another such act.
    pub const fn is_act(&self) -> bool {
        matches!(self, Self::Closed { .. } | Self::Reopened { .. } | Self::Repinned { .. })
    }
}

/// A cell before and after; `None` is blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    pub metric: String,
    pub year: Option<i16>,
    pub judge: Option<String>,
    pub was: Option<Reading>,
    pub to: Option<Reading>,
}

/// Orders events of several evaluators the same way everywhere.
pub fn fold_order(a: &Event, b: &Event) -> std::cmp::Ordering {
    (a.lamport, &a.evaluator, a.sequence).cmp(&(b.lamport, &b.evaluator, b.sequence))
}

/// The state of an evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    pub rubric: Rubric,
    pub pin: Pin,
    pub cycle: Cycle,
    pub decided_on: Option<Date>,
    pub lang: Lang,
    pub cohort: Cohort,
    /// What was said of queries. No data: it is in no digest of them and moves no score.
    pub answers: Answers,
    /// The reason, while it is closed.
    pub closed: Option<String>,
    dropped: HashMap<String, (usize, Centre, Readings)>,
    /// Cells of metrics or years that the pinned rubric does not have: kept, and in no score.
    pub unplaced: usize,
}

/// What an event changed, so that only that is scored again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    Nothing,
    /// One centre's points; others may yet gain or lose a rank or a place of a quota by it.
    Centre(CentreIx),
    /// Positions moved, or something that concerns all.
    Cohort,
}

/// Why an event cannot be applied: the journal does not fit the state it is folded into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoldFault {
    /// The first event does not open an evaluation, or a later one opens it again.
    NotOpened,
    UnknownCentre(String),
    KnownCentre(String),
    BadField {
        centre: String,
        field: String,
        fault: FieldFault,
    },
}

impl Evaluation {
    /// An evaluation of nobody yet, from its opening event and the rubric it pins.
    ///
    /// # Errors
    /// [`FoldFault::NotOpened`] where the event opens nothing.
    pub fn open(body: &Body, rubric: Rubric) -> Result<Self, FoldFault> {
        let Body::Opened { cycle, pin, decided_on, lang } = body else { return Err(FoldFault::NotOpened) };
        Ok(Self {
            cohort: Cohort::new(&rubric, *cycle),
            rubric,
            pin: pin.clone(),
            cycle: *cycle,
            decided_on: *decided_on,
            lang: *lang,
            answers: Answers::default(),
            closed: None,
            dropped: HashMap::new(),
            unplaced: 0,
        })
    }

    fn find(&self, centre: &str) -> Result<CentreIx, FoldFault> {
        self.cohort.find(centre).ok_or_else(|| FoldFault::UnknownCentre(centre.to_owned()))
    }

    /// Adds one event to the state.
    ///
    /// # Errors
    /// An event that does not fit the state: see [`FoldFault`]. The state is then unchanged.
    pub fn apply(&mut self, body: &Body) -> Result<Touched, FoldFault> {
        match body {
            Body::Opened { .. } => return Err(FoldFault::NotOpened),
            Body::Imported { .. } | Body::Undone { .. } => return Ok(Touched::Nothing),
            // A new pin brings a new rubric text: whoever folds a journal opens the evaluation again with it.
            Body::Repinned { pin, .. } => self.pin = pin.clone(),
            Body::DecidedOn { to, .. } => self.decided_on = *to,
            Body::Closed { reason } => self.closed = Some(reason.clone()),
            Body::Reopened { .. } => self.closed = None,
            Body::CentreAdded { centre } => {
                if self.cohort.find(centre).is_some() {
                    return Err(FoldFault::KnownCentre(centre.clone()));
                }
                self.cohort.add(Centre::new(centre.clone(), &self.rubric));
            }
            Body::CentreSet { centre, field, to, .. } => {
                let ix = self.find(centre)?;
                let set = self.cohort.centre_mut(ix).set(field, to, &self.rubric);
                set.map_err(|fault| FoldFault::BadField {
                    centre: centre.clone(),
                    field: field.id().to_owned(),
                    fault,
                })?;
                return Ok(Touched::Centre(ix));
            }
            Body::CentreDropped { centre, .. } => {
                let ix = self.find(centre)?;
                let (record, readings) = self.cohort.remove(ix);
                self.dropped.insert(centre.clone(), (ix.0, record, readings));
            }
            Body::CentreRestored { centre } => {
                let unknown = || FoldFault::UnknownCentre(centre.clone());
                let (at, record, readings) = self.dropped.remove(centre).ok_or_else(unknown)?;
                self.cohort.insert(at, record, readings);
            }
            Body::Cells { centre, cells } => {
                let ix = self.find(centre)?;
                for cell in cells {
                    self.put(ix, cell);
                }
                return Ok(Touched::Centre(ix));
            }
            Body::Answered { centre, cell, check, to, .. } => {
                self.find(centre)?;
                self.answers.put(centre, cell, check, to.clone());
                return Ok(Touched::Nothing);
            }
            Body::Remarked { centre, cell, remark, to, .. } => {
                let ix = self.find(centre)?;
                let slot = self.rubric.metric(&cell.metric).and_then(|m| self.cohort.layout.slot(m, cell.year));
                match slot {
                    Some(slot) => {
                        self.cohort.readings_mut(ix).write_remark(slot, cell.judge.as_deref(), *remark, to);
                    }
                    None => self.unplaced += 1,
                }
                return Ok(Touched::Nothing);
            }
            Body::Attached { centre, cell, file } => {
                let ix = self.find(centre)?;
                let attached = Attached { cell: cell.clone(), file: file.clone() };
                self.cohort.readings_mut(ix).attach(attached);
                return Ok(Touched::Nothing);
            }
            Body::Detached { centre, cell, file } => {
                let ix = self.find(centre)?;
                let attached = Attached { cell: cell.clone(), file: file.clone() };
                self.cohort.readings_mut(ix).detach(&attached);
                return Ok(Touched::Nothing);
            }
        }
        Ok(Touched::Cohort)
    }

    fn put(&mut self, ix: CentreIx, cell: &CellChange) {
        let slot = self.rubric.metric(&cell.metric).and_then(|m| self.cohort.layout.slot(m, cell.year));
        match slot {
            Some(slot) => {
                self.cohort.readings_mut(ix).put(slot, cell.judge.as_deref(), cell.to.clone());
            }
            None => self.unplaced += 1,
        }
    }

    /// The change that puts `to` into a cell, ready to be appended; `None` where that is what stands there.
    pub fn cell_change(
        &self,
        centre: CentreIx,
        (metric, year): (MetricIx, Option<i16>),
        judge: Option<&str>,
        to: Option<Reading>,
    ) -> Option<CellChange> {
        let slot = self.cohort.layout.slot(metric, year)?;
        let was = self.cohort.readings(centre).at(slot, judge).cloned();
        (was != to).then(|| CellChange {
            metric: self.rubric.metrics[metric.0].id.clone(),
            year,
            judge: judge.map(str::to_owned),
            was,
            to,
        })
    }
}

/// `metric@year#judge`, as a column header would have it.
pub fn cell_name(cell: &CellChange) -> String {
    named(&cell.metric, cell.year, cell.judge.as_deref())
}

impl CellRef {
    /// `metric@year#judge`, as a column header would have it.
    pub fn name(&self) -> String {
        named(&self.metric, self.year, self.judge.as_deref())
    }
}

fn named(metric: &str, year: Option<i16>, judge: Option<&str>) -> String {
    let year = year.map_or(String::new(), |y| format!("@{y}"));
    let judge = judge.map_or(String::new(), |j| format!("#{j}"));
    format!("{metric}{year}{judge}")
}
