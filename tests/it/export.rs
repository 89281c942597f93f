//! `export` into folders that hold something already.

use crate::program::Folder;

fn evaluation(folder: &Folder, name: &str, centres: &[&str]) {
    folder.done(&["new", name, "--rubric", "ncti", "--cycle", "2023-2025"]);
    for centre in centres {
        folder.done(&["centre", "add", name, centre, "--kind", "domain"]);
    }
}

/// Somebody would take the sheets of the other evaluation for sheets of this one.
#[test]
fn a_folder_with_sheets_of_other_centres_is_refused_and_left_as_it_was() {
    let folder = Folder::new();
    evaluation(&folder, "a.triennial", &["a1", "a2"]);
    evaluation(&folder, "b.triennial", &["b1"]);
    folder.done(&["export", "a.triennial", "--format", "csv", "--out", "sheets"]);
    let before = folder.read("sheets/cohort.csv");
    let ran = folder.run(&["export", "b.triennial", "--format", "csv,json", "--out", "sheets"]);
    assert_eq!(ran.exit, 2, "{}", ran.err);
    assert!(ran.err.contains("a1.csv belongs to no centre of this evaluation"), "{}", ran.err);
    assert!(ran.err.contains("name another folder"), "{}", ran.err);
    assert_eq!(folder.read("sheets/cohort.csv"), before);
    assert!(!folder.path().join("sheets/cohort.json").exists());
    // The same evaluation may write again, in other formats too.
    folder.done(&["export", "a.triennial", "--format", "csv,json,markdown", "--out", "sheets"]);
    // A note of somebody's own is no sheet.
    folder.write("sheets/centres/readme.txt", "keep");
    folder.done(&["export", "a.triennial", "--format", "csv", "--out", "sheets"]);
}
