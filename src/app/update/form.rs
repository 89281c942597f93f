//! Forms: what each asks for, and moving in them. What is done with them is in `acts`.

use super::{acts, export};
use crate::app::command;
use crate::app::form::{Choice, Field, Form, Purpose};
use crate::app::model::{Model, Overlay};
use crate::app::msg::Effect;
use crate::domain::centre::{Field as Fact, Status};
use crate::domain::note::About;
use crate::domain::query::MAX_REASON;
use crate::domain::reading::{MAX_REMARK, Remark};
use crate::domain::rubric::Rubric;
use crate::domain::text::{Lang, Text};
use crate::wording::query::{Asked, before};
use crate::wording::unsettled::sentences;
use crate::wording::{screen, terms};

pub(super) fn text(en: &str, zh: &str) -> Text {
    Text { en: en.to_owned(), zh: zh.to_owned() }
}

fn none() -> Text {
    Text::default()
}

pub(super) fn open(model: &mut Model, form: Form) {
    model.overlays.push(Overlay::Form(Box::new(form)));
}

fn front(model: &mut Model) -> Option<&mut Form> {
    match model.overlays.last_mut() {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}

/// To the field after or before; round again at the ends.
pub(super) fn go(model: &mut Model, back: bool) {
    if let Some(form) = front(model) {
        let count = form.fields.len().max(1);
        form.list.at = (form.list.at + if back { count - 1 } else { 1 }) % count;
    }
}

pub(super) fn turn(model: &mut Model, back: bool) {
    let Model { overlays, session, .. } = model;
    let Some(Overlay::Form(form)) = overlays.last_mut() else { return };
    form.turn(back);
    if let Some(session) = session {
        export::refit(form, session);
    }
}

/// On to the next field; behind the last one what the form is for.
pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    match front(model) {
        Some(form) if form.list.at + 1 < form.fields.len() => {
            form.list.at += 1;
            Vec::new()
        }
        _ => acts::submit(model),
    }
}

pub(super) fn open_file(model: &mut Model) {
    let path = Field::line(
        text("File", "文件"),
        "",
        text(
            "an evaluation (ncti.triennial), or a rubric (mine.toml) to look through",
            "评估文件（ncti.triennial），或要浏览的体系文件（mine.toml）",
        ),
    );
    open(model, Form::new(Purpose::OpenFile, text("Open a file", "打开文件"), Vec::new(), vec![path]));
}

/// `rubric` is the id of the shipped one to begin with; empty for the first.
pub(super) fn new_evaluation(model: &mut Model, rubric: &str) {
    let shipped = &model.shipped;
    // The rubric that is being looked through is the one to begin with.
    let looked_at = model.browser().map(|browser| browser.path.as_deref().unwrap_or(browser.name.as_str()));
    let asked = shipped.iter().find(|s| s.id == rubric).or_else(|| shipped.first()).map_or("", |s| s.id.as_str());
    let chosen = looked_at.unwrap_or(asked);
    let ids: Vec<&str> = shipped.iter().map(|s| s.id.as_str()).collect();
    let known = Text {
        en: format!("shipped: {}; or the path of a TOML file", ids.join(", ")),
        zh: format!("内置：{}；或 TOML 文件的路径", ids.join("、")),
    };
    let fields = vec![
        Field::line(
            text("File", "文件"),
            "",
            text("the new file, such as ncti.triennial", "新文件，如 ncti.triennial"),
        ),
        Field::line(text("Rubric", "评价指标体系"), chosen, known),
        Field::line(text("Cycle", "评估周期"), "", text("first and last year: 2023-2025", "起止年份：2023-2025")),
        Field::line(
            text("Decided on", "决定日期"),
            "",
            text("day from which deadlines run, 2026-06-30; may stay empty", "期限起算日，如 2026-06-30；可留空"),
        ),
        Field::line(text("Evaluator", "评估员"), "", text("who types; may stay empty", "填写人；可留空")),
    ];
    open(model, Form::new(Purpose::NewEvaluation, screen::START_NEW.text(), Vec::new(), fields));
}

