//! A text with some of its pieces replaced and every other byte as it was. Must not know what the pieces are.

use std::ops::Range;

/// What stands in the place of some bytes of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    pub span: Range<usize>,
    pub text: String,
}

/// The text with all replacements made; one that overlaps an earlier one, or lies outside the text, is left out.
pub fn edited(text: &str, replacements: &[Replacement]) -> String {
    let mut sorted: Vec<&Replacement> = replacements.iter().collect();
    sorted.sort_by_key(|replacement| replacement.span.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for replacement in sorted {
        let (Some(before), true) = (text.get(at..replacement.span.start), text.is_char_boundary(replacement.span.end))
        else {
            continue;
        };
        out.push_str(before);
        out.push_str(&replacement.text);
        at = replacement.span.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_bytes_change() {
        let text = "a = 12 # 十二\nb = 3\n";
        let replace = |span, text: &str| Replacement { span, text: text.to_owned() };
        let three = text.find('3').unwrap();
        let changed = edited(text, &[replace(three..three + 1, "4"), replace(4..6, "11.5"), replace(5..7, "x")]);
        assert_eq!(changed, "a = 11.5 # 十二\nb = 4\n");
        // Inside a letter, or past the end, there is nothing to replace.
        assert_eq!(edited(text, &[replace(10..11, "x"), replace(90..99, "x")]), text);
    }
}
