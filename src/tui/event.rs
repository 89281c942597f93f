//! From what the terminal reports to messages. Must not know what a message does.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use super::layout::Layout;
use crate::app::command::{self, Command};
use crate::app::key::{Code, Key};
use crate::app::{Model, Msg};

/// The message of an event; `None` where it means nothing here.
pub fn message(model: &Model, layout: &Layout, event: Event) -> Option<Msg> {
    match event {
        Event::Key(event) => command::message(model, key(event)?),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => layout.point(mouse.column, mouse.row),
            MouseEventKind::ScrollDown => wheel(model, Command::Down),
            MouseEventKind::ScrollUp => wheel(model, Command::Up),
            _ => None,
        },
        _ => None,
    }
}

/// The wheel moves as the arrows do, but never out of a text field.
fn wheel(model: &Model, command: Command) -> Option<Msg> {
    let here = command::row(command).is_some_and(|row| row.contexts.contains(&model.context()));
    let typing = matches!(model.context(), command::Context::Typing | command::Context::Naming);
    (here && !typing).then_some(Msg::Run(command))
}

/// The terminal's key as the program knows keys.
pub fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release || event.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let code = match event.code {
        KeyCode::Char(c) if ctrl => Code::Char(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
        KeyCode::Enter => Code::Enter,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Esc => Code::Esc,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    Some(Key { code, ctrl })
}
