//! The cheapest ways to a better grade: by one reading, else by two readings of different metrics.
//!
//! A change costs its share of the reading; from zero, its share of the largest figure that anybody has in that cell. The
//! costs of a route add up. Marks of judges are moved by nobody who rectifies, and stand. Must not know who asks.

use std::collections::BTreeMap;

use super::{Bench, flip, span};
use crate::domain::cohort::CentreIx;
use crate::domain::number::Number;
use crate::domain::reading::{Reading, Slot};
use crate::domain::robustness::search::{Span, Sure, Way, nearest};
use crate::domain::robustness::shape::Turns;
use crate::domain::robustness::{Flip, Lever, Robustness};
use crate::domain::rubric::{ClassIx, GradeIx, MetricIx, NodeIx};
use crate::domain::score::Tally;

/// Steps of points that are looked at one by one on the way up.
const STEPS: usize = 16;

/// Changes that together give a better grade; each alone is no more than it takes beside the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub moves: Vec<Flip>,
    /// What the changes cost together.
    pub cost: Number,
    pub sure: Sure,
}

/// Ways to a better grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routes {
    /// The cheapest first, one for each metric or pair of metrics.
    pub routes: Vec<Route>,
    /// Without any: whether it is proven that neither one change nor two do it.
    pub sure: Sure,
}

/// A reading that may be moved one way.
struct Leg {
    slot: Slot,
    metric: MetricIx,
    way: Way,
    now: Number,
    span: Span,
    /// The value at which nothing more is gained that way.
    end: Number,
    /// Values at which what is gained turns, nearest first, the last one where nothing more is gained.
    corners: Vec<Number>,
    looking: Option<Vec<NodeIx>>,
    /// Between the corners the gain is flat or straight.
    straight: bool,
    /// What a change by one costs.
    price: Number,
}

impl Leg {
    fn cost(&self, value: &Number) -> Number {
        &(value - &self.now).abs() * &self.price
    }

    /// The value that so much buys; the end where it buys more.
    fn bought(&self, cost: &Number) -> Option<Number> {
        if cost.is_negative() {
            return None;
        }
        let far = self.way.from(&self.now, &cost.divided_by(&self.price)?);
        Some(if self.way == Way::Up { far.min(self.end.clone()) } else { far.max(self.end.clone()) })
    }
}

/// The cheapest routes by their metrics.
struct Cheapest {
    routes: BTreeMap<Vec<MetricIx>, Route>,
    most: usize,
}

impl Cheapest {
    /// What a route must cost less than to be among the cheapest; `None` while there is room.
    fn bar(&self) -> Option<Number> {
        let mut costs: Vec<&Number> = self.routes.values().map(|route| &route.cost).collect();
        costs.sort();
        costs.get(self.most.checked_sub(1)?).map(|cost| (*cost).clone())
    }

    fn offer(&mut self, metrics: Vec<MetricIx>, route: Route) {
        let dearer = self.routes.get(&metrics).is_none_or(|known| route.cost < known.cost);
        if dearer {
            self.routes.insert(metrics, route);
        }
    }

    fn sorted(self) -> Vec<Route> {
        let mut routes: Vec<Route> = self.routes.into_values().collect();
        routes.sort_by(|a, b| a.cost.cmp(&b.cost));
        routes.truncate(self.most);
        routes
    }
}

