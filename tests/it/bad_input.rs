//! Bad input, one kind after the other: what is wrong and where, what to do, how it exits, and that nothing is lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::{Folder, Ran};
use crate::small::{self, FILE, digest};

/// One file that somebody gives the program, and what they run.
struct Case {
    name: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
    run: &'static [&'static str],
    exit: i32,
}

const IMPORT: &[&str] = &["import", FILE, "given.csv", "--yes"];
const PREVIEW: &[&str] = &["import", FILE, "given.csv"];
const CHECK: &[&str] = &["check", "given.toml"];
const SCORE: &[&str] = &["score", "given.triennial"];

fn table(name: &'static str, text: impl AsRef<[u8]>) -> Case {
    Case { name, file: "given.csv", bytes: text.as_ref().to_owned(), run: IMPORT, exit: 2 }
}

/// A table that is read, and what of it would be imported.
fn read(name: &'static str, text: impl AsRef<[u8]>) -> Case {
    Case { run: PREVIEW, exit: 1, ..table(name, text) }
}

fn rubric(name: &'static str, bytes: impl AsRef<[u8]>) -> Case {
    Case { name, file: "given.toml", bytes: bytes.as_ref().to_owned(), run: CHECK, exit: 2 }
}

fn opened(name: &'static str, bytes: impl AsRef<[u8]>) -> Case {
    Case { name, file: "given.triennial", bytes: bytes.as_ref().to_owned(), run: SCORE, exit: 2 }
}

/// What a text is in GB18030.
fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

/// The beginning of a real workbook: a ZIP archive with its first entry.
const WORKBOOK: &[u8] =
    b"PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x21\x00\xb5\x55\x30\x23\xf4\x00\x00\x00[Content_Types].xml";

fn tables() -> Vec<Case> {
    let long = format!("centre,name,share\nc1,{},1\nc2,{},2\n", "名".repeat(300), "n".repeat(201));
    let whole = "centre,income@2024,share\nc1,7,1\nc2,x,1\n";
    vec![
        table("not-utf8", b"centre,name,income@2024\nc1,\xff\xfe,7\n"),
        table(
            "damaged-utf8",
            [b"centre,name,share\nc1,".as_slice(), "国家甲技术".as_bytes(), b"\xe4\xb8,7\n"].concat(),
        ),
        read("gb18030", gb18030("centre,name,income@2024\nc1,国家甲技术创新中心,7\n")),
        table("gb18030-with-a-fault", gb18030("centre,name,income@2024\nc1,甲中心,一百\n")),
        table("byte-order-mark", format!("\u{feff}{whole}")),
        table("crlf", whole.replace('\n', "\r\n")),
        read("byte-order-mark-and-crlf", format!("\u{feff}{}", whole.replace('\n', "\r\n").replace('x', "8"))),
        table("duplicate-centres", "centre,income@2024\nc1,7\nc2,8\nc1,7\nc2,9\n"),
        table("unknown-metric", "centre,incme@2024,profit@2024\nc1,7,8\n"),
        table("unknown-metric-long", "centre,metric,year,value\nc1,incme,2024,7\nc1,income,2024,8\n"),
        table("year-outside", "centre,income@2019,income@2024,income@2O24\nc1,7,8,9\n"),
        table("year-outside-long", "centre,metric,year,value\nc1,income,2019,7\nc1,income,,8\n"),
        table("thousands", "centre,income@2023,income@2024\nc1,\"1,234.5\",7\nc2,6,\"12,00\"\n"),
        table("thousands-without-quotes", "centre,income@2023,income@2024\nc1,1,234.5,7\n"),
        table("full-width", "centre,income@2023,income@2024\nc1,１２,１，２３４\n"),
        table("percent", "centre,share,income@2024\nc1,12%,12％\n"),
        table("too-large", "centre,income@2023,income@2024\nc1,1000000000000000000000000000000,1e30\n"),
        table("negative", "centre,income@2024,staff@2024,share\nc1,-1,-0.5,-3\n"),
        table("escape-sequences", "centre,name,in\u{1b}[2Jcome,share\nc\u{1b}[31m1,\u{1b}]0;x\u{7},7,\u{1b}[2J\n"),
        table("long-names", long),
        table("empty", ""),
        table("blank", " \n\r\n,,\n"),
        table("zero-bytes", [0; 4096]),
        table("quote-not-closed", "centre,name,share\nc1,\"Tide,7\nc2,Wave,8\nc3,Sand,9\n"),
        table("quote-in-the-middle", "centre,name,share\nc1,x,y\nc2,\"The \"best\" one\",8\nc3,Sand,9\n"),
        table("cells-missing", "centre,name,share\nc1,Tide\nc2,Wave,8,9\nc2\n"),
        table("workbook", WORKBOOK),
        table("evaluation-as-table", b"SQLite format 3\0\x10\0\x01\x01"),
        table("rubric-as-table", small::RUBRIC),
        table("no-centre-column", "Center,income@2024\nc1,7\n"),
        table(
            "many-kinds-at-once",
            "centre,name,incme@2024,income@2024,share\nc1,甲,1,\"1,000\",50%\nc1,乙,1,2,3\n,丙,1,-2,x\nc4,丁\n",
        ),
    ]
}

