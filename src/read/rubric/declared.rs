//! What a rubric declares before it scores anything: documents, kinds, attributes, findings, metrics.

use std::collections::HashMap;
use std::ops::Range;

use ::toml::de::DeValue;

use super::{citation, title};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::Number;
use crate::domain::rubric::{
    Attribute, Checks, DataColumns, Document, Finding, Kind, Level, Metric, MetricTolerance, Panel, PanelAverage,
    Quorum, Reference, Stage, Values,
};
use crate::read::toml::{Source, Table};

pub(super) const METRIC: [&str; 15] = [
    "id",
    "title",
    "unit",
    "definition",
    "yearly",
    "type",
    "minimum",
    "maximum",
    "whole",
    "letters",
    "panel",
    "evidence",
    "tolerance",
    "checks",
    "cite",
];

/// Refuses a second use of an id, pointing at it and naming the first.
pub(super) struct Ids<'a> {
    source: &'a Source<'a>,
    what: (&'static str, &'static str),
    seen: HashMap<String, Range<usize>>,
}

impl<'a> Ids<'a> {
    pub(super) fn new(source: &'a Source<'a>, en: &'static str, zh: &'static str) -> Self {
        Self { source, what: (en, zh), seen: HashMap::new() }
    }

    pub(super) fn take(&mut self, id: &str, span: Range<usize>) {
        if let Some(first) = self.seen.insert(id.to_owned(), span.clone()) {
            let line = self.source.text[..first.start].matches('\n').count() + 1;
            let (en, zh) = self.what;
            let what = Diagnostic::error(
                "E-duplicate-id",
                format!("the {en} `{id}` is already declared in line {line}"),
                format!("{zh} `{id}` 已在第 {line} 行声明"),
            );
            self.source.fault(what.help("give one of them another id", "请为其中一个改用其他标识").at(span));
        }
    }
}

pub(super) fn documents(top: &Table<'_>) -> Vec<Document> {
    let mut ids = Ids::new(top.source(), "document", "文件");
    let tables = top.tables("document", "[[document]]", &["id", "title", "number", "checked_on"]);
    let one = |table: &Table<'_>| {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        Document {
            id,
            title: title(table),
            number: table.string("number").unwrap_or_default().to_owned(),
            checked_on: date(table, "checked_on").unwrap_or_default(),
        }
    };
    tables.iter().map(one).collect()
}

/// A TOML date, or a string that is one.
fn date(table: &Table<'_>, key: &str) -> Option<String> {
    let value = table.get(key)?;
    let text = match value.get_ref() {
        DeValue::Datetime(datetime) => datetime.to_string(),
        DeValue::String(string) => string.to_string(),
        _ => String::new(),
    };
    if text.parse::<jiff::civil::Date>().is_err() {
        let what = Diagnostic::error("E-date", format!("`{key}` is not a date"), format!("`{key}` 不是日期"));
        table.source().fault(what.help("write it as 2026-11-01", "请写成 2026-11-01 的形式").at(value.span()));
        return None;
    }
    Some(text)
}

pub(super) fn kinds(top: &Table<'_>, documents: &[Document]) -> Vec<Kind> {
    let mut ids = Ids::new(top.source(), "kind", "类别");
    let tables = top.tables("kind", "[[kind]]", &["id", "title", "name_forms", "cite"]);
    let one = |table: &Table<'_>| {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        let name_forms = table.strings("name_forms").into_iter().map(|(form, _)| form.to_owned()).collect();
        Kind { id, title: title(table), name_forms, cite: citation(table, documents) }
    };
    tables.iter().map(one).collect()
}

pub(super) fn attributes(top: &Table<'_>) -> Vec<Attribute> {
    let mut ids = Ids::new(top.source(), "attribute", "属性");
    let tables = top.tables("attribute", "[[attribute]]", &["id", "title", "values"]);
    let one = |table: &Table<'_>| {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        let reserved = crate::domain::centre::Field::RESERVED.iter().any(|(known, _)| *known == id) || id == "centre";
        if reserved {
            let what = Diagnostic::error(
                "E-reserved-id",
                format!("`{id}` is a column that every data file has"),
                format!("`{id}` 是数据文件的固定列名"),
            );
            top.source()
                .fault(what.help("give the attribute another id", "请为该属性改用其他标识").at(table.place("id")));
        }
        let values = table.strings("values").into_iter().map(|(value, _)| value.to_owned()).collect();
        Attribute { id, title: title(table), values }
    };
    tables.iter().map(one).collect()
}

