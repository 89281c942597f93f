//! `triennial plot`: text and SVG on standard output.

use std::fs;

use unicode_width::UnicodeWidthStr;

use crate::program::Folder;

fn data(id: &str) -> String {
    fs::canonicalize(format!("rubrics/cohorts/{id}.csv")).unwrap().display().to_string()
}

/// The totals are those of the table in `tests/it/plots.rs` and of the cohort: 85.00 is in the range from 85.
#[test]
fn the_distribution_is_printed_with_its_grade_lines() {
    let folder = Folder::new();
    folder.done(&["new", "demo.triennial", "--demo"]);
    let expected = "\
Comprehensive
Complete: 7, from 45.94 to 91.21, median 85.00. Not in it: 1 incomplete.
 95 - 100  0
 90 -  95  ########### 1
 85 -  90  ################################## 3
-- Excellent from 85 -----------------------------------------------------------
 80 -  85  0
 75 -  80  0
 70 -  75  ########### 1
 65 -  70  0
 60 -  65  ########### 1
-- Good from 60 ----------------------------------------------------------------
 55 -  60  0
 50 -  55  0
 45 -  50  ########### 1
";
    let printed = folder.done(&["plot", "demo.triennial", "--lang", "en"]);
    assert!(printed.starts_with(expected), "{printed}");
    let of_one = folder.done(&["plot", "demo.triennial", "--centre", "d02", "--lang", "en"]);
    assert!(of_one.contains("################################## 3  < National Center of Technolo.."), "{of_one}");
    assert!(of_one.contains("18.79 / 20"), "{of_one}");
    assert!(!of_one.contains("Comprehensive"), "{of_one}");
    for lang in ["en", "zh"] {
        for centre in ["c01", "c08", "d09", "d15"] {
            let printed = folder.done(&["plot", "demo.triennial", "--centre", centre, "--lang", lang]);
            assert!(printed.lines().all(|line| line.width() <= 80), "{printed}");
            // A glyph that some terminals draw two cells wide would be wider in the other count.
            assert!(printed.lines().all(|line| line.width() == line.width_cjk()), "{printed}");
        }
    }
}

#[test]
fn svg_is_one_element_that_says_what_it_shows_also_where_there_is_nothing() {
    let folder = Folder::new();
    for (id, said) in [("ncti", "Distribution of totals: Comprehensive."), ("ref2021", "This rubric gives no totals")] {
        let arguments = ["plot", "--rubric", id, "--data", &data(id), "--format", "svg", "--lang", "en"];
        let svg = folder.done(&arguments);
        assert_eq!(svg.matches("<svg ").count(), 1);
        assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"), "{svg}");
        assert!(svg.contains(&format!("<title>{said}")), "{svg}");
        assert_eq!(svg, folder.done(&arguments));
    }
    let unknown = folder.run(&["plot", "--rubric", "ncti", "--data", &data("ncti"), "--centre", "c99"]);
    assert_eq!((unknown.exit, unknown.out.as_str()), (2, ""));
    assert!(unknown.err.contains("E-unknown-centre"), "{}", unknown.err);
}
