//! A rubric from its TOML text, strictly: what is not understood is a fault, never ignored.
//!
//! Faults are collected, so that an author sees all of them at once; each has a place, a stable code and a remedy.
//! Must not know what a rubric does to a centre.

mod alone;
mod checks;
mod declared;
mod doubts;
pub mod figure;
mod fits;
mod grades;
mod marks;
mod nodes;
mod outcomes;
pub mod place;
mod publication;
mod relative;
mod rounding;
mod rules;
mod scoring;
mod total;

pub use alone::alone;
use rounding::rounding;
use total::{most, total};

use std::cell::Cell;
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::formula::{self, Names};
use super::toml::{Source, Table, parse};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::formula::Expr;
use crate::domain::group::Group;
use crate::domain::number::{Number, Points};
use crate::domain::rubric::{
    Assertion, AttributeIx, Basis, Citation, Document, DocumentIx, Grade, Kind, Level, PerKind, Requirement, Rubric,
    Stage, Ties,
};
use crate::domain::text::Text;

/// The most criteria and indicators of one rubric, items of checklists among them.
pub const MAX_NODES: usize = 10_000;
/// The most kinds times stages: points are kept for each.
pub const MAX_CLASSES: usize = 1_000;
/// The most levels of a profile.
pub const MAX_LEVELS: usize = 100;

/// Reads a rubric. The diagnostics hold every error and warning in file order; there is a rubric exactly where none of
/// them is an error.
pub fn rubric(text: &str) -> (Option<Rubric>, Vec<Diagnostic>) {
    // A table of data would be a fault in every line, and none of them would say what is wrong.
    if !text.lines().any(|line| line.trim_start_matches(['\u{feff}', ' ', '\t']).starts_with('[')) {
        return (None, vec![not_a_rubric()]);
    }
    let source = Source::new(text);
    let tree = parse(&source);
    if tree.is_none() {
        // A mistyped header may be why the rest cannot be put together.
        misspelt_tables(&source);
    }
    let rubric = tree.as_ref().and_then(|tree| whole(&source, tree));
    let rubric = rubric.filter(|_| !source.has_errors());
    drop(tree);
    (rubric, source.faults())
}

/// Reads a rubric of which only is not asked that the points of parts add up to those of what they are part of: what
/// a rubric would be with some of its edits made and others not. `None` where anything else is wrong.
pub fn not_adding_up(text: &str) -> Option<Rubric> {
    let source = Source::new(text);
    let tree = parse(&source);
    let rubric = tree.as_ref().and_then(|tree| whole(&source, tree));
    drop(tree);
    let waived = |fault: &Diagnostic| !fault.is_error() || fault.code == "E-points-sum";
    rubric.filter(|_| source.faults().iter().all(waived))
}

/// Tables that no rubric has, in a text that is not valid as a whole.
fn misspelt_tables(source: &Source<'_>) {
    let (tree, _) = ::toml::de::DeTable::parse_recoverable(source.text);
    let known: Vec<&str> = TOP.into_iter().chain(["outcome"]).collect();
    Table::open(source, tree.get_ref(), 0..0, "the rubric file", &known);
}

/// Reads a rubric as its author wants it read: also what is cited for nothing is told. A draft, or a rubric already in
/// use, is read by [`rubric`].
pub fn checked(text: &str) -> (Option<Rubric>, Vec<Diagnostic>) {
    let (rubric, mut faults) = rubric(text);
    if let Some(rubric) = &rubric {
        let source = Source::new(text);
        if let Some(tree) = parse(&source) {
            doubts::uncited(&Table::reopen_top(&source, tree.get_ref()), rubric);
        }
        faults.extend(source.faults());
        faults.sort_by_key(Diagnostic::start);
    }
    (rubric, faults)
}

const TOP: [&str; 22] = [
    "rubric",
    "document",
    "kind",
    "stage",
    "attribute",
    "finding",
    "reference",
    "panel",
    "metric",
    "assertion",
    "data_checks",
    "data",
    "profile",
    "criterion",
    "bonus",
    "deduction",
    "total",
    "grade",
    "gate",
    "act",
    "public_notice",
    "publication",
];

