//! Rubrics that hold only their differences from another, as files: what they come to, and what a person is told.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use triennial::domain::text::Lang;
use triennial::read::overlay::{self, File};
use triennial::read::rubric::rubric;
use triennial::store::catalogue::SHIPPED;
use triennial::wording::diagnostic;

use crate::program::Folder;

const FOLDER: &str = "tests/rubrics/overlays";

fn copied(folder: &Folder) {
    for name in ["base.toml", "region.toml", "region-by-hand.toml"] {
        folder.write(name, fs::read(format!("{FOLDER}/{name}")).unwrap());
    }
}

#[test]
fn an_overlay_is_the_rubric_that_was_written_out_by_hand() {
    let folder = Folder::new();
    copied(&folder);
    let flat = folder.done(&["rubric", "flatten", "region.toml"]);
    let by_hand = rubric(&folder.read("region-by-hand.toml")).0;
    assert!(by_hand.is_some());
    assert_eq!(rubric(&flat).0, by_hand);
    folder.write("flat.toml", &flat);
    assert_eq!(folder.done(&["rubric", "flatten", "flat.toml"]), flat, "what is whole stays as it is");
    assert_eq!(folder.run(&["check", "region.toml", "--deny", "warnings"]).exit, 0);
}

#[test]
fn every_shipped_rubric_extended_by_nothing_means_the_same() {
    let folder = Folder::new();
    for shipped in SHIPPED {
        let text = format!("[rubric]\nextends = \"{}\"\nid = \"mine\"\nedition = \"mine\"\n", shipped.id);
        folder.write("mine.toml", text);
        let made = rubric(&folder.done(&["rubric", "flatten", "mine.toml"])).0.unwrap();
        let mut base = rubric(shipped.text).0.unwrap();
        (base.id, base.edition) = ("mine".into(), "mine".into());
        assert_eq!(made, base, "{}", shipped.id);
    }
}

/// A good 150 income: 50 × 150 ÷ 200 = 37.5; 2 of 4 patents: 5; 150 ÷ 10 heads = 15 of 10: 40. 82.5 together.
#[test]
fn an_evaluation_pins_what_an_overlay_comes_to() {
    let folder = Folder::new();
    copied(&folder);
    folder.write("data.csv", "centre,income,staff,patents\nc1,150,10,2\n");
    let scored = folder.done(&["score", "--rubric", "region.toml", "--data", "data.csv", "--format", "csv"]);
    assert!(scored.contains("c1,,,participating,82.5,82.5,good"), "{scored}");
    folder.done(&["new", "e.triennial", "--rubric", "region.toml", "--cycle", "2025"]);
    folder.done(&["import", "e.triennial", "data.csv", "--yes"]);
    // The file says it all, also when its rubric is gone.
    fs::remove_file(folder.path().join("base.toml")).unwrap();
    fs::remove_file(folder.path().join("region.toml")).unwrap();
    let again = folder.done(&["score", "e.triennial", "--format", "csv"]);
    assert!(again.contains("c1,,,participating,82.5,82.5,good"), "{again}");
    copied(&folder);
    let explained = folder.done(&["explain", "--rubric", "region.toml", "--data", "data.csv", "--centre", "c1"]);
    assert!(explained.contains("82.5"), "{explained}");
    let same = folder.done(&["repin", "e.triennial", "region.toml"]);
    assert!(same.contains("already the pinned rubric"), "{same}");
    folder.write("stricter.toml", "[rubric]\nextends = \"region.toml\"\nid = \"region\"\nedition = \"2\"\n[[grade]]\nid = \"good\"\nat_least = 84\n");
    let moved = folder.run(&["repin", "e.triennial", "stricter.toml", "--reason", "stricter"]);
    assert_eq!(moved.exit, 0, "{}", moved.err);
    assert!(folder.done(&["score", "e.triennial", "--format", "csv"]).contains(",poor,"));
}

#[test]
fn an_overlay_gives_a_metric_a_tolerance_and_the_explanation_tells_it() {
    let folder = Folder::new();
    copied(&folder);
    let told = |lang: &str| folder.done(&["rubric", "explain", "off.toml", "--lang", lang]);
    let overlay = |tolerance: &str| {
        format!(
            "[rubric]\nextends = \"base.toml\"\nid = \"off\"\nedition = \"1\"\n\
             [[metric]]\nid = \"income\"\ntolerance = {tolerance}\n"
        )
    };
    folder.write("off.toml", overlay("0.5"));
    assert!(told("en").contains("## How far figures may be off\n\n- Income: by 0.5 万元\n"), "{}", told("en"));
    folder.write("off.toml", overlay("\"1%\""));
    assert!(folder.done(&["rubric", "flatten", "off.toml"]).contains("tolerance = \"1%\""));
    assert!(told("en").contains("- Income: by 1% of the figure\n"), "{}", told("en"));
    assert!(told("zh").contains("## 数据允许误差\n\n- 收入：数值的 1%\n"), "{}", told("zh"));
    // Nothing is said where nothing may be off.
    assert!(!folder.done(&["rubric", "explain", "base.toml"]).contains("may be off"));
}

/// Codes that the sources of overlays name.
fn wanted() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for path in ["src/read/overlay.rs", "src/read/overlay/merge.rs"] {
        let text = fs::read_to_string(path).unwrap();
        let quoted = text.split('"').filter(|part| part.starts_with("E-overlay-") || part.starts_with("E-extends-"));
        codes.extend(quoted.map(str::to_owned));
    }
    codes
}

#[test]
fn every_fault_of_an_overlay_is_told_at_its_line() {
    let read = |path: &Path| {
        let text = fs::read_to_string(path).ok()?;
        Some(File { name: path.display().to_string(), text })
    };
    let base = |named: &str, from: &str| {
        let beside = Path::new(from).parent().unwrap();
        let (beside, named) = match named.strip_prefix("../") {
            Some(rest) => (beside.parent().unwrap(), rest),
            None => (beside, named),
        };
        read(&beside.join(named)).ok_or_else(|| triennial::domain::text::Text::both("no such file"))
    };
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/overlays");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut files: Vec<_> = fs::read_dir(format!("{FOLDER}/errors")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut have = BTreeSet::new();
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let whole = overlay::whole(read(&path).unwrap(), &base);
        assert!(whole.rubric.is_none(), "{name}");
        assert!(!name.starts_with("E-") || name.ends_with("-other") || whole.faults().any(|fault| fault.code == name));
        have.insert(name.clone());
        let mut shown = String::new();
        for lang in [Lang::En, Lang::Zh] {
            for (file, faults) in &whole.reports {
                for fault in faults {
                    let _ = writeln!(shown, "{}", diagnostic::text(fault, &file.name, &file.text, lang));
                }
            }
        }
        settings.bind(|| insta::assert_snapshot!(name, shown));
    }
    assert!(have.is_superset(&wanted()), "{:?}", wanted().difference(&have).collect::<Vec<_>>());
}
