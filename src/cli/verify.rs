//! `triennial verify`: whether what is stored is what was stored, and whether a sheet follows from what it was made of.

use std::path::Path;

use super::args::Verify;
use super::failure::{Ended, Failure, faults_text};
use super::press::EXTENSIONS;
use super::recompute::{Given, Line, Verdict};
use super::session::Session;
use super::{Exit, input, output};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::read::sheet;
use crate::store::catalogue::SHIPPED;
use crate::store::journal::Head;
use crate::store::verify::Report;
use crate::store::{digest, file, verify};
use crate::wording::safe::visible;

/// The largest sheet that is read, in bytes.
const MAX_SHEET: u64 = 256 << 20;

/// Characters of a line that are shown before and behind where it differs.
const SHOWN: usize = 60;

pub fn run(args: &Verify, lang: Lang) -> Ended {
    // A sheet begins with a brace; anything else is an evaluation or told to be none.
    let beginning = file::beginning(&args.file, 64)?;
    if beginning.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') {
        return sheet(args, lang);
    }
    let extension = args.file.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    let shows = extension != "json" && EXTENSIONS.contains(&extension.as_str());
    if shows && !beginning.starts_with(b"SQLite format 3\0") {
        return Err(Failure::usage(args.file.display().to_string(), other_format()));
    }
    if args.rubric.is_some() || args.evaluation.is_some() || args.cohort.is_some() {
        let what = Diagnostic::error("E-usage", "this is no sheet in JSON", "该文件不是 JSON 成绩单");
        let help = what.help(
            "--rubric, --evaluation and --cohort belong to a sheet; an evaluation is compared with --against SHEET",
            "--rubric、--evaluation 与 --cohort 用于核验成绩单；核验评估文件请用 --against 成绩单",
        );
        return Err(Failure::usage(args.file.display().to_string(), help));
    }
    evaluation(args, lang)
}

fn evaluation(args: &Verify, lang: Lang) -> Ended {
    let report = verify::verify(&args.file)?;
    let mut faults = report.faults.clone();
    let mut given = None;
    if let Some(path) = &args.against {
        let text = input::text(path, MAX_SHEET)?;
        let heads = sheet::heads(&text).map_err(|fault| Failure::usage(path.display().to_string(), fault))?;
        faults.extend(report.against(&stored(heads)));
        // Scores as JSON have the chains and are no sheet.
        given = Given::read(text).ok();
    }
    let mut text = chains(&report, lang);
    if !faults.is_empty() {
        text.push_str(if lang == Lang::En { "NOT verified\n" } else { "核验未通过\n" });
        output::result(&text)?;
        return told(&args.file, &faults, lang);
    }
    text.push_str(match (lang, &args.against) {
        (Lang::En, None) => {
            "verified: nothing stored was changed (a shortened or rewritten journal shows only --against a sheet)\n"
        }
        (Lang::Zh, None) => "核验通过：存储内容未被改动（日志被截短或重写，须用 --against 对照成绩单才能发现）\n",
        (Lang::En, Some(_)) => {
            "verified: nothing stored was changed, and the journal holds all events that the sheet knew\n"
        }
        (Lang::Zh, Some(_)) => "核验通过：存储内容未被改动，且包含成绩单所载的全部记录\n",
    });
    let Some(given) = given else {
        if args.against.is_some() {
            text.push_str(match lang {
                Lang::En => "its figures were not compared: only sheets that `export` wrote can be recomputed\n",
                Lang::Zh => "未比对其中的数值：只有 `export` 写出的成绩单才能重新计算\n",
            });
        }
        return output::result(&text);
    };
    let session = Session::as_of(&args.file, &given.heads())?.digested();
    let verdict = given.against(session).map_err(|fault| named(args, fault))?;
    say(&given, &verdict, text, true, lang)
}

