//! `evidence`: files that show where figures come from, from attaching them to the sheet that carries their digest.

use crate::program::{Folder, rows, value};
use crate::small::{self, FILE};

/// SHA-256 of `abc`, from FIPS 180-2, appendix B.1.
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn found(folder: &Folder, exit: i32) -> Vec<[String; 4]> {
    let ran = folder.run(&["evidence", "check", FILE, "--format", "csv"]);
    assert_eq!(ran.exit, exit, "{}{}", ran.out, ran.err);
    rows(&ran.out).iter().map(|row| ["centre", "cell", "file", "finding"].map(|c| value(row, c).to_owned())).collect()
}

#[test]
fn a_file_is_attached_listed_taken_back_and_its_digest_stands_on_the_sheet() {
    let folder = small::evaluation();
    folder.write("audit.pdf", "abc");
    let out = folder.done(&["evidence", "add", FILE, "c1", "income@2024", "audit.pdf"]);
    assert!(out.contains(ABC) && out.contains("3 bytes"), "{out}");
    folder.write("charter.txt", "charter");
    folder.done(&["evidence", "add", FILE, "c1", "charter.txt", "--copy"]);
    let listed = rows(&folder.done(&["evidence", "list", FILE, "--format", "csv"]));
    let shown: Vec<[&str; 4]> =
        listed.iter().map(|row| ["centre", "cell", "evidence", "path"].map(|c| value(row, c))).collect();
    assert_eq!(shown, [["c1", "income@2024", "audit.pdf", "audit.pdf"], ["c1", "", "charter.txt", ""]]);
    assert_eq!(found(&folder, 0), Vec::<[String; 4]>::new());
    folder.done(&["export", FILE, "--format", "json,csv,markdown", "--out", "sheets"]);
    let sheet: serde_json::Value = serde_json::from_str(&folder.read("sheets/centres/c1.json")).unwrap();
    assert_eq!(sheet["tables"]["evidence"][0]["digest"], ABC);
    assert!(folder.read("sheets/centres/c1.md").contains(ABC));
    let digest = sheet["provenance"]["evidence_digest"].as_str().unwrap().to_owned();
    let other: serde_json::Value = serde_json::from_str(&folder.read("sheets/centres/c2.json")).unwrap();
    assert_eq!(other["provenance"]["evidence_digest"], digest.as_str());
    folder.write("small.toml", small::RUBRIC);
    folder.done(&["verify", "sheets/cohort.json", "--rubric", "small.toml"]);
    folder.done(&["verify", "sheets/centres/c1.json", "--rubric", "small.toml"]);
    folder.done(&["verify", "sheets/centres/c1.json", "--evaluation", FILE]);
    folder.done(&["verify", FILE, "--against", "sheets/centres/c2.json"]);
    // What was taken away changes the digest, and a sheet from before still holds.
    folder.done(&["evidence", "drop", FILE, "c1", "income@2024", &ABC[..8]]);
    assert_eq!(rows(&folder.done(&["evidence", "list", FILE, "--format", "csv"])).len(), 1);
    folder.done(&["verify", FILE, "--against", "sheets/centres/c1.json"]);
    folder.done(&["export", FILE, "--format", "json", "--out", "after"]);
    assert!(!folder.read("after/cohort.json").contains(&digest));
}

