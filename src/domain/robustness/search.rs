//! The nearest place on a line of numbers where an answer changes.
//!
//! Knows what a lever may be set to and asks what comes of it; never steps over a place that it calls exact. Must not
//! know what the answer means or why it changes.

use std::cmp::Ordering;

use crate::domain::number::{Mode, Number, Round};

/// What a lever may be set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// These values and no others: letters, yes and no.
    Listed(Vec<Number>),
    /// Every so many, counted from where it stands, between two ends that are included. Where nothing is known of the way
    /// between them, so many steps are tried one by one, and then every second power of two.
    Grid { low: Number, high: Number, step: Number, tried: usize },
    /// Any number between two ends that are included.
    Line { low: Number, high: Number },
}

/// Which way a lever is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    Down,
    Up,
}

/// How sure it is that nothing nearer changes the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sure {
    /// Nothing nearer does it.
    Exact,
    /// The nearest that was found; something nearer may have been stepped over.
    Found,
}

/// Where the answer changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The boundary itself.
    pub at: Number,
    /// Whether the boundary itself gives the other answer; otherwise only what lies past it does.
    pub included: bool,
    /// A value with the other answer: the boundary, or one just past it.
    pub witness: Number,
    pub sure: Sure,
}

/// Places of the grid that is bisected while numbers are still short.
const COARSE: u32 = 4;

/// Places at which a boundary is looked for when the coarse one was not enough, and told from its neighbours.
const FINE: [u32; 4] = [8, 16, 32, 64];

/// Halvings of a line that are tried where nothing is known of the way between them, and even parts of it.
const HALVINGS: u32 = 20;
const PARTS: i64 = 24;

impl Way {
    pub const BOTH: [Self; 2] = [Self::Down, Self::Up];

    /// `by` steps from a value.
    pub fn from(self, value: &Number, by: &Number) -> Number {
        match self {
            Self::Down => value - by,
            Self::Up => value + by,
        }
    }
}

impl Span {
    /// The value next to the end of the span in a direction, and the end: a formula may be without a value at the very
    /// end of what a metric can hold, such as a quotient by zero.
    pub fn ends(&self, now: &Number, way: Way) -> Option<(Number, Number)> {
        match self {
            Self::Listed(_) => None,
            Self::Grid { step, .. } => {
                let steps = self.steps(now, way);
                let at = |steps: usize| way.from(now, &(&Number::from(steps) * step));
                (steps > 0).then(|| (at(steps.saturating_sub(1).max(1)), at(steps)))
            }
            Self::Line { low, high } => {
                let end = if way == Way::Down { low } else { high };
                let back = if way == Way::Down { Way::Up } else { Way::Down };
                (end != now).then(|| (back.from(end, &tiny()), end.clone()))
            }
        }
    }

    /// How many steps of a grid lie in a direction.
    fn steps(&self, now: &Number, way: Way) -> usize {
        let Self::Grid { low, high, step, .. } = self else { return 0 };
        let room = if way == Way::Down { now - low } else { high - now };
        let steps = room.divided_by(step).map_or(Number::ZERO, |steps| steps.floor());
        steps.max(Number::ZERO).to_usize().unwrap_or(0)
    }
}

/// The nearest place in a direction where `differs` turns true. `monotone` says that it does so once, but perhaps at the
/// very end of the span.
pub fn nearest(
    span: &Span,
    now: &Number,
    way: Way,
    monotone: bool,
    differs: &mut impl FnMut(&Number) -> bool,
) -> Option<Turn> {
    match span {
        Span::Listed(values) => listed(values, now, way, differs),
        Span::Grid { step, tried, .. } => {
            let tried = if monotone { None } else { Some(*tried) };
            gridded(span.steps(now, way), (now, step, way), tried, differs)
        }
        Span::Line { .. } => {
            let (inner, end) = span.ends(now, way)?;
            lined((now, way, monotone), &inner, &end, differs)
        }
    }
}

fn ahead(values: &[Number], now: &Number, way: Way) -> Vec<Number> {
    let mut ahead: Vec<Number> = values.iter().filter(|value| (*value).cmp(now) == way.ordering()).cloned().collect();
    ahead.sort();
    ahead.dedup();
    if way == Way::Down {
        ahead.reverse();
    }
    ahead
}

impl Way {
    fn ordering(self) -> Ordering {
        match self {
            Self::Down => Ordering::Less,
            Self::Up => Ordering::Greater,
        }
    }
}

fn at(value: &Number, sure: Sure) -> Turn {
    Turn { at: value.clone(), included: true, witness: value.clone(), sure }
}

fn listed(values: &[Number], now: &Number, way: Way, differs: &mut impl FnMut(&Number) -> bool) -> Option<Turn> {
    ahead(values, now, way).iter().find(|value| differs(value)).map(|value| at(value, Sure::Exact))
}

