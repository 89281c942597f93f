//! What a maintainer of rubrics is told: the whole rubric in sentences, by article, and a start for a new one.

use triennial::read::rubric::rubric;
use triennial::store::catalogue::SHIPPED;

use crate::program::Folder;

/// 3 + 3 + 3 spent of 100 + 105 + 110 sold: 9 ÷ 315 = 1 ÷ 35; of 5 % and 60 points 60 × 20 ÷ 35 = 34.2857…
#[test]
fn a_new_rubric_passes_and_is_explained_with_a_worked_example() {
    let folder = Folder::new();
    folder.write("new.toml", folder.done(&["rubric", "new", "--id", "city-2026"]));
    assert_eq!(folder.run(&["check", "new.toml", "--deny", "warnings"]).exit, 0);
    assert_eq!(rubric(&folder.read("new.toml")).0.unwrap().id, "city-2026");
    assert_eq!(folder.run(&["rubric", "new", "--id", "City 2026"]).exit, 2);
    let english = folder.done(&["rubric", "explain", "new.toml", "--lang", "en"]);
    assert!(english.contains("- R&D intensity: 34.29 / 60"), "{english}");
    assert!(english.contains("R&D spending 3, 3, 3 wan yuan; Sales 100, 105, 110 wan yuan"), "{english}");
    assert!(english.contains("- **Excellent**: at least 85 points"), "{english}");
    assert!(english.contains("where Falsified data was found, the grade is Poor"), "{english}");
    assert!(
        english.contains("- **Poor**: rectify within a time limit; within 12 months; inspection passed:"),
        "{english}"
    );
    // 3 of 100, marked so by all three: 40 × 3 ÷ 100.
    assert!(english.contains("- Experts: 1.20 / 40"), "{english}");
    let chinese = folder.done(&["rubric", "explain", "new.toml", "--lang", "zh"]);
    assert!(chinese.contains("- 研发投入强度: 34.29 / 60") && chinese.contains("不低于85分"), "{chinese}");
    assert!(!chinese.contains("points"), "{chinese}");
}

#[test]
fn every_indicator_of_every_shipped_rubric_is_explained_with_an_example() {
    let folder = Folder::new();
    for shipped in SHIPPED {
        let rubric = rubric(shipped.text).0.unwrap();
        for (lang, head) in [("en", "> Example: "), ("zh", "> 算例：")] {
            let told = folder.done(&["rubric", "explain", shipped.id, "--lang", lang]);
            assert_eq!(told.matches(head).count(), rubric.indicators().count(), "{} {lang}", shipped.id);
            for node in &rubric.nodes {
                let title = if lang == "en" { &node.title.en } else { &node.title.zh };
                assert!(told.contains(&format!("# {title}")), "{}: {title}", shipped.id);
            }
        }
    }
}

#[test]
fn articles_say_what_they_set_and_what_stands_on_nothing_is_listed() {
    let folder = Folder::new();
    let told = folder.done(&["rubric", "cite", "ncti", "--since", "2026-11-02", "--lang", "en"]);
    let of = |title: &str| told.split("## ").find(|part| part.lines().next().is_some_and(|head| head.ends_with(title)));
    let article = of("第三十条").unwrap();
    assert!(article.contains("- outcome of Poor: sets it “评估结果较差的创新中心应限期整改”"), "{article}");
    assert!(article.contains("- time limit of Poor: example"), "{article}");
    assert!(of("Documents to be checked again").unwrap().contains("(2026-11-01)"), "{told}");
    let since = folder.done(&["rubric", "cite", "ncti", "--since", "2026-11-01", "--lang", "en"]);
    assert!(!since.contains("Documents to be checked again"), "{since}");
    folder.write("base.toml", include_str!("../rubrics/overlays/base.toml"));
    let base = folder.done(&["rubric", "cite", "base.toml", "--lang", "en"]);
    let nothing = base.split("## Nothing is cited for").nth(1).unwrap();
    for what in ["grade Good", "gate integrity", "outcome of Poor", "time limit of Poor"] {
        assert!(nothing.contains(&format!("- {what}\n")), "{what}: {nothing}");
    }
    assert!(!nothing.contains("- points and rule of Income"), "its criterion is cited: {nothing}");
    assert!(base.contains("Notice (never)"), "{base}");
}

/// Lines and columns count from 1, in characters.
#[test]
fn an_editor_is_told_where_in_which_file() {
    let folder = Folder::new();
    folder.write("base.toml", include_str!("../rubrics/overlays/broken.toml"));
    folder.write("over.toml", "[rubric]\nextends = \"base.toml\"\nid = \"o\"\nedition = \"1\"\nnoote = \"x\"\n");
    let ran = folder.run(&["check", "over.toml", "--format", "json", "--lang", "en"]);
    assert_eq!((ran.exit, ran.err.as_str()), (2, ""));
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["format"], "triennial/check/1");
    let own = &told["files"][0];
    assert_eq!((&own["file"], &own["diagnostics"][0]["code"]), (&"over.toml".into(), &"E-unknown-key".into()));
    let place = serde_json::json!({ "line": 5, "column": 1, "end_line": 5, "end_column": 6 });
    assert_eq!(own["diagnostics"][0]["place"], place);
    let base = &told["files"][1]["diagnostics"][0];
    assert_eq!(base["severity"], "error");
    assert_eq!((&base["place"]["line"], &base["place"]["column"]), (&45.into(), &21.into()));
    assert_eq!(base["help"], "did you mean `staff`?");
}
