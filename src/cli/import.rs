//! `triennial import`: shows what a table would change and what of it is refused; with `--yes`, changes it in one step
//! where nothing is.

use super::args::{Cli, Import};
use super::failure::{Ended, Failure};
use super::input::mapped;
use super::intake::Intake;
use super::progress::Progress;
use super::state::is_settled;
use super::{Exit, evaluation, input, output};
use crate::domain::evaluation::Evaluation;
use crate::domain::query::Raised;
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::read::import::{Difference, Plan};
use crate::store::file;
use crate::wording::query::{Asked, would_raise};
use crate::wording::safe::visible;
use crate::wording::{import as words, terms};
use crate::write::sheet::{Align, Cell, Column, Row, Table};
use crate::write::terminal;

/// Differences that the preview lists; the rest is counted.
const SHOWN: usize = 200;

pub fn run(args: &Import, cli: &Cli, lang: Lang) -> Ended {
    if args.guess {
        return guess(args, lang);
    }
    let mut progress = Progress::begin(lang)?;
    let ended = import(args, cli, lang, &mut progress)?;
    progress.clear();
    Ok(ended.unwrap_or_else(|| {
        output::error(words::STOPPED.get(lang));
        Exit::Attention
    }))
}

/// How it ended; nothing where it was stopped, and then nothing was imported.
fn import(args: &Import, cli: &Cli, lang: Lang, progress: &mut Progress) -> Result<Option<Exit>, Failure> {
    let path = &args.evaluation;
    // Only applying needs the writer's lock: a preview works while somebody types.
    let open = if args.yes { evaluation::write(path, cli)? } else { evaluation::read(path)? };
    let mut open = open.changeable(path)?;
    let roster = mapped::roster(&open.evaluation.cohort);
    let (sheet, mapping) = (args.sheet.as_deref(), args.mapping.as_deref());
    let source = input::Source { path: &args.data, sheet, mapping, roster: &roster };
    let intake = Intake::of(source, &open.evaluation, args.clear, &mut |what| progress.stage(what))?;
    let Some(intake) = intake else { return Ok(None) };
    progress.clear();
    // Faults stand above what the rest would do, so that both are seen.
    let told = intake.read.told(lang);
    if !told.is_empty() {
        output::error(&told);
    }
    let from = words::origin(intake.origin(), lang).map_or(String::new(), |line| line + "\n");
    let asked = questions(&open.evaluation.rubric, &intake.raised, lang);
    let refused = intake.read.faults.len();
    let Some(plan) = intake.plan else { return Ok(Some(Exit::Input)) };
    let shown = |stage| from + &preview(&plan, &asked, &stage, lang);
    if refused > 0 {
        output::result(&shown(Stage::Refused(refused)))?;
        return Ok(Some(Exit::Input));
    }
    if plan.is_empty() {
        output::result(&preview(&plan, "", &Stage::Nothing, lang))?;
        return Ok(Some(Exit::Done));
    }
    if !args.yes {
        output::result(&shown(Stage::Asked))?;
        return Ok(Some(Exit::Attention));
    }
    // Nothing is said to be imported before it is on the disk.
    let done = shown(Stage::Applied);
    let of = plan.bodies.len();
    progress.stage(words::WRITING);
    if !open.append_watched(plan.bodies, &mut |written| progress.tell(written, of))? {
        return Ok(None);
    }
    progress.clear();
    output::result(&done)?;
    let Evaluation { rubric, answers, .. } = &open.evaluation;
    is_settled((rubric, &intake.raised.cohort, answers), lang);
    Ok(Some(Exit::Done))
}

/// Writes a first guess of a mapping; nothing is read by it before a person has looked at it.
fn guess(args: &Import, lang: Lang) -> Ended {
    let open = evaluation::read(&args.evaluation)?;
    let text = mapped::guess(&args.data, args.sheet.as_deref(), &open.evaluation, lang)?;
    let Some(out) = &args.out else { return output::result(&text) };
    file::write_new(out, text.as_bytes())?;
    let shown = visible(&out.display().to_string()).into_owned();
    output::error(&match lang {
        Lang::En => {
            format!("a first guess was written to {shown}: read every line, then import with --mapping {shown}")
        }
        Lang::Zh => format!("初步推测已写入 {shown}：请逐行核对后用 --mapping {shown} 导入"),
    });
    Ok(Exit::Done)
}

