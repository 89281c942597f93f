//! Entry, undo, and what must never be lost.

use triennial::app::command::Context;
use triennial::app::model::Screen;
use triennial::app::{Effect, Msg};
use triennial::domain::centre::Field;
use triennial::domain::evaluation::{Body, Evaluation, Pin};
use triennial::domain::number::Number;
use triennial::domain::reading::{Cycle, Reading};
use triennial::domain::score::score;
use triennial::domain::text::Lang;

use super::stage::{RUBRIC, Stage, add, disk_full, empty, filled, many};

fn stage() -> Stage {
    Stage::open(filled(), Lang::En, (80, 24))
}

fn value(text: &str) -> Option<Reading> {
    Some(Reading::Value(Number::parse(text).unwrap()))
}

fn total(stage: &Stage, centre: &str) -> String {
    let session = stage.model.session.as_ref().unwrap();
    session.card(session.find(centre).unwrap()).tally.total.0.plain()
}

#[test]
fn a_typed_value_moves_the_total_on_the_next_frame() {
    let mut stage = stage();
    stage.press("j j j j j <Enter>");
    let before = total(&stage, "young");
    stage.press("2000 <Tab>");
    assert_eq!(stage.reading("young", "income", Some(2024)), value("2000"));
    assert_ne!(total(&stage, "young"), before);
    let screen = stage.screen();
    assert!(screen.contains("saved  income@2024: 10 -> 2000   total "), "{screen}");
    assert!(screen.contains(&format!("Total {}", total(&stage, "young"))), "{screen}");
}

/// As in the command line's own test: 84.995 is 85.00 half up and excellent, 84.9949 is 84.99 and poor.
#[test]
fn a_total_on_the_rounding_edge_is_shown_as_it_is_graded() {
    let rubric = triennial::read::rubric::rubric(crate::command_line::EDGE).0.unwrap();
    let pin = Pin { rubric: "edge".to_owned(), edition: "1".to_owned(), digest: String::new() };
    let cycle = Cycle { first: 2025, last: 2025 };
    let opening = Body::Opened { cycle, pin, decided_on: None, lang: Lang::En };
    let mut evaluation = Evaluation::open(&opening, rubric).unwrap();
    add(&mut evaluation, "up", &[]);
    let mut stage = Stage::open(evaluation, Lang::En, (80, 24));
    stage.press("<Enter> 84.995 <Enter>");
    let screen = stage.screen();
    assert!(screen.contains("Total 85.00  excellent"), "{screen}");
    assert!(stage.press("<Esc>").screen().contains("85.00 excellent"), "{}", stage.screen());
    stage.press("<Enter> 84.9949 <Enter>");
    assert!(stage.screen().contains("Total 84.99  poor"), "{}", stage.screen());
}

#[test]
fn scores_after_edits_are_the_scores_of_the_whole() {
    let mut stage = stage();
    stage.press("j j <Enter> 85 <Tab> 90 <Enter> R <Tab> 12 <Enter> u x u");
    let evaluation = stage.evaluation();
    let whole = score(&evaluation.rubric, &evaluation.cohort, evaluation.decided_on);
    let session = stage.model.session.as_ref().unwrap();
    for card in &whole {
        assert_eq!(session.card(card.centre), card);
    }
}

#[test]
fn nothing_is_shown_before_it_is_written() {
    let mut stage = stage();
    stage.press("j j <Enter>");
    stage.journal.fails = Some(disk_full());
    stage.press("85 <Tab>");
    assert_eq!(stage.model.context(), Context::Message);
    assert_eq!(stage.reading("rail", "income", Some(2024)), None);
    stage.press("<Esc>");
    assert_eq!(stage.model.context(), Context::Typing);
    assert!(stage.screen().contains("not saved"));
    stage.press("<Enter>");
    assert_eq!(stage.reading("rail", "income", Some(2024)), value("85"));
    assert_eq!(stage.model.context(), Context::Entry);
}

