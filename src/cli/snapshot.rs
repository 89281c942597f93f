//! `triennial snapshot`: what rubrics make of cohorts, kept beside them, and whether they still do.
//!
//! One pass says of each snapshot what is to be said; only where it is asked to, it writes, and never over a snapshot that
//! stands.

use std::path::Path;

use super::args::{self, AcceptSnapshot, Cli, SNAPSHOTS, Snapshot, SnapshotAct, Snapshots};
use super::compare;
use super::failure::{Ended, Failure};
use super::new::EVALUATOR;
use super::review::today;
use super::session::Session;
use super::state::written;
use super::taken::Taken;
use super::{Exit, output};
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::note::Acceptance;
use crate::domain::rubric::Rubric;
use crate::domain::snapshot::Kept;
use crate::domain::text::Lang;
use crate::read::meaning::meaning;
use crate::read::overlay::Whole;
use crate::store::catalogue::shipped;
use crate::store::digest;
use crate::store::revision;
use crate::store::snapshot::{Place, SnapshotFault, Stored, accept};
use crate::wording::safe::visible;
use crate::wording::snapshot::{self as said, Obsolete};
use crate::write;

pub fn run(args: &Snapshot, cli: &Cli, lang: Lang) -> Ended {
    match &args.act {
        None => Pass { which: &args.which, writes: true, lang }.run(),
        Some(SnapshotAct::Check(which)) => Pass { which, writes: false, lang }.run(),
        Some(SnapshotAct::Accept(args)) => accept_one(args, cli, lang),
    }
}

impl From<SnapshotFault> for Failure {
    fn from(fault: SnapshotFault) -> Self {
        match fault {
            SnapshotFault::Store(error) => Self::Store(error),
            SnapshotFault::Said { path, fault } => Self::usage(path.display().to_string(), fault),
        }
    }
}

fn accept_one(args: &AcceptSnapshot, cli: &Cli, lang: Lang) -> Ended {
    let reason = written(&args.reason)?;
    let article = written(&args.article)?;
    let by = cli.evaluator.clone().unwrap_or_else(|| EVALUATOR.to_owned());
    let place = Place::new(&args.out, &args.name);
    let marks = place.waiting()?.map(|waiting| place.marks(&waiting.digest)).transpose()?.unwrap_or_default();
    let said = Acceptance { by, on: today(), reason, article, marks, causes: Vec::new(), moved: None };
    let note = accept(&place, said)?;
    output::error(&said::accepted(&visible(&args.name), &visible(&note.said.by), lang));
    Ok(Exit::Done)
}

/// A rubric and a cohort as they are named, and where their snapshot lies, where that is known before they are read.
struct Pair {
    rubric: String,
    cohort: args::Cohort,
    place: Option<Place>,
}

/// One look at all that is asked for.
struct Pass<'a> {
    which: &'a Snapshots,
    writes: bool,
    lang: Lang,
}

/// What is to be said of a snapshot; nothing where all is well.
type Told = Result<Option<String>, Failure>;

