//! Tables in layouts of their own: a first guess of a mapping, corrected where it has to be, then the same data as in our
//! own layout.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::program::Folder;
use crate::small::{self, FILE, digest};

/// What all layouts below say, in our own.
const OURS: &str = "\
centre,income@2023,income@2024,income@2025,staff@2023,staff@2024,staff@2025,papers@2023,papers@2024,papers@2025,share,open
c1,12.5,20,NR,1,2,3,7,8,9,0.5,1
c2,40,50.25,60,4,5,6,0,N/A,2,0.6,0
";

fn ours() -> String {
    let folder = small::evaluation();
    folder.write("ours.csv", OURS);
    folder.done(&["import", FILE, "ours.csv", "--yes"]);
    digest(&folder)
}

/// The guess, and the folder it was made in.
fn guessed(folder: &Folder, data: &str) -> String {
    let before = digest(folder);
    let text = folder.done(&["import", FILE, data, "--guess"]);
    folder.done(&["import", FILE, data, "--guess", "--out", "map.toml"]);
    assert_eq!(folder.read("map.toml"), text);
    assert_eq!(digest(folder), before, "a guess imports nothing");
    // Never written over.
    assert_eq!(folder.run(&["import", FILE, data, "--guess", "--out", "map.toml"]).exit, 2);
    text
}

fn imported(folder: &Folder, data: &str) {
    let arguments = ["import", FILE, data, "--mapping", "map.toml"];
    let ran = folder.run(&arguments);
    assert_eq!(ran.exit, 1, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains(data) && ran.out.contains("by the mapping with SHA-256"), "{}", ran.out);
    folder.done(&[&arguments[..], &["--yes"]].concat());
    assert_eq!(digest(folder), ours());
}

/// The names of `small`'s centres.
const NAMES: [&str; 2] = ["甲中心", "Second centre"];

fn row(sheet: &mut Worksheet, number: u32, cells: &[&str]) {
    for (cell, column) in cells.iter().zip(0..) {
        match cell.parse::<f64>() {
            Ok(figure) => sheet.write(number, column, figure).unwrap(),
            Err(_) => sheet.write(number, column, *cell).unwrap(),
        };
    }
}

/// As statistics yearbooks have it: a title, two rows of merged titles, yuan where the rubric has 万元, a row of totals.
#[test]
fn two_rows_of_merged_titles_with_years() {
    let folder = small::evaluation();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("汇总").unwrap();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 12, "创新中心数据汇总表（2023—2025年）", &plain).unwrap();
    sheet.merge_range(2, 0, 3, 0, "序号", &plain).unwrap();
    sheet.merge_range(2, 1, 3, 1, "单位名称", &plain).unwrap();
    for (title, at) in [("收入（元）", 2), ("人员", 5), ("论文", 8)] {
        sheet.merge_range(2, at, 2, at + 2, title, &plain).unwrap();
        row_at(sheet, 3, at, &["2023年", "2024年", "2025年"]);
    }
    sheet.merge_range(2, 11, 3, 11, "外部收入占比", &plain).unwrap();
    sheet.merge_range(2, 12, 3, 12, "对外开放", &plain).unwrap();
    row(sheet, 4, &["1", NAMES[0], "125000", "200000", "—", "1", "2", "3", "7", "8", "9", "0.5", "1"]);
    row(sheet, 5, &["2", NAMES[1], "400000", "502500", "600000", "4", "5", "6", "0", "不涉及", "2", "0.6", "0"]);
    row(sheet, 6, &["合计", "", "525000", "702500", "600000", "5", "7", "9", "7", "8", "11", "", ""]);
    book.save(folder.path().join("merged.xlsx")).unwrap();
    let text = guessed(&folder, "merged.xlsx");
    for part in [
        "header = [3, 4]",
        "by = \"name\"",
        "totals = [\"合计\"]",
        "not_reported = [\"—\"]",
        "not_applicable = [\"不涉及\"]",
        "# C: sure\ntitle = \"收入（元） / 2023年\"\nis = \"income@2023\"\ntimes = \"0.0001\"",
        "# A: sure\ntitle = \"序号\"\nis = \"ignore\"",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let told = folder.run(&["import", FILE, "merged.xlsx", "--mapping", "map.toml"]);
    assert!(told.err.contains("every figure is multiplied by 0.0001"), "{}", told.err);
    assert!(told.out.contains("merged.xlsx [汇总]"), "{}", told.out);
    // 125000 + 400000 is 525000, and so on.
    assert!(!told.err.contains("W-mapping-total"), "{}", told.err);
    imported(&folder, "merged.xlsx");
}

