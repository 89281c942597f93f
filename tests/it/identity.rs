//! Same input, same bytes: wherever, whenever and by however many workers; and out, in and out again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use serde_json::Value;

use triennial::domain::evaluation::Evaluation;
use triennial::domain::placing::place;
use triennial::domain::query::Queries;
use triennial::domain::score;
use triennial::domain::text::Lang;
use triennial::read;
use triennial::store::{Access, Journal, StoreError, digest};
use triennial::write::document::Document;
use triennial::write::pdf::{self, Font};
use triennial::write::plot::{self, Plots};
use triennial::write::queries::Checked;
use triennial::write::sheet::GradeSheet;
use triennial::write::{Provenance, Source, centre, cohort, csv, data, docx, flags, html, json, markdown, xlsx};

use crate::packed::parts;
use crate::program::{Folder, skipped};

const ALL: &str = "csv,json,markdown,html,docx,pdf,xlsx";
const FILE: &str = "a.triennial";

/// The shipped cohort under its rubric.
fn shipped(folder: &Folder, file: &str, rubric: &str, data: &str) {
    let cycle = if rubric == "achievement-value" { "2025" } else { "2023-2025" };
    folder.done(&["new", file, "--rubric", rubric, "--cycle", cycle, "--decided-on", "2026-06-30", "--lang", "zh"]);
    folder.done(&["import", file, data, "--yes"]);
}

fn cohort_file(folder: &Folder, id: &str) -> String {
    folder.write(&format!("{id}.csv"), std::fs::read(format!("rubrics/cohorts/{id}.csv")).unwrap());
    format!("{id}.csv")
}

/// Every file below a folder by its name there.
fn below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(
                below(&path).into_iter().map(|(name, bytes)| (Path::new(path.file_name().unwrap()).join(name), bytes)),
            );
        } else {
            found.insert(PathBuf::from(path.file_name().unwrap()), std::fs::read(path).unwrap());
        }
    }
    found
}

fn assert_same(a: &BTreeMap<PathBuf, Vec<u8>>, b: &BTreeMap<PathBuf, Vec<u8>>) {
    assert!(a.keys().eq(b.keys()), "{:?} {:?}", a.keys(), b.keys());
    for (name, bytes) in a {
        assert!(bytes == &b[name], "{} differs", name.display());
    }
}

