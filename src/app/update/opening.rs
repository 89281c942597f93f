//! From one screen to the next: what the cursor is on, why it is so, and where it is written. Must not change the
//! evaluation.

use super::{form, run_if_enabled, saving};
use std::sync::Arc;

use crate::app::browser::{self, Browser};
use crate::app::cohort::{self, Cohort, View};
use crate::app::command;
use crate::app::entry::{Entry, Row};
use crate::app::history::History;
use crate::app::ledger::Ledger;
use crate::app::model::{Message, Model, Overlay, Screen};
use crate::app::msg::Effect;
use crate::app::problems::{Problem, Problems};
use crate::app::source::Source;
use crate::app::start::Item;
use crate::app::typing::Typing;
use crate::app::work::Work;
use crate::domain::centre::Field;
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Place;
use crate::domain::evaluation::Evaluation;
use crate::domain::history::{Asked, Past};
use crate::domain::robustness::Robustness;
use crate::domain::rubric::{Node, NodeIx};
use crate::domain::text::{Lang, Text};
use crate::read::rubric::place::{self, Part};
use crate::wording::audit::Said;
use crate::wording::safe::visible;
use crate::wording::{citation, diagnostic, screen};

pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Finder(finder)) = model.overlays.last() {
        let chosen = finder.chosen(model.lang);
        return match chosen {
            Some(command) => {
                model.overlays.pop();
                run_if_enabled(model, command)
            }
            None => Vec::new(),
        };
    }
    let Some(screen) = model.screens.last_mut() else { return Vec::new() };
    match (screen, &model.session) {
        (Screen::Start(start), _) => {
            return match start.chosen() {
                Some(Item::Run(command, _)) => run_if_enabled(model, command),
                Some(Item::Recent(path)) => {
                    let path = path.to_owned();
                    open_file(model, path)
                }
                Some(Item::Rubric(rubric)) => {
                    let id = rubric.id.clone();
                    form::new_evaluation(model, &id);
                    Vec::new()
                }
                None => Vec::new(),
            };
        }
        (Screen::Cohort(cohort), Some(session)) => {
            let Some(ix) = cohort.chosen() else { return Vec::new() };
            match cohort.column(&session.evaluation.rubric) {
                cohort::Column::Name if cohort.view == View::Roster => form::set_fact(model, Field::Name),
                cohort::Column::Fact(field) => form::set_fact(model, field),
                cohort::Column::Id => {}
                cohort::Column::Name | cohort::Column::Filled => {
                    let entry = Entry::new(session, ix);
                    model.screens.push(Screen::Entry(Box::new(entry)));
                }
                cohort::Column::Node(node) => show_ledger(model, ix, Some(node)),
                _ => show_ledger(model, ix, None),
            }
        }
        (Screen::Entry(entry), Some(session)) => {
            if entry.on_points() {
                why(model);
            } else if let Some(Row::AddJudge(_)) = entry.rows.get(entry.list.at) {
                saving::name_judge(model);
            } else if let Some(cell) = entry.cell(&session.evaluation) {
                let metric = &session.evaluation.rubric.metrics[cell.metric.0];
                let was =
                    entry.reading(&cell, &session.evaluation).map_or(String::new(), |reading| metric.written(reading));
                entry.typing = Some(Typing::over(was));
            }
        }
        (Screen::Ledger(_), Some(_)) => show_cell(model),
        (Screen::Browser(_) | Screen::Bench(_), _) => return rubric_text(model),
        (Screen::Waiting(waiting), _) => {
            let Some(name) = waiting.chosen().map(|waits| waits.name.clone()) else { return Vec::new() };
            let title = Text { en: format!("Comparing {name}"), zh: format!("正在比较 {name}") };
            model.overlays.push(Overlay::Working(Work::new(title, false)));
            return vec![Effect::ReviewWaiting(name)];
        }
        (Screen::Plot(_), _) => super::plot::open(model),
        (Screen::Problems(problems), Some(session)) => {
            let centre = problems.chosen().and_then(|problem| session.find(problem.centre()?));
            if let Some(ix) = centre {
                let mut entry = Entry::new(session, ix);
                if let Some(Problem::Query { query, .. }) = problems.chosen() {
                    entry.go_to_slot(query.slot, query.judge.as_deref(), &session.evaluation);
                }
                model.screens.push(Screen::Entry(Box::new(entry)));
            }
        }
        _ => {}
    }
    Vec::new()
}

