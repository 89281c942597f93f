//! A text being typed into a cell. Must not know which cell.

use tui_input::{Input, InputRequest};

use crate::domain::diagnostic::Diagnostic;

/// The most characters a field takes.
pub const LIMIT: usize = 200;

/// Where to go once the text is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Next,
    Previous,
    Up,
    Down,
}

#[derive(Debug, Clone)]
pub struct Typing {
    pub input: Input,
    /// The cell's text when typing began.
    was: String,
    /// Why the text cannot be the cell's.
    pub fault: Option<Diagnostic>,
    /// It was handed over and could not be written.
    pub unsaved: bool,
    /// It was handed over; where to go once it is written.
    pub saving: Option<Then>,
}

impl Typing {
    /// Typing that starts from the text that stands there.
    pub fn over(was: String) -> Self {
        Self { input: Input::new(was.clone()), was, fault: None, unsaved: false, saving: None }
    }

    /// Typing that replaces the text that stands there.
    pub fn instead_of(was: String, text: &str) -> Self {
        let mut typing = Self { input: Input::default(), was, fault: None, unsaved: false, saving: None };
        insert(&mut typing.input, text);
        typing
    }

    pub fn is_changed(&self) -> bool {
        self.input.value() != self.was
    }

    pub fn edit(&mut self, request: InputRequest) {
        if edit(&mut self.input, request) {
            self.fault = None;
        }
    }
}

/// Changes a field, within its limit; whether its text changed.
pub fn edit(input: &mut Input, request: InputRequest) -> bool {
    let full = input.value().chars().count() >= LIMIT;
    if full && matches!(request, InputRequest::InsertChar(_)) {
        return false;
    }
    input.handle(request).is_some_and(|changed| changed.value)
}

/// Types a text into a field; control characters are left out.
pub fn insert(input: &mut Input, text: &str) {
    for c in text.chars().filter(|c| !c.is_control()) {
        edit(input, InputRequest::InsertChar(c));
    }
}
