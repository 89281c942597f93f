//! Times of every part at 100 and 10,000 centres: `cargo bench --bench speed [-- NAME]`. The long tail of single edits
//! is in the bench `edit`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench is not part of the program")]

mod stage;
mod synthetic;

use divan::{Bencher, black_box};
use stage::{Edit, Stage};
use synthetic::{Scheme, evaluation, filled, opened};
use triennial::app::command::Command;
use triennial::domain::grade::Scorecard;
use triennial::domain::rubric::Rubric;
use triennial::domain::score::score;
use triennial::read::table::table;
use triennial::store::StoreError;
use triennial::store::journal::{Access, Journal};
use triennial::write::data;

const CENTRES: [usize; 2] = [100, 10_000];

fn main() {
    divan::main();
}

/// Opens a journal and folds it to the evaluation it stands for.
#[divan::bench(args = CENTRES, sample_count = 10)]
fn load(bencher: Bencher, centres: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cohort.triennial");
    let (text, rubric) = (Scheme::Quota.text(), Scheme::Quota.rubric());
    let mut journal = Journal::create(&path, "li", opened(&rubric, &text), &text, 0).unwrap();
    journal.append(filled(&rubric, centres), 0).unwrap();
    let parse = |text: &str| Ok::<Rubric, StoreError>(triennial::read::rubric::rubric(text).0.unwrap());
    bencher.bench_local(|| Journal::open(&path, Access::Read).unwrap().evaluation(parse).unwrap());
}

/// The last step of an evaluator, as an undo needs it, behind an import of everybody.
#[divan::bench(args = CENTRES, sample_count = 10)]
fn last_step(bencher: Bencher, centres: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cohort.triennial");
    let (text, rubric) = (Scheme::Quota.text(), Scheme::Quota.rubric());
    let mut journal = Journal::create(&path, "li", opened(&rubric, &text), &text, 0).unwrap();
    let mut step = filled(&rubric, centres);
    let last = step.pop().unwrap();
    journal.append(step, 0).unwrap();
    journal.append(vec![last], 0).unwrap();
    bencher.bench_local(|| journal.last_step("li").unwrap());
}

/// Facts, points and places of everybody.
#[divan::bench(args = CENTRES, sample_count = 10)]
fn full_score(bencher: Bencher, centres: usize) {
    let evaluation = evaluation(Scheme::Quota, centres);
    bencher.bench_local(|| -> Vec<Scorecard> { score(&evaluation.rubric, &evaluation.cohort, None) });
}

/// Reads a wide table.
#[divan::bench(args = CENTRES, sample_count = 10)]
fn read_table(bencher: Bencher, centres: usize) {
    let evaluation = evaluation(Scheme::Quota, centres);
    let text = String::from_utf8(data::wide(&evaluation.cohort, &evaluation.rubric)).unwrap();
    bencher.bench_local(|| table(black_box(&text), &evaluation.rubric, Some(evaluation.cycle)).0.unwrap());
}

/// One edit, scored, placed and drawn.
#[divan::bench(args = CENTRES, sample_count = 200)]
fn edit(bencher: Bencher, centres: usize) {
    let (mut stage, ..) = Stage::open(Scheme::Quota, centres);
    bencher.bench_local(|| stage.edit(Edit::Reading));
}

/// One move in the cohort table, drawn.
#[divan::bench(args = CENTRES, sample_count = 200)]
fn go(bencher: Bencher, centres: usize) {
    let (mut stage, ..) = Stage::open(Scheme::Quota, centres);
    bencher.bench_local(|| stage.go(Command::Down));
}

/// One character in the filter's line, drawn.
#[divan::bench(args = CENTRES, sample_count = 100)]
fn filter(bencher: Bencher, centres: usize) {
    let (mut stage, ..) = Stage::open(Scheme::Quota, centres);
    bencher.bench_local(|| stage.filter());
}

/// The cohort table sorted by its total, drawn.
#[divan::bench(args = CENTRES, sample_count = 100)]
fn sort(bencher: Bencher, centres: usize) {
    let (mut stage, ..) = Stage::open(Scheme::Quota, centres);
    bencher.bench_local(|| stage.sort());
}
