//! `triennial compare` as a maintainer runs it: two rubrics on the demo cohort, in every format and both languages.

use std::process::Command;

use serde_json::Value;

use crate::program::Folder;
use crate::{pty, small};

const STRICTER: &str = "ncti-stricter.toml";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write(STRICTER, std::fs::read("tests/compare/ncti-stricter.toml").unwrap());
    folder
}

#[test]
fn a_rubric_compared_with_itself_is_the_same_and_so_is_one_with_other_comments() {
    let folder = folder();
    let text = std::fs::read_to_string("rubrics/ncti.toml").unwrap();
    folder.write("ncti-again.toml", text.replace("at_least = 85", "at_least = 85.0  # as printed"));
    for other in ["ncti", "ncti-again.toml"] {
        let ran = folder.run(&["compare", "ncti", other, "--lang", "en"]);
        assert_eq!(ran.exit, 0, "{}", ran.err);
        assert!(ran.out.contains("grade 0, flags 0, score only 0, same 24"), "{}", ran.out);
    }
}

/// One threshold, two weights, one band: each is one edit, told with its values and both places.
#[test]
fn edits_are_told_with_their_values_and_places_in_both_languages() {
    let folder = folder();
    let ran = folder.run(&["compare", "ncti", STRICTER, "--cohort", "ncti", "--lang", "en"]);
    // Those of c08, as `triennial gaps` lists them for the demo.
    assert_eq!((ran.exit, ran.err.as_str()), (1, "3 blank cells were counted as not reported\n"));
    for told in [
        "band 2 of High-tech enterprises among incubated firms: at_least 20% -> 25%",
        "threshold of Excellent: 85 -> 90",
        "points of Innovation services to society: Comprehensive 20 -> 18, Domain 15 -> 14; points of Value of technology contracts: ",
        // d07 stood at 60.00 and is at 59.02: 0.64 for the weight or 0.90 for the band, either is enough.
        "points of Innovation services to society alone, or band 2 of High-tech enterprises among incubated firms alone",
        "ncti.toml:",
        "ncti-stricter.toml:",
    ] {
        assert!(ran.out.contains(told), "{told}\n{}", ran.out);
    }
    let zh = folder.run(&["compare", "ncti", STRICTER, "--cohort", "ncti", "--lang", "zh"]);
    assert!(zh.out.contains("“优秀”的分数线：85 -> 90"), "{}", zh.out);
}

fn number(value: &Value) -> (i128, i128) {
    let text = value.as_str().unwrap();
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    if let Some((over, under)) = text.split_once('/') {
        return (sign * over.parse::<i128>().unwrap(), under.parse().unwrap());
    }
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let ten = 10_i128.pow(u32::try_from(places.len()).unwrap());
    (sign * format!("{whole}{places}").parse::<i128>().unwrap(), ten)
}

/// What is printed adds up too: the sum is worked out here, from the decimals and fractions of the JSON.
#[test]
fn the_shares_in_json_add_up_to_each_difference() {
    let folder = folder();
    let ran = folder.run(&["compare", "ncti", STRICTER, "--format", "json"]);
    let top: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(top["edits"].as_array().unwrap().len(), 4);
    let mut moved = 0;
    for change in top["changes"].as_array().unwrap() {
        if change["difference"].is_null() {
            continue;
        }
        let sum = change["shares"]
            .as_array()
            .unwrap()
            .iter()
            .map(number)
            .fold((0, 1), |(a, b), (c, d)| (a * d + c * b, b * d));
        let (difference, under) = number(&change["difference"]);
        assert_eq!(sum.0 * under, difference * sum.1, "{change}");
        moved += 1;
    }
    assert!(moved > 5, "{moved}");
}

