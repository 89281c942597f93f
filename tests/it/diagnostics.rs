//! Malformed rubrics: one file per code, and what a person is told about it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use triennial::domain::text::Lang;
use triennial::read;
use triennial::wording::diagnostic;

const FOLDER: &str = "tests/rubrics/errors";

/// What `triennial check` says of a text, in one language.
fn told(name: &str, text: &str, lang: Lang) -> String {
    let (_, faults) = read::rubric::checked(text);
    faults.iter().map(|fault| diagnostic::text(fault, name, text, lang) + "\n").collect()
}

/// Codes that stand in the sources of a room.
fn codes(path: &Path, found: &mut BTreeSet<String>) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| codes(&entry.unwrap().path(), found));
        return;
    }
    if path.file_name().is_some_and(|name| name == "tests.rs") {
        return;
    }
    let text = fs::read_to_string(path).unwrap();
    for part in text.split('"').filter(|part| part.starts_with("E-") || part.starts_with("W-")) {
        if part.chars().all(|c| c.is_ascii_alphabetic() || c == '-') {
            found.insert(part.to_owned());
        }
    }
}

#[test]
fn every_code_of_the_rubric_reader_has_a_file_that_triggers_it() {
    let mut wanted = BTreeSet::new();
    for part in ["src/read/toml.rs", "src/read/rubric.rs", "src/read/rubric", "src/read/formula.rs", "src/read/formula"]
    {
        codes(Path::new(part), &mut wanted);
    }
    // Too large for a file of their own, or about a cohort: they have tests of their own here.
    wanted.retain(|code| !code.starts_with("E-limit-") && code != "W-alone");
    let mut have = BTreeSet::new();
    for entry in fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let (rubric, faults) = read::rubric::checked(&text);
        assert_eq!(rubric.is_some(), code.starts_with("W-"), "{code}");
        if code.starts_with("E-") || code.starts_with("W-") {
            assert!(faults.iter().any(|f| f.code == code), "{code}: {faults:#?}");
            have.insert(code);
        }
    }
    assert_eq!(have, wanted);
}

#[test]
fn every_malformed_file_is_explained_with_place_and_remedy() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/diagnostics");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut files: Vec<_> = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let mut shown = String::new();
        for lang in [Lang::En, Lang::Zh] {
            let _ = write!(shown, "{}", told(name, &text, lang));
        }
        settings.bind(|| insta::assert_snapshot!(name.trim_end_matches(".toml"), shown));
    }
}

#[test]
fn six_faults_are_reported_at_once_each_in_its_line() {
    let text = fs::read_to_string(format!("{FOLDER}/six-faults.toml")).unwrap();
    let (_, faults) = read::rubric::rubric(&text);
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let found: Vec<(&str, usize)> = faults.iter().map(|f| (f.code, line(f.start()))).collect();
    let wanted = [
        ("E-unknown-key", 7),
        ("E-points-sum", 18),
        ("E-formula-name", 24),
        ("E-linear-start", 25),
        ("E-formula-name", 30),
        ("E-period", 37),
    ];
    assert_eq!(found, wanted);
    assert!(faults.iter().all(|fault| !fault.help.en.is_empty() && !fault.help.zh.is_empty()));
}

/// One of the two regions has a single centre; over all there are two.
#[test]
fn a_rule_that_compares_wants_others_to_compare_with() {
    let rubric = |per: &str| {
        format!(
            "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n[[attribute]]\nid = \"region\"\n\
             [[metric]]\nid = \"m\"\n[[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 1\nmeasure = \"m\"\n\
             rule = {{ kind = \"min-max\", per = \"{per}\" }}\n"
        )
    };
    let alone = |per: &str, data: &str| {
        let text = rubric(per);
        let rubric = read::rubric::rubric(&text).0.unwrap();
        let data = read::table::table(data, &rubric, None).0.unwrap();
        let found = read::rubric::alone(&text, &rubric, &read::table::cohort(&data, &rubric));
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        found.iter().map(|fault| (fault.code, line(fault.start()))).collect::<Vec<_>>()
    };
    let three = "centre,region,m\na,n,1\nb,s,2\nc,s,3\n";
    assert_eq!(alone("all", three), []);
    assert_eq!(alone("region", three), [("W-alone", 12)]);
    assert_eq!(alone("all", "centre,region,m\na,n,1\n"), [("W-alone", 12)]);
    assert_eq!(alone("all", "centre,region,status,m\na,n,,1\nb,s,absent,2\n"), [("W-alone", 12)]);
}

