//! Two scored cohorts beside each other as a document: what was edited, who moves, worst first, and why.
//!
//! One neutral [`Document`], written as text, Markdown, HTML and JSON. Compares and attributes nothing: it says what a
//! comparison holds. Must not know where the rubrics came from but for their names.

use serde_json::{Map, Value, json};

use super::document::{Block, Document};
use super::sheet::{Align, Cell, Column, Emphasis, Row, Table};
use super::{html, json as bytes_of, markdown, terminal};
use crate::domain::attribution::Method;
use crate::domain::comparison::{Change, Comparison, Extent, LineChange, Part, Scored, Side};
use crate::domain::edit::{Edit, Written};
use crate::domain::impact::Attributed;
use crate::domain::number::Number;
use crate::domain::rubric::{Body, Rubric};
use crate::domain::text::Lang;
use crate::wording::bench::counts;
use crate::wording::edit::Between;
use crate::wording::number::{self, Level};
use crate::wording::{Phrase, standing, terms};

/// Everything that a comparison says.
#[derive(Clone, Copy)]
pub struct Compared<'a> {
    pub old: Scored<'a>,
    pub new: Scored<'a>,
    /// What the two rubrics and the cohort are called.
    pub names: (&'a str, &'a str, &'a str),
    /// The meaning digests of the two rubrics.
    pub meanings: (&'a str, &'a str),
    pub comparison: &'a Comparison,
    /// Edits that a score may depend on.
    pub edits: &'a [Edit],
    /// Edits of what is cited.
    pub citations: &'a [Edit],
    pub method: Method,
    /// One per change.
    pub attributed: &'a [Attributed],
    pub lang: Lang,
}

const EDITS: Phrase = Phrase { en: "What was edited", zh: "体系修改" };
const CITED: Phrase =
    Phrase { en: "Citations edited; no score depends on them", zh: "依据修改（不影响得分）" };
const MOVED: Phrase = Phrase { en: "Who moves, worst first", zh: "受影响的中心（影响最不利者在前）" };
const SHARED: Phrase = Phrase { en: "Points by edit", zh: "各项修改的影响（分）" };
const DETAIL: Phrase = Phrase { en: "Where in the ledger", zh: "计分明细对比" };
const EDIT: Phrase = Phrase { en: "Edit", zh: "修改" };
const OLD: Phrase = Phrase { en: "Old", zh: "原" };
const NEW: Phrase = Phrase { en: "New", zh: "新" };
const DIFFERENCE: Phrase = Phrase { en: "Difference", zh: "差值" };
const BECAUSE: Phrase = Phrase { en: "Because of", zh: "原因" };
const BY_SUBSETS: Phrase = Phrase {
    en: "Points by edit are what each edit adds on average, in whichever order the edits are made (method: exact Shapley values over all subsets of the edits); they add up to the change of each total. Points that do not add up inside a rubric with some of the edits are let pass.",
    zh: "“各项修改的影响”按各修改的平均贡献分摊，与修改的先后顺序无关（方法：对全部修改子集计算沙普利值，取精确分数），合计恰等于各总分的变化；仅含部分修改的体系不要求分值合计一致。",
};
const BY_ORDER: Phrase = Phrase {
    en: "There are too many edits to try every subset: points by edit are what each adds to those listed before it; they add up to the change of each total.",
    zh: "修改较多，无法逐一计算全部子集：按所列顺序逐项叠加，每项影响为其在前列各项基础上增加的分数，合计恰等于各总分的变化。",
};

/// As plain text for a terminal.
pub fn text(document: &Document) -> String {
    let mut text = format!("{}\n", document.title);
    for block in &document.blocks {
        match block {
            Block::Heading(words) | Block::Paragraph(words) | Block::Note(words) => {
                text.push_str(&format!("\n{words}\n"));
            }
            Block::Table(table) => text.push_str(&format!("\n{}\n{}", table.title, terminal::table(table))),
            Block::Drawing(_) | Block::Line(..) | Block::Blank(_) => {}
        }
    }
    text
}

/// As Markdown.
pub fn as_markdown(document: &Document) -> String {
    let mut text = format!("# {}\n", markdown::escaped(&document.title));
    for block in &document.blocks {
        match block {
            Block::Heading(words) => text.push_str(&format!("\n## {}\n", markdown::escaped(words))),
            Block::Paragraph(words) | Block::Note(words) => {
                text.push_str(&format!("\n{}\n", markdown::escaped(words)));
            }
            Block::Table(table) => {
                text.push_str(&format!("\n## {}\n\n{}", markdown::escaped(&table.title), markdown::table(table)));
            }
            Block::Drawing(_) | Block::Line(..) | Block::Blank(_) => {}
        }
    }
    text
}

