//! Texts from outside that a spreadsheet would run, a terminal would obey or a file system would follow, through the real
//! program: they are told, and nothing comes of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use triennial::domain::evaluation::{Body, CellRef};
use triennial::domain::reading::Remark;
use triennial::store::{Access, Journal};

use crate::packed::parts;
use crate::program::Folder;
use crate::small::{self, FILE};

/// How a formula begins, each with the same end, which is found wherever one of them went.
const FORMULAS: [&str; 5] = ["=cmd|' C calc'!A0", "+cmd|1", "-cmd|1", "@cmd|1", "'=cmd|1"];
const MARK: &str = "cmd|";

/// An evaluation whose every text from outside is a formula: ids, names, attributes, titles, units, judges, evidence,
/// notes, answers.
fn formulas(formula: &str) -> Folder {
    let folder = Folder::new();
    let quoted = format!("\"{formula}\"");
    let mut rubric = small::RUBRIC.replace("\"A small rubric\"", &quoted).replace("\"小型评价体系\"", &quoted);
    for title in ["Income", "收入", "Staff", "人员", "persons", "人"] {
        rubric = rubric.replace(&format!("\"{title}\""), &quoted);
    }
    rubric = rubric.replace("id = \"i\"\n", &format!("id = \"i\"\ntitle = {quoted}\n"));
    rubric = rubric.replace("id = \"k\"\n", &format!("id = \"k\"\ntitle = {quoted}\n"));
    let declared = format!(
        "[[attribute]]\nid = \"region\"\ntitle = {quoted}\n[[metric]]\nid = \"mark\"\nyearly = false\npanel = {{ average = \"mean\" }}\n"
    );
    rubric = rubric.replacen("[[metric]]", &format!("{declared}[[metric]]"), 1);
    rubric = rubric.replace("\"share + open\"", "\"share + open + mark\"");
    folder.write("small.toml", rubric);
    folder.done(&["new", FILE, "--rubric", "small.toml", "--cycle", "2023-2025"]);
    let data = format!(
        "centre,name,region,income@2023,income@2024,income@2025,staff@2023,staff@2024,staff@2025,papers@2023,papers@2024,\
         papers@2025,share,open,\"mark#{formula}\"\n\
         \"{formula}\",\"{formula}\",\"{formula}\",1,2,30000,1,2,3,1,2,3,0.5,1,1\nc2,\"\t{formula}\",,,,,,,,,,,,,\n"
    );
    // A sheet of ours has one apostrophe more.
    folder.write("data.csv", data.replace("\"'=", "\"''="));
    folder.done(&["import", FILE, "data.csv", "--yes"]);
    // Not every system takes all of it for a name.
    let name = format!("{}.txt", formula.split('|').next().unwrap());
    folder.write(&name, "proof");
    folder.done(&["evidence", "add", FILE, "c2", "--", &name]);
    let mut journal = Journal::open(&small::path(&folder), Access::Write { evaluator: None, time: 0 }).unwrap();
    let remark = |remark| Body::Remarked {
        centre: "c2".to_owned(),
        cell: CellRef { metric: "income".to_owned(), year: Some(2023), judge: None },
        remark,
        was: String::new(),
        to: formula.to_owned(),
    };
    journal.append(vec![remark(Remark::Evidence), remark(Remark::Note)], 0).unwrap();
    folder
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Fields of a CSV that a spreadsheet would run: whatever begins like a formula and is no number.
fn run_by_a_spreadsheet(bytes: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
    let fields = reader.records().map(Result::unwrap).flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>());
    fields
        .filter(|field| field.starts_with(['=', '+', '-', '@', '\t', '\r']))
        .filter(|field| triennial::domain::number::Number::parse(field).is_err())
        .collect()
}

