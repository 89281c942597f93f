//! Answers of queries: through the real binary, and on the screen.

use triennial::app::Msg;
use triennial::app::command::Context;
use triennial::app::msg::Planned;
use triennial::domain::evaluation::Body;
use triennial::domain::text::{Lang, Text};

use crate::program::{Folder, rows, value};
use crate::screens::stage::{RUBRIC, Stage, filled};

const FILE: &str = "demo.triennial";

/// The demo with one figure of c01 in yuan.
fn evaluation() -> Folder {
    let folder = Folder::new();
    folder.done(&["new", FILE, "--demo"]);
    figure(&folder, "154414000");
    folder
}

fn figure(folder: &Folder, value: &str) {
    folder.write("data.csv", format!("centre,metric,year,value\nc01,national_funds,2024,{value}\n"));
    folder.done(&["import", FILE, "data.csv", "--yes"]);
}

/// The check, the state and the answer of each query.
fn listed(folder: &Folder) -> Vec<[String; 3]> {
    let rows = rows(&folder.done(&["queries", FILE, "--format", "csv"]));
    rows.iter().map(|row| ["check", "state", "reason"].map(|column| value(row, column).to_owned())).collect()
}

fn state(check: &str, state: &str, reason: &str) -> [String; 3] {
    [check, state, reason].map(str::to_owned)
}

fn answer<'a>(cell: &'a str, check: &'a str, reason: &'a str) -> Vec<&'a str> {
    vec!["answer", FILE, "c01", cell, "--check", check, "--reason", reason]
}

#[test]
fn an_answer_stands_while_the_figures_do() {
    let folder = evaluation();
    assert_eq!(listed(&folder), [state("unit-slip", "open", "")]);
    folder.done(&answer("national_funds@2024", "unit-slip", " advance for five years "));
    assert_eq!(listed(&folder), [state("unit-slip", "answered", "advance for five years")]);
    assert_eq!(folder.done(&["queries", FILE, "--open", "--format", "csv"]).lines().count(), 1);
    folder.done(&["queries", FILE, "--fail-on-open"]);
    // Another figure is another question; the old answer stays in the journal, and stands again with its figure.
    figure(&folder, "154414001");
    assert_eq!(listed(&folder), [state("unit-slip", "open", "")]);
    let before = rows(&folder.done(&["queries", FILE, "--format", "csv"]));
    assert_eq!(value(&before[0], "before"), "advance for five years");
    assert_eq!(folder.run(&["queries", FILE, "--fail-on-open"]).exit, 1);
    figure(&folder, "154414000");
    assert_eq!(listed(&folder), [state("unit-slip", "answered", "advance for five years")]);
    figure(&folder, "15441.4");
    assert_eq!(listed(&folder).len(), 0);
    folder.done(&["verify", FILE]);
}

#[test]
fn an_answer_is_no_data_and_moves_nothing() {
    let folder = evaluation();
    let score = |folder: &Folder| -> serde_json::Value {
        serde_json::from_str(&folder.done(&["score", FILE, "--format", "json"])).unwrap()
    };
    let before = score(&folder);
    folder.done(&["export", FILE, "--format", "json", "--out", "before"]);
    folder.done(&answer("national_funds@2024", "unit-slip", "advance"));
    let after = score(&folder);
    assert_eq!(before["provenance"]["data_digest"], after["provenance"]["data_digest"]);
    assert!(before["provenance"]["data_digest"].is_string());
    assert_eq!(before["rows"], after["rows"]);
    assert_eq!(before["centres"], after["centres"]);
    folder.done(&["export", FILE, "--format", "json", "--out", "after"]);
    let counts = |name: &str| {
        let sheet: serde_json::Value = serde_json::from_str(&folder.read(name)).unwrap();
        let of = |item: &str| {
            let rows = sheet["tables"]["queries"].as_array().unwrap_or_else(|| panic!("no queries in {name}"));
            rows.iter().find(|row| row["item"] == item).map(|row| row["value"].clone())
        };
        (of("open"), of("answered"))
    };
    let some = |text: &str| Some(serde_json::Value::from(text));
    assert_eq!(counts("before/centres/c01.json"), (some("1"), some("0")));
    assert_eq!(counts("after/centres/c01.json"), (some("0"), some("1")));
    // The sheet alone says what it cannot recompute; the evaluation, as it stood then, gives every count.
    for sheet in ["before/centres/c01.json", "after/centres/c01.json", "after/cohort.json"] {
        folder.done(&["verify", sheet]);
        folder.done(&["verify", sheet, "--evaluation", FILE]);
    }
    assert!(folder.run(&["verify", "after/centres/c01.json"]).out.contains("how many queries there are"));
    let text = folder.read("after/centres/c01.json");
    let forged = text.replacen("\"item\": \"answered\"", "\"item\": \"open\"", 1);
    assert_ne!(text, forged);
    folder.write("forged.json", forged);
    assert_eq!(folder.run(&["verify", "forged.json", "--evaluation", FILE]).exit, 1);
    let other: serde_json::Value = serde_json::from_str(&folder.read("after/centres/c02.json")).unwrap();
    assert!(other["tables"].get("queries").is_none(), "nothing was ever asked about c02");
}

