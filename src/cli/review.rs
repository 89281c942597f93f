//! `triennial review`: a change of a rubric on the screen, and the snapshot and note that accepting it comes to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{Cli, Review};
use super::compare::{self, Weighed};
use super::failure::{Ended, Failure};
use super::snapshot::{Snapped, called, cohort_of, none, snapped};
use super::taken::Taken;
use super::{now, screen};
use crate::app::msg::Accepted;
use crate::app::review::{Fate, Proposal};
use crate::app::waiting::Waits;
use crate::app::{Effect, Msg};
use crate::domain::attribution::Method;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::note::{Acceptance, Mark};
use crate::domain::review::{Reviewed, Untold};
use crate::domain::snapshot::Kept;
use crate::domain::text::{Lang, Text};
use crate::read;
use crate::read::meaning::meaning;
use crate::read::overlay::Whole;
use crate::store::revision;
use crate::store::snapshot::{Place, Stored, accept};
use crate::wording::bench::counts;
use crate::wording::review::WHY_OTHER_STANDS;
use crate::write;

/// What is to be looked through behind the first frame.
pub enum Asked {
    Two(Box<Two>),
    /// A snapshot beside what its rubric makes of its cohort now.
    One(Place),
    /// Results that wait.
    Several(Vec<Place>),
}

/// Two rubrics and a cohort that can be read.
pub struct Two {
    old: Whole,
    new: Whole,
    taken: Taken,
    names: (String, String, String),
    folder: PathBuf,
}

pub fn run(args: &Review, cli: &Cli, lang: Lang) -> Ended {
    if args.new.is_none() && args.cohort.is_named() {
        let what =
            Diagnostic::error("E-usage", "a snapshot says itself what its cohort is", "快照已注明其参评单位数据");
        let help = what.help(
            "name two rubrics: triennial review OLD NEW --cohort COHORT",
            "请指定两个体系：triennial review 旧体系 新体系 --cohort 参评单位数据",
        );
        return Err(Failure::usage("triennial", help));
    }
    let asked = match (&args.old, &args.new) {
        (Some(old), Some(new)) => Asked::Two(Box::new(Two::of(args, (old, new), lang)?)),
        (Some(name), None) => Asked::One(Place::new(&args.out, name)),
        (None, _) => {
            let waits = |place: &Place| place.waiting().map(|waiting| waiting.is_some());
            let mut waiting = Vec::new();
            for place in Place::all(&args.out)? {
                if waits(&place)? {
                    waiting.push(place);
                }
            }
            match waiting.len() {
                0 => return Err(nothing(&args.out)),
                1 => Asked::One(waiting.swap_remove(0)),
                _ => Asked::Several(waiting),
            }
        }
    };
    // What is not there at all, or was touched, is said where the command was typed.
    if let Asked::One(place) = &asked {
        if place.standing()?.is_none() {
            return Err(none(&args.out));
        }
        place.untouched()?;
    }
    let title = Text { en: "Comparing the two rubrics".to_owned(), zh: "正在比较两个体系".to_owned() };
    screen::on(cli, lang, Effect::Review, title, |desk| {
        desk.snapshots.clone_from(&args.out);
        desk.review = Some(asked);
    })
}

fn nothing(folder: &Path) -> Failure {
    let what = Diagnostic::error("E-nothing-to-accept", "nothing waits to be accepted here", "此处没有待认可的结果");
    let help = what.help(
        "`triennial snapshot` takes all again; or name two rubrics: triennial review OLD NEW",
        "请运行 `triennial snapshot` 重新计算，或指定两个体系：triennial review 旧体系 新体系",
    );
    Failure::usage(folder.display().to_string(), help)
}

impl Asked {
    /// Compares what is asked for.
    pub fn reviewed(self) -> Result<Msg, Failure> {
        match self {
            Self::Two(two) => two.reviewed(),
            Self::One(place) => one(&place),
            Self::Several(places) => {
                let all: Result<Vec<Waits>, Failure> = places.iter().map(waits).collect();
                Ok(Msg::Waiting(all?))
            }
        }
    }
}

fn waits(place: &Place) -> Result<Waits, Failure> {
    let snapshot = |stored: Option<Stored>| stored.map(|stored| stored.kept.snapshot).unwrap_or_default();
    let compared = snapshot(place.standing()?).compared_with(&snapshot(place.waiting()?));
    let said = |lang| counts(&compared, lang);
    let counts = Text { en: said(Lang::En), zh: said(Lang::Zh) };
    Ok(Waits { name: place.name().to_owned(), counts, accepted: false })
}

impl Two {
    fn of(args: &Review, (old_name, new_name): (&str, &str), lang: Lang) -> Result<Self, Failure> {
        let (old, new) = (compare::usable(old_name)?, compare::usable(new_name)?);
        let taken = compare::taken(&args.cohort, &old, &new, Some(lang))?;
        let names = (old_name.to_owned(), new_name.to_owned(), taken.name().to_owned());
        Ok(Self { old, new, taken, names, folder: args.out.clone() })
    }

