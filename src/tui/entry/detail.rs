//! What the cursor is on, in full, below the entry table; and why a typed text is refused.

use ratatui::layout::Rect;

use super::Scene;
use crate::app::entry::{Cell, Row, metrics_of};
use crate::app::session::Doubted;
use crate::domain::evaluation::CellRef;
use crate::domain::evidence::Attachment;
use crate::domain::reading::{Presence, Remark};
use crate::domain::rubric::{Body, ClassIx, Metric, MetricIx, NodeIx, Rubric, Scoring, Values};
use crate::domain::text::Lang;
use crate::tui::fit::wrap;
use crate::tui::pen::Pen;
use crate::tui::theme::Role;
use crate::wording::formula::{Names, expr};
use crate::wording::number::exact;
use crate::wording::query::{self, Asked};
use crate::wording::rule;
use crate::wording::screen::Phrase;
use crate::wording::{screen, terms};

pub fn draw(pen: &mut Pen<'_, '_>, scene: &Scene<'_>, area: Rect) {
    let lang = scene.model.lang;
    let fault = scene.entry.typing.as_ref().and_then(|typing| typing.fault.as_ref());
    let lines: Vec<(String, Role)> = match fault {
        Some(fault) => {
            let what = screen::labelled(lang, fault.code, fault.what.get(lang));
            let help = format!("{}{}", screen::HELP_LABEL.get(lang), fault.help.get(lang));
            // The remedy matters as much as the fault: both come before anything else.
            vec![(what, Role::Bad), (help, Role::Plain)]
        }
        None => describe(scene, lang),
    };
    let wrapped = lines
        .iter()
        .flat_map(|(line, role)| wrap(line, usize::from(area.width)).into_iter().map(move |line| (line, *role)));
    for ((line, role), y) in wrapped.zip(area.y..area.bottom()) {
        pen.text((0, y), area.width, &line, role);
    }
}

fn describe(scene: &Scene<'_>, lang: Lang) -> Vec<(String, Role)> {
    let entry = scene.entry;
    let rubric = &scene.session.evaluation.rubric;
    if entry.naming.is_some() {
        return vec![(screen::JUDGE_NAME.get(lang).to_owned(), Role::Head)];
    }
    match entry.rows.get(entry.list.at) {
        Some(Row::Metric(metric) | Row::Judge(metric, _) | Row::Panel(metric) | Row::AddJudge(metric)) => {
            let cell = entry.cell(&scene.session.evaluation);
            about_metric(scene, &rubric.metrics[metric.0], *metric, cell.as_ref(), lang)
        }
        Some(Row::Node(node)) => about_node(rubric, *node, lang),
        Some(Row::Total) => vec![(screen::OPEN_LEDGER.get(lang).to_owned(), Role::Dim)],
        Some(Row::Others) | None => Vec::new(),
    }
}

fn about_metric(
    scene: &Scene<'_>,
    metric: &Metric,
    ix: MetricIx,
    cell: Option<&Cell>,
    lang: Lang,
) -> Vec<(String, Role)> {
    let rubric = &scene.session.evaluation.rubric;
    let unit = metric.unit.get(lang);
    let unit = if unit.is_empty() { String::new() } else { format!(" [{unit}]") };
    let judge = cell.and_then(|c| c.judge.as_ref()).map_or(String::new(), |judge| format!("  {judge}"));
    let year = cell.and_then(|c| c.year).map_or(String::new(), |year| format!("  {year}"));
    let state = cell.map_or(String::new(), |cell| standing(scene, cell, lang));
    let mut facts = vec![allowed(&metric.values, lang)];
    if !metric.yearly {
        facts.push(screen::WHOLE_CYCLE.get(lang).to_owned());
    } else if cell.and_then(|c| c.year).is_some_and(|year| !scene.session.evaluation.cycle.contains(year)) {
        facts.push(screen::LOOKBACK.get(lang).to_owned());
    }
    if metric.evidence {
        facts.push(screen::NEEDS_EVIDENCE.get(lang).to_owned());
    }
    let class = rubric.class(scene.session.evaluation.cohort.centre(scene.ix));
    let users: Vec<&str> = rubric
        .indicators()
        .filter(|(node, _)| class.is_none_or(|class| rubric.exists_for(*node, class)))
        .filter(|(node, _)| metrics_of(rubric, *node).contains(&ix))
        .map(|(node, _)| rubric.nodes[node.0].title.get(lang))
        .collect();
    if users.len() > 1 {
        facts.push(format!("{} {}", screen::USED_BY.get(lang), users.join(if lang == Lang::Zh { "、" } else { ", " })));
    }
    facts.retain(|fact| !fact.is_empty());
    let typing = scene.entry.typing.as_ref();
    let unsaved = typing.filter(|typing| typing.unsaved).map(|_| (screen::UNSAVED.get(lang).to_owned(), Role::Bad));
    let head = format!("{}{unit}{judge}{year}   {state}", metric.title.get(lang));
    let mut lines: Vec<(String, Role)> = unsaved.into_iter().collect();
    lines.push((head, Role::Head));
    lines.extend(cell.map_or(Vec::new(), |cell| queries(scene, cell, lang)));
    lines.push((screen::facts(lang, &facts), Role::Dim));
    lines.extend(cell.map_or(Vec::new(), |cell| remarks(scene, cell, lang)));
    lines.push((metric.definition.get(lang).to_owned(), Role::Dim));
    // What the figure is for: the indicator above it.
    if let (Some(node), Some(class)) = (scene.entry.node(), class) {
        lines.push((indicator(rubric, node, class, lang), Role::Plain));
    }
    lines.retain(|(line, _)| !line.is_empty());
    lines
}