#[test]
fn what_is_no_query_and_what_is_no_reason_is_refused() {
    let folder = evaluation();
    for (arguments, wanted) in [
        (answer("national_funds@2024", "unit-slip", " - "), "the reason is empty"),
        (answer("national_funds@2024", "jump", "why"), "did you mean national_funds@2024 --check unit-slip?"),
        (answer("national_funds@2025", "unit-slip", "why"), "did you mean national_funds@2024 --check unit-slip?"),
        (vec!["answer", FILE, "c1", "national_funds@2024", "--reason", "why"], "did you mean `c01`?"),
        (vec!["answer", FILE, "c02", "national_funds@2024", "--reason", "why"], "nothing is asked about this centre"),
    ] {
        let ran = folder.run(&arguments);
        assert_eq!(ran.exit, 2, "{arguments:?}");
        assert!(ran.err.contains(wanted), "{}", ran.err);
    }
    let long = "x".repeat(501);
    let ran = folder.run(&answer("national_funds@2024", "unit-slip", &long));
    assert!(ran.exit == 2 && ran.err.contains("at most 500 characters"), "{}", ran.err);
    folder.done(&answer("national_funds@2024", "unit-slip", &long[1..]));
    assert_eq!(folder.run(&["close", FILE, "--reason", "signed"]).exit, 1, "not all of it is settled");
    assert_eq!(folder.run(&answer("national_funds@2024", "unit-slip", "later")).exit, 2);
    // Where there is one query about the cell, its check need not be named.
    folder.done(&["reopen", FILE, "--reason", "one more answer"]);
    folder.done(&["answer", FILE, "c01", "national_funds@2024", "--reason", "as agreed"]);
    assert_eq!(listed(&folder), [state("unit-slip", "answered", "as agreed")]);
}

/// The cell of `esc` that is a thousand times what the other years have: on the list, in the cell, beside the centre.
fn at_the_query() -> Stage {
    let mut stage = Stage::open(filled(), Lang::En, (80, 24));
    stage.press("! G");
    assert_eq!(stage.model.context(), Context::Problems);
    assert!(stage.screen().contains("1,234,567.8912"), "{}", stage.screen());
    stage
}

fn open(stage: &Stage) -> usize {
    let session = stage.model.session.as_ref().unwrap();
    session.open_queries(session.find("esc").unwrap())
}

#[test]
fn a_query_is_found_in_the_list_and_answered_with_a_typed_reason_only() {
    let mut stage = at_the_query();
    assert_eq!(open(&stage), 1);
    stage.press("Q");
    assert_eq!(stage.model.context(), Context::Act);
    // Neither the key that asked nor Enter confirms.
    stage.press("<Enter> Q <Enter>");
    assert_eq!(stage.model.context(), Context::Act);
    assert!(stage.journal.events.is_empty());
    stage.press("<C-u> <C-s>");
    assert!(stage.journal.events.is_empty() && stage.screen().contains("the reason is empty"), "{}", stage.screen());
    stage.press("sold <C-s>");
    assert_eq!(open(&stage), 0);
    let answered = |body: &Body| matches!(body, Body::Answered { to: Some(to), .. } if to.reason == "sold");
    assert!(stage.journal.events.iter().any(|event| answered(&event.body)), "{:?}", stage.journal.events);
    assert!(!stage.screen().contains("1,234,567.8912"), "{}", stage.screen());
    // One step, which undo takes back.
    stage.press("<Esc> u");
    assert_eq!(open(&stage), 1);
}

