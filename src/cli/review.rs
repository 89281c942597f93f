//! `triennial review`: a change of a rubric on the screen, and the note that accepting it writes.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{Cli, Review};
use super::compare::{self, Taken, Weighed};
use super::failure::{Ended, Failure};
use super::{input, now, screen};
use crate::app::msg::Accepted;
use crate::app::review::Fate;
use crate::app::{Effect, Msg};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::{Lang, Text};
use crate::read::overlay::Whole;
use crate::store::file;
use crate::write::change_note::{Acceptance, change_note};

/// The largest change note that another change is put behind.
const MOST: u64 = 16 * 1024 * 1024;

/// Two rubrics and a cohort that can be read, to be compared behind the first frame.
pub struct Asked {
    old: Whole,
    new: Whole,
    taken: Taken,
    names: (String, String, String),
    note: String,
}

pub fn run(args: &Review, cli: &Cli, lang: Lang) -> Ended {
    let (old, new) = (compare::usable(&args.old)?, compare::usable(&args.new)?);
    let asked = compare::Asked { cohort: args.cohort.as_deref(), sheet: args.sheet.as_deref(), cycle: args.cycle };
    let taken = Taken::of(&asked, &old, &new, args.decided_on, lang)?;
    let note = args.note.as_ref().map_or_else(|| beside(&args.new), |path| path.display().to_string());
    let names = (args.old.clone(), args.new.clone(), taken.name.clone());
    let title = Text { en: "Comparing the two rubrics".to_owned(), zh: "正在比较两个体系".to_owned() };
    screen::on(cli, lang, Effect::Review, title, |desk| {
        desk.review = Some(Asked { old, new, taken, names, note });
    })
}

impl Asked {
    /// Compares them.
    pub fn reviewed(self) -> Result<Msg, Failure> {
        let Self { old, new, taken, names, note } = self;
        let reviewed = Weighed::of(&old, &new, &taken)?.reviewed(names);
        Ok(Msg::Reviewed { reviewed: Arc::new(reviewed), fate: Fate::Note { file: note } })
    }
}

/// Where the change note of a rubric is kept: beside its file and called after it, or here where it has no file.
pub fn beside(rubric: &str) -> String {
    let path = Path::new(rubric);
    if path.exists() {
        return path.with_extension("notes.toml").display().to_string();
    }
    let name = rubric.rsplit([':', '/', '\\']).next().unwrap_or(rubric);
    Path::new(name).with_extension("notes.toml").display().to_string()
}

/// The day on the calendar here.
fn today() -> Date {
    let moment = Timestamp::from_microsecond(now()).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::system().to_datetime(moment).date()
}

/// Puts an accepted change behind those that the note holds already.
pub fn note(accepted: &Accepted, who: &str) -> Result<(), Failure> {
    let Accepted { reviewed, marks, reason, article, file } = accepted;
    let path = Path::new(file);
    let mut text = if path.exists() { input::text(path, MOST)? } else { String::new() };
    if text.parse::<toml::Table>().is_err() {
        let what = Diagnostic::error(
            "E-change-note",
            "this file is no change note: it cannot be read as TOML",
            "该文件不是更改记录：无法按 TOML 读取",
        );
        let help = what.help("mend it, or name another one with --note FILE", "请更正，或用 --note 文件 指定其他文件");
        return Err(Failure::usage(file.clone(), help));
    }
    if !text.is_empty() {
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
    }
    let date = today();
    text += &change_note(reviewed, marks, Acceptance { date, who, reason, article });
    file::replace(path, text.as_bytes())?;
    Ok(())
}
