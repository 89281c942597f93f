//! What a centre's own figures say about each other: bounds, relations, and one year against the others. Must not know
//! the other centres.

use super::{Doubt, Query, is_compared, number};
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::measure::View;
use crate::domain::number::Number;
use crate::domain::reading::{Reading, Slot};
use crate::domain::rubric::{Assertion, Checks, Metric, MetricIx, Rubric, Values};
use crate::domain::slip;

/// The figures of a metric by year, those above zero.
type Series<'a> = Vec<(Slot, i16, &'a Number)>;

/// The fewest years of which all being the same says something.
const CONSTANT_YEARS: usize = 3;

pub fn queries(rubric: &Rubric, cohort: &Cohort, ix: CentreIx) -> Vec<Query> {
    let view = View {
        rubric,
        layout: &cohort.layout,
        centre: cohort.centre(ix),
        readings: cohort.readings(ix),
        scores: None,
        reported_years_only: false,
        trace: false,
    };
    let mut found = Vec::new();
    for slot in (0..cohort.layout.slots()).map(Slot) {
        bounds(&view, slot, &mut found);
    }
    for (at, assertion) in rubric.assertions.iter().enumerate() {
        related(&view, at, assertion, &mut found);
    }
    for (at, metric) in rubric.metrics.iter().enumerate().filter(|(_, metric)| metric.yearly) {
        over_years(&view, MetricIx(at), &metric.checks, &mut found);
    }
    found
}

/// Values that the metric does not take. What is typed or imported is refused at once; another rubric may be stricter
/// than the one it was typed under.
fn bounds(view: &View<'_>, slot: Slot, found: &mut Vec<Query>) {
    let (metric, _) = view.layout.cell(slot);
    let metric = &view.rubric.metrics[metric.0];
    let mut look = |judge: Option<&str>, reading: &Reading| {
        let Reading::Value(value) = reading else { return };
        if let Some(doubt) = misfit(metric, value) {
            found.push(Query { slot, judge: judge.map(str::to_owned), doubt });
        }
    };
    if let Some(reading) = view.readings.get(slot) {
        look(None, reading);
    }
    view.readings.marks(slot).for_each(|(judge, mark)| look(Some(judge), mark));
}

fn misfit(metric: &Metric, value: &Number) -> Option<Doubt> {
    let value = value.clone();
    let fits = match &metric.values {
        Values::YesNo => value == Number::ZERO || value == Number::ONE,
        Values::Letters(letters) => letters.iter().any(|(_, known)| *known == value),
        Values::Number { minimum, maximum, whole } => {
            let below = minimum.as_ref().filter(|bound| value < **bound);
            let outside = below.or(maximum.as_ref().filter(|bound| value > **bound));
            if let Some(bound) = outside {
                return Some(Doubt::Range { value, bound: bound.clone() });
            }
            !whole || value.is_whole()
        }
    };
    (!fits).then_some(Doubt::Type { value })
}

/// A relation that does not hold in some year, where all its figures are there.
fn related(view: &View<'_>, at: usize, assertion: &Assertion, found: &mut Vec<Query>) {
    let metrics = assertion.metrics();
    let Some(first) = metrics.first() else { return };
    let years: Vec<Option<i16>> = if assertion.yearly {
        let years = view.layout.first_year..=view.layout.cycle.last;
        years.filter(|year| view.counts(*year)).map(Some).collect()
    } else {
        vec![None]
    };
    for year in years {
        let side = |expr| view.in_year(expr, year).value().cloned();
        let (Some(left), Some(right)) = (side(&assertion.left), side(&assertion.right)) else { continue };
        let place = year.unwrap_or(view.layout.cycle.last);
        if let Some(slot) = view.layout.slot(*first, Some(place))
            && !assertion.holds(&left, &right)
        {
            let figures = figures(view, &metrics, year);
            found.push(Query { slot, judge: None, doubt: Doubt::Assertion { at, left, right, figures } });
        }
    }
}

/// What stands in the cells that an assertion looks at: of one year, or of all.
fn figures(view: &View<'_>, metrics: &[MetricIx], year: Option<i16>) -> Vec<Number> {
    let of = |metric: &MetricIx| {
        let seen = |slot: Slot| crate::domain::cohort::seen(view.rubric, view.layout, view.readings, slot);
        view.layout.slots_of(*metric, year).into_iter().filter_map(seen).filter_map(|reading| match reading {
            Reading::Value(value) => Some(value),
            _ => None,
        })
    };
    metrics.iter().flat_map(of).collect()
}

