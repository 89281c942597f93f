//! Cells of a workbook that hold something else than a text or a number, and what is said of them.

use crate::domain::diagnostic::Diagnostic;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A date or a time of day; often a number or an id that the spreadsheet took for one.
    Date,
    /// A formula that came to nothing, such as `#DIV/0!`.
    Failed,
    /// A formula whose result was never stored.
    Uncalculated,
    /// Under a merged cell, whose text it has.
    Covered,
}

impl Mark {
    /// Whether the cell says what it seems to say as long as it is not a figure: a merged name is everybody's.
    pub fn is_harmless_in_words(&self) -> bool {
        *self == Self::Covered
    }

    /// Why the text of such a cell cannot be taken.
    pub fn fault(&self, text: &str) -> Diagnostic {
        match self {
            Self::Date => Diagnostic::error(
                "E-cell-date",
                format!("the cell holds a date or time, {text}"),
                format!("该单元格为日期或时间：{text}"),
            )
            .help(
                "a spreadsheet makes dates of texts such as 1-2: set the cell to text or number, and enter it again",
                "电子表格会把 1-2 之类的内容当作日期：请将单元格设为文本或数值后重新填写",
            ),
            Self::Failed => Diagnostic::error(
                "E-cell-formula",
                format!("the formula of the cell gives {text}"),
                format!("该单元格的公式结果为 {text}"),
            )
            .help(
                "correct the formula, or enter the value; NR for not reported, N/A for not applicable",
                "请更正公式，或直接填写数值；未报填 NR，不适用填 N/A",
            ),
            Self::Uncalculated => Diagnostic::error(
                "E-cell-formula",
                "the result of the cell's formula is not stored in the file",
                "文件中没有保存该单元格公式的结果",
            )
            .help(
                "open the file in a spreadsheet program and save it, or enter the value",
                "请用电子表格软件打开并保存该文件，或直接填写数值",
            ),
            Self::Covered => Diagnostic::error(
                "E-cell-merged",
                format!("the cell lies under a merged one, so that it is not clear whose figure “{text}” is"),
                format!("该单元格处于合并单元格内，无法确定“{text}”是谁的数据"),
            )
            .help("unmerge the cells and fill in each one", "请取消合并，并逐格填写"),
        }
    }
}
