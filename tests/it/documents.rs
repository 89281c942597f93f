//! What the documents say is what the program does.

use triennial::app::command::key_table_markdown;
use triennial::domain::diagnostic::Diagnostic;
use triennial::domain::formula::Expr;
use triennial::domain::rubric::{Body, Rubric};
use triennial::domain::text::Lang;
use triennial::read;
use triennial::wording::formula::{Names, expr};

use crate::program::Folder;

#[test]
fn the_key_table_of_the_readme_is_the_programs() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let shown = readme.split("<!-- keys -->").nth(1).unwrap().split("<!-- /keys -->").next().unwrap();
    assert_eq!(shown.trim(), key_table_markdown(Lang::En).trim(), "copy it from `triennial keys`");
}

#[test]
fn nothing_the_readme_points_to_is_missing() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    for target in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(std::path::Path::new(target).exists(), "{target}");
    }
}

const GUIDE: &str = include_str!("../../docs/rubric-language.md");

/// The fenced examples of a kind, in the order of the page.
fn examples(kind: &str) -> Vec<&'static str> {
    let fence = format!("```{kind}\n");
    GUIDE.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// The lines that begin with a key.
fn lines(kind: &str, key: &str) -> Vec<&'static str> {
    let begins = format!("{key} = ");
    examples(kind).into_iter().flat_map(str::lines).filter(|line| line.starts_with(&begins)).collect()
}

fn told(faults: &[Diagnostic]) -> Vec<String> {
    faults.iter().map(|fault| format!("{}: {}", fault.code, fault.what.en)).collect()
}

#[test]
fn the_examples_of_the_guide_are_one_rubric() {
    let (rubric, faults) = read::rubric::rubric(&examples("toml").concat());
    assert_eq!(told(&faults), [""; 0]);
    let rubric = rubric.unwrap();
    assert_eq!((rubric.kinds.len(), rubric.stages.len(), rubric.grades.len()), (2, 2, 3));
    assert!(rubric.is_relative());
}

/// Every step of the tutorial is done as a reader would do it, and what the page prints is what the program prints.
#[test]
fn the_tutorial_leads_from_an_empty_file_to_a_graded_cohort() {
    let (steps, shown) = (examples("toml step"), examples("text step"));
    let [asks, does_not_add_up, scores, explains] = shown[..] else { panic!("{} outputs", shown.len()) };
    assert_eq!(steps.len(), 5);
    let folder = Folder::new();
    let check = |text: &str| {
        folder.write("labs.toml", text);
        folder.run(&["check", "labs.toml", "--deny", "warnings"])
    };
    for (step, _) in steps.iter().enumerate() {
        let checked = check(&steps[..=step].join("\n"));
        match step {
            0 => assert_eq!((checked.exit, checked.err.as_str()), (2, asks)),
            1 => assert_eq!(checked.exit, 2, "{}", checked.err),
            _ => assert_eq!((checked.exit, checked.err.as_str()), (0, "labs.toml: no faults\n"), "step {}", step + 1),
        }
    }
    let whole = steps.join("\n");
    assert_eq!(check(&whole.replace("points = 60", "points = 50")).err, does_not_add_up);
    folder.write("labs.toml", &whole);
    folder.write("labs.csv", examples("csv step").concat());
    assert_eq!(folder.done(&["score", "--rubric", "labs.toml", "--data", "labs.csv", "--format", "csv"]), scores);
    let told = folder.done(&["explain", "--rubric", "labs.toml", "--data", "labs.csv", "--centre", "south"]);
    assert!(told.ends_with(explains), "{told}");
    folder.done(&["new", "labs.triennial", "--rubric", "labs.toml", "--cycle", "2023-2025"]);
    // The places that the page points to are there.
    for target in GUIDE.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|to| !to.starts_with('#'))
    {
        assert!(std::path::Path::new("docs").join(target).exists(), "{target}");
    }
}

/// The rubric of the guide with the lines of one indicator changed.
fn with_intensity(measure: &str, rule: &str) -> Vec<String> {
    let whole = examples("toml").concat();
    let old = "measure = \"sum(rd_spending) / sum(sales)\"\nrule = { kind = \"linear\", from = 0, to = \"5%\" }\n";
    assert!(whole.contains(old));
    let changed = whole.replace(old, &format!("{measure}\n{rule}\n"));
    // A metric that only this indicator used is then unused, and a band may give less than all.
    let aside = ["W-points-out-of-reach", "W-unused-metric"];
    told(&faults_of(&changed).into_iter().filter(|fault| !aside.contains(&fault.code)).collect::<Vec<_>>())
}

fn faults_of(text: &str) -> Vec<Diagnostic> {
    read::rubric::rubric(text).1
}

/// The formula that an indicator of the guide then has.
fn intensity(measure: &str) -> (Rubric, Expr) {
    let old = "measure = \"sum(rd_spending) / sum(sales)\"\nrule = { kind = \"linear\", from = 0, to = \"5%\" }\n";
    let changed = examples("toml").concat().replace(old, &format!("{measure}\nrule = {{ kind = \"min-max\" }}\n"));
    let rubric = read::rubric::rubric(&changed).0.unwrap();
    let node = rubric.node("intensity").unwrap();
    let mut found = None;
    if let Body::Indicator(indicator) = &rubric.nodes[node.0].body {
        indicator.scoring.leaves(&mut |measure, _| found = Some(measure.expr.clone()));
    }
    (rubric, found.unwrap())
}

