//! The cohort table: filter, sort, groups, roster.

use triennial::app::command::Context;
use triennial::domain::centre::{Field, Status};
use triennial::domain::evaluation::Body;
use triennial::domain::text::Lang;

use super::stage::{Stage, filled, many};

fn stage() -> Stage {
    Stage::open(filled(), Lang::En, (80, 24))
}

/// The ids of the centres shown, in the order shown.
fn shown(stage: &Stage) -> Vec<String> {
    let cohort = &stage.evaluation().cohort;
    stage.model.cohort().unwrap().rows.iter().map(|ix| cohort.centre(*ix).id.clone()).collect()
}

/// What the words of the line leave of the eight centres of the table; see `stage::filled` for who they are.
#[test]
fn every_word_of_the_filter_narrows_it_down() {
    for (line, left) in [
        ("", "bio tides rail rare nev young nokind esc"),
        ("TIDES", "tides"),
        ("技术创新", "bio rail rare nev"),
        ("kind:domain", "tides rail rare nev young"),
        ("kind:综合类", "bio esc"),
        ("kind:d young", "young"),
        ("status:absent", "rare"),
        ("status:a", "rare"),
        ("is:incomplete", "rail"),
        ("is:in", "rail"),
        ("grade:poor", "tides nev young"),
        ("grade:较差", "tides nev young"),
        ("flag:remove", "rare"),
        ("flag:removal", "rare"),
        ("flag:不再列入序列", "rare"),
        ("标识:限期整改", "tides nev young"),
        ("限期整改", "tides nev young"),
        ("较差", "tides nev young"),
        ("excellent", "bio"),
        ("rectify kind:domain", "tides nev young"),
        ("colour:red", ""),
        ("flag:gate", "nev"),
        ("total<33 kind:domain", "rail young"),
        ("no-such-name", ""),
    ] {
        let mut stage = stage();
        stage.press("/");
        for c in line.chars() {
            stage.send(triennial::app::Msg::Edit(tui_input::InputRequest::InsertChar(c)));
        }
        assert_eq!(shown(&stage).join(" "), left, "{line}\n{}", stage.screen());
    }
}

#[test]
fn the_filter_completes_as_far_as_it_is_clear_and_says_what_names_nothing() {
    let mut stage = stage();
    stage.press("/ ki <Tab>");
    assert!(stage.screen().contains("/ kind:"), "{}", stage.screen());
    assert!(stage.screen().contains("comprehensive domain"), "{}", stage.screen());
    stage.press("d <Tab>");
    assert_eq!(shown(&stage).len(), 5);
    stage.press("grade:x");
    assert!(stage.screen().contains("names nothing"), "{}", stage.screen());
    assert!(stage.screen().contains("No centre is as the filter asks"));
    stage.press("<Esc>");
    assert_eq!((stage.model.context(), shown(&stage).len()), (Context::Cohort, 8));
}

#[test]
fn escape_on_the_table_takes_the_filter_off_and_the_cursor_stays_with_its_centre() {
    let mut stage = stage();
    stage.press("/ young <Enter>");
    assert_eq!((stage.model.context(), shown(&stage).join(" ").as_str()), (Context::Cohort, "young"));
    assert!(stage.screen().contains("Filter: young   1 of 8 shown"), "{}", stage.screen());
    stage.press("<Esc>");
    let cohort = stage.model.cohort().unwrap();
    assert_eq!((cohort.rows.len(), cohort.list.at), (8, 5));
}

/// By the totals the table shows: bio, esc and tides are complete with more than young; who is not scored comes last
/// either way.
#[test]
fn sorting_goes_through_best_first_the_other_way_round_and_as_on_the_roster() {
    let mut stage = stage();
    let total = |stage: &Stage, id: &str| {
        let session = stage.model.session.as_ref().unwrap();
        session.card(session.find(id).unwrap()).tally.total.0.clone()
    };
    stage.press("l s");
    let order = shown(&stage);
    assert!(order[..6].windows(2).all(|pair| total(&stage, &pair[0]) >= total(&stage, &pair[1])), "{order:?}");
    assert_eq!(order[6..], ["rare", "nokind"]);
    assert!(stage.screen().contains("Total v"), "{}", stage.screen());
    stage.press("s");
    let order = shown(&stage);
    assert!(order[..6].windows(2).all(|pair| total(&stage, &pair[0]) <= total(&stage, &pair[1])), "{order:?}");
    assert_eq!(order[6..], ["rare", "nokind"]);
    stage.press("s");
    assert_eq!(shown(&stage).join(" "), "bio tides rail rare nev young nokind esc");
}