#[test]
fn enter_goes_to_the_cell_and_another_figure_opens_the_query_again() {
    let mut stage = at_the_query();
    stage.press("<Enter>");
    assert_eq!(stage.model.context(), Context::Entry);
    let entry = stage.model.entry().unwrap();
    let cell = entry.cell_ref(stage.evaluation()).unwrap();
    assert_eq!((entry.centre.as_str(), cell.name().as_str()), ("esc", "income@2023"));
    assert!(stage.screen().contains("? 1,234,567.8912~ in 2023 is"), "{}", stage.screen());
    stage.press("Q sold <C-s>");
    assert_eq!(open(&stage), 0);
    assert!(stage.screen().contains("answered: sold"), "{}", stage.screen());
    stage.press("1234568 <Up>");
    assert_eq!(open(&stage), 1, "{}", stage.screen());
    assert!(stage.screen().contains("answered of 1234567.891234"), "{}", stage.screen());
    stage.press("H");
    assert!(stage.screen().contains("sold"), "{}", stage.screen());
    // The figure of the answer, and then an ordinary one.
    stage.press("<Esc> 1234567.891234 <Up>");
    assert_eq!(open(&stage), 0);
    stage.press("402 <Up>");
    assert_eq!(open(&stage), 0);
    assert!(!stage.screen().contains("in 2023 is"), "{}", stage.screen());
    stage.press("Q");
    assert!(stage.screen().contains("nothing is asked about this"), "{}", stage.screen());
}

/// The screen shows titles and names, so those are taken as well, from any of the cells that the query is about.
#[test]
fn a_query_is_named_by_titles_and_from_any_of_its_cells() {
    let folder = Folder::new();
    folder.done(&["new", FILE, "--demo"]);
    folder.write("data.csv", "centre,metric,year,value\nc01,smes_served,2024,700\nc01,firms_served,2024,699\n");
    folder.done(&["import", FILE, "data.csv", "--yes"]);
    let roster = rows(&folder.done(&["score", FILE, "--format", "csv"]));
    let name = value(&roster[0], "name").to_owned();
    let said = |reason: &str| {
        let listed = listed(&folder);
        listed.iter().any(|[check, _, said]| check == "smes-within-firms" && said == reason)
    };
    let check =
        ["服务中小企业不超过服务企业", "Small and medium-sized firms are among the firms served", "smes-within-firms"];
    let cells = ["服务企业数@2024", "Small and medium-sized firms served@2024", "firms_served@2024"];
    for ((cell, check), reason) in cells.into_iter().zip(check).zip(["first", "second", "third"]) {
        folder.done(&["answer", FILE, &name, cell, "--check", check, "--reason", reason]);
        assert!(said(reason), "{cell} {check}");
    }
    for (cell, wanted) in [
        ("服务企业@2024", "服务企业数"),
        ("Firms@2024", "firms_served (Firms served, 服务企业数)"),
        ("Firms served@1999", "from 2022 to 2025"),
        ("Firms served@2025", "E-no-query"),
    ] {
        let ran = folder.run(&["answer", FILE, &name, cell, "--reason", "why"]);
        assert!(ran.exit == 2 && ran.err.contains(wanted), "{cell}: {}", ran.err);
    }
}

/// `bio` has more standards for its staff than the rubric believes: both cells are marked, and `Q` works on each.
#[test]
fn every_cell_of_an_assertion_is_marked_and_answers_on_the_screen() {
    let led = "\n[[assertion]]\nid = \"led\"\ntitle = \"One each\"\nholds = \"standards / staff <= 0.01\"\n";
    let mut evaluation = filled();
    let (rubric, faults) = triennial::read::rubric::rubric(&format!("{RUBRIC}{led}"));
    evaluation.rubric = rubric.unwrap_or_else(|| panic!("{faults:#?}"));
    for metric in ["standards", "staff"] {
        let mut stage = Stage::open(evaluation.clone(), Lang::En, (80, 40));
        let cell =
            |stage: &Stage| stage.model.entry().and_then(|entry| entry.cell_ref(stage.evaluation())).map(|c| c.name());
        stage.press("<Enter>");
        for (key, wanted) in [("l", "@2024".to_owned()), ("j", format!("{metric}@2024"))] {
            let is_there = |stage: &Stage| cell(stage).is_some_and(|cell| cell.ends_with(&wanted));
            (0..30).for_each(|_| {
                if !is_there(&stage) {
                    let _ = stage.press(key);
                }
            });
            assert!(is_there(&stage), "{}", stage.screen());
        }
        let screen = stage.screen();
        assert!(screen.contains("≤ 0.01 does not hold in 2024"), "{screen}");
        let titles = ["Staff  ", "Standards led  "];
        let marked =
            |line: &&str| titles.iter().any(|title| line.trim_start().starts_with(title)) && line.contains('?');
        assert_eq!(screen.lines().filter(marked).count(), 2, "{screen}");
        stage.press("Q counted <Space> twice <C-s>");
        assert!(stage.screen().contains("answered:\ncounted twice"), "{}", stage.screen());
    }
}