impl Bench<'_> {
    /// The `most` cheapest ways to a better grade by one reading; where there is none, by two.
    pub fn routes(&mut self, found: &Robustness, most: usize) -> Routes {
        let mut cheapest = Cheapest { routes: BTreeMap::new(), most };
        for flip in &found.flips {
            let Lever::Reading { slot, judge: None } = &flip.lever else { continue };
            if flip.becomes.is_none_or(|becomes| becomes >= found.grade) {
                continue;
            }
            let cost = &flip.distance() * &self.price(*slot, &flip.now);
            let route = Route { cost, sure: flip.sure, moves: vec![flip.clone()] };
            cheapest.offer(vec![self.cohort.layout.cell(*slot).0], route);
        }
        let mut sure = Sure::Found;
        if cheapest.routes.is_empty() {
            sure = self.pairs(found, &mut cheapest);
        }
        Routes { routes: cheapest.sorted(), sure }
    }

    fn price(&self, slot: Slot, now: &Number) -> Number {
        let of = if now.is_zero() { self.largest(slot) } else { now.abs() };
        Number::ONE.divided_by(&of).unwrap_or(Number::ONE)
    }

    /// Routes by two; whether it is proven that there is none where none was found.
    fn pairs(&mut self, found: &Robustness, cheapest: &mut Cheapest) -> Sure {
        let ix = found.centre;
        let Some(class) = self.rubric.class(self.cohort.centre(ix)) else { return Sure::Found };
        let legs = self.legs((ix, class));
        let straight = self.weights_are_straight(ix);
        for (at, a) in legs.iter().enumerate() {
            for b in legs[at + 1..].iter().filter(|b| b.metric != a.metric) {
                // What both together cannot do, no part of them can.
                if !self.is_better(found, (a, &a.end), (b, &b.end)) {
                    continue;
                }
                let apart = a.looking.as_ref().zip(b.looking.as_ref()).is_some_and(|(a, b)| a != b);
                let sure = if straight && apart && a.straight && b.straight { Sure::Exact } else { Sure::Found };
                for (first, second) in [(a, b), (b, a)] {
                    for corner in &first.corners {
                        let bar = cheapest.bar();
                        if let Some(route) = self.beside(found, (first, corner), second, (bar, sure)) {
                            let mut metrics = vec![a.metric, b.metric];
                            metrics.sort();
                            cheapest.offer(metrics, route);
                        }
                    }
                }
            }
        }
        self.restore(ix, &legs);
        let proven = straight && legs.iter().all(|leg| leg.looking.is_some());
        if proven { Sure::Exact } else { Sure::Found }
    }

    /// The least of the second reading that makes up a better grade beside a value of the first, then the least of the
    /// first beside that; `None` where it costs no less than the bar.
    fn beside(
        &mut self,
        found: &Robustness,
        (first, corner): (&Leg, &Number),
        second: &Leg,
        (bar, sure): (Option<Number>, Sure),
    ) -> Option<Route> {
        let most = match bar {
            Some(bar) => second.bought(&(&bar - &first.cost(corner)))?,
            None => second.end.clone(),
        };
        if !self.is_better(found, (first, corner), (second, &most)) {
            return None;
        }
        let becomes = self.grade(found.centre);
        let two = self.least(found, second, (first, corner), becomes)?;
        let one = self.least(found, first, (second, &two.witness), becomes)?;
        let cost = &first.cost(&one.at) + &second.cost(&two.at);
        let sure = [one.sure, two.sure].into_iter().fold(sure, |all, own| if own == Sure::Found { own } else { all });
        let mut moves = vec![one, two];
        moves.sort_by(|a, b| a.lever.cmp(&b.lever));
        Some(Route { moves, cost, sure })
    }

    /// The least change of a reading that gives a better grade beside a value of another one.
    fn least(
        &mut self,
        found: &Robustness,
        leg: &Leg,
        (other, value): (&Leg, &Number),
        becomes: Option<GradeIx>,
    ) -> Option<Flip> {
        let monotone = leg.looking.is_some();
        let mut better = |at: &Number| self.is_better(found, (other, value), (leg, at));
        let turn = nearest(&leg.span, &leg.now, leg.way, monotone, &mut better)?;
        let lever = Lever::Reading { slot: leg.slot, judge: None };
        Some(flip(lever, leg.way, &leg.now, turn, becomes))
    }

    fn is_better(&mut self, found: &Robustness, (a, first): (&Leg, &Number), (b, second): (&Leg, &Number)) -> bool {
        let ix = found.centre;
        // The cells that were tried before go back to what they hold.
        for (slot, now) in std::mem::take(&mut self.moved) {
            self.cohort.readings_mut(ix).put(slot, None, Some(Reading::Value(now)));
        }
        self.moved = vec![(a.slot, a.now.clone()), (b.slot, b.now.clone())];
        self.cohort.readings_mut(ix).put(a.slot, None, Some(Reading::Value(first.clone())));
        self.put(ix, b.slot, None, second);
        self.grade(ix).is_some_and(|grade| grade < found.grade)
    }

    fn restore(&mut self, ix: CentreIx, legs: &[Leg]) {
        for (slot, now) in std::mem::take(&mut self.moved) {
            self.cohort.readings_mut(ix).put(slot, None, Some(Reading::Value(now)));
        }
        if let Some(leg) = legs.first() {
            self.put(ix, leg.slot, None, &leg.now);
        }
    }

    /// Every reading that can be moved so that something is gained.
    fn legs(&mut self, who: (CentreIx, ClassIx)) -> Vec<Leg> {
        let cells = self.cells(who.0).into_iter().filter(|(_, judge)| judge.is_none());
        let cells: Vec<Slot> = cells.map(|(slot, _)| slot).collect();
        let mut legs = Vec::new();
        for slot in cells {
            let Some(Reading::Value(now)) = self.cohort.readings(who.0).get(slot).cloned() else { continue };
            for way in Way::BOTH {
                legs.extend(self.leg(who, slot, &now, way));
            }
            self.put(who.0, slot, None, &now);
        }
        legs
    }

    fn leg(&mut self, who: (CentreIx, ClassIx), slot: Slot, now: &Number, way: Way) -> Option<Leg> {
        let (metric, _) = self.cohort.layout.cell(slot);
        let span = span(&self.rubric.metrics[metric.0], now, &self.largest(slot));
        // At the very end a quotient may have no value.
        let end = match &span {
            Span::Listed(values) if way == Way::Down => values.iter().min()?.clone(),
            Span::Listed(values) => values.iter().max()?.clone(),
            _ => span.ends(now, way)?.0,
        };
        if end == *now || !self.gains(who.0, slot, &end) {
            return None;
        }
        let looking = self.one_way_indicators(who, slot).filter(|looking| self.goes_one_way(who.0, looking));
        let mut leg = Leg {
            slot,
            metric,
            way,
            now: now.clone(),
            span,
            end,
            corners: Vec::new(),
            looking,
            straight: false,
            price: self.price(slot, now),
        };
        self.turns(who, &mut leg);
        Some(leg)
    }

    /// Whether a value is worth more than the one that stands.
    fn gains(&mut self, ix: CentreIx, slot: Slot, value: &Number) -> bool {
        self.put(ix, slot, None, value);
        let (here, there) = (&self.tallies[ix.0], &self.placing.cards()[ix.0].tally);
        there.compared > here.compared || there.standing != here.standing && there.compared == here.compared
    }

    /// Finds the corners of a leg, and draws its end in to where nothing more is gained.
    fn turns(&mut self, who: (CentreIx, ClassIx), leg: &mut Leg) {
        let ix = who.0;
        let monotone = leg.looking.is_some();
        let standing = |tally: &Tally| (tally.nodes.clone(), tally.compared.clone(), tally.standing.clone());
        self.put(ix, leg.slot, None, &leg.end);
        let most = standing(&self.placing.cards()[ix.0].tally);
        let last = |bench: &mut Self| {
            let mut all = |value: &Number| {
                bench.put(ix, leg.slot, None, value);
                standing(&bench.placing.cards()[ix.0].tally) == most
            };
            nearest(&leg.span, &leg.now, leg.way, monotone, &mut all).map_or(leg.end.clone(), |turn| turn.witness)
        };
        let end = last(self);
        let turns = self.sight(who, leg.slot).turns();
        let mut corners = Vec::new();
        let mut at = leg.now.clone();
        let steps = match turns {
            Turns::Steps => STEPS,
            Turns::Ramp => 1,
            Turns::Unknown => 0,
        };
        while corners.len() < steps && at != end {
            self.put(ix, leg.slot, None, &at);
            let here = standing(&self.placing.cards()[ix.0].tally);
            let mut differs = |value: &Number| {
                self.put(ix, leg.slot, None, value);
                standing(&self.placing.cards()[ix.0].tally) != here
            };
            match nearest(&leg.span, &at, leg.way, monotone, &mut differs) {
                Some(turn) if turn.included => at = turn.at,
                _ => break,
            }
            corners.push(at.clone());
        }
        leg.straight = match turns {
            Turns::Steps => at == end,
            Turns::Ramp => true,
            Turns::Unknown => false,
        };
        if corners.last() != Some(&end) {
            corners.push(end.clone());
        }
        (leg.corners, leg.end) = (corners, end);
    }
}
