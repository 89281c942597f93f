//! `triennial coverage`: which parts of a rubric a cohort and the fixtures reach, and which nobody does.

use std::ops::Range;

use super::args::{Coverage as Args, TableFormat};
use super::failure::Ended;
use super::taken::Taken;
use super::test::{self, Tried};
use super::{Exit, input, output};
use crate::domain::coverage::{Coverage, Item, Piece};
use crate::domain::rubric::{OutcomeKey, Rubric};
use crate::domain::score::score;
use crate::domain::text::Lang;
use crate::read::rubric::figure::{Spot, Spots};
use crate::wording::coverage as said;
use crate::wording::mutation::reaches;
use crate::write::coverage::{self, Reached};
use crate::write::{csv, json, terminal};

pub fn run(args: &Args, lang: Lang) -> Ended {
    let (whole, rubric) = input::usable(&args.rubric)?;
    let taken = Taken::of(&args.cohort, &[&rubric], Some(lang))?;
    let cohort = taken.under(&rubric);
    let mut counted = Coverage::of(&rubric);
    counted.add(&rubric, &cohort, &score(&rubric, &cohort, taken.decided_on));
    for path in test::files(&args.fixtures)? {
        let Tried { session, .. } = Tried::read(&path, Some(&args.rubric), lang)?;
        counted.add(&rubric, &session.cohort, &session.cards);
    }
    let spots = Spots::new(&whole.text);
    let mut parts: Vec<(Range<usize>, Reached)> = Vec::new();
    for (item, centres) in counted.0 {
        // A policy that is not written is nobody's decision.
        let Some(span) = place(&item, &rubric, &spots) else { continue };
        let line = input::line(&whole, &span);
        parts.push((span, Reached { line, item, centres }));
    }
    // The sort is stable: parts on one line stay in their own order.
    parts.sort_by_key(|(span, _)| span.start);
    let parts: Vec<Reached> = parts.into_iter().map(|(_, part)| part).collect();
    let reached = parts.iter().filter(|part| part.centres > 0).count();
    match args.format {
        TableFormat::Table => {
            let rest: Vec<&Reached> = parts.iter().filter(|part| part.centres == 0).collect();
            let rows = match rest.is_empty() {
                true => String::new(),
                false => terminal::table(&coverage::table(rest.into_iter(), &rubric, lang)) + "\n",
            };
            output::result(&format!("{rows}{}\n", said::summary(reached, parts.len(), lang)))?
        }
        TableFormat::Csv => output::bytes(&csv::table(&coverage::table(parts.iter(), &rubric, lang)))?,
        TableFormat::Json => output::bytes(&json::table(&coverage::table(parts.iter(), &rubric, lang)))?,
    };
    let short = args.threshold.as_ref().is_some_and(|share| !reaches(reached, parts.len(), share));
    Ok(if short { Exit::Attention } else { Exit::Done })
}

fn place(item: &Item, rubric: &Rubric, spots: &Spots<'_>) -> Option<Range<usize>> {
    let node = |at: usize| rubric.nodes[at].id.as_str();
    let row = |list, id, key| Spot::Row { list, id, key };
    let grade = |at: usize, key| row("grade", rubric.grades[at].id.as_str(), key);
    let spot = match item {
        Item::Kind(kind) => row("kind", &rubric.kinds[kind.0].id, "id"),
        Item::Stage(at) => row("stage", &rubric.stages[*at].id, "id"),
        Item::Piece(ix, path, piece) => {
            let band = if let Piece::Band(at) = piece { Some(*at) } else { None };
            Spot::Rule { node: node(ix.0), path, band }
        }
        Item::Chosen(ix, path) => Spot::Choice { node: node(ix.0), path },
        Item::Missing(ix) => Spot::NodeKey(node(ix.0), "missing"),
        Item::NotApplicable(ix) => Spot::NodeKey(node(ix.0), "not_applicable"),
        Item::Undefined(ix) => Spot::NodeKey(node(ix.0), "zero_denominator"),
        Item::Cap(ix) => Spot::Node(node(ix.0)),
        Item::TotalAtLeast => Spot::Total("at_least"),
        Item::TotalAtMost => Spot::Total("at_most"),
        Item::Gate(gate) => row("gate", &rubric.gates[gate.0].id, "when"),
        Item::Grade(ix) => grade(ix.0, "id"),
        Item::Requirement(ix, _) => grade(ix.0, "requires"),
        Item::EachCriterion(ix) => grade(ix.0, "each_criterion_at_least"),
        Item::Quota(ix) => grade(ix.0, "quota"),
        Item::First(ix) => grade(ix.0, "first"),
        Item::Last(ix) => grade(ix.0, "last"),
        Item::Outcome(at, case) => {
            let key = match rubric.outcomes[*at].0 {
                OutcomeKey::Grade(ix) => rubric.grades[ix.0].id.as_str(),
                OutcomeKey::Status(status) => status.id(),
            };
            Spot::Outcome { key, case: *case }
        }
        Item::Finding(finding) => row("finding", &rubric.findings[finding.0].id, "id"),
    };
    spots.find(spot)
}
