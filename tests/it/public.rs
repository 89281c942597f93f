//! The public version: what the rubric makes public, what it lists as left out, and that nothing else is in its bytes.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::packed::text_of;
use crate::program::Folder;
use crate::small;

/// Formats of sheets with the endings of their files.
const FORMATS: [(&str, &str); 7] = [
    ("csv", "csv"),
    ("json", "json"),
    ("markdown", "md"),
    ("html", "html"),
    ("xlsx", "xlsx"),
    ("docx", "docx"),
    ("pdf", "pdf"),
];

/// Figures that occur nowhere by chance. 甲中心 reports, 乙中心 is poor, 丙中心 does not take part.
const DATA: &str = "\
centre,name,region,status,findings,income@2023,income@2024,income@2025,staff@2023,staff@2024,staff@2025,papers@2023,papers@2024,papers@2025,share,open
secret-id-1,甲中心,secret-region,,,917263.25,918374.5,919485.75,51817,52919,53923,71711,72719,73727,0.73951,1
secret-id-2,乙中心,other-region,,falsified,1263.25,1374.5,1485.75,1817,1919,1923,1711,1719,1727,0.13951,0
secret-id-3,丙中心,secret-region,absent,,,,,,,,,,,,
";

fn rubric(publication: &str) -> String {
    let declared =
        "[[attribute]]\nid = \"region\"\ntitle = { en = \"Region\", zh = \"地区\" }\n[[finding]]\nid = \"falsified\"\n";
    let rubric = small::RUBRIC.replacen("[[metric]]", &format!("{declared}[[metric]]"), 1);
    let absent = "absent = { act = \"remove\" }\n";
    format!("{rubric}{absent}{publication}")
}

/// The public version of it in every format, and everything that the sheets not for the public hold.
fn published(publication: &str, lang: &str) -> (Vec<(String, String)>, Value, Folder) {
    let folder = Folder::new();
    folder.write("r.toml", rubric(publication));
    folder.write("data.csv", DATA);
    folder.done(&["new", "a.triennial", "--rubric", "r.toml", "--cycle", "2023-2025", "--as", "secret-evaluator"]);
    folder.done(&["import", "a.triennial", "data.csv", "--yes"]);
    let formats = FORMATS.map(|(format, _)| format).join(",");
    folder.done(&["export", "a.triennial", "--public", "--format", &formats, "--out", "public", "--lang", lang]);
    let text = |(_, ending): &(&str, &str)| {
        let name = format!("public/public.{ending}");
        let text = text_of(&folder.path().join(&name), "the public version as PDF")?;
        Some((name, text))
    };
    let texts = FORMATS.iter().filter_map(text).collect();
    let all = serde_json::from_str(&folder.done(&["score", "a.triennial", "--format", "json"])).unwrap();
    (texts, all, folder)
}

/// Every string of a tree that is long enough not to occur by chance.
fn strings(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.chars().count() >= 5 => {
            found.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(entries) => entries.values().for_each(|entry| strings(entry, found)),
        _ => {}
    }
}

/// Readings, ids and facts of the data, points and digests of the scores.
fn secrets(all: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for centre in all["centres"].as_array().unwrap() {
        for key in ["centre", "ledger", "nodes", "total", "compared", "reasons"] {
            strings(&centre[key], &mut found);
        }
    }
    strings(&all["provenance"]["data_digest"], &mut found);
    strings(&all["provenance"]["heads"], &mut found);
    let cells = DATA.lines().skip(1).flat_map(|line| line.split(','));
    found.extend(cells.filter(|cell| cell.len() >= 5 && !cell.contains("中心")).map(str::to_owned));
    // Words of a ledger, and what the rubric itself says.
    let public = rubric("");
    found.retain(|secret| {
        !public.contains(secret.as_str()) && secret.contains(|c: char| c.is_ascii_digit() || c == '-')
    });
    assert!(found.len() > 30, "{found:?}");
    found
}

fn leaks(texts: &[(String, String)], secrets: &BTreeSet<String>) -> Vec<String> {
    let in_text = |(name, text): &(String, String)| {
        let told = secrets.iter().filter(|secret| text.contains(secret.as_str()));
        told.map(|secret| format!("{name}: {secret}")).collect::<Vec<_>>()
    };
    texts.iter().flat_map(in_text).collect()
}

#[test]
fn a_rubric_that_says_nothing_publishes_names_grades_and_outcomes_only() {
    for lang in ["en", "zh"] {
        let (texts, all, _) = published("", lang);
        assert_eq!(leaks(&texts, &secrets(&all)), [""; 0]);
        let csv = &texts[0].1;
        let table = csv.split("[public]\n").nth(1).unwrap();
        assert_eq!(table, "name,grade,outcome\n甲中心,good,next-cycle\n乙中心,poor,rectify\n丙中心,,remove\n");
    }
    let (texts, ..) = published("", "en");
    for (name, text) in &texts {
        assert!(text.contains("Left out: Id; Status; Counts from; Findings; Earlier grades; Region; Total; Rank; Flags; Reasons; Ledger; Evidence; points of all criteria and indicators; all readings."), "{name}: {text}");
    }
}

