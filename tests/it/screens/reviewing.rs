//! A change of a rubric is looked through, marked, and accepted with a reason or not at all.

use triennial::app::command::{Command, Context, row};
use triennial::app::model::Screen;
use triennial::app::msg::Accepted;
use triennial::app::review::Review;
use triennial::app::{Effect, Model};
use triennial::domain::comparison::Extent;
use triennial::domain::number::Number;
use triennial::domain::review::{About, Verdict};
use triennial::domain::text::Lang;
use triennial::wording::review::WHY_REJECTED;
use triennial::write::change_note::{Acceptance, change_note};

use super::pictures::pictures;
use super::stage::{RUBRIC, Stage, changed, filled, many, reviewed};

/// The cohort of these tests beside a rubric with two weights, one threshold and one rule changed.
fn stage() -> Stage {
    let mut stage = Stage::open(filled(), Lang::En, (80, 24));
    stage.press("c other.toml <Enter>");
    stage
}

fn review(model: &Model) -> &Review {
    match model.screen() {
        Some(Screen::Review(review)) => review,
        other => panic!("{other:?}"),
    }
}

fn accepted(stage: &Stage) -> Option<&Accepted> {
    stage.journal.effects.iter().find_map(|effect| match effect {
        Effect::Accept(accepted) => Some(&**accepted),
        _ => None,
    })
}

#[test]
fn the_first_screen_counts_whom_a_change_moves_and_lists_them_worst_first_and_the_edits_that_do() {
    let keys = "c other.toml <Enter>";
    let open = |lang, size| Stage::open(filled(), lang, size);
    pictures("review", &format!("{keys} j a <Tab> r"), open);
    pictures("review-centre", &format!("{keys} <Enter>"), open);
    pictures("review-edit", &format!("{keys} <Tab> j <Enter>"), open);
    pictures("review-accept", &format!("{keys} d Y agreed <Tab> none"), open);
    pictures("review-repin", "P other.toml <Enter> Y agreed", open);
}

#[test]
fn the_shares_that_are_shown_for_a_centre_add_up_to_its_change() {
    let stage = stage();
    let review = review(&stage.model);
    let mut moved = 0;
    for (change, attributed) in review.of.comparison.changes.iter().zip(&review.of.attributed) {
        if let Some(more) = change.difference() {
            assert_eq!(attributed.shares.iter().sum::<Number>(), more, "{}", change.centre);
            moved += usize::from(!more.is_zero());
        }
    }
    assert!(moved > 2, "{}", stage.screen());
}

#[test]
fn what_is_rejected_anywhere_keeps_the_whole_from_being_accepted_until_that_is_taken_off() {
    let mut stage = stage();
    stage.press("j r");
    assert_eq!(row(Command::AcceptChange).map(|row| (row.enabled)(&stage.model)), Some(Err(WHY_REJECTED)));
    stage.press("Y");
    assert_eq!(stage.model.context(), Context::Review);
    assert!(stage.screen().contains(WHY_REJECTED.en), "{}", stage.screen());
    // An edit that is rejected does the same, also when the centre no longer is.
    stage.press("r <Tab> r Y");
    assert_eq!(stage.model.context(), Context::Review);
    stage.press("d Y");
    assert_eq!(stage.model.context(), Context::Act);
}

#[test]
fn neither_enter_nor_the_key_that_asks_accepts_a_change_and_it_wants_a_reason_and_an_article() {
    let mut stage = stage();
    stage.press("a N as <Space> agreed <Enter> Y Y <Enter> <C-s>");
    assert!(stage.screen().contains("E-form-article"), "{}", stage.screen());
    assert_eq!(accepted(&stage), None);
    stage.press("ncti-2021 <Space> 28 <S-Tab> <C-u> Y <Enter>");
    assert_eq!(stage.model.context(), Context::Act);
    stage.press("<C-u> <C-s>");
    assert!(stage.screen().contains("E-reason"), "{}", stage.screen());
    assert_eq!(accepted(&stage), None);
    stage.press("stricter <C-s>");
    let accepted = accepted(&stage).unwrap();
    assert_eq!((accepted.reason.as_str(), accepted.article.as_str()), ("stricter", "ncti-2021 28"));
    assert_eq!(accepted.file, "other.notes.toml");
    let worst = About::Centre(accepted.reviewed.comparison.changes[0].centre.clone());
    let mark = accepted.marks.of(&worst).unwrap();
    assert_eq!((mark.verdict, mark.note.as_str()), (Verdict::Accept, "as agreed"));
    // It is done, and done once.
    assert!(stage.screen().contains("ACCEPTED"), "{}", stage.screen());
    stage.press("r Y");
    assert_eq!(stage.model.context(), Context::Review);
    assert!(stage.screen().contains("accepted already"), "{}", stage.screen());
    stage.press("<Esc>");
    assert_eq!(stage.model.context(), Context::Cohort);
}

