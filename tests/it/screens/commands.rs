//! Every key shown on every screen does what its label says.

use triennial::app::command::{Command, Context, Press, TABLE, message};
use triennial::app::key::{Code, Key};
use triennial::app::{Model, Msg, update};
use triennial::domain::text::Lang;

use super::stage::{Stage, disk_full, many};

/// A screen of each kind, with room to move in every direction.
fn example(context: Context) -> Stage {
    let mut stage = match context {
        Context::Start => Stage::new(Model::new(Lang::En), (80, 24)),
        _ => Stage::open(many(60), Lang::En, (80, 24)),
    };
    let to_the_middle = "<PageDown> <PageDown> j";
    match context {
        Context::Start => stage.press("j"),
        Context::Cohort => stage.press(to_the_middle).press("l l"),
        Context::Entry => stage.press(to_the_middle).press("<Enter> j j l"),
        Context::Ledger => stage.press(to_the_middle).press("l <Enter> j j j j j"),
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
