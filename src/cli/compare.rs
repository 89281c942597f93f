//! `triennial compare`: two rubrics on one cohort, whom the edits between them move, and which edit did it.

use std::path::Path;

use jiff::civil::Date;

use super::args::{Compare, DocumentFormat};
use super::failure::{Ended, Failure};
use super::input::mapped::Roster;
use super::session::unknown_centre;
use super::{Exit, evaluation, input, output};
use crate::domain::attribution::Subset;
use crate::domain::cohort::Cohort;
use crate::domain::comparison::{Comparison, Scored, compare};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::Evaluation;
use crate::domain::grade::Scorecard;
use crate::domain::impact::{Attributed, World, attributed};
use crate::domain::reading::Cycle;
use crate::domain::review::Reviewed;
use crate::domain::rubric::Rubric;
use crate::domain::score::score;
use crate::domain::text::Lang;
use crate::read;
use crate::read::meaning::Difference;
use crate::read::overlay::{self, File, Whole};
use crate::store::catalogue::shipped;
use crate::write::comparison::{self, Compared};

pub fn run(args: &Compare, lang: Lang) -> Ended {
    let (old, new) = (usable(&args.old)?, usable(&args.new)?);
    let asked = Asked { cohort: args.cohort.as_deref(), sheet: args.sheet.as_deref(), cycle: args.cycle };
    let taken = Taken::of(&asked, &old, &new, args.decided_on, lang)?;
    let weighed = Weighed::of(&old, &new, &taken)?;
    let centre = args.centre.as_deref();
    if let Some(id) = centre
        && weighed.new.cohort.find(id).is_none()
    {
        return Err(unknown_centre(&weighed.new.cohort, id));
    }
    let compared = weighed.compared((&args.old, &args.new, &taken.name), lang);
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

/// A rubric that can be used: a file, a shipped id, `git:REV:PATH`, or the rubric that an evaluation has pinned.
pub fn usable(named: &str) -> Result<Whole, Failure> {
    let whole = if is_evaluation(named) {
        let open = evaluation::read(Path::new(named))?;
        let text = open.journal.rubric_text(&open.evaluation.pin.digest)?;
        pinned(named, text)
    } else {
        input::whole(named)?
    };
    if whole.rubric.is_some() { Ok(whole) } else { Err(Failure::Rubric(whole.reports)) }
}

/// A rubric that an evaluation has pinned: it is complete in itself.
pub fn pinned(named: &str, text: String) -> Whole {
    overlay::whole(File { name: named.to_owned(), text }, &|_, _| Err(crate::domain::text::Text::default()))
}

fn is_evaluation(named: &str) -> bool {
    Path::new(named).extension().is_some_and(|end| end == "triennial")
}

/// Which cohort is asked for.
pub struct Asked<'a> {
    /// A data file, an evaluation, or the id of a shipped cohort; the cohort of the old rubric where none is named.
    pub cohort: Option<&'a str>,
    pub sheet: Option<&'a str>,
    pub cycle: Option<Cycle>,
}

/// A cohort with the rubric it was read by.
pub struct Taken {
    pub name: String,
    rubric: Rubric,
    pub cohort: Cohort,
    /// Nothing is still to come.
    closed: bool,
    decided_on: Option<Date>,
}

impl Taken {
    /// Reads a cohort by the new rubric, or, where its data do not fit that one, by the old.
    pub fn of(
        asked: &Asked<'_>,
        old: &Whole,
        new: &Whole,
        decided_on: Option<Date>,
        lang: Lang,
    ) -> Result<Self, Failure> {
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
        let named = asked.cohort.unwrap_or(&old.id).to_owned();
        let named = named.as_str();
        if is_evaluation(named) {
            let evaluation = evaluation::read(Path::new(named))?.evaluation;
            let decided_on = decided_on.or(evaluation.decided_on);
            let (rubric, cohort) = (evaluation.rubric, evaluation.cohort);
            return Ok(Self { name: named.to_owned(), rubric, cohort, closed: false, decided_on });
        }
        let text = shipped(named).filter(|_| !Path::new(named).exists()).map(|shipped| shipped.cohort);
        let read = |rubric: &Rubric| match text {
            Some(text) => {
                let (data, faults) = read::table::table(text, rubric, asked.cycle);
                data.ok_or_else(|| Failure::Input { name: format!("{named}.csv"), text: String::new(), faults })
            }
            None => {
                let (path, roster) = (Path::new(named), Roster::new());
                let source = input::Source { path, sheet: asked.sheet, mapping: None, roster: &roster };
                input::data(source, rubric, asked.cycle, lang)
            }
        };
        let (data, rubric) = match read(&new) {
            Ok(data) => (data, new),
            Err(failure) => (read(&old).map_err(|_| failure)?, old),
        };
        let cohort = read::table::cohort(&data, &rubric);
        Ok(Self { name: named.to_owned(), rubric, cohort, closed: true, decided_on })
    }

    /// The cohort of an evaluation as it stands.
    pub fn of_evaluation(name: String, evaluation: Evaluation) -> Self {
        let Evaluation { rubric, cohort, decided_on, .. } = evaluation;
        Self { name, rubric, cohort, closed: false, decided_on }
    }

    pub fn under(&self, rubric: &Rubric) -> Cohort {
        self.cohort.under(&self.rubric, rubric, self.closed)
    }

    pub fn scored(&self, rubric: Rubric) -> OneSide {
        let cohort = self.under(&rubric);
        let cards = score(&rubric, &cohort, self.decided_on);
        OneSide { rubric, cohort, cards }
    }
}

fn rubric_of(whole: &Whole) -> Result<Rubric, Failure> {
    whole.rubric.clone().ok_or_else(|| Failure::Rubric(whole.reports.clone()))
}

/// A rubric with its scored cohort.
pub struct OneSide {
    pub rubric: Rubric,
    pub cohort: Cohort,
    pub cards: Vec<Scorecard>,
}

impl OneSide {
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
        let difference = Difference::between(old, new).ok_or_else(|| Failure::Rubric(new.reports.clone()))?;
        let (old, new) = (taken.scored(rubric_of(old)?), taken.scored(rubric_of(new)?));
        let comparison = compare(old.scored(), new.scored());
        let edits = difference.edits.len();
        let subsets = difference.method().subsets(edits);
        let worlds = if comparison.is_empty() { Vec::new() } else { worlds(&difference, &subsets, taken) };
        let attributed = attributed(&comparison, difference.method(), edits, &worlds);
        Ok(Self { difference, old, new, comparison, attributed })
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

/// Scores the cohort under each rubric with some of the edits, on as many workers as there are; the order, and so every
/// figure, is the same on any number of them.
fn worlds(difference: &Difference, subsets: &[Subset], taken: &Taken) -> Vec<World> {
    let world = |subset: &Subset| {
        difference
            .rubric(*subset)
            .map_or_else(World::default, |rubric| World::new(&rubric, &taken.under(&rubric), taken.decided_on))
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(subsets.len()).max(1);
    let share = subsets.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let work = |part| scope.spawn(move || Iterator::map(<[Subset]>::iter(part), world).collect::<Vec<_>>());
        let running: Vec<_> = subsets.chunks(share).map(work).collect();
        // A worker that fell over would leave its rubrics out; the caller then has no shares to show.
        running.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    })
}
