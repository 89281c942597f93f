//! Text inside XML. Must not know any element.

/// Text between tags and in attributes: nothing in it is markup, and what XML cannot hold is written out.
pub(super) fn text(raw: &str) -> String {
    let mut said = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '&' => said.push_str("&amp;"),
            '<' => said.push_str("&lt;"),
            '>' => said.push_str("&gt;"),
            '"' => said.push_str("&quot;"),
            // The only code points besides control characters that XML 1.0 has no place for.
            '\u{fffe}' | '\u{ffff}' => said.extend(c.escape_unicode()),
            c if c.is_control() && c != '\n' => said.extend(c.escape_unicode()),
            '\n' => said.push(' '),
            c => said.push(c),
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup_and_what_xml_cannot_hold_is_written_out() {
        assert_eq!(text(r#"<w:p a="1">&amp;</w:p>"#), "&lt;w:p a=&quot;1&quot;&gt;&amp;amp;&lt;/w:p&gt;");
        assert_eq!(text("a\u{0}b\u{8}c\u{1f}d\u{ffff}"), r"a\u{0}b\u{8}c\u{1f}d\u{ffff}");
        assert_eq!(text("镕喆堃𠮷"), "镕喆堃𠮷");
    }
}