#[test]
fn undo_returns_the_exact_earlier_state() {
    let mut stage = stage();
    let before = stage.evaluation().clone();
    stage.press("j j <Enter> 85 <Tab> 86 <Tab> u u");
    assert_eq!(*stage.evaluation(), before);
    stage.press("u");
    assert!(stage.screen().contains("nothing of yours is left"));
}

#[test]
fn escape_asks_before_text_is_lost_and_enter_keeps_it() {
    let mut stage = stage();
    stage.press("j j <Enter> 85 <Esc>");
    assert_eq!(stage.model.context(), Context::Discard);
    stage.press("<Enter> 7");
    assert_eq!(stage.model.entry().unwrap().typing.as_ref().unwrap().input.value(), "857");
    stage.press("<Esc> <Esc>");
    assert_eq!(stage.model.context(), Context::Entry);
    assert_eq!(stage.journal.effects, []);
}

#[test]
fn quitting_over_typed_text_asks_but_a_signal_does_not() {
    let mut stage = stage();
    stage.press("j j <Enter> 85 <C-c> <C-c>");
    assert!(!stage.model.quit);
    stage.press("<Enter>");
    stage.send(Msg::Quit);
    assert!(stage.model.quit);
}

#[test]
fn four_kinds_of_reading_and_blank_stay_apart() {
    let mut stage = stage();
    stage.press("j j <Enter> 0 <Tab> R <Tab>");
    assert_eq!(stage.reading("rail", "income", Some(2024)), value("0"));
    assert_eq!(stage.reading("rail", "income", Some(2025)), Some(Reading::NotReported));
    stage.press("<S-Tab> A");
    assert_eq!(stage.reading("rail", "income", Some(2025)), Some(Reading::NotApplicable));
    stage.press("x");
    assert_eq!(stage.reading("rail", "income", Some(2025)), None);
}

#[test]
fn a_centre_is_entered_with_one_key_more_than_its_digits() {
    let mut evaluation = empty();
    add(&mut evaluation, "a", &[(Field::Kind, "domain")]);
    let mut stage = Stage::open(evaluation, Lang::En, (80, 24));
    // Look-back and three years of income, three years of staff, charter, then the panel's judges by hand.
    stage.press("<Enter> 1 <Tab> 2 <Tab> 3 <Tab> 4 <Tab> 5 <Tab> 6 <Tab> 7 <Tab> 1 <Tab>");
    assert_eq!(stage.reading("a", "income", Some(2022)), value("1"));
    assert_eq!(stage.reading("a", "income", Some(2025)), value("4"));
    assert_eq!(stage.reading("a", "staff", Some(2025)), value("7"));
    assert_eq!(stage.reading("a", "charter", None), value("1"));
    stage.press("n");
    assert_eq!(stage.model.context(), Context::Entry);
}

#[test]
fn a_judge_is_added_and_marks() {
    let mut stage = stage();
    stage.press("j j <Enter> n n n n n n n");
    let row =
        stage.model.entry().unwrap().rows.iter().position(|r| matches!(r, triennial::app::entry::Row::AddJudge(_)));
    stage.send(Msg::Point { row: row.unwrap(), column: Some(0) });
    stage.press("<Enter> 李 <Enter> 80 <Enter> <S-Tab> + 王 <Enter> 90 <Enter>");
    let evaluation = stage.evaluation();
    let ix = evaluation.cohort.find("rail").unwrap();
    let metric = evaluation.rubric.metric("review").unwrap();
    let slot = evaluation.cohort.layout.slot(metric, None).unwrap();
    assert_eq!(evaluation.cohort.seen(&evaluation.rubric, ix, slot), value("85"));
}