/// The queries that the import raises, as many as are listed of what it changes; nothing where it raises none.
fn questions(rubric: &Rubric, raised: &Raised, lang: Lang) -> String {
    let Raised { cohort, queries } = raised;
    if queries.is_empty() {
        return String::new();
    }
    let mut text = would_raise(lang, queries.len()) + "\n";
    let asked = Asked { rubric, layout: &cohort.layout, lang };
    for (ix, query) in queries.iter().take(SHOWN) {
        text.push_str(&format!("  {}\n", visible(&asked.in_full(&cohort.centre(*ix).id, query))));
    }
    if queries.len() > SHOWN {
        let rest = queries.len() - SHOWN;
        text.push_str(&match lang {
            Lang::En => format!("... and {rest} more\n"),
            Lang::Zh => format!("……另有 {rest} 处\n"),
        });
    }
    text
}

/// How far an import has come.
enum Stage {
    Nothing,
    /// It has this many faults.
    Refused(usize),
    Asked,
    Applied,
}

fn preview(plan: &Plan, asked: &str, stage: &Stage, lang: Lang) -> String {
    let (new, changed) = plan.counts();
    let shown: Vec<Difference> = plan.differences().take(SHOWN).collect();
    let mut text = if shown.is_empty() { String::new() } else { terminal::table(&table(&shown, lang)) };
    if new + changed > shown.len() {
        let rest = new + changed - shown.len();
        text.push_str(&match lang {
            Lang::En => format!("... and {rest} more\n"),
            Lang::Zh => format!("……另有 {rest} 处\n"),
        });
    }
    text + asked + &summary(plan, stage, lang) + "\n"
}

fn summary(plan: &Plan, stage: &Stage, lang: Lang) -> String {
    let ((new, changed), unchanged) = (plan.counts(), plan.unchanged);
    let counted = match lang {
        Lang::En => format!("{new} new, {changed} changed, {unchanged} unchanged"),
        Lang::Zh => format!("新增 {new}，更改 {changed}，未变 {unchanged}"),
    };
    match (lang, stage) {
        (Lang::En, Stage::Nothing) => format!("nothing to import: {unchanged} unchanged"),
        (Lang::Zh, Stage::Nothing) => format!("无需导入：未变 {unchanged}"),
        (Lang::En, Stage::Refused(faults)) => {
            format!(
                "{counted}, {faults} refused; nothing was written: correct what is refused above, then import again"
            )
        }
        (Lang::Zh, Stage::Refused(faults)) => {
            format!("{counted}，拒绝 {faults} 处；尚未写入：请更正以上被拒绝之处后重新导入")
        }
        (Lang::En, Stage::Asked) => format!("{counted}; nothing was written: add --yes to apply"),
        (Lang::Zh, Stage::Asked) => format!("{counted}；尚未写入，加 --yes 执行"),
        (Lang::En, Stage::Applied) => format!("imported: {counted}; undo takes it back in one step"),
        (Lang::Zh, Stage::Applied) => format!("已导入：{counted}；可一步撤销"),
    }
}

fn table(differences: &[Difference], lang: Lang) -> Table {
    let column = |id: &str, en: &str, zh: &str| {
        let title = if lang == Lang::En { en } else { zh };
        Column { id: id.to_owned(), title: title.to_owned(), align: Align::Left }
    };
    let value = |text: &str| match (text, lang) {
        ("", Lang::En) => "(blank)".to_owned(),
        ("", Lang::Zh) => "（空）".to_owned(),
        _ => text.to_owned(),
    };
    let row = |d: &Difference| {
        // A centre itself has no cell: it is new.
        let (what, was) = match d.what.as_str() {
            "" => (if lang == Lang::En { "new centre" } else { "新增中心" }, String::new()),
            what => (what, value(&d.was)),
        };
        let cells = [d.centre.clone(), what.to_owned(), was, value(&d.to)];
        Row { depth: 0, cells: cells.into_iter().map(Cell::text).collect() }
    };
    Table {
        id: "differences",
        title: String::new(),
        columns: vec![
            Column { id: "centre".to_owned(), title: terms::CENTRE.get(lang).to_owned(), align: Align::Left },
            column("what", "cell", "单元格"),
            column("was", "was", "原值"),
            column("to", "becomes", "新值"),
        ],
        rows: differences.iter().map(row).collect(),
    }
}