#[test]
fn marks_are_asked_about_before_they_are_lost_and_nothing_is_asked_where_there_are_none() {
    let mut stage = stage();
    stage.press("j <Enter> <Esc>");
    assert_eq!(stage.model.context(), Context::Review);
    stage.press("d Y <Esc>");
    assert_eq!(stage.model.context(), Context::Review, "a form without text is closed without a question");
    stage.press("<Esc>");
    assert_eq!(stage.model.context(), Context::Discard);
    stage.press("<Enter> <Esc> <Esc>");
    assert_eq!(stage.model.context(), Context::Cohort);
    stage.press("c other.toml <Enter> a a <Esc>");
    assert_eq!(stage.model.context(), Context::Cohort);
}

#[test]
fn a_frame_draws_the_rows_that_it_shows_and_no_others() {
    let mut stage = Stage::open(many(2_000), Lang::En, (80, 24));
    stage.press("c other.toml <Enter>");
    assert_eq!(review(&stage.model).centres(), 2_000);
    for keys in ["", "<PageDown>", "<Tab>", "<Tab>", "G", "g <Enter>"] {
        stage.press(keys);
        assert!((1..24).contains(&stage.layout.rows.len()), "{}", stage.screen());
    }
    // Among the edits the centres stay where they were.
    stage.press("<Esc> <PageDown> <PageDown>");
    let before = stage.screen().lines().nth(3).unwrap().to_owned();
    stage.press("<Tab>");
    assert_eq!(stage.screen().lines().nth(3), Some(before.as_str()));
}

#[test]
fn a_rubric_that_means_the_same_moves_nobody_and_is_nothing_to_accept() {
    let mut stage = stage();
    let same = reviewed(&filled(), &format!("# a comment\n{RUBRIC}"));
    assert!(same.is_empty());
    let fate = review(&stage.model).fate.clone();
    stage.send(triennial::app::Msg::Reviewed { reviewed: same.into(), fate });
    assert!(stage.screen().contains("Nobody moves"), "{}", stage.screen());
    stage.press("Y a N <Enter> <Tab>");
    assert_eq!(stage.model.context(), Context::Review);
}

/// What a note says is TOML, with every grade that moves, and behind it there is room for the next.
#[test]
fn a_change_note_says_who_when_why_what_and_whom_and_takes_any_text_as_text() {
    let mut stage = stage();
    stage.press("<Tab> d N \"x\" <Space> ]] <Enter>");
    let review = review(&stage.model);
    let date = jiff::civil::date(2026, 11, 25);
    let accepted = Acceptance { date, who: "li", reason: "a \"reason\"\n[[change]]", article: "第二十八条" };
    let text = change_note(&review.of, &review.marks, accepted);
    let twice = format!("{text}\n{text}").parse::<toml::Table>().unwrap();
    let changes = twice["change"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    let change = changes[1].as_table().unwrap();
    assert_eq!(change["date"].to_string(), "2026-11-25");
    assert_eq!(change["reason"].as_str(), Some("a \"reason\"\n[[change]]"));
    assert_eq!(change["article"].as_str(), Some("第二十八条"));
    assert_ne!(change["old"]["meaning"], change["new"]["meaning"]);
    let edits = change["edit"].as_array().unwrap();
    assert_eq!(edits.len(), review.of.edits.len());
    assert_eq!(edits[0]["mark"].as_str(), Some("discuss"));
    assert_eq!(edits[0]["note"].as_str(), Some("\"x\" ]]"));
    let listed = change["centre"].as_array().unwrap().len();
    let comparison = &review.of.comparison;
    assert_eq!(listed, comparison.count(Extent::Grade) + comparison.count(Extent::Flags));
    assert_eq!(change["moved"]["grade"].as_integer(), Some(comparison.count(Extent::Grade).try_into().unwrap()));
    assert_ne!(changed(), RUBRIC);
}
