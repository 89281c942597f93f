//! How long single edits and moves take in a large cohort, drawn into a buffer: the median, the 99th percentile and the
//! slowest of 2,000. `cargo bench --bench edit [-- CENTRES]`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a bench is not part of the program")]

mod synthetic;

use std::hint::black_box;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use synthetic::{CYCLE, Scheme, Seeded, evaluation, reading};
use triennial::app::command::Command;
use triennial::app::model::Screen;
use triennial::app::msg::Opened;
use triennial::app::{Model, Msg, update};
use triennial::domain::evaluation::{Body, Event};
use triennial::domain::rubric::MetricIx;
use triennial::domain::text::Lang;
use triennial::tui;

const EDITS: u64 = 2_000;

fn main() {
    let centres = std::env::args().skip(1).find_map(|given| given.parse().ok()).unwrap_or(10_000);
    println!("{centres} centres, {EDITS} each, in milliseconds            p50      p99  slowest");
    for scheme in Scheme::ALL {
        let mut stage = Stage::open(scheme, centres);
        for entry in [true, false] {
            let what = if entry { "edit a cell, drawn" } else { "edit beside the cohort" };
            report(scheme, what, (1..=EDITS).map(|n| stage.edit(n, entry)));
        }
        for (command, what) in [
            (Command::Down, "move down, drawn"),
            (Command::PageDown, "page down, drawn"),
            (Command::Right, "move right, drawn"),
            (Command::Last, "go to the end, drawn"),
        ] {
            report(scheme, what, (0..EDITS).map(|_| stage.go(command)));
        }
    }
}

fn report(scheme: Scheme, what: &str, times: impl Iterator<Item = Duration>) {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    let at = |part: usize| milliseconds(times[(times.len() - 1) * part / 1000]);
    println!("{:8} {what:32} {} {} {}", format!("{scheme:?}"), at(500), at(990), at(1000));
}

fn milliseconds(time: Duration) -> String {
    format!("{:4}.{:03}", time.as_millis(), time.as_micros() % 1000)
}

/// The program without a terminal and a disk.
struct Stage {
    model: Model,
    terminal: Terminal<TestBackend>,
    random: Seeded,
}

impl Stage {
    fn open(scheme: Scheme, centres: usize) -> Self {
        let evaluation = evaluation(scheme, centres);
        let opened = Opened { name: "synthetic".to_owned(), evaluator: "li".to_owned(), evaluation };
        let started = Instant::now();
        let model = Model::opened(Lang::En, opened);
        let scored = started.elapsed();
        let terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
        let mut stage = Self { model, terminal, random: Seeded(7) };
        let drawing = Instant::now();
        stage.draw();
        let drawn = drawing.elapsed();
        println!(
            "{:8} first frame: scored in {} and drawn in {}",
            format!("{scheme:?}"),
            milliseconds(scored),
            milliseconds(drawn)
        );
        stage
    }

    fn draw(&mut self) {
        black_box(tui::draw(&mut self.terminal, &mut self.model).unwrap());
    }

    /// One appended edit of a random cell of a random centre, seen from that centre's entry screen or from the table.
    fn edit(&mut self, n: u64, entry: bool) -> Duration {
        let session = self.model.session.as_ref().unwrap();
        let evaluation = &session.evaluation;
        let row = self.random.below(evaluation.cohort.len());
        let ix = evaluation.cohort.all().nth(row).unwrap();
        let metrics: Vec<MetricIx> = (0..evaluation.rubric.metrics.len()).map(MetricIx).collect();
        let body = loop {
            let metric = metrics[self.random.below(metrics.len())];
            let described = &evaluation.rubric.metrics[metric.0];
            let year = described.yearly.then(|| CYCLE.first + i16::try_from(self.random.below(3)).unwrap());
            let judge = described.panel.as_ref().map(|_| "a");
            let to = Some(reading(described, &mut self.random));
            if let Some(change) = evaluation.cell_change(ix, (metric, year), judge, to) {
                break Body::Cells { centre: evaluation.cohort.centre(ix).id.clone(), cells: vec![change] };
            }
        };
        let event = Event { evaluator: "li".to_owned(), sequence: n, step: n, lamport: n, time: 0, body };
        self.show(row);
        if entry {
            update(&mut self.model, Msg::Run(Command::Open));
        }
        self.draw();
        let started = Instant::now();
        update(&mut self.model, Msg::Appended(vec![event]));
        self.draw();
        let taken = started.elapsed();
        if entry {
            update(&mut self.model, Msg::Run(Command::Back));
        }
        taken
    }

    fn show(&mut self, row: usize) {
        if let Some(Screen::Cohort(cohort)) = self.model.screens.first_mut() {
            cohort.list.at = row;
        }
    }

    /// One move in the cohort table from a random row.
    fn go(&mut self, command: Command) -> Duration {
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
