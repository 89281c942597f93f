//! What a filled form, a preview or long work comes to. Must not know how forms are drawn.

use super::{export, opening, overlay, review, saving};
use crate::app::form::{Form, Purpose};
use crate::app::model::{Message, Model, Notice, Overlay, Screen};
use crate::app::msg::{Effect, Founding, Planned, Written};
use crate::app::preview::Preview;
use crate::app::session::Session;
use crate::app::work::Work;
use crate::domain::centre::Field as Fact;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, CellRef, Evaluation};
use crate::domain::query::{Answer, Query};
use crate::domain::reading::{MAX_REMARK, Remark};
use crate::domain::text::{Lang, Text};
use crate::read::fact;
use crate::wording::{notice, publication, screen};

/// Steps of at least this many events are written with progress shown.
const LONG: usize = 200;

/// What keeps a form from being done: which field, and why.
pub(super) type Refused = (usize, Diagnostic);

pub(super) fn submit(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = model.overlays.last() else { return Vec::new() };
    let form = form.clone();
    match done(model, &form) {
        Ok(effects) => {
            let forms = model.overlays.iter_mut().rev().find_map(|over| match over {
                Overlay::Form(form) => Some(form),
                _ => None,
            });
            if let Some(form) = forms {
                form.waiting = true;
            }
            if effects.is_empty() {
                overlay::work_is_over(model, true);
            }
            effects
        }
        Err(fault) => {
            if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
                form.list.at = fault.0;
                form.fault = Some(fault);
            }
            Vec::new()
        }
    }
}

fn done(model: &mut Model, form: &Form) -> Result<Vec<Effect>, Refused> {
    match &form.purpose {
        Purpose::OpenFile => Ok(opening::open_file(model, path(form)?)),
        Purpose::NewEvaluation => {
            let founding = founding(form)?;
            working(model, "Founding the evaluation", "正在新建评估", false);
            Ok(vec![Effect::Found(Box::new(founding))])
        }
        Purpose::ImportFile => {
            let path = path(form)?;
            model.imported.clone_from(&path);
            let Some(session) = &model.session else { return Ok(Vec::new()) };
            let evaluation = session.evaluation.clone();
            let clear = form.fields.get(1).is_some_and(crate::app::form::Field::is_on);
            let sheet = Some(form.text(2).to_owned()).filter(|sheet| !sheet.is_empty());
            let mapping = Some(form.text(3).to_owned()).filter(|mapping| !mapping.is_empty());
            working(model, "Reading the file", "正在读取文件", true);
            Ok(vec![Effect::Plan { path, sheet, mapping, clear, evaluation }])
        }
        Purpose::Export => {
            let order = export::order(form)?;
            working(model, "Writing files", "正在导出", true);
            if let Some(Overlay::Working(work)) = model.overlays.last_mut() {
                work.stays = true;
            }
            Ok(vec![Effect::Export(order)])
        }
        Purpose::ChooseRubric { pin } => {
            let rubric = path(form)?;
            working(model, "Comparing the two rubrics", "正在比较两个体系", false);
            Ok(vec![Effect::Weigh { rubric, pin: *pin }])
        }
        Purpose::AcceptChange => {
            let (reason, article) = (reason(form)?, article(form)?);
            Ok(review::accepted(model, reason, article))
        }
        Purpose::MarkNote { about } => Ok(review::remark(model, about.clone(), form.text(0).to_owned())),
        Purpose::Repin { rubric } => {
            let reason = reason(form)?;
            working(model, "Pinning the rubric", "正在锁定体系", false);
            Ok(vec![Effect::Repin { rubric: rubric.clone(), reason }])
        }
        Purpose::Close => Ok(vec![Effect::Append(vec![Body::Closed { reason: reason(form)? }])]),
        Purpose::Reopen => Ok(vec![Effect::Append(vec![Body::Reopened { reason: reason(form)? }])]),
        Purpose::DropCentre { centre } => {
            let body = Body::CentreDropped { centre: centre.clone(), reason: reason(form)? };
            Ok(vec![Effect::Append(vec![body])])
        }
        Purpose::Answer { centre, query } => appended(answered(model, form, centre, query)?),
        Purpose::AddCentre => appended(added(model, form)?),
        Purpose::SetFact { centre, field } => appended(fact_set(model, form, centre, field)?),
        Purpose::Remark { centre, cell, remark } => {
            let step = remarked(model, form, centre, cell, *remark)?;
            let path = form.text(1).to_owned();
            if path.is_empty() {
                return appended(step);
            }
            let copy = form.fields.get(2).is_some_and(crate::app::form::Field::is_on);
            let (centre, cell) = (centre.clone(), cell.clone());
            working(model, "Reading the file", "正在读取文件", false);
            Ok(vec![Effect::Attach { centre, cell, path, copy, step }])
        }
    }
}

