//! Blocks, imports, exports, remarks, histories and acts: steps that are shown, done and taken back as one.

use triennial::app::command::Context;
use triennial::app::model::Screen;
use triennial::app::msg::{Order, Planned, Product, Written};
use triennial::app::{Effect, Msg};
use triennial::domain::centre::Field;
use triennial::domain::diagnostic::Diagnostic;
use triennial::domain::evaluation::{Body, Evaluation, Pin};
use triennial::domain::number::Number;
use triennial::domain::reading::{Cycle, Reading, Remark};
use triennial::domain::text::{Lang, Text};

use super::stage::{RUBRIC, Stage, add, disk_full, empty, filled, many};

fn stage() -> Stage {
    Stage::open(filled(), Lang::En, (80, 24))
}

fn value(text: &str) -> Option<Reading> {
    Some(Reading::Value(Number::parse(text).unwrap()))
}

/// A rubric of 30 yearly metrics over three years, with one centre that has nothing yet.
fn thirty() -> Evaluation {
    let metrics: String = (0..30).map(|n| format!("[[metric]]\nid = \"m{n}\"\nminimum = 0\n")).collect();
    let indicators: String = (0..30)
        .map(|n| {
            format!("[[criterion.indicator]]\nid = \"i{n}\"\npoints = 1\nmeasure = \"sum(m{n})\"\nrule = {{ kind = \"linear\", from = 0, to = 10 }}\n")
        })
        .collect();
    let text = format!(
        "[rubric]\nid = \"thirty\"\nedition = \"1\"\ncycle_years = 3\nrounding = \"none\"\n{metrics}[[criterion]]\nid = \"all\"\npoints = 30\n{indicators}\n[total]\npoints = 30\n"
    );
    let (rubric, faults) = triennial::read::rubric::rubric(&text);
    let rubric = rubric.unwrap_or_else(|| panic!("{faults:#?}"));
    let pin = Pin { rubric: "thirty".to_owned(), edition: "1".to_owned(), digest: String::new() };
    let cycle = Cycle { first: 2023, last: 2025 };
    let opening = Body::Opened { cycle, pin, decided_on: None, lang: Lang::En };
    let mut evaluation = Evaluation::open(&opening, rubric).unwrap();
    add(&mut evaluation, "c1", &[]);
    evaluation
}

/// Each cell its own figure, so that a cell in the wrong place shows.
fn figure(metric: usize, year: usize) -> String {
    (100 + metric * 3 + year).to_string()
}

fn holds_all(stage: &Stage) -> bool {
    let held = |m: usize, y: usize| {
        let year = 2023 + i16::try_from(y).unwrap();
        stage.reading("c1", &format!("m{m}"), Some(year)) == value(&figure(m, y))
    };
    (0..30).all(|m| (0..3).all(|y| held(m, y)))
}

#[test]
fn thirty_metrics_of_three_years_are_typed_with_one_key_more_than_their_digits() {
    let mut stage = Stage::open(thirty(), Lang::En, (80, 24));
    stage.press("<Enter>");
    let mut keys = 0;
    for (m, y) in (0..30).flat_map(|m| (0..3).map(move |y| (m, y))) {
        stage.press(&format!("{} <Tab>", figure(m, y)));
        keys += figure(m, y).len() + 1;
    }
    assert!(holds_all(&stage), "{}", stage.screen());
    assert_eq!(keys, 30 * 3 * 4);
}

#[test]
fn a_block_of_thirty_by_three_is_pasted_in_one_step_and_undone_in_one() {
    for line_end in ["\n", "\r\n", "\r"] {
        let mut stage = Stage::open(thirty(), Lang::En, (80, 24));
        let before = stage.evaluation().clone();
        let row = |m: usize| (0..3).map(|y| figure(m, y)).collect::<Vec<_>>().join("\t");
        let block: String = (0..30).map(|m| row(m) + line_end).collect();
        stage.press("<Enter>");
        stage.send(Msg::Paste(block));
        assert!(holds_all(&stage), "{}", stage.screen());
        assert!(stage.screen().contains("saved  90 changes"), "{}", stage.screen());
        assert_eq!(stage.journal.effects.iter().filter(|e| matches!(e, Effect::Append(_))).count(), 1);
        stage.press("u y");
        assert_eq!(*stage.evaluation(), before);
    }
}