pub(super) fn findings(top: &Table<'_>, documents: &[Document]) -> Vec<Finding> {
    let mut ids = Ids::new(top.source(), "finding", "认定事项");
    let one = |table: &Table<'_>| {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        Finding { id, title: title(table), cite: citation(table, documents) }
    };
    top.tables("finding", "[[finding]]", &["id", "title", "cite"]).iter().map(one).collect()
}

/// Names of columns that are not the command line's own. A column that is passed over must not be one that counts.
pub(super) fn data(top: &Table<'_>, metrics: &[Metric], attributes: &[Attribute]) -> DataColumns {
    let Some(value) = top.get("data") else { return DataColumns::default() };
    let Some(table) = Table::of(top.source(), value, "[data]", &["centre", "name", "ignore"]) else {
        return DataColumns::default();
    };
    let mut ignore = Vec::new();
    let counts = |name: &str| {
        metrics.iter().any(|m| m.id == name)
            || attributes.iter().any(|a| a.id == name)
            || name == "centre"
            || crate::domain::centre::Field::RESERVED.iter().any(|(known, _)| *known == name)
    };
    let column = |key: &str| table.string(key).map(|name| (name, table.place(key)));
    let named = [column("centre"), column("name")].into_iter().flatten();
    for (name, span) in table.strings("ignore").into_iter().chain(named) {
        if counts(name) {
            let what = Diagnostic::error(
                "E-data-column",
                format!("the column `{name}` already counts"),
                format!("`{name}` 列已有含义"),
            );
            let help = what.help(
                "take it out here, or rename the metric or attribute",
                "请在此处删去，或为数据项、属性改用其他标识",
            );
            top.source().fault(help.at(span));
        }
    }
    ignore.extend(table.strings("ignore").into_iter().map(|(name, _)| name.to_owned()));
    let owned = |key: &str| table.string(key).map(str::to_owned);
    DataColumns { centre: owned("centre"), name: owned("name"), ignore }
}

/// What a profile's shares add up to, and its levels from the top.
pub(super) fn profile(top: &Table<'_>) -> (Number, Vec<Level>) {
    let none = || (Number::ONE, Vec::new());
    let Some(value) = top.get("profile") else { return none() };
    let Some(table) = Table::of(top.source(), value, "[profile]", &["whole", "level"]) else { return none() };
    if table.get("whole").is_none() {
        table.missing("whole", "whole = 100");
    }
    let mut ids = Ids::new(top.source(), "level", "档次");
    let one = |level: &Table<'_>| {
        let id = level.required("id", "id = \"4\"").unwrap_or_default();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
        if id.is_empty() || id.len() > 16 || !id.chars().all(plain) {
            let what = Diagnostic::error("E-bad-id", format!("`{id}` cannot be an id"), format!("`{id}` 不能用作标识"));
            let help = what.help(
                "use at most 16 lower-case Latin letters, digits, - and _",
                "请使用不超过 16 个小写拉丁字母、数字、- 或 _",
            );
            top.source().fault(help.at(level.place("id")));
        }
        ids.take(id, level.place("id"));
        Level { id: id.to_owned(), title: title(level), worth: level.number("worth") }
    };
    let levels: Vec<Level> =
        table.tables("level", "[[profile.level]]", &["id", "title", "worth"]).iter().map(one).collect();
    let count = levels.len();
    if count > super::MAX_LEVELS {
        let most = super::MAX_LEVELS;
        let what = Diagnostic::error(
            "E-limit-levels",
            format!("{count} levels; a profile has at most {most}"),
            format!("共有 {count} 档，最多 {most} 档"),
        );
        top.source().fault(what.help("put levels together", "请合并档次").at(table.span.clone()));
    }
    let worth = levels.iter().filter(|level| level.worth.is_some()).count();
    if levels.len() < 2 || (worth > 0 && worth < levels.len()) {
        let what = Diagnostic::error(
            "E-profile",
            "a profile has two or more levels, and either all or none are worth something",
            "分档结果至少有两档；各档分值比例应全部给出或全部不给",
        );
        let help = what.help(
            "add [[profile.level]] tables; give each a `worth` such as \"100%\", or none",
            "请添加 [[profile.level]]；每档均写 worth（如 \"100%\"），或均不写",
        );
        top.source().fault(help.at(table.span.clone()));
    }
    (table.number("whole").filter(Number::is_positive).unwrap_or(Number::ONE), levels)
}