#[test]
fn what_begins_like_a_formula_is_text_in_every_csv_and_workbook() {
    for formula in FORMULAS {
        let folder = formulas(formula);
        folder.done(&["export", FILE, "--format", "csv,xlsx", "--out", "sheets"]);
        let mut told = 0;
        for path in files(&folder.path().join("sheets")) {
            let bytes = std::fs::read(&path).unwrap();
            if path.extension().is_some_and(|ending| ending == "csv") {
                assert_eq!(run_by_a_spreadsheet(&bytes), [""; 0], "{}", path.display());
                told += String::from_utf8(bytes).unwrap().matches(MARK).count();
                continue;
            }
            for (name, xml) in parts(&bytes) {
                // Formulas name cells; what they are about stands in cells of its own, as text.
                for live in xml.split("<f>").skip(1) {
                    let live = live.split("</f>").next().unwrap();
                    assert!(!live.contains(MARK), "{} {name}: {live}", path.display());
                }
                assert!(!xml.contains("<f ") && !name.contains("external"), "{} {name}", path.display());
                told += xml.matches(MARK).count();
            }
        }
        // It did not go away either: in each of both kinds of sheet, dozens of times.
        assert!(told > 60, "{formula}: {told}");
        for table in ["score", "gaps", "queries"] {
            let out = folder.done(&[table, FILE, "--format", "csv"]);
            assert_eq!(run_by_a_spreadsheet(out.as_bytes()), [""; 0], "{table}");
        }
        let out = folder.done(&["evidence", "list", FILE, "--format", "csv"]);
        assert!(out.contains("cmd.txt") && run_by_a_spreadsheet(out.as_bytes()).is_empty(), "{out}");
    }
    // The search can find something.
    assert_eq!(run_by_a_spreadsheet(b"a,=1+1,-2\n\"\tx\",-2.5,'=1\n"), ["=1+1", "\tx"]);
}

/// What was guarded comes back without its guard, and no other apostrophe is taken for one.
#[test]
fn what_was_made_harmless_is_itself_again_once_it_is_imported() {
    for formula in FORMULAS {
        let folder = formulas(formula);
        folder.done(&["export", FILE, "--format", "csv", "--out", "sheets"]);
        let ran = folder.run(&["import", FILE, "sheets/data.csv"]);
        assert!(ran.exit == 0 && ran.out.contains("nothing to import"), "{}{}", ran.out, ran.err);
    }
}

/// Clears the screen, sets the title, and a C1 control, in a name, an attribute and the rubric's own titles.
#[test]
fn no_table_on_the_terminal_and_no_sheet_sends_an_escape() {
    let folder = Folder::new();
    let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m";
    let declared = "[[attribute]]\nid = \"region\"\n[[metric]]";
    let escaped = r"\u001b[2J\u001b]0;owned\u0007\u009b31m";
    let rubric = small::RUBRIC.replacen("[[metric]]", declared, 1);
    let rubric =
        rubric.replace("\"A small rubric\"", &format!("\"{escaped}\"")).replace("\"Staff\"", &format!("\"{escaped}\""));
    folder.write("small.toml", rubric);
    folder.done(&["new", FILE, "--rubric", "small.toml", "--cycle", "2023-2025", "--decided-on", "2026-06-30"]);
    folder.write(
        "data.csv",
        format!("centre,name,region,staff@2023,income@2023,income@2024\nc1,{evil},{evil},1,1,20000\nc2,,,,,\n"),
    );
    let mut told = vec![folder.run(&["import", FILE, "data.csv"]).out];
    folder.done(&["import", FILE, "data.csv", "--yes"]);
    for arguments in [
        &["score", FILE][..],
        &["score", FILE, "--format", "csv"],
        &["explain", FILE, "c1"],
        &["gaps", FILE],
        &["gaps", FILE, "--format", "csv"],
        &["flags", FILE],
        &["score", FILE, "--format", "json"],
        &["explain", FILE, "c1", "--format", "json"],
        &["gaps", FILE, "--format", "json"],
        &["check", "small.toml", "--format", "json"],
        &["queries", FILE],
        &["queries", FILE, "--format", "csv"],
        &["plot", FILE],
        &["plot", FILE, "--centre", "c1"],
        &["check", "small.toml"],
        &["rubric", "explain", "small.toml"],
        &["repin", FILE, "small.toml"],
    ] {
        let ran = folder.run(arguments);
        told.extend([ran.out, ran.err]);
    }
    folder.done(&["export", FILE, "--format", "csv,json,markdown,html,docx,xlsx,pdf", "--out", "sheets"]);
    folder.done(&["notices", FILE, "--format", "markdown,html,docx,pdf", "--out", "sheets"]);
    let test = "no_table_on_the_terminal_and_no_sheet_sends_an_escape";
    for path in files(&folder.path().join("sheets")) {
        if path.ends_with("sheets/centres/c1.json") {
            let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let name = json["tables"]["facts"].as_array().unwrap().iter().find(|fact| fact["item"] == "name").unwrap();
            assert_eq!(name["value"], evil, "{name}");
        }
        match path.extension().and_then(|ending| ending.to_str()) {
            // Pictures are no text.
            Some("docx" | "xlsx") => told.extend(
                parts(&std::fs::read(&path).unwrap())
                    .into_iter()
                    .filter_map(|(name, xml)| (!name.ends_with(".emf")).then_some(xml)),
            ),
            _ => told.extend(crate::packed::text_of(&path, test)),
        }
    }
    for text in &told {
        // poppler ends a page with a form feed, and Office a line with a return.
        let obeyed = text.chars().find(|c| c.is_control() && !"\n\t\r\u{c}".contains(*c));
        assert_eq!(obeyed, None, "{text}");
    }
    assert!(told.iter().filter(|text| text.contains("owned")).count() > 12);
}

