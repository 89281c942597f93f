//! A diagnostic as text: code, place, excerpt with a caret, remedy.
//!
//! The same text goes to standard error and to the screen's overlay; there are no colours in it and no control
//! characters, whatever the file holds. Must not read files: name and text of the source come from the caller.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::safe::{shown, visible};
use super::terms;
use crate::domain::diagnostic::{Diagnostic, Place, Severity};
use crate::domain::text::Lang;

/// Characters of a long line that are shown on either side of a fault.
const AROUND: usize = 60;

/// Characters of a long fault that the caret runs under.
const MOST: usize = 60;

/// The diagnostic in words. `source` is the text its byte positions refer to; it is not looked at for a cell of a
/// table or for the input as a whole.
pub fn text(diagnostic: &Diagnostic, name: &str, source: &str, lang: Lang) -> String {
    let name = visible(name);
    match &diagnostic.place {
        Place::Span(span) => with_excerpt(diagnostic, &name, source, span, lang),
        Place::Cell { row, column } => {
            let place = terms::cell_place(*row, *column, &column_letters(*column), lang);
            plain(diagnostic, &format!("{name}: {place}"), lang)
        }
        Place::Whole => plain(diagnostic, &name, lang),
    }
}

/// Line and column of a byte position, both from 1; the column counts characters. A position inside a character or
/// past the end is that character's, or the end's.
pub fn line_and_column(source: &str, at: usize) -> (usize, usize) {
    let before = &source[..floor(source, at)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// The letters a spreadsheet gives a column counted from 1: 1 is A, 27 is AA.
pub fn column_letters(column: usize) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

fn title(diagnostic: &Diagnostic, lang: Lang) -> String {
    format!("{}[{}]", terms::severity(diagnostic.severity).get(lang), diagnostic.code)
}

fn plain(diagnostic: &Diagnostic, place: &str, lang: Lang) -> String {
    let what = visible(diagnostic.what.get(lang));
    let help = visible(diagnostic.help.get(lang));
    let mut text = format!("{}: {what}\n --> {place}\n", title(diagnostic, lang));
    if !help.is_empty() {
        text.push_str(&format!("  = {}: {help}\n", terms::HELP.get(lang)));
    }
    text
}

fn with_excerpt(diagnostic: &Diagnostic, name: &str, source: &str, span: &Range<usize>, lang: Lang) -> String {
    let (line, column) = line_and_column(source, span.start);
    let place = format!("{name}:{line}:{column}");
    let (excerpt, marked) = excerpt(source, span);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let level = level.with_name(terms::severity(diagnostic.severity).get(lang));
    let help = visible(diagnostic.help.get(lang));
    let mut group = Group::with_title(level.primary_title(visible(diagnostic.what.get(lang))).id(diagnostic.code))
        .element(
            Snippet::source(excerpt)
                .path(name)
                .line_start(line)
                .fold(false)
                .annotation(AnnotationKind::Primary.span(marked)),
        );
    if !help.is_empty() {
        group = group.element(Level::HELP.with_name(terms::HELP.get(lang)).message(help));
    }
    let rendered = Renderer::plain().render(&[group]);
    // The renderer counts columns in the excerpt, where escapes take more room and a long line is cut.
    let placed = |line: &str| match line.split_once("--> ") {
        Some((indent, _)) if indent.trim().is_empty() => format!("{indent}--> {place}\n"),
        _ => format!("{line}\n"),
    };
    rendered.lines().map(placed).collect()
}

/// The line a fault starts on, made visible and cut to its surroundings, and which bytes of it are at fault.
fn excerpt(source: &str, span: &Range<usize>) -> (String, Range<usize>) {
    let start = floor(source, span.start);
    let end = floor(source, span.end).max(start);
    let line_start = source[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = source[start..].find('\n').map_or(source.len(), |newline| start + newline);
    let line_end = line_end - usize::from(source[start..line_end].ends_with('\r'));
    let end = end.min(line_end);
    let before: Vec<char> = source[line_start..start].chars().collect();
    let mut text = String::new();
    if before.len() > AROUND {
        text.push_str("...");
    }
    before[before.len().saturating_sub(AROUND)..].iter().for_each(|c| text.push_str(&excerpted(*c)));
    let marked_from = text.len();
    source[start..end].chars().take(MOST).for_each(|c| text.push_str(&excerpted(c)));
    let marked_to = text.len();
    let mut after = source[start..line_end].chars();
    after.by_ref().take(source[start..end].chars().count().min(MOST)).for_each(drop);
    after.by_ref().take(AROUND).for_each(|c| text.push_str(&excerpted(c)));
    if after.next().is_some() {
        text.push_str("...");
    }
    (text, marked_from..marked_to)
}

/// A tab is ordinary in a source; its width is not.
fn excerpted(c: char) -> String {
    if c == '\t' { "    ".to_owned() } else { shown(c) }
}

fn floor(source: &str, at: usize) -> usize {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests;
