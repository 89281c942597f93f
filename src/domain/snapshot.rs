//! What a rubric makes of a cohort, kept in order to be compared with what it makes of it later: one line per centre.
//!
//! Holds ids and printed figures only, so that two snapshots can be compared when neither rubric is there any more. Must
//! not know how a snapshot is written down, nor who accepted it.

use std::collections::BTreeMap;

use super::cohort::CentreIx;
use super::comparison::{Change, Comparison, Side};
use super::grade::Flag;
use super::number::Number;
use super::reading::Cycle;

/// A snapshot with what it was taken of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// The rubric and the cohort as they were named: where they are found again.
    pub rubric: String,
    pub cohort: String,
    /// The sheet of a workbook, and the years, where they were named.
    pub sheet: Option<String>,
    pub cycle: Option<Cycle>,
    pub snapshot: Snapshot,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// Digest of what the rubric means; comments, titles and layout are not in it.
    pub meaning: String,
    /// Digest of the cohort's data, whatever their order.
    pub data: String,
    /// Ids of the grades, the best first.
    pub grades: Vec<String>,
    /// Columns beside the total: the levels of a profile.
    pub levels: Vec<String>,
    /// In the order of the centres' ids.
    pub lines: Vec<Line>,
}

/// What a snapshot says of a centre. A text is empty where there is nothing to say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    pub centre: String,
    pub kind: String,
    pub total: String,
    /// One per level.
    pub shares: Vec<String>,
    pub grade: String,
    pub rank: String,
    pub outcome: String,
    pub flags: Vec<String>,
}

impl Snapshot {
    /// Centre by centre, worst first. Nothing differs where only what the rubric means does, and no figure.
    pub fn compared_with(&self, new: &Self) -> Comparison {
        let (before, after) = (self.places(), new.places());
        let pairs = new.lines.iter().enumerate();
        let pairs = pairs.map(|(at, line)| (before.get(line.centre.as_str()).copied(), Some(at)));
        let gone = self.lines.iter().enumerate().filter(|(_, line)| !after.contains_key(line.centre.as_str()));
        let pairs = pairs.chain(gone.map(|(at, _)| (Some(at), None)));
        Comparison::worst_first(pairs.map(|(was, is)| self.change(was, new, is)))
    }

    fn places(&self) -> BTreeMap<&str, usize> {
        self.lines.iter().enumerate().map(|(at, line)| (line.centre.as_str(), at)).collect()
    }

    fn change(&self, was: Option<usize>, new: &Self, is: Option<usize>) -> Option<Change> {
        let (old_line, new_line) = (was.and_then(|at| self.lines.get(at)), is.and_then(|at| new.lines.get(at)));
        let centre = new_line.or(old_line)?.centre.clone();
        // A grade stands where the new rubric puts it, so that an added grade lowers nobody.
        let place = |grade: &str| {
            let among = |grades: &[String]| grades.iter().position(|id| id == grade);
            among(&new.grades).or_else(|| among(&self.grades))
        };
        let side = |at: Option<usize>, line: Option<&Line>| Some(line?.side(CentreIx(at?), place(&line?.grade)));
        let inside = old_line.zip(new_line).is_some_and(|(old, new)| old.differs_inside(new));
        Change::between(centre, (side(was, old_line), side(is, new_line)), Vec::new(), inside)
    }
}

impl Line {
    fn side(&self, centre: CentreIx, place: Option<usize>) -> Side {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        Side {
            centre,
            total: Number::parse(&self.total).ok(),
            provisional: false,
            grade: some(&self.grade),
            rank: self.rank.parse().ok(),
            outcome: some(&self.outcome),
            limits: (None, None),
            removed: self.outcome == "remove",
            flags: self.flags.clone(),
            grave: self.flags.iter().filter(|flag| Flag::is_grave_id(flag)).cloned().collect(),
            place,
        }
    }

    /// Whether something differs that has no word of its own in a comparison.
    fn differs_inside(&self, other: &Self) -> bool {
        self.kind != other.kind || self.shares != other.shares || self.total != other.total
    }
}

#[cfg(test)]
mod tests {
    use super::super::comparison::{Extent, Harm};
    use super::*;

    fn line(centre: &str, total: &str, grade: &str, flags: &[&str]) -> Line {
        let flags = flags.iter().map(|&flag| flag.to_owned()).collect();
        Line { centre: centre.into(), total: total.into(), grade: grade.into(), flags, ..Line::default() }
    }

    fn snapshot(lines: Vec<Line>) -> Snapshot {
        Snapshot { grades: vec!["good".into(), "poor".into()], lines, ..Snapshot::default() }
    }

    #[test]
    fn a_snapshot_compared_with_itself_differs_in_nothing() {
        let one = snapshot(vec![line("a", "80", "good", &[]), line("b", "", "", &["incomplete"])]);
        let compared = one.compared_with(&one);
        assert_eq!((compared.is_empty(), compared.same), (true, 2));
    }

    /// `d` is in the old snapshot only and `e` in the new one; `f` is the same.
    #[test]
    fn whom_it_hits_hardest_stands_first() {
        let old = snapshot(vec![
            line("a", "80", "good", &[]),
            line("b", "79", "good", &[]),
            line("c", "40", "poor", &[]),
            line("d", "90", "good", &[]),
            line("f", "1/3", "poor", &[]),
        ]);
        let mut removed = line("c", "40", "poor", &["remove"]);
        removed.outcome = "remove".into();
        let new = snapshot(vec![
            line("a", "79.5", "good", &[]),
            line("b", "59", "poor", &[]),
            removed,
            line("e", "50", "poor", &[]),
            line("f", "1/3", "poor", &[]),
        ]);
        let compared = old.compared_with(&new);
        let told: Vec<(&str, Extent, Harm)> =
            compared.changes.iter().map(|change| (change.centre.as_str(), change.extent, change.harm)).collect();
        assert_eq!(
            told,
            [
                ("c", Extent::Flags, Harm::Removed),
                ("d", Extent::Grade, Harm::Lowered),
                ("b", Extent::Grade, Harm::Lowered),
                ("e", Extent::Grade, Harm::Raised),
                ("a", Extent::Score, Harm::Worse),
            ]
        );
        assert_eq!(compared.same, 1);
    }

    #[test]
    fn a_share_of_a_profile_that_differs_is_a_difference() {
        let with = |share: &str| {
            let mut one = line("a", "", "", &[]);
            one.shares = vec![share.into()];
            snapshot(vec![one])
        };
        let compared = with("15").compared_with(&with("16"));
        assert_eq!(compared.count(Extent::Score), 1);
    }
}
