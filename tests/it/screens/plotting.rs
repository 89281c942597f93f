//! Plots on the screen: where they lead, and that they follow what happens.

use triennial::app::model::Screen;
use triennial::app::plot::{Plot, Shown};
use triennial::domain::text::Lang;

use super::stage::{Stage, empty, filled, many};

fn plot(stage: &Stage) -> &Plot {
    match stage.model.screen() {
        Some(Screen::Plot(plot)) => plot,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_key_goes_between_distribution_and_centre_and_brackets_between_centres() {
    let mut stage = Stage::open(filled(), Lang::En, (80, 24));
    stage.press("p");
    assert_eq!((plot(&stage).shown, plot(&stage).centre.as_deref()), (Shown::Distribution, Some("bio")));
    stage.press("p");
    assert_eq!(plot(&stage).shown, Shown::Centre);
    stage.press("]");
    assert_eq!((plot(&stage).shown, plot(&stage).centre.as_deref()), (Shown::Centre, Some("tides")));
    stage.press("p");
    assert_eq!((plot(&stage).shown, plot(&stage).centre.as_deref()), (Shown::Distribution, Some("tides")));
    assert!(stage.screen().contains("< National Center"), "{}", stage.screen());
    stage.press("<Esc>");
    assert!(matches!(stage.model.screen(), Some(Screen::Cohort(_))));
}

#[test]
fn enter_goes_to_what_is_behind_a_row() {
    let mut stage = Stage::open(filled(), Lang::En, (80, 24));
    stage.press("p <Enter>");
    assert!(matches!(stage.model.screen(), Some(Screen::Ledger(ledger)) if ledger.centre == "bio"));
    stage.press("<Esc> p j j j <Enter>");
    assert!(matches!(stage.model.screen(), Some(Screen::Ledger(ledger)) if ledger.node().is_some()));
    stage.press("<Esc> G k <Enter>");
    let entry = stage.model.entry().unwrap();
    let metric = entry.metric(entry.list.at).unwrap();
    assert_eq!(stage.evaluation().rubric.metrics[metric.0].id, "standards");
    stage.press("<Esc> g <Enter>");
    assert!(stage.screen().contains("there is nothing behind this row"), "{}", stage.screen());
}

#[test]
fn a_plot_follows_language_and_changes() {
    let mut stage = Stage::open(filled(), Lang::En, (80, 24));
    stage.press("p p L");
    assert!(stage.screen().contains("与同类对比"), "{}", stage.screen());
    stage.press("L G k <Enter>");
    let before = stage.screen();
    stage.press("77 <Enter> <Esc>");
    assert_ne!(before, stage.screen());
    assert!(stage.screen().contains(" 77 "), "{}", stage.screen());
}

#[test]
fn any_size_and_any_cohort_can_be_plotted() {
    for evaluation in [empty(), filled(), many(1)] {
        let mut stage = Stage::open(evaluation, Lang::Zh, (80, 24));
        stage.press("p");
        for (width, height) in [(1, 1), (40, 10), (41, 11), (55, 12), (71, 20), (200, 60), (300, 4)] {
            stage.resize(width, height);
            stage.press("G p G g");
        }
    }
}
