//! What is not as it was: files moved, changed, lost or used twice, copies that nobody uses, figures without evidence.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{print, row};
use crate::cli::args::{Finding as What, TableFormat};
use crate::cli::failure::Ended;
use crate::cli::{Exit, output};
use crate::domain::evaluation::{CellRef, Evaluation};
use crate::domain::evidence::Attachment;
use crate::domain::text::Lang;
use crate::store::evidence::{self, Found};
use crate::wording::screen::phrase;
use crate::wording::{Phrase, terms};
use crate::write::sheet::{Align, Cell, Column, Row, Table};
use crate::write::terminal;

/// What is looked for: of one centre, of one kind.
pub(super) struct Only<'a> {
    pub centre: Option<&'a str>,
    pub what: Option<What>,
}

impl Only<'_> {
    fn has(&self, found: &Finding) -> bool {
        self.centre.is_none_or(|centre| found.centre == centre) && self.what.is_none_or(|what| found.what == what)
    }
}

/// One thing that was found.
struct Finding {
    centre: String,
    cell: String,
    file: String,
    what: What,
    detail: String,
}

impl What {
    const fn id(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Outside => "outside",
            Self::Unreadable => "unreadable",
            Self::Shared => "shared",
            Self::Reused => "reused",
            Self::Unused => "unused",
            Self::Wanting => "wanting",
        }
    }

    /// Whether somebody has to look at it. What is only good to know does not fail a check.
    const fn is_grave(self) -> bool {
        !matches!(self, Self::Reused | Self::Unused)
    }

    const fn words(self) -> Phrase {
        match self {
            Self::Moved => phrase("moved: the same file lies elsewhere", "已移动：同一文件在别处"),
            Self::Changed => phrase("changed since it was attached", "附上后内容有改动"),
            Self::Missing => phrase("missing", "文件缺失"),
            Self::Outside => phrase("leads out of the evaluation's folder", "指向评估文件夹之外"),
            Self::Unreadable => phrase("cannot be read", "无法读取"),
            Self::Shared => phrase("one file for several centres", "同一文件用于多个单位"),
            Self::Reused => phrase("one file for several figures of the centre", "同一文件用于本单位多个数据"),
            Self::Unused => phrase("in the folder of evidence, and used for nothing", "在佐证文件夹中但未被使用"),
            Self::Wanting => phrase("the rubric asks for evidence, and none is there", "体系要求佐证材料，但未提供"),
        }
    }
}

pub(super) fn run(path: &Path, evaluation: &Evaluation, only: &Only<'_>, format: TableFormat, lang: Lang) -> Ended {
    let mut findings = findings(path, evaluation, lang)?;
    findings.retain(|found| only.has(found));
    match format {
        TableFormat::Table if findings.is_empty() => output::result(match lang {
            _ if only.what.is_some() => phrase("nothing of this kind\n", "未发现此类问题\n").get(lang),
            Lang::En => "all evidence is there, as it was attached\n",
            Lang::Zh => "佐证材料齐全，且与附上时一致\n",
        })?,
        TableFormat::Table => {
            let summary = terminal::table(&summary(&findings, lang));
            output::result(&format!("{summary}\n{}", terminal::table(&table(&findings, lang))))?
        }
        _ => print(&table(&findings, lang), format)?,
    };
    Ok(if findings.iter().any(|finding| finding.what.is_grave()) { Exit::Attention } else { Exit::Done })
}

/// How much there is of each kind, and at how many centres.
fn summary(findings: &[Finding], lang: Lang) -> Table {
    let mut kinds: BTreeMap<What, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for found in findings {
        let (count, centres) = kinds.entry(found.what).or_default();
        *count += 1;
        centres.extend((!found.centre.is_empty()).then_some(found.centre.as_str()));
    }
    let columns = vec![
        Column::named("finding", terms::CHECKED, lang, Align::Left),
        Column::named("count", terms::COUNT, lang, Align::Right),
        Column::named("centres", terms::CENTRES, lang, Align::Right),
    ];
    let rows = kinds.iter().map(|(what, (count, centres))| {
        let said = format!("{} ({})", what.words().get(lang), what.id());
        Row::flat(vec![Cell::word(what.id(), said), Cell::count(*count), Cell::count(centres.len())])
    });
    Table { id: "summary", title: terms::EVIDENCE.get(lang).to_owned(), columns, rows: rows.collect() }
}

