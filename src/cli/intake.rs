//! A data file, read and compared with an evaluation: what its import would do, for the command line and the screen alike.
//! Must not know who asks, and changes nothing.

use super::failure::Failure;
use super::input::{self, Source, Surveyed};
use crate::domain::evaluation::Evaluation;
use crate::domain::origin::Origin;
use crate::domain::query::{Raised, raised};
use crate::read::import::{Plan, plan, twins};
use crate::wording::{Phrase, import};

/// What an import would do.
pub struct Intake {
    pub file: String,
    /// How the file was read; its data have gone into the plan.
    pub read: Surveyed,
    /// What stands beside the faults; nothing where it is not even clear what the columns are.
    pub plan: Option<Plan>,
    /// What would be asked about then.
    pub raised: Raised,
}

impl Intake {
    /// `watch` is told what is done next; where it says `false`, that is left and nothing comes back.
    ///
    /// # Errors
    /// A file that cannot be read at all, and faults of a mapping; faults of cells are in what comes back.
    pub fn of(
        source: Source<'_>,
        evaluation: &Evaluation,
        clear: bool,
        watch: &mut dyn FnMut(Phrase) -> bool,
    ) -> Result<Option<Self>, Failure> {
        if !watch(import::READING) {
            return Ok(None);
        }
        let file = source.path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        let mut read = input::survey(source, &evaluation.rubric, Some(evaluation.cycle))?;
        if !watch(import::COMPARING) {
            return Ok(None);
        }
        let data = read.data.take();
        read.faults.extend(data.as_ref().map_or(Vec::new(), |data| twins(evaluation, data)));
        let plan = data.map(|data| plan(evaluation, data, origin(&file, &read), clear));
        if !watch(import::CHECKING) {
            return Ok(None);
        }
        let raised = raised(evaluation, plan.as_ref().map_or(&[], |plan| &plan.bodies));
        Ok(Some(Self { file, read, plan, raised }))
    }

    pub fn origin(&self) -> Origin<'_> {
        origin(&self.file, &self.read)
    }
}

fn origin<'a>(file: &'a str, read: &'a Surveyed) -> Origin<'a> {
    Origin { file, digest: &read.digest, sheet: &read.sheet, mapping: &read.mapping }
}