/// What is asked about the cell, those first that nobody has answered.
fn queries(scene: &Scene<'_>, cell: &Cell, lang: Lang) -> Vec<(String, Role)> {
    let evaluation = &scene.session.evaluation;
    let asked = Asked { rubric: &evaluation.rubric, layout: &evaluation.cohort.layout, lang };
    let mut found: Vec<_> = scene.doubted_at(cell).collect();
    found.sort_by_key(|doubted| doubted.answer.is_some());
    let said = |doubted: &Doubted| {
        let sentence = asked.sentence(&doubted.query);
        match &doubted.answer {
            None => {
                let before = doubted.before.as_ref().map(|answer| format!("  {}", query::before(lang, answer)));
                (format!("{} {sentence}{}", query::MARK, before.unwrap_or_default()), Role::Attention)
            }
            Some(answer) => {
                let label = query::ANSWERED.get(lang);
                (format!("{sentence}  {}", screen::labelled(lang, label, &answer.reason)), Role::Dim)
            }
        }
    };
    found.into_iter().map(said).collect()
}

/// Evidence files beside the cell.
pub(super) fn files_beside<'a>(scene: &'a Scene<'_>, cell: &Cell) -> impl Iterator<Item = &'a Attachment> {
    let evaluation = &scene.session.evaluation;
    let metric = &evaluation.rubric.metrics[cell.metric.0].id;
    let here = CellRef { metric: metric.clone(), year: cell.year, judge: cell.judge.clone() };
    let files = evaluation.cohort.readings(scene.ix).files().iter();
    files.filter(move |attached| attached.cell.as_ref() == Some(&here)).map(|attached| &attached.file)
}

/// Evidence and note beside the cell.
fn remarks(scene: &Scene<'_>, cell: &Cell, lang: Lang) -> Vec<(String, Role)> {
    let readings = scene.session.evaluation.cohort.readings(scene.ix);
    let said = |(remark, label): (Remark, Phrase)| {
        let text = readings.remark(cell.slot, cell.judge.as_deref(), remark);
        (!text.is_empty()).then(|| (screen::labelled(lang, label.get(lang), text), Role::Plain))
    };
    let files = files_beside(scene, cell).map(|file| {
        let short: String = file.digest.chars().take(12).collect();
        let text = format!("{} (SHA-256 {short}..)", file.name);
        (screen::labelled(lang, screen::EVIDENCE.get(lang), &text), Role::Plain)
    });
    let said = [(Remark::Evidence, screen::EVIDENCE), (Remark::Note, screen::NOTE)].into_iter().filter_map(said);
    said.chain(files).collect()
}

/// An indicator in one sentence: its points, its measure and how the measure earns them.
fn indicator(rubric: &Rubric, node: NodeIx, class: ClassIx, lang: Lang) -> String {
    let Body::Indicator(indicator) = &rubric.nodes[node.0].body else { return String::new() };
    let points = rubric.nodes[node.0].points.get(class);
    let between = if lang == Lang::En { "; " } else { "；" };
    let rule = match &indicator.scoring {
        Scoring::Rule { measure, rule: how } => {
            let measured = expr(&measure.expr, rubric, Names::Titles(lang));
            format!("{measured}{between}{}", rule::describe(how, class, points, Some(rubric), lang))
        }
        _ => String::new(),
    };
    let title = rubric.nodes[node.0].title.get(lang);
    let definition = indicator.definition.get(lang);
    let parts: Vec<&str> = [rule.as_str(), definition].into_iter().filter(|part| !part.is_empty()).collect();
    screen::labelled(lang, &format!("{title} ({})", exact(&points.0)), &parts.join(between))
}

/// What stands in the cell, in words, and in full where the column is too narrow for it.
fn standing(scene: &Scene<'_>, cell: &Cell, lang: Lang) -> String {
    let reading = scene.entry.reading(cell, &scene.session.evaluation);
    match (Presence::of(reading), reading) {
        (Presence::Blank, _) if scene.entry.gaps.contains(&cell.slot) => screen::GAP.get(lang).to_owned(),
        (Presence::Blank, _) => screen::NOT_NEEDED.get(lang).to_owned(),
        (Presence::Value, Some(reading)) => scene.session.evaluation.rubric.metrics[cell.metric.0].written(reading),
        (presence, _) => terms::presence(presence).get(lang).to_owned(),
    }
}

fn allowed(values: &Values, lang: Lang) -> String {
    match values {
        Values::Letters(letters) => letters.iter().map(|(letter, _)| letter.as_str()).collect::<Vec<_>>().join(" / "),
        Values::YesNo => screen::YES_NO.get(lang).to_owned(),
        Values::Number { minimum, maximum, whole } => {
            let bound = |n: &Option<crate::domain::number::Number>| n.as_ref().map(exact);
            let (minimum, maximum) = (bound(minimum), bound(maximum));
            let bounds = screen::between(lang, minimum.as_deref(), maximum.as_deref());
            let whole = if *whole { screen::WHOLE_NUMBER.get(lang) } else { "" };
            let parts: Vec<&str> = [whole, &bounds].into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(if lang == Lang::Zh { "，" } else { ", " })
        }
    }
}

fn about_node(rubric: &Rubric, node: NodeIx, lang: Lang) -> Vec<(String, Role)> {
    let node = &rubric.nodes[node.0];
    let mut lines = vec![(node.title.get(lang).to_owned(), Role::Head)];
    if let Body::Indicator(indicator) = &node.body {
        if let Scoring::Rule { measure, .. } = &indicator.scoring {
            lines.push((expr(&measure.expr, rubric, Names::Titles(lang)), Role::Dim));
        }
        lines.push((indicator.definition.get(lang).to_owned(), Role::Dim));
    }
    lines.retain(|(line, _)| !line.is_empty());
    lines
}