#[test]
fn a_check_finds_what_was_moved_changed_lost_shared_and_left_behind() {
    let folder = small::evaluation();
    std::fs::create_dir(folder.path().join("old")).unwrap();
    for (name, text) in [("moved.txt", "m"), ("changed.txt", "c"), ("lost.txt", "l"), ("both.txt", "b")] {
        folder.write(name, text);
        folder.done(&["evidence", "add", FILE, "c1", "income@2023", name]);
    }
    folder.done(&["evidence", "add", FILE, "c1", "staff@2023", "both.txt"]);
    assert_eq!(found(&folder, 0).len(), 2, "one file for two figures of a centre is only told");
    folder.done(&["evidence", "add", FILE, "c2", "both.txt"]);
    folder.write("kept.txt", "k");
    folder.done(&["evidence", "add", FILE, "c2", "kept.txt", "--copy"]);
    folder.write("small.evidence/stray.txt", "s");
    std::fs::rename(folder.path().join("moved.txt"), folder.path().join("old/moved.txt")).unwrap();
    folder.write("changed.txt", "C");
    std::fs::remove_file(folder.path().join("lost.txt")).unwrap();
    std::fs::remove_file(folder.path().join("kept.txt")).unwrap();
    let row = |row: [&str; 4]| row.map(str::to_owned);
    assert_eq!(
        found(&folder, 1),
        [
            row(["c1", "income@2023", "moved.txt", "moved"]),
            row(["c1", "income@2023", "changed.txt", "changed"]),
            row(["c1", "income@2023", "lost.txt", "missing"]),
            row(["c1", "income@2023", "both.txt", "shared"]),
            row(["c1", "staff@2023", "both.txt", "shared"]),
            row(["c2", "", "both.txt", "shared"]),
            row(["", "", "stray.txt", "unused"]),
        ]
    );
    let told = folder.run(&["--lang", "zh", "evidence", "check", FILE]);
    assert!(told.out.contains("已移动") && told.out.contains("old/moved.txt"), "{}", told.out);
}

#[test]
fn figures_that_need_evidence_and_have_none_are_found() {
    let folder = Folder::new();
    folder.write("needs.toml", small::RUBRIC.replace("id = \"staff\"\n", "id = \"staff\"\nevidence = \"required\"\n"));
    folder.write("data.csv", small::DATA);
    folder.done(&["new", FILE, "--rubric", "needs.toml", "--cycle", "2023-2025"]);
    folder.done(&["import", FILE, "data.csv", "--yes"]);
    assert_eq!(found(&folder, 1).len(), 6);
    folder.write("audit.pdf", "abc");
    folder.done(&["evidence", "add", FILE, "c1", "staff@2024", "audit.pdf"]);
    let left: Vec<String> =
        found(&folder, 1).into_iter().map(|[centre, cell, ..]| format!("{centre} {cell}")).collect();
    assert_eq!(left, ["c1 staff@2023", "c1 staff@2025", "c2 staff@2023", "c2 staff@2024", "c2 staff@2025"]);
}

/// Counted in the table of the demo itself: what takes part, asks for evidence and is a figure.
#[test]
fn one_count_of_missing_evidence_is_told_everywhere_and_summed_up_first() {
    let cohort = include_str!("../../rubrics/cohorts/ncti.csv");
    let text = include_str!("../../rubrics/ncti.toml");
    let rubric = triennial::read::rubric::rubric(text).0.unwrap();
    let asks = |column: &str| {
        let id = column.split('@').next().unwrap_or_default();
        rubric.metric(id).is_some_and(|metric| rubric.metrics[metric.0].evidence)
    };
    let figure = |text: &str| !["", "NR", "N/A"].contains(&text);
    let counts: Vec<usize> = rows(cohort)
        .iter()
        .filter(|row| ["", "participating"].contains(&value(row, "status")))
        .map(|row| row.iter().filter(|(column, text)| asks(column) && figure(text)).count())
        .collect();
    let (all, centres) = (counts.iter().sum::<usize>(), counts.iter().filter(|count| **count > 0).count());
    let folder = Folder::new();
    folder.done(&["new", FILE, "--demo"]);
    assert_eq!(found(&folder, 1).len(), all);
    assert_eq!(rows(&folder.done(&["gaps", FILE, "--wanted", "evidence", "--format", "csv"])).len(), all);
    for (arguments, wanted) in [
        (["gaps", FILE], format!("Figures without the evidence they need: {all}, of {centres} centres")),
        (["evidence", "check"], format!("{all}")),
    ] {
        let told = match arguments {
            ["gaps", file] => folder.done(&["gaps", file]),
            _ => folder.run(&["evidence", "check", FILE]).out,
        };
        let first: String = told.lines().take(3).collect::<Vec<_>>().join("\n");
        assert!(first.contains(&wanted), "{first}");
    }
    // One centre, by its name, and one kind.
    let name =
        rows(&folder.done(&["score", FILE, "--format", "csv"]))[0].iter().find(|(c, _)| c == "name").unwrap().1.clone();
    let one = folder.run(&["evidence", "check", FILE, "--centre", &name, "--format", "csv"]);
    assert_eq!((one.exit, rows(&one.out).len()), (1, counts[0]), "{}", one.err);
    let none = folder.run(&["evidence", "check", FILE, "--finding", "moved"]);
    assert_eq!((none.exit, none.out.as_str()), (0, "nothing of this kind\n"));
    let listed = folder.done(&["gaps", FILE, "--centre", &name]);
    assert_eq!(listed.lines().filter(|line| line.contains("  evidence  ")).count(), counts[0], "{listed}");
}