fn others() -> Vec<Case> {
    vec![
        rubric("table-as-rubric", small::DATA),
        rubric("text-as-rubric", "Dear colleagues,\nplease find attached the scheme.\n"),
        rubric("rubric-in-gb18030", gb18030(small::RUBRIC)),
        rubric("workbook-as-rubric", WORKBOOK),
        rubric("empty-rubric", ""),
        rubric("zero-bytes-as-rubric", [0; 4096]),
        Case {
            run: &["new", "b.triennial", "--rubric", "given.toml", "--cycle", "2023-2025"],
            ..rubric("new-with-a-table", small::DATA)
        },
        Case { run: &["repin", FILE, "given.toml", "--reason", "notice"], ..rubric("repin-with-a-table", small::DATA) },
        Case { run: &["verify", FILE, "--against", "given.toml"], ..rubric("verify-against-a-table", small::DATA) },
        opened("empty-evaluation", ""),
        opened("zero-bytes-as-evaluation", [0; 4096]),
        opened("table-as-evaluation", small::DATA),
        Case {
            run: &["import", "given.triennial", "given.triennial", "--yes"],
            ..opened("import-into-a-table", small::DATA)
        },
        Case { run: &["import", FILE, ".", "--yes"], exit: 3, ..table("folder-as-table", "") },
        Case { run: &["score", "."], exit: 3, ..table("folder-as-evaluation", "") },
        Case { run: &["check", "."], exit: 3, ..table("folder-as-rubric", "") },
        Case { run: &["import", FILE, "none.csv", "--yes"], exit: 3, ..table("missing-table", "") },
        Case { run: &["import", FILE, "given.csv/x", "--yes"], exit: 3, ..table("file-as-folder", "") },
        Case {
            run: &["export", FILE, "--format", "csv", "--out", "given.csv"],
            exit: 3,
            ..table("export-into-a-file", "")
        },
        Case { run: &["centre", "add", FILE, "c9", "--name", LONG], ..table("long-name-of-a-centre", "") },
        Case { run: &["centre", "add", FILE, "c\u{1b}[2J"], ..table("escape-sequence-in-an-id", "") },
        Case {
            run: &["centre", "add", FILE, "c9", "--as", "a\u{1b}[2J"],
            ..table("escape-sequence-in-an-evaluator", "")
        },
        Case { run: &["centre", "set", FILE, "c1", "--since", "2O24"], ..table("year-of-a-centre", "") },
    ]
}

/// 300 characters.
const LONG: &str = "\
    nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn\
    nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn\
    nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn";

