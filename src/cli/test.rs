//! `triennial test`: whether a rubric still gives what was worked out by hand.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::args::{Test, TextFormat};
use super::failure::{Ended, Failure};
use super::input::beside;
use super::session::Session;
use super::{Exit, input, output};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::fixture::{Expected, Item, Value, instead};
use crate::domain::ledger::Subject;
use crate::domain::text::Lang;
use crate::read::fixture::{self, Fixture, Readings};
use crate::read::table;
use crate::store::catalogue::shipped;
use crate::store::{digest, file};
use crate::wording::{diagnostic, fixture as said};
use crate::write::sheet::{Cell, Column, Row, Table};
use crate::write::{centre, json};

/// The longest fixture that is read, in bytes.
const LIMIT: u64 = 4 << 20;

pub fn run(args: &Test, lang: Lang) -> Ended {
    let paths = files(&args.fixtures)?;
    let (mut compared, mut rows, mut told) = (0, Vec::new(), String::new());
    for path in &paths {
        let tried = Tried::read(path, args.rubric.as_deref(), lang)?;
        compared += tried.expected.len();
        for (expected, at, found) in tried.misses() {
            told.push_str(&tried.text(expected, at, &found, lang));
            rows.push(tried.row(expected, at, &found, lang));
        }
    }
    let differ = rows.len();
    match args.format {
        TextFormat::Text => output::result(&format!("{told}{}\n", said::summary(paths.len(), compared, differ, lang)))?,
        TextFormat::Json => output::bytes(&json::table(&table_of(rows)))?,
    };
    Ok(if differ == 0 { Exit::Done } else { Exit::Attention })
}

/// The fixtures that are named, and those in the folders that are named.
pub(super) fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() {
            let is_fixture = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "toml");
            let mut inside: Vec<PathBuf> = file::files_in(path)?.into_iter().filter(is_fixture).collect();
            if inside.is_empty() {
                let what = Diagnostic::error("E-no-fixture", "no fixture is in this folder", "该文件夹中没有样例文件");
                let help = what.help(
                    "name a folder with fixtures (*.toml), or a file",
                    "请指定含有样例文件（*.toml）的文件夹，或指定文件",
                );
                return Err(Failure::usage(path.display().to_string(), help));
            }
            files.append(&mut inside);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// A fixture with its cohort, scored.
pub(super) struct Tried {
    name: String,
    text: String,
    source: String,
    pub(super) session: Session,
    pub(super) expected: Vec<(Expected, Range<usize>)>,
}

impl Tried {
    /// `instead` is a rubric to try in the place of the one that the fixture names.
    pub(super) fn read(path: &Path, instead: Option<&str>, lang: Lang) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let text = input::text(path, LIMIT)?;
        let failure = |faults| Failure::Input { name: name.clone(), text: text.clone(), faults };
        let (fixture, faults) = fixture::fixture(&text);
        let Some(fixture) = fixture else { return Err(failure(faults)) };
        let rubric = match instead {
            Some(named) => named.to_owned(),
            None if shipped(&fixture.rubric).is_some() => fixture.rubric.clone(),
            None => beside(&fixture.rubric, &name),
        };
        let input::Named { text: rubric_text, rubric, .. } = input::rubric(&rubric)?;
        let data = readings(&fixture, &name, &rubric, lang)?;
        let cohort = table::cohort(&data, &rubric);
        let (expected, faults) = fixture::expected(&text, &rubric, &cohort);
        if !faults.is_empty() {
            return Err(failure(faults));
        }
        let session =
            Session::new(rubric, cohort, fixture.decided_on, true, digest::text(rubric_text.as_bytes()), Vec::new());
        Ok(Self { name, text, source: fixture.source, session, expected })
    }

    fn misses(&self) -> impl Iterator<Item = (&Expected, &Range<usize>, Value)> {
        self.expected.iter().filter_map(|(expected, at)| {
            let card = &self.session.cards[expected.centre.0];
            Some((expected, at, instead(expected, &self.session.rubric, card)?))
        })
    }

    fn line(&self, at: &Range<usize>) -> usize {
        diagnostic::line_and_column(&self.text, at.start).0
    }

    fn said(&self, expected: &Expected, found: &Value, lang: Lang) -> String {
        let centre = &self.session.cohort.centre(expected.centre).id;
        let what = said::item(expected.item, &self.session.rubric, lang);
        said::miss(centre, &what, &said::value(&expected.value, lang), &said::value(found, lang), lang)
    }

    /// A difference, where it stands, where the expectation is from, and how the points came about.
    fn text(&self, expected: &Expected, at: &Range<usize>, found: &Value, lang: Lang) -> String {
        let name = crate::wording::safe::visible(&self.name);
        let mut text = format!("{name}:{}: {}\n", self.line(at), self.said(expected, found, lang));
        let from = crate::wording::safe::visible(&self.source);
        text.push_str(&match lang {
            Lang::En => format!("  expected by: {from}\n"),
            Lang::Zh => format!("  依据：{from}\n"),
        });
        let subject = match expected.item {
            Item::Points(node) => Subject::Node(node),
            _ => Subject::Total,
        };
        let rows = centre::ledger_rows(self.session.source(), expected.centre, lang);
        for row in rows.iter().filter(|row| row.subject == subject) {
            text.push_str(&format!("  {}  {}\n", row.label, row.points));
            // A grade follows from the total, not from how that came about.
            let working =
                if matches!(expected.item, Item::Points(_) | Item::Total) { row.working.as_slice() } else { &[] };
            working.iter().for_each(|line| text.push_str(&format!("    {line}\n")));
        }
        text
    }

    fn row(&self, expected: &Expected, at: &Range<usize>, found: &Value, lang: Lang) -> Row {
        let item = match expected.item {
            Item::Points(node) => self.session.rubric.nodes[node.0].id.clone(),
            item => format!("{item:?}").to_lowercase(),
        };
        let value = |value: &Value| if *value == Value::None { String::new() } else { said::value(value, lang) };
        Row::flat(vec![
            Cell::text(&self.name),
            Cell::count(self.line(at)),
            Cell::text(&self.session.cohort.centre(expected.centre).id),
            Cell::text(item),
            Cell::text(value(&expected.value)),
            Cell::text(value(found)),
            Cell::text(&self.source),
        ])
    }
}

fn readings(
    fixture: &Fixture,
    name: &str,
    rubric: &crate::domain::rubric::Rubric,
    lang: Lang,
) -> Result<table::Data, Failure> {
    let text = match &fixture.readings {
        Readings::File(file) => {
            let path = beside(file, name);
            let roster = input::mapped::Roster::new();
            let source = input::Source { path: Path::new(&path), sheet: None, mapping: None, roster: &roster };
            return input::data(source, rubric, fixture.cycle, lang);
        }
        Readings::Table(text) => text,
    };
    let (data, faults) = table::table(text, rubric, fixture.cycle);
    // Lines of the faults are those of the table inside the fixture.
    data.ok_or_else(|| Failure::Input { name: format!("{name} [data]"), text: String::new(), faults })
}

fn table_of(rows: Vec<Row>) -> Table {
    let columns = ["file", "line", "centre", "item", "expected", "found", "source"];
    let columns = columns.into_iter().map(|id| Column::text(id, id)).collect();
    Table { id: "differences", title: String::new(), columns, rows }
}
