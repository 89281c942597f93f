use super::*;
use crate::domain::attribution::Subset;
use crate::domain::edit::Edit;
use crate::read::overlay::{File, Whole, whole};

const RUBRIC: &str = r#"
# A rubric to be changed.
[rubric]
id = "r"
edition = "1"
title = "R"
cycle_years = 1
rounding = "none"
[[metric]]
id = "p"
[[metric]]
id = "q"
[[criterion]]
id = "k"
points = 100
[[criterion.indicator]]
id = "i"
points = 60
measure = "p / q"
rule = { kind = "bands", bands = [ { at_least = 0.5, share = "100%" }, { at_least = 0.2, share = "50%" }, { share = 0 } ] }
[[criterion.indicator]]
id = "j"
points = 40
measure = "q"
rule = { kind = "linear", from = 0, to = 40 }
[[grade]]
id = "good"
at_least = 60
[[grade]]
id = "poor"
[outcome]
good = { act = "next-cycle" }
poor = { act = "rectify", within = "12 months" }
"#;

fn named(name: &str, text: &str) -> Whole {
    let whole = whole(File { name: name.to_owned(), text: text.to_owned() }, &|_, _| unreachable!("extends nothing"));
    assert!(whole.rubric.is_some(), "{name}: {:?}", whole.faults().collect::<Vec<_>>());
    whole
}

fn between(new: &str) -> Difference {
    Difference::between(&named("old.toml", RUBRIC), &named("new.toml", new)).unwrap()
}

fn told(edits: &[Edit]) -> Vec<Vec<String>> {
    let value = |value: &crate::domain::edit::Value| {
        let side = |written: &Option<crate::domain::edit::Written>| {
            written.as_ref().map_or("-".to_owned(), |w| format!("{}:{} {}", w.file, w.line, w.text))
        };
        format!("{}({} => {})", value.key, side(&value.old), side(&value.new))
    };
    let part = |part: &crate::domain::edit::Alteration| {
        let subject = &part.subject;
        let values: Vec<String> = part.values.iter().map(value).collect();
        format!("{} {} {}: {}", subject.list, subject.id, subject.key, values.join(" "))
    };
    edits.iter().map(|edit| edit.parts.iter().map(part).collect()).collect()
}

/// Rewrites the rubric so that a person would say nothing changed.
fn rewritten() -> String {
    let text = RUBRIC.replace("# A rubric to be changed.", "# Another comment.\n");
    let text = text.replace("title = \"R\"", "title = { en = \"Another\", zh = \"另一个\" }\nnote = \"n\"");
    let text = text.replace("\"p / q\"", "\"p/q\"").replace("0.5,", "\"50%\",").replace("points = 60", "points = 60.0");
    // The metrics and the indicators change places; an inline table is written out.
    let text = text
        .replace("[[metric]]\nid = \"p\"\n[[metric]]\nid = \"q\"", "[[metric]]\nid = \"q\"\n[[metric]]\nid = \"p\"");
    let at = |needle: &str| text.find(needle).unwrap();
    let (i, j, grade) =
        (at("[[criterion.indicator]]\nid = \"i\""), at("[[criterion.indicator]]\nid = \"j\""), at("[[grade]]"));
    let linear = "[criterion.indicator.rule]\nkind = \"linear\"\nfrom = 0\nto = 40\n";
    let second = text[j..grade].replace("rule = { kind = \"linear\", from = 0, to = 40 }\n", linear);
    format!("{}{second}{}{}", &text[..i], &text[i..j], &text[grade..])
}

#[test]
fn layout_comments_titles_and_the_order_of_what_has_ids_mean_nothing() {
    let text = rewritten();
    assert_ne!(text, RUBRIC);
    assert_eq!(meaning(&text), meaning(RUBRIC));
    let difference = between(&text);
    assert_eq!((told(&difference.edits), told(&difference.citations)), (vec![], vec![]));
}

#[test]
fn every_number_and_word_that_counts_changes_the_meaning() {
    let changes = [
        ("at_least = 60", "at_least = 61"),
        ("at_least = 60", "above = 60"),
        ("share = \"50%\"", "share = \"51%\""),
        ("p / q", "q / p"),
        ("cycle_years = 1", "cycle_years = 2"),
        ("\"none\"", "{ at = \"total\", places = 1, mode = \"half-up\" }"),
        ("id = \"poor\"", "id = \"bad\""),
        (
            "{ at_least = 0.5, share = \"100%\" }, { at_least = 0.2, share = \"50%\" }",
            "{ at_least = 0.5, share = \"100%\" }",
        ),
    ];
    for (from, to) in changes {
        let text = RUBRIC.replacen(from, to, 1);
        assert_ne!(meaning(&text), meaning(RUBRIC), "{from} -> {to}");
    }
}

#[test]
fn the_order_of_grades_means_something() {
    let (good, poor) = ("[[grade]]\nid = \"good\"\nat_least = 60\n", "[[grade]]\nid = \"poor\"\n");
    let turned = RUBRIC.replace(good, "").replace(poor, &format!("{poor}{good}"));
    assert_ne!(meaning(&turned), meaning(RUBRIC));
}

