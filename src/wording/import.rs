//! An import in words: where a table came from, how far it is. Must not know how it is shown.

use super::Phrase;
use super::safe::visible;
use crate::domain::origin::Origin;
use crate::domain::text::Lang;

pub const READING: Phrase = Phrase { en: "reading the file", zh: "正在读取文件" };
pub const COMPARING: Phrase = Phrase { en: "comparing with what stands", zh: "正在与现有数据比对" };
pub const CHECKING: Phrase = Phrase { en: "looking for doubtful figures", zh: "正在检查数据疑点" };
pub const WRITING: Phrase = Phrase { en: "writing into the journal", zh: "正在写入日志" };
pub const STOPPED: Phrase = Phrase {
    en: "stopped: nothing was imported, the evaluation is as it was",
    zh: "已停止：未导入任何内容，评估文件保持原样",
};

/// Where a table came from and by which mapping, as it will stand in the journal; nothing for a text in our own layout,
/// whose name was typed.
pub fn origin(origin: Origin<'_>, lang: Lang) -> Option<String> {
    if origin.sheet.is_empty() && origin.mapping.is_empty() {
        return None;
    }
    let short = |digest: &str| digest.chars().take(12).collect::<String>();
    let sheet = if origin.sheet.is_empty() { String::new() } else { format!(" [{}]", origin.sheet) };
    let mapping = match (origin.mapping, lang) {
        ("", _) => String::new(),
        (digest, Lang::En) => format!(", by the mapping with SHA-256 {}..", short(digest)),
        (digest, Lang::Zh) => format!("，映射文件 SHA-256 {}..", short(digest)),
    };
    let (file, digest) = (visible(origin.file), short(origin.digest));
    let sheet = visible(&sheet);
    Some(match lang {
        Lang::En => format!("from {file}{sheet}, SHA-256 {digest}..{mapping}"),
        Lang::Zh => format!("来自 {file}{sheet}，SHA-256 {digest}..{mapping}"),
    })
}

/// What became of blank cells where nothing is still to come.
pub fn blanks(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::En, 1) => "1 blank cell was counted as not reported".to_owned(),
        (Lang::En, _) => format!("{count} blank cells were counted as not reported"),
        (Lang::Zh, _) => format!("有 {count} 个空白单元格按“未报”计"),
    }
}
