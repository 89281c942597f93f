//! A change of a rubric is looked through, marked, and accepted with a reason or not at all.

use triennial::app::command::{Command, Context, row};
use triennial::app::model::Screen;
use triennial::app::msg::Accepted;
use triennial::app::review::Fate;
use triennial::app::review::Review;
use triennial::app::waiting::Waits;
use triennial::app::{Effect, Model};
use triennial::domain::note::{About, Mark, Verdict};
use triennial::domain::number::Number;
use triennial::domain::review::{Reviewed, Untold};
use triennial::domain::text::{Lang, Text};
use triennial::wording::review::{REJECTED_HOW, WHY_LOOKED_AT, WHY_REJECTED};

use super::pictures::pictures;
use super::stage::{RUBRIC, Stage, filled, many, proposal, reviewed};

/// The cohort of these tests beside a rubric with two weights, one threshold and one rule changed.
fn stage() -> Stage {
    Stage::review(Lang::En, (80, 24))
}

fn review(model: &Model) -> &Review {
    match model.screen() {
        Some(Screen::Review(review)) => review,
        other => panic!("{other:?}"),
    }
}

/// The marks that were kept last.
fn marked(stage: &Stage) -> Option<&Vec<Mark>> {
    stage.journal.effects.iter().rev().find_map(|effect| match effect {
        Effect::KeepMarks { marks, .. } => Some(marks),
        _ => None,
    })
}

fn accepted(stage: &Stage) -> Option<&Accepted> {
    stage.journal.effects.iter().find_map(|effect| match effect {
        Effect::Accept(accepted) => Some(&**accepted),
        _ => None,
    })
}

#[test]
fn the_first_screen_counts_whom_a_change_moves_and_lists_them_worst_first_and_the_edits_that_do() {
    pictures("review", "j a <Tab> r", Stage::review);
    pictures("review-centre", "<Enter>", Stage::review);
    pictures("review-edit", "<Tab> j <Enter>", Stage::review);
    pictures("review-accept", "d Y agreed <Tab> none", Stage::review);
    pictures("review-repin", "P other.toml <Enter> Y agreed", |lang, size| Stage::open(filled(), lang, size));
    pictures("review-untold", "j", untold);
    pictures("waiting", "j", waiting);
}

/// A snapshot whose rubric nobody has any more.
fn untold(lang: Lang, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(filled(), lang, size);
    let mut of = reviewed(&filled(), &super::stage::changed());
    of.names.0 = "screens@demo.snap".to_owned();
    of.old = of.new.clone();
    (of.edits, of.attributed, of.untold) = (Vec::new(), Vec::new(), Some(Untold::NoRubric));
    of.comparison.changes.iter_mut().for_each(|change| change.lines.clear());
    stage.send(triennial::app::Msg::Reviewed { reviewed: of.into(), fate: Fate::Snapshot(proposal().into()) });
    stage
}

fn waiting(lang: Lang, size: (u16, u16)) -> Stage {
    let mut stage = Stage::open(filled(), lang, size);
    let waits = |name: &str, en: &str, zh: &str| {
        let counts = Text { en: en.to_owned(), zh: zh.to_owned() };
        Waits { name: name.to_owned(), counts, accepted: false }
    };
    stage.send(triennial::app::Msg::Waiting(vec![
        waits(
            "screens@demo",
            "grade 3, flags 1, score only 14, same 82",
            "等级变化 3，标识变化 1，仅得分变化 14，不变 82",
        ),
        waits("city@pilot", "grade 0, flags 0, score only 2, same 4", "等级变化 0，标识变化 0，仅得分变化 2，不变 4"),
    ]));
    stage
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
    // What a rejection comes to is said, and the mark is kept at once.
    assert!(marked(&stage).is_some_and(|marks| marks[0].verdict == Verdict::Reject));
    let mut other = self::stage();
    other.press("r");
    assert!(other.screen().contains(REJECTED_HOW.en), "{}", other.screen());
    // An edit that is rejected does the same, also when the centre no longer is.
    stage.press("r <Tab> r Y");
    assert_eq!(stage.model.context(), Context::Review);
    stage.press("d Y");
    assert_eq!(stage.model.context(), Context::Act);
}