pub(super) fn import(model: &mut Model) {
    let fields = vec![
        Field::line(
            text("File", "文件"),
            model.imported.clone(),
            text("a table, long or wide: CSV, XLSX, ODS, XLS", "长表或宽表：CSV、XLSX、ODS、XLS"),
        ),
        Field::toggle(
            text("Empty cells erase", "空单元格清除原值"),
            false,
            text("no: an empty cell leaves what stands", "否：空单元格保留原值"),
        ),
        Field::line(
            text("Sheet", "工作表"),
            "",
            text("of a workbook that has several; may stay empty", "工作簿含多张工作表时填写；可留空"),
        ),
        Field::line(
            text("Mapping", "映射文件"),
            "",
            text("how another layout is to be read; may stay empty", "其他版式的读取方法；可留空"),
        ),
    ];
    let about = vec![
        text(
            "What would change is shown before anything does. The first row names the columns:",
            "写入之前会先显示将更改的内容。首行为列名：",
        ),
        text(
            "long:  centre,metric,year,value   (one figure a row)",
            "长表：centre,metric,year,value（每行一个数，列名也可用 编号,数据项,年度,数值）",
        ),
        text(
            "wide:  centre,name,kind,status,METRIC@YEAR,...   (one centre a row)",
            "宽表：centre,name,kind,status,数据项@年度,…（每行一家单位）",
        ),
        text(
            "METRIC is an id of the rubric (B shows it) or a metric's full title.",
            "数据项填体系中的标识（按 B 查看）或其完整名称。",
        ),
    ];
    open(model, Form::new(Purpose::ImportFile, text("Import", "导入"), about, fields));
}

pub(super) fn add_centre(model: &mut Model) {
    let Some(session) = &model.session else { return };
    let rubric = &session.evaluation.rubric;
    let mut fields = vec![
        Field::line(text("Id", "标识"), "", text("short and never changed: c01", "简短且不再更改：c01")),
        Field::line(text("Name", "名称"), "", none()),
    ];
    if rubric.kinds.len() > 1 {
        fields.push(fact_field(rubric, &Fact::Kind, ""));
    }
    if !rubric.stages.is_empty() {
        fields.push(fact_field(rubric, &Fact::Stage, ""));
    }
    fields.push(fact_field(rubric, &Fact::Status, Status::default().id()));
    fields.push(fact_field(rubric, &Fact::Since, ""));
    open(model, Form::new(Purpose::AddCentre, text("Add a centre", "添加单位"), Vec::new(), fields));
}

pub(super) fn set_fact(model: &mut Model, fact: Fact) {
    let Some(session) = &model.session else { return };
    let Some(ix) = model.cohort().and_then(crate::app::cohort::Cohort::chosen) else { return };
    let rubric = &session.evaluation.rubric;
    let centre = session.evaluation.cohort.centre(ix);
    let was = centre.get(&fact, rubric);
    let fields = if fact == Fact::Findings {
        let has = |id: &str| was.split(';').any(|found| found == id);
        rubric.findings.iter().map(|f| Field::toggle(f.title.clone(), has(&f.id), Text::both(f.id.clone()))).collect()
    } else {
        vec![fact_field(rubric, &fact, &was)]
    };
    let about = vec![Text::both(format!("{}  ({})", centre.label(), centre.id))];
    let title = Text {
        en: terms::field(&fact, rubric, Lang::En).to_owned(),
        zh: terms::field(&fact, rubric, Lang::Zh).to_owned(),
    };
    let purpose = Purpose::SetFact { centre: centre.id.clone(), field: fact };
    open(model, Form::new(purpose, title, about, fields));
}

/// The field for a fact: a choice where only some values may stand, else a line.
fn fact_field(rubric: &Rubric, fact: &Fact, was: &str) -> Field {
    let label = Text {
        en: terms::field(fact, rubric, Lang::En).to_owned(),
        zh: terms::field(fact, rubric, Lang::Zh).to_owned(),
    };
    let empty = || Choice { id: String::new(), title: text("(not known)", "（未定）") };
    match fact {
        Fact::Kind => {
            let kinds = rubric.kinds.iter().map(|k| Choice { id: k.id.clone(), title: k.title.clone() });
            Field::choice(label, [empty()].into_iter().chain(kinds).collect(), was, screen::CHOICE_HOW.text())
        }
        Fact::Stage if !rubric.stages.is_empty() => {
            let stages = rubric.stages.iter().map(|s| Choice { id: s.id.clone(), title: s.title.clone() });
            Field::choice(label, [empty()].into_iter().chain(stages).collect(), was, screen::CHOICE_HOW.text())
        }
        Fact::Status => {
            let title = |status| terms::status(status).text();
            let options = Status::ALL.map(|(id, status)| Choice { id: id.to_owned(), title: title(status) });
            Field::choice(label, options.to_vec(), was, screen::CHOICE_HOW.text())
        }
        Fact::Attribute(id) => {
            let known = rubric.attribute(id).map_or(&[][..], |a| &rubric.attributes[a.0].values);
            if known.is_empty() {
                return Field::line(label, was, none());
            }
            let options = known.iter().map(|value| Choice { id: value.clone(), title: Text::both(value.clone()) });
            Field::choice(label, [empty()].into_iter().chain(options).collect(), was, screen::CHOICE_HOW.text())
        }
        Fact::Since => Field::line(
            label,
            was,
            text("first year that counts, 2024; empty: the whole cycle", "起计年份，如 2024；留空为整个周期"),
        ),
        Fact::Previous => {
            let ids: Vec<&str> = rubric.grades.iter().map(|g| g.id.as_str()).collect();
            Field::line(
                label,
                was,
                Text {
                    en: format!("grades of earlier cycles, oldest first, joined by ; of: {}", ids.join(", ")),
                    zh: format!("往期等级，由远及近，以 ; 分隔，可用：{}", ids.join("、")),
                },
            )
        }
        Fact::Name | Fact::Stage | Fact::Findings => Field::line(label, was, none()),
    }
}

