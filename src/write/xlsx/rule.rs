//! Rules as formulas: from the cell of a measure to points. Must not know where the measure came from.

use super::formula::Formulas;
use super::text::{above, floor, guarded, literal};
use crate::domain::formula::Expr;
use crate::domain::number::{Number, Points};
use crate::domain::rubric::ClassIx;
use crate::domain::rule::{Bound, Edge, PerUnit, Rule, Start};
use crate::wording::terms;

impl Formulas<'_, '_> {
    /// The points that a rule makes of an operand; `None` where a formula cannot say it: a place among the cohort.
    pub(super) fn rule(
        &mut self,
        rule: &Rule,
        measure: &str,
        of: &Points,
        class: ClassIx,
        key: &str,
    ) -> Option<String> {
        let most = literal(&of.0);
        let undefined = terms::UNDEFINED.get(self.lang);
        let text = match rule {
            Rule::Linear { from, to, start } => {
                let (low, high) = (self.bound(from, key, "from"), self.bound(to, key, "to"));
                let text = linear(measure, &low, &high, start, &most);
                guarded(&low.text, &guarded(&high.text, &text))
            }
            Rule::Target { goal, lower_is_better } => {
                let goal = self.bound(goal, key, "goal");
                let share = match lower_is_better {
                    false => format!("{most}*MAX(0,MIN(1,{measure}/{}))", goal.text),
                    true => format!("IF({measure}<=0,{most},{most}*MAX(0,MIN(1,{}/{measure})))", goal.text),
                };
                guarded(&goal.text, &format!("IF({}<=0,\"{undefined}\",{share})", goal.text))
            }
            Rule::Bands(bands) => {
                let bands = bands.iter().map(|band| (band.lower.as_ref(), literal(&band.award.get(class).0)));
                banded(measure, bands.collect(), undefined)
            }
            Rule::MarkedBands(rule) => {
                let mark = self.bound(&rule.mark, key, "mark");
                let bands = |award: fn(&crate::domain::rule::MarkedBand) -> &crate::domain::rule::Award| {
                    let bands = rule.bands.iter().map(|b| (b.lower.as_ref(), literal(&award(b).get(class).0)));
                    banded(measure, bands.collect(), undefined)
                };
                let (lowest, highest) = (bands(|band| &band.lowest), bands(|band| &band.highest));
                let marked = match &rule.scale {
                    None => format!("MIN({highest},MAX({lowest},{}))", mark.text),
                    Some((from, to)) => {
                        let way = way(&mark.text, &literal(from), &literal(to));
                        format!("{lowest}+({highest}-{lowest})*{way}")
                    }
                };
                guarded(&mark.text, &marked)
            }
            Rule::PerUnit(rule) => per_unit(rule, measure, &most, class),
            Rule::YesNo => format!("IF({measure}=0,0,{most})"),
            Rule::Expert { from, to } => format!("{most}*{}", way(measure, &literal(from), &literal(to))),
            Rule::Relative(_) => return None,
        };
        Some(guarded(measure, &text))
    }

    fn bound(&mut self, bound: &Bound, key: &str, side: &str) -> Edged {
        let number = match &bound.expr {
            Expr::ByKind(_) | Expr::ByStage(_) => self.view.part(&bound.expr).ok().and_then(|part| match part {
                Expr::Constant(number) => Some(number.clone()),
                _ => None,
            }),
            Expr::Constant(number) => Some(number.clone()),
            _ => None,
        };
        let text = self.operand(&bound.expr, None, &format!("{key}{side}"));
        Edged { text, number }
    }
}

/// A bound as an operand, and its number where that is fixed.
struct Edged {
    text: String,
    number: Option<Number>,
}

fn way(value: &str, from: &str, to: &str) -> String {
    format!("MAX(0,MIN(1,({value}-{from})/({to}-{from})))")
}

fn linear(value: &str, from: &Edged, to: &Edged, start: &Start, most: &str) -> String {
    let share = match start {
        Start::Zero => way(value, &from.text, &to.text),
        Start::Share(share) => {
            let rest = literal(&(&Number::ONE - share));
            format!("({}+{rest}*{})", literal(share), way(value, &from.text, &to.text))
        }
        Start::InProportion => format!("MAX(0,MIN(1,{value}/{}))", to.text),
    };
    let between = format!("{most}*{share}");
    let (reached, short) = (above(value, &to.text, to.number.as_ref()), above(value, &from.text, from.number.as_ref()));
    let rising = format!("IF({reached}>=0,{most},IF({short}<0,0,{between}))");
    let falling = format!("IF({reached}<=0,{most},IF({short}>0,0,{between}))");
    match from.number.as_ref().zip(to.number.as_ref()) {
        Some((from, to)) if from <= to => rising,
        Some(_) => falling,
        None => format!("IF({}<={},{rising},{falling})", from.text, to.text),
    }
}

fn banded(value: &str, bands: Vec<(Option<&Edge>, String)>, undefined: &str) -> String {
    bands.into_iter().rev().fold(format!("\"{undefined}\""), |below, (edge, award)| match edge {
        None => award,
        Some(Edge { value: edge, strict }) => {
            let sign = if *strict { ">" } else { ">=" };
            format!("IF({}{sign}0,{award},{below})", above(value, &literal(edge), Some(edge)))
        }
    })
}

fn per_unit(rule: &PerUnit, value: &str, most: &str, class: ClassIx) -> String {
    let from = literal(&rule.from);
    let over = match rule.lower_is_better {
        true => format!("MAX(0,{from}-{value})/{}", literal(&rule.unit)),
        false => format!("MAX(0,{value}-{from})/{}", literal(&rule.unit)),
    };
    let units = if rule.whole { floor(&over) } else { over };
    let short = above(value, &from, Some(&rule.from));
    let sign = if rule.lower_is_better { ">" } else { "<" };
    let (base, earns) = (literal(&rule.base.get(class).0), literal(&rule.earns.get(class).0));
    format!("IF({short}{sign}0,0,MIN({most},MAX(0,{base}+{earns}*{units})))")
}
