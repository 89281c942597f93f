//! Work in pieces for as many workers as are wanted, told on standard error and stopped by Ctrl-C.
//!
//! Must not know what the work is.

use std::convert::Infallible;
use std::num::NonZero;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::failure::Failure;
use super::progress::Progress;
use super::workers::{each, processors};
use super::{Exit, output};
use crate::domain::text::Lang;
use crate::wording::Phrase;

/// What is to be done, and by how many.
pub struct Crew {
    /// `None`: as many as the machine has cores.
    pub workers: Option<NonZero<usize>>,
    /// What is told while it is done.
    pub what: Phrase,
    pub lang: Lang,
    /// How many there are to do.
    pub of: usize,
    /// How many are done at a time.
    pub size: usize,
}

/// What came of the pieces, in their order, and the tools they were done with.
pub struct Done<T, S> {
    pub pieces: Vec<T>,
    pub tools: Vec<S>,
}

impl Crew {
    /// Does all pieces, each with a tool that lies idle or else is made. `None` where somebody stopped it.
    ///
    /// # Errors
    /// Where the system knows no signals.
    pub fn work<S: Send, T: Send>(
        &self,
        make: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, Range<usize>) -> T + Sync,
    ) -> Result<Option<Done<T, S>>, Failure> {
        let idle = Mutex::new(Vec::new());
        let lying = || idle.lock().unwrap_or_else(PoisonError::into_inner);
        let piece = |nth: usize, _: &_| {
            let taken = lying().pop();
            let mut tool = taken.unwrap_or_else(&make);
            let from = nth * self.size;
            let piece = work(&mut tool, from..(from + self.size).min(self.of));
            lying().push(tool);
            Ok::<_, Infallible>(piece)
        };
        let mut progress = Progress::begin(self.lang)?;
        progress.stage(self.what);
        let mut done = 0;
        let mut watch = |_: &T| {
            done += self.size;
            progress.tell(done.min(self.of), self.of)
        };
        let workers = self.workers.map_or_else(processors, NonZero::get);
        let Ok(worked) = each(workers, self.of.div_ceil(self.size), piece, &mut watch);
        let tools = idle.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(worked.all.then_some(Done { pieces: worked.done, tools }))
    }
}

/// Says that nothing is told because somebody stopped the work.
pub fn stopped(lang: Lang) -> Exit {
    output::error(match lang {
        Lang::En => "stopped; nothing was worked out",
        Lang::Zh => "已中止，未得出结果",
    });
    Exit::Attention
}
