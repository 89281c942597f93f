//! The shipped rubrics, each with its cohort: what all of them promise, and what each says of its system.

mod hand;
mod systems;

use std::fs;
use std::path::Path;
use std::process::Command;

use triennial::domain::cohort::Cohort;
use triennial::domain::number::{Number, Points};
use triennial::domain::rubric::{Basis, Body, ClassIx, Combine, NodeIx, Role, Rubric, Scoring};
use triennial::domain::score::{facts, ledger, score};
use triennial::domain::text::Text;
use triennial::read;
use triennial::store::catalogue::{SHIPPED, Shipped, shipped};

use crate::program::{Folder, rows};

fn rubric(shipped: &Shipped) -> Rubric {
    let (rubric, faults) = read::rubric::rubric(shipped.text);
    assert_eq!(faults, [], "{}", shipped.id);
    rubric.unwrap()
}

/// A table of the centres of a shipped rubric's cohort, or of another in the same form.
fn cohort(rubric: &Rubric, data: &str) -> Cohort {
    let (table, faults) = read::table::table(data, rubric, None);
    assert_eq!(faults, [], "{}", rubric.id);
    read::table::cohort(&table.unwrap(), rubric)
}

/// `score --rubric ID --data FILE` through the program: one row per centre.
fn scored(id: &str, data: &str) -> Vec<Vec<(String, String)>> {
    let folder = Folder::new();
    folder.write("cohort.csv", data);
    rows(&folder.done(&["score", "--rubric", id, "--data", "cohort.csv", "--format", "csv"]))
}

#[test]
fn every_shipped_rubric_is_a_file_that_check_has_no_doubts_about() {
    let folder = Folder::new();
    for each in SHIPPED {
        assert_eq!(rubric(each).id, each.id);
        let told = folder.run(&["check", each.id, "--deny", "warnings"]);
        assert_eq!((told.exit, told.out.as_str()), (0, ""), "{}: {}", each.id, told.err);
    }
    // No file is left out of the program, and none is without a cohort and a line about it.
    let named = |folder: &str, end: &str| -> Vec<String> {
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut ids: Vec<String> = files.filter_map(|file| file.strip_suffix(end).map(str::to_owned)).collect();
        ids.sort();
        ids
    };
    let mut ids: Vec<&str> = SHIPPED.iter().map(|each| each.id).collect();
    ids.sort_unstable();
    assert_eq!(named("rubrics", ".toml"), ids);
    assert_eq!(named("rubrics/cohorts", ".csv"), ids);
    for page in ["README.md", "rubrics/cohorts/README.md", "docs/systems.md"] {
        let text = fs::read_to_string(page).unwrap();
        for id in &ids {
            assert!(text.contains(&format!("`{id}`")), "{page} does not name {id}");
        }
    }
}

