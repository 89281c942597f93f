//! Fixtures: that they pass, and that they cannot but fail where a figure, a rubric or a word of theirs is wrong.

use std::fs;
use std::path::Path;

use crate::program::{Folder, Ran};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

const RUBRICS: [&str; 8] =
    ["ncti", "transfer-institution", "incubator", "factor-market", "sme", "enterprise-points", "henan-etrc", "hdi"];

fn folder(rubric: &str) -> String {
    format!("{ROOT}/tests/rubrics/{rubric}")
}

#[test]
fn the_fixtures_of_shipped_rubrics_pass() {
    let folders: Vec<String> = RUBRICS.iter().map(|rubric| folder(rubric)).collect();
    let mut arguments = vec!["test"];
    arguments.extend(folders.iter().map(String::as_str));
    assert!(RUBRICS.iter().all(|rubric| Path::new(&folder(rubric)).is_dir()));
    let told = Folder::new().done(&arguments);
    assert_eq!(told, "fixtures 8, values compared 66, differing 0\n");
}

/// A fixture with its table, under a rubric that gives a point for each patent, up to ten.
fn one(expect: &str) -> (Folder, Ran) {
    let folder = Folder::new();
    folder.write(
        "own.toml",
        "[rubric]\nid = \"own\"\nedition = \"1\"\ncycle_years = 1\nrounding = \"none\"\n\n[[metric]]\nid = \"patents\"\nyearly = false\n\n\
         [[criterion]]\nid = \"output\"\ntitle = { en = \"Output\", zh = \"产出\" }\n\n[[criterion.indicator]]\n\
         id = \"patents-share\"\npoints = 10\nmeasure = \"patents / 3\"\nrule = { kind = \"linear\", from = 0, to = 10 }\n\n\
         [[grade]]\nid = \"good\"\nat_least = 5\n\n[[grade]]\nid = \"poor\"\n\n\
         [outcome]\ngood = { act = \"next-cycle\" }\npoor = { act = \"rectify\", within = \"12 months\" }\n\
         absent = { act = \"remove\" }\nwithdrawn = { act = \"remove\" }\n",
    );
    let head = "rubric = \"own.toml\"\nsource = \"by hand\"\ndata = \"\"\"\ncentre,patents\na,20\nb,NR\nc,40\n\"\"\"\n";
    folder.write("case.toml", format!("{head}{expect}"));
    let ran = folder.run(&["test", "case.toml", "--lang", "en"]);
    (folder, ran)
}

#[test]
fn a_number_is_compared_at_the_places_that_are_written() {
    // 20 ÷ 3 = 6.666…, half up.
    let (_, ran) = one("[[expect]]\ncentre = \"a\"\ntotal = 6.67\ngrade = \"good\"\nrank = 2\n");
    assert_eq!((ran.exit, ran.out.as_str()), (0, "fixtures 1, values compared 3, differing 0\n"));
    let (_, ran) = one("[[expect]]\ncentre = \"a\"\ntotal = 7\n");
    assert_eq!(ran.exit, 0, "{}", ran.out);
    let (_, ran) = one("[[expect]]\ncentre = \"a\"\ntotal = 6.66\n");
    assert_eq!(ran.exit, 1);
    let told = "case.toml:11: a, Total: expected 6.66, found 6.666667~ (20/3)\n  expected by: by hand\n";
    assert!(ran.out.starts_with(told), "{}", ran.out);
}