pub(super) fn show_ledger(model: &mut Model, ix: CentreIx, node: Option<NodeIx>) {
    let Some(session) = &model.session else { return };
    let centre = &session.evaluation.cohort.centre(ix).id;
    let ledger = Ledger::new(session, centre, node, model.lang);
    model.screens.push(Screen::Ledger(ledger));
}

/// The ledger behind what the cursor is on.
pub(super) fn why(model: &mut Model) {
    let Some(session) = &model.session else { return };
    let asked = match model.screens.last() {
        Some(Screen::Cohort(cohort)) => cohort.chosen().map(|ix| match cohort.column(&session.evaluation.rubric) {
            cohort::Column::Node(node) => (ix, Some(node)),
            _ => (ix, None),
        }),
        Some(Screen::Entry(entry)) => session.find(&entry.centre).map(|ix| (ix, entry.node())),
        _ => None,
    };
    if let Some((ix, node)) = asked {
        show_ledger(model, ix, node);
    }
}

/// From a ledger line to the cell it comes from.
fn show_cell(model: &mut Model) {
    let (Some(session), Some(Screen::Ledger(ledger))) = (&model.session, model.screens.last()) else { return };
    let (Some(node), Some(ix)) = (ledger.node(), session.find(&ledger.centre)) else { return };
    let centre = ledger.centre.clone();
    let below = model.screens.len().checked_sub(2).and_then(|at| model.screens.get(at));
    let came_from = matches!(below, Some(Screen::Entry(entry)) if entry.centre == centre);
    if came_from {
        model.screens.pop();
    } else {
        model.screens.push(Screen::Entry(Box::new(Entry::new(session, ix))));
    }
    if let Some(Screen::Entry(entry)) = model.screens.last_mut() {
        entry.go_to_node(node, &session.evaluation);
    }
}

/// Asks for an evaluation to be opened in place of what is open.
pub(super) fn open_file(model: &mut Model, path: String) -> Vec<Effect> {
    let title = Text { en: format!("Opening {}", visible(&path)), zh: format!("正在打开 {}", visible(&path)) };
    model.overlays.push(Overlay::Working(Work::new(title, false)));
    // A rubric is a text that somebody edits; everything else is an evaluation, or said not to be one.
    vec![if path.ends_with(".toml") { Effect::Browse(path) } else { Effect::Open(path) }]
}

/// The lines of the rubric behind what the cursor is on.
pub(super) fn rubric_text(model: &mut Model) -> Vec<Effect> {
    if let Some(Screen::Start(start)) = model.screens.last() {
        return start.rubric().map(|rubric| Effect::ShowRubric(rubric.id.clone())).into_iter().collect();
    }
    if let Some(browser) = model.browser() {
        let source = written(browser);
        model.screens.push(Screen::Source(source));
        return Vec::new();
    }
    let Some(session) = &model.session else { return Vec::new() };
    let rubric = &session.evaluation.rubric;
    let text = &session.rubric_text;
    let node = |node: NodeIx| (Part::Node(rubric.nodes[node.0].id.as_str()), rubric.nodes[node.0].title.clone());
    let part = match model.screens.last() {
        Some(Screen::Ledger(ledger)) => ledger.node().map(node),
        Some(Screen::Entry(entry)) => match entry.metric(entry.list.at) {
            Some(metric) => {
                let metric = &rubric.metrics[metric.0];
                Some((Part::Metric(metric.id.as_str()), metric.title.clone()))
            }
            None => entry.node().map(node),
        },
        Some(Screen::Problems(problems)) => {
            let Some(Problem::Rubric(fault)) = problems.chosen() else { return Vec::new() };
            let at = match &fault.place {
                Place::Span(span) => diagnostic::line_and_column(text, span.start).0 - 1,
                _ => 0,
            };
            let source = Source::new(pin_title(model), text.clone(), at..at + 1);
            model.screens.push(Screen::Source(source));
            return Vec::new();
        }
        _ => None,
    };
    // The total has no lines of its own: the whole text, from its beginning.
    let (lines, title) = match &part {
        Some((part, title)) => (place::lines(text, *part).unwrap_or(0..0), title.clone()),
        None => (0..0, pin_title(model)),
    };
    let source = Source::new(title, text.clone(), lines);
    model.screens.push(Screen::Source(source));
    Vec::new()
}

