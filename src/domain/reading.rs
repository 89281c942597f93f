//! Readings: one metric of one centre in one year, and where each stands.
//!
//! A value, *zero*, *not reported* and *not applicable* are four different things; *blank* is the absence of a reading.
//! Must not know formulas or points.

use std::collections::BTreeMap;

use super::evidence::Attached;
use super::number::{Mode, Number, Round};
use super::rubric::{MetricIx, Panel, PanelAverage, Rubric};

/// What was entered (填报值). Zero is `Value(0)`; blank is the absence of a `Reading`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reading {
    Value(Number),
    /// The centre did not report it (未报).
    NotReported,
    /// It does not apply to the centre in that year (不适用).
    NotApplicable,
}

impl Reading {
    pub const NOT_REPORTED: &str = "NR";
    pub const NOT_APPLICABLE: &str = "N/A";

    /// The text of a data cell; reading it again gives the same reading.
    pub fn cell(&self) -> String {
        match self {
            Self::Value(value) => value.plain(),
            Self::NotReported => Self::NOT_REPORTED.to_owned(),
            Self::NotApplicable => Self::NOT_APPLICABLE.to_owned(),
        }
    }
}

/// The years evaluated together, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cycle {
    pub first: i16,
    pub last: i16,
}

impl Cycle {
    pub fn years(self) -> impl DoubleEndedIterator<Item = i16> + Clone {
        self.first..=self.last
    }

    pub fn len(self) -> usize {
        usize::try_from(i32::from(self.last) - i32::from(self.first) + 1).unwrap_or(0)
    }

    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    pub fn contains(self, year: i16) -> bool {
        (self.first..=self.last).contains(&year)
    }
}

/// Position of a metric and year in [`Readings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub usize);

/// Which slot holds which metric and year, the same for every centre of a cohort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub cycle: Cycle,
    /// First year that can be entered: the cycle's first less the look-back.
    pub first_year: i16,
    /// First slot of each metric; a metric that is not yearly has one.
    offsets: Vec<usize>,
    cells: Vec<(MetricIx, Option<i16>)>,
}

impl Layout {
    pub fn new(rubric: &Rubric, cycle: Cycle) -> Self {
        let lookback = i16::try_from(rubric.lookback_years).unwrap_or(0);
        let first_year = cycle.first - lookback;
        let (mut offsets, mut cells) = (Vec::new(), Vec::new());
        for (ix, metric) in rubric.metrics.iter().enumerate() {
            offsets.push(cells.len());
            if metric.yearly {
                cells.extend((first_year..=cycle.last).map(|year| (MetricIx(ix), Some(year))));
            } else {
                cells.push((MetricIx(ix), None));
            }
        }
        Self { cycle, first_year, offsets, cells }
    }

    pub fn slots(&self) -> usize {
        self.cells.len()
    }

    /// The slot of a metric in a year; `None` for a year out of range. A metric that is not yearly has one slot, and
    /// the year is not looked at.
    pub fn slot(&self, metric: MetricIx, year: Option<i16>) -> Option<Slot> {
        let offset = *self.offsets.get(metric.0)?;
        let (_, first) = *self.cells.get(offset)?;
        match (first, year) {
            (None, _) => Some(Slot(offset)),
            (Some(_), Some(year)) if (self.first_year..=self.cycle.last).contains(&year) => {
                Some(Slot(offset + usize::try_from(year - self.first_year).ok()?))
            }
            _ => None,
        }
    }

    /// The slots of a metric: of one year, or all.
    pub fn slots_of(&self, metric: MetricIx, year: Option<i16>) -> Vec<Slot> {
        let years = match year {
            Some(year) => year..=year,
            None => self.first_year..=self.cycle.last,
        };
        let mut slots: Vec<Slot> = years.filter_map(|year| self.slot(metric, Some(year))).collect();
        slots.dedup();
        slots
    }

    /// The metric and year of a slot.
    pub fn cell(&self, slot: Slot) -> (MetricIx, Option<i16>) {
        self.cells[slot.0]
    }

    /// The year to use where a formula names a metric without an aggregate: none for a metric of the whole cycle, the
    /// only year of a one-year cycle.
    pub fn only_year(&self) -> Option<i16> {
        (self.cycle.first == self.cycle.last).then_some(self.cycle.first)
    }
}

/// What is written beside a cell; it earns no points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Remark {
    /// Where the figure can be checked (佐证材料): a file, a page, an address.
    Evidence,
    /// What the evaluator wants to be remembered (备注).
    Note,
}

impl Remark {
    pub const ALL: [Self; 2] = [Self::Evidence, Self::Note];

    /// The id used in the journal and in data formats.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Note => "note",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|remark| remark.id() == id)
    }
}

/// The most characters of a remark.
pub const MAX_REMARK: usize = 500;

