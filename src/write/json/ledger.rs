//! Ledger lines as JSON: the whole working, nested as it is.

use serde_json::{Map, Value, json};

use super::{put_number, put_points};
use crate::domain::formula::Expr;
use crate::domain::ledger::{Absence, Applied, Input, Line, Measured, Operation, Policy, Step};
use crate::domain::number::{Mode, Number, Round, Weight};
use crate::domain::profile::Profile;
use crate::domain::relative::Against;
use crate::domain::rubric::{Missing, NodeIx, NotApplicable};
use crate::domain::rule::Start;
use crate::wording::formula::{Names, expr};
use crate::write::Source;
use crate::write::sheet::subject_id;

/// A line with everything below it.
pub(super) fn line(source: Source<'_>, of: &Line) -> Value {
    let mut object = Map::new();
    object.insert("subject".to_owned(), json!(subject_id(of.subject, source)));
    put_points(&mut object, "points", &of.points);
    put_points(&mut object, "of", &of.of);
    operation(source, &of.operation, &mut object);
    if of.is_relative() {
        object.insert("relative".to_owned(), json!(true));
    }
    if !of.children.is_empty() {
        object.insert("lines".to_owned(), of.children.iter().map(|child| line(source, child)).collect());
    }
    Value::Object(object)
}

/// An indicator that has no line.
pub(super) fn left_out(source: Source<'_>, node: NodeIx, of: &Absence) -> Value {
    let mut object = Map::new();
    object.insert("subject".to_owned(), json!(source.rubric.nodes[node.0].id));
    absence(source, of, &mut object);
    Value::Object(object)
}

fn operation(source: Source<'_>, of: &Operation, object: &mut Map<String, Value>) {
    let weights = |weights: &[Weight]| weights.iter().map(|w| json!(w.0.plain())).collect::<Value>();
    let name = match of {
        Operation::Sum => "sum",
        Operation::WeightedMean(each) => {
            object.insert("weights".to_owned(), weights(each));
            "weighted-mean"
        }
        Operation::GeometricMean(each) => {
            object.insert("weights".to_owned(), weights(each));
            "geometric-mean"
        }
        Operation::Best => "best",
        Operation::Least => "least",
        Operation::Cap => "cap",
        Operation::AtLeast(limit) => {
            put_points(object, "limit", limit);
            "at-least"
        }
        Operation::AtMost(limit) => {
            put_points(object, "limit", limit);
            "at-most"
        }
        Operation::Reweight { available, full } => {
            put_points(object, "available", available);
            put_points(object, "full", full);
            "reweight"
        }
        Operation::Carry { own, given } => {
            put_points(object, "own", own);
            put_points(object, "given", given);
            "carry"
        }
        Operation::Round(round) => {
            object.insert("round".to_owned(), rounding(*round));
            "round"
        }
        Operation::Minus => "minus",
        Operation::Shares(shares) => {
            object.insert("shares".to_owned(), by_level(source, &shares.profile));
            object.insert("steps".to_owned(), steps(source, &shares.steps));
            if let Some(of) = &shares.absence {
                object.insert("why".to_owned(), json!(without(&of.why)));
            }
            "shares"
        }
        Operation::ProfileMean { weights: each, profile } => {
            object.insert("weights".to_owned(), weights(each));
            object.insert("shares".to_owned(), by_level(source, profile));
            "profile-mean"
        }
        Operation::ProfileRound { round, profile } => {
            object.insert("round".to_owned(), rounding(*round));
            object.insert("shares".to_owned(), by_level(source, profile));
            "profile-round"
        }
        Operation::Rule(working) => {
            put_number(object, "value", Some(&working.value));
            object.insert("rule".to_owned(), applied(&working.applied));
            object.insert("steps".to_owned(), steps(source, &working.steps));
            "rule"
        }
        Operation::Without(of) => {
            absence(source, of, object);
            "without"
        }
    };
    object.insert("operation".to_owned(), json!(name));
}

fn by_level(source: Source<'_>, profile: &Profile) -> Value {
    let mut object = Map::new();
    for (level, share) in source.rubric.levels.iter().zip(&profile.levels) {
        put_number(&mut object, &level.id, Some(share));
    }
    Value::Object(object)
}

fn rounding(round: Round) -> Value {
    let mode = match round.mode {
        Mode::HalfUp => "half-up",
        Mode::HalfEven => "half-even",
        Mode::Down => "down",
        Mode::Up => "up",
    };
    json!({ "places": round.places, "mode": mode })
}