/// The text behind the chosen line of a rubric that is looked through.
fn written(browser: &Browser) -> Source {
    let name = Text::both(browser.name.clone());
    if let Some(browser::Row::Fault(at)) = browser.chosen() {
        let at = match &browser.faults[*at].place {
            Place::Span(span) => diagnostic::line_and_column(&browser.text, span.start).0 - 1,
            _ => 0,
        };
        return Source::new(name, browser.text.clone(), at..at + 1);
    }
    let Some((text, rubric)) = &browser.good else { return Source::new(name, browser.text.clone(), 0..0) };
    let part = match browser.chosen() {
        Some(browser::Row::Node(node)) => Some(Part::Node(&rubric.nodes[node.0].id)),
        Some(browser::Row::Grade(grade)) => Some(Part::Grade(&rubric.grades[grade.0].id)),
        Some(browser::Row::Gate(gate)) => Some(Part::Gate(&rubric.gates[gate.0].id)),
        _ => None,
    };
    let lines = part.and_then(|part| place::lines(text, part)).unwrap_or(0..0);
    Source::new(name, text.clone(), lines)
}

/// Looks through the pinned rubric, or through the shipped one that the cursor is on.
pub(super) fn browse(model: &mut Model) -> Vec<Effect> {
    if let Some(Screen::Start(start)) = model.screens.last() {
        return start.rubric().map(|rubric| Effect::Browse(rubric.id.clone())).into_iter().collect();
    }
    if let Some(session) = &model.session {
        let pin = &session.evaluation.pin;
        let browser = Browser::new(pin.rubric.clone(), None, session.rubric_text.clone());
        model.screens.push(Screen::Browser(Box::new(browser)));
    }
    Vec::new()
}

/// The text of a rubric came, for the first time or because its file was saved again.
pub(super) fn rubric_came(model: &mut Model, name: String, path: Option<String>, text: Arc<str>) -> Vec<Effect> {
    super::overlay::work_is_over(model, true);
    let mut effects = Vec::new();
    let mut shown = false;
    for screen in &mut model.screens {
        match screen {
            Screen::Browser(browser) if browser.path.is_some() && browser.path == path => {
                browser.read(Arc::clone(&text));
                shown = true;
            }
            Screen::Bench(bench) if bench.browser.path == path => {
                effects.extend(super::bench::file_changed(bench, Arc::clone(&text)));
                shown = true;
            }
            _ => {}
        }
    }
    if !shown {
        model.screens.push(Screen::Browser(Box::new(Browser::new(name, path, text))));
    }
    effects
}

fn pin_title(model: &Model) -> Text {
    let pin = model.session.as_ref().map(|session| &session.evaluation.pin);
    Text::both(pin.map_or(String::new(), |pin| format!("{} {}", pin.rubric, pin.edition)))
}

