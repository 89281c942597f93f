//! The words and signs of a formula. Must not know names or grammar.

use std::ops::Range;

use super::Fault;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::{MAX_DIGITS, Number, NumberFault};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Number(Number),
    Word(String),
    Quoted(String),
    Sign(&'static str),
    End,
}

pub(super) type Spanned = (Token, Range<usize>);

/// Longest first, so that `<=` is not read as `<`.
const SIGNS: [&str; 15] = ["<=", ">=", "==", "!=", "+", "-", "*", "/", "(", ")", ",", ":", "<", ">", "="];

/// Splits a text into tokens, with an `End` behind the last. A word may hold `-` only where it is followed by a letter
/// and stands in the argument of a function that takes an id; the parser asks for that with [`joined`].
pub(super) fn tokens(text: &str) -> Result<Vec<Spanned>, Fault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (token, length) = if c.is_ascii_digit() || (c == '.' && rest[1..].starts_with(|d: char| d.is_ascii_digit()))
        {
            number(rest, at)?
        } else if c.is_ascii_alphabetic() || c == '_' {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            (Token::Word(rest[..end].to_owned()), end)
        } else if c == '\'' || c == '"' {
            match rest[1..].find(c) {
                Some(end) => (Token::Quoted(rest[1..=end].to_owned()), end + 2),
                None => return Err(fault(at..text.len(), "a quote that is not closed", "引号没有闭合")),
            }
        } else if let Some(sign) = SIGNS.into_iter().find(|s| rest.starts_with(s)) {
            (Token::Sign(sign), sign.len())
        } else {
            let found = c.escape_debug();
            let here = at..at + c.len_utf8();
            return Err(fault(here, &format!("`{found}` has no meaning here"), &format!("此处的 `{found}` 没有含义")));
        };
        tokens.push((token, at..at + length));
        at += length;
    }
    tokens.push((Token::End, text.len()..text.len()));
    Ok(tokens)
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_')).unwrap_or(rest.len());
    let percent = rest[end..].starts_with('%');
    let length = end + usize::from(percent);
    match Number::parse_share(&rest[..length]) {
        Ok(number) => Ok((Token::Number(number), length)),
        Err(NumberFault::TooLong) => Err(fault(
            at..at + length,
            &format!("a number of more than {MAX_DIGITS} digits"),
            &format!("数字超过 {MAX_DIGITS} 位"),
        )),
        Err(_) => Err(fault(at..at + length, "not a number", "不是数值")),
    }
}

/// The id that starts at token `from`: words, numbers and `-` without gaps between them.
pub(super) fn joined(text: &str, tokens: &[Spanned], from: usize) -> (String, usize) {
    let mut to = from;
    while let Some((token, span)) = tokens.get(to) {
        let fits = matches!(token, Token::Word(_) | Token::Number(_) | Token::Sign("-"));
        if !fits || (to > from && tokens[to - 1].1.end != span.start) {
            break;
        }
        to += 1;
    }
    let id = if to > from { text[tokens[from].1.start..tokens[to - 1].1.end].to_owned() } else { String::new() };
    (id, to)
}

pub(super) fn fault(span: Range<usize>, en: &str, zh: &str) -> Fault {
    let what = Diagnostic::error("E-formula", format!("the formula has {en}"), format!("公式有误：{zh}"));
    let help = what.help(
        "a formula is made of metrics, numbers, + - * /, ( ) and functions such as sum(…) or mean(…)",
        "公式由数据项、数字、+ - * /、括号以及 sum(…)、mean(…) 等函数组成",
    );
    Box::new((help, span))
}