#[test]
fn a_block_that_would_change_what_stands_is_shown_first() {
    let mut stage = Stage::open(many(3), Lang::En, (80, 24));
    stage.press("<Enter> l");
    let before = stage.evaluation().clone();
    stage.send(Msg::Paste("1\t2\n3\t4".to_owned()));
    assert_eq!(stage.model.context(), Context::Preview);
    assert!(stage.screen().contains("0 new, 4 changed, 0 unchanged, 0 refused"), "{}", stage.screen());
    assert!(stage.screen().contains("400 -> 1"), "{}", stage.screen());
    stage.press("<Esc>");
    assert_eq!(*stage.evaluation(), before);
    stage.send(Msg::Paste("1\t2\n3\t4".to_owned()));
    stage.press("<Enter>");
    assert_eq!(*stage.evaluation(), before, "Enter is no confirmation");
    stage.press("y");
    assert_eq!(stage.model.context(), Context::Entry);
    assert_eq!(stage.reading("c0", "income", Some(2023)), value("1"));
    assert_eq!(stage.reading("c0", "staff", Some(2024)), value("4"));
}

/// Of a block with faults nothing is taken, and every fault has its place in the block.
#[test]
fn a_block_with_faults_is_refused_whole_with_every_place() {
    let mut stage = Stage::open(thirty(), Lang::En, (120, 40));
    stage.press("<Enter>");
    stage.send(Msg::Paste("1\t1,234\t3\t4\n-1\t１２\t".to_owned()));
    let screen = stage.screen();
    assert!(screen.contains("2 new, 0 changed, 0 unchanged, 4 refused"), "{screen}");
    for place in ["(B1)", "(D1)", "(A2)", "(B2)"] {
        assert!(screen.contains(place), "{place}\n{screen}");
    }
    stage.press("y");
    assert!(stage.screen().contains("cells are refused"), "{}", stage.screen());
    assert_eq!(stage.journal.effects, []);
    stage.press("<Esc>");
    stage.send(Msg::Paste("1\n".repeat(31)));
    assert!(stage.screen().contains("no row left"), "{}", stage.screen());
}

#[test]
fn last_year_and_the_cell_above_are_copied_with_one_key() {
    let mut stage = Stage::open(thirty(), Lang::En, (80, 24));
    stage.press("<Enter> 7 <Tab> =");
    assert_eq!(stage.reading("c1", "m0", Some(2024)), value("7"));
    stage.press("j \" j <C-d>");
    assert_eq!(stage.reading("c1", "m1", Some(2024)), value("7"));
    assert_eq!(stage.reading("c1", "m2", Some(2024)), value("7"));
    stage.press("\"");
    assert!(stage.screen().contains("says so already"), "{}", stage.screen());
    stage.press("l l =");
    assert!(!stage.screen().contains("saved"), "{}", stage.screen());
}

#[test]
fn evidence_and_a_note_stand_beside_the_cell_and_are_undone() {
    let mut stage = stage();
    stage.press("<Enter> E p.12 <C-s> N by <Space> phone <Enter>");
    let evaluation = stage.evaluation();
    let ix = evaluation.cohort.find("bio").unwrap();
    let entry = stage.model.entry().unwrap();
    let cell = entry.cell(evaluation).unwrap();
    let remark = |stage: &Stage, remark| {
        stage.evaluation().cohort.readings(ix).remark(cell.slot, cell.judge.as_deref(), remark).to_owned()
    };
    assert_eq!(remark(&stage, Remark::Evidence), "p.12");
    assert_eq!(remark(&stage, Remark::Note), "by phone");
    let screen = stage.screen();
    assert!(screen.contains("Evidence: p.12") && screen.contains("Note: by phone") && screen.contains('*'), "{screen}");
    stage.press("H");
    assert!(stage.screen().contains("Note: by phone"), "{}", stage.screen());
    stage.press("<Esc> u u");
    assert_eq!((remark(&stage, Remark::Evidence), remark(&stage, Remark::Note)), (String::new(), String::new()));
}