    fn reviewed(self) -> Result<Msg, Failure> {
        let Self { old, new, taken, names, folder } = self;
        let Snapped { kept: before, .. } = snapped(&old, &names.0, &taken)?;
        let Snapped { kept: after, rubric, .. } = snapped(&new, &names.1, &taken)?;
        let place = Place::new(&folder, &format!("{}@{}", rubric.id, called(taken.name())));
        place.untouched()?;
        let fate = match place.standing()? {
            None => Fate::Snapshot(Arc::new(proposal(&place, Some(before), after, String::new())?)),
            Some(standing) if standing.kept.snapshot == before.snapshot => {
                Fate::Snapshot(Arc::new(proposal(&place, None, after, standing.digest)?))
            }
            Some(_) => Fate::Look(WHY_OTHER_STANDS),
        };
        let reviewed = Weighed::of(&old, &new, &taken)?.reviewed(names);
        Ok(Msg::Reviewed { reviewed: Arc::new(reviewed), fate })
    }
}

/// What a rubric makes of its cohort now, beside the snapshot that stands.
pub fn one(place: &Place) -> Result<Msg, Failure> {
    let standing = place.standing()?.ok_or_else(|| none(Path::new(place.name())))?;
    place.untouched()?;
    let Kept { rubric, cohort, .. } = &standing.kept;
    let new = compare::usable(rubric)?;
    let known = before(&standing, place);
    let taken = compare::taken(&cohort_of(&standing.kept), known.as_ref().unwrap_or(&new), &new, None)?;
    let Snapped { kept: after, .. } = snapped(&new, rubric, &taken)?;
    let names = (format!("{}.snap", place.name()), rubric.clone(), cohort.clone());
    let old = known.ok_or(Untold::NoRubric).and_then(|old| match snapped(&old, rubric, &taken) {
        Ok(Snapped { kept, .. }) if kept.snapshot == standing.kept.snapshot => Ok(old),
        _ => Err(Untold::OtherData),
    });
    let reviewed = match old {
        Ok(old) => Weighed::of(&old, &new, &taken)?.reviewed(names),
        Err(why) => untold(&standing.kept, &after, &new, &taken, names, why)?,
    };
    let fate = Fate::Snapshot(Arc::new(proposal(place, None, after, standing.digest)?));
    Ok(Msg::Reviewed { reviewed: Arc::new(reviewed), fate })
}

/// The rubric that a snapshot was taken of: its file as it is, the file's revisions, and the shipped rubric of that name;
/// the first of them that means the same.
pub fn before(standing: &Stored, place: &Place) -> Option<Whole> {
    let named = &standing.kept.rubric;
    let id = place.name().split_once('@').map(|(id, _)| id.to_owned());
    let names = std::iter::once(named.clone()).chain(revision::of_file(named)).chain(id);
    let means = |whole: &Whole| meaning(&whole.text) == standing.kept.snapshot.meaning;
    names.filter_map(|name| compare::usable(&name).ok()).find(means)
}

/// What two snapshots say: who differs, and not why.
fn untold(
    old: &Kept,
    new: &Kept,
    rubric: &Whole,
    taken: &Taken,
    names: (String, String, String),
    why: Untold,
) -> Result<Reviewed, Failure> {
    let rubric = compare::rubric_of(rubric)?;
    let (cohort, comparison) = (taken.under(&rubric), old.snapshot.compared_with(&new.snapshot));
    Ok(Reviewed {
        names,
        old: rubric.clone(),
        new: rubric,
        cohort,
        comparison,
        edits: Vec::new(),
        citations: Vec::new(),
        method: Method::Subsets,
        attributed: Vec::new(),
        untold: Some(why),
    })
}

/// A result that can take the place of the one that stands, with what was said of it so far.
fn proposal(place: &Place, old: Option<Kept>, new: Kept, standing: String) -> Result<Proposal, Failure> {
    let standing = old.as_ref().map_or(standing, digest);
    let marks = place.marks(&digest(&new))?;
    let folder = place.folder().display().to_string();
    Ok(Proposal { folder, name: place.name().to_owned(), old, standing, new, marks })
}

fn digest(kept: &Kept) -> String {
    read::snapshot::snapshot(&write::snapshot::text(kept)).map_or(String::new(), |(_, digest)| digest)
}

fn place(of: &Proposal) -> Place {
    Place::new(Path::new(&of.folder), &of.name)
}

/// Keeps marks beside the result they are of.
pub fn keep_marks(of: &Proposal, marks: &[Mark]) -> Result<(), Failure> {
    Ok(place(of).keep_marks(marks, &digest(&of.new))?)
}

/// Accepts a result that was looked through, if it would take the place of the same one still. The file of the notes.
pub fn accepted(accepted: &Accepted, by: &str) -> Result<String, Failure> {
    let Accepted { of, marks, causes, moved, reason, article } = accepted.clone();
    let place = place(&of);
    match (place.standing()?, &of.old) {
        (None, Some(old)) => place.begin(&write::snapshot::text(old))?,
        (Some(standing), _) if standing.digest == of.standing => {}
        _ => return Err(another(&place)),
    }
    place.propose(&write::snapshot::text(&of.new))?;
    let (by, on, moved) = (by.to_owned(), today(), Some(moved));
    accept(&place, Acceptance { by, on, reason, article, marks, causes, moved })?;
    Ok(place.notes_file().display().to_string())
}

fn another(place: &Place) -> Failure {
    let what = Diagnostic::error(
        "E-snapshot-other",
        "another result stands by now than the one that was looked at",
        "现有快照已不是审阅时的那一份",
    );
    let help = what.help("leave this review and open it again", "请退出审阅后重新打开");
    Failure::usage(place.snapshot().display().to_string(), help)
}

/// The day on the calendar here.
pub fn today() -> Date {
    let moment = Timestamp::from_microsecond(now()).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::system().to_datetime(moment).date()
}