/// Every format says the same of one centre, and that one only.
#[test]
fn one_centre_is_shown_with_its_ledger_in_every_format() {
    let folder = folder();
    let of = |format: &str| {
        folder.run(&["compare", "ncti", STRICTER, "--centre", "c02", "--format", format, "--lang", "en"]).out
    };
    for format in ["text", "markdown", "html", "json"] {
        let out = of(format);
        // As a word: a digest may hold the same three characters.
        let others = out.split(|c: char| !c.is_alphanumeric()).any(|word| word == "d03");
        assert!(out.contains("technology-contracts") && !others, "{format}\n{out}");
    }
    let unknown = folder.run(&["compare", "ncti", STRICTER, "--centre", "c99"]);
    assert_eq!(unknown.exit, 2);
}

#[test]
fn what_cannot_be_read_is_told_by_its_exit_code() {
    let folder = folder();
    folder.write("broken.toml", "[rubric]\nid = \"b\"\n");
    assert_eq!(folder.run(&["compare", "ncti", "broken.toml"]).exit, 2);
    assert_eq!(folder.run(&["compare", "ncti", "missing.toml"]).exit, 3);
    assert_eq!(folder.run(&["compare", "ncti", STRICTER, "--cohort", "missing.csv"]).exit, 3);
    assert_eq!(folder.run(&["compare", "ncti", "hdi"]).exit, 2, "another cycle");
}