#[test]
fn a_centre_and_a_figure_may_be_called_by_name_and_title() {
    let folder = small::evaluation();
    folder.done(&["centre", "set", FILE, "c1", "--name", "First centre"]);
    folder.write("audit.pdf", "abc");
    folder.done(&["evidence", "add", FILE, "First centre", "收入@2024", "audit.pdf"]);
    folder.done(&["evidence", "add", FILE, "First centre", "Open to others", "audit.pdf"]);
    let listed = rows(&folder.done(&["evidence", "list", FILE, "--centre", "First centre", "--format", "csv"]));
    let cells: Vec<[&str; 2]> = listed.iter().map(|row| ["centre", "cell"].map(|column| value(row, column))).collect();
    assert_eq!(cells, [["c1", "income@2024"], ["c1", "open"]]);
    folder.done(&["evidence", "drop", FILE, "First centre", "Income@2024", "audit.pdf"]);
    assert_eq!(rows(&folder.done(&["evidence", "list", FILE, "--format", "csv"])).len(), 1);
    for (centre, cell, wanted) in [
        ("First center", "income@2024", "did you mean `First centre`?"),
        ("First", "income@2024", "write an id: c1 (First centre)"),
        ("c1", "Incom@2024", "did you mean `Income`?"),
        ("c1", "outside@2024", "write an id: share (Share of outside income, 外部收入占比)"),
        ("c1", "income", "from 2023 to 2025"),
    ] {
        let ran = folder.run(&["evidence", "add", FILE, centre, cell, "audit.pdf"]);
        assert!(ran.exit == 2 && ran.err.contains(wanted), "{centre} {cell}: {}", ran.err);
    }
    folder.done(&["centre", "set", FILE, "c2", "--name", "First centre"]);
    let ran = folder.run(&["evidence", "add", FILE, "First centre", "income@2024", "audit.pdf"]);
    assert!(ran.exit == 2 && ran.err.contains("E-which-centre") && ran.err.contains("c1; c2"), "{}", ran.err);
}

#[test]
fn what_cannot_be_attached_is_refused_and_nothing_is_written() {
    let folder = small::evaluation();
    folder.write("a.txt", "abc");
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret.txt");
    std::fs::write(&secret, "s").unwrap();
    let secret = secret.display().to_string();
    let before = folder.done(&["verify", FILE]);
    let refused: [(&[&str], i32, &str); 7] = [
        (&["c9", "a.txt"], 2, "E-unknown-centre"),
        (&["c1", "income@1999", "a.txt"], 2, "E-no-cell"),
        (&["c1", "share@2024", "a.txt"], 2, "E-no-cell"),
        (&["c1", "nothing", "a.txt"], 2, "E-unknown-metric"),
        (&["c1", "none.txt"], 3, "E-store-not-found"),
        (&["c1", "."], 3, "E-store-is-directory"),
        (&["c1", &secret], 2, "E-evidence-outside"),
    ];
    for (arguments, exit, code) in refused {
        let ran = folder.run(&[&["evidence", "add", FILE], arguments].concat());
        assert_eq!((ran.exit, ran.out.as_str()), (exit, ""), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(code), "{arguments:?}: {}", ran.err);
    }
    assert_eq!(folder.done(&["verify", FILE]), before);
    // Twice in one place is once.
    folder.done(&["evidence", "add", FILE, "c1", "a.txt"]);
    let once = folder.done(&["verify", FILE]);
    folder.done(&["evidence", "add", FILE, "c1", "a.txt"]);
    assert_eq!(folder.done(&["verify", FILE]), once);
    assert_eq!(folder.run(&["close", FILE, "--reason", "signed"]).exit, 1, "not all of it is settled");
    assert!(folder.run(&["evidence", "drop", FILE, "c1", "a.txt"]).err.contains("E-closed"));
}
