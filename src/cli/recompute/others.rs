//! What of one centre's sheet hangs on the other centres, so that it cannot be recomputed from the sheet alone: the
//! rank, a grade that a quota moves, points that are relative, and what checks of the data ask about. Must not know how it is recomputed.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::domain::rubric::{Body, Missing, NodeIx, Rubric};
use crate::domain::text::Text;

/// What hangs on others under a rubric.
pub(super) struct Others {
    grade: bool,
    /// Indicators whose points are relative.
    indicators: Vec<String>,
    /// Ids of those, of all that they are part of, and `total`.
    lines: BTreeSet<String>,
}

impl Others {
    pub fn of(rubric: &Rubric) -> Self {
        let mut lines = BTreeSet::new();
        let mut indicators = Vec::new();
        for (at, node) in rubric.nodes.iter().enumerate() {
            let Body::Indicator(indicator) = &node.body else { continue };
            if !matches!(indicator.missing, Missing::GroupMean(_)) && !indicator.scoring.is_relative() {
                continue;
            }
            indicators.push(node.id.clone());
            lines.insert("total".to_owned());
            let mut up = Some(NodeIx(at));
            while let Some(ix) = up {
                lines.insert(rubric.nodes[ix.0].id.clone());
                up = rubric.nodes[ix.0].parent;
            }
        }
        let contested = rubric.grades.iter().any(|g| g.quota.is_some() || g.first.is_some() || g.last.is_some());
        Self { grade: contested || !lines.is_empty(), indicators, lines }
    }

    /// Takes over from the sheet what cannot be recomputed; what that is, by name.
    pub fn take_over(&self, sheet: &Map<String, Value>, expected: &mut Map<String, Value>) -> Vec<Text> {
        let total = self.lines.contains("total");
        let item = |row: &Value| match row["item"].as_str().unwrap_or_default() {
            "rank" => true,
            "grade" | "outcome" | "flags" => self.grade,
            "total" => total,
            _ => false,
        };
        let about = |row: &Value| self.grade && row["about"].as_str() != Some("state");
        let node = |key: &'static str| {
            move |row: &Value| {
                let id = row[key].as_str().unwrap_or_default();
                // `node#2` is an option of a node.
                self.lines.contains(id.split('#').next().unwrap_or_default())
            }
        };
        merge(sheet, expected, "result", item);
        merge(sheet, expected, "reasons", about);
        merge(sheet, expected, "criteria", node("id"));
        merge(sheet, expected, "ledger", node("subject"));
        // Outliers are told by the others, and answers are in the journal.
        merge(sheet, expected, "queries", |_| true);
        if let (Some(Value::Object(theirs)), Some(Value::Object(ours))) =
            (sheet.get("provenance"), expected.get_mut("provenance"))
        {
            for key in ["data_digest", "evidence_digest"] {
                ours.remove(key);
                ours.extend(theirs.get(key).map(|digest| (key.to_owned(), digest.clone())));
            }
        }
        let asked = sheet.get("tables").is_some_and(|tables| tables["queries"].is_array());
        let mut names = self.named();
        names.extend(
            asked.then(|| Text { en: "how many queries there are".to_owned(), zh: "数据疑点的数量".to_owned() }),
        );
        names
    }

    fn named(&self) -> Vec<Text> {
        let text = |en: &str, zh: &str| Text { en: en.to_owned(), zh: zh.to_owned() };
        let mut names = vec![
            text("the digests of all centres' data and evidence", "全部单位的数据与佐证材料摘要"),
            text("the rank", "名次"),
        ];
        if self.grade {
            names.push(text("the grade and what follows from it", "等级及其后续处理"));
        }
        if !self.indicators.is_empty() {
            let listed = self.indicators.join(", ");
            names.push(text(
                &format!("the points of {listed}, and all that they are part of"),
                &format!("{listed} 的得分及其所属各级得分"),
            ));
        }
        names
    }
}

/// Rows that hang on others stand where and as the sheet has them; the rest stays as it was recomputed.
fn merge(sheet: &Map<String, Value>, expected: &mut Map<String, Value>, table: &str, hangs: impl Fn(&Value) -> bool) {
    let rows = |of: &Map<String, Value>| -> Vec<Value> {
        of.get("tables").and_then(|tables| tables[table].as_array()).cloned().unwrap_or_default()
    };
    let mut own = rows(expected).into_iter().filter(|row| !hangs(row));
    let mut merged = Vec::new();
    for row in rows(sheet) {
        merged.extend(if hangs(&row) { Some(row) } else { own.next() });
    }
    merged.extend(own);
    if let Some(Value::Object(tables)) = expected.get_mut("tables") {
        if merged.is_empty() {
            tables.remove(table);
        } else {
            tables.insert(table.to_owned(), Value::Array(merged));
        }
    }
}