impl Pass<'_> {
    fn run(&self) -> Ended {
        let (pairs, mut told) = self.pairs()?;
        if pairs.is_empty() && told.is_empty() {
            return Err(none(&self.which.out));
        }
        let (mut same, mut exit) = (0, Exit::Done);
        for pair in &pairs {
            match self.one(pair) {
                Ok(None) => same += 1,
                Ok(Some(text)) => told.push(text),
                // A damaged snapshot or note is a difference; what keeps a rubric from being read is graver.
                Err(failure) => {
                    output::error(&failure.text(self.lang));
                    exit = exit.max(if is_touched(&failure) { Exit::Attention } else { failure.exit() });
                    told.push(String::new());
                }
            }
        }
        let others = told.len();
        let told: String = told.iter().filter(|text| !text.is_empty()).map(|text| format!("{text}\n")).collect();
        output::result(&format!("{told}{}\n", said::summary(same, others, self.lang)))?;
        Ok(if others == 0 { exit } else { exit.max(Exit::Attention) })
    }

    /// What is to be looked at, and what is to be said of files that no pair stands behind.
    fn pairs(&self) -> Result<(Vec<Pair>, Vec<String>), Failure> {
        let Snapshots { rubric, cohort, sheet, cycle, out } = self.which;
        if !rubric.is_empty() && !cohort.is_empty() {
            let pair = |rubric: &String, named: &String| {
                let (sheet, cycle) = (sheet.clone(), *cycle);
                let cohort = args::Cohort { cohort: Some(named.clone()), sheet, cycle, decided_on: None };
                Pair { rubric: rubric.clone(), cohort, place: None }
            };
            let pairs = rubric.iter().flat_map(|rubric| cohort.iter().map(move |cohort| pair(rubric, cohort)));
            return Ok((pairs.collect(), Vec::new()));
        }
        let (mut pairs, mut told) = (Vec::new(), Vec::new());
        for place in Place::all(out)? {
            let (of, on) = place.name().split_once('@').unwrap_or_default();
            let kept = match place.standing() {
                Ok(stored) => stored.map(|stored| stored.kept),
                Err(fault) => {
                    let failure = Failure::from(fault);
                    if !is_touched(&failure) {
                        return Err(failure);
                    }
                    output::error(&failure.text(self.lang));
                    told.push(String::new());
                    continue;
                }
            };
            let asked = |named: &[String], id: &str, path: Option<&String>| {
                named.is_empty() || named.iter().any(|named| named == id || Some(named) == path)
            };
            let names = kept.as_ref().map(|kept| (&kept.rubric, &kept.cohort));
            if !asked(rubric, of, names.map(|names| names.0)) || !asked(cohort, on, names.map(|names| names.1)) {
                continue;
            }
            match kept {
                Some(kept) => match obsolete(&kept.rubric, &kept.cohort) {
                    Some(why) => told.push(self.about(place.name(), &said::obsolete(why, self.lang))),
                    None => pairs.push(Pair { cohort: cohort_of(&kept), rubric: kept.rubric, place: Some(place) }),
                },
                None => told.push(self.about(place.name(), &said::obsolete(Obsolete::NoSnapshot, self.lang))),
            }
        }
        let unknown = if pairs.is_empty() && told.is_empty() { rubric.as_slice() } else { &[] };
        for named in unknown {
            if shipped(named).is_none() {
                return Err(none(&self.which.out));
            }
            let cohort = args::Cohort { cohort: Some(named.clone()), ..args::Cohort::default() };
            pairs.push(Pair { rubric: named.clone(), cohort, place: None });
        }
        Ok((pairs, told))
    }

    fn about(&self, name: &str, text: &str) -> String {
        match self.lang {
            Lang::En => format!("{}: {text}", visible(name)),
            Lang::Zh => format!("{}：{text}", visible(name)),
        }
    }

    /// Takes a snapshot again and says how it differs from the one that stands.
    fn one(&self, pair: &Pair) -> Told {
        let new = take(pair)?;
        let (id, kept) = (new.rubric.id.as_str(), &new.kept);
        let name = format!("{id}@{}", called(&kept.cohort));
        let place = Place::new(&self.which.out, &name);
        if let Some(known) = pair.place.as_ref().filter(|known| known.name() != name) {
            return Ok(Some(self.about(known.name(), &said::obsolete(Obsolete::Renamed(&visible(id)), self.lang))));
        }
        let notes = place.notes()?;
        let text = write::snapshot::text(kept);
        let Some(standing) = place.standing()? else {
            if self.writes {
                place.begin(&text)?;
                return Ok(Some(self.waits(&name, said::first(self.lang))));
            }
            return Ok(Some(self.about(&name, said::missing(self.lang))));
        };
        // What was touched by hand is no measure of what a rubric changed.
        if place.is_touched()? {
            return Ok(Some(self.about(&name, said::unaccepted(self.lang))));
        }
        if standing.kept.snapshot != kept.snapshot {
            if self.writes {
                place.propose(&text)?;
            }
            let look = self.look(&name);
            return Ok(Some(self.waits(&name, &format!("{}\n{look}", self.difference(&standing, &new)))));
        }
        if self.writes {
            place.settle()?;
        } else if place.waiting()?.is_some() {
            return Ok(Some(self.about(&name, &said::obsolete(Obsolete::NothingNew, self.lang))));
        }
        match notes.last() {
            Some(note) if note.new == standing.digest => Ok(None),
            Some(_) => Ok(Some(self.about(&name, said::unaccepted(self.lang)))),
            None => Ok(Some(self.waits(&name, said::first(self.lang)))),
        }
    }

    /// How many differ and how far, then who, worst first.
    fn difference(&self, old: &Stored, new: &Snapped) -> String {
        let (was, is) = (&old.kept.snapshot, &new.kept.snapshot);
        let comparison = was.compared_with(is);
        let summary = crate::wording::bench::counts(&comparison, self.lang);
        if comparison.is_empty() {
            return format!("{summary}\n{}", said::unmoved(was.meaning != is.meaning, self.lang));
        }
        format!(
            "{summary}\n{}",
            write::snapshot::difference(&comparison, (&new.rubric, &new.cohort), self.lang).trim_end()
        )
    }

    /// The command that shows which edits did it.
    fn look(&self, name: &str) -> String {
        said::look(&format!("triennial review {}{}", visible(name), self.folder()), self.lang)
    }

    /// The folder as an option, where it is not the usual one.
    fn folder(&self) -> String {
        let out = self.which.out.display().to_string();
        if out == SNAPSHOTS { String::new() } else { format!(" --out {}", visible(&out)) }
    }

    /// With the command that accepts it.
    fn waits(&self, name: &str, text: &str) -> String {
        let folder = self.folder();
        let accept = format!("triennial snapshot accept {}{folder} --reason TEXT --article TEXT", visible(name));
        // What was only looked at is not written yet.
        let command = if self.writes { accept } else { format!("triennial snapshot{folder} && {accept}") };
        format!("{}\n{}\n", self.about(name, text), said::command(&command, self.lang))
    }
}

