//! The rubric's own text, at the lines that somebody asked about. Must not know what the lines mean.

use std::ops::Range;
use std::sync::Arc;

use super::list::List;
use crate::domain::text::Text;

#[derive(Debug, Clone)]
pub struct Source {
    pub title: Text,
    text: Arc<str>,
    /// Where each line stands in the text.
    lines: Vec<Range<usize>>,
    /// The lines that were asked about.
    pub marked: Range<usize>,
    pub list: List,
}

impl Source {
    pub fn new(title: Text, text: Arc<str>, marked: Range<usize>) -> Self {
        let mut lines = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            lines.push(at..at + line.trim_end_matches(['\n', '\r']).len());
            at += line.len();
        }
        let mut list = List::at(marked.start.min(lines.len().saturating_sub(1)));
        // What is asked about stands near the top, with a little of what is above it.
        list.first = list.at.saturating_sub(2);
        Self { title, text, lines, marked, list }
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub fn line(&self, at: usize) -> &str {
        self.lines.get(at).and_then(|line| self.text.get(line.clone())).unwrap_or_default()
    }
}