#[test]
fn an_edit_names_what_it_is_about_and_both_places() {
    let new = RUBRIC.replace("at_least = 60", "at_least = 62").replace("0.2, share = \"50%\"", "0.25, share = \"40%\"");
    assert_eq!(
        told(&between(&new).edits),
        [
            [
                "indicator i rule.bands.2: at_least(old.toml:20 0.2 => new.toml:20 0.25) share(old.toml:20 50% => new.toml:20 40%)"
            ],
            ["grade good at_least: (old.toml:28 60 => new.toml:28 62)"],
        ]
    );
}

#[test]
fn points_of_a_criterion_and_of_its_parts_are_one_edit_and_points_of_two_parts_are_two() {
    let both = RUBRIC.replace("points = 100", "points = 90").replace("points = 60", "points = 50");
    let told_parts = |text: &str| between(text).edits.iter().map(|edit| edit.parts.len()).collect::<Vec<_>>();
    assert_eq!(told_parts(&both), [2]);
    let siblings = RUBRIC.replace("points = 60", "points = 50").replace("points = 40", "points = 50");
    assert_eq!(told_parts(&siblings), [1, 1]);
}

#[test]
fn a_rubric_with_some_of_the_edits_is_the_old_one_with_these_made() {
    let new = RUBRIC
        .replace("points = 60", "points = 50")
        .replace("points = 40", "points = 50")
        .replace("at_least = 60", "at_least = 62");
    let difference = between(&new);
    let points = |edits: &[usize]| {
        let subset = edits.iter().fold(Subset::NONE, |subset, edit| subset.with(*edit));
        let rubric = difference.rubric(subset).unwrap();
        let of = |id: &str| rubric.nodes[rubric.node(id).unwrap().0].points.0[0].0.plain();
        (of("i"), of("j"), rubric.grades[0].threshold.as_ref().unwrap().points.0.plain())
    };
    let of = |i: &str, j: &str, good: &str| (i.to_owned(), j.to_owned(), good.to_owned());
    assert_eq!(points(&[]), of("60", "40", "60"));
    assert_eq!(points(&[0]), of("50", "40", "60"), "points that do not add up are let pass");
    assert_eq!(points(&[1]), of("60", "50", "60"));
    assert_eq!(points(&[0, 2]), of("50", "40", "62"));
    assert_eq!(points(&[0, 1, 2]), of("50", "50", "62"));
}

/// A measure that names a new metric cannot be read without it.
#[test]
fn what_cannot_stand_alone_is_one_edit_with_what_it_wants() {
    let new =
        RUBRIC.replace("[[criterion]]", "[[metric]]\nid = \"r\"\n[[criterion]]").replace("\"q\"\nrule", "\"r\"\nrule");
    let new = new.replace("at_least = 60", "at_least = 62");
    let difference = between(&new);
    let subjects: Vec<Vec<&str>> = difference
        .edits
        .iter()
        .map(|edit| edit.parts.iter().map(|part| part.subject.list.as_str()).collect())
        .collect();
    assert_eq!(subjects, [vec!["indicator", "metric"], vec!["grade"]]);
    for subset in Subset::all(2) {
        assert!(difference.rubric(subset).is_some(), "{subset:?}");
    }
}

#[test]
fn another_kind_of_rule_is_one_edit_and_a_new_grade_stands_where_the_new_text_has_it() {
    let new = RUBRIC.replace("kind = \"linear\", from = 0, to = 40", "kind = \"target\", goal = 40");
    assert_eq!(told(&between(&new).edits).len(), 1);
    let new = RUBRIC.replacen("[[grade]]", "[[grade]]\nid = \"excellent\"\nat_least = 90\n[[grade]]", 1);
    let new = new.replace("[outcome]", "[outcome]\nexcellent = { act = \"next-cycle\" }");
    let new = new.replace("points = 60", "points = 50").replace("points = 40", "points = 50");
    let difference = between(&new);
    let at =
        difference.edits.iter().position(|edit| edit.parts.iter().any(|part| part.subject.id == "excellent")).unwrap();
    let rubric = difference.rubric(Subset::NONE.with(at)).unwrap();
    assert_eq!(rubric.grades.iter().map(|grade| grade.id.as_str()).collect::<Vec<_>>(), ["excellent", "good", "poor"]);
}

#[test]
fn a_citation_is_told_apart_because_no_score_depends_on_it() {
    let document = "[[document]]\nid = \"law\"\ntitle = \"L\"\n[[criterion]]";
    let new = RUBRIC.replace("[[criterion]]", document);
    let new = new
        .replace("at_least = 60", "at_least = 60\ncite = { document = \"law\", article = \"1\", basis = \"example\" }");
    let difference = between(&new);
    assert_eq!((difference.edits.len(), difference.citations.len()), (0, 2));
    assert_ne!(difference.meanings.0, difference.meanings.1);
}
