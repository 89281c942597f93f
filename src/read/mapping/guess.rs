//! A first guess of a mapping from the titles of a table, as a TOML text with comments that say how sure each line is and
//! what could not be placed. Never applied by itself: a person reads it first. Must not know what stands in an
//! evaluation but for its roster.

mod cells;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use super::title::{MONEY, Title, caption, joined};
use super::{IGNORE, letters};
use crate::domain::number::Number;
use crate::domain::reading::Cycle;
use crate::domain::rubric::{Metric, MetricIx, Rubric};
use crate::domain::text::Lang;
use crate::read::manner::{Manner, factor, quoted};
use crate::read::nearest::plain;
use crate::read::table::contract;
use crate::read::workbook::Sheet;

use cells::texts;

/// Rows in which titles are looked for.
const DEEPEST: usize = 12;

/// How alike two titles must be, in thousandths of their length, to be taken for the same.
const ALIKE: usize = 600;

/// Names of the column of names besides those that our own tables know.
const NAMES: [&str; 7] = ["中心名称", "机构名称", "创新中心名称", "创新中心", "中心", "单位", "institution"];
/// Columns that say nothing.
const COUNTERS: [&str; 4] = ["序号", "no", "nr", "编次"];
const METRICS: [&str; 4] = ["指标名称", "数据项名称", "项目", "item"];
const VALUES: [&str; 4] = ["值", "数据", "填报数", "amount"];

/// What a guess looks at.
pub struct Look<'a> {
    /// Sheets that can be seen and in which something stands.
    pub sheets: &'a [Sheet],
    pub rubric: &'a Rubric,
    pub cycle: Cycle,
    /// Ids on the roster, and the ids of each name.
    pub ids: &'a BTreeSet<String>,
    pub names: &'a HashMap<String, Vec<String>>,
    pub lang: Lang,
}

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    Not,
    /// Alike, and not the same.
    Likely,
    Certain,
}

/// What a column is taken for.
#[derive(Debug, Clone)]
struct Guess {
    at: usize,
    title: String,
    is: String,
    sure: Sure,
    /// The unit that its title, or a line above the table, gives for its figures.
    unit: String,
    manner: Manner,
    times: Option<Number>,
    /// What a person should look at.
    remark: Option<(String, String)>,
    values: Vec<(String, Option<String>)>,
}

/// The mapping of a table, as a text to be read and corrected.
pub fn guess(look: &Look<'_>) -> String {
    let Some(first) = look.sheets.first() else { return String::new() };
    let (headers, mut columns) = best(look, first);
    long(look, &headers, &mut columns);
    let by_name = centre(look, &headers, &mut columns);
    cells::manners(look, &headers, &mut columns);
    let mut text = head(look);
    let rows: Vec<String> = headers.iter().map(usize::to_string).collect();
    let _ = match rows.as_slice() {
        [only] => writeln!(text, "header = {only}"),
        several => writeln!(text, "header = [{}]", several.join(", ")),
    };
    if by_name {
        text.push_str("by = \"name\"\n");
    }
    cells::words(look, &headers, &columns, &mut text);
    parts(look, &headers, &columns, &mut text);
    for column in &columns {
        column.write(look.lang, &mut text);
    }
    if by_name {
        strangers(look, &headers, &columns, &mut text);
    }
    text
}

fn head(look: &Look<'_>) -> String {
    match look.lang {
        Lang::En => format!(
            "# A first guess for rubric {}. Read every line before it is used: import … --mapping THIS.toml\n\
             # \"sure\" is the same title or id; \"likely\" is alike; what was not placed is ignored until you say what it is.\n",
            look.rubric.id
        ),
        Lang::Zh => format!(
            "# 针对体系 {} 的初步推测。使用前请逐行核对：import … --mapping 本文件.toml\n\
             # “确定”指标题或标识相同；“可能”指相近；未能识别的列先写作 ignore，待您说明。\n",
            look.rubric.id
        ),
    }
}

