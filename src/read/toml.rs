//! A strict walk over a TOML tree: every key is known or a fault, every number is taken from its source text, every
//! fault has its place, and all of them are collected. Must not know what the keys mean.

use std::cell::RefCell;
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::nearest::nearest;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::{MAX_DIGITS, Number, NumberFault};
use crate::domain::text::Text;

/// The longest TOML text that is read, in bytes.
pub const MAX_BYTES: usize = 2 << 20;
/// The deepest nesting of tables and arrays.
pub const MAX_DEPTH: usize = 64;

/// A text being read and the faults found so far.
pub struct Source<'a> {
    pub text: &'a str,
    faults: RefCell<Vec<Diagnostic>>,
}

impl<'a> Source<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, faults: RefCell::new(Vec::new()) }
    }

    pub fn fault(&self, diagnostic: Diagnostic) {
        self.faults.borrow_mut().push(diagnostic);
    }

    /// All faults, in the order of their places.
    pub fn faults(self) -> Vec<Diagnostic> {
        let mut faults = self.faults.into_inner();
        faults.sort_by_key(Diagnostic::start);
        faults
    }

    pub fn has_errors(&self) -> bool {
        self.faults.borrow().iter().any(Diagnostic::is_error)
    }

    /// The place of byte `at..to` of a string value, where its source is not escaped; else the whole value.
    pub fn inside(&self, value: &Range<usize>, content: &str, part: Range<usize>) -> Range<usize> {
        let plain =
            self.text.get(value.clone()).is_some_and(|s| s.len() == content.len() + 2 && s[1..].starts_with(content));
        if plain { value.start + 1 + part.start..value.start + 1 + part.end } else { value.clone() }
    }
}

/// Parses TOML; syntax faults go to the source's faults, and what could be read is returned.
pub fn parse<'a>(source: &Source<'a>) -> Option<Spanned<DeTable<'a>>> {
    if source.text.len() > MAX_BYTES {
        let what = Diagnostic::error(
            "E-limit-size",
            format!("the file has {} bytes; a rubric has at most {MAX_BYTES}", source.text.len()),
            format!("文件有 {} 字节，评价指标体系最多 {MAX_BYTES} 字节", source.text.len()),
        );
        source.fault(what.help("split the scheme, or take out what is not part of it", "请拆分该体系，或删去无关内容"));
        return None;
    }
    let (tree, errors) = DeTable::parse_recoverable(source.text);
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        source.fault(syntax(error.message(), source.text, span));
    }
    too_deep(&tree, source);
    (!source.has_errors()).then_some(tree)
}

fn syntax(message: &str, text: &str, span: Range<usize>) -> Diagnostic {
    if message.contains("recurs") {
        return deep(span);
    }
    let bare = text.get(span.start..).and_then(|rest| rest.chars().next());
    let help = if bare.is_some_and(|c| !c.is_ascii()) {
        ("a key that is not plain Latin letters must stand in quotes", "非拉丁字母的键必须加引号")
    } else {
        (
            "see the TOML rules at this place: key = value, strings in quotes",
            "请检查此处的 TOML 写法：键 = 值，文字加引号",
        )
    };
    let what = Diagnostic::error("E-toml", format!("not valid TOML: {message}"), format!("TOML 语法错误：{message}"));
    what.help(help.0, help.1).at(span)
}

fn deep(span: Range<usize>) -> Diagnostic {
    Diagnostic::error(
        "E-limit-nesting",
        format!("tables and arrays are nested more than {MAX_DEPTH} deep"),
        format!("表与数组嵌套超过 {MAX_DEPTH} 层"),
    )
    .help("write the scheme with fewer levels", "请减少层级")
    .at(span)
}

fn too_deep(tree: &Spanned<DeTable<'_>>, source: &Source<'_>) {
    let mut open: Vec<(usize, &Spanned<DeValue<'_>>)> = tree.get_ref().values().map(|v| (1, v)).collect();
    while let Some((depth, value)) = open.pop() {
        if depth > MAX_DEPTH {
            source.fault(deep(value.span()));
            return;
        }
        match value.get_ref() {
            DeValue::Table(table) => open.extend(table.values().map(|v| (depth + 1, v))),
            DeValue::Array(array) => open.extend(array.iter().map(|v| (depth + 1, v))),
            _ => {}
        }
    }
}

/// One table with the keys it may have.
pub struct Table<'a> {
    source: &'a Source<'a>,
    entries: &'a DeTable<'a>,
    /// What a message calls it: `[[metric]]`.
    pub name: &'a str,
    /// Its header, or its braces.
    pub span: Range<usize>,
}

