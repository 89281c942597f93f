//! Writes the synthetic rubric, its table and the evaluation that an import of the table makes, to time the program on:
//! `cargo bench --bench files -- FOLDER [CENTRES]`. The folder must be there, and must not have the files yet.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a bench is not part of the program")]

mod synthetic;

use std::path::PathBuf;

use synthetic::{Scheme, evaluation, filled, opened};
use triennial::store::journal::Journal;
use triennial::write::data;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|given| !given.starts_with("--")).collect();
    let Some(folder) = given.first().map(PathBuf::from) else {
        println!("cargo bench --bench files -- FOLDER [CENTRES]");
        return;
    };
    let centres = given.get(1).and_then(|given| given.parse().ok()).unwrap_or(10_000);
    let scheme = Scheme::Quota;
    let (text, rubric) = (scheme.text(), scheme.rubric());
    std::fs::write(folder.join("rubric.toml"), &text).unwrap();
    std::fs::write(folder.join("data.csv"), data::wide(&evaluation(scheme, centres).cohort, &rubric)).unwrap();
    let path = folder.join("cohort.triennial");
    let mut journal = Journal::create(&path, "li", opened(&rubric, &text), &text, 0).unwrap();
    journal.append(filled(&rubric, centres), 0).unwrap();
}
