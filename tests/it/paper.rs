//! `export --format pdf,docx`: what the real program writes for paper.

use std::process::Command;

use crate::program::{Folder, skipped};

fn evaluation(folder: &Folder, name: &str) {
    folder.done(&["new", "e.triennial", "--rubric", "ncti", "--cycle", "2023-2025"]);
    folder.done(&["centre", "add", "e.triennial", "c1", "--kind", "domain", "--name", name]);
}

/// Poppler's own reading of the text; none where it is not installed.
fn read_by_poppler(folder: &Folder, file: &str) -> Option<String> {
    let ran = Command::new("pdftotext").args(["-layout", file, "-"]).current_dir(folder.path()).output().ok()?;
    Some(String::from_utf8(ran.stdout).unwrap())
}

/// 镕, 喆 and 堃 stand in 通用规范汉字表 and not in GB 2312.
#[test]
fn a_name_with_rare_characters_prints_and_the_same_evaluation_gives_the_same_bytes() {
    let folder = Folder::new();
    evaluation(&folder, "镕喆堃技术创新中心");
    for out in ["one", "two"] {
        folder.done(&["export", "e.triennial", "--format", "pdf,docx", "--lang", "zh", "--out", out]);
    }
    for file in ["cohort.pdf", "cohort.docx", "flags.pdf", "centres/c1.pdf", "centres/c1.docx"] {
        let bytes = |out: &str| std::fs::read(folder.path().join(out).join(file)).unwrap();
        assert!(bytes("one") == bytes("two"), "{file}");
    }
}

/// Where poppler is not installed, the unit tests of the writer hold that the font has these glyphs.
#[test]
fn the_text_of_a_page_can_be_copied() {
    let folder = Folder::new();
    evaluation(&folder, "镕喆堃技术创新中心");
    folder.done(&["export", "e.triennial", "--format", "pdf", "--lang", "zh", "--out", "sheets"]);
    let Some(text) = read_by_poppler(&folder, "sheets/centres/c1.pdf") else {
        return skipped("the_text_of_a_page_can_be_copied", "no pdftotext");
    };
    assert!(text.contains("镕喆堃技术创新中心") && text.contains("草稿"), "{text}");
}

#[test]
fn a_glyph_the_font_lacks_is_an_error_with_centre_cell_and_code_and_nothing_is_written() {
    let folder = Folder::new();
    evaluation(&folder, "甲𓀀中心");
    let ran = folder.run(&["export", "e.triennial", "--format", "docx,pdf", "--lang", "en", "--out", "sheets"]);
    assert_eq!(ran.exit, 2, "{}", ran.err);
    assert!(ran.err.contains("error[E-glyph]: cohort, table `"), "{}", ran.err);
    assert!(ran.err.contains("error[E-glyph]: c1, table `"), "{}", ran.err);
    assert!(ran.err.contains("`𓀀` (U+13000)") && ran.err.contains("--font FILE"), "{}", ran.err);
    assert!(!folder.path().join("sheets").exists());
    // DOCX takes the reader's fonts, and prints it.
    folder.done(&["export", "e.triennial", "--format", "docx", "--out", "sheets"]);
}

#[test]
fn a_file_that_is_no_font_is_refused() {
    let folder = Folder::new();
    evaluation(&folder, "甲");
    folder.write("note.txt", "no font");
    let ran = folder.run(&["export", "e.triennial", "--format", "pdf", "--font", "note.txt", "--out", "sheets"]);
    assert_eq!(ran.exit, 2, "{}", ran.err);
    assert!(ran.err.contains("error[E-font]") && ran.err.contains("note.txt"), "{}", ran.err);
}

/// Whether these stand one behind the other in a text.
fn in_order(text: &str, wanted: &[&str]) {
    let mut rest = text;
    for one in wanted {
        let Some((_, behind)) = rest.split_once(one) else { panic!("no {one} behind the one before") };
        rest = behind;
    }
}

/// HTML, DOCX and PDF are written from one document.
#[test]
fn what_came_of_it_stands_first_then_points_plots_and_the_ledger() {
    let folder = Folder::new();
    folder.done(&["new", "e.triennial", "--demo"]);
    folder.done(&["export", "e.triennial", "--format", "html", "--lang", "en", "--out", "sheets"]);
    let centre = folder.read("sheets/centres/c07.html");
    let act = "rectify by 2027-06-30";
    let order =
        ["<h1>", ">Result</caption>", "45.94", ">Poor<", act, ">rectify within a time limit<", ">Reasons</caption>"];
    in_order(&centre, &order);
    let order = [">Reasons</caption>", ">Points by criterion</caption>", "<figure>", ">Ledger</caption>"];
    in_order(&centre, &order);
    in_order(&folder.read("sheets/cohort.html"), &[">Scores</caption>", "<figure>", ">Reasons</caption>"]);
}
