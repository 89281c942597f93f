//! The program from outside: published tables, the command line, the screens, the house itself.

mod architecture;
mod conformance;
mod diagnostics;
mod scoring;
