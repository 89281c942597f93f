//! Tables written out as one TOML text, with where each piece of it comes from. Must not know how they were put
//! together.

use std::ops::Range;

use super::tree::{Entry, Place, Tree, Value};

/// A text made of pieces of others.
#[derive(Debug, Default)]
pub(super) struct Flat {
    pub text: String,
    /// Pieces in the order of the text: where they stand in it, and where they were written.
    pieces: Vec<(Range<usize>, Place)>,
}

/// Writes tables out. `texts` are the files by number.
pub(super) fn flat(tree: &Tree, texts: &[&str]) -> Flat {
    let mut flat = Flat::default();
    flat.table(tree, "", texts);
    flat
}

impl Flat {
    fn table(&mut self, tree: &Tree, path: &str, texts: &[&str]) {
        for Entry { key, at, value } in &tree.entries {
            if let Value::Plain(place, _) = value {
                self.piece(&bare(key), at);
                self.text.push_str(" = ");
                self.piece(slice(texts, place), place);
                self.text.push('\n');
            }
        }
        for Entry { key, value, .. } in &tree.entries {
            let (inner, open, close) = match value {
                Value::Plain(..) => continue,
                Value::Table(inner) => (inner, "[", "]"),
                Value::Item(inner) => (inner, "[[", "]]"),
            };
            let path = if path.is_empty() { bare(key) } else { format!("{path}.{}", bare(key)) };
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.piece(&format!("{open}{path}{close}"), &inner.at);
            self.text.push('\n');
            self.table(inner, &path, texts);
        }
    }

    fn piece(&mut self, text: &str, place: &Place) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push((start..self.text.len(), place.clone()));
    }

    /// Where bytes of the text were written; `None` for the text as a whole.
    pub fn origin(&self, span: &Range<usize>) -> Option<Place> {
        let behind = self.pieces.partition_point(|(at, _)| at.start <= span.start);
        let (at, place) = self.pieces.get(behind.checked_sub(1)?)?;
        if at.len() != place.span.len() || span.start > at.end || *span == (0..0) {
            return (*span != (0..0)).then(|| place.clone());
        }
        let inside = |byte: usize| place.span.start + byte.min(at.end) - at.start;
        Some(Place { file: place.file, span: inside(span.start)..inside(span.end.max(span.start)) })
    }
}

fn slice<'a>(texts: &[&'a str], place: &Place) -> &'a str {
    texts.get(place.file).and_then(|text| text.get(place.span.clone())).unwrap_or_default()
}

/// A key as it may stand: in quotes unless it is plain.
fn bare(key: &str) -> String {
    let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if plain {
        return key.to_owned();
    }
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", key.chars().map(escaped).collect::<String>())
}
