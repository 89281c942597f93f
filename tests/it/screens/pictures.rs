//! What each screen looks like, as a person would see it. Read every new picture before you accept it.

use triennial::app::start::ShippedRubric;
use triennial::app::{Model, Msg};
use triennial::domain::text::{Lang, Text};
use triennial::store::catalogue::{SHIPPED, Shipped};

use super::stage::{Stage, disk_full, empty, filled, many, unfilled};

fn picture(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/screens");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (20, 5)];

/// One screen in every size and both languages.
pub fn pictures(name: &str, keys: &str, stage: impl Fn(Lang, (u16, u16)) -> Stage) {
    for lang in [Lang::En, Lang::Zh] {
        for size in SIZES {
            let mut stage = stage(lang, size);
            stage.press(keys);
            picture(&format!("{name}-{}-{}x{}", lang.tag(), size.0, size.1), &stage.screen());
        }
    }
}

fn cohort(lang: Lang, size: (u16, u16)) -> Stage {
    Stage::open(filled(), lang, size)
}

#[test]
fn the_start_screen_says_how_to_begin() {
    pictures("start", "", |lang, size| Stage::new(Model::new(lang), size));
}

#[test]
fn the_cohort_table_shows_every_state() {
    pictures("cohort", "", cohort);
}

#[test]
fn the_cohort_table_scrolls_sideways_with_the_name_kept() {
    pictures("cohort-right", "j l l l l l l l l", cohort);
}

#[test]
fn an_empty_cohort_says_what_to_do() {
    pictures("cohort-empty", "", |lang, size| Stage::open(empty(), lang, size));
}

#[test]
fn a_long_list_ends_where_it_ends() {
    pictures("cohort-long", "G k", |lang, size| Stage::open(many(500), lang, size));
}

#[test]
fn entry_starts_at_the_first_gap() {
    pictures("entry", "j j <Enter>", cohort);
}

#[test]
fn a_value_being_typed_stands_in_its_cell() {
    pictures("entry-typing", "j j <Enter> 12.5", cohort);
}

#[test]
fn a_text_that_is_no_value_is_refused_where_it_stands() {
    pictures("entry-refused", "j j <Enter> 1,234.5 <Enter>", cohort);
}

#[test]
fn a_saved_value_is_said_with_what_it_moved() {
    pictures("entry-saved", "j j <Enter> 85 <Tab>", cohort);
}

#[test]
fn a_value_that_could_not_be_saved_stays_and_says_so() {
    pictures("entry-failed", "j j <Enter> 85 <Tab>", |lang, size| {
        let mut stage = cohort(lang, size);
        stage.journal.fails = Some(disk_full());
        stage
    });
}

#[test]
fn typed_text_is_never_lost_without_asking() {
    pictures("entry-discard", "j j <Enter> 85 <Esc>", cohort);
}

#[test]
fn a_panel_has_a_row_for_each_judge() {
    pictures("entry-panel", "<Enter> <PageDown> <PageDown>", cohort);
}

#[test]
fn the_ledger_shows_where_the_total_comes_from() {
    pictures("ledger", "l <Enter>", cohort);
}

#[test]
fn the_ledger_of_a_centre_with_gaps_and_of_one_not_scored() {
    pictures("ledger-incomplete", "j j l <Enter>", cohort);
    pictures("ledger-absent", "j j j l <Enter>", cohort);
}

#[test]
fn the_distribution_has_grade_lines_and_the_centre_under_the_cursor() {
    pictures("plot", "p", cohort);
    pictures("plot-many", "G p", |lang, size| Stage::open(many(500), lang, size));
    pictures("plot-empty", "p", |lang, size| Stage::open(empty(), lang, size));
    pictures("plot-unfilled", "p", |lang, size| Stage::open(unfilled(3), lang, size));
}

#[test]
fn a_centre_is_plotted_beside_its_kind_and_through_the_years() {
    pictures("plot-centre", "<Enter> p", cohort);
    pictures("plot-gaps", "j j <Enter> p", cohort);
    pictures("plot-absent", "j j j p p", cohort);
}

#[test]
fn help_lists_what_works_here() {
    pictures("help", "<Enter> ?", cohort);
}

#[test]
fn the_palette_finds_a_command_by_its_words() {
    pictures("palette", "<Enter> <C-p> undo", cohort);
}

#[test]
fn the_start_screen_offers_recent_files_and_rubrics() {
    pictures("start-full", "<Down> <Down> <Down>", |lang, size| {
        let mut model = Model::new(lang);
        let rubric = |id: &str| ShippedRubric {
            id: id.to_owned(),
            title: Text { en: format!("Rubric {id}"), zh: format!("体系 {id}") },
        };
        let long = format!("/home/li/评估/{}/ncti-2025.triennial", "very/".repeat(20));
        model.set_start(&["ncti.triennial".to_owned(), long], &["ncti", "sme", "hdi"].map(rubric));
        Stage::new(model, size)
    });
}

/// An id is what `new --rubric` wants: one that is cut cannot be typed.
#[test]
fn the_id_of_every_shipped_rubric_is_whole_on_the_start_screen() {
    let mut model = Model::new(Lang::En);
    let rubric = |shipped: &Shipped| ShippedRubric { id: shipped.id.to_owned(), title: Text::default() };
    model.set_start(&[], &SHIPPED.iter().map(rubric).collect::<Vec<_>>());
    let mut stage = Stage::new(model, (80, 24));
    let mut shown = stage.screen();
    stage.press("G");
    shown += &stage.screen();
    for shipped in SHIPPED {
        assert!(shown.lines().any(|line| line.trim() == shipped.id), "{}: {shown}", shipped.id);
    }
}

#[test]
fn the_roster_shows_who_takes_part_since_when() {
    pictures("roster", "t", cohort);
    pictures("roster-right", "j j j j t l l l l", cohort);
}

#[test]
fn the_table_filtered_sorted_and_grouped() {
    pictures("cohort-filtering", "/ kind:d", cohort);
    pictures("cohort-grouped", "l s K", cohort);
    pictures("cohort-none-shown", "/ nobody <Enter>", cohort);
}

#[test]
fn forms_say_what_may_stand_in_each_field() {
    pictures("form-new", "<C-n> ncti.triennial <Tab>", |lang, size| Stage::new(Model::new(lang), size));
    pictures("form-new-refused", "<C-n> a <C-s> <Tab> <C-s>", |lang, size| Stage::new(Model::new(lang), size));
    pictures("form-status", "t l l l <Enter>", cohort);
    pictures("form-export", "e <Tab> <Space>", cohort);
    pictures("act-close", "C", cohort);
    pictures("act-drop", "j t D", cohort);
}

#[test]
fn long_work_shows_a_bar() {
    pictures("working", "e <C-s>", |lang, size| {
        let mut stage = cohort(lang, size);
        stage.press("e <C-s>");
        stage.send(Msg::Progress { done: 4210, of: 10_000 });
        stage
    });
}

#[test]
fn a_preview_shows_refused_changed_and_new() {
    let pasted = |block: &'static str| {
        move |lang, size| {
            let mut stage = cohort(lang, size);
            stage.press("<Enter> l");
            stage.send(Msg::Paste(block.to_owned()));
            stage
        }
    };
    pictures("preview-refused", "", pasted("1,234\t500\t12\n20\t七\n"));
    pictures("preview-changed", "j", pasted("1\t500\t12\n20\t30\n"));
}

