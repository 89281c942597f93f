//! Every figure that an author of a rubric sets: weights, thresholds, edges, goals, awards, limits of gates, quotas, each
//! with its path in the file. What merely describes data, such as bounds of a metric, is none. Must not know whether a
//! figure can be moved.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::{EXTRAS, Figure, NODES, figure, string, tables};
use crate::domain::mutation::Sort;
use crate::domain::number::Number;

/// A figure with its place in the rubric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Such as `criterion[services].indicator[income].rule.bands[2].at_least`, without the kind or stage.
    pub path: String,
    pub sort: Sort,
    /// The criterion or indicator, where the figure is its points or weight, behind all that it stands in.
    pub nodes: Vec<String>,
    pub figure: Figure,
    /// Upper edges written beside it that say the same and move with it.
    pub with: Vec<Figure>,
}

/// All settings of a rubric's text, as far as it can be read, in the order in which they stand there.
pub fn settings(text: &str) -> Vec<Setting> {
    let (tree, _) = DeTable::parse_recoverable(text);
    let mut walk = Walk { text, found: Vec::new() };
    walk.top(tree.get_ref());
    walk.found.sort_by_key(|setting| setting.figure.span.start);
    walk.found
}

struct Walk<'a> {
    text: &'a str,
    found: Vec<Setting>,
}

const LOWER: &[&str] = &["at_least", "above"];
const UPPER: &[&str] = &["at_most", "below"];
const SIZE: &[&str] = &["share", "places"];