fn appended(bodies: Vec<Body>) -> Result<Vec<Effect>, Refused> {
    Ok(if bodies.is_empty() { Vec::new() } else { vec![Effect::Append(bodies)] })
}

fn working(model: &mut Model, en: &str, zh: &str, can_stop: bool) {
    let title = Text { en: en.to_owned(), zh: zh.to_owned() };
    model.overlays.push(Overlay::Working(Work::new(title, can_stop)));
}

pub(super) fn refused(at: usize, code: &'static str, (en, zh): (&str, &str), help: (&str, &str)) -> Refused {
    (at, Diagnostic::error(code, en, zh).help(help.0, help.1))
}

fn path(form: &Form) -> Result<String, Refused> {
    let path = form.text(0);
    if path.is_empty() {
        let help =
            ("type its path, from the folder the program was started in", "请输入路径（相对于启动程序时的文件夹）");
        return Err(refused(0, "E-form-path", ("no file is named", "未指定文件"), help));
    }
    Ok(path.to_owned())
}

/// A reason that says something.
fn reason(form: &Form) -> Result<String, Refused> {
    fact::reason(form.text(0)).map_err(|fault| (0, fault))
}

/// What a change rests on; that there is nothing is said, and not left open.
fn article(form: &Form) -> Result<String, Refused> {
    let article = form.text(1);
    if article.chars().any(char::is_alphanumeric) {
        return Ok(article.to_owned());
    }
    let help = ("write the document and its article, or: none", "请填写文件及条款；没有则填“无”");
    Err(refused(1, "E-form-article", ("no article is named", "未指明条款"), help))
}

fn founding(form: &Form) -> Result<Founding, Refused> {
    // A file without an ending gets the one that evaluations have.
    let path = path(form)?;
    let named = path.rsplit(['/', '\\']).next().is_some_and(|name| name.contains('.'));
    let path = if named { path } else { path + ".triennial" };
    let rubric = form.text(1).to_owned();
    if rubric.is_empty() {
        let help = ("type the id of a shipped one or the path of a file", "请输入内置体系的标识或文件路径");
        return Err(refused(1, "E-form-rubric", ("no rubric is named", "未指定评价指标体系"), help));
    }
    let cycle = fact::cycle(form.text(2)).ok_or_else(|| {
        let help = ("write the first and the last year: 2023-2025", "请写起止年份：2023-2025");
        refused(2, "E-form-cycle", ("not a cycle of years", "不是评估周期"), help)
    })?;
    let decided_on = match form.text(3) {
        "" => None,
        text => Some(text.parse().map_err(|_| {
            let help = ("write it as 2026-06-30, or leave it empty", "请写成 2026-06-30，或留空");
            refused(3, "E-form-date", ("not a date", "不是日期"), help)
        })?),
    };
    Ok(Founding { path, rubric, cycle, decided_on, evaluator: form.text(4).to_owned() })
}

fn session(model: &Model) -> Result<&Session, Refused> {
    let none = || refused(0, "E-form", ("no evaluation is open", "尚未打开评估"), ("open one first", "请先打开"));
    model.session.as_ref().ok_or_else(none)
}

fn added(model: &Model, form: &Form) -> Result<Vec<Body>, Refused> {
    let evaluation = &session(model)?.evaluation;
    let centre = fact::new_centre(evaluation, form.text(0)).map_err(|fault| (0, fault))?;
    // As the form has them.
    let kind = (evaluation.rubric.kinds.len() > 1).then_some(Fact::Kind);
    let stage = (!evaluation.rubric.stages.is_empty()).then_some(Fact::Stage);
    let facts = [Fact::Name].into_iter().chain(kind).chain(stage).chain([Fact::Status, Fact::Since]);
    let mut bodies = vec![Body::CentreAdded { centre: centre.id.clone() }];
    for (field, at) in facts.zip(1..) {
        bodies.extend(fact::change(evaluation, &centre, &field, form.text(at)).map_err(|fault| (at, fault))?);
    }
    Ok(bodies)
}

fn fact_set(model: &Model, form: &Form, centre: &str, field: &Fact) -> Result<Vec<Body>, Refused> {
    let session = session(model)?;
    let evaluation = &session.evaluation;
    let Some(ix) = session.find(centre) else { return Ok(Vec::new()) };
    let text = if *field == Fact::Findings {
        let on = form.fields.iter().zip(&evaluation.rubric.findings).filter(|(field, _)| field.is_on());
        on.map(|(_, finding)| finding.id.as_str()).collect::<Vec<_>>().join(";")
    } else {
        form.text(0).to_owned()
    };
    let change = fact::change(evaluation, evaluation.cohort.centre(ix), field, &text);
    Ok(change.map_err(|fault| (0, fault))?.into_iter().collect())
}