fn row_at(sheet: &mut Worksheet, number: u32, from: u16, cells: &[&str]) {
    for (cell, column) in cells.iter().zip(from..) {
        sheet.write(number, column, *cell).unwrap();
    }
}

/// A long list of a ministry's own system, in GB18030, with names of centres and titles of metrics.
#[test]
fn a_long_list_in_chinese_with_names() {
    let folder = small::evaluation();
    let mut text = "单位名称,指标名称,年度,数值\n".to_owned();
    let figures: [(&str, [&str; 3], [&str; 3]); 3] = [
        ("收入（万元）", ["12.5", "20", "未报"], ["40", "50.25", "60"]),
        ("人员数", ["1", "2", "3"], ["4", "5", "6"]),
        ("论文", ["7", "8", "9"], ["0", "不适用", "2"]),
    ];
    for (metric, first, second) in figures {
        for (name, values) in NAMES.into_iter().zip([first, second]) {
            for (year, value) in (2023..).zip(values) {
                text.push_str(&format!("{name},{metric},{year},{value}\n"));
            }
        }
    }
    text.push_str("甲中心,外部收入占比,,0.5\nSecond center,外部收入占比,,0.6\n");
    text.push_str("甲中心,是否对外开放,,1\nSecond center,是否对外开放,,0\n");
    let (bytes, _, lost) = encoding_rs::GB18030.encode(&text);
    assert!(!lost);
    folder.write("long.csv", bytes);
    let text = guessed(&folder, "long.csv");
    for part in [
        "is = \"metric\"",
        "\"收入（万元）\" = \"income\"",
        "\"人员数\" = \"staff\"",
        "# \"Second center\" = \"c2\" # Second centre?",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    // A name that is nobody's, and a metric that was not placed, are refused with their cells until a person says.
    let ran = folder.run(&["import", FILE, "long.csv", "--mapping", "map.toml", "--yes"]);
    assert_eq!(ran.exit, 2);
    assert!(ran.err.contains("E-mapping-name") && ran.err.contains("(A21)"), "{}", ran.err);
    folder.write(
        "map.toml",
        text.replace("# \"Second center\"", "\"Second center\"")
            .replace("# \"是否对外开放\" = \"\"", "\"是否对外开放\" = \"open\""),
    );
    imported(&folder, "long.csv");
}

/// One sheet a year; what has one value for the whole cycle stands on a sheet of its own, which the mapping leaves out.
#[test]
fn one_sheet_for_each_year() {
    let folder = small::evaluation();
    let mut book = Workbook::new();
    let years: [(&str, [[&str; 3]; 2]); 3] = [
        ("2023年", [["12.5", "1", "7"], ["40", "4", "0"]]),
        ("2024年", [["20", "2", "8"], ["50.25", "5", "不适用"]]),
        ("2025年", [["/", "3", "9"], ["60", "6", "2"]]),
    ];
    for (name, figures) in years {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        row(sheet, 0, &["填报表"]);
        row(sheet, 1, &["编号", "单位名称", "收入 (万元)", "人员（人）", "论文数"]);
        for ((id, name), (figures, number)) in ["c1", "c2"].into_iter().zip(NAMES).zip(figures.into_iter().zip(2..)) {
            row(sheet, number, &[&[id, name], &figures[..]].concat());
        }
    }
    book.save(folder.path().join("years.xlsx")).unwrap();
    folder.write("rest.csv", "centre,share,open\nc1,0.5,1\nc2,0.6,0\n");
    folder.done(&["import", FILE, "rest.csv", "--yes"]);
    let text = guessed(&folder, "years.xlsx");
    for part in [
        "header = 2",
        "name = \"2024年\"\nyear = 2024",
        "is = \"centre\"",
        "# E: likely\ntitle = \"论文数\"\nis = \"papers\"",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    imported(&folder, "years.xlsx");
    let out = folder.done(&[
        "score",
        "--rubric",
        &rubric(&folder),
        "--data",
        "years.xlsx",
        "--mapping",
        "map.toml",
        "--format",
        "csv",
    ]);
    assert!(out.contains("\nc1,甲中心,"), "{out}");
    // A fault names the sheet and the cell.
    let faulty = folder.read("map.toml").replace("not_reported = [\"/\"]", "");
    folder.write("faulty.toml", faulty);
    let ran = folder.run(&["import", FILE, "years.xlsx", "--mapping", "faulty.toml"]);
    assert!(ran.exit == 2 && ran.err.contains("sheet 2025年") && ran.err.contains("(C3)"), "{}", ran.err);
}

fn rubric(folder: &Folder) -> String {
    folder.write("small.toml", small::RUBRIC);
    "small.toml".to_owned()
}

#[test]
fn a_mapping_is_as_strict_as_a_rubric() {
    let folder = small::evaluation();
    folder.write("data.csv", "单位,收入,备注,收入\nc1,1,x,2\n合计,1,,2\n");
    let faults: [(&str, &str, &str); 12] = [
        ("headr = 1\n[[column]]\ntitle = \"单位\"\nis = \"centre\"\n", "E-unknown-key", "map.toml:1:1"),
        ("[[column]]\ntitle = \"单位\"\nis = \"centre\"\nunit = \"元\"\n", "E-unknown-key", "map.toml:4:1"),
        ("[[column]]\ntitle = \"单位\"\nis = \"center\"\n", "E-unknown-metric", "map.toml:3:6"),
        ("[[column]]\ntitle = \"单位\"\nis = \"income@2023\"\n", "E-mapping-centre", "map.toml"),
        ("[[column]]\nis = \"centre\"\n", "E-mapping-column", "map.toml:1:1"),
        ("[[column]]\nat = \"3\"\nis = \"centre\"\n", "E-mapping-at", "map.toml:2:6"),
        ("header = 0\n[[column]]\nat = \"A\"\nis = \"centre\"\n", "E-mapping-header", "map.toml:1:10"),
        ("[[column]]\ntitle = \"单未\"\nis = \"centre\"\n", "E-mapping-title", "map.toml:2:9"),
        ("[[column]]\ntitle = \"收入\"\nis = \"centre\"\n", "E-mapping-title", "map.toml:2:9"),
        (
            "[[column]]\nat = \"A\"\nis = \"centre\"\n[[column]]\ntitle = \"单位\"\nis = \"name\"\n",
            "E-mapping-column",
            "map.toml:5:9",
        ),
        ("[[column]]\nat = \"A\"\nis = \"centre\"\n", "E-mapping-unspoken", "(B1)"),
        ("[[sheet]]\nname = \"x\"\n[[column]]\nat = \"A\"\nis = \"centre\"\n", "E-sheet", "data.csv"),
    ];
    for (mapping, code, place) in faults {
        folder.write("map.toml", mapping);
        let ran = folder.run(&["import", FILE, "data.csv", "--mapping", "map.toml", "--yes"]);
        assert_eq!(ran.exit, 2, "{mapping}: {}", ran.out);
        assert!(ran.err.contains(code) && ran.err.contains(place), "{mapping}: {}", ran.err);
    }
    folder.write("map.toml", "skip = [\"合计\"]\n[[column]]\nat = \"A\"\nis = \"centre\"\n[[column]]\nat = \"B\"\nis = \"income@2023\"\ntimes = 3\n[[column]]\nat = \"C\"\nis = \"ignore\"\n[[column]]\nat = \"D\"\nis = \"income@2024\"\n");
    let ran = folder.run(&["import", FILE, "data.csv", "--mapping", "map.toml"]);
    assert!(ran.out.contains("income@2023") && ran.out.contains("2 changed"), "{}{}", ran.out, ran.err);
}

/// The unit stands once above the table, totals have blanks in them, and one column says its unit without brackets: what
/// is read as it stands would be ten thousand times too much.
#[test]
fn a_unit_above_the_table_counts_for_every_column_of_money() {
    let folder = small::evaluation();
    let table = "2025年情况,,,\n单位：元,,,\n编号,2024年收入,2025年收入/千元,2024年职工人数\nc1,200000,500,2\n合　计,200000,500,2\n全国合计,1,1,1\n";
    folder.write("plain.csv", table);
    let text = guessed(&folder, "plain.csv");
    assert!(text.contains("is = \"income@2024\"\ntimes = \"0.0001\""), "{text}");
    assert!(text.contains("is = \"income@2025\"\ntimes = \"0.1\""), "{text}");
    assert!(text.contains("skip = [\"全国合计\", \"合　计\"]"), "{text}");
    // Without a unit anywhere nothing about money is sure.
    folder.write("bare.csv", "编号,2024年收入\nc1,200000\n");
    let text = folder.done(&["import", FILE, "bare.csv", "--guess", "--lang", "zh"]);
    assert!(text.contains("未注明单位，按万元计") && text.contains("可能"), "{text}");
}

const BY_NAME: &str = "\
by = \"name\"
[[column]]
title = \"单位\"
is = \"centre\"
[[column]]
title = \"收入（元）\"
is = \"income@2023\"
times = \"0.0001\"
[[column]]
title = \"人员\"
is = \"staff@2023\"
";

/// By hand: 125000 + 400000 is 525000, and the row of totals says 100000 more; 1.26 + 1.26 is 2.52, which is 2.5 in the places
/// of the total, and 2.4 would not be.
#[test]
fn a_row_of_totals_is_held_against_what_was_read_and_a_difference_names_its_cell() {
    let folder = small::evaluation();
    let table = |income: &str, staff: &str| {
        format!("单位,收入（元）,人员\n甲中心,125000,1.26\nSecond centre,400000,1.26\n合　计,{income},{staff}\n")
    };
    folder.write("map.toml", format!("totals = [\"合计\"]\n{BY_NAME}"));
    let arguments = ["import", FILE, "data.csv", "--mapping", "map.toml", "--lang", "en"];
    folder.write("data.csv", table("525000", "2.5"));
    let ran = folder.run(&arguments);
    assert!(ran.exit == 1 && !ran.err.contains("W-mapping-total"), "{}", ran.err);
    folder.write("data.csv", table("625000", "2.4"));
    let ran = folder.run(&arguments);
    assert_eq!((ran.exit, ran.err.matches("W-mapping-total").count()), (1, 2), "{}", ran.err);
    for part in [
        "(B4)",
        "`income@2023`: the row of totals says 625000, the 2 figures that are read add up to 525000: 100000 missing",
        "(C4)",
        "add up to 2.52: 0.12 too much",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    let told = folder.run(&[&arguments[..5], &["--lang", "zh"]].concat());
    assert!(told.err.contains("合计行为 625000，所读取的 2 个数值之和为 525000，少 100000"), "{}", told.err);
    // It is a question, and keeps nothing out.
    folder.done(&[&arguments[..], &["--yes"]].concat());
    // Skipped, it says nothing.
    folder.write("map.toml", format!("skip = [\"合计\"]\n{BY_NAME}"));
    folder.write("data.csv", table("1", "1"));
    assert!(!folder.run(&arguments).err.contains("W-mapping-total"));
}

/// A long table has a total for each metric and year.
#[test]
fn totals_of_a_long_table_are_told_apart_by_metric_and_year() {
    let folder = small::evaluation();
    folder.write(
        "data.csv",
        "单位,项目,年度,值\n甲中心,收入,2023年,1\n甲中心,收入,2024年,2\nSecond centre,收入,2023年,3\n\
         合计,收入,2023年,4\n合计,收入,2024年,3\n",
    );
    let text = guessed(&folder, "data.csv");
    assert!(text.contains("totals = [\"合计\"]") && text.contains("suffix = \"年\""), "{text}");
    let ran = folder.run(&["import", FILE, "data.csv", "--mapping", "map.toml", "--lang", "en"]);
    assert_eq!((ran.exit, ran.err.matches("W-mapping-total").count()), (1, 1), "{}", ran.err);
    assert!(ran.err.contains("(D6)") && ran.err.contains("`income@2024`: the row of totals says 3"), "{}", ran.err);
}

/// Nobody's row is refused once, and is nobody's new centre.
#[test]
fn a_name_that_fits_nobody_is_refused_alone() {
    let folder = small::evaluation();
    folder.write("map.toml", BY_NAME);
    let before = digest(&folder);
    folder.write("data.csv", "单位,收入（元）,人员\n甲中心,125000,7\n丙所,many,1\n合计,1,1\n");
    let ran = folder.run(&["import", FILE, "data.csv", "--mapping", "map.toml", "--yes", "--lang", "en"]);
    assert_eq!((ran.exit, ran.err.matches("error[").count()), (2, 2), "{}", ran.err);
    for part in [
        "(A3)",
        "add the centre first, or write \"丙所\" = \"its id\" under [centres] in the mapping; where it is no centre, skip = [\"丙所\"]",
        "(A4)",
        "totals = [\"合计\"] in the mapping",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert!(!ran.out.contains("new centre") && !ran.out.contains("丙所") && !ran.out.contains("合计"), "{}", ran.out);
    assert!(ran.out.contains("2 changed") && ran.out.contains("2 refused"), "{}", ran.out);
    assert_eq!(digest(&folder), before);
    // In a long table the same name stands in many rows, and is told once.
    folder.write("data.csv", "单位,收入（元）,人员\n丙所,1,1\n丙所,1,1\n丙所,1,1\n");
    let ran = folder.run(&["import", FILE, "data.csv", "--mapping", "map.toml", "--lang", "en"]);
    assert_eq!(ran.err.matches("error[").count(), 1, "{}", ran.err);
    assert!(ran.err.contains("“丙所” (3 rows)") && ran.err.contains("(A2)"), "{}", ran.err);
}

/// With ids an unknown one is a new centre; a row of totals is none.
#[test]
fn a_row_of_totals_in_our_own_layout_is_no_new_centre() {
    let folder = small::evaluation();
    folder.write("data.csv", "centre,income@2023\nc9,5\n合　计,15\nAverage,x\n");
    let ran = folder.run(&["import", FILE, "data.csv", "--lang", "en"]);
    assert_eq!((ran.exit, ran.err.matches("error[E-totals-row]").count()), (2, 2), "{}", ran.err);
    assert!(ran.err.contains("(A3)") && ran.err.contains("totals = [\"合　计\"]"), "{}", ran.err);
    assert!(ran.err.contains("(A4)") && ran.err.contains("skip = [\"Average\"]"), "{}", ran.err);
    assert_eq!((ran.out.matches("new centre").count(), ran.err.matches("error[").count()), (1, 2), "{}", ran.out);
}

/// As people write them: separators, units in cells, full-width digits, shares in percent. 125,000 元 is 12.5 万元.
#[test]
fn figures_as_people_write_them_are_read_once_the_mapping_says_how() {
    let folder = small::evaluation();
    let table = "\
编号,2023年收入,2024年收入,2025年收入,2023年人员,2024年人员,2025年人员,2023年论文,2024年论文,2025年论文,外部收入占比,对外开放
c1,\"125,000 元\",￥20,未报,１,２,３,7 件,8件,9 件,50%,1
c2,\"400,000元\",￥50.25,￥60,４,５,６,0,不适用,2 件,60％,0
";
    folder.write("data.csv", table);
    let text = guessed(&folder, "data.csv");
    for part in [
        "title = \"2023年收入\"\nis = \"income@2023\"\nthousands = \",\"\nsuffix = \"元\"\ntimes = \"0.0001\"",
        "# B: likely; written as in “125,000 元”",
        "is = \"income@2024\"\nprefix = \"￥\"",
        "is = \"staff@2025\"\nfull_width = true",
        "is = \"papers@2025\"\nsuffix = \"件\"",
        "is = \"share\"\nfull_width = true\nsuffix = \"%\"\ntimes = \"0.01\"",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    imported(&folder, "data.csv");
    // Strict without: each is refused in its cell, and says what the mapping would have to say.
    let plain: Vec<&str> =
        text.lines().filter(|line| !["thou", "pref", "suff", "full"].iter().any(|key| line.starts_with(key))).collect();
    folder.write("plain.toml", plain.join("\n"));
    let ran = folder.run(&["import", FILE, "data.csv", "--mapping", "plain.toml", "--lang", "en"]);
    // By hand: 2 + 3 of income, 6 of staff, 4 of papers, 2 shares.
    assert_eq!((ran.exit, ran.err.matches("error[").count()), (2, 17), "{}", ran.err);
    for key in [
        "full_width = true and suffix = \"%\" and times = \"0.01\"",
        "thousands = \",\" and suffix = \"元\"",
        "prefix = \"￥\"",
        "full_width = true",
        "suffix = \"件\"",
    ] {
        assert!(ran.err.contains(&format!("say in a mapping how the column is written: {key}")), "{key}: {}", ran.err);
    }
}

/// A comma that may be a decimal point, a unit that is not the column's, and a figure that is not exact stay refused.
#[test]
fn what_may_mean_two_things_is_refused_whatever_the_mapping_says() {
    let folder = small::evaluation();
    folder.write("map.toml", format!("{BY_NAME}thousands = \",\"\nsuffix = \"人\"\n"));
    let table = |figure: &str| format!("单位,收入（元）,人员\n甲中心,125000,\"{figure}\"\n");
    let arguments = ["import", FILE, "data.csv", "--mapping", "map.toml", "--lang", "en"];
    for figure in ["1,5", "1,5人", "0,123", "3 万人", "约3人", "3人以上", "１人", "1.234,5"] {
        folder.write("data.csv", table(figure));
        let ran = folder.run(&arguments);
        assert!(ran.exit == 2 && ran.err.contains("(C2)"), "{figure}: {}{}", ran.out, ran.err);
    }
    folder.write("data.csv", table("1,234 人"));
    assert!(folder.run(&arguments).out.contains("1234"));
    // Not of what holds no figures, and no part with digits in it.
    for (key, code) in [
        ("thousands = \".\"", "E-unknown-word"),
        ("suffix = \"3件\"", "E-mapping-part"),
        ("prefix = \"\"", "E-mapping-part"),
    ] {
        folder.write("map.toml", format!("{BY_NAME}{key}\n"));
        let ran = folder.run(&arguments);
        assert!(ran.exit == 2 && ran.err.contains(code) && ran.err.contains("map.toml:12"), "{key}: {}", ran.err);
    }
    folder.write("map.toml", BY_NAME.replace("is = \"centre\"", "is = \"centre\"\nfull_width = true"));
    assert!(folder.run(&arguments).err.contains("E-mapping-figures"));
}

/// Two units in one column, or another than its title has: nothing is proposed but a look at it.
#[test]
fn a_guess_says_where_cells_are_in_other_units() {
    let folder = small::evaluation();
    folder.write(
        "data.csv",
        "编号,2023年收入,2024年收入（万元）,2025年收入,2023年人员\nc1,1元,1元,3 亿元,2 万人\nc2,1万元,2,4亿元,3\n",
    );
    let text = folder.done(&["import", FILE, "data.csv", "--guess", "--lang", "en"]);
    for part in [
        "# B: likely; the cells are in several units: 元, 万元",
        "# C: likely; the title says 万元, cells say 元",
        "is = \"income@2025\"\nsuffix = \"亿元\"\ntimes = \"10000\"",
        "is = \"staff@2023\"\nsuffix = \"万人\"\ntimes = \"10000\"",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(text.matches("suffix").count(), 2, "{text}");
}