fn findings(path: &Path, evaluation: &Evaluation, lang: Lang) -> Result<Vec<Finding>, crate::cli::failure::Failure> {
    let cohort = &evaluation.cohort;
    let all = || {
        cohort.all().flat_map(|ix| {
            let id = cohort.centre(ix).id.as_str();
            cohort.readings(ix).files().iter().map(move |attached| (id, attached))
        })
    };
    let files: Vec<Attachment> = all().map(|(_, attached)| attached.file.clone()).collect();
    let mut uses: BTreeMap<&str, Vec<(&str, String)>> = BTreeMap::new();
    for (id, attached) in all() {
        uses.entry(&attached.file.digest).or_default().push((id, attached.at()));
    }
    let mut findings = Vec::new();
    for ((id, attached), found) in all().zip(evidence::look(path, &files)) {
        let mut add = |what, detail: String| {
            let (centre, cell, file) = (id.to_owned(), attached.at(), attached.file.name.clone());
            findings.push(Finding { centre, cell, file, what, detail });
        };
        match found {
            Found::Same => {}
            Found::Moved(to) => add(What::Moved, to),
            Found::Changed(digest) => add(What::Changed, format!("SHA-256 {digest}")),
            Found::Missing => add(What::Missing, evidence::place(path, &attached.file).display().to_string()),
            Found::Outside => add(What::Outside, attached.file.path.clone().unwrap_or_default()),
            Found::Unreadable(fault) => add(What::Unreadable, fault.diagnostic().what.get(lang).to_owned()),
        }
        let used = &uses[attached.file.digest.as_str()];
        let others: Vec<&(&str, String)> =
            used.iter().filter(|(centre, cell)| (*centre, cell) != (id, &attached.at())).collect();
        let shared = others.iter().any(|(centre, _)| *centre != id);
        let listed = || others.iter().map(|(centre, cell)| format!("{centre} {cell}")).collect::<Vec<_>>().join("; ");
        match (shared, others.is_empty()) {
            (true, _) => add(What::Shared, listed()),
            (false, false) => add(What::Reused, listed()),
            (false, true) => {}
        }
    }
    for ix in cohort.all() {
        for slot in cohort.without_evidence(&evaluation.rubric, ix) {
            let (metric, year) = cohort.layout.cell(slot);
            let metric = evaluation.rubric.metrics[metric.0].id.clone();
            let cell = CellRef { metric, year, judge: None }.name();
            let (centre, file, detail) = (cohort.centre(ix).id.clone(), String::new(), String::new());
            findings.push(Finding { centre, cell, file, what: What::Wanting, detail });
        }
    }
    for file in evidence::unused(path, &files)? {
        let (centre, cell, detail) = (String::new(), String::new(), String::new());
        findings.push(Finding { centre, cell, file, what: What::Unused, detail });
    }
    Ok(findings)
}

fn table(findings: &[Finding], lang: Lang) -> Table {
    let named = |id, title| Column::named(id, title, lang, Align::Left);
    let columns = vec![
        named("centre", terms::CENTRE),
        named("cell", terms::ITEM),
        named("file", terms::EVIDENCE),
        named("finding", terms::CHECKED),
        named("detail", terms::DETAIL),
    ];
    let rows = findings.iter().map(|found| {
        let mut row = row([&found.centre, &found.cell, &found.file, "", &found.detail]);
        row.cells[3] = Cell::word(found.what.id(), found.what.words().get(lang));
        row
    });
    Table { id: "evidence", title: terms::EVIDENCE.get(lang).to_owned(), columns, rows: rows.collect() }
}