/// What is named is there, and every other figure still is not: 0.73951 + 1 of 2 earn 34.7902 of 40.
#[test]
fn what_the_rubric_names_is_public_and_the_rest_stays_out_of_every_byte() {
    let publication = "[publication]\nfacts = [\"region\", \"status\"]\npoints = [\"j\"]\nreadings = [\"staff\"]\n";
    let (texts, all, _) = published(publication, "en");
    let mut secrets = secrets(&all);
    // Documents show as many places as the rubric says, data all of them.
    let public = [("secret-region", "secret-region"), ("34.7902", "34.79~"), ("2.7902", "2.79~"), ("51817", "51817")];
    for (data, document) in public.into_iter().chain([("other-region", "other-region"), ("53923", "53923")]) {
        assert!(secrets.remove(data), "{data}");
        assert!(
            texts.iter().all(|(_, text)| text.contains(data) || text.replace('\\', "").contains(document)),
            "{data}"
        );
    }
    assert!(secrets.remove("52919"));
    assert_eq!(leaks(&texts, &secrets), [""; 0]);
    let table = texts[0].1.split("[public]\n").nth(1).unwrap();
    assert!(
        table.starts_with(
            "name,region,status,j,grade,outcome\n甲中心,secret-region,participating,34.7902,good,next-cycle\n"
        ),
        "{table}"
    );
    assert!(table.contains("name,metric,unit,year,value\n甲中心,staff,persons,2023,51817\n"), "{table}");
    let left_out = "Left out: Id; Counts from; Findings; Earlier grades; Total; Rank; Flags; Reasons; Ledger; Evidence; points of k, i; readings of Income, Papers, Share of outside income, Open to others.";
    assert!(texts.iter().all(|(_, text)| text.contains(left_out)), "{}", texts[0].1);
}

/// The test can fail: a full sheet has what the public one must not have.
#[test]
fn the_search_for_leaks_finds_them_in_a_full_sheet() {
    let (_, all, folder) = published("", "en");
    folder.done(&["export", "a.triennial", "--format", &FORMATS.map(|(format, _)| format).join(","), "--out", "full"]);
    let secrets = secrets(&all);
    for (_, ending) in FORMATS {
        let read = |name: &str| text_of(&folder.path().join(format!("full/{name}.{ending}")), "a full sheet as PDF");
        let Some(mut text) = read("cohort") else { continue };
        for centre in ["secret-id-1", "secret-id-2"] {
            text.push_str(&read(&format!("centres/{centre}")).unwrap_or_default());
        }
        let found = leaks(&[(ending.to_owned(), text)], &secrets).len();
        assert!(found > 20, "{ending}: {found} of {}", secrets.len());
    }
}

#[test]
fn a_public_version_has_a_folder_of_its_own_and_does_not_name_the_nameless_by_id() {
    let (_, _, folder) = published("", "en");
    folder.done(&["export", "a.triennial", "--format", "csv", "--out", "full"]);
    let ran = folder.run(&["export", "a.triennial", "--public", "--format", "csv", "--out", "full"]);
    assert_eq!(ran.exit, 2);
    assert!(ran.err.contains("E-public-folder") && ran.err.contains("is not for the public"), "{}", ran.err);
    assert!(!folder.path().join("full/public.csv").exists());
    // Writing it again is no harm.
    folder.done(&["centre", "set", "a.triennial", "secret-id-1", "--name", ""]);
    folder.done(&["export", "a.triennial", "--public", "--format", "csv,html", "--out", "public", "--lang", "en"]);
    assert!(folder.read("public/public.html").contains("(no name entered)"));
    assert!(!folder.read("public/public.html").contains("secret-id"));
}

/// A sum and all its parts but one, an indicator and its readings: hand-made from the demo's rubric.
#[test]
fn check_says_what_can_be_worked_out_from_what_is_public() {
    let told = |publication: &str| {
        let folder = Folder::new();
        folder.write("r.toml", rubric(publication));
        let ran = folder.run(&["check", "r.toml"]);
        let line = ran.err.lines().find(|line| line.contains("W-publication-tells")).unwrap_or_default().to_owned();
        line.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(told("[publication]\nresults = [\"total\"]\n"), ["k"]);
    assert_eq!(told("[publication]\npoints = [\"i\"]\n"), [""; 0]);
    assert_eq!(told("[publication]\npoints = [\"i\", \"k\"]\n"), ["j", "total"]);
    assert_eq!(told("[publication]\nreadings = [\"share\", \"open\"]\n"), ["j"]);
    assert_eq!(told("[publication]\nreadings = [\"share\"]\n"), [""; 0]);
    assert_eq!(told("[publication]\npoints = [\"i\", \"j\", \"k\"]\nresults = [\"total\", \"rank\"]\n"), [""; 0]);
}