impl<'a> Table<'a> {
    /// Opens a table; a key that is not among `known` is a fault at once.
    pub fn open(
        source: &'a Source<'a>,
        entries: &'a DeTable<'a>,
        span: Range<usize>,
        name: &'a str,
        known: &[&str],
    ) -> Self {
        for key in entries.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                unknown_key(source, key, name, known);
            }
        }
        Self { source, entries, name, span }
    }

    /// Opens the table behind a value; anything else is a fault.
    pub fn of(source: &'a Source<'a>, value: &'a Spanned<DeValue<'a>>, name: &'a str, known: &[&str]) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(entries) => Some(Self::open(source, entries, value.span(), name, known)),
            other => {
                wrong_type(source, value.span(), name, ("a table", "一个表"), other);
                None
            }
        }
    }

    /// Opens a table whose keys were checked when it was opened first.
    pub fn reopen(source: &'a Source<'a>, value: &'a Spanned<DeValue<'a>>, name: &'a str) -> Option<Self> {
        let DeValue::Table(entries) = value.get_ref() else { return None };
        Some(Self { source, entries, name, span: value.span() })
    }

    /// Opens the whole file, whose keys were checked before.
    pub fn reopen_top(source: &'a Source<'a>, entries: &'a DeTable<'a>) -> Self {
        Self { source, entries, name: "the rubric file", span: 0..0 }
    }

    pub fn source(&self) -> &'a Source<'a> {
        self.source
    }

    pub fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.entries.get(key)
    }

    /// Keys with their values, in file order.
    pub fn entries(&self) -> Vec<(&'a str, Range<usize>, &'a Spanned<DeValue<'a>>)> {
        let mut entries: Vec<_> = self.entries.iter().map(|(k, v)| (k.get_ref().as_ref(), k.span(), v)).collect();
        entries.sort_by_key(|(_, span, _)| span.start);
        entries
    }

    /// The place of a key's value, or of the table where the key is not there.
    pub fn place(&self, key: &str) -> Range<usize> {
        self.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    pub fn missing(&self, key: &str, example: &str) {
        let name = self.name;
        self.source.fault(
            Diagnostic::error("E-missing-key", format!("{name} has no `{key}`"), format!("{name} 缺少 `{key}`"))
                .help(format!("add a line such as {example}"), format!("请加上一行，例如 {example}"))
                .at(self.span.clone()),
        );
    }

    /// A plain string.
    pub fn string(&self, key: &str) -> Option<&'a str> {
        let value = self.get(key)?;
        as_string(self.source, value, key)
    }

    /// A string that must be there.
    pub fn required(&self, key: &str, example: &str) -> Option<&'a str> {
        if self.get(key).is_none() {
            self.missing(key, example);
        }
        self.string(key)
    }

    /// An id: lower-case Latin letters, digits, `_` and `-`, starting with a letter, at most 64 long.
    pub fn id(&self) -> Option<String> {
        let id = self.required("id", "id = \"a-short-name\"")?;
        let starts = id.starts_with(|c: char| c.is_ascii_lowercase());
        let plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-');
        if !starts || !plain || id.len() > 64 {
            self.source.fault(
                Diagnostic::error("E-bad-id", format!("`{id}` cannot be an id"), format!("`{id}` 不能用作标识"))
                    .help(
                        "use at most 64 lower-case Latin letters, digits, - and _, starting with a letter",
                        "请使用不超过 64 个小写拉丁字母、数字、- 或 _，并以字母开头",
                    )
                    .at(self.place("id")),
            );
        }
        Some(id.to_owned())
    }

    /// A text for people: one string, or `{ en = "…", zh = "…" }`.
    pub fn text(&self, key: &str) -> Option<Text> {
        let value = self.get(key)?;
        if let DeValue::Table(_) = value.get_ref() {
            let table = Self::of(self.source, value, "a text", &["en", "zh"])?;
            let (en, zh) = (table.string("en"), table.string("zh"));
            if en.is_none() && zh.is_none() {
                table.missing("en", "en = \"…\"");
            }
            let either = en.or(zh).unwrap_or_default();
            return Some(Text { en: en.unwrap_or(either).to_owned(), zh: zh.unwrap_or(either).to_owned() });
        }
        as_string(self.source, value, key).map(Text::both)
    }

    pub fn boolean(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        let DeValue::Boolean(boolean) = value.get_ref() else {
            wrong_type(self.source, value.span(), key, ("true or false", "true 或 false"), value.get_ref());
            return None;
        };
        Some(*boolean)
    }

    /// A number from its source text: `0.1` or `"0.1"`, or a share: `"30%"`.
    pub fn number(&self, key: &str) -> Option<Number> {
        number(self.source, self.get(key)?, key)
    }

    /// A whole number from 0 to `most`.
    pub fn count(&self, key: &str, most: usize) -> Option<usize> {
        let value = self.get(key)?;
        let number = number(self.source, value, key)?;
        let count = number.to_usize().filter(|count| *count <= most);
        if count.is_none() {
            self.source.fault(
                Diagnostic::error("E-not-a-count", format!("`{key}` is {number}"), format!("`{key}` 的值为 {number}"))
                    .help(format!("write a whole number from 0 to {most}"), format!("请填写 0 到 {most} 的整数"))
                    .at(value.span()),
            );
        }
        count
    }

    /// One of a few words.
    pub fn word<T: Clone>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let value = self.get(key)?;
        let word = as_string(self.source, value, key)?;
        let known = words.iter().map(|(w, _)| *w);
        let found = words.iter().find(|(w, _)| *w == word).map(|(_, t)| t.clone());
        if found.is_none() {
            unknown_word(self.source, value.span(), word, key, &known.collect::<Vec<_>>());
        }
        found
    }

    /// The values of an array; one value alone counts as an array of one.
    pub fn list(&self, key: &str) -> Vec<&'a Spanned<DeValue<'a>>> {
        match self.get(key) {
            None => Vec::new(),
            Some(value) => match value.get_ref() {
                DeValue::Array(array) => array.iter().collect(),
                _ => vec![value],
            },
        }
    }

    /// Strings of an array, or one string.
    pub fn strings(&self, key: &str) -> Vec<(&'a str, Range<usize>)> {
        let list = self.list(key).into_iter();
        list.filter_map(|v| Some((as_string(self.source, v, key)?, v.span()))).collect()
    }

    /// The tables of `[[key]]`, in file order.
    pub fn tables(&self, key: &str, name: &'a str, known: &[&str]) -> Vec<Self> {
        match self.get(key).map(Spanned::get_ref) {
            Some(DeValue::Array(array)) => array.iter().filter_map(|v| Self::of(self.source, v, name, known)).collect(),
            Some(other) => {
                wrong_type(self.source, self.place(key), key, ("a list of tables", "表的数组"), other);
                Vec::new()
            }
            None => Vec::new(),
        }
    }
}

