//! `triennial compare`: two rubrics on one cohort, whom the edits between them move, and which edit did it.

use std::convert::Infallible;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::args::{self, Compare, DocumentFormat, SNAPSHOTS};
use super::failure::{Ended, Failure};
use super::progress::Progress;
use super::review::before;
use super::session::unknown_centre;
use super::taken::{Taken, is_evaluation};
use super::workers::{Worked, each, processors};
use super::{Exit, evaluation, input, output};
use crate::domain::attribution::Subset;
use crate::domain::cohort::Cohort;
use crate::domain::comparison::{Comparison, Scored, compare};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::grade::Scorecard;
use crate::domain::impact::{Attributed, World, attributed};
use crate::domain::review::Reviewed;
use crate::domain::rubric::Rubric;
use crate::domain::score::score;
use crate::domain::text::Lang;
use crate::read::meaning::Difference;
use crate::read::overlay::{self, File, Whole};
use crate::store::catalogue::shipped;
use crate::store::snapshot::Place;
use crate::wording::review as said;
use crate::write::comparison::{self, Compared};

pub fn run(args: &Compare, lang: Lang) -> Ended {
    let (old, new) = (usable(&args.old)?, usable(&args.new)?);
    let taken = taken(&args.cohort, &old, &new, Some(lang))?;
    let mut progress = Progress::begin(lang)?;
    let (weighed, all) = Weighed::watched(&old, &new, &taken, &mut |done, of| progress.tell(done, of))?;
    drop(progress);
    if !all {
        output::error(said::STOPPED.get(lang));
        return Ok(Exit::Attention);
    }
    let centre = args.centre.as_deref();
    if let Some(id) = centre
        && weighed.new.cohort.find(id).is_none()
    {
        return Err(unknown_centre(&weighed.new.cohort, id));
    }
    let compared = weighed.compared((&args.old, &args.new, taken.name()), lang);
    let document = || compared.document(centre);
    match args.format {
        DocumentFormat::Text => output::result(&comparison::text(&document()))?,
        DocumentFormat::Markdown => output::result(&comparison::as_markdown(&document()))?,
        DocumentFormat::Html => output::result(&comparison::as_html(&document()))?,
        DocumentFormat::Json => output::bytes(&compared.json(centre))?,
    };
    let same = weighed.comparison.is_empty() && weighed.difference.edits.is_empty();
    Ok(if same && weighed.difference.citations.is_empty() { Exit::Done } else { Exit::Attention })
}

/// A rubric that can be used: a file, a shipped id, alone or with its edition, `git:REV:PATH`, the rubric that an evaluation
/// has pinned, or the one that a snapshot of [`SNAPSHOTS`] was taken of, by the snapshot's name.
pub fn usable(named: &str) -> Result<Whole, Failure> {
    let whole = if is_evaluation(named) {
        let open = evaluation::read(Path::new(named))?;
        let text = open.journal.rubric_text(&open.evaluation.pin.digest)?;
        pinned(named, text)
    } else if let Some((id, edition)) = edition_of(named) {
        of_edition(named, id, edition)?
    } else {
        input::whole(named)?
    };
    if whole.rubric.is_some() { Ok(whole) } else { Err(Failure::Rubric(whole.reports)) }
}

/// `id@edition`, where it is no file and no revision.
fn edition_of(named: &str) -> Option<(&str, &str)> {
    named.split_once('@').filter(|_| !Path::new(named).exists() && !named.contains(['/', '\\', ':']))
}

fn of_edition(named: &str, id: &str, edition: &str) -> Result<Whole, Failure> {
    let known = shipped(id).map(|_| input::whole(id)).transpose()?;
    let is = |whole: &Whole| whole.rubric.as_ref().map(|rubric| rubric.edition.clone());
    let said = known.as_ref().and_then(is);
    if let (Some(whole), true) = (known, said.as_deref() == Some(edition)) {
        return Ok(whole);
    }
    let place = Place::new(Path::new(SNAPSHOTS), named);
    if let Some(standing) = place.standing()? {
        return before(&standing, &place).ok_or_else(|| lost(named));
    }
    let there = Place::all(Path::new(SNAPSHOTS))?;
    let there = there.iter().map(|place| place.name().to_owned()).filter(|name| name.split('@').next() == Some(id));
    let known: Vec<String> = said.map(|edition| format!("{id}@{edition}")).into_iter().chain(there).collect();
    let (en, zh) = match known.is_empty() {
        true => ("none of this rubric".to_owned(), "该体系没有已知版本".to_owned()),
        false => (known.join(", "), known.join("、")),
    };
    let what = Diagnostic::error(
        "E-unknown-edition",
        format!("there is no edition or snapshot called `{named}`"),
        format!("没有名为 `{named}` 的版本或快照"),
    );
    let help = what.help(
        format!("known are: {en}; an earlier one is git:REVISION:PATH, or an evaluation that has it pinned"),
        format!("已知：{zh}；更早的版本请写作 git:版本:路径，或指定锁定了该版本的评估"),
    );
    Err(Failure::usage(named, help))
}

fn lost(named: &str) -> Failure {
    let what = Diagnostic::error(
        "E-rubric-before",
        "the rubric that this snapshot was taken of is nowhere to be found",
        "未找到该快照所用的体系",
    );
    Failure::usage(named, what.help("name it: git:REVISION:PATH, or a file", "请指明：git:版本:路径，或文件"))
}