/// All readings of one centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    values: Vec<Option<Reading>>,
    /// Marks of a panel by slot and judge.
    marks: BTreeMap<(Slot, String), Reading>,
    /// By slot, judge (empty for none) and kind.
    remarks: BTreeMap<(Slot, String, Remark), String>,
    /// In the order in which they were attached.
    files: Vec<Attached>,
}

impl Readings {
    pub fn blank(layout: &Layout) -> Self {
        Self { values: vec![None; layout.slots()], marks: BTreeMap::new(), remarks: BTreeMap::new(), files: Vec::new() }
    }

    /// What stands in a slot; `None` is blank. For a panel use [`Readings::marks`].
    pub fn get(&self, slot: Slot) -> Option<&Reading> {
        self.values.get(slot.0)?.as_ref()
    }

    pub fn mark(&self, slot: Slot, judge: &str) -> Option<&Reading> {
        self.marks.get(&(slot, judge.to_owned()))
    }

    /// The marks of a slot by judge, in the order of their names.
    pub fn marks(&self, slot: Slot) -> impl Iterator<Item = (&str, &Reading)> {
        self.marks.range((slot, String::new())..(Slot(slot.0 + 1), String::new())).map(|((_, j), r)| (j.as_str(), r))
    }

    /// What one cell holds: a judge's mark, or the value.
    pub fn at(&self, slot: Slot, judge: Option<&str>) -> Option<&Reading> {
        match judge {
            Some(judge) => self.mark(slot, judge),
            None => self.get(slot),
        }
    }

    /// Puts a reading into a cell, or takes it out; gives back what stood there.
    pub fn put(&mut self, slot: Slot, judge: Option<&str>, reading: Option<Reading>) -> Option<Reading> {
        match (judge, reading) {
            (Some(judge), Some(reading)) => self.marks.insert((slot, judge.to_owned()), reading),
            (Some(judge), None) => self.marks.remove(&(slot, judge.to_owned())),
            (None, reading) => std::mem::replace(self.values.get_mut(slot.0)?, reading),
        }
    }
}

impl Readings {
    /// What is written beside a cell; empty where nothing is.
    pub fn remark(&self, slot: Slot, judge: Option<&str>, remark: Remark) -> &str {
        let key = (slot, judge.unwrap_or_default().to_owned(), remark);
        self.remarks.get(&key).map_or("", String::as_str)
    }

    /// Everything written beside the cells of a slot: judge (empty for none), kind, text.
    pub fn remarks(&self, slot: Slot) -> impl Iterator<Item = (&str, Remark, &str)> {
        let from = (slot, String::new(), Remark::Evidence);
        let to = (Slot(slot.0 + 1), String::new(), Remark::Evidence);
        self.remarks.range(from..to).map(|((_, judge, remark), text)| (judge.as_str(), *remark, text.as_str()))
    }

    /// Evidence files, in the order in which they were attached.
    pub fn files(&self) -> &[Attached] {
        &self.files
    }

    pub fn attach(&mut self, file: Attached) {
        self.files.push(file);
    }

    /// Takes the file away that was attached last in that place.
    pub fn detach(&mut self, file: &Attached) {
        if let Some(at) = self.files.iter().rposition(|attached| attached == file) {
            self.files.remove(at);
        }
    }

    /// Writes something beside a cell; an empty text takes it away.
    pub fn write_remark(&mut self, slot: Slot, judge: Option<&str>, remark: Remark, text: &str) {
        let key = (slot, judge.unwrap_or_default().to_owned(), remark);
        if text.is_empty() {
            self.remarks.remove(&key);
        } else {
            self.remarks.insert(key, text.to_owned());
        }
    }
}

/// The one value of a panel's marks by judge: `None` while the panel still waits for marks, not reported or not
/// applicable where too few of those given are values. A mark of nobody (an empty name) speaks for the whole panel.
pub fn panel_value(panel: &Panel, marks: &[(&str, &Reading)]) -> Option<Reading> {
    let marks: Vec<(&str, &Reading)> = marks.iter().copied().filter(|(judge, _)| panel.admits(judge)).collect();
    let mut values: Vec<&Number> = marks
        .iter()
        .filter_map(|(_, mark)| match mark {
            Reading::Value(value) => Some(value),
            _ => None,
        })
        .collect();
    let least = panel_least(panel, &marks);
    if values.len() < least {
        if let Some((_, whole)) =
            marks.iter().find(|(judge, mark)| judge.is_empty() && !matches!(mark, Reading::Value(_)))
        {
            return Some((*whole).clone());
        }
        let wanted = panel.quorum.as_ref().map_or(panel.at_least.max(1), |quorum| quorum.members);
        return match () {
            // Others may yet mark.
            () if marks.len() < wanted => None,
            () if marks.iter().all(|(_, m)| **m == Reading::NotApplicable) => Some(Reading::NotApplicable),
            () if marks.iter().any(|(_, m)| **m == Reading::NotReported) => Some(Reading::NotReported),
            () => None,
        };
    }
    values.sort();
    let trimmed = panel_counts(panel, values.len());
    let counted = &values[trimmed];
    let middle = counted.len() / 2;
    let sum = |part: &[&Number]| part.iter().copied().sum::<Number>();
    let value = match &panel.average {
        PanelAverage::Median if counted.len() % 2 == 1 => Some(counted[middle].clone()),
        PanelAverage::Median => sum(&counted[middle - 1..=middle]).divided_by(&Number::from(2_i64)),
        PanelAverage::Mean => sum(counted).divided_by(&Number::from(counted.len())),
        PanelAverage::Majority { share, strict } => {
            let agreed = Number::from(counted.iter().filter(|mark| !mark.is_zero()).count());
            let wanted = share * &Number::from(counted.len());
            let carried = if *strict { agreed > wanted } else { agreed >= wanted };
            Some(if carried { Number::ONE } else { Number::ZERO })
        }
    };
    value.map(Reading::Value)
}

