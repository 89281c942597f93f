//! A whole program without a terminal or a disk: keys in, rows of text out.

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use triennial::app::bench::{Compared, Impact};
use triennial::app::key::{Key, keys};
use triennial::app::msg::Opened;
use triennial::app::review::{Fate, Proposal};
use triennial::app::{Effect, Model, Msg, command, dispatch};
use triennial::domain::centre::Field;
use triennial::domain::comparison::{Scored, compare};
use triennial::domain::diagnostic::{Diagnostic, Place, Severity};
use triennial::domain::evaluation::{Body, CellChange, Evaluation, Event, Pin, changes, is_large, undo};
use triennial::domain::evidence::Attachment;
use triennial::domain::history::{Asked, Past, of_cell};
use triennial::domain::impact::{World, attributed};
use triennial::domain::number::Number;
use triennial::domain::query::Queries;
use triennial::domain::reading::{Cycle, Reading};
use triennial::domain::review::Reviewed;
use triennial::domain::robustness::Bench;
use triennial::domain::rubric::Rubric;
use triennial::domain::score::score;
use triennial::domain::snapshot::Kept;
use triennial::domain::text::{Lang, Text};
use triennial::read::meaning::Difference;
use triennial::read::overlay::{self, File};
use triennial::tui::{self, Layout};
use triennial::wording::review::WHY_LOOKED_AT;
use unicode_width::UnicodeWidthStr;

pub const WHO: &str = "evaluator-1";

pub const RUBRIC: &str = include_str!("../../rubrics/screens/rubric.toml");

pub fn rubric() -> Rubric {
    let (rubric, faults) = triennial::read::rubric::rubric(RUBRIC);
    assert!(faults.is_empty(), "{faults:#?}");
    rubric.unwrap()
}

/// A journal in memory.
pub struct Journal {
    pub events: Vec<Event>,
    /// What the next append fails with.
    pub fails: Option<Diagnostic>,
    pub effects: Vec<Effect>,
    /// What is on the bench.
    pub bench: Option<Arc<Evaluation>>,
    /// The evaluation that is open, as it was when it was opened.
    pub open: Option<Evaluation>,
}

impl Journal {
    pub fn append(&mut self, bodies: Vec<Body>) -> Vec<Event> {
        let step = self.events.iter().map(|e| e.step).max().unwrap_or(0) + 1;
        let mut made = Vec::new();
        for body in bodies {
            let count = self.events.len() as u64 + 1;
            let event = Event { evaluator: WHO.to_owned(), sequence: count, step, lamport: count, time: 0, body };
            self.events.push(event.clone());
            made.push(event);
        }
        made
    }

    /// What a text does to the centres on the bench, beside the rubric as it is in the file.
    fn impact(&self, text: &str) -> Impact {
        let evaluation = self.bench.as_ref().unwrap();
        let (old, new) = (rubric(), triennial::read::rubric::rubric(text).0.unwrap());
        let (before, after) = (&evaluation.cohort, evaluation.cohort.under(&old, &new, false));
        let (was, is) = (score(&old, before, None), score(&new, &after, None));
        let comparison = compare(
            Scored { rubric: &old, cohort: before, cards: &was },
            Scored { rubric: &new, cohort: &after, cards: &is },
        );
        Ok(Arc::new(Compared { comparison, old: old.into(), new: new.into(), cohort: after.into() }))
    }

    /// The changed rubric, to be accepted on the centres that are open.
    fn reviewed(&self) -> Msg {
        let reviewed = reviewed(self.open.as_ref().unwrap(), &changed());
        Msg::Reviewed { reviewed: Arc::new(reviewed), fate: Fate::Snapshot(Arc::new(proposal())) }
    }

    fn past(&self, asked: &Asked) -> Vec<Past> {
        let whole = |event: &Event| {
            let Event { evaluator, step, time, body, .. } = event.clone();
            Past { evaluator, step, time, body, more: 0 }
        };
        let past = |event: &Event| match asked {
            Asked::Evaluation => Some(whole(event)),
            Asked::Cell { centre, cell } => of_cell(event, centre, cell),
        };
        self.events.iter().rev().filter_map(past).collect()
    }

