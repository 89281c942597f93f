//! Long work, each as one function that can be run anywhere. Must not know the screen, but for telling how far it is.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::app::Msg;
use crate::app::msg::{Opened, Order, Planned, Product, Written};
use crate::app::review::Fate;
use crate::cli::args::{LetterFormat, SheetFormat};
use crate::cli::batch;
use crate::cli::evaluation::{self, Open};
use crate::cli::failure::Failure;
use crate::cli::intake::Intake;
use crate::cli::notices::{self, Letters};
use crate::cli::session::Session;
use crate::cli::{export, input, repin};
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::{Diagnostic, Place};
use crate::domain::evaluation::Evaluation;
use crate::domain::query::{Queries, Query, Raised};
use crate::domain::robustness::Bench;
use crate::domain::rubric::Rubric;
use crate::domain::text::{Lang, Text};
use crate::read;
use crate::store::journal::Journal;
use crate::tui::Post;
use crate::wording::query::Asked;
use crate::wording::review::WHY_LOOKED_AT;
use crate::wording::{diagnostic, import as words, publication, safe};

/// Tells how far work is, a hundred times in all.
pub fn every_so_often(of: usize, post: Post) -> impl FnMut(usize) {
    let step = (of / 100).max(1);
    let mut told = None;
    move |done| {
        // Several may be done at once, so that no multiple need be met.
        if told != Some(done / step) {
            told = Some(done / step);
            post.send(Msg::Progress { done, of });
        }
    }
}

/// Reads a journal into what the screen works on.
pub fn opened(journal: &Journal, demo: bool) -> Result<Opened, Failure> {
    let evaluation = journal.evaluation(input::pinned)?;
    let rubric_text = journal.rubric_text(&evaluation.pin.digest)?;
    let path = journal.path();
    let name = match (demo, evaluation.lang) {
        (true, Lang::En) => "demo (not kept)".to_owned(),
        (true, Lang::Zh) => "演示（不保留）".to_owned(),
        (false, _) => path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned()),
    };
    let folder = path.parent().filter(|_| !demo).map_or(String::new(), |folder| folder.display().to_string());
    let evaluator = journal.evaluator().unwrap_or_default().to_owned();
    let queries = Queries::new(&evaluation.rubric, &evaluation.cohort);
    Ok(Opened { name, folder, evaluator, rubric_text: rubric_text.into(), evaluation, queries })
}

/// Reads a file and compares it with the evaluation.
pub fn plan(
    source: input::Source<'_>,
    clear: bool,
    evaluation: &Evaluation,
    stop: &AtomicBool,
) -> Result<Option<Msg>, Failure> {
    let intake = Intake::of(source, evaluation, clear, &mut |_| !stop.load(Ordering::SeqCst))?;
    let Some(intake) = intake else { return Ok(None) };
    let said = |lang| words::origin(intake.origin(), lang).unwrap_or_default();
    let origin = Text { en: said(Lang::En), zh: said(Lang::Zh) };
    let queries = questions(&evaluation.rubric, &intake.raised);
    let (bodies, unchanged) = intake.plan.map_or((Vec::new(), 0), |plan| (plan.bodies, plan.unchanged));
    let input::Surveyed { faults: refused, notes, .. } = intake.read;
    Ok(Some(Msg::Planned(Box::new(Planned { file: intake.file, origin, bodies, unchanged, refused, notes, queries }))))
}

/// The queries that a step would raise, as sentences.
fn questions(rubric: &Rubric, raised: &Raised) -> Vec<Text> {
    let Raised { cohort, queries } = raised;
    let one = |(ix, query): &(CentreIx, Query)| {
        let said = |lang| {
            let asked = Asked { rubric, layout: &cohort.layout, lang };
            asked.in_full(&cohort.centre(*ix).id, query)
        };
        Text { en: said(Lang::En), zh: said(Lang::Zh) }
    };
    queries.iter().map(one).collect()
}

