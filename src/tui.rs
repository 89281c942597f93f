//! The terminal: events in, frames out. The only room that knows ratatui and crossterm.
//!
//! [`view()`] draws a `&Model` and says where things are; [`run`] turns what the terminal reports into messages. Must
//! never change the model but through `app::update`, and must not know disks, journals or how a score comes about.

mod cohort;
mod entry;
mod event;
mod fit;
mod layout;
mod ledger;
mod overlay;
mod pen;
mod popup;
mod runner;
mod start;
pub mod terminal;
mod theme;
mod view;

pub use event::{key, message};
pub use layout::Layout;
pub use runner::{draw, run};
pub use view::view;