impl Walk<'_> {
    fn top(&mut self, top: &DeTable<'_>) {
        for key in NODES.iter().chain(EXTRAS) {
            self.each(top, key, |walk, path, table| walk.node(path, table, Vec::new()));
        }
        self.each(top, "reference", |walk, path, table| walk.named(path, Sort::Reference, table, &["value"]));
        if let Some(total) = top.get("total").and_then(|value| value.get_ref().as_table()) {
            self.named("total", Sort::Cap, total, &["at_least", "at_most"]);
        }
        let grades: Vec<&DeTable<'_>> = top.get("grade").into_iter().flat_map(tables).collect();
        self.edges("grade", Sort::Threshold, &grades);
        self.each(top, "grade", |walk, path, table| {
            walk.named(path, Sort::Threshold, table, &["each_criterion_at_least"]);
            walk.named(path, Sort::Gate, table, &["requires"]);
            for key in ["quota", "first", "last"] {
                if let Some(quota) = table.get(key).and_then(|value| value.get_ref().as_table()) {
                    walk.named(&format!("{path}.{key}"), Sort::Quota, quota, SIZE);
                }
            }
        });
        self.each(top, "gate", |walk, path, table| walk.named(path, Sort::Gate, table, &["when"]));
        let rows = top.get("outcome").and_then(|value| value.get_ref().as_table());
        for (key, row) in rows.into_iter().flatten() {
            if let Some(row) = row.get_ref().as_table() {
                let path = format!("outcome.{}", key.get_ref());
                self.inside(&path, row, "cases", |walk, path, case| walk.named(path, Sort::Gate, case, &["when"]));
            }
        }
        if let Some(profile) = top.get("profile").and_then(|value| value.get_ref().as_table()) {
            self.inside("profile", profile, "level", |walk, path, table| {
                walk.named(path, Sort::Award, table, &["worth"]);
            });
        }
    }

    /// The tables of a list at the top.
    fn each(&mut self, table: &DeTable<'_>, key: &str, mut visit: impl FnMut(&mut Self, &str, &DeTable<'_>)) {
        for (at, inner) in table.get(key).into_iter().flat_map(tables).enumerate() {
            visit(self, &place(key, inner, at), inner);
        }
    }

    /// The tables of a list inside something.
    fn inside(
        &mut self,
        path: &str,
        table: &DeTable<'_>,
        key: &str,
        mut visit: impl FnMut(&mut Self, &str, &DeTable<'_>),
    ) {
        self.each(table, key, |walk, here, inner| visit(walk, &format!("{path}.{here}"), inner));
    }

    fn node(&mut self, path: &str, table: &DeTable<'_>, mut within: Vec<String>) {
        let capped = matches!(table.get("capped").map(Spanned::get_ref), Some(DeValue::Boolean(true)));
        let from = self.found.len();
        self.named(path, if capped { Sort::Cap } else { Sort::Weight }, table, &["points", "weight"]);
        within.push(string(table, "id").unwrap_or_default());
        self.found[from..].iter_mut().for_each(|setting| setting.nodes.clone_from(&within));
        if let Some(missing) = table.get("missing").and_then(|value| value.get_ref().as_table()) {
            self.named(&format!("{path}.missing"), Sort::Penalty, missing, &["penalty"]);
        }
        self.scoring(path, table);
        for key in NODES {
            self.inside(path, table, key, |walk, path, inner| walk.node(path, inner, within.clone()));
        }
    }

    fn scoring(&mut self, path: &str, table: &DeTable<'_>) {
        self.named(path, Sort::Constant, table, &["measure"]);
        if let Some(rule) = table.get("rule").and_then(|value| value.get_ref().as_table()) {
            self.rule(&format!("{path}.rule"), rule);
        }
        for key in ["best_of", "all_of", "checklist"] {
            self.inside(path, table, key, |walk, path, option| {
                walk.named(path, Sort::Award, option, &["points"]);
                walk.scoring(path, option);
            });
        }
    }

    fn rule(&mut self, path: &str, table: &DeTable<'_>) {
        let goal = if string(table, "kind").as_deref() == Some("linear") { Sort::Goal } else { Sort::Edge };
        self.named(path, Sort::Goal, table, &["goal"]);
        self.named(path, goal, table, &["to"]);
        self.named(path, Sort::Edge, table, &["from", "unit", "outliers"]);
        self.named(path, Sort::Award, table, &["points", "share", "base", "rest", "step", "at_worst", "at_from"]);
        if let Some(mark) = table.get("mark").and_then(|value| value.get_ref().as_table()) {
            self.named(&format!("{path}.mark"), Sort::Edge, mark, &["from", "to"]);
        }
        let bands: Vec<&DeTable<'_>> = table.get("bands").into_iter().flat_map(tables).collect();
        self.edges(&format!("{path}.bands"), Sort::Edge, &bands);
        self.inside(path, table, "bands", |walk, path, band| {
            walk.named(path, Sort::Award, band, &["points", "share", "lowest", "highest"]);
        });
        if let Some(then) = table.get("then").and_then(|value| value.get_ref().as_table()) {
            self.rule(&format!("{path}.then"), then);
        }
    }

    /// Lower edges, each with the upper edge of the next one down where that is written too.
    fn edges(&mut self, path: &str, sort: Sort, list: &[&DeTable<'_>]) {
        for (at, table) in list.iter().enumerate() {
            let from = self.found.len();
            self.named(&place(path, table, at), sort, table, LOWER);
            let mut below = Walk { text: self.text, found: Vec::new() };
            if let Some(next) = list.get(at + 1) {
                below.named("", sort, next, UPPER);
            }
            for edge in &mut self.found[from..] {
                let same = below.found.iter().filter(|upper| upper.figure.value == edge.figure.value);
                edge.with = same.map(|upper| upper.figure.clone()).collect();
            }
        }
    }

    fn named(&mut self, path: &str, sort: Sort, table: &DeTable<'_>, keys: &[&str]) {
        for key in keys {
            if let Some(value) = table.get(*key) {
                self.add(&format!("{path}.{key}"), "", sort, value);
            }
        }
    }

    fn add(&mut self, path: &str, class: &str, sort: Sort, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Table(entries) => {
                for (key, inner) in entries {
                    let key = key.get_ref();
                    let class = if class.is_empty() { key.to_string() } else { format!("{class}.{key}") };
                    self.add(path, &class, sort, inner);
                }
            }
            DeValue::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.add(&format!("{path}[{}]", at + 1), class, sort, item);
                }
            }
            DeValue::String(written) if Number::parse_share(written.trim()).is_err() => {
                for span in literals(self.text, &value.span()) {
                    self.push(path, class, sort, span);
                }
            }
            _ => self.push(path, class, sort, value.span()),
        }
    }

    fn push(&mut self, path: &str, class: &str, sort: Sort, span: Range<usize>) {
        let figure = figure(self.text, span, class);
        let path = path.to_owned();
        self.found.extend(figure.map(|figure| Setting { path, sort, nodes: Vec::new(), figure, with: Vec::new() }));
    }
}

/// `grade[good]`, or by its position from 1 where it has no id.
fn place(key: &str, table: &DeTable<'_>, at: usize) -> String {
    format!("{key}[{}]", string(table, "id").unwrap_or_else(|| (at + 1).to_string()))
}