/// Every file in a folder with its bytes.
fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let file = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        (name, if entry.path().is_file() { fs::read(entry.path()).unwrap() } else { Vec::new() })
    };
    fs::read_dir(folder).unwrap().map(|entry| file(entry.unwrap())).collect()
}

/// What a person sees of a run, with the folder's name taken out.
fn told(folder: &Folder, ran: &Ran) -> String {
    let place = fs::canonicalize(folder.path()).unwrap().display().to_string();
    let part = |name: &str, text: &str| if text.is_empty() { String::new() } else { format!("--- {name}\n{text}") };
    let text = format!("exit {}\n{}{}", ran.exit, part("stderr", &ran.err), part("stdout", &ran.out));
    assert!(!text.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{text:?}");
    text.replace(&place, "FOLDER")
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/bad-input");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn each_kind_of_bad_input_is_told_with_place_and_remedy_and_changes_nothing() {
    let folder = small::evaluation();
    let data = digest(&folder);
    for case in tables().into_iter().chain(others()) {
        let given = folder.write(case.file, &case.bytes);
        let before = everything(folder.path());
        let mut shown = format!("triennial {}\n", case.run.join(" ").escape_debug());
        for lang in ["en", "zh"] {
            let ran = folder.run(&[&["--lang", lang], case.run].concat());
            assert_eq!(ran.exit, case.exit, "{}: {}{}", case.name, ran.out, ran.err);
            let faults = ran.err.matches("[E-").count();
            assert_eq!(faults > 0, case.exit > 1, "{}: {}", case.name, ran.err);
            let remedies = ran.err.matches("= help: ").count() + ran.err.matches("= 建议: ").count();
            assert!(remedies >= faults, "{}: {}", case.name, ran.err);
            shown += &format!("\n=== {lang}\n{}", told(&folder, &ran));
        }
        assert!(everything(folder.path()) == before, "{}: something was written or removed", case.name);
        assert_eq!(digest(&folder), data, "{}", case.name);
        snapshot(case.name, &shown);
        fs::remove_file(given).unwrap();
    }
    folder.done(&["verify", FILE]);
}

#[test]
fn what_was_converted_is_imported_as_it_was_meant() {
    let text = "centre,name,income@2024,papers@2023\nc1,国家甲技术创新中心,7,1\nc2,乙,8,\n";
    let plain = small::evaluation();
    plain.write("given.csv", text);
    plain.done(&["import", FILE, "given.csv", "--yes"]);
    let wanted = plain.done(&["score", FILE, "--format", "csv"]);
    assert!(wanted.contains("国家甲技术创新中心"), "{wanted}");
    let utf16: Vec<u8> = text.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for given in [
        gb18030(text),
        format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes(),
        [b"\xff\xfe".to_vec(), utf16].concat(),
    ] {
        let folder = small::evaluation();
        folder.write("given.csv", given);
        folder.done(&["import", FILE, "given.csv", "--yes"]);
        assert_eq!(folder.done(&["score", FILE, "--format", "csv"]), wanted);
        assert_eq!(digest(&folder), digest(&plain));
    }
}

#[test]
fn escape_sequences_in_names_reach_no_terminal() {
    let folder = small::evaluation();
    let name = "\u{1b}]0;x\u{7}\u{9b}31m\u{202e}甲\u{200b}";
    folder.write("given.csv", format!("centre,name,income@2024\nc1,{name},7\n"));
    folder.write("\u{1b}[2J.csv", "centre,income@2024\nc1,x\n");
    let runs: [&[&str]; 11] = [
        PREVIEW,
        IMPORT,
        &["import", FILE, "\u{1b}[2J.csv"],
        &["score", FILE],
        &["score", FILE, "--format", "csv"],
        &["explain", FILE, "c1"],
        &["gaps", FILE],
        &["flags", FILE],
        &["verify", FILE],
        &["backup", FILE, "\u{1b}[3J.triennial"],
        &["centre", "add", FILE, "c3", "--as", "\u{202e}\u{200b}wang"],
    ];
    for arguments in runs {
        for lang in ["en", "zh"] {
            let ran = folder.run(&[&["--lang", lang], arguments].concat());
            for text in [&ran.out, &ran.err] {
                assert!(!text.contains(is_obeyed), "{arguments:?}: {text:?}");
            }
        }
    }
    let shown = folder.done(&["score", FILE]);
    assert!(shown.contains(r"\u{1b}]0;x\u{7}\u{9b}31m\u{202e}甲\u{200b}"), "{shown}");
}

/// What a terminal would act on, or not show.
fn is_obeyed(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{200b}' | '\u{202e}')
}

/// Runs it with at most so much memory, in kilobytes, and says how long it took.
fn within(folder: &Folder, kilobytes: u32, arguments: &[&str]) -> (Ran, std::time::Duration) {
    let began = std::time::Instant::now();
    let mut bash = std::process::Command::new("bash");
    bash.args(["-c", "ulimit -v $0 && exec \"$@\"", &kilobytes.to_string(), env!("CARGO_BIN_EXE_triennial")]);
    bash.args(arguments).current_dir(folder.path()).env_clear();
    (Ran::from(bash.output().unwrap()), began.elapsed())
}

#[test]
fn fifty_thousand_columns_are_answered_at_once_and_in_little_memory() {
    let folder = small::evaluation();
    let data = digest(&folder);
    let row = |cell: &dyn Fn(usize) -> String| (0..50_000).map(cell).collect::<Vec<_>>().join(",");
    let unknown = format!("centre,{}\nc1,{}\n", row(&|n| format!("m{n}@2024")), row(&|n| n.to_string()));
    let longer = format!("centre,income@2024\nc1,{}\n", row(&|n| n.to_string()));
    let known = format!("centre,{}\nc1,{}\n", row(&|_| "income@2024".to_owned()), row(&|n| n.to_string()));
    for (text, says) in [
        (unknown, ["no metric `m0`", "... and 49900 more"]),
        (longer, ["the row has 50001 cells, the header 2", "C2"]),
        (known, ["a second column `income`", "... and 49899 more"]),
    ] {
        folder.write("given.csv", text);
        let (ran, took) = within(&folder, 300_000, IMPORT);
        assert_eq!(ran.exit, 2, "{}{}", ran.out, ran.err);
        for part in says {
            assert!(ran.err.contains(part), "{part}: {}", ran.err);
        }
        assert!(ran.err.lines().count() < 500 && took.as_secs() < 20, "{took:?}: {}", ran.err);
    }
    assert_eq!(digest(&folder), data);
    // As many that are right: one mark each of fifty thousand experts.
    folder.write("panel.toml", PANEL);
    folder.write(
        "given.csv",
        format!("centre,{}\nc1,{}\n", row(&|n| format!("mark#e{n}")), row(&|n| (n % 11).to_string())),
    );
    let (ran, took) =
        within(&folder, 600_000, &["score", "--rubric", "panel.toml", "--data", "given.csv", "--format", "csv"]);
    assert_eq!((ran.exit, took.as_secs() < 20), (0, true), "{took:?}: {}", ran.err);
    // 50,000 = 11 x 4545 + 5: the sum is 4545 x 55 + (0 + 1 + 2 + 3 + 4) = 249,985, the mean 4.9997.
    assert!(ran.out.contains("c1,,,participating,4.9997,4.9997,"), "{}", ran.out);
}

/// A total that is the mean of the experts' marks from 0 to 10.
const PANEL: &str = r#"
[rubric]
id = "panel"
edition = "1"
title = "Panel"
cycle_years = 1
rounding = "none"
[[metric]]
id = "mark"
yearly = false
panel = { average = "mean" }
[[criterion]]
id = "k"
[[criterion.indicator]]
id = "i"
points = 10
measure = "mark"
rule = { kind = "expert", from = 0, to = 10 }
"#;