const HEADER: [&str; 11] = [
    "id",
    "edition",
    "title",
    "note",
    "cite",
    "extends",
    "cycle_years",
    "lookback_years",
    "rounding",
    "display_places",
    "compare",
];

fn not_a_rubric() -> Diagnostic {
    let what = Diagnostic::error(
        "E-not-a-rubric",
        "this is not a rubric: it has no [rubric] table",
        "这不是评价指标体系：没有 [rubric] 表",
    );
    what.help(
        "name a rubric file; one starts with [rubric], id, edition, title and cycle_years",
        "请指定评价指标体系文件；其开头为 [rubric]，并写明 id、edition、title、cycle_years",
    )
}

fn whole<'a>(source: &'a Source<'a>, tree: &'a Spanned<::toml::de::DeTable<'a>>) -> Option<Rubric> {
    let known: Vec<&str> = TOP.into_iter().chain(["outcome"]).collect();
    let top = Table::open(source, tree.get_ref(), 0..0, "the rubric file", &known);
    let Some(header) = top.get("rubric") else {
        source.fault(not_a_rubric());
        return None;
    };
    let header = Table::of(source, header, "[rubric]", &HEADER)?;
    if let Some(base) = header.get("extends") {
        let what = Diagnostic::error(
            "E-extends-missing",
            "what this rubric extends is not at hand",
            "此处无法取得所继承的体系",
        );
        let help =
            what.help("make it whole first: triennial rubric flatten FILE", "请先展开：triennial rubric flatten 文件");
        source.fault(help.at(base.span()));
    }
    let documents = declared::documents(&top);
    let kinds = declared::kinds(&top, &documents);
    let attributes = declared::attributes(&top);
    let findings = declared::findings(&top, &documents);
    let stages = declared::stages(&top, &documents);
    let panels = declared::panels(&top);
    let mut metrics = declared::metrics(&top, &documents, &panels);
    checks::thresholds(&top, &mut metrics);
    let references = declared::references(&top, &documents, &metrics);
    let cycle_years = cycle_years(&header);
    let data = declared::data(&top, &metrics, &attributes);
    let (whole, levels) = declared::profile(&top);
    let names = Names {
        cycle_years,
        lookback_years: header.count("lookback_years", 50).unwrap_or(0),
        metrics: &metrics,
        kinds: &kinds,
        stages: &stages,
        references: &references,
        levels: &levels,
        findings: &findings,
        attributes: &attributes,
        nodes: &[],
        grades: &[],
    };
    if too_many_classes(source, kinds.len(), stages.len()) {
        return None;
    }
    let relatives = Cell::new(0);
    let scope = Scope {
        source,
        names,
        documents: &documents,
        kinds: &kinds,
        stages: &stages,
        levels: &levels,
        relatives: &relatives,
    };
    let assertions = checks::assertions(&top, &scope);
    let nodes = nodes::nodes(&top, &scope);
    nodes::profiles_fit(&top, &scope, &nodes);
    let total = total(&top, &scope, &nodes);
    let drafts = grades::drafts(&top, &documents);
    let names = Names { nodes: &nodes, grades: &drafts, ..names };
    let scope = Scope { names, ..scope };
    let most = most(&total, &nodes);
    let grades = grades::grades(&top, &scope, &drafts, &most);
    let gates = grades::gates(&top, &scope, &drafts);
    let acts = outcomes::acts(&top);
    let notice = outcomes::public_notice(&top, &scope);
    let outcomes = outcomes::outcomes(&top, &scope, &drafts, &acts);
    let declared =
        publication::Declared { documents: &documents, attributes: &attributes, nodes: &nodes, metrics: &metrics };
    let publication = publication::publication(&top, &declared);
    let rubric = Rubric {
        id: header.id().unwrap_or_default(),
        edition: header.required("edition", "edition = \"2026\"").unwrap_or_default().to_owned(),
        title: title(&header),
        note: header.text("note").unwrap_or_default(),
        cite: citation(&header, &documents),
        cycle_years,
        lookback_years: names.lookback_years,
        rounding: rounding(&header),
        data,
        levels: levels.clone(),
        whole,
        nodes: nodes.clone(),
        total,
        grades,
        gates,
        outcomes,
        acts,
        notice,
        publication,
        stages: stages.clone(),
        references: references.clone(),
        documents: documents.clone(),
        kinds: kinds.clone(),
        attributes: attributes.clone(),
        findings: findings.clone(),
        metrics: metrics.clone(),
        assertions,
    };
    if !rubric.has_total() {
        without_total(&top, &rubric);
    }
    // A formula with a fault uses nothing; its own fault is enough.
    if !source.has_errors() {
        unused_metrics(&top, &rubric);
        doubts::whole(&top, &rubric, &most);
        publication::doubts(&top, &rubric);
    }
    Some(rubric)
}