fn applied(of: &Applied) -> Value {
    let mut object = Map::new();
    let kind = match of {
        Applied::Linear { from, to, start } => {
            put_number(&mut object, "from", Some(from));
            put_number(&mut object, "to", Some(to));
            match start {
                Start::Zero => object.insert("at_from".to_owned(), json!("zero")),
                Start::InProportion => object.insert("at_from".to_owned(), json!("in-proportion")),
                Start::Share(share) => {
                    put_number(&mut object, "at_from", Some(share));
                    None
                }
            };
            "linear"
        }
        Applied::Target { goal, lower_is_better } => {
            put_number(&mut object, "goal", Some(goal));
            object.insert("lower_is_better".to_owned(), json!(lower_is_better));
            "target"
        }
        Applied::Band { index, award } => {
            object.insert("band".to_owned(), json!(index + 1));
            put_points(&mut object, "award", award);
            "bands"
        }
        Applied::MarkedBand { index, mark, scale, lowest, highest } => {
            object.insert("band".to_owned(), json!(index + 1));
            put_number(&mut object, "mark", Some(mark));
            if let Some((from, to)) = scale {
                put_number(&mut object, "from", Some(from));
                put_number(&mut object, "to", Some(to));
            }
            put_points(&mut object, "lowest", lowest);
            put_points(&mut object, "highest", highest);
            "marked-bands"
        }
        Applied::Relative { against, then } => {
            if let Some(then) = then {
                object.insert("then".to_owned(), applied(then));
            }
            self::against(against, &mut object)
        }
        Applied::PerUnit { from, base, unit, units, earns, lower_is_better } => {
            object.insert("lower_is_better".to_owned(), json!(lower_is_better));
            let parts = [("from", from), ("base", &base.0), ("unit", unit), ("units", units), ("earns", &earns.0)];
            parts.into_iter().for_each(|(key, number)| put_number(&mut object, key, Some(number)));
            "per-unit"
        }
        Applied::YesNo => "yes-no",
        Applied::Expert { from, to } => {
            put_number(&mut object, "from", Some(from));
            put_number(&mut object, "to", Some(to));
            "expert"
        }
    };
    object.insert("kind".to_owned(), json!(kind));
    Value::Object(object)
}

/// What a value was set against; the name of the comparison.
fn against(of: &Against, object: &mut Map<String, Value>) -> &'static str {
    match of {
        Against::MinMax { worst, best, at_worst } => {
            let parts = [("worst", worst), ("best", best), ("at_worst", at_worst)];
            parts.into_iter().for_each(|(key, number)| put_number(object, key, Some(number)));
            "min-max"
        }
        Against::Best { best, .. } => {
            put_number(object, "best", Some(best));
            "ratio-to-best"
        }
        Against::Mean { mean, .. } => {
            put_number(object, "mean", Some(mean));
            "ratio-to-mean"
        }
        Against::ZScore { mean, deviation, .. } => {
            put_number(object, "mean", Some(mean));
            put_number(object, "deviation", Some(deviation));
            "z-score"
        }
        Against::Percentile { worse, equal, of, .. } => {
            object.extend([("worse", worse), ("equal", equal), ("of", of)].map(|(key, n)| (key.to_owned(), json!(n))));
            "percentile"
        }
        Against::Rank { place, equal, of, .. } => {
            object.extend([("place", place), ("equal", equal), ("of", of)].map(|(key, n)| (key.to_owned(), json!(n))));
            "rank-points"
        }
    }
}

fn absence(source: Source<'_>, of: &Absence, object: &mut Map<String, Value>) {
    object.insert("why".to_owned(), json!(without(&of.why)));
    object.insert("steps".to_owned(), steps(source, &of.steps));
    let policy = match &of.policy {
        Policy::Awaited => "awaited",
        Policy::Missing(Missing::Zero) | Policy::NotApplicable(NotApplicable::Zero) => "zero",
        Policy::Missing(Missing::Penalty(points)) => {
            put_points(object, "penalty", points);
            "penalty"
        }
        Policy::Missing(Missing::GroupMean(_)) => "group-mean",
        Policy::Missing(Missing::LeaveOut) | Policy::NotApplicable(NotApplicable::LeaveOut) => "leave-out",
        Policy::Missing(Missing::Block) => "block",
        Policy::NotApplicable(NotApplicable::Full) => "full",
        Policy::NotApplicable(NotApplicable::GiveTo(_)) => "give-to",
    };
    object.insert("policy".to_owned(), json!(policy));
}

fn without(measured: &Measured) -> &'static str {
    match measured {
        Measured::Value(_) => "value",
        Measured::Blank => "blank",
        Measured::NotReported => "not-reported",
        Measured::NotApplicable => "not-applicable",
        Measured::Undefined => "undefined",
    }
}

fn steps(source: Source<'_>, of: &[Step]) -> Value {
    of.iter().map(|each| step(source, each)).collect()
}

fn step(source: Source<'_>, of: &Step) -> Value {
    let mut object = measured(&of.result);
    object.insert("formula".to_owned(), json!(expr(&of.expr, source.rubric, Names::Ids)));
    object.extend(of.year.map(|year| ("year".to_owned(), json!(year))));
    object.insert("inputs".to_owned(), of.inputs.iter().enumerate().map(|(at, i)| input(source, of, at, i)).collect());
    Value::Object(object)
}

fn input(source: Source<'_>, of: &Step, at: usize, input: &Input) -> Value {
    let mut object = measured(&input.value);
    object.extend(input.year.map(|year| ("year".to_owned(), json!(year))));
    if let Expr::Weighted(classes) | Expr::Highest(classes) = &of.expr
        && let Some((metric, weight)) = classes.get(at)
    {
        object.insert("metric".to_owned(), json!(source.rubric.metrics[metric.0].id));
        put_number(&mut object, "weight", Some(weight));
    }
    Value::Object(object)
}

/// `value` where there is one, else `without` with the reason.
fn measured(of: &Measured) -> Map<String, Value> {
    let mut object = Map::new();
    match of.value() {
        Some(value) => put_number(&mut object, "value", Some::<&Number>(value)),
        None => {
            object.insert("without".to_owned(), json!(without(of)));
        }
    }
    object
}
