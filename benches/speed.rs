//! Times of every part at 100 and 10,000 centres: `cargo bench --bench speed [-- NAME]`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a bench is not part of the program")]

mod synthetic;

fn main() {
    divan::main();
}
