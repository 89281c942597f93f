//! `import` through the binary: what the preview says, what is applied and what is not.

use crate::program::Folder;
use crate::pty::triennial;
use crate::small::{self, FILE, digest, readings};

fn import(folder: &Folder, table: &str, options: &[&str]) -> crate::program::Ran {
    folder.write("given.csv", table);
    folder.run(&[&["import", FILE, "given.csv"], options].concat())
}

/// The lines of a preview's table as cells.
fn listed(preview: &str) -> Vec<Vec<&str>> {
    let rows = preview.lines().skip(2).take_while(|line| line.contains("  "));
    rows.map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()).collect()
}

fn last(text: &str) -> &str {
    text.lines().last().unwrap_or_default()
}

const MIXED: &str = "\
centre,income@2023,income@2024,papers@2023,share
c1,10,21,5,
c2,NR,50,0,N/A
c3,1,,,
";

#[test]
fn a_preview_lists_what_is_new_and_what_changes_counts_the_rest_and_writes_nothing() {
    let folder = small::evaluation();
    let before = std::fs::read(small::path(&folder)).unwrap();
    let ran = import(&folder, MIXED, &[]);
    assert_eq!((ran.exit, ran.err.as_str()), (1, ""), "{}", ran.out);
    assert_eq!(
        listed(&ran.out),
        [
            vec!["c1", "income@2024", "20", "21"],
            vec!["c1", "papers@2023", "(blank)", "5"],
            vec!["c2", "income@2023", "40", "NR"],
            vec!["c2", "papers@2023", "(blank)", "0"],
            vec!["c2", "share", "0.6", "N/A"],
            vec!["c3", "new centre", "c3"],
            vec!["c3", "income@2023", "(blank)", "1"],
        ]
    );
    // By hand: new are the two papers, c3 and its income; changed three; 10 and 50 stand already.
    assert_eq!(last(&ran.out), "4 new, 3 changed, 2 unchanged; nothing was written: add --yes to apply");
    assert!(std::fs::read(small::path(&folder)).unwrap() == before);
    let applied = import(&folder, MIXED, &["--yes"]);
    let left = "3 centres have no grade yet (`triennial gaps` lists what is blank)\n";
    assert_eq!((applied.exit, applied.err.as_str()), (0, left), "{}", applied.out);
    assert_eq!(listed(&applied.out), listed(&ran.out), "what is applied is what was shown");
    assert_eq!(last(&applied.out), "imported: 4 new, 3 changed, 2 unchanged; undo takes it back in one step");
    let c2 = readings(&small::path(&folder), "c2");
    assert_eq!(
        ["income@2023", "income@2024", "papers@2023", "share"].map(|cell| c2[cell].as_str()),
        ["NR", "50", "0", "N/A"]
    );
    let again = import(&folder, MIXED, &[]);
    assert_eq!((again.exit, last(&again.out)), (0, "nothing to import: 8 unchanged"));
}

#[test]
fn one_fault_keeps_everything_out_and_shows_what_the_rest_would_do() {
    let folder = small::evaluation();
    let before = std::fs::read(small::path(&folder)).unwrap();
    let faulty = MIXED.replace("c2,NR,50,0,", "c2,many,50,-1,");
    for options in [&[][..], &["--yes"]] {
        let ran = import(&folder, &faulty, options);
        assert_eq!(ran.exit, 2, "{}", ran.err);
        for (place, reason) in [
            ("row 3, column 2 (B3)", "“many” for Income is not a number"),
            ("row 3, column 4 (D3)", "-1 for Papers is below"),
        ] {
            assert!(ran.err.contains(place) && ran.err.contains(reason), "{}", ran.err);
        }
        assert_eq!(listed(&ran.out).len(), 5, "{}", ran.out);
        assert_eq!(
            last(&ran.out),
            "3 new, 2 changed, 2 unchanged, 2 refused; nothing was written: correct what is refused above, then import again"
        );
        let told = import(&folder, &faulty, &[&["--lang", "zh"], options].concat());
        assert_eq!(last(&told.out), "新增 3，更改 2，未变 2，拒绝 2 处；尚未写入：请更正以上被拒绝之处后重新导入");
        assert!(std::fs::read(small::path(&folder)).unwrap() == before);
    }
}

#[test]
fn an_empty_cell_leaves_what_stands_and_erases_it_only_where_that_is_asked() {
    let folder = small::evaluation();
    let start = digest(&folder);
    let table = "centre,income@2023,income@2024,income@2025,share\nc1,,,30,\n";
    let left = import(&folder, table, &["--yes"]);
    assert_eq!((left.exit, last(&left.out)), (0, "nothing to import: 1 unchanged"));
    assert_eq!(digest(&folder), start);
    let asked = import(&folder, table, &["--clear"]);
    assert_eq!(
        (asked.exit, last(&asked.out)),
        (1, "0 new, 3 changed, 1 unchanged; nothing was written: add --yes to apply")
    );
    assert_eq!(listed(&asked.out)[0], ["c1", "income@2023", "10", "(blank)"]);
    assert_eq!(digest(&folder), start);
    assert_eq!(import(&folder, table, &["--clear", "--yes"]).exit, 0);
    let c1 = readings(&small::path(&folder), "c1");
    // Blank, which is neither zero nor not reported; columns that the table does not have stay.
    let cells = ["income@2023", "income@2024", "income@2025", "share", "staff@2023", "open"];
    assert_eq!(
        cells.map(|cell| c1.get(cell).map(String::as_str)),
        [None, None, Some("30"), None, Some("1"), Some("1")]
    );
    let gaps = folder.done(&["gaps", FILE, "--centre", "c1"]);
    assert_eq!(gaps.matches(" Income ").count(), 2, "{gaps}");
    assert_eq!(readings(&small::path(&folder), "c2").len(), 8, "another centre is nobody's business");
    // A name or a kind is no reading: an empty one never takes it away.
    let names = import(&folder, "centre,name\nc1,\n", &["--clear", "--yes"]);
    assert_eq!((names.exit, last(&names.out)), (0, "nothing to import: 0 unchanged"));
}