/// The years evaluated together; 1 stands in where they are not said.
fn cycle_years(header: &Table<'_>) -> usize {
    match header.count("cycle_years", 50) {
        Some(0) => {
            let what = Diagnostic::error("E-cycle-years", "a cycle of no years", "评估周期不能为 0 年");
            header.source().fault(
                what.help("write the years evaluated together, such as 3", "请填写评估周期的年数，如 3")
                    .at(header.place("cycle_years")),
            );
            1
        }
        None => {
            if header.get("cycle_years").is_none() {
                header.missing("cycle_years", "cycle_years = 3");
            }
            1
        }
        Some(years) => years,
    }
}

fn too_many_classes(source: &Source<'_>, kinds: usize, stages: usize) -> bool {
    let classes = kinds.max(1).saturating_mul(stages.max(1));
    if classes > MAX_CLASSES {
        let what = Diagnostic::error(
            "E-limit-classes",
            format!("{classes} kinds and stages together; a rubric has at most {MAX_CLASSES}"),
            format!("类别与阶段的组合共 {classes} 个，最多 {MAX_CLASSES} 个"),
        );
        source.fault(what.help("split the scheme by kind", "请按类别拆分该体系"));
    }
    classes > MAX_CLASSES
}

/// Shares by level have no total: nothing can be graded by one.
fn without_total(top: &Table<'_>, rubric: &Rubric) {
    let by_total = |grade: &Grade| {
        let places = grade.quota.is_some() || grade.first.is_some() || grade.last.is_some();
        grade.threshold.is_some() || grade.each_criterion.is_some() || places
    };
    if let Some(grade) = rubric.grades.iter().find(|grade| by_total(grade)) {
        let what = Diagnostic::error(
            "E-profile",
            format!("`{}` goes by the total, and shares by level have none", grade.id),
            format!("`{}` 按总分评定，而分档结果没有总分", grade.id),
        );
        let help = what.help(
            "give each [[profile.level]] a `worth`, or grade by requires = \"level(node, 'id') >= 30\"",
            "请为每个 [[profile.level]] 写 worth，或用 requires = \"level(指标, '档次') >= 30\" 评定",
        );
        top.source().fault(help.at(top.place("grade")));
    }
}

/// What the tables of a rubric may refer to.
#[derive(Clone, Copy)]
struct Scope<'a> {
    source: &'a Source<'a>,
    names: Names<'a>,
    documents: &'a [Document],
    kinds: &'a [Kind],
    stages: &'a [Stage],
    levels: &'a [Level],
    /// How many relative rules were read so far.
    relatives: &'a Cell<usize>,
}

impl<'a> Scope<'a> {
    /// The formula in a string value.
    fn formula(&self, value: &'a Spanned<DeValue<'a>>, key: &str) -> Option<(String, Expr)> {
        let text = super::toml::as_string(self.source, value, key)?;
        match formula::expression(text, &self.names) {
            Ok(expr) => match formula::units::of(&expr, &self.names) {
                Ok(_) => Some((text.to_owned(), expr)),
                Err(fault) => {
                    self.source.fault(fault.at(value.span()));
                    None
                }
            },
            Err(fault) => {
                let (diagnostic, part) = *fault;
                self.source.fault(diagnostic.at(self.source.inside(&value.span(), text, part)));
                None
            }
        }
    }

