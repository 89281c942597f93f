//! `triennial import`: shows what a table would change; with `--yes`, changes it in one step.

use super::args::{Cli, Import};
use super::failure::Ended;
use super::{Exit, evaluation, input, output};
use crate::domain::text::Lang;
use crate::read::import::{Difference, Origin, Plan, plan};
use crate::wording::terms;
use crate::write::sheet::{Align, Cell, Column, Row, Table};
use crate::write::terminal;

/// Differences that the preview lists; the rest is counted.
const SHOWN: usize = 200;

pub fn run(args: &Import, cli: &Cli, lang: Lang) -> Ended {
    let path = &args.evaluation;
    let file = args.data.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    // Only applying needs the writer's lock: a preview works while somebody types.
    let open = if args.yes { evaluation::write(path, cli)? } else { evaluation::read(path)? };
    let mut open = open.changeable(path)?;
    let (data, digest) = input::data(&args.data, &open.evaluation.rubric, Some(open.evaluation.cycle), lang)?;
    let plan = plan(&open.evaluation, &data, Origin { file: &file, digest: &digest }, args.clear);
    drop(data);
    output::result(&preview(&plan, args.yes, lang))?;
    if plan.is_empty() {
        return Ok(Exit::Done);
    }
    if !args.yes {
        return Ok(Exit::Attention);
    }
    open.append(plan.bodies)?;
    Ok(Exit::Done)
}

fn preview(plan: &Plan, applied: bool, lang: Lang) -> String {
    let ((new, changed), unchanged) = (plan.counts(), plan.unchanged);
    let shown: Vec<Difference> = plan.differences().take(SHOWN).collect();
    let mut text = if shown.is_empty() { String::new() } else { terminal::table(&table(&shown, lang)) };
    if new + changed > shown.len() {
        let rest = new + changed - shown.len();
        text.push_str(&match lang {
            Lang::En => format!("... and {rest} more\n"),
            Lang::Zh => format!("……另有 {rest} 处\n"),
        });
    }
    text.push_str(&match (lang, plan.is_empty(), applied) {
        (Lang::En, true, _) => format!("nothing to import: {unchanged} values already stand\n"),
        (Lang::Zh, true, _) => format!("无需导入：{unchanged} 个值已一致\n"),
        (Lang::En, false, true) => {
            format!("imported: {new} new, {changed} changed, {unchanged} unchanged; undo takes it back in one step\n")
        }
        (Lang::Zh, false, true) => format!("已导入：新增 {new}，更改 {changed}，未变 {unchanged}；可一步撤销\n"),
        (Lang::En, false, false) => {
            format!("{new} new, {changed} changed, {unchanged} unchanged; nothing was written: add --yes to apply\n")
        }
        (Lang::Zh, false, false) => format!("新增 {new}，更改 {changed}，未变 {unchanged}；尚未写入，加 --yes 执行\n"),
    });
    text
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
