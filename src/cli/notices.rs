//! `triennial notices`: a draft letter to each centre that must rectify or is to leave the list.

use std::path::Path;

use super::args::{Cli, LetterFormat, Notices};
use super::failure::{Ended, Failure};
use super::session::Session;
use super::{Exit, export, font, output};
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;
use crate::store::file;
use crate::wording::notice::{Addressed, written};
use crate::write::{docx, html, markdown, notice, pdf};

pub fn run(args: &Notices, cli: &Cli, screen: Lang) -> Ended {
    let session = Session::of_evaluation(&args.evaluation)?.digested();
    let lang = export::language(&args.evaluation, cli)?;
    let order = Letters { formats: &args.format, font: args.font.as_deref(), lang };
    let (sent, _) = letters(&session, &order, &args.out, &mut |_, _| true)?;
    output::error(&written(sent, true, &args.out.join(FOLDER).display().to_string(), screen));
    Ok(Exit::Done)
}

/// Where letters stand in the folder that is named.
pub const FOLDER: &str = "notices";

/// Which letters are to be written.
pub struct Letters<'a> {
    pub formats: &'a [LetterFormat],
    /// A font for PDF instead of the embedded one.
    pub font: Option<&'a Path>,
    pub lang: Lang,
}

/// Writes a letter to each centre that must rectify or is to leave the list; to whom, and whether that is all of them.
/// `watch` is told how many of how many are there; where it says `false`, those that are there stay, whole.
///
/// # Errors
/// A folder with a letter to somebody who is to get none; characters that a PDF could not show; whatever keeps a file
/// from being written.
pub fn letters(
    session: &Session,
    order: &Letters<'_>,
    out: &Path,
    watch: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<(Addressed, bool), Failure> {
    let (rectify, remove) = notice::addressees(session.source());
    let folder = out.join(FOLDER);
    let names = export::names(&session.cohort)?;
    let to: Vec<_> = session.cohort.all().filter(|ix| rectify.contains(ix) || remove.contains(ix)).collect();
    let theirs: Vec<String> = to.iter().map(|ix| names[ix.0].clone()).collect();
    if let Some(shown) = export::stranger(&folder, &theirs)? {
        return Err(stale(&folder.display().to_string(), &shown));
    }
    let font = if order.formats.contains(&LetterFormat::Pdf) { Some(font::load(order.font)?) } else { None };
    let letter = |(ix, name)| Some((ix, name, notice::notice(session.source(), ix, order.lang)?));
    let letters: Vec<_> = to.iter().copied().zip(&theirs).filter_map(letter).collect();
    if let Some(font) = &font {
        let whose = |ix: CentreIx| &session.cohort.centre(ix).id;
        export::refused(letters.iter().flat_map(|(ix, _, letter)| pdf::missing(letter, whose(*ix), font)).collect())?;
    }
    if !to.is_empty() {
        file::make_folder(&folder)?;
    }
    let sent = Addressed { rectify: rectify.len(), remove: remove.len(), none: session.cohort.len() - to.len() };
    for (at, (_, name, letter)) in letters.iter().enumerate() {
        if !watch(at, letters.len()) {
            return Ok((sent, false));
        }
        for format in order.formats {
            let (extension, bytes) = match format {
                LetterFormat::Html => ("html", html::document(letter).into_bytes()),
                LetterFormat::Markdown => ("md", markdown::document(letter).into_bytes()),
                LetterFormat::Docx => ("docx", docx::document(letter)),
                LetterFormat::Pdf => {
                    let bytes = font.as_ref().and_then(|font| pdf::document(letter, font));
                    ("pdf", bytes.ok_or_else(font::unusable)?)
                }
            };
            file::replace(&folder.join(format!("{name}.{extension}")), &bytes)?;
        }
    }
    Ok((sent, true))
}

/// A letter that is no longer to be sent would be sent.
fn stale(folder: &str, shown: &str) -> Failure {
    let what = Diagnostic::error(
        "E-notice-folder",
        format!("the folder holds {shown}, which goes to no centre that is to get a notice now"),
        format!("该文件夹中已有 {shown}，而目前无需向该单位发文"),
    );
    Failure::usage(folder, what.help("name another folder, or empty this one", "请另选文件夹，或先清空该文件夹"))
}
