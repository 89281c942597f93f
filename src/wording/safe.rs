//! Text from outside made visible: what a terminal would obey is shown as `\u{1b}` instead.
//!
//! File names, centre names, rubric titles and pasted cells are data. Must not know where the text is shown; every
//! text that did not come from this program goes through [`visible`] before it reaches a terminal.

use std::borrow::Cow;

/// The text with control characters, direction overrides and characters of no width written as `\u{…}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_hidden) { Cow::Owned(text.chars().map(shown).collect()) } else { Cow::Borrowed(text) }
}

/// One character as [`visible`] shows it.
pub fn shown(c: char) -> String {
    if is_hidden(c) { c.escape_unicode().to_string() } else { c.to_string() }
}

/// Whether a character would act on a terminal, reorder what stands around it, or not be seen at all. Variation
/// selectors are not among them: the names of people need them.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{3164}' | '\u{ffa0}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(visible("a\u{1b}[31mb"), r"a\u{1b}[31mb");
        assert_eq!(visible("a\nb\tc\r"), r"a\u{a}b\u{9}c\u{d}");
        assert_eq!(visible("\u{9b}31m"), r"\u{9b}31m");
        assert_eq!(visible("abc\u{202e}def"), r"abc\u{202e}def");
        assert_eq!(visible("a\u{200b}b\u{feff}"), r"a\u{200b}b\u{feff}");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(visible("国家合成生物技术创新中心 (A)"), Cow::Borrowed(_)));
        assert_eq!(visible("国家合成生物技术创新中心 (A)"), "国家合成生物技术创新中心 (A)");
    }
}
