//! A cohort as it is named on the command line, seen by the rubric that is tried on it.

use std::path::Path;

use jiff::civil::Date;

use super::args::Taken as Named;
use super::failure::Failure;
use super::{evaluation, input};
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::grade::Scorecard;
use crate::domain::reading::Cycle;
use crate::domain::rubric::Rubric;
use crate::domain::score::{State, score};
use crate::domain::text::Lang;
use crate::read;
use crate::store::catalogue::shipped;

/// A cohort as a rubric sees it.
pub struct Taken {
    pub cohort: Cohort,
    /// Nothing is still to come.
    pub closed: bool,
    pub decided_on: Option<Date>,
    /// By centre, the grade that an evaluation's own rubric gives; `None` where the centres are of a data file.
    /// Centres that are still incomplete are not among them.
    pub graded: Option<Vec<(String, Option<String>)>>,
}

impl Taken {
    pub fn of(named: &Named, rubric: &Rubric, lang: Lang) -> Result<Self, Failure> {
        Self::named(named.cohort.as_deref().unwrap_or(&rubric.id), named.cycle, rubric, lang)
    }

    /// What an evaluation still waits for stays open; data files have nothing still to come.
    pub fn named(named: &str, cycle: Option<Cycle>, rubric: &Rubric, lang: Lang) -> Result<Self, Failure> {
        let path = Path::new(named);
        if path.extension().is_some_and(|end| end == "triennial") {
            return Self::evaluation(path, rubric);
        }
        let data = match shipped(named).filter(|_| !path.exists()) {
            Some(shipped) => {
                let (data, faults) = read::table::table(shipped.cohort, rubric, cycle);
                let name = format!("{named}.csv");
                data.ok_or_else(|| Failure::Input { name, text: String::new(), faults })?
            }
            None if !path.exists() && !named.contains(['/', '\\', '.']) => return Err(unknown(named)),
            None => {
                let roster = input::mapped::Roster::new();
                let source = input::Source { path, sheet: None, mapping: None, roster: &roster };
                input::data(source, rubric, cycle, lang)?
            }
        };
        let cohort = read::table::cohort(&data, rubric);
        Ok(Self { cohort, closed: true, decided_on: None, graded: None })
    }

    fn evaluation(path: &Path, rubric: &Rubric) -> Result<Self, Failure> {
        let evaluation = evaluation::read(path)?.evaluation;
        let cards = score(&evaluation.rubric, &evaluation.cohort, evaluation.decided_on);
        let grade = |card: &Scorecard| card.grade.map(|grade| evaluation.rubric.grades[grade.0].id.clone());
        let id = |card: &Scorecard| evaluation.cohort.centre(card.centre).id.clone();
        // Whoever still waits for data has no grade yet that anything could be held against.
        let settled = cards.iter().filter(|card| !matches!(card.tally.state, State::Incomplete { .. }));
        let graded = settled.map(|card| (id(card), grade(card))).collect();
        Ok(Self {
            cohort: evaluation.cohort.under(&evaluation.rubric, rubric, false),
            closed: false,
            decided_on: evaluation.decided_on,
            graded: Some(graded),
        })
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