/// Where the answer may change if it does so only at these values, nearest first: on each of them and behind it. A corner
/// where the lever stands counts for what lies behind. The first whose witness has another answer is the turn.
pub fn corners(values: &[Number], now: &Number, way: Way) -> Vec<Turn> {
    let mut places = vec![now.clone()];
    places.extend(ahead(values, now, way));
    let mut turns = Vec::with_capacity(places.len() * 2);
    for (ix, corner) in places.iter().enumerate() {
        if ix > 0 {
            turns.push(at(corner, Sure::Exact));
        }
        let behind = match places.get(ix + 1) {
            Some(next) => halfway(corner, next),
            None => way.from(corner, &Number::ONE),
        };
        turns.push(Turn { at: corner.clone(), included: false, witness: behind, sure: Sure::Exact });
    }
    turns
}

fn gridded(
    steps: usize,
    (now, step, way): (&Number, &Number, Way),
    tried: Option<usize>,
    differs: &mut impl FnMut(&Number) -> bool,
) -> Option<Turn> {
    let place = |steps: usize| way.from(now, &(&Number::from(steps) * step));
    let mut ask = |steps: usize| differs(&place(steps));
    if steps == 0 {
        return None;
    }
    if let Some(tried) = tried {
        if let Some(found) = (1..=steps.min(tried)).find(|steps| ask(*steps)) {
            return Some(at(&place(found), Sure::Exact));
        }
        let (mut keeps, mut next) = (tried, tried);
        while keeps < steps {
            next = (next * 2).min(steps);
            if ask(next) {
                return Some(at(&place(bisected(keeps, next, ask)), Sure::Found));
            }
            keeps = next;
        }
        return None;
    }
    if steps > 1 && ask(steps - 1) {
        return Some(at(&place(bisected(0, steps - 1, ask)), Sure::Exact));
    }
    ask(steps).then(|| at(&place(steps), Sure::Exact))
}

/// The first step that differs, where `keeps` does not and `turns` does.
fn bisected(mut keeps: usize, mut turns: usize, mut differs: impl FnMut(usize) -> bool) -> usize {
    while turns - keeps > 1 {
        let middle = keeps + (turns - keeps) / 2;
        if differs(middle) {
            turns = middle;
        } else {
            keeps = middle;
        }
    }
    turns
}

fn lined(
    (now, way, monotone): (&Number, Way, bool),
    inner: &Number,
    end: &Number,
    differs: &mut impl FnMut(&Number) -> bool,
) -> Option<Turn> {
    if monotone {
        if inner.cmp(now) == way.ordering() && differs(inner) {
            return Some(boundary((now, way), (now.clone(), inner.clone()), Sure::Exact, differs));
        }
        return differs(end).then(|| at(end, Sure::Exact));
    }
    let (mut keeps, reach) = (now.clone(), end - now);
    for share in shares() {
        let value = (now + &(&reach * &share)).rounded(Round { places: COARSE, mode: Mode::Down });
        if value == keeps {
            continue;
        }
        if differs(&value) {
            return Some(boundary((now, way), (keeps, value), Sure::Found, differs));
        }
        keeps = value;
    }
    (*end != keeps && differs(end)).then(|| at(end, Sure::Found))
}

/// Shares of a line, nearest first: halvings, and even parts.
fn shares() -> Vec<Number> {
    let mut shares: Vec<Number> = (1..=HALVINGS).filter_map(|power| Number::fraction(1, 1 << power)).collect();
    shares.extend((1..=PARTS).filter_map(|part| Number::fraction(part, PARTS)));
    shares.sort();
    shares.dedup();
    shares
}

/// The boundary between a value that keeps the answer and one that does not. Numbers of a rubric and of readings have few
/// digits, so that the boundary is the simplest fraction in a narrow enough interval; whether it is, its neighbours say.
fn boundary(
    (now, way): (&Number, Way),
    (mut keeps, mut turns): (Number, Number),
    sure: Sure,
    differs: &mut impl FnMut(&Number) -> bool,
) -> Turn {
    for places in std::iter::once(COARSE).chain(FINE) {
        narrow(&mut keeps, &mut turns, places, differs);
        let (low, high) = if way == Way::Up { (&keeps, &turns) } else { (&turns, &keeps) };
        let candidate = simplest(low, high);
        let past = way.from(&candidate, &tiny());
        let before = way.from(&candidate, &-tiny());
        // Where it stands is the boundary already: what lies behind is the other direction's.
        if differs(&past) && (candidate == *now || !differs(&before)) {
            let included = differs(&candidate);
            let witness = if included { candidate.clone() } else { past };
            return Turn { at: candidate, included, witness, sure };
        }
    }
    Turn { at: turns.clone(), included: true, witness: turns, sure: Sure::Found }
}

/// Halves the interval until it is a few steps of a grid wide.
fn narrow(keeps: &mut Number, turns: &mut Number, places: u32, differs: &mut impl FnMut(&Number) -> bool) {
    let round = Round { places, mode: Mode::HalfEven };
    loop {
        let middle = halfway(keeps, turns).rounded(round);
        let inside = (middle > *keeps) == (middle < *turns) && middle != *keeps && middle != *turns;
        if !inside {
            return;
        }
        if differs(&middle) {
            *turns = middle;
        } else {
            *keeps = middle;
        }
    }
}

