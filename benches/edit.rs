//! How long single edits and moves take in a large cohort, drawn into a buffer: the median, the 99th percentile and the
//! slowest of 2,000. `cargo bench --bench edit [-- CENTRES]`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a bench is not part of the program")]

mod stage;
mod synthetic;

use std::time::Duration;

use stage::{Edit, Stage};
use synthetic::Scheme;
use triennial::app::command::Command;

const EACH: usize = 2_000;

fn main() {
    let centres = std::env::args().skip(1).find_map(|given| given.parse().ok()).unwrap_or(10_000);
    println!("{:42}{:>9}{:>9}{:>9}", format!("{centres} centres, milliseconds"), "p50", "p99", "slowest");
    for scheme in Scheme::ALL {
        let (mut stage, scored, drawn) = Stage::open(scheme, centres);
        line(scheme, "score all, then the first frame", [scored, drawn]);
        for (edit, what) in [
            (Edit::Reading, "a reading, on its screen"),
            (Edit::ReadingInTable, "a reading, beside the table"),
            (Edit::Status, "absent or not, beside the table"),
        ] {
            report(scheme, what, (0..EACH).map(|_| stage.edit(edit)));
        }
        for (command, what) in [
            (Command::Down, "down"),
            (Command::PageDown, "page down"),
            (Command::Right, "right"),
            (Command::Last, "to the end"),
        ] {
            report(scheme, what, (0..EACH).map(|_| stage.go(command)));
        }
        report(scheme, "a letter of the filter", (0..EACH / 10).map(|_| stage.filter()));
        report(scheme, "sort by the total", (0..EACH / 10).map(|_| stage.sort()));
    }
}

fn report(scheme: Scheme, what: &str, times: impl Iterator<Item = Duration>) {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    line(scheme, what, [500, 990, 1000].map(|part| times[(times.len() - 1) * part / 1000]));
}

fn line<const N: usize>(scheme: Scheme, what: &str, times: [Duration; N]) {
    let shown = times.map(|time| format!("{:5}.{:03}", time.as_millis(), time.as_micros() % 1000)).concat();
    println!("{:42}{shown}", format!("{scheme:?}: {what}"));
}