#[test]
fn the_overlay_of_the_guide_is_whole_with_its_base() {
    let folder = Folder::new();
    folder.write("overlay.toml", examples("toml overlay").concat());
    let ran = folder.run(&["check", "overlay.toml", "--deny", "warnings"]);
    assert_eq!((ran.exit, ran.err.trim()), (0, "overlay.toml: no faults"));
}

#[test]
fn every_measure_of_the_guide_is_read() {
    let measures = lines("toml measure", "measure");
    assert!(measures.len() >= 15, "{measures:?}");
    for measure in measures {
        let found = with_intensity(measure, "rule = { kind = \"min-max\" }");
        assert_eq!(found, [""; 0], "{measure}");
        // Spelled out again it is the same formula.
        let (rubric, tree) = intensity(measure);
        let spelled = expr(&tree, &rubric, Names::Ids).replace('"', "'");
        assert_eq!(intensity(&format!("measure = \"{spelled}\"")).1, tree, "{measure} became {spelled}");
    }
}

#[test]
fn every_rule_of_the_guide_is_read() {
    let rules = lines("toml rule", "rule");
    assert!(rules.len() >= 20, "{rules:?}");
    for rule in rules {
        let found = with_intensity("measure = \"sum(rd_spending) / sum(sales)\"", rule);
        assert_eq!(found, [""; 0], "{rule}");
    }
}

/// The keys that the reader knows at a place where `zzzz` stands, from what it says about that.
pub fn known_keys(text: &str) -> Vec<String> {
    let faults = read::rubric::rubric(text).1;
    let fault = faults.iter().find(|fault| fault.what.en.contains("no key `zzzz`"));
    let help = &fault.unwrap_or_else(|| panic!("{text}: {faults:#?}")).help.en;
    let keys: Vec<String> = help.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    assert!(!keys.is_empty() && !help.ends_with("..."), "{help}");
    keys
}

#[test]
fn the_guide_names_every_key_and_every_word_of_a_formula() {
    let head = "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n";
    let indicator = |more: &str| {
        format!("{head}[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 1\n{more}\n")
    };
    let mut places = vec![
        format!("zzzz = 1\n{head}"),
        format!("{head}zzzz = 1\n"),
        indicator("zzzz = 1"),
        indicator("best_of = [ { zzzz = 1 } ]"),
        indicator("checklist = [ { zzzz = 1 } ]"),
        indicator("missing = { zzzz = 1 }"),
        indicator("not_applicable = { zzzz = 1 }"),
        format!("{head}rounding = {{ zzzz = 1 }}\n").replace("rounding = \"none\"\n", ""),
        format!("{head}[[criterion]]\nid = \"k\"\nzzzz = 1\n"),
        format!("{head}[[metric]]\nid = \"m\"\npanel = {{ zzzz = 1 }}\n"),
        format!("{head}[data_checks]\nzzzz = 1\n"),
        format!("{head}[profile]\nzzzz = 1\n"),
        format!("{head}[profile]\n[[profile.level]]\nzzzz = 1\n"),
        format!("{head}[outcome]\nabsent = {{ zzzz = 1 }}\n"),
        format!("{head}[outcome]\nabsent = {{ act = \"remove\", cases = [ {{ zzzz = 1 }} ] }}\n"),
        format!("{head}[[grade]]\nid = \"g\"\nquota = {{ zzzz = 1 }}\n"),
        format!("{head}[[grade]]\nid = \"g\"\nquota = {{ ties = {{ zzzz = 1 }} }}\n"),
        format!("{head}[[grade]]\nid = \"g\"\nfirst = {{ zzzz = 1 }}\n"),
        format!("{head}[[kind]]\nid = \"g\"\ncite = {{ zzzz = 1 }}\n"),
    ];
    for table in [
        "document",
        "kind",
        "stage",
        "attribute",
        "finding",
        "reference",
        "panel",
        "metric",
        "assertion",
        "grade",
        "gate",
        "act",
    ] {
        places.push(format!("{head}[[{table}]]\nzzzz = 1\n"));
    }
    for table in ["data", "total", "public_notice", "publication"] {
        places.push(format!("{head}[{table}]\nzzzz = 1\n"));
    }
    let kinds = [
        "linear",
        "target",
        "bands",
        "per-unit",
        "expert",
        "min-max",
        "ratio-to-best",
        "z-score",
        "percentile",
        "rank-points",
    ];
    for kind in kinds {
        places.push(indicator(&format!("measure = \"x\"\nrule = {{ kind = \"{kind}\", zzzz = 1 }}")));
    }
    for extra in ["bands = [ { zzzz = 1 } ]", "mark = \"x\", bands = [ { zzzz = 1 } ]"] {
        places.push(indicator(&format!("measure = \"x\"\nrule = {{ kind = \"bands\", {extra} }}")));
    }
    places.push(indicator("measure = \"x\"\nrule = { kind = \"min-max\", outliers = { zzzz = 1 } }"));
    // A word counts as named where it stands in code, alone or with others.
    let code: Vec<&str> = GUIDE.split('`').skip(1).step_by(2).collect();
    let words: std::collections::BTreeSet<&str> = code
        .iter()
        .flat_map(|code| code.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')))
        .chain(
            GUIDE
                .split("```")
                .skip(1)
                .step_by(2)
                .flat_map(|block| block.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))),
        )
        .collect();
    for key in places.iter().flat_map(|text| known_keys(text)) {
        assert!(words.contains(key.as_str()), "the guide does not name `{key}`");
    }
    let formulas = read::formula::words();
    assert!(formulas.len() > 30);
    for word in formulas {
        assert!(words.contains(word), "the guide does not name the word `{word}` of formulas");
    }
}