/// There is nothing to look at.
pub fn none(folder: &Path) -> Failure {
    let what = Diagnostic::error("E-no-snapshot", "no such snapshot is in this folder", "该文件夹中没有这样的快照");
    let help = what.help(
        "name what to keep: triennial snapshot --rubric RUBRIC --cohort COHORT",
        "请指定要保存的内容：triennial snapshot --rubric 体系 --cohort 参评单位数据",
    );
    Failure::usage(folder.display().to_string(), help)
}

/// Whether a snapshot or its notes are not what was written; the rubric and the cohort are well.
fn is_touched(failure: &Failure) -> bool {
    matches!(failure, Failure::Input { faults, .. }
        if faults.iter().any(|fault| fault.code == "E-note" || fault.code == "E-snapshot"))
}

/// Why nothing can be taken again: what a snapshot was taken of is not there any more.
fn obsolete<'a>(rubric: &'a str, cohort: &'a str) -> Option<Obsolete<'a>> {
    let is_there = |named: &str| shipped(named).is_some() || named.starts_with(revision::PREFIX) || exists(named);
    match (is_there(rubric), is_there(cohort)) {
        (false, _) => Some(Obsolete::NoRubric(rubric)),
        (true, false) => Some(Obsolete::NoCohort(cohort)),
        (true, true) => None,
    }
}

/// A file whose folder may not be looked into is there as far as anybody knows: reading it says why not.
fn exists(named: &str) -> bool {
    Path::new(named).try_exists().unwrap_or(true)
}

/// The cohort of a snapshot, as it is asked for again.
pub fn cohort_of(kept: &Kept) -> args::Cohort {
    let Kept { cohort, sheet, cycle, .. } = kept.clone();
    args::Cohort { cohort: Some(cohort), sheet, cycle, decided_on: None }
}

/// What a cohort is called in the name of a snapshot.
pub fn called(cohort: &str) -> String {
    Path::new(cohort).file_stem().map_or(cohort.to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// What a rubric makes of a cohort now.
fn take(pair: &Pair) -> Result<Snapped, Failure> {
    let whole = compare::usable(&pair.rubric)?;
    let rubric = compare::rubric_of(&whole)?;
    let taken = Taken::of(&pair.cohort, &[&rubric], None)?;
    snapped(&whole, &pair.rubric, &taken)
}

/// What a rubric makes of a cohort, with both of them, which know the titles of ids.
pub struct Snapped {
    pub kept: Kept,
    pub rubric: Rubric,
    pub cohort: Cohort,
}

/// What a rubric, as it is named, makes of a cohort.
pub fn snapped(whole: &Whole, named: &str, taken: &Taken) -> Result<Snapped, Failure> {
    let rubric = compare::rubric_of(whole)?;
    let cohort = taken.under(&rubric);
    let data = digest::text(write::data::canonical(&cohort, &rubric).as_bytes());
    let session = Session::new(rubric, cohort, None, true, digest::text(whole.text.as_bytes()), Vec::new());
    let snapshot = write::snapshot::taken(session.source(), meaning(&whole.text), data);
    let args::Cohort { sheet, cycle, .. } = taken.asked.clone();
    let kept = Kept { rubric: named.to_owned(), cohort: taken.name().to_owned(), sheet, cycle, snapshot };
    let Session { rubric, cohort, .. } = session;
    Ok(Snapped { kept, rubric, cohort })
}