pub(super) fn metrics(top: &Table<'_>, documents: &[Document], panels: &[Experts]) -> Vec<Metric> {
    let mut ids = Ids::new(top.source(), "metric", "数据项");
    let one = |table: &Table<'_>| {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        metric_id_fits(table, &id);
        Metric {
            title: title(table),
            unit: table.text("unit").unwrap_or_default(),
            definition: table.text("definition").unwrap_or_default(),
            yearly: table.boolean("yearly").unwrap_or(true),
            values: values(table),
            panel: panel(table, panels),
            evidence: table.word("evidence", &[("required", true), ("none", false)]).unwrap_or(false),
            tolerance: tolerance(table),
            checks: Checks::standard(false),
            cite: citation(table, documents),
            id,
        }
    };
    top.tables("metric", "[[metric]]", &METRIC).iter().map(one).collect()
}

fn metric_id_fits(table: &Table<'_>, id: &str) {
    let reserved = crate::domain::centre::Field::RESERVED.iter().map(|(known, _)| *known);
    let taken: Vec<&str> = reserved.chain(["centre", "metric", "year", "value", "judge", "total"]).collect();
    let fault = if id.contains('-') {
        Some((
            "a hyphen in a metric's id would read as a minus",
            "数据项标识中的连字符会被当作减号",
            "use _ instead",
            "请改用 _",
        ))
    } else if taken.contains(&id) || ["and", "or", "not"].contains(&id) {
        Some((
            "this id has another meaning in data files or formulas",
            "该标识在数据文件或公式中另有含义",
            "choose another id",
            "请换一个标识",
        ))
    } else {
        None
    };
    if let Some((en, zh, help_en, help_zh)) = fault {
        let what = Diagnostic::error("E-metric-id", format!("`{id}`: {en}"), format!("`{id}`：{zh}"));
        table.source().fault(what.help(help_en, help_zh).at(table.place("id")));
    }
}

fn values(table: &Table<'_>) -> Values {
    let kinds = [("number", "number"), ("yes-no", "yes-no"), ("letter", "letter")];
    let kind = table.word("type", &kinds).unwrap_or("number");
    let (others, zh): (&[&str], &str) = match kind {
        "yes-no" => (&["minimum", "maximum", "whole", "letters", "tolerance"], "是否型"),
        "letter" => (&["minimum", "maximum", "whole", "tolerance"], "等级型"),
        _ => (&["letters"], "数值型"),
    };
    for key in others {
        if table.get(key).is_some() {
            let what = Diagnostic::error(
                "E-key-does-not-fit",
                format!("a {kind} metric has no `{key}`"),
                format!("{zh}数据项没有 `{key}`"),
            );
            table.source().fault(what.help("take it out", "请删去").at(table.place(key)));
        }
    }
    match kind {
        "yes-no" => return Values::YesNo,
        "letter" => return Values::Letters(letters(table)),
        _ => {}
    }
    let (minimum, maximum) = (table.number("minimum"), table.number("maximum"));
    if let (Some(low), Some(high)) = (&minimum, &maximum)
        && low > high
    {
        let what = Diagnostic::error(
            "E-range",
            format!("the minimum {low} is above the maximum {high}"),
            format!("下限 {low} 大于上限 {high}"),
        );
        table.source().fault(what.help("exchange or correct them", "请对调或更正").at(table.place("minimum")));
    }
    Values::Number { minimum, maximum, whole: table.boolean("whole").unwrap_or(false) }
}

