//! Long work that goes on elsewhere while the screen says how far it is. Must not know what the work is.

use crate::domain::text::Text;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    pub title: Text,
    /// Of how many parts how many are done; `None` while that is not known.
    pub progress: Option<(usize, usize)>,
    /// It can be stopped without leaving anything half done.
    pub can_stop: bool,
    /// What is done by then stays when it is stopped.
    pub stays: bool,
    /// Somebody has asked for that.
    pub stopping: bool,
}

impl Work {
    pub fn new(title: Text, can_stop: bool) -> Self {
        Self { title, progress: None, can_stop, stays: false, stopping: false }
    }
}