/// The old rubric out of a revision, the new one out of the folder.
#[test]
fn a_revision_of_git_is_compared_with_the_file_as_it_is() {
    let folder = folder();
    let git = |arguments: &[&str]| {
        let plain = ["-c", "user.name=li", "-c", "user.email=li@example.org", "-c", "commit.gpgsign=false"];
        let ran = Command::new("git").current_dir(folder.path()).args(plain).args(arguments).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    let text = folder.read(STRICTER);
    folder.write(STRICTER, text.replace("at_least = 90", "at_least = 91"));
    let ran = folder.run(&["compare", &format!("git:HEAD:{STRICTER}"), STRICTER, "--cohort", "ncti", "--lang", "en"]);
    assert_eq!(ran.exit, 1, "{}", ran.err);
    assert!(ran.out.contains("threshold of Excellent: 90 -> 91"), "{}", ran.out);
    let missing = folder.run(&["compare", "git:HEAD:none.toml", STRICTER]);
    assert_eq!(missing.exit, 2);
    assert!(missing.err.contains("E-revision"), "{}", missing.err);
}

/// A shipped rubric by its edition, and what a snapshot was taken of by the snapshot's name.
#[test]
fn an_edition_and_a_snapshot_name_a_rubric() {
    let folder = folder();
    let edition = toml::from_str::<toml::Table>(&std::fs::read_to_string("rubrics/ncti.toml").unwrap()).unwrap();
    let edition = format!("ncti@{}", edition["rubric"]["edition"].as_str().unwrap());
    let by = |old: &str| {
        let ran = folder.run(&["compare", old, STRICTER, "--lang", "en"]);
        (ran.exit, ran.out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>())
    };
    assert_eq!(by(&edition), by("ncti"));
    assert_eq!(by("ncti").0, 1);
    let unknown = folder.run(&["compare", "ncti@1999", STRICTER, "--lang", "en"]);
    assert_eq!(unknown.exit, 2);
    assert!(unknown.err.contains("E-unknown-edition") && unknown.err.contains(&edition), "{}", unknown.err);
    // The rubric behind a snapshot: here the stricter one, which no file of its name holds any more.
    folder.write("own.toml", folder.read(STRICTER));
    assert_eq!(folder.run(&["snapshot", "--rubric", "own.toml", "--cohort", "ncti"]).exit, 1);
    let same = folder.run(&["compare", "ncti-stricter@ncti", STRICTER, "--cohort", "ncti"]);
    assert_eq!(same.exit, 0, "{}{}", same.out, same.err);
    folder.write("own.toml", folder.read(STRICTER).replace("at_least = 90", "at_least = 91"));
    let lost = folder.run(&["compare", "ncti-stricter@ncti", STRICTER, "--cohort", "ncti"]);
    assert!(lost.exit == 2 && lost.err.contains("E-rubric-before"), "{}", lost.err);
    let listed = folder.run(&["compare", "ncti-stricter@other", STRICTER, "--lang", "en"]);
    assert!(listed.err.contains("ncti-stricter@ncti"), "{}", listed.err);
}

/// Above eight edits every subset would be too many: one after the other in the order in which they are listed. The
/// shares are still exact, and each is what its edit adds to those before it.
#[test]
fn nine_edits_are_shared_out_in_their_stated_order_and_add_up() {
    let folder = folder();
    let mut text = std::fs::read_to_string("rubrics/ncti.toml").unwrap();
    let edits = [
        ("to = { comprehensive = 30,", "to = { comprehensive = 31,"),
        ("to = { comprehensive = 60000,", "to = { comprehensive = 60001,"),
        ("from = 0, to = 40 }", "from = 0, to = 41 }"),
        ("from = 0, to = 200 }", "from = 0, to = 201 }"),
        ("from = 0, to = 50000 }", "from = 0, to = 50001 }"),
        ("from = 0, to = \"50%\" }", "from = 0, to = \"51%\" }"),
        ("from = 0, to = 50 }", "from = 0, to = 51 }"),
        ("from = 0, to = 30000 }", "from = 0, to = 30001 }"),
        ("from = 0, to = \"30%\" }", "from = 0, to = \"31%\" }"),
    ];
    for (was, is) in edits {
        assert!(text.contains(was), "{was}");
        text = text.replacen(was, is, 1);
    }
    folder.write("nine.toml", &text);
    let shown = folder.run(&["compare", "ncti", "nine.toml", "--lang", "en"]);
    assert_eq!(shown.exit, 1, "{}", shown.err);
    assert!(shown.out.contains("too many edits to try every subset"), "{}", shown.out);
    let ran = folder.run(&["compare", "ncti", "nine.toml", "--format", "json"]);
    let top: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(top["edits"].as_array().unwrap().len(), 9);
    let mut moved = 0;
    for change in top["changes"].as_array().unwrap().iter().filter(|change| !change["difference"].is_null()) {
        let shares = change["shares"].as_array().unwrap().iter().map(number);
        let sum = shares.fold((0, 1), |(a, b), (c, d)| (a * d + c * b, b * d));
        let (difference, under) = number(&change["difference"]);
        assert_eq!(sum.0 * under, difference * sum.1, "{change}");
        moved += 1;
    }
    assert!(moved > 5, "{moved}");
}

/// Enough centres to be in the middle of them when the signal comes.
#[cfg(unix)]
#[test]
fn ctrl_c_stops_a_comparison_and_says_that_it_is_not_whole() {
    let folder = Folder::new();
    folder.write("old.toml", small::RUBRIC);
    let edits = [("to = 1000000", "to = 900000"), ("to = 2 }", "to = 3 }"), ("at_least = 50", "at_least = 51")];
    let text = edits.iter().fold(small::RUBRIC.to_owned(), |text, (was, is)| text.replacen(was, is, 1));
    folder.write("new.toml", text);
    let row = |n: usize| format!("z{n},{n},1,1\n");
    let rows: String = (0..4000).map(row).collect();
    folder.write("many.csv", format!("centre,income@2023,share,open\n{rows}"));
    for (signal, lang, told) in
        [("-INT", "en", "stopped; nothing was compared to the end"), ("-TERM", "zh", "已中止，比较未完成")]
    {
        let compare = ["compare", "old.toml", "new.toml", "--cohort", "many.csv", "--lang", lang];
        let mut terminal = pty::triennial(&compare, folder.path());
        terminal.wait_for(if lang == "en" { " of " } else { "/" });
        terminal.signal(signal);
        terminal.wait_for(told);
        // No table of half the centres.
        assert!(!terminal.contents().contains("z39"), "{}", terminal.contents());
        terminal.ended(1);
    }
}
