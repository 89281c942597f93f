//! The screens, driven by keys through the real update and view onto a test terminal.

mod commands;
mod editing;
mod nearest;
mod pictures;
mod plotting;
mod reviewing;
pub mod stage;
mod steps;
mod table;