/// How many marks make a value: the stated number and the quorum, whichever is more. Who recuses (marks N/A) is not
/// counted among the members.
pub fn panel_least(panel: &Panel, marks: &[(&str, &Reading)]) -> usize {
    let recused = marks.iter().filter(|(_, mark)| **mark == Reading::NotApplicable).count();
    let quorum = panel.quorum.as_ref().map_or(0, |quorum| {
        let present = &quorum.share * &Number::from(quorum.members.saturating_sub(recused));
        present.ceil().to_usize().unwrap_or(0)
    });
    panel.at_least.max(quorum).max(1)
}

/// Which of `count` marks, sorted from the lowest, a panel counts.
pub fn panel_counts(panel: &Panel, count: usize) -> std::ops::Range<usize> {
    let trims = count >= panel.trim_from && count > panel.drop_lowest + panel.drop_highest;
    if trims { panel.drop_lowest..count - panel.drop_highest } else { 0..count }
}

/// Which of the four kinds of reading, or blank, something is; for columns and marks that keep them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    Value,
    Zero,
    NotReported,
    NotApplicable,
    Blank,
}

impl Presence {
    pub fn of(reading: Option<&Reading>) -> Self {
        match reading {
            None => Self::Blank,
            Some(Reading::Value(value)) if value.is_zero() => Self::Zero,
            Some(Reading::Value(_)) => Self::Value,
            Some(Reading::NotReported) => Self::NotReported,
            Some(Reading::NotApplicable) => Self::NotApplicable,
        }
    }

    /// The id used in data formats.
    pub fn id(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Zero => "zero",
            Self::NotReported => "not-reported",
            Self::NotApplicable => "not-applicable",
            Self::Blank => "blank",
        }
    }
}

/// Panel means as a sheet shows them: two places.
pub const MARK_ROUND: Round = Round { places: 2, mode: Mode::HalfUp };

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(average: PanelAverage) -> Panel {
        Panel { average, drop_highest: 1, drop_lowest: 1, trim_from: 5, at_least: 3, judges: Vec::new(), quorum: None }
    }

    fn value_of(average: PanelAverage, marks: &[&str]) -> Option<Reading> {
        let marks: Vec<Reading> = marks
            .iter()
            .map(|m| if *m == "NR" { Reading::NotReported } else { Reading::Value(Number::parse(m).unwrap()) })
            .collect();
        let judges = ["a", "b", "c", "d", "e"];
        panel_value(&panel(average), &judges.into_iter().zip(&marks).collect::<Vec<_>>())
    }

    fn some(text: &str) -> Option<Reading> {
        Some(Reading::Value(Number::parse(text).unwrap()))
    }

    /// By hand: of 50 80 90 70 100 the 50 and the 100 go, (80 + 90 + 70) / 3 = 80.
    #[test]
    fn from_five_marks_up_the_highest_and_the_lowest_go() {
        assert_eq!(value_of(PanelAverage::Mean, &["50", "80", "90", "70", "100"]), some("80"));
        assert_eq!(value_of(PanelAverage::Mean, &["50", "80", "90", "100"]), some("80"));
        assert_eq!(value_of(PanelAverage::Median, &["50", "80", "90", "100"]), some("85"));
        assert_eq!(value_of(PanelAverage::Median, &["1", "80", "90", "70", "100"]), some("80"));
    }

    #[test]
    fn too_few_marks_are_blank_unless_one_says_not_reported() {
        assert_eq!(value_of(PanelAverage::Mean, &["80", "90"]), None);
        assert_eq!(value_of(PanelAverage::Mean, &["80", "90", "NR"]), Some(Reading::NotReported));
        assert_eq!(value_of(PanelAverage::Mean, &["NR"]), None, "others may yet mark");
        assert_eq!(value_of(PanelAverage::Mean, &[]), None);
    }
}