/// A rubric that an evaluation has pinned: it is complete in itself.
pub fn pinned(named: &str, text: String) -> Whole {
    overlay::whole(File { name: named.to_owned(), text }, &|_, _| Err(crate::domain::text::Text::default()))
}

/// A cohort for two rubrics, read by the new one, or, where its data do not fit that one, by the old.
pub fn taken(asked: &args::Cohort, old: &Whole, new: &Whole, said: Option<Lang>) -> Result<Taken, Failure> {
    let (old, new) = (rubric_of(old)?, rubric_of(new)?);
    if old.cycle_years != new.cycle_years {
        let (was, is) = (old.cycle_years, new.cycle_years);
        let what = Diagnostic::error(
            "E-cycle-length",
            format!("the old rubric is over {was} years, the new over {is}"),
            format!("原体系评估 {was} 年，新体系评估 {is} 年"),
        );
        let help = what.help("compare rubrics of the same cycle", "请比较周期相同的体系");
        return Err(Failure::usage("triennial", help));
    }
    Taken::of(asked, &[&new, &old], said)
}

pub fn rubric_of(whole: &Whole) -> Result<Rubric, Failure> {
    whole.rubric.clone().ok_or_else(|| Failure::Rubric(whole.reports.clone()))
}

/// A rubric with its scored cohort.
pub struct OneSide {
    pub rubric: Rubric,
    pub cohort: Cohort,
    pub cards: Vec<Scorecard>,
}

impl OneSide {
    fn of(taken: &Taken, rubric: Rubric) -> Self {
        let cohort = taken.under(&rubric);
        let cards = score(&rubric, &cohort, taken.decided_on);
        Self { rubric, cohort, cards }
    }

    pub fn scored(&self) -> Scored<'_> {
        Scored { rubric: &self.rubric, cohort: &self.cohort, cards: &self.cards }
    }
}

/// Two rubrics on one cohort, with everything that there is to say about it.
pub struct Weighed {
    pub difference: Difference,
    pub old: OneSide,
    pub new: OneSide,
    pub comparison: Comparison,
    pub attributed: Vec<Attributed>,
}

impl Weighed {
    pub fn of(old: &Whole, new: &Whole, taken: &Taken) -> Result<Self, Failure> {
        Ok(Self::watched(old, new, taken, &mut |_, _| true)?.0)
    }

    /// `watch` is told how many of the rubrics with some of the edits are scored, of how many; where it says `false` the rest
    /// are left, and nothing is attributed. Whether that was all.
    pub fn watched(
        old: &Whole,
        new: &Whole,
        taken: &Taken,
        watch: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<(Self, bool), Failure> {
        let difference = Difference::between(old, new).ok_or_else(|| Failure::Rubric(new.reports.clone()))?;
        let (old, new) = (OneSide::of(taken, rubric_of(old)?), OneSide::of(taken, rubric_of(new)?));
        let comparison = compare(old.scored(), new.scored());
        let edits = difference.edits.len();
        let subsets = if comparison.is_empty() { Vec::new() } else { difference.method().subsets(edits) };
        let Worked { done: worlds, all } = worlds(&difference, &subsets, taken, watch);
        let attributed = if all { attributed(&comparison, difference.method(), edits, &worlds) } else { Vec::new() };
        Ok((Self { difference, old, new, comparison, attributed }, all))
    }

    /// Ready to be judged.
    pub fn reviewed(self, names: (String, String, String)) -> Reviewed {
        let Self { difference, old, new, comparison, attributed } = self;
        let method = difference.method();
        Reviewed {
            names,
            old: old.rubric,
            new: new.rubric,
            cohort: new.cohort,
            comparison,
            edits: difference.edits,
            citations: difference.citations,
            method,
            attributed,
            untold: None,
        }
    }

    pub fn compared<'a>(&'a self, names: (&'a str, &'a str, &'a str), lang: Lang) -> Compared<'a> {
        let meanings = &self.difference.meanings;
        Compared {
            old: self.old.scored(),
            new: self.new.scored(),
            names,
            meanings: (&meanings.0, &meanings.1),
            comparison: &self.comparison,
            edits: &self.difference.edits,
            citations: &self.difference.citations,
            method: self.difference.method(),
            attributed: &self.attributed,
            lang,
        }
    }
}

/// Scores the cohort under each rubric with some of the edits; the order, and so every figure, is the same on any number of
/// workers.
fn worlds(
    difference: &Difference,
    subsets: &[Subset],
    taken: &Taken,
    watch: &mut dyn FnMut(usize, usize) -> bool,
) -> Worked<World> {
    let world = |nth: usize, _: &AtomicBool| {
        let rubric = subsets.get(nth).and_then(|subset| difference.rubric(*subset));
        let scored = |rubric: Rubric| World::new(&rubric, &taken.under(&rubric), taken.decided_on);
        Ok::<World, Infallible>(rubric.map_or_else(World::default, scored))
    };
    let mut done = 0;
    let Ok(worked) = each(processors(), subsets.len(), world, &mut |_| {
        done += 1;
        watch(done, subsets.len())
    });
    worked
}