/// As one HTML page.
pub fn as_html(document: &Document) -> String {
    html::document(document)
}

impl<'a> Compared<'a> {
    fn between(self) -> Between<'a> {
        Between { old: self.old.rubric, new: self.new.rubric, lang: self.lang }
    }

    /// The whole comparison, or only what it says of one centre.
    pub fn document(self, centre: Option<&str>) -> Document {
        let (old, new, cohort) = self.names;
        let title = match self.lang {
            Lang::En => format!("{old} -> {new} on {cohort}"),
            Lang::Zh => format!("{cohort}：{old} -> {new}"),
        };
        let mut blocks = vec![Block::Paragraph(counts(self.comparison, self.lang))];
        let mut table = |table: Table| {
            if !table.rows.is_empty() {
                blocks.push(Block::Table(table));
            }
        };
        table(self.edits(EDITS, "edits", self.edits));
        table(self.edits(CITED, "citations", self.citations));
        table(self.moved(centre));
        table(self.shared(centre));
        if let Some(change) = centre.and_then(|id| self.comparison.of(id)) {
            table(self.lines(change));
        }
        if !self.comparison.is_empty() && !self.edits.is_empty() {
            let method = if self.method == Method::Subsets { BY_SUBSETS } else { BY_ORDER };
            blocks.push(Block::Note(method.get(self.lang).to_owned()));
        }
        Document { lang: self.lang, title, draft: false, blocks, provenance: Vec::new() }
    }

    fn column(self, id: &str, title: Phrase, align: Align) -> Column {
        Column::named(id, title, self.lang, align)
    }

    fn edits(self, title: Phrase, id: &'static str, edits: &[Edit]) -> Table {
        let place = |written: Option<&Written>| {
            written.map_or(Cell::empty(), |written| Cell::text(format!("{}:{}", written.file, written.line)))
        };
        let row = |(at, edit): (usize, &Edit)| {
            let values = || edit.parts.iter().flat_map(|part| &part.values);
            let old = values().find_map(|value| value.old.as_ref());
            let new = values().find_map(|value| value.new.as_ref());
            Row::flat(vec![Cell::count(at + 1), Cell::text(self.between().edit(edit)), place(old), place(new)])
        };
        let old = Phrase { en: "Old place", zh: "原位置" };
        let new = Phrase { en: "New place", zh: "新位置" };
        let columns = vec![
            Column::number("number", "#"),
            self.column("edit", EDIT, Align::Left),
            self.column("old_place", old, Align::Left),
            self.column("new_place", new, Align::Left),
        ];
        let rows = edits.iter().enumerate().map(row).collect();
        Table { id, title: title.get(self.lang).to_owned(), columns, rows }
    }

    fn changes(self, centre: Option<&'a str>) -> impl Iterator<Item = (&'a Change, Option<&'a Attributed>)> {
        let all = self.comparison.changes.iter().enumerate().map(move |(at, change)| (change, self.attributed.get(at)));
        all.filter(move |(change, _)| centre.is_none_or(|id| id == change.centre))
    }

    fn moved(self, centre: Option<&'a str>) -> Table {
        let row = |(change, attributed): (&Change, Option<&Attributed>)| {
            let grave = change.extent == Extent::Grade;
            let grade = moved(&self.grade(self.old.rubric, &change.old), &self.grade(self.new.rubric, &change.new));
            Row::flat(vec![
                Cell::text(change.centre.clone()),
                Cell::text(self.name(change)),
                Cell::text(grade).emphasised(if grave { Emphasis::Strong } else { Emphasis::None }),
                Cell::text(moved(&total(self.old.rubric, &change.old), &total(self.new.rubric, &change.new))),
                change.difference().map_or(Cell::empty(), |more| signed(&more)),
                Cell::text(moved(&rank(&change.old), &rank(&change.new))),
                Cell::text(self.flags(change)),
                Cell::text(attributed.map_or(String::new(), |attributed| self.because(attributed))),
            ])
        };
        let columns = vec![
            self.column("centre", terms::CENTRE, Align::Left),
            self.column("name", terms::NAME, Align::Left),
            self.column("grade", terms::GRADE, Align::Left),
            self.column("total", terms::TOTAL, Align::Left),
            self.column("difference", DIFFERENCE, Align::Right),
            self.column("rank", terms::RANK, Align::Left),
            self.column("flags", terms::FLAGS, Align::Left),
            self.column("because", BECAUSE, Align::Left),
        ];
        let rows = self.changes(centre).map(row).collect();
        Table { id: "changes", title: MOVED.get(self.lang).to_owned(), columns, rows }
    }

    /// What the grade hangs on, and the flags where the grade is the same.
    fn because(self, attributed: &Attributed) -> String {
        let causes = if attributed.grade.is_empty() { &attributed.flags } else { &attributed.grade };
        self.between().causes(causes, self.edits)
    }

    /// Flags gained and lost, or else another time limit.
    fn flags(self, change: &Change) -> String {
        let limits = |side: &Option<Side>| side.as_ref().map(|side| side.limits.0);
        let said =
            standing::flags_moved((&change.gained(), self.new.rubric), (&change.lost(), self.old.rubric), self.lang);
        match (limits(&change.old), limits(&change.new)) {
            (Some(old), Some(new)) if old != new && said.is_empty() => {
                let limit =
                    |period: Option<_>| period.map_or("-".to_owned(), |period| terms::period(period, self.lang));
                format!("{} -> {}", limit(old), limit(new))
            }
            _ => said,
        }
    }

    fn shared(self, centre: Option<&'a str>) -> Table {
        let row = |(change, attributed): (&Change, Option<&Attributed>)| {
            let shares = &attributed?.shares;
            let more = change.difference().filter(|_| shares.iter().any(|share| !share.is_zero()))?;
            let cells = shares.iter().chain([&more]).map(signed);
            Some(Row::flat([Cell::text(change.centre.clone())].into_iter().chain(cells).collect()))
        };
        let edit = |at: usize| Column::number(format!("edit_{}", at + 1), format!("#{}", at + 1));
        let columns = [self.column("centre", terms::CENTRE, Align::Left)]
            .into_iter()
            .chain((0..self.edits.len()).map(edit))
            .chain([self.column("sum", DIFFERENCE, Align::Right)]);
        let rows = self.changes(centre).filter_map(row).collect();
        Table { id: "shares", title: SHARED.get(self.lang).to_owned(), columns: columns.collect(), rows }
    }

    fn lines(self, change: &Change) -> Table {
        let row = |line: &LineChange| Row {
            depth: line.depth,
            cells: vec![
                Cell::text(line.node.clone()),
                Cell::text(self.title(&line.node)),
                Cell::text(part(self.old.rubric, line, &line.old, self.lang)),
                Cell::text(part(self.new.rubric, line, &line.new, self.lang)),
                signed(&line.difference()),
            ],
        };
        let columns = vec![
            self.column("id", terms::ID, Align::Left),
            self.column("line", terms::LINE, Align::Left),
            self.column("old", OLD, Align::Right),
            self.column("new", NEW, Align::Right),
            self.column("difference", DIFFERENCE, Align::Right),
        ];
        Table {
            id: "lines",
            title: format!("{} {}", DETAIL.get(self.lang), change.centre),
            columns,
            rows: change.lines.iter().map(row).collect(),
        }
    }

    fn title(self, node: &str) -> String {
        let of = |rubric: &Rubric| rubric.node(node).map(|ix| rubric.nodes[ix.0].title.get(self.lang).to_owned());
        of(self.new.rubric).or_else(|| of(self.old.rubric)).unwrap_or_default()
    }

    fn name(self, change: &Change) -> String {
        let of = |scored: Scored<'_>, side: &Option<Side>| {
            side.as_ref().map(|side| scored.cohort.centre(side.centre).name.clone())
        };
        of(self.new, &change.new).or_else(|| of(self.old, &change.old)).unwrap_or_default()
    }

    fn grade(self, rubric: &Rubric, side: &Option<Side>) -> String {
        let grade = side.as_ref().and_then(|side| rubric.grade(side.grade.as_deref()?));
        grade.map_or(String::new(), |ix| rubric.grades[ix.0].title.get(self.lang).to_owned())
    }

    /// Everything in full precision, by id.
    pub fn json(self, centre: Option<&str>) -> Vec<u8> {
        let count = |extent| self.comparison.count(extent);
        let mut top = Map::new();
        let put = |top: &mut Map<String, Value>, key: &str, value: Value| {
            top.insert(key.to_owned(), value);
        };
        put(&mut top, "schema", json!("triennial/comparison/1"));
        put(
            &mut top,
            "old",
            json!({ "name": self.names.0, "meaning": self.meanings.0, "rubric": self.old.rubric.id, "edition": self.old.rubric.edition }),
        );
        put(
            &mut top,
            "new",
            json!({ "name": self.names.1, "meaning": self.meanings.1, "rubric": self.new.rubric.id, "edition": self.new.rubric.edition }),
        );
        put(&mut top, "cohort", json!(self.names.2));
        put(
            &mut top,
            "summary",
            json!({ "grade": count(Extent::Grade), "flags": count(Extent::Flags), "score": count(Extent::Score), "same": self.comparison.same }),
        );
        put(&mut top, "attribution", json!(if self.method == Method::Subsets { "shapley" } else { "in-order" }));
        let edits = |edits: &[Edit]| edits.iter().map(|edit| self.edit_json(edit)).collect::<Vec<_>>();
        put(&mut top, "edits", json!(edits(self.edits)));
        put(&mut top, "citations", json!(edits(self.citations)));
        let changes: Vec<Value> =
            self.changes(centre).map(|(change, attributed)| change_json(change, attributed)).collect();
        put(&mut top, "changes", json!(changes));
        bytes_of::bytes(top)
    }

    fn edit_json(self, edit: &Edit) -> Value {
        let written = |written: &Option<Written>| {
            written.as_ref().map(|w| json!({ "text": w.text, "file": w.file, "line": w.line }))
        };
        let values = |part: &crate::domain::edit::Alteration| {
            let value = |value: &crate::domain::edit::Value| json!({ "key": value.key, "old": written(&value.old), "new": written(&value.new) });
            let subject = &part.subject;
            json!({ "list": subject.list, "id": subject.id, "key": subject.key,
                    "values": part.values.iter().map(value).collect::<Vec<_>>() })
        };
        json!({ "words": self.between().edit(edit), "parts": edit.parts.iter().map(values).collect::<Vec<_>>() })
    }
}

