//! What is still wanted of centres, in a few words each. Must not know where it is shown.

use super::Phrase;
use crate::domain::text::Lang;

/// What a cell wants: a figure, or the evidence of the one it has.
pub fn wanted(value: bool) -> Phrase {
    match value {
        true => Phrase { en: "figure", zh: "填报值" },
        false => Phrase { en: "evidence", zh: "佐证材料" },
    }
}

/// How many cells of how many centres want it.
pub fn counted(lang: Lang, value: bool, cells: usize, centres: usize) -> String {
    let (what_en, what_zh) = match value {
        true => ("still blank", "待填数据"),
        false => ("without the evidence they need", "待补佐证材料的数据"),
    };
    match lang {
        Lang::En => format!("Figures {what_en}: {cells}, of {centres} centre{}", if centres == 1 { "" } else { "s" }),
        Lang::Zh => format!("{what_zh}：{cells} 项，涉及 {centres} 家单位"),
    }
}

/// How the figures of one centre are listed.
pub fn how_to_list(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "(--centre ID lists those of one centre, --wanted evidence all)",
        Lang::Zh => "（--centre 编号 可列出某一单位的明细，--wanted evidence 列出全部）",
    }
}