#[test]
fn a_file_is_attached_to_the_cell_with_its_digest_and_undone_in_one_step() {
    let mut stage = stage();
    stage.press("<Enter> E p.12 <Tab> audit.pdf <Tab> <Space> <C-s>");
    let copied = |effect: &&Effect| matches!(effect, Effect::Attach { path, copy: false, .. } if path == "audit.pdf");
    assert!(stage.journal.effects.iter().any(|effect| copied(&effect)), "{:?}", stage.journal.effects.last());
    let screen = stage.screen();
    assert!(screen.contains("Evidence: p.12") && screen.contains("audit.pdf (SHA-256 abababababab..)"), "{screen}");
    stage.press("H");
    assert!(stage.screen().contains("attached audit.pdf"), "{}", stage.screen());
    stage.press("<Esc> u y");
    let screen = stage.screen();
    assert!(!screen.contains("p.12") && !screen.contains("audit.pdf"), "{screen}");
}

#[test]
fn an_import_is_read_elsewhere_shown_and_written_in_one_step() {
    let mut stage = stage();
    stage.press("i readings.csv <Tab> <Space> <C-s>");
    assert_eq!(stage.model.context(), Context::Working);
    let Some(Effect::Plan { path, sheet: None, mapping: None, clear: true, evaluation }) = stage.journal.effects.last()
    else {
        panic!()
    };
    assert_eq!((path.as_str(), &**evaluation), ("readings.csv", stage.evaluation()));
    let planned = |bodies: Vec<Body>, refused: Vec<Diagnostic>| {
        let file = "readings.csv".to_owned();
        let (origin, notes, queries) = (Text::default(), Vec::new(), Vec::new());
        Msg::Planned(Box::new(Planned { file, origin, bodies, unchanged: 2, refused, notes, queries }))
    };
    let cells = stage.evaluation();
    let income = cells.rubric.metric("income").unwrap();
    let change = cells.cell_change(cells.cohort.find("rail").unwrap(), (income, Some(2024)), None, value("9")).unwrap();
    let set =
        Body::CentreSet { centre: "rail".to_owned(), field: Field::Since, was: String::new(), to: "2023".to_owned() };
    let imported = Body::Imported {
        file: "readings.csv".to_owned(),
        digest: String::new(),
        sheet: String::new(),
        mapping: String::new(),
    };
    let bodies = vec![imported, set, Body::Cells { centre: "rail".to_owned(), cells: vec![change] }];
    stage.send(planned(bodies, Vec::new()));
    assert!(stage.screen().contains("2 new, 0 changed, 2 unchanged, 0 refused"), "{}", stage.screen());
    stage.journal.fails = Some(disk_full());
    stage.press("y <Esc>");
    assert_eq!((stage.reading("rail", "income", Some(2024)), stage.model.context()), (None, Context::Preview));
    stage.press("y");
    assert_eq!((stage.reading("rail", "income", Some(2024)), stage.model.context()), (value("9"), Context::Cohort));
    stage.press("u y");
    assert_eq!(stage.reading("rail", "income", Some(2024)), None);
}

#[test]
fn long_work_says_how_far_it_is_takes_no_other_key_and_is_stopped() {
    let mut stage = stage();
    stage.press("e <Tab> <Tab> <Tab> <Space> <C-s>");
    let order = Order {
        product: Product::Sheets,
        formats: vec!["csv".to_owned(), "json".to_owned()],
        folder: "evaluations/demo-sheets".to_owned(),
        lang: Lang::En,
    };
    assert_eq!(stage.journal.effects.last(), Some(&Effect::Export(order)));
    stage.send(Msg::Progress { done: 5, of: 10 });
    assert!(stage.screen().contains("####################--------------------"), "{}", stage.screen());
    stage.press("u q d x <Enter>");
    assert_eq!((stage.model.context(), stage.model.quit), (Context::Working, false));
    stage.press("<Esc>");
    assert_eq!(stage.journal.effects.last(), Some(&Effect::Stop));
    assert!(stage.screen().contains("stopping"), "{}", stage.screen());
    stage.send(Msg::Stopped);
    assert_eq!(stage.model.context(), Context::Choice, "the form is still there as it was");
    stage.press("<C-s>");
    stage.send(Msg::Exported {
        written: Written::Sheets { files: 9, all: true },
        folder: "evaluations/sheets".to_owned(),
    });
    assert!(stage.screen().contains("9 sheets written to evaluations/sheets"), "{}", stage.screen());
    stage.press("<Enter>");
    assert_eq!(stage.model.context(), Context::Cohort);
}