#[test]
fn an_import_is_one_step_that_the_screen_takes_back_whole() {
    let folder = small::evaluation();
    let start = digest(&folder);
    assert_eq!(import(&folder, MIXED, &["--yes"]).exit, 0);
    assert_ne!(digest(&folder), start);
    let mut terminal = triennial(&[FILE], folder.path());
    terminal.wait_for("Second centre");
    terminal.send("u");
    terminal.wait_for("given.csv");
    terminal.send("y");
    terminal.until("question that has gone", |screen| !screen.contents().contains("given.csv"));
    terminal.send("q");
    terminal.ended(0);
    assert_eq!(digest(&folder), start);
}

/// The same facts under the contract's column names and ids, and under Chinese names and titles.
#[test]
fn chinese_headings_and_full_titles_of_metrics_mean_the_same() {
    let given = |table: &str| {
        let folder = Folder::new();
        folder.done(&["new", "a.triennial", "--rubric", "ncti", "--cycle", "2023-2025"]);
        folder.write("given.csv", table);
        folder.done(&["import", "a.triennial", "given.csv", "--yes"]);
        folder.done(&["score", "a.triennial", "--format", "json"]);
        let sheet = folder.done(&["gaps", "a.triennial", "--format", "csv"]);
        (folder.done(&["explain", "a.triennial", "c1", "--lang", "en"]), sheet)
    };
    let contract =
        "centre,name,kind,metric,year,value\nc1,甲,domain,rd_staff,2024,12\nc1,甲,domain,national_projects,2023,3\n";
    let chinese = "编号,名称,类别,数据项,年度,数值\nc1,甲,domain,研发人员数,2024,12\nc1,甲,domain,新承担国家科技计划项目数,2023,3\n";
    assert_eq!(given(chinese), given(contract));
    let wide = "单位编号,单位名称,类别,研发人员数@2024,新承担国家科技计划项目数@2023\nc1,甲,domain,12,3\n";
    assert_eq!(given(wide), given(contract));
}

/// Somebody wrote what the table shows; a second centre of the same name would be worse than a refusal.
#[test]
fn a_name_where_an_id_belongs_is_refused_and_says_which_id() {
    let folder = small::evaluation();
    folder.done(&["centre", "set", FILE, "c1", "--name", "First centre"]);
    let before = digest(&folder);
    for table in ["centre,income@2023\nFirst centre,5\n", "centre,name,income@2023\nc9,First centre,5\n"] {
        let ran = import(&folder, table, &["--yes"]);
        assert_eq!(ran.exit, 2, "{}", ran.out);
        assert!(ran.err.contains("E-centre-twin") && ran.err.contains("write c1"), "{}", ran.err);
        assert_eq!(digest(&folder), before);
    }
}

/// Enough to be in the middle of it when the signal comes.
fn many() -> String {
    let row = |n: usize| format!("z{n},名称{n},{n},{n},0.5\n");
    format!("centre,name,income@2023,income@2024,share\n{}", (0..6000).map(row).collect::<String>())
}

#[cfg(unix)]
#[test]
fn ctrl_c_before_it_is_written_leaves_the_evaluation_as_it_was_and_says_so() {
    let folder = small::evaluation();
    folder.write("many.csv", many());
    let before = std::fs::read(small::path(&folder)).unwrap();
    for stage in ["reading the file", "writing into the journal: "] {
        for (signal, lang, said) in [("-INT", "en", "nothing was imported"), ("-TERM", "zh", "未导入任何内容")] {
            let mut terminal = triennial(&["import", FILE, "many.csv", "--yes", "--lang", lang], folder.path());
            let stage = match (lang, stage) {
                ("zh", "reading the file") => "正在读取文件",
                ("zh", _) => "正在写入日志：",
                _ => stage,
            };
            terminal.wait_for(stage);
            terminal.signal(signal);
            terminal.wait_for(said);
            terminal.ended(1);
            assert!(std::fs::read(small::path(&folder)).unwrap() == before, "{stage}");
            folder.done(&["verify", FILE]);
        }
    }
    // The same, left alone.
    let mut terminal = triennial(&["import", FILE, "many.csv", "--yes", "--lang", "en"], folder.path());
    terminal.wait_for("imported: ");
    terminal.ended(0);
    assert_eq!(readings(&small::path(&folder), "z5999").len(), 3);
}

/// Nothing but the second signal ends it: the table never comes to an end.
#[cfg(unix)]
#[test]
fn the_second_signal_ends_an_import_at_once() {
    let folder = small::evaluation();
    let before = std::fs::read(small::path(&folder)).unwrap();
    let mut terminal = triennial(&["import", FILE, "/dev/stdin", "--yes", "--lang", "en"], folder.path());
    terminal.wait_for("reading the file");
    while !terminal.has_ended() {
        terminal.signal("-INT");
    }
    // 128 and the number of SIGINT.
    terminal.ended(130);
    assert!(std::fs::read(small::path(&folder)).unwrap() == before);
    folder.done(&["verify", FILE]);
}
