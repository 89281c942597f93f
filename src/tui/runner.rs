//! The loop: draw, wait for an event or a signal, update, perform effects. Must not know any effect but redrawing.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::crossterm::event::{self, Event};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};

use super::event::message;
use super::layout::Layout;
use super::terminal::Guard;
use super::view::view;
use crate::app::model::Theme;
use crate::app::{Effect, Model, Msg, dispatch, update};

/// What the loop waits for.
enum Report {
    Event(Event),
    /// From work that goes on elsewhere.
    Msg(Msg),
    Signal,
    /// The terminal can no longer be read.
    Gone(io::Error),
}

/// Where work that goes on elsewhere says how far it is and what came of it.
#[derive(Debug, Clone)]
pub struct Post(Sender<Report>);

impl Post {
    /// Hands a message over; once the screen is gone nobody asks for it any more.
    pub fn send(&self, msg: Msg) {
        let _ = self.0.send(Report::Msg(msg));
    }
}

/// Runs the screen until the user or a signal ends it. `perform` does what the model asks for and says what came of
/// it, at once or later through its [`Post`]. `first` is performed behind the first frame. Idle, it waits in the kernel:
/// one thread reads the terminal, another the signals.
///
/// # Errors
/// Where the terminal cannot be taken over, drawn on or read.
pub fn run(
    mut model: Model,
    first: Option<Effect>,
    mut perform: impl FnMut(Effect, &Post) -> Vec<Msg>,
) -> io::Result<Model> {
    if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        model.theme = Theme::Plain;
    }
    let mut guard = Guard::take()?;
    let (reports, waiting) = channel();
    let signals = watch_signals(reports.clone())?;
    // Asking once sets up what notices a resize; the first frame must not come before that.
    event::poll(Duration::ZERO)?;
    let post = Post(reports.clone());
    watch_terminal(reports);
    let mut perform = |effect| perform(effect, &post);
    draw(&mut guard.terminal, &mut model)?;
    for msg in first.into_iter().flat_map(&mut perform).collect::<Vec<_>>() {
        dispatch(&mut model, msg, &mut perform);
    }
    let ended = turn(&mut model, &mut guard, &waiting, &mut perform);
    signals.close();
    drop(guard);
    ended.map(|()| model)
}

fn turn(
    model: &mut Model,
    guard: &mut Guard,
    waiting: &Receiver<Report>,
    perform: &mut impl FnMut(Effect) -> Vec<Msg>,
) -> io::Result<()> {
    let terminal = &mut guard.terminal;
    while !model.quit {
        let layout = draw(terminal, model)?;
        let mut redraw = false;
        let Ok(first) = waiting.recv() else { return Ok(()) };
        // Everything that has come in meanwhile goes into the same frame, so that a held key cannot run ahead.
        for report in std::iter::once(first).chain(waiting.try_iter()) {
            let msg = match report {
                Report::Signal => Some(Msg::Quit),
                Report::Msg(msg) => Some(msg),
                Report::Gone(error) => return Err(error),
                Report::Event(event) => {
                    // A window that went small and came back has lost what was drawn, and its size is as before.
                    redraw |= matches!(event, Event::Resize(..));
                    message(model, &layout, event)
                }
            };
            let mut perform = |effect| match effect {
                Effect::Redraw => {
                    redraw = true;
                    Vec::new()
                }
                effect => perform(effect),
            };
            if let Some(msg) = msg {
                dispatch(model, msg, &mut perform);
            }
            if model.quit {
                return Ok(());
            }
        }
        if redraw {
            // `clear` would ask the terminal where its cursor is, and the thread that reads has the answer.
            let area = terminal.size()?.into();
            terminal.resize(area)?;
        }
    }
    Ok(())
}

/// Draws one frame and tells the model what it showed.
///
/// # Errors
/// Where the terminal cannot be written.
pub fn draw<B: Backend>(terminal: &mut Terminal<B>, model: &mut Model) -> Result<Layout, B::Error> {
    let mut layout = Layout::default();
    terminal.draw(|frame| layout = view(model, frame))?;
    if let Some(seen) = layout.seen {
        update(model, Msg::Seen(seen));
    }
    Ok(layout)
}

fn watch_signals(reports: Sender<Report>) -> io::Result<Handle> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    let handle = signals.handle();
    thread::spawn(move || {
        for _ in signals.forever() {
            if reports.send(Report::Signal).is_err() {
                return;
            }
        }
    });
    Ok(handle)
}

fn watch_terminal(reports: Sender<Report>) {
    thread::spawn(move || {
        loop {
            let (report, gone) = match event::read() {
                Ok(event) => (Report::Event(event), false),
                Err(error) => (Report::Gone(error), true),
            };
            if reports.send(report).is_err() || gone {
                return;
            }
        }
    });
}