const PATHS: [&str; 16] = [
    "../x",
    "..",
    "CON",
    "nul.txt",
    "Com1.a",
    "a/b",
    r"a\b",
    "c:d",
    "x.",
    ".x",
    "~",
    "-rf",
    "%2F",
    "a*?\"<>|b",
    "x y",
    "长",
];

/// The name of a file is made of letters, digits, `-`, `_`, `%`, `~` and inner dots, and is no device of any system.
#[test]
fn an_id_that_is_a_path_or_a_device_names_a_file_in_its_folder() {
    let folder = Folder::new();
    folder.write("small.toml", small::RUBRIC);
    std::fs::create_dir(folder.path().join("in")).unwrap();
    folder.done(&["new", FILE, "--rubric", "small.toml", "--cycle", "2023-2025"]);
    let longest = "长".repeat(64);
    let ids: Vec<&str> = PATHS.into_iter().chain([longest.as_str()]).collect();
    let quoted = |id: &&str| format!("\"{}\"\n", id.replace('"', "\"\""));
    folder.write("data.csv", format!("centre\n{}", ids.iter().map(quoted).collect::<String>()));
    folder.done(&["import", FILE, "data.csv", "--yes"]);
    let before: BTreeSet<PathBuf> = files(folder.path()).into_iter().collect();
    folder.done(&["export", FILE, "--format", "csv,html,xlsx,docx,pdf", "--out", "in/out"]);
    folder.done(&["template", FILE, "--each", "--out", "in/templates"]);
    folder.done(&["notices", FILE, "--out", "in/out"]);
    let mut names = Vec::new();
    for path in files(folder.path()).into_iter().filter(|path| !before.contains(path)) {
        let inside = path.strip_prefix(folder.path().join("in")).unwrap();
        let name = inside.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(name.len() <= 220 && !name.starts_with(['.', '-', '~']), "{name}");
        let plain = |c: char| c.is_alphanumeric() || "-_%~.".contains(c);
        assert!(name.chars().all(plain) && !name.contains(".."), "{name}");
        let stem = name.split('.').next().unwrap().to_lowercase();
        assert!(!["con", "prn", "aux", "nul", "com1", "lpt1"].contains(&stem.as_str()), "{name}");
        names.push(inside.to_owned());
    }
    let below = |folder: &str| names.iter().filter(|path| path.starts_with(folder)).count();
    assert_eq!((below("out/centres"), below("templates")), (ids.len() * 5, ids.len()));
}

#[test]
fn ids_too_long_or_blank_at_an_end_are_refused_and_twins_are_told_apart_or_refused() {
    let folder = Folder::new();
    folder.write("small.toml", small::RUBRIC);
    folder.done(&["new", FILE, "--rubric", "small.toml", "--cycle", "2023-2025"]);
    for id in ["a".repeat(65), "a".repeat(300), " a".to_owned(), "a ".to_owned(), "a\nb".to_owned(), String::new()] {
        let ran = folder.run(&["centre", "add", FILE, &id]);
        assert!(ran.exit == 2 && ran.err.contains("error[E-centre-id]"), "{id:?}: {}{}", ran.out, ran.err);
    }
    folder.done(&["centre", "add", FILE, "twin"]);
    let second = folder.run(&["centre", "add", FILE, "TWIN"]);
    if second.exit == 0 {
        let ran = folder.run(&["export", FILE, "--format", "csv", "--out", "out"]);
        assert!(ran.exit == 2 && ran.err.contains("error[E-file-name]"), "{}", ran.err);
        assert!(!folder.path().join("out").exists());
    } else {
        assert!(second.exit == 2 && second.err.contains("TWIN"), "{}", second.err);
    }
}
