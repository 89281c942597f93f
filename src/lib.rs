//! `triennial`: score the three-year performance evaluation of technology innovation centres, exactly and explainably.
//!
//! Eight rooms in strict layers; `tests/it/architecture.rs` holds them to it:
//! [`domain`] knows nothing; [`wording`] knows `domain`; [`read`] and [`mod@write`] know both; [`app`] knows those four;
//! [`store`] knows `domain`, `read`, `write` and `wording`; [`tui`] knows `app` and what it may show; [`cli`] knows all.

pub mod app;
pub mod cli;
pub mod domain;
pub mod read;
pub mod store;
pub mod tui;
pub mod wording;
pub mod write;
