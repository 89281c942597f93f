//! Letters to centres that must rectify or are to leave the list: who gets one, and what it says.

use crate::program::Folder;
use crate::small;

/// The demo, or what a rubric that changes it makes of the same centres.
fn letters(changes: &str, decided_on: Option<&str>, lang: &str) -> (Folder, String) {
    let folder = Folder::new();
    let rubric = if changes.is_empty() { "ncti" } else { "changed.toml" };
    if !changes.is_empty() {
        let head = "[rubric]\nextends = \"ncti\"\nid = \"changed\"\nedition = \"1\"\ntitle = \"Changed\"\n";
        folder.write("changed.toml", format!("{head}{changes}"));
    }
    folder.write("data.csv", include_str!("../../rubrics/cohorts/ncti.csv"));
    let mut new = vec!["new", "a.triennial", "--rubric", rubric, "--cycle", "2023-2025"];
    new.extend(decided_on.iter().flat_map(|day| ["--decided-on", day]));
    folder.done(&new);
    folder.done(&["import", "a.triennial", "data.csv", "--yes"]);
    let ran = folder.run(&["notices", "a.triennial", "--format", "markdown,html", "--out", "out", "--lang", lang]);
    assert_eq!(ran.exit, 0, "{}", ran.err);
    (folder, ran.err)
}

fn letter(folder: &Folder, centre: &str) -> String {
    folder.read(&format!("out/notices/{centre}.md"))
}

fn has(letter: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(letter.contains(sentence), "no {sentence:?} in\n{letter}");
    }
}