fn remarked(model: &Model, form: &Form, centre: &str, cell: &CellRef, remark: Remark) -> Result<Vec<Body>, Refused> {
    let session = session(model)?;
    let evaluation = &session.evaluation;
    let slot = evaluation.rubric.metric(&cell.metric).and_then(|m| evaluation.cohort.layout.slot(m, cell.year));
    let (Some(ix), Some(slot)) = (session.find(centre), slot) else { return Ok(Vec::new()) };
    let to = form.text(0).to_owned();
    if to.chars().count() > MAX_REMARK {
        let (en, zh) = (format!("at most {MAX_REMARK} characters"), format!("最多 {MAX_REMARK} 个字符"));
        return Err((0, Diagnostic::error("E-remark-long", "the text is too long", "文字过长").help(en, zh)));
    }
    let was = evaluation.cohort.readings(ix).remark(slot, cell.judge.as_deref(), remark).to_owned();
    if was == to {
        return Ok(Vec::new());
    }
    Ok(vec![Body::Remarked { centre: centre.to_owned(), cell: cell.clone(), remark, was, to }])
}

fn answered(model: &Model, form: &Form, centre: &str, query: &Query) -> Result<Vec<Body>, Refused> {
    let Evaluation { rubric, cohort, answers, .. } = &*session(model)?.evaluation;
    let reason = fact::answer(form.text(0)).map_err(|fault| (0, fault))?;
    let (cell, check) = (query.cell(rubric, &cohort.layout), query.check(rubric).to_owned());
    let was = answers.last(centre, &cell, &check).cloned();
    let to = Some(Answer { figures: query.figures(), reason });
    Ok(if was == to { Vec::new() } else { vec![Body::Answered { centre: centre.to_owned(), cell, check, was, to }] })
}

pub(super) fn demo(model: &mut Model) -> Vec<Effect> {
    working(model, "Opening the demo", "正在打开演示数据", false);
    vec![Effect::OpenDemo]
}

/// Takes a large step back.
pub(super) fn take_back(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::TakeBack { changes, .. }) = model.overlays.pop()
        && changes >= LONG
    {
        working(model, "Taking the step back", "正在撤销", false);
    }
    vec![Effect::Undo { confirmed: true }]
}

/// A file was read: what it would change is shown.
pub(super) fn planned(model: &mut Model, planned: Planned) {
    overlay::work_is_over(model, true);
    let file = &planned.file;
    let title = Text { en: format!("Import of {file}"), zh: format!("导入 {file}") };
    let mut preview = Preview::new(title, planned.bodies, planned.unchanged, planned.refused);
    preview.origin = planned.origin;
    preview.notes = planned.notes;
    preview.queries = planned.queries;
    preview.of_file = true;
    model.screens.push(Screen::Preview(Box::new(preview)));
}

/// Writes what a preview shows.
pub(super) fn apply(model: &mut Model) -> Vec<Effect> {
    let Some(Screen::Preview(preview)) = model.screens.last_mut() else { return Vec::new() };
    if preview.applying {
        return Vec::new();
    }
    preview.applying = true;
    let bodies = preview.bodies.clone();
    if bodies.len() < LONG {
        return vec![Effect::Append(bodies)];
    }
    working(model, "Writing", "正在写入", true);
    vec![Effect::AppendAll(bodies)]
}

pub(super) fn exported(model: &mut Model, written: &Written, folder: &str) {
    overlay::work_is_over(model, written.is_all());
    let said = |lang| match written {
        Written::Sheets { files, all: true } => screen::exported(lang, *files, folder),
        Written::Sheets { files, all: false } => screen::stopped_after(lang, *files, folder),
        Written::Notices { sent, all } => notice::written(*sent, *all, folder, lang),
        Written::Public { left_out } => publication::written(left_out.get(lang), folder, lang),
    };
    let lines = vec![Text { en: said(Lang::En), zh: said(Lang::Zh) }];
    let title = screen::EXPORTED.text();
    model.overlays.push(Overlay::Message(Message::Told { title, lines }));
}

pub(super) fn stop(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Working(work)) = model.overlays.last_mut() {
        work.stopping = true;
    }
    vec![Effect::Stop]
}

pub(super) fn stopped(model: &mut Model) {
    overlay::work_is_over(model, false);
    saving::nothing_applied(model);
    model.notice = Some(Notice::Said(screen::STOPPED));
}
