//! Keys as plain data, and the little language they are written in: `j j <Enter> 85 <Tab> <C-p>`.
//!
//! Tests and the key table speak it. Must not know any terminal library.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character as typed: Shift is in it already.
    Char(char),
    Enter,
    Tab,
    BackTab,
    Esc,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// Every key that has a name: how it is written in key strings, and how people are told of it.
const NAMED: [(Code, &str, &str); 14] = [
    (Code::Enter, "Enter", "Enter"),
    (Code::Tab, "Tab", "Tab"),
    (Code::BackTab, "S-Tab", "Shift-Tab"),
    (Code::Esc, "Esc", "Esc"),
    (Code::Backspace, "BS", "Backspace"),
    (Code::Delete, "Del", "Delete"),
    (Code::Up, "Up", "Up"),
    (Code::Down, "Down", "Down"),
    (Code::Left, "Left", "Left"),
    (Code::Right, "Right", "Right"),
    (Code::Home, "Home", "Home"),
    (Code::End, "End", "End"),
    (Code::PageUp, "PageUp", "PgUp"),
    (Code::PageDown, "PageDown", "PgDn"),
];

impl Key {
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false }
    }

    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true }
    }

    /// The character it types into a text.
    pub fn types(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl => Some(c),
            _ => None,
        }
    }
}

/// As people are told of it: `Enter`, `Ctrl-P`, `n`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Code::Char(' ') => write!(f, "Space"),
            Code::Char(c) if self.ctrl => write!(f, "Ctrl-{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            code => write!(f, "{}", NAMED.iter().find(|(known, ..)| *known == code).map_or("", |(.., shown)| shown)),
        }
    }
}

/// Reads a key string. Blanks part its words; `<Name>` is a named key, `<C-x>` one with Ctrl, and anything else is
/// typed character by character.
///
/// # Errors
/// The first `<Name>` that is not a key.
pub fn keys(text: &str) -> Result<Vec<Key>, String> {
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        let mut rest = word;
        while let Some(c) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
            match named.filter(|(name, _)| !name.is_empty()) {
                Some((name, after)) => {
                    found.push(named_key(name).ok_or_else(|| name.to_owned())?);
                    rest = after;
                }
                None => {
                    found.push(Key::char(c));
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
    }
    Ok(found)
}

fn named_key(name: &str) -> Option<Key> {
    if let Some((code, ..)) = NAMED.iter().find(|(_, written, _)| *written == name) {
        return Some(Key::plain(*code));
    }
    let one = |text: &str| {
        let mut chars = text.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    match name {
        "Space" => Some(Key::char(' ')),
        "lt" => Some(Key::char('<')),
        _ => match name.strip_prefix("C-") {
            Some(c) => one(c).map(Key::ctrl),
            None => name.strip_prefix('F')?.parse().ok().map(|n| Key::plain(Code::F(n))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_string_is_names_and_characters() {
        let read = keys("j <Enter> 8.5<Tab> <C-p><F1>").unwrap();
        let expected = [
            Key::char('j'),
            Key::plain(Code::Enter),
            Key::char('8'),
            Key::char('.'),
            Key::char('5'),
            Key::plain(Code::Tab),
            Key::ctrl('p'),
            Key::plain(Code::F(1)),
        ];
        assert_eq!(read, expected);
        assert_eq!(keys("<Entr>"), Err("Entr".to_owned()));
        assert_eq!(keys("<C-p>").unwrap()[0].to_string(), "Ctrl-P");
    }
}
