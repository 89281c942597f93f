//! The program without a terminal and a disk: edits and moves in a large cohort, drawn into a buffer of 120 × 40.

#![allow(dead_code, reason = "each bench uses its part of it")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use triennial::app::command::Command;
use triennial::app::model::Screen;
use triennial::app::msg::Opened;
use triennial::app::{Model, Msg, update};
use triennial::domain::centre::{Field, Status};
use triennial::domain::cohort::CentreIx;
use triennial::domain::evaluation::{Body, Event};
use triennial::domain::query::Queries;
use triennial::domain::rubric::MetricIx;
use triennial::domain::text::Lang;
use triennial::tui;
use tui_input::InputRequest;

use crate::synthetic::{CYCLE, Scheme, Seeded, evaluation, reading};

pub struct Stage {
    model: Model,
    terminal: Terminal<TestBackend>,
    random: Seeded,
    events: u64,
}

/// What an edit changes, and what is on the screen then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// A reading, on the centre's entry screen.
    Reading,
    /// A reading, with the cohort table on the screen.
    ReadingInTable,
    /// Whether the centre takes part, which moves the places of a quota.
    Status,
}

impl Stage {
    /// Opens a cohort and draws it; how long scoring and the first frame took.
    pub fn open(scheme: Scheme, centres: usize) -> (Self, Duration, Duration) {
        let evaluation = evaluation(scheme, centres);
        let opened = Opened {
            name: "synthetic".to_owned(),
            folder: String::new(),
            evaluator: "li".to_owned(),
            rubric_text: scheme.text().into(),
            queries: Queries::new(&evaluation.rubric, &evaluation.cohort),
            evaluation,
        };
        let started = Instant::now();
        let model = Model::opened(Lang::En, opened);
        let scored = started.elapsed();
        let terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
        let mut stage = Self { model, terminal, random: Seeded(7), events: 0 };
        let drawing = Instant::now();
        stage.draw();
        (stage, scored, drawing.elapsed())
    }

    fn draw(&mut self) {
        black_box(tui::draw(&mut self.terminal, &mut self.model).unwrap());
    }

    /// One edit of a random centre that the journal has taken: until it is scored and drawn.
    pub fn edit(&mut self, edit: Edit) -> Duration {
        let count = self.model.session.as_ref().unwrap().evaluation.cohort.len();
        let row = self.random.below(count);
        let body = match edit {
            Edit::Status => self.status(row),
            Edit::Reading | Edit::ReadingInTable => self.reading(row),
        };
        self.events += 1;
        let n = self.events;
        let event = Event { evaluator: "li".to_owned(), sequence: n, step: n, lamport: n, time: 0, body };
        self.show(row);
        if edit == Edit::Reading {
            update(&mut self.model, Msg::Run(Command::Open));
        }
        self.draw();
        let started = Instant::now();
        update(&mut self.model, Msg::Appended(vec![event]));
        self.draw();
        let taken = started.elapsed();
        if edit == Edit::Reading {
            update(&mut self.model, Msg::Run(Command::Back));
        }
        taken
    }

    fn reading(&mut self, row: usize) -> Body {
        let evaluation = &self.model.session.as_ref().unwrap().evaluation;
        loop {
            let metric = MetricIx(self.random.below(evaluation.rubric.metrics.len()));
            let described = &evaluation.rubric.metrics[metric.0];
            let year = described.yearly.then(|| CYCLE.first + i16::try_from(self.random.below(3)).unwrap());
            let judge = described.panel.as_ref().map(|_| "a");
            let to = Some(reading(described, &mut self.random));
            if let Some(change) = evaluation.cell_change(CentreIx(row), (metric, year), judge, to) {
                return Body::Cells { centre: evaluation.cohort.centre(CentreIx(row)).id.clone(), cells: vec![change] };
            }
        }
    }

    fn status(&self, row: usize) -> Body {
        let centre = self.model.session.as_ref().unwrap().evaluation.cohort.centre(CentreIx(row));
        let to = if centre.status == Status::Absent { Status::Participating } else { Status::Absent };
        let (was, to) = (centre.status.id().to_owned(), to.id().to_owned());
        Body::CentreSet { centre: centre.id.clone(), field: Field::Status, was, to }
    }

    fn show(&mut self, row: usize) {
        if let Some(Screen::Cohort(cohort)) = self.model.screens.first_mut() {
            cohort.list.at = row;
        }
    }

    /// One character more in the filter's line, drawn; the line is then empty again.
    pub fn filter(&mut self) -> Duration {
        update(&mut self.model, Msg::Run(Command::Filter));
        let letter = char::from(b'0' + u8::try_from(self.random.below(10)).unwrap());
        self.draw();
        let started = Instant::now();
        update(&mut self.model, Msg::Edit(InputRequest::InsertChar(letter)));
        self.draw();
        let taken = started.elapsed();
        update(&mut self.model, Msg::Run(Command::ClearFilter));
        taken
    }

    /// The table sorted by its total, or back again, drawn.
    pub fn sort(&mut self) -> Duration {
        update(&mut self.model, Msg::Run(Command::Left));
        update(&mut self.model, Msg::Run(Command::Right));
        self.draw();
        let started = Instant::now();
        update(&mut self.model, Msg::Run(Command::Sort));
        self.draw();
        started.elapsed()
    }

    /// One move in the cohort table from a random row, drawn.
    pub fn go(&mut self, command: Command) -> Duration {
        let count = self.model.cohort().map_or(1, |cohort| cohort.rows.len());
        let row = self.random.below(count);
        self.show(row);
        self.draw();
        let started = Instant::now();
        update(&mut self.model, Msg::Run(command));
        self.draw();
        started.elapsed()
    }
}