/// The document and article behind what the cursor is on, and what else of the rubric stands on the same article.
pub(super) fn article(model: &mut Model) {
    let Some((cite, rubric)) = command::citation(model) else { return };
    let both = |of: &dyn Fn(Lang) -> String| Text { en: of(Lang::En), zh: of(Lang::Zh) };
    let mut lines = vec![both(&|lang| citation::citation(cite, rubric, lang))];
    if let Some(document) = rubric.documents.get(cite.document.0)
        && !document.checked_on.is_empty()
    {
        let on = &document.checked_on;
        lines.push(Text {
            en: format!("compared with the document on {on}"), zh: format!("已于 {on} 与文件核对")
        });
    }
    let same = |other: &Option<crate::domain::rubric::Citation>| {
        other.as_ref().is_some_and(|other| (other.document, &other.article) == (cite.document, &cite.article))
    };
    // What stands in a criterion that is named already need not be named again.
    let named_above = |node: &Node| node.parent.is_some_and(|parent| same(&rubric.nodes[parent.0].cite));
    let others = rubric.nodes.iter().filter(|node| same(&node.cite) && !named_above(node)).map(|node| &node.title);
    let grades = rubric.grades.iter().filter(|grade| same(&grade.cite)).map(|grade| &grade.title);
    let gates = rubric.gates.iter().filter(|gate| same(&gate.cite)).map(|gate| &gate.title);
    let titles: Vec<&Text> = others.chain(grades).chain(gates).collect();
    let list = |lang: Lang| {
        let titles: Vec<String> = titles.iter().map(|title| title.get(lang).to_owned()).collect();
        crate::wording::listed(lang, &titles)
    };
    lines.push(Text {
        en: format!("The rubric cites this article for: {}", list(Lang::En)),
        zh: format!("本体系引用该条的内容：{}", list(Lang::Zh)),
    });
    let title = screen::ARTICLE.text();
    model.overlays.push(Overlay::Message(Message::Told { title, lines }));
}

/// Asks for the history of the cell the cursor is on, or else of the evaluation.
pub(super) fn ask_history(model: &Model) -> Vec<Effect> {
    let Some(session) = &model.session else { return Vec::new() };
    let asked = match model.entry() {
        Some(entry) => match entry.cell_ref(&session.evaluation) {
            Some(cell) => Asked::Cell { centre: entry.centre.clone(), cell },
            None => return Vec::new(),
        },
        None => Asked::Evaluation,
    };
    vec![Effect::History(asked)]
}

pub(super) fn show_history(model: &mut Model, asked: Asked, steps: Vec<Past>) {
    model.screens.push(Screen::History(History::new(asked, steps)));
}

pub(super) fn show_problems(model: &mut Model) {
    if let Some(session) = &model.session {
        let problems = Problems::new(session);
        model.screens.push(Screen::Problems(problems));
    }
}

/// Asks which change of one reading gives the centre another grade.
pub(super) fn ask_nearest(model: &mut Model) -> Vec<Effect> {
    let Some(session) = &model.session else { return Vec::new() };
    let chosen = || model.cohort().and_then(Cohort::chosen).map(|ix| session.evaluation.cohort.centre(ix).id.clone());
    let centre = match model.screens.last() {
        Some(Screen::Entry(entry)) => Some(entry.centre.clone()),
        Some(Screen::Ledger(ledger)) => Some(ledger.centre.clone()),
        _ => chosen(),
    };
    let Some(centre) = centre else { return Vec::new() };
    let evaluation = Arc::clone(&session.evaluation);
    model.overlays.push(Overlay::Working(Work::new(screen::NEAREST_WORK.text(), true)));
    vec![Effect::Move { centre, evaluation }]
}

pub(super) fn show_nearest(model: &mut Model, centre: &str, found: Option<&Robustness>) {
    super::overlay::work_is_over(model, true);
    let Some(session) = &model.session else { return };
    let Evaluation { rubric, cohort, .. } = &*session.evaluation;
    let said = |lang| match found {
        Some(found) => Said { rubric, cohort, lang }.nearest(found),
        None => vec![screen::NEAREST_NONE.get(lang).to_owned()],
    };
    let lines = said(Lang::En).into_iter().zip(said(Lang::Zh)).map(|(en, zh)| Text { en, zh }).collect();
    let grade = |lang| {
        let grade = found.map(|found| rubric.grades[found.grade.0].title.get(lang));
        screen::nearest(lang, centre, grade)
    };
    let title = Text { en: grade(Lang::En), zh: grade(Lang::Zh) };
    model.overlays.push(Overlay::Message(Message::Told { title, lines }));
}