#[test]
fn a_form_that_failed_keeps_what_was_typed() {
    let mut stage = Stage::new(triennial::app::Model::new(Lang::En), (80, 24));
    stage.press("<C-o> nowhere.triennial <Enter>");
    assert_eq!(stage.journal.effects.last(), Some(&Effect::Take), "the stand-in opens anything");
    let mut stage = Stage::new(triennial::app::Model::new(Lang::En), (80, 24));
    stage.press("<C-n> a.triennial <Tab> ncti <Tab> 2023 <Enter>");
    stage.press("<S-Tab> <S-Tab> <C-s>");
    assert!(stage.model.session.is_some(), "one year is a cycle");
    let mut stage = Stage::open(filled(), Lang::En, (80, 24));
    stage.press("i gone.csv <C-s>");
    stage.send(Msg::Failed(Diagnostic::error("E-store-not-found", "gone.csv is not there", "没有 gone.csv")));
    stage.press("<Esc>");
    assert_eq!(stage.model.context(), Context::Form);
    assert!(stage.screen().contains("gone.csv"), "{}", stage.screen());
    stage.press("<Esc>");
    assert_eq!(stage.model.context(), Context::Discard, "typed text is not lost without asking");
    stage.press("<Esc>");
    assert_eq!(stage.model.context(), Context::Cohort);
}

#[test]
fn closing_and_reopening_ask_for_a_reason_and_nothing_changes_meanwhile() {
    let mut stage = stage();
    stage.press("C <C-s>");
    assert!(stage.screen().contains("E-reason"), "{}", stage.screen());
    stage.press("signed <Enter>");
    assert!(stage.evaluation().closed.is_none(), "Enter is no confirmation");
    stage.press("<C-s>");
    assert_eq!(stage.evaluation().closed.as_deref(), Some("signed"));
    stage.press("a");
    assert!(stage.screen().contains("closed"), "{}", stage.screen());
    stage.press("<Enter>");
    stage.send(Msg::Paste("1\t2".to_owned()));
    stage.press("E N 5 <Esc> C");
    assert!(stage.screen().contains("It is closed: signed"), "{}", stage.screen());
    stage.press("one <Space> objection <C-s>");
    assert_eq!(stage.evaluation().closed, None);
}

#[test]
fn another_rubric_is_weighed_before_it_asks_for_a_reason() {
    let mut stage = stage();
    stage.press("P other.toml <Enter>");
    assert_eq!(stage.model.context(), Context::Review);
    assert!(stage.screen().contains("grade 1, flags 0, score only 5"), "{}", stage.screen());
    stage.press("Y");
    assert_eq!(stage.model.context(), Context::Act);
    assert!(stage.screen().contains("grade 1, flags 0, score only 5"), "{}", stage.screen());
    stage.press("new <Space> edition <Enter>");
    assert_eq!(stage.model.context(), Context::Act, "Enter is no confirmation");
    stage.press("<C-s>");
    let repin = Effect::Repin { rubric: "other.toml".to_owned(), reason: "new edition".to_owned() };
    assert_eq!(stage.journal.effects.last(), Some(&repin));
}

#[test]
fn from_a_ledger_line_to_its_lines_in_the_rubric_and_to_its_article() {
    let mut stage = stage();
    stage.press("l <Enter> j j j o");
    let Some(Screen::Source(source)) = stage.model.screen() else { panic!("{}", stage.screen()) };
    let line = RUBRIC.lines().nth(source.marked.start).unwrap();
    assert!(line.starts_with("[[criterion"), "{line}");
    stage.press("<Esc> c");
    assert!(stage.screen().contains("国科发区"), "{}", stage.screen());
}