/// Numbers inside a formula or a condition; none where the text is not written as it reads.
fn literals(text: &str, span: &Range<usize>) -> Vec<Range<usize>> {
    let Some(written) = text.get(span.clone()).filter(|written| !written.contains('\\')) else { return Vec::new() };
    let start = written.len() - written.trim_start_matches(['"', '\'']).len();
    let bytes = written.trim_end_matches(['"', '\'']).as_bytes();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || !byte.is_ascii();
    let run =
        |from: usize, holds: &dyn Fn(u8) -> bool| from + bytes[from..].iter().take_while(|byte| holds(**byte)).count();
    let mut found = Vec::new();
    let mut at = start;
    while at < bytes.len() {
        let byte = bytes[at];
        let end = match byte {
            b'"' | b'\'' => run(at + 1, &|other| other != byte) + 1,
            b'0'..=b'9' => {
                let end = run(at, &|other| other.is_ascii_digit() || other == b'.');
                let end = end + usize::from(bytes.get(end) == Some(&b'%'));
                // A year behind `@` names a cell.
                if at.checked_sub(1).map(|before| bytes[before]) != Some(b'@') {
                    found.push(span.start + at..span.start + end);
                }
                end
            }
            // A minus sign stands before a number, a hyphen inside a name.
            b'-' => at + 1,
            other if is_word(other) => run(at, &is_word),
            _ => at + 1,
        };
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let one = |setting: &Setting| {
            let class = &setting.figure.class;
            let class = if class.is_empty() { String::new() } else { format!("/{class}") };
            format!("{}{class}={}", setting.path, &text[setting.figure.span.clone()])
        };
        settings(text).iter().map(one).collect()
    }

    #[test]
    fn each_figure_has_its_path() {
        let text = "[[metric]]\nid = \"m\"\nmaximum = 100\n\n[[criterion]]\nid = \"a\"\npoints = { x = 4, y = 5 }\n\n\
                    [[criterion.indicator]]\nid = \"i\"\npoints = 3\nmeasure = \"sum(m) / 7\"\nmissing = { penalty = 1 }\n\
                    rule = { kind = \"bands\", bands = [ { at_least = 30, share = \"80%\" }, { below = 30, points = 0 } ] }\n\n\
                    [[criterion.indicator]]\nid = \"j\"\n\n[[criterion.indicator.all_of]]\n\
                    rule = { kind = \"linear\", from = 0, to = { x = 9, y = \"plan * 0.9\" }, at_from = \"zero\" }\n\n\
                    [total]\nat_least = 0\n\n[[grade]]\nid = \"g\"\nabove = 60\nquota = { share = \"30%\", ties = \"all-in\" }\n\
                    requires = [\"points(a-2) >= 2\"]\n\n[[gate]]\nid = \"z\"\nwhen = \"sum(m2) > 1.5 and m@2024 < -3\"\n";
        assert_eq!(
            shown(text),
            [
                "criterion[a].points/x=4",
                "criterion[a].points/y=5",
                "criterion[a].indicator[i].points=3",
                "criterion[a].indicator[i].measure=7",
                "criterion[a].indicator[i].missing.penalty=1",
                "criterion[a].indicator[i].rule.bands[1].at_least=30",
                "criterion[a].indicator[i].rule.bands[1].share=80%",
                "criterion[a].indicator[i].rule.bands[2].points=0",
                "criterion[a].indicator[j].all_of[1].rule.from=0",
                "criterion[a].indicator[j].all_of[1].rule.to/x=9",
                "criterion[a].indicator[j].all_of[1].rule.to/y=0.9",
                "total.at_least=0",
                "grade[g].above=60",
                "grade[g].quota.share=30%",
                "grade[g].requires[1]=2",
                "gate[z].when=1.5",
                "gate[z].when=3",
            ]
        );
        let edge = &settings(text)[5];
        assert_eq!(edge.with.iter().map(|upper| &text[upper.span.clone()]).collect::<Vec<_>>(), ["30"]);
    }

    #[test]
    fn every_shipped_rubric_has_settings_that_can_be_found_again() {
        for (name, text) in [
            ("ncti", include_str!("../../../../rubrics/ncti.toml")),
            ("sme", include_str!("../../../../rubrics/sme.toml")),
            ("ref2021", include_str!("../../../../rubrics/ref2021.toml")),
        ] {
            let all = settings(text);
            assert!(all.len() >= 3, "{name}: {}", all.len());
            for pair in all.windows(2) {
                assert!(pair[0].figure.span.end <= pair[1].figure.span.start, "{name}: {} twice", pair[1].path);
            }
            for Setting { path, figure, .. } in all {
                assert_eq!(Number::parse_share(&text[figure.span.clone()]).unwrap(), figure.value, "{name} {path}");
            }
        }
    }
}