/// `esc` is asked about; `rare` is absent and has nothing to show evidence for, as `nokind` has no figure.
#[test]
fn the_filter_finds_who_has_open_queries_and_who_lacks_evidence() {
    for (word, wanted) in [
        ("flag:query", vec!["esc"]),
        ("flag:疑点", vec!["esc"]),
        ("flag:evidence", vec!["bio", "tides", "rail", "nev", "young", "esc"]),
        ("标识:缺佐证", vec!["bio", "tides", "rail", "nev", "young", "esc"]),
    ] {
        let mut stage = Stage::open(filled(), Lang::En, (80, 24));
        stage.press(&format!("/ {word} <Enter>"));
        let cohort = &stage.evaluation().cohort;
        let shown: Vec<&str> =
            stage.model.cohort().unwrap().rows.iter().map(|ix| cohort.centre(*ix).id.as_str()).collect();
        assert_eq!(shown, wanted, "{word}");
    }
    let mut stage = at_the_query();
    stage.press("Q sold <C-s> <Esc> / flag:query <Enter>");
    assert!(stage.model.cohort().unwrap().rows.is_empty(), "{}", stage.screen());
}

#[test]
fn the_history_calls_a_check_by_its_title() {
    let mut stage = Stage::open(filled(), Lang::Zh, (120, 40));
    stage.press("! G <Enter> Q sold <C-s> H");
    assert!(stage.screen().contains("疑点“年度突变”答复：sold"), "{}", stage.screen());
}

#[test]
fn an_import_that_would_raise_queries_lists_them_and_can_be_applied() {
    let mut stage = Stage::open(filled(), Lang::En, (80, 24));
    let planned = Planned {
        file: "readings.csv".to_owned(),
        origin: Text::default(),
        bodies: vec![Body::CentreAdded { centre: "new".to_owned() }],
        unchanged: 0,
        refused: Vec::new(),
        notes: Vec::new(),
        queries: vec![Text::both("bio Staff 2024: 250 in 2024 is 10 times 25 in 2025")],
    };
    stage.send(Msg::Planned(Box::new(planned)));
    let shown = stage.screen();
    assert!(shown.contains("1 query would be raised"), "{shown}");
    assert!(shown.contains("query    bio Staff 2024: 250 in 2024 is 10 times 25 in 2025"), "{shown}");
    assert!(shown.contains("new      new"), "{shown}");
    stage.press("y");
    assert!(stage.evaluation().cohort.find("new").is_some());
}

/// Who opens the list meets first what must be wrong, then what is missing, and last what only wants a look.
#[test]
fn figures_that_cannot_all_be_right_stand_above_all_other_problems_of_the_cohort() {
    let led = "\n[[assertion]]\nid = \"led\"\ntitle = \"One each\"\nholds = \"standards / staff <= 0.01\"\n";
    let mut evaluation = filled();
    let (rubric, faults) = triennial::read::rubric::rubric(&format!("{RUBRIC}{led}"));
    evaluation.rubric = rubric.unwrap_or_else(|| panic!("{faults:#?}"));
    let mut stage = Stage::open(evaluation, Lang::En, (120, 60));
    stage.press("!");
    let screen = stage.screen();
    let first = |what: &str| screen.lines().position(|line| line.contains(what)).unwrap_or_else(|| panic!("{screen}"));
    assert!(first("does not hold") < first("evidence"), "{screen}");
    assert!(first("evidence") < first("1,234,567.8912"), "{screen}");
}