#[test]
fn limits_are_refused_at_once() {
    let base = fs::read_to_string(format!("{FOLDER}/W-unused-metric.toml")).unwrap();
    let first = |text: &str| read::rubric::rubric(text).1.first().map(|f| f.code);
    let padding = read::toml::MAX_BYTES - base.len();
    assert_eq!(first(&format!("{base}{}", "#".repeat(padding))), Some("W-unused-metric"));
    assert_eq!(first(&format!("{base}{}", "#".repeat(padding + 1))), Some("E-limit-size"));
    let deep = |depth: usize| format!("{base}\n[[kind]]\nid = {}1{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(first(&deep(200)), Some("E-limit-nesting"));
    let formula = |depth: usize| {
        let nested = format!("{}sum(income){}", "(".repeat(depth), ")".repeat(depth));
        base.replace("\"sum(income)\"", &format!("\"{nested}\""))
    };
    let has = |text: &str, code: &str| read::rubric::rubric(text).1.iter().any(|f| f.code == code);
    assert!(!has(&formula(62), "E-limit-formula"));
    assert!(has(&formula(64), "E-limit-formula"));
    let chain =
        |terms: usize| base.replace("\"sum(income)\"", &format!("\"{}\"", vec!["sum(income)"; terms].join(" + ")));
    assert!(!has(&chain(62), "E-limit-formula"));
    assert!(has(&chain(5000), "E-limit-formula"));
    let many = |count: usize| {
        let one = |n: usize| {
            format!(
                "[[criterion.indicator]]\nid = \"i{n}\"\npoints = 0\nmeasure = \"sum(income)\"\nrule = {{ kind = \"linear\", from = 0, to = 9 }}\n"
            )
        };
        let all: String = (0..count).map(one).collect();
        base.replace("[[grade]]\nid = \"good\"", &format!("{all}[[grade]]\nid = \"good\""))
    };
    assert!(!has(&many(read::rubric::MAX_NODES - 2), "E-limit-indicators"));
    assert!(has(&many(read::rubric::MAX_NODES - 1), "E-limit-indicators"));
    let items = |count: usize| {
        let item = "{ points = 0, measure = \"sum(income)\", rule = { kind = \"yes-no\" } }, ";
        base.replace(
            "measure = \"sum(income)\"\nrule = { kind = \"linear\", from = 0, to = 100 }",
            &format!("checklist = [ {} ]", item.repeat(count)),
        )
    };
    assert!(items(1) != base, "the file has such an indicator");
    assert!(!has(&items(read::rubric::MAX_NODES - 2), "E-limit-indicators"));
    assert!(has(&items(read::rubric::MAX_NODES - 1), "E-limit-indicators"));
    let classes = |kinds: usize, stages: usize| {
        let tables = |table: &str, count: usize| -> String {
            (0..count).map(|n| format!("[[{table}]]\nid = \"{table}{n}\"\n")).collect()
        };
        format!("{base}\n{}{}", tables("kind", kinds), tables("stage", stages))
    };
    assert!(!has(&classes(read::rubric::MAX_CLASSES / 20, 20), "E-limit-classes"));
    assert!(has(&classes(read::rubric::MAX_CLASSES / 20 + 1, 20), "E-limit-classes"));
    assert!(has(&classes(20_000, 20_000), "E-limit-classes"));
    let levels = |count: usize| {
        let all: String = (0..count).map(|n| format!("[[profile.level]]\nid = \"l{n}\"\n")).collect();
        format!("{base}\n[profile]\nwhole = 100\n{all}")
    };
    assert!(!has(&levels(read::rubric::MAX_LEVELS), "E-limit-levels"));
    assert!(has(&levels(read::rubric::MAX_LEVELS + 1), "E-limit-levels"));
    // What is written out twice must not double with every level.
    let excess = |depth: usize| {
        let nested = format!("{}1{}", "excess(sum(income), ".repeat(depth), ")".repeat(depth));
        base.replace("\"sum(income)\"", &format!("\"{nested}\""))
    };
    assert!(!has(&excess(1), "E-formula"));
    assert!(has(&excess(40), "E-formula"));
    let attribute = |depth: usize| {
        let nested = format!("{}sum(income){}", "by_attribute(x, 'a': 1, other: ".repeat(depth), ")".repeat(depth));
        let declared = format!("{base}\n[[attribute]]\nid = \"x\"\n");
        declared.replace("\"sum(income)\"", &format!("\"{nested}\""))
    };
    assert!(!has(&attribute(60), "E-limit-formula"));
    assert!(has(&attribute(64), "E-limit-formula"));
}
