//! All sheets of an evaluation as files, by several workers.
//!
//! A file is whole or not there, whenever it is stopped. Must not know who asked, nor how a format is written.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::SheetFormat;
use super::export::{names, refuse_strangers, refused};
use super::failure::Failure;
use super::press::{Of, Press};
use super::session::Session;
use super::workers::{Worked, each, for_files};
use crate::domain::cohort::CentreIx;
use crate::domain::text::Lang;
use crate::store::file;
use crate::write::sheet::GradeSheet;
use crate::write::{Source, centre, cohort, data, flags};

/// How many files were written, and whether that is all of them.
pub enum Written {
    All(usize),
    Stopped(usize),
}

/// What is to be written.
pub struct Order<'a> {
    pub formats: &'a [SheetFormat],
    /// A font for PDF instead of the embedded one.
    pub font: Option<&'a Path>,
    pub lang: Lang,
    /// Whether CSV begins with a byte order mark.
    pub bom: bool,
}

/// Sheets of the whole cohort that stand before those of the centres.
const BEFORE: usize = 2;

/// Writes the sheets of a cohort, of its flags and of each centre, beside CSV also the data that they were made from, and
/// says how many files that is. `watch` is told how many of how many are there; where it says `false`, those that are
/// there stay, whole.
///
/// # Errors
/// A folder with sheets of others; two ids with one file name; characters that a PDF could not show, all of them, before
/// anything is written; whatever keeps a file from being written.
pub fn sheets(
    session: &Session,
    order: &Order<'_>,
    out: &Path,
    watch: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Written, Failure> {
    let names = names(&session.cohort)?;
    let centres = out.join("centres");
    refuse_strangers(&centres, &names)?;
    let (source, formats) = (session.source(), order.formats);
    let press = Press::new(source, order)?;
    let batch = Batch { source, lang: order.lang, press };
    let pieces = session.cohort.len() + BEFORE;
    let looks = if formats.contains(&SheetFormat::Pdf) { pieces } else { 0 };
    let of = pieces * formats.len() + looks;
    let mut passed = 0;
    let mut pass = |by: usize| {
        passed += by;
        watch(passed, of)
    };
    if !pass(0) || (looks > 0 && !batch.look(pieces, &mut pass)?) {
        return Ok(Written::Stopped(0));
    }
    file::make_folder(&centres)?;
    let Worked { mut done, all } = each(
        for_files(),
        pieces,
        |nth, stop: &AtomicBool| {
            let Some((sheet, of)) = batch.sheet(nth) else { return Ok(0) };
            let (folder, name) = match of {
                Of::Centre(ix) => (centres.as_path(), names[ix.0].as_str()),
                Of::Cohort => (out, "cohort"),
                Of::Other => (out, "flags"),
            };
            batch.press.write((folder, name), (&sheet, of), formats, &|| !stop.load(Ordering::SeqCst))
        },
        &mut |_| pass(formats.len()),
    )?;
    if all && formats.contains(&SheetFormat::Csv) {
        file::replace(&out.join("data.csv"), &batch.press.csv(data::wide(source.cohort, source.rubric)))?;
        done.push(1);
    }
    file::settle(&centres)?;
    file::settle(out)?;
    let written = done.iter().sum();
    Ok(if all { Written::All(written) } else { Written::Stopped(written) })
}

/// The sheets of one evaluation by number: the cohort's, that of the flags, then one for each centre.
struct Batch<'a> {
    source: Source<'a>,
    lang: Lang,
    press: Press<'a>,
}

impl Batch<'_> {
    fn sheet(&self, nth: usize) -> Option<(GradeSheet, Of)> {
        let (source, lang) = (self.source, self.lang);
        match nth {
            0 => Some((cohort::cohort_sheet(source, lang), Of::Cohort)),
            1 => Some((flags::sheet(source, lang), Of::Other)),
            _ => {
                let ix = CentreIx(nth - BEFORE);
                Some((centre::centre_sheet(source, ix, lang)?, Of::Centre(ix)))
            }
        }
    }

    /// All characters that no page could show, before the first page is written; whether it came to its end.
    fn look(&self, pieces: usize, pass: &mut dyn FnMut(usize) -> bool) -> Result<bool, Failure> {
        let look = |nth: usize, _: &AtomicBool| {
            let missing = self.sheet(nth).map(|(sheet, of)| {
                let whose = match of {
                    Of::Centre(ix) => self.source.cohort.centre(ix).id.as_str(),
                    Of::Cohort => "cohort",
                    Of::Other => "flags",
                };
                self.press.missing(&sheet, of, whose)
            });
            Ok::<_, Failure>(missing.unwrap_or_default())
        };
        let worked = each(for_files(), pieces, look, &mut |_| pass(1))?;
        refused(worked.done.into_iter().flatten().collect())?;
        Ok(worked.all)
    }
}