    pub fn perform(&mut self, effect: Effect) -> Vec<Msg> {
        self.effects.push(effect.clone());
        match effect {
            Effect::Append(bodies) => match self.fails.take() {
                Some(fault) => vec![Msg::AppendFailed(fault)],
                None => vec![Msg::Appended(self.append(bodies))],
            },
            Effect::Undo { confirmed } => match undo(&self.events, WHO) {
                Ok(bodies) if is_large(&bodies) && !confirmed => {
                    vec![Msg::UndoAsks { changes: changes(&bodies), file: Some("readings.csv".to_owned()) }]
                }
                Ok(bodies) => vec![Msg::Appended(self.append(bodies))],
                Err(refused) => vec![Msg::UndoRefused(refused)],
            },
            Effect::AppendAll(bodies) => {
                let of = bodies.len();
                vec![Msg::Progress { done: of, of }, Msg::Appended(self.append(bodies))]
            }
            Effect::Attach { centre, cell, path, mut step, .. } => {
                let file = Attachment { name: path, path: None, digest: "ab".repeat(32), size: 3 };
                step.push(Body::Attached { centre, cell: Some(cell), file });
                vec![Msg::Appended(self.append(step))]
            }
            Effect::OpenDemo | Effect::Open(_) | Effect::Found(_) => vec![Msg::Ready],
            Effect::Take => vec![Msg::Opened(Box::new(opened(filled())))],
            Effect::History(asked) => vec![Msg::History { steps: self.past(&asked), asked }],
            Effect::Weigh { rubric, pin } => {
                let fate = match pin {
                    true => Fate::Repin { rubric, unplaced: 2 },
                    false => Fate::Look(WHY_LOOKED_AT),
                };
                let evaluation = self.open.as_ref().unwrap();
                vec![Msg::Reviewed { reviewed: Arc::new(reviewed(evaluation, &changed())), fate }]
            }
            Effect::Review | Effect::ReviewWaiting(_) => vec![self.reviewed()],
            Effect::KeepMarks { .. } => vec![Msg::MarksKept],
            Effect::Accept(accepted) => vec![Msg::ChangeNoted { file: format!("{}.notes.toml", accepted.of.name) }],
            Effect::Move { centre, evaluation } => {
                let ix = evaluation.cohort.find(&centre).unwrap();
                let found = Bench::new(&evaluation.rubric, &evaluation.cohort).readings_of(ix);
                vec![Msg::Moved { centre, found: found.map(Box::new) }]
            }
            Effect::Browse(name) => {
                let path = name.ends_with(".toml").then(|| name.clone());
                vec![Msg::Rubric { name, path, text: RUBRIC.into() }]
            }
            Effect::Bench { path, evaluation } => {
                self.bench = evaluation;
                vec![Msg::OnBench { name: path.clone(), path, text: RUBRIC.into() }]
            }
            Effect::Try { turn, text } => vec![Msg::Tried { turn, impact: self.impact(&text) }],
            Effect::SaveRubric { text, .. } => vec![Msg::RubricSaved { text }],
            Effect::ShowRubric(id) => vec![Msg::RubricText { title: Text::both(id), text: RUBRIC.into() }],
            // What goes on elsewhere is answered by the test itself.
            Effect::Plan { .. } | Effect::Export(_) | Effect::Repin { .. } | Effect::Stop | Effect::Redraw => {
                Vec::new()
            }
        }
    }
}

/// The rubric of these tests with two weights, one threshold and one rule changed.
pub fn changed() -> String {
    let changes = [
        ("points = 30\n", "points = 25\n"),
        ("points = 20\nmeasure = \"last", "points = 25\nmeasure = \"last"),
        ("at_least = 60", "at_least = 65"),
        ("points = 2, whole_units", "points = 1, whole_units"),
    ];
    changes.iter().fold(RUBRIC.to_owned(), |text, (was, is)| {
        assert!(text.contains(was), "{was}");
        text.replacen(was, is, 1)
    })
}

/// Another text beside the rubric of these tests, on the centres of an evaluation.
pub fn reviewed(evaluation: &Evaluation, text: &str) -> Reviewed {
    let whole = |name: &str, text: &str| {
        let file = File { name: name.to_owned(), text: text.to_owned() };
        overlay::whole(file, &|_, _| Err(Text::default()))
    };
    let difference = Difference::between(&whole("rubric.toml", RUBRIC), &whole("other.toml", text)).unwrap();
    let old = rubric();
    let under = |new: &Rubric| evaluation.cohort.under(&old, new, false);
    let subsets = difference.method().subsets(difference.edits.len());
    let rubric_of = |subset| difference.rubric(subset).unwrap();
    let worlds: Vec<World> = subsets.iter().map(|s| rubric_of(*s)).map(|r| World::new(&r, &under(&r), None)).collect();
    let new = rubric_of(*subsets.last().unwrap());
    let cohort = under(&new);
    let (was, is) = (score(&old, &evaluation.cohort, None), score(&new, &cohort, None));
    let comparison = compare(
        Scored { rubric: &old, cohort: &evaluation.cohort, cards: &was },
        Scored { rubric: &new, cohort: &cohort, cards: &is },
    );
    let method = difference.method();
    let attributed = attributed(&comparison, method, difference.edits.len(), &worlds);
    let names = ("screens 1".to_owned(), "other.toml".to_owned(), "demo.triennial".to_owned());
    let Difference { edits, citations, .. } = difference;
    Reviewed { names, old, new, cohort, comparison, edits, citations, method, attributed, untold: None }
}