fn halfway(a: &Number, b: &Number) -> Number {
    let half = Number::fraction(1, 2).unwrap_or(Number::ONE);
    &(a + b) * &half
}

/// Less than the distance of any two different boundaries that numbers of at most 37 digits below the line can make.
fn tiny() -> Number {
    let grain = Number::fraction(1, 1_000_000_000_000_000).unwrap_or(Number::ONE);
    let short = &(&grain * &grain) * &grain;
    &short * &(&grain * &grain)
}

/// The fraction with the smallest denominator from `low` to `high`, both included.
fn simplest(low: &Number, high: &Number) -> Number {
    let whole = low.ceil();
    if whole <= *high {
        // Of several whole numbers the one nearest to zero.
        if low.is_negative() && !high.is_negative() {
            return Number::ZERO;
        }
        return if high.is_negative() { high.floor() } else { whole };
    }
    let floor = low.floor();
    let turned = |value: &Number| Number::ONE.divided_by(&(value - &floor));
    match (turned(high), turned(low)) {
        (Some(low), Some(high)) => {
            let inner = simplest(&low, &high);
            Number::ONE.divided_by(&inner).map_or(floor.clone(), |inverse| &floor + &inverse)
        }
        _ => floor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse_share(text).unwrap()
    }

    fn line() -> Span {
        Span::Line { low: n("0"), high: n("1000000") }
    }

    #[test]
    fn the_simplest_fraction_of_an_interval_is_found() {
        assert_eq!(simplest(&n("0.3333333"), &n("0.3333334")), n("1/3"));
        assert_eq!(simplest(&n("12.49999"), &n("12.50001")), n("12.5"));
        assert_eq!(simplest(&n("-2.6"), &n("-1.4")), n("-2"));
        assert_eq!(simplest(&n("-0.34"), &n("-0.33")), n("-1/3"));
        assert_eq!(simplest(&n("7"), &n("7.1")), n("7"));
    }

    #[test]
    fn a_boundary_on_a_line_is_exact_and_its_side_is_known() {
        let up = nearest(&line(), &n("10"), Way::Up, true, &mut |x| *x >= n("1000/7")).unwrap();
        assert_eq!((up.at, up.included, up.sure), (n("1000/7"), true, Sure::Exact));
        let down = nearest(&line(), &n("900"), Way::Down, true, &mut |x| *x < n("12.5")).unwrap();
        assert_eq!((down.at.clone(), down.included), (n("12.5"), false));
        assert!(down.witness < n("12.5"));
        // Zero alone: a quotient by it has no value.
        let hole = nearest(&line(), &n("3"), Way::Down, true, &mut Number::is_zero).unwrap();
        assert_eq!((hole.at, hole.included, hole.sure), (n("0"), true, Sure::Exact));
        assert_eq!(nearest(&line(), &n("3"), Way::Up, true, &mut |_| false), None);
    }

    #[test]
    fn a_grade_that_stands_on_the_boundary_keeps_it_there() {
        let turn = nearest(&line(), &n("12.5"), Way::Up, true, &mut |x| *x != n("12.5")).unwrap();
        assert_eq!((turn.at, turn.included, turn.sure), (n("12.5"), false, Sure::Exact));
    }

    #[test]
    fn a_long_fraction_takes_a_finer_look() {
        let edge = n("123456789/98765432");
        let turn = nearest(&line(), &n("0"), Way::Up, true, &mut |x| *x > edge).unwrap();
        assert_eq!((turn.at, turn.included, turn.sure), (edge.clone(), false, Sure::Exact));
    }

    #[test]
    fn on_a_grid_every_step_counts() {
        let grid = Span::Grid { low: n("0"), high: n("1000"), step: n("1"), tried: 128 };
        let turn = nearest(&grid, &n("10"), Way::Up, true, &mut |x| *x > n("700.5")).unwrap();
        assert_eq!((turn.at, turn.included), (n("701"), true));
        // An island of one value, not monotone, is seen among the first steps and may be missed far away.
        let island = nearest(&grid, &n("10"), Way::Down, false, &mut |x| *x == n("4")).unwrap();
        assert_eq!((island.at, island.sure), (n("4"), Sure::Exact));
        let far = nearest(&grid, &n("10"), Way::Up, false, &mut |x| *x >= n("700")).unwrap();
        assert_eq!((far.at, far.sure), (n("700"), Sure::Found));
    }

    #[test]
    fn corners_are_tried_on_and_behind() {
        let values = [n("60"), n("75"), n("80")];
        let first = |now, way, differs: &dyn Fn(&Number) -> bool| {
            let turn = corners(&values, &n(now), way).into_iter().find(|turn| differs(&turn.witness)).unwrap();
            (turn.at, turn.included)
        };
        assert_eq!(first("70", Way::Up, &|x| *x > n("75")), (n("75"), false));
        assert_eq!(first("70", Way::Down, &|x| *x <= n("60")), (n("60"), true));
        assert_eq!(first("75", Way::Up, &|x| *x > n("75")), (n("75"), false));
    }
}