pub(super) fn remark(model: &mut Model, remark: Remark) {
    let (Some(session), Some(entry)) = (&model.session, model.entry()) else { return };
    let evaluation = &session.evaluation;
    let (Some(cell), Some(named)) = (entry.cell(evaluation), entry.cell_ref(evaluation)) else { return };
    let Some(ix) = session.find(&entry.centre) else { return };
    let was = evaluation.cohort.readings(ix).remark(cell.slot, cell.judge.as_deref(), remark);
    let title = match remark {
        Remark::Evidence => screen::EVIDENCE,
        Remark::Note => screen::NOTE,
    };
    let hint = Text {
        en: format!("at most {MAX_REMARK} characters; empty takes it away"),
        zh: format!("最多 {MAX_REMARK} 个字符；留空则删除"),
    };
    let metric = &evaluation.rubric.metrics[cell.metric.0].title;
    let year = cell.year.map_or(String::new(), |year| format!("  {year}"));
    let about = Text { en: format!("{}{year}", metric.en), zh: format!("{}{year}", metric.zh) };
    let purpose = Purpose::Remark { centre: entry.centre.clone(), cell: named, remark };
    let mut fields = vec![Field::line(title.text(), was, hint)];
    if remark == Remark::Evidence {
        fields.push(Field::line(screen::FILE.text(), "", screen::FILE_HINT.text()));
        fields.push(Field::toggle(screen::COPY.text(), true, screen::COPY_HINT.text()));
    }
    open(model, Form::new(purpose, title.text(), vec![about], fields));
}

/// Asks why the figure under the cursor may stand, with the query in words.
pub(super) fn answer(model: &mut Model) {
    let (Some(session), Some((centre, doubted))) = (&model.session, command::query(model)) else { return };
    let evaluation = &session.evaluation;
    let said = |lang| {
        let asked = Asked { rubric: &evaluation.rubric, layout: &evaluation.cohort.layout, lang };
        asked.in_full(&centre, &doubted.query)
    };
    let about = vec![
        Text { en: said(Lang::En), zh: said(Lang::Zh) },
        text(
            "The answer stands as long as the figures do. It moves no points.",
            "数据未改动时答复有效；答复不影响得分。",
        ),
    ];
    let was = doubted.answer.as_ref().map_or("", |answer| answer.reason.as_str());
    // What was said of other figures is shown and not offered: it would be confirmed unread.
    let before =
        doubted.before.as_ref().map(|answer| Text { en: before(Lang::En, answer), zh: before(Lang::Zh, answer) });
    let about = about.into_iter().chain(before).collect();
    let hint = Text {
        en: format!("at most {MAX_REASON} characters; kept in the journal"),
        zh: format!("最多 {MAX_REASON} 个字符，记入日志"),
    };
    let field = Field::line(text("Reason", "理由"), was, hint);
    let purpose = Purpose::Answer { centre, query: doubted.query };
    open(model, Form::new(purpose, text("Answer a query", "答复数据疑点"), about, vec![field]));
}

fn reason() -> Field {
    Field::line(text("Reason", "理由"), "", screen::WHY_NO_REASON.text())
}