#[test]
fn neither_enter_nor_the_key_that_asks_accepts_a_change_and_it_wants_a_reason_and_an_article() {
    let mut stage = stage();
    stage.press("<Tab> d <Tab> a N as <Space> agreed <Enter> Y Y <Enter> <C-s>");
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
    assert_eq!(*accepted.of, proposal());
    let worst = About::Centre(review(&stage.model).of.comparison.changes[0].centre.clone());
    let mark = |about, verdict, remark: &str| Mark { about, verdict, remark: remark.to_owned() };
    // Edits are named by ids, so that either language says the same of them.
    let edit = "indicator income-per-head points: 30 -> 25".to_owned();
    let marks = [mark(About::Cause(edit.clone()), Verdict::Discuss, ""), mark(worst, Verdict::Accept, "as agreed")];
    assert_eq!(accepted.marks, marks);
    assert_eq!(marked(&stage), Some(&accepted.marks));
    assert_eq!(accepted.causes.len(), review(&stage.model).of.edits.len());
    assert!(accepted.causes.iter().any(|cause| cause.what == edit && cause.moves > 0), "{:?}", accepted.causes);
    // It is done, and done once.
    assert!(stage.screen().contains("ACCEPTED"), "{}", stage.screen());
    stage.press("r Y");
    assert_eq!(stage.model.context(), Context::Review);
    assert!(stage.screen().contains("accepted already"), "{}", stage.screen());
    stage.press("<Esc>");
    assert_eq!(stage.model.context(), Context::Cohort);
}

/// Of a result that waits, marks are kept at once; those of another rubric for an evaluation are kept nowhere.
#[test]
fn marks_are_asked_about_before_they_are_lost_and_nothing_is_asked_where_there_are_none() {
    let mut stage = stage();
    stage.press("j <Enter> <Esc> d <Esc>");
    assert_eq!(stage.model.context(), Context::Cohort);
    let repin = "P other.toml <Enter>";
    stage.press(&format!("{repin} d Y <Esc>"));
    assert_eq!(stage.model.context(), Context::Review, "a form without text is closed without a question");
    stage.press("<Esc>");
    assert_eq!(stage.model.context(), Context::Discard);
    stage.press("<Enter> <Esc> <Esc>");
    assert_eq!(stage.model.context(), Context::Cohort);
    stage.press(&format!("{repin} a a <Esc>"));
    assert_eq!(stage.model.context(), Context::Cohort);
}

#[test]
fn marks_made_before_are_there_again() {
    let mut stage = stage();
    let centre = review(&stage.model).of.comparison.changes[1].centre.clone();
    let mark = Mark { about: About::Centre(centre), verdict: Verdict::Reject, remark: "ask them".to_owned() };
    let fate = Fate::Snapshot(triennial::app::review::Proposal { marks: vec![mark], ..proposal() }.into());
    let of = review(&stage.model).of.clone();
    stage.send(triennial::app::Msg::Reviewed { reviewed: of, fate });
    stage.press("j");
    assert!(stage.screen().contains("rejected: ask them"), "{}", stage.screen());
    stage.press("Y");
    assert!(stage.screen().contains(WHY_REJECTED.en), "{}", stage.screen());
}

#[test]
fn what_is_only_looked_at_is_neither_marked_nor_accepted() {
    let mut stage = Stage::open(filled(), Lang::En, (80, 24));
    stage.press("c other.toml <Enter> d");
    assert!(stage.screen().contains(WHY_LOOKED_AT.en), "{}", stage.screen());
    stage.press("Y");
    assert_eq!(stage.model.context(), Context::Review);
    stage.press("<Esc>");
    assert_eq!(stage.model.context(), Context::Cohort);
}

/// From the list into a result and back, and what was accepted is seen there.
#[test]
fn several_results_that_wait_are_listed_and_each_is_accepted_once() {
    let mut stage = waiting(Lang::En, (80, 24));
    stage.press("<Enter>");
    assert_eq!(stage.journal.effects.last(), Some(&Effect::ReviewWaiting("screens@demo".to_owned())));
    stage.press("Y why <Tab> none <C-s> <Esc>");
    assert_eq!(stage.model.context(), Context::Waiting);
    let screen = stage.screen();
    assert!(screen.contains("to be accepted: 1") && screen.contains("screens@demo  ACCEPTED"), "{screen}");
    stage.press("<Enter>");
    assert_eq!(stage.model.context(), Context::Waiting);
}

#[test]
fn a_frame_draws_the_rows_that_it_shows_and_no_others() {
    let mut stage = Stage::open(many(2_000), Lang::En, (80, 24));
    stage.review_it();
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
    // Where nothing is known of the old rubric, another meaning alone is something to accept.
    assert!(!Reviewed { untold: Some(Untold::NoRubric), ..same.clone() }.is_empty());
    let fate = review(&stage.model).fate.clone();
    stage.send(triennial::app::Msg::Reviewed { reviewed: same.into(), fate });
    assert!(stage.screen().contains("Nobody moves"), "{}", stage.screen());
    stage.press("Y a N <Enter> <Tab>");
    assert_eq!(stage.model.context(), Context::Review);
}
