//! Every key shown on every screen does what its label says.

use triennial::app::command::{Command, Context, Press, TABLE, message};
use triennial::app::key::{Code, Key};
use triennial::app::msg::Planned;
use triennial::app::start::ShippedRubric;
use triennial::app::waiting::Waits;
use triennial::app::{Model, Msg, update};
use triennial::domain::evaluation::{Body, CellChange};
use triennial::domain::number::Number;
use triennial::domain::reading::Reading;
use triennial::domain::text::{Lang, Text};

use super::stage::{Stage, disk_full, many};

fn change(stage: &Stage, centre: &str) -> CellChange {
    let evaluation = stage.evaluation();
    let metric = evaluation.rubric.metric("income").unwrap();
    let to = Some(Reading::Value(Number::from(77_i64)));
    evaluation.cell_change(evaluation.cohort.find(centre).unwrap(), (metric, Some(2024)), None, to).unwrap()
}

/// A screen of each kind, with room to move in every direction.
fn example(context: Context) -> Stage {
    let mut stage = match context {
        Context::Start => {
            let mut model = Model::new(Lang::En);
            let rubric = |id: &str| ShippedRubric { id: id.to_owned(), title: Text::both(id) };
            model.set_start(&["a.triennial".to_owned()], &["ncti", "sme", "hdi"].map(rubric));
            Stage::new(model, (80, 12))
        }
        _ => Stage::open(many(60), Lang::En, (80, 24)),
    };
    let to_the_middle = "<PageDown> <PageDown> j";
    match context {
        Context::Start => stage.press("j j j j j"),
        Context::Cohort => stage.press("/ c1 <Enter> g").press("j j l l"),
        Context::Roster => stage.press(to_the_middle).press("t l l"),
        Context::Entry => stage.press(to_the_middle).press("<Enter> j j l l"),
        Context::Ledger => stage.press(to_the_middle).press("l <Enter> j j j j j"),
        Context::History => {
            let changes = "1 <Tab> 2 <Tab> 3 <Tab> 4 <Tab> 5 <Tab> 6 <Tab> 7 <Tab>".repeat(5);
            stage.press("<Enter>").press(&changes.replace(">5", "> 5").replace(">1", "> 1"));
            stage.press("<Esc> H <PageDown> j")
        }
        Context::Problems => {
            stage = Stage::open(super::stage::unfilled(60), Lang::En, (80, 24));
            stage.press("! <PageDown> j")
        }
        Context::Preview => {
            stage.press("<Enter> j j l");
            stage.send(Msg::Paste("1\t2\n".repeat(2)));
            let cells = |centre: &str| vec![change(&stage, centre)];
            let bodies = (0..60).map(|n| format!("c{n}")).map(|c| Body::Cells { cells: cells(&c), centre: c });
            let planned = Planned {
                file: "readings.csv".to_owned(),
                origin: Text::default(),
                bodies: bodies.collect(),
                unchanged: 3,
                refused: Vec::new(),
                notes: Vec::new(),
                queries: Vec::new(),
            };
            stage.send(Msg::Planned(Box::new(planned)));
            stage.press("<PageDown> j")
        }
        Context::Browser => stage.press("B <PageDown> j"),
        Context::Bench => {
            let (name, text) = ("own.toml".to_owned(), super::stage::RUBRIC.into());
            stage.send(Msg::Rubric { path: Some(name.clone()), name, text });
            stage.press("b j j + <PageDown> k")
        }
        Context::Waiting => {
            let waits = |n: usize| {
                let (name, counts) = (format!("rubric-{n}@demo"), Text::both(format!("grade {n}")));
                Waits { name, counts, accepted: n == 1 }
            };
            stage.send(Msg::Waiting((0..60).map(waits).collect()));
            stage.press("<PageDown> j")
        }
        Context::Review => {
            stage.review_it();
            stage.press("<PageDown> j N unsure <Enter>")
        }
        Context::Change => {
            stage.review_it();
            stage.press("<PageDown> j <Enter> j j j")
        }
        Context::Plot => stage.press(to_the_middle).press("p p j j j"),
        Context::Source => stage.press("<Enter> j o <PageDown> j"),
        Context::Filter => stage.press("/ kind:d"),
        Context::Form => stage.press("i some.csv"),
        Context::Choice => stage.press("i some.csv <Tab>"),
        Context::Act => stage.press("C signed"),
        Context::Working => {
            stage.press("i some.csv <C-s>");
            stage.send(Msg::Progress { done: 3, of: 10 });
            &mut stage
        }
        Context::Typing => stage.press(to_the_middle).press("<Enter> j j l 85"),
        Context::Naming => stage.press("<Enter> G k + li"),
        Context::Finder => stage.press("<Enter> ? <PageDown> <Up>"),
        Context::Message => {
            stage.press("<Enter>");
            stage.journal.fails = Some(disk_full());
            stage.press("85 <Enter>")
        }
        Context::Discard => stage.press("<Enter> 85 <Esc>"),
        Context::TakeBack => {
            stage.send(Msg::UndoAsks { changes: 3, file: Some("readings.csv".to_owned()) });
            &mut stage
        }
    };
    stage
}

fn keys_of(press: Press) -> Vec<Key> {
    match press {
        Press::Key(key) => vec![key],
        Press::Number => "0123456789-.".chars().map(Key::char).collect(),
    }
}

#[test]
fn every_key_of_every_screen_does_what_its_label_says() {
    for context in Context::ALL {
        let stage = example(context);
        assert_eq!(stage.model.context(), context, "{}", stage.screen());
        for row in TABLE.iter().filter(|row| row.contexts.contains(&context)) {
            for key in row.keys.iter().flat_map(|press| keys_of(*press)) {
                if context.is_text() && (key.types().is_some() || key.code == Code::Backspace) {
                    continue;
                }
                let expected = match (row.command, key.types()) {
                    (Command::EnterValue, Some(c)) => Msg::Begin(c),
                    (command, _) => Msg::Run(command),
                };
                assert_eq!(message(&stage.model, key), Some(expected.clone()), "{key} on {context:?}");
                if (row.enabled)(&stage.model).is_err() {
                    continue;
                }
                let mut after = stage.model.clone();
                let effects = update(&mut after, expected);
                let changed = format!("{after:?}") != format!("{:?}", stage.model);
                assert!(changed || !effects.is_empty(), "{key} ({}) on {context:?} does nothing", row.id);
            }
        }
    }
}

#[test]
fn one_key_has_one_meaning() {
    for context in Context::ALL {
        let rows = || TABLE.iter().filter(|row| row.contexts.contains(&context));
        let keys: Vec<Key> = rows().flat_map(|row| row.keys).flat_map(|press| keys_of(*press)).collect();
        for key in &keys {
            assert_eq!(keys.iter().filter(|k| *k == key).count(), 1, "{key} on {context:?}");
        }
    }
}

#[test]
fn what_cannot_be_done_says_why() {
    let mut stage = Stage::open(many(3), Lang::En, (80, 24));
    stage.press("<Esc>");
    assert!(stage.screen().contains("this is the first screen"), "{}", stage.screen());
    stage.press("n");
    assert!(stage.screen().contains("nothing is blank any more"));
}

#[test]
fn every_command_is_in_the_table_once_and_has_words_in_both_languages() {
    for row in TABLE {
        assert_eq!(TABLE.iter().filter(|other| other.id == row.id || other.command == row.command).count(), 1);
        assert!(!row.doc.en.is_empty() && !row.doc.zh.is_empty() && !row.keys.is_empty());
    }
}
