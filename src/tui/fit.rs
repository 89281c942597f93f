//! Text cut and broken by terminal cells. Must not know what the text says.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Stands at the end of text that was cut.
const CUT: &str = "..";

pub fn width(text: &str) -> usize {
    text.width()
}

/// As much of the text as fits, with a sign where some does not.
pub fn fit(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let sign = if room > CUT.len() + 1 { CUT } else { "" };
    let mut cut = head(text, room - sign.len());
    cut.push_str(sign);
    cut
}

/// As much of the text as fits, without a sign.
pub fn head(text: &str, room: usize) -> String {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= room
    };
    text.chars().take_while(fits).collect()
}

/// A figure that does not fit loses its end, and says so: it must never look like a smaller one.
pub fn figure(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut cut = head(text, room.saturating_sub(1));
    cut.push('>');
    head(&cut, room)
}

/// Lines of at most `room` cells: broken at blanks, and between Han characters.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if line.width() + word.trim_end().width() > room && !line.is_empty() {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        let mut rest = word;
        while rest.trim_end().width() > room {
            let part = head(rest, room);
            rest = &rest[part.len()..];
            lines.push(part);
        }
        line.push_str(rest);
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The text in pieces that may each begin a line; a piece keeps the blanks behind it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        let closes = matches!(c, '，' | '。' | '、' | '；' | '：' | '）' | '”' | '》' | '〕' | '？' | '！');
        let after_blank = last == Some(' ') && c != ' ';
        let wide = |c: char| c.width() == Some(2) && !matches!(c, '（' | '“' | '《' | '〔');
        let after_wide = last.is_some_and(wide) && c != ' ' && !closes;
        let before_wide = c.width() == Some(2) && !closes && last.is_some_and(|l| l.width() == Some(1));
        if at > start && (after_blank || after_wide || before_wide) {
            words.push(&text[start..at]);
            start = at;
        }
        last = Some(c);
    }
    words.push(&text[start..]);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_text_says_so_and_never_halves_a_wide_character() {
        assert_eq!(fit("abcdef", 6), "abcdef");
        assert_eq!(fit("abcdefg", 6), "abcd..");
        assert_eq!(fit("技术创新中心", 7), "技术..");
        assert_eq!(fit("技术", 3), "技");
        assert_eq!(fit("技术", 0), "");
        assert_eq!(figure("1234567.89", 8), "1234567>");
        assert_eq!(figure("12", 1), ">");
    }

    #[test]
    fn lines_break_at_blanks_and_between_han_but_not_before_a_stop() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("技术创新中心。", 12), ["技术创新中", "心。"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
    }
}