/// `tolerance = "1%"` of the figure, or `tolerance = 0.5` in the metric's own unit.
fn tolerance(table: &Table<'_>) -> Option<MetricTolerance> {
    let value = table.get("tolerance")?;
    let number = table.number("tolerance")?;
    if !number.is_positive() {
        let what =
            Diagnostic::error("E-tolerance", format!("the tolerance is {number}"), format!("允许误差为 {number}"));
        let help = what.help(
            "write how far a figure may be off: \"1%\" of it, or 0.5 in its own unit; without the key nothing is said",
            "请写明数值的允许误差：\"1%\" 表示相对误差，0.5 表示以其单位计的绝对误差；不写则不作规定",
        );
        table.source().fault(help.at(table.place("tolerance")));
        return None;
    }
    let is_share = matches!(value.get_ref(), DeValue::String(text) if text.trim().ends_with('%'));
    Some(if is_share { MetricTolerance::Share(number) } else { MetricTolerance::Amount(number) })
}

/// `letters = { A = "100%", B = "80%" }`: what each letter stands for.
fn letters(table: &Table<'_>) -> Vec<(String, Number)> {
    let given = table.get("letters").and_then(|value| Table::reopen(table.source(), value, "letters"));
    let entries = given.map_or_else(Vec::new, |given| given.entries());
    if entries.is_empty() {
        table.missing("letters", "letters = { A = \"100%\", B = \"80%\", C = \"60%\" }");
    }
    let one = |(letter, _, value): (&str, Range<usize>, _)| {
        Some((letter.to_owned(), crate::read::toml::number(table.source(), value, letter)?))
    };
    entries.into_iter().filter_map(one).collect()
}

/// Who sits on a panel: `[[panel]]`.
pub(super) struct Experts {
    id: String,
    judges: Vec<String>,
}

pub(super) fn panels(top: &Table<'_>) -> Vec<Experts> {
    let mut ids = Ids::new(top.source(), "panel", "专家组");
    let one = |table: &Table<'_>| {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        // Nothing shows it yet, but a slip in it is a slip.
        table.text("title");
        if table.get("judges").is_none() {
            table.missing("judges", "judges = [\"f1\", \"f2\", \"f3\"]");
        }
        Experts { id, judges: table.strings("judges").into_iter().map(|(judge, _)| judge.to_owned()).collect() }
    };
    top.tables("panel", "[[panel]]", &["id", "title", "judges"]).iter().map(one).collect()
}

pub(super) fn stages(top: &Table<'_>, documents: &[Document]) -> Vec<Stage> {
    let mut ids = Ids::new(top.source(), "stage", "阶段");
    let one = |table: &Table<'_>| {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        Stage { id, title: title(table), cite: citation(table, documents) }
    };
    top.tables("stage", "[[stage]]", &["id", "title", "cite"]).iter().map(one).collect()
}

/// Numbers from outside the cohort; formulas name them as they name metrics, so that none may be called like one.
pub(super) fn references(top: &Table<'_>, documents: &[Document], metrics: &[Metric]) -> Vec<Reference> {
    let mut ids = Ids::new(top.source(), "reference", "参照值");
    let one = |table: &Table<'_>| {
        let id = table.id().unwrap_or_default();
        ids.take(&id, table.place("id"));
        metric_id_fits(table, &id);
        if metrics.iter().any(|metric| metric.id == id) {
            let what = Diagnostic::error(
                "E-duplicate-id",
                format!("the reference `{id}` is also a metric"),
                format!("参照值 `{id}` 与数据项同名"),
            );
            let help = what.help("give one of them another id", "请为其中一个改用其他标识");
            top.source().fault(help.at(table.place("id")));
        }
        if table.get("value").is_none() {
            table.missing("value", "value = 12.5");
        }
        Reference {
            id,
            title: title(table),
            value: table.number("value").unwrap_or(Number::ZERO),
            unit: table.text("unit").unwrap_or_default(),
            cite: citation(table, documents),
        }
    };
    top.tables("reference", "[[reference]]", &["id", "title", "value", "unit", "cite"]).iter().map(one).collect()
}