/// The rows of titles under which most columns have a meaning: one row, or two below each other.
fn best(look: &Look<'_>, sheet: &Sheet) -> (Vec<usize>, Vec<Guess>) {
    let numbers: Vec<usize> = sheet.rows.iter().take(DEEPEST).map(|row| row.number).collect();
    let mut found: (usize, Vec<usize>, Vec<Guess>) = (0, vec![numbers.first().copied().unwrap_or(1)], Vec::new());
    let single = numbers.iter().map(|row| vec![*row]);
    let double = numbers.windows(2).map(<[usize]>::to_vec);
    for headers in single.chain(double) {
        let columns = columns(look, sheet, &headers);
        let worth = |guess: &Guess| match (guess.sure, guess.is.contains('@')) {
            (Sure::Not, _) => 0,
            // A year makes a title mean more than the same title without.
            (Sure::Likely, year) => 2 + usize::from(year),
            (Sure::Certain, year) => 4 + usize::from(year),
        };
        let worth = columns.iter().map(worth).sum();
        if worth > found.0 {
            found = (worth, headers, columns);
        }
    }
    if found.2.is_empty() {
        found.2 = columns(look, sheet, &found.1);
    }
    (found.1, found.2)
}

fn columns(look: &Look<'_>, sheet: &Sheet, headers: &[usize]) -> Vec<Guess> {
    let titles = joined(sheet, headers);
    let above = sheet.rows.iter().filter(|row| headers.first().is_some_and(|first| row.number < *first));
    let unit = above.flat_map(|row| &row.cells).find_map(|cell| caption(cell)).unwrap_or_default();
    let mut taken = BTreeSet::new();
    let mut guesses = Vec::new();
    for (at, title) in titles.into_iter().enumerate().filter(|(_, title)| !title.is_empty()) {
        let mut guess = column(look, at, &title, unit);
        if guess.is != IGNORE && !taken.insert(guess.is.clone()) {
            let remark = (format!("another column is `{}` already", guess.is), format!("已有一列为 `{}`", guess.is));
            guess = Guess { is: IGNORE.to_owned(), sure: Sure::Not, times: None, remark: Some(remark), ..guess };
        }
        guesses.push(guess);
    }
    guesses
}

/// `caption` is the unit that the lines above the table give for all of it.
fn column(look: &Look<'_>, at: usize, title: &str, caption: &str) -> Guess {
    let guess = |is: &str, sure| Guess {
        at,
        title: title.to_owned(),
        is: is.to_owned(),
        sure,
        unit: String::new(),
        manner: Manner::default(),
        times: None,
        remark: None,
        values: Vec::new(),
    };
    let ours = contract(title.trim());
    let read = Title::of(title);
    let words = read.words.as_str();
    if COUNTERS.contains(&words) {
        return guess(IGNORE, Sure::Certain);
    }
    if NAMES.contains(&words) {
        return guess("name", Sure::Likely);
    }
    let field = crate::domain::centre::Field::from_id(ours, look.rubric);
    if ours == "centre" || field.is_some() || ["metric", "year", "value", "judge"].contains(&ours) {
        return guess(ours, Sure::Certain);
    }
    if METRICS.contains(&words) || VALUES.contains(&words) {
        return guess(if METRICS.contains(&words) { "metric" } else { "value" }, Sure::Likely);
    }
    let Some((ix, sure)) = metric(words, look.rubric) else { return guess(IGNORE, Sure::Not) };
    let metric = &look.rubric.metrics[ix.0];
    let is = match read.year {
        Some(year) if metric.yearly => format!("{}@{year}", metric.id),
        _ => metric.id.clone(),
    };
    let mut guess = guess(&is, sure);
    let is_money = MONEY.iter().any(|(unit, _)| *unit == metric.unit.zh);
    let unit = if read.unit.is_empty() && is_money { caption } else { read.unit.as_str() };
    guess.unit = unit.to_owned();
    match factor(unit, metric) {
        Ok(times) => guess.times = times,
        Err(own) => {
            let en = format!("the title says {unit}, the metric is in {}", own.en);
            guess.remark = Some((en, format!("标题单位为{unit}，数据项单位为{}", own.zh)));
        }
    }
    // A column of money without a unit is the slip that costs most.
    if is_money && unit.is_empty() {
        guess.sure = guess.sure.min(Sure::Likely);
        let (en, zh) = (&metric.unit.en, &metric.unit.zh);
        guess.remark = Some((format!("no unit is written; taken as {en}"), format!("未注明单位，按{zh}计")));
    }
    if read.year.is_some_and(|year| !look.cycle.contains(year)) && metric.yearly {
        let years = (look.cycle.first, look.cycle.last);
        let en = format!("outside the cycle {}-{}", years.0, years.1);
        guess.remark = Some((en, format!("不在评估周期 {}-{} 内", years.0, years.1)));
    }
    guess
}