/// The rubric may say who sits on a panel: nobody else is added to it.
#[test]
fn somebody_who_is_not_on_the_panel_is_not_added() {
    let text = RUBRIC.replace(
        "panel = { average = \"mean\", at_least = 2 }",
        "panel = { average = \"mean\", at_least = 2, of = \"experts\" }",
    ) + "\n[[panel]]\nid = \"experts\"\njudges = [\"李\", \"王\"]\n";
    let rubric = triennial::read::rubric::rubric(&text).0.unwrap();
    let Evaluation { pin, cycle, decided_on, lang, .. } = empty();
    let mut evaluation = Evaluation::open(&Body::Opened { cycle, pin, decided_on, lang }, rubric).unwrap();
    add(&mut evaluation, "rail", &[(Field::Kind, "domain")]);
    let mut stage = Stage::open(evaluation, Lang::En, (80, 24));
    stage.press("<Enter>");
    let row =
        stage.model.entry().unwrap().rows.iter().position(|r| matches!(r, triennial::app::entry::Row::AddJudge(_)));
    stage.send(Msg::Point { row: row.unwrap(), column: Some(0) });
    stage.press("<Enter> 赵 <Enter>");
    assert!(stage.screen().contains("names the judges of this panel"), "{}", stage.screen());
    assert!(stage.model.entry().unwrap().naming.is_some(), "what was typed stays");
}

#[test]
fn from_a_ledger_line_enter_goes_to_its_cell() {
    let mut stage = stage();
    stage.press("j j l <Enter>");
    assert!(matches!(stage.model.screen(), Some(Screen::Ledger(_))));
    stage.press("j j j <Enter>");
    let entry = stage.model.entry().expect("the entry screen");
    let cell = entry.cell(stage.evaluation()).unwrap();
    assert_eq!((cell.metric.0, cell.year), (0, Some(2024)));
    stage.press("w <Enter> <Esc>");
    assert!(matches!(stage.model.screen(), Some(Screen::Ledger(_))), "{}", stage.screen());
}

#[test]
fn a_closed_evaluation_is_looked_at_and_not_changed() {
    let mut evaluation = filled();
    evaluation.apply(&Body::Closed { reason: "signed".to_owned() }).unwrap();
    let mut stage = Stage::open(evaluation, Lang::En, (80, 24));
    stage.press("<Enter> 5 R x u");
    assert_eq!(stage.journal.effects, Vec::<Effect>::new());
    assert!(stage.screen().contains("closed"));
}

#[test]
fn any_size_down_to_one_cell_is_safe_and_loses_nothing() {
    let screens = [
        "",
        "<Enter> 85",
        "l <Enter>",
        "?",
        "<Enter> 85 <Esc>",
        "t",
        "t l l l <Enter>",
        "/ kind:d",
        "K",
        "e",
        "i a.csv",
        "C",
        "t D",
        "!",
        "H",
        "B",
        "B v",
        "B o",
        "P other.toml <Enter> d j <Tab> r",
        "c other.toml <Enter> <Enter>",
        "l <Enter> j c",
        "<Enter> E p.12",
        "<Enter> H",
        "i a.csv <C-s>",
    ];
    for keys in screens {
        let mut stage = Stage::open(filled(), Lang::Zh, (80, 24));
        stage.press(keys);
        let before = stage.screen();
        for (width, height) in [(1, 1), (39, 10), (40, 9), (40, 10), (2, 40), (200, 3), (41, 11), (300, 100)] {
            stage.resize(width, height);
        }
        stage.resize(80, 24);
        assert_eq!(stage.screen(), before, "after {keys}");
    }
}

#[test]
fn control_characters_in_names_are_shown_and_not_obeyed() {
    let stage = stage();
    assert!(!stage.screen().contains('\u{1b}'));
    assert!(stage.screen().contains(r"\u{1b}"), "{}", stage.screen());
}

#[test]
fn paging_goes_by_what_is_shown() {
    let mut stage = Stage::open(many(100), Lang::En, (80, 24));
    let shown = stage.layout.seen.unwrap().shown;
    stage.press("<PageDown>");
    assert_eq!(stage.model.cohort().unwrap().list.at, shown - 1);
    stage.press("G <PageUp>");
    assert_eq!(stage.model.cohort().unwrap().list.at, 99 - (shown - 1));
}

#[test]
fn full_width_digits_are_refused_with_the_remedy() {
    let mut stage = stage();
    stage.press("j j <Enter> １２ <Enter>");
    assert_eq!(stage.journal.effects, []);
    assert!(stage.model.entry().unwrap().typing.as_ref().unwrap().fault.is_some(), "{}", stage.screen());
}