pub fn as_string<'a>(source: &Source<'_>, value: &'a Spanned<DeValue<'a>>, key: &str) -> Option<&'a str> {
    let DeValue::String(string) = value.get_ref() else {
        wrong_type(source, value.span(), key, ("a text in quotes", "加引号的文字"), value.get_ref());
        return None;
    };
    Some(string.as_ref())
}

/// A number from its source text, quoted or not; a quoted one may be a percentage.
pub fn number(source: &Source<'_>, value: &Spanned<DeValue<'_>>, key: &str) -> Option<Number> {
    let parsed = match value.get_ref() {
        DeValue::Integer(integer) if integer.radix() == 10 => Number::parse(integer.as_str()),
        DeValue::Integer(_) => Err(NumberFault::NotANumber),
        DeValue::Float(float) => Number::parse(float.as_str()),
        DeValue::String(string) => Number::parse_share(string.trim()),
        other => {
            wrong_type(source, value.span(), key, ("a number", "数值"), other);
            return None;
        }
    };
    match parsed {
        Ok(number) => Some(number),
        Err(fault) => {
            source.fault(bad_number(key, fault).at(value.span()));
            None
        }
    }
}

fn bad_number(key: &str, fault: NumberFault) -> Diagnostic {
    let (code, en, zh) = match fault {
        NumberFault::TooLong => ("E-number-long", "has too many digits", "位数过多"),
        _ => ("E-number", "is not a number", "不是数值"),
    };
    Diagnostic::error(code, format!("`{key}` {en}"), format!("`{key}` {zh}")).help(
        format!(
            "write plain digits such as 12.5, or a share such as \"30%\"; at most {MAX_DIGITS} digits are kept exactly"
        ),
        format!("请写普通数字（如 12.5）或百分比（如 \"30%\"）；最多精确保存 {MAX_DIGITS} 位"),
    )
}

fn wrong_type(source: &Source<'_>, span: Range<usize>, key: &str, wanted: (&str, &str), found: &DeValue<'_>) {
    let found = found.type_str();
    source.fault(
        Diagnostic::error(
            "E-wrong-type",
            format!("`{key}` wants {}, not {found}", wanted.0),
            format!("`{key}` 应为{}，不能是 {found}", wanted.1),
        )
        .help(format!("write {} here", wanted.0), format!("请在此处填写{}", wanted.1))
        .at(span),
    );
}

fn unknown_key(source: &Source<'_>, key: &Spanned<::toml::de::DeString<'_>>, name: &str, known: &[&str]) {
    let word = key.get_ref().as_ref();
    let what =
        Diagnostic::error("E-unknown-key", format!("{name} has no key `{word}`"), format!("{name} 中没有键 `{word}`"));
    let help = suggestion(word, known);
    source.fault(what.help(help.en, help.zh).at(key.span()));
}

/// A reference to something that is not declared.
pub fn unknown_word(source: &Source<'_>, span: Range<usize>, word: &str, key: &str, known: &[&str]) {
    let what = Diagnostic::error(
        "E-unknown-word",
        format!("`{word}` is not known as `{key}`"),
        format!("`{key}` 中没有 `{word}`"),
    );
    let help = suggestion(word, known);
    source.fault(what.help(help.en, help.zh).at(span));
}

fn suggestion(word: &str, known: &[&str]) -> Text {
    if let Some(near) = nearest(word, known.iter().copied()) {
        return Text { en: format!("did you mean `{near}`?"), zh: format!("是否想写 `{near}`？") };
    }
    if known.is_empty() {
        return Text {
            en: "none is declared; declare it or take it out".into(),
            zh: "尚未声明；请先声明或删去".into(),
        };
    }
    let listed = known.iter().take(24).map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
    let more = if known.len() > 24 { ", ..." } else { "" };
    Text { en: format!("known here: {listed}{more}"), zh: format!("此处可用：{listed}{more}") }
}
