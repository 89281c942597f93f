//! What each article stands behind, what nothing is cited for, and which documents nobody has looked at for long. Must
//! not judge whether a citation is right.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::rubric::{Basis, Body, Citation, NodeIx, Rubric};
use crate::domain::text::Lang;
use crate::wording::{citation, safe, terms};

/// The rubric by article, as Markdown. Documents not checked since `since` are listed.
pub fn markdown(rubric: &Rubric, since: Option<Date>, lang: Lang) -> String {
    let either = |en: &str, zh: &str| if lang == Lang::En { en.to_owned() } else { zh.to_owned() };
    let mut articles: BTreeMap<(usize, String), Vec<String>> = BTreeMap::new();
    let mut uncited: Vec<String> = Vec::new();
    for (what, cite, above) in cited(rubric, lang) {
        match cite {
            Some(cite) => {
                let basis = match cite.basis {
                    Basis::Sets => either("sets it", "条文规定"),
                    Basis::Topic => either("names the subject", "条文提及"),
                    Basis::Example => either("example", "示例"),
                };
                let quote = if cite.quote.is_empty() { String::new() } else { format!(" “{}”", cite.quote) };
                let quote = if cite.basis == Basis::Sets { quote } else { String::new() };
                let place = (cite.document.0, citation::place(cite, rubric, lang));
                articles.entry(place).or_default().push(format!("{what}: {basis}{quote}"));
            }
            None if !above => uncited.push(what),
            None => {}
        }
    }
    let mut text = String::new();
    let section = |title: &str, lines: &[String]| {
        let lines: String = lines.iter().map(|line| format!("- {line}\n")).collect();
        if lines.is_empty() { lines } else { format!("## {title}\n\n{lines}\n") }
    };
    for ((_, place), lines) in &articles {
        text.push_str(&section(place, lines));
    }
    text.push_str(&section(&either("Nothing is cited for", "没有引用依据"), &uncited));
    let old = |checked: &str| match (checked.parse::<Date>(), since) {
        (Ok(checked), Some(since)) => checked < since,
        (Err(_), _) => true,
        (Ok(_), None) => false,
    };
    let unchecked: Vec<String> = rubric
        .documents
        .iter()
        .filter(|document| old(&document.checked_on))
        .map(|document| {
            let on = &document.checked_on;
            let on = if on.is_empty() { either("never", "从未核对") } else { on.clone() };
            format!("{} ({on})", document.title.get(lang))
        })
        .collect();
    text.push_str(&section(&either("Documents to be checked again", "需要重新核对的文件"), &unchecked));
    text.lines().map(|line| format!("{}\n", safe::visible(line))).collect()
}

/// Everything that a number or an act hangs on: its name, its own citation, and whether one above it stands for it.
fn cited(rubric: &Rubric, lang: Lang) -> Vec<(String, Option<&Citation>, bool)> {
    let mut all = Vec::new();
    let whole = rubric.cite.is_some();
    let named = |what: &str, title: &str| format!("{what} {title}");
    let word = |en: &'static str, zh: &'static str| if lang == Lang::En { en } else { zh };
    if let Some(cite) = &rubric.cite {
        all.push((
            word("every number nothing nearer is cited for", "其他未单独引用的数值").to_owned(),
            Some(cite),
            false,
        ));
    }
    for (ix, node) in rubric.nodes.iter().enumerate() {
        let what = match node.body {
            Body::Criterion { .. } => word("points of", "分值："),
            Body::Indicator(_) => word("points and rule of", "分值与计分规则："),
        };
        all.push((named(what, node.title.get(lang)), node.cite.as_ref(), whole || covered(rubric, NodeIx(ix))));
    }
    all.extend(rubric.kinds.iter().map(|k| (named(word("kind", "类别："), k.title.get(lang)), k.cite.as_ref(), true)));
    all.extend(
        rubric.stages.iter().map(|s| (named(word("stage", "阶段："), s.title.get(lang)), s.cite.as_ref(), true)),
    );
    all.extend(
        rubric.metrics.iter().map(|m| (named(word("metric", "数据项："), m.title.get(lang)), m.cite.as_ref(), true)),
    );
    all.extend(
        rubric
            .findings
            .iter()
            .map(|f| (named(word("finding", "认定事项："), f.title.get(lang)), f.cite.as_ref(), true)),
    );
    all.extend(
        rubric
            .references
            .iter()
            .map(|r| (named(word("reference", "参照值："), r.title.get(lang)), r.cite.as_ref(), whole)),
    );
    for grade in &rubric.grades {
        let takes_rest =
            grade.threshold.is_none() && grade.quota.is_none() && grade.first.is_none() && grade.requires.is_empty();
        all.push((named(word("grade", "等级："), grade.title.get(lang)), grade.cite.as_ref(), whole || takes_rest));
    }
    all.extend(
        rubric.gates.iter().map(|g| (named(word("gate", "否决项："), g.title.get(lang)), g.cite.as_ref(), whole)),
    );
    for (key, outcome) in &rubric.outcomes {
        use crate::domain::rubric::OutcomeKey;
        let of = match key {
            OutcomeKey::Grade(grade) => rubric.grades[grade.0].title.get(lang),
            OutcomeKey::Status(status) => terms::status(*status).get(lang),
        };
        all.push((named(word("outcome of", "结果运用："), of), outcome.cite.as_ref(), whole));
        if outcome.within.is_some() {
            let cite = outcome.within_cite.as_ref();
            all.push((named(word("time limit of", "期限："), of), cite, whole || outcome.cite.is_some()));
        }
    }
    let open = rubric.notice.as_ref().map(|notice| notice.cite.as_ref());
    all.extend(open.map(|cite| (word("time for objections", "公示期").to_owned(), cite, true)));
    let public = rubric.publication.cite.as_ref();
    all.extend(public.map(|cite| (word("what is public", "公开范围").to_owned(), Some(cite), true)));
    all
}

/// Whether a citation stands above a node, or at all of its parts.
fn covered(rubric: &Rubric, ix: NodeIx) -> bool {
    let node = &rubric.nodes[ix.0];
    let parent = node.parent.is_some_and(|parent| rubric.nodes[parent.0].cite.is_some() || covered(rubric, parent));
    parent || parts(rubric, ix)
}

fn parts(rubric: &Rubric, ix: NodeIx) -> bool {
    match &rubric.nodes[ix.0].body {
        Body::Criterion { children, .. } => {
            !children.is_empty() && children.iter().all(|c| rubric.nodes[c.0].cite.is_some() || parts(rubric, *c))
        }
        Body::Indicator(_) => false,
    }
}