/// Writes what the form ordered.
pub fn export(path: &Path, order: &Order, post: &Post, stop: &AtomicBool) -> Result<Option<Msg>, Failure> {
    let session = Session::of_evaluation(path)?.digested();
    let out = Path::new(&order.folder);
    let mut tell: Option<Box<dyn FnMut(usize)>> = None;
    let mut watch = |done: usize, of: usize| {
        tell.get_or_insert_with(|| Box::new(every_so_often(of, post.clone())))(done);
        !stop.load(Ordering::SeqCst)
    };
    let formats: Vec<SheetFormat> = order.formats.iter().filter_map(|id| SheetFormat::from_id(id)).collect();
    // Whoever exports from the screen opens the files by hand.
    let asked = batch::Order { formats: &formats, font: None, lang: order.lang, bom: true };
    let written = match order.product {
        Product::Sheets => match batch::sheets(&session, &asked, out, &mut watch)? {
            batch::Written::All(files) => Written::Sheets { files, all: true },
            batch::Written::Stopped(files) => Written::Sheets { files, all: false },
        },
        Product::Notices => {
            let formats: Vec<LetterFormat> = order.formats.iter().filter_map(|id| LetterFormat::from_id(id)).collect();
            let asked = Letters { formats: &formats, font: None, lang: order.lang };
            let (sent, all) = notices::letters(&session, &asked, out, &mut watch)?;
            Written::Notices { sent, all }
        }
        Product::Public => {
            export::publish(&session, &asked, out)?;
            let said = |lang| publication::left_out(&session.rubric, lang);
            Written::Public { left_out: Text { en: said(Lang::En), zh: said(Lang::Zh) } }
        }
    };
    let folder = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let folder = if order.product == Product::Notices { folder.join(notices::FOLDER) } else { folder };
    Ok(Some(Msg::Exported { written, folder: folder.display().to_string() }))
}

/// What a change of one reading does to a centre's grade; `None` where it was stopped.
pub fn moved(centre: String, evaluation: &Evaluation, stop: &AtomicBool) -> Option<Msg> {
    let Evaluation { rubric, cohort, .. } = evaluation;
    let going = || !stop.load(Ordering::SeqCst);
    let found = cohort.find(&centre).and_then(|ix| Bench::new(rubric, cohort).readings_while(ix, &mut going.clone()));
    going().then(|| Msg::Moved { centre, found: found.map(Box::new) })
}

/// What another rubric would do to an evaluation: whom it moves, and which of its edits does.
pub fn weigh(path: &Path, rubric: String, pin: bool) -> Result<Msg, Failure> {
    let open = evaluation::read(path)?;
    let Some(weighed) = repin::weigh(&open, &rubric)? else {
        let what = Diagnostic::error(
            "E-same-rubric",
            "this text is already the pinned rubric",
            "该文本即为当前锁定的评价指标体系",
        );
        return Err(Failure::usage(rubric, what.help("name another one", "请指定其他体系")));
    };
    let unplaced = weighed.after.unplaced.saturating_sub(open.evaluation.unplaced);
    let (impact, names) = repin::beside(&open, path, &rubric)?;
    let reviewed = impact.reviewed(names);
    let fate = match pin {
        true => Fate::Repin { rubric, unplaced },
        false => Fate::Look(WHY_LOOKED_AT),
    };
    Ok(Msg::Reviewed { reviewed: Arc::new(reviewed), fate })
}

/// Pins another rubric; the journal comes back either way.
pub fn repin(journal: Journal, rubric: &str, reason: String) -> (Journal, Result<(), Failure>) {
    let evaluation = match journal.evaluation(input::pinned) {
        Ok(evaluation) => evaluation,
        Err(failure) => return (journal, Err(failure)),
    };
    let mut open = Open { journal, evaluation };
    let done = repin::weigh(&open, rubric).and_then(|weighed| match weighed {
        Some(weighed) => weighed.pin(&mut open.journal, reason),
        None => Ok(()),
    });
    (open.journal, done)
}

/// Puts the place of a fault, and how many others there are, into its words: an overlay shows no excerpt.
pub fn say_where(fault: &mut Diagnostic, name: &str, text: &str, count: usize) {
    let name = safe::visible(name).into_owned();
    let place = match &fault.place {
        Place::Span(span) => {
            let (line, column) = diagnostic::line_and_column(text, span.start);
            format!("{name}:{line}:{column}: ")
        }
        // What was typed in a form is no option of the command line.
        _ if name == "triennial" || name.is_empty() || name.starts_with("--") => String::new(),
        _ => format!("{name}: "),
    };
    fault.what.en.insert_str(0, &place);
    fault.what.zh.insert_str(0, &place);
    if count > 1 {
        let more = count - 1;
        fault.what.en.push_str(&format!(" (and {more} more; `triennial check` lists them all)"));
        fault.what.zh.push_str(&format!("（另有 {more} 处；`triennial check` 可列出全部）"));
    }
}

/// The text of a rubric file as it is written, to be changed in place: one that extends another has not all its figures.
pub fn own_text(named: &str) -> Result<Arc<str>, Failure> {
    let written = input::text(Path::new(named), u64::try_from(read::toml::MAX_BYTES).unwrap_or(u64::MAX) * 2)?;
    if input::rubric_text(named)? != written {
        let what = Diagnostic::error(
            "E-bench-extends",
            "this rubric extends another, so that not all its figures stand in this file",
            "该体系继承自另一体系，部分数值不在此文件中",
        );
        let help = what.help(
            "put a whole one on the bench: triennial rubric flatten FILE > whole.toml",
            "请调试完整的体系：triennial rubric flatten 文件 > whole.toml",
        );
        return Err(Failure::usage(named, help));
    }
    Ok(written.into())
}
