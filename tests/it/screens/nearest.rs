//! The nearest change of a grade, asked for on the screen.

use triennial::domain::text::Lang;

use super::stage::{Stage, filled};

/// The flip itself is held by hand elsewhere; here: it is asked for from a table, an entry screen and a ledger, names the
/// centre, stays until it is dismissed, is told in the language of the screen, and is all there at any size.
#[test]
fn f_tells_the_nearest_change_of_the_centre_that_is_shown() {
    let mut stage = Stage::open(filled(), Lang::En, (80, 24));
    for way in ["", "<Enter>", "<Esc> w"] {
        stage.press(way).press("f");
        let screen = stage.screen();
        assert!(screen.contains("bio (") && screen.contains("nearest change of one reading"), "{screen}");
        assert!(screen.contains("(now "), "{screen}");
        stage.press("<Esc>");
        assert!(!stage.screen().contains("nearest change of one reading"));
    }
    let mut stage = Stage::open(filled(), Lang::Zh, (80, 24));
    stage.press("f");
    assert!(stage.screen().contains("单个填报值的最近变动"), "{}", stage.screen());
    // Incomplete centres have no grade.
    stage.press("<Esc> j j f");
    assert!(stage.screen().contains("尚未评定等级"), "{}", stage.screen());
}