    /// The condition in a string value.
    fn condition(&self, text: &str, span: &Range<usize>) -> Option<Requirement> {
        match formula::condition(text, &self.names) {
            Ok(condition) => match formula::units::of_condition(&condition, &self.names) {
                Ok(()) => Some(Requirement { source: text.to_owned(), condition }),
                Err(fault) => {
                    self.source.fault(fault.at(span.clone()));
                    None
                }
            },
            Err(fault) => {
                let (diagnostic, part) = *fault;
                self.source.fault(diagnostic.at(self.source.inside(span, text, part)));
                None
            }
        }
    }

    /// Points for every kind and stage: see [`Scope::by_class`].
    fn per_kind(&self, table: &Table<'a>, key: &str) -> Option<PerKind<Points>> {
        let numbers = self.by_class(table.get(key)?, key)?;
        Some(PerKind(numbers.into_iter().map(Points).collect()))
    }

    /// A number for every kind and stage: one for all, `{ kind = number }`, `{ stage = number }`, or
    /// `{ kind = { stage = number } }`.
    fn by_class(&self, value: &'a Spanned<DeValue<'a>>, key: &str) -> Option<Vec<Number>> {
        let (kinds, stages) = (self.kinds.len().max(1), self.stages.len().max(1));
        let DeValue::Table(entries) = value.get_ref() else {
            return Some(vec![super::toml::number(self.source, value, key)?; kinds * stages]);
        };
        let is_stage = |id: &str| self.stages.iter().any(|stage| stage.id == id);
        if entries.keys().any(|key| is_stage(key.get_ref().as_ref())) {
            let one = self.by_stage(value, key)?;
            return Some(one.iter().cloned().cycle().take(kinds * stages).collect());
        }
        let ids: Vec<&str> = self.kinds.iter().map(|k| k.id.as_str()).collect();
        let given = Table::of(self.source, value, "points by kind", &ids)?;
        let one = |id: &&str| {
            let Some(value) = given.get(id) else {
                let example = format!("{id} = 0");
                given.missing(id, &example);
                return vec![Number::ZERO; stages];
            };
            self.by_stage(value, key).unwrap_or_else(|| vec![Number::ZERO; stages])
        };
        (!ids.is_empty()).then(|| ids.iter().flat_map(one).collect())
    }

    fn by_stage(&self, value: &'a Spanned<DeValue<'a>>, key: &str) -> Option<Vec<Number>> {
        let DeValue::Table(_) = value.get_ref() else {
            return Some(vec![super::toml::number(self.source, value, key)?; self.stages.len().max(1)]);
        };
        let ids: Vec<&str> = self.stages.iter().map(|stage| stage.id.as_str()).collect();
        let given = Table::of(self.source, value, "points by stage", &ids)?;
        let one = |id: &&str| {
            if given.get(id).is_none() {
                let example = format!("{id} = 0");
                given.missing(id, &example);
            }
            given.number(id).unwrap_or(Number::ZERO)
        };
        (!ids.is_empty()).then(|| ids.iter().map(one).collect())
    }

    /// Kinds and stages together.
    fn classes(&self) -> usize {
        self.kinds.len().max(1) * self.stages.len().max(1)
    }

    /// Which group: `all`, `kind`, `stage`, or an attribute.
    fn group(&self, table: &Table<'a>, key: &str) -> Option<Group> {
        let fixed = [("all", Group::All), ("kind", Group::Kind), ("stage", Group::Stage)];
        let attributes = self.names.attributes.iter().enumerate();
        let attributes = attributes.map(|(ix, a)| (a.id.as_str(), Group::Attribute(AttributeIx(ix))));
        table.word(key, &fixed.into_iter().chain(attributes).collect::<Vec<_>>())
    }

