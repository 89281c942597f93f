//! What a spreadsheet program lets a person enter for a metric: a value within its bounds, NR or N/A. What comes back is
//! checked again; a rule only says it earlier.

use rust_xlsxwriter::{DataValidation, Formula, XlsxError, utility::row_col_to_cell};

use crate::domain::reading::Reading;
use crate::domain::rubric::{Metric, Values};
use crate::domain::text::Lang;

/// The most characters that a workbook keeps of the title and of the text beside a cell.
const TITLE: usize = 32;
const MESSAGE: usize = 255;

/// The rule of a cell and the cells below it.
pub(super) fn of(metric: &Metric, year: &str, first: (u32, u16), lang: Lang) -> Result<DataValidation, XlsxError> {
    let absent = [Reading::NOT_REPORTED, Reading::NOT_APPLICABLE];
    let rule = DataValidation::new();
    let rule = match &metric.values {
        Values::Number { .. } => rule.allow_custom(Formula::new(formula(metric, first))),
        Values::YesNo => {
            let words = if lang == Lang::En { ["yes", "no"] } else { ["是", "否"] };
            rule.allow_list_strings(&[words, absent].concat())?
        }
        Values::Letters(letters) => {
            let letters = letters.iter().map(|(letter, _)| letter.as_str());
            rule.allow_list_strings(&letters.chain(absent).collect::<Vec<_>>())?
        }
    };
    let said = said(metric, lang);
    let beside = [year, metric.unit.get(lang), &said, metric.definition.get(lang)];
    let beside = beside.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    rule.set_input_title(cut(metric.title.get(lang), TITLE))?
        .set_input_message(cut(&beside, MESSAGE))?
        .set_error_title(cut(metric.title.get(lang), TITLE))?
        .set_error_message(cut(&said, MESSAGE))
}

/// A text is no number, and comparing it with one says nothing: the two are told apart first.
fn formula(metric: &Metric, (row, column): (u32, u16)) -> String {
    let cell = row_col_to_cell(row, column);
    let mut conditions = Vec::new();
    if let Values::Number { minimum, maximum, whole } = &metric.values {
        conditions.extend(minimum.as_ref().map(|limit| format!("{cell}>={}", limit.plain())));
        conditions.extend(maximum.as_ref().map(|limit| format!("{cell}<={}", limit.plain())));
        conditions.extend(whole.then(|| format!("{cell}=INT({cell})")));
    }
    let number = match conditions.is_empty() {
        true => "TRUE".to_owned(),
        false => format!("AND({})", conditions.join(",")),
    };
    let (reported, applicable) = (Reading::NOT_REPORTED, Reading::NOT_APPLICABLE);
    format!("=IF(ISNUMBER({cell}),{number},OR({cell}=\"{reported}\",{cell}=\"{applicable}\"))")
}

/// What may be entered, in words.
pub(super) fn said(metric: &Metric, lang: Lang) -> String {
    match (&metric.values, lang) {
        (Values::Number { minimum, maximum, whole }, Lang::En) => {
            let kind = if *whole { "A whole number" } else { "A number" };
            let least = minimum.as_ref().map_or(String::new(), |limit| format!(" from {}", limit.plain()));
            let most = maximum.as_ref().map_or(String::new(), |limit| format!(" up to {}", limit.plain()));
            format!("{kind}{least}{most}, NR or N/A.")
        }
        (Values::Number { minimum, maximum, whole }, Lang::Zh) => {
            let kind = if *whole { "整数" } else { "数值" };
            let least = minimum.as_ref().map_or(String::new(), |limit| format!("，不小于 {}", limit.plain()));
            let most = maximum.as_ref().map_or(String::new(), |limit| format!("，不大于 {}", limit.plain()));
            format!("{kind}{least}{most}；或 NR、N/A。")
        }
        (Values::YesNo, Lang::En) => "yes, no, NR or N/A.".to_owned(),
        (Values::YesNo, Lang::Zh) => "是、否、NR 或 N/A。".to_owned(),
        (Values::Letters(letters), _) => {
            let letters: Vec<&str> = letters.iter().map(|(letter, _)| letter.as_str()).collect();
            match lang {
                Lang::En => format!("{}, NR or N/A.", letters.join(", ")),
                Lang::Zh => format!("{}，或 NR、N/A。", letters.join("、")),
            }
        }
    }
}

/// The beginning of a text. A workbook counts units of UTF-16.
fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let whole: usize = text.chars().map(char::len_utf16).sum();
    let room = if whole <= most { most } else { most - 3 };
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= room
    };
    let start: String = text.chars().take_while(fits).collect();
    if whole <= most { start } else { start + "..." }
}
