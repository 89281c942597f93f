//! A few fields to fill in before something is done, and the reason that a legal act asks for.
//!
//! Must not know what is done with them, nor how they are drawn.

use tui_input::Input;

use super::list::List;
use crate::domain::centre::Field as Fact;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::CellRef;
use crate::domain::note::About;
use crate::domain::query::Query;
use crate::domain::reading::Remark;

use crate::domain::text::Text;

/// What the fields are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    OpenFile,
    NewEvaluation,
    ImportFile,
    Export,
    AddCentre,
    SetFact {
        centre: String,
        field: Fact,
    },
    Remark {
        centre: String,
        cell: CellRef,
        remark: Remark,
    },
    /// Why a query may stand.
    Answer {
        centre: String,
        query: Query,
    },
    /// Which rubric; its review comes first, and where it may be pinned the reason after that.
    ChooseRubric {
        pin: bool,
    },
    Repin {
        rubric: String,
    },
    /// A change of a rubric as a whole.
    AcceptChange,
    /// What stands beside a mark of a review.
    MarkNote {
        about: About,
    },
    Close,
    Reopen,
    DropCentre {
        centre: String,
    },
}

impl Purpose {
    /// A legal or dangerous act: it needs a typed reason, and a key that can have led here never confirms it.
    pub const fn is_act(&self) -> bool {
        matches!(
            self,
            Self::Repin { .. }
                | Self::AcceptChange
                | Self::Close
                | Self::Reopen
                | Self::DropCentre { .. }
                | Self::Answer { .. }
        )
    }
}

#[derive(Debug, Clone)]
pub struct Form {
    pub purpose: Purpose,
    pub title: Text,
    /// What the form is about, before the fields.
    pub about: Vec<Text>,
    pub fields: Vec<Field>,
    pub list: List,
    /// Which field cannot be as it is, and why.
    pub fault: Option<(usize, Diagnostic)>,
    /// It was handed over; it goes once that has worked, and stays with all its text where it has not.
    pub waiting: bool,
}

#[derive(Debug, Clone)]
pub struct Field {
    pub label: Text,
    pub value: Value,
    /// What may stand there.
    pub hint: Text,
}

#[derive(Debug, Clone)]
pub enum Value {
    /// `fresh`: it was not touched yet, so that what is typed takes the place of what stands there.
    Line {
        input: Input,
        was: String,
        fresh: bool,
    },
    Choice {
        options: Vec<Choice>,
        at: usize,
    },
    Toggle(bool),
}

/// One of several things to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub title: Text,
}

impl Field {
    pub fn line(label: Text, was: impl Into<String>, hint: Text) -> Self {
        let was = was.into();
        Self { label, value: Value::Line { input: Input::new(was.clone()), was, fresh: true }, hint }
    }

    pub fn choice(label: Text, options: Vec<Choice>, chosen: &str, hint: Text) -> Self {
        let at = options.iter().position(|option| option.id == chosen).unwrap_or(0);
        Self { label, value: Value::Choice { options, at }, hint }
    }

    pub fn toggle(label: Text, on: bool, hint: Text) -> Self {
        Self { label, value: Value::Toggle(on), hint }
    }

    /// The typed line without blanks at its ends, or the id of what is chosen.
    pub fn text(&self) -> &str {
        match &self.value {
            Value::Line { input, .. } => input.value().trim(),
            Value::Choice { options, at } => options.get(*at).map_or("", |option| option.id.as_str()),
            Value::Toggle(_) => "",
        }
    }

    pub fn is_on(&self) -> bool {
        matches!(self.value, Value::Toggle(true))
    }
}

impl Form {
    pub fn new(purpose: Purpose, title: Text, about: Vec<Text>, fields: Vec<Field>) -> Self {
        Self { purpose, title, about, fields, list: List::default(), fault: None, waiting: false }
    }

    pub fn field(&self) -> Option<&Field> {
        self.fields.get(self.list.at)
    }

    pub fn field_mut(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.list.at)
    }

    /// The text of a field; empty where there is none.
    pub fn text(&self, at: usize) -> &str {
        self.fields.get(at).map_or("", Field::text)
    }

    /// The cursor is in a line of text.
    pub fn in_line(&self) -> bool {
        matches!(self.field().map(|field| &field.value), Some(Value::Line { .. }))
    }

    /// Text was typed that is nowhere else.
    pub fn holds_text(&self) -> bool {
        let changed = |field: &Field| match &field.value {
            Value::Line { input, was, .. } => input.value() != was,
            Value::Choice { .. } | Value::Toggle(_) => false,
        };
        self.fields.iter().any(changed)
    }

    /// Turns a choice on to its next or previous option, or a toggle over.
    pub fn turn(&mut self, back: bool) {
        match self.field_mut().map(|field| &mut field.value) {
            Some(Value::Choice { options, at }) if !options.is_empty() => {
                *at = (*at + if back { options.len() - 1 } else { 1 }) % options.len();
            }
            Some(Value::Toggle(on)) => *on = !*on,
            _ => {}
        }
        self.fault = None;
    }
}