    /// A number, or a formula of numbers and references only, worked out at once.
    fn constant(&self, table: &Table<'a>, key: &str) -> Option<Number> {
        let value = table.get(key)?;
        let DeValue::String(text) = value.get_ref() else { return table.number(key) };
        if Number::parse_share(text.trim()).is_ok() || !text.contains(|c: char| c.is_alphabetic()) {
            return table.number(key);
        }
        let (_, expr) = self.formula(value, key)?;
        let number = expr.constant(&|ix| self.names.references.get(ix.0).map(|reference| reference.value.clone()));
        if number.is_none() {
            let what = Diagnostic::error(
                "E-not-constant",
                format!("`{key}` is not the same for every centre"),
                format!("`{key}` 不是对所有中心都相同的数"),
            );
            let help = what.help(
                "use numbers and [[reference]]s here; what depends on a centre belongs in `requires` or in a measure",
                "此处只能用数字和 [[reference]]；与具体中心有关的条件请写在 requires 或计算口径中",
            );
            self.source.fault(help.at(value.span()));
        }
        number
    }
}

/// A title in both languages; the id stands in where there is none.
fn title(table: &Table<'_>) -> Text {
    table.text("title").unwrap_or_else(|| Text::both(table.string("id").unwrap_or_default()))
}

fn citation(table: &Table<'_>, documents: &[Document]) -> Option<Citation> {
    let value = table.get("cite")?;
    let cite = Table::of(table.source(), value, "cite", &["document", "article", "basis", "quote"])?;
    let ids: Vec<(&str, usize)> = documents.iter().enumerate().map(|(ix, d)| (d.id.as_str(), ix)).collect();
    if cite.get("document").is_none() {
        cite.missing("document", "document = \"an-id-of-a-[[document]]\"");
    }
    let basis = [("sets", Basis::Sets), ("topic", Basis::Topic), ("example", Basis::Example)];
    if cite.get("basis").is_none() {
        cite.missing("basis", "basis = \"topic\"");
    }
    let basis = cite.word("basis", &basis);
    let quote = cite.string("quote").unwrap_or_default().to_owned();
    if basis == Some(Basis::Sets) && quote.is_empty() {
        cite.missing("quote", "quote = \"the words that set it\"");
    }
    let document = DocumentIx(cite.word("document", &ids)?);
    let article = cite.string("article").unwrap_or_default().to_owned();
    Some(Citation { document, article, basis: basis?, quote })
}

fn unused_metrics(top: &Table<'_>, rubric: &Rubric) {
    let mut used = vec![false; rubric.metrics.len()];
    for (_, indicator) in rubric.indicators() {
        crate::domain::needs::formulas(&indicator.scoring, &mut |expr| {
            expr.metrics().iter().for_each(|m| used[m.0] = true);
        });
    }
    let cases = rubric.outcomes.iter().flat_map(|(_, outcome)| &outcome.cases).map(|case| &case.when);
    let requirements = rubric.grades.iter().flat_map(|g| &g.requires).chain(cases);
    let quotas = rubric.grades.iter().flat_map(|grade| [&grade.quota, &grade.last]).flatten();
    for quota in quotas {
        if let Ties::Break { by, .. } = &quota.ties {
            by.iter().flat_map(|tie| tie.expr.metrics()).for_each(|m| used[m.0] = true);
        }
    }
    for requirement in requirements.chain(rubric.gates.iter().map(|g| &g.when)) {
        requirement.condition.metrics().iter().for_each(|m| used[m.0] = true);
    }
    rubric.assertions.iter().flat_map(Assertion::metrics).for_each(|m| used[m.0] = true);
    let tables = top.list("metric").into_iter().filter_map(|v| Table::reopen(top.source(), v, "[[metric]]"));
    for ((metric, table), used) in rubric.metrics.iter().zip(tables).zip(used) {
        if !used {
            let id = &metric.id;
            let what = Diagnostic::warning(
                "W-unused-metric",
                format!("no indicator, gate or grade uses the metric `{id}`"),
                format!("没有指标、否决项或等级使用数据项 `{id}`"),
            );
            let help = what.help("take it out, or use it in a measure", "请删去，或在计算口径中使用");
            top.source().fault(help.at(table.place("id")));
        }
    }
}

#[cfg(test)]
mod tests;