/// The metric of a title: the same id or title, or the most alike.
fn metric(words: &str, rubric: &Rubric) -> Option<(MetricIx, Sure)> {
    if words.is_empty() {
        return None;
    }
    let known = |metric: &Metric| [plain(&metric.id), plain(&metric.title.en), plain(&metric.title.zh)];
    let all = || rubric.metrics.iter().enumerate().map(|(at, metric)| (MetricIx(at), known(metric)));
    if let Some((ix, _)) = all().find(|(_, known)| known.iter().any(|title| title == words)) {
        return Some((ix, Sure::Certain));
    }
    let alike = |(ix, known): (MetricIx, [String; 3])| (known.iter().map(|title| likeness(words, title)).max(), ix);
    let mut found: Vec<(Option<usize>, MetricIx)> = all().map(alike).collect();
    found.sort_by_key(|(alike, ix)| (std::cmp::Reverse(*alike), ix.0));
    match found.as_slice() {
        // Two that are as alike are a coin's toss.
        [(one, _), (two, _), ..] if one == two => None,
        [(Some(alike), ix), ..] if *alike >= ALIKE => Some((*ix, Sure::Likely)),
        _ => None,
    }
}

/// How alike two titles are, in thousandths: by what has to be changed in one to make the other, a title within the other
/// counting for more.
fn likeness(one: &str, other: &str) -> usize {
    let (a, b) = (one.chars().count(), other.chars().count());
    let (short, long) = (a.min(b), a.max(b));
    if short < 2 {
        return 0;
    }
    if one.contains(other) || other.contains(one) {
        return (500 + 500 * short / long).min(999);
    }
    let distance = strsim::damerau_levenshtein(one, other);
    1000 * long.saturating_sub(distance) / long
}

/// A long table: which texts of its column of metrics stand for which metric.
fn long(look: &Look<'_>, headers: &[usize], columns: &mut [Guess]) {
    let has = |columns: &[Guess], is: &str| columns.iter().position(|column| column.is == is);
    let (Some(at), Some(_)) = (has(columns, "metric"), has(columns, "value")) else { return };
    let cells = texts(look, headers, columns[at].at);
    let mut values = Vec::new();
    for text in cells {
        let read = Title::of(&text);
        let found = metric(&read.words, look.rubric);
        match found {
            Some((ix, _)) if look.rubric.metrics[ix.0].id == text => {}
            Some((ix, _)) => values.push((text, Some(look.rubric.metrics[ix.0].id.clone()))),
            None => values.push((text, None)),
        }
    }
    columns[at].values = values;
}

/// Which column is the centre: ids where they are there, names else. Whether it holds names.
fn centre(look: &Look<'_>, headers: &[usize], columns: &mut [Guess]) -> bool {
    let known = |at: usize| {
        let texts = texts(look, headers, at);
        let known = texts.iter().filter(|text| look.ids.contains(*text)).count();
        !texts.is_empty() && 2 * known >= texts.len()
    };
    if columns.iter().any(|column| column.is == "centre" && (look.ids.is_empty() || known(column.at))) {
        return false;
    }
    if let Some(column) = columns.iter_mut().find(|column| column.sure == Sure::Not && known(column.at)) {
        column.is = "centre".to_owned();
        column.sure = Sure::Likely;
        return false;
    }
    if let Some(column) = columns.iter_mut().find(|column| column.is == "name") {
        column.is = "centre".to_owned();
        // Codes of the table's own are nobody's ids here.
        for other in columns.iter_mut().filter(|other| other.is == "centre" && contract(&other.title) == "centre") {
            other.is = IGNORE.to_owned();
        }
        return true;
    }
    false
}