#[test]
fn each_thing_that_differs_is_told_with_its_line_and_how_it_came_about() {
    let expect = "[[expect]]\ncentre = \"a\"\npoints = { output = 5, patents-share = 6.67 }\ngrade = \"poor\"\n\
                  rank = 1\noutcome = \"rectify\"\nflags = [\"rectify\"]\n";
    let (folder, ran) = one(expect);
    assert_eq!(ran.exit, 1);
    for told in [
        "case.toml:11: a, Output: expected 5, found 6.666667~ (20/3)\n",
        "case.toml:12: a, Grade: expected poor, found good\n",
        "case.toml:13: a, Rank: expected 1, found 2\n",
        "case.toml:14: a, Outcome (proposed): expected rectify, found next-cycle\n",
        "case.toml:15: a, Flags: expected rectify, found none\n",
        "fixtures 1, values compared 6, differing 5\n",
    ] {
        assert!(ran.out.contains(told), "{told}{}", ran.out);
    }
    let json = folder.run(&["test", "case.toml", "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json.exit, rows.as_array().unwrap().len()), (1, 5));
    assert_eq!(
        (&rows[0]["item"], &rows[0]["line"], &rows[0]["expected"]),
        (&"output".into(), &"11".into(), &"5".into())
    );
}

#[test]
fn nothing_is_another_thing_than_zero() {
    // Not reported is no points here, and still a graded centre.
    let (_, ran) = one("[[expect]]\ncentre = \"b\"\ntotal = 0\ngrade = \"poor\"\n");
    assert_eq!(ran.exit, 0, "{}", ran.out);
    let (_, ran) = one("[[expect]]\ncentre = \"b\"\ntotal = \"\"\ngrade = \"\"\n");
    assert!(ran.out.contains("b, Total: expected none, found 0"), "{}", ran.out);
    assert!(ran.out.contains("b, Grade: expected none, found poor"), "{}", ran.out);
}

#[test]
fn what_cannot_be_read_is_told_at_its_place() {
    for (expect, code, place) in [
        ("[[expect]]\ncentre = \"d\"\n", "E-unknown-word", "case.toml:10:10"),
        ("[[expect]]\ncentre = \"a\"\npoints = { outputs = 1 }\n", "E-unknown-key", "case.toml:11:12"),
        ("[[expect]]\ncentre = \"a\"\ngrade = \"goood\"\n", "E-unknown-word", "case.toml:11:9"),
        ("[[expect]]\ncentre = \"a\"\ntotal = \"much\"\n", "E-number", "case.toml:11:9"),
        ("[[expect]]\ncentr = \"a\"\n", "E-unknown-key", "case.toml:10:1"),
        ("", "E-missing-key", "case.toml"),
        ("file = \"x.csv\"\n[[expect]]\ncentre = \"a\"\n", "E-fixture-data", "case.toml:9:8"),
        ("cycle = \"2023 to\"\n[[expect]]\ncentre = \"a\"\n", "E-fixture-value", "case.toml:9:9"),
        ("decided_on = \"soon\"\n[[expect]]\ncentre = \"a\"\n", "E-fixture-value", "case.toml:9:14"),
    ] {
        let (_, ran) = one(expect);
        assert_eq!((ran.exit, ran.out.as_str()), (2, ""), "{expect}");
        assert!(ran.err.contains(&format!("error[{code}]")) && ran.err.contains(place), "{expect}: {}", ran.err);
    }
    let folder = Folder::new();
    assert_eq!(folder.run(&["test", "nowhere.toml"]).exit, 3);
    let empty = folder.run(&["test", "."]);
    assert!(empty.exit == 2 && empty.err.contains("E-no-fixture"), "{}", empty.err);
}

#[test]
fn a_changed_rubric_is_tried_on_the_old_fixtures() {
    let folder = Folder::new();
    let text = fs::read_to_string(format!("{ROOT}/rubrics/ncti.toml")).unwrap();
    folder.write("changed.toml", text.replacen("at_least = 60", "at_least = 70", 1));
    let fixtures = self::folder("ncti");
    let ran = folder.run(&["test", &fixtures, "--rubric", "changed.toml", "--lang", "en"]);
    // d16 has 66.01 points, d12 has 73.76.
    assert_eq!(ran.exit, 1);
    assert!(ran.out.contains("d16, Grade: expected good, found poor"), "{}", ran.out);
    assert!(ran.out.ends_with("differing 1\n"), "{}", ran.out);
}