fn change_json(change: &Change, attributed: Option<&Attributed>) -> Value {
    let side = |side: &Option<Side>| {
        side.as_ref().map(|side| {
            json!({ "total": side.total.as_ref().map(exact), "grade": side.grade, "rank": side.rank,
                    "outcome": side.outcome, "flags": side.flags })
        })
    };
    let sets = |subsets: &[crate::domain::attribution::Subset]| -> Vec<Vec<usize>> {
        subsets.iter().map(|subset| subset.edits().map(|edit| edit + 1).collect()).collect()
    };
    let line = |line: &LineChange| {
        json!({ "id": line.node, "old": part_json(&line.old), "new": part_json(&line.new),
                "difference": exact(&line.difference()) })
    };
    let attributed = attributed.cloned().unwrap_or_default();
    json!({
        "centre": change.centre,
        "extent": match change.extent { Extent::Grade => "grade", Extent::Flags => "flags", Extent::Score => "score" },
        "old": side(&change.old),
        "new": side(&change.new),
        "difference": change.difference().as_ref().map(exact),
        "shares": attributed.shares.iter().map(exact).collect::<Vec<_>>(),
        "grade_because_of": sets(&attributed.grade),
        "flags_because_of": sets(&attributed.flags),
        "lines": change.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn part_json(part: &Part) -> Value {
    match part {
        Part::Absent => Value::Null,
        Part::LeftOut => json!("left-out"),
        Part::Earned { points, of } => json!({ "points": exact(&points.0), "of": exact(&of.0) }),
        Part::Levels(levels) => json!(levels.iter().map(exact).collect::<Vec<_>>()),
    }
}

/// The decimal, or the fraction where that never ends.
fn exact(number: &Number) -> String {
    if number.places().is_some() { number.plain() } else { number.as_fraction() }
}

/// With its sign, also before a gain.
fn signed(number: &Number) -> Cell {
    let shown = number::shortened(number, 4);
    let shown = match number.places() {
        Some(places) if places <= 4 => number.plain(),
        _ => shown,
    };
    Cell::shown_as(if number.is_positive() { format!("+{shown}") } else { shown }, number)
}

fn total(rubric: &Rubric, side: &Option<Side>) -> String {
    let total = side.as_ref().and_then(|side| side.total.clone());
    total.map_or(String::new(), |total| {
        number::points(&crate::domain::number::Points(total), &rubric.rounding, Level::Total)
    })
}

fn rank(side: &Option<Side>) -> String {
    side.as_ref().and_then(|side| side.rank).map_or(String::new(), |rank| rank.to_string())
}

fn part(rubric: &Rubric, line: &LineChange, part: &Part, lang: Lang) -> String {
    let level = match rubric.node(&line.node).map(|ix| &rubric.nodes[ix.0].body) {
        Some(Body::Criterion { .. }) => Level::Criterion,
        _ => Level::Indicator,
    };
    match (part, lang) {
        (Part::Absent, _) => "-".to_owned(),
        (Part::LeftOut, Lang::En) => "left out".to_owned(),
        (Part::LeftOut, Lang::Zh) => "不计".to_owned(),
        (Part::Earned { points, of }, _) => {
            format!("{} / {}", number::points(points, &rubric.rounding, level), number::exact(&of.0))
        }
        (Part::Levels(levels), _) => number::shares(levels, &rubric.rounding),
    }
}

fn moved(was: &str, is: &str) -> String {
    let shown = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    if was == is { shown(is) } else { format!("{} -> {}", shown(was), shown(is)) }
}