fn sheet(args: &Verify, lang: Lang) -> Ended {
    if args.against.is_some() {
        let what =
            Diagnostic::error("E-usage", "this is a sheet and not an evaluation", "该文件是成绩单，不是评估文件");
        let help = what.help(
            "write: verify EVALUATION --against SHEET, or verify SHEET --evaluation EVALUATION",
            "请写：verify 评估文件 --against 成绩单，或 verify 成绩单 --evaluation 评估文件",
        );
        return Err(named(args, help));
    }
    let given = read(&args.file)?;
    let mut text = String::new();
    let verdict = if let Some(path) = &args.evaluation {
        let report = verify::verify(path)?;
        let mut faults = report.faults.clone();
        let heads = given.heads().into_iter().map(|head| (head.evaluator, head.length, head.hash)).collect();
        faults.extend(report.against(&stored(heads)));
        text.push_str(&chains(&report, lang));
        if !faults.is_empty() {
            output::result(&text)?;
            return told(path, &faults, lang);
        }
        given.against(Session::as_of(path, &given.heads())?.digested())
    } else if let Some(path) = &args.cohort {
        let whole = read(path)?;
        if whole.carried.centre.is_some() || !whole.is_of_one_moment(&given) || !whole.is_sealed() {
            return Err(Failure::usage(path.display().to_string(), other_cohort()));
        }
        let rubric = rubric_of(args, &given)?;
        whole.session(rubric).and_then(|session| given.against(session))
    } else {
        // A sheet without readings needs its evaluation, and no rubric is looked for.
        if !given.carries_data() {
            return Err(named(args, sheet::bare()));
        }
        given.against_itself(rubric_of(args, &given)?)
    };
    let verdict = verdict.map_err(|fault| named(args, fault))?;
    say(&given, &verdict, text, args.evaluation.is_some(), lang)
}

/// A sheet in a format that shows figures and does not carry what they were made of.
fn other_format() -> Diagnostic {
    let what = Diagnostic::error(
        "E-sheet-format",
        "only the JSON sheet can be verified: no other format carries what its figures were made of",
        "只有 JSON 成绩单可以核验：其他格式不含计算所用的数据",
    );
    what.help(
        "verify the .json beside it, or write one: triennial export EVALUATION --format json --out DIR",
        "请核验同一批导出的 .json 文件；如没有，请导出：triennial export 评估文件 --format json --out 文件夹",
    )
}

fn named(args: &Verify, fault: Diagnostic) -> Failure {
    Failure::usage(args.file.display().to_string(), fault)
}

fn read(path: &Path) -> Result<Given, Failure> {
    let text = input::text(path, MAX_SHEET)?;
    Given::read(text).map_err(|fault| Failure::usage(path.display().to_string(), fault))
}

fn stored(heads: Vec<(String, u64, String)>) -> Vec<Head> {
    heads.into_iter().map(|(evaluator, length, hash)| Head { evaluator, length, hash }).collect()
}

/// The rubric that a sheet was made by: the shipped one of its digest, or the one that is named, if that has it.
fn rubric_of(args: &Verify, given: &Given) -> Result<Rubric, Failure> {
    let wanted = &given.carried.rubric_digest;
    if let Some(named) = &args.rubric {
        let input::Named { name, text, rubric } = input::rubric(named)?;
        let found = digest::text(text.as_bytes());
        return if found == *wanted { Ok(rubric) } else { Err(Failure::usage(name, other_rubric(&found, wanted))) };
    }
    let shipped = SHIPPED.iter().find(|shipped| digest::text(shipped.text.as_bytes()) == *wanted);
    match shipped {
        Some(shipped) => input::pinned(shipped.text),
        None => Err(named_rubric(args, &given.carried.rubric, wanted)),
    }
}

fn named_rubric(args: &Verify, id: &str, wanted: &str) -> Failure {
    let what = Diagnostic::error(
        "E-sheet-rubric",
        format!("no shipped rubric has the digest that the sheet names: {id}, {wanted}"),
        format!("内置评价指标体系中没有成绩单所载摘要的版本：{id}，{wanted}"),
    );
    let help = what.help(
        "name its file with --rubric, or the evaluation that pinned it with --evaluation",
        "请用 --rubric 指定其文件，或用 --evaluation 指定锁定它的评估文件",
    );
    named(args, help)
}

fn other_rubric(found: &str, wanted: &str) -> Diagnostic {
    Diagnostic::error(
        "E-sheet-rubric",
        format!("this rubric has the digest {found}; the sheet was made by {wanted}"),
        format!("该评价指标体系的摘要为 {found}，而成绩单依据的是 {wanted}"),
    )
    .help("name the edition that the sheet was made by, unchanged", "请指定成绩单所依据的、未改动的版本")
}

fn other_cohort() -> Diagnostic {
    Diagnostic::error(
        "E-sheet-cohort",
        "this is not the unchanged cohort's sheet of the same evaluation at the same moment",
        "这不是同一评估、同一时点、未改动的汇总成绩单",
    )
    .help(
        "name the cohort.json that was exported together with the centre's sheet, and verify it by itself",
        "请指定与该单位成绩单同时导出的 cohort.json，并单独核验它",
    )
}