/// One line per centre: id, kind, total, levels of a profile, grade, rank, outcome, flags. The workings behind them:
/// `hand.rs`, `docs/by-hand.md`, and the second workings-out in `tests/oracle`.
#[test]
fn every_cohort_scores_what_its_accepted_snapshot_says() {
    // Here, where the snapshots lie; a check writes nothing.
    let checked = Command::new(env!("CARGO_BIN_EXE_triennial"))
        .args(["snapshot", "check", "--lang", "en"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .output()
        .unwrap();
    let told = String::from_utf8(checked.stdout).unwrap() + &String::from_utf8(checked.stderr).unwrap();
    assert_eq!((checked.status.code(), told), (Some(0), "snapshots: same 14, to be looked at 0\n".to_owned()));
    for each in SHIPPED {
        assert!(Path::new(&format!("snapshots/rubrics/{0}@{0}.snap", each.id)).exists(), "{}", each.id);
    }
}

#[test]
fn every_line_of_every_ledger_follows_from_its_children() {
    for each in SHIPPED {
        let rubric = rubric(each);
        let cohort = cohort(&rubric, each.cohort);
        let facts = facts(&rubric, &cohort);
        let mut followed = 0;
        for card in score(&rubric, &cohort, None) {
            let Some(line) = ledger(&rubric, &cohort, card.centre, &facts) else { continue };
            assert!(line.follows(), "{} {}: {line:#?}", each.id, cohort.centre(card.centre).id);
            assert_eq!(line.points, card.tally.total, "{}", each.id);
            followed += 1;
        }
        assert!(followed >= 3, "{}: {followed}", each.id);
    }
}

/// What the parts of a node can earn for a kind and stage together.
fn parts(rubric: &Rubric, parts: impl Iterator<Item = NodeIx>, class: ClassIx) -> Points {
    let points = parts.map(|ix| rubric.nodes[ix.0].points.get(class).0.clone());
    Points(points.fold(Number::ZERO, |sum, points| &sum + &points))
}

#[test]
fn the_points_of_every_kind_and_stage_add_up() {
    for each in SHIPPED {
        let rubric = rubric(each);
        for class in (0..rubric.classes()).map(ClassIx) {
            for node in &rubric.nodes {
                if let Body::Criterion { children, combine: Combine::Sum } = &node.body {
                    let own = node.points.get(class);
                    assert_eq!(&parts(&rubric, children.iter().copied(), class), own, "{} {}", each.id, node.id);
                }
            }
            if rubric.total.combine == Combine::Sum {
                let main = parts(&rubric, rubric.tops(Role::Main), class);
                assert_eq!(&main, rubric.total.points.get(class), "{}", each.id);
                assert_eq!(main.0, Number::from(100_i64), "{}", each.id);
            }
        }
    }
}

/// Whoever reads only a title, on a sheet or a screen, learns that numbers are not published ones.
#[test]
fn a_rubric_with_an_example_number_says_so_in_its_title_and_has_a_note() {
    let mut examples = Vec::new();
    for each in SHIPPED {
        let rubric = rubric(each);
        let cites = rubric.nodes.iter().map(|node| &node.cite).chain(rubric.grades.iter().map(|grade| &grade.cite));
        let says = |text: &Text| text.en.contains("example") && text.zh.contains("示例");
        if cites.flatten().any(|cite| cite.basis == Basis::Example) {
            assert!(says(&rubric.title) && in_both(&rubric.note), "{}", each.id);
            examples.push(each.id);
        }
        // Only what is quoted is said to be set.
        for cite in rubric.nodes.iter().filter_map(|node| node.cite.as_ref()) {
            assert!(cite.basis != Basis::Sets || !cite.quote.is_empty(), "{}", each.id);
        }
    }
    assert_eq!(examples.len(), 11, "{examples:?}");
}

/// A text in English and in Chinese; signs such as `4*` and `%` are the same in both.
fn in_both(text: &Text) -> bool {
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let sign = text.en == text.zh && !text.en.chars().any(char::is_alphabetic);
    sign || (chinese(&text.zh) && !chinese(&text.en) && text.en.chars().any(|c| c.is_ascii_alphabetic()))
}

#[test]
fn every_title_unit_and_definition_stands_in_both_languages() {
    for each in SHIPPED {
        let rubric = rubric(each);
        let mut texts: Vec<&Text> = vec![&rubric.title];
        texts.extend(rubric.kinds.iter().map(|kind| &kind.title));
        texts.extend(rubric.stages.iter().map(|stage| &stage.title));
        texts.extend(rubric.attributes.iter().map(|attribute| &attribute.title));
        texts.extend(rubric.findings.iter().map(|finding| &finding.title));
        texts.extend(rubric.references.iter().flat_map(|reference| [&reference.title, &reference.unit]));
        texts.extend(rubric.metrics.iter().flat_map(|metric| [&metric.title, &metric.unit, &metric.definition]));
        texts.extend(rubric.nodes.iter().map(|node| &node.title));
        texts.extend(rubric.grades.iter().map(|grade| &grade.title));
        texts.extend(rubric.gates.iter().map(|gate| &gate.title));
        texts.extend(rubric.acts.iter().map(|act| &act.title));
        texts.extend(rubric.levels.iter().map(|level| &level.title));
        for (_, indicator) in rubric.indicators() {
            if let Scoring::BestOf(choices) | Scoring::AllOf(choices) | Scoring::Checklist(choices) = &indicator.scoring
            {
                texts.extend(choices.iter().map(|choice| &choice.title));
            }
        }
        // A metric may go without a unit or a definition, never without a title.
        for text in texts.into_iter().filter(|text| !text.en.is_empty() || !text.zh.is_empty()) {
            assert!(in_both(text), "{}: {text:?}", each.id);
        }
        assert!(rubric.metrics.iter().all(|metric| metric.title.zh != metric.id), "{}", each.id);
    }
}

/// The cohort of a shipped rubric, scored by the program.
fn shipped_rows(id: &str) -> Vec<Vec<(String, String)>> {
    scored(id, shipped(id).unwrap().cohort)
}
