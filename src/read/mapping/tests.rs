#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;

/// As spreadsheets name columns: Z is the 26th, AA the 27th, ZZ the 702nd.
#[test]
fn columns_are_called_as_a_spreadsheet_calls_them() {
    for (name, at) in [("A", 0), ("Z", 25), ("AA", 26), ("AZ", 51), ("ZZ", 701), ("AAA", 702)] {
        assert_eq!((place(name), letters(at)), (Some(at), name.to_owned()));
    }
    for name in ["", "a", "3", "AAAA", "列"] {
        assert_eq!(place(name), None, "{name}");
    }
}

/// Whatever stands in a title, the guess can be read again.
#[test]
fn a_guess_reads_back_whatever_the_titles_hold() {
    let (rubric, _) = crate::read::rubric::rubric(
        "[rubric]\nid = \"r\"\nedition = \"1\"\ncycle_years = 3\nrounding = \"none\"\n[[metric]]\nid = \"a\"\nunit = \"万元\"\n\
         [[criterion]]\nid = \"k\"\n[[criterion.indicator]]\nid = \"i\"\npoints = 10\nmeasure = \"sum(a)\"\n\
         rule = { kind = \"linear\", from = 0, to = 9 }\n",
    );
    let rubric = rubric.unwrap();
    let odd = "say \"x\" \\ 2023\u{1}\u{7f}\n（元）'''";
    let (sheet, _) = crate::read::table::sheet(&format!(
        "centre,{},a 2024 (千元),a@2025\nc1,1,2,3\n",
        odd.replace('"', "\"\"").split(',').map(|part| format!("\"{part}\"")).collect::<String>()
    ));
    let look = Look {
        sheets: &[sheet],
        rubric: &rubric,
        cycle: crate::domain::reading::Cycle { first: 2023, last: 2025 },
        ids: &std::collections::BTreeSet::new(),
        names: &HashMap::new(),
        lang: crate::domain::text::Lang::En,
    };
    let text = guess(&look);
    let (found, faults) = mapping(&text, &rubric);
    let found = found.unwrap_or_else(|| panic!("{faults:#?}\n{text}"));
    assert!(found.columns.iter().any(|column| column.by == By::Title(odd.trim().to_owned())), "{text}");
    let times = |is: &str| {
        found.columns.iter().find(|column| column.is == is).and_then(|column| column.times.as_ref()).map(Number::plain)
    };
    // 1 千元 is 0.1 万元.
    assert_eq!(times("a@2024"), Some("0.1".to_owned()));
}
