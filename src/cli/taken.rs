//! A cohort as it is named on the command line, to be seen by the rubrics that are tried on it.

use std::path::Path;

use jiff::civil::Date;

use super::args;
use super::failure::Failure;
use super::{evaluation, input};
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::Evaluation;
use crate::domain::grade::Scorecard;
use crate::domain::rubric::Rubric;
use crate::domain::score::{State, score};
use crate::domain::text::Lang;
use crate::read;
use crate::store::catalogue::shipped;

/// A cohort with the rubric it was read by.
pub struct Taken {
    /// How it was asked for; the cohort is named.
    pub asked: args::Cohort,
    rubric: Rubric,
    cohort: Cohort,
    /// Nothing is still to come: an evaluation may still wait for data, a table has none to come.
    pub closed: bool,
    pub decided_on: Option<Date>,
}

impl Taken {
    /// Reads a cohort by the first of the rubrics that its data fit; where none is named, the last rubric's own. What is to be
    /// said of the table goes to standard error in this language, or is not said: the screen must not be written over.
    pub fn of(asked: &args::Cohort, by: &[&Rubric], said: Option<Lang>) -> Result<Self, Failure> {
        let own = || by.last().map_or(String::new(), |rubric| rubric.id.clone());
        let named = asked.cohort.clone().unwrap_or_else(own);
        let asked = args::Cohort { cohort: Some(named.clone()), ..asked.clone() };
        if is_evaluation(&named) {
            let evaluation = evaluation::read(Path::new(&named))?.evaluation;
            let taken = Self::of_evaluation(named, evaluation);
            return Ok(Self { decided_on: asked.decided_on.or(taken.decided_on), asked, ..taken });
        }
        let mut failed = None;
        for rubric in by {
            match table(&asked, &named, rubric, said) {
                Ok(data) => {
                    let cohort = match said {
                        Some(lang) => input::cohort(&data, rubric, lang),
                        None => read::table::closed(&data, rubric).0,
                    };
                    let rubric = (*rubric).clone();
                    return Ok(Self { decided_on: asked.decided_on, asked, rubric, cohort, closed: true });
                }
                Err(failure) => failed = failed.or(Some(failure)),
            }
        }
        Err(failed.unwrap_or_else(|| unknown(&named)))
    }

    /// The cohort of an evaluation as it stands.
    pub fn of_evaluation(name: String, evaluation: Evaluation) -> Self {
        let Evaluation { rubric, cohort, decided_on, .. } = evaluation;
        let asked = args::Cohort { cohort: Some(name), ..args::Cohort::default() };
        Self { asked, rubric, cohort, closed: false, decided_on }
    }

    pub fn name(&self) -> &str {
        self.asked.cohort.as_deref().unwrap_or_default()
    }

    /// As another rubric sees it.
    pub fn under(&self, rubric: &Rubric) -> Cohort {
        self.cohort.under(&self.rubric, rubric, self.closed)
    }

    /// By centre, the grade that an evaluation's own rubric gives; `None` where the centres are of a table. Whoever still
    /// waits for data has no grade yet that anything could be held against.
    pub fn graded(&self) -> Option<Vec<(String, Option<String>)>> {
        if self.closed {
            return None;
        }
        let cards = score(&self.rubric, &self.cohort, self.decided_on);
        let grade = |card: &Scorecard| card.grade.map(|grade| self.rubric.grades[grade.0].id.clone());
        let settled = cards.iter().filter(|card| !matches!(card.tally.state, State::Incomplete { .. }));
        Some(settled.map(|card| (self.cohort.centre(card.centre).id.clone(), grade(card))).collect())
    }
}

pub fn is_evaluation(named: &str) -> bool {
    Path::new(named).extension().is_some_and(|end| end == "triennial")
}

fn table(asked: &args::Cohort, named: &str, rubric: &Rubric, said: Option<Lang>) -> Result<read::table::Data, Failure> {
    let path = Path::new(named);
    match shipped(named).filter(|_| !path.exists()) {
        Some(shipped) => {
            let (data, faults) = read::table::table(shipped.cohort, rubric, asked.cycle);
            data.ok_or_else(|| Failure::Input { name: format!("{named}.csv"), text: String::new(), faults })
        }
        None if !path.exists() && !named.contains(['/', '\\', '.']) => Err(unknown(named)),
        None => {
            let roster = input::mapped::Roster::new();
            let source = input::Source { path, sheet: asked.sheet.as_deref(), mapping: None, roster: &roster };
            if let Some(lang) = said {
                return input::data(source, rubric, asked.cycle, lang);
            }
            let read = input::survey(source, rubric, asked.cycle)?;
            match read.data {
                Some(data) if read.faults.is_empty() => Ok(data),
                _ => Err(Failure::Input { name: read.name, text: String::new(), faults: read.faults }),
            }
        }
    }
}

fn unknown(named: &str) -> Failure {
    let what = Diagnostic::error(
        "E-unknown-cohort",
        format!("no cohort is called `{named}`, and no such file exists"),
        format!("没有名为 `{named}` 的参评单位数据，也没有这个文件"),
    );
    let help = what.help(
        "name an evaluation, a data file, or a shipped cohort with --cohort",
        "请用 --cohort 指定评估文件、数据文件或内置的参评单位数据",
    );
    Failure::usage("triennial", help)
}