/// One year of a metric against the others.
fn over_years(view: &View<'_>, metric: MetricIx, checks: &Checks, found: &mut Vec<Query>) {
    let layout = view.layout;
    let years = (layout.first_year..=layout.cycle.last).filter(|year| view.counts(*year));
    let cells: Vec<(Slot, i16)> = years.filter_map(|year| Some((layout.slot(metric, Some(year))?, year))).collect();
    if cells.first().is_none_or(|(slot, _)| !is_compared(view.rubric, layout, *slot)) {
        return;
    }
    let value = |(slot, year): &(Slot, i16)| Some((*slot, *year, number(view.readings, *slot)?));
    let all: Series<'_> = cells.iter().filter_map(value).collect();
    if checks.constant
        && let Some(query) = constant(&all, own_years(view), checks)
    {
        found.push(query);
    }
    // Zero and less is no part and no multiple of anything.
    let series: Series<'_> = all.into_iter().filter(|(.., value)| value.is_positive()).collect();
    // Reading a unit takes longer than seeing that no two years are as far apart as the least slip.
    let far = |pair: &[(Slot, i16, &Number)]| slip::is_far(pair[0].2, pair[1].2);
    let slips = if checks.unit_slip && series.windows(2).any(far) {
        slip::of(&view.rubric.metrics[metric.0].unit)
    } else {
        Vec::new()
    };
    let is_large = |a: &Number, b: &Number| *a > checks.small || *b > checks.small;
    let slipped = |a: &Number, b: &Number| is_large(a, b) && slip::between(&slips, a, b).is_some();
    let mut suspects = Vec::new();
    for (at, other, alike) in departures(&series, slipped) {
        let ((slot, _, value), (there, _, other)) = (&series[at], &series[other]);
        if let Some(slip) = slip::between(&slips, value, other) {
            suspects.push(at);
            let or = slip::between(&slips, other, value).filter(|_| alike);
            let (value, other) = ((*value).clone(), (*other).clone());
            let doubt = Doubt::UnitSlip { value, other, there: *there, slip, or };
            found.push(Query { slot: *slot, judge: None, doubt });
        }
    }
    let Some(times) = &checks.jump else { return };
    // What a slip explains is no second doubt, neither at the year itself nor at the one behind it.
    let series: Series<'_> =
        series.into_iter().enumerate().filter(|(at, _)| !suspects.contains(at)).map(|(_, cell)| cell).collect();
    let jumped = |a: &Number, b: &Number| is_large(a, b) && (*a > b * times || *b > a * times) && !slipped(a, b);
    for (at, other, _) in departures(&series, jumped) {
        let ((slot, _, value), (_, year, other)) = (&series[at], &series[other]);
        let doubt = Doubt::Jump { value: (*value).clone(), other: (*other).clone(), year: *year };
        found.push(Query { slot: *slot, judge: None, doubt });
    }
}

/// Years that are apart from the one before, each with that other year. Of the two, the one is asked about that lies
/// farther from the middle of all years; where both lie as far, it is the later one, and the third is true.
fn departures(series: &Series<'_>, apart: impl Fn(&Number, &Number) -> bool) -> Vec<(usize, usize, bool)> {
    // Most figures are near each other, and nothing more is asked of them.
    if series.windows(2).all(|pair| !apart(pair[1].2, pair[0].2)) {
        return Vec::new();
    }
    let mut sorted: Vec<&Number> = series.iter().map(|(.., value)| *value).collect();
    sorted.sort_unstable();
    let middle = [sorted.get(sorted.len().saturating_sub(1) / 2), sorted.get(sorted.len() / 2)];
    let times = |value: &Number, other: &Number| value.max(other).divided_by(value.min(other)).unwrap_or(Number::ONE);
    let off = |at: usize| middle.iter().flatten().map(|middle| times(series[at].2, middle)).max();
    let mut found: Vec<(usize, usize, bool)> = Vec::new();
    for later in 1..series.len() {
        let earlier = later - 1;
        if !apart(series[later].2, series[earlier].2) {
            continue;
        }
        let (before, after) = (off(earlier), off(later));
        let alike = before == after;
        let pair = if before > after { (earlier, later, alike) } else { (later, earlier, alike) };
        if found.iter().all(|(at, ..)| *at != pair.0) {
            found.push(pair);
        }
    }
    found
}

/// The years of the cycle that are the centre's own.
fn own_years(view: &View<'_>) -> usize {
    view.layout.cycle.years().filter(|year| view.counts(*year)).count()
}

/// The same figure in each year of the cycle that applies, and in years before it as far as they are known.
fn constant(series: &Series<'_>, years: usize, checks: &Checks) -> Option<Query> {
    let (_, first, value) = series.first()?;
    let (slot, ..) = series.last()?;
    let same = series.len() >= years && series.iter().all(|(.., other)| other == value);
    let says = years >= CONSTANT_YEARS && !value.is_zero() && value.abs() > checks.small;
    let doubt = Doubt::Constant { value: (*value).clone(), first: *first };
    (same && says).then_some(Query { slot: *slot, judge: None, doubt })
}
