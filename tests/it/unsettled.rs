//! What is told of an evaluation that is not settled: after an import, before it is closed, and where blanks are counted
//! as not reported.

use crate::program::{Folder, Ran};
use crate::small::{FILE, RUBRIC, digest};

/// The small rubric with evidence for income, a relation, and a quota for the better grade.
fn rubric() -> String {
    RUBRIC
        .replace("title = { en = \"Income\"", "evidence = \"required\"\ntitle = { en = \"Income\"")
        .replace("at_least = 50", "at_least = 20\nquota = { share = \"50%\", round = \"floor\", ties = \"all-out\" }")
        + "[[assertion]]\nid = \"fewer\"\nholds = \"papers <= staff\"\n"
}

/// Two papers by one person in 2023 cannot be right; the papers of c2 are blank.
const DATA: &str = "\
centre,income@2023,income@2024,income@2025,staff@2023,staff@2024,staff@2025,papers@2023,papers@2024,papers@2025,share,open
c1,10,20,30,1,2,3,2,0,0,0.5,1
c2,40,50,60,4,5,6,,,,0.6,0
";

/// By hand: three values of income of each centre; c2 has no grade, and may yet take the one place from c1, which has 30 points
/// for share and openness.
const LEFT: [&str; 4] = [
    "1 open query is about figures that cannot all be right (`triennial queries` lists them)",
    "6 values of 2 centres ask for evidence and name none (`triennial evidence check` lists them)",
    "1 centre has no grade yet (`triennial gaps` lists what is blank)",
    "1 grade is provisional: a quota may yet move it",
];

const LEFT_ZH: [&str; 4] = [
    "1 处强制性疑点待答复：所涉数据不可能都对（`triennial queries` 可列出）",
    "2 家单位的 6 个填报值须附佐证材料但未填写（`triennial evidence check` 可列出）",
    "1 家单位尚无等级（`triennial gaps` 可列出缺项）",
    "1 个等级为暂定：名额限制仍可能使其变动",
];

fn evaluation() -> Folder {
    let folder = Folder::new();
    folder.write("rubric.toml", rubric());
    folder.write("data.csv", DATA);
    folder.done(&["new", FILE, "--rubric", "rubric.toml", "--cycle", "2023-2025", "--as", "li"]);
    folder
}

fn lines(ran: &Ran) -> Vec<&str> {
    ran.err.lines().collect()
}

#[test]
fn an_import_that_is_done_says_what_is_not_settled() {
    for (lang, left) in [("en", LEFT), ("zh", LEFT_ZH)] {
        let folder = evaluation();
        let preview = folder.run(&["import", FILE, "data.csv", "--lang", lang]);
        assert_eq!((preview.exit, preview.err.as_str()), (1, ""), "nothing is done yet");
        let ran = folder.run(&["import", FILE, "data.csv", "--yes", "--lang", lang]);
        assert_eq!((ran.exit, lines(&ran)), (0, left.to_vec()));
    }
}

#[test]
fn what_is_not_settled_is_told_before_it_is_closed_which_is_done_and_exits_with_1() {
    for (lang, left, closed) in
        [("en", LEFT, "closed; sheets are no longer marked DRAFT"), ("zh", LEFT_ZH, "已定稿；成绩单不再标注“草稿”")]
    {
        let folder = evaluation();
        folder.done(&["import", FILE, "data.csv", "--yes"]);
        let ran = folder.run(&["close", FILE, "--reason", "signed", "--lang", lang]);
        assert_eq!((ran.exit, lines(&ran)), (1, [&left[..], &[closed]].concat()));
        assert_eq!(folder.run(&["close", FILE, "--reason", "again"]).exit, 2, "it is closed");
    }
    // Answered, filled in and proven, there is nothing to tell.
    let folder = evaluation();
    folder.done(&["import", FILE, "data.csv", "--yes"]);
    folder.done(&["answer", FILE, "c1", "papers@2023", "--reason", "by a guest"]);
    folder.write("rest.csv", "centre,papers@2023,papers@2024,papers@2025\nc2,0,0,0\n");
    folder.done(&["import", FILE, "rest.csv", "--yes"]);
    for centre in ["c1", "c2"] {
        for year in [2023, 2024, 2025] {
            let cell = format!("income@{year}");
            folder.done(&["evidence", "add", FILE, centre, &cell, "data.csv"]);
        }
    }
    let ran = folder.run(&["close", FILE, "--reason", "signed", "--lang", "en"]);
    assert_eq!((ran.exit, ran.err.as_str()), (0, "closed; sheets are no longer marked DRAFT\n"));
}

#[test]
fn blanks_that_count_as_not_reported_are_counted_where_a_table_is_scored() {
    let folder = evaluation();
    let given = ["score", "--rubric", "rubric.toml", "--data", "data.csv", "--format", "csv"];
    let ran = folder.run(&[&given[..], &["--lang", "en"]].concat());
    assert_eq!((ran.exit, ran.err.as_str()), (0, "3 blank cells were counted as not reported\n"));
    assert!(ran.out.starts_with("centre,"), "{}", ran.out);
    let ran = folder.run(&[&given[..], &["--lang", "zh"]].concat());
    assert_eq!(ran.err, "有 3 个空白单元格按“未报”计\n");
    let compared = folder.run(&["compare", "rubric.toml", "rubric.toml", "--cohort", "data.csv", "--lang", "en"]);
    assert_eq!((compared.exit, compared.err.as_str()), (0, "3 blank cells were counted as not reported\n"));
    folder.write("data.csv", DATA.replace(",,,,", ",0,0,NR,"));
    assert_eq!(folder.run(&given).err, "");
    // An evaluation still waits for them.
    folder.write("data.csv", DATA);
    folder.done(&["import", FILE, "data.csv", "--yes"]);
    assert_eq!(folder.run(&["score", FILE]).err, "");
    digest(&folder);
}
