//! Who is not graded, and why: in a draft, in a closed evaluation, and in what is published.

use crate::program::Folder;
use crate::small;

/// One is complete, one lacks papers, and the others take no part.
const DATA: &str = "\
centre,name,status,income@2023,income@2024,income@2025,staff@2023,staff@2024,staff@2025,papers@2023,papers@2024,papers@2025,share,open
c1,甲中心,,900000,1,1,1,1,1,1,1,1,1,1
c2,乙中心,,900000,1,1,1,1,1,,,,1,1
c3,丙中心,absent,,,,,,,,,,,
c4,丁中心,withdrawn,,,,,,,,,,,
c5,戊中心,deferred,,,,,,,,,,,
";

/// Half of the two that take part may be good, so that the one that is complete hangs on the one that is not.
fn evaluation() -> Folder {
    let folder = Folder::new();
    let quota = "at_least = 50\nquota = { share = \"50%\", round = \"floor\", ties = \"all-out\" }\n";
    folder.write("r.toml", small::RUBRIC.replacen("at_least = 50\n", quota, 1));
    folder.write("data.csv", DATA);
    folder.done(&["new", "a.triennial", "--rubric", "r.toml", "--cycle", "2023-2025"]);
    folder.done(&["import", "a.triennial", "data.csv", "--yes"]);
    folder
}

/// Everything that people read: sheets in words, the flags and the table of scores.
fn read(folder: &Folder, lang: &str) -> Vec<String> {
    folder.done(&["export", "a.triennial", "--format", "markdown,html", "--out", "out", "--lang", lang]);
    let files = ["cohort", "flags", "centres/c1", "centres/c2", "centres/c3"];
    let mut texts: Vec<String> =
        files.iter().flat_map(|name| ["md", "html"].map(|end| folder.read(&format!("out/{name}.{end}")))).collect();
    for command in [&["score", "a.triennial"][..], &["flags", "a.triennial"], &["explain", "a.triennial", "c2"]] {
        texts.push(folder.done(&[command, &["--lang", lang]].concat()));
    }
    texts
}

#[test]
fn a_draft_is_provisional_and_a_closed_evaluation_is_not() {
    let folder = evaluation();
    for (lang, word) in [("en", "provisional"), ("zh", "暂定")] {
        let said = |texts: Vec<String>| texts.iter().filter(|text| text.to_lowercase().contains(word)).count();
        assert!(said(read(&folder, lang)) >= 8, "{lang}");
    }
    assert_eq!(
        folder.run(&["close", "a.triennial", "--reason", "signed"]).exit,
        1,
        "it closes, and says who has no grade"
    );
    for (lang, word, instead) in
        [("en", "provisional", "not graded (data incomplete)"), ("zh", "暂定", "未评定（数据不全）")]
    {
        let texts = read(&folder, lang);
        for text in &texts {
            assert!(!text.to_lowercase().contains(word), "{text}");
        }
        let told = texts.iter().filter(|text| text.replace('\\', "").to_lowercase().contains(instead)).count();
        assert!(told >= 6, "{lang}: {told}");
    }
}

/// The grade says it in words; as data it is empty, as the contract has it.
#[test]
fn a_public_list_says_of_everybody_without_a_grade_why() {
    let folder = evaluation();
    assert_eq!(
        folder.run(&["close", "a.triennial", "--reason", "signed"]).exit,
        1,
        "it closes, and says who has no grade"
    );
    for (lang, why) in [
        ("zh", ["数据不全", "不参加评估", "中途退出评估", "暂缓评估"].map(|why| format!("未评定（{why}）"))),
        ("en", ["data incomplete", "absent", "withdrawn midway", "deferred"].map(|why| format!("not graded ({why})"))),
    ] {
        let out = format!("public-{lang}");
        let formats = "markdown,csv";
        folder.done(&["export", "a.triennial", "--public", "--format", formats, "--out", &out, "--lang", lang]);
        let text = folder.read(&format!("{out}/public.md")).replace('\\', "");
        let row = |name: &str| text.lines().find(|line| line.contains(name)).unwrap_or_default().to_owned();
        for (name, why) in ["乙中心", "丙中心", "丁中心", "戊中心"].iter().zip(&why) {
            assert!(row(name).contains(why.as_str()), "{name}: {why}\n{text}");
        }
        assert!(!row("甲中心").contains(&why[0]));
        let data = folder.read(&format!("{out}/public.csv"));
        assert!(data.contains("name,grade,outcome\n甲中心,good,next-cycle\n乙中心,,\n丙中心,,\n"), "{data}");
    }
}
