//! What holds for any readings under a shipped rubric, whatever they are.

use proptest::prelude::*;
use triennial::domain::centre::{Centre, Field};
use triennial::domain::cohort::{CentreIx, Cohort};
use triennial::domain::evaluation::{Body, Evaluation, Pin};
use triennial::domain::number::{Number, Points};
use triennial::domain::origin::Origin;
use triennial::domain::reading::{Cycle, Reading, Slot};
use triennial::domain::rubric::{Role, Rubric, Values};
use triennial::domain::score::{State, facts, ledger, score};
use triennial::domain::text::Lang;
use triennial::read::{self, import};
use triennial::write::data;

const CYCLE: Cycle = Cycle { first: 2023, last: 2025 };

fn rubric() -> Rubric {
    read::rubric::rubric(include_str!("../../rubrics/ncti.toml")).0.unwrap()
}

/// What one cell is filled with: a kind of reading and a figure of 0 to 9,999.
type Filling = (u8, u16);

/// Cells of one centre, in the order of the slots; more than there are slots are left over.
fn fillings() -> impl Strategy<Value = Vec<Filling>> {
    prop::collection::vec((0..20_u8, 0..10_000_u16), 200)
}

fn reading(values: &Values, (kind, figure): Filling) -> Option<Reading> {
    match kind {
        0 => return None,
        1 => return Some(Reading::NotReported),
        2 => return Some(Reading::NotApplicable),
        _ => {}
    }
    let figure = i64::from(figure);
    let value = match values {
        Values::YesNo => Number::from(figure % 2),
        Values::Letters(_) => Number::ZERO,
        Values::Number { minimum, maximum, whole } => {
            let value = if *whole { Number::from(figure) } else { Number::fraction(figure, 8).unwrap() };
            let value = maximum.clone().filter(|most| value > *most).unwrap_or(value);
            minimum.clone().filter(|least| value < *least).unwrap_or(value)
        }
    };
    Some(Reading::Value(value))
}

fn fill(cohort: &mut Cohort, rubric: &Rubric, ix: CentreIx, fillings: &[Filling]) {
    for (slot, filling) in (0..cohort.layout.slots()).map(Slot).zip(fillings) {
        let (metric, _) = cohort.layout.cell(slot);
        let metric = &rubric.metrics[metric.0];
        let reading = reading(&metric.values, *filling);
        if metric.panel.is_none() {
            cohort.readings_mut(ix).put(slot, None, reading);
            continue;
        }
        for judge in ["a", "b", "c"] {
            cohort.readings_mut(ix).put(slot, Some(judge), reading.clone());
        }
    }
}

fn cohort(rubric: &Rubric, all: &[Vec<Filling>]) -> Cohort {
    let mut cohort = Cohort::new(rubric, CYCLE);
    for (fillings, n) in all.iter().zip(0..) {
        let mut centre = Centre::new(format!("c{n}"), rubric);
        let kind = if n % 2 == 0 { "comprehensive" } else { "domain" };
        centre.set(&Field::Kind, kind, rubric).unwrap();
        let ix = cohort.add(centre);
        fill(&mut cohort, rubric, ix, fillings);
    }
    cohort
}

fn evaluation(rubric: &Rubric) -> Evaluation {
    let pin = Pin { rubric: rubric.id.clone(), edition: rubric.edition.clone(), digest: String::new() };
    let opened = Body::Opened { cycle: CYCLE, pin, decided_on: None, lang: Lang::En };
    Evaluation::open(&opened, rubric.clone()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn points_keep_within_their_bounds_and_every_ledger_line_follows(all in prop::collection::vec(fillings(), 4)) {
        let rubric = rubric();
        let cohort = cohort(&rubric, &all);
        let facts = facts(&rubric, &cohort);
        for card in score(&rubric, &cohort, None) {
            let class = rubric.class(cohort.centre(card.centre)).unwrap();
            let most = |role| -> Points { rubric.tops(role).map(|node| rubric.nodes[node.0].points.get(class).clone()).collect::<Vec<_>>().iter().sum() };
            let bonus = most(Role::Bonus);
            prop_assert!(card.tally.total >= Points::ZERO);
            prop_assert!(card.tally.total.0 <= &rubric.total.points.get(class).0 + &bonus.0);
            for (node, earned) in rubric.nodes.iter().zip(&card.tally.nodes) {
                let Some(earned) = earned else { continue };
                let of = node.points.get(class);
                // What is taken off counts downwards, and so does a penalty for what was not reported.
                let least = -of.0.clone();
                prop_assert!(earned.0 >= least && earned.0 <= of.0, "{}: {:?}", node.id, earned);
            }
            let line = ledger(&rubric, &cohort, card.centre, &facts).unwrap();
            prop_assert!(line.follows());
            prop_assert_eq!(&line.points, &card.tally.total);
        }
    }

    /// One grade each for the complete, none for the others, and nobody with fewer points above somebody with more
    /// unless a gate, a requirement or a quota says so.
    #[test]
    fn every_complete_centre_has_exactly_one_grade_and_its_reasons(all in prop::collection::vec(fillings(), 6)) {
        let rubric = rubric();
        let mut cohort = cohort(&rubric, &all);
        cohort.close(&rubric);
        for card in score(&rubric, &cohort, None) {
            match card.tally.state {
                State::Complete => prop_assert!(card.grade.is_some() && card.rank.is_some() && !card.reasons.is_empty()),
                _ => prop_assert!(card.grade.is_none() && card.rank.is_none()),
            }
        }
    }

    #[test]
    fn a_table_that_was_written_reads_back_to_the_same_and_changes_nothing(all in prop::collection::vec(fillings(), 3)) {
        let rubric = rubric();
        let cohort = cohort(&rubric, &all);
        let text = String::from_utf8(data::wide(&cohort, &rubric)).unwrap();
        let (read, faults) = read::table::table(&text, &rubric, Some(CYCLE));
        prop_assert_eq!(faults, []);
        let read = read.unwrap();
        let mut evaluation = evaluation(&rubric);
        let origin = Origin { file: "a.csv", digest: "", sheet: "", mapping: "" };
        for body in import::plan(&evaluation, read.clone(), origin, false).bodies {
            evaluation.apply(&body).unwrap();
        }
        for ix in cohort.all() {
            prop_assert_eq!(evaluation.cohort.readings(ix), cohort.readings(ix));
            prop_assert_eq!(evaluation.cohort.centre(ix), cohort.centre(ix));
        }
        let again = import::plan(&evaluation, read, origin, true);
        prop_assert!(again.is_empty(), "{:?}", again.bodies);
    }

    #[test]
    fn the_order_of_entry_does_not_matter(all in prop::collection::vec(fillings(), 3)) {
        let rubric = rubric();
        let forward = cohort(&rubric, &all);
        let mut backward = cohort(&rubric, &all.iter().map(|_| Vec::new()).collect::<Vec<_>>());
        for (ix, fillings) in backward.all().rev().zip(all.iter().rev()) {
            fill(&mut backward, &rubric, ix, fillings);
        }
        prop_assert_eq!(score(&rubric, &forward, None), score(&rubric, &backward, None));
    }
}
