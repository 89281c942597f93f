//! How far long work on the command line is, and the sign by which it is stopped. Must not know what the work is.

use std::io::{IsTerminal, Write, stderr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::failure::Failure;
use crate::domain::text::Lang;
use crate::store::error::StoreError;
use crate::wording::screen;

/// Back to the first column, and everything behind the cursor away.
const CLEARED: &str = "\r\x1b[K";

/// One line on standard error that is written over, where that is a terminal; nothing where it is not.
pub struct Progress {
    lang: Lang,
    shown: bool,
    /// Hundredths that were told last.
    told: Option<usize>,
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
        Ok(Self { lang, shown: stderr().is_terminal(), told: None, stop })
    }

    /// Tells that so many of so many are done, and whether to go on.
    pub fn tell(&mut self, done: usize, of: usize) -> bool {
        let hundredths = done * 100 / of.max(1);
        if self.shown && self.told != Some(hundredths) {
            self.told = Some(hundredths);
            let line = screen::progress(self.lang, done, of);
            let mut out = stderr().lock();
            let _ = write!(out, "{CLEARED}{line}").and_then(|()| out.flush());
        }
        !self.stop.load(Ordering::SeqCst)
    }
}

impl Drop for Progress {
    /// What is said next has the line for itself.
    fn drop(&mut self) {
        if self.told.is_some() {
            let _ = write!(stderr(), "{CLEARED}");
        }
    }
}