fn chains(report: &Report, lang: Lang) -> String {
    let one = |head: &Head| {
        let name = visible(&head.evaluator);
        match lang {
            Lang::En => format!("chain {name}: {} events, head {}\n", head.length, head.hash),
            Lang::Zh => format!("{name} 的链：{} 条事件，末端 {}\n", head.length, head.hash),
        }
    };
    report.heads.iter().map(one).collect()
}

fn told(path: &Path, faults: &[verify::Fault], lang: Lang) -> Ended {
    let diagnostics: Vec<Diagnostic> = faults.iter().map(verify::Fault::diagnostic).collect();
    output::error(&faults_text(&path.display().to_string(), "", &diagnostics, lang));
    Ok(Exit::Attention)
}

/// Same, or where it differs; `text` stands above.
fn say(given: &Given, verdict: &Verdict, mut text: String, journal: bool, lang: Lang) -> Ended {
    let lines = verdict.lines;
    match (&verdict.differs, lang) {
        (None, Lang::En) => text.push_str(&format!("same: all {lines} lines of the sheet were recomputed\n")),
        (None, Lang::Zh) => text.push_str(&format!("一致：成绩单的 {lines} 行均已重新计算\n")),
        (Some((line, more)), _) => text.push_str(&difference(line, *more, lang)),
    }
    if let Some(version) = given.other_version() {
        let (version, own) = (visible(version), env!("CARGO_PKG_VERSION"));
        text.push_str(&match lang {
            Lang::En => format!("note: the sheet was written by triennial {version}; recomputed by {own}\n"),
            Lang::Zh => format!("注意：成绩单由 triennial {version} 写出，现由 {own} 重新计算\n"),
        });
    }
    if !verdict.unchecked.is_empty() {
        let names: Vec<&str> = verdict.unchecked.iter().map(|name| name.get(lang)).collect();
        let names = names.join(if lang == Lang::En { "; " } else { "；" });
        text.push_str(&match lang {
            Lang::En => format!("not checked without the other centres (--cohort or --evaluation): {names}\n"),
            Lang::Zh => format!("缺少其他单位的数据，未核验（可用 --cohort 或 --evaluation）：{names}\n"),
        });
    }
    if !journal {
        text.push_str(match lang {
            Lang::En => {
                "not checked without the evaluation (--evaluation): that the readings are those of its journal; the \
                 digests on a sheet are no signature\n"
            }
            Lang::Zh => "缺少评估文件，未核验填报值是否出自其日志（可用 --evaluation）；成绩单上的摘要不是签名\n",
        });
    }
    output::result(&text)?;
    Ok(if verdict.differs.is_some() { Exit::Attention } else { Exit::Done })
}

fn difference(line: &Line, more: usize, lang: Lang) -> String {
    let (stands, should) = (shown(&line.stands, &line.should, lang), shown(&line.should, &line.stands, lang));
    let number = line.number;
    let mut text = match lang {
        Lang::En => format!("differs at line {number}\n  stands:    {stands}\n  should be: {should}\n"),
        Lang::Zh => format!("第 {number} 行不一致\n  现为：{stands}\n  应为：{should}\n"),
    };
    let covers = |line: &str| line.starts_with("\"digest\"") || line.starts_with("\"sheet_digest\"");
    let digest = |line: &Option<String>| line.as_deref().is_some_and(|line| covers(line.trim_start()));
    if digest(&line.stands) && digest(&line.should) {
        text.push_str(match lang {
            Lang::En => "  the digest covers what the sheet carries above it: that was changed, or the digest itself\n",
            Lang::Zh => "  该摘要覆盖成绩单在其上所载的内容：所载内容或摘要本身已被改动\n",
        });
    }
    match (more, lang) {
        (0, _) => {}
        (1, Lang::En) => text.push_str("  1 more line differs\n"),
        (_, Lang::En) => text.push_str(&format!("  {more} more lines differ\n")),
        (_, Lang::Zh) => text.push_str(&format!("  另有 {more} 行不一致\n")),
    }
    text
}

/// A line around where it leaves the other one.
fn shown(line: &Option<String>, other: &Option<String>, lang: Lang) -> String {
    let Some(line) = line else {
        return (if lang == Lang::En { "(nothing)" } else { "（无）" }).to_owned();
    };
    let (line, other) = (line.trim(), other.as_deref().unwrap_or_default().trim());
    let same = line.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(SHOWN);
    let part: String = line.chars().skip(from).take(2 * SHOWN).collect();
    let before = if from > 0 { ".." } else { "" };
    let behind = if from + 2 * SHOWN < line.chars().count() { ".." } else { "" };
    format!("{before}{}{behind}", visible(&part))
}
