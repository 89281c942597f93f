//! Indicators and criteria that are profiles: shares by level instead of points.
//!
//! Must not know how a profile is rounded or averaged; that is `domain::profile`'s.

use super::{Scorer, policy, wrap};
use crate::domain::ledger::{Absence, Line, Measured, Operation, Policy, Shares, Subject};
use crate::domain::number::{Number, Points, Weight};
use crate::domain::profile::Profile;
use crate::domain::rubric::{Indicator, Measure, Missing, NodeIx, NotApplicable};

impl Scorer<'_> {
    /// A profile that is not part of another one is where the rubric rounds; the line as it is where that changes
    /// nothing.
    pub(super) fn rounded_profile(&self, ix: NodeIx, line: Line) -> Line {
        let inside = self.rubric.nodes[ix.0].parent.is_some_and(|parent| self.rubric.is_profile(parent));
        let (Some(round), Some(raw), false) = (self.rubric.rounding.profile, line.profile(), inside) else {
            return line;
        };
        let profile = raw.rounded(round);
        if profile == *raw {
            return line;
        }
        let points = profile.points(&line.of);
        Line { points, ..wrap(line, Operation::ProfileRound { round, profile }) }
    }

    /// A share for each level; what is not reported stands whole at the lowest level, unless it is left out.
    pub(super) fn profile(&mut self, ix: NodeIx, indicator: &Indicator, measures: &[Measure]) -> Option<Line> {
        let of = self.rubric.nodes[ix.0].points.get(self.class).clone();
        let (mut steps, mut levels, mut without) = (Vec::new(), Vec::new(), None);
        for measure in measures {
            match self.view.measure(&measure.expr, &mut steps) {
                Measured::Value(value) => levels.push(value),
                why => without = without.or(Some(why)),
            }
        }
        let absence =
            without.map(|why| Absence { policy: policy(indicator, self.class, &why), why, steps: Vec::new() });
        match absence.as_ref().map(|absence| &absence.policy) {
            Some(
                Policy::Missing(Missing::LeaveOut)
                | Policy::NotApplicable(NotApplicable::LeaveOut | NotApplicable::GiveTo(_)),
            ) => {
                self.left_out.extend(absence.map(|absence| (ix, Absence { steps, ..absence })));
                return None;
            }
            Some(Policy::Missing(Missing::Block)) => self.blocked.push(ix),
            _ => {}
        }
        if absence.is_some() {
            levels = vec![Number::ZERO; measures.len().saturating_sub(1)];
            levels.push(self.rubric.whole.clone());
        }
        let profile = Profile { levels, worth: self.rubric.worth() };
        let points = profile.points(&of);
        let operation = Operation::Shares(Box::new(Shares { profile, steps, absence }));
        Some(Line { subject: Subject::Node(ix), operation, points, of, children: Vec::new() })
    }
}

pub(super) fn profile_mean(subject: Subject, weights: Vec<Weight>, children: Vec<Line>, of: &Points) -> Option<Line> {
    let parts: Option<Vec<_>> = children.iter().zip(&weights).map(|(c, w)| Some((c.profile()?, &w.0))).collect();
    let profile = Profile::mean(&parts?)?;
    let points = profile.points(of);
    let operation = Operation::ProfileMean { weights, profile };
    Some(Line { subject, operation, points, of: of.clone(), children })
}