#[test]
fn a_click_chooses_and_a_second_one_opens() {
    let mut stage = stage();
    let (y, ..) = stage.layout.rows[2];
    let click = stage.layout.point(1, y).unwrap();
    stage.send(click.clone());
    assert_eq!(stage.model.cohort().unwrap().list.at, 2);
    stage.send(click);
    assert_eq!(stage.model.entry().unwrap().centre, "rail");
}

#[test]
fn the_language_switches_while_running_and_the_numbers_stay() {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut stage = stage();
    stage.press("l l <Enter>");
    let english = stage.screen();
    stage.press("L");
    let chinese = stage.screen();
    assert!(chinese.contains("计分明细") && english.contains("Ledger"));
    let totals = |text: &str| text.lines().filter(|l| l.contains(" / ")).map(digits).collect::<Vec<_>>();
    assert_eq!(totals(&english)[..4], totals(&chinese)[..4]);
}

#[test]
fn a_large_step_is_taken_back_only_where_that_is_confirmed_by_another_key() {
    let mut stage = stage();
    let cells = |stage: &Stage| {
        let change = |year: i16| {
            let metric = stage.evaluation().rubric.metric("income").unwrap();
            let ix = stage.evaluation().cohort.find("young").unwrap();
            stage.evaluation().cell_change(ix, (metric, Some(year)), None, value("777")).unwrap()
        };
        vec![change(2024), change(2025)]
    };
    let cells = cells(&stage);
    let imported = Body::Imported {
        file: "readings.csv".to_owned(),
        digest: String::new(),
        sheet: String::new(),
        mapping: String::new(),
    };
    let events = stage.journal.append(vec![imported, Body::Cells { centre: "young".to_owned(), cells }]);
    stage.send(Msg::Appended(events));
    let asked = stage.press("u").screen();
    assert!(asked.contains("Take back the import of readings.csv, 2 changes in all?"), "{asked}");
    for keeps in ["<Enter>", "<Esc>", "u <Esc>"] {
        stage.press(keeps);
        assert_eq!(stage.reading("young", "income", Some(2025)), value("777"), "{keeps}");
        stage.press("u");
    }
    stage.press("y");
    assert_eq!(stage.reading("young", "income", Some(2025)), value("5"));
    assert!(stage.press("u").screen().contains("nothing"), "{}", stage.screen());
}

#[test]
fn the_next_gap_moves_on_from_a_value_of_the_whole_cycle() {
    let mut evaluation = empty();
    let kind = (Field::Kind, "domain");
    add(&mut evaluation, "a", &[kind]);
    let mut stage = Stage::open(evaluation, Lang::En, (80, 40));
    stage.press("<Enter>");
    let gaps = stage.evaluation().cohort.gaps(&stage.evaluation().rubric, triennial::domain::cohort::CentreIx(0)).len();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..gaps {
        let Some(Screen::Entry(entry)) = stage.model.screens.last() else { panic!("no entry") };
        // The cell and not the cursor: a value of the whole cycle is one cell under every year.
        seen.insert((entry.list.at, entry.cell(stage.evaluation()).and_then(|cell| cell.year)));
        stage.press("n");
    }
    assert_eq!(seen.len(), gaps, "each press goes to another gap");
}

#[test]
fn every_line_of_a_ledger_is_seen_on_the_way_down() {
    let tall = Stage::open(filled(), Lang::En, (80, 200)).press("j j j j j w").screen();
    let wanted: Vec<&str> =
        tall.lines().skip(2).map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('?')).collect();
    assert!(wanted.len() > 30, "{tall}");
    for (size, key) in [((80, 24), "j"), ((80, 10), "j"), ((80, 12), "<PageDown>")] {
        let mut stage = Stage::open(filled(), Lang::En, size);
        stage.press("j j j j j w");
        let mut seen = stage.screen();
        for _ in 0..200 {
            seen.push_str(&stage.press(key).screen());
        }
        for line in &wanted {
            assert!(seen.contains(line), "{size:?} {key}: never seen: {line}");
        }
    }
}