fn panel(table: &Table<'_>, panels: &[Experts]) -> Option<Panel> {
    let value = table.get("panel")?;
    let known = ["average", "drop_highest", "drop_lowest", "from", "at_least", "of", "quorum", "members", "majority"];
    let panel = Table::of(table.source(), value, "panel", &known)?;
    if panel.get("average").is_none() {
        panel.missing("average", "average = \"mean\"");
    }
    let words = [("mean", PanelAverage::Mean), ("median", PanelAverage::Median), ("majority", majority(&panel))];
    let average = panel.word("average", &words);
    if !matches!(average, Some(PanelAverage::Majority { .. })) && panel.get("majority").is_some() {
        let what = Diagnostic::error(
            "E-key-does-not-fit",
            "only average = \"majority\" has a `majority`",
            "只有 average = \"majority\" 才有 `majority`",
        );
        table.source().fault(what.help("take it out", "请删去").at(panel.place("majority")));
    }
    let drop_highest = panel.count("drop_highest", 100).unwrap_or(0);
    let drop_lowest = panel.count("drop_lowest", 100).unwrap_or(0);
    let least = drop_highest + drop_lowest + 1;
    let trim_from = panel.count("from", 1000).unwrap_or(least);
    if trim_from < least {
        let what = Diagnostic::error(
            "E-panel",
            format!("from {trim_from} judges up, {} marks are dropped: none is left", least - 1),
            format!("{trim_from} 名专家时要去掉 {} 个分数，已无剩余", least - 1),
        );
        panel.source().fault(
            what.help(format!("write from = {least} or more"), format!("请写 from = {least} 或更大"))
                .at(panel.place("from")),
        );
    }
    let at_least = panel.count("at_least", 1000).unwrap_or(1);
    let known: Vec<(&str, &Experts)> = panels.iter().map(|experts| (experts.id.as_str(), experts)).collect();
    let judges = panel.word("of", &known).map_or_else(Vec::new, |experts| experts.judges.clone());
    let quorum = quorum(&panel, judges.len());
    Some(Panel { average: average?, drop_highest, drop_lowest, trim_from, at_least, judges, quorum })
}

/// Yes where at least this share says yes, or more than it: `majority = "2/3"` or `{ above = "50%" }`.
fn majority(panel: &Table<'_>) -> PanelAverage {
    let half = Number::fraction(1, 2).unwrap_or(Number::ONE);
    let Some(value) = panel.get("majority") else {
        return PanelAverage::Majority { share: half, strict: true };
    };
    if !matches!(value.get_ref(), DeValue::Table(_)) {
        return PanelAverage::Majority { share: panel.number("majority").unwrap_or(half), strict: false };
    }
    let table = Table::of(panel.source(), value, "majority", &["above", "at_least"]);
    let given = |key: &str| table.as_ref().and_then(|table| table.number(key));
    match (given("above"), given("at_least")) {
        (Some(share), None) => PanelAverage::Majority { share, strict: true },
        (None, Some(share)) => PanelAverage::Majority { share, strict: false },
        _ => {
            if let Some(table) = &table {
                table.missing("at_least", "at_least = \"2/3\", or above = \"50%\" (one of the two)");
            }
            PanelAverage::Majority { share: half, strict: true }
        }
    }
}

/// The share of the members that must mark. Who sits on it is known by name, or `members` says how many.
fn quorum(panel: &Table<'_>, judges: usize) -> Option<Quorum> {
    let members = panel.count("members", 1000).filter(|members| *members > 0);
    let share = panel.number("quorum")?;
    if share.is_negative() || share > Number::ONE {
        let what = Diagnostic::error("E-share", format!("the share is {share}"), format!("比例为 {share}"));
        panel
            .source()
            .fault(what.help("write a share such as \"2/3\"", "请填写比例，如 \"2/3\"").at(panel.place("quorum")));
    }
    let members = if judges > 0 { Some(judges) } else { members };
    if members.is_none() {
        panel.missing("members", "members = 9, or of = \"a-panel\": a quorum is a share of the members");
    }
    Some(Quorum { members: members?, share })
}
