//! How far long work on the command line is, and the sign by which it is stopped. Must not know what the work is.

use std::io::{IsTerminal, stderr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::failure::Failure;
use super::output;
use crate::domain::text::Lang;
use crate::store::error::StoreError;
use crate::wording::{Phrase, screen};

/// One line on standard error that is written over, where that is a terminal; nothing where it is not.
pub struct Progress {
    lang: Lang,
    shown: bool,
    /// What is done now, where there is more than one thing to do.
    what: Option<Phrase>,
    /// Hundredths that were told last.
    told: Option<usize>,
    /// Something stands on the line.
    written: bool,
    stop: Arc<AtomicBool>,
}

impl Progress {
    /// From now on Ctrl-C and SIGTERM stop the work where it can be stopped; the second ends the program at once.
    ///
    /// # Errors
    /// Where the system knows no such signals.
    pub fn begin(lang: Lang) -> Result<Self, Failure> {
        let stop = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds the sign not set yet.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&stop))
                .and_then(|_| flag::register(signal, Arc::clone(&stop)))
                .map_err(|fault| Failure::from(StoreError::from_io(Path::new("signals"), &fault)))?;
        }
        let shown = stderr().is_terminal();
        Ok(Self { lang, shown, what: None, told: None, written: false, stop })
    }

    /// Tells what is done from now on, and whether to go on.
    pub fn stage(&mut self, what: Phrase) -> bool {
        (self.what, self.told) = (Some(what), None);
        self.line("");
        self.goes_on()
    }

    /// Tells that so many of so many are done, and whether to go on.
    pub fn tell(&mut self, done: usize, of: usize) -> bool {
        let hundredths = done * 100 / of.max(1);
        if self.told != Some(hundredths) {
            self.told = Some(hundredths);
            self.line(&screen::progress(self.lang, done, of));
        }
        self.goes_on()
    }

    /// Gives the line to whatever is said next.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.written) {
            output::over("");
        }
    }

    fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::SeqCst)
    }

    fn line(&mut self, far: &str) {
        if self.shown {
            self.written = true;
            output::over(&match self.what {
                Some(what) => screen::doing(self.lang, what, far),
                None => far.to_owned(),
            });
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
