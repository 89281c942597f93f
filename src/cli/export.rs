//! `triennial export`: grade sheets as files.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::args::{Cli, Export};
use super::batch::{Order, Written, sheets};
use super::failure::{Ended, Failure};
use super::press::{EXTENSIONS, Of, Press};
use super::progress::Progress;
use super::session::Session;
use super::{Exit, output};
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;
use crate::store::file;
use crate::wording::publication;
use crate::wording::screen::{exported, stopped_after};
use crate::write::{file_name, public};

pub fn run(args: &Export, cli: &Cli, screen: Lang) -> Ended {
    let session = Session::of_evaluation(&args.evaluation)?.digested();
    let lang = language(&args.evaluation, cli)?;
    if args.public {
        return public(&session, args, lang, screen);
    }
    let order = Order { formats: &args.format, font: args.font.as_deref(), lang, bom: args.bom };
    let mut progress = Progress::begin(screen)?;
    let written = sheets(&session, &order, &args.out, &mut |done, of| progress.tell(done, of));
    drop(progress);
    let out = args.out.display().to_string();
    Ok(match written? {
        Written::All(files) => {
            output::error(&exported(screen, files, &out));
            Exit::Done
        }
        Written::Stopped(files) => {
            output::error(&stopped_after(screen, files, &out));
            Exit::Attention
        }
    })
}

fn public(session: &Session, args: &Export, lang: Lang, screen: Lang) -> Ended {
    let order = Order { formats: &args.format, font: args.font.as_deref(), lang, bom: args.bom };
    publish(session, &order, &args.out)?;
    let left_out = publication::left_out(&session.rubric, screen);
    output::error(&publication::written(&left_out, &args.out.display().to_string(), screen));
    Ok(Exit::Done)
}

/// One sheet for the public, in a folder where nothing else of ours is that somebody could publish with it.
///
/// # Errors
/// A folder with sheets that are not for the public, characters that a PDF could not show, and whatever keeps a file
/// from being written.
pub fn publish(session: &Session, order: &Order<'_>, out: &Path) -> Result<(), Failure> {
    refuse_secrets(out)?;
    let source = session.source();
    let press = Press::new(source, order)?;
    let sheet = public::sheet(source, order.lang);
    refused(press.missing(&sheet, Of::Other, "public"))?;
    file::make_folder(out)?;
    press.write((out, "public"), (&sheet, Of::Other), order.formats, &|| true)?;
    file::settle(out).map_err(Failure::from)
}

/// Sheets that are not for the public beside the public one would be published with it.
fn refuse_secrets(out: &Path) -> Result<(), Failure> {
    let stems = ["cohort", "flags", "data"].map(str::to_owned);
    let ours = |path: &Path| path.file_stem().is_some_and(|stem| stems.iter().any(|known| stem == known.as_str()));
    let sheets = file::files_in(out)?.into_iter().filter(|path| is_sheet(path) && ours(path));
    let mut folders = ["centres", "notices"].map(|name| out.join(name)).into_iter().filter(|folder| folder.is_dir());
    let Some(shown) = sheets.chain(folders.by_ref()).next() else { return Ok(()) };
    let shown = shown.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    let what = Diagnostic::error(
        "E-public-folder",
        format!("the folder holds {shown}, which is not for the public"),
        format!("该文件夹中有 {shown}，不属于公开内容"),
    );
    let help = what.help("name a folder of its own for the public version", "请为公开版另选单独的文件夹");
    Err(Failure::usage(out.display().to_string(), help))
}

/// The language of a document: the evaluation's, unless `--lang` says otherwise. LANG is for the screen.
pub fn language(evaluation: &Path, cli: &Cli) -> Result<Lang, Failure> {
    match cli.lang {
        Some(lang) => Ok(lang.into()),
        None => Ok(super::evaluation::read(evaluation)?.evaluation.lang),
    }
}

/// Sheets of other centres in the same folder would be taken for sheets of this evaluation.
pub fn refuse_strangers(centres: &Path, names: &[String]) -> Result<(), Failure> {
    let Some(shown) = stranger(centres, names)? else { return Ok(()) };
    let what = Diagnostic::error(
        "E-export-folder",
        format!("the folder holds sheets of others: {shown} belongs to no centre of this evaluation"),
        format!("该文件夹中已有其他成绩单：{shown} 不属于本评估的任何单位"),
    );
    let help = what.help("name another folder, or empty this one", "请另选文件夹，或先清空该文件夹");
    Err(Failure::usage(centres.display().to_string(), help))
}

/// A file of ours in a folder that has none of these names.
pub fn stranger(folder: &Path, names: &[String]) -> Result<Option<String>, Failure> {
    let ours: HashSet<&str> = names.iter().map(String::as_str).collect();
    let stranger = file::files_in(folder)?.into_iter().filter(|path| is_sheet(path)).find(|path| {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        !ours.contains(stem)
    });
    Ok(stranger.and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned())))
}

fn is_sheet(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension))
}

/// A file name for each centre, made from its id; two ids that differ only in case must not share one.
pub fn names(cohort: &Cohort) -> Result<Vec<String>, Failure> {
    let mut taken: HashMap<String, &str> = HashMap::new();
    let mut names = Vec::new();
    for ix in cohort.all() {
        let id = &cohort.centre(ix).id;
        let name = file_name::of(id);
        if let Some(other) = taken.insert(name.to_lowercase(), id) {
            let what = Diagnostic::error(
                "E-file-name",
                format!("`{id}` and `{other}` would be written to the same file"),
                format!("`{id}` 与 `{other}` 会写入同一个文件"),
            );
            let help = what.help("ids must differ in more than upper and lower case", "标识不能仅以大小写相区别");
            return Err(Failure::usage("export", help));
        }
        names.push(name);
    }
    Ok(names)
}

/// Refuses what these faults are of, all of them at once.
pub fn refused(faults: Vec<Diagnostic>) -> Result<(), Failure> {
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::Input { name: "export".to_owned(), text: String::new(), faults })
}
