//! The terminal: events in, frames out. The only room that knows ratatui and crossterm.
//!
//! [`view()`] draws a `&Model` and says where things are; [`run`] turns what the terminal reports into messages. Must
//! never change the model but through `app::update`, and must not know disks, journals or how a score comes about.

mod bench;
mod browser;
mod cohort;
mod entry;
mod event;
mod fit;
mod form;
mod history;
mod impact;
mod layout;
mod ledger;
mod listing;
mod overlay;
mod pen;
mod plot;
mod popup;
mod preview;
mod problems;
mod review;
mod runner;
mod source;
mod start;
pub mod terminal;
mod theme;
mod view;
mod waiting;

pub use event::{key, message};
pub use layout::Layout;
pub use runner::{Post, draw, run};
pub use view::view;
