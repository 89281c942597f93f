//! Edits of a rubric: what a person would call one change, with what stood there and what stands there now.
//!
//! Named by ids and keys of the rubric language, never by positions. Must not know how a rubric's text is read, nor how an
//! edit is told.

/// One edit: what can be made or left out on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// In the order of the new text. More than one where they cannot stand without each other: a criterion's points with
    /// those of its parts, a metric with the measure that uses it.
    pub parts: Vec<Alteration>,
}

/// A change to one thing of the rubric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alteration {
    pub subject: Subject,
    /// Its values that differ; one that is there on one side only is a table or item added or taken out.
    pub values: Vec<Value>,
}

/// What an alteration is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    /// The list it stands in: `criterion`, `indicator`, `grade`, `gate`, or the name of a table such as `outcome`.
    pub list: String,
    /// The thing's id; empty in a table that has none.
    pub id: String,
    /// Which of its keys: `points`, `at_least`, `rule.bands.1`; empty for the thing as a whole.
    pub key: String,
}

/// A value before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Below the subject's key: a kind, or a key of a table; empty for the value itself.
    pub key: String,
    pub old: Option<Written>,
    pub new: Option<Written>,
}

/// A value as it is written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its words in the file, on one line.
    pub text: String,
    pub file: String,
    /// Counted from 1.
    pub line: usize,
}

impl Edit {
    /// Whether it is only about what a rubric cites, which no score depends on.
    pub fn is_citation(&self) -> bool {
        let cites = |part: &Alteration| part.subject.key == "cite" || part.subject.list == "document";
        self.parts.iter().all(cites)
    }
}