/// Sheets with the same titles, each of the year in its name.
fn parts(look: &Look<'_>, headers: &[usize], columns: &[Guess], text: &mut String) {
    let [first, rest @ ..] = look.sheets else { return };
    if rest.is_empty() {
        return;
    }
    let titles = joined(first, headers);
    let dated = columns.iter().any(|column| column.is.contains('@') || column.is == "year");
    for sheet in look.sheets {
        let year = Title::of(&sheet.name).year;
        let same = joined(sheet, headers) == titles;
        if !same || dated || year.is_none() {
            let _ = match look.lang {
                Lang::En => writeln!(text, "\n# The sheet {} was not placed.", quoted(&sheet.name)),
                Lang::Zh => writeln!(text, "\n# 未能识别工作表 {}。", quoted(&sheet.name)),
            };
            if sheet.name != first.name {
                continue;
            }
        }
        let _ = writeln!(text, "\n[[sheet]]\nname = {}", quoted(&sheet.name));
        if let Some(year) = year.filter(|_| !dated) {
            let _ = writeln!(text, "year = {year}");
        }
    }
}

/// Names that are not on the roster, to be given an id by hand.
fn strangers(look: &Look<'_>, headers: &[usize], columns: &[Guess], text: &mut String) {
    let Some(column) = columns.iter().find(|column| column.is == "centre") else { return };
    let unknown: Vec<String> =
        texts(look, headers, column.at).into_iter().filter(|name| !look.names.contains_key(name)).collect();
    if unknown.is_empty() {
        return;
    }
    text.push_str(match look.lang {
        Lang::En => "\n[centres]\n# Not on the roster: write the id of each, or add the centres first.\n",
        Lang::Zh => "\n[centres]\n# 名册中没有以下名称：请填写对应标识，或先添加单位。\n",
    });
    for name in unknown {
        let known: Vec<&str> = look.names.keys().map(String::as_str).collect();
        let mut alike: Vec<(usize, &str)> =
            known.into_iter().map(|known| (likeness(&plain(&name), &plain(known)), known)).collect();
        alike.sort_by_key(|(alike, known)| (std::cmp::Reverse(*alike), *known));
        let near = alike.first().filter(|(alike, _)| *alike >= ALIKE).map(|(_, known)| *known);
        let id = near.and_then(|near| look.names[near].first()).map_or("", String::as_str);
        let remark = near.map_or(String::new(), |near| format!(" # {near}?"));
        let _ = writeln!(text, "# {} = {}{remark}", quoted(&name), quoted(id));
    }
}

impl Guess {
    fn write(&self, lang: Lang, text: &mut String) {
        let said = match (self.sure, lang) {
            (Sure::Certain, Lang::En) => "sure",
            (Sure::Certain, Lang::Zh) => "确定",
            (Sure::Likely, Lang::En) => "likely",
            (Sure::Likely, Lang::Zh) => "可能",
            (Sure::Not, Lang::En) => "not placed",
            (Sure::Not, Lang::Zh) => "未识别",
        };
        let remark = self.remark.as_ref().map(|(en, zh)| if lang == Lang::En { en } else { zh });
        let remark = remark.map_or(String::new(), |remark| format!("; {remark}"));
        let _ = writeln!(text, "\n[[column]] # {}: {said}{remark}", letters(self.at));
        // The same title over several columns cannot name one.
        let _ = writeln!(text, "title = {}\nis = {}", quoted(&self.title), quoted(&self.is));
        for key in self.manner.keys() {
            let _ = writeln!(text, "{key}");
        }
        if let Some(times) = &self.times {
            let _ = writeln!(text, "times = {}", quoted(&times.plain()));
        }
        if !self.values.is_empty() {
            text.push_str("[column.values]\n");
            for (value, id) in &self.values {
                let _ = match (id, lang) {
                    (Some(id), _) => writeln!(text, "{} = {}", quoted(value), quoted(id)),
                    (None, Lang::En) => writeln!(text, "# {} = \"\" # not placed", quoted(value)),
                    (None, Lang::Zh) => writeln!(text, "# {} = \"\" # 未识别", quoted(value)),
                };
            }
        }
    }
}
