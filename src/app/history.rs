//! The history screen's state: what was done to the evaluation or to one cell, latest first. Must not know how a
//! moment is written down.

use super::list::List;
use crate::domain::history::{Asked, Past};

#[derive(Debug, Clone)]
pub struct History {
    pub asked: Asked,
    pub steps: Vec<Past>,
    pub list: List,
}

impl History {
    pub fn new(asked: Asked, steps: Vec<Past>) -> Self {
        Self { asked, steps, list: List::default() }
    }

    pub fn chosen(&self) -> Option<&Past> {
        self.steps.get(self.list.at)
    }
}