#[test]
fn histories_problems_rubric_text_and_articles() {
    pictures("history", "j j <Enter> 85 <Enter> 86 <Enter> <Esc> H", cohort);
    pictures("history-empty", "<Enter> H", cohort);
    pictures("history-cell", "j j <Enter> 85 <Enter> <S-Tab> N by <Space> phone <Enter> H", cohort);
    pictures("problems", "! j", cohort);
    pictures("rubric-text", "<Enter> o", cohort);
    pictures("article", "l <Enter> j j c", cohort);
    pictures("entry-remarks", "<Enter> E p.12 <C-s> N by <Space> phone <Enter>", cohort);
}

#[test]
fn a_rubric_is_looked_through_by_criterion_and_by_article() {
    pictures("browser", "B j j", cohort);
    pictures("browser-article", "B v j j", cohort);
    pictures("browser-broken", "", |lang, size| {
        let mut stage = Stage::new(Model::new(lang), size);
        stage.press("<C-o> mine.toml <Enter>");
        let text = super::stage::RUBRIC.replacen("measure", "mesure", 1);
        let path = Some("mine.toml".to_owned());
        stage.send(Msg::Rubric { name: "mine.toml".to_owned(), path, text: text.into() });
        stage
    });
}

#[test]
fn the_bench_shows_what_a_moved_figure_does_to_the_cohort() {
    pictures("bench", "b j + j <Space>", |lang, size| {
        let mut stage = cohort(lang, size);
        let (name, text) = ("own.toml".to_owned(), super::stage::RUBRIC.into());
        stage.send(Msg::Rubric { path: Some(name.clone()), name, text });
        stage
    });
}

#[test]
fn a_query_is_on_the_list_at_its_cell_and_in_the_form_that_asks_for_its_answer() {
    pictures("queries-list", "! G", cohort);
    pictures("queries-cell", "! G <Enter>", cohort);
    pictures("queries-answer", "! G Q sold", cohort);
}