/// What accepting the changed rubric comes to.
pub fn proposal() -> Proposal {
    Proposal {
        folder: "snapshots/rubrics".to_owned(),
        name: "screens@demo".to_owned(),
        old: None,
        standing: "ab".repeat(32),
        new: Kept::default(),
        marks: Vec::new(),
    }
}

pub fn disk_full() -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: "E-journal-write",
        what: Text { en: "the disk is full".to_owned(), zh: "磁盘已满".to_owned() },
        help: Text {
            en: "make room, then press Enter in the cell again".to_owned(),
            zh: "请腾出空间，然后在单元格中再按 Enter".to_owned(),
        },
        place: Place::Whole,
    }
}

pub struct Stage {
    pub model: Model,
    pub journal: Journal,
    pub terminal: Terminal<TestBackend>,
    pub layout: Layout,
}

impl Stage {
    pub fn new(model: Model, size: (u16, u16)) -> Self {
        let terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let open = model.session.as_ref().map(|session| (*session.evaluation).clone());
        let journal = Journal { events: Vec::new(), fails: None, effects: Vec::new(), bench: None, open };
        let mut stage = Self { model, journal, terminal, layout: Layout::default() };
        stage.draw();
        stage
    }

    pub fn open(evaluation: Evaluation, lang: Lang, size: (u16, u16)) -> Self {
        Self::new(Model::opened(lang, opened(evaluation)), size)
    }

    /// The changed rubric under review.
    pub fn review(lang: Lang, size: (u16, u16)) -> Self {
        let mut stage = Self::open(filled(), lang, size);
        stage.review_it();
        stage
    }

    pub fn review_it(&mut self) {
        let msg = self.journal.reviewed();
        self.send(msg);
    }

    pub fn draw(&mut self) {
        self.layout = tui::draw(&mut self.terminal, &mut self.model).unwrap();
    }

    /// Presses keys, drawing a frame after each.
    pub fn press(&mut self, text: &str) -> &mut Self {
        for key in keys(text).unwrap() {
            self.key(key);
        }
        self
    }

    pub fn key(&mut self, key: Key) {
        if let Some(msg) = command::message(&self.model, key) {
            self.send(msg);
        }
    }

    pub fn send(&mut self, msg: Msg) {
        let Self { model, journal, .. } = self;
        dispatch(model, msg, &mut |effect| journal.perform(effect));
        self.draw();
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.draw();
    }

    /// The screen drawn from nothing: a test terminal keeps what stood under the second half of a wide character.
    pub fn screen(&self) -> String {
        let size = self.terminal.size().unwrap();
        let mut fresh = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        fresh.draw(|frame| drop(tui::view(&self.model, frame))).unwrap();
        rows(fresh.backend().buffer())
    }

    pub fn evaluation(&self) -> &Evaluation {
        &self.model.session.as_ref().unwrap().evaluation
    }

    pub fn reading(&self, centre: &str, metric: &str, year: Option<i16>) -> Option<Reading> {
        let evaluation = self.evaluation();
        let metric = evaluation.rubric.metric(metric).unwrap();
        let slot = evaluation.cohort.layout.slot(metric, year).unwrap();
        let ix = evaluation.cohort.find(centre).unwrap();
        evaluation.cohort.readings(ix).get(slot).cloned()
    }
}