pub(super) fn close_or_reopen(model: &mut Model) {
    let Some(session) = &model.session else { return };
    let (purpose, title, about) = match &session.evaluation.closed {
        Some(why) => {
            let about = Text {
                en: format!("It is closed: {why}. Sheets will be marked DRAFT again."),
                zh: format!("当前已定稿：{why}。重新开启后成绩单将再次标注“草稿”。"),
            };
            (Purpose::Reopen, text("Open the evaluation again", "重新开启评估"), vec![about])
        }
        None => {
            let mut about = vec![text(
                "Nothing can be changed afterwards until it is reopened; sheets are no longer marked DRAFT.",
                "定稿后在重新开启前不可更改；成绩单不再标注“草稿”。",
            )];
            about.extend(sentences(&session.unsettled()).into_iter().map(|(said, _)| said));
            (Purpose::Close, text("Close the evaluation", "评估定稿"), about)
        }
    };
    open(model, Form::new(purpose, title, about, vec![reason()]));
}

/// Which rubric to set beside the pinned one: in order to pin it, or only to see whom it moves.
pub(super) fn choose_rubric(model: &mut Model, pin: bool) {
    let Some(session) = &model.session else { return };
    let pinned = &session.evaluation.pin;
    let then = match pin {
        true => text(
            "First you see whom the other rubric moves; then it asks for a reason.",
            "先显示影响，再要求填写理由。",
        ),
        false => text(
            "You see whom the other rubric moves. The evaluation stays as it is.",
            "显示另一体系的影响；本评估保持不变。",
        ),
    };
    let about = vec![
        Text {
            en: format!("Pinned now: {} {}", pinned.rubric, pinned.edition),
            zh: format!("当前锁定：{} {}", pinned.rubric, pinned.edition),
        },
        then,
    ];
    let rubric = Field::line(
        text("Rubric", "评价指标体系"),
        "",
        text("the path of a TOML file, or the id of a shipped one", "TOML 文件的路径，或内置体系的标识"),
    );
    let title = if pin { text("Another rubric", "更换评价指标体系") } else { text("Compare", "比较体系") };
    open(model, Form::new(Purpose::ChooseRubric { pin }, title, about, vec![rubric]));
}

/// The impact was looked at; now the reason.
pub(super) fn repin(model: &mut Model, rubric: String, summary: Text, unplaced: usize, marked: bool) {
    let title = Text { en: format!("Score by {rubric}?"), zh: format!("是否改用 {rubric}？") };
    let mut about = vec![summary];
    if unplaced > 0 {
        let said = |lang| screen::left_aside(lang, unplaced);
        about.push(Text { en: said(Lang::En), zh: said(Lang::Zh) });
    }
    if marked {
        about.push(crate::wording::review::NOT_KEPT.text());
    }
    open(model, Form::new(Purpose::Repin { rubric }, title, about, vec![reason()]));
}

/// The change was looked at; now the reason, and the article it rests on.
pub(super) fn accept_change(model: &mut Model, name: &str, summary: Text) {
    let note = Text {
        en: format!("It will stand as the snapshot {name}, with a note beside it."),
        zh: format!("认可后成为快照 {name}，并在其旁记入更改记录。"),
    };
    let article = Field::line(
        text("Article", "依据条款"),
        "",
        text("the document and article it rests on, or: none", "所依据的文件与条款；没有则填“无”"),
    );
    let mut why = reason();
    why.hint = text("why; kept in the change note with the date", "理由；与日期一并记入更改记录");
    let title = text("Accept this change of the rubric?", "是否接受此项体系更改？");
    open(model, Form::new(Purpose::AcceptChange, title, vec![summary, note], vec![why, article]));
}

/// What is written beside a mark.
pub(super) fn mark_note(model: &mut Model, about: About, title: Text, was: String) {
    let hint = text("what is to be said of it; kept in the change note", "相关说明，记入更改记录");
    let field = Field::line(text("Note", "备注"), was, hint);
    open(
        model,
        Form::new(Purpose::MarkNote { about }, text("A note beside the mark", "标记备注"), vec![title], vec![field]),
    );
}

pub(super) fn drop_centre(model: &mut Model) {
    let Some(session) = &model.session else { return };
    let Some(ix) = model.cohort().and_then(crate::app::cohort::Cohort::chosen) else { return };
    let centre = session.evaluation.cohort.centre(ix);
    let about = vec![
        Text::both(format!("{}  ({})", centre.label(), centre.id)),
        text(
            "A centre that does not take part keeps its place with the status absent or withdrawn. This is for one that should not be on the roster at all.",
            "不参评或中途退出的单位应保留在名册中，改其状态即可。此操作仅用于不应列入名册的单位。",
        ),
    ];
    let purpose = Purpose::DropCentre { centre: centre.id.clone() };
    open(model, Form::new(purpose, text("Take off the roster", "移出名册"), about, vec![reason()]));
}