#[test]
fn the_same_evaluation_gives_the_same_bytes_from_another_folder_home_zone_and_number_of_processors() {
    let folder = Folder::new();
    let data = cohort_file(&folder, "ncti");
    shipped(&folder, FILE, "ncti", &data);
    folder.done(&["export", FILE, "--format", ALL, "--out", "one"]);
    let other = Folder::new();
    std::fs::create_dir(other.path().join("另一个 folder")).unwrap();
    let copy = other.path().join("另一个 folder/renamed.triennial");
    std::fs::copy(folder.path().join(FILE), &copy).unwrap();
    let arguments = ["export", copy.to_str().unwrap(), "--format", ALL, "--out", "two"];
    let one_processor =
        Command::new("taskset").args(["-c", "0", "true"]).output().is_ok_and(|ran| ran.status.success());
    let program = env!("CARGO_BIN_EXE_triennial");
    let mut command = if one_processor {
        let mut command = Command::new("taskset");
        command.args(["-c", "0", program]);
        command
    } else {
        skipped("the same bytes by one processor", "no taskset");
        Command::new(program)
    };
    // Seconds and the date of Kiritimati: fourteen hours ahead.
    command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", "/nonexistent").env("TZ", "Pacific/Kiritimati");
    command.env("LANG", "zh_CN.UTF-8").env("SOURCE_DATE_EPOCH", "1").env("TRIENNIAL_EVALUATOR", "somebody");
    let ran = command.args(arguments).current_dir(other.path()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let one = below(&folder.path().join("one"));
    assert_eq!(
        one.len(),
        7 * (2 + std::fs::read_to_string("rubrics/cohorts/ncti.csv").unwrap().lines().count() - 1) + 1
    );
    assert_same(&one, &below(&other.path().join("two")));
    no_file_says_when(&one);
}

/// No part of a container and no PDF has a time of its own: a clock that stood still would not be seen by comparing.
fn no_file_says_when(files: &BTreeMap<PathBuf, Vec<u8>>) {
    let mut times = std::collections::BTreeSet::new();
    for (name, bytes) in files {
        match name.extension().and_then(|ending| ending.to_str()).unwrap() {
            ending @ ("docx" | "xlsx") => {
                let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
                for at in 0..archive.len() {
                    times.insert((
                        ending.to_owned(),
                        archive.by_index(at).unwrap().last_modified().map(|time| time.to_string()),
                    ));
                }
                let properties: String = parts(bytes)
                    .into_iter()
                    .filter(|(part, _)| part == "docProps/core.xml")
                    .map(|(_, xml)| xml)
                    .collect();
                let dated = properties.split("W3CDTF\">").skip(1).all(|text| text.starts_with("2021-01-01T00:00:00Z"));
                assert!(dated, "{}: {properties}", name.display());
            }
            "pdf" => {
                let holds = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
                assert!(!holds(b"/CreationDate") && !holds(b"/ModDate"), "{}", name.display());
            }
            _ => {}
        }
    }
    // One fixed day for each of both.
    assert_eq!(times.len(), 2, "{times:?}");
}

/// A sheet without the journal's heads, which are those of another journal.
fn headless(name: &Path, bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    match name.extension().and_then(|ending| ending.to_str()).unwrap() {
        "json" => {
            let mut sheet: Value = serde_json::from_str(&text).unwrap();
            let provenance = sheet["provenance"].as_object_mut().unwrap();
            // The digest of the sheet covers the heads.
            provenance.remove("heads");
            provenance.remove("sheet_digest");
            serde_json::to_string_pretty(&sheet).unwrap()
        }
        _ => text.lines().filter(|line| !line.starts_with("head,")).collect::<Vec<_>>().join("\n"),
    }
}

#[test]
fn what_was_exported_and_imported_elsewhere_is_exported_as_it_was() {
    // Kinds, findings, absences and three years; panels with judges in one.
    for id in ["ncti", "achievement-value"] {
        let folder = Folder::new();
        let data = cohort_file(&folder, id);
        shipped(&folder, FILE, id, &data);
        folder.done(&["export", FILE, "--format", "csv,json", "--out", "one"]);
        shipped(&folder, "b.triennial", id, "one/data.csv");
        folder.done(&["export", "b.triennial", "--format", "csv,json", "--out", "two"]);
        let (one, two) = (below(&folder.path().join("one")), below(&folder.path().join("two")));
        assert!(one.keys().eq(two.keys()));
        assert!(one[Path::new("data.csv")] == two[Path::new("data.csv")]);
        assert!(one[Path::new("cohort.csv")] != two[Path::new("cohort.csv")], "the heads are those of two journals");
        for (name, bytes) in &one {
            assert!(headless(name, bytes) == headless(name, &two[name]), "{id}: {} differs", name.display());
        }
        // And in every format byte by byte, where neither says from which journal it is.
        let (a, b) = (every_sheet(&folder.path().join(FILE)), every_sheet(&folder.path().join("b.triennial")));
        assert_eq!(a.len() % 7, 0);
        assert_same(&a, &b);
    }
}

/// Every sheet in every format as `export` writes it, without the heads of the journal.
fn every_sheet(path: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let journal = Journal::open(path, Access::Read).unwrap();
    let parse = |text: &str| Ok::<_, StoreError>(read::rubric::rubric(text).0.unwrap());
    let Evaluation { rubric, cohort, pin, decided_on, answers, .. } = journal.evaluation(parse).unwrap();
    let facts = score::facts(&rubric, &cohort);
    let tallies: Vec<_> = cohort.all().map(|ix| Arc::new(score::points(&rubric, &cohort, ix, &facts))).collect();
    let cards = place(&rubric, &cohort, &tallies, decided_on);
    let provenance = Provenance {
        rubric_digest: pin.digest,
        data_digest: digest::text(data::canonical(&cohort, &rubric).as_bytes()),
        ..Provenance::default()
    };
    let checked = Checked { queries: Queries::new(&rubric, &cohort), answers };
    let source = Source {
        rubric: &rubric,
        cohort: &cohort,
        cards: &cards,
        facts: &facts,
        decided_on,
        draft: true,
        provenance: &provenance,
        checked: Some(&checked),
    };
    let (plots, lang) = (Plots::new(source), Lang::Zh);
    let font = Font::of(std::fs::read("fonts/TriennialSansSC-Regular.otf").unwrap().into()).unwrap();
    let mut found = BTreeMap::new();
    let mut write = |name: &str, sheet: &GradeSheet, drawings| {
        let page = Document::of_sheet(sheet, drawings);
        let bytes = [
            ("csv", csv::sheet(sheet, &[])),
            ("json", json::sheet(source, sheet)),
            ("md", markdown::sheet(sheet).into_bytes()),
            ("html", html::document(&page).into_bytes()),
            ("docx", docx::document(&page)),
            ("pdf", pdf::document(&page, &font).unwrap()),
            ("xlsx", xlsx::sheet(source, sheet).unwrap()),
        ];
        found.extend(bytes.map(|(ending, bytes)| (PathBuf::from(format!("{name}.{ending}")), bytes)));
    };
    write("cohort", &cohort::cohort_sheet(source, lang), plot::distribution(source, lang));
    write("flags", &flags::sheet(source, lang), Vec::new());
    for ix in cohort.all() {
        let drawings = [plots.profile(ix, lang), plots.trend(ix, lang)].concat();
        write(&cohort.centre(ix).id, &centre::centre_sheet(source, ix, lang).unwrap(), drawings);
    }
    found
}