#[test]
fn groups_by_kind_have_headings_and_keep_the_order_inside() {
    let mut stage = stage();
    stage.press("K");
    assert_eq!(shown(&stage).join(" "), "bio esc tides rail rare nev young nokind");
    let screen = stage.screen();
    let line = |text: &str| screen.lines().position(|line| line.trim() == text);
    assert!(line("Comprehensive") < line("Domain") && line("Comprehensive").is_some(), "{screen}");
    // A click on a row below a heading is a click on that row.
    let (y, _, row) = stage.layout.rows[2];
    let click = stage.layout.point(1, y).unwrap();
    stage.send(click);
    assert_eq!(stage.model.cohort().unwrap().list.at, row);
    assert!(stage.screen().lines().nth(usize::from(y)).unwrap().contains("National Center"), "{}", stage.screen());
}

#[test]
fn what_an_edit_moves_is_put_in_order_on_the_way_back() {
    let mut stage = stage();
    stage.press("l s");
    let young = shown(&stage).iter().position(|id| id == "young").unwrap();
    stage.press("/ young <Enter> h <Enter>").press("9000 <Tab> 9000 <Tab> <Esc> <Esc>");
    assert!(shown(&stage).iter().position(|id| id == "young").unwrap() < young, "{:?}", shown(&stage));
}

#[test]
fn the_roster_changes_facts_as_events() {
    let mut stage = stage();
    stage.press("j t l l l <Enter>");
    assert_eq!(stage.model.context(), Context::Choice, "{}", stage.screen());
    stage.press("<Right> <C-s>");
    let centre = |stage: &Stage, id: &str| {
        let cohort = &stage.evaluation().cohort;
        cohort.centre(cohort.find(id).unwrap()).clone()
    };
    assert_eq!(centre(&stage, "tides").status, Status::Absent);
    stage.press("l <Enter> 2030 <Enter>");
    assert!(stage.screen().contains("E-since"), "{}", stage.screen());
    stage.press("<BS> <BS> <BS> <BS> 2024 <Enter>");
    assert_eq!(centre(&stage, "tides").since, Some(2024));
    stage.press("l <Enter> <Right> <C-s>");
    assert_eq!(centre(&stage, "tides").findings.len(), 1);
    stage.press("u u u");
    assert_eq!(centre(&stage, "tides"), centre(&Stage::open(filled(), Lang::En, (80, 24)), "tides"));
}

#[test]
fn a_centre_is_added_and_a_taken_id_is_refused_in_its_field() {
    let mut stage = stage();
    stage.press("t a bio <C-s>");
    assert!(stage.screen().contains("E-known-centre"), "{}", stage.screen());
    stage.press("2 <Tab> New <Space> centre <Tab> <Right> <Tab> <Tab> 2024 <Enter>");
    let cohort = &stage.evaluation().cohort;
    let added = cohort.centre(cohort.find("bio2").unwrap());
    let kind = added.get(&Field::Kind, &stage.evaluation().rubric);
    assert_eq!((added.name.as_str(), kind.as_str(), added.since), ("New centre", "comprehensive", Some(2024)));
    assert_eq!(shown(&stage)[stage.model.cohort().unwrap().list.at], "bio2");
    stage.press("u y");
    assert!(stage.evaluation().cohort.find("bio2").is_none());
}

#[test]
fn dropping_a_centre_asks_for_a_reason_with_a_key_that_cannot_have_led_there() {
    let mut stage = stage();
    stage.press("j t D <Enter> <C-s>");
    assert!(stage.screen().contains("E-reason"), "{}", stage.screen());
    assert!(stage.evaluation().cohort.find("tides").is_some());
    stage.press("listed <Space> twice <Enter>");
    assert!(stage.evaluation().cohort.find("tides").is_some(), "Enter is no confirmation");
    stage.press("<C-s>");
    assert!(stage.evaluation().cohort.find("tides").is_none());
    let last = stage.journal.events.last().unwrap().body.clone();
    assert_eq!(last, Body::CentreDropped { centre: "tides".to_owned(), reason: "listed twice".to_owned() });
    stage.press("u y");
    assert!(stage.evaluation().cohort.find("tides").is_some());
}

#[test]
fn a_long_list_of_groups_ends_where_it_ends() {
    let mut stage = Stage::open(many(200), Lang::En, (80, 24));
    stage.press("K G");
    let rows = stage.layout.rows.clone();
    assert_eq!(rows.last().unwrap().2, 199);
    assert!(rows.windows(2).all(|pair| pair[0].1 < pair[1].0), "{rows:?}");
}
