//! `triennial mutate`: every figure of a rubric moved a step up and down, whom that moves, and whether fixtures would
//! notice.

use std::num::NonZero;

use super::args::{Mutate, TableFormat};
use super::crew::{Crew, stopped};
use super::failure::{Ended, Failure};
use super::taken::Taken;
use super::test::{self, Tried};
use super::{Exit, input, output};
use crate::app::mutant::{Mutant, mutant};
use crate::domain::fixture::instead;
use crate::domain::grade::Scorecard;
use crate::domain::mutation::{Ground, Mutation, Shift, Trial, Verdict};
use crate::domain::rubric::Rubric;
use crate::domain::score::score;
use crate::domain::text::Lang;
use crate::read::overlay::Whole;
use crate::read::rubric::figure::{Setting, settings};
use crate::wording::mutation::{self as said, Tally};
use crate::write::mutation::{Moved, View};
use crate::write::{csv, json, terminal};

/// How many steps at once are tried where one moves nobody, until the rubric does not stand any more.
const FURTHER: [i64; 8] = [2, 3, 4, 6, 10, 20, 50, 100];

pub fn run(args: &Mutate, lang: Lang) -> Ended {
    let (whole, rubric) = input::usable(&args.rubric)?;
    let taken = Taken::of(&args.cohort, &[&rubric], Some(lang))?;
    let Some(fixtures) = fixtures(args, lang)? else {
        output::error(match lang {
            Lang::En => "the fixtures differ from the rubric as it stands: see `triennial test`",
            Lang::Zh => "样例与现行体系已不符：请先运行 `triennial test`",
        });
        return Ok(Exit::Attention);
    };
    let cohort = taken.under(&rubric);
    let cards = score(&rubric, &cohort, taken.decided_on);
    let bed = Bed {
        whole: &whole,
        ground: Ground {
            rubric: &rubric,
            cohort: &cohort,
            cards: &cards,
            closed: taken.closed,
            decided_on: taken.decided_on,
        },
        fixtures: &fixtures,
        step: args.step,
    };
    let Some(moved) = all(&bed, args.workers, lang)? else { return Ok(stopped(lang)) };
    let view = View { rubric: &rubric, cohort: &cohort, fixtures: !fixtures.is_empty(), lang };
    let table = if args.format == TableFormat::Table { view.shown(&moved) } else { view.data(&moved) };
    let tally = tally(&moved);
    match args.format {
        TableFormat::Table => {
            let mut told = format!("{}\n{}\n", terminal::table(&table), said::summary(tally, lang));
            if !fixtures.is_empty() {
                told.push_str(&format!("{}\n", said::noticed(tally, lang)));
            }
            output::result(&told)?
        }
        TableFormat::Csv => output::bytes(&csv::table(&table))?,
        TableFormat::Json => output::bytes(&json::table(&table))?,
    };
    let short = |share| !said::reaches(tally.mutants - tally.survived, tally.mutants, share);
    Ok(if args.threshold.as_ref().is_some_and(short) { Exit::Attention } else { Exit::Done })
}

/// The fixtures with their cohorts; `None` where some differ from the rubric as it stands.
fn fixtures(args: &Mutate, lang: Lang) -> Result<Option<Vec<Tried>>, Failure> {
    let paths = test::files(&args.fixtures)?;
    let tried = paths.iter().map(|path| Tried::read(path, Some(&args.rubric), lang));
    let tried = tried.collect::<Result<Vec<_>, _>>()?;
    let differs = |tried: &Tried| notices(tried, &tried.session.rubric, &tried.session.cards);
    Ok(if tried.iter().any(differs) { None } else { Some(tried) })
}

fn notices(tried: &Tried, rubric: &Rubric, cards: &[Scorecard]) -> bool {
    tried.expected.iter().any(|(expected, _)| instead(expected, rubric, &cards[expected.centre.0]).is_some())
}

/// What every figure is tried on.
struct Bed<'a> {
    whole: &'a Whole,
    ground: Ground<'a>,
    fixtures: &'a [Tried],
    step: i64,
}

impl Bed<'_> {
    fn mutation(&self, setting: &Setting) -> Mutation {
        let trial = |steps: i64| mutant(&self.whole.text, setting, steps).map(|mutant| self.trial(&mutant));
        let (up, down) = (trial(self.step), trial(-self.step));
        let still = up.iter().chain(&down).all(|trial| trial.shift.is_nothing());
        let further = if still { self.further(setting, (up.is_some(), down.is_some())) } else { None };
        Mutation { up, down, further }
    }

    /// The fewest steps, of those that are tried, that move somebody one way or the other.
    fn further(&self, setting: &Setting, (mut up, mut down): (bool, bool)) -> Option<i64> {
        FURTHER.into_iter().map(|times| times * self.step).find(|steps| {
            let moves = |stands: &mut bool, steps: i64| {
                let mutant = if *stands { mutant(&self.whole.text, setting, steps) } else { None };
                *stands = mutant.is_some();
                mutant.is_some_and(|mutant| !self.shift(&mutant.rubric).is_nothing())
            };
            moves(&mut up, *steps) || moves(&mut down, -steps)
        })
    }

    fn shift(&self, rubric: &Rubric) -> Shift {
        Shift::between(self.ground.cards, &self.ground.under(rubric))
    }

    fn trial(&self, mutant: &Mutant) -> Trial {
        let noticed = |tried: &Tried| {
            let cards = tried.session.ground().under(&mutant.rubric);
            notices(tried, &mutant.rubric, &cards)
        };
        Trial {
            to: mutant.to.clone(),
            shift: self.shift(&mutant.rubric),
            noticed: (!self.fixtures.is_empty()).then(|| self.fixtures.iter().any(noticed)),
        }
    }
}

/// The answers stand in the order of the file. `None` where somebody stopped it.
fn all(bed: &Bed<'_>, workers: Option<NonZero<usize>>, lang: Lang) -> Result<Option<Vec<Moved>>, Failure> {
    let settings = settings(&bed.whole.text);
    let crew = Crew { workers, what: said::MOVING, lang, of: settings.len(), size: 1 };
    let Some(done) = crew.work(|| (), |(), at| bed.mutation(&settings[at.start]))? else { return Ok(None) };
    let moved = |(setting, mutation): (&Setting, Mutation)| Moved {
        line: input::line(bed.whole, &setting.figure.span),
        path: setting.path.clone(),
        class: setting.figure.class.clone(),
        sort: setting.sort,
        value: setting.figure.value.clone(),
        mutation,
    };
    Ok(Some(settings.iter().zip(done.pieces).map(moved).collect()))
}

fn tally(moved: &[Moved]) -> Tally {
    let of = |verdict| moved.iter().filter(|moved| moved.mutation.verdict() == verdict).count();
    Tally {
        figures: moved.len(),
        hair_triggers: of(Verdict::HairTrigger),
        dead: of(Verdict::Dead),
        quiet: of(Verdict::Quiet),
        fixed: of(Verdict::Fixed),
        mutants: moved.iter().map(|moved| moved.mutation.trials().count()).sum(),
        survived: moved.iter().map(|moved| moved.mutation.survived()).sum(),
    }
}