/// The demo has four poor centres, one that did not take part and one that withdrew midway (docs/ncti.md).
#[test]
fn only_who_must_rectify_or_leave_gets_a_letter_and_the_run_says_how_many() {
    let (folder, said) = letters("", Some("2026-06-30"), "en");
    assert!(said.contains("4 to rectify, 2 of proposed removal; 18 centres are to get none"), "{said}");
    let mut files: Vec<String> = std::fs::read_dir(folder.path().join("out/notices"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let centres = ["c07", "d08", "d09", "d10", "d11", "d13"];
    let expected: Vec<String> =
        centres.iter().flat_map(|id| ["html", "md"].map(|extension| format!("{id}.{extension}"))).collect();
    assert_eq!(files, expected);
}

/// Article 30 says that a poor centre rectifies within a time limit, and not how long it is: law-ncti-2021, art. 30.
/// Points: the largest loss of c07 is 8 - 3.47 = 4.53 for 13 projects of 30 (13 / 30 x 8 = 3.4667).
#[test]
fn a_letter_to_rectify_has_grounds_losses_article_and_limit() {
    let (folder, _) = letters("", Some("2026-06-30"), "zh");
    let zh = letter(&folder, "c07");
    has(
        &zh,
        &[
            "# 关于赤水高原国家技术创新中心限期整改的通知（代拟稿）",
            "**草稿**",
            "经主管部门决定并正式印发后方可生效",
            "\n赤水高原国家技术创新中心：\n",
            "总分45.94分（满分100 + 加分5分），建议评估等级为“较差”。",
            "未评为良好：总分45.94，低于60分",
            "| 承担国家科技计划项目 | 3.47 | 8 | 4.53 | 新承担国家科技计划项目数合计：13 项<br>计分规则：线性计分，0得0分，30得8分 |",
            "拟责令你单位限期整改（依据《国家技术创新中心建设运行管理办法（暂行）》（国科发区〔2021〕17号）第三十条：“评估结果较差的创新中心应限期整改”）。",
            "请你单位于2027年6月30日前（含当日）完成整改（自2026年6月30日决定之日起12个月）。",
            "整改期限的长度无条文规定，12个月系评价指标体系所定，参见《国家技术创新中心建设运行管理办法（暂行）》（国科发区〔2021〕17号）第三十条。",
            "检查通过的，进入下一轮建设运行周期；检查未通过的，不再列入创新中心序列",
            "文号：",
            "发文机关（盖章）：",
            "印发日期：",
        ],
    );
    assert!(!zh.contains("未评为优秀") && !zh.contains("异议"), "{zh}");
    // The largest loss stands first, and no loss is larger than the one above it.
    let lost: Vec<f64> = zh
        .lines()
        .filter(|line| line.starts_with("| ") && !line.contains("---") && !line.contains("失分"))
        .map(|line| line.split(" | ").nth(3).unwrap().parse().unwrap())
        .collect();
    assert_eq!(lost.len(), 10);
    assert!(lost.is_sorted_by(|a, b| a >= b), "{lost:?}");
}

#[test]
fn a_letter_without_a_day_of_decision_counts_from_the_decision() {
    let (folder, _) = letters("", None, "en");
    let en = letter(&folder, "d11");
    has(
        &en,
        &[
            "to rectify within a time limit (draft for the issuer)",
            "**DRAFT**",
            "Poor, whatever the score: gate \"Falsified data\"",
            "What closed the gate named above. The grade does not rest on points, so that none are listed here.",
            "Please rectify what is listed here within 12 months from the decision.",
            "No article fixes this length of time: the 12 months are the rubric's; compare",
            "An inspection follows: if passed: enters the next cycle; if failed: removal from the list.",
        ],
    );
}

/// The ground of d11 is a finding, so that neither its points nor its losses stand in the letter.
#[test]
fn where_a_gate_is_the_ground_a_letter_lists_no_points() {
    let (folder, _) = letters("", Some("2026-06-30"), "en");
    let en = letter(&folder, "d11");
    has(&en, &["What is to be rectified", "第三十一条"]);
    for told in ["Losses of points", "| --- |", "total is", "lost"] {
        assert!(!en.contains(told), "{told}\n{en}");
    }
}

/// c05 has two yearly reports missing and 86.75 points, which would be good: the gate alone makes it poor.
#[test]
fn where_a_gate_allows_no_better_grade_than_the_points_earn_it_is_the_ground() {
    let capped = "[[gate]]\nid = \"reports-missing\"\nat_most = \"poor\"\n";
    for (lang, said, untold) in [
        (
            "en",
            [
                "At most Poor, whatever the score",
                "Two or more yearly reports missing",
                "What closed the gate named above.",
            ],
            ["Losses of points", "total is"],
        ),
        (
            "zh",
            ["无论得分多少，等级最高为较差", "年度报告缺报两次及以上", "等级并非依据得分评定"],
            ["失分情况", "低于60分"],
        ),
    ] {
        let (folder, told) = letters(capped, Some("2026-06-30"), lang);
        assert!(told.contains("5 to rectify") || told.contains("限期整改 5 份"), "{told}");
        let letter = letter(&folder, "c05");
        has(&letter, &said);
        for words in untold {
            assert!(!letter.contains(words), "{words}\n{letter}");
        }
    }
}

/// c1: 30 / 1000000 x 60 + 0.1 / 3 x 40 = 0.0018 + 4/3, which is 1.34 and more digits. c2: 500000 / 1000000 x 60 +
/// 1.4999925 / 3 x 40 = 49.9999, which two places would show as 50.00, the edge itself.
#[test]
fn a_letter_shows_points_with_the_rubrics_places_unless_the_digits_left_out_decide() {
    let folder = Folder::new();
    folder.write("r.toml", small::RUBRIC.replacen("from = 0, to = 2 }", "from = 0, to = 3 }", 1));
    let rows = "c1,10,10,10,0,0,0,0,0,0,0.1,0\nc2,500000,0,0,0,0,0,0,0,0,0.4999925,1\n";
    let years = |id: &str| (2023..=2025).map(|year| format!("{id}@{year}")).collect::<Vec<_>>().join(",");
    let head = ["income", "staff", "papers"].map(years).join(",");
    folder.write("data.csv", format!("centre,{head},share,open\n{rows}"));
    folder.done(&["new", "a.triennial", "--rubric", "r.toml", "--cycle", "2023-2025"]);
    folder.done(&["import", "a.triennial", "data.csv", "--yes"]);
    folder.done(&["notices", "a.triennial", "--format", "markdown", "--out", "out", "--lang", "en"]);
    let letter = |id: &str| folder.read(&format!("out/notices/{id}.md")).replace('\\', "");
    let c1 = letter("c1");
    has(
        &c1,
        &[
            "your centre's total is 1.34~ of 100 points",
            "the total of 1.34~ is below 50",
            "| 1.33~ | 40 | 38.67~ | Share of outside income + Open to others: 0.1<br>",
            "A figure that ends in ~ is shown with fewer digits than it has",
        ],
    );
    assert!(!c1.contains("/3)"), "{c1}");
    let sheet = folder.done(&["explain", "a.triennial", "c1"]);
    assert!(sheet.contains("1.333333~ (4/3)"), "the sheet has the fraction: {sheet}");
    has(&letter("c2"), &["the total of 49.9999 is below 50"]);
}

#[test]
fn removal_is_proposed_and_the_authoritys_act() {
    let (folder, _) = letters("", Some("2026-06-30"), "en");
    let absent = letter(&folder, "d09");
    has(
        &absent,
        &[
            "proposed removal from the list (draft for the issuer)",
            "Removal from the list is the authority's act: this paper has no effect until the authority has decided",
            "your centre did not take part in the evaluation.",
            "It is proposed that your centre be removed from the list (set by",
            "不参加评估或中途退出评估、整改检查未通过的不再列入创新中心序列",
        ],
    );
    assert!(!absent.contains("Time limit") && !absent.contains("What is to be rectified"), "{absent}");
    has(&letter(&folder, "d10"), &["your centre withdrew midway from the evaluation."]);
    let (folder, _) = letters("", Some("2026-06-30"), "zh");
    has(
        &letter(&folder, "d09"),
        &[
            "关于拟将国家琥珀光学技术创新中心不再列入创新中心序列的告知书（代拟稿）",
            "你单位未参加本次评估。",
            "拟不再将你单位列入创新中心序列（依据",
        ],
    );
}

/// A closed evaluation is final for the evaluators; a letter stays a draft until the authority issues it.
#[test]
fn a_letter_stays_a_draft_when_the_evaluation_is_closed() {
    let (folder, _) = letters("", None, "en");
    folder.done(&["centre", "set", "a.triennial", "c07", "--status", "inspection-failed"]);
    assert_eq!(folder.run(&["close", "a.triennial", "--reason", "signed"]).exit, 1, "not all of it is settled");
    folder.done(&["notices", "a.triennial", "--format", "markdown,html", "--out", "closed", "--lang", "en"]);
    let closed = folder.read("closed/notices/c07.md");
    has(&closed, &["**DRAFT**", "your centre failed the inspection that followed its rectification."]);
    assert!(!closed.contains("the evaluation is not closed"), "{closed}");
    let page = folder.read("closed/notices/c07.html");
    assert!(page.contains("class=\"stamp\"") && page.contains("<body class=\"letter\">"));
}

#[test]
fn what_an_article_sets_is_said_to_be_set_and_objections_follow_the_rubric() {
    let set = "
[public_notice]
within = \"7 days\"
[outcome]
poor = { act = \"rectify\", within = { limit = \"6 months\", cite = { document = \"ncti-2021\", article = \"第九条\", basis = \"sets\", quote = \"六个月\" } } }
";
    let (folder, _) = letters(set, Some("2026-06-30"), "en");
    let en = letter(&folder, "c07");
    has(
        &en,
        &[
            "by 2026-12-30, 6 months from the decision of 2026-06-30. The length is set by",
            "第九条: \"六个月\".",
            "(no article is cited for it)",
            "open to objections for 7 days, until 2026-07-07.",
            "If you object, tell the issuer within that time.",
        ],
    );
    assert!(!en.contains("No article fixes") && !en.contains("An inspection follows"), "{en}");
    let (folder, _) = letters(set, None, "zh");
    has(
        &letter(&folder, "c07"),
        &["期限长度依据《", "未注明依据条款", "评估结果公示7日，公示期内可提出异议。你单位如有异议"],
    );
}

#[test]
fn where_nothing_fixes_a_limit_the_issuer_sets_it() {
    let (folder, _) = letters("[outcome]\npoor = { act = \"rectify\" }\n", Some("2026-06-30"), "en");
    has(
        &letter(&folder, "c07"),
        &[
            "Neither an article nor the rubric fixes a time limit; the issuer sets it.",
            "Last day of the time limit: \\_",
        ],
    );
}

/// Somebody would send a letter that is no longer to be sent.
#[test]
fn a_folder_with_a_letter_to_another_is_refused() {
    let (folder, _) = letters("", None, "en");
    folder.done(&["centre", "set", "a.triennial", "d09", "--status", "deferred"]);
    let ran = folder.run(&["notices", "a.triennial", "--out", "out"]);
    assert_eq!(ran.exit, 2);
    assert!(ran.err.contains("E-notice-folder") && ran.err.contains("d09.html"), "{}", ran.err);
}

#[test]
fn a_name_in_a_letter_is_text() {
    let (folder, _) = letters("", None, "en");
    let name = "<script>alert(1)</script> & \"x\" \u{202e}gnp";
    folder.done(&["centre", "set", "a.triennial", "c07", "--name", name]);
    folder.done(&["notices", "a.triennial", "--format", "html,markdown", "--out", "out", "--lang", "en"]);
    let page = folder.read("out/notices/c07.html");
    has(&page, &["&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; \\u{202e}gnp"]);
    assert!(!page.contains("<script") && !page.contains('\u{202e}'));
    assert!(letter(&folder, "c07").contains("\\<script>alert(1)") && !letter(&folder, "c07").contains(" <script"));
}
