//! `triennial notices`: a draft letter to each centre that must rectify or is to leave the list.

use super::args::{Cli, LetterFormat, Notices};
use super::failure::{Ended, Failure};
use super::session::Session;
use super::{Exit, export, font, output};
use crate::domain::cohort::CentreIx;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;
use crate::store::file;
use crate::wording::safe::visible;
use crate::write::{docx, html, markdown, notice, pdf};

pub fn run(args: &Notices, cli: &Cli, screen: Lang) -> Ended {
    let session = Session::of_evaluation(&args.evaluation)?.digested();
    let lang = export::language(&args.evaluation, cli)?;
    let (rectify, remove) = notice::addressees(session.source());
    let folder = args.out.join("notices");
    let names = export::names(&session.cohort)?;
    let to: Vec<_> = session.cohort.all().filter(|ix| rectify.contains(ix) || remove.contains(ix)).collect();
    let theirs: Vec<String> = to.iter().map(|ix| names[ix.0].clone()).collect();
    if let Some(shown) = export::stranger(&folder, &theirs)? {
        return Err(stale(&folder.display().to_string(), &shown));
    }
    let font = if args.format.contains(&LetterFormat::Pdf) { Some(font::load(args.font.as_deref())?) } else { None };
    let letter = |(ix, name)| Some((ix, name, notice::notice(session.source(), ix, lang)?));
    let letters: Vec<_> = to.iter().copied().zip(&theirs).filter_map(letter).collect();
    if let Some(font) = &font {
        let whose = |ix: CentreIx| &session.cohort.centre(ix).id;
        export::refused(letters.iter().flat_map(|(ix, _, letter)| pdf::missing(letter, whose(*ix), font)).collect())?;
    }
    if !to.is_empty() {
        file::make_folder(&folder)?;
    }
    for (_, name, letter) in &letters {
        for format in &args.format {
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
    let (asked, removed, none) = (rectify.len(), remove.len(), session.cohort.len() - to.len());
    let folder = folder.display().to_string();
    let folder = visible(&folder);
    output::error(&match screen {
        Lang::En => format!(
            "drafts in {folder}: {asked} to rectify, {removed} of proposed removal; {none} centres are to get none"
        ),
        Lang::Zh => {
            format!("代拟稿位于 {folder}：限期整改 {asked} 份，拟不再列入序列 {removed} 份；其余 {none} 家无需发文")
        }
    });
    Ok(Exit::Done)
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