#[test]
fn problems_lead_to_their_centre() {
    let mut stage = stage();
    stage.press("!");
    let screen = stage.screen();
    assert!(screen.contains("rail") && screen.contains("nokind"), "{screen}");
    let row = screen.lines().skip(2).position(|line| line.starts_with("rail")).unwrap();
    for _ in 0..row {
        stage.press("j");
    }
    stage.press("<Enter>");
    assert_eq!(stage.model.entry().map(|entry| entry.centre.as_str()), Some("rail"), "{}", stage.screen());
}

#[test]
fn the_history_of_the_evaluation_tells_who_did_what() {
    let mut stage = stage();
    stage.press("j j <Enter> 85 <Enter> <Esc> H");
    assert!(stage.screen().contains("rail: income@2024 blank -> 85"), "{}", stage.screen());
    assert!(stage.screen().contains("evaluator-1"), "{}", stage.screen());
}

#[test]
fn escape_sequences_and_long_names_are_shown_and_never_obeyed_in_every_list() {
    let mut evaluation = empty();
    let name = format!("Bad\u{1b}]0;title\u{7}{}", "长".repeat(170));
    add(&mut evaluation, "x\u{202e}y", &[(Field::Name, &name), (Field::Kind, "domain")]);
    for keys in ["", "t", "<Enter>", "l <Enter>", "!", "t D", "t <Enter>", "<Enter> E", "/ bad"] {
        let mut stage = Stage::open(evaluation.clone(), Lang::En, (80, 24));
        stage.press(keys);
        let screen = stage.screen();
        assert!(!screen.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{keys}\n{screen}");
    }
}

#[test]
fn a_stopped_export_says_what_stays() {
    let mut stage = stage();
    stage.press("e <C-s> <Esc>");
    stage.send(Msg::Exported { written: Written::Sheets { files: 3, all: false }, folder: "sheets".to_owned() });
    assert!(stage.screen().contains("3 sheets were written to sheets and stay there"), "{}", stage.screen());
}

#[test]
fn q_in_a_box_does_not_quit() {
    for keys in ["e <Tab> q", "t l l l <Enter> q", "C q", "i q", "/ q", "<Enter> 5 q"] {
        let mut stage = stage();
        stage.press(keys);
        assert!(!stage.model.quit, "{keys}");
    }
    let mut stage = stage();
    stage.press("e <C-s>");
    stage.send(Msg::Exported { written: Written::Sheets { files: 3, all: true }, folder: "sheets".to_owned() });
    stage.press("q");
    assert!(!stage.model.quit);
    stage.press("<Enter> q");
    assert!(stage.model.quit);
}

#[test]
fn a_rubric_that_is_edited_is_followed_and_a_broken_one_leaves_the_last_good_one() {
    let mut stage = Stage::new(triennial::app::Model::new(Lang::En), (80, 24));
    stage.press("<C-o> mine.toml <Enter>");
    assert!(stage.screen().contains("follows the file"), "{}", stage.screen());
    assert!(stage.screen().contains("Governance"), "{}", stage.screen());
    let saved = |text: &str| Msg::Rubric {
        name: "mine.toml".to_owned(),
        path: Some("mine.toml".to_owned()),
        text: text.into(),
    };
    stage.send(saved(&RUBRIC.replace("\"Governance\"", "\"House rules\"")));
    assert!(stage.screen().contains("House rules"), "{}", stage.screen());
    stage.send(saved(&RUBRIC.replacen("measure", "mesure", 1)));
    let screen = stage.screen();
    assert!(screen.contains("E-unknown-key") && screen.contains("House rules"), "{screen}");
    assert!(screen.contains("the last version that could be read"), "{screen}");
    stage.press("g j o");
    let Some(Screen::Source(source)) = stage.model.screen() else { panic!("{}", stage.screen()) };
    assert!(source.line(source.marked.start).contains("mesure"), "the fault's own line");
    stage.press("<Esc>");
    stage.send(saved(RUBRIC));
    assert!(!stage.screen().contains("E-unknown-key"), "{}", stage.screen());
    stage.press("v");
    assert!(stage.screen().contains("第二十八条"), "{}", stage.screen());
}

#[test]
fn typing_into_a_prefilled_field_replaces_it_and_moving_in_it_edits_it() {
    let folder = |stage: &Stage| match stage.model.overlays.last() {
        Some(triennial::app::model::Overlay::Form(form)) => form.text(0).to_owned(),
        other => panic!("{other:?}"),
    };
    let mut stage = stage();
    stage.press("e out");
    assert_eq!(folder(&stage), "out");
    stage.press("<C-u> <Esc> <Esc> e <End> 2");
    assert_eq!(folder(&stage), "evaluations/demo-sheets2");
}

#[test]
fn from_a_refused_import_escape_leads_back_to_the_form() {
    let mut stage = stage();
    stage.press("i bad.csv <C-s>");
    let fault = Diagnostic::error("E-cell-grouped", "has commas", "含逗号").in_cell(2, 3);
    let planned = Planned {
        file: "bad.csv".to_owned(),
        origin: Text::both("from bad.csv [2024], SHA-256 0123456789ab.., by the mapping with SHA-256 ba9876543210.."),
        bodies: Vec::new(),
        unchanged: 0,
        refused: vec![fault],
        notes: vec![Diagnostic::warning("W-mapping-total", "does not add up", "合计不符").in_cell(9, 3)],
        queries: Vec::new(),
    };
    stage.send(Msg::Planned(Box::new(planned)));
    assert!(stage.screen().contains("(C2)"), "{}", stage.screen());
    assert!(stage.screen().contains("from bad.csv [2024], SHA-256 0123456789ab.."), "{}", stage.screen());
    assert!(stage.screen().contains("ba9876543210"), "the second line has the mapping: {}", stage.screen());
    assert!(stage.screen().contains("note     row 9, column 3 (C9): does not add up"), "{}", stage.screen());
    stage.press("<Esc>");
    assert_eq!(stage.model.context(), Context::Form);
    assert!(stage.screen().contains("bad.csv"), "{}", stage.screen());
}

/// A metric that is marked by letter shows the letter that was typed, and a stage is chosen, not typed.
#[test]
fn letters_and_stages_are_shown_as_people_write_them() {
    let text = "[rubric]\nid = \"l\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n\
                [[stage]]\nid = \"seed\"\ntitle = { en = \"Seed\", zh = \"初创期\" }\n[[stage]]\nid = \"growth\"\n\
                [[metric]]\nid = \"mark\"\ntype = \"letter\"\nletters = { A = 1, B = 0.8 }\nyearly = false\n\
                [[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 10\nmeasure = \"mark\"\n\
                rule = { kind = \"linear\", from = 0, to = 1 }\n";
    let (rubric, faults) = triennial::read::rubric::rubric(text);
    let rubric = rubric.unwrap_or_else(|| panic!("{faults:#?}"));
    let pin = Pin { rubric: "l".to_owned(), edition: "1".to_owned(), digest: String::new() };
    let opening = Body::Opened { cycle: Cycle { first: 2025, last: 2025 }, pin, decided_on: None, lang: Lang::En };
    let mut stage = Stage::open(Evaluation::open(&opening, rubric).unwrap(), Lang::En, (80, 24));
    stage.press("a c1 <Tab> <Tab> <Right> <C-s>");
    let cohort = &stage.evaluation().cohort;
    assert_eq!(cohort.centre(cohort.find("c1").unwrap()).stage, "seed", "{}", stage.screen());
    stage.press("t");
    assert!(stage.screen().contains("Seed"), "{}", stage.screen());
    stage.press("t <Enter> <Enter> B <Enter>");
    assert_eq!(stage.reading("c1", "mark", None), value("0.8"), "{}", stage.screen());
    let row = stage.screen().lines().find(|line| line.contains("mark ")).unwrap_or_default().to_owned();
    assert!(row.contains(" B") && !row.contains("0.8"), "{row}");
    stage.press("<Enter> <Enter>");
    assert!(!stage.screen().contains("saved  mark: 0.8"), "what stands there is no change: {}", stage.screen());
}
