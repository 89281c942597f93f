//! The program as a state and what changes it: `update(&mut Model, Msg) -> Vec<Effect>`.
//!
//! Knows the domain, words, and how one typed cell is read. Must not know terminals, disks or clocks: what has to be
//! done outside is an [`Effect`] that the binary performs, and what came of it returns as a [`Msg`].
//!
//! [`command`] is the one table of commands; the key map, footer, help, palette and the README's table come from it.

pub mod bench;
pub mod browser;
pub mod cohort;
pub mod command;
pub mod entry;
pub mod filter;
pub mod finder;
pub mod form;
pub mod history;
pub mod key;
pub mod ledger;
pub mod list;
pub mod model;
pub mod msg;
pub mod mutant;
pub mod nudge;
pub mod plot;
pub mod preview;
pub mod problems;
pub mod review;
pub mod session;
pub mod source;
pub mod start;
pub mod typing;
pub mod update;
pub mod waiting;
pub mod work;

pub use model::Model;
pub use msg::{Effect, Msg, Opened};
pub use update::{dispatch, update};