/// What a person sees: the cell behind a wide character is not a blank of its own.
pub fn rows(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += u16::try_from(symbol.width().max(1)).unwrap();
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

pub fn opened(evaluation: Evaluation) -> Opened {
    Opened {
        name: "demo.triennial".to_owned(),
        folder: "evaluations".to_owned(),
        evaluator: WHO.to_owned(),
        rubric_text: RUBRIC.into(),
        queries: Queries::new(&evaluation.rubric, &evaluation.cohort),
        evaluation,
    }
}

pub fn empty() -> Evaluation {
    let pin = Pin { rubric: "screens".to_owned(), edition: "1".to_owned(), digest: String::new() };
    let cycle = Cycle { first: 2023, last: 2025 };
    let decided_on = Some(jiff::civil::date(2026, 3, 15));
    let opening = Body::Opened { cycle, pin, decided_on, lang: Lang::En };
    Evaluation::open(&opening, rubric()).unwrap()
}

pub fn add(evaluation: &mut Evaluation, id: &str, fields: &[(Field, &str)]) {
    evaluation.apply(&Body::CentreAdded { centre: id.to_owned() }).unwrap();
    for (field, to) in fields {
        let body =
            Body::CentreSet { centre: id.to_owned(), field: field.clone(), was: String::new(), to: (*to).to_owned() };
        evaluation.apply(&body).unwrap();
    }
}

/// `income@2024=12`, `review#li=80`, `staff@2023=NR`.
fn enter(evaluation: &mut Evaluation, id: &str, cells: &str) {
    let cell = |text: &str| {
        let (name, value) = text.split_once('=').unwrap();
        let (name, judge) = name.split_once('#').map_or((name, None), |(n, j)| (n, Some(j.to_owned())));
        let (metric, year) = name.split_once('@').map_or((name, None), |(m, y)| (m, Some(y.parse().unwrap())));
        let to = match value {
            "NR" => Reading::NotReported,
            "N/A" => Reading::NotApplicable,
            number => Reading::Value(Number::parse(number).unwrap()),
        };
        CellChange { metric: metric.to_owned(), year, judge, was: None, to: Some(to) }
    };
    let cells = cells.split_whitespace().map(cell).collect();
    evaluation.apply(&Body::Cells { centre: id.to_owned(), cells }).unwrap();
}

const WHOLE: &str = "income@2022=300 income@2023=400 income@2024=500 income@2025=700 staff@2023=20 staff@2024=25 \
                     staff@2025=30 standards@2023=1 standards@2024=2 standards@2025=2 charter=1 review#li=90 \
                     review#wang=80";

/// A cohort with every state a table has to show.
pub fn filled() -> Evaluation {
    let mut e = empty();
    let (comprehensive, domain) = ((Field::Kind, "comprehensive"), (Field::Kind, "domain"));
    add(&mut e, "bio", &[(Field::Name, "国家合成生物技术创新中心"), comprehensive.clone()]);
    enter(&mut e, "bio", WHOLE);
    add(&mut e, "tides", &[(Field::Name, "National Center of Technology Innovation for Tides"), domain.clone()]);
    enter(&mut e, "tides", &WHOLE.replace("charter=1", "charter=0").replace("income@2024=500", "income@2024=NR"));
    add(&mut e, "rail", &[(Field::Name, "国家高速列车技术创新中心"), domain.clone()]);
    enter(&mut e, "rail", "income@2022=300 income@2023=400 staff@2023=20 standards@2023=0 charter=1 staff@2024=NR");
    add(&mut e, "rare", &[(Field::Name, "国家稀土功能材料技术创新中心"), domain.clone(), (Field::Status, "absent")]);
    add(&mut e, "nev", &[(Field::Name, "国家新能源汽车技术创新中心"), domain.clone(), (Field::Findings, "falsified")]);
    enter(&mut e, "nev", WHOLE);
    add(&mut e, "young", &[(Field::Name, "Young Centre"), domain.clone(), (Field::Since, "2024")]);
    enter(
        &mut e,
        "young",
        "income@2024=10 income@2025=5 staff@2024=40 staff@2025=40 standards@2024=0 standards@2025=0 charter=0 \
         review#li=40 review#wang=35.5",
    );
    add(&mut e, "nokind", &[(Field::Name, "Kind not known")]);
    add(&mut e, "esc", &[(Field::Name, "Bad\u{1b}[31m name"), comprehensive]);
    enter(&mut e, "esc", &WHOLE.replace("income@2023=400", "income@2023=1234567.891234"));
    e
}

pub fn many(count: usize) -> Evaluation {
    let mut e = empty();
    for n in 0..count {
        let name = if n % 2 == 0 { format!("第{n}技术创新中心") } else { format!("Innovation centre {n}") };
        let id = format!("c{n}");
        add(&mut e, &id, &[(Field::Name, &name), (Field::Kind, "domain")]);
        enter(&mut e, &id, &WHOLE.replace("charter=1", &format!("charter={}", n % 2)));
    }
    e
}

/// Centres without a single reading.
pub fn unfilled(count: usize) -> Evaluation {
    let mut e = empty();
    (0..count).for_each(|n| add(&mut e, &format!("c{n}"), &[(Field::Kind, "domain")]));
    e
}
