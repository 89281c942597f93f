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

/// Names of all files below a folder.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// A hundred centres in all formats take far longer than the signal, which is sent once the first sheets are there.
#[cfg(unix)]
#[test]
fn ctrl_c_and_a_signal_stop_between_two_files_and_leave_whole_ones_only() {
    let folder = Folder::new();
    folder.done(&["new", "a.triennial", "--rubric", "ncti", "--cycle", "2023-2025"]);
    let ids: String = (0..400).map(|nth| format!("c{nth},domain\n")).collect();
    folder.write("data.csv", format!("centre,kind\n{ids}"));
    folder.done(&["import", "a.triennial", "data.csv", "--yes"]);
    for signal in ["-INT", "-TERM"] {
        let out = format!("out{signal}");
        let centres = folder.path().join(&out).join("centres");
        let child = folder
            .command(&["export", "a.triennial", "--format", "html,docx", "--out", &out, "--lang", "en"])
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let is_written = || centres.is_dir() && !files(&centres).is_empty();
        while !is_written() {
            std::thread::yield_now();
        }
        let sent = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let ran = crate::program::Ran::from(child.wait_with_output().unwrap());
        assert_eq!(ran.exit, 1, "{}", ran.err);
        let written = files(&folder.path().join(&out));
        assert!(ran.err.contains(&format!("stopped: {} sheets were written", written.len())), "{}", ran.err);
        assert!(written.len() < 804, "{}", written.len());
        for path in written {
            let bytes = std::fs::read(&path).unwrap();
            let whole = match path.extension().unwrap().to_str().unwrap() {
                "html" => bytes.ends_with(b"</html>\n"),
                "docx" => crate::packed::parts(&bytes).iter().any(|(name, _)| name == "word/document.xml"),
                _ => false,
            };
            assert!(whole, "{}", path.display());
        }
    }
}

/// Where nobody looks at it there is no progress to be seen, only how it ended.
#[test]
fn progress_is_for_a_terminal_only() {
    let folder = Folder::new();
    evaluation(&folder, "a.triennial", &["a1", "a2"]);
    let ran = folder.run(&["export", "a.triennial", "--format", "csv", "--out", "out", "--lang", "en"]);
    assert_eq!(ran.err, "5 sheets written to out\n");
    let mut terminal =
        crate::pty::triennial(&["export", "a.triennial", "--format", "html", "--out", "again"], folder.path());
    terminal.wait_for("4 sheets written to again");
    terminal.ended(0);
}

/// From the screen, as a person does it: the form, the first sheets, Esc.
#[test]
fn an_export_from_the_screen_that_is_stopped_leaves_whole_sheets_and_says_how_many() {
    let folder = Folder::new();
    folder.write("r.toml", crate::small::RUBRIC);
    let rows = (0..400).map(|at| format!("c{at:03},NR,NR,NR,{at}\n"));
    folder.write("data.csv", format!("centre,income@2023,income@2024,income@2025,share\n{}", rows.collect::<String>()));
    folder.done(&["new", "a.triennial", "--rubric", "r.toml", "--cycle", "2023-2025"]);
    folder.done(&["import", "a.triennial", "data.csv", "--yes"]);
    let mut screen = crate::pty::triennial(&["a.triennial", "--lang", "en"], folder.path());
    screen.wait_for("c003");
    screen.send("e");
    screen.wait_for("grade sheets, of all centres and each");
    // CSV off, HTML on.
    screen.send("\t\t \t\t\t ");
    screen.wait_for("html      [x]");
    screen.send("\u{13}");
    screen.until("progress", |screen| screen.contents().contains("[#"));
    screen.send("\u{1b}");
    screen.wait_for("the others are missing");
    let told = screen.contents();
    let out = folder.path().join("a-sheets");
    let written = files(&out);
    assert!(written.len() > 1 && written.len() < 402, "{}", written.len());
    assert!(told.contains(&format!("stopped: {} sheets were written", written.len())), "{told}");
    for file in &written {
        assert_eq!(file.extension().unwrap(), "html", "{file:?}");
        assert!(std::fs::read_to_string(file).unwrap().ends_with("</body>\n</html>\n"), "{file:?}");
    }
    // The form is still there, and the program goes on.
    screen.send("\r");
    screen.wait_for("html      [x]");
    screen.killed();
}

/// The demo has four centres that must rectify and two that are to leave the list (docs/ncti.md).
#[test]
fn letters_and_the_public_version_are_written_from_the_form() {
    let folder = Folder::new();
    folder.done(&["new", "a.triennial", "--demo"]);
    let mut screen = crate::pty::triennial(&["a.triennial", "--lang", "en"], folder.path());
    screen.wait_for("c01");
    // The second choice; beside DOCX also HTML.
    screen.send("e");
    screen.wait_for("grade sheets, of all centres and each");
    screen.send("\t ");
    screen.wait_for("notices to rectify");
    screen.send("\t\t ");
    screen.wait_for("html      [x]");
    screen.send("\u{13}");
    screen.wait_for("18 centres are to get none");
    assert!(screen.contents().contains("4 to rectify, 2 of"), "{}", screen.contents());
    let names = |under: &str| -> Vec<String> {
        let out = folder.path().join(under);
        let names = files(&out).into_iter().map(|file| file.strip_prefix(&out).unwrap().display().to_string());
        names.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    };
    let centres = ["c07", "d08", "d09", "d10", "d11", "d13"];
    let letters: Vec<String> =
        centres.iter().flat_map(|id| ["docx", "html"].map(|end| format!("{id}.{end}"))).collect();
    assert_eq!(names("a-sheets/notices"), letters);
    screen.send("\r");
    screen.wait_for("c01");
    // The third, in a folder of its own.
    screen.send("e");
    screen.wait_for("grade sheets, of all centres and each");
    screen.send("\t  ");
    screen.wait_for("a-public");
    screen.send("\u{13}");
    screen.wait_for("the public version was written to");
    assert_eq!(names("a-public"), ["public.csv"]);
    let public = folder.read("a-public/public.csv");
    assert!(public.contains("good") && !public.contains("c07") && !public.contains("45.94"), "{public}");
    screen.killed();
}

/// EF BB BF is the mark by which Excel knows UTF-8; without it a Chinese Windows takes the bytes for GBK. `import` reads
/// both.
#[test]
fn csv_begins_with_a_mark_where_it_is_asked_for_and_is_read_back() {
    let folder = Folder::new();
    evaluation(&folder, "a.triennial", &["a1"]);
    folder.done(&["export", "a.triennial", "--format", "csv,json", "--out", "plain"]);
    folder.done(&["export", "a.triennial", "--format", "csv,json", "--out", "marked", "--bom"]);
    for name in ["cohort", "flags", "data", "centres/a1"] {
        let bytes = |out: &str| std::fs::read(folder.path().join(format!("{out}/{name}.csv"))).unwrap();
        assert_eq!(bytes("marked"), [b"\xef\xbb\xbf", bytes("plain").as_slice()].concat(), "{name}");
    }
    assert_eq!(folder.read("marked/cohort.json"), folder.read("plain/cohort.json"));
    let ran = folder.run(&["import", "a.triennial", "marked/data.csv"]);
    assert_eq!(ran.exit, 0, "nothing to apply: {}{}", ran.out, ran.err);
}
